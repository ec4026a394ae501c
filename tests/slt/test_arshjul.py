"""The year of a kommune: what stands in it for whom, on the page, on the sheet for the wall
and in the calendar; and what it costs."""

from datetime import date, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from slt.arshjul.aret import Aret
from slt.arshjul.dokument import Arshjulsdokument, delene, pa_ark
from slt.arshjul.hjul import Hjul
from slt.felles.arshjul import BIDRAG, Punkt, Slag
from slt.grunn.tid import i_lokal_tid
from slt.models import PUBLIKUM, Tilgang
from tests.conftest import innlogget
from tests.factories import (
    EvalueringFactory,
    ForumFactory,
    HandlingsplanFactory,
    HoringFactory,
    KildeFactory,
    MilepalFactory,
    MoteFactory,
    MotefriFactory,
    PlanrekkeFactory,
    PlasseringFactory,
    RundeFactory,
    TilgangFactory,
    UtkastFactory,
)
from tests.lest import Lest

SIDEN = "/lillestrom/arshjul/"
PDF, KALENDER = "/lillestrom/arshjul.pdf", "/lillestrom/arshjul.ics"
MANEDER = [
    *("januar", "februar", "mars", "april", "mai", "juni", "juli", "august"),
    *("september", "oktober", "november", "desember"),
]


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


@pytest.fixture
def neste():
    """A year of which nothing is over."""
    return timezone.localdate().year + 1


def med_rolle(kommune, rolle):
    return innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)


def linjene(svar):
    """[(month or what stands in its place, line)] of the page."""
    aret = svar.context["aret"]
    uten = [("", str(rad)) for rad in aret.uten_dato]
    return uten + [(m.anker, str(rad)) for m in aret.maneder for rad in m.rader]


def se(klient, ar=None, *slag):
    return klient.get(SIDEN, {"ar": ar or "", "slag": slag})


def punkter_fra(*punkter):
    """What an app says, in place of all apps."""
    return [lambda kommune, fra, til, bruker: punkter]


@pytest.fixture
def bare(monkeypatch):
    """Lets one app say all there is."""

    def sett(*punkter):
        monkeypatch.setattr("slt.arshjul.aret.BIDRAG", punkter_fra(*punkter))

    return sett


# The page -----------------------------------------------------------------------------


def test_the_year_is_this_one_where_nobody_asks_for_another(kommune, client):
    ar = timezone.localdate().year

    svar = client.get(SIDEN)

    assert svar.status_code == 200
    assert svar.context["aret"].ar == ar
    assert f"Årshjul {ar}" in Lest(svar).tekst


def test_an_empty_year_says_so(kommune, client):
    svar = se(client, 2033)

    assert "Det er ikke lagt inn noe i 2033." in Lest(svar).tekst
    assert '<svg class="hjul"' not in svar.text


@pytest.mark.parametrize(
    "ar", ["1999", "2200", "i fjor", "-1", "20261111111111111111", "2026.5", "\x00"]
)
def test_a_year_that_is_none_is_refused_beside_its_field(ar, kommune, client):
    svar = client.get(SIDEN, {"ar": ar})

    assert svar.status_code == 422
    assert svar.context["skjema"].errors["ar"] == ["Skriv et år fra 2000 til 2199."]
    assert "Feil:" in svar.text
    # A NUL can't be written back into a page.
    assert ar.strip("\x00") in svar.text
    assert client.get(PDF, {"ar": ar}).status_code == 404
    assert client.get(KALENDER, {"ar": ar}).status_code == 404


@pytest.mark.parametrize("ar", [2000, 2199])
def test_the_first_and_the_last_year_lead_no_further(ar, kommune, koordinator):
    svar = se(koordinator, ar)

    andre = {f"?ar={ar - 1}", f"?ar={ar + 1}"}
    lenker = {adresse for adresse, _tekst in Lest(svar).lenker}
    assert svar.status_code == 200
    assert lenker & andre == {f"?ar={2001 if ar == 2000 else 2198}"}


