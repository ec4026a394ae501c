"""The coordinator's pages: the plan of meetings, the planner, the school holidays.

Today is Monday 4 January 2027; 29 March is andre påskedag.
"""

import re
from datetime import date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moter.models import Forumsmedlem, Mote, Motefri, Moteserie
from moter.moteplan.hinder import hinder
from moter.moteplan.serier import fyll, legg_om
from tests.factories import (
    BrukerFactory,
    ForumFactory,
    ForumskommuneFactory,
    ForumsmedlemFactory,
    MoteFactory,
    MotefriFactory,
    MoteserieFactory,
    TjenesteFactory,
)
from tiltak.models import Tjeneste

OSLO = ZoneInfo("Europe/Oslo")
I_DAG = date(2027, 1, 4)
PASKE = date(2027, 3, 29)
PLANEN = "/lillestrom/moteplan/"
PLANLEGGER = f"{PLANEN}planlegger/"
FRI = f"{PLANEN}motefri/"
PERSONNUMMER = "01010050053"


@pytest.fixture(autouse=True)
def _i_dag(monkeypatch):
    na = datetime.combine(I_DAG, time(9), OSLO)
    monkeypatch.setattr(timezone, "now", lambda: na)


def mote(forum, dag, fra=9, til=10, **felter):
    return MoteFactory(
        forum=forum,
        start=datetime.combine(dag, time(fra), OSLO),
        slutt=datetime.combine(dag, time(til), OSLO),
        **felter,
    )


def tekst(svar):
    """What stands on the page, in one line."""
    uten_koder = re.sub(r"<[^>]+>", " ", svar.content.decode())
    return re.sub(r"\s+", " ", uten_koder)


@pytest.fixture
def forum(kommune):
    return ForumFactory(kommune=kommune, navn="Nord")


@pytest.fixture
def paskemote(forum):
    """A meeting of a series on a red day."""
    serie = MoteserieFactory(forum=forum, ukedag=0, fra=PASKE)
    return mote(forum, PASKE, serie=serie, opprinnelig_dato=PASKE, sted="Rådhuset")


def med_felles(*fora):
    har = Tjeneste.objects.filter(kommune=fora[0].kommune, navn="OUT").first()
    tjeneste = har or TjenesteFactory(kommune=fora[0].kommune, navn="OUT")
    for f in fora:
        ForumsmedlemFactory(
            forum=f, funksjon="", tjeneste=tjeneste, fra=date(2026, 1, 1)
        )


# The plan -----------------------------------------------------------------------------


def test_each_meeting_stands_under_its_month_with_day_time_place_and_state(
    koordinator, forum
):
    mote(forum, date(2027, 2, 2), sted="Rådhuset")
    mote(forum, date(2027, 3, 2), status=Mote.Status.AVLYST)
    mote(forum, date(2027, 1, 3))
    mote(forum, date(2028, 1, 5))

    svar = koordinator.get(PLANEN)

    assert [
        (maned, [r.mote.dag for r in rader]) for maned, rader in svar.context["maneder"]
    ] == [
        (date(2027, 2, 1), [date(2027, 2, 2)]),
        (date(2027, 3, 1), [date(2027, 3, 2)]),
    ]
    assert "Tirsdag 2. februar kl. 09.00–10.00 Nord Planlagt. Rådhuset" in tekst(svar)
    assert "Tirsdag 2. mars kl. 09.00–10.00 Nord Avlyst" in tekst(svar)
    assert 'href="#m2027-02"' in svar.content.decode()


def test_a_red_day_is_said_and_other_days_are_suggested(koordinator, paskemote):
    svar = koordinator.get(PLANEN)

    assert "Dagen passer ikke: andre påskedag" in tekst(svar)
    knapper = re.findall(r'name="dag" value="([^"]+)"', svar.content.decode())
    # A week earlier is the week before Easter, and no red day.
    assert knapper == ["2027-04-05", "2027-03-22", "2027-03-30"]
    assert "Nord, mandag 29. mars : andre påskedag" in tekst(svar)


def test_nothing_is_suggested_for_what_was_decided_or_cancelled(koordinator, forum):
    mote(forum, PASKE, fastsatt=True)
    mote(forum, PASKE, fra=12, til=13, status=Mote.Status.AVLYST)

    svar = koordinator.get(PLANEN)

    assert 'name="dag"' not in svar.content.decode()
    assert tekst(svar).count("andre påskedag") == 1
    assert "bestemt for hånd" in tekst(svar)
    assert "Ingen møter kolliderer" in tekst(svar)


def test_a_clash_says_with_whom_in_functions_not_names(koordinator, kommune, forum):
    annet = ForumFactory(kommune=kommune, navn="Sør")
    med_felles(forum, annet)
    Forumsmedlem.objects.get(forum=forum).delete()
    ForumsmedlemFactory(
        forum=forum,
        funksjon="",
        tjeneste=annet.medlemmer.get().tjeneste,
        person="Kari Nordmann",
        bruker=BrukerFactory(navn="Kari Nordmann"),
        fra=date(2026, 1, 1),
    )
    mote(forum, date(2027, 2, 2))
    mote(annet, date(2027, 2, 2))

    svar = koordinator.get(PLANEN)

    assert "Samtidig med Sør: OUT" in tekst(svar)
    assert "Samtidig med Nord: OUT" in tekst(svar)
    assert "Kari" not in tekst(svar)
    # Above them all, the pair is one line.
    assert "Nord, tirsdag 2. februar : samtidig med Sør (OUT)" in tekst(svar)
    assert "samtidig med Nord (" not in tekst(svar)


