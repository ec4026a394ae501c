"""That a kommune switches on the page of who can help, when it has thought it through."""

from django.utils.translation import gettext_lazy as _

from slt.felles.valgdeler import Valgdel

DEL = Valgdel(
    felt="hvem_er_pa",
    tittel=_("Hvem kan hjelpe?"),
    tenk=_(
        "Siden svarer folk på hvem de kan kontakte. Slå den på når temaene har "
        "hverdagsord, hvert tema har tjenester som kan hjelpe, og dere vet at noen tar "
        "telefonen."
    ),
)
