"""The public pages in a browser, with Lillestrøm's plan: axe at two widths and in both
colour schemes, the narrow screen, the keyboard, the filter, the coordinator's forms."""

import gzip
import re
import shutil
import subprocess
from datetime import timedelta
from itertools import pairwise, product
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from evaluering.models import Anbefalingssvar, Funnsvar, Grunnlag
from moter.models import Forum
from slt.models import Kommune, Tilgang
from tests.factories import (
    AnbefalingFactory,
    BrukerFactory,
    ForumsmedlemFactory,
    FunnFactory,
    HandlingsplanFactory,
    IndikatorFactory,
    KommuneFactory,
    MalingFactory,
    MoteFactory,
    PlasseringFactory,
    StedFactory,
    TemaFactory,
    TilgangFactory,
    TjenesteredaktorFactory,
    UtkastFactory,
    i_kilden,
)
from tests.nettleser.conftest import FARGER, begynn_sist_i, brudd, brudd_i
from tests.tiltak.provedata import full_plan
from tiltak.filters import TiltakFilter
from tiltak.models import Handlingsplan, Kontaktpunkt, Malsetting, Tiltak, Tjeneste

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db]

PLANEN = "/lillestrom/2024-2028/"
LISTEN = f"{PLANEN}tiltak/"
UNGDOM = f"{LISTEN}ungdomskriminalitet/"
OUT = f"{UNGDOM}8/"  # the outreach team, with a telephone
TJENESTEN_OUT = "/lillestrom/tjenester/out/"
LOGG_INN = "/konto/logg-inn/"

SIDER = {
    "kommuner": "/",
    "forside": PLANEN,
    "plan": f"{PLANEN}plan/",
    "innsatsomrade": f"{PLANEN}innsatsomrader/vold-og-overgrep/",
    "liste": LISTEN,
    "liste-filtrert": f"{LISTEN}?q=rus&kontakt=unge&nytt=on",
    "liste-feil": f"{LISTEN}?alder=abc&niva=tull",
    "liste-tom": f"{LISTEN}?q=finnesikke",
    "liste-side-2": "/grenseby/2024-2028/tiltak/?page=2",
    "tiltak": OUT,
    "tiltak-med-deltiltak": f"{UNGDOM}10/",
    "tiltak-med-mange-tjenester": f"{UNGDOM}21/",
    "tiltak-uten-avklart-ansvar": f"{UNGDOM}28/",
    "tiltak-hos-politiet": f"{LISTEN}vold-og-overgrep/7/",
    "tjenester": "/lillestrom/tjenester/",
    "uten-nett": "/lillestrom/uten-nett/",
    "tjenester-etter-navn": "/lillestrom/tjenester/?orden=navn",
    "tjenester-uten-treff": "/lillestrom/tjenester/?q=finnesikke&kontakt=unge",
    "tjeneste": "/lillestrom/tjenester/phfs/",
    "tjeneste-politiet": "/lillestrom/tjenester/politiet/",
    "tjeneste-uten-kontakt": "/lillestrom/tjenester/nav/",
    "dekning": f"{PLANEN}dekning/",
    "sammenlign-uten-noe-for": f"{PLANEN}sammenlign/?med=2020-2023",
    "moter": "/lillestrom/moter/",
    "moter-uten-fora": "/utkant/moter/",
    "arshjul": "/lillestrom/arshjul/?ar=2026",
    "arshjul-uten-noe": "/utkant/arshjul/?ar=2100",
    "forum": "/lillestrom/moter/arbeidsgruppe/",
    "kunnskap": "/tallby/kunnskap/",
    "kunnskap-uten-kilder": "/utkant/kunnskap/",
    "kilde": "/tallby/kunnskap/rapporten/",
    "indikatorer": "/tallby/indikatorer/",
    "indikatorer-uten-tall": "/utkant/indikatorer/",
    "indikator": "/tallby/indikatorer/treff/",
    "indikator-av-deler": "/tallby/indikatorer/personer/",
    "kommune-uten-plan": "/utkant/",
    "avlost-plan": "/utkant/2020-2023/",
    "personvern": "/lillestrom/personvern/",
    "hjelp": "/hjelp/",
    "hjelp-kapittel": "/hjelp/kunnskap-og-tall/",
    "hjelp-svar": "/hjelp/?q=Hvordan+gir+jeg+noen+tilgang%3F",
    "hjelp-ord": "/hjelp/ord/",
    "logg-inn": LOGG_INN,
    "glemt-passord": "/konto/glemt/",
    "ukjent-lenke": "/lenke/finnes-ikke/",
    "finnes-ikke": "/finnes/ikke/",
}
FINNES_IKKE = {SIDER["ukjent-lenke"], SIDER["finnes-ikke"]}
MED_SKJEMA = [
    "forside",
    "liste",
    "liste-filtrert",
    "liste-feil",
    "tjenester",
    "logg-inn",
    "glemt-passord",
]


