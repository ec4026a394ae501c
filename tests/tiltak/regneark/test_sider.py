"""The pages by which the spreadsheet of a plan is fetched and comes back."""

from datetime import timedelta
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from slt.models import Kommune, Tilgang
from tests.factories import HandlingsplanFactory, RegnearkimportFactory, gi_status
from tests.slt.test_personvern import lag_nummer, terning
from tests.tiltak.regneark.ark import Fil, forskjellene, legg_inn
from tiltak.models import Regnearkimport, Tiltak
from tiltak.regneark import les
from tiltak.regneark.skriv import XLSX

pytestmark = pytest.mark.usefixtures("_i_samme_prosess")


def adresse(plan, navn="regneark", *mer):
    return reverse(f"tiltak:{navn}", args=[plan.kommune.slug, plan.slug, *mer])


def send(klient, plan, fil, **mer):
    return klient.post(adresse(plan), {"fil": fil}, **mer)


def tittel(plan):
    return set(plan.tiltak.values_list("tittel", flat=True))


@pytest.fixture
def endret(verden):
    """A sheet with one change, which the coordinator has sent."""
    fil = Fil(verden.plan)
    fil.sett(f"T{verden.klubb.pk}", tittel="Fritidsklubb")
    return fil


@pytest.fixture
def importen(verden, endret):
    return RegnearkimportFactory(plan=verden.plan, lest_innhold=endret.lest())


def test_a_coordinator_fetches_the_plan(verden, koordinator):
    svar = koordinator.get(adresse(verden.plan, "regneark_xlsx"))

    assert (svar.status_code, svar["Content-Type"]) == (200, XLSX)
    assert svar["Content-Disposition"] == (
        'attachment; filename="slt-handlingsplan-lillestrom-2029-2032.xlsx"'
    )
    bok = load_workbook(BytesIO(svar.content))
    assert bok.sheetnames == [
        *("Tiltak", "Flere plasser", "Innsatsområder", "Kapitler", "Målsettinger"),
        *("Styringsdokumenter", "Tjenester", "Slik virker arket"),
        *("_valg", "_grunnlag"),
    ]
    ark = bok["Tiltak"]
    assert (ark.freeze_panes, ark.page_setup.orientation) == ("C3", "landscape")
    assert ark.row_dimensions[1].hidden
    assert bok["_grunnlag"].sheet_state == "veryHidden"
    regler = {
        str(r.sqref).rstrip("0123456789:"): r.formula1
        for r in ark.data_validations.dataValidation
    }
    assert regler["G3:G"] == "'_valg'!$B$1:$B$5"
    assert len(regler) == 7
    tjenester = [
        [c.value for c in rad] for rad in bok["Tjenester"].iter_rows(min_row=2)
    ]
    assert tjenester == [
        ["Nav", "NAV", "kommunal tjeneste", None],
        ["Politiet", None, "kommunal tjeneste", "40020730"],
    ]


def test_a_sheet_is_sent_looked_at_and_put_in(verden, koordinator, endret):
    svar = send(koordinator, verden.plan, endret.sendt())
    importen = Regnearkimport.objects.get()
    assert (svar.status_code, svar.url) == (
        302,
        adresse(verden.plan, "regnearkimport", importen.pk),
    )
    assert "Klubb" in tittel(verden.plan)

    side = koordinator.get(svar.url)
    assert "Fritidsklubb" in side.content.decode()
    svar = koordinator.post(
        adresse(verden.plan, "regnearkimport_legg_inn", importen.pk),
        {"sett": side.context["f"].merke},
    )

    assert svar.status_code == 302
    assert "Fritidsklubb" in tittel(verden.plan)
    assert not Regnearkimport.objects.exists()
    rad = Tiltak.historikk.filter(id=verden.klubb.pk)[0]
    assert (rad.history_user, rad.history_change_reason, rad.history_dor) == (
        koordinator.bruker,
        "plan.xlsx",
        "import",
    )


