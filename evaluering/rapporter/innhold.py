"""What a report says: its chapters, made of the data as they stand."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import override

from evaluering.models import Rapport
from slt.felles.rapport import Kapittel, Spurt, kapitlene, politiradet
from slt.grunn.tid import midnatt
from slt.models import PUBLIKUM


@dataclass(frozen=True)
class Skrevet:
    """A chapter with what it says."""

    kapittel: Kapittel
    kontekst: dict

    @property
    def html(self):
        """What it says, with headings from the third level."""
        html = render_to_string(self.kapittel.mal, self.kontekst)
        return mark_safe(html)  # noqa: S308 (a template)

    @property
    def punkter(self):
        return [str(punkt) for punkt in self.kapittel.punkter(self.kontekst)]


def mulige(rapport: Rapport) -> list[Kapittel]:
    """The chapters that a report may have."""
    return kapitlene(rapport.slag, om_en_tjeneste=rapport.tjeneste_id is not None)


def spurt(rapport: Rapport) -> Spurt:
    """What its chapters are about, and for whom: whoever asks, a report to the politiråd
    says what that may see, and the others what all may."""
    siden = rapport.siden
    holdt = siden and siden.status == siden.Status.PLANLAGT
    if holdt and siden.slutt <= timezone.now():
        endret_fra = siden.slutt
    else:
        endret_fra = midnatt(rapport.fra_dato)
    return Spurt(
        kommune=rapport.kommune,
        slag=rapport.slag,
        fra=rapport.fra_dato,
        til=rapport.til_dato,
        endret_fra=endret_fra,
        plan=rapport.plan,
        tjeneste=rapport.tjeneste,
        leser=politiradet(rapport.kommune) if rapport.til_politiradet else PUBLIKUM,
    )


def skrevet(rapport: Rapport) -> list[Skrevet]:
    """The chapters that were chosen and have something to tell."""
    om = spurt(rapport)
    valgte = [k for k in mulige(rapport) if k.nokkel in rapport.kapitler]
    funnet = [(kapittel, kapittel.lag(om)) for kapittel in valgte]
    return [Skrevet(k, kontekst) for k, kontekst in funnet if kontekst is not None]


def som_side(rapport: Rapport) -> str:
    """The chapters as one rich text, their headings on its uppermost level, in the language
    of the kommune."""
    with override(rapport.kommune.malform):
        return format_html_join(
            "",
            "<h3>{}</h3>{}",
            ((s.kapittel.tittel, _en_lavere(s.html)) for s in skrevet(rapport)),
        )


def _en_lavere(html):
    for niva in (4, 3):
        html = html.replace(f"<h{niva}>", f"<h{niva + 1}>")
        html = html.replace(f"</h{niva}>", f"</h{niva + 1}>")
    return mark_safe(html)  # noqa: S308 (a template)
