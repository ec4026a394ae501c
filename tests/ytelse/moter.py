"""Calendar feeds against icalendar alone and a bare view; and many kommuner against one."""

import statistics
import time
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path, reverse
from django.utils import timezone
from icalendar import Calendar, Event

from moter.kalender.ical import OSLO
from moter.models import Forum, Kalenderlenke, Mote
from slt.models import Kommune
from tests.factories import (
    BrukerFactory,
    ForumFactory,
    ForumsmedlemFactory,
    HandlingsplanFactory,
    KommuneFactory,
    TilgangFactory,
)
from tests.ytelse._maling import Rad, i_tur, paa

MOTER_I_FEED = 500
KOMMUNER = 200
FORA_I_KOMMUNEN = 15
MOTER_I_FORUMET = 50  # ten a year, for five years
# What costs the same however many kommuner there are, by what it is about: the calendars
# and, below, the pages; one more is a line more.
FEEDER = {
    "feed of a kommune": lambda forum: reverse(
        "moter:kalender", args=[forum.kommune.slug]
    ),
    "feed of a forum": lambda forum: reverse(
        "moter:forum_kalender", args=[forum.kommune.slug, forum.slug]
    ),
    "secret feed of a forum": lambda forum: reverse(
        "kalenderlenke", args=[Kalenderlenke.ny(forum=forum)]
    ),
    "secret feed of a person": lambda forum: reverse(
        "kalenderlenke",
        args=[
            Kalenderlenke.ny(
                bruker=ForumsmedlemFactory(forum=forum, bruker=BrukerFactory()).bruker
            )
        ],
    ),
}
SIDER = {
    "list of fora": lambda forum: reverse(
        "moter:forum_list", args=[forum.kommune.slug]
    ),
    "page of a forum": lambda forum: forum.get_absolute_url(),
    # Where the address of the kommune leads.
    "front page of a plan": lambda forum: forum.kommune.planer.get().get_absolute_url(),
    "plan of meetings": lambda forum: reverse(
        "moter:moteplan", args=[forum.kommune.slug]
    ),
}
BAK_INNLOGGING = {"plan of meetings"}
GANGER = 100


@login_not_required
def bar(_request):
    """What the middleware costs."""
    return HttpResponse(b"")


urlpatterns = [path("_bar/", bar), path("", include("slt.urls"))]


# One feed -----------------------------------------------------------------------------


def _kommune_med_moter(antall):
    forum = ForumFactory(navn="Politirådet", kommune=KommuneFactory())
    start = timezone.now().replace(microsecond=0)
    _legg_inn(
        Mote(
            forum=forum,
            start=start + timedelta(days=nr),
            slutt=start + timedelta(days=nr, hours=1),
            sted="Rådhuset, møterom Nitelva",
            motelenke="https://mote.example.org/j/123456",
        )
        for nr in range(antall)
    )
    return forum


def _legg_inn(moter):
    # No history: only a bench may pass it by.
    QuerySet(Mote).bulk_create(moter, batch_size=2000)


def _icalendar_alene(rader):
    """The same events by the library, from values at hand."""
    kalender = Calendar()
    kalender.add("prodid", "-//bench//NO")
    kalender.add("version", "2.0")
    for rad in rader:
        hendelse = Event()
        for navn, verdi in rad.items():
            hendelse.add(navn, verdi)
        kalender.add_component(hendelse)
    kalender.add_missing_timezones(timezone.localdate(), rader[-1]["dtend"].date())
    return kalender.to_ical()


def bench_feed_forste_gang():
    """A feed that nobody asked for before, by its address, against icalendar alone."""
    forum = _kommune_med_moter(MOTER_I_FEED)
    adresse = FEEDER["secret feed of a forum"](forum)
    klient = Client(SERVER_NAME="localhost")
    rader = [
        {
            "uid": f"{mote.uid}@slt",
            "sequence": mote.sekvens,
            "dtstamp": mote.endret,
            "last-modified": mote.endret,
            "dtstart": mote.start.astimezone(OSLO),
            "dtend": mote.slutt.astimezone(OSLO),
            "status": "CONFIRMED",
            "summary": forum.navn,
            "location": mote.sted,
            "url": mote.motelenke,
        }
        for mote in forum.moter.all()
    ]
    svar = klient.get(adresse, secure=True)
    assert svar.content.count(b"BEGIN:VEVENT") == MOTER_I_FEED
    hele, alene = i_tur(
        lambda: klient.get(adresse, secure=True), lambda: _icalendar_alene(rader)
    )
    yield Rad(
        f"feed of {MOTER_I_FEED} meetings / icalendar alone", hele / alene, hoyst=3
    )
    yield Rad("  the feed", hele * 1000, "ms")


