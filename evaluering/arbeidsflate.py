"""What waits in what is known: findings and recommendations that nobody has answered, and
what is not published."""

from django.db.models import Count, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import ngettext

from evaluering.models import Anbefaling, Funn, Indikator
from evaluering.vurdering.paminnelser import linjer, sporringer
from slt.felles.arbeidsflate import Bidrag, Linje
from slt.models import Kommune

# What kind the first count is, after the kinds that evaluations have.
FORSTE = 10
TALL = IntegerField()


def bidrag(hvem):
    """How much of the kommune's knowledge waits for who keeps it, and which evaluations;
    1 query."""
    if not hvem.koordinerer:
        return Bidrag()
    rader = {
        "funn": (Funn.objects.ubesvarte(), "kilde__kommune"),
        "anbefalinger": (Anbefaling.objects.ubesvarte(), "kilde__kommune"),
        "skjulte_funn": (Funn.objects.filter(publisert=False), "kilde__kommune"),
        "skjulte_anbefalinger": (
            Anbefaling.objects.filter(publisert=False),
            "kilde__kommune",
        ),
        "skjulte_tall": (Indikator.objects.filter(publisert=False), "kommune"),
    }
    kommunen = Kommune.objects.filter(pk=hvem.kommune.pk).order_by()
    antall = [
        kommunen.values_list(
            Value(nr, TALL), "pk", "navn", _antall(*valg), Value(0, TALL)
        )
        for nr, valg in enumerate(rader.values(), start=FORSTE)
    ]
    forst, *resten = [*sporringer(hvem.kommune), *antall]
    alle = list(forst.union(*resten, all=True))
    na = {rad[0]: rad[3] for rad in alle if rad[0] >= FORSTE}
    na = {navn: na[nr] for nr, navn in enumerate(rader, start=FORSTE)}
    evalueringene = linjer(hvem.kommune, [rad for rad in alle if rad[0] < FORSTE])
    return Bidrag(venter=[*_ubesvart(hvem, na), *_skjult(hvem, na), *evalueringene])


def _antall(rader, sti):
    per_kommune = rader.filter(**{sti: OuterRef("pk")}).order_by().values(sti)
    return Coalesce(Subquery(per_kommune.annotate(n=Count("pk")).values("n")), 0)


def _kunnskapen(hvem, del_):
    return reverse("evaluering:kunnskap", args=[hvem.kommune.slug]) + f"#{del_}"


def _ubesvart(hvem, na):
    if na["funn"]:
        tekst = ngettext(
            "%d funn er ikke besvart, verken med tiltak eller med en grunn",
            "%d funn er ikke besvart, verken med tiltak eller med en grunn",
            na["funn"],
        )
        yield Linje(tekst % na["funn"], _kunnskapen(hvem, "hull"))
    if na["anbefalinger"]:
        tekst = ngettext(
            "%d anbefaling er ikke besvart, verken med tiltak eller med en grunn",
            "%d anbefalinger er ikke besvart, verken med tiltak eller med en grunn",
            na["anbefalinger"],
        )
        yield Linje(tekst % na["anbefalinger"], _kunnskapen(hvem, "hull"))


def _skjult(hvem, na):
    """What only those see who write and adopt the plan, until it is published."""
    if na["skjulte_funn"]:
        tekst = ngettext(
            "%d funn er ikke publisert",
            "%d funn er ikke publisert",
            na["skjulte_funn"],
        )
        yield Linje(tekst % na["skjulte_funn"], _kunnskapen(hvem, "skjult"))
    if na["skjulte_anbefalinger"]:
        tekst = ngettext(
            "%d anbefaling er ikke publisert",
            "%d anbefalinger er ikke publisert",
            na["skjulte_anbefalinger"],
        )
        adresse = _kunnskapen(hvem, "skjult")
        yield Linje(tekst % na["skjulte_anbefalinger"], adresse)
    if na["skjulte_tall"]:
        tekst = ngettext(
            "%d indikator er ikke publisert",
            "%d indikatorer er ikke publisert",
            na["skjulte_tall"],
        )
        adresse = reverse("evaluering:indikator_list", args=[hvem.kommune.slug])
        yield Linje(tekst % na["skjulte_tall"], adresse)
