"""What of a page is made for one person alone."""

from django import template
from django.utils.safestring import mark_safe

from slt.felles.personlig import lag_del

register = template.Library()


@register.simple_tag(takes_context=True)
def personlig(context, navn):
    """The part with this name, see slt.felles.personlig; in a page that is kept for many,
    a hole for it."""
    request, kommune = context.get("request"), context.get("kommune")
    if hull := getattr(request, "hull", None):
        return hull.her(navn, kommune)
    return mark_safe(lag_del(navn, request, kommune))  # noqa: S308 (made by a template)
