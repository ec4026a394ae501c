"""Where tiltak stand: their places in the plan, and what belongs to a tiltak."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import HistorisertQuerySet
from slt.grunn.ordliste import ORD
from slt.grunn.rekkefolge import Rekkefolge
from slt.grunn.tekst import Fritekst

from .innhold import Innsatsomrade
from .plan import AVLOST_STAR, Handlingsplan, planen_sees
from .plandeler import Plandel, for_lesere
from .tiltak import Tiltak, i_kraft


def planens_orden(sti=""):
    """Returns what to order rows by that lead to a tiltak: its place in the plan, each
    deltiltak right after the tiltak it is part of.

    Args:
        sti: the look-up from a row to its tiltak, with its underscores: "tiltak__".
    """
    hele = Coalesce(OuterRef(f"{sti}overordnet"), OuterRef(f"{sti}pk"))
    sted = Plassering.objects.filter(
        hoved=True, tiltak=hele, plan=OuterRef(f"{sti}plan")
    )
    steder = ("innsatsomrade__rekkefolge", "innsatsomrade", "nummer")
    return [
        *(Subquery(sted.values(felt)[:1]).asc(nulls_last=True) for felt in steder),
        F(f"{sti}overordnet").asc(nulls_first=True),
        f"{sti}rekkefolge",
        f"{sti}pk",
    ]


def sier_selv(plan, modell):
    """Returns {place in the plan that its readers get: its tiltak}, by id, of those for
    which rows of this `PaSted` hold alone. Asked once of a plan, and few: as a part of
    other queries, databases look through the rows of all kommuner for it."""
    husket = plan.__dict__.setdefault("_sier_selv", {})
    if modell not in husket:
        rader = modell.objects.filter(
            for_lesere("plassering__innsatsomrade__", plan=plan), plassering__plan=plan
        )
        husket[modell] = dict(rader.order_by().values_list("plassering", "tiltak"))
    return husket[modell]


def gjelder_i(plan, modell, *, steder=None, sti="", tiltak="tiltak__"):
    """Returns a Q: that a row of this `PaSted`, of a tiltak that stands in the plan, holds
    at some place there that its readers get; a query once, and 1 more where something is
    said of one place.

    Args:
        steder: a QuerySet: of the places in the plan, these alone.
        sti: the look-up to the row, and `tiltak` that to its tiltak, with underscores.
    """
    holder = Q(**{f"{sti}plassering": None})
    egne = sier_selv(plan, modell)
    if not egne:
        return holder
    steder = (plan.plasseringer if steder is None else steder).lesernes(plan)
    alle = steder.filter(tiltak__in=egne.values()).values_list("pk", "tiltak")
    her = [(pk, tiltak_pk) for pk, tiltak_pk in alle if pk in egne]
    andre = {tiltak_pk for pk, tiltak_pk in alle if pk not in egne}
    if bare_egne := {tiltak_pk for _pk, tiltak_pk in her} - andre:
        holder &= ~Q(**{f"{tiltak}pk__in": bare_egne})
    return holder | Q(**{f"{sti}plassering__in": [pk for pk, _tiltak in her]})


class DelAvTiltakQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        publisert = Q(tiltak__publisert=True)
        return self.filter(
            planen_sees(
                bruker, "tiltak__plan__", kommune="tiltak__kommune", publisert=publisert
            )
        )


class DelAvTiltak(Plandel):
    """Base of what belongs to one tiltak and goes with it."""

    # Of a tiltak that stands in no plan, too.
    kommune_sti = "tiltak__kommune"
    plan_sti = "tiltak__plan"

    objects = DelAvTiltakQuerySet.as_manager()

    class Meta:
        abstract = True


class PlasseringQuerySet(DelAvTiltakQuerySet):
    def synlige_for(self, bruker):
        """Where both the tiltak and the innsatsområde are, in both of their plans."""
        return self.filter(
            planen_sees(bruker, "tiltak__plan__", publisert=Q(tiltak__publisert=True)),
            planen_sees(bruker, "plan__", publisert=Q(innsatsomrade__publisert=True)),
        )

    def lesernes(self, plan):
        """Of those in a plan, what its readers get: the innsatsområde may not be public
        yet."""
        return self.filter(for_lesere("innsatsomrade__", plan=plan))

    def gjester(self):
        """In other plans than the tiltak's own."""
        return self.exclude(tiltak__plan=F("plan"))

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


