"""The forms of fora and of what is known, in a browser: for all eyes and hands, and with
and without JavaScript."""

import pytest
from playwright.sync_api import expect

from evaluering.models import Funnsvar, Kilde
from tests.conftest import innlogget
from tests.factories import (
    AnbefalingFactory,
    ForumFactory,
    ForumsmedlemFactory,
    FunnFactory,
    HandlingsplanFactory,
    IndikatorFactory,
    KommuneFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
)
from tests.nettleser.conftest import brudd, logg_inn

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lillestrom(transactional_db):
    """A kommune with one of each."""
    kommune = KommuneFactory(nummer="3205", navn="Lillestrøm", slug="lillestrom")
    forum = ForumFactory(kommune=kommune)
    ForumFactory(kommune=kommune)
    KommuneFactory()
    tjeneste = TjenesteFactory(kommune=kommune)
    for _nr in range(2):
        ForumsmedlemFactory(forum=forum, tjeneste=tjeneste)
    indikator = IndikatorFactory(kommune=kommune)
    funn = FunnFactory(kilde=indikator.kilde)
    tiltak = TiltakFactory(plan=HandlingsplanFactory(kommune=kommune))
    Funnsvar.objects.create(funn=funn, tiltak=tiltak)
    anbefaling = AnbefalingFactory(kilde=indikator.kilde)
    kommune.skjemaer = {
        "forum": f"/lillestrom/endre/fora/{forum.pk}/",
        "kilde": f"/lillestrom/endre/kilder/{indikator.kilde_id}/",
        "funn": f"/lillestrom/endre/funn/{funn.pk}/",
        "anbefaling": f"/lillestrom/endre/anbefalinger/{anbefaling.pk}/",
        "indikator": f"/lillestrom/endre/indikatorer/{indikator.pk}/",
    }
    return kommune


@pytest.fixture
def koordinatoren(lillestrom):
    return innlogget(TilgangFactory(kommune=lillestrom).bruker)


@pytest.fixture
def side(side, koordinatoren):
    """The page, logged in as the coordinator."""
    logg_inn(side, koordinatoren)
    return side


@pytest.mark.parametrize("hva", ["forum", "kilde", "funn", "anbefaling", "indikator"])
def test_axe_finds_nothing_in_the_forms(hva, lillestrom, side):
    side.goto(f"{side.nettsted}{lillestrom.skjemaer[hva]}")
    side.evaluate(
        "document.querySelectorAll('details').forEach((d) => (d.open = true))"
    )
    assert brudd(side) == []

    felt = "input[name=navn], textarea[name=tekst]"
    side.locator(felt).first.fill("")
    side.get_by_role("button", name="Lagre").click()
    expect(side.locator(".ds-error-summary")).to_be_focused()
    # The text editor comes when the page is there.
    editor = side.locator(".ProseMirror[contenteditable]")
    expect(editor).to_have_count(
        side.locator("textarea[data-django-prose-editor-configurable]").count()
    )

    assert brudd(side, [360]) == []
    assert [tekst for tekst in side.konsoll if "422" not in tekst] == []
    side.konsoll.clear()


def test_axe_finds_nothing_where_something_is_removed(lillestrom, side):
    funn = {}
    for hva, adresse in lillestrom.skjemaer.items():
        side.goto(f"{side.nettsted}{adresse}slett/")
        funn[hva] = brudd(side)

    assert funn == {hva: [] for hva in lillestrom.skjemaer}


def legg_til_medlem(side, funksjon):
    antall = side.locator("#rader-medlemmer .skjemarad").count()
    side.get_by_role("button", name="Legg til et medlem").click()
    rader = side.locator("#rader-medlemmer .skjemarad")
    expect(rader).to_have_count(antall + 1)
    rader.last.get_by_label("Funksjon").fill(funksjon)
    side.get_by_role("button", name="Lagre").click()
    expect(side.get_by_text("Endringen er lagret.")).to_be_visible()
    expect(side.get_by_role("main")).to_contain_text(funksjon)


@pytest.mark.parametrize("med_skript", [True, False], ids=["script", "no script"])
def test_a_member_is_added(med_skript, lillestrom, side, koordinatoren, new_context):
    nettsted = side.nettsted
    if not med_skript:
        side = new_context(java_script_enabled=False).new_page()
        side.nettsted = nettsted
        logg_inn(side, koordinatoren)
    side.goto(f"{nettsted}{lillestrom.skjemaer['forum']}")

    legg_til_medlem(side, "rektorene")


def test_a_finding_is_put_in_with_the_keyboard_alone(side):
    side.goto(f"{side.nettsted}/lillestrom/kunnskap/")
    side.get_by_role("link", name="Ny kilde").focus()
    side.keyboard.press("Enter")
    expect(side.get_by_role("heading", level=1)).to_have_text("Ny kilde")
    for felt, tekst in (("Navn", "Ungdata 2026"), ("År", "2026"), ("Utgiver", "NOVA")):
        side.get_by_label(felt, exact=True).focus()
        side.keyboard.type(tekst)
    side.get_by_label("Type", exact=True).focus()
    side.keyboard.type("Ungdata")
    side.get_by_role("button", name="Legg til et funn").focus()
    side.keyboard.press("Enter")
    expect(side.get_by_label("Hva kilden fant")).to_be_focused()
    side.keyboard.type("Flere er sammen med venner")
    side.get_by_role("button", name="Lagre").focus()
    side.keyboard.press("Enter")

    expect(side.get_by_text("«Ungdata 2026» er lagt til.")).to_be_visible()
    kilde = Kilde.objects.get(navn="Ungdata 2026")
    assert [funn.tekst for funn in kilde.funn.all()] == ["Flere er sammen med venner"]
