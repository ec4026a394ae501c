"""Figures in templates, and pieces of what is known that pages of the plan show."""

from django import template

from slt.grunn.norsk import tall_i_ord

register = template.Library()


@register.filter
def tall(verdi):
    """A Decimal as Norwegians write it."""
    return tall_i_ord(verdi)


@register.inclusion_tag("evaluering/_hvorfor.html", takes_context=True)
def hvorfor(context, tiltak, kommune):
    """The findings that a tiltak answers, as far as the asker sees them."""
    funn = tiltak.funn.synlige_for(context["request"].user).select_related("kilde")
    return {"funnene": funn, "kommune": kommune}
