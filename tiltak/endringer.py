"""What changed in a plan, and when."""

from datetime import UTC, datetime

from django.db.models import Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from slt.grunn.historikk import Dor
from slt.models import Kommune, Lokalomrade, Sted
from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Apningstid,
    Handlingsplan,
    Innsatsomrade,
    Kapittel,
    Kontaktpunkt,
    Lenke,
    Malgruppe,
    Malsetting,
    Plassering,
    Styringsdokument,
    Tiltak,
    TiltakLokalomrade,
    TiltakTema,
    Tjeneste,
)


def planen_sist_endret(plan):
    """Returns when something that the documents of a plan say was last changed."""
    tider = (h.aggregate(siste=Max("history_date"))["siste"] for h in _historikk(plan))
    return max(filter(None, tider), default=None)


def endret_siden_vedtaket(plan):
    """Returns how many things in the plan were changed, added or taken out after the
    day it was adopted; None where that day is not known."""
    if plan.vedtatt_dato is None:
        return None
    lagt_inn = Q(history_type="+", history_dor__in=[Dor.IMPORT, Dor.KOMMANDO])
    return sum(
        historikk.filter(history_date__date__gt=plan.vedtatt_dato)
        .exclude(lagt_inn)
        .values("id")
        .distinct()
        .count()
        for historikk in _historikk(plan)
    )


def _historikk(plan):
    """The history of all that the documents of a plan are made of, by model."""
    yield Handlingsplan.historikk.filter(id=plan.pk)
    for modell in (Innsatsomrade, Kapittel, Malsetting, Styringsdokument, Tiltak):
        yield modell.historikk.filter(plan=plan)
    for modell in (Ansvar, Lenke, Malgruppe, Plassering, TiltakLokalomrade):
        yield modell.historikk.filter(tiltak__plan=plan)
    yield AnsvarKontaktpunkt.historikk.filter(ansvar__tiltak__plan=plan)
    for modell in (Apningstid, Kommune, Kontaktpunkt, Lokalomrade, Sted, Tjeneste):
        yield modell.historikk.filter(history_kommune=plan.kommune)


def sist_endret(sti="pk"):
    """Returns what to annotate rows with to learn when the content of a tiltak or of a
    part of it last changed, from the history; no query more.

    Args:
        sti: the look-up from a row to its tiltak.
    """
    delene = (Plassering, Malgruppe, Malsetting, Ansvar, Lenke)
    delene += (TiltakTema, TiltakLokalomrade)
    steder = {Tiltak: "id", AnsvarKontaktpunkt: "ansvar__tiltak"}
    steder |= dict.fromkeys(delene, "tiltak")
    den = OuterRef(OuterRef(sti))
    selv_og_deler = Tiltak.objects.filter(Q(pk=den) | Q(overordnet=den))
    tider = [
        Subquery(
            modell.historikk.filter(**{f"{til}__in": selv_og_deler.values("pk")})
            .order_by("-history_date")
            .values("history_date")[:1]
        )
        for modell, til in steder.items()
    ]
    # Greatest is null in SQLite as soon as one of them is.
    aldri = Value(datetime(1970, 1, 1, tzinfo=UTC))
    return Greatest(*(Coalesce(tid, aldri) for tid in tider))
