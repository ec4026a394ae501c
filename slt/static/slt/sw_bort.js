/* Takes away a worker that a browser has from before, and all that it kept: see UTEN_NETT in
   docs/drift.md. */

addEventListener("install", () => skipWaiting());
addEventListener("activate", (hendelse) =>
  hendelse.waitUntil(
    (async () => {
      for (const navn of await caches.keys())
        if (navn.startsWith("uten-nett ")) await caches.delete(navn);
      await registration.unregister();
    })(),
  ),
);
