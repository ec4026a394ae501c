"""What was changed or deleted by mistake comes back, as a new change.

An earlier state of a row is brought back field by field. What was deleted together is
fetched back together, with its old ids, so that its history goes on and its addresses lead
to it. Which models and fields take part, `Historisert` says.
"""

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from graphlib import TopologicalSorter
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import CASCADE, Count, Exists, Max, Min, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from slt.felles.anonymisering import epost_til
from slt.felles.endringslogg import (
    Lesbar,
    felter_som_bringes,
    kan_bringes,
)
from slt.grunn.historikk import HISTORIKK, Art, Historisert, begrunnet, opprett_mange
from slt.grunn.kommunegrense import har_kommune, kommune_id
from slt.grunn.rekkefolge import feltet, i_orden
from slt.models import Kommune

HENTES_I = timedelta(days=30)
ER_LIK = "er_lik"
ER_HENTET = "er_hentet"


def modeller_som_hentes() -> list[type[Historisert]]:
    """The models whose rows can be brought back, each after those that it points to in
    the apps below."""
    return [
        modell
        for modell in apps.get_models()
        if issubclass(modell, Historisert)
        and modell.kan_hentes_tilbake
        and har_kommune(modell)
    ]


# An earlier state of a row ----------------------------------------------------------------


@dataclass(frozen=True)
class Feltbytte:
    """A field as it is and as it becomes, in words; `bare_form` where those are alike."""

    navn: str
    fra: str
    til: str

    @property
    def bare_form(self) -> bool:
        return self.fra == self.til


def bytter(*, rad: Historisert, historisk_rad: models.Model, kommune: Kommune):
    """Returns what `tilbake_til` changes, as [Feltbytte]."""
    na = HISTORIKK.historisk_rad(rad, "~")
    lesbar = Lesbar(kommune, [na, historisk_rad])
    return [
        Feltbytte(
            str(felt.verbose_name),
            lesbar.verdi(na, felt),
            lesbar.verdi(historisk_rad, felt),
        )
        for felt in felter_som_bringes(type(rad))
        if getattr(na, felt.attname) != getattr(historisk_rad, felt.attname)
    ]


@transaction.atomic
def tilbake_til(*, historisk_rad: models.Model, kommune: Kommune) -> Historisert:
    """Makes a row what it was in that row of its history, as a new change. Returns it.

    Raises:
        ValidationError: it can't be so now, or is so already (code `ER_LIK`). The words
            say what is in the way.
        ValueError: it is not of the kommune, or of a kind that does not come back.
    """
    Kommune.objects.las_med_naboer(kommune.pk)
    modell = historisk_rad.instance_type
    felter = felter_som_bringes(modell)
    pk = getattr(historisk_rad, modell._meta.pk.attname)
    rad = modell._base_manager.filter(pk=pk).first()
    if rad is None:
        raise ValidationError(_("Raden er slettet. Hent den tilbake først."))
    _krev_kommunen(rad, historisk_rad, kommune)
    if not kan_bringes(HISTORIKK.historisk_rad(rad, "~"), historisk_rad):
        raise ValidationError(_("Det er allerede slik."), code=ER_LIK)
    _sjekk_nokler([historisk_rad], felter, kommune)
    for felt in felter:
        setattr(rad, felt.attname, getattr(historisk_rad, felt.attname))
    da = timezone.localtime(historisk_rad.history_date)
    hvorfor = _("Tilbake til slik det var %s.") % _i_ord(da)
    with begrunnet(hvorfor, art=Art.RETTELSE), _med_ord(rad, kommune):
        felt = feltet(modell)
        ordnes = [felt.name] if felt and felt.flyttes(rad) else []
        rad.full_clean(exclude=ordnes)
        with i_orden([rad]):
            rad.save()
    return rad


def _i_ord(tid):
    return _("%(dag)s kl. %(klokken)s") % {
        "dag": date_format(tid, "j. F Y"),
        "klokken": date_format(tid, "H.i"),
    }


