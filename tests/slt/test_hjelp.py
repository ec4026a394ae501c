"""The handbook is a part of the site: read, searched, and led to from every page."""

import re
from html.parser import HTMLParser

import pytest
import yaml
from django.conf import settings
from django.urls import reverse

from slt.felles.hjelp import SIDER
from slt.grunn.ordliste import ORD
from slt.hjelp.handbok import FILER, handboka, maler
from slt.hjelp.sok import sok
from slt.models import Kommune
from tests.conftest import innlogget
from tests.factories import TilgangFactory
from tests.slt.test_matrise import (  # noqa: F401 (fixtures)
    MATRISE,
    _documents_are_waited_for,
    adresse,
    varianter,
    verden,
)
from tests.test_konsistens import OFFENTLIGE, ruter
from tests.test_nynorsk import merkede_tekster, sprak

MALFORMER = ["nb", "nn"]
hver_malform = pytest.mark.parametrize("malform", MALFORMER)


def steder(malform="nb"):
    """All that a link into the handbook may lead to."""
    return {
        sted
        for k in handboka(malform)
        for sted in (k.nokkel, *(f"{k.nokkel}#{anker}" for anker in k.ankre))
    }


# The handbook -------------------------------------------------------------------------


def bygning(malform):
    """The handbook without its words: which blocks stand in which, how many links and
    words in bold or as code each has, and where the links lead."""
    from slt.hjelp.handbok import _alle, _lest

    biter = [
        (bit.type, bit.tag, bit.level)
        for bit in _alle(_lest(FILER[malform]))
        if bit.type not in {"inline", "text", "softbreak"}
    ]
    lenker = [
        sorted(href for href in re.findall(r'href="([^"]*)"', a.html))
        for k in handboka(malform)
        for a in k.avsnitt
    ]
    return biter, lenker


def test_both_languages_have_the_same_structure():
    """Else the one says what the other does not. Compared chapter by chapter first, so
    that it is seen where."""

    def tellinger(malform):
        return [
            (
                k.nokkel,
                a.anker,
                *(a.html.count(f"<{t}") for t in ("p", "li", "a ", "strong")),
            )
            for k in handboka(malform)
            for a in k.avsnitt
        ]

    assert tellinger("nn") == tellinger("nb")
    assert bygning("nn") == bygning("nb")


def test_the_addresses_of_chapters_and_sections_are_unique():
    for k in handboka("nb"):
        assert len(set(k.ankre)) == len(k.ankre)
    nokler = [k.nokkel for k in handboka("nb")]

    assert len(nokler) > 8
    assert len(set(nokler)) == len(nokler)
    assert not set(nokler) & {"ord", "maler"}


@hver_malform
def test_every_chapter_is_a_page_with_its_sections_and_its_neighbours(
    malform, client, db
):
    kapitler = handboka(malform)
    assert len(kapitler) > 8

    for nr, k in enumerate(kapitler):
        svar = client.get(
            reverse("hjelp_kapittel", args=[k.nokkel]), {"malform": malform}
        )
        html = svar.text
        assert svar.status_code == 200
        assert f'<html lang="{malform}"' in html
        assert f'<h1 class="ds-heading">{k.tittel}</h1>' in html
        assert re.findall(
            r'<h2 class="ds-heading" data-size="sm" id="(.+?)"', html
        ) == (k.ankre)
        ved_siden = re.findall(r'rel="(prev|next)" href="/hjelp/(.+?)/', html)
        assert ved_siden == [
            *([("prev", kapitler[nr - 1].nokkel)] if nr else []),
            *([("next", kapitler[nr + 1].nokkel)] if nr + 1 < len(kapitler) else []),
        ]


class Lenker(HTMLParser):
    """The addresses in a page, and the ids that it has."""

    def __init__(self, html):
        super().__init__()
        self.adresser, self.ider = [], set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "a" and "href" in attrs:
            self.adresser.append(attrs["href"])
        if tag == "img":
            self.adresser.append(attrs["src"])
        if "id" in attrs:
            self.ider.add(attrs["id"])


