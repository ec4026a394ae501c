"""What stands fast in a plan, whatever the door: the guard where the history is written."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction

from moter.models import Planleser
from slt.grunn.historikk import opprett_mange, slett_mange, uten_vern
from slt.grunn.kommunegrense import har_kommune
from slt.models import Kommune
from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KontaktpunktFactory,
    LokalomradeFactory,
    PlasseringFactory,
    TiltakFactory,
    VeilederFactory,
    gi_status,
)
from tiltak.endringer import planens_deler, tiltakets_deler
from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Finansiering,
    Handlingsplan,
    Horing,
    Innsatsomrade,
    Innspill,
    Kapittel,
    Lenke,
    Malgruppe,
    Malsetting,
    Opphav,
    Overgang,
    Planimport,
    Planlenke,
    Plassering,
    Registrering,
    Regnearkimport,
    Rundevalg,
    Statusrapport,
    Styringsdokument,
    Tema,
    Tiltak,
    TiltakLokalomrade,
    TiltakTema,
    TiltakVeileder,
)

UTKAST, GJELDENDE, AVLOST = Handlingsplan.Status.values

# Of each model of a plan's parts: how a row is made in a plan, and a change of it.
DELER = {
    Kapittel: (lambda p: KapittelFactory.build(plan=p, slug="nytt"), {"tittel": "X"}),
    Innsatsomrade: (
        lambda p: InnsatsomradeFactory.build(plan=p, slug="nytt", kortnavn="Nytt"),
        {"navn": "X"},
    ),
    Malsetting: (
        lambda p: Malsetting(plan=p, type=Malsetting.Type.VISJON, tekst="Trygg by"),
        {"tekst": "X"},
    ),
    Styringsdokument: (
        lambda p: Styringsdokument(kommune=p.kommune, plan=p, tittel="Rusplanen"),
        {"tittel": "X"},
    ),
    Tiltak: (lambda p: TiltakFactory.build(plan=p, slug="nytt"), {"tittel": "X"}),
    Plassering: (
        lambda p: Plassering(
            tiltak=TiltakFactory(plan=p),
            innsatsomrade=p.innsatsomrader.first(),
            nummer=77,
        ),
        {"hoved": False},
    ),
    Overgang: (
        lambda p: Overgang(ny_plan=p, fra=p.tiltak.first(), valg="avsluttes"),
        {"begrunnelse": "X"},
    ),
    Ansvar: (
        lambda p: AnsvarFactory.build(
            tiltak=p.tiltak.first(),
            tjeneste=KontaktpunktFactory(tjeneste__kommune=p.kommune).tjeneste,
        ),
        {"merknad": "X"},
    ),
    AnsvarKontaktpunkt: (
        lambda p: AnsvarKontaktpunkt(
            ansvar=(a := Ansvar.objects.filter(tiltak__plan=p).first()),
            kontaktpunkt=KontaktpunktFactory(tjeneste=a.tjeneste),
        ),
        None,  # a tie: there is nothing in it to change
    ),
    Malgruppe: (
        lambda p: Malgruppe(tiltak=p.tiltak.first(), tekst="Unge"),
        {"tekst": "X"},
    ),
    Lenke: (
        lambda p: Lenke(
            tiltak=p.tiltak.first(), tittel="Mer", adresse="https://example.org/ny"
        ),
        {"tittel": "X"},
    ),
    Finansiering: (
        lambda p: Finansiering(tiltak=p.tiltak.first(), slag="drift"),
        {"fra": "X"},
    ),
    TiltakLokalomrade: (
        lambda p: TiltakLokalomrade(
            tiltak=p.tiltak.first(), lokalomrade=LokalomradeFactory(kommune=p.kommune)
        ),
        None,
    ),
    TiltakTema: (
        lambda p: TiltakTema(
            tiltak=p.tiltak.first(),
            tema=Tema.objects.create(kommune=p.kommune, navn="Rus"),
        ),
        None,
    ),
    TiltakVeileder: (
        lambda p: TiltakVeileder(
            tiltak=p.tiltak.first(), veileder=VeilederFactory(kommune=p.kommune)
        ),
        None,
    ),
}
I_SEG_SELV = [
    Kapittel,
    Innsatsomrade,
    Malsetting,
    Styringsdokument,
    Tiltak,
    Plassering,
]
hver_del = pytest.mark.parametrize("modell", DELER, ids=lambda m: m.__name__)


@pytest.fixture
def plan(kommune):
    """A draft with a tiltak, somebody responsible, and a place."""
    tiltak = PlasseringFactory(innsatsomrade__plan__kommune=kommune).tiltak
    AnsvarFactory(tiltak=tiltak, tjeneste__kommune=kommune)
    return gi_status(tiltak.plan, UTKAST)


def lag(modell, plan):
    """A row of the model in the plan, saved."""
    rad = DELER[modell][0](plan)
    with uten_vern():
        rad.save()
    return rad


def lagret(rad):
    return type(rad)._base_manager.filter(pk=rad.pk).values().first()


def avvises(gjor):
    """Whether `gjor()` is refused, and has left nothing behind."""
    for_ = Kommune.objects.values_list("versjon", flat=True).get()
    with pytest.raises(ValidationError) as feil, transaction.atomic():
        gjor()
    assert {f.code for f in feil.value.error_list} == {"star_fast"}
    assert Kommune.objects.values_list("versjon", flat=True).get() == for_


def _kan_ha_plan(modell):
    """Whether it is of the plan's app, and says by itself in which plan it lies."""
    felter = {felt.name for felt in modell._meta.concrete_fields}
    return modell._meta.app_label == "tiltak" and "plan" in felter