def _krev_kommunen(rad, historisk_rad, kommune):
    egen = {kommune_id(rad), historisk_rad.history_kommune_id}
    if egen != {kommune.pk} or not felter_som_bringes(type(rad)):
        raise ValueError(f"{rad!r} is not brought back in {kommune}")


# What was deleted -------------------------------------------------------------------------


@dataclass(frozen=True)
class Slettet:
    """What was deleted together: of one kommune, and such as can be fetched back.

    Attributes:
        deler: [(model, how many rows, id of the history row to name it by)], those that
            nothing else in it stands above first.
    """

    samling: UUID
    tid: datetime
    deler: list[tuple[type[Historisert], int, int]]

    @property
    def antall(self) -> int:
        return sum(antall for _modell, antall, _forst in self.deler)

    @cached_property
    def hode(self):
        """Those of `deler` that it is named by."""
        modeller = {modell for modell, _antall, _forst in self.deler}
        over = [
            del_
            for del_ in self.deler
            if not (_peker_pa(del_[0]) - {del_[0]}) & modeller
        ]
        return over or self.deler


def _peker_pa(modell):
    return {f.related_model for f in modell._meta.concrete_fields if f.is_relation}


def slettet_i(*, kommune: Kommune) -> list[Slettet]:
    """What was deleted in the kommune and can still be fetched back, the newest first; 1
    query."""
    modeller = modeller_som_hentes()
    deler = [_per_samling(nr, modell, kommune) for nr, modell in enumerate(modeller)]
    samlinger = defaultdict(list)
    for samling, nr, antall, tid, forst in deler[0].union(*deler[1:], all=True):
        samlinger[samling].append((nr, antall, tid, forst))
    slettet = [
        Slettet(
            samling=samling,
            tid=max(tid for _nr, _antall, tid, _forst in rader),
            deler=[
                (modeller[nr], antall, forst) for nr, antall, _t, forst in sorted(rader)
            ],
        )
        for samling, rader in samlinger.items()
    ]
    return sorted(slettet, key=lambda s: (s.tid, s.samling), reverse=True)


def _borte(modell, kommune, **hvilke):
    """The history rows of what was deleted and is not back since."""
    historikk = modell.historikk.model.objects
    pk = modell._meta.pk.attname
    nyere = historikk.filter(
        **{pk: OuterRef(pk)}, history_id__gt=OuterRef("history_id")
    )
    return historikk.filter(
        ~Exists(nyere),
        history_kommune=kommune.pk,
        history_type="-",
        history_date__gte=timezone.now() - HENTES_I,
        **hvilke,
    ).order_by()


def _per_samling(nr, modell, kommune):
    """(set, number of the model, how many, when, the first of them) of what is gone."""
    forst = Min("history_id")
    for felt in modell._meta.concrete_fields:
        if felt.related_model is modell and felt.remote_field.on_delete is CASCADE:
            # A tiltak names what went with it, not a deltiltak.
            alene = Q(**{f"{felt.attname}__isnull": True})
            forst = Coalesce(Min("history_id", filter=alene), forst)
    return (
        _borte(modell, kommune)
        .values("history_samling")
        .annotate(
            nr=Value(nr, output_field=models.IntegerField()),
            antall=Count("history_id"),
            tid=Max("history_date"),
            forst=forst,
        )
        .values_list("history_samling", "nr", "antall", "tid", "forst")
    )


@dataclass(frozen=True)
class Omtale:
    """How people read of a Slettet; `flere` says how many rows went with it, and `hodet`
    are the history rows that it is named by."""

    slettet: Slettet
    hva: str
    flere: str
    aktor: str
    epost: str
    dor: str
    hodet: list[models.Model]


