"""The calendar feeds: what two programs read in them, who gets which meetings, and what
an unchanged one costs."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.relativedelta import relativedelta
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from moter.kalender.ical import feed
from moter.models import Forumsmedlem, Kalenderlenke, Mote
from slt.felles.anonymisering import anonymiser
from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import (
    BrukerFactory,
    ForumFactory,
    ForumskommuneFactory,
    ForumsmedlemFactory,
    MoteFactory,
    TilgangFactory,
    TjenesteFactory,
)

OSLO = ZoneInfo("Europe/Oslo")
STED = "Rådhuset, rom 2; inngang B"
LENKE = "https://mote.example.org/j/1?a=1,2;b=3"


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


def les_icalendar(tekst):
    """{UID: {property: value}} as icalendar reads them."""
    return {
        str(h["UID"]): {
            "tittel": str(h["SUMMARY"]),
            "start": h["DTSTART"].dt.astimezone(UTC),
            "slutt": h["DTEND"].dt.astimezone(UTC),
            "sekvens": int(h["SEQUENCE"]),
            "stemplet": h["DTSTAMP"].dt,
            "status": str(h["STATUS"]),
            "sted": str(h.get("LOCATION", "")),
            "lenke": str(h.get("URL", "")),
            "tekst": str(h.get("DESCRIPTION", "")),
        }
        for h in Calendar.from_ical(tekst).events
    }


def les_vobject(tekst):
    """The same as vobject reads them, by the time zone that stands in the feed."""
    kalender = vobject.readOne(tekst)
    return {
        h.uid.value: {
            "tittel": h.summary.value,
            "start": h.dtstart.value.astimezone(UTC),
            "slutt": h.dtend.value.astimezone(UTC),
            "sekvens": int(h.sequence.value),
            "stemplet": h.dtstamp.value.astimezone(UTC),
            "status": h.status.value,
            "sted": h.location.value if "location" in h.contents else "",
            "lenke": h.url.value if "url" in h.contents else "",
            "tekst": h.description.value if "description" in h.contents else "",
        }
        for h in kalender.contents.get("vevent", [])
    }


def les(svar):
    """What both read, which is the same."""
    assert (svar.status_code, svar["Content-Type"]) == (
        200,
        "text/calendar; charset=utf-8",
    )
    lest = les_icalendar(svar.content)
    assert les_vobject(svar.content.decode()) == lest
    return lest


def titler(svar):
    return sorted(rad["tittel"] for rad in les(svar).values())


@pytest.fixture
def forum(kommune):
    return ForumFactory(kommune=kommune, navn="Politirådet")


@pytest.fixture
def mote(forum):
    return MoteFactory(forum=forum, sted=STED, motelenke=LENKE)


@pytest.fixture
def medlem(forum):
    """Somebody who sits in the forum, and nothing else."""
    return ForumsmedlemFactory(forum=forum, bruker=BrukerFactory()).bruker


def lenke_til(**hva):
    return reverse("kalenderlenke", args=[Kalenderlenke.ny(**hva)])


def forumets_side(forum):
    return f"http://testserver{forum.get_absolute_url()}"


def offentlig(kommune):
    return reverse("moter:kalender", args=[kommune.slug])


# What a calendar program sees ---------------------------------------------------------


def test_two_programs_read_the_same_in_it(kommune, forum, mote, client):
    adresse = lenke_til(forum=forum)

    svar = client.get(adresse)

    assert les(svar) == {
        f"{mote.uid}@slt": {
            "tittel": "Politirådet",
            "start": mote.start,
            "slutt": mote.slutt,
            "sekvens": 0,
            "stemplet": mote.endret.replace(microsecond=0),
            "status": "CONFIRMED",
            "sted": STED,
            "lenke": LENKE,
            # Google and Outlook do not show the URL.
            "tekst": f"Møtelenke: {LENKE}\nOm forumet: {forumets_side(forum)}",
        }
    }
    assert svar["Content-Disposition"].startswith("inline;")


def test_the_calendar_says_what_it_is_and_when_to_ask_again(kommune, mote, client):
    kalender = Calendar.from_ical(client.get(offentlig(kommune)).content)

    assert {navn: str(kalender[navn]) for navn in ("VERSION", "METHOD", "NAME")} == {
        "VERSION": "2.0",
        "METHOD": "PUBLISH",
        "NAME": "SLT-møter i Lillestrøm",
    }
    assert str(kalender["X-WR-CALNAME"]) == "SLT-møter i Lillestrøm"
    assert kalender["REFRESH-INTERVAL"].dt == timedelta(hours=12)
    assert str(kalender["X-PUBLISHED-TTL"]) == "PT12H"


def test_a_subscriber_hears_of_another_name(forum, mote, client):
    adresse = lenke_til(forum=forum)
    QuerySet(Mote).filter(pk=mote.pk).update(endret=timezone.now() - timedelta(days=1))
    [for_] = les(client.get(adresse)).values()

    forum.navn = "Et annet navn"
    forum.save()

    [etter] = les(client.get(adresse)).values()
    assert etter["tittel"] == "Et annet navn"
    assert etter["stemplet"] > for_["stemplet"]


def test_a_subscriber_sees_a_meeting_moved_and_then_cancelled(forum, mote, client):
    adresse = lenke_til(forum=forum)
    forste = client.get(adresse)
    uid = f"{mote.uid}@slt"

    uendret = client.get(adresse, headers={"If-None-Match": forste["ETag"]})
    assert (uendret.status_code, uendret.content) == (304, b"")
    assert client.get(adresse).content == forste.content

    mote.endret = timezone.now() - timedelta(days=1)
    QuerySet(Mote).filter(pk=mote.pk).update(endret=mote.endret)
    forste = client.get(adresse)
    mote.start += timedelta(days=7)
    mote.slutt += timedelta(days=7)
    mote.save()
    flyttet = client.get(adresse, headers={"If-None-Match": forste["ETag"]})
    [(samme, rad)] = les(flyttet).items()
    assert (samme, rad["start"], rad["sekvens"]) == (uid, mote.start, 1)
    assert rad["stemplet"] > les(forste)[uid]["stemplet"]

    mote.status = Mote.Status.AVLYST
    mote.save()
    avlyst = client.get(adresse, headers={"If-None-Match": flyttet["ETag"]})
    [(samme, rad)] = les(avlyst).items()
    assert (samme, rad["tittel"], rad["status"], rad["sekvens"]) == (
        uid,
        "Avlyst: Politirådet",
        "CANCELLED",
        2,
    )


def test_a_public_feed_that_did_not_change_says_so(kommune, mote, client):
    forste = client.get(offentlig(kommune))
    sporring = {"headers": {"If-None-Match": forste["ETag"]}}

    assert client.get(offentlig(kommune), **sporring).status_code == 304
    assert client.get(offentlig(kommune)).content == forste.content

    mote.start += timedelta(minutes=15)
    mote.save()

    assert client.get(offentlig(kommune), **sporring).status_code == 200


def test_each_meeting_is_one_event_without_rules(kommune, forum, client):
    MoteFactory.create_batch(3, forum=forum)

    hendelser = Calendar.from_ical(client.get(offentlig(kommune)).content).events

    assert len(hendelser) == 3
    assert {navn for h in hendelser for navn in h} == {
        *("UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED"),
        *("DTSTART", "DTEND", "STATUS", "SUMMARY", "DESCRIPTION", "URL"),
    }


def test_three_months_back_and_all_ahead(kommune, forum, client):
    i_dag = timezone.localdate()
    for navn, dag in {
        "for lenge siden": i_dag - relativedelta(months=3) - timedelta(days=1),
        "nettopp": i_dag - relativedelta(months=3) + timedelta(days=1),
        "langt fram": i_dag + timedelta(days=700),
    }.items():
        start = datetime(dag.year, dag.month, dag.day, 9, tzinfo=OSLO)
        MoteFactory(
            forum=ForumFactory(kommune=kommune, navn=navn),
            start=start,
            slutt=start + timedelta(hours=1),
        )

    assert titler(client.get(offentlig(kommune))) == ["langt fram", "nettopp"]


# Time ---------------------------------------------------------------------------------


def test_a_meeting_at_nine_is_at_nine_in_january_and_in_july(forum, client):
    ar = timezone.localdate().year + 1
    for maned in (1, 7):
        start = datetime(ar, maned, 12, 9, tzinfo=OSLO)
        MoteFactory(forum=forum, start=start, slutt=start + timedelta(hours=1))

    svar = client.get(lenke_til(forum=forum))

    rader = sorted(les(svar).values(), key=lambda rad: rad["start"])
    assert [rad["start"].hour for rad in rader] == [8, 7]  # UTC
    assert sorted(re.findall(r"DTSTART;TZID=Europe/Oslo:(\w+)", svar.text)) == [
        f"{ar}0112T090000",
        f"{ar}0712T090000",
    ]


def test_the_zone_in_the_feed_says_what_the_zone_of_the_machine_says():
    """Also as the law is changed: then this fails, and the rules must be."""
    sone = vobject.readOne(feed([], navn="x", side=None).decode()).vtimezone.tzinfo
    i_ar = timezone.localdate().year

    for dag in range(366 * 12):
        for time in (0, 4, 12):
            tid = datetime(i_ar - 1, 1, 1, time) + timedelta(days=dag)  # noqa: DTZ001
            assert (tid, tid.replace(tzinfo=sone).utcoffset()) == (
                tid,
                tid.replace(tzinfo=OSLO).utcoffset(),
            )


@pytest.mark.parametrize(
    ("start", "slutt"),
    [
        # The hour that comes twice: from the first to the second, and within the second.
        (datetime(2027, 10, 31, 0, 45, tzinfo=UTC), datetime(2027, 10, 31, 1, 15, tzinfo=UTC)),
        (datetime(2027, 10, 31, 1, 15, tzinfo=UTC), datetime(2027, 10, 31, 1, 45, tzinfo=UTC)),
        # The hour that is skipped.
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_the_nights_when_the_clock_is_set_are_read_right(forum, start, slutt, client):
    MoteFactory(forum=forum, start=start, slutt=slutt)

    [rad] = les(client.get(lenke_til(forum=forum))).values()

    assert (rad["start"], rad["slutt"]) == (start, slutt)


# Text that would be more than text ----------------------------------------------------

ONDT = 'Møte; a, b \\n c: "d"\r\nEND:VEVENT\r\nBEGIN:VEVENT\nUID:1\rX\u2028Y\x00\x1b[0m'


def test_text_comes_out_as_text():
    class Navn(str):
        omdopt = None

    class Rad:
        uid, sekvens, er_avlyst, innenfra = "1", 0, False, True
        endret = start = datetime(2027, 1, 5, 8, tzinfo=UTC)
        slutt = datetime(2027, 1, 5, 9, tzinfo=UTC)
        forum, sted = Navn(ONDT), ONDT
        motelenke = "https://example.org/\r\nEND:VEVENT"

    tekst = feed([Rad], navn=ONDT, side=lambda _forum: ONDT)

    [rad] = les_icalendar(tekst).values()
    assert les_vobject(tekst.decode()) == {"1@slt": rad}
    assert (
        rad["tittel"]
        == rad["sted"]
        == ('Møte; a, b \\n c: "d" END:VEVENT BEGIN:VEVENT UID:1 X Y [0m')
    )
    assert rad["lenke"] == "https://example.org/ END:VEVENT"
    # icalendar does not read this property back; what stands there is escaped.
    assert b"NAME:M\xc3\xb8te\\; a\\, b" in tekst
    assert tekst.count(b"\r\nBEGIN:VEVENT\r\n") == 1


def test_long_names_are_folded_between_letters(kommune, client):
    navn = "Ærlige øvelser på Åsen " * 5 + "slutt"
    MoteFactory(forum=ForumFactory(kommune=kommune, navn=navn, slug="lang"))

    svar = client.get(reverse("moter:forum_kalender", args=[kommune.slug, "lang"]))

    assert titler(svar) == [navn]
    linjer = svar.content.split(b"\r\n")
    assert all(len(linje) <= 75 for linje in linjer)
    assert all(linje.decode() is not None for linje in linjer)
    assert b"\n" not in svar.content.replace(b"\r\n", b"")


def test_it_is_in_the_language_of_the_kommune(kommune, mote, client, monkeypatch):
    monkeypatch.setattr("moter.kalender.views._", lambda _t: "Møte i %s")
    monkeypatch.setattr("moter.kalender.ical._", lambda _t: _malform() + ": %s")
    kommune.malform = "nn"
    kommune.save()
    mote.status = Mote.Status.AVLYST
    mote.save()

    assert titler(client.get(offentlig(kommune))) == ["nn: Politirådet"]
    assert titler(client.get(lenke_til(forum=mote.forum))) == ["nn: Politirådet"]


def _malform():
    from django.utils.translation import get_language

    return get_language()


# Who gets what ------------------------------------------------------------------------


@pytest.fixture
def lukket(kommune):
    """A meeting of a forum that does not stand on the site."""
    return MoteFactory(
        forum__kommune=kommune,
        forum__navn="Lukket",
        forum__slug="lukket",
        forum__offentlig=False,
        sted=STED,
    )


@pytest.mark.parametrize(
    "hvem", ["nobody", "member", "coordinator", "neighbour", "administrator"]
)
def test_a_public_feed_is_the_same_to_all_and_says_no_place(
    hvem, kommune, nabokommune, forum, mote, lukket, medlem, client
):
    ForumsmedlemFactory(forum=lukket.forum, bruker=medlem)
    MoteFactory(forum__kommune=nabokommune)
    klient = {
        "nobody": client,
        "member": innlogget(medlem),
        "coordinator": innlogget(TilgangFactory(kommune=kommune).bruker),
        "neighbour": innlogget(TilgangFactory(kommune=nabokommune).bruker),
        "administrator": innlogget(BrukerFactory(is_superuser=True)),
    }[hvem]

    for adresse in (
        offentlig(kommune),
        reverse("moter:forum_kalender", args=[kommune.slug, forum.slug]),
    ):
        svar = klient.get(adresse)
        assert titler(svar) == ["Politirådet"]
        assert "LOCATION" not in svar.text
        assert "example.org" not in svar.text
        [rad] = les(svar).values()
        side = forumets_side(forum)
        assert (rad["lenke"], rad["tekst"]) == (side, f"Om forumet: {side}")
    svar = klient.get(reverse("moter:forum_kalender", args=[kommune.slug, "lukket"]))
    assert svar.status_code == 404


def test_a_public_feed_has_what_the_kommune_shares_with_its_neighbour(
    kommune, nabokommune, forum, mote, lukket, client
):
    assert titler(client.get(offentlig(nabokommune))) == []

    for f in (forum, lukket.forum):
        ForumskommuneFactory(forum=f, kommune=nabokommune)

    assert titler(client.get(offentlig(nabokommune))) == ["Politirådet"]
    naboens = reverse("moter:forum_kalender", args=[nabokommune.slug, forum.slug])
    assert client.get(naboens).status_code == 404


def test_a_forum_that_is_taken_off_the_site_leaves_the_feed(
    kommune, forum, mote, client
):
    adresse = reverse("moter:forum_kalender", args=[kommune.slug, forum.slug])
    assert titler(client.get(adresse)) == ["Politirådet"]

    forum.offentlig = False
    forum.save()

    assert client.get(adresse).status_code == 404
    assert titler(client.get(offentlig(kommune))) == []


def test_the_link_to_a_forum_opens_that_one_alone(kommune, mote, lukket, client):
    svar = client.get(lenke_til(forum=lukket.forum))

    assert {(r["tittel"], r["sted"]) for r in les(svar).values()} == {("Lukket", STED)}


def test_a_persons_link_has_all_their_fora_whatever_kommune(
    kommune, nabokommune, forum, mote, lukket, medlem, client
):
    """Open ones too, but none where they do not sit."""
    nabos = MoteFactory(forum__kommune=nabokommune, forum__navn="Naboens", sted=STED)
    MoteFactory(forum__kommune=kommune, forum__navn="De andres")
    ForumsmedlemFactory(forum=nabos.forum, bruker=medlem)

    svar = client.get(lenke_til(bruker=medlem))

    assert sorted((r["tittel"], r["sted"]) for r in les(svar).values()) == [
        ("Naboens", STED),
        ("Politirådet", STED),
    ]


@pytest.mark.parametrize("er", ["coordinator", "administrator"])
def test_a_persons_link_has_no_fora_where_they_do_not_sit(er, kommune, mote, client):
    bruker = (
        TilgangFactory(kommune=kommune).bruker
        if er == "coordinator"
        else BrukerFactory(is_superuser=True)
    )

    assert titler(client.get(lenke_til(bruker=bruker))) == []


def test_a_seat_that_ends_takes_its_meetings_along(forum, mote, medlem, client):
    adresse = lenke_til(bruker=medlem)
    for_ = client.get(adresse)
    assert titler(for_) == ["Politirådet"]

    sete = medlem.forumsmedlemskap.get()
    sete.fra = timezone.localdate() - timedelta(days=9)
    sete.til = timezone.localdate()  # the last day counts
    sete.save()
    assert titler(client.get(adresse)) == ["Politirådet"]
    sete.til -= timedelta(days=1)
    sete.save()

    svar = client.get(adresse, headers={"If-None-Match": for_["ETag"]})
    assert titler(svar) == []


def test_a_new_day_is_a_new_feed(forum, mote, medlem, client, monkeypatch):
    """The seat ends by itself: nothing is written that night."""
    sete = medlem.forumsmedlemskap.get()
    sete.til = timezone.localdate()
    sete.save()
    adresse = lenke_til(bruker=medlem)
    for_ = client.get(adresse)

    i_morgen = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_a: i_morgen)
    svar = client.get(adresse, headers={"If-None-Match": for_["ETag"]})

    assert (titler(for_), titler(svar)) == (["Politirådet"], [])


@pytest.mark.parametrize(("fra", "til"), [(-9, -1), (1, None)])
def test_a_kommune_where_one_does_not_sit_today_has_no_say(
    fra, til, nabokommune, forum, mote, medlem, client
):
    """Neither its language nor its changes reach the feed of one's meetings."""
    nabokommune.malform = "nn"
    nabokommune.save()
    i_dag = timezone.localdate()
    naboens = ForumsmedlemFactory(
        forum__kommune=nabokommune,
        bruker=medlem,
        fra=i_dag + timedelta(days=fra),
        til=til and i_dag + timedelta(days=til),
    ).forum
    adresse = lenke_til(bruker=medlem)
    for_ = client.get(adresse)
    merke = {"If-None-Match": for_["ETag"]}
    assert titler(for_) == ["Politirådet"]
    assert "\r\nNAME:Mine SLT-møter\r\n" in for_.text

    MoteFactory(forum=naboens)
    assert client.get(adresse, headers=merke).status_code == 304

    MoteFactory(forum=forum)
    assert titler(client.get(adresse, headers=merke)) == ["Politirådet"] * 2


