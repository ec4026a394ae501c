"""That a kommune shows its forebyggingskalender to all, when it has something in it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from moter.aktiviteter.kalender import Skolear, kalender
from slt.felles.arbeidsflate import Linje
from slt.felles.valgdeler import Valgdel
from slt.models import PUBLIKUM


def _na(kommune):
    """How much strangers would find in it."""
    antall = kalender(kommune, Skolear.na(), PUBLIKUM).antall
    tekst = ngettext(
        "Det står %d aktivitet eller tiltak i den for alle dette skoleåret.",
        "Det står %d aktiviteter og tiltak i den for alle dette skoleåret.",
        antall,
    )
    adresse = reverse("moter:forebyggingskalender", args=[kommune.slug])
    return Linje(tekst % antall, adresse)


DEL = Valgdel(
    felt="forebyggingskalender_er_apen",
    tittel=_("Forebyggingskalender for alle"),
    tenk=_(
        "Kalenderen viser hva elevene på hvert trinn møter gjennom skoleåret. Til den er "
        "på, ser bare ansatte, politirådet og SLT-koordinatoren den. Slå den på når det "
        "som står der, er avtalt med skolene."
    ),
    na=_na,
)
