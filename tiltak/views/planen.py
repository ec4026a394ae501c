"""The public pages of a plan, and its documents."""

from functools import cached_property

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, ListView, TemplateView

from slt.felles.den_dagen import DatoForm, med_dato
from slt.felles.dokument import dokumentsvar, wordsvar
from slt.felles.sider import OFFENTLIG, OFFENTLIG_MED_DATO, hent_side, videre
from slt.grunn.den_dagen import er_en_annen, i_dag
from slt.models import Kommune
from tiltak.behandling import kan_gjenapnes
from tiltak.dekning import antall_per_niva, dekning_etter_alder, dekning_etter_niva
from tiltak.detaljer import last_detaljer, last_for_side, med_sted_i_planen
from tiltak.dokument import Utgave
from tiltak.endringer import sist_endret
from tiltak.figurer import SIDE, NivaFigur
from tiltak.filters import TilbudFilter, TiltakFilter
from tiltak.models import (
    LESER_ALLE,
    Handlingsplan,
    Innsatsomrade,
    Malsetting,
    Opphav,
    Plassering,
    Tiltak,
    er_leser,
    for_lesere,
    i_kraft,
    planens_orden,
)
from tiltak.siden import Siden
from tiltak.tidslinje import tidslinje

from .felles import (
    RADER_PER_SIDE,
    FiltrertListe,
    IPlanen,
    hent_plan,
    notatene_om,
    opphavet_til,
    si_apent_for,
    tilbud_i,
)

# Found beside the tiltak of a plan; all of them have a list of their own.
TILBUD_I_SOKET = 20
NYE_PA_FORSIDEN = 20


@login_not_required
@require_safe
@med_dato
def til_gjeldende(request, kommune, resten):
    """An address without a plan leads to the same page of the plan in force."""
    plan = Handlingsplan.objects.gjeldende_i(get_object_or_404(Kommune, slug=kommune))
    if plan is None:
        raise Http404("no plan is in force")
    return videre(request, f"{plan.get_absolute_url()}{resten}")


@method_decorator(OFFENTLIG_MED_DATO, name="dispatch")
class HandlingsplanDetailView(IPlanen, DetailView):
    """The front page of a plan: what it is, its innsatsområder, what is new."""

    template_name = "tiltak/handlingsplan_detail.html"

    def get_object(self):
        return self.plan

    def get_context_data(self, **kwargs):
        # As many as the page of each innsatsområde has: a tiltak may stand in several.
        omrader = self.plan.innsatsomrader.lesernes(self.plan).annotate(
            antall=Count(
                "plasseringer", filter=i_kraft("plasseringer__tiltak__", plan=self.plan)
            )
        )
        # A query that counts forgets the order of the model.
        omrader = omrader.order_by(*Innsatsomrade._meta.ordering)
        if not (self.plan.er_utkast or self.kan_endre):
            # Nothing empty is for readers.
            mal = Malsetting.objects.filter(innsatsomrade=OuterRef("pk"))
            omrader = omrader.exclude(~Exists(mal), antall=0, tekst="")
        nye = list(self._nye_tiltak()[: NYE_PA_FORSIDEN + 1])
        andre = self._andre_planer()
        return super().get_context_data(
            andre_planer=andre,
            kan_sammenlignes=any(p.pk == self.plan.bygger_pa_id for p in andre),
            helheten=[annen for annen in andre if annen.pk == self.plan.del_av_id],
            innsatsomrader=omrader,
            antall_tiltak=self.tiltak().count(),
            nye_tiltak=nye[:NYE_PA_FORSIDEN],
            flere_nye=len(nye) > NYE_PA_FORSIDEN,
            har_tilbud=tilbud_i(self.kommune).exists(),
            registrering=self._registrering(),
            siden=str(Siden(self.plan)),
            kan_gjenapnes=self.kan_endre and kan_gjenapnes(self.plan),
            # On a page of another day, it stands on top.
            datoform=None if er_en_annen() else DatoForm(kommune=self.kommune),
            **self._innspillene(),
            **kwargs,
        )

    def _innspillene(self):
        """What is asked of the readers of a draft; and for those who read all that was
        said, how much of it is not answered."""
        plan, bruker = self.plan, self.request.user
        kontekst = {"er_leser": er_leser(bruker, plan)}
        if plan.er_utkast:
            kontekst["horinger"] = plan.horinger.synlige_for(bruker).apne()
        if self.kommune.gir(bruker, *LESER_ALLE):
            ubesvarte = Count("pk", filter=Q(vurdering=""))
            kontekst |= plan.innspill.aggregate(
                antall_innspill=Count("pk"), antall_ubesvarte=ubesvarte
            )
            kontekst["leser_innspill"] = plan.er_utkast or kontekst["antall_innspill"]
        return kontekst

    def _registrering(self):
        """That of what was frozen, or None; 1 query."""
        return self.plan.registreringer.som_star().uten_innhold().first()

    def _andre_planer(self):
        """Those that the asker may see, of the main rekke first."""
        synlige = Handlingsplan.objects.synlige_for(self.request.user)
        andre = synlige.filter(kommune=self.kommune).exclude(pk=self.plan.pk)
        return list(andre.i_rekker().select_related("kommune", "rekke"))

    def _nye_tiltak(self):
        nye = (
            Tiltak.objects.nye_i(self.plan)
            .i_kraft(self.plan)
            .order_by(*planens_orden())
        )
        return med_sted_i_planen(nye)