def test_a_seat_that_begins_tomorrow_shows_nothing_today(mote, client):
    sete = ForumsmedlemFactory(
        forum=mote.forum,
        bruker=BrukerFactory(),
        fra=timezone.localdate() + timedelta(days=1),
    )

    assert titler(client.get(lenke_til(bruker=sete.bruker))) == []


def steng(bruker):
    bruker.is_active = False
    bruker.save()


@pytest.mark.parametrize(
    "stopp", [steng, anonymiser, lambda b: b.kalenderlenker.get().avslutt()]
)
def test_whoever_is_closed_taken_out_or_revoked_gets_no_calendar(
    stopp, forum, mote, medlem, client
):
    adresse = lenke_til(bruker=medlem)
    for_ = client.get(adresse)
    assert titler(for_) == ["Politirådet"]

    stopp(medlem)

    svar = client.get(adresse, headers={"If-None-Match": for_["ETag"]})
    assert (svar.status_code, svar["Content-Type"]) == (
        404,
        "text/plain; charset=utf-8",
    )
    assert svar.text == "Kalenderen finnes ikke, eller lenken er trukket.\n"


def test_the_link_to_a_forum_that_is_revoked_opens_nothing(forum, mote, client):
    adresse, annen = lenke_til(forum=forum), lenke_til(forum=forum)

    Kalenderlenke.objects.order_by("pk")[0].avslutt()

    assert (client.get(adresse).status_code, client.get(annen).status_code) == (
        404,
        200,
    )


