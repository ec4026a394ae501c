"""Tiltak that stand in another plan of the kommune, too: one text, and what differs there
said of the place alone."""

from datetime import date

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from slt.felles.angre import hent_tilbake, slettet_i, tilbake_til
from slt.grunn.historikk import Dor, spor, uten_vern
from slt.models import PUBLIKUM
from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KommuneFactory,
    KontaktpunktFactory,
    PlanrekkeFactory,
    PlasseringFactory,
    TiltakFactory,
    TjenesteFactory,
    gi_status,
)
from tests.lest import Lest
from tests.slt.test_admin import ny_rad, side, skjema
from tiltak.dekning import dekning_etter_alder, dekning_etter_niva
from tiltak.dokument import Utgave
from tiltak.filters import TiltakFilter
from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Handlingsplan,
    Malgruppe,
    Overgang,
    Plassering,
    Tiltak,
)
from tiltak.overgang import ny_periode, utfor, velg
from tiltak.planlop import vedta
from tiltak.publisering import publiser
from tiltak.siden import Siden

UTKAST, GJELDENDE, AVLOST = Handlingsplan.Status
VOLD = "/lillestrom/vold-2025-2028/"
SLT = "/lillestrom/2024-2028/"


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


@pytest.fixture
def slt(kommune):
    return HandlingsplanFactory(kommune=kommune, fra_ar=2024, til_ar=2028)


@pytest.fixture
def ungdom(slt):
    return InnsatsomradeFactory(plan=slt, navn="Ungdom", kortnavn="Ungdom")


@pytest.fixture
def voldsplan(kommune, slt):
    rekke = PlanrekkeFactory(kommune=kommune, navn="Vold", hoved=False)
    return HandlingsplanFactory(
        kommune=kommune, rekke=rekke, tittel="Voldsplan", fra_ar=2025, til_ar=2028
    )


@pytest.fixture
def hjem(voldsplan):
    return InnsatsomradeFactory(plan=voldsplan, navn="Hjem", kortnavn="Hjem")


@pytest.fixture
def politiet(kommune):
    return TjenesteFactory(kommune=kommune, navn="Politiet")


@pytest.fixture
def senteret(kommune):
    tjeneste = TjenesteFactory(kommune=kommune, navn="Krisesenteret")
    KontaktpunktFactory(tjeneste=tjeneste, verdi="22 22 22 22", hoved=True)
    return tjeneste


@pytest.fixture
def delt(ungdom, hjem, politiet):
    """Six tiltak of the SLT plan, all of which stand in the one against violence."""
    delte = []
    for nr in range(1, 7):
        tiltak = PlasseringFactory(
            innsatsomrade=ungdom,
            nummer=nr,
            tiltak__tittel=f"Delt {nr}",
            tiltak__forankring="Rådet",
        ).tiltak
        AnsvarFactory(tiltak=tiltak, tjeneste=politiet)
        Malgruppe.objects.create(
            tiltak=tiltak, tekst="Unge", alder_fra=13, alder_til=15
        )
        PlasseringFactory(innsatsomrade=hjem, nummer=nr, tiltak=tiltak)
        delte.append(tiltak)
    PlasseringFactory(innsatsomrade=ungdom, tiltak__tittel="Bare i SLT-planen")
    return delte


@pytest.fixture
def pa_stedet(delt, hjem, senteret):
    """What differs at the first two places in the plan against violence."""
    steder = list(hjem.plasseringer.order_by("nummer")[:2])
    for sted in steder:
        sted.merknad, sted.forankring = "Bare der det er barn", "Voldsutvalget"
        sted.save()
        AnsvarFactory(tiltak=sted.tiltak, tjeneste=senteret, plassering=sted)
        Malgruppe.objects.create(
            tiltak=sted.tiltak, plassering=sted, tekst="Voksne", alder_fra=26
        )
    return steder


def lest(client, adresse):
    svar = client.get(adresse)
    assert svar.status_code == 200, adresse
    return Lest(svar)


def titler(plan, **valg):
    sporsmal = QueryDict("&".join(f"{n}={v}" for n, v in valg.items()))
    filter_ = TiltakFilter(
        sporsmal, queryset=Tiltak.objects.i_planens_orden(plan), plan=plan
    )
    assert filter_.is_valid(), filter_.errors
    return [t.tittel for t in filter_.qs]


SEKS = [f"Delt {n}" for n in range(1, 7)]


# As it is read ------------------------------------------------------------------------


def test_the_list_of_each_plan_has_them_at_its_own_address(pa_stedet, client):
    i_vold, i_slt = lest(client, f"{VOLD}tiltak/"), lest(client, f"{SLT}tiltak/")

    assert [a for a, t in i_vold.lenker if "Delt" in t] == [
        f"{VOLD}tiltak/hjem/{n}/" for n in range(1, 7)
    ]
    assert [a for a, t in i_slt.lenker if "Delt" in t] == [
        f"{SLT}tiltak/ungdom/{n}/" for n in range(1, 7)
    ]
    assert "6 tiltak" in i_vold.tekst
    assert "7 tiltak" in i_slt.tekst
    # Who answers, and whom it is for, where it is read.
    assert i_vold.tekst.count("Ansvarlig: Krisesenteret") == 2
    assert i_vold.tekst.count("Ansvarlig: Politiet") == 4
    assert i_vold.tekst.count("Voksne") == 2
    assert i_slt.tekst.count("Ansvarlig: Politiet") == 6
    assert "Krisesenteret" not in i_slt.tekst
    assert "Voksne" not in i_slt.tekst


def test_an_innsatsomrade_and_the_front_page_count_them(pa_stedet, client):
    omradet = lest(client, f"{VOLD}innsatsomrader/hjem/")
    forsiden = lest(client, VOLD)

    assert omradet.tekst.count("Ansvarlig: Krisesenteret") == 2
    assert omradet.tekst.count("Ansvarlig: Politiet") == 4
    assert "6 tiltak" in omradet.tekst
    assert "6 tiltak" in forsiden.tekst


