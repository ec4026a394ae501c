"""The plan as PDF: what is in it, how it looks and how it is built, whatever people wrote.

Lillestrøm's plan is drawn once for the whole run; see tests.dokumenter.
"""

import json
import re
import shutil
import subprocess
import threading
from collections import Counter
from datetime import UTC, date, datetime
from hashlib import sha256
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
from django.apps import apps
from django.db import connection
from weasyprint import HTML

from slt.grunn import pdf
from slt.grunn.historikk import Dor, Historisert, spor
from slt.grunn.pdf import ombrekk, skriv, tegn
from tests.dokumenter import mal_opp, tegnet
from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TiltakFactory,
    TjenesteFactory,
    gi_status,
)
from tests.tiltak import fasit_lillestrom as fasit
from tests.tiltak.pdf.conftest import (
    lest,
    ny,
    oppdrag_av,
    trenger,
)
from tiltak.dokument import Utgave
from tiltak.endringer import planen_sist_endret
from tiltak.models import Handlingsplan, Malsetting
from tiltak.siden import Siden

# Also where no test asks for it: the plan is loaded outside of them.
pytestmark = pytest.mark.django_db


# Lillestrøm's plan, drawn once --------------------------------------------------------

UTGAVER = ["hele", "kort", "omrade", "tjeneste"]


@pytest.fixture(scope="session")
def mappe(dokumentmappe):
    """A folder with each of UTGAVER as NAME.pdf and NAME.json (see `mal_opp`)."""
    for navn in UTGAVER:
        tegnet(dokumentmappe, f"lillestrom/nb/{navn}")
    return dokumentmappe / "lillestrom/nb"


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


def tett(tekst):
    """Without white space and hyphens: lines break where there is room."""
    return re.sub(r"[\s\u00ad-]", "", tekst).lower()


# What is in it ------------------------------------------------------------------------


@pytest.fixture(scope="session")
def rammer(mappe, tekst):
    """{(slug of the innsatsområde, number): what its box says}, without white space."""
    titler = json.loads((mappe / "../titler.json").read_text())
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
        "1 planlagt",
        "1 under innføring",
        "1 uten avklart ansvar",
    ):
        assert tett(bit) in innhold
    # As the front page of the plan: the deltiltak too, by the label of its tiltak.
    liste = innhold.partition(tett("Nytt i denne planen"))[2]
    liste = liste.partition(tett("Ikke i vanlig drift"))[0]
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
        *((fasit.UNGDOM, n) for n in (12, 13, 20)),
        (fasit.VOLD, 1),
        (fasit.HAT, 3),
    }
    assert tett("Spør kommunen: lillestrom.kommune.no.") in rammer[fasit.VOLD, 1]


# How it looks -------------------------------------------------------------------------


# How many tiltak have a box in each.
BOKSER = {"hele": 47, "kort": 0, "omrade": 10, "tjeneste": 7}


@pytest.fixture(scope="session", params=UTGAVER)
def malt(request, mappe):
    malt = json.loads((mappe / f"{request.param}.json").read_text())
    return malt | {"navn": request.param}


def test_no_page_is_nearly_empty(malt):
    assert malt["sider"]
    # Where the whole document ends is as it comes.
    assert [n for n, fylt in enumerate(malt["sider"][:-1], 1) if fylt < 0.2] == []


def test_a_line_that_reaches_out_of_its_box_is_seen():
    ut = '<div style="width: 20mm; white-space: nowrap"><p>Ord som ikke får plass</p></div>'

    assert mal_opp(ombrekk(oppdrag_av(ut)))["utenfor"] == ["Ord som ikke får plass"]


def test_no_line_reaches_out_of_its_box(malt):
    assert malt["utenfor"] == []


def test_no_page_but_the_last_of_a_part_is_more_than_a_third_empty(malt):
    fulle = [n for n in range(1, len(malt["sider"]) + 1) if n not in malt["deler"]]

    assert len(malt["deler"]) == {"hele": 8}.get(malt["navn"], 1)
    assert [(n, f) for n in fulle if (f := malt["sider"][n - 1]) < 0.66] == []


