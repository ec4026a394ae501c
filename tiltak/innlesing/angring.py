"""Takes a plan that was landed out again, with what was made for it alone."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from graphlib import TopologicalSorter

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import CASCADE, DO_NOTHING, PROTECT, Model, Q
from django.utils.translation import gettext as _

from slt.grunn.historikk import Historisert, slett_mange
from tiltak.models import (
    Handlingsplan,
    Innsatsomrade,
    Kapittel,
    Malsetting,
    Plassering,
    Styringsdokument,
    Tiltak,
)

# What a plan is made of, although none of it goes by itself with the plan.
DELER = (Kapittel, Innsatsomrade, Malsetting, Styringsdokument, Tiltak, Plassering)

Rader = dict[type[Model], set[int]]


def slett_utkast(plan: Handlingsplan) -> None:
    """Deletes a draft and all that is in it; the queries grow with the kinds of rows.

    Raises:
        ValidationError: it is no draft any more, or something else rests on it.
    """
    if not plan.er_utkast:
        raise ValidationError(
            _("Planen gjelder allerede, eller har gjort det. Da kan den ikke tas ut.")
        )
    sti = Q(tiltak__plan=plan) | Q(plan=plan)
    gjester = Plassering.objects.filter(sti).exclude(tiltak__plan=plan, plan=plan)
    if gjest := gjester.select_related("tiltak").first():
        raise ValidationError(
            _("Tiltaket «%s» står i to planer. Ta det bort fra den ene først.")
            % gjest.tiltak
        )
    rader = _alt_i(plan)
    if holdes := _holdes_av(rader):
        raise ValidationError(
            _("Planen kan ikke tas ut, fordi noe annet hører til den: %s.")
            % _i_ord(holdes)
        )
    for modell in _barna_forst(rader):
        if issubclass(modell, Historisert):
            slett_mange(_med_kommunen(modell, rader[modell]))
        else:
            # A spreadsheet of the draft that waits, for instance, leaves no trace.
            modell._base_manager.filter(pk__in=rader[modell]).delete()


def slett_ubrukte(laget: dict[str, list[int]]) -> list[Historisert]:
    """Deletes what was made beside the plan, less what somebody has changed since and
    what something else refers to; with a row that stays, those that refer to it do.

    Returns:
        the rows that stay.
    """
    alle: Rader = {apps.get_model(m): set(pker) for m, pker in laget.items()}
    finnes = {
        m: set(m._base_manager.filter(pk__in=p).values_list("pk", flat=True))
        for m, p in alle.items()
    }
    bort = {m: pker - _endrede(m, pker) for m, pker in finnes.items()}
    while blir := _ma_bli(bort, finnes):
        for modell, pker in blir.items():
            bort[modell] -= pker
    for modell in _barna_forst(bort):
        slett_mange(_med_kommunen(modell, bort[modell]))
    return [
        rad
        for modell, pker in finnes.items()
        for rad in modell._base_manager.filter(pk__in=pker - bort[modell])
    ]


def _alt_i(plan):
    """{model: keys} of the plan, its parts, and what goes with each of them."""
    rader: Rader = defaultdict(set, {Handlingsplan: {plan.pk}})
    nye: Rader = {Handlingsplan: {plan.pk}}
    for modell in DELER:
        if pker := set(modell.objects.filter(plan=plan).values_list("pk", flat=True)):
            nye[modell] = pker
    while nye:
        neste: Rader = defaultdict(set)
        for modell, pker in nye.items():
            rader[modell] |= pker
            for felt in _peker_hit(modell, CASCADE):
                funnet = _som_peker(felt, pker)
                neste[felt.model] |= set(funnet) - rader[felt.model]
        nye = {modell: pker for modell, pker in neste.items() if pker}
    return {modell: pker for modell, pker in rader.items() if pker}


def _holdes_av(rader):
    """How many rows of each model hold what is to go, and stay themselves."""
    ut = Counter()
    for modell, pker in rader.items():
        for felt in _peker_hit(modell, PROTECT):
            utenfor = set(_som_peker(felt, pker)) - rader.get(felt.model, set())
            if utenfor:
                ut[felt.model] += len(utenfor)
    return ut


def _ma_bli(bort, finnes):
    """Of what is to go, the rows that others refer to, and those that refer to what
    stays of the same."""
    blir: Rader = defaultdict(set)
    for modell, pker in bort.items():
        if not pker:
            continue
        for felt in _peker_hit(modell):
            for pk, til in _som_peker(felt, pker).items():
                if pk not in bort.get(felt.model, ()):
                    blir[modell].add(til)
        for felt in modell._meta.concrete_fields:
            over = felt.related_model
            if over in finnes and (staende := finnes[over] - bort[over]):
                deres = modell._base_manager.filter(pk__in=pker)
                deres = deres.filter(**{f"{felt.attname}__in": staende})
                blir[modell] |= set(deres.values_list("pk", flat=True))
    return {modell: pker & bort[modell] for modell, pker in blir.items() if pker}


def _endrede(modell, pker):
    navn = modell._meta.pk.attname
    siden = modell.historikk.filter(**{f"{navn}__in": pker}).exclude(history_type="+")
    return set(siden.values_list(navn, flat=True))


def _peker_hit(modell, *mater):
    """The foreign keys that lead to rows of a model; those of the history do not."""
    return [
        rel.field
        for rel in modell._meta.get_fields(include_hidden=True)
        if (rel.one_to_many or rel.one_to_one) and rel.auto_created
        if (rel.on_delete in mater if mater else rel.on_delete is not DO_NOTHING)
    ]


def _som_peker(felt, pker) -> dict[int, int]:
    """{key of a row: key of that which it refers to}."""
    rader = felt.model._base_manager.filter(**{f"{felt.attname}__in": pker})
    return dict(rader.order_by().values_list("pk", felt.attname))


def _barna_forst(rader: Iterable[type[Model]]):
    modeller = set(rader)
    over = {
        m: {f.related_model for f in m._meta.concrete_fields if f.is_relation} - {m}
        for m in modeller
    }
    rekke = TopologicalSorter({m: deres & modeller for m, deres in over.items()})
    return reversed(list(rekke.static_order()))


def _med_kommunen(modell, pker):
    """The rows, with what leads to their kommune loaded."""
    rader = modell._base_manager.filter(pk__in=pker).order_by("pk")
    vei = modell.kommune_sti.split("__")[:-1]
    return rader.select_related("__".join(vei)) if vei else rader


def _i_ord(antall):
    return ", ".join(
        f"{n} {modell._meta.verbose_name if n == 1 else modell._meta.verbose_name_plural}"
        for modell, n in antall.items()
    )
