"""School holidays, as files and texts have them: what is read, and what is not."""

import contextlib
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moter.moteplan.ferier import FLEST, Ferie, Uleselig, Ulest, les_ics, les_tekst

I_DAG = date(2026, 11, 1)
VINTER = (date(2027, 2, 22), date(2027, 2, 26))


def ics(*hendelser):
    linjer = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//skole//NO"]
    for hendelse in hendelser:
        linjer += ["BEGIN:VEVENT", *hendelse, "END:VEVENT"]
    return "\r\n".join([*linjer, "END:VCALENDAR", ""]).encode()


@pytest.mark.parametrize(
    ("linje", "navn", "dager"),
    [
        ("Vinterferie: 22.02.2027 – 26.02.2027", "Vinterferie", VINTER),
        ("Vinterferie 22.–26. februar 2027", "Vinterferie", VINTER),
        ("Vinterferie\t22.2.27\t26.2.27", "Vinterferie", VINTER),
        ("Vinterferie 2027-02-22 – 2027-02-26", "Vinterferie", VINTER),
        ("Vinterferie fra og med mandag 22. februar til 26. februar", "Vinterferie", VINTER),
        ("22. feb. – 26. feb. 2027: vinterferie", "vinterferie", VINTER),
        ("Vinterferie uke 8", "Vinterferie", VINTER),
        ("Uke 8 2027: Vinterferie", "Vinterferie", VINTER),
        ("Vinterferie (uke 8) 22 februar - 26 februar 2027", "Vinterferie", VINTER),
        ("Haustferie veke 40", "Haustferie", (date(2026, 9, 28), date(2026, 10, 2))),
        ("Høstferie uke 40", "Høstferie", (date(2026, 9, 28), date(2026, 10, 2))),
        ("Høstferie uke 40-41 2027", "Høstferie", (date(2027, 10, 4), date(2027, 10, 15))),
        ("Jul: 21. desember – 3. januar", "Jul", (date(2026, 12, 21), date(2027, 1, 3))),
        ("Jul: 21. desember – 3. januar 2028", "Jul", (date(2027, 12, 21), date(2028, 1, 3))),
        ("Jul uke 52-1", "Jul", (date(2026, 12, 21), date(2027, 1, 8))),
        ("Høstferie uke 40, 41 og 42", "Høstferie", (date(2026, 9, 28), date(2026, 10, 16))),
        ("Høstferie uke 40 til og med 42", "Høstferie", (date(2026, 9, 28), date(2026, 10, 16))),
        ("Høstferie uke 40 og uke 41", "Høstferie", (date(2026, 9, 28), date(2026, 10, 9))),
        ("Høstferie uke 40, 1.–5. trinn", "Høstferie", (date(2026, 9, 28), date(2026, 10, 2))),
        ("Jul uke 52, 53 og 1", "Jul", (date(2026, 12, 21), date(2027, 1, 8))),
        ("Vinterferie 22. og 23. februar", "Vinterferie", (date(2027, 2, 22), date(2027, 2, 23))),
        ("Vinterferie 22. februar og 23. februar", "Vinterferie", (date(2027, 2, 22), date(2027, 2, 23))),
        ("Vinterferie 22. til og med 26. februar", "Vinterferie", VINTER),
        ("Vinterferie: mandag 22. til fredag 26. februar 2027", "Vinterferie", VINTER),
        ("Vinterferie: mandag 22. februar til og med fredag 26. februar", "Vinterferie", VINTER),
        ("Vinterferie 22.–26.2.2027", "Vinterferie", VINTER),
        ("1.–10. klasse: 22. februar 2027", "1.-10. klasse", (date(2027, 2, 22),) * 2),
        ("Planleggingsdag 17. august 2026", "Planleggingsdag", (date(2026, 8, 17),) * 2),
        ("Sommerferie: lør. 19. juni - søn. 15. august 2027", "Sommerferie", (date(2027, 6, 19), date(2027, 8, 15))),
    ],
)  # fmt: skip
def test_a_line_of_text_is_read(linje, navn, dager):
    assert les_tekst(linje, i_dag=I_DAG) == ([Ferie(navn, *dager)], [])


