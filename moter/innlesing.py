"""The fora of a plan that is on its way in from a document."""

import re

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from moter.models import Forum, Forumsmedlem
from moter.models.fora import OM_ENKELTSAKER
from tiltak.innlesing.forslag import modell
from tiltak.innlesing.rader import Rader, UtenPlass, lengden
from tiltak.innlesing.riktekst import avsnitt, under_etikett
from tiltak.innlesing.tjenester import Tjenestene

# What a name says of the kind, and of the level where the document does not; the first
# that fits.
_SLAG = (
    (Forum.Type.POLITIRAD, r"politiråd", Forum.Niva.STYRENDE),
    (Forum.Type.NETTVERK, r"nettverk", Forum.Niva.NETTVERK),
    (Forum.Type.BTI_MOTE, r"\bBTI\b", Forum.Niva.KOORDINERENDE),
    (Forum.Type.OMRADEMOTE, r"områdemøte", Forum.Niva.UTFORENDE),
    (Forum.Type.ARBEIDSGRUPPE, r"arbeidsgrupp", Forum.Niva.UTFORENDE),
    (Forum.Type.KOORDINERINGSMOTE, r"koordinering|styringsgrupp|samordning", ""),
)


def fora(forslag: modell.Planforslag, tjenestene: Tjenestene, rader: Rader) -> None:
    """Adds those that the kommune has not got, with members and rhythm; 1 query.

    Nobody has looked at them as fora yet, so that they are not on the site until the
    coordinator says so.
    """
    navn = tjenestene.kommune.fora.values_list("navn", flat=True)
    finnes = {n.casefold() for n in navn}
    for forum in forslag.fora:
        kalles = capfirst(" ".join(forum.navn.split()))
        if kalles.casefold() in finnes:
            continue
        finnes.add(kalles.casefold())
        type_, niva = _slag(forum, kalles)
        if hvorfor := _hvorfor_ikke(kalles, niva):
            hva = UtenPlass(str(_("Forum")), forum.navn, hvorfor, forum.blokker)
            rader.uten_plass.append(hva)
            continue
        hvor = _("Forumet «%s»") % kalles
        rad = Forum(
            kommune=tjenestene.kommune,
            navn=kalles,
            type=type_,
            niva=niva,
            offentlig=False,
        )
        rader.ny(rad, hvor)
        rad.formal = _rytme(rad, forum) + _medlemmer(
            rad, forum, tjenestene, rader, hvor
        )


def _slag(forum, navn):
    """(kind, level): the level as the document has it, else as the name says."""
    kjent = forum.niva if forum.niva in Forum.Niva.values else ""
    for type_, monster, niva in _SLAG:
        if re.search(monster, navn, re.IGNORECASE):
            return type_, kjent or niva
    er_nettverk = kjent == Forum.Niva.NETTVERK
    return Forum.Type.NETTVERK if er_nettverk else Forum.Type.ARBEIDSGRUPPE, kjent


def _hvorfor_ikke(navn, niva):
    if OM_ENKELTSAKER.search(navn):
        return _("Møter om enkeltsaker er tiltak, ikke fora.")
    if not niva:
        return _("Dokumentet sier ikke hvilket nivå forumet er på.")
    if len(navn) > lengden(Forum, "navn"):
        return _("Navnet er for langt.")
    return ""


def _rytme(rad, forum):
    """Sets how often it meets; returns what there is no room for."""
    ordene = forum.rytme.tekst if forum.rytme else ""
    if len(ordene) <= lengden(Forum, "rytme"):
        rad.rytme = ordene
        return ""
    return under_etikett(_("Hvor ofte"), ordene)


def _medlemmer(rad, forum, tjenestene, rader, hvor):
    """Adds who sits in it, by tjeneste where that is known, else by function; returns
    what is no function but a text."""
    sett, resten = set(), ""
    for verdi in forum.medlemmer:
        funksjon = " ".join(verdi.tekst.split())
        tjeneste = tjenestene.kjent(funksjon)
        hvem = id(tjeneste) if tjeneste else funksjon.casefold()
        if hvem in sett or not funksjon:
            continue
        sett.add(hvem)
        if tjeneste is None and len(funksjon) > lengden(Forumsmedlem, "funksjon"):
            resten += avsnitt(funksjon)
            continue
        medlem = Forumsmedlem(
            forum=rad, tjeneste=tjeneste, funksjon="" if tjeneste else funksjon
        )
        rader.ny(medlem, hvor)
    return resten
