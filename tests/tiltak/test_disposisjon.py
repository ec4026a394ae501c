"""The page on which a plan is written: what stands there, who may, what is added, moved and
removed there, and what happens when two do so at once."""

import re
from html import unescape
from itertools import pairwise

import pytest
from django.urls import reverse

from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KommuneFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
    gi_status,
)
from tests.innsending import innsending
from tests.lest import Lest
from tiltak.models import (
    Handlingsplan,
    Innsatsomrade,
    Kapittel,
    Malsetting,
    Plassering,
    Tiltak,
)
from tiltak.rediger.disposisjon import Disposisjon

HX = {"HX-Request": "true"}
SIDEN = "/lillestrom/2024-2028/rediger/"
STATUS = Handlingsplan.Status


@pytest.fixture
def kommune(db):
    return KommuneFactory(nummer="3205", navn="Lillestrøm", slug="lillestrom")


@pytest.fixture
def plan(kommune):
    """A draft: A, B and C in Vold, D in Rus."""
    plan = HandlingsplanFactory(kommune=kommune, status=STATUS.UTKAST)
    vold = InnsatsomradeFactory(plan=plan, navn="Vold", kortnavn="Vold")
    rus = InnsatsomradeFactory(plan=plan, navn="Rus", kortnavn="Rus")
    for omrade, titler in ((vold, "ABC"), (rus, "D")):
        for tittel in titler:
            PlasseringFactory(
                innsatsomrade=omrade,
                tiltak__plan=plan,
                tiltak__tittel=f"Tiltak {tittel}",
            )
    return plan


def stedet(tittel, **hvor):
    return Plassering.objects.get(tiltak__tittel=f"Tiltak {tittel}", **hvor)


def rekken(plan):
    """The places of the plan in its order, as "V1A": area, number, title."""
    steder = Plassering.objects.filter(plan=plan).select_related(
        "innsatsomrade", "tiltak"
    )
    steder = steder.order_by("innsatsomrade__rekkefolge", "nummer")
    return [f"{s.innsatsomrade.navn[0]}{s.nummer}{s.tiltak.tittel[-1]}" for s in steder]


def delen(svar):
    """The words of an answer that is a part of a page."""
    return unescape(" ".join(re.sub("<[^>]+>", " ", svar.text).split()))


def flytt(klient, rad, *, hva="plassering", **sendt):
    adresse = reverse("tiltak:flytt", args=["lillestrom", hva, rad.pk])
    return klient.post(adresse, {n: str(v) for n, v in sendt.items()}, headers=HX)


# What stands there --------------------------------------------------------------------


def test_all_of_the_plan_stands_there_with_what_is_missing(kommune, plan, koordinator):
    KapittelFactory(plan=plan, tittel="Bakgrunn")
    out = TjenesteFactory(kommune=kommune, navn="Utekontakten")
    AnsvarFactory(tiltak=stedet("A").tiltak, tjeneste=out)
    AnsvarFactory(tiltak=stedet("B").tiltak, tjeneste=out)
    TiltakFactory(plan=plan, tittel="Del av B", overordnet=stedet("B").tiltak)
    TiltakFactory(plan=plan, tittel="Glemt et sted")
    stedet("C").tiltak.save()

    svar = koordinator.get(SIDEN)

    nivaer = [int(niva) for niva in re.findall("<h([1-6])", svar.text)]
    assert all(under - over <= 1 for over, under in pairwise(nivaer))
    tekst = Lest(svar).tekst
    for stykke in (
        "Bakgrunn",
        "1 Vold 1: Tiltak A Ansvarlig: Utekontakten Mangler: ingen å ringe · uten",
        "3 Vold 3: Tiltak C Mangler: ansvaret er ikke avklart · uten målgruppe · uten nivå",
        "Del av B",
        "1 Rus 1: Tiltak D",
        "Uten plass i planen",
        "Glemt et sted",
    ):
        assert stykke in tekst
    KontaktpunktFactory(tjeneste=out)
    assert "ingen å ringe" not in Lest(koordinator.get(SIDEN)).tekst


