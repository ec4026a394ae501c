"""The admin in a browser: that the text editor and the search fields work with what the
content security policy lets through, and that nothing is wider than the screen."""

import re
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    BrukerFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KommuneFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TilgangFactory,
    TjenesteFactory,
)
from tests.nettleser.conftest import axe, begynn_sist_i, logg_inn
from tiltak.models import Ansvar, Lenke, Malgruppe, Malsetting, Styringsdokument

pytestmark = pytest.mark.nettleser

# As long as the longest in fixtures/.
LANG_ADRESSE = (
    "https://www.example.org/revidert-mandat-for-fagteamet-for-forebygging-av-negativ-"
    "sosialkontroll-og-aresrelatert/minoritetsradgivere-pa-ungdomskoler-og-skoler/"
)
PASSORD = "et langt passord"


@pytest.fixture
def tiltak(kommune):
    omrade = InnsatsomradeFactory(plan=HandlingsplanFactory(kommune=kommune))
    return PlasseringFactory(
        innsatsomrade=omrade,
        nummer=1,
        tiltak__tittel="Natteravner",
        tiltak__tekst="<p>Går om natten.</p>",
    ).tiltak


def skjemaside(rad):
    return reverse(
        f"admin:{rad._meta.app_label}_{rad._meta.model_name}_change", args=[rad.pk]
    )


def skriveflate(side):
    return side.locator(".ProseMirror[contenteditable=true]")


def lagre(side):
    side.locator("input[name=_save]").first.click()
    side.locator("ul.messagelist .success").wait_for()


def test_a_coordinator_writes_a_text_that_all_can_read(side, tiltak, kommune):
    bruker = TilgangFactory(kommune=kommune).bruker
    bruker.set_password(PASSORD)
    bruker.save()

    side.goto(side.nettsted + skjemaside(tiltak))
    side.get_by_label(re.compile("e-post", re.IGNORECASE)).fill(bruker.epost)
    side.get_by_label("Passord").fill(PASSORD)
    side.get_by_role("main").get_by_role("button", name="Logg inn").click()
    tekst = skriveflate(side)
    assert tekst.inner_text() == "Går om natten."
    begynn_sist_i(tekst)
    side.keyboard.press("Enter")
    side.get_by_role("button", name="fet").click()
    side.keyboard.type("Ring ved bekymring")
    side.get_by_role("button", name="fet").click()
    side.keyboard.type(", også i helgen.")
    lagre(side)

    side.goto(side.nettsted + tiltak.get_absolute_url())
    assert side.locator("strong", has_text="Ring ved bekymring").is_visible()
    assert "Ring ved bekymring, også i helgen." in side.locator("main").inner_text()
    tiltak.refresh_from_db()
    assert tiltak.tekst == (
        "<p>Går om natten.</p>"
        "<p><strong>Ring ved bekymring</strong>, også i helgen.</p>"
    )


def test_the_editor_speaks_norwegian(admin, tiltak):
    admin.goto(admin.nettsted + skjemaside(tiltak))
    skriveflate(admin).wait_for()

    knapper = admin.locator(".prose-menubar button")
    navn = {
        knapp.get_attribute("aria-label") or knapp.text_content()
        for knapp in knapper.all()
    }

    assert navn == {
        "avsnitt",
        "Mellomtittel",
        "Liten tittel",
        "Minste tittel",
        "Vanlig tekst",
        "punktliste",
        "nummerert liste",
        "sitat",
        "fet",
        "kursiv",
        "sett inn lenke",
        "fjern lenke",
        "sett inn tabell",
        "ny kolonne til høyre",
        "slett kolonnen",
        "ny rad under",
        "slett raden",
        "slå sammen celler",
        "del cellen",
        "overskrift av eller på",
        "slett tabellen",
        "angre",
        "gjør om",
    }


def test_a_link_is_set_in_a_text(admin, tiltak):
    admin.goto(admin.nettsted + skjemaside(tiltak))
    skriveflate(admin).click()
    admin.keyboard.press("Control+a")
    admin.get_by_role("button", name="sett inn lenke").click()
    dialog = admin.get_by_role("dialog")
    assert dialog.get_by_role("button", name="Avbryt").is_visible()
    dialog.get_by_label("Nettadresse").fill("https://example.org/")
    dialog.get_by_role("button", name="Oppdater").click()
    lagre(admin)

    tiltak.refresh_from_db()
    assert 'href="https://example.org/"' in tiltak.tekst


