"""What services offer without any plan: who finds it and where, and how a plan takes it
in."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from slt.felles.angre import hent_tilbake, slettet_i, tilbake_til
from slt.grunn.historikk import opprett_mange
from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TilbudFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
    gi_status,
)
from tests.innsending import innsending
from tiltak.dekning import antall_per_niva
from tiltak.inntak import ta_inn
from tiltak.models import (
    Ansvar,
    Handlingsplan,
    Malgruppe,
    Plassering,
    Tema,
    Tiltak,
    TiltakTema,
)

LISTA = "/lillestrom/tilbud/"
DETTE = "/lillestrom/tilbud/apen-dag/"
STATUS = Handlingsplan.Status


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    cache.clear()


@pytest.fixture
def tilbud(kommune):
    return TilbudFactory(kommune=kommune, tittel="Åpen dag", tekst="<p>Kom innom</p>")


@pytest.fixture
def plan(kommune):
    return HandlingsplanFactory(kommune=kommune)


@pytest.fixture
def vold(plan):
    return InnsatsomradeFactory(plan=plan, navn="Vold", kortnavn="Vold")


def med_rolle(kommune, rolle):
    return innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)


def antall_sporringer(client, adresse):
    cache.clear()
    with CaptureQueriesContext(connection) as sporringer:
        assert client.get(adresse).status_code == 200
    return len(sporringer)


# The row ------------------------------------------------------------------------------


def test_a_tiltak_knows_its_kommune_by_its_plan(plan):
    tiltak = Tiltak(plan=plan, tittel="A")
    tiltak.full_clean()
    tiltak.save()
    opprett_mange([mange := Tiltak(plan=plan, tittel="B", slug="b")])

    assert (tiltak.kommune, mange.kommune) == (plan.kommune, plan.kommune)


def test_a_plan_of_another_kommune_is_refused(tilbud, nabokommune):
    tilbud.plan = HandlingsplanFactory(kommune=nabokommune)

    with pytest.raises(ValidationError) as feil:
        tilbud.full_clean()
    assert "plan" in feil.value.message_dict
    with pytest.raises(ValidationError, match="annen kommune"):
        tilbud.save()


def test_addresses_are_unique_among_what_stands_in_no_plan(tilbud, plan, nabokommune):
    like = [
        TilbudFactory(kommune=tilbud.kommune, tittel=tilbud.tittel),
        TilbudFactory(kommune=nabokommune, tittel=tilbud.tittel),
        TiltakFactory(plan=plan, tittel=tilbud.tittel),
    ]

    assert [rad.slug for rad in like] == ["apen-dag-2", "apen-dag", "apen-dag"]
    like[0].slug = "apen-dag"
    with pytest.raises(IntegrityError), transaction.atomic():
        like[0].save()


def test_it_is_found_by_its_natural_key(tilbud, plan):
    tiltak = TiltakFactory(plan=plan, tittel=tilbud.tittel)
    ansvar = AnsvarFactory(tiltak=tilbud)

    for rad in (tilbud, tiltak):
        assert Tiltak.objects.get_by_natural_key(*rad.natural_key()) == rad
    assert Ansvar.objects.get_by_natural_key(*ansvar.natural_key()) == ansvar


@pytest.mark.parametrize(("valgt", "blir"), [(None, True), (False, False)])
def test_it_is_public_at_once_unless_somebody_says_otherwise(kommune, valgt, blir):
    rad = Tiltak(kommune=kommune, tittel="A", publisert=valgt)
    rad.full_clean()
    rad.save()

    assert rad.publisert is blir
    assert rad.er_upublisert is not blir


def test_it_stands_fast_with_no_plan(tilbud, plan):
    plan.status = STATUS.AVLOST
    plan.save()
    Malgruppe.objects.create(tiltak=tilbud, tekst="unge")

    tilbud.tittel = "Åpen kveld"
    tilbud.full_clean()
    tilbud.save()
    assert (tilbud.kan_endres, tilbud.kan_slettes) == (True, True)
    tilbud.delete()

    assert not Tiltak.objects.exists()


def test_a_tiltak_does_not_leave_its_plan(plan):
    tiltak = TiltakFactory(plan=plan)

    tiltak.plan = None
    with pytest.raises(ValidationError, match="ikke et tilbud uten plan igjen"):
        tiltak.save()


def test_a_deltiltak_stands_where_the_tiltak_does(tilbud, plan):
    del_ = Tiltak(kommune=tilbud.kommune, plan=plan, overordnet=tilbud, tittel="Del")

    with pytest.raises(ValidationError, match="annen plan"):
        del_.full_clean()
    alene = Tiltak(overordnet=tilbud, tittel="Del")
    alene.full_clean()
    alene.save()

    assert alene.kommune == tilbud.kommune
    assert alene.get_absolute_url() == f"{DETTE}#del-del"


def test_what_hangs_on_it_is_of_the_kommune(tilbud, nabokommune):
    with pytest.raises(ValidationError) as feil:
        Ansvar(
            tiltak=tilbud, tjeneste=TjenesteFactory(kommune=nabokommune)
        ).full_clean()

    assert "tjeneste" in feil.value.message_dict


def test_it_comes_back_with_all_that_hung_on_it(tilbud, kommune):
    AnsvarFactory(tiltak=tilbud)
    Malgruppe.objects.create(tiltak=tilbud, tekst="unge")
    pk = tilbud.pk
    tilbud.delete()

    (slettet,) = slettet_i(kommune=kommune)
    hent_tilbake(samling=slettet.samling, kommune=kommune)

    tilbake = Tiltak.objects.get(pk=pk)
    assert (tilbake.plan, tilbake.publisert) == (None, True)
    assert tilbake.ansvar.count() == tilbake.malgrupper.count() == 1


# Who finds it, and where --------------------------------------------------------------


def test_the_page_says_what_it_is_and_whom_to_call(tilbud, client):
    tjeneste = TjenesteFactory(kommune=tilbud.kommune, navn="Fritidsklubben")
    AnsvarFactory(tiltak=tilbud, tjeneste=tjeneste)
    KontaktpunktFactory(tjeneste=tjeneste, verdi="40 00 00 01")

    svar = client.get(DETTE)

    assert svar.status_code == 200
    for ord_ in ("Åpen dag", "Kom innom", "Fritidsklubben", "400 00 001"):
        assert ord_ in svar.text
    assert "Om tilbudet" in svar.text
    assert "Planen sier ikke" not in svar.text


@pytest.mark.parametrize(
    ("rolle", "ser"),
    [("koordinator", True), ("politirad", True), ("ansatt", False), (None, False)],
)
def test_what_is_not_published_is_seen_by_those_who_write_plans(
    tilbud, kommune, client, rolle, ser
):
    tilbud.publisert = False
    tilbud.save()
    if rolle:
        client = med_rolle(kommune, rolle)

    assert client.get(DETTE).status_code == (200 if ser else 404)
    assert "Åpen dag" not in Tiltak.objects.tilbud().i_kraft().values_list("tittel")
    assert ("Åpen dag" in client.get(LISTA).text) is (rolle == "koordinator")


def test_the_coordinator_next_door_does_not_see_it(tilbud, nabo):
    tilbud.publisert = False
    tilbud.save()

    assert nabo.get(DETTE).status_code == 404
    assert nabo.get("/lorenskog/tilbud/apen-dag/").status_code == 404
    assert "Åpen dag" not in nabo.get("/lorenskog/tilbud/").text


@pytest.mark.parametrize(
    "sporring",
    [
        "q=dag",
        "q=klubben",
        "q=skulk",
        "tjeneste=fritidsklubben",
        "alder=14",
        "tema=fravaer",
    ],
)
def test_the_list_is_narrowed_as_that_of_a_plan(
    tilbud, kommune, nabokommune, client, sporring
):
    tjeneste = TjenesteFactory(kommune=kommune, navn="Fritidsklubben")
    AnsvarFactory(tiltak=tilbud, tjeneste=tjeneste)
    tema = Tema.objects.create(kommune=kommune, navn="Fravær", sokeord="skulk")
    TiltakTema.objects.create(tiltak=tilbud, tema=tema)
    Malgruppe.objects.create(tiltak=tilbud, tekst="unge", alder_fra=13, alder_til=16)
    annet = TilbudFactory(kommune=kommune, tittel="Noe annet")
    Malgruppe.objects.create(tiltak=annet, tekst="voksne", alder_fra=30)
    TilbudFactory(kommune=nabokommune, tittel="Dag hos naboen")

    svar = client.get(f"{LISTA}?{sporring}")

    assert [t.tittel for t in svar.context["tilbudene"]] == ["Åpen dag"]


def test_a_choice_that_makes_no_sense_lists_nothing(tilbud, client):
    svar = client.get(f"{LISTA}?tjeneste=finnes-ikke")

    assert (svar.status_code, list(svar.context["tilbudene"])) == (200, [])


def test_a_part_counts_for_the_whole(tilbud, client):
    TilbudFactory(kommune=tilbud.kommune, overordnet=tilbud, tittel="Verksted")

    svar = client.get(f"{LISTA}?q=verksted")

    assert [t.tittel for t in svar.context["tilbudene"]] == ["Åpen dag"]


def test_what_has_ended_has_its_page_and_is_not_listed(tilbud, client, koordinator):
    tilbud.status = Tiltak.Status.AVSLUTTET
    tilbud.save()

    assert "Tilbudet er avsluttet." in client.get(DETTE).text
    assert "Åpen dag" not in client.get(LISTA).text
    assert "Åpen dag" in koordinator.get(LISTA).text


def test_lists_cost_the_same_for_one_and_three(vold, kommune, client):
    def lag():
        rad = TilbudFactory(kommune=kommune, tittel="Dag")
        AnsvarFactory(tiltak=rad, tjeneste=tjeneste)
        Malgruppe.objects.create(tiltak=rad, tekst="unge")

    tjeneste = TjenesteFactory(kommune=kommune)
    sider = [
        LISTA,
        f"{LISTA}?q=dag",
        "/lillestrom/2024-2028/tiltak/?q=dag",
        tjeneste.get_absolute_url(),
    ]
    lag()
    for_ = [antall_sporringer(client, side) for side in sider]
    lag()
    lag()

    assert [antall_sporringer(client, side) for side in sider] == for_
    assert max(for_) < 25


def test_a_search_in_the_plan_finds_it_under_a_heading_of_its_own(tilbud, vold, client):
    PlasseringFactory(innsatsomrade=vold, tiltak__tittel="Dagen i planen")
    liste = "/lillestrom/2024-2028/tiltak/"

    svar = client.get(f"{liste}?q=dag")

    assert [t.tittel for t in svar.context["tilbudene"]] == ["Åpen dag"]
    assert svar.context["paginator"].count == 1
    assert svar.text.index("Dagen i planen") < svar.text.index("Tilbud utenom planen")
    # Without a search, and where what is asked is asked of a plan, there is none.
    for sporring in ("", "?q=kveld", "?q=dag&omrade=vold", "?q=dag&nytt=on"):
        assert "Åpen dag" not in client.get(f"{liste}{sporring}").text


def test_the_page_of_a_tjeneste_lists_it_apart(tilbud, vold, client):
    tjeneste = TjenesteFactory(kommune=tilbud.kommune)
    sted = PlasseringFactory(innsatsomrade=vold)
    AnsvarFactory(tiltak=sted.tiltak, tjeneste=tjeneste)
    AnsvarFactory(tiltak=tilbud, tjeneste=tjeneste)

    svar = client.get(tjeneste.get_absolute_url())

    assert [a.tiltak for a in svar.context["ansvar"]] == [sted.tiltak]
    assert [a.tiltak for a in svar.context["tilbud"]] == [tilbud]
    assert f'href="{DETTE}"' in svar.text


def test_no_count_of_the_plan_has_it(tilbud, vold, plan, client):
    PlasseringFactory(innsatsomrade=vold, tiltak__niva="universell")
    tilbud.niva = "universell"
    tilbud.save()

    forside = client.get("/lillestrom/2024-2028/")

    assert forside.context["antall_tiltak"] == 1
    assert [o.antall for o in forside.context["innsatsomrader"]] == [1]
    assert sum(antall_per_niva(plan).values()) == 1


@pytest.mark.parametrize("status", STATUS.values)
def test_front_pages_lead_there_when_there_is_something(plan, status, client, kommune):
    gi_status(plan, status)
    side = plan.get_absolute_url() if status == "gjeldende" else "/lillestrom/"
    assert f'href="{LISTA}"' not in client.get(side).text

    TilbudFactory(kommune=kommune)

    assert f'href="{LISTA}"' in client.get(side).text


# In the admin, and on the site --------------------------------------------------------


NY = "/admin/tiltak/tiltak/add/"


def endreside(tilbud):
    return reverse("admin:tiltak_tiltak_change", args=[tilbud.pk])


@pytest.mark.parametrize("for_alle", ["on", None])
def test_the_coordinator_makes_one(kommune, koordinator, for_alle):
    side = koordinator.get(f"{NY}?tilbud=1")
    assert not {"plan", "nytt"} & side.context["adminform"].form.fields.keys()

    svar = koordinator.post(
        f"{NY}?tilbud=1", innsending(side, tittel="Åpen dag", for_alle=for_alle)
    )

    rad = Tiltak.objects.get()
    assert svar.status_code == 302
    assert (rad.kommune, rad.plan, rad.publisert) == (kommune, None, bool(for_alle))


def test_the_next_one_is_made_on_a_page_like_it(kommune, koordinator):
    side = koordinator.get(f"{NY}?tilbud=1")
    assert side.context["title"] == "Legg til et tilbud uten plan"

    svar = koordinator.post(
        f"{NY}?tilbud=1", innsending(side, tittel="Åpen dag", _addanother="1")
    )

    assert svar.url == f"{NY}?tilbud=1"


def test_without_that_address_a_plan_is_to_be_chosen(plan, koordinator):
    side = koordinator.get(NY)

    svar = koordinator.post(NY, innsending(side, tittel="Åpen dag", plan=""))

    assert list(svar.context["adminform"].form.errors) == ["plan"]
    assert not Tiltak.objects.exists()


def test_the_coordinator_hides_and_removes_it(tilbud, koordinator):
    side = koordinator.get(endreside(tilbud))

    assert side.context["adminform"].form["for_alle"].value() is True
    koordinator.post(endreside(tilbud), innsending(side, for_alle=None))
    tilbud.refresh_from_db()
    assert tilbud.publisert is False

    slett = reverse("admin:tiltak_tiltak_delete", args=[tilbud.pk])
    assert koordinator.post(slett, {"post": "yes"}).status_code == 302
    assert not Tiltak.objects.exists()


def test_what_is_hidden_hides_its_parts(tilbud, koordinator, client):
    gammel = TilbudFactory(kommune=tilbud.kommune, overordnet=tilbud, tittel="Verksted")
    ansvar = AnsvarFactory(tiltak=gammel)
    koordinator.post(
        endreside(tilbud),
        innsending(koordinator.get(endreside(tilbud)), for_alle=None),
    )
    tilbud.refresh_from_db()
    ny = Tiltak.objects.create(
        kommune=tilbud.kommune, overordnet=tilbud, tittel="Kurs", plan=None
    )
    assert list(tilbud.deltiltak.values_list("publisert", flat=True)) == [False, False]
    assert "Verksted" not in client.get(ansvar.tjeneste.get_absolute_url()).text

    # The page of a part says nothing of it.
    side = koordinator.get(endreside(ny))
    assert "for_alle" not in side.context["adminform"].form.fields
    koordinator.post(endreside(ny), innsending(side, tittel="Kurset"))
    koordinator.post(
        endreside(tilbud),
        innsending(koordinator.get(endreside(tilbud)), for_alle="on"),
    )

    deler = tilbud.deltiltak.order_by("pk").values_list("tittel", "publisert")
    assert list(deler) == [("Verksted", True), ("Kurset", True)]
    assert "Verksted" in client.get(ansvar.tjeneste.get_absolute_url()).text


def test_the_neighbour_has_no_page_for_it(tilbud, nabo):
    for adresse in (
        endreside(tilbud),
        reverse("admin:tiltak_tiltak_delete", args=[tilbud.pk]),
        reverse("tiltak:tiltak_endre", args=["lillestrom", tilbud.pk]),
        reverse("tiltak:tilbud_ta_inn", args=["lillestrom", tilbud.pk]),
        reverse("tiltak:tilbud_ta_inn", args=["lorenskog", tilbud.pk]),
    ):
        assert (adresse, nabo.get(adresse).status_code) == (adresse, 404)
    assert "Åpen dag" not in nabo.get("/admin/tiltak/tiltak/").text


def test_the_list_of_the_admin_has_it_last_and_finds_it_apart(
    tilbud, vold, koordinator
):
    tiltak = PlasseringFactory(innsatsomrade=vold).tiltak
    liste = "/admin/tiltak/tiltak/"

    alle = koordinator.get(liste)
    uten = koordinator.get(f"{liste}?plan__isnull=True")

    assert list(alle.context["cl"].result_list) == [tiltak, tilbud]
    assert list(uten.context["cl"].result_list) == [tilbud]
    assert "tilbud uten plan" in alle.text
    assert f"{NY}?tilbud=1" in alle.text


def test_it_is_changed_on_the_site(tilbud, koordinator):
    adresse = reverse("tiltak:tiltak_endre", args=["lillestrom", tilbud.pk])

    svar = koordinator.post(
        adresse, innsending(koordinator.get(adresse), tittel="Åpen kveld")
    )

    tilbud.refresh_from_db()
    assert (svar.url, tilbud.tittel) == (DETTE, "Åpen kveld")


# A plan takes it in -------------------------------------------------------------------


def inntak(tilbud):
    return reverse("tiltak:tilbud_ta_inn", args=["lillestrom", tilbud.pk])


@pytest.mark.parametrize(
    ("status", "publisert"), [(STATUS.GJELDENDE, False), (STATUS.UTKAST, True)]
)
def test_one_press_makes_it_a_tiltak_of_the_plan(
    tilbud, plan, vold, koordinator, client, status, publisert
):
    gi_status(plan, status)
    PlasseringFactory(innsatsomrade=vold, nummer=3, tiltak__tittel="Åpen dag")
    del_ = TilbudFactory(kommune=plan.kommune, overordnet=tilbud, tittel="Verksted")
    AnsvarFactory(tiltak=tilbud)
    for_ = tilbud.historikk.count()

    svar = koordinator.post(inntak(tilbud), {"innsatsomrade": vold.pk})

    tilbud = Tiltak.objects.get(pk=tilbud.pk)
    del_.refresh_from_db()
    sted = Plassering.objects.get(tiltak=tilbud)
    assert svar.url == sted.url == tilbud.get_absolute_url()
    assert (tilbud.plan, tilbud.slug) == (vold.plan, "apen-dag-2")
    assert (tilbud.publisert, del_.publisert) == (publisert, publisert)
    assert (sted.innsatsomrade, sted.nummer, sted.hoved) == (vold, 4, True)
    assert (del_.plan, del_.overordnet) == (vold.plan, tilbud)
    assert tilbud.ansvar.count() == 1
    assert tilbud.historikk.count() == for_ + 1
    # The old address leads there, for those who see it.
    cache.clear()
    assert koordinator.get(DETTE).url == sted.url
    assert client.get(DETTE).status_code == 404


def test_the_old_address_leads_all_there_once_it_is_public(
    tilbud, vold, koordinator, client
):
    sted = ta_inn(tilbud=tilbud, innsatsomrade=vold)
    assert client.get(DETTE).status_code == 404

    koordinator.post(f"/lillestrom/endre/tiltak/{tilbud.pk}/publiser/")

    assert client.get(f"{DETTE}?a=b").url == f"{sted.url}?a=b"
    # Until something else has that address.
    TilbudFactory(kommune=tilbud.kommune, tittel="Åpen dag")
    assert client.get(DETTE).status_code == 200


def test_only_innsatsomrader_of_own_plans_that_can_change_are_offered(
    tilbud, vold, nabokommune, koordinator
):
    fremmed = InnsatsomradeFactory(plan__kommune=nabokommune)
    avlost = InnsatsomradeFactory(
        plan=HandlingsplanFactory(
            kommune=tilbud.kommune, fra_ar=2019, til_ar=2023, status=STATUS.AVLOST
        )
    )

    side = koordinator.get(inntak(tilbud))
    assert list(side.context["skjema"].fields["innsatsomrade"].queryset) == [vold]
    for omrade in (fremmed, avlost):
        svar = koordinator.post(inntak(tilbud), {"innsatsomrade": omrade.pk})
        assert svar.status_code == 422
    tilbud.refresh_from_db()
    assert tilbud.plan is None


def test_the_plans_are_named_where_there_are_several(tilbud, vold, koordinator):
    utkast = HandlingsplanFactory(
        kommune=tilbud.kommune, fra_ar=2028, til_ar=2032, status=STATUS.UTKAST
    )
    InnsatsomradeFactory(plan=utkast, navn="Rus")

    valg = koordinator.get(inntak(tilbud)).context["skjema"]["innsatsomrade"]

    assert [str(v.data["label"]) for v in valg.subwidgets[1:]] == [
        "Handlingsplan 2028–2032 (utkast): Rus",
        "Handlingsplan 2024–2028 (gjeldende): Vold",
    ]


def test_without_an_innsatsomrade_the_page_says_so(tilbud, koordinator):
    svar = koordinator.get(inntak(tilbud))

    assert "Ingen plan har et innsatsområde ennå." in svar.text


def test_what_is_in_a_plan_is_taken_in_once(tilbud, vold, koordinator):
    ta_inn(tilbud=tilbud, innsatsomrade=vold)

    svar = koordinator.post(inntak(tilbud), {"innsatsomrade": vold.pk})

    assert svar.status_code == 404
    assert Plassering.objects.count() == 1


def test_a_role_that_reads_takes_nothing_in(tilbud, vold, kommune):
    for rolle in Tilgang.Rolle:
        if rolle != Tilgang.Rolle.KOORDINATOR:
            klient = med_rolle(kommune, rolle)
            svar = klient.post(inntak(tilbud), {"innsatsomrade": vold.pk})
            assert svar.status_code == 404
    assert not Plassering.objects.exists()


def test_an_earlier_version_brings_back_words_and_not_the_place(tilbud, vold, kommune):
    forste = tilbud.historikk.get()
    ta_inn(tilbud=tilbud, innsatsomrade=vold)
    tilbud.tittel = "Åpen kveld"
    tilbud.save()

    tilbake_til(historisk_rad=forste, kommune=kommune)

    tilbud.refresh_from_db()
    assert (tilbud.tittel, tilbud.plan, tilbud.publisert) == (
        "Åpen dag",
        vold.plan,
        False,
    )


def test_a_part_that_comes_back_is_hidden_when_the_whole_is(tilbud, kommune, client):
    del_ = TilbudFactory(kommune=kommune, overordnet=tilbud, tittel="Kveldsvakt")
    ansvar = AnsvarFactory(tiltak=del_)
    del_.delete()
    tilbud.publisert = False
    tilbud.save()
    [slettet] = slettet_i(kommune=kommune)

    hent_tilbake(samling=slettet.samling, kommune=kommune)

    assert not tilbud.deltiltak.get().publisert
    assert "Kveldsvakt" not in client.get(ansvar.tjeneste.get_absolute_url()).text


# Making one ---------------------------------------------------------------------------

NYTT = "/lillestrom/endre/tilbud/nytt/"


def test_a_coordinator_makes_a_tilbud_and_goes_on_with_it(kommune, koordinator):
    assert f'href="{NYTT}"' in koordinator.get(LISTA).content.decode()

    svar = koordinator.post(
        NYTT, innsending(koordinator.get(NYTT), tittel="Åpen dag", tekst="<p>Kom</p>")
    )

    tilbud = kommune.tiltak.get()
    assert (tilbud.tittel, tilbud.plan, tilbud.publisert) == ("Åpen dag", None, True)
    assert svar["Location"] == f"/lillestrom/endre/tiltak/{tilbud.pk}/"
    assert koordinator.get(svar["Location"]).status_code == 200


def test_it_is_not_for_all_until_somebody_says_so(kommune, koordinator, client):
    koordinator.post(
        NYTT, innsending(koordinator.get(NYTT), tittel="Åpen dag", for_alle=None)
    )
    tilbud = kommune.tiltak.get()
    del_ = TilbudFactory(kommune=kommune, overordnet=tilbud)
    assert client.get(DETTE).status_code == 404
    skjema = f"/lillestrom/endre/tiltak/{tilbud.pk}/"
    assert f'href="{skjema}"' in koordinator.get(DETTE).content.decode()

    svar = koordinator.post(skjema, innsending(koordinator.get(skjema), for_alle="on"))

    assert svar.status_code == 302
    assert client.get(DETTE).status_code == 200
    del_.refresh_from_db()
    assert del_.publisert


def test_its_form_hides_it_again_and_a_part_follows(tilbud, kommune, koordinator):
    del_ = TilbudFactory(kommune=kommune, overordnet=tilbud)
    skjema = f"/lillestrom/endre/tiltak/{tilbud.pk}/"

    koordinator.post(skjema, innsending(koordinator.get(skjema), for_alle=None))

    assert set(kommune.tiltak.values_list("publisert", flat=True)) == {False}
    delens = koordinator.get(f"/lillestrom/endre/tiltak/{del_.pk}/")
    assert "for_alle" not in delens.context["skjema"].hoved.fields


def test_what_a_new_tilbud_lacks_is_said_and_others_make_none(
    kommune, koordinator, nabo
):
    svar = koordinator.post(NYTT, innsending(koordinator.get(NYTT), tittel=""))

    assert svar.status_code == 422
    assert list(svar.context["skjema"].hoved.errors) == ["tittel"]
    politirad = med_rolle(kommune, Tilgang.Rolle.POLITIRAD)
    for klient in (nabo, politirad):
        assert klient.get(NYTT).status_code == 404
        assert klient.post(NYTT, {"tittel": "Åpen dag"}).status_code == 404
    assert koordinator.put(NYTT).status_code == 405
    assert not kommune.tiltak.exists()


def test_where_no_plan_has_an_innsatsomrade_is_the_way_to_make_one(
    tilbud, kommune, koordinator
):
    inntak = reverse("tiltak:tilbud_ta_inn", args=["lillestrom", tilbud.pk])
    assert "/lillestrom/endre/plan/ny/" in koordinator.get(inntak).content.decode()

    HandlingsplanFactory(kommune=kommune)

    html = koordinator.get(inntak).content.decode()
    assert 'href="/lillestrom/2024-2028/rediger/innsatsomrade/"' in html
