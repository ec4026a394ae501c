"""Who was asked: in a source, when a plan was made, in an evaluation; and whom nobody
asked."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from evaluering.medvirkning.oversikt import i_evalueringen, i_planen, oversikt
from evaluering.models import Medvirkning
from slt.models import PUBLIKUM, Tilgang
from tests.conftest import innlogget
from tests.factories import (
    DokumentFactory,
    EvalueringFactory,
    HandlingsplanFactory,
    KildeFactory,
    MedvirkningFactory,
    TilgangFactory,
    UtkastFactory,
)
from tests.lest import Lest
from tests.skjemasvar import feil, send, sporringer
from tests.tiden import det_gar, for_dager_siden

LISTEN = "/lillestrom/endre/medvirkning/"
PERSONNUMMER = "01010050053"


@pytest.fixture
def plan(kommune):
    return HandlingsplanFactory(kommune=kommune)


@pytest.fixture
def politirad(kommune):
    rolle = Tilgang.Rolle.POLITIRAD
    return innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)


def om_planen(plan, **felter):
    return MedvirkningFactory(kilde=None, plan=plan, **felter)


def om_evalueringen(evaluering, **felter):
    return MedvirkningFactory(kilde=None, evaluering=evaluering, **felter)


def frys(evaluering, **felter):
    evaluering.ferdig = timezone.now()
    evaluering.dokument = DokumentFactory(kommune=evaluering.kommune)
    for navn, verdi in felter.items():
        setattr(evaluering, navn, verdi)
    evaluering.save()


def ny(til, rad):
    return reverse("evaluering:medvirkning_ny", args=["lillestrom", til, rad.pk])


def endre(rad):
    return reverse("evaluering:medvirkning_endre", args=["lillestrom", rad.pk])


# What holds for a row -----------------------------------------------------------------


@pytest.mark.parametrize(
    "felter",
    [
        {"kilde": None},
        {"hvordan": "annet", "merknad": ""},
        {"sagt": "De vil ha et sted å være."},
        {"antall": 0},
        {"fra_dato": date(2026, 5, 2), "til_dato": date(2026, 5, 1)},
    ],
    ids=[
        "of nothing",
        "how is not said",
        "a source has findings",
        "nobody",
        "backwards",
    ],
)
def test_what_can_not_be_is_refused_by_the_database(kommune, felter):
    KildeFactory(kommune=kommune)
    rad = MedvirkningFactory.build(
        **{"kommune": kommune, "kilde": KildeFactory(kommune=kommune)} | felter
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        rad.save()


def test_it_is_of_one_thing_alone(plan, kommune):
    with pytest.raises(IntegrityError), transaction.atomic():
        MedvirkningFactory(kilde__kommune=kommune, plan=plan)


def test_what_belongs_to_a_finished_evaluation_stands_fast(plan):
    evaluering = EvalueringFactory(plan=plan)
    rad = om_evalueringen(evaluering)
    frys(evaluering)

    rad.navn = "andre"
    with pytest.raises(ValidationError, match="ferdig"):
        rad.save()
    with pytest.raises(ValidationError, match="ferdig"):
        rad.delete()

    assert Medvirkning.objects.get().navn == "lærere"


# What is told to whom -----------------------------------------------------------------


def test_a_gap_is_told_only_from_within(kommune):
    rader = [
        MedvirkningFactory(kilde__kommune=kommune, gruppe="barn_og_unge"),
        MedvirkningFactory(kilde__kommune=kommune, gruppe="politi"),
    ]

    inne, ute = oversikt(rader, ser_alt=True), oversikt(rader)

    assert inne.mangler == ["foreldre", "tjenester", "fylkeskommune", "frivillige"]
    assert ute.mangler == []


def test_what_was_said_when_a_plan_was_made_stays_inside(plan, client, politirad):
    om_planen(plan, navn="ungdomsrådet", antall=12, sagt="De vil ha et sted å være.")

    ute = Lest(client.get(plan.get_absolute_url())).tekst
    inne = Lest(politirad.get(plan.get_absolute_url())).tekst

    assert "ungdomsrådet: 12 (" in ute
    assert "et sted å være" not in ute
    assert "Ikke ført opp som spurt" not in ute
    assert "De vil ha et sted å være." in inne
    assert "Ikke ført opp som spurt: barn og unge, foreldre" in inne


def test_what_few_said_stays_inside_of_what_is_published(plan):
    evaluering = EvalueringFactory(plan=plan)
    om_evalueringen(evaluering, navn="elever", antall=40, sagt="Mer fritid")
    om_evalueringen(evaluering, navn="foreldre", antall=3, sagt="Vi er redde")
    om_evalueringen(evaluering, navn="en ungdom", antall=None, sagt="Jeg er redd")
    for_ = [s.sagt for s in i_evalueringen(evaluering, PUBLIKUM).rader]

    frys(evaluering, publisert=True)

    assert for_ == ["", "", ""]
    # Of how many they were, nobody said: it may have been one.
    assert [s.sagt for s in i_evalueringen(evaluering, PUBLIKUM).rader] == [
        "Mer fritid",
        "",
        "",
    ]


def test_a_draft_tells_strangers_nothing(kommune):
    utkast = UtkastFactory(kommune=kommune)
    rad = om_planen(utkast, sagt="Mye")

    assert list(Medvirkning.objects.synlige_for(PUBLIKUM)) == []
    assert i_planen(utkast, PUBLIKUM).rader[0].sagt == ""
    utkast.status = "gjeldende"
    utkast.save()
    assert list(Medvirkning.objects.synlige_for(PUBLIKUM)) == [rad]


def test_the_plan_of_another_day_says_nothing_of_it(plan, koordinator):
    om_planen(plan, navn="ungdomsrådet")
    det_gar(60)
    adresse = plan.get_absolute_url()

    assert "ungdomsrådet" in Lest(koordinator.get(adresse)).tekst
    da = koordinator.get(adresse, {"dato": for_dager_siden(30)})
    assert da.status_code == 200
    assert "ungdomsrådet" not in Lest(da).tekst


# The page that gathers it -------------------------------------------------------------


def test_the_page_gathers_all_by_what_it_was_about(
    plan, kommune, koordinator, politirad
):
    om_planen(plan, navn="ungdomsrådet")
    om_evalueringen(EvalueringFactory(plan=plan), navn="foreldreutvalget")
    MedvirkningFactory(kilde__kommune=kommune, navn="elevene")

    alt = Lest(koordinator.get(LISTEN)).tekst
    radets = Lest(politirad.get(LISTEN))

    assert [n for n in ("ungdomsrådet", "foreldreutvalget", "elevene") if n in alt] == [
        "ungdomsrådet",
        "foreldreutvalget",
        "elevene",
    ]
    # An evaluation under way is the coordinator's.
    assert "foreldreutvalget" not in radets.tekst
    assert "ungdomsrådet" in radets.tekst
    assert [a for a, _ord in radets.lenker if "/endre/medvirkning/" in a] == []


def test_others_do_not_find_it(kommune, client, nabo):
    ansatt = innlogget(
        TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.ANSATT).bruker
    )

    svarene = [k.get(LISTEN).status_code for k in (client, nabo, ansatt)]

    assert svarene == [302, 404, 404]


@pytest.mark.parametrize("antall", [1, 3])
def test_it_costs_the_same_for_one_and_three(kommune, koordinator, antall):
    for nr in range(antall):
        plan = HandlingsplanFactory(
            kommune=kommune, fra_ar=2000 + nr, til_ar=2000 + nr, status="avlost"
        )
        om_planen(plan)
        om_evalueringen(EvalueringFactory(plan=plan))
        MedvirkningFactory(kilde__kommune=kommune)

    assert sporringer(koordinator, LISTEN) == 13


# The form -----------------------------------------------------------------------------


def test_a_coordinator_says_who_was_asked_of_a_plan(plan, koordinator):
    svar = send(
        koordinator,
        ny("plan", plan),
        gruppe="barn_og_unge",
        navn="ungdomsrådet",
        hvordan="arbeidsverksted",
        fra_dato="1.3.2026",
        antall="14",
        sagt="De vil ha et sted å være.",
    )

    rad = plan.medvirkning.get()
    assert svar.url == f"{LISTEN}#plan-{plan.pk}"
    assert (rad.kommune, rad.gruppe, rad.hvordan) == (
        plan.kommune,
        "barn_og_unge",
        "arbeidsverksted",
    )
    assert (rad.nar, rad.antall) == ("1. mars 2026", 14)
    assert rad.historikk.get().history_kommune == plan.kommune


@pytest.mark.parametrize(
    ("galt", "felt", "ordene"),
    [
        ({"navn": ""}, "navn", ""),
        ({"gruppe": ""}, "gruppe", ""),
        ({"hvordan": "annet"}, "hvordan", "Skriv i merknaden"),
        ({"antall": "0"}, "antall", ""),
        ({"sagt": f"Om {PERSONNUMMER}"}, "sagt", ""),
        ({"sagt": "Om 01019012345"}, "sagt", "et fødselsnummer"),
        ({"navn": "010190 12345"}, "navn", "et fødselsnummer"),
        ({"sagt": "Ring 400 00 000"}, "sagt", "uten telefonnummer"),
        ({"fra_dato": "2.5.2026", "til_dato": "1.5.2026"}, "fra_dato", "slutte"),
    ],
)
def test_what_is_wrong_is_said_beside_it(plan, koordinator, galt, felt, ordene):
    rett = {"gruppe": "politi", "navn": "forebyggende"}

    funnet = feil(send(koordinator, ny("plan", plan), **rett | galt))

    assert list(funnet) == [felt]
    assert ordene in funnet[felt]
    assert Medvirkning.objects.count() == 0


def test_a_source_is_not_asked_what_they_said(kommune, koordinator):
    kilde = KildeFactory(kommune=kommune)

    side = koordinator.get(ny("kilde", kilde))
    send(koordinator, ny("kilde", kilde), gruppe="tjenester", navn="lærere")

    assert "sagt" not in side.context["skjema"].hoved.fields
    assert kilde.medvirkning.get().navn == "lærere"


def test_nothing_is_added_to_a_finished_evaluation(plan, koordinator):
    evaluering = EvalueringFactory(plan=plan)
    frys(evaluering)

    svar = send(koordinator, ny("evaluering", evaluering), gruppe="politi", navn="alle")

    assert "Evalueringen er ferdig" in Lest(svar).tekst
    assert Medvirkning.objects.count() == 0
    listen = Lest(koordinator.get(LISTEN))
    assert [a for a, _ord in listen.lenker if "/ny/eval" in a] == []
    assert "Åpne den igjen for å føre opp flere." in listen.tekst
    apne = reverse("evaluering:evaluering_apne", args=["lillestrom", evaluering.pk])
    assert listen.adresser(apne) == [apne]


@pytest.mark.parametrize(
    ("sagt", "sporsmal"),
    [
        ("Kari Nordmann sa at det er trygt", True),
        ("De vil ha et sted å være", False),
    ],
)
def test_what_looks_like_a_name_is_asked_about_and_saved(
    plan, koordinator, sagt, sporsmal
):
    rad = om_planen(plan)
    adresser = (ny("plan", plan), endre(rad))
    felter = {"gruppe": "foreldre", "navn": "FAU", "sagt": sagt}

    svarene = []
    for adresse in adresser:
        send(koordinator, adresse, **felter)
        alt = Lest(koordinator.get(LISTEN)).alt
        svarene.append("Er «Kari Nordmann» navnet på en person?" in alt)

    assert svarene == [sporsmal, sporsmal]
    assert Medvirkning.objects.filter(sagt=sagt).count() == 2


def test_a_group_is_changed_and_taken_off(plan, koordinator):
    rad = om_planen(plan)

    send(koordinator, endre(rad), navn="lærerne i Fet")
    rad.refresh_from_db()
    assert rad.navn == "lærerne i Fet"

    koordinator.post(
        reverse("evaluering:medvirkning_slett", args=["lillestrom", rad.pk])
    )
    assert Medvirkning.objects.count() == 0


def test_the_neighbours_are_not_there(plan, nabokommune, koordinator, nabo):
    deres = HandlingsplanFactory(kommune=nabokommune)
    rad = om_planen(deres)
    egen = om_planen(plan)

    assert koordinator.get(ny("plan", deres)).status_code == 404
    assert koordinator.get(endre(rad)).status_code == 404
    assert nabo.get(endre(egen)).status_code == 404
    assert koordinator.get(ny("tull", plan)).status_code == 404
    assert koordinator.post(LISTEN).status_code == 405
