"""What is otherwise in the knowledge and the figures of a kommune."""

from collections import defaultdict

from django.db.models import Count, Exists, OuterRef, Subquery
from django.utils.functional import cached_property
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluering.models import (
    Anbefaling,
    Evaluering,
    Funn,
    Indikator,
    Kilde,
    Maling,
    Rapport,
)
from evaluering.models.kilder import INNENFRA
from slt.felles.endret import Avsnitt, Gruppe, Punkt, Vindu
from slt.felles.endringslogg import Lesbar
from slt.felles.netto import (
    er_ulike,
    felter_i,
    i_ord,
    importert,
    les,
    sett,
    store_importer,
)
from slt.grunn.historikk import Dor
from slt.grunn.kontakt_i_tekst import uten_kontakter
from slt.models import PUBLIKUM, Lokalomrade, Sted
from tiltak.models import Tema

# What coordinators alone go by, and others are never told of.
KOORDINATORENS = {"framhevet", "oppgis_av"}
# Nor of where it stands and how it is written, where all that is otherwise is told.
TIES = KOORDINATORENS | {
    *("id", "slug", "kommune", "publisert", "nummer", "bilde", "figurer"),
    *("tillatelse", "krever_svar", "minst", "hoyst"),
}
NEVNES = (Lokalomrade, Sted, Tema)
DELER = (Kilde, Funn, Anbefaling, Indikator)
LENGST = 120


def endret_i(vindu: Vindu):
    """Returns [Avsnitt]: sources and what they found, and the figures, summed up."""
    liste = _Liste(vindu)
    return [
        Avsnitt(_("Kunnskap"), liste.kunnskap()),
        Avsnitt(_("Tall"), liste.tall()),
        Avsnitt(_("Evalueringer"), list(_publisert(vindu, Evaluering))),
        Avsnitt(_("Rapporter"), list(_publisert(vindu, Rapport))),
    ]


def _publisert(vindu, modell):
    """Yields a Gruppe for each evaluation or report that all may read since then; 1 query.
    What was written before it was finished is told nobody."""
    historikk = modell.historikk.model.objects.order_by()
    nye = historikk.filter(vindu.siden, publisert=True).values("id")
    for_ = historikk.filter(vindu.for_, id=OuterRef("pk")).order_by("-history_id")
    rader = modell.objects.synlige_for(PUBLIKUM).filter(pk__in=nye)
    rader = rader.annotate(for_=Subquery(for_.values("publisert")[:1]))
    for rad in rader.exclude(for_=True).select_related("kommune").order_by("pk"):
        punkt = Punkt(capfirst(modell._meta.verbose_name), _("Publisert"))
        yield Gruppe(str(rad), rad.get_absolute_url(), [punkt])


