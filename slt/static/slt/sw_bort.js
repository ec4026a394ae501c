/* Takes away a worker that a browser has from before, and all that it kept: see UTEN_NETT in
   docs/drift.md. */

addEventListener("install", () => skipWaiting());
addEventListener("activate", (hendelse) =>
  hendelse.waitUntil(
    (async () => {
      await registration.unregister();
      // The one from before may be in the midst of keeping something.
      await new Promise((ferdig) => setTimeout(ferdig, 1000));
      for (const navn of await caches.keys())
        if (navn.startsWith("uten-nett ")) await caches.delete(navn);
    })(),
  ),
);
