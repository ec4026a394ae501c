/* Pictures in the text editor: a dialog in which one is sent, and the words for it are
   written. The server makes the picture anew, and keeps it (slt.felles.bilder). */

import { Node as Del, Plugin } from "django-prose-editor/editor";

const gettext = window.gettext ?? ((ord) => ord);
const STORSTE = 5_000_000;
const LENGST = 500;
const ADRESSE = /\/bilder\/[a-p]{32}\.(png|jpg)/;

// Returns where a picture of this site lies, whatever way it is written, or null.
const egetBilde = (img) => {
  let url;
  try {
    url = new URL(img?.getAttribute("src"), location.origin);
  } catch {
    return null;
  }
  const egen = url.origin === location.origin && !url.search && !url.hash;
  return egen && ADRESSE.exec(url.pathname)?.[0] === url.pathname ? url.pathname : null;
};

const bildeI = (el) => (el.tagName === "IMG" ? el : el.querySelector("img"));
const tall = (verdi) => (/^[1-9]\d{0,3}$/.test(verdi ?? "") ? Number(verdi) : null);
const rettet = (tekst) => (tekst ?? "").replace(/\s+/g, " ").trim();

// The dialog ---------------------------------------------------------------------------------

const lag = (tag, egenskaper = {}, ...barn) => {
  const el = document.createElement(tag);
  Object.entries(egenskaper).forEach(([navn, verdi]) => el.setAttribute(navn, verdi));
  el.append(...barn);
  return el;
};

let lopenummer = 0;

// A field with its label, what helps, and room for what is wrong with it.
const felt = (navn, hjelp, inn) => {
  const id = `bilde-${(lopenummer += 1)}`;
  inn.id = id;
  inn.setAttribute("aria-describedby", `${id}-hjelp ${id}-feil`);
  const feil = lag("p", { id: `${id}-feil`, class: "bildefeil", role: "alert" });
  const el = lag(
    "div",
    { class: "bildefelt" },
    lag("label", { for: id, class: "ds-label" }, navn),
    lag("p", { id: `${id}-hjelp`, class: "bildehjelp" }, hjelp),
    inn,
    feil,
  );
  const si = (hva) => {
    feil.textContent = hva;
    if (hva) inn.setAttribute("aria-invalid", "true");
    else inn.removeAttribute("aria-invalid");
    if (hva) inn.focus();
  };
  return { el, inn, si };
};

const knapp = (tekst, variant, gjor) => {
  const el = lag("button", {
    type: "button",
    class: "ds-button button",
    "data-variant": variant,
    "data-size": "sm",
  });
  el.textContent = tekst;
  el.addEventListener("click", gjor);
  return el;
};

// Returns what the server says of a picture that it was sent; throws what to say of it.
const send = async (adresse, fil) => {
  if (fil.size > STORSTE) throw gettext("Filen er for stor. Den kan være på 5 MB.");
  const innhold = new FormData();
  innhold.append("fil", fil);
  const nokkel = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  let svar;
  try {
    svar = await fetch(adresse, {
      method: "POST",
      body: innhold,
      headers: { "X-CSRFToken": nokkel, Accept: "application/json" },
    });
  } catch {
    throw gettext("Bildet ble ikke sendt. Se om du er på nett, og prøv igjen.");
  }
  if (!svar.headers.get("Content-Type")?.startsWith("application/json"))
    throw svar.status === 400
      ? gettext("Filen er for stor. Den kan være på 5 MB.")
      : gettext("Bildet ble ikke lagret. Se om du fortsatt er logget inn, og prøv igjen.");
  const { feil, ...bilde } = await svar.json();
  if (feil) throw feil;
  return bilde;
};

