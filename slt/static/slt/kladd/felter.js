/* What is typed is kept in this browser: how a form is read, and filled in again. */

{
  const TOKEN = "csrfmiddlewaretoken";
  const SKRIVES =
    "textarea, input:not([type]), input:is([type=text], [type=email], [type=tel]," +
    " [type=url], [type=number], [type=date], [type=time])";
  const VELGES = "select, input:is([type=checkbox], [type=radio])";
  const UTENOM =
    "button, fieldset, output, object, :disabled, input:is([type=password], [type=file]," +
    " [type=submit], [type=button], [type=image], [type=reset], [type=search])";

  // Reading ---------------------------------------------------------------------------------

  // Eleven digits in a row, in one piece or in groups as they are written with signs between.
  const BLOKK = /<\/?(?:p|li|h\d|td|th|tr|ul|ol|br|div|blockquote)\b[^<>]*>/gi;
  const REKKE = /\p{Nd}+(?:[ \u00a0\u202f\t._\-\u2010-\u2015/·]{1,3}\p{Nd}+)*/gu;
  const harElleve = (tekst) => {
    const vist = tekst.replace(BLOKK, "\n").replace(/<[^<>]*>|\p{Cf}/gu, "");
    const rekker = [tekst, vist].flatMap((form) => form.match(REKKE) ?? []);
    return rekker.some((rekke) => {
      const antall = rekke.split(/\P{Nd}+/u).map((gruppe) => [...gruppe].length);
      return antall.some((forste, fra) => {
        let sum = forste;
        for (let nr = fra + 1; sum < 11 && nr < antall.length; nr++) sum += antall[nr];
        return forste > 11 || sum === 11;
      });
    });
  };

  const erPost = (skjema) =>
    skjema instanceof HTMLFormElement &&
    skjema.getAttribute("method")?.toLowerCase() === "post";
  const felteneI = (skjema) =>
    [...skjema.elements].filter(
      (felt) =>
        felt.name &&
        felt.name !== TOKEN &&
        !felt.name.includes("__prefix__") &&
        !felt.matches(UTENOM),
    );
  const harNoeASkrive = (skjema) => {
    if (skjema.querySelector("[type=password]")) return false;
    const synlige = felteneI(skjema).filter((felt) => felt.type !== "hidden");
    const valg = synlige.filter((felt) => felt.matches(VELGES)).length;
    return synlige.some((felt) => felt.matches(SKRIVES)) || valg > 1;
  };
  // The place of a row is the user's, and how many there are; not what else is hidden.
  const FLYTTES = /-(?:ORDER|TOTAL_FORMS)$/;
  const SETT = /(?:^|-)sett$/;
  const linje = (tekst) => tekst.replace(/\r\n?/g, "\n");

  // [{name, value, whether it is hidden, what a choice is called}] of what stands in a form;
  // or of what stood in it when it came, also where the browser has filled in since.
  const les = (skjema, somDenKom = false) =>
    felteneI(skjema).flatMap((felt) => {
      const navn = felt.name;
      if (felt.matches("[type=checkbox], [type=radio]")) {
        const valgt = somDenKom ? felt.defaultChecked : felt.checked;
        return valgt ? [{ navn, verdi: felt.value }] : [];
      }
      if (felt.matches("select")) {
        const valg = [...felt.options];
        let valgte = valg.filter((v) => (somDenKom ? v.defaultSelected : v.selected));
        if (somDenKom && !felt.multiple)
          valgte = valgte.length ? valgte.slice(-1) : valg.slice(0, 1);
        const erSok = felt.matches(".admin-autocomplete");
        return valgte.map((v) => ({
          navn,
          verdi: v.value,
          ...(erSok && { tittel: v.text }),
        }));
      }
      const verdi = linje(somDenKom ? felt.defaultValue : felt.value);
      return [{ navn, verdi, ...(felt.type === "hidden" && { skjult: true }) }];
    });
  const innholdet = (felter, uten = []) =>
    JSON.stringify(
      felter
        .filter(({ navn, skjult }) => !skjult || FLYTTES.test(navn))
        .filter(({ navn }) => !uten.includes(navn))
        .map(({ navn, verdi }) => [navn, verdi]),
    );

  // Where a form leads, without what only says where on a page it was opened; with what
  // tells it from others that lead there.
  const adressenTil = (hvor) => {
    const adresse = new URL(hvor, location.href);
    ["i", "rad", "_changelist_filters"].forEach((n) => adresse.searchParams.delete(n));
    return adresse.pathname + adresse.search;
  };
  const adressenAv = (skjema) =>
    adressenTil(skjema.getAttribute("action") ?? "") +
    [skjema.dataset.kladd, skjema.elements._kommune?.value]
      .filter(Boolean)
      .map((hva) => `#${hva}`)
      .join("");

  // Filling in ------------------------------------------------------------------------------

  const editorer = new WeakMap();
  document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) =>
    editorer.set(textarea, editor),
  );

  const fyllInn = (skjema, { felter, utelatt }) => {
    const igjen = new Map(felter.map(({ navn }) => [navn, []]));
    felter.forEach((gitt) => igjen.get(gitt.navn).push(gitt));
    for (const felt of felteneI(skjema)) {
      const gitt = igjen.get(felt.name) ?? [];
      const erSkjult = felt.type === "hidden";
      if (utelatt.includes(felt.name)) continue;
      if (erSkjult && !FLYTTES.test(felt.name) && !SETT.test(felt.name)) continue;
      if (felt.matches("[type=checkbox], [type=radio]")) {
        felt.checked = gitt.some(({ verdi }) => verdi === felt.value);
      } else if (felt.matches("select")) {
        for (const { verdi, tittel } of gitt)
          if (tittel && ![...felt.options].some((v) => v.value === verdi))
            felt.append(new Option(tittel, verdi));
        for (const valg of felt.options)
          valg.selected = gitt.some(({ verdi }) => verdi === valg.value);
      } else if (gitt.length && !/-TOTAL_FORMS$/.test(felt.name)) {
        const { verdi } = gitt.shift();
        if (linje(felt.value) === verdi) continue;
        felt.value = verdi;
        editorer.get(felt)?.commands.setContent(verdi);
      } else continue;
      if (!erSkjult && !felt.matches("[data-tegn-om]"))
        felt.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };

  // Whether the form lacks a row that was there, or asks for something else.
  const manglerRader = (skjema, { felter }) => {
    const her = new Set(felteneI(skjema).map((felt) => felt.name));
    const valgt = new Map(les(skjema).map(({ navn, verdi }) => [navn, verdi]));
    return felter.some(
      ({ navn, verdi, skjult }) =>
        (!skjult && !her.has(navn)) ||
        (/-TOTAL_FORMS$/.test(navn) && valgt.get(navn) !== verdi) ||
        (skjema.querySelector(`select[data-tegn-om][name="${CSS.escape(navn)}"]`) &&
          valgt.get(navn) !== verdi),
    );
  };
  const leggTilRader = (skjema, { felter }) =>
    felter
      .filter(({ navn }) => /-TOTAL_FORMS$/.test(navn))
      .forEach(({ navn, verdi }) => {
        const telles = skjema.elements[navn];
        const gruppe = document.getElementById(navn.replace("TOTAL_FORMS", "group"));
        for (let n = 0; telles && n < 100 && telles.value < Number(verdi); n++)
          gruppe?.querySelector(".add-row a, a.addlink")?.click();
      });

  const sierDetSamme = (skjema, { felter, utelatt }) =>
    innholdet(les(skjema), utelatt) === innholdet(felter, utelatt);

  // As it came from the server.
  const tomFor = (skjema) => {
    skjema.reset();
    felteneI(skjema).forEach((felt) =>
      editorer.get(felt)?.commands.setContent(felt.value),
    );
  };

  window.kladd.felter = {
    TOKEN,
    SKRIVES,
    adressenAv,
    adressenTil,
    erPost,
    fyllInn,
    harElleve,
    harNoeASkrive,
    innholdet,
    leggTilRader,
    les,
    manglerRader,
    sierDetSamme,
    tomFor,
  };
}
