/* What is typed in a form is kept in this browser until the server has saved it. This part
   is where: the store of the browser, or of this tab alone, encrypted with a key that the
   server gives to the same user alone.

   An entry is named kladd.USER.ADDRESS.MARK, where all but the mark are made with the key; it
   is when it was written, whether it was sent, and then what only its user can read. */

{
  const { nokkel, lagret } = document.currentScript.dataset;
  // It stands in this script alone from now on, also when the page is stored as a file.
  document.currentScript.removeAttribute("data-nokkel");

  const DAGER = 7;
  const FLEST = 30;

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

  const glem = (navn) => lagrene().forEach((lager) => lager.removeItem(navn));
  const glemAlt = async () => {
    const { mine } = (await noklene) ?? {};
    if (!mine) return;
    lagrene().forEach((lager) =>
      navnene(lager, mine).forEach((navn) => lager.removeItem(navn)),
    );
    forsok(() => localStorage.removeItem("kladd.okt"));
  };

  // The mark of the newest log-in in this browser; or sets it.
  const okten = (verdi) =>
    forsok(() =>
      verdi ? localStorage.setItem("kladd.okt", verdi) : localStorage.getItem("kladd.okt"),
    );

  // The parts find each other here, until the last of them says what others may use.
  window.kladd = {
    lager: {
      erNokkelen: (deres) => deres === nokkel,
      forsok,
      glem,
      glemAlt,
      harNokkel: !!nokkel,
      kladdene,
      noklene,
      nyttMerke,
      okten,
      pakk,
      rydd,
    },
  };
}
