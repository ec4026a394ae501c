"""The outbox: what a mail server answers, what is uncertain, and who sees it."""

import asyncio
import os
import re
import signal
import time
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import get_language

from slt.felles import posttjener, samlebrev
from slt.felles.anonymisering import anonymiser
from slt.felles.arbeidsflate import Linje
from slt.felles.innsyn import innsyn
from slt.felles.samlebrev import Brevdel, Mottaker, legg_samlebrev
from slt.felles.utsending import (
    PAUSER,
    legg_i_kassen,
    rydd,
    rydd_opp,
    send_alt,
    send_en,
    send_na,
    ta,
)
from slt.felles.uttrekk import hva
from slt.management.commands import utsending as kommandoen
from slt.models import Utsending
from tests.factories import BrukerFactory, UtsendingFactory
from tests.lest import Lest
from tests.slt.posttjener import Postkasse, delt_base, i_barn, tjener, ventet

Tilstand, Grunn = Utsending.Tilstand, Utsending.Grunn
SIDEN = "/lillestrom/utsendinger/"
FOR_LENGE_SIDEN = timedelta(days=1)


def alle():
    return list(
        Utsending.objects.order_by("pk").values_list("tilstand", "grunn", "svar")
    )


def na(**felter):
    Utsending.objects.update(**felter)


@pytest.mark.parametrize("avsender", ["slt@example.org", "SLT <slt@example.org>"])
def test_the_name_of_a_mail_is_of_the_domain_it_comes_from(kommune, settings, avsender):
    settings.DEFAULT_FROM_EMAIL = avsender

    assert UtsendingFactory().melding_id.endswith("@example.org>")
    assert ">" not in UtsendingFactory().melding_id[:-1]


# What goes ----------------------------------------------------------------------------


def test_a_mail_goes_once_in_both_forms_and_what_it_said_is_thrown_away(
    kommune, settings
):
    kommune.epost = "slt@lillestrom.example"
    kommune.save()
    settings.DEFAULT_FROM_EMAIL = "slt@nettsted.example"
    rad = UtsendingFactory(
        kommune=kommune,
        til="out@example.org",
        tekst="Hei\n",
        html="<p>Hei</p>",
    )
    with tjener(settings, Postkasse()) as postkasse:
        telling, er_nede = send_alt()
        send_alt()

    assert (telling, er_nede) == ({Tilstand.SENDT: 1}, False)
    [(til, innhold)] = postkasse.brev
    brev = message_from_bytes(innhold, policy=policy.default)
    assert (til, brev["To"], brev["Subject"]) == (
        "out@example.org",
        "out@example.org",
        "Stemmer kontaktene?",
    )
    assert brev["From"] == "SLT i Lillestrøm <slt@nettsted.example>"
    assert brev["Reply-To"] == "slt@lillestrom.example"
    assert brev["Auto-Submitted"] == "auto-generated"
    assert brev["Message-ID"] == rad.melding_id
    assert rad.melding_id.endswith("@nettsted.example>")
    assert [del_.get_content_type() for del_ in brev.iter_parts()] == [
        "text/plain",
        "text/html",
    ]
    rad.refresh_from_db()
    assert (rad.tilstand, rad.tekst, rad.html, rad.forsok) == ("sendt", "", "", 1)
    assert rad.gikk


def svarer(sted, svar):
    """A mail server that answers this at that place."""
    return lambda her, server: svar if her == sted else None


def legger_pa(sted):
    """One that is gone at that place."""

    def ved(her, server):
        if her == sted:
            server.transport.abort()

    return ved


def tier(sted):
    """One that says nothing more at that place."""
    return lambda her, server: asyncio.sleep(1.5) if her == sted else None


@pytest.mark.parametrize(
    ("avsender", "domenet"),
    [
        ("SLT på nett <slt@nettsted.example>", "nettsted.example"),
        ("slt@nettsted.example", "nettsted.example"),
    ],
)
def test_the_name_of_a_mail_ends_with_where_it_is_from(
    kommune, settings, avsender, domenet
):
    settings.DEFAULT_FROM_EMAIL = avsender

    assert re.fullmatch(f"<[0-9a-f]{{32}}@{domenet}>", UtsendingFactory().melding_id)