def test_its_page_says_what_holds_there_and_where_else_it_stands(pa_stedet, client):
    i_vold = lest(client, f"{VOLD}tiltak/hjem/1/")
    i_slt = lest(client, f"{SLT}tiltak/ungdom/1/")

    assert "Krisesenteret" in i_vold.tekst
    assert "22 22 22 22" in i_vold.tekst
    assert "Voldsutvalget" in i_vold.tekst
    assert "Bare der det er barn" in i_vold.tekst
    for annet in ("Politiet", "Rådet", "Unge"):
        assert annet not in i_vold.tekst
        assert annet in i_slt.tekst
    for her in ("Krisesenteret", "Voldsutvalget", "Bare der det er barn"):
        assert her not in i_slt.tekst
    assert (f"{SLT}tiltak/ungdom/1/", "Ungdom 1") in i_vold.lenker
    assert (f"{VOLD}tiltak/hjem/1/", "Hjem 1") in i_slt.lenker
    # The way back leads through the plan that it is read in.
    assert (f"{VOLD}innsatsomrader/hjem/", "Hjem") in i_vold.lenker


def test_what_is_said_of_no_place_alone_holds_at_all(pa_stedet, client):
    i_vold = lest(client, f"{VOLD}tiltak/hjem/3/")

    for felles in ("Politiet", "Rådet", "Unge"):
        assert felles in i_vold.tekst


def test_parts_follow_the_whole(pa_stedet, client, politiet):
    del_ = TiltakFactory(
        plan=pa_stedet[0].tiltak.plan,
        overordnet=pa_stedet[0].tiltak,
        tittel="Feltarbeid",
    )
    AnsvarFactory(tiltak=del_, tjeneste=politiet, rolle=Ansvar.Rolle.GJENNOMFORER)

    i_vold = lest(client, f"{VOLD}tiltak/hjem/1/")

    assert "Feltarbeid" in i_vold.tekst
    assert "Gjennomfører" in i_vold.tekst
    assert "Politiet" in i_vold.tekst


def test_filters_ask_what_holds_in_the_plan(pa_stedet, slt, voldsplan):
    assert titler(voldsplan, tjeneste="krisesenteret") == SEKS[:2]
    assert titler(voldsplan, tjeneste="politiet") == SEKS[2:]
    assert titler(slt, tjeneste="politiet") == SEKS
    assert titler(voldsplan, alder=30) == SEKS[:2]
    assert titler(voldsplan, alder=14) == SEKS[2:]
    assert titler(slt, alder=14) == [*SEKS, "Bare i SLT-planen"]
    assert titler(slt, alder=30) == ["Bare i SLT-planen"]
    assert titler(voldsplan, q="krisesenteret") == SEKS[:2]
    assert titler(slt, q="krisesenteret") == []
    assert titler(voldsplan, q="politiet") == SEKS[2:]
    assert titler(voldsplan, omrade="hjem") == SEKS


def test_a_tjeneste_of_another_place_is_no_choice_of_the_filter(
    pa_stedet, slt, voldsplan
):
    def tjenester(plan):
        return [
            n
            for _s, n in TiltakFilter({}, plan=plan)
            .filters["tjeneste"]
            .extra["choices"]
        ]

    assert tjenester(slt) == ["Politiet"]
    assert tjenester(voldsplan) == ["Krisesenteret", "Politiet"]


def test_the_coverage_counts_each_place_by_what_holds_there(
    pa_stedet, slt, voldsplan, client
):
    for plan, unge, voksne, alle in [(slt, 7, 1, 7), (voldsplan, 4, 2, 6)]:
        [rad] = dekning_etter_alder(plan).rader
        antall = [celle.antall for celle in rad.celler]
        assert (antall[2], antall[5]) == (unge, voksne)
        [rad] = dekning_etter_niva(plan).rader
        assert sum(celle.antall for celle in rad.celler) == alle
        # Each count is that of the list it leads to.
        for celle in rad.celler:
            assert f"{celle.antall} tiltak" in lest(client, celle.adresse).tekst


def test_two_areas_of_one_plan_have_different_responsible_bodies(
    delt, slt, ungdom, senteret, client
):
    rus = InnsatsomradeFactory(plan=slt, navn="Rus", kortnavn="Rus")
    sted = PlasseringFactory(innsatsomrade=rus, tiltak=delt[0], hoved=False)
    AnsvarFactory(tiltak=delt[0], tjeneste=senteret, plassering=sted)

    i_rus = lest(client, f"{SLT}innsatsomrader/rus/")
    i_ungdom = lest(client, f"{SLT}innsatsomrader/ungdom/")

    assert "Ansvarlig: Krisesenteret" in i_rus.tekst
    assert "Politiet" not in i_rus.tekst
    assert "Krisesenteret" not in i_ungdom.tekst
    assert titler(slt, tjeneste="krisesenteret") == ["Delt 1"]
    # In a document it stands once in full; at the other place, what differs.
    html = Utgave(slt).html()
    henvisning = html[html.index('class="henvisning"') :][:600]
    assert "se Ungdom 1" in henvisning
    assert "Krisesenteret" in henvisning
    i_delen = Utgave(slt, innsatsomrade="rus").html()
    assert "Krisesenteret" in i_delen
    # It is called there by the number that it has there.
    overskrift = i_delen[i_delen.index("<h3") :].split("</h3>")[0]
    assert ">Rus 1</span> Delt 1" in overskrift
    assert "Ungdom 1" not in overskrift
    assert "Krisesenteret" not in Utgave(slt, innsatsomrade="ungdom").html()


def test_the_documents_of_the_plan_have_them(pa_stedet, voldsplan, slt):
    i_vold, i_slt = Utgave(voldsplan).html(), Utgave(slt).html()

    for tittel in SEKS:
        assert tittel in i_vold
        assert tittel in i_slt
    assert "Voldsutvalget" in i_vold
    assert "22 22 22 22" in i_vold
    assert "Voldsutvalget" not in i_slt
    assert "Ungdom 1 i Handlingsplan 2024–2028" in i_vold
    assert "Hjem 1 i Voldsplan 2025–2028" in i_slt
    assert Utgave(voldsplan, tjeneste="krisesenteret").finnes
    assert not Utgave(slt, tjeneste="krisesenteret").finnes
    assert "Delt 3" not in Utgave(voldsplan, tjeneste="krisesenteret").html()


