"""Public pages are kept, and what is kept is never wrong: not after an edit by any door,
not for another role, kommune, host, language, day or query."""

import re
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone
from django.utils.translation import get_language

from evaluering.models import Funn, Indikator, Maling
from moter.models import Aktivitet, Forum
from slt.felles import bevart
from slt.models import Kommune, Tilgang, Tilgangslenke
from slt.wsgi import application
from tests.conftest import innlogget
from tests.factories import (
    AktivitetFactory,
    AnsvarFactory,
    BrukerFactory,
    EvalueringFactory,
    ForumFactory,
    ForumsmedlemFactory,
    FunnFactory,
    HandlingsplanFactory,
    IndikatorFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KommuneFactory,
    KontaktpunktFactory,
    LokalomradeFactory,
    MalingFactory,
    PlasseringFactory,
    RapportFactory,
    RegistreringFactory,
    StedFactory,
    TilbudFactory,
    TilgangFactory,
    TilgangslenkeFactory,
    TilskuddFactory,
    TiltakFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
    ferdig_evaluering,
    ferdig_rapport,
)
from tests.innsending import innsending
from tests.lest import Lest
from tiltak.models import (
    AnsvarKontaktpunkt,
    Apningstid,
    Handlingsplan,
    Innsatsomrade,
    Kapittel,
    Kontaktpunkt,
    Lenke,
    Malgruppe,
    Malsetting,
    Plassering,
    Registrering,
    Tema,
    Tilskudd,
    Tiltak,
    TiltakLokalomrade,
    TiltakTema,
    Tjeneste,
)
from tiltak.views import felles as planfelles

PLANEN = "/lillestrom/2024-2028/"
SJEKKSUM = sha256(b"frosset").hexdigest()
SIDER = {
    "kommune": "/lillestrom/",
    "personvern": "/lillestrom/personvern/",
    "endret": "/lillestrom/endringer/",
    "arshjul": "/lillestrom/arshjul/",
    "tiltak:hvem": "/lillestrom/hvem-kan-hjelpe/",
    "tiltak:uten_nett": "/lillestrom/uten-nett/",
    "tiltak:tjeneste_list": "/lillestrom/tjenester/",
    "tiltak:tjeneste_detail": "/lillestrom/tjenester/felles/",
    "tiltak:kontaktark": "/lillestrom/kontaktark/",
    "tiltak:meld_feil_takk": "/lillestrom/meld-feil/takk/",
    "tiltak:tilbud_list": "/lillestrom/tilbud/",
    "tiltak:tilbud_detail": "/lillestrom/tilbud/felles/",
    "tiltak:tilskuddene": "/lillestrom/tilskudd/",
    "tiltak:handlingsplan_detail": PLANEN,
    "tiltak:plan": f"{PLANEN}plan/",
    "tiltak:dekning": f"{PLANEN}dekning/",
    "tiltak:endringer": f"{PLANEN}endringer/",
    "tiltak:sammenlign": f"{PLANEN}sammenlign/",
    "tiltak:dokumenter": "/lillestrom/dokumenter/",
    "tiltak:dokument": f"/lillestrom/dokumenter/{SJEKKSUM}/",
    "tiltak:innsatsomrade_detail": f"{PLANEN}innsatsomrader/felles/",
    "tiltak:tiltak_list": f"{PLANEN}tiltak/",
    "tiltak:tiltak_detail": f"{PLANEN}tiltak/felles/1/",
    "moter:aktivitet_list": "/lillestrom/aktiviteter/",
    "moter:aktivitet_detail": "/lillestrom/aktiviteter/7000/",
    "moter:forebyggingskalender": "/lillestrom/forebyggingskalender/",
    "moter:forum_list": "/lillestrom/moter/",
    "moter:forum_detail": "/lillestrom/moter/felles/",
    "evaluering:kunnskap": "/lillestrom/kunnskap/",
    "evaluering:kilde_detail": "/lillestrom/kunnskap/felles/",
    "evaluering:indikator_list": "/lillestrom/indikatorer/",
    "evaluering:indikator_detail": "/lillestrom/indikatorer/felles/",
    "evaluering:evaluering_list": "/lillestrom/evalueringer/",
    "evaluering:evaluering_detail": "/lillestrom/evalueringer/7000/",
    "evaluering:rapport_list": "/lillestrom/rapporter/",
    "evaluering:rapport_detail": "/lillestrom/rapporter/7000/",
}
# Tables of figures to take away, and empty ones to fill in.
FILER = {
    "evaluering:tall_csv": "/lillestrom/indikatorer/tall.csv",
    "evaluering:tall_xlsx": "/lillestrom/indikatorer/tall.xlsx",
    "evaluering:indikator_csv": "/lillestrom/indikatorer/felles/tall.csv",
    "evaluering:indikator_xlsx": "/lillestrom/indikatorer/felles/tall.xlsx",
}
MALER = {
    "evaluering:mal_csv": "/lillestrom/indikatorer/mal.csv",
    "evaluering:mal_xlsx": "/lillestrom/indikatorer/mal.xlsx",
}
# Grants as a table: tests/tiltak/test_tilskudd.py.
TILSKUDD = {"tiltak:tilskudd_csv": "/lillestrom/tilskudd/tilskudd.csv"}
# A tjeneste on a phone: tests/tiltak/test_kontaktkort.py.
KORT = {
    "tiltak:kontaktkort": "/lillestrom/tjenester/felles/kontakt.vcf",
    "tiltak:qr_kode": "/lillestrom/tjenester/felles/kode.svg",
}
# Kept as well, but no pages: tests/moter/test_kalender.py.
FEEDER = ["moter:kalender", "moter:forum_kalender", "endret_atom", "arshjul_ics"]
HEMMELIG = "999 99 999"

alle_sider = pytest.mark.parametrize("navn", SIDER)


@pytest.fixture(autouse=True)
def _tom_bevaring(db):
    cache.clear()


