"""Plain text as it is shown."""

from django import template
from django.utils.safestring import mark_safe

from slt.grunn.lenker import med_lenker

register = template.Library()


@register.filter
def lenket(tekst):
    """Plain text, in which addresses are links."""
    html = med_lenker(tekst or "")
    return mark_safe(html.replace("<a href=", '<a class="ds-link" href='))  # noqa: S308 (escaped)
