"""Tables of figures by the coordinator's pages: read, looked at, put in and undone, all
or nothing, by whoever keeps the kommune and nobody else."""

import zipfile
from datetime import timedelta
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db.models import QuerySet
from django.utils import timezone
from openpyxl import load_workbook

from evaluering.models import Maling, Tallimport
from evaluering.tall import innlesing
from evaluering.tall.malen import KOLONNER
from evaluering.tall.tallimport import angre, legg_inn
from slt.models import Kommune
from tests.evaluering.importveien import lim_inn as lim_inn_hele
from tests.evaluering.importveien import regneark, se, send, sendt, sett_i, til
from tests.factories import (
    IndikatorFactory,
    KildeFactory,
    MalingFactory,
    StedFactory,
    TallimportFactory,
)

HODE = "indikator;år;sted;tall"
PERSONNUMMER = "01010050053"
ENDRET = "Noe som tabellen viser til, er endret siden du så på den."


@pytest.fixture
def treff(kommune):
    return IndikatorFactory(
        kommune=kommune,
        navn="Treff",
        kilde__arstall=2024,
        teller="andel",
        publisert=True,
    )


def lim_inn(client, *rader, hode=HODE):
    return lim_inn_hele(client, hode, *rader)


def sett_pa(client, importen):
    """What the page says was looked at."""
    return sett_i(client.get(til("tallimport", importen.pk)))


def legg_inn_sett(client, importen, sett):
    adresse = til("tallimport_legg_inn", importen.pk)
    return client.post(adresse, {"sett": sett}, follow=True)


def lagret():
    return sorted(
        Maling.objects.values_list("indikator__navn", "arstall", "sted__navn", "verdi"),
        key=str,
    )


def test_a_table_is_pasted_looked_at_put_in_and_undone(kommune, koordinator, treff):
    StedFactory(kommune=kommune, navn="Stav skole")

    svar = lim_inn(koordinator, "Treff;2023;Stav skole;3 188", "Treff;2023;;33636,5")

    importen = Tallimport.objects.get()
    side = til("tallimport", importen.pk)
    assert (svar.status_code, svar["Location"]) == (302, side)
    assert lagret() == []
    vist = koordinator.get(side).text
    assert "Stav skole" in vist
    assert "3\u00a0188 treff" in vist
    assert "33\u00a0636,5 treff" in vist
    assert "Legg inn 2 nye tall" in vist

    versjon = Kommune.objects.get(pk=kommune.pk).versjon
    legg_inn_sett(koordinator, importen, sett_pa(koordinator, importen))
    assert lagret() == [
        ("Treff", 2023, "Stav skole", Decimal(3188)),
        ("Treff", 2023, None, Decimal("33636.5")),
    ]
    assert Kommune.objects.get(pk=kommune.pk).versjon > versjon
    rad = Maling.objects.first().historikk.get()
    assert (rad.history_user, rad.history_dor, rad.history_change_reason) == (
        koordinator.bruker,
        "import",
        "Limt inn",
    )
    importen.refresh_from_db()
    assert importen.rader == []
    assert "Angre importen" in koordinator.get(side).text

    koordinator.post(til("tallimport_angre", importen.pk))
    assert lagret() == []
    assert [h.history_type for h in Maling.historikk.order_by("history_id")] == [
        "+",
        "+",
        "-",
        "-",
    ]
    assert "Tallene er tatt ut." in koordinator.get(side).text


def test_a_spreadsheet_is_sent(koordinator, treff):
    innhold = regneark(["indikator", "år", "tall"], ["Treff", 2023, 7.5])

    send(koordinator, "treff.xlsx", innhold)

    importen = Tallimport.objects.get()
    assert importen.navn == "treff.xlsx"
    legg_inn_sett(koordinator, importen, sett_pa(koordinator, importen))
    assert lagret() == [("Treff", 2023, None, Decimal("7.5"))]
    importen.refresh_from_db()
    assert (importen.antall, importen.rader) == (1, [])


