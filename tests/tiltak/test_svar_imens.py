"""What somebody else does between the press of one who answers, or of the coordinator, and
its turn to be written."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from slt.models import Kommune
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    EndringsforslagFactory,
    KontaktpunktFactory,
    TilbudFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
)
from tests.innsending import innsending
from tests.lest import Lest
from tests.tiltak.test_endringsforslag import behandle
from tests.tiltak.test_runder import med_lenke, side
from tiltak.models import Bekreftelse, Endringsforslag, Kontaktpunkt


@pytest.fixture(autouse=True)
def _tom():
    cache.clear()


@pytest.fixture
def tjeneste(kommune):
    tjeneste = TjenesteFactory(kommune=kommune, svaransvarlig="ute@kommunen.no")
    KontaktpunktFactory(tjeneste=tjeneste, verdi="22 22 22 22")
    AnsvarFactory(tiltak=TilbudFactory(kommune=kommune), tjeneste=tjeneste)
    return tjeneste


@pytest.fixture
def imens(monkeypatch):
    """Lets something be done just before the next one gets the lock of a kommune."""

    def forst(gjor):
        rader = type(Kommune.objects.all())
        las = rader.las

        def las_etter(self, *pker):
            monkeypatch.setattr(rader, "las", las)
            gjor()
            return las(self, *pker)

        monkeypatch.setattr(rader, "las", las_etter)

    return forst


def sidene(tjeneste):
    """{page of one who answers: what it is sent}."""
    punkt, args = tjeneste.kontaktpunkter.get(), [tjeneste.kommune.slug, tjeneste.pk]
    tiltak = tjeneste.ansvar.get().tiltak_id
    return {
        "stemmer": (reverse("tiltak:svar_stemmer", args=args), {}),
        "nytt": (
            reverse("tiltak:svar_nytt", args=args),
            {"type": "telefon", "verdi": "33 33 33 33"},
        ),
        "ansvar": (reverse("tiltak:svar_ansvar", args=args), {"svaransvarlig": ""}),
        "sporres_ikke": (reverse("tiltak:svar_sporres_ikke", args=args), {}),
        "kontakt": (
            reverse("tiltak:svar_kontakt", args=[*args, punkt.pk]),
            {"verdi": "33 33 33 33"},
        ),
        "bort": (reverse("tiltak:svar_bort", args=[*args, punkt.pk]), {}),
        "tekst": (
            reverse("tiltak:svar_tekst", args=[*args, tiltak]),
            {"tekst": "<p>Nytt.</p>"},
        ),
    }


SIDER = ["stemmer", "nytt", "ansvar", "sporres_ikke", "kontakt", "bort", "tekst"]


def sender(klient, tjeneste, hva):
    """Opens a page; returns what sends it."""
    adresse, data = sidene(tjeneste)[hva]
    if hva == "stemmer":
        data = {"sett": klient.get(side(tjeneste)).context["sett"]}
    elif hva not in {"sporres_ikke"}:
        data = innsending(klient.get(adresse)) | data
    return lambda: klient.post(adresse, data)


@pytest.mark.parametrize("hva", SIDER)
@pytest.mark.parametrize("slutt", ["trukket", "nedlagt"])
def test_whose_link_ended_while_they_waited_is_told_so(hva, slutt, tjeneste, imens):
    klient, lenke = med_lenke(tjeneste)
    send = sender(klient, tjeneste, hva)

    def avslutt():
        if slutt == "trukket":
            lenke.avslutt()
        else:
            tjeneste.nedlagt = timezone.localdate()
            tjeneste.save()

    imens(avslutt)
    svar = send()

    assert svar.status_code == 404
    assert "Lenken gjelder ikke" in Lest(svar).tekst
    assert Endringsforslag.objects.count() == Bekreftelse.objects.count() == 0
    tjeneste.refresh_from_db()
    assert not tjeneste.sporres_ikke


def test_who_was_shut_out_while_they_waited_confirms_nothing(tjeneste, imens):
    bruker = TjenesteredaktorFactory(tjeneste=tjeneste).bruker
    send = sender(innlogget(bruker), tjeneste, "stemmer")

    def steng():
        bruker.is_active = False
        bruker.save()

    imens(steng)

    assert send().status_code == 404
    assert Bekreftelse.objects.count() == 0


@pytest.mark.parametrize("hva", ["kontakt", "bort"])
def test_nothing_is_proposed_of_what_was_taken_away_meanwhile(hva, tjeneste, imens):
    klient, _lenke = med_lenke(tjeneste)
    send = sender(klient, tjeneste, hva)
    imens(tjeneste.kontaktpunkter.get().delete)

    assert send().status_code == 404
    assert Endringsforslag.objects.count() == 0


@pytest.mark.parametrize("slag", ["kontakt", "bort"])
def test_what_others_wrote_meanwhile_is_not_written_over_unseen(
    slag, tjeneste, koordinator, imens
):
    punkt = tjeneste.kontaktpunkter.get()
    forslag = EndringsforslagFactory(
        tjeneste=tjeneste,
        slag=slag,
        kontaktpunkt=punkt,
        innhold={"verdi": "33 33 33 33"} if slag == "kontakt" else {},
    )

    def rett():
        rad = Kontaktpunkt.objects.get()
        rad.verdi = "444 44 444"
        rad.save()

    imens(rett)
    svar = behandle(koordinator, "godta", forslag)

    forslag.refresh_from_db()
    assert forslag.venter
    assert Kontaktpunkt.objects.get().verdi == "444 44 444"
    listen = Lest(koordinator.get(svar.url)).tekst
    assert "Noen endret det som står der" in listen
    assert "444 44 444" in listen
    # They have seen it now.
    behandle(koordinator, "godta", forslag)
    verdier = [p.verdi for p in Kontaktpunkt.objects.all()]
    assert verdier == (["33 33 33 33"] if slag == "kontakt" else [])


def test_what_was_taken_away_meanwhile_is_not_accepted(tjeneste, koordinator, imens):
    punkt = tjeneste.kontaktpunkter.get()
    forslag = EndringsforslagFactory(tjeneste=tjeneste, kontaktpunkt=punkt)
    imens(punkt.delete)

    svar = behandle(koordinator, "godta", forslag)

    assert svar.status_code == 404
    # Here, what was done meanwhile is undone together with the rest.
    assert Kontaktpunkt.objects.get().verdi == "22 22 22 22"


@pytest.mark.parametrize(("forst", "sa"), [("godta", "avvis"), ("avvis", "godta")])
def test_of_two_who_answer_a_proposal_the_first_does(
    forst, sa, tjeneste, koordinator, imens
):
    forslag = EndringsforslagFactory(
        tjeneste=tjeneste, kontaktpunkt=tjeneste.kontaktpunkter.get()
    )
    imens(lambda: behandle(koordinator, forst, forslag))

    svar = behandle(koordinator, sa, forslag)

    assert "allerede behandlet" in Lest(koordinator.get(svar.url)).tekst
    forslag.refresh_from_db()
    assert forslag.tilstand == {"godta": "godtatt", "avvis": "avvist"}[forst]
    verdi = {"godta": "33 33 33 33", "avvis": "22 22 22 22"}[forst]
    assert Kontaktpunkt.objects.get().verdi == verdi


def test_what_is_proposed_again_in_the_next_round_answers_that(tjeneste):
    svart = []
    for _runde in range(2):
        klient, lenke = med_lenke(tjeneste)
        sender(klient, tjeneste, "kontakt")()
        lenke.foresporsel.refresh_from_db()
        svart.append(lenke.foresporsel.svar)

    assert svart == ["endringer", "endringer"]
    assert Endringsforslag.objects.count() == 1