def test_each_forum_has_its_series_and_how_many_meetings_are_planned(
    koordinator, kommune, forum
):
    MoteserieFactory(forum=forum, antall=6)
    MoteserieFactory(forum=forum, fra=date(2026, 1, 1), til=date(2026, 12, 31))
    for dag in (date(2027, 2, 2), date(2027, 3, 2)):
        mote(forum, dag)
    mote(forum, date(2027, 4, 6), status=Mote.Status.AVLYST)
    ForumFactory(kommune=kommune, navn="Nedlagt", nedlagt=date(2026, 1, 1))

    svar = koordinator.get(PLANEN)

    assert [(f.navn, f.antall) for f in svar.context["fora"]] == [("Nord", 2)]
    assert "tirsdag hver 6. uke kl. 09.00–10.30 Endre" in tekst(svar)
    assert "2 møter Ny serie" in tekst(svar)


def test_a_neighbours_forum_is_seen_but_not_decided_about(
    koordinator, kommune, nabokommune
):
    deres = ForumFactory(kommune=nabokommune, navn="Felles", offentlig=False)
    ForumskommuneFactory(forum=deres, kommune=kommune)
    paske = mote(deres, PASKE)
    skjult = ForumFactory(kommune=nabokommune, navn="Skjult")
    mote(skjult, PASKE)

    svar = koordinator.get(PLANEN)
    flyttet = koordinator.post(
        f"{PLANEN}moter/{paske.pk}/flytt/", {"dag": "2027-04-05"}
    )

    assert "Holdes av Lørenskog" in tekst(svar)
    assert "Skjult" not in tekst(svar)
    assert 'name="dag"' not in svar.content.decode()
    assert flyttet.status_code == 404
    paske.refresh_from_db()
    assert paske.dag == PASKE


@pytest.mark.parametrize("antall", [1, 3])
def test_the_plan_asks_as_much_whatever_there_is(
    koordinator, kommune, django_assert_num_queries, antall
):
    fora = [ForumFactory(kommune=kommune) for _nr in range(antall)]
    med_felles(*fora)
    for f in fora:
        serie = MoteserieFactory(forum=f)
        mote(f, PASKE, serie=serie, opprinnelig_dato=PASKE)
        mote(f, PASKE, fra=12, til=13)
        MotefriFactory(kommune=kommune)

    with django_assert_num_queries(13):
        svar = koordinator.get(PLANEN)

    assert svar.status_code == 200


# Deciding about a meeting -------------------------------------------------------------


def test_a_suggestion_moves_the_meeting_and_says_so(koordinator, paskemote):
    svar = koordinator.post(
        f"{PLANEN}moter/{paskemote.pk}/flytt/", {"dag": "2027-04-05"}, follow=True
    )

    paskemote.refresh_from_db()
    assert timezone.localtime(paskemote.start) == datetime(2027, 4, 5, 9, tzinfo=OSLO)
    assert timezone.localtime(paskemote.slutt) == datetime(2027, 4, 5, 10, tzinfo=OSLO)
    assert (paskemote.fastsatt, paskemote.opprinnelig_dato) == (True, PASKE)
    assert paskemote.sekvens == 1
    # At the top, where what happened is said.
    assert svar.redirect_chain == [(PLANEN, 302)]
    assert "Nord er flyttet til mandag 5. april." in tekst(svar)
    assert "flyttet fra mandag 29. mars" in tekst(svar)


@pytest.mark.parametrize(
    "dag", ["2027-03-25", "2027-06-01", "2027-04-31", "i morgen", "", "2026-12-01"]
)
def test_a_day_that_is_not_suggested_moves_nothing(koordinator, paskemote, dag):
    svar = koordinator.post(
        f"{PLANEN}moter/{paskemote.pk}/flytt/", {"dag": dag}, follow=True
    )

    paskemote.refresh_from_db()
    assert (paskemote.dag, paskemote.fastsatt) == (PASKE, False)
    assert "Møtet er ikke flyttet" in tekst(svar)


def test_no_day_is_suggested_on_which_the_forum_is_laid_down(koordinator, paskemote):
    paskemote.forum.nedlagt = date(2027, 4, 1)
    paskemote.forum.save()

    svar = koordinator.get(PLANEN)

    knapper = re.findall(r'name="dag" value="([^"]+)"', svar.content.decode())
    assert knapper != []
    assert [dag for dag in knapper if dag > "2027-04-01"] == []
    koordinator.post(f"{PLANEN}moter/{paskemote.pk}/flytt/", {"dag": "2027-04-05"})
    paskemote.refresh_from_db()
    assert paskemote.dag == PASKE


