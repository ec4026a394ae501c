"""The engine by itself: words, questions, and what comes first."""

import pytest

from slt.grunn.sok.indeks import Indeks
from slt.grunn.sok.ord import avstand, stamme
from slt.grunn.sok.sporring import LENGST, les
from slt.grunn.sok.ting import Gruppe, Nummer, Slag, Sokbart
from slt.grunn.sok.utdrag import utdrag, uten_merker

SLAG = Slag("Tiltak", Gruppe("hjelp", "Hjelp"))


def ting(tittel, tekst="", **annet):
    felter = [(tekst, 1)] if tekst else []
    return Sokbart(SLAG, tittel, tittel, felter=felter, tekst=tekst, **annet)


def funnet(sporsmal, *tingene):
    """The titles of what is found, the best one first. There is always something beside,
    so that no word is in all of them."""
    andre = [ting(f"Annet {nr}", "noe helt annet") for nr in range(5)]
    svar = Indeks([*tingene, *andre]).sok(les(sporsmal))
    return [t.ting.tittel for t in svar.treff]


@pytest.mark.parametrize(
    "former",
    [
        "bøker bok boka",
        "rusmidler rusmiddel rusmidla",
        "slår slå slått",
        "ungdommer ungdom ungdomar ungdommene",
        "skolen skulen skular skoler",
        "barnevernsvakten barnevernsvakta",
        "mobbet mobba mobbing mobbing",
        "vald vold",
        "nakenbilete nakenbilder",
        "pappa far faren",
        "mamma mor mora",
        "dattera dotter døtrene",
        "kontrollerer kontroll",
    ],
)
def test_forms_of_one_word_have_one_stem(former):
    assert len({stamme(form) for form in former.split()}) == 1


def test_what_only_looks_alike_has_not():
    stammer = [stamme(o) for o in ("slag", "slå", "skole", "skolisk", "rus", "russisk")]

    assert len(set(stammer)) == 6


@pytest.mark.parametrize(
    ("sporsmal", "tittel"),
    [
        ("veiledning", "Foreldreveiledning"),
        ("foreldre veiledning", "Foreldreveiledning"),
        ("rus", "Rusundervisning"),
        ("ungdomsklubben", "Klubben"),
        ("canabis", "Cannabis"),
        ("Hjemmetjensten", "Hjemmetjenesten"),
        ("barnehgae", "Barnehage"),
        ("skjaere seg", "Skjære"),
        ("faar bloe", "Blø"),
        ("sma skritt", "Små skritt"),
        ("«PPT»?!", "PPT"),
    ],
)
def test_a_word_is_found_however_it_is_typed(sporsmal, tittel):
    assert funnet(sporsmal, ting(tittel))[0] == tittel


def test_norwegian_letters_are_their_own_first():
    """Who types å, ø or æ means it; who types a or o may."""
    assert funnet("mål", ting("Mal"), ting("Mål"))[0] == "Mål"
    assert funnet("mal", ting("Mål"), ting("Mal")) == ["Mal", "Mål"]


def test_a_whole_word_comes_before_a_part_and_a_title_before_a_text():
    tingene = ting("Tekst", "om mekling her"), ting("Meklingsmøte"), ting("Mekling")

    assert funnet("mekling", *tingene) == ["Mekling", "Meklingsmøte", "Tekst"]


def test_a_synonym_is_as_good_as_a_title_however_many_there_are():
    mange = ting("OUT", navn=["utekontakten", *(f"navn{nr}" for nr in range(30))])

    assert funnet("utekontakten", ting("Tekst", "utekontakten"), mange)[0] == "OUT"


def test_every_word_counts_and_none_is_demanded():
    begge, en = ting("Angst og uro"), ting("Angst")

    assert funnet("angst uro tapir", en, begge) == ["Angst og uro", "Angst"]


def test_what_is_over_comes_last_and_the_age_decides():
    over = ting("Angst", avsluttet=True)
    for_sma, for_store = (
        ting("Små", "angst", aldre=[(3, 12)]),
        ting("Store", "angst", aldre=[(13, 20)]),
    )

    assert funnet("angst 15 år", over, for_sma, for_store) == ["Store", "Små", "Angst"]


@pytest.mark.parametrize(
    ("tekst", "aldre"),
    [
        ("rus 14 år", (14, 14)),
        ("en 15-åring ruser seg", (15, 15)),
        ("fjortenåring", (14, 14)),
        ("åtteåring som slår", (8, 8)),
        ("gutt i åttende klasse", (13, 14)),
        ("10. trinn", (15, 16)),
        ("elev i vg2", (17, 18)),
        ("er 26 og ruser meg", (26, 26)),
        ("tiltak 21", None),
        ("400 år siden", None),
        ("på 8 uker", (8, 8)),
    ],
)
def test_ages_are_understood(tekst, aldre):
    assert les(tekst).aldre == aldre


