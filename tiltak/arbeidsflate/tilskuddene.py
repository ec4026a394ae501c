"""The days of grants: to apply, and to say what the money was used for."""

from datetime import date, timedelta

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from slt.felles.arbeidsflate import Avsnitt, Linje
from tiltak.models import Tilskudd
from tiltak.models.tilskudd import SKAL_RAPPORTERES, SKAL_SOKES

# So long before, in days, it is told.
VARSEL = 30


def tilskuddsfrister(hvem, sokes, rapporteres):
    """[QuerySet of (one of these two, id, name, day)]: what is to be applied for in the next
    days, and what is to be reported by then, or should have been."""
    i_dag = timezone.localdate()
    til = i_dag + timedelta(days=VARSEL)
    rader = Tilskudd.objects.filter(kommune=hvem.kommune).order_by()
    navn = Concat("ordning", Value(" "), "arstall", output_field=CharField())

    soknader = rader.filter(tilstand__in=SKAL_SOKES, soknadsfrist__range=(i_dag, til))
    rapporter = rader.filter(tilstand__in=SKAL_RAPPORTERES, rapporteringsfrist__lte=til)
    return [
        soknader.values_list(
            Value(sokes), "pk", navn, Cast("soknadsfrist", CharField())
        ),
        rapporter.values_list(
            Value(rapporteres), "pk", navn, Cast("rapporteringsfrist", CharField())
        ),
    ]


def soknaden(hvem, pk, navn, frist):
    return _linje(hvem, pk, navn, frist, _("Søk om «%(navn)s» innen %(dag)s"))


def rapporten(hvem, pk, navn, frist):
    if date.fromisoformat(frist) < timezone.localdate():
        tekst = _("Rapporten om «%(navn)s» skulle vært levert %(dag)s")
    else:
        tekst = _("Rapporter om «%(navn)s» innen %(dag)s")
    return _linje(hvem, pk, navn, frist, tekst)


def _linje(hvem, pk, navn, frist, tekst):
    dag = date_format(date.fromisoformat(frist), "j. F Y")
    adresse = reverse("tiltak:tilskudd_endre", args=[hvem.kommune.slug, pk])
    return Linje(tekst % {"navn": navn, "dag": dag}, adresse)


def pengene(hvem):
    """Yields the way to what is applied for and given, for who keeps it or adopts the
    plans."""
    if hvem.koordinerer or hvem.vedtar:
        side = "tilskudd_list" if hvem.koordinerer else "tilskuddene"
        alle = reverse(f"tiltak:{side}", args=[hvem.kommune.slug])
        rader = [(_("Det dere søker om og får"), [Linje(_("Tilskudd"), alle)])]
        yield Avsnitt(_("Penger"), rader)
