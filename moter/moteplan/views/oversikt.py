"""The pages of the plan of meetings: the next twelve months as a list, by month and as a
year, and moving meetings."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from moter.models import Forum, Mote
from moter.moteplan.forms.flytting import FlyttFlereForm, les_dagen, valgte_dager
from moter.moteplan.oversikt import Moteplan, flytt, flytt_flere
from moter.moteplan.serier import las
from moter.moteplan.visninger import aret, maneden
from slt.felles.sider import for_koordinator, koordinerer_fremdeles


@require_safe
@for_koordinator
def moteplan(request, kommune):
    """The next twelve months, month by month."""
    planen = Moteplan(request.user, kommune)
    return render(
        request,
        "moter/moteplan.html",
        {
            "kommune": kommune,
            "visning": "liste",
            "maneder": planen.maneder,
            "uavklarte": planen.uavklarte,
            "se_pa": planen.se_pa,
            "flere": FlyttFlereForm(rader=planen.uavklarte),
            "fora": planen.foraene(),
            "delte": kommune.delte_fora.select_related("forum__kommune"),
        },
    )


@require_safe
@for_koordinator
def moteplan_ar(request, kommune):
    """The next twelve months on one page: the fora, and their days in each month."""
    planen = Moteplan(request.user, kommune)
    return render(
        request,
        "moter/moteplan_ar.html",
        {"kommune": kommune, "aret": aret(planen), "visning": "ar"},
    )


@require_safe
@for_koordinator
def moteplan_maned(request, kommune, ar=None, maned=None):
    """A month of the plan, week by week; without a month, this one."""
    planen = Moteplan(request.user, kommune)
    if ar is None:
        ar, maned = planen.i_dag.year, planen.i_dag.month
    funnet = maneden(planen, ar, maned)
    if funnet is None:
        raise Http404
    return render(
        request,
        "moter/moteplan_maned.html",
        {"kommune": kommune, "maned": funnet, "visning": "maned"},
    )


def _ens_eget_mote(request, kommune, pk):
    """A meeting to come of one of the kommune's own fora, as it stays until it is
    saved."""
    moter = Mote.objects.holdes().kommende().select_related("forum__kommune")
    egne = moter.filter(
        forum__in=Forum.objects.holdes_av(request.user), forum__kommune=kommune
    )
    las(get_object_or_404(egne, pk=pk).forum)
    return get_object_or_404(egne, pk=pk)


@require_POST
@for_koordinator
@transaction.atomic
def mote_flytt(request, kommune, pk):
    """Moves the meeting to a day that is suggested for it, if it still is."""
    mote = _ens_eget_mote(request, kommune, pk)
    dag = les_dagen(request.POST.get("dag", ""))
    planen = Moteplan(request.user, kommune)
    rad = next((rad for rad in planen.uavklarte if rad.mote == mote), None)
    if rad is None or dag is None or not planen.kan_flyttes_til(mote, dag):
        messages.warning(
            request,
            _(
                "Møtet er ikke flyttet: dagen er ikke lenger blant forslagene. Velg en "
                "av dem som står her nå."
            ),
        )
        return redirect("moter:moteplan", kommune.slug)
    flytt(mote=mote, dag=dag)
    messages.success(
        request,
        _("%(forum)s er flyttet til %(dag)s.")
        % {"forum": mote.forum, "dag": date_format(dag, "l j. F")},
    )
    return redirect("moter:moteplan", kommune.slug)


@require_POST
@for_koordinator
@transaction.atomic
def moter_flytt(request, kommune):
    """Moves several meetings, each to the day chosen for it, as far as those are free."""
    dager = valgte_dager(request.POST)
    las(*kommune.fora.all())
    koordinerer_fremdeles(request, kommune)
    flyttet = flytt_flere(planen=Moteplan(request.user, kommune), dager=dager)
    antall, igjen = len(flyttet), len(dager) - len(flyttet)
    if antall:
        messages.success(
            request,
            ngettext(
                "%(antall)s møte er flyttet.", "%(antall)s møter er flyttet.", antall
            )
            % {"antall": antall},
        )
    if igjen:
        messages.warning(
            request,
            ngettext(
                "%(antall)s møte er ikke flyttet: dagen er ikke lenger ledig.",
                "%(antall)s møter er ikke flyttet: dagene er ikke lenger ledige.",
                igjen,
            )
            % {"antall": igjen},
        )
    elif not antall:
        messages.warning(request, _("Ingen møter er flyttet: du valgte ingen dager."))
    return redirect("moter:moteplan", kommune.slug)


@require_POST
@for_koordinator
@transaction.atomic
def mote_behold(request, kommune, pk):
    """Keeps the meeting where it is: nothing is suggested for it any longer."""
    mote = _ens_eget_mote(request, kommune, pk)
    mote.fastsatt = True
    mote.save()
    messages.success(
        request,
        _("%(forum)s holdes %(dag)s.")
        % {"forum": mote.forum, "dag": date_format(mote.dag, "l j. F")},
    )
    return redirect("moter:moteplan", kommune.slug)
