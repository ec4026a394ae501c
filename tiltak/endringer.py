"""What changed in a plan, and when."""

from datetime import UTC, datetime

from django.apps import apps
from django.db.models import Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from slt.grunn.historikk import Dor
from slt.models import Kommune, Lokalomrade, Sted
from tiltak.models import (
    PA_STED,
    Ansvar,
    AnsvarKontaktpunkt,
    Apningstid,
    Handlingsplan,
    Kontaktpunkt,
    Plassering,
    Tiltak,
    Tjeneste,
    gjelder_i,
    star_i,
)
from tiltak.models.plandeler import Plandel


def planen_sist_endret(plan):
    """Returns when something that the documents of a plan say was last changed."""
    tider = (h.aggregate(siste=Max("history_date"))["siste"] for h in _historikk(plan))
    return max(filter(None, tider), default=None)


def endret_siden_vedtaket(plan):
    """Returns how many things that readers of the plan see were changed, added or taken
    out after the day it was adopted; None where that day is not known. That the adoption
    was entered, is none of them."""
    if plan.vedtatt_dato is None:
        return None
    lagt_inn = Q(history_type="+", history_dor__in=[Dor.IMPORT, Dor.KOMMANDO])
    deler = sum(
        historikk.filter(history_date__date__gt=plan.vedtatt_dato)
        .exclude(lagt_inn)
        .values("id")
        .distinct()
        .count()
        for historikk in (*_delenes_historikk(plan), *_tjenestenes_historikk(plan))
    )
    return deler + _er_selv_endret(plan)


def _tjenestenes_historikk(plan):
    """The history of the tjenester that have something to do in the plan, and of how
    everybody reaches them."""
    ansvar = Ansvar.objects.filter(star_i(plan, "tiltak__"), gjelder_i(plan, Ansvar))
    tjenester = ansvar.values("tjeneste")
    apne = {"tjeneste__in": tjenester, "synlighet": Kontaktpunkt.Synlighet.OFFENTLIG}
    yield Tjeneste.historikk.filter(id__in=tjenester)
    yield Kontaktpunkt.historikk.filter(**apne)
    punkter = Kontaktpunkt.objects.filter(**apne).values("pk")
    yield Apningstid.historikk.filter(kontaktpunkt__in=punkter)


def _er_selv_endret(plan):
    """Whether the plan's own texts are other than on the day it was adopted."""
    rader = Handlingsplan.historikk.filter(id=plan.pk).order_by("history_date")
    da = rader.filter(history_date__date__lte=plan.vedtatt_dato).last() or rader.first()
    return any(
        getattr(da, felt.attname) != getattr(plan, felt.attname)
        for felt in Handlingsplan._meta.concrete_fields
        if felt.name not in VEDTAKET
    )


# What a plan is made of ------------------------------------------------------------------

# What the adoption itself changes.
VEDTAKET = {"status", "vedtaksform", "vedtatt_av", "vedtatt_sak", "vedtatt_dato"}

# Rows of the kommune that documents of its plans show, without being part of one.
RUNDT_PLANEN = (Apningstid, Kommune, Kontaktpunkt, Lokalomrade, Sted, Tjeneste)


def planens_deler():
    """{model: the look-up from its rows to their plan} of all that is part of a plan."""
    return {
        modell: modell.plan_sti
        for modell in apps.get_models()
        if issubclass(modell, Plandel)
    }


def tiltakets_deler():
    """{model: the look-up from its rows to the tiltak that they belong to}: what is part
    of a plan, and has or may have a tiltak on its way there."""
    deler = {}
    for modell, sti in planens_deler().items():
        vei = sti.split("__")
        if "tiltak" in vei:
            deler[modell] = "__".join(vei[: vei.index("tiltak") + 1])
        elif any(felt.name == "tiltak" for felt in modell._meta.concrete_fields):
            deler[modell] = "tiltak"
    return deler


def _historikk(plan):
    """The history of all that the documents of a plan are made of, by model."""
    yield Handlingsplan.historikk.filter(id=plan.pk)
    yield from _delenes_historikk(plan)
    for modell in RUNDT_PLANEN:
        yield modell.historikk.filter(history_kommune=plan.kommune)


def _delenes_historikk(plan):
    for modell, sti in planens_deler().items():
        yield _her(plan, modell.historikk.filter(**{sti: plan}))
    if plan.gjester:
        for modell, sti in {Tiltak: "id", **tiltakets_deler()}.items():
            if modell is not Plassering:  # is a part of the plan itself
                gjestenes = {f"{sti}__in": plan.gjester}
                yield _her(plan, modell.historikk.filter(**gjestenes))


# {model: the look-up to what it belongs to, which may hold at one place alone}
PA_STEDET = {**dict.fromkeys(PA_STED, ""), AnsvarKontaktpunkt: "ansvar__"}


def _her(plan, historikk):
    """Without what is said of a place in another plan alone."""
    sti = PA_STEDET.get(historikk.model.instance_type)
    if sti is None:
        return historikk
    sted = f"{sti}plassering"
    return historikk.filter(Q(**{sted: None}) | Q(**{f"{sted}__plan": plan}))


def sist_endret(sti="pk"):
    """Returns what to annotate rows with to learn when the content of a tiltak or of a
    part of it last changed, from the history; no query more.

    Args:
        sti: the look-up from a row to its tiltak.
    """
    den = OuterRef(OuterRef(sti))
    selv_og_deler = Tiltak.objects.filter(Q(pk=den) | Q(overordnet=den))
    tider = [
        Subquery(
            modell.historikk.filter(**{f"{til}__in": selv_og_deler.values("pk")})
            .order_by("-history_date")
            .values("history_date")[:1]
        )
        for modell, til in {Tiltak: "id", **tiltakets_deler()}.items()
    ]
    # Greatest is null in SQLite as soon as one of them is.
    aldri = Value(datetime(1970, 1, 1, tzinfo=UTC))
    return Greatest(*(Coalesce(tid, aldri) for tid in tider))