def test_a_day_that_was_taken_meanwhile_is_not_suggested_any_longer(
    koordinator, kommune, forum, paskemote
):
    annet = ForumFactory(kommune=kommune)
    med_felles(forum, annet)
    mote(annet, date(2027, 4, 5))

    koordinator.post(f"{PLANEN}moter/{paskemote.pk}/flytt/", {"dag": "2027-04-05"})

    paskemote.refresh_from_db()
    assert paskemote.dag == PASKE


def test_to_keep_it_decides_and_ends_the_suggestions(koordinator, paskemote):
    svar = koordinator.post(f"{PLANEN}moter/{paskemote.pk}/behold/", follow=True)

    paskemote.refresh_from_db()
    assert (paskemote.dag, paskemote.fastsatt, paskemote.sekvens) == (PASKE, True, 0)
    assert "Nord holdes mandag 29. mars." in tekst(svar)
    assert svar.redirect_chain == [(PLANEN, 302)]
    assert 'name="dag"' not in svar.content.decode()


@pytest.mark.parametrize("hva", ["flytt", "behold"])
def test_others_decide_nothing(nabo, client, koordinator, paskemote, hva):
    adresse = f"{PLANEN}moter/{paskemote.pk}/{hva}/"
    i_egen = adresse.replace("lillestrom", "lorenskog")

    svar = [
        nabo.post(adresse, {"dag": "2027-04-05"}).status_code,
        nabo.post(i_egen, {"dag": "2027-04-05"}).status_code,
        client.post(adresse, {"dag": "2027-04-05"}).status_code,
        koordinator.get(adresse).status_code,
    ]

    assert svar == [404, 404, 302, 405]
    paskemote.refresh_from_db()
    assert (paskemote.dag, paskemote.fastsatt) == (PASKE, False)


@pytest.mark.parametrize(
    "felter", [{"status": Mote.Status.AVLYST}, {"dag": date(2027, 1, 3)}]
)
def test_what_is_cancelled_or_over_is_not_decided_about(koordinator, forum, felter):
    gjort = mote(forum, felter.pop("dag", PASKE), **felter)

    svar = koordinator.post(f"{PLANEN}moter/{gjort.pk}/behold/")

    assert svar.status_code == 404


# Moving several at once ---------------------------------------------------------------

FLYTT = f"{PLANEN}moter/flytt/"


@pytest.fixture
def tre_i_paska(kommune, forum):
    """Three meetings on the same red day, at different hours: two share members."""
    fora = [ForumFactory(kommune=kommune, navn=navn) for navn in ("Sør", "Vest")]
    med_felles(forum, fora[0])
    return [
        mote(f, PASKE, fra=9 + nr, til=10 + nr) for nr, f in enumerate([forum, *fora])
    ]


def tilbudt(svar):
    """{id of a meeting: the days that are offered for it}."""
    return {r.mote.pk: r.forslag for r in svar.context["uavklarte"]}


def test_those_who_share_members_are_offered_different_days(koordinator, tre_i_paska):
    nord, sor, vest = (
        tilbudt(koordinator.get(PLANEN))[mote.pk] for mote in tre_i_paska
    )

    assert nord == [date(2027, 4, 5), date(2027, 3, 22), date(2027, 3, 30)]
    assert not set(nord) & set(sor)
    assert len(sor) == 3
    assert vest == nord


def valg(svar):
    """What the form for several would send as it was shown."""
    skjema = svar.context["flere"]
    return {felt.html_name: felt.initial for felt in skjema}


def test_several_are_moved_at_once(koordinator, tre_i_paska):
    side = koordinator.get(PLANEN)
    assert "Nord, mandag 29. mars: andre påskedag" in tekst(side)

    svar = koordinator.post(FLYTT, valg(side), follow=True)

    assert [(m.dag, m.fastsatt) for m in Mote.objects.order_by("pk")] == [
        (tilbudt(side)[m.pk][0], True) for m in tre_i_paska
    ]
    assert svar.redirect_chain == [(PLANEN, 302)]
    assert "3 møter er flyttet." in tekst(svar)
    assert svar.context["uavklarte"] == []


def test_of_two_that_are_sent_to_the_same_hour_one_is_moved(
    koordinator, kommune, forum
):
    annet = ForumFactory(kommune=kommune, navn="Sør")
    med_felles(forum, annet)
    moter = [mote(f, PASKE) for f in (forum, annet)]

    svar = koordinator.post(
        FLYTT, {f"mote-{m.pk}": "2027-04-05" for m in moter}, follow=True
    )

    assert [m.dag for m in Mote.objects.order_by("pk")] == [date(2027, 4, 5), PASKE]
    assert "1 møte er flyttet." in tekst(svar)
    assert "1 møte er ikke flyttet: dagen er ikke lenger ledig." in tekst(svar)


def test_of_a_clash_nothing_is_chosen_beforehand(koordinator, kommune, forum):
    annet = ForumFactory(kommune=kommune, navn="Sør")
    med_felles(forum, annet)
    for f in (forum, annet):
        mote(f, date(2027, 2, 2))

    side = koordinator.get(PLANEN)
    svar = koordinator.post(FLYTT, valg(side), follow=True)

    assert set(valg(side).values()) == {""}
    assert "Nord, tirsdag 2. februar: samtidig med Sør" in tekst(side)
    assert "Ingen møter er flyttet: du valgte ingen dager." in tekst(svar)


