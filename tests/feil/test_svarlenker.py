"""Links by which a tjeneste answers, that do not hold: none opens the page of another, none
is an error, and all are told the same."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from slt.models import Forsok
from tests.factories import (
    AnsvarFactory,
    ForesporselFactory,
    KommuneFactory,
    KontaktpunktFactory,
    SvarlenkeFactory,
    TilbudFactory,
    TjenesteFactory,
)
from tests.feil.mengde import mengde
from tests.lest import Lest
from tiltak.models import Bekreftelse, Endringsforslag, Foresporsel, Svarlenke

NUMMER = "22 22 22 22"
TEGN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"


@pytest.fixture
def spurt(kommune):
    """Makes a tjeneste that is asked, and the key of its link: (tjeneste, link, key)."""

    def lag(i_kommune=kommune, **felter):
        tjeneste = TjenesteFactory(kommune=i_kommune, **felter)
        KontaktpunktFactory(tjeneste=tjeneste, verdi=NUMMER)
        lenke = SvarlenkeFactory.build(
            foresporsel=ForesporselFactory(tjeneste=tjeneste)
        )
        nokkel = lenke.gi_nokkel()
        lenke.save()
        return tjeneste, lenke, nokkel

    return lag


def dora(nokkel, klient=None):
    return (klient or Client()).post(reverse("svarlenke", args=[nokkel]))


def utlop(lenke):
    lenke.fra = lenke.til = timezone.localdate() - timedelta(days=1)
    lenke.save()


def legg_ned(lenke):
    tjeneste = lenke.foresporsel.tjeneste
    tjeneste.nedlagt = timezone.localdate()
    tjeneste.save()


ENDELIKT = {
    "expired": utlop,
    "revoked": lambda lenke: lenke.avslutt(),
    "of what is laid down": legg_ned,
    "of what is deleted": lambda lenke: lenke.foresporsel.delete(),
}


def endringene(nokkel, hvert_sted):
    """The key with something else at each of its places; and cut, longer, and turned."""
    for nr, tegn in enumerate(nokkel):
        i = TEGN.index(tegn)
        for skritt in range(1, hvert_sted + 1):
            annet = TEGN[(i + skritt * 7) % len(TEGN)]
            yield nokkel[:nr] + annet + nokkel[nr + 1 :]
        yield nokkel[:nr] + nokkel[nr + 1 :]
        yield nokkel[:nr] or "-"
    yield from (nokkel + "a", nokkel + " ", " " + nokkel, nokkel + "\u200b")
    yield from (nokkel.swapcase(), nokkel[::-1], nokkel * 2, nokkel + "%00")
    yield from (f"{nokkel}\x00", f"{nokkel}%2F", "æ" * 43, "a" * 2000, "..")


def test_no_altered_key_opens_anything(spurt, stille, tell):
    _tjeneste, _lenke, nokkel = spurt()
    ventet = Lest(dora("x" * 43)).tekst
    antall = 0

    for endret in endringene(nokkel, mengde(9, 1)):
        Forsok.objects.all().delete()
        for spor in (dora, lambda n: Client().get(reverse("svarlenke", args=[n]))):
            svar = spor(endret)
            assert (svar.status_code, Lest(svar).tekst) == (404, ventet), endret
        antall += 1

    assert "Lenken gjelder ikke" in ventet
    assert dora(nokkel).status_code == 302
    tell("altered keys, none of which opened anything", antall)


def test_who_guesses_is_slowed_down_and_who_has_the_link_is_not(spurt, stille):
    _tjeneste, _lenke, nokkel = spurt()

    gjettet = [dora(f"gjett{nr}").status_code for nr in range(62)]

    assert gjettet == [404] * 60 + [429] * 2
    assert dora(nokkel).status_code == 302


@pytest.mark.parametrize("hva", ENDELIKT)
def test_a_link_that_ended_opens_nothing_before_or_after_it_was_opened(
    hva, spurt, stille, tell
):
    tjeneste, lenke, nokkel = spurt()
    klient = Client()
    assert dora(nokkel, klient).status_code == 302
    adresser = adressene(tjeneste)
    ventet = Lest(Client().get(adresser[0])).tekst
    dor = Lest(dora("x" * 43)).tekst

    ENDELIKT[hva](lenke)

    for den in (Client(), klient):
        svar = dora(nokkel, den)
        assert (svar.status_code, Lest(svar).tekst) == (404, dor)
    assert ikke_inne(klient, adresser, ventet) == 2 * len(adresser)
    tell(f"pages asked for by a link {hva}", 2 * len(adresser))


def test_a_link_opens_no_page_of_another(kommune, spurt, stille, tell):
    tjeneste, _lenke, nokkel = spurt()
    andre = [spurt()[0], spurt(KommuneFactory())[0]]
    klient = Client()
    dora(nokkel, klient)
    egne = [klient.get(adresse).status_code for adresse in adressene(tjeneste)]
    assert egne == [200, 405, 200, 200, 200, 200, 405, 200, 200, 200]

    # And what hangs on another, by the address of the own one.
    mine = adressene(tjeneste, av=andre[0])[-3:] + adressene(tjeneste, av=andre[1])[-3:]
    antall = 0
    for annen in andre:
        adresser = adressene(annen)
        stranger = Lest(Client().get(adresser[0])).tekst
        antall += ikke_inne(klient, adresser, stranger)
        falske = [a.replace(annen.kommune.slug, kommune.slug) for a in adresser]
        antall += ikke_inne(klient, falske if annen != andre[0] else [], None)
    for adresse in mine:
        for svar in (klient.get(adresse), klient.post(adresse, SENDT)):
            assert svar.status_code == 404
            antall += 1

    assert Endringsforslag.objects.count() == Bekreftelse.objects.count() == 0
    assert not Foresporsel.objects.exclude(besvart=None).exists()
    tell("pages of another asked for by a link", antall)


def test_a_link_that_was_used_opens_the_page_and_what_was_answered_stands(spurt):
    tjeneste, lenke, nokkel = spurt()
    for _gang in range(2):
        for klient in (Client(), Client()):
            dora(nokkel, klient)
            sett = klient.get(adressene(tjeneste)[0]).context["sett"]
            adresse = reverse(
                "tiltak:svar_stemmer", args=[tjeneste.kommune.slug, tjeneste.pk]
            )
            assert klient.post(adresse, {"sett": sett}).status_code == 302

    assert Bekreftelse.objects.count() == 1
    lest = Foresporsel.objects.get(pk=lenke.foresporsel_id)
    assert (lest.svar, lest.hvordan) == ("stemmer", "lenke")
    # It was made, and answered once.
    assert Foresporsel.historikk.filter(id=lest.pk).count() == 2


# Whatever any of the pages takes.
SENDT = {
    "sett": "x",
    "verdi": "33 33 33 33",
    "type": "telefon",
    "tekst": "<p>Noe annet.</p>",
    "svaransvarlig": "fremmed@example.org",
    "merknad": "hei",
}
EGNE_ORD = re.compile(
    "Det du skrev, er ikke lagret Kopier det herfra hvis du trenger det. "
    f"{SENDT['tekst']} {SENDT['merknad']} {SENDT['verdi']} {SENDT['svaransvarlig']} "
)


def adressene(tjeneste, *, av=None):
    """All pages of one who answers for it; the last three are of what hangs on it, or on
    another."""
    av = av or tjeneste
    if not (ansvar := av.ansvar.first()):
        tilbud = TilbudFactory(kommune=av.kommune)
        ansvar = AnsvarFactory(tiltak=tilbud, tjeneste=av)
    punkt, args = av.kontaktpunkter.get(), [tjeneste.kommune.slug, tjeneste.pk]
    navn = ("svar", "svar_stemmer", "svar_nytt", "svar_ansvar", "svar_sporres_ikke")
    return [
        *(reverse(f"tiltak:{n}", args=args) for n in navn),
        reverse("tiltak:svar_status", args=[*args, ansvar.tiltak_id]),
        reverse("tiltak:svar_uendret", args=[*args, ansvar.tiltak_id]),
        reverse("tiltak:svar_kontakt", args=[*args, punkt.pk]),
        reverse("tiltak:svar_bort", args=[*args, punkt.pk]),
        reverse("tiltak:svar_tekst", args=[*args, ansvar.tiltak_id]),
    ]


def ikke_inne(klient, adresser, ventet):
    """Asks for all of them, in both ways: nobody is let in, all are told the same, and
    nothing is changed. Returns how many were asked for."""
    for_ = list(Svarlenke.objects.values())
    antall = 0
    for adresse in adresser:
        for svar in (klient.get(adresse), klient.post(adresse, SENDT)):
            assert svar.status_code == 404, adresse
            assert NUMMER not in Lest(svar).tekst
            # Who sent something gets it back, and nothing else.
            sagt = EGNE_ORD.sub("", Lest(svar).tekst)
            assert ventet is None or sagt == ventet, adresse
            antall += 1
    assert Endringsforslag.objects.count() == Bekreftelse.objects.count() == 0
    assert list(Svarlenke.objects.values()) == for_
    return antall
