"""Few persons are hidden in every layout that comes in: ages that overlap, school years and
spans of years, marks, and what the kommune is compared with."""

from itertools import combinations

import pytest

from evaluering.models import Maling
from evaluering.tall.skjul import tall
from evaluering.tall.tabell import talltabell
from tests.evaluering.importveien import last_inn, regneark, sendt
from tests.factories import (
    BrukerFactory,
    IndikatorFactory,
    KildeFactory,
    MalingFactory,
)

UNGE = {"teller": "personer", "enhet": "personer"}


@pytest.fixture
def unge(kommune):
    return IndikatorFactory(
        kommune=kommune, navn="Unge", teller="personer", publisert=True
    )


def vist(indikator):
    """{(when, for whom, of what): the figure} of those that are shown."""
    malinger = indikator.malinger.select_related("indikator", "sted", "lokalomrade")
    return {
        (str(t.maling.ar), t.maling.omfang, t.maling.hva): t.verdi
        for t in tall(indikator, malinger)
        if t.vises
    }


def lag(indikator, felt, omfang="", **verdier):
    for navn, verdi in verdier.items():
        MalingFactory(indikator=indikator, omfang=omfang, verdi=verdi, **{felt: navn})


def kan_regnes_ut(verdier):
    """Whether two sums of some of them differ by a few."""
    for antall in range(1, len(verdier) + 1):
        for noen in combinations(verdier, antall):
            for andre in combinations(verdier, antall):
                if 0 < sum(noen) - sum(andre) < 5 and set(noen) >= set(andre):
                    return True
    return False


# Ages and grades -------------------------------------------------------------------------


@pytest.mark.parametrize("felt", ["alder", "slag", "gruppe"])
@pytest.mark.parametrize(
    ("navn", "ventet"),
    [
        # 17 years: 3, and so on.
        ({"10–16 år": 20, "10–17 år": 23}, 1),
        ({"10-16": 20, "17": 30, "10-17": 53}, 2),
        ({"10–13 år": 20, "14–17 år": 30, "12–15 år": 28, "16 år": 9}, 2),
        ({"under 18 år": 23, "under 16 år": 20}, 1),
        ({"15 år og over": 33, "18 år og eldre": 30}, 1),
        ({"8. trinn": 20, "8.–10. trinn": 42, "9.–10. trinn": 22}, 2),
        ({"10–12 år": 20, "13–15 år": 22, "16–19 år": 31}, 3),
    ],
)
def test_of_ages_that_overlap_one_layer_is_shown(unge, felt, navn, ventet):
    lag(unge, felt, **navn)

    assert len(vist(unge)) == ventet


@pytest.mark.parametrize(
    ("navn", "ventet"),
    [
        # A hyphen that lines are not broken at.
        ({"10\u201116 år": 20, "10\u201117 år": 23}, 1),
        ({"16 år og yngre": 20, "17 år og yngre": 23}, 1),
        ({"10 til og med 16 år": 20, "10 t.o.m. 17 år": 23}, 1),
        ({"10 til 16-åringer": 20, "10 til 17-åringer": 23}, 1),
        ({"eldre enn 14 år": 33, "fra og med 18 år": 30}, 1),
        ({"til og med 17 år": 20, "17–20 år": 25}, 1),
        ({"under 17 år": 20, "17–20 år": 25}, 2),
        ({"8. trinn": 12, "9. trinn": 14, "Ungdomstrinnet": 29}, 2),
        ({"Vg1": 12, "Vg2": 14, "Videregående": 29}, 2),
    ],
)
def test_an_age_may_be_said_in_other_words(unge, navn, ventet):
    lag(unge, "gruppe", **navn)

    assert len(vist(unge)) == ventet


def test_grades_leave_no_few_of_their_skoleslag(unge):
    """The source left out the 10th grade, of which there are three."""
    lag(unge, "trinn", barneskole=30, ungdomsskole=29)
    lag(unge, "gruppe", **{"8. trinn": 12, "9. trinn": 14})

    vises = {hva for *_a, hva in vist(unge)}
    assert vises in ({"barneskole", "ungdomsskole"}, {"8. trinn", "9. trinn"})


def test_grades_that_make_up_their_skoleslag_stand_beside_it(unge):
    lag(unge, "trinn", barneskole=30, ungdomsskole=42)
    lag(unge, "gruppe", **{"8. trinn": 12, "9. trinn": 14, "10. trinn": 16})

    assert len(vist(unge)) == 5


def test_an_age_without_numbers_overlaps_all(unge):
    lag(unge, "alder", **{"ungdom": 23, "10–13 år": 20, "14–16 år": 30})

    assert {hva for *_a, hva in vist(unge)} == {"10–13 år", "14–16 år"}


def test_ages_of_different_years_are_no_layer(unge):
    MalingFactory(indikator=unge, arstall=2022, alder="10–16 år", verdi=20)
    MalingFactory(indikator=unge, arstall=2023, alder="10–17 år", verdi=23)

    assert len(vist(unge)) == 2


def test_a_layer_of_ages_beside_a_total_with_a_few_more(unge):
    """The layer that is shown is held against the total, as any way of dividing."""
    lag(unge, "alder", **{"10–16 år": 20, "10–17 år": 23})
    MalingFactory(indikator=unge, verdi=25)

    assert not kan_regnes_ut(list(vist(unge).values()))


def test_what_counts_no_persons_is_shown_whole(kommune):
    treff = IndikatorFactory(kommune=kommune)
    lag(treff, "alder", **{"10–16 år": 20, "10–17 år": 23})

    assert len(vist(treff)) == 2


