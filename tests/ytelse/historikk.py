"""What the history costs: pages as they stood on another day, and a form that is sent."""

import time
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from slt.grunn import historikk
from slt.grunn.historikk import HISTORIKK
from slt.models import Kommune
from tests.factories import TilgangFactory
from tests.innsending import innsending
from tests.tiden import det_gar
from tests.ytelse._maling import Rad, i_tur, paa
from tiltak.models import Tiltak

DAGER, ENDRINGER = 400, 200
SIDER = {
    "the front page of the plan": "2024-2028/",
    "its text": "2024-2028/plan/",
    "its tiltak": "2024-2028/tiltak/",
    "an innsatsområde": "2024-2028/innsatsomrader/ungdomskriminalitet/",
    "a tiltak": "2024-2028/tiltak/ungdomskriminalitet/1/",
    "the coverage": "2024-2028/dekning/",
    "the tjenester": "tjenester/",
    "a tjeneste": "tjenester/out/",
}


def setup():
    call_command("last_grunndata", verbosity=0)
    det_gar(DAGER)


def endre_mange_ganger(modell, numre):
    """Gives each row as many changes as a plan has that is edited every week, spread over
    the days."""
    rader = [
        rad
        for nr in numre
        for ny in modell.objects.select_related("kommune")
        for rad in [HISTORIKK.historisk_rad(ny, "~")]
        if setattr(rad, "history_date", _tiden(nr)) is None
    ]
    modell.historikk.model.objects.bulk_create(rader, batch_size=500)
    return len(rader)


def _tiden(nr):
    return timezone.now() - timedelta(days=DAGER * (1 - nr / ENDRINGER))


@paa("sqlite", "postgresql")
def bench_den_dagen():
    """Pages of Lillestrøm as they stood, with 200 changes of each tiltak in the history,
    against the same pages of today."""
    klient = Client(SERVER_NAME="localhost")
    endre_mange_ganger(Tiltak, [ENDRINGER])
    for_ = {side: _sporringer(klient, side) for side in SIDER.values()}
    antall = endre_mange_ganger(Tiltak, range(1, ENDRINGER + 1))
    yield Rad("changes of tiltak in the history", antall, "")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for navn, side in SIDER.items():
        na, da = i_tur(partial(_hent, klient, side), partial(_hent, klient, _da(side)))
        yield Rad(f"{navn} on another day / today", da / na, hoyst=3)
    mer = max(_sporringer(klient, side) - antall for side, antall in for_.items())
    yield Rad("queries more with 200 changes than with one", mer, "", hoyst=0)


def _da(side):
    return f"{side}?dato={timezone.localdate() - timedelta(days=DAGER // 2)}"


def _hent(klient, side):
    cache.clear()
    svar = klient.get(f"/lillestrom/{side}", secure=True)
    assert svar.status_code == 200, side


def _sporringer(klient, side):
    _hent(klient, _da(side))  # what is looked up once, is
    connection.queries_log.clear()  # it is full, and then counts no more
    with CaptureQueriesContext(connection) as fanget:
        _hent(klient, _da(side))
    return len(fanget)


@paa("sqlite", "postgresql")
def bench_skjema():
    """What of the time goes into the history when the form of a tiltak is sent."""
    kommune = Kommune.objects.get(slug="lillestrom")
    klient = Client(SERVER_NAME="localhost")
    klient.force_login(TilgangFactory(kommune=kommune).bruker)
    tiltak = Tiltak.objects.filter(plan__kommune=kommune, overordnet=None).first()
    adresse = f"/lillestrom/endre/tiltak/{tiltak.pk}/"
    deler = sorted(_andel(klient, adresse, nr) for nr in range(15))
    yield Rad("the history's share of a form that is sent", deler[7], hoyst=0.4)


def _andel(klient, adresse, nr):
    data = innsending(klient.get(adresse, secure=True), kontakt_merknad=f"Ring {nr}")
    brukt = []
    with (
        _tatt_tid(historikk.Historikk, "er_endret", brukt),
        _tatt_tid(historikk.Historikk, "create_historical_record", brukt),
        _tatt_tid(historikk, "hev_versjon", brukt),
    ):
        start = time.perf_counter()
        svar = klient.post(adresse, data, secure=True)
        hele = time.perf_counter() - start
    assert svar.status_code == 302
    assert brukt
    return sum(brukt) / hele


@contextmanager
def _tatt_tid(hvor, navn, brukt):
    """Adds what each call takes inside the block to `brukt`, in seconds."""
    funksjon = getattr(hvor, navn)

    def med_tid(*args, **kwargs):
        start = time.perf_counter()
        try:
            return funksjon(*args, **kwargs)
        finally:
            brukt.append(time.perf_counter() - start)

    setattr(hvor, navn, med_tid)
    try:
        yield
    finally:
        setattr(hvor, navn, funksjon)
