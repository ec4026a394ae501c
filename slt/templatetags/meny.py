"""The main menu, which spans the apps."""

from django import template

from slt.felles.offentlig import delene
from tiltak.models import Handlingsplan

register = template.Library()


@register.inclusion_tag("_meny.html", takes_context=True)
def meny(context, kommune):
    """The main menu: to the plan that the page is about, else to the one in force. A page
    that says None knows that there is none. What is empty is not in that of a stranger."""
    treff = getattr(context.get("request"), "resolver_match", None)
    if "plan" in context:
        plan = context["plan"]
    else:
        plan = Handlingsplan.objects.gjeldende_i(kommune)
    return {
        "deler": delene(kommune, context["request"].user),
        "kommune": kommune,
        "plan": plan,
        "side": treff and treff.url_name,
    }