@pytest.fixture(scope="module")
def grunnlag(django_db_setup, django_db_blocker):
    """The content of Lillestrøm, made once; each test undoes what it does to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        lag_innhold(KommuneFactory(nummer="3205", navn="Lillestrøm", slug="lillestrom"))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def db(grunnlag):
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def kommune(db):
    return Kommune.objects.get(slug="lillestrom")


@pytest.fixture
def plan(kommune):
    return kommune.planer.get()


def lag_innhold(kommune):
    """A plan with one of each; the innsatsområde and the tjeneste have the address
    "felles", and the number of the tjeneste is in the acute strip of every page."""
    omrade = InnsatsomradeFactory(plan__kommune=kommune, navn="Felles", kortnavn="F")
    KapittelFactory(plan=omrade.plan)
    plassering = PlasseringFactory(innsatsomrade=omrade)
    tjeneste = TjenesteFactory(kommune=kommune, navn="Felles")
    AnsvarFactory(tiltak=plassering.tiltak, tjeneste=tjeneste)
    tilbud = TilbudFactory(kommune=kommune, tittel="Felles")
    AnsvarFactory(tiltak=tilbud, tjeneste=tjeneste)
    KontaktpunktFactory(tjeneste=tjeneste, akutt=True, verdi="63 80 12 24")
    KontaktpunktFactory(
        tjeneste=tjeneste,
        verdi=HEMMELIG,
        synlighet=Kontaktpunkt.Synlighet.KOORDINATOR,
    )
    RegistreringFactory(
        plan=omrade.plan, dokument__sha256=SJEKKSUM, behandling="Vedtatt"
    )
    ForumFactory(kommune=kommune, navn="Felles")
    indikator = IndikatorFactory(
        kommune=kommune,
        navn="Felles",
        publisert=True,
        kilde__navn="Felles",
        kilde__publisert=True,
    )
    MalingFactory(indikator=indikator, arstall=2022)
    MalingFactory(indikator=indikator, arstall=2023)
    FunnFactory(kilde=indikator.kilde, indikator=indikator, publisert=True)
    pk = 7000 if kommune.slug == "lillestrom" else 7100
    kommune.forebyggingskalender_er_apen = True
    kommune.save()
    AktivitetFactory(
        pk=pk,
        kommune=kommune,
        dato=timezone.localdate(),
        trinn_fra=8,
        publisert=True,
    )
    ferdig_evaluering(omrade.plan, tiltak=plassering.tiltak, pk=pk)
    ferdig_rapport(kommune, pk=pk)
    TilskuddFactory(kommune=kommune, ordning="Felles", ga=True, publisert=True)
    # What the coordinator and the politiråd see alone.
    TilskuddFactory(kommune=kommune, ordning=HEMMELIG)
    EvalueringFactory(plan=omrade.plan, tittel=HEMMELIG)
    RapportFactory(kommune=kommune, tittel=HEMMELIG)
    MalingFactory(
        indikator=IndikatorFactory(
            kommune=kommune, kilde=indikator.kilde, navn=f"Hemmelig {HEMMELIG}"
        )
    )
    FunnFactory(kilde=indikator.kilde, indikator=indikator, tekst=HEMMELIG)
    return omrade.plan


def tiltaket():
    return Tiltak.objects.exclude(plan=None).get()


@pytest.fixture
def side(navn, plan):
    """The address of the page; that of the kommune shows itself without a plan only."""
    if navn == "kommune":
        plan.status = Handlingsplan.Status.AVLOST
        plan.save()
    return SIDER[navn]


def spurt(client, adresse, **kwargs):
    """Returns the response and the SQL that it took."""
    with CaptureQueriesContext(connection) as sporringer:
        svar = client.get(adresse, **kwargs)
    return svar, [s["sql"] for s in sporringer.captured_queries]


def er_bevart(client, adresse):
    """Whether the page was answered from what is kept: the version is all it asks."""
    _svar, sql = spurt(client, adresse)
    return len(sql) == 1 and sql[0].startswith("SELECT versjon, malform FROM")


def adresser(resolver, rom=""):
    """Yields (name, pattern) of all addresses, those of the included rooms too."""
    for monster in resolver.url_patterns:
        if hasattr(monster, "url_patterns"):
            navn = monster.app_name
            yield from adresser(monster, f"{rom}{navn}:" if navn else rom)
        else:
            yield f"{rom}{monster.name}", monster


def test_every_kept_page_is_tested_here():
    bevarte = [
        navn
        for navn, monster in adresser(get_resolver())
        if getattr(monster.callback, "er_bevart", False)
    ]

    assert sorted(bevarte) == sorted(
        [*SIDER, *FEEDER, *FILER, *MALER, *TILSKUDD, *KORT, "forside"]
    )


# Kept ---------------------------------------------------------------------------------


@alle_sider
def test_the_second_one_to_ask_costs_one_query(side, client):
    forste, sql = spurt(client, side)
    andre, sql_igjen = spurt(Client(), side)

    assert (forste.status_code, andre.status_code) == (200, 200)
    assert len(sql) > 1
    assert sql_igjen == [
        "SELECT versjon, malform FROM slt_kommune WHERE slug = 'lillestrom'"
    ]
    assert andre.content == forste.content
    assert dict(andre.headers) == dict(forste.headers)


@alle_sider
def test_a_kept_page_holds_nothing_of_the_one_who_asked(side, client):
    for _gang in ("made", "kept"):
        svar = client.get(side)

        assert dict(svar.cookies) == {}
        assert "csrfmiddlewaretoken" not in svar.text
        assert "nonce" not in svar.text
        assert "nonce" not in svar["Content-Security-Policy"]
        assert (svar["Cache-Control"], svar["Vary"]) == ("no-cache", "Cookie")
    assert client.cookies == {}


# Edits --------------------------------------------------------------------------------


def endre(dor, koordinator, tmp_path):
    """Changes what stands on every page, by one of the doors; returns the new text."""
    punkt = Kontaktpunkt.objects.get(akutt=True)
    match dor:
        case "admin":
            adresse = reverse("admin:tiltak_tjeneste_change", args=[punkt.tjeneste_id])
            skjema = koordinator.get(adresse)
            data = innsending(skjema, navn="Barnevernsvakten")
            assert koordinator.post(adresse, data).status_code == 302
            return "Barnevernsvakten"
        case "skjema":
            adresse = f"/lillestrom/endre/kontaktpunkter/{punkt.pk}/"
            data = innsending(koordinator.get(adresse), verdi="63 80 00 01")
            assert koordinator.post(adresse, data).status_code == 302
            return "63 80 00 01"
        case "kommando":
            fil = tmp_path / "vakt.yaml"
            fil.write_text(
                "- model: tiltak.kontaktpunkt\n"
                '  fields: {tjeneste: ["3205", felles], type: telefon,'
                ' verdi: "63800002", akutt: true}\n'
            )
            call_command("last_grunndata", fil, verbosity=0)
            return "63 80 00 02"
        case "orm":
            punkt.verdi = "63800003"
            punkt.save()
            return "63 80 00 03"


@pytest.mark.parametrize("status", ["gjeldende", "avlost"])
@pytest.mark.parametrize("dor", ["admin", "skjema", "kommando", "orm"])
def test_an_edit_by_any_door_shows_on_the_next_request_of_every_page(
    dor, status, plan, koordinator, client, tmp_path
):
    """With a plan in force, and without one: then the kommune has its own page."""
    plan.status = status
    plan.save()
    sider = {n: s for n, s in SIDER.items() if n != "kommune" or status == "avlost"}
    for_ = {navn: client.get(side).text for navn, side in sider.items()}

    nytt = endre(dor, koordinator, tmp_path)
    etter = {navn: client.get(side).text for navn, side in sider.items()}

    assert {n: nytt in tekst for n, tekst in for_.items()} == dict.fromkeys(
        sider, False
    )
    assert {n: nytt in tekst for n, tekst in etter.items()} == dict.fromkeys(
        sider, True
    )


def publisert_indikator():
    return Indikator.objects.get(publisert=True)


EGNE = {
    "kommune": lambda plan: (plan.kommune, "navn"),
    "tiltak:hvem": lambda plan: (plan.kommune, "navn"),
    "tiltak:uten_nett": lambda plan: (Tjeneste.objects.get(), "kortnavn"),
    "tiltak:tjeneste_list": lambda plan: (Tjeneste.objects.get(), "kortnavn"),
    "personvern": lambda plan: (plan.kommune, "personvern"),
    "tiltak:tjeneste_detail": lambda plan: (Tjeneste.objects.get(), "tekst"),
    "tiltak:kontaktark": lambda plan: (plan.kommune, "navn"),
    "tiltak:meld_feil_takk": lambda plan: (plan.kommune, "navn"),
    "tiltak:tilbud_list": lambda plan: (Tiltak.objects.tilbud().get(), "tittel"),
    "tiltak:tilbud_detail": lambda plan: (Tiltak.objects.tilbud().get(), "tekst"),
    "tiltak:tilskuddene": lambda plan: (Tilskudd.objects.get(publisert=True), "giver"),
    "tiltak:handlingsplan_detail": lambda plan: (plan, "ingress"),
    "tiltak:plan": lambda plan: (Kapittel.objects.get(), "tekst"),
    "tiltak:dekning": lambda plan: (Innsatsomrade.objects.get(), "navn"),
    "tiltak:endringer": lambda plan: (tiltaket(), "tittel"),
    "endret": lambda plan: (tiltaket(), "tittel"),
    "arshjul": lambda plan: (plan.kommune, "navn"),
    "tiltak:sammenlign": lambda plan: (plan, "bygger_pa_tekst"),
    "tiltak:dokumenter": lambda plan: (Registrering.objects.get(), "behandling"),
    "tiltak:dokument": lambda plan: (Registrering.objects.get(), "behandling"),
    "tiltak:innsatsomrade_detail": lambda plan: (Innsatsomrade.objects.get(), "tekst"),
    "tiltak:tiltak_list": lambda plan: (tiltaket(), "tittel"),
    "tiltak:tiltak_detail": lambda plan: (tiltaket(), "tekst"),
    "moter:aktivitet_list": lambda plan: (Aktivitet.objects.get(), "tittel"),
    "moter:aktivitet_detail": lambda plan: (Aktivitet.objects.get(), "publikum"),
    "moter:forebyggingskalender": lambda plan: (Aktivitet.objects.get(), "tittel"),
    "moter:forum_list": lambda plan: (Forum.objects.get(), "rytme"),
    "moter:forum_detail": lambda plan: (Forum.objects.get(), "formal"),
    "evaluering:kunnskap": lambda plan: (Funn.objects.get(publisert=True), "tekst"),
    "evaluering:kilde_detail": lambda plan: (publisert_indikator().kilde, "mandat"),
    "evaluering:indikator_list": lambda plan: (publisert_indikator(), "enhet"),
    "evaluering:indikator_detail": lambda plan: (publisert_indikator(), "beskrivelse"),
    # What is finished stands fast: what stands around it does not.
    "evaluering:evaluering_list": lambda plan: (plan.kommune, "navn"),
    "evaluering:evaluering_detail": lambda plan: (plan, "tittel"),
    "evaluering:rapport_list": lambda plan: (plan.kommune, "navn"),
    "evaluering:rapport_detail": lambda plan: (plan.kommune, "navn"),
}


@alle_sider
def test_an_edit_of_its_own_content_shows_at_once(side, navn, plan, client):
    client.get(side)
    rad, felt = EGNE[navn](plan)

    setattr(rad, felt, "Nye ord")
    rad.save()

    assert "Nye ord" in client.get(side).text


TILLEGG = {
    "ansvar": lambda t: AnsvarFactory(tiltak=t, tjeneste__navn="Nye ord"),
    "deltiltak": lambda t: TiltakFactory(plan=t.plan, overordnet=t, tittel="Nye ord"),
    "kontaktpunkt": lambda t: KontaktpunktFactory(
        tjeneste=Tjeneste.objects.get(), etikett="Nye ord"
    ),
    "lenke": lambda t: Lenke.objects.create(
        tiltak=t, tittel="Nye ord", adresse="https://example.org/"
    ),
    "lokalområde": lambda t: TiltakLokalomrade.objects.create(
        tiltak=t,
        lokalomrade=LokalomradeFactory(kommune=t.plan.kommune, navn="Nye ord"),
    ),
    "målgruppe": lambda t: Malgruppe.objects.create(tiltak=t, tekst="Nye ord"),
    "målsetting": lambda t: Malsetting.objects.create(
        plan=t.plan, tiltak=t, type="hovedmal", tekst="Nye ord"
    ),
    "nabo": lambda t: PlasseringFactory(
        innsatsomrade=Innsatsomrade.objects.get(), tiltak__tittel="Nye ord"
    ),
    "plassering": lambda t: PlasseringFactory(
        tiltak=t,
        hoved=False,
        innsatsomrade__plan=t.plan,
        innsatsomrade__kortnavn="Nye ord",
    ),
    "sted": lambda t: KontaktpunktFactory(
        tjeneste=Tjeneste.objects.get(),
        sted=StedFactory(kommune=t.plan.kommune, navn="Nye ord"),
    ),
    "tema": lambda t: TiltakTema.objects.create(
        tiltak=t, tema=Tema.objects.create(kommune=t.plan.kommune, navn="Nye ord")
    ),
    "åpningstid": lambda t: Apningstid.objects.create(
        kontaktpunkt=Kontaktpunkt.objects.get(akutt=True),
        fra_dag=0,
        til_dag=0,
        apner="08:00",
        stenger="15:00",
    ),
}


@pytest.mark.parametrize("hva", TILLEGG)
def test_a_tiltak_shows_at_once_what_was_added_to_it(hva, plan, client):
    side = SIDER["tiltak:tiltak_detail"]
    nytt = "kl. 08.00–15.00" if hva == "åpningstid" else "Nye ord"
    assert nytt not in client.get(side).text

    TILLEGG[hva](tiltaket())

    assert nytt in client.get(side).text


def test_a_deletion_shows_at_once(plan, client):
    side = SIDER["tiltak:tiltak_detail"]
    assert "63 80 12 24" in client.get(side).text

    AnsvarKontaktpunkt.objects.all().delete()
    Kontaktpunkt.objects.get(akutt=True).delete()

    assert "63 80 12 24" not in client.get(side).text


def test_an_edit_while_the_page_is_made_shows_at_once(plan, client, monkeypatch):
    """Somebody saves when the version was read and the plan is loaded."""

    def hent_plan(*args):
        funnet = ekte(*args)
        plan.ingress = "Nye ord"
        plan.save()
        return funnet

    side, ekte = SIDER["tiltak:handlingsplan_detail"], planfelles.hent_plan
    with monkeypatch.context() as m:
        m.setattr(planfelles, "hent_plan", hent_plan)
        assert "Nye ord" not in client.get(side).text

    assert "Nye ord" in client.get(side).text


def test_what_is_saved_without_a_change_throws_nothing_away(plan, client):
    side = SIDER["tiltak:tiltak_list"]
    client.get(side)

    tiltaket().save()

    assert er_bevart(client, side)


# Apart from each other ----------------------------------------------------------------


def tilleggene(kommune):
    """{page: what the coordinator sees there and nobody else}."""
    tiltak, tjeneste = tiltaket(), Tjeneste.objects.get()
    tilbud = Tiltak.objects.tilbud().get()
    return {
        "tiltak:tiltak_detail": [f"/lillestrom/endre/tiltak/{tiltak.pk}/"],
        "tiltak:tilbud_detail": [
            f"/lillestrom/endre/tiltak/{tilbud.pk}/",
            f"/lillestrom/endre/tilbud/{tilbud.pk}/ta-inn/",
        ],
        "tiltak:tilbud_list": ["/lillestrom/endre/tilbud/nytt/"],
        "tiltak:tilskuddene": ["/lillestrom/endre/tilskudd/", HEMMELIG],
        "tiltak:tjeneste_list": [HEMMELIG],
        "tiltak:tjeneste_detail": [
            f"/lillestrom/endre/tjenester/{tjeneste.pk}/",
            *(
                f"/lillestrom/endre/kontaktpunkter/{punkt.pk}/"
                for punkt in tjeneste.kontaktpunkter.all()
            ),
            HEMMELIG,
        ],
        "tiltak:dekning": ["» har ingen "],
        "evaluering:kunnskap": [HEMMELIG, "Funn som ingen tiltak svarer på"],
        "evaluering:kilde_detail": [HEMMELIG, "/lillestrom/endre/kilder/"],
        "evaluering:indikator_list": [HEMMELIG, "/lillestrom/tallimport/"],
        "evaluering:indikator_detail": [HEMMELIG, "/admin/evaluering/maling/"],
        "evaluering:evaluering_list": [HEMMELIG, "/lillestrom/endre/evalueringer/"],
        "evaluering:evaluering_detail": ["/lillestrom/endre/evalueringer/7000/"],
        "evaluering:rapport_list": [HEMMELIG, "/lillestrom/endre/rapporter/"],
        "evaluering:rapport_detail": ["/lillestrom/endre/rapporter/7000/"],
    }


@pytest.mark.parametrize("forst", ["koordinator", "client"])
@alle_sider
def test_no_page_is_kept_across_roles(
    side, navn, forst, kommune, koordinator, nabo, client
):
    klienter = {"koordinator": koordinator, "client": client}
    tekster = {forst: klienter.pop(forst).get(side).text}
    tekster |= {hvem: klient.get(side).text for hvem, klient in klienter.items()}
    tekster["client igjen"] = client.get(side).text
    tekster["nabo"] = nabo.get(side).text

    egne = tilleggene(kommune).get(navn, [])
    assert [tillegg in tekster["koordinator"] for tillegg in egne] == [True] * len(egne)
    for hvem in ("client", "client igjen", "nabo"):
        assert [tillegg for tillegg in egne if tillegg in tekster[hvem]] == []
        assert "/endre/" not in tekster[hvem]
        assert HEMMELIG not in tekster[hvem]


@alle_sider
def test_somebody_logged_in_gets_a_page_of_their_own_time(side, koordinator, client):
    client.get(side)

    svar, sql = spurt(koordinator, side)

    assert len(sql) > 1
    assert svar["Cache-Control"] == "private, no-store"
    assert "ETag" not in svar


@alle_sider
def test_who_is_logged_in_is_told_and_nobody_else(side, kommune, koordinator, client):
    ansatt = innlogget(
        TilgangFactory(
            kommune=kommune, rolle=Tilgang.Rolle.ANSATT, bruker__navn="Ansatt"
        ).bruker
    )
    klienter = {"koordinator": koordinator, "ansatt": ansatt, "client": client}

    for _gang in range(2):
        lest = {hvem: Lest(k.get(side)) for hvem, k in klienter.items()}
        assert {
            hvem: [
                ordene
                for ordene in (
                    "Logget inn som Koordinator",
                    "Logget inn som Ansatt",
                    "Administrasjon",
                    "Logg inn",
                    "Logg ut",
                )
                if ordene in bunnen.alt
            ]
            for hvem, bunnen in lest.items()
        } == {
            "koordinator": ["Logget inn som Koordinator", "Administrasjon", "Logg ut"],
            "ansatt": ["Logget inn som Ansatt", "Logg ut"],
            "client": ["Logg inn"],
        }


def test_one_logs_out_on_the_page_itself(plan):
    """With the token of the page, and not without it."""
    klient = Client(enforce_csrf_checks=True)
    klient.force_login(TilgangFactory(kommune=plan.kommune).bruker)
    html = klient.get(SIDER["tiltak:plan"]).text
    skjemaet = html.partition(f'action="{reverse("konto:logg_ut")}"')[2]
    tegn = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', skjemaet)[1]

    assert klient.post(reverse("konto:logg_ut")).status_code == 403
    assert "Logg ut" in klient.get(SIDER["tiltak:plan"]).text
    svar = klient.post(reverse("konto:logg_ut"), {"csrfmiddlewaretoken": tegn})

    assert (svar.status_code, svar["Location"]) == (302, reverse("forside"))
    assert "Logg ut" not in klient.get(SIDER["tiltak:plan"]).text


@alle_sider
def test_a_session_that_is_over_gets_no_kept_page_either(side, client, settings):
    client.get(side)
    client.cookies[settings.SESSION_COOKIE_NAME] = "for-lengst-utlopt"

    svar, sql = spurt(client, side)

    assert svar.status_code == 200
    assert len(sql) > 1
    assert svar["Cache-Control"] == "private, no-store"
    assert "/endre/" not in svar.text


def test_staff_see_what_is_for_staff_and_strangers_do_not(plan, kommune, client):
    ansatt = innlogget(
        TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.ANSATT).bruker
    )
    KontaktpunktFactory(
        tjeneste=Tjeneste.objects.get(),
        verdi="98 76 54 32",
        synlighet=Kontaktpunkt.Synlighet.TJENESTER,
    )

    for side in (SIDER["tiltak:tiltak_detail"], SIDER["tiltak:tjeneste_detail"]):
        ser = [("987 65 432" in k.get(side).text) for k in (client, ansatt, client)]
        assert ser == [False, True, False]
        assert HEMMELIG not in ansatt.get(side).text


def test_who_logs_out_gets_kept_pages_again(plan, koordinator, client):
    side = SIDER["tiltak:tjeneste_detail"]
    client.get(side)
    assert HEMMELIG in koordinator.get(side).text

    koordinator.post(reverse("konto:logg_ut"))

    assert HEMMELIG not in koordinator.get(side).text
    assert er_bevart(koordinator, side)


NOYTRALE = {
    "tiltak:hvem",
    "tiltak:uten_nett",
    "tiltak:tjeneste_list",
    "tiltak:tjeneste_detail",
    "tiltak:kontaktark",
    "tiltak:meld_feil_takk",
    "tiltak:tilbud_list",
    "tiltak:tilbud_detail",
}


@alle_sider
def test_no_page_is_kept_across_kommuner(side, navn, nabokommune, client):
    plan_der = lag_innhold(nabokommune)
    if navn == "kommune":
        plan_der.status = Handlingsplan.Status.AVLOST
        plan_der.save()
    der = side.replace("lillestrom", "lorenskog").replace("7000", "7100")

    tekster = [client.get(adresse).text for adresse in (side, der, side, der)]

    assert tekster[2:] == tekster[:2]
    # Where help is looked for, it says less of what the kommune does.
    hva = "Hjelp" if navn in NOYTRALE else "SLT"
    assert [f"{hva} i Lillestrøm" in t for t in tekster[:2]] == [True, False]
    assert [f"{hva} i Lørenskog" in t for t in tekster[:2]] == [False, True]


@alle_sider
def test_an_edit_next_door_throws_nothing_away(side, nabokommune, client):
    tjeneste = TjenesteFactory(kommune=nabokommune)
    client.get(side)

    tjeneste.navn = "Et annet navn"
    tjeneste.save()

    assert er_bevart(client, side)


@alle_sider
def test_no_page_is_kept_across_hosts(side, client, settings):
    settings.ALLOWED_HOSTS = ["en.example", "to.example"]

    def vert(navn):
        return client.get(side, headers={"host": navn}).text

    en, to, en_igjen = vert("en.example"), vert("to.example"), vert("en.example")

    assert en_igjen == en
    assert ("http://en.example/" in en, "to.example" in en) == (True, False)
    assert ("http://to.example/" in to, "en.example" in to) == (True, False)


@alle_sider
def test_no_page_is_kept_across_schemes(side, client):
    usikker, sikker = client.get(side).text, client.get(side, secure=True).text

    assert "http://testserver/" in usikker
    assert "https://testserver/" not in usikker
    assert "https://testserver/" in sikker
    assert "http://testserver/" not in sikker


@alle_sider
def test_the_language_is_that_of_the_kommune(side, kommune, client):
    bokmal = client.get(side).text
    kommune.malform = Kommune.Malform.NYNORSK
    kommune.save()

    nynorsk = client.get(side).text

    assert ('<html lang="nb"' in bokmal, '<html lang="nn"' in nynorsk) == (True, True)
    assert get_language() == "nb"


def test_words_of_the_framework_are_in_that_language_too(plan, kommune, client):
    side = f"{SIDER['tiltak:tiltak_list']}?niva=tull"
    assert "Velg et gyldig valg" in client.get(side).text

    kommune.malform = Kommune.Malform.NYNORSK
    kommune.save()

    assert "Velg eit gyldig valg" in client.get(side).text


@alle_sider
def test_a_new_day_makes_the_page_anew(side, client, monkeypatch):
    client.get(side)
    monkeypatch.setattr(timezone, "localdate", lambda *_tid: date(2031, 5, 17))

    _svar, sql = spurt(client, side)

    assert len(sql) > 1
    assert er_bevart(client, side)
    monkeypatch.undo()
    assert er_bevart(client, side)


@alle_sider
def test_another_query_is_another_page(side, client):
    client.get(side)

    svar, sql = spurt(client, f"{side}?q=annet")

    assert svar.status_code == 200
    assert len(sql) > 1
    assert er_bevart(client, f"{side}?q=annet")
    assert er_bevart(client, side)


def test_each_filter_has_its_own_page(plan, client):
    PlasseringFactory(
        innsatsomrade=Innsatsomrade.objects.get(), tiltak__tittel="Natteravn"
    )
    liste = SIDER["tiltak:tiltak_list"]

    def treff(sporring):
        return [
            t.tittel
            for t in plan.tiltak.all()
            if t.tittel in client.get(liste + sporring).text
        ]

    forst = plan.tiltak.first().tittel
    for _gang in ("made", "kept"):
        assert treff("") == [forst, "Natteravn"]
        assert treff("?q=natteravn") == ["Natteravn"]
        assert treff("?q=pr%C3%B8ve") == [forst]


# Files --------------------------------------------------------------------------------


@pytest.mark.parametrize("navn", [*FILER, *MALER, *TILSKUDD, *KORT])
def test_the_second_one_to_ask_for_a_file_costs_one_query(navn, client):
    adresse = (FILER | MALER | TILSKUDD | KORT)[navn]
    forste = client.get(adresse)

    andre, sql = spurt(Client(), adresse)

    assert (forste.status_code, andre.status_code, len(sql)) == (200, 200, 1)
    assert andre.content == forste.content
    assert dict(andre.headers) == dict(forste.headers)
    assert (andre["Cache-Control"], andre["Vary"]) == ("no-cache", "Cookie")


@pytest.mark.parametrize("navn", FILER)
def test_a_file_lapses_with_its_figures(navn, client):
    for_ = client.get(FILER[navn]).content
    maling = Maling.objects.filter(indikator__publisert=True).first()

    maling.verdi += 1
    maling.save()
    etter = client.get(FILER[navn]).content
    maling.indikator.publisert = False
    maling.indikator.save()
    til_slutt = client.get(FILER[navn])

    assert etter != for_
    assert til_slutt.content not in {for_, etter}
    assert til_slutt.status_code == (404 if "indikator_" in navn else 200)


@pytest.mark.parametrize("forst", ["koordinator", "client"])
def test_no_file_is_kept_across_roles(forst, koordinator, nabo, client):
    adresse = FILER["evaluering:tall_csv"]
    klienter = {"koordinator": koordinator, "client": client}
    svarene = {forst: klienter.pop(forst).get(adresse)}
    svarene |= {hvem: klient.get(adresse) for hvem, klient in klienter.items()}
    svarene |= {"client igjen": client.get(adresse), "nabo": nabo.get(adresse)}

    ser = {hvem: HEMMELIG in svar.text for hvem, svar in svarene.items()}

    assert ser == dict.fromkeys(svarene, False) | {"koordinator": True}
    assert svarene["koordinator"]["Cache-Control"] == "private, no-store"


# All kommuner -------------------------------------------------------------------------


@pytest.mark.parametrize("hvem", ["koordinator", "client"])
def test_the_list_of_kommuner_is_kept_until_one_changes(
    hvem, kommune, nabokommune, koordinator, client
):
    klient = {"koordinator": koordinator, "client": client}[hvem]
    for en in (kommune, nabokommune):
        TjenesteFactory(kommune=en)
    forste = uten_tegn(klient.get("/").text)

    igjen, sql = spurt(klient, "/")
    kommune.navn = "Et nytt navn"
    kommune.save()
    etter = klient.get("/").text
    TjenesteFactory(kommune__navn="En ny kommune")

    assert uten_tegn(igjen.text) == forste
    assert [s for s in sql if "nettsted" in s or '"slug"' in s] == []
    assert ("Et nytt navn" in forste, "Et nytt navn" in etter) == (False, True)
    assert "En ny kommune" in klient.get("/").text
    assert ("Logget inn som" in forste) == (hvem == "koordinator")


# Not kept -----------------------------------------------------------------------------


def test_what_is_not_there_is_not_kept(plan, client):
    """The row is put in past the version: only a kept 404 would hide it."""
    side = f"{PLANEN}tiltak/felles/2/"
    assert client.get(side).status_code == 404

    tiltak = TiltakFactory(plan=plan)
    versjon = Kommune.objects.get(slug="lillestrom").versjon
    omrade = Innsatsomrade.objects.get()
    QuerySet(Plassering).bulk_create(
        [Plassering(tiltak=tiltak, innsatsomrade=omrade, nummer=2)]
    )
    assert Kommune.objects.get(slug="lillestrom").versjon == versjon

    assert client.get(side).status_code == 200


def test_a_way_to_another_page_is_not_kept(plan, client):
    assert client.get("/lillestrom/").status_code == 302

    QuerySet(Handlingsplan).update(status=Handlingsplan.Status.AVLOST)

    assert client.get("/lillestrom/").status_code == 200


@alle_sider
def test_an_error_is_not_kept(side, client, monkeypatch):
    def feil(*args, **kwargs):
        raise RuntimeError

    client.raise_request_exception = False
    with monkeypatch.context() as m:
        m.setattr(bevart, "_lag", feil)
        assert client.get(side).status_code == 500

    assert client.get(side).status_code == 200


# For those who have a session ---------------------------------------------------------

# Made anew for everybody but strangers: they have forms, and names of people.
MED_FOLK = ["moter:forum_list", "moter:forum_detail"]
# Without a plan, the kommune has a page of its own; else it leads on.
FOR_LIKE = {
    navn: adresse
    for navn, adresse in (SIDER | FILER | MALER).items()
    if navn not in {*MED_FOLK, "kommune"}
}
# Marked rows, and who sees them where they stand on a page.
FOR_TJENESTER = "98 76 54 32"
SER_DET = {
    "987 65 432": [
        *("lenke", "ansatt", "kollega", "redaktor", "politirad"),
        *("som ansatt", "som politirad"),
    ],
    HEMMELIG: ["politirad", "som politirad"],
    "Hemmelig funn": ["politirad", "som politirad"],
    "Hemmelig forum": ["medlem"],
    "Hemmelig utkast": ["politirad", "som politirad"],
}
KOORDINERER = ["koordinator", "en koordinator til", "administrator"]


@pytest.fixture
def merkede(kommune):
    """A row of each kind that not everybody sees; they are found by their words."""
    tjeneste = Tjeneste.objects.get()
    KontaktpunktFactory(
        tjeneste=tjeneste,
        verdi=FOR_TJENESTER,
        synlighet=Kontaktpunkt.Synlighet.TJENESTER,
    )
    FunnFactory(
        kilde=Indikator.objects.first().kilde,
        indikator=Indikator.objects.get(publisert=True),
        tekst="Hemmelig funn",
    )
    forum = ForumFactory(kommune=kommune, navn="Hemmelig forum", offentlig=False)
    ForumsmedlemFactory(forum=forum, tjeneste=tjeneste)
    HandlingsplanFactory(
        kommune=kommune,
        status="utkast",
        fra_ar=2029,
        til_ar=2032,
        tittel="Hemmelig utkast",
    )
    return forum


@pytest.fixture
def klienter(kommune, nabokommune, merkede, client):
    """{who: a client}: everybody who sees something else than the others, some twice."""

    def med(rolle, hvor=kommune):
        navn = f"Navn på {rolle}"
        rad = TilgangFactory(kommune=hvor, rolle=rolle, bruker__navn=navn)
        return innlogget(rad.bruker)

    def ser_som(hva):
        klient = med("koordinator")
        valg = {"kommune": kommune.slug, "hva": hva}
        assert klient.post(reverse("konto:se_som"), valg).status_code == 302
        return klient

    lenke = TilgangslenkeFactory(
        kommune=kommune, avtrykk=Tilgangslenke.avtrykk_av("nokkel")
    )
    ved_lenke = Client()
    assert ved_lenke.post(f"/lenke/{'nokkel'}/").status_code == 302, lenke
    redaktor = TjenesteredaktorFactory(tjeneste=Tjeneste.objects.get())
    medlem = ForumsmedlemFactory(forum=merkede, bruker=BrukerFactory())
    return {
        "ukjent": client,
        "lenke": ved_lenke,
        "uten noe": innlogget(BrukerFactory()),
        "ansatt": med("ansatt"),
        "kollega": med("ansatt"),
        "redaktor": innlogget(redaktor.bruker),
        "medlem": innlogget(medlem.bruker),
        "politirad": med("politirad"),
        "koordinator": med("koordinator"),
        "en koordinator til": med("koordinator"),
        "nabo": med("koordinator", nabokommune),
        "administrator": innlogget(BrukerFactory(is_superuser=True)),
        **{f"som {hva}": ser_som(hva) for hva in ("publikum", "ansatt", "politirad")},
    }


def uten_tegn(tekst):
    """The page without the tokens of its forms, which are new each time."""
    return re.sub('(name="csrfmiddlewaretoken" value=)"[^"]+"', r"\1", tekst)


def test_what_is_kept_is_what_each_would_get_anew(plan, klienter):
    adressene = [
        *SIDER.values(),
        *(fil for fil in FILER.values() if fil.endswith(".csv")),
        "/lillestrom/2029-2032/",
    ]
    ny = {}
    for hvem, klient in klienter.items():
        for adresse in adressene:
            cache.clear()
            ny[hvem, adresse] = uten_tegn(klient.get(adresse).text)
    cache.clear()

    # First some find what others left, then all do.
    for rekkefolge in (sorted(ny), sorted(ny, reverse=True)):
        igjen = {
            (hvem, adresse): uten_tegn(klienter[hvem].get(adresse).text)
            for hvem, adresse in rekkefolge
        }
        assert igjen == ny

    sett = {
        merke: {hvem for (hvem, _adresse), tekst in ny.items() if merke in tekst}
        for merke in SER_DET
    }
    assert sett == {merke: {*de, *KOORDINERER} for merke, de in SER_DET.items()}
    assert_nothing_of_a_person(b"".join(cache._cache.values()), klienter)


def assert_nothing_of_a_person(bevarte, klienter):
    noe = ["Navn på", "Logg ut", "Administrasjon", "csrf", "Tilbake til deg selv"]
    noe += [k.bruker.epost for k in klienter.values() if hasattr(k, "bruker")]
    assert [ord_ for ord_ in noe if ord_.encode() in bevarte] == []
    assert HEMMELIG.encode() in bevarte


# To who may see notes, these tell them: they change without the version of the kommune.
MED_NOTATER = {"tiltak:tiltak_detail", "tiltak:tilbud_detail"}


@pytest.mark.parametrize(
    ("forst", "andre", "lages_pa_nytt"),
    [
        ("ansatt", "kollega", set()),
        ("lenke", "som ansatt", set()),
        ("politirad", "som politirad", MED_NOTATER),
        ("koordinator", "en koordinator til", MED_NOTATER),
    ],
)
def test_who_sees_the_same_gets_what_is_kept(
    forst, andre, lages_pa_nytt, plan, klienter
):
    sidene = {n: side for n, side in FOR_LIKE.items() if n not in lages_pa_nytt}
    ferdige = {n: klienter[forst].get(side).status_code for n, side in sidene.items()}

    spurte = {n: spurt(klienter[andre], side)[1] for n, side in sidene.items()}

    assert ferdige == dict.fromkeys(sidene, 200)
    # Who asks, what they have rights to, and the version.
    assert max(len(sql) for sql in spurte.values()) <= 5
    tabeller = {
        t for sql in spurte.values() for t in re.findall(r'FROM "?(\w+)', str(sql))
    }
    assert tabeller - {"tiltak_tjenesteredaktor", "moter_forumsmedlem"} <= {
        "django_session",
        "slt_bruker",
        "slt_kommune",
        "slt_tilgang",
        "slt_tilgangslenke",
    }


def test_what_somebody_did_is_said_to_them_once(plan, klienter):
    """Two who see the same; what one just did is no part of what is kept."""
    klient, adresse = klienter["koordinator"], SIDER["tiltak:tjeneste_detail"]
    punkt = Kontaktpunkt.objects.get(akutt=True)
    skjema = f"/lillestrom/endre/kontaktpunkter/{punkt.pk}/"
    data = innsending(klient.get(skjema), verdi="63 80 00 01")
    assert klient.post(skjema, data).status_code == 302

    hvem = [klient, klienter["en koordinator til"], klient]
    assert ['role="status"' in k.get(adresse).text for k in hvem] == [
        True,
        False,
        False,
    ]


def test_a_page_with_a_form_is_made_for_each(kommune, rf):
    laget = []

    @bevart.bevart
    def view(request, kommune):
        laget.append(request.user)
        return HttpResponse(get_token(request))

    def svar_til(bruker):
        foresporsel = rf.get("/lillestrom/")
        foresporsel.COOKIES["sessionid"] = "x"
        foresporsel.session, foresporsel.user = {}, bruker
        bruker.leser_en_side = True
        return view(foresporsel, kommune="lillestrom").content

    brukere = [BrukerFactory(), BrukerFactory()]
    assert svar_til(brukere[0]) != svar_til(brukere[1])
    assert laget[1::2] == brukere
    assert len(cache._cache) == 0


def test_a_new_name_shows_at_once_where_people_stand(plan, klienter, merkede):
    medlem = merkede.medlemmer.exclude(bruker=None).get().bruker
    adresse = merkede.get_absolute_url()
    klienter["koordinator"].get(adresse)

    medlem.navn = "Et nytt navn"
    medlem.save()

    assert "Et nytt navn" in klienter["koordinator"].get(adresse).text


@pytest.mark.parametrize("hvem", ["ansatt", "politirad", "koordinator", "redaktor"])
def test_what_was_seen_is_not_seen_once_the_right_is_over(hvem, plan, klienter):
    side = SIDER["tiltak:tjeneste_detail"]
    klient = klienter[hvem]
    assert "987 65 432" in klient.get(side).text

    for rett in (klient.bruker.tilganger, klient.bruker.redaktor_for):
        for rad in rett.all():
            rad.avslutt()

    assert "987 65 432" not in klient.get(side).text


# Among many kommuner ------------------------------------------------------------------


def gjennomgatt(sql):
    """The tables that SQLite goes through from end to end to answer this."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [r[3] for r in cursor.fetchall() if re.match(r"SCAN [a-zA-Z]", r[3])]