@pytest.mark.parametrize(
    ("ved", "tilstand", "grunn", "svar"),
    [
        (svarer("RCPT", "550 5.1.1 <a@example.org> unknown"), "avvist", "adresse", "550 5.1.1"),
        (svarer("RCPT", "552 5.2.2 full"), "avvist", "full", "552 5.2.2"),
        (svarer("RCPT", "554 no a@example.org"), "avvist", "avslatt", "554"),
        (svarer("RCPT", "450 4.2.1 greylisted"), "igjen", "opptatt", "450 4.2.1"),
        (svarer("DATA", "554 5.7.1 spam"), "avvist", "avslatt", "554 5.7.1"),
        (svarer("DATA", "451 later"), "igjen", "opptatt", "451"),
        # About the site, whatever it says.
        (svarer("MAIL", "550 5.7.1 you?"), "igjen", "oss", "550 5.7.1"),
        (svarer("MAIL", "421 closing"), "igjen", "oss", "421"),
        (legger_pa("RCPT"), "igjen", "kontakt", ""),
        (tier("RCPT"), "igjen", "kontakt", ""),
        # It has the mail, and nobody knows what it did with it.
        (legger_pa("DATA"), "uvisst", "uten_svar", ""),
        (tier("DATA"), "uvisst", "uten_svar", ""),
        (svarer("DATA", "what"), "uvisst", "uten_svar", ""),
    ],
)  # fmt: skip
def test_what_the_mail_server_answers(
    ved, tilstand, grunn, svar, kommune, settings, monkeypatch
):
    settings.EMAIL_TIMEOUT = 0.7
    monkeypatch.setattr(posttjener, "SVARFRIST", 0.7)
    UtsendingFactory(kommune=kommune, til="a@example.org")
    with tjener(settings, Postkasse(ved)):
        send_alt()

    assert alle() == [(tilstand, grunn, svar)]
    assert (Utsending.objects.get().ikke_for > timezone.now()) == (tilstand == "igjen")