@method_decorator(OFFENTLIG_MED_DATO, name="dispatch")
class PlanView(IPlanen, TemplateView):
    """The plan as text: chapters, målsettinger, styringsdokumenter."""

    template_name = "tiltak/plan.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            kapitler=self.plan.kapitler.lesernes(self.plan),
            malsettinger=self.plan.malsettinger.lesernes()
            .select_related("innsatsomrade")
            .filter(tiltak=None),
            styringsdokumenter=self.plan.styringsdokumenter.all(),
            antall_per_niva=antall_per_niva(self.plan),
            slt_figur=NivaFigur(self.kommune, SIDE),
            **kwargs,
        )


@method_decorator(OFFENTLIG_MED_DATO, name="dispatch")
class InnsatsomradeDetailView(IPlanen, DetailView):
    """An innsatsområde: what it is about, and its tiltak by number."""

    template_name = "tiltak/innsatsomrade_detail.html"
    context_object_name = "innsatsomrade"

    def get_object(self):
        synlige = Innsatsomrade.objects.synlige_for(self.request.user)
        return get_object_or_404(
            synlige.prefetch_related("malsettinger"),
            plan=self.plan,
            slug=self.kwargs["slug"],
        )

    def get_context_data(self, **kwargs):
        plasseringer = (
            self.object.plasseringer.filter(tiltak__in=self.tiltak().values("pk"))
            .order_by("nummer")
            .select_related("innsatsomrade")
            .prefetch_related(Prefetch("tiltak", self.tiltak().order_by("pk")))
        )
        side = hent_side(self.request, plasseringer, RADER_PER_SIDE)
        for plassering in side.object_list:
            plassering.plan, plassering.tiltak.stedet = self.plan, plassering
        return super().get_context_data(
            avsluttede=self.object.plasseringer.filter(
                for_lesere("tiltak__", plan=self.plan),
                tiltak__status__in=Tiltak.AVSLUTTEDE,
            )
            .order_by("nummer")
            .select_related("tiltak__plan", "plan__kommune", "innsatsomrade"),
            page_obj=side,
            antall=side.paginator.count,
            plasseringer=side.object_list,
            **kwargs,
        )


@method_decorator(OFFENTLIG_MED_DATO, name="dispatch")
class TiltakListView(FiltrertListe, IPlanen, ListView):
    """The tiltak of a plan, narrowed by what stands in the address."""

    template_name = "tiltak/tiltak_list.html"
    context_object_name = "tiltakene"

    @cached_property
    def filter(self):
        # What is ended is listed for those who ask for it alone.
        ender = self.request.GET.get("status") in Tiltak.AVSLUTTEDE
        utvalg = Tiltak.objects.lesernes(self.plan) if ender else None
        return TiltakFilter(
            self.request.GET, queryset=self.tiltak(utvalg), plan=self.plan
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            tilbudene=self._tilbud(),
            flest_tilbud=TILBUD_I_SOKET,
            **kwargs,
        )

    def _tilbud(self):
        """What the same search finds outside the plan, one more than are shown; none
        where it asks for what only a plan has."""
        spurt = {navn for navn in self.filter.filters if self.request.GET.get(navn)}
        if "q" not in spurt or spurt - TilbudFilter.base_filters.keys():
            return []
        alle = tilbud_i(self.kommune)
        filter_ = TilbudFilter(self.request.GET, queryset=alle, kommune=self.kommune)
        return list(filter_.qs[: TILBUD_I_SOKET + 1]) if filter_.is_valid() else []


