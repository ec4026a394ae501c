"""A tjeneste of which there is nothing to say yet stands in no list but those of who keeps
it."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from slt.felles.startsett import GRUPPER
from slt.sok.lager import LAGER
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TemaFactory,
    TilgangFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
    TjenesteTemaFactory,
)
from tiltak.models import Kontaktpunkt, Tjeneste
from tiltak.startsett.tjenester import VANLIGE

NAVN = "Foreldreskolen"
LINJEN = "før den har en kontakt for alle, en tekst dere selv har skrevet, et tiltak som er publisert"


@pytest.fixture
def tom(kommune):
    cache.clear()
    LAGER.glem()
    tjeneste = TjenesteFactory(kommune=kommune, navn=NAVN, tekst="")
    tema = TemaFactory(kommune=kommune, navn="Vold", i_hverdagen="Vold hjemme")
    TjenesteTemaFactory(tjeneste=tjeneste, tema=tema)
    # Another one, so that there is a list.
    KontaktpunktFactory(tjeneste__kommune=kommune, tjeneste__navn="Utekontakten")
    return tjeneste


def lister(kommune):
    liste = reverse("tiltak:tjeneste_list", args=[kommune.slug])
    return [
        liste,
        f"{liste}?orden=navn",
        f"{liste}?tema=vold",
        reverse("sok", args=[kommune.slug]) + "?q=foreldreskolen",
    ]


def star_i(klient, tjeneste):
    """The lists in which it stands, "hvem" and the sitemap too."""
    kommune, side = tjeneste.kommune, tjeneste.get_absolute_url()
    funnet = [adr for adr in lister(kommune) if side in klient.get(adr).text]
    svar = klient.post(
        reverse("tiltak:hvem_svar", args=[kommune.slug]),
        {"hvem": "unge", "tema": "vold"},
    )
    funnet += ["hvem"] if side in svar.text else []
    kartet = klient.get("/sitemap-tjenester.xml")
    assert kartet.status_code == 200
    return funnet + (["kartet"] if side in kartet.text else [])


def ansvar(tjeneste, *, publisert):
    plan = HandlingsplanFactory(kommune=tjeneste.kommune)
    sted = PlasseringFactory(
        tiltak__plan=plan, tiltak__publisert=publisert, innsatsomrade__plan=plan
    )
    return AnsvarFactory(tiltak=sted.tiltak, tjeneste=tjeneste)


def gi_tekst(tjeneste):
    tjeneste.tekst = "Kurs for foreldre."
    tjeneste.save()


def under(tjeneste, **felter):
    KontaktpunktFactory(
        tjeneste__kommune=tjeneste.kommune, tjeneste__overordnet=tjeneste, **felter
    )


GIR = {
    "kontakt": lambda t: KontaktpunktFactory(tjeneste=t),
    "tekst": gi_tekst,
    "tiltak": lambda t: ansvar(t, publisert=True),
    "en under": lambda t: under(t),
    "en under en under": lambda t: under(
        TjenesteFactory(kommune=t.kommune, overordnet=t, tekst="")
    ),
}


@pytest.mark.parametrize("tekst", ["", VANLIGE[0].felter["tekst"]])
def test_strangers_find_it_nowhere_but_on_its_page(tekst, tom, client):
    tom.tekst = str(tekst)
    tom.save()
    KontaktpunktFactory(tjeneste=tom, synlighet="koordinator")
    ansvar(tom, publisert=False)
    TjenesteFactory(kommune=tom.kommune, overordnet=tom, tekst="")
    under(tom, tjeneste__nedlagt="2020-01-01")

    assert star_i(client, tom) == []
    siden = client.get(tom.get_absolute_url())
    assert siden.status_code == 200
    assert LINJEN not in siden.text


@pytest.mark.parametrize("hva", GIR)
def test_with_something_to_say_it_stands_everywhere_at_once(hva, tom, client):
    star_i(client, tom)  # kept now

    GIR[hva](tom)

    assert star_i(client, tom) == [*lister(tom.kommune), "hvem", "kartet"]


@pytest.mark.parametrize("malform", ["nb", "nn"])
def test_what_the_starter_set_says_of_it_is_nothing_to_say(malform, kommune, client):
    [vanlige] = [g for g in GRUPPER if g.nokkel == "tjenester"]
    [landet] = [g for g in GRUPPER if g.nokkel == "landet"]
    with override(malform):
        vanlige.ta(kommune, {t.nokkel for t in vanlige.ting})
        landet.ta(kommune, {t.nokkel for t in landet.ting})
    liste = reverse("tiltak:tjeneste_list", args=[kommune.slug])

    def star():
        cache.clear()
        return {t.pk for t in client.get(liste).context["object_list"]}

    landets = set(Kontaktpunkt.objects.values_list("tjeneste", flat=True))
    assert star() == landets != set()
    Kontaktpunkt.objects.all().delete()
    assert star() == set()
    skrevet = Tjeneste.objects.exclude(pk__in=landets).first()
    skrevet.tekst += " Vi holder til på rådhuset."
    skrevet.save()
    assert star() == {skrevet.pk}


def test_who_keeps_it_finds_it_and_is_told(tom, koordinator):
    redaktor = innlogget(TjenesteredaktorFactory(tjeneste=tom).bruker)

    for klient in (koordinator, redaktor):
        assert star_i(klient, tom) == [*lister(tom.kommune), "hvem"]
    assert LINJEN in koordinator.get(lister(tom.kommune)[0]).text
    for klient in (koordinator, redaktor):
        assert LINJEN in klient.get(tom.get_absolute_url()).text
    gi_tekst(tom)
    assert LINJEN not in koordinator.get(lister(tom.kommune)[0]).text


def test_others_who_coordinate_and_own_staff_do_not(tom, nabo):
    ansatt = innlogget(TilgangFactory(kommune=tom.kommune, rolle="ansatt").bruker)

    assert star_i(nabo, tom) == star_i(ansatt, tom) == []

    KontaktpunktFactory(tjeneste=tom, synlighet="tjenester")
    assert star_i(nabo, tom) == []
    assert star_i(ansatt, tom) == [*lister(tom.kommune), "hvem"]


def test_one_below_for_staff_shows_it_to_staff(tom, client):
    ansatt = innlogget(TilgangFactory(kommune=tom.kommune, rolle="ansatt").bruker)
    under(tom, tjeneste__tekst="", synlighet="tjenester")

    assert star_i(client, tom) == []
    assert star_i(ansatt, tom) == [*lister(tom.kommune), "hvem"]


def test_a_kommune_of_nothing_but_these_offers_no_list(kommune, client):
    TjenesteFactory(kommune=kommune, navn=NAVN, tekst="")
    liste = reverse("tiltak:tjeneste_list", args=[kommune.slug])

    assert f'href="{liste}"' not in client.get(f"/{kommune.slug}/").text


def test_queries_do_not_grow(tom, koordinator):
    def sporringer():
        antall = []
        for adresse in lister(tom.kommune):
            cache.clear()
            LAGER.glem()
            with CaptureQueriesContext(connection) as sett:
                koordinator.get(adresse)
            antall.append(len(sett))
        return antall

    sporringer()
    en = sporringer()
    for nr in range(2):
        TjenesteFactory(kommune=tom.kommune, navn=f"Tom {nr}", tekst="")

    assert sporringer() == en
