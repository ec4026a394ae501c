"""A plan beside an earlier one: what became of each tiltak, by lineage and in words, and
nothing that the asker may not read."""

import pytest
from django.core.cache import cache

from slt.grunn.historikk import uten_vern
from slt.models import PUBLIKUM, Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    PlanrekkeFactory,
    PlasseringFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
    gi_status,
)
from tests.lest import Lest
from tests.slt.test_admin import sporringer
from tiltak.gjester import sett_inn
from tiltak.models import Handlingsplan, Overgang, Tiltak
from tiltak.overgang import ny_periode, utfor, velg
from tiltak.planlop import vedta
from tiltak.sammenlign import Sammenligning, tidligere

UTKAST, GJELDENDE, AVLOST = Handlingsplan.Status
Valg = Overgang.Valg
ADRESSE = "/lillestrom/2028-2032/sammenlign/"


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


def tiltaket(plan, omrade, tittel, **felter):
    felter = {f"tiltak__{navn}": verdi for navn, verdi in felter.items()}
    omrade = plan.innsatsomrader.get(navn=omrade)
    sted = PlasseringFactory(innsatsomrade=omrade, tiltak__tittel=tittel, **felter)
    return sted.tiltak


@pytest.fixture
def plan(kommune):
    plan = HandlingsplanFactory(kommune=kommune, tittel="Gammel plan")
    InnsatsomradeFactory(plan=plan, navn="Vold", kortnavn="Vold", rekkefolge=1)
    InnsatsomradeFactory(plan=plan, navn="Rus", kortnavn="Rus", rekkefolge=2)
    return plan


@pytest.fixture
def ny(plan):
    return ny_periode(forrige=plan, tittel="Ny plan", fra_ar=2028, til_ar=2032)


def bli(ny, tiltak, valg=Valg.VIDEREFORES, **mer):
    """What becomes of a tiltak, done."""
    velg(plan=ny, fra=tiltak, valg=valg, **mer)
    utfor(ny)
    return Overgang.objects.filter(ny_plan=ny, fra=tiltak).first().til


def endre(rad, **felter):
    for felt, verdi in felter.items():
        setattr(rad, felt, verdi)
    rad.save()


def sammen(ny, bruker=PUBLIKUM, forrige=None):
    ny = Handlingsplan.objects.get(pk=ny.pk)
    kjeden = tidligere(ny, bruker)
    plass = kjeden.index(forrige) if forrige else 0
    return Sammenligning(ny, kjeden[: plass + 1], bruker)


def tabellen(ny, **hvem):
    """[(innsatsområde, [titles before], what became of it, [titles now], [words])]."""
    sammenligning = sammen(ny, **hvem)
    return [
        (
            gruppe.navn,
            [t.tittel for t in rad.fra],
            str(rad.hva.label),
            [t.tittel for t in rad.til],
            rad.ord,
        )
        for gruppe in sammenligning.grupper(sammenligning.rader)
        for rad in gruppe.rader
    ]


# What became of it --------------------------------------------------------------------


def test_each_fate_is_told_once(plan, ny):
    los, delt, inn, slutt, over, glemt = (
        tiltaket(plan, "Vold", t)
        for t in ("Los", "Delt", "Slått inn", "Slutt", "Over", "Glemt")
    )
    bli(ny, los)
    bli(ny, delt, Valg.DELES)
    bli(ny, inn, Valg.SLAS_SAMMEN, sammen_med=los)
    bli(ny, slutt, Valg.AVSLUTTES, begrunnelse="Ingen kom.")
    bli(ny, over, Valg.OVERFORES)
    tiltaket(ny, "Rus", "Helt nytt")
    vedta(ny)

    assert tabellen(ny) == [
        ("Vold", ["Los", "Slått inn"], "slått sammen", ["Los"], []),
        ("Vold", ["Delt"], "delt", ["Delt (del 1)", "Delt"], []),
        ("Vold", ["Slutt"], "avsluttet", [], ["Ingen kom."]),
        ("Vold", ["Over"], "overført til fast struktur", [], []),
        ("Vold", ["Glemt"], "ikke ført videre", [], []),
        ("Rus", [], "nytt", ["Helt nytt"], []),
    ]
    assert sammen(ny).oppsummert == [
        "1 sammenslåing",
        "1 deling",
        "1 nytt",
        "1 avsluttet",
        "1 overført til fast struktur",
        "1 ikke ført videre",
    ]
    assert glemt.plan == plan


