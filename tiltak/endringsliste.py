"""What is otherwise in the plans and tjenester of a kommune in a window, by plan and
innsatsområde, for the pages that tell of all of the kommune."""

from collections import defaultdict

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from slt.felles.endret import Avsnitt, Gruppe, Vindu
from slt.felles.netto import felter_i, importert, store_importer
from slt.grunn.norsk import orden
from slt.models import Kommune
from tiltak.endret import SES_IKKE
from tiltak.endret_ord import InnholdIOrd
from tiltak.endringer import planens_deler
from tiltak.models import (
    Apningstid,
    Handlingsplan,
    Innsatsomrade,
    Kontaktpunkt,
    Malsetting,
    Overgang,
    Registrering,
    Tiltak,
    Tjeneste,
)

NY, BORTE = "ny", "borte"


def endret_i(vindu: Vindu):
    """Returns [Avsnitt]: each plan, what stands in none, and whom to call."""
    return _Liste(vindu).avsnitt()


def behandlet(kommune, bruker):
    """Returns when the plan in force was treated: a moment, a day, or None; 2 queries."""
    plan = Handlingsplan.objects.gjeldende_i(kommune)
    if plan is None:
        return None
    registrert = Registrering.objects.som_star().filter(plan=plan)
    forste = registrert.values_list("tid", flat=True).first()
    return forste or plan.vedtatt_dato


class _Innhold(InnholdIOrd):
    """The same rules, where a plan that comes to hold is a change, too."""

    def felter(self, modell):
        skjulte = SES_IKKE[None] | SES_IKKE.get(modell, set())
        if modell is Handlingsplan:
            skjulte = skjulte - {"status"}
        if modell is Kontaktpunkt and self.koordinerer:
            # To others it came or went; to those who see it still it is otherwise.
            skjulte = skjulte - {"synlighet"}
        return felter_i(modell, skjulte)

    def _handling(self, par):
        if par.modell is not Handlingsplan or par.etter is None:
            return super()._handling(par)
        status = Handlingsplan.Status
        if par.for_ is None:
            return (
                _("Nytt utkast") if par.etter.status == status.UTKAST else _("Ny plan")
            )
        if par.for_.status == par.etter.status:
            return super()._handling(par)
        ord_ = {status.GJELDENDE: _("Gjelder nå"), status.AVLOST: _("Avløst")}
        return ord_.get(par.etter.status, _("Utkast igjen"))


