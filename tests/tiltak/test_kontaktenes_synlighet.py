"""Each number is seen by those it is for, whichever door they come by: page, list, search,
contact, sheet, document, what is kept for when there is no network, and spreadsheet."""

from io import BytesIO

import pytest
from django.core.cache import cache
from openpyxl import load_workbook

from slt.grunn import pdflager
from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TilgangFactory,
    TjenesteFactory,
    TjenestekommuneFactory,
    TjenesteredaktorFactory,
)
from tiltak.models import Kontaktpunkt

ALLE, TJENESTENE, BARE_KOORDINATOREN = Kontaktpunkt.Synlighet.values
NUMRE = {
    ALLE: "469 34 634",
    TJENESTENE: "469 34 635",
    BARE_KOORDINATOREN: "469 34 636",
}
# Who sees which of them where people are asked who they are.
SER = {
    "fremmed": {ALLE},
    "nabo": {ALLE},
    "ansatt": {ALLE, TJENESTENE},
    "politirad": {ALLE, TJENESTENE},
    "redaktor": {ALLE, TJENESTENE},
    "koordinator": {ALLE, TJENESTENE, BARE_KOORDINATOREN},
}
PLANEN = "2024-2028"


@pytest.fixture(autouse=True)
def _tom_bevaring(db):
    cache.clear()


@pytest.fixture
def out(kommune):
    """It answers for a tiltak in a plan that holds."""
    tiltak = PlasseringFactory(innsatsomrade__plan__kommune=kommune).tiltak
    out = TjenesteFactory(kommune=kommune, navn="Utekontakten")
    AnsvarFactory(tiltak=tiltak, tjeneste=out)
    for synlighet, nummer in NUMRE.items():
        KontaktpunktFactory(tjeneste=out, verdi=nummer, synlighet=synlighet)
    return out


@pytest.fixture
def spurt(monkeypatch):
    """What documents say that are asked for: they are not drawn."""
    monkeypatch.setattr(pdflager, "lagret", lambda navn: None)
    monkeypatch.setattr(
        pdflager, "hent", lambda navn, lag, *, vent, ko: lag().html.encode()
    )


@pytest.fixture
def klient(request, out):
    hvem = request.param
    if hvem == "redaktor":
        return innlogget(TjenesteredaktorFactory(tjeneste=out).bruker)
    if hvem in {"ansatt", "politirad"}:
        rolle = Tilgang.Rolle(hvem)
        return innlogget(TilgangFactory(kommune=out.kommune, rolle=rolle).bruker)
    return request.getfixturevalue({"fremmed": "client"}.get(hvem, hvem))


def sett_i(svar):
    """Which of the numbers stand in a response, whatever way they are written."""
    assert svar.status_code in {200, 404}
    tekst = svar.content.decode().replace("&nbsp;", "")
    sifrene = tekst.replace(" ", "").replace("\xa0", "")
    return {s for s, nummer in NUMRE.items() if nummer.replace(" ", "") in sifrene}


def funnet_ved(klient, adresse):
    """Of which of the numbers a search finds the tjeneste."""
    return {
        s
        for s, nummer in NUMRE.items()
        if "/tjenester/utekontakten/" in klient.get(adresse, {"q": nummer}).text
    }


def pa_alle_dorer(klient, her):
    """{door: which of the numbers are seen there}."""
    sider = {
        "side": "tjenester/utekontakten/",
        "liste": "tjenester/",
        "kontakt": "tjenester/utekontakten/kontakt.vcf",
        "ark": "kontaktark.pdf",
        "ark for ansatte": "kontaktark.pdf?for=ansatte",
        "dokument": f"{PLANEN}/plan.pdf",
        "uten nett": "uten-nett/",
    }
    dorer = {hva: sett_i(klient.get(f"{her}{side}")) for hva, side in sider.items()}
    sok = {"sok": "sok/", "sok i listen": "tjenester/"}
    return dorer | {hva: funnet_ved(klient, f"{her}{s}") for hva, s in sok.items()}


@pytest.mark.parametrize(("klient", "hvem"), [(h, h) for h in SER], indirect=["klient"])
def test_each_door_shows_each_role_what_is_for_it(klient, hvem, spurt):
    ser = SER[hvem]

    dorer = pa_alle_dorer(klient, "/lillestrom/")

    spurt_hvem = ["side", "liste", "kontakt", "sok", "sok i listen"]
    assert {hva: dorer.pop(hva) for hva in spurt_hvem} == dict.fromkeys(spurt_hvem, ser)
    # What hangs on a wall never has what is the coordinator's alone.
    for_ansatte = {ALLE, TJENESTENE} if TJENESTENE in ser else set()
    assert dorer.pop("ark for ansatte") == for_ansatte
    # What is passed on, or lies in a browser, is the same for all.
    assert dorer == {hva: {ALLE} for hva in ("ark", "dokument", "uten nett")}


@pytest.mark.parametrize(
    "klient", ["fremmed", "nabo", "ansatt", "koordinator"], indirect=True
)
def test_where_another_kommune_shows_it_all_see_what_is_for_all(
    klient, out, nabokommune, spurt
):
    """Who has rights where it is kept sees there what they see at home, and takes it home
    on no paper."""
    tiltak = PlasseringFactory(innsatsomrade__plan__kommune=nabokommune).tiltak
    TjenestekommuneFactory(tjeneste=out, kommune=nabokommune)
    AnsvarFactory(tiltak=tiltak, tjeneste=out)
    egen = klient.get("/lillestrom/tjenester/utekontakten/")

    dorer = pa_alle_dorer(klient, "/lorenskog/")

    papir = [dorer.pop(hva) for hva in ("ark", "dokument", "uten nett")]
    assert papir == [{ALLE}] * 3
    assert dorer.pop("ark for ansatte") <= {ALLE}
    assert dorer == dict.fromkeys(dorer, sett_i(egen))


@pytest.mark.parametrize(("klient", "hvem"), [(h, h) for h in SER], indirect=["klient"])
def test_the_spreadsheet_is_the_coordinators(klient, hvem, out):
    svar = klient.get(f"/lillestrom/{PLANEN}/rediger/regneark/plan.xlsx")

    assert svar.status_code == {"fremmed": 302, "koordinator": 200}.get(hvem, 404)
    if hvem == "koordinator":
        celler = {
            str(celle.value)
            for ark in load_workbook(BytesIO(svar.content)).worksheets
            for rad in ark.iter_rows()
            for celle in rad
        }
        assert all(any(nummer in v for v in celler) for nummer in NUMRE.values())
