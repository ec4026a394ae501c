"""What the meeting structure has to tell in reports."""

from datetime import timedelta

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moter.models import Aktivitet, Forum, Mote
from slt.felles.rapport import Kapittel, Spurt
from slt.grunn.norsk import personer_i_ord
from slt.grunn.tid import midnatt

STATUS, AR, ORIENTERING = "status", "ar", "orientering"
# As many meetings ahead as a reader looks at.
FLEST = 8


def _i_perioden(spurt: Spurt):
    """The meetings of the fora that the reader sees, begun in the period."""
    moter = Mote.objects.synlige_for(spurt.leser).som_vises()
    return moter.filter(
        forum__in=Forum.objects.all().i(spurt.kommune),
        start__gte=midnatt(spurt.fra),
        start__lt=midnatt(spurt.til + timedelta(days=1)),
    )


def moter(spurt):
    """How often each forum met in the period; 1 query."""
    planlagt = Q(status=Mote.Status.PLANLAGT)
    rader = (
        _i_perioden(spurt)
        .filter(slutt__lte=timezone.now())
        .order_by("forum__navn__norsk", "forum")
        .values_list("forum__navn")
        .annotate(
            holdt=Count("pk", filter=planlagt), avlyst=Count("pk", filter=~planlagt)
        )
    )
    rader = list(rader)
    return {"rader": rader} if rader else None


def _motepunkter(kontekst):
    return [
        _("%(forum)s: %(antall)d møter") % {"forum": navn, "antall": holdt}
        for navn, holdt, _avlyst in kontekst["rader"]
    ]


def framover(spurt):
    """The next meetings; 1 query."""
    kommende = Mote.objects.synlige_for(spurt.leser).holdes().fra_i_dag()
    kommende = kommende.filter(forum__in=Forum.objects.all().i(spurt.kommune))
    rader = list(kommende.select_related("forum").order_by("start", "pk")[:FLEST])
    return {"moter": rader} if rader else None


def _framoverpunkter(kontekst):
    return [
        f"{date_format(timezone.localtime(m.start), 'j. F Y')}: {m.forum}"
        for m in kontekst["moter"]
    ]


def _aktivitetene(spurt):
    """The activities of the period that were held, as far as the reader sees them."""
    rader = Aktivitet.objects.synlige_for(spurt.leser).som_holdes()
    rader = rader.filter(kommune=spurt.kommune, dato__range=(spurt.fra, spurt.til))
    return rader.filter(dato__lte=timezone.localdate())


def aktiviteter(spurt):
    """How many there were of each kind, and how many came; 1 query."""
    rader = (
        _aktivitetene(spurt)
        .order_by("slag")
        .values_list("slag")
        .annotate(n=Count("pk"), kom=Sum("antall"))
    )
    navn = dict(Aktivitet.Slag.choices)
    alle = [
        (navn[slag], antall, _("ikke ført opp") if kom is None else personer_i_ord(kom))
        for slag, antall, kom in rader
    ]
    return {"rader": alle} if alle else None


def _aktivitetspunkter(kontekst):
    return [
        f"{capfirst(str(navn))}: {antall}" for navn, antall, _kom in kontekst["rader"]
    ]


def tallene(spurt):
    alle = _holdte(spurt)
    aktivitetene = _aktivitetene(spurt).count()
    if aktivitetene:
        alle.append((aktivitetene, _("aktiviteter")))
    return alle


def _holdte(spurt):
    antall = _i_perioden(spurt).holdes().filter(slutt__lte=timezone.now()).count()
    return [(antall, _("møter holdt"))] if antall else []


KAPITLER = [
    Kapittel(
        nokkel="aktiviteter",
        plass=35,
        tittel=gettext_lazy("Aktiviteter"),
        slag=frozenset([AR, ORIENTERING]),
        lag=aktiviteter,
        mal="moter/rapport/_aktiviteter.html",
        punkter=_aktivitetspunkter,
    ),
    Kapittel(
        nokkel="moter",
        plass=60,
        tittel=gettext_lazy("Møtene i perioden"),
        slag=frozenset([AR]),
        lag=moter,
        mal="moter/rapport/_moter.html",
        punkter=_motepunkter,
    ),
    Kapittel(
        nokkel="moter_framover",
        plass=90,
        tittel=gettext_lazy("Møtene framover"),
        slag=frozenset([STATUS, AR, ORIENTERING]),
        lag=framover,
        mal="moter/rapport/_framover.html",
        punkter=_framoverpunkter,
    ),
]
