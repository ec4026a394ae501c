"""What the public pages of plans, tilbud and tjenester have in common."""

from datetime import timedelta
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from slt.felles.bevart import holder_til, ikke_bevar
from slt.felles.sider import IKommunen
from slt.grunn.den_dagen import er_en_annen
from tiltak.apent import apent_na, gjelder_til, kalender_rundt
from tiltak.detaljer import med_sted_i_planen
from tiltak.models import (
    Ansvar,
    Handlingsplan,
    Tiltak,
    andres_sist,
    kan_gi_innspill,
    leses_av_alle,
    tilbud_i_kraft,
)
from tiltak.notater import kan_se_notater, notater_om
from tiltak.publisering import antall_upubliserte

RADER_PER_SIDE = 50


def hent_plan(bruker, kommune, slug):
    """The plan of an address, if the asker may see it; a draft is not even there."""
    synlige = Handlingsplan.objects.synlige_for(bruker)
    planer = synlige.select_related("kommune", "rekke")
    return get_object_or_404(planer, kommune__slug=kommune, slug=slug)


def tjenesten_i(tjenester, kommune, slug):
    """The one with this address there, among rows of `TjenesteQuerySet.i`; its own before
    one that others share."""
    rader = tjenester.filter(her_slug=slug).order_by(andres_sist(kommune), "pk")
    if (tjeneste := rader.first()) is None:
        raise Http404
    return tjeneste


def si_apent(request, kommune, punkter):
    """Sets `apent` on each contact point: what can be said of it now. The page lapses when
    that does. 1 query where hours ask for school holidays.

    Args:
        punkter: [(Kontaktpunkt with apningstider loaded, its Tjeneste)].
    """
    if er_en_annen():  # what is open now says nothing of that day
        return
    na = timezone.now()
    kalender = kalender_rundt(kommune, na, [punkt for punkt, _tjeneste in punkter])
    for punkt, tjeneste in punkter:
        punkt.apent = apent_na(punkt, tjeneste, na, kalender)
    til = gjelder_til(apent for punkt, _tjeneste in punkter for apent in punkt.apent)
    if til is not None:
        holder_til(request, til)


def si_apent_for(request, tiltak):
    """The same of all contact points that the page of a tiltak shows."""
    ansvar = [a for t in (tiltak, *tiltak.deltiltak.all()) for a in t.ansvaret]
    punkter = [(punkt, a.tjeneste) for a in ansvar for punkt in a.kontaktpunkter]
    heller = {a.spor_heller for a in ansvar if not a.kontaktpunkter} - {None}
    over = [(punkt, t) for t in heller for punkt in t.kontaktpunkter.all()]
    si_apent(request, tiltak.kommune, punkter + over)


def opphavet_til(request, tiltak):
    """Returns the Opphav of what was copied, with `adresse`, where all can read what it
    was copied from; "" where they cannot by now. That is of another kommune, whose version
    says nothing of this page: it is asked again each hour. 4 queries."""
    opphav = tiltak.opphav.defer("innhold").get()
    offentlige = Tiltak.objects.synlige_for(AnonymousUser()).filter(leses_av_alle())
    fra = med_sted_i_planen(offentlige.filter(pk=opphav.fra_id)).first()
    opphav.adresse = fra.get_absolute_url() if fra else ""
    holder_til(request, timezone.now() + timedelta(hours=1))
    return opphav


def notatene_om(request, tiltak):
    """What the page of a tiltak needs to tell its notes; for those who may see some, it is
    made anew each time. 1 query, and none for all others. Not as it stood on another day:
    what was said then, may have been put right since."""
    vises = not er_en_annen() and kan_se_notater(request.user, tiltak.kommune)
    if not vises:
        return {"vis_notater": False, "notatene": []}
    ikke_bevar(request)
    return {"vis_notater": True, "notatene": notater_om(tiltak, request.user)}


def til_liste(tiltakene):
    """Loads what a list says of each tiltak, without deltiltak."""
    # What is said of one place alone is needed whole, to know that something is.
    ansvarlige = Ansvar.objects.select_related("tjeneste").filter(
        Q(rolle__in=Ansvar.ANSVARLIGE) | Q(plassering__isnull=False)
    )
    return (
        tiltakene.selvstendige()
        .med_har_deltiltak()
        .prefetch_related("malgrupper", Prefetch("ansvar", ansvarlige))
    )


def tilbud_i(kommune):
    """What all find of the kommune that stands in no plan, by name, ready for a list."""
    tilbud = Tiltak.objects.filter(tilbud_i_kraft(), kommune=kommune)
    return til_liste(tilbud).select_related("kommune").order_by("tittel__norsk", "pk")


class IPlanen(IKommunen):
    """A page inside a plan: `plan` is in the context, too."""

    @cached_property
    def plan(self):
        return hent_plan(self.request.user, self.kwargs["kommune"], self.kwargs["plan"])

    @property
    def kommune(self):
        return self.plan.kommune

    def tiltak(self, utvalg=None):
        """The tiltak that stand in the plan, in its order, without deltiltak, ready for a
        list: those that hold, or of the QuerySet that is given."""
        utvalg = Tiltak.objects.i_kraft(self.plan) if utvalg is None else utvalg
        return til_liste(utvalg).i_planens_orden(self.plan).med_plassering(self.plan)

    def get_context_data(self, **kwargs):
        egne = {
            "plan": self.plan,
            "antall_upubliserte": self._antall_upubliserte,
            "kan_gi_innspill": not er_en_annen()
            and kan_gi_innspill(self.request.user, self.plan),
        }
        return super().get_context_data(**(kwargs | egne))

    def _antall_upubliserte(self):
        """Asked by the pages that say so, to the coordinator."""
        return antall_upubliserte(self.plan) if self.kan_endre else None


class FiltrertListe:
    """A list that is narrowed by what stands in its address. The subclass gives `filter`,
    a FilterSet."""

    paginate_by = RADER_PER_SIDE

    def get_queryset(self):
        # A value that makes no sense: say so, rather than list something else.
        return self.filter.qs if self.filter.is_valid() else self.filter.queryset.none()

    def get_context_data(self, **kwargs):
        uten_side = self.request.GET.copy()
        uten_side.pop("page", None)
        return super().get_context_data(
            filter=self.filter,
            er_filtrert=any(self.request.GET.get(navn) for navn in self.filter.filters),
            adresse_uten_side=uten_side.urlencode(),
            **kwargs,
        )