def test_a_tjeneste_says_where_it_answers(pa_stedet, client):
    senteret = lest(client, "/lillestrom/tjenester/krisesenteret/")
    politiet = lest(client, "/lillestrom/tjenester/politiet/")

    assert [a for a, t in senteret.lenker if "Delt" in t] == [
        f"{VOLD}tiltak/hjem/{n}/" for n in (1, 2)
    ]
    assert [a for a, t in politiet.lenker if "Delt" in t] == [
        f"{SLT}tiltak/ungdom/{n}/" for n in range(1, 7)
    ]


def test_a_guest_is_not_said_to_be_new(delt, slt, client):
    delt[0].nytt = True
    delt[0].save()

    assert lest(client, f"{SLT}tiltak/").tekst.count("Nytt") == 1
    assert "Nytt" not in lest(client, f"{VOLD}tiltak/").tekst
    assert titler(slt, nytt="on") == ["Delt 1"]


def test_what_ended_has_ended_in_both(delt, client):
    delt[0].status = Tiltak.Status.AVSLUTTET
    delt[0].save()

    assert "6 tiltak" in lest(client, f"{SLT}tiltak/").tekst
    assert "5 tiltak" in lest(client, f"{VOLD}tiltak/").tekst
    assert "Avsluttet i perioden" in lest(client, f"{VOLD}innsatsomrader/hjem/").tekst


@pytest.mark.parametrize(
    "adresse",
    [
        f"{VOLD}",
        f"{VOLD}tiltak/",
        f"{VOLD}tiltak/hjem/1/",
        f"{SLT}innsatsomrader/ungdom/",
        f"{VOLD}innsatsomrader/hjem/",
    ],
)
def test_guests_cost_no_query_each(adresse, ungdom, hjem, client, politiet):
    def sporringer():
        cache.clear()
        with CaptureQueriesContext(connection) as spurt:
            assert client.get(adresse).status_code == 200
        return len(spurt)

    def gjest(nr):
        sted = PlasseringFactory(
            innsatsomrade=hjem, nummer=nr, tiltak__plan=ungdom.plan
        )
        PlasseringFactory(innsatsomrade=ungdom, tiltak=sted.tiltak)
        AnsvarFactory(tiltak=sted.tiltak, tjeneste=politiet, plassering=sted)

    gjest(1)
    gjest(2)
    med_to = sporringer()
    for nr in range(3, 12):
        gjest(nr)

    assert sporringer() == med_to


# Who sees it --------------------------------------------------------------------------


def test_a_place_in_a_draft_is_for_those_who_write_it(
    delt, hjem, voldsplan, client, koordinator, nabo
):
    gi_status(voldsplan, UTKAST)

    for fremmed in (client, nabo):
        assert fremmed.get(f"{VOLD}tiltak/hjem/1/").status_code == 404
        assert "Hjem 1" not in lest(fremmed, f"{SLT}tiltak/ungdom/1/").tekst
    assert "Hjem 1" in lest(koordinator, f"{SLT}tiltak/ungdom/1/").tekst
    assert lest(koordinator, f"{VOLD}tiltak/hjem/1/")
    assert "Hjem 1" not in Utgave(delt[0].plan).html()
    assert not Plassering.objects.synlige_for(PUBLIKUM).filter(plan=voldsplan).exists()


def test_what_is_said_of_a_place_in_a_draft_is_so_too(pa_stedet, voldsplan):
    gi_status(voldsplan, UTKAST)

    ansvar = Ansvar.objects.synlige_for(PUBLIKUM)

    assert ansvar.filter(tjeneste__navn="Politiet").count() == 6
    assert not ansvar.filter(tjeneste__navn="Krisesenteret").exists()


def test_an_unpublished_tiltak_is_shown_in_neither(delt, voldsplan, client):
    with uten_vern():
        delt[0].publisert = False
        delt[0].save()

    assert client.get(f"{VOLD}tiltak/hjem/1/").status_code == 404
    assert "Delt 1" not in lest(client, f"{VOLD}tiltak/").tekst
    assert "Delt 1" not in Utgave(voldsplan).html()


@pytest.fixture
def upublisert(delt, voldsplan, senteret):
    """The place of a seventh tiltak in an innsatsområde that nobody is to know of yet."""
    omrade = InnsatsomradeFactory(
        plan=voldsplan, navn="Hemmelig", kortnavn="Hemmelig", publisert=False
    )
    tiltak = Tiltak.objects.get(tittel="Bare i SLT-planen")
    sted = PlasseringFactory(innsatsomrade=omrade, tiltak=tiltak)
    AnsvarFactory(tiltak=tiltak, tjeneste=senteret, plassering=sted)
    return sted


@pytest.mark.parametrize(
    "adresse",
    [
        VOLD,
        f"{VOLD}tiltak/",
        f"{VOLD}tiltak/?q=SLT-planen",
        f"{VOLD}dekning/",
        "/lillestrom/tjenester/krisesenteret/",
    ],
)
def test_a_place_in_an_unpublished_area_is_shown_nowhere(
    adresse, upublisert, client, koordinator
):
    for leser in (client, koordinator):
        siden = lest(leser, adresse)
        assert "Hemmelig" not in siden.tekst
        assert "Bare i SLT-planen" not in siden.tekst


def test_the_plan_does_not_count_what_stands_in_an_unpublished_area(
    upublisert, voldsplan, client
):
    assert titler(voldsplan) == SEKS
    assert (
        "Krisesenteret"
        not in dict(
            TiltakFilter({}, plan=voldsplan).filters["tjeneste"].extra["choices"]
        ).values()
    )
    assert "6 tiltak" in lest(client, f"{VOLD}tiltak/").tekst
    assert "Bare i SLT-planen" not in Utgave(voldsplan).html()
    assert not Utgave(voldsplan, tjeneste="krisesenteret").finnes

    publiser(upublisert.innsatsomrade)
    voldsplan = Handlingsplan.objects.get(pk=voldsplan.pk)

    assert titler(voldsplan) == [*SEKS, "Bare i SLT-planen"]
    assert Utgave(voldsplan, tjeneste="krisesenteret").finnes


