"""What is otherwise in plans and tjenester, as a reader may be told of it today: the rules
that hold for one plan since it was treated, and for a whole kommune in any window."""

from collections import defaultdict
from functools import cache

from django.db.models import Q
from django.utils.functional import cached_property

from slt.felles.netto import (
    er_ulike,
    felter_i,
    les,
    siste_av,
    sporede,
    synlige_blant,
)
from slt.grunn.historikk import Dor
from slt.models import LESER, PUBLIKUM, Tilgang
from tiltak.endret_hvor import Hvor
from tiltak.endret_lukket import lukket_i, med_det_under
from tiltak.models import (
    SER_UTKAST,
    Ansvar,
    AnsvarKontaktpunkt,
    Apningstid,
    Handlingsplan,
    Innsatsomrade,
    Kontaktpunkt,
    Plassering,
    Tiltak,
    Tjeneste,
    leses_av_alle,
)

# Whom to call is looked up in the plan, and not decided by it.
KONTAKT = (Tjeneste, Kontaktpunkt, Apningstid)
# Of these, those who do not coordinate are told that they were changed, not what stood
# there: what was withdrawn must not come back.
UTEN_VERDIER = (Kontaktpunkt, Apningstid, AnsvarKontaktpunkt)
UTEN_FRA = {"melding", "kontakt_merknad"}

# {model, or None for all: the fields in which no reader of a plan sees a change}.
SES_IKKE = {
    None: {"id", "slug", "rekkefolge", "publisert", "kommune", "plan"},
    Handlingsplan: {
        "status",
        "rekke",
        "bygger_pa",
        "del_av",
        "hull_er_publisert",
        *Handlingsplan.BEHANDLINGEN,
    },
    Tjeneste: {
        "svaransvarlig",
        "andre_navn",
        "funksjon",
        "overordnet",
        "organisasjonsnummer",
        "sporres_ikke",
    },
    Kontaktpunkt: {"person", "synlighet"},
}
# What a row may hang on: where that is hidden, so is the row.
OVER = (Tiltak, Innsatsomrade, Ansvar, Plassering, Kontaktpunkt)
Synlighet = Kontaktpunkt.Synlighet


def ses(modell):
    """Returns the fields in which a reader of the plan sees a change."""
    return felter_i(modell, SES_IKKE[None] | SES_IKKE.get(modell, set()))


