"""What a kommune begins with, of what is of no app."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from slt.felles.arbeidsflate import Linje
from slt.felles.offentlig import utsagn
from slt.felles.start import TIL_START, Startsteg
from slt.models import Tilgang


def _nas():
    har_vei = ~Q(epost="") | ~Q(telefon="") | ~Q(nettsted="")
    return utsagn(har_vei & ~Q(personvern=""))


def _har_andre():
    """Whether two have access, or will."""
    tilganger = Tilgang.objects.ikke_over().filter(kommune=OuterRef("kommune"))
    andre = tilganger.exclude(bruker=OuterRef("bruker"))
    flere = Tilgang.objects.ikke_over().filter(Exists(andre), kommune=OuterRef("pk"))
    return Exists(flere)


def _om_kommunen(kommune, _hvor):
    side = reverse("innstillinger_kommune", args=[kommune.slug])
    yield Linje(_("Om kommunen"), f"{side}?{TIL_START}")


def _tilgangene(kommune, _hvor):
    side = reverse("tilganger", args=[kommune.slug])
    yield Linje(_("Hvem som har tilgang"), side)


STEG = [
    Startsteg(
        nokkel="kommunen",
        plass=10,
        tittel=gettext_lazy(
            "Skriv hvordan kommunen nås, og hvem som svarer for personvernet"
        ),
        hvorfor=gettext_lazy(
            "Det står nederst på alle sider, og der et tiltak mangler kontakt."
        ),
        gjort=_nas,
        veier=_om_kommunen,
    ),
    Startsteg(
        nokkel="folk",
        plass=120,
        tittel=gettext_lazy("Gi andre tilgang"),
        hvorfor=gettext_lazy(
            "Politirådet leser utkastet, og en kollega kan ta over når du er borte."
        ),
        gjort=_har_andre,
        veier=_tilgangene,
    ),
]
