/* What is pasted into the text editor from word processors, mail and web pages, in the form
   that texts have here: headings of every level, lists, tables, links, bold and italic. The
   server puts it in order once more (slt.grunn.riktekst). */

import { Extension, Link as Lenke, Plugin, Table as Tabell } from "django-prose-editor/editor";

const TITTEL = /^H[1-6]$/;
const UTEN_ORD =
  "script, meta, link, title, noscript, template, svg, math, canvas, iframe, object, " +
  "audio, video, input, select, textarea, hr, button:not(:is(h1, h2, h3, h4, h5, h6) *), [hidden], xml";
// Each maker of documents has its own way to tell a footnote and a comment.
const FOTNOTER =
  "[data-style*='mso-footnote-id'], [data-style*='mso-endnote-id'], [data-style*='mso-element:footnote'], " +
  "[data-style*='mso-element:endnote'], .MsoFootnoteReference, .MsoFootnoteText, " +
  ".FootnoteReference, .EndnoteReference, a[href^='#_ftn'], a[href^='#_edn'], " +
  "a[class^='sdfootnote'], a[class^='sdendnote'], [id^='sdfootnote'], [id^='sdendnote'], " +
  "a[href*='#ftnt'], a[id^='ftnt'], sup.reference, a[href*='#cite_note'], a[href^='#fn'], " +
  "[role='doc-noteref'], [role='doc-endnotes']";
const KOMMENTARER =
  "[data-style*='mso-element:comment'], .MsoCommentReference, .msocomoff, a[href^='#_msocom'], " +
  "a[href*='#cmnt'], a[id^='cmnt']";
const BLOKKER = new Set(
  ("ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION CENTER DD DETAILS DIV DL DT FIELDSET " +
    "FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER LI MAIN NAV OL P PRE SECTION " +
    "SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL").split(" "),
);

const rom = (tekst) =>
  tekst
    .replace(/[\u200b\u200c\u2060\ufeff\u00ad]/g, "")
    .replace(/[ \t\r\n\f]+/g, " ")
    .replace(/ ?\u00a0[ \u00a0]+| \u00a0/g, " ");
