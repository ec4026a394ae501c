"""Of the facts of a real plan, nearly all are proposed at the right place without a touch,
whatever form the plan comes in."""

import pytest

from tests.tiltak.innlesing.dokumenter import (
    med_overskrifter,
    med_tabeller,
    plan_html,
    som_pdf,
    som_regneark,
    tabell_html,
)
from tests.tiltak.innlesing.fakta import andel, plan, rapport, treff
from tests.tiltak.innlesing.lest import lest
from tests.tiltak.innlesing.lest import plan as lag
from tiltak.innlesing.forslag import foresla

MINST = 0.95
# What some of them are few of, so that the whole would hide it.
HVERT_SLAG = 0.9


@pytest.mark.parametrize(
    ("slag", "lag"),
    [
        pytest.param("docx", med_overskrifter, id="docx, overskrifter"),
        pytest.param("docx", med_tabeller, id="docx, tabeller"),
        pytest.param("pdf", lambda: som_pdf(plan_html(), tagger=True), id="PDF"),
        pytest.param("xlsx", som_regneark, id="regneark"),
        pytest.param(
            "pdf",
            lambda: som_pdf(plan_html(), tagger=False),
            id="PDF uten tagger",
            marks=pytest.mark.alt,
        ),
        pytest.param(
            "pdf",
            lambda: som_pdf(tabell_html(), tagger=False),
            id="PDF, tabeller uten tagger",
            marks=pytest.mark.alt,
        ),
    ],
)
def test_the_facts_are_proposed_at_the_right_place(slag, lag):
    """One test a form: to make and to read the document is what takes time."""
    blokker = lest(slag, lag())

    forslag = foresla(blokker)

    sett = treff(forslag, plan()[1])
    print(f"\n{rapport(sett)}")  # noqa: T201 (pytest -s shows the share of each kind)
    assert andel(sett) >= MINST
    assert [s for s, (rett, alle, _) in sett.items() if rett < alle * HVERT_SLAG] == []
    # The text lands, and each value knows its block.
    assert forslag.dekning.andel > 0.98
    tekst = {b.nokkel: " ".join([b.tekst, *b.celler]).lower() for b in blokker}
    eposter = [k for t in forslag.tiltak for k in t.kontakter if k.art == "epost"]
    assert len(eposter) >= 15
    assert [k.verdi for k in eposter if not _star_i(k, tekst)] == []
    # The same blocks give the same plan.
    assert foresla(blokker).som_json() == forslag.som_json()


def _star_i(kontakt, tekst):
    return kontakt.verdi in " ".join(tekst[nokkel] for nokkel in kontakt.blokker)


def test_with_the_services_known_names_are_whole():
    """ "Avdeling Barn og unge, kultur" is one where it is known, two where it is not."""
    deler = (
        "# Fritid", "## Tiltak 1: Klubb", "Ansvar: Avdeling barn og unge, Kultur og OUT",
        "## Tiltak 2: Leir", "Ansvar: OUT",
    )  # fmt: skip

    uten = lag(*deler).tiltak[0].ansvar
    med = (
        lag(*deler, tjenester=["Avdeling barn og unge, Kultur", "OUT"]).tiltak[0].ansvar
    )

    assert [a.navn for a in uten] == ["Avdeling barn og unge", "Kultur", "OUT"]
    assert [a.navn for a in med] == ["Avdeling barn og unge, Kultur", "OUT"]
