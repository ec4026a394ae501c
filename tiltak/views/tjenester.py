"""The public pages of the services: whom to call, and what for."""

from collections import defaultdict
from functools import cached_property
from operator import attrgetter

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, When
from django.db.models.functions import Coalesce
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from slt.felles.sider import OFFENTLIG_MED_DATO, IKommunen, hent_side, kan_endre
from slt.grunn.den_dagen import er_en_annen
from slt.models import LESER, Tilgang
from tiltak.detaljer import med_sted_i_planen
from tiltak.filters import TjenesteFilter
from tiltak.kontaktkort import kan_lagres
from tiltak.models import (
    Ansvar,
    Handlingsplan,
    Tjeneste,
    i_kraft,
    leses_av_alle,
    planens_orden,
    temavalg_her,
    tilbud_i_kraft,
)

from .felles import FiltrertListe, si_apent, tjenesten_i

TJENESTENS_TILTAK = 100
# The plan in which an ansvar is read: `Ansvar.planen`, asked of the database.
I_PLANEN = Coalesce("plassering__plan", "tiltak__plan")


@method_decorator(OFFENTLIG_MED_DATO, name="dispatch")
class TjenesteListView(FiltrertListe, IKommunen, ListView):
    """Who there is, and their main contact points: by what they help with, or by name, or
    those that what stands in the address leaves."""

    template_name = "tiltak/tjeneste_list.html"
    context_object_name = "tjenester"
    paginate_by = 100

    @cached_property
    def filter(self):
        bruker = self.request.user
        alle = Tjeneste.objects.synlige_for(bruker).i(self.kommune)
        alle = alle.i_lister(bruker, self.kommune)
        return TjenesteFilter(
            self.request.GET,
            queryset=alle.virksomme().med_kontaktpunkter(bruker, hoved=True),
            kommune=self.kommune,
            bruker=bruker,
        )

    def get_context_data(self, **kwargs):
        kontekst = super().get_context_data(for_ansatte=self._for_ansatte(), **kwargs)
        etter_navn = self.request.GET.get("orden") == "navn"
        grupper = []
        if not (etter_navn or kontekst["er_filtrert"]):
            grupper = _etter_tema(self.kommune, kontekst["tjenester"])
        return kontekst | {"grupper": grupper, "etter_navn": etter_navn}

    def _for_ansatte(self):
        """Whether to offer staff a link: not to who is in."""
        if not self.kommune.ansattdomener:
            return False
        return not self.kommune.gir(self.request.user, *Tilgang.Rolle, LESER)


