/* What is typed in a form is kept in this browser until the server has saved it. Pages work
   without this.

   It is encrypted with a key that the server gives to the same user alone, and is found again
   on the form with the same address. Texts that only some may read are kept in this tab
   alone; what looks like the number of a person is not kept at all. Where something cannot
   be kept, who leaves the page is asked first.

   The parts are in kladd/: where it is kept (lager), how a form is read and filled in
   (felter), what is said (varsel), writing it (bevar) and bringing it back (hent). Here is
   what they answer to: typing, leaving, logging in and out, sending. */

{
  const { erNokkelen, forsok, glemAlt, harNokkel, noklene, nyttMerke, okten, rydd } =
    window.kladd.lager;
  const { TOKEN, adressenAv, erPost, innholdet, les } = window.kladd.felter;
  const { leggTilInnlogging, ord, siVed } = window.kladd.varsel;
  const { erEndret, glemDen, kjente, noeErNytt, skriv, skrivNa, tilstand } =
    window.kladd.bevar;
  const { apneAlle, avvist, siHvemsDetEr, siHvor, tomForAndres } = window.kladd.hent;
  const { side, ut } = document.currentScript.dataset;
  let { okt } = document.currentScript.dataset;

  const TEGN_OM = ["_ny_rad", "_opp", "_ned", "_tegn_om"];
  const FELT = "_kladd";

  // Typing and leaving ----------------------------------------------------------------------

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
    if (tilstand.sendes) return;
    const tapes = [...kjente].some(
      ([skjema, den]) =>
        skjema.isConnected && !(den.holdes && !den.skriver) && erEndret(skjema),
    );
    if (tapes) hendelse.preventDefault();
  });

  // Sending ---------------------------------------------------------------------------------

  let erUtlogget = false;
  const erGammel = () => {
    const siste = harNokkel && okten();
    return erUtlogget || tilstand.stanset || (siste && siste !== okt);
  };

  // With each log-in comes a new token, and what was opened before can be sent with it alone.
  // Returns what to say where there is none.
  const forny = async () => {
    const svar = await fetch(side).catch(() => null);
    if (!svar) return ord.nett;
    if (!svar.ok || svar.redirected) return ord.utlogget;
    const siden = new DOMParser().parseFromString(await svar.text(), "text/html");
    const deres = siden.querySelector("script[data-nokkel]")?.dataset.nokkel;
    const token = siden.querySelector(`[name=${TOKEN}]`)?.value;
    if (!deres || !token) return ord.utlogget;
    if (!erNokkelen(deres)) return ord.annen;
    document.querySelectorAll(`[name=${TOKEN}]`).forEach((felt) => (felt.value = token));
    ({ okt } = siden.querySelector("script[data-okt]").dataset);
    erUtlogget = tilstand.stanset = false;
    okten(okt);
    kjente.forEach((_den, skjema) => {
      if (skjema.isConnected) skriv(skjema);
    });
    document.dispatchEvent(new CustomEvent("kladd:innlogget"));
    return "";
  };
  const sePaNytt = () => {
    if (!document.hidden && harNokkel && erGammel()) forny();
  };
  addEventListener("focus", sePaNytt);
  document.addEventListener("visibilitychange", sePaNytt);

  const nabo = forsok(() => new BroadcastChannel("kladd"));
  nabo?.addEventListener("message", async ({ data }) => {
    const nokler = await noklene;
    if (!nokler || data !== nokler.mine) return;
    tilstand.stanset = true;
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
        tilstand.stanset = tilstand.sendes = true;
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
      den.sendt = innholdet(les(skjema));
      skriv(skjema);
    },
    true,
  );
  // Last of all: whether the page is left for what is sent.
  addEventListener("submit", (hendelse) => {
    if (erPost(hendelse.target) && !hendelse.defaultPrevented) tilstand.sendes = true;
  });
  addEventListener("pageshow", () => (tilstand.sendes = false));
  document.addEventListener("formdata", ({ target, formData }) => {
    const den = kjente.get(target);
    if (den) formData.set(FELT, den.merke);
  });

  // What is sent in the background ----------------------------------------------------------

  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (ctx.request.method === "POST") tilstand.sendes = true;
  });
  document.addEventListener("htmx:finally:request", () => (tilstand.sendes = false));
  document.addEventListener("htmx:error", () =>
    kjente.forEach((den) => (den.erPaVei = false)),
  );
  document.addEventListener("htmx:before:response", ({ detail: { ctx } }) => {
    const { headers, status } = ctx.response;
    const merke = ctx.request.body?.get?.(FELT);
    for (const [skjema, den] of kjente) {
      if (!merke || den.merke !== merke) continue;
      if (headers.get("Kladd-Lagret") === merke) {
        glemDen(den);
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
      if (nokler) tomForAndres(nokler);
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

  // What others may use: the parts are for these files alone.
  window.kladd = {
    erEndret,
    forny,
    leggTilInnlogging,
    erUtlogget: () => (erUtlogget = true),
  };
}
