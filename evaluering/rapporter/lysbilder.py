"""A report as slides that the coordinator edits: a dozen at most, few words on each."""

from html import unescape
from io import BytesIO
from math import ceil

from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import override

from evaluering.models import Rapport
from evaluering.rapporter.innhold import skrevet
from slt.felles.dokument import farger

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
# What one reads on a wall: lines on a slide, signs on a line, and slides of one chapter.
LINJER, TEGN, PER_KAPITTEL = 6, 110, 2
FLEST = 12
# 16:9, in English Metric Units.
BREDDE, HOYDE, MARG = 12_192_000, 6_858_000, 720_000
HVIT, MORK = "FFFFFF", "222222"


def lysbilder(rapport: Rapport) -> bytes:
    """The slides as a PowerPoint file, in the language of the kommune."""
    # Slow to load, and used by few.
    from pptx import Presentation

    with override(rapport.kommune.malform):
        fil = Presentation()
        fil.slide_width, fil.slide_height = BREDDE, HOYDE
        fil.core_properties.title = rapport.tittel
        fil.core_properties.author = rapport.kommune.navn
        fil.core_properties.language = rapport.kommune.malform
        aksent = farger(rapport.kommune)["aksent"].removeprefix("#").upper()
        _forside(fil, rapport, aksent)
        for tittel, linjer in _innholdet(rapport)[: FLEST - 1]:
            _lysbilde(fil, tittel, linjer, aksent)
        ut = BytesIO()
        fil.save(ut)
        return ut.getvalue()


def _innholdet(rapport):
    """[(heading, lines)] of the slides after the first."""
    bilder = [(_("Hva er SLT?"), _om_slt())]
    if rapport.bes_om:
        bilder.append((_("Dette bes dere ta stilling til"), _avsnitt(rapport.bes_om)))
    if rapport.innledning:
        bilder.append((_("Innledning"), _avsnitt(rapport.innledning)))
    for s in skrevet(rapport):
        bilder += [(str(s.kapittel.tittel), linjer) for linjer in _fordelt(s.punkter)]
    return bilder


def _fordelt(punkter):
    """The lines of a chapter, as even as may be over as few slides as hold them; what there
    is no room for is counted."""
    vises, igjen = punkter[: PER_KAPITTEL * LINJER], len(punkter)
    igjen -= len(vises)
    if not vises:
        return []
    antall = ceil(len(vises) / LINJER)
    hver = ceil(len(vises) / antall)
    deler = [vises[fra : fra + hver] for fra in range(0, len(vises), hver)]
    if igjen:
        deler[-1].append(_("… og %d til") % igjen)
    return deler


def _om_slt():
    return [
        _(
            "SLT samordner det kommunen og politiet gjør for å forebygge kriminalitet og "
            "rusbruk blant barn og unge."
        ),
        _(
            "Politirådet styrer, SLT-koordinatoren samordner, og tjenestene gjør arbeidet."
        ),
        _(
            "Handlingsplanen sier hva vi gjør, hvem som gjør det, og hvordan vi ser om det "
            "hjelper."
        ),
    ]


def _avsnitt(html):
    """The paragraphs and points of a rich text, each as a line."""
    for slutt in ("</p>", "</li>", "</h3>", "</h4>", "</h5>"):
        html = html.replace(slutt, f"{slutt}\n")
    linjer = [unescape(strip_tags(linje)).strip() for linje in html.splitlines()]
    return [linje for linje in linjer if linje][:LINJER]


# Drawn ------------------------------------------------------------------------------------


def _forside(fil, rapport, aksent):
    bilde = fil.slides.add_slide(fil.slide_layouts[0])  # title and subtitle
    _plasser(bilde.shapes.title, 1_600_000, 2_200_000, bakgrunn=aksent)
    _skriv(bilde.shapes.title, [rapport.tittel], punkt=40, fet=True, farge=HVIT)
    fra = date_format(rapport.fra_dato, "j. F Y")
    til = date_format(rapport.til_dato, "j. F Y")
    under = _("%(navn)s kommune") % {"navn": rapport.kommune.navn}
    _plasser(bilde.placeholders[1], 4_000_000, 1_200_000)
    _skriv(bilde.placeholders[1], [under, f"{fra}–{til}"], punkt=24, farge=MORK)


def _lysbilde(fil, tittel, linjer, aksent):
    bilde = fil.slides.add_slide(fil.slide_layouts[1])  # title and content
    _plasser(bilde.shapes.title, 0, 1_250_000, bakgrunn=aksent)
    _skriv(bilde.shapes.title, [tittel], punkt=34, fet=True, farge=HVIT)
    _plasser(bilde.placeholders[1], 1_600_000, 4_700_000)
    _skriv(bilde.placeholders[1], [_kort(linje) for linje in linjer], punkt=24)


def _plasser(felt, fra_toppen, hoyde, *, bakgrunn=None):
    """The layouts are of a narrower slide. What has a background reaches to both edges."""
    from pptx.dml.color import RGBColor

    felt.left, felt.top = 0, fra_toppen
    felt.width, felt.height = BREDDE, hoyde
    felt.text_frame.margin_left = felt.text_frame.margin_right = MARG
    if bakgrunn:
        felt.fill.solid()
        felt.fill.fore_color.rgb = RGBColor.from_string(bakgrunn)


def _skriv(felt, linjer, *, punkt, fet=False, farge=None):
    from pptx.dml.color import RGBColor
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    ramme = felt.text_frame
    ramme.word_wrap = True
    for nr, linje in enumerate(linjer):
        avsnitt = ramme.paragraphs[0] if nr == 0 else ramme.add_paragraph()
        avsnitt.alignment = PP_ALIGN.LEFT
        avsnitt.text = linje
        for del_ in avsnitt.runs:
            del_.font.size, del_.font.bold = Pt(punkt), fet
            if farge:
                del_.font.color.rgb = RGBColor.from_string(farge)


def _kort(linje):
    return linje if len(linje) <= TEGN else f"{linje[: TEGN - 1].rstrip()}…"
