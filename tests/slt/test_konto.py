"""Logging in, passwords and one's own page: limits, mail, and what is taken along."""

import json
import re
import socket
import threading
from smtplib import SMTPRecipientsRefused

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.core.checks import run_checks
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from slt.felles import epost
from slt.felles.bremse import forsok
from slt.models import Bruker, Forsok, Utsending
from tests.conftest import innlogget, vent_pa_epost
from tests.factories import BrukerFactory, TilgangFactory
from tests.lest import Lest

PASSORD = "hest batteri stift"
LOGG_INN = "/konto/logg-inn/"
GLEMT = "/konto/glemt/"


@pytest.fixture
def bruker(kommune):
    bruker = TilgangFactory(kommune=kommune, bruker__epost="ola@example.org").bruker
    bruker.set_password(PASSORD)
    bruker.save()
    return bruker


def logg_inn(client, passord=PASSORD, epost="ola@example.org", **valg):
    return client.post(LOGG_INN, {"username": epost, "password": passord}, **valg)


def be_om_lenke(client, data, **valg):
    svar = client.post(GLEMT, data, **valg)
    vent_pa_epost()
    return svar


# Logging in ---------------------------------------------------------------------------


def test_one_logs_in_with_an_address_in_whatever_case(bruker, client):
    assert logg_inn(client, epost="Ola@Example.ORG")["Location"] == "/konto/inn/"


def test_two_users_cannot_have_one_address(bruker):
    annen = Bruker(epost="OLA@example.org")

    with pytest.raises(Exception, match="allerede en bruker"):
        annen.full_clean()


def test_guessing_a_password_is_slowed_and_the_right_one_waits_too(bruker, client):
    svarene = [logg_inn(client, "feil").text for _gang in range(11)]

    assert ["For mange" in svar for svar in svarene] == [False] * 10 + [True]
    assert "For mange forsøk" in logg_inn(client).text
    # Nobody is shut out by what somebody does elsewhere.
    annet_sted = logg_inn(Client(REMOTE_ADDR="192.0.2.7"))
    assert annet_sted.status_code == 302


def test_logging_in_rightly_is_no_try(bruker):
    for _gang in range(12):
        assert logg_inn(Client()).status_code == 302


def test_the_limit_lapses(bruker, client):
    for _gang in range(11):
        logg_inn(client, "feil")
    Forsok.objects.update(utloper=timezone.now())

    assert logg_inn(client).status_code == 302


def test_the_counts_say_nothing_of_whom_they_are_about(bruker, client):
    logg_inn(client, "feil")

    assert Forsok.objects.count() == 3
    assert [
        t for t in Forsok.objects.all() if not re.fullmatch("[0-9a-f]{64}", t.nokkel)
    ] == []
    assert forsok("innlogging", "ola@example.org") == 1


def test_behind_a_proxy_it_is_the_proxys_word_that_counts(bruker, settings):
    """What a stranger writes in the header before the proxy adds to it, does not."""
    settings.PROXYER = 1
    for n in range(11):
        svar = logg_inn(
            Client(), "feil", headers={"X-Forwarded-For": f"10.0.0.{n}, 192.0.2.1"}
        )

    assert "For mange" in svar.text


@pytest.mark.parametrize(
    "skrevet",
    [
        "1.2.3.4:{n}",
        "::ffff:1.2.3.4",
        "[::ffff:1.2.3.4]:{n}",
        "[2001:db8::{n}]:{n}",
        "2001:db8:0:0:{n}::1",
        "tull{n}",
    ],
)
def test_a_sender_is_one_however_the_proxy_writes_them(
    skrevet, bruker, client, settings
):
    settings.PROXYER = 1
    for n in range(10, 21):
        adresse = {"X-Forwarded-For": skrevet.format(n=n)}
        svar = logg_inn(client, "feil", headers=adresse)

    assert "For mange" in svar.text
    annen = logg_inn(client, headers={"X-Forwarded-For": "::ffff:5.6.7.8"})
    assert annen.status_code == 302


@pytest.mark.parametrize(
    "neste", ["https://ond.example/", "//ond.example/", "/\\ond.example"]
)
def test_logging_in_leads_nowhere_else(neste, bruker, client):
    svar = client.post(
        LOGG_INN, {"username": bruker.epost, "password": PASSORD, "next": neste}
    )

    assert (svar.status_code, svar["Location"]) == (302, "/konto/inn/")


@pytest.mark.parametrize(
    ("neste", "hit"),
    [
        ("/konto/passord/", "/konto/passord/"),
        ("/lillestrom/tilganger/?a=b", "/lillestrom/tilganger/?a=b"),
        ("/admin/tiltak/tiltak/add/", "/admin/tiltak/tiltak/add/"),
        ("/finnes/ikke/", "/finnes/ikke/"),
    ],
)
def test_logging_in_leads_on(neste, hit, bruker, client):
    data = {"username": bruker.epost, "password": PASSORD, "next": neste}

    assert client.post(LOGG_INN, data)["Location"] == hit
    # Who is logged in already is led on at once.
    assert client.get(LOGG_INN, {"next": neste})["Location"] == hit


