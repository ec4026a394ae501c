"""The public pages of the plan and the services."""

from functools import cached_property

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, ListView

from slt.models import Kommune
from tiltak.models import (
    Ansvar,
    Handlingsplan,
    Plassering,
    Tiltak,
    Tjeneste,
)
from tiltak.pdf import lag_plan_pdf

OFFENTLIG = [login_not_required, require_safe]


def hent_plan(bruker, kommune, periode):
    """The plan of an address, if the asker may see it; a draft is not even there."""
    planer = Handlingsplan.objects.synlige_for(bruker).select_related("kommune")
    return get_object_or_404(planer.for_periode(periode), kommune__slug=kommune)


def hent_gjeldende(kommune):
    """The plan in force, for the short addresses."""
    planer = Handlingsplan.objects.gjeldende().select_related("kommune")
    return get_object_or_404(planer, kommune__slug=kommune)


@login_not_required
@require_safe
def til_gjeldende(request, kommune, resten):
    return redirect(f"{hent_gjeldende(kommune).get_absolute_url()}{resten}")


@login_not_required
@require_safe
def til_gjeldende_tiltak(request, kommune, innsatsomrade, nummer):
    plan = hent_gjeldende(kommune)
    return redirect(
        "tiltak:tiltak_detail", kommune, plan.periode, innsatsomrade, nummer
    )


class IPlanen:
    """A page inside a plan: `plan` and `kommune` are in the context."""

    @cached_property
    def plan(self):
        return hent_plan(
            self.request.user, self.kwargs["kommune"], self.kwargs["periode"]
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            plan=self.plan, kommune=self.plan.kommune, **kwargs
        )


@method_decorator(OFFENTLIG, name="dispatch")
class HandlingsplanDetailView(IPlanen, DetailView):
    """The front page of a plan: what it is, its innsatsområder, what is new."""

    template_name = "tiltak/handlingsplan_detail.html"

    def get_object(self):
        return self.plan

    def get_context_data(self, **kwargs):
        tiltak = (
            Tiltak.objects.filter(plan=self.plan)
            .selvstendige()
            .i_planens_orden()
            .med_plassering()
        )
        return super().get_context_data(
            innsatsomrader=self.plan.innsatsomrader.annotate(
                antall=Count("plasseringer", filter=Q(plasseringer__hoved=True))
            ),
            nye_tiltak=[t for t in tiltak if t.er_nytt],
            antall_tiltak=len(tiltak),
            kapitler=self.plan.kapitler.all(),
            malsettinger=self.plan.malsettinger.filter(innsatsomrade=None, tiltak=None),
            styringsdokumenter=self.plan.styringsdokumenter.all(),
            **kwargs,
        )


@method_decorator(OFFENTLIG, name="dispatch")
class TiltakListView(IPlanen, ListView):
    """All tiltak of a plan, by innsatsområde and number."""

    template_name = "tiltak/tiltak_list.html"
    context_object_name = "tiltakene"

    def get_queryset(self):
        ansvarlige = Ansvar.objects.select_related("tjeneste").filter(
            rolle__in=[Ansvar.Rolle.ANSVARLIG, Ansvar.Rolle.MEDANSVARLIG]
        )
        return (
            Tiltak.objects.filter(plan=self.plan)
            .selvstendige()
            .i_planens_orden()
            .med_plassering()
            .prefetch_related("malgrupper", Prefetch("ansvar", ansvarlige))
        )


@method_decorator(OFFENTLIG, name="dispatch")
class TiltakDetailView(IPlanen, DetailView):
    """One tiltak: what it is, for whom, and whom to call."""

    template_name = "tiltak/tiltak_detail.html"
    context_object_name = "tiltak"

    def get_object(self):
        return get_object_or_404(
            Tiltak.objects.med_detaljer(self.request.user),
            plan=self.plan,
            plasseringer__innsatsomrade__slug=self.kwargs["innsatsomrade"],
            plasseringer__nummer=self.kwargs["nummer"],
        )

    def get_context_data(self, **kwargs):
        her = get_object_or_404(
            Plassering.objects.select_related("innsatsomrade"),
            tiltak=self.object,
            innsatsomrade__slug=self.kwargs["innsatsomrade"],
        )
        naboer = Plassering.objects.filter(
            innsatsomrade=her.innsatsomrade
        ).select_related("tiltak")
        return super().get_context_data(
            plassering=her,
            forrige=naboer.filter(nummer__lt=her.nummer).order_by("-nummer").first(),
            neste=naboer.filter(nummer__gt=her.nummer).order_by("nummer").first(),
            **kwargs,
        )


class IKommunen:
    """A page inside a kommune, whatever the plan: `kommune` is in the context."""

    @cached_property
    def kommune(self):
        return get_object_or_404(Kommune, slug=self.kwargs["kommune"])

    @cached_property
    def plan(self):
        """The plan in force, or None."""
        planer = Handlingsplan.objects.gjeldende().select_related("kommune")
        return planer.filter(kommune=self.kommune).first()

    def get_context_data(self, **kwargs):
        return super().get_context_data(kommune=self.kommune, plan=self.plan, **kwargs)

    def tjenester(self):
        return Tjeneste.objects.synlige_for(self.request.user).filter(
            kommune=self.kommune
        )


@method_decorator(OFFENTLIG, name="dispatch")
class TjenesteListView(IKommunen, ListView):
    """Who there is, and their main contact points."""

    template_name = "tiltak/tjeneste_list.html"
    context_object_name = "tjenester"

    def get_queryset(self):
        virksomme = self.tjenester().virksomme()
        return virksomme.med_kontaktpunkter(self.request.user, hoved=True)


@method_decorator(OFFENTLIG, name="dispatch")
class TjenesteDetailView(IKommunen, DetailView):
    """One tjeneste: every way to reach it, and all tiltak it has a part in."""

    template_name = "tiltak/tjeneste_detail.html"
    context_object_name = "tjeneste"

    def get_queryset(self):
        under = Tjeneste.objects.virksomme().select_related("kommune")
        return (
            self.tjenester()
            .med_kontaktpunkter(self.request.user)
            .prefetch_related(Prefetch("underordnede", under))
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(ansvar=self._ansvar_i_gjeldende(), **kwargs)

    def _ansvar_i_gjeldende(self):
        """What the tjeneste has a part in, in the plan in force, in its order."""
        if self.plan is None:
            return []
        ansvar = Ansvar.objects.filter(
            tjeneste=self.object, tiltak__plan=self.plan
        ).prefetch_related(
            Prefetch("tiltak", Tiltak.objects.med_plassering()),
            Prefetch("tiltak__overordnet", Tiltak.objects.med_plassering()),
        )
        return sorted(ansvar, key=lambda a: _planens_orden(a.tiltak))


def _planens_orden(tiltak):
    """A sorting key: the place in the plan, deltiltak right after their tiltak."""
    sted = (tiltak.overordnet or tiltak).hovedplassering
    if sted is None:
        return (0, 0, 0)
    omrade = sted.innsatsomrade
    return (omrade.rekkefolge, omrade.pk, sted.nummer, bool(tiltak.overordnet_id))


@login_not_required
@require_safe
def plan_pdf(request, kommune, periode):
    """The whole plan as a document, with what the public may see."""
    plan = hent_plan(request.user, kommune, periode)
    innhold = lag_plan_pdf(plan)
    return HttpResponse(
        innhold,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{plan.filnavn}.pdf"'},
    )