def test_without_a_mail_server_one_is_tried_and_the_rest_waits(
    kommune, settings, caplog
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens
    UtsendingFactory.create_batch(3, kommune=kommune)

    telling, er_nede = send_alt()

    assert (telling, er_nede) == ({Tilstand.IGJEN: 1}, True)
    assert alle() == [("igjen", "kontakt", ""), *[("klar", "", "")] * 2]
    assert "@" not in caplog.text


def test_a_server_that_shuts_the_door_is_asked_about_no_other(kommune, settings):
    UtsendingFactory.create_batch(2, kommune=kommune)

    with tjener(settings, Postkasse(svarer("RCPT", "421 4.3.2 closing"))):
        _telling, er_nede = send_alt()

    assert er_nede
    assert sorted(tilstand for tilstand, *_hvorfor in alle()) == ["igjen", "klar"]


# What reads the second raises what no address ought to; of the third nothing is left.
@pytest.mark.parametrize("til", ["a b@@example.org", "a@[", "<>"])
@pytest.mark.parametrize("slag", ["invitasjon", "samlebrev"])
def test_an_address_that_cannot_be_written_is_refused(til, slag, kommune, settings):
    UtsendingFactory(kommune=kommune, slag=slag, til=til)
    with tjener(settings, Postkasse()) as postkasse:
        send_alt()

    assert alle() == [("avvist", "adresse", "")]
    assert postkasse.brev == []
    assert Utsending.objects.get().tekst == ""


def test_it_is_tried_more_and_more_seldom_and_then_given_up(kommune, settings):
    rad = UtsendingFactory(kommune=kommune)
    pauser = []
    with tjener(settings, Postkasse(svarer("RCPT", "451 later"))):
        for _gang in range(len(PAUSER)):
            send_alt()
            rad.refresh_from_db()
            pauser.append(round((rad.ikke_for - timezone.now()).total_seconds() / 60))
            na(ikke_for=timezone.now())
        assert rad.tilstand == "igjen"
        send_alt()

    assert pauser == list(PAUSER)
    assert sum(PAUSER) / 60 / 24 < 3
    assert alle() == [("avvist", "ga_opp", "451")]


# What is uncertain --------------------------------------------------------------------


@pytest.mark.parametrize("slag", ["invitasjon", "samlebrev"])
def test_what_somebody_began_and_is_gone_from_is_uncertain_and_stays(
    slag, kommune, settings
):
    UtsendingFactory(kommune=kommune, slag=slag)
    rad = ta()
    assert ta() is None
    assert rydd_opp() == 0  # perhaps they are at it
    na(tatt=timezone.now() - timedelta(seconds=settings.UTSENDING_FRIST))

    telling, _er_nede = send_alt()

    assert telling == {Tilstand.UVISST: 1}
    assert alle() == [("uvisst", "avbrutt", "")]
    assert mail.outbox == []
    rad.refresh_from_db()
    # A link that opens a door lies nowhere.
    assert rad.tekst == ""


@pytest.mark.parametrize(
    ("svar", "ventet_"),
    [(None, "sendt"), ("550 no", "avvist"), ("450 later", "uvisst")],
)
def test_who_was_thought_to_be_gone_may_still_say_what_became_of_it(
    svar, ventet_, kommune, settings
):
    UtsendingFactory(kommune=kommune)

    with tjener(settings, Postkasse(svarer("RCPT", svar))):
        rad = ta()
        na(tilstand="uvisst", grunn="avbrutt", tekst="", html="")
        send_en(rad)

    assert Utsending.objects.get().tilstand == ventet_


def test_what_is_put_in_twice_is_one_mail_whatever_became_of_it(kommune):
    felter = {"slag": "samlebrev", "kommune": kommune, "emne": "Hei", "tekst": "Hei"}
    forste = legg_i_kassen(nokkel="runde:1:2", til="a@example.org", **felter)
    send_alt()

    andre = legg_i_kassen(nokkel="runde:1:2", til="b@example.org", **felter)
    send_alt()

    assert andre == forste
    assert [melding.to for melding in mail.outbox] == [["a@example.org"]]


def test_nothing_goes_in_july_but_what_somebody_waits_for(kommune):
    for slag in Utsending.Slag:
        UtsendingFactory(
            kommune=kommune,
            slag=slag,
            emne=slag.value,
            ikke_for=datetime(2027, 1, 1, tzinfo=UTC),
        )

    def som_gar(*tid):
        rader = Utsending.objects.som_kan_ga(datetime(*tid, tzinfo=UTC))
        return sorted(rader.values_list("slag", flat=True))

    # By the clock here, which is two hours ahead.
    alt = ["invitasjon", "passord", "samlebrev"]
    assert som_gar(2027, 6, 30, 21, 59) == alt
    assert som_gar(2027, 6, 30, 22, 0) == alt[:2]
    assert som_gar(2027, 7, 31, 21, 59) == alt[:2]
    assert som_gar(2027, 7, 31, 22, 0) == alt


def test_what_would_be_of_no_use_any_more_is_not_sent(kommune):
    UtsendingFactory(
        kommune=kommune, slag="invitasjon", senest=timezone.now() - FOR_LENGE_SIDEN
    )

    assert ta() is None
    send_alt()

    assert alle() == [("avvist", "fristen", "")]
    assert Utsending.objects.get().tekst == ""
    assert mail.outbox == []


# The same for all who gather the tests.
EN_GANG = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "felter",
    [
        {"tilstand": "borte"},
        {"tilstand": "sender"},
        {"tilstand": "sendt", "tekst": ""},
        {"tilstand": "sendt", "gikk": EN_GANG, "tekst": "x"},
        {"gikk": EN_GANG},
        {"tilstand": "igjen"},
        {"grunn": "adresse"},
        {"kvittert": EN_GANG},
        {"tilstand": "uvisst", "grunn": "avbrutt", "tekst": "x"},
        {"tilstand": "avvist", "grunn": "adresse", "html": "x"},
        {"slag": "invitasjon", "kommune": None},
    ],
    ids=str,
)
def test_no_row_says_what_cannot_be(felter, kommune):
    with pytest.raises(IntegrityError), transaction.atomic():
        UtsendingFactory(**{"kommune": kommune} | felter)