@hver_malform
def test_every_link_in_the_help_leads_somewhere(malform, client, db):
    """Its pictures too."""
    begynnelse = f"{reverse('hjelp')}?malform={malform}"
    ko, sett, ankre = [begynnelse], {}, []
    while ko:
        side = ko.pop()
        if side in sett:
            continue
        svar = client.get(side)
        assert (side, svar.status_code) == (side, 200)
        sett[side] = Lenker(svar.text)
        for lenke in sett[side].adresser:
            sti, _, anker = lenke.partition("#")
            sti = sti if sti.startswith("/") else side.partition("?")[0] + sti
            if sti.startswith("/hjelp/"):
                sti = sti if "?" in sti else f"{sti}?malform={malform}"
                ko.append(sti)
                ankre.append((sti, anker))

    assert len(sett) > 2 * len(handboka("nb"))  # the other language is led to, too
    borte = [(s, a) for s, a in ankre if a and a not in sett[s].ider]
    assert borte == []


def test_html_in_the_handbook_is_shown_and_not_obeyed(tmp_path, monkeypatch):
    from slt.hjelp import handbok

    fil = tmp_path / "handbok.md"
    fil.write_text(
        "# H\n\n## K\n\n<script>alert(1)</script> [x](javascript:alert(1))\n"
    )
    deler = handbok._deler(fil)

    html = handbok._tegnet(deler[0].biter, lambda adresse: adresse)

    assert "<script" not in html
    assert "href" not in html


def test_a_chapter_that_is_not_there_is_not_found(client, db):
    assert client.get("/hjelp/finnes-ikke/").status_code == 404
    assert client.get("/hjelp/maler/finnes-ikke/").status_code == 404


def test_the_templates_for_papers_are_pages(client, db):
    assert len(maler()) == 4
    for navn, tittel in maler().items():
        svar = client.get(reverse("hjelp_mal", args=[navn]))
        assert f'<h1 class="ds-heading">{tittel}</h1>' in svar.text
        assert '.md"' not in svar.text


# Search -------------------------------------------------------------------------------

SPORSMAL = {
    "Hvordan retter jeg et telefonnummer?": (
        "kom-i-gang#rett-et-telefonnummer-eller-en-adresse"
    ),
    "Hvordan lager jeg en ny plan for neste periode?": "ny-plan-for-neste-periode",
    "Hva gjør jeg når to har endret det samme?": (
        "skriv-og-lim-inn-tekst#nar-to-har-endret-det-samme"
    ),
    "Hvordan gir jeg politirådet tilgang til et utkast?": (
        "lesere-horing-og-innspill#gi-noen-tilgang-til-et-utkast"
    ),
    "Hvordan limer jeg inn en tekst fra Word?": (
        "skriv-og-lim-inn-tekst#lim-inn-fra-word-e-post-og-nettsider"
    ),
    "Hvordan får jeg planen som PDF?": "skriv-planen#planen-som-pdf",
}
PA_NYNORSK = {
    "Korleis rettar eg eit telefonnummer?": (
        "kom-i-gang#rett-et-telefonnummer-eller-en-adresse"
    ),
    "Korleis lagar eg ein ny plan for neste periode?": "ny-plan-for-neste-periode",
    "Kva gjer eg når to har endra det same?": "skriv-og-lim-inn-tekst#nar-to-har-endret-det-samme",
    "Korleis gir eg politirådet tilgang til eit utkast?": (
        "lesere-horing-og-innspill#gi-noen-tilgang-til-et-utkast"
    ),
    "Korleis limer eg inn ein tekst frå Word?": (
        "skriv-og-lim-inn-tekst#lim-inn-fra-word-e-post-og-nettsider"
    ),
    "Korleis får eg planen som PDF?": "skriv-planen#planen-som-pdf",
}