@pytest.mark.parametrize(("fra", "til"), [(-9, -1), (1, None)])
def test_a_link_opens_only_while_it_holds(fra, til, forum, mote, client):
    adresse, i_dag = lenke_til(forum=forum), timezone.localdate()
    merke = client.get(adresse)["ETag"]
    lenke = Kalenderlenke.objects.get()
    lenke.fra = i_dag + timedelta(days=fra)
    lenke.til = til and i_dag + timedelta(days=til)
    lenke.save()

    for hoder in ({}, {"If-None-Match": merke}):
        assert client.get(adresse, headers=hoder).status_code == 404


def i_morgen(monkeypatch, dager=1):
    dag = timezone.localdate() + timedelta(days=dager)
    monkeypatch.setattr(timezone, "localdate", lambda *_a: dag)


@pytest.fixture(params=["public", "of a forum", "of a person"])
def feeden(request, kommune, forum, mote, medlem):
    """The address of a feed with one meeting."""
    return {
        "public": lambda: offentlig(kommune),
        "of a forum": lambda: lenke_til(forum=forum),
        "of a person": lambda: lenke_til(bruker=medlem),
    }[request.param]()


def test_a_new_day_alone_changes_no_feed(feeden, client, monkeypatch):
    merke = {"If-None-Match": client.get(feeden)["ETag"]}

    for _dag in range(3):
        i_morgen(monkeypatch)
        assert client.get(feeden, headers=merke).status_code == 304


