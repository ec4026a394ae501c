"""Every change leaves a trace and raises the version of its kommune, whatever the door."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction

from slt.grunn.historikk import (
    Dor,
    HistorikkOmgatt,
    Historisert,
    HistorisertQuerySet,
    begrunnet,
    spor,
)
from slt.models import Bruker, Kommune
from tests.factories import (
    AnsvarFactory,
    BrukerFactory,
    HandlingsplanFactory,
    KapittelFactory,
    KommuneFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    StatusrapportFactory,
    TilbudFactory,
    TiltakFactory,
    TjenesteFactory,
)
from tiltak.models import Ansvar, Statusrapport, Tiltak, Tjeneste


def versjon(kommune):
    return Kommune.objects.values_list("versjon", flat=True).get(pk=kommune.pk)


def rader(objekt):
    """(kind, door, actor, reason) of each history row, the oldest first."""
    return [
        (h.history_type, h.history_dor, h.history_aktor, h.history_change_reason)
        for h in objekt.historikk.order_by("history_id")
    ]


def test_a_change_says_who_by_which_door_and_why(kommune):
    bruker = BrukerFactory(navn="Koordinator")
    tjeneste = TjenesteFactory(kommune=kommune, navn="OUT")

    with spor(Dor.ADMIN, bruker=bruker, begrunnelse="Nytt navn"):
        tjeneste.navn = "Oppsøkende ungdomsteam"
        tjeneste.save()

    assert rader(tjeneste) == [
        ("+", "kommando", "", ""),
        ("~", "admin", "Koordinator", "Nytt navn"),
    ]
    siste = tjeneste.historikk.first()
    assert (siste.history_user, siste.history_kommune) == (bruker, kommune)


def test_the_name_of_the_actor_stands_as_it_was(kommune):
    bruker = BrukerFactory(navn="Før")
    with spor(Dor.SKJEMA, bruker=bruker):
        tjeneste = TjenesteFactory(kommune=kommune)

    bruker.navn = "Etter"
    bruker.save()

    assert tjeneste.historikk.get().history_aktor == "Før"


def test_a_reason_keeps_actor_and_door(kommune):
    bruker = BrukerFactory(navn="Koordinator")

    with spor(Dor.SKJEMA, bruker=bruker), begrunnet("Ringt og spurt"):
        tjeneste = TjenesteFactory(kommune=kommune)

    assert rader(tjeneste) == [("+", "skjema", "Koordinator", "Ringt og spurt")]


def test_an_unchanged_save_writes_nothing(kommune):
    tiltak = TiltakFactory(plan__kommune=kommune)
    for_ = versjon(kommune)

    Tiltak.objects.get(pk=tiltak.pk).save()
    Tiltak.objects.only("tittel").get(pk=tiltak.pk).save()

    assert (tiltak.historikk.count(), versjon(kommune)) == (1, for_)


def test_each_change_raises_the_version_of_its_own_kommune(kommune, nabokommune):
    tiltak = TiltakFactory(plan__kommune=kommune)
    egen, annen = versjon(kommune), versjon(nabokommune)

    tiltak.tittel = "Nytt navn"
    tiltak.save()

    assert (versjon(kommune), versjon(nabokommune)) == (egen + 1, annen)


def test_an_added_service_is_seen(kommune):
    tiltak = TiltakFactory(plan__kommune=kommune)
    for_ = versjon(kommune)

    ansvar = AnsvarFactory(
        tiltak=tiltak, tjeneste=TjenesteFactory(kommune=kommune, navn="OUT")
    )

    assert Ansvar.historikk.get().tjeneste_id == ansvar.tjeneste_id
    assert versjon(kommune) == for_ + 2


def test_deleting_leaves_a_row_and_raises_the_version(kommune):
    ansvar = AnsvarFactory(tiltak__plan__kommune=kommune)
    for_ = versjon(kommune)

    ansvar.delete()

    siste = Ansvar.historikk.first()
    assert (siste.history_type, siste.history_kommune) == ("-", kommune)
    assert versjon(kommune) == for_ + 1


def test_what_goes_with_a_deleted_tiltak_leaves_rows_too(kommune):
    plassering = PlasseringFactory(
        innsatsomrade__plan__kommune=kommune, innsatsomrade__plan__status="utkast"
    )
    AnsvarFactory(tiltak=plassering.tiltak)

    plassering.tiltak.delete()

    for modell in (Tiltak, Ansvar, type(plassering)):
        siste = modell.historikk.first()
        assert (siste.history_type, siste.history_kommune) == ("-", kommune)


def test_a_stale_kommune_does_not_set_the_version_back(kommune):
    gammel = Kommune.objects.get(pk=kommune.pk)
    TjenesteFactory.create_batch(3, kommune=kommune)

    gammel.telefon = "66 93 80 00"
    gammel.save()

    assert versjon(kommune) == kommune.versjon + 4


def test_a_failed_transaction_leaves_neither_row_nor_version(kommune):
    for_ = versjon(kommune)

    with pytest.raises(RuntimeError), transaction.atomic():
        TjenesteFactory(kommune=kommune)
        raise RuntimeError

    assert (Tjeneste.objects.count(), Tjeneste.historikk.count()) == (0, 0)
    assert versjon(kommune) == for_


@pytest.mark.parametrize(
    "omvei",
    [
        lambda: Tjeneste.objects.update(navn="x"),
        lambda: Tjeneste.objects.filter(navn="x").update(navn="y"),
        lambda: Tjeneste.objects.bulk_create([]),
        lambda: Tjeneste.objects.bulk_update([], ["navn"]),
        lambda: KommuneFactory().tjenester.update(navn="x"),
        lambda: Bruker.objects.update(navn="x"),
    ],
)
def test_ways_around_the_history_are_refused(db, omvei):
    with pytest.raises(HistorikkOmgatt):
        omvei()


def test_rows_added_from_the_other_end_of_a_key_leave_a_trace_or_are_refused(kommune):
    """Django's own way there is one UPDATE, past history, version and guard."""
    gammel = HandlingsplanFactory(
        kommune=kommune, fra_ar=2020, til_ar=2023, status="utkast"
    )
    ny = HandlingsplanFactory(kommune=kommune, fra_ar=2029, til_ar=2032)
    rad = KapittelFactory(plan=gammel)

    with pytest.raises(HistorikkOmgatt):
        ny.kapitler.add(rad)

    rad.refresh_from_db()
    assert rad.plan == gammel