def test_a_heading_and_a_list_survive(admin, tiltak):
    admin.goto(admin.nettsted + skjemaside(tiltak))
    begynn_sist_i(skriveflate(admin))
    admin.keyboard.press("Enter")
    admin.get_by_role("button", name="punktliste").click()
    admin.keyboard.type("ett")
    admin.keyboard.press("Enter")
    admin.keyboard.type("to")
    lagre(admin)

    tiltak.refresh_from_db()
    assert tiltak.tekst == (
        "<p>Går om natten.</p><ul><li><p>ett</p></li><li><p>to</p></li></ul>"
    )


def test_a_tjeneste_is_found_by_searching_and_added(admin, tiltak, kommune):
    TjenesteFactory(kommune=kommune, navn="Barneverntjenesten")
    out = TjenesteFactory(kommune=kommune, navn="Oppsøkende ungdomsteam")
    admin.goto(admin.nettsted + skjemaside(tiltak))

    admin.get_by_text(re.compile("^Legg til.* Ansvar$")).click()
    admin.locator("#ansvar-0 .select2-selection").first.click()
    admin.locator(".select2-search__field").fill("OPPSØK")
    admin.locator(".select2-results__option", has_text="Oppsøkende").click()
    lagre(admin)

    assert list(Ansvar.objects.values_list("tiltak", "tjeneste")) == [
        (tiltak.pk, out.pk)
    ]


def test_the_kommune_is_changed_in_the_heading(admin, koordinator, nabokommune):
    TilgangFactory(bruker=koordinator.bruker, kommune=nabokommune)
    admin.goto(admin.nettsted + reverse("admin:index"))

    admin.get_by_label("Kommune", exact=True).select_option("Lørenskog")
    admin.get_by_role("button", name="Bytt", exact=True).click()

    assert admin.locator("#site-name").inner_text().endswith("Lørenskog")
    assert "Du arbeider nå i Lørenskog." in admin.locator("main").inner_text()


def fyll(tiltak):
    """A tiltak with something of everything, so that all of it has to find room."""
    for _gang in range(2):
        ansvar = AnsvarFactory(tiltak=tiltak, merknad="den enkelte videregående skole")
        KontaktpunktFactory.create_batch(2, tjeneste=ansvar.tjeneste)
    Malgruppe.objects.create(tiltak=tiltak, tekst="elever", trinn_fra=8, trinn_til=10)
    Lenke.objects.create(tiltak=tiltak, tittel="Mer", adresse=LANG_ADRESSE)
    Malsetting.objects.create(plan=tiltak.plan, type="visjon", tekst="Trygghet")
    Styringsdokument.objects.create(
        kommune=tiltak.plan.kommune, plan=tiltak.plan, tittel="Samarbeidsavtalen"
    )
    return ansvar.tjeneste


def sidene(tiltak):
    tjeneste = fyll(tiltak)
    return [
        reverse("admin:index"),
        reverse("admin:tiltak_tiltak_changelist"),
        reverse("admin:tiltak_tiltak_add"),
        skjemaside(tiltak),
        skjemaside(tjeneste),
        skjemaside(tjeneste.kontaktpunkter.first()),
        skjemaside(tiltak.plan),
        reverse("admin:tiltak_tiltak_history", args=[tiltak.pk]),
    ]


@pytest.mark.alt
@pytest.mark.parametrize("bredde", [1280, 360])
def test_no_page_is_wider_than_the_screen(
    admin, tiltak, koordinator, nabokommune, bredde
):
    TilgangFactory(bruker=koordinator.bruker, kommune=nabokommune)  # one more form
    admin.set_viewport_size({"width": bredde, "height": 800})

    for_brede = {}
    for url in sidene(tiltak):
        assert admin.goto(admin.nettsted + url).ok
        bredt = admin.evaluate("document.documentElement.scrollWidth")
        if bredt > bredde:
            for_brede[url] = bredt

    assert for_brede == {}


@pytest.mark.parametrize("bredde", [1280, 360])
def test_a_long_title_makes_the_history_no_wider(admin, tiltak, bredde):
    tiltak.tittel = f"{'Forebyggings' * 8}-{'samarbeid' * 8}"
    tiltak.save()
    admin.set_viewport_size({"width": bredde, "height": 800})

    svar = admin.goto(
        admin.nettsted + reverse("admin:tiltak_tiltak_history", args=[tiltak.pk])
    )

    assert svar.ok
    assert admin.evaluate("document.documentElement.scrollWidth") <= bredde


@pytest.mark.alt
def test_nobody_is_told_what_the_clock_of_the_server_shows(
    new_context, nettsted, koordinator, tiltak
):
    """Not on a journey, either: days have no clock, and times are those of the place."""
    side = new_context(locale="nb-NO", timezone_id="America/New_York").new_page()
    side.nettsted = nettsted
    logg_inn(side, koordinator)
    kontakt = KontaktpunktFactory(tjeneste__kommune=tiltak.kommune)

    for url in (skjemaside(tiltak), skjemaside(kontakt)):
        assert side.goto(nettsted + url).ok
        side.wait_for_load_state("networkidle")
        assert side.locator("[type=date]").count()
        assert "server-tid" not in side.locator("body").inner_text()
        assert side.locator(".timezonewarning").count() == 0

    apningstid = side.get_by_text(re.compile("^Legg til.* Åpningstid$"))
    apningstid.click()
    assert "server-tid" not in side.locator("body").inner_text()


