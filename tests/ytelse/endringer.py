"""What is otherwise in a kommune: a year of very many changes, and one great import."""

import time
import tracemalloc
from datetime import timedelta
from itertools import cycle, islice

from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evaluering.models import Maling
from slt.felles.endret import Endret, Vindu, punktene
from slt.grunn.historikk import HISTORIKK, OM_GANGEN, Dor, opprett_mange, spor
from slt.models import Kommune
from tests.factories import IndikatorFactory, KildeFactory
from tests.ytelse._maling import Rad, i_tur, paa
from tiltak.models import (
    Ansvar,
    Kapittel,
    Kontaktpunkt,
    Malgruppe,
    Tiltak,
    Tjeneste,
)

# {model: (the field that was changed, how often in all)}: 20,000 in a year.
ENDRET = {
    Tiltak: ("tekst", 7000),
    Tjeneste: ("tekst", 3000),
    Kontaktpunkt: ("instruks", 4000),
    Ansvar: ("merknad", 3000),
    Malgruppe: ("tekst", 2000),
    Kapittel: ("tekst", 1000),
}
ET_AR = timedelta(days=365)
IMPORTERT = 10_000
MANGE = 20_000


def setup():
    call_command("last_grunndata", verbosity=0)


def _endre(kommune, fra):
    """Writes the history of a year; what stands there is what was said last."""
    with spor(Dor.SKJEMA):
        for modell, (felt, antall) in ENDRET.items():
            rader = modell.objects.filter(**{modell.kommune_sti: kommune})
            historikk = []
            for nr, rad in enumerate(islice(cycle(list(rader)), antall)):
                foran = getattr(rad, felt).partition(" endret")[0]
                setattr(rad, felt, f"{foran} endret {nr}"[-3000:])
                h = HISTORIKK.historisk_rad(rad, "~")
                h.history_date = fra + ET_AR * (nr + 1) / (antall + 1)
                historikk.append(h)
            type(historikk[0]).objects.bulk_create(historikk, batch_size=OM_GANGEN)


@paa("sqlite", "postgresql")
def bench_endret_i_et_ar():
    """What is otherwise after 20,000 changes in a year, against reading the rows of their
    history, each model in one query."""
    kommune = Kommune.objects.get(slug="lillestrom")
    fra = timezone.now() - ET_AR
    for modell in ENDRET:
        rader = modell.historikk.filter(history_kommune=kommune.pk)
        rader.order_by().update(history_date=fra - timedelta(days=1))
    _endre(kommune, fra)
    vindu = Vindu(kommune, fra)

    def les_alle():
        antall = 0
        for modell in ENDRET:
            antall += len(modell.historikk.model.objects.filter(vindu.siden))
        assert antall == sum(antall for _felt, antall in ENDRET.values())

    def fortell():
        assert punktene(Endret(vindu).avsnitt)

    alle, fortalt = i_tur(les_alle, fortell, ganger=5)
    yield Rad("what is otherwise / reading 20,000 rows", fortalt / alle, hoyst=2)
    yield Rad("what is otherwise after 20,000 changes", fortalt, "s")
    tracemalloc.start()
    fortell()
    megabyte = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    yield Rad("what is otherwise, peak memory", megabyte, "MB", hoyst=200)


@paa("sqlite", "postgresql")
def bench_endret_ved_import():
    """What is otherwise after one import of 10,000 figures: one line, not 10,000."""
    kommune = Kommune.objects.get(slug="lillestrom")
    fra = timezone.now()
    kilde = KildeFactory(kommune=kommune)
    indikatorer = IndikatorFactory.create_batch(100, kommune=kommune, publisert=True)
    with spor(Dor.IMPORT):
        opprett_mange(
            [
                Maling(indikator=i, kilde=kilde, arstall=1900 + ar, verdi=ar, slag=slag)
                for i in indikatorer
                for ar in range(50)
                for slag in ("a", "b")
            ]
        )
    start = time.perf_counter()
    with CaptureQueriesContext(connection) as sporringer:
        alle = [p.hva for p in punktene(Endret(Vindu(kommune, fra)).avsnitt)]
    brukt = time.perf_counter() - start
    assert f"Import: {IMPORTERT} tall" in alle
    yield Rad("lines after an import of 10,000 figures", len(alle), "", hoyst=1)
    yield Rad("seconds to tell of it", brukt, "s", hoyst=2)
    yield Rad("queries", len(sporringer), "", hoyst=60)


@paa("sqlite", "postgresql")
def bench_endret_i_mange_rader():
    """What is otherwise where 20,000 different rows were changed once each, until now and
    in a window that is over, against reading their history in one query."""
    kommune = Kommune.objects.get(slug="lillestrom")
    fra = timezone.now() - ET_AR
    with spor(Dor.SKJEMA):
        rader = [
            Tjeneste(
                kommune=kommune,
                navn=f"Tjeneste {n}",
                tekst=f"Slik er det {n}.",
                type="kommunal",
            )
            for n in range(MANGE)
        ]
        opprett_mange(rader)
        QuerySet(Tjeneste.historikk.model).filter(history_kommune=kommune.pk).update(
            history_date=fra - timedelta(days=1)
        )
        historikk = []
        for rad in rader:
            rad.tekst += " Nå er det slik."
            h = HISTORIKK.historisk_rad(rad, "~")
            h.history_date = fra + timedelta(days=30)
            historikk.append(h)
        Tjeneste.historikk.model.objects.bulk_create(historikk, batch_size=OM_GANGEN)

    for navn, til in (("now", None), ("a day that is over", fra + timedelta(days=60))):
        vindu = Vindu(kommune, fra, til)

        def les_alle(vindu=vindu):
            rader = Tjeneste.historikk.model.objects.filter(vindu.siden)
            assert len(rader) == MANGE

        def fortell(vindu=vindu):
            assert len(punktene(Endret(vindu).avsnitt)) == MANGE

        alle, fortalt = i_tur(les_alle, fortell, ganger=3)
        yield Rad(f"20,000 different rows, until {navn} / reading them", fortalt / alle)
        yield Rad(f"20,000 different rows, until {navn}", fortalt, "s")
        tracemalloc.start()
        fortell()
        megabyte = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        yield Rad(
            f"20,000 different rows, until {navn}, peak memory",
            megabyte,
            "MB",
            hoyst=200,
        )
