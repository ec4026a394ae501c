"""The commands, and what they say when something is wrong: one line, and nothing done."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evaluering.models import (
    Anbefalingssvar,
    Faktor,
    Funnsvar,
    Grunnlag,
    Kalenderpunkt,
    Malsettingsindikator,
    Omradeindikator,
    Tiltaksindikator,
)
from moter.models import Sendevei
from slt.grunn.historikk import Historisert
from slt.grunn.kommunegrense import har_kommune, kommunegrenser
from slt.grunn.pdf import PdfUtilgjengelig
from slt.management.commands import klargjor, last_grunndata
from slt.models import (
    Bruker,
    Kommune,
    Lokalomrade,
    Sted,
    Stedsdel,
    Tilgang,
    Utsending,
)
from tests.factories import (
    AktivitetFactory,
    AnbefalingFactory,
    AnsvarFactory,
    BrukerFactory,
    DokumentFactory,
    EndringsforslagFactory,
    EvalueringFactory,
    FeilmeldingFactory,
    ForesporselFactory,
    ForumFactory,
    ForumsmedlemFactory,
    FunnFactory,
    HandlingsplanFactory,
    HoringFactory,
    IndikatorFactory,
    InnsatsomradeFactory,
    InnspillFactory,
    KapittelFactory,
    KildeFactory,
    KontaktpunktFactory,
    LokalomradeFactory,
    MalingFactory,
    MedvirkningFactory,
    MoteFactory,
    MoteserieFactory,
    PlanlenkeFactory,
    PlanleserFactory,
    PlanrekkeFactory,
    PlasseringFactory,
    RapportFactory,
    RegistreringFactory,
    RegnearkimportFactory,
    RundeFactory,
    RundevalgFactory,
    StatusrapportFactory,
    StedFactory,
    TallimportFactory,
    TemaFactory,
    TilAnsatteFactory,
    TilbudFactory,
    TilgangFactory,
    TilskuddstiltakFactory,
    TiltakFactory,
    TiltaksvurderingFactory,
    TjenesteFactory,
    TjenesteTemaFactory,
    VeilederFactory,
    ferdig_evaluering,
    ferdig_rapport,
)
from tests.slt.test_admin import NUMMER, alt
from tiltak.management.commands import lag_pdf
from tiltak.models import (
    AnsvarKontaktpunkt,
    Kapittel,
    Malgruppe,
    Malsetting,
    Overgang,
    Planimport,
    Runde,
    Styringsdokument,
    Tema,
    TiltakLokalomrade,
    TiltakTema,
    TiltakVeileder,
    Tjeneste,
    VeilederTema,
)


def kjor(*args, **kwargs):
    """Runs a command; returns what it writes."""
    ut = StringIO()
    call_command(*args, stdout=ut, stderr=ut, **kwargs)
    return ut.getvalue()


def feil(*args, **kwargs):
    """Runs a command that stops; returns the one line it stops with."""
    ut = StringIO()
    with pytest.raises(CommandError) as funnet:
        call_command(*args, stdout=ut, stderr=ut, **kwargs)
    melding = str(funnet.value)
    assert "\n" not in melding
    return melding


# helse --------------------------------------------------------------------------------


def lag_plan(kommune):
    return kommune.planer.first() or HandlingsplanFactory(kommune=kommune)


def lag_tema(kommune):
    return Tema.objects.get_or_create(kommune=kommune, navn="Rus")[0]


def lag_innsatsomrade(kommune):
    return InnsatsomradeFactory(plan=lag_plan(kommune))


def lag_tiltak(kommune):
    return TiltakFactory(plan=lag_plan(kommune))


def lag_plassering(kommune):
    return PlasseringFactory(innsatsomrade=lag_innsatsomrade(kommune))


def lag_overgang(kommune):
    fra = lag_tiltak(kommune)
    return Overgang.objects.create(
        ny_plan=fra.plan, fra=fra, til=lag_tiltak(kommune), valg="viderefores"
    )


def lag_malsetting(kommune):
    tiltak = lag_tiltak(kommune)
    return Malsetting.objects.create(
        plan=tiltak.plan, tiltak=tiltak, type="visjon", tekst="Trygghet"
    )


def lag_valg(kommune):
    ansvar = AnsvarFactory(tiltak=lag_tiltak(kommune))
    punkt = KontaktpunktFactory(tjeneste=ansvar.tjeneste)
    return AnsvarKontaktpunkt.objects.create(ansvar=ansvar, kontaktpunkt=punkt)


def lag_forum(kommune):
    return ForumFactory(kommune=kommune, overordnet=ForumFactory(kommune=kommune))


def lag_medlem(kommune):
    forum = lag_forum(kommune)
    return ForumsmedlemFactory(
        forum=forum,
        tjeneste=TjenesteFactory(kommune=kommune),
        vara_for=ForumsmedlemFactory(forum=forum),
    )


def lag_funn(kommune):
    return FunnFactory(kilde__kommune=kommune)


def lag_anbefaling(kommune):
    return AnbefalingFactory(kilde__kommune=kommune)


def lag_maling(kommune):
    return MalingFactory(indikator__kommune=kommune)


def lag_horing(kommune):
    return HoringFactory(plan=lag_plan(kommune))


def lag_planlenke(kommune):
    return PlanlenkeFactory(plan=lag_plan(kommune))


def lag_innspill(kommune):
    return InnspillFactory(plan=lag_plan(kommune))


# What has a reference, which it is, and what it leads to.
HENVISNINGER = [
    *(
        (lambda k: RapportFactory(kommune=k), felt, lag)
        for felt, lag in (
            ("plan", lambda k: HandlingsplanFactory(kommune=k)),
            ("tjeneste", lambda k: TjenesteFactory(kommune=k)),
            ("siden", lambda k: MoteFactory(forum__kommune=k)),
        )
    ),
    (
        lambda k: ferdig_rapport(k),
        "dokument",
        lambda k: DokumentFactory(kommune=k),
    ),
    (
        lambda k: TilskuddstiltakFactory(tiltak=TilbudFactory(kommune=k)),
        "tiltak",
        lambda k: TilbudFactory(kommune=k),
    ),
    (
        lambda k: StedFactory(kommune=k),
        "lokalomrade",
        lambda k: LokalomradeFactory(kommune=k),
    ),
    (
        lambda k: TjenesteFactory(kommune=k),
        "overordnet",
        lambda k: TjenesteFactory(kommune=k),
    ),
    (
        lambda k: KontaktpunktFactory(tjeneste__kommune=k),
        "sted",
        lambda k: StedFactory(kommune=k),
    ),
    (
        lag_plan,
        "rekke",
        lambda k: PlanrekkeFactory(kommune=k, navn="Vold", hoved=False),
    ),
    (lag_plan, "bygger_pa", lag_plan),
    (lag_plan, "del_av", lag_plan),
    (
        lambda k: Styringsdokument.objects.create(
            kommune=k, plan=lag_plan(k), tittel=f"Avtale i {k}"
        ),
        "plan",
        lag_plan,
    ),
    (
        lambda k: Planimport.objects.create(
            kommune=k,
            bruker=BrukerFactory(),
            plan=lag_plan(k),
            lagt_inn=timezone.now(),
        ),
        "plan",
        lag_plan,
    ),
    (lambda k: RegnearkimportFactory(plan=lag_plan(k)), "plan", lag_plan),
    (lag_malsetting, "innsatsomrade", lag_innsatsomrade),
    (lag_malsetting, "tiltak", lag_tiltak),
    (lag_tiltak, "plan", lag_plan),
    (lag_tiltak, "overordnet", lag_tiltak),
    (lag_overgang, "fra", lag_tiltak),
    (lag_overgang, "til", lag_tiltak),
    (lag_overgang, "sammen_med", lag_tiltak),
    (
        lag_plassering,
        "innsatsomrade",
        lag_innsatsomrade,
    ),
    (lag_plassering, "plan", lag_plan),
    (
        lambda k: AnsvarFactory(tiltak=lag_tiltak(k), plassering=None),
        "plassering",
        lag_plassering,
    ),
    (
        lambda k: Malgruppe.objects.create(tiltak=lag_tiltak(k), tekst="Unge"),
        "plassering",
        lag_plassering,
    ),
    (
        lambda k: AnsvarFactory(tiltak=lag_tiltak(k)),
        "tjeneste",
        lambda k: TjenesteFactory(kommune=k),
    ),
    (lag_valg, "kontaktpunkt", lambda k: KontaktpunktFactory(tjeneste__kommune=k)),
    (
        lambda k: FeilmeldingFactory(tjeneste__kommune=k),
        "kontaktpunkt",
        lambda k: KontaktpunktFactory(tjeneste__kommune=k),
    ),
    (
        lambda k: TiltakTema.objects.create(tiltak=lag_tiltak(k), tema=lag_tema(k)),
        "tema",
        lag_tema,
    ),
    (
        lambda k: TjenesteTemaFactory(tjeneste__kommune=k),
        "tema",
        lag_tema,
    ),
    (
        lambda k: TilAnsatteFactory(kommune=k, tema=TemaFactory(kommune=k)),
        "tema",
        lambda k: TemaFactory(kommune=k),
    ),
    (
        lambda k: VeilederTema.objects.create(
            veileder=VeilederFactory(kommune=k), tema=lag_tema(k)
        ),
        "tema",
        lag_tema,
    ),
    (
        lambda k: TiltakVeileder.objects.create(
            tiltak=lag_tiltak(k), veileder=VeilederFactory(kommune=k)
        ),
        "veileder",
        lambda k: VeilederFactory(kommune=k),
    ),
    (
        lambda k: TiltakLokalomrade.objects.create(
            tiltak=lag_tiltak(k), lokalomrade=LokalomradeFactory(kommune=k)
        ),
        "lokalomrade",
        lambda k: LokalomradeFactory(kommune=k),
    ),
    (
        lambda k: ForumFactory(kommune=k, lokalomrade=LokalomradeFactory(kommune=k)),
        "lokalomrade",
        lambda k: LokalomradeFactory(kommune=k),
    ),
    (lag_forum, "overordnet", lag_forum),
    (
        lambda k: Sendevei.objects.create(forum=lag_forum(k), til=lag_forum(k)),
        "til",
        lag_forum,
    ),
    (lag_medlem, "tjeneste", lambda k: TjenesteFactory(kommune=k)),
    (lag_medlem, "vara_for", lag_medlem),
    (
        lambda k: MoteFactory(forum=lag_forum(k), opprinnelig_dato=date(2027, 1, 5)),
        "serie",
        lambda k: MoteserieFactory(forum=lag_forum(k)),
    ),
    (
        lambda k: Stedsdel.objects.create(
            helhet=StedFactory(kommune=k, type=Sted.Type.FLERE),
            sted=StedFactory(kommune=k),
        ),
        "sted",
        lambda k: StedFactory(kommune=k),
    ),
    (lag_funn, "sted", lambda k: StedFactory(kommune=k)),
    (lag_funn, "lokalomrade", lambda k: LokalomradeFactory(kommune=k)),
    (lag_funn, "indikator", lambda k: IndikatorFactory(kommune=k)),
    (
        lambda k: IndikatorFactory(kommune=k),
        "oppgis_av",
        lambda k: TjenesteFactory(kommune=k),
    ),
    (lag_funn, "tema", lag_tema),
    (lag_anbefaling, "innsatsomrade", lag_innsatsomrade),
    (
        lambda k: Grunnlag.objects.create(
            anbefaling=lag_anbefaling(k), funn=lag_funn(k)
        ),
        "funn",
        lag_funn,
    ),
    (
        lambda k: Funnsvar.objects.create(funn=lag_funn(k), tiltak=lag_tiltak(k)),
        "tiltak",
        lag_tiltak,
    ),
    (
        lambda k: Anbefalingssvar.objects.create(
            anbefaling=lag_anbefaling(k), tiltak=lag_tiltak(k)
        ),
        "tiltak",
        lag_tiltak,
    ),
    (
        lambda k: Kalenderpunkt.objects.create(
            kilde=KildeFactory(kommune=k), tema=lag_tema(k), trinn=8, tekst="Møte"
        ),
        "tema",
        lag_tema,
    ),
    (
        lambda k: Faktor.objects.create(funn=lag_funn(k), type="risiko"),
        "tema",
        lag_tema,
    ),
    (
        lambda k: Malsettingsindikator.objects.create(
            indikator=IndikatorFactory(kommune=k), malsetting=lag_malsetting(k)
        ),
        "malsetting",
        lag_malsetting,
    ),
    (
        lambda k: Omradeindikator.objects.create(
            indikator=IndikatorFactory(kommune=k), innsatsomrade=lag_innsatsomrade(k)
        ),
        "innsatsomrade",
        lag_innsatsomrade,
    ),
    (
        lambda k: Tiltaksindikator.objects.create(
            indikator=IndikatorFactory(kommune=k), tiltak=lag_tiltak(k)
        ),
        "tiltak",
        lag_tiltak,
    ),
    (
        lambda k: IndikatorFactory(kommune=k),
        "kilde",
        lambda k: KildeFactory(kommune=k),
    ),
    (lag_maling, "sted", lambda k: StedFactory(kommune=k)),
    (lag_maling, "lokalomrade", lambda k: LokalomradeFactory(kommune=k)),
    (lag_maling, "kilde", lambda k: KildeFactory(kommune=k)),
    (lag_maling, "tallimport", lambda k: TallimportFactory(kommune=k)),
    (
        lambda k: PlanleserFactory(plan=lag_plan(k), forum=ForumFactory(kommune=k)),
        "forum",
        lag_forum,
    ),
    (lag_planlenke, "horing", lag_horing),
    (
        lambda k: ForesporselFactory(tjeneste__kommune=k),
        "runde",
        lambda k: RundeFactory(kommune=k),
    ),
    *(
        (lambda k: AktivitetFactory(kommune=k), felt, lag)
        for felt, lag in (
            ("sted", lambda k: StedFactory(kommune=k)),
            ("tjeneste", lambda k: TjenesteFactory(kommune=k)),
            ("tiltak", lag_tiltak),
            ("forum", lambda k: ForumFactory(kommune=k)),
            ("gjentar", lambda k: AktivitetFactory(kommune=k)),
        )
    ),
    (
        lambda k: StatusrapportFactory(tiltak=lag_tiltak(k)),
        "runde",
        lambda k: RundeFactory(kommune=k),
    ),
    (
        lambda k: StatusrapportFactory(tiltak=lag_tiltak(k)),
        "tjeneste",
        lambda k: TjenesteFactory(kommune=k),
    ),
    (
        lambda k: MedvirkningFactory(kilde__kommune=k),
        "kilde",
        lambda k: KildeFactory(kommune=k),
    ),
    (
        lambda k: MedvirkningFactory(kilde=None, plan=lag_plan(k)),
        "plan",
        lambda k: HandlingsplanFactory(
            kommune=k, status="utkast", fra_ar=1990, til_ar=1991
        ),
    ),
    (
        lambda k: MedvirkningFactory(
            kilde=None, evaluering=EvalueringFactory(plan=lag_plan(k))
        ),
        "evaluering",
        lambda k: EvalueringFactory(plan=lag_plan(k)),
    ),
    (lambda k: EvalueringFactory(plan=lag_plan(k)), "plan", lag_plan),
    (
        lambda k: ferdig_evaluering(lag_plan(k)),
        "dokument",
        lambda k: DokumentFactory(kommune=k),
    ),
    (
        lambda k: EvalueringFactory(
            kommune=k, plan=None, slag="tiltak", tiltak=lag_tiltak(k)
        ),
        "tiltak",
        lag_tiltak,
    ),
    (
        lambda k: EvalueringFactory(
            kommune=k, plan=None, slag="forum", forum=ForumFactory(kommune=k)
        ),
        "forum",
        lambda k: ForumFactory(kommune=k),
    ),
    (
        lambda k: TiltaksvurderingFactory(tiltak=lag_tiltak(k)),
        "tiltak",
        lag_tiltak,
    ),
    (
        lambda k: RundevalgFactory(plan=lag_plan(k)),
        "plan",
        lag_plan,
    ),
    (
        lambda k: RundevalgFactory(
            plan=(plan := lag_plan(k)), innsatsomrade=InnsatsomradeFactory(plan=plan)
        ),
        "innsatsomrade",
        lambda k: InnsatsomradeFactory(plan=lag_plan(k)),
    ),
    (
        lambda k: EndringsforslagFactory(tjeneste__kommune=k),
        "kontaktpunkt",
        lambda k: KontaktpunktFactory(tjeneste__kommune=k),
    ),
    (
        lambda k: EndringsforslagFactory(
            tjeneste__kommune=k,
            slag="tekst",
            kontaktpunkt=None,
            tiltak=lag_tiltak(k),
            innhold={"tekst": "<p>Ny</p>"},
        ),
        "tiltak",
        lag_tiltak,
    ),
    (
        lambda k: EndringsforslagFactory(
            tjeneste__kommune=k,
            foresporsel=ForesporselFactory(tjeneste__kommune=k),
        ),
        "foresporsel",
        lambda k: ForesporselFactory(tjeneste__kommune=k),
    ),
    (lag_innspill, "tiltak", lag_tiltak),
    (lag_innspill, "kapittel", lambda k: KapittelFactory(plan=lag_plan(k))),
    (lag_innspill, "horing", lag_horing),
    (lag_innspill, "planlenke", lag_planlenke),
    (
        lambda k: RegistreringFactory(
            plan=HandlingsplanFactory(
                kommune=k, status="avlost", fra_ar=1990, til_ar=1991
            )
        ),
        "dokument",
        lambda k: DokumentFactory(kommune=k),
    ),
]


def gi_koordinatorer(*kommuner):
    for kommune in kommuner:
        TilgangFactory(kommune=kommune, bruker__last_login=timezone.now())


def test_a_sound_database_is_said_to_be_sound(kommune, nabokommune):
    for lag, *_ in HENVISNINGER:
        lag(kommune)
        lag(nabokommune)
    gi_koordinatorer(kommune, nabokommune)

    assert kjor("helse") == "Ingen rader viser til en annen kommune.\n"


@pytest.mark.parametrize(("lag", "felt", "lag_fremmed"), HENVISNINGER)
def test_each_reference_across_the_border_is_found(
    kommune, nabokommune, lag, felt, lag_fremmed
):
    lag(nabokommune)  # one that is sound
    rad, fremmed = lag(kommune), lag_fremmed(nabokommune)
    modell = type(rad)
    if modell is Malsetting and felt == "innsatsomrade":
        rad.tiltak = None
        rad.save()
    # The one way that the guards leave open: the plain manager.
    QuerySet(modell).filter(pk=rad.pk).update(**{felt: fremmed})

    gi_koordinatorer(kommune, nabokommune)

    ut = StringIO()
    with pytest.raises(CommandError) as funnet:
        call_command("helse", stdout=ut, stderr=ut)

    navn = modell._meta.get_field(felt).verbose_name
    assert ut.getvalue() == (
        f"{modell._meta.verbose_name} {rad.pk}: feltet «{navn}» viser til en annen "
        "kommune\n"
    )
    assert str(funnet.value) == "1 feil. Rett dem i administrasjonen."


def test_all_references_are_tried_above(kommune):
    provd = {(type(lag(kommune)), felt) for lag, felt, _lag in HENVISNINGER}

    alle = {
        (modell, felt.name)
        for modell in filter(har_kommune, apps.get_models())
        for felt in kommunegrenser(modell)
        # By which a row belongs to its kommune in the first place.
        if felt.name != modell.kommune_sti.partition("__")[0]
    }
    assert alle == provd


# demo_bruker --------------------------------------------------------------------------


def passord(tekst):
    treff = re.fullmatch(r"Logg inn som (\S+) med passordet (\S+)\n", tekst)
    return treff.groups()


def test_the_demo_user_logs_in_with_the_password_that_is_printed(kommune, client):
    epost, hemmelig = passord(kjor("demo_bruker"))

    response = client.post(
        reverse("konto:logg_inn"), {"username": epost, "password": hemmelig}
    )

    assert (response.status_code, response.url) == (302, reverse("inn"))
    assert client.get(reverse("admin:index")).context["valgt_kommune"] == kommune


def test_a_second_run_gives_a_new_password_and_nothing_else(kommune, client):
    epost, gammelt = passord(kjor("demo_bruker"))

    _epost, nytt = passord(kjor("demo_bruker"))

    bruker = Bruker.objects.get()
    assert nytt != gammelt
    assert len(nytt) >= 16
    assert bruker.check_password(nytt)
    assert not bruker.check_password(gammelt)
    assert (bruker.epost, bruker.is_superuser) == (epost, False)
    assert [(t.kommune, t.rolle) for t in Tilgang.objects.all()] == [
        (kommune, Tilgang.Rolle.KOORDINATOR)
    ]


def test_the_demo_users_access_is_opened_again(kommune):
    kjor("demo_bruker")
    tilgang = Tilgang.objects.get()
    tilgang.fra = tilgang.til = timezone.localdate() - timedelta(days=1)
    tilgang.save()

    kjor("demo_bruker")

    assert list(Bruker.objects.get().koordinerer) == [kommune]


def test_the_demo_user_needs_a_kommune(kommune):
    for_ = alt()

    assert feil("demo_bruker", kommune="0301") == (
        "Kommune 0301 finnes ikke. Kjør «manage.py last_grunndata» først."
    )

    assert alt() == for_


def test_another_kommune_may_be_asked_for(nabokommune):
    kjor("demo_bruker", kommune="3222")

    assert list(Bruker.objects.get().koordinerer) == [nabokommune]


# last_grunndata -----------------------------------------------------------------------

FIXTURES = sorted((settings.BASE_DIR / "fixtures").glob("*.yaml"))

KOMMUNE = """
- model: slt.kommune
  fields: {nummer: "9999", navn: Prøve, slug: prove}
