/* What is typed is kept in this browser: the forms of the page, and the writing of what
   changes in them. What looks like the number of a person is not kept. */

{
  const { forsok, glem, nyttMerke, pakk } = window.kladd.lager;
  const { adressenAv, harElleve, innholdet, les } = window.kladd.felter;

  const LENGST = 1_000_000;
  const ET_OYEBLIKK = 200;
  const FORTROLIG = "[data-kladd-fortrolig]";

  // {form: {navn: how what is kept of it begins, merke: its mark, kom: what it said when it
  // came, null where all of it is the user's, erSendt, erPaVei: no answer has come, sendt:
  // what it said then, holdes: whether all that is new is kept, venter: whether something
  // is not yet}}
  const kjente = new Map();
  const tilstand = {
    // Somebody logged out in another tab: nothing more is kept until they are in again.
    stanset: false,
    // The page is left for what is sent, and nothing is lost by that.
    sendes: false,
  };

  const erEndret = (skjema) => {
    const den = kjente.get(skjema);
    return !!den && (den.kom === null || den.kom !== innholdet(les(skjema)));
  };
  const lageret = (skjema) => {
    const fortrolig = skjema.matches(FORTROLIG) || skjema.querySelector(FORTROLIG);
    return forsok(() => (fortrolig ? sessionStorage : localStorage));
  };
  const nokkelnavn = (den) => `${den.navn}.${den.merke}`;
  const glemDen = (den) => glem(nokkelnavn(den));

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
      if (den.navn) glemDen(den);
      den.holdes = true;
      return;
    }
    den.holdes = false;
    const lager = lageret(skjema);
    if (!den.navn || !lager || tilstand.stanset) return;
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
      glemDen(den);
      return;
    }
    const pakket = await pakk(navn, innhold, Date.now(), den.erSendt);
    // It may have been saved, or everybody logged out, in the meantime.
    if (tilstand.stanset || navn !== nokkelnavn(den)) return;
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
    // Something else on the page was drawn anew while this one is on its way.
    if (den.erPaVei && den.sendt === innholdet(les(skjema))) return;
    tilstand.sendes = false;
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

  window.kladd.bevar = {
    erEndret,
    glemDen,
    kjente,
    noeErNytt,
    skriv,
    skrivNa,
    tilstand,
  };
}