class _Liste:
    def __init__(self, vindu):
        self.vindu = vindu
        self.modeller = [
            Handlingsplan,
            *(m for m in planens_deler() if m is not Overgang),
            Tjeneste,
            Kontaktpunkt,
            Apningstid,
        ]
        self.store = store_importer(self.modeller, vindu.siden)
        self.innhold = _Innhold(
            vindu.kommune,
            (m.historikk.model.objects.all() for m in self.modeller),
            vindu.siden,
            vindu.for_,
            fra=vindu.fra,
            til=vindu.til,
            bruker=vindu.bruker,
            utenom=self.store,
        )

    def avsnitt(self):
        per = defaultdict(list)
        for par in self._par:
            per[self._hvor(par)].append(par)
        planer = [*self.innhold.planer, *(pk for pk in per if type(pk) is int)]
        rekke = [*dict.fromkeys(planer), None, Tjeneste]
        ut = [self._avsnitt(hvor, per[hvor]) for hvor in rekke if per.get(hvor)]
        if importert := list(self._importert()):
            ut.append(Avsnitt(_("Importert"), [Gruppe("", punkter=importert)]))
        return ut

    @cached_property
    def _par(self):
        """Without what came or went with what it is part of."""
        alle = self.innhold.par
        hele = {(p.modell, p.pk): _slag(p) for p in alle if _slag(p)}
        return [par for par in alle if not self._gar_med(par, hele)]

    def _gar_med(self, par, hele):
        if par.modell is not Handlingsplan:
            plan = self.innhold.planen_til(par)
            if (Handlingsplan, plan) in hele:
                return True
            if plan is not None and plan not in self.innhold.planer_da:
                return True
        om = self.innhold.om(par)
        if om == (par.modell, par.pk) or not _slag(par):
            return False
        return om in hele

    def _hvor(self, par):
        if self.innhold.om(par)[0] is Tjeneste:
            return Tjeneste
        return self.innhold.planen_til(par)

    def _avsnitt(self, hvor, parene):
        if hvor is Tjeneste:
            tittel = _("Tjenester og kontakter")
        elif hvor is None:
            tittel = _("Utenom planene")
        elif plan := self.innhold.planer.get(hvor):
            tittel = str(plan)
        else:
            tittel = _("Utkast som er slettet")
        grupper = defaultdict(list)
        for par in parene:
            grupper[self._plass(par, hvor)].append(par)
        return Avsnitt(
            tittel, [self._gruppe(*plass, grupper[plass]) for plass in sorted(grupper)]
        )

    def _plass(self, par, hvor):
        """(order, what it stands under, order there, (its model, its id)) of a group."""
        modell, pk = self.innhold.om(par)
        if modell is Tiltak:
            omrade, nummer = self._omradet(pk, hvor)
            if omrade:
                return (0, omrade.rekkefolge, omrade.navn, nummer, "tiltak", pk)
            return (1, 0, "", 0, "tiltak" if pk in self.innhold.tiltak else BORTE, pk)
        if modell is Tjeneste:
            tjeneste = self.innhold.tjenester.get(pk)
            navn = tjeneste.navn if tjeneste else ""
            return (0, 0, "", orden(navn), "tjeneste" if tjeneste else BORTE, pk or 0)
        omrade = getattr(par.rad, "innsatsomrade_id", None)
        if par.modell is Innsatsomrade or (par.modell is Malsetting and omrade):
            rad = self._omradene.get(par.pk if par.modell is Innsatsomrade else omrade)
            if rad:
                return (0, rad.rekkefolge, rad.navn, 0, "omrade", rad.pk)
        return (2, 0, "", 0, "plan", 0)

    @cached_property
    def _omradene(self):
        rader = Innsatsomrade.objects.synlige_for(self.vindu.bruker)
        return {
            rad.pk: rad
            for rad in rader.filter(plan__kommune=self.vindu.kommune).select_related(
                "plan__kommune"
            )
        }

    def _omradet(self, pk, hvor):
        """(the innsatsområde in which a tiltak stands in a plan, its number)."""
        tiltak = self.innhold.tiltak.get(pk)
        steder = tiltak.plasseringer.all() if tiltak else []
        for sted in sorted(steder, key=lambda s: not s.hoved):
            if sted.plan_id == hvor and sted.innsatsomrade_id in self._omradene:
                return sted.innsatsomrade, sted.nummer
        return None, 0

    def _gruppe(self, plass, _rekke, under, _nummer, slag, pk, parene):
        # What is gone has no page: it is called by its name.
        steder = {
            BORTE: (Kommune, self.vindu.kommune.pk),
            "omrade": (Innsatsomrade, pk),
        }
        punkter = [
            self.innhold.punkt(par, steder.get(slag) or self.innhold.om(par))
            for par in parene
        ]
        punkter.sort(key=lambda punkt: punkt.sist, reverse=True)
        if slag == BORTE:
            return Gruppe(_("Tatt ut"), punkter=punkter)
        if slag == "tiltak":
            tiltak = self.innhold.tiltak[pk]
            return Gruppe(str(tiltak), tiltak.get_absolute_url(), punkter, under)
        if slag == "tjeneste":
            tjeneste = self.innhold.tjenester[pk]
            return Gruppe(str(tjeneste), tjeneste.get_absolute_url(), punkter)
        if slag == "omrade":
            rad = self._omradene[pk]
            return Gruppe(rad.navn, rad.get_absolute_url(), punkter, under)
        return Gruppe(_("Planen ellers") if plass == 2 else "", punkter=punkter)

    def _importert(self):
        """Yields a Punkt of each kind of which one import brought very many."""
        for modell, samlinger in self.store.items():
            synlige = modell.objects.synlige_for(self.vindu.bruker)
            if modell in planens_deler():
                planer = self.innhold.planer_da
                synlige = synlige.filter(**{f"{modell.plan_sti}__in": planer})
            yield from importert(modell, samlinger, self.vindu.siden, synlige)


def _slag(par):
    """Whether it came or went as a whole; None where it was changed."""
    if par.for_ is None:
        return NY
    return BORTE if par.etter is None else None
