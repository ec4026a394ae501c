"""No wrong figure comes in unsaid: each way in which it might, through every door."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evaluering.models import Maling
from evaluering.tall import innlest, utrulling
from evaluering.tall.ark import ark_i_tekst
from evaluering.tall.forms import OppsettForm, TallForm
from evaluering.tall.tabell import talltabell
from evaluering.tall.tallimport import les_igjen, sett_oppsett
from tests.evaluering.importveien import (
    last_inn,
    lim_inn,
    regneark,
    se,
    sendt,
    som_foreslatt,
)
from tests.factories import (
    BrukerFactory,
    IndikatorFactory,
    KildeFactory,
    MalingFactory,
    StedFactory,
)
from tests.innsending import innsending

MALEN = ["indikator", "år", "slag", "tall"]


@pytest.fixture
def lest(kommune):
    """What a table is understood as, by the indicators of the kommune: one of each kind."""
    for teller in ("hendelser", "personer", "andel"):
        IndikatorFactory(
            kommune=kommune,
            navn=teller.capitalize(),
            teller=teller,
            kilde__arstall=2024,
        )
    StedFactory(kommune=kommune, navn="Stav skole")
    bruker = BrukerFactory()

    def les(innhold, navn="a.csv", **oppsett):
        rad = sendt(kommune, bruker, navn, innhold)
        if not rad.bekreftet:
            skjema = OppsettForm(rad)
            skjema = OppsettForm(rad, som_foreslatt(skjema, **oppsett))
            assert skjema.is_valid(), skjema.errors
            sett_oppsett(rad, skjema.oppsett)
        return les_igjen(rad)

    return les


def dorer(*rader):
    """The same rows by each door."""
    tekst = [["" if c is None else str(c) for c in rad] for rad in rader]
    return {
        "xlsx": (regneark(*rader), "a.xlsx"),
        "csv": ("\n".join(";".join(rad) for rad in tekst).encode(), "a.csv"),
        "limt": ("\n".join("\t".join(rad) for rad in tekst), ""),
    }


DORER = ["xlsx", "csv", "limt"]


def feil(innlest):
    return [(f.rad, f.tekst) for f in innlest.feil]


# Percent ---------------------------------------------------------------------------------


def test_a_percentage_is_read_as_it_is_seen(lest):
    innlest = lest(
        regneark(
            MALEN,
            ["Andel", 2023, "a", 0.245],
            ["Andel", 2023, "b", 0.07],
            ["Andel", 2023, "c", 1],
            ["Andel", 2023, "d", 24.5],
            formater={"D2": "0.0%", "D3": "0 %", "D4": "0%", "D5": '0.0" %"'},
        ),
        "a.xlsx",
    )

    assert {m.slag: m.verdi for m in innlest.malinger} == {
        "a": Decimal("24.5"),
        "b": 7,
        "c": 100,
        "d": Decimal("24.5"),
    }


@pytest.mark.parametrize("dor", DORER)
def test_a_percentage_is_no_number_of_what_is_counted(lest, dor):
    if dor == "xlsx":
        sendt_ = (
            regneark(MALEN, ["Hendelser", 2023, "", 0.25], formater={"D2": "0%"}),
        )
    else:
        sendt_ = dorer(MALEN, ["Hendelser", 2023, "", "25 %"])[dor][:1]

    innlest = lest(*sendt_, "a.xlsx" if dor == "xlsx" else "a.csv")

    assert feil(innlest) == [(2, "Tallet er en prosent, og indikatoren teller noe.")]


# Points, parts of one, and rounding ------------------------------------------------------


@pytest.mark.parametrize("dor", DORER)
def test_a_point_before_three_digits_is_asked_about(lest, dor):
    innhold, navn = dorer(MALEN, ["Andel", 2023, "", 1.125])[dor]

    innlest = lest(innhold, navn)

    assert innlest.malinger == []
    assert "kan leses på to måter" in innlest.feil[0].tekst
    assert innlest.ukjente["punktum"]


@pytest.mark.parametrize("dor", DORER)
@pytest.mark.parametrize("verdi", [7.5, 6.996])
@pytest.mark.parametrize("indikator", ["Hendelser", "Personer"])
def test_what_is_counted_comes_whole(lest, dor, verdi, indikator):
    """Also what would be whole when it is rounded."""
    innhold, navn = dorer(MALEN, [indikator, 2023, "", verdi])[dor]

    innlest = lest(innhold, navn, punktum="desimal")

    assert innlest.malinger == []
    assert innlest.feil_i_alt == 1


def test_the_tail_of_what_was_counted_out_is_nothing(lest):
    innhold = regneark(MALEN, ["Personer", 2023, "", 0.1 * 3 * 10])

    assert [m.verdi for m in lest(innhold, "a.xlsx").malinger] == [3]


def test_rounding_is_said(lest):
    innlest = lest(regneark(MALEN, ["Andel", 2023, "", 24.45678]), "a.xlsx")

    assert [m.verdi for m in innlest.malinger] == [Decimal("24.46")]
    assert "1 tall er avrundet til to desimaler." in innlest.merknader


@pytest.mark.parametrize("dor", DORER)
@pytest.mark.parametrize("skrevet", ["12 13", "2023 150", "1,250.5", "12¹"])
def test_two_figures_in_a_cell_are_none(lest, dor, skrevet):
    innhold, navn = dorer(MALEN, ["Hendelser", 2023, "", skrevet])[dor]

    assert [f.kolonne for f in lest(innhold, navn).feil] == ["tall"]


# What is not seen ------------------------------------------------------------------------


def test_what_is_hidden_is_left_out_and_said(lest):
    innlest = lest(
        regneark(
            ["indikator", "år", "slag", "gruppe", "tall"],
            ["Hendelser", 2023, "a", "x", 1],
            ["Hendelser", 2023, "b", "x", 2],
            skjul=[2, "D"],
            flere=[("Mer", "veryHidden", [MALEN, ["Hendelser", 2023, "c", 3]])],
        ),
        "a.xlsx",
    )

    assert [(m.slag, m.gruppe, m.verdi) for m in innlest.malinger] == [("b", "", 2)]
    sagt = " ".join(innlest.merknader)
    assert "Arket «Mer» er skjult" in sagt
    assert "1 rad er skjult" in sagt
    assert "Kolonne D er skjult" in sagt


@pytest.mark.parametrize("dor", DORER)
def test_rows_wider_than_the_headings(lest, dor):
    innhold, navn = dorer(MALEN, ["Hendelser", 2023, "", 1, 2])[dor]

    assert "flere kolonner enn overskriftene" in feil(lest(innhold, navn))[0][1]


@pytest.mark.parametrize("dor", DORER)
def test_figures_under_an_empty_heading_have_to_be_said_of(kommune, dor):
    innhold, navn = dorer(["År", "Slag", "", "Tall"], [2023, "a", 7, 8])[dor]
    rad = sendt(kommune, BrukerFactory(), navn, innhold)

    skjema = OppsettForm(rad, som_foreslatt(OppsettForm(rad)))

    assert not rad.bekreftet
    assert "k2" in skjema.errors


@pytest.mark.parametrize(
    "tekst",
    [
        'År;Slag;Tall\n2023;"ute;1\n2023;inne";2\n2023;hjemme;3',
        'År;Slag;Tall\n2023;"ute;1\n2023;inne;2',
        'År;Slag;Tall\n2023;"ute" her;1',
    ],
)
def test_a_stray_quote_that_swallows_rows(tekst):
    with pytest.raises(ValidationError, match="anførselstegn"):
        ark_i_tekst(tekst, "a")


def test_a_quote_in_the_midst_of_a_text_is_a_letter(lest):
    innlest = lest('indikator;år;slag;tall\nHendelser;2023;rør 5" ;1\n'.encode())

    assert [m.slag for m in innlest.malinger] == ['rør 5"']


@pytest.mark.parametrize("dor", DORER)
@pytest.mark.parametrize("hva", ["", "Om 01010050053"])
def test_no_identity_number_is_kept_wherever_it_stands(kommune, dor, hva):
    """Also where nobody reads it: beside the table, and above it."""
    rader = [[hva], ["År", "Slag", "Navn", "Tall"], [2023, "a", "01010050053", 7]]
    innhold, navn = dorer(*rader)[dor]
    fil = SimpleUploadedFile(navn, innhold) if navn else None

    skjema = TallForm(
        {"limt_inn": "" if navn else innhold}, {"fil": fil} if fil else {}
    )

    assert not skjema.is_valid()
    assert "01010050053" not in str(skjema.errors)


# Headings and cells that say two things --------------------------------------------------


def test_a_figure_in_merged_cells_is_not_that_of_each(lest):
    innlest = lest(
        regneark(
            ["År", "Sted", "Hendelser"],
            [2023, "Stav skole", 12],
            [2023, "Sagdalen", None],
            flett=["C2:C3"],
        ),
        "a.xlsx",
    )

    assert [nr for nr, tekst in feil(innlest) if "slått sammen" in tekst] == [2]


def test_the_year_of_a_row_is_not_that_of_a_heading(lest):
    innlest = lest(
        b"\xc3\x85r;Slag;Tall i 2020\n2022;a;1\n2023;a;2\n", navn="Hendelser.csv"
    )

    assert {m.arstall for m in innlest.malinger} == {2022, 2023}


def test_a_column_that_is_chosen_for_figures_says_what_its_heading_does(kommune):
    """Where it was not proposed as such."""
    kilde = KildeFactory(kommune=kommune, arstall=2026)
    innhold = "År;Gutter;Jenter\n2023;5;\n2024;6;\n".encode()
    rad = sendt(kommune, BrukerFactory(), "Besøk.csv", innhold)
    assert OppsettForm(rad).oppsett.kolonner[2].rolle == "utelatt"
    skjema = OppsettForm(rad, som_foreslatt(OppsettForm(rad), k2="tall"))

    assert skjema.is_valid()
    assert skjema.oppsett.kolonner[2].faste == {"kjønn": "Jenter"}
    assert kilde


@pytest.mark.parametrize(
    ("navn", "ventet"),
    [
        ("Alle jenter", "jenter"),
        ("Sum gutter", "gutter"),
        ("Gutter og jenter", ""),
        ("Begge kjønn", ""),
    ],
)
def test_all_girls_are_girls(lest, navn, ventet):
    innlest = lest(f"indikator;år;kjønn;tall\nHendelser;2023;{navn};1\n".encode())

    # "Sum gutter" may be left out, but is never that of both.
    assert [m.kjonn for m in innlest.malinger] in ([ventet], [])
    assert innlest.malinger or "sum" in " ".join(innlest.merknader)


def test_a_place_whose_name_sounds_like_the_whole_is_a_place(kommune, lest):
    sted = StedFactory(kommune=kommune, navn="Alle barns hus")

    innlest = lest("indikator;år;sted;tall\nHendelser;2023;Alle barns hus;1\n".encode())

    assert [m.sted for m in innlest.malinger] == [sted]


def test_years_in_which_a_kommune_had_another_number(lest):
    innlest = lest(
        "Region;År;Hendelser\n"
        "3030 Lillestrøm (2020-2023);2023;12\n"
        "3030 Lillestrøm (2020-2023);2024;0\n"
        "3205 Lillestrøm;2024;13\n".encode()
    )

    assert {(m.arstall, m.verdi) for m in innlest.malinger} == {(2023, 12), (2024, 13)}


# Sources ---------------------------------------------------------------------------------


def test_no_figure_has_a_source_that_is_older(kommune, lest):
    IndikatorFactory(
        kommune=kommune, navn="Gamle", kilde__kommune=kommune, kilde__arstall=2020
    )

    innlest = lest("indikator;år;slag;tall\nGamle;2023;;1\nGamle;2020;;2\n".encode())

    assert innlest.mangler_kilde == 1
    assert innlest.ma_spores


@pytest.mark.parametrize("arstall", [2023, 2026])
def test_a_source_that_is_older_is_refused_where_it_is_chosen(kommune, arstall):
    gammel = KildeFactory(kommune=kommune, arstall=arstall)
    rad = sendt(kommune, BrukerFactory(), "Besøk.csv", "År;Slag\n2024;7\n".encode())
    svar = {"kilde": str(gammel.pk), "teller": "hendelser", "enhet": "besøk"}

    if arstall < 2024:
        with pytest.raises(AssertionError, match="Kilden er fra 2023"):
            last_inn(rad, navn=svar)
        assert not Maling.objects.exists()
    else:
        last_inn(rad, navn=svar)
        assert Maling.objects.get().kilde == gammel


# A year that is only partly in -----------------------------------------------------------


def tabellen(indikator):
    return talltabell(indikator, list(indikator.malinger.select_related("kilde")))


def test_a_year_that_is_partly_in_is_no_contradiction(kommune):
    treff = IndikatorFactory(kommune=kommune, teller="hendelser")
    for ar, slag, verdi in (
        (2022, "", 30),
        (2022, "ute", 10),
        (2022, "inne", 12),
        (2022, "hjemme", 7),
        (2023, "", 30),
        (2023, "ute", 10),
        (2023, "inne", 12),
    ):
        MalingFactory(
            indikator=treff, kilde=treff.kilde, arstall=ar, slag=slag, verdi=verdi
        )

    assert [(str(u.ar), u.sum, u.bare_deler) for u in tabellen(treff).uenigheter] == [
        ("2023", 22, True),
        ("2022", 29, False),
    ]


def test_more_parts_than_the_whole_contradict_it_whatever_is_missing(kommune):
    treff = IndikatorFactory(kommune=kommune, teller="hendelser")
    for ar, slag, verdi in (
        (2022, "c", 7),
        (2023, "", 20),
        (2023, "a", 10),
        (2023, "b", 12),
    ):
        MalingFactory(
            indikator=treff, kilde=treff.kilde, arstall=ar, slag=slag, verdi=verdi
        )

    assert [(u.sum, u.bare_deler) for u in tabellen(treff).uenigheter] == [(22, False)]


# By hand ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("teller", "endret", "ventet"),
    [
        ("andel", {"verdi": "24,5 %"}, "24.5"),
        ("andel", {"verdi": "1 250"}, "1250"),
        ("andel", {"verdi": "1.250"}, "kan leses på to måter"),
        ("andel", {"verdi": "12 13"}, "Skriv et tall"),
        ("hendelser", {"verdi": "25 %"}, "er en prosent"),
        ("hendelser", {"verdi": "7,5"}, "helt tall"),
        ("hendelser", {"arstall": "2024"}, "kan ikke ha tall fra 2024"),
        ("hendelser", {"arstall": "2024", "periode": "skolear"}, "Et skoleår går over"),
    ],
)
def test_the_form_has_the_same_rules(kommune, koordinator, teller, endret, ventet):
    indikator = IndikatorFactory(
        kommune=kommune, teller=teller, kilde__arstall=2023, kilde__kommune=kommune
    )
    side = reverse("admin:evaluering_maling_add")
    data = innsending(koordinator.get(side)) | {
        "indikator": indikator.pk,
        "kilde": indikator.kilde_id,
        "arstall": "2023",
        "verdi": "7",
    }

    svar = koordinator.post(side, data | endret)

    if svar.status_code == 302:
        assert Maling.objects.get().verdi == Decimal(ventet)
    else:
        assert ventet in svar.text
        assert not Maling.objects.exists()


def test_a_table_of_more_figures_than_memory_holds_is_refused(
    kommune, koordinator, monkeypatch
):
    IndikatorFactory(kommune=kommune, navn="Treff")
    monkeypatch.setattr(utrulling, "FLEST_I_TABELLEN", 2)
    lim_inn(
        koordinator, "indikator;år;tall", *(f"Treff;{ar};5" for ar in range(2020, 2023))
    )

    assert "Tabellen har mer enn 2 tall. Del den i flere." in se(koordinator).text


def test_more_unknown_names_than_can_be_asked_about_are_another_column(
    kommune, koordinator, monkeypatch
):
    IndikatorFactory(kommune=kommune, navn="Treff")
    monkeypatch.setattr(innlest, "FLEST_UKJENTE", 2)
    rader = [f"Treff;2020;Notat {nr};5" for nr in (1, 1, 2, 3)]
    lim_inn(koordinator, "indikator;år;sted;tall", *rader)

    tekst = "Tabellen har mer enn 2 navn som kommunen ikke har fra før."
    assert tekst in se(koordinator).text
