"""Documents that a plan rests on, and those that the SLT model itself rests on."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from slt.grunn.historikk import opprett_mange, slett_mange
from slt.models import PUBLIKUM
from tests.factories import HandlingsplanFactory, gi_status
from tests.lest import Lest
from tests.slt.test_admin import endre, feil, legg_til, ny_rad, side, skjema
from tiltak.dokument import Utgave
from tiltak.models import Handlingsplan, Styringsdokument

AVTALE, VEDTAK = Styringsdokument.Art.AVTALE, Styringsdokument.Art.VEDTAK
MOTER, PLANEN = "/lillestrom/moter/", "/lillestrom/2024-2028/plan/"
PARTER = "kommunen og politiet"
INNGATT, UTLOPER = date(2024, 3, 1), date(2199, 5, 1)


@pytest.fixture(autouse=True)
def _tom_bevaring(db):
    cache.clear()


@pytest.fixture
def plan(kommune):
    return HandlingsplanFactory(kommune=kommune)


def lag(kommune, tittel="Samarbeidsavtalen", **felter):
    return Styringsdokument.objects.create(kommune=kommune, tittel=tittel, **felter)


def lest(client, adresse):
    return Lest(client.get(adresse)).tekst


# In words -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("felter", "ordene"),
    [
        ({}, ""),
        ({"art": AVTALE}, ""),
        ({"art": AVTALE, "parter": PARTER}, f"avtale mellom {PARTER}"),
        ({"art": AVTALE, "inngatt": INNGATT}, "avtale inngått 1. mars 2024"),
        (
            {
                "art": AVTALE,
                "parter": PARTER,
                "inngatt": INNGATT,
                "utloper": UTLOPER,
            },
            f"avtale mellom {PARTER} inngått 1. mars 2024, gjelder til 1. mai 2199",
        ),
        (
            {"art": AVTALE, "inngatt": INNGATT, "utloper": date(2024, 12, 31)},
            "avtale inngått 1. mars 2024, gikk ut 31. desember 2024",
        ),
        (
            {"art": VEDTAK, "parter": "kommunestyret", "inngatt": INNGATT},
            "vedtatt av kommunestyret 1. mars 2024",
        ),
        ({"art": VEDTAK, "inngatt": INNGATT}, "vedtatt 1. mars 2024"),
        (
            {"fra_ar": 2024, "til_ar": 2027, "vedtatt": "mai 2023"},
            "2024–2027, vedtatt mai 2023",
        ),
    ],
)
def test_it_says_who_made_it_and_when(felter, ordene):
    dokument = Styringsdokument(tittel="Dokument", **felter)

    assert dokument.nar == ordene


def test_the_last_day_is_not_over():
    i_dag = timezone.localdate()
    siste, dagen_etter = (
        Styringsdokument(tittel="Avtale", utloper=i_dag - timedelta(days=dager))
        for dager in (0, 1)
    )

    assert (siste.er_utlopt, dagen_etter.er_utlopt) == (False, True)


# On the pages -------------------------------------------------------------------------


def test_those_of_a_plan_stand_on_its_page_and_the_others_by_the_fora(
    kommune, nabokommune, plan, client
):
    lag(kommune, "Rusplanen", plan=plan, fra_ar=2024, til_ar=2027)
    lag(kommune, "Politirådsavtalen", art=AVTALE, parter=PARTER, inngatt=INNGATT)
    lag(nabokommune, "Naboens vedtak", art=VEDTAK)

    i_planen, ved_motene = lest(client, PLANEN), lest(client, MOTER)

    assert "Rusplanen (2024–2027)" in i_planen
    assert "Politirådsavtalen" not in i_planen
    assert (
        f"Vedtak og avtaler Politirådsavtalen (avtale mellom {PARTER} inngått "
        "1. mars 2024)"
    ) in ved_motene
    assert "Rusplanen" not in ved_motene
    assert "Naboens" not in i_planen + ved_motene


def test_without_any_there_is_no_heading_of_them(kommune, plan, client):
    lag(kommune, plan=plan)

    assert "Vedtak og avtaler" not in lest(client, MOTER)


def test_the_documents_of_a_draft_stand_on_no_page(kommune, plan, client):
    gi_status(plan, Handlingsplan.Status.UTKAST)
    lag(kommune, "I utkastet", plan=plan)
    lag(kommune, "Uten plan")

    assert "I utkastet" not in client.get(MOTER).text
    assert client.get(PLANEN).status_code == 404
    synlige = Styringsdokument.objects.synlige_for(PUBLIKUM)
    assert [str(rad) for rad in synlige] == ["Uten plan"]


def test_a_kept_page_says_at_once_what_was_added(kommune, plan, client):
    assert "Vedtak og avtaler" not in client.get(MOTER).text

    lag(kommune)

    assert "Samarbeidsavtalen" in client.get(MOTER).text


def test_what_people_wrote_is_text(kommune, client):
    lag(kommune, "<b>Avtale</b>", art=AVTALE, parter="<i>politiet</i>")

    tekst = client.get(MOTER).text

    assert "<b>Avtale" not in tekst
    assert "<i>politiet" not in tekst
    assert "&lt;i&gt;politiet" in tekst


def test_the_page_of_the_fora_costs_the_same_for_one_and_three(kommune, client):
    def antall():
        cache.clear()
        with CaptureQueriesContext(connection) as fanget:
            assert client.get(MOTER).status_code == 200
        return len(fanget)

    lag(kommune, "Avtale 0")
    en = antall()

    for nr in (1, 2):
        lag(kommune, f"Avtale {nr}")

    assert antall() == en


def test_the_document_of_the_plan_says_the_same(kommune, plan):
    lag(
        kommune,
        plan=plan,
        art=AVTALE,
        parter=PARTER,
        inngatt=INNGATT,
        utloper=date(2024, 12, 31),
    )
    lag(kommune, "Uten plan")

    html = Utgave(plan).html()

    assert (
        f"Avtale mellom {PARTER} inngått 1. mars 2024, gikk ut 31. desember 2024"
        in html
    )
    assert "Uten plan" not in html


def test_the_document_is_another_once_an_agreement_has_expired(
    kommune, plan, monkeypatch
):
    i_dag = timezone.localdate()
    lag(kommune, plan=plan, art=AVTALE, utloper=i_dag)
    for_, kort_for = Utgave(plan).innhold, Utgave(plan, kort=True).innhold
    assert Utgave(plan).innhold == for_

    monkeypatch.setattr(timezone, "localdate", lambda: i_dag + timedelta(days=1))

    assert Utgave(plan).innhold != for_
    assert Utgave(plan, kort=True).innhold == kort_for  # it names none


# What must hold -----------------------------------------------------------------------


def test_it_cannot_lie_in_the_plan_of_a_neighbour(nabokommune, plan):
    dokument = Styringsdokument(kommune=nabokommune, plan=plan, tittel="Avtale")

    with pytest.raises(ValidationError) as funnet:
        dokument.full_clean()

    assert {f.code for f in funnet.value.error_dict["plan"]} == {"annen_kommune"}


def test_a_title_stands_once_in_a_plan_and_once_without_one(kommune, nabokommune, plan):
    lag(kommune)
    lag(kommune, plan=plan)
    lag(nabokommune)

    for i_planen in (None, plan):
        with pytest.raises(IntegrityError), transaction.atomic():
            lag(kommune, plan=i_planen)


def test_it_does_not_expire_before_it_is_made(kommune):
    with pytest.raises(IntegrityError), transaction.atomic():
        lag(kommune, inngatt=INNGATT, utloper=INNGATT - timedelta(days=1))

    lag(kommune, inngatt=INNGATT, utloper=INNGATT)


def test_without_a_plan_nothing_stands_fast(kommune, plan):
    gi_status(plan, Handlingsplan.Status.AVLOST)
    dokument = lag(kommune)

    dokument.tittel = "Ny avtale"
    dokument.full_clean()
    dokument.save()
    assert (dokument.kan_endres, dokument.kan_slettes) == (True, True)
    dokument.delete()

    assert not Styringsdokument.objects.exists()


def test_one_of_a_superseded_plan_stands_among_others_too(kommune, plan):
    rader = [lag(kommune, "Fritt"), lag(kommune, "I planen", plan=plan)]
    gi_status(plan, Handlingsplan.Status.AVLOST)
    ny = [Styringsdokument(kommune=kommune, plan=p, tittel="Ny") for p in (None, plan)]

    for gjor in (lambda: slett_mange(rader), lambda: opprett_mange(ny)):
        with pytest.raises(ValidationError), transaction.atomic():
            gjor()

    assert Styringsdokument.objects.count() == 2
    slett_mange(rader[:1])
    assert [str(rad) for rad in Styringsdokument.objects.all()] == ["I planen"]


def test_it_is_not_taken_out_of_a_superseded_plan_by_losing_it(kommune, plan):
    dokument = lag(kommune, plan=plan)
    gi_status(plan, Handlingsplan.Status.AVLOST)

    dokument.plan = None
    with pytest.raises(ValidationError), transaction.atomic():
        dokument.save()

    assert Styringsdokument.objects.get().plan == plan


# In the administration ----------------------------------------------------------------


def test_the_coordinator_keeps_those_without_a_plan(kommune, koordinator):
    svar = legg_til(
        koordinator,
        Styringsdokument,
        tittel="Politirådsavtalen",
        parter=PARTER,
        inngatt="2024-03-01",
        utloper="2027-12-31",
    )

    assert feil(svar) == {}
    rad = Styringsdokument.objects.get()
    assert (rad.kommune, rad.plan, rad.art, rad.parter) == (
        kommune,
        None,
        "avtale",
        PARTER,
    )
    assert (rad.inngatt, rad.utloper) == (INNGATT, date(2027, 12, 31))


def test_a_decision_is_kept_as_one(kommune, koordinator):
    svar = legg_til(koordinator, Styringsdokument, tittel="Innføringen", art="vedtak")

    assert feil(svar) == {}
    assert [rad.art for rad in kommune.styringsdokumenter.uten_plan()] == [VEDTAK]


def test_those_of_a_plan_are_kept_on_its_page(kommune, plan, koordinator):
    url = side(Handlingsplan, "change", plan.pk)
    sendt = skjema(koordinator.get(url))
    ny_rad(sendt, "styringsdokumenter", tittel="Avtalen", art="avtale", parter=PARTER)

    assert feil(koordinator.post(url, sendt)) == {}

    rad = Styringsdokument.objects.get()
    assert (rad.kommune, rad.plan, rad.parter) == (kommune, plan, PARTER)
    egen = side(Styringsdokument, "change", rad.pk)
    assert koordinator.get(egen).status_code == 404
    liste = koordinator.get(side(Styringsdokument, "changelist"))
    assert list(liste.context["cl"].result_list) == []


@pytest.mark.parametrize(
    ("felter", "felt", "melding"),
    [
        ({"tittel": "Avtalen"}, "tittel", "Kommunen har allerede et slikt dokument."),
        (
            {"inngatt": "2024-03-01", "utloper": "2024-02-29"},
            "inngatt",
            "Dokumentet kan ikke utløpe før det ble inngått.",
        ),
        (
            {"fra_ar": "2024", "til_ar": "2023"},
            "fra_ar",
            "Perioden kan ikke slutte før den begynner.",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    felter, felt, melding, kommune, koordinator
):
    lag(kommune, "Avtalen")
    rad = lag(kommune, "En annen")

    svarene = [
        legg_til(koordinator, Styringsdokument, **({"tittel": "Ny"} | felter)),
        endre(koordinator, rad, **felter),
    ]

    assert [feil(svar) for svar in svarene] == [{felt: [melding]}] * 2
    assert Styringsdokument.objects.count() == 2


def test_the_neighbour_keeps_none_of_them(kommune, nabo):
    rad = lag(kommune)

    for slag in ("change", "delete"):
        svar = nabo.post(side(Styringsdokument, slag, rad.pk), {"post": "yes"})
        assert svar.status_code == 404

    assert QuerySet(Styringsdokument).filter(pk=rad.pk).exists()


@pytest.mark.parametrize("hvem", ["client", "nabo"])
def test_only_the_coordinator_is_offered_to_add_one(hvem, kommune, request):
    klient = request.getfixturevalue(hvem)

    assert "innstillinger/vedtak-og-avtaler/" not in klient.get(MOTER).text


def test_the_coordinator_is_offered_to_add_one(kommune, koordinator):
    lenker = Lest(koordinator.get(MOTER)).lenker

    assert (
        "/lillestrom/innstillinger/vedtak-og-avtaler/",
        "Vedtak og avtaler",
    ) in lenker