def leses_av_alle(sti=""):
    """Returns a Q: that a tiltak has a page that all can read: itself, or of a deltiltak
    the whole, is published, and so is the innsatsområde in which that stands at home.

    Args:
        sti: the look-up from a row to its tiltak, with its underscores: "tiltak__".
    """
    hjemme = Plassering.objects.filter(
        hoved=True,
        plan=F("tiltak__plan"),
        tiltak__publisert=True,
        innsatsomrade__publisert=True,
    )
    tilbud = Q(**{f"{sti}plan": None})
    del_av_tilbud = Q(**{f"{sti}overordnet__publisert": True})
    return (
        Q(Exists(hjemme.filter(tiltak=OuterRef(f"{sti}pk"))))
        | Q(Exists(hjemme.filter(tiltak=OuterRef(f"{sti}overordnet"))))
        | tilbud & (Q(**{f"{sti}overordnet": None}) | del_av_tilbud)
    )


class OmradetsPlan(models.ForeignKey):
    """The plan of a row's innsatsområde, beside it: what must be so once in a plan, the
    database can look after then."""

    def __init__(self, to, on_delete, **kwargs):
        super().__init__(to, on_delete, **{"editable": False, "blank": True} | kwargs)

    def pre_save(self, model_instance, add):
        # A row of the history says what was.
        if isinstance(model_instance, Plassering):
            setattr(model_instance, self.attname, model_instance.innsatsomrade.plan_id)
        return super().pre_save(model_instance, add)


class Nummer(Rekkefolge):
    """The number of a tiltak: its place in the innsatsområde. Once the plan holds, numbers
    stand, and nobody makes room."""

    laveste = 1
    gis = False

    def flyttes(self, rad):
        return rad.innsatsomrade_id is not None and rad.innsatsomrade.plan.er_utkast

    def _siste(self, rad):
        return rad.innsatsomrade.neste_nummer - 1


class Plassering(DelAvTiltak):
    """Where a tiltak stands: innsatsområde and number, in its own plan or in another of
    the kommune. One in each plan is the main place there. It is one tiltak with one text;
    what differs at a further place, is said of that place."""

    # What people say of it ("Vold 4"), and so does not change once the plan holds.
    STED = ("innsatsomrade_id", "nummer", "tiltak_id")
    plan_sti = "innsatsomrade__plan"
    slettes_bare_i_utkast = True
    # Which is the main one, is chosen where all of them are seen.
    angres_ikke = ("hoved",)

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
    plan = OmradetsPlan(
        Handlingsplan,
        on_delete=models.PROTECT,
        related_name="plasseringer",
        verbose_name=_("plan"),
    )
    hoved = models.BooleanField(
        _("hovedplassering"),
        default=True,
        help_text=ORD["hovedplassering"].forklaring,
    )
    merknad = Fritekst(
        _("merknad her"),
        max_length=300,
        blank=True,
        help_text=_("Det som bare gjelder på denne plassen."),
    )
    forankring = Fritekst(
        _("forankret her hos"),
        blank=True,
        help_text=_("Når det er hos andre enn ellers. Én på hver linje, ikke navn."),
    )

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
                fields=["tiltak", "plan"],
                condition=Q(hoved=True),
                name="plassering_en_hoved_per_plan",
                violation_error_message=_(
                    "Tiltaket har allerede en hovedplassering i planen."
                ),
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
        if self.innsatsomrade_id:
            self.plan_id = self.innsatsomrade.plan_id
        self._sjekk_stedet()

    def _sjekk_stedet(self):
        # Of what is not filled in, the fields' own checks say so.
        if None not in (self.tiltak_id, self.innsatsomrade_id):
            self.sjekk(self.tiltak, self.innsatsomrade)

    @staticmethod
    def sjekk(tiltak, innsatsomrade):
        """Raises a ValidationError where the tiltak cannot stand there."""
        hjemme, her = tiltak.plan, innsatsomrade.plan
        if hjemme is None:
            raise ValidationError(_("Et tilbud uten plan tas først inn i en."))
        if hjemme.kommune_id != her.kommune_id:
            raise ValidationError(
                {"innsatsomrade": _("Innsatsområdet hører til en annen kommune.")}
            )
        if hjemme.pk != her.pk and hjemme.rekke_id == her.rekke_id:
            raise ValidationError(
                {
                    "innsatsomrade": _(
                        "Innsatsområdet hører til en annen plan i samme rekke. Dit "
                        "videreføres tiltaket."
                    )
                }
            )
        if tiltak.overordnet_id:
            raise ValidationError(
                _("Et deltiltak står under tiltaket det er del av, uten eget nummer.")
            )
        if hjemme.er_utkast and not her.er_utkast:
            raise ValidationError(
                {
                    "innsatsomrade": _(
                        "Tiltaket hører til et utkast, og kan ikke stå i en plan som "
                        "gjelder."
                    )
                },
                code="utkast",
            )
        if hjemme.status == Handlingsplan.Status.AVLOST != her.status:
            raise ValidationError(
                _("Tiltaket hører til en plan som er avløst."), code="star_fast"
            )

    @classmethod
    def for_henting(cls, rader):
        """Of its places in a plan, one is the main one, whichever was so before."""
        tiltakene = {rad.tiltak_id for rad in rader}
        hoved = cls.objects.filter(tiltak__in=tiltakene, hoved=True)
        har = set(hoved.values_list("tiltak", "plan"))
        for rad in sorted(rader, key=lambda rad: not rad.hoved):
            i_planen = rad.tiltak_id, rad.innsatsomrade.plan_id
            rad.hoved = i_planen not in har
            har.add(i_planen)

    @classmethod
    def vern(cls, rader, *, sletting=False):
        super().vern(rader, sletting=sletting)
        if sletting:
            return
        lagret = cls.objects.filter(pk__in=[rad.pk for rad in rader])
        steder = {pk: sted for pk, *sted in lagret.values_list("pk", *cls.STED)}
        faste = lagret.filter(tiltak__publisert=True).exclude(
            plan__status=Handlingsplan.Status.UTKAST
        )
        faste = set(faste.values_list("pk", flat=True))
        for rad in rader:
            sted = [getattr(rad, felt) for felt in cls.STED]
            if steder.get(rad.pk) == sted:
                continue
            rad._sjekk_stedet()
            if rad.pk in faste:
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
        """Where a tiltak stands in its own plan first, it does so to the end; from a
        further place it can be taken away."""
        lagret = cls.objects.filter(pk__in=[rad.pk for rad in rader])
        hjemme = lagret.filter(hoved=True, tiltak__plan=F("plan"))
        return hjemme.filter(tiltak__publisert=True).exists()

    @property
    def merkelapp(self):
        return f"{self.innsatsomrade.kortnavn} {self.nummer}"

    @property
    def er_gjest(self):
        """Whether it stands in another plan than the tiltak's own."""
        return self.plan_id != self.tiltak.plan_id

    @property
    def er_ekstra(self):
        """Whether there may be other rows here than elsewhere."""
        return not self.hoved or self.er_gjest

    @property
    def url(self):
        """Where the tiltak has a page as it stands here. (get_absolute_url would give
        each place a link of its own in the admin.)"""
        plan = self.plan if self.er_gjest else self.tiltak.plan
        return reverse(
            "tiltak:tiltak_detail",
            args=[
                plan.kommune.slug,
                plan.slug,
                self.innsatsomrade.slug,
                self.nummer,
            ],
        )


