"""How a tiltak came to be what it is: one story, of what all can read, and told by day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from evaluering.models import Anbefalingssvar, Funnsvar, Grunnlag
from slt.grunn.historikk import Art, Dor, begrunnet, spor, uten_vern
from slt.models import PUBLIKUM, Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AnbefalingFactory,
    AnsvarFactory,
    FunnFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KildeFactory,
    KontaktpunktFactory,
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
from tiltak.models import (
    Ansvar,
    Handlingsplan,
    Innsatsomrade,
    Overgang,
    Plassering,
    Tiltak,
)
from tiltak.overgang import ny_periode, utfor, velg
from tiltak.planlop import vedta
from tiltak.publisering import publiser
from tiltak.tidslinje import BIDRAG, SYNLIGE, Linje, tidslinje

UTKAST, GJELDENDE, AVLOST = Handlingsplan.Status
Status, Valg = Tiltak.Status, Overgang.Valg
ADRESSE = "/lillestrom/2024-2028/tiltak/ungdom/1/"


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


@pytest.fixture(autouse=True)
def _ved_skjemaet():
    with spor(Dor.SKJEMA):
        yield


MODELLER = (Handlingsplan, Innsatsomrade, Tiltak, Ansvar, Plassering)


def da(ar, maned, dag):
    """Lets what was done just now have been done on that day."""
    tid = datetime(ar, maned, dag, 12, tzinfo=UTC)
    na = timezone.now()
    nylig = (na - timedelta(hours=1), na)
    for modell in MODELLER:
        modell.historikk.filter(history_date__range=nylig).update(history_date=tid)


def endre(rad, **felter):
    for felt, verdi in felter.items():
        setattr(rad, felt, verdi)
    rad.save()


@pytest.fixture
def plan(kommune):
    """A plan that was adopted in March 2024, with a tiltak."""
    plan = HandlingsplanFactory(
        kommune=kommune,
        vedtaksform="vedtatt",
        vedtatt_av="kommunestyret",
        vedtatt_dato=date(2024, 3, 13),
        vedtatt_sak="12/24",
    )
    ungdom = InnsatsomradeFactory(plan=plan, navn="Ungdom", kortnavn="Ungdom")
    tiltak = PlasseringFactory(
        innsatsomrade=ungdom, nummer=1, tiltak__tittel="Ungdomslos"
    ).tiltak
    AnsvarFactory(tiltak=tiltak, tjeneste=TjenesteFactory(kommune=kommune, navn="PPT"))
    da(2024, 3, 20)
    return plan


@pytest.fixture
def losen(plan):
    return plan.tiltak.get(tittel="Ungdomslos")


def punktene(tiltak, bruker=PUBLIKUM):
    """[(when, what)] of the whole story, also where it is short."""
    tiltak = Tiltak.objects.get(pk=tiltak.pk)
    linjer = [linje for finn in BIDRAG for linje in finn(tiltak, bruker)]
    linjer.sort(key=lambda linje: linje.plass)
    return [(linje.nar, linje.tekst) for linje in linjer]


BEGYNNELSEN = [
    (date(2024, 3, 13), "Planen: vedtatt av kommunestyret (sak 12/24)."),
    (date(2024, 3, 13), "Med i planen for 2024–2028."),
]


def siden(tiltak, bruker=PUBLIKUM):
    alle = punktene(tiltak, bruker)
    assert alle[:2] == BEGYNNELSEN
    return alle[2:]


# The page -----------------------------------------------------------------------------


def test_what_has_no_story_tells_none(losen, client):
    assert tidslinje(losen, PUBLIKUM) is None
    assert "Tidslinje" not in client.get(ADRESSE).text


def test_a_deadline_that_moves_is_told(losen):
    for nr, frist in enumerate((date(2026, 6, 1), date(2027, 1, 15), None), start=1):
        endre(losen, frist=frist)
        da(2025, nr, 1)

    assert siden(losen) == [
        (date(2025, 1, 1), "Fristen ble satt til 1. juni 2026."),
        (date(2025, 2, 1), "Fristen ble flyttet fra 1. juni 2026 til 15. januar 2027."),
        (date(2025, 3, 1), "Fristen 15. januar 2027 ble tatt bort."),
    ]


def test_so_is_what_the_politirad_gives_weight(losen):
    for nr, prioritet in enumerate(("lav", "hoy", ""), start=1):
        endre(losen, prioritet=prioritet)
        da(2025, nr, 1)

    assert siden(losen) == [
        (date(2025, 1, 1), "Politirådet ga tiltaket prioritet: lav."),
        (date(2025, 2, 1), "Politirådets prioritet endret fra lav til høy."),
        (date(2025, 3, 1), "Politirådets prioritet ble tatt bort."),
    ]


def test_the_page_tells_it_in_order_with_times(losen, client):
    endre(losen, status=Status.INNFORING)
    endre(losen, niva="selektiv")
    da(2025, 2, 1)

    svar = client.get(ADRESSE)

    assert Lest(svar).tekst.count("Tidslinje") == 1
    linjen = svar.text.partition('class="tidslinje"')[2].partition("</ol>")[0]
    assert linjen.count("<li>") == 2
    forst, sist = linjen.split("<li>")[1:]
    assert '<time datetime="2024-03-13">13. mars 2024</time>' in forst
    assert '<time datetime="2025-02-01">1. februar 2025</time>' in sist
    assert "Status endret fra i drift til under innføring." in sist
    assert "Forebyggingsnivået ble satt: selektiv." in sist


def test_what_is_long_is_folded(losen, client):
    for maned in range(1, 13):
        endre(losen, tittel=f"Losen {maned}")
        da(2025, maned, 1)

    historien = tidslinje(losen, PUBLIKUM)
    svar = client.get(ADRESSE)

    assert (len(historien.tidligere), len(historien.punkter)) == (1, SYNLIGE)
    assert "Vis 1 tidligere punkt" in Lest(svar).tekst


def test_it_is_small(losen, client):
    uten = len(client.get(ADRESSE).content)
    for maned in range(1, 7):
        endre(losen, tittel=f"Losen {maned}")
        da(2025, maned, 1)
    cache.clear()

    assert len(client.get(ADRESSE).content) - uten < 2_000


def test_a_kommune_next_door_has_its_own(plan, losen, nabokommune, client):
    endre(losen, tittel="Losen vår")
    da(2025, 2, 1)
    annen = HandlingsplanFactory(kommune=nabokommune)
    omrade = InnsatsomradeFactory(plan=annen, navn="Ungdom")
    PlasseringFactory(innsatsomrade=omrade, nummer=1)

    svar = client.get(ADRESSE.replace("lillestrom", "lorenskog"))

    assert svar.status_code == 200
    assert "Ungdomslos" not in svar.text


def test_it_costs_the_same_however_long_it_is(losen, client):
    ppt = TjenesteFactory(kommune=losen.kommune, navn="Ny tjeneste")
    endre(losen, status=Status.INNFORING)
    AnsvarFactory(tiltak=losen, tjeneste=ppt)
    FunnsvarFor(losen)
    da(2025, 1, 1)
    en = sporringer(client, ADRESSE)
    for maned in range(2, 12):
        endre(losen, tittel=f"Losen {maned}")
        AnsvarFactory(tiltak=losen, tjeneste=TjenesteFactory(kommune=losen.kommune))
        FunnsvarFor(losen)
        da(2025, maned, 1)
    cache.clear()

    assert sporringer(client, ADRESSE) == en


def FunnsvarFor(tiltak, **felter):  # noqa: N802
    felter = {"kilde__kommune": tiltak.kommune, "publisert": True} | felter
    funn = FunnFactory(**felter)
    Funnsvar.objects.create(tiltak=tiltak, funn=funn)
    return funn


# What was changed ---------------------------------------------------------------------


def test_each_weighty_change_is_told(losen):
    tjeneste = TjenesteFactory(kommune=losen.kommune, navn="Utekontakten")
    ansvar = AnsvarFactory(tiltak=losen, tjeneste=tjeneste)
    da(2025, 1, 1)
    endre(ansvar, rolle=Ansvar.Rolle.MEDANSVARLIG)
    da(2025, 2, 1)
    ansvar.delete()
    da(2025, 3, 1)
    endre(losen, niva="universell")
    da(2025, 4, 1)
    endre(losen, niva="selektiv")
    da(2025, 5, 1)
    endre(losen, tittel="Losen")
    da(2025, 6, 1)
    endre(losen, status=Status.AVSLUTTET)
    da(2025, 7, 1)
    endre(losen, status=Status.I_DRIFT)
    da(2025, 8, 1)

    assert siden(losen) == [
        (date(2025, 1, 1), "Utekontakten ble ansvarlig."),
        (date(2025, 2, 1), "Utekontakten ble medansvarlig."),
        (date(2025, 3, 1), "Utekontakten er ikke lenger ansvarlig."),
        (date(2025, 4, 1), "Forebyggingsnivået ble satt: universell."),
        (date(2025, 5, 1), "Forebyggingsnivået endret fra universell til selektiv."),
        (date(2025, 6, 1), "Nytt navn. Het før «Ungdomslos»."),
        (date(2025, 7, 1), "Avsluttet."),
        (date(2025, 8, 1), "Tatt opp igjen: i drift."),
    ]


def test_who_only_takes_part_is_no_part_of_it(losen):
    tjeneste = TjenesteFactory(kommune=losen.kommune, navn="Utekontakten")
    AnsvarFactory(tiltak=losen, tjeneste=tjeneste, rolle=Ansvar.Rolle.SAMARBEIDSPART)
    da(2025, 1, 1)

    assert siden(losen) == []


def test_a_further_place_is_told_once_all_can_read_of_it(plan, losen):
    vold = InnsatsomradeFactory(plan=plan, navn="Vold")
    skjult = InnsatsomradeFactory(plan=plan, navn="Skjult", publisert=False)
    da(2024, 6, 1)
    sted = PlasseringFactory(innsatsomrade=vold, tiltak=losen, hoved=False, nummer=4)
    PlasseringFactory(innsatsomrade=skjult, tiltak=losen, hoved=False, nummer=1)
    da(2025, 1, 1)
    sted.delete()
    da(2025, 2, 1)

    assert siden(losen) == [
        (date(2025, 1, 1), "Står også som Vold 4."),
        (date(2025, 2, 1), "Står ikke lenger som Vold 4."),
    ]

    endre(skjult, publisert=True)
    da(2025, 3, 1)

    # That it stood there already then, nobody could read.
    assert "Skjult" not in str(siden(losen))


def test_the_net_of_a_day_is_told(losen):
    endre(losen, status=Status.AVSLUTTET)
    endre(losen, status=Status.I_DRIFT)
    endre(losen, niva="selektiv")
    endre(losen, niva="indikativ")
    da(2025, 1, 1)

    assert siden(losen) == [
        (date(2025, 1, 1), "Forebyggingsnivået ble satt: indikativ.")
    ]


def test_a_correction_says_how_it_was_all_along(losen):
    endre(losen, status=Status.AVSLUTTET)
    da(2025, 1, 1)
    endre(losen, tittel="Ungdomsloos")
    da(2025, 2, 1)
    with spor(Dor.SKJEMA, art=Art.RETTELSE):
        endre(losen, status=Status.I_DRIFT)
        endre(losen, tittel="Losen")
    da(2025, 3, 1)

    assert siden(losen) == [(date(2025, 2, 1), "Nytt navn. Het før «Ungdomslos».")]


def test_small_changes_are_no_part_of_it(losen):
    KontaktpunktFactory(tjeneste=losen.ansvar.get().tjeneste, verdi="22 22 22 22")
    endre(losen, tekst="<p>Mer om det.</p>", forankring="Politirådet")
    da(2025, 1, 1)

    assert siden(losen) == []


def test_why_it_ended_is_for_who_writes_the_plan(losen, nabokommune, client):
    with begrunnet("Prosjektet fikk ikke mer penger."):
        endre(losen, status=Status.AVSLUTTET)
    da(2025, 1, 1)
    koordinator = TilgangFactory(kommune=losen.kommune).bruker
    andre = [
        TilgangFactory(kommune=losen.kommune, rolle=Tilgang.Rolle.ANSATT).bruker,
        TilgangFactory(kommune=nabokommune).bruker,
        PUBLIKUM,
    ]

    hele = "Avsluttet. Prosjektet fikk ikke mer penger."
    assert siden(losen, koordinator) == [(date(2025, 1, 1), hele)]
    for bruker in andre:
        assert siden(losen, bruker) == [(date(2025, 1, 1), "Avsluttet.")]
    assert "mer penger" not in client.get(ADRESSE).text
    assert "mer penger" in innlogget(koordinator).get(ADRESSE).text


def test_a_tjeneste_that_is_gone_is_not_named(losen):
    tjeneste = TjenesteFactory(kommune=losen.kommune, navn="Nedlagt team")
    ansvar = AnsvarFactory(tiltak=losen, tjeneste=tjeneste)
    da(2025, 1, 1)
    ansvar.delete()
    da(2025, 2, 1)
    tjeneste.delete()

    assert siden(losen) == []


# When it came -------------------------------------------------------------------------


def test_what_was_changed_in_the_draft_is_not_told(kommune):
    plan = HandlingsplanFactory(kommune=kommune, status=UTKAST)
    tiltak = PlasseringFactory(
        innsatsomrade__plan=plan, tiltak__tittel="Hemmelig navn"
    ).tiltak
    da(2024, 1, 1)
    endre(tiltak, tittel="Losen", status=Status.PLANLAGT)
    ansvar = AnsvarFactory(tiltak=tiltak)
    da(2024, 2, 1)
    ansvar.delete()
    vedta(plan)
    da(2024, 3, 1)
    endre(tiltak, status=Status.I_DRIFT)
    da(2024, 4, 1)

    assert punktene(tiltak) == [
        (2024, "Med i planen for 2024–2028."),
        (date(2024, 4, 1), "Status endret fra planlagt til i drift."),
    ]


def test_a_plan_that_was_a_draft_once_more_begins_anew(losen, plan):
    endre(losen, tittel="Mellomnavn")
    da(2024, 5, 1)
    gi_status(plan, UTKAST)
    da(2024, 6, 1)
    endre(losen, tittel="Losen")
    da(2024, 7, 1)
    gi_status(plan, GJELDENDE)
    da(2024, 8, 1)

    assert punktene(losen) == [(2024, "Med i planen for 2024–2028.")]


def test_what_is_not_public_has_no_changes(losen):
    endre(losen, publisert=False, tittel="Skjult")
    da(2025, 1, 1)

    assert siden(losen) == []


def test_what_was_published_while_the_plan_held_came_then(plan):
    omrade = plan.innsatsomrader.get()
    ny = PlasseringFactory(
        innsatsomrade=omrade, tiltak__tittel="Kladden", tiltak__publisert=False
    ).tiltak
    da(2025, 1, 1)
    endre(ny, tittel="Fritidskortet")
    da(2025, 2, 1)
    publiser(ny)
    da(2025, 3, 1)

    assert punktene(ny) == [
        BEGYNNELSEN[0],
        (date(2025, 3, 1), "Nytt tiltak i planen for 2024–2028."),
    ]


@pytest.mark.parametrize("dor", [Dor.IMPORT, Dor.KOMMANDO])
def test_a_load_says_nothing_of_when_a_tiltak_came(dor, kommune):
    with spor(dor):
        plan = HandlingsplanFactory(kommune=kommune)
        omrade = InnsatsomradeFactory(plan=plan)
        tiltak = PlasseringFactory(innsatsomrade=omrade).tiltak
        AnsvarFactory(tiltak=tiltak)
        endre(tiltak, status=Status.INNFORING)
    da(2026, 11, 1)
    with spor(dor):
        senere = PlasseringFactory(innsatsomrade=omrade).tiltak
        datert = PlasseringFactory(
            innsatsomrade=omrade, tiltak__fra_dato=date(2025, 8, 1)
        ).tiltak
    da(2026, 11, 9)

    assert punktene(tiltak) == [(2024, "Med i planen for 2024–2028.")]
    assert punktene(senere) == [(date(2026, 11, 9), "Lagt inn i løsningen.")]
    assert punktene(datert) == [(date(2025, 8, 1), "Tiltaket begynte.")]


def test_what_is_to_begin_is_not_told_yet(losen):
    endre(losen, fra_dato=date(2150, 1, 1))
    da(2025, 1, 1)

    assert siden(losen) == []


# From plan to plan --------------------------------------------------------------------


@pytest.fixture
def ny(plan, losen):
    """The plan for the next period, with what became of it all."""
    omrade = plan.innsatsomrader.get()
    andre = ("Delt", "Slått inn", "Slutter")
    delt, inn, slutter = (
        PlasseringFactory(innsatsomrade=omrade, tiltak__tittel=tittel).tiltak
        for tittel in andre
    )
    da(2024, 3, 20)
    ny = ny_periode(forrige=plan, tittel="Ny plan", fra_ar=2028, til_ar=2032)
    velg(plan=ny, fra=losen, valg=Valg.VIDEREFORES)
    velg(plan=ny, fra=delt, valg=Valg.DELES)
    velg(plan=ny, fra=inn, valg=Valg.SLAS_SAMMEN, sammen_med=losen)
    velg(plan=ny, fra=slutter, valg=Valg.AVSLUTTES, begrunnelse="Ingen kom.")
    utfor(ny)
    da(2027, 10, 1)
    return ny


def vedtatt(ny):
    vedta(ny, vedtaksform="vedtatt", vedtatt_dato=date(2027, 12, 15))
    da(2027, 12, 15)


def test_both_plans_tell_of_each_other(plan, ny, losen):
    vedtatt(ny)
    nye = ny.tiltak.get(tittel="Ungdomslos")
    en_ny = PlasseringFactory(innsatsomrade=ny.innsatsomrader.get()).tiltak
    dag = date(2027, 12, 15)

    assert punktene(nye) == [
        (dag, "Planen: vedtatt."),
        (dag, "Videreført fra «Ungdomslos» i planen for 2024–2028."),
        (dag, "Slått sammen med «Slått inn» fra planen for 2024–2028."),
    ]
    assert siden(losen) == [(dag, "Ført videre i planen for 2028–2032.")]
    assert [punktene(t)[1:] for t in ny.tiltak.filter(tittel__startswith="Delt")] == [
        [(dag, "Delt ut fra «Delt» i planen for 2024–2028.")]
    ] * 2
    assert siden(plan.tiltak.get(tittel="Slått inn")) == [
        (dag, "Slått sammen med et annet tiltak i planen for 2028–2032.")
    ]
    assert siden(plan.tiltak.get(tittel="Slutter")) == [
        (dag, "Ikke med i planen for 2028–2032: avsluttes. Ingen kom.")
    ]
    assert punktene(en_ny)[-1][1] == "Nytt tiltak i planen for 2028–2032."


def test_it_leads_to_the_tiltak_before(ny, client):
    vedtatt(ny)

    lenker = Lest(client.get("/lillestrom/2028-2032/tiltak/ungdom/1/")).lenker

    videre = "Videreført fra «Ungdomslos» i planen for 2024–2028."
    assert (ADRESSE, videre) in lenker


def test_of_a_draft_the_plan_that_holds_says_nothing(ny, losen, client, koordinator):
    assert siden(losen) == []
    for klient in (client, koordinator):
        assert (
            "2028–2032"
            not in klient.get(ADRESSE).text.partition("Fakta")[2].split("<footer")[0]
        )


def test_a_predecessor_that_nobody_can_read_is_not_named(ny, losen):
    vedtatt(ny)
    with uten_vern():
        endre(losen, publisert=False)
    nye = ny.tiltak.get(tittel="Ungdomslos")

    assert [tekst for _nar, tekst in punktene(nye)] == [
        "Planen: vedtatt.",
        "Slått sammen med «Slått inn» fra planen for 2024–2028.",
    ]


def test_what_a_plan_took_over_of_another_rekke_says_so(plan, kommune):
    annen = HandlingsplanFactory(
        kommune=kommune,
        tittel="Voldsplan",
        rekke=PlanrekkeFactory(kommune=kommune, navn="Vold", hoved=False),
    )
    gjest = PlasseringFactory(
        innsatsomrade__plan=annen, tiltak__tittel="Krisesenteret"
    ).tiltak
    sett_inn([gjest], plan.innsatsomrader.get())
    da(2024, 4, 1)
    neste = ny_periode(forrige=annen, tittel="Neste", fra_ar=2028, til_ar=2032)
    vedta(neste)
    da(2028, 1, 10)

    eget = plan.tiltak.get(tittel="Krisesenteret")

    assert punktene(eget) == [
        BEGYNNELSEN[0],
        (date(2028, 1, 10), "Overtatt fra «Krisesenteret» i Voldsplan 2024–2028."),
    ]
    # Of what it was before, the plan that followed says nothing.
    assert punktene(gjest) == [(2024, "Med i planen for 2024–2028.")]


# What was known -----------------------------------------------------------------------


def test_it_begins_with_what_was_found_and_recommended(losen):
    hkh = KildeFactory(kommune=losen.kommune, navn="HKH", arstall=2023)
    funn = FunnFactory(kilde=hkh, tekst="Flere er alene.", publisert=True)
    anbefaling = AnbefalingFactory(
        kilde=hkh, type="opprette", tekst="En los.", publisert=True
    )
    Grunnlag.objects.create(anbefaling=anbefaling, funn=funn)
    Anbefalingssvar.objects.create(anbefaling=anbefaling, tiltak=losen)
    for navn, arstall in (("Ungdata", 2022), ("Politiet", 2024)):
        om = {"kilde__navn": navn, "kilde__arstall": arstall}
        FunnsvarFor(losen, tekst="Noe.", **om)

    assert punktene(losen) == [
        (2022, "Funn i Ungdata: Noe."),
        (2023, "Funn i HKH: Flere er alene."),
        (2023, "HKH anbefalte å opprette: En los."),
        (2024, "Funn i Politiet: Noe."),
        *BEGYNNELSEN,
    ]

    FunnsvarFor(losen, kilde=hkh)

    assert (2023, "2 funn i HKH") in punktene(losen)


def test_what_was_found_comes_before_all_else_of_its_year(losen, plan):
    with uten_vern():
        endre(plan, vedtaksform="", vedtatt_av="", vedtatt_dato=None, vedtatt_sak="")
    FunnsvarFor(losen, kilde__navn="Politiet", kilde__arstall=2024, tekst="Noe.")

    assert punktene(losen) == [
        (2024, "Funn i Politiet: Noe."),
        (2024, "Med i planen for 2024–2028."),
    ]


def test_what_is_internal_is_for_those_who_see_it(losen, nabokommune):
    kilde = KildeFactory(kommune=losen.kommune, navn="Politiet", arstall=2023)
    skjult = FunnsvarFor(losen, kilde=kilde, tekst="Internt.", publisert=False)
    apent = FunnFactory(kilde=kilde, tekst="Åpent.", publisert=True)
    intern = AnbefalingFactory(kilde=kilde, publisert=False)
    Grunnlag.objects.create(anbefaling=intern, funn=apent)
    Anbefalingssvar.objects.create(anbefaling=intern, tiltak=losen)
    koordinator = TilgangFactory(kommune=losen.kommune).bruker

    # That the open finding leads to the tiltak, the internal recommendation says alone.
    for bruker in (PUBLIKUM, TilgangFactory(kommune=nabokommune).bruker):
        assert siden_funnene(losen, bruker) == []
    assert [nar for nar, _tekst in siden_funnene(losen, koordinator)] == [2023, 2023]

    skjult.delete()

    assert "Internt" not in str(punktene(losen, koordinator))


def siden_funnene(tiltak, bruker):
    return [punkt for punkt in punktene(tiltak, bruker) if isinstance(punkt[0], int)]


def test_an_app_adds_its_own_lines(losen, monkeypatch):
    monkeypatch.setattr(
        "tiltak.tidslinje.BIDRAG",
        [*BIDRAG, lambda tiltak, bruker: [Linje(2025, f"Om {tiltak}.", "/der/")]],
    )

    historien = tidslinje(losen, PUBLIKUM)

    assert historien.punkter[-1].linjer == [Linje(2025, "Om Ungdomslos.", "/der/")]


def test_a_tilbud_has_no_timeline(kommune, client):
    tilbud = TiltakFactory(kommune=kommune, plan=None, tittel="Klubben")
    endre(tilbud, status=Status.AVSLUTTET)

    svar = client.get(tilbud.get_absolute_url())

    assert svar.status_code == 200
    assert "Tidslinje" not in svar.text
