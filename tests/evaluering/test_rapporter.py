"""Reports: written by the coordinator, made of the data, frozen when they are presented."""

import re
from collections import Counter
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pptx import Presentation

from evaluering.models import Omradeindikator, Rapport
from evaluering.rapporter.dokument import Rapportutgave
from evaluering.rapporter.forms import foreslatt
from evaluering.rapporter.innhold import skrevet
from evaluering.rapporter.lysbilder import FLEST, lysbilder
from slt.felles.rapport import politiradet
from slt.grunn import pdflager
from slt.models import Dokument
from tests.conftest import innlogget
from tests.factories import (
    AktivitetFactory,
    AnsvarFactory,
    ForumFactory,
    HandlingsplanFactory,
    IndikatorFactory,
    MalingFactory,
    MoteFactory,
    PlasseringFactory,
    RapportFactory,
    StatusrapportFactory,
    TilgangFactory,
    TilskuddFactory,
    TjenesteFactory,
    ferdig_rapport,
)
from tiltak.models import Statusrapport

HEMMELIG = "Instruktøren er sykmeldt"


@pytest.fixture
def plan(kommune):
    return HandlingsplanFactory(kommune=kommune, fra_ar=2024, til_ar=2028)


@pytest.fixture
def sted(plan):
    return PlasseringFactory(
        innsatsomrade__plan=plan, innsatsomrade__navn="Rusmidler", nummer=1
    )


@pytest.fixture
def status(plan):
    return RapportFactory(
        kommune=plan.kommune,
        plan=plan,
        slag="status",
        tittel="Status",
        fra_dato=timezone.localdate() - timedelta(days=200),
        til_dato=timezone.localdate(),
        bes_om="<p>Skal Trygghetsuka fortsette?</p>",
    )


@pytest.fixture
def aret(plan):
    return RapportFactory(
        kommune=plan.kommune,
        plan=plan,
        fra_dato=timezone.localdate() - timedelta(days=365),
        til_dato=timezone.localdate(),
    )


@pytest.fixture
def tegnet(monkeypatch):
    """Documents are there at once, with bytes of their own."""
    filer = {}

    def hent(navn, lag_oppdrag, *, vent, ko):
        filer.setdefault(navn, f"%PDF-{navn}".encode())
        return filer[navn]

    monkeypatch.setattr(pdflager, "hent", hent)
    monkeypatch.setattr(pdflager, "lagret", filer.get)
    return filer


def til(navn, *args):
    return reverse(f"evaluering:{navn}", args=["lillestrom", *args])


def sendt(svar, **felter):
    """What a browser sends of the form that it was shown."""
    hoved = svar.context["skjema"].hoved
    vist = {navn: hoved[navn].value() for navn in hoved.fields}
    return {n: "" if v is None else v for n, v in vist.items()} | felter


def kapitlet(rapport, nokkel):
    """What the chapter says, or None."""
    return next((s for s in skrevet(rapport) if s.kapittel.nokkel == nokkel), None)


def meldt(tiltak, tilstand, **felter):
    kommentar = "" if tilstand == "som_planlagt" else HEMMELIG
    return StatusrapportFactory(
        tiltak=tiltak, tilstand=tilstand, kommentar=kommentar, **felter
    )


# A new one ----------------------------------------------------------------------------


def test_a_year_is_proposed_with_all_its_chapters(plan, sted, koordinator):
    adresse = f"{til('rapport_ny')}?slag=ar"

    svar = koordinator.post(
        adresse, sendt(koordinator.get(adresse), tittel="Året vårt")
    )

    rapport = Rapport.objects.get()
    assert svar.url == til("rapport_arbeid", rapport.pk)
    assert (rapport.tittel, rapport.plan, rapport.slag) == ("Året vårt", plan, "ar")
    aret = rapport.fra_dato.year
    assert (rapport.fra_dato, rapport.til_dato) == (
        date(aret, 1, 1),
        date(aret, 12, 31),
    )
    assert {"tall_aret", "omradene", "norm"} <= {*rapport.kapitler}


def test_a_status_begins_where_the_politirad_met_last(plan, koordinator):
    forum = ForumFactory(kommune=plan.kommune, type="politirad")
    start = timezone.now() - timedelta(days=30)
    mote = MoteFactory(forum=forum, start=start, slutt=start + timedelta(hours=1))

    rapport = foreslatt(plan.kommune, koordinator.bruker, "status")

    assert rapport.siden == mote
    assert rapport.fra_dato == timezone.localtime(start).date()
    assert rapport.til_dato == timezone.localdate()


