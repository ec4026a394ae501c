"""The settings in a browser: with a mouse on two widths and without JavaScript."""

import pytest
from django.urls import reverse

from slt.models import Sted, Stedsdel
from tests.conftest import innlogget
from tests.factories import (
    KommuneFactory,
    LokalomradeFactory,
    PlanrekkeFactory,
    StedFactory,
    TilAnsatteFactory,
    TilgangFactory,
    TjenesteTemaFactory,
    VeilederFactory,
)
from tests.nettleser.conftest import logg_inn
from tests.nettleser.test_sider import brudd
from tiltak.models import Styringsdokument, Tema

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]

BREDDER = {
    "bred": {"width": 1280, "height": 900},
    "smal": {"width": 360, "height": 740},
}
MATER = {
    **{navn: {"viewport": mal} for navn, mal in BREDDER.items()},
    "uten JavaScript": {"viewport": BREDDER["bred"], "java_script_enabled": False},
}


@pytest.fixture
def kommune(transactional_db):
    rad = KommuneFactory(nummer="3205", navn="Lillestrøm", slug="lillestrom")
    omrade = LokalomradeFactory(kommune=rad, navn="Fetsund")
    volla = StedFactory(kommune=rad, navn="Volla", lokalomrade=omrade)
    sentrum = StedFactory(kommune=rad, navn="Sentrum", type=Sted.Type.FLERE)
    Stedsdel.objects.create(helhet=sentrum, sted=volla)
    tema = Tema.objects.create(kommune=rad, navn="Rus", sokeord="fyll, hasj")
    TjenesteTemaFactory.create_batch(2, tjeneste__kommune=rad, tema=tema)
    VeilederFactory(kommune=rad)
    TilAnsatteFactory(kommune=rad)
    PlanrekkeFactory(kommune=rad, navn="SLT")
    PlanrekkeFactory(kommune=rad, navn="Vold", hoved=False)
    Styringsdokument.objects.create(kommune=rad, tittel="Avtalen", art="avtale")
    return rad


@pytest.fixture
def ny_side(kommune, new_context, nettsted):
    """Makes a page on which a coordinator is logged in."""

    def lag(**valg):
        side = new_context(locale="nb-NO", **valg).new_page()
        side.nettsted = nettsted
        logg_inn(side, innlogget(TilgangFactory(kommune=kommune).bruker))
        return side

    return lag


def test_the_editor_is_not_wider_than_the_screen_before_its_icons_are_there(ny_side):
    side = ny_side(viewport={"width": 320, "height": 740})
    side.route("**/material-icons*.woff2", lambda rute: None)  # it never comes

    side.goto(f"{side.nettsted}/lillestrom/innstillinger/kommunen/")
    side.locator(".prose-menubar__button").first.wait_for()

    for bredde in (320, 360):
        side.set_viewport_size({"width": bredde, "height": 740})
        assert side.evaluate("document.documentElement.scrollWidth") == bredde


@pytest.mark.parametrize(
    "navn",
    [
        "innstillinger",
        "innstillinger_kommune",
        "innstillinger_deler",
        "innstillinger_lokalomrader",
        "innstillinger_sted",
        "innstillinger_steder",
        "tiltak:temaer",
        "tiltak:tema",
        "tiltak:veiledere",
        "tiltak:til_ansatte",
        "tiltak:planrekker",
        "tiltak:styringsdokumenter",
        "tiltak:tilbud_nytt",
        "tiltak:tjeneste_list",
    ],
)
def test_axe_finds_nothing_and_no_page_is_wider_than_the_screen(kommune, ny_side, navn):
    side = ny_side()
    rader = {"innstillinger_sted": kommune.steder.filter(navn="Sentrum")}
    rader["tiltak:tema"] = kommune.temaer.all()
    hvilket = [rad.pk for rad in rader.get(navn, [])[:1]]
    adresse = reverse(navn, args=["lillestrom", *hvilket])

    side.goto(f"{side.nettsted}{adresse}")
    side.wait_for_load_state("networkidle")
    side.evaluate("document.querySelectorAll('details').forEach(d => (d.open = true))")
    funnet = {}
    for bredde in BREDDER.values():
        side.set_viewport_size(bredde)
        for_bred = side.evaluate("document.documentElement.scrollWidth - innerWidth")
        funnet[bredde["width"]] = (brudd(side), max(for_bred, 0))

    assert funnet == {1280: ([], 0), 360: ([], 0)}


@pytest.mark.parametrize("mate", MATER)
def test_a_sted_is_added_and_another_changed_at_once(mate, kommune, ny_side):
    side = ny_side(**MATER[mate])
    side.goto(f"{side.nettsted}/lillestrom/arbeidsflate/")
    side.get_by_role("link", name="Innstillinger", exact=True).click()
    side.get_by_role("link", name="Steder", exact=True).click()

    side.locator("summary", has_text="Volla").click()
    side.locator("[name=steder-1-adresse]").fill("Vollagata 1")
    side.get_by_role("button", name="Legg til et sted").click()
    side.locator("[name=steder-2-navn]").fill("Asak skole")
    side.locator("[name=steder-2-type]").select_option("barneskole")
    side.locator(".knapper").get_by_role("button", name="Lagre").click()

    side.get_by_text("Endringene er lagret.").wait_for()
    rader = kommune.steder.order_by("navn").values_list("navn", "type", "adresse")
    assert list(rader) == [
        ("Asak skole", "barneskole", ""),
        ("Sentrum", "flere", ""),
        ("Volla", "annet", "Vollagata 1"),
    ]
