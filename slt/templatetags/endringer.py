"""The ways from the pages of the apps below to those on which mistakes are undone."""

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