@method_decorator(OFFENTLIG_MED_DATO, name="dispatch")
class TiltakDetailView(IPlanen, DetailView):
    """One tiltak: what it is, for whom, and whom to call."""

    template_name = "tiltak/tiltak_detail.html"
    context_object_name = "tiltak"

    @cached_property
    def plasseringer(self):
        """All places of the tiltak, the one that the address names first."""
        planer = Handlingsplan.objects.synlige_for(self.request.user)
        planer = planer.filter(kommune__slug=self.kwargs["kommune"])
        her = Plassering.objects.filter(
            plan__in=planer.filter(slug=self.kwargs["plan"]),
            innsatsomrade__slug=self.kwargs["innsatsomrade"],
            nummer=self.kwargs["nummer"],
        )
        synlige = Plassering.objects.synlige_for(self.request.user)
        kopiert = Opphav.objects.filter(tiltak=OuterRef("tiltak"))
        plasseringer = (
            # The kommune once more: PostgreSQL would begin at the tiltak of all of them.
            synlige.filter(
                tiltak__in=her.values("tiltak"),
                plan__kommune__slug=self.kwargs["kommune"],
            )
            .select_related("tiltak__plan__kommune", "plan__kommune", "innsatsomrade")
            .med_naboer()
            .annotate(sist_endret=sist_endret("tiltak"), er_kopiert=Exists(kopiert))
        )
        sted = ("plan", "innsatsomrade", "nummer")
        adresse = tuple(str(self.kwargs[del_]) for del_ in sted)

        def er_her(sted):
            her = (sted.plan.slug, sted.innsatsomrade.slug, str(sted.nummer))
            return her == adresse

        if not any(map(er_her, plasseringer)):
            return []
        return sorted(plasseringer, key=lambda p: not er_her(p))

    @cached_property
    def plan(self):
        return self.plasseringer[0].plan

    def get_object(self):
        if not self.plasseringer:
            raise Http404
        her, *andre = self.plasseringer
        tiltak = her.tiltak
        # Known already: no query more. "The others" are those that are not this page.
        tiltak.lest_i, tiltak.stedet = her.plan_id, her
        tiltak.hovedplassering = next(
            (p for p in self.plasseringer if p.hoved and p.plan_id == her.plan_id), None
        )
        tiltak.andre_plasseringer = andre
        tiltak.sist_endret = her.sist_endret
        last_detaljer([tiltak], self.request.user)
        last_for_side(tiltak, self.request.user)
        return tiltak

    def get_context_data(self, **kwargs):
        si_apent_for(self.request, self.object)
        her = self.plasseringer[0]
        return super().get_context_data(
            plassering=her,
            opphav=opphavet_til(self.request, self.object) if her.er_kopiert else None,
            etterfolgere=self._etterfolgere(),
            tidslinje=tidslinje(self.object, self.request.user),
            **notatene_om(self.request, self.object),
            **kwargs,
        )

    def _etterfolgere(self):
        """What became of it in a plan that holds or did; 2 queries, and none for a plan
        that nothing followed. Where the next plan of the rekke says nothing of it, what
        other plans got for their own."""
        if self.object.plan.status != Handlingsplan.Status.AVLOST:
            return []
        status = Handlingsplan.Status
        rader = self.object.overganger_fra.exclude(ny_plan__status=status.UTKAST)
        # What a plan of another rekke that was superseded keeps of a guest, follows nothing.
        rader = rader.filter(
            Q(ny_plan__rekke=self.object.plan.rekke_id)
            | ~Q(ny_plan__status=status.AVLOST)
        )
        rader = rader.select_related("ny_plan", "til__plan__kommune").prefetch_related(
            "til__plasseringer__innsatsomrade"
        )
        rekke = self.object.plan.rekke_id
        return [rad for rad in rader if rad.ny_plan.rekke_id == rekke] or rader


@method_decorator(OFFENTLIG, name="dispatch")
class EndringerView(IPlanen, TemplateView):
    """What is otherwise in the plan than when it was treated."""

    template_name = "tiltak/endringer.html"

    def get_context_data(self, **kwargs):
        siden = Siden(self.plan, self.request.user)
        return super().get_context_data(siden=siden, **kwargs)


@method_decorator(OFFENTLIG_MED_DATO, name="dispatch")
class DekningView(IPlanen, TemplateView):
    """Where the plan has tiltak; where it has none is internal until published."""

    template_name = "tiltak/dekning.html"

    def get_context_data(self, **kwargs):
        kontekst = super().get_context_data(
            etter_niva=dekning_etter_niva(self.plan),
            etter_alder=dekning_etter_alder(self.plan),
            **kwargs,
        )
        kontekst["vis_hull"] = kontekst["kan_endre"] or self._hull_er_publisert()
        return kontekst

    def _hull_er_publisert(self):
        """Whether they are, and were on the day that is shown."""
        if not (self.plan.hull_er_publisert and er_en_annen()):
            return self.plan.hull_er_publisert
        with i_dag():
            apne = Handlingsplan.objects.filter(hull_er_publisert=True)
            return apne.filter(pk=self.plan.pk).exists()


@login_not_required
@require_safe
@med_dato
def plan_pdf(request, kommune, plan):
    """The plan as a document, or the part of it that the address asks for."""
    return _plandokument(
        request,
        kommune,
        plan,
        innsatsomrade=request.GET.get("innsatsomrade", ""),
        tjeneste=request.GET.get("tjeneste", ""),
    )


@login_not_required
@require_safe
@med_dato
def plan_kort_pdf(request, kommune, plan):
    """The plan on one page."""
    return _plandokument(request, kommune, plan, kort=True)


@login_not_required
@require_safe
def plan_word(request, kommune, plan):
    """The whole plan as a document to go on with in Word."""
    return wordsvar(request, Utgave(hent_plan(request.user, kommune, plan)))


def _plandokument(request, kommune, plan, **hvilket):
    """The document; as it stood on another day, for who is logged in."""
    dag = getattr(request, "dagen", None)
    if dag and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return dokumentsvar(
        request,
        lambda: Utgave(hent_plan(request.user, kommune, plan), **hvilket, dag=dag),
    )