@pytest.mark.parametrize(
    ("sporsmal", "svar", "malform"),
    [
        *((s, svar, "nb") for s, svar in SPORSMAL.items()),
        *((s, svar, "nn") for s, svar in PA_NYNORSK.items()),
    ],
)
def test_a_new_user_finds_the_answer_first(sporsmal, svar, malform, client, db):
    side = client.get(reverse("hjelp"), {"q": sporsmal, "malform": malform})

    kapittel, _, anker = svar.partition("#")
    forste = re.search(r'<ol class="rader">.*?href="(.*?)"', side.text, re.DOTALL)[1]
    siden = reverse("hjelp_kapittel", args=[kapittel])
    assert forste == f"{siden}?malform={malform}" + (f"#{anker}" if anker else "")


def test_where_nothing_answers_the_contents_stand(client, db):
    svar = client.get(reverse("hjelp"), {"q": "xyzzy"})

    assert "Ingen svar." in svar.text
    assert reverse("hjelp_kapittel", args=["angre"]) in svar.text


def test_questions_are_shown_as_they_were_written(client, db):
    svar = client.get(reverse("hjelp"), {"q": "<b>plan</b>" + "x" * 500})

    assert svar.status_code == 200
    assert "<b>plan" not in svar.text
    assert "x" * 180 in svar.text
    assert "x" * 200 not in svar.text


def test_a_question_without_words_is_none(client, db):
    svar = client.get(reverse("hjelp"), {"q": "  "})

    assert "Svar på" not in svar.text
    assert "Håndbok for SLT-koordinatoren." in svar.text


def test_the_help_is_only_read(client, db):
    assert client.post(reverse("hjelp")).status_code == 405


def test_what_is_found_is_marked(db):
    treff = sok("telefonnummeret", "nb")[0]

    assert [bit for bit, funnet in treff.utdrag if funnet]
    utdrag = "".join(bit for bit, _funnet in treff.utdrag)
    assert utdrag in treff.avsnitt.tekst.replace("\n", " ")


# From each page -----------------------------------------------------------------------


def test_every_page_that_asks_to_log_in_has_its_place_in_the_handbook():
    uten = [
        navn
        for navn, _url, _view in ruter()
        if navn not in OFFENTLIGE
        and not navn.startswith("admin:")
        and navn in MATRISE
        and navn not in SIDER
    ]

    assert len(SIDER) > 100
    assert uten == []


def test_every_place_is_in_the_handbook():
    borte = {navn: sted for navn, sted in SIDER.items() if sted not in steder()}
    finnes = {navn for navn, _url, _view in ruter()}
    ukjente = [n for n in SIDER if n not in finnes and not n.startswith("admin")]

    assert borte == {}
    assert ukjente == []


LENKE = re.compile(r'<a[^>]*href="(/hjelp/[^"]*)"[^>]*data-hjelp')


@pytest.mark.parametrize(
    "side",
    [
        "/konto/",
        "/konto/passord/",
        "/admin/",
        "/admin/tiltak/tiltak/",
        "/admin/moter/forum/add/",
        "/lillestrom/arbeidsflate/",
        "/lillestrom/innstillinger/",
        "/lillestrom/innstillinger/temaer/",
        "/lillestrom/tilganger/",
        "/lillestrom/slettet/",
        "/lillestrom/utsendinger/",
        "/lillestrom/moteplan/planlegger/",
        "/lillestrom/endre/tjenester/ny/",
        "/lillestrom/endre/kilder/ny/",
        # And those that are kept for many.
        "/lillestrom/tjenester/",
        "/lillestrom/moter/",
        "/lillestrom/kunnskap/",
    ],
)
def test_a_page_leads_to_its_chapter_twice_asked(side, koordinator):
    """Once, in the same place; and again when it was kept."""
    for _gang in range(2):
        [lenke] = LENKE.findall(koordinator.get(side).text)
        siden, _, anker = lenke.partition("#")
        kapittel = siden.removeprefix("/hjelp/").partition("/")[0]
        assert f"{kapittel}#{anker}".rstrip("#") in steder()


