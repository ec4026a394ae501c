"""Tables that people send are read as they meant them, or refused with a word beside the
row."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from evaluering.models import Maling
from evaluering.tall.innlesing import (
    FLEST_RADER,
    Tolker,
    les_tall,
    rader_i_csv,
    rader_i_regneark,
    rader_i_tekst,
)
from tests.factories import (
    IndikatorFactory,
    KildeFactory,
    LokalomradeFactory,
    MalingFactory,
    StedFactory,
)


@pytest.fixture
def treff(kommune):
    return IndikatorFactory(kommune=kommune, navn="Treff")


def les(kommune, *rader, hode="indikator;år;tall"):
    return Tolker(kommune).tolk(rader_i_tekst("\n".join([hode, *rader])))


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
        (0.125, "0.12"),
    ],
)
def test_figures_as_people_write_them(skrevet, verdi):
    assert les_tall(skrevet) == Decimal(verdi)


@pytest.mark.parametrize(
    "skrevet",
    [
        "",
        "tolv",
        "1.250",
        "1.250.000",
        "1,250.5",
        "1e9",
        "12 %",
        True,
        "1" * 30,
        "NaN",
        "33,636",
        "0.125",
    ],
)
def test_what_is_no_figure_or_could_be_two(skrevet):
    with pytest.raises(ValueError, match=r"Skriv|stort"):
        les_tall(skrevet)


def test_a_point_that_may_part_thousands_is_asked_about():
    with pytest.raises(ValueError, match="Skriv 33636, uten punktum"):
        les_tall("33.636")


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
    innlest = Tolker(kommune).tolk(rader_i_tekst(tekst))

    assert feil(innlest) == []
    [maling] = innlest.malinger
    assert (maling.indikator, maling.arstall, maling.verdi) == (
        treff,
        2023,
        Decimal("7.5"),
    )
    assert maling.kilde == treff.kilde


@pytest.mark.parametrize("koding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_file_is_read_however_its_letters_are_stored(kommune, treff, koding):
    StedFactory(kommune=kommune, navn="Sørumsand")
    innhold = "indikator;år;sted;tall\r\nTreff;2023;Sørumsand;12\r\n".encode(koding)

    innlest = Tolker(kommune).tolk(rader_i_csv(innhold))

    assert [str(m.sted) for m in innlest.malinger] == ["Sørumsand"]


def regneark(*rader, flett=None):
    bok = Workbook()
    for rad in rader:
        bok.active.append(rad)
    if flett:
        bok.active.merge_cells(flett)
    ut = BytesIO()
    bok.save(ut)
    return ut.getvalue()


def test_a_spreadsheet_is_read(kommune, treff):
    innhold = regneark(["indikator", "år", "tall"], ["Treff", 2023, 7.5])

    innlest = Tolker(kommune).tolk(rader_i_regneark(innhold))

    assert [(m.arstall, m.verdi) for m in innlest.malinger] == [(2023, Decimal("7.5"))]


def test_a_formula_is_refused_beside_its_cell(kommune, treff):
    innhold = regneark(["indikator", "år", "tall"], ["Treff", 2023, "=SUM(1,2)"])

    innlest = Tolker(kommune).tolk(rader_i_regneark(innhold))

    assert feil(innlest) == [(2, "tall", "Cellen er en formel. Lim inn verdien.")]


def test_merged_headings_are_refused(kommune, treff):
    innhold = regneark(["indikator", "år", None], ["Treff", 2023, 7], flett="B1:C1")

    with pytest.raises(ValidationError, match="mangler: «tall»"):
        Tolker(kommune).tolk(rader_i_regneark(innhold))


def test_what_a_cell_holds_besides_text_and_numbers_is_refused(kommune, treff):
    innhold = regneark(["indikator", "år", "tall"], ["Treff", 2023, True])

    innlest = Tolker(kommune).tolk(rader_i_regneark(innhold))

    assert feil(innlest) == [(2, "tall", "Cellen må være en tekst eller et tall.")]


def test_names_are_compared_as_they_are_stored(kommune, treff):
    """A Mac writes å as two signs."""
    StedFactory(kommune=kommune, navn="Månen")

    innlest = les(kommune, "Treff;2023;Ma\u030anen;1", hode="indikator;år;sted;tall")

    assert [m.sted.navn for m in innlest.malinger] == ["Månen"]


def test_rows_of_very_many_cells_are_cut(kommune, treff):
    innlest = les(kommune, "Treff;2023;1" + ";x" * 50_000)

    assert len(innlest.malinger) == 1


def test_an_indicator_has_as_many_figures_as_a_page_shows(kommune, treff, monkeypatch):
    monkeypatch.setattr("evaluering.tall.innlesing.FLEST_TALL", 2)
    MalingFactory(indikator=treff, arstall=2020)

    with pytest.raises(ValidationError, match="høyst 2 tall"):
        les(kommune, "Treff;2022;1", "Treff;2023;1")


def test_the_whole_is_no_part_of_itself(kommune, treff):
    innlest = les(kommune, "Treff;2023;I alt;1", hode="indikator;år;slag;tall")

    assert [(f.rad, f.kolonne) for f in innlest.feil] == [(2, "slag")]


def test_a_broken_spreadsheet_is_refused():
    with pytest.raises(ValidationError, match="kan ikke leses"):
        list(rader_i_regneark(b"PK\x03\x04 not really"))


def test_all_columns_are_understood(kommune, treff):
    sted = StedFactory(kommune=kommune, navn="Stav skole")
    omrade = LokalomradeFactory(kommune=kommune, navn="Fetsund")
    kilde = KildeFactory(kommune=kommune, navn="OUT 2023")

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
        ("Ukjent;2023;1", [(2, "indikator", "Finnes ikke i kommunen: «Ukjent».")]),
        (";2023;1", [(2, "indikator", "Cellen er tom.")]),
        ("Treff;i fjor;1", [(2, "år", "Skriv et årstall, for eksempel 2023.")]),
        ("Treff;2023;", [(2, "tall", "Cellen er tom.")]),
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
    IndikatorFactory(kommune=kommune, navn="Andel", teller="andel", hoyst=100)

    innlest = les(kommune, "Andel;2023;101")

    assert feil(innlest) == [(2, "tall", "Tallet kan ikke være over 100.")]


def test_persons_come_in_whole_numbers(kommune):
    IndikatorFactory(kommune=kommune, navn="Unge", teller="personer")

    assert feil(les(kommune, "Unge;2023;7,5")) == [
        (2, "tall", "Et antall personer må være et helt tall.")
    ]


def test_the_same_figure_twice(kommune, treff):
    innlest = les(kommune, "Treff;2023;1", "Treff;2023;2")

    assert feil(innlest) == [(3, "tall", "Et tall for det samme står også på rad 2.")]


def test_a_figure_that_is_there_already(kommune, treff):
    MalingFactory(indikator=treff, arstall=2023)

    [(rad, kolonne, tekst)] = feil(les(kommune, "Treff;2023;1"))

    assert (rad, kolonne) == (2, "tall")
    assert tekst.startswith("Tallet for dette året er ført opp før.")


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


def test_rows_that_are_hidden_are_passed_over(kommune, treff):
    innlest = les(kommune, "Treff;2023;skjult", "Treff;2022;5")

    assert (innlest.hoppet_over, len(innlest.malinger)) == (1, 1)


@pytest.mark.parametrize(
    ("hode", "melding"),
    [
        ("indikator;årstall;tall", "mangler: «år»"),
        ("en;to;tre", "mangler: «indikator», «år», «tall»"),
        ("indikator;år;tall;tall", "«tall» står mer enn én gang"),
        ("indikator;år;tall;fritekst", "«fritekst» er ukjent"),
    ],
)
def test_headings_that_are_of_no_use(kommune, treff, hode, melding):
    with pytest.raises(ValidationError, match=melding):
        les(kommune, "Treff;2023;1;1", hode=hode)


def test_a_table_without_rows(kommune, treff):
    with pytest.raises(ValidationError, match="ingen tall under overskriftene"):
        les(kommune)


def test_more_rows_than_one_reads(kommune, treff):
    rader = (["indikator", "år", "tall"] if nr == 0 else [] for nr in range(100_000))

    with pytest.raises(ValidationError, match=f"mer enn {FLEST_RADER} rader"):
        Tolker(kommune).tolk(rader)


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

    assert [(f.rad, f.kolonne) for f in innlest.feil] == [
        (2, "indikator"),
        (3, "sted"),
    ]


@pytest.mark.parametrize("antall", [1, 300])
def test_the_number_of_queries_is_the_same_for_one_and_many(
    kommune, treff, antall, django_assert_num_queries
):
    with django_assert_num_queries(5):
        innlest = les(kommune, *(f"Treff;{1900 + nr % 100};1" for nr in range(antall)))

    assert len(innlest.malinger) == min(antall, 100)
    assert not Maling.objects.exists()