def test_what_is_otherwise_is_told_in_words(plan, ny):
    los = tiltaket(plan, "Vold", "Los", niva="universell")
    likt = tiltaket(plan, "Vold", "Likt", niva="selektiv")
    ppt, out = (TjenesteFactory(kommune=plan.kommune, navn=n) for n in ("PPT", "OUT"))
    AnsvarFactory(tiltak=los, tjeneste=ppt)
    AnsvarFactory(tiltak=likt, tjeneste=ppt)
    nye = bli(ny, los)
    bli(ny, likt)
    endre(nye, tittel="Losen", niva="selektiv", status="innforing")
    nye.ansvar.get().delete()
    AnsvarFactory(tiltak=nye, tjeneste=out)
    sted = nye.plasseringer.get()
    endre(sted, innsatsomrade=ny.innsatsomrader.get(navn="Rus"), nummer=1)
    vedta(ny)

    assert tabellen(ny) == [
        ("Vold", ["Likt"], "videreført", ["Likt"], []),
        (
            "Rus",
            ["Los"],
            "videreført og endret",
            ["Losen"],
            [
                "Nytt navn.",
                "Forebyggingsnivå: fra universell til selektiv.",
                "Status: fra i drift til under innføring.",
                "Ny ansvarlig: OUT.",
                "Ikke lenger ansvarlig: PPT.",
                "Flyttet fra innsatsområdet «Vold».",
            ],
        ),
    ]


def test_what_was_chosen_as_changed_is_so_without_more(plan, ny):
    bli(ny, tiltaket(plan, "Vold", "Los"), Valg.ENDRES, begrunnelse="Ny form.")

    [rad] = tabellen(ny, bruker=TilgangFactory(kommune=plan.kommune).bruker)

    assert rad[2:] == ("videreført og endret", ["Los"], ["Ny form."])


def test_what_ended_on_either_side_is_ended(plan, ny):
    tiltaket(plan, "Vold", "Før", status="avsluttet")
    siden = bli(ny, tiltaket(plan, "Vold", "Siden"))
    vedta(ny)
    endre(siden, status="overfort")

    assert [(rad[1], rad[2], rad[3]) for rad in tabellen(ny)] == [
        (["Siden"], "overført til fast struktur", ["Siden"]),
        (["Før"], "avsluttet", []),
    ]


def test_three_that_became_two_are_one_row(plan, ny):
    a, b, c = (tiltaket(plan, "Vold", t) for t in "ABC")
    bli(ny, a, Valg.DELES)
    for annen in (b, c):
        bli(ny, annen, Valg.SLAS_SAMMEN, sammen_med=a)
    vedta(ny)

    assert [rad[1:4] for rad in tabellen(ny)] == [
        (["A", "B", "C"], "slått sammen og delt", ["A (del 1)", "A"])
    ]


def test_an_innsatsomrade_that_is_gone_stands_last(plan, ny):
    InnsatsomradeFactory(plan=plan, navn="Gammelt", kortnavn="Gml", rekkefolge=0)
    tiltaket(plan, "Gammelt", "Gammelt tiltak")
    tiltaket(plan, "Rus", "Rus-tiltak")
    vedta(ny)

    grupper = sammen(ny).grupper(sammen(ny).rader)

    assert [(g.navn, g.bare_for) for g in grupper] == [
        ("Rus", False),
        ("Gammelt", True),
    ]


def test_a_part_that_goes_on_as_one_shows_inside_the_whole(plan, ny):
    helt = tiltaket(plan, "Vold", "Helt")
    TiltakFactory(plan=plan, overordnet=helt, tittel="Del")
    bli(ny, helt)
    vedta(ny)

    assert [rad[1:4] for rad in tabellen(ny)] == [(["Helt"], "videreført", ["Helt"])]