const kode = (tekst) =>
  tekst.replace(/[&<>"]/g, (t) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[t]);
const erTom = (html) =>
  !html.includes("<img ") && !html.replace(/<[^<>]*>/g, "").replace(/&nbsp;|\u00a0/g, "").trim();
const stilen = (el) => el.dataset.style ?? "";
const stil = (el, navn) =>
  new RegExp(`(?:^|;)\\s*${navn}\\s*:\\s*([^;]+)`, "i").exec(stilen(el))?.[1].trim();

// Addresses ----------------------------------------------------------------------------------

// Mail systems lead through a page of theirs, and senders count who came.
const adressen = (href) => {
  let url;
  try {
    url = new URL(href);
  } catch {
    return null;
  }
  if (!/^(https?|mailto|tel):$/.test(url.protocol)) return null;
  const bak =
    (url.hostname.endsWith(".safelinks.protection.outlook.com") &&
      url.searchParams.get("url")) ||
    (/^www\.google\.[a-z.]+$/.test(url.hostname) &&
      url.pathname === "/url" &&
      (url.searchParams.get("q") ?? url.searchParams.get("url")));
  if (bak) return adressen(bak);
  const sporing = [...url.searchParams.keys()].filter((navn) =>
    /^(utm_.*|fbclid|gclid|mc_cid|mc_eid)$/.test(navn),
  );
  if (!sporing.length) return href.trim();
  sporing.forEach((navn) => url.searchParams.delete(navn));
  return url.href;
};

// What is left out ---------------------------------------------------------------------------

const ulike = (deler, egenskap, uansett) =>
  new Set(
    deler.map((el) => stil(el, egenskap)?.toLowerCase()).filter((v) => v && !uansett.test(v)),
  ).size;

const fjern = (side, velger) => {
  const treff = [...side.querySelectorAll(velger)];
  const hadde = treff.some((el) => el.textContent.trim());
  treff.forEach((el) => el.remove());
  return hadde;
};

// Takes out what no text has here, and returns what the writer is told of it.
const taUt = (side, ark, eget) => {
  const borte = [];
  const deler = [...side.body.querySelectorAll("[data-style]")];
  const font = [...side.body.querySelectorAll("font")];
  const svart = /^(inherit|initial|windowtext|black|#000|#000000|rgb\(0, ?0, ?0\))$/;
  const hvit = /^(inherit|initial|none|white|transparent|#fff|#ffffff|rgb\(255, ?255, ?255\))/;
  if (
    ulike(deler, "color", svart) > 1 ||
    ulike(deler, "background(?:-color)?", hvit) > 0 ||
    font.some((el) => el.color) ||
    /h[1-6][^}]*\bcolor:/.test(ark)
  )
    borte.push("farger");
  if (
    ulike(deler, "font-family", /^inherit$/) > 1 ||
    font.some((el) => el.face) ||
    /font-family:/.test(ark)
  )
    borte.push("skrifttyper");

  const slettet = [...side.body.querySelectorAll("del, [class*='TrackChangeTextDeletion']")];
  slettet.forEach((el) => el.remove());
  if (slettet.length) borte.push("slettet tekst");
  if (fjern(side.body, FOTNOTER)) borte.push("fotnoter");
  if (fjern(side.body, KOMMENTARER)) borte.push("kommentarer");
  const bilder = [...side.body.querySelectorAll("img, picture")].filter(
    (el) => !(eget(el) && el.alt.trim()),
  );
  // One that nobody sees counts who reads.
  if (bilder.some((el) => el.width !== 1 && el.height !== 1)) borte.push("bilder");
  bilder.forEach((el) => el.remove());
  side.body.querySelectorAll(".mw-editsection").forEach((el) => el.remove());
  side.body.querySelectorAll(UTEN_ORD).forEach((el) => el.remove());
  [...side.body.querySelectorAll("[data-style]")]
    .filter((el) => /(^|;)\s*(display\s*:\s*none|mso-hide\s*:\s*all)/i.test(stilen(el)))
    .forEach((el) => el.remove());
  return borte;
};

// Blocks -------------------------------------------------------------------------------------

const titteltrinn = (el) => {
  if (TITTEL.test(el.tagName)) return Number(el.tagName[1]);
  if (el.getAttribute("role") === "heading") return Number(el.ariaLevel) || 2;
  const [, trinn] = /\bMsoHeading([1-9])\b/.exec(el.className) ?? [];
  if (trinn) return Number(trinn);
  return /\b(MsoTitle|western-title)\b/.test(el.className) ? 1 : 0;
};

const erFet = (el) => {
  const vekt = stil(el, "font-weight");
  if (vekt) return /^(bold|bolder|[6-9]00)/.test(vekt);
  return /^(B|STRONG)$/.test(el.tagName);
};
const erKursiv = (el) => {
  const snitt = stil(el, "font-style");
  if (snitt) return /^(italic|oblique)/.test(snitt);
  return /^(I|EM|CITE|DFN|VAR)$/.test(el.tagName);
};

const NUMMER = /^\(?(?:\d{1,3}(?:\.\d{1,3})*[.)]?|(?:[a-zæøå]|[ivx]{1,5})[.)])$/i;
// A sign, or a number, with more space after it than one writes between words.
const SKREVET = /^(?:([·•▪◦●○■➢✓])[\s\u00a0]+|([§o–-])[\s\u00a0]{2,}|(\(?(?:\d{1,3}|[a-z])[.)])[\s\u00a0]{2,})/;

// What a paragraph of Word's says of the list that it stands in, and the sign before it.
const ordsListe = (el) => {
  const [, trinn] = /mso-list\s*:[^;]*?level(\d)/i.exec(stilen(el)) ?? [];
  const merke = [...el.querySelectorAll("span")].find((s) =>
    /mso-list\s*:\s*ignore/i.test(stilen(s)),
  );
  if (trinn && merke) {
    const tegn = merke.textContent.replace(/[\s\u00a0]+/g, "");
    merke.remove();
    return { trinn: Number(trinn), ordnet: NUMMER.test(tegn) };
  }
  if (el.tagName !== "P") return null;
  const [hele, , , nummer] = SKREVET.exec(el.textContent.replace(/^[ \t\r\n]+/, "")) ?? [];
  if (!hele) return null;
  taBort(el, hele);
  return { trinn: 1, ordnet: Boolean(nummer) };
};

const taBort = (el, begynnelse) => {
  const gaende = el.ownerDocument.createTreeWalker(el, NodeFilter.SHOW_TEXT);
  let igjen = begynnelse;
  let forst = true;
  while (igjen && gaende.nextNode()) {
    const node = gaende.currentNode;
    if (forst) node.data = node.data.replace(/^[ \t\r\n]+/, "");
    forst &&= !node.data;
    const antall = Math.min(node.data.length, igjen.length);
    node.data = node.data.slice(antall);
    igjen = igjen.slice(antall);
  }
};

// Items that say how deep they stand, one after another, as lists in lists.
const lister = (punkter) => {
  const lag = (fra, trinn) => {
    let html = "";
    let nr = fra;
    let apen = "";
    while (nr < punkter.length && punkter[nr].trinn >= trinn) {
      const tag = punkter[nr].ordnet ? "ol" : "ul";
      if (apen && apen !== tag) html += `</${apen}>`;
      if (apen !== tag) html += `<${tag}>`;
      apen = tag;
      html += `<li>${punkter[nr].html}`;
      nr += 1;
      while (nr < punkter.length && punkter[nr].trinn > trinn) {
        const [indre, neste] = lag(nr, punkter[nr].trinn);
        html += indre;
        nr = neste;
      }
      html += "</li>";
    }
    return [`${html}</${apen}>`, nr];
  };
  let ut = "";
  for (let nr = 0; nr < punkter.length; ) {
    const [html, neste] = lag(nr, punkter[nr].trinn);
    ut += html;
    nr = neste;
  }
  return ut;
};

class Skriver {
  // The blocks of one place: the text, an item, a cell.
  constructor(omgivelse = {}) {
    this.omgivelse = omgivelse;
    this.ut = [];
    this.punkter = [];
    this.linje = "";
  }

  les(node, merker = {}) {
    node.childNodes.forEach((barn) => {
      if (barn.nodeType === Node.TEXT_NODE) this.skriv(barn.data, merker);
      else if (barn.nodeType === Node.ELEMENT_NODE) this.lesDel(barn, merker);
    });
    return this;
  }

  lesDel(el, merker) {
    if (el.tagName === "BR") this.linje += "<br>";
    // As browsers and Word copy a space at the edge of a link; one that somebody put between
    // two words stands among them.
    else if (el.tagName === "SPAN" && el.textContent === "\u00a0") this.skriv(" ", merker);
    else if (el.tagName === "IMG") this.bilde(el);
    else if (el.tagName === "UL" || el.tagName === "OL") this.liste(el);
    else if (el.tagName === "TABLE") this.tabell(el);
    else if (el.tagName === "BLOCKQUOTE") this.sitat(el);
    else if (BLOKKER.has(el.tagName) || titteltrinn(el)) this.blokk(el, merker);
    else this.les(el, this.medMerker(el, merker));
  }

  medMerker(el, merker) {
    // Google Docs wraps all in a <b> that is not bold: what it says of itself counts.
    const nye = { ...merker };
    if (stil(el, "font-weight") || erFet(el)) nye.fet = erFet(el);
    if (stil(el, "font-style") || erKursiv(el)) nye.kursiv = erKursiv(el);
    if (el.tagName === "A") nye.lenke = adressen(el.getAttribute("href") ?? "") ?? merker.lenke;
    return nye;
  }

  skriv(tekst, { fet, kursiv, lenke, linjer }) {
    let html = linjer
      ? tekst.trimEnd().split("\n").map((linje) => kode(rom(linje))).join("<br>")
      : kode(rom(tekst));
    if (!html) return;
    if (html.trim()) {
      if (kursiv) html = `<em>${html}</em>`;
      if (fet && !this.omgivelse.utenFet) html = `<strong>${html}</strong>`;
      if (lenke) html = `<a href="${kode(lenke)}">${html}</a>`;
    }
    this.linje += html;
  }

  // Ends what stands loose: as a paragraph, or several where an empty line parts them.
  slutt(tag = "p") {
    const avsnitt = [[]];
    this.linje.split("<br>").forEach((linje) => {
      if (linje.trim()) avsnitt.at(-1).push(linje);
      else avsnitt.push([]);
    });
    this.linje = "";
    avsnitt.forEach((linjer) => {
      const html = linjer.join("<br>").trim();
      if (!erTom(html)) this.legg(`<${tag}>${html}</${tag}>`);
    });
  }

  legg(html) {
    this.sluttListe();
    this.ut.push(html);
  }

  sluttListe() {
    if (this.punkter.length) this.ut.push(lister(this.punkter));
    this.punkter = [];
  }

  blokk(el, merker) {
    this.slutt();
    const bilde = el.tagName === "FIGURE" && el.querySelectorAll("img").length === 1;
    if (bilde) {
      const tekst = rom(el.querySelector("figcaption")?.textContent ?? "").trim();
      this.bilde(el.querySelector("img"), tekst);
      return;
    }
    if (el.tagName === "PRE") merker = { ...merker, linjer: true };
    const trinn = titteltrinn(el);
    const punkt = !trinn && ordsListe(el);
    const utenArv = this.medMerker(el, { ...merker, fet: el.tagName === "DT" || merker.fet });
    if (trinn) {
      const { linje } = new Skriver({ utenFet: true }).les(flat(el), { ...utenArv, fet: false });
      const html = linje.replace(/(\s|<br>|\u00a0)+/g, " ").trim();
      if (!erTom(html)) this.legg(`<h${Math.min(trinn, 6)}>${html}</h${Math.min(trinn, 6)}>`);
    } else if (punkt) {
      const html = new Skriver(this.omgivelse).les(el, utenArv).ferdig();
      if (html) this.punkter.push({ ...punkt, html });
    } else if (this.punkter.length && /\bMsoList(Paragraph|Continue)/.test(el.className)) {
      // More of the item above.
      this.punkter.at(-1).html += new Skriver(this.omgivelse).les(el, utenArv).ferdig();
    } else {
      this.les(el, utenArv);
      this.slutt();
    }
  }

  // One of this site; others are gone by now.
  bilde(el, tekst = "") {
    this.slutt();
    const mal = ["width", "height"]
      .filter((navn) => el.hasAttribute(navn))
      .map((navn) => ` ${navn}="${kode(el.getAttribute(navn))}"`);
    const under = tekst && `<figcaption>${kode(tekst)}</figcaption>`;
    this.legg(
      `<figure><img src="${kode(el.getAttribute("src"))}" alt="${kode(rom(el.alt).trim())}"${mal.join("")}>${under}</figure>`,
    );
  }

  liste(el) {
    this.slutt();
    const punkter = [...el.children];
    // Word on the web makes a list for each item, which says how deep it stands.
    if (punkter.every((li) => li.tagName === "LI" && li.hasAttribute("data-aria-level"))) {
      punkter.forEach((li) => {
        const html = new Skriver(this.omgivelse).les(li).ferdig();
        const trinn = Number(li.getAttribute("data-aria-level")) || 1;
        if (html) this.punkter.push({ trinn, ordnet: el.tagName === "OL", html });
      });
      return;
    }
    const html = [];
    punkter.forEach((barn) => {
      const indre = new Skriver(this.omgivelse);
      if (barn.tagName === "LI") html.push(indre.les(barn).ferdig());
      else html.push((html.pop() ?? "") + indre.lesAlene(barn).ferdig());
    });
    const tag = el.tagName.toLowerCase();
    const deler = html.filter((li) => !erTom(li)).map((li) => `<li>${li}</li>`);
    if (deler.length) this.legg(`<${tag}>${deler.join("")}</${tag}>`);
  }

  lesAlene(el) {
    this.lesDel(el, {});
    return this;
  }

  sitat(el) {
    this.slutt();
    // A table in a quote would lose its columns.
    if (el.querySelector("table")) {
      this.les(el);
      this.slutt();
      return;
    }
    const html = new Skriver(this.omgivelse).les(el).ferdig();
    if (html) this.legg(`<blockquote>${html}</blockquote>`);
  }

  tabell(el) {
    this.slutt();
    const rader = [...el.rows].filter((rad) => rad.textContent.trim());
    const celler = rader.flatMap((rad) => [...rad.cells]);
    // Mail is laid out with tables that say nothing.
    const erOppsett =
      el.getAttribute("role") === "presentation" ||
      rader.length < 2 ||
      rader.every((rad) => rad.cells.length < 2) ||
      celler.some((celle) => celle.querySelector("table"));
    if (erOppsett || this.omgivelse.iTabell) {
      [...(el.caption ? [el.caption] : []), ...celler].forEach((celle) => {
        this.les(celle);
        this.slutt();
      });
      return;
    }
    if (el.caption) this.lesAlene(el.caption);
    this.slutt();
    const html = rader.map((rad, nr) => {
      const forste = nr === 0;
      const radens = [...rad.cells].map((celle) => {
        const tag = forste || celle.tagName === "TH" ? "th" : "td";
        const spenn = ["colspan", "rowspan"]
          .filter((navn) => celle.getAttribute(navn) > 1)
          .map((navn) => ` ${navn}="${Number(celle.getAttribute(navn))}"`);
        const indre = new Skriver({ iTabell: true, utenFet: tag === "th" }).les(celle).ferdig();
        return `<${tag}${spenn.join("")}>${indre || "<p></p>"}</${tag}>`;
      });
      return `<tr>${radens.join("")}</tr>`;
    });
    this.legg(`<table><tbody>${html.join("")}</tbody></table>`);
  }

  ferdig() {
    this.slutt();
    this.sluttListe();
    return this.ut.join("");
  }
}

// A heading with blocks inside, as words alone.
const flat = (el) => {
  el.querySelectorAll("p, div, ul, ol, li, table, h1, h2, h3, h4, h5, h6").forEach((indre) =>
    indre.replaceWith(" ", ...indre.childNodes, " "),
  );
  return el;
};

// Headings begin at h3 and leave out no level; the server gives them the same.
const rettTitler = (html) => {
  const over = [];
  return html.replace(/<h([1-6])>(.*?)<\/h\1>/g, (_hele, trinn, ord) => {
    while (over.length && over.at(-1) >= trinn) over.pop();
    over.push(trinn);
    const niva = Math.min(over.length + 2, 5);
    return `<h${niva}>${ord}</h${niva}>`;
  });
};

// Styles and handlers as data: a page that refuses them complains of each that is read.
const somData = (html) =>
  html.replace(/<[a-z][^<>]*>/gi, (tagg) =>
    tagg.replace(/\s(style|on[a-z]+)(?=\s*=)/gi, " data-$1"),
  );
const lest = (html) => new DOMParser().parseFromString(somData(html), "text/html");

// Returns the HTML as it is pasted, and what was left out of it. In a cell there are no
// headings and no tables; a table alone fills the cells that are there. `eget` says where a
// picture of this site lies, of one that the text may hold.
export const renset = (html, { iCelle = false, eget = () => null } = {}) => {
  // Styles are read here alone: the page lets no browser apply them.
  let ark = "";
  const utenStil = html
    .replace(/<style\b[^>]*>([\s\S]*?)<\/style\s*>/gi, (_hele, regler) => {
      ark += regler;
      return "";
    });
  const side = lest(utenStil);
  const borte = taUt(side, ark, eget);
  const ut = new Skriver().les(side.body.cloneNode(true)).ferdig();
  if (!iCelle || /^<table>(?:(?!<table>).)*<\/table>$/s.test(ut))
    return { html: rettTitler(ut), borte };
  const utenTabeller = new Skriver({ iTabell: true }).les(side.body).ferdig();
  return { html: utenTabeller.replace(/(<\/?)h[1-6]>/g, "$1p>"), borte };
};

// In the editor ------------------------------------------------------------------------------

const gettext = window.gettext ?? ((ord) => ord);

const statuslinje = (editor) => {
  const ramme = editor.view.dom.closest(".prose-editor");
  let linje = ramme.querySelector("[data-limt]");
  if (!linje) {
    linje = document.createElement("p");
    linje.setAttribute("aria-live", "polite");
    linje.className = "limt";
    linje.dataset.limt = "";
    ramme.append(linje);
  }
  return linje;
};

// What was cut or copied in this editor has its form already. Others are made of the same
// parts, and have tags that this one lacks.
const erHerfra = (html, eget) =>
  html.includes("data-pm-slice") &&
  !/<(?!\/?(meta|p|br|strong|em|ul|ol|li|h[345]|blockquote|a|table|tbody|tr|th|td|figure|figcaption|img)\b)/i.test(
    html,
  ) &&
  [...lest(html).images].every(eget);

const si = (editor, borte) => {
  const sprak = document.documentElement.lang || "nb";
  const ramset = new Intl.ListFormat(sprak).format(borte.map((hva) => gettext(hva)));
  const setning = gettext("%s ble ikke med.").replace("%s", ramset);
  statuslinje(editor).textContent = borte.length
    ? setning[0].toLocaleUpperCase(sprak) + setning.slice(1)
    : "";
};

// Addresses in a text become links where it is saved, by one rule for all of them. The
// editor's own takes "ute.Se" for an address.
export const Link = Lenke.extend({
  addPasteRules() {
    return [];
  },
});

// A table is asked no questions about: rows and columns are added where they are missing. It
// stands by itself, for in a list or a quote only its words would be left.
export const Table = Tabell.extend({
  addCommands() {
    return {
      ...this.parent?.(),
      insertTableWithOptions:
        () =>
        ({ editor, commands }) =>
          !["table", "listItem", "blockquote"].some((sted) => editor.isActive(sted)) &&
          commands.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
    };
  },
  addKeyboardShortcuts() {
    // From the last cell the key leads on, out of the text: nobody is to be held in a table.
    return { ...this.parent?.(), Tab: () => this.editor.commands.goToNextCell() };
  },
});

// A heading, a list, a quote or a table that comes first does not become more of the
// paragraph that one stands in, unless it is all there is of it; and who pasted a table goes
// on writing below it.
const iBlokker = (del, state) => {
  const { $from } = state.selection;
  const { firstChild, lastChild, childCount } = del.content;
  if (!firstChild || !state.selection.$from.parent.isTextblock) return del;
  const erEtAvsnitt = firstChild.type.name === "paragraph";
  const erEneste = childCount === 1 && (firstChild.isTextblock || firstChild.childCount === 1);
  const iTekst = $from.depth === 1 && $from.parent.content.size > 0;
  const apen = erEtAvsnitt || erEneste || !iTekst;
  const etter = lastChild.type.name === "table" && $from.depth === 1;
  const innhold = etter
    ? del.content.addToEnd(state.schema.nodes.paragraph.create())
    : del.content;
  return new del.constructor(innhold, apen ? del.openStart : 0, etter ? 1 : del.openEnd);
};

const sisteErTabell = ({ doc }) => doc.lastChild?.type.name === "table";

export const Lim = Extension.create({
  name: "lim",
  addStorage: () => ({ utenfra: false }),
  addProseMirrorPlugins() {
    const { storage } = this;
    return [
      new Plugin({
        props: {
          transformPasted: (del, view) => {
            const { utenfra } = storage;
            storage.utenfra = false;
            return utenfra ? iBlokker(del, view.state) : del;
          },
        },
        // Below a table that ends the text there is a place to go on writing.
        appendTransaction: (endringer, _for, na) =>
          endringer.some((e) => e.docChanged) && sisteErTabell(na)
            ? na.tr.insert(na.doc.content.size, na.schema.nodes.paragraph.create())
            : null,
      }),
    ];
  },
  onCreate() {
    // There before it speaks, so that it is read aloud.
    statuslinje(this.editor);
  },
  transformPastedHTML(html) {
    const eget = this.editor.storage.bilde?.eget ?? (() => null);
    if (erHerfra(html, eget)) return somData(html);
    this.storage.utenfra = true;
    const iCelle = this.editor.isActive("table");
    const { html: ny, borte } = renset(html, { iCelle, eget });
    si(this.editor, borte);
    return ny;
  },
});
