"""The page on which a coordinator plans meetings for several fora at once."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from moter.models import Forum, Moteserie
from moter.moteplan.forms.planlegger import OnskeForm, PlanleggerForm
from moter.moteplan.forslag import Forslag, legg_inn
from moter.moteplan.serier import las
from slt.felles.sider import for_koordinator, koordinerer_fremdeles


def _foraene(bruker, kommune):
    return (
        Forum.objects.holdes_av(bruker)
        .filter(kommune=kommune)
        .virksomme()
        .select_related("kommune")
    )


def _forvalg(fora):
    """Twelve months from the next Monday, for the områdemøter that have no series."""
    i_dag = timezone.localdate()
    fra = i_dag + timedelta(days=7 - i_dag.weekday())
    gar = Moteserie.objects.filter(Q(til=None) | Q(til__gte=i_dag))
    valgte = fora.filter(type=Forum.Type.OMRADEMOTE).exclude(
        pk__in=gar.order_by().values("forum")
    )
    return {
        "fora": [forum.pk for forum in valgte],
        "fra": fra,
        "til": i_dag + relativedelta(months=12),
    }


@require_http_methods(["GET", "POST"])
@for_koordinator
def planlegger(request, kommune):
    """Asks, shows the proposal, and puts it into the calendar once it is seen."""
    fora = _foraene(request.user, kommune)
    if request.method == "GET":
        skjema = PlanleggerForm(initial=_forvalg(fora), fora=fora)
        return _side(request, kommune, skjema)
    skjema = PlanleggerForm(request.POST, fora=fora)
    rammer = skjema.rammer() if skjema.is_valid() else None
    onskeformer = _onskeformer(request.POST, skjema, fora, rammer)
    # All of them are asked, so that each says what is wrong with it.
    gyldige = [form.is_valid() for form in onskeformer]
    if rammer is None or not all(gyldige):
        return _side(request, kommune, skjema, onskeformer, status=422)
    onsker = [form.onske() for form in onskeformer]
    valgte = [form.forum for form in onskeformer]
    with transaction.atomic():
        las(*valgte)
        forslag = Forslag(request.user, kommune, onsker, rammer, valgte)
        skal_inn = request.POST.get("handling") == "legg_inn"
        er_sett = request.POST.get("sett") == forslag.merke
        if skal_inn and er_sett and forslag.fora:
            koordinerer_fremdeles(request, kommune)
            antall = legg_inn(forslag=forslag, sted=skjema.cleaned_data["sted"])
            messages.success(request, _kvittering(forslag, antall))
            return redirect("moter:moteplan", kommune.slug)
    return _side(
        request,
        kommune,
        skjema,
        onskeformer,
        forslag=forslag,
        er_endret=skal_inn and not er_sett,
        status=409 if skal_inn else 200,
    )


def _kvittering(forslag, antall):
    fora = len(forslag.fora)
    tekst = ngettext(
        "Lagt inn: %(moter)s møter i %(fora)s forum.",
        "Lagt inn: %(moter)s møter i %(fora)s fora.",
        fora,
    ) % {"moter": antall, "fora": fora}
    if not forslag.senere:
        return tekst
    dag = date_format(forslag.horisont, "j. F Y")
    resten = _("Møtene etter %(dag)s legges inn etter hvert: %(senere)s.") % {
        "dag": dag,
        "senere": "; ".join(
            f"{forum} {', '.join(date_format(d, 'j. F Y') for d in dager)}"
            for forum, dager in forslag.senere
        ),
    }
    return f"{tekst} {resten}"


def _onskeformer(sendt, skjema, fora, rammer):
    """A form for each of the fora that were chosen, in their order."""
    valgte = set(sendt.getlist(skjema.add_prefix("fora")))
    return [
        OnskeForm(sendt, forum=forum, rammer=rammer)
        for forum in fora
        if str(forum.pk) in valgte
    ]


def _side(
    request,
    kommune,
    skjema,
    onskeformer=(),
    *,
    forslag=None,
    er_endret=False,
    status=200,
):
    funnet = {f.forum.pk: f for f in forslag.fora} if forslag else {}
    return render(
        request,
        "moter/planlegger.html",
        {
            "kommune": kommune,
            "har_motefri": kommune.motefri.filter(
                til__gte=timezone.localdate()
            ).exists(),
            "skjema": skjema,
            "onskeformer": onskeformer,
            "med_feil": [form for form in onskeformer if form.errors],
            "forslag": forslag,
            "er_endret": er_endret,
            "foraene": [(form, funnet.get(form.forum.pk)) for form in onskeformer],
            "onsket": [form for form in onskeformer if form.has_changed()],
        },
        status=status,
    )
