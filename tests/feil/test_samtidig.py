"""Two who change the same at the same moment, and processes that are killed while they
write: the site in several processes, on a PostgreSQL of its own, asked over HTTP."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from html import unescape
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPErrorProcessor, Request, build_opener

import psycopg
import pytest
from django.conf import settings
from lxml import html

from tests.feil.mengde import mengde
from tests.postgres import Cluster

TILTAK, TJENESTER = 4, 4
BEGYNN = f"""
import json
from django.core.management import call_command
call_command("migrate", verbosity=0)
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from tests.factories import *
kommune = KommuneFactory(nummer="3205", navn="Lillestrøm", slug="lillestrom")
plan = UtkastFactory(kommune=kommune)
ut = {{"kommune": kommune.pk, "sesjoner": [], "tiltak": [], "tjenester": []}}
for nr in range({TILTAK}):
    tiltak = PlasseringFactory(innsatsomrade__plan=plan).tiltak
    ansvar = AnsvarFactory(tiltak=tiltak, tjeneste__kommune=kommune)
    ut["tiltak"].append([tiltak.pk, ansvar.pk])
for nr in range({TJENESTER}):
    tjeneste = TjenesteFactory(kommune=kommune)
    punkt = KontaktpunktFactory(tjeneste=tjeneste, verdi=f"400 00 00{{nr}}")
    ut["tjenester"].append([tjeneste.pk, punkt.pk])
