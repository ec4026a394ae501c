"""What is otherwise in plans and tjenester, in words: what each thing is called and what
became of it, as a reader may be told."""

from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from slt.felles.endret import Punkt
from slt.felles.endringslogg import Lesbar, UtenKontakter
from slt.felles.netto import i_ord
from slt.grunn.historikk import Dor
from slt.grunn.kontakt_i_tekst import uten_kontakter
from tiltak.endret import KONTAKT, OVER, UTEN_FRA, UTEN_VERDIER, Innhold, Synlighet
from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Handlingsplan,
    Innsatsomrade,
    Kapittel,
    Kontaktpunkt,
    Plassering,
    Tiltak,
    Tjeneste,
)


class InnholdIOrd(Innhold):
    """The same, with a Punkt of each that the reader sees otherwise."""

    @cached_property
    def lesbar(self):
        rader = [h for par in self.par for h in (par.for_, par.etter) if h]
        return Lesbar(self.kommune, rader)

    def punkt(self, par, om):
        """Returns the Punkt of a Par, on the page of a row, (model, id)."""
        modell, pk = om
        lesbar = self.lesbar.sett_fra(modell(pk=pk))
        felter = [] if None in (par.for_, par.etter) else self._felter(lesbar, par)
        upublisert = self.er_upublisert(par)
        return Punkt(
            hva=capfirst(self._hva(lesbar, par)),
            handling=self._handling(par),
            felter=list(felter),
            sist=par.sist,
            er_rettelse=_er_rettelse(par),
            merknad=_("ikke publisert") if upublisert else "",
            begrunnelse=self._begrunnelse(par),
        )

    def _begrunnelse(self, par):
        """Why, to those who write and those who adopt. To these nothing of whom to call,
        nor what the file was called that was read."""
        grunn = par.na.history_change_reason if self.ser_utkast else ""
        if self.koordinerer:
            return grunn
        er_var = par.na.history_dor in (Dor.SKJEMA, Dor.ADMIN)
        om_kontakt = par.modell in (*KONTAKT, AnsvarKontaktpunkt)
        return uten_kontakter(grunn) if er_var and not om_kontakt else ""

    def _hva(self, lesbar, par):
        if self.ser_verdier or par.modell not in UTEN_VERDIER:
            return self._navngivende(lesbar, par).hva(par.rad)
        typen = par.modell._meta.verbose_name
        na = self._punktene_na
        punkt = par.pk if par.modell is Kontaktpunkt else par.rad.kontaktpunkt_id
        return f"{typen}: {na[punkt]}" if punkt in na else str(typen)

    def _navngivende(self, lesbar, par):
        star_der = par.etter is not None and self.til is None
        return lesbar if self.ser_verdier or star_der else UtenKontakter.som(lesbar)

    @cached_property
    def _punktene_na(self):
        """{id of a contact point: what it is called today, as the reader sees it}."""
        synlige = self._synlige.get(Kontaktpunkt, set())
        rader = Kontaktpunkt.objects.filter(pk__in=synlige)
        return {rad.pk: rad.visning or rad.get_type_display() for rad in rader}

    def _felter(self, lesbar, par):
        apent = self.ser_verdier
        stum = not apent and par.modell in UTEN_VERDIER
        return i_ord(
            lesbar,
            par.for_,
            par.etter,
            self.felter(par.modell),
            fra_vises=lambda felt: (
                not stum
                and (apent or felt.name not in UTEN_FRA)
                and self._kan_nevnes(par.for_, felt)
            ),
            til_vises=lambda felt: (
                not stum
                and (apent or self.til is None or felt.name not in UTEN_FRA)
                and self._kan_nevnes(par.etter, felt)
            ),
            ser_trukne=apent,
            er_na=self.til is None,
        )

    def _kan_nevnes(self, h, felt):
        """Whether the reader may know what the field leads to."""
        if not felt.is_relation or felt.related_model not in OVER:
            return True
        return self._ses(felt.related_model, getattr(h, felt.attname))

    def er_upublisert(self, par):
        """Whether strangers are told nothing of it."""
        if not self.ser_utkast and par.modell is not Handlingsplan:
            utkast = self.planer.get(getattr(par.rad, "plan_id", None))
            return utkast is not None and utkast.er_utkast
        if getattr(par.rad, "publisert", True) is False:
            return True
        if getattr(par.rad, "synlighet", Synlighet.OFFENTLIG) != Synlighet.OFFENTLIG:
            return True
        pk = par.pk if par.modell is Handlingsplan else self.planen_til(par)
        plan = self.planer.get(pk)
        if plan is None:
            return pk is not None  # a draft that is gone
        return plan.er_utkast or self._tiltaket_er_upublisert(par)

    def _tiltaket_er_upublisert(self, par):
        om = self.om(par)
        tiltak = self.tiltak.get(om[1]) if om[0] is Tiltak else None
        return tiltak is not None and not tiltak.publisert

    def _handling(self, par):
        for_, etter = par.for_, par.etter
        if for_ is None:
            fantes = par.da and par.da.history_type != "-"
            apnet = fantes and par.modell in (Tiltak, Innsatsomrade, Kapittel)
            apnet = apnet and par.da.publisert is False
            return _("Publisert") if apnet else _("Lagt til")
        if etter is None:
            return _("Tatt ut")
        if par.modell is Tiltak and for_.status != etter.status:
            if etter.status in Tiltak.AVSLUTTEDE:
                return capfirst(Tiltak.Status(etter.status).label)
            if for_.status in Tiltak.AVSLUTTEDE:
                return _("Gjenopptatt")
        if par.modell is Plassering:
            if for_.innsatsomrade_id != etter.innsatsomrade_id:
                return _("Flyttet")
            if for_.nummer != etter.nummer:
                return _("Fikk nytt nummer")
        if par.modell is Tjeneste and etter.nedlagt and not for_.nedlagt:
            return pgettext("tjeneste", "Lagt ned")
        if par.modell is Tiltak and getattr(par.da, "publisert", None) is False:
            return _("Publisert") if etter.publisert else _("Endret")
        return _("Endret")


def _er_rettelse(par):
    """Whether it was only corrected: whom to call, and what somebody called so. Who
    answers, where a tiltak stands and what has become of it, the plan decides."""
    if par.modell is Tjeneste:
        nedlagt = {bool(h.nedlagt) for h in (par.for_, par.etter) if h}
        return None not in (par.for_, par.etter) and len(nedlagt) == 1
    if par.modell in (*KONTAKT, AnsvarKontaktpunkt):
        return par.modell is not AnsvarKontaktpunkt or par.bare_rettelser
    status = {getattr(h, "status", None) for h in (par.for_, par.etter) if h}
    avgjort = par.modell in (Ansvar, Plassering) or len(status) > 1
    return not avgjort and par.bare_rettelser