@pytest.mark.parametrize(
    "felt",
    [
        {"mote-{pk}": "2027-04-31"},
        {"mote-{pk}": "2027-03-25"},
        {"mote-{pk}": "2027-06-01"},
        {"mote-٣": "2027-04-05"},
        {"mote-" + "9" * 30: "2027-04-05"},
        {"mote-": "2027-04-05"},
        {},
    ],
)
def test_what_can_not_be_read_or_is_no_good_moves_nothing(koordinator, paskemote, felt):
    data = {navn.format(pk=paskemote.pk): dag for navn, dag in felt.items()}

    svar = koordinator.post(FLYTT, data, follow=True)

    paskemote.refresh_from_db()
    assert (paskemote.dag, paskemote.fastsatt) == (PASKE, False)
    assert "flyttet:" in tekst(svar)


def test_others_move_none_of_them(nabo, client, koordinator, paskemote):
    data = {f"mote-{paskemote.pk}": "2027-04-05"}

    svar = [
        nabo.post(FLYTT, data).status_code,
        nabo.post(FLYTT.replace("lillestrom", "lorenskog"), data).status_code,
        client.post(FLYTT, data).status_code,
        koordinator.get(FLYTT).status_code,
    ]

    assert svar == [404, 302, 302, 405]
    paskemote.refresh_from_db()
    assert paskemote.dag == PASKE


def test_moving_several_asks_first_and_writes_then(koordinator, tre_i_paska):
    """What is loaded is loaded once, whatever is moved."""
    data = valg(koordinator.get(PLANEN))

    with CaptureQueriesContext(connection) as sporringer:
        koordinator.post(FLYTT, data)

    moter = [s for s in sporringer if '"moter_mote"."start" >=' in s["sql"]]
    assert len(moter) == 1


# The planner --------------------------------------------------------------------------

GODT = {
    "uker": "6",
    "fra": "2027-01-04",
    "til": "2027-12-17",
    "ukedager": ["0"],
    "tider": "08.30, 12",
    "varighet": "90",
    "sted": "Rådhuset",
}


@pytest.fixture
def omrader(kommune):
    """Six områdemøter with a member in common."""
    fora = [
        ForumFactory(kommune=kommune, type="omrademote", navn=f"Område {nr}")
        for nr in range(6)
    ]
    med_felles(*fora)
    return fora


def sporsmal(fora, **endret):
    return GODT | {"fora": [str(f.pk) for f in fora]} | endret


def legg_inn(klient, fora, **endret):
    """Asks for a proposal and puts it in as it was shown."""
    data = sporsmal(fora, **endret)
    svar = klient.post(PLANLEGGER, data)
    sett = svar.context["forslag"].merke
    return klient.post(PLANLEGGER, data | {"handling": "legg_inn", "sett": sett})


def test_neighbours_of_shared_fora_wait_while_meetings_are_put_in(
    koordinator, omrader, nabokommune
):
    ForumskommuneFactory(forum=omrader[0], kommune=nabokommune)

    with CaptureQueriesContext(connection) as sporringer:
        legg_inn(koordinator, omrader[:1])

    pker = ", ".join(map(str, sorted([omrader[0].kommune_id, nabokommune.pk])))
    las = [s["sql"] for s in sporringer if f"IN ({pker}) ORDER BY 1 ASC" in s["sql"]]
    forslaget = [s["sql"] for s in sporringer if '"moter_mote"."start" >=' in s["sql"]]
    alle = [s["sql"] for s in sporringer]
    assert alle.index(las[0]) < alle.index(forslaget[0])


def test_the_area_meetings_without_a_series_are_chosen_beforehand(
    koordinator, kommune, omrader, forum
):
    MoteserieFactory(forum=omrader[0])
    MoteserieFactory(forum=omrader[1], fra=date(2026, 1, 1), til=date(2026, 12, 1))

    skjema = koordinator.get(PLANLEGGER).context["skjema"]

    assert skjema["fora"].value() == [f.pk for f in omrader[1:]]
    assert skjema["fra"].value() == date(2027, 1, 11)


def test_a_proposal_changes_nothing(koordinator, omrader):
    svar = koordinator.post(PLANLEGGER, sporsmal(omrader))

    assert svar.status_code == 200
    assert len(svar.context["forslag"].fora) == 6
    # That of today began half an hour ago.
    assert "mandag kl. 08.30–10.00, første gang 11. januar 2027" in tekst(svar)
    # All Mondays near Easter are taken at that hour by those who share members with it.
    assert (
        "29. mars 2027 Andre påskedag: flyttes til mandag 5. april kl. 12.00"
        in tekst(svar)
    )
    # The days that are all right are counted, not listed.
    hindret = [h for f in svar.context["forslag"].fora for h in f.hindret]
    antall_rader = len(hindret) + len(svar.context["forslag"].uker)
    assert svar.text.count('<th scope="row">') == antall_rader
    assert (Moteserie.objects.count(), Mote.objects.count()) == (0, 0)


