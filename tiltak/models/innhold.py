"""What stands in a plan beside its tiltak: chapters, focus areas, goals, documents."""

import re

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from slt.grunn.den_dagen import dagen
from slt.grunn.norsk import Slugg
from slt.grunn.rekkefolge import Rekkefolge, egen_plass
from slt.grunn.tekst import Fritekst, Nettadresse
from slt.grunn.tid import Dag
from slt.models import Kommune

from .plan import ARSTALL, Handlingsplan, planen_sees
from .plandeler import (
    DelAvPlan,
    DelAvPlanQuerySet,
    Publiseres,
    PubliseresQuerySet,
    Publisert,
    sjekk_samme_plan,
)

# One paragraph, in brackets: what belongs there, which is to be written over.
USKREVET = r"^\s*<p>\s*\[[^\[\]]*\]\s*</p>\s*$"


class KapittelQuerySet(PubliseresQuerySet):
    def lesernes(self, plan=None):
        """Of a draft, too, only what somebody has written."""
        return super().lesernes(plan).exclude(tekst__regex=USKREVET)

    def upubliserte_i(self, plan):
        """What nobody has written, can't be published yet."""
        return super().upubliserte_i(plan).exclude(tekst__regex=USKREVET)

    def uskrevne(self):
        """Those that say no more than what belongs in them."""
        return self.filter(tekst__regex=USKREVET)


class Kapittel(Publiseres):
    """A chapter of the plan: background, knowledge, organisation, evaluation."""

    class Figur(models.TextChoices):
        SLT_NIVAER = "slt_nivaer", _("de tre nivåene i SLT-modellen")
        PYRAMIDE = "pyramide", _("pyramiden med tiltak per forebyggingsnivå")

    plan = models.ForeignKey(
        Handlingsplan,
        on_delete=models.PROTECT,
        related_name="kapitler",
        verbose_name=_("plan"),
    )
    tittel = Fritekst(_("tittel"), max_length=120)
    slug = Slugg(_("adresse"), av_felt="tittel", innen=("plan",))
    rekkefolge = Rekkefolge(_("rekkefølge"), innen=["plan"])
    tekst = Fritekst(_("tekst"), rik=True, bilder=True)
    figur = models.CharField(
        _("figur"),
        max_length=20,
        choices=Figur,
        blank=True,
        help_text=_("Tegnes av det som står i planen, og følger den når den endres."),
    )
    publisert = Publisert()

    objects = KapittelQuerySet.as_manager()

    class Meta:
        verbose_name = _("kapittel")
        verbose_name_plural = _("kapitler")
        ordering = ["plan_id", "rekkefolge", "pk"]
        constraints = [
            egen_plass("plan", navn="kapittel_egen_plass"),
            models.UniqueConstraint(
                fields=["plan", "slug"],
                name="kapittel_slug_er_egen",
                violation_error_message=_("Planen har allerede et slikt kapittel."),
            ),
        ]

    def __str__(self):
        return self.tittel

    def natural_key(self):
        return (*self.plan.natural_key(), self.slug)

    @property
    def er_uskrevet(self):
        """Whether all that it says is what belongs in it, in brackets."""
        return re.search(USKREVET, self.tekst) is not None


class Innsatsomrade(Publiseres):
    """A focus area from the agreement between kommune and police."""

    plan = models.ForeignKey(
        Handlingsplan,
        on_delete=models.PROTECT,
        related_name="innsatsomrader",
        verbose_name=_("plan"),
    )
    navn = Fritekst(_("navn"), max_length=120)
    kortnavn = Fritekst(
        _("kortnavn"),
        max_length=20,
        help_text=_("Brukes der områdene blandes: «Vold 4»."),
    )
    slug = Slugg(_("adresse"), av_felt="navn", innen=("plan",))
    rekkefolge = Rekkefolge(_("rekkefølge"), innen=["plan"])
    tekst = Fritekst(_("tekst"), rik=True, blank=True)
    publisert = Publisert()

    class Meta:
        verbose_name = _("innsatsområde")
        verbose_name_plural = _("innsatsområder")
        ordering = ["plan_id", "rekkefolge", "pk"]
        constraints = [
            egen_plass("plan", navn="innsatsomrade_egen_plass"),
            models.UniqueConstraint(
                fields=["plan", "slug"],
                name="innsatsomrade_slug_er_egen",
                violation_error_message=_("Planen har allerede dette innsatsområdet."),
            ),
            models.UniqueConstraint(
                fields=["plan", "kortnavn"],
                name="innsatsomrade_kortnavn_er_eget",
                violation_error_message=_(
                    "Et annet innsatsområde har dette kortnavnet."
                ),
            ),
        ]

    def __str__(self):
        return self.navn

    def natural_key(self):
        return (*self.plan.natural_key(), self.slug)

    def get_absolute_url(self):
        return reverse(
            "tiltak:innsatsomrade_detail",
            args=[self.plan.kommune.slug, self.plan.slug, self.slug],
        )

    @property
    def neste_nummer(self):
        """The next free number, whatever the level of the tiltak that takes it. In a plan
        that holds, one that somebody had is nobody else's."""
        stedene = [self.plasseringer]
        if not self.plan.er_utkast:
            historikk = self.plasseringer.model.historikk
            stedene.append(historikk.filter(innsatsomrade=self.pk, history_type="-"))
        hoyeste = (s.aggregate(n=models.Max("nummer"))["n"] or 0 for s in stedene)
        return max(hoyeste) + 1


