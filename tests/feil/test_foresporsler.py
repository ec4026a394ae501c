"""Requests that no browser of good faith would send, by every role, to every address:
never an error of the server, never a word of what the asker may not see."""

import traceback
from urllib.parse import quote

from django.contrib.admin.sites import site
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.feil.conftest import felter_i, leder_ut, merk
from tests.feil.mengde import mengde
from tests.slt.test_matrise import MATRISE, ROLLER, SPORRES, adresse
from tiltak.filters import TiltakFilter

FORESPORSLER = mengde(10_000, 100)
# 503: a document that is being made.
VENTET = {200, 301, 302, 304, 400, 403, 404, 405, 409, 413, 422, 429}
RARE = [
    "",
    "0",
    "-1",
    "1",
    "2147483648",
    "9223372036854775808",
    "9" * 30,
    "9" * 5000,
    "-" + "9" * 40,
    "1e400",
    "NaN",
    "1.5",
    "٣",
    "１２",
    "²",
    "a" * 10_000,
    "\x00",
    "a\x00b",
    "\r\nSet-Cookie: a=b",
    "\u2028\u202e\ufeff",
    "e" + "\u0301" * 500,
    "\U0001f600",
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "{{7*7}}{% debug %}",
    "' OR 1=1 --",
    "%",
    "\\",
    "../../etc/passwd",
    "..%2f",
    "//evil.example",
    "None",
    "null",
    "true",
    "[]",
    "{}",
    "2024-02-30",
    "0000-00-00",
    "99999-01-01",
    "25:61",
    "(?i)(a+)+$",
    "*" * 50,
]
# Percent-encoded as they stand: a lone surrogate, bytes that are no UTF-8, a bare percent.
RA = ["%ED%A0%80", "%FF%FE", "%C3", "%00", "%", "%zz", "%F0%9F", "%0d%0aX-A:%20b", "+"]
HODER = [
    {"Host": "evil.example"},
    {"Host": "testserver:99999"},
    {"Host": "testserver@evil.example"},
    {"Host": ""},
    {"Host": "[::1"},
    {"Host": "testserver,evil.example"},
    {"X-Forwarded-Host": "evil.example"},
    {"X-Forwarded-Proto": "gopher"},
    {"X-Forwarded-For": "\x00, ,,1.2.3.4"},
    {"X-HTTP-Method-Override": "DELETE"},
    {"X-Requested-With": "XMLHttpRequest"},
    {"Accept-Language": "nn;q=1.0000, " + "x" * 600},
    {"Accept-Language": "../../../etc/passwd"},
    {"Accept-Language": "\x00"},
    {"Accept-Encoding": "gzip;q=a, br"},
    {"Accept": "a/b/c;q=x"},
    {"If-None-Match": "*"},
    {"If-None-Match": '"a", W/"b",,,'},
    {"If-None-Match": '"' * 2000},
    {"If-Modified-Since": "Thu, 99 Foo 99999 99:99:99 GMT"},
    {"If-Modified-Since": "Sat, 01 Jan 0000 00:00:00 GMT"},
    {"If-Match": '"x"'},
    {"If-Unmodified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"},
    {"Range": "bytes=9-1,,-"},
    {"Range": "bytes=0-" + "9" * 50},
    {"Cookie": "sessionid=" + "a" * 4000},
    {"Cookie": 'sessionid="\x00"; csrftoken=\xff'},
    {"Cookie": "messages=x:y:z; django_language=../x"},
    {"Referer": "javascript:alert(1)"},
    {"User-Agent": "{{7*7}}" * 100},
    {"Authorization": "Bearer \xff"},
]
INNHOLD = [
    ("application/json", b'{"a": [1, {"b": null}]}'),
    ("application/json", b"{" * 5000),
    ("text/plain", b"\xff\xfe\x00"),
    ("application/x-www-form-urlencoded", b"a=%ED%A0%80&a&=&&%00=%00"),
    ("application/x-www-form-urlencoded; charset=utf-7", b"a=+ADw-"),
    ("application/x-www-form-urlencoded; charset=finnes-ikke", b"a=1"),
    ("application/x-www-form-urlencoded; charset=\xe6", b"a=1"),
    ("multipart/form-data", b"a=1"),
    ("multipart/form-data; boundary=", b"--\r\n"),
    (
        "multipart/form-data; boundary=x",
        b"--x\r\nContent-Disposition: form-data\r\n\r\n",
    ),
    (
        "multipart/form-data; boundary=x",
        b"\r\n".join(
            [
                b"--x",
                b'Content-Disposition: form-data; name="navn"; filename="../../a\x00"',
                b"Content-Type: text/csv; charset=finnes-ikke",
                b"Content-Transfer-Encoding: base64",
                b"",
                b"!!!",
                b"--x--",
            ]
        ),
    ),
    ("multipart/form-data; boundary=" + "y" * 300, b"--y"),
    ("", b"a=1"),
    ("text/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
]
KJENTE = ["testserver", "testserver:99999"]  # Django leaves the port to the server
METODER = [*["GET"] * 8, *["POST"] * 6, "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"]
METODER += ["TRACE", "CONNECT", "PROPFIND", "get", "\xc6"]
NAVN = [
    *TiltakFilter.base_filters,
    *["page", "p", "o", "q", "all", "e", "term", "app_label", "model_name"],
    *["field_name", "next", "_popup", "_to_field", "_changelist_filters", "_kommune"],
    *["innsatsomrade", "kommune", "hva", "_facets", "_save", "_saveasnew", "post"],
    *["action", "_selected_action", "is_active__exact", "pk", "id", "id__in", "lang"],
    *["plan__id__exact", "plan__isnull", "overordnet__id__exact", "type__exact"],
    *["tjeneste__kommune__slug", "password__startswith", "kommune__id__exact"],
    *["plasseringer__innsatsomrade__id__exact", "ansvar__tjeneste__id__exact"],
    *["niva__exact", "status__in", "plan", "tjeneste", "sted", "fra_ar", "__proto__"],
]
FILTRE = sorted(
    {
        f"{felt[0] if isinstance(felt, tuple) else felt}{endelse}"
        for sider in site._registry.values()
        for felt in sider.list_filter
        for endelse in ("", "__id__exact", "__exact", "__in", "__isnull", "__regex")
    }
)

rar = st.one_of(
    st.sampled_from(RARE).map(quote),
    st.sampled_from(RA),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(quote),
    st.integers(-(10**20), 10**20).map(str),
)
navn = st.one_of(
    st.sampled_from(NAVN),
    st.sampled_from(FILTRE),
    st.tuples(st.sampled_from(NAVN), st.sampled_from(["[]", "[a]", "__in", ".x"])).map(
        "".join
    ),
    rar,
)
sporring = st.lists(st.tuples(navn, rar), max_size=4).map(
    lambda par: "&".join(f"{navnet}={verdi}" for navnet, verdi in par)
)


@st.composite
def foresporsler(draw):
    """What to send; a third are forms of those who may send them, filled in oddly."""
    odde = st.sampled_from([False, False, False, False, True])
    i_skjema = draw(st.sampled_from([True, False, False]))
    if i_skjema:
        return {
            "hva": draw(st.integers(0, 10**6)),
            "rolle": draw(st.sampled_from(["koordinator", "administrator"])),
            "metode": "POST",
            "ledd": None,
            "hale": "",
            "sporring": "",
            "hoder": {},
            "innhold": None,
            "felter": draw(
                st.lists(st.tuples(st.integers(0, 999), rar), min_size=1, max_size=4)
            ),
            "egne": [],
            "i_skjema": True,
        }
    return {
        "i_skjema": False,
        "hva": draw(st.integers(0, 10**6)),
        # The more one may do, the more can break.
        "rolle": draw(
            st.sampled_from([*ROLLER, *["koordinator", "administrator"] * 3])
        ),
        "metode": draw(st.sampled_from(METODER)),
        "ledd": (draw(st.tuples(st.integers(0, 9), rar)) if draw(odde) else None),
        "hale": draw(
            st.sampled_from([*[""] * 30, "/", "//", "x", "%00", ";a=b", ".."])
        ),
        "sporring": draw(sporring),
        "hoder": draw(st.sampled_from(HODER)) if draw(odde) else {},
        "innhold": draw(st.sampled_from(INNHOLD)) if draw(odde) else None,
        "felter": draw(st.lists(st.tuples(st.integers(0, 999), rar), max_size=3)),
        "egne": draw(st.lists(st.tuples(navn, rar), max_size=2)),
    }


def stien(sted, f):
    ledd = sted.split("/")
    if f["ledd"]:
        hvilket, verdi = f["ledd"]
        ledd[hvilket % len(ledd)] = verdi
    sti = "/".join(ledd) + f["hale"]
    # A host in it would be taken off by the test client, not by the site.
    return sti if sti.startswith("/") else f"/{sti}"


def kroppen(f, felter):
    """(content type, body): the fields of the page's own form, some with odd values."""
    if f["innhold"]:
        return f["innhold"]
    sendt = dict(felter)
    for nummer, verdi in f["felter"]:
        if sendt:
            sendt[list(sendt)[nummer % len(sendt)]] = verdi
    par = [*((quote(n), v) for n, v in sendt.items()), *f["egne"]]
    return (
        "application/x-www-form-urlencoded",
        "&".join(f"{n}={v}" for n, v in par).encode(),
    )


def skjult_for(egne, andres):
    """{role: the marks that it must never meet}."""
    alle = [*egne.values(), *andres.values()]
    leser = [egne["utkast"], egne["koordinator"], *andres.values()]
    return {
        "ukjent": alle,
        "som publikum": alle,
        "som ansatt": leser,
        "som politirad": [egne["koordinator"], *andres.values()],
        "lenke": leser,
        "domene": leser,
        "ansatt": leser,
        "redaktor": leser,
        "medlem": alle,
        "politirad": [egne["koordinator"], *andres.values()],
        "koordinator": [*andres.values()],
        "administrator": [],
    }


def test_every_role_has_what_it_must_not_meet(verden):
    egen, annen = verden
    _utkast, egne = merk(egen, "EGEN-")
    _utkast, andres = merk(annen, "ANDRES-")

    assert set(skjult_for(egne, andres)) == set(ROLLER)


def test_no_request_breaks_the_site_or_tells_what_is_hidden(
    verden, klienter, ingen_tegner, stille, tell
):
    egen, annen = verden
    egen_utkast, egne = merk(egen, "EGEN-")
    annen_utkast, andres = merk(annen, "ANDRES-")
    skjult = skjult_for(egne, andres)
    steder = []
    for navnet in [*MATRISE][:: mengde(1, 3)]:
        for ting in (egen, annen, egen_utkast, annen_utkast):
            sted = quote(adresse(navnet, ting), safe="/")
            felter = {}
            if ting in (egen, egen_utkast):
                svar = klienter["administrator"].get(sted, SPORRES.get(navnet, {}))
                html = svar.headers.get("Content-Type", "").startswith("text/html")
                if html and svar.status_code == 200:
                    felter = felter_i(svar)
            steder.append((sted, felter, SPORRES.get(navnet, {})))
    skjemaer = [sted for sted in steder if len(sted[1]) > 2]
    for klient in klienter.values():
        klient.raise_request_exception = False
    avvik, statuser = {}, {}

    @settings(
        max_examples=FORESPORSLER,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(foresporsler())
    def send(f):
        av = skjemaer if f["i_skjema"] else steder
        sted, felter, ved_siden = av[f["hva"] % len(av)]
        klient = klienter[f["rolle"]]
        cookies = klient.cookies.copy()
        type_, kropp = ("", b"")
        if f["metode"] in {"POST", "PUT", "PATCH", "DELETE"}:
            type_, kropp = kroppen(f, felter)
        sti = stien(sted, f)
        fast = "&".join(f"{n}={v}" for n, v in ved_siden.items())
        with transaction.atomic():
            svar = klient.generic(
                f["metode"],
                sti,
                kropp,
                content_type=type_,
                headers=f["hoder"],
                QUERY_STRING="&".join(filter(None, [fast, f["sporring"]])),
            )
            innhold = svar.content.decode("utf-8", "replace")
            transaction.set_rollback(True)
        klient.cookies = cookies
        status = svar.status_code
        statuser[status] = statuser.get(status, 0) + 1
        if status not in VENTET and not (status == 503 and ".pdf" in sti):
            feil = getattr(svar, "exc_info", None)
            hvor = traceback.extract_tb(feil[2])[-1] if feil else ""
            avvik.setdefault(
                (status, feil and repr(feil[1])[:200], str(hvor)), f | {"sti": sti}
            )
        if f["hoder"].get("Host", KJENTE[0]) not in KJENTE and status != 400:
            avvik.setdefault((status, "a foreign host"), f | {"sti": sti})
        # Its own page "/admin/…/add///evil.example/" is no way out.
        if leder_ut(svar.headers.get("Location", "")):
            avvik.setdefault(("led away", svar["Location"]), f | {"sti": sti})
        for merke in skjult[f["rolle"]]:
            if merke in innhold or merke in str(svar.headers):
                avvik.setdefault((f["rolle"], merke, sti), f)

    send()

    tell(
        f"requests ({', '.join(f'{n} × {s}' for s, n in sorted(statuser.items()))})",
        sum(statuser.values()),
    )
    assert not avvik, "\n".join(f"{hva}: {f}" for hva, f in avvik.items())
    assert sum(statuser.values()) >= FORESPORSLER
