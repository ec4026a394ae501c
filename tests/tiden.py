"""Time that goes by in a test: what was done until then lies further back."""

from datetime import date, timedelta

from django.apps import apps
from django.db.models import F
from django.utils import timezone

from slt.felles.omtale import er_historikk


def det_gar(dager):
    """Moves all that the history tells by that many days into the past."""
    for modell in apps.get_models():
        if er_historikk(modell):
            tid = F("history_date") - timedelta(days=dager)
            modell._base_manager.update(history_date=tid)


def for_dager_siden(dager) -> date:
    return timezone.localdate() - timedelta(days=dager)
