"""Names of services in a document, and the tjenester that they are."""

import pytest

from tests.factories import KommuneFactory, KontaktpunktFactory, TjenesteFactory
from tests.tiltak.innlesing.lest import plan
from tiltak.innlesing.forslag.valg import Valg
from tiltak.innlesing.treff import nokkel, tjenestenavn


@pytest.fixture
def kommune(db):
    return KommuneFactory(navn="Elvestad")


def navnene(kommune, *linjer, **valg):
    """The names of a plan with a tiltak for each list of lines."""
    deler = ["# Fritid"]
    for nr, egne in enumerate(linjer, 1):
        deler += [f"## Tiltak {nr}: Tiltak {'ABCD'[nr - 1]}", *egne]
    return tjenestenavn(plan(*deler), kommune, Valg(tjenester=valg))


def test_each_name_stands_once_in_the_order_in_which_it_comes(kommune):
    navn = navnene(
        kommune,
        ["Ansvar: Utekontakten (OUT), Politiet"],
        ["Ansvar: Utekontakten", "Samarbeid: Natteravnene"],
    )

    assert [(n.navn, n.nokkel, n.titler) for n in navn] == [
        ("Utekontakten (OUT)", "utekontakten", ["Tiltak A", "Tiltak B"]),
        ("Politiet", "politiet", ["Tiltak A"]),
        ("Natteravnene", "natteravnene", ["Tiltak B"]),
    ]
    assert all(n.blokker for n in navn)
    assert [(n.forslag_navn, n.forslag_kortnavn) for n in navn] == [
        ("Utekontakten", "OUT"),
        ("Politiet", ""),
        ("Natteravnene", ""),
    ]


@pytest.mark.parametrize(
    ("heter", "skrevet", "hvordan"),
    [
        ({"navn": "Utekontakten"}, "UTEKONTAKTEN", "navn"),
        ({"navn": "Utekontakten"}, "Utekontakten i Elvestad kommune", "navn"),
        ({"navn": "Utekontakten i Elvestad"}, "Utekontakten", "navn"),
        ({"navn": "Utekontakt"}, "Utekontakten", "navn"),
        ({"navn": "Barneverntjenesten"}, "Barneverntjeneste", "navn"),
        ({"navn": "Oppsøkende team", "andre_navn": "Utekontakten, OT"}, "Utekontakten", "navn"),
        ({"navn": "Oppsøkende team", "kortnavn": "OUT"}, "OUT", "kortnavn"),
        ({"navn": "Oppsøkende team", "kortnavn": "OUT"}, "Utekontakten (OUT)", "kortnavn"),
        ({"navn": "Barneverntjenesten"}, "Enhet for barnevern", ""),
        ({"navn": "Kulturskolen"}, "Politiet", ""),
    ],
)  # fmt: skip
def test_names_are_found_in_the_forms_that_people_write(
    kommune, heter, skrevet, hvordan
):
    """Of this kommune: the neighbour has one that is called just so."""
    TjenesteFactory(navn=skrevet)
    egen = TjenesteFactory(kommune=kommune, **heter)

    (navn,) = navnene(kommune, [f"Ansvar: {skrevet}"])

    assert (navn.hvordan, navn.tjeneste) == (hvordan, egen if hvordan else None)


def test_of_two_that_are_called_so_none_is_guessed(kommune):
    TjenesteFactory(kommune=kommune, navn="Ungdomsteamet", andre_navn="Utekontakten")
    TjenesteFactory(kommune=kommune, navn="Kveldsteamet", andre_navn="Utekontakten")

    (navn,) = navnene(kommune, ["Ansvar: Utekontakten"])

    assert navn.tjeneste is None


def test_those_with_a_near_name_are_named_the_nearest_first(kommune):
    barnevern, vakt, _annen = (
        TjenesteFactory(kommune=kommune, navn=navn)
        for navn in (
            "Barneverntjenesten",
            "Barnevernsvakta i distriktet",
            "Biblioteket",
        )
    )

    (navn,) = navnene(kommune, ["Ansvar: Enhet for barnevern"])

    assert navn.likner == [barnevern, vakt]