def test_only_what_was_asked_for_is_shown(kommune, client, bare):
    bare(
        Punkt(date(2027, 3, 1), None, "Rådet", Slag.MOTER),
        Punkt(date(2027, 3, 2), None, "Frist", Slag.FRISTER),
    )

    svar = se(client, 2027, "frister")

    assert linjene(svar) == [("mars", "Frist, 2. mars")]
    assert [valg for valg, _navn in svar.context["skjema"].fields["slag"].choices] == [
        "moter",
        "frister",
    ]
    assert "ar=2028&amp;slag=frister" in svar.text
    assert "Viser bare: frister. Vis alt" in Lest(svar).tekst
    assert ("?ar=2027", "Vis alt") in Lest(svar).lenker


def test_a_kind_that_is_none_is_refused(kommune, client):
    svar = se(client, 2027, "tull")

    assert (svar.status_code, svar.context["skjema"].errors["slag"]) == (
        422,
        ["Velg blant det som står her."],
    )


@pytest.mark.parametrize("adresse", [SIDEN, PDF, KALENDER])
def test_nothing_is_sent_there(adresse, kommune, koordinator):
    assert koordinator.post(adresse).status_code == 405


def test_a_kommune_that_is_none_is_not_found(client, kommune):
    for adresse in (SIDEN, PDF, KALENDER):
        borte = adresse.replace("lillestrom", "borte")
        assert (borte, client.get(borte).status_code) == (borte, 404)


def test_months_are_reached_from_the_wheel_by_links_with_words(kommune, client, bare):
    bare(Punkt(date(2028, 2, 29), None, "Skuddag", Slag.AKTIVITETER))

    svar = se(client, 2028)

    ankere = [a for a, _tekst in Lest(svar).lenker if a.startswith("#")]
    assert ankere == [f"#{navn}" for navn in MANEDER]
    assert [navn for navn in MANEDER if f'id="{navn}"' not in svar.text] == []
    assert 'aria-label="Februar: 1 ting"' in svar.text
    assert "februar 1. Alt står i listen" in svar.text
    assert linjene(svar) == [("februar", "Skuddag, 29. februar")]
    assert " style=" not in svar.text


# How the lines are put ------------------------------------------------------------------


def test_what_lasts_says_from_when_to_when(kommune, client, bare):
    bare(
        Punkt(date(2026, 12, 28), date(2027, 1, 3), "Uken", Slag.TILTAK, nar="uke 53"),
        Punkt(date(2027, 2, 27), date(2027, 3, 4), "Runden", Slag.RUNDER),
        Punkt(date(2027, 4, 5), date(2027, 4, 9), "Kort", Slag.RUNDER),
        Punkt(date(2027, 10, 1), date(2027, 11, 30), "Høst", Slag.TILTAK, nar="i ord"),
        Punkt(date(2027, 1, 1), date(2027, 12, 31), "Året", Slag.KUNNSKAP, nar="2027"),
    )

    svar = se(client, 2027)

    assert linjene(svar) == [
        ("", "Året, 2027"),
        ("januar", "Uken, uke 53 (28. desember 2026 – 3. januar 2027)"),
        ("februar", "Runden, 27. februar – 4. mars"),
        ("april", "Kort, 5.–9. april"),
        ("oktober", "Høst, i ord"),
    ]


def test_several_of_a_month_take_one_line(kommune, client, bare):
    def mote(dag, tittel, **mer):
        return Punkt(date(2027, 1, dag), None, tittel, Slag.MOTER, f"/{tittel}/", **mer)

    felles = {"samles": "områdemøter"}
    bare(
        mote(5, "Rådet"),
        mote(12, "Rådet"),
        mote(19, "Rådet"),
        mote(6, "Møte i Nord", **felles),
        mote(13, "Møte i Sør", **felles),
        mote(20, "Møte i Nord", **felles),
        mote(7, "Møte i Vest", internt=True, **felles),
    )

    svar = se(client, 2027)

    assert linjene(svar) == [
        ("januar", "Rådet, 5., 12. og 19. januar"),
        ("januar", "Områdemøter: Nord 6. og 20., Sør 13."),
        ("januar", "Møte i Vest, 7. januar"),
    ]
    assert "internt" in Lest(svar).tekst