def test_what_is_wrong_stands_by_its_row_and_nothing_is_put_in(koordinator, treff):
    lim_inn(koordinator, "Treff;2023;;1", "Treff;2024;;x2", "Treff;24;;3")

    importen = Tallimport.objects.get()
    vist = koordinator.get(til("tallimport", importen.pk)).text
    assert "2 feil i tabellen" in vist
    assert '<th scope="row">3</th><td>tall</td>' in vist
    assert "Skriv et årstall, for eksempel 2023." in vist
    assert 'name="sett"' not in vist
    svar = legg_inn_sett(koordinator, importen, "hva som helst")
    assert ENDRET in svar.text
    assert lagret() == []


@pytest.mark.parametrize(
    ("navn", "innhold", "melding"),
    [
        ("tall.xlsx", b"PK\x03\x04 broken", "ødelagt"),
        ("tall.csv", b"\x00\x01\x02", "verken et regneark"),
        ("tall.csv", b"", "tom"),
        ("tall.csv", b"a;b\n", "ingen tall under overskriftene"),
        ("tall.xls", b"\xd0\xcf\x11\xe0 old", "lagre den som XLSX"),
    ],
)
def test_files_that_are_none(koordinator, treff, navn, innhold, melding):
    svar = send(koordinator, navn, innhold)

    assert svar.status_code == 422
    assert melding in svar.text
    assert not Tallimport.objects.exists()


def test_a_spreadsheet_that_unpacks_to_far_more_than_it_is(koordinator, treff):
    ut = BytesIO()
    with zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as arkiv:
        arkiv.writestr("[Content_Types].xml", "<Types/>")
        arkiv.writestr("xl/workbook.xml", "<workbook/>")
        arkiv.writestr("xl/worksheets/sheet1.xml", b"0" * 150_000_000)

    svar = send(koordinator, "bombe.xlsx", ut.getvalue())

    assert svar.status_code == 422
    assert "Regnearket er for stort." in svar.text


def test_a_file_of_another_office_program_is_told_how_to_be_saved(koordinator):
    ut = BytesIO()
    with zipfile.ZipFile(ut, "w") as arkiv:
        arkiv.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        arkiv.writestr("content.xml", "<office:document-content/>")

    svar = send(koordinator, "tall.ods", ut.getvalue())

    assert svar.status_code == 422
    assert "OpenDocument (ODS). Åpne den, velg «Lagre som»" in svar.text
    assert not Tallimport.objects.exists()


def test_neither_and_both(koordinator, treff):
    for hva in ({}, {"limt_inn": "x", "fil": SimpleUploadedFile("a.csv", b"x")}):
        svar = koordinator.post(til("tallimport_ny"), hva)
        assert svar.status_code == 422
        assert "én av delene" in svar.text


def test_what_somebody_enters_meanwhile_is_not_overwritten(koordinator, treff):
    lim_inn(koordinator, "Treff;2022;;1", "Treff;2023;;2")
    importen = Tallimport.objects.get()
    sett = sett_pa(koordinator, importen)
    MalingFactory(indikator=treff, arstall=2023, verdi=5)

    svar = legg_inn_sett(koordinator, importen, sett)

    assert ENDRET in svar.text
    assert "1 tall er et annet enn det som står der." in svar.text
    assert "står som 5" in svar.text
    assert lagret() == [("Treff", 2023, None, Decimal(5))]
    importen.refresh_from_db()
    assert importen.lagt_inn is None


def test_what_it_points_to_may_be_gone(kommune, koordinator, treff):
    sted = StedFactory(kommune=kommune, navn="Stav")
    lim_inn(koordinator, "", "Treff;2022;;2", "", "Treff;2023;Stav;1")
    importen = Tallimport.objects.get()
    sett = sett_pa(koordinator, importen)
    sted.delete()

    svar = legg_inn_sett(koordinator, importen, sett)

    assert ENDRET in svar.text
    assert "Stedet «Stav»" in svar.text  # asked anew
    assert lagret() == []


