"""The accent colours stand in a style sheet for pages, and in code for documents."""

import re

from django.conf import settings

from slt.felles.dokument import FARGER, farger
from slt.models import Kommune


def test_documents_have_the_accent_colours_of_the_pages():
    stil = (settings.BASE_DIR / "slt/static/slt/farger.css").read_text("utf-8")
    regler = re.findall(
        r'\[data-aksent="(\w+)"\],\s+\.aksent-\1 {\s+--aksent: #(\w+);', stil
    )

    assert dict(regler) == FARGER
    assert set(FARGER) == set(Kommune.Aksentfarge.values)


def test_the_tones_are_the_colour_mixed_with_white():
    assert farger(Kommune(aksentfarge="petrol")) == {
        "aksent": "#14495c",
        "mellom": "#567c8a",
        "strek": "#b8c8ce",
        "lys": "#dee6e8",
        "bunn": "#f1f4f5",
    }