def test_a_sheet_without_differences_is_not_kept(verden, koordinator):
    svar = send(koordinator, verden.plan, Fil(verden.plan).sendt(), follow=True)

    assert "Ingen forskjeller" in svar.content.decode()
    assert not Regnearkimport.objects.exists()


def test_what_is_wrong_is_shown_and_nothing_is_kept(verden, koordinator, endret):
    endret.sett(f"T{verden.klubb.pk}", niva="tull")

    svar = send(koordinator, verden.plan, endret.sendt())

    assert svar.status_code == 422
    assert [hvor for hvor, _hva in svar.context["skjema"].celler] == ["Tiltak!H3"]
    assert "«Forebyggingsnivå» kan være" in svar.content.decode()
    assert (Regnearkimport.objects.exists(), "Klubb" in tittel(verden.plan)) == (
        False,
        True,
    )


def test_what_was_tried_leaves_no_trace(verden, koordinator, endret):
    versjon = type(verden.kommune).objects.get().versjon
    spor = Tiltak.historikk.count()

    send(koordinator, verden.plan, endret.sendt())

    assert Tiltak.historikk.count() == spor
    assert type(verden.kommune).objects.get().versjon == versjon


def test_it_is_refused_when_the_plan_was_changed_since_it_was_looked_at(
    verden, koordinator, importen
):
    adr = adresse(verden.plan, "regnearkimport", importen.pk)
    sett = koordinator.get(adr).context["f"].merke
    verden.klubb.tittel = "Noe annet"
    verden.klubb.save()

    svar = koordinator.post(
        adresse(verden.plan, "regnearkimport_legg_inn", importen.pk),
        {"sett": sett},
        follow=True,
    )

    assert "Planen er endret siden du så på forskjellene." in svar.content.decode()
    assert [e.konflikt for e in svar.context["f"].endrede[0].endringer] == [True]
    assert "Noe annet" in tittel(verden.plan)


def test_what_was_looked_at_is_all_of_it(verden, endret):
    """What goes, and what is wrong, too."""
    merker = [forskjellene(verden.plan, endret).merke]
    endret.fjern(f"T{verden.natteravn.pk}")
    merker.append(forskjellene(verden.plan, endret).merke)
    endret.sett(f"T{verden.klubb.pk}", niva="tull")
    merker.append(forskjellene(verden.plan, endret).merke)

    assert len(set(merker)) == 3


def test_a_conflict_is_shown_and_the_sheet_holds_only_when_chosen(
    verden, koordinator, importen
):
    verden.klubb.tittel = "Noe annet"
    verden.klubb.save()
    side = koordinator.get(adresse(verden.plan, "regnearkimport", importen.pk))
    navn = f"valg-T{verden.klubb.pk}-tittel"
    assert f'name="{navn}" value="planens" checked' in side.content.decode()

    koordinator.post(
        adresse(verden.plan, "regnearkimport_legg_inn", importen.pk),
        {"sett": side.context["f"].merke, navn: "arket"},
    )

    assert "Fritidsklubb" in tittel(verden.plan)


def test_in_a_plan_that_holds_the_reason_is_asked_for(gjelder, koordinator, importen):
    side = koordinator.get(adresse(gjelder.plan, "regnearkimport", importen.pk))
    legg_inn = adresse(gjelder.plan, "regnearkimport_legg_inn", importen.pk)
    data = {"sett": side.context["f"].merke, "begrunnelse": "01010050053"}

    nummer = koordinator.post(legg_inn, data)
    assert (nummer.status_code, "Klubb" in tittel(gjelder.plan)) == (422, True)

    koordinator.post(legg_inn, data | {"begrunnelse": "Nytt navn"})
    rad = Tiltak.historikk.filter(id=gjelder.klubb.pk)[0]
    assert (rad.tittel, rad.history_change_reason) == ("Fritidsklubb", "Nytt navn")


def test_it_is_dropped(verden, koordinator, importen):
    koordinator.post(adresse(verden.plan, "regnearkimport_forkast", importen.pk))

    assert (Regnearkimport.objects.exists(), "Klubb" in tittel(verden.plan)) == (
        False,
        True,
    )


