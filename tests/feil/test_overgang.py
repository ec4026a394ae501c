"""Killed while a whole plan is taken into the next period, or adopted: all of it is there,
or none."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from hashlib import sha256

import pytest
from django.conf import settings

from tests.feil.mengde import mengde

BEGYNN = """
from django.core.management import call_command
from tiltak.models import Handlingsplan
from tiltak.overgang import ny_periode, til_overs, velg
call_command("migrate", verbosity=0)
call_command("last_grunndata", verbosity=0)
gammel = Handlingsplan.objects.get(kommune__slug="lillestrom")
ny = ny_periode(forrige=gammel, tittel="Ny", fra_ar=2028, til_ar=2032)
for tiltak in til_overs(ny):
    velg(plan=ny, fra=tiltak, valg="viderefores")
"""
UTFOR = """
from tiltak.models import Handlingsplan
from tiltak.overgang import utfor
ny = Handlingsplan.objects.get(slug="2028-2032")
print("begynner", flush=True)
utfor(ny)
"""
# Another plan, in which all of them stand too.
DEL = """
from tiltak.gjester import kan_settes_inn, sett_inn
from tiltak.models import Handlingsplan, Innsatsomrade, Planrekke
gammel = Handlingsplan.objects.get(slug="2024-2028")
rekke = Planrekke.objects.create(kommune=gammel.kommune, navn="Vold")
annen = Handlingsplan.objects.create(
    kommune=gammel.kommune, rekke=rekke, tittel="Annen", fra_ar=2025, til_ar=2030
)
omrade = Innsatsomrade.objects.create(plan=annen, navn="Alle", kortnavn="Alle")
sett_inn(list(kan_settes_inn(annen)), omrade)
annen.status = "gjeldende"
annen.save()
"""
# As a coordinator does who has seen the document: half a megabyte of it.
VEDTA = """
from tiltak.behandling import Vedtaksutgave, registrer
from tiltak.models import Handlingsplan
ny = Handlingsplan.objects.select_related("kommune", "rekke").get(slug="2028-2032")
utgave = Vedtaksutgave(ny, behandling=(("vedtaksform", "vedtatt"),))
print("begynner", flush=True)
registrer(utgave, b"%PDF-1.7 " + b"x" * 500_000)
"""


def start(kode, base):
    miljo = os.environ | {"DATABASE_URL": f"sqlite:///{base}", "DEBUG": "1"}
    return subprocess.Popen(
        [sys.executable, settings.BASE_DIR / "manage.py", "shell", "-v0", "-c", kode],
        env=miljo,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def grunnlag(tmp_path_factory):
    base = tmp_path_factory.mktemp("overgang") / "base.sqlite3"
    prosess = start(BEGYNN, base)
    prosess.communicate()
    assert prosess.returncode == 0
    return base


def innholdet(base):
    """How many tiltak, rows of history of them, and choices that are done, in the new
    plan."""
    planen = "(SELECT id FROM tiltak_handlingsplan WHERE slug = '2028-2032')"
    with sqlite3.connect(base) as kobling:
        return tuple(
            kobling.execute(f"SELECT COUNT(*) FROM {hva}").fetchone()[0]  # noqa: S608
            for hva in (
                f"tiltak_tiltak WHERE plan_id = {planen}",
                f"tiltak_historisktiltak WHERE plan_id = {planen}",
                f"tiltak_overgang WHERE ny_plan_id = {planen} AND til_id NOT NULL",
            )
        )


def drept(kode, grunnlag, mappe, se):
    """What `se` finds in a copy of the database after the code ran to its end, and then
    after each time it was killed."""
    utfall = []
    for nr in range(mengde(50, 3)):
        base = mappe / f"{nr}.sqlite3"
        shutil.copy(grunnlag, base)
        prosess = start(kode, base)
        assert prosess.stdout.readline() == "begynner\n"
        # The first one is let through.
        if nr:
            time.sleep(random.random() * 0.8)  # noqa: S311
            os.killpg(prosess.pid, signal.SIGKILL)
        prosess.communicate()
        utfall.append(se(base))
        base.unlink()
    return utfall


def test_it_is_all_or_nothing_when_it_is_killed(grunnlag, tmp_path, tell):
    utfall = drept(UTFOR, grunnlag, tmp_path, innholdet)

    # 47 tiltak and the 4 deltiltak.
    hele = (51, 51, 51)
    assert utfall[0] == hele
    assert set(utfall) <= {(0, 0, 0), hele}
    tell("takings over that were killed", len(utfall) - 1)
    tell("of these before anything was written", utfall.count((0, 0, 0)))


def vedtatt(base):
    """The status of both plans; how many tiltak of each stand in the other one that
    holds; and the files that are registered, each whether it is whole."""
    planer = "SELECT slug, status FROM tiltak_handlingsplan WHERE kommune_id = ("
    planer += "SELECT id FROM slt_kommune WHERE slug = 'lillestrom')"
    i_den_andre = """
        SELECT hjemme.slug, COUNT(*) FROM tiltak_plassering
        JOIN tiltak_handlingsplan her ON her.id = tiltak_plassering.plan_id
        JOIN tiltak_tiltak ON tiltak_tiltak.id = tiltak_plassering.tiltak_id
        JOIN tiltak_handlingsplan hjemme ON hjemme.id = tiltak_tiltak.plan_id
        WHERE her.slug = 'vold-2025-2030' GROUP BY hjemme.slug"""
    frosset = """
        SELECT innhold, sha256 FROM slt_dokument LEFT JOIN tiltak_registrering
        ON dokument_id = slt_dokument.id"""
    with sqlite3.connect(base) as kobling:
        status = dict(kobling.execute(planer).fetchall())
        gjester = dict(kobling.execute(i_den_andre).fetchall())
        filer = kobling.execute(frosset).fetchall()
    hele = tuple(sha256(innhold).hexdigest() == sum_ for innhold, sum_ in filer)
    return (
        status["2024-2028"],
        status["2028-2032"],
        tuple(sorted(gjester.items())),
        hele,
    )


def test_registered_with_all_that_follows_or_not_at_all(grunnlag, tmp_path, tell):
    delt = tmp_path / "delt.sqlite3"
    shutil.copy(grunnlag, delt)
    for kode in (DEL, UTFOR):
        prosess = start(kode, delt)
        prosess.communicate()
        assert prosess.returncode == 0

    utfall = drept(VEDTA, delt, tmp_path, vedtatt)

    for_ = ("gjeldende", "utkast", (("2024-2028", 47),), ())
    etter = ("avlost", "gjeldende", (("2028-2032", 47),), (True,))
    assert utfall[0] == etter
    assert set(utfall) <= {for_, etter}
    tell("registrations that were killed, the file with them", len(utfall) - 1)
    tell("of these before anything was written", utfall.count(for_))