def test_no_other_end_of_a_key_leads_past_the_history():
    modeller = [m for m in apps.get_models() if issubclass(m, Historisert)]

    assert len(modeller) > 30
    assert [
        m
        for m in modeller
        if not isinstance(m._base_manager.all(), HistorisertQuerySet)
    ] == []


def test_passwords_and_log_in_times_are_never_in_the_history(db, client):
    bruker = BrukerFactory()

    bruker.set_password("et langt passord")
    bruker.save()
    client.force_login(bruker)

    felter = {felt.name for felt in Bruker.historikk.model._meta.fields}
    assert felter & {"password", "last_login"} == set()
    assert bruker.historikk.count() == 1


# The border of the kommune ------------------------------------------------------------


def test_a_row_may_not_refer_to_another_kommune(kommune, nabokommune):
    ansvar = AnsvarFactory(tiltak__plan__kommune=kommune)
    ansvar.tjeneste = TjenesteFactory(kommune=nabokommune)

    with pytest.raises(ValidationError) as feil:
        ansvar.full_clean()

    assert feil.value.message_dict == {
        "tjeneste": ["Valget hører til en annen kommune."]
    }


def test_a_contact_point_of_another_service_is_refused(kommune):
    ansvar = AnsvarFactory(tiltak__plan__kommune=kommune)
    fremmed = KontaktpunktFactory(tjeneste__kommune=kommune)
    valg = ansvar.kontaktvalg.model(ansvar=ansvar, kontaktpunkt=fremmed)

    with pytest.raises(ValidationError) as feil:
        valg.full_clean()

    assert feil.value.message_dict == {
        "kontaktpunkt": ["Kontaktpunktet hører til en annen tjeneste."]
    }


def test_what_is_let_go_of_is_emptied_with_its_history(kommune):
    en, annen = TjenesteFactory.create_batch(2, kommune=kommune)
    tiltak = TilbudFactory(kommune=kommune)
    notater = [StatusrapportFactory(tiltak=tiltak, tjeneste=t) for t in (en, annen)]
    pker = [en.pk, annen.pk]

    en.delete()
    Tjeneste.objects.filter(pk=annen.pk).delete()

    assert [Statusrapport.objects.get(pk=r.pk).tjeneste for r in notater] == [None] * 2
    sporet = [
        list(r.historikk.values_list("history_type", "tjeneste")) for r in notater
    ]
    assert sporet == [[("~", None), ("+", pk)] for pk in pker]
