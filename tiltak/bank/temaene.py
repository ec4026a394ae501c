"""Which temaer of different kommuner are about the same, though each has words of its own."""

from slt.felles.startsett import likt
from tiltak.models import Tema
from tiltak.startsett.temaer import TEMAER


def emnene(tema, egne):
    """Returns the values of Emne that a tema of another kommune is about: the one that it
    says, or if it says none, those that the starter set or the kommune calls as it is
    called."""
    if tema.emne:
        return {tema.emne}
    navnene = _navnene(tema)
    return {emne for emne in Tema.Emne.values if navnene & _ordene(emne, egne)}


def om_det_samme(temaer, emne, egne):
    """Returns those of these temaer that are about an Emne.

    Args:
        egne: [Tema] of the kommune that asks, whose words count, too.
    """
    ordene = _ordene(emne, egne)
    return [
        t for t in temaer if t.emne == emne or (not t.emne and _navnene(t) & ordene)
    ]


def _ordene(emne, egne):
    """What it is called, and the words that people look for it with."""
    ordene = {likt(emne), likt(Tema.Emne(emne).label)}
    for ting in TEMAER:
        if ting.nokkel == emne:
            ordene |= {*ting.navnene(), *_delt(str(ting.felter["sokeord"]))}
    for tema in egne:
        if tema.emne == emne:
            ordene |= {likt(tema.navn), likt(tema.i_hverdagen), *_delt(tema.sokeord)}
    return ordene - {""}


def _navnene(tema):
    """What a tema is called, whole and word by word."""
    hele = [tema.navn, tema.i_hverdagen]
    deler = [ordet.strip(",.") for navn in hele for ordet in navn.split()]
    return {likt(navn) for navn in [*hele, *deler]} - {""}


def _delt(sokeord):
    return {likt(ordet) for ordet in sokeord.split(",")}
