"""Two who answer for one tjeneste at the same moment, and two who answer them."""

from collections import Counter

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.conftest import innlogget
from tests.factories import (
    EndringsforslagFactory,
    KontaktpunktFactory,
    TilgangFactory,
    TjenesteFactory,
)
from tests.feil.mengde import mengde
from tests.innsending import innsending
from tests.slt.test_samtidig import alle_pa_en_gang
from tests.tiltak.test_endringsforslag import merket
from tests.tiltak.test_runder import med_lenke, side
from tiltak.models import (
    Bekreftelse,
    Endringsforslag,
    Foresporsel,
    Kontaktpunkt,
    Svarlenke,
)

GANGER = mengde(30, 3)
NY = "33 33 33 33"


@pytest.fixture(autouse=True)
def _flere(transactional_db, stille):
    if connection.vendor == "sqlite":
        pytest.skip("one database in memory has one writer")
    cache.clear()


@pytest.fixture
def tjenester(kommune):
    """As many as there are tries, each asked."""
    tjenester = TjenesteFactory.create_batch(GANGER, kommune=kommune)
    for tjeneste in tjenester:
        KontaktpunktFactory(tjeneste=tjeneste)
    return tjenester


@pytest.fixture
def koordinatorer(kommune):
    return [innlogget(TilgangFactory(kommune=kommune).bruker) for _nr in range(2)]


def svarer(tjeneste):
    """Two browsers in which the same link was opened."""
    klient, _lenke = med_lenke(tjeneste)
    annen = Client()
    nokkel = f"hemmelig-{Svarlenke.objects.count() - 1}"
    assert annen.post(reverse("svarlenke", args=[nokkel])).status_code == 302
    return klient, annen


def stemmer(klient, tjeneste):
    data = {"sett": klient.get(side(tjeneste)).context["sett"]}
    return lambda: klient.post(side(tjeneste, "svar_stemmer"), data).status_code


def foreslar(klient, tjeneste):
    punkt = tjeneste.kontaktpunkter.get()
    adresse = reverse(
        "tiltak:svar_kontakt", args=[tjeneste.kommune.slug, tjeneste.pk, punkt.pk]
    )
    data = innsending(klient.get(adresse), verdi=NY)
    return lambda: klient.post(adresse, data).status_code


def sier_bort(klient, tjeneste):
    punkt = tjeneste.kontaktpunkter.get()
    args = [tjeneste.kommune.slug, tjeneste.pk, punkt.pk]
    adresse = reverse("tiltak:svar_bort", args=args)
    return lambda: klient.post(adresse, {"merknad": ""}).status_code


def behandler(klient, hva, forslag):
    adresse = reverse(
        f"tiltak:forslag_{hva}", args=[forslag.tjeneste.kommune.slug, forslag.pk]
    )
    data = {"sett": merket(forslag)}
    return lambda: klient.post(adresse, data).status_code


def retter(klient, punkt):
    """Changes how it is called, on the page of the coordinator."""
    args = [punkt.tjeneste.kommune.slug, punkt.pk]
    adresse = reverse("tiltak:kontaktpunkt_endre", args=args)
    data = innsending(klient.get(adresse), verdi="44 44 44 44")
    return lambda: klient.post(adresse, data).status_code


def pa_en_gang(*gjores):
    return alle_pa_en_gang(gjores, lambda gjor, _nr: gjor())


def test_two_answers_at_once_are_one(tjenester, tell):
    for tjeneste in tjenester:
        to = svarer(tjeneste)

        svarene = pa_en_gang(*(stemmer(klient, tjeneste) for klient in to))

        assert svarene == [302, 302]
        punkt = tjeneste.kontaktpunkter.get()
        assert Bekreftelse.objects.filter(kontaktpunkt=punkt).count() == 1
        rad = Foresporsel.objects.get(tjeneste=tjeneste)
        assert rad.svar == "stemmer"
        assert Foresporsel.historikk.filter(id=rad.pk).count() == 2
    tell("pairs who said at once that all holds", GANGER)
    assert len(tjenester) == GANGER


