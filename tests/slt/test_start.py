"""What a kommune begins with: each step is done when it is done, for who keeps the kommune;
and all kommuner at a glance, for administrators."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from slt.grunn.historikk import Dor, spor
from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    ForumFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KommuneFactory,
    KontaktpunktFactory,
    MoteFactory,
    PlasseringFactory,
    TemaFactory,
    TilgangFactory,
    TjenesteFactory,
    UtkastFactory,
)
from tests.lest import Lest

STARTEN = "/lillestrom/start/"
GLIMT = "/kommuner/"


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


def igjen(klient):
    stegene = klient.get(STARTEN).context["stegene"]
    return [status.steg.nokkel for status in stegene if not status.gjort]


def test_each_step_is_done_when_it_is_done_and_not_before(kommune, koordinator):
    alle = [
        "kommunen",
        "temaer",
        "tjenester",
        "akutt",
        "plan",
        "innsatsomrader",
        "tiltak",
        "ansvar",
        "vedtak",
        "fora",
        "moter",
        "folk",
    ]
    assert igjen(koordinator) == alle

    def gjort(*nokler):
        for nokkel in nokler:
            alle.remove(nokkel)
        assert igjen(koordinator) == alle

    kommune.epost = "post@example.org"
    kommune.save()
    gjort()
    kommune.personvern = "<p>Ordføreren</p>"
    kommune.save()
    gjort("kommunen")
    TemaFactory(kommune=kommune)
    gjort("temaer")
    tjeneste = TjenesteFactory(kommune=kommune)
    gjort()
    punkt = KontaktpunktFactory(tjeneste=tjeneste)
    gjort("tjenester")
    punkt.akutt = True
    punkt.save()
    gjort("akutt")
    plan = UtkastFactory(kommune=kommune)
    gjort("plan")
    omrade = InnsatsomradeFactory(plan=plan)
    gjort("innsatsomrader")
    plassering = PlasseringFactory(innsatsomrade=omrade)
    gjort("tiltak")
    AnsvarFactory(tiltak=plassering.tiltak, tjeneste=tjeneste)
    gjort("ansvar")
    HandlingsplanFactory(kommune=kommune, fra_ar=2019, til_ar=2022)
    gjort("vedtak")
    forum = ForumFactory(kommune=kommune)
    gjort("fora")
    start = timezone.now() + timedelta(days=3)
    MoteFactory(forum=forum, start=start, slutt=start + timedelta(hours=1))
    gjort("moter")
    TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.POLITIRAD)
    gjort("folk")
    assert "Kommunen er i gang." in Lest(koordinator.get(STARTEN)).tekst


@pytest.mark.parametrize("har_plan", [False, True])
def test_each_step_leads_to_where_it_is_done(har_plan, kommune, koordinator):
    if har_plan:
        UtkastFactory(kommune=kommune)

    for status in koordinator.get(STARTEN).context["stegene"]:
        for vei in status.veier:
            svar = koordinator.get(vei.adresse)
            assert (vei.adresse, svar.status_code) == (vei.adresse, 200)


def test_what_another_kommune_has_done_does_not_count(koordinator, nabokommune):
    PlasseringFactory(innsatsomrade__plan__kommune=nabokommune)
    KontaktpunktFactory(tjeneste__kommune=nabokommune)

    assert len(igjen(koordinator)) == 12


def test_the_start_is_for_who_keeps_the_kommune(kommune, administrator, nabo):
    ansatt = TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.ANSATT).bruker

    assert administrator.get(STARTEN).status_code == 200
    assert nabo.get(STARTEN).status_code == 404
    assert innlogget(ansatt).get(STARTEN).status_code == 404
    assert Client().get(STARTEN).status_code == 302
    assert administrator.post(STARTEN).status_code == 405


# All kommuner at a glance -----------------------------------------------------------------


def test_the_glance_is_for_administrators(koordinator, administrator):
    assert administrator.get(GLIMT).status_code == 200
    assert administrator.post(GLIMT).status_code == 405
    assert koordinator.get(GLIMT).status_code == 404
    assert Client().get(GLIMT).status_code == 302
    for side in ("/konto/", "/admin/"):
        assert GLIMT in [a for a, _ in Lest(administrator.get(side)).alle_lenker]
        assert GLIMT not in [a for a, _ in Lest(koordinator.get(side)).alle_lenker]


def test_the_glance_says_who_keeps_it_and_what_was_done(
    kommune, koordinator, nabokommune, administrator
):
    with spor(Dor.SKJEMA, bruker=koordinator.bruker):
        TemaFactory(kommune=kommune)

    svar = administrator.get(GLIMT)

    her, naboen = svar.context["oversikter"]
    assert (her.kommune, her.koordinatorer, her.varsel) == (kommune, 1, "")
    assert her.sist.date() == timezone.now().date()
    assert (her.gjort, her.neste.steg.nokkel) == (1, "kommunen")
    assert (naboen.kommune, naboen.sist, naboen.koordinatorer) == (nabokommune, None, 0)
    assert "1 av 12 er gjort" in Lest(svar).tekst
    assert naboen.varsel == "Kommunen har ingen SLT-koordinator."
    assert naboen.varsel in Lest(svar).tekst


def test_the_glance_asks_as_much_of_three_kommuner_as_of_one(kommune, administrator):
    def antall():
        with CaptureQueriesContext(
            connection,
        ) as sporringer:
            assert administrator.get(GLIMT).status_code == 200
        return len(sporringer)

    en = antall()
    for _ in range(2):
        annen = KommuneFactory()
        TilgangFactory(kommune=annen)
        TemaFactory(kommune=annen)

    assert antall() == en
