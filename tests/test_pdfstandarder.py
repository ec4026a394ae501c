"""Every document passes PDF/UA-1 and PDF/A-2a, by a validator. A kind of document that is
not tried here is found, and so is a fault in one."""

import json
import pkgutil
import re
import zlib
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from types import ModuleType

import page
import pikepdf
import pydyf
import pytest
from django.conf import settings as innstillinger
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode
from django.urls import path
from pikepdf import Array, Dictionary, Name, String

from slt.felles.dokument import Dokument
from slt.grunn import pdf
from tests.dokumenter import DOKUMENTER, Spurt, navn_pa, tegnet
from tests.test_konsistens import APPER, ruter
from tests.tiltak.pdf.conftest import oppdrag_av
from tiltak.dokument import Utgave, rik_trykk

# Also where no test asks for it: the documents are asked for outside of them.
pytestmark = [pytest.mark.en_gang, pytest.mark.django_db]

UA, A = page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A


def brudd(innhold):
    """{(rule, what is wrong)} of a document in bytes, by both standards."""
    rapporter = [page.validate_pdf_bytes(innhold, profile=p) for p in (UA, A)]
    assert all(r.rules.total > 100 for r in rapporter)
    funn = {(f.rule_id, f.message) for r in rapporter for f in r.failures}
    assert all(r.is_compliant for r in rapporter) == (not funn)
    return funn


# They pass ----------------------------------------------------------------------------


@pytest.mark.parametrize("navn", DOKUMENTER)
def test_every_document_passes_both_standards(navn, dokumentmappe):
    innhold = tegnet(dokumentmappe, navn).read_bytes()

    assert brudd(innhold) == set()
    with pikepdf.open(BytesIO(innhold)) as dokument:
        assert str(dokument.Root.Lang) == navn.split("/")[1]


def test_italics_are_drawn_as_such():
    innhold = pdf.tegn(oppdrag_av("<h1>Hode</h1><p>Et <em>skrått</em> ord.</p>"))

    assert brudd(innhold) == set()
    with pikepdf.open(BytesIO(innhold)) as dokument:
        skrifter = {
            str(ting.BaseFont).partition("+")[2]
            for ting in dokument.objects
            if isinstance(ting, Dictionary) and ting.get("/Subtype") == Name.Type0
        }
    assert {"Inter", "Inter-Italic"} <= skrifter
    assert not [navn for navn in skrifter if "Oblique" in navn]


RAD = "<tr><td>2024</td><td>En</td><td>To</td></tr>"
TABELL = (
    "<table><tr><th rowspan=2></th><th colspan=2>Antall</th></tr>"
    f"<tr><th>Gutter</th><th>Jenter</th></tr>{RAD}<tr><th>2025</th><td rowspan=2>"
    "<ul><li>En</li></ul></td><td></td></tr><tr><td>2026</td><td>To</td></tr></table>"
)
RIK_TEKST = {
    "paragraphs in a list": "<ul><li><p>En</p><p>To</p></li></ul>",
    "a list in a list": "<ol><li><p>En</p><ul><li><p>To</p></li></ul></li></ol>",
    "words around a list": "<ul><li>En<ul><li>To</li></ul>Tre</li></ul>",
    "words around a quote": "<ul><li>En<blockquote>To</blockquote>Tre</li></ul>",
    "a heading in a list": "<ul><li><p>En</p><h2>To</h2><p>Tre</p></li></ul>",
    "empty items": "<ul><li><p></p></li><li></li></ul>",
    "a long item": f"<ul><li><p>{'ord ' * 1500}</p></li></ul>",
    "bold in a link": '<p><a href="https://a.no/">En <strong>to</strong></a></p>',
    "an address in bold": "<p><strong>Se a.no</strong> eller post@a.no, a.no.</p>",
    "an address in a link": '<p><a href="https://a.no/">https://a.no/b</a></p>',
    "joined emoji": "<p>Hei \U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f</p>",
    "a table": rik_trykk(TABELL, niva=3),
    "a table on several pages": rik_trykk(TABELL.replace(RAD, 90 * RAD), niva=3),
    "headings of every level": rik_trykk(
        "<h3>A</h3><h4>B</h4><h5>C</h5><p>D</p>", niva=2
    ),
    "a long link": f'<p><a href="https://a.no/">{"ord " * 90}</a></p>',
}


@pytest.mark.parametrize("tekst", RIK_TEKST.values(), ids=RIK_TEKST)
def test_what_the_editor_lets_people_write_passes(tekst):
    assert brudd(pdf.tegn(oppdrag_av(f"<h1>Hode</h1>{tekst}"))) == set()