@pytest.mark.parametrize(
    "linje",
    [
        *(
            "Skoleruta 2026–2027",
            "Høstferie",
            "31. april",
            "uke 60",
            "9.99.2027",
            "1. b",
        ),
        "vinterferie 22.2-26.2",
    ],
)
def test_what_is_no_day_is_said(linje):
    assert les_tekst(linje, i_dag=I_DAG) == ([], [Ulest(linje)])


HVER_SIN_UKE = "Skriv uker som ikke følger hverandre, på hver sin linje."
HVER_SIN_DAG = "Skriv dager som ikke følger hverandre, på hver sin linje."


@pytest.mark.parametrize(
    ("linje", "hvorfor"),
    [
        ("Ferie uke 36-34", "Ukene går baklengs."),
        ("Ferie uke 41-40 2027", "Ukene går baklengs."),
        ("Ferie uke 34–36–38", HVER_SIN_UKE),
        ("Ferie uke 8 og 10", HVER_SIN_UKE),
        ("Ferie uke 8, uke 10", HVER_SIN_UKE),
        ("Ferie uke 42, 41", HVER_SIN_UKE),
        ("Ferie 26.02.2027–22.02.2027", "Dagene går baklengs."),
        ("Ferie 26.–22. februar", "Dagene går baklengs."),
        ("Fri 22. og 26. februar", HVER_SIN_DAG),
        ("Fri 22. februar, 26. februar", HVER_SIN_DAG),
        ("Fri mandag 22. februar og fredag 26. februar", HVER_SIN_DAG),
        ("Fri 22., 23. og 24. februar", HVER_SIN_DAG),
        ("Fri 22.2.2027, 23.2.2027 og 26.2.2027", HVER_SIN_DAG),
    ],
)
def test_days_that_may_be_others_are_not_guessed(linje, hvorfor):
    assert les_tekst(linje, i_dag=I_DAG) == ([], [Ulest(linje, hvorfor)])


def test_of_many_lines_the_first_are_read():
    linjer = [f"Ferie uke {nr % 50 + 1}" for nr in range(FLEST + 1)]

    ferier, uleste = les_tekst("\n".join(linjer), i_dag=I_DAG)

    assert len(ferier) == FLEST
    assert uleste == [Ulest(linjer[-1], "Bare de 60 første leses om gangen.")]


def test_a_year_without_29_february_is_no_day():
    assert les_tekst("Ferie 29. februar 2027", i_dag=I_DAG)[0] == []


@given(st.text(st.sampled_from("0123456789.-– fraukejndsmptilog,\n:"), max_size=80))
def test_any_text_gets_an_answer(tekst):
    ferier, uleste = les_tekst(tekst, i_dag=I_DAG)

    linjer = [linje for linje in tekst.splitlines() if linje.split()]
    assert len(ferier) + len(uleste) == len(linjer)
    assert all(ferie.fra <= ferie.til for ferie in ferier)


def test_a_long_text_takes_a_moment():
    lang = ("1. " * 100 + "\n") * 5000
    begynt = time.process_time()

    les_tekst(lang, i_dag=I_DAG)
    les_tekst("uke " * 100_000, i_dag=I_DAG)

    assert time.process_time() - begynt < 2


def test_a_calendar_file_is_read():
    """What lasts whole days ends before the day on which it says that it ends."""
    fil = ics(
        ["SUMMARY:Vinterferie", "DTSTART;VALUE=DATE:20270222", "DTEND;VALUE=DATE:20270227"],
        ["SUMMARY:Fri\\, alle", "DTSTART;VALUE=DATE:20261005"],
        ["SUMMARY:Møte", "DTSTART:20261231T230000Z", "DTEND:20270101T010000Z"],
        ["SUMMARY:Uten dag"],
        ["SUMMARY:Baklengs", "DTSTART;VALUE=DATE:20270301", "DTEND;VALUE=DATE:20270201"],
    )  # fmt: skip

    assert les_ics(fil) == (
        [
            Ferie("Fri, alle", date(2026, 10, 5), date(2026, 10, 5)),
            Ferie("Møte", date(2027, 1, 1), date(2027, 1, 1)),
            Ferie("Vinterferie", *VINTER),
            Ferie("Baklengs", date(2027, 3, 1), date(2027, 3, 1)),
        ],
        [Ulest("Uten dag")],
    )


