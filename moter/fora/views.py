"""The public pages of the meeting structure: which fora there are, who sits in them, and
when they meet. Where they meet and who it is, is for those who see their inside.

And what a coordinator answers a neighbour that shares a forum: until it is accepted, the
forum stands on none of the kommune's pages, and in none of its calendars.
"""

from datetime import timedelta
from itertools import groupby

from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import DetailView, ListView

from moter.fora.tegning import Tegning
from moter.models import (
    Aktivitet,
    Forum,
    Forumskommune,
    Forumsmedlem,
    Mote,
    Sendevei,
)
from moter.models.aktiviteter import ser_kalenderen
from moter.moteplan.serier import las
from slt.felles.kjente import omtalt
from slt.felles.sider import (
    OFFENTLIG_MED_FOLK,
    IKommunen,
    for_koordinator,
    koordinerer_fremdeles,
)

ET_AR = timedelta(days=365)
FUNKSJONER_I_LISTEN = 6


class BlantForaene(IKommunen):
    """A page of the fora of a kommune, as far as the asker sees them."""

    def synlige(self):
        return Forum.objects.synlige_for(self.request.user)


def sittende(bruker):
    """The seats that are held today; chair and secretary first."""
    medlemmer = Forumsmedlem.objects.synlige_for(bruker).gyldige()
    return medlemmer.etter_verv().select_related("tjeneste__kommune")


@method_decorator(OFFENTLIG_MED_FOLK, name="dispatch")
class ForumListView(BlantForaene, ListView):
    """The meeting structure, drawn and as a list by level."""

    template_name = "moter/forum_list.html"
    context_object_name = "fora"

    def get_queryset(self):
        # Who sits in a neighbour's forum stands on the neighbour's page alone: a change
        # of a tjeneste there makes no page here lapse.
        her = sittende(self.request.user).filter(
            vara_for=None, forum__kommune=self.kommune
        )
        return (
            self.synlige()
            .i(self.kommune)
            .virksomme()
            .med_neste_mote(self.request.user)
            .select_related("kommune")
            .prefetch_related(Prefetch("medlemmer", her, to_attr="sittende"))
        )

    def get_context_data(self, **kwargs):
        fora = list(self.object_list)
        fora.sort(key=lambda forum: forum.kommune_id != self.kommune.pk)
        veier = Sendevei.objects.synlige_for(self.request.user).filter(
            forum__in=[forum.pk for forum in fora]
        )
        tegning = Tegning(self.kommune, fora, list(veier.values_list("forum", "til")))
        return super().get_context_data(
            tegning=tegning,
            nivaer=[
                {
                    "navn": niva.navn,
                    "hvem": niva.hvem,
                    "verdi": niva.verdi,
                    "grupper": _like(niva.fora),
                }
                for niva in tegning.nivaer
            ],
            styringsdokumenter=self.kommune.styringsdokumenter.uten_plan(),
            funksjoner_i_listen=FUNKSJONER_I_LISTEN,
            vis_aktiviteter=self._har_aktiviteter(),
            vis_kalender=ser_kalenderen(self.kommune, self.request.user),
            **kwargs,
        )

    def _har_aktiviteter(self):
        """Whether the way to them leads to something."""
        rader = Aktivitet.objects.synlige_for(self.request.user)
        return self.kan_endre or rader.filter(kommune=self.kommune).exists()


def _like(fora):
    """The fora in their order, those that differ by name and dates alone together."""

    def det_felles(forum):
        seter = [(str(sete), sete.verv) for sete in forum.sittende]
        return forum.kommune, forum.offentlig, forum.formal, forum.rytme, seter

    return [list(gruppe) for _felles, gruppe in groupby(fora, key=det_felles)]


@method_decorator(OFFENTLIG_MED_FOLK, name="dispatch")
class ForumDetailView(BlantForaene, DetailView):
    """A forum: what it is for, who sits in it, where it sends matters, when it meets."""

    template_name = "moter/forum_detail.html"
    context_object_name = "forum"

    def get_queryset(self):
        her = self.synlige().filter(kommune__slug=self.kwargs["kommune"])
        return her.select_related("kommune", "lokalomrade")

    @property
    def kommune(self):
        return self.object.kommune

    def get_context_data(self, **kwargs):
        forum, bruker = self.object, self.request.user
        medlemmer = sittende(bruker).filter(forum=forum)
        deltakere = Forumskommune.objects.synlige_for(bruker).godtatte()
        moter = Mote.objects.synlige_for(bruker).som_vises().filter(forum=forum)
        andre = self.synlige().virksomme().select_related("kommune")
        na = timezone.now()
        medlemmer = medlemmer.select_related("vara_for__tjeneste", "bruker")
        return super().get_context_data(
            medlemmer=_med_hvem(forum.kommune, list(medlemmer)),
            deltakere=deltakere.filter(forum=forum).select_related("kommune"),
            over=andre.filter(underordnede=forum),
            under=andre.filter(overordnet=forum),
            sender_til=andre.filter(mottaksveier__forum=forum),
            far_fra=andre.filter(sendeveier__til=forum),
            kommende=moter.fra_i_dag().filter(start__lt=na + ET_AR),
            tidligere=moter.for_i_dag().filter(start__gt=na - ET_AR).order_by("-start"),
            **kwargs,
        )


def _med_hvem(kommune, medlemmer):
    """Adds to each seat who it is, for those who see the inside of the forum: `hvem`, a
    text, "" for all others and where nobody is named."""
    sees = [m for m in medlemmer if m.innenfra]
    navn = omtalt(kommune, {m.bruker for m in sees if m.bruker})
    for medlem in medlemmer:
        medlem.hvem = ""
    for medlem in sees:
        medlem.hvem = medlem.person or navn.get(medlem.bruker_id, "")
    return medlemmer


# Fora that neighbours share ---------------------------------------------------------


def _delt_med(request, kommune, pk):
    """The row as it stays until the transaction is over."""
    rader = kommune.delte_fora.select_related("forum__kommune")
    las(get_object_or_404(rader, pk=pk).forum)
    koordinerer_fremdeles(request, kommune)
    return get_object_or_404(rader, pk=pk)


@require_POST
@for_koordinator
@transaction.atomic
def deling_godta(request, kommune, pk):
    """The forum stands on the kommune's pages, too."""
    rad = _delt_med(request, kommune, pk)
    rad.godtatt = rad.godtatt or timezone.localdate()
    rad.save()
    messages.success(request, _("%s står nå på deres sider også.") % rad.forum)
    return redirect("moter:moteplan", kommune.slug)


@require_POST
@for_koordinator
@transaction.atomic
def deling_avsla(request, kommune, pk):
    """The forum does not stand there, or not any longer."""
    rad = _delt_med(request, kommune, pk)
    rad.delete()
    messages.success(request, _("%s deles ikke med dere.") % rad.forum)
    return redirect("moter:moteplan", kommune.slug)
