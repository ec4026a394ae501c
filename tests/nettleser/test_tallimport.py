"""Tables as two offices give them go in through the browser, in few presses; and the pages
that ask are for all eyes and hands."""

import pytest
from playwright.sync_api import expect

from evaluering.models import Maling
from tests.conftest import innlogget
from tests.factories import KommuneFactory, StedFactory, TilgangFactory
from tests.nettleser.conftest import brudd, logg_inn

pytestmark = [pytest.mark.nettleser, pytest.mark.django_db(transaction=True)]

FLEST_TRYKK = 12
LOVBRUDD = (
    '"navn","komnr","år","gjerningssted","g_komnr","alt","eiendomstyveri","vold_mishandling"\n'
    '"Halden",3101,"2020-2021","3001 Halden (2020-2023)",3001,3116,369,359\n'
    '"Lillestrøm",3205,"2020-2021","3030 Lillestrøm (2020-2023)",3030,4505,1375,526\n'
    '"Halden",3101,"2021-2022","3001 Halden (2020-2023)",3001,3016,360,350\n'
    '"Lillestrøm",3205,"2021-2022","3030 Lillestrøm (2020-2023)",3030,4610,1400,530\n'
)
HODE = (
    "\ufeffEnhetsnavn;Skoletype;Vurderingsområde;Statistikk;Indikator/delskår;Periode;"
    "Eierform;Trinn;Kjønn;Verdi;Enhet\n"
)
FAST = "Grunnskole;Læringsresultater;Nasjonale prøver 8. trinn;Engelsk"
UDIR = HODE + "".join(
    f"{skole};{FAST};{ar};Offentlig;Trinn 8;{kjonn};{verdi};skalapoeng\n"
    for skole, ar, kjonn, verdi in (
        ("Stav skole", "2022-2023", "Begge kjønn", "51"),
        ("Stav skole", "2022-2023", "Gutter", "."),
        ("Sagdalen skole", "2023-2024", "Jenter", "50,5"),
    )
)


class Hand:
    """Counts what the hand does: a press on a button, a choice in a list; what is written
    in a field is not counted."""

    def __init__(self, side):
        self.side, self.trykk = side, 0

    def trykk_pa(self, navn):
        self.trykk += 1
        self.side.get_by_role("button", name=navn, exact=False).click()

    def velg(self, felt, verdi):
        self.trykk += 1
        self.side.get_by_label(felt).select_option(label=verdi)

    def send(self, navn, innhold):
        self.trykk += 1
        self.side.get_by_label("Fil", exact=True).set_input_files(
            {"name": navn, "mimeType": "text/csv", "buffer": innhold.encode()}
        )
        self.trykk_pa("Les tabellen")

    def ny_kilde(self, navn, ar, utgiver):
        self.velg("Kilden til tallene", "Ny kilde")
        self.side.get_by_label("Den nye kildens navn").fill(navn)
        self.side.get_by_label("Året kilden er fra").fill(ar)
        self.side.get_by_label("Utgiver").fill(utgiver)


@pytest.fixture
def kommunen(transactional_db):
    kommune = KommuneFactory(nummer="3205", navn="Lillestrøm", slug="lillestrom")
    KommuneFactory()
    for navn in ("Stav skole", "Sagdalen skole"):
        StedFactory(kommune=kommune, navn=navn)
    return kommune


@pytest.fixture
def hand(side, kommunen):
    logg_inn(side, innlogget(TilgangFactory(kommune=kommunen).bruker))
    side.goto(f"{side.nettsted}/lillestrom/tallimport/")
    return Hand(side)


def lagret():
    return {
        (m.indikator.navn, str(m.ar), m.hva, m.i_ord)
        for m in Maling.objects.select_related("indikator", "sted")
    }


def test_crimes_of_all_kommuner_go_in(hand):
    """And axe finds nothing on the pages that ask."""
    hand.send("lovbrudd.csv", LOVBRUDD)
    expect(hand.side.get_by_role("heading", level=1)).to_have_text(
        "Slik er tabellen satt opp"
    )
    funn = brudd(hand.side, [360])
    hand.trykk_pa("Slik er det")
    expect(hand.side.get_by_role("heading", level=1)).to_have_text("Hva er dette?")
    funn += brudd(hand.side, [360])
    hand.side.get_by_label("Enhet for de nye indikatorene").fill("anmeldelser")
    hand.velg("De nye indikatorene teller", "hendelser, for eksempel treff og samtaler")
    hand.velg("Stedet i tallene er", "der det skjedde")
    hand.ny_kilde("Lovbruddsstatistikk", "2024", "Statistisk sentralbyrå")
    hand.trykk_pa("Videre")
    funn += brudd(hand.side, [360])
    hand.trykk_pa("Legg inn 6 nye tall")
    expect(hand.side.get_by_text("6 tall er lagt inn.")).to_be_visible()

    assert funn == []
    assert hand.trykk <= FLEST_TRYKK
    assert lagret() == {
        ("Lovbrudd", "2020–2021", "", "4\u00a0505"),
        ("Lovbrudd", "2020–2021", "eiendomstyveri", "1\u00a0375"),
        ("Lovbrudd", "2020–2021", "vold mishandling", "526"),
        ("Lovbrudd", "2021–2022", "", "4\u00a0610"),
        ("Lovbrudd", "2021–2022", "eiendomstyveri", "1\u00a0400"),
        ("Lovbrudd", "2021–2022", "vold mishandling", "530"),
    }


def test_results_of_schools_go_in(hand):
    hand.send("udir-skoler.csv", UDIR)
    hand.trykk_pa("Slik er det")
    hand.ny_kilde("Nasjonale prøver", "2024", "Utdanningsdirektoratet")
    hand.velg("De nye indikatorene teller", "en andel av en gruppe")
    hand.trykk_pa("Videre")
    hand.trykk_pa("Legg inn 3 nye tall")
    expect(hand.side.get_by_text("3 tall er lagt inn.")).to_be_visible()

    assert hand.trykk <= FLEST_TRYKK
    navn = "Nasjonale prøver 8. trinn, Engelsk"
    assert lagret() == {
        (navn, "2022/23", "Stav skole, Trinn 8", "51"),
        (navn, "2022/23", "Stav skole, Trinn 8, gutter", "skjult"),
        (navn, "2023/24", "Sagdalen skole, Trinn 8, jenter", "50,5"),
    }


def test_what_is_wrong_with_the_layout_is_said_beside_it(hand):
    hand.side.get_by_label("Eller lim inn tabellen").fill("Slag\t\nute\t7\ninne\t8")
    hand.trykk_pa("Les tabellen")
    hand.trykk_pa("Slik er det")

    expect(hand.side.locator(".ds-error-summary")).to_be_focused()
    assert brudd(hand.side, [360]) == []
    hand.side.konsoll.clear()
