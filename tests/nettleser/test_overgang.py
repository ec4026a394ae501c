"""Lillestrøm's plan is taken into 2028–2032 in a browser, as its coordinator would."""

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import expect

from slt.models import Kommune
from tests.conftest import innlogget
from tests.factories import TilgangFactory
from tests.nettleser.conftest import brudd, logg_inn
from tiltak.models import Handlingsplan

FILER = ["3205-lillestrom.yaml", "3205-lillestrom-plan-2024-2028.yaml"]

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]

# What is chosen, by number in the plan of before; all others are continued.
VALG = {
    "Ungdom 4": ("avsluttes", "", "Kommunen har ikke midler"),
    "Ungdom 2": ("slas_sammen", "Ungdom 1", ""),
    "Vold 1": ("deles", "", "To målgrupper"),
    "Nettverk 4": ("overfores", "", "Fast del av politiets arbeid"),
}
# What comes of it, written down beforehand: of 28, 10, 5 and 4.
ANTALL = {"Ungdom": 26, "Vold": 11, "Hat": 5, "Nettverk": 3}
# {number before: number after}, some of them: one that went, goes out of the row.
NUMRE = {
    "Ungdom 1": "Ungdom 1",
    "Ungdom 3": "Ungdom 2",
    "Ungdom 5": "Ungdom 3",
    "Ungdom 28": "Ungdom 26",
    "Vold 2": "Vold 2",
    "Vold 10": "Vold 10",
    "Hat 5": "Hat 5",
    "Nettverk 3": "Nettverk 3",
}
# Of 47, with what was merged into another one.
BLE_AV = "42 videreført, 1 sammenslåing, 1 deling, 1 avsluttet, 1 overført til fast struktur."


def brudd_pa_mobil(side):
    """What is wrong with the page on a narrow screen; none of it is moved sideways."""
    fra = side.viewport_size
    side.set_viewport_size({"width": 360, "height": 740})
    assert side.evaluate("document.documentElement.scrollWidth") == 360
    feil = brudd(side)
    side.set_viewport_size(fra)
    return feil


@pytest.fixture
def koordinatoren(transactional_db, side):
    filer = [settings.BASE_DIR / "fixtures" / fil for fil in FILER]
    call_command("last_grunndata", *filer, verbosity=0)
    kommune = Kommune.objects.get(slug="lillestrom")
    logg_inn(side, innlogget(TilgangFactory(kommune=kommune).bruker))
    return side


@pytest.mark.alt
def test_lillestroms_plan_becomes_the_next_one(koordinatoren):
    side = koordinatoren
    side.goto(f"{side.nettsted}/lillestrom/2024-2028/")
    side.get_by_role("link", name="Ny plan for neste periode").click()
    side.get_by_role("button", name="Lag utkastet").click()
    assert side.url.endswith("/lillestrom/2028-2032/overgang/")
    assert brudd(side) == []
    gamle = Handlingsplan.objects.get(slug="2024-2028").tiltak.selvstendige()
    for tiltak in gamle:
        valg, sammen_med, begrunnelse = VALG.get(
            tiltak.merkelapp, ("viderefores", "", "")
        )
        side.locator(f"[name=t{tiltak.pk}-valg]").select_option(valg)
        if sammen_med:
            side.locator(f"[name=t{tiltak.pk}-sammen_med]").fill(sammen_med)
        if begrunnelse:
            side.locator(f"[name=t{tiltak.pk}-begrunnelse]").fill(begrunnelse)
    side.get_by_role("button", name="Lagre og utfør valgene").click()
    expect(side.get_by_text("45 valg er utført.")).to_be_visible()

    ny = Handlingsplan.objects.get(slug="2028-2032")
    assert {
        omrade.kortnavn: omrade.plasseringer.count()
        for omrade in ny.innsatsomrader.all()
    } == ANTALL
    assert {
        for_: ny.overganger.filter(fra=rad).first().til.merkelapp
        for for_, rad in ((t.merkelapp, t) for t in gamle)
        if for_ in NUMRE
    } == NUMRE
    forste = next(t for t in ny.tiltak.all() if t.merkelapp == "Ungdom 1")
    assert {o.fra.merkelapp for o in forste.overganger_til.all()} == {
        "Ungdom 1",
        "Ungdom 2",
    }
    side.get_by_role("link", name="Se utkastet ved siden av den forrige planen").click()
    expect(side.get_by_text(BLE_AV)).to_be_visible()
    assert (brudd(side), brudd_pa_mobil(side)) == ([], [])
    side.goto(f"{side.nettsted}/lillestrom/2028-2032/tiltak/")
    expect(side.get_by_text("45 tiltak", exact=True)).to_be_visible()
    side.goto(f"{side.nettsted}/lillestrom/2024-2028/tiltak/")
    expect(side.get_by_text("47 tiltak", exact=True)).to_be_visible()