@pytest.mark.parametrize("bygger_pa", [False, True])
@pytest.mark.parametrize("antall", [1, 60])
def test_the_outline_costs_the_same_however_long_the_plan_is(
    kommune, koordinator, antall, bygger_pa, django_assert_max_num_queries
):
    forrige = HandlingsplanFactory(kommune=kommune, fra_ar=2020, til_ar=2023)
    plan = HandlingsplanFactory(
        kommune=kommune,
        status=STATUS.UTKAST,
        bygger_pa=forrige if bygger_pa else None,
    )
    omrade = InnsatsomradeFactory(plan=plan)
    for nr in range(antall):
        tiltak = PlasseringFactory(innsatsomrade=omrade, tiltak__plan=plan).tiltak
        ansvar = AnsvarFactory(tiltak=tiltak, tjeneste__kommune=kommune)
        KontaktpunktFactory(tjeneste=ansvar.tjeneste)
        TiltakFactory(plan=plan, overordnet=tiltak, tittel=f"Del {nr}")
    koordinator.get("/konto/")

    with django_assert_max_num_queries(20):
        svar = koordinator.get(SIDEN)

    assert len(re.findall(r'<li id="plassering-', svar.text)) == antall
    assert len(svar.content) <= 150_000 * max(antall, 60) / 60


def test_what_has_ended_lacks_nothing_and_what_is_proposed_is_said(plan, koordinator):
    over, foreslatt = stedet("A").tiltak, stedet("B").tiltak
    over.status = Tiltak.Status.AVSLUTTET
    over.save()
    foreslatt.niva, foreslatt.niva_foreslatt = "selektiv", True
    foreslatt.save()

    d = Disposisjon(plan, koordinator.bruker)

    mangler = [sted.tiltak.mangler for sted in d.omrader[0].rader]
    avklares = ["ansvaret er ikke avklart", "uten målgruppe"]
    assert mangler == [
        [],
        [*avklares, "nivået er foreslått"],
        [*avklares, "uten nivå"],
    ]


def test_the_levels_of_guests_are_agreed_to_at_home(kommune, plan, koordinator):
    hjemme = HandlingsplanFactory(kommune=kommune, fra_ar=2030, til_ar=2033)
    gjest = TiltakFactory(plan=hjemme, niva="selektiv", niva_foreslatt=True)
    PlasseringFactory(
        tiltak=gjest, innsatsomrade=plan.innsatsomrader.first(), hoved=False
    )

    d = Disposisjon(plan, koordinator.bruker)

    assert gjest in [sted.tiltak for sted in d.omrader[0].rader]
    assert d.antall_foreslatt == 0


def test_the_goals_of_the_plan_are_not_those_of_its_parts(plan, koordinator):
    rus = Innsatsomrade.objects.get(navn="Rus")
    egne = {"plan": plan, "type": "visjon"}
    mal = Malsetting.objects.create(tekst="Trygge unge", **egne)
    Malsetting.objects.create(tekst="Mindre rus", innsatsomrade=rus, **egne)
    Malsetting.objects.create(tekst="Flere turer", tiltak=stedet("A").tiltak, **egne)

    d = Disposisjon(plan, koordinator.bruker)

    assert d.malsettinger == [mal]
    assert [m.tekst for m in d.omrader[1].malsettinger.all()] == ["Mindre rus"]


def test_a_plan_that_was_superseded_is_only_looked_at(kommune, plan, koordinator):
    foreslatt = stedet("B").tiltak
    foreslatt.niva, foreslatt.niva_foreslatt = "selektiv", True
    foreslatt.save()
    gi_status(plan, STATUS.AVLOST)
    sted, kapittel = stedet("A"), KapittelFactory.build(plan=plan)

    svar = koordinator.get(SIDEN)
    svarene = [
        flytt(koordinator, sted, retning="ned"),
        koordinator.post(
            f"{SIDEN}tiltak/", {"tittel": "Nytt", "omrade": sted.innsatsomrade_id}
        ),
        koordinator.post(f"{SIDEN}kapittel/", {"tittel": "Nytt", "tekst": "Noe"}),
        koordinator.get(f"/lillestrom/endre/tiltak/{sted.tiltak_id}/"),
        koordinator.post(f"/lillestrom/endre/tiltak/{sted.tiltak_id}/slett/"),
        koordinator.post(f"{SIDEN}nivaer/"),
    ]

    assert "Tiltak A" in svar.text
    assert "<form" not in svar.text.split('id="disposisjon"')[1].split("</main>")[0]
    assert {s.status_code for s in svarene} <= {302, 404}
    assert rekken(plan) == ["V1A", "V2B", "V3C", "R1D"]
    assert kapittel.pk is None
    assert not Tiltak.objects.filter(tittel="Nytt").exists()
    foreslatt.refresh_from_db()
    assert foreslatt.niva_foreslatt