# Where it may stand -------------------------------------------------------------------


def test_a_tiltak_of_a_draft_does_not_stand_in_a_plan_that_holds(kommune, slt, hjem):
    utkast = HandlingsplanFactory(
        kommune=kommune,
        rekke=PlanrekkeFactory(kommune=kommune, navn="Ettervern", hoved=False),
        status=UTKAST,
    )
    tiltak = TiltakFactory(plan=utkast)
    sted = Plassering(tiltak=tiltak, innsatsomrade=hjem, nummer=1)

    with pytest.raises(ValidationError, match="hører til et utkast"):
        sted.full_clean()
    with pytest.raises(ValidationError, match="hører til et utkast"):
        sted.save()


def test_a_plan_with_tiltak_of_a_draft_is_not_adopted(kommune, slt):
    forste, andre = (
        HandlingsplanFactory(
            kommune=kommune,
            rekke=PlanrekkeFactory(kommune=kommune, navn=navn, hoved=False),
            status=UTKAST,
        )
        for navn in ("En", "To")
    )
    tiltak = PlasseringFactory(innsatsomrade__plan=forste).tiltak
    PlasseringFactory(innsatsomrade__plan=andre, tiltak=tiltak)

    with pytest.raises(ValidationError, match="som er et utkast"):
        vedta(andre)
    andre.refresh_from_db()
    assert andre.status == UTKAST
    andre.status = GJELDENDE
    with pytest.raises(ValidationError, match="som er et utkast"):
        andre.full_clean()

    vedta(forste)
    andre.refresh_from_db()
    vedta(andre)
    assert andre.status == GJELDENDE


def test_not_in_another_kommune_nor_in_the_next_plan_of_its_own_rekke(delt, slt):
    fremmed = InnsatsomradeFactory(plan__kommune=KommuneFactory())
    neste = ny_periode(forrige=slt, tittel="Ny", fra_ar=2028, til_ar=2032)
    omrade = neste.innsatsomrader.get()

    for sted, sagt in [(fremmed, "en annen kommune"), (omrade, "videreføres")]:
        plassering = Plassering(tiltak=delt[0], innsatsomrade=sted, nummer=50)
        with pytest.raises(ValidationError, match=sagt):
            plassering.full_clean()
        with pytest.raises(ValidationError, match=sagt):
            plassering.save()


def test_what_holds_at_a_place_belongs_to_the_tiltak_that_stands_there(
    pa_stedet, delt, politiet, slt
):
    annet = Ansvar(tiltak=delt[2], tjeneste=politiet, plassering=pa_stedet[0])
    hoved = slt.plasseringer.get(tiltak=delt[0])
    ved_hoved = Ansvar(tiltak=delt[0], tjeneste=politiet, plassering=hoved)

    for rad, sagt in [(annet, "et annet tiltak"), (ved_hoved, "hovedplasseringen")]:
        with pytest.raises(ValidationError, match=sagt):
            rad.full_clean()
        with pytest.raises(ValidationError, match=sagt):
            rad.save()


def test_what_holds_at_a_place_stands_fast_with_its_plan(pa_stedet, voldsplan):
    ansvar = Ansvar.objects.get(plassering=pa_stedet[0])
    gi_status(voldsplan, AVLOST)

    ansvar.merknad = "x"
    with pytest.raises(ValidationError, match="avløst"):
        ansvar.save()
    with pytest.raises(ValidationError, match="avløst"):
        ansvar.delete()


def test_the_number_stands_fast_with_the_plan_that_it_is_in(delt, hjem, voldsplan):
    sted = hjem.plasseringer.get(nummer=1)
    sted.nummer = 40
    with pytest.raises(ValidationError, match="numrene fast"):
        sted.save()

    gi_status(voldsplan, UTKAST)
    sted.save()

    assert Plassering.objects.get(pk=sted.pk).nummer == 40


def test_a_guest_is_taken_out_again_and_its_home_keeps_it(delt, hjem, client):
    sted = hjem.plasseringer.get(nummer=1)
    with pytest.raises(ValidationError, match="slettes ikke"):
        delt[0].hovedplassering.delete()

    sted.delete()

    assert client.get(f"{VOLD}tiltak/hjem/1/").status_code == 404
    assert "Delt 1" not in lest(client, f"{VOLD}tiltak/").tekst
    assert lest(client, f"{SLT}tiltak/ungdom/1/")
    # The others keep the numbers by which people know them.
    assert lest(client, f"{VOLD}tiltak/hjem/2/")


def test_publishing_gives_numbers_in_plans_that_hold(delt, ungdom, hjem, voldsplan):
    nytt = TiltakFactory(plan=ungdom.plan, publisert=False)
    for omrade in (ungdom, hjem):
        PlasseringFactory(innsatsomrade=omrade, tiltak=nytt, nummer=70)

    publiser(nytt)

    numre = {p.plan.pk: p.nummer for p in nytt.plasseringer.all()}
    assert numre == {ungdom.plan.pk: 8, voldsplan.pk: 7}


# The next period ----------------------------------------------------------------------


@pytest.fixture
def neste(slt):
    return ny_periode(forrige=slt, tittel="Ny", fra_ar=2028, til_ar=2032)


def test_places_elsewhere_go_over_to_the_successor(
    pa_stedet, delt, slt, neste, voldsplan, client
):
    for tiltak in delt[:2]:
        velg(plan=neste, fra=tiltak, valg=Overgang.Valg.VIDEREFORES)
    utfor(neste)
    # Until then nothing is other than it was.
    assert voldsplan.plasseringer.get(nummer=1).tiltak == delt[0]

    vedta(neste)

    sted = voldsplan.plasseringer.get(nummer=1)
    etterfolger = neste.tiltak.get(tittel="Delt 1")
    assert sted.tiltak == etterfolger
    assert [a.tjeneste.navn for a in sted.ansvar_set.all()] == ["Krisesenteret"]
    assert {a.tiltak_id for a in sted.ansvar_set.all()} == {etterfolger.pk}
    i_vold = lest(client, f"{VOLD}tiltak/hjem/1/")
    assert "Krisesenteret" in i_vold.tekst
    assert ("/lillestrom/2028-2032/tiltak/ungdom/1/", "Ungdom 1") in i_vold.lenker
    # The text of the successor is the text in both.
    etterfolger.tittel = "Delt 1, ny"
    etterfolger.save()
    assert "Delt 1, ny" in lest(client, f"{VOLD}tiltak/").tekst


