"""The history of a row and its parts, as people read it."""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from itertools import pairwise

from django.db import models
from django.utils.formats import localize
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from slt.felles.anonymisering import epost_til
from slt.felles.kjente import omtalt
from slt.grunn.historikk import Historisert
from slt.grunn.kommunegrense import har_kommune, kommune_id
from slt.grunn.kontakt_i_tekst import uten_kontakter
from slt.grunn.norsk import tall_i_ord
from slt.grunn.rekkefolge import Rekkefolge
from slt.grunn.riktekst import ren_tekst
from slt.grunn.tekst import Fritekst
from slt.models import Bruker, Kommune

# Shorter whole numbers may be years.
FRA_LANGT_TALL = 10_000


@dataclass(frozen=True)
class Feltendring:
    navn: str
    fra: str
    til: str


@dataclass(frozen=True)
class Endring:
    """One change of one row; `hva` says what kind of thing it is and what it is called.

    People choose their name themselves: `epost` is the address that the one who did it
    has now, "" where that one is gone or anonymised, or `aktor` is the address.
    `tidligere` is the history row where that is a state that can be brought back: of a row
    that is there, and is otherwise now.
    """

    tid: datetime
    aktor: str
    epost: str
    dor: str
    begrunnelse: str
    handling: str
    hva: str
    felter: list[Feltendring]
    tidligere: models.Model | None = None


def endringer_i(rad, deler=()):
    """Returns the changes of a row and of its parts, the newest first.

    Args:
        rad: a row with history.
        deler: models whose rows hang on this one and show with it; what hangs on them
            in turn (the contact points chosen for an ansvar) comes along.

    The number of queries grows with the models that take part, not with the changes.
    """
    modell = type(rad)
    historikk = list(_rader_av(modell, [rad.pk]))
    for del_ in deler:
        egne = list(_rader_under(del_, modell, [rad.pk]))
        historikk += egne
        for barn in _modeller_under(del_):
            historikk += _rader_under(barn, del_, {_pk(h) for h in egne})
    lesbar = Lesbar(rad, historikk)
    per_rad = defaultdict(list)
    for h in sorted(historikk, key=lambda h: (h.history_date, h.history_id)):
        per_rad[type(h), _pk(h)].append(h)
    endringer = [
        lesbar.endring(for_, etter, na=rader[-1])
        for rader in per_rad.values()
        for for_, etter in pairwise([None, *rader])
    ]
    return sorted(endringer, key=lambda e: e.tid, reverse=True)


def _pk(historisk):
    return getattr(historisk, historisk.instance_type._meta.pk.attname)


def _rader_av(modell, pker):
    rader = modell.historikk.select_related("history_user")
    return rader.filter(**{f"{modell._meta.pk.attname}__in": pker})


def _rader_under(modell, over, pker):
    """Returns the history rows of a model that point to rows of another one, given by
    their ids."""
    for felt in modell._meta.concrete_fields:
        if felt.is_relation and felt.related_model is over:
            rader = modell.historikk.select_related("history_user")
            return rader.filter(**{f"{felt.attname}__in": pker})
    return modell.historikk.none()


def _modeller_under(modell):
    """Returns the models with history whose rows go when a row of this model goes."""
    return [
        felt.related_model
        for felt in modell._meta.related_objects
        if felt.on_delete is models.CASCADE
        and issubclass(felt.related_model, Historisert)
        and felt.related_model is not modell
    ]