class PaStedQuerySet(DelAvTiltakQuerySet):
    def synlige_for(self, bruker):
        """And what is bound to a place, where that is seen."""
        # Not with "in": it would go through the places of all kommuner.
        sted = Plassering.objects.synlige_for(bruker).filter(pk=OuterRef("plassering"))
        return super().synlige_for(bruker).filter(Q(plassering=None) | Exists(sted))


class PaSted(DelAvTiltak):
    """Base of what belongs to a tiltak wherever it stands, or to one further place; then
    it takes the place there of all such rows that are bound to none."""

    plassering = models.ForeignKey(
        Plassering,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("gjelder bare på"),
        help_text=_("Tomt betyr overalt der det ikke er sagt noe annet."),
    )

    objects = PaStedQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.plassering_id:
            self._sjekk_plassering()

    def _sjekk_plassering(self):
        if self.plassering.tiltak_id != self.tiltak_id:
            raise ValidationError(
                {"plassering": _("Plasseringen hører til et annet tiltak.")}
            )
        if not self.plassering.er_ekstra:
            raise ValidationError(
                {
                    "plassering": _(
                        "Dette er hovedplasseringen. La feltet stå tomt, så gjelder det "
                        "der."
                    )
                }
            )

    @classmethod
    def vern(cls, rader, *, sletting=False):
        """Stands fast with the plan of its place, too, and of that it had."""
        super().vern(rader, sletting=sletting)
        lagret = cls.objects.filter(pk__in=[rad.pk for rad in rader])
        steder = {rad.plassering_id for rad in rader}
        steder |= set(lagret.values_list("plassering", flat=True))
        avloste = Plassering.objects.filter(
            pk__in=steder - {None}, plan__status=Handlingsplan.Status.AVLOST
        )
        if avloste.exists():
            raise ValidationError(AVLOST_STAR, code="star_fast")
        for rad in rader:
            if rad.plassering_id and not sletting:
                rad._sjekk_plassering()