def test_boxes_break_but_their_tables_do_not(malt):
    assert malt["tiltak"] == BOKSER[malt["navn"]]
    assert malt["tabeller"] >= 2 * malt["tiltak"] - 10  # not all can be reached
    assert malt["revne_tabeller"] == []
    # Else the rest of this would say nothing.
    assert bool(malt["revet"]) == (malt["navn"] != "kort")


def test_no_heading_is_the_last_line_of_its_page(malt):
    assert malt["alene"] == []


def test_neither_is_one_above_figures(dokumentmappe):
    fil = tegnet(dokumentmappe, "lillestrom/nb/kunnskap").with_suffix(".json")

    malt = json.loads(fil.read_text())

    assert len(malt["sider"]) > 10
    assert malt["alene"] == []
    assert [n for n, fylt in enumerate(malt["sider"][:-1], 1) if fylt < 0.5] == []


def test_a_heading_at_the_foot_of_its_page_is_seen():
    fyll, tabell = '<div style="height: 250mm">Ord</div>', "<tr><th>x</th></tr>" * 9

    def alene(hode):
        return mal_opp(ombrekk(oppdrag_av(f"{fyll}{hode}")))["alene"]

    assert alene('<h2 style="break-after: auto">Tall</h2><p>Ord</p><p>Ord</p>') == [
        "Tall"
    ]
    bryt = "break-after: auto; padding-bottom: 2mm"
    assert alene(f'<table><caption style="{bryt}">Tall</caption>{tabell}</table>') == [
        "Tall"
    ]


def test_norwegian_words_are_hyphenated():
    ord_ = "kriminalitetsforebyggingssamordning"

    sider = ombrekk(oppdrag_av(f'<div style="width: 30mm"><p>{ord_}</p></div>')).pages

    linjer = _linjer(sider)
    assert len(linjer) > 1
    assert all(linje.endswith("-") for linje in linjer[:-1])
    assert "".join(linje.rstrip("-") for linje in linjer) == ord_


@pytest.mark.parametrize(
    "adresse",
    [
        "https://www.lillestrom.kommune.no/forebyggingsarbeid/kriminalitetsforebygging",
        "lillestrom.kommune.no/rusmiddelforebygging/ungdomskontakten",
        "kriminalitetsforebyggingskoordinator@lillestrom.kommune.no",
    ],
)
@pytest.mark.parametrize(
    "rundt", ["{}", "({})", '<a href="https://a.no/">{}</a>', "<em>Se</em> {}"]
)
def test_an_address_gets_no_hyphen_where_a_line_ends(rundt, adresse):
    ord_ = "kriminalitetsforebyggingssamordning"
    innhold = f"{rundt.format(adresse)} {ord_}"

    sider = ombrekk(
        oppdrag_av(f'<div style="width: 30mm"><p>{innhold}</p></div>')
    ).pages

    linjer = [linje.strip() for linje in _linjer(sider, "p", "span", "em")]
    assert len(linjer) > 4
    alt = "".join(linjer)
    assert adresse in alt
    assert ord_ not in alt  # words are still hyphenated
    assert ord_ in alt.replace("-", "")


@pytest.mark.parametrize("rundt", ["{}", '<a href="mailto:a@b.no">{}</a>'])
def test_a_line_ends_after_the_sign_in_an_address(rundt):
    navn, vert = "forebyggingskoordinator@", "kommunen.kommune.no"

    sider = ombrekk(
        oppdrag_av(f'<p style="width: 65mm">Skriv til {rundt.format(navn + vert)}</p>')
    ).pages

    linjer = [linje for linje in _linjer(sider, "span") if linje.strip("\u200b")]
    assert linjer == ["Skriv til ", navn, vert]


