"""The figure of the three levels, in the words of the model and in those of a kommune."""

from itertools import pairwise

import pytest
from django.core.cache import cache

from moter.models import Forum
from slt.models import Kommune
from tests.factories import HandlingsplanFactory, KapittelFactory
from tests.lest import Lest
from tests.slt.test_admin import endre, feil
from tiltak.dokument import Utgave
from tiltak.figurer import LUFT, SIDE, TRYKK, NivaFigur

PLANEN = "/lillestrom/2024-2028/plan/"
EGNE = {
    "styrende_navn": "Styringsgruppe",
    "styrende_tekst": "Kommunedirektøren og politistasjonssjefen",
    "koordinerende_navn": "Kjernegruppe",
    "utforende_navn": "SLT-team",
}
FRA_MODELLEN = (
    "Øverst: Styrende nivå (Politirådet). I midten: Koordinerende nivå "
    "(BTI-strukturen). Nederst: Utførende nivå (SLT-områdemøter og SLT-arbeidsgruppe). "
    "Bekymringer går oppover og føringer nedover."
)
MED_EGNE = (
    "Øverst: Styringsgruppe (Kommunedirektøren og politistasjonssjefen). I midten: "
    "Kjernegruppe (BTI-strukturen). Nederst: SLT-team (SLT-områdemøter og "
    "SLT-arbeidsgruppe). Bekymringer går oppover og føringer nedover."
)
hver_storrelse = pytest.mark.parametrize("mal", [SIDE, TRYKK], ids=["side", "trykk"])


@pytest.fixture(autouse=True)
def _tom_bevaring(db):
    cache.clear()


@pytest.fixture
def plan(kommune):
    plan = HandlingsplanFactory(kommune=kommune)
    KapittelFactory(plan=plan, tittel="Modellen", figur="slt_nivaer")
    return plan


def gi_navn(kommune, **felter):
    for felt, verdi in felter.items():
        setattr(kommune, felt, verdi)
    kommune.full_clean()
    kommune.save()


def test_the_levels_are_those_of_the_fora():
    assert Kommune.Niva.values == Forum.Niva.values[:3]


@pytest.mark.parametrize(
    ("egne", "omtale"), [({}, FRA_MODELLEN), (EGNE, MED_EGNE)], ids=["modell", "egne"]
)
def test_page_and_document_say_the_same_to_eye_and_ear(
    egne, omtale, plan, kommune, client
):
    gi_navn(kommune, **egne)
    plan.refresh_from_db()

    figuren = client.get(PLANEN).text.partition('<figure class="figur"')[2]
    trykt = Utgave(plan).html().partition('class="figur"')[2]

    for tekst in (figuren, trykt):
        assert omtale in tekst.partition("</svg>")[0]
    navn = [egne.get(f"{niva}_navn") for niva in Kommune.Niva]
    navn = [n or m for n, m in zip(navn, Kommune.Niva.labels, strict=True)]
    for ordet in navn:
        for tekst in (figuren, trykt):
            assert f">{ordet[0].upper()}{ordet[1:]}</text>" in tekst


def test_the_words_of_a_neighbour_are_its_own(plan, nabokommune, client):
    gi_navn(nabokommune, **EGNE)

    assert FRA_MODELLEN in client.get(PLANEN).text


def test_a_kept_page_has_the_new_name_at_once(plan, kommune, client):
    assert "Kjernegruppe" not in client.get(PLANEN).text

    gi_navn(kommune, **EGNE)

    assert "Kjernegruppe" in client.get(PLANEN).text


def test_what_people_wrote_is_text(plan, kommune, client):
    gi_navn(kommune, styrende_navn="<b>Råd</b>", styrende_tekst="<i>x</i> & y")
    plan.refresh_from_db()

    for tekst in (client.get(PLANEN).text, Utgave(plan).html()):
        assert "<b>Råd" not in tekst
        assert "<i>x" not in tekst
        assert "&lt;b&gt;Råd" in tekst


LANGE = {
    "navn": "KOORDINERINGSGRUPPE FOR OPPVEKST OG VERN",
    "tekst": "Kommunedirektøren, politistasjonssjefen, oppvekstsjefen, helsesjefen, "
    "NAV-lederen og lederen for barneverntjenesten",
}


@hver_storrelse
def test_long_names_stay_within_their_boxes(mal, kommune):
    for niva in Kommune.Niva:
        for hva, tekst in LANGE.items():
            setattr(kommune, f"{niva}_{hva}", tekst)
    kommune.full_clean()

    figur = NivaFigur(kommune, mal)

    for boks in figur.bokser:
        navn = " ".join(linje.ordene for linje in boks.linjer if linje.er_navn)
        hvem = " ".join(linje.ordene for linje in boks.linjer if not linje.er_navn)
        assert (navn, hvem) == (LANGE["navn"], LANGE["tekst"])
        for linje in boks.linjer:
            bredden = mal.per_navn if linje.er_navn else mal.per_tegn
            assert len(linje.ordene) * bredden <= boks.bredde - 2 * LUFT
            assert boks.y < linje.y < boks.y + boks.hoyde
    for over, under in pairwise(figur.bokser):
        assert under.y - (over.y + over.hoyde) == mal.mellom
    siste = figur.bokser[-1]
    assert figur.hoyde == siste.y + siste.hoyde + 2


# In the administration ----------------------------------------------------------------


def test_the_coordinator_names_the_levels(kommune, koordinator):
    assert feil(endre(koordinator, kommune, **EGNE)) == {}

    kommune.refresh_from_db()
    assert {felt: getattr(kommune, felt) for felt in EGNE} == EGNE
    assert kommune.nivanavn("utforende") == "SLT-team"
    assert kommune.nivatekst("utforende") == ""


def test_a_name_that_is_too_long_is_refused_beside_the_field(kommune, koordinator):
    svar = endre(koordinator, kommune, styrende_navn="R" * 41)

    assert list(feil(svar)) == ["styrende_navn"]
    kommune.refresh_from_db()
    assert kommune.styrende_navn == ""


def test_the_neighbour_names_none_of_them(kommune, nabo):
    svar = nabo.post(f"/admin/slt/kommune/{kommune.pk}/change/", EGNE)

    assert svar.status_code == 404
    kommune.refresh_from_db()
    assert kommune.styrende_navn == ""


def test_the_plan_page_says_nothing_of_them_without_the_figure(kommune, client):
    HandlingsplanFactory(kommune=kommune)
    gi_navn(kommune, **EGNE)

    assert "Kjernegruppe" not in Lest(client.get(PLANEN)).tekst