def test_a_plan_that_was_superseded_can_be_fetched_but_not_sent(
    gjelder, koordinator, endret
):
    gi_status(gjelder.plan, "avlost")

    svar = send(koordinator, gjelder.plan, endret.sendt(), follow=True)

    assert "Planen er avløst" in svar.content.decode()
    assert 'type="file"' not in svar.content.decode()
    assert koordinator.get(adresse(gjelder.plan, "regneark_xlsx")).status_code == 200


def test_nobody_else_gets_near_it(verden, koordinator, nabo, client, importen):
    plan = verden.plan
    lest = [
        adresse(plan),
        adresse(plan, "regneark_xlsx"),
        adresse(plan, "regnearkimport", importen.pk),
    ]
    skrevet = [
        adresse(plan),
        adresse(plan, "regnearkimport_legg_inn", importen.pk),
        adresse(plan, "regnearkimport_forkast", importen.pk),
    ]

    assert [nabo.get(adr).status_code for adr in lest] == [404] * 3
    assert [nabo.post(adr).status_code for adr in skrevet] == [404] * 3
    assert [client.get(adr).status_code for adr in lest] == [302] * 3
    assert [koordinator.get(adr).status_code for adr in skrevet[1:]] == [405] * 2
    assert [koordinator.post(adr).status_code for adr in lest[1:]] == [405] * 2
    assert Regnearkimport.objects.get() == importen


def test_who_loses_the_kommune_while_they_wait_changes_nothing(
    verden, koordinator, importen, monkeypatch
):
    side = koordinator.get(adresse(verden.plan, "regnearkimport", importen.pk))
    klasse = type(Kommune.objects.all())
    las = klasse.las_med_naboer

    def mens_man_venter(self, *pker):
        Tilgang.objects.filter(bruker=koordinator.bruker).delete()
        return las(self, *pker)

    monkeypatch.setattr(klasse, "las_med_naboer", mens_man_venter)
    svar = koordinator.post(
        adresse(verden.plan, "regnearkimport_legg_inn", importen.pk),
        {"sett": side.context["f"].merke},
    )

    assert (svar.status_code, "Klubb" in tittel(verden.plan)) == (404, True)
    assert Regnearkimport.objects.exists()


def test_a_sheet_is_found_below_its_own_plan_alone(verden, koordinator, importen):
    andre = HandlingsplanFactory(kommune=verden.kommune)

    svar = koordinator.get(adresse(andre, "regnearkimport", importen.pk))

    assert svar.status_code == 404


def test_what_nobody_put_in_goes_after_a_week(verden, importen):
    ny = RegnearkimportFactory(plan=verden.plan)
    for_lenge_siden = timezone.now() - timedelta(days=8)
    Regnearkimport.objects.filter(pk=importen.pk).update(lest=for_lenge_siden)

    ut = StringIO()
    call_command("rydd", stdout=ut)

    assert "Slettet 1 regneark som ingen la inn." in ut.getvalue()
    assert Regnearkimport.objects.get() == ny


@pytest.mark.parametrize("antall", [1, 3])
def test_the_page_of_differences_costs_the_same_for_one_and_three(
    verden, koordinator, antall, django_assert_num_queries
):
    fil = Fil(verden.plan)
    for tiltak in [verden.klubb, verden.fagdag, verden.natteravn][:antall]:
        fil.sett(f"T{tiltak.pk}", tittel=f"{tiltak} ny", ansvarlig="Nav")
        fil.ny(tittel=f"{tiltak} to", omrade="Rus")
    importen = RegnearkimportFactory(plan=verden.plan, lest_innhold=fil.lest())

    with django_assert_num_queries(26):
        koordinator.get(adresse(verden.plan, "regnearkimport", importen.pk))


# Files that are no spreadsheet of a plan ----------------------------------------------------


def pakket(**deler):
    ut = BytesIO()
    with ZipFile(ut, "w", ZIP_DEFLATED) as arkiv:
        for navn, innhold in deler.items():
            arkiv.writestr(navn.replace("__", "/"), innhold)
    return ut.getvalue()


