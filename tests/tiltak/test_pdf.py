"""The plan as PDF: what is in it, how it is built, who gets it, and what may go wrong.

Lillestrøm's plan is drawn once for the whole run and shared between its processes.
"""

import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO, StringIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from django.apps import apps
from django.conf import settings as innstillinger
from django.core.management import CommandError, call_command
from django.db import transaction

from slt.grunn import pdf, pdflager
from slt.grunn.historikk import Dor, Historisert, spor
from slt.grunn.pdf import PdfFeil, sett, skriv, tegn
from slt.grunn.pdflager import PdfUnderArbeid
from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TiltakFactory,
    TjenesteFactory,
)
from tests.tiltak import fasit_lillestrom as fasit
from tiltak.models import Handlingsplan, Malsetting, Plassering
from tiltak.pdf import (
    SKRIFTER,
    STILARK,
    Utgave,
    endret_siden_vedtaket,
    planen_sist_endret,
)

# Also where no test asks for it: the plan is loaded outside of them.
pytestmark = pytest.mark.django_db

BASE = innstillinger.BASE_DIR
PLAN_PDF = "/lillestrom/2024-2028/plan.pdf"
KORT_PDF = "/lillestrom/2024-2028/plan-kort.pdf"


def trenger(program):
    return pytest.mark.skipif(
        not shutil.which(program), reason=f"{program} is not installed"
    )


@pytest.fixture(autouse=True)
def lager(settings, tmp_path):
    """A folder of its own for each test: ids and versions begin anew in each."""
    settings.PDF_MAPPE = tmp_path / "pdf"
    settings.PDF_VENT = 60
    return settings.PDF_MAPPE


# Lillestrøm's plan, drawn once --------------------------------------------------------

UTGAVER = {
    "hele": {},
    "kort": {"kort": True},
    "omrade": {"innsatsomrade": fasit.VOLD},
    "tjeneste": {"tjeneste": "out"},
}


@pytest.fixture(scope="session")
def mappe(tmp_path_factory, request):
    """A folder with each of UTGAVER as NAME.pdf and NAME.json (see `_maal`)."""
    rot = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        rot = rot.parent
    mappe = rot / "lillestrom-pdf"
    mappe.mkdir(exist_ok=True)
    with (rot / "lillestrom-pdf.laas").open("w") as laas:
        fcntl.flock(laas, fcntl.LOCK_EX)
        if not (mappe / "ferdig").exists():
            request.getfixturevalue("django_db_setup")
            with (
                request.getfixturevalue("django_db_blocker").unblock(),
                transaction.atomic(),
            ):
                call_command("last_grunndata", stdout=StringIO())
                _tegn_alle(mappe)
                transaction.set_rollback(True)
            (mappe / "ferdig").touch()
    return mappe


def _tegn_alle(mappe):
    plan = Handlingsplan.objects.select_related("kommune").get(
        kommune__nummer="3205", fra_ar=2024
    )
    for navn, hvilken in UTGAVER.items():
        dokument = sett(Utgave(plan, **hvilken).oppdrag())
        (mappe / f"{navn}.json").write_text(json.dumps(_maal(dokument)))
        (mappe / f"{navn}.pdf").write_bytes(skriv(dokument))
    steder = Plassering.objects.filter(innsatsomrade__plan=plan, hoved=True)
    titler = [
        (p.innsatsomrade.slug, p.nummer, p.merkelapp, p.tiltak.tittel)
        for p in steder.select_related("innsatsomrade", "tiltak").order_by(
            "innsatsomrade__rekkefolge", "nummer"
        )
    ]
    (mappe / "titler.json").write_text(json.dumps(titler))


def _maal(dokument):
    """What cannot be read from a PDF: where the boxes are, in pixels.

    Returns a dict:
        sider: for each page the share of its height that has something on it.
        revet: (id, height of all its parts) of each tiltak on more than one page.
        tomt_i_ramme: (id, share) of the page that a torn tiltak leaves empty inside its
            frame where it goes on overleaf.
        utenfor: texts that reach beyond the box that they stand in.
        hoyde: the height that a page has for its text.
    """
    sider, deler, utenfor = [], {}, []
    for side in dokument.pages:
        boks = side._page_box
        bunn = 0
        for del_ in boks.descendants():
            element = del_.element
            if del_.element_tag == "section" and element.get("class") == "tiltak":
                deler.setdefault(element.get("id"), []).append(
                    (del_.height, _tomt_nederst(del_) / boks.height)
                )
            if type(del_).__name__ == "TextBox" and del_.text.strip():
                bunn = max(bunn, _over_bunnen(del_, boks))
        utenfor += _utenfor(boks.children[0])
        sider.append(bunn / boks.height)
    return {
        "sider": sider,
        "revet": [
            (id_, sum(h for h, _tomt in d)) for id_, d in deler.items() if len(d) > 1
        ],
        "tomt_i_ramme": [
            (id_, tomt) for id_, d in deler.items() for _h, tomt in d[:-1]
        ],
        "utenfor": utenfor,
        "hoyde": boks.height,
    }


def _tomt_nederst(ramme):
    """From the last line in a frame to its lower edge."""
    linjer = (
        b.position_y + b.height
        for b in ramme.descendants()
        if type(b).__name__ == "TextBox" and b.text.strip()
    )
    return ramme.content_box_y() + ramme.height - max(linjer)


def _over_bunnen(tekst, side):
    bunn = tekst.position_y + tekst.height - side.content_box_y()
    return bunn if bunn <= side.height + 1 else 0  # what is lower is the page's foot


def _utenfor(boks, hoyre=None):
    """Texts whose right edge lies beyond that of the block, cell or page around them."""
    navn = type(boks).__name__
    if navn in {"BlockBox", "TableCellBox"}:
        hoyre = boks.content_box_x() + boks.width
    if navn == "TextBox" and hoyre and boks.position_x + boks.width > hoyre + 1:
        return [boks.text]
    return [t for del_ in getattr(boks, "children", ()) for t in _utenfor(del_, hoyre)]


@pytest.fixture(scope="session", params=UTGAVER)
def hver(request, mappe):
    """Each of Lillestrøm's documents in turn, open."""
    with pikepdf.open(mappe / f"{request.param}.pdf") as dokument:
        dokument.navn, dokument.fil = request.param, mappe / f"{request.param}.pdf"
        yield dokument


@pytest.fixture(scope="session")
def hele(mappe):
    with pikepdf.open(mappe / "hele.pdf") as dokument:
        yield dokument


@pytest.fixture(scope="session")
def tekst(mappe):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    return lest(mappe / "hele.pdf")


def lest(fil, *valg):
    ut = subprocess.run(["pdftotext", *valg, fil, "-"], capture_output=True, check=True)
    return ut.stdout.decode()


def tett(tekst):
    """Without white space and hyphens: lines break where there is room."""
    return re.sub(r"[\s\u00ad-]", "", tekst).lower()


# What is in it ------------------------------------------------------------------------


@pytest.fixture(scope="session")
def rammer(mappe, tekst):
    """{(slug of the innsatsområde, number): what its box says}, without white space."""
    titler = json.loads((mappe / "titler.json").read_text())
    alt, starter = tett(tekst), []
    for slug, nummer, merkelapp, tittel in titler:
        # The last time: it also stands in the lists in front.
        start = alt.rfind(tett(f"{merkelapp} {tittel}"))
        assert start > 0, tittel
        starter.append(((slug, nummer), start))
    slutt = alt.rfind(tett("Tjenester og kontakter"))
    par = pairwise([*starter, (None, slutt)])
    return {nokkel: alt[start:neste] for (nokkel, start), (_n, neste) in par}


def mangler(rammer, funksjon):
    """{tiltak: what of `funksjon(facts)` its box lacks}."""
    return {
        nokkel: savnet
        for nokkel, rad in fasit.TILTAK.items()
        if (savnet := {f for f in funksjon(rad) if tett(f) not in rammer[nokkel]})
    }