def test_the_page_itself_asks_for_one_row(plan, koordinator):
    sted = stedet("B")

    svar = koordinator.get(f"{SIDEN}?rad=plassering-{sted.pk}", headers=HX)

    assert "Tiltak B" in svar.text
    assert "Tiltak A" not in svar.text
    assert "<html" not in svar.text
    # Asked for without JavaScript, it is the whole page.
    hele = koordinator.get(f"{SIDEN}?rad=plassering-{sted.pk}")
    assert "<html" in hele.text
    assert "Tiltak A" in hele.text


def test_what_was_saved_is_said_and_named_anew_all_over_the_page(plan, koordinator):
    kapittel, sted = KapittelFactory(plan=plan), stedet("B")
    for hva, rad, skjema, felt in [
        ("kapittel", kapittel, f"kapittel/{kapittel.pk}", "tittel"),
        ("innsatsomrade", sted.innsatsomrade, None, "navn"),
        ("plassering", sted, f"tiltak/{sted.tiltak_id}", "tittel"),
    ]:
        nokkel = f"{hva}-{rad.pk}"
        adresse = f"/lillestrom/endre/{skjema or f'{hva}/{rad.pk}'}/"
        adresse += f"?i=2024-2028&rad={nokkel}"
        data = innsending(koordinator.get(adresse), **{felt: "Et nytt navn"})

        svar = koordinator.post(adresse, data, headers=HX)

        assert f'aria-describedby="lagret-{nokkel}"' in svar.text
        assert re.search(f'id="lagret-{nokkel}">Lagret<', svar.text)
        ellers = f"tre-{nokkel}"
        assert f'id="{ellers}"' in koordinator.get(SIDEN).text
        sendt_med = rf'<\w+ [^>]*id="{ellers}"[^>]* data-hx-swap-oob="true">([^<]+)<'
        [navn] = re.findall(sendt_med, svar.text)
        assert navn.startswith("Et nytt navn")


@pytest.mark.parametrize(
    "rad", ["plassering-0", "plassering-x", "tull", "kapittel-1", "plassering", "-1"]
)
def test_a_row_that_is_not_there_is_a_404(plan, koordinator, rad):
    assert koordinator.get(SIDEN, {"rad": rad}, headers=HX).status_code == 404


def test_rows_of_another_plan_are_not_in_this_one(kommune, plan, koordinator):
    annen = PlasseringFactory(
        innsatsomrade__plan=HandlingsplanFactory(
            kommune=kommune, fra_ar=2030, til_ar=2033
        )
    )

    svar = koordinator.get(SIDEN, {"rad": f"plassering-{annen.pk}"}, headers=HX)

    assert svar.status_code == 404


# Adding -------------------------------------------------------------------------------


def test_a_title_is_enough_to_begin_a_tiltak(plan, koordinator):
    rus = Innsatsomrade.objects.get(navn="Rus")

    svar = koordinator.post(f"{SIDEN}tiltak/", {"tittel": "Tiltak E", "omrade": rus.pk})

    sted = stedet("E")
    assert rekken(plan) == ["V1A", "V2B", "V3C", "R1D", "R2E"]
    assert (sted.hoved, sted.tiltak.plan) == (True, plan)
    assert svar.url == (
        f"/lillestrom/endre/tiltak/{sted.tiltak_id}/?i=2024-2028&rad=plassering-{sted.pk}"
    )


@pytest.mark.parametrize("hoder", [{}, HX])
def test_a_double_press_begins_one_tiltak(hoder, plan, koordinator):
    merke = koordinator.get(SIDEN).context["merke"]
    omrade = stedet("A").innsatsomrade_id
    sendt = {"tittel": "Tiltak E", "omrade": omrade, "sett": merke}

    svar = [koordinator.post(f"{SIDEN}tiltak/", sendt, headers=hoder) for _ in range(2)]

    assert rekken(plan) == ["V1A", "V2B", "V3C", "V4E", "R1D"]
    assert Tiltak.objects.filter(plan=plan).count() == 5
    assert svar[0].headers.get("Location") == svar[1].headers.get("Location")
    assert f'name="sett" value="{merke}"' not in svar[1].text