def test_what_was_seen_is_put_in_as_series_and_meetings(koordinator, omrader):
    svar = legg_inn(koordinator, omrader)

    assert (svar.status_code, svar["Location"]) == (302, PLANEN)
    serier = Moteserie.objects.all()
    assert [
        (s.antall, s.ukedag, s.start_kl, s.slutt_kl, s.til, s.sted) for s in serier
    ] == 6 * [(6, 0, time(8, 30), time(10), date(2027, 12, 17), "Rådhuset")]
    assert sorted(s.fra for s in serier) == [
        I_DAG + timedelta(weeks=nr) for nr in range(1, 7)
    ]
    plan = koordinator.get(PLANEN)
    assert plan.context["uavklarte"] == []
    assert {m.dag for m in Mote.objects.all()}.isdisjoint(
        hinder(omrader[0].kommune, I_DAG, date(2027, 12, 31))
    )


def test_what_would_be_on_a_red_day_is_put_in_on_another(koordinator, omrader):
    """It was decided, and stays where it is."""
    forste = {f"forum-{omrader[0].pk}-forste": "2027-02-15"}

    side = koordinator.post(PLANLEGGER, sporsmal(omrader[:1], **forste))
    legg_inn(koordinator, omrader[:1], **forste)

    assert (
        "29. mars 2027 Andre påskedag: flyttes til mandag 5. april kl. 08.30"
        in tekst(side)
    )
    serie, flyttet = Moteserie.objects.get(), Mote.objects.get(opprinnelig_dato=PASKE)
    assert (flyttet.serie, flyttet.dag, flyttet.fastsatt, flyttet.sted) == (
        serie,
        date(2027, 4, 5),
        True,
        "Rådhuset",
    )
    assert fyll(serie=serie) == []
    assert legg_om(serie=serie).er_tom


HELE_ARET = {"fra": "2027-01-04", "til": "2027-12-31", "ukedager": ["1", "2", "3"]}


@pytest.mark.parametrize("uker", ["1", "2", "6"])
def test_as_many_are_put_in_as_were_proposed(koordinator, omrader, kommune, uker):
    """Over a year with Easter, summer, Christmas and holidays, none on a day that is no
    good or was not ticked."""
    MotefriFactory(
        kommune=kommune, navn="høstferie", fra=date(2027, 10, 4), til=date(2027, 10, 8)
    )
    data = sporsmal(omrader, **HELE_ARET, uker=uker)
    forslag = koordinator.post(PLANLEGGER, data).context["forslag"]

    svar = legg_inn(koordinator, omrader, **HELE_ARET, uker=uker)

    holdes = Mote.objects.holdes()
    dager = sorted((m.forum.pk, m.dag) for m in holdes.select_related("forum"))
    foreslatt = sorted((f.forum.pk, dag) for f in forslag.fora for dag in f.dager)
    assert dager == foreslatt
    assert forslag.antall_senere == 0
    kvittering = str(next(iter(get_messages(svar.wsgi_request))))
    assert kvittering == f"Lagt inn: {len(dager)} møter i 6 fora."
    i_veien = hinder(kommune, I_DAG, date(2027, 12, 31))
    assert [dag for _forum, dag in dager if dag in i_veien] == []
    assert {dag.weekday() for _forum, dag in dager} == {1, 2, 3}
    assert not [dag for _f, dag in dager if dag.month == 7]
    assert not [dag for _f, dag in dager if date(2027, 12, 24) <= dag]
    # Nor does the night's work put in what fell away.
    call_command("planlegg_moter", stdout=StringIO())
    assert holdes.count() == len(dager)


def test_what_is_beyond_the_horizon_is_said(koordinator, omrader):
    """A year from today is 9 January 2028, out the week."""
    lenge = {"uker": "6", "ukedager": ["1"], "til": "2028-03-01"}
    data = sporsmal(omrader[:1], **lenge)

    side = koordinator.post(PLANLEGGER, data)
    svar = legg_inn(koordinator, omrader[:1], **lenge)

    forslag = side.context["forslag"]
    antall = Mote.objects.count()
    assert (antall, antall + forslag.antall_senere) == (
        forslag.antall_na,
        len(forslag.fora[0].dager),
    )
    assert forslag.fora[0].senere == [date(2028, 1, 18), date(2028, 2, 29)]
    etter = "18. januar 2028, 29. februar 2028"
    assert "2 møter er etter 9. januar 2028, og legges inn etter hvert:" in tekst(side)
    assert f"Område 0: {etter}" in tekst(side)
    kvittering = str(next(iter(get_messages(svar.wsgi_request))))
    assert kvittering == (
        f"Lagt inn: {antall} møter i 1 forum. Møtene etter 9. januar 2028 legges inn "
        f"etter hvert: Område 0 {etter}."
    )


def test_a_series_says_on_which_of_its_days_there_is_no_meeting(koordinator, omrader):
    legg_inn(koordinator, omrader[:1], uker="1", fra="2027-06-01", til="2027-08-31")

    serie = Moteserie.objects.get()

    assert serie.dager_uten_mote == [date(2027, 7, dag) for dag in (5, 12, 19, 26)]
    side = koordinator.get(f"{PLANEN}serier/{serie.pk}/")
    assert "slik planleggeren foreslo: 5. juli 2027, 12. juli 2027" in tekst(side)


