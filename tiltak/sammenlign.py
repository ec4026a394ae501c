"""A plan beside an earlier one: what became of each tiltak, by lineage. It says nothing
that the readers of the two do not see."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Prefetch, Q, TextChoices
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tiltak.models import Ansvar, Handlingsplan, Innsatsomrade, Overgang, Tiltak

Valg, Status = Overgang.Valg, Tiltak.Status


class Hva(TextChoices):
    """What became of it, from the one plan to the other."""

    VIDEREFORT = "viderefort", gettext_lazy("videreført")
    ENDRET = "endret", gettext_lazy("videreført og endret")
    SAMMEN = "sammen", gettext_lazy("slått sammen")
    DELT = "delt", gettext_lazy("delt")
    OMGJORT = "omgjort", gettext_lazy("slått sammen og delt")
    NYTT = "nytt", gettext_lazy("nytt")
    AVSLUTTET = "avsluttet", gettext_lazy("avsluttet")
    OVERFORT = "overfort", gettext_lazy("overført til fast struktur")
    VENTER = "venter", gettext_lazy("valgt, men ikke utført")
    IKKE_VALGT = "ikke_valgt", gettext_lazy("ikke valgt ennå")
    IKKE_MED = "ikke_med", gettext_lazy("ikke ført videre")


SLUTT = {
    Valg.AVSLUTTES: Hva.AVSLUTTET,
    Valg.OVERFORES: Hva.OVERFORT,
    Status.AVSLUTTET: Hva.AVSLUTTET,
    Status.OVERFORT: Hva.OVERFORT,
}


class Kant(NamedTuple):
    """A row of Overgang, and whether it leads here from a plan of another rekke."""

    ny_plan: int
    fra: int
    til: int | None
    valg: str
    begrunnelse: str
    fra_rekke: int


@dataclass
class Rad:
    """What belongs together: tiltak of the one plan, and what they are in the other.

    Attributes:
        ord: what is otherwise, and why, in sentences.
    """

    fra: list[Tiltak]
    til: list[Tiltak]
    hva: Hva
    ord: list[str] = field(default_factory=list)


@dataclass
class Gruppe:
    """The rows of an innsatsområde; `bare_for` where the new plan has none such."""

    navn: str
    bare_for: bool
    rader: list[Rad] = field(default_factory=list)


def tidligere(plan, bruker):
    """Returns the plans that a plan builds on, the nearest first, as far as the user sees
    them without a gap; 1 query."""
    synlige = Handlingsplan.objects.synlige_for(bruker).filter(kommune=plan.kommune_id)
    planer = synlige.select_related("kommune", "rekke").in_bulk()
    kjeden = [plan]
    while (neste := planer.get(kjeden[-1].bygger_pa_id)) and neste not in kjeden:
        kjeden.append(neste)
    return kjeden[1:]


class Sammenligning:
    """A plan beside one that it builds on, if by others between. As many queries however
    much there is.

    Args:
        kjeden: the plans from the earlier one to the one before the new one, as
            `tidligere` gives them: the nearest first.
    """

    def __init__(self, plan, kjeden, bruker):
        self.plan, self.forrige = plan, kjeden[-1]
        # A row of Overgang says what came into one of these.
        self._i_kjeden = {plan.pk, *(annen.pk for annen in kjeden[:-1])}
        self._bruker = bruker

    @cached_property
    def rader(self):
        """[Rad], by innsatsområde: as they stand in the new plan, and last in each what
        does not."""
        alle = [self._rad(*gruppe) for gruppe in self._sammenheng()]
        return sorted(alle, key=self._plass)

    @property
    def oppsummert(self):
        """How many of each there are, in words: ["14 videreført", "3 nye"]."""
        antall = Counter(rad.hva for rad in self.rader)
        return [_antall(hva, antall[hva]) for hva in Hva if antall[hva]]

    def grupper(self, rader):
        """[Gruppe] of some of the rows, which stand in their order."""
        grupper = []
        for rad in rader:
            omrade, bare_for = self._omradet(rad)
            navn = omrade.navn if omrade else _("Uten innsatsområde")
            if not grupper or (grupper[-1].navn, grupper[-1].bare_for) != (
                navn,
                bare_for,
            ):
                grupper.append(Gruppe(navn, bare_for))
            grupper[-1].rader.append(rad)
        return grupper

    # What there is ------------------------------------------------------------------------

    @cached_property
    def _for(self):
        return _tiltakene(self.forrige)

    @cached_property
    def _na(self):
        return _tiltakene(self.plan)

    @cached_property
    def _omradene(self):
        """{address: Innsatsomrade} of the new plan; 1 query."""
        rader = self.plan.innsatsomrader.lesernes(self.plan)
        return {o.slug: o for o in rader.order_by(*Innsatsomrade._meta.ordering)}

    @cached_property
    def _kanter(self):
        """{id of a tiltak: [Kant] that lead on from it}; 1 query."""
        rader = Overgang.objects.synlige_for(self._bruker)
        rader = rader.filter(ny_plan__kommune=self.plan.kommune_id).order_by("pk")
        felter = ("ny_plan", "fra", "til", "valg", "begrunnelse", "fra__plan__rekke")
        kanter = defaultdict(list)
        for kant in map(Kant._make, rader.values_list(*felter)):
            kanter[kant.fra].append(kant)
        return kanter

    @cached_property
    def _opphav(self):
        """{id of a tiltak of the earlier plan: those that it was a guest as, before that
        plan got it for its own}."""
        opphav = defaultdict(list)
        for kanter in self._kanter.values():
            for kant in kanter:
                annen_rekke = kant.fra_rekke != self.forrige.rekke_id
                if kant.ny_plan == self.forrige.pk and annen_rekke:
                    opphav[kant.til].append(kant.fra)
        return opphav

    # What belongs together ----------------------------------------------------------------

    def _veien(self, pk):
        """Returns (ids of what a tiltak is in the new plan, [Kant] on the way there)."""
        na, veien, sett = [], [], set()
        igjen = [pk, *self._opphav.get(pk, ())]
        while igjen:
            her = igjen.pop(0)
            if her in sett:
                continue
            sett.add(her)
            if her in self._na:
                na.append(her)
                continue
            for kant in self._kanter.get(her, ()):
                veien.append(kant)
                if kant.til:
                    igjen.append(kant.til)
        return na, veien

    def _sammenheng(self):
        """Yields ([tiltak before], [tiltak now], [Kant])."""
        veier = {pk: self._veien(pk) for pk in self._for}
        kom_fra = defaultdict(list)
        for pk, (na, _kanter) in veier.items():
            for annen in list(na):
                # Parts that go on as parts show inside what they are part of.
                begge = self._for[pk].overordnet_id and self._na[annen].overordnet_id
                na.remove(annen) if begge else kom_fra[annen].append(pk)
        tatt = set()
        for pk, (na, _kanter) in veier.items():
            if pk not in tatt and (na or not self._for[pk].overordnet_id):
                fra, til = _henger_sammen(pk, veier, kom_fra)
                tatt |= fra
                kanter = [kant for en in veier if en in fra for kant in veier[en][1]]
                yield (
                    [t for en, t in self._for.items() if en in fra],
                    [t for en, t in self._na.items() if en in til],
                    kanter,
                )
        for pk, tiltak in self._na.items():
            if not kom_fra.get(pk) and not tiltak.overordnet_id:
                yield [], [tiltak], []

    def _rad(self, fra, til, kanter):
        rad = Rad(fra, til, _hva(fra, til))
        kanter = [kant for kant in kanter if kant.ny_plan in self._i_kjeden]
        if rad.hva == Hva.IKKE_MED:
            rad.hva = self._uten_etterfolger(fra[0], kanter)
        if rad.hva == Hva.VIDEREFORT:
            rad.ord += _ulikt(fra[0], til[0])
            if rad.ord or any(kant.valg == Valg.ENDRES for kant in kanter):
                rad.hva = Hva.ENDRET
            # It came along, and is over by now.
            if not fra[0].er_avsluttet:
                rad.hva = SLUTT.get(til[0].status, rad.hva)
        if rad.hva == Hva.VENTER:
            venter = {k.valg for k in kanter if k.til is None}
            rad.ord += [_("Valgt: %s.") % Valg(valg).label for valg in venter]
        rad.ord += dict.fromkeys(k.begrunnelse for k in kanter if k.begrunnelse)
        return rad

    def _uten_etterfolger(self, tiltak, kanter):
        valgt = {kant.valg for kant in kanter if kant.til is None}
        for valg in (*valgt, tiltak.status):
            if valg in SLUTT:
                return SLUTT[valg]
        if valgt:
            return Hva.VENTER
        return Hva.IKKE_VALGT if self.plan.er_utkast else Hva.IKKE_MED

    # Where it stands ----------------------------------------------------------------------

    def _omradet(self, rad):
        """Returns (the innsatsområde under which a row stands, whether only the earlier
        plan has it)."""
        tiltak = (rad.til or rad.fra)[0]
        sted = (tiltak.overordnet or tiltak).hovedplassering
        if sted is None:
            return None, False
        if rad.til:
            return sted.innsatsomrade, False
        her = self._omradene.get(sted.innsatsomrade.slug)
        return her or sted.innsatsomrade, her is None

    def _plass(self, rad):
        omrade, bare_for = self._omradet(rad)
        tiltak = (rad.til or rad.fra)[0]
        sted = (tiltak.overordnet or tiltak).hovedplassering
        return (
            omrade is None,
            bare_for,
            (omrade.rekkefolge, omrade.pk) if omrade else (0, 0),
            not rad.til,
            sted.nummer if sted else 0,
            tiltak.pk,
        )


def _tiltakene(plan):
    """{id: Tiltak} of all that the readers of a plan find there, in its order, each with
    those who answer for it and its deltiltak; 6 queries."""
    deler = Tiltak.objects.lesernes(plan).order_by("rekkefolge", "pk")
    # What is said of one place alone is needed whole, to know that something is.
    svarer = Q(rolle__in=Ansvar.ANSVARLIGE) | Q(plassering__isnull=False)
    ansvar = Ansvar.objects.filter(svarer).select_related("tjeneste")
    rader = Tiltak.objects.lesernes(plan).i_planens_orden(plan).med_plassering(plan)
    rader = rader.select_related("kommune").prefetch_related(
        Prefetch("deltiltak", deler), Prefetch("ansvar", ansvar)
    )
    alle = {}
    for tiltak in rader:
        alle[tiltak.pk] = tiltak
        for del_ in tiltak.deltiltak.all():
            del_.lest_i = plan.pk
            alle[del_.pk] = del_
    return alle


def _henger_sammen(pk, veier, kom_fra):
    """Returns (ids before, ids now) of all that is tied to a tiltak."""
    fra, til, igjen = set(), set(), [pk]
    while igjen:
        her = igjen.pop()
        if her in fra:
            continue
        fra.add(her)
        til.update(veier[her][0])
        igjen += [annen for en in veier[her][0] for annen in kom_fra[en]]
    return fra, til


def _hva(fra, til):
    if not fra:
        return Hva.NYTT
    if not til:
        return Hva.IKKE_MED
    if len(fra) > 1:
        return Hva.SAMMEN if len(til) == 1 else Hva.OMGJORT
    return Hva.VIDEREFORT if len(til) == 1 else Hva.DELT


# In words ---------------------------------------------------------------------------------


def _ulikt(for_, na):
    """What is otherwise of a tiltak, in sentences."""
    ord_ = [_("Nytt navn.")] if for_.tittel != na.tittel else []
    if bool(for_.overordnet_id) != bool(na.overordnet_id):
        ord_.append(
            _("Er nå del av et annet tiltak.")
            if na.overordnet_id
            else _("Var del av et annet tiltak.")
        )
        return ord_
    if for_.overordnet_id:
        return ord_
    om = {"fra": for_.get_niva_display() or _("ikke satt")}
    om["til"] = na.get_niva_display() or _("ikke satt")
    if for_.niva != na.niva:
        ord_.append(_("Forebyggingsnivå: fra %(fra)s til %(til)s.") % om)
    om = {"fra": for_.get_status_display(), "til": na.get_status_display()}
    if for_.status != na.status:
        ord_.append(_("Status: fra %(fra)s til %(til)s.") % om)
    return [*ord_, *_om_ansvar(for_, na), *_om_stedet(for_, na)]


def _om_ansvar(for_, na):
    da, her = ({a.tjeneste_id: a.tjeneste for a in t.ansvarlige} for t in (for_, na))
    nye = [str(tjeneste) for pk, tjeneste in her.items() if pk not in da]
    borte = [str(tjeneste) for pk, tjeneste in da.items() if pk not in her]
    if nye:
        yield _("Ny ansvarlig: %s.") % ", ".join(nye)
    if borte:
        yield _("Ikke lenger ansvarlig: %s.") % ", ".join(borte)


def _om_stedet(for_, na):
    da, her = (
        t.hovedplassering and t.hovedplassering.innsatsomrade for t in (for_, na)
    )
    if da and her and da.slug != her.slug:
        yield _("Flyttet fra innsatsområdet «%s».") % da.navn


def _antall(hva, antall):
    if hva == Hva.NYTT:
        return ngettext("%d nytt", "%d nye", antall) % antall
    if hva == Hva.SAMMEN:
        return ngettext("%d sammenslåing", "%d sammenslåinger", antall) % antall
    if hva == Hva.DELT:
        return ngettext("%d deling", "%d delinger", antall) % antall
    return f"{antall} {hva.label}"
