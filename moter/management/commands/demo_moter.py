"""Gives the trial installation a year of meetings. No plan says on which days any forum
meets: all of them are made up, and say so."""

from datetime import time, timedelta

from dateutil.relativedelta import relativedelta
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from moter.models import Forum, Moteserie
from moter.moteplan.forslag import Forslag, legg_inn
from moter.moteplan.hinder import hinder
from moter.moteplan.serier import fyll
from moter.moteplan.sporsmal import Onske, Rammer
from moter.rytme import Regel
from slt.grunn.historikk import Dor, spor
from slt.models import PUBLIKUM, Kommune

# How often the plan says that they meet, in its words.
HVER_SJETTE_UKE, HVER_MANED = "hver 6. uke", "en gang i måneden"
STED = "Møterom (oppdiktet, til prøving)"
MANDAG, TIRSDAG, ONSDAG, TORSDAG, FREDAG = range(5)
Type = Forum.Type
# {type of forum: (its rule, when its meetings begin and end)}. Several of a type meet in
# the first, the second … week of the month.
FASTE = {
    Type.POLITIRAD: (
        {"regel": Regel.UKENUMRE, "ukenumre": "6, 19, 37, 47", "ukedag": ONSDAG},
        (time(9), time(11)),
    ),
    Type.BTI_MOTE: (
        {"regel": Regel.MANED, "antall": 2, "ukedag": MANDAG},
        (time(12), time(13, 30)),
    ),
    Type.ARBEIDSGRUPPE: (
        {"regel": Regel.MANED, "antall": 1, "ukedag": TIRSDAG},
        (time(12), time(14)),
    ),
    Type.KOORDINERINGSMOTE: (
        {"regel": Regel.UKER, "antall": 1, "ukedag": FREDAG},
        (time(9), time(10)),
    ),
    Type.NETTVERK: (
        {"regel": Regel.MANED, "antall": 3, "ukedag": TORSDAG},
        (time(13), time(15)),
    ),
}


class Command(BaseCommand):
    help = (
        "Legger inn et år med oppdiktede møter til prøving, i en kommune der ingen fora "
        "har møteserier fra før."
    )

    def add_arguments(self, parser):
        parser.add_argument("--kommune", default="3205", help="kommunenummer")

    @transaction.atomic
    def handle(self, *args, kommune, **options):
        kommune = Kommune.objects.filter(nummer=kommune).first()
        fora = Forum.objects.filter(kommune=kommune).virksomme()
        if Moteserie.objects.filter(forum__kommune=kommune).exists() or not fora:
            return
        with spor(Dor.KOMMANDO, begrunnelse="Oppdiktede møter til prøving"):
            antall = sum(_faste(kommune, type_, fora) for type_ in FASTE)
            antall += _hver_sjette_uke(kommune, fora)
        self.stdout.write(f"La inn {antall} oppdiktede møter i {kommune}.")


def _perioden():
    i_dag = timezone.localdate()
    return i_dag + timedelta(days=7 - i_dag.weekday()), i_dag + relativedelta(months=12)


def _faste(kommune, type_, fora):
    """Series of the fora of a type, but for the days that are no good. Returns how many
    meetings there are."""
    regel, (start_kl, slutt_kl) = FASTE[type_]
    fra, til = _perioden()
    i_veien = hinder(kommune, fra, til)
    antall = 0
    av_typen = fora.filter(type=type_).exclude(rytme=HVER_SJETTE_UKE)
    for nr, forum in enumerate(av_typen):
        oftere = {"antall": 1} if forum.rytme == HVER_MANED else {}
        serie = Moteserie(
            forum=forum,
            fra=fra,
            til=til,
            start_kl=start_kl,
            slutt_kl=slutt_kl,
            sted=STED,
            nummer=nr % 4 + 1 if regel["regel"] == Regel.MANED else None,
            **(regel | oftere),
        )
        dager = serie.rytme.datoer(fra, til)
        serie.unntak = [dag.isoformat() for dag in dager if dag in i_veien]
        serie.full_clean()
        serie.save()
        antall += len(fyll(serie=serie))
    return antall


def _hver_sjette_uke(kommune, fora):
    """The fora that meet every sixth week, as the planner proposes them."""
    fra, til = _perioden()
    rammer = Rammer(
        uker=6,
        fra=fra,
        til=til,
        ukedager=(TIRSDAG, ONSDAG, TORSDAG),
        tider=(time(8, 30), time(12), time(14)),
        varighet=timedelta(minutes=90),
    )
    valgte = list(fora.filter(rytme=HVER_SJETTE_UKE))
    onsker = [Onske(forum.pk) for forum in valgte]
    forslag = Forslag(PUBLIKUM, kommune, onsker, rammer, valgte)
    return legg_inn(forslag=forslag, sted=STED)
