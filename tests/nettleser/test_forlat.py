"""Who looks for help leaves the page at once: by the button, with and without script, and by
Shift three times; and Back does not lead to what they left."""

import pytest
from playwright.sync_api import expect

from tests.factories import HandlingsplanFactory, KontaktpunktFactory, TjenesteFactory
from tests.nettleser.conftest import brudd, logg_inn

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]

LISTEN = "/lillestrom/2024-2028/tiltak/"
TJENESTENE = "/lillestrom/tjenester/"
TJENESTEN = f"{TJENESTENE}utekontakten/"
UTE = "https://vaeret.example/"
KNAPPEN = "Forlat siden"


@pytest.fixture
def side(side, kommune, settings):
    settings.FORLAT_TIL = UTE
    HandlingsplanFactory(kommune=kommune)
    for navn in ("Utekontakten", "Skolehelsetjenesten", "Barneverntjenesten"):
        KontaktpunktFactory(tjeneste=TjenesteFactory(kommune=kommune, navn=navn))
    gjor_ute(side)
    return side


def gjor_ute(side):
    """The page outside; `side.spurt` has the headers by which it was asked for."""
    side.spurt = []

    def svar(rute):
        side.spurt.append(rute.request.all_headers())
        rute.fulfill(body="<title>Været</title>", content_type="text/html")

    side.context.route(f"{UTE}**", svar)


def ga_til(side, adresse=TJENESTENE):
    side.goto(side.nettsted + adresse)


def trykk_shift(side, antall):
    for _gang in range(antall):
        side.keyboard.press("Shift")


def test_the_button_leads_away_and_back_leads_to_nothing_that_was_read(side):
    ga_til(side)
    side.get_by_role("link", name="Utekontakten").click()

    side.get_by_role("link", name=KNAPPEN).click()
    side.wait_for_url(UTE)
    side.go_back()
    side.wait_for_url(UTE)

    assert len(side.spurt) == 2
    assert [hoder.get("referer") for hoder in side.spurt] == [None, None]
    # It is the button of the browser that is shut, not the site.
    ga_til(side, TJENESTEN)
    expect(side.locator("h1")).to_have_text("Utekontakten")
    ga_til(side)
    side.go_back()
    expect(side.locator("h1")).to_have_text("Utekontakten")


def test_without_scripts_it_is_a_link(side, new_context):
    uten = new_context(java_script_enabled=False, locale="nb-NO").new_page()
    uten.nettsted = side.nettsted
    gjor_ute(uten)
    ga_til(uten)

    uten.get_by_role("link", name=KNAPPEN).click()
    uten.wait_for_url(UTE)

    assert [hoder.get("referer") for hoder in uten.spurt] == [None]


def test_the_page_is_covered_before_the_next_one_is_there(side):
    ga_til(side, TJENESTEN)

    dekket = side.get_by_role("link", name=KNAPPEN).evaluate(
        """(knapp) => {
          knapp.click();
          const { width, height } = document.querySelector(".dekke").getBoundingClientRect();
          const synlige = [...document.body.children].filter((e) => e.offsetHeight);
          return [document.title, document.body.innerText, width, height, synlige.length];
        }"""
    )

    # The words are as white as the rest, for those who hear them.
    assert dekket == ["Et øyeblikk", "Du forlater siden.", 1280, 720, 1]
    side.wait_for_url(UTE)


def test_a_page_that_the_browser_had_put_aside_is_left_again(side):
    """As it comes back from the back/forward cache, which is off under Playwright."""
    side.add_init_script(
        """addEventListener("tilbake", () =>
          dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })))"""
    )
    ga_til(side)

    side.evaluate("dispatchEvent(new Event('tilbake'))")
    expect(side.locator("h1")).to_be_visible()
    side.evaluate("sessionStorage.setItem('forlatt', '1')")
    side.evaluate("dispatchEvent(new Event('tilbake'))")
    side.wait_for_url(UTE)

    ga_til(side)
    expect(side.locator("h1")).to_be_visible()
    assert side.evaluate("sessionStorage.length") == 0


