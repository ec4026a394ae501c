"""Charts are drawn of whatever figures there may be."""

from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from defusedxml.ElementTree import fromstring

from evaluering.tall.diagram import diagram
from evaluering.tall.tabell import talltabell
from tests.factories import IndikatorFactory, MalingFactory

SVG = "http://www.w3.org/2000/svg"
VERDIER = [
    ["0", "0"],
    ["0", "0.01"],
    ["100", "100"],
    ["-5", "5"],
    ["-5", "-5"],
    ["0.01", "9999999999.99"],
    ["-9999999999.99", "9999999999.99"],
    ["7.5"] * 3,
    ["33636", "41000", "0"],
]


@pytest.mark.parametrize("deler", [False, True], ids=["years", "parts"])
@pytest.mark.parametrize("verdier", VERDIER, ids=" ".join)
def test_any_figures_are_drawn_or_left_out(verdier, deler, db):
    indikator = IndikatorFactory(minst=-(10**10) + 1)
    malinger = [
        MalingFactory(
            indikator=indikator,
            verdi=Decimal(verdi),
            **{"slag": f"Slag {nr}"} if deler else {"arstall": 2020 + nr},
        )
        for nr, verdi in enumerate(verdier)
    ]

    tegnet = diagram(talltabell(indikator, malinger))

    if any(map(Decimal, verdier)):
        assert tegnet.svg.startswith("<svg")
        assert "style=" not in tegnet.svg
    else:
        assert tegnet is None


def tegn(kommune, *rader, **felter):
    """The chart of an indicator with these figures, and all texts in it."""
    indikator = IndikatorFactory(kommune=kommune, **felter)
    malinger = [MalingFactory(indikator=indikator, **rad) for rad in rader]
    tegnet = diagram(talltabell(indikator, malinger))
    if tegnet is None:
        return None, []
    tekster = [t.text for t in fromstring(tegnet.svg).iter(f"{{{SVG}}}text")]
    return tegnet, [tekst.replace("\N{NO-BREAK SPACE}", " ") for tekst in tekster]


def ar(arstall, verdi, **felter):
    return {"arstall": arstall, "verdi": verdi} | felter


def test_one_number_is_no_chart(kommune):
    assert tegn(kommune, ar(2023, 15))[0] is None
    assert tegn(kommune, ar(2023, 15, slag="ute"))[0] is None


def test_each_column_has_its_figure_and_its_year(kommune):
    tegnet, tekster = tegn(
        kommune, ar(2021, 20_110), ar(2022, 23_970), ar(2023, 33_636), enhet="treff"
    )

    assert tegnet.under == "Treff, 2021–2023"
    assert tegnet.over_tid
    assert set(tekster) == {"2021", "2022", "2023", "20 110", "23 970", "33 636"}
    assert tegnet.svg.count("<rect") == 3


def test_a_year_that_is_missing_and_one_that_is_provisional_are_said(kommune):
    tegnet, tekster = tegn(
        kommune,
        ar(2020, 7),
        ar(2021, None, merke="mangler"),
        ar(2022, None, merke="skjult"),
        ar(2023, 9, merke="forelopig"),
    )

    assert {"mangler", "skjult", "2021", "2022"} <= set(tekster)
    assert tegnet.svg.count("<rect") == 2
    assert tegnet.svg.count("stroke-dasharray") == 1
    assert tegnet.noter == ["Det som bare er et omriss, er foreløpige tall."]


def test_few_persons_are_in_no_chart(kommune):
    tegnet, tekster = tegn(
        kommune,
        *(ar(2023, verdi, slag=f"slag {verdi}") for verdi in (30, 20, 3)),
        teller="personer",
    )

    assert "Slag 3" not in tekster
    assert "3" not in tekster
    assert "slag 3" not in tegnet.svg


def test_the_country_stands_beside_the_kommune(kommune):
    tegnet, tekster = tegn(
        kommune,
        *(
            ar(arstall, verdi)
            for arstall, verdi in ((2014, 12), (2017, 10), (2022, 15))
        ),
        *(
            ar(arstall, verdi, omfang="landet")
            for arstall, verdi in ((2014, 13), (2022, 11))
        ),
        ar(2022, 14, omfang="fylket"),
    )

    # With a name each, where the line ends: no key, and no colour to tell them by.
    assert {"15 Lillestrøm", "11 Hele landet", "14 Fylket"} <= set(tekster)
    assert {"2014", "2017", "2022"} <= set(tekster)
    assert "Hele landet: 13 i 2014, 11 i 2022." in tegnet.svg
    assert tegnet.svg.count("<circle") == 6


def test_a_country_that_leaves_no_room_for_the_kommune_is_compared_in_words(kommune):
    tegnet, tekster = tegn(
        kommune,
        *(ar(arstall, verdi) for arstall, verdi in ((2021, 4505), (2024, 5291))),
        *(
            ar(arstall, verdi, omfang="landet")
            for arstall, verdi in ((2020, 9), (2021, 286766), (2024, 286600))
        ),
    )

    assert "Hele landet" not in " ".join(tekster)
    assert tegnet.noter == [
        "Fra 2021 til 2024: Lillestrøm 17 prosent opp, hele landet om lag som før."
    ]


