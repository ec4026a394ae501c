"""All that a page or a document says of tiltak, in a constant number of queries."""

from collections import defaultdict

from django.db.models import (
    Exists,
    F,
    OuterRef,
    Prefetch,
    prefetch_related_objects,
)

from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Kontaktpunkt,
    Plassering,
    Tiltak,
    TiltakLokalomrade,
    TiltakTema,
)


def last_detaljer(tiltakene, bruker, *, deltiltak=None):
    """Loads deltiltak, målgrupper, målsettinger, lenker, lokalområder, temaer, ansvar
    and the contact points that hold, as far as the user may see them: 9 queries. The
    deltiltak are read where their tiltak are.

    Args:
        tiltakene: a list of Tiltak with plan loaded, where they have one.
        deltiltak: a QuerySet: of the deltiltak these, and not those that hold.
    """
    if deltiltak is None:
        deltiltak = Tiltak.objects.i_kraft()
    deltiltak = deltiltak.order_by("rekkefolge", "pk").select_related("plan")
    if any(tiltak.plan and tiltak.plan.bygger_pa_id for tiltak in tiltakene):
        deltiltak = deltiltak.prefetch_related("overganger_til")  # whether it is new
    prefetch_related_objects(tiltakene, Prefetch("deltiltak", deltiltak))
    for tiltak in tiltakene:
        for del_ in tiltak.deltiltak.all():
            del_.lest_i = tiltak.lest_i
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


def med_sted_i_planen(rader, sti=""):
    """Loads what address and label of a tiltak or deltiltak need: 2 queries more.

    Args:
        rader: a QuerySet of rows that lead to a tiltak by the look-up `sti`.
    """
    steder = Plassering.objects.select_related("innsatsomrade")
    return rader.select_related(
        f"{sti}kommune",
        f"{sti}plan__kommune",
        f"{sti}overordnet__kommune",
        f"{sti}overordnet__plan__kommune",
    ).prefetch_related(
        Prefetch(f"{sti}plasseringer", steder),
        Prefetch(f"{sti}overordnet__plasseringer", steder),
    )