def test_a_title_is_text(kommune, client, bare):
    bare(Punkt(date(2027, 1, 5), None, "<script>alert(1)</script>", Slag.MOTER))

    assert "<script>alert" not in se(client, 2027).text


def test_school_holidays_are_behind_the_months(kommune, client):
    MotefriFactory(
        kommune=kommune, navn="jul", fra=date(2026, 12, 21), til=date(2027, 1, 2)
    )
    MotefriFactory(navn="andres", fra=date(2027, 2, 1), til=date(2027, 2, 5))
    MoteFactory(
        forum=ForumFactory(kommune=kommune),
        start=timezone.make_aware(datetime(2027, 3, 1, 9)),  # noqa: DTZ001
    )

    svar = se(client, 2027)

    fri = {m.anker: m.skolefri for m in svar.context["aret"].maneder if m.skolefri}
    assert fri == {"januar": ["jul 21. desember 2026 – 2. januar 2027"]}
    assert len(svar.context["hjul"].ferier) == 1


# The wheel ------------------------------------------------------------------------------


def test_the_wheel_has_a_mark_of_each_day_and_an_arc_of_what_lasts(kommune, bare):
    bare(
        Punkt(date(2027, 1, 1), None, "En", Slag.MOTER),
        Punkt(date(2027, 1, 1), None, "To", Slag.MOTER),
        Punkt(date(2027, 7, 2), date(2027, 7, 30), "Lenge", Slag.TILTAK),
        Punkt(date(2027, 1, 1), date(2027, 12, 31), "Året", Slag.KUNNSKAP),
    )

    hjul = Hjul(Aret(kommune, 2027, PUBLIKUM), i_dag=date(2026, 5, 1))

    merker = [[m.tegn.slag for m in sektor.merker] for sektor in hjul.sektorer]
    assert merker == [
        [Slag.MOTER],
        *([] for _ in range(5)),
        [Slag.TILTAK],
        *([] for _ in range(5)),
    ]
    assert [bue.tegn.slag for bue in hjul.buer] == [Slag.TILTAK]
    assert [t.slag for t in hjul.tegnene] == [Slag.MOTER, Slag.TILTAK]
    assert hjul.i_dag == ""


def test_the_first_day_is_at_the_top_and_july_at_the_bottom(kommune, bare):
    bare(
        Punkt(date(2027, 1, 1), None, "En", Slag.MOTER),
        Punkt(date(2027, 7, 2), None, "To", Slag.MOTER),
    )

    hjul = Hjul(Aret(kommune, 2027, PUBLIKUM), i_dag=date(2027, 1, 1))

    [januar], [juli] = hjul.sektorer[0].merker, hjul.sektorer[6].merker
    assert abs(float(januar.x)) < 5 > abs(float(juli.x))
    assert float(januar.y) < -100 < 100 < float(juli.y)
    assert hjul.i_dag != ""


@pytest.mark.parametrize("ar", [2027, 2028])
def test_months_meet_and_go_all_the_way_round(ar, kommune):
    sektorer = Hjul(Aret(kommune, ar, PUBLIKUM)).sektorer

    # Where each begins is where the one before it ended.
    starter = [s.vei.partition("A")[0][1:] for s in sektorer]
    slutter = [s.vei.partition("L")[0].rsplit(" ", 2)[-2:] for s in sektorer]
    assert [" ".join(s) for s in slutter] == [*starter[1:], starter[0]]


