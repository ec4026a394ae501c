"""A new kommune in a browser: from the administrator's form to a plan that strangers
read."""

import re

import pytest
from django.core import mail
from django.utils import timezone

from tests.conftest import innlogget
from tests.factories import BrukerFactory
from tests.nettleser.conftest import logg_inn
from tests.nettleser.test_sider import brudd
from tiltak.models import Handlingsplan

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]
SMAL = {"width": 360, "height": 740}


@pytest.fixture
def ny_side(transactional_db, new_context, nettsted):
    """Makes a page, of nobody or of somebody."""

    def lag(bruker=None, **valg):
        side = new_context(locale="nb-NO", **valg).new_page()
        side.nettsted = nettsted
        if bruker:
            logg_inn(side, innlogget(bruker))
        return side

    return lag


def test_from_the_form_to_a_plan_that_a_stranger_reads(ny_side, nettsted):
    admin = ny_side(BrukerFactory(is_superuser=True), viewport=SMAL)
    admin.goto(f"{nettsted}/kommuner/ny/")
    funnet = brudd(admin)
    admin.get_by_label("Navn", exact=True).fill("Nittedal")
    admin.get_by_label("Kommunenummer").fill("3232")
    admin.get_by_label("Barnevernsvaktens telefon").fill("64 99 00 00")
    admin.get_by_label("hele døgnet, alle dager").check()
    admin.get_by_label("SLT-koordinatorens e-post").fill("slt@example.org")
    admin.get_by_role("button", name="Opprett kommunen").click()
    admin.wait_for_url("**/nittedal/startsett/")
    funnet += brudd(admin)
    assert "slt@example.org er SLT-koordinator" in admin.locator("main").inner_text()

    slt = ny_side(viewport=SMAL)
    lenke = re.search(r"/konto/nytt-passord/\S+", mail.outbox[0].body)[0]
    slt.goto(f"{nettsted}{lenke}")
    slt.locator("[name=new_password1]").fill("hest batteri stift")
    slt.locator("[name=new_password2]").fill("hest batteri stift")
    slt.locator("main button[type=submit]").click()
    slt.wait_for_url("**/nittedal/start/")
    slt.get_by_role("link", name="Ta med fra startsettet").click()
    slt.get_by_label("Lag et utkast til plan nå").check()
    i_ar = timezone.localdate().year
    slt.get_by_label("Fra år").fill(str(i_ar))
    slt.get_by_role("button", name="Ta med det som er krysset av").click()
    slt.wait_for_url(f"**/nittedal/{i_ar}-*/rediger/")
    slt.get_by_label("Nytt tiltak").first.fill("Foreldremøter om rus")
    slt.get_by_role("button", name="Legg til", exact=True).first.click()
    slt.locator("#disposisjon h3", has_text="Foreldremøter om rus").wait_for()
    plan = Handlingsplan.objects.get()
    slt.goto(f"{nettsted}{plan.get_absolute_url()}")
    slt.get_by_role("link", name="Registrer behandling").click()
    slt.get_by_label("Behandling", exact=True).select_option("vedtatt")
    slt.get_by_role("button", name="Se dokumentet").click()
    slt.get_by_role("heading", name="Se over og registrer").wait_for(timeout=60_000)
    slt.get_by_role("button", name="Registrer behandlingen").click()
    slt.get_by_text("Behandlingen er registrert").wait_for()

    fremmed = ny_side()
    fremmed.goto(f"{nettsted}/nittedal/")
    fremmed.goto(f"{fremmed.url.rstrip('/')}/tiltak/")
    assert fremmed.get_by_role("link", name="Foreldremøter om rus").is_visible()
    vakten = fremmed.locator(".akutt").get_by_role("link", name="Barnevernsvakten")
    assert vakten.get_attribute("href") == "tel:+4764990000"
    assert funnet == []
