"""One address is one user, however it is written: by whatever door, on both databases."""

from time import process_time

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from slt.grunn.epostadresse import normal_adresse
from slt.grunn.tekst import les_epost
from slt.models import Bruker, Tilgang
from tests.conftest import innlogget
from tests.factories import BrukerFactory, UtsendingFactory
from tests.slt.test_admin import feil, side, skjema
from tests.slt.test_tilganger import inviter

FULLBREDDE = "ola@\uff45xample.org"
MYK_BINDESTREK = "ola@ex\u00adample.org"
UTEN_PRIKK = "\u0131da@example.org"


@pytest.mark.parametrize(
    ("skrevet", "lagret"),
    [
        (" Ola.Nordmann@Example.ORG ", "ola.nordmann@example.org"),
        (FULLBREDDE, "ola@example.org"),
        ("ola@BLÅBÆR.no", "ola@xn--blbr-roah.no"),
        ("ola@bla\u030abær.no", "ola@xn--blbr-roah.no"),
        ("ola@XN--blbr-roah.no", "ola@xn--blbr-roah.no"),
        ("\u212aari@example.org", "kari@example.org"),
    ],
)
def test_an_address_is_written_in_one_way(skrevet, lagret):
    assert normal_adresse(skrevet) == lagret
    assert normal_adresse(lagret) == lagret


@pytest.mark.parametrize(
    ("skrevet", "hvorfor"),
    [
        (MYK_BINDESTREK, "usynlige tegn"),
        ("ola\u200d@example.org", "usynlige tegn"),
        ("ola@ex\ufe0fample.org", "usynlige tegn"),
        (UTEN_PRIKK, "a til z"),
        ("børge@example.org", "a til z"),
        ("ol\u0430@example.org", "a til z"),
        ("ola@straße.no", "straße.no"),
        ("ola@" + "å" * 80 + ".no", "kan ikke brukes"),
    ],
)
def test_what_some_would_take_for_another_is_refused(skrevet, hvorfor, koordinator):
    antall = Bruker.objects.count()

    with pytest.raises(ValidationError, match=hvorfor):
        normal_adresse(skrevet)
    with pytest.raises(ValidationError, match=hvorfor):
        BrukerFactory(epost=skrevet)
    svar = inviter(koordinator, epost=skrevet)

    assert svar.status_code == 422
    assert hvorfor in str(svar.context["skjema"].errors["epost"])
    assert Bruker.objects.count() == antall


@pytest.mark.parametrize(
    "dor",
    [
        normal_adresse,
        les_epost,
        lambda adresse: BrukerFactory(epost=adresse),
        lambda adresse: UtsendingFactory(til=adresse),
    ],
)
def test_what_a_mail_would_read_as_another_is_refused(dor, db):
    """In the mail it is ola@example.org."""
    with pytest.raises(ValidationError):
        dor("=?utf-8?q?ol=61?=@example.org")


def test_nobody_is_invited_by_such_an_address(koordinator):
    svar = inviter(koordinator, epost="=?utf-8?q?ol=61?=@example.org")

    assert svar.status_code == 422
    assert "ikke en e-postadresse" in str(svar.context["skjema"].errors["epost"])


def test_an_invitation_does_not_reach_whose_address_is_another(koordinator):
    annen = BrukerFactory(epost="Ola.Nordmann@STRASSE.example.org")

    svar = inviter(koordinator, epost="ola.nordmann@straße.example.org")

    assert "strasse" not in svar.text.lower()
    assert not Tilgang.objects.filter(bruker=annen).exists()


@pytest.mark.parametrize("skrevet", ["OLA@Example.org", FULLBREDDE])
def test_an_invitation_reaches_whoever_has_the_address(skrevet, koordinator):
    bruker = BrukerFactory(epost="Ola@example.org")

    inviter(koordinator, epost=skrevet)

    assert Tilgang.objects.filter(bruker=bruker).exists()


@pytest.mark.parametrize(
    ("skrevet", "hvorfor"),
    [
        ("OLA@example.org", "allerede en bruker"),
        (FULLBREDDE, "allerede en bruker"),
        (MYK_BINDESTREK, "usynlige tegn"),
        ("ola@exaßple.org", "kan ikke brukes"),
        (UTEN_PRIKK, "a til z"),
    ],
)
def test_an_administrator_does_not_add_a_twin(skrevet, hvorfor, administrator):
    BrukerFactory(epost="ola@example.org")
    BrukerFactory(epost="ida@example.org")
    antall = Bruker.objects.count()
    adresse = side(Bruker, "add")
    data = skjema(administrator.get(adresse))

    svar = administrator.post(
        adresse, data | {"epost": skrevet, "usable_password": "false"}
    )

    assert hvorfor in str(feil(svar)["epost"])
    assert Bruker.objects.count() == antall


def test_an_administrator_does_not_make_a_twin_of_a_user(administrator):
    BrukerFactory(epost="ola@example.org")
    annen = BrukerFactory(epost="kari@example.org")
    adresse = side(Bruker, "change", annen.pk)
    data = skjema(administrator.get(adresse))

    svar = administrator.post(adresse, data | {"epost": FULLBREDDE})

    assert "allerede en bruker" in str(feil(svar)["epost"])


@pytest.mark.parametrize("skrevet", ["", "ola", "ola@straße.no", MYK_BINDESTREK, "\0"])
def test_logging_in_with_what_is_no_address_is_a_failed_try(skrevet, client, db):
    BrukerFactory(epost="ola@strasse.no")

    svar = client.post("/konto/logg-inn/", {"username": skrevet, "password": "x"})

    assert svar.status_code == 200
    assert svar.context["form"].errors


def test_the_database_itself_takes_no_other_writing(db):
    bruker = BrukerFactory(epost="ola@example.org")

    for epost in ("Ola@example.org", "ola@straße.no", "ol a@example.org"):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "UPDATE slt_bruker SET epost = %s WHERE id = %s", [epost, bruker.pk]
            )


def test_an_administrator_made_at_the_command_line_is_stored_the_same_way(db):
    call_command("createsuperuser", epost="Ola@\uff45xample.ORG", interactive=False)

    assert Bruker.objects.get().epost == "ola@example.org"
    assert innlogget(Bruker.objects.med_epost("OLA@example.org").get())


@pytest.mark.parametrize("tegn", [",", "\u200b", "x", "\u0301\u0323"])
def test_what_is_far_too_long_is_refused_at_once(tegn, client, db):
    """A stranger sends it: looked through sign by sign, it took minutes."""
    langt = tegn * (600_000 // len(tegn.encode())) + "@example.org"
    begynt = process_time()

    svar = client.post("/konto/glemt/", {"email": langt})

    assert process_time() - begynt < 2
    assert "Dette er ikke en e-postadresse" in svar.text


def test_what_is_far_too_long_is_no_address_by_any_door(db):
    assert not Bruker.objects.med_epost("a\u0301\u0323" * 100_000).exists()