def med_makroer(fil):
    ut = BytesIO(fil)
    with ZipFile(ut, "a") as arkiv:
        arkiv.writestr("xl/vbaProject.bin", b"x")
    return ut.getvalue()


def annet_ark():
    from openpyxl import Workbook

    bok, ut = Workbook(), BytesIO()
    bok.active.append(["Navn", "Sum"])
    bok.save(ut)
    return ut.getvalue()


SLAG = {
    "tekst": (lambda _fil: b"a;b\n1;2", "Velg regnearket (XLSX)"),
    "tom": (lambda _fil: b"", "tom"),
    "makroer": (med_makroer, "Filen har makroer."),
    "et annet ark": (lambda _fil: annet_ark(), "ikke regnearket til en plan"),
    "et annet arkiv": (lambda _fil: pakket(word__document="x"), "ikke et regneark"),
    "avkortet": (lambda fil: fil[: len(fil) // 2], "ødelagt"),
    "bombe": (
        lambda _fil: pakket(
            **{"[Content_Types].xml": "<Types/>", "xl__workbook.xml": "a" * 25_000_000}
        ),
        "for stort",
    ),
}


@pytest.mark.parametrize("slag", SLAG)
def test_other_files_are_refused_with_a_line_that_says_why(
    verden, koordinator, endret, slag
):
    lag, ventet = SLAG[slag]
    fil = SimpleUploadedFile("plan.xlsx", lag(endret.bytes()))

    svar = send(koordinator, verden.plan, fil)

    assert svar.status_code == 422
    assert ventet in " ".join(svar.context["skjema"].errors["fil"])


def test_a_sheet_with_too_many_rows_is_refused(verden, endret, monkeypatch):
    monkeypatch.setattr(les, "FLEST_RADER", 3)

    with pytest.raises(ValidationError, match="mer enn 3 rader"):
        endret.lest()


def test_in_a_plan_that_holds_no_row_goes(gjelder):
    fil = Fil(gjelder.plan)
    fil.fjern(f"T{gjelder.natteravn.pk}")

    with pytest.raises(ValidationError, match="avsluttes, men slettes ikke"):
        legg_inn(gjelder.plan, fil, slettes=[f"T{gjelder.natteravn.pk}"])

    assert "Natteravn" in tittel(gjelder.plan)


def test_identity_numbers_are_kept_neither_of_headings_nor_of_sheets(verden):
    fil = Fil(verden.plan)
    fil.ark().cell(2, fil.ark().max_column + 1).value = "Født 01010050053"
    lest = fil.lest()
    assert "fødselsnummer" in lest["feil"][0][1]
    assert "01010050053" not in str(lest)

    fil = Fil(verden.plan)
    fil.ark().title = "Om 01010050053"
    with pytest.raises(ValidationError, match="fødselsnummer"):
        fil.lest()


def test_a_name_of_a_file_is_a_text_like_any_other(verden, koordinator, endret):
    svar = send(koordinator, verden.plan, endret.sendt("01010050053.xlsx"))

    assert svar.status_code == 422
    assert not Regnearkimport.objects.exists()


@pytest.mark.parametrize("hvor", ["ark", "overskrift", "tall"])
def test_an_identity_number_beside_the_cells(hvor, verden, koordinator, endret):
    fra = terning(5)
    nummer = next(n for n in (lag_nummer(fra) for _ in range(500)) if n[0] == "0")
    ark = endret.ark()
    if hvor == "ark":
        ark.title = f"Kari {nummer}"
    elif hvor == "overskrift":
        ark.cell(2, ark.max_column + 1).value = f"Kari {nummer}"
    else:
        # A number in a cell has no nought before it.
        endret.sett(f"T{verden.klubb.pk}", tittel=int(nummer))

    svar = send(koordinator, verden.plan, endret.sendt())

    assert svar.status_code == 422
    assert nummer not in svar.content.decode()
    assert not Regnearkimport.objects.exists()
