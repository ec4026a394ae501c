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
    Finansiering,
    Kontaktpunkt,
    Plassering,
    Tilskuddstiltak,
    Tiltak,
    TiltakLokalomrade,
    TiltakTema,
    TiltakVeileder,
    Tjeneste,
)


def last_detaljer(tiltakene, bruker, *, deltiltak=None):
    """Loads deltiltak, målgrupper, målsettinger, lenker, lokalområder, temaer, ansvar, how
    it is paid, and the contact points that hold, as far as the user may see them: 11
    queries. The deltiltak are read where their tiltak are.

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
    tilskudd = Tilskuddstiltak.objects.synlige_for(bruker).gitte()
    tilskudd = tilskudd.select_related("tilskudd__kommune")
    tilskudd = tilskudd.order_by("tilskudd__arstall", "pk")
    prefetch_related_objects(
        alle,
        "malgrupper",
        "malsettinger",
        "lenker",
        Prefetch("lokalomradevalg", lokalomrader),
        Prefetch("temavalg", temaer),
        Prefetch("finansiering", Finansiering.objects.synlige_for(bruker)),
        Prefetch("tilskudd", tilskudd),
        Prefetch("ansvar", Ansvar.objects.select_related("tjeneste__kommune")),
    )
    last_kontaktpunkter([a for t in alle for a in t.ansvar.all()], bruker)


def last_for_side(tiltak, bruker):
    """Loads what only the page of a tiltak says: the guides that it goes by, and of each
    ansvar without a way in whom to ask instead. 1 query, and 3 more where one has none.

    Sets on such an ansvar `spor_heller`, the tjeneste above it with its contact points, or
    `spor_hos`, an ansvar on the same page that has a way in; else both are None. Sets on
    the tiltak `bare_kommunen`: whether the kommune is all that one can ask.

    Args:
        tiltak: one Tiltak, loaded by `last_detaljer`.
    """
    veiledere = TiltakVeileder.objects.select_related("veileder")
    deler = [tiltak, *tiltak.deltiltak.all()]
    prefetch_related_objects(deler, Prefetch("veiledervalg", veiledere))
    ansvar = [a for del_ in deler for a in del_.ansvaret]
    med = [a for a in ansvar if a.kontaktpunkter]
    uten = [a for a in ansvar if not a.kontaktpunkter]
    over = Tjeneste.objects.filter(kommune=tiltak.kommune_id).virksomme()
    over = over.med_kontaktpunkter(bruker, hoved=True)
    over = over.in_bulk({a.tjeneste.overordnet_id for a in uten} - {None})
    for a in uten:
        # The one above may stand on the page already, with the same numbers.
        her = [b for b in med if b.tjeneste_id == a.tjeneste.overordnet_id]
        ovenfor = over.get(a.tjeneste.overordnet_id)
        kan_sporres = ovenfor and not her and ovenfor.kontaktpunkter.all()
        a.spor_heller = ovenfor if kan_sporres else None
        andre = sorted(
            (b for b in med if b.rolle != Ansvar.Rolle.SAMARBEIDSPART),
            key=lambda b: (
                b.tiltak_id != a.tiltak_id,
                b.rolle not in Ansvar.ANSVARLIGE,
            ),
        )
        a.spor_hos = next(iter([*her, *andre]), None)
    tiltak.bare_kommunen = not med and not any(a.spor_heller for a in uten)


def last_kontaktpunkter(ansvar, bruker):
    """Sets `kontaktpunkter` on each ansvar: those chosen for the tiltak, or the main
    ones of the tjeneste where none is chosen; of them, those the user may see.

    Two queries, and what `les_delte` asks. A choice that the user may not see is still a
    choice: the main ones do not take its place. As `Kontaktpunkt.gjelder` says, asked of
    the database.
    """
    les_delte(ansvar)
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
        a.kontaktpunkter = [] if a.deles_ikke else per_ansvar[a.pk]


def les_delte(ansvar):
    """Gives those whose tjeneste another kommune keeps, that tjeneste with its address
    here, or says that it is not shared any more; 2 queries where there are any.

    Args:
        ansvar: of tiltak of one kommune, with tiltak and tjeneste loaded.
    """
    andres = [a for a in ansvar if a.tjeneste.kommune_id != a.tiltak.kommune_id]
    if not andres:
        return
    her = Tjeneste.objects.i(andres[0].tiltak.kommune).select_related("kommune")
    her = her.in_bulk({a.tjeneste_id for a in andres})
    for a in andres:
        a.deles_ikke = a.tjeneste_id not in her
        a.tjeneste = her.get(a.tjeneste_id, a.tjeneste)


# What address and label need.
PLANEN = (
    "kommune",
    "plan__kommune",
    "overordnet__kommune",
    "overordnet__plan__kommune",
)


def med_sted_i_planen(rader, sti=""):
    """Loads what address and label of a tiltak or deltiltak need: 2 queries more.

    Args:
        rader: a QuerySet of rows that lead to a tiltak by the look-up `sti`.
    """
    steder = Plassering.objects.select_related("innsatsomrade")
    rader = rader.select_related(*(f"{sti}{navn}" for navn in PLANEN))
    return rader.prefetch_related(
        Prefetch(f"{sti}plasseringer", steder),
        Prefetch(f"{sti}overordnet__plasseringer", steder),
    )


def liste_med_sted(tiltak):
    """The same of tiltak alone, as a list: 1 query more."""
    tiltak = list(tiltak.select_related(*PLANEN))
    alle = [*tiltak, *(t.overordnet for t in tiltak if t.overordnet_id)]
    steder = Plassering.objects.select_related("innsatsomrade")
    prefetch_related_objects(alle, Prefetch("plasseringer", steder))
    return tiltak
