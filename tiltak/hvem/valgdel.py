"""That a kommune switches on the page of who can help, when it has thought it through."""

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from slt.felles.arbeidsflate import Linje
from slt.felles.valgdeler import Valgdel
from tiltak.hvem.grunnlag import med_svar, temaene


def _na(kommune):
    """Of how many themes strangers would find somebody; where more are filled in."""
    temaer = temaene(kommune)
    tekst = gettext("Ingen temaer har hverdagsord ennå.")
    if temaer:
        tekst = ngettext(
            "%(svarer)d av %(antall)d tema har noen som svarer.",
            "%(svarer)d av %(antall)d temaer har noen som svarer.",
            len(temaer),
        ) % {"svarer": len(med_svar(kommune, temaer)), "antall": len(temaer)}
    return Linje(tekst, reverse("tiltak:temaer", args=[kommune.slug]))


DEL = Valgdel(
    felt="hvem_er_pa",
    tittel=_("Hvem kan hjelpe?"),
    tenk=_(
        "Siden svarer folk på hvem de kan kontakte. Slå den på når temaene har "
        "hverdagsord, hvert tema har tjenester som kan hjelpe, og dere vet at noen tar "
        "telefonen."
    ),
    na=_na,
)