"""
OMRADE = """
- model: slt.lokalomrade
  fields: {kommune: ["9999"], navn: Nord}
"""


@pytest.fixture
def last(tmp_path):
    """Loads a file with this text."""

    def last(tekst, navn="prove.yaml", **kwargs):
        fil = tmp_path / navn
        fil.write_bytes(tekst if isinstance(tekst, bytes) else tekst.encode())
        return kjor("last_grunndata", fil, **kwargs)

    return last


@pytest.fixture
def lastefeil(tmp_path):
    """Loads a file that cannot be loaded; returns the line that says why, once it is
    sure that nothing was saved."""

    def lastefeil(tekst):
        fil = tmp_path / "prove.yaml"
        fil.write_bytes(tekst if isinstance(tekst, bytes) else tekst.encode())
        for_ = alt()
        melding = feil("last_grunndata", fil)
        assert alt() == for_
        assert melding.startswith("prove.yaml")
        return melding

    return lastefeil


def test_a_file_is_loaded_once(db, last):
    assert last(KOMMUNE + OMRADE) == "Lastet 2 rader fra prove.yaml.\n"
    kommune = Kommune.objects.get()
    kommune.navn = "Skrevet inn"
    kommune.save()

    assert last(KOMMUNE + OMRADE) == ""
    assert last(KOMMUNE + OMRADE, verbosity=2) == "prove.yaml er lastet før.\n"

    assert Kommune.objects.get().navn == "Skrevet inn"
    assert Lokalomrade.objects.get().slug == "nord"


def test_what_is_loaded_stands_in_the_history(db, last):
    last(KOMMUNE + OMRADE)

    rad = Lokalomrade.historikk.get()
    assert (rad.history_dor, rad.history_aktor, rad.history_change_reason) == (
        "kommando",
        "",
        "Lastet prove.yaml",
    )


def test_what_comes_later_in_a_file_does_not_save_what_came_before(db, lastefeil):
    lastefeil(KOMMUNE + OMRADE + OMRADE)

    assert not Kommune.objects.exists()


@pytest.mark.parametrize(
    ("tekst", "ord_"),
    [
        pytest.param("- model: [", ["line"], id="broken yaml"),
        pytest.param("\tx: 1", ["line 1"], id="tab"),
        pytest.param("bare tekst", [], id="no list"),
        pytest.param("- 7", [], id="no row"),
        pytest.param("- {fields: {navn: x}}", [], id="no model"),
        pytest.param(
            b"- model: slt.kommune\n  fields: {navn: L\xf8ten}", [], id="not utf-8"
        ),
        pytest.param(
            "- model: slt.finnesikke\n  fields: {}",
            ["slt.finnesikke"],
            id="unknown model",
        ),
        pytest.param(
            KOMMUNE.replace("navn", "finnesikke"), ["finnesikke"], id="unknown field"
        ),
        pytest.param(
            KOMMUNE + OMRADE.replace("navn", "ukjent"),
            ["rad 2", "ukjent"],
            id="unknown field in row 2",
        ),
        pytest.param(
            KOMMUNE.replace('"9999"', "99999"),
            ["rad 1", "kommune", "nummer"],
            id="bad value",
        ),
        pytest.param(
            KOMMUNE.replace("navn: Prøve, ", ""),
            ["rad 1", "kommune", "navn"],
            id="missing value",
        ),
        pytest.param(
            KOMMUNE.replace("prove}", "admin}"),
            ["rad 1", "Nettstedet bruker"],
            id="constraint",
        ),
        pytest.param(
            KOMMUNE + OMRADE + OMRADE,
            ["rad 3", "lokalområde", "Navnet er allerede"],
            id="taken",
        ),
        pytest.param(
            KOMMUNE + OMRADE.replace("9999", "8888"),
            ["rad 2", "8888"],
            id="missing reference",
        ),
        pytest.param(
            KOMMUNE + OMRADE.replace('["9999"]', "x"), ["rad 2", "x"], id="no reference"
        ),
        pytest.param(
            KOMMUNE + OMRADE.replace('kommune: ["9999"], ', ""),
            ["rad 2", "kommune"],
            id="reference left out",
        ),
        pytest.param(
            KOMMUNE.replace("Prøve", f"Se {NUMMER}"),
            ["rad 1", "fødselsnummer"],
            id="identity number",
        ),
    ],
)
def test_a_file_that_cannot_be_loaded_says_where_and_why(db, lastefeil, tekst, ord_):
    melding = lastefeil(tekst)

    for ett in ord_:
        assert ett in melding


def test_a_row_that_leads_into_another_kommune_is_named(nabokommune, lastefeil):
    LokalomradeFactory(kommune=nabokommune, slug="ost")

    melding = lastefeil(
        KOMMUNE
        + """
