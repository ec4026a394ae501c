"""Where tiltak stand: their places in the plan, and what belongs to a tiltak."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import HistorisertQuerySet
from slt.grunn.rekkefolge import Rekkefolge

from .innhold import Innsatsomrade
from .plan import Handlingsplan, planen_sees
from .plandeler import Plandel
from .tiltak import Tiltak, i_kraft


def planens_orden(sti=""):
    """Returns what to order rows by that lead to a tiltak: its place in the plan, each
    deltiltak right after the tiltak it is part of.

    Args:
        sti: the look-up from a row to its tiltak, with its underscores: "tiltak__".
    """
    hele = Coalesce(OuterRef(f"{sti}overordnet"), OuterRef(f"{sti}pk"))
    sted = Plassering.objects.filter(hoved=True, tiltak=hele)
    steder = ("innsatsomrade__rekkefolge", "innsatsomrade", "nummer")
    return [
        *(Subquery(sted.values(felt)[:1]).asc(nulls_last=True) for felt in steder),
        F(f"{sti}overordnet").asc(nulls_first=True),
        f"{sti}rekkefolge",
        f"{sti}pk",
    ]


class DelAvTiltakQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        publisert = Q(tiltak__publisert=True)
        return self.filter(planen_sees(bruker, "tiltak__plan__", publisert=publisert))


class DelAvTiltak(Plandel):
    """Base of what belongs to one tiltak and goes with it."""

    kommune_sti = "tiltak__plan__kommune"

    objects = DelAvTiltakQuerySet.as_manager()

    class Meta:
        abstract = True


class PlasseringQuerySet(DelAvTiltakQuerySet):
    def synlige_for(self, bruker):
        """Where both the tiltak and the innsatsområde are."""
        publisert = Q(tiltak__publisert=True, innsatsomrade__publisert=True)
        return self.filter(planen_sees(bruker, "tiltak__plan__", publisert=publisert))

    def med_naboer(self):
        """Adds number and title of the places before and after in the innsatsområde, of
        tiltak that hold; no query more."""
        omradets = Plassering.objects.filter(
            i_kraft("tiltak__"), innsatsomrade=OuterRef("innsatsomrade")
        )
        for_ = omradets.filter(nummer__lt=OuterRef("nummer")).order_by("-nummer")
        etter = omradets.filter(nummer__gt=OuterRef("nummer")).order_by("nummer")
        return self.annotate(
            forrige_nummer=Subquery(for_.values("nummer")[:1]),
            forrige_tittel=Subquery(for_.values("tiltak__tittel")[:1]),
            neste_nummer=Subquery(etter.values("nummer")[:1]),
            neste_tittel=Subquery(etter.values("tiltak__tittel")[:1]),
        )


class Nummer(Rekkefolge):
    """The number of a tiltak: its place in the innsatsområde. Once the plan holds, numbers
    stand, and nobody makes room."""

    laveste = 1
    gis = False

    def flyttes(self, rad):
        return rad.innsatsomrade_id is not None and rad.innsatsomrade.plan.er_utkast


class Plassering(DelAvTiltak):
    """Where a tiltak stands: innsatsområde and number; one is the main place."""

    # What people say of it ("Vold 4"), and so does not change once the plan holds.
    STED = ("innsatsomrade_id", "nummer", "tiltak_id")
    slettes_bare_i_utkast = True

    tiltak = models.ForeignKey(
        Tiltak,
        on_delete=models.CASCADE,
        related_name="plasseringer",
        verbose_name=_("tiltak"),
    )
    innsatsomrade = models.ForeignKey(
        Innsatsomrade,
        on_delete=models.PROTECT,
        related_name="plasseringer",
        verbose_name=_("innsatsområde"),
    )
    nummer = Nummer(_("nummer"), innen=["innsatsomrade"])
    hoved = models.BooleanField(_("hovedplassering"), default=True)

    objects = PlasseringQuerySet.as_manager()

    class Meta:
        verbose_name = _("plassering")
        verbose_name_plural = _("plasseringer")
        ordering = ["-hoved", "innsatsomrade_id", "nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["innsatsomrade", "nummer"],
                name="plassering_nummer_er_eget",
                violation_error_message=_("Nummeret er allerede i bruk i området."),
            ),
            models.UniqueConstraint(
                fields=["tiltak", "innsatsomrade"],
                name="plassering_en_per_innsatsomrade",
                violation_error_message=_("Tiltaket står allerede i dette området."),
            ),
            models.UniqueConstraint(
                fields=["tiltak"],
                condition=Q(hoved=True),
                name="plassering_en_hoved_per_tiltak",
                violation_error_message=_("Tiltaket har allerede en hovedplassering."),
            ),
            models.CheckConstraint(
                condition=Q(nummer__gte=1),
                name="plassering_nummer_fra_en",
                violation_error_message=_("Numrene begynner på 1."),
            ),
        ]

    def __str__(self):
        return self.merkelapp

    def clean(self):
        super().clean()
        if not (self.tiltak_id and self.innsatsomrade_id):
            return
        if self.tiltak.plan_id != self.innsatsomrade.plan_id:
            raise ValidationError(
                {"innsatsomrade": _("Innsatsområdet hører til en annen plan.")}
            )
        if self.tiltak.overordnet_id:
            raise ValidationError(
                _("Et deltiltak står under tiltaket det er del av, uten eget nummer.")
            )

    @classmethod
    def vern(cls, rader, *, sletting=False):
        super().vern(rader, sletting=sletting)
        if sletting:
            return
        faste = cls.objects.filter(
            pk__in=[rad.pk for rad in rader], tiltak__publisert=True
        ).exclude(tiltak__plan__status=Handlingsplan.Status.UTKAST)
        lagret = {pk: sted for pk, *sted in faste.values_list("pk", *cls.STED)}
        for rad in rader:
            sted = [getattr(rad, felt) for felt in cls.STED]
            if lagret.get(rad.pk, sted) != sted:
                raise ValidationError(
                    {
                        "nummer": _(
                            "Planen gjelder, og da står numrene fast. Et tiltak som "
                            "flyttes, kan få en plassering til."
                        )
                    },
                    code="star_fast",
                )

    @classmethod
    def star_fast(cls, rader):
        lagret = cls.objects.filter(pk__in=[rad.pk for rad in rader])
        return lagret.filter(tiltak__publisert=True).exists()

    @property
    def merkelapp(self):
        return f"{self.innsatsomrade.kortnavn} {self.nummer}"

    @property
    def url(self):
        """Where the tiltak has a page as it stands here. (get_absolute_url would give
        each place a link of its own in the admin.)"""
        plan = self.tiltak.plan
        return reverse(
            "tiltak:tiltak_detail",
            args=[
                plan.kommune.slug,
                plan.slug,
                self.innsatsomrade.slug,
                self.nummer,
            ],
        )