def test_putting_in_twice_puts_in_once(koordinator, omrader):
    data = sporsmal(omrader)
    sett = koordinator.post(PLANLEGGER, data).context["forslag"].merke
    data |= {"handling": "legg_inn", "sett": sett}

    koder = [koordinator.post(PLANLEGGER, data).status_code for _nr in range(2)]

    assert koder == [302, 409]
    assert Moteserie.objects.count() == 6


def test_what_was_taken_meanwhile_is_proposed_anew_and_nothing_put_in(
    koordinator, omrader, kommune
):
    data = sporsmal(omrader)
    sett = koordinator.post(PLANLEGGER, data).context["forslag"].merke
    nytt = ForumFactory(kommune=kommune)
    med_felles(omrader[0], nytt)
    i_veien = mote(nytt, I_DAG + timedelta(weeks=1), 8, 10)

    svar = koordinator.post(PLANLEGGER, data | {"handling": "legg_inn", "sett": sett})

    assert svar.status_code == 409
    assert "noe er endret siden forslaget ble laget" in tekst(svar)
    assert svar.context["skjema"]["tider"].value() == "08.30, 12"
    assert Moteserie.objects.count() == 0
    assert list(Mote.objects.all()) == [i_veien]


def test_a_proposal_that_was_never_seen_is_not_put_in(koordinator, omrader):
    svar = koordinator.post(PLANLEGGER, sporsmal(omrader, handling="legg_inn"))

    assert svar.status_code == 409
    assert Moteserie.objects.count() == 0


def test_a_forum_can_be_given_day_hour_and_first_date(koordinator, omrader):
    pk = omrader[0].pk
    endret = {
        f"forum-{pk}-ukedag": "3",
        f"forum-{pk}-tid": "13.15",
        f"forum-{pk}-forste": "2027-01-21",
    }

    legg_inn(koordinator, omrader, **endret)

    serie = Moteserie.objects.get(forum=pk)
    assert (serie.ukedag, serie.start_kl, serie.fra) == (
        3,
        time(13, 15),
        date(2027, 1, 21),
    )


def test_who_found_no_room_is_said_and_the_rest_can_be_put_in(koordinator, omrader):
    smalt = {"uker": "1", "tider": "9"}

    svar = koordinator.post(PLANLEGGER, sporsmal(omrader[:2], **smalt))
    legg_inn(koordinator, omrader[:2], **smalt)

    assert "Område 1: De ledige tidene er tatt av: Område 0." in tekst(svar)
    assert [s.forum for s in Moteserie.objects.all()] == [omrader[0]]


def test_existing_meetings_in_the_way_are_named(koordinator, omrader, forum):
    med_felles(forum, omrader[0])
    mote(forum, date(2027, 2, 1), 8, 16)

    svar = koordinator.post(
        PLANLEGGER, sporsmal(omrader[:1], uker="1", sted="", tider="9")
    )

    assert "Område 0: Alle tidene er opptatt av møter i: Nord." in tekst(svar)
    assert "Legg inn i kalenderen" not in tekst(svar)


DATOEN = "Datoen er passert."


@pytest.mark.parametrize(
    ("felt", "verdi", "feil"),
    [
        ("fora", [], "Velg minst ett forum."),
        ("fora", ["9" * 30], "ikke en gyldig verdi"),
        ("uker", "0", "større enn eller lik 1"),
        ("uker", "53", "mindre enn eller lik 52"),
        ("uker", "annenhver", "Oppgi et heltall."),
        ("fra", "2027-01-03", DATOEN),
        ("fra", "0001-01-01", DATOEN),
        ("fra", "9999-12-31", "mer enn tre år fram"),
        ("fra", "2027-02-30", "Dette er ikke en dato"),
        ("til", "2027-01-03", "Den siste dagen kan ikke være før den første."),
        ("til", "2030-01-05", "høyst tre år om gangen"),
        ("til", "9999-12-31", "høyst tre år om gangen"),
        ("ukedager", [], "Velg minst én ukedag."),
        ("ukedager", ["7"], "Velg et gyldig valg"),
        ("tider", "", "Feltet er påkrevet."),
        ("tider", ", ,", "Feltet er påkrevet."),
        ("tider", "08.30, lunsj", "«lunsj» er ikke et klokkeslett"),
        ("tider", "24.00", "«24.00» er ikke et klokkeslett"),
        ("tider", "8.60", "«8.60» er ikke et klokkeslett"),
        ("tider", "8.3", "«8.3» er ikke et klokkeslett"),
        ("tider", "٣", "«٣» er ikke et klokkeslett"),
        ("tider", "9\x0010", "ikke et klokkeslett"),
        ("tider", "1 2 3 4 5 6 7 8 9", "høyst 8 klokkeslett"),
        ("tider", "23.00", "over midnatt"),
        ("varighet", "0", "større enn eller lik 1"),
        ("varighet", "721", "høyst 12 timer"),
        ("sted", f"Hos {PERSONNUMMER}", "fødselsnummer"),
        ("sted", "x" * 121, "120 eller færre tegn"),
    ],
)
def test_what_can_not_be_planned_is_said_beside_the_field(
    koordinator, omrader, felt, verdi, feil
):
    data = sporsmal(omrader, handling="legg_inn") | {felt: verdi}

    svar = koordinator.post(PLANLEGGER, data)

    skjema = svar.context["skjema"]
    assert svar.status_code == 422
    assert set(skjema.errors) == {felt}
    assert feil in " ".join(skjema.errors[felt])
    assert f'id="id_{felt}_error"' in svar.content.decode()
    for navn in GODT:
        assert skjema[navn].value() == data[navn]
    assert Moteserie.objects.count() == 0


