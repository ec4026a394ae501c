"""The next period: a plan that follows another, and what becomes of each tiltak."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, UniqueConstraint
from django.utils.translation import gettext as _

from slt.grunn.historikk import Historisert, begrunnet, opprett_mange
from slt.grunn.rekkefolge import feltet
from tiltak.kopiering import Kopi, deler_av
from tiltak.models import (
    PA_STED,
    Handlingsplan,
    Innsatsomrade,
    Malgruppe,
    Malsetting,
    Overgang,
    Plassering,
    Tiltak,
    TiltakLokalomrade,
    i_kraft,
)
from tiltak.nummer import uten_hull

Valg = Overgang.Valg
# What a new plan takes over from the one before.
ARVES = (
    "ingress",
    "alder_fra",
    "alder_til",
    "malgruppe_tekst",
    "utarbeidet_av",
    "hull_er_publisert",
    "del_av",
)
# What a tiltak does not bring into the next period: the deadline was of the old one, the
# politiråd says anew what it gives weight, and how it goes there, nobody knows yet.
AV_PERIODEN = {"frist": None, "prioritet": "", "statuslinje": ""}
# On the page where it is chosen: each has a form of its own.
TILTAK_PER_SIDE = 100


# What is proposed ----------------------------------------------------------------------


@dataclass(frozen=True)
class Forslag:
    """What somebody says should become of a tiltak.

    Attributes:
        valg: one of Overgang.Valg.
        begrunnelse: why, short enough for an Overgang; may be empty. All can read it once
            the new plan holds.
        hvorfra: who says so, as the beginning of a sentence: "Evalueringen foreslår".
        adresse: where more is said of it, or "".
        internt: what only the coordinator and the politiråd read of why, beside it.
    """

    valg: str
    begrunnelse: str
    hvorfra: str
    adresse: str = ""
    internt: str = ""

    @property
    def hva(self):
        return Valg(self.valg).label


# Each answers, of a new plan: {id of a tiltak of the plan before: what it proposes}, in as
# many queries whatever there is. The first that says something of a tiltak is shown; what
# an evaluation proposes, stands before what was said last.
FORSLAG: list[Callable[[Handlingsplan], dict[int, Forslag]]] = []


def foreslatt(plan: Handlingsplan) -> dict[int, Forslag]:
    """Returns {id of a tiltak of the plan before: what is proposed for it}."""
    ut = {}
    for finn in FORSLAG:
        ut = finn(plan) | ut
    return ut


@transaction.atomic
def folg_forslagene(plan: Handlingsplan) -> int:
    """Chooses what is proposed for each tiltak of which nothing is chosen. Returns how many
    those were."""
    forslagene = foreslatt(plan)
    rader = [t for t in ikke_valgte(plan) if t.pk in forslagene]
    for tiltak in rader:
        forslag = forslagene[tiltak.pk]
        velg(
            plan=plan,
            fra=tiltak,
            valg=forslag.valg,
            begrunnelse=forslag.begrunnelse,
        )
    return len(rader)


# From the plan before --------------------------------------------------------------------


@transaction.atomic
def ny_periode(*, forrige: Handlingsplan, tittel, fra_ar, til_ar, med_rammen=True):
    """Begins the plan that is to follow, as a draft: empty, or with chapters,
    innsatsområder, goals and documents of the one before. Its tiltak come by `utfor`.

    Raises:
        ValidationError: when there can be no such plan.
    """
    plan = Handlingsplan(
        kommune=forrige.kommune,
        rekke=forrige.rekke,
        bygger_pa=forrige,
        tittel=tittel,
        fra_ar=fra_ar,
        til_ar=til_ar,
        **{felt: getattr(forrige, felt) for felt in ARVES},
    )
    plan.full_clean(exclude=["slug"])
    plan.save()
    if med_rammen:
        kopi = Kopi(forrige, plan)
        kopi.ta_med(forrige.innsatsomrader.lesernes(), publisert=None)
        kopi.ta_med(forrige.kapitler.lesernes(), publisert=None)
        kopi.ta_med(forrige.malsettinger.lesernes().filter(tiltak=None))
        kopi.ta_med(forrige.styringsdokumenter.all())
        _ta_med_gjestene(forrige, plan, kopi)
    return plan


def _ta_med_gjestene(forrige, plan, kopi):
    """Gives the tiltak of other plans that stand in the one before their places in the
    new one, too, with what is said of them there."""
    steder = forrige.plasseringer.gjester().filter(
        i_kraft("tiltak__", plan=forrige), innsatsomrade__publisert=True
    )
    _plasser(plan, kopi, steder)
    for modell in PA_STED:
        bundne = list(modell.objects.filter(plassering__in=steder).order_by("pk"))
        kopi.ta_med(bundne, rekkefolge=None)  # after those that the tiltak has
        kopi.ta_med_deler(bundne)


def til_overs(plan):
    """Returns the tiltak of the plan before that hold, in its order: of each of them
    something is to be chosen."""
    forrige = plan.bygger_pa.tiltak.i_kraft().selvstendige()
    return forrige.i_planens_orden().med_plassering()


def ikke_valgte(plan):
    """Returns those of which nothing is chosen yet."""
    return til_overs(plan).exclude(pk__in=plan.overganger.values("fra"))


@transaction.atomic
def velg(*, plan, fra, valg, begrunnelse="", sammen_med=None):
    """Says what is to become of a tiltak; nothing is done with it yet. Without `valg`,
    what was said is taken back."""
    staende = plan.overganger.filter(fra=fra, til=None).first()
    if not valg:
        if staende:
            staende.delete()
        return
    rad = staende or Overgang(ny_plan=plan, fra=fra)
    rad.valg, rad.begrunnelse, rad.sammen_med = valg, begrunnelse, sammen_med
    rad.full_clean()
    rad.save()


@transaction.atomic
def utfor(plan):
    """Does what was chosen and is not done: the tiltak come into the plan with all that
    belongs to them. All or nothing. Returns how many choices that were.

    Raises:
        ValidationError: when a tiltak is to become part of one that does not come along.
    """
    ventende = list(plan.overganger.ventende().select_related("fra", "sammen_med"))
    kopieres = [rad for rad in ventende if rad.valg != Valg.SLAS_SAMMEN]
    _kopier(plan, kopieres)
    _kopier(plan, [_andre_halvdel(r) for r in kopieres if r.valg == Valg.DELES])
    for rad in ventende:
        if rad.valg == Valg.SLAS_SAMMEN:
            # A set of its own: what came by it is known when it is taken back.
            hvorfor = _("Slått sammen med «%s».") % rad.fra
            with begrunnet(hvorfor, samling=uuid4()):
                _sla_sammen(plan, rad)
    return len(ventende)


@dataclass(frozen=True)
class Fulgte:
    """What came along with a tiltak that was merged into another one.

    Attributes:
        ut: the rows that go when the merge is taken back.
        blir: those that stay: somebody changed them since, or another tiltak that was
            merged into the same one has them too.
    """

    ut: list[Historisert] = field(default_factory=list)
    blir: list[Historisert] = field(default_factory=list)


@transaction.atomic
def ta_tilbake(overgang):
    """Takes back what was chosen, and with it the tiltak that it made; what was merged
    into that one waits for another choice, too. Returns what came along by a merge."""
    fulgte = Fulgte()
    if overgang.til_id and overgang.valg != Valg.SLAS_SAMMEN:
        with uten_hull(overgang.til):
            overgang.til.delete()
    else:
        fulgte = _fulgte_med(overgang)
        for rad in fulgte.ut:
            rad.delete()
        overgang.delete()
    return fulgte


def _fulgte_med(overgang):
    fulgte = Fulgte()
    gjort = overgang.historikk.exclude(til=None).order_by("history_id").first()
    if overgang.til_id is None or gjort is None:
        return fulgte
    andre = overgang.ny_plan.overganger.filter(til=overgang.til_id)
    andre = andre.filter(valg=Valg.SLAS_SAMMEN).exclude(pk=overgang.pk)
    andre = list(andre.values_list("fra", flat=True))
    for felt in deler_av(Tiltak):
        modell = felt.model
        kom = modell.historikk.filter(
            history_samling=gjort.history_samling,
            history_type="+",
            **{felt.attname: overgang.til_id},
        )
        pker = list(kom.values_list(modell._meta.pk.attname, flat=True))
        rader = modell._base_manager.filter(
            pk__in=pker, **{felt.name: overgang.til_id}
        ).order_by("pk")
        for rad in rader:
            blir = _er_rort(rad) or _har_andre_ogsa(rad, felt, andre)
            (fulgte.blir if blir else fulgte.ut).append(rad)
    return fulgte


def _er_rort(rad):
    """Whether somebody changed the row since it came, or what belongs to it; not whether
    others made room, or it did."""
    if any(
        del_.model._base_manager.filter(**{del_.name: rad.pk}).exists()
        for del_ in deler_av(type(rad))
    ):
        return True
    plassen = feltet(type(rad))
    forst = rad.historikk.order_by("history_id").first()
    return any(
        getattr(forst, felt.attname) != getattr(rad, felt.attname)
        for felt in forst.tracked_fields
        if plassen is None or felt.name != plassen.name
    )


def _har_andre_ogsa(rad, felt, tiltak):
    """Whether one of these tiltak brought the same, which was there already."""
    regler = (
        set(regel.fields)
        for regel in rad._meta.constraints
        if isinstance(regel, UniqueConstraint) and felt.name in regel.fields
    )
    plassen = feltet(type(rad))
    return any(
        type(rad)
        ._base_manager.filter(
            **{navn: getattr(rad, navn) for navn in regel - {felt.name}}
        )
        .filter(**{f"{felt.name}__in": tiltak})
        .exists()
        for regel in regler
        if plassen is None or plassen.name not in regel
    )


def _kopier(plan, overgangene):
    """Copies the tiltak of these, and says in each what it became."""
    if not overgangene:
        return
    kopi, gamle = Kopi(plan.bygger_pa, plan), [rad.fra for rad in overgangene]
    _finn_omradene(plan, kopi)
    nytt = {"publisert": None, "nytt": False, **AV_PERIODEN}
    tatt = set(plan.tiltak.values_list("slug", flat=True))

    def egen_slug(tiltak):
        return {"slug": ""} if tiltak.slug in tatt else {}

    nye = kopi.ta_med(gamle, egen_slug, **nytt)
    deltiltak = Tiltak.objects.i_kraft().filter(overordnet__in=gamle)
    deltiltak = list(deltiltak.order_by("rekkefolge", "pk"))
    nye_deler = kopi.ta_med(deltiltak, egen_slug, **nytt)
    steder = plan.bygger_pa.plasseringer.filter(
        tiltak__in=gamle, innsatsomrade__publisert=True
    )
    _plasser(plan, kopi, steder)
    kopi.ta_med_deler([*gamle, *deltiltak])
    for rad, ny in zip(overgangene, nye, strict=True):
        rad.til = ny
        rad.save()
    opprett_mange(
        [
            Overgang(ny_plan=plan, fra=gammel, til=ny, valg=Valg.VIDEREFORES)
            for gammel, ny in zip(deltiltak, nye_deler, strict=True)
        ]
    )


def _finn_omradene(plan, kopi):
    """Lets places lead to the innsatsområder of the new plan that are called as in the
    old one; what it has none of comes along."""
    nye = {omrade.slug: omrade for omrade in plan.innsatsomrader.all()}
    mangler = []
    for omrade in plan.bygger_pa.innsatsomrader.all():
        if omrade.slug in nye:
            kopi.av[type(omrade), omrade.pk] = nye[omrade.slug]
        elif omrade.publisert:
            mangler.append(omrade)
    kopi.ta_med(mangler, publisert=None)


def _plasser(plan, kopi, steder):
    """Copies places, in the order in which they stood; each gets the next number of its
    innsatsområde. Where the main one stays behind, the first of the others is it."""
    steder = list(steder.order_by("innsatsomrade", "nummer"))
    neste = dict(
        Plassering.objects.filter(innsatsomrade__plan=plan)
        .order_by()
        .values_list("innsatsomrade")
        .annotate(Max("nummer"))
    )

    har_hoved = {sted.tiltak_id for sted in steder if sted.hoved}

    def eget(sted):
        omrade = kopi.av[Innsatsomrade, sted.innsatsomrade_id].pk
        neste[omrade] = neste.get(omrade, 0) + 1
        hoved = sted.hoved or sted.tiltak_id not in har_hoved
        har_hoved.add(sted.tiltak_id)
        return {"nummer": neste[omrade], "hoved": hoved}

    kopi.ta_med(steder, eget)


def _andre_halvdel(overgang):
    """The choice for the second of the two that a tiltak becomes. They are told apart by
    their titles."""
    forste = overgang.til
    forste.tittel = _("%s (del 1)") % forste.tittel[:180]
    forste.save()
    return Overgang(
        ny_plan=overgang.ny_plan,
        fra=overgang.fra,
        valg=Valg.DELES,
        begrunnelse=overgang.begrunnelse,
    )


# What a tiltak that goes into another one does not bring: it has that of the other.
HAR_DEN_ANDRE = (Malgruppe, Malsetting, Plassering, TiltakLokalomrade)


def _sla_sammen(plan, overgang):
    """Lets a tiltak become the one that another became, which gets its tjenester, links
    and themes, and what upper apps tie to it, as far as it lacks them."""
    mal = plan.overganger.filter(fra=overgang.sammen_med).exclude(til=None).first()
    if mal is None:
        raise ValidationError(
            _(
                "«%(tiltak)s» skal slås sammen med «%(annet)s», som ikke er med i planen."
            )
            % {"tiltak": overgang.fra, "annet": overgang.sammen_med}
        )
    kopi = Kopi(plan.bygger_pa, plan)
    kopi.av[Tiltak, overgang.fra_id] = mal.til
    for felt in deler_av(Tiltak):
        if felt.model in HAR_DEN_ANDRE:
            continue
        for rad in felt.model._base_manager.filter(**{felt.name: overgang.fra}):
            if not kopi.skal_med(rad):
                continue
            ny = kopi.kopi(rad)
            if plassen := feltet(felt.model):
                setattr(ny, plassen.attname, None)  # after those of the other
            try:
                ny.full_clean()
            except ValidationError:
                continue  # it has that already
            ny.save()
    overgang.til = mal.til
    overgang.save()
