"""That a kommune begins with what most of them have."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moter.models import Forum
from slt.felles.arbeidsflate import Linje
from slt.felles.offentlig import utsagn
from slt.felles.start import Startsteg
from tiltak.models import Innsatsomrade, Kapittel, Tema, Tjeneste


def _har_noe_av_hvert():
    """Nothing ties a row to the starter set: who has written it all has no use for it."""
    kommunens = (Tema.objects, Tjeneste.objects, Forum.objects)
    planens = (Kapittel.objects, Innsatsomrade.objects)
    har = Q(*(Exists(r.filter(kommune=OuterRef("pk"))) for r in kommunens))
    i_plan = (Exists(r.filter(plan__kommune=OuterRef("pk"))) for r in planens)
    return utsagn(har & Q(*i_plan))


def _startsettet(kommune, _hvor):
    yield Linje(_("Ta med fra startsettet"), reverse("startsett", args=[kommune.slug]))


def _settet(kommune, _hvor):
    yield Linje(_("Se startsettet"), reverse("startsett", args=[kommune.slug]))


def plan_fra_startsettet(kommune):
    """The draft that is made there, with chapters and innsatsområder."""
    side = reverse("startsett", args=[kommune.slug])
    return Linje(_("Lag den fra startsettet"), f"{side}#planen")


STEG = [
    Startsteg(
        nokkel="startsett",
        plass=15,
        tittel=gettext_lazy("Ta med det dere trenger fra startsettet"),
        hvorfor=gettext_lazy(
            "Temaer, tjenester, fora, kapitler og innsatsområder som de fleste kommuner "
            "har, så slipper du å skrive dem selv. Gjort når dere har noe av hvert."
        ),
        gjort=_har_noe_av_hvert,
        veier=_startsettet,
        ferdig=_settet,
    ),
]
