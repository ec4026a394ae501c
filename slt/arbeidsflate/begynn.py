"""What a coordinator of an empty kommune begins with, before there is any plan."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from slt.felles.arbeidsflate import Steg
from slt.models import Tilgang


def med_andre(kommuner, bruker):
    """Adds `har_andre`: whether others than the user have access, or will; no query
    more."""
    andre = Tilgang.objects.ikke_over().exclude(bruker=bruker)
    return kommuner.annotate(har_andre=Exists(andre.filter(kommune=OuterRef("pk"))))


def innstillinger(hvem):
    """Yields the settings that people read and that are empty; no query."""
    kommune = hvem.kommune
    mangler = []
    if not (kommune.epost or kommune.telefon or kommune.nettsted):
        mangler.append(_("hvordan innbyggerne når kommunen"))
    if not kommune.personvern:
        mangler.append(_("hvem som svarer for personvernet"))
    if hvem.koordinerer and mangler:
        yield Steg(
            _("Skriv i innstillingene: %s") % ", ".join(mangler),
            reverse("innstillinger_kommune", args=[kommune.slug]),
        )


def folk(hvem):
    """Yields the way to let others in, while nobody is; no query after `med_andre`."""
    if hvem.koordinerer and not hvem.kommune.har_andre:
        yield Steg(
            _("Gi andre tilgang: politirådet og dem du arbeider sammen med"),
            reverse("tilganger", args=[hvem.kommune.slug]),
        )