def test_a_kommune_without_a_plan_gets_its_report_too(kommune, koordinator):
    adresse = f"{til('rapport_ny')}?slag=ar"

    koordinator.post(adresse, sendt(koordinator.get(adresse)))

    rapport = Rapport.objects.get()
    assert rapport.plan is None
    assert koordinator.get(til("rapport_arbeid", rapport.pk)).status_code == 200


def test_only_a_year_is_of_one_tjeneste(kommune, koordinator):
    tjeneste = TjenesteFactory(kommune=kommune)

    svar = koordinator.get(
        til("rapport_ny"), {"slag": "status", "tjeneste": tjeneste.pk}
    )

    assert svar.status_code == 422
    assert "Bare en årsrapport er om én tjeneste." in svar.text


def test_a_tjeneste_of_another_kommune_is_not_on_the_list(
    kommune, nabokommune, koordinator
):
    fremmed = TjenesteFactory(kommune=nabokommune)

    svar = koordinator.get(til("rapport_ny"), {"slag": "ar", "tjeneste": fremmed.pk})

    assert svar.status_code == 422
    assert fremmed.navn not in svar.text


@pytest.mark.parametrize("hva", ["avlyst", "framtid", "nabo"])
def test_a_meeting_that_was_not_held_here_is_refused(
    hva, status, nabokommune, koordinator
):
    dager = 30 if hva == "framtid" else -30
    start = timezone.now() + timedelta(days=dager)
    kommune = nabokommune if hva == "nabo" else status.kommune
    mote = MoteFactory(
        forum__kommune=kommune,
        start=start,
        slutt=start + timedelta(hours=1),
        status="avlyst" if hva == "avlyst" else "planlagt",
    )
    adresse = til("rapport_endre", status.pk)

    svar = koordinator.post(
        adresse, sendt(koordinator.get(adresse), siden=mote.pk, tittel="Ny")
    )

    status.refresh_from_db()
    assert svar.status_code == 422
    assert "Møtet er avlyst eller slettet" in svar.text
    assert 'value="Ny"' in svar.text
    assert (status.tittel, status.siden) == ("Status", None)


def test_a_period_that_ends_before_it_begins_is_refused(aret, koordinator):
    adresse = til("rapport_endre", aret.pk)
    data = sendt(koordinator.get(adresse), fra_dato="2026-02-28", til_dato="2026-02-27")

    svar = koordinator.post(adresse, data)

    assert svar.status_code == 422
    assert "Den siste dagen er før den første." in svar.text


def test_a_chapter_that_is_not_chosen_is_left_out(aret, sted, koordinator):
    adresse = til("rapport_endre", aret.pk)

    koordinator.post(adresse, sendt(koordinator.get(adresse), kapitler=["omradene"]))

    aret.refresh_from_db()
    assert [s.kapittel.nokkel for s in skrevet(aret)] == ["omradene"]


def test_a_chapter_that_is_gone_is_left_out(aret, sted):
    aret.kapitler = ["finnes_ikke", "omradene"]

    assert [s.kapittel.nokkel for s in skrevet(aret)] == ["omradene"]


# What it says -------------------------------------------------------------------------


def test_the_numbers_are_those_of_the_data(status, sted):
    """Counted another way: row by row, in the order in which they were said."""
    plan, andre = sted.innsatsomrade.plan, PlasseringFactory
    steder = [sted] + [
        andre(innsatsomrade=sted.innsatsomrade, nummer=nr) for nr in (2, 3, 4)
    ]
    borte = andre(
        innsatsomrade=sted.innsatsomrade, nummer=5, tiltak__status="avsluttet"
    )
    for s, tilstand in zip(
        steder, ["som_planlagt", "star_stille", "star_stille"], strict=False
    ):
        meldt(s.tiltak, tilstand)
    meldt(borte.tiltak, "star_stille")
    for_lenge_siden = status.fra_dato - timedelta(days=1)
    meldt(steder[3].tiltak, "annerledes", dato=for_lenge_siden)

    tabell = kapitlet(status, "status").kontekst

    telt = Counter(
        Statusrapport.objects.filter(tiltak__plan=plan, dato__gte=status.fra_dato)
        .exclude(tiltak__status="avsluttet")
        .values_list("tilstand", flat=True)
    )
    assert tabell["antall"] == 4
    assert dict(zip(map(str, tabell["kolonner"]), tabell["sum"], strict=True)) == {
        "som planlagt": telt["som_planlagt"],
        "står stille": telt["star_stille"],
        "ikke meldt": 1,
    }


