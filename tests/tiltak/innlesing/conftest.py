"""The documents, made once a run."""

import pytest

from tests.tiltak.innlesing import dokumenter
from tests.tiltak.innlesing.lest import lest
from tiltak.innlesing.forslag import foresla

LAGES = {
    "docx med overskrifter": ("docx", dokumenter.med_overskrifter),
    "docx med tabeller": ("docx", dokumenter.med_tabeller),
    "PDF med tagger": (
        "pdf",
        lambda: dokumenter.som_pdf(dokumenter.plan_html(), tagger=True),
    ),
    "PDF uten tagger": (
        "pdf",
        lambda: dokumenter.som_pdf(dokumenter.plan_html(), tagger=False),
    ),
    "PDF med tabeller": (
        "pdf",
        lambda: dokumenter.som_pdf(dokumenter.tabell_html(), tagger=False),
    ),
    "regneark": ("xlsx", dokumenter.som_regneark),
}


@pytest.fixture(scope="session", params=LAGES)
def lillestrom(request):
    """Its name, its blocks and what is proposed, of each form of Lillestrøm's plan."""
    slag, lag = LAGES[request.param]
    blokker = lest(slag, lag())
    return request.param, blokker, foresla(blokker)
