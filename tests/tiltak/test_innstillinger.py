"""Settings that belong to the plans: themes, rekker, and documents that need no plan."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import (
    HandlingsplanFactory,
    PlanrekkeFactory,
    TilgangFactory,
    TiltakFactory,
)
from tests.innsending import innsending
from tiltak.models import Planrekke, Styringsdokument, Tema, TiltakTema

TEMAER = "/lillestrom/innstillinger/temaer/"
REKKER = "/lillestrom/innstillinger/planrekker/"
AVTALER = "/lillestrom/innstillinger/vedtak-og-avtaler/"
ADRESSER = [TEMAER, REKKER, AVTALER]
PERSONNUMMER = "01010050053"
ENDRET = "Noen andre endret dette mens du skrev."


def send(client, adresse, **endret):
    """Opens the form, changes it, sends it."""
    return client.post(adresse, innsending(client.get(adresse), **endret))


def lagret(svar, til):
    assert (svar.status_code, svar.headers.get("Location")) == (302, til)


def feil(svar):
    """All that the form says is wrong, in the order of the page."""
    assert svar.status_code == 422
    skjema = svar.context["skjema"]
    ut = [(felt, *f) for felt, f in skjema.hoved.errors.items()]
    for rader in skjema.rader.values():
        ut += [("", f) for f in rader.non_form_errors()]
        for rad in rader:
            ut += [(rad.add_prefix(felt), *f) for felt, f in rad.errors.items()]
    return ut


def sporringer(client, adresse):
    with CaptureQueriesContext(connection) as sporringer:
        assert client.get(adresse).status_code == 200
    return len(sporringer)


def avtale(kommune, tittel, **felter):
    return Styringsdokument.objects.create(kommune=kommune, tittel=tittel, **felter)


def avtalene(kommune):
    rader = kommune.styringsdokumenter.uten_plan().order_by("rekkefolge")
    return list(rader.values_list("tittel", flat=True))


# Who may ------------------------------------------------------------------------------


@pytest.mark.parametrize("rolle", [Tilgang.Rolle.ANSATT, Tilgang.Rolle.POLITIRAD])
def test_to_others_of_the_kommune_they_are_not_there(rolle, kommune):
    klient = innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)

    assert [klient.get(a).status_code for a in ADRESSER] == [404] * 3
    assert [klient.post(a).status_code for a in ADRESSER] == [404] * 3


def test_to_the_coordinator_next_door_and_to_strangers_neither(nabo, client, kommune):
    assert [nabo.get(a).status_code for a in ADRESSER] == [404] * 3
    assert [nabo.post(a).status_code for a in ADRESSER] == [404] * 3
    assert [client.get(a).status_code for a in ADRESSER] == [302] * 3


def test_they_are_opened_and_sent_and_nothing_else(koordinator):
    assert [koordinator.put(a).status_code for a in ADRESSER] == [405] * 3


def lag_rader(kommune, antall):
    for nr in range(antall):
        Tema.objects.create(kommune=kommune, navn=f"Tema {nr}")
        PlanrekkeFactory(kommune=kommune, navn=f"Rekke {nr}", hoved=False)
        avtale(kommune, f"Avtale {nr}")


@pytest.mark.parametrize("adresse", ADRESSER)
def test_each_costs_the_same_for_2_and_5_rows(adresse, kommune, koordinator):
    PlanrekkeFactory(kommune=kommune, navn="SLT")
    lag_rader(kommune, 1)
    koordinator.get(adresse)
    med_fa = sporringer(koordinator, adresse)
    for rad in (*kommune.temaer.all(), *kommune.styringsdokumenter.all()):
        rad.delete()
    kommune.planrekker.get(hoved=False).delete()
    lag_rader(kommune, 5)

    assert sporringer(koordinator, adresse) == med_fa <= 13


# Themes -------------------------------------------------------------------------------


def test_themes_are_added_changed_and_removed_together(kommune, koordinator):
    for navn in ("Rus", "Skole"):
        Tema.objects.create(kommune=kommune, navn=navn)

    svar = send(
        koordinator,
        TEMAER,
        **{
            "temaer-0-sokeord": "fyll, hasj",
            "temaer-1-DELETE": "on",
            "temaer-2-navn": "Vold",
            "temaer-2-sokeord": "slag",
        },
    )

    lagret(svar, TEMAER)
    assert list(kommune.temaer.values_list("navn", "slug", "sokeord")) == [
        ("Rus", "rus", "fyll, hasj"),
        ("Vold", "vold", "slag"),
    ]


def test_a_theme_in_use_is_kept_and_the_tiltak_is_named(kommune, koordinator):
    tema = Tema.objects.create(kommune=kommune, navn="Rus")
    tiltak = TiltakFactory(plan__kommune=kommune, tittel="Natteravn")
    TiltakTema.objects.create(tiltak=tiltak, tema=tema)

    svar = send(koordinator, TEMAER, **{"temaer-0-DELETE": "on"})

    assert feil(svar) == [
        ("__all__", "«Rus» er i bruk og kan ikke fjernes: Natteravn.")
    ]
    assert kommune.temaer.get() == tema


def test_an_identity_number_is_refused_and_the_rest_is_kept(kommune, koordinator):
    svar = send(
        koordinator,
        TEMAER,
        **{"temaer-0-navn": "Rus", "temaer-0-sokeord": PERSONNUMMER},
    )

    assert [f for f, _m in feil(svar)] == ["temaer-0-sokeord"]
    rad = svar.context["skjema"].rader["temaer"].forms[0]
    assert rad["navn"].value() == "Rus"
    assert not kommune.temaer.exists()


# Rekker -------------------------------------------------------------------------------


@pytest.fixture
def rekker(kommune):
    """The main rekke and another one, by name: SLT, Vold."""
    return [
        PlanrekkeFactory(kommune=kommune, navn="SLT"),
        PlanrekkeFactory(kommune=kommune, navn="Vold", hoved=False),
    ]


def hovedrekken(kommune):
    return kommune.planrekker.get(hoved=True).navn


def med_hoved(svar, rekke, **endret):
    """What is sent when this rekke is chosen on the page."""
    return innsending(svar, hovedrekke=rekke.pk, **endret)


def test_the_first_rekke_is_the_main_one(kommune, koordinator):
    svar = send(
        koordinator,
        REKKER,
        **{"planrekker-0-navn": "SLT", "planrekker-1-navn": "Vold"},
    )

    lagret(svar, REKKER)
    assert list(kommune.planrekker.values_list("navn", "hoved")) == [
        ("SLT", True),
        ("Vold", False),
    ]


def test_one_rekke_alone_is_not_chosen(kommune, koordinator):
    PlanrekkeFactory(kommune=kommune, navn="SLT")

    svar = koordinator.get(REKKER)

    assert "hovedrekke" not in svar.context["skjema"].hoved.fields
    lagret(send(koordinator, REKKER, **{"planrekker-1-navn": "Vold"}), REKKER)
    assert hovedrekken(kommune) == "SLT"


def test_another_becomes_the_main_one_while_both_get_new_names(
    rekker, kommune, koordinator
):
    sendt = med_hoved(
        koordinator.get(REKKER),
        rekker[1],
        **{"planrekker-0-navn": "Forebygging", "planrekker-1-navn": "Vold i nær"},
    )

    lagret(koordinator.post(REKKER, sendt), REKKER)
    assert list(kommune.planrekker.values_list("navn", "hoved")) == [
        ("Vold i nær", True),
        ("Forebygging", False),
    ]


def test_the_choice_that_nobody_touched_does_not_undo_that_of_another(
    rekker, kommune, koordinator
):
    sendt = med_hoved(
        koordinator.get(REKKER), rekker[0], **{"planrekker-1-navn": "Vold i nær"}
    )
    lagret(
        koordinator.post(REKKER, med_hoved(koordinator.get(REKKER), rekker[1])), REKKER
    )

    svar = koordinator.post(REKKER, sendt)

    # The row says that it was changed meanwhile; the choice says nothing.
    assert [f for f, _m in feil(svar)] == ["planrekker-1-__all__"]
    assert hovedrekken(kommune) == "Vold"


def test_two_who_choose_at_once_do_not_write_over_each_other(
    rekker, kommune, koordinator
):
    tredje = PlanrekkeFactory(kommune=kommune, navn="Rus", hoved=False)
    sendt = med_hoved(koordinator.get(REKKER), rekker[1])
    lagret(koordinator.post(REKKER, med_hoved(koordinator.get(REKKER), tredje)), REKKER)

    svar = koordinator.post(REKKER, sendt)

    assert feil(svar) == [
        ("hovedrekke", "Noen andre valgte en annen hovedrekke mens du skrev.")
    ]
    assert hovedrekken(kommune) == "Rus"


def test_the_main_rekke_is_not_removed(rekker, kommune, koordinator):
    sendt = med_hoved(
        koordinator.get(REKKER), rekker[0], **{"planrekker-0-DELETE": "on"}
    )

    svar = koordinator.post(REKKER, sendt)

    assert feil(svar) == [
        ("__all__", "Hovedrekken kan ikke slettes. Gjør en annen til hovedrekke.")
    ]
    assert Planrekke.objects.filter(kommune=kommune).count() == 2


def test_it_is_removed_when_another_takes_its_place(rekker, kommune, koordinator):
    sendt = med_hoved(
        koordinator.get(REKKER), rekker[1], **{"planrekker-0-DELETE": "on"}
    )

    lagret(koordinator.post(REKKER, sendt), REKKER)

    assert list(kommune.planrekker.values_list("navn", "hoved")) == [("Vold", True)]


def test_a_rekke_with_plans_is_kept(rekker, kommune, koordinator):
    HandlingsplanFactory(kommune=kommune, rekke=rekker[1], tittel="Mot vold")
    sendt = med_hoved(
        koordinator.get(REKKER), rekker[0], **{"planrekker-1-DELETE": "on"}
    )

    svar = koordinator.post(REKKER, sendt)

    assert feil(svar) == [
        ("__all__", "«Vold» er i bruk og kan ikke fjernes: Mot vold 2024–2028.")
    ]


def test_a_rekke_of_another_kommune_is_no_choice(
    rekker, kommune, nabokommune, koordinator
):
    fremmed = PlanrekkeFactory(kommune=nabokommune, navn="SLT")

    svar = koordinator.post(REKKER, med_hoved(koordinator.get(REKKER), fremmed))

    assert [f for f, _m in feil(svar)] == ["hovedrekke"]
    assert hovedrekken(kommune) == "SLT"


# Documents without a plan -------------------------------------------------------------


def test_an_agreement_is_added_and_shown_where_the_meetings_are(kommune, koordinator):
    svar = send(
        koordinator,
        AVTALER,
        **{
            "styringsdokumenter-0-tittel": "Samarbeidsavtalen",
            "styringsdokumenter-0-art": "avtale",
            "styringsdokumenter-0-parter": "kommunen og politiet",
            "styringsdokumenter-0-inngatt": "2024-03-01",
        },
    )

    lagret(svar, AVTALER)
    rad = kommune.styringsdokumenter.get()
    assert (rad.plan, rad.art, rad.inngatt) == (None, "avtale", date(2024, 3, 1))
    assert "Samarbeidsavtalen" in koordinator.get("/lillestrom/moter/").content.decode()


def test_a_new_one_is_an_agreement_until_somebody_says_otherwise(koordinator):
    sendt = innsending(koordinator.get(AVTALER))

    svar = koordinator.post(AVTALER, sendt | {"_ny_rad": "styringsdokumenter"})

    rad = svar.context["skjema"].rader["styringsdokumenter"].forms[0]
    assert rad["art"].value() == "avtale"
    # Which is not enough to make one.
    lagret(koordinator.post(AVTALER, innsending(svar)), AVTALER)
    assert not Styringsdokument.objects.exists()


def test_they_stand_in_the_order_that_they_are_given(kommune, koordinator):
    for tittel in ("En", "To", "Tre"):
        avtale(kommune, tittel)

    svar = koordinator.post(
        AVTALER,
        innsending(koordinator.get(AVTALER)) | {"_opp": "styringsdokumenter-2"},
    )
    assert avtalene(kommune) == ["En", "To", "Tre"]

    lagret(koordinator.post(AVTALER, innsending(svar)), AVTALER)
    assert avtalene(kommune) == ["En", "Tre", "To"]


def test_the_documents_of_a_plan_are_not_among_them(kommune, koordinator):
    plan = HandlingsplanFactory(kommune=kommune)
    avtale(kommune, "Planens", plan=plan)
    avtale(kommune, "Kommunens")

    svar = koordinator.get(AVTALER)

    rader = svar.context["skjema"].rader["styringsdokumenter"]
    assert [rad.instance.tittel for rad in rader] == ["Kommunens"]
    lagret(send(koordinator, AVTALER, **{"styringsdokumenter-0-DELETE": "on"}), AVTALER)
    assert list(Styringsdokument.objects.values_list("tittel", flat=True)) == [
        "Planens"
    ]


def test_what_cannot_be_is_said_beside_its_field(kommune, koordinator):
    avtale(kommune, "Avtalen")

    svar = send(
        koordinator,
        AVTALER,
        **{
            "styringsdokumenter-0-inngatt": "2024-03-01",
            "styringsdokumenter-0-utloper": "2023-03-01",
        },
    )

    assert [m for _f, m in feil(svar)] == [
        "Dokumentet kan ikke utløpe før det ble inngått."
    ]
    svar = send(koordinator, AVTALER, **{"styringsdokumenter-1-tittel": "Avtalen"})
    assert "Kommunen har allerede et slikt dokument." in [m for _f, m in feil(svar)]
    assert avtalene(kommune) == ["Avtalen"]


def test_one_that_somebody_else_changed_is_not_written_over(kommune, koordinator):
    rad = avtale(kommune, "Avtalen")
    sendt = innsending(
        koordinator.get(AVTALER), **{"styringsdokumenter-0-tittel": "Avtale 2024"}
    )
    rad.tittel = "Samarbeidsavtalen"
    rad.save()

    svar = koordinator.post(AVTALER, sendt)

    assert [(f, m[: len(ENDRET)]) for f, m in feil(svar) if "__all__" in f] == [
        ("styringsdokumenter-0-__all__", ENDRET)
    ]
    assert avtalene(kommune) == ["Samarbeidsavtalen"]