- model: slt.sted
  fields: {kommune: ["9999"], navn: Skole, slug: skole, type: barneskole,
    lokalomrade: ["3222", ost]}
"""
    )

    assert melding == (
        "prove.yaml, rad 2 (sted): lokalomrade: Valget hører til en annen kommune."
    )


def test_a_row_that_is_there_already_is_not_written_over(kommune, lastefeil):
    LokalomradeFactory(kommune=kommune, navn="Nord", slug="nord")

    melding = lastefeil(
        KOMMUNE
        + """
- model: slt.lokalomrade
  fields: {kommune: ["3205"], navn: Et annet, slug: nord}
"""
    )

    assert melding.startswith("prove.yaml, rad 2 (lokalområde): ")


def test_rows_of_the_same_name_each_get_an_address(db, last):
    plan = """
- model: tiltak.planrekke
  fields: {kommune: ["9999"], navn: SLT-planen, slug: slt, hoved: true}
- model: tiltak.handlingsplan
  fields: {kommune: ["9999"], rekke: ["9999", slt], tittel: Plan, fra_ar: 2024, til_ar: 2028}
"""
    kapittel = """
- model: tiltak.kapittel
  fields: {plan: ["9999", "2024-2028"], tittel: Om planen, tekst: Noe}
"""

    last(KOMMUNE + plan + kapittel + kapittel)

    assert list(Kapittel.objects.values_list("slug", flat=True)) == [
        "om-planen",
        "om-planen-2",
    ]


def rad_for_rad(*args, **kwargs):
    raise RuntimeError


def innholdet():
    """All rows in the order of their ids, and the history of each model, without ids."""
    uten = {"id", "history_id", "history_date", "history_samling", "versjon"}
    return {
        modell: [
            {
                felt.name: naturlig(getattr(rad, felt.name))
                for felt in modell._meta.concrete_fields
                if felt.name not in uten
            }
            for rad in modell._base_manager.order_by("pk")
        ]
        for modell in apps.get_models()
        if modell._meta.app_label in {"slt", "tiltak"}
    }


def naturlig(verdi):
    return verdi.natural_key() if hasattr(verdi, "natural_key") else str(verdi)


def test_what_is_put_in_together_is_what_row_by_row_gives(db, monkeypatch):
    """A kommune, its tjenester that have others over them, and their contact points:
    each row, in the same order, with the same history."""
    fil = settings.BASE_DIR / "fixtures" / "3222-lorenskog.yaml"
    with transaction.atomic():
        with monkeypatch.context() as m:
            m.setattr(last_grunndata, "opprett_samlet", rad_for_rad)
            kjor("last_grunndata", fil)
        en_for_en = innholdet()
        transaction.set_rollback(True)

    kjor("last_grunndata", fil)

    assert innholdet() == en_for_en
    assert len(en_for_en[Tjeneste]) > 20
    assert len(en_for_en[Tjeneste.historikk.model]) == len(en_for_en[Tjeneste])


def sporringer(fil):
    with CaptureQueriesContext(connection) as sql:
        kjor("last_grunndata", fil)
    return len(sql)


def steder(nummer, antall):
    """A file with a kommune and so many steder, each in a lokalområde of its own."""
    tekst = KOMMUNE.replace("9999", nummer).replace("prove", f"prove-{nummer}")
    tekst = tekst.replace("Prøve", f"Prøve {nummer}")
    for rad in range(antall):
        tekst += f"""