class MalsettingQuerySet(DelAvPlanQuerySet):
    def synlige_for(self, bruker):
        """Where what it is a goal of is seen."""
        return self.filter(planen_sees(bruker, "plan__", publisert=self._offentlig()))

    def lesernes(self):
        utkast = Q(plan__status=Handlingsplan.Status.UTKAST)
        return self.filter(utkast | self._offentlig())

    @staticmethod
    def _offentlig():
        omrade = Q(innsatsomrade=None) | Q(innsatsomrade__publisert=True)
        return omrade & (Q(tiltak=None) | Q(tiltak__publisert=True))


class Malsetting(DelAvPlan):
    """Something that the plan, an innsatsområde or a tiltak wants to reach."""

    class Type(models.TextChoices):
        VISJON = "visjon", _("visjon")
        HOVEDMAL = "hovedmal", _("hovedmål")
        STRATEGI = "strategi", _("strategi")
        RESULTATMAL = "resultatmal", _("resultatmål")

    plan = models.ForeignKey(
        Handlingsplan,
        on_delete=models.PROTECT,
        related_name="malsettinger",
        verbose_name=_("plan"),
    )
    innsatsomrade = models.ForeignKey(
        Innsatsomrade,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="malsettinger",
        verbose_name=_("innsatsområde"),
        help_text=_("Tomt når målsettingen gjelder hele planen."),
    )
    tiltak = models.ForeignKey(
        "tiltak.Tiltak",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="malsettinger",
        verbose_name=_("tiltak"),
    )
    type = models.CharField(_("type"), max_length=20, choices=Type)
    tekst = Fritekst(_("tekst"))
    rekkefolge = Rekkefolge(_("rekkefølge"), innen=["plan", "innsatsomrade", "tiltak"])

    objects = MalsettingQuerySet.as_manager()

    class Meta:
        verbose_name = _("målsetting")
        verbose_name_plural = _("målsettinger")
        ordering = ["plan_id", "rekkefolge", "pk"]
        constraints = [
            egen_plass(
                "plan",
                navn="malsetting_egen_plass_i_planen",
                condition=Q(innsatsomrade=None, tiltak=None),
            ),
            egen_plass("innsatsomrade", navn="malsetting_egen_plass_i_omradet"),
            egen_plass("tiltak", navn="malsetting_egen_plass_i_tiltaket"),
            models.CheckConstraint(
                condition=Q(innsatsomrade=None) | Q(tiltak=None),
                name="malsetting_gjelder_ett",
                violation_error_message=_(
                    "Målsettingen kan gjelde et innsatsområde eller et tiltak, ikke "
                    "begge."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_type_display()}: {self.tekst[:60]}"

    def clean(self):
        super().clean()
        sjekk_samme_plan(self, "innsatsomrade", "tiltak")


class StyringsdokumentQuerySet(DelAvPlanQuerySet):
    def uten_plan(self):
        """Those that the model itself rests on, whatever plan there is."""
        return self.filter(plan=None)

    def utlopte(self):
        return self.filter(utloper__lt=dagen())


class Styringsdokument(DelAvPlan):
    """A document that a plan rests on or must be seen together with; or, without a plan,
    that the SLT model itself rests on."""

    class Art(models.TextChoices):
        PLAN = "plan", _("plan eller strategi")
        VEDTAK = "vedtak", _("vedtak")
        AVTALE = "avtale", _("avtale")
        FORING = "foring", _("lov, konvensjon eller annen føring")

    class Forhold(models.TextChoices):
        BYGGER_PA = "bygger_pa", _("planen bygger på")
        SES_MED = "ses_med", _("planen må ses i sammenheng med")

    kommune_sti = "kommune"
    plan_sti = "plan"

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="styringsdokumenter",
        verbose_name=_("kommune"),
    )
    plan = models.ForeignKey(
        Handlingsplan,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="styringsdokumenter",
        verbose_name=_("plan"),
    )
    tittel = Fritekst(_("tittel"), max_length=200)
    art = models.CharField(_("art"), max_length=20, choices=Art, default=Art.PLAN)
    # What it is to its plan; without one, it says nothing.
    forhold = models.CharField(
        _("forhold til planen"),
        max_length=20,
        choices=Forhold,
        default=Forhold.SES_MED,
        help_text=_("Hva dokumentet er for planen."),
    )
    fra_ar = models.PositiveSmallIntegerField(
        _("fra år"), null=True, blank=True, validators=ARSTALL
    )
    til_ar = models.PositiveSmallIntegerField(
        _("til år"), null=True, blank=True, validators=ARSTALL
    )
    vedtatt = Fritekst(
        _("vedtatt"),
        max_length=40,
        blank=True,
        help_text=_("Når dokumentet ble vedtatt, for eksempel «januar 2024»."),
    )
    revideres = Fritekst(
        _("revideres"),
        max_length=40,
        blank=True,
        help_text=_("Når dokumentet revideres eller blir ferdig."),
    )
    parter = Fritekst(
        _("parter"),
        max_length=200,
        blank=True,
        help_text=_(
            "Hvem avtalen er mellom, eller hvem som vedtok dokumentet: organer og "
            "funksjoner, ikke navn på personer."
        ),
    )
    inngatt = Dag(
        _("inngått"),
        null=True,
        blank=True,
        help_text=_("Dagen avtalen ble undertegnet, eller dokumentet ble vedtatt."),
    )
    utloper = Dag(
        _("utløper"),
        null=True,
        blank=True,
        help_text=_("Siste dagen den gjelder. Tomt når ingen slutt er avtalt."),
    )
    tekst = Fritekst(_("hva det er"), blank=True)
    lenke = Nettadresse(_("lenke"), max_length=500, blank=True)
    rekkefolge = Rekkefolge(_("rekkefølge"), innen=["kommune", "plan"])

    objects = StyringsdokumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("styringsdokument")
        verbose_name_plural = _("styringsdokumenter")
        ordering = ["kommune_id", "plan_id", "rekkefolge", "pk"]
        constraints = [
            egen_plass("kommune", "plan", navn="styringsdokument_egen_plass"),
            egen_plass(
                "kommune",
                navn="styringsdokument_egen_plass_uten_plan",
                condition=Q(plan=None),
            ),
            models.CheckConstraint(
                condition=Q(fra_ar=None) | Q(til_ar=None) | Q(til_ar__gte=F("fra_ar")),
                name="styringsdokument_slutter_etter_start",
                violation_error_message=_("Perioden kan ikke slutte før den begynner."),
            ),
            models.CheckConstraint(
                condition=Q(inngatt=None)
                | Q(utloper=None)
                | Q(utloper__gte=F("inngatt")),
                name="styringsdokument_utloper_etter_inngatt",
                violation_error_message=_(
                    "Dokumentet kan ikke utløpe før det ble inngått."
                ),
            ),
            models.UniqueConstraint(
                fields=["plan", "tittel"],
                name="styringsdokument_tittel_er_egen",
                violation_error_message=_("Dokumentet står allerede i planen."),
            ),
            models.UniqueConstraint(
                fields=["kommune", "tittel"],
                condition=Q(plan=None),
                name="styringsdokument_tittel_er_egen_uten_plan",
                violation_error_message=_("Kommunen har allerede et slikt dokument."),
            ),
        ]

    def __str__(self):
        return self.tittel

    @property
    def kan_slettes(self):
        return self.plan is None or super().kan_slettes

    @property
    def kan_endres(self):
        return self.plan is None or super().kan_endres

    @property
    def er_utlopt(self):
        return self.utloper is not None and self.utloper < dagen()

    @property
    def nar(self):
        """Parties, period, adoption, expiry and revision, as far as they are known."""
        vedtatt = self.vedtatt and _("vedtatt %s") % self.vedtatt
        deler = [self._opphav, self._arene, vedtatt, self._varighet, self.revideres]
        return ", ".join(str(del_) for del_ in deler if del_)

    @property
    def _arene(self):
        return f"{self.fra_ar}–{self.til_ar or ''}" if self.fra_ar else ""

    @property
    def _opphav(self):
        """Who made it, and the day: "avtale mellom … inngått 1. mars 2024"."""
        if not self.parter and self.inngatt is None:
            return ""
        er_avtale = self.art == self.Art.AVTALE
        mellom = _("avtale mellom %s") if er_avtale else _("vedtatt av %s")
        uten_parter = _("avtale") if er_avtale else _("vedtatt")
        deler = [mellom % self.parter if self.parter else uten_parter]
        if self.inngatt:
            dag = date_format(self.inngatt, "j. F Y")
            deler.append(_("inngått %s") % dag if er_avtale else dag)
        return " ".join(str(del_) for del_ in deler)

    @property
    def _varighet(self):
        if self.utloper is None:
            return ""
        ord_ = _("gikk ut %s") if self.er_utlopt else _("gjelder til %s")
        return ord_ % date_format(self.utloper, "j. F Y")
