"""What the plan has to tell in reports: how it goes, what stands still, and what each
innsatsområde holds."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from slt.felles.rapport import Kapittel, Spurt
from slt.grunn.norsk import kroner
from tiltak.models import (
    Ansvar,
    Innsatsomrade,
    Statusrapport,
    Tilstand,
    Tiltak,
    for_lesere,
)
from tiltak.tilskudd.summer import summer

STATUS, AR, ORIENTERING = "status", "ar", "orientering"
# What the reader is told why of, the gravest first.
AVVIK = (Tilstand.STAR_STILLE, Tilstand.IKKE_STARTET, Tilstand.ANNERLEDES)


@dataclass(frozen=True)
class Omrade:
    """An innsatsområde of the plan and its tiltak, in the order of the plan."""

    omrade: Innsatsomrade
    tiltakene: list[Tiltak]
    sist: dict[int, Statusrapport]

    @property
    def antall(self):
        return len(self.tiltakene)

    @property
    def per_tilstand(self):
        """[how many, by Tilstand], and at last those of which nobody said anything."""
        telt = Counter(
            self.sist[t.pk].tilstand if t.pk in self.sist else ""
            for t in self.tiltakene
        )
        return [telt[verdi] for verdi in (*Tilstand.values, "")]

    @property
    def med_linje(self):
        """The tiltak of which all are told how it goes."""
        return [t for t in self.tiltakene if t.statuslinje]

    @property
    def nye(self):
        return [t for t in self.tiltakene if t.er_nytt]


def omradene(spurt: Spurt) -> list[Omrade]:
    """The innsatsområder of the plan; 4 queries."""
    if spurt.plan is None:
        return []
    plan = spurt.plan
    tiltakene = plan.tiltak.i_kraft(plan).selvstendige().i_planens_orden()
    tiltakene = list(
        tiltakene.prefetch_related("overganger_til", "plasseringer__innsatsomrade")
    )
    sist = siste_notater(spurt, tiltakene)
    per = {}
    for tiltak in tiltakene:
        tiltak.plan = plan
        hoved = next(s for s in tiltak.plasseringer.all() if s.hoved)
        per.setdefault(hoved.innsatsomrade_id, (hoved.innsatsomrade, []))[1].append(
            tiltak
        )
    return [Omrade(omrade, rader, sist) for omrade, rader in per.values()]


def siste_notater(spurt: Spurt, tiltakene) -> dict[int, Statusrapport]:
    """{id of a tiltak: what was said of it last in the period}, as far as the reader may
    see it; 1 query. Where two said so on one day, the graver holds."""
    rader = Statusrapport.objects.synlige_for(spurt.leser).filter(
        tiltak__in=[t.pk for t in tiltakene], dato__range=(spurt.fra, spurt.til)
    )
    alvor = {tilstand: nr for nr, tilstand in enumerate(reversed(AVVIK), 1)}
    sist = {}
    for rad in rader.order_by("dato", "pk"):
        for_ = sist.get(rad.tiltak_id)
        if (
            for_ is None
            or rad.dato > for_.dato
            or alvor.get(rad.tilstand, 0) >= alvor.get(for_.tilstand, 0)
        ):
            sist[rad.tiltak_id] = rad
    return sist


def status(spurt):
    rader = omradene(spurt)
    if not rader:
        return None
    kolonner = [*(t.label for t in Tilstand), gettext_lazy("ikke meldt")]
    brukt = [
        nr for nr in range(len(kolonner)) if any(r.per_tilstand[nr] for r in rader)
    ]
    tabell = [(r, [r.per_tilstand[nr] for nr in brukt]) for r in rader]
    return {
        "kolonner": [kolonner[nr] for nr in brukt],
        "rader": tabell,
        "sum": [sum(celler[nr] for _r, celler in tabell) for nr in range(len(brukt))],
        "antall": sum(r.antall for r in rader),
    }


def _statuspunkter(kontekst):
    par = zip(kontekst["kolonner"], kontekst["sum"], strict=True)
    return [f"{capfirst(str(navn))}: {antall}" for navn, antall in par]


def avvik(spurt):
    rader = omradene(spurt)
    if not rader:
        return None
    per = {tilstand: [] for tilstand in AVVIK}
    for omrade in rader:
        for tiltak in omrade.tiltakene:
            notat = omrade.sist.get(tiltak.pk)
            if notat and notat.tilstand in per:
                per[notat.tilstand].append((tiltak, notat))
    grupper = [(tilstand, par) for tilstand, par in per.items() if par]
    return {"grupper": [(t.label, t.value, par) for t, par in grupper]}


def _avvikspunkter(kontekst):
    return [
        f"{tiltak}: {notat.get_tilstand_display()}"
        for _navn, _verdi, par in kontekst["grupper"]
        for tiltak, notat in par
    ]


def omradevis(spurt):
    rader = omradene(spurt)
    return {"omrader": rader} if rader else None


def _omradepunkter(kontekst):
    return [
        _("%(navn)s: %(antall)d tiltak") % {"navn": r.omrade, "antall": r.antall}
        for r in kontekst["omrader"]
    ]


def tjenesten(spurt):
    """What one tjeneste is, and what it answers for; 2 queries."""
    if spurt.tjeneste is None:
        return None
    ansvar = (
        Ansvar.objects.filter(for_lesere("tiltak__"), tjeneste=spurt.tjeneste)
        .filter(Q(tiltak__plan=spurt.plan) | Q(tiltak__plan=None))
        .exclude(tiltak__status__in=Tiltak.AVSLUTTEDE)
        .select_related("tiltak__overordnet")
        .order_by("rolle", F("tiltak__tittel").asc())
    )
    per_rolle = {}
    for rad in ansvar:
        per_rolle.setdefault(rad.get_rolle_display(), {})[rad.tiltak_id] = rad.tiltak
    return {
        "tjeneste": spurt.tjeneste,
        "roller": [(rolle, [*rader.values()]) for rolle, rader in per_rolle.items()],
    }


def _tjenestepunkter(kontekst):
    return [
        f"{capfirst(str(rolle))}: {', '.join(map(str, rader))}"
        for rolle, rader in kontekst["roller"]
    ]


def tilskuddene(spurt):
    """The grants for the last year of the period, as far as the reader sees them."""
    funnet = summer(spurt.kommune, spurt.til.year, spurt.leser)
    return {"summer": funnet} if funnet.rader else None


def _tilskuddspunkter(kontekst):
    return [
        f"{rad.ordning}: {kroner(rad.gitt)}" if rad.gitt else str(rad.ordning)
        for rad in kontekst["summer"].rader
    ]


def tallene(spurt):
    """How much there is of what: the year in figures."""
    rader = omradene(spurt)
    if not rader:
        return []
    alle = [t for r in rader for t in r.tiltakene]
    avsluttet = spurt.plan.tiltak.filter(
        for_lesere(plan=spurt.plan),
        status__in=Tiltak.AVSLUTTEDE,
        til_dato__range=(spurt.fra, spurt.til),
    ).selvstendige()
    return [
        (len(alle), _("tiltak i gang")),
        (sum(t.er_nytt for t in alle), _("av dem nye i planen")),
        (avsluttet.count(), _("tiltak avsluttet")),
    ]


KAPITLER = [
    Kapittel(
        nokkel="status",
        plass=10,
        tittel=gettext_lazy("Slik går det"),
        slag=frozenset([STATUS]),
        lag=status,
        mal="tiltak/rapport/_status.html",
        punkter=_statuspunkter,
    ),
    Kapittel(
        nokkel="avvik",
        plass=20,
        tittel=gettext_lazy("Det som ikke går som planlagt"),
        slag=frozenset([STATUS]),
        lag=avvik,
        mal="tiltak/rapport/_avvik.html",
        punkter=_avvikspunkter,
    ),
    Kapittel(
        nokkel="tjenesten",
        plass=10,
        tittel=gettext_lazy("Tjenesten og det den har ansvar for"),
        slag=frozenset([AR]),
        lag=tjenesten,
        mal="tiltak/rapport/_tjenesten.html",
        punkter=_tjenestepunkter,
        om_en_tjeneste=True,
    ),
    Kapittel(
        nokkel="tilskudd",
        plass=45,
        tittel=gettext_lazy("Tilskudd"),
        slag=frozenset([STATUS, AR, ORIENTERING]),
        lag=tilskuddene,
        mal="tiltak/rapport/_tilskudd.html",
        punkter=_tilskuddspunkter,
    ),
    Kapittel(
        nokkel="omradene",
        plass=30,
        tittel=gettext_lazy("Innsatsområdene"),
        slag=frozenset([AR, ORIENTERING]),
        lag=omradevis,
        mal="tiltak/rapport/_omradene.html",
        punkter=_omradepunkter,
    ),
]