def test_what_else_happens_in_the_kommune_changes_no_feed(feeden, kommune, client):
    for_ = client.get(feeden)
    versjon = kommune.versjon

    TjenesteFactory(kommune=kommune)

    kommune.refresh_from_db()
    assert kommune.versjon > versjon
    svar = client.get(feeden, headers={"If-None-Match": for_["ETag"]})
    assert svar.status_code == 304
    assert client.get(feeden).content == for_.content


def test_the_window_moves_at_midnight(feeden, client, monkeypatch):
    """The meeting leaves: nothing is written that night."""
    # Soon, as a link does not hold for long.
    mote = Mote.objects.get()
    mote.start = timezone.now() + timedelta(days=1)
    mote.slutt = mote.start + timedelta(hours=1)
    mote.save()
    merke = {"If-None-Match": client.get(feeden)["ETag"]}
    dag = timezone.localdate(mote.start) + relativedelta(months=3)
    monkeypatch.setattr(timezone, "localdate", lambda *_a: dag)
    assert client.get(feeden, headers=merke).status_code == 304

    i_morgen(monkeypatch)

    assert titler(client.get(feeden, headers=merke)) == []


@pytest.mark.parametrize(
    ("fastsatt", "nedlagt", "dager"),
    [
        # The rule took it away; the forum was laid down, along with what was decided.
        (False, None, 28),
        (False, 0, 28),
        (True, 0, 28),
        # Somebody called it off.
        (True, None, 89),
    ],
)
def test_what_is_called_off_is_told_for_a_while(
    fastsatt, nedlagt, dager, forum, feeden, client, monkeypatch
):
    i_dag = timezone.localdate()
    mote = Mote.objects.get()
    mote.start = timezone.now() + timedelta(days=200)
    mote.slutt = mote.start + timedelta(hours=1)
    mote.status, mote.fastsatt = Mote.Status.AVLYST, fastsatt
    mote.save()
    if nedlagt is not None:
        forum.nedlagt = i_dag
        forum.save()
    avlyst = timezone.localdate()

    def titler_etter(dager):
        monkeypatch.setattr(
            timezone, "localdate", lambda *_a: avlyst + timedelta(dager)
        )
        cache.clear()
        return titler(client.get(feeden))

    assert titler_etter(0) == ["Avlyst: Politirådet"]
    assert titler_etter(dager) == ["Avlyst: Politirådet"]
    # Three months are from 89 to 92 days.
    assert titler_etter(dager + (4 if dager > 28 else 1)) == []


