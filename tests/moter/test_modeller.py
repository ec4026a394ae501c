"""What must hold for fora and meetings, whatever the door."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from moter.models import Forum, Forumskommune, Forumsmedlem, Mote, Sendevei
from slt.grunn.historikk import opprett_mange
from slt.grunn.tid import i_lokal_tid
from slt.models import Kommune, Tilgang
from tests.factories import (
    BrukerFactory,
    ForumFactory,
    ForumskommuneFactory,
    ForumsmedlemFactory,
    MoteFactory,
    MoteserieFactory,
    TilgangFactory,
)

# Fora ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "navn",
    ["LFM på skolen", "TFM", "SO-teamet", "Ressursgruppa", "Lokalt tverrfaglig møte"],
)
def test_meetings_about_single_cases_are_no_fora(kommune, navn):
    forum = ForumFactory.build(kommune=kommune, navn=navn)

    with pytest.raises(ValidationError, match="enkeltsaker er tiltak"):
        forum.full_clean(exclude=["slug"])


def test_fora_are_not_above_each_other_in_a_ring(kommune):
    over = ForumFactory(kommune=kommune)
    under = ForumFactory(kommune=kommune, overordnet=over)
    over.overordnet = under

    with pytest.raises(ValidationError, match="i ring"):
        over.full_clean()


def test_a_forum_does_not_send_to_itself(kommune):
    forum = ForumFactory(kommune=kommune)

    with pytest.raises(IntegrityError):
        Sendevei.objects.create(forum=forum, til=forum)


def test_a_seat_has_a_function_or_a_tjeneste(kommune):
    with pytest.raises(IntegrityError):
        ForumsmedlemFactory(forum__kommune=kommune, funksjon="")


def test_a_deputy_is_of_the_same_forum(kommune):
    annet = ForumsmedlemFactory(forum__kommune=kommune)
    medlem = ForumsmedlemFactory(forum__kommune=kommune)
    medlem.vara_for = annet

    with pytest.raises(ValidationError, match="samme forum"):
        medlem.full_clean()


def test_the_owner_is_not_a_participant(kommune):
    deltaker = Forumskommune(forum=ForumFactory(kommune=kommune), kommune=kommune)

    with pytest.raises(ValidationError, match="eier forumet"):
        deltaker.full_clean()


# Who sees what ------------------------------------------------------------------------


@pytest.fixture
def lukket(kommune):
    """A forum that does not stand on the site."""
    return ForumFactory(kommune=kommune, offentlig=False)


def synlige(bruker):
    return set(Forum.objects.synlige_for(bruker))


def test_strangers_see_public_fora_alone(kommune, lukket):
    apent = ForumFactory(kommune=kommune)

    assert synlige(AnonymousUser()) == {apent}


@pytest.mark.parametrize("rolle", [Tilgang.Rolle.POLITIRAD, Tilgang.Rolle.ANSATT])
def test_other_roles_see_no_more(kommune, lukket, rolle):
    bruker = TilgangFactory(kommune=kommune, rolle=rolle).bruker

    assert synlige(bruker) == set()


def test_a_coordinator_sees_those_of_own_kommuner(kommune, nabokommune, lukket):
    egen = TilgangFactory(kommune=kommune).bruker
    nabo = TilgangFactory(kommune=nabokommune).bruker

    assert synlige(egen) == {lukket}
    assert synlige(nabo) == set()
    assert list(Forum.objects.holdes_av(egen)) == [lukket]


def test_a_neighbour_that_takes_part_sees_the_inside_but_does_not_keep_it(
    kommune, nabokommune, lukket
):
    ForumskommuneFactory(forum=lukket, kommune=nabokommune)
    nabo = TilgangFactory(kommune=nabokommune).bruker

    assert list(Forum.objects.innenfra(nabo)) == [lukket]
    assert list(Forum.objects.holdes_av(nabo)) == []
    assert list(Forum.objects.i(nabokommune)) == [lukket]


def test_a_member_sees_the_inside_as_long_as_they_sit_there(lukket):
    medlem = ForumsmedlemFactory(forum=lukket, bruker=BrukerFactory())
    assert list(Forum.objects.innenfra(medlem.bruker)) == [lukket]

    medlem.fra = timezone.localdate() - timedelta(days=9)
    medlem.til = timezone.localdate() - timedelta(days=1)
    medlem.save()

    assert list(Forum.objects.innenfra(medlem.bruker)) == []


def test_meetings_say_whether_the_inside_is_seen(kommune, lukket):
    apent = MoteFactory(forum__kommune=kommune)
    skjult = MoteFactory(forum=lukket)
    medlem = ForumsmedlemFactory(forum=lukket, bruker=BrukerFactory()).bruker

    sett = {mote: mote.innenfra for mote in Mote.objects.synlige_for(medlem)}
    assert sett == {apent: False, skjult: True}
    sett = {mote: mote.innenfra for mote in Mote.objects.synlige_for(AnonymousUser())}
    assert sett == {apent: False}


def test_seats_are_seen_as_far_as_the_forum_is(kommune, lukket):
    medlem = ForumsmedlemFactory(forum=lukket, bruker=BrukerFactory())
    apent = ForumsmedlemFactory(forum__kommune=kommune)

    ukjent = Forumsmedlem.objects.synlige_for(AnonymousUser())
    assert [(m, m.innenfra) for m in ukjent] == [(apent, False)]
    selv = Forumsmedlem.objects.synlige_for(medlem.bruker)
    assert {m: m.innenfra for m in selv} == {medlem: True, apent: False}


def test_what_changes_in_a_shared_forum_lapses_at_the_neighbour_too(
    kommune, nabokommune
):
    forum = ForumFactory(kommune=kommune)
    ForumskommuneFactory(forum=forum, kommune=nabokommune)
    for_ = dict(Kommune.objects.values_list("pk", "versjon"))

    MoteFactory(forum=forum)

    etter = dict(Kommune.objects.values_list("pk", "versjon"))
    hevet = {pk for pk, versjon in etter.items() if versjon != for_[pk]}
    assert hevet == {kommune.pk, nabokommune.pk}


@pytest.mark.parametrize("antall", [1, 3])
def test_of_many_that_come_together_it_is_asked_once_whose_pages_they_stand_on(
    kommune, nabokommune, antall, django_assert_num_queries
):
    fora = ForumFactory.create_batch(antall, kommune=kommune)
    ForumskommuneFactory(forum=fora[0], kommune=nabokommune)
    rader = [Forumsmedlem(forum=forum, funksjon="leder") for forum in fora]
    for_ = dict(Kommune.objects.values_list("pk", "versjon"))

    # A savepoint and its end, whose pages, two versions, the last places, the rows, their
    # history.
    with django_assert_num_queries(8):
        opprett_mange(rader)

    assert dict(Kommune.objects.values_list("pk", "versjon")) == {
        kommune.pk: for_[kommune.pk] + 1,
        nabokommune.pk: for_[nabokommune.pk] + 1,
    }


# Names --------------------------------------------------------------------------------


def test_a_forum_knows_when_it_got_another_name(kommune):
    forum = ForumFactory(kommune=kommune)
    forum.formal = "Noe annet"
    forum.save()
    assert forum.omdopt is None

    forum.navn = "Et annet navn"
    forum.save()
    forum.formal = "Noe tredje"
    forum.save()

    forum.refresh_from_db()
    assert timezone.now() - forum.omdopt < timedelta(minutes=1)


# Meetings -----------------------------------------------------------------------------


def test_a_meeting_ends_after_it_begins(kommune):
    start = datetime(2027, 1, 5, 8, tzinfo=UTC)

    with pytest.raises(IntegrityError):
        MoteFactory(forum__kommune=kommune, start=start, slutt=start)


def test_a_forum_has_one_meeting_at_a_time_but_may_cancel_one(kommune):
    mote = MoteFactory(forum__kommune=kommune, status=Mote.Status.AVLYST)
    MoteFactory(forum=mote.forum, start=mote.start)

    with pytest.raises(IntegrityError):
        MoteFactory(forum=mote.forum, start=mote.start)


@pytest.mark.parametrize(
    ("felt", "verdi"),
    [
        ("start", datetime(2020, 1, 1, tzinfo=UTC)),
        ("slutt", datetime(2040, 1, 1, tzinfo=UTC)),
        ("sted", "Rådhuset"),
        ("motelenke", "https://example.org/"),
        ("status", Mote.Status.AVLYST),
    ],
)
def test_what_calendars_show_raises_the_sequence(kommune, felt, verdi):
    mote = MoteFactory(forum__kommune=kommune)
    for_ = mote.endret

    setattr(mote, felt, verdi)
    mote.save()
    mote.save()

    mote.refresh_from_db()
    assert (mote.sekvens, mote.endret > for_) == (1, True)


def test_also_when_some_fields_alone_are_saved(kommune):
    mote = MoteFactory(forum__kommune=kommune)
    for_ = mote.endret

    mote.sted = "Rådhuset"
    mote.save(update_fields=["sted"])
    mote.fastsatt = True
    mote.save(update_fields=["fastsatt"])

    mote.refresh_from_db()
    assert (mote.sekvens, mote.endret > for_) == (1, True)


def test_other_changes_do_not(kommune):
    mote = MoteFactory(forum__kommune=kommune)
    for_ = mote.endret

    mote.fastsatt = True
    mote.save()

    mote.refresh_from_db()
    assert (mote.sekvens, mote.endret, mote.fastsatt) == (0, for_, True)


def test_a_meeting_at_nine_is_at_nine_all_year(kommune):
    serie = MoteserieFactory(forum__kommune=kommune)

    vinter, _slutt = serie.tider(date(2027, 3, 23))
    sommer, _slutt = serie.tider(date(2027, 3, 30))

    assert (vinter.astimezone(UTC).hour, sommer.astimezone(UTC).hour) == (8, 7)


@pytest.mark.parametrize("dag", [date(2027, 3, 28), date(2027, 10, 31)])
def test_an_hour_that_is_skipped_or_repeated_is_refused(dag):
    with pytest.raises(ValidationError, match=r"stilles den .* klokkeslettet 02.30"):
        i_lokal_tid(dag, time(2, 30))

    assert i_lokal_tid(dag, time(3)).hour == 3


@pytest.mark.parametrize(
    "felter",
    [
        {"antall": 0},
        {"antall": 53},
        {"til": date(2027, 1, 3)},
        {"slutt_kl": time(9)},
        {"regel": "maned"},
        {"regel": "ukenumre"},
    ],
)
def test_a_series_that_makes_no_sense_is_refused(kommune, felter):
    with pytest.raises(IntegrityError):
        MoteserieFactory(forum__kommune=kommune, **felter)


def test_a_vara_is_that_of_a_member_who_is_none(db):
    """Or they would stand in for each other, and go together."""
    forum = ForumFactory()
    fast = ForumsmedlemFactory(forum=forum)
    vara = ForumsmedlemFactory(forum=forum, vara_for=fast)

    with pytest.raises(ValidationError, match="en vara har ikke selv vara"):
        ForumsmedlemFactory.build(forum=forum, vara_for=vara).full_clean()
    fast.vara_for = ForumsmedlemFactory(forum=forum)
    with pytest.raises(ValidationError, match="har selv vara"):
        fast.full_clean()


def test_a_forum_meets_until_its_last_day(db):
    siste = timezone.localdate() + timedelta(days=10)
    forum = ForumFactory(nedlagt=siste)

    def mote(dag, **felter):
        start = timezone.make_aware(datetime.combine(dag, time(9)))
        slutt = start + timedelta(hours=1)
        return MoteFactory.build(forum=forum, start=start, slutt=slutt, **felter)

    mote(siste).full_clean()
    mote(siste + timedelta(days=1), status="avlyst").full_clean()
    with pytest.raises(ValidationError, match="Forumet er nedlagt fra"):
        mote(siste + timedelta(days=1)).full_clean()


def test_a_forum_may_be_saved_with_the_id_that_it_is_to_have(kommune):
    ForumFactory(pk=9999, kommune=kommune, navn="Først")

    forum = Forum.objects.get(pk=9999)
    assert forum.omdopt is None
    forum.navn = "Siden"
    forum.save()
    assert Forum.objects.get(pk=9999).omdopt is not None