@pytest.mark.parametrize(
    ("valg", "status"),
    [
        (Overgang.Valg.AVSLUTTES, Tiltak.Status.AVSLUTTET),
        (Overgang.Valg.OVERFORES, Tiltak.Status.OVERFORT),
        (None, Tiltak.Status.I_DRIFT),
    ],
)
def test_what_is_not_continued_becomes_the_other_plans_own(
    valg, status, pa_stedet, delt, slt, neste, voldsplan
):
    if valg:
        velg(plan=neste, fra=delt[0], valg=valg)

    vedta(neste)

    sted = voldsplan.plasseringer.get(nummer=1)
    eget = sted.tiltak
    assert (eget.plan, eget.status, eget.tittel) == (voldsplan, status, "Delt 1")
    assert eget.forankring == "Voldsutvalget"
    assert [a.tjeneste.navn for a in eget.ansvar.all()] == ["Krisesenteret"]
    assert [m.tekst for m in eget.malgrupper.all()] == ["Voksne"]
    # The old one is as it was.
    gammelt = Tiltak.objects.get(pk=delt[0].pk)
    assert (gammelt.plan, gammelt.status) == (slt, Tiltak.Status.I_DRIFT)
    assert [a.tjeneste.navn for a in gammelt.ansvar.all()] == ["Politiet"]


def test_what_became_the_other_plans_own_is_changed_in_the_admin(
    delt, neste, voldsplan, koordinator
):
    with uten_vern():
        voldsplan.bygger_pa = HandlingsplanFactory(
            kommune=voldsplan.kommune,
            rekke=voldsplan.rekke,
            fra_ar=2021,
            til_ar=2025,
            status=AVLOST,
        )
        voldsplan.save()
    vedta(neste)
    eget = voldsplan.tiltak.get(tittel="Delt 1")
    adresse = side(Tiltak, "change", eget.pk)

    data = skjema(koordinator.get(adresse)) | {"tittel": "Skrevet om"}
    assert koordinator.post(adresse, data).status_code == 302

    eget.refresh_from_db()
    assert eget.tittel == "Skrevet om"
    assert [rad.fra for rad in eget.overganger_til.all()] == [delt[0]]


def test_what_holds_gets_it_before_a_draft_does(kommune, delt, hjem, neste):
    """A plan that holds has nothing whose home is a draft."""
    rekke = PlanrekkeFactory(kommune=kommune, navn="År", hoved=False)
    ar = HandlingsplanFactory(kommune=kommune, rekke=rekke, status=UTKAST)
    hjem.plasseringer.get(tiltak=delt[0]).delete()
    # The place in the draft is the older one.
    PlasseringFactory(innsatsomrade__plan=ar, tiltak=delt[0])
    PlasseringFactory(innsatsomrade=hjem, nummer=1, tiltak=delt[0])

    vedta(neste)

    eget = hjem.plasseringer.get(nummer=1).tiltak
    assert eget.plan == hjem.plan
    assert ar.plasseringer.get().tiltak == eget


def test_the_draft_after_the_plan_that_gets_it_continues_it(delt, voldsplan, neste):
    etter = ny_periode(forrige=voldsplan, tittel="Vold", fra_ar=2028, til_ar=2032)

    vedta(neste)

    eget = voldsplan.plasseringer.get(nummer=1).tiltak
    videre = etter.plasseringer.get(nummer=1).tiltak
    assert (eget.plan, videre.plan) == (voldsplan, etter)
    assert [o.fra for o in videre.overganger_til.all()] == [eget]
    for sted in etter.plasseringer.all():
        sted.full_clean()


def test_what_was_taken_out_before_its_plan_was_superseded_stays_out(
    kommune, delt, hjem, neste
):
    hjem.plasseringer.get(nummer=1).delete()
    vedta(neste)
    [slettet] = slettet_i(kommune=kommune)

    with pytest.raises(ValidationError, match="en plan som er avløst"):
        hent_tilbake(samling=slettet.samling, kommune=kommune)

    assert not hjem.plasseringer.filter(nummer=1).exists()


def test_an_earlier_version_does_not_leave_a_plan_without_a_main_place(
    kommune, delt, hjem, voldsplan
):
    forste = hjem.plasseringer.get(tiltak=delt[0])
    annen = PlasseringFactory(
        innsatsomrade__plan=voldsplan, tiltak=delt[0], hoved=False
    )
    for sted, hoved in [(forste, False), (annen, True)]:
        sted.hoved = hoved
        sted.save()

    with pytest.raises(ValidationError):  # nothing else is other than it was
        tilbake_til(historisk_rad=annen.historikk.last(), kommune=kommune)

    assert voldsplan.plasseringer.get(tiltak=delt[0], hoved=True) == annen


def test_of_the_places_that_come_back_one_is_the_main_one(
    kommune, delt, hjem, voldsplan
):
    forste = hjem.plasseringer.get(tiltak=delt[0])
    annen = PlasseringFactory(
        innsatsomrade__plan=voldsplan, tiltak=delt[0], hoved=False
    )
    for sted in (annen, forste):
        sted.delete()
    siste, andre = slettet_i(kommune=kommune)

    hovedsteder = []
    for slettet in (andre, siste):
        hent_tilbake(samling=slettet.samling, kommune=kommune)
        hoved = voldsplan.plasseringer.filter(tiltak=delt[0], hoved=True)
        hovedsteder.append([p.innsatsomrade for p in hoved])

    assert hovedsteder == [[annen.innsatsomrade]] * 2
    assert voldsplan.plasseringer.filter(tiltak=delt[0]).count() == 2


