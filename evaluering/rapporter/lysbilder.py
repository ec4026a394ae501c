"""A report as slides that the coordinator edits: a dozen at most, few words on each."""

from html import unescape
from io import BytesIO

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
BREDDE, HOYDE = 12_192_000, 6_858_000


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
        alle = s.punkter
        deler = [alle[fra : fra + LINJER] for fra in range(0, len(alle), LINJER)]
        for nr, linjer in enumerate(deler[:PER_KAPITTEL]):
            tittel = str(s.kapittel.tittel)
            igjen = sum(map(len, deler[PER_KAPITTEL:]))
            siste = nr == min(len(deler), PER_KAPITTEL) - 1
            mer = [_("… og %d til") % igjen] if siste and igjen else []
            bilder.append((tittel, [*linjer, *mer]))
    return bilder


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
    _plasser(bilde.shapes.title, 2_100_000, 1_700_000)
    _skriv(bilde.shapes.title, [rapport.tittel], punkt=44, fet=True, farge=aksent)
    fra = date_format(rapport.fra_dato, "j. F Y")
    til = date_format(rapport.til_dato, "j. F Y")
    under = _("%(navn)s kommune") % {"navn": rapport.kommune.navn}
    _plasser(bilde.placeholders[1], 4_000_000, 1_200_000)
    _skriv(bilde.placeholders[1], [under, f"{fra}–{til}"], punkt=24)


def _lysbilde(fil, tittel, linjer, aksent):
    bilde = fil.slides.add_slide(fil.slide_layouts[1])  # title and content
    _plasser(bilde.shapes.title, 420_000, 1_000_000)
    _skriv(bilde.shapes.title, [tittel], punkt=36, fet=True, farge=aksent)
    _plasser(bilde.placeholders[1], 1_600_000, 4_700_000)
    _skriv(bilde.placeholders[1], [_kort(linje) for linje in linjer], punkt=24)


def _plasser(felt, fra_toppen, hoyde):
    """The layouts are of a narrower slide."""
    marg = 720_000
    felt.left, felt.top = marg, fra_toppen
    felt.width, felt.height = BREDDE - 2 * marg, hoyde


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
