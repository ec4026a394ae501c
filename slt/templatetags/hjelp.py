"""Help where it is needed: the chapter about a page, and a word explained beside it."""

from django import template

from slt.felles.hjelp import hjelp_til
from slt.grunn.ordliste import ORD

register = template.Library()


@register.inclusion_tag("hjelp/_hjelpelenke.html", takes_context=True)
def hjelpelenke(context, klasse=""):
    """The way to what the handbook says of this page."""
    request = context.get("request")
    kapittel, avsnitt = hjelp_til(getattr(request, "resolver_match", None))
    return {"kapittel": kapittel, "avsnitt": avsnitt, "klasse": klasse}


@register.inclusion_tag("hjelp/_forklaring.html")
def forklar(nokkel, alene=False):
    """A word explained in place, for who presses the mark beside it, or the question where
    it stands alone; see slt.grunn.ordliste. Nothing where there is no such word, as beside
    an empty value."""
    return {"ord": ORD.get(nokkel), "alene": alene}