def test_a_part_that_stands_by_itself_now_says_so(plan, ny):
    helt = tiltaket(plan, "Vold", "Helt")
    TiltakFactory(plan=plan, overordnet=helt, tittel="Del")
    bli(ny, helt)
    del_ = ny.tiltak.get(tittel="Del")
    endre(del_, overordnet=None, rekkefolge=5)
    PlasseringFactory(innsatsomrade=ny.innsatsomrader.get(navn="Rus"), tiltak=del_)
    vedta(ny)

    assert tabellen(ny)[1] == (
        "Rus",
        ["Del"],
        "videreført og endret",
        ["Del"],
        ["Var del av et annet tiltak."],
    )


def test_a_tiltak_at_two_places_is_one_row(plan, ny):
    los = tiltaket(plan, "Vold", "Los")
    rus = plan.innsatsomrader.get(navn="Rus")
    PlasseringFactory(innsatsomrade=rus, tiltak=los, hoved=False)
    bli(ny, los)
    vedta(ny)

    assert [rad[:4] for rad in tabellen(ny)] == [
        ("Vold", ["Los"], "videreført", ["Los"])
    ]


# Guests -------------------------------------------------------------------------------


@pytest.fixture
def voldsplan(kommune):
    rekke = PlanrekkeFactory(kommune=kommune, navn="Vold", hoved=False)
    plan = HandlingsplanFactory(kommune=kommune, tittel="Voldsplan", rekke=rekke)
    InnsatsomradeFactory(plan=plan, navn="Hjelp", kortnavn="Hjelp")
    return plan


def test_a_guest_in_both_plans_goes_on(plan, voldsplan, client):
    gjest = tiltaket(voldsplan, "Hjelp", "Krisesenteret")
    sett_inn([gjest], plan.innsatsomrader.get(navn="Vold"))
    ny = ny_periode(forrige=plan, tittel="Ny plan", fra_ar=2028, til_ar=2032)

    bruker = TilgangFactory(kommune=plan.kommune).bruker
    forventet = [("Vold", ["Krisesenteret"], "videreført", ["Krisesenteret"], [])]
    assert tabellen(ny, bruker=bruker) == forventet

    # The plan that is superseded gets it for its own.
    vedta(ny)

    assert plan.tiltak.filter(tittel="Krisesenteret").exists()
    assert tabellen(ny) == forventet
    assert "fra Voldsplan 2024–2028" in Lest(client.get(ADRESSE)).tekst


def test_a_guest_whose_own_plan_was_followed_goes_on(plan, voldsplan):
    gjest = tiltaket(voldsplan, "Hjelp", "Krisesenteret")
    sett_inn([gjest], plan.innsatsomrader.get(navn="Vold"))
    ny = ny_periode(forrige=plan, tittel="Ny plan", fra_ar=2028, til_ar=2032)
    vedta(ny)
    neste = ny_periode(forrige=voldsplan, tittel="Neste", fra_ar=2028, til_ar=2032)
    bli(neste, gjest)
    vedta(neste)

    assert [rad[1:4] for rad in tabellen(ny)] == [
        (["Krisesenteret"], "videreført", ["Krisesenteret"])
    ]


# Several plans ------------------------------------------------------------------------


@pytest.fixture
def tre(plan, ny):
    """Three plans, each builds on the one before."""
    los, kort = (tiltaket(plan, "Vold", t) for t in ("Los", "Kort"))
    bli(ny, los)
    bli(ny, kort)
    vedta(ny)
    siste = ny_periode(forrige=ny, tittel="Siste", fra_ar=2032, til_ar=2036)
    bli(siste, ny.tiltak.get(tittel="Los"))
    bli(siste, ny.tiltak.get(tittel="Kort"), Valg.AVSLUTTES, begrunnelse="Nok.")
    tiltaket(siste, "Rus", "Helt nytt")
    vedta(siste)
    return plan, ny, siste


def test_lineage_is_followed_over_several_plans(tre, client):
    plan, _ny, siste = tre

    assert tabellen(siste, forrige=plan) == [
        ("Vold", ["Los"], "videreført", ["Los"], []),
        ("Vold", ["Kort"], "avsluttet", [], ["Nok."]),
        ("Rus", [], "nytt", ["Helt nytt"], []),
    ]

    adresse = "/lillestrom/2032-2036/sammenlign/"
    svar = client.get(f"{adresse}?med=2024-2028")

    assert svar.status_code == 200
    assert "fra «Gammel plan 2024–2028» til «Siste 2032–2036»" in Lest(svar).tekst
    assert ("?med=2028-2032", "Ny plan 2028–2032") in Lest(svar).lenker
    assert "fra «Ny plan 2028–2032»" in Lest(client.get(adresse)).tekst


