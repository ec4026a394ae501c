/* A document beside the plan proposed of it: one key says what a piece of it is. The page
   works without this; each piece has a link to the same choices. */

const ROLLER = {
  k: "kapittel",
  i: "innsatsomrade",
  t: "tiltak",
  d: "deltiltak",
  b: "tekst",
  o: "underoverskrift",
  m: "malsetting",
  h: "hopp_over",
};
const { kladd } = window;

const gjennomgangen = () => document.getElementById("gjennomgang");
const merkelappene = () => [...document.querySelectorAll("[data-blokk]")];
const merkelappen = (nokkel) => document.querySelector(`[data-blokk="${nokkel}"]`);

// Where one is after the page was drawn anew.
let her = "";
let etterpa = "";

const si = (hva) => {
  const status = document.getElementById("status");
  status.textContent = status.dataset[hva] ?? "";
  if (hva === "utlogget") kladd?.leggTilInnlogging(status);
};

// One choice at a time, since each is made on the page that the one before it left; who
// presses faster than that waits in line.
let underveis = false;
let ko = [];
const neste = () => {
  underveis = false;
  const [forst, ...resten] = ko;
  ko = resten;
  if (forst) forst();
};

const bestem = (nokkel, verdier) => {
  if (underveis) {
    ko.push(() => bestem(nokkel, verdier));
    return;
  }
  underveis = true;
  const skjema = document.getElementById("valget");
  her = nokkel;
  window.htmx.ajax("POST", skjema.getAttribute("action"), {
    source: skjema,
    target: "#gjennomgang",
    swap: "outerMorph",
    values: { blokk: nokkel, ...verdier },
  });
};

const angre = (nokkel) => {
  if (underveis) {
    ko.push(() => angre(nokkel));
    return;
  }
  her = nokkel;
  document.getElementById("tilbake").requestSubmit();
};

const apne = (merkelapp, sa = "") => {
  if (underveis) {
    ko.push(() => apne(merkelappen(merkelapp.dataset.blokk), sa));
    return;
  }
  her = merkelapp.dataset.blokk;
  etterpa = sa;
  window.htmx.ajax("GET", merkelapp.getAttribute("href").split("#")[0], {
    source: merkelapp,
    target: "#gjennomgang",
    swap: "outerMorph",
  });
};

document.addEventListener("click", (hendelse) => {
  const merkelapp = hendelse.target.closest("[data-blokk]");
  if (!merkelapp || hendelse.ctrlKey || hendelse.metaKey || hendelse.shiftKey) return;
  hendelse.preventDefault();
  apne(merkelapp);
});

document.addEventListener("keydown", (hendelse) => {
  const merkelapp = hendelse.target.closest?.("[data-blokk]");
  if (!merkelapp || hendelse.ctrlKey || hendelse.metaKey || hendelse.altKey) return;
  const tast = hendelse.key.toLowerCase();
  const nokkel = merkelapp.dataset.blokk;
  if (tast === "arrowdown" || tast === "arrowup") {
    const alle = merkelappene();
    alle[alle.indexOf(merkelapp) + (tast === "arrowdown" ? 1 : -1)]?.focus();
  } else if (ROLLER[tast]) bestem(nokkel, { rolle: ROLLER[tast] });
  else if (tast === "s") bestem(nokkel, { sammen: "1" });
  else if (tast === "f") apne(merkelapp, "felt");
  else if (tast === "l") apne(merkelapp, "del");
  else if (tast === "z") {
    angre(nokkel);
  } else return;
  hendelse.preventDefault();
});

// An answer that is no part of this page changes nothing in it.
document.addEventListener("htmx:before:response", (hendelse) => {
  const { raw, status } = hendelse.detail.ctx.response;
  // What was to come after a choice that was not made is not made either.
  if (status >= 400 || raw.redirected) ko = [];
  if (raw.redirected || status === 403) {
    hendelse.preventDefault();
    si("utlogget");
  } else if (status >= 400 && status !== 409) {
    hendelse.preventDefault();
    si(status < 500 ? "borte" : "feilet");
  } else {
    si("");
  }
});
document.addEventListener("htmx:error", () => {
  ko = [];
  si("nett");
});

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  underveis = true;
  her ||= ctx.sourceElement.closest?.(".blokk")?.id.slice(1) ?? "";
});
// Who has gone on meanwhile is not fetched back.
document.addEventListener("htmx:before:swap", () => {
  her = document.activeElement?.dataset.blokk ?? her;
});
document.addEventListener("htmx:after:request", () => setTimeout(neste));
document.addEventListener("htmx:after:swap", () => {
  const stedet = (etterpa && document.getElementById(etterpa)) || merkelappen(her);
  stedet?.focus();
  stedet?.scrollIntoView({ block: "nearest" });
  her = etterpa = "";
});