def test_on_the_page_its_form_opens_by_itself(plan, koordinator):
    rus = Innsatsomrade.objects.get(navn="Rus")

    svar = koordinator.post(
        f"{SIDEN}tiltak/", {"tittel": "Tiltak E", "omrade": rus.pk}, headers=HX
    )

    assert svar["HX-Retarget"] == "#disposisjon"
    apnes = re.findall(r'data-hx-get="([^"]+)" data-hx-trigger="load', svar.text)
    sted = stedet("E")
    skjema = f"/lillestrom/endre/tiltak/{sted.tiltak_id}/"
    assert apnes == [f"{skjema}?i=2024-2028&amp;rad=plassering-{sted.pk}"]


@pytest.mark.parametrize(
    ("tittel", "sagt"),
    [
        ("", "Feltet er påkrevet."),
        ("Om 01010050053", "fødselsnummer"),
        ("x" * 201, "200"),
    ],
)
def test_a_title_that_cannot_be_is_refused_in_words(plan, koordinator, tittel, sagt):
    rus = Innsatsomrade.objects.get(navn="Rus")

    svar = koordinator.post(
        f"{SIDEN}tiltak/", {"tittel": tittel, "omrade": rus.pk}, headers=HX
    )

    assert svar.status_code == 422
    assert sagt in delen(svar)
    assert f'value="{tittel}" aria-invalid="true"' in svar.text
    assert Tiltak.objects.count() == 4
    hele = koordinator.post(f"{SIDEN}tiltak/", {"tittel": tittel, "omrade": rus.pk})
    assert sagt in Lest(hele).tekst


def test_what_is_added_in_a_plan_that_holds_waits_to_be_published(plan, koordinator):
    gi_status(plan, STATUS.GJELDENDE)
    rus = Innsatsomrade.objects.get(navn="Rus")

    koordinator.post(f"{SIDEN}tiltak/", {"tittel": "Tiltak E", "omrade": rus.pk})

    sted = stedet("E")
    assert (sted.nummer, sted.tiltak.publisert) == (2, False)
    assert "Ikke publisert" in Lest(koordinator.get(SIDEN)).tekst
    adresse, rad = (
        f"/lillestrom/endre/tiltak/{sted.tiltak_id}/publiser/?i=2024-2028",
        f"plassering-{sted.pk}",
    )
    assert f"{adresse}&amp;rad={rad}" in koordinator.get(SIDEN).text
    assert koordinator.post(f"{adresse}&rad={rad}").url == f"{SIDEN}?rad={rad}#{rad}"
    sted.tiltak.refresh_from_db()
    assert sted.tiltak.publisert


def test_an_innsatsomrade_of_another_kommune_is_none(plan, koordinator):
    nabos = InnsatsomradeFactory()

    sendt = {"tittel": "Tiltak E", "omrade": nabos.pk}
    svar = koordinator.post(f"{SIDEN}tiltak/", sendt, headers=HX)

    assert not Tiltak.objects.filter(tittel="Tiltak E").exists()
    assert svar.status_code == 409
    # There is no field on the page in which it still stands.
    borte = "«Tiltak E» er ikke lagt til. Noen andre slettet innsatsområdet imens."
    assert borte in delen(svar)
    assert borte in Lest(koordinator.post(f"{SIDEN}tiltak/", sendt)).tekst


def test_what_stands_nowhere_is_given_a_place(plan, koordinator):
    glemt = TiltakFactory(plan=plan, tittel="Tiltak G")
    rus = Innsatsomrade.objects.get(navn="Rus")
    adresse = f"/lillestrom/endre/tiltak/{glemt.pk}/plass/"
    assert adresse in koordinator.get(SIDEN).text
    # Also after it was written in.
    raden = koordinator.get(SIDEN, {"rad": f"tiltak-{glemt.pk}"}, headers=HX).text
    assert adresse in raden
    assert f'<option value="{rus.pk}">' in raden

    assert koordinator.post(adresse, {"omrade": rus.pk}).url == SIDEN

    assert rekken(plan) == ["V1A", "V2B", "V3C", "R1D", "R2G"]
    assert "Uten plass" not in Lest(koordinator.get(SIDEN)).tekst
    nabos = InnsatsomradeFactory()
    koordinator.post(
        f"/lillestrom/endre/tiltak/{glemt.pk}/plass/", {"omrade": nabos.pk}
    )
    assert not nabos.plasseringer.exists()