@pytest.mark.parametrize(
    "med", ["finnes-ikke", "2028-2032", "2024-2028'", "\x00", "æ" * 3000, "[]"]
)
def test_another_plan_than_it_builds_on_is_refused_in_words(
    plan, ny, client, nabokommune, med
):
    HandlingsplanFactory(kommune=nabokommune, fra_ar=2020, til_ar=2024)
    vedta(ny)

    svar = client.get(ADRESSE, {"med": med})

    assert svar.status_code == 200
    assert "bygger ikke på den du spurte etter" in Lest(svar).tekst
    assert "Gammel plan" in Lest(svar).tekst


def test_a_plan_next_door_is_none_to_compare_with(ny, client, nabokommune):
    HandlingsplanFactory(
        kommune=nabokommune, fra_ar=2020, til_ar=2024, tittel="Deres plan"
    )
    vedta(ny)

    assert "Deres plan" not in client.get(ADRESSE, {"med": "2020-2024"}).text
    assert client.get(ADRESSE.replace("lillestrom", "lorenskog")).status_code == 404


# Who ----------------------------------------------------------------------------------


def test_all_read_it_where_both_plans_are_read(plan, ny, client, koordinator, nabo):
    bli(ny, tiltaket(plan, "Vold", "Los"))
    for klient, status in ((client, 404), (nabo, 404), (koordinator, 200)):
        assert klient.get(ADRESSE).status_code == status
    vedta(ny)

    for klient in (client, koordinator, nabo):
        assert "1 videreført" in Lest(klient.get(ADRESSE)).tekst


@pytest.mark.parametrize("metode", ["post", "put", "patch", "delete"])
def test_it_is_for_reading(metode, ny, koordinator):
    vedta(ny)

    assert getattr(koordinator, metode)(ADRESSE).status_code == 405


def test_of_an_earlier_plan_that_is_not_read_nothing_is_said(plan, ny, client):
    tiltaket(plan, "Vold", "Hemmelig tiltak")
    tiltaket(ny, "Vold", "Los")
    vedta(ny)
    gi_status(plan, UTKAST)
    cache.clear()

    svar = client.get(ADRESSE)

    assert svar.status_code == 200
    assert "ingen tidligere plan her" in Lest(svar).tekst
    for ord_ in ("Hemmelig", "Gammel plan"):
        assert ord_ not in svar.text
        assert ord_ not in client.get("/lillestrom/2028-2032/").text
    assert ADRESSE not in client.get("/lillestrom/2028-2032/").text


def test_what_is_not_published_is_in_neither_column(plan, ny, client):
    tiltaket(plan, "Vold", "Skjult før", publisert=False)
    bli(ny, tiltaket(plan, "Vold", "Los"))
    vedta(ny)
    tiltaket(ny, "Vold", "Skjult nå", publisert=False)
    skjult = InnsatsomradeFactory(plan=ny, navn="Skjult område", publisert=False)
    with uten_vern():
        PlasseringFactory(innsatsomrade=skjult, tiltak__tittel="I skjult")

    svar = client.get(ADRESSE)

    assert [rad[1:4] for rad in tabellen(ny)] == [(["Los"], "videreført", ["Los"])]
    assert "kjult" not in svar.text


def test_another_draft_that_builds_on_the_same_says_nothing_here(plan, ny, client):
    los = tiltaket(plan, "Vold", "Los")
    bli(ny, los)
    annet = ny_periode(forrige=plan, tittel="Utkast", fra_ar=2033, til_ar=2036)
    velg(plan=annet, fra=los, valg=Valg.AVSLUTTES, begrunnelse="Hemmelig grunn.")
    vedta(ny)

    assert [rad[1:] for rad in tabellen(ny)] == [(["Los"], "videreført", ["Los"], [])]
    assert "Hemmelig" not in client.get(ADRESSE).text


# While it is rolled over --------------------------------------------------------------


