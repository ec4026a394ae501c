"""The main menu, which spans the apps."""

from django import template

from tiltak.models import Handlingsplan

register = template.Library()


@register.inclusion_tag("_meny.html", takes_context=True)
def meny(context, kommune):
    """The main menu: to the plan that the page is about, else to the one in force."""
    treff = getattr(context.get("request"), "resolver_match", None)
    return {
        "kommune": kommune,
        "plan": context.get("plan") or Handlingsplan.objects.gjeldende_i(kommune),
        "side": treff and treff.url_name,
    }