def lag_kunnskap(kommune):
    """A source with a long thread, figures over the years, and of many parts of which
    some are hidden."""
    tiltak = PlasseringFactory(innsatsomrade__plan__kommune=kommune).tiltak
    treff = IndikatorFactory(
        kommune=kommune,
        navn="Treff",
        retning="opp",
        maltall=40_000,
        maltall_ar=2028,
        publisert=True,
        kilde__adresse="https://example.org/rapport",
        kilde__navn="Rapporten",
        kilde__publisert=True,
        kilde__sporsmal="Hva er vanskelig?\nHva mangler?",
    )
    for arstall, verdi in enumerate(("33636", "7.5", "35000", "36000"), start=2020):
        MalingFactory(indikator=treff, arstall=arstall, verdi=verdi)
    for slag, verdi in (("oppsøkende arbeid", 30_000), ("samtaler", 4_000)):
        MalingFactory(indikator=treff, arstall=2022, slag=slag, verdi=verdi)
    personer = IndikatorFactory(
        kommune=kommune,
        kilde=treff.kilde,
        navn="Personer",
        teller="personer",
        publisert=True,
    )
    for nr in range(12):
        MalingFactory(
            indikator=personer,
            sted=StedFactory(
                kommune=kommune, navn=f"Et sted med et ganske langt navn {nr}"
            ),
            verdi=nr,
        )
    valg = {"kilde": treff.kilde, "publisert": True}
    funn = FunnFactory(
        **valg,
        tekst="Flere unge er ute sent i helgene enn for tre år siden",
        gruppe="ungdomsskoleelever",
        indikator=treff,
    )
    FunnFactory(**valg)
    plassering = tiltak.plasseringer.get()
    i_kilden(
        funn,
        treff,
        Malsetting.objects.create(plan=tiltak.plan, type="visjon", tekst="Trygghet"),
        plassering.innsatsomrade,
        tiltak,
        TemaFactory(kommune=kommune),
    )
    anbefaling = AnbefalingFactory(**valg, tema="Oppsøkende arbeid")
    AnbefalingFactory(**valg, ikke_fulgt_opp="kommunen har valgt noe annet")
    Funnsvar.objects.create(funn=funn, tiltak=tiltak)
    Grunnlag.objects.create(anbefaling=anbefaling, funn=funn)
    Anbefalingssvar.objects.create(anbefaling=anbefaling, tiltak=tiltak)


@pytest.fixture(scope="module")
def nettsted(django_db_setup, django_db_blocker):
    """The address of a server with Lillestrøm's plan, a kommune with a long list, and
    one with nothing but an old plan.

    The server shares the connection of the tests, and with it their transaction: the
    data are loaded once, each test is rolled back to them, and nothing is left at the
    end.
    """
    with (
        django_db_blocker.unblock(),
        override_settings(
            ALLOWED_HOSTS=["localhost"],
            SECURE_SSL_REDIRECT=False,
            SESSION_COOKIE_SECURE=False,
            CSRF_COOKIE_SECURE=False,
        ),
        transaction.atomic(),
    ):
        if not connection.is_in_memory_db():
            pytest.skip("needs the in-memory database of SQLite")
        call_command("last_grunndata", verbosity=0)
        full_plan(KommuneFactory(navn="Grenseby", slug="grenseby"), 60)
        HandlingsplanFactory(
            kommune=KommuneFactory(navn="Utkant", slug="utkant"),
            fra_ar=2020,
            til_ar=2023,
            status=Handlingsplan.Status.AVLOST,
        )
        lag_kunnskap(KommuneFactory(navn="Tallby", slug="tallby"))
        server = LiveServer("localhost")
        connection.inc_thread_sharing()  # threads of the server may outlive it
        yield server.url
        server.stop()
        transaction.set_rollback(True)


@pytest.fixture
def apne(new_context, nettsted):
    """Opens an address in a window of its own, and sees to it that no page complains,
    breaks its Content-Security-Policy or asks another host for anything."""
    klager = []
    cache.clear()  # a version of the kommune that was rolled back comes again

    def hor(melding):
        # What the server refuses is looked at below.
        refusert = "Failed to load resource" in melding.text
        if melding.type in {"error", "warning"} and not refusert:
            klager.append(melding.text)

    def se_svaret(svar):
        if svar.status >= 400 and svar.request.resource_type != "document":
            klager.append(f"{svar.status} {svar.url}")

    def se_sporringen(sporring):
        if not sporring.url.startswith((nettsted, "data:")):
            klager.append(sporring.url)

    def apne_(adresse, *, som=None, **vindu):
        vindu.setdefault("viewport", {"width": 1280, "height": 800})
        context = new_context(base_url=nettsted, locale="nb-NO", **vindu)
        if som is not None:
            klient = Client()
            klient.force_login(som)
            okt = klient.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": okt, "url": nettsted}])
        side = context.new_page()
        side.on("console", hor)
        side.on("pageerror", lambda feil: klager.append(str(feil)))
        side.on("response", se_svaret)
        side.on("request", se_sporringen)
        svar = side.goto(adresse)
        if svar is not None:  # about:blank
            assert (adresse, svar.ok) == (adresse, adresse not in FINNES_IKKE)
        return side

    yield apne_
    assert klager == []


@pytest.fixture
def koordinator(nettsted):
    kommune = Kommune.objects.get(slug="lillestrom")
    return TilgangFactory(kommune=kommune, bruker__navn="Koordinator").bruker


def uten_skript(side):
    side.route(re.compile(r"\.js(\?|$)|jsi18n"), lambda rute: rute.abort())
    side.reload()
    return side


# What everybody can read -----------------------------------------------------------------


@pytest.mark.alt
@pytest.mark.parametrize("adresse", SIDER.values(), ids=SIDER)
def test_axe_finds_nothing(adresse, apne):
    side = apne(adresse)

    assert brudd(side) == []


@pytest.mark.alt
@pytest.mark.parametrize("navn", MED_SKJEMA)
def test_axe_finds_nothing_without_scripts(navn, apne):
    side = uten_skript(apne(SIDER[navn]))

    assert brudd(side) == []


def i_farge(side, farge):
    side.evaluate("farge => document.documentElement.dataset.aksent = farge", farge)


SKJEMAER = ("light", "dark")


@pytest.mark.parametrize("farge", Kommune.Aksentfarge.values)
@pytest.mark.alt
def test_every_accent_colour_can_be_read_in_both_schemes(farge, apne):
    side = apne(OUT)
    i_farge(side, farge)

    assert [brudd_i(side, 1280, skjema, FARGER) for skjema in SKJEMAER] == [[], []]


