/* Forms that are opened in place, and rows that are dragged. Pages work without this: the
   same addresses are pages of their own, and each row has buttons. */

const apentSkjema = () => document.querySelector("#disposisjon form[data-skjema]");
const { kladd } = window;

const si = (hva) => {
  const status = document.getElementById("status");
  if (!status) return;
  status.textContent = status.dataset[hva] ?? "";
  if (hva === "utlogget") kladd.leggTilInnlogging(status);
};
document.addEventListener("kladd:innlogget", () => si("innlogget"));
document.addEventListener("kladd:hentet", () => lagEditor(document.body));

// The text editor is large: it is fetched, and its words, when there is something to write
// in it.
const { ord } = document.currentScript.dataset;
let ordene;
const hentOrdene = () =>
  (ordene ??= new Promise((ferdig) => {
    const skript = document.createElement("script");
    skript.src = ord;
    skript.onload = skript.onerror = ferdig;
    document.head.append(skript);
  }));

const lagEditor = async (del) => {
  const felter = [...del.querySelectorAll("[data-django-prose-editor-configurable]")];
  if (!felter.some((felt) => !felt.closest(".prose-editor"))) return;
  await hentOrdene();
  const { createEditor } = await import("django-prose-editor/configurable");
  felter.forEach((felt) => felt.isConnected && createEditor(felt));
};

// Rows -----------------------------------------------------------------------------------

// A button that changes the form alone: it is sent, and its rows come back.
const tegnOm = (skjema, sted, navn, verdi) =>
  window.htmx.ajax("POST", skjema.getAttribute("action"), {
    source: skjema,
    target: sted,
    select: sted,
    swap: "outerHTML",
    values: { [navn]: verdi },
  });

document.addEventListener("click", (hendelse) => {
  const knapp = hendelse.target.closest("button[data-tegn-om]");
  if (!knapp) return;
  hendelse.preventDefault();
  tegnOm(knapp.form, knapp.dataset.tegnOm, knapp.name, knapp.value);
});
document.addEventListener("change", ({ target }) => {
  if (!target.matches("select[data-tegn-om]")) return;
  tegnOm(target.form, `#${target.closest(".skjemarader").id}`, "_tegn_om", target.name);
});

// What is opened in place ----------------------------------------------------------------

// One form at a time. One that says something new is saved or left first.
document.addEventListener("htmx:config:request", (hendelse) => {
  const skjema = apentSkjema();
  if (!skjema || skjema.contains(hendelse.detail.ctx.sourceElement)) return;
  if (kladd.erEndret(skjema)) {
    hendelse.preventDefault();
    si("ulagret");
    skjema.scrollIntoView({ block: "start" });
    skjema.querySelector("button.ds-button").focus({ preventScroll: true });
  } else {
    lukk(skjema.closest("[data-rad]"));
  }
});

// The tree fills several screens of a phone; what somebody opened or closed stays so.
const innholdstreet = () => document.querySelector(".disposisjonstre");
let treetErApent = matchMedia("(min-width: 60rem)").matches;
const settTreet = () => {
  const tre = innholdstreet();
  if (tre) tre.open = treetErApent;
};

// The row as it was before its form was opened.
const foran = new WeakMap();
// The id of the row whose form may close now.
let lukkes = "";
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  const { target } = ctx;
  const erRad = target instanceof Element && target.matches("[data-rad]");
  if (erRad && !target.querySelector("form[data-skjema]"))
    foran.set(target, target.innerHTML);
  lukkes = apentSkjema()?.closest("[data-rad]").id ?? "";
  treetErApent = innholdstreet()?.open;
});
const lukk = (rad) => {
  rad.innerHTML = foran.get(rad);
  // The row that opened by itself has done so once.
  rad
    .querySelectorAll("[data-hx-trigger^=load]")
    .forEach((lenke) => lenke.removeAttribute("data-hx-trigger"));
  window.htmx.process(rad);
};
// A form is much longer than its row: who closed it goes on at the row.
const fortsettVed = (id) => {
  const rad = document.getElementById(id);
  rad?.querySelector("[id^=apne-]")?.focus({ preventScroll: true });
  rad?.scrollIntoView({ block: "nearest" });
};

// An answer that is no part of this page changes nothing in it.
document.addEventListener("htmx:before:response", (hendelse) => {
  const { raw, status } = hendelse.detail.ctx.response;
  if (raw.redirected || status === 403) {
    hendelse.preventDefault();
    si("utlogget");
    kladd.erUtlogget();
    if (status === 403) kladd.forny();
  } else if (status >= 400 && status !== 409 && status !== 422) {
    hendelse.preventDefault();
    si(status < 500 ? "borte" : "feilet");
  } else {
    si("");
  }
});
document.addEventListener("htmx:error", () => si("nett"));

// What was added is there now.
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  const erLagt = ctx.response.status === 200;
  if (erLagt && ctx.sourceElement.matches(".nytt-tiltak")) ctx.sourceElement.reset();
});

// Forms that one has been led to.
const apnet = new WeakSet();
let sistTrykket = "";
document.addEventListener("htmx:before:request", () => {
  sistTrykket = document.activeElement?.id ?? "";
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  sorter();
  settTreet();
  const del = ctx.target.isConnected ? ctx.target : document.getElementById(ctx.target.id);
  const skjema = apentSkjema();
  if (skjema && !apnet.has(skjema)) {
    apnet.add(skjema);
    const feil = skjema.parentElement.querySelector(".ds-error-summary");
    (feil ?? skjema.querySelector("input:not([type=hidden]), textarea, select"))?.focus();
  }
  // Where one is after that: in the new row, at the row that closed, or at what was pressed.
  const ny = del?.querySelector("[data-ny] :is(input, select, textarea):not([type=hidden])");
  if (ny) ny.focus();
  else if (lukkes && !skjema)
    fortsettVed(document.getElementById("disposisjon").dataset.lagt ?? lukkes);
  else if (document.activeElement === document.body)
    document.getElementById(sistTrykket)?.focus();
  lagEditor(document.body);
});

// Moving ---------------------------------------------------------------------------------

let tegnet = false;
document.addEventListener("htmx:after:swap", () => (tegnet = true));

const flytt = async (adresse, verdier, tilbake) => {
  tegnet = false;
  await window.htmx.ajax("POST", adresse, {
    source: "#flytt",
    target: "#disposisjon",
    swap: "outerMorph",
    values: verdier,
  });
  if (!tegnet) tilbake?.();
};

document.addEventListener("submit", (hendelse) => {
  const { submitter, target } = hendelse;
  if (target.id !== "flytt" || !window.htmx) return;
  hendelse.preventDefault();
  flytt(submitter.getAttribute("formaction"), { [submitter.name]: submitter.value });
});

// Dragging -------------------------------------------------------------------------------

const sorter = () =>
  document.querySelectorAll("[data-sorter]:not([data-sortert])").forEach((liste) => {
    liste.dataset.sortert = "";
    window.Sortable?.create(liste, {
      group: liste.dataset.sorter,
      draggable: "[data-flytt]",
      handle: "[data-handtak]",
      animation: 120,
      onEnd: ({ item, from, to, oldIndex, newIndex }) => {
        if (from === to && oldIndex === newIndex) return;
        const over = item.previousElementSibling;
        const verdier = { til: to.dataset.sted ?? "", etter: over?.dataset.plass ?? "" };
        // What was not moved stands where it stood.
        flytt(item.dataset.flytt, verdier, () => {
          item.remove();
          from.insertBefore(item, from.children[oldIndex] ?? null);
        });
      },
    });
  });

settTreet();
addEventListener("load", sorter);
lagEditor(document.body);
