/* Pages work without this. With it, a filter updates its results in place. */

document.querySelectorAll("form[data-filter]").forEach((form) => {
  let siste = 0;

  const oppdater = async () => {
    const nummer = ++siste;
    const valg = new URLSearchParams(new FormData(form));
    [...valg.entries()].forEach(([navn, verdi]) => verdi || valg.delete(navn));
    const adresse = `${form.getAttribute("action")}?${valg}`;
    const svar = await fetch(adresse);
    if (!svar.ok) {
      form.submit();
      return;
    }
    const side = new DOMParser().parseFromString(await svar.text(), "text/html");
    // An earlier answer that comes late must not replace a later one.
    if (nummer !== siste) return;
    const her = document.getElementById("resultat");
    her.replaceWith(document.adoptNode(side.getElementById("resultat")));
    // The count is announced by an element that stays; a new one would be silent.
    document.getElementById("treff").textContent =
      side.getElementById("treff").textContent;
    history.replaceState(null, "", adresse);
  };

  let venter;
  form.addEventListener("input", () => {
    clearTimeout(venter);
    venter = setTimeout(oppdater, 250);
  });
  form.addEventListener("submit", (hendelse) => {
    hendelse.preventDefault();
    clearTimeout(venter);
    oppdater();
  });
});
