"""What is otherwise in a plan than when it was treated: what was changed, and what was
only corrected. It says nothing that a reader of the plan does not see."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import IntegerField, Max, Q, Value
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from slt.felles.endringslogg import Lesbar
from slt.grunn.historikk import Art, Dor
from slt.models import PUBLIKUM
from tiltak.endringer import delenes_historikk
from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Apningstid,
    Handlingsplan,
    Innsatsomrade,
    Kontaktpunkt,
    Overgang,
    Plassering,
    Registrering,
    Tiltak,
    Tjeneste,
    gjelder_i,
    star_i,
)

# Whom to call is looked up in the plan, and not decided by it.
KONTAKT = (Tjeneste, Kontaktpunkt, Apningstid)

# {model, or None for all: the fields in which no reader of a plan sees a change}.
SES_IKKE = {
    None: {"id", "slug", "rekkefolge", "publisert", "kommune", "plan"},
    Handlingsplan: {
        "status",
        "rekke",
        "bygger_pa",
        "del_av",
        "hull_er_publisert",
        *Handlingsplan.BEHANDLINGEN,
    },
    Tjeneste: {
        "svaransvarlig",
        "andre_navn",
        "funksjon",
        "overordnet",
        "organisasjonsnummer",
        "sporres_ikke",
    },
    Kontaktpunkt: {"person", "synlighet"},
}
LENGST_VERDI = 80
OFFENTLIG = Kontaktpunkt.Synlighet.OFFENTLIG


@dataclass(frozen=True)
class Felt:
    """A field that is otherwise; `fra` and `til` are empty where they are too long."""

    navn: str
    fra: str = ""
    til: str = ""


@dataclass(frozen=True)
class Punkt:
    """One thing that is otherwise."""

    hva: str
    handling: str
    felter: list[Felt]
    sist: datetime
    er_rettelse: bool


@dataclass
class Gruppe:
    """What is otherwise of one tiltak, of one tjeneste, or of the plan around them."""

    tittel: str
    adresse: str = ""
    punkter: list[Punkt] = field(default_factory=list)


class Siden:
    """All that is otherwise in a plan since it was treated. The number of queries grows
    with the kinds of things that were changed, not with how many.

    Attributes:
        fra: when it was treated: a moment, a day, or None where that is not known, and
            nothing is said.
    """

    def __init__(self, plan):
        self.plan = plan
        self.registrering = None
        if not plan.er_utkast:
            registrert = Registrering.objects.som_star().filter(plan=plan)
            self.registrering = registrert.only("tid", "samling").first()
        self.fra = self.registrering.tid if self.registrering else plan.vedtatt_dato

    def __str__(self):
        """How much that is, as people say it; "" where that is nothing."""
        endringer = ngettext("%d endring", "%d endringer", self.antall_endringer)
        rettelser = ngettext("%d rettelse", "%d rettelser", self.antall_rettelser)
        deler = [
            tekst % antall
            for tekst, antall in (
                (endringer, self.antall_endringer),
                (rettelser, self.antall_rettelser),
            )
            if antall
        ]
        return _(" og ").join(deler)

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

    # What was changed ---------------------------------------------------------------------

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
            if historikk.model.instance_type is not Overgang:
                yield historikk
        ansvar = Ansvar.objects.filter(
            star_i(plan, "tiltak__"), gjelder_i(plan, Ansvar), tiltak__publisert=True
        )
        tjenester = ansvar.values("tjeneste")
        apne = {
            "tjeneste__in": tjenester,
            "synlighet": OFFENTLIG,
        }
        yield Tjeneste.historikk.filter(id__in=tjenester)
        yield Kontaktpunkt.historikk.filter(tjeneste__in=tjenester)
        punkter = Kontaktpunkt.objects.filter(**apne).values("pk")
        yield Apningstid.historikk.filter(kontaktpunkt__in=punkter)

    @cached_property
    def _par(self):
        """[(history row as it was then or None, as it is or None, rows since)] of what
        readers see otherwise."""
        if self.fra is None:
            return []
        par = {}
        for modell, pker in self._endret().items():
            siden = defaultdict(list)
            rader = modell.objects.filter(self._er_siden, id__in=pker)
            for h in rader.order_by("history_id"):
                siden[h.id].append(h)
            da = self._som_da(modell, pker)
            for pk, rader in siden.items():
                for_, etter = _for_og_etter(da.get(pk), rader)
                par[modell, pk] = (self._sett(for_), self._sett(etter), rader)
        skjult = self._skjult()
        skjult_da = self._skjult_da(par, skjult)
        sett = [
            (None if for_ and _er_skjult(for_, skjult_da) else for_, etter, rader)
            for for_, etter, rader in par.values()
        ]
        return [
            (for_, etter, rader)
            for for_, etter, rader in sett
            if er_ulike(for_, etter) and not _er_skjult(etter or for_, skjult)
        ]

    def _endret(self):
        """{model of history: the ids of what was changed since}; 1 query, for as a rule
        little was."""
        historikken = list(self._historikk())
        rader = [
            historikk.filter(self._er_siden)
            .order_by()
            .values_list(Value(nr, IntegerField()), "id")
            for nr, historikk in enumerate(historikken)
        ]
        endret = defaultdict(set)
        for nr, pk in rader[0].union(*rader[1:]):
            endret[historikken[nr].model].add(pk)
        return endret

    def _sett(self, h):
        """The row as readers see it: not at all what is deleted, or for a few, or leads to
        what is."""
        if h is None or h.history_type == "-":
            return None
        apent = getattr(h, "synlighet", OFFENTLIG) == OFFENTLIG
        punkt = getattr(h, "kontaktpunkt_id", None)
        return h if apent and (punkt is None or punkt in self._apne) else None

    @cached_property
    def _apne(self):
        """The ids of the contact points that all see now. Of one that is gone, it is told
        that it went, and not where it was chosen."""
        alles = Kontaktpunkt.objects.synlige_for(PUBLIKUM)
        her = alles.filter(tjeneste__kommune=self.plan.kommune_id)
        return set(her.values_list("pk", flat=True))

    def _som_da(self, modell, pker):
        """{id: its history row as it was when the plan was treated}."""
        rader = modell.objects.filter(~self._er_siden, id__in=list(pker))
        siste = rader.order_by().values("id").annotate(siste=Max("history_id"))
        return {
            h.id: h for h in modell.objects.filter(history_id__in=siste.values("siste"))
        }

    def _skjult(self):
        """{model: ids} of what is not public yet, with all that belongs to it."""
        # Of all plans of the kommune: some of it may stand in this one, too.
        tiltak = Tiltak.objects.filter(
            Q(publisert=False) | Q(overordnet__publisert=False),
            kommune=self.plan.kommune_id,
        )
        tiltak = set(tiltak.values_list("pk", flat=True))
        omrader = self.plan.innsatsomrader.filter(publisert=False)
        ansvar = (
            Ansvar.objects.filter(tiltak__in=tiltak)
            if tiltak
            else Ansvar.objects.none()
        )
        return {
            Tiltak: tiltak,
            Innsatsomrade: set(omrader.values_list("pk", flat=True)),
            Ansvar: set(ansvar.values_list("pk", flat=True)),
        }

    def _skjult_da(self, par, skjult):
        """The same of what was not public either when the plan was treated: readers have
        never seen what it was then, though it may be open, or gone, by now."""
        da = {modell: set(pker) for modell, pker in skjult.items()}
        var = [for_ for for_, _etter, _rader in par.values() if for_]
        for h in var:
            if getattr(h, "publisert", True) is False:
                da.setdefault(h.instance_type, set()).add(h.id)
        da[Ansvar].update(
            h.id for h in var if h.instance_type is Ansvar and h.tiltak_id in da[Tiltak]
        )
        apnet = da[Tiltak] - skjult[Tiltak]
        if apnet:
            ansvar = Ansvar.objects.filter(tiltak__in=apnet)
            da[Ansvar].update(ansvar.values_list("pk", flat=True))
        return da

    # In words -----------------------------------------------------------------------------

    @cached_property
    def _lesbar(self):
        rader = [h for for_, etter, _rader in self._par for h in (for_, etter) if h]
        return Lesbar(self.plan, rader)

    @cached_property
    def _sortert(self):
        """[((model, id) of what it is about, Punkt)], the newest first."""
        alle = [
            (self._om(etter or for_), self._punkt(for_, etter, rader))
            for for_, etter, rader in self._par
        ]
        return sorted(alle, key=lambda par: par[1].sist, reverse=True)

    @property
    def _punkter(self):
        return [punkt for _hva, punkt in self._sortert]

    def _om(self, h):
        """(model, id) of the tiltak, the tjeneste or the plan that a row is about."""
        if h.instance_type is Tiltak:
            tiltak = h.id
        elif h.instance_type is AnsvarKontaktpunkt:
            tiltak = self._ansvarets_tiltak.get(h.ansvar_id)
        else:
            tiltak = getattr(h, "tiltak_id", None)
        if tiltak:
            return Tiltak, self._helheten.get(tiltak) or tiltak
        if h.instance_type is Tjeneste:
            return Tjeneste, h.id
        if h.instance_type is Apningstid:
            return Tjeneste, self._punktets_tjeneste.get(h.kontaktpunkt_id)
        if h.instance_type is Kontaktpunkt:
            return Tjeneste, h.tjeneste_id
        return Handlingsplan, self.plan.pk

    @cached_property
    def _helheten(self):
        """{id of a deltiltak: that of the tiltak it is part of}."""
        deler = Tiltak.objects.filter(kommune=self.plan.kommune_id)
        deler = deler.exclude(overordnet=None)
        return dict(deler.values_list("pk", "overordnet"))

    @cached_property
    def _ansvarets_tiltak(self):
        return dict(
            Ansvar.objects.filter(star_i(self.plan, "tiltak__")).values_list(
                "pk", "tiltak"
            )
        )

    @cached_property
    def _punktets_tjeneste(self):
        punkter = Kontaktpunkt.objects.filter(tjeneste__kommune=self.plan.kommune_id)
        return dict(punkter.values_list("pk", "tjeneste"))

    def _punkt(self, for_, etter, rader):
        h = etter or for_
        modell, pk = self._om(h)
        lesbar = self._lesbar.sett_fra(modell(pk=pk))
        return Punkt(
            hva=capfirst(lesbar.hva(h)),
            handling=_handling(for_, etter),
            felter=[] if None in (for_, etter) else list(_felter(lesbar, for_, etter)),
            sist=rader[-1].history_date,
            er_rettelse=_er_rettelse(for_, etter, rader),
        )

    @cached_property
    def _tiltak(self):
        """{id: Tiltak} of those that points are about, in the order of the plan."""
        pker = {pk for (modell, pk), _punkt in self._sortert if modell is Tiltak}
        rader = Tiltak.objects.filter(pk__in=pker).i_planens_orden(self.plan)
        rader = rader.med_plassering(self.plan).select_related(
            "kommune", "plan__kommune"
        )
        return {tiltak.pk: tiltak for tiltak in rader}

    @cached_property
    def _tjenester(self):
        pker = {pk for (modell, pk), _punkt in self._sortert if modell is Tjeneste}
        return Tjeneste.objects.select_related("kommune").in_bulk(pker)

    def _gruppe(self, hva, punkter):
        modell, pk = hva
        if modell is Handlingsplan:
            return Gruppe(_("Planen ellers"), punkter=punkter)
        rad = (self._tiltak if modell is Tiltak else self._tjenester).get(pk)
        if rad is None:
            return Gruppe(_("Tatt ut av planen"), punkter=punkter)
        return Gruppe(str(rad), rad.get_absolute_url(), punkter)


def _er_rettelse(for_, etter, rader):
    """Whether it was only corrected: whom to call, and what somebody called so. Who
    answers, where a tiltak stands and what has become of it, the plan decides."""
    modell = (etter or for_).instance_type
    if modell in KONTAKT:
        return True
    status = {getattr(h, "status", None) for h in (for_, etter) if h}
    avgjort = modell in (Ansvar, Plassering) or len(status) > 1
    return not avgjort and all(rad.history_art == Art.RETTELSE for rad in rader)


def _for_og_etter(da, rader):
    """(row as it was then or None, the newest one): what was loaded since, was there
    then."""
    forst, sist = rader[0], rader[-1]
    lagt_inn = forst.history_type == "+" and forst.history_dor in (
        Dor.IMPORT,
        Dor.KOMMANDO,
    )
    if da is None and (lagt_inn or forst.instance_type is Handlingsplan):
        da = forst
    return da, sist


def _er_skjult(h, skjult):
    egen = skjult.get(h.instance_type, ())
    if h.id in egen or getattr(h, "publisert", True) is False:
        return True
    return any(
        getattr(h, felt.attname) in skjult[felt.related_model]
        for felt in h.tracked_fields
        if felt.is_relation and felt.related_model in skjult
    )


def _ses(modell):
    """The fields in which a reader of the plan sees a change."""
    skjulte = SES_IKKE[None] | SES_IKKE.get(modell, set())
    return [
        felt
        for felt in modell.historikk.model.tracked_fields
        if felt.name not in skjulte
    ]


def er_ulike(for_, etter):
    """Whether a reader sees a difference between two history rows of one row; None is that
    there is nothing to see."""
    if for_ is None or etter is None:
        return for_ is not etter
    return any(
        getattr(for_, felt.attname) != getattr(etter, felt.attname)
        for felt in _ses(etter.instance_type)
    )


def _handling(for_, etter):
    if for_ is None:
        return _("Lagt til")
    return _("Endret") if etter else _("Tatt ut")


def _felter(lesbar, for_, etter):
    for felt in _ses(etter.instance_type):
        if getattr(for_, felt.attname) == getattr(etter, felt.attname):
            continue
        fra, til = lesbar.verdi(for_, felt), lesbar.verdi(etter, felt)
        navn = capfirst(str(felt.verbose_name))
        if max(len(fra), len(til)) > LENGST_VERDI or fra == til:
            yield Felt(navn)
        else:
            yield Felt(navn, fra, til)