def omtaler(*, kommune: Kommune, slettet: list[Slettet]) -> list[Omtale]:
    """Says of each what it is called and who deleted it. The number of queries grows with
    the kinds of rows, not with the rows."""
    pker = defaultdict(set)
    for ett in slettet:
        for modell, _antall, forst in ett.hode:
            pker[modell].add(forst)
    rader = {
        (modell, h.pk): h
        for modell, dem in pker.items()
        for h in modell.historikk.model.objects.select_related("history_user").filter(
            pk__in=dem
        )
    }
    lesbar = Lesbar(kommune, list(rader.values()))
    return [_omtale(ett, rader, lesbar) for ett in slettet]


def flere(antall: int) -> str:
    """Says how many rows there are beside those that are named; "" where that is none."""
    if not antall:
        return ""
    return ngettext("og %d rad til", "og %d rader til", antall) % antall


def _omtale(slettet, rader, lesbar):
    hodet = [rader[modell, forst] for modell, _antall, forst in slettet.hode]
    return Omtale(
        slettet=slettet,
        hva=capfirst("; ".join(lesbar.omtale(h) for h in hodet)),
        flere=flere(slettet.antall - len(hodet)),
        aktor=hodet[0].history_aktor or _("Systemet"),
        epost=epost_til(hodet[0]),
        dor=hodet[0].get_history_dor_display(),
        hodet=hodet,
    )


@transaction.atomic
def hent_tilbake(*, samling: UUID, kommune: Kommune) -> list[Historisert]:
    """Makes all that was deleted together in the kommune anew, as it was, with its ids.
    Returns the rows; all or none.

    Raises:
        ValidationError: it can't be so now, or is there already, or it is too long ago
            (code `ER_HENTET`). The words say what is in the way.
    """
    Kommune.objects.las_med_naboer(kommune.pk)
    historiske = [
        h
        for modell in modeller_som_hentes()
        for h in _borte(modell, kommune, history_samling=samling)
    ]
    if not historiske:
        raise ValidationError(
            _("Det er hentet tilbake allerede, eller det er mer enn 30 dager siden."),
            code=ER_HENTET,
        )
    da = timezone.localtime(max(h.history_date for h in historiske))
    tilbake = []
    with begrunnet(
        _("Hentet tilbake det som ble slettet %s.") % _i_ord(da), art=Art.RETTELSE
    ):
        for modell, gruppe in _i_rekke(historiske):
            tilbake += _lag_anew(modell, gruppe, kommune)
        for modell in modeller_som_hentes():
            if egne := [rad for rad in tilbake if type(rad) is modell]:
                modell.etter_henting(egne)
    return tilbake


def _i_rekke(historiske):
    """Yields (model, its history rows), so that what a row points to comes before it."""
    alle = {(h.instance_type, _pk(h)): h for h in historiske}
    rekke = TopologicalSorter(
        {
            rad: {
                (felt.related_model, getattr(h, felt.attname))
                for felt in h.tracked_fields
                if felt.is_relation
            }
            & alle.keys()
            for rad, h in alle.items()
        }
    )
    rekke.prepare()
    while rekke.is_active():
        klare = rekke.get_ready()
        grupper = defaultdict(list)
        for modell, pk in sorted(klare, key=lambda n: (n[0]._meta.label, n[1])):
            grupper[modell].append(alle[modell, pk])
        yield from grupper.items()
        rekke.done(*klare)


def _pk(h):
    return getattr(h, h.instance_type._meta.pk.attname)