def test_the_draft_says_what_is_not_chosen_and_what_waits(plan, ny, koordinator):
    tiltaket(plan, "Vold", "Ikke valgt")
    venter = tiltaket(plan, "Vold", "Venter")
    velg(plan=ny, fra=venter, valg=Valg.VIDEREFORES)

    bruker = koordinator.bruker
    assert [rad[1:] for rad in tabellen(ny, bruker=bruker)] == [
        (["Ikke valgt"], "ikke valgt ennå", [], []),
        (["Venter"], "valgt, men ikke utført", [], ["Valgt: videreføres."]),
    ]
    overgang = "/lillestrom/2028-2032/overgang/"
    assert ADRESSE in [a for a, _tekst in Lest(koordinator.get(overgang)).lenker]
    assert overgang in [a for a, _tekst in Lest(koordinator.get(ADRESSE)).lenker]


def test_who_reads_the_draft_is_not_led_to_the_forms(ny):
    politiradet = TilgangFactory(kommune=ny.kommune, rolle=Tilgang.Rolle.POLITIRAD)

    svar = innlogget(politiradet.bruker).get(ADRESSE)

    assert svar.status_code == 200
    assert "/overgang/" not in svar.text


# The page -----------------------------------------------------------------------------


def test_the_front_page_leads_there_where_there_is_a_plan_before(plan, ny, client):
    vedta(ny)

    assert ADRESSE in client.get("/lillestrom/2028-2032/").text
    assert "sammenlign" not in client.get("/lillestrom/2024-2028/").text


@pytest.mark.parametrize(
    ("tekst", "ventet"),
    [
        ("", "Det finnes ingen tidligere plan her"),
        ("SLT-plan 2019–2023", "bygger på SLT-plan 2019–2023. Den finnes ikke her"),
    ],
)
def test_without_a_plan_before_the_page_says_so(plan, client, tekst, ventet):
    endre(plan, bygger_pa_tekst=tekst)

    svar = client.get("/lillestrom/2024-2028/sammenlign/")

    assert svar.status_code == 200
    assert ventet in Lest(svar).tekst
    assert "<table" not in svar.text


def test_two_plans_without_tiltak_say_so(ny, client):
    vedta(ny)

    assert "Ingen av planene har tiltak" in Lest(client.get(ADRESSE)).tekst


def test_the_table_has_headings_and_says_all_in_words(plan, ny, client):
    bli(ny, tiltaket(plan, "Vold", "Los"))
    tiltaket(ny, "Vold", "Nytt tiltak")
    vedta(ny)

    tekst = client.get(ADRESSE).text

    tabell = tekst.partition("<table")[2].partition("</table>")[0]
    assert tabell.count('scope="col"') == 3
    assert tabell.count('scope="row"') == 2
    for ord_ in ("Videreført", "Nytt", "Ikke i planen", "2024–2028", "2028–2032"):
        assert ord_ in tabell
    assert "1 videreført, 1 nytt." in Lest(client.get(ADRESSE)).tekst


def test_it_costs_the_same_for_1_3_and_40(plan, ny, client):
    def fyll(antall):
        for n in range(antall):
            nr = Tiltak.objects.count()
            gammelt = tiltaket(plan, "Vold", f"Tiltak {nr}")
            AnsvarFactory(
                tiltak=gammelt, tjeneste=TjenesteFactory(kommune=plan.kommune)
            )
            TiltakFactory(plan=plan, overordnet=gammelt, tittel=f"Del {nr}")
            bli(ny, gammelt, Valg.DELES if n % 3 == 2 else Valg.VIDEREFORES)
        cache.clear()
        return sporringer(bruker, ADRESSE)

    bruker = innlogget(TilgangFactory(kommune=plan.kommune).bruker)
    en, tre, mange = fyll(1), fyll(2), fyll(37)

    assert en == tre == mange
    assert en <= 30


def test_a_long_one_is_read_page_by_page(plan, ny, client):
    for n in range(101):
        tiltaket(ny, "Vold", f"Tiltak nr. {n:03}")
    vedta(ny)

    forst, sist = (client.get(f"{ADRESSE}?page={n}") for n in (1, 2))

    assert forst.text.count('scope="row"') == 100
    assert "101 nye." in Lest(sist).tekst
    assert sist.text.count('scope="row"') == 1
    assert client.get(f"{ADRESSE}?page=3").status_code == 404
