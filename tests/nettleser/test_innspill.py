"""A draft is sent on høring, read by a link, spoken of and answered, in a browser; axe on
each page on the way, and none of them is wider than a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import (
    ForumFactory,
    KapittelFactory,
    PlasseringFactory,
    TjenesteFactory,
    UtkastFactory,
)
from tests.nettleser.test_sider import brudd
from tiltak.models import Innspill

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]


def feil_pa(side):
    """What axe finds, and whether the page is wider than a phone."""
    funnet = brudd(side)
    for_bredt = (
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    if side.evaluate(for_bredt):
        funnet.append("too wide")
    side.set_viewport_size({"width": 1280, "height": 800})
    return funnet


def test_a_draft_is_sent_out_spoken_of_and_answered(admin, kommune, new_context):
    sted = PlasseringFactory(
        innsatsomrade__plan=UtkastFactory(kommune=kommune, fra_ar=2029, til_ar=2032),
        innsatsomrade__kortnavn="Rus",
        tiltak__tittel="Natteravner",
    )
    plan = sted.tiltak.plan
    KapittelFactory(plan=plan, tittel="Bakgrunn")
    TjenesteFactory(kommune=kommune, navn="OUT")
    ForumFactory(kommune=kommune, navn="Områdemøtet")

    admin.goto(f"{admin.nettsted}{plan.get_absolute_url()}")
    admin.get_by_role("link", name="Lesere og høring").click()
    assert feil_pa(admin) == []
    admin.get_by_role("checkbox", name="Områdemøtet").check()
    admin.get_by_role("button", name="Lagre foraene").click()
    expect(admin.get_by_role("checkbox", name="Områdemøtet")).to_be_checked()
    admin.get_by_role("link", name="Send på høring").click()
    assert feil_pa(admin) == []
    admin.get_by_label("Hva dere spør om").fill("Er noe glemt?")
    admin.get_by_role("checkbox", name="OUT").check()
    admin.get_by_role("button", name="Opprett høringen").click()
    assert feil_pa(admin) == []
    linjer = admin.locator("#nye-lenker").input_value().splitlines()
    lenker = dict(linje.split(": ", 1) for linje in linjer)
    assert list(lenker) == ["OUT", "Ungdomsrådet"]

    leser = new_context(locale="nb-NO").new_page()
    leser.goto(lenker["Ungdomsrådet"])
    assert feil_pa(leser) == []
    leser.get_by_role("button", name="Fortsett").click()
    expect(leser.get_by_text("Er noe glemt?")).to_be_visible()
    assert feil_pa(leser) == []
    leser.goto(f"{admin.nettsted}{sted.url}")
    leser.get_by_role("link", name="Gi innspill").click()
    assert feil_pa(leser) == []
    leser.get_by_role("button", name="Send innspillet").click()
    expect(leser.locator(".ds-error-summary")).to_be_focused()
    assert feil_pa(leser) == []
    leser.get_by_role("textbox", name="Innspill").fill("Vi savner helgene.")
    leser.get_by_role("button", name="Send innspillet").click()
    expect(leser.get_by_text("Rus 1: Natteravner")).to_be_visible()
    expect(leser.get_by_text("Ikke besvart ennå.")).to_be_visible()
    assert feil_pa(leser) == []

    admin.goto(f"{admin.nettsted}{plan.get_absolute_url()}")
    admin.get_by_role("main").get_by_role("link", name="Innspill").click()
    admin.locator("summary", has_text="Svar").click()
    assert feil_pa(admin) == []
    admin.get_by_label("Vurdering").select_option("folges")
    admin.get_by_role("textbox", name="Svar").fill("Helgene er tatt med.")
    admin.get_by_role("button", name="Lagre svaret").click()
    expect(admin.get_by_text("Helgene er tatt med.")).to_be_visible()
    admin.get_by_role("link", name="Endre svaret").click()
    assert feil_pa(admin) == []
    admin.get_by_role("link", name="Innspill").click()
    admin.get_by_role("link", name="Før inn innspill").click()
    assert feil_pa(admin) == []

    leser.reload()
    expect(leser.get_by_text("Helgene er tatt med.")).to_be_visible()
    leser.get_by_role("button", name="Glem tilgangen").click()
    leser.goto(f"{admin.nettsted}{plan.get_absolute_url()}")
    expect(leser).to_have_title(re.compile("finnes ikke"))
    assert [ett.fra for ett in Innspill.objects.all()] == ["Ungdomsrådet"]