def test_the_rules_of_the_indicator_may_be_others_by_then(koordinator, treff):
    lim_inn(koordinator, "Treff;2023;;7,5")
    importen = Tallimport.objects.get()
    sett = sett_pa(koordinator, importen)
    treff.teller = "personer"
    treff.save()

    svar = legg_inn_sett(koordinator, importen, sett)

    assert "må være et helt tall" in svar.text
    assert lagret() == []


def test_what_has_another_name_by_then_is_looked_at_again(kommune, koordinator, treff):
    """Two have changed names: the table would be read without a fault, and otherwise."""
    besok = IndikatorFactory(kommune=kommune, navn="Besøk", kilde__arstall=2024)
    lim_inn(koordinator, "Treff;2023;;1")
    importen = Tallimport.objects.get()
    sett = sett_pa(koordinator, importen)
    for indikator, navn in ((treff, "Før"), (besok, "Treff"), (treff, "Besøk")):
        indikator.navn = navn
        indikator.save()

    svar = legg_inn_sett(koordinator, importen, sett)
    assert ENDRET in svar.text
    assert lagret() == []

    legg_inn_sett(koordinator, importen, sett_pa(koordinator, importen))
    assert [maling.indikator for maling in Maling.objects.all()] == [besok]


def test_what_nobody_looked_at_is_not_put_in(koordinator, treff):
    lim_inn(koordinator, "Treff;2023;;1")

    for sett in ("", "tull"):
        svar = legg_inn_sett(koordinator, Tallimport.objects.get(), sett)
        assert ENDRET in svar.text
    assert lagret() == []


def test_an_indicator_with_too_many_by_then(koordinator, treff, monkeypatch):
    lim_inn(koordinator, "Treff;2022;;1", "Treff;2023;;2")
    importen = Tallimport.objects.get()
    sett = sett_pa(koordinator, importen)
    monkeypatch.setattr(innlesing, "FLEST_TALL", 1)

    svar = legg_inn_sett(koordinator, importen, sett)

    assert "En indikator kan ha høyst 1 tall." in svar.text
    assert "Forkast" in svar.text
    assert 'name="sett"' not in svar.text
    assert lagret() == []


def test_what_it_points_to_is_of_the_same_kommune(kommune, nabokommune, koordinator):
    """Also where somebody would have it say so."""
    naboens = IndikatorFactory(kommune=nabokommune, navn="Naboens")
    importen = sendt(
        kommune, koordinator.bruker, "", "indikator;år;tall\nNaboens;2020;1"
    )
    importen.valg = {"indikatorer": {"naboens": naboens.pk}}
    importen.save()

    assert "Indikatoren «Naboens»" in se(koordinator).text
    with pytest.raises(ValidationError, match="er endret siden"):
        legg_inn(tallimport=importen, bruker=koordinator.bruker, sett="")
    assert lagret() == []


def test_no_table_with_an_identity_number_is_kept(koordinator, treff):
    """Nobody looks through what stands beside the table."""
    rader = [f"Om {PERSONNUMMER}", "indikator;;år;tall", "Treff;;2023;1"]
    svar = send(koordinator, "tall.csv", "\n".join(rader).encode())

    assert svar.status_code == 422
    assert PERSONNUMMER not in svar.text
    assert not Tallimport.objects.exists()


def test_what_a_spreadsheet_counted_out_is_read_the_same_again(koordinator, treff):
    innhold = regneark(
        ["indikator", "år", "tall", "til"], ["Treff", 2023.0, 0.1 + 0.2, 7]
    )
    send(koordinator, "treff.xlsx", innhold)
    importen = Tallimport.objects.get()

    legg_inn_sett(koordinator, importen, sett_pa(koordinator, importen))

    assert [(m.arstall, m.verdi, m.verdi_til) for m in Maling.objects.all()] == [
        (2023, Decimal("0.3"), Decimal(7))
    ]


