"""What every answer carries, what the log holds, and what people may send."""

import logging
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from slt.felles.eksport import celle
from slt.felles.logg import Skjuler, skjul
from slt.felles.opplasting import STORSTE, slag

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


def test_who_finds_a_weakness_is_told_whom_to_tell(client, settings):
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
    ],
)
def test_the_log_hides_secrets_searches_and_people(linje, ventet):
    assert skjul(linje) == ventet


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


def regneark(**filer):
    ut = BytesIO()
    with ZipFile(ut, "w", ZIP_DEFLATED) as arkiv:
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
    assert slag(SimpleUploadedFile(navn, innhold)) == ventet


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
        slag(SimpleUploadedFile("a.csv", innhold))


def test_a_file_too_large_is_refused_and_none_touches_the_disk(
    koordinator, tmp_path, settings
):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    for storrelse, ventet in ((STORSTE + 1, 400), (3_000_000, 422)):
        fil = SimpleUploadedFile("a.csv", b"0" * storrelse)

        svar = koordinator.post(reverse("tilganger", args=["lillestrom"]), {"fil": fil})

        assert svar.status_code == ventet
    assert list(tmp_path.iterdir()) == []


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
