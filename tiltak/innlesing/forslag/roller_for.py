"""Roles in the place of texts that name persons, as somebody has chosen."""

import re
from collections.abc import Iterable, Mapping

from . import funn
from .modell import Ansvar, Kontakt, Planforslag, Tekstdel, Tiltak, Verdi


def sett_inn(plan: Planforslag, roller_for: Mapping[str, str]) -> set[str]:
    """Puts in the role, or leaves out the text where the role is empty: the whole of it,
    and in titles and prose the name alone. Returns the keys of blocks that something was
    left out of.

    Args:
        roller_for: role by text, as the proposal has it; see
            tiltak.innlesing.personer.pekt_ut.
    """
    if not roller_for:
        return set()
    for del_ in (*plan.kapitler, *plan.innsatsomrader):
        # A heading stays one.
        byttet = _byttet_i(del_.tittel.tekst, roller_for)
        del_.tittel.tekst = byttet or del_.tittel.tekst
        for tekst in del_.tekst:
            if tekst.celler:
                _bytt_i(tekst, roller_for)
    return _i_tiltak(plan.tiltak, roller_for)


def _i_tiltak(tiltakene: Iterable[Tiltak], roller_for):
    valgt_bort: set[str] = set()

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
        for del_ in (tiltak.tittel, *tiltak.tekst):
            _bytt_i(del_, roller_for)
        valgt_bort |= _i_tiltak(tiltak.deltiltak, roller_for)
    return valgt_bort


def _bytt_i(del_: Verdi | Tekstdel, roller_for):
    del_.tekst = _byttet_i(del_.tekst, roller_for)
    if isinstance(del_, Tekstdel):
        del_.celler = tuple(_byttet_i(celle, roller_for) for celle in del_.celler)


def _byttet_i(tekst, roller_for):
    """The text with roles for names."""
    ut = tekst
    for navn, rolle in roller_for.items():
        if navn in ut and navn != rolle:
            helt = rf"(?<!\w){re.escape(navn)}(?!\w)"
            ut = rolle.join(re.split(helt, ut))
            ut = re.sub(r" +(?=[ ,.;:)])", "", ut).strip()
    return ut


def _en_gang(ansvarene):
    """One role may stand for several who were named."""
    ut: dict[tuple, Ansvar] = {}
    for ansvar in ansvarene:
        ut.setdefault((ansvar.navn, ansvar.rolle), ansvar)
    return list(ut.values())