def test_shift_three_times_does_the_same(side):
    ga_til(side)
    sagt = side.locator(".forlat [aria-live=polite]")

    expect(sagt).to_be_empty()
    trykk_shift(side, 1)
    expect(sagt).to_have_text("Trykk Shift to ganger til for å forlate siden.")
    trykk_shift(side, 1)
    expect(sagt).to_have_text("Trykk Shift én gang til for å forlate siden.")
    trykk_shift(side, 1)
    side.wait_for_url(UTE)

    side.go_back()
    assert TJENESTENE not in side.url


def test_who_writes_or_waits_stays(side):
    side.clock.install()
    ga_til(side, LISTEN)
    sagt = side.locator(".forlat [aria-live=polite]")

    side.get_by_role("searchbox").first.focus()
    for bokstav in "RUSK":
        side.keyboard.press(f"Shift+{bokstav}")
    expect(sagt).to_be_empty()
    trykk_shift(side, 2)
    side.keyboard.press("a")
    expect(sagt).to_have_text("Du er fortsatt på siden.")
    trykk_shift(side, 2)
    side.clock.fast_forward(5100)
    expect(sagt).to_have_text("Du er fortsatt på siden.")
    side.clock.fast_forward(5100)
    expect(sagt).to_be_empty()
    trykk_shift(side, 2)

    expect(sagt).to_have_text("Trykk Shift én gang til for å forlate siden.")
    assert side.spurt == []


def test_it_hides_nothing_that_has_the_focus_on_the_narrowest_screen(side):
    side.set_viewport_size({"width": 320, "height": 480})
    ga_til(side)
    side.locator("footer a").last.focus()

    for _steg in range(20):
        side.keyboard.press("Shift+Tab")
        under = side.evaluate(
            """() => {
              const her = document.activeElement;
              const stripen = document.querySelector(".forlat");
              const erIkkeBak = stripen.contains(her) || her.matches("body, .ds-skip-link");
              const { top } = her.getBoundingClientRect();
              return !erIkkeBak && top < stripen.getBoundingClientRect().bottom
                ? her.outerHTML : null;
            }"""
        )
        assert under is None
    side.evaluate("scrollTo(0, document.body.scrollHeight)")

    assert side.locator(".forlat").bounding_box()["y"] == 0
    assert side.locator(".forlat").bounding_box()["height"] < 60
    expect(side.get_by_role("link", name=KNAPPEN)).to_be_in_viewport()
    # A link that is scrolled half under it would count as too small to be hit.
    side.evaluate("scrollTo(0, 0)")
    assert brudd(side, [320]) == []
    assert side.spurt == []


@pytest.mark.parametrize("uten", [True, False])
def test_a_form_that_says_so_is_not_kept_while_one_writes(uten, side, koordinator):
    logg_inn(side, koordinator)
    side.add_init_script(
        f"""document.addEventListener("readystatechange", () =>
          document.querySelector("[name=navn]")?.form
            .toggleAttribute("data-uten-kladd", {str(uten).lower()}))"""
    )
    ga_til(side, "/konto/")

    side.locator("[name=navn]").fill("Noe jeg lurer på")
    side.wait_for_timeout(500)

    kladder = side.evaluate(
        "Object.keys(localStorage).filter((navn) => navn !== 'kladd.okt').length"
    )
    assert kladder == (0 if uten else 1)


def test_what_is_searched_for_is_not_kept(side, koordinator):
    logg_inn(side, koordinator)
    ga_til(side, LISTEN)
    for_ = side.evaluate("Object.keys({...localStorage, ...sessionStorage}).sort()")

    side.get_by_role("searchbox").first.fill("noe jeg lurer på")
    side.wait_for_timeout(700)

    etter = side.evaluate("Object.keys({...localStorage, ...sessionStorage}).sort()")
    assert etter == for_


@pytest.mark.parametrize("adresse", ["sok/?q=rus", "hvem-kan-hjelpe/"])
def test_who_is_logged_in_can_log_out_where_nothing_says_where_one_was(
    adresse, side, koordinator
):
    """A form is only taken from the site itself, and the browser has to say so."""
    logg_inn(side, koordinator)
    ga_til(side, f"/lillestrom/{adresse}")

    with side.expect_request("**/konto/logg-ut/") as sendt:
        side.get_by_role("button", name="Logg ut").click()

    expect(side.get_by_role("link", name="Logg inn").first).to_be_visible()
    assert "rus" not in sendt.value.all_headers().get("referer", "")