@pytest.mark.parametrize(
    "nummer",
    ["46934634", "469 34 634", "+47 46 93 46 34", "004746934634", "46-93-46-34"],
)
def test_a_number_is_found_in_any_grouping(nummer):
    ut = ting("OUT", numre=[Nummer("469 34 634", "tel:+4746934634")])
    annen = ting("Annen", numre=[Nummer("64 99 32 70", "tel:+4764993270")])

    assert funnet(nummer, annen, ut) == ["OUT"]


@pytest.mark.parametrize("tekst", ["", " ", "a", "?!", "<>", "og i på", "\x00", "🙂"])
def test_what_says_nothing_asks_nothing(tekst):
    assert not les(tekst)


def test_what_is_too_long_is_cut():
    sporring = les("rus " * 2_500)

    assert (len(sporring.tekst), sporring.avkortet, sporring.ord) == (
        LENGST,
        True,
        ("rus",),
    )


def test_what_is_not_found_is_named_with_what_is_near():
    svar = Indeks([ting("Sørumsand"), ting("Fetsund")]).sok(les("sørungsand tapir"))

    assert (svar.uten_treff, [t.ting.tittel for t in svar.treff]) == (
        ["tapir"],
        ["Sørumsand"],
    )
    assert Indeks([ting("Sørumsand")]).sok(les("sørensund")).naer == ["sørumsand"]


def test_where_nothing_is_found_what_was_asked_for_is_named():
    """Though it begins as another word does, which says too little."""
    svar = Indeks([ting("Mørke", "om nattens mulm")]).sok(les("finnes det natteravn"))

    assert (svar.treff, svar.uten_treff) == ([], ["natteravn"])


def test_a_word_of_an_expression_that_was_understood_did_find_something():
    svar = Indeks([ting("Barnevernsvakt"), ting("Annet")]).sok(les("hun kutter seg"))

    assert [t.ting.tittel for t in svar.treff] == ["Barnevernsvakt"]
    assert svar.uten_treff == []


def test_the_words_of_an_expression_are_near_each_other():
    """Redd hjemme is an expression; redd for noe, and hjemme, are two things."""
    vakt, klubb = ting("Barnevernsvakt"), ting("Åpenhet", "å være skeiv")
    sporsmal = "skeiv og redd for å si det til de andre hjemme"

    assert funnet("redd når hun er hjemme", vakt, klubb) == ["Barnevernsvakt"]
    assert "Barnevernsvakt" not in funnet(sporsmal, vakt, klubb)


def test_that_somebody_is_worried_says_less_than_what_about():
    telefonen, radikalt = ting("Kontakttelefon"), ting("Radikalisering")

    assert funnet("bekymret for hat", telefonen, radikalt)[0] == "Radikalisering"
    assert funnet("jeg er bekymret for eleven", telefonen)[0] == "Kontakttelefon"


def test_who_does_not_work_there_is_not_led_first_to_what_only_staff_may_use():
    for_ansatte, for_alle = ting("Overgrep", for_ansatte=True), ting("Om overgrep")

    assert funnet("overgrep", for_ansatte, for_alle)[0] == "Om overgrep"
    assert funnet("elev utsatt for overgrep", for_ansatte, for_alle)[0] == "Overgrep"


def test_the_sentence_with_the_words_is_shown_and_they_are_marked():
    html = "<p>Først dette.</p><p>Vi hjelper unge som <strong>ruser</strong> seg &amp; co.</p>"
    biter = utdrag(uten_merker(html), frozenset([stamme("rus")]))

    assert (
        "".join(bit for bit, _funnet in biter) == "Vi hjelper unge som ruser seg & co."
    )
    assert [bit for bit, merket in biter if merket] == ["ruser"]


@pytest.mark.parametrize(
    ("en", "annen", "feil"),
    [("klub", "klubb", 1), ("barnehgae", "barnehage", 1), ("rus", "vold", None)],
)
def test_mistakes_are_counted(en, annen, feil):
    assert avstand(en, annen, 2) == feil


def test_equal_ones_come_in_the_order_of_the_list():
    titler = [f"Angst {ord_}" for ord_ in ("øst", "sør", "ål", "apr")]

    assert funnet("angst", *map(ting, titler)) == titler