// Asks for a picture and the words for it. `bilde` is what is there already, `fil` what was
// pasted or dropped; `ferdig` gets what the text is to hold, `fjern` is called to remove it.
const spor = (adresse, { bilde, fil, ferdig, fjern }) => {
  const filfelt = felt(
    gettext("Bildefil"),
    gettext("JPEG, PNG eller WebP, på opptil 5 MB."),
    lag("input", { type: "file", accept: "image/*", class: "ds-input" }),
  );
  const alt = felt(
    gettext("Hva viser bildet?"),
    gettext("Leses opp for dem som ikke ser bildet."),
    lag("input", { type: "text", maxlength: LENGST, required: "", class: "ds-input vTextField" }),
  );
  const under = felt(
    gettext("Bildetekst"),
    gettext("Valgfritt. Står under bildet, gjerne med hvem som har laget det."),
    lag("input", { type: "text", maxlength: LENGST, class: "ds-input vTextField" }),
  );
  const tittel = lag("h2", { id: `bilde-${(lopenummer += 1)}`, class: "ds-heading", "data-size": "xs" });
  tittel.textContent = bilde ? gettext("Bildet") : gettext("Sett inn et bilde");
  const dialog = lag("dialog", { class: "bildedialog", "aria-labelledby": tittel.id });
  const lagre = knapp(bilde ? gettext("Oppdater") : gettext("Sett inn"), "primary", () => gjor());
  const knapper = lag("div", { class: "bildeknapper" }, lagre);
  if (bilde)
    knapper.append(
      knapp(gettext("Fjern bildet"), "secondary", () => {
        dialog.close();
        fjern();
      }),
    );
  knapper.append(knapp(gettext("Avbryt"), "tertiary", () => dialog.close()));
  alt.inn.value = bilde?.alt ?? "";
  under.inn.value = bilde?.bildetekst ?? "";
  if (fil) {
    const valgte = new DataTransfer();
    valgte.items.add(fil);
    filfelt.inn.files = valgte.files;
  }
  const vist = bilde ? lag("img", { src: bilde.src, alt: bilde.alt }) : filfelt.el;
  dialog.append(tittel, vist, alt.el, under.el, knapper);

  const gjor = async () => {
    if (lagre.getAttribute("aria-disabled")) return;
    [filfelt, alt, under].forEach(({ si }) => si(""));
    const valgt = filfelt.inn.files[0];
    const ord = { alt: rettet(alt.inn.value), bildetekst: rettet(under.inn.value) };
    if (!bilde && !valgt) filfelt.si(gettext("Velg et bilde."));
    else if (!ord.alt) alt.si(gettext("Skriv hva bildet viser."));
    else if (bilde) ferdigMed({ ...bilde, ...ord });
    else {
      lagre.setAttribute("aria-disabled", "true");
      try {
        const { adresse: src, bredde, hoyde } = await send(adresse, valgt);
        if (dialog.open) ferdigMed({ src, width: bredde, height: hoyde, ...ord });
      } catch (hva) {
        filfelt.si(typeof hva === "string" ? hva : gettext("Bildet ble ikke lagret."));
      }
      lagre.removeAttribute("aria-disabled");
    }
  };
  const ferdigMed = (hva) => {
    dialog.close();
    ferdig(hva);
  };
  // Not a form: one that is sent leads away from what is written on the page.
  dialog.addEventListener("keydown", (hendelse) => {
    if (hendelse.key !== "Enter" || hendelse.target.type !== "text") return;
    hendelse.preventDefault();
    gjor();
  });
  ["input", "change"].forEach((hva) =>
    dialog.addEventListener(hva, (hendelse) => hendelse.stopPropagation()),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  (bilde || fil ? alt : filfelt).inn.focus();
};

// In the editor ------------------------------------------------------------------------------

const adressenTil = (editor) =>
  editor.view.dom.closest(".prose-editor")?.querySelector("textarea")?.dataset.bilder;

const valgt = (editor) => {
  const { node } = editor.state.selection;
  return node?.type.name === "bilde" ? node : null;
};

const settInn = (editor, fil) => {
  const adresse = adressenTil(editor);
  if (!adresse) return;
  spor(adresse, {
    fil,
    ferdig: (attrs) => {
      const { $to } = editor.state.selection;
      // It stands by itself, after the paragraph, list or table that one writes in.
      const her = $to.depth ? $to.after(1) : $to.pos;
      editor.chain().insertContentAt(her, { type: "bilde", attrs }).focus().run();
    },
  });
};

const endre = (editor, node, sted) =>
  spor(adressenTil(editor), {
    bilde: node.attrs,
    ferdig: (attrs) =>
      editor.chain().setNodeSelection(sted).updateAttributes("bilde", attrs).focus().run(),
    fjern: () => editor.chain().setNodeSelection(sted).deleteSelection().focus().run(),
  });

const bildefiler = (data) => [...(data?.files ?? [])].filter((fil) => fil.type.startsWith("image/"));

export const Bilde = Del.create({
  name: "bilde",
  group: "block",
  atom: true,
  draggable: true,
  addAttributes() {
    const attributt = (parseHTML) => ({ default: null, rendered: false, parseHTML });
    return {
      src: attributt((el) => egetBilde(bildeI(el))),
      alt: attributt((el) => rettet(bildeI(el).getAttribute("alt"))),
      width: attributt((el) => tall(bildeI(el).getAttribute("width"))),
      height: attributt((el) => tall(bildeI(el).getAttribute("height"))),
      bildetekst: attributt((el) => rettet(el.querySelector("figcaption")?.textContent)),
    };
  },
  addStorage() {
    // For what is pasted; see lim.js.
    return { eget: egetBilde };
  },
  parseHTML() {
    const getAttrs = (el) => (egetBilde(bildeI(el)) ? null : false);
    return [
      { tag: "figure", getAttrs },
      { tag: "img", getAttrs },
    ];
  },
  renderHTML({ node: { attrs } }) {
    const { src, alt, width, height, bildetekst } = attrs;
    const img = ["img", { src, alt, width, height }];
    return bildetekst ? ["figure", img, ["figcaption", bildetekst]] : ["figure", img];
  },
  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "bilde",
      groups: "link",
      button: buttons.material("image", gettext("bilde")),
      command: (editor) => {
        const node = valgt(editor);
        if (node) endre(editor, node, editor.state.selection.from);
        else settInn(editor);
      },
      active: (editor) => Boolean(valgt(editor)),
      hidden: (editor) => !adressenTil(editor),
    });
  },
  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => {
        const node = valgt(editor);
        if (!node) return false;
        endre(editor, node, editor.state.selection.from);
        return true;
      },
    };
  },
  addProseMirrorPlugins() {
    const { editor } = this;
    const taImot = (data) => {
      const [fil] = bildefiler(data);
      if (!fil || !adressenTil(editor)) return false;
      settInn(editor, fil);
      return true;
    };
    return [
      new Plugin({
        props: {
          handleClickOn: (_view, _sted, node, fra, _hendelse, direkte) => {
            if (!direkte || node.type.name !== "bilde" || !editor.isEditable) return false;
            endre(editor, node, fra);
            return true;
          },
          // A word processor puts a picture of the text beside the text.
          handlePaste: (_view, { clipboardData }) => {
            const html = clipboardData.getData("text/html");
            const ord = html.replace(/<style\b[\s\S]*?<\/style\s*>|<[^>]*>/gi, "").trim();
            return !ord && !ADRESSE.test(html) && taImot(clipboardData);
          },
          handleDrop: (_view, hendelse, _slice, flyttet) => {
            if (flyttet || !taImot(hendelse.dataTransfer)) return false;
            hendelse.preventDefault();
            return true;
          },
        },
      }),
    ];
  },
});