def test_every_accent_colour_is_its_own(apne):
    side = apne(OUT)
    merke = "getComputedStyle(document.querySelector('.merke-tegn'))"
    farger = set()
    for farge, skjema in product(Kommune.Aksentfarge.values, SKJEMAER):
        i_farge(side, farge)
        side.emulate_media(color_scheme=skjema)
        farger.add(side.evaluate(f"{merke}.backgroundColor"))

    assert len(farger) == 2 * len(Kommune.Aksentfarge)


def for_brede(side, adresser):
    """{(address, width): how wide the page is} where it is wider than a narrow screen:
    1280 pixels at 400 % zoom, and a phone. What is not there is returned beside it."""
    brede, borte = {}, set()
    for adresse in adresser:
        if not side.goto(adresse).ok:
            borte.add(adresse)
        for bredde in (320, 360):
            side.set_viewport_size({"width": bredde, "height": 640})
            sidens = side.evaluate("document.documentElement.scrollWidth")
            if sidens > bredde:
                brede[adresse, bredde] = sidens
    return brede, borte


@pytest.mark.alt
def test_nothing_is_wider_than_a_narrow_screen(apne):
    assert for_brede(apne("/"), SIDER.values()) == ({}, FINNES_IKKE)


@pytest.mark.parametrize(
    "sammen", [True, pytest.param(False, marks=pytest.mark.alt)], ids=["sammen", "hver"]
)
def test_no_choice_makes_the_list_wider_than_a_narrow_screen(sammen, apne):
    """Every kind of filter, with the longest that it offers."""
    # These two are offered where some tiltak have them, or somebody asks.
    side = apne(f"{LISTEN}?frist=har&prioritet=hoy")
    valg = side.evaluate(
        """() => [...document.querySelectorAll("form[data-filter] [name]")].map(felt => [
            felt.name,
            felt.options
                ? [...felt.options].slice(1).sort((a, b) => b.text.length - a.text.length)[0].value
                : {alder: "10-12", nytt: "on", q: "rusmisbruksforebyggingstiltakene"}[
                    felt.name],
        ])"""
    )
    sporringer = [dict(valg)] if sammen else [{navn: verdi} for navn, verdi in valg]
    adresser = [f"{LISTEN}?{urlencode(sporring)}" for sporring in sporringer]

    assert [navn for navn, verdi in valg if not verdi] == []
    assert len(valg) == len(TiltakFilter.base_filters)
    assert for_brede(side, adresser) == ({}, set())


def overskrifter(side):
    """[(level, size)] of the headings of a page, in their order."""
    return side.evaluate(
        """() => [...document.querySelectorAll("main :is(h1, h2, h3, h4)")].map(h =>
            [Number(h.tagName[1]), parseFloat(getComputedStyle(h).fontSize)])"""
    )


def for_store(overskrifter):
    """{(level, size)} of those that are larger than one that they stand under."""
    over, store = {}, set()
    for niva, storrelse in overskrifter:
        if any(over[n] < storrelse for n in over if n < niva):
            store.add((niva, storrelse))
        over[niva] = storrelse
    return store


@pytest.mark.parametrize("nr", range(6))
def test_no_heading_is_larger_than_the_one_it_stands_under(nr, apne):
    """On a sixth of the pages; each is asked for once, and looked at in two widths."""
    side = apne("/")
    feil, sett = {}, 0
    for navn, adresse in list(SIDER.items())[nr::6]:
        side.goto(adresse)
        for bredde in (360, 1280):
            side.set_viewport_size({"width": bredde, "height": 740})
            funnet = overskrifter(side)
            sett += len(funnet)
            if store := for_store(funnet):
                feil[navn, bredde] = store

    assert feil == {}
    assert sett > 20


def test_on_a_phone_the_page_has_most_of_the_screen(apne):
    side = apne(LISTEN, viewport={"width": 360, "height": 740})
    hoyder = side.evaluate(
        """() => [".akutt", ".topp"].map(v => document.querySelector(v).offsetHeight)"""
    )
    lenker = side.evaluate(
        """() => [...document.querySelectorAll(".meny a")].map(a =>
            [a.getBoundingClientRect().top, a.offsetHeight])"""
    )

    assert sum(hoyder) < 740 / 6
    assert len({topp for topp, _hoyde in lenker}) == 1
    assert min(hoyde for _topp, hoyde in lenker) >= 24


@pytest.mark.parametrize("nummer", [21, 25])
def test_whom_to_call_stands_without_holes(nummer, apne):
    """Where some tjenester are only named, and some have numbers."""
    side = apne(f"{UNGDOM}{nummer}/")
    bokser = side.evaluate(
        """() => [...document.querySelector(".kontakter").children].map(e => {
            // To the end of what is said in it: a cell of a grid may be higher.
            const boks = e.getBoundingClientRect();
            return [boks.left, boks.top, e.lastElementChild.getBoundingClientRect().bottom];
        })"""
    )
    spalter = {}
    for venstre, topp, bunn in sorted(bokser):
        spalter.setdefault(venstre, []).append((topp, bunn))
    mellomrom = [
        neste[0] - denne[1]
        for spalte in spalter.values()
        for denne, neste in pairwise(spalte)
    ]

    assert len(spalter) == 2
    assert mellomrom
    assert max(mellomrom) < 60


@pytest.mark.parametrize("bredde", [360, 1280])
def test_whom_to_call_is_the_largest_thing(bredde, apne):
    side = apne(OUT, viewport={"width": bredde, "height": 800})
    storrelser = side.evaluate(
        """() => [...document.querySelectorAll("main *")]
            .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
            .map(e => [parseFloat(getComputedStyle(e).fontSize), e.textContent.trim()])
            .sort((a, b) => b[0] - a[0])"""
    )

    assert storrelser[0][1] == "469 34 634"
    assert storrelser[0][0] > storrelser[1][0]


def test_the_number_is_on_the_first_screen_of_a_phone(apne):
    side = apne(OUT, viewport={"width": 360, "height": 640})

    nummer = side.get_by_role("link", name="469 34 634", exact=True)
    expect(nummer).to_be_in_viewport()


