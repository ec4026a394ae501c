"""What is known of who may help: what is asked of the database, as many queries whatever
there is of it."""

from collections import defaultdict
from operator import attrgetter

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from slt.models import PUBLIKUM
from tiltak.apent import Tilstand, apent_na
from tiltak.detaljer import med_sted_i_planen
from tiltak.hvem.rangering import ROLLER, Treff
from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Handlingsplan,
    Kontaktpunkt,
    Tema,
    Tjeneste,
    TjenesteTema,
    andres_sist,
    i_kraft,
    leses_av_alle,
)

# Of the others it is not known.
SVARER = {Tilstand.APENT: True, Tilstand.STENGT: False}


def temaene(kommune):
    """The themes that the kommune offers, in the order of the national ones, then its
    own; 1 query."""
    temaer = Tema.objects.filter(kommune=kommune).exclude(i_hverdagen="")
    return sorted(temaer, key=attrgetter("plass"))


def finn(kommune, temaer, bruker, na, kalender):
    """Returns [Treff] of the tjenester in the kommune that help with one of the themes,
    each once.

    Args:
        temaer: the themes that count; usually one.
        na, kalender: as `tiltak.apent.apent_na` takes them.
    """
    treff = _egne(kommune, temaer, bruker) if temaer else {}
    if temaer:
        _legg_til_tiltakenes(treff, kommune, temaer, bruker)
    if not treff:
        return []
    _legg_til_punkter(treff, bruker)
    for en in treff.values():
        _si_om_apent(en, na, kalender)
    return list(treff.values())


def med_svar(kommune, temaer):
    """Returns the ids of those of the themes about which strangers find somebody with a
    way in; 2 queries."""
    apne = Kontaktpunkt.objects.synlige_for(PUBLIKUM)
    har_vei = Exists(apne.filter(tjeneste=OuterRef("tjeneste")))
    rader = TjenesteTema.objects.synlige_for(PUBLIKUM).om(temaer)
    rader = rader.filter(har_vei, tjeneste__in=_pker(kommune), tjeneste__nedlagt=None)
    rader = rader.order_by().values_list("tema", "tema__emne")
    egne, emner = {t.pk for t in temaer}, set()
    funnet = set()
    for pk, emne in rader:
        if pk in egne:
            funnet.add(pk)
        else:
            emner.add(emne)  # of a tjeneste that another kommune keeps
    ansvar = _tiltakenes(kommune, temaer, PUBLIKUM).filter(har_vei).order_by()
    stier = ("tiltak__temavalg__tema", "tiltak__overordnet__temavalg__tema")
    funnet.update(pk for par in ansvar.values_list(*stier) for pk in par)
    return {t.pk for t in temaer if t.pk in funnet or t.emne in emner}


def _tjenester(kommune, bruker):
    virksomme = Tjeneste.objects.synlige_for(bruker).i(kommune).virksomme()
    return virksomme.select_related("kommune").prefetch_related("malgrupper")


def _pker(kommune):
    return Tjeneste.objects.i(kommune).order_by().values("pk")


def _listet(kommune, bruker):
    her = Tjeneste.objects.i(kommune).i_lister(bruker, kommune)
    return her.order_by().values("pk")


def _egne(kommune, temaer, bruker):
    """{id of a tjeneste: Treff} of those of the themes themselves; of tjenester that others
    share, of theirs that are about the same."""
    rader = (
        TjenesteTema.objects.synlige_for(bruker)
        .om(temaer)
        .filter(tjeneste__in=_listet(kommune, bruker), tjeneste__nedlagt=None)
        .order_by(andres_sist(kommune, "tjeneste__"), "rekkefolge", "pk")
        .prefetch_related(Prefetch("tjeneste", _tjenester(kommune, bruker)))
    )
    treff = {}
    for rad in rader:
        if rad.tjeneste_id not in treff:
            treff[rad.tjeneste_id] = Treff(rad.tjeneste, plass=len(treff))
    return treff


def _tiltakenes(kommune, temaer, bruker):
    """The ansvar of those that carry out tiltak about the themes: to whoever asks, of what
    all can read now, and of nothing of a draft or an earlier plan."""
    return Ansvar.objects.synlige_for(bruker).filter(
        i_kraft("tiltak__"),
        leses_av_alle("tiltak__"),
        Q(tiltak__plan=None) | Q(tiltak__plan__status=Handlingsplan.Status.GJELDENDE),
        Q(plassering=None) | Q(plassering__hoved=True),
        Q(tiltak__temavalg__tema__in=temaer)
        | Q(tiltak__overordnet__temavalg__tema__in=temaer),
        tjeneste__in=_pker(kommune),
        tjeneste__nedlagt=None,
        rolle__in=ROLLER,
    )


def _legg_til_tiltakenes(treff, kommune, temaer, bruker):
    """Adds those that carry out tiltak about the themes, and to all of them the tiltak."""
    ansvar = (
        _tiltakenes(kommune, temaer, bruker)
        .distinct()
        .order_by("tiltak__tittel__norsk", "pk")
        .prefetch_related(
            Prefetch("tjeneste", _tjenester(kommune, bruker)),
            "tiltak__malgrupper",
            Prefetch("kontaktvalg", AnsvarKontaktpunkt.objects.all()),
        )
    )
    for rad in med_sted_i_planen(ansvar, "tiltak__"):
        en = treff.setdefault(rad.tjeneste_id, Treff(rad.tjeneste))
        if rad.tiltak_id not in {a.tiltak_id for a in en.ansvar}:
            en.ansvar.append(rad)
            valgt = {valg.kontaktpunkt_id for valg in rad.kontaktvalg.all()}
            en.valgte.append(valgt)


def _legg_til_punkter(treff, bruker):
    per_tjeneste = defaultdict(list)
    punkter = Kontaktpunkt.objects.synlige_for(bruker).filter(tjeneste__in=treff)
    for punkt in punkter.med_alt():
        per_tjeneste[punkt.tjeneste_id].append(punkt)
    for pk, en in treff.items():
        en.punkter = per_tjeneste[pk]
        en.malgrupper = list(en.tjeneste.malgrupper.all())


def _si_om_apent(treff, na, kalender):
    """Sets what a Treff says of now; and on each of its points `apent`, as `apent_na`
    gives it."""
    tjeneste, dag = treff.tjeneste, timezone.localdate(na)
    treff.stengt = tjeneste.er_stengt(dag)
    for punkt in treff.punkter:
        punkt.apent = [] if treff.stengt else apent_na(punkt, tjeneste, na, kalender)
        if punkt.apent and punkt.apent[0].tilstand in SVARER:
            treff.svarer[punkt.pk] = SVARER[punkt.apent[0].tilstand]
