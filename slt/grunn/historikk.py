"""Every change is traced, and raises the content version of its kommune.

One of the two modules (with tekst) that act whatever the door: page, admin,
signed link, import or command. A model takes part by inheriting `Historisert` and
saying in `kommune_sti` which kommune its rows belong to. Then

* each save that changes something writes one history row with who, door, reason, kommune
  and the name of the actor as it was; a save that changes nothing writes nothing;
* what was changed together carries the same `history_samling`;
* a row that stands fast (`Historisert.vern`) is neither changed nor deleted, unless by what
  works inside `uten_vern`;
* `Kommune.versjon` is raised in the same transaction;
* `update()` and `bulk_*` are refused, because they would pass by both; `opprett_mange`
  and `slett_mange` do many rows at once with all of it;
* `clean()` refuses references into another kommune, as `slt.grunn.kommunegrense` finds them.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from slt.grunn.kommunegrense import kommune_id, sjekk_kommune
from slt.grunn.norsk import Slugg
from slt.grunn.tekst import Fritekst


class Dor(models.TextChoices):
    """The way by which a change came in."""

    SKJEMA = "skjema", _("skjema på nettsiden")
    ADMIN = "admin", _("administrasjonen")
    LENKE = "lenke", _("lenke uten innlogging")
    IMPORT = "import", _("import")
    KOMMANDO = "kommando", _("kommando")


class Art(models.TextChoices):
    """What a change is to those who ask what has changed."""

    ENDRING = "endring", _("endring")
    RETTELSE = "rettelse", _("rettelse")


@dataclass(frozen=True)
class Spor:
    """Who changes something now, by which door, and why; all of it is one set."""

    dor: str = Dor.KOMMANDO
    bruker: Any = None
    begrunnelse: str = ""
    art: str = Art.ENDRING
    samling: UUID = field(default_factory=uuid4)

    @property
    def innlogget(self):
        """The user, or None for a stranger and for a command."""
        return self.bruker if getattr(self.bruker, "pk", None) else None


_spor: ContextVar[Spor | None] = ContextVar("spor", default=None)


def handler_na():
    """Returns the user who acts now, or None."""
    return (_spor.get() or Spor()).innlogget


@contextmanager
def _med(variabel, verdi):
    token = variabel.set(verdi)
    try:
        yield
    finally:
        variabel.reset(token)


def spor(dor, *, bruker=None, begrunnelse="", art=Art.ENDRING):
    """Says for all changes inside the block who makes them, by which door, and why."""
    return _med(_spor, Spor(dor, bruker, begrunnelse, art))


def begrunnet(tekst, **mer):
    """Gives the reason for the changes inside the block, and what else is given of a
    Spor; all else stays."""
    return _med(_spor, replace(_spor.get() or Spor(), begrunnelse=tekst, **mer))


def samlet_som(samling):
    """Makes one set, with this id, of what is changed inside the block; all else stays."""
    return _med(_spor, replace(_spor.get() or Spor(), samling=samling))


def _samlet():
    """Makes one set of what is changed inside the block, where nobody has said so: a
    change without `spor` comes from a command."""
    return _med(_spor, _spor.get() or Spor())


# What stands fast ---------------------------------------------------------------------

_vernet: ContextVar[bool] = ContextVar("vernet", default=True)


def uten_vern():
    """Lets rows that stand fast be changed inside the block: for what comes with the
    software, for a plan that is copied into the next, and for taking back."""
    return _med(_vernet, False)


def sjekk_vern(rader, *, sletting=False):
    """Asks `vern` of the rows' model, unless inside `uten_vern`."""
    if _vernet.get():
        type(rader[0]).vern(rader, sletting=sletting)


# The base of all models with history --------------------------------------------------


class HistorikkOmgatt(RuntimeError):  # noqa: N818
    """Somebody tried to change rows in a way that would leave no trace."""


def SLIPPES(collector, field, sub_objs, using):  # noqa: N802
    """On_delete of a key that is empty once what it led to is gone. Django would empty it
    behind the history's back: `slipp` does it, before."""


def slipp(rader):
    """Empties the keys that lead to rows which are about to be deleted, and are to be let
    go of; each with its history."""
    if not rader:
        return
    for rel in rader[0]._meta.related_objects:
        if rel.on_delete is SLIPPES:
            som_slipper = {f"{rel.field.name}__in": [rad.pk for rad in rader]}
            for rad in rel.related_model.objects.filter(**som_slipper):
                setattr(rad, rel.field.name, None)
                rad.save()


class HistorisertQuerySet(models.QuerySet):
    """A QuerySet that can't change rows behind the history's back."""

    def _nekt(self, *args, **kwargs):
        raise HistorikkOmgatt(
            f"{self.model.__name__}: save rows one by one; update() and bulk_* "
            "would leave no trace in the history."
        )

    update = bulk_create = bulk_update = _nekt
    update.alters_data = True

    def delete(self):
        with transaction.atomic():
            if any(r.on_delete is SLIPPES for r in self.model._meta.related_objects):
                slipp(list(self))
            return super().delete()

    delete.alters_data = True
    delete.queryset_only = True