for nr in range(4):
    bruker = TilgangFactory(kommune=kommune).bruker
    sesjon = import_module(settings.SESSION_ENGINE).SessionStore()
    sesjon[SESSION_KEY] = str(bruker.pk)
    sesjon[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    sesjon[HASH_SESSION_KEY] = bruker.get_session_auth_hash()
    sesjon.save()
    ut["sesjoner"].append(sesjon.session_key)
print(json.dumps(ut))
"""
# {what: (table, its column)}
KOLONNER = {
    "tittel": ("tiltak_tiltak", "tittel"),
    "kontakt_merknad": ("tiltak_tiltak", "kontakt_merknad"),
    "ansvar": ("tiltak_ansvar", "merknad"),
    "kortnavn": ("tiltak_tjeneste", "kortnavn"),
    "etikett": ("tiltak_kontaktpunkt", "etikett"),
}
HISTORIKK = {
    "tiltak_tiltak": "tiltak_historisktiltak",
    "tiltak_ansvar": "tiltak_historiskansvar",
    "tiltak_tjeneste": "tiltak_historisktjeneste",
    "tiltak_kontaktpunkt": "tiltak_historiskkontaktpunkt",
}


class Uten(HTTPErrorProcessor):
    """Follows nothing: what leads on was saved."""

    def http_response(self, request, response):
        return response

    https_response = http_response


class Nettleser:
    """A coordinator who is logged in."""

    def __init__(self, drift, sesjon):
        self.drift, self.sesjon, self.apner = drift, sesjon, build_opener(Uten)
        self.nokkel = ""

    def _spor(self, adresse, data=None, hode=None):
        kake = f"sessionid={self.sesjon}; csrftoken={self.nokkel}"
        hoder = {"Cookie": kake, **(hode or {})}
        kropp = urlencode(data, doseq=True).encode() if data is not None else None
        svar = self.apner.open(
            Request(self.drift.base + adresse, kropp, hoder),  # noqa: S310
            timeout=60,
        )
        for linje in svar.headers.get_all("Set-Cookie") or ():
            if treff := re.match("csrftoken=([^;]+)", linje):
                self.nokkel = treff[1]
        return svar.status, svar.read().decode()

    def apne(self, adresse):
        """{name: values} of what the form of a page sends."""
        status, siden = self._spor(adresse)
        assert status == 200, (adresse, status)
        return skjemaet(siden)

    def send(self, adresse, data, hode=None):
        return self._spor(adresse, data, hode)


def skjemaet(siden):
    [skjema] = [
        s
        for s in html.fromstring(siden).forms
        if any(n and n.split("-")[-1] == "sett" for n in s.fields)
    ]
    data = {}
    for navn, verdi in skjema.form_values():
        if navn not in {"_save", "_continue", "_addanother"}:
            data.setdefault(navn, []).append(verdi)
    return data


class Drift:
    """The site, its database, and what is in it."""

    def __init__(self, mappe):
        self.cluster = Cluster(mappe, settings=["fsync=off"])
        self.postgres = self.cluster.start()
        self.miljo = os.environ | {
            # Static files as they lie: to pack them takes a minute.
            "DEBUG": "1",
            "HTTPS": "0",
            "SECRET_KEY": "prøve",
            "DATABASE_URL": self.cluster.url,
        }
        self.logg = Path(mappe, "server.log").open("w")  # noqa: SIM115
        self.server = None

    def sett_opp(self):
        ut = self._manage("shell", "-v0", "-c", BEGYNN)
        vars(self).update(json.loads(ut.splitlines()[-1]))
        self.start()

    def _manage(self, *valg):
        return subprocess.run(
            [sys.executable, settings.BASE_DIR / "manage.py", *valg],
            env=self.miljo,
            cwd=settings.BASE_DIR,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def start(self):
        self.server = subprocess.Popen(
            [sys.executable, settings.BASE_DIR / "manage.py", "serve", "--port", "0"],
            env=self.miljo,
            stdout=subprocess.PIPE,
            stderr=self.logg,
            text=True,
            start_new_session=True,
        )
        linje = self.server.stdout.readline()
        assert linje, Path(self.logg.name).read_text()[-2000:]
        self.base = re.search(r"http://\S+(?=/)", linje)[0]

    def drep_server(self):
        if self.server is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.server.pid, signal.SIGKILL)
        self.server.communicate()

    def drep_postgres(self):
        self.postgres.kill()
        self.postgres.wait()
        # Those that served somebody end when they find that it is gone.
        time.sleep(0.5)
        self.postgres = self.cluster.start()

    def slutt(self):
        self.drep_server()
        self.postgres.send_signal(signal.SIGQUIT)
        self.postgres.wait(20)
        self.logg.close()

    def nettlesere(self):
        return [Nettleser(self, sesjon) for sesjon in self.sesjoner]

    @contextmanager
    def base_(self):
        with psycopg.connect(self.cluster.url) as kobling:
            yield kobling

    def sporr(self, sql, *verdier):
        with self.base_() as kobling:
            return kobling.execute(sql, verdier).fetchall()

    def i_historikken(self, hva, pk, verdi):
        tabell, kolonne = KOLONNER[hva]
        sql = f"SELECT 1 FROM {HISTORIKK[tabell]} WHERE id = %s AND {kolonne} = %s"  # noqa: S608
        return bool(self.sporr(sql, pk, verdi))

    def na(self, hva, pk):
        tabell, kolonne = KOLONNER[hva]
        sql = f"SELECT {kolonne} FROM {tabell} WHERE id = %s"  # noqa: S608
        return self.sporr(sql, pk)[0][0]

    def uenige(self):
        """The rows that are not what the newest row of their history says."""
        funnet = []
        for tabell, historikk in HISTORIKK.items():
            for hva, (egen, kolonne) in KOLONNER.items():
                if egen == tabell:
                    sql = f"""
                        SELECT t.id FROM {tabell} t JOIN {historikk} h ON h.id = t.id
                        WHERE h.history_id =
                        (SELECT MAX(history_id) FROM {historikk} WHERE id = t.id)
                        AND h.{kolonne} <> t.{kolonne}"""  # noqa: S608
                    funnet += [(hva, pk) for (pk,) in self.sporr(sql)]
        return funnet

    def tilstand(self):
        """(the content version, how many rows of history there are)."""
        sql = "SELECT versjon FROM slt_kommune WHERE id = %s"
        antall = [
            self.sporr(f"SELECT COUNT(*) FROM {h}")[0][0]  # noqa: S608
            for h in HISTORIKK.values()
        ]
        return self.sporr(sql, self.kommune)[0][0], sum(antall)


@pytest.fixture(scope="module")
def drift():
    with tempfile.TemporaryDirectory(prefix="slt-") as mappe:
        drift = Drift(mappe)
        try:
            drift.sett_opp()
            yield drift
        finally:
            drift.slutt()


@dataclass(frozen=True)
class Sted:
    """A field of a form: where the page is, what it is called there, which row it is."""

    adresse: str
    felt: str
    hva: str
    pk: int
    hode: tuple = ()


def steder(drift):
    """[[the places at which the same thing is changed]]: on the page of the site, in place
    in the outline, and in the admin; in the thing itself, and in its rows."""
    i_siden = (("HX-Request", "true"),)
    ut = []
    for tiltak, ansvar in drift.tiltak:
        side = f"/lillestrom/endre/tiltak/{tiltak}/"
        i_admin = f"/admin/tiltak/tiltak/{tiltak}/change/"
        ut.append(
            [
                Sted(adresse, felt, hva, pk, hode)
                for felt, hva, pk in (
                    ("tittel", "tittel", tiltak),
                    ("kontakt_merknad", "kontakt_merknad", tiltak),
                    ("ansvar-0-merknad", "ansvar", ansvar),
                )
                for adresse, hode in ((side, ()), (side, i_siden), (i_admin, ()))
            ]
        )
    for tjeneste, punkt in drift.tjenester:
        side = f"/lillestrom/endre/tjenester/{tjeneste}/"
        i_admin = f"/admin/tiltak/tjeneste/{tjeneste}/change/"
        ut.append(
            [
                Sted(adresse, felt, hva, pk)
                for felt, hva, pk in (
                    ("kortnavn", "kortnavn", tjeneste),
                    ("kontaktpunkter-0-etikett", "etikett", punkt),
                )
                for adresse in (side, i_admin)
            ]
        )
    return ut


def samtidig(*gjores):
    klare = threading.Barrier(len(gjores))

    def en(gjor):
        klare.wait(timeout=30)
        return gjor()

    with ThreadPoolExecutor(len(gjores)) as trader:
        return [t.result(120) for t in [trader.submit(en, gjor) for gjor in gjores]]


def lagret(sted, status, siden):
    """Whether the answer says that it was saved; else it gives back the form."""
    if status == 302 or (sted.hode and status == 200):
        return True
    assert status in {200, 422}, (sted, status)
    assert 'name="sett"' in siden or "-sett" in siden, (sted, status)
    return False


def ordene(siden):
    return " ".join(unescape(re.sub("<[^>]+>", "", siden)).split())


def velg_to(alle, nr):
    """Two places in one thing: the same field as often as not."""
    en, annen = random.choices(alle[nr % len(alle)], k=2)  # noqa: S311
    if nr % 2:
        samme = [s for s in alle[nr % len(alle)] if s.hva == en.hva]
        annen = random.choice(samme)  # noqa: S311
    return en, annen


def test_of_two_who_change_the_same_none_is_lost_in_silence(drift, tell):
    to = drift.nettlesere()[:2]
    par, utfall = mengde(200, 8), Counter()
    alle = steder(drift)
    for nr in range(par):
        valgt = velg_to(alle, nr)
        skrevet = [f"Par {nr} {hvem}" for hvem in ("en", "to")]
        apnet = [n.apne(s.adresse) for n, s in zip(to, valgt, strict=True)]

        svarene = samtidig(
            *(
                lambda n=n, s=s, d=d, t=t: n.send(
                    s.adresse, d | {s.felt: t}, dict(s.hode)
                )
                for n, s, d, t in zip(to, valgt, apnet, skrevet, strict=True)
            )
        )

        lagrede = [lagret(s, *svar) for s, svar in zip(valgt, svarene, strict=True)]
        assert any(lagrede), (valgt, svarene)
        samme = valgt[0].hva == valgt[1].hva
        for hvem, er_lagret in enumerate(lagrede):
            sted, (_status, siden) = valgt[hvem], svarene[hvem]
            if not er_lagret:
                assert not drift.i_historikken(sted.hva, sted.pk, skrevet[hvem])
                utfall[vises_begge(sted, siden, skrevet, hvem, samme=samme)] += 1
                # They look, keep their own, and save.
                data, hode = skjemaet(siden), dict(sted.hode)
                assert lagret(sted, *to[hvem].send(sted.adresse, data, hode)), sted
                assert drift.na(sted.hva, sted.pk) == skrevet[hvem]
                utfall["of these saved by the next press"] += 1
            else:
                utfall["accepted"] += 1
        for sted, tekst in zip(valgt, skrevet, strict=True):
            assert drift.i_historikken(sted.hva, sted.pk, tekst), (valgt, tekst)
            assert samme or drift.na(sted.hva, sted.pk) == tekst, (valgt, tekst)
        assert drift.uenige() == []
    assert utfall["accepted"] + utfall[BEGGE] + utfall[DET_NYE] == 2 * par
    tell("pairs who changed the same thing at once", par)
    for hva, antall in sorted(utfall.items()):
        tell(f"of their presses {hva}", antall)


BEGGE = "refused, with both texts"
DET_NYE = "refused, with what the other one wrote elsewhere"


def vises_begge(sted, siden, skrevet, hvem, *, samme):
    """Finds what one who was refused is told of what the other one wrote."""
    lest = ordene(siden)
    if samme:
        assert "Noen andre endret også dette mens du skrev." in lest, sted
        assert f"{sted.felt}-valg" in siden
        # Of both texts, what differs is marked.
        for tekst in skrevet:
            assert tekst.split()[-1] in lest
        return BEGGE
    assert "Noen andre endret dette mens du skrev. Det nye står her." in lest, sted
    assert skrevet[1 - hvem] in siden
    assert skrevet[hvem] in siden
    return DET_NYE


# Killed ---------------------------------------------------------------------------------


def skriv(nettleser, tiltak, tekst):
    """Writes the same in two rows by one press; what the answer was, or None."""
    adresse = f"/lillestrom/endre/tiltak/{tiltak}/"
    data = nettleser.apne(adresse)
    yield
    try:
        status, _siden = nettleser.send(
            adresse, data | {"tittel": tekst, "ansvar-0-merknad": tekst}
        )
    except (OSError, HTTPException, HTTPError):
        status = None
    yield status


def hvor_lenge(nettleser, tiltak):
    """How many seconds a write takes when nobody is killed."""
    skriver = skriv(nettleser, tiltak, f"Uten drap {time.monotonic()}")
    next(skriver)
    begynt = time.monotonic()
    assert next(skriver) == 302
    return time.monotonic() - begynt


def drept(drift, drep, antall, navn):
    """Lets four write, and kills in the midst of it, until so many have written."""
    utfall = Counter()
    nettlesere, runde = drift.nettlesere(), 0
    tar = hvor_lenge(nettlesere[0], drift.tiltak[0][0])
    while sum(utfall.values()) < antall:
        runde += 1
        tekst = f"{navn} {runde}"
        skriverne = [
            skriv(n, tiltak, tekst)
            for n, (tiltak, _ansvar) in zip(nettlesere, drift.tiltak, strict=True)
        ]
        for skriver in skriverne:
            next(skriver)
        for_ = drift.tilstand()
        ventes = random.uniform(0, 6 * tar)  # noqa: S311

        def drep_snart(ventes=ventes):
            time.sleep(ventes)
            drep()

        *svarene, _drept = samtidig(
            *((lambda s=s: next(s)) for s in skriverne), drep_snart
        )

        landet = 0
        for status, (tiltak, ansvar) in zip(svarene, drift.tiltak, strict=True):
            begge = drift.na("tittel", tiltak), drift.na("ansvar", ansvar)
            er_der = begge == (tekst, tekst)
            landet += er_der
            assert er_der or tekst not in begge, begge
            # What was answered is there; what got no answer may be.
            assert er_der or status != 302
            for hva, pk in (("tittel", tiltak), ("ansvar", ansvar)):
                assert drift.i_historikken(hva, pk, tekst) is er_der
            utfall["there whole" if er_der else "not at all"] += 1
        assert drift.uenige() == []
        versjon, rader = drift.tilstand()
        assert rader - for_[1] == 2 * landet
        assert (versjon > for_[0]) is bool(landet)
        assert versjon - for_[0] >= 2 * landet
    return utfall


def meld(tell, utfall, hva):
    tell(f"writes while {hva} was killed", sum(utfall.values()))
    for navn, antall in sorted(utfall.items()):
        tell(f"of these {navn}", antall)


def test_a_server_that_is_killed_leaves_no_half_change(drift, tell):
    def drep():
        drift.drep_server()
        drift.start()

    meld(tell, drept(drift, drep, mengde(200, 8), "S"), "the server")


def test_a_database_that_is_killed_leaves_no_half_change(drift, tell):
    meld(tell, drept(drift, drift.drep_postgres, mengde(50, 8), "P"), "PostgreSQL")