# Of a plan without being part of it: who reads the draft, what they say, what was frozen,
# the document that it came from, a spreadsheet on its way in, and what another kommune
# said of what was copied.
RUNDT = {
    Horing,
    Innspill,
    Planimport,
    Planlenke,
    Planleser,
    Registrering,
    Regnearkimport,
    Opphav,
    # What is asked and said of it.
    Rundevalg,
    Statusrapport,
}


def test_all_that_lies_in_a_plan_is_tried_here():
    i_plan = {
        modell
        for modell in apps.get_models()
        if har_kommune(modell)
        and (
            modell.kommune_sti.endswith(("plan__kommune", "tiltak__kommune"))
            or _kan_ha_plan(modell)
        )
        and not hasattr(modell, "history_aktor")
    } - RUNDT

    assert set(DELER) == i_plan == set(planens_deler())


def test_what_belongs_to_a_tiltak_is_found():
    assert tiltakets_deler() == {
        Malsetting: "tiltak",
        Plassering: "tiltak",
        Malgruppe: "tiltak",
        Ansvar: "tiltak",
        AnsvarKontaktpunkt: "ansvar__tiltak",
        Lenke: "tiltak",
        Finansiering: "tiltak",
        TiltakLokalomrade: "tiltak",
        TiltakTema: "tiltak",
        TiltakVeileder: "tiltak",
    }


# The plan itself ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fra", "til"), [(UTKAST, GJELDENDE), (UTKAST, AVLOST), (GJELDENDE, AVLOST)]
)
def test_a_plan_goes_forward(fra, til, plan):
    gi_status(plan, fra)

    plan.status = til
    plan.full_clean()
    plan.save()

    assert lagret(plan)["status"] == til


@pytest.mark.parametrize(
    ("fra", "til"), [(GJELDENDE, UTKAST), (AVLOST, GJELDENDE), (AVLOST, UTKAST)]
)
def test_a_plan_does_not_go_back(fra, til, plan):
    gi_status(plan, fra)
    plan.status = til

    avvises(plan.save)
    with pytest.raises(ValidationError):
        plan.full_clean()

    assert lagret(plan)["status"] == fra


def test_a_superseded_plan_stands_as_it_was(plan):
    gi_status(plan, AVLOST)
    plan.ingress = "Andre ord"

    avvises(plan.save)

    assert lagret(plan)["ingress"] == ""


@pytest.mark.parametrize("status", [GJELDENDE, AVLOST])
def test_what_was_adopted_is_not_deleted(status, kommune):
    plan = HandlingsplanFactory(kommune=kommune, status=status)

    avvises(plan.delete)
    avvises(Handlingsplan.objects.all().delete)
    avvises(lambda: slett_mange([plan]))

    assert lagret(plan)["status"] == status


def test_a_draft_is_deleted(kommune):
    plan = HandlingsplanFactory(kommune=kommune, status=UTKAST)

    plan.delete()

    assert not Handlingsplan.objects.exists()


# Its parts ----------------------------------------------------------------------------


@hver_del
def test_nothing_is_added_to_a_superseded_plan(modell, plan):
    rad = DELER[modell][0](plan)
    gi_status(plan, AVLOST)

    avvises(rad.save)
    avvises(lambda: opprett_mange([rad]))
    with pytest.raises(ValidationError):
        rad.full_clean()

    assert not modell.objects.filter(pk=rad.pk).exists()


@hver_del
def test_nothing_in_a_superseded_plan_is_changed_or_taken_out(modell, plan):
    rad, endring = lag(modell, plan), DELER[modell][1]
    gi_status(plan, AVLOST)
    for_ = lagret(rad)

    avvises(rad.delete)
    avvises(modell.objects.filter(pk=rad.pk).delete)
    avvises(lambda: slett_mange([rad]))
    for felt, verdi in (endring or {}).items():
        setattr(rad, felt, verdi)
        avvises(rad.save)
        with pytest.raises(ValidationError):
            rad.full_clean()

    assert lagret(rad) == for_


