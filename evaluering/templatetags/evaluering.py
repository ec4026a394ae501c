"""Figures in templates, and pieces of what is known that pages of the plan show."""

from django import template
from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone
from django.utils.text import Truncator

from evaluering.medvirkning.oversikt import i_planen
from evaluering.models import (
    Anbefaling,
    Evaluering,
    Indikator,
    Malsettingsindikator,
    Omradeindikator,
    Tiltaksindikator,
)
from evaluering.tall.ark import tekst
from evaluering.tall.for_og_etter import FLEST_DELER
from evaluering.tall.for_og_etter import for_og_etter as finn_for_og_etter
from evaluering.tall.tabell import talltabell
from slt.felles.sider import kan_endre
from slt.grunn.den_dagen import er_en_annen
from slt.grunn.norsk import tall_i_ord
from tiltak.detaljer import med_sted_i_planen
from tiltak.models import Innsatsomrade, Malsetting, Tiltak

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


@register.inclusion_tag("evaluering/_for_og_etter.html", takes_context=True)
def for_og_etter(context, tiltak):
    """The figures that a tiltak is to change, as far as the asker sees them; none on a
    page of another day: together with those of today they would tell what is hidden."""
    if er_en_annen():
        return {}
    tallene = finn_for_og_etter(context["request"].user, tiltak)
    return {
        "tallene": tallene,
        "er_delt": any(t.start for t in tallene),
        "tiltak": tiltak,
    }


@register.inclusion_tag("evaluering/_males_med.html", takes_context=True)
def males_med(context, malsettinger, innsatsomrade=None, niva=3):
    """The figures by which goals are measured, and those of an innsatsområde, as far as
    the asker sees them: 1 query for each kind, more where there are some. None on a page
    of another day, as above."""
    bruker = context["request"].user
    brukene = []
    if er_en_annen():
        return {}
    if innsatsomrade:
        egne = Omradeindikator.objects.filter(innsatsomrade=innsatsomrade)
        brukene += _med_tall(egne, bruker)
    if pker := [m.pk for m in malsettinger]:
        egne = Malsettingsindikator.objects.filter(malsetting__in=pker)
        brukene += _med_tall(egne.select_related("malsetting"), bruker)
    return {"brukene": brukene, "niva": niva}


@register.inclusion_tag("evaluering/_brukes_til.html", takes_context=True)
def brukes_til(context, indikator):
    """What an indicator serves, as far as the asker sees it: 1 query for each kind, more
    where there are some."""
    bruker = context["request"].user
    i_planen = {
        Malsettingsindikator: Malsetting.objects.select_related("plan__kommune"),
        Omradeindikator: Innsatsomrade.objects.select_related("plan__kommune"),
        Tiltaksindikator: med_sted_i_planen(Tiltak.objects.all()),
    }
    brukene = []
    for modell, rader in i_planen.items():
        bruk = modell.objects.synlige_for(bruker).filter(indikator=indikator)
        brukene += bruk.prefetch_related(Prefetch(modell.GJELDER, rader))
    for bruk in brukene:
        bruk.indikator = indikator
    return {"brukene": brukene}


def _med_tall(bruk, bruker):
    indikatorer = Prefetch("indikator", Indikator.objects.med_tall())
    rader = list(bruk.synlige_for(bruker).prefetch_related(indikatorer))
    for rad in rader:
        tabell = talltabell(rad.indikator, list(rad.indikator.malinger.all()))
        rad.siste = tabell.siste[:FLEST_DELER]
    return rader


@register.inclusion_tag("evaluering/_plan_fra_kilder.html", takes_context=True)
def plan_fra_kilder(context, kommune):
    """The surveys from which the coordinator can begin a plan; nothing for others."""
    kilder = []
    if kan_endre(context["request"].user, kommune):
        anbefalinger = Anbefaling.objects.filter(kilde=OuterRef("pk"))
        kilder = kommune.kilder.filter(Exists(anbefalinger))
    return {"kilder": kilder, "kommune": kommune}


@register.inclusion_tag("evaluering/_medvirkning_i_planen.html", takes_context=True)
def medvirkning_i_planen(context, plan):
    """Who was asked when a plan was made: once some are named, and for the coordinator
    always. None on a page of another day, as above; 1 query."""
    if er_en_annen():
        return {}
    bruker, kommune = context["request"].user, context["kommune"]
    endres = kan_endre(bruker, kommune)
    funnet = i_planen(plan, bruker)
    return {
        "vises": bool(funnet.rader) or endres,
        "medvirkning": funnet,
        "plan": plan,
        "kommune": kommune,
        "kan_endre": endres,
    }


@register.inclusion_tag("evaluering/vurdering/_evalueres.html")
def evalueres(plan, er_koordinators):
    """The way to evaluate a plan, for its coordinator; of a draft, nothing is done yet."""
    vises = er_koordinators and not plan.er_utkast
    er_siste_ar = plan.til_ar <= timezone.localdate().year
    slag = Evaluering.Slag.SLUTT if er_siste_ar else Evaluering.Slag.MIDTVEIS
    return {"plan": plan, "kommune": plan.kommune, "vises": vises, "slag": slag}


@register.inclusion_tag("evaluering/vurdering/_evaluert.html", takes_context=True)
def evaluert(context, plan):
    """The finished evaluations of a plan that the asker may read, the newest first; 1
    query. None on a page of another day: they may have come later."""
    if er_en_annen():
        return {}
    rader = Evaluering.objects.synlige_for(context["request"].user).ferdige()
    rader = rader.filter(plan=plan).select_related("kommune")
    return {"evalueringer": rader.order_by("-ferdig", "-pk")}