def test_where_the_main_place_stays_behind_another_one_is_it(delt, ungdom, voldsplan):
    """Its area was never published."""
    tiltak = Tiltak.objects.get(tittel="Bare i SLT-planen")
    for publisert in (False, True):
        PlasseringFactory(
            innsatsomrade=InnsatsomradeFactory(plan=voldsplan, publisert=publisert),
            tiltak=tiltak,
            hoved=not publisert,
        )

    ny = ny_periode(forrige=voldsplan, tittel="Vold", fra_ar=2028, til_ar=2032)

    assert ny.plasseringer.get(tiltak=tiltak).hoved


@pytest.mark.parametrize("annet", [1, 3])
def test_two_that_are_merged_stand_once(annet, delt, neste, voldsplan):
    velg(plan=neste, fra=delt[2], valg=Overgang.Valg.VIDEREFORES)
    velg(
        plan=neste,
        fra=delt[annet],
        valg=Overgang.Valg.SLAS_SAMMEN,
        sammen_med=delt[2],
    )
    utfor(neste)

    vedta(neste)

    nytt = neste.tiltak.get(tittel="Delt 3")
    assert [p.nummer for p in voldsplan.plasseringer.filter(tiltak=nytt)] == [3]
    assert not voldsplan.plasseringer.filter(nummer=annet + 1).exists()


def test_what_is_said_of_both_that_are_merged_is_kept(
    pa_stedet, delt, neste, voldsplan, kommune
):
    familievernet = TjenesteFactory(kommune=kommune, navn="Familievernet")
    AnsvarFactory(tiltak=delt[1], tjeneste=familievernet, plassering=pa_stedet[1])
    pa_stedet[1].merknad = "Og for par"
    pa_stedet[1].save()
    velg(plan=neste, fra=delt[0], valg=Overgang.Valg.VIDEREFORES)
    velg(
        plan=neste,
        fra=delt[1],
        valg=Overgang.Valg.SLAS_SAMMEN,
        sammen_med=delt[0],
    )
    utfor(neste)

    vedta(neste)

    sted = voldsplan.plasseringer.get(tiltak=neste.tiltak.get(tittel="Delt 1"))
    assert sorted(a.tjeneste.navn for a in sted.ansvar_set.all()) == [
        "Familievernet",
        "Krisesenteret",
    ]
    assert [m.tekst for m in sted.malgruppe_set.all()] == ["Voksne"]
    assert sted.merknad == "Bare der det er barn Og for par"
    assert sted.forankring == "Voldsutvalget"


def test_the_number_of_a_guest_that_is_taken_out_stays_its_own(delt, hjem, ungdom):
    hjem.plasseringer.get(nummer=6).delete()

    ny = PlasseringFactory(
        innsatsomrade=hjem, tiltak__plan=ungdom.plan, nummer=hjem.neste_nummer
    )

    assert ny.nummer == 7


def test_guests_come_along_into_the_next_plan(pa_stedet, delt, senteret, voldsplan):
    punkt = KontaktpunktFactory(tjeneste=senteret, verdi="33 33 33 33")
    ansvar = Ansvar.objects.get(plassering=pa_stedet[0])
    AnsvarKontaktpunkt.objects.create(ansvar=ansvar, kontaktpunkt=punkt)

    ny = ny_periode(forrige=voldsplan, tittel="Voldsplan", fra_ar=2028, til_ar=2032)

    steder = ny.plasseringer.order_by("nummer")
    assert [p.tiltak for p in steder] == delt
    forste = steder[0]
    assert (forste.merknad, forste.forankring) == (
        "Bare der det er barn",
        "Voldsutvalget",
    )
    [kopi] = Ansvar.objects.filter(plassering=forste)
    assert kopi.tjeneste == senteret
    assert [v.kontaktpunkt for v in kopi.kontaktvalg.all()] == [punkt]
    assert Ansvar.objects.filter(plassering=pa_stedet[0]).count() == 1


def test_a_superseded_plan_keeps_its_guests_as_they_were(
    pa_stedet, delt, voldsplan, client
):
    ny = ny_periode(forrige=voldsplan, tittel="Voldsplan", fra_ar=2028, til_ar=2032)

    vedta(ny)
    delt[2].tittel = "Skrevet om"
    delt[2].save()

    assert "Delt 3" in lest(client, f"{VOLD}tiltak/").tekst
    assert "Skrevet om" not in lest(client, f"{VOLD}tiltak/").tekst
    assert "Krisesenteret" in lest(client, f"{VOLD}tiltak/hjem/1/").tekst
    assert "Skrevet om" in lest(client, "/lillestrom/vold-2028-2032/tiltak/").tekst


def test_what_a_superseded_plan_keeps_of_a_guest_is_no_successor(
    delt, voldsplan, slt, client
):
    """The plan that it was a guest in came to its end before its own."""
    vedta(ny_periode(forrige=voldsplan, tittel="Vold", fra_ar=2028, til_ar=2032))
    ny = ny_periode(forrige=slt, tittel="Ny", fra_ar=2028, til_ar=2032)
    velg(plan=ny, fra=delt[0], valg=Overgang.Valg.VIDEREFORES)
    utfor(ny)
    vedta(ny)

    siden = lest(client, f"{SLT}tiltak/ungdom/1/")

    assert "Videreført i planen for 2028–2032" in siden.tekst
    assert "2025–2028" not in siden.tekst


def test_a_tiltak_taken_over_leaves_the_places_of_other_plans(pa_stedet, delt, neste):
    velg(plan=neste, fra=delt[0], valg=Overgang.Valg.VIDEREFORES)
    utfor(neste)

    nytt = neste.tiltak.get()
    assert [p.plan for p in nytt.plasseringer.all()] == [neste]
    assert [a.tjeneste.navn for a in nytt.ansvar.all()] == ["Politiet"]
    assert [m.tekst for m in nytt.malgrupper.all()] == ["Unge"]


def test_a_plan_that_is_superseded_by_none_freezes_nothing_elsewhere(
    pa_stedet, delt, slt, voldsplan, koordinator
):
    avsluttet = {"hvorfor": "Nytt samarbeid", "ingen_ny": "on"}
    assert koordinator.post(f"{SLT}avslutt/", avsluttet).status_code == 302

    eget = voldsplan.plasseringer.get(nummer=1).tiltak
    assert (eget.plan, eget.kan_endres) == (voldsplan, True)
    assert [a.tjeneste.navn for a in eget.ansvar.all()] == ["Krisesenteret"]
    slt.refresh_from_db()
    assert (slt.status, delt[0].plasseringer.get().plan) == (AVLOST, slt)


