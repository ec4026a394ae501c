"""Where somebody who works in a kommune begins: what waits, what is to come, what changed;
each role its own, and nobody that of another kommune."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from slt.grunn.historikk import Dor, spor
from slt.models import Tilgang, Tilgangslenke
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    BrukerFactory,
    ForumFactory,
    ForumskommuneFactory,
    ForumsmedlemFactory,
    HandlingsplanFactory,
    HoringFactory,
    InnspillFactory,
    KapittelFactory,
    KontaktpunktFactory,
    MoteFactory,
    PlasseringFactory,
    TilgangFactory,
    TilgangslenkeFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
    UtkastFactory,
)
from tests.lest import Lest
from tiltak.models import Lenke

FLATEN = "/lillestrom/arbeidsflate/"


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


@pytest.fixture
def plan(kommune):
    """A plan that holds, with nothing to do."""
    plan = HandlingsplanFactory(kommune=kommune)
    tiltak = PlasseringFactory(innsatsomrade__plan=plan).tiltak
    tjeneste = TjenesteFactory(kommune=kommune, navn="Utekontakten")
    KontaktpunktFactory(
        tjeneste=tjeneste,
        verdi="22 22 22 22",
        bekreftet=timezone.localdate(),
        bekreftet_hvordan="telefon",
    )
    AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
    return plan


def som(rolle, kommune):
    return innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)


def lest(klient):
    svar = klient.get(FLATEN)
    assert svar.status_code == 200
    return Lest(svar)


def venter(klient):
    return [
        (linje.tekst, linje.adresse) for linje in klient.get(FLATEN).context["venter"]
    ]


def test_nothing_waits_where_nothing_does(plan, koordinator):
    assert venter(koordinator) == []
    assert "Ingenting venter på deg nå." in lest(koordinator).tekst


def test_what_waits_for_the_coordinator_leads_to_where_it_is_done(
    plan, kommune, koordinator
):
    PlasseringFactory(innsatsomrade=plan.innsatsomrader.get(), nummer=2)
    KapittelFactory(plan=plan, publisert=False)
    utkast = UtkastFactory(kommune=kommune, fra_ar=2029, til_ar=2032)
    InnspillFactory(plan=utkast)
    InnspillFactory(plan=utkast, vurdering="folges", svar="Ja.")
    horing = HoringFactory(plan=utkast)
    punkt = plan.kommune.tjenester.get().kontaktpunkter.get()
    punkt.bekreftet = timezone.localdate() - timedelta(days=200)
    punkt.save()
    naboen = ForumskommuneFactory(kommune=kommune, godtatt=None, forum__navn="Felles")
    frist = f"{horing.til.day}."

    linjer = dict(venter(koordinator))

    assert linjer == {
        "1 innspill til SLT-planen 2029–2032 venter på svar": (
            "/lillestrom/2029-2032/innspill/"
        ),
        next(t for t in linjer if "er på høring til" in t): "/lillestrom/2029-2032/",
        "Utkast: SLT-planen 2029–2032": "/lillestrom/2029-2032/",
        "1 ting i SLT-planen 2024–2028 er ikke publisert": (
            "/lillestrom/2024-2028/upublisert/"
        ),
        "1 tiltak i SLT-planen 2024–2028 har ikke avklart ansvar": (
            "/lillestrom/2024-2028/mangler/"
        ),
        "1 tjeneste har kontakter som bør bekreftes": "/lillestrom/tjenester/",
        f"{naboen.forum.kommune} inviterer dere til Felles": "/lillestrom/moter/",
    }
    assert any(frist in tekst for tekst in linjer if "høring" in tekst)
    for adresse in linjer.values():
        assert (adresse, koordinator.get(adresse).status_code) == (adresse, 200)


def test_the_next_six_weeks_with_what_is_in_the_way(plan, kommune, koordinator):
    forum = ForumFactory(kommune=kommune, navn="Politirådet")
    na = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0)
    for dager in (3, 60):
        start = na + timedelta(days=dager)
        MoteFactory(forum=forum, start=start, slutt=start + timedelta(hours=1))

    kommer = koordinator.get(FLATEN).context["kommer"]

    assert [(h.tekst, h.adresse) for h in kommer] == [
        ("Politirådet", forum.get_absolute_url())
    ]


def test_what_was_changed_last_and_by_whom(plan, kommune, koordinator):
    with spor(Dor.SKJEMA, bruker=koordinator.bruker):
        tiltak = plan.tiltak.get()
        tiltak.tittel = "Natteravner"
        tiltak.save()
    nabo = HandlingsplanFactory(tittel="Naboens plan")
    with spor(Dor.SKJEMA, bruker=koordinator.bruker):
        nabo.ingress = "Endret"
        nabo.save()

    [endring] = koordinator.get(FLATEN).context["endringer"]

    assert endring.hva == "Tiltak: Natteravner"
    assert (endring.hvordan, endring.aktor) == ("endret", str(koordinator.bruker))


def test_what_was_changed_together_is_one_line_by_what_stands_highest(
    plan, koordinator
):
    with spor(Dor.SKJEMA, bruker=koordinator.bruker):
        for nr in range(3):
            tiltak = PlasseringFactory(
                innsatsomrade=plan.innsatsomrader.get(), nummer=nr + 2
            ).tiltak
            Lenke.objects.create(
                tiltak=tiltak, tittel="A mer", adresse="https://example.org/"
            )

    endringer = koordinator.get(FLATEN).context["endringer"]

    assert [(e.hva.split(":")[0], e.flere) for e in endringer] == [
        ("Tiltak", "og 5 rader til")
    ]
    assert "og 5 rader til lagt til" in lest(koordinator).tekst


def test_each_reads_the_plans_that_they_see(plan, kommune, koordinator):
    UtkastFactory(kommune=kommune, fra_ar=2029, til_ar=2032)

    ansattes = lest(som(Tilgang.Rolle.ANSATT, kommune)).lenker
    koordinators = lest(koordinator).lenker

    for slug, leses in (("2024-2028", True), ("2029-2032", False)):
        for side in ("", "plan.pdf", "plan-kort.pdf"):
            adresse = f"/lillestrom/{slug}/{side}"
            assert any(a == adresse for a, _tekst in koordinators)
            assert any(a == adresse for a, _tekst in ansattes) is leses


def test_one_who_is_new_is_told_where_to_begin(kommune, koordinator):
    def begynn():
        return [steg.tekst for steg in koordinator.get(FLATEN).context["begynn"]]

    assert begynn() == [
        "Lag den første planen",
        "Legg inn tjenestene og hvordan de nås",
        "Legg inn foraene som møtes",
    ]
    HandlingsplanFactory(kommune=kommune)
    TjenesteFactory(kommune=kommune)
    forum = ForumFactory(kommune=kommune)
    assert begynn() == ["Legg møtene for året"]
    start = timezone.now() + timedelta(days=3)
    MoteFactory(forum=forum, start=start, slutt=start + timedelta(hours=1))
    assert begynn() == []


def test_the_politirad_finds_the_drafts(plan, kommune):
    UtkastFactory(kommune=kommune, fra_ar=2029, til_ar=2032)

    rad = som(Tilgang.Rolle.POLITIRAD, kommune)

    assert venter(rad) == [
        ("Utkast å lese: SLT-planen 2029–2032", "/lillestrom/2029-2032/")
    ]
    assert rad.get(FLATEN).context["endringer"] == []
    assert "Administrasjon" not in lest(rad).tekst


def test_an_editor_finds_the_contacts_to_confirm(plan, kommune):
    tjeneste = kommune.tjenester.get()
    gammelt = KontaktpunktFactory(tjeneste=tjeneste, verdi="33 33 33 33")
    KontaktpunktFactory(tjeneste=TjenesteFactory(kommune=kommune), verdi="44 44 44 44")
    redaktor = innlogget(TjenesteredaktorFactory(tjeneste=tjeneste).bruker)

    [(tekst, adresse)] = venter(redaktor)

    assert "Utekontakten" in tekst
    assert "33 33 33 33" in tekst
    assert adresse == f"/lillestrom/endre/kontaktpunkter/{gammelt.pk}/"
    assert redaktor.get(adresse).status_code == 200


def test_a_member_finds_the_meetings_of_own_fora(plan, kommune):
    eget, annet = (ForumFactory(kommune=kommune, navn=n) for n in ("Eget", "Annet"))
    start = timezone.now() + timedelta(days=3)
    for forum in (eget, annet):
        MoteFactory(forum=forum, start=start, slutt=start + timedelta(hours=1))
    medlem = innlogget(ForumsmedlemFactory(forum=eget, bruker=BrukerFactory()).bruker)

    assert [h.tekst for h in medlem.get(FLATEN).context["kommer"]] == ["Eget"]


def test_nobody_else_gets_in(plan, kommune, nabo, client):
    assert client.get(FLATEN).status_code == 302
    assert nabo.get(FLATEN).status_code == 404
    assert innlogget(BrukerFactory()).get(FLATEN).status_code == 404
    i_gar = timezone.localdate() - timedelta(days=1)
    var = TilgangFactory(kommune=kommune, fra=i_gar, til=i_gar)
    assert innlogget(var.bruker).get(FLATEN).status_code == 404


def test_the_head_of_every_page_leads_there_for_those_who_have_one(
    plan, kommune, nabo, koordinator
):
    TilgangslenkeFactory(kommune=kommune, avtrykk=Tilgangslenke.avtrykk_av("hemmelig"))
    gjest = Client()
    gjest.post(reverse("tilgangslenke", args=["hemmelig"]))
    ansatt = som(Tilgang.Rolle.ANSATT, kommune)

    # Whoever asks first, and may see the same: it is not in what is kept.
    for klient, leder in [
        (gjest, False),
        (ansatt, True),
        (Client(), False),
        (koordinator, True),
        (nabo, False),
        (gjest, False),
    ]:
        siden = klient.get("/lillestrom/tjenester/").text
        assert (f'href="{FLATEN}"' in siden) is leder


@pytest.mark.parametrize(
    ("roller", "dit"), [(1, FLATEN), (0, "/konto/"), (2, "/konto/")]
)
def test_one_lands_there_after_logging_in(roller, dit, kommune, nabokommune):
    bruker = BrukerFactory()
    for hos in (kommune, nabokommune)[:roller]:
        TilgangFactory(bruker=bruker, kommune=hos)

    assert innlogget(bruker).get(reverse("inn")).headers["Location"] == dit


@pytest.mark.parametrize("antall", [1, 3])
def test_it_costs_the_same_for_one_and_three(antall, plan, kommune, koordinator):
    for nr in range(antall):
        utkast = UtkastFactory(
            kommune=kommune, fra_ar=2030 + 3 * nr, til_ar=2031 + 3 * nr
        )
        InnspillFactory.create_batch(antall, plan=utkast)
        PlasseringFactory(innsatsomrade__plan=utkast)
        KontaktpunktFactory(tjeneste__kommune=kommune)
        forum = ForumFactory(kommune=kommune)
        start = timezone.now() + timedelta(days=3 + nr)
        MoteFactory(forum=forum, start=start, slutt=start + timedelta(hours=1))
    koordinator.get(FLATEN)

    with CaptureQueriesContext(connection) as fanget:
        koordinator.get(FLATEN)

    # Who asks and where, the menu and the acute strip; what changed last; and of each app
    # what waits, what comes, what to begin with and what to read. The meetings ask three times more what
    # is in their way.
    assert len(fanget) == 18


def test_ones_own_page_leads_to_each(kommune, nabokommune):
    bruker = BrukerFactory()
    for hos in (kommune, nabokommune):
        TilgangFactory(bruker=bruker, kommune=hos, rolle=Tilgang.Rolle.ANSATT)

    lenker = Lest(innlogget(bruker).get("/konto/")).lenker

    for hos in (kommune, nabokommune):
        assert (
            reverse("arbeidsflate", args=[hos.slug]),
            f"Arbeidsflate: {hos}",
        ) in lenker
