"""Ways in which offices and people write what others do not: each figure is that of the
file, by its year, sex, age and unit, or the file is answered in words."""

import pytest

from evaluering.models import Indikator
from evaluering.tall.navneskjema import NavneForm
from evaluering.tall.tallimport import les_igjen
from slt.models import Sted
from tests.evaluering.importveien import lagret, last_inn, regneark, sendt
from tests.factories import BrukerFactory, IndikatorFactory, KildeFactory, StedFactory


@pytest.fixture
def les(kommune):
    """Sends a file, and returns its import as it was proposed."""
    bruker = BrukerFactory()
    StedFactory(kommune=kommune, navn="Stav skole", type=Sted.Type.UNGDOMSSKOLE)

    def les_fil(*linjer, navn="tall.csv"):
        er_regneark = isinstance(linjer[0], bytes)
        innhold = linjer[0] if er_regneark else "\n".join(linjer).encode()
        return sendt(kommune, bruker, navn, innhold)

    return les_fil


@pytest.fixture
def inn(kommune, les):
    """Takes a file in, and returns (all figures, what was said of it)."""
    kilde = KildeFactory(kommune=kommune, navn="Kilden", arstall=2026)

    def ta_inn(*linjer, oppsett=None, navn="tall.csv", **svar):
        valgt = {"teller": "hendelser", "enhet": "stk", "kilde": str(kilde.pk)} | svar
        innlest = last_inn(les(*linjer, navn=navn), oppsett=oppsett, navn=valgt)
        return lagret(), " ".join(innlest.merknader)

    return ta_inn


def roller(rad):
    return [kolonne["rolle"] for kolonne in rad.oppsett["kolonner"]]


# Columns ---------------------------------------------------------------------------------


def test_a_cell_that_is_no_figure_makes_its_column_no_name(les, kommune):
    """The figures beside it are figures, and the cell is said to be none."""
    IndikatorFactory(kommune=kommune, navn="Tiltak", teller="hendelser")
    rad = les(
        "Tiltak;2022;2023",
        "Samtaler;ca. 20;25",
        "Besøk;20 stk;6",
        "Turer;12;14",
    )

    assert roller(rad) == ["slag", "tall", "tall"]
    innlest = les_igjen(rad)
    assert [(feil.rad, feil.kolonne) for feil in innlest.feil] == [
        (2, "tall"),
        (3, "tall"),
    ]


def test_notes_below_say_nothing_of_a_column(inn):
    tallene, sagt = inn(
        "Andel som har prøvd hasj, etter kjønn",
        ";2021;2024",
        "Gutter;4;5",
        "Jenter;3;4",
        "Spørsmål: Hvor mange ganger har du prøvd?;;",
        "Kilde: Ungdata;;",
    )

    navn = "Andel som har prøvd hasj"
    assert tallene == {
        (navn, "2021", "gutter", "4"),
        (navn, "2024", "gutter", "5"),
        (navn, "2021", "jenter", "3"),
        (navn, "2024", "jenter", "4"),
    }
    assert "Kilde: Ungdata" in sagt


def test_years_with_a_sum_below_are_years_and_remarks_no_kind(inn):
    tallene, sagt = inn(
        "År;Samtaler;Merknad",
        "2023;120;høst",
        "2024;130;",
        "Sum;250;",
        "* anslag;;",
    )

    assert tallene == {("Samtaler", "2023", "", "120"), ("Samtaler", "2024", "", "130")}
    assert "«Sum»" in sagt
    assert "Kolonne C er ikke tatt med" in sagt


def test_what_is_counted_out_of_the_years_is_left_out(inn):
    tallene, sagt = inn(
        "Lovbrudd;2022;2023;Endring 2022-2023;Endring i %;Snitt 2022–2023;Sum",
        "Vold;10;12;2;20 %;11;22",
        "Tyveri;20;30;10;50 %;25;50",
        oppsett={"indikator": "Saker"},
    )

    assert tallene == {
        ("Saker", "2022", "Vold", "10"),
        ("Saker", "2023", "Vold", "12"),
        ("Saker", "2022", "Tyveri", "20"),
        ("Saker", "2023", "Tyveri", "30"),
    }
    assert "D, E, F, G" in sagt


@pytest.mark.parametrize("over", [None, "slag"])
def test_what_the_row_says_is_kept_beside_what_its_heading_says(inn, over):
    tallene, _sagt = inn(
        "Kommune;Lovbrudd;Anmeldt 2022;Oppklart 2022",
        "Lillestrøm;Vold;10;5",
        "Lillestrøm;Tyveri;20;15",
        oppsett={"indikator": "Saker"} | ({"over": over} if over else {}),
    )

    assert tallene == {
        ("Saker", "2022", "Vold, Anmeldt", "10"),
        ("Saker", "2022", "Vold, Oppklart", "5"),
        ("Saker", "2022", "Tyveri, Anmeldt", "20"),
        ("Saker", "2022", "Tyveri, Oppklart", "15"),
    }


