/* Says of a page that was kept in the browser when that was, and how long ago. */

{
  const boks = document.querySelector("[data-hentet]");
  const { hentet, da, ...ord } = boks.dataset;
  const to = (tall) => String(tall).padStart(2, "0");

  const siden = (tid) => {
    const timer = Math.floor((Date.now() - tid) / 3_600_000);
    const dogn = Math.floor(timer / 24);
    if (timer < 1) return ord.underEnTime;
    if (timer < 2) return ord.enTime;
    if (dogn < 1) return ord.timer.replace("{n}", timer);
    return dogn < 2 ? ord.etDogn : ord.dogn.replace("{n}", dogn);
  };

  const si = () => {
    const tid = new Date(hentet);
    boks.querySelector("span").textContent = da
      .replace("{dato}", `${tid.getDate()}.${tid.getMonth() + 1}.${tid.getFullYear()}`)
      .replace("{kl}", `${to(tid.getHours())}.${to(tid.getMinutes())}`)
      .replace("{siden}", siden(tid));
  };
  if (hentet) addEventListener("pageshow", si);
}