def test_of_two_on_one_day_the_graver_is_told(status, sted):
    meldt(sted.tiltak, "star_stille")
    meldt(sted.tiltak, "som_planlagt", tjeneste=TjenesteFactory(kommune=status.kommune))

    grupper = kapitlet(status, "avvik").kontekst["grupper"]

    assert [(str(navn), len(par)) for navn, _verdi, par in grupper] == [
        ("står stille", 1)
    ]


def test_what_stands_still_is_told_the_politirad_with_its_reason(status, sted):
    meldt(sted.tiltak, "star_stille")

    html = Rapportutgave(status).html()

    assert HEMMELIG in html
    assert html.index("Trygghetsuka") < html.index(HEMMELIG)


def test_what_all_may_read_holds_no_note(aret, sted):
    meldt(sted.tiltak, "star_stille")
    sted.tiltak.statuslinje = "Åtte av ti skoler er i gang."
    sted.tiltak.save()
    aret.kapitler = [*aret.kapitler, "status", "avvik"]

    html = Rapportutgave(aret).html()

    assert HEMMELIG not in html
    assert "Åtte av ti skoler er i gang." in html


def test_a_report_for_all_holds_no_unpublished_figure(aret, sted, status):
    indikator = IndikatorFactory(kommune=aret.kommune, navn="Anmeldelser")
    MalingFactory(indikator=indikator, arstall=aret.til_dato.year, verdi=37)
    Omradeindikator.objects.create(
        indikator=indikator, innsatsomrade=sted.innsatsomrade
    )

    assert "Anmeldelser" not in Rapportutgave(aret).html()
    assert "Anmeldelser" in Rapportutgave(status).html()


def test_a_reader_from_the_politirad_is_of_one_kommune(kommune, nabokommune):
    leser = politiradet(kommune)

    assert kommune.gir(leser, "politirad")
    assert not kommune.gir(leser, "koordinator")
    assert not nabokommune.gir(leser, "politirad")


def test_of_a_tjeneste_it_says_what_it_is_and_answers_for(plan, sted):
    tjeneste = TjenesteFactory(kommune=plan.kommune, tekst="Møter unge der de er.")
    AnsvarFactory(tiltak=sted.tiltak, tjeneste=tjeneste)
    annet = PlasseringFactory(innsatsomrade=sted.innsatsomrade, nummer=2).tiltak
    rapport = RapportFactory(kommune=plan.kommune, plan=plan, tjeneste=tjeneste)

    html = Rapportutgave(rapport).html()

    assert "Møter unge der de er." in html
    assert sted.tiltak.tittel in html
    assert annet.tittel not in html


def test_meetings_are_counted_by_forum(aret):
    forum = ForumFactory(kommune=aret.kommune, navn="Områdemøte", offentlig=True)
    for dager, tilstand in ((10, "planlagt"), (20, "planlagt"), (400, "planlagt")):
        start = timezone.now() - timedelta(days=dager)
        MoteFactory(
            forum=forum,
            start=start,
            slutt=start + timedelta(hours=1),
            status=tilstand,
        )

    assert kapitlet(aret, "moter").kontekst["rader"] == [("Områdemøte", 2, 0)]


def test_activities_are_counted_by_kind_and_tell_of_no_few(aret):
    dag = aret.til_dato - timedelta(days=10)
    felter = {"kommune": aret.kommune, "dato": dag, "publisert": True}
    for antall in (20, 30):
        AktivitetFactory(slag="temakveld", antall=antall, **felter)
    AktivitetFactory(slag="fagdag", antall=3, **felter)
    AktivitetFactory(slag="fagdag", avlyst=True, **felter)
    AktivitetFactory(slag="kampanje", **felter | {"publisert": False})

    rader = kapitlet(aret, "aktiviteter").kontekst["rader"]

    assert [(str(navn), antall, str(kom)) for navn, antall, kom in rader] == [
        ("fagdag", 1, "færre enn 5"),
        ("temakveld", 2, "50"),
    ]
    assert (3, "aktiviteter") in kapitlet(aret, "tall_aret").kontekst["tallene"]