@pytest.mark.parametrize(
    ("linje", "hvordan"),
    [
        ("Telefon: +47 46 93 46 34", "telefon"),
        ("Kontakt: Post@example.org", "epost"),
        ("Telefon: 400 00 000", ""),
    ],
)
def test_a_number_or_an_address_says_who_it_is(kommune, linje, hvordan):
    out = TjenesteFactory(kommune=kommune, navn="Oppsøkende team")
    KontaktpunktFactory(tjeneste=out, verdi="469 34 634")
    KontaktpunktFactory(tjeneste=out, type="epost", verdi="post@example.org")
    KontaktpunktFactory(verdi="400 00 000")

    (navn,) = navnene(kommune, ["Ansvar: Nattpatruljen", linje])

    assert (navn.hvordan, navn.tjeneste) == (hvordan, out if hvordan else None)


@pytest.mark.parametrize(
    "linjer",
    [
        pytest.param(
            [["Ansvar: Nattpatruljen, Politiet", "Telefon: 469 34 634"]],
            id="several names",
        ),
        pytest.param(
            [["Ansvar: Nattpatruljen", "Telefon: 469 34 634 og 400 00 000"]],
            id="several services",
        ),
        pytest.param(
            [
                ["Ansvar: Nattpatruljen", "Telefon: 469 34 634"],
                ["Ansvar: Oppsøkende team"],
            ],
            id="another name is its own",
        ),
    ],
)
def test_a_number_that_may_be_of_others_says_nothing(kommune, linjer):
    out = TjenesteFactory(kommune=kommune, navn="Oppsøkende team")
    KontaktpunktFactory(tjeneste=out, verdi="469 34 634")
    KontaktpunktFactory(tjeneste__kommune=kommune, verdi="400 00 000")

    navn = navnene(kommune, *linjer)

    assert [n.tjeneste for n in navn if n.navn == "Nattpatruljen"] == [None]


@pytest.mark.parametrize("valg", ["ny", "ingen", "egen", "naboens", "tull"])
def test_what_was_chosen_goes_before_what_is_found(kommune, valg):
    TjenesteFactory(kommune=kommune, navn="Utekontakten")
    egen = TjenesteFactory(kommune=kommune, navn="Ungdomsteamet")
    verdi = {"egen": str(egen.pk), "naboens": str(TjenesteFactory().pk)}.get(valg, valg)

    (navn,) = navnene(kommune, ["Ansvar: Utekontakten"], utekontakten=verdi)

    ventet = {
        "ny": ("ny", "", None),
        "ingen": ("ingen", "", None),
        "egen": (verdi, "valgt", "Ungdomsteamet"),
    }.get(valg, ("", "navn", "Utekontakten"))
    navnet = navn.tjeneste and navn.tjeneste.navn
    assert (navn.valg, navn.hvordan, navnet) == ventet


@pytest.mark.parametrize("antall", [1, 3])
def test_it_asks_as_much_for_one_and_three(kommune, antall, django_assert_num_queries):
    TjenesteFactory.create_batch(antall, kommune=kommune)

    with django_assert_num_queries(2):
        navn = navnene(kommune, *[[f"Ansvar: Lag {nr}x"] for nr in range(antall)])

    assert len(navn) == antall


@pytest.mark.parametrize(
    ("a", "b", "samme"),
    [
        ("Utekontakten (OUT)", "utekontakten", True),
        ("Team 1", "Team 2", False),
        ("Avdeling ung (nord)", "Avdeling ung (sør)", False),
        ("Barneverntjenesten.", "Barneverntjenesten", True),
    ],
)
def test_what_tells_names_apart(a, b, samme):
    assert (nokkel(a) == nokkel(b)) == samme
