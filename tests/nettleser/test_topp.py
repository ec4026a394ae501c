"""The head of each page: what stands beside what, on wide and narrow screens."""

import pytest

from tests.conftest import innlogget
from tests.factories import BrukerFactory, KommuneFactory, TilgangFactory
from tests.nettleser.conftest import logg_inn

pytestmark = pytest.mark.nettleser


@pytest.fixture
def i_to(side, kommune):
    bruker = BrukerFactory()
    lang = KommuneFactory(navn="Guovdageainnu suohkan / Kautokeino")
    for her in (kommune, lang):
        TilgangFactory(kommune=her, bruker=bruker)
    logg_inn(side, innlogget(bruker))
    return lang


def midt(side, hva):
    boks = side.locator(hva).bounding_box()
    return boks["y"] + boks["height"] / 2


@pytest.mark.parametrize("bredde", [1280, 1024])
def test_where_one_is_stands_in_one_row_and_the_menu_in_the_next(side, i_to, bredde):
    side.set_viewport_size({"width": bredde, "height": 800})

    side.goto(f"{side.nettsted}/{i_to.slug}/arbeidsflate/")

    navn, lenker = midt(side, ".merke"), midt(side, ".topplenker")
    meny, sok = midt(side, ".meny"), midt(side, ".topp-sok")
    assert abs(navn - lenker) < 8
    assert abs(meny - sok) < 8
    assert meny > navn + 16
    til_hoyre = side.locator(".topplenker").bounding_box()
    assert til_hoyre["x"] > bredde / 2


def test_a_search_on_a_line_of_its_own_begins_where_the_line_does(side, i_to):
    side.context.clear_cookies()
    side.set_viewport_size({"width": 320, "height": 800})

    side.goto(f"{side.nettsted}/{i_to.slug}/")

    navn, sok = (side.locator(s).bounding_box() for s in (".merke", ".topp-sok"))
    assert sok["y"] >= navn["y"] + navn["height"] - 1
    assert sok["x"] == navn["x"]