def _lag_anew(modell, historiske, kommune):
    felter = [
        felt
        for felt in modell.historikk.model.tracked_fields
        if felt.name not in modell.hentes_ikke_tilbake
    ]
    _sjekk_nokler(historiske, felter, kommune)
    rader = [
        modell(**{felt.attname: getattr(h, felt.attname) for felt in felter})
        for h in historiske
    ]
    _kjenn_nokler(rader)
    modell.for_henting(rader)
    for rad in rader:
        if kommune_id(rad) != kommune.pk:
            raise ValidationError(_("Noe av det hører til en annen kommune."))
        with _med_ord(rad, kommune):
            rad.clean_fields(exclude=_nokler(modell))
            rad.clean()
    try:
        with (
            transaction.atomic(),
            _med_ord(rader[0], kommune),
            i_orden(rader),
        ):
            opprett_mange(rader)
    except IntegrityError as feil:
        for rad in rader:
            with _med_ord(rad, kommune):
                rad.validate_unique()
                rad.validate_constraints()
        raise ValidationError(_("Noe av det står i veien for hverandre.")) from feil
    return rader


# What is in the way -----------------------------------------------------------------------


def _nokler(modell):
    return [f.name for f in modell._meta.concrete_fields if f.is_relation]


def _sjekk_nokler(historiske, felter, kommune):
    """Refuses what points to rows that are gone; one query for each field."""
    for felt in felter:
        if not felt.is_relation:
            continue
        pker = {getattr(h, felt.attname) for h in historiske} - {None}
        finnes = felt.related_model._base_manager.filter(pk__in=pker)
        borte = pker - set(finnes.values_list("pk", flat=True))
        if borte:
            h = next(h for h in historiske if getattr(h, felt.attname) in borte)
            raise ValidationError(_trenger(h, felt, kommune))


def _trenger(h, felt, kommune):
    """What to say of a row that points to one that is gone: what that was called."""
    over = felt.related_model
    siste = over.historikk.filter(
        **{over._meta.pk.attname: getattr(h, felt.attname)}, history_kommune=kommune.pk
    ).first()
    lesbar = Lesbar(kommune, [h, *filter(None, [siste])])
    return _(
        "%(hva)s trenger noe som er slettet: %(borte)s. Hent det tilbake først."
    ) % {
        "hva": capfirst(lesbar.omtale(h)),
        "borte": lesbar.omtale(siste) if siste else felt.verbose_name,
    }


def _kjenn_nokler(rader):
    """Loads what the rows point to once for all of them, and not once for each."""
    for felt in type(rader[0])._meta.concrete_fields:
        if felt.is_relation:
            pker = {getattr(rad, felt.attname) for rad in rader} - {None}
            andre = felt.related_model._base_manager.select_related().in_bulk(pker)
            for rad in rader:
                if (pk := getattr(rad, felt.attname)) is not None:
                    setattr(rad, felt.name, andre[pk])


@contextmanager
def _med_ord(rad, kommune):
    """Says of what is refused inside the block which row it is, and what is in its way."""
    try:
        yield
    except ValidationError as feil:
        raise ValidationError(_i_veien(rad, feil, kommune)) from feil


def _i_veien(rad, feil, kommune):
    opptatt = {
        melding: HISTORIKK.historisk_rad(annen, "~")
        for melding, annen in _opptatt_av(rad)
    }
    selv = HISTORIKK.historisk_rad(rad, "~")
    lesbar = Lesbar(kommune, [selv, *opptatt.values()])
    hva = capfirst(lesbar.omtale(selv))
    return [
        _("%(hva)s: %(hvorfor)s Der står nå: %(annen)s.")
        % {"hva": hva, "hvorfor": melding, "annen": lesbar.omtale(opptatt[melding])}
        if melding in opptatt
        else f"{hva}: {melding}"
        for melding in feil.messages
    ]


def _opptatt_av(rad):
    """Yields (what the constraint says, the row that has what this one would have)."""
    for regel in rad._meta.constraints:
        if not isinstance(regel, models.UniqueConstraint) or not regel.fields:
            continue
        like = {felt: getattr(rad, felt) for felt in regel.fields}
        andre = type(rad)._base_manager.filter(**like).exclude(pk=rad.pk)
        if regel.condition is not None:
            andre = andre.filter(regel.condition)
        if annen := andre.first():
            yield str(regel.get_violation_error_message()), annen
