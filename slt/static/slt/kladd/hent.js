/* What is typed is kept in this browser: bringing it back on the form with the same
   address. */

{
  const { forsok, kladdene, noklene, nyttMerke } = window.kladd.lager;
  const {
    TOKEN,
    SKRIVES,
    adressenAv,
    adressenTil,
    erPost,
    fyllInn,
    harNoeASkrive,
    innholdet,
    leggTilRader,
    les,
    manglerRader,
    sierDetSamme,
    tomFor,
  } = window.kladd.felter;
  const { nar, ord, varsle } = window.kladd.varsel;
  const { erEndret, glemDen, kjente, skriv } = window.kladd.bevar;
  const { sendt } = document.currentScript.dataset;

  // Bringing back ---------------------------------------------------------------------------

  // The form as the server draws it with what was typed: nothing is saved by that.
  const tegnet = async (skjema, { felter, utelatt }) => {
    const kropp = new URLSearchParams();
    felter.forEach(({ navn, verdi }) => kropp.append(navn, verdi));
    les(skjema)
      .filter(({ navn }) => utelatt.includes(navn))
      .forEach(({ navn, verdi }) => kropp.append(navn, verdi));
    kropp.set(TOKEN, skjema.elements[TOKEN].value);
    kropp.set("_tegn_om", "1");
    const svar = await fetch(skjema.getAttribute("action") || location.href, {
      method: "POST",
      body: kropp,
      headers: skjema.dataset.hxPost ? { "HX-Request": "true" } : {},
    });
    if (!svar.ok || svar.redirected) return null;
    const siden = new DOMParser().parseFromString(await svar.text(), "text/html");
    return siden.querySelector("form[data-skjema]");
  };

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
  const vis = (skjema, funnet) => {
    const [kladden, ...andre] = funnet;
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
        if (den.navn) glemDen(den);
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
  // Before the forms are opened: takes out what was somebody else's.
  const tomForAndres = (nokler) => {
    siHvemsDetEr(nokler);
    if (erAnnens) [...document.forms].filter(erPost).forEach(tomFor);
  };

  const apneAlle = () => {
    document.querySelectorAll("form").forEach((skjema) => {
      if (!erPost(skjema) || skjema.matches("[data-uten-kladd]")) return;
      if (!kjente.has(skjema) && harNoeASkrive(skjema)) apne(skjema);
    });
  };

  // Of a form that is opened in place, the row is what one sees first.
  const siHvor = async () => {
    const lenker = [...document.querySelectorAll("a[data-hx-get][id]")];
    if (!lenker.length) return;
    const { mine } = await noklene;
    const apnet = new Set([...kjente.keys()].map(adressenAv));
    for (const kladden of await kladdene(mine)) {
      const lenken = lenker.find(
        (l) => adressenTil(l.getAttribute("href")) === kladden.adresse,
      );
      if (!lenken || apnet.has(kladden.adresse)) continue;
      apnet.add(kladden.adresse);
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

  window.kladd.hent = { apneAlle, avvist, siHvemsDetEr, siHvor, tomForAndres };
}
