"""That somebody keeps each kommune, and all of them: who takes the last one is told, or
refused."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from slt.models import Bruker, Tilgang
from tests.conftest import innlogget
from tests.factories import BrukerFactory, KommuneFactory, TilgangFactory
from tests.slt.test_admin import feil, side, skjema

INGEN = "Kommunen har ingen SLT-koordinator."
IKKE_INNE = "Ingen SLT-koordinator i kommunen har logget inn ennå."
OM_EN_UKE = timezone.localdate() + timedelta(days=7)


def kjor(*ord_):
    ut = StringIO()
    call_command(*ord_, stdout=ut, stderr=ut)
    return ut.getvalue()


@pytest.mark.parametrize("utfor", [[], ["--utfor"]])
def test_who_anonymises_the_last_coordinator_is_told(utfor, koordinator, kommune):
    ut = kjor("anonymiser", koordinator.bruker.epost, *utfor)

    assert f"Advarsel: {kommune}: {INGEN}\n" in ut
    assert Tilgang.objects.exists() == (not utfor)


@pytest.mark.parametrize("utfor", [[], ["--utfor"]])
def test_who_anonymises_one_of_two_is_told_nothing(utfor, koordinator, kommune):
    innlogget(TilgangFactory(kommune=kommune).bruker)

    assert "Advarsel" not in kjor("anonymiser", koordinator.bruker.epost, *utfor)


def test_who_anonymises_the_last_administrator_is_told(administrator):
    adresse = Bruker.objects.get().epost

    assert "Ingen administrator kan logge inn lenger." in kjor("anonymiser", adresse)


def test_the_look_over_names_who_has_no_coordinator(koordinator, kommune, nabokommune):
    TilgangFactory(kommune=nabokommune, bruker__is_active=False)

    assert kjor("helse") == (
        f"Advarsel: {nabokommune}: {INGEN}\nIngen rader viser til en annen kommune.\n"
    )


@pytest.mark.parametrize("adresse", ["/konto/", "/lillestrom/tilganger/"])
@pytest.mark.parametrize(
    ("selv_til", "andre_til", "ventet"),
    [
        (None, "ingen", ""),
        (None, None, ""),
        (OM_EN_UKE, "ingen", "Etter {} har kommunen ingen SLT-koordinator."),
        (OM_EN_UKE, None, "Etter {} har kommunen bare SLT-koordinatorer som aldri"),
        ("administrator", None, IKKE_INNE),
    ],
)
def test_its_coordinators_see_that_nobody_will_keep_it(
    adresse, selv_til, andre_til, ventet, koordinator, kommune
):
    """Whoever has never logged in may have a mistyped address."""
    selv = koordinator.bruker.tilganger.get()
    if selv_til == "administrator":
        selv.delete()
        koordinator.bruker.is_superuser = True
        koordinator.bruker.save()
    else:
        selv.til = selv_til
        selv.save()
    if andre_til != "ingen":
        TilgangFactory(kommune=kommune, til=andre_til)

    tekst = koordinator.get(adresse).text

    sagt = ventet.format(date_format(OM_EN_UKE, "j. F Y"))
    assert sagt in tekst
    assert ('data-color="warning"' in tekst) == bool(sagt)


def test_ones_own_page_costs_the_same_for_one_kommune_and_three(administrator, kommune):
    def antall():
        with CaptureQueriesContext(connection) as sporringer:
            administrator.get("/konto/")
        return len(sporringer)

    antall()
    en = antall()
    KommuneFactory.create_batch(2)

    assert antall() == en


@pytest.mark.parametrize("felt", ["is_superuser", "is_active"])
@pytest.mark.parametrize("andre", ["ingen", "stengt", "flere"])
def test_the_last_administrator_stays(felt, andre, administrator):
    selv = Bruker.objects.get()
    if andre != "ingen":
        BrukerFactory(is_superuser=True, is_active=andre == "flere")
    adresse = side(Bruker, "change", selv.pk)
    data = skjema(administrator.get(adresse))
    del data[felt]

    svar = administrator.post(adresse, data)

    selv.refresh_from_db()
    if andre == "flere":
        assert not getattr(selv, felt)
    else:
        assert "den siste administratoren" in str(feil(svar)[felt])
        assert getattr(selv, felt)