def test_a_place_is_given_once_and_to_no_part_of_a_tiltak(plan, koordinator):
    rus = Innsatsomrade.objects.get(navn="Rus")
    del_ = TiltakFactory(plan=plan, overordnet=stedet("A").tiltak)

    def gi_plass(tiltak):
        adresse = f"/lillestrom/endre/tiltak/{tiltak.pk}/plass/"
        return koordinator.post(adresse, {"omrade": rus.pk}, headers=HX)

    to_ganger, delen_ = gi_plass(stedet("D").tiltak), gi_plass(del_)

    assert (to_ganger.status_code, delen_.status_code) == (409, 404)
    assert "Tiltaket står allerede i dette området." in delen(to_ganger)
    assert rekken(plan) == ["V1A", "V2B", "V3C", "R1D"]


# Moving -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tittel", "retning", "etter"),
    [
        ("A", "ned", ["V1B", "V2A", "V3C", "R1D"]),
        ("C", "opp", ["V1A", "V2C", "V3B", "R1D"]),
        # On from the end of an innsatsområde into the next one, and back.
        ("C", "ned", ["V1A", "V2B", "R1C", "R2D"]),
        ("D", "opp", ["V1A", "V2B", "V3C", "V4D"]),
        # At the ends of the plan there is nowhere to go.
        ("A", "opp", ["V1A", "V2B", "V3C", "R1D"]),
        ("D", "ned", ["V1A", "V2B", "V3C", "R1D"]),
    ],
)
def test_one_place_up_or_down(plan, koordinator, tittel, retning, etter):
    svar = flytt(koordinator, stedet(tittel), retning=retning)

    assert svar.status_code == 200
    assert rekken(plan) == etter


@pytest.mark.parametrize(
    ("tittel", "foran", "etter"),
    [
        ("A", "C", ["V1B", "V2C", "V3A", "R1D"]),
        ("C", None, ["V1C", "V2A", "V3B", "R1D"]),
        ("C", "A", ["V1A", "V2C", "V3B", "R1D"]),
        ("A", None, ["V1A", "V2B", "V3C", "R1D"]),
        # After itself it stands where it stands.
        ("B", "B", ["V1A", "V2B", "V3C", "R1D"]),
    ],
)
def test_right_after_another_one(plan, koordinator, tittel, foran, etter):
    vold = Innsatsomrade.objects.get(navn="Vold")

    flytt(
        koordinator,
        stedet(tittel),
        til=vold.pk,
        etter=stedet(foran).pk if foran else "",
    )

    assert rekken(plan) == etter


@pytest.mark.parametrize(
    ("foran", "etter"),
    [
        (None, ["V1D", "V2A", "V3B", "V4C"]),
        ("B", ["V1A", "V2B", "V3D", "V4C"]),
        ("C", ["V1A", "V2B", "V3C", "V4D"]),
    ],
)
def test_into_another_innsatsomrade(plan, koordinator, foran, etter):
    vold = Innsatsomrade.objects.get(navn="Vold")

    flytt(
        koordinator, stedet("D"), til=vold.pk, etter=stedet(foran).pk if foran else ""
    )

    assert rekken(plan) == etter


def test_it_goes_on_to_the_next_one_and_past_those_that_it_stands_in(plan, koordinator):
    uro = InnsatsomradeFactory(plan=plan, navn="Uro", kortnavn="Uro")
    PlasseringFactory(innsatsomrade=uro, tiltak__plan=plan, tiltak__tittel="Tiltak E")
    rus = Innsatsomrade.objects.get(navn="Rus")
    PlasseringFactory(tiltak=stedet("C").tiltak, innsatsomrade=rus, hoved=False)

    flytt(koordinator, stedet("C", hoved=True), retning="ned")
    assert rekken(plan) == ["V1A", "V2B", "R1D", "R2C", "U1C", "U2E"]

    flytt(koordinator, stedet("C", innsatsomrade=uro), retning="opp")
    assert rekken(plan) == ["V1A", "V2B", "V3C", "R1D", "R2C", "U1E"]

    # One that stands nowhere else, to the nearest.
    flytt(koordinator, stedet("E"), retning="opp")
    assert rekken(plan) == ["V1A", "V2B", "V3C", "R1D", "R2C", "R3E"]


