"""Ways out of the site, and ways to fill it: redirects to strangers, hosts that are not
ours, bodies and files too big, packages that unpack to more than they say."""

import random
import struct
from collections import Counter
from io import BytesIO
from pathlib import Path
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from slt.felles import opplasting
from tests.conftest import innlogget, vent_pa_epost
from tests.factories import HandlingsplanFactory, KommuneFactory, TilgangFactory
from tests.feil.conftest import felter_i, leder_ut
from tests.feil.mengde import mengde

OND = "evil.example"
UT = [
    f"https://{OND}",
    f"http://{OND}/",
    f"//{OND}",
    f"///{OND}",
    f"////{OND}",
    f"/\\{OND}",
    f"\\/{OND}",
    f"\\\\{OND}",
    f"/\t/{OND}",
    f"/\n/{OND}",
    f"\t//{OND}",
    f"\x00//{OND}",
    f" https://{OND}",
    f"https:{OND}",
    f"https:/{OND}",
    f"https:///{OND}",
    f"https://testserver@{OND}",
    f"https://testserver.{OND}",
    f"https://{OND}#testserver",
    f"https://{OND}\\@testserver/",
    f"http://testserver:80@{OND}/",
    f"//{OND}%2f..",
    f"/%2f/{OND}",
    f"/%5c{OND}",
    f"/./\\{OND}",
    f"//{OND}/%2e%2e",
    f"ftp://{OND}",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    f"/konto/\r\nLocation: https://{OND}",
    f"//{OND}\r\nSet-Cookie: a=b",
    f"https://ⓔvil.example@{OND}",
    "http://[::1",
    "//[",
    "https://testserver:99999999/",
]
FILFELTER = ["navn", "fil", "email"][: mengde(3, 1)]
PASSORD = "hest batteri stift"


@pytest.fixture
def bruker(kommune):
    bruker = TilgangFactory(kommune=kommune).bruker
    bruker.set_password(PASSORD)
    bruker.save()
    return bruker


def test_what_leads_out_is_seen_to():
    ut = [f"https://{OND}/", f"//{OND}", f"/\\{OND}", "javascript:x", "x:/y"]
    inn = ["/", "/lillestrom/?next=//x", "http://testserver/x", "?a=b", ""]

    assert [leder_ut(adresse) for adresse in ut + inn] == [True] * 5 + [False] * 5


def test_no_next_leads_out(bruker, stille, tell):
    inn, ut = reverse("konto:logg_inn"), reverse("konto:logg_ut")
    innlogging = {"username": bruker.epost, "password": PASSORD}
    antall, avvik, ledet = 0, [], Counter()
    for ond in UT[:: mengde(1, 6)]:
        kodet = f"?next={quote(ond)}"
        inne = innlogget(bruker)
        svarene = {
            "log in": Client().post(inn, innlogging | {"next": ond}),
            "log in, address": Client().post(inn + kodet, innlogging),
            "logged in": inne.get(inn + kodet),
            "admin": Client().get(f"/admin/login/{kodet}"),
            "admin, logged in": inne.get(f"/admin/login/{kodet}"),
            "admin page": Client().get(f"/admin/{kodet}"),
            "front page": Client().get(f"/{kodet}"),
            "kommune": Client().get(f"/lillestrom/{kodet}"),
            "password": inne.post(
                reverse("konto:passord") + kodet,
                {
                    "old_password": PASSORD,
                    "new_password1": PASSORD + "er",
                    "new_password2": PASSORD + "er",
                    "next": ond,
                },
            ),
            "choose kommune": inne.post(
                reverse("admin:velg_kommune") + kodet, {"kommune": 0, "next": ond}
            ),
            "log out": innlogget(bruker).post(ut + kodet, {"next": ond}),
            "path": Client().get("/", PATH_INFO=f"//{OND}/x"),
            "path, no slash": Client().get("/", PATH_INFO=f"//{OND}"),
            "path, backslash": Client().get("/", PATH_INFO=f"/\\{OND}"),
        }
        bruker.set_password(PASSORD)
        bruker.save()
        for hvor, svar in svarene.items():
            antall += 1
            ledet[hvor] += svar.status_code == 302
            sted = svar.headers.get("Location", "")
            if svar.status_code >= 500 or leder_ut(sted) or "\n" in sted:
                avvik.append((hvor, ond, svar.status_code, sted))
            if any(set("\r\n") & set(verdi) for verdi in svar.headers.values()):
                avvik.append((hvor, ond, "a header more"))
        # What the page for logging in keeps, it must not lead to either.
        side = Client().get(inn + kodet)
        videre = Client().post(inn, felter_i(side) | innlogging)
        ledet["kept"] += videre.status_code == 302
        if leder_ut(videre.headers.get("Location", "")):
            avvik.append(("kept", ond, videre["Location"]))

    tell("ways out of the site", antall)
    assert avvik == []
    # Each was let in and led on, or it said nothing of where to.
    forsok = len(UT[:: mengde(1, 6)])
    dorer = ("log in", "log in, address", "logged in", "log out", "kept")
    assert [ledet[hvor] for hvor in dorer] == [forsok] * 5


