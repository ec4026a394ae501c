// Asks now and then whether the document is there, and opens it. Without script the page
// loads itself anew.
(() => {
  const sekunder = document.currentScript.dataset.sekunder;

  async function sjekk() {
    if (document.hidden) {
      document.addEventListener("visibilitychange", sjekk, { once: true });
      return;
    }
    const svar = await fetch(location.href, { method: "HEAD" }).catch(() => null);
    const venter =
      svar === null ||
      (svar.status === 503 && svar.headers.get("Retry-After") === sekunder);
    if (venter) setTimeout(sjekk, sekunder * 1000);
    else location.reload();
  }

  setTimeout(sjekk, sekunder * 1000);
})();
