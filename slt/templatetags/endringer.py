"""The ways from the pages of the apps below to those on which mistakes are undone, and to
what is otherwise in the kommune."""

from django import template
from django.urls import reverse

from slt.felles.historikksider import SIDER, ser_historikken
from slt.grunn.kommunegrense import kommune_id

register = template.Library()


@register.simple_tag
def tidligere_url(kommune, historisk_rad):
    """The page that brings back the state of a row in its history."""
    modell = historisk_rad.instance_type._meta.label_lower
    return reverse("tidligere", args=[kommune.slug, modell, historisk_rad.history_id])


@register.simple_tag
def slettet_url(kommune):
    """The page of what was deleted in the kommune."""
    return reverse("slettet", args=[kommune.slug])


@register.simple_tag
def slettets_historikk(kommune, historisk_rad):
    """The page of the history of what was deleted, or ""."""
    modell = historisk_rad.instance_type._meta.model_name
    if modell not in SIDER:
        return ""
    return reverse("historikk", args=[kommune.slug, modell, historisk_rad.id])


@register.inclusion_tag("slt/_historikklenke.html", takes_context=True)
def historikklenke(context, rad):
    """The way to the history of a row, for those who may read it there; strangers get
    nothing."""
    kommune, bruker = context["kommune"], context["request"].user
    her = ser_historikken(bruker, kommune) and _er_herfra(rad, kommune)
    return {"kommune": kommune, "rad": rad, "modell": rad._meta.model_name, "her": her}


def _er_herfra(rad, kommune):
    """Whether a row on a page of the kommune is its own: a tjeneste may be a neighbour's.
    What stands in a plan is, and its plan is not looked up for that."""
    forste = rad.kommune_sti.partition("__")[0]
    if forste != "kommune" and not rad._meta.get_field(forste).is_cached(rad):
        return True
    return kommune_id(rad) == kommune.pk


@register.inclusion_tag("slt/_til_endret.html")
def til_endret(kommune, siden_mote=False):
    """The way to what is otherwise; where meetings are planned, since the last one."""
    return {"kommune": kommune, "siden_mote": siden_mote}
