"""Tables as the offices and as people lay them out: each figure in the database is that of
the file, and what was left out is said."""

from decimal import Decimal

import pytest

from evaluering.models import Maling
from slt.models import Sted
from tests.evaluering.importveien import lagret, last_inn, regneark, sendt
from tests.factories import (
    BrukerFactory,
    IndikatorFactory,
    KildeFactory,
    LokalomradeFactory,
    StedFactory,
)

TELLER = {"teller": "hendelser", "enhet": "anmeldelser"}


@pytest.fixture
def inn(kommune):
    """Takes a file in, and returns (all figures, what was said of it)."""
    kilde = KildeFactory(kommune=kommune, navn="Kilden", arstall=2026)
    for navn in ("Stav skole", "Sagdalen skole"):
        StedFactory(kommune=kommune, navn=navn, type=Sted.Type.UNGDOMSSKOLE)
    LokalomradeFactory(kommune=kommune, navn="Fetsund")
    bruker = BrukerFactory()

    def ta_inn(innhold, navn="tall.csv", oppsett=None, **svar):
        if isinstance(innhold, str) and navn:
            innhold = innhold.encode()
        rad = sendt(kommune, bruker, navn, innhold)
        valgt = TELLER | {"kilde": str(kilde.pk)} | svar
        innlest = last_inn(rad, oppsett=oppsett, navn=valgt)
        return lagret(), " ".join(innlest.merknader)

    return ta_inn


# The offices -----------------------------------------------------------------------------


def test_ssb_pxweb_years_across(inn):
    """A title, a blank row, years across, marks, other kommuner, footnotes below."""
    tallene, sagt = inn(
        regneark(
            ["08487: Anmeldte lovbrudd, etter region, lovbruddsgruppe og år"],
            [],
            [None, None, "2022", "2023", "2024"],
            ["3205 Lillestrøm", "Vold og mishandling", 412, 440, ".."],
            [None, "Seksuallovbrudd", "-", 31, 28],
            ["3222 Lørenskog", "Vold og mishandling", 9, 9, 9],
            [None, "Seksuallovbrudd", 9, 9, 9],
            ["0 Hele landet", "Vold og mishandling", 36000, 36500, 37000],
            [None, "Seksuallovbrudd", 7000, 7100, 7200],
            [],
            ["Kilde: Statistisk sentralbyrå"],
            flett=["A4:A5", "A6:A7", "A8:A9"],
        ),
        "0848720260101.xlsx",
    )

    navn = "Anmeldte lovbrudd"
    assert tallene == {
        (navn, "2022", "Vold og mishandling", "412"),
        (navn, "2023", "Vold og mishandling", "440"),
        (navn, "2024", "Vold og mishandling", "mangler"),
        (navn, "2022", "Seksuallovbrudd", "0"),
        (navn, "2023", "Seksuallovbrudd", "31"),
        (navn, "2024", "Seksuallovbrudd", "28"),
        (navn, "2022", "landet Vold og mishandling", "36000"),
        (navn, "2023", "landet Vold og mishandling", "36500"),
        (navn, "2024", "landet Vold og mishandling", "37000"),
        (navn, "2022", "landet Seksuallovbrudd", "7000"),
        (navn, "2023", "landet Seksuallovbrudd", "7100"),
        (navn, "2024", "landet Seksuallovbrudd", "7200"),
    }
    assert "6 tall gjelder andre kommuner (3222 Lørenskog)" in sagt
    assert "Kilde: Statistisk sentralbyrå" in sagt


def test_ssb_csv_of_all_kommuner_kinds_across(inn):
    """As the real one: years on end, and the sum of all kommuner is none of ours."""
    tallene, sagt = inn(
        '"navn","komnr","år","alt","eiendomstyveri","vold_mishandling"\n'
        '"Lillestrøm",3205,"2020-2021",4505,1375,526\n'
        '"Lillestrøm",3205,"2021-2022",4610,1400,530\n'
        '"Bærum",3201,"2020-2021",5759,2312,583\n'
        '"I alt",,"2020-2021",10264,3687,1109\n',
        "lovbrudd.csv",
    )

    assert tallene == {
        ("Lovbrudd", "2020–2021", "", "4505"),
        ("Lovbrudd", "2020–2021", "eiendomstyveri", "1375"),
        ("Lovbrudd", "2020–2021", "vold mishandling", "526"),
        ("Lovbrudd", "2021–2022", "", "4610"),
        ("Lovbrudd", "2021–2022", "eiendomstyveri", "1400"),
        ("Lovbrudd", "2021–2022", "vold mishandling", "530"),
    }
    assert "6 tall gjelder andre kommuner" in sagt