# Several at once ----------------------------------------------------------------------


@pytest.fixture
def base(transactional_db, tmp_path):
    """A database that other processes see, too."""
    with delt_base(tmp_path / "delt.sqlite3"):
        yield


def test_two_who_send_at_once_send_each_mail_once(base, settings):
    rader = UtsendingFactory.create_batch(12)
    with tjener(settings, Postkasse(lambda *_: asyncio.sleep(0.005))) as postkasse:
        barn = [i_barn(send_alt) for _nr in range(2)]
        statuser = [ventet(pid) for pid in barn]

    assert statuser == [0, 0]
    assert postkasse.mottakere == sorted(rad.til for rad in rader)
    assert set(alle()) == {("sendt", "", "")}


@pytest.mark.parametrize("sted", ["MAIL", "DATA"])
def test_who_is_killed_leaves_one_mail_of_which_nobody_knows(sted, base, settings):
    rader = UtsendingFactory.create_batch(4)
    barn = []

    def ved(her, server):
        # The second mail, when it is there, and when it is not.
        if her == sted and len(postkasse.brev) == (2 if sted == "DATA" else 1) and barn:
            os.kill(barn.pop(), signal.SIGKILL)

    with tjener(settings, Postkasse(ved)) as postkasse:
        barn.append(pid := i_barn(send_alt))
        assert ventet(pid) == -signal.SIGKILL
        assert [t for t, *_ in alle()] == ["sendt", "sender", "klar", "klar"]
        settings.UTSENDING_FRIST = 0
        send_alt()

    assert [t for t, *_ in alle()] == ["sendt", "uvisst", "sendt", "sendt"]
    kom = {rad.til for rad in rader} - ({rader[1].til} if sted == "MAIL" else set())
    assert postkasse.mottakere == sorted(kom)


def test_what_is_taken_is_stored_before_the_mail_server_is_spoken_to(base):
    UtsendingFactory()

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        ta()


@pytest.mark.parametrize("slutt", ["SIGTERM", "stdin"])
def test_the_loop_sends_what_comes_and_ends_when_it_is_told(slutt, base, settings):
    les, skriv = os.pipe()

    def lop():
        os.dup2(les, 0)
        os.close(skriv)
        call_command(
            "utsending", lop=True, hvert=0.05, til_stdin_lukkes=True, stdout=StringIO()
        )

    with tjener(settings, Postkasse()) as postkasse:
        pid = i_barn(lop)
        UtsendingFactory()
        frist = time.monotonic() + 60
        while not Utsending.objects.filter(tilstand="sendt") and (
            time.monotonic() < frist
        ):
            time.sleep(0.05)
        if slutt == "SIGTERM":
            os.kill(pid, signal.SIGTERM)
        os.close(skriv)
        status = ventet(pid)
    os.close(les)

    assert (status, len(postkasse.brev)) == (0, 1)


def test_the_loop_goes_on_when_the_database_is_away(kommune, monkeypatch, caplog):
    feil = iter([OperationalError("til a@example.org"), None])
    stopp = kommandoen.threading.Event()

    def en_runde(spor):
        if denne := next(feil):
            raise denne
        stopp.set()
        return {}, False

    monkeypatch.setattr(kommandoen, "send_alt", en_runde)
    monkeypatch.setattr(kommandoen, "NEDE", 0)
    monkeypatch.setattr(kommandoen, "_stopper", lambda _stdin: stopp)

    call_command("utsending", lop=True, stdout=StringIO())

    assert stopp.is_set()
    assert [r.getMessage() for r in caplog.records] == [
        "outbox out of reach: OperationalError"
    ]


