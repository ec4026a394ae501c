"""What a kommune begins with, of how it sees to its own work."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evaluering.norm.sjekkliste import antall_som_gjenstar, er_gatt_gjennom
from slt.felles.arbeidsflate import Linje
from slt.felles.start import Startsteg


def _sjekklisten(kommune, _hvor):
    yield Linje(
        _("Gå gjennom sjekklisten"),
        reverse("evaluering:sjekkliste", args=[kommune.slug]),
    )


def om_rest(antall):
    return ngettext(
        "%d punkt i sjekklisten mangler eller er ikke besvart.",
        "%d punkter i sjekklisten mangler eller er ikke besvart.",
        antall,
    ) % (antall,)


STEG = [
    Startsteg(
        nokkel="sjekkliste",
        plass=130,
        tittel=gettext_lazy("Se hva en plan og arbeidet rundt den bør ha"),
        hvorfor=gettext_lazy(
            "Det meste ser listen selv. Dere svarer bare på det den ikke kan vite."
        ),
        gjort=er_gatt_gjennom,
        veier=_sjekklisten,
        rest=antall_som_gjenstar,
        om_rest=om_rest,
    ),
]