class Innhold(Hvor):
    """What is otherwise in some of the history of a kommune, as `bruker` sees it.

    Args:
        historikkene: QuerySets of history.
        siden, for_: Q of history rows: what was done in the window, and before it.
        fra, til: the ends of the window; where it lasts until now, `til` is None, and
            `fra` not needed.
        lagt_inn: the doors by which what was loaded, was there before.
        utenom: {model: sets that are told in another way}.
    """

    def __init__(
        self,
        kommune,
        historikkene,
        siden,
        for_,
        *,
        fra=None,
        til=None,
        bruker=PUBLIKUM,
        lagt_inn=(Dor.KOMMANDO,),
        utenom=None,
    ):
        self.kommune, self.bruker = kommune, bruker
        self._fra, self.til = fra, til
        self._les = (historikkene, siden, for_)
        self._hvordan = {"lagt_inn": lagt_inn, "utenom": utenom}

    @cached_property
    def ser_utkast(self):
        """Whether the reader sees drafts, and what is not published yet."""
        return self.kommune.gir(self.bruker, *SER_UTKAST)

    @cached_property
    def koordinerer(self):
        return self.kommune.gir(self.bruker, Tilgang.Rolle.KOORDINATOR)

    @cached_property
    def ser_verdier(self):
        """Whether the reader is told what was withdrawn."""
        return self.koordinerer

    @cached_property
    def par(self):
        """[Par] of what the reader sees otherwise."""
        sett = []
        for par in self._alle:
            par.for_ = self._sett_da(par)
            par.etter = self._sett_na(par)
            if self._skal_ties(par):
                continue
            if er_ulike(par.for_, par.etter, self.felter(par.modell)):
                sett.append(par)
        return sett

    def felter(self, modell):
        return ses(modell)

    # What the reader sees -----------------------------------------------------------------

    @cached_property
    def _alle(self):
        return les(*self._les, **self._hvordan)

    @cached_property
    def _synlige(self):
        """{model: the ids of rows, of those that were changed or that these hang on, that
        the reader sees today}."""
        pker = defaultdict(set)
        for par in self._alle:
            pker[par.modell].add(par.pk)
            for felt in _over(par.modell):
                over = {getattr(h, felt.attname) for h in (par.da, par.na) if h}
                pker[felt.related_model] |= over - {None}
        return {modell: self._synlige_av(modell, ider) for modell, ider in pker.items()}

    def _synlige_av(self, modell, pker):
        rader = modell.objects.synlige_for(self.bruker)
        if modell is Tiltak and not self.ser_utkast:
            utkast = Q(plan__status=Handlingsplan.Status.UTKAST)
            hele = Q(overordnet=None) | Q(overordnet__publisert=True)
            rader = rader.filter(utkast | leses_av_alle() & hele | self._uten_plass)
        return synlige_blant(rader, pker)

    @property
    def _uten_plass(self):
        """A tiltak, or the whole that it is part of, with no place at home is read where it
        is a guest, or in a list."""
        uten = Q(plasseringer=None, overordnet=None)
        return uten | Q(
            overordnet__plasseringer=None,
            overordnet__isnull=False,
            overordnet__publisert=True,
        )

    @cached_property
    def _finnes(self):
        """{model: the ids of what was changed and is there today}: what is hidden is not
        told as what is gone."""
        pker = defaultdict(set)
        for par in self._alle:
            pker[par.modell].add(par.pk)
        return {m: synlige_blant(m._base_manager.all(), p) for m, p in pker.items()}

    @cached_property
    def planer(self):
        """{id: Handlingsplan} of those that the reader sees today, in their order."""
        planer = Handlingsplan.objects.synlige_for(self.bruker).i_rekker()
        planer = planer.filter(kommune=self.kommune).select_related("kommune", "rekke")
        return {plan.pk: plan for plan in planer}

    @cached_property
    def planer_da(self):
        """The ids of the plans that the reader would see before the window."""
        da = set(self.planer)
        for par in self._alle:
            if par.modell is Handlingsplan and not self._plan_sett(par):
                da.discard(par.pk)
        da -= self._lukket(self._fra)[Handlingsplan]
        if self.ser_utkast:
            # A draft that is gone.
            da |= {p.pk for p in self._alle if p.modell is Handlingsplan and p.da}
        return da

    def _plan_sett(self, par):
        if par.da is None or par.da.history_type == "-":
            return False
        if par.da.status != Handlingsplan.Status.UTKAST or self.ser_utkast:
            return True
        plan = self.planer.get(par.pk)
        return plan is not None and plan.er_utkast

    @cached_property
    def _skjult_da(self):
        """{model: ids} of what was not public before the window: readers have never seen
        what it was then, though it may be open, or gone, by now."""
        skjult = defaultdict(set)
        if self.ser_utkast:
            return skjult
        for par in self._alle:
            var = par.da
            if var is None or not self._apen(var):
                skjult[par.modell].add(par.pk)
        for modell, pker in self._lukket(self._fra).items():
            skjult[modell] |= pker
        return med_det_under(skjult, self._radene(lambda par: par.da))

    @cached_property
    def _skjult_na(self):
        """The same at the end of the window, where that is over: what was opened since, was
        not open then."""
        if self.ser_utkast or self.til is None:
            return defaultdict(set)
        rader = self._radene(lambda par: par.na)
        return med_det_under(self._lukket(self.til), rader)

    def _radene(self, hvilken):
        rader = defaultdict(dict)
        for par in self._alle:
            rader[par.modell][par.pk] = hvilken(par)
        return rader

    def _lukket(self, tid):
        """{model: ids} of what was hidden at a moment, and changed since; nothing where the
        window lasts until now, for all that was changed is in it then."""
        if self.ser_utkast or self.til is None:
            return defaultdict(set)
        skjult = lukket_i(self.kommune, tid)
        # Who reads a draft that is one today, did.
        leses = {pk for pk, plan in self.planer.items() if plan.er_utkast}
        skjult[Handlingsplan] -= leses
        return skjult

    def _apen(self, h):
        """Whether all that a history row says of itself, lets the reader see it."""
        if getattr(h, "publisert", True) is False and not self.ser_utkast:
            return False
        if getattr(h, "synlighet", Synlighet.OFFENTLIG) not in self._synligheter:
            return False
        if h.instance_type is Handlingsplan:
            return h.id in self.planer_da
        plan = getattr(h, "plan_id", None)
        return plan is None or plan in self.planer_da

    @cached_property
    def _synligheter(self):
        """Which contact points the reader sees."""
        synlige = {Synlighet.OFFENTLIG}
        if self.kommune.gir(self.bruker, *Tilgang.Rolle, LESER):
            synlige.add(Synlighet.TJENESTER)
        return set(Synlighet) if self.koordinerer else synlige

    def _sett_da(self, par):
        """The row before the window as the reader saw it, and may be told of it."""
        h = par.da
        if h is None or h.history_type == "-" or not self._apen(h):
            return None
        if par.pk in self._skjult_da[par.modell]:
            return None
        for felt in _over(par.modell):
            over = getattr(h, felt.attname)
            if over is None:
                continue
            if over in self._skjult_da[felt.related_model]:
                return None
            if over not in self._synlige[felt.related_model]:
                return None
        return h

    def _sett_na(self, par):
        """The same of the end of the window: not at all what is deleted, or hidden, or
        leads to what is."""
        h = par.na
        if h.history_type == "-" or not self._star_apent(h):
            return None
        if par.pk in self._skjult_na[par.modell]:
            return None
        for felt in _over(par.modell):
            if getattr(h, felt.attname) in self._skjult_na[felt.related_model]:
                return None
        if par.pk in self._synlige[par.modell]:
            over = ((f.related_model, getattr(h, f.attname)) for f in _over(par.modell))
            return h if all(self._ses(m, pk) for m, pk in over) else None
        borte = par.pk not in self._finnes[par.modell]
        # It was there then, and went since: what it said of itself decides.
        return h if borte and self._sett_da(par) else None

    def _star_apent(self, h):
        if getattr(h, "publisert", True) is False and not self.ser_utkast:
            return False
        return getattr(h, "synlighet", Synlighet.OFFENTLIG) in self._synligheter

    def _ses(self, modell, pk):
        return pk is None or pk in self._synlige[modell]

    def _skal_ties(self, par):
        """Whether it is hidden today, so that nothing is told of it; or was, when it
        went."""
        if par.pk in self._synlige[par.modell]:
            return False
        if par.pk not in self._finnes[par.modell]:
            return not self._var_apen_til_slutt(par)
        # That it can't be called any more is told of a number, and no more.
        lukket = par.modell is Kontaktpunkt and not self._star_apent(par.na)
        return not lukket

    @cached_property
    def _siste(self):
        """{model: {id: the last row of its history}} of what is gone."""
        borte = defaultdict(set)
        for par in self._alle:
            if par.pk not in self._finnes[par.modell] | self._synlige[par.modell]:
                borte[par.modell].add(par.pk)
        return {modell: siste_av(modell, pker) for modell, pker in borte.items()}

    def _var_apen_til_slutt(self, par):
        """Whether all could read what is gone. Its coordinators alone are told of what
        went from a draft, or before it was published."""
        if self.koordinerer or par.modell is Kontaktpunkt:
            return True
        h = self._siste[par.modell][par.pk]
        if getattr(h, "publisert", True) is False:
            return False
        plan = h.id if par.modell is Handlingsplan else getattr(h, "plan_id", None)
        return plan is None or plan in self._apne_planer_da

    @cached_property
    def _apne_planer_da(self):
        """The ids of the plans that strangers would see before the window, and do now."""
        apne = {pk for pk, plan in self.planer.items() if not plan.er_utkast}
        utkast = Handlingsplan.Status.UTKAST
        for par in self._alle:
            planen = par.modell is Handlingsplan
            if planen and (par.da is None or par.da.status == utkast):
                apne.discard(par.pk)
        return apne


@cache
def _over(modell):
    """The foreign keys of a model to what its rows hang on."""
    return [
        felt
        for felt in sporede(modell)
        if felt.is_relation and felt.related_model in OVER
    ]
