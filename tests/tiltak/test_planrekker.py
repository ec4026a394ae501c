"""A kommune keeps several plans: each in its rekke, in which one follows the other."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from slt.models import Kommune
from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    PlanrekkeFactory,
    PlasseringFactory,
    TjenesteFactory,
)
from tests.lest import Lest
from tests.slt.test_admin import feil, legg_til, side, skjema
from tests.slt.test_samtidig import alle_pa_en_gang
from tiltak.models import Handlingsplan, Planrekke
from tiltak.planlop import forste_rekke, gjor_til_hovedrekke

UTKAST, GJELDENDE, AVLOST = Handlingsplan.Status


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


@pytest.fixture
def slt(kommune):
    """The SLT plan, which is the main one."""
    return HandlingsplanFactory(kommune=kommune, tittel="SLT-plan")


@pytest.fixture
def vold(kommune):
    """The rekke of another plan."""
    return PlanrekkeFactory(kommune=kommune, navn="Vold i nære relasjoner", hoved=False)


@pytest.fixture
def voldsplan(vold):
    return HandlingsplanFactory(kommune=vold.kommune, rekke=vold, tittel="Voldsplan")


@pytest.mark.parametrize(
    ("fra", "til", "slug", "vold_slug"),
    [
        (2030, 2034, "2030-2034", "vold-i-naere-relasjoner-2030-2034"),
        (2026, 2026, "2026", "vold-i-naere-relasjoner-2026"),
    ],
)
def test_an_address_ends_in_the_years(fra, til, slug, vold_slug, slt, vold):
    egen = HandlingsplanFactory(
        kommune=vold.kommune, fra_ar=fra, til_ar=til, status=UTKAST
    )
    annen = HandlingsplanFactory(
        kommune=vold.kommune, rekke=vold, fra_ar=fra, til_ar=til, status=UTKAST
    )

    assert (egen.slug, annen.slug) == (slug, vold_slug)


def test_each_plan_has_its_pages_and_the_short_addresses_lead_to_the_main_one(
    slt, voldsplan, client
):
    PlasseringFactory(
        innsatsomrade=InnsatsomradeFactory(plan=slt, navn="Rus"),
        tiltak__tittel="Natteravn",
    )
    PlasseringFactory(
        innsatsomrade=InnsatsomradeFactory(plan=voldsplan, navn="Hjem"),
        tiltak__tittel="Krisesenter",
    )
    adresse = "/lillestrom/vold-i-naere-relasjoner-2024-2028/"

    assert voldsplan.get_absolute_url() == adresse
    assert client.get("/lillestrom/")["Location"] == "/lillestrom/2024-2028/"
    assert client.get("/lillestrom/tiltak/")["Location"].endswith("2024-2028/tiltak/")
    for hvor, her, ikke in (
        ("/lillestrom/2024-2028/", "Natteravn", "Krisesenter"),
        (adresse, "Krisesenter", "Natteravn"),
    ):
        tekst = Lest(client.get(f"{hvor}tiltak/")).tekst
        assert her in tekst
        assert ikke not in tekst
    assert client.get(f"{adresse}tiltak/hjem/1/").status_code == 200
    assert client.get(f"{adresse}dekning/").status_code == 200


def test_a_plan_for_one_year_says_the_year_once(slt, vold, client):
    HandlingsplanFactory(
        kommune=slt.kommune, rekke=vold, fra_ar=2026, til_ar=2026, tittel="Årsplan"
    )

    lest = Lest(client.get("/lillestrom/vold-i-naere-relasjoner-2026/"))

    assert "Årsplan" in lest.tekst
    assert "2026–2026" not in lest.tekst


def test_one_is_in_force_in_each_rekke(slt, voldsplan):
    with pytest.raises(IntegrityError), transaction.atomic():
        HandlingsplanFactory(
            kommune=slt.kommune, rekke=voldsplan.rekke, fra_ar=2029, til_ar=2032
        )

    assert set(Handlingsplan.objects.gjeldende()) == {slt, voldsplan}


def test_the_kommune_stands_on_the_other_plan_while_the_main_rekke_has_none(
    slt, voldsplan, client
):
    slt.status = AVLOST
    slt.save()

    assert client.get("/lillestrom/")["Location"] == voldsplan.get_absolute_url()
    # The old one is still there, and leads to what takes its place.
    assert "Denne planen er avløst" in client.get(slt.get_absolute_url()).text


def test_a_superseded_plan_leads_to_the_one_in_force_of_its_rekke(
    slt, voldsplan, client
):
    gammel = HandlingsplanFactory(
        kommune=slt.kommune,
        rekke=voldsplan.rekke,
        fra_ar=2020,
        til_ar=2023,
        status=AVLOST,
    )

    lest = Lest(client.get(gammel.get_absolute_url()))

    assert (voldsplan.get_absolute_url(), "Se planen som gjelder nå") in lest.lenker


def test_the_front_page_names_the_other_plans_one_may_see(
    slt, voldsplan, client, koordinator, nabo
):
    utkast = HandlingsplanFactory(
        kommune=slt.kommune, fra_ar=2029, til_ar=2032, status=UTKAST, tittel="Ny plan"
    )

    def andre(klient):
        adresser = [a for a, _t in Lest(klient.get(slt.get_absolute_url())).lenker]
        return [p for p in (voldsplan, utkast) if p.get_absolute_url() in adresser]

    assert andre(client) == [voldsplan]
    assert andre(nabo) == [voldsplan]
    assert andre(koordinator) == [voldsplan, utkast]


def test_a_part_of_a_programme_says_so(slt, vold, client):
    program = HandlingsplanFactory(
        kommune=slt.kommune, rekke=vold, fra_ar=2024, til_ar=2027, tittel="Program"
    )
    arets = PlanrekkeFactory(kommune=slt.kommune, navn="Årsplaner", hoved=False)
    plan = HandlingsplanFactory(
        kommune=slt.kommune, rekke=arets, fra_ar=2026, til_ar=2026, del_av=program
    )

    lest = Lest(client.get(plan.get_absolute_url()))

    assert "Del av" in lest.tekst
    assert (program.get_absolute_url(), "Program 2024–2027") in lest.lenker


def test_plans_are_no_parts_of_each_other(slt, voldsplan):
    slt.del_av = voldsplan
    slt.save()
    voldsplan.del_av = slt

    with pytest.raises(ValidationError) as feilen:
        voldsplan.full_clean()

    assert feilen.value.message_dict == {
        "del_av": ["Planene kan ikke være deler av hverandre i ring."]
    }


@pytest.mark.parametrize(
    ("fra", "til", "bygger_pa", "gar"),
    [
        (2028, 2032, False, True),  # begins in the year in which the other ends
        (2026, 2030, False, False),
        (2026, 2030, True, True),  # takes its place before its time
        (2025, 2025, False, False),
    ],
)
def test_periods_of_a_rekke_follow_each_other(fra, til, bygger_pa, gar, slt):
    ny = HandlingsplanFactory.build(
        kommune=slt.kommune,
        rekke=slt.rekke,
        fra_ar=fra,
        til_ar=til,
        status=UTKAST,
        bygger_pa=slt if bygger_pa else None,
    )

    try:
        ny.full_clean()
        feilen = {}
    except ValidationError as feil_:
        feilen = feil_.message_dict

    assert list(feilen) == ([] if gar else ["fra_ar"])
    assert gar or "Perioden overlapper 2024–2028" in feilen["fra_ar"][0]


def test_they_do_so_whatever_the_door(slt):
    samme = {"kommune": slt.kommune, "rekke": slt.rekke, "status": UTKAST}
    with pytest.raises(ValidationError, match="overlapper"):
        HandlingsplanFactory.build(**samme, fra_ar=2026, til_ar=2030).save()
    neste = HandlingsplanFactory(**samme, fra_ar=2028, til_ar=2032)
    neste.fra_ar = 2027
    with pytest.raises(ValidationError, match="overlapper"):
        neste.save()

    arene = Handlingsplan.objects.order_by("fra_ar").values_list("fra_ar", "til_ar")
    assert list(arene) == [(2024, 2028), (2028, 2032)]


def test_of_many_that_overlap_and_are_saved_at_once_one_is(transactional_db, kommune):
    if connection.vendor == "sqlite":
        pytest.skip("one database in memory has one writer")
    rekke = forste_rekke(kommune)

    def lagre(_nr, nr):
        plan = HandlingsplanFactory.build(
            kommune=kommune, rekke=rekke, fra_ar=2024 + nr, til_ar=2030, status=UTKAST
        )
        try:
            plan.save()
        except ValidationError as feilen:
            return list(feilen.message_dict)
        return []

    svarene = alle_pa_en_gang(range(4), lagre)

    assert sorted(svarene) == [[], *[["fra_ar"]] * 3]
    assert rekke.planer.count() == 1


def test_plans_of_two_rekker_may_have_the_same_years(slt, voldsplan):
    voldsplan.full_clean()

    assert (slt.periode, voldsplan.periode) == ("2024–2028", "2024–2028")


# The main one -------------------------------------------------------------------------


def test_another_rekke_becomes_the_main_one(slt, voldsplan, client):
    gjor_til_hovedrekke(voldsplan.rekke)

    assert list(Planrekke.objects.filter(hoved=True)) == [voldsplan.rekke]
    assert client.get("/lillestrom/")["Location"] == voldsplan.get_absolute_url()
    # What is adopted keeps its address.
    assert client.get("/lillestrom/2024-2028/").status_code == 200
    ny = HandlingsplanFactory(
        kommune=slt.kommune,
        rekke=voldsplan.rekke,
        fra_ar=2029,
        til_ar=2032,
        status=UTKAST,
    )
    assert ny.slug == "2029-2032"


def test_an_address_that_another_rekke_has_is_not_taken_twice(slt, voldsplan):
    utkast = HandlingsplanFactory(
        kommune=slt.kommune, fra_ar=2029, til_ar=2032, status=UTKAST
    )
    gjor_til_hovedrekke(voldsplan.rekke)

    ny = HandlingsplanFactory(
        kommune=slt.kommune,
        rekke=voldsplan.rekke,
        fra_ar=2029,
        til_ar=2032,
        status=UTKAST,
    )

    assert utkast.slug == "2029-2032"
    assert ny.slug == "vold-i-naere-relasjoner-2029-2032"


def test_the_main_rekke_does_not_stop_being_it_by_itself(slt, vold):
    hoved = slt.rekke
    hoved.hoved = False

    with pytest.raises(ValidationError):
        hoved.save()

    assert list(Planrekke.objects.filter(hoved=True)) == [slt.rekke]


def test_the_database_has_one_main_rekke_for_each_kommune(slt, kommune):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanrekkeFactory(kommune=kommune, navn="En til", hoved=True)


# In the admin -------------------------------------------------------------------------


def test_the_first_plan_of_a_kommune_begins_its_main_rekke(kommune, koordinator):
    svar = legg_til(
        koordinator, Handlingsplan, tittel="Ny", fra_ar="2030", til_ar="2034"
    )

    assert feil(svar) == {}
    plan = Handlingsplan.objects.get()
    assert (plan.slug, plan.rekke.navn, plan.rekke.hoved) == (
        "2030-2034",
        "SLT-planen",
        True,
    )


def test_nothing_is_to_be_chosen_where_all_plans_follow_each_other(slt, koordinator):
    svar = koordinator.get(side(Handlingsplan, "add"))
    assert "rekke" not in skjema(svar)

    sendt = legg_til(
        koordinator, Handlingsplan, tittel="Ny", fra_ar="2030", til_ar="2034"
    )

    assert feil(sendt) == {}
    assert [p.rekke for p in Handlingsplan.objects.all()] == [slt.rekke, slt.rekke]


def test_a_plan_is_put_in_another_rekke(slt, vold, koordinator):
    svar = legg_til(
        koordinator,
        Handlingsplan,
        tittel="Ny",
        fra_ar="2024",
        til_ar="2028",
        rekke=vold.pk,
    )

    assert feil(svar) == {}
    assert vold.planer.get().slug == "vold-i-naere-relasjoner-2024-2028"


def test_a_draft_moves_with_its_years(slt, koordinator):
    utkast = HandlingsplanFactory(
        kommune=slt.kommune, fra_ar=2029, til_ar=2032, status=UTKAST
    )
    adresse = side(Handlingsplan, "change", utkast.pk)

    svar = koordinator.post(
        adresse, skjema(koordinator.get(adresse)) | {"til_ar": "2033"}
    )
    assert feil(svar) == {}

    utkast.refresh_from_db()
    assert utkast.slug == "2029-2033"


def test_a_coordinator_chooses_the_main_rekke(slt, vold, koordinator):
    adresse = side(Planrekke, "change", vold.pk)

    svar = koordinator.post(adresse, skjema(koordinator.get(adresse)) | {"hoved": "on"})

    assert feil(svar) == {}
    assert list(Planrekke.objects.filter(hoved=True)) == [vold]


def test_it_is_said_beside_the_field_that_another_is_chosen_instead(slt, koordinator):
    adresse = side(Planrekke, "change", slt.rekke.pk)
    sendt = skjema(koordinator.get(adresse))
    sendt.pop("hoved")

    svar = koordinator.post(adresse, sendt)

    assert feil(svar) == {"hoved": ["Gjør en annen planrekke til hovedrekke i stedet."]}
    assert Planrekke.objects.get().hoved


def test_the_main_rekke_is_not_deleted(slt, vold, koordinator):
    tom = Planrekke.objects.filter(pk=vold.pk)
    koordinator.post(side(Planrekke, "delete", vold.pk), {"post": "yes"})
    assert not tom.exists()

    koordinator.post(side(Planrekke, "delete", slt.rekke.pk), {"post": "yes"})

    assert Planrekke.objects.filter(pk=slt.rekke.pk).exists()


# What a tjeneste does -----------------------------------------------------------------


def test_a_tjeneste_says_what_it_does_in_each_plan(slt, voldsplan, client):
    tjeneste = TjenesteFactory(kommune=slt.kommune, navn="Politiet")
    for plan, tittel in ((slt, "Natteravn"), (voldsplan, "Besøksforbud")):
        tiltak = PlasseringFactory(
            innsatsomrade=InnsatsomradeFactory(plan=plan), tiltak__tittel=tittel
        ).tiltak
        AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)

    lest = Lest(client.get(tjeneste.get_absolute_url()))

    titler = [t for _a, t in lest.lenker]
    plass = [titler.index(t) for t in (str(slt), "Natteravn", str(voldsplan))]
    assert plass == sorted(plass)
    assert "Besøksforbud" in titler
    pdfer = [a for a, _t in lest.lenker if "plan.pdf?tjeneste=politiet" in a]
    assert len(pdfer) == 2


def test_a_kommune_without_plans_gets_its_first_rekke(kommune):
    rekke = forste_rekke(kommune)

    assert (rekke.hoved, rekke.slug) == (True, "slt-planen")
    assert Kommune.objects.get(pk=kommune.pk).planrekker.get() == rekke
