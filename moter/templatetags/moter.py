"""Pieces of the meeting structure that pages of the plan show."""

from django import template

from moter.aktiviteter.oversikt import av_forumet, av_tiltaket, hos
from moter.models import Forum, Forumsmedlem
from moter.models.fora import virksomt
from slt.grunn.den_dagen import er_en_annen
from slt.models import PUBLIKUM

register = template.Library()

NESTE = 3


@register.inclusion_tag("moter/_neste.html")
def neste_moter(kommune):
    """When the fora that stand on the site meet next: those that meet soonest. Nothing of
    it on a page of another day."""
    if er_en_annen():
        return {}
    fora = (
        Forum.objects.synlige_for(PUBLIKUM)
        .i(kommune)
        .virksomme()
        .med_neste_mote(PUBLIKUM)
    )
    neste = fora.exclude(neste_mote=None).order_by("neste_mote", "pk")
    return {"kommune": kommune, "fora": neste.select_related("kommune")[:NESTE]}


@register.inclusion_tag("moter/_til_leserne.html")
def til_leserne(plan, er_koordinators):
    """The way to who reads the plan, as long as it is a draft."""
    return {"plan": plan, "er_koordinators": er_koordinators and plan.er_utkast}


@register.inclusion_tag("moter/_sitter_i.html", takes_context=True)
def sitter_i(context, tjeneste):
    """The fora in which the tjeneste has a seat today, as far as the asker sees them."""
    medlemmer = Forumsmedlem.objects.synlige_for(context["request"].user).gyldige()
    i_virksomme = medlemmer.filter(virksomt("forum__"), tjeneste=tjeneste)
    seter = i_virksomme.select_related("forum__kommune").order_by(
        "forum__rekkefolge", "forum__navn__norsk", "forum", "rekkefolge", "pk"
    )
    per_forum = {}
    for sete in seter:
        per_forum.setdefault(sete.forum, []).append(sete)
    return {"per_forum": per_forum.items()}


@register.inclusion_tag("moter/aktiviteter/_hos.html", takes_context=True)
def aktiviteter_i_tiltaket(context, tiltak):
    """The activities of a tiltak, as far as the asker sees them; none on a page of another
    day. No query more than the timeline asks."""
    if er_en_annen():
        return {}
    rader = av_tiltaket(tiltak, context["request"].user)
    return {"hos": hos(rader), "kommune": tiltak.kommune}


@register.inclusion_tag("moter/aktiviteter/_hos.html", takes_context=True)
def aktiviteter_i_forumet(context, forum):
    """The activities that a forum is behind, as far as the asker sees them; 1 query."""
    rader = av_forumet(forum, context["request"].user)
    return {"hos": hos(rader), "kommune": forum.kommune}
