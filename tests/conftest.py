"""Who the tests ask as: nobody, the coordinator, the coordinator next door, an
administrator."""

import gc
import os
import threading

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings

from slt.felles import epost
from slt.sok.lager import LAGER
from tests.dokumenter import alene, spor_om_alle
from tests.factories import BrukerFactory, KommuneFactory, TilgangFactory
from tests.stikkprover import (
    I_NETTLESER,
    PA_POSTGRES,
    PA_POSTGRES_OGSA,
    PA_SQLITE,
    VALG,
    utenfor_stikkproven,
)

# Files and folders that run on SQLite alone. They go over everything, draw, or start
# programs, and what they ask the database is asked elsewhere, too; or they ask it nothing.
# Of all others PostgreSQL is asked every second as well, and all that it answers otherwise.
EN_GANG = {
    "feil",
    "innlesing",
    "pdf",
    "test_admin.py",
    "test_adminord.py",
    "test_bevart.py",
    "test_dager.py",
    "test_figur.py",
    "test_kommando.py",
    "test_konsistens.py",
    "test_matrise.py",
    "test_meny.py",
    "test_nynorsk.py",
    "test_pastander.py",
    "test_pdfstandarder.py",
    "test_personvern.py",
    "test_planlegger.py",
    "test_rytme.py",
    "test_sikkerhet.py",
    "test_stikkprover.py",
}


# What sends what no database takes alike: each refuses it in its own way. And, of what
# reads documents, what asks the database.
PA_BEGGE = {
    "test_arbeid.py",
    "test_behandling.py",
    "test_foresporsler.py",
    "test_innlesingssider.py",
    "test_landing.py",
    "test_runder.py",
    "test_svar_samtidig.py",
    "test_treff.py",
    "test_utsending.py",
}

# What ./dev test leaves to ./dev test --alt, because it goes over everything: every
# address by every role, every page, faults, and what has to be waited for.
ALT = {
    "feil",
    "test_allmennsider.py",
    "test_avgrenset.py",
    "test_bevart.py",
    "test_ko.py",
    "test_lange_dokumenter.py",
    "test_matrise.py",
    "test_regneark.py",
    "test_uendret.py",
}
# Seconds that one of them may take on a busy machine.
LENGST_FOR_ALT = 900


def pytest_configure(config):
    VALG.alt = "not alt" not in config.option.markexpr


def pytest_collection_modifyitems(items):
    pa_postgres = "postgresql" in settings.DATABASES["default"]["ENGINE"]
    for item in items:
        sted = {item.path.name, item.path.parent.name}
        if sted & EN_GANG and not sted & PA_BEGGE:
            item.add_marker(pytest.mark.en_gang)
        if sted & ALT:
            item.add_marker(pytest.mark.alt)
            item.add_marker(pytest.mark.timeout(LENGST_FOR_ALT))
    if pa_postgres and VALG.alt:
        pa_begge = [item for item in items if not item.get_closest_marker("en_gang")]
        for item in utenfor_stikkproven(pa_begge, annenhver_pa_postgres):
            item.add_marker(pytest.mark.en_gang)
    # A test that is left out anyway takes nobody's place in the sample.
    rest = [item for item in items if not item.get_closest_marker("alt")]
    hver = en_av_pa_postgres if pa_postgres else en_av
    # On PostgreSQL others than on SQLite are looked at.
    for item in utenfor_stikkproven(rest, hver, forskyvning=int(pa_postgres)):
        item.add_marker(pytest.mark.alt)


def en_av(item):
    return I_NETTLESER if item.get_closest_marker("nettleser") else PA_SQLITE


def en_av_pa_postgres(item):
    return PA_POSTGRES if spor_postgres(item) else PA_POSTGRES_OGSA


def annenhver_pa_postgres(item):
    return 1 if spor_postgres(item) else 2


def spor_postgres(item):
    """Whether it asks PostgreSQL what SQLite does not answer as it does: what several do at
    once, and what is marked."""
    sammen = "transactional_db" in item.fixturenames
    return sammen or item.get_closest_marker("postgres") is not None


def pytest_collection_finish():
    """What is loaded by now stays to the end: to look through it for what may go, as
    Python does again and again, took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def _innstillinger(tmp_path_factory):
    """Tests ask without TLS, with the static files as they lie; and their passwords are
    not slow to check, as real ones are on purpose."""
    with override_settings(
        SECURE_SSL_REDIRECT=False,
        SESSION_COOKIE_SECURE=False,
        SESSION_COOKIE_NAME="sessionid",
        CSRF_COOKIE_SECURE=False,
        CSRF_COOKIE_NAME="csrftoken",
        PROXYER=0,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        # Nothing is collected here; Whitenoise warns of a folder that is not there.
        STATIC_ROOT=tmp_path_factory.mktemp("statiske"),
        STORAGES=settings.STORAGES
        | {
            "staticfiles": {
                "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
            }
        },
    ):
        yield


def som_en_test():
    """A transaction that is undone, as that of a test is: what is stored inside counts as
    stored for good."""
    blokk = transaction.atomic()
    blokk._from_testcase = True
    return blokk


def vent_pa_epost():
    """Mail that goes beside a request has gone when this returns."""
    for trad in threading.enumerate():
        if trad.name == epost.TRAD:
            trad.join()


class StraksTrad:
    """A thread whose work is done when it has been started: what a test has in its
    transaction is for its own connection alone."""

    def __init__(self, target, name):
        self.start = target


@pytest.fixture
def ekte_trader():
    """For tests in which mail goes beside the request in truth."""


@pytest.fixture(autouse=True)
def _mail_goes_in_its_own_test(request, monkeypatch):
    if "ekte_trader" not in request.fixturenames:
        monkeypatch.setattr(epost, "Thread", StraksTrad)
        monkeypatch.setattr(epost.connections, "close_all", lambda: None)
    yield
    vent_pa_epost()


@pytest.fixture(autouse=True)
def _each_test_searches_its_own_rows():
    """Tests give other rows the same ids and the same version of the content."""
    LAGER.glem()


@pytest.fixture(scope="session")
def dokumentmappe(tmp_path_factory, request):
    """The folder of `tests.dokumenter`, shared by all processes of a run."""
    rot = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        rot = rot.parent
    mappe = rot / "dokumenter"
    mappe.mkdir(exist_ok=True)
    with alene(rot / "dokumenter.las"):
        if not (mappe / "ferdig").exists():
            request.getfixturevalue("django_db_setup")
            with request.getfixturevalue("django_db_blocker").unblock():
                spor_om_alle(mappe)
            (mappe / "ferdig").touch()
    return mappe


def innlogget(bruker):
    client = Client()
    client.force_login(bruker)
    client.bruker = bruker
    return client


@pytest.fixture
def kommune(db):
    return KommuneFactory(nummer="3205", navn="Lillestrøm", slug="lillestrom")


@pytest.fixture
def nabokommune(db):
    return KommuneFactory(nummer="3222", navn="Lørenskog", slug="lorenskog")


@pytest.fixture
def koordinator(kommune):
    """A client logged in as coordinator of the kommune; the user is its `bruker`."""
    return innlogget(TilgangFactory(kommune=kommune, bruker__navn="Koordinator").bruker)


@pytest.fixture
def nabo(nabokommune):
    """A client logged in as coordinator of another kommune."""
    return innlogget(TilgangFactory(kommune=nabokommune, bruker__navn="Nabo").bruker)


@pytest.fixture
def administrator(db):
    return innlogget(BrukerFactory(is_superuser=True, navn="Administrator"))
