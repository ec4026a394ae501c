"""What the server tells the script that keeps what is typed: the user's own key, and what
was saved. The rest is in tests/nettleser/test_kladd.py."""

import io
import re

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from slt.felles.personlig import KLADDER_LAGRET, kladdmerket
from tests.conftest import innlogget
from tests.factories import (
    BrukerFactory,
    HandlingsplanFactory,
    InnspillFactory,
    KapittelFactory,
    TilgangFactory,
    TjenesteFactory,
)

MERKE = "AbCdEfGhIjKlMnOpQrStUv"


def skriptet(svar):
    """{name: value} of what the scripts are given on the page, or None where they are not."""
    funnet = re.findall(r"<script src=\"[^\"]*slt/kladd[^>]*>", svar.text)
    return dict(re.findall(r'data-(\w+)="([^"]*)"', "".join(funnet))) or None


def nokkelen(klient, adresse="/konto/"):
    return skriptet(klient.get(adresse))["nokkel"]


def test_each_user_has_a_key_that_lasts(kommune, koordinator):
    annen = innlogget(TilgangFactory(kommune=kommune).bruker)
    igjen = innlogget(koordinator.bruker)

    nokler = [nokkelen(klient) for klient in (koordinator, annen, igjen)]

    assert all(re.fullmatch("[0-9a-f]{64}", nokkel) for nokkel in nokler)
    assert nokler[0] == nokler[2] != nokler[1]
    assert nokkelen(koordinator, reverse("admin:index")) == nokler[0]


def test_strangers_get_neither_key_nor_script(kommune, client):
    assert skriptet(client.get("/lillestrom/personvern/")) is None
    assert skriptet(client.get(reverse("konto:logg_inn"))) is None


def test_who_comes_by_a_link_gets_the_script_without_a_key(kommune, client):
    """It warns them before they leave what they typed."""
    okt = client.session
    okt["en lenke"] = True
    okt.save()

    svar = skriptet(client.get("/lillestrom/personvern/"))

    assert (svar["nokkel"], svar["okt"], svar["lagret"]) == ("", "", "")


def test_no_page_that_is_kept_has_the_key(kommune, koordinator):
    cache.clear()
    adresser = [
        "/lillestrom/personvern/",
        "/lillestrom/tjenester/",
        HandlingsplanFactory(kommune=kommune).get_absolute_url(),
    ]
    vist = [nokkelen(koordinator, adresse) for adresse in adresser]

    bevart = repr(cache._cache)

    assert len(cache._cache) >= len(adresser)
    assert len(set(vist)) == 1
    assert not any(nokkel in bevart for nokkel in vist)
    # And who has the same rights gets the page with a key of their own.
    annen = innlogget(TilgangFactory(kommune=kommune).bruker)
    assert nokkelen(annen, adresser[0]) not in vist


def test_a_page_as_others_see_it_has_no_key(kommune, koordinator):
    koordinator.post(
        reverse("konto:se_som"), {"kommune": kommune.slug, "hva": "publikum"}
    )

    svar = skriptet(koordinator.get("/lillestrom/personvern/"))

    assert svar["nokkel"] == svar["lagret"] == ""


def send(klient, adresse, data, **mer):
    return klient.post(adresse, data | {"_kladd": MERKE}, **mer)


def lagrede(klient):
    return skriptet(klient.get("/konto/"))["lagret"].split()


def test_what_was_saved_is_told_with_the_next_page(koordinator):
    svar = send(koordinator, "/konto/", {"navn": "Et annet navn"})

    assert (svar.status_code, svar["Kladd-Lagret"]) == (302, MERKE)
    assert lagrede(koordinator) == [MERKE]
    koordinator.bruker.refresh_from_db()
    assert koordinator.bruker.navn == "Et annet navn"


def test_what_was_refused_is_not_told(koordinator):
    svar = send(koordinator, "/konto/", {"navn": "x" * 5000})

    assert svar.status_code == 422
    assert "Kladd-Lagret" not in svar
    # But which one it was, so that it is known again.
    assert skriptet(svar) | {"lagret": "", "sendt": MERKE} == skriptet(svar)
    assert lagrede(koordinator) == []


def test_what_met_the_page_for_logging_in_is_not_told(kommune):
    svar = send(Client(), "/konto/", {"navn": "Et annet navn"})

    assert svar.status_code == 302
    assert "Kladd-Lagret" not in svar


def test_a_stranger_has_nothing_that_is_told(kommune, client):
    svar = send(client, reverse("konto:glemt"), {"email": "noen@example.org"})

    assert svar.status_code == 302
    assert "Kladd-Lagret" not in svar
    assert KLADDER_LAGRET not in client.session


@pytest.mark.parametrize("merke", ["", "kort", "<script>", "x" * 50, "a b" * 10])
def test_a_mark_of_another_kind_is_none(merke, koordinator):
    svar = koordinator.post("/konto/", {"navn": "Et annet navn", "_kladd": merke})

    assert svar.status_code == 302
    assert "Kladd-Lagret" not in svar
    assert KLADDER_LAGRET not in koordinator.session


def test_what_cannot_be_read_has_no_mark():
    class Avbrutt(io.BytesIO):
        def read(self, *args):
            raise OSError("the browser went away")

    kropp = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": 9}
    foresporsel = RequestFactory().post("/konto/", **kropp)
    foresporsel._stream = Avbrutt()

    assert kladdmerket(foresporsel) == ""


