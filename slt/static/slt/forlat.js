/* "Forlat siden" works as a link without this. With it the page is covered at once, Back does
   not lead to it, and pressing Shift alone three times does the same.

   Pages of this site that were open before it are still behind Back; who goes there is led
   away again, until a page is opened in another way. That they left is remembered by the
   tab alone, and not what they left. */

{
  const knapp = document.querySelector("[data-forlat]");
  const status = knapp.closest(".forlat").querySelector("[aria-live]");
  const { igjenTo, igjenEn, avbrutt, forlates, tittel } = knapp.dataset;
  const FRIST = 5000;

  // Where the browser keeps nothing at all, there is nothing to remember.
  const merke = (gjor) => {
    try {
      return gjor(sessionStorage);
    } catch {
      return null;
    }
  };
  const erForlatt = () => merke((lager) => lager.getItem("forlatt"));

  const forlat = () => {
    document.title = tittel;
    document.documentElement.classList.add("forlates");
    const dekke = document.createElement("div");
    dekke.setAttribute("role", "alert");
    dekke.className = "dekke";
    document.body.append(dekke);
    // Put in after it is there, so that it is read out.
    dekke.textContent = forlates;
    merke((lager) => lager.setItem("forlatt", "1"));
    location.replace(knapp.href);
  };

  knapp.addEventListener("click", (hendelse) => {
    hendelse.preventDefault();
    forlat();
  });

  // Shift alone, as nobody presses it who writes a capital letter.
  let erAlene = false;
  let antall = 0;
  let ur;
  const si = (tekst) => {
    clearTimeout(ur);
    status.textContent = tekst;
  };
  const avbryt = () => {
    erAlene = false;
    if (!antall) return;
    antall = 0;
    si(avbrutt);
    ur = setTimeout(si, FRIST, "");
  };
  document.addEventListener(
    "keydown",
    ({ key }) => {
      if (key === "Shift") erAlene = true;
      else avbryt();
    },
    true,
  );
  document.addEventListener("pointerdown", avbryt, true);
  document.addEventListener(
    "keyup",
    ({ key }) => {
      if (key !== "Shift" || !erAlene) return;
      erAlene = false;
      antall += 1;
      if (antall === 3) {
        forlat();
        return;
      }
      si(antall === 1 ? igjenTo : igjenEn);
      ur = setTimeout(avbryt, FRIST);
    },
    true,
  );

  // Coming back -----------------------------------------------------------------------------

  const type = performance.getEntriesByType("navigation")[0]?.type;
  if (type !== "back_forward") merke((lager) => lager.removeItem("forlatt"));
  else if (erForlatt()) forlat();
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && erForlatt()) forlat();
  });
}
