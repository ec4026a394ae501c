"""A number lands at a service only where the document ties it to that one: else it stands
in the text of its tiltak."""

import pytest

from tests.factories import KommuneFactory, KontaktpunktFactory, TjenesteFactory
from tests.tiltak.innlesing.landet import av_deler, lagt_inn
from tiltak.innlesing.arbeid import forslaget
from tiltak.innlesing.landing import uten_plass
from tiltak.models import Kontaktpunkt, Tjeneste

NUMMER = "64 80 11 22"
I_TEKSTEN = f"<strong>Kontakt:</strong> {NUMMER}"


@pytest.fixture
def annen_kommune(db):
    return KommuneFactory()


def _punktene():
    return [str(p) for p in Kontaktpunkt.objects.order_by("tjeneste__navn", "pk")]


@pytest.mark.parametrize(
    "linjer",
    [
        ["Ansvar: SLT-koordinator", "Samarbeid: Politiet"],
        ["Ansvar: SLT-koordinator, Politiet"],
        ["Ansvar: Politiet", "Gjennomfører: SLT-koordinator"],
    ],
)
def test_those_of_somebody_who_is_words_alone_stay_words(annen_kommune, client, linjer):
    planimport = av_deler(
        annen_kommune,
        "# Fritid",
        "## Tiltak 1: Klubb",
        *linjer,
        f"Kontakt: {NUMMER}, slt@example.org",
        tjenester={"slt-koordinator": "ingen"},
    )

    landet = lagt_inn(planimport)

    politiet = Tjeneste.objects.get(kommune=annen_kommune)
    assert not politiet.kontaktpunkter.exists()
    side = client.get(politiet.get_absolute_url()).content.decode()
    assert "Politiet" in side
    assert NUMMER not in side
    tekst = landet.tiltak.get().tekst
    assert I_TEKSTEN in tekst
    assert "slt@example.org" in tekst


def test_of_several_who_answer_nobody_is_given_what_is_not_said_to_be_theirs(
    annen_kommune,
):
    """What one of them has from a tiltak of its own, is used."""
    planimport = av_deler(
        annen_kommune,
        "# Fritid",
        "## Tiltak 1: Klubb",
        "Ansvar: Ungdomskontakten, Politiet",
        f"Kontakt: {NUMMER}",
        "## Tiltak 2: Leir",
        "Ansvar: Ungdomskontakten, Politiet",
        "Kontakt: 469 34 634, ungdomskontakten@example.org",
        "## Tiltak 3: Tur",
        "Ansvar: Politiet",
        "Kontakt: 469 34 634",
    )

    landet = lagt_inn(planimport)

    assert _punktene() == [
        "Politiet: telefon 469 34 634",
        "Ungdomskontakten: e-post ungdomskontakten@example.org",
    ]
    klubb, leir, _tur = landet.tiltak.all()
    assert I_TEKSTEN in klubb.tekst
    assert leir.tekst == ""


@pytest.mark.parametrize("i_tiltaket", [True, False])
def test_the_one_whom_the_note_names_gets_it(annen_kommune, i_tiltaket):
    """A service of the same plan; where it has no part in the tiltak, its words stay."""
    planimport = av_deler(
        annen_kommune,
        "# Skole",
        "## Tiltak 1: Lesehjelp",
        "Ansvar: Oppvekstsjefen",
        *(["Samarbeid: PPT"] if i_tiltaket else []),
        f"Kontakt: PPT, tlf {NUMMER}",
        "## Tiltak 2: Veiledning",
        "Ansvar: PPT",
    )

    landet = lagt_inn(planimport)

    assert _punktene() == [f"PPT: telefon {NUMMER}"]
    tekst = landet.tiltak.get(tittel="Lesehjelp").tekst
    assert (f"PPT: {NUMMER}" in tekst) is not i_tiltaket


def test_a_line_or_a_row_says_whose_it_is(annen_kommune):
    planimport = av_deler(
        annen_kommune,
        "# Skole",
        [
            ["Tiltak", "Ansvar"],
            [
                "Lesehjelp",
                f"Barneverntjenesten, {NUMMER}\nPolitiet 469 34 634\nSkolene",
            ],
            ["Samtaler", "Helsesykepleierne\nSkolene\n400 00 000"],
        ],
    )

    landet = lagt_inn(planimport)

    assert _punktene() == [
        f"Barneverntjenesten: telefon {NUMMER}",
        "Politiet: telefon 469 34 634",
    ]
    assert "400 00 000" in landet.tiltak.get(tittel="Samtaler").tekst


def test_a_tjeneste_that_is_there_is_given_nothing_by_a_draft(annen_kommune):
    """Not by its own number either: it is said where to put it, and stands in the text."""
    out = TjenesteFactory(kommune=annen_kommune, navn="Utekontakten")
    KontaktpunktFactory(tjeneste=out, verdi="469 34 634")
    planimport = av_deler(
        annen_kommune,
        "# Fritid",
        "## Tiltak 1: Klubb",
        "Ansvar: Utekontakten",
        f"Kontakt: 469 34 634, {NUMMER}",
    )
    for_ = list(Kontaktpunkt.objects.values())

    sagt = uten_plass(planimport, forslaget(planimport))
    landet = lagt_inn(planimport)

    assert list(Kontaktpunkt.objects.values()) == for_
    assert landet.tiltak.get().tekst == f"<p>{I_TEKSTEN}</p>"
    assert [(u.hva, u.tekst) for u in sagt] == [("Kontakt", NUMMER)]
    assert "Finnes ikke hos tjenesten Utekontakten" in sagt[0].hvorfor
    assert sagt[0].blokker