@method_decorator(OFFENTLIG_MED_DATO, name="dispatch")
class TjenesteDetailView(IKommunen, DetailView):
    """One tjeneste: every way to reach it, and all tiltak it has a part in. Of one that
    another kommune keeps and shares: what is said of it, and nothing of what is there."""

    template_name = "tiltak/tjeneste_detail.html"
    context_object_name = "tjeneste"

    def get_queryset(self):
        under = Tjeneste.objects.virksomme().select_related("kommune")
        return (
            Tjeneste.objects.synlige_for(self.request.user)
            .i(self.kommune)
            .med_listes(self.request.user, self.kommune)
            .med_kontaktpunkter(self.request.user)
            .prefetch_related(
                "malgrupper",
                Prefetch("underordnede", under),
            )
        )

    def get_object(self, queryset=None):
        return tjenesten_i(self.get_queryset(), self.kommune, self.kwargs["slug"])

    @cached_property
    def drives_av(self):
        """The kommune that keeps it, where that is another one."""
        eier = self.object.kommune
        return None if eier == self.kommune else eier

    @cached_property
    def kan_endre(self):
        # It is changed where it is kept.
        if self.drives_av or er_en_annen():
            return False
        bruker = self.request.user
        if kan_endre(bruker, self.kommune):
            return True
        mine = Tjeneste.objects.endres_av(bruker)
        return mine.filter(pk=self.object.pk).exists()

    def get_context_data(self, **kwargs):
        tjeneste = self.object
        si_apent(
            self.request,
            self.kommune,
            [(punkt, tjeneste) for punkt in tjeneste.kontaktpunkter.all()],
        )
        planer = list(self._planer())
        side = hent_side(self.request, self._ansvar_i(planer), TJENESTENS_TILTAK)
        return super().get_context_data(
            har_flere_planer=len(planer) > 1,
            drives_av=self.drives_av,
            kan_lagres=not tjeneste.nedlagt
            and kan_lagres(tjeneste.kontaktpunkter.all()),
            temaer=[tema for tema, _valg in temavalg_her(self.kommune, [tjeneste])],
            page_obj=side,
            ansvar=_stedfestet(side.object_list),
            tilbud=list(self._tilbud()[:TJENESTENS_TILTAK]),
            **kwargs,
        )

    def _planer(self):
        """Those in force that the tjeneste has a part in."""
        gjeldende = Handlingsplan.objects.gjeldende().filter(kommune=self.kommune)
        ansvar = self._ansvar().annotate(i_planen=I_PLANEN)
        return gjeldende.filter(
            Exists(ansvar.filter(i_planen=OuterRef("pk")))
        ).i_rekker()

    def _tilbud(self):
        """What it has a part in that stands in no plan, by name."""
        ansvar = Ansvar.objects.filter(
            tilbud_i_kraft("tiltak__"),
            leses_av_alle("tiltak__"),
            tjeneste=self.object,
            tiltak__kommune=self.kommune,
        )
        ansvar = ansvar.select_related("tiltak__kommune", "tiltak__overordnet__kommune")
        return ansvar.order_by("tiltak__tittel__norsk", "pk")

    def _ansvar(self):
        omradet_vises = leses_av_alle("tiltak__") & Q(plassering=None) | Q(
            plassering__innsatsomrade__publisert=True
        )
        return Ansvar.objects.filter(
            i_kraft("tiltak__"), omradet_vises, tjeneste=self.object
        )

    def _ansvar_i(self, planer):
        """What the tjeneste has a part in, plan by plan in the order of each."""
        plass = Case(
            *(When(i_planen=plan.pk, then=nr) for nr, plan in enumerate(planer)),
            default=0,
        )
        ansvar = (
            self._ansvar()
            .annotate(i_planen=I_PLANEN)
            .filter(i_planen__in=[p.pk for p in planer])
        )
        ansvar = ansvar.select_related(
            "plassering__plan__kommune", "plassering__innsatsomrade"
        )
        return med_sted_i_planen(
            ansvar.order_by(plass, *planens_orden("tiltak__")), "tiltak__"
        )


def _etter_tema(kommune, tjenester):
    """[(what people need, [Tjeneste])]: of what help is known for everywhere in the order
    in which it is asked, then the kommune's other temaer, and last those without any;
    nothing where none of them helps with a tema. 1 query, 2 where others share some.

    Of a kommune with more tjenester than a page has, each page has its own groups.
    """
    per_pk = {tjeneste.pk: tjeneste for tjeneste in tjenester}
    valg = temavalg_her(kommune, tjenester)
    per_tema = defaultdict(list)
    for tema, rad in valg:
        per_tema[tema].append(per_pk[rad.tjeneste_id])
    if not per_tema:
        return []
    temaer = sorted(per_tema, key=attrgetter("plass"))
    har_tema = {tjeneste.pk for rader in per_tema.values() for tjeneste in rader}
    andre = [tjeneste for pk, tjeneste in per_pk.items() if pk not in har_tema]
    grupper = [(tema.for_folk, per_tema[tema]) for tema in temaer]
    return [*grupper, (_("Andre tjenester"), andre)] if andre else grupper


def _stedfestet(ansvar):
    """The same rows; the place of each that is bound to one knows its tiltak."""
    for rad in ansvar:
        if rad.plassering_id:
            rad.plassering.tiltak = rad.tiltak
    return ansvar
