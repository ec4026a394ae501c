"""The way from the pages of the apps below to the year of their kommune."""

from django import template

register = template.Library()


@register.inclusion_tag("slt/_til_arshjul.html")
def til_arshjul(kommune):
    """The way to what happens in the year."""
    return {"kommune": kommune}