def test_grants_are_summed_as_they_were_given(aret):
    felter = {"kommune": aret.kommune, "arstall": aret.til_dato.year, "ga": True}
    for ordning, gitt in (("Ungdomsmidler", 100_000), ("Fritidskort", 50_000)):
        TilskuddFactory(ordning=ordning, gitt=gitt, publisert=True, **felter)
    TilskuddFactory(ordning="Internt", gitt=7_000, **felter)

    html = kapitlet(aret, "tilskudd").html

    assert "Internt" not in html
    assert re.findall(r"\d+\s\d+\skr", html) == [
        "50\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr",
        "100\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr",
        "150\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr",
    ]


def test_the_year_ahead_holds_nothing_internal_for_all(aret, sted, status):
    frist = aret.til_dato + timedelta(days=40)
    sted.tiltak.frist = frist
    sted.tiltak.uke = 44
    sted.tiltak.save()
    for rapport in (aret, status):
        rapport.kapitler = ["aret_som_kommer"]

    for_alle = kapitlet(aret, "aret_som_kommer").kontekst["punkter"]

    assert sted.tiltak.tittel in [p.tittel for p in for_alle]
    assert not any(p.internt for p in for_alle)


def test_a_year_without_data_says_what_there_is(kommune):
    rapport = RapportFactory(
        kommune=kommune, fra_dato=date(2001, 1, 1), til_dato=date(2001, 12, 31)
    )

    assert "Årsrapport" in Rapportutgave(rapport).html()
    assert kapitlet(rapport, "tall_aret") is None


def test_a_leap_day_and_week_53_may_be_ends(aret):
    aret.fra_dato, aret.til_dato = date(2024, 2, 29), date(2026, 12, 31)
    aret.full_clean()

    assert "29. februar 2024" in Rapportutgave(aret).html()


@pytest.mark.parametrize("slag", ["status", "ar", "orientering"])
def test_it_costs_the_same_for_one_and_three(slag, plan, sted):
    rapport = RapportFactory(kommune=plan.kommune, plan=plan, slag=slag)

    def koster():
        with CaptureQueriesContext(
            connection,
        ) as sporringer:
            Rapportutgave(Rapport.objects.get(pk=rapport.pk)).html()
        return len(sporringer)

    meldt(sted.tiltak, "star_stille")
    en = koster()
    for nr in (2, 3):
        til_ = PlasseringFactory(innsatsomrade=sted.innsatsomrade, nummer=nr).tiltak
        meldt(til_, "star_stille")

    assert koster() == en


# In other programs --------------------------------------------------------------------


def test_the_slides_say_what_is_asked_and_what_is_told(status, sted):
    meldt(sted.tiltak, "star_stille")

    fil = Presentation(BytesIO(lysbilder(status)))

    titler = [bilde.shapes.title.text for bilde in fil.slides]
    teksten = "\n".join(
        form.text_frame.text for bilde in fil.slides for form in bilde.placeholders
    )
    assert titler[:3] == ["Status", "Hva er SLT?", "Dette bes dere ta stilling til"]
    assert len(titler) <= FLEST
    assert "Skal Trygghetsuka fortsette?" in teksten
    assert f"{sted.tiltak}: står stille" in teksten


def test_the_slides_are_for_the_coordinator(status, koordinator, nabo, client):
    adresse = til("rapport_lysbilder", status.pk)

    assert koordinator.get(adresse)["Content-Disposition"].endswith('status.pptx"')
    assert [k.get(adresse).status_code for k in (nabo, client)] == [404, 302]


def test_word_holds_the_same(status, sted, koordinator):
    meldt(sted.tiltak, "star_stille")

    svar = koordinator.get(til("rapport_word", status.pk))

    teksten = "\n".join(a.text for a in Document(BytesIO(svar.content)).paragraphs)
    assert "Skal Trygghetsuka fortsette?" in teksten
    assert HEMMELIG in teksten


# Finishing ----------------------------------------------------------------------------


def _ferdig(klient, rapport):
    adresse = til("rapport_ferdig", rapport.pk)
    dokumentet = klient.get(adresse).context["dokumentet"]
    return klient.post(adresse, {"dokumentet": dokumentet})


def test_what_was_presented_stands_whatever_is_changed(
    status, sted, koordinator, tegnet
):
    meldt(sted.tiltak, "star_stille")
    _ferdig(koordinator, status)
    Statusrapport.objects.all().delete()

    status.refresh_from_db()
    pdf = koordinator.get(til("rapport_pdf", status.pk))
    side = koordinator.get(status.get_absolute_url()).text

    assert status.dokument.slag == Dokument.Slag.RAPPORT
    assert pdf.content == bytes(status.dokument.innhold)
    assert HEMMELIG in side
    assert "Det som ikke går som planlagt" in side