def parker(rader, felt):
    """Moves the rows' numbers far out of the way, so that each of them can then be
    saved with a number that another one had. Inside a transaction, nobody sees it."""
    if rader:
        lagret = models.QuerySet(type(rader[0])).filter(pk__in=[r.pk for r in rader])
        lagret.update(**{felt: models.F(felt) + 20_000})


class HistoriskRad(models.Model):
    """What each history row carries besides simple-history's own columns."""

    history_kommune = models.ForeignKey(
        "slt.Kommune",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
        verbose_name=_("kommune"),
    )
    history_dor = models.CharField(_("dør"), max_length=10, choices=Dor)
    history_art = models.CharField(
        _("art"), max_length=10, choices=Art, default=Art.ENDRING
    )
    history_samling = models.UUIDField(_("endret sammen"))
    history_aktor = models.CharField(_("aktørens navn"), max_length=200, blank=True)

    class Meta:
        abstract = True


class Historikk(HistoricalRecords):
    """simple-history's records, with door, actor and kommune; changes only."""

    def __init__(self):
        super().__init__(
            bases=(HistoriskRad,),
            custom_model_name=lambda navn: f"Historisk{navn}",
            history_change_reason_field=Fritekst(
                _("begrunnelse"), blank=True, default=""
            ),
            history_id_field=models.BigAutoField(),
            inherit=True,
        )

    def add_extra_methods(self, cls):
        """Adds none: saving without history is what this module is there to stop."""

    def fields_included(self, model):
        return [
            felt
            for felt in super().fields_included(model)
            if felt.name not in model.historikk_utelater
        ]

    def create_history_model(self, model, inherited):
        historikk = super().create_history_model(model, inherited)
        historikk._history_excluded_fields = list(model.historikk_utelater)
        return historikk

    def get_meta_options(self, model):
        navn, flertall = model._meta.verbose_name, model._meta.verbose_name_plural
        return super().get_meta_options(model) | {
            "verbose_name": format_lazy("{} ({})", navn, _("historikk")),
            "verbose_name_plural": format_lazy("{} ({})", flertall, _("historikk")),
            # It finds what has changed in a kommune since a day.
            "indexes": [models.Index(fields=["history_kommune", "history_date"])],
        }

    def finalize(self, sender, **kwargs):
        super().finalize(sender, **kwargs)
        if hasattr(sender._meta, "simple_history_manager_attribute"):
            models.signals.pre_save.connect(self.pre_save, sender=sender, weak=False)

    def pre_save(self, instance, using, update_fields=None, **kwargs):
        """Finds out whether anything changes; if so, raises the version first, so that
        writers of one kommune always take their locks in the same order, and whoever
        makes rows stand fast is waited for."""
        instance._er_endret = self.er_endret(instance, using, update_fields)
        if instance._er_endret:
            hev_versjon(instance.berorer(), using)
            sjekk_vern([instance])

    def post_save(self, instance, created, using=None, **kwargs):
        if instance._er_endret:
            self.create_historical_record(instance, "+" if created else "~", using)

    def pre_delete(self, instance, using=None, **kwargs):
        super().pre_delete(instance, using=using, **kwargs)
        # Once the row is gone, so may be what leads from it to its kommune.
        instance._slettet_fra = kommune_id(instance)
        hev_versjon(instance.berorer(), using)
        sjekk_vern([instance], sletting=True)

    def create_historical_record(self, instance, history_type, using=None):
        self.historisk_rad(instance, history_type).save(using=using)

    def historisk_rad(self, instance, history_type):
        """Returns the history row of a change, not saved."""
        na = _spor.get() or Spor()
        return _historikkmodell(type(instance))(
            history_date=timezone.now(),
            history_type=history_type,
            history_user=na.innlogget,
            history_aktor=str(na.innlogget or "")[:200],
            history_change_reason=na.begrunnelse,
            history_dor=na.dor,
            history_art=na.art,
            history_samling=na.samling,
            history_kommune_id=getattr(instance, "_slettet_fra", None)
            or kommune_id(instance),
            **{
                felt.attname: getattr(instance, felt.attname)
                for felt in self.fields_included(instance)
            },
        )

    def er_endret(self, instance, using=None, update_fields=None):
        """Whether saving the row would change what is stored."""
        if instance._state.adding:
            return True
        utelatt = instance.get_deferred_fields()
        felter = [
            felt
            for felt in self.fields_included(instance)
            if felt.attname not in utelatt
            and (
                update_fields is None
                or felt.name in update_fields
                or felt.attname in update_fields
            )
        ]
        rader = type(instance)._base_manager.using(using).filter(pk=instance.pk)
        lagret = rader.values(*(felt.attname for felt in felter)).first()
        return lagret is None or any(
            lagret[felt.attname] != felt.to_python(felt.pre_save(instance, add=False))
            for felt in felter
        )


@cache
def _historikkmodell(modell):
    # simple-history makes a class of managers each time somebody asks for one.
    return modell.historikk.model


HISTORIKK = Historikk()