# None is left out ---------------------------------------------------------------------


@pytest.fixture
def spurt(dokumentmappe):
    """What the documents that are tried came of."""
    return [
        Spurt(**json.loads((dokumentmappe / f"{navn}.spurt").read_text()))
        for navn in DOKUMENTER
    ]


# Hands out what was drawn earlier, byte by byte.
FROSNE = {"tiltak:dokument_pdf"}
# Pages that begin to draw what their buttons will keep.
BEGYNNER = {"evaluering:evaluering_ferdig", "evaluering:rapport_ferdig"}


def adresser():
    navnene = {navn for navn, url, _view in ruter() if url.endswith(".pdf")}
    assert navnene > FROSNE
    return navnene - FROSNE


def maler():
    """Templates of documents: they build on the base of all, and nothing on them."""
    grunnlag = {
        mal.relative_to(mappe).as_posix(): _grunnlag(mal.relative_to(mappe).as_posix())
        for mappe in innstillinger.TEMPLATES[0]["DIRS"]
        for mal in mappe.rglob("*.html")
    }
    dokumenter = {"pdf/dokument.html"}
    while nye := {m for m in grunnlag if grunnlag[m] in dokumenter} - dokumenter:
        dokumenter |= nye
    return dokumenter - set(grunnlag.values())


def _grunnlag(mal):
    utvider = get_template(mal).template.nodelist.get_nodes_by_type(ExtendsNode)
    return utvider[0].parent_name.var if utvider else None


def slag():
    """{name: class} of all that answers as a Dokument."""
    svarer_til = {navn for navn in vars(Dokument) if not navn.startswith("_")}
    return {
        navn_pa(klasse): klasse
        for klasse in _klasser()
        if svarer_til <= {*dir(klasse), *_felt(klasse)} and klasse is not Dokument
    }


def _felt(klasse):
    return getattr(klasse, "__dataclass_fields__", {})


def _klasser():
    for app in APPER:
        pakke = import_module(app)
        for modul in pkgutil.walk_packages(pakke.__path__, f"{app}."):
            if ".migrations" not in modul.name:
                for ting in vars(import_module(modul.name)).values():
                    if isinstance(ting, type):
                        yield ting


def valg():
    """{(class, field)} of what may tell two documents of a kind from each other."""
    return {(navn, felt) for navn, klasse in slag().items() for felt in _felt(klasse)}


def test_every_address_of_a_document_is_tried(spurt):
    assert adresser() | BEGYNNER == {s.view for s in spurt}


def test_every_template_of_a_document_is_tried(spurt):
    assert maler() - {mal for s in spurt for mal in s.maler} == set()


def test_every_kind_of_document_is_tried_in_all_its_forms(spurt):
    assert set(slag()) == {s.slag for s in spurt}
    assert valg() == {(s.slag, felt) for s in spurt for felt in s.valg}


def test_a_new_address_would_be_found(settings):
    urler = import_module(settings.ROOT_URLCONF).urlpatterns
    ny = ModuleType("nye_urler")
    ny.urlpatterns = [*urler, path("<slug:kommune>/referat.pdf", print, name="referat")]
    for_ = adresser()

    settings.ROOT_URLCONF = ny

    assert adresser() - for_ == {"referat"}


def test_a_new_template_would_be_found(settings, tmp_path):
    (tmp_path / "moter/pdf").mkdir(parents=True)
    mal = settings.TEMPLATES[0]
    for_ = maler()

    settings.TEMPLATES = [mal | {"DIRS": [*mal["DIRS"], tmp_path]}]
    for navn, grunnlag in (("grunnlag", "pdf/dokument"), ("ny", "moter/pdf/grunnlag")):
        fil = tmp_path / f"moter/pdf/{navn}.html"
        fil.write_text(f'{{% extends "{grunnlag}.html" %}}')

    assert maler() - for_ == {"moter/pdf/ny.html"}


def test_a_new_kind_and_a_new_form_would_be_found(monkeypatch):
    @dataclass(frozen=True)
    class Endringer(Utgave):
        siden: str = ""

    for_, former = set(slag()), valg()

    monkeypatch.setattr("tiltak.dokument.Endringer", Endringer, raising=False)

    assert set(slag()) - for_ == {navn_pa(Endringer)}
    assert (navn_pa(Endringer), "siden") in valg() - former


# A fault would be found ---------------------------------------------------------------


