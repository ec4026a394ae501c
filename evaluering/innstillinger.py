"""What is kept of knowledge and figures in a kommune, and where."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from slt.felles.innstillinger import Innstilling

TITTEL = gettext_lazy("Kunnskap og tall")


def innstillinger(kommune):
    def til(side):
        return reverse(f"evaluering:{side}", args=[kommune.slug])

    return [
        Innstilling(
            _("Kunnskap"),
            _("Kilder, funn og anbefalinger, og hva som svarer på dem."),
            til("kunnskap"),
        ),
        Innstilling(
            _("Indikatorer"), _("Tallene dere følger over tid."), til("indikator_list")
        ),
        Innstilling(
            _("Evalueringer"),
            _("Midtveis og ved slutten, av planen, et tiltak eller et forum."),
            til("evalueringene"),
        ),
        Innstilling(
            _("Rapporter"),
            _("Til politirådet og kommunestyret, og om året som gikk."),
            til("rapportene"),
        ),
        Innstilling(
            _("Hent tall fra en fil"),
            _("Se over det som ble lest, før det legges inn."),
            til("tallimport_ny"),
        ),
        Innstilling(
            _("Medvirkning"),
            _("Hvem som ble spurt, om planene, evalueringene og kildene."),
            til("medvirkning"),
        ),
        Innstilling(
            _("Politirådets egenvurdering"),
            _("Hvordan politirådet mener at det arbeider, år for år."),
            til("egenvurdering_list"),
        ),
        Innstilling(
            _("Sjekkliste"),
            _("Det en plan og arbeidet rundt den bør ha."),
            til("sjekkliste"),
        ),
    ]