def test_presented_twice_it_is_frozen_once(status, koordinator, tegnet):
    adresse = til("rapport_ferdig", status.pk)
    dokumentet = koordinator.get(adresse).context["dokumentet"]

    svar = [
        koordinator.post(adresse, {"dokumentet": dokumentet}, follow=True)
        for _gang in range(2)
    ]

    assert "er ferdig, og dokumentet er frosset" in svar[0].text
    assert "er ferdig allerede" in svar[1].text
    assert Dokument.objects.count() == 1


def test_what_was_changed_meanwhile_is_not_frozen(status, sted, koordinator, tegnet):
    adresse = til("rapport_ferdig", status.pk)
    dokumentet = koordinator.get(adresse).context["dokumentet"]
    sted.tiltak.tittel = "Et nytt navn"
    sted.tiltak.save()

    svar = koordinator.post(adresse, {"dokumentet": dokumentet}, follow=True)

    assert "Ingenting er lagret." in svar.text
    assert not Dokument.objects.exists()


def test_it_says_that_nothing_is_asked(status, koordinator, tegnet):
    status.bes_om = ""
    status.save()

    svar = koordinator.get(til("rapport_ferdig", status.pk))

    assert "Det står ikke hva politirådet bes ta stilling til." in svar.text


def test_a_finished_one_stands_fast_until_it_is_opened(kommune, koordinator):
    rapport = ferdig_rapport(kommune)
    rapport.tittel = "Noe annet"
    with pytest.raises(ValidationError, match="Rapporten er ferdig"):
        rapport.save()
    dokument, adresse = rapport.dokument, til("rapport_apne", rapport.pk)

    koordinator.post(adresse, {"hvorfor": "Et tall var feil"})

    rapport.refresh_from_db()
    assert (rapport.ferdig, rapport.dokument, rapport.publisert) == (None, None, False)
    assert rapport.historikk.first().history_change_reason == "Et tall var feil"
    assert Dokument.objects.filter(pk=dokument.pk).exists()


def test_a_report_to_the_politirad_is_never_published(kommune, koordinator):
    rapport = ferdig_rapport(kommune, publisert=False, slag="status")

    svar = koordinator.post(
        til("rapport_publiser", rapport.pk), {"publisert": "ja"}, follow=True
    )

    rapport.refresh_from_db()
    assert not rapport.publisert
    assert "publiseres ikke" in svar.text


# Who reads ----------------------------------------------------------------------------


def test_who_reads_which(kommune, nabo, koordinator, client):
    rader = [
        RapportFactory(kommune=kommune, tittel="Under arbeid"),
        ferdig_rapport(kommune, tittel="Ferdig", publisert=False),
        ferdig_rapport(kommune, tittel="Publisert"),
    ]
    klienter = {
        rolle: innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)
        for rolle in ("politirad", "ansatt")
    } | {"koordinator": koordinator, "nabo": nabo, "ingen": client}

    ser = {
        hvem: [
            rad.tittel
            for rad in rader
            if klient.get(rad.get_absolute_url()).status_code == 200
        ]
        for hvem, klient in klienter.items()
    }

    assert ser == {
        "koordinator": ["Under arbeid", "Ferdig", "Publisert"],
        "politirad": ["Ferdig", "Publisert"],
        "ansatt": ["Publisert"],
        "nabo": ["Publisert"],
        "ingen": ["Publisert"],
    }
    assert "Ferdig" not in client.get(til("rapport_list")).text


@pytest.mark.parametrize(
    "navn", ["rapport_endre", "rapport_arbeid", "rapport_ferdig", "rapport_slett"]
)
def test_the_work_is_the_coordinators(navn, aret, nabo):
    adresse = til(navn, aret.pk)
    ansatt = innlogget(TilgangFactory(kommune=aret.kommune, rolle="ansatt").bruker)

    assert [k.get(adresse).status_code for k in (nabo, ansatt, Client())] == [
        404,
        404,
        302,
    ]


def test_publishing_is_a_post(kommune, koordinator):
    rapport = ferdig_rapport(kommune, publisert=False)
    adresse = til("rapport_publiser", rapport.pk)

    assert koordinator.get(adresse).status_code == 405
    koordinator.post(adresse, {"publisert": "ja"})

    rapport.refresh_from_db()
    assert rapport.publisert


def test_one_that_is_not_finished_is_removed(aret, koordinator):
    koordinator.post(til("rapport_slett", aret.pk))

    assert not Rapport.objects.exists()