def bench_feed_uendret():
    """A feed that did not change (304) against a view that does nothing."""
    forum = _kommune_med_moter(MOTER_I_FEED)
    klient = Client(SERVER_NAME="localhost")
    with override_settings(ROOT_URLCONF=__name__):
        for navn, adresse_til in FEEDER.items():
            adresse = adresse_til(forum)
            merke = {"If-None-Match": klient.get(adresse, secure=True)["ETag"]}
            svar = klient.get(adresse, headers=merke, secure=True)
            assert svar.status_code == 304
            uendret, ingenting = i_tur(
                lambda a=adresse, m=merke: klient.get(a, headers=m, secure=True),
                lambda: klient.get("/_bar/", secure=True),
                ganger=400,
            )
            yield Rad(
                f"{navn}, unchanged (304) / bare view",
                uendret / ingenting,
                # A kept page asks plain SQL once; a link, whether it holds and for whom.
                hoyst=10 if navn.startswith("secret") else 2,
            )
            yield Rad("  unchanged", uendret * 1000, "ms")


# Many kommuner ------------------------------------------------------------------------


@paa("postgresql")
def bench_mange_kommuner():
    """Each address in a database of one kommune, and in one of all of them."""
    forum = _kommune_med_fora(0)
    adresser = {navn: til(forum) for navn, til in (FEEDER | SIDER).items()}
    koordinator = TilgangFactory(kommune=forum.kommune).bruker
    brukere = dict.fromkeys(BAK_INNLOGGING, koordinator)
    liten = {navn: _kost(a, brukere.get(navn)) for navn, a in adresser.items()}
    for nr in range(1, KOMMUNER):
        _kommune_med_fora(nr)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    yield Rad("meetings in the large database", Mote.objects.count(), "", minst=140_000)
    for navn, adresse in adresser.items():
        sporringer, p95 = _kost(adresse, brukere.get(navn))
        for_sporringer, for_p95 = liten[navn]
        yield Rad(f"{navn}: queries more", sporringer - for_sporringer, "", hoyst=0)
        yield Rad(
            f"{navn}: p95, {KOMMUNER} kommuner / one",
            p95 / for_p95,
            hoyst=1.5,
        )
        yield Rad("  p95", p95 * 1000, "ms")


def _kommune_med_fora(nr):
    """Returns the first of the fora of a kommune with five years of meetings, one of
    which is ahead."""
    kommune = Kommune(nummer=f"{nr:04}", navn=f"Kommune {nr}", slug=f"kommune-{nr}")
    kommune.save()
    HandlingsplanFactory(kommune=kommune)
    fora = QuerySet(Forum).bulk_create(
        Forum(
            kommune=kommune,
            navn=f"Forum {i}",
            slug=f"forum-{i}",
            rekkefolge=i + 1,
            type=Forum.Type.OMRADEMOTE,
            niva=Forum.Niva.UTFORENDE,
        )
        for i in range(FORA_I_KOMMUNEN)
    )
    start = timezone.now().replace(microsecond=0) - timedelta(days=4 * 365)
    mellom = timedelta(days=5 * 365) / MOTER_I_FORUMET
    _legg_inn(
        Mote(
            forum=forum,
            start=start + i * mellom + timedelta(minutes=nr),
            slutt=start + i * mellom + timedelta(minutes=nr + 60),
            sted="Rådhuset",
        )
        for forum in fora
        for i in range(MOTER_I_FORUMET)
    )
    return fora[0]


def _kost(adresse, bruker=None):
    """(queries, p95 in seconds) of the address when nothing of it is kept, for a user or
    the public."""
    klient = Client(SERVER_NAME="localhost")
    if bruker:
        klient.force_login(bruker)

    def hent():
        cache.clear()
        svar = klient.get(adresse, secure=True)
        assert svar.status_code == 200

    hent()
    with CaptureQueriesContext(connection) as sporringer:
        hent()
    tider = []
    for _ in range(GANGER):
        start = time.perf_counter()
        hent()
        tider.append(time.perf_counter() - start)
    return len(sporringer), statistics.quantiles(tider, n=20)[-1]