def test_a_day_is_chosen_in_the_calendar_of_the_browser(admin, tiltak):
    admin.goto(admin.nettsted + skjemaside(tiltak))
    admin.get_by_label("Fra dato").fill("2026-03-01")
    lagre(admin)

    tiltak.refresh_from_db()
    assert tiltak.fra_dato == date(2026, 3, 1)


@pytest.mark.alt
def test_the_columns_of_a_list_fit_beside_its_filters(admin, tiltak, kommune):
    tjeneste = TjenesteFactory(kommune=kommune, navn="Radikaliseringskontaktene")
    for nr, type_ in enumerate(["telefon", "nett"]):
        KontaktpunktFactory(
            tjeneste=tjeneste,
            type=type_,
            verdi=LANG_ADRESSE if nr else "66938000",
            etikett="Drøftingstelefonen",
            synlighet="offentlig" if nr else "tjenester",
        )
    AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
    admin.set_viewport_size({"width": 1280, "height": 800})

    for_brede = {}
    for modell in ("tiltak", "tjeneste", "kontaktpunkt", "innsatsomrade"):
        url = reverse(f"admin:tiltak_{modell}_changelist")
        assert admin.goto(admin.nettsted + url).ok
        listen = admin.locator("#changelist .results")
        bredt = listen.evaluate("e => e.scrollWidth - e.clientWidth")
        if bredt > 0:
            for_brede[modell] = bredt

    assert for_brede == {}


@pytest.mark.alt
def test_every_field_and_button_has_a_name(admin, tiltak, koordinator, nabokommune):
    TilgangFactory(bruker=koordinator.bruker, kommune=nabokommune)
    regler = [
        "aria-input-field-name",
        "aria-toggle-field-name",
        "button-name",
        "document-title",
        "duplicate-id-aria",
        "html-has-lang",
        "image-alt",
        "label",
        "link-name",
        "select-name",
    ]

    uten_navn = []
    for url in sidene(tiltak):
        assert admin.goto(admin.nettsted + url).ok
        uten_navn += [
            (url, regel, hvor)
            for regel, steder in axe(admin, {"type": "rule", "values": regler})
            for hvor in steder
            # The search fields of Django's own library.
            if "select2-" not in str(hvor)
        ]

    assert uten_navn == []


def test_the_address_of_a_new_kommune_is_proposed_as_its_name_is_written(side):
    logg_inn(side, innlogget(BrukerFactory(is_superuser=True)))
    side.goto(side.nettsted + reverse("admin:slt_kommune_add"))

    side.get_by_label("Navn", exact=False).first.press_sequentially("Søndre Åsnes-Fæle")

    expect(side.locator("[name=slug]")).to_have_value("sondre-asnes-faele")


# On a phone -----------------------------------------------------------------------------


@pytest.mark.parametrize("bredde", [360, 320])
def test_on_a_phone_fields_fit_their_box(admin, tiltak, bredde):
    admin.set_viewport_size({"width": bredde, "height": 800})

    admin.goto(admin.nettsted + skjemaside(tiltak))

    utenfor = admin.locator(".inline-related .form-row").evaluate_all(
        """rader => rader.flatMap(rad => {
          const kant = rad.getBoundingClientRect().right + 1;
          const felter = [...rad.querySelectorAll("input, select, textarea, .select2")];
          return felter.filter(f => f.getBoundingClientRect().right > kant);
        }).length"""
    )
    assert admin.locator(".inline-related .form-row :is(input, select)").count() > 3
    assert utenfor == 0


def test_on_a_phone_the_first_page_has_whole_words(admin, kommune):
    lang = KommuneFactory(navn="Guovdageainnu suohkan / Kautokeino")
    TilgangFactory(kommune=lang, bruker=kommune.tilganger.get().bruker)
    admin.set_viewport_size({"width": 320, "height": 800})

    admin.goto(f"{admin.nettsted}/admin/")

    # A name of one word has one line.
    delte = admin.locator(".dashboard .module th a").evaluate_all(
        """navn => navn.filter(n => !n.textContent.includes(" "))
          .filter(n => n.getClientRects().length > 1).map(n => n.textContent)"""
    )
    assert delte == []
    assert admin.locator(".dashboard .module th a").count() > 10
    assert admin.evaluate("document.documentElement.scrollWidth") == 320