# Commands -----------------------------------------------------------------------------


def kjor(*args):
    ut = StringIO()
    call_command(*args, stdout=ut, stderr=ut)
    return ut.getvalue()


def test_a_dry_run_says_what_would_go_and_not_to_whom(kommune):
    rad = UtsendingFactory(kommune=kommune)
    UtsendingFactory(kommune=kommune, ikke_for=timezone.now() + FOR_LENGE_SIDEN)

    ut = kjor("utsending", "--prov")

    assert ut == (
        f"{rad.pk}: samlebrev, Lillestrøm: Stemmer kontaktene?\n1 ville gått nå.\n"
    )
    assert mail.outbox == []
    assert kjor("utsending") == "sendt: 1\n"
    assert kjor("utsending") == "Ingenting ventet.\n"


def test_the_health_check_says_that_mail_stands_still(kommune):
    UtsendingFactory(kommune=kommune)
    assert "Ingen rader" in kjor("helse")
    na(ikke_for=timezone.now() - timedelta(minutes=20))

    with pytest.raises(CommandError) as feil:
        call_command("helse", stdout=StringIO(), stderr=StringIO())

    assert str(feil.value) == (
        "E-posten står stille: 1 venter, den eldste i 20 minutter. Kjører «manage.py "
        "utsending --lop»?"
    )


def test_what_is_over_is_deleted_after_a_while(kommune):
    for_lenge_siden = timezone.now() - timedelta(days=91)
    UtsendingFactory(kommune=kommune, laget=for_lenge_siden, emne="Venter")
    UtsendingFactory(
        kommune=kommune, laget=for_lenge_siden, tilstand="avvist", grunn="adresse"
    )
    UtsendingFactory(kommune=kommune, tilstand="avvist", grunn="adresse", emne="Ny")

    assert rydd() == "Slettet 1 utsendinger."
    assert sorted(Utsending.objects.values_list("emne", flat=True)) == ["Ny", "Venter"]


def test_where_nothing_sends_the_nightly_clean_up_says_what_is_uncertain(kommune):
    UtsendingFactory(kommune=kommune)
    ta()
    na(tatt=timezone.now() - FOR_LENGE_SIDEN)

    rydd()

    assert alle() == [("uvisst", "avbrutt", "")]


def test_a_person_sees_what_was_sent_to_them_and_takes_it_along(kommune):
    bruker = BrukerFactory(epost="ola@example.org")
    UtsendingFactory(kommune=kommune, til=bruker.epost, slag="invitasjon")
    UtsendingFactory(kommune=kommune, til="annen@example.org")

    [rad] = innsyn(bruker)["e-post til deg"]
    assert (rad["til"], rad["emne"]) == ("ola@example.org", "Stemmer kontaktene?")
    assert "tekst" not in rad

    resultat = anonymiser(bruker)
    assert resultat.endret["utsending"] == 1
    assert [r.til for r in Utsending.objects.all()] == ["annen@example.org"]


def test_what_waits_is_sent_from_where_it_was_put_in(kommune):
    UtsendingFactory(kommune=kommune)
    ferdig = UtsendingFactory(kommune=kommune, tilstand="avvist", grunn="adresse")

    assert list(hva.rader_i_filen(Utsending, kommune)) == [ferdig]
    assert list(hva.utelatt(kommune)) == ["utsending: kommune Lillestrøm"]


def test_a_server_that_thinks_for_a_while_is_waited_for(kommune, settings):
    settings.EMAIL_TIMEOUT = 0.7
    UtsendingFactory(kommune=kommune)
    with tjener(settings, Postkasse(tier("DATA"))):
        send_alt()

    assert alle() == [("sendt", "", "")]


# One mail from several apps -----------------------------------------------------------


def brevet(kommune, nokkel="runde:1:2"):
    return legg_samlebrev(
        Mottaker(kommune=kommune, epost="out@example.org", gjelder="OUT"),
        nokkel=nokkel,
        emne=lambda: "Stemmer det?",
        innledning=lambda: "Hei.\n\nSe over.",
    )


