/* Pages work without this. With it, a filter updates its results in place. */

document.querySelectorAll("form[data-filter]").forEach((form) => {
  // Beside the results there is room for all the choices; else they stand above them.
  const stortVindu = matchMedia("(min-width: 60rem)");
  const valgene = form.querySelector("details");
  const treff = document.getElementById("treff");
  const her = () => location.pathname + location.search;
  let vist = her();
  let siste = 0;
  let venter;

  const adressen = () => {
    const valg = new URLSearchParams(new FormData(form));
    [...valg].forEach(([navn, verdi]) => verdi || valg.delete(navn));
    const sporring = valg.toString();
    return form.getAttribute("action") + (sporring ? `?${sporring}` : "");
  };

  // Puts the results of the address into this page, and returns the page they came on.
  const vis = async (adresse) => {
    const nummer = ++siste;
    const svar = await fetch(adresse);
    if (!svar.ok) throw new Error(svar.status);
    const side = new DOMParser().parseFromString(await svar.text(), "text/html");
    // An earlier answer that comes late must not replace a later one.
    if (nummer !== siste) return null;
    const nye = side.getElementById("resultat");
    document.getElementById("resultat").replaceWith(document.adoptNode(nye));
    // The count is announced by an element that stays; a new one would be silent.
    treff.textContent = side.getElementById("treff").textContent;
    merkFeil(side.querySelector("form[data-filter]"));
    vist = adresse;
    return side;
  };

  // Says beside each field what is wrong with it, as the form that came with the results
  // does; what is typed stays.
  const merkFeil = (svaret) => {
    form.querySelectorAll(".ds-validation-message").forEach((feil) => feil.remove());
    [...svaret.elements].forEach((felt, nr) =>
      ["aria-invalid", "aria-describedby"].forEach((navn) => {
        const verdi = felt.getAttribute(navn);
        if (verdi === null) form.elements[nr].removeAttribute(navn);
        else form.elements[nr].setAttribute(navn, verdi);
      }),
    );
    svaret.querySelectorAll(".ds-validation-message").forEach((feil) => {
      const felt = form.querySelector(`#${feil.id.replace(/_error$/, "")}`);
      felt.closest(".ds-field").append(document.adoptNode(feil));
      if (valgene.contains(felt)) valgene.open = true;
    });
  };

  // Who asked for the results is taken to them, or to the field that has to be mended.
  const gaTilSvaret = () => {
    const feil = form.querySelector("[aria-invalid]");
    if (feil) {
      feil.focus();
      return;
    }
    if (!stortVindu.matches) valgene.open = false;
    treff.focus({ preventScroll: true });
    treff.scrollIntoView({ block: stortVindu.matches ? "nearest" : "start" });
  };

  const oppdater = async (erSendt) => {
    const adresse = adressen();
    try {
      if (adresse === vist) {
        siste++;
      } else {
        if (!(await vis(adresse))) return;
        history.pushState(null, "", adresse);
      }
      if (erSendt) gaTilSvaret();
    } catch (feil) {
      // A TypeError is a broken connection: often somebody who is on the way elsewhere.
      if (erSendt || !(feil instanceof TypeError)) form.submit();
    }
  };

  form.addEventListener("input", (hendelse) => {
    clearTimeout(venter);
    // A word is one step back, not one for each letter.
    const skrives = hendelse.target.matches("[type=search], [type=text]");
    venter = setTimeout(oppdater, skrives ? 400 : 0, false);
  });
  form.addEventListener("submit", (hendelse) => {
    hendelse.preventDefault();
    clearTimeout(venter);
    oppdater(true);
  });
  window.addEventListener("popstate", async () => {
    if (her() === vist) return; // a step within the page
    try {
      const side = await vis(her());
      const felter = side?.querySelector("form[data-filter]").elements ?? [];
      [...felter].forEach((felt, nr) => {
        form.elements[nr].value = felt.value;
        form.elements[nr].checked = felt.checked;
      });
    } catch {
      location.reload();
    }
  });

  if (stortVindu.matches) valgene.open = true;
});

/* Of what a rule for meetings may ask, only what the chosen one does ask. */

document.querySelectorAll("form[data-regelskjema]").forEach((form) => {
  const { regel } = form.elements;
  const vis = () =>
    form.querySelectorAll("[data-for]").forEach((del) => {
      del.hidden = !del.dataset.for.split(" ").includes(regel.value);
    });
  regel.addEventListener("change", vis);
  addEventListener("pageshow", vis); // a browser that goes back fills in later
  vis();
});

/* The text editor of a form has no name of its own, and names its buttons in English. */

document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const felt = editor.view.dom;
  const [etikett] = textarea.labels;
  const ramme = felt.closest(".prose-editor");

  etikett.id = `${textarea.id}_etikett`;
  etikett.addEventListener("click", () => felt.focus());
  felt.setAttribute("aria-labelledby", etikett.id);
  felt.setAttribute("aria-multiline", "true");
  ["aria-describedby", "aria-invalid"].forEach((navn) => {
    if (textarea.hasAttribute(navn)) felt.setAttribute(navn, textarea.getAttribute(navn));
  });
  // Links to what is wrong with the field lead to where one writes.
  felt.id = textarea.id;
  textarea.id += "_kilde";

  const gettext = window.gettext ?? ((ord) => ord);
  const oversett = () => {
    ramme.querySelectorAll(".prose-menubar [title]").forEach((knapp) => {
      const navn = gettext(knapp.title);
      if (navn === knapp.title) return;
      knapp.title = navn;
      knapp.setAttribute("aria-label", navn);
    });
    ramme.querySelectorAll(".prose-menubar__option > *").forEach((valg) => {
      const navn = gettext(valg.textContent);
      if (navn !== valg.textContent) valg.textContent = navn;
    });
  };
  oversett();
  new MutationObserver(oversett).observe(ramme, { childList: true, subtree: true });
});

/* Whom to call in a kommune is kept for when there is no network: see sw.js. Not for who is
   logged in or came by a link: where one only works, nothing has to be kept. */

{
  const { utenNett } = document.currentScript.dataset;
  const harOkt = document.querySelector("script[data-nokkel]");
  if (utenNett && !harOkt && "serviceWorker" in navigator)
    addEventListener("load", () =>
      navigator.serviceWorker.register("/sw.js", { scope: utenNett }).catch(() => {}),
    );
}

// A link may lead to what is folded away; not all browsers open it.
const apneMalet = () => {
  const mal = location.hash && document.getElementById(location.hash.slice(1));
  const lukket = mal && mal.closest("details:not([open])");
  if (!lukket) return;
  for (let boks = lukket; boks; boks = boks.parentElement.closest("details:not([open])"))
    boks.open = true;
  mal.scrollIntoView();
};
addEventListener("hashchange", apneMalet);
apneMalet();
