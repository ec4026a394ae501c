"""Killed while a whole plan is taken into the next period: all of it is there, or none."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

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


def test_it_is_all_or_nothing_when_it_is_killed(grunnlag, tmp_path, tell):
    utfall = []
    for nr in range(mengde(50, 3)):
        base = tmp_path / f"{nr}.sqlite3"
        shutil.copy(grunnlag, base)
        prosess = start(UTFOR, base)
        assert prosess.stdout.readline() == "begynner\n"
        # The first one is let through.
        if nr:
            time.sleep(random.random() * 0.8)  # noqa: S311
            os.killpg(prosess.pid, signal.SIGKILL)
        prosess.communicate()
        utfall.append(innholdet(base))
        base.unlink()

    # 47 tiltak and the 4 deltiltak.
    hele = (51, 51, 51)
    assert utfall[0] == hele
    assert set(utfall) <= {(0, 0, 0), hele}
    tell("takings over that were killed", len(utfall) - 1)
    tell("of these before anything was written", utfall.count((0, 0, 0)))
