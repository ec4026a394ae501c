"""The politiråd's yearly evaluation of itself."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from evaluering.egenvurdering.sporsmal import fakta, forrige
from evaluering.models import Egenvurdering, Egenvurderingssvar
from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import (
    BrukerFactory,
    EgenvurderingFactory,
    ForumFactory,
    ForumsmedlemFactory,
    MedvirkningFactory,
    MoteFactory,
    TilgangFactory,
)
from tests.lest import Lest
from tests.skjemasvar import feil, send, sporringer

LISTEN = "/lillestrom/egenvurderinger/"
PUNKTER = Egenvurderingssvar.Punkt
I_AR = timezone.localdate().year


@pytest.fixture
def radet(kommune):
    return ForumFactory(
        kommune=kommune,
        type="politirad",
        navn="Politirådet",
        rytme="fire ganger i året",
    )


@pytest.fixture
def politirad(kommune):
    rolle = Tilgang.Rolle.POLITIRAD
    return innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)


def til(side, vurdering):
    return reverse(
        f"evaluering:egenvurdering_{side}", args=["lillestrom", vurdering.pk]
    )


def ferdig(**felter):
    vurdering = EgenvurderingFactory.med_svar(svar="delvis", **felter)
    vurdering.ferdig = timezone.now()
    vurdering.save()
    return vurdering


# What holds ---------------------------------------------------------------------------


def test_there_is_one_a_year(radet):
    EgenvurderingFactory(forum=radet)

    with pytest.raises(IntegrityError), transaction.atomic():
        EgenvurderingFactory(forum=radet)


def test_it_is_of_a_politirad(kommune):
    annet = ForumFactory(kommune=kommune, type="nettverk")

    with pytest.raises(ValidationError) as feilen:
        Egenvurdering(forum=annet, arstall=2026).full_clean()

    assert list(feilen.value.error_dict) == ["forum"]


def test_what_is_finished_stands_fast(radet):
    vurdering = ferdig(forum=radet)
    svar = vurdering.svar.first()

    svar.svar = "ja"
    with pytest.raises(ValidationError, match="ferdig"):
        svar.save()

    assert vurdering.svar.filter(svar="ja").count() == 0


def test_each_question_has_a_line_of_help_and_fits_its_column(radet):
    from evaluering.egenvurdering.sporsmal import HJELP

    assert set(HJELP) == set(PUNKTER)
    assert set(fakta(EgenvurderingFactory(forum=radet))) <= set(PUNKTER)


# Filled in during the meeting ----------------------------------------------------------


def test_it_begins_with_every_question_unanswered(radet, koordinator):
    svar = send(koordinator, "/lillestrom/endre/egenvurderinger/ny/", arstall="2026")

    vurdering = Egenvurdering.objects.get()
    assert svar.url == til("endre", vurdering)
    assert vurdering.forum == radet
    assert [(s.punkt, s.svar) for s in vurdering.svar.all()] == [
        (punkt, "") for punkt in PUNKTER.values
    ]


@pytest.mark.parametrize(("flere", "velg"), [(False, False), (True, True)])
def test_there_is_nothing_to_choose_where_there_is_one(radet, koordinator, flere, velg):
    if flere:
        ForumFactory(kommune=radet.kommune, type="politirad", navn="Et råd til")

    svar = koordinator.get("/lillestrom/endre/egenvurderinger/ny/")

    felt = svar.context["skjema"].hoved["forum"]
    valgene = [valg.data["value"] for valg in felt.subwidgets]
    assert ("" in valgene, felt.value()) == (velg, radet.pk)
    assert "Gå videre" in Lest(svar).tekst


def test_nobody_is_asked_why_before_it_was_finished_once(radet, koordinator):
    vurdering = EgenvurderingFactory.med_svar(forum=radet, svar="ja")
    for_ = koordinator.get(til("endre", vurdering)).context["skjema"].hoved.fields
    for side in ("ferdig", "apne"):
        koordinator.post(til(side, vurdering))

    etter = koordinator.get(til("endre", vurdering)).context["skjema"].hoved.fields

    assert ["begrunnelse" in felter for felter in (for_, etter)] == [False, True]


def test_the_same_year_again_is_refused_in_words(radet, koordinator):
    EgenvurderingFactory(forum=radet, arstall=2026)

    svar = send(koordinator, "/lillestrom/endre/egenvurderinger/ny/", arstall="2026")

    assert "allerede en egenvurdering for dette året" in Lest(svar).tekst
    assert Egenvurderingssvar.objects.count() == 0


def test_the_answers_are_stored(radet, koordinator):
    vurdering = EgenvurderingFactory.med_svar(forum=radet)

    svar = send(
        koordinator,
        til("endre", vurdering),
        dato="4.12.2026",
        forbedring="Sakene sendes ut en uke før.",
        **{"svar-0-svar": "nei", "svar-0-merknad": "Ledelsen kommer sjelden."},
    )

    vurdering.refresh_from_db()
    forste, andre = vurdering.svar.all()[:2]
    assert svar.url == til("detail", vurdering)
    assert (forste.svar, forste.merknad) == ("nei", "Ledelsen kommer sjelden.")
    assert (andre.svar, vurdering.forbedring) == ("", "Sakene sendes ut en uke før.")


def test_which_question_it_is_can_not_be_sent(radet, koordinator):
    vurdering = EgenvurderingFactory.med_svar(forum=radet)

    send(
        koordinator,
        til("endre", vurdering),
        **{"svar-0-svar": "ja", "svar-0-punkt": "virker"},
    )

    assert [s.punkt for s in vurdering.svar.filter(svar="ja")] == ["rette_folk"]


@pytest.mark.parametrize(
    "sendt",
    [
        {"svar-0-svar": "kanskje"},
        {"svar-0-merknad": "Ring 400 00 000"},
        {"svar-0-merknad": "Om 01010050053"},
        {"forbedring": "Skriv til en@example.org"},
    ],
)
def test_what_is_wrong_is_said_beside_it(radet, koordinator, sendt):
    vurdering = EgenvurderingFactory.med_svar(forum=radet)

    funnet = feil(send(koordinator, til("endre", vurdering), **sendt))

    assert list(funnet) == list(sendt)
    assert vurdering.svar.exclude(svar="", merknad="").count() == 0


def test_the_last_answers_and_what_is_known_stand_by_the_questions(radet, koordinator):
    ferdig(forum=radet, arstall=I_AR - 2)
    vurdering = EgenvurderingFactory.med_svar(forum=radet, arstall=I_AR)
    for dager in (-400, 0, 1):
        start = timezone.now().replace(month=6, day=15) + timedelta(days=dager)
        MoteFactory(forum=radet, start=start, slutt=start + timedelta(hours=1))
    MedvirkningFactory(
        kilde__kommune=radet.kommune,
        gruppe="barn_og_unge",
        fra_dato=timezone.localdate().replace(month=1, day=2),
    )

    tekst = Lest(koordinator.get(til("endre", vurdering))).tekst

    assert f"I {I_AR - 2}: delvis" in tekst
    assert f"Møteplanen for {I_AR}: " in tekst
    assert "Avtalt: fire ganger i året." in tekst
    assert f"1 gruppe av barn og unge er ført opp som spurt i {I_AR}." in tekst
    assert set(forrige(vurdering)) == set(PUNKTER.values)


def test_it_is_finished_once_all_is_answered(radet, koordinator):
    uferdig = EgenvurderingFactory.med_svar(forum=radet, arstall=2025)
    besvart = EgenvurderingFactory.med_svar(forum=radet, svar="vet_ikke")

    svar = koordinator.post(til("ferdig", uferdig), follow=True)
    koordinator.post(til("ferdig", besvart))

    uferdig.refresh_from_db()
    besvart.refresh_from_db()
    assert "10 spørsmål er ikke besvart" in Lest(svar).alt
    assert (uferdig.er_ferdig, besvart.er_ferdig) == (False, True)


def test_one_that_is_finished_is_opened_again(radet, koordinator):
    vurdering = ferdig(forum=radet)

    svar = koordinator.get(til("endre", vurdering))
    assert svar.url == til("detail", vurdering)
    koordinator.post(til("apne", vurdering))

    vurdering.refresh_from_db()
    assert vurdering.er_ferdig is False
    assert koordinator.get(til("endre", vurdering)).status_code == 200


def test_one_that_is_not_finished_is_removed(radet, koordinator):
    uferdig = EgenvurderingFactory.med_svar(forum=radet, arstall=2025)
    besvart = ferdig(forum=radet)

    koordinator.post(til("slett", uferdig))
    svar = koordinator.post(til("slett", besvart))

    assert svar.status_code == 404
    assert list(Egenvurdering.objects.all()) == [besvart]


# Read ---------------------------------------------------------------------------------


def test_those_who_sit_there_read_what_is_finished(radet, kommune, politirad):
    sitter = BrukerFactory()
    ForumsmedlemFactory(forum=radet, bruker=sitter)
    vurdering, uferdig = (
        ferdig(forum=radet),
        EgenvurderingFactory(forum=radet, arstall=2025),
    )

    klienter = (politirad, innlogget(sitter))

    assert [k.get(til("detail", vurdering)).status_code for k in klienter] == [200, 200]
    assert [k.get(til("detail", uferdig)).status_code for k in klienter] == [404, 404]
    assert "Ny egenvurdering" not in Lest(politirad.get(LISTEN)).tekst
    assert "Politirådet 2026" in Lest(politirad.get(LISTEN)).tekst


def test_others_do_not(radet, kommune, client, nabo):
    vurdering = ferdig(forum=radet)
    ansatt = innlogget(
        TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.ANSATT).bruker
    )

    svarene = [
        k.get(adresse).status_code
        for adresse in (LISTEN, til("detail", vurdering))
        for k in (client, nabo, ansatt)
    ]

    assert svarene == [302, 404, 404] * 2


@pytest.mark.parametrize("side", ["endre", "slett", "ferdig", "apne"])
def test_only_the_coordinator_changes_it(radet, politirad, nabo, koordinator, side):
    vurdering = EgenvurderingFactory.med_svar(forum=radet, svar="ja")

    svarene = [k.post(til(side, vurdering)).status_code for k in (politirad, nabo)]

    vurdering.refresh_from_db()
    assert svarene == [404, 404]
    assert (vurdering.er_ferdig, Egenvurdering.objects.count()) == (False, 1)


@pytest.mark.parametrize("side", ["ferdig", "apne"])
def test_nothing_is_changed_by_looking(radet, koordinator, side):
    assert koordinator.get(til(side, ferdig(forum=radet))).status_code == 405


@pytest.mark.parametrize("antall", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(radet, koordinator, antall):
    for nr in range(antall):
        ferdig(forum=radet, arstall=2000 + nr)

    assert sporringer(koordinator, LISTEN) == 9


def test_the_page_costs_the_same_with_and_without_earlier_ones(radet, koordinator):
    alene = sporringer(koordinator, til("detail", ferdig(forum=radet, arstall=2020)))
    etter = sporringer(koordinator, til("detail", ferdig(forum=radet, arstall=2021)))

    assert alene == etter
