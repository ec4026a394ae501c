"""What comes in about a draft and should not: by the hundred, and by every door that a
reader has. Nothing of it is stored, and nothing that was typed is lost."""

from datetime import timedelta
from html import escape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from slt.models import Forsok
from tests.conftest import innlogget
from tests.factories import (
    HoringFactory,
    KapittelFactory,
    PlanlenkeFactory,
    PlasseringFactory,
    TilgangFactory,
    UtkastFactory,
    gi_status,
)
from tests.feil.mengde import mengde
from tests.slt.test_personvern import GJEMT, RUNDT, SLAG, lag_nummer, terning
from tiltak.models import Innspill, Planlenke

TEKSTER = mengde(500, 60)
GANGER = mengde(20, 3)
FRO = 3_000_000


@pytest.fixture
def plan(kommune):
    return UtkastFactory(kommune=kommune)


def ved_lenke(plan, **felter):
    """(a client that opened a link, the link)."""
    nokkel = f"hemmelig-{Planlenke.objects.count()}"
    lenke = PlanlenkeFactory(plan=plan, avtrykk=Planlenke.avtrykk_av(nokkel), **felter)
    klient = Client()
    klient.post(reverse("planlenke", args=[nokkel]))
    return klient, lenke


def send(klient, plan, tekst, fra="Skolene", sporring=""):
    Forsok.objects.all().delete()  # how often one may try, is tried elsewhere
    adresse = reverse("tiltak:innspill_nytt", args=[plan.kommune.slug, plan.slug])
    return klient.post(f"{adresse}{sporring}", {"tekst": tekst, "fra": fra})


def test_no_identity_number_comes_in(plan, koordinator, tell, stille):
    rolle = TilgangFactory(kommune=plan.kommune, rolle="politirad").bruker
    leser, politirad = ved_lenke(plan)[0], innlogget(rolle)
    for_inn = reverse("tiltak:innspill_for_inn", args=[plan.kommune.slug, plan.slug])

    def for_(tekst):
        data = {"fra": "Skolene", "mottatt": "2026-03-02", "journalnummer": tekst}
        return koordinator.post(for_inn, data | {"tekst": "Noe."})

    dorer = [
        lambda tekst: send(leser, plan, tekst),
        lambda tekst: send(politirad, plan, tekst),
        lambda tekst: send(politirad, plan, "Noe.", fra=tekst),
        for_,
    ]
    gjennom = []
    for nr in range(TEKSTER):
        tilfeldig = terning(FRO + nr)
        nummer = lag_nummer(tilfeldig, tilfeldig.choice(list(SLAG)), (0,))
        gjemt = GJEMT[tilfeldig.choice(list(GJEMT))](nummer, tilfeldig)
        tekst = tilfeldig.choice(RUNDT).format(gjemt)
        svar = dorer[nr % len(dorer)](tekst)
        if svar.status_code != 422:
            gjennom.append((nr % len(dorer), tekst, svar.status_code))

    tell("innspill with an identity number", TEKSTER)
    assert gjennom == []
    assert list(Innspill.objects.all()) == []


def stengt(plan, lenke):
    lenke.horing.til = timezone.localdate() - timedelta(days=1)
    lenke.horing.save()


def trukket(plan, lenke):
    lenke.avslutt()


def vedtatt(plan, lenke):
    gi_status(plan, "gjeldende")


@pytest.mark.parametrize("hva", [stengt, trukket, vedtatt])
def test_nothing_comes_in_once_it_is_over(plan, hva, tell, stille):
    fra = timezone.localdate() - timedelta(days=9)
    lesere = [
        ved_lenke(plan, horing=HoringFactory(plan=plan, fra=fra))
        for _nr in range(GANGER)
    ]

    avvik = []
    for nr, (klient, lenke) in enumerate(lesere):
        hva(plan, lenke)
        tekst = f"Vi mener <dette> & mer, nr. {nr}."
        svar = send(klient, plan, tekst)
        if svar.status_code not in {404, 422} or escape(tekst) not in svar.text:
            avvik.append((nr, svar.status_code))

    tell(f"innspill after it was over: {hva.__name__}", GANGER)
    assert avvik == []
    assert list(Innspill.objects.all()) == []


def test_what_is_about_something_that_is_gone_waits_for_its_writer(plan, tell, stille):
    """It is not sent about something else than its writer saw."""
    klient, _lenke = ved_lenke(plan)
    avvik = []
    for nr in range(GANGER):
        sted = PlasseringFactory(innsatsomrade__plan=plan)
        kapittel = KapittelFactory(plan=plan)
        adresser = [f"?tiltak={sted.tiltak.pk}", f"?kapittel={kapittel.pk}"]
        sted.tiltak.delete()
        kapittel.delete()
        for adresse in adresser:
            svar = send(klient, plan, f"Om {nr}", sporring=adresse)
            if svar.status_code != 422 or f"Om {nr}" not in svar.text:
                avvik.append((adresse, svar.status_code))

    tell("innspill about what is gone", 2 * GANGER)
    assert avvik == []
    assert list(Innspill.objects.all()) == []
