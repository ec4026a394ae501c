"""Several who write in the same plan at once: they add, move, remove and change the same
tiltak. Each is answered in words, no number is used twice, and nobody's text is lost."""

import random
from collections import Counter

import pytest
from django.db import connection
from django.urls import reverse

from tests.conftest import innlogget
from tests.factories import (
    InnsatsomradeFactory,
    PlasseringFactory,
    TilgangFactory,
    UtkastFactory,
)
from tests.feil.mengde import mengde
from tests.innsending import innsending
from tests.slt.test_samtidig import alle_pa_en_gang
from tiltak.models import Plassering, Tiltak

SAMTIDIGE, OMRADER = 3, 2
I_SIDEN = {"HX-Request": "true"}
# A row that is gone, one that cannot go there, one that somebody else changed.
SVAR = {200, 302, 404, 409, 422}


class Skriver:
    """One coordinator, who does something at random."""

    def __init__(self, kommune, plan, nr):
        bruker = TilgangFactory(kommune=kommune).bruker
        self.klient, self.plan, self.nr = innlogget(bruker), plan, nr
        self.args = [kommune.slug]
        self.skrevet = {}  # {id of a tiltak: the title that was saved last by this one}
        self.lagt_til = 0

    def gjor(self, runde):
        hva = random.choice([self.legg_til, self.flytt, self.slett, self.endre])  # noqa: S311
        return hva(runde)

    def _adresse(self, navn, *args):
        return reverse(f"tiltak:{navn}", args=[*self.args, *args])

    def _et_sted(self):
        return random.choice(Plassering.objects.filter(plan=self.plan))  # noqa: S311

    def legg_til(self, runde):
        omrade = random.choice(self.plan.innsatsomrader.all())  # noqa: S311
        svar = self.klient.post(
            self._adresse("nytt_tiltak", self.plan.slug),
            {"tittel": f"Nytt {self.nr} {runde}", "omrade": omrade.pk},
            headers=I_SIDEN,
        )
        self.lagt_til += svar.status_code == 200
        return svar

    def flytt(self, _runde):
        sted, annet = self._et_sted(), self._et_sted()
        dit = random.choice(  # noqa: S311
            [
                {"retning": "opp"},
                {"retning": "ned"},
                {"til": annet.innsatsomrade_id, "etter": annet.pk},
                {"til": annet.innsatsomrade_id, "etter": ""},
            ]
        )
        adresse = self._adresse("flytt", "plassering", sted.pk)
        return self.klient.post(adresse, dit, headers=I_SIDEN)

    def slett(self, _runde):
        return self.klient.post(
            self._adresse("slett", "tiltak", self._et_sted().tiltak_id)
        )

    def endre(self, runde):
        pk = self._et_sted().tiltak_id
        adresse = self._adresse("tiltak_endre", pk)
        siden = self.klient.get(adresse)
        if siden.status_code != 200:
            return siden
        tittel = f"Endret {self.nr} {runde}"
        svar = self.klient.post(adresse, innsending(siden, tittel=tittel))
        if svar.status_code == 302:
            self.skrevet[pk] = tittel
        return svar


@pytest.mark.usefixtures("stille")
@pytest.mark.django_db(transaction=True)
def test_several_write_in_one_plan_at_once(kommune, tell):
    if connection.vendor == "sqlite":
        pytest.skip("one database in memory has one writer")
    plan = UtkastFactory(kommune=kommune)
    omrader = [InnsatsomradeFactory(plan=plan) for _nr in range(OMRADER)]
    for nr in range(12):
        PlasseringFactory(innsatsomrade=omrader[nr % OMRADER], tiltak__plan=plan)
    skriverne = [Skriver(kommune, plan, nr) for nr in range(SAMTIDIGE)]
    runder, svarene = mengde(150, 6), Counter()
    for runde in range(runder):
        ut = []
        alle_pa_en_gang(
            skriverne, lambda s, _nr, runde=runde, ut=ut: ut.append(s.gjor(runde))
        )

        svarene.update(svar.status_code for svar in ut)
        assert len(ut) == SAMTIDIGE
        for omrade in omrader:
            numrene = omrade.plasseringer.order_by("nummer").values_list(
                "nummer", flat=True
            )
            assert list(numrene) == list(range(1, len(numrene) + 1))
        while Plassering.objects.filter(plan=plan).count() < 4:
            PlasseringFactory(innsatsomrade=omrader[0], tiltak__plan=plan)

    assert set(svarene) <= SVAR
    # Each title that was saved stands in the history, also when another one came after it.
    lagret = [(pk, t) for s in skriverne for pk, t in s.skrevet.items()]
    assert [
        (pk, tittel)
        for pk, tittel in lagret
        if not Tiltak.historikk.filter(id=pk, tittel=tittel).exists()
    ] == []
    tell("rounds in which three wrote in one plan at once", runder)
    tell("of their presses, done", svarene[200] + svarene[302])
    tell("refused in words", svarene[404] + svarene[409] + svarene[422])