def test_udir_long_rows(inn):
    """Schools below the kommune and the country, school years, units and dots."""
    tallene, _sagt = inn(
        "\ufeffEnhetsnavn;Statistikk;Indikator/delskår;Periode;Trinn;Kjønn;Verdi;Enhet\n"
        "Nasjonalt;Nasjonale prøver;Lesing;2023-24;Trinn 8;Begge kjønn;50,0;skalapoeng\n"
        "Lillestrøm kommune;Nasjonale prøver;Lesing;2023-24;Trinn 8;Begge kjønn;49,5;skalapoeng\n"
        "Stav skole;Nasjonale prøver;Lesing;2023-24;Trinn 8;Begge kjønn;51;skalapoeng\n"
        "Stav skole;Nasjonale prøver;Lesing;2023-24;Trinn 8;Gutter;.;skalapoeng\n"
        "Stav skole;Nasjonale prøver;Lesing;2023-24;Trinn 8;Jenter;52,25;skalapoeng\n",
        "udir.csv",
        teller="andel",
    )

    navn = "Nasjonale prøver, Lesing"
    assert tallene == {
        (navn, "2023/24", "landet Trinn 8", "50"),
        (navn, "2023/24", "Trinn 8", "49.5"),
        (navn, "2023/24", "Stav skole, Trinn 8", "51"),
        (navn, "2023/24", "Stav skole, Trinn 8, gutter", "skjult"),
        (navn, "2023/24", "Stav skole, Trinn 8, jenter", "52.25"),
    }
    assert {m.indikator.enhet for m in Maling.objects.all()} == {"skalapoeng"}


def test_kostra_two_rows_of_headings(inn):
    tallene, _sagt = inn(
        regneark(
            ["KOSTRA nøkkeltall"],
            [],
            [None, "Andel elever i grunnskolen", None, "Barnevernstiltak", None],
            ["Region", "2022", "2023", "2022", "2023"],
            ["K-3205 Lillestrøm", 5.5, 5.75, 301, 320],
            ["EAK Landet", 7.1, 7.2, 40000, 41000],
            ["EKG13 KOSTRA-gruppe 13", 1, 1, 1, 1],
            flett=["B3:C3", "D3:E3"],
        ),
        "kostra.xlsx",
        oppsett={"over": "indikator"},
        teller="andel",
        enhet="per 100",
    )

    assert tallene >= {
        ("Andel elever i grunnskolen", "2022", "", "5.5"),
        ("Andel elever i grunnskolen", "2023", "", "5.75"),
        ("Barnevernstiltak", "2022", "", "301"),
        ("Barnevernstiltak", "2023", "", "320"),
    }
    assert {hva for *_alt, hva, _v in tallene} <= {"", "landet"}


def test_ungdata_places_across(inn):
    """The kommune, the fylke and the country beside each other, in percent."""
    tallene, _sagt = inn(
        regneark(
            ["Spørsmål", "Lillestrøm", "Akershus", "Norge"],
            ["Har brukt cannabis", 0.0725, 0.08, 0.1],
            ["Har vært i slåsskamp", 0.115, 0.12, 0.125],
            formater={f"{k}{r}": "0.0%" for k in "BCD" for r in (2, 3)},
        ),
        "ungdata.xlsx",
        oppsett={"ar": "2024"},
        teller="andel",
        enhet="prosent",
    )

    assert tallene == {
        ("Har brukt cannabis", "2024", "", "7.25"),
        ("Har brukt cannabis", "2024", "fylket", "8"),
        ("Har brukt cannabis", "2024", "landet", "10"),
        ("Har vært i slåsskamp", "2024", "", "11.5"),
        ("Har vært i slåsskamp", "2024", "fylket", "12"),
        ("Har vært i slåsskamp", "2024", "landet", "12.5"),
    }


# People ----------------------------------------------------------------------------------