def test_only_to_what_is_in_the_plan_and_after_what_stands_there(plan, koordinator):
    fremmed = InnsatsomradeFactory()
    annen_plan = HandlingsplanFactory(kommune=plan.kommune, fra_ar=2030, til_ar=2033)
    annen_plans = PlasseringFactory(innsatsomrade__plan=annen_plan)
    vold = Innsatsomrade.objects.get(navn="Vold")

    svarene = [
        flytt(koordinator, stedet("A"), til=fremmed.pk, etter=""),
        flytt(koordinator, stedet("A"), til=annen_plans.innsatsomrade_id, etter=""),
        flytt(koordinator, stedet("A"), til=vold.pk, etter=annen_plans.pk),
        flytt(koordinator, stedet("A"), til=vold.pk, etter=stedet("D").pk),
        flytt(koordinator, stedet("A"), til="tull", etter=""),
    ]

    assert [svar.status_code for svar in svarene] == [409] * 5
    assert rekken(plan) == ["V1A", "V2B", "V3C", "R1D"]


def test_where_it_stands_already_it_does_not_go(plan, koordinator):
    vold = Innsatsomrade.objects.get(navn="Vold")
    PlasseringFactory(tiltak=stedet("D").tiltak, innsatsomrade=vold, hoved=False)

    svar = flytt(koordinator, stedet("D", hoved=True), til=vold.pk, etter="")

    assert svar.status_code == 409
    assert "Tiltaket står allerede i dette området." in delen(svar)
    assert rekken(plan) == ["V1A", "V2B", "V3C", "V4D", "R1D"]


def test_numbers_of_a_plan_that_holds_stand(plan, koordinator):
    gi_status(plan, STATUS.GJELDENDE)

    ned = flytt(koordinator, stedet("A"), retning="ned")
    ut = flytt(koordinator, stedet("C"), retning="ned")

    assert (ned.status_code, ut.status_code) == (409, 409)
    assert "da står numrene fast. Tiltaket kan ikke flyttes." in delen(ut)
    assert rekken(plan) == ["V1A", "V2B", "V3C", "R1D"]
    assert "Flytt ned: Tiltak A" not in Lest(koordinator.get(SIDEN)).tekst


def test_chapters_and_innsatsomrader_move_too(plan, koordinator):
    for tittel in ("Ett", "To", "Tre"):
        KapittelFactory(plan=plan, tittel=tittel)
    # With a gap where one was.
    Kapittel.objects.get(tittel="To").delete()
    KapittelFactory(plan=plan, tittel="Fire")

    flytt(
        koordinator, Kapittel.objects.get(tittel="Fire"), hva="kapittel", retning="opp"
    )
    flytt(
        koordinator,
        Innsatsomrade.objects.get(navn="Rus"),
        hva="innsatsomrade",
        etter="",
    )

    assert [k.tittel for k in plan.kapitler.order_by("rekkefolge")] == [
        "Ett",
        "Fire",
        "Tre",
    ]
    assert [o.navn for o in plan.innsatsomrader.order_by("rekkefolge")] == [
        "Rus",
        "Vold",
    ]


def test_after_what_somebody_took_away_meanwhile(plan, koordinator):
    vold, borte = Innsatsomrade.objects.get(navn="Vold"), stedet("B").pk
    stedet("B").tiltak.delete()

    svar = flytt(koordinator, stedet("C"), til=vold.pk, etter=borte)

    assert svar.status_code == 409
    assert "Noen andre endret rekkefølgen imens." in delen(svar)
    assert [r[-1] for r in rekken(plan)] == ["A", "C", "D"]


def test_nothing_moves_that_is_not_told_where_to(plan, koordinator):
    svarene = [
        flytt(koordinator, stedet("C"), **sendt) for sendt in ({}, {"retning": "hjem"})
    ]

    assert [svar.status_code for svar in svarene] == [404, 404]
    assert rekken(plan) == ["V1A", "V2B", "V3C", "R1D"]


def test_what_somebody_took_away_cannot_be_moved(plan, koordinator):
    sted = stedet("B")
    sted.tiltak.delete()

    assert flytt(koordinator, sted, retning="opp").status_code == 404