def test_a_plan_that_is_superseded_by_none_keeps_its_guests_as_they_were(
    delt, voldsplan, koordinator, client
):
    avsluttet = {"hvorfor": "Nytt samarbeid", "ingen_ny": "on"}
    assert koordinator.post(f"{VOLD}avslutt/", avsluttet).status_code == 302

    delt[2].tittel = "Skrevet om"
    delt[2].save()

    assert "Delt 3" in lest(client, f"{VOLD}tiltak/").tekst
    assert "Skrevet om" not in lest(client, f"{VOLD}tiltak/").tekst


# On the site --------------------------------------------------------------------------

SETT_INN = f"{VOLD}sett-inn/"


def test_tiltak_of_another_plan_are_let_in_with_one_press(
    ungdom, hjem, slt, voldsplan, koordinator, client
):
    tiltakene = [
        PlasseringFactory(innsatsomrade=ungdom, tiltak__tittel=tittel).tiltak
        for tittel in ("Natteravn", "Konfliktråd", "Foreldremøte")
    ]
    PlasseringFactory(innsatsomrade=hjem)
    assert (SETT_INN, "Sett inn tiltak fra en annen plan") in lest(
        koordinator, VOLD
    ).lenker
    siden = lest(koordinator, SETT_INN)
    assert "Natteravn (Ungdom 1, SLT-planen 2024–2028)" in siden.tekst

    svar = koordinator.post(
        SETT_INN,
        {"innsatsomrade": hjem.pk, "tiltak": [tiltakene[0].pk, tiltakene[2].pk]},
        follow=True,
    )

    assert svar.request["PATH_INFO"] == f"{VOLD}innsatsomrader/hjem/"
    assert "2 tiltak står nå også her." in Lest(svar).alt
    assert {p.tiltak.tittel: p.nummer for p in hjem.plasseringer.gjester()} == {
        "Natteravn": 2,
        "Foreldremøte": 3,
    }
    assert "Natteravn" in lest(client, f"{VOLD}tiltak/").tekst
    # What stands here is not offered again.
    assert "Natteravn" not in lest(koordinator, SETT_INN).tekst


def test_the_choice_costs_the_same_for_one_and_many(ungdom, hjem, kommune, koordinator):
    def sporringer():
        with CaptureQueriesContext(connection) as spurt:
            assert koordinator.get(SETT_INN).status_code == 200
        return len(spurt)

    PlasseringFactory(innsatsomrade=ungdom)
    en = sporringer()
    for nr in range(3):
        rekke = PlanrekkeFactory(kommune=kommune, navn=f"Rekke {nr}", hoved=False)
        annen = HandlingsplanFactory(kommune=kommune, rekke=rekke)
        omrade = InnsatsomradeFactory(plan=annen)
        PlasseringFactory.create_batch(4, innsatsomrade=omrade)

    assert sporringer() == en


def test_what_may_not_stand_there_is_not_taken(
    ungdom, hjem, kommune, nabokommune, koordinator
):
    utkast = HandlingsplanFactory(
        kommune=kommune,
        rekke=PlanrekkeFactory(kommune=kommune, navn="Ettervern", hoved=False),
        status=UTKAST,
    )
    fremmed = HandlingsplanFactory(kommune=nabokommune)
    for plan in (utkast, fremmed):
        tiltak = PlasseringFactory(innsatsomrade__plan=plan).tiltak
        sendt = {"innsatsomrade": hjem.pk, "tiltak": [tiltak.pk]}
        assert koordinator.post(SETT_INN, sendt).status_code == 422
    egen = PlasseringFactory(innsatsomrade=ungdom).tiltak
    sendt = {"innsatsomrade": ungdom.pk, "tiltak": [egen.pk]}
    assert koordinator.post(SETT_INN, sendt).status_code == 422
    for pk in ("9" * 30, "-1", "x", "\x00"):
        sendt = {"innsatsomrade": hjem.pk, "tiltak": [pk]}
        assert koordinator.post(SETT_INN, sendt).status_code == 422
    tom = koordinator.post(SETT_INN, {"innsatsomrade": hjem.pk})
    assert "Velg minst ett tiltak." in tom.text
    assert hjem.plasseringer.count() == 0


def test_others_do_not_let_them_in(delt, hjem, client, nabo):
    for fremmed in (client, nabo):
        svar = fremmed.post(SETT_INN, {"innsatsomrade": hjem.pk, "tiltak": []})
        assert svar.status_code in {302, 403, 404}
    assert hjem.plasseringer.count() == 6


def test_what_differs_at_a_place_is_said_in_the_admin(
    delt, hjem, senteret, koordinator, client
):
    sted = hjem.plasseringer.get(nummer=1)
    rad = send_rad(
        koordinator, delt[0], "ansvar", tjeneste=senteret.pk, plassering=sted.pk
    )

    assert rad.status_code == 302
    assert "Krisesenteret" in lest(client, f"{VOLD}tiltak/hjem/1/").tekst
    assert "Krisesenteret" not in lest(client, f"{SLT}tiltak/ungdom/1/").tekst


def test_the_form_says_where_others_have_a_part(pa_stedet, koordinator):
    siden = lest(koordinator, f"/lillestrom/endre/tiltak/{pa_stedet[0].tiltak_id}/")

    assert "Ved Hjem 1 er det andre: Krisesenteret (ansvarlig)." in siden.tekst
    annen = lest(koordinator, f"/lillestrom/endre/tiltak/{delt_uten_avvik().pk}/")
    assert "er det andre" not in annen.tekst


def delt_uten_avvik():
    return Tiltak.objects.get(tittel="Delt 3")


def test_the_admin_offers_the_areas_of_other_plans(delt, slt, hjem, koordinator):
    annet = InnsatsomradeFactory(plan=hjem.plan, navn="Skole", kortnavn="Skole")
    svar = send_rad(
        koordinator, delt[0], "plasseringer", innsatsomrade=annet.pk, hoved=""
    )

    assert svar.status_code == 302
    assert annet.plasseringer.get().tiltak == delt[0]


