"""Pieces of pages that the plan lends to every page."""

from django import template
from django.utils.safestring import mark_safe
from django.utils.text import Truncator

from slt.grunn.norsk import uten_https
from slt.grunn.tekst import ren_tekst, rens_html
from tiltak.models import Kontaktpunkt

register = template.Library()


@register.filter
def rik(tekst):
    """Rich text, cleaned once more on its way out: the database is no guarantee."""
    return mark_safe(rens_html(tekst))  # noqa: S308 (cleaned)


@register.filter
def kort(tekst, lengde):
    """The beginning of rich text, as plain text on one line."""
    return Truncator(" ".join(ren_tekst(tekst).split())).chars(lengde)


@register.filter
def nettadresse(adresse):
    """A web address as it is printed after a link: without https, and no longer than a
    line. What is cut off is under a page that can be typed."""
    return Truncator(uten_https(adresse)).chars(60)


@register.inclusion_tag("tiltak/_akuttstripe.html")
def akuttstripe(kommune):
    """Whom to call when it is urgent; the same for everybody, never filtered away."""
    punkter = Kontaktpunkt.objects.filter(akutt=True, tjeneste__kommune=kommune)
    return {"kontaktpunkter": punkter.select_related("tjeneste")}


@register.inclusion_tag("tiltak/_sti.html")
def sti(plan, innsatsomrade=None):
    """The way back from a page inside the plan."""
    return {"plan": plan, "innsatsomrade": innsatsomrade}