# Removing -----------------------------------------------------------------------------


def test_what_nobody_has_adopted_is_removed_when_that_is_confirmed(plan, koordinator):
    tiltak = stedet("B").tiltak
    TiltakFactory(plan=plan, tittel="Del av B", overordnet=tiltak)
    adresse = f"/lillestrom/endre/tiltak/{tiltak.pk}/slett/"

    spurt = koordinator.get(adresse)

    assert "Slett «Tiltak B»?" in Lest(spurt).tekst
    assert rekken(plan) == ["V1A", "V2B", "V3C", "R1D"]
    assert koordinator.post(adresse).url == SIDEN
    assert rekken(plan) == ["V1A", "V2C", "R1D"]
    assert not Tiltak.objects.filter(tittel="Del av B").exists()


def test_pressed_twice_it_is_removed_once_and_leads_to_the_plan(plan, koordinator):
    kapittel = KapittelFactory(plan=plan, tittel="Bakgrunn")
    annen = innlogget(TilgangFactory(kommune=plan.kommune).bruker)
    adresse = reverse("tiltak:slett", args=["lillestrom", "kapittel", kapittel.pk])

    svar = [koordinator.post(adresse) for _ in range(2)]

    assert [(s.status_code, s.headers["Location"]) for s in svar] == [(302, SIDEN)] * 2
    assert koordinator.get(adresse).status_code == 404
    # Who comes after another one has done nothing.
    assert annen.post(adresse).status_code == 404


def test_an_innsatsomrade_with_tiltak_stays_and_says_why(plan, koordinator):
    vold = Innsatsomrade.objects.get(navn="Vold")

    svar = koordinator.post(f"/lillestrom/endre/innsatsomrade/{vold.pk}/slett/")

    assert svar.status_code == 409
    assert "Flytt eller slett først det som står" in Lest(svar).tekst
    assert Innsatsomrade.objects.filter(pk=vold.pk).exists()


def test_what_is_adopted_is_ended_not_removed(plan, koordinator):
    gi_status(plan, STATUS.GJELDENDE)
    tiltak = stedet("B").tiltak

    svar = koordinator.post(f"/lillestrom/endre/tiltak/{tiltak.pk}/slett/")

    assert svar.status_code == 404
    assert Tiltak.objects.filter(pk=tiltak.pk).exists()
    assert (
        "/slett/" not in koordinator.get(f"/lillestrom/endre/tiltak/{tiltak.pk}/").text
    )


# Levels -------------------------------------------------------------------------------


def test_levels_that_were_proposed_are_agreed_to_with_one_press(plan, koordinator):
    for tittel in "AB":
        tiltak = stedet(tittel).tiltak
        tiltak.niva, tiltak.niva_foreslatt = "selektiv", True
        tiltak.save()
    annen = TiltakFactory(niva="selektiv", niva_foreslatt=True)
    assert (
        "2 forebyggingsnivåer er bare foreslått." in Lest(koordinator.get(SIDEN)).tekst
    )

    # Somebody who saw one of them agrees to none.
    svar = koordinator.post(f"{SIDEN}nivaer/", {"antall": "1"}, follow=True)
    assert "Forslagene er endret imens." in Lest(svar).tekst
    assert Tiltak.objects.filter(plan=plan, niva_foreslatt=True).count() == 2

    koordinator.post(f"{SIDEN}nivaer/", {"antall": "2"})

    assert not Tiltak.objects.filter(plan=plan, niva_foreslatt=True).exists()
    annen.refresh_from_db()
    assert annen.niva_foreslatt
    assert "bare foreslått" not in Lest(koordinator.get(SIDEN)).tekst


# Who may ------------------------------------------------------------------------------


def test_to_all_others_it_is_not_there(kommune, plan, client):
    nabo = innlogget(TilgangFactory(kommune=KommuneFactory()).bruker)
    leser = innlogget(TilgangFactory(kommune=kommune, rolle="politirad").bruker)
    sted = stedet("A")

    for klient in (nabo, leser):
        assert klient.get(SIDEN).status_code == 404
        assert flytt(klient, sted, retning="ned").status_code == 404
        assert klient.post(f"{SIDEN}nivaer/").status_code == 404
        slett = f"/lillestrom/endre/tiltak/{sted.tiltak_id}/slett/"
        assert klient.post(slett).status_code == 404
    assert client.get(SIDEN).status_code == 302
    assert rekken(plan) == ["V1A", "V2B", "V3C", "R1D"]