def test_who_is_taken_out_sits_nowhere(medlem, forum):
    Kalenderlenke.ny(bruker=medlem)

    anonymiser(medlem)

    assert not Forumsmedlem.objects.gyldige().filter(bruker=medlem).exists()
    assert not Kalenderlenke.objects.gyldige().exists()


# The link itself ----------------------------------------------------------------------


def test_the_key_is_stored_nowhere_and_cannot_be_guessed(forum):
    nokkel = Kalenderlenke.ny(forum=forum)

    assert len(nokkel) >= 43  # 256 bits
    for modell in (Kalenderlenke, Kalenderlenke.historikk.model):
        assert nokkel not in str(list(modell._base_manager.values()))


def test_a_wrong_link_is_slowed_down_and_a_right_one_is_not(forum, mote, client):
    ukjent = reverse("kalenderlenke", args=["gjettet"])

    svar = [client.get(ukjent).status_code for _ in range(61)]

    assert svar == [404] * 60 + [429]
    assert client.get(lenke_til(forum=forum)).status_code == 200


def test_the_log_never_has_the_key(caplog, forum, client):
    from django.conf import settings

    skjuler = settings.LOGGING["formatters"]["plain"]["()"]
    adresse = reverse("kalenderlenke", args=["hemmelig-nokkel"])
    client.get(adresse)
    client.post(adresse)
    assert len(caplog.records) == 2  # Not Found, and Method Not Allowed

    from slt.felles.logg import Skjuler, skjul

    assert skjuler == "slt.felles.logg.Skjuler"
    for rad in caplog.records:
        assert "hemmelig" in rad.getMessage()
        assert "hemmelig" not in Skjuler().format(rad)
    assert skjul("GET /lenke/kalender/hemmelig.ics?x=1 200").startswith("GET /lenke/…")


