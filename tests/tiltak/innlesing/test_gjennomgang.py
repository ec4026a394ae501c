"""What the pages about a document say of it: what is left, and what can be decided."""

import pytest

from tests.factories import PlanimportFactory
from tiltak.innlesing.blokker import BILDE, Blokk
from tiltak.innlesing.gjennomgang import Gjennomgang

pytestmark = pytest.mark.django_db


@pytest.fixture
def rad(kommune):
    return PlanimportFactory(kommune=kommune)


def test_all_of_the_text_is_in_only_where_all_is(rad):
    rad.blokker[2]["tekst"] = "Møter unge. " * 800
    assert Gjennomgang(rad).prosent == 100

    rad.valg = {"blokker": {"5": "hopp_over"}}

    g = Gjennomgang(rad)
    assert g.forslag.dekning.andel > 0.995
    assert g.prosent == 99


def test_a_picture_is_left_out_and_need_not_be_read(rad):
    bilde = Blokk(6, ("avsnitt", "6"), BILDE, "Kart")
    rad.blokker.append(bilde.som_json())
    rad.sett = ["1", "2", "3", "4", "5"]

    g = Gjennomgang(rad)

    assert [(sted, u.tekst, u.grunn) for sted, u in g.utelatt] == [
        ("avsnitt 6", "Kart", "bilde")
    ]
    assert (g.seksjoner[-1].nokler, g.uleste) == (["2", "3", "4", "5"], [])


def test_a_block_goes_on_from_another_but_for_the_first(rad):
    g = Gjennomgang(rad)

    assert [g.valgene(n).kan_slas_sammen for n in ("1", "2", "5")] == [
        False,
        True,
        True,
    ]
    assert g.valgene("6") is None


def test_what_was_put_together_is_not_split_there(rad):
    assert Gjennomgang(rad).valgene("3").delesteder == [(12, "Går ute i helgene.")]

    rad.valg = {"slatt_sammen": ["4"]}

    assert Gjennomgang(rad).valgene("3").delesteder == []


@pytest.mark.parametrize(("valg", "nye"), [("", 1), ("ny", 1), ("ingen", 0)])
def test_who_is_to_be_words_alone_is_no_new_tjeneste(rad, valg, nye):
    rad.valg = {"tjenester": {"utekontakten": valg}}

    assert len(Gjennomgang(rad).nye_tjenester) == nye
