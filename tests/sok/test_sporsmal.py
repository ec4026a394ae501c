"""Everyday questions, asked of the real plan: those who ask find whom to call."""

import re
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import transaction

from slt.grunn.sok.indeks import Indeks
from slt.grunn.sok.sporring import les
from slt.management.commands.last_grunndata import medfolgende
from slt.models import Kommune
from slt.sok.lager import bygg, tingene

ER_ATV = re.compile("/tjenester/atv/|/vold-og-overgrep/5/").search
SPORSMAL = yaml.safe_load((Path(__file__).parent / "sporsmal.yaml").read_text("utf-8"))
MED_SVAR = [rad for rad in SPORSMAL if rad["svar"]]


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """The real plan: loaded once for this module and undone after it. The name tells
    pytest-django that a database is wanted."""
    with django_db_blocker.unblock(), transaction.atomic():
        filer = [fil for fil in medfolgende() if fil.name.startswith("3205-")]
        call_command("last_grunndata", *filer, stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def indeks(db):
    """What a stranger finds in Lillestrøm."""
    return bygg(Kommune.objects.get(slug="lillestrom"), AnonymousUser())


def forste_tre(indeks, sporsmal):
    return _adresser(indeks, sporsmal)[:3]


def test_each_question_leads_to_somebody_who_helps(indeks):
    bommet = [
        (rad["q"], funnet)
        for rad in MED_SVAR
        for funnet in [forste_tre(indeks, rad["q"])]
        if not any(adresse.endswith(tuple(rad["svar"])) for adresse in funnet)
    ]

    assert MED_SVAR
    assert bommet == []


def test_what_nobody_answers_is_said_to_have_no_answer(indeks):
    uten_svar = [rad["q"] for rad in SPORSMAL if not rad["svar"]]

    assert [forste_tre(indeks, q) for q in uten_svar] == [[]] * 11


def test_enough_is_asked_and_enough_of_it_in_nynorsk():
    assert len(MED_SVAR) >= 60
    assert sum(rad.get("nn", False) for rad in MED_SVAR) >= 10


def test_the_words_of_who_suffers_lead_past_what_is_for_who_does_it(indeks):
    """Alternativ til vold is for those who hit: first for their words alone."""
    assert not any(map(ER_ATV, _adresser(indeks, "far slår")[:5]))
    assert any(map(ER_ATV, _adresser(indeks, "jeg slår kona mi")[:2]))


def test_the_order_is_that_of_the_points_whatever_order_the_rows_come_in(indeks):
    """No database has a say in it: of equal ones alone, the first row is first."""
    bakvendt = Indeks(
        reversed(list(tingene(Kommune.objects.get(slug="lillestrom"), AnonymousUser())))
    )
    sporsmal = [rad["q"] for rad in SPORSMAL[::5]]

    def poeng(i, q):
        return sorted((t.ting.adresse, t.poeng) for t in i.sok(les(q), flest=999).treff)

    assert [poeng(bakvendt, q) for q in sporsmal] == [
        poeng(indeks, q) for q in sporsmal
    ]


def _adresser(indeks, sporsmal):
    return [treff.ting.adresse for treff in indeks.sok(les(sporsmal)).treff]
