"""What waits in what is known: findings and recommendations that nobody has answered, and
what is not published; what the checklist lacks; and where the work itself is seen to."""

from django.db.models import (
    Case,
    Count,
    IntegerField,
    OuterRef,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluering.models import Anbefaling, Funn, Indikator
from evaluering.norm.sjekkliste import antall_som_gjenstar, er_gatt_gjennom
from evaluering.start import om_rest
from evaluering.vurdering.paminnelser import linjer, sporringer
from slt.felles.arbeidsflate import Avsnitt, Bidrag, Linje
from slt.models import Kommune

# What kind the first count is, after the kinds of what waits of evaluations.
FORSTE = 10
TALL = IntegerField()


def bidrag(hvem):
    """How much of the kommune's knowledge waits for who keeps it, and which evaluations, 1
    query; and for them and those who adopt its plans, where to read how the work is
    done."""
    if not hvem.koordinerer:
        return Bidrag(leses=_om_arbeidet(hvem) if hvem.vedtar else [])
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
    antall = {navn: _antall(*valg) for navn, valg in rader.items()}
    antall["sjekklisten"] = antall_som_gjenstar()
    antall["har_svart"] = Case(When(er_gatt_gjennom(), then=1), default=0)
    na, evalueringene = _spor(hvem.kommune, antall)
    venter = [
        *_ubesvart(hvem, na),
        *_skjult(hvem, na),
        *_sjekklisten(hvem, na),
        *linjer(hvem.kommune, evalueringene),
    ]
    return Bidrag(venter=venter, leses=_om_arbeidet(hvem))


def _spor(kommune, antall):
    """Returns ({name: count}, the rows of evaluations that wait), in one query.

    Args:
        antall: {name: what counts it, of a Kommune}.
    """
    denne = Kommune.objects.filter(pk=kommune.pk).order_by()
    tallene = [
        denne.values_list(Value(nr, TALL), "pk", "navn", uttrykk, Value(0, TALL))
        for nr, uttrykk in enumerate(antall.values(), start=FORSTE)
    ]
    forst, *resten = [*sporringer(kommune), *tallene]
    rader = list(forst.union(*resten, all=True))
    funnet = {rad[0]: rad[3] for rad in rader if rad[0] >= FORSTE}
    na = {navn: funnet[nr] for nr, navn in enumerate(antall, start=FORSTE)}
    return na, [rad for rad in rader if rad[0] < FORSTE]


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


def _sjekklisten(hvem, na):
    """Of who has begun to answer it; others are led there by what a kommune begins with."""
    if na["har_svart"] and na["sjekklisten"]:
        yield Linje(om_rest(na["sjekklisten"]).rstrip("."), _til(hvem, "sjekkliste"))


def _om_arbeidet(hvem):
    egenvurderinger = Linje(_("Egenvurderingene"), _til(hvem, "egenvurdering_list"))
    side = "evalueringene" if hvem.koordinerer else "evaluering_list"
    evalueringer = Linje(_("Evalueringer"), _til(hvem, side))
    return [
        Avsnitt(
            _("Hvordan vi arbeider"),
            [
                (
                    _("Det planen og arbeidet bør ha"),
                    [Linje(_("Sjekkliste"), _til(hvem, "sjekkliste"))],
                ),
                (_("Om det er gjort, og om det hjelper"), [evalueringer]),
                (_("Politirådet om seg selv"), [egenvurderinger]),
                (
                    _("Hvem som ble spurt"),
                    [Linje(_("Medvirkning"), _til(hvem, "medvirkning"))],
                ),
            ],
        )
    ]


def _til(hvem, side):
    return reverse(f"evaluering:{side}", args=[hvem.kommune.slug])
