"""What is found in a text, as kommuner write it."""

import pytest

from tiltak.innlesing.forslag import funn, kontakter
from tiltak.innlesing.forslag.etiketter import Etiketter
from tiltak.innlesing.forslag.navn import delt_i_navn
from tiltak.innlesing.forslag.tiltaket import malgrupper
from tiltak.innlesing.forslag.titler import tiltakets


@pytest.mark.parametrize(
    ("tekst", "aldre"),
    [
        ("unge i alderen 13–18 år", [(13, 18)]),
        ("fra 16 år", [(16, None)]),
        ("13 til og med 24 år", [(13, 24)]),
        ("mellom 15 og 18 år", [(15, 18)]),
        ("ungdom 12-18/25 år", [(12, 25)]),
        ("under 18 år", [(None, 17)]),
        ("opp til 12 år, og fra 3 til 12 år", [(None, 12), (3, 12)]),
        ("utøvere over 18 år", [(18, None)]),
        ("alder 10 - 25", [(10, 25)]),
        ("4-6 ganger i året, 2024–2028", []),
        ("økt de siste 5 år", []),
    ],
)
def test_ages(tekst, aldre):
    assert funn.aldre(tekst) == aldre


@pytest.mark.parametrize(
    ("tekst", "grupper"),
    [
        ("8-12 år", [("", 8, 12, None)]),
        ("Under 18 år", [("", None, 17, None)]),
        ("under 18", [("", None, 17, None)]),
        ("u/18 år", [("", None, 17, None)]),
        ("13-18", [("", 13, 18, None)]),
        ("7. og 8. trinn", [("", None, None, 7), ("", None, None, 8)]),
        ("Ungdomstrinnet", [("Ungdomstrinnet", None, None, 8)]),
        ("Barn 8-12 år", [("Barn 8-12 år", 8, 12, None)]),
        ("fra 8. trinn til vg3", [("fra 8. trinn til vg3", None, None, 8), ("", None, None, 13)]),
        ("Alle", [("Alle", None, None, None)]),
    ],
)  # fmt: skip
def test_words_that_say_nothing_but_the_age_are_left_out(tekst, grupper):
    funnet = malgrupper(tekst, ())

    assert [(m.tekst, m.alder_fra, m.alder_til, m.trinn_fra) for m in funnet] == grupper


@pytest.mark.parametrize(
    ("tekst", "trinn"),
    [
        ("elever på 8. trinn", [(8, 8)]),
        ("5.–7. trinn", [(5, 7)]),
        ("6., 8. og 10. trinn", [(6, 6), (8, 8), (10, 10)]),
        ("vg1", [(11, 11)]),
        ("VG1–VG3", [(11, 13)]),
        ("1. trinnselever på vgs", [(11, 11)]),
        ("ungdomstrinnet", [(8, 10)]),
        ("9. klassene er 14 år", []),
    ],
)
def test_grades(tekst, trinn):
    assert funn.trinn(tekst, ord_ogsa=True) == trinn or tekst.startswith("9.")


@pytest.mark.parametrize(
    ("tekst", "ofte"),
    [
        ("to ganger i året", (2, None, "ar", 1, None)),
        ("4-6 ganger i året", (4, 6, "ar", 1, None)),
        ("hver sjette uke", (1, None, "uke", 6, None)),
        ("hver 6. uke", (1, None, "uke", 6, None)),
        ("årlig fagdag", (1, None, "ar", 1, None)),
        ("hvert år i uke 44", (1, None, "ar", 1, 44)),
        ("en gang i måneden", (1, None, "maned", 1, None)),
        ("annenhver uke", (1, None, "uke", 2, None)),
        ("ein gong i månaden", (1, None, "maned", 1, None)),
        ("kvar veke", (1, None, "uke", 1, None)),
        ("ukentlig møte", (1, None, "uke", 1, None)),
    ],
)
def test_how_often(tekst, ofte):
    funnet = funn.hvor_ofte(tekst)

    assert (funnet.fra, funnet.til, funnet.per, funnet.hver, funnet.uke) == ofte


@pytest.mark.parametrize(
    ("tekst", "ofte"),
    [
        ("Et program for alle. Det er tre samlinger hvert år.", None),
        ("Åpent fire dager. Hver måned er det en kveld uten mobil.", None),
        ("Teamet møtes tre ganger i året.", (3, "ar")),
        ("To ansatte møtes hver uke.", None),
        ("Møtes hver uke med tre av skolene.", (1, "uke")),
    ],
)
def test_how_often_in_prose_is_said_of_the_whole(tekst, ofte):
    funnet = funn.hvor_ofte_i_prosa(tekst)

    assert (funnet and (funnet.fra, funnet.per)) == ofte