def test_the_same_proposed_by_two_at_once_is_one(tjenester, tell):
    for tjeneste in tjenester:
        to = svarer(tjeneste)

        svarene = pa_en_gang(*(foreslar(klient, tjeneste) for klient in to))

        assert svarene == [302, 302]
        forslag = Endringsforslag.objects.get(tjeneste=tjeneste)
        assert forslag.innhold == {"verdi": NY}
    tell("pairs who proposed the same at once", GANGER)
    assert len(tjenester) == GANGER


@pytest.mark.parametrize("forslaget", [foreslar, sier_bort])
def test_what_is_proposed_while_another_says_that_all_holds_waits(
    forslaget, tjenester, tell
):
    for tjeneste in tjenester:
        en, annen = svarer(tjeneste)

        svarene = pa_en_gang(forslaget(en, tjeneste), stemmer(annen, tjeneste))

        assert svarene == [302, 302]
        assert Endringsforslag.objects.get(tjeneste=tjeneste).venter
        assert Foresporsel.objects.get(tjeneste=tjeneste).svar == "endringer"
    tell("proposals made while another said that all holds", GANGER)
    assert len(tjenester) == GANGER


@pytest.mark.parametrize("to", [("godta", "avvis"), ("godta", "godta")])
def test_of_two_who_answer_a_proposal_one_does(to, tjenester, koordinatorer, tell):
    utfall = Counter()
    for tjeneste in tjenester:
        punkt = tjeneste.kontaktpunkter.get()
        forst = punkt.verdi
        forslag = EndringsforslagFactory(tjeneste=tjeneste, kontaktpunkt=punkt)

        svarene = pa_en_gang(
            *(
                behandler(klient, hva, forslag)
                for klient, hva in zip(koordinatorer, to, strict=True)
            )
        )

        assert svarene == [302, 302]
        forslag.refresh_from_db()
        punkt.refresh_from_db()
        ventet = {"godtatt": NY, "avvist": forst}[forslag.tilstand]
        assert punkt.verdi == ventet
        # It is changed once at the most.
        assert Kontaktpunkt.historikk.filter(id=punkt.pk, verdi=NY).count() == (
            ventet == NY
        )
        assert Endringsforslag.historikk.filter(id=forslag.pk).count() == 2
        utfall[forslag.tilstand] += 1
    for tilstand, antall in sorted(utfall.items()):
        tell(
            f"proposals that two answered at once ({', '.join(to)}): {tilstand}", antall
        )
    assert utfall.total() == GANGER


def test_what_is_edited_while_it_is_accepted_is_not_lost(
    tjenester, koordinatorer, tell
):
    en, annen = koordinatorer
    utfall = Counter()
    for tjeneste in tjenester:
        punkt = tjeneste.kontaktpunkter.get()
        forslag = EndringsforslagFactory(tjeneste=tjeneste, kontaktpunkt=punkt)

        svarene = pa_en_gang(behandler(en, "godta", forslag), retter(annen, punkt))

        forslag.refresh_from_db()
        punkt.refresh_from_db()
        # Who came second is told; what was written first stands.
        if forslag.venter:
            assert svarene == [302, 302]
            assert punkt.verdi == "444 44 444"
        else:
            assert svarene == [302, 422]
            assert punkt.verdi == NY
        utfall[forslag.tilstand] += 1
    tell("proposals accepted while the contact was edited", GANGER)
    assert sum(utfall.values()) == GANGER


def test_what_is_removed_while_it_is_accepted_is_gone(tjenester, koordinatorer, tell):
    en, annen = koordinatorer
    for tjeneste in tjenester:
        punkt = tjeneste.kontaktpunkter.get()
        forslag = EndringsforslagFactory(tjeneste=tjeneste, kontaktpunkt=punkt)
        bort = EndringsforslagFactory(
            tjeneste=tjeneste, slag="bort", kontaktpunkt=punkt, innhold={}
        )

        svarene = pa_en_gang(
            behandler(en, "godta", forslag), behandler(annen, "godta", bort)
        )

        # Either it was gone, or it was another one than they had seen.
        igjen = Kontaktpunkt.objects.filter(pk=punkt.pk).exists()
        assert svarene == ([302, 302] if igjen else [404, 302])
        assert Endringsforslag.objects.filter(pk=bort.pk).exists() == igjen
    tell("proposals accepted while the contact was removed", GANGER)
    assert len(tjenester) == GANGER
