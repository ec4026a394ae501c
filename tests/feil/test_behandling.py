"""Several who register the same plan at once, while others write in it: it is registered
once, and what was frozen is the plan as it was in that moment."""

import random
from functools import partial

import pytest
from django.db import connection
from django.urls import reverse

from slt.grunn.historikk import Dor, spor
from tests.conftest import innlogget
from tests.factories import PlasseringFactory, TilgangFactory, UtkastFactory
from tests.feil.mengde import mengde
from tests.slt.test_samtidig import alle_pa_en_gang
from tests.tiltak.test_behandling import tegner  # noqa: F401 (a fixture)
from tiltak.models import Registrering, Tiltak

SAMTIDIGE = 3


@pytest.mark.usefixtures("tegner", "stille")
@pytest.mark.django_db(transaction=True)
def test_at_once_and_while_somebody_writes(kommune, tell):
    if connection.vendor == "sqlite":
        pytest.skip("one database in memory has one writer")
    klienter = [
        innlogget(TilgangFactory(kommune=kommune).bruker) for _nr in range(SAMTIDIGE)
    ]
    runder, registrert = mengde(40, 3), 0
    for runde in range(runder):
        ar = 2000 + 2 * runde
        plan = UtkastFactory(kommune=kommune, fra_ar=ar, til_ar=ar)
        tiltak = PlasseringFactory(
            innsatsomrade__plan=plan, tiltak__tittel=f"Forst{runde}x"
        ).tiltak
        args = [kommune.slug, plan.slug]
        skriv = reverse("tiltak:registrer_behandling", args=args)
        bekreft = reverse("tiltak:behandling_bekreft", args=args)

        def press(klient, skriv=skriv, bekreft=bekreft):
            sporsmal = dict.fromkeys(
                ["er_over", "annen_avloses", "faller_ut", "upublisert"], "on"
            )
            klient.post(skriv, sporsmal)
            svar = klient.get(bekreft)
            if svar.status_code == 200:
                klient.post(bekreft, {"dokumentet": svar.context["dokumentet"]})

        def rediger(tiltak=tiltak, runde=runde):
            with spor(Dor.SKJEMA):
                for nr in range(random.randrange(4)):  # noqa: S311
                    rad = Tiltak.objects.get(pk=tiltak.pk)
                    rad.tittel = f"Runde{runde}nr{nr}x"
                    rad.save()

        arbeid = [*(partial(press, klient) for klient in klienter), rediger]
        alle_pa_en_gang(arbeid, lambda gjor, _nr: gjor())

        rader = list(Registrering.objects.filter(plan=plan).select_related("dokument"))
        assert len(rader) <= 1
        plan.refresh_from_db()
        assert plan.er_utkast is not bool(rader)
        for rad in rader:
            registrert += 1
            da = Tiltak.historikk.filter(id=tiltak.pk, history_date__lt=rad.tid)
            assert da.latest().tittel in bytes(rad.dokument.innhold).decode()
    assert registrert > 0
    tell("plans that three registered at once while somebody wrote", runder)
    tell("of these registered, once each, as they were", registrert)