def test_who_was_logged_out_before_pressing_a_button_comes_to_a_page(bruker, client):
    hit = client.post("/konto/se-som/", {"kommune": "lillestrom", "hva": "publikum"})
    skjema = {"username": bruker.epost, "password": PASSORD}

    svar = client.post(hit["Location"], skjema, follow=True)

    assert svar.status_code == 200
    assert svar.redirect_chain == [
        ("/konto/inn/", 302),
        ("/lillestrom/start/", 302),
    ]


@pytest.mark.parametrize(
    ("fra", "hit"),
    [
        ("http://testserver/konto/passord/?a=b", "?next=/konto/passord/%3Fa%3Db"),
        ("https://ond.example/konto/", ""),
        ("//ond.example/konto/", ""),
        ("javascript:alert(1)", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_what_was_sent_without_log_in_leads_back_to_the_page_it_came_from(
    fra, hit, db, client
):
    svar = client.post("/konto/se-som/", headers={"referer": fra})

    assert (svar.status_code, svar["Location"]) == (302, f"/konto/logg-inn/{hit}")


def test_who_is_closed_out_does_not_get_in(bruker, client):
    bruker.is_active = False
    bruker.save()

    assert logg_inn(client).status_code == 200
    assert client.get("/konto/").status_code == 302


def test_the_log_says_who_got_in_by_number_and_who_did_not_not_at_all(
    bruker, client, caplog
):
    caplog.set_level("INFO", "slt.sikkerhet")
    logg_inn(client, "feil")
    logg_inn(client)

    linjer = [r.getMessage() for r in caplog.records if r.name == "slt.sikkerhet"]
    assert linjer == ["log-in failed", f"log-in of user {bruker.pk}"]


# Forgotten ----------------------------------------------------------------------------


@pytest.mark.parametrize("har_passord", [True, False])
def test_who_forgot_or_never_had_a_password_gets_a_link(har_passord, bruker, client):
    if not har_passord:
        bruker.set_unusable_password()
        bruker.save()

    svar = be_om_lenke(client, {"email": "OLA@example.org"})

    assert (svar.status_code, svar["Location"]) == (302, "/konto/glemt/sendt/")
    [melding] = mail.outbox
    assert (melding.to, melding.subject) == (["ola@example.org"], "Nytt passord")
    lenke = re.search(r"http://testserver(/konto/nytt-passord/\S+)", melding.body)[1]
    side = client.get(lenke, follow=True).redirect_chain[-1][0]
    client.post(side, {"new_password1": PASSORD * 2, "new_password2": PASSORD * 2})
    assert logg_inn(Client(), PASSORD * 2).status_code == 302


def test_nobody_learns_who_has_a_user(bruker, client):
    ukjent = be_om_lenke(client, {"email": "ukjent@example.org"})
    kjent = be_om_lenke(client, {"email": bruker.epost})

    assert (ukjent.status_code, ukjent["Location"]) == (
        kjent.status_code,
        kjent["Location"],
    )
    assert [melding.to for melding in mail.outbox] == [[bruker.epost]]


def test_who_is_closed_out_gets_no_link(bruker, client):
    bruker.is_active = False
    bruker.save()

    svar = client.post("/konto/glemt/", {"email": bruker.epost})

    assert (svar.status_code, svar["Location"]) == (302, "/konto/glemt/sendt/")
    assert mail.outbox == []


def test_a_mailbox_is_not_filled(bruker, client):
    for _gang in range(12):
        svar = be_om_lenke(client, {"email": bruker.epost})

    assert "For mange" in svar.text
    assert len(mail.outbox) == 10


def test_the_admin_has_no_second_door_for_passwords(bruker):
    klient = innlogget(bruker)
    ny = {"new_password1": PASSORD * 2, "new_password2": PASSORD * 2}

    svar = klient.post("/admin/password_change/", ny | {"old_password": PASSORD})

    assert (svar.status_code, svar["Location"]) == (302, "/konto/passord/")
    assert klient.get("/admin/password_change/done/").status_code == 404
    bruker.refresh_from_db()
    assert bruker.check_password(PASSORD)
    assert 'href="/admin/password_change/"' in klient.get("/admin/").text


def test_the_admin_has_no_second_door_for_logging_in(bruker, client):
    """It takes no password: it leads to the page that counts the tries."""
    data = {"username": bruker.epost, "password": PASSORD, "next": "/admin/"}

    svar = client.post("/admin/login/", data)

    assert svar["Location"].startswith(LOGG_INN)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("passord", ["kort", "123456789012", "ola@example.org"])
def test_a_weak_password_is_refused(passord, bruker, client):
    klient = innlogget(bruker)

    svar = klient.post(
        "/konto/passord/",
        {"old_password": PASSORD, "new_password1": passord, "new_password2": passord},
    )

    assert svar.status_code == 200
    bruker.refresh_from_db()
    assert bruker.check_password(PASSORD)


def test_a_changed_password_is_said_and_ends_the_other_sessions(bruker):
    klient, annen = innlogget(bruker), innlogget(bruker)
    data = {"new_password1": PASSORD * 2, "new_password2": PASSORD * 2}

    svar = klient.post("/konto/passord/", data | {"old_password": PASSORD}, follow=True)

    assert svar.redirect_chain == [("/konto/", 302)]
    assert "Passordet er byttet." in Lest(svar).tekst
    assert klient.get("/konto/").status_code == 200
    assert annen.get("/konto/").status_code == 302
    bruker.refresh_from_db()
    assert bruker.check_password(PASSORD * 2)


def test_guessing_at_the_old_password_is_slowed(bruker):
    klient = innlogget(bruker)
    data = {"new_password1": PASSORD * 2, "new_password2": PASSORD * 2}
    for _gang in range(10):
        klient.post("/konto/passord/", data | {"old_password": "feil"})

    svar = klient.post("/konto/passord/", data | {"old_password": PASSORD})

    assert "For mange" in svar.text
    bruker.refresh_from_db()
    assert bruker.check_password(PASSORD)


def test_a_subscriber_of_ipv6_is_one_place(bruker):
    for n in range(101):
        svar = logg_inn(
            Client(REMOTE_ADDR=f"2001:db8::{n:x}"), "feil", f"u{n}@example.org"
        )

    assert "For mange" in svar.text
    assert logg_inn(Client(REMOTE_ADDR="2001:db8:1::1")).status_code == 302


def test_mail_leads_to_the_sites_own_address(bruker, client, settings):
    settings.SITE_URL = "https://slt.example"
    be_om_lenke(client, {"email": bruker.epost}, headers={"host": "localhost:6666"})

    assert "https://slt.example/konto/nytt-passord/" in mail.outbox[0].body
    assert "6666" not in mail.outbox[0].body


def test_without_an_address_of_its_own_mail_takes_no_port_from_whoever_asks(
    bruker, client, settings
):
    settings.ALLOWED_HOSTS = ["slt.example"]
    be_om_lenke(client, {"email": bruker.epost}, headers={"host": "slt.example:6666"})

    assert "http://slt.example/konto/nytt-passord/" in mail.outbox[0].body


def test_in_development_mail_leads_to_the_port_that_one_uses(bruker, client, settings):
    settings.DEBUG = True
    be_om_lenke(client, {"email": bruker.epost}, headers={"host": "localhost:8001"})

    assert "http://localhost:8001/konto/nytt-passord/" in mail.outbox[0].body


@pytest.mark.parametrize(("adresse", "ventet"), [("", 1), ("https://slt.example", 0)])
def test_the_check_of_production_asks_for_the_sites_address(adresse, ventet, settings):
    settings.SITE_URL = adresse

    funn = [f for f in run_checks(include_deployment_checks=True) if f.id == "slt.W003"]

    assert len(funn) == ventet
    assert "slt.W003" not in {f.id for f in run_checks()}


@pytest.mark.parametrize(
    "skrevet",
    ["OLA@example.org", "ola@\uff45xample.org", " ola@example.org"],
)
def test_each_way_to_write_an_address_counts_with_the_others(skrevet, bruker):
    egen = "ola@example.org"
    for _gang in range(5):
        logg_inn(Client(), "feil", egen)
        logg_inn(Client(), "feil", skrevet)

    assert "For mange" in logg_inn(Client(), epost=egen).text
    assert "For mange" in logg_inn(Client(), epost=skrevet).text


class TregTjener(BaseEmailBackend):
    """A mail server that takes nothing until it is let."""

    slipp = threading.Event()

    def send_messages(self, email_messages):
        self.slipp.wait(60)
        raise SMTPRecipientsRefused({email_messages[0].to[0]: (550, b"unknown")})


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("ekte_trader")
def test_how_long_the_answer_takes_does_not_tell_who_has_a_user(
    bruker, client, settings, caplog, django_assert_num_queries
):
    """With and without a user the same is asked of the database, nothing is made and
    nobody waits for the mail server."""
    settings.EMAIL_BACKEND = f"{__name__}.TregTjener"
    TregTjener.slipp.clear()
    trader = []
    try:
        with CaptureQueriesContext(connection) as ukjent:
            # From elsewhere, as each place is counted apart.
            annet_sted = Client(REMOTE_ADDR="192.0.2.7")
            annet_sted.post(GLEMT, {"email": "ukjent@example.org"})
        with django_assert_num_queries(len(ukjent)):
            svar = client.post(GLEMT, {"email": bruker.epost})
        trader = [t for t in threading.enumerate() if t.name == epost.TRAD]
    finally:
        TregTjener.slipp.set()
        vent_pa_epost()

    assert (svar.status_code, len(trader)) == (302, 1)
    linjer = [r.getMessage() for r in caplog.records if r.name == "slt.felles.epost"]
    rad = Utsending.objects.get()
    assert linjer == [f"mail {rad.pk} was not sent: avvist"]
    assert (rad.grunn, rad.svar, rad.tekst) == ("avslatt", "550", "")
    assert "ola@" not in caplog.text


@pytest.mark.parametrize("adresse", ["ola@example.org", "ukjent@example.org"])
def test_what_makes_the_mail_is_not_done_in_the_request(
    adresse, bruker, client, monkeypatch
):
    gjort = []
    monkeypatch.setattr("slt.konto.forms.ved_siden", gjort.append)
    monkeypatch.setattr("slt.konto.forms.send", pytest.fail)
    monkeypatch.setattr(
        "django.contrib.auth.tokens.PasswordResetTokenGenerator.make_token", pytest.fail
    )

    assert client.post(GLEMT, {"email": adresse}).status_code == 302
    assert len(gjort) == 1


def test_what_goes_wrong_beside_a_request_is_told_without_whom(caplog):
    def arbeid():
        raise ValueError("ola@example.org")

    epost.ved_siden(arbeid)
    vent_pa_epost()

    assert [r.getMessage() for r in caplog.records] == ["mail was not sent: ValueError"]
    assert "ola@" not in caplog.text


class Postkasse:
    """Keeps what a mail server is handed."""

    def __init__(self):
        self.meldinger = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.meldinger.append(envelope)
        return "250 OK"


def test_mail_goes_through_a_real_server(bruker, client, settings):
    postkasse = Postkasse()
    with socket.create_server(("127.0.0.1", 0)) as ledig:
        port = ledig.getsockname()[1]
    tjener = Controller(postkasse, hostname="127.0.0.1", port=port)
    tjener.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        be_om_lenke(client, {"email": bruker.epost})
    finally:
        tjener.stop()

    [brev] = postkasse.meldinger
    assert brev.rcpt_tos == ["ola@example.org"]
    # The link lies there no longer than until it went.
    rad = Utsending.objects.get()
    assert (rad.tilstand, rad.tekst, rad.html) == ("sendt", "", "")
    tekst = brev.content.decode()
    assert "Subject: Nytt passord" in tekst
    assert "/konto/nytt-passord/" in tekst


# One's own page -----------------------------------------------------------------------


def test_ones_own_page_says_what_one_may(bruker, kommune):
    TilgangFactory(bruker=bruker, kommune=kommune, rolle="politirad")

    side = innlogget(bruker).get("/konto/").text

    assert "SLT-koordinator" in side
    assert "medlem av politirådet" in side
    assert "som publikum" in side


def test_one_gives_ones_name_and_nobody_elses(bruker):
    klient = innlogget(bruker)

    svar = klient.post("/konto/", {"navn": "Koordinatoren", "epost": "ny@example.org"})

    assert svar.status_code == 302
    bruker.refresh_from_db()
    assert (bruker.navn, bruker.epost) == ("Koordinatoren", "ola@example.org")
    assert klient.post("/konto/", {"navn": "13097248022"}).status_code == 422


def test_one_takes_along_what_is_stored_about_oneself(bruker, kommune):
    klient = innlogget(bruker)
    klient.post("/konto/", {"navn": "Koordinatoren"})
    TilgangFactory(kommune=kommune, bruker=BrukerFactory(epost="annen@example.org"))

    svar = klient.get("/konto/mine-opplysninger.json")

    assert (
        svar["Content-Disposition"] == 'attachment; filename="mine-opplysninger.json"'
    )
    data = json.loads(svar.text)
    assert data["bruker"]["e-post"] == "ola@example.org"
    assert len(data["knyttet til deg nå"]["tilganger"]) == 1
    assert [rad["hva"] for rad in data["endringer du har gjort"]] == ["bruker"]
    assert "annen@example.org" not in svar.text
    assert bruker.password not in svar.text


def test_a_link_that_was_sent_before_a_user_was_closed_opens_nothing(bruker, client):
    be_om_lenke(client, {"email": bruker.epost})
    lenke = re.search(r"/konto/nytt-passord/\S+", mail.outbox[0].body)[0]
    bruker.is_active = False
    bruker.save()

    svar = client.get(lenke, follow=True)

    assert svar.status_code == 200
    assert 'name="new_password1"' not in svar.text
    assert "_auth_user_id" not in client.session
