/* What is typed in a form is kept in this browser until the server has saved it. Pages work
   without this.

   It is encrypted with a key that the server gives to the same user alone, and is found again
   on the form with the same address. Texts that only some may read are kept in this tab
   alone; what looks like the number of a person is not kept at all. Where something cannot
   be kept, who leaves the page is asked first. */

window.kladd = (() => {
  const skript = document.currentScript;
  const { nokkel, lagret, sendt, side, ut, ...ord } = skript.dataset;
  // It stands in this script alone from now on, also when the page is stored as a file.
  skript.removeAttribute("data-nokkel");
  let { okt } = ord;

  const DAGER = 7;
  const FLEST = 30;
  const LENGST = 1_000_000;
  const ET_OYEBLIKK = 200;
  const TEGN_OM = ["_ny_rad", "_opp", "_ned", "_tegn_om"];
  const TOKEN = "csrfmiddlewaretoken";
  const FELT = "_kladd";
  const FORTROLIG = "[data-kladd-fortrolig]";
  const SKRIVES =
    "textarea, input:not([type]), input:is([type=text], [type=email], [type=tel]," +
    " [type=url], [type=number], [type=date], [type=time])";
  const VELGES = "select, input:is([type=checkbox], [type=radio])";
  const UTENOM =
    "button, fieldset, output, object, :disabled, input:is([type=password], [type=file]," +
    " [type=submit], [type=button], [type=image], [type=reset], [type=search])";

  // What is kept, and under which name ------------------------------------------------------

  const tilBytes = (tekst) => new TextEncoder().encode(tekst);
  const tilTegn = (bytes) => {
    let tegn = "";
    for (const b of new Uint8Array(bytes)) tegn += String.fromCharCode(b);
    return btoa(tegn).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };
  const fraTegn = (tegn) =>
    Uint8Array.from(atob(tegn.replaceAll("-", "+").replaceAll("_", "/")), (t) =>
      t.charCodeAt(0),
    );
  const nyttMerke = () => tilTegn(crypto.getRandomValues(new Uint8Array(16)));

  const lagNokler = async () => {
    if (!nokkel || !crypto.subtle) return null;
    const rot = await crypto.subtle.importKey(
      "raw",
      Uint8Array.from(nokkel.match(/../g), (par) => parseInt(par, 16)),
      "HKDF",
      false,
      ["deriveKey"],
    );
    const avled = (info, type, bruk) =>
      crypto.subtle.deriveKey(
        { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: tilBytes(info) },
        rot,
        type,
        false,
        bruk,
      );
    const navn = await avled("navn", { name: "HMAC", hash: "SHA-256", length: 256 }, [
      "sign",
    ]);
    const merk = async (hva) =>
      tilTegn(await crypto.subtle.sign("HMAC", navn, tilBytes(hva))).slice(0, 22);
    return {
      tekst: await avled("tekst", { name: "AES-GCM", length: 256 }, [
        "encrypt",
        "decrypt",
      ]),
      merk,
      mine: `kladd.${await merk("bruker")}.`,
    };
  };
  const noklene = lagNokler().catch(() => null);

  // A browser may refuse to keep anything.
  const forsok = (hva) => {
    try {
      return hva();
    } catch {
      return null;
    }
  };
  const lagrene = () =>
    [forsok(() => localStorage), forsok(() => sessionStorage)].filter(Boolean);
  const navnene = (lager, begynner) =>
    Object.keys(lager).filter((navn) => navn.startsWith(begynner));

  // An entry: when; whether it was sent; then what only its user can read.
  const pakk = async (navn, innhold, tid, erSendt) => {
    const { tekst } = await noklene;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const kode = { name: "AES-GCM", iv, additionalData: tilBytes(navn) };
    const skjult = await crypto.subtle.encrypt(kode, tekst, tilBytes(innhold));
    return [tid, Number(erSendt), tilTegn(iv), tilTegn(skjult)].join(".");
  };
  const pakkUt = async (lager, navn) => {
    try {
      const [tid, erSendt, iv, skjult] = lager.getItem(navn).split(".");
      const { tekst } = await noklene;
      const kode = { name: "AES-GCM", iv: fraTegn(iv), additionalData: tilBytes(navn) };
      const klar = await crypto.subtle.decrypt(kode, tekst, fraTegn(skjult));
      return {
        ...JSON.parse(new TextDecoder().decode(klar)),
        lager,
        navn,
        merke: navn.slice(navn.lastIndexOf(".") + 1),
        tid: new Date(Number(tid)),
        erSendt: erSendt === "1",
      };
    } catch {
      return null; // of another key, or taken away meanwhile
    }
  };

  // All that is there of this user, the newest first.
  const kladdene = async (begynner) => {
    const funnet = lagrene().flatMap((lager) =>
      navnene(lager, begynner).map((navn) => pakkUt(lager, navn)),
    );
    const lest = (await Promise.all(funnet)).filter(Boolean);
    return lest.sort((en, to) => to.tid - en.tid);
  };

  const tidAv = (lager, navn) => Number(lager.getItem(navn)?.split(".")[0]) || 0;
  const rydd = ({ mine }) => {
    const tatt = lagret ? lagret.split(" ") : [];
    const grense = Date.now() - DAGER * 24 * 3600 * 1000;
    for (const lager of lagrene()) {
      for (const navn of navnene(lager, "kladd.")) {
        const erMin = navn.startsWith(mine);
        const erTatt = erMin && tatt.some((merke) => navn.endsWith(`.${merke}`));
        // What is kept in a tab is for the one who wrote it there.
        const erAnnens = !erMin && lager === sessionStorage;
        if (erTatt || erAnnens || tidAv(lager, navn) < grense) lager.removeItem(navn);
      }
      const alle = navnene(lager, mine).sort(
        (en, to) => tidAv(lager, to) - tidAv(lager, en),
      );
      alle.slice(FLEST).forEach((navn) => lager.removeItem(navn));
    }
  };

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

  // Fields ----------------------------------------------------------------------------------

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

  // Keeping ---------------------------------------------------------------------------------

  // {form: {navn: how what is kept of it begins, merke: its mark, kom: what it said when it
  // came, null where all of it is the user's, erSendt, erPaVei: no answer has come,
  // holdes: whether all that is new is kept, venter: whether something is not yet}}
  const kjente = new Map();
  // Somebody logged out in another tab: nothing more is kept until they are in again.
  let stanset = false;
  let sendes = false;

  const erEndret = (skjema) => {
    const den = kjente.get(skjema);
    return !!den && (den.kom === null || den.kom !== innholdet(les(skjema)));
  };
  const lageret = (skjema) => {
    const fortrolig = skjema.matches(FORTROLIG) || skjema.querySelector(FORTROLIG);
    return forsok(() => (fortrolig ? sessionStorage : localStorage));
  };
  const nokkelnavn = (den) => `${den.navn}.${den.merke}`;
  const glem = (den) =>
    lagrene().forEach((lager) => lager.removeItem(nokkelnavn(den)));

  const skriv = async (skjema) => {
    const den = kjente.get(skjema);
    if (!den) return null; // it was closed
    clearTimeout(den.ur);
    if (den.skriver) {
      den.igjen = true;
      return den.skriver;
    }
    den.skriver = (async () => {
      do {
        den.igjen = den.venter = false;
        await skrivEnGang(skjema, den);
      } while (den.igjen);
    })().finally(() => (den.skriver = null));
    return den.skriver;
  };
  const skrivEnGang = async (skjema, den) => {
    const felter = les(skjema);
    if (den.kom !== null && den.kom === innholdet(felter)) {
      if (den.navn) glem(den);
      den.holdes = true;
      return;
    }
    den.holdes = false;
    const lager = lageret(skjema);
    if (!den.navn || !lager || stanset) return;
    const utelatt = new Set(
      felter
        .filter(({ verdi, skjult }) => !skjult && harElleve(verdi))
        .map(({ navn }) => navn),
    );
    const innhold = JSON.stringify({
      adresse: adressenAv(skjema),
      felter: felter.filter(({ navn }) => !utelatt.has(navn)),
      utelatt: [...utelatt],
    });
    const navn = nokkelnavn(den);
    if (innhold.length > LENGST) {
      glem(den);
      return;
    }
    const pakket = await pakk(navn, innhold, Date.now(), den.erSendt);
    // It may have been saved, or everybody logged out, in the meantime.
    if (stanset || navn !== nokkelnavn(den)) return;
    den.holdes =
      forsok(() => {
        lager.setItem(navn, pakket);
        return true;
      }) === true &&
      utelatt.size === 0 &&
      lager === forsok(() => localStorage);
  };

  const noeErNytt = (skjema) => {
    const den = kjente.get(skjema);
    if (!den) return;
    sendes = false;
    // What is typed after it was sent is no part of what is saved then.
    if (den.erPaVei) den.merke = nyttMerke();
    den.erSendt = den.erPaVei = false;
    den.venter = true;
    clearTimeout(den.ur);
    den.ur = setTimeout(skriv, ET_OYEBLIKK, skjema);
  };
  const skrivNa = () =>
    kjente.forEach((den, skjema) => {
      if (!skjema.isConnected) kjente.delete(skjema);
      else if (den.venter) skriv(skjema);
    });

  const skjemaetTil = (mal) => mal.form ?? mal.closest?.("form");
  document.addEventListener("input", ({ target }) => noeErNytt(skjemaetTil(target)));
  document.addEventListener("change", ({ target }) => {
    noeErNytt(skjemaetTil(target));
    skrivNa();
  });
  document.addEventListener("focusout", skrivNa);
  ["formset:added", "formset:removed"].forEach((hva) =>
    document.addEventListener(hva, ({ target }) => noeErNytt(skjemaetTil(target))),
  );
  addEventListener("pagehide", skrivNa);
  document.addEventListener("visibilitychange", skrivNa);
  addEventListener("beforeunload", (hendelse) => {
    skrivNa();
    if (sendes) return;
    const tapes = [...kjente].some(
      ([skjema, den]) =>
        skjema.isConnected && !(den.holdes && !den.skriver) && erEndret(skjema),
    );
    if (tapes) hendelse.preventDefault();
  });

  // Saying something ------------------------------------------------------------------------

  const ramme = (klasse) => {
    const boks = document.createElement("div");
    boks.className = `ds-alert kladd ${klasse}`;
    boks.dataset.color = "warning";
    return boks;
  };
  const avsnitt = (tekst) => {
    const p = document.createElement("p");
    p.className = "ds-paragraph";
    p.textContent = tekst;
    return p;
  };
  // Beside the button that was pressed.
  const siVed = (skjema, tekst) => {
    document.querySelectorAll(".kladd-ved").forEach((boks) => boks.remove());
    if (!tekst) return;
    const knapper = [...skjema.querySelectorAll("[type=submit]")].filter(
      (knapp) => knapp.offsetWidth > 1 && !knapp.closest(".skjemarader, .inline-group"),
    );
    const boks = ramme("kladd-ved");
    boks.setAttribute("role", "alert");
    const siste = knapper.at(-1);
    if (siste) (siste.closest(".knapper, .submit-row") ?? siste).after(boks);
    else skjema.append(boks);
    boks.append(avsnitt(tekst));
    boks.scrollIntoView({ block: "nearest" });
  };
  const nar = (tid) => {
    const sprak = document.documentElement.lang || "nb";
    const dagen = (forskyvning) => {
      const dag = new Date();
      dag.setDate(dag.getDate() - forskyvning);
      return dag.toDateString();
    };
    const to = (tall) => String(tall).padStart(2, "0");
    const kl = `${to(tid.getHours())}.${to(tid.getMinutes())}`;
    const dag = tid.toLocaleDateString([sprak, "nb"], { day: "numeric", month: "long" });
    const da = tid.toDateString();
    const mal = da === dagen(0) ? ord.iDag : da === dagen(1) ? ord.iGar : ord.dag;
    return mal.replace("{dag}", dag).replace("{kl}", kl);
  };
  const varsle = (foran, klasse, tekst, knapper) => {
    const boks = ramme(klasse);
    boks.setAttribute("role", "region");
    boks.setAttribute("aria-label", ord.tittel);
    const sagt = document.createElement("div");
    sagt.setAttribute("role", "status");
    const rad = document.createElement("p");
    rad.className = "knapper";
    knapper.forEach(([navn, gjor], nr) => {
      const knapp = document.createElement("button");
      knapp.type = "button";
      knapp.className = "ds-button button";
      knapp.dataset.size = "sm";
      if (nr || knapper.length === 1) knapp.dataset.variant = "secondary";
      knapp.textContent = navn;
      knapp.addEventListener("click", gjor);
      rad.append(knapp);
    });
    boks.append(sagt, rad);
    foran.before(boks);
    // A status that is there already is not read aloud.
    setTimeout(() => sagt.append(avsnitt(tekst)));
    return boks;
  };

  // Bringing back ---------------------------------------------------------------------------

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

  // The form as the server draws it with what was typed: nothing is saved by that.
  const tegnet = async (skjema, { felter, utelatt }) => {
    const sendes_ = new URLSearchParams();
    felter.forEach(({ navn, verdi }) => sendes_.append(navn, verdi));
    les(skjema)
      .filter(({ navn }) => utelatt.includes(navn))
      .forEach(({ navn, verdi }) => sendes_.append(navn, verdi));
    sendes_.set(TOKEN, skjema.elements[TOKEN].value);
    sendes_.set("_tegn_om", "1");
    const svar = await fetch(skjema.getAttribute("action") || location.href, {
      method: "POST",
      body: sendes_,
      headers: skjema.dataset.hxPost ? { "HX-Request": "true" } : {},
    });
    if (!svar.ok || svar.redirected) return null;
    const siden = new DOMParser().parseFromString(await svar.text(), "text/html");
    return siden.querySelector("form[data-skjema]");
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

  // Puts what was typed into the form, and returns the form, which may be a new one.
  const hent = async (skjema, kladden) => {
    let den = kjente.get(skjema);
    den.erHentet = true;
    // What was typed since is kept beside it.
    if (erEndret(skjema) && !sierDetSamme(skjema, kladden)) await skriv(skjema);
    den.merke = kladden.merke;
    let nytt = null;
    if (skjema.matches("[data-skjema]") && manglerRader(skjema, kladden))
      nytt = await tegnet(skjema, kladden).catch(() => null);
    if (nytt) {
      skjema.replaceWith(document.adoptNode(nytt));
      kjente.delete(skjema);
      den = { ...den, skriver: null };
      kjente.set(nytt, den);
      window.htmx?.process(nytt);
      nytt.dispatchEvent(new CustomEvent("kladd:hentet", { bubbles: true }));
    } else {
      leggTilRader(skjema, kladden);
      fyllInn(skjema, kladden);
    }
    const vist = nytt ?? skjema;
    den.erSendt = kladden.erSendt;
    await skriv(vist);
    return vist;
  };

  // The mark of what was asked for where its form was not open.
  let onsket = "";
  const vis = (skjema, kladdene_) => {
    const [kladden, ...andre] = kladdene_;
    if (!kladden || !skjema.isConnected) return;
    for (let over = skjema; over; over = over.parentElement)
      if (over.matches("details")) over.open = true;
    const uteblitt = kladden.utelatt.length ? ` ${ord.utelatt}` : "";
    const tekst = (mal) => mal.replace("{nar}", nar(kladden.tid)) + uteblitt;
    const kast = () => kladden.lager.removeItem(kladden.navn);
    const hentFrem = async () => {
      const vist = await hent(skjema, kladden);
      const boks = varsle(vist, "kladd-hentet", tekst(ord.hentet), [
        [
          ord.forkast,
          () => {
            const den = kjente.get(vist);
            clearTimeout(den?.ur);
            kjente.delete(vist);
            kast();
            boks.remove();
            // As it came: in place, or with the whole page.
            if (vist.dataset.hxPost) apneAnew(vist);
            else location.replace(location.pathname + location.search);
          },
        ],
      ]);
      vis(vist, andre);
      return vist;
    };
    if (kladden.erSendt || kladden.merke === onsket) {
      hentFrem();
      return;
    }
    const boks = varsle(skjema, "kladd-her", tekst(ord.skrev), [
      [
        ord.hent,
        async () => {
          boks.remove();
          const vist = await hentFrem();
          vist.querySelector(`:is(${SKRIVES}):not([type=hidden])`)?.focus();
        },
      ],
      [
        ord.forkast,
        () => {
          kast();
          boks.remove();
          vis(skjema, andre);
        },
      ],
    ]);
  };
  const apneAnew = (skjema) =>
    window.htmx.ajax("GET", skjema.getAttribute("action"), {
      source: skjema,
      target: skjema.closest("[data-rad]"),
      swap: "innerHTML",
    });

  // Opening ---------------------------------------------------------------------------------

  // {address: mark} of what the server just refused in place.
  const avvist = new Map();

  const apne = async (skjema) => {
    const adresse = adressenAv(skjema);
    const den = {
      navn: "",
      merke: nyttMerke(),
      kom: innholdet(les(skjema, true)),
      erSendt: false,
      erPaVei: false,
      holdes: true,
      venter: false,
    };
    kjente.set(skjema, den);
    const nokler = await noklene;
    if (!nokler) return;
    den.navn = nokler.mine + (await nokler.merk(adresse));
    const her = await kladdene(`${den.navn}.`);
    const svarPa = avvist.get(adresse) ?? (erSvaretPa(her, adresse) ? sendt : "");
    if (svarPa) {
      // It came back refused: all that stands in it is the user's.
      avvist.delete(adresse);
      [den.merke, den.kom] = [svarPa, null];
      await skriv(skjema);
    } else if (den.venter || erEndret(skjema)) {
      // Typed before this was ready, or filled in by the browser.
      await skriv(skjema);
    }
    const sagt = new Set();
    const andre = her.filter(({ merke, lager, navn, felter, utelatt }) => {
      if (merke === den.merke) return false;
      const innhold = innholdet(felter, utelatt);
      // It was saved by another way; or the same was kept twice.
      const erLikt =
        innhold === innholdet(les(skjema, true), utelatt) || sagt.has(innhold);
      if (erLikt) lager.removeItem(navn);
      sagt.add(innhold);
      return !erLikt;
    });
    vis(skjema, andre);
    // A browser that goes back fills in later, and tells nobody.
    setTimeout(() => {
      if (erAnnens && !den.venter && !den.erHentet) {
        tomFor(skjema);
        skriv(skjema);
      }
      const likt = andre.find((kladden) => sierDetSamme(skjema, kladden));
      if (!skjema.isConnected || den.venter || !erEndret(skjema)) return;
      if (likt && likt.merke !== den.merke) {
        if (den.navn) glem(den);
        den.merke = likt.merke;
        const over = skjema.previousElementSibling;
        if (over?.matches(".kladd-her")) over.remove();
        vis(skjema, andre.filter((kladden) => kladden !== likt));
      }
      skriv(skjema);
    }, 300);
  };
  const erSvaretPa = (her, adresse) =>
    sendt &&
    (her.some(({ merke }) => merke === sendt) ||
      adresse === adressenTil(location.pathname + location.search));

  // A browser that goes back fills in what was typed there, whoever asks now.
  let erAnnens = false;
  const siHvemsDetEr = ({ mine }) => {
    const { kladd: deres } = history.state ?? {};
    erAnnens = !!deres && deres !== mine;
    forsok(() => history.replaceState({ ...history.state, kladd: mine }, ""));
  };
  const tomFor = (skjema) => {
    skjema.reset();
    felteneI(skjema).forEach((felt) =>
      editorer.get(felt)?.commands.setContent(felt.value),
    );
  };

  const apneAlle = () => {
    document.querySelectorAll("form").forEach((skjema) => {
      if (erPost(skjema) && !kjente.has(skjema) && harNoeASkrive(skjema)) apne(skjema);
    });
  };

  // Of a form that is opened in place, the row is what one sees first.
  const siHvor = async () => {
    const lenker = [...document.querySelectorAll("a[data-hx-get][id]")];
    if (!lenker.length) return;
    const { mine } = await noklene;
    const apne_ = new Set([...kjente.keys()].map(adressenAv));
    for (const kladden of await kladdene(mine)) {
      const lenken = lenker.find(
        (l) => adressenTil(l.getAttribute("href")) === kladden.adresse,
      );
      if (!lenken || apne_.has(kladden.adresse)) continue;
      apne_.add(kladden.adresse);
      const tekst = ord.skrevI
        .replace("{hvor}", lenken.textContent.trim())
        .replace("{nar}", nar(kladden.tid));
      const boks = varsle(
        document.getElementById("disposisjon") ?? lenken,
        "kladd-rad",
        tekst,
        [
          [
            ord.apne,
            () => {
              boks.remove();
              onsket = kladden.merke;
              document.getElementById(lenken.id)?.click();
            },
          ],
          [
            ord.forkast,
            () => {
              kladden.lager.removeItem(kladden.navn);
              boks.remove();
            },
          ],
        ],
      );
    }
  };

  // Sending ---------------------------------------------------------------------------------

  const okten = (verdi) =>
    forsok(() =>
      verdi ? localStorage.setItem("kladd.okt", verdi) : localStorage.getItem("kladd.okt"),
    );
  let erUtlogget = false;
  const erGammel = () => {
    const siste = nokkel && okten();
    return erUtlogget || stanset || (siste && siste !== okt);
  };

  // With each log-in comes a new token, and what was opened before can be sent with it alone.
  // Returns what to say where there is none.
  const forny = async () => {
    const svar = await fetch(side).catch(() => null);
    if (!svar) return ord.nett;
    if (!svar.ok || svar.redirected) return ord.utlogget;
    const siden = new DOMParser().parseFromString(await svar.text(), "text/html");
    const deres = siden.querySelector("script[data-nokkel]")?.dataset;
    const token = siden.querySelector(`[name=${TOKEN}]`)?.value;
    if (!deres?.nokkel || !token) return ord.utlogget;
    if (deres.nokkel !== nokkel) return ord.annen;
    document.querySelectorAll(`[name=${TOKEN}]`).forEach((felt) => (felt.value = token));
    okt = deres.okt;
    erUtlogget = stanset = false;
    okten(okt);
    kjente.forEach((_den, skjema) => {
      if (skjema.isConnected) skriv(skjema);
    });
    document.dispatchEvent(new CustomEvent("kladd:innlogget"));
    return "";
  };
  const sePaNytt = () => {
    if (document.hidden || !nokkel) return;
    if (erUtlogget || stanset || (okten() && okten() !== okt)) forny();
  };
  addEventListener("focus", sePaNytt);
  document.addEventListener("visibilitychange", sePaNytt);

  const nabo = forsok(() => new BroadcastChannel("kladd"));
  const glemAlt = async () => {
    const { mine } = (await noklene) ?? {};
    if (!mine) return;
    lagrene().forEach((lager) =>
      navnene(lager, mine).forEach((navn) => lager.removeItem(navn)),
    );
    forsok(() => localStorage.removeItem("kladd.okt"));
  };
  nabo?.addEventListener("message", async ({ data }) => {
    const nokler = await noklene;
    if (!nokler || data !== nokler.mine) return;
    stanset = true;
    await glemAlt();
    kjente.forEach((den) => (den.holdes = false));
  });

  document.addEventListener(
    "submit",
    (hendelse) => {
      const { target: skjema, submitter } = hendelse;
      if (!erPost(skjema)) return;
      const stopp = () => {
        hendelse.preventDefault();
        hendelse.stopImmediatePropagation();
      };
      siVed(skjema, "");
      if (!navigator.onLine) {
        stopp();
        skrivNa();
        siVed(skjema, ord.nett);
        return;
      }
      const loggesUt = ut.split(" ").includes(adressenAv(skjema));
      if (loggesUt) {
        stanset = sendes = true;
        noklene.then((nokler) => nokler && nabo?.postMessage(nokler.mine));
        if ("glemt" in skjema.dataset) return;
        stopp();
        skjema.dataset.glemt = "";
        // Not while this press is still told of.
        const videre = () => setTimeout(() => skjema.requestSubmit(submitter));
        glemAlt().finally(videre);
        return;
      }
      if (erGammel()) {
        stopp();
        skrivNa();
        forny().then((feil) =>
          feil ? siVed(skjema, feil) : skjema.requestSubmit(submitter),
        );
        return;
      }
      const den = kjente.get(skjema);
      if (!den || TEGN_OM.includes(submitter?.name)) return;
      den.erSendt = den.erPaVei = true;
      skriv(skjema);
    },
    true,
  );
  // Last of all: whether the page is left for what is sent.
  addEventListener("submit", (hendelse) => {
    if (erPost(hendelse.target) && !hendelse.defaultPrevented) sendes = true;
  });
  addEventListener("pageshow", () => (sendes = false));
  document.addEventListener("formdata", ({ target, formData }) => {
    const den = kjente.get(target);
    if (den) formData.set(FELT, den.merke);
  });

  // What is sent in the background ----------------------------------------------------------

  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (ctx.request.method === "POST") sendes = true;
  });
  document.addEventListener("htmx:finally:request", () => (sendes = false));
  document.addEventListener("htmx:error", () =>
    kjente.forEach((den) => (den.erPaVei = false)),
  );
  document.addEventListener("htmx:before:response", ({ detail: { ctx } }) => {
    const { headers, status } = ctx.response;
    const merke = ctx.request.body?.get?.(FELT);
    for (const [skjema, den] of kjente) {
      if (!merke || den.merke !== merke) continue;
      if (headers.get("Kladd-Lagret") === merke) {
        glem(den);
        den.godtatt = true;
        Object.assign(den, { kom: innholdet(les(skjema)), merke: nyttMerke() });
        den.erSendt = den.erPaVei = den.venter = false;
        den.holdes = true;
      } else {
        // It is where it was: what is typed now is more of the same.
        den.erPaVei = false;
        if (status === 409 || status === 422) avvist.set(adressenAv(skjema), merke);
      }
    }
  });
  document.addEventListener("htmx:after:swap", () => {
    for (const [skjema, den] of kjente) {
      if (!skjema.isConnected) kjente.delete(skjema);
      else if (den.godtatt)
        setTimeout(() => {
          Object.assign(den, { kom: innholdet(les(skjema)), godtatt: false });
        });
      else if (erEndret(skjema)) noeErNytt(skjema);
    }
    apneAlle();
  });

  noklene.then((nokler) => {
    if (nokler) forsok(() => rydd(nokler));
    if (okt) okten(okt);
    const begynn = () => {
      if (nokler) siHvemsDetEr(nokler);
      if (erAnnens) [...document.forms].filter(erPost).forEach(tomFor);
      apneAlle();
      // Fields of the admin that search tell it in their own way.
      window.django
        ?.jQuery?.(document)
        .on("change", "select", ({ target }) => noeErNytt(target.form));
      if (nokler) siHvor();
    };
    // The admin makes its rows when it is ready.
    if (document.readyState === "complete") begynn();
    else addEventListener("load", begynn);
  });

  addEventListener("hashchange", () =>
    noklene.then((nokler) => nokler && siHvemsDetEr(nokler)),
  );

  return {
    erEndret,
    forny,
    erUtlogget: () => (erUtlogget = true),
  };
})();