def _linjer(sider, *slag):
    return [
        boks.text
        for side in sider
        for boks in side._page_box.descendants()
        if type(boks).__name__ == "TextBox" and boks.element_tag in {"p", *slag}
    ]


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
    tegnet = []
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
                        tegnet.append(merker[egenskaper[0].MCID].objgen)
        assert apne == []
    assert tegnet
    assert set(tegnet) <= i_treet


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
    assert "Øverst: Styrende nivå (Politirådet)." in alternativer[0]
    assert "universell 13, selektiv 16, indikativ 14" in alternativer[1]
    for figur in figurer:
        x1, y1, x2, y2 = map(float, figur.A.BBox)
        assert 0 < x1 < x2 < 596
        assert 0 < y1 < y2 < 842


def test_tables_say_which_cells_are_headers(hver):
    tabeller = av_slag(hver, "/Table")
    assert tabeller
    for tabell in tabeller:
        celler = [(e, str(e.S)) for e, _over in elementer(hver, tabell)]
        overskrifter = [e for e, slag in celler if slag == "/TH"]
        assert {slag for _e, slag in celler} >= {"/TH", "/TD"}
        assert {str(e.A.get("/Scope")) for e in overskrifter} <= {"/Row", "/Column"}
        id_er = {str(e.ID) for e in overskrifter}
        for celle, slag in celler:
            if slag == "/TD":
                assert celle.A.Headers
                assert {str(h) for h in celle.A.Headers} <= id_er


def test_nothing_in_the_tree_is_empty(hver):
    alle = list(elementer(hver))
    tomme = [
        str(e.S)
        for e, _over in alle
        if len(e.get("/K", [])) == 0 and str(e.S) not in {"/Sect", "/NonStruct", "/Div"}
    ]

    assert len(alle) > 20
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
    titler = json.loads((mappe / "../titler.json").read_text())
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


# What the version line says -----------------------------------------------------------


@pytest.mark.parametrize(
    ("hva", "antall"),
    [
        (lambda plan, tjeneste: plan.kommune, 0),  # no reader sees which domains it has
        (lambda plan, tjeneste: TjenesteFactory(kommune=plan.kommune), 0),
        (
            lambda plan, tjeneste: KontaktpunktFactory(
                tjeneste=tjeneste, synlighet="koordinator"
            ),
            0,
        ),
        (lambda plan, tjeneste: plan, 1),
        (lambda plan, tjeneste: tjeneste, 1),
        (lambda plan, tjeneste: plan.innsatsomrader.get(), 1),
    ],
)
def test_what_counts_as_changed_since_it_was_adopted(hva, antall, plan):
    rad = hva(plan, plan.kommune.tjenester.get())
    plan.status, plan.vedtatt_dato = "gjeldende", date(2024, 6, 19)
    plan.vedtaksform = "vedtatt"
    plan.save()
    assert str(Siden(plan)) == ""
    for felt, verdi in (("ansattdomener", "a.no"), ("ingress", "Ny"), ("navn", "Ny")):
        if hasattr(rad, felt):
            setattr(rad, felt, verdi)
            break
    else:
        rad.verdi = "40000000"

    with spor(Dor.SKJEMA):
        rad.save()

    siden = Siden(plan)
    assert siden.antall_endringer + siden.antall_rettelser == antall


def test_how_the_plan_came_to_hold_and_what_changed_since(plan):
    plan.vedtaksform, plan.vedtatt_av = "vedtatt", "kommunestyret"
    plan.vedtatt_dato = date(2024, 6, 19)
    plan.save()
    punkt = plan.kommune.tjenester.get().kontaktpunkter.get()
    punkt.verdi = "64993001"
    with spor(Dor.SKJEMA):
        punkt.save()

    html = " ".join(Utgave(plan).html().split())

    # The telephone; what was loaded first is no change.
    assert str(Siden(plan)) == "1 rettelse"
    assert "Vedtatt av kommunestyret 19. juni 2024." in html
    assert "1 rettelse siden planen ble behandlet." in html


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
        'Spør kommunen: <a href="tel:+4766938000">66 93 80 00</a> · '
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
    assert str(Siden(plan)) == ""
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
    # It hears who asks.
    innom = HTTPConnection(*tjener.server_address)
    innom.request("GET", "/innom")
    assert innom.getresponse().status == 200
    innom.close()
    assert spurt == ["/innom"]
    spurt.clear()
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
    side = oppdrag_av("<p>Ord</p>" + "".join(forsok.format(a) for a in adresser))

    sider = ombrekk(side)

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

    dokument = ombrekk(ny(plan).oppdrag())

    assert spurt == []
    alt = tett("".join(_tekster(dokument.pages)))
    assert alt.count(tett("<script>x()</script>")) >= 4
    assert tett("</title><h1>{% now 'Y' %}") in alt
    assert "{{x}}" in alt
    assert dokument.metadata.title.startswith("</title><h1>{% now")


