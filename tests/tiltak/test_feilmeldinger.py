"""What readers say is wrong with how services are reached: who may say it of what, what stops
robots, what is not taken, and what becomes of it."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from slt.felles.angre import hent_tilbake, slettet_i
from slt.grunn.historikk import Dor, spor
from slt.grunn.personer import kan_nas
from slt.models import Forsok
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    FeilmeldingFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TilgangFactory,
    TjenesteFactory,
    TjenestekommuneFactory,
    TjenesteredaktorFactory,
)
from tests.innsending import innsending
from tests.lest import Lest
from tests.slt.test_admin import NUMMER
from tiltak.feilmeldinger import stempel
from tiltak.feilmeldinger.forms import FELLE
from tiltak.feilmeldinger.rydding import rydd
from tiltak.feilmeldinger.views import lesernes
from tiltak.models import Feilmelding, Kontaktpunkt

LISTEN = "/lillestrom/endre/feilmeldinger/"
TAKK = "/lillestrom/meld-feil/takk/"
SKRIPT = "<script>alert(1)</script>"
Synlighet = Kontaktpunkt.Synlighet


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


@pytest.fixture(autouse=True)
def _nobody_waits(request, monkeypatch):
    if "venter" not in request.fixturenames:
        monkeypatch.setattr(stempel, "MINST", -1)


@pytest.fixture
def venter(monkeypatch):
    """For tests in which one has to wait: longer than a busy machine takes."""
    monkeypatch.setattr(stempel, "MINST", 3600)


@pytest.fixture
def tjeneste(kommune):
    return TjenesteFactory(kommune=kommune, navn="Utekontakten", kortnavn="UTE")


@pytest.fixture
def punkt(tjeneste):
    return KontaktpunktFactory(tjeneste=tjeneste, verdi="469 34 634")


def skjemaet(punkt, kommune="lillestrom"):
    return reverse(
        "tiltak:meld_feil_kontakt", args=[kommune, punkt.tjeneste_id, punkt.pk]
    )


def om_hele(tjeneste, kommune="lillestrom"):
    return reverse("tiltak:meld_feil", args=[kommune, tjeneste.pk])


def stempelet(svar):
    return re.search('name="stempel" value="([^"]+)"', svar.text)[1]


def send(klient, adresse, **felter):
    """Opens the page and sends what stands in it."""
    sendt = {"emne": "svarer_ikke", "tekst": "", FELLE: ""}
    sendt["stempel"] = stempelet(klient.get(adresse))
    sendt |= felter
    return klient.post(adresse, {n: v for n, v in sendt.items() if v is not None})


def meldt():
    return list(Feilmelding.objects.values_list("tjeneste", "kontaktpunkt", "tekst"))


# Saying it ----------------------------------------------------------------------------


def test_anybody_says_what_is_wrong_and_is_told_whom_to_call_if_it_is_urgent(
    punkt, client
):
    vakt = KontaktpunktFactory(tjeneste=punkt.tjeneste, akutt=True)

    svar = send(client, skjemaet(punkt), emne="tid", tekst="Stenger kl. 15.")

    assert (svar.status_code, svar["Location"]) == (302, TAKK)
    melding = Feilmelding.objects.get()
    assert (melding.tjeneste, melding.kontaktpunkt) == (punkt.tjeneste, punkt)
    assert (melding.emne, melding.tekst) == ("tid", "Stenger kl. 15.")
    assert (melding.sto_der, melding.behandlet) == ("469 34 634", None)
    takk = Lest(client.get(TAKK))
    numre = [adresse for adresse, _ord in takk.lenker if adresse.startswith("tel:")]
    assert numre == ["tel:112", "tel:113", vakt.lenke, "tel:116111", "tel:116117"]
    assert dict(client.cookies) == {}


def test_the_form_asks_for_no_name_and_is_never_kept(punkt, client):
    adresse = skjemaet(punkt)

    forst, sa = client.get(adresse), client.get(adresse)

    felter = set(
        re.findall(r'<(?:input|textarea|select)[^>]* name="(\w+)"', forst.text)
    )
    assert felter - {"q"} == {"emne", "tekst", "stempel", FELLE}
    assert "no-store" in forst["Cache-Control"]
    assert stempelet(forst) != stempelet(sa)
    assert "Skriv ikke om personer" in Lest(forst).tekst
    assert forst["X-Robots-Tag"] == "noindex"


def test_a_tjeneste_has_its_own_form(tjeneste, client):
    svar = send(client, om_hele(tjeneste), emne="borte")

    assert svar.status_code == 302
    assert meldt() == [(tjeneste.pk, None, "")]


@pytest.mark.parametrize("vei", ["get", "post"])
def test_what_is_not_for_all_or_not_there_cannot_be_reported(
    vei, punkt, nabokommune, koordinator, client
):
    hos = {"tjeneste": punkt.tjeneste}
    skjulte = [
        skjemaet(KontaktpunktFactory(synlighet=s, **hos))
        for s in (Synlighet.TJENESTER, Synlighet.KOORDINATOR)
    ]
    andres = KontaktpunktFactory(tjeneste__kommune=nabokommune)
    annen = KontaktpunktFactory(tjeneste__kommune=punkt.tjeneste.kommune)
    borte = [
        skjemaet(andres),
        om_hele(andres.tjeneste),
        reverse(
            "tiltak:meld_feil_kontakt",
            args=["lillestrom", punkt.tjeneste_id, annen.pk],
        ),
        skjemaet(punkt, "lorenskog"),
        "/lillestrom/meld-feil/99999999999999999999999/",
        "/finnes-ikke/meld-feil/1/",
    ]

    svarene = [
        getattr(klient, vei)(adresse).status_code
        for klient in (client, koordinator)
        for adresse in [*skjulte, *borte]
    ]

    assert svarene == [404] * 16
    assert meldt() == []


def test_no_other_way_of_asking_does_anything(punkt, client, koordinator):
    melding = FeilmeldingFactory(tjeneste=punkt.tjeneste)

    svarene = [
        client.put(skjemaet(punkt)).status_code,
        client.post(TAKK).status_code,
        koordinator.post(LISTEN).status_code,
        koordinator.delete(f"{LISTEN}{melding.pk}/").status_code,
        koordinator.get(f"{LISTEN}{melding.pk}/angre/").status_code,
    ]

    assert svarene == [405] * 5
    assert Feilmelding.objects.apne().get() == melding


def test_only_what_all_see_has_a_way_to_the_form(punkt, koordinator, client):
    skjult = KontaktpunktFactory(
        tjeneste=punkt.tjeneste, synlighet=Synlighet.KOORDINATOR
    )
    sted = PlasseringFactory(
        innsatsomrade__plan__kommune=punkt.tjeneste.kommune, nummer=1
    )
    AnsvarFactory(tiltak=sted.tiltak, tjeneste=punkt.tjeneste)
    sider = [punkt.tjeneste.get_absolute_url(), sted.tiltak.get_absolute_url()]

    for klient in (client, koordinator):
        lenker = [{lenke for lenke, _ord in Lest(klient.get(s)).lenker} for s in sider]
        assert [skjemaet(punkt) in side for side in lenker] == [True, True]
        assert om_hele(punkt.tjeneste) in lenker[0]
        assert not any(skjemaet(skjult) in side for side in lenker)


# Robots -------------------------------------------------------------------------------


def signert(punkt, *, siden=60, nr="5" * 32):
    """A stamp of a page that was opened so many seconds ago."""
    signerer = signing.TimestampSigner(salt=stempel.SALT)
    signerer.timestamp = lambda: signing.b62_encode(
        int(timezone.now().timestamp()) - siden
    )
    return signerer.sign_object([punkt.tjeneste_id, punkt.pk, nr])


@pytest.mark.parametrize(
    ("felter", "grunn"),
    [
        ({FELLE: "https://kjop.example"}, "skal være tomt"),
        ({"stempel": None}, "stått åpen lenge"),
        ({"stempel": "[1,2]:x:y"}, "stått åpen lenge"),
        ({"stempel": "æ\0" * 5_000}, "stått åpen lenge"),
    ],
)
def test_what_no_page_sends_is_not_taken_and_may_be_sent_again(
    felter, grunn, punkt, client
):
    svar = send(client, skjemaet(punkt), tekst="Ingen tar telefonen.", **felter)

    assert svar.status_code == 422
    assert grunn in Lest(svar).tekst
    assert meldt() == []
    # A person whose browser did it presses once more.
    assert "Ingen tar telefonen." in svar.text
    assert "kjop.example" not in svar.text
    data = {"emne": "svarer_ikke", "stempel": stempelet(svar)}
    assert client.post(skjemaet(punkt), data).status_code == 302


def test_who_sends_at_once_is_asked_to_wait(punkt, client, venter, monkeypatch):
    adresse = skjemaet(punkt)

    svar = send(client, adresse)

    assert svar.status_code == 422
    assert "Det gikk litt fort" in Lest(svar).tekst
    assert meldt() == []
    # The page is the same, only older.
    monkeypatch.setattr(stempel, "MINST", -1)
    data = {"emne": "svarer_ikke", "stempel": stempelet(svar)}
    assert client.post(adresse, data).status_code == 302


@pytest.mark.parametrize(
    ("siden", "status"), [(0, 422), (2 * 3600, 302), (23 * 3600, 302), (25 * 3600, 422)]
)
def test_a_page_is_good_for_a_day(siden, status, punkt, client, venter):
    data = {"emne": "tid", "stempel": signert(punkt, siden=siden)}

    svar = client.post(skjemaet(punkt), data)

    assert svar.status_code == status
    assert len(meldt()) == (status == 302)


def test_a_stamp_is_of_what_its_page_was_about(punkt, client):
    annet = KontaktpunktFactory(tjeneste=punkt.tjeneste)

    svar = send(client, skjemaet(punkt), stempel=signert(annet))

    assert svar.status_code == 422
    assert meldt() == []


def test_what_is_sent_twice_is_one_message(punkt, client):
    adresse = skjemaet(punkt)
    data = {"emne": "tid", "tekst": "Stengt", "stempel": signert(punkt)}

    svarene = [client.post(adresse, data).status_code for _gang in range(2)]
    annet = client.post(adresse, data | {"tekst": "Stengt om fredagen"})

    assert svarene == [302, 302]
    # What was written anew on the same page is asked for once more, not lost.
    assert annet.status_code == 422
    assert "Dette er sendt" in Lest(annet).tekst
    assert [tekst for _t, _k, tekst in meldt()] == ["Stengt"]
    data |= {"tekst": "Stengt om fredagen", "stempel": stempelet(annet)}
    assert client.post(adresse, data).status_code == 302
    assert len(meldt()) == 2


def test_what_is_sent_twice_at_once_is_one_message(punkt, client, monkeypatch):
    nr, for_mange = "6" * 32, lesernes.for_mange

    def imens(*args, **kwargs):
        """The other press comes through after this one has looked for it."""
        if not Feilmelding.objects.exists():
            FeilmeldingFactory(tjeneste=punkt.tjeneste, innsending=nr)
        return for_mange(*args, **kwargs)

    skjema = lesernes.FeilmeldingForm.is_valid

    def sett_forst(self):
        gyldig = skjema(self)
        monkeypatch.setattr(lesernes, "for_mange", imens)
        return gyldig

    monkeypatch.setattr(lesernes.FeilmeldingForm, "is_valid", sett_forst)

    svar = send(client, skjemaet(punkt), stempel=signert(punkt, nr=nr))

    assert svar.status_code == 302
    assert len(meldt()) == 1


def test_one_network_sends_so_many_in_a_day(punkt, client, monkeypatch):
    monkeypatch.setattr(lesernes, "HERFRA_I_DOGNET", 2)
    adresse = skjemaet(punkt)

    svarene = [send(client, adresse) for _nr in range(3)]

    assert [svar.status_code for svar in svarene] == [302, 302, 429]
    assert "meldt mange feil i dag" in Lest(svarene[-1]).tekst
    assert len(meldt()) == 2
    # Others are not stopped by it, nor are they the next day.
    assert send(Client(REMOTE_ADDR="192.0.2.7"), adresse).status_code == 302
    i_morgen = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(lesernes.timezone, "localdate", lambda: i_morgen)
    assert send(client, adresse).status_code == 302


def test_a_kommune_gets_so_many_in_a_day(punkt, nabokommune, monkeypatch):
    monkeypatch.setattr(lesernes, "DIT_I_DOGNET", 2)
    annet = KontaktpunktFactory(tjeneste__kommune=nabokommune)
    # Whichever tjeneste of it they are about.
    hos_flere = KontaktpunktFactory(tjeneste__kommune=punkt.tjeneste.kommune)

    svarene = [
        send(Client(REMOTE_ADDR=f"192.0.2.{nr}"), skjemaet(om)).status_code
        for nr, om in enumerate((punkt, hos_flere, punkt))
    ]

    assert svarene == [302, 302, 429]
    assert send(Client(), skjemaet(annet, "lorenskog")).status_code == 302


def test_who_tries_again_and_again_waits(punkt, client, monkeypatch):
    monkeypatch.setattr(lesernes, "FORSOK_I_MINUTTET", 2)

    svarene = [
        send(client, skjemaet(punkt), emne="tull").status_code for _nr in range(3)
    ]

    assert svarene == [422, 422, 429]
    assert meldt() == []


def test_no_address_is_stored(punkt):
    send(Client(REMOTE_ADDR="192.0.2.77"), skjemaet(punkt))

    rader = [*Feilmelding.objects.values_list(), *Forsok.objects.values_list()]
    assert len(rader) == 4
    assert "192.0.2" not in str(rader)


# What is not taken --------------------------------------------------------------------


@pytest.mark.parametrize(
    "tekst",
    [
        "Ring 469 34 634",
        "46934634",
        "+47 46 93 46 34",
        "0047-46934634",
        "469.34.634 er riktig",
        "22-33-44-55",
        "22.33.44.55",
        "469 34 634",
        "４６９３４６３４",
        "skriv til kari@example.no",
        "kari@kommunen",
        "123456 78901",
    ],
)
def test_where_somebody_is_reached_is_found(tekst):
    assert kan_nas(tekst)


@pytest.mark.parametrize(
    "tekst",
    [
        "",
        "Åpent 09.00-15.00, ikke 08.00–15.30",
        "Åpent 10-15 mandag og 12–20 torsdag",
        "Stengt 24.12.2026–02.01.2027",
        "Stengt 24.12-26.12",
        "Sluttet 1.8.2025",
        "Gjaldt skoleåret 2025–2026",
        "02800 svarer ikke",
        "116 117 er legevakten",
        "Siden gir feil 404 @ kommunen",
    ],
)
def test_times_and_days_are_no_telephone_numbers(tekst):
    assert not kan_nas(tekst)


@pytest.mark.parametrize(
    ("tekst", "grunn"),
    [
        ("Ring 469 34 634 i stedet", "telefonnummer eller en e-postadresse"),
        ("Skriv til kari@example.no", "telefonnummer eller en e-postadresse"),
        (f"Gjelder {NUMMER}", "fødselsnummer"),
        ("x" * 301, "301"),
    ],
)
def test_what_says_who_somebody_is_is_not_taken(tekst, grunn, punkt, client):
    svar = send(client, skjemaet(punkt), tekst=tekst)

    assert svar.status_code == 422
    assert grunn in Lest(svar).tekst
    assert tekst in svar.text
    assert meldt() == []


@pytest.mark.parametrize(
    "felter", [{"emne": None}, {"emne": "tull"}, {"emne": "annet", "tekst": " "}]
)
def test_it_is_said_what_is_wrong(felter, punkt, client):
    svar = send(client, skjemaet(punkt), **felter)

    assert svar.status_code == 422
    assert "ds-validation-message" in svar.text
    assert meldt() == []


# What is shared -----------------------------------------------------------------------


def test_what_is_said_of_a_shared_tjeneste_goes_to_who_keeps_it(
    punkt, nabokommune, koordinator, nabo, client
):
    deling = TjenestekommuneFactory(tjeneste=punkt.tjeneste, kommune=nabokommune)
    adresse = skjemaet(punkt, "lorenskog")

    svar = send(client, adresse, tekst="Ingen svarer her.")

    assert svar["Location"] == "/lorenskog/meld-feil/takk/"
    assert "Ingen svarer her." in koordinator.get(LISTEN).text
    hos_nabo = nabo.get(LISTEN.replace("lillestrom", "lorenskog"))
    assert "Ingen meldinger venter" in Lest(hos_nabo).tekst
    assert nabo.get(f"{LISTEN}{Feilmelding.objects.get().pk}/").status_code == 404
    # It is not shared any longer.
    deling.delete()
    assert client.get(adresse).status_code == 404


# What becomes of it -------------------------------------------------------------------


def behandle(klient, melding, **felter):
    return klient.post(f"{LISTEN}{melding.pk}/", felter)


def utfallet(melding):
    melding.refresh_from_db()
    return melding.utfall, melding.svar


def test_the_coordinator_sees_it_beside_what_stands_there_now(punkt, koordinator):
    FeilmeldingFactory(
        tjeneste=punkt.tjeneste,
        kontaktpunkt=punkt,
        sto_der="469 34 634",
        tekst=f"Går til sentralbordet {SKRIPT}",
    )
    punkt.verdi = "64 99 30 00"
    punkt.save()

    svar = koordinator.get(LISTEN)

    side = Lest(svar)
    assert "Ingen svarer." in side.tekst
    assert "Går til sentralbordet" in side.tekst
    assert SKRIPT not in svar.text
    assert "Da sto det 469 34 634" in side.tekst
    assert "Endret siden meldingen kom." in side.tekst
    assert ("tel:+4764993000", "64 99 30 00") in side.lenker
    rettes = reverse("tiltak:kontaktpunkt_endre", args=["lillestrom", punkt.pk])
    rettes += "?fra=feil"
    assert rettes in {adresse for adresse, _ord in side.lenker}
    lagret = koordinator.post(rettes, innsending(koordinator.get(rettes)))
    assert lagret.url == LISTEN


def test_a_contact_point_that_is_removed_leaves_what_was_said(punkt, koordinator):
    melding = FeilmeldingFactory(
        tjeneste=punkt.tjeneste, kontaktpunkt=punkt, sto_der="469 34 634"
    )
    KontaktpunktFactory(tjeneste=punkt.tjeneste, verdi="64 99 30 00")

    with spor(Dor.SKJEMA, bruker=koordinator.bruker):
        punkt.delete()

    melding.refresh_from_db()
    assert melding.sto_der == "469 34 634"
    side = Lest(koordinator.get(LISTEN))
    assert "Kontaktpunktet er fjernet." in side.tekst
    assert "64 99 30 00" not in side.tekst
    kommune = punkt.tjeneste.kommune
    rettes = reverse("tiltak:tjeneste_endre", args=["lillestrom", punkt.tjeneste_id])
    assert f"{rettes}?fra=feil" in {adresse for adresse, _ord in side.lenker}
    # It is brought back, and is what was reported.
    [slettet] = slettet_i(kommune=kommune)
    hent_tilbake(samling=slettet.samling, kommune=kommune)
    assert "er fjernet" not in Lest(koordinator.get(LISTEN)).tekst


def test_it_is_done_with_by_a_word_and_may_be_put_back(tjeneste, koordinator):
    melding = FeilmeldingFactory(tjeneste=tjeneste)

    tomt = behandle(koordinator, melding, svar=" ", utfall="ferdig")
    nummer = behandle(koordinator, melding, svar=NUMMER, utfall="ferdig")
    assert (tomt.status_code, nummer.status_code) == (422, 422)
    assert "Skriv hva som ble gjort." in Lest(tomt).tekst
    assert utfallet(melding) == ("", "")

    svar = behandle(koordinator, melding, svar="Ringte, stemmer", utfall="ferdig")

    assert (svar.status_code, svar["Location"]) == (302, LISTEN)
    assert utfallet(melding) == ("ferdig", "Ringte, stemmer")
    assert melding.behandlet_av == koordinator.bruker
    assert "Ingen meldinger venter" in Lest(koordinator.get(LISTEN)).tekst
    behandlet = Lest(koordinator.get(f"{LISTEN}?behandlet=on")).tekst
    assert "Ferdig: Ringte, stemmer Koordinator" in behandlet

    svar = koordinator.post(f"{LISTEN}{melding.pk}/angre/")

    assert svar.status_code == 302
    assert utfallet(melding) == ("", "")
    assert (melding.behandlet, melding.behandlet_av) == (None, None)


def test_what_was_done_with_last_stands_first(tjeneste, koordinator):
    meldingene = FeilmeldingFactory.create_batch(2, tjeneste=tjeneste)
    for melding in meldingene:
        melding.behandle(utfall="lagt_bort", bruker=koordinator.bruker)

    venter = koordinator.get(LISTEN).context["page_obj"]
    behandlet = koordinator.get(f"{LISTEN}?behandlet=on").context["page_obj"]

    assert (list(venter), list(behandlet)) == ([], meldingene[::-1])


def test_it_is_set_aside_without_a_word(tjeneste, koordinator):
    melding = FeilmeldingFactory(tjeneste=tjeneste)

    behandle(koordinator, melding, svar="påbegynt", utfall="lagt_bort")

    assert utfallet(melding) == ("lagt_bort", "")


def test_of_two_coordinators_at_once_the_second_changes_nothing(
    tjeneste, koordinator, kommune
):
    melding = FeilmeldingFactory(tjeneste=tjeneste)
    annen = innlogget(TilgangFactory(kommune=kommune).bruker)
    behandle(annen, melding, svar="Rettet", utfall="ferdig")

    svar = behandle(koordinator, melding, utfall="lagt_bort")

    assert svar.status_code == 302
    assert utfallet(melding) == ("ferdig", "Rettet")
    assert melding.behandlet_av == annen.bruker


def test_nobody_else_reads_them_or_does_anything_about_them(
    tjeneste, nabo, kommune, client
):
    melding = FeilmeldingFactory(tjeneste=tjeneste)
    redaktor = innlogget(TjenesteredaktorFactory(tjeneste=tjeneste).bruker)
    politirad = innlogget(TilgangFactory(kommune=kommune, rolle="politirad").bruker)

    for klient, status in ((nabo, 404), (redaktor, 404), (politirad, 404)):
        svarene = [
            klient.get(LISTEN),
            klient.get(f"{LISTEN}{melding.pk}/"),
            behandle(klient, melding, svar="x"),
            klient.post(f"{LISTEN}{melding.pk}/angre/"),
        ]
        assert [svar.status_code for svar in svarene] == [status] * 4
    assert behandle(client, melding, svar="x")["Location"].startswith("/konto/")
    assert utfallet(melding) == ("", "")


def test_it_waits_on_the_page_where_the_coordinator_begins(
    tjeneste, nabokommune, koordinator
):
    FeilmeldingFactory.create_batch(2, tjeneste=tjeneste)
    FeilmeldingFactory(tjeneste__kommune=nabokommune)
    ferdig = FeilmeldingFactory(tjeneste=tjeneste)
    ferdig.behandle(utfall="lagt_bort", bruker=koordinator.bruker)

    flaten = Lest(koordinator.get("/lillestrom/arbeidsflate/"))

    assert (LISTEN, "2 meldinger om feil i kontaktene venter") in flaten.lenker
    Feilmelding.objects.all().delete()
    assert LISTEN not in koordinator.get("/lillestrom/arbeidsflate/").text


def test_it_is_deleted_ninety_days_after_it_was_done_with(tjeneste, koordinator):
    na = timezone.now()
    alle = FeilmeldingFactory.create_batch(4, tjeneste=tjeneste)
    for melding, dager in zip(alle, (89, 90, 400), strict=False):
        melding.behandle(utfall="ferdig", svar="Rettet", bruker=koordinator.bruker)
        melding.behandlet = na - timedelta(days=dager)
        melding.save()
    # It waits, however long ago it came.
    alle[3].mottatt = na - timedelta(days=400)
    alle[3].save()

    sagt = rydd()

    assert sagt == "Slettet 2 feilmeldinger som var ferdige."
    assert list(Feilmelding.objects.order_by("pk")) == [alle[0], alle[3]]


@pytest.mark.parametrize("vis", ["", "?behandlet=on"])
def test_the_list_costs_the_same_for_one_and_three(vis, kommune, koordinator):
    tall = []
    for _antall in (1, 3):
        while Feilmelding.objects.count() < _antall:
            punkt = KontaktpunktFactory(tjeneste__kommune=kommune)
            melding = FeilmeldingFactory(
                tjeneste=punkt.tjeneste, kontaktpunkt=punkt, sto_der=punkt.visning
            )
            if vis:
                annen = TilgangFactory(kommune=kommune).bruker
                melding.behandle(utfall="lagt_bort", bruker=annen)
        koordinator.get(LISTEN + vis)
        with CaptureQueriesContext(connection) as fanget:
            assert koordinator.get(LISTEN + vis).text.count('id="melding-') == _antall
        tall.append(len(fanget))

    assert tall[0] == tall[1]


@pytest.mark.parametrize(
    "felter",
    [
        {"utfall": "ferdig"},
        {"utfall": "ferdig", "svar": "Rettet"},
        {"svar": "Rettet"},
        {"behandlet": timezone.now()},
    ],
)
def test_what_is_done_with_was_done_by_somebody(felter, tjeneste):
    with pytest.raises(IntegrityError), transaction.atomic():
        FeilmeldingFactory(tjeneste=tjeneste, **felter)

    assert meldt() == []


def test_what_is_said_changes_nothing_that_is_kept(punkt, client):
    kommune = punkt.tjeneste.kommune
    kommune.refresh_from_db()
    versjon = kommune.versjon

    send(client, skjemaet(punkt))

    kommune.refresh_from_db()
    assert (len(meldt()), kommune.versjon) == (1, versjon)