def test_it_is_undone_once(koordinator, treff):
    lim_inn(koordinator, "Treff;2023;;1")
    importen = Tallimport.objects.get()
    with pytest.raises(ValidationError):
        angre(tallimport=importen, bruker=koordinator.bruker)
    legg_inn_sett(koordinator, importen, sett_pa(koordinator, importen))

    assert angre(tallimport=importen, bruker=koordinator.bruker) == 1
    with pytest.raises(ValidationError):
        angre(tallimport=importen, bruker=koordinator.bruker)


def test_it_is_put_in_once(koordinator, treff):
    lim_inn(koordinator, "Treff;2023;;1")
    importen = Tallimport.objects.get()

    sett = sett_pa(koordinator, importen)
    for _gang in range(2):
        legg_inn_sett(koordinator, importen, sett)

    assert lagret() == [("Treff", 2023, None, Decimal(1))]


def test_it_is_dropped(koordinator, treff):
    lim_inn(koordinator, "Treff;2023;;1")
    importen = Tallimport.objects.get()

    koordinator.post(til("tallimport_forkast", importen.pk))

    assert not Tallimport.objects.exists()
    assert lagret() == []


def test_what_was_put_in_is_not_dropped_and_what_was_not_is_not_undone(
    koordinator, treff
):
    lim_inn(koordinator, "Treff;2023;;1")
    importen = Tallimport.objects.get()

    assert koordinator.post(til("tallimport_angre", importen.pk)).status_code == 404
    legg_inn_sett(koordinator, importen, sett_pa(koordinator, importen))
    assert koordinator.post(til("tallimport_forkast", importen.pk)).status_code == 404
    assert len(lagret()) == 1


@pytest.mark.parametrize("side", ["legg_inn", "forkast", "angre"])
def test_the_neighbour_reaches_no_import(kommune, nabo, koordinator, side):
    importen = TallimportFactory(kommune=kommune)

    assert nabo.post(til(f"tallimport_{side}", importen.pk)).status_code == 404
    assert koordinator.get(til(f"tallimport_{side}", importen.pk)).status_code == 405
    assert Tallimport.objects.filter(pk=importen.pk, lagt_inn=None).exists()


def test_what_comes_out_goes_in_again(kommune, koordinator, treff):
    """The columns are the same, also the figures with a comma and the spans."""
    sted = StedFactory(kommune=kommune, navn="=Stav")  # as if it were a formula
    MalingFactory(indikator=treff, arstall=2023, verdi=Decimal("7.5"), sted=sted)
    MalingFactory(
        indikator=treff, arstall=2022, verdi=2, verdi_til=3, kjonn="jenter", slag="ute"
    )
    MalingFactory(
        indikator=treff, arstall=2021, kilde=KildeFactory(kommune=kommune, navn="B")
    )
    for_ = sorted(map(str, Maling.objects.values_list(*Maling.NOKKEL, "verdi_til")))
    ut = koordinator.get(til("tall_csv")).content
    ark = koordinator.get(til("tall_xlsx")).content
    for navn, innhold in (("tall.csv", ut), ("tall.xlsx", ark)):
        for maling in Maling.objects.all():
            maling.delete()

        svar = send(koordinator, navn, innhold)

        assert svar.status_code == 302, svar.text
        importen = Tallimport.objects.get(navn=navn)
        legg_inn_sett(koordinator, importen, sett_pa(koordinator, importen))
        na = sorted(map(str, Maling.objects.values_list(*Maling.NOKKEL, "verdi_til")))
        assert na == for_


def test_what_nobody_put_in_is_thrown_away_after_a_week(kommune):
    gammel = TallimportFactory(kommune=kommune)
    ny = TallimportFactory(kommune=kommune)
    inne = TallimportFactory(kommune=kommune, lagt_inn=timezone.now())
    for_ = timezone.now() - timedelta(days=8)
    QuerySet(Tallimport).filter(pk__in=[gammel.pk, inne.pk]).update(lest=for_)

    call_command("rydd", stdout=(ut := StringIO()))

    assert set(Tallimport.objects.all()) == {ny, inne}
    assert "Slettet 1 tabeller som ingen la inn." in ut.getvalue()


