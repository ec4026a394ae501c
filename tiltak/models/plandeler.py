"""What all that is part of a plan has in common."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import (
    HISTORIKK,
    Historisert,
    HistorisertQuerySet,
    sjekk_vern,
)

from .plan import AVLOST_STAR, Handlingsplan, planen_sees


def sjekk_samme_plan(rad, *felter):
    """Raises a ValidationError beside each named field that lies in another plan."""
    feil = {
        felt: ValidationError(_("Valget hører til en annen plan."), code="annen_plan")
        for felt in felter
        if (annen := getattr(rad, felt, None)) and annen.plan_id != rad.plan_id
    }
    if feil:
        raise ValidationError(feil)


class Plandel(Historisert):
    """Base of what is part of a plan, by whatever way: stands fast with it.

    Attributes:
        plan_sti: the look-up from a row to its plan; as a rule that to its kommune, less
            the last step.
    """

    # Whether it goes only as long as the plan is a draft: what stands in the plan by
    # itself. Taking off a link or a tjeneste is a change of the tiltak it belongs to.
    slettes_bare_i_utkast = False

    class Meta:
        abstract = True

    @classproperty
    def plan_sti(cls):  # noqa: N805
        return cls.kommune_sti.removesuffix("__kommune")

    @classmethod
    def vern(cls, rader, *, sletting=False):
        statuser = cls._planenes_statuser(rader)
        if Handlingsplan.Status.AVLOST in statuser:
            raise ValidationError(AVLOST_STAR, code="star_fast")
        i_utkast = statuser <= {Handlingsplan.Status.UTKAST}
        fast = sletting and cls.slettes_bare_i_utkast and not i_utkast
        if fast and cls.star_fast(rader):
            raise ValidationError(
                _("Det som står i en plan som gjelder, avsluttes, men slettes ikke."),
                code="star_fast",
            )

    @classmethod
    def star_fast(cls, rader):
        """Whether one of these rows of a plan that holds has been public."""
        return True

    @classmethod
    def _planenes_statuser(cls, rader):
        """The status, as stored, of each plan that a row lies in or is moved to."""
        forste, *resten = cls.plan_sti.split("__")
        felt = cls._meta.get_field(forste)
        til = {getattr(rad, felt.attname) for rad in rader}
        pker = [rad.pk for rad in rader if not rad._state.adding]
        if pker:
            lagret = cls._base_manager.filter(pk__in=pker)
            til.update(lagret.values_list(felt.attname, flat=True))
        status = "__".join([*resten, "status"])
        dit = felt.related_model._base_manager.filter(pk__in=til)
        # What stands in no plan is frozen with none.
        return set(dit.values_list(status, flat=True).distinct()) - {None}

    def clean(self):
        super().clean()
        if HISTORIKK.er_endret(self):
            sjekk_vern([self])


class Publisert(models.BooleanField):
    """Whether what stands in a plan is public as soon as the plan is: what is new in a
    plan that holds is not, unless somebody says so. What was public is ended, not
    removed; what was not, can go.

    What stands in no plan is public at once, as tjenester are: nobody has adopted it, and
    it waits for nothing. Its parts are public as it is."""

    def __init__(self, **kwargs):
        kwargs = {"verbose_name": _("publisert"), "editable": False} | kwargs
        super().__init__(**{"default": None, "blank": True} | kwargs)

    def pre_save(self, model_instance, add):
        if getattr(model_instance, self.attname) is None:
            setattr(model_instance, self.attname, self._fra_forst_av(model_instance))
        return getattr(model_instance, self.attname)

    @staticmethod
    def _fra_forst_av(rad):
        if rad.plan is None:
            return rad.overordnet is None or rad.overordnet.publisert
        return rad.plan.er_utkast


class DelAvPlanQuerySet(HistorisertQuerySet):
    """Rows of a plan, with an address of their own in it."""

    def synlige_for(self, bruker):
        return self.filter(planen_sees(bruker, "plan__"))

    def get_by_natural_key(self, nummer, plan, slug):
        return self.get(plan__kommune__nummer=nummer, plan__slug=plan, slug=slug)


def for_lesere(sti="", *, plan=None):
    """Returns a Q: that the readers of a plan get what stands in it: all of a draft, and
    what is published.

    Args:
        sti: the look-up from a row to what stands in the plan: "tiltak__".
        plan: the plan of all the rows, where that is known: it is not asked for then.
    """
    if plan is not None:
        return Q() if plan.er_utkast else Q(**{f"{sti}publisert": True})
    utkast = Q(**{f"{sti}plan__status": Handlingsplan.Status.UTKAST})
    return utkast | Q(**{f"{sti}publisert": True})


class PubliseresQuerySet(DelAvPlanQuerySet):
    """Rows that are published one by one while the plan holds."""

    def synlige_for(self, bruker):
        return self.filter(planen_sees(bruker, "plan__", publisert=Q(publisert=True)))

    def lesernes(self, plan=None):
        return self.filter(for_lesere(plan=plan))

    def upubliserte_i(self, plan):
        """What is not public yet of a plan that holds."""
        return self.filter(plan=plan, publisert=False)


class DelAvPlan(Plandel):
    """Base of what stands in a plan; the subclass has the foreign key `plan`."""

    kommune_sti = "plan__kommune"
    slettes_bare_i_utkast = True

    objects = DelAvPlanQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def kan_slettes(self):
        return self.plan.kan_slettes

    @property
    def kan_endres(self):
        return self.plan.kan_endres


class Publiseres(DelAvPlan):
    """Base of what is published one by one while the plan holds; the subclass has the
    field `publisert`."""

    objects = PubliseresQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def for_henting(cls, rader):
        """What was deleted while the plan was a draft is new in it by now."""
        for rad in rader:
            i_kraft = rad.plan and not rad.plan.er_utkast
            if i_kraft and rad.publisert and rad._ble_slettet_i_utkast():
                rad.publisert = False

    def _ble_slettet_i_utkast(self):
        slettet = type(self).historikk.filter(id=self.pk).order_by("history_id").last()
        planen = Handlingsplan.historikk.filter(
            id=self.plan_id, history_date__lte=slettet.history_date
        )
        da = planen.order_by("history_id").last()
        return da is not None and da.status == Handlingsplan.Status.UTKAST

    @property
    def er_upublisert(self):
        """Whether only those who write the plan see it, although the plan holds."""
        return not (self.publisert or self.plan.er_utkast)

    @property
    def kan_slettes(self):
        return self.plan.kan_slettes or (self.plan.kan_endres and self.er_upublisert)

    @classmethod
    def vern(cls, rader, *, sletting=False):
        super().vern(rader, sletting=sletting)
        lagret = cls._base_manager.filter(pk__in=[rad.pk for rad in rader])
        planer = dict(lagret.exclude(plan=None).values_list("pk", "plan"))
        if any(r.plan_id and planer.get(r.pk, r.plan_id) != r.plan_id for r in rader):
            raise ValidationError(
                _("Det som står i en plan, flyttes ikke til en annen."),
                code="star_fast",
            )

    @classmethod
    def star_fast(cls, rader):
        lagret = cls._base_manager.filter(pk__in=[rad.pk for rad in rader])
        return lagret.filter(publisert=True).exists()