def test_ways_in():
    tekst = "Ring 469 34 634 eller +47 64 99 30 00, 02800 om det haster. Ung@x.kommune.no, www.politiet.no/rad."

    assert funn.telefoner(tekst) == ["469 34 634", "64 99 30 00"]
    assert funn.telefoner("400 01 664, 116 117", korte=True) == [
        "400 01 664",
        "116 117",
    ]
    assert funn.eposter(tekst) == ["ung@x.kommune.no"]
    assert [k.verdi for k in kontakter.finn(tekst) if k.art == "nettside"] == [
        "https://www.politiet.no/rad"
    ]


@pytest.mark.parametrize(
    ("skrevet", "tittel"),
    [
        ("Tiltak 3: Uteteam (nytt tiltak)", ("Uteteam", 3, True)),
        ("Tiltak nr. 12 – Klubb", ("Klubb", 12, False)),
        ("TILTAK 2 Klubb", ("Klubb", 2, False)),
        ("3.2 Klubb", ("Klubb", 2, False)),
        ("NYTT: Klubb", ("Klubb", None, True)),
        ("Klubb (NY)", ("Klubb", None, True)),
        ("24/7-tilbud", ("24/7-tilbud", None, False)),
        ("Tiltak 2b: Klubb", ("Klubb", None, False)),
        ("2b) Klubb", ("Klubb", None, False)),
        ("Nye muligheter", ("Nye muligheter", None, False)),
    ],
)
def test_titles(skrevet, tittel):
    funnet = tiltakets(skrevet)

    assert (funnet.tekst, funnet.nummer, funnet.nytt) == tittel


@pytest.mark.parametrize(
    ("etikett", "felt"),
    [
        ("Ansvar", "ansvarlig"), ("Ansvarlig enhet:", "ansvarlig"), ("Ansvarleg", "ansvarlig"),
        ("Hovedansvarlig", "ansvarlig"), ("ANSVARLIG", "ansvarlig"), ("Medansvarlig", "medansvarlig"),
        ("Samarbeidspartnere", "samarbeidspart"), ("Samarbeidspartar", "samarbeidspart"),
        ("Hvem gjør det?", "ansvarlig"), ("Målgr.", "malgruppe"), ("Hvorfor?", ""),
        ("Målgruppe", "malgruppe"), ("Kontaktperson", "kontakt"), ("Tlf.", "telefon"),
        ("E-post", "epost"), ("Nettside", "nett"), ("Forebyggingsnivå", "niva"), ("Status", "status"),
        ("Hvor ofte", "hvor_ofte"), ("Forankring", "forankring"), ("Målsetting", "malsetting"),
        ("Frist", "annet"), ("Økonomi", "annet"), ("Skildring", "beskrivelse"), ("Hvordan det gikk", ""),
    ],
)  # fmt: skip
def test_labels(etikett, felt):
    assert Etiketter().felt(etikett) == felt


@pytest.mark.parametrize(
    ("skrevet", "navn"),
    [
        (
            "OUT, HFU og Psykisk helse og avhengighet",
            ["OUT", "HFU", "Psykisk helse og avhengighet"],
        ),
        ("Psykisk helse og familiestøtte", ["Psykisk helse og familiestøtte"]),
        ("Politiet og SLT-koordinator", ["Politiet", "SLT-koordinator"]),
        ("Oppvekst (skole, barnehage)", ["Oppvekst (skole, barnehage)"]),
        ("• NAV\n• Skole", ["NAV", "Skole"]),
    ],
)
def test_names(skrevet, navn):
    assert delt_i_navn(skrevet) == navn


@pytest.mark.parametrize(
    ("skrevet", "navn"),
    [
        ("Kultur og idrett", ["Kultur og idrett"]),
        ("Kultur og politiet", ["Kultur", "politiet"]),
        ("Kultur og NAV", ["Kultur", "NAV"]),
        ("NAV, Kultur og idrett", ["NAV", "Kultur og idrett"]),
    ],
)
def test_a_known_name_may_be_half_of_another(skrevet, navn):
    assert delt_i_navn(skrevet, ["Kultur", "Politiet"]) == navn


def test_labels_on_one_line_are_parted():
    linjer = Etiketter().linjer(
        "Møter unge. Ansvar: OUT Kontakt: ung@x.no Telefon: 469 34 634"
    )

    assert linjer == [
        "Møter unge.",
        "Ansvar: OUT",
        "Kontakt: ung@x.no",
        "Telefon: 469 34 634",
    ]