def test_asking_for_the_head_is_enough_and_sending_is_refused(kommune, forum, mote):
    klient = Client()
    for adresse in (
        lenke_til(forum=forum),
        offentlig(kommune),
        reverse("moter:forum_kalender", args=[kommune.slug, forum.slug]),
    ):
        helt, hode = klient.get(adresse), klient.head(adresse)
        assert (hode.status_code, hode.content) == (200, b"")
        assert hode["ETag"] == helt["ETag"]
        assert klient.post(adresse).status_code == 405


def test_a_secret_feed_is_kept_by_nobody_in_between(forum, mote, client):
    svar = client.get(lenke_til(forum=forum))

    assert svar["Cache-Control"] == "private, no-cache"
    assert client.cookies == {}
    igjen = client.get(svar.wsgi_request.path, headers={"If-None-Match": svar["ETag"]})
    assert (igjen["Cache-Control"], igjen["ETag"]) == (
        "private, no-cache",
        svar["ETag"],
    )


def test_other_links_open_no_calendar_and_this_one_opens_no_page(
    kommune, forum, mote, client
):
    nokkel = Kalenderlenke.ny(forum=forum)

    assert client.get(reverse("tilgangslenke", args=[nokkel])).status_code == 404
    assert client.post(reverse("tilgangslenke", args=[nokkel])).status_code == 404
    assert "tilgangslenker" not in client.session