@pytest.mark.parametrize("felt", ["telefon", "epost", "nett", "ansvar", "nodnummer"])
def test_each_tiltak_says_how_to_reach_whom(felt, rammer):
    # Short names that are no part of the long ones.
    lange = {
        fasit.PHFS_UNGDOM: "familiestøtte – ungdom",
        "bti": "tverrfaglige samarbeidssystemet",
    }

    def ventet(rad):
        return [lange.get(bit, bit) for bit in rad.get(felt, ())]

    assert mangler(rammer, ventet) == {}


def test_each_number_has_its_title(rammer):
    assert len(rammer) == 47
    assert mangler(rammer, lambda rad: [rad["tittel"]]) == {}


def test_each_tiltak_says_for_whom_and_how_often(rammer):
    # Grades 11 to 13 are called vg1 to vg3.
    def tall(rad):
        *ganger, _per, uke = rad.get("gjentas", (None, None, None, None))
        aldre = {n for spenn in rad.get("alder", ()) for n in spenn}
        trinn = {n for spenn in rad.get("trinn", ()) for n in spenn}
        return {
            *(str(n) for n in aldre | set(ganger) if n is not None),
            *(f"vg{n - 10}" if n > 10 else str(n) for n in trinn),
            *([f"uke {uke}"] if uke else []),
        }

    assert mangler(rammer, tall) == {}


def test_what_is_new_and_what_is_not_yet_running_says_so(rammer):
    nye = {nokkel for nokkel, rad in fasit.TILTAK.items() if rad.get("nytt")}

    assert {n for n, tekst in rammer.items() if "nytttiltak" in tekst} == nye
    # One of its three parts.
    assert {n for n, tekst in rammer.items() if "nyttdeltiltak" in tekst} == {
        (fasit.UNGDOM, 10)
    }
    assert {
        n
        for n, tekst in rammer.items()
        if tett("Nytt tiltak Planlagt") in tekst or tett("Under innføring") in tekst
    } == fasit.IKKE_I_DRIFT
    assert {
        n for n, tekst in rammer.items() if tett("Ansvar: ikke avklart.") in tekst
    } == fasit.ANSVAR_IKKE_AVKLART | {(fasit.UNGDOM, 5)}  # of Lions' part


def test_what_only_staff_may_see_is_not_in_it(tekst, mappe):
    for navn in UTGAVER:
        assert tett("Send melding i Teams") not in tett(lest(mappe / f"{navn}.pdf"))
    ordene = re.findall(r"[^\W\d_]+", tekst.lower())
    par = {" ".join(to) for to in pairwise(ordene)} | set(ordene)
    assert [u for u in par if sha256(u.encode()).hexdigest() in fasit.NAVN] == []


def test_chapters_aims_figures_and_the_version_line(tekst):
    for tittel in (
        "Om planen",
        "Målsettinger",
        "Bakgrunn og mål",
        "SLT-modellen",
        "Møtestrukturen",
        "Å vokse opp i Lillestrøm",
        "Evaluering",
        "Styringsdokumenter",
        "Antall tiltak etter forebyggingsnivå",
        "Antall tiltak etter alder",
        "Tjenester og kontakter",
    ):
        assert tittel in tekst
    assert re.search(r"Gjeldende plan\. Innhold sist endret \d+\. \w+ 20\d\d\.", tekst)


def test_every_page_but_the_cover_says_which_it_is(tekst):
    *sider, _slutt = tekst.split("\f")

    assert [re.findall(r"Side (\d+) av (\d+)", side) for side in sider] == [
        [],
        *([(str(n), str(len(sider)))] for n in range(2, len(sider) + 1)),
    ]


def test_acute_help_stands_in_every_document(mappe):
    for navn in UTGAVER:
        innhold = tett(lest(mappe / f"{navn}.pdf"))
        assert "112" in innhold
        assert "113" in innhold
        assert tett("Barnevernsvakta 64 99 32 70") in innhold


def test_a_part_has_its_own_tiltak_and_no_others(mappe):
    omrade = lest(mappe / "omrade.pdf")
    tjeneste = lest(mappe / "tjeneste.pdf")

    assert set(re.findall(r"^\f?Vold (\d+)", omrade, re.M)) == {
        str(n) for n in range(1, 11)
    }
    assert "Ungdom 1 " not in omrade
    assert set(re.findall(r"^\f?(\w+ \d+) [A-ZÆØÅ]", tjeneste, re.M)) == {
        *("Ungdom 7", "Ungdom 8", "Ungdom 9", "Ungdom 10", "Ungdom 21"),
        *("Nettverk 1", "Nettverk 3"),
    }


def test_the_page_for_an_agenda_is_one_page(mappe):
    with pikepdf.open(mappe / "kort.pdf") as kort:
        assert len(kort.pages) == 1
    innhold = tett(lest(mappe / "kort.pdf"))
    for bit in (
        "47 tiltak",
        "9 nye tiltak",
        "1 nytt deltiltak",
        "2 ikke i drift",
        "1 uten avklart ansvar",
    ):
        assert tett(bit) in innhold
    # As the front page of the plan: the deltiltak too, by the label of its tiltak.
    liste = innhold.partition(tett("Nytt i denne planen"))[2]
    liste = liste.partition(tett("Ikke i drift"))[0]
    assert len(re.findall(r"(ungdom|vold|hat|nettverk)\d", liste)) == 10
    assert (
        tett("Ungdom 10 Rus- og seksualitetsundervisning for vg1 (deltiltak)") in liste
    )
    assert tett("Spør kommunen: lillestrom.kommune.no") in innhold


def test_new_deltiltak_are_listed_in_the_whole_plan_too(tekst):
    liste = tett(tekst).rpartition(tett("Nytt i denne planen"))[2]

    assert (
        tett("Ungdom 10 Rus- og seksualitetsundervisning for vg1 (deltiltak)") in liste
    )


def test_where_nobody_can_be_reached_the_kommune_is_named(rammer):
    uten = tett("Ingen åpne kontaktopplysninger i planen.")

    assert {nokkel for nokkel, tekst in rammer.items() if uten in tekst} == {
        *((fasit.UNGDOM, n) for n in (12, 13, 17, 20)),
        (fasit.VOLD, 1),
        (fasit.HAT, 3),
    }
    assert tett("Spør kommunen: lillestrom.kommune.no.") in rammer[fasit.VOLD, 1]


# How it looks -------------------------------------------------------------------------


@pytest.fixture(scope="session", params=UTGAVER)
def maal(request, mappe):
    return json.loads((mappe / f"{request.param}.json").read_text())


def test_no_page_is_nearly_empty(maal):
    assert [n for n, fylt in enumerate(maal["sider"], 1) if fylt < 0.2] == []


def test_no_line_reaches_out_of_its_box(maal):
    assert maal["utenfor"] == []


def test_no_box_is_torn_that_fits_on_a_page(maal):
    assert [id_ for id_, hoyde in maal["revet"] if hoyde < maal["hoyde"]] == []


def test_a_torn_box_is_filled_to_the_foot_of_the_page(maal):
    assert [id_ for id_, tomt in maal["tomt_i_ramme"] if tomt > 0.1] == []


def test_norwegian_words_are_hyphenated():
    ord_ = "kriminalitetsforebyggingssamordning"

    sider = sett(_oppdrag(f'<div style="width: 30mm"><p>{ord_}</p></div>')).pages

    linjer = _linjer(sider)
    assert len(linjer) > 1
    assert all(linje.endswith("-") for linje in linjer[:-1])
    assert "".join(linje.rstrip("-") for linje in linjer) == ord_


def _linjer(sider):
    return [
        boks.text
        for side in sider
        for boks in side._page_box.descendants()
        if type(boks).__name__ == "TextBox" and boks.element_tag == "p"
    ]


def _oppdrag(innhold, **valg):
    html = f'<html lang="nb"><title>Prøve</title><body>{innhold}</body></html>'
    return pdflager.oppdrag(html, stilark=STILARK, filer=SKRIFTER, **valg)


# How it is built ----------------------------------------------------------------------


