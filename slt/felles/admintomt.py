"""What the pages of the admin say when there is nothing to choose, and what they give back
when nothing was saved."""

from functools import cache

from django.db import models
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from slt.grunn.riktekst import ren_tekst
from slt.models import Navngitt

# What Django has as the first line of a list.
TOM_LINJE = "---------"


def forklar_tom_liste(felt, db_field, ny):
    """Makes a choice among rows say, where there are none, what to make first.

    Asked when it is shown, once for all rows of a page: what is offered may be narrowed
    until then.

    Args:
        ny: the address of the page on which one is made, or "".
    """
    hjelp, tomt = felt.help_text, felt.empty_label
    er_tom = cache(lambda: _er_tom(felt))
    felt.help_text = lazy(
        lambda: _hjelp(hjelp, db_field.related_model, ny) if er_tom() else str(hjelp),
        str,
    )()
    if tomt == TOM_LINJE:
        flertall = db_field.related_model._meta.verbose_name_plural
        felt.empty_label = lazy(
            lambda: _("Ingen %s å velge") % flertall if er_tom() else tomt, str
        )()


def _er_tom(felt):
    if isinstance(felt.choices, list):
        return not any(verdi for verdi, _tekst in felt.choices)
    return not felt.queryset.exists()


def _hjelp(hjelp, modell, ny):
    hva = modell._meta
    if not ny:
        return str(hjelp)
    tomt = _("Det er ingen %s å velge ennå.") % hva.verbose_name_plural
    if issubclass(modell, Navngitt):
        return " ".join([str(hjelp), tomt, _("Legg til med plusstegnet.")]).strip()
    legg_til = _("Legg til %s først.") % hva.verbose_name
    return format_html('{} {} <a href="{}">{}</a>', hjelp, tomt, ny, legg_til)


def sendte_tekster(sendt, rad, prefiks=""):
    """Yields (what it is, text) of each text in what was sent that says something else
    than the row does."""
    for felt in rad._meta.concrete_fields:
        er_tekst = isinstance(felt, models.CharField | models.TextField)
        if not er_tekst or felt.choices or prefiks + felt.name not in sendt:
            continue
        ny = _som_tekst(felt, sendt[prefiks + felt.name])
        if ny and ny != _som_tekst(felt, felt.value_from_object(rad)):
            yield capfirst(felt.verbose_name), ny


def _som_tekst(felt, verdi):
    tekst = (verdi or "").replace("\r\n", "\n").strip()
    return ren_tekst(tekst) if getattr(felt, "rik", False) else tekst
