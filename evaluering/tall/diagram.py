"""Charts: SVG by leather, dressed so that a page without inline styles can show it.

leather writes presentation attributes alone, no styles and no scripts. What it draws gets
a title and a description for those who do not see it, a size that follows the page, and
class names for the style sheet; in a document its own colours hold.
"""

import xml.etree.ElementTree as ET
from dataclasses import dataclass

from defusedxml.ElementTree import fromstring
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from evaluering.tall.tabell import Talltabell
from slt.grunn.norsk import tall_i_ord

BREDDE = 440
RADHOYDE = 26
FLEST_STOLPER = 30
LENGSTE_NAVN = 26
SVG = "http://www.w3.org/2000/svg"
FARGE = "#14495c"


@dataclass(frozen=True)
class Diagram:
    """A chart as it stands in a page.

    Attributes:
        tittel: what it shows.
        tekst: the same in words, for those who do not see it.
        svg: safe HTML.
    """

    tittel: str
    tekst: str
    svg: str


def diagram(tabell: Talltabell) -> Diagram | None:
    """The chart of an indicator: over the years where the whole kommune has several,
    else the parts of the newest year. None where there is nothing to compare."""
    if len(tabell.totaler) > 1:
        return _over_tid(tabell)
    return _deler(tabell)


def _over_tid(tabell):
    punkter = [(str(ar), t) for ar, t in tabell.totaler]
    if not _kan_tegnes(punkter):
        return None
    tittel = _("%(navn)s, %(fra)s–%(til)s (%(enhet)s)") % {
        "navn": tabell.indikator.navn,
        "fra": punkter[0][0],
        "til": punkter[-1][0],
        "enhet": tabell.indikator.enhet,
    }
    graf = _graf()
    graf.add_columns([(ar, t.hoyest) for ar, t in punkter])
    graf.add_y_axis(tick_formatter=lambda verdi, *_: tall_i_ord(verdi))
    return _ferdig(graf, tittel, punkter, hoyde=260, id_=tabell.indikator.pk)


def _deler(tabell):
    for plass in reversed(range(len(tabell.ar))):
        par = [(r.hva, r.celler[plass]) for r in tabell.rader if not r.er_totalen]
        punkter = [(hva, t) for hva, t in par if t and t.vises]
        if len(punkter) > 1 and _kan_tegnes(punkter):
            break
    else:
        return None
    punkter.sort(key=lambda punkt: -punkt[1].hoyest)
    vises = punkter[:FLEST_STOLPER]
    tittel = _("%(navn)s, %(ar)s (%(enhet)s)") % {
        "navn": tabell.indikator.navn,
        "ar": tabell.ar[plass],
        "enhet": tabell.indikator.enhet,
    }
    if len(vises) < len(punkter):
        tittel += " – " + _("de %d største") % len(vises)
    if any(t.maling.verdi_til is not None for _hva, t in vises):
        tittel += " – " + _("spenn er tegnet til det høyeste tallet")
    graf = _graf()
    # Names that are cut may be alike; leather would take them for the same bar.
    navn = {str(nr): _navn(*punkt) for nr, punkt in enumerate(vises)}
    graf.add_bars([(t.hoyest, str(nr)) for nr, (_hva, t) in enumerate(vises)])
    # The figures stand by the names: the axis says no more.
    graf.add_x_axis(tick_formatter=lambda *_: "")
    graf.add_y_axis(tick_formatter=lambda nr, *_: navn[nr])
    hoyde = 60 + RADHOYDE * len(vises)
    return _ferdig(graf, tittel, vises, hoyde=hoyde, id_=tabell.indikator.pk)


def _graf():
    # Slow to load, and most processes never draw.
    import leather

    leather.theme.background_color = "none"
    leather.theme.margin = 8 / BREDDE  # a share of the width
    leather.theme.default_series_colors = [FARGE]
    leather.theme.tick_font_family = "Inter, sans-serif"
    leather.theme.tick_font_size = 13
    leather.theme.tick_font_char_height = 13
    leather.theme.tick_font_char_width = 7
    leather.theme.tick_color = "#d0d4d6"
    leather.theme.zero_color = "#6b7280"
    leather.theme.label_color = "#3a4045"
    return leather.Chart()


def _kan_tegnes(punkter):
    """Whether there is anything to see; leather finds no scale for zeros alone."""
    return any(t.hoyest for _hva, t in punkter)


def _navn(hva, t):
    """The name, as long as there is room for, and the figure."""
    if len(hva) > LENGSTE_NAVN:
        hva = hva[: LENGSTE_NAVN - 1].rstrip(" ,") + "…"
    return f"{hva[:1].upper()}{hva[1:]} {t.tekst}"


def _ferdig(graf, tittel, punkter, *, hoyde, id_):
    hoyest, lavest = (f(punkter, key=lambda p: p[1].hoyest) for f in (max, min))
    tekst = _(
        "Diagram med %(antall)d tall. Høyest er %(h)s med %(hv)s, lavest er %(l)s med "
        "%(lv)s. Alle tallene står i tabellen."
    ) % {
        "antall": len(punkter),
        "h": hoyest[0],
        "hv": hoyest[1].tekst,
        "l": lavest[0],
        "lv": lavest[1].tekst,
    }
    tre = fromstring(graf.to_svg(width=BREDDE, height=hoyde))
    return Diagram(tittel, tekst, _kle(tre, tittel, tekst, hoyde, id_))


def _kle(tre, tittel, tekst, hoyde, id_):
    # Names without a prefix, whatever else is loaded: prefixes are the whole process's,
    # WeasyPrint takes ours away, and HTML knows none.
    for del_ in tre.iter():
        del_.tag = del_.tag.removeprefix(f"{{{SVG}}}")
    tre.set("xmlns", SVG)
    for navn in ("width", "height", "version"):
        tre.attrib.pop(navn, None)
    tre.set("viewBox", f"0 0 {BREDDE} {hoyde}")
    tre.set("role", "img")
    tre.set("class", "diagram")
    tre.set("aria-labelledby", f"diagram-{id_}-tittel diagram-{id_}-tekst")
    for nr, (navn, innhold) in enumerate((("title", tittel), ("desc", tekst))):
        del_ = ET.Element(navn)
        slutt = "tittel" if navn == "title" else "tekst"
        del_.set("id", f"diagram-{id_}-{slutt}")
        del_.text = innhold
        tre.insert(nr, del_)
    # Written anew from a tree: all text in it is escaped.
    return mark_safe(ET.tostring(tre, encoding="unicode"))  # noqa: S308