def test_with_mistakes_there_is_no_proposal_but_what_was_decided_stays(
    koordinator, omrader
):
    onske = {f"forum-{omrader[1].pk}-ukedag": "3"}

    feil = koordinator.post(PLANLEGGER, sporsmal(omrader[:2], uker="0", **onske))
    godt = koordinator.post(PLANLEGGER, sporsmal(omrader[:2], **onske))

    assert 'id="forslag"' not in feil.text
    assert '<option value="3" selected>' in feil.text
    assert f'name="forum-{omrader[1].pk}-ukedag"' in feil.text
    assert f'name="forum-{omrader[0].pk}-ukedag"' not in feil.text
    # One thing has the focus, and the address does not lead past it.
    assert [feil.text.count(" autofocus"), godt.text.count(" autofocus")] == [1, 1]
    assert 'aria-labelledby="forslag" tabindex="-1" autofocus' in godt.text
    assert 'action="#' not in feil.text


def test_a_forum_of_another_kommune_is_no_choice(koordinator, omrader, nabokommune):
    deres = ForumFactory(kommune=nabokommune)

    svar = koordinator.post(PLANLEGGER, sporsmal([*omrader, deres]))

    assert svar.status_code == 422
    assert set(svar.context["skjema"].errors) == {"fora"}
    assert deres.navn not in tekst(svar)


def test_the_hour_that_the_clock_skips_is_no_choice(koordinator, omrader):
    """It is on Sundays that the clock is changed, which one may choose for a forum."""
    pk = omrader[0].pk
    om_natta = {f"forum-{pk}-ukedag": "6", f"forum-{pk}-tid": "02.15"}

    svar = koordinator.post(
        PLANLEGGER, sporsmal(omrader, handling="legg_inn", **om_natta)
    )

    (form,) = svar.context["med_feil"]
    assert svar.status_code == 422
    assert "Klokken stilles den 28. mars 2027" in form.errors["tid"][0]
    assert form["tid"].value() == "02.15"
    assert f'id="id_forum-{pk}-tid_error"' in svar.content.decode()


@pytest.mark.parametrize(
    ("felt", "verdi", "feil"),
    [
        ("ukedag", "7", "Velg et gyldig valg"),
        ("tid", "lunsj", "Skriv et klokkeslett"),
        ("tid", "23.30", "over midnatt"),
        ("forste", "2027-12-18", "utenfor perioden"),
        ("forste", "9999-12-31", "utenfor perioden"),
        ("forste", "snart", "Dette er ikke en dato"),
    ],
)
def test_what_a_forum_can_not_have_is_said_beside_its_field(
    koordinator, omrader, felt, verdi, feil
):
    navn = f"forum-{omrader[0].pk}-{felt}"

    svar = koordinator.post(PLANLEGGER, sporsmal(omrader, **{navn: verdi}))

    (form,) = svar.context["med_feil"]
    assert svar.status_code == 422
    assert set(form.errors) == {felt}
    assert feil in form.errors[felt][0]
    assert form[felt].value() == verdi


def test_a_first_date_on_another_weekday_is_refused(koordinator, omrader):
    pk = omrader[0].pk

    svar = koordinator.post(
        PLANLEGGER,
        sporsmal(
            omrader,
            **{f"forum-{pk}-ukedag": "1", f"forum-{pk}-forste": "2027-01-06"},
        ),
    )

    (form,) = svar.context["med_feil"]
    assert form.errors == {"forste": ["Datoen er ikke på den ukedagen du valgte."]}


def test_others_plan_nothing(nabo, client, omrader):
    data = sporsmal(omrader)

    svar = [
        nabo.get(PLANLEGGER).status_code,
        nabo.post(PLANLEGGER, data).status_code,
        nabo.post(PLANLEGGER.replace("lillestrom", "lorenskog"), data).status_code,
        client.post(PLANLEGGER, data).status_code,
    ]

    assert svar == [404, 404, 422, 302]
    assert Moteserie.objects.count() == 0


@pytest.mark.parametrize("antall", [1, 3])
def test_a_proposal_asks_as_much_whatever_there_is(
    koordinator, omrader, kommune, django_assert_num_queries, antall
):
    for nr in range(antall):
        mote(omrader[nr], date(2027, 2, 2))
        MotefriFactory(kommune=kommune)

    with django_assert_num_queries(22):
        svar = koordinator.post(PLANLEGGER, sporsmal(omrader[:antall]))

    assert svar.status_code == 200


# School holidays ----------------------------------------------------------------------

FERIE = {"navn": "vinterferie", "fra": "2027-02-22", "til": "2027-02-26"}


