/* What is typed is kept in this browser: what is said about it. */

{
  const { side, ...ord } = document.currentScript.dataset;

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
  // Where one logs in without leaving what was typed.
  const leggTilInnlogging = (boks) => {
    const lenke = document.createElement("a");
    lenke.className = "ds-link";
    lenke.href = side;
    lenke.target = "_blank";
    lenke.textContent = ord.loggInn;
    boks.append(" ", lenke);
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
    if (tekst === ord.utlogget) leggTilInnlogging(boks.lastElementChild);
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

  window.kladd.varsel = { leggTilInnlogging, nar, ord, siVed, varsle };
}