def test_so_many_are_remembered(koordinator):
    for nr in range(25):
        koordinator.post("/konto/", {"navn": "Navn", "_kladd": f"{MERKE}{nr:02}"})

    assert lagrede(koordinator) == [f"{MERKE}{nr:02}" for nr in range(5, 25)]


def test_a_form_that_is_drawn_anew_in_place_is_not_saved(kommune, koordinator):
    kapittel = KapittelFactory(plan=HandlingsplanFactory(kommune=kommune))
    adresse = reverse("tiltak:kapittel_endre", args=["lillestrom", kapittel.pk])
    i_siden = {"HX-Request": "true"}
    data = {"tittel": "Bakgrunn", "tekst": "<p>Slik er det.</p>"}
    skjema = koordinator.get(adresse).context["skjema"]
    data |= {"sett": skjema.hoved["sett"].value()}

    tegnet = send(koordinator, adresse, data | {"_tegn_om": "1"}, headers=i_siden)
    lagret = send(koordinator, adresse, data, headers=i_siden)

    assert tegnet.status_code == 200
    assert "Kladd-Lagret" not in tegnet
    assert lagret["Kladd-Lagret"] == MERKE


def test_the_window_that_the_admin_opens_tells_too(kommune, koordinator):
    svar = send(
        koordinator,
        reverse("admin:tiltak_tema_add") + "?_popup=1",
        {
            "navn": "Rus",
            "sokeord": "",
            "_popup": "1",
            "tjenestevalg-TOTAL_FORMS": "0",
            "tjenestevalg-INITIAL_FORMS": "0",
        },
    )

    assert svar.status_code == 200
    assert svar["Kladd-Lagret"] == MERKE


def test_pressed_twice_is_still_put_in_once(kommune, koordinator):
    """The mark says nothing of the content."""
    adresse = reverse("tiltak:tjeneste_ny", args=["lillestrom"])
    sett = koordinator.get(adresse).context["skjema"].hoved["sett"].value()
    data = {
        "navn": "Utekontakten",
        "type": "kommunal",
        "sett": sett,
        "kontaktpunkter-TOTAL_FORMS": "0",
        "kontaktpunkter-INITIAL_FORMS": "0",
        "malgrupper-TOTAL_FORMS": "0",
        "malgrupper-INITIAL_FORMS": "0",
    }

    svar = [
        koordinator.post(adresse, data | {"_kladd": f"{MERKE}{nr}"}) for nr in (1, 2)
    ]

    assert [s.status_code for s in svar] == [302, 302]
    assert kommune.tjenester.count() == 1


def test_a_form_with_an_old_token_leads_back(kommune, koordinator):
    streng = Client(enforce_csrf_checks=True)
    streng.force_login(koordinator.bruker)

    svar = streng.post(
        "/konto/",
        {"navn": "Et annet navn", "_kladd": MERKE},
        headers={"Referer": "http://testserver/konto/?fra=her"},
    )
    fremmed = streng.post("/konto/", headers={"Referer": "https://ond.example/x"})

    assert svar.status_code == 403
    assert 'href="/konto/?fra=her"' in svar.text
    assert "Ingenting er lagret" in svar.text
    assert "Kladd-Lagret" not in svar
    assert skriptet(svar)["nokkel"] == nokkelen(koordinator)
    assert "ond.example" not in fremmed.text
    koordinator.bruker.refresh_from_db()
    assert koordinator.bruker.navn == "Koordinator"


@pytest.mark.parametrize("sti", ["//ond.example/x", "///ond.example/x", "/%5C/x?y=//z"])
def test_the_way_back_leads_to_no_other_site(kommune, koordinator, client, sti):
    streng = Client(enforce_csrf_checks=True)
    streng.force_login(koordinator.bruker)
    fra = {"Referer": f"http://testserver{sti}"}

    svar = streng.post("/konto/", headers=fra)
    utlogget = client.post("/konto/", headers=fra)

    tilbake = re.search('ds-button" href="([^"]*)"', svar.text)[1]
    assert re.match(r"/[^/\\]", tilbake)
    assert "next=//" not in utlogget["Location"]


def test_forms_about_people_say_so(kommune, koordinator, administrator):
    plan = HandlingsplanFactory(kommune=kommune, status="utkast")
    InnspillFactory(plan=plan)
    bruker = BrukerFactory()
    TjenesteFactory(kommune=kommune)

    def fortrolig(klient, adresse):
        return "data-kladd-fortrolig" in klient.get(adresse).text

    i_planen = ["lillestrom", plan.slug]
    assert fortrolig(koordinator, reverse("tilganger", args=["lillestrom"]))
    assert fortrolig(koordinator, reverse("moter:lesere", args=i_planen))
    assert fortrolig(koordinator, reverse("tiltak:innspill_list", args=i_planen))
    assert fortrolig(koordinator, reverse("tiltak:innspill_for_inn", args=i_planen))
    assert fortrolig(
        administrator, reverse("admin:slt_bruker_change", args=[bruker.pk])
    )
    assert not fortrolig(
        koordinator, reverse("tiltak:tjeneste_ny", args=["lillestrom"])
    )
