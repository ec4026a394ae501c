"""A plan as it is looked through for what it lacks."""

from collections import Counter, defaultdict

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from tiltak.detaljer import last_detaljer, med_sted_i_planen
from tiltak.mangler.rader import Rad
from tiltak.models import (
    Kontaktpunkt,
    Plassering,
    Tiltak,
    Tjeneste,
    planens_orden,
    star_i,
)


class Planinnhold:
    """A plan with all that is asked of it, loaded once."""

    def __init__(self, plan):
        self.plan = plan
        self.forside = plan.get_absolute_url()
        self.omrader = list(plan.innsatsomrader.all())
        self.kapitler = list(plan.kapitler.all())
        self.alle = self._last_tiltakene()
        self.varer = [tiltak for tiltak in self.alle if not tiltak.er_avsluttet]
        self.hele = [tiltak for tiltak in self.varer if tiltak.overordnet_id is None]
        last_detaljer(
            self.hele,
            AnonymousUser(),
            deltiltak=Tiltak.objects.exclude(status__in=Tiltak.AVSLUTTEDE),
        )
        self.steder = self._last_stedene()

    def _last_tiltakene(self):
        """Those of the plan and its guests, deltiltak too, as they are read here; also
        what is ended, and what is not published yet."""
        rader = med_sted_i_planen(Tiltak.objects.filter(star_i(self.plan)))
        rader = rader.prefetch_related("overganger_til")
        rader = list(rader.order_by(*planens_orden()))
        for tiltak in rader:
            for lest in filter(None, (tiltak, tiltak.overordnet)):
                lest.lest_i = self.plan.pk
        return rader

    def _last_stedene(self):
        """{id of an innsatsområde: its places by number}."""
        steder = defaultdict(list)
        rader = self.plan.plasseringer.select_related("tiltak", "innsatsomrade")
        for sted in rader.order_by("nummer"):
            steder[sted.innsatsomrade_id].append(sted)
        return steder

    # What is asked more than once ---------------------------------------------------

    @cached_property
    def malsettinger(self):
        return list(self.plan.malsettinger.filter(tiltak=None))

    @cached_property
    def tatt_ut(self):
        """{(id of an innsatsområde, number)} of what once stood in a plan that is in
        force by now."""
        if self.plan.er_utkast:
            return set()
        ute = Plassering.historikk.filter(plan=self.plan.pk, history_type="-")
        return set(ute.values_list("innsatsomrade", "nummer"))

    @cached_property
    def har_kontakt(self):
        """The ids of the tjenester with a contact point that all see."""
        synlige = Kontaktpunkt.objects.synlige_for(AnonymousUser())
        her = Tjeneste.objects.i(self.plan.kommune).order_by().values("pk")
        synlige = synlige.filter(tjeneste__in=her)
        return set(synlige.values_list("tjeneste", flat=True))

    @cached_property
    def leste_omrader(self):
        """Those that readers find."""
        return [o for o in self.omrader if self.plan.er_utkast or o.publisert]

    @cached_property
    def lest(self):
        """The tiltak that readers find in the list of the plan: the count that it says."""
        omrader = {omrade.pk for omrade in self.leste_omrader}
        return [
            tiltak
            for tiltak in self.hele
            if (self.plan.er_utkast or tiltak.publisert)
            and (sted := tiltak.hovedplassering) is not None
            and sted.innsatsomrade_id in omrader
        ]

    @cached_property
    def antall_i(self):
        """{id of an innsatsområde: how many tiltak readers find there}."""
        lest = {tiltak.pk for tiltak in self.lest}
        return {
            omrade.pk: sum(s.tiltak_id in lest for s in self.steder[omrade.pk])
            for omrade in self.omrader
        }

    @cached_property
    def andre_tall(self):
        """What else a text may count: the whole, with parts, an innsatsområde, places,
        what is new, a level, a status."""
        deler = [del_ for t in self.lest for del_ in t.deltiltak.all()]
        med_deler = [*self.lest, *deler]
        return {
            len(self.lest),
            len(med_deler),
            len(med_deler) - sum(bool(t.deltiltak.all()) for t in self.lest),
            sum(self.antall_i.values()),
            *self.antall_i.values(),
            *(sum(t.er_nytt for t in rader) for rader in (self.lest, med_deler)),
            *Counter(t.niva for t in self.lest).values(),
            *Counter(t.status for t in self.lest).values(),
        }

    # Through the tiltak --------------------------------------------------------------

    def med_deler(self):
        """Each tiltak, and after it its deltiltak."""
        for tiltak in self.hele:
            yield tiltak
            yield from tiltak.deltiltak.all()

    def _leste(self, relasjon):
        """Yields each whole tiltak as it is read at its main place, and where these rows
        say otherwise at another one, there too."""
        for tiltak in self.hele:
            bundne = {rad.plassering_id for rad in getattr(tiltak, relasjon).all()}
            her = [
                sted
                for sted in tiltak.plasseringer.all()
                if sted.plan_id == self.plan.pk and sted.pk in bundne
            ]
            hoved = tiltak.hovedplassering
            for sted in [hoved, *(sted for sted in her if sted != hoved)]:
                tiltak.stedet = sted
                yield tiltak
            tiltak.stedet = hoved

    def uten(self, har, relasjon=None):
        """Yields the tiltak that have it not; where there are deltiltak, they say it, and
        what the whole has, they have, too.

        Args:
            relasjon: the rows that say it, where they may say otherwise at another place.
        """
        for tiltak in self._leste(relasjon) if relasjon else self.hele:
            if har(tiltak):
                continue
            deler = tiltak.deltiltak.all()
            yield from [del_ for del_ in deler if not har(del_)] if deler else [tiltak]

    def ansvaret(self):
        """Yields (tiltak or deltiltak, ansvar) of all who have a part in one."""
        for tiltak in self._leste("ansvar"):
            yield from ((tiltak, ansvar) for ansvar in tiltak.ansvaret)
        for tiltak in self.hele:
            for del_ in tiltak.deltiltak.all():
                yield from ((del_, ansvar) for ansvar in del_.ansvaret)

    def ansvarlige(self):
        """Yields the same of those who answer for one."""
        for tiltak, ansvar in self.ansvaret():
            if ansvar.rolle in type(ansvar).ANSVARLIGE:
                yield tiltak, ansvar

    # Where it stands and is mended ----------------------------------------------------

    @property
    def i_planen(self):
        return self.plan.kommune.slug, self.plan.slug

    def sted(self, tiltak):
        """The label of where it stands; of a deltiltak that of the whole."""
        if tiltak.overordnet_id and tiltak.overordnet.merkelapp:
            return _("del av %s") % tiltak.overordnet.merkelapp
        return tiltak.merkelapp

    @property
    def disposisjon(self):
        """The page on which the plan is written."""
        return reverse("tiltak:disposisjon", args=self.i_planen)

    def skjema(self, hva, pk, rad=""):
        """The form of what stands in the plan, which leads back to where that is written."""
        endre = reverse(f"tiltak:{hva}_endre", args=[self.i_planen[0], pk])
        return f"{endre}?i={self.plan.slug}&rad={rad or f'{hva}-{pk}'}"

    def rad(self, tiltak, *, detalj=""):
        sted = tiltak.hovedplassering
        rad = f"plassering-{sted.pk}" if sted else f"tiltak-{tiltak.pk}"
        return Rad(
            tiltak.tittel,
            self.skjema("tiltak", tiltak.pk, rad)
            if tiltak.kan_endres
            else tiltak.get_absolute_url(),
            merkelapp=self.sted(tiltak),
            detalj=detalj,
        )