@pytest.mark.parametrize("hvem", ["ukjent", "ansatt", "koordinator", "medlem"])
def test_no_question_of_a_page_goes_through_all_kommuner(hvem, plan, klienter):
    """A page costs the same however many there are."""
    funnet = {}
    filtre = "?q=ord&tjeneste=felles&alder=14&lokalomrade=x&tema=y&omrade=felles"
    for side in [*SIDER.values(), f"{SIDER['tiltak:tiltak_list']}{filtre}"]:
        cache.clear()
        _svar, sporringer = spurt(klienter[hvem], side)
        for sql in sporringer:
            if sql.startswith("SELECT") and (steg := gjennomgatt(sql)):
                funnet[side, sql] = steg

    assert funnet == {}


# Asking whether it still holds --------------------------------------------------------


@alle_sider
def test_who_has_the_page_gets_304_until_it_changes(
    side, client, koordinator, tmp_path
):
    merke = client.get(side)["ETag"]

    igjen = client.get(side, headers={"if-none-match": merke})
    svakt = client.get(side, headers={"if-none-match": f'"x", W/{merke}'})
    endre("orm", koordinator, tmp_path)
    etter = client.get(side, headers={"if-none-match": merke})

    assert (igjen.status_code, igjen.content, igjen["ETag"]) == (304, b"", merke)
    assert (igjen["Cache-Control"], igjen["Vary"]) == ("no-cache", "Cookie")
    assert svakt.status_code == 304
    assert (etter.status_code, etter["ETag"] == merke) == (200, False)


