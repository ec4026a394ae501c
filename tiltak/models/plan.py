"""The plan itself, and what all that is part of one has in common."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import (
    HISTORIKK,
    Historisert,
    HistorisertQuerySet,
    sjekk_vern,
)
from slt.grunn.tekst import Fritekst
from slt.grunn.tid import Dag
from slt.models import Kommune, Tilgang, har_rett

ARSTALL = [MinValueValidator(1990), MaxValueValidator(2100)]
AVLOST_STAR = _("Planen er avløst, og står som den er.")


def sjekk_samme_plan(rad, *felter):
    """Raises a ValidationError beside each named field that lies in another plan."""
    feil = {
        felt: ValidationError(_("Valget hører til en annen plan."), code="annen_plan")
        for felt in felter
        if (annen := getattr(rad, felt, None)) and annen.plan_id != rad.plan_id
    }
    if feil:
        raise ValidationError(feil)


def planen_sees(bruker, sti=""):
    """Returns a Q: that the user sees a plan. What was adopted, everybody does; drafts,
    those of the kommune who write them and those who are to adopt them.

    Args:
        sti: the look-up from a row to its plan, with its underscores: "plan__". It is
            asked of the row's own plan, not of all that there are.
    """
    adoptert = ~Q(**{f"{sti}status": Handlingsplan.Status.UTKAST})
    roller = Tilgang.Rolle.KOORDINATOR, Tilgang.Rolle.POLITIRAD
    return adoptert | har_rett(bruker, f"{sti}kommune", *roller)


class HandlingsplanQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        return self.filter(planen_sees(bruker))

    def gjeldende_i(self, kommune):
        """The plan in force of a kommune, with it loaded, or None."""
        planer = self.gjeldende().select_related("kommune")
        return planer.filter(kommune=kommune).first()

    def gjeldende(self):
        return self.filter(status=Handlingsplan.Status.GJELDENDE)

    def for_periode(self, periode):
        """Takes a period as it stands in an address: "2024-2028"."""
        fra, _strek, til = periode.partition("-")
        return self.filter(fra_ar=fra, til_ar=til)

    def get_by_natural_key(self, nummer, periode):
        return self.for_periode(periode).get(kommune__nummer=nummer)


class Handlingsplan(Historisert):
    """What a kommune has set out to do about youth crime and drugs in a period."""

    class Status(models.TextChoices):
        UTKAST = "utkast", _("Utkast")
        GJELDENDE = "gjeldende", _("Gjeldende")
        AVLOST = "avlost", _("Avløst")

    class Vedtaksform(models.TextChoices):
        VEDTATT = "vedtatt", _("Vedtatt")
        SLUTTET_SEG_TIL = "sluttet_seg_til", _("Sluttet seg til")
        ETTERRETNING = "etterretning", _("Tatt til etterretning")

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="planer",
        verbose_name=_("kommune"),
    )
    tittel = Fritekst(_("tittel"), max_length=200)
    fra_ar = models.PositiveSmallIntegerField(_("fra år"), validators=ARSTALL)
    til_ar = models.PositiveSmallIntegerField(_("til år"), validators=ARSTALL)
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.UTKAST
    )
    ingress = Fritekst(
        _("ingress"),
        blank=True,
        help_text=_("Hva planen er, i to eller tre setninger. Står på forsiden."),
    )
    alder_fra = models.PositiveSmallIntegerField(
        _("målgruppe fra alder"), null=True, blank=True
    )
    alder_til = models.PositiveSmallIntegerField(
        _("målgruppe til og med alder"), null=True, blank=True
    )
    utarbeidet_av = Fritekst(
        _("utarbeidet av"),
        blank=True,
        help_text=_("Tjenester og funksjoner, ikke navn på personer."),
    )
    bygger_pa = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="avlost_av",
        verbose_name=_("bygger på"),
        help_text=_("Den forrige planen, når den også finnes her."),
    )
    bygger_pa_tekst = Fritekst(
        _("bygger på (tekst)"),
        max_length=200,
        blank=True,
        help_text=_("Den forrige planen, når den ikke finnes her."),
    )
    # How it came to hold may be unknown; it is never invented.
    vedtaksform = models.CharField(
        _("behandling"), max_length=20, choices=Vedtaksform, blank=True
    )
    vedtatt_av = Fritekst(_("behandlet av"), max_length=120, blank=True)
    vedtatt_dato = Dag(_("behandlet dato"), null=True, blank=True)
    vedtatt_sak = Fritekst(_("saksnummer"), max_length=60, blank=True)
    hull_er_publisert = models.BooleanField(
        _("vis hull i dekningen for alle"),
        default=False,
        help_text=_(
            "Uten hake er det bare koordinatorene som ser i ord hvor planen ikke har "
            "tiltak."
        ),
    )

    # What a plan may become. What was adopted is ended, not taken back.
    OVERGANGER = {
        Status.UTKAST: {Status.GJELDENDE, Status.AVLOST},
        Status.GJELDENDE: {Status.AVLOST},
        Status.AVLOST: set(),
    }

    objects = HandlingsplanQuerySet.as_manager()

    class Meta:
        verbose_name = _("handlingsplan")
        verbose_name_plural = _("handlingsplaner")
        ordering = ["kommune_id", "-fra_ar"]
        constraints = [
            models.CheckConstraint(
                condition=Q(til_ar__gte=F("fra_ar")),
                name="handlingsplan_slutter_etter_start",
                violation_error_message=_("Planen kan ikke slutte før den begynner."),
            ),
            models.CheckConstraint(
                condition=Q(alder_fra=None)
                | Q(alder_til=None)
                | Q(alder_til__gte=F("alder_fra")),
                name="handlingsplan_alder_i_rekkefolge",
                violation_error_message=_(
                    "Målgruppen kan ikke slutte før den begynner."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(vedtaksform="")
                | Q(vedtatt_av="", vedtatt_sak="", vedtatt_dato=None),
                name="handlingsplan_behandling_har_form",
                violation_error_message=_(
                    "Velg også hvordan planen ble behandlet: vedtatt, sluttet seg til "
                    "eller tatt til etterretning."
                ),
            ),
            models.UniqueConstraint(
                fields=["kommune"],
                condition=Q(status="gjeldende"),
                name="handlingsplan_en_gjeldende_per_kommune",
                violation_error_message=_("Kommunen har allerede en gjeldende plan."),
            ),
            models.UniqueConstraint(
                fields=["kommune", "fra_ar", "til_ar"],
                name="handlingsplan_en_per_periode",
                violation_error_message=_(
                    "Kommunen har allerede en plan for denne perioden."
                ),
            ),
        ]

    def __str__(self):
        if self.tittel_har_perioden:
            return self.tittel
        return f"{self.tittel} {self.fra_ar}–{self.til_ar}"

    def natural_key(self):
        return (self.kommune.nummer, self.periode)

    def get_absolute_url(self):
        return reverse(
            "tiltak:handlingsplan_detail", args=[self.kommune.slug, self.periode]
        )

    def clean(self):
        super().clean()
        if HISTORIKK.er_endret(self):
            sjekk_vern([self])
        if self._bygger_pa_seg_selv():
            raise ValidationError(
                {"bygger_pa": _("Planene kan ikke bygge på hverandre i ring.")}
            )

    def _bygger_pa_seg_selv(self):
        under, passert = self.bygger_pa, {self.pk}
        while under is not None and under.pk not in passert:
            passert.add(under.pk)
            under = under.bygger_pa
        return under is not None

    @classmethod
    def vern(cls, rader, *, sletting=False):
        lagret = dict(
            cls.objects.filter(pk__in=[rad.pk for rad in rader]).values_list(
                "pk", "status"
            )
        )
        for rad in rader:
            var = lagret.get(rad.pk)
            if var is None:
                continue
            if sletting and var != cls.Status.UTKAST:
                raise ValidationError(
                    _("En plan som gjelder, kan avløses, men ikke slettes."),
                    code="star_fast",
                )
            if not sletting and var == cls.Status.AVLOST:
                raise ValidationError(AVLOST_STAR, code="star_fast")
            if not sletting and rad.status not in {var, *cls.OVERGANGER[var]}:
                raise ValidationError(
                    _("En plan som gjelder, blir ikke utkast igjen."), code="star_fast"
                )

    @property
    def periode(self):
        """The period as it stands in an address."""
        return f"{self.fra_ar}-{self.til_ar}"

    @property
    def tittel_har_perioden(self):
        """Whether the title says it already, in full or as 2024–28."""
        til = f"(?:{self.til_ar}|{self.til_ar % 100:02})"
        perioden = rf"\b{self.fra_ar}\s*(?:[-‐‑–—−/]|til)\s*{til}\b"
        return re.search(perioden, self.tittel) is not None

    @property
    def er_utkast(self):
        return self.status == self.Status.UTKAST

    @property
    def kan_slettes(self):
        """What was adopted is ended, not erased."""
        return self.er_utkast

    @property
    def kan_endres(self):
        """A plan that was superseded stands as it was, with all that is part of it."""
        return self.status != self.Status.AVLOST

    @property
    def filnavn(self):
        """The name, without ending, of a file that holds the plan."""
        return f"slt-handlingsplan-{self.kommune.slug}-{self.periode}"

    @property
    def malgruppe(self):
        """Whom the plan is for, in words; empty when it does not say."""
        if self.alder_fra is None or self.alder_til is None:
            return ""
        return _("barn og unge i alderen %(fra)d–%(til)d år") % {
            "fra": self.alder_fra,
            "til": self.alder_til,
        }

    @property
    def bygger_pa_navn(self):
        """What the plan builds on, in words. A draft is nobody's yet: its title is not
        said on a page that everybody reads."""
        if self.bygger_pa_id and not self.bygger_pa.er_utkast:
            return str(self.bygger_pa)
        return self.bygger_pa_tekst

    @property
    def behandling(self):
        """How the plan came to hold, as a sentence without its full stop, as far as that
        is known; may be empty."""
        if not self.vedtaksform:
            return ""
        deler = [self._behandlet_av]
        if self.vedtatt_dato:
            deler.append(date_format(self.vedtatt_dato, "j. F Y"))
        if self.vedtatt_sak:
            deler.append(_("(sak %s)") % self.vedtatt_sak)
        return " ".join(str(del_) for del_ in deler)

    @property
    def _behandlet_av(self):
        """Form and body. Who joins in is the subject; what is adopted has none."""
        if self.vedtaksform == self.Vedtaksform.SLUTTET_SEG_TIL:
            if not self.vedtatt_av:
                return _("Planen fikk tilslutning")
            return _("%s sluttet seg til planen") % capfirst(self.vedtatt_av)
        form = self.get_vedtaksform_display()
        if not self.vedtatt_av:
            return form
        return _("%(form)s av %(hvem)s") % {"form": form, "hvem": self.vedtatt_av}


class Plandel(Historisert):
    """Base of what is part of a plan, by whatever way: stands fast with it.

    The way to its plan is that to its kommune, less the last step.
    """

    # Whether it goes only as long as the plan is a draft: what stands in the plan by
    # itself. Taking off a link or a tjeneste is a change of the tiltak it belongs to.
    slettes_bare_i_utkast = False

    class Meta:
        abstract = True

    @classmethod
    def vern(cls, rader, *, sletting=False):
        statuser = cls._planenes_statuser(rader)
        if Handlingsplan.Status.AVLOST in statuser:
            raise ValidationError(AVLOST_STAR, code="star_fast")
        i_utkast = statuser <= {Handlingsplan.Status.UTKAST}
        if sletting and cls.slettes_bare_i_utkast and not i_utkast:
            raise ValidationError(
                _("Det som står i en plan som gjelder, avsluttes, men slettes ikke."),
                code="star_fast",
            )

    @classmethod
    def _planenes_statuser(cls, rader):
        """The status, as stored, of each plan that a row lies in or is moved to."""
        forste, *resten = cls.kommune_sti.split("__")[:-1]
        felt = cls._meta.get_field(forste)
        til = {getattr(rad, felt.attname) for rad in rader}
        pker = [rad.pk for rad in rader if not rad._state.adding]
        if pker:
            lagret = cls._base_manager.filter(pk__in=pker)
            til.update(lagret.values_list(felt.attname, flat=True))
        status = "__".join([*resten, "status"])
        dit = felt.related_model._base_manager.filter(pk__in=til)
        return set(dit.values_list(status, flat=True).distinct())

    def clean(self):
        super().clean()
        if HISTORIKK.er_endret(self):
            sjekk_vern([self])


class DelAvPlanQuerySet(HistorisertQuerySet):
    """Rows of a plan, with an address of their own in it."""

    def synlige_for(self, bruker):
        return self.filter(planen_sees(bruker, "plan__"))

    def get_by_natural_key(self, nummer, periode, slug):
        fra, _strek, til = periode.partition("-")
        return self.get(
            plan__kommune__nummer=nummer,
            plan__fra_ar=fra,
            plan__til_ar=til,
            slug=slug,
        )


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
