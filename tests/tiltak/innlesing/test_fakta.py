"""Of the facts of a real plan, nearly all are proposed at the right place without a touch,
whatever form the plan comes in."""

from tests.tiltak.innlesing.fakta import andel, plan, rapport, treff
from tests.tiltak.innlesing.lest import plan as lag
from tiltak.innlesing.forslag import foresla

MINST = 0.95
# What some of them are few of, so that the whole would hide it.
HVERT_SLAG = 0.9


def test_the_facts_are_proposed_at_the_right_place(lillestrom):
    navn, _blokker, forslag = lillestrom

    sett = treff(forslag, plan()[1])

    print(f"{navn}: {rapport(sett)}")  # noqa: T201 (pytest -s shows the share of each kind)
    assert andel(sett) >= MINST
    assert {
        s: m for s, (rett, alle, m) in sett.items() if rett < alle * HVERT_SLAG
    } == {}


def test_the_text_lands(lillestrom):
    _navn, _blokker, forslag = lillestrom

    assert forslag.dekning.andel > 0.98
    assert forslag.dekning.tegn > 5000


def test_each_value_knows_its_block(lillestrom):
    _navn, blokker, forslag = lillestrom
    tekst = {blokk.nokkel: " ".join([blokk.tekst, *blokk.celler]) for blokk in blokker}

    verdier = [t.tittel for t in forslag.tiltak]
    assert len(verdier) == len(plan()[1])
    assert [
        v.tekst for v in verdier if v.tekst not in " ".join(tekst[b] for b in v.blokker)
    ] == []
    eposter = [k for t in forslag.tiltak for k in t.kontakter if k.art == "epost"]
    assert [
        k.verdi
        for k in eposter
        if k.verdi not in " ".join(tekst[b] for b in k.blokker).lower()
    ] == []


def test_the_same_blocks_give_the_same_plan(lillestrom):
    _navn, blokker, forslag = lillestrom

    assert foresla(blokker).som_json() == forslag.som_json()


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
