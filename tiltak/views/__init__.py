"""The public pages of plans, tilbud and tjenester."""

from .dokumenter import (
    DokumenterView,
    DokumentView,
    dokument_kontroll,
    dokument_pdf,
)
from .kontaktark import KontaktarkView, kontaktark_pdf
from .kontaktkort import kontaktkort, qr_kode
from .planen import (
    DekningView,
    EndringerView,
    HandlingsplanDetailView,
    InnsatsomradeDetailView,
    PlanView,
    TiltakDetailView,
    TiltakListView,
    plan_kort_pdf,
    plan_pdf,
    plan_word,
    til_gjeldende,
)
from .sammenlign import SammenlignView
from .tilbud import TilbudDetailView, TilbudListView
from .tjenester import TjenesteDetailView, TjenesteListView

__all__ = [
    "DekningView",
    "DokumentView",
    "DokumenterView",
    "EndringerView",
    "HandlingsplanDetailView",
    "InnsatsomradeDetailView",
    "KontaktarkView",
    "PlanView",
    "SammenlignView",
    "TilbudDetailView",
    "TilbudListView",
    "TiltakDetailView",
    "TiltakListView",
    "TjenesteDetailView",
    "TjenesteListView",
    "dokument_kontroll",
    "dokument_pdf",
    "kontaktark_pdf",
    "kontaktkort",
    "plan_kort_pdf",
    "plan_pdf",
    "plan_word",
    "qr_kode",
    "til_gjeldende",
]