def malt_opp(plan):
    return mal_opp(ombrekk(ny(plan).oppdrag()))


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

    dokument = ombrekk(ny(plan).oppdrag())

    malt = mal_opp(dokument)
    alt = tett("".join(_tekster(dokument.pages)))
    assert tett(tekst) in alt
    assert tett(neste.tiltak.tittel) in alt
    assert malt["utenfor"] == []
    # It begins below the heading of its area, not on a page of its own.
    assert [fylt for fylt in malt["sider"][:-1] if fylt < 0.15] == []


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

    dokument = ombrekk(ny(plan).oppdrag())

    alt = tett("".join(_tekster(dokument.pages)))
    # Once at the tiltak and once in the register.
    assert [n for n in range(30) if alt.count(f"{46000000 + n}") != 2] == []
    assert mal_opp(dokument)["utenfor"] == []


def test_a_long_table_of_contacts_leaves_no_page_empty(plan):
    tiltak = plan.innsatsomrader.get().plasseringer.get().tiltak
    for _nummer in range(40):
        KontaktpunktFactory(tjeneste=AnsvarFactory(tiltak=tiltak).tjeneste)

    malt = malt_opp(plan)

    assert len(malt["revne_tabeller"]) == 1
    assert [n for n, fylt in enumerate(malt["sider"], 1) if fylt < 0.66] == [
        n for n in malt["deler"] if malt["sider"][n - 1] < 0.66
    ]


def test_a_page_says_which_tiltak_goes_on_at_its_top(plan):
    omrade = plan.innsatsomrader.get()
    tiltak = omrade.plasseringer.get().tiltak
    tiltak.tekst = "<p>Ord og mer.</p>" * 120
    tiltak.save()
    PlasseringFactory(innsatsomrade=omrade)

    sider = ombrekk(ny(plan).oppdrag()).pages

    fortsetter = [
        (tiltaket, n)
        for n, side in enumerate(sider)
        for tiltaket in re.findall(r"(\w+ \d) fortsetter", _i_margen(side))
    ]
    midt_i = [n for n, side in enumerate(sider) if _tekster([side])[0] == "Ord og mer."]
    assert len(midt_i) > 1
    assert fortsetter == [("Vold 1", n) for n in midt_i]


def _i_margen(side):
    return "".join(
        boks.text
        for margen in side._page_box.children[1:]
        for boks in margen.descendants()
        if type(boks).__name__ == "TextBox"
    )


# {what people type: what is printed}
EMOJI = {
    "\U0001f468\u200d\U0001f469\u200d\U0001f467": "•",  # joined
    "\U0001f44d\U0001f3fd": "•",  # with the colour of its skin
    "\u2764\ufe0f": "•",
    "\u2764\u200d\U0001f525": "•",
    "\U0001f1f3\U0001f1f4": "•",  # a flag
    "\U0001f3f4\U000e0067\U000e0062\U000e007f": "•",
    "1\ufe0f\u20e3": "•",
    "\U0001f642\U0001f642 \U0001f642": "• •",
    "\U0001f642\u200dog": "•og",
    "1 # * © \u00ad \u2013 Æ": "1 # * © \u00ad \u2013 Æ",
}


