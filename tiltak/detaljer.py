"""All that a page or a document says of tiltak, in a constant number of queries."""

from collections import defaultdict
from datetime import UTC, datetime

from django.db.models import (
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, Greatest

from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Kontaktpunkt,
    Lenke,
    Malgruppe,
    Malsetting,
    Plassering,
    Tiltak,
    TiltakLokalomrade,
    TiltakTema,
)


def last_detaljer(tiltakene, bruker):
    """Loads deltiltak, målgrupper, målsettinger, lenker, lokalområder, temaer, ansvar
    and the contact points that hold, as far as the user may see them: 9 queries.

    Args:
        tiltakene: a list of Tiltak with plan loaded.
    """
    deltiltak = Tiltak.objects.order_by("rekkefolge", "pk").select_related("plan")
    prefetch_related_objects(tiltakene, Prefetch("deltiltak", deltiltak))
    alle = [*tiltakene, *(del_ for t in tiltakene for del_ in t.deltiltak.all())]
    lokalomrader = TiltakLokalomrade.objects.select_related("lokalomrade")
    temaer = TiltakTema.objects.select_related("tema")
    prefetch_related_objects(
        alle,
        "malgrupper",
        "malsettinger",
        "lenker",
        Prefetch("lokalomradevalg", lokalomrader),
        Prefetch("temavalg", temaer),
        Prefetch("ansvar", Ansvar.objects.select_related("tjeneste__kommune")),
    )
    last_kontaktpunkter([a for t in alle for a in t.ansvar.all()], bruker)


def last_kontaktpunkter(ansvar, bruker):
    """Sets `kontaktpunkter` on each ansvar: those chosen for the tiltak, or the main
    ones of the tjeneste where none is chosen; of them, those the user may see.

    Two queries. A choice that the user may not see is still a choice: the main ones do
    not take its place.
    """
    valg = AnsvarKontaktpunkt.objects.filter(ansvar=OuterRef("for_ansvar"))
    punkter = (
        Kontaktpunkt.objects.synlige_for(bruker)
        .filter(tjeneste__ansvar__in=[a.pk for a in ansvar])
        .annotate(for_ansvar=F("tjeneste__ansvar"))
        .annotate(
            er_valgt=Exists(valg.filter(kontaktpunkt=OuterRef("pk"))),
            noe_er_valgt=Exists(valg),
        )
        .med_alt()
    )
    per_ansvar = defaultdict(list)
    for punkt in punkter:
        if punkt.er_valgt or (punkt.hoved and not punkt.noe_er_valgt):
            per_ansvar[punkt.for_ansvar].append(punkt)
    for a in ansvar:
        a.kontaktpunkter = per_ansvar[a.pk]


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