def test_one_place_in_each_plan_is_the_main_one(delt, slt, hjem, koordinator):
    url = side(Tiltak, "change", delt[0].pk)
    sendt = skjema(koordinator.get(url))
    [nr] = [
        nr
        for nr in range(2)
        if sendt[f"plasseringer-{nr}-innsatsomrade"] == [str(hjem.pk)]
    ]
    sendt[f"plasseringer-{nr}-hoved"] = []

    svar = koordinator.post(url, sendt)

    assert (
        "Kryss av for hovedplassering ved én av plasseringene i hver plan." in svar.text
    )
    assert hjem.plasseringer.get(tiltak=delt[0]).hoved


def send_rad(koordinator, tiltak, gruppe, **felter):
    url = side(Tiltak, "change", tiltak.pk)
    sendt = skjema(koordinator.get(url))
    ny_rad(sendt, gruppe, **felter)
    return koordinator.post(url, sendt)


def test_a_page_of_a_plan_beside_the_main_one_names_it(delt, client):
    i_vold = lest(client, f"{VOLD}tiltak/")
    i_slt = lest(client, f"{SLT}tiltak/")

    assert (VOLD, "Voldsplan 2025–2028") in i_vold.alle_lenker
    assert (SLT, "Forsiden") in i_slt.alle_lenker


@pytest.mark.parametrize("publisert", [False, True])
def test_in_an_unpublished_area_a_guest_is_not_shown(
    publisert, delt, voldsplan, senteret, client
):
    omrade = InnsatsomradeFactory(
        plan=voldsplan, navn="Vern", kortnavn="Vern", publisert=publisert
    )
    # A further place of a guest, too.
    steder = [
        PlasseringFactory(innsatsomrade=omrade, tiltak=tiltak, hoved=hoved)
        for tiltak, hoved in [
            (Tiltak.objects.get(tittel="Bare i SLT-planen"), True),
            (delt[0], False),
        ]
    ]
    for sted in steder:
        AnsvarFactory(tiltak=sted.tiltak, tjeneste=senteret, plassering=sted)

    listen, tjenesten = (
        lest(client, adresse).tekst
        for adresse in (f"{VOLD}tiltak/", senteret.get_absolute_url())
    )

    assert ("Bare i SLT-planen" in listen, "Vern" in listen) == (publisert, publisert)
    assert ("Vern" in tjenesten) == publisert
    filter_ = TiltakFilter(QueryDict(), queryset=Tiltak.objects.all(), plan=voldsplan)
    tilbys = dict(filter_.form.fields["tjeneste"].choices)
    assert (senteret.slug in tilbys) == publisert
    i_pdf = Utgave(voldsplan).html()
    assert ("Vern" in i_pdf, "Bare i SLT-planen" in i_pdf) == (publisert, publisert)


def test_in_an_area_a_tjeneste_is_found_by_what_holds_there(
    delt, slt, senteret, politiet
):
    rus = InnsatsomradeFactory(plan=slt, navn="Rus", kortnavn="Rus")
    sted = PlasseringFactory(innsatsomrade=rus, tiltak=delt[0], hoved=False)
    PlasseringFactory(innsatsomrade=rus, tiltak=delt[1], hoved=False)
    AnsvarFactory(tiltak=delt[0], tjeneste=senteret, plassering=sted)

    assert titler(slt, omrade="rus", tjeneste="krisesenteret") == ["Delt 1"]
    assert titler(slt, omrade="rus", tjeneste="politiet") == ["Delt 2"]
    assert titler(slt, omrade="ungdom", tjeneste="krisesenteret") == []
    assert titler(slt, tjeneste="politiet") == SEKS


def test_what_is_said_of_a_place_in_another_plan_is_no_change_of_this_one(
    delt, hjem, slt, voldsplan, senteret
):
    for plan in (slt, voldsplan):
        plan.vedtatt_dato = date(2020, 1, 1)
    for_ = [Siden(plan).antall_endringer for plan in (slt, voldsplan)]
    ar = HandlingsplanFactory(
        kommune=slt.kommune,
        rekke=PlanrekkeFactory(kommune=slt.kommune, navn="År", hoved=False),
        status=UTKAST,
    )

    with spor(Dor.SKJEMA):
        sted = PlasseringFactory(innsatsomrade__plan=ar, tiltak=delt[0])
        AnsvarFactory(tiltak=delt[0], tjeneste=senteret, plassering=sted)
        sted.merknad = "Bare om våren"
        sted.save()

    assert [Siden(plan).antall_endringer for plan in (slt, voldsplan)] == for_
    with spor(Dor.SKJEMA):
        AnsvarFactory(tiltak=delt[0], tjeneste=senteret)
    etter = [Siden(plan).antall_endringer for plan in (slt, voldsplan)]
    assert etter == [antall + 1 for antall in for_]


def test_what_stands_in_a_plan_is_not_moved_to_another(ungdom, hjem, kommune):
    rekke = PlanrekkeFactory(kommune=kommune, navn="År", hoved=False)
    utkast = HandlingsplanFactory(kommune=kommune, rekke=rekke, status=UTKAST)
    tiltak = TiltakFactory(plan=hjem.plan)
    for rad in (tiltak, ungdom):
        rad.plan = utkast
        with pytest.raises(ValidationError, match="flyttes ikke"):
            rad.save()


def test_guests_that_came_late_are_named_where_the_next_plan_is_made(
    delt, hjem, ungdom, voldsplan, koordinator
):
    ny = ny_periode(forrige=voldsplan, tittel="Vold", fra_ar=2028, til_ar=2032)
    siden = f"{ny.get_absolute_url()}overgang/"
    assert "Noen tiltak fra andre planer" not in lest(koordinator, siden).tekst

    sen = PlasseringFactory(innsatsomrade=ungdom).tiltak
    PlasseringFactory(innsatsomrade=hjem, tiltak=sen)

    assert "Noen tiltak fra andre planer" in lest(koordinator, siden).tekst
