"""The few kinds of charts that the pages need, as SVG: columns over years, lines over years,
and bars of parts.

No library draws them: those that write plain SVG, without styles and scripts, cut the
names, can't set a figure beside its mark and know no year that is missing. Here names are
whole, each figure stands by its mark, no grid and no axis of figures is needed, and what is
not known is said where it would have stood. The colours are attributes, which hold in a
document; the style sheet of the pages sets others by the class names.
"""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

# As wide as a phone; a page makes it no larger than that it reads as its other text.
BREDDE = 340
SKRIFT, SMA = 14, 13
TEGN = 8.0  # how wide a letter is at most, about
I_SNITT = 7.4  # and in a line of many
LINJE = 18
STOLPE = 14
HOYDE = 120
TEKSTFARGE, DEMPET, ANDRES, STREK = "#1c1c1c", "#565b60", "#6b7280", "#8a9097"


@dataclass(frozen=True)
class Punkt:
    """One figure.

    Attributes:
        navn: what it is of: a year, or a part.
        tekst: the figure in words; of one that isn't known, what stands in its place.
        verdi: None where it isn't known.
        plass: where it stands in time.
        spenn: whether it is the upper end of what it may be.
    """

    navn: str
    tekst: str
    verdi: float | None
    plass: float = 0
    forelopig: bool = False
    andres: bool = False
    spenn: bool = False


@dataclass(frozen=True)
class Serie:
    """Figures of the same over time; `andres` is what the kommune's are compared with."""

    navn: str
    punkter: Sequence[Punkt]
    andres: bool = False


def stolper(punkter: Sequence[Punkt], *, farge: str, tittel: str) -> str:
    """Bars of parts, one below the other, each with its name above it."""
    tegnet = _Tegning(farge, tittel)
    verdier = [p.verdi for p in punkter]
    lavest, hoyest = min(0, *verdier), max(0, *verdier)
    plass = BREDDE - max(len(p.tekst) for p in punkter) * TEGN - 12
    skala = plass / (hoyest - lavest)
    null, y = -lavest * skala, 0
    for punkt in punkter:
        for linje in wrap(punkt.navn, int(BREDDE / I_SNITT)) or [""]:
            y += LINJE
            tegnet.tekst(linje, 0, y - 5)
        lengde = abs(punkt.verdi) * skala
        fra = null - (lengde if punkt.verdi < 0 else 0)
        tegnet.stolpe(fra, y, max(lengde, 1), STOLPE, punkt)
        ende = max(null, fra + lengde) + 6
        tegnet.tekst(punkt.tekst, ende, y + STOLPE - 2, fet=True)
        y += STOLPE + 10
    if lavest:
        tegnet.strek([(null, 0), (null, y)])
    return tegnet.ferdig(y - 4)


def soyler(punkter: Sequence[Punkt], *, farge: str, tittel: str) -> str:
    """Columns over years, each with its figure."""
    tegnet = _Tegning(farge, tittel)
    verdier = [p.verdi for p in punkter if p.verdi is not None]
    lavest, hoyest = min(0, *verdier), max(0, *verdier)
    skala = HOYDE / (hoyest - lavest)
    topp = LINJE + 4
    null = topp + hoyest * skala
    bunn = topp + HOYDE + (LINJE if lavest else 0)
    fra, steg = min(p.plass for p in punkter), _steg(punkter)
    bredde = min(64, steg * 0.72)
    for nr, punkt in enumerate(punkter):
        x = (punkt.plass - fra) * steg + steg / 2
        if punkt.verdi is not None:
            hoyde = abs(punkt.verdi) * skala
            y = null - hoyde if punkt.verdi >= 0 else null
            tegnet.stolpe(x - bredde / 2, y, bredde, max(hoyde, 1), punkt)
            under = y + hoyde + LINJE - 4
        else:
            y, under = null, 0
        if _viktig(nr, punkter, steg):
            sted = under if punkt.verdi is not None and punkt.verdi < 0 else y - 5
            tegnet.tekst(punkt.tekst, x, sted, midt=True, fet=punkt.verdi is not None)
    tegnet.strek([(0, null), (BREDDE, null)])
    _arene(tegnet, punkter, lambda p: (p.plass - fra) * steg + steg / 2, bunn)
    return tegnet.ferdig(bunn + LINJE + 4)