def test_each_kind_has_a_shape_and_a_colour_of_its_own():
    from slt.arshjul.tegn import FARGER, FORMER

    assert set(FORMER) == set(FARGER) == set(Slag)
    assert len(set(FORMER.values())) == len(set(FARGER.values())) == len(Slag)


# Who sees what --------------------------------------------------------------------------


@pytest.fixture
def hemmelig(kommune, neste):
    """One of all that some see and not others, and of what all see; {title: slag}."""
    plan = HandlingsplanFactory(
        kommune=kommune, tittel="Planen", fra_ar=neste, til_ar=neste
    )
    dag = date(neste, 3, 1)
    apent = PlasseringFactory(
        innsatsomrade__plan=plan, tiltak__tittel="Åpent", tiltak__uke=10
    )
    PlasseringFactory(
        innsatsomrade=apent.innsatsomrade,
        tiltak__tittel="Upublisert",
        tiltak__uke=11,
        tiltak__publisert=False,
    )
    tid = i_lokal_tid(dag, datetime.min.time().replace(hour=12))
    for navn, offentlig in (("Åpne rådet", True), ("Lukkede rådet", False)):
        forum = ForumFactory(kommune=kommune, navn=navn, offentlig=offentlig)
        MoteFactory(forum=forum, start=tid, slutt=tid + timedelta(hours=1))
    utkast = UtkastFactory(
        kommune=kommune, tittel="Utkastet", fra_ar=neste + 1, til_ar=neste + 3
    )
    HoringFactory(plan=utkast, fra=dag, til=dag + timedelta(days=20))
    RundeFactory(kommune=kommune, arstall=neste, uke=12, frist=date(neste, 4, 10))
    for navn, publisert in (("Åpen kilde", True), ("Lukket kilde", False)):
        KildeFactory(kommune=kommune, navn=navn, arstall=neste, publisert=publisert)
    evaluering = EvalueringFactory(
        plan=plan, tittel="Underveis", fra_dato=dag, til_dato=dag
    )
    MilepalFactory(evaluering=evaluering, hva="Et steg", frist=dag)
    return plan


ALLE = {"Åpent", "Åpne rådet", "Åpen kilde", "Planen"}
POLITIRAD = ALLE | {"Upublisert", "Utkastet", "Lukket kilde"}
KOORDINATOR = POLITIRAD | {"Lukkede rådet", "Runden i uke 12", "Underveis", "Et steg"}
ALT = KOORDINATOR


def nevnt(tekst):
    return {ord_ for ord_ in ALT if ord_ in tekst}


@pytest.mark.parametrize(
    ("rolle", "ventet"),
    [
        (None, ALLE),
        (Tilgang.Rolle.ANSATT, ALLE),
        (Tilgang.Rolle.POLITIRAD, POLITIRAD),
        (Tilgang.Rolle.KOORDINATOR, KOORDINATOR),
    ],
)
def test_each_role_sees_its_own(rolle, ventet, hemmelig, kommune, neste, client):
    klient = med_rolle(kommune, rolle) if rolle else client

    forste, andre = se(klient, neste), se(klient, neste)

    # The kept page, too.
    assert nevnt(Lest(forste).tekst) == nevnt(Lest(andre).tekst) == ventet
    internt = {rad.internt for _m, rad in rader(forste)}
    assert internt == ({False} if ventet == ALLE else {False, True})


def rader(svar):
    return [(m.anker, r) for m in svar.context["aret"].maneder for r in m.rader]


def test_the_neighbour_sees_what_all_see(hemmelig, nabo, neste):
    assert nevnt(Lest(se(nabo, neste)).tekst) == ALLE


def test_what_one_role_is_told_is_kept_for_no_other(
    hemmelig, koordinator, client, neste
):
    assert nevnt(Lest(se(koordinator, neste)).tekst) == KOORDINATOR
    assert nevnt(Lest(se(client, neste)).tekst) == ALLE


