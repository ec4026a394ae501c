"""The public pages of plans, tilbud and tjenester."""

from .planen import (
    DekningView,
    HandlingsplanDetailView,
    InnsatsomradeDetailView,
    PlanView,
    TiltakDetailView,
    TiltakListView,
    plan_kort_pdf,
    plan_pdf,
    til_gjeldende,
)
from .tilbud import TilbudDetailView, TilbudListView
from .tjenester import TjenesteDetailView, TjenesteListView

__all__ = [
    "DekningView",
    "HandlingsplanDetailView",
    "InnsatsomradeDetailView",
    "PlanView",
    "TilbudDetailView",
    "TilbudListView",
    "TiltakDetailView",
    "TiltakListView",
    "TjenesteDetailView",
    "TjenesteListView",
    "plan_kort_pdf",
    "plan_pdf",
    "til_gjeldende",
]
