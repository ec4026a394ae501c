"""Public pages against a bare view that returns the same bytes."""

import os
import statistics
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path
from urllib.request import urlopen

from django.core.cache import cache
from django.core.management import call_command
from django.template import engines
from django.test import Client, RequestFactory
from django.views.generic import ListView

from slt.felles.tilgang import TILGANGSLENKER
from slt.models import Bruker, Kommune, Tilgangslenke
from tests.factories import TilgangFactory
from tests.ytelse._maling import Rad, i_tur
from tests.ytelse._tjener import per_sekund, tjener
from tiltak.models import Tiltak

SIDER = {
    "listen": "/lillestrom/2024-2028/tiltak/",
    "et tiltak": "/lillestrom/2024-2028/tiltak/ungdomskriminalitet/8/",
}
RUNDER = 3


def setup():
    call_command("last_grunndata", stdout=StringIO())
    call_command("demo_bruker", stdout=StringIO())


def bench_anonym():
    """A kept page against the bare view, at 2 and 16 connections."""
    with tempfile.TemporaryDirectory() as mappe:
        mappe = Path(mappe)
        lag_database(mappe)
        with tjener(mappe) as base:
            for navn, sti in SIDER.items():
                fil = navn.replace(" ", "-")
                with urlopen(base + sti) as svar:  # noqa: S310
                    (mappe / f"{fil}.html").write_bytes(svar.read())
                for forbindelser in (2, 16):
                    forhold = [
                        per_sekund(base + sti, forbindelser)
                        / per_sekund(f"{base}/_bar/{fil}/", forbindelser)
                        for _ in range(RUNDER)
                    ]
                    yield Rad(
                        f"{navn}, anonymous, {forbindelser} connections / bare view",
                        statistics.median(forhold),
                        minst=0.5,
                    )


def lag_database(mappe):
    """The real plan in a file, with static files, as production has them."""
    miljo = os.environ | {
        "DATABASE_URL": f"sqlite:///{mappe / 'db.sqlite3'}",
        "STATIC_ROOT": str(mappe / "statiske"),
        "DEBUG": "0",
    }
    for kommando in (
        ["migrate", "-v0"],
        ["last_grunndata"],
        ["collectstatic", "--noinput", "-v0"],
    ):
        subprocess.run(
            [sys.executable, "manage.py", *kommando],
            env=miljo,
            check=True,
            stdout=subprocess.DEVNULL,
        )


class EnkelListe(ListView):
    """What Django does with the same rows and what the page says of each, in the
    plainest of templates: no filter, no frame, no partials."""

    queryset = (
        Tiltak.objects.i_planens_orden()
        .med_plassering()
        .select_related("plan__kommune")
        .prefetch_related("malgrupper", "ansvar__tjeneste")
    )
    mal = engines["django"].from_string(
        "<ul>{% for t in object_list %}"
        '<li><a href="{{ t.get_absolute_url }}">{{ t.tittel }}</a> {{ t.merkelapp }}'
        "{% for a in t.ansvar.all %} {{ a.tjeneste }}{% endfor %}"
        "{% for m in t.malgrupper.all %} {{ m }}{% endfor %}</li>"
        "{% endfor %}</ul>"
    )

    def render_to_response(self, context):
        return self.mal.render(context)


def bench_innlogget():
    """Pages for staff, by a link and logged in, and for the coordinator, against a plain
    ListView over the rows of the list: kept for those who see the same, and made anew."""
    enkel, sporring = EnkelListe.as_view(), RequestFactory().get("/")
    hvem = _hvem()
    svar = hvem["coordinator"].get(SIDER["listen"], secure=True)
    like_mange = svar.content.count(b'<li class="rad">')
    assert like_mange == enkel(sporring).count("<li>") > 0
    for navn, sti in (SIDER | {"tjenester": "/lillestrom/tjenester/"}).items():
        for rolle, klient in hvem.items():
            side, liste = i_tur(
                lambda klient=klient, sti=sti: klient.get(sti, secure=True),
                lambda: enkel(sporring),
                ganger=51,
            )
            yield Rad(f"{navn}, {rolle} / plain ListView", side / liste, hoyst=0.5)

    def anew():
        cache.clear()
        hvem["coordinator"].get(SIDER["listen"], secure=True)

    side, liste = i_tur(anew, lambda: enkel(sporring), ganger=51)
    yield Rad(
        "listen, made anew for the coordinator / plain ListView", side / liste, hoyst=3
    )


def _hvem():
    """{who: a client}."""
    kommune = Kommune.objects.get(slug="lillestrom")
    lenke = Tilgangslenke(kommune=kommune, mottaker="Politiet")
    nokkel = lenke.gi_nokkel()
    lenke.save()
    ved_lenke, ansatt, koordinator = (Client(SERVER_NAME="localhost") for _ in range(3))
    ved_lenke.post(f"/lenke/{nokkel}/", secure=True)
    assert ved_lenke.session[TILGANGSLENKER] == [lenke.pk]
    ansatt.force_login(TilgangFactory(kommune=kommune, rolle="ansatt").bruker)
    koordinator.force_login(Bruker.objects.get(epost="koordinator@example.org"))
    return {"staff by a link": ved_lenke, "staff": ansatt, "coordinator": koordinator}