# Years -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "perioder",
    [
        [(2022, 2023, "flere_ar"), (2022, None, ""), (2023, None, "")],
        [(2021, 2022, "skolear"), (2022, None, "")],
        [(2021, 2023, "flere_ar"), (2022, 2024, "flere_ar")],
        [(2021, 2022, "skolear"), (2021, 2022, "flere_ar")],
    ],
)
def test_years_that_overlap_are_not_shown_together(unge, perioder):
    for nr, (arstall, til_ar, periode) in enumerate(perioder):
        MalingFactory(
            indikator=unge,
            arstall=arstall,
            til_ar=til_ar,
            periode=periode,
            verdi=20 + 3 * nr,
        )

    vises = {ar for ar, *_alt in vist(unge)}
    synlige = [m.ar for m in unge.malinger.all() if str(m.ar) in vises]
    assert synlige
    assert not any(a.overlapper(b) for a, b in combinations(synlige, 2))


def test_school_years_on_end_are_shown_together(unge):
    for ar in (2021, 2022):
        MalingFactory(
            indikator=unge, arstall=ar, til_ar=ar + 1, periode="skolear", verdi=20
        )

    assert len(vist(unge)) == 2


# Marks, and others -----------------------------------------------------------------------


@pytest.mark.parametrize("merke", ["skjult", "mangler", "ikke_aktuelt"])
def test_what_the_source_left_out_cannot_be_worked_out(unge, merke):
    lag(unge, "slag", ute=12, inne=9)
    MalingFactory(indikator=unge, slag="hjemme", verdi=None, merke=merke)
    MalingFactory(indikator=unge, verdi=24)

    vises = vist(unge)
    assert not {"", "ute", "inne"} <= {hva for *_a, hva in vises}
    assert vises


@pytest.mark.parametrize(("merke", "sies"), [("skjult", False), ("mangler", True)])
def test_no_sum_is_said_beside_what_the_source_hid(kommune, merke, sies):
    treff = IndikatorFactory(kommune=kommune)
    MalingFactory(indikator=treff, kilde=treff.kilde, verdi=30)
    for slag, verdi in (("A", 10), ("B", 12), ("C", None)):
        merket = {} if verdi else {"merke": merke}
        MalingFactory(
            indikator=treff, kilde=treff.kilde, slag=slag, verdi=verdi, **merket
        )

    tabell = talltabell(treff, list(treff.malinger.all()))

    assert bool(tabell.uenigheter) is sies
    assert tabell.noe_er_skjult is not sies


def test_a_provisional_few_is_a_few(unge):
    MalingFactory(indikator=unge, verdi=3, merke="forelopig")

    assert vist(unge) == {}


@pytest.mark.parametrize("omfang", ["fylket", "landet"])
def test_a_few_of_others_cannot_be_worked_out_from_their_total(unge, omfang):
    lag(unge, "kjonn", jenter=30, gutter=40)
    for kjonn, verdi in (("", 200), ("jenter", 197), ("gutter", 3)):
        MalingFactory(indikator=unge, omfang=omfang, kjonn=kjonn, verdi=verdi)

    andres = {hva: v for (_ar, o, hva), v in vist(unge).items() if o}
    assert not {"", "jenter"} <= andres.keys()
    assert "gutter" not in andres
    assert {hva for _ar, o, hva in vist(unge) if not o} == {"jenter", "gutter"}


def test_a_larger_place_with_a_few_more_is_hidden(unge):
    """The rest of the fylke would be three."""
    MalingFactory(indikator=unge, verdi=40)
    MalingFactory(indikator=unge, omfang="fylket", verdi=43)
    MalingFactory(indikator=unge, omfang="landet", verdi=500)

    assert vist(unge) == {("2023", "", ""): 40, ("2023", "landet", ""): 500}


def test_sums_of_a_larger_place_tell_of_no_few_either(unge):
    """Girls and boys of the fylke are 43, and 40 of them are ours."""
    MalingFactory(indikator=unge, verdi=40)
    lag(unge, "kjonn", omfang="fylket", jenter=20, gutter=23)
    lag(unge, "kjonn", omfang="landet", jenter=200, gutter=230)

    assert {o for _ar, o, _hva in vist(unge)} == {"", "landet"}


def test_the_country_beside_a_hidden_figure_of_ours(unge):
    MalingFactory(indikator=unge, verdi=3)
    MalingFactory(indikator=unge, omfang="landet", verdi=500)

    assert vist(unge) == {("2023", "landet", ""): 500}


# Through the doors -----------------------------------------------------------------------


@pytest.mark.parametrize("dor", ["xlsx", "csv", "limt"])
def test_a_wide_table_of_ages_tells_of_no_few(kommune, client, dor):
    """Ages across, with one that is the others together but for three."""
    kilde = KildeFactory(kommune=kommune, arstall=2024)
    rader = [
        ["Slag", "10-14 år", "15-17 år", "10-16 år"],
        ["Vold", 20, 30, 47],
        ["Rus", 12, 4, 14],
    ]
    tekst = [[str(celle) for celle in rad] for rad in rader]
    innhold = {
        "xlsx": regneark(*rader),
        "csv": "\n".join(map(";".join, tekst)).encode(),
        "limt": "\n".join(map("\t".join, tekst)),
    }[dor]
    rad = sendt(kommune, BrukerFactory(), f"Unge.{dor}", innhold)
    last_inn(
        rad,
        oppsett={"ar": "2023", "indikator": "Unge"},
        navn=UNGE | {"kilde": str(kilde.pk)},
    )

    assert Maling.objects.count() == 6
    indikator = Maling.objects.first().indikator
    vises = {hva for *_a, hva in vist(indikator)}
    assert not any("15–17 år" in hva for hva in vises) or not any(
        "10–16 år" in hva for hva in vises
    )
    assert 4 not in vist(indikator).values()
