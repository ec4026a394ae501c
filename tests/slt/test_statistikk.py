"""What SQLite knows of its rows is kept up by what is run anyway."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from tests.factories import KommuneFactory, TjenesteFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="PostgreSQL counts by itself"
    ),
]


def spurt(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def tjenester_talt():
    tall = spurt("SELECT stat FROM sqlite_stat1 WHERE tbl = 'tiltak_tjeneste'")
    return {int(rad.split()[0]) for (rad,) in tall}


def test_the_nightly_command_counts_anew():
    TjenesteFactory()
    call_command("rydd", stdout=StringIO())
    assert tjenester_talt() == {1}

    TjenesteFactory.create_batch(4, kommune=KommuneFactory())
    call_command("rydd", stdout=StringIO())

    assert tjenester_talt() == {5}


def test_loading_a_kommune_counts_them(tmp_path):
    fil = tmp_path / "kommune.yaml"
    fil.write_text(
        "- model: slt.kommune\n"
        '  fields: {nummer: "3205", navn: Lillestrøm, slug: lillestrom}\n'
        "- model: tiltak.tjeneste\n"
        '  fields: {kommune: ["3205"], navn: OUT, slug: out, type: kommunal}\n'
    )

    call_command("last_grunndata", fil, verbosity=0)

    assert tjenester_talt() == {1}


def test_open_connections_read_what_was_counted():
    """They do when the schema has another version, as they see with each question."""
    versjoner = []
    for _gang in range(2):
        call_command("rydd", stdout=StringIO())
        versjoner += spurt("PRAGMA schema_version")

    assert versjoner[0] != versjoner[1]