@pytest.mark.parametrize("debug", [False, True])
def test_only_own_hosts_are_answered(bruker, settings, stille, debug, tell):
    HandlingsplanFactory(kommune__slug="nabo", kommune__navn="Nabo")
    settings.DEBUG = debug
    onde = [
        OND,
        f"{OND}:80",
        f"testserver.{OND}",
        f"testserver@{OND}",
        f"{OND}#testserver",
    ]
    onde += [
        "",
        " ",
        "testserver/",
        "testserver\\",
        "[::1",
        "testserver testserver",
        "*",
    ]
    onde += ["\r\ntestserver", "testserver:80@evil", "тestserver", "a" * 5000]
    sider = ["/", "/lillestrom/", "/nabo/2024-2028/", "/konto/glemt/", "/admin/"]
    sider += ["/sitemap.xml", "/robots.txt", "/healthz", "/finnes-ikke", "/nabo"]
    sider = sider[:: mengde(1, 3)]
    avvik = [
        (side, ond, svar.status_code)
        for side in sider
        for ond in onde
        for svar in [Client(raise_request_exception=False).get(side, HTTP_HOST=ond)]
        if svar.status_code != 400
    ]
    fremmed = {
        "X-Forwarded-Host": OND,
        "X-Forwarded-Server": OND,
        "Forwarded": f"host={OND}",
    }
    for side in sider:
        svar = Client().get(side, headers=fremmed)
        if OND in svar.text or OND in str(svar.headers):
            avvik.append((side, "X-Forwarded-Host"))

    tell("foreign hosts", len(sider) * (len(onde) + 1))
    assert avvik == []


def test_a_mail_links_to_no_foreign_host(bruker, mailoutbox, stille):
    klient = Client(raise_request_exception=False)
    url = reverse("konto:glemt")
    fremmed = {"X-Forwarded-Host": OND, "Origin": f"https://{OND}", "Referer": OND}

    ond = klient.post(url, {"email": bruker.epost}, HTTP_HOST=OND)
    god = klient.post(url, {"email": bruker.epost}, headers=fremmed)

    assert (ond.status_code, god.status_code) == (400, 302)
    vent_pa_epost()
    [melding] = mailoutbox
    assert OND not in str(melding.message())


# Too much -----------------------------------------------------------------------------


@pytest.fixture
def skjemasider(bruker):
    """(client, address) of forms of every kind."""
    inne = innlogget(bruker)
    ute = Client()
    administrator = Client()
    bruker_uten = TilgangFactory().bruker
    bruker_uten.is_superuser = True
    bruker_uten.save()
    administrator.force_login(bruker_uten)
    sider = [
        (ute, reverse("konto:logg_inn")),
        (ute, reverse("konto:glemt")),
        (ute, reverse("tilgangslenke", args=["x"])),
        (ute, "/admin/login/"),
        (ute, "/finnes-ikke/"),
        (ute, "/lillestrom/"),
        (inne, reverse("konto:min_side")),
        (inne, reverse("konto:passord")),
        (inne, reverse("konto:se_som")),
        (inne, reverse("tilganger", args=["lillestrom"])),
        (inne, reverse("tilgangslenke_ny", args=["lillestrom"])),
        (inne, reverse("admin:velg_kommune")),
        (inne, reverse("admin:tiltak_tjeneste_add")),
        (inne, reverse("admin:tiltak_tiltak_add")),
        (inne, reverse("admin:tiltak_tjeneste_changelist")),
        (administrator, reverse("admin:slt_bruker_add")),
        (administrator, reverse("admin:slt_kommune_add")),
    ]
    for klient, _sti in sider:
        klient.raise_request_exception = False
    return sider