def test_a_table_beside_another_is_asked_about_whole(les):
    rad = les("År;Gutter;Jenter;År;A;B", "2022;1;2;2020;3;4", "2023;5;6;2021;7;8")

    assert roller(rad) == ["år", "tall", "tall", "", "", ""]


def test_what_is_no_sex_makes_the_others_no_kinds(les, kommune):
    IndikatorFactory(kommune=kommune, navn="Saker", teller="hendelser")
    rad = les("Saker", "Kjønn;2022", "Gutter;10", "Jenter;12", "Ukjent;5")

    innlest = les_igjen(rad)
    assert [m.kjonn for m in innlest.malinger] == ["gutter", "jenter"]
    assert [(feil.rad, feil.kolonne) for feil in innlest.feil] == [(5, "kjønn")]


def test_ages_of_which_some_are_no_spans_are_ages(les):
    rad = les("Alder;2022;2023", "10-14;1;2", "15-17;3;4", "18+;5;6", "Ukjent;7;8")

    assert roller(rad) == ["alder", "tall", "tall"]


@pytest.mark.parametrize("nar", [("2022K4", "2023K1"), ("01.03.2022", "01.03.2023")])
def test_a_quarter_or_a_day_is_no_year_and_no_kind(les, nar):
    """Or all of them would be of the one year that is asked for."""
    rad = les("Periode;Antall", *(f"{ett};10" for ett in nar))

    assert roller(rad) == ["år", "tall"]


def test_the_column_of_another_kommune_is_no_part_of_this_one(inn):
    tallene, sagt = inn(
        "År;Lillestrøm;Lørenskog;Akershus",
        "2022;10;9;100",
        "Snitt;10;9;100",
        oppsett={"indikator": "Saker"},
    )

    assert tallene == {("Saker", "2022", "", "10"), ("Saker", "2022", "fylket", "100")}
    assert "Kolonne C er ikke tatt med" in sagt
    assert "«Snitt»" in sagt


def test_a_sheet_for_each_year(les):
    arene = [
        (ar, "visible", [["Lovbrudd", "Gutter"], ["Vold", 1], ["Hærverk", 2], *flere])
        for ar, flere in (("2022", []), ("2023", [["Tyveri", 3]]))
    ]
    rad = les(regneark(flere=arene), navn="a.xlsx")

    assert rad.oppsett["ark"] == "2023"
    assert rad.oppsett["faste"]["år"] == "2023"


def test_numbers_of_offices_are_no_figures(les):
    rad = les("Enhetsnavn;Organisasjonsnummer;2023", "Stav skole;974600001;12")

    assert roller(rad) == ["sted", "utelatt", "tall"]


# Units -----------------------------------------------------------------------------------


def test_what_is_counted_and_its_share_are_two_indicators(inn):
    tallene, _sagt = inn(
        "Kommune;Antall elever 2023;Andel elever med fravær 2023;Saker per 1000 2023",
        "Lillestrøm;1102;6,4;3,25",
        teller="personer",
        enhet="elever",
    )

    assert {(navn, tall) for navn, _ar, _hva, tall in tallene} == {
        ("Antall elever", "1102"),
        ("Andel elever med fravær", "6.4"),
        ("Saker per 1000", "3.25"),
    }
    assert set(Indikator.objects.values_list("navn", "teller", "enhet")) == {
        ("Antall elever", "personer", "elever"),
        ("Andel elever med fravær", "andel", "prosent"),
        ("Saker per 1000", "andel", "per 1000"),
    }


def test_the_number_and_the_percentage_below_each_other(inn):
    tallene, _sagt = inn(
        "Kommune;År;Indikator;Enhet;Verdi",
        "Lillestrøm;2023;Barn i lavinntekt;antall;1021",
        "Lillestrøm;2023;Barn i lavinntekt;prosent;11,2",
    )

    assert {(navn, tall) for navn, _ar, _hva, tall in tallene} == {
        ("Barn i lavinntekt, antall", "1021"),
        ("Barn i lavinntekt, prosent", "11.2"),
    }
    assert set(Indikator.objects.values_list("teller", "enhet")) == {
        ("hendelser", "antall"),
        ("andel", "prosent"),
    }


def test_shares_that_may_be_percentages_are_asked_of_by_indicator(inn):
    _tallene, sagt = inn(
        "Spørsmål;2022;2023",
        "Trives;84;86",
        "Røyker;0,03;0,02",
        teller="andel",
        enhet="prosent",
    )

    assert "«Røyker» er mellom 0 og 1" in sagt
    assert "«Trives»" not in sagt


def test_figures_with_a_percent_sign_are_proposed_as_such(inn):
    inn("Spørsmål;2023;2024", "Trives;84,5 %;86 %", "Røyker;3 %;2 %", teller="andel")

    assert set(Indikator.objects.values_list("enhet", flat=True)) == {"prosent"}


# What stands in cells --------------------------------------------------------------------


