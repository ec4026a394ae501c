"""Roles in the place of texts that name persons, as somebody has chosen."""

from collections.abc import Iterable, Mapping

from . import funn
from .modell import Ansvar, Kontakt, Tiltak


def sett_inn(tiltakene: Iterable[Tiltak], roller_for: Mapping[str, str]) -> set[str]:
    """Puts in the role, or leaves out the text where the role is empty. Returns the keys
    of blocks that something was left out of.

    Args:
        roller_for: role by text, as the proposal has it; see
            tiltak.innlesing.personer.pekt_ut.
    """
    valgt_bort: set[str] = set()
    if not roller_for:
        return valgt_bort

    def byttet(verdier, felt):
        ut = []
        for verdi in verdier:
            tekst = getattr(verdi, felt)
            setattr(verdi, felt, roller_for.get(tekst, tekst))
            if getattr(verdi, felt):
                ut.append(verdi)
            else:
                valgt_bort.update(verdi.blokker)
        return ut

    def uten_navn(verdi: Ansvar | Kontakt):
        if verdi.merknad in roller_for:
            verdi.merknad = roller_for[verdi.merknad]
            valgt_bort.update(() if verdi.merknad else verdi.blokker)

    for tiltak in tiltakene:
        for sted in tiltak.plasseringer:
            for ansvar in sted.ansvar:
                uten_navn(ansvar)
            sted.ansvar = _en_gang(byttet(sted.ansvar, "navn"))
        for kontakt in tiltak.kontakter:
            uten_navn(kontakt)
            for tekst, rolle in roller_for.items():
                kontakt.ved = kontakt.ved.replace(tekst, rolle)
            if kontakt.verdi in roller_for and not funn.eposter(
                roller_for[kontakt.verdi]
            ):
                kontakt.art = "fremgangsmate"
        tiltak.kontakter = byttet(tiltak.kontakter, "verdi")
        tiltak.forankring = byttet(tiltak.forankring, "tekst")
        valgt_bort |= sett_inn(tiltak.deltiltak, roller_for)
    return valgt_bort


def _en_gang(ansvarene):
    """One role may stand for several who were named."""
    ut: dict[tuple, Ansvar] = {}
    for ansvar in ansvarene:
        ut.setdefault((ansvar.navn, ansvar.rolle), ansvar)
    return list(ut.values())
