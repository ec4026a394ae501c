"""What a page needs so that it can be left at once, and whom to call be read without a
network."""

from django import template
from django.conf import settings
from django.urls import reverse

from slt.grunn.norsk import uten_https

register = template.Library()


@register.simple_tag
def uten_nett_i(kommune):
    """The part of the site whose contacts a browser keeps (slt/static/slt/sw.js), or ""."""
    if kommune and settings.UTEN_NETT:
        return reverse("kommune", args=[kommune.slug])
    return ""


@register.simple_tag
def forlates_til():
    """The address that one comes to who leaves the page at once."""
    return settings.FORLAT_TIL


@register.simple_tag
def forlates_til_navn():
    """The same as people say it: www.yr.no."""
    return uten_https(settings.FORLAT_TIL).strip("/")
