"""Charts are drawn of whatever figures there may be."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from evaluering.tall.diagram import diagram
from evaluering.tall.tabell import talltabell
from tests.factories import IndikatorFactory, MalingFactory

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