class Historisert(models.Model):
    """Base of every model whose changes are traced.

    Attributes:
        kommune_sti: the way to the row's kommune as a look-up ("plan__kommune"), "pk"
            for the kommune itself, None for what belongs to no kommune.
        historikk_utelater: names of fields that never stand in the history.
        over_grensen: names of the foreign keys that may lead into another kommune.
        over_grensen_nar_delt: names of those that may do so where what they lead to is
            shared with the kommune, as `delt_med` of its model says.
        kan_hentes_tilbake: whether an earlier state, or a row that was deleted, can be
            brought back from the history; not where that would give somebody access.
        hentes_ikke_tilbake: names of fields that never come back: who somebody is, what
            gives access, what others have agreed to.
        angres_ikke: names of fields that stay as they are when an earlier state comes
            back, because more follows from them than the row itself; in a row that was
            deleted they do come back.
        kopieres: whether it comes along when what it belongs to is copied into the next
            plan; not what was said or asked of the old one.
    """

    kommune_sti: str | None = "kommune"
    historikk_utelater: tuple[str, ...] = ()
    over_grensen: tuple[str, ...] = ()
    over_grensen_nar_delt: tuple[str, ...] = ()
    kan_hentes_tilbake: bool = True
    hentes_ikke_tilbake: tuple[str, ...] = ()
    angres_ikke: tuple[str, ...] = ()
    kopieres: bool = True

    objects = HistorisertQuerySet.as_manager()
    historikk = HISTORIKK

    class Meta:
        abstract = True
        # What adds rows from the other end of a key (plan.kapitler.add) goes by this one.
        base_manager_name = "objects"

    def save(self, *args, **kwargs):
        # The row, its history and the version of its kommune: all or nothing.
        with transaction.atomic(), _samlet():
            super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        with transaction.atomic(), _samlet():
            slipp([self])
            return super().delete(*args, **kwargs)

    def clean(self):
        super().clean()
        sjekk_kommune(self)

    @classmethod
    def vern(cls, rader, *, sletting=False):
        """Raises a ValidationError when one of the rows stands fast: may not be saved as
        it is now, be added, or be deleted. In a number of queries that does not grow with
        the rows."""

    @classmethod
    def for_henting(cls, rader):
        """Fills in, before rows that were deleted are saved anew, what the history leaves
        out and what else must not be as if they were new."""

    @classmethod
    def etter_henting(cls, rader):
        """Puts right, once rows that were deleted are back, what their deletion changed
        elsewhere."""

    def berorer(self):
        """Returns the ids of the kommuner on whose pages the row stands: as a rule its
        own."""
        return {kommune_id(self)}

    @classmethod
    def berort_av(cls, rader):
        """Returns the same for many rows; a model that asks the database for it asks
        once."""
        return set().union(*(rad.berorer() for rad in rader))


# Many at once -------------------------------------------------------------------------

OM_GANGEN = 500


class FyltForMange:
    """A field whose value in a new row follows from the rows that are there."""

    def fyll(self, rader):
        """Gives it to rows that are to be saved together."""
        raise NotImplementedError


def opprett_mange(rader):
    """Saves new rows of one model, each with its history, in a few queries. All or
    nothing; the rows get their ids."""
    if not rader:
        return
    with transaction.atomic(), _samlet():
        hev_versjon(type(rader[0]).berort_av(rader))
        sjekk_vern(rader)
        for felt in type(rader[0])._meta.concrete_fields:
            if isinstance(felt, FyltForMange | Slugg):
                felt.fyll(rader)
        models.QuerySet(type(rader[0])).bulk_create(rader, batch_size=OM_GANGEN)
        _skriv_historikk(rader, "+")


def slett_mange(rader):
    """Deletes rows of one model that nothing else depends on, each with its history."""
    rader = list(rader)
    if not rader:
        return
    modell = type(rader[0])
    with transaction.atomic(), _samlet():
        hev_versjon(modell.berort_av(rader))
        sjekk_vern(rader, sletting=True)
        _skriv_historikk(rader, "-")
        for fra in range(0, len(rader), OM_GANGEN):
            pker = [rad.pk for rad in rader[fra : fra + OM_GANGEN]]
            bort = models.QuerySet(modell).filter(pk__in=pker)
            bort._raw_delete(bort.db)


def _skriv_historikk(rader, history_type):
    lag = HISTORIKK.historisk_rad
    historiske = [lag(rad, history_type) for rad in rader]
    type(historiske[0]).objects.bulk_create(historiske, batch_size=OM_GANGEN)


# The content version ------------------------------------------------------------------


class Versjon(models.PositiveBigIntegerField):
    """A number that only `hev_versjon` changes: a row that was read a while ago and is
    saved now must not set it back."""

    def pre_save(self, model_instance, add):
        return 1 if add else models.F(self.attname)


def hev_versjon(kommune_pker, using=None):
    """Marks the content of kommuner as changed; everything that is kept lapses."""
    kommuner = models.QuerySet(apps.get_model("slt.Kommune"), using=using)
    # One by one and in order, so that two writers never wait for each other.
    for pk in sorted(kommune_pker - {None}):
        kommuner.filter(pk=pk).update(versjon=models.F("versjon") + 1)
