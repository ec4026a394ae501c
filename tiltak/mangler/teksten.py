"""What the texts of a plan say of how much there is, and the plan itself says otherwise."""

import re

from django.utils.translation import gettext as _

from slt.grunn.riktekst import ren_tekst
from tiltak.mangler.rader import Gruppe, Rad
from tiltak.telling import TILTAK, utsagn


def tall_i_teksten(her):
    return Gruppe(
        "tall",
        _("Teksten sier et annet tall"),
        _("Teksten teller annerledes enn planen. Rett den, eller skriv den om."),
        list(_Tekster(her).feil()),
    )


class _Tekster:
    def __init__(self, her):
        self.her = her
        self._nevnt = {}  # {sentence: the one innsatsområde that it names, or None}

    def feil(self):
        """Yields a Rad of each thing that is wrong."""
        for sted in self._tekster():
            yield from self._feil_tall(*sted)

    def _tekster(self):
        """Yields (what it is, text, innsatsområde that it is of or None, where it is
        mended)."""
        her = self.her
        planen = her.skjema("plan", her.plan.pk, "plan")
        yield _("Ingressen"), her.plan.ingress, None, planen
        for kapittel in her.kapitler:
            sted = her.skjema("kapittel", kapittel.pk)
            yield kapittel.tittel, ren_tekst(kapittel.tekst), None, sted
        for mal in her.malsettinger:
            omrade = next(
                (o for o in her.omrader if o.pk == mal.innsatsomrade_id), None
            )
            sted = her.skjema("innsatsomrade", omrade.pk) if omrade else planen
            yield mal.get_type_display().capitalize(), mal.tekst, omrade, sted
        for omrade in her.omrader:
            sted = her.skjema("innsatsomrade", omrade.pk)
            yield omrade.navn, ren_tekst(omrade.tekst), omrade, sted

    def _feil_tall(self, hva, tekst, omrade, sted):
        """Yields a Rad of each thing that is wrong in a text, once."""
        feil = dict.fromkeys(self._feilen(sagt, omrade) for sagt in utsagn(tekst))
        yield from (Rad(hva, sted, detalj=detalj) for detalj in feil if detalj)

    def _feilen(self, sagt, omrade):
        om = self._omradet_i(sagt.setning) or omrade
        if sagt.hva == TILTAK and om is not None:
            antall, navn = self.her.antall_i[om.pk], om.navn
        elif sagt.hva == TILTAK:
            antall, navn = len(self.her.lest), _("planen")
        else:
            antall, navn = len(self.her.leste_omrader), _("planen")
        if not sagt.er_feil(antall, self.her.andre_tall if sagt.hva == TILTAK else ()):
            return ""
        return _("Teksten sier %(sagt)s, %(navn)s har %(antall)d.") % {
            "sagt": sagt.sagt,
            "navn": navn,
            "antall": antall,
        }

    def _omradet_i(self, setning):
        """The one innsatsområde that a sentence names in full, or None. A sentence with
        many counts is looked through once."""
        if setning not in self._nevnt:
            nevnt = [
                omrade
                for omrade in self.her.omrader
                if re.search(rf"\b{re.escape(omrade.navn)}\b", setning, re.IGNORECASE)
            ]
            self._nevnt[setning] = nevnt[0] if len(nevnt) == 1 else None
        return self._nevnt[setning]