def test_a_figure_below_zero_is_a_number_in_the_file_too(kommune, client):
    indikator = IndikatorFactory(kommune=kommune, minst=-100, publisert=True)
    MalingFactory(indikator=indikator, verdi=Decimal("-4.5"))

    assert ";-4,5;" in client.get(til("tall_csv")).content.decode()


@pytest.mark.parametrize("som", ["csv", "xlsx"])
def test_the_empty_table_has_the_columns(kommune, client, som):
    svar = client.get(til(f"mal_{som}"))

    if som == "csv":
        assert svar.content.decode("utf-8-sig").strip().split(";") == list(KOLONNER)
    else:
        ark = load_workbook(BytesIO(svar.content)).active
        assert [[c.value for c in rad] for rad in ark.iter_rows()] == [list(KOLONNER)]


@pytest.mark.parametrize("antall", [1, 3])
def test_the_pages_cost_the_same_for_one_and_three(
    kommune, koordinator, treff, antall, django_assert_num_queries
):
    lim_inn(koordinator, *(f"Treff;{2000 + nr};;1" for nr in range(antall)))
    importen = Tallimport.objects.get()
    TallimportFactory.create_batch(antall - 1, kommune=kommune)
    ny, side = til("tallimport_ny"), til("tallimport", importen.pk)
    koordinator.get(ny)

    with django_assert_num_queries(9):
        koordinator.get(ny)
    with django_assert_num_queries(15):
        koordinator.get(side)


def test_a_row_that_is_the_sum_of_the_others_is_asked_about(kommune, koordinator):
    """Also when some of the others were put in before."""
    unge = IndikatorFactory(
        kommune=kommune, navn="Unge", kilde__arstall=2024, teller="personer"
    )
    MalingFactory(indikator=unge, slag="ute", verdi=20)
    rader = ["Unge;2023;inne;7", "Unge;2023;hjemme;3", "Unge;2023;elevane;30"]

    lim_inn(koordinator, *rader, hode="indikator;år;slag;tall")

    vist = koordinator.get(til("tallimport", Tallimport.objects.get().pk)).text
    assert "Raden «Elevane» (Unge, 2023) er summen av de andre" in vist
    assert vist.count("er summen av de andre") == 1


@pytest.mark.parametrize(
    ("navn", "verdi"), [("Elevtallet", 12), ("Elevtallet", 8), ("Kommunen", 40)]
)
def test_a_row_that_may_be_the_whole_is_asked_about(kommune, koordinator, navn, verdi):
    """By its name, or as it is the sum of the others but for a few."""
    unge = IndikatorFactory(
        kommune=kommune, navn="Unge", kilde__arstall=2024, teller="personer"
    )
    MalingFactory(indikator=unge, slag="ute", verdi=5)
    rader = ["Unge;2023;inne;5", f"Unge;2023;{navn};{verdi}"]

    lim_inn(koordinator, *rader, hode="indikator;år;slag;tall")

    vist = koordinator.get(til("tallimport", Tallimport.objects.get().pk)).text
    assert f"Raden «{navn}» (Unge, 2023) kan gjelde alle" in vist
    assert vist.count("kan gjelde alle") == 1


def test_rows_that_are_no_sum_are_not_asked_about(kommune, koordinator, treff):
    """Nor of what counts no persons."""
    IndikatorFactory(
        kommune=kommune, navn="Unge", kilde__arstall=2024, teller="personer"
    )
    rader = ["Unge;2023;inne;7", "Unge;2023;hjemme;3", "Unge;2023;ute;31"]
    rader += ["Treff;2023;inne;7", "Treff;2023;hjemme;3", "Treff;2023;ute;10"]

    lim_inn(koordinator, *rader, hode="indikator;år;slag;tall")

    vist = koordinator.get(til("tallimport", Tallimport.objects.get().pk)).text
    assert "Legg inn 6 nye tall" in vist
    assert "er summen av de andre" not in vist
    assert "kan gjelde alle" not in vist