def test_a_holiday_is_added_changed_and_removed(koordinator, kommune):
    koordinator.post(FRI, FERIE)
    ferie = Motefri.objects.get()
    side = koordinator.get(f"{FRI}{ferie.pk}/")
    sett = side.context["skjema"]["sett"].value()
    endret = FERIE | {"til": "2027-02-28", "sett": sett, "begrunnelse": "helga er med"}
    koordinator.post(f"{FRI}{ferie.pk}/", endret)
    ferie.refresh_from_db()

    assert (ferie.kommune, ferie.til) == (kommune, date(2027, 2, 28))
    assert ferie.historikk.first().history_change_reason == "helga er med"
    assert "vinterferie 22. februar 2027–28. februar 2027" in tekst(
        koordinator.get(FRI)
    )

    [merke] = re.findall(r'name="sett" value="(\d+)"', koordinator.get(FRI).text)
    svar = koordinator.post(f"{FRI}{ferie.pk}/slett/", {"sett": merke}, follow=True)

    assert Motefri.objects.count() == 0
    assert "Fjernet: vinterferie." in tekst(svar)


def test_a_holiday_that_another_added_meanwhile_is_said(
    koordinator, kommune, monkeypatch
):
    """Who waited for the lock is asked again what is free."""

    def lenge_ventet(request, kommune):
        Motefri(kommune=kommune, **FERIE).save()

    monkeypatch.setattr("moter.moteplan.views.motefri.las_egen", lenge_ventet)

    svar = koordinator.post(FRI, FERIE)

    assert (svar.status_code, Motefri.objects.count()) == (422, 1)
    assert "Denne tiden er allerede ført opp." in svar.text


@pytest.mark.parametrize("merke", ["sett", "tomt"])
def test_a_holiday_that_was_changed_since_is_not_removed(merke, koordinator, kommune):
    ferie = MotefriFactory(
        kommune=kommune,
        fra=timezone.localdate(),
        til=timezone.localdate() + timedelta(days=9),
    )
    [sett] = re.findall(r'name="sett" value="(\d+)"', koordinator.get(FRI).text)
    ferie.navn = "Vinterferie"
    ferie.save()

    svar = koordinator.post(
        f"{FRI}{ferie.pk}/slett/",
        {"sett": sett} if merke == "sett" else {},
        follow=True,
    )

    assert "Vinterferie er endret etter at listen ble vist" in svar.text
    assert Motefri.objects.get() == ferie


def test_the_list_of_holidays_costs_the_same_for_one_and_three(koordinator, kommune):
    def lag():
        i_dag = timezone.localdate()
        MotefriFactory(kommune=kommune, fra=i_dag, til=i_dag)

    def antall():
        with CaptureQueriesContext(connection) as sporringer:
            koordinator.get(FRI)
        return len(sporringer)

    lag()
    en = antall()
    lag()
    lag()

    assert antall() == en


@pytest.mark.parametrize(
    ("endret", "felt", "feil"),
    [
        ({"navn": ""}, "navn", "Feltet er påkrevet."),
        ({"navn": PERSONNUMMER}, "navn", "fødselsnummer"),
        ({"fra": "snart"}, "fra", "Dette er ikke en dato"),
        ({"til": "2027-02-21"}, "til", "ikke være før den første"),
        ({"til": "2028-02-21"}, "til", "høyst 120 dager"),
    ],
)
def test_what_is_no_holiday_is_said_beside_the_field(koordinator, endret, felt, feil):
    svar = koordinator.post(FRI, FERIE | endret)

    skjema = svar.context["skjema"]
    assert svar.status_code == 422
    assert feil in skjema.errors[felt][0]
    assert skjema["fra"].value() == (FERIE | endret)["fra"]
    assert Motefri.objects.count() == 0


def test_the_same_holiday_twice_is_refused(koordinator, kommune):
    koordinator.post(FRI, FERIE)

    svar = koordinator.post(FRI, FERIE)

    assert svar.status_code == 422
    assert "Denne tiden er allerede ført opp." in tekst(svar)


def test_what_somebody_else_changed_is_not_written_over(koordinator, kommune):
    ferie = MotefriFactory(kommune=kommune, navn="vinterferie")
    sett = koordinator.get(f"{FRI}{ferie.pk}/").context["skjema"]["sett"].value()
    ferie.navn = "uke 8"
    ferie.save()

    svar = koordinator.post(f"{FRI}{ferie.pk}/", FERIE | {"sett": sett})

    ferie.refresh_from_db()
    assert (svar.status_code, ferie.navn) == (422, "uke 8")
    assert "Noen andre endret dette" in tekst(svar)


@pytest.mark.parametrize("hva", ["", "slett/"])
def test_the_holidays_of_others_are_left_alone(nabo, koordinator, kommune, hva):
    ferie = MotefriFactory(kommune=kommune, navn="vinterferie")
    adresse = f"{FRI}{ferie.pk}/{hva}"
    i_egen = adresse.replace("lillestrom", "lorenskog")

    assert nabo.post(adresse, FERIE).status_code == 404
    assert nabo.post(i_egen, FERIE).status_code == 404
    assert list(Motefri.objects.values_list("navn", flat=True)) == ["vinterferie"]


def test_the_planner_says_that_there_are_no_school_holidays(koordinator, kommune):
    side = "/lillestrom/moteplan/planlegger/"
    assert "Ingen skoleferier er lagt inn" in koordinator.get(side).text

    MotefriFactory(kommune=kommune)

    assert "Ingen skoleferier er lagt inn" not in koordinator.get(side).text
