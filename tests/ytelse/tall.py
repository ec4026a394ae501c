"""Figures: getting many in, the pages of many indicators against few, and a chart."""

import time
from copy import copy
from decimal import Decimal

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluering.models import Maling
from evaluering.tall.ark import ark_i_tekst
from evaluering.tall.diagram import diagram
from evaluering.tall.forslag import foresla
from evaluering.tall.tabell import talltabell
from evaluering.tall.tallimport import lagre, legg_inn, les_igjen, merke, ta_vare_pa
from slt.felles.opplasting import tekst_i
from slt.grunn.historikk import HISTORIKK, OM_GANGEN
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
    indikatorer = IndikatorFactory.create_batch(
        RADER // (STEDER * 20), kommune=kommune, teller="andel"
    )
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
    """5,000 figures from text to rows with history, against the same rows saved at once,
    with theirs."""
    kommune, bruker = KommuneFactory(), BrukerFactory()
    tekst = _tabell(kommune)
    start = time.perf_counter()
    arkene = [ark_i_tekst(tekst, "bench")]
    importen = ta_vare_pa(kommune=kommune, bruker=bruker, navn="bench", arkene=arkene)
    innlest = les_igjen(importen)
    lest = time.perf_counter()
    assert len(innlest.malinger) == RADER
    sett = merke(innlest)
    assert legg_inn(tallimport=importen, bruker=bruker, sett=sett) == RADER
    inne = time.perf_counter()
    assert Maling.objects.count() == Maling.historikk.count() == RADER

    minst = 2000 if connection.vendor == "postgresql" else None
    yield Rad(
        "figures read and put in, a second", RADER / (inne - start), "/s", minst=minst
    )
    yield Rad("of this the reading", (lest - start) / (inne - start))


@paa("sqlite", "postgresql")
def bench_tall_som_rader():
    """5,000 figures put in, all or none, once they are understood; and the same rows by
    bulk_create, with theirs of the history."""
    kommune, bruker = KommuneFactory(), BrukerFactory()
    arkene = [ark_i_tekst(_tabell(kommune), "bench")]
    importen = ta_vare_pa(kommune=kommune, bruker=bruker, navn="bench", arkene=arkene)
    innlest = les_igjen(importen)

    def som_rader():
        # With what they point to, as they stand: nothing is asked for by row.
        rader = [copy(maling) for maling in innlest.malinger]
        historisk = HISTORIKK.historisk_rad
        with transaction.atomic():
            QuerySet(Maling).bulk_create(rader, batch_size=OM_GANGEN)
            rader = [historisk(rad, "+") for rad in rader]
            type(rader[0]).objects.bulk_create(rader, batch_size=OM_GANGEN)
            transaction.set_rollback(True)

    def legges_inn():
        with transaction.atomic():
            lagre(tallimport=importen, bruker=bruker, innlest=innlest)
            transaction.set_rollback(True)
        for maling in innlest.malinger:
            maling.pk, maling._state.adding = None, True

    inn, rader = i_tur(legges_inn, som_rader)
    yield Rad("5,000 figures put in / bulk_create with history", inn / rader, hoyst=1.3)


def bench_oppsett():
    """How a file of 6,000 rows is laid out, against reading it."""
    kommune = KommuneFactory(navn="Lillestrøm", nummer="3205")
    rader = [
        f"{3000 + nr % 350} By {nr % 350};{2005 + nr % 20};Slag {nr % 7};{nr};{nr + 1},5;-"
        for nr in range(6000)
    ]
    innhold = "\n".join(
        ["Anmeldte lovbrudd", "", "Region;År;Slag;Gutter;Jenter;Alle", *rader]
    ).encode()

    def les():
        return [ark_i_tekst(tekst_i(innhold), "a.csv")]

    arkene = les()
    foreslatt, lest = i_tur(lambda: foresla(arkene, kommune), les)
    yield Rad("a layout of 6,000 rows proposed / read", foreslatt / lest, hoyst=2)


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
