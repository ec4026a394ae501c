"""Who may what: inviting, ending, links for partners, editors, and seeing the site as
others do."""

import re
import time
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.contrib.auth import get_user
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from moter.models import Forumsmedlem, Kalenderlenke
from slt.grunn.historikk import Dor, spor
from slt.konto import invitasjon
from slt.konto.views import tilganger
from slt.models import (
    LESER,
    Bruker,
    BrukerQuerySet,
    Kommune,
    Tilgang,
    Tilgangslenke,
    Utsending,
    har_rett,
)
from tests.conftest import innlogget
from tests.factories import (
    BrukerFactory,
    ForumFactory,
    ForumsmedlemFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TilgangFactory,
    TilgangslenkeFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
    UtsendingFactory,
)
from tests.innsending import innsending
from tests.lest import Lest
from tests.slt.test_admin import skjema
from tiltak.models import Handlingsplan, Kontaktpunkt, Tjenesteredaktor

SIDEN = "/lillestrom/tilganger/"
I_DAG = timezone.localdate


def inviter(client, **felter):
    data = {"epost": "ny@example.org", "rolle": "koordinator"} | felter
    return client.post(
        SIDEN, {f"inviter-{navn}": verdi for navn, verdi in data.items()}
    )


# Inviting -----------------------------------------------------------------------------


@pytest.mark.parametrize("rolle", Tilgang.Rolle.values)
def test_a_coordinator_invites_somebody_who_then_chooses_a_password(
    rolle, koordinator, kommune, client
):
    svar = inviter(koordinator, rolle=rolle)

    assert (svar.status_code, svar["Location"]) == (302, SIDEN)
    [tilgang] = Tilgang.objects.filter(bruker__epost="ny@example.org")
    assert (tilgang.kommune, tilgang.rolle, tilgang.til) == (kommune, rolle, None)
    rad = tilgang.historikk.get()
    assert (rad.history_user, rad.history_dor) == (koordinator.bruker, "skjema")
    assert meldinger(koordinator) == [
        f"ny@example.org er nå {tilgang.get_rolle_display()}, uten sluttdato.",
        "Invitasjonen er sendt til ny@example.org på e-post.",
    ]
    [melding] = mail.outbox
    assert (melding.to, melding.subject) == (
        ["ny@example.org"],
        "Tilgang til SLT i Lillestrøm",
    )
    lenke = re.search(r"http://testserver(/konto/nytt-passord/\S+)", melding.body)[1]
    side = client.get(lenke, follow=True)
    svar = client.post(
        side.redirect_chain[-1][0],
        {"new_password1": "hest batteri stift", "new_password2": "hest batteri stift"},
    )
    assert (svar.status_code, svar["Location"]) == (302, "/konto/inn/")
    assert get_user(client).epost == "ny@example.org"
    # It lands where the mail said.
    svar = client.get("/konto/inn/", follow=True)
    begynner = f"http://testserver{svar.redirect_chain[-1][0]}"
    assert f"begynner du her:\n\n{begynner}\n" in melding.body
    assert "Passordet er valgt, og du er logget inn." in Lest(svar).tekst
    # Used up: says so, and where there is another one, and no more.
    brukt = Lest(Client().get(lenke))
    assert brukt.tekst == (
        "Lenken gjelder ikke Lenken er brukt eller for gammel. Få en ny lenke"
    )
    assert brukt.lenker == [("/konto/glemt/", "Få en ny lenke")]


def brevet():
    [melding] = mail.outbox
    return " ".join(melding.body.split())


@pytest.mark.parametrize("har_plan", [True, False])
@pytest.mark.parametrize("rolle", Tilgang.Rolle)
def test_the_mail_says_what_one_is_and_where_one_begins(
    rolle, har_plan, koordinator, kommune
):
    if har_plan:
        HandlingsplanFactory(kommune=kommune)

    inviter(koordinator, rolle=rolle)

    begynner = rolle == Tilgang.Rolle.KOORDINATOR and not har_plan
    side = "start" if begynner else "arbeidsflate"
    assert f"i Lillestrøm. Du er {rolle.label} der. Velg et passord her." in brevet()
    assert f"begynner du her: http://testserver/lillestrom/{side}/ " in brevet()


def test_the_mail_says_whom_to_ask_who_made_it(koordinator, administrator):
    for klient, hvem in (
        (koordinator, "SLT-koordinatoren i kommunen"),
        (administrator, "Administratoren for nettstedet"),
    ):
        mail.outbox.clear()
        inviter(klient, epost=f"{klient.bruker.pk}@example.org")

        assert brevet().endswith(
            f"{hvem} ga deg tilgangen. Lurer du på noe, eller er dette feil? Skriv til "
            f"{klient.bruker.epost}"
        )


def test_who_has_a_password_is_told_of_each_kommune_and_role(
    koordinator, nabo, kommune
):
    nabo.bruker.set_password("hest batteri stift")
    nabo.bruker.save()
    tjeneste = TjenesteFactory(kommune=kommune, navn="Utekontakten")

    for felter, hva in (
        ({"rolle": "politirad"}, "medlem av politirådet"),
        (
            {"rolle": "redaktor", "tjeneste": tjeneste.pk},
            "redaktør for Utekontakten",
        ),
    ):
        mail.outbox.clear()
        inviter(koordinator, epost=nabo.bruker.epost, **felter)

        assert f"i Lillestrøm. Du er {hva} der. Du bruker passordet" in brevet()
        assert "Her begynner du: http://testserver/lillestrom/arbeidsflate/" in brevet()
        der = innlogget(nabo.bruker).get("/lillestrom/arbeidsflate/")
        assert der.status_code == 200


def test_who_sits_in_a_forum_is_told_so(koordinator, kommune):
    sete = ForumsmedlemFactory(
        forum__kommune=kommune, forum__navn="Områdemøtet", bruker=BrukerFactory()
    )

    koordinator.post(f"{SIDEN}sete/{sete.pk}/inviter/")

    assert "Du er medlem i Områdemøtet der." in brevet()


def test_an_editor_gets_the_tjeneste_and_reads_as_staff(koordinator, kommune):
    tjeneste = TjenesteFactory(kommune=kommune)

    inviter(koordinator, rolle="redaktor", tjeneste=tjeneste.pk)

    [redaktor] = Tjenesteredaktor.objects.all()
    assert (redaktor.tjeneste, redaktor.bruker.epost) == (tjeneste, "ny@example.org")
    lest = har_rett(redaktor.bruker, "pk", *Tilgang.Rolle, LESER)
    assert list(Kommune.objects.filter(lest)) == [kommune]
    assert list(redaktor.bruker.koordinerer) == []


def test_who_has_a_user_already_gets_one_more_right_and_no_password(
    koordinator, nabo, kommune
):
    nabo.bruker.set_password("hest batteri stift")
    nabo.bruker.save()

    inviter(koordinator, epost=nabo.bruker.epost.upper())

    assert {k.slug for k in nabo.bruker.koordinerer} == {"lillestrom", "lorenskog"}
    assert "nytt-passord" not in mail.outbox[0].body
    assert Bruker.objects.count() == 2