def test_the_strip_says_what_it_is_on_a_phone_too(apne):
    side = apne(OUT, viewport={"width": 360, "height": 640})

    expect(side.get_by_text("Akutt?")).to_be_visible()


def test_the_ways_in_of_a_tjeneste_look_alike(apne):
    side = apne(TJENESTEN_OUT)

    flater = side.evaluate(
        """() => [...document.querySelectorAll(".kontakt")]
            .map(e => getComputedStyle(e).backgroundColor)"""
    )

    assert len(flater) > 2
    assert len(set(flater)) == 1
    assert "rgba(0, 0, 0, 0)" not in flater


def test_the_numbers_of_the_contents_stay_within_the_margin(apne):
    side = apne(SIDER["plan"])

    bredder = side.evaluate(
        """() => {
            const liste = document.querySelector(".innholdsliste ol");
            const prove = document.createElement("span");
            prove.textContent = "00. ";
            liste.lastElementChild.append(prove);
            return [prove.getBoundingClientRect().width, liste.childElementCount,
                parseFloat(getComputedStyle(liste).paddingInlineStart)];
        }"""
    )

    assert bredder[1] > 9
    assert bredder[0] <= bredder[2]


def test_a_wide_table_on_a_phone_says_that_it_scrolls(apne):
    side = apne(SIDER["dekning"], viewport={"width": 320, "height": 640})
    tabell = side.get_by_role("region", name="Etter alder")
    hjelp = side.get_by_text("Dra tabellen sidelengs").last
    expect(hjelp).to_be_visible()
    hoyder = tabell.evaluate(
        """e => [...e.querySelectorAll("thead th")].map(th =>
            th.clientHeight / parseFloat(getComputedStyle(th).lineHeight))"""
    )
    assert max(hoyder) < 2.5

    tabell.focus()
    side.keyboard.press("ArrowRight")
    side.wait_for_function("e => e.scrollLeft > 0", arg=tabell.element_handle())

    side.set_viewport_size({"width": 1280, "height": 800})
    expect(hjelp).to_be_hidden()


def test_what_is_printed_hangs_together(apne):
    side = apne(f"{UNGDOM}10/")
    side.emulate_media(media="print")

    def stil(velger, egenskap, pseudo=""):
        return side.evaluate(
            "([velger, egenskap, pseudo]) => getComputedStyle("
            "document.querySelector(velger), pseudo)[egenskap]",
            [velger, egenskap, pseudo],
        )

    assert stil(".to-spalter", "display") == "block"
    assert stil("aside h2", "breakAfter") == "avoid"
    assert stil(".fakta > div", "breakInside") == "avoid"
    assert stil(".kontakt", "breakInside") == "avoid"
    assert stil(".merke-tegn", "backgroundColor") == "rgb(20, 73, 92)"
    assert stil(".merke-tegn", "printColorAdjust") == "exact"
    assert stil("main", "backgroundColor") == "rgba(0, 0, 0, 0)"
    side.goto(TJENESTEN_OUT)
    assert stil(".kontakt a[href^=http]", "content", "::after") == (
        '" (lillestrom.kommune.no/helse-og-omsorg/oppsokende-ungdomsteam)"'
    )