def test_the_country_is_no_bar_that_leaves_the_others_none(kommune):
    _tegnet, tekster = tegn(
        kommune,
        *(ar(2023, verdi, slag=f"slag {verdi}") for verdi in (7, 8)),
        ar(2023, 41, omfang="landet", slag="slag 7"),
        ar(2023, 40, omfang="landet", slag="slag 8"),
    )

    assert "Hele landet, slag 8" in tekster
    assert "Hele landet, slag 7" not in tekster


def test_what_is_compared_with_an_earlier_year_says_so(kommune):
    tegnet, tekster = tegn(
        kommune,
        ar(2021, 12),
        ar(2022, 15),
        ar(2021, 9, omfang="landet"),
    )

    assert "(2021)" in " ".join(tekster)
    assert "15 Lillestrøm" in tekster
    assert "Hele landet: 9 i 2021" in tegnet.svg


def test_a_line_is_broken_where_a_figure_is_not_known(kommune):
    tegnet, _tekster = tegn(
        kommune,
        ar(2019, 8),
        ar(2020, 9),
        ar(2021, None, merke="skjult"),
        ar(2022, 5),
        ar(2023, 6),
        ar(2019, 7, omfang="landet"),
        ar(2023, 7, omfang="landet"),
    )

    assert tegnet.svg.count('class="egen strek"') == 2
    assert tegnet.svg.count('class="andres strek"') == 1


def test_lines_that_do_not_begin_at_zero_say_so(kommune):
    skole = {"periode": "skolear"}
    tegnet, tekster = tegn(
        kommune,
        *(ar(nr, 50 + nr % 2, til_ar=nr + 1, **skole) for nr in (2020, 2021, 2022)),
        ar(2022, 50, til_ar=2023, omfang="landet", **skole),
        enhet="skalapoeng",
    )

    assert tegnet.under == (
        "Skalapoeng, 2020/21 til 2022/23. Aksen begynner ikke på null"
    )
    assert {"2020/21", "2022/23"} <= set(tekster)


def test_few_parts_over_time_are_lines_with_their_names(kommune):
    _tegnet, tekster = tegn(
        kommune,
        *(
            ar(arstall, verdi, trinn=trinn)
            for trinn, arene in (
                ("ungdomsskole", ((2014, 20), (2019, 23))),
                ("videregaende", ((2014, 9), (2019, 12))),
            )
            for arstall, verdi in arene
        ),
    )

    assert {"20", "9", "23 Ungdomsskole", "12 Videregående"} <= set(tekster)


def test_names_are_whole_and_the_largest_stand(kommune):
    langt = "Kulturkvartalet, Skateparken, Flomvollen, Helsebygget og Stillverksveien"
    deler = [ar(2023, 99, slag=langt)] + [
        ar(2023, nr, slag=f"sted {nr}") for nr in range(1, 20)
    ]

    tegnet, tekster = tegn(kommune, *deler, enhet="treff")

    assert langt in " ".join(tekster)
    assert tegnet.under == "Treff, 2023. De 12 største av 20"
    assert "19" in tekster
    assert "8" not in tekster


def test_nothing_is_drawn_outside_and_no_label_on_another(kommune):
    """However close the lines are."""
    landene = [{"omfang": ""}, {"omfang": "fylket"}, {"omfang": "landet"}]
    rader = [
        ar(arstall, 40 + nr, **hvem)
        for arstall in (2022, 2023)
        for nr, hvem in enumerate(landene)
    ]

    tegnet, _tekster = tegn(kommune, *rader)

    svg = fromstring(tegnet.svg)
    bredde, hoyde = map(float, svg.get("viewBox").split()[2:])
    punkter = [
        (float(tekst.get("x")), float(tekst.get("y")))
        for tekst in svg.iter(f"{{{SVG}}}text")
    ]
    steder = {x: sorted(y for hvor, y in punkter if hvor == x) for x, _y in punkter}
    assert any(len(plasser) > 2 for plasser in steder.values())
    assert [p for p in punkter if not (0 <= p[0] <= bredde and 0 < p[1] <= hoyde)] == []
    par = [(a, b) for plasser in steder.values() for a, b in pairwise(plasser)]
    assert [(a, b) for a, b in par if b - a < 15] == []


def test_a_chart_is_one_whatever_prefixes_others_gave(db):
    ElementTree.register_namespace("", "")  # as WeasyPrint does where it is loaded
    indikator = IndikatorFactory()
    malinger = [
        MalingFactory(indikator=indikator, arstall=arstall) for arstall in (2022, 2023)
    ]

    svg = diagram(talltabell(indikator, malinger)).svg

    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert ":svg" not in svg
    assert "<title>" in svg