@pytest.mark.parametrize(
    ("felter", "feil"),
    [
        ({"epost": "ikke en adresse"}, "ikke en e-postadresse"),
        ({"epost": ""}, "påkrevet"),
        ({"epost": "010190@example.org", "rolle": "sjef"}, "sjef"),
        ({"rolle": "redaktor"}, "Velg tjenesten"),
        ({"rolle": "redaktor", "tjeneste": "0"}, "Velg et gyldig valg"),
        (
            {"rolle": "ansatt", "tjeneste": "egen"},
            "Tjeneste velges bare for redaktører.",
        ),
        ({"til": "2020-01-01"}, "Datoen er passert"),
        ({"til": "i morgen"}, "ikke en dato"),
        ({"epost": "a@example.org\nBcc: b@example.org"}, "flere e-postadresser"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_happens(felter, feil, koordinator, kommune):
    if felter.get("tjeneste") == "egen":
        felter = felter | {"tjeneste": TjenesteFactory(kommune=kommune).pk}

    svar = inviter(koordinator, **felter)

    assert svar.status_code == 422
    # Beside the field, and at the top, where the page opens.
    assert svar.text.count(feil) == 2
    assert re.search(
        rf'<div [^>]*autofocus>(?s:.)*href="#id_inviter-.*{feil}', svar.text
    )
    assert (Bruker.objects.count(), Tilgang.objects.count()) == (1, 1)
    assert mail.outbox == []


def test_the_tjeneste_of_another_kommune_is_no_choice(koordinator, nabokommune):
    fremmed = TjenesteFactory(kommune=nabokommune)

    svar = inviter(koordinator, rolle="redaktor", tjeneste=fremmed.pk)

    assert svar.status_code == 422
    assert Tjenesteredaktor.objects.count() == 0


# To whom has it already ---------------------------------------------------------------


@pytest.fixture(params=["ansatt", "redaktor"])
def rett(request, kommune):
    """A right that ny@example.org has already: the row, and what to send to give it."""
    felles = {"bruker__epost": "ny@example.org", "fra": I_DAG() - timedelta(days=9)}
    if request.param == "redaktor":
        rad = TjenesteredaktorFactory(tjeneste__kommune=kommune, **felles)
        felter = {"rolle": "redaktor", "tjeneste": rad.tjeneste_id}
    else:
        rad = TilgangFactory(kommune=kommune, rolle=request.param, **felles)
        felter = {"rolle": request.param}
    logg_inn(rad.bruker)
    return rad, felter


def logg_inn(bruker):
    """As somebody who has taken up what they were given."""
    bruker.last_login = timezone.now()
    bruker.save()


def rettene():
    """(first day, last day) of each right of ny@example.org."""
    return [
        (rad.fra, rad.til)
        for modell in (Tilgang, Tjenesteredaktor)
        for rad in modell.objects.filter(bruker__epost="ny@example.org").order_by("pk")
    ]


def hva(rad):
    """What a right is called in a receipt."""
    if isinstance(rad, Tjenesteredaktor):
        return f"redaktør for {rad.tjeneste}"
    return rad.get_rolle_display()


def meldinger(client):
    return [str(melding) for melding in client.get(SIDEN).context["messages"]]


@pytest.mark.parametrize(
    ("for_", "etter", "melding"),
    [
        (None, "2099-12-31", "er nå {} til og med 31. desember 2099."),
        ("2099-01-01", "2098-05-03", "er nå {} til og med 3. mai 2098."),
        ("2099-01-01", "", "er nå {}, uten sluttdato."),
        ("2099-01-01", "2099-01-01", "har allerede denne tilgangen: {}."),
        (None, "", "har allerede denne tilgangen: {}."),
    ],
)
def test_giving_what_somebody_has_changes_when_it_ends(
    for_, etter, melding, rett, koordinator
):
    rad, felter = rett
    rad.til = for_ and date.fromisoformat(for_)
    rad.save()

    svar = inviter(koordinator, epost="NY@example.org", til=etter, **felter)

    assert (svar.status_code, svar["Location"]) == (302, SIDEN)
    assert rettene() == [(rad.fra, date.fromisoformat(etter) if etter else None)]
    assert meldinger(koordinator) == [f"ny@example.org {melding.format(hva(rad))}"]
    assert mail.outbox == []


@pytest.mark.parametrize("slutt", [9, 60, None])
@pytest.mark.parametrize(
    "deler", [[(60, None)], [(0, 9), (60, None)], [(0, 9), (5, 9)]]
)
def test_what_begins_later_or_has_parts_is_one_right_from_today_on(
    deler, slutt, koordinator, kommune
):
    """As the admin may have made it: (first day, last day), counted from today."""
    bruker = BrukerFactory(epost="ny@example.org")

    def dag(antall):
        return None if antall is None else I_DAG() + timedelta(days=antall)

    for fra, til in deler:
        TilgangFactory(
            kommune=kommune,
            rolle="ansatt",
            bruker=bruker,
            fra=dag(fra),
            til=dag(til),
        )

    inviter(koordinator, rolle="ansatt", til=str(dag(slutt) or ""))

    assert rettene() == [(I_DAG(), dag(slutt))]


def test_the_form_says_what_no_date_and_each_role_mean(koordinator):
    side = Lest(koordinator.get(SIDEN)).tekst

    assert "også for den som har en sluttdato fra før" in side
    assert "Medlem av politirådet: ser det samme, og utkast til planen." in side


def test_what_is_over_is_given_anew_and_stays_as_it_was(koordinator, kommune):
    i_gar = I_DAG() - timedelta(days=1)
    TilgangFactory(
        kommune=kommune,
        rolle="ansatt",
        bruker__epost="ny@example.org",
        fra=i_gar,
        til=i_gar,
    )

    inviter(koordinator, rolle="ansatt")

    assert rettene() == [(i_gar, i_gar), (I_DAG(), None)]
    assert len(mail.outbox) == 1


def test_a_right_elsewhere_is_left_alone(koordinator, nabokommune):
    TilgangFactory(
        kommune=nabokommune, rolle="ansatt", bruker__epost="ny@example.org", til=I_DAG()
    )

    inviter(koordinator, rolle="ansatt")

    assert rettene() == [(I_DAG(), I_DAG()), (I_DAG(), None)]


def test_one_does_not_change_ones_own_right(koordinator):
    egen = koordinator.bruker.tilganger.get()

    svar = inviter(koordinator, epost=egen.bruker.epost.upper(), til=str(I_DAG()))

    assert svar.status_code == 422
    assert "Du kan ikke endre din egen tilgang" in svar.text
    egen.refresh_from_db()
    assert egen.til is None


def blind(monkeypatch, sted, navn, *, ganger, ser):
    """Lets the first looks for something find nothing, as when somebody else makes it
    right after them; the database knows better."""
    se, igjen = getattr(sted, navn), [ser] * ganger

    def ser_(*args, **kwargs):
        return igjen.pop()(args[0]) if igjen else se(*args, **kwargs)

    monkeypatch.setattr(sted, navn, ser_)


def test_two_who_give_the_same_right_at_once_give_one(rett, koordinator, monkeypatch):
    rad, felter = rett
    blind(monkeypatch, invitasjon, "som_gir_retten", ganger=1, ser=lambda _rader: [])

    svar = inviter(koordinator, **felter)

    assert svar.status_code == 302
    assert rettene() == [(rad.fra, None)]
    assert meldinger(koordinator) == [
        f"ny@example.org har allerede denne tilgangen: {hva(rad)}."
    ]


@pytest.mark.postgres
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)
def test_whoever_looks_for_a_right_waits_for_those_who_give_it(koordinator):
    with CaptureQueriesContext(connection) as sporringer:
        inviter(koordinator, rolle="ansatt", til="2099-12-31")

    sql = [s["sql"] for s in sporringer]
    las = min(n for n, s in enumerate(sql) if "FOR NO KEY" in s)
    [blikk] = [n for n, s in enumerate(sql) if 'BY "slt_tilgang"."fra" ASC' in s]
    assert las < blikk


def test_two_who_invite_the_same_person_at_once_make_one_user(koordinator, monkeypatch):
    BrukerFactory(epost="ny@example.org")
    # The form looks, and then whoever makes the user.
    blind(monkeypatch, BrukerQuerySet, "med_epost", ganger=2, ser=lambda qs: qs.none())

    svar = inviter(koordinator, rolle="ansatt")

    assert svar.status_code == 302
    assert Bruker.objects.filter(epost="ny@example.org").count() == 1
    assert rettene() == [(I_DAG(), None)]


def test_when_mail_does_not_go_out_the_page_says_what_to_do(koordinator, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens

    inviter(koordinator)

    side = Lest(koordinator.get(SIDEN)).tekst
    assert "ny@example.org er nå SLT-koordinator, uten sluttdato." in side
    assert "Den prøves igjen av seg selv, og står under «Utsendinger»" in side
    assert Tilgang.objects.count() == 2


# Once more, to who has no password yet ------------------------------------------------


@pytest.fixture
def uten_passord(rett):
    """As `rett`: somebody was given it and has not chosen a password."""
    rad, _felter = rett
    rad.bruker.last_login = None
    rad.bruker.set_unusable_password()
    rad.bruker.save()
    return rett


def send_igjen(client, rad, sted=SIDEN):
    tilgangstype = "redaktor" if isinstance(rad, Tjenesteredaktor) else "tilgang"
    return client.post(f"{sted}{tilgangstype}/{rad.pk}/inviter/")


def test_the_list_says_who_has_no_password_and_invites_once_more(
    uten_passord, koordinator, client
):
    rad, _felter = uten_passord
    side = koordinator.get(SIDEN)
    sagt = "har ikke logget inn siden tilgangen ble gitt"
    assert f"ny@example.org {sagt}" in Lest(side).tekst
    assert side.text.count("/inviter/") == 1
    assert f";{sagt}" in koordinator.get(f"{SIDEN}tilganger.csv").text

    svar = send_igjen(koordinator, rad)

    assert (svar.status_code, svar["Location"]) == (302, SIDEN)
    [melding] = mail.outbox
    assert melding.to == ["ny@example.org"]
    lenke = re.search(r"http://testserver(/konto/nytt-passord/\S+)", melding.body)[1]
    assert "Velg passord" in client.get(lenke, follow=True).text
    assert meldinger(koordinator) == [
        "Invitasjonen er sendt til ny@example.org på e-post."
    ]
    assert rettene() == [(rad.fra, None)]


@pytest.mark.parametrize("til", ["", "2099-01-01"])
def test_giving_it_once_more_invites_once_more(til, uten_passord, koordinator):
    _rad, felter = uten_passord

    inviter(koordinator, til=til, **felter)

    [melding] = mail.outbox
    assert (melding.to, "nytt-passord" in melding.body) == (["ny@example.org"], True)
    assert meldinger(koordinator)[1:] == [
        "Invitasjonen er sendt til ny@example.org på e-post."
    ]


def test_who_has_a_password_or_is_closed_is_not_invited_once_more(rett, koordinator):
    rad, _felter = rett
    assert "/inviter/" not in koordinator.get(SIDEN).text

    send_igjen(koordinator, rad)
    assert meldinger(koordinator) == [
        "ny@example.org har valgt passord, og kan logge inn."
    ]

    rad.bruker.set_unusable_password()
    rad.bruker.is_active = False
    rad.bruker.save()
    assert send_igjen(koordinator, rad).status_code == 404
    assert "/inviter/" not in koordinator.get(SIDEN).text
    assert mail.outbox == []


def test_a_link_has_nobody_to_invite(koordinator, kommune):
    lenke = TilgangslenkeFactory(kommune=kommune)

    assert koordinator.post(f"{SIDEN}lenke/{lenke.pk}/inviter/").status_code == 404


def test_only_who_keeps_the_kommune_invites_once_more(
    uten_passord, koordinator, nabo, client
):
    rad, _felter = uten_passord

    assert send_igjen(nabo, rad).status_code == 404
    assert send_igjen(nabo, rad, "/lorenskog/tilganger/").status_code == 404
    assert send_igjen(client, rad)["Location"].startswith("/konto/logg-inn/")
    assert koordinator.get(f"{SIDEN}tilgang/{rad.pk}/inviter/").status_code == 405
    assert mail.outbox == []


def test_inviting_once_more_counts_as_inviting(uten_passord, koordinator, monkeypatch):
    rad, _felter = uten_passord
    monkeypatch.setattr(tilganger, "INVITASJONER_I_DOGNET", 2)
    inviter(koordinator, epost="annen@example.org")
    assert send_igjen(koordinator, rad).status_code == 302

    svar = send_igjen(koordinator, rad)

    assert svar.status_code == 429
    assert "Du har invitert mange i dag" in Lest(svar).tekst
    assert inviter(koordinator, epost="tredje@example.org").status_code == 429
    assert len(mail.outbox) == 2


# Taking away --------------------------------------------------------------------------


def test_ended_access_is_gone_at_once_and_stands_in_the_history(koordinator, kommune):
    tilgang = TilgangFactory(kommune=kommune, fra=I_DAG() - timedelta(days=9))
    annen = innlogget(tilgang.bruker)
    assert annen.get("/admin/").status_code == 200

    svar = koordinator.post(f"{SIDEN}tilgang/{tilgang.pk}/avslutt/")

    assert (svar.status_code, svar["Location"]) == (302, SIDEN)
    assert meldinger(koordinator) == ["Tilgangen er avsluttet."]
    tilgang.refresh_from_db()
    assert tilgang.til == I_DAG() - timedelta(days=1)
    assert tilgang.historikk.first().history_user == koordinator.bruker
    assert annen.get("/admin/").status_code == 302
    assert annen.get(SIDEN)["Location"].startswith("/konto/logg-inn/")


@pytest.mark.parametrize("beholder", [False, True])
def test_an_invitation_that_waits_is_not_sent_when_nothing_is_left(
    koordinator, kommune, settings, beholder
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens
    inviter(koordinator)
    tilgang = Tilgang.objects.get(bruker__epost="ny@example.org")
    annet = TilgangFactory(bruker=tilgang.bruker, rolle=Tilgang.Rolle.POLITIRAD)
    if beholder:
        annet.kommune = kommune
        annet.save()
    UtsendingFactory(til="ny@example.org", slag="invitasjon")

    koordinator.post(f"{SIDEN}tilgang/{tilgang.pk}/avslutt/")

    venter = Utsending.objects.som_venter()
    assert venter.filter(kommune=kommune).exists() == beholder
    assert venter.exclude(kommune=kommune).count() == 1


def test_access_of_today_is_taken_away_whole(koordinator, kommune):
    tilgang = TilgangFactory(kommune=kommune)

    koordinator.post(f"{SIDEN}tilgang/{tilgang.pk}/avslutt/")

    assert not Tilgang.objects.filter(pk=tilgang.pk).exists()
    assert Tilgang.historikk.filter(id=tilgang.pk, history_type="-").exists()


def test_one_cannot_lock_oneself_out(koordinator):
    egen = koordinator.bruker.tilganger.get()

    koordinator.post(f"{SIDEN}tilgang/{egen.pk}/avslutt/")

    assert egen in Tilgang.objects.gyldige()
    assert "din egen tilgang" in koordinator.get(SIDEN).text


@pytest.mark.parametrize(
    ("tilgangstype", "lag"),
    [
        ("tilgang", TilgangFactory),
        ("lenke", TilgangslenkeFactory),
        ("redaktor", TjenesteredaktorFactory),
    ],
)
def test_what_is_of_another_kommune_is_not_ended(
    tilgangstype, lag, koordinator, nabokommune
):
    sted = "tjeneste__kommune" if tilgangstype == "redaktor" else "kommune"
    rad = lag(**{sted: nabokommune})

    assert (
        koordinator.post(f"{SIDEN}{tilgangstype}/{rad.pk}/avslutt/").status_code == 404
    )
    assert (
        koordinator.post(
            f"/lorenskog/tilganger/{tilgangstype}/{rad.pk}/avslutt/"
        ).status_code
        == 404
    )
    rad.refresh_from_db()
    assert rad.gjelder


def test_who_keeps_two_kommuner_ends_what_is_of_one_by_its_own_address_alone(
    koordinator, nabokommune
):
    TilgangFactory(bruker=koordinator.bruker, kommune=nabokommune)
    rad = TilgangFactory(kommune=nabokommune)

    assert koordinator.post(f"{SIDEN}tilgang/{rad.pk}/avslutt/").status_code == 404
    rad.refresh_from_db()
    assert rad.gjelder

    koordinator.post(f"/lorenskog/tilganger/tilgang/{rad.pk}/avslutt/")
    assert not Tilgang.objects.filter(pk=rad.pk).exists()


def test_access_ends_by_itself_on_its_date(kommune):
    tilgang = TilgangFactory(kommune=kommune, til=I_DAG())
    assert tilgang.bruker.is_staff

    Tilgang.objects.get().avslutt()

    assert not Bruker.objects.get(pk=tilgang.bruker.pk).is_staff


# The list -----------------------------------------------------------------------------


def test_the_list_shows_what_holds_in_the_kommune(koordinator, kommune, nabokommune):
    TjenesteredaktorFactory(
        tjeneste__kommune=kommune, tjeneste__navn="OUT", bruker__epost="red@example.org"
    )
    TilgangFactory(kommune=kommune, til=I_DAG(), bruker__epost="siste@example.org")
    TilgangFactory(
        kommune=kommune,
        fra=I_DAG() - timedelta(days=9),
        til=I_DAG() - timedelta(days=1),
        bruker__epost="over@example.org",
    )
    TilgangFactory(kommune=nabokommune, bruker__epost="nabo@example.org")

    for adresse in (SIDEN, f"{SIDEN}tilganger.csv"):
        tekst = koordinator.get(adresse).text

        assert "red@example.org" in tekst
        assert "edaktør: OUT" in tekst
        assert "siste@example.org" in tekst
        assert "over@example.org" not in tekst
        assert "nabo@example.org" not in tekst


def test_who_is_closed_is_said_to_be(koordinator, kommune):
    for epost, apen in (("stengt@example.org", False), ("apen@example.org", True)):
        logg_inn(
            TilgangFactory(
                kommune=kommune, bruker__epost=epost, bruker__is_active=apen
            ).bruker
        )

    # What is said of a user stands right after the address, and in the last cell.
    side = Lest(koordinator.get(SIDEN)).tekst
    assert "stengt@example.org stengt: kan ikke logge inn SLT-koordinator" in side
    assert "apen@example.org SLT-koordinator" in side
    rader = koordinator.get(f"{SIDEN}tilganger.csv").text.splitlines()
    assert {rad.split(";")[0]: rad.split(";")[-1] for rad in rader[-2:]} == {
        "stengt@example.org": "stengt: kan ikke logge inn",
        "apen@example.org": "",
    }


def test_the_list_costs_the_same_for_one_and_three(koordinator, kommune):
    def antall():
        with CaptureQueriesContext(connection) as sporringer:
            koordinator.get(SIDEN)
        return len(sporringer)

    TjenesteredaktorFactory(tjeneste__kommune=kommune)
    TilgangslenkeFactory(kommune=kommune)
    antall()
    en = antall()
    for _n in range(2):
        TilgangFactory(kommune=kommune)
        TjenesteredaktorFactory(tjeneste__kommune=kommune)
        TilgangslenkeFactory(kommune=kommune)

    assert antall() == en


def test_no_cell_of_the_list_is_a_formula(koordinator, kommune):
    TjenesteredaktorFactory(
        tjeneste__kommune=kommune,
        bruker__epost="=cmd@example.org",
        tjeneste__navn="=1+1",
    )

    svar = koordinator.get(f"{SIDEN}tilganger.csv")

    assert svar["Content-Type"] == "text/csv; charset=utf-8"
    assert "\r\n'=cmd@example.org;" in svar.text


# All that gives access, and an end to all of it ---------------------------------------


@pytest.fixture
def overalt(kommune, bare_for_tjenester):
    """Somebody who is logged in and has one of everything in the kommune."""
    bruker = TilgangFactory(kommune=kommune, bruker__epost="alt@example.org").bruker
    TjenesteredaktorFactory(tjeneste=bare_for_tjenester, bruker=bruker)
    ForumsmedlemFactory(
        forum__kommune=kommune,
        forum__navn="Politirådet",
        forum__offentlig=False,
        funksjon="rektorene",
        person="Kari",
        bruker=bruker,
    )
    return innlogget(bruker)


def alt_slutter(klient):
    """The address of the page that ends all a client's user has."""
    for tilgangstype, modell in tilganger.TILGANGSTYPER.items():
        if tilgangstype in {"tilgang", "redaktor", "sete"}:
            for rad in modell.objects.ikke_over().filter(bruker=klient.bruker):
                return f"{SIDEN}{tilgangstype}/{rad.pk}/avslutt-alt/"
    raise AssertionError("they have nothing")


HAR = [
    "SLT-koordinator",
    "redaktør: Oppvekst",
    "plass i forum: Politirådet",
    "hemmelig lenke til egen kalender",
]


def test_page_and_file_list_all_that_gives_access(overalt, koordinator, kommune):
    Kalenderlenke.ny(bruker=overalt.bruker)
    Kalenderlenke.ny(forum=Forumsmedlem.objects.get().forum)
    TilgangslenkeFactory(kommune=kommune, mottaker="Røde Kors")

    fil = koordinator.get(f"{SIDEN}tilganger.csv").text.splitlines()
    side = koordinator.get(SIDEN)

    rader = [tuple(linje.split(";")[:2]) for linje in fil[1:]]
    egen = (koordinator.bruker.epost, "SLT-koordinator")
    assert sorted(rader) == sorted(
        [
            egen,
            *(("alt@example.org", hva) for hva in HAR),
            ("Røde Kors", "lenke for samarbeidspartnere"),
            ("Politirådet", "hemmelig lenke til kalenderen"),
        ]
    )
    assert [rad["hva"] for rad in side.context["rader"]][1:] == HAR
    tekst = Lest(side).tekst
    assert "Plass i forum: Politirådet" in tekst
    assert "Hemmelige lenker til kalendere" in tekst


def test_who_sits_in_a_forum_elsewhere_does_not_stand_in_the_list(
    koordinator, nabokommune
):
    ForumsmedlemFactory(
        forum__kommune=nabokommune, bruker=BrukerFactory(epost="nabo@example.org")
    )

    for adresse in (SIDEN, f"{SIDEN}tilganger.csv"):
        assert "nabo@example.org" not in koordinator.get(adresse).text


def test_all_of_it_ends_at_once_after_the_page_said_what_it_is(overalt, koordinator):
    kalender = reverse("kalenderlenke", args=[Kalenderlenke.ny(bruker=overalt.bruker)])
    adresse = alt_slutter(overalt)
    assert Client().get(kalender).status_code == 200

    side = Lest(koordinator.get(adresse)).tekst

    assert all(hva.lower() in side.lower() for hva in HAR)
    assert Tilgang.objects.filter(bruker=overalt.bruker).exists()  # asked, not done

    svar = koordinator.post(adresse)

    assert (svar.status_code, svar["Location"]) == (302, SIDEN)
    assert meldinger(koordinator) == [
        "All tilgang i Lillestrøm er avsluttet for alt@example.org."
    ]
    assert not overalt.bruker.tilganger.ikke_over().exists()
    assert not overalt.bruker.redaktor_for.ikke_over().exists()
    # The function stays in the forum, and nobody has it.
    [sete] = Forumsmedlem.objects.all()
    assert (sete.funksjon, sete.person, sete.bruker) == ("rektorene", "", None)
    assert sete.historikk.first().history_user == koordinator.bruker
    assert Client().get(kalender).status_code == 404
    # Logged out, too.
    assert overalt.get("/konto/")["Location"].startswith("/konto/logg-inn/")
    assert koordinator.get("/konto/").status_code == 200
    assert "alt@example.org" not in koordinator.get(SIDEN).text
    assert koordinator.get(adresse).status_code == 404


def test_who_has_access_elsewhere_keeps_that_and_stays_logged_in(
    overalt, koordinator, nabokommune
):
    Kalenderlenke.ny(bruker=overalt.bruker)
    TilgangFactory(kommune=nabokommune, bruker=overalt.bruker)

    koordinator.post(alt_slutter(overalt))

    assert {k.slug for k in overalt.bruker.koordinerer} == {"lorenskog"}
    assert overalt.get("/konto/").status_code == 200
    assert overalt.bruker.kalenderlenker.ikke_over().exists()
    assert overalt.get(SIDEN).status_code == 404


def test_one_seat_ends_by_itself(overalt, koordinator):
    [sete] = Forumsmedlem.objects.all()
    forumet = sete.forum.get_absolute_url()
    TilgangFactory(bruker=overalt.bruker, rolle="ansatt")
    overalt.bruker.tilganger.get(rolle="koordinator").avslutt()
    assert overalt.get(forumet).status_code == 200

    koordinator.post(f"{SIDEN}sete/{sete.pk}/avslutt/")

    assert overalt.get(forumet).status_code == 404
    assert meldinger(koordinator) == [
        "Tilgangen er avsluttet. Plassen i forumet er ledig."
    ]


def test_all_of_it_is_ended_by_those_who_keep_the_kommune_alone(
    overalt, koordinator, nabo, client
):
    adresse = alt_slutter(overalt)

    for metode in ("get", "post"):
        assert getattr(nabo, metode)(adresse).status_code == 404
        hos_naboen = adresse.replace("lillestrom", "lorenskog")
        assert getattr(nabo, metode)(hos_naboen).status_code == 404
        svar = getattr(client, metode)(adresse)
        assert svar["Location"].startswith("/konto/logg-inn/")
        assert getattr(koordinator, metode)(alt_slutter(nabo)).status_code == 404
    assert overalt.bruker.tilganger.ikke_over().count() == 1


def test_one_does_not_end_all_of_ones_own(koordinator):
    for metode in (koordinator.get, koordinator.post):
        assert metode(alt_slutter(koordinator))["Location"] == SIDEN

    assert koordinator.bruker.tilganger.gyldige().count() == 1
    assert "din egen tilgang" in koordinator.get(SIDEN).text


# Never without a coordinator ----------------------------------------------------------


@pytest.mark.parametrize("sted", ["avslutt", "avslutt-alt"])
def test_the_last_coordinator_stays(sted, administrator, kommune):
    rad = TilgangFactory(kommune=kommune)
    # Not yet, no longer, or not able to log in.
    TilgangFactory(kommune=kommune, fra=I_DAG() + timedelta(days=1))
    TilgangFactory(kommune=kommune, bruker__is_active=False)
    ForumsmedlemFactory(forum__kommune=kommune, bruker=rad.bruker)

    svar = administrator.post(f"{SIDEN}tilgang/{rad.pk}/{sted}/")

    assert svar["Location"] == SIDEN
    assert meldinger(administrator) == [
        "Kommunen må ha minst én koordinator. Gi en annen rollen først."
    ]
    rad.refresh_from_db()
    assert rad.gjelder
    assert Forumsmedlem.objects.get().bruker == rad.bruker

    TilgangFactory(kommune=kommune)
    administrator.post(f"{SIDEN}tilgang/{rad.pk}/{sted}/")
    assert rad not in Tilgang.objects.gyldige()


INGEN_IGJEN = "har kommunen ingen SLT-koordinator"


@pytest.mark.parametrize(
    ("andre", "slutt"),
    [
        ([], 9),
        ([(0, 4)], 9),
        ([(10, 19)], 19),  # begins the day after
        ([(11, 19)], 9),  # a day too late
        ([(5, None)], None),
    ],
)
def test_the_page_warns_of_the_day_after_which_nobody_coordinates(
    andre, slutt, koordinator, kommune
):
    """(first day, last day) of other coordinators, counted from today."""
    egen = koordinator.bruker.tilganger.get()
    egen.til = I_DAG() + timedelta(days=9)
    egen.save()
    for fra, til in andre:
        TilgangFactory(
            kommune=kommune,
            fra=I_DAG() + timedelta(days=fra),
            til=til and I_DAG() + timedelta(days=til),
            bruker__last_login=timezone.now(),
        )

    side = Lest(koordinator.get(SIDEN)).tekst

    if slutt is None:
        assert INGEN_IGJEN not in side
    else:
        dag = date_format(I_DAG() + timedelta(days=slutt), "j. F Y")
        assert f"Etter {dag} {INGEN_IGJEN}" in side


def test_whoever_sets_the_end_of_the_last_coordinator_is_told(administrator, kommune):
    rad = TilgangFactory(kommune=kommune, bruker__last_login=timezone.now())
    assert INGEN_IGJEN not in Lest(administrator.get(SIDEN)).tekst

    inviter(administrator, epost=rad.bruker.epost, til="2099-12-31")

    assert (
        f"Etter 31. desember 2099 {INGEN_IGJEN}. Gi noen rollen uten sluttdato i god tid."
    ) in Lest(administrator.get(SIDEN)).tekst


@pytest.mark.parametrize(
    ("endring", "sagt"),
    [
        ({"is_active": None}, "Lillestrøm: Kommunen har ingen SLT-koordinator."),
        (
            {"tilganger-0-DELETE": "on"},
            "Lillestrøm: Kommunen har ingen SLT-koordinator.",
        ),
        ({"tilganger-0-til": "31.12.2099"}, f"Etter 31. desember 2099 {INGEN_IGJEN}"),
        ({"navn": "Kari"}, None),
    ],
)
def test_an_administrator_is_told_in_the_admin(endring, sagt, administrator, kommune):
    rad = TilgangFactory(kommune=kommune, bruker__last_login=timezone.now())
    adresse = f"/admin/slt/bruker/{rad.bruker_id}/change/"
    data = skjema(administrator.get(adresse)) | endring

    svar = administrator.post(
        adresse, {n: v for n, v in data.items() if v is not None}, follow=True
    )

    assert "ble endret" in svar.text
    tekster = [str(m) for m in svar.context["messages"]]
    varsler = [t for t in tekster if "SLT-koordinator" in t]
    assert [sagt in t for t in varsler] == ([True] if sagt else [])


def test_a_kommune_that_has_no_coordinator_is_said_to_have_none(administrator, kommune):
    assert "Kommunen har ingen SLT-koordinator." in administrator.get(SIDEN).text


# Whom a kommune does not know yet -----------------------------------------------------


@pytest.fixture(params=["open", "closed", "new"])
def hos_naboen(request, nabokommune):
    """An address that another kommune may have a user of."""
    if request.param != "new":
        bruker = BrukerFactory(
            epost="Ny@example.org",
            navn="Hemmelig Navn",
            is_active=request.param == "open",
        )
        bruker.set_password("hest batteri stift")
        logg_inn(bruker)
        TilgangFactory(kommune=nabokommune, bruker=bruker)
    return "ny@example.org"


def test_inviting_tells_nothing_of_a_user_of_another_kommune(hos_naboen, koordinator):
    """Whether there is one, open or closed, all that the coordinator sees is the same."""
    svar = inviter(koordinator, epost=hos_naboen, rolle="ansatt")
    forste = meldinger(koordinator)
    inviter(koordinator, epost=hos_naboen, rolle="ansatt")
    andre = meldinger(koordinator)
    rad = Tilgang.objects.get(rolle="ansatt")
    send_igjen(koordinator, rad)
    tredje = meldinger(koordinator)

    assert svar.status_code == 302
    sendt = "Invitasjonen er sendt til ny@example.org på e-post."
    assert [forste, andre, tredje] == [
        ["ny@example.org er nå ansatt, uten sluttdato.", sendt],
        ["ny@example.org har allerede denne tilgangen: ansatt.", sendt],
        [sendt],
    ]
    for adresse in (
        SIDEN,
        f"{SIDEN}tilganger.csv",
        f"{SIDEN}tilgang/{rad.pk}/avslutt-alt/",
    ):
        tekst = koordinator.get(adresse).text
        assert "ny@example.org" in tekst
        for hemmelig in ("Hemmelig Navn", "Ny@", "stengt", "valgt passord"):
            assert hemmelig not in tekst
    assert "har ikke logget inn siden tilgangen ble gitt" in koordinator.get(SIDEN).text


def test_who_logs_in_afterwards_has_shown_who_they_are(koordinator, nabokommune):
    annen = TilgangFactory(kommune=nabokommune, bruker__navn="Kari").bruker
    inviter(koordinator, epost=annen.epost, rolle="ansatt")
    assert "Kari" not in koordinator.get(SIDEN).text

    innlogget(annen)

    assert f"Kari {annen.epost} Ansatt" in Lest(koordinator.get(SIDEN)).tekst


def test_the_choice_of_who_sits_in_a_forum_names_nobody_who_is_not_known(
    koordinator, kommune, nabokommune
):
    annen = TilgangFactory(kommune=nabokommune, bruker__navn="Kari").bruker
    inviter(koordinator, epost=annen.epost, rolle="ansatt")
    forum = ForumFactory(kommune=kommune)
    adresse = f"/admin/moter/forum/{forum.pk}/change/"
    side = koordinator.get(adresse).text
    assert annen.epost in side
    assert "Kari" not in side

    innlogget(annen)

    assert f"Kari ({annen.epost})" in koordinator.get(adresse).text


# Links for partners -------------------------------------------------------------------


def lag_lenke(koordinator, **felter):
    """Returns the page after making one, and the address that it showed."""
    data = {"mottaker": "Politiet"} | felter
    svar = koordinator.post(
        f"{SIDEN}lenke/",
        {f"lenke-{navn}": verdi for navn, verdi in data.items()},
        follow=True,
    )
    funnet = re.search(r"http://testserver(/lenke/[\w-]+/)", svar.text)
    return svar, funnet and funnet[1]


@pytest.fixture
def bare_for_tjenester(kommune):
    """A tjeneste with a contact point for each circle of readers."""
    tjeneste = TjenesteFactory(kommune=kommune, navn="Oppvekst")
    for verdi, synlighet in (
        ("40000001", "offentlig"),
        ("40000002", "tjenester"),
        ("40000003", "koordinator"),
    ):
        KontaktpunktFactory(tjeneste=tjeneste, verdi=verdi, synlighet=synlighet)
    return tjeneste


TJENESTENE = "/lillestrom/tjenester/"
GLEM = "/konto/glem-lenker/"
INNE = "Du ser kontaktene for ansatte og samarbeidspartnere i Lillestrøm."


def numre(client, tjeneste):
    return set(
        re.findall("400 00 00[0-9]", client.get(tjeneste.get_absolute_url()).text)
    )


def test_who_has_the_link_reads_as_staff_after_pressing_the_button(
    koordinator, client, bare_for_tjenester
):
    _svar, lenke = lag_lenke(koordinator)
    assert numre(client, bare_for_tjenester) == {"400 00 001"}

    side = client.get(lenke)
    assert side.status_code == 200
    assert "Politiet" in side.text
    assert numre(client, bare_for_tjenester) == {
        "400 00 001"
    }  # looking is not entering
    svar = client.post(lenke)

    assert (svar.status_code, svar["Location"]) == (302, TJENESTENE)
    assert numre(client, bare_for_tjenester) == {"400 00 001", "400 00 002"}
    for lukket in (SIDEN, "/admin/", "/konto/"):
        assert client.get(lukket).status_code == 302


@pytest.mark.parametrize("innlogget_", [False, True])
def test_who_came_by_a_link_is_told_and_can_have_it_forgotten(
    innlogget_, koordinator, nabokommune, bare_for_tjenester
):
    leser = innlogget(BrukerFactory()) if innlogget_ else Client()
    annen = Client()
    _svar, lenke = lag_lenke(koordinator)
    assert INNE not in Lest(leser.get(TJENESTENE)).alt
    leser.post(lenke)
    annen.post(lenke)

    assert INNE in Lest(leser.get(TJENESTENE)).alt
    # In this kommune alone, and not to those who are let in by their role.
    assert "Du ser kontaktene" not in Lest(leser.get("/lorenskog/tjenester/")).alt
    assert INNE not in Lest(koordinator.get(TJENESTENE)).alt

    svar = leser.post(GLEM)

    assert (svar.status_code, svar["Location"]) == (302, "/")
    assert numre(leser, bare_for_tjenester) == {"400 00 001"}
    assert INNE not in Lest(leser.get(TJENESTENE)).alt
    assert leser.get("/konto/").status_code == (200 if innlogget_ else 302)
    assert numre(annen, bare_for_tjenester) == {"400 00 001", "400 00 002"}


def test_forgetting_needs_the_token_of_the_page(koordinator, bare_for_tjenester):
    leser = Client(enforce_csrf_checks=True)
    _svar, lenke = lag_lenke(koordinator)
    side = leser.get(lenke).text
    token = r'name="csrfmiddlewaretoken" value="([^"]+)"'
    leser.post(lenke, {"csrfmiddlewaretoken": re.search(token, side)[1]})

    assert leser.post(GLEM).status_code == 403
    assert len(numre(leser, bare_for_tjenester)) == 2
    side = leser.get(TJENESTENE).text
    assert f'action="{GLEM}"' in side
    leser.post(GLEM, {"csrfmiddlewaretoken": re.search(token, side)[1]})
    assert len(numre(leser, bare_for_tjenester)) == 1


def test_who_sees_as_staff_is_not_told_of_a_link(koordinator):
    _svar, lenke = lag_lenke(koordinator)
    koordinator.post(lenke)
    assert INNE in Lest(koordinator.get(TJENESTENE)).alt

    koordinator.post("/konto/se-som/", {"kommune": "lillestrom", "hva": "ansatt"})

    assert INNE not in Lest(koordinator.get(TJENESTENE)).alt


def test_a_link_that_is_taken_back_opens_nothing_more(
    koordinator, client, bare_for_tjenester
):
    _svar, lenke = lag_lenke(koordinator)
    client.post(lenke)
    [rad] = Tilgangslenke.objects.all()

    koordinator.post(f"{SIDEN}lenke/{rad.pk}/avslutt/")

    assert meldinger(koordinator) == ["Lenken er trukket tilbake."]
    assert INNE not in Lest(client.get(TJENESTENE)).alt
    assert numre(client, bare_for_tjenester) == {"400 00 001"}
    for metode in (client.get, client.post, Client().get, Client().post):
        assert metode(lenke).status_code == 404


def test_a_link_is_opened_by_a_whole_office_and_each_gets_a_session_of_their_own(
    koordinator, client
):
    _svar, lenke = lag_lenke(koordinator)
    for _gang in range(70):
        assert Client().post(lenke).status_code == 302

    okt = client.session
    okt["noe"] = "fra før"
    okt.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = okt.session_key
    client.post(lenke)
    assert client.session.session_key != okt.session_key


def test_a_link_opens_its_own_kommune_alone(
    koordinator, client, nabokommune, bare_for_tjenester
):
    _svar, lenke = lag_lenke(koordinator)
    client.post(lenke)
    fremmed = KontaktpunktFactory(
        tjeneste__kommune=nabokommune, verdi="40000002", synlighet="tjenester"
    )

    assert numre(client, bare_for_tjenester) == {"400 00 001", "400 00 002"}
    assert numre(client, fremmed.tjeneste) == set()


def test_the_link_itself_is_stored_nowhere(koordinator):
    svar, lenke = lag_lenke(koordinator)
    nokkel = lenke.split("/")[2]

    [rad] = Tilgangslenke.objects.all()
    assert nokkel not in str(rad.__dict__)
    assert rad.avtrykk not in svar.text
    assert not hasattr(rad.historikk.get(), "avtrykk")
    assert svar["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert nokkel not in str(dict(koordinator.session))


def test_a_link_is_made_once_and_shown_once(koordinator, nabokommune):
    TilgangFactory(bruker=koordinator.bruker, kommune=nabokommune)

    svar = koordinator.post(f"{SIDEN}lenke/", {"lenke-mottaker": "Politiet"})

    # Loading again what one is led to makes no second one.
    assert (svar.status_code, svar["Location"]) == (302, SIDEN)
    assert "testserver/lenke/" not in koordinator.get("/lorenskog/tilganger/").text
    assert "testserver/lenke/" in koordinator.get(SIDEN).text
    assert "testserver/lenke/" not in koordinator.get(SIDEN).text
    assert Tilgangslenke.objects.count() == 1


def test_a_link_ends_in_a_year_unless_one_says_otherwise(koordinator):
    om_et_ar = I_DAG() + timedelta(days=365)
    side = koordinator.get(SIDEN).text
    assert re.search(rf'name="lenke-til" value="{om_et_ar}"', side)

    for til in (str(I_DAG()), ""):
        lag_lenke(koordinator, til=til)

    assert [rad.til for rad in Tilgangslenke.objects.order_by("pk")] == [I_DAG(), None]


def test_the_list_of_links_says_who_made_each(koordinator, kommune):
    lag_lenke(koordinator)
    TilgangslenkeFactory(kommune=kommune, mottaker="Røde Kors")
    [rad] = Tilgangslenke.objects.filter(mottaker="Politiet")
    with spor(Dor.ADMIN, bruker=BrukerFactory(navn="En annen")):
        rad.mottaker = "Politidistriktet"
        rad.save()

    side = Lest(koordinator.get(SIDEN)).tekst

    assert "laget av Koordinator" in side
    assert side.count("laget av") == 1
    assert "En annen" not in side


@pytest.mark.parametrize("rolle", ["ansatt", "koordinator"])
def test_a_link_lets_a_user_from_elsewhere_read_and_no_more(
    rolle, koordinator, nabokommune, bare_for_tjenester, kommune
):
    """Whatever they are in their own kommune."""
    leser = innlogget(TilgangFactory(kommune=nabokommune, rolle=rolle).bruker)
    utkast = HandlingsplanFactory(
        kommune=kommune, status=Handlingsplan.Status.UTKAST
    ).get_absolute_url()
    punkt = bare_for_tjenester.kontaktpunkter.get(verdi="40000001")
    _svar, lenke = lag_lenke(koordinator)
    assert numre(leser, bare_for_tjenester) == {"400 00 001"}

    leser.post(lenke)

    assert numre(leser, bare_for_tjenester) == {"400 00 001", "400 00 002"}
    assert leser.get("/konto/").status_code == 200  # still who they are
    for lukket in (
        SIDEN,
        utkast,
        f"/lillestrom/endre/tjenester/{bare_for_tjenester.pk}/",
        f"/lillestrom/endre/kontaktpunkter/{punkt.pk}/",
    ):
        assert leser.get(lukket).status_code == 404
    assert inviter(leser).status_code == 404
    koordinerte = set(leser.bruker.koordinerer.values_list("slug", flat=True))
    assert koordinerte == ({"lorenskog"} if rolle == "koordinator" else set())
    assert "/endre/" not in leser.get(bare_for_tjenester.get_absolute_url()).text
    # Only who pressed, and only as long as it holds.
    assert numre(innlogget(leser.bruker), bare_for_tjenester) == {"400 00 001"}
    rad = Tilgangslenke.objects.get()
    rad.fra -= timedelta(days=9)
    rad.avslutt()
    assert numre(leser, bare_for_tjenester) == {"400 00 001"}


def test_a_link_lets_a_user_read_its_own_kommune_alone(
    koordinator, nabokommune, bare_for_tjenester
):
    leser = innlogget(BrukerFactory())
    _svar, lenke = lag_lenke(koordinator)
    leser.post(lenke)
    fremmed = KontaktpunktFactory(
        tjeneste__kommune=nabokommune, verdi="40000002", synlighet="tjenester"
    )

    assert numre(leser, bare_for_tjenester) == {"400 00 001", "400 00 002"}
    assert numre(leser, fremmed.tjeneste) == set()


def test_who_sees_the_site_as_others_do_reads_by_no_link(
    koordinator, nabo, bare_for_tjenester
):
    """What the link gave would make the page untrue."""
    _svar, lenke = lag_lenke(koordinator)
    nabo.post(lenke)
    assert numre(nabo, bare_for_tjenester) == {"400 00 001", "400 00 002"}

    nabo.post("/konto/se-som/", {"kommune": "lorenskog", "hva": "publikum"})

    assert numre(nabo, bare_for_tjenester) == {"400 00 001"}


def test_a_wrong_link_says_so_and_guessing_is_slowed(client, db):
    svarene = [client.get("/lenke/gjettet/").status_code for _gang in range(61)]

    assert svarene == [404] * 60 + [429]


@pytest.mark.parametrize("felter", [{"mottaker": ""}, {"til": "2020-01-01"}])
def test_a_link_needs_a_receiver_and_days_to_come(felter, koordinator):
    svar, lenke = lag_lenke(koordinator, **felter)

    assert (svar.status_code, lenke) == (422, None)
    [felt] = felter
    assert re.search(rf'autofocus>(?s:.)*href="#id_lenke-{felt}"', svar.text)
    assert Tilgangslenke.objects.count() == 0


# Everybody who works in the kommune ---------------------------------------------------


@pytest.fixture
def med_domene(kommune):
    kommune.ansattdomener = "lillestrom.example\nskole.example"
    kommune.full_clean()
    kommune.save()
    return "/lillestrom/ansatt/"


def be_om_lenke(client, epost="ola@lillestrom.example"):
    svar = client.post("/lillestrom/ansatt/", {"epost": epost})
    if not mail.outbox:
        return svar, None
    return svar, re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]


def test_who_shows_an_address_of_the_kommune_reads_as_staff(
    med_domene, client, bare_for_tjenester
):
    assert med_domene in client.get("/lillestrom/tjenester/").text
    svar, lenke = be_om_lenke(client, "OLA@Lillestrom.example")
    assert (svar.status_code, mail.outbox[0].to) == (200, ["ola@lillestrom.example"])
    assert client.get(lenke).status_code == 200
    assert numre(client, bare_for_tjenester) == {"400 00 001"}

    svar = client.post(lenke)

    assert (svar.status_code, svar["Location"]) == (302, TJENESTENE)
    assert numre(client, bare_for_tjenester) == {"400 00 001", "400 00 002"}
    side = client.get(TJENESTENE)
    assert INNE in Lest(side).alt
    assert med_domene not in side.text  # they are in already
    assert Bruker.objects.count() == 0  # nothing is stored of whom it was
    for lukket in (SIDEN, "/admin/", "/konto/"):
        assert client.get(lukket).status_code == 302


def test_who_shows_an_address_gets_a_session_of_a_new_name(med_domene, client):
    """Somebody who knew the old one, or gave it to them, does not come along."""
    okt = client.session
    okt["noe"] = "fra før"
    okt.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = okt.session_key
    _svar, lenke = be_om_lenke(client)

    client.post(lenke)

    assert client.session["noe"] == "fra før"
    assert client.session.session_key != okt.session_key
    assert not client.session.exists(okt.session_key)


def test_a_user_who_shows_such_an_address_reads_as_staff(
    med_domene, nabo, bare_for_tjenester
):
    _svar, lenke = be_om_lenke(nabo)

    nabo.post(lenke)

    assert numre(nabo, bare_for_tjenester) == {"400 00 001", "400 00 002"}
    assert nabo.get(SIDEN).status_code == 404


@pytest.mark.parametrize(
    "epost",
    [
        "ola@example.org",
        "ola@ond-lillestrom.example",
        "ola",
        "",
        "a@lillestrom.example.ond.example",
    ],
)
def test_other_addresses_get_no_link(epost, med_domene, client):
    svar, lenke = be_om_lenke(client, epost)

    assert (svar.status_code, lenke) == (422, None)


def test_a_domain_that_is_taken_off_the_list_opens_nothing_more(
    med_domene, client, kommune, bare_for_tjenester
):
    _svar, lenke = be_om_lenke(client)
    client.post(lenke)
    kommune.refresh_from_db()
    kommune.ansattdomener = "skole.example"
    kommune.save()

    assert numre(client, bare_for_tjenester) == {"400 00 001"}
    assert client.post(lenke).status_code == 404


def test_the_link_opens_its_own_kommune_and_for_an_hour(
    med_domene, client, nabokommune, monkeypatch
):
    nabokommune.ansattdomener = "lillestrom.example"
    nabokommune.save()
    _svar, lenke = be_om_lenke(client)

    hos_naboen = lenke.replace("/lillestrom/", "/lorenskog/")
    assert client.post(hos_naboen).status_code == 404
    assert client.post(f"{lenke[:-3]}x/").status_code == 404
    na = time.time()
    monkeypatch.setattr(time, "time", lambda: na + 3700)
    assert client.post(lenke).status_code == 404


def test_the_link_opens_once(med_domene, client, bare_for_tjenester):
    _svar, lenke = be_om_lenke(client)
    client.post(lenke)
    annen = Client()

    assert (annen.get(lenke).status_code, annen.post(lenke).status_code) == (404, 404)
    assert numre(annen, bare_for_tjenester) == {"400 00 001"}
    assert numre(client, bare_for_tjenester) == {"400 00 001", "400 00 002"}


def test_each_staff_link_opens_once_also_two_of_one_second(
    med_domene, client, monkeypatch
):
    na = time.time()
    monkeypatch.setattr(time, "time", lambda: na)
    lenker = [be_om_lenke(client)[1] for _nr in range(2)]

    assert [Client().post(lenke).status_code for lenke in lenker] == [302, 302]
    assert [Client().post(lenke).status_code for lenke in lenker] == [404, 404]


def test_mail_that_did_not_go_out_is_said_to_whoever_asked(
    med_domene, client, settings, monkeypatch
):
    def feiler(*args, **kwargs):
        raise OSError

    backend = "django.core.mail.backends.locmem.EmailBackend"
    monkeypatch.setattr(f"{backend}.send_messages", feiler)

    svar = client.post("/lillestrom/ansatt/", {"epost": "ola@lillestrom.example"})

    assert svar.status_code == 503
    assert "E-posten kom ikke av gårde" in svar.text
    assert 'value="ola@lillestrom.example"' in svar.text


def test_only_administrators_say_who_comes_in_as_staff(kommune, koordinator):
    side = f"/admin/slt/kommune/{kommune.pk}/change/"
    assert 'name="ansattdomener"' not in koordinator.get(side).text

    koordinator.post(
        side,
        innsending(
            koordinator.get(side), telefon="64 84 33 70", ansattdomener="ond.example"
        ),
    )

    kommune.refresh_from_db()
    assert (kommune.telefon, kommune.ansattdomener) == ("64 84 33 70", "")


def test_the_page_on_access_says_which_domains_let_in(med_domene, koordinator, kommune):
    side = Lest(koordinator.get(SIDEN))
    assert "uten egen bruker: lillestrom.example, skole.example." in side.tekst
    assert "Domenene legges inn av administratoren." in side.tekst

    kommune.ansattdomener = ""
    kommune.save()
    assert (
        "Når kommunens e-postdomener er lagt inn" in Lest(koordinator.get(SIDEN)).tekst
    )


def test_without_domains_there_is_no_such_page(kommune, client):
    assert client.get("/lillestrom/ansatt/").status_code == 404
    assert "/ansatt/" not in client.get("/lillestrom/tjenester/").text


def test_a_mailbox_of_staff_is_not_filled(med_domene, client):
    svarene = [be_om_lenke(client)[0].status_code for _gang in range(6)]

    assert svarene == [200] * 5 + [429]
    assert len(mail.outbox) == 5


@pytest.mark.parametrize(
    "domener", ["example", "a b@c", "https://x.example/", "x.example,y.example"]
)
def test_a_domain_is_a_domain(domener, kommune):
    kommune.ansattdomener = domener

    with pytest.raises(ValidationError) as feil:
        kommune.full_clean()
    assert list(feil.value.error_dict) == ["ansattdomener"]


# Editors ------------------------------------------------------------------------------


@pytest.fixture
def redaktor(bare_for_tjenester, kommune):
    return innlogget(TjenesteredaktorFactory(tjeneste=bare_for_tjenester).bruker)


def test_an_editor_changes_own_contact_points(redaktor, bare_for_tjenester):
    punkt = bare_for_tjenester.kontaktpunkter.get(verdi="40000002")
    adresse = f"/lillestrom/endre/kontaktpunkter/{punkt.pk}/"
    assert adresse in redaktor.get(bare_for_tjenester.get_absolute_url()).text

    sendt = innsending(redaktor.get(adresse), verdi="40000009")
    svar = redaktor.post(adresse, sendt | {"synlighet": "offentlig"})

    assert svar.status_code == 302
    punkt.refresh_from_db()
    assert (punkt.verdi, punkt.synlighet) == ("400 00 009", "tjenester")
    assert punkt.historikk.first().history_user == redaktor.bruker


def test_an_editor_changes_neither_what_is_others_nor_what_is_hidden(
    redaktor, bare_for_tjenester, kommune
):
    annen = KontaktpunktFactory(tjeneste__kommune=kommune)
    skjult = Kontaktpunkt.objects.get(synlighet="koordinator")
    tiltak = PlasseringFactory(
        innsatsomrade__plan=HandlingsplanFactory(kommune=kommune)
    ).tiltak
    for adresse in (
        f"endre/kontaktpunkter/{annen.pk}/",
        f"endre/kontaktpunkter/{skjult.pk}/",
        f"endre/tjenester/{annen.tjeneste.pk}/",
        f"endre/tiltak/{tiltak.pk}/",
        "tilganger/",
    ):
        for metode in (redaktor.get, redaktor.post):
            assert metode(f"/lillestrom/{adresse}").status_code == 404
    assert redaktor.get("/admin/").status_code == 302
    assert (
        'name="svaransvarlig"'
        not in redaktor.get(
            f"/lillestrom/endre/tjenester/{bare_for_tjenester.pk}/"
        ).text
    )


def test_an_editor_no_longer_is_one_when_it_ends(redaktor, bare_for_tjenester):
    rad = Tjenesteredaktor.objects.get()
    rad.avslutt()

    adresse = f"/lillestrom/endre/tjenester/{bare_for_tjenester.pk}/"
    assert redaktor.get(adresse).status_code == 404


# The politiråd ------------------------------------------------------------------------


def test_the_politirad_reads_the_draft_that_it_is_to_adopt(
    kommune, nabokommune, client
):
    utkast = HandlingsplanFactory(
        kommune=kommune, status=Handlingsplan.Status.UTKAST
    ).get_absolute_url()
    InnsatsomradeFactory(plan__kommune=nabokommune)

    def sett(rolle, hvor=kommune):
        leser = innlogget(TilgangFactory(kommune=hvor, rolle=rolle).bruker)
        return leser.get(utkast).status_code

    assert sett("politirad") == sett("koordinator") == 200
    assert sett("ansatt") == sett("politirad", nabokommune) == 404
    assert client.get(utkast).status_code == 404


# As others see it ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hva", "ventet", "ser_utkast"),
    [
        ("publikum", {"400 00 001"}, False),
        ("ansatt", {"400 00 001", "400 00 002"}, False),
        ("politirad", {"400 00 001", "400 00 002"}, True),
    ],
)
def test_a_coordinator_sees_the_site_as_others_do(
    hva, ventet, ser_utkast, koordinator, kommune, bare_for_tjenester
):
    utkast = HandlingsplanFactory(
        kommune=kommune, status=Handlingsplan.Status.UTKAST
    ).get_absolute_url()
    assert len(numre(koordinator, bare_for_tjenester)) == 3

    koordinator.post("/konto/se-som/", {"kommune": "lillestrom", "hva": hva})

    assert numre(koordinator, bare_for_tjenester) == ventet
    assert (koordinator.get(utkast).status_code == 200) == ser_utkast
    side = koordinator.get(bare_for_tjenester.get_absolute_url()).text
    assert "Du ser nettstedet som" in side
    assert "/endre/" not in side
    # Reading only, and none of what is for oneself.
    punkt = bare_for_tjenester.kontaktpunkter.first()
    for adresse in (
        "/admin/",
        SIDEN,
        "/konto/",
        "/konto/logg-inn/",
        "/konto/mine-opplysninger.json",
    ):
        assert koordinator.get(adresse).status_code == 403
    for adresse in (f"/lillestrom/endre/kontaktpunkter/{punkt.pk}/", SIDEN, "/admin/"):
        assert koordinator.post(adresse, {"verdi": "40000008"}).status_code == 403
    punkt.refresh_from_db()
    assert punkt.verdi == "40000001"

    svar = koordinator.post("/konto/se-som/slutt/")

    assert svar["Location"] == "/konto/"
    assert len(numre(koordinator, bare_for_tjenester)) == 3
    assert koordinator.get("/admin/").status_code == 200


def test_one_sees_as_others_only_in_a_kommune_of_ones_own(koordinator, nabokommune):
    for data in (
        {"kommune": "lorenskog", "hva": "ansatt"},
        {"kommune": "lillestrom", "hva": "administrator"},
        {},
    ):
        assert koordinator.post("/konto/se-som/", data).status_code == 403
    assert koordinator.get("/konto/").status_code == 200


def test_who_no_longer_coordinates_is_oneself_again(koordinator):
    koordinator.post("/konto/se-som/", {"kommune": "lillestrom", "hva": "ansatt"})
    koordinator.bruker.tilganger.get().avslutt()

    assert koordinator.get("/konto/").status_code == 200

    # And stays so, also when they coordinate once more.
    TilgangFactory(bruker=koordinator.bruker, kommune=Kommune.objects.get())
    assert koordinator.get("/admin/").status_code == 200


def test_who_sees_as_others_is_told_why_a_page_is_closed(koordinator):
    koordinator.post("/konto/se-som/", {"kommune": "lillestrom", "hva": "ansatt"})

    for svar in (koordinator.get(SIDEN), koordinator.post(SIDEN)):
        side = Lest(svar).tekst
        assert svar.status_code == 403
        assert "og du kan bare lese" in side
        assert 'action="/konto/se-som/slutt/"' in svar.text
        assert "Spør SLT-koordinatoren" not in side

    koordinator.post("/konto/se-som/slutt/")
    svar = koordinator.post("/konto/se-som/", {"kommune": "lorenskog"})
    assert svar.status_code == 403
    assert "Spør SLT-koordinatoren" in Lest(svar).tekst
    assert "se-som/slutt" not in svar.text


def test_one_can_log_out_while_seeing_as_others(koordinator):
    koordinator.post("/konto/se-som/", {"kommune": "lillestrom", "hva": "publikum"})

    assert koordinator.post("/konto/logg-ut/").status_code == 302
    assert koordinator.get("/konto/").status_code == 302


def test_an_administrator_may_do_all_that_a_coordinator_may(administrator, kommune):
    assert inviter(administrator).status_code == 302
    assert Tilgang.objects.get().kommune == kommune


def test_staff_may_not_invite(kommune):
    ansatt = innlogget(TilgangFactory(kommune=kommune, rolle="ansatt").bruker)

    assert inviter(ansatt).status_code == 404
    assert innlogget(BrukerFactory()).get(SIDEN).status_code == 404
    assert Bruker.objects.count() == 2


def test_links_to_the_calendars_of_fora_say_who_made_them(koordinator, kommune):
    forum = ForumFactory(kommune=kommune, navn="Kontaktmøtet")
    with spor(Dor.SKJEMA, bruker=koordinator.bruker):
        Kalenderlenke.ny(forum=forum)

    side = Lest(koordinator.get(SIDEN)).tekst

    hvem = koordinator.bruker
    assert re.search(rf"Kontaktmøtet fra \S+ \w+ \d+ laget av {hvem}", side)


def test_what_cannot_be_an_address_is_no_kommune(koordinator):
    svar = koordinator.post("/konto/se-som/", {"kommune": "\0", "hva": "ansatt"})

    assert svar.status_code == 403