def filene():
    """{folder: its files} where a file of a user might land."""
    steder = [Path(settings.VAR_DIR), Path(settings.BASE_DIR), Path("/tmp")]  # noqa: S108
    if settings.MEDIA_ROOT:
        steder.append(Path(settings.MEDIA_ROOT))
    return {
        sted: {f.name for f in sted.iterdir() if "upload" in f.name} for sted in steder
    }


def test_bodies_that_are_too_big_are_refused(skjemasider, stille, tell):
    stor = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    mange = "&".join(
        f"a{n}=1" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)
    )
    vanlig = "application/x-www-form-urlencoded"
    kropper = {
        "one big field": (vanlig, f"navn={stor}".encode()),
        "many fields": (vanlig, mange.encode()),
        "many empty fields": (
            vanlig,
            b"&a" * (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 2),
        ),
        "big JSON": ("application/json", stor.encode()),
        "many parts": (
            "multipart/form-data; boundary=x",
            b"".join(
                f'--x\r\nContent-Disposition: form-data; name="a{n}"\r\n\r\n1\r\n'.encode()
                for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)
            )
            + b"--x--\r\n",
        ),
        "one big part": (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="navn"\r\n\r\n'
            + stor.encode()
            + b"\r\n--x--\r\n",
        ),
        "many files": (
            "multipart/form-data; boundary=x",
            b"".join(
                f'--x\r\nContent-Disposition: form-data; name="f{n}"; filename="{n}"\r\n\r\n1\r\n'.encode()
                for n in range(500)
            )
            + b"--x--\r\n",
        ),
        "no end": (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"a" * 1000,
        ),
        "a big header": (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name="
            + b"a" * 100_000
            + b"\r\n\r\n",
        ),
    }
    antall, avvik = 0, []
    for klient, sti in skjemasider[:: mengde(1, 3)]:
        for hva, (type_, kropp) in kropper.items():
            svar = klient.generic("POST", sti, kropp, content_type=type_)
            antall += 1
            if svar.status_code >= 500:
                avvik.append((sti, hva, svar.status_code, repr(svar.exc_info[1])[:200]))

    tell("bodies too big or broken", antall)
    assert avvik == []
    assert antall > 50


def fil(navn, innhold, type_="application/octet-stream"):
    return SimpleUploadedFile(navn, innhold, content_type=type_)


def test_files_to_forms_that_take_none_are_dropped(skjemasider, stille, tell):
    store, en_bombe, for_ = b"\x00" * 6_000_000, bombe(), filene()
    filer = {
        "6 MB": lambda: fil("stor.bin", store),
        "6 MB as text": lambda: fil("stor.txt", store, "text/plain"),
        "as a picture": lambda: fil("a.png", b"<script>alert(1)</script>", "image/png"),
        "a program": lambda: fil("a.php", b"<?php ?>", "text/csv"),
        "up the tree": lambda: fil("../../../etc/x", b"x"),
        "null": lambda: fil("a\x00.png", b"x"),
        "no name": lambda: fil(" ", b"x"),
        "3 MB": lambda: fil("mellom.bin", b"x" * 3_000_000, "text/csv"),
        "a bomb": lambda: fil("a.xlsx", en_bombe, "application/zip"),
    }
    antall, avvik = 0, []
    for klient, sti in skjemasider[:: mengde(1, 6)]:
        for hva, lag in filer.items():
            for felt in FILFELTER:
                svar = klient.post(sti, {"a": "b", felt: lag()})
                antall += 1
                if svar.status_code >= 500:
                    avvik.append((sti, hva, felt, repr(svar.exc_info[1])[:200]))
                for lagret in (
                    svar.wsgi_request._files.values()
                    if hasattr(svar.wsgi_request, "_files")
                    else ()
                ):
                    if hasattr(lagret, "temporary_file_path"):
                        avvik.append((sti, hva, "on the disk"))
        if filene() != for_:
            avvik.append((sti, "a file lies there"))

    tell("files to forms that take none", antall)
    assert avvik == []
    assert antall >= 27


# Packages -----------------------------------------------------------------------------

DELER = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}


def pakke(ekstra=(), slag=ZIP_DEFLATED):
    ut = BytesIO()
    with ZipFile(ut, "w", slag) as arkiv:
        for navn, innhold in [*DELER.items(), *ekstra]:
            arkiv.writestr(navn, innhold)
    return ut.getvalue()