@alle_sider
def test_the_same_words_have_the_same_mark(side, client):
    """Also when they have lapsed, or in another process."""
    merke = client.get(side)["ETag"]
    cache.clear()

    svar = client.get(side, headers={"if-none-match": merke})

    assert svar.status_code == 304


def test_a_new_release_says_it_in_other_words(plan, client, settings):
    """The same version of the content, but other templates."""
    side = SIDER["tiltak:tiltak_list"]
    merke = client.get(side)["ETag"]
    cache.clear()  # as when the process starts anew
    settings.STATIC_URL = "/andre-filer/"

    svar = client.get(side, headers={"if-none-match": merke})

    assert svar.status_code == 200


@pytest.mark.parametrize("merke", ["*", '"', "W/", "æøå", "x" * 5000, '"a", "b'])
def test_strange_marks_do_no_harm(merke, plan, client):
    svar = client.get(SIDER["tiltak:plan"], headers={"if-none-match": merke})

    assert svar.status_code == (304 if merke == "*" else 200)


def test_a_mark_never_says_that_there_is_something(plan, kommune, koordinator, client):
    """Whoever guesses the address of a draft learns nothing by a mark either."""
    HandlingsplanFactory(
        kommune=kommune, fra_ar=2028, til_ar=2032, status=Handlingsplan.Status.UTKAST
    )
    utkast, ingenting = "/lillestrom/2028-2032/", "/lillestrom/2029-2033/"
    assert koordinator.get(utkast).status_code == 200

    statuser = [
        client.get(adresse, headers={"if-none-match": "*"}).status_code
        for adresse in (utkast, ingenting)
    ]

    assert statuser == [404, 404]


