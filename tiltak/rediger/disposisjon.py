"""A plan as those who write it see it: all that is in it, in its order, with what is
missing said where it is missing."""

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from tiltak.detaljer import last_kontaktpunkter
from tiltak.models import Ansvar, Tiltak


class Disposisjon:
    """Ten queries, however long the plan is.

    Args:
        plan: with kommune and rekke loaded.
        bruker: who writes it.
    """

    def __init__(self, plan, bruker):
        self.plan, self.bruker = plan, bruker

    @cached_property
    def kapitler(self):
        return list(self.plan.kapitler.order_by("rekkefolge", "pk"))

    @cached_property
    def omrader(self):
        """The innsatsområder, each with its `rader`."""
        omrader = self.plan.innsatsomrader.order_by("rekkefolge", "pk")
        omrader = list(omrader.prefetch_related("malsettinger"))
        per_omrade = {omrade.pk: [] for omrade in omrader}
        for sted in self._steder:
            per_omrade[sted.innsatsomrade_id].append(sted)
        for omrade in omrader:
            omrade.plan, omrade.rader = self.plan, per_omrade[omrade.pk]
        return omrader

    @cached_property
    def uten_plass(self):
        """Tiltak that stand in no innsatsområde, and so are found by nobody."""
        uten = Tiltak.objects.filter(plan=self.plan).selvstendige()
        uten = uten.exclude(plasseringer__plan=self.plan)
        return self._med_deler(list(uten.order_by("pk")))

    @cached_property
    def malsettinger(self):
        alle = self.plan.malsettinger.filter(tiltak=None, innsatsomrade=None)
        return list(alle.order_by("rekkefolge", "pk"))

    @cached_property
    def antall_foreslatt(self):
        """How many levels nobody has agreed to yet."""
        hele = [*(sted.tiltak for sted in self._steder), *self.uten_plass]
        alle = {
            t.pk: t.niva_foreslatt
            for tiltak in hele
            for t in (tiltak, *tiltak.deltiltak.all())
            if t.plan_id == self.plan.pk
        }
        return sum(alle.values())

    @cached_property
    def _steder(self):
        return self.steder(self.plan.plasseringer.all())

    def steder(self, rader):
        """These places in the plan, ready to be shown."""
        rader = rader.select_related("tiltak__plan__rekke", "innsatsomrade")
        rader = list(rader.order_by("innsatsomrade", "nummer"))
        for rad in rader:
            # Known already: no query more.
            rad.plan = self.plan
            rad.innsatsomrade.plan = self.plan
            rad.tiltak.lest_i, rad.tiltak.stedet = self.plan.pk, rad
        self._med_deler([rad.tiltak for rad in rader])
        return rader

    def _med_deler(self, tiltakene):
        ansvar = Ansvar.objects.select_related("tjeneste__kommune")
        deler = Tiltak.objects.order_by("rekkefolge", "pk").select_related("plan")
        if self.plan.bygger_pa_id:
            # Whether they are new.
            deler = deler.prefetch_related("overganger_til")
            prefetch_related_objects(tiltakene, "overganger_til")
        prefetch_related_objects(tiltakene, Prefetch("deltiltak", deler))
        alle = [*tiltakene, *(d for t in tiltakene for d in t.deltiltak.all())]
        prefetch_related_objects(alle, "malgrupper", Prefetch("ansvar", ansvar))
        last_kontaktpunkter([a for t in alle for a in t.ansvar.all()], self.bruker)
        for tiltak in tiltakene:
            for del_ in tiltak.deltiltak.all():
                del_.lest_i = tiltak.lest_i
                del_.mangler = list(_mangler(del_))
            tiltak.mangler = list(_mangler(tiltak))
        return tiltakene

    def tiltak(self, tiltak):
        """One that stands at no place of its own: a deltiltak, or one without a place."""
        if tiltak.overordnet_id is None:
            return self._med_deler([tiltak])[0]
        (hele,) = self._med_deler([tiltak.overordnet])
        return next(del_ for del_ in hele.deltiltak.all() if del_.pk == tiltak.pk)


def _mangler(tiltak):
    """Yields in a few words what a tiltak lacks that its readers look for."""
    if tiltak.er_avsluttet:
        return
    if tiltak.mangler_ansvar:
        yield _("ansvaret er ikke avklart")
    elif tiltak.overordnet_id is None and tiltak.mangler_kontakt:
        yield _("ingen å ringe")
    if tiltak.overordnet_id is None and not tiltak.malgruppene:
        yield _("uten målgruppe")
    if not tiltak.niva:
        yield _("uten nivå")
    elif tiltak.niva_foreslatt:
        yield _("nivået er foreslått")