def test_a_table_of_ones_own(inn):
    """A title, merged cells, sexes below years across, a sum, marks and a note."""
    tallene, sagt = inn(
        regneark(
            ["Utekontakten i tall", None, None, None, None],
            [],
            [None, "2023", None, "2024", None],
            ["Sted", "Gutter", "Jenter", "Gutter", "Jenter"],
            ["Stav skole", 40, 30, 41, 31],
            ["Sagdalen skole", 20, "<5", 22, 10],
            ["Sum", 60, 30, 63, 41],
            ["* telt for hånd"],
            flett=["A1:E1", "B3:C3", "D3:E3"],
        ),
        "Ark.xlsx",
        teller="personer",
        enhet="personer",
    )

    navn = "Utekontakten i tall"
    assert tallene == {
        (navn, "2023", "Stav skole, gutter", "40"),
        (navn, "2023", "Stav skole, jenter", "30"),
        (navn, "2024", "Stav skole, gutter", "41"),
        (navn, "2024", "Stav skole, jenter", "31"),
        (navn, "2023", "Sagdalen skole, gutter", "20"),
        (navn, "2023", "Sagdalen skole, jenter", "skjult"),
        (navn, "2024", "Sagdalen skole, gutter", "22"),
        (navn, "2024", "Sagdalen skole, jenter", "10"),
    }
    assert "7 «Sum»" in sagt
    assert "8 «* telt for hånd»" in sagt


@pytest.mark.parametrize(
    "koding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]
)
@pytest.mark.parametrize("skille", [";", ",", "\t"])
def test_texts_however_they_are_stored(inn, koding, skille):
    rader = [["Årstall", "Sted", "Besøk på klubben"], ["2023", "Stav skole", "1 250"]]
    innhold = "\r\n".join(skille.join(rad) for rad in rader)

    tallene, _sagt = inn(innhold.encode(koding), "klubben.csv")

    assert {(ar, hva, verdi) for _n, ar, hva, verdi in tallene} == {
        ("2023", "Stav skole", "1250")
    }


def test_a_file_that_says_what_parts_its_cells(inn):
    tallene, _sagt = inn(
        "sep=;\r\nÅr;Vold, trusler\r\n2023;12\r\n2024;13\r\n", "a b.csv"
    )

    assert {verdi for *_r, verdi in tallene} == {"12", "13"}


def test_two_tables_on_a_sheet(inn):
    """Also where the second one has years above its figures."""
    tallene, sagt = inn(
        regneark(
            ["Slag", "2022", "2023"],
            ["Vold", 11, 12],
            ["Rus", 13, 14],
            [],
            ["Slag", "2022", "2023"],
            ["Vold", 111, 112],
        ),
        "Anmeldelser.xlsx",
        oppsett={"indikator": "Anmeldelser"},
    )

    assert {t[1:] for t in tallene} == {
        ("2022", "Vold", "11"),
        ("2023", "Vold", "12"),
        ("2022", "Rus", "13"),
        ("2023", "Rus", "14"),
    }
    assert "Rad 5 og de under er ikke lest" in sagt


def test_the_sheet_with_most_figures_is_read_and_hidden_ones_are_not(inn):
    tallene, sagt = inn(
        regneark(
            ["Om tallene"],
            ["Se neste ark"],
            flere=[
                ("Tall", "visible", [["År", "Slag", "Tall"], [2023, "Vold", 7]]),
                (
                    "Gammelt",
                    "hidden",
                    [["År", "Slag", "Tall"], *9 * [[2023, "Vold", 9]]],
                ),
            ],
        ),
        "vold.xlsx",
    )

    assert {t[1:] for t in tallene} == {("2023", "Vold", "7")}
    assert "Arket «Gammelt» er skjult" in sagt


def test_indicators_and_places_are_known_again(inn, kommune):
    """By synonyms, and two ways of writing an age."""
    IndikatorFactory(
        kommune=kommune, navn="Treff", kilde__arstall=2024, teller="hendelser"
    )

    tallene, _sagt = inn(
        "Indikator;År;Kjønn;Alder;Skoleslag;Tall\n"
        "treff;2023;Menn;10-17;Ungdomstrinn;1\n"
        "Treff;2023;Kvinner;10–17 år;8.–10. trinn;2\n"
        "Treff;2023;Begge kjønn;Alle aldre;VGS;3\n",
    )

    assert tallene == {
        ("Treff", "2023", "gutter, 10–17 år, ungdomsskole", "1"),
        ("Treff", "2023", "jenter, 10–17 år, ungdomsskole", "2"),
        ("Treff", "2023", "videregående", "3"),
    }
    assert Maling.objects.get(trinn="videregaende").verdi == Decimal(3)