class Lesbar:
    """Turns history rows into words; looks the names of other rows up once a model.

    Args:
        rad: the row whose page it is for, or the kommune.
        historikk: all the history rows.
    """

    def __init__(self, rad, historikk):
        self.rad, self.historikk = rad, historikk

    def sett_fra(self, rad):
        """The same, for the page of another row; nothing is looked up once more."""
        annen = copy(self)
        annen.rad, annen.navn = rad, self.navn
        return annen

    def felter(self, h):
        """The fields of a history row that are told of."""
        return h.tracked_fields

    @cached_property
    def navn(self):
        """{model: {id: name}} of all that the history rows point to."""
        trengs = defaultdict(set)
        for h in self.historikk:
            for felt in self.felter(h):
                if felt.is_relation and getattr(h, felt.attname):
                    trengs[felt.related_model].add(getattr(h, felt.attname))
        return {modell: self._navn_pa(modell, pker) for modell, pker in trengs.items()}

    def _navn_pa(self, modell, pker):
        rader = modell._base_manager.select_related().filter(pk__in=pker)
        # What belongs to no kommune is shown to administrators alone.
        if modell is Bruker and (kommune := kommune_id(self.rad)):
            return omtalt(Kommune(pk=kommune), list(rader))
        return {rad.pk: str(rad) for rad in rader}

    def endring(self, for_, etter, na):
        er_tidligere = "-" not in {etter.history_type, na.history_type}
        return Endring(
            tid=etter.history_date,
            aktor=etter.history_aktor or _("Systemet"),
            epost=epost_til(etter),
            dor=etter.get_history_dor_display(),
            begrunnelse=etter.history_change_reason,
            handling=self._handling(for_, etter),
            hva=self.hva(etter),
            felter=[] if etter.history_type == "-" else list(self._felter(for_, etter)),
            tidligere=etter if er_tidligere and kan_bringes(na, etter) else None,
        )

    def _handling(self, for_, etter):
        if for_ is not None and etter.history_type == "+":
            return _("Hentet tilbake")
        navn = {"+": _("Lagt til"), "~": _("Endret"), "-": _("Slettet")}
        return navn[etter.history_type]

    def omtale(self, h):
        """What kind of thing it is and what it is called: by its own name, or else by the
        rows that it ties together."""
        typen = h.instance_type._meta.verbose_name
        felter = [
            felt
            for felt in self.felter(h)
            # Who sits in a seat is not what it is called.
            if felt.name not in h.instance_type.hentes_ikke_tilbake
            and felt.related_model not in {Kommune, Bruker}
        ]
        tekster = [felt for felt in felter if isinstance(felt, Fritekst)]
        egne = [felt for felt in tekster if not felt.blank]
        andre = [felt for felt in felter if felt.is_relation]
        korte = [felt for felt in tekster if felt.max_length]
        navn = ""
        for kandidater in (egne[:1], [*korte[:1], *andre], tekster[:1]):
            navn = navn or ", ".join(
                filter(None, (self.verdi(h, felt) for felt in kandidater))
            )
        return f"{typen}: {Truncator(navn).chars(80)}" if navn else str(typen)

    def hva(self, h):
        """The same, on the page of a row that it may belong to."""
        typen = h.instance_type._meta.verbose_name
        if isinstance(self.rad, h.instance_type) and _pk(h) == self.rad.pk:
            return str(typen)
        navn = next(self._navnekandidater(h), "")
        return f"{typen}: {Truncator(navn).chars(80)}" if navn else str(typen)

    def _navnekandidater(self, h):
        """Yields what the row may be called: its own name, or else the row that it ties to
        the one of the page."""
        felter = self.felter(h)
        tekster = [felt for felt in felter if isinstance(felt, Fritekst)]
        egne = [felt for felt in tekster if not felt.blank]
        andre = [
            felt
            for felt in felter
            if felt.is_relation
            and felt.related_model is not h.instance_type
            and not self._leder_til_siden(h, felt)
        ]
        for felt in [*egne, *andre, *tekster]:
            if navn := self.verdi(h, felt):
                yield navn

    def _felter(self, for_, etter):
        for felt in self.felter(etter):
            if felt.primary_key or not felt.editable:
                continue
            if for_ is None and self.sier_seg_selv(etter, felt):
                continue
            fra = self.verdi(for_, felt) if for_ else ""
            til = self.verdi(etter, felt)
            if fra != til:
                yield Feltendring(str(felt.verbose_name), fra, til)

    def sier_seg_selv(self, h, felt):
        """Whether nothing is said of what a new row has in the field: what the page shows
        anyway, and what nobody touched."""
        return self._leder_til_siden(h, felt) or _er_urort(h, felt)

    def _leder_til_siden(self, h, felt):
        """Whether the field leads to the row of the page, or to what the row goes with
        there; not to another one of its kind or of the page's."""
        if not felt.is_relation:
            return False
        if isinstance(self.rad, felt.related_model):
            return getattr(h, felt.attname) == self.rad.pk
        if self._henger_pa_siden(h):
            # It ties the row of the page to this one, and goes with either.
            return False
        gar_med = felt.remote_field.on_delete is models.CASCADE
        return gar_med and felt.related_model is not h.instance_type

    def _henger_pa_siden(self, h):
        return any(
            felt.is_relation
            and isinstance(self.rad, felt.related_model)
            and getattr(h, felt.attname) == self.rad.pk
            for felt in h.tracked_fields
        )

    def verdi(self, h, felt):
        verdi = getattr(h, felt.attname)
        if verdi is None or verdi == "":
            return ""
        if felt.is_relation:
            navn = self.navn.get(felt.related_model, {})
            return navn.get(verdi, _("noe som er slettet"))
        if isinstance(verdi, bool):
            return _("ja") if verdi else _("nei")
        if felt.choices:
            return str(dict(felt.flatchoices).get(verdi, verdi))
        if getattr(felt, "rik", False):
            return ren_tekst(verdi)
        if isinstance(verdi, (date, time, Decimal)):
            return localize(verdi)
        if isinstance(verdi, int) and verdi >= FRA_LANGT_TALL:
            return tall_i_ord(verdi)
        return str(verdi)


class UtenKontakter(Lesbar):
    """The words for what does not stand there today: numbers and addresses in it may be
    withdrawn."""

    @classmethod
    def som(cls, lesbar):
        """The same as another one; nothing is looked up once more."""
        ny = cls(lesbar.rad, ())
        ny.navn = lesbar.navn
        return ny

    def verdi(self, h, felt):
        verdi = super().verdi(h, felt)
        return uten_kontakter(verdi) if isinstance(felt, Fritekst) else verdi


@cache
def felter_som_bringes(modell):
    """Returns the fields that an earlier state of a row brings back."""
    if not modell.kan_hentes_tilbake or not har_kommune(modell):
        return []
    star = {*modell.hentes_ikke_tilbake, *modell.angres_ikke}
    return [
        felt
        for felt in modell.historikk.model.tracked_fields
        if not felt.primary_key and felt.name not in star
    ]


def kan_bringes(na, tidligere):
    """Whether an earlier state of a row, by its history, is another one than it has now in
    what can be brought back."""
    return any(
        getattr(na, felt.attname) != getattr(tidligere, felt.attname)
        for felt in felter_som_bringes(tidligere.instance_type)
    )


def _er_urort(historisk, felt):
    """Whether a new row has a number or a tick as nobody touched it."""
    if isinstance(felt, Rekkefolge) and felt.gis:
        return True
    verdi = getattr(historisk, felt.attname)
    return isinstance(verdi, int) and not felt.choices and verdi == felt.get_default()