def test_what_changes_something_is_sent(plan, koordinator):
    sted = stedet("A")
    for adresse in (
        f"{SIDEN}tiltak/",
        f"{SIDEN}nivaer/",
        f"/lillestrom/endre/plassering/{sted.pk}/flytt/",
    ):
        assert koordinator.get(adresse).status_code == 405


# What is saved while it is open in place ------------------------------------------------


def apnet(klient, adresse, **endret):
    """(address, what is sent) of a form that was opened in the outline."""
    return adresse, innsending(klient.get(adresse, headers=HX), **endret)


def test_what_the_plan_says_of_itself_is_shown_as_it_was_saved(plan, koordinator):
    adresse = f"/lillestrom/endre/plan/{plan.pk}/?i=2024-2028&rad=plan"
    sendt = apnet(koordinator, adresse, ingress="Det vi vil.", til_ar="2029")

    svar = koordinator.post(*sendt, headers=HX)

    # With its years, its address is another, and so are those on all of the page.
    ny_adresse = svar.headers["HX-Redirect"]
    assert (svar.status_code, ny_adresse) == (200, "/lillestrom/2024-2029/rediger/")
    assert "Endringen er lagret. " in Lest(koordinator.get(ny_adresse)).tekst
    assert "Det vi vil." in Lest(koordinator.get(ny_adresse)).tekst


def test_what_lost_its_place_meanwhile_is_saved_and_the_outline_shown(
    plan, koordinator
):
    sted = stedet("A")
    adresse = f"/lillestrom/endre/tiltak/{sted.tiltak_id}/?i=2024-2028&rad=plassering-{sted.pk}"
    sendt = apnet(koordinator, adresse, tittel="Tiltak Å")
    sted.delete()

    svar = koordinator.post(*sendt, headers=HX)

    assert svar.status_code == 200
    assert svar.headers["HX-Retarget"] == "#disposisjon"
    assert "Endringen er lagret." in delen(svar)
    assert "Uten plass i planen" in delen(svar)
    assert Tiltak.objects.filter(tittel="Tiltak Å").exists()


def test_in_a_plan_whose_address_changed_it_is_saved_and_that_is_said(
    plan, koordinator
):
    """Not that one is logged out, as where a form is led on unseen."""
    sted = stedet("A")
    adresse = f"/lillestrom/endre/tiltak/{sted.tiltak_id}/?i=2024-2028&rad=plassering-{sted.pk}"
    sendt = apnet(koordinator, adresse, tittel="Tiltak Å")
    plan.til_ar = 2029
    plan.clean()
    plan.save()

    svar = koordinator.post(*sendt, headers=HX)

    her = "/lillestrom/2024-2029/tiltak/vold/1/"
    assert (svar.status_code, svar.headers["HX-Redirect"]) == (200, her)
    assert Tiltak.objects.filter(tittel="Tiltak Å").exists()


def test_after_itself_or_after_nothing_named_it_stays(plan, koordinator):
    kapittel = [KapittelFactory(plan=plan) for _ in range(2)][1]
    for_ = rekken(plan)

    svar = [
        flytt(koordinator, stedet("C"), etter=stedet("C").pk),
        flytt(koordinator, kapittel, hva="kapittel", etter=kapittel.pk),
        flytt(koordinator, stedet("C")),
        flytt(koordinator, stedet("C"), retning="sidelengs"),
        flytt(koordinator, stedet("C"), til=stedet("D").innsatsomrade_id),
    ]

    assert [s.status_code for s in svar] == [200, 200, 404, 404, 404]
    assert rekken(plan) == for_
    assert plan.kapitler.order_by("rekkefolge").last() == kapittel


def test_before_the_first_innsatsomrade_the_page_says_where_tiltak_stand(
    plan, kommune, koordinator
):
    HandlingsplanFactory(
        kommune=kommune, status=STATUS.UTKAST, fra_ar=2030, til_ar=2033
    )
    sagt = "Hvert tiltak står i et innsatsområde"

    tom = Lest(koordinator.get("/lillestrom/2030-2033/rediger/"))

    assert sagt in tom.tekst
    assert sagt not in Lest(koordinator.get(SIDEN)).tekst
