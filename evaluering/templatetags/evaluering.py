"""Figures in templates."""

from django import template

from slt.grunn.norsk import tall_i_ord

register = template.Library()


@register.filter
def tall(verdi):
    """A Decimal as Norwegians write it."""
    return tall_i_ord(verdi)
