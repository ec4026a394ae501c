"""What a page costs among many kommuner, against what it costs alone."""

import math
import time
from io import StringIO
from pathlib import Path

from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet
from django.template import engines
from django.test import Client

from slt.felles.statistikk import tell_opp
from slt.grunn.historikk import Dor, spor
from slt.management.commands.last_grunndata import medfolgende
from slt.models import Kommune
from tests.factories import RegistreringFactory, TilgangFactory
from tests.ytelse._maling import Rad, paa
from tiltak.models import Ansvar, Malgruppe, Tiltak

KOMMUNER = 357
# More than one kommune has of anything: each copy has numbers of its own.
AVSTAND = 100_000
GANGER = 25
# What services offer without any plan, in each kommune.
TILBUD = 15
# Tiltak that were changed since the plan was adopted, in each kommune.
ENDRET = 5
PLANEN = "/lillestrom/2024-2028/"
SIDER = {
    "list": f"{PLANEN}tiltak/",
    "list, by word": f"{PLANEN}tiltak/?q=ungdom",
    "list, by service": f"{PLANEN}tiltak/?tjeneste=out",
    "list, by place and age": f"{PLANEN}tiltak/?lokalomrade=fetsund&alder=14",
    "tiltak": f"{PLANEN}tiltak/ungdomskriminalitet/8/",
    "what stands in no plan": "/lillestrom/tilbud/",
    "that, by word": "/lillestrom/tilbud/?q=tilbud",
    "one of it": "/lillestrom/tilbud/tilbud-1/",
    "front page": PLANEN,
    "plan": f"{PLANEN}plan/",
    "coverage": f"{PLANEN}dekning/",
    "what changed since": f"{PLANEN}endringer/",
    "what is missing": f"{PLANEN}mangler/",
    "where it is written": f"{PLANEN}rediger/",
    "innsatsområde": f"{PLANEN}innsatsomrader/ungdomskriminalitet/",
    "services": "/lillestrom/tjenester/",
    "service": "/lillestrom/tjenester/out/",
    "knowledge": "/lillestrom/kunnskap/",
    "indicators": "/lillestrom/indikatorer/",
    "figures": "/lillestrom/indikatorer/tall.csv",
    "fora": "/lillestrom/moter/",
    "forum": "/lillestrom/moter/politiradet/",
    "plan of meetings": "/lillestrom/moteplan/",
    "access": "/lillestrom/tilganger/",
    "what waits": "/lillestrom/arbeidsflate/",
}


def setup():
    filer = [fil for fil in medfolgende() if fil.name.startswith("3205-")]
    call_command("last_grunndata", *filer, stdout=StringIO())
    kommune = Kommune.objects.get()
    out = kommune.tjenester.get(slug="out")
    for nr in range(1, TILBUD + 1):
        tilbud = Tiltak.objects.create(kommune=kommune, tittel=f"Tilbud {nr}")
        Ansvar.objects.create(tiltak=tilbud, tjeneste=out)
        Malgruppe.objects.create(tiltak=tilbud, tekst="ungdom", alder_fra=nr)
    plan = kommune.planer.get()
    RegistreringFactory(plan=plan)
    with spor(Dor.SKJEMA):
        for tiltak in plan.tiltak.all()[:ENDRET]:
            tiltak.tittel += " i dag"
            tiltak.save()


@paa("sqlite", "postgresql")
def bench_mange_kommuner_like_lillestrom():
    """Each page made anew for its coordinator: nothing of it is kept."""
    klient = Client(SERVER_NAME="localhost")
    kommune = Kommune.objects.get()
    klient.force_login(TilgangFactory(kommune=kommune).bruker)
    _tell_opp()
    alene = {navn: _kostnad(klient, adresse) for navn, adresse in SIDER.items()}
    _kopier(kommune, KOMMUNER - 1)
    _tell_opp()
    yield Rad("tiltak in the large database", Tiltak.objects.count(), "", minst=18_000)
    for navn, adresse in SIDER.items():
        naa = _kostnad(klient, adresse)
        yield Rad(f"{navn}: {KOMMUNER} kommuner / one", naa / alene[navn], hoyst=1.2)


def _tell_opp():
    """As each night; PostgreSQL does so by itself, but not inside a transaction."""
    tell_opp()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _kostnad(klient, adresse):
    """The least processor time of a page, the database's counted, by that of a template
    without rows: the machine may be busier at one time than at another."""
    mal = engines["django"].from_string(
        "{% for tall in alle %}{{ tall }}{% if tall %} {{ tall|add:1 }}{% endif %}"
        "{% endfor %}"
    )
    klokke = _klokke()
    minst = {"side": math.inf, "mal": math.inf}
    for _gang in range(GANGER):
        cache.clear()
        start = klokke()
        svar = klient.get(adresse, secure=True)
        etter_siden = klokke()
        mal.render({"alle": range(500)})
        etter_malen = klokke()
        assert svar.status_code == 200, (adresse, svar.status_code)
        minst["side"] = min(minst["side"], etter_siden - start)
        minst["mal"] = min(minst["mal"], etter_malen - etter_siden)
    return minst["side"] / minst["mal"]


def _klokke():
    """Returns what tells the seconds of the processor that this process has had, and the
    one of PostgreSQL that answers it."""
    if connection.vendor == "sqlite":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    brukt = Path(f"/proc/{pid}/schedstat")
    return lambda: time.process_time() + int(brukt.read_text().split()[0]) / 1e9


def _kopier(kommune, antall):
    """Makes so many more kommuner with all that this one has, history too."""
    QuerySet(Kommune).bulk_create(
        Kommune(
            pk=kommune.pk + nr * AVSTAND,
            nummer=f"{nr:04}",
            navn=f"Kommune {nr}",
            slug=f"kommune-{nr}",
        )
        for nr in range(1, antall + 1)
    )
    for app in ("slt", "tiltak", "moter", "evaluering"):
        for modell in apps.get_app_config(app).get_models():
            if hasattr(modell, "kommune_sti") or hasattr(modell, "history_kommune"):
                _kopier_rader(modell, antall)


def _kopier_rader(modell, antall):
    tabell = modell._meta.db_table
    er_kommune = modell in {Kommune, Kommune.historikk.model}
    if er_kommune or not modell._base_manager.exists():
        return
    felter = {
        felt.column: _flyttet(felt)
        for felt in modell._meta.concrete_fields
        if felt.name != "history_id"
    }
    med_anforsel = [connection.ops.quote_name(navn) for navn in felter]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {tabell} ({', '.join(med_anforsel)}) "  # noqa: S608
            "WITH RECURSIVE ganger(nr) AS "
            "(SELECT 1 UNION ALL SELECT nr + 1 FROM ganger WHERE nr < %s) "
            f"SELECT {', '.join(felter.values())} FROM {tabell}, ganger "
            f"WHERE {tabell}.id < %s ORDER BY nr, {tabell}.id",
            [antall, AVSTAND],
        )


def _flyttet(felt):
    """What a column has in the copy: its row, and those it refers to, moved along."""
    navn = connection.ops.quote_name(felt.column)
    if felt.name == "id" or felt.is_relation:
        return f"{navn} + nr * {AVSTAND}"
    return f"{navn} || nr" if felt.unique else navn