@pytest.mark.alt
@pytest.mark.usefixtures("_documents_are_waited_for")
def test_every_page_of_a_coordinator_leads_to_its_chapter_in_its_language(
    varianter,  # noqa: F811
):
    """All that demands to log in and answers with a page, on the site and in the admin."""
    egen, _annen = varianter
    kommune = egen["what everybody knows of"]["kommune"]
    kommune.malform = Kommune.Malform.NYNORSK
    kommune.save()
    client = innlogget(TilgangFactory(kommune=kommune).bruker)
    mulige = steder("nn")
    sett, avvik = set(), []

    for hva in ("what everybody knows of", "a draft"):
        for navn in MATRISE.keys() - OFFENTLIGE:
            svar = client.get(adresse(navn, egen[hva]))
            if svar.status_code != 200 or "<html" not in (tekst := innholdet(svar)):
                continue
            sett.add(navn)
            lenker = [le.partition("?malform=nn") for le in LENKE.findall(tekst)]
            funnet = {
                le.removeprefix("/hjelp/").rstrip("/") + anker
                for le, _, anker in lenker
            }
            if len(lenker) != 1 or not funnet <= mulige or sprak(svar) != "nn":
                avvik.append((navn, lenker, sprak(svar)))

    assert len(sett) > 100
    assert avvik == []


def innholdet(svar):
    html = svar.headers["Content-Type"].startswith("text/html")
    return svar.text if html and not svar.streaming else ""


def test_strangers_see_no_way_to_the_help_but_where_they_log_in(kommune, client):
    assert "/hjelp/" not in client.get("/lillestrom/tjenester/").text
    assert LENKE.findall(client.get("/konto/logg-inn/").text)


def test_who_looks_as_others_sees_what_they_do(kommune, koordinator):
    koordinator.post("/konto/se-som/", {"kommune": kommune.slug, "hva": "publikum"})

    assert "/hjelp/" not in koordinator.get("/lillestrom/tjenester/").text


# Words --------------------------------------------------------------------------------


@hver_malform
def test_every_word_is_explained_on_the_page_of_words(malform, client, db):
    svar = client.get(reverse("hjelp_ord"), {"malform": malform})

    assert set(ORD) <= Lenker(svar.text).ider


def test_every_word_that_a_template_explains_is_one():
    brukt = {
        nokkel
        for mal in (settings.BASE_DIR / "templates").rglob("*.html")
        for nokkel in re.findall(r'{% forklar "(\w+)"', mal.read_text("utf-8"))
    }

    assert brukt
    assert brukt <= set(ORD)


# Examples -----------------------------------------------------------------------------


def navn_i_grunndata():
    """What places and kommuner in the reference data are called, in the forms in which
    an example may name them."""
    for fil in (settings.BASE_DIR / "fixtures").glob("*.yaml"):
        if fil.stem.count("-") > 1:  # of what the kommune has, not of itself
            continue
        for rad in yaml.safe_load(fil.read_text("utf-8")):
            if rad["model"] in {"slt.kommune", "slt.lokalomrade"}:
                yield rad["fields"]["navn"]
                yield rad["fields"]["slug"]


def test_no_example_names_a_kommune_or_a_part_of_one():
    """All that people of every kommune read, in the pages, the forms and the help."""
    navnene = {*navn_i_grunndata(), "Romerike"} - {""}
    assert {"Lillestrøm", "lillestrom"} <= navnene
    monster = re.compile(rf"\b(?:{'|'.join(map(re.escape, navnene))})", re.IGNORECASE)
    filer = [*FILER.values(), *(settings.BASE_DIR / "docs/maler").glob("*.md")]
    filer += (settings.BASE_DIR / "templates").rglob("*.*")

    tekster = [tekst for _sammenheng, tekst in merkede_tekster()]
    tekster += [fil.read_text("utf-8") for fil in filer]

    assert [t for t in tekster if monster.search(t)] == []