def test_each_app_has_its_say_in_one_mail(kommune, monkeypatch, settings):
    settings.SITE_URL = "https://slt.example"
    spurt = []

    def kontakter(mottaker):
        spurt.append(mottaker.gjelder)
        linje = Linje("<OUT> & co", "/lillestrom/tjenester/")
        return [Brevdel("Kontaktene", [linje, Linje("469 34 634")])]

    def ingenting(mottaker):
        return [Brevdel("Ingenting", [])]

    monkeypatch.setattr(samlebrev, "BIDRAG", [kontakter, ingenting])

    rad = brevet(kommune)

    assert rad.tekst == (
        "Hei.\n\nSe over.\n\nKontaktene\n\n- <OUT> & co\n"
        "  https://slt.example/lillestrom/tjenester/\n- 469 34 634\n\n"
        "SLT i Lillestrøm\n"
    )
    lest = Lest(SimpleNamespace(text=rad.html))
    assert lest.alle_lenker == [
        ("https://slt.example/lillestrom/tjenester/", "<OUT> & co")
    ]
    assert "Ingenting" not in rad.tekst + rad.html
    assert '<html lang="nb">' in rad.html
    # Once, whoever asks again.
    assert brevet(kommune) == rad
    assert spurt == ["OUT"]


def test_it_is_in_the_language_of_the_kommune(kommune, monkeypatch):
    kommune.malform = "nn"

    def pa(_mottaker):
        return [Brevdel(get_language(), [Linje("469 34 634")])]

    monkeypatch.setattr(samlebrev, "BIDRAG", [pa])
    rad = brevet(kommune)

    assert "\nnn\n" in rad.tekst
    assert '<html lang="nn">' in rad.html


def test_who_is_told_nothing_gets_no_mail(kommune, monkeypatch):
    monkeypatch.setattr(samlebrev, "BIDRAG", [lambda _mottaker: []])

    assert brevet(kommune) is None
    assert not Utsending.objects.exists()


# The page -----------------------------------------------------------------------------


@pytest.fixture
def uviss(kommune):
    return UtsendingFactory(
        kommune=kommune,
        til="uviss@example.org",
        tilstand="uvisst",
        grunn="avbrutt",
        forsok=len(PAUSER) + 1,
    )


def trykk(client, rad, hva):
    return client.post(f"{SIDEN}{rad.pk}/{hva}/", follow=True)


def test_a_coordinator_sees_what_waits_went_and_failed(koordinator, kommune, uviss):
    UtsendingFactory(kommune=kommune, til="venter@example.org")
    UtsendingFactory(
        kommune=kommune,
        til="avvist@example.org",
        tilstand="avvist",
        grunn="adresse",
        svar="550 5.1.1",
    )
    UtsendingFactory(til="naboens@example.org", tilstand="avvist", grunn="full")
    UtsendingFactory(kommune=None, slag="passord", til="passord@example.org")

    side = Lest(koordinator.get(SIDEN)).tekst

    trenger, venter = side.split("1 e-post venter.")
    for ord_ in ("uvisst om den kom fram", "uviss@", "avvist@", "(550 5.1.1)"):
        assert ord_ in trenger
    assert "adressen finnes ikke" in trenger
    assert "venter@example.org" in venter
    assert "naboens@" not in side
    assert "passord@" not in side
    flaten = Lest(koordinator.get("/lillestrom/arbeidsflate/"))
    assert (SIDEN, "2 e-poster kom ikke fram, eller det er uvisst") in flaten.lenker


def test_where_many_did_not_arrive_the_last_are_shown_and_counted(koordinator, kommune):
    UtsendingFactory.create_batch(52, kommune=kommune, tilstand="avvist", grunn="full")

    svar = koordinator.get(SIDEN)

    assert svar.text.count("/la-ligge/") == 50
    assert "De 50 siste av 52 står her." in Lest(svar).tekst