class _Liste:
    def __init__(self, vindu):
        self.vindu = vindu
        self.store = store_importer([*DELER, Maling], vindu.siden)

    @cached_property
    def _ser_alt(self):
        return self.vindu.kommune.gir(self.vindu.bruker, *INNENFRA)

    @cached_property
    def _par(self):
        alle = les(
            [m.historikk.model.objects.all() for m in DELER],
            self.vindu.siden,
            self.vindu.for_,
            utenom=self.store,
        )

        def apen(h):
            return self._ser_alt or h.publisert

        def apen_borte(h):
            return self.vindu.koordinerer or h.publisert

        alle = sett(alle, self.vindu.bruker, apen, apen_borte)
        return [
            par
            for par in alle
            if er_ulike(par.for_, par.etter, felter_i(par.modell, TIES))
        ]

    @cached_property
    def _lesbar(self):
        rader = [h for par in self._par for h in (par.for_, par.etter) if h]
        return Lesbar(self.vindu.kommune, rader)

    @cached_property
    def _kilder(self):
        """{id: Kilde} of those that the reader sees."""
        rader = Kilde.objects.synlige_for(self.vindu.bruker).select_related("kommune")
        return {rad.pk: rad for rad in rader.filter(kommune=self.vindu.kommune)}

    @cached_property
    def _indikatorer(self):
        rader = Indikator.objects.synlige_for(self.vindu.bruker)
        rader = rader.filter(kommune=self.vindu.kommune).select_related("kommune")
        return {rad.pk: rad for rad in rader.order_by("navn__norsk", "pk")}

    def kunnskap(self):
        per = defaultdict(list)
        for par in self._par:
            if par.modell is not Indikator:
                pk = par.pk if par.modell is Kilde else par.rad.kilde_id
                per[pk if pk in self._kilder else None].append(self._punkt(par))
        grupper = []
        for pk, punkter in per.items():
            kilde = self._kilder.get(pk)
            tittel = str(kilde) if kilde else _("Andre kilder")
            adresse = kilde.get_absolute_url() if kilde else ""
            grupper.append(Gruppe(tittel, adresse, punkter))
        return [*grupper, *self._importert(DELER)]

    def tall(self):
        per = defaultdict(list)
        for par in self._par:
            if par.modell is Indikator:
                pk = par.pk if par.pk in self._indikatorer else None
                per[pk].append(self._punkt(par))
        for pk, punkt in self._malingene():
            per[pk].append(punkt)
        rekke = [*(pk for pk in self._indikatorer if pk in per), None]
        grupper = [
            Gruppe(str(rad), rad.get_absolute_url(), per[pk])
            if (rad := self._indikatorer.get(pk))
            else Gruppe(_("Tatt ut"), punkter=per[pk])
            for pk in rekke
            if per.get(pk)
        ]
        return [*grupper, *self._importert([Maling])]

    def _punkt(self, par):
        for_, etter = par.for_, par.etter
        felter = []
        if for_ and etter:
            felter = i_ord(
                self._lesbar,
                for_,
                etter,
                felter_i(par.modell, TIES),
                fra_vises=lambda felt: (
                    self._kan_nevnes(felt) and self._sies_fra(par.modell)
                ),
                til_vises=lambda felt: (
                    self._kan_nevnes(felt) and self._sies_til(par.modell)
                ),
                ser_trukne=self.vindu.koordinerer,
                er_na=self.vindu.til is None,
            )
        return Punkt(
            hva=self._hva(par),
            handling=self._handling(par),
            felter=list(felter),
            sist=par.sist,
            er_rettelse=bool(for_ and etter and par.bare_rettelser),
            merknad="" if par.rad.publisert else _("ikke publisert"),
        )

    def _sies_fra(self, modell):
        """Whether the reader is told what is not there any more: what a finding said may
        have been taken out because somebody could be recognised by it."""
        return self._ser_alt or modell not in (Funn, Anbefaling)

    def _sies_til(self, modell):
        """The same of what stood there in the end, which is not today's for sure."""
        return self.vindu.til is None or self._sies_fra(modell)

    def _hva(self, par):
        typen = capfirst(par.modell._meta.verbose_name)
        sies = self._sies_til if par.etter else self._sies_fra
        if not sies(par.modell):
            return typen
        if par.modell is Indikator and par.pk in self._indikatorer:
            # Its name stands above.
            return typen
        navn = getattr(par.rad, "navn", None) or getattr(par.rad, "tekst", "")
        star_der = par.etter is not None and self.vindu.til is None
        if not (self.vindu.koordinerer or star_der):
            navn = uten_kontakter(navn)
        return f"{typen}: {Truncator(navn).chars(LENGST)}"

    @staticmethod
    def _kan_nevnes(felt):
        # What it leads to may be for a few.
        return not felt.is_relation or felt.related_model in NEVNES

    @staticmethod
    def _handling(par):
        if par.for_ is None:
            fantes = par.da is not None and par.da.history_type != "-"
            return _("Publisert") if fantes else _("Lagt til")
        return _("Endret") if par.etter else _("Tatt ut")

    def _malingene(self):
        """Yields (id of an indicator, Punkt): how many figures are new, changed, gone; 1
        query. What one import brought in great number is told in another way."""
        rader = Maling.historikk.filter(self.vindu.siden)
        rader = rader.exclude(history_samling__in=self.store.get(Maling, ()))
        # What was loaded with the software was there before.
        rader = rader.exclude(history_type="+", history_dor=Dor.KOMMANDO)
        synlige = self._synlige(Maling).filter(pk=OuterRef("id"))
        rader = rader.filter(Exists(synlige)).order_by()
        rader = rader.values("indikator", "history_type")
        ord_ = {
            "+": lambda n: ngettext("%d nytt", "%d nye", n) % n,
            "~": lambda n: ngettext("%d endret", "%d endrede", n) % n,
        }
        per = defaultdict(list)
        for rad in rader.annotate(n=Count("id", distinct=True)):
            if rad["history_type"] in ord_:
                antall = ord_[rad["history_type"]](rad["n"])
                per[rad["indikator"]].append((rad["history_type"], antall))
        for pk, deler in per.items():
            if pk in self._indikatorer:
                tekst = ", ".join(antall for _type, antall in sorted(deler))
                yield pk, Punkt(_("Tall"), tekst)

    def _synlige(self, modell):
        """The rows that the reader sees. Of figures: as `MalingQuerySet.synlige_for`, with
        the indicators that are known already, and not asked for in all kommuner."""
        if modell is Maling:
            return Maling.objects.filter(indikator__in=list(self._indikatorer))
        return modell.objects.synlige_for(self.vindu.bruker)

    def _importert(self, modeller):
        """Yields a Gruppe of what imports brought in great number."""
        punkter = []
        for modell in modeller:
            if samlinger := self.store.get(modell):
                synlige = self._synlige(modell)
                punkter += importert(modell, samlinger, self.vindu.siden, synlige)
        if punkter:
            yield Gruppe(_("Importert"), punkter=punkter)