# Methods ------------------------------------------------------------------------------


@alle_sider
def test_head_is_get_without_the_words(side, client):
    hode = client.head(side)
    svar, sql = spurt(client, side)

    assert (hode.status_code, hode.content) == (200, b"")
    assert len(sql) == 1
    assert svar.content.startswith(b"\n<!doctype") or b"<!doctype html>" in svar.content
    assert (hode["ETag"], hode["Cache-Control"]) == (svar["ETag"], "no-cache")


@alle_sider
def test_other_methods_are_refused_also_when_the_page_is_kept(side, client):
    client.get(side)

    metoder = ("post", "put", "patch", "delete", "options")
    svarene = [getattr(client, metode)(side) for metode in metoder]

    assert [(s.status_code, s.content) for s in svarene] == [(405, b"")] * 5


# When the cache fails -----------------------------------------------------------------


@alle_sider
def test_a_cache_that_is_thrown_away_is_made_anew(side, client):
    for_ = client.get(side).content

    cache.clear()

    assert client.get(side).content == for_
    assert er_bevart(client, side)


def gjennom_doren(adresse, innholdstype, *, metode="GET", sendt=b""):
    """Returns status and words of an answer, by the door that servers use."""
    sti, _tegn, sporring = adresse.partition("?")
    environ = RequestFactory()._base_environ(
        PATH_INFO=sti,
        QUERY_STRING=sporring,
        REQUEST_METHOD=metode,
        CONTENT_TYPE=innholdstype,
        CONTENT_LENGTH=str(len(sendt)),
        **{"wsgi.input": BytesIO(sendt), "wsgi.url_scheme": "https"},
    )
    status = []
    kropp = application(environ, lambda linje, _hoder: status.append(linje))
    return int(status[0][:3]), b"".join(kropp).decode()