def linjer(serier: Sequence[Serie], *, farge: str, tittel: str) -> str:
    """Lines over years: the first and the last figure of each stand by it, with its name. A
    line is broken where a figure isn't known."""
    tegnet = _Tegning(farge, tittel)
    kjente = [[p for p in serie.punkter if p.verdi is not None] for serie in serier]
    alle = [p for punkter in kjente for p in punkter]
    lavest, hoyest = _grenser([p.verdi for p in alle])
    skala, topp = HOYDE / (hoyest - lavest), LINJE
    fra, til = min(p.plass for p in alle), max(p.plass for p in alle)
    navnene = [
        wrap(_ved_enden(serie, punkter[-1], til), 16)
        for serie, punkter in zip(serier, kjente, strict=True)
    ]
    venstre = max(len(punkter[0].tekst) for punkter in kjente) * TEGN + 12
    hoyre = max(len(linje) for navn in navnene for linje in navn) * TEGN + 12
    bredde = BREDDE - venstre - hoyre

    def sted(punkt):
        x = venstre + (punkt.plass - fra) / ((til - fra) or 1) * bredde
        return x, topp + (hoyest - punkt.verdi) * skala

    null = topp + min(hoyest * skala, HOYDE)
    tegnet.strek([(venstre - 6, null), (venstre + bredde + 6, null)])
    for nr, (serie, punkter) in enumerate(zip(serier, kjente, strict=True)):
        for bit in _ubrutt(serie.punkter):
            tegnet.linje([sted(p) for p in bit], serie.andres, nr)
        for punkt in punkter:
            tegnet.prikk(*sted(punkt), serie.andres, punkt.forelopig)
    forste = [(sted(p[0])[1], 1, nr) for nr, p in enumerate(kjente) if len(p) > 1]
    for y, nr in _spredt(forste):
        punkt, fet = kjente[nr][0], not serier[nr].andres
        tegnet.tekst(punkt.tekst, sted(punkt)[0] - 9, y, slutt=True, fet=fet)
    siste = [(sted(p[-1])[1], len(navnene[nr]), nr) for nr, p in enumerate(kjente)]
    lavest_tekst = topp + HOYDE + LINJE
    for y, nr in _spredt(siste):
        for linje_nr, linje in enumerate(navnene[nr]):
            fet = not (linje_nr or serier[nr].andres)
            linje_y = y + linje_nr * LINJE
            tegnet.tekst(linje, venstre + bredde + 9, linje_y, fet=fet)
            lavest_tekst = max(lavest_tekst, linje_y)
    arene = sorted({p.plass: p for s in serier for p in s.punkter}.values(), key=_plass)
    steg = bredde / max(til - fra, 1)
    _arene(tegnet, arene, lambda p: venstre + (p.plass - fra) * steg, topp + HOYDE)
    return tegnet.ferdig(lavest_tekst + 6)


def _ved_enden(serie, punkt, til):
    """What stands where a line ends; with the year of one that ends before the others."""
    tekst = f"{punkt.tekst} {serie.navn}"
    return tekst if punkt.plass == til else f"{tekst} ({punkt.navn})"


def er_avkortet(verdier: Sequence[float]) -> bool:
    """Whether lines of these begin above zero: far from it, what changes would not be
    seen."""
    return min(verdier) > max(verdier) / 2 > 0


def _grenser(verdier):
    lavest, hoyest = min(verdier), max(verdier)
    if er_avkortet(verdier):
        return lavest - max(hoyest - lavest, hoyest * 0.05), hoyest
    return min(0, lavest), max(0, hoyest)


def _plass(punkt):
    return punkt.plass


def _steg(punkter):
    """How wide a year is."""
    plasser = [p.plass for p in punkter]
    return BREDDE / (max(plasser) - min(plasser) + 1)


def _viktig(nr, punkter, steg):
    """Whether there is room for the figure by the column; the last, the highest and the
    lowest always stand."""
    if steg >= max(len(p.tekst) for p in punkter) * TEGN:
        return True
    kjente = [p.verdi for p in punkter if p.verdi is not None]
    ytterst = punkter[nr].verdi in (min(kjente), max(kjente))
    return nr == len(punkter) - 1 or (ytterst and nr < len(punkter) - 2)