def test_the_sheet_and_the_calendar_hold_what_all_see(
    hemmelig, koordinator, kommune, neste
):
    kommune.refresh_from_db()

    ark = Arshjulsdokument(kommune, neste).html()
    kalender = koordinator.get(KALENDER).text.replace("\r\n ", "")

    assert nevnt(ark) == ALLE
    # What has only a year is in no calendar.
    assert nevnt(kalender) == ALLE - {"Åpen kilde"}


def test_a_change_shows_at_once(hemmelig, client, neste):
    se(client, neste)

    tiltak = hemmelig.tiltak.get(tittel="Åpent")
    tiltak.tittel = "Noe annet"
    tiltak.save()

    assert "Noe annet" in Lest(se(client, neste)).tekst


# The sheet for the wall -----------------------------------------------------------------


def test_the_letters_are_as_large_as_there_is_room_for(kommune, bare):
    def arkene(antall):
        bare(
            *(
                Punkt(
                    date(2027, 1 + nr % 12, 1 + nr // 12 % 28),
                    None,
                    f"Ting {nr}",
                    Slag.MOTER,
                )
                for nr in range(antall)
            )
        )
        alle = delene(Aret(kommune, 2027, PUBLIKUM))
        skrift, ark = pa_ark(alle)
        assert [del_ for ett in ark for del_ in ett] == alle
        return skrift.klasse, len(ark)

    assert [arkene(antall) for antall in (1, 90, 120, 300)] == [
        ("", 1),
        ("middels", 1),
        ("tett", 1),
        ("tett", 2),
    ]


def test_the_sheet_of_an_empty_year_says_so(kommune):
    assert (
        "Det er ikke lagt inn noe dette året." in Arshjulsdokument(kommune, 2033).html()
    )


def test_the_sheet_leads_back_to_the_same_choice(kommune):
    dokument = Arshjulsdokument(kommune, 2027, ("moter", "frister"))

    assert dokument.nettside == "/lillestrom/arshjul/?ar=2027&slag=moter&slag=frister"
    assert dokument.filnavn == "arshjul-lillestrom-2027.pdf"


# The calendar ---------------------------------------------------------------------------


def hendelser(svar):
    return [
        (str(h["SUMMARY"]), h["DTSTART"].dt, h["DTEND"].dt, str(h.get("URL", "")))
        for h in Calendar.from_ical(svar.content).events
    ]


def test_a_program_reads_days_in_the_calendar(kommune, client, bare):
    ar = timezone.localdate().year
    bare(
        Punkt(date(ar, 2, 1), None, "Én; dag, ja", Slag.MOTER, "/lillestrom/moter/"),
        Punkt(date(ar, 3, 1), date(ar, 3, 7), "Uken", Slag.TILTAK, nar="uke 9"),
        Punkt(date(ar + 1, 12, 30), None, "Sist", Slag.TILSKUDD, "https://a.no/b"),
        Punkt(date(ar, 1, 1), date(ar, 12, 31), "Hele året", Slag.KUNNSKAP),
    )

    svar, igjen = client.get(KALENDER), client.get(KALENDER, {"slag": "moter"})

    assert svar["Content-Type"] == "text/calendar; charset=utf-8"
    assert hendelser(svar) == [
        (
            "Én; dag, ja",
            date(ar, 2, 1),
            date(ar, 2, 2),
            "http://testserver/lillestrom/moter/",
        ),
        ("Uken", date(ar, 3, 1), date(ar, 3, 8), ""),
        ("Sist", date(ar + 1, 12, 30), date(ar + 1, 12, 31), "https://a.no/b"),
    ]
    assert [tittel for tittel, *_resten in hendelser(igjen)] == ["Én; dag, ja"]
    uider = {str(h["UID"]) for h in Calendar.from_ical(svar.content).events}
    assert len(uider) == 3
    assert max(map(len, svar.content.split(b"\r\n"))) <= 75


def test_the_calendar_is_the_same_bytes_while_nothing_changes(hemmelig, client):
    forste = client.get(KALENDER)
    cache.clear()
    andre = client.get(KALENDER)

    assert forste.content == andre.content
    assert (
        client.get(KALENDER, headers={"if-none-match": forste["ETag"]}).status_code
        == 304
    )


def test_the_calendar_of_a_kommune_with_nothing_is_empty(kommune, client):
    assert hendelser(client.get(KALENDER)) == []


# What it costs --------------------------------------------------------------------------


@pytest.mark.parametrize("rolle", ["ingen", "koordinator"])
def test_it_costs_the_same_for_one_and_three_of_each(
    rolle, kommune, koordinator, client, neste
):
    klient = koordinator if rolle == "koordinator" else client

    def lag(nr):
        rekke = PlanrekkeFactory(kommune=kommune, navn=f"Rekke {nr}", hoved=False)
        plan = HandlingsplanFactory(
            kommune=kommune, rekke=rekke, fra_ar=neste, til_ar=neste
        )
        dag = date(neste, 3, 1 + nr)
        tid = i_lokal_tid(dag, datetime.min.time().replace(hour=12))
        sted = PlasseringFactory(
            innsatsomrade__plan=plan, tiltak__uke=10, tiltak__frist=dag
        )
        PlasseringFactory(
            innsatsomrade=sted.innsatsomrade, tiltak__maned_fra=11, tiltak__maned_til=2
        )
        plan.styringsdokumenter.create(
            kommune=kommune, tittel=f"Avtale {nr}", utloper=dag, revideres="våren"
        )
        MoteFactory(
            forum=ForumFactory(kommune=kommune),
            start=tid,
            slutt=tid + timedelta(hours=1),
        )
        utkast = UtkastFactory(
            kommune=kommune, rekke=rekke, fra_ar=neste + 1, til_ar=neste + 1
        )
        HoringFactory(plan=utkast, fra=dag, til=dag)
        RundeFactory(kommune=kommune, arstall=neste, uke=20 + nr, frist=dag)
        KildeFactory(kommune=kommune, arstall=neste, publisert=True)
        MilepalFactory(
            evaluering=EvalueringFactory(plan=plan, til_dato=dag, fra_dato=dag),
            frist=dag,
        )
        MotefriFactory(kommune=kommune, fra=dag, til=dag)

    def sporringer():
        cache.clear()
        with CaptureQueriesContext(connection) as funnet:
            svar = se(klient, neste)
        return len(funnet), len(rader(svar))

    lag(1)
    en, rader_en = sporringer()
    lag(2)
    lag(3)
    tre, rader_tre = sporringer()

    assert rader_tre > rader_en > 4
    assert en == tre


def test_each_app_says_its_own():
    assert len(BIDRAG) >= 11
    assert {f.__module__.partition(".")[0] for f in BIDRAG} == {
        "tiltak",
        "moter",
        "evaluering",
    }


# Where it is found ----------------------------------------------------------------------


@pytest.mark.parametrize("side", ["/lillestrom/2024-2028/", "/lillestrom/moter/"])
def test_pages_lead_there(side, kommune, client):
    HandlingsplanFactory(kommune=kommune)

    assert SIDEN in dict(Lest(client.get(side)).lenker)


def test_so_does_one_s_own_page(kommune, koordinator):
    assert SIDEN in dict(
        Lest(koordinator.get(reverse("arbeidsflate", args=["lillestrom"]))).lenker
    )


def test_the_page_offers_the_sheet_and_the_calendar(kommune, client, bare):
    bare(Punkt(date(2027, 1, 5), None, "Rådet", Slag.MOTER))

    lenker = dict(Lest(se(client, 2027, "moter")).lenker)

    assert f"{PDF}?{urlencode({'ar': 2027, 'slag': 'moter'})}" in lenker
    assert f"{KALENDER}?slag=moter" in lenker
