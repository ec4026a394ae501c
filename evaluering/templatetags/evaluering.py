"""Figures in templates, and pieces of what is known that pages of the plan show."""

from django import template
from django.db.models import Exists, OuterRef
from django.utils.text import Truncator

from evaluering.models import Anbefaling
from evaluering.tall.ark import tekst
from slt.felles.sider import kan_endre
from slt.grunn.norsk import tall_i_ord

register = template.Library()


@register.filter
def tall(verdi):
    """A Decimal as Norwegians write it."""
    return tall_i_ord(verdi)


@register.filter
def celletekst(celle):
    """A cell of a sheet as people see it; very long ones cut."""
    return Truncator(tekst(celle)).chars(60)


@register.inclusion_tag("evaluering/_hvorfor.html", takes_context=True)
def hvorfor(context, tiltak, kommune):
    """The findings that a tiltak answers, as far as the asker sees them."""
    funn = tiltak.funn.synlige_for(context["request"].user).select_related("kilde")
    return {"funnene": funn, "kommune": kommune}


@register.inclusion_tag("evaluering/_plan_fra_kilder.html", takes_context=True)
def plan_fra_kilder(context, kommune):
    """The surveys from which the coordinator can begin a plan; nothing for others."""
    kilder = []
    if kan_endre(context["request"].user, kommune):
        anbefalinger = Anbefaling.objects.filter(kilde=OuterRef("pk"))
        kilder = kommune.kilder.filter(Exists(anbefalinger))
    return {"kilder": kilder, "kommune": kommune}