def test_what_somebody_still_has_to_look_at_is_not_among_what_is_over(
    koordinator, uviss
):
    adresse = SIDEN

    for_ = list(koordinator.get(adresse).context["ferdige"])
    koordinator.post(f"{adresse}{uviss.pk}/la-ligge/")
    etter = list(koordinator.get(adresse).context["ferdige"])

    assert (for_, etter) == ([], [uviss])


def test_what_is_let_go_is_off_the_list_and_says_nothing_more(koordinator, uviss):
    svar = trykk(koordinator, uviss, "la-ligge")

    assert "Ingen e-post må følges opp nå." in Lest(svar).tekst
    uviss.refresh_from_db()
    assert (uviss.tilstand, uviss.tekst) == ("uvisst", "")
    assert uviss.kvittert
    svar = trykk(koordinator, uviss, "la-ligge")
    assert "E-posten sto ikke lenger på listen." in Lest(svar).tekst


def test_what_had_a_link_in_it_is_made_anew_elsewhere(koordinator, kommune):
    for slag in ("invitasjon", "samlebrev"):
        UtsendingFactory(
            kommune=kommune, slag=slag, tilstand="avvist", grunn="adresse", tekst=""
        )

    side = Lest(koordinator.get(SIDEN))

    assert "/lillestrom/tilganger/" in [adresse for adresse, _ in side.lenker]
    assert "Send en ny fra siden der den ble laget." in side.tekst


def test_nobody_else_touches_it(nabo, koordinator, client, uviss):
    for klient in (nabo, client):
        assert klient.post(f"{SIDEN}{uviss.pk}/la-ligge/").status_code in {302, 404}
    assert nabo.post(f"/lorenskog/utsendinger/{uviss.pk}/la-ligge/").status_code == 404
    assert koordinator.get(f"{SIDEN}{uviss.pk}/la-ligge/").status_code == 405
    assert nabo.get(SIDEN).status_code == 404

    assert alle() == [("uvisst", "avbrutt", "")]
    assert mail.outbox == []


def test_administrators_see_what_is_of_no_kommune(administrator, koordinator, uviss):
    rad = UtsendingFactory(
        kommune=None,
        slag="passord",
        til="glemt@example.org",
        tilstand="uvisst",
        grunn="uten_svar",
        tekst="",
    )
    uten = "/kommuner/utsendinger/"

    side = Lest(administrator.get(uten)).tekst
    assert "glemt@example.org" in side
    assert "uviss@example.org" not in side
    assert koordinator.get(uten).status_code == 404
    assert koordinator.post(f"{uten}{rad.pk}/la-ligge/").status_code == 404
    assert administrator.post(f"{uten}{uviss.pk}/la-ligge/").status_code == 404
    assert administrator.post(f"{uten}{rad.pk}/la-ligge/").status_code == 302
    rad.refresh_from_db()
    assert rad.kvittert


def test_the_page_costs_the_same_for_one_and_three(koordinator, kommune):
    talt = []
    for _gang in range(2):
        for felter in (
            {},
            {"tilstand": "avvist", "grunn": "full"},
            {"tilstand": "sendt", "gikk": timezone.now(), "tekst": ""},
        ):
            UtsendingFactory.create_batch(1 + len(talt), kommune=kommune, **felter)
        with CaptureQueriesContext(connection) as fanget:
            koordinator.get(SIDEN)
        talt.append(len(fanget))

    assert talt[0] == talt[1]


def test_a_mail_costs_the_same_queries_each(kommune, django_assert_num_queries):
    talt = []
    for antall in (1, 3):
        UtsendingFactory.create_batch(antall, kommune=kommune)
        with CaptureQueriesContext(connection) as fanget:
            send_alt()
        talt.append(len(fanget))

    # Whether something waits, taking it, its kommune, and what became of it.
    assert (talt[1] - talt[0]) / 2 <= 8


def test_what_may_not_go_yet_is_not_tried_at_once(kommune):
    rad = UtsendingFactory(kommune=kommune, ikke_for=timezone.now() + FOR_LENGE_SIDEN)

    assert send_na(rad) == Tilstand.KLAR
    assert mail.outbox == []
