"""What every answer carries, what the log holds, and what people may send."""

import logging
import re
import string
import struct
import time
from io import BytesIO
from types import SimpleNamespace
from urllib.parse import quote, unquote
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Value
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from slt.felles.eksport import celle
from slt.felles.logg import Skjuler, skjul
from slt.felles.opplasting import STORSTE, filtype
from slt.grunn.tekst import Nettadresse
from tests.factories import AnsvarFactory, PlasseringFactory
from tests.stikkprover import eksempler
from tiltak.dokument import Utgave
from tiltak.models import Lenke, Styringsdokument

# Headers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "adresse", ["/", "/lillestrom/tjenester/", "/admin/", "/konto/", "/finnes/ikke/"]
)
def test_every_page_carries_the_headers(adresse, koordinator):
    svar = koordinator.get(adresse)

    csp = svar["Content-Security-Policy"]
    assert "unsafe" not in csp
    assert "default-src 'none'" in csp
    assert "frame-ancestors 'none'" in csp
    assert svar["X-Content-Type-Options"] == "nosniff"
    assert svar["X-Frame-Options"] == "DENY"
    assert svar["Referrer-Policy"] == "same-origin"
    assert svar["Cross-Origin-Opener-Policy"] == "same-origin"
    assert svar["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in svar["Permissions-Policy"]


def test_over_https_browsers_are_told_to_stay_there(koordinator, settings):
    settings.SECURE_HSTS_SECONDS = 31536000

    svar = koordinator.get("/", secure=True)

    assert svar["Strict-Transport-Security"].startswith("max-age=31536000")


def test_in_production_cookies_are_of_this_host_alone():
    import os
    import subprocess
    import sys

    from django.conf import settings

    program = """
        import django; django.setup()
        from django.conf import settings as s
        print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,
              s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY)
    """
    ut = subprocess.run(
        [
            sys.executable,
            "-c",
            "\n".join(linje.strip() for linje in program.splitlines()),
        ],
        env={
            **os.environ,
            "DEBUG": "0",
            "HTTPS": "1",
            "DJANGO_SETTINGS_MODULE": "slt.settings",
        },
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert ut.split() == ["__Host-sessionid", "__Host-csrftoken", *["True"] * 4]


def test_who_finds_a_weakness_is_told_whom_to_tell(client, settings, db):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SIKKERHETSKONTAKT = "mailto:sikkerhet@example.org"

    svar = client.get("/.well-known/security.txt")

    assert svar["Content-Type"] == "text/plain; charset=utf-8"
    assert "Contact: mailto:sikkerhet@example.org\n" in svar.text
    assert "Expires: 20" in svar.text


# The log ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("linje", "ventet"),
    [
        ("Not Found: /lenke/abcDEF123-_/", "Not Found: /lenke/…"),
        ("GET /lenke/kalender/abcDEF123-_.ics 200", "GET /lenke/… 200"),
        ("/konto/nytt-passord/MQ/abc-123/ gone", "/konto/nytt-passord/… gone"),
        ("GET /l/2024-2028/tiltak/?q=ruser+seg", "GET /l/2024-2028/tiltak/?…"),
        ("no user ola.nordmann@example.org", "no user …@…"),
        ("DETAIL: (navn)=(130972 48022)", "DETAIL: (navn)=(…)"),
        ("a line like any other?", "a line like any other?"),
        ("?q=navn", "?…"),
        ("to ola%2540example.org", "to …@…"),
        ("gone: %2Flenke%2FabcDEF", "gone: %2Flenke%2F…"),
        ("x%3Fq=ola%20nordmann%0Aforged", "x?…"),
        ("100 % of 50%25 is %C3%A5", "100 % of 50%25 is %C3%A5"),
        (
            "2026-11-04 13:07:01,123 ERROR x 503 of 2026-11-04",
            "2026-11-04 13:07:01,123 ERROR x 503 of 2026-11-04",
        ),
    ],
)
def test_the_log_hides_secrets_searches_and_people(linje, ventet):
    assert skjul(linje) == ventet


SKILLE = ["", " ", "-", ".", "\u00a0", "\u2009", "\u200b", " - ", "/", "_"]
BOKSTAVER = string.ascii_letters + string.digits
ORD = st.text(f"{BOKSTAVER}æøåü'+!#$&*=^_`{{|}}~-.", min_size=1, max_size=12)


def _nummer(deler):
    """A number of eleven digits with signs between."""
    sifre, skiller = deler
    return "".join(map("".join, zip(sifre, [*skiller, ""], strict=True)))


NUMMER = st.tuples(
    st.lists(st.sampled_from("0123456789"), min_size=11, max_size=11),
    st.lists(st.sampled_from(SKILLE), min_size=10, max_size=10),
).map(lambda deler: (_nummer(deler), ["".join(deler[0])]))
I_ADRESSER = st.one_of(
    st.tuples(
        ORD, st.from_regex("[a-z]{1,9}(?:[.][a-z]{2,4}){1,2}", fullmatch=True)
    ).map(lambda deler: ("@".join(deler), list(deler))),
    st.tuples(
        st.sampled_from(["/lenke/", "/konto/nytt-passord/", "/l/ansatt/"]),
        st.text(f"{BOKSTAVER}-_:/", min_size=8, max_size=20),
    ).map(lambda deler: ("".join(deler), [deler[1]])),
    st.tuples(
        st.sampled_from(["/l/tiltak/", "https://example.org/", ""]),
        st.text(f"{BOKSTAVER}æøå ", min_size=8, max_size=20),
    ).map(lambda deler: (f"{deler[0]}?q={quote(deler[1])}", deler[1].split())),
)


def _lest(tekst):
    """All letters and digits of a text, percent-encoding undone."""
    for _lag in range(4):
        tekst = unquote(tekst)
    return re.sub(r"[\W_]", "", tekst)


# What stands in every line of its kind.
FAST = "/konto/nytt-passord/ /l/ansatt/ /l/tiltak/ https://example.org/"


def _lange(deler):
    """Words of few letters may stand in what is left of the line."""
    return [
        ord_ for ord_ in map(_lest, deler) if len(ord_) > 5 and ord_ not in _lest(FAST)
    ]


def _star_igjen(tekst, deler):
    lest = _lest(skjul(f"GONE: {tekst} ..."))
    return [del_ for del_ in _lange(deler) if del_ in lest]


@settings(max_examples=eksempler(200), deadline=None, derandomize=True, database=None)
@given(NUMMER)
def test_no_number_of_a_person_stands_in_the_log(nummer):
    assert _star_igjen(*nummer) == []


@settings(max_examples=eksempler(400), deadline=None, derandomize=True, database=None)
@given(
    I_ADRESSER.filter(lambda personlig: _lange(personlig[1])),
    st.lists(st.sampled_from(["", "/", "/@?="]), max_size=3),
)
def test_nothing_personal_stands_there_as_addresses_write_it_either(personlig, la_sta):
    tekst, deler = personlig
    for safe in la_sta:
        tekst = quote(tekst, safe=safe)

    assert _star_igjen(tekst, deler) == []


@pytest.mark.parametrize("tegn", ["a", "@", "?", "/lenke", "%25", "1", "1-", "25"])
def test_a_long_line_takes_no_long_time(tegn):
    start = time.monotonic()

    skjul("%" + tegn * 100_000)

    assert time.monotonic() - start < 2


def test_tracebacks_are_hidden_too():
    try:
        raise ValueError("ola@example.org")
    except ValueError:
        rad = logging.LogRecord("x", logging.ERROR, __file__, 1, "oops", None, True)
        import sys

        rad.exc_info = sys.exc_info()

    assert "ola@" not in Skjuler("{message}", style="{").format(rad)


def test_every_handler_writes_by_way_of_it(settings):
    assert {
        settings.LOGGING["formatters"][h["formatter"]]["()"]
        for h in settings.LOGGING["handlers"].values()
    } == {"slt.felles.logg.Skjuler"}


# What people send ---------------------------------------------------------------------


def regneark(pakking=ZIP_DEFLATED, **filer):
    ut = BytesIO()
    with ZipFile(ut, "w", pakking) as arkiv:
        for navn, innhold in filer.items():
            arkiv.writestr(navn, innhold)
    return ut.getvalue()


XLSX = {"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}


@pytest.mark.parametrize(
    ("navn", "innhold", "ventet"),
    [
        ("a.xlsx", regneark(**XLSX), "xlsx"),
        ("a.csv", regneark(**XLSX), "xlsx"),  # whatever it is called
        ("a.xlsx", "år;antall\n2023;5\n".encode(), "csv"),
        ("a.csv", "år;antall\n".encode("cp1252"), "csv"),
    ],
)
def test_a_file_is_what_it_holds(navn, innhold, ventet):
    assert filtype(SimpleUploadedFile(navn, innhold)) == ventet


@pytest.mark.parametrize(
    "innhold",
    [
        b"",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"MZ\x90\x00",
        b"PK\x03\x04 not a zip at all",
        regneark(**{"word/document.xml": "<x/>"}),
        regneark(**XLSX, **{"xl/bombe.xml": b"0" * 101_000_000}),
    ],
    ids=["empty", "picture", "program", "broken", "document", "bomb"],
)
def test_what_is_no_table_is_refused(innhold):
    with pytest.raises(ValidationError):
        filtype(SimpleUploadedFile("a.csv", innhold))


def lognaktig(innhold, navn, storrelse):
    """The directory at the end says that this part has another size."""
    ut = bytearray(innhold)
    sted = ut.rindex(b"PK\x01\x02", 0, ut.rindex(navn.encode()))
    ut[sted + 24 : sted + 28] = struct.pack("<I", storrelse)
    return bytes(ut)


def merket(innhold, bit):
    """The general purpose bit is set for every part, in both places."""
    ut = bytearray(innhold)
    for merke, sted in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        hvor = -1
        while (hvor := ut.find(merke, hvor + 1)) >= 0:
            ut[hvor + sted] |= bit
    return bytes(ut)


STOR = regneark(**XLSX, **{"xl/ark.xml": b"0" * 1_000_000})
ODELAGT, FOR_STORT = "Regnearket er ødelagt.", "Regnearket er for stort."


@pytest.mark.parametrize(
    ("innhold", "ventet"),
    [
        (lognaktig(STOR, "xl/ark.xml", 1000), ODELAGT),
        (lognaktig(STOR, "xl/ark.xml", 999_999), ODELAGT),
        (lognaktig(STOR, "xl/ark.xml", 1_000_001), ODELAGT),
        (lognaktig(STOR, "xl/ark.xml", 100_000_000), FOR_STORT),
        (regneark(**XLSX, **{f"xl/{n}.xml": "" for n in range(999)}), FOR_STORT),
        (regneark(pakking=ZIP_LZMA, **XLSX), ODELAGT),
        (merket(regneark(**XLSX), 1), ODELAGT),  # a password
    ],
    ids=["far less", "less", "more", "far more", "parts", "packed oddly", "password"],
)
def test_a_package_that_is_not_what_it_says_is_refused(innhold, ventet):
    with pytest.raises(ValidationError) as feil:
        filtype(SimpleUploadedFile("a.xlsx", innhold))

    assert feil.value.messages == [ventet]


def test_a_package_of_many_parts_that_says_how_large_it_is_is_taken():
    mange = {f"xl/{n}.xml": "0" * n for n in range(998)}

    assert filtype(SimpleUploadedFile("a.xlsx", regneark(**XLSX, **mange))) == "xlsx"


def test_a_file_too_large_is_refused_and_none_touches_the_disk(
    koordinator, tmp_path, settings
):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    for storrelse, ventet in ((STORSTE + 1, 400), (3_000_000, 422)):
        fil = SimpleUploadedFile("a.csv", b"0" * storrelse)

        svar = koordinator.post(reverse("tilganger", args=["lillestrom"]), {"fil": fil})

        assert svar.status_code == ventet
    assert list(tmp_path.iterdir()) == []


# Addresses on the web -----------------------------------------------------------------

NETTADRESSER = [
    (modell, felt)
    for modell in apps.get_models()
    for felt in modell._meta.concrete_fields
    if isinstance(felt, Nettadresse)
]
ONDE = [
    "javascript:SPRENGT()",
    "JavaScript:SPRENGT()",
    "data:text/html,SPRENGT",
    "vbscript:SPRENGT",
    "//sprengt.example",
    "sprengt.example/https://",
]


@pytest.mark.parametrize("ond", ONDE)
@pytest.mark.parametrize(("modell", "felt"), NETTADRESSER, ids=str)
def test_no_door_lets_in_an_address_of_another_kind(modell, felt, ond):
    """Where a value is prepared, which row, import and update() all pass."""
    for verdi in (ond, f" {ond}", Value(ond)):
        with pytest.raises(ValidationError):
            felt.get_db_prep_save(verdi, connection)
    for verdi in ("https://example.org/", "HTTP://example.org", ""):
        assert felt.get_db_prep_save(verdi, connection) == verdi


@pytest.fixture
def lenket(kommune):
    """A plan with a row for every address that pages link to."""
    plassering = PlasseringFactory(innsatsomrade__plan__kommune=kommune, nummer=1)
    tiltak, plan = plassering.tiltak, plassering.innsatsomrade.plan
    tjeneste = AnsvarFactory(tiltak=tiltak, tjeneste__kommune=kommune).tjeneste
    god = "https://god.example/"
    Lenke.objects.create(tiltak=tiltak, tittel="Lenke", adresse=god)
    Styringsdokument.objects.create(
        kommune=plan.kommune, plan=plan, tittel="Dokument", lenke=god
    )
    kommune.nettsted = kommune.tilgjengelighetserklaering = god
    kommune.save()
    return tiltak, plan, tjeneste


def sidene_med_lenker(lenket, klient):
    tiltak, plan, tjeneste = (type(rad).objects.get(pk=rad.pk) for rad in lenket)
    adresser = [
        *(ting.get_absolute_url() for ting in (tiltak, tjeneste)),
        reverse("tiltak:plan", args=[plan.kommune.slug, plan.slug]),
        reverse("personvern", args=[plan.kommune.slug]),
    ]
    sider = [klient.get(adresse) for adresse in adresser]
    assert [side.status_code for side in sider] == [200] * len(sider)
    return "".join([*(side.text for side in sider), Utgave(plan).html()])


@pytest.mark.parametrize("ond", ONDE)
def test_an_address_that_got_in_past_all_doors_leads_nowhere(ond, lenket, client):
    for_ = sidene_med_lenker(lenket, client)
    with connection.cursor() as peker:
        for modell, felt in NETTADRESSER:
            tabell, kolonne = modell._meta.db_table, felt.column
            peker.execute(f'UPDATE "{tabell}" SET "{kolonne}" = %s', [ond])  # noqa: S608
    cache.clear()

    etter = sidene_med_lenker(lenket, client)

    assert for_.count('href="https://god.example/"') >= 6
    assert "god.example" not in etter
    assert "sprengt" not in etter.lower()
    assert 'href=""' not in etter


# Spreadsheets -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdi", "ventet"),
    [
        ("=1+1", "'=1+1"),
        ("+47", "'+47"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("\r=1", "'\r=1"),
        ("a=1", "a=1"),
        ("", ""),
        (-5, -5),
        (None, None),
    ],
)
def test_no_cell_begins_a_formula(verdi, ventet):
    assert celle(verdi) == ventet


def test_the_request_of_the_log_is_without_its_query():
    """Django's own lines name the path alone; should one name more, it is hidden."""
    rad = logging.makeLogRecord(
        {"msg": "%s: %s", "args": ("Bad Request", "/x/?q=navn"), "levelname": "WARNING"}
    )
    rad.request = SimpleNamespace(path="/x/")

    assert Skjuler("{message}", style="{").format(rad) == "Bad Request: /x/?…"