def elementer(dokument, rot=None, over=()):
    """Yields (element, names of those it stands in) in reading order."""
    del_ = dokument.Root.StructTreeRoot.K if rot is None else rot
    if isinstance(del_, pikepdf.Array):
        for barn in del_:
            yield from elementer(dokument, barn, over)
    elif isinstance(del_, pikepdf.Dictionary) and "/S" in del_:
        yield del_, over
        if "/K" in del_:
            yield from elementer(dokument, del_.K, (*over, str(del_.S)))


def av_slag(dokument, *slag):
    return [e for e, _over in elementer(dokument) if str(e.S) in slag]


def lenker(dokument):
    return [
        (side, annotasjon)
        for side in dokument.pages
        for annotasjon in side.get("/Annots", [])
        if annotasjon.Subtype == "/Link"
    ]


def test_it_names_itself_as_both_standards(hver):
    with hver.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "A")
        assert xmp["pdfuaid:part"] == "1"
        assert "SLT i Lillestrøm kommune 2024–2028" in xmp["dc:title"]
    # PDF/A wants to be told of an identifier that it does not know.
    metadata = hver.Root.Metadata.read_bytes()
    assert b"http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>" in metadata
    assert metadata.count(b"<rdf:RDF") == 1
    assert [i.S for i in hver.Root.OutputIntents] == ["/GTS_PDFA1"]


def test_it_is_tagged_and_says_its_language_and_title(hver):
    assert str(hver.Root.Lang) == "nb"
    assert hver.Root.MarkInfo.Marked is True
    assert hver.Root.ViewerPreferences.DisplayDocTitle is True
    assert {str(side.Tabs) for side in hver.pages} == {"/S"}
    assert "/JavaScript" not in hver.Root.get("/Names", {})
    assert not hver.is_encrypted


