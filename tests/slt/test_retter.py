"""What somebody has rights to: looked up once while they read a page, asked of the
database each time otherwise, and the same either way."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moter.models import Forum
from slt.felles.tilgang import TilgangMiddleware
from slt.models import LESER, Bruker, Kommune, Tilgang, har_rett
from slt.models import retter as modul
from tests.conftest import innlogget
from tests.factories import (
    BrukerFactory,
    ForumFactory,
    ForumskommuneFactory,
    ForumsmedlemFactory,
    FunnFactory,
    HandlingsplanFactory,
    IndikatorFactory,
    KommuneFactory,
    KontaktpunktFactory,
    MoteFactory,
    TilgangFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
)
from tiltak.models import Kontaktpunkt, Tjeneste

I_GAR = timezone.localdate() - timedelta(days=1)
FOLK = [
    "ingen",
    "ansatt",
    "politirad",
    "koordinator",
    "nabokoordinator",
    "i to kommuner",
    "var koordinator",
    "redaktor",
    "medlem",
    "leser ved lenke",
    "administrator",
]


@pytest.fixture
def verden(db):
    """Two kommuner with one of each that is not for everybody; the first one's forum is
    shared with the second."""
    kommuner = [KommuneFactory(navn=navn) for navn in ("Vår", "Nabo")]
    for kommune in kommuner:
        HandlingsplanFactory(kommune=kommune, status="utkast")
        tjeneste = TjenesteFactory(kommune=kommune)
        for synlighet in Kontaktpunkt.Synlighet:
            KontaktpunktFactory(tjeneste=tjeneste, synlighet=synlighet)
        MoteFactory(forum=ForumFactory(kommune=kommune, offentlig=False))
        indikator = IndikatorFactory(kommune=kommune)
        FunnFactory(kilde=indikator.kilde)
    ForumskommuneFactory(
        forum=kommuner[0].fora.get(), kommune=kommuner[1], godtatt=timezone.now()
    )
    return kommuner


@pytest.fixture
def den(hvem, verden):
    var, nabo = verden
    if hvem == "administrator":
        return BrukerFactory(is_superuser=True)
    bruker = BrukerFactory()
    rolle = Tilgang.Rolle
    match hvem:
        case "ansatt" | "politirad" | "koordinator":
            TilgangFactory(bruker=bruker, kommune=var, rolle=hvem)
        case "nabokoordinator":
            TilgangFactory(bruker=bruker, kommune=nabo, rolle=rolle.KOORDINATOR)
        case "i to kommuner":
            TilgangFactory(bruker=bruker, kommune=nabo, rolle=rolle.KOORDINATOR)
            TilgangFactory(bruker=bruker, kommune=var, rolle=rolle.ANSATT)
        case "var koordinator":
            TilgangFactory(
                bruker=bruker,
                kommune=var,
                rolle=rolle.KOORDINATOR,
                fra=I_GAR,
                til=I_GAR,
            )
        case "redaktor":
            TjenesteredaktorFactory(bruker=bruker, tjeneste=var.tjenester.get())
        case "medlem":
            ForumsmedlemFactory(
                bruker=bruker, forum=var.fora.get(), tjeneste=var.tjenester.get()
            )
        case "leser ved lenke":
            bruker.rett_ved_lenke = {Tilgang.Rolle.ANSATT: frozenset([var.pk])}
    return bruker


def det_som_ses(bruker):
    """{what: the rows of every model that the user sees or may change}."""
    sett = {
        modell: set(modell.objects.synlige_for(bruker).values_list("pk", flat=True))
        for modell in apps.get_models()
        if hasattr(getattr(modell, "objects", None), "synlige_for")
    }
    andre = {
        "leser": Kommune.objects.filter(har_rett(bruker, "pk", *Tilgang.Rolle, LESER)),
        "innenfra": Forum.objects.innenfra(bruker),
        "holder": Forum.objects.holdes_av(bruker),
        "endrer": Tjeneste.objects.endres_av(bruker),
        "punkter": Kontaktpunkt.objects.endres_av(bruker),
        **{rolle: Kommune.objects.der(bruker, rolle) for rolle in Tilgang.Rolle},
    }
    return sett | {navn: {*r.values_list("pk", flat=True)} for navn, r in andre.items()}


def som_leser(bruker):
    igjen = Bruker.objects.get(pk=bruker.pk)
    igjen.leser_en_side = True
    igjen.rett_ved_lenke = bruker.rett_ved_lenke
    return igjen


@pytest.mark.parametrize("hvem", FOLK)
def test_who_reads_sees_what_the_database_says(den, hvem, verden):
    spurt, leser = det_som_ses(den), som_leser(den)

    assert det_som_ses(leser) == spurt
    assert leser.is_staff == den.is_staff
    for kommune in verden:
        for rolle in Tilgang.Rolle:
            assert kommune.gir(leser, rolle) == kommune.gir(den, rolle)
    ser_noe = hvem not in {"ingen", "var koordinator"}
    assert (spurt != det_som_ses(AnonymousUser())) == ser_noe


@pytest.mark.parametrize("hvem", ["koordinator", "medlem", "redaktor"])
def test_who_has_very_many_is_looked_up_in_the_database(den, verden, monkeypatch):
    spurt = det_som_ses(den)
    monkeypatch.setattr(modul, "MANGE_RETTER", 0)

    leser = som_leser(den)

    assert leser.retter is None
    assert det_som_ses(leser) == spurt


@pytest.mark.parametrize("hvem", ["i to kommuner", "medlem"])
def test_they_are_looked_up_in_one_query(den, django_assert_num_queries):
    leser = som_leser(den)

    with django_assert_num_queries(1):
        assert leser.retter is leser.retter


@pytest.mark.parametrize("hvem", ["koordinator"])
def test_what_is_looked_up_holds_for_one_page_and_never_for_what_is_sent(den, verden):
    klient, liste = innlogget(den), f"/{verden[0].slug}/moter/"
    lukket = verden[0].fora.get().navn
    assert lukket in klient.get(liste).text

    den.tilganger.get().avslutt()

    assert lukket not in klient.get(liste).text
    svar = klient.post("/konto/se-som/", {"kommune": verden[0].slug, "hva": "ansatt"})
    assert svar.status_code == 403


@pytest.mark.parametrize("hvem", ["koordinator"])
def test_who_sends_something_is_asked_about_anew(den, rf):
    brukt = []

    def view(request):
        brukt.append(request.user.retter)
        return HttpResponse()

    for metode in ("get", "head", "post"):
        foresporsel = getattr(rf, metode)("/")
        foresporsel.COOKIES["sessionid"] = "x"
        foresporsel.session, foresporsel.user = {}, den
        den.leser_en_side = False
        TilgangMiddleware(view)(foresporsel)

    assert [retter is not None for retter in brukt] == [True, True, False]


def test_a_stranger_costs_no_query(verden):
    with CaptureQueriesContext(connection) as fanget:
        assert not verden[0].gir(AnonymousUser(), *Tilgang.Rolle)
        assert not Tjeneste.objects.endres_av(AnonymousUser()).exists()

    assert len(fanget) == 0
    assert Client().get("/").status_code == 200
