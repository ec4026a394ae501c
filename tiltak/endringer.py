"""What changed in a plan, and when."""

from datetime import UTC, datetime

from django.apps import apps
from django.db.models import Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from slt.models import Kommune, Lokalomrade, Sted, Stedsdel
from tiltak.models import (
    PA_STED,
    AnsvarKontaktpunkt,
    Apningstid,
    Finansiering,
    Handlingsplan,
    Innsatsomrade,
    Kapittel,
    Kontaktpunkt,
    Opphav,
    Planrekke,
    Plassering,
    Registrering,
    Tema,
    Tilskudd,
    Tilskuddstiltak,
    Tiltak,
    Tjeneste,
    Tjenestekommune,
    Tjenestemalgruppe,
    TjenesteTema,
    Veileder,
    VeilederTema,
)
from tiltak.models.plandeler import Plandel
from tiltak.models.tilskudd import GITT


def planen_sist_endret(plan):
    """Returns when something that the documents of a plan say was last changed."""
    tider = (h.aggregate(siste=Max("history_date"))["siste"] for h in _historikk(plan))
    return max(filter(None, tider), default=None)


# What a plan is made of ------------------------------------------------------------------

# Rows of the kommune that documents of its plans show, without being part of one.
RUNDT_PLANEN = (Apningstid, Kommune, Kontaktpunkt, Lokalomrade, Sted, Tjeneste)

# Beside its parts, what pages of a plan and of tjenester are made of, as it stood.
STO_DA = (
    Handlingsplan,
    Lokalomrade,
    Opphav,
    Planrekke,
    Registrering,
    Sted,
    Stedsdel,
    Tema,
    Tilskudd,
    Tilskuddstiltak,
    Tjeneste,
    Tjenestemalgruppe,
    TjenesteTema,
    Veileder,
    VeilederTema,
)
# Whom to call is as it is today: a number that was taken back must not return, and one that
# was changed leads to somebody else. Nor does what another kommune shares no more.
FANTES_DA = (Kontaktpunkt, Tjenestekommune)
TELLER_DA = (AnsvarKontaktpunkt,)
# What is closed to readers, by what it says of itself.
LUKKET = {
    Handlingsplan: Q(status=Handlingsplan.Status.UTKAST),
    **dict.fromkeys(
        (Finansiering, Innsatsomrade, Kapittel, Tiltak), Q(publisert=False)
    ),
    Tilskudd: Q(publisert=False) | ~Q(tilstand__in=GITT),
}


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
    yield from delenes_historikk(plan)
    for modell in RUNDT_PLANEN:
        yield modell.historikk.filter(history_kommune=plan.kommune)


def delenes_historikk(plan):
    """The history of all that is part of a plan, or stands in it, by model."""
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