# What it costs ------------------------------------------------------------------------


def sporringer(klient, adresse, **hoder):
    with CaptureQueriesContext(connection) as sett:
        svar = klient.get(adresse, headers=hoder)
    return svar, len(sett)


@pytest.mark.parametrize("antall", [1, 3])
def test_a_feed_costs_the_same_for_one_and_three(
    antall, kommune, nabokommune, medlem, client
):
    fora = [ForumFactory(kommune=k) for k in (kommune, nabokommune, kommune)[:antall]]
    for forum in fora:
        ForumsmedlemFactory(forum=forum, bruker=medlem)
        MoteFactory.create_batch(antall, forum=forum)

    svar, kostet = sporringer(client, lenke_til(bruker=medlem))
    assert (len(les(svar)), kostet) == (antall**2, 5)
    svar, kostet = sporringer(client, lenke_til(forum=fora[0]))
    assert (len(les(svar)), kostet) == (antall, 3)
    _svar, kostet = sporringer(client, offentlig(kommune))
    assert kostet == 4


def test_a_feed_that_did_not_change_costs_next_to_nothing(
    kommune, forum, mote, medlem, client, monkeypatch
):
    for adresse, ventet in (
        (lenke_til(bruker=medlem), 2),
        (lenke_til(forum=forum), 1),
        (offentlig(kommune), 1),
    ):
        merke = client.get(adresse)["ETag"]
        with monkeypatch.context() as m:
            m.setattr("moter.kalender.views.feed", None)  # is not made
            svar, kostet = sporringer(client, adresse, **{"If-None-Match": merke})
        assert (svar.status_code, kostet) == (304, ventet)


def test_a_role_in_the_kommune_alone_opens_no_forum(kommune, lukket, client):
    for rolle in (Tilgang.Rolle.ANSATT, Tilgang.Rolle.POLITIRAD):
        bruker = TilgangFactory(kommune=kommune, rolle=rolle).bruker
        assert titler(client.get(lenke_til(bruker=bruker))) == []


def test_the_days_of_a_meeting_are_those_of_the_forum_alone(forum, client):
    """Nothing but the meeting: no purpose, no member, no other text."""
    forum.formal, forum.rytme = "<p>Hemmelig formål</p>", "hver måned"
    forum.save()
    ForumsmedlemFactory(forum=forum, funksjon="Rektor", person="Per Prøve")
    MoteFactory(forum=forum, start=datetime.combine(date.today() + timedelta(9), datetime.min.time(), OSLO))  # noqa: DTZ011  # fmt: skip

    svar = client.get(lenke_til(forum=forum))

    assert titler(svar) == ["Politirådet"]
    [rad] = les(svar).values()
    assert rad["tekst"] == f"Om forumet: {forumets_side(forum)}"
    for ord_ in ("Hemmelig", "hver måned", "Rektor", "Per", "ATTENDEE"):
        assert ord_ not in svar.text
