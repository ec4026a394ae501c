"""The plan as a Word document: time and memory, by the size of the plan, and what of it is
read back."""

import json
from io import StringIO

from django.core.management import call_command

from slt.felles.dokument import BUDSJETT
from slt.grunn.avgrenset import kjor
from slt.grunn.word import skriv
from slt.models import Kommune
from tests.tiltak.innlesing.fakta import andel, treff
from tests.tiltak.innlesing.fakta import plan as fakta
from tests.tiltak.innlesing.lest import lest
from tests.tiltak.provedata import full_plan
from tests.ytelse._maling import Rad, i_tur, topp_megabyte
from tiltak.dokument import Utgave
from tiltak.innlesing.forslag import foresla
from tiltak.models import Handlingsplan

SKRIV = "slt.grunn.word:skriv"


def setup():
    call_command("last_grunndata", stdout=StringIO())


def _innhold(plan):
    return json.dumps({"html": Utgave(plan).html(), "bilder": {}}).encode()


def bench_word():
    planer = Handlingsplan.objects.select_related("kommune")
    plan = planer.get(kommune__slug="lillestrom", fra_ar=2024)
    innhold = _innhold(plan)
    html, hele = i_tur(
        lambda: Utgave(plan).html(), lambda: kjor(SKRIV, innhold, BUDSJETT), ganger=5
    )
    yield Rad("plan.docx, the HTML that it is of", html, "s")
    yield Rad("plan.docx, the process that writes it", hele, "s")
    yield Rad("plan.docx, peak memory", topp_megabyte(SKRIV, innhold), "MB", hoyst=150)
    funnet = treff(foresla(lest("docx", b"".join(skriv(innhold)))), fakta()[1])
    yield Rad("plan.docx, facts read back in place", 100 * andel(funnet), "%", minst=95)


def bench_word_vekst():
    """A tiltak of a large plan costs what one of a small plan does."""
    innhold = {}
    for antall in (50, 200):
        kommune = Kommune.objects.create(
            nummer=f"{9000 + antall}", navn=f"Stor {antall}", slug=f"stor-{antall}"
        )
        innhold[antall] = _innhold(full_plan(kommune, antall))
    liten, stor = i_tur(
        *(lambda h=h: list(skriv(h)) for h in innhold.values()), ganger=3
    )
    yield Rad("plan.docx of 200 tiltak and as many deltiltak", stor, "s")
    yield Rad(
        "a tiltak of 200 / a tiltak of 50, plan.docx", stor / 4 / liten, hoyst=1.3
    )
    yield Rad(
        "plan.docx of 200 tiltak, peak memory",
        topp_megabyte(SKRIV, innhold[200]),
        "MB",
        hoyst=300,
    )