def test_all_that_is_drawn_is_text_with_a_place_or_none_at_all(hver):
    """Each piece of text is marked, and its mark leads to an element in the tree."""
    i_treet = {e.objgen for e, _over in elementer(hver)}
    steder = dict(
        zip(*[iter(hver.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True)
    )
    for side in hver.pages:
        merker, apne = steder[side.StructParents], []
        for operander, operator in pikepdf.parse_content_stream(side):
            match str(operator):
                case "BMC" | "BDC":
                    apne.append(operander)
                case "EMC":
                    apne.pop()
                case "Tj" | "TJ" | "Do":
                    slag, *egenskaper = apne[-1]
                    if slag != "/Artifact":
                        assert merker[egenskaper[0].MCID].objgen in i_treet
        assert apne == []


def test_heads_and_feet_of_pages_are_not_read_aloud(hele):
    tekster = Counter(
        str(operander[0])
        for side in hele.pages
        for operander, operator in pikepdf.parse_content_stream(side)
        if str(operator) == "BDC"
        and str(operander[1].get("/Type", "")) == "/Pagination"
    )

    assert tekster["/Artifact"] >= 2 * (len(hele.pages) - 1)


def test_headings_come_in_order(hver):
    nivaer = [
        int(str(e.S)[2]) for e in av_slag(hver, "/H1", "/H2", "/H3", "/H4", "/H5")
    ]

    assert nivaer[0] == 1
    assert nivaer.count(1) == 1
    assert [(a, b) for a, b in pairwise(nivaer) if b > a + 1] == []


def test_figures_say_what_they_show(hele):
    figurer = av_slag(hele, "/Figure")

    alternativer = [str(f.Alt) for f in figurer]
    assert len(alternativer) == 2
    assert "styrende nivået, politirådet" in alternativer[0]
    assert "universell 13, selektiv 16, indikativ 14" in alternativer[1]
    for figur in figurer:
        x1, y1, x2, y2 = map(float, figur.A.BBox)
        assert 0 < x1 < x2 < 596
        assert 0 < y1 < y2 < 842


def test_tables_say_which_cells_are_headers(hver):
    for tabell in av_slag(hver, "/Table"):
        celler = [(e, str(e.S)) for e, _over in elementer(hver, tabell)]
        overskrifter = [e for e, slag in celler if slag == "/TH"]
        assert {str(e.A.get("/Scope")) for e in overskrifter} <= {"/Row", "/Column"}
        id_er = {str(e.ID) for e in overskrifter}
        for celle, slag in celler:
            if slag == "/TD":
                assert celle.A.Headers
                assert {str(h) for h in celle.A.Headers} <= id_er


def test_nothing_in_the_tree_is_empty(hver):
    tomme = [
        str(e.S)
        for e, _over in elementer(hver)
        if len(e.get("/K", [])) == 0 and str(e.S) not in {"/Sect", "/NonStruct", "/Div"}
    ]

    assert tomme == []


def test_links_say_where_they_lead_and_none_stands_in_another(hver):
    alle = list(elementer(hver))

    assert [over for e, over in alle if e.S == "/Link" and "/Link" in over] == []
    objekter = {
        k.Obj.objgen
        for e, _over in alle
        if e.S == "/Link"
        for k in e.K
        if isinstance(k, pikepdf.Dictionary) and k.get("/Type") == "/OBJR"
    }
    assert {a.objgen for _side, a in lenker(hver)} == objekter
    for _side, annotasjon in lenker(hver):
        assert str(annotasjon.Contents).strip()
        assert "/StructParent" in annotasjon


def innholdslinjer(dokument):
    """The links of the list of contents: (what it says, the page it leads to)."""
    steder = dict(zip(*[iter(dokument.Root.Names.Dests.Names)] * 2, strict=True))
    steder = {str(navn): sted for navn, sted in steder.items()}
    nummer = {side.objgen: n for n, side in enumerate(dokument.pages, 1)}
    return [
        (str(a.Contents), nummer[steder[str(a.Dest)][0].objgen])
        for side in dokument.pages[1:3]
        for a in side.get("/Annots", [])
        if "/Dest" in a
    ]


def test_one_link_for_each_line_of_contents(hele, mappe):
    titler = json.loads((mappe / "titler.json").read_text())
    linjer = [tekst for tekst, _side in innholdslinjer(hele)]

    assert len(linjer) == len(set(linjer)) == 47 + 4 + 8 + 4
    assert {f"{merkelapp} {tittel}" for _s, _n, merkelapp, tittel in titler} <= set(
        linjer
    )


@trenger("pdftotext")
def test_the_page_numbers_of_the_contents_are_right(hele, mappe):
    sider = lest(mappe / "hele.pdf", "-f", "2", "-l", "3", "-layout")
    trykt = [int(n) for n in re.findall(r" (\d+)$", sider, re.M)]
    footer = {len(hele.pages)}

    assert [n for n in trykt if n not in footer] == [
        n for _t, n in innholdslinjer(hele)
    ]


def test_bookmarks_lead_to_chapters_and_tiltak(hele):
    with hele.open_outline() as innhold:
        [tittel] = innhold.root
        kapitler = {
            gren.title: [b.title for b in gren.children] for gren in tittel.children
        }

    assert "Handlingsplan" in tittel.title
    assert {"Innhold", "Om planen", "Nettverk", "Tjenester og kontakter"} <= set(
        kapitler
    )
    assert len(kapitler["Ungdomskriminalitet"]) == 28
    assert kapitler["Kriminelle nettverk"][2].startswith("Nettverk 3 Straffegjennom")


@trenger("qpdf")
def test_qpdf_finds_nothing_wrong(hver):
    ut = subprocess.run(["qpdf", "--check", hver.fil], capture_output=True, text=True)

    assert (ut.returncode, ut.stderr) == (0, "")


@trenger("pdfinfo")
def test_poppler_reads_it_without_complaint(hver):
    ut = subprocess.run(
        ["pdfinfo", hver.fil], capture_output=True, text=True, check=True
    )

    fakta = dict(re.findall(r"^([^:]+): +(.*)$", ut.stdout, re.M))
    assert (fakta["Tagged"], fakta["JavaScript"], fakta["Encrypted"]) == (
        "yes",
        "no",
        "no",
    )
    assert "A4" in fakta["Page size"]
    assert ut.stderr == ""


@trenger("pdffonts")
def test_every_font_is_embedded_and_ours(hver):
    ut = subprocess.run(
        ["pdffonts", hver.fil], capture_output=True, text=True, check=True
    )

    rader = [linje.split() for linje in ut.stdout.splitlines()[2:]]
    assert rader != []
    assert [rad for rad in rader if rad[-5:-2] != ["yes"] * 3] == []
    assert [rad[0] for rad in rader if "+Inter" not in rad[0]] == []


# Who gets it --------------------------------------------------------------------------


@pytest.fixture
def uten_tegning(monkeypatch):
    """Documents in place of which stands what they would be of; nothing is drawn."""
    spurt = []

    def hent(navn, lag_oppdrag, *, vent):
        spurt.append(lag_oppdrag().html)
        return b"%PDF-" + navn.encode()

    monkeypatch.setattr(pdflager, "hent", hent)
    return spurt


@pytest.fixture
def plan(kommune):
    plan = HandlingsplanFactory(kommune=kommune)
    vold = InnsatsomradeFactory(plan=plan, navn="Vold", kortnavn="Vold")
    plassering = PlasseringFactory(
        innsatsomrade=vold, tiltak__tittel="Drøftingstelefon"
    )
    tjeneste = TjenesteFactory(kommune=kommune, navn="Politiet")
    AnsvarFactory(tiltak=plassering.tiltak, tjeneste=tjeneste)
    KontaktpunktFactory(tjeneste=tjeneste, verdi="64993000")
    return plan


def ny(plan, **hvilken):
    """The document of the plan as it stands now in the database."""
    planer = Handlingsplan.objects.select_related("kommune")
    return Utgave(planer.get(pk=plan.pk), **hvilken)


FILNAVN = {
    PLAN_PDF: "slt-handlingsplan-lillestrom-2024-2028.pdf",
    f"{PLAN_PDF}?innsatsomrade=vold": "slt-handlingsplan-lillestrom-2024-2028-vold.pdf",
    f"{PLAN_PDF}?tjeneste=politiet": (
        "slt-handlingsplan-lillestrom-2024-2028-tjeneste-politiet.pdf"
    ),
    f"{PLAN_PDF}?innsatsomrade=&tjeneste=&utm_source=x": (
        "slt-handlingsplan-lillestrom-2024-2028.pdf"
    ),
    KORT_PDF: "slt-handlingsplan-lillestrom-2024-2028-kort.pdf",
}


@pytest.mark.parametrize("adresse", FILNAVN)
def test_anybody_gets_what_was_adopted_by_a_name_that_says_what_it_is(
    adresse, plan, client, nabo, uten_tegning
):
    for klient in (client, nabo):
        svar = klient.get(adresse)

        assert svar.status_code == 200
        assert svar["Content-Type"] == "application/pdf"
        assert svar["Content-Disposition"] == f'inline; filename="{FILNAVN[adresse]}"'
        assert svar["Cache-Control"] == "no-cache"
        assert klient.head(adresse).status_code == 200


def test_who_asks_makes_no_difference(plan, client, koordinator, uten_tegning):
    tjeneste = plan.kommune.tjenester.get()
    KontaktpunktFactory(tjeneste=tjeneste, verdi="40404040", synlighet="koordinator")

    for klient in (client, koordinator):
        assert klient.get(PLAN_PDF).status_code == 200

    [for_fremmede, for_koordinator] = uten_tegning
    assert for_fremmede == for_koordinator
    assert "64 99 30 00" in for_fremmede
    assert "404 04 040" not in for_fremmede


@pytest.mark.parametrize("adresse", [PLAN_PDF, KORT_PDF])
def test_a_draft_is_for_its_own_coordinators_and_stamped(
    adresse, plan, client, koordinator, nabo, uten_tegning
):
    plan.status = Handlingsplan.Status.UTKAST
    plan.save()

    assert [k.get(adresse).status_code for k in (client, nabo)] == [404, 404]
    svar = koordinator.get(adresse)
    assert svar.status_code == 200
    assert svar["Content-Disposition"].endswith('-utkast.pdf"')
    assert svar["Cache-Control"] == "private, no-store"
    [html] = uten_tegning
    assert 'data-stempel="UTKAST"' in html
    assert "<title>UTKAST: " in html
    assert '<strong class="utkast">UTKAST</strong>' in html


@trenger("pdftotext")
def test_the_stamp_stands_on_every_page_of_a_draft(plan, tmp_path):
    plan.status = Handlingsplan.Status.UTKAST
    plan.save()
    fil = tmp_path / "utkast.pdf"

    fil.write_bytes(tegn(ny(plan).oppdrag()))

    *sider, _slutt = lest(fil).split("\f")
    assert len(sider) > 3
    assert [n for n, side in enumerate(sider, 1) if "UTKAST" not in side] == []


@pytest.mark.parametrize(
    "adresse",
    [
        f"{PLAN_PDF}?innsatsomrade=finnes-ikke",
        f"{PLAN_PDF}?tjeneste=finnes-ikke",
        f"{PLAN_PDF}?innsatsomrade=vold&tjeneste=politiet",
        f"{PLAN_PDF}?tjeneste=nabotjenesten",
        f"{PLAN_PDF}?tjeneste=uten-tiltak",
        f"{PLAN_PDF}?innsatsomrade=%00",
        "/lillestrom/2020-2023/plan.pdf",
        "/finnes-ikke/2024-2028/plan.pdf",
    ],
)
def test_what_is_not_there_is_a_404(adresse, plan, nabokommune, client, uten_tegning):
    TjenesteFactory(kommune=nabokommune, navn="Nabotjenesten")
    TjenesteFactory(kommune=plan.kommune, navn="Uten tiltak")

    assert client.get(adresse).status_code == 404
    assert uten_tegning == []


@pytest.mark.parametrize("metode", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("adresse", [PLAN_PDF, KORT_PDF])
def test_documents_are_for_reading(metode, adresse, plan, koordinator):
    assert getattr(koordinator, metode)(adresse).status_code == 405


@pytest.mark.parametrize("fil", ["plan.pdf", "plan-kort.pdf"])
def test_without_period_it_is_the_plan_in_force(fil, plan, client):
    svar = client.get(f"/lillestrom/{fil}?tjeneste=politiet")

    adresse = f"/lillestrom/2024-2028/{fil}?tjeneste=politiet"
    assert (svar.status_code, svar["Location"]) == (302, adresse)


def test_a_browser_that_has_it_is_told_so(plan, client, uten_tegning):
    etag = client.get(PLAN_PDF)["ETag"]

    for merke in (etag, f"W/{etag}", f'"annet", {etag}', "*"):
        svar = client.get(PLAN_PDF, headers={"If-None-Match": merke})

        assert (svar.status_code, svar.content) == (304, b"")
    svar = client.get(PLAN_PDF, headers={"If-None-Match": '"annet"'})
    assert svar.status_code == 200


def test_a_browser_is_not_told_so_of_other_bytes_by_the_same_name(
    plan, client, monkeypatch
):
    """As after a backup is restored: versions count from an earlier number."""
    monkeypatch.setattr(pdflager, "hent", lambda *_args, **_valg: b"%PDF-en")
    etag = client.get(PLAN_PDF)["ETag"]
    monkeypatch.setattr(pdflager, "hent", lambda *_args, **_valg: b"%PDF-annen")

    svar = client.get(PLAN_PDF, headers={"If-None-Match": etag})

    assert (svar.status_code, svar.content) == (200, b"%PDF-annen")


def test_each_document_is_its_own(plan, client, uten_tegning):
    etager = {client.get(adresse)["ETag"] for adresse in FILNAVN}
    annen = HandlingsplanFactory(kommune__slug="annen")
    etager.add(client.get(f"{annen.get_absolute_url()}plan.pdf")["ETag"])

    assert len(etager) == len(FILNAVN)  # two addresses of the whole; one more plan


@pytest.mark.parametrize("antall", [1, 3])
def test_the_content_costs_the_same_for_one_and_three(
    plan, antall, django_assert_num_queries
):
    omrade = plan.innsatsomrader.get()
    for plassering in PlasseringFactory.create_batch(antall - 1, innsatsomrade=omrade):
        AnsvarFactory(tiltak=plassering.tiltak)

    with django_assert_num_queries(47):
        Utgave(plan).html()


def test_in_nynorsk_where_the_kommune_writes_it(plan):
    plan.kommune.malform = "nn"
    plan.kommune.save()

    with pikepdf.open(BytesIO(tegn(ny(plan, kort=True).oppdrag()))) as dokument:
        assert str(dokument.Root.Lang) == "nn"


# What the version line says -----------------------------------------------------------


def test_how_the_plan_came_to_hold_and_what_changed_since(plan):
    plan.vedtaksform, plan.vedtatt_av = "vedtatt", "kommunestyret"
    plan.vedtatt_dato = date(2024, 6, 19)
    plan.save()
    punkt = plan.kommune.tjenester.get().kontaktpunkter.get()
    punkt.verdi = "64993001"
    with spor(Dor.SKJEMA):
        punkt.save()

    html = " ".join(Utgave(plan).html().split())

    # The plan row and the telephone; what was loaded first is no change.
    assert endret_siden_vedtaket(plan) == 2
    assert "Vedtatt av kommunestyret 19. juni 2024." in html
    assert "2 opplysninger er endret siden planen ble behandlet." in html


def test_the_page_for_an_agenda_says_where_the_plan_is(plan, settings):
    def siste_linje():
        return " ".join(ny(plan, kort=True).html().split())

    assert "står på nettsidene til planen." in siste_linje()
    uten = ny(plan, kort=True).innhold
    settings.SITE_URL = "https://slt.example.org/"
    assert "står på slt.example.org/lillestrom/2024-2028." in siste_linje()
    # Another address makes another document.
    assert ny(plan, kort=True).innhold != uten


def test_the_way_to_the_kommune_is_what_it_has_given(plan):
    plan.innsatsomrader.get().plasseringer.get().tiltak.ansvar.get().delete()
    bare = " ".join(ny(plan).html().split())
    kommune = plan.kommune
    kommune.telefon, kommune.epost = "66 93 80 00", "post@example.org"
    kommune.nettsted = "https://www.example.org/"
    kommune.save()

    alt = " ".join(ny(plan).html().split())

    assert "Ingen åpne kontaktopplysninger i planen. </p>" in bare
    assert "Spør kommunen:" not in bare
    assert (
        'Spør kommunen: <a href="tel:66938000">66 93 80 00</a> · '
        '<a href="mailto:post@example.org">post@example.org</a> · '
        '<a href="https://www.example.org/">example.org</a>.'
    ) in alt


@pytest.mark.parametrize(
    ("hele", "delene", "antall"),
    [
        (False, [False, False], 1),  # said once, for all of it
        (False, [True, False], 1),  # of the part that has none
        (False, [True, True], 0),
        (True, [False, False], 0),
    ],
)
def test_it_is_said_once_that_nobody_can_be_reached(hele, delene, antall, plan):
    tjeneste = plan.kommune.tjenester.get()
    tiltak = plan.innsatsomrader.get().plasseringer.get().tiltak
    if not hele:
        tiltak.ansvar.get().delete()
    for nas in delene:
        del_ = TiltakFactory(plan=plan, overordnet=tiltak)
        if nas:
            AnsvarFactory(tiltak=del_, tjeneste=tjeneste)

    assert ny(plan).html().count("Ingen åpne kontaktopplysninger") == antall


def test_without_a_date_nothing_is_said_about_changes_since(plan):
    assert endret_siden_vedtaket(plan) is None
    assert "Gjeldende plan." in Utgave(plan).html()


def test_it_says_when_the_content_changed_and_not_when_it_was_printed(plan):
    dag = datetime(2024, 3, 5, 12, tzinfo=UTC)
    for modell in apps.get_models():
        if issubclass(modell, Historisert):
            modell.historikk.update(history_date=dag)

    html = Utgave(plan).html()

    assert "Innhold sist endret 5. mars 2024" in html
    assert 'name="dcterms.modified" content="2024-03-05"' in html
    assert f"{datetime.now(UTC):%Y}" not in re.sub("2024–2028|2024-2028", "", html)


def test_a_change_in_another_plan_is_no_change_in_this_one(plan):
    for_ = planen_sist_endret(plan)
    neste = HandlingsplanFactory(
        kommune=plan.kommune, fra_ar=2029, til_ar=2032, status="utkast"
    )
    TiltakFactory(plan=neste)

    assert planen_sist_endret(plan) == for_


# What changes is in the next one ------------------------------------------------------


@trenger("pdftotext")
def test_a_changed_number_is_in_the_next_download(plan, client, tmp_path):
    def numre():
        fil = tmp_path / "ut.pdf"
        vent_til(lambda: client.get(PLAN_PDF).status_code == 200)
        fil.write_bytes(client.get(PLAN_PDF).content)
        return set(re.findall(r"64 99 30 \d\d", lest(fil)))

    for_ = numre()
    punkt = plan.kommune.tjenester.get().kontaktpunkter.get()
    punkt.verdi = "64993001"
    punkt.save()

    assert (for_, numre()) == ({"64 99 30 00"}, {"64 99 30 01"})


def test_what_is_kept_is_not_drawn_again(plan, client, monkeypatch):
    forste = client.get(KORT_PDF).content
    monkeypatch.setattr(Utgave, "oppdrag", None)

    assert client.get(KORT_PDF).content == forste


def test_what_is_saved_while_the_plan_is_read_is_in_it(plan, client, monkeypatch):
    lest_html, html = [], Utgave.html

    def les_og_lagre(utgave):
        ferdig = html(utgave)
        if not lest_html:
            plan.ingress = "Lagret imens"
            plan.save()
        lest_html.append(ferdig)
        return ferdig

    monkeypatch.setattr(Utgave, "html", les_og_lagre)
    monkeypatch.setattr(pdflager, "hent", lambda navn, lag, *, vent: lag() and b"%PDF")

    assert client.get(PLAN_PDF).status_code == 200
    assert ["Lagret imens" in ferdig for ferdig in lest_html] == [False, True]


def test_the_same_content_gives_the_same_bytes(plan, settings):
    """Whatever the process, the time, the time zone and the order of its sets."""
    innhold = ny(plan).oppdrag().som_json()
    ut = []
    for fro, sone in (("1", "Europe/Oslo"), ("2", "Pacific/Auckland")):
        fil = settings.PDF_MAPPE.parent / f"{fro}.pdf"
        subprocess.run(
            [sys.executable, "-m", "slt.grunn.pdf", fil],
            input=innhold,
            env=os.environ | {"PYTHONHASHSEED": fro, "TZ": sone},
            cwd=BASE,
            check=True,
        )
        ut.append(fil.read_bytes())

    assert ut[0] == ut[1]
    assert ut[0].startswith(b"%PDF-1.7")


# The files and the process ------------------------------------------------------------

LITE = _oppdrag("<p>Lite</p>")
# Takes the processor long enough for what is to happen meanwhile.
STORT = _oppdrag("<p>Mange ord om hverandre. </p>" * 2500)


@pytest.fixture
def prosesser(monkeypatch):
    """The processes that are started, in their order; none is left behind."""
    startet, popen = [], subprocess.Popen

    def start(*args, **kwargs):
        startet.append(popen(*args, **kwargs))
        return startet[-1]

    monkeypatch.setattr(pdflager.subprocess, "Popen", start)
    yield startet
    for prosess in startet:
        prosess.kill()
    for traad in threading.enumerate():
        if traad.name.endswith("(_folg)"):
            traad.join()


def hent(navn="a" * 40, oppdrag=LITE, vent=60):
    return pdflager.hent(navn, lambda: oppdrag, vent=vent)


def hent_til_slutt(*args, **kwargs):
    """As somebody who comes back until the one that is being drawn is done."""
    for _gang in range(6000):
        with suppress(PdfUnderArbeid):
            return hent(*args, **kwargs)
        time.sleep(0.01)
    raise AssertionError("it was never done")


def filer(lager):
    """The folder's files, without the locks, the queue, and what the fonts' library
    keeps."""
    return sorted(
        fil.name
        for fil in lager.iterdir()
        if fil.suffix not in {".laas", ".ko"} and fil.is_file()
    )


def vent_til(sant, sekunder=60):
    slutt = time.monotonic() + sekunder
    while not sant():
        assert time.monotonic() < slutt, "it did not happen"
        time.sleep(0.01)


def test_twenty_at_once_are_drawn_for_once(prosesser, lager):
    svar, start = Counter(), threading.Barrier(20)

    def spor_om_det():
        start.wait()
        try:
            svar[hent()[:5]] += 1
        except PdfUnderArbeid:
            svar["senere"] += 1

    traader = [threading.Thread(target=spor_om_det) for _ in range(20)]
    for traad in traader:
        traad.start()
    for traad in traader:
        traad.join()

    # Who made it start waits; the others are told at once, so that somebody is left
    # to serve.
    assert svar == {b"%PDF-": 1, "senere": 19}
    assert len(prosesser) == 1
    assert filer(lager) == [f"{'a' * 40}.pdf"]
    assert hent()[:5] == b"%PDF-"
    assert len(prosesser) == 1


def test_one_document_at_a_time(prosesser):
    with pytest.raises(PdfUnderArbeid):
        hent("a" * 40, STORT, vent=0)
    with pytest.raises(PdfUnderArbeid):
        hent("b" * 40, LITE, vent=0.2)

    assert len(prosesser) == 1


def test_who_does_not_wait_finds_it_later(prosesser, lager):
    with pytest.raises(PdfUnderArbeid):
        hent(vent=0)

    vent_til(lambda: pdflager.bevart("a" * 40))
    assert len(prosesser) == 1


def test_a_process_that_is_killed_leaves_no_file_and_no_lock(
    prosesser, lager, monkeypatch
):
    with pytest.raises(PdfUnderArbeid):
        hent(oppdrag=STORT, vent=0)
    vent_til(lambda: list(lager.glob("arbeid-*/weasyprint-*")))  # it is half-way

    prosesser[0].send_signal(signal.SIGKILL)

    with pytest.raises(PdfFeil):
        hent_til_slutt()
    assert filer(lager) == [f"{'a' * 40}.annet"]
    assert len(prosesser) == 1
    # Once the failure no longer counts, it is drawn as if nothing had been.
    monkeypatch.setitem(pdflager._FEIL, "annet", (PdfFeil, 0))
    monkeypatch.setattr(pdflager, "EN_TIME", 0)
    assert hent_til_slutt()[:5] == b"%PDF-"
    vent_til(lambda: filer(lager) == [f"{'a' * 40}.pdf"])
    vent_til(lambda: list(lager.glob("arbeid-*")) == [])


def test_each_document_has_its_turn_however_often_others_are_asked_for(prosesser):
    """Somebody who asks for one thing after the other does not keep the rest waiting."""
    with pytest.raises(PdfUnderArbeid):
        hent("a" * 40, STORT, vent=0)
    with pytest.raises(PdfUnderArbeid):
        hent("b" * 40, vent=0)  # comes back now and then
    vent_til(lambda: pdflager.bevart("a" * 40))
    prosesser[0].wait()

    for navn in ("c" * 40, "d" * 40):
        for _gang in range(20):
            with pytest.raises(PdfUnderArbeid):
                hent(navn, vent=0)
            time.sleep(0.01)
    assert len(prosesser) == 1
    assert hent_til_slutt("b" * 40)[:5] == b"%PDF-"
    assert hent_til_slutt("c" * 40)[:5] == b"%PDF-"
    assert hent_til_slutt("d" * 40)[:5] == b"%PDF-"


def test_who_does_not_come_back_is_not_waited_for(prosesser, monkeypatch):
    with pytest.raises(PdfUnderArbeid):
        hent("a" * 40, STORT, vent=0)
    with pytest.raises(PdfUnderArbeid):
        hent("b" * 40, vent=0)
    monkeypatch.setattr(pdflager, "GITT_OPP", 0.1)
    vent_til(lambda: pdflager.bevart("a" * 40))

    assert hent_til_slutt("c" * 40)[:5] == b"%PDF-"
    assert pdflager.bevart("b" * 40) is None


def test_without_room_for_a_thread_the_lock_is_let_go(prosesser, monkeypatch):
    def full(traad):
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as forst:
        forst.setattr(threading.Thread, "start", full)
        with pytest.raises(RuntimeError):
            hent()

    assert prosesser[0].returncode is not None
    assert hent_til_slutt()[:5] == b"%PDF-"


def test_a_process_that_hangs_is_ended(lager, python_med, monkeypatch, prosesser):
    python_med("weasyprint", "import time; time.sleep(600)")
    monkeypatch.setattr(pdflager, "HENGER", 0.5)

    with pytest.raises(PdfFeil):
        hent()

    vent_til(lambda: prosesser[0].returncode == -signal.SIGKILL)


def test_a_server_that_is_killed_keeps_no_lock(lager):
    """The server's process dies while it draws; what it started goes on."""
    program = """
        import sys, django
        django.setup()
        from django.conf import settings
        from slt.grunn import pdf, pdflager
        settings.PDF_MAPPE = sys.argv[1]
        oppdrag = pdf.Oppdrag(**__import__("json").load(sys.stdin))
        pdflager.hent("a" * 40, lambda: oppdrag, vent=600)
    """
    server = subprocess.Popen(
        [sys.executable, "-c", re.sub(r"^ {8}", "", program, flags=re.M), lager],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=BASE,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "slt.settings"},
    )
    server.stdin.write(STORT.som_json())
    server.stdin.close()
    vent_til(lambda: list(lager.glob("arbeid-*/weasyprint-*")))  # it is half-way
    server.kill()
    server.wait()

    assert pdflager._laas("tegner") is None
    vent_til(lambda: pdflager.bevart("a" * 40))
    assert hent_til_slutt("b" * 40)[:5] == b"%PDF-"


@pytest.fixture
def python_med(tmp_path, monkeypatch):
    """Makes processes start with a module of this name and text in place of another."""

    def bytt_ut(navn, tekst):
        sti = tmp_path / "moduler"
        sti.mkdir()
        (sti / f"{navn}.py").write_text(tekst)
        monkeypatch.setenv("PYTHONPATH", str(sti))

    return bytt_ut


def test_without_pango_a_page_says_what_to_install(plan, client, python_med):
    python_med("weasyprint", "raise OSError('cannot load library libpango')")

    for _gang in range(2):
        svar = client.get(PLAN_PDF)

        assert (svar.status_code, svar["Retry-After"]) == (503, "60")
        assert "libpangoft2-1.0-0" in svar.text
        assert "text/html" in svar["Content-Type"]


def test_when_it_goes_wrong_a_page_says_so_and_it_is_not_tried_again_at_once(
    plan, client, python_med, prosesser, caplog
):
    python_med("weasyprint", "raise ZeroDivisionError('grunnen')")

    svarene = [client.get(PLAN_PDF) for _gang in range(3)]

    assert [svar.status_code for svar in svarene] == [503] * 3
    assert "Noe gikk galt mens dokumentet ble laget." in svarene[0].text
    assert len(prosesser) == 1
    assert "grunnen" in caplog.text


def test_a_full_disk_leaves_no_broken_file(plan, client, lager, tmp_path, monkeypatch):
    """The process may write 100 kB a file: less than the fonts that it unpacks."""
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nulimit -f 200\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    monkeypatch.setattr(pdflager.sys, "executable", str(python))

    svar = client.get(PLAN_PDF)

    assert svar.status_code == 503
    assert "får ikke lagret dokumentet" in svar.text
    vent_til(lambda: [Path(navn).suffix for navn in filer(lager)] == [".plass"])
    assert list(lager.glob("arbeid-*")) == []


def test_a_folder_that_cannot_be_made_is_said_so(plan, client, settings, tmp_path):
    (tmp_path / "fil").write_text("opptatt")
    settings.PDF_MAPPE = tmp_path / "fil" / "pdf"

    svar = client.get(PLAN_PDF)

    assert svar.status_code == 503
    assert "får ikke lagret dokumentet" in svar.text


def test_who_asks_while_it_is_drawn_gets_a_page_that_waits(
    plan, client, settings, monkeypatch, prosesser
):
    settings.PDF_VENT = 0
    monkeypatch.setattr(Utgave, "oppdrag", lambda utgave: STORT)

    svar = client.get(PLAN_PDF)

    assert (svar.status_code, svar["Retry-After"]) == (503, "2")
    assert svar["Cache-Control"] == "no-store"
    assert "<h1" in svar.text
    assert "Dokumentet lages" in svar.text
    assert '<meta http-equiv="refresh" content="2">' in svar.text
    assert 'data-sekunder="2"' in svar.text
    assert plan.get_absolute_url() in svar.text
    svar = client.head(PLAN_PDF)  # what the page's script asks
    assert (svar.status_code, svar["Retry-After"], svar.content) == (503, "2", b"")


def test_an_expected_wait_is_no_error_in_the_log(
    plan, client, settings, monkeypatch, prosesser, caplog
):
    settings.PDF_VENT = 0
    monkeypatch.setattr(Utgave, "oppdrag", lambda utgave: STORT)

    client.get(PLAN_PDF)

    assert [rad for rad in caplog.records if rad.levelname == "ERROR"] == []


def test_the_folder_is_bounded_in_number_and_bytes(lager, settings):
    lager.mkdir()
    for nummer in range(6):
        fil = lager / f"{nummer}.pdf"
        fil.write_bytes(b"x" * 400_000)
        os.utime(fil, (nummer, nummer))

    settings.PDF_ANTALL = 4
    pdflager._rydd(lager)
    etter_antall = filer(lager)
    settings.PDF_MEGABYTE = 1
    pdflager._rydd(lager)
    etter_bytes = filer(lager)
    settings.PDF_MEGABYTE = settings.PDF_ANTALL = 0
    pdflager._rydd(lager)

    assert etter_antall == ["2.pdf", "3.pdf", "4.pdf", "5.pdf"]
    assert etter_bytes == ["4.pdf", "5.pdf"]
    assert filer(lager) == ["5.pdf"]


def test_what_nobody_asks_for_is_thrown_away_first(lager, settings):
    for navn in "ab":
        hent_til_slutt(navn * 40)
        os.utime(lager / f"{navn * 40}.pdf", (1, 1 + ord(navn)))
    settings.PDF_ANTALL = 1

    assert pdflager.bevart("a" * 40)
    pdflager._rydd(lager)

    assert filer(lager) == [f"{'a' * 40}.pdf"]


def test_the_folder_may_be_thrown_away_at_any_time(lager):
    forste = hent()
    shutil.rmtree(lager)

    assert hent_til_slutt() == forste


def test_strangers_on_the_machine_cannot_read_drafts(lager):
    lager.mkdir(mode=0o755)  # by whoever operates the site

    hent()

    assert [
        navn for navn in filer(lager) if (lager / navn).stat().st_mode & 0o077
    ] == []


def test_the_folder_is_made_for_the_sites_user_alone(lager):
    hent()

    assert lager.stat().st_mode & 0o077 == 0


def test_the_process_is_told_no_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hemmelig")
    monkeypatch.setenv("DATABASE_URL", "postgres://u:p@h/n")
    monkeypatch.setenv("FONTCONFIG_FILE", "/etc/fonts")

    miljo = pdflager._miljo()

    assert {"SECRET_KEY", "DATABASE_URL"} & set(miljo) == set()
    assert miljo["FONTCONFIG_FILE"] == "/etc/fonts"


def test_a_new_version_of_the_program_draws_anew(settings, tmp_path):
    for navn in ("slt", "tiltak", "locale", "templates/tiltak/pdf"):
        (tmp_path / navn).mkdir(parents=True)
    settings.BASE_DIR, settings.DEBUG = tmp_path, True
    for_ = pdflager.nokkel("samme")

    (tmp_path / "templates/tiltak/pdf/plan.html").write_text("ny")

    assert pdflager.nokkel("samme") != for_


# Bad input ----------------------------------------------------------------------------


@pytest.fixture
def fristelse(tmp_path):
    """A server and a file that a document may try to fetch; gives their addresses and
    the list of what was asked for."""
    spurt = []

    class Svar(BaseHTTPRequestHandler):
        def do_GET(self):
            spurt.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    fil = tmp_path / "hemmelig.svg"
    fil.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><text y="9">HEMMELIG</text></svg>'
    )
    tjener = HTTPServer(("127.0.0.1", 0), Svar)
    threading.Thread(target=tjener.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{tjener.server_port}/", fil.as_uri(), spurt
    tjener.shutdown()


FORSOK = [
    '<img src="{0}">',
    '<link rel="stylesheet" href="{0}">',
    '<link rel="attachment" href="{0}">',
    '<a rel="attachment" href="{0}">les</a>',
    "<style>@import url('{0}');</style>",
    "<style>p {{ background: url('{0}') }}</style>",
    "<style>@font-face {{ font-family: x; src: url('{0}') }} p {{ font-family: x }}</style>",
    '<p style="background-image: url({0})">p</p>',
    "<p style=\"content: url('{0}')\">p</p>",
    '<object data="{0}">o</object>',
    '<embed src="{0}">',
    '<iframe src="{0}"></iframe>',
    '<video poster="{0}"></video>',
    '<svg width="9" height="9"><image href="{0}"/><use href="{0}#a"/></svg>',
    '<base href="{0}"><img src="x.svg">',
    '<meta http-equiv="refresh" content="0; url={0}">',
    "<script>fetch('{0}')</script>",
]


@pytest.mark.parametrize("forsok", FORSOK)
def test_the_renderer_fetches_nothing_but_the_projects_own_files(forsok, fristelse):
    nett, fil, spurt = fristelse
    adresser = [nett, fil, f"{pdf.STATISK}../../../etc/passwd", "/etc/passwd"]
    if "@import" in forsok:
        adresser.pop()  # of a style sheet without address, WeasyPrint makes an error
    side = _oppdrag("<p>Ord</p>" + "".join(forsok.format(a) for a in adresser))

    sider = sett(side)

    assert spurt == []
    assert "HEMMELIG" not in "".join(_tekster(sider.pages))
    with pikepdf.open(BytesIO(skriv(sider))) as dokument:
        assert list(dokument.attachments) == []


def _tekster(sider):
    return [
        boks.text
        for side in sider
        # The first child is the page's text; the others are its head and foot.
        for boks in side._page_box.children[0].descendants()
        if type(boks).__name__ == "TextBox"
    ]


def test_what_people_typed_stands_as_they_typed_it(plan, fristelse):
    nett, fil, spurt = fristelse
    html = f'<img src="{nett}"><script>x()</script><style>p{{color:red}}</style> & <b'
    tiltak = plan.innsatsomrader.get().plasseringer.get().tiltak
    tiltak.tittel = tiltak.kontakt_merknad = html[:200]
    tiltak.tekst = (
        f'<p>Ord</p><img src="{fil}"><p style="background:url({nett})">Mer</p>'
    )
    tiltak.save()
    tjeneste = plan.kommune.tjenester.get()
    tjeneste.navn, tjeneste.tekst = html[:120], html
    tjeneste.save()
    KontaktpunktFactory(
        tjeneste=tjeneste, type="fremgangsmate", verdi=html, etikett="</title>{{ x }}"
    )
    KapittelFactory(plan=plan, tittel=html[:120], tekst=f"<p>{html}</p><h4>Under</h4>")
    plan.tittel, plan.ingress = "</title><h1>{% now 'Y' %}", html
    plan.save()

    dokument = sett(ny(plan).oppdrag())

    assert spurt == []
    alt = tett("".join(_tekster(dokument.pages)))
    assert alt.count(tett("<script>x()</script>")) >= 4
    assert tett("</title><h1>{% now 'Y' %}") in alt
    assert "{{x}}" in alt
    assert dokument.metadata.title.startswith("</title><h1>{% now")


def maal_av(plan):
    return _maal(sett(ny(plan).oppdrag()))


@pytest.mark.parametrize(
    "tekst",
    [
        "Ord og flere ord som forebygger. " * 625,
        "x" * 5_000,
        "å č ŋ العربية 漢字 " * 1_250,
    ],
)
def test_a_tiltak_with_20_000_characters(tekst, plan):
    tiltak = plan.innsatsomrader.get().plasseringer.get().tiltak
    tiltak.tekst = f"<p>{tekst}</p>"
    tiltak.save()
    neste = PlasseringFactory(innsatsomrade=plan.innsatsomrader.get())

    dokument = sett(ny(plan).oppdrag())

    maal = _maal(dokument)
    alt = tett("".join(_tekster(dokument.pages)))
    assert tett(tekst) in alt
    assert tett(neste.tiltak.tittel) in alt
    assert maal["utenfor"] == []
    # It begins below the heading of its area, not on a page of its own.
    assert [fylt for fylt in maal["sider"][:-1] if fylt < 0.15] == []


def test_a_tiltak_with_nothing_but_a_title(plan):
    PlasseringFactory(
        innsatsomrade=plan.innsatsomrader.get(), tiltak__tittel="Bare et navn"
    )

    with pikepdf.open(BytesIO(tegn(ny(plan).oppdrag()))) as dokument:
        assert [e for e in av_slag(dokument, "/Table") if not len(e.K)] == []
    assert "Ansvar: ikke avklart." in ny(plan).html()


def test_a_tjeneste_with_30_contact_points(plan):
    tjeneste = plan.kommune.tjenester.get()
    for nummer in range(30):
        KontaktpunktFactory(
            tjeneste=tjeneste,
            verdi=f"{46000000 + nummer}",
            etikett=f"Vakttelefon nummer {nummer}",
            instruks="Be om den som har vakt. " * (nummer % 3),
        )

    dokument = sett(ny(plan).oppdrag())

    alt = tett("".join(_tekster(dokument.pages)))
    # Once at the tiltak and once in the register.
    assert [n for n in range(30) if alt.count(f"{46000000 + n}") != 2] == []
    assert _maal(dokument)["utenfor"] == []


def test_names_as_long_as_they_may_be(plan):
    plan.tittel, plan.utarbeidet_av = "Forebyggingsplan" * 12, "Samordning" * 40
    plan.save()
    tiltak = plan.innsatsomrader.get().plasseringer.get().tiltak
    tiltak.tittel = "Rusmiddelforebyggingskoordinering" * 6
    tiltak.save()
    InnsatsomradeFactory(plan=plan, navn="W" * 120, kortnavn="W" * 20)
    tjeneste = plan.kommune.tjenester.get()
    tjeneste.navn, tjeneste.kortnavn = "Ungdomshelse" * 10, "M" * 20
    tjeneste.save()
    KontaktpunktFactory(
        tjeneste=tjeneste, type="nett", verdi=f"https://example.org/{'w' * 270}"
    )

    assert maal_av(plan)["utenfor"] == []


def test_a_plan_with_nothing_in_it(kommune):
    plan = HandlingsplanFactory(kommune=kommune)

    for hvilken in ({}, {"kort": True}):
        with pikepdf.open(BytesIO(tegn(ny(plan, **hvilken).oppdrag()))) as dokument:
            tabeller = av_slag(dokument, "/Table")
            assert [e for e in tabeller if "/TD" not in slagene(dokument, e)] == []


def slagene(dokument, rot):
    return {str(e.S) for e, _over in elementer(dokument, rot)}


def test_the_page_for_an_agenda_is_one_page_whatever_the_plan(plan):
    plan.tittel, plan.ingress = "Lang tittel " * 16, "Mange ord om planen. " * 200
    plan.save()
    for nummer in range(8):
        omrade = InnsatsomradeFactory(plan=plan, navn=f"Forebygge mye {nummer} " * 6)
        for plassering in PlasseringFactory.create_batch(3, innsatsomrade=omrade):
            plassering.tiltak.tittel = "Et nytt tiltak med et langt navn " * 6
            plassering.tiltak.nytt, plassering.tiltak.status = True, "planlagt"
            plassering.tiltak.save()
    for nummer in range(9):
        Malsetting.objects.create(
            plan=plan, type="visjon", tekst=f"Vi vil {nummer} " * 60
        )

    dokument = sett(ny(plan, kort=True).oppdrag())

    alt = tett("".join(_tekster(dokument.pages)))
    assert len(dokument.pages) == 1
    assert tett("og 14 til") in alt  # 24 new ones, room for 10
    assert tett("Hele planen") in alt  # the last line: nothing was cut off


def test_headings_in_rich_text_fit_in_whatever_level_they_begin_at(plan):
    KapittelFactory(
        plan=plan, tekst="<h4>Først</h4><p>x</p><h3>Så</h3><h4>Under</h4><h3></h3>"
    )
    tiltak = plan.innsatsomrader.get().plasseringer.get().tiltak
    tiltak.tekst = "<h4>Dypt</h4><p>Ord</p><h3>Høyt</h3>"
    tiltak.save()

    html = ny(plan).html()

    for overskrift in (
        "<h3>Først</h3>",
        "<h3>Så</h3>",
        "<h4>Under</h4>",
        "<h4>Dypt</h4>",
        "<h4>Høyt</h4>",
    ):
        assert overskrift in html


def test_bold_words_in_a_link_are_one_link(plan):
    KapittelFactory(
        plan=plan,
        tekst='<p><a href="https://example.org/">Les <strong>mer</strong> her</a></p>',
    )

    with pikepdf.open(BytesIO(tegn(ny(plan).oppdrag()))) as dokument:
        ut = [
            a.objgen
            for _side, a in lenker(dokument)
            if "/A" in a and "example" in str(a.A.URI)
        ]
        i_treet = [
            barn.Obj.objgen
            for e, _over in elementer(dokument)
            if e.S == "/Link"
            for barn in e.K
            if isinstance(barn, pikepdf.Dictionary) and barn.get("/Type") == "/OBJR"
        ]
    assert len(ut) == 1
    assert i_treet.count(ut[0]) == 1


def test_a_tiltak_with_two_places_stands_in_full_at_one(plan):
    vold = plan.innsatsomrader.get().plasseringer.get()
    annet = InnsatsomradeFactory(plan=plan, navn="Netthat", kortnavn="Hat")
    PlasseringFactory(innsatsomrade=annet, tiltak=vold.tiltak, hoved=False)

    hele_planen = " ".join(ny(plan).html().split())
    bare_hat = " ".join(ny(plan, innsatsomrade=annet.slug).html().split())

    assert hele_planen.count('class="tiltak"') == bare_hat.count('class="tiltak"') == 1
    assert "se Vold 1</a>" in hele_planen
    assert "Hat 1" in bare_hat


# The command --------------------------------------------------------------------------


def test_the_command_writes_the_plan_in_force_or_a_part(plan, tmp_path):
    for valg in ([], ["--kort"], ["--innsatsomrade=vold"], ["--periode=2024-2028"]):
        fil = tmp_path / "ut.pdf"
        call_command("lag_pdf", "lillestrom", *valg, ut=fil, stdout=StringIO())

        assert fil.read_bytes().startswith(b"%PDF")
        fil.unlink()


def test_the_command_says_that_somebody_saved_meanwhile(plan, monkeypatch):
    html = Utgave.html

    def les_og_lagre(utgave):
        ferdig = html(utgave)
        plan.tittel += " (ny)"
        plan.save()
        return ferdig

    monkeypatch.setattr(Utgave, "html", les_og_lagre)

    with pytest.raises(CommandError, match="imens"):
        call_command("lag_pdf", "lillestrom")


@pytest.mark.parametrize(
    "valg",
    [
        ["finnes-ikke"],
        ["lillestrom", "--periode=2020-2023"],
        ["lillestrom", "--periode=tull"],
        ["lillestrom", "--tjeneste=finnes-ikke"],
        ["lillestrom", "--ut=/finnes/ikke/ut.pdf"],
    ],
)
def test_the_command_says_what_is_wrong(valg, plan, monkeypatch):
    monkeypatch.setattr("tiltak.management.commands.lag_pdf.tegn", lambda _: b"%PDF")

    with pytest.raises(CommandError):
        call_command("lag_pdf", *valg)
