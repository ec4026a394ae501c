"""What this app asks about in a round: the ways in, and the tiltak."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiltak.detaljer import med_sted_i_planen
from tiltak.models import bekreft
from tiltak.runder.deler import Svardel, Vist, spor_om
from tiltak.runder.utvalg import STATUS, ansvar_i, ansvaret


def _punktene(svarer, _runde=None):
    return list(svarer.kontaktpunkter().med_alt().select_related("sted", "tjeneste"))


def _stemmer(svarer, punkter, hvordan):
    forslag = svarer.tjeneste.endringsforslag.som_venter()
    omtalt = set(forslag.order_by().values_list("kontaktpunkt", flat=True))
    stemmer = [p for p in punkter if p.pk not in omtalt]
    bekreft(stemmer, hvordan=hvordan, av=svarer.bruker)


def _merket(punkter):
    return [(_feltene(p), [*map(_feltene, p.apningstider.all())]) for p in punkter]


def _feltene(rad):
    """All that it says. Of a kontaktpunkt its place among the others changes nothing."""
    felter = [f.attname for f in rad._meta.concrete_fields if f.name != "rekkefolge"]
    return [str(getattr(rad, navn)) for navn in felter]


def merkede_tiltak(ansvarene):
    return [
        (a.tiltak_id, a.tiltak.tittel, a.tiltak.tekst, a.rolle, a.merknad)
        for a in ansvarene
    ]


def tiltakene(svarer):
    """The Ansvar of a tjeneste in what all can read of its kommune, by title: in plans that
    hold, and beside them. Of a draft, a link to this tells nothing."""
    ansvar = ansvaret(svarer.kommune).filter(tjeneste=svarer.tjeneste)
    return med_sted_i_planen(ansvar.order_by("tiltak__tittel__norsk", "pk"), "tiltak__")


def ett_per_tiltak(rader):
    """[Ansvar], of several for one tiltak the first."""
    per_tiltak = {}
    for ansvar in rader:
        per_tiltak.setdefault(ansvar.tiltak_id, ansvar)
    return list(per_tiltak.values())


def _resten(svarer, runde):
    """[Ansvar] of the tiltak that the round does not ask of how they go: those stand in
    the part that does, with what is part of them."""
    rader = tiltakene(svarer)
    if runde is not None and spor_om(runde, STATUS):
        spurte = ansvar_i(runde, tjeneste=svarer.tjeneste).order_by().values("tiltak")
        rader = rader.exclude(tiltak__in=spurte)
        # What stands in no other tiltak is in none of those that are asked of.
        rader = rader.filter(
            Q(tiltak__overordnet=None) | ~Q(tiltak__overordnet__in=spurte)
        )
    return ett_per_tiltak(rader)


KONTAKTER = Svardel(
    "kontakter",
    _("Slik når folk tjenesten"),
    _("kontaktene: om de stemmer"),
    "tiltak/runder/_kontakter.html",
    _punktene,
    _merket,
    _stemmer,
    alltid=True,
)


def bare_kontaktene(svarer, _runde=None):
    """[Vist] of a page that shows the ways in and nothing else."""
    return [Vist(KONTAKTER, _punktene(svarer))]


TILTAK = Svardel(
    "tiltak",
    _("Tiltak tjenesten har en del i"),
    _("tiltakene: om teksten stemmer"),
    "tiltak/runder/_tiltak.html",
    _resten,
    merkede_tiltak,
)