def strukturen(dokument, *slag):
    """The elements of these kinds in the structure, in their order."""
    igjen, funnet = [dokument.Root.StructTreeRoot], []
    while igjen:
        del_ = igjen.pop()
        if isinstance(del_, Array):
            igjen += reversed(list(del_))
        elif isinstance(del_, Dictionary) and del_.get("/Type") != "/OBJR":
            funnet += [del_] if str(del_.get("/S")) in slag else []
            igjen += [del_.K] if "/K" in del_ else []
    assert funnet
    return funnet


def uten_sprak(dokument):
    del dokument.Root.Lang


def uten_tittel(dokument):
    bytt_i_xmp(dokument, rb"<dc:title>.*?</dc:title>", b"")


def uten_tittel_i_vinduet(dokument):
    dokument.Root.ViewerPreferences.DisplayDocTitle = False


def ikke_merket(dokument):
    del dokument.Root.MarkInfo


def uten_struktur(dokument):
    del dokument.Root.StructTreeRoot


def figur_uten_tekst(dokument):
    del strukturen(dokument, "/Figure")[0].Alt


def overskrift_som_hopper(dokument):
    strukturen(dokument, "/H2")[0].S = Name.H5


def tabell_uten_overskrifter(dokument):
    for celle in strukturen(dokument, "/TH", "/TD"):
        celle.A = Dictionary(O=Name.Table)


def liste_uten_punkter(dokument):
    strukturen(dokument, "/LI")[0].S = Name.P


def ukjent_slag(dokument):
    strukturen(dokument, "/P")[0].S = Name.Avsnitt


def lenke_uten_tekst(dokument):
    del dokument.pages[1].Annots[0].Contents


def lenke_utenfor_strukturen(dokument):
    del dokument.pages[1].Annots[0].StructParent


def uten_rekkefolge(dokument):
    del dokument.pages[1].Tabs


def tekst_uten_plass(dokument):
    side = dokument.pages[1]
    ledd = list(pikepdf.parse_content_stream(side))
    tegn = [str(del_.operator) for del_ in ledd]
    forste = tegn.index("BDC")
    del ledd[tegn.index("EMC", forste)], ledd[forste]
    side.Contents = dokument.make_stream(pikepdf.unparse_content_stream(ledd))


def skrift_utenfor_filen(dokument):
    for skrift in objekter(dokument, "/FontFile2"):
        del skrift.FontFile2


def tegn_uten_mening(dokument):
    for skrift in objekter(dokument, "/ToUnicode"):
        del skrift.ToUnicode


def objekter(dokument, felt):
    funnet = [o for o in dokument.objects if isinstance(o, Dictionary) and felt in o]
    assert funnet
    return funnet


def uten_fargerom(dokument):
    del dokument.Root.OutputIntents


def uten_merke_ua(dokument):
    bytt_i_xmp(dokument, rb"<pdfuaid:part>1</pdfuaid:part>", b"")


def uten_merke_a(dokument):
    bytt_i_xmp(dokument, rb"pdfaid:part", b"pdfaid:deler")


def uten_forklaring_av_merket(dokument):
    bytt_i_xmp(dokument, rb"<pdfaExtension:schemas>.*</pdfaExtension:schemas>", b"")


def med_program(dokument):
    dokument.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def bytt_i_xmp(dokument, hva, med):
    for_ = dokument.Root.Metadata.read_bytes()
    etter = re.sub(hva, med, for_, flags=re.DOTALL)
    assert etter != for_
    dokument.Root.Metadata = dokument.make_stream(
        etter, Type=Name.Metadata, Subtype=Name.XML
    )


