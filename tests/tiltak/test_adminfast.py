"""Somebody adopts or ends a plan while another one has a page of it open in the admin: they
are told why nothing was saved, and get back what they wrote."""

import pytest
from django.urls import reverse

from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    PlasseringFactory,
)
from tests.innsending import innsending
from tests.lest import Lest
from tiltak.models import Handlingsplan, Lenke

AVLOST, UTKAST = Handlingsplan.Status.AVLOST, Handlingsplan.Status.UTKAST


@pytest.fixture
def plan(kommune):
    return HandlingsplanFactory(kommune=kommune)


@pytest.fixture
def tiltak(plan):
    return PlasseringFactory(
        innsatsomrade=InnsatsomradeFactory(plan=plan),
        tiltak__tekst="<p>Går om natten.</p>",
        tiltak__tittel="Natteravner",
    ).tiltak


def side(rad, slag="change"):
    return reverse(f"admin:tiltak_{rad._meta.model_name}_{slag}", args=[rad.pk])


def avlos(plan):
    plan.status = AVLOST
    plan.save()


def test_what_was_written_is_given_back(tiltak, plan, koordinator):
    AnsvarFactory(tiltak=tiltak, merknad="hver skole")
    Lenke.objects.create(tiltak=tiltak, tittel="Mer", adresse="https://example.org/")
    sendt = innsending(
        koordinator.get(side(tiltak)),
        tittel="Natteravnene",
        tekst="<p>Går <strong>hver</strong> natt.</p><p>Også om sommeren.</p>",
        kontakt_merknad="Ring <b>før</b> ni",
    )
    sendt |= {"ansvar-0-merknad": "bare ungdomsskolene"}
    avlos(plan)

    svar = koordinator.post(side(tiltak), sendt)

    assert svar.status_code == 403
    lest = Lest(svar).tekst
    assert "Planen er avløst, og står som den er." in lest
    assert "Det du skrev, er ikke lagret." in lest
    assert [(str(hva), tekst) for hva, tekst in svar.context["skrevet"]] == [
        ("Tittel", "Natteravnene"),
        ("Beskrivelse", "Går hver natt.\nOgså om sommeren."),
        ("Merknad om kontakt", "Ring <b>før</b> ni"),
        ("Merknad", "bare ungdomsskolene"),
    ]
    assert "Ring &lt;b&gt;før&lt;/b&gt; ni" in svar.text
    tiltak.refresh_from_db()
    assert (tiltak.tittel, tiltak.kontakt_merknad) == ("Natteravner", "")


def test_who_wrote_nothing_is_told_why_alone(tiltak, plan, koordinator):
    sendt = innsending(koordinator.get(side(tiltak)))
    avlos(plan)

    svar = koordinator.post(side(tiltak), sendt)

    assert svar.status_code == 403
    assert svar.context["skrevet"] == []
    assert "Det du skrev" not in Lest(svar).tekst
    assert (side(tiltak), "Se Natteravner slik det står nå") in Lest(svar).lenker


@pytest.mark.parametrize("lag", [KapittelFactory, InnsatsomradeFactory])
def test_it_is_the_same_for_all_that_stands_in_the_plan(lag, plan, koordinator):
    rad = lag(plan=plan)
    navn = "tittel" if lag is KapittelFactory else "navn"
    sendt = innsending(koordinator.get(side(rad)), **{navn: "Et nytt navn"})
    avlos(plan)

    for adresse, sendt_til in ((side(rad), sendt), (side(plan), {"tittel": "Ny"})):
        svar = koordinator.post(adresse, sendt_til)
        assert svar.status_code == 403
        assert "Planen er avløst, og står som den er." in Lest(svar).tekst
        assert "Det du skrev, er ikke lagret." in Lest(svar).tekst


def test_who_wants_to_delete_is_told_what_to_do_instead(kommune, koordinator):
    plan = HandlingsplanFactory(kommune=kommune, status=UTKAST)
    kapittel = KapittelFactory(plan=plan)
    assert koordinator.get(side(kapittel, "delete")).status_code == 200
    plan.status = Handlingsplan.Status.GJELDENDE
    plan.save()

    for svar in (
        koordinator.get(side(kapittel, "delete")),
        koordinator.post(side(kapittel, "delete"), {"post": "yes"}),
    ):
        assert svar.status_code == 403
        assert "avsluttes, men slettes ikke." in Lest(svar).tekst
    kapittel.refresh_from_db()


def test_the_neighbour_is_told_nothing(tiltak, plan, nabo):
    avlos(plan)

    assert nabo.post(side(tiltak), {"tittel": "Ond"}).status_code == 404
    assert nabo.post(side(tiltak, "delete"), {"post": "yes"}).status_code == 404
