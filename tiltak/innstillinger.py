"""What is kept for the plans and the tjenester of a kommune, and where."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from slt.felles.innstillinger import Innstilling

TITTEL = gettext_lazy("Planer og tjenester")


def innstillinger(kommune):
    def til(side):
        return reverse(f"tiltak:{side}", args=[kommune.slug])

    return [
        Innstilling(
            _("Ny plan"), _("En tittel og årene er nok til å begynne."), til("plan_lag")
        ),
        Innstilling(
            _("Tjenester og kontakter"),
            _("Hvem som svarer for tiltakene, og hvordan de nås."),
            til("tjeneste_list"),
        ),
        Innstilling(
            _("Runder"),
            _(
                "Runder der tjenestene sier hvordan det går med tiltakene, og om det som "
                "står om dem, fortsatt stemmer."
            ),
            til("runder"),
        ),
        Innstilling(
            _("Tilbud utenom planen"),
            _("Det tjenestene ellers tilbyr."),
            til("tilbud_list"),
        ),
        Innstilling(
            _("Tilskudd"),
            _("Det dere søker om og får, fristene, og tiltakene det betaler for."),
            til("tilskudd_list"),
        ),
        Innstilling(
            _("Tiltaksbanken"),
            _("Tiltak som andre kommuner deler, og det dere har kopiert."),
            til("bank"),
        ),
        Innstilling(
            _("Temaer"),
            _("Det folk trenger hjelp med, ordene de bruker, og hvem de bør spørre."),
            til("temaer"),
        ),
        Innstilling(
            _("Tekst til ansatte"),
            _("Om plikten til å melde, og hva kommunen vil at ansatte gjør."),
            til("til_ansatte"),
        ),
        Innstilling(
            _("Veiledere, skjema og rutiner"),
            _("Lenker til det ansatte arbeider etter."),
            til("veiledere"),
        ),
        Innstilling(
            _("Vedtak og avtaler"),
            _("Det SLT-modellen hviler på, uansett plan."),
            til("styringsdokumenter"),
        ),
        Innstilling(
            _("Planrekker"),
            _("Planer som følger hverandre i tid. De fleste kommuner har én rekke."),
            til("planrekker"),
        ),
    ]
