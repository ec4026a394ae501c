"""Figures: getting many in, the pages of many indicators against few, and a chart."""

import time
from decimal import Decimal

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluering.models import Maling
from evaluering.tall.diagram import diagram
from evaluering.tall.innlesing import Tolker, rader_i_tekst
from evaluering.tall.tabell import talltabell
from evaluering.tall.tallimport import legg_inn, merke, ta_vare_pa
from tests.factories import (
    BrukerFactory,
    IndikatorFactory,
    KommuneFactory,
    MalingFactory,
    StedFactory,
)
from tests.ytelse._maling import Rad, i_tur, paa

RADER = 5000
STEDER = 25
INDIKATORER = (2, 200)


def _tabell(kommune):
    """A pasted table of RADER figures, by year and sted."""
    indikatorer = IndikatorFactory.create_batch(RADER // (STEDER * 20), kommune=kommune)
    steder = StedFactory.create_batch(STEDER, kommune=kommune)
    rader = [
        f"{indikator.navn};{ar};{sted.navn};{ar - 1990},5"
        for indikator in indikatorer
        for sted in steder
        for ar in range(2000, 2020)
    ]
    return "\n".join(["indikator;år;sted;tall", *rader])


@paa("sqlite", "postgresql")
def bench_tallimport():
    """5,000 figures from text to rows with history, against the same saved one by one."""
    kommune, bruker = KommuneFactory(), BrukerFactory()
    tekst = _tabell(kommune)
    start = time.perf_counter()
    innlest = Tolker(kommune).tolk(rader_i_tekst(tekst))
    lest = time.perf_counter()
    importen = ta_vare_pa(kommune=kommune, bruker=bruker, navn="bench", innlest=innlest)
    sett = merke(innlest.malinger)
    assert legg_inn(tallimport=importen, bruker=bruker, sett=sett) == RADER
    inne = time.perf_counter()
    assert Maling.objects.count() == Maling.historikk.count() == RADER

    indikator = IndikatorFactory(kommune=kommune)
    enkelt = time.perf_counter()
    for nr in range(RADER // 20):
        MalingFactory(indikator=indikator, slag=f"slag {nr}")
    enkelt = (time.perf_counter() - enkelt) * 20

    minst = 2000 if connection.vendor == "postgresql" else None
    per_sekund = RADER / (inne - start)
    yield Rad("figures read and put in, a second", per_sekund, "/s", minst=minst)
    yield Rad("of this the reading", (lest - start) / (inne - start))
    yield Rad(
        "5,000 figures as a table / one by one", (inne - start) / enkelt, hoyst=0.5
    )


def bench_indikatorsider():
    """The queries of the pages with 200 indicators and with 2."""
    sporringer = {}
    for antall in INDIKATORER:
        kommune = KommuneFactory()
        for indikator in IndikatorFactory.create_batch(
            antall, kommune=kommune, publisert=True
        ):
            for ar in range(2015, 2024):
                MalingFactory(indikator=indikator, arstall=ar)
        klient = Client(SERVER_NAME="localhost")
        for navn, args in (
            ("indikator_list", []),
            ("indikator_detail", [indikator.slug]),
            ("kunnskap", []),
        ):
            adresse = reverse(f"evaluering:{navn}", args=[kommune.slug, *args])
            klient.get(adresse, secure=True)  # what is looked up once, is
            cache.clear()
            connection.queries_log.clear()  # it is full, and then counts no more
            with CaptureQueriesContext(connection) as fanget:
                assert klient.get(adresse, secure=True).status_code == 200
            sporringer[navn, antall] = len(fanget)
    fa, mange = INDIKATORER
    for navn in ("indikator_list", "indikator_detail", "kunnskap"):
        yield Rad(
            f"{navn}: queries more with {mange} indicators than with {fa}",
            sporringer[navn, mange] - sporringer[navn, fa],
            "",
            hoyst=0,
        )


def bench_diagram():
    """A chart of 30 parts, against the page that it stands in."""
    indikator = IndikatorFactory(publisert=True)
    for nr in range(30):
        MalingFactory(
            indikator=indikator, slag=f"Slag nummer {nr}", verdi=Decimal(nr + 1)
        )
    tabell = talltabell(indikator, list(indikator.malinger.all()))
    klient = Client(SERVER_NAME="localhost")

    def siden():
        cache.clear()
        klient.get(indikator.get_absolute_url(), secure=True)

    tegnet, hele = i_tur(lambda: diagram(tabell), siden)
    yield Rad("a chart of 30 parts, ms", tegnet * 1000, "ms", hoyst=50)
    yield Rad("a chart of 30 parts / the page with it", tegnet / hele, hoyst=1)
