"""The history of a thing and its parts, by what was saved together: which rows of it
somebody reads, found by the database, so that no more than a page of them is loaded."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db import models
from django.db.models import Case, Count, Exists, Max, OuterRef, Q, Value, When, Window
from django.db.models.functions import RowNumber

from slt.felles.historikksider import BARE_KOORDINATOR, BARE_NA, SIDER
from slt.models import Bruker, Kommune

# So many rows of a set are told one by one, of each kind.
FLEST = 10


@dataclass
class Samling:
    """What was saved together.

    Attributes:
        antall: {model: how many rows of its history}.
    """

    id: UUID
    tid: datetime
    antall: dict[type[models.Model], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Lest:
    """Rows of a page of the history: those that are told, [(row, the one before it or
    None)], and {(model, id): the newest one} of the same things."""

    par: list
    siste: dict


class Historikken:
    """The history of a row and of what shows with it, as somebody reads it.

    Args:
        leser: who reads; None for a coordinator, who reads all of it.
    """

    def __init__(self, modell, pk, leser=None):
        self.modell, self.pk, self.leser = modell, pk, leser
        self.side = SIDER[modell._meta.model_name]

    def samlinger(self):
        """Returns [Samling], the newest first; 1 query, of a line for each set."""
        utvalg = [
            historikk.order_by()
            .values("history_samling")
            .annotate(
                nr=Value(nr, models.IntegerField()),
                antall=Count("history_id"),
                tid=Max("history_date"),
            )
            .values_list("history_samling", "nr", "antall", "tid")
            for nr, historikk in enumerate(self._utvalg.values())
        ]
        rader = utvalg[0].union(*utvalg[1:], all=True) if utvalg[1:] else utvalg[0]
        modeller, per = list(self._utvalg), {}
        for id_, nr, antall, tid in rader:
            samling = per.setdefault(id_, Samling(id_, tid))
            samling.tid = max(samling.tid, tid)
            samling.antall[modeller[nr]] = antall
        return sorted(per.values(), key=lambda s: (s.tid, s.id), reverse=True)

    def les(self, samlinger):
        """Returns the Lest of the first rows of these sets; a few queries for each kind of
        row among them."""
        par, siste = [], {}
        for modell in self._utvalg:
            disse = [s.id for s in samlinger if modell in s.antall]
            if not disse:
                continue
            rader = list(self._forste_i(modell, disse))
            historikk = modell.historikk.model.objects
            for_ = historikk.in_bulk({h.forrige for h in rader} - {None})
            par += [(h, for_.get(h.forrige)) for h in rader]
            siste |= self._siste(modell, {h.id for h in rader})
        return Lest(par, siste)

    def _forste_i(self, modell, samlinger):
        nr = Window(RowNumber(), partition_by="history_samling", order_by="history_id")
        forste = self._utvalg[modell].order_by().filter(history_samling__in=samlinger)
        forste = forste.annotate(nr_i_samling=nr).filter(nr_i_samling__lte=FLEST)
        historikk = modell.historikk.model.objects
        tidligere = historikk.filter(id=OuterRef("id"))
        tidligere = tidligere.filter(history_id__lt=OuterRef("history_id"))
        return (
            historikk.filter(history_id__in=forste.values("history_id"))
            .select_related("history_user")
            .annotate(
                forrige=tidligere.order_by("-history_id").values("history_id")[:1],
                apent_fra=self._apent_fra(modell),
            )
            .order_by("history_id")
        )

    def _apent_fra(self, modell):
        """Since when the reader sees the row; None where that was always so."""
        naar = [When(q, then=Value(fra)) for q, fra in self._biter[modell] if fra]
        tid = models.DateTimeField(null=True)
        return Case(*naar, default=None, output_field=tid) if naar else Value(None, tid)

    def _siste(self, modell, pker):
        historikk = modell.historikk.model.objects
        nyest = historikk.filter(id__in=pker).order_by().values("id")
        nyest = nyest.annotate(siste=Max("history_id")).values("siste")
        rader = historikk.filter(history_id__in=nyest)
        return {(modell, h.id): h for h in rader}

    # Which rows ---------------------------------------------------------------------------

    @cached_property
    def _utvalg(self):
        """{model: its history, of what is told here}."""
        utvalg = {}
        for modell, biter in self._biter.items():
            hvilke = Q(pk__in=[])
            for q, fra in biter:
                hvilke |= q & Q(history_date__gte=fra) if fra else q
            historikk = modell.historikk.model.objects.filter(hvilke)
            if self.leser is not None:
                historikk = historikk.filter(self._sees(modell))
            utvalg[modell] = historikk
        return utvalg

    @cached_property
    def _biter(self):
        """{model: [(Q, since when the reader sees it or None)]} of what hangs on the row
        and on its own parts."""
        biter = defaultdict(list)
        for pk, fra in self.rotter.items():
            skjult = self.leser is not None and self.modell in BARE_KOORDINATOR
            biter[self.modell].append((Q(pk__in=[]) if skjult else Q(id=pk), fra))
            for del_ in self.side.deler:
                self._legg_til(biter, del_, Q(**{del_.felt: pk}), fra)
        return biter

    def _legg_til(self, biter, del_, hvilke, fra):
        if self.leser is not None and del_.modell in BARE_KOORDINATOR:
            return
        biter[del_.modell].append((hvilke, fra))
        for under in del_.deler:
            over = del_.modell.historikk.model.objects.filter(hvilke)
            over = over.order_by().values("id")
            self._legg_til(biter, under, Q(**{f"{under.felt}__in": over}), fra)

    @cached_property
    def rotter(self):
        """{id: since when the reader sees it, or None} of the row and its own parts."""
        pker = [self.pk]
        if self.side.egne:
            under = {self.side.egne: self.pk}
            if self.leser is None:
                rader = self.modell.historikk.model.objects.filter(**under)
                pker += rader.order_by().values_list("id", flat=True).distinct()
            else:
                rader = self.modell.objects.synlige_for(self.leser).filter(**under)
                pker += rader.order_by().values_list("pk", flat=True)
        apent = self.side.apent_fra(pker, self.leser) if self.leser is not None else {}
        return {pk: apent.get(pk) for pk in pker}

    def _sees(self, modell):
        """A Q: that the row is seen by the reader today, or is gone from what is."""
        na = modell.objects.synlige_for(self.leser).filter(pk=OuterRef("id"))
        if modell is self.modell or modell in BARE_NA:
            return Q(Exists(na))
        borte = ~Exists(modell._base_manager.filter(pk=OuterRef("id")))
        for felt in modell.historikk.model.tracked_fields:
            if felt.is_relation and felt.related_model not in {Bruker, Kommune}:
                andre = felt.related_model.objects.synlige_for(self.leser)
                borte &= Q(**{felt.attname: None}) | Exists(
                    andre.filter(pk=OuterRef(felt.attname))
                )
        return Q(Exists(na)) | Q(borte)
