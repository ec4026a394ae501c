"""The ways from the pages of the apps below to those on which mistakes are undone, and to
what is otherwise in the kommune."""

from django import template
from django.urls import reverse

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


@register.inclusion_tag("slt/_til_endret.html")
def til_endret(kommune, siden_mote=False):
    """The way to what is otherwise; where meetings are planned, since the last one."""
    return {"kommune": kommune, "siden_mote": siden_mote}