def test_nobody_says_how_the_address_is_to_be_read(plan, client):
    """Or what is kept for all would be what they made it ask for."""
    adresse = f"{PLANEN}tiltak/?q=milj%C3%B8"

    _status, deres = gjennom_doren(adresse, "text/html; charset=latin-1")

    assert 'value="miljø"' in deres
    assert 'value="miljø"' in client.get(adresse, secure=True).text


@pytest.mark.parametrize(
    "tegnsett", ["hex", "undefined", "idna", "utf-16", "finnesikke"]
)
def test_an_encoding_that_is_none_of_text_does_no_harm(tegnsett, plan):
    for skrevet in (f"charset={tegnsett}", f"charset*=UTF-8''{tegnsett}"):
        lest, _ord = gjennom_doren(f"{PLANEN}tiltak/?q=a", f"text/html; {skrevet}")
        sendt, ord_ = gjennom_doren(
            "/konto/glemt/",
            f"multipart/form-data; boundary=x; {skrevet}",
            metode="POST",
            sendt=b'--x\r\nContent-Disposition: form-data; name="epost"\r\n\r\n\xc3\xb8'
            b"\r\n--x--\r\n",
        )

        assert (lest, sendt) == (200, 403)  # for want of the token
        assert "Siden" in ord_ or "skjema" in ord_


@pytest.mark.parametrize("nokkel", ['"\\000aaaaaaaaaaaa"', "Å", "a" * 4000, ""])
def test_what_cannot_be_a_session_is_none(nokkel, plan, client):
    svar = client.get(PLANEN, HTTP_COOKIE=f"sessionid={nokkel}")

    assert svar.status_code == 200
    assert "Logg inn" in svar.text


def test_a_page_holds_until_the_first_of_what_it_says_does_not():
    request = RequestFactory().get("/")
    forst = timezone.now()

    for tid in (forst + timedelta(hours=1), forst, forst + timedelta(hours=2)):
        bevart.holder_til(request, tid)

    assert request.holder_til == forst