- model: slt.lokalomrade
  fields: {{kommune: ["{nummer}"], navn: Nord {rad}, slug: nord-{rad}}}
- model: slt.sted
  fields: {{kommune: ["{nummer}"], navn: Skole {rad}, slug: skole-{rad},
    type: barneskole, lokalomrade: ["{nummer}", nord-{rad}]}}
"""
    return tekst


def test_many_rows_cost_no_more_queries_than_few(db, tmp_path):
    fa, mange = tmp_path / "fa.yaml", tmp_path / "mange.yaml"
    fa.write_text(steder("9998", 3))
    mange.write_text(steder("9999", 60))

    antall = sporringer(fa)

    assert sporringer(mange) == antall
    assert antall < 30


def test_what_comes_with_the_software_costs_a_query_for_several_rows(db):
    with CaptureQueriesContext(connection) as forste:
        kjor("last_grunndata")
    with CaptureQueriesContext(connection) as andre:
        kjor("last_grunndata")

    rader = sum(
        modell._base_manager.count()
        for modell in apps.get_models()
        if issubclass(modell, Historisert)
    )
    assert rader > 1000
    assert len(forste) < rader / 2.5
    assert len(andre) < 40


def test_a_file_that_is_not_there_is_named(db, tmp_path):
    assert feil("last_grunndata", tmp_path / "borte.yaml").startswith("borte.yaml")


# klargjor -----------------------------------------------------------------------------


def test_a_trial_installation_is_made_ready_once_but_for_the_password(db):
    *lastet, innlogging = kjor("klargjor").splitlines(keepends=True)
    igjen = kjor("klargjor")

    *fra_fixtures, moter, runde = lastet
    assert [linje.split()[0] for linje in fra_fixtures] == ["Lastet"] * len(FIXTURES)
    assert ("oppdiktede møter" in moter, "La et utkast klart" in runde) == (True, True)
    assert (Runde.objects.get().er_utkast, Utsending.objects.exists()) == (True, False)
    spurt = Tjeneste.objects.sporres().exclude(svaransvarlig="")
    assert set(spurt.values_list("kommune__slug", flat=True)) == {"lillestrom"}
    (epost, gammelt), (samme, nytt) = passord(innlogging), passord(igjen)
    assert (epost, gammelt != nytt) == (samme, True)
    bruker = Bruker.objects.get()
    assert bruker.check_password(nytt)
    assert [kommune.slug for kommune in bruker.koordinerer] == ["lillestrom"]


@pytest.mark.parametrize(
    "steg", ["migrate", "last_grunndata", "demo_moter", "demo_runde", "demo_bruker"]
)
def test_what_stops_a_trial_installation_is_said_as_it_is(db, monkeypatch, steg):
    def stopp(navn, *args, **kwargs):
        if navn == steg:
            raise CommandError(f"{navn} stopper.")

    monkeypatch.setattr(klargjor, "call_command", stopp)

    assert feil("klargjor") == f"{steg} stopper."


# lag_pdf ------------------------------------------------------------------------------


@pytest.fixture
def plan(kommune):
    return HandlingsplanFactory(kommune=kommune)


def test_a_pdf_of_what_is_not_there_is_refused(plan, tmp_path):
    ut = tmp_path / "plan.pdf"

    for args in (
        ["oslo"],
        ["lillestrom", "--periode=1990-1994"],
        ["lillestrom", "--periode=2024"],
        ["lillestrom", "--periode=neste"],
        ["lillestrom", "--periode=2024-2028-2032"],
        ["lillestrom", "--periode=99999999999-2028"],
        ["lillestrom", "--innsatsomrade=finnes-ikke"],
        ["lillestrom", "--tjeneste=finnes-ikke"],
    ):
        feil("lag_pdf", *args, f"--ut={ut}")
    assert not ut.exists()


def test_a_kommune_with_a_draft_alone_has_no_plan_in_force(kommune, tmp_path):
    HandlingsplanFactory(kommune=kommune, status="utkast")

    assert feil("lag_pdf", "lillestrom", ut=tmp_path / "plan.pdf") == (
        "Fant ingen slik plan for «lillestrom»."
    )


@pytest.fixture
def tegner(monkeypatch):
    """Makes the drawing end in this."""

    def tegner(utfall):
        def tegn(*args, **kwargs):
            if isinstance(utfall, Exception):
                raise utfall
            return utfall

        monkeypatch.setattr(lag_pdf, "tegn", tegn)

    return tegner


def test_a_place_that_cannot_be_written_to_is_named(plan, tmp_path, tegner):
    tegner(b"%PDF")

    for ut in (tmp_path / "finnes" / "ikke.pdf", tmp_path):
        assert str(ut) in feil("lag_pdf", "lillestrom", ut=ut)


def test_a_machine_without_the_libraries_says_what_to_install(plan, tmp_path, tegner):
    tegner(PdfUtilgjengelig("Installer libpango."))
    ut = tmp_path / "plan.pdf"

    assert feil("lag_pdf", "lillestrom", ut=ut) == "Installer libpango."

    assert not ut.exists()


def test_the_plan_is_written_where_it_is_asked_for(plan, tmp_path, tegner):
    tegner(b"%PDF-1.7")
    ut = tmp_path / "plan.pdf"

    assert kjor("lag_pdf", "lillestrom", ut=ut) == f"Skrev {ut}.\n"

    assert ut.read_bytes() == b"%PDF-1.7"


# A database from before ---------------------------------------------------------------


def fra_for(tmp_path, app, kommando):
    """What a command of manage.py says of a database in which a migration was applied
    that is no longer there."""
    fil = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(fil)) as base:
        base.execute("CREATE TABLE django_migrations (id, app, name, applied)")
        base.execute(
            "INSERT INTO django_migrations VALUES (1, ?, '0002_borte', '2026-01-01')",
            [app],
        )
        base.commit()
    return subprocess.run(
        [sys.executable, "manage.py", *kommando],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{fil}", "DEBUG": "1"},
        capture_output=True,
        text=True,
    )


def test_a_database_of_an_earlier_version_is_told_in_one_line(tmp_path):
    svar = fra_for(tmp_path, "slt", ["migrate", "-v", "0"])

    siste = svar.stderr.strip().splitlines()[-1]
    assert svar.returncode == 1
    assert siste.startswith("?: (slt.E002) Databasen er laget av en tidligere utgave")


def test_the_migrations_of_others_are_their_own(tmp_path):
    svar = fra_for(tmp_path, "auth", ["check", "--database", "default"])

    assert svar.returncode == 0