@pytest.mark.parametrize(
    "tid",
    [
        ["DTSTART;VALUE=DATE:20270222", "DURATION:P5D"],
        ["DTSTART;TZID=Europe/Oslo:20270222T080000", "DURATION:P4DT7H"],
        ["DTSTART:20270222T000000", "DTEND:20270227T000000"],
        ["DTSTART:20270221T230000Z", "DTEND:20270226T230000Z"],
    ],
)
def test_an_event_lasts_as_long_as_it_says(tid):
    assert les_ics(ics(["SUMMARY:Fri", *tid])) == ([Ferie("Fri", *VINTER)], [])


GOD = ["SUMMARY:Vinterferie på ski – nå", "DTSTART;VALUE=DATE:20270222", "DURATION:P5D"]
LEST = Ferie("Vinterferie på ski – nå", *VINTER)


@pytest.mark.parametrize(
    ("hendelse", "ulest"),
    [
        (["SUMMARY:Jul", "DTSTART;VALUE=DATE:00000101"], "Jul 00000101"),
        (["SUMMARY:Jul", "DTSTART;VALUE=DATE:00010101"], "Jul 00010101"),
        (["SUMMARY:Jul", "DTSTART:00010101T000000Z"], "Jul 00010101T000000Z"),
        (["DTSTART:99991231T235959Z"], "99991231T235959Z"),
        (["SUMMARY:Jul", "DTSTART:tull"], "Jul tull"),
        (
            ["SUMMARY:Jul", "DTSTART;VALUE=DATE:20261220", "DURATION:P9999999D"],
            "Jul 20261220",
        ),
        (["DESCRIPTION:x"], "En hendelse uten navn"),
    ],
)
def test_an_event_that_is_wrong_leaves_the_others(hendelse, ulest):
    assert les_ics(ics(GOD, hendelse)) == ([LEST], [Ulest(ulest)])


@pytest.mark.parametrize(
    "tegnsett", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_file_is_read_in_the_signs_that_it_has(tegnsett):
    fil = ics(GOD).decode().encode(tegnsett)

    assert les_ics(fil) == ([LEST], [])


def test_a_letter_that_is_folded_is_read():
    fil = ics(GOD).replace("å".encode(), b"\xc3\r\n \xa5", 1)

    assert les_ics(fil) == ([LEST], [])


def test_several_calendars_in_a_file_are_read():
    host = ["SUMMARY:Høst", "DTSTART;VALUE=DATE:20261005"]

    assert les_ics(ics(GOD) + ics(host)) == (
        [Ferie("Høst", date(2026, 10, 5), date(2026, 10, 5)), LEST],
        [],
    )


@pytest.mark.parametrize(
    "fil",
    [
        b"",
        b"\xff\xfe\x00",
        b"%PDF-1.7",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        b"END:VCALENDAR\r\n",
    ],
)
def test_what_is_no_calendar_is_refused(fil):
    with pytest.raises(Uleselig):
        les_ics(fil)


@given(st.integers(0, 400), st.binary(max_size=8))
def test_a_broken_file_is_read_or_refused(sted, bitt):
    hel = ics(["SUMMARY:a", "DTSTART;VALUE=DATE:20270222", "DTEND;VALUE=DATE:20270227"])

    ferier = []
    with contextlib.suppress(Uleselig):
        ferier, _uleste = les_ics(hel[:sted] + bitt + hel[sted + len(bitt) :])

    assert len(ferier) <= 1


def test_a_file_with_many_events_gives_the_first():
    dager = [f"2027{1 + nr % 12:02}{1 + nr % 28:02}" for nr in range(2000)]
    fil = ics(*(["SUMMARY:x", f"DTSTART;VALUE=DATE:{dag}"] for dag in dager))
    begynt = time.process_time()

    ferier, _uleste = les_ics(fil)

    assert len(ferier) == FLEST
    assert ferier[0].fra == date(2027, 1, 1)
    assert time.process_time() - begynt < 5