def test_codes_beside_names(inn):
    tallene, _sagt = inn(
        "region;kjønn;alder;år;Personer",
        "3205 Lillestrøm;0 Begge kjønn;999A Alle aldre;2023;100200",
        "3205 Lillestrøm;1 Menn;F16-17 16-17 år;2023;1201",
        "3205 Lillestrøm;2 Kvinner;F16-17 16-17 år;2023;1101",
        "EAK Landet;2 Kvinner;F16-17 16-17 år;2023;60000",
    )

    assert tallene == {
        ("Personer", "2023", "", "100200"),
        ("Personer", "2023", "gutter, 16–17 år", "1201"),
        ("Personer", "2023", "jenter, 16–17 år", "1101"),
        ("Personer", "2023", "landet jenter, 16–17 år", "60000"),
    }


def test_codes_alone(inn):
    """As machines give them: 0, 1 and 2 for the sexes, and places by number."""
    tallene, _sagt = inn(
        "GEO,AAR,KJONN,ALDER,TELLER,RATE,FLAGG",
        "0,2021_2021,0,16_24,50000,9.3,0",
        "32,2021_2021,0,16_24,7000,8.4,0",
        "3205,2019_2021,1,16_24,400,9.1,0",
        "3205,2019_2021,2,16_24,300,7.1,0",
        oppsett={"indikator": "Uføre"},
    )

    assert tallene == {
        (f"Uføre, {navn}", ar, hva, tall)
        for ar, hva, *par in (
            ("2021", "landet 16–24 år", "50000", "9.3"),
            ("2021", "fylket 16–24 år", "7000", "8.4"),
            ("2019–2021", "gutter, 16–24 år", "400", "9.1"),
            ("2019–2021", "jenter, 16–24 år", "300", "7.1"),
        )
        for navn, tall in zip(("teller", "rate"), par, strict=True)
    }


def test_spans_in_one_cell(inn, les):
    tallene, _sagt = inn(
        "Enhetsnavn;2021-22;2022-23;2023-24",
        "Stav skole;60%-90%;90–100;n<5",
        oppsett={"indikator": "Trives"},
        teller="andel",
    )

    assert tallene == {
        ("Trives", "2021/22", "Stav skole", "60–90"),
        ("Trives", "2022/23", "Stav skole", "90–100"),
        ("Trives", "2023/24", "Stav skole", "skjult"),
    }
    rad = les("indikator;år;tall", "Trives;2023;90-60", "Trives;2022;2020-2021")
    assert {feil.rad for feil in les_igjen(rad).feil} == {2, 3}


def test_a_heading_of_a_sex_and_more(inn):
    tallene, _sagt = inn(
        "Spørsmål;Gutter 8. trinn;Jenter, 8. trinn;Alle 8. trinn;Vold mot kvinner",
        "Svar;1;2;3;4",
        oppsett={"ar": "2024"},
    )

    assert tallene == {
        ("Svar", "2024", "8. trinn, gutter", "1"),
        ("Svar", "2024", "8. trinn, jenter", "2"),
        ("Svar", "2024", "8. trinn", "3"),
        ("Svar", "2024", "Vold mot kvinner", "4"),
    }


def test_a_heading_that_says_that_a_year_is_provisional(inn):
    tallene, _sagt = inn(
        "Lovbrudd;2022;2023 (foreløpige tall)",
        "Vold;10;12",
        oppsett={"indikator": "Saker"},
    )

    assert tallene == {
        ("Saker", "2022", "Vold", "10"),
        ("Saker", "2023", "Vold", "12 forelopig"),
    }


@pytest.mark.parametrize("hode", ["Saker 2023K1;Saker 2024K1", "2023K1;2024K1"])
def test_quarters_are_of_their_year(les, hode):
    rad = les(f"Lovbrudd;{hode}", "Vold;20;30")

    arene = [k["faste"].get("år") for k in rad.oppsett["kolonner"]]
    assert arene == [None, "2023", "2024"]


@pytest.mark.parametrize("sep", ["sep=;", '"sep=;"', "sep=;;;"])
def test_what_parts_the_cells_may_be_said_in_quotes(inn, sep):
    tallene, _sagt = inn(sep, "Tiltak;2022;2023", "Klubb;1 234;1 345")

    assert {tall for *_alt, tall in tallene} == {"1234", "1345"}


@pytest.mark.parametrize(
    ("skrevet", "likner"),
    [
        ("Stav skolle", "Stav skole"),
        ("Sagdalen skole", None),
        ("Auglend skole 2", None),
        ("Auglend skole", "Auglend skule"),
    ],
)
def test_what_is_like_another_name_is_never_taken_for_it(les, kommune, skrevet, likner):
    """It is asked about where it may be misspelt; else the figures of one school would be
    those of another by a press."""
    StedFactory(kommune=kommune, navn="Auglend skule", type=Sted.Type.UNGDOMSSKOLE)
    IndikatorFactory(kommune=kommune, navn="Treff", teller="hendelser")
    rad = les("indikator;år;sted;tall", f"Treff;2023;{skrevet};12")

    skjema = NavneForm(rad, les_igjen(rad))
    assert bool(skjema["steder-0"].help_text) == bool(likner)
    assert (likner or "") in skjema["steder-0"].help_text
    assert not skjema["steder-0"].initial
