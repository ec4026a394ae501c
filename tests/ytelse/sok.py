"""The search: against the list of tiltak, among many kommuner, and what an index costs."""

import math
import time
import tracemalloc
from io import StringIO
from pathlib import Path

import yaml
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from slt.felles.statistikk import tell_opp
from slt.grunn.sok.sporring import les
from slt.management.commands.last_grunndata import medfolgende
from slt.models import Kommune
from slt.sok.lager import LAGER, bygg
from tests.ytelse._maling import Rad
from tests.ytelse.kommuner import _kopier
from tiltak.models import Tiltak, Tjeneste

SPORSMAL = Path(__file__).parents[1] / "sok" / "sporsmal.yaml"
KOMMUNER = 200
GANGER = 5
PLANEN = "/lillestrom/2024-2028/"


def setup():
    filer = [fil for fil in medfolgende() if fil.name.startswith("3205-")]
    call_command("last_grunndata", *filer, stdout=StringIO())


def bench_sok():
    """The page of the search, for each of the questions, against the list of tiltak made
    anew; and against itself where there are many kommuner."""
    klient = Client(SERVER_NAME="localhost")
    sporsmal = [rad["q"] for rad in yaml.safe_load(SPORSMAL.read_text("utf-8"))]
    _varm(klient)
    alene = _p95(_sok(klient, q) for q in sporsmal)
    liste = _p95(_liste(klient) for _gang in range(21))
    yield Rad("search, p95 / list of tiltak made anew, p95", alene / liste, hoyst=3)

    kommune = Kommune.objects.get()
    _kopier(kommune, KOMMUNER - 1)
    tell_opp()
    yield Rad("tiltak in the large database", Tiltak.objects.count(), "", minst=10_000)
    yield Rad("tjenester in it", Tjeneste.objects.count(), "", minst=3_000)
    _varm(klient)
    blant_mange = _p95(_sok(klient, q) for q in sporsmal)
    yield Rad(f"search, p95: {KOMMUNER} kommuner / one", blant_mange / alene, hoyst=1.5)


def bench_indeks():
    """Building the index of one kommune, and what ten take."""
    kommuner = [Kommune.objects.get()]
    bygg(kommuner[0], AnonymousUser())
    tid = min(_tid(lambda: bygg(kommuner[0], AnonymousUser())) for _gang in range(15))
    ting = len(bygg(kommuner[0], AnonymousUser()).tingene)
    yield Rad(
        "an index, by 100 of what it holds", tid * 1000 * 100 / ting, "ms", hoyst=50
    )
    _kopier(kommuner[0], 9)
    kommuner = list(Kommune.objects.order_by("pk"))
    tracemalloc.start()
    indeksene = [bygg(kommune, AnonymousUser()) for kommune in kommuner]
    # What it makes of itself when it is asked, is its own, too.
    assert all(indeks.sok(les("skjaere canabis")).treff for indeks in indeksene)
    megabyte = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    yield Rad(f"{len(indeksene)} indexes", megabyte, "MB", hoyst=20)


def _varm(klient):
    LAGER.glem()
    klient.get("/lillestrom/sok/", {"q": "rus"}, secure=True)


def _sok(klient, sporsmal):
    """The least processor time of a question: the machine may be busy at one time."""
    adresse = "/lillestrom/sok/"
    return min(
        _tid(lambda: klient.get(adresse, {"q": sporsmal}, secure=True))
        for _gang in range(GANGER)
    )


def _liste(klient):
    cache.clear()
    return _tid(lambda: klient.get(f"{PLANEN}tiltak/", secure=True))


def _p95(tider):
    tider = sorted(tider)
    return tider[math.ceil(0.95 * len(tider)) - 1]


def _tid(hva):
    start = time.process_time()
    hva()
    return time.process_time() - start
