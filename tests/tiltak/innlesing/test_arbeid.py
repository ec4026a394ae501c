"""One choice at a time, and back again."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories import (
    HandlingsplanFactory,
    LokalomradeFactory,
    PlanimportFactory,
    TjenesteFactory,
)
from tests.tiltak.innlesing.lest import omriss
from tiltak.innlesing import arbeid
from tiltak.innlesing.forslag.valg import KAPITTEL, TILTAK, Valg

pytestmark = pytest.mark.django_db


@pytest.fixture
def rad(kommune):
    return PlanimportFactory(kommune=kommune)


def bestem(rad, *endringer):
    return arbeid.bestem(planimport=rad, versjon=rad.versjon, endringer=endringer)


def tekstene(rad):
    (tiltak,) = arbeid.forslaget(rad).tiltak
    return [del_.tekst for del_ in tiltak.tekst]


def test_a_block_becomes_something_else_and_is_taken_back(rad):
    assert omriss(arbeid.forslaget(rad)) == [("Rus", 1, "Uteteam")]

    rad = bestem(rad, arbeid.som("2", KAPITTEL))

    assert omriss(arbeid.forslaget(rad)) == []
    assert rad.versjon == 1
    rad = arbeid.ta_tilbake(planimport=rad, versjon=1)
    assert omriss(arbeid.forslaget(rad)) == [("Rus", 1, "Uteteam")]
    assert (rad.valg, rad.tidligere_valg, rad.versjon) == ({}, [], 2)


def test_choices_are_taken_back_one_by_one(rad):
    for rolle in (KAPITTEL, TILTAK):
        rad = bestem(rad, arbeid.som("1", rolle))

    rad = arbeid.ta_tilbake(planimport=rad, versjon=rad.versjon)

    assert rad.valg == {"blokker": {"1": KAPITTEL}}
    arbeid.ta_tilbake(planimport=rad, versjon=rad.versjon)
    rad.refresh_from_db()
    with pytest.raises(ValidationError, match="ingenting å angre"):
        arbeid.ta_tilbake(planimport=rad, versjon=rad.versjon)


def test_what_is_the_same_already_is_no_choice(rad):
    rad = bestem(rad, arbeid.som("1", KAPITTEL))
    rad = bestem(rad, arbeid.som("1", KAPITTEL))

    assert (rad.versjon, len(rad.tidligere_valg)) == (1, 1)


def test_only_the_last_choices_are_kept(rad, monkeypatch):
    monkeypatch.setattr(arbeid, "FLESTE_TILBAKE", 2)
    for rolle in (KAPITTEL, TILTAK, KAPITTEL):
        rad = bestem(rad, arbeid.som("1", rolle))

    assert [v["blokker"]["1"] for v in rad.tidligere_valg] == [KAPITTEL, TILTAK]


def test_of_two_at_once_the_second_is_told(rad):
    bestem(rad, arbeid.som("1", KAPITTEL))

    with pytest.raises(ValidationError, match="i mellomtiden"):
        bestem(rad, arbeid.som("2", KAPITTEL))  # on the page as it was

    rad.refresh_from_db()
    assert rad.valg["blokker"] == {"1": KAPITTEL}


def test_what_was_put_in_is_not_decided_about(rad):
    rad.plan = HandlingsplanFactory(kommune=rad.kommune)
    rad.lagt_inn = timezone.now()
    rad.save()

    for gjor in (
        lambda: bestem(rad, arbeid.som("1", KAPITTEL)),
        lambda: arbeid.ta_tilbake(planimport=rad, versjon=0),
        lambda: arbeid.merk_lest(planimport=rad, nokler=["1"], lest=True),
        lambda: arbeid.forkast(planimport=rad),
    ):
        with pytest.raises(ValidationError, match="lagt inn"):
            gjor()


def test_a_block_is_split_and_made_whole_again(rad):
    ((sted, etter),) = arbeid.delesteder(arbeid.blokkene(rad)[2], Valg(), 0)
    assert etter == "Går ute i helgene."

    rad = bestem(rad, arbeid.delt("3", sted))

    assert tekstene(rad) == ["Møter unge.", "Går ute i helgene."]
    assert arbeid.delesteder(arbeid.blokkene(rad)[2], Valg.fra_json(rad.valg), 1) == []
    rad = bestem(rad, arbeid.sammen("3.1"))
    assert tekstene(rad) == ["Møter unge. Går ute i helgene."]


def test_a_block_goes_on_from_the_one_before_and_no_more(rad):
    rad = bestem(rad, arbeid.sammen("4"))
    (tiltak,) = arbeid.forslaget(rad).tiltak
    assert tiltak.tekst[0].blokker == ("3", "4")

    rad = bestem(rad, arbeid.sammen("4"))

    (tiltak,) = arbeid.forslaget(rad).tiltak
    assert tiltak.tekst[0].blokker == ("3",)


def test_a_paragraph_belongs_to_a_field(rad):
    rad = bestem(rad, arbeid.i_feltet("3", "malgruppe"))

    (tiltak,) = arbeid.forslaget(rad).tiltak
    assert "Møter unge." in tiltak.malgrupper[0].tekst
    assert tiltak.tekst == []
    # A role takes it out of the field again.
    rad = bestem(rad, arbeid.som("3", "tekst"))
    assert tekstene(rad) == ["Møter unge. Går ute i helgene."]


def test_a_label_stands_for_another_field(rad):
    rad = bestem(rad, arbeid.kalt({"ansvar": "samarbeidspart"}))

    (tiltak,) = arbeid.forslaget(rad).tiltak
    assert [(a.navn, a.rolle) for a in tiltak.ansvar] == [
        ("Utekontakten", "samarbeidspart")
    ]


def test_what_was_read_is_no_choice_and_is_kept_once(rad):
    for lest, nokler in ((True, ["1", "2"]), (True, ["2", "3"]), (False, ["1"])):
        arbeid.merk_lest(planimport=rad, nokler=nokler, lest=lest)

    rad.refresh_from_db()
    assert (rad.sett, rad.versjon) == (["2", "3"], 0)


def test_names_of_the_kommune_itself_are_known(kommune, django_assert_num_queries):
    TjenesteFactory(kommune=kommune, navn="Barn, unge og familie")
    LokalomradeFactory(kommune=kommune, navn="Fetsund")
    rad = PlanimportFactory(kommune=kommune)
    rad.blokker[3]["tekst"] = "Ansvar: Barn, unge og familie"

    with django_assert_num_queries(2):
        (tiltak,) = arbeid.forslaget(rad).tiltak

    assert [a.navn for a in tiltak.ansvar] == ["Barn, unge og familie"]