def bombe(megabyte=21):
    """Unpacks to more than is allowed, and says so."""
    return pakke([("xl/sharedStrings.xml", b"0" * megabyte * 1_000_000)])


def med_lognaktig_storrelse(innhold, storrelse):
    """The directory at the end says that each part has this size."""
    ut, sted = bytearray(innhold), 0
    while (sted := ut.find(b"PK\x01\x02", sted)) >= 0:
        ut[sted + 24 : sted + 28] = struct.pack("<I", storrelse)
        sted += 4
    return bytes(ut)


def slag_eller_feil(innhold):
    try:
        return opplasting.filtype(fil("a.xlsx", innhold))
    except ValidationError as feil:
        return str(feil.messages[0])


def test_packages_that_unpack_to_too_much_are_refused():
    for_stort = "Regnearket er for stort."
    overlapp = pakke([("a", b"0" * 12_000_000), ("b", b"0" * 12_000_000)])

    assert slag_eller_feil(pakke()) == "xlsx"
    assert slag_eller_feil(bombe(19)) == "xlsx"
    assert slag_eller_feil(bombe(21)) == for_stort
    assert slag_eller_feil(overlapp) == for_stort
    assert slag_eller_feil(med_lognaktig_storrelse(pakke(), 0xFFFFFFF0)) == for_stort


def test_a_package_that_lies_is_refused():
    loyn = med_lognaktig_storrelse(bombe(101), 1000)

    assert slag_eller_feil(loyn) == "Regnearket er ødelagt."


def test_broken_packages_are_refused_in_words(tell):
    """Whatever is changed in a package: an answer, never an exception of another kind."""
    grunnlag = [pakke(), pakke(slag=ZIP_STORED), pakke([("æ/ø.xml", b"x" * 100)])]
    antall, nektet, avvik = mengde(10_000, 1000), 0, []
    for n in range(antall):
        tilfeldig = random.Random(n)  # noqa: S311
        innhold = bytearray(tilfeldig.choice(grunnlag))
        for _gang in range(tilfeldig.randint(1, 6)):
            sted = tilfeldig.randrange(4, len(innhold))
            match tilfeldig.randrange(4):
                case 0:
                    innhold[sted] = tilfeldig.randrange(256)
                case 1:
                    del innhold[sted : sted + tilfeldig.randint(1, 40)]
                case 2:
                    innhold[sted:sted] = tilfeldig.randbytes(tilfeldig.randint(1, 40))
                case 3:
                    # A value at the edge, where the directory has its sizes and places.
                    katalog = innhold.find(b"PK\x01\x02")
                    sted = max(4, katalog) + tilfeldig.randrange(90)
                    innhold[sted : sted + 4] = tilfeldig.choice(
                        [
                            b"\xff" * 4,
                            b"\x00" * 4,
                            b"\xff\xff\xff\x7f",
                            b"\x01\x00\x00\x80",
                        ]
                    )
            if len(innhold) < 8:
                break
        try:
            opplasting.filtype(fil("a.xlsx", bytes(innhold)))
        except ValidationError:
            nektet += 1
        except Exception as feil:
            avvik.append((n, repr(feil)))

    tell("broken packages", antall)
    assert avvik == []
    assert 0 < nektet < antall


def test_texts_that_are_no_table_are_refused_in_words():
    for innhold in (
        b"",
        b"\x00",
        b"%PDF-1.7\x00",
        b"\xff\xfea\x00\x00\x00",
        b"PK\x05\x06" + b"\0" * 18,
    ):
        with pytest.raises(ValidationError):
            opplasting.filtype(fil("a.csv", innhold))
    assert opplasting.filtype(fil("a.csv", b"a;b\xe6\r\n")) == "csv"


def test_the_one_kommune_of_a_site_leads_on_within_it(db, tell):
    """The front page leads on with what stands after the question mark."""
    KommuneFactory(slug="alene", navn="Alene")
    avvik = [
        (ond, svar["Location"])
        for ond in UT
        for svar in [Client().get("/", QUERY_STRING=quote(ond, safe=":/\\@?&=#"))]
        if svar.status_code != 302 or leder_ut(svar["Location"])
    ]

    tell("ways out behind the question mark", len(UT))
    assert avvik == []
