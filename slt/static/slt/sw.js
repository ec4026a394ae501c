/* Where there is no network, the page of contacts of a kommune is shown instead of what was
   asked for: /<kommune>/uten-nett/, as it was at the last visit.

   That page and its style sheets and scripts are all that is kept. It is asked for without
   cookies, so that it is the one that everybody sees; what was opened, chosen or sent is
   never kept. While there is a network, nothing is answered from here. Each kommune has a
   worker of its own, which knows its part of the site and no other. */

const OMRADE = new URL(registration.scope).pathname;
const SIDE = `${OMRADE}uten-nett/`;
// The questions of who can help are sent, and change nothing.
const SVAR = `${OMRADE}hvem-kan-hjelpe/svar/`;
// [what all are called, which form they have, whose it is]; with a new form, the old go.
const LAGER = `uten-nett 1 ${OMRADE}`;
const FLEST = 3;
// What the files of the kept page are asked for by, so that no other page gets them.
const MERKE = "?uten-nett";
const MILLISEKUNDER = 6000;
// What the page has, to be filled in when it is kept.
const UFERDIG = 'data-hentet="" hidden';
const HASHET = /\.[0-9a-f]{12}\.\w+$/;

// Keeping ---------------------------------------------------------------------------------

const hent = async () => {
  const svar = await fetch(SIDE, { credentials: "omit", cache: "no-cache" });
  const innhold = await svar.text();
  const erSvaret = svar.ok && !svar.redirected;
  // The kommune is gone, or the operator has turned this off; a page that says that
  // something went wrong tells neither, and is when the kept one is needed.
  const erAv = erSvaret && innhold.includes('data-uten-nett=""');
  if ([404, 410].includes(svar.status) || erAv) {
    await caches.delete(LAGER);
    return;
  }
  // What somebody on the way put in its place is not kept.
  if (!erSvaret || !innhold.includes(UFERDIG)) throw new Error(svar.status);
  const hentet = new Date().toISOString();
  const filer = [];
  const html = innhold
    .replace(/<link rel="(?:preload|manifest)"[^>]*>/g, "")
    .replace(/ (href|src)="(\/[^"?]+\.(?:css|js|svg))"/g, (_alt, hva, fil) => {
      filer.push(fil);
      return ` ${hva}="${fil}${MERKE}"`;
    })
    .replace(UFERDIG, `data-hentet="${hentet}"`);
  const lager = await caches.open(LAGER);
  await Promise.all(filer.map((fil) => hentFil(lager, fil)));
  const hoder = new Headers(svar.headers);
  ["content-encoding", "content-length", "vary"].forEach((hode) => hoder.delete(hode));
  hoder.set("hentet", hentet);
  await lager.put(SIDE, new Response(html, { headers: hoder }));

  const trengs = [SIDE, ...filer.map((fil) => fil + MERKE)];
  for (const sporring of await lager.keys()) {
    const { pathname, search } = new URL(sporring.url);
    if (!trengs.includes(pathname + search)) await lager.delete(sporring);
  }
  await rydd();
};

const hentFil = async (lager, fil) => {
  // What has a hash in its name never changes.
  if (HASHET.test(fil) && (await lager.match(fil + MERKE, { ignoreVary: true }))) return;
  const svar = await fetch(fil, { credentials: "omit" });
  if (!svar.ok) throw new Error(svar.status);
  await lager.put(fil + MERKE, svar);
};

// Keeps those of the kommuner that were visited last, and of this one in this form alone.
const rydd = async () => {
  const tider = new Map();
  for (const navn of await caches.keys()) {
    const [hva, , omrade] = navn.split(" ");
    if (hva !== "uten-nett") continue;
    const siden = await (await caches.open(navn)).match(`${omrade}uten-nett/`);
    tider.set(navn, siden?.headers.get("hentet") ?? "");
    if (omrade === OMRADE && navn !== LAGER) await caches.delete(navn);
  }
  const eldst = [...tider].sort(([, en], [, annen]) => (en < annen ? -1 : 1));
  for (const [navn] of eldst.slice(0, -FLEST)) await caches.delete(navn);
};

addEventListener("install", (hendelse) => {
  skipWaiting();
  hendelse.waitUntil(hent());
});
addEventListener("activate", (hendelse) =>
  hendelse.waitUntil(
    Promise.all([clients.claim(), registration.navigationPreload?.enable(), rydd()]),
  ),
);

// Showing ---------------------------------------------------------------------------------

const lagret = async (adresse) =>
  (await caches.has(LAGER)) &&
  (await caches.open(LAGER)).match(adresse, { ignoreVary: true });

const fraNettet = async (hendelse) =>
  (await hendelse.preloadResponse) ?? fetch(hendelse.request);

const vis = async (hendelse) => {
  const den = fraNettet(hendelse);
  // With a network there is a newer page to keep.
  hendelse.waitUntil(den.then(hent).catch(() => {}));
  const forSent = new Promise((ferdig) => setTimeout(ferdig, MILLISEKUNDER));
  const svar = await Promise.race([den, forSent]).catch(() => null);
  return svar || (await lagret(SIDE)) || den;
};

addEventListener("fetch", (hendelse) => {
  const { method, mode, url } = hendelse.request;
  const { origin, pathname, search } = new URL(url);
  if (origin !== location.origin || (method !== "GET" && pathname !== SVAR)) return;
  if (mode === "navigate") {
    // A document may take its time.
    const svar = pathname.endsWith("/") ? vis(hendelse) : fraNettet(hendelse);
    hendelse.respondWith(svar);
  } else if (search === MERKE) {
    hendelse.respondWith(
      lagret(pathname + search).then((fil) => fil || fetch(hendelse.request)),
    );
  }
});
