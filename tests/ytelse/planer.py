"""Plans: taking a whole one into the next period, and a kommune with several."""

import time

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from slt.models import Kommune
from tests.factories import HandlingsplanFactory, PlanrekkeFactory
from tests.ytelse._maling import Rad, paa
from tiltak.kopiering import deler_av
from tiltak.models import Handlingsplan, Overgang, Tiltak
from tiltak.overgang import ny_periode, til_overs, utfor, velg


def setup():
    call_command("last_grunndata", verbosity=0)


@paa("sqlite", "postgresql")
def bench_overgang():
    """Lillestrøm's 47 tiltak taken into the next period with all that belongs to them,
    against the same rows saved one by one."""
    gammel = Handlingsplan.objects.get(kommune__slug="lillestrom")
    plan = ny_periode(forrige=gammel, tittel="Ny", fra_ar=2028, til_ar=2032)
    for tiltak in til_overs(plan):
        velg(plan=plan, fra=tiltak, valg=Overgang.Valg.VIDEREFORES)
    start = time.perf_counter()
    assert utfor(plan) == 47
    samlet = time.perf_counter() - start

    rader = _rader_av(plan)
    enkelt = _en_for_en(rader)
    yield Rad("rows taken over with 47 tiltak", len(rader), "")
    yield Rad("47 tiltak taken over / one by one", samlet / enkelt, hoyst=0.7)


def _rader_av(plan):
    """The rows of the plan's tiltak, each after what it refers to."""
    hele = list(plan.tiltak.filter(overordnet=None))
    rader = [*hele, *plan.tiltak.exclude(overordnet=None)]
    for modell in (Tiltak, *dict.fromkeys(felt.model for felt in deler_av(Tiltak))):
        egne = [rad for rad in rader if type(rad) is modell]
        for felt in deler_av(modell):
            sti = {f"{felt.name}__in": [rad.pk for rad in egne]}
            rader += felt.model.objects.filter(**sti)
    return rader


def _en_for_en(rader):
    """How long it takes to save the same rows by themselves; nothing of it stays."""
    with transaction.atomic():
        for rad in reversed(rader):
            type(rad)._base_manager.filter(pk=rad.pk)._raw_delete("default")
        start = time.perf_counter()
        for rad in rader:
            rad._state.adding = True
            rad.save(force_insert=True)
        brukt = time.perf_counter() - start
        transaction.set_rollback(True)
    return brukt


def bench_flere_planer():
    """The queries of the pages of a plan, alone in its kommune and among five."""
    kommune = Kommune.objects.get(slug="lillestrom")
    sider = ["", "plan/", "tiltak/", "dekning/", "tiltak/ungdomskriminalitet/1/"]
    alene = [_sporringer(side) for side in sider]
    for nr in range(4):
        rekke = PlanrekkeFactory(kommune=kommune, navn=f"Rekke {nr}", hoved=False)
        HandlingsplanFactory(kommune=kommune, rekke=rekke)
    blant_fem = [_sporringer(side) for side in sider]
    for side, en, fem in zip(sider, alene, blant_fem, strict=True):
        navn = f"plan/{side}: queries more among five plans"
        yield Rad(navn, fem - en, "", hoyst=0)


def _sporringer(side):
    klient = Client(SERVER_NAME="localhost")
    adresse = f"/lillestrom/2024-2028/{side}"
    klient.get(adresse, secure=True)  # what is looked up once, is
    cache.clear()
    connection.queries_log.clear()  # it is full, and then counts no more
    with CaptureQueriesContext(connection) as fanget:
        assert klient.get(adresse, secure=True).status_code == 200
    return len(fanget)
