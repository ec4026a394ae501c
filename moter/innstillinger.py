"""What is kept for the meetings of a kommune, and where."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from slt.felles.innstillinger import Innstilling

TITTEL = gettext_lazy("Møter")


def innstillinger(kommune):
    def til(side):
        return reverse(f"moter:{side}", args=[kommune.slug])

    return [
        Innstilling(
            _("Fora"), _("Hvem som møtes, og hvem som sitter der."), til("forum_list")
        ),
        Innstilling(
            _("Møteplan"),
            _("Seriene og møtene, og det som kolliderer."),
            til("moteplan"),
        ),
        Innstilling(
            _("Aktiviteter"),
            _("Det som skjer på en dag: fagdager, temakvelder og trygghetsvandringer."),
            til("aktiviteter_endre"),
        ),
        Innstilling(
            _("Møtefri tid"),
            _("Skoleferier og andre dager der kommunen helst ikke har møter."),
            til("motefri"),
        ),
        Innstilling(
            _("Kalenderlenker"),
            _("Hemmelige lenker til kalenderen for et forum."),
            til("kalenderlenker"),
        ),
    ]