PAPIR = {
    "stående": {"format": "A4"},
    "med marger": {"format": "A4", "margin": {"top": "1cm", "left": "1cm"}},
    "liggende": {"format": "A4", "landscape": True},
}
TRYKT = {
    "forside": PLANEN,
    "tjenester": "/lillestrom/tjenester/",
    "kunnskap": "/lillestrom/kunnskap/",
    "indikatorer": "/lillestrom/indikatorer/",
    "indikator": "/lillestrom/indikatorer/feltteam/",
}


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
@pytest.mark.parametrize("adresse", TRYKT.values(), ids=TRYKT)
def test_the_first_printed_page_is_not_left_empty(adresse, apne, tmp_path):
    side = apne(adresse)
    fylt = {}
    for navn, papir in PAPIR.items():
        side.pdf(path=tmp_path / "side.pdf", **papir)
        lest = subprocess.run(
            ["pdftotext", "-bbox", "-l", "1", tmp_path / "side.pdf", "-"],
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        hoyde = float(re.search(r'<page .*height="([\d.]+)"', lest)[1])
        # How far down the last word stands.
        bunn = max(float(y) for y in re.findall(r'<word .*yMax="([\d.]+)"', lest))
        fylt[navn] = bunn / hoyde

    assert {navn: del_ for navn, del_ in fylt.items() if del_ < 0.6} == {}


def test_an_address_is_printed_whole(apne):
    side = apne("/lillestrom/tjenester/")
    side.emulate_media(media="print")
    lenker = side.evaluate(
        """() => [...document.querySelectorAll("main a[data-adresse]")].map(a =>
            [a.href, getComputedStyle(a, "::after").content])"""
    )

    def trykt(lenke):
        return f'" ({re.sub("^https?://(www.)?", "", lenke).rstrip("/")})"'

    assert max(len(lenke) for lenke, _trykt in lenker) > 80
    assert [trykt(lenke) for lenke, _trykt in lenker] == [t for _lenke, t in lenker]


def test_a_first_visit_to_a_tiltak_is_light(apne, nettsted):
    svar = []
    side = apne("about:blank")
    side.on("response", lambda s: svar.append(s))
    side.goto(f"{UNGDOM}10/", wait_until="networkidle")

    # In production all but the page itself is packed beforehand.
    vekt = sum(
        len(s.body() if s.request.is_navigation_request() else gzip.compress(s.body()))
        for s in list(svar)
        if s.url.startswith(nettsted)
    )

    assert {s.url.rsplit(".", 1)[-1] for s in svar} >= {"css", "js", "woff2"}
    assert vekt < 123_000


# The keyboard ---------------------------------------------------------------------------


def i_fokus(side):
    """What has focus: its words, and whether it can be seen that it has it."""
    return side.evaluate(
        """() => {
            const e = document.activeElement, stil = getComputedStyle(e);
            const felt = e.closest(".ds-field") ?? e, feltstil = getComputedStyle(felt);
            const boks = e.getBoundingClientRect();
            const midt = document.elementFromPoint(
                boks.x + boks.width / 2, boks.y + Math.min(boks.height, 24) / 2);
            return {
                ord: e.textContent.trim() || e.name || e.id,
                href: e.getAttribute("href") ?? "",
                rekke: [...document.querySelectorAll("*")].indexOf(e),
                synlig: [stil, feltstil].some(s => s.outlineStyle !== "none")
                    || e.matches(".ds-skip-link"),
                fremme: !!midt && (e.contains(midt) || midt.contains(e)),
            };
        }"""
    )


def test_the_first_stop_skips_to_the_content(apne):
    side = apne(OUT)

    side.keyboard.press("Tab")
    hopp = side.get_by_role("link", name="Hopp til innhold")
    expect(hopp).to_be_focused()
    expect(hopp).to_be_in_viewport(ratio=1)
    side.keyboard.press("Enter")
    expect(side.locator("main")).to_be_focused()
    side.keyboard.press("Tab")

    assert side.locator("main :focus").count() == 1


@pytest.mark.parametrize("navn", ["forside", "liste-filtrert", "tiltak", "dekning"])
def test_every_stop_is_seen_and_in_the_order_of_the_page(navn, apne):
    side = apne(SIDER[navn])
    stopp = []
    while True:
        side.keyboard.press("Tab")
        her = i_fokus(side)
        if her["rekke"] <= (stopp[-1]["rekke"] if stopp else 0):
            break
        stopp.append(her)

    assert [s["ord"] for s in stopp if not (s["synlig"] and s["fremme"])] == []
    assert stopp[0]["ord"] == "Hopp til innhold"
    assert stopp[-1]["ord"] == "Logg inn"


def test_a_number_can_be_called_from_the_keyboard(apne):
    side = apne(OUT)
    side.locator("main").focus()
    for _ in range(10):
        side.keyboard.press("Tab")
        if (her := i_fokus(side))["href"] == "tel:+4746934634":
            break

    assert her["ord"] == "469 34 634"


def test_a_month_of_the_year_is_reached_from_the_keyboard(apne):
    side = apne(SIDER["arshjul"])
    oktober = side.get_by_role("link", name="Oktober: 1 ting")
    oktober.focus()
    side.keyboard.press("Enter")

    expect(side).to_have_url(re.compile("#oktober$"))
    expect(side.get_by_role("heading", name="Oktober")).to_be_in_viewport()


def test_more_acute_numbers_are_one_press_away(apne):
    side = apne(OUT)
    expect(side.get_by_role("link", name="Legevakt 116 117")).to_be_hidden()

    side.get_by_text("Flere numre").focus()
    side.keyboard.press("Enter")

    expect(side.get_by_role("link", name="Legevakt 116 117")).to_be_visible()


# The filter -----------------------------------------------------------------------------


@pytest.fixture
def listen(apne):
    """The list with a mark on the element that tells the count, which has to stay."""
    side = apne(LISTEN)
    side.evaluate("document.getElementById('treff').dataset.merke = 'den samme'")
    expect(side.locator("#treff[role=status][data-merke]")).to_have_text("47 tiltak")
    return side


def test_a_word_filters_in_place(listen, nettsted):
    listen.get_by_label("Søk i tiltakene").press_sequentially("cannabis")

    expect(listen.locator("#treff[data-merke]")).to_have_text("10 tiltak")
    expect(listen).to_have_url(f"{nettsted}{LISTEN}?q=cannabis")
    expect(listen.locator("#resultat h3")).to_have_count(10)
    expect(listen.get_by_label("Søk i tiltakene")).to_be_focused()


def test_choices_add_up_and_back_takes_them_away(listen, nettsted):
    listen.get_by_label("Hvem kan ta kontakt").select_option("unge")
    expect(listen).to_have_url(f"{nettsted}{LISTEN}?kontakt=unge")
    av_unge = listen.locator("#treff[data-merke]").inner_text()
    listen.get_by_label("Bare nye tiltak").check()
    expect(listen).to_have_url(f"{nettsted}{LISTEN}?kontakt=unge&nytt=on")
    expect(listen.locator("#treff[data-merke]")).not_to_have_text(av_unge)

    listen.go_back()
    expect(listen.locator("#treff[data-merke]")).to_have_text(av_unge)
    expect(listen.get_by_label("Bare nye tiltak")).not_to_be_checked()
    listen.go_back()
    expect(listen.locator("#treff[data-merke]")).to_have_text("47 tiltak")
    expect(listen.get_by_label("Hvem kan ta kontakt")).to_have_value("")


def test_back_from_a_tiltak_comes_to_the_filtered_list(listen, nettsted):
    listen.get_by_label("Hvem kan ta kontakt").select_option("foresatte")
    expect(listen).to_have_url(f"{nettsted}{LISTEN}?kontakt=foresatte")
    treff = listen.locator("#treff").inner_text()

    listen.locator("#resultat h3 a").first.click()
    listen.wait_for_url(f"{nettsted}{LISTEN}*/*/")
    listen.go_back()

    expect(listen.locator("#treff")).to_have_text(treff)
    expect(listen.get_by_label("Hvem kan ta kontakt")).to_have_value("foresatte")


def test_what_cannot_be_used_is_said_in_place(listen):
    listen.get_by_label("Alder").fill("mange")

    expect(listen.locator("#treff[data-merke]")).to_have_text(
        "Rett opp valgene som er merket."
    )
    expect(listen.locator("#resultat")).to_contain_text("Alder: Skriv alderen med tall")


def test_what_cannot_be_used_is_said_beside_the_field_until_it_is_mended(listen):
    alder = listen.get_by_label("Alder")
    alder.press_sequentially("mange")

    expect(alder).to_have_attribute("aria-invalid", "true")
    expect(alder).to_have_accessible_description(re.compile("Skriv alderen med tall"))
    expect(alder).to_be_focused()
    expect(alder).to_have_value("mange")
    assert brudd(listen, [360]) == []

    alder.fill("14")

    expect(alder).not_to_have_attribute("aria-invalid", "true")
    expect(alder).to_have_accessible_description(re.compile("^(?!.*Skriv alderen)"))
    expect(listen.locator("form .ds-validation-message")).to_have_count(0)


@pytest.mark.parametrize("med", ["Enter", "Søk", "Vis tiltak"])
def test_on_a_phone_who_searches_is_taken_to_the_results(med, apne):
    side = apne(LISTEN, viewport={"width": 360, "height": 640})
    side.get_by_text("Flere valg").click()
    side.get_by_label("Hvem kan ta kontakt").select_option("unge")
    ordet = side.get_by_label("Søk i tiltakene")
    ordet.press_sequentially("fritid")
    expect(side.locator("#treff")).to_have_text(re.compile(r"^\d tiltak$"))
    # Whoever only writes stays where they write.
    expect(ordet).to_be_focused()
    expect(side.locator("#treff")).not_to_be_in_viewport()

    if med == "Enter":
        ordet.press("Enter")
    else:
        i_siden = side.get_by_role("main")
        i_siden.get_by_role("button", name=med, exact=True).click()

    expect(side.locator("#treff")).to_be_focused()
    expect(side.locator("#treff")).to_be_in_viewport(ratio=1)
    expect(side.locator("#resultat h3").first).to_be_in_viewport()
    expect(side.get_by_label("Hvem kan ta kontakt")).to_be_hidden()


def test_on_a_phone_who_searches_is_taken_to_what_cannot_be_used(apne):
    side = apne(LISTEN, viewport={"width": 360, "height": 640})
    side.get_by_text("Flere valg").click()
    side.get_by_label("Alder").fill("mange")
    side.get_by_role("main").get_by_role("button", name="Søk").click()

    expect(side.get_by_label("Alder")).to_be_focused()
    expect(side.get_by_label("Alder")).to_be_in_viewport()
    expect(side.get_by_label("Alder")).to_have_attribute("aria-invalid", "true")


def test_without_scripts_the_filter_is_a_form(apne, nettsted):
    side = apne(LISTEN, java_script_enabled=False)

    side.get_by_text("Flere valg").click()
    side.get_by_label("Hvem kan ta kontakt").select_option("unge")
    side.get_by_label("Søk i tiltakene").fill("cannabis")
    side.get_by_role("button", name="Vis tiltak").click()

    expect(side).to_have_url(re.compile(r"\?q=cannabis&.*kontakt=unge"))
    expect(side.locator("#treff")).to_have_text(re.compile(r"^\d tiltak$"))
    expect(side.get_by_text("Hvem kan ta kontakt: barn og unge")).to_be_visible()
    side.get_by_role("link", name="Fjern alle valg").click()
    expect(side).to_have_url(f"{nettsted}{LISTEN}")


# The coordinator ------------------------------------------------------------------------


def skjemaer():
    """The addresses of the three forms."""
    tiltak = Tiltak.objects.get(
        plasseringer__innsatsomrade__slug="ungdomskriminalitet", plasseringer__nummer=8
    )
    punkt = Kontaktpunkt.objects.get(tjeneste__slug="out", type="telefon")
    return [
        f"/lillestrom/endre/tiltak/{tiltak.pk}/",
        f"/lillestrom/endre/tjenester/{punkt.tjeneste_id}/",
        f"/lillestrom/endre/kontaktpunkter/{punkt.pk}/",
    ]


@pytest.mark.parametrize("nr", range(3), ids=["tiltak", "tjeneste", "kontaktpunkt"])
def test_axe_finds_nothing_in_the_forms(nr, apne, koordinator):
    side = apne(skjemaer()[nr], som=koordinator)
    if nr == 0:
        expect(side.get_by_role("textbox", name="Beskrivelse")).to_be_visible()
    assert brudd(side) == []

    # What must be filled in is not: the form says so, above and beside.
    side.locator("form.skjema input[required]").first.fill("")
    side.get_by_role("button", name="Lagre").click()
    expect(side.locator(".ds-error-summary")).to_be_focused()
    assert brudd(side, [360]) == []
    side.locator(".ds-error-summary a").first.click()
    expect(side.locator("form.skjema input[required]").first).to_be_focused()

    assert brudd(uten_skript(side), [360]) == []


@pytest.mark.alt
def test_axe_finds_nothing_in_what_the_coordinator_alone_sees(apne, koordinator):
    funn = [
        *brudd(apne(f"{UNGDOM}10/", som=koordinator)),
        *brudd(apne(SIDER["dekning"], som=koordinator)),
        *brudd(apne(f"{PLANEN}mangler/", som=koordinator)),
        *brudd(apne(TJENESTEN_OUT, som=koordinator)),
        *brudd(apne("/konto/", som=koordinator)),
        *brudd(apne("/lillestrom/arbeidsflate/", som=koordinator)),
        *brudd(apne(f"{PLANEN}avslutt/", som=koordinator)),
        *brudd(apne(f"{PLANEN}endringer/", som=koordinator)),
        *brudd(apne("/lillestrom/tilganger/", som=koordinator)),
    ]

    assert funn == []


# The arbeidsflate -------------------------------------------------------------------------

FLATEN = "/lillestrom/arbeidsflate/"


def _nybegynner():
    kommune = KommuneFactory(navn="Tomby", slug="tomby")
    return TilgangFactory(kommune=kommune).bruker


def _redaktor():
    tjeneste = Tjeneste.objects.get(slug="out", kommune__slug="lillestrom")
    return TjenesteredaktorFactory(tjeneste=tjeneste).bruker


def _medlem():
    forum = Forum.objects.get(slug="arbeidsgruppe", kommune__slug="lillestrom")
    start = timezone.now() + timedelta(days=3)
    MoteFactory(forum=forum, start=start, slutt=start + timedelta(hours=1))
    return ForumsmedlemFactory(forum=forum, bruker=BrukerFactory()).bruker


def _i_politiradet():
    kommune = Kommune.objects.get(slug="lillestrom")
    rolle = Tilgang.Rolle.POLITIRAD
    UtkastFactory(kommune=kommune, fra_ar=2029, til_ar=2032)
    return TilgangFactory(kommune=kommune, rolle=rolle).bruker


@pytest.mark.parametrize(
    ("hvem", "landing"),
    [
        (_redaktor, "/lillestrom/arbeidsflate/"),
        (_medlem, "/lillestrom/arbeidsflate/"),
        (_i_politiradet, "/lillestrom/arbeidsflate/"),
        (_nybegynner, "/tomby/start/"),
    ],
)
def test_each_lands_on_a_page_that_leads_on(hvem, landing, apne, nettsted):
    side = apne("/konto/inn/", som=hvem(), viewport={"width": 360, "height": 640})

    expect(side).to_have_url(f"{nettsted}{landing}")
    assert brudd(side) == []
    bredde = side.evaluate("document.documentElement.scrollWidth")
    assert bredde <= side.viewport_size["width"]
    veier = {
        lenke.get_attribute("href").partition("#")[0]
        for lenke in side.locator("main a").all()
    }
    assert len(veier) > 2
    for adresse in veier - {""}:
        if not adresse.endswith((".pdf", ".docx")) and ".pdf?" not in adresse:
            assert (adresse, side.goto(adresse).status) == (adresse, 200)


@pytest.mark.parametrize("adresse", [LISTEN, OUT, "/lillestrom/moter/", "/konto/", "/"])
def test_on_a_phone_the_arbeidsflate_is_one_press_away(adresse, apne, nettsted):
    kommune = Kommune.objects.get(slug="lillestrom")
    bruker = TilgangFactory(kommune=kommune).bruker
    side = apne(adresse, som=bruker, viewport={"width": 360, "height": 640})

    lenken = side.get_by_role("banner").get_by_role("link", name="Arbeidsflate")
    expect(lenken).to_be_in_viewport(ratio=1)
    lenken.click()

    expect(side).to_have_url(f"{nettsted}{FLATEN}")


@pytest.mark.parametrize("bredde", [360, 1280])
@pytest.mark.parametrize("med_skript", [True, False])
def test_a_phone_number_is_changed_in_three_presses(
    bredde, med_skript, apne, koordinator
):
    side = apne(
        FLATEN,
        som=koordinator,
        viewport={"width": bredde, "height": 800},
        java_script_enabled=med_skript,
    )
    punkt = Kontaktpunkt.objects.get(tjeneste__slug="out", type="telefon")
    trykk = [
        lambda: side.get_by_text("Rett et telefonnummer eller en adresse"),
        lambda: side.get_by_role("link", name=re.compile(punkt.visning)),
        lambda: side.get_by_role("button", name="Lagre"),
    ]

    for nr, finn in enumerate(trykk, start=1):
        if nr == 3:
            side.get_by_label("nummer, adresse eller fremgangsmåte").fill("22 33 44 55")
        finn().click()

    expect(side.get_by_text("Endringen er lagret.")).to_be_visible()
    expect(side.get_by_role("link", name="22 33 44 55", exact=True)).to_be_visible()
    punkt.refresh_from_db()
    assert punkt.visning == "22 33 44 55"


def test_what_is_to_be_confirmed_opens_where_it_is_done(apne, koordinator):
    side = apne(FLATEN, som=koordinator)

    side.get_by_role("link", name="kontakter som bør bekreftes").click()

    overskrift = "Gå gjennom kontaktene i møte"
    expect(side.get_by_role("heading", name=overskrift)).to_be_visible()
    assert brudd(side) == []


@pytest.fixture
def tallkoordinator(nettsted):
    kommune = Kommune.objects.get(slug="tallby")
    return TilgangFactory(kommune=kommune, bruker__navn="Koordinator").bruker


@pytest.mark.alt
def test_axe_finds_nothing_where_figures_come_in(apne, tallkoordinator):
    """Sent, wrong row by row, looked at, put in and undone. The pages that ask:
    test_tallimport.py."""
    side = apne("/tallby/tallimport/", som=tallkoordinator)
    funn = brudd(side)

    felt = side.get_by_label("Eller lim inn tabellen")
    felt.fill("indikator\tår\ttall\nTreff\t24\tmange\nTreff\t2024\t1")
    side.get_by_role("button", name="Les tabellen").click()
    expect(
        side.get_by_role("region", name=re.compile("feil i tabellen"))
    ).to_be_visible()
    funn += brudd(side)
    side.get_by_role("button", name="Forkast").click()
    side.get_by_label("Eller lim inn tabellen").fill(
        "indikator\tår\ttall\nTreff\t2024\t36 500"
    )
    side.get_by_role("button", name="Les tabellen").click()
    expect(side.get_by_role("region", name="Tall 1–1 av 1")).to_contain_text(
        "36 500 treff"
    )
    funn += brudd(side)
    side.get_by_role("button", name="Legg inn 1 nytt tall").click()
    side.get_by_text("Angre importen").click()
    funn += brudd(side)
    side.get_by_role("button", name="Ta ut tallene").click()
    expect(side.get_by_role("region", name="Sendt inn før")).to_contain_text("angret")
    funn += brudd(side, [360])

    assert funn == []


@pytest.mark.alt
def test_axe_finds_nothing_in_the_knowledge_that_the_coordinator_sees(
    apne, tallkoordinator
):
    funn = [
        *brudd(apne("/tallby/kunnskap/", som=tallkoordinator)),
        *brudd(apne("/tallby/indikatorer/", som=tallkoordinator)),
        *brudd(apne("/tallby/indikatorer/treff/", som=tallkoordinator)),
    ]

    assert funn == []


def test_on_a_phone_who_has_access_stands_row_below_row(apne, koordinator):
    TilgangFactory(
        kommune=koordinator.koordinerer.get(),
        bruker__epost="en.lang.adresse.uten.mellomrom@oppvekst.lillestrom.example.org",
    )
    side = apne(
        "/lillestrom/tilganger/",
        som=koordinator,
        viewport={"width": 360, "height": 800},
    )
    tabell = side.get_by_role("table", name="Har tilgang nå")

    rad = tabell.get_by_role("row").last
    venstre = {celle.bounding_box()["x"] for celle in rad.get_by_role("cell").all()}
    ramme = side.get_by_role("region", name="Har tilgang nå")
    assert len(venstre) == 1
    assert ramme.evaluate("e => e.scrollWidth - e.clientWidth") == 0
    assert rad.get_by_role("rowheader").count() == 1
    assert tabell.get_by_role("columnheader").count() == 5
    assert brudd(side, [360]) == []


def test_the_coordinator_looks_as_the_public_and_comes_back(apne, koordinator):
    side = apne("/konto/", som=koordinator)

    side.get_by_role("button", name="som publikum").click()
    expect(side.get_by_role("region", name="Visning")).to_contain_text("som publikum")
    assert brudd(side) == []
    side.goto(side.url + "tiltak/")
    expect(side.get_by_role("link", name=re.compile("^Endre"))).to_have_count(0)
    side.get_by_role("button", name="Tilbake til deg selv").click()

    expect(side.get_by_role("heading", name="Min side")).to_be_visible()


def test_the_coordinator_makes_a_link_that_opens_in_another_browser(apne, koordinator):
    side = apne("/lillestrom/tilganger/", som=koordinator)
    side.get_by_label("Hvem lenken er til").fill("Politiet, Lillestrøm")
    side.get_by_role("button", name="Lag en lenke").click()
    lenke = side.locator("code").inner_text()
    assert brudd(side) == []

    partner = apne(lenke[lenke.index("/lenke/") :])
    assert brudd(partner) == []
    partner.get_by_role("button", name="Fortsett").click()

    expect(partner.get_by_role("heading", level=1)).to_contain_text("Tjenester")
    assert brudd(partner) == []
    partner.get_by_role("button", name="Glem tilgangen").click()
    expect(partner.get_by_role("button", name="Glem tilgangen")).to_have_count(0)


def test_who_sends_a_form_with_faults_is_taken_to_what_is_wrong(apne, koordinator):
    side = apne("/lillestrom/tilganger/", som=koordinator)
    side.get_by_role("button", name="Gi tilgang").click()

    feil = side.get_by_role("alert")
    expect(feil).to_be_focused()
    assert brudd(side) == []
    feil.get_by_role("link", name="E-post").click()
    expect(side.get_by_label("E-post")).to_be_focused()


def test_the_coordinator_changes_a_tiltak_where_it_stands(apne, koordinator):
    side = apne(f"{UNGDOM}9/", som=koordinator)

    side.get_by_role("link", name=re.compile("^Endre")).click()
    side.get_by_label("Status").select_option("innforing")
    # The editor, not the field that it takes the place of.
    tekst = side.locator(".ProseMirror[contenteditable=true]").first
    begynn_sist_i(tekst)
    tekst.press_sequentially(" Ny gruppe fra høsten.")
    side.get_by_label("Hvorfor endres dette?").fill("Ny gruppe")
    side.get_by_role("button", name="Lagre").click()

    expect(side.get_by_role("status")).to_have_text("Endringen er lagret.")
    expect(side.locator("article")).to_contain_text("Under innføring")
    expect(side.locator("article")).to_contain_text("Ny gruppe fra høsten.")


def test_without_scripts_too(apne, koordinator):
    side = apne(
        f"{UNGDOM}11/",
        som=koordinator,
        java_script_enabled=False,
        viewport={"width": 360, "height": 640},
    )

    side.get_by_role("link", name=re.compile("^Endre")).click()
    expect(side.locator("noscript p")).to_be_visible()  # no text to Playwright
    boks = side.get_by_label("Beskrivelse").bounding_box()
    assert boks["x"] + boks["width"] <= 360
    assert boks["height"] > 12 * 20
    side.get_by_label("Tittel").fill("Seksualundervisning på nytt")
    side.get_by_role("button", name="Lagre").click()

    expect(side.get_by_role("heading", level=1)).to_have_text(
        "Seksualundervisning på nytt"
    )


@pytest.mark.alt
def test_a_new_number_shows_wherever_the_old_one_did(apne, koordinator):
    gammelt, nytt = "469 34 634", "400 00 001"
    adresser = [OUT, f"{UNGDOM}21/", TJENESTEN_OUT, SIDER["tjenester"]]

    def vist():
        """[(address, which of the numbers stand there)]"""
        side = apne("about:blank")
        for adresse in adresser:
            side.goto(adresse)
            lenker = {n: side.get_by_role("link", name=n) for n in (gammelt, nytt)}
            yield adresse, {n for n, lenke in lenker.items() if lenke.count()}

    assert list(vist()) == [(adresse, {gammelt}) for adresse in adresser]
    side = apne(TJENESTEN_OUT, som=koordinator)
    side.get_by_role("link", name=re.compile(f"^Endre.*{gammelt}")).click()
    side.get_by_label("Nummer, adresse eller fremgangsmåte").fill(nytt)
    side.get_by_role("button", name="Lagre").click()
    expect(side.get_by_role("link", name=nytt, exact=True)).to_be_visible()

    assert list(vist()) == [(adresse, {nytt}) for adresse in adresser]
