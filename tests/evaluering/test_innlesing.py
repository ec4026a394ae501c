"""Tables with our own headings are read as people meant them, asked about, or refused with
a word beside the row. Those of others: test_talltabeller.py."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from evaluering.models import Maling
from evaluering.tall.ark import FLEST_RADER, ark_i_regneark, ark_i_tekst
from evaluering.tall.celler import Tvetydig, les_tall
from evaluering.tall.innlesing import Tolker
from evaluering.tall.malen import etter_malen
from tests.evaluering.importveien import regneark
from tests.factories import (
    IndikatorFactory,
    KildeFactory,
    LokalomradeFactory,
    MalingFactory,
    StedFactory,
)


@pytest.fixture
def treff(kommune):
    return IndikatorFactory(
        kommune=kommune, navn="Treff", teller="andel", kilde__arstall=2024
    )


def les(kommune, *rader, hode="indikator;år;tall"):
    return tolk(kommune, ark_i_tekst("\n".join([hode, *rader]), "limt inn"))


def tolk(kommune, ark):
    return Tolker(kommune, etter_malen(ark)).tolk(ark)


def les_regneark(kommune, *rader, **hvordan):
    [ark] = ark_i_regneark(regneark(*rader, **hvordan))
    return tolk(kommune, ark)


def feil(innlest):
    return [(f.rad, f.kolonne, f.tekst) for f in innlest.feil]


@pytest.mark.parametrize(
    ("skrevet", "verdi"),
    [
        ("1250", "1250"),
        ("33 636", "33636"),
        ("33\u00a0636", "33636"),
        ("7,5", "7.5"),
        ("7.5", "7.5"),
        ("0", "0"),
        ("-4,25", "-4.25"),
        ("\u22124", "-4"),
        (33636, "33636"),
        (7.5, "7.5"),
        (0.1 + 0.2, "0.3"),
        ("24,5 %", "24.5"),
        ({"prosent": 0.07}, "7"),
        ({"prosent": 0.245}, "24.5"),
        ("1.250.000", "1250000"),
    ],
)
def test_figures_as_people_write_them(skrevet, verdi):
    assert les_tall(skrevet) == (Decimal(verdi), False)


def test_what_is_rounded_is_told():
    assert les_tall(0.125) == (Decimal("0.12"), True)


def test_a_star_that_nobody_knows_is_told_of(kommune, treff):
    innlest = les(kommune, "Treff;2022;4*", "Treff;2023;5")

    assert [(m.verdi, m.merke) for m in innlest.malinger] == [(4, ""), (5, "")]
    assert innlest.merknader == ["Stjernen i «4*» og like tall er ikke tatt med."]


def test_a_star_of_the_statistics_office_is_a_mark(kommune, treff):
    rader = "Treff;2022;4*;", "Treff;2023;5;*"
    hode = "Kilde: SSB\nindikator;år;tall;merke"

    innlest = les(kommune, *rader, hode=hode)

    assert [m.merke for m in innlest.malinger] == ["forelopig", "forelopig"]
    assert innlest.merknader == []


def test_a_figure_that_the_source_hid_is_no_figure(kommune, treff):
    """What says so may stand in a column of its own."""
    hode = "indikator;år;tall;merke"
    innlest = les(kommune, "Treff;2022;4;skjult", "Treff;2023;5;sjekket", hode=hode)

    assert feil(innlest) == [
        (2, "merke", "«skjult» står ved et tall. Ta bort ett av dem.")
    ]
    assert [m.verdi for m in innlest.malinger] == [5]


@pytest.mark.parametrize(
    "skrevet",
    [
        "",
        "tolv",
        "1.250",
        12.345,
        "1,250.5",
        "1e9",
        "12 13",
        "2023 150",
        True,
        {"dag": "2023-08-01"},
        "1" * 30,
        "NaN",
        "33,636",
        "0.125",
    ],
)
def test_what_is_no_figure_or_could_be_two(skrevet):
    with pytest.raises(ValueError, match=r"Skriv|stort|Cellen må"):
        les_tall(skrevet)


def test_a_point_that_may_part_thousands_is_asked_about():
    for skrevet in ("33.636", 33.636):
        with pytest.raises(Tvetydig, match="Skriv 33636, uten punktum"):
            les_tall(skrevet)
    assert les_tall("33.636", "tusen")[0] == 33636
    assert les_tall(33.64, "desimal")[0] == Decimal("33.64")


@pytest.mark.parametrize(
    "tekst",
    [
        "indikator;år;tall\nTreff;2023;7,5",
        "indikator,år,tall\nTreff,2023,7.5",
        "Indikator\tÅr\tTall\nTreff\t2023\t7,5",
        "indikator;år;tal\nTreff;2023;7,5",
        "OUT sine tall\n\nindikator;år;tall\ntreff;2023;7,5\n;;\n",
    ],
)
def test_a_text_is_read_whatever_parts_its_cells(kommune, treff, tekst):
    innlest = tolk(kommune, ark_i_tekst(tekst, "limt inn"))

    assert feil(innlest) == []
    [maling] = innlest.malinger
    assert (maling.indikator, maling.arstall, maling.verdi) == (
        treff,
        2023,
        Decimal("7.5"),
    )
    assert maling.kilde == treff.kilde


MALEN = ["indikator", "år", "tall"]


def test_a_spreadsheet_is_read(kommune, treff):
    innlest = les_regneark(kommune, MALEN, ["Treff", 2023, 7.5])

    assert [(m.arstall, m.verdi) for m in innlest.malinger] == [(2023, Decimal("7.5"))]


def test_a_formula_that_nobody_counted_out_is_refused_beside_its_cell(kommune, treff):
    innlest = les_regneark(kommune, MALEN, ["Treff", 2023, "=SUM(1,2)"])

    assert feil(innlest) == [
        (2, "tall", "Cellen er en formel uten verdi. Lim inn verdien.")
    ]


def test_a_date_is_no_year(kommune, treff):
    innlest = les_regneark(kommune, MALEN, ["Treff", date(2023, 8, 1), 7])

    assert feil(innlest) == [(2, "år", "Cellen er en dato. Skriv bare årstallet.")]


def test_what_a_cell_holds_besides_text_and_numbers_is_refused(kommune, treff):
    innlest = les_regneark(kommune, MALEN, ["Treff", 2023, True])

    assert feil(innlest) == [(2, "tall", "Cellen må være en tekst eller et tall.")]


def test_names_are_compared_as_they_are_stored(kommune, treff):
    """A Mac writes å as two signs."""
    StedFactory(kommune=kommune, navn="Månen")

    innlest = les(kommune, "Treff;2023;Ma\u030anen;1", hode="indikator;år;sted;tall")

    assert [m.sted.navn for m in innlest.malinger] == ["Månen"]


def test_rows_of_very_many_cells_are_refused(kommune, treff):
    with pytest.raises(ValidationError, match="Rad 2 har flere kolonner"):
        les(kommune, "Treff;2023;1" + ";x" * 50_000)


def test_an_indicator_has_as_many_figures_as_a_page_shows(kommune, treff, monkeypatch):
    monkeypatch.setattr("evaluering.tall.innlesing.FLEST_TALL", 2)
    MalingFactory(indikator=treff, arstall=2020)

    with pytest.raises(ValidationError, match="høyst 2 tall"):
        les(kommune, "Treff;2022;1", "Treff;2023;1")


@pytest.mark.parametrize("ord_", ["I alt", "til saman", "Samlet", "sum: alle"])
def test_the_whole_is_no_part_of_itself(kommune, treff, ord_):
    innlest = les(kommune, f"Treff;2023;{ord_};1", hode="indikator;år;slag;tall")

    assert [(m.slag, m.verdi) for m in innlest.malinger] == [("", 1)]


@pytest.mark.parametrize("ord_", ["Sum vold", "Alle andre", "Vold i alt"])
def test_a_sum_of_some_is_not_that_of_all(kommune, treff, ord_):
    innlest = les(kommune, f"Treff;2023;{ord_};1", hode="indikator;år;slag;tall")

    assert feil(innlest) == [
        (2, "slag", "La feltet stå tomt for tallet som gjelder alle.")
    ]


def test_a_broken_spreadsheet_is_refused():
    with pytest.raises(ValidationError, match="kan ikke leses"):
        ark_i_regneark(b"PK\x03\x04 not really")


def test_all_columns_are_understood(kommune, treff):
    sted = StedFactory(kommune=kommune, navn="Stav skole")
    omrade = LokalomradeFactory(kommune=kommune, navn="Fetsund")
    kilde = KildeFactory(kommune=kommune, navn="OUT 2023", arstall=2023)

    innlest = les(
        kommune,
        "Treff;2023;Stav skole;;Jenter;ungdomsskole;ute;mandag;2;3;OUT 2023",
        "treff;2022;;fetsund;gutter;Videregående;;;9;;",
        hode="indikator;år;sted;lokalområde;kjønn;skoleslag;slag;gruppe;tall;til;kilde",
    )

    assert feil(innlest) == []
    en, to = innlest.malinger
    assert (en.sted, en.kjonn, en.trinn, en.slag, en.gruppe) == (
        sted,
        "jenter",
        "ungdomsskole",
        "ute",
        "mandag",
    )
    assert (en.verdi, en.verdi_til, en.kilde) == (2, 3, kilde)
    assert (to.lokalomrade, to.trinn, to.kilde) == (
        omrade,
        "videregaende",
        treff.kilde,
    )


@pytest.mark.parametrize(
    ("rad", "ventet"),
    [
        (";2023;1", [(2, "indikator", "Cellen er tom.")]),
        ("Treff;i fjor;1", [(2, "år", "Skriv et årstall, for eksempel 2023.")]),
        (
            "Treff;2023;mange",
            [(2, "tall", "Skriv et tall, for eksempel 1250 eller 7,5.")],
        ),
        ("Treff;2023;-1", [(2, "tall", "Tallet kan ikke være under 0.")]),
        ("Treff;2023;=1+1", [(2, "tall", "Cellen er en formel. Lim inn verdien.")]),
    ],
)
def test_what_is_wrong_is_said_beside_the_cell(kommune, treff, rad, ventet):
    innlest = les(kommune, rad)

    assert feil(innlest) == ventet
    assert innlest.malinger == []


def test_a_figure_beyond_the_limits_of_its_indicator(kommune):
    IndikatorFactory(
        kommune=kommune, navn="Andel", kilde__arstall=2024, teller="andel", hoyst=100
    )

    innlest = les(kommune, "Andel;2023;101")

    assert feil(innlest) == [(2, "tall", "Tallet kan ikke være over 100.")]


def test_persons_come_in_whole_numbers(kommune):
    IndikatorFactory(
        kommune=kommune, navn="Unge", kilde__arstall=2024, teller="personer"
    )

    assert feil(les(kommune, "Unge;2023;7,5")) == [
        (2, "tall", "Et antall personer må være et helt tall.")
    ]


def test_the_same_figure_twice(kommune, treff):
    innlest = les(kommune, "Treff;2023;1", "Treff;2023;2")

    assert feil(innlest) == [(3, "tall", "Et tall for det samme står også på rad 2.")]


def test_a_figure_that_is_there_already(kommune, treff):
    MalingFactory(indikator=treff, arstall=2023, verdi=5)
    MalingFactory(indikator=treff, arstall=2022, verdi=7)

    innlest = les(kommune, "Treff;2023;1", "Treff;2022;7", "Treff;2021;9")

    assert [(m.arstall, m.verdi) for m in innlest.malinger] == [(2021, 9)]
    assert [(g.verdi, ny.verdi) for g, ny in innlest.endringer] == [(5, 1)]
    assert [m.arstall for m in innlest.like] == [2022]


def test_a_place_and_an_area_at_once(kommune, treff):
    StedFactory(kommune=kommune, navn="Stav")
    LokalomradeFactory(kommune=kommune, navn="Fetsund")

    innlest = les(
        kommune, "Treff;2023;Stav;Fetsund;1", hode="indikator;år;sted;lokalområde;tall"
    )

    assert feil(innlest) == [(2, "sted", "Velg enten et sted eller et lokalområde.")]


def test_a_span_the_wrong_way(kommune, treff):
    innlest = les(kommune, "Treff;2023;3;2", hode="indikator;år;tall;til")

    assert feil(innlest) == [(2, "til", "Det siste tallet må være større.")]


def test_an_identity_number_is_refused_and_not_repeated(kommune, treff):
    nummer = "01010750160"
    innlest = les(kommune, f"Treff;2023;{nummer};1", hode="indikator;år;gruppe;tall")

    [(rad, kolonne, tekst)] = feil(innlest)
    assert (rad, kolonne) == (2, "gruppe")
    assert nummer not in tekst


def test_what_the_source_hid_is_kept_as_hidden(kommune, treff):
    innlest = les(kommune, "Treff;2023;skjult", "Treff;2022;5", "Treff;2021;1–4")

    assert [(m.verdi, m.merke) for m in innlest.malinger] == [
        (None, "skjult"),
        (5, ""),
        (None, "skjult"),
    ]


def test_what_we_hid_ourselves_is_no_other_figure(kommune, django_assert_num_queries):
    unge = IndikatorFactory(
        kommune=kommune, navn="Unge", kilde__arstall=2024, teller="personer"
    )
    for ar in range(2018, 2024):
        MalingFactory(indikator=unge, arstall=ar, verdi=3)

    with django_assert_num_queries(5):
        innlest = les(kommune, *(f"Unge;{ar};skjult" for ar in range(2018, 2024)))

    assert (len(innlest.like), innlest.endringer, innlest.malinger) == (6, [], [])


@pytest.mark.parametrize(
    "hode",
    [
        "indikator;årstall;tall",
        "en;to;tre",
        "indikator;år;tall;tall",
        "indikator;år;tall;fritekst",
        "indikator;år;tall;",
    ],
)
def test_other_headings_than_ours_are_asked_about(hode):
    assert etter_malen(ark_i_tekst(f"{hode}\nTreff;2023;1;1", "a")) is None


def test_rows_wider_than_the_headings_are_an_error(kommune, treff):
    innlest = les(kommune, "Treff;2023;1;2")

    assert feil(innlest) == [(2, "", "Raden har flere kolonner enn overskriftene.")]


@pytest.mark.parametrize("rader", [[], ["Treff;2023;"]])
def test_a_table_without_figures(kommune, treff, rader):
    with pytest.raises(ValidationError, match="ingen tall under overskriftene"):
        les(kommune, *rader)


def test_more_rows_than_one_reads(kommune, treff):
    with pytest.raises(ValidationError, match=f"mer enn {FLEST_RADER} rader"):
        les(kommune, *100_000 * ["Treff;2023;1"])


def test_many_errors_are_counted_and_the_first_are_listed(kommune, treff):
    innlest = les(kommune, *(f"Treff;2023;x{nr}" for nr in range(150)))

    assert (innlest.feil_i_alt, len(innlest.feil)) == (150, 100)


def test_another_kommunes_names_are_unknown(kommune, nabokommune, treff):
    IndikatorFactory(kommune=nabokommune, navn="Naboens")
    StedFactory(kommune=nabokommune, navn="Naboens sted")

    innlest = les(
        kommune,
        "Naboens;2023;;1",
        "Treff;2023;Naboens sted;1",
        hode="indikator;år;sted;tall",
    )

    assert (innlest.malinger, innlest.feil) == ([], [])
    assert list(innlest.ukjente["indikatorer"]) == ["naboens"]
    assert list(innlest.ukjente["steder"]) == ["naboens sted"]
    assert innlest.ma_spores


@pytest.mark.parametrize("antall", [1, 300])
def test_the_number_of_queries_is_the_same_for_one_and_many(
    kommune, treff, antall, django_assert_num_queries
):
    with django_assert_num_queries(5):
        innlest = les(kommune, *(f"Treff;{1900 + nr % 100};1" for nr in range(antall)))

    assert len(innlest.malinger) == min(antall, 100)
    assert not Maling.objects.exists()