def _arene(tegnet, punkter, x, bunn):
    """The years below the axis, as many as there is room for; the last one stands."""
    siste = BREDDE * 2.0
    for punkt in reversed(punkter):
        bredde = len(punkt.navn) * TEGN + 6
        midt = x(punkt)
        if midt + bredde / 2 <= siste:
            tegnet.tekst(punkt.navn, midt, bunn + LINJE - 2, midt=True, dempet=True)
            siste = midt - bredde / 2


def _ubrutt(punkter):
    """The runs of figures that are known."""
    bit = []
    for punkt in punkter:
        if punkt.verdi is not None:
            bit.append(punkt)
        elif bit:
            yield bit
            bit = []
    if bit:
        yield bit


def _spredt(etiketter):
    """[(baseline, row)] of (where it would stand, how many lines it has, row): none is on
    top of another."""
    ut, fra = [], 0.0
    for y, linjer_, rad in sorted(etiketter, key=lambda e: e[0]):
        y = max(y + 5, fra)
        ut.append((y, rad))
        fra = y + linjer_ * LINJE
    return ut


class _Tegning:
    """What is drawn so far."""

    def __init__(self, farge, tittel):
        self.farge = farge
        self.svg = ET.Element(
            "svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img"}
        )
        self.svg.set("class", "diagram")
        self.svg.set("preserveAspectRatio", "xMinYMin meet")
        self.svg.set("font-family", "Inter, DejaVu Sans, sans-serif")
        ET.SubElement(self.svg, "title").text = tittel

    def _del(self, navn, klasse, **felter):
        attributter = {
            k.replace("_", "-"): f"{v:.1f}" if isinstance(v, float) else str(v)
            for k, v in felter.items()
        }
        return ET.SubElement(self.svg, navn, {"class": klasse} | attributter)

    def tekst(self, tekst, x, y, *, fet=False, midt=False, slutt=False, dempet=False):
        del_ = self._del(
            "text",
            "dempet" if dempet else "tekst",
            x=float(x),
            y=float(y),
            font_size=SMA if dempet else SKRIFT,
            fill=DEMPET if dempet else TEKSTFARGE,
        )
        if fet:
            del_.set("font-weight", "650")
        if midt:
            halv = len(tekst) * TEGN / 2
            del_.set("x", f"{min(max(x, halv), BREDDE - halv):.1f}")
        if midt or slutt:
            del_.set("text-anchor", "end" if slutt else "middle")
        del_.text = tekst

    def stolpe(self, x, y, bredde, hoyde, punkt):
        farge = ANDRES if punkt.andres else self.farge
        klasse = "andres" if punkt.andres else "egen"
        mal = {
            "x": float(x),
            "y": float(y),
            "width": float(bredde),
            "height": float(hoyde),
        }
        if punkt.forelopig:
            hul = {"fill": "none", "stroke": farge, "stroke_dasharray": "4 3"}
            self._del("rect", f"{klasse} hul", **mal, **hul, stroke_width=2)
        else:
            self._del("rect", klasse, **mal, fill=farge)

    def strek(self, punkter):
        self._vei("akse", punkter, STREK, stroke_width=1)

    def linje(self, punkter, andres, nr):
        klasse = "andres strek" if andres else "egen strek"
        farge = ANDRES if andres else self.farge
        monster = ("", "7 4", "2 4", "9 4 2 4")[nr % 4]
        mer = {"stroke_dasharray": monster} if monster else {}
        self._vei(klasse, punkter, farge, stroke_width=2 if andres else 3, **mer)

    def _vei(self, klasse, punkter, farge, **mer):
        d = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in punkter)
        self._del("path", klasse, d=d, fill="none", stroke=farge, **mer)

    def prikk(self, x, y, andres, forelopig):
        farge = ANDRES if andres else self.farge
        klasse = "andres" if andres else "egen"
        if forelopig:
            hul = {"fill": "none", "stroke": farge, "stroke_width": 2}
            self._del("circle", f"{klasse} hul", cx=x, cy=y, r=5, **hul)
        else:
            self._del("circle", klasse, cx=x, cy=y, r=4, fill=farge)

    def ferdig(self, hoyde):
        self.svg.set("viewBox", f"0 0 {BREDDE} {hoyde:.0f}")
        return ET.tostring(self.svg, encoding="unicode")