def test_a_plan_that_was_superseded_meanwhile_stands_too(plan):
    """Whoever writes has the plan as it was when they read it."""
    tiltak = plan.tiltak.select_related("plan").get()
    gi_status(Handlingsplan.objects.get(pk=plan.pk), AVLOST)

    tiltak.tittel = "X"
    avvises(tiltak.save)

    assert lagret(tiltak)["tittel"] != "X"


def test_nothing_is_moved_out_of_a_superseded_plan(plan):
    kapittel = lag(Kapittel, plan)
    annen = HandlingsplanFactory(
        kommune=plan.kommune, fra_ar=2029, til_ar=2032, status=UTKAST
    )
    gi_status(plan, AVLOST)

    kapittel.plan = annen
    avvises(kapittel.save)

    assert lagret(kapittel)["plan_id"] == plan.pk


@pytest.mark.parametrize("modell", I_SEG_SELV, ids=lambda m: m.__name__)
def test_what_stands_in_a_plan_in_force_is_not_deleted(modell, plan):
    rad = lag(modell, plan)
    gi_status(plan, GJELDENDE)

    avvises(rad.delete)
    avvises(modell.objects.filter(pk=rad.pk).delete)
    avvises(lambda: slett_mange([rad]))

    assert lagret(rad)


@hver_del
def test_a_plan_in_force_is_added_to_and_changed(modell, plan):
    rad, endring = DELER[modell][0](plan), DELER[modell][1]
    gi_status(plan, GJELDENDE)

    rad.save()
    for felt, verdi in (endring or {}).items():
        setattr(rad, felt, verdi)
    rad.save()

    assert lagret(rad).items() >= (endring or {}).items()


@pytest.mark.parametrize(
    "modell", [m for m in DELER if m not in I_SEG_SELV], ids=lambda m: m.__name__
)
def test_what_a_tiltak_in_force_has_is_taken_off(modell, plan):
    rad = lag(modell, plan)
    gi_status(plan, GJELDENDE)

    rad.delete()

    assert lagret(rad) is None


def test_a_cascade_takes_nothing_out_of_a_plan_in_force(plan):
    deltiltak = TiltakFactory(plan=plan, overordnet=plan.tiltak.get())
    gi_status(plan, GJELDENDE)

    avvises(deltiltak.overordnet.delete)

    assert Tiltak.objects.count() == 2


# Numbers ------------------------------------------------------------------------------


def test_numbers_stand_once_the_plan_holds(plan):
    plass = Plassering.objects.get()
    gi_status(plan, GJELDENDE)
    plass.nummer = 9

    with pytest.raises(ValidationError, match="står numrene fast") as feil:
        plass.save()
    with pytest.raises(ValidationError, match="står numrene fast"):
        plass.full_clean()

    assert list(feil.value.message_dict) == ["nummer"]
    assert lagret(plass)["nummer"] == 1


def test_a_place_stands_once_the_plan_holds(plan):
    plass = Plassering.objects.get()
    annet = InnsatsomradeFactory(plan=plan)
    gi_status(plan, GJELDENDE)
    plass.innsatsomrade = annet

    with pytest.raises(ValidationError, match="står numrene fast"):
        plass.save()

    assert lagret(plass)["innsatsomrade_id"] != annet.pk


def test_a_number_means_the_same_tiltak_once_the_plan_holds(plan):
    plass = Plassering.objects.get()
    var, annet = plass.tiltak_id, TiltakFactory(plan=plan)
    gi_status(plan, GJELDENDE)
    plass.tiltak = annet

    with pytest.raises(ValidationError, match="står numrene fast"):
        plass.save()

    assert lagret(plass)["tiltak_id"] == var


# The one way through ------------------------------------------------------------------


@hver_del
def test_what_may_pass_by_does(modell, plan):
    rad = lag(modell, plan)
    gi_status(plan, AVLOST)
    pk = rad.pk

    with uten_vern():
        rad.delete()

    assert not modell.objects.filter(pk=pk).exists()
    assert modell.historikk.filter(id=pk).first().history_type == "-"


def test_the_guard_is_back_when_the_block_ends_in_an_error(plan):
    gi_status(plan, AVLOST)

    with pytest.raises(RuntimeError), uten_vern():
        raise RuntimeError

    plan.ingress = "Andre ord"
    avvises(plan.save)


def test_many_rows_cost_the_guard_no_more_than_one(plan, django_assert_num_queries):
    gi_status(plan, GJELDENDE)

    def nye(antall):
        return [
            Malgruppe(tiltak=plan.tiltak.get(), tekst=str(n)) for n in range(antall)
        ]

    ti, en = nye(10), nye(1)

    with django_assert_num_queries(7):
        opprett_mange(en)
    with django_assert_num_queries(7):
        opprett_mange(ti)