@pytest.mark.parametrize("skrevet", EMOJI)
def test_emoji_are_a_plain_sign_wherever_they_stand(skrevet):
    html = (
        f'<title>Om {skrevet}</title><body data-bunn="Om {skrevet}">'
        f'<p>Om {skrevet}<br>{skrevet}</p><a href="https://a.no/{skrevet}">a</a>'
    )

    rot = HTML(string=html).etree_element
    pdf._rydd_tekstene(rot)

    trykt = EMOJI[skrevet]
    assert rot.find(".//title").text == f"Om {trykt}"
    assert rot.find("body").get("data-bunn") == f"Om {trykt}"
    assert "".join(rot.find(".//p").itertext()) == f"Om {trykt}{trykt}"
    assert rot.find(".//a").get("href") == f"https://a.no/{skrevet}"


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

    assert malt_opp(plan)["utenfor"] == []


def test_a_plan_with_nothing_in_it(kommune):
    plan = HandlingsplanFactory(kommune=kommune)

    for hvilken, antall in (({}, 1), ({"kort": True}, 0)):
        with pikepdf.open(BytesIO(tegn(ny(plan, **hvilken).oppdrag()))) as dokument:
            tabeller = av_slag(dokument, "/Table")
            med_celler = ["/TD" in slagene(dokument, e) for e in tabeller]
            assert med_celler == [True] * antall


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

    dokument = ombrekk(ny(plan, kort=True).oppdrag())

    alt = tett("".join(_tekster(dokument.pages)))
    assert len(dokument.pages) == 1
    assert tett("og 14 til") in alt  # 24 new ones, room for 10
    assert tett("Hele planen") in alt  # the last line: nothing was cut off


def test_html_that_came_past_all_doors_is_cleaned_on_its_way_out(plan):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tiltak_tiltak SET tekst = %s WHERE plan_id = %s",
            ["<p onclick='x()'>Ord</p><script>x()</script><h5>Dypt</h5>", plan.pk],
        )

    html = ny(plan).html()

    assert "<p>Ord</p>" in html
    assert re.findall(r"onclick|<script|x\(\)|<h5", html) == []


def test_acute_numbers_of_other_kommuner_stand_in_no_document(plan, nabokommune):
    KontaktpunktFactory(
        tjeneste=TjenesteFactory(kommune=plan.kommune, navn="Egen vakt"), akutt=True
    )
    KontaktpunktFactory(
        tjeneste=TjenesteFactory(kommune=nabokommune, navn="Naboens vakt"), akutt=True
    )

    for utgave in ({}, {"kort": True}):
        html = ny(plan, **utgave).html()
        assert "Egen vakt" in html
        assert "Naboens vakt" not in html


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


@pytest.mark.parametrize("kort", [True, False])
@pytest.mark.parametrize("tittel", ["Planen", "Planen 2024–2028"])
def test_a_document_says_the_period_once_at_its_title(kort, tittel, plan):
    plan.tittel = tittel
    plan.save()

    html = ny(plan, kort=kort).html()

    hode = html[html.index("<header") : html.index("</header>")]
    assert hode.count("2024–2028") == 1
    assert re.search("<title>(.*)</title>", html)[1].count("2024–2028") == 1


def test_a_draft_says_that_it_was_not_dealt_with(plan):
    plan.vedtaksform, plan.vedtatt_av = "etterretning", "politirådet"
    plan.save()
    behandlet = ny(plan).html()
    gi_status(plan, Handlingsplan.Status.UTKAST)

    utkast = ny(plan).html()

    assert behandlet.count("Tatt til etterretning av politirådet") == 2
    assert "Planen er ikke behandlet." not in behandlet
    assert "Tatt til etterretning" not in utkast
    assert utkast.count("Planen er ikke behandlet.") == 1


def test_a_tiltak_with_two_places_stands_in_full_at_one(plan):
    vold = plan.innsatsomrader.get().plasseringer.get()
    annet = InnsatsomradeFactory(plan=plan, navn="Netthat", kortnavn="Hat")
    PlasseringFactory(innsatsomrade=annet, tiltak=vold.tiltak, hoved=False)

    hele_planen = " ".join(ny(plan).html().split())
    bare_hat = " ".join(ny(plan, innsatsomrade=annet.slug).html().split())

    assert hele_planen.count('class="tiltak"') == bare_hat.count('class="tiltak"') == 1
    assert "se Vold 1</a>" in hele_planen
    assert "Hat 1" in bare_hat