# {fault: a rule that finds it}
FEIL = {
    uten_sprak: "PDFUA1-TEXT-LANGUAGE-001",
    uten_tittel: "PDFUA1-METADATA-TITLE-001",
    uten_tittel_i_vinduet: "PDFUA1-VIEWER-PREFERENCES-001",
    ikke_merket: "PDFUA1-TAGGED-DOCUMENT-001",
    uten_struktur: "PDFUA1-STRUCT-TREE-ROOT-001",
    figur_uten_tekst: "PDFUA1-FIGURE-ALTERNATIVE-TEXT-001",
    overskrift_som_hopper: "PDFUA1-HEADING-NESTING-001",
    tabell_uten_overskrifter: "PDFUA1-TABLE-HEADERS-SCOPE-001",
    liste_uten_punkter: "PDFUA1-L-KIDS-001",
    ukjent_slag: "PDFUA1-STRUCT-TREE-ROLE-MAP-001",
    lenke_uten_tekst: "PDFUA1-LINK-CONTENTS-001",
    lenke_utenfor_strukturen: "PDFUA1-LINK-LINK-TAG-001",
    uten_rekkefolge: "PDFUA1-PAGE-TABS-001",
    tekst_uten_plass: "PDFUA1-CONTENT-TAGGING-001",
    skrift_utenfor_filen: "PDFA2A-FONT-EMBEDDING-001",
    tegn_uten_mening: "PDFUA1-FONT-UNICODE-MAPPING-001",
    uten_fargerom: "PDFA2A-DEVICE-RGB-001",
    uten_merke_ua: "PDFUA1-ID-PART-001",
    uten_merke_a: "PDFA2A-ID-PART-001",
    uten_forklaring_av_merket: "PDFA2A-XMP-PROPERTY-DEFINITION-001",
    med_program: "PDFA2A-ACTION-TYPE-001",
}


@pytest.fixture(scope="module")
def lagre(dokumentmappe):
    """Saves a document with a fault in it; returns the rules that are then broken, but
    those that are for its being saved by another program."""
    fil = tegnet(dokumentmappe, "lorenskog/nb/hele")

    def lagre(feil, **valg):
        ut = BytesIO()
        with pikepdf.open(fil) as dokument:
            feil(dokument)
            dokument.save(ut, **valg)
        return brudd(ut.getvalue())

    for_ = lagre(lambda dokument: None)
    return lambda *args, **valg: {regel for regel, _hva in lagre(*args, **valg) - for_}


@pytest.mark.parametrize("feil", FEIL, ids=lambda feil: feil.__name__)
def test_a_fault_is_found(feil, lagre):
    assert FEIL[feil] in lagre(feil)


def test_a_locked_document_is_found(lagre):
    lukket = pikepdf.Encryption(owner="x", user="")

    assert "PDFA2A-ENCRYPTION-001" in lagre(lambda _d: None, encryption=lukket)


def test_a_character_that_no_font_has_is_found():
    # For private use: nobody has a sign for it.
    innhold = pdf.tegn(oppdrag_av("<h1>Hode</h1><p>\ue000</p>"))

    assert "PDFUA1-NOTDEF-GLYPH-001" in {regel for regel, _hva in brudd(innhold)}


# Streams that end in a carriage return ------------------------------------------------


@pytest.fixture
def som_vognretur(monkeypatch):
    """Lets every stream of a document end so, but the last, which has no room for more.

    The last byte of what is compressed is that of the sum of its bytes.
    """
    data = pydyf.Stream.data.fget

    def fylt(strom):
        if strom.compress and strom.extra.get("Type") != "/XRef":
            innhold = b"\n".join(map(pydyf._to_bytes, strom.stream))
            while zlib.adler32(innhold) % 256 != ord("\r"):
                innhold += b"\t"
            strom.stream = [innhold]
            if "Length1" in strom.extra:
                strom.extra["Length1"] = len(innhold)
        return data(strom)

    monkeypatch.setattr(pydyf.Stream, "data", property(fylt))


LITE = "<h1>Hode</h1><p>Ord</p>"


def test_a_stream_that_ends_in_a_carriage_return_is_as_long_as_it_says(som_vognretur):
    innhold = pdf.tegn(oppdrag_av(LITE))

    assert innhold.count(b"\r\r\nendstream") > 5
    assert brudd(innhold) == set()


def test_without_an_end_of_line_of_its_own_it_would_not_be(som_vognretur, monkeypatch):
    monkeypatch.setattr(pdf, "_skill_fra_slutten", lambda fil: None)

    innhold = pdf.tegn(oppdrag_av(LITE))

    assert {regel for regel, _hva in brudd(innhold)} == {"PDFA2A-STREAM-LENGTH-001"}


def test_the_table_of_objects_may_end_so_too():
    """It is made last of all, of where the rest lies: one of a few hundred ends so."""
    skrevet = []
    for lengde in range(2000):
        fil, ut = pydyf.PDF(), BytesIO()
        fil.add_object(pydyf.Stream([b"x" * lengde]))
        pdf._skill_fra_slutten(fil)
        fil.write(ut, compress=True)
        if b"\r\r\nendstream\nendobj\nstartxref" in ut.getvalue():
            skrevet.append(ut)

    assert skrevet
    for ut in skrevet:
        with pikepdf.open(ut) as fil:
            assert fil.check_pdf_syntax() == []
