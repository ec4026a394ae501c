"""Where a finished evaluation is found: by its plan, and among what is frozen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evaluering.ferdigstilling import apne_igjen
from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import (
    EvalueringFactory,
    HandlingsplanFactory,
    TilgangFactory,
    ferdig_evaluering,
)
from tests.lest import Lest
from tests.skjemasvar import sporringer
from tests.tiden import det_gar, for_dager_siden

DOKUMENTENE = "/lillestrom/dokumenter/"
KONTROLL = f"{DOKUMENTENE}kontroll/"


@pytest.fixture
def plan(kommune):
    return HandlingsplanFactory(kommune=kommune)


@pytest.fixture
def ferdig(plan):
    return ferdig_evaluering(plan, tittel="Midtveis 2026")


@pytest.fixture
def leserne(kommune, nabo, koordinator):
    """Who is not told of what is not published, and who is."""
    tilgang = TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.POLITIRAD)
    return [Client(), nabo, innlogget(tilgang.bruker), koordinator]


def _finnes(klient, side, rad):
    return rad.get_absolute_url() in Lest(klient.get(side)).adresser("/lillestrom/")


def _kontroller(klient, innhold, side=KONTROLL):
    fil = SimpleUploadedFile("evaluering.pdf", innhold, "application/pdf")
    return Lest(klient.post(side, {"fil": fil})).tekst


def test_the_plan_and_the_list_of_documents_lead_to_it(plan, ferdig, leserne):
    for side in (plan.get_absolute_url(), DOKUMENTENE):
        funnet = [_finnes(klient, side, ferdig) for klient in leserne]
        assert (side, funnet) == (side, [True] * 4)


def test_what_is_not_published_only_those_find_who_may_read_it(plan, leserne):
    ferdig = ferdig_evaluering(plan, publisert=False)

    for side in (plan.get_absolute_url(), DOKUMENTENE):
        funnet = [_finnes(klient, side, ferdig) for klient in leserne]
        assert (side, funnet) == (side, [False, False, True, True])


def test_one_that_is_not_finished_is_not_there(plan, koordinator):
    under_arbeid = EvalueringFactory(plan=plan)

    sider = (plan.get_absolute_url(), DOKUMENTENE)
    assert [_finnes(koordinator, side, under_arbeid) for side in sider] == [False] * 2


def test_the_plan_of_another_day_says_nothing_of_it(plan, ferdig, koordinator):
    det_gar(60)
    plan.refresh_from_db()
    side = plan.get_absolute_url()
    da = f"{side}?dato={for_dager_siden(30)}"

    assert koordinator.get(da).status_code == 200
    assert [_finnes(koordinator, s, ferdig) for s in (side, da)] == [True, False]


def test_its_file_is_told_from_another(plan, ferdig, client, nabokommune):
    innhold = bytes(ferdig.dokument.innhold)

    ekte = _kontroller(client, innhold)

    assert "Filen er ekte. Den er nøyaktig lik Midtveis 2026" in ekte
    assert "ikke lik noe dokument" not in ekte
    assert "ikke lik noe dokument" in _kontroller(client, innhold + b" ")
    hos_naboen = f"/{nabokommune.slug}/dokumenter/kontroll/"
    assert "ikke lik noe dokument" in _kontroller(client, innhold, hos_naboen)


def test_a_file_that_one_may_not_read_is_none(plan, leserne):
    innhold = bytes(ferdig_evaluering(plan, publisert=False).dokument.innhold)

    svarene = ["Filen er ekte." in _kontroller(k, innhold) for k in leserne]

    assert svarene == [False, False, True, True]


def test_one_that_is_opened_again_is_frozen_no_more(plan, ferdig, koordinator):
    innhold = bytes(ferdig.dokument.innhold)
    apne_igjen(ferdig, "Et tall var feil")

    assert not _finnes(koordinator, DOKUMENTENE, ferdig)
    assert "ikke lik noe dokument" in _kontroller(koordinator, innhold)


def test_many_cost_no_more_queries(plan, ferdig, koordinator):
    sider = (plan.get_absolute_url(), DOKUMENTENE)
    med_en = [sporringer(koordinator, side) for side in sider]
    for nr in range(2):
        ferdig_evaluering(plan, tittel=f"Nummer {nr}")

    assert [sporringer(koordinator, side) for side in sider] == med_en
