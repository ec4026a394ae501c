"""What is otherwise in a plan than when it was treated: what was changed, and what was
only corrected. It says nothing that its reader does not see."""

from collections import defaultdict

from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from slt.felles.endret import Gruppe, antall_i_ord
from slt.felles.netto import LOST_INN
from slt.models import PUBLIKUM
from tiltak.endret_ord import InnholdIOrd
from tiltak.endringer import delenes_historikk
from tiltak.models import (
    Ansvar,
    Apningstid,
    Finansiering,
    Handlingsplan,
    Kontaktpunkt,
    Overgang,
    Registrering,
    Tiltak,
    Tjeneste,
    gjelder_i,
    star_i,
)

# What the plan does not decide: how it goes with a tiltak, and what pays for it.
UTENOM = (Finansiering, Overgang)
STATUSEN = {"statuslinje"}


class Siden:
    """All that is otherwise in a plan since it was treated. The number of queries grows
    with the kinds of things that were changed, not with how many.

    Args:
        bruker: who asks; the counts are the same for all.

    Attributes:
        fra: when it was treated: a moment, a day, or None where that is not known, and
            nothing is said.
    """

    def __init__(self, plan, bruker=PUBLIKUM):
        self.plan, self.bruker = plan, bruker
        self.registrering = None
        if not plan.er_utkast:
            registrert = Registrering.objects.som_star().filter(plan=plan)
            self.registrering = registrert.only("tid", "samling").first()
        self.fra = self.registrering.tid if self.registrering else plan.vedtatt_dato

    def __str__(self):
        """How much that is, as people say it; "" where that is nothing."""
        return antall_i_ord(self.antall_endringer, self.antall_rettelser)

    @property
    def antall_endringer(self):
        return sum(not punkt.er_rettelse for punkt in self._punkter)

    @property
    def antall_rettelser(self):
        return sum(punkt.er_rettelse for punkt in self._punkter)

    @cached_property
    def grupper(self):
        """[Gruppe]: of tiltak in the order of the plan, then of the plan around them,
        then of whom to call."""
        rekke = {hva: nr for nr, hva in enumerate(self._tiltak)}

        def plass(hva):
            modell, pk = hva
            if modell is Tiltak:
                return (0, rekke.get(pk, len(rekke)), pk)
            return (1 if modell is Handlingsplan else 2, 0, pk)

        per = defaultdict(list)
        for hva, punkt in self._sortert:
            per[hva].append(punkt)
        return [self._gruppe(hva, per[hva]) for hva in sorted(per, key=plass)]

    @property
    def _er_siden(self):
        # By the kommune, too: that and the day are what the history is found by.
        her = Q(history_kommune=self.plan.kommune_id)
        if self.registrering is None:
            return her & Q(history_date__date__gt=self.fra)
        samme = Q(history_samling=self.registrering.samling)
        return her & Q(history_date__gt=self.fra) & ~samme

    def _historikk(self):
        """Yields the history of what a reader of the plan sees, by model."""
        plan = self.plan
        yield Handlingsplan.historikk.filter(id=plan.pk)
        for historikk in delenes_historikk(plan):
            if historikk.model.instance_type not in UTENOM:
                yield historikk
        ansvar = Ansvar.objects.filter(
            star_i(plan, "tiltak__"), gjelder_i(plan, Ansvar), tiltak__publisert=True
        )
        tjenester = ansvar.values("tjeneste")
        yield Tjeneste.historikk.filter(id__in=tjenester)
        yield Kontaktpunkt.historikk.filter(tjeneste__in=tjenester)
        punkter = Kontaktpunkt.objects.synlige_for(PUBLIKUM)
        punkter = punkter.filter(tjeneste__in=tjenester).values("pk")
        yield Apningstid.historikk.filter(kontaktpunkt__in=punkter)

    @cached_property
    def _innhold(self):
        siden = self._er_siden
        return _Planen(
            self.plan,
            self._historikk(),
            siden,
            ~siden,
            koordinerer=self.plan.kommune.gir(self.bruker, "koordinator"),
        )

    @cached_property
    def _sortert(self):
        """[((model, id) of what it is about, Punkt)], the newest first."""
        if self.fra is None:
            return []
        innhold = self._innhold
        alle = [(om := innhold.om(par), innhold.punkt(par, om)) for par in innhold.par]
        return sorted(alle, key=lambda par: par[1].sist, reverse=True)

    @property
    def _punkter(self):
        return [punkt for _hva, punkt in self._sortert]

    @cached_property
    def _tiltak(self):
        """{id: Tiltak} of those that points are about, in the order of the plan."""
        pker = {pk for (modell, pk), _punkt in self._sortert if modell is Tiltak}
        rader = Tiltak.objects.filter(pk__in=pker).i_planens_orden(self.plan)
        rader = rader.med_plassering(self.plan).select_related(
            "kommune", "plan__kommune"
        )
        return {tiltak.pk: tiltak for tiltak in rader}

    def _gruppe(self, hva, punkter):
        modell, pk = hva
        if modell is Handlingsplan:
            return Gruppe(_("Planen ellers"), punkter=punkter)
        rader = self._tiltak if modell is Tiltak else self._innhold.tjenester
        if (rad := rader.get(pk)) is None:
            return Gruppe(_("Tatt ut av planen"), punkter=punkter)
        return Gruppe(str(rad), rad.get_absolute_url(), punkter)


class _Planen(InnholdIOrd):
    """The same rules, for a plan that was treated: all who read it are told of the same
    things; what stood where there is another number now, only its coordinators are."""

    def __init__(self, plan, historikkene, siden, for_, *, koordinerer):
        super().__init__(plan.kommune, historikkene, siden, for_, lagt_inn=LOST_INN)
        self.plan, self.ser_verdier = plan, koordinerer

    @cached_property
    def _alle(self):
        alle = super()._alle
        for par in alle:
            # What is said of the plan itself is what was said first.
            if par.modell is Handlingsplan and par.da is None:
                par.da = par.na.__class__.objects.filter(id=par.pk).last()
        return alle

    def felter(self, modell):
        felter = super().felter(modell)
        if modell is Tiltak:
            return [felt for felt in felter if felt.name not in STATUSEN]
        return felter

    @cached_property
    def planer_da(self):
        return super().planer_da | {self.plan.pk}

    def om(self, par):
        modell, pk = super().om(par)
        return (modell, self.plan.pk) if modell is Handlingsplan else (modell, pk)
