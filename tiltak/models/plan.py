"""The plan itself, and what all that is part of one has in common."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from slt.grunn.den_dagen import dagen
from slt.grunn.historikk import (
    HISTORIKK,
    Historisert,
    HistorisertQuerySet,
    sjekk_vern,
)
from slt.grunn.norsk import Slugg
from slt.grunn.tekst import Fritekst
from slt.grunn.tid import Dag
from slt.models import PLANLESER, Kommune, har_rett

from .planrekker import SER_UTKAST, Planrekke

ARSTALL = [MinValueValidator(1990), MaxValueValidator(2100)]
AVLOST_STAR = _("Planen er avløst, og står som den er.")
RING = {
    "bygger_pa": _("Planene kan ikke bygge på hverandre i ring."),
    "del_av": _("Planene kan ikke være deler av hverandre i ring."),
}


def planen_sees(bruker, sti="", *, kommune=None, publisert=None):
    """Returns a Q: that the user sees a plan. What was adopted, everybody does; drafts,
    and what is not published yet, those of the kommune who write them and those who are
    to adopt them; and a draft whoever was let in to read that.

    Args:
        sti: the look-up from a row to its plan, with its underscores: "plan__". It is
            asked of the row's own plan, not of all that there are.
        kommune: the look-up to its kommune, where that is not by the plan. What stands
            in no plan is seen then as in one that was adopted.
        publisert: a Q: that what the row stands in is published.
    """
    adoptert = ~Q(**{f"{sti}status": Handlingsplan.Status.UTKAST})
    if publisert is not None:
        adoptert &= publisert
    return adoptert | utkastet_sees(bruker, sti, kommune=kommune)


def utkastet_sees(bruker, sti="", *, kommune=None):
    """Returns a Q: that the user sees what is said of a plan as long as it is a draft. The
    arguments are those of `planen_sees`."""
    utkast = Q(**{f"{sti}status": Handlingsplan.Status.UTKAST})
    leser = utkast & har_rett(bruker, f"{sti}pk", PLANLESER)
    return har_rett(bruker, kommune or f"{sti}kommune", *SER_UTKAST) | leser


class HandlingsplanQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        return self.filter(planen_sees(bruker))

    def gjeldende_i(self, kommune):
        """The plan in force that stands for the kommune, with it loaded, or None: that of
        the main rekke, or another while that has none."""
        planer = self.gjeldende().select_related("kommune")
        return planer.filter(kommune=kommune).i_rekker().first()

    def gjeldende(self):
        return self.filter(status=Handlingsplan.Status.GJELDENDE)

    def har_gjeldt(self):
        """Those that are in force or have been."""
        return self.exclude(status=Handlingsplan.Status.UTKAST)

    def utkast(self):
        return self.filter(status=Handlingsplan.Status.UTKAST)

    def i_rekker(self):
        """The main rekke first, in each the newest plan first."""
        rekke = ("-rekke__hoved", "rekke__navn__norsk", "rekke")
        return self.order_by(*rekke, "-fra_ar", "-til_ar", "pk")

    def get_by_natural_key(self, nummer, slug):
        return self.get(kommune__nummer=nummer, slug=slug)


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
    rekke = models.ForeignKey(
        Planrekke,
        on_delete=models.PROTECT,
        related_name="planer",
        verbose_name=_("planrekke"),
        help_text=_("Planene som følger etter hverandre i tid."),
    )
    del_av = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deler",
        verbose_name=_("del av"),
        help_text=_("Planen denne er en del av, for eksempel et fireårig program."),
    )
    # Kept once it holds: people have linked to it.
    slug = Slugg(_("adresse"), av_felt="onsket_slug")
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
    malgruppe_tekst = Fritekst(
        _("målgruppe i ord"),
        max_length=200,
        blank=True,
        help_text=_("Hvem planen ellers er for, for eksempel «og foreldrene deres»."),
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
    vedtatt_dato = Dag(_("dato for behandlingen"), null=True, blank=True)
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

    # How a plan was treated.
    BEHANDLINGEN = ("vedtaksform", "vedtatt_av", "vedtatt_dato", "vedtatt_sak")

    # What a plan has come to is not undone by bringing back its texts.
    angres_ikke = ("status", *BEHANDLINGEN)

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
            models.CheckConstraint(
                condition=~Q(status="utkast") | Q(vedtaksform=""),
                name="handlingsplan_utkast_er_ikke_behandlet",
                violation_error_message=_(
                    "Et utkast er ikke behandlet. Registrer behandlingen i stedet."
                ),
            ),
            models.UniqueConstraint(
                fields=["rekke"],
                condition=Q(status="gjeldende"),
                name="handlingsplan_en_gjeldende_per_rekke",
                violation_error_message=_(
                    "En annen plan gjelder allerede. Den må avløses først."
                ),
            ),
            models.UniqueConstraint(
                fields=["rekke", "fra_ar", "til_ar"],
                name="handlingsplan_en_per_periode",
                violation_error_message=_(
                    "Det finnes allerede en plan for denne perioden."
                ),
            ),
            models.UniqueConstraint(
                fields=["kommune", "slug"],
                name="handlingsplan_slug_er_egen",
                violation_error_message=_(
                    "Kommunen har allerede en plan med denne adressen."
                ),
            ),
            models.CheckConstraint(
                condition=Q(del_av=None) | ~Q(del_av=F("pk")),
                name="handlingsplan_er_ikke_del_av_seg_selv",
                violation_error_message=_("En plan kan ikke være del av seg selv."),
            ),
        ]

    def __str__(self):
        if self.tittel_har_perioden:
            return self.tittel
        return f"{self.tittel} {self.periode}"

    def natural_key(self):
        return (self.kommune.nummer, self.slug)

    def get_absolute_url(self):
        return reverse(
            "tiltak:handlingsplan_detail", args=[self.kommune.slug, self.slug]
        )

    def clean(self):
        super().clean()
        self._folg_perioden()
        if HISTORIKK.er_endret(self):
            sjekk_vern([self])
        if self.pk and not self.er_utkast:
            self._sjekk_gjester()
        for felt in ("bygger_pa", "del_av"):
            if self._leder_til_seg_selv(felt):
                raise ValidationError({felt: RING[felt]})
        self._sjekk_perioden()

    def _folg_perioden(self):
        """A draft moves with its years, unless another plan of the rekke has them: of
        that, the constraint says what is wrong."""
        if not self.er_utkast or self.rekke_id is None:
            return
        andre = self.rekke.planer.exclude(pk=self.pk)
        if not andre.filter(fra_ar=self.fra_ar, til_ar=self.til_ar).exists():
            self.slug = self.onsket_slug

    def _leder_til_seg_selv(self, felt):
        neste, passert = getattr(self, felt), {self.pk}
        while neste is not None and neste.pk not in passert:
            passert.add(neste.pk)
            neste = getattr(neste, felt)
        return neste is not None

    def _sjekk_perioden(self):
        """Plans of a rekke follow each other: one may begin in the year in which another
        ends, or earlier where it is the one that takes its place."""
        if None in (self.rekke_id, self.fra_ar, self.til_ar):
            return
        samtidig = self.rekke.planer.exclude(pk__in=[self.pk, self.bygger_pa_id])
        samtidig = samtidig.exclude(bygger_pa=self.pk) if self.pk else samtidig
        samtidig = samtidig.exclude(status=self.Status.AVLOST)
        # Of the very same period, the constraint says so.
        samtidig = samtidig.exclude(fra_ar=self.fra_ar, til_ar=self.til_ar)
        annen = samtidig.filter(fra_ar__lt=self.til_ar, til_ar__gt=self.fra_ar).first()
        if annen and self.status != self.Status.AVLOST:
            raise ValidationError(
                {
                    "fra_ar": _(
                        "Perioden overlapper %(periode)s i samme planrekke. Velg den "
                        "planen under «bygger på» hvis denne avløser den."
                    )
                    % {"periode": annen.periode}
                },
                code="overlapper",
            )

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
            if var == cls.Status.UTKAST != rad.status:
                rad._sjekk_gjester()
        if not sletting:
            # Who else writes in the kommune waits, whatever the door.
            for rad in rader:
                rad._sjekk_perioden()

    def _sjekk_gjester(self):
        """Raises a ValidationError while tiltak of other drafts stand in this one."""
        utkast = self.plasseringer.gjester().filter(
            tiltak__plan__status=self.Status.UTKAST
        )
        if sted := utkast.select_related("tiltak__plan").first():
            raise ValidationError(
                {
                    "status": _(
                        "«%(tiltak)s» hører til %(plan)s, som er et utkast. Vedta den "
                        "planen først."
                    )
                    % {"tiltak": sted.tiltak, "plan": sted.tiltak.plan}
                },
                code="utkast",
            )

    @cached_property
    def gjester(self):
        """The ids of the tiltak that readers find here, and that have their home in
        another plan of the kommune; 1 query."""
        gjestene = self.plasseringer.gjester().lesernes(self)
        return list(gjestene.values_list("tiltak", flat=True))

    @property
    def periode(self):
        """The years as people write them: "2024–2028", or "2026"."""
        if self.fra_ar == self.til_ar:
            return str(self.fra_ar)
        return f"{self.fra_ar}–{self.til_ar}"

    @property
    def onsket_slug(self):
        """The address that it gets: the years; but for the main rekke, or where it was
        another one when they were taken, with the name of the rekke before them."""
        arene = self.periode.replace("–", "-")
        tatt = self.kommune.planer.exclude(rekke=self.rekke).filter(slug=arene)
        if self.rekke.hoved and not tatt.exists():
            return arene
        return f"{self.rekke.slug}-{arene}"

    @property
    def tittel_har_perioden(self):
        """Whether the title says it already, in full or as 2024–28."""
        if self.fra_ar == self.til_ar:
            return re.search(rf"\b{self.fra_ar}\b", self.tittel) is not None
        til = f"(?:{self.til_ar}|{self.til_ar % 100:02})"
        perioden = rf"\b{self.fra_ar}\s*(?:[-‐‑–—−/]|til)\s*{til}\b"
        return re.search(perioden, self.tittel) is not None

    @cached_property
    def gjeldende_i_rekken(self):
        """The plan that holds where this one once did, or None; 1 query."""
        gjeldende = self.rekke.planer.gjeldende().select_related("kommune")
        return gjeldende.first()

    @property
    def gjelder_fra(self):
        """The day that the period of a plan begins that is adopted ahead of it; None of all
        others. The clock changes it: a kept page lapses with the day."""
        er_for_tida = self.fra_ar > dagen().year
        er_gjeldende = self.status == self.Status.GJELDENDE
        return date(self.fra_ar, 1, 1) if er_for_tida and er_gjeldende else None

    @property
    def tilstand(self):
        """The status as people read it."""
        if self.gjelder_fra is None:
            return self.get_status_display()
        er_vedtatt = self.vedtaksform == self.Vedtaksform.VEDTATT
        tekst = _("Vedtatt, gjelder fra %s") if er_vedtatt else _("Gjelder fra %s")
        return tekst % date_format(self.gjelder_fra, "j. F Y")

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
        hva = "slt-handlingsplan" if self.rekke.hoved else "handlingsplan"
        return f"{hva}-{self.kommune.slug}-{self.slug}"

    @property
    def malgruppe(self):
        """Whom the plan is for, in words; empty when it does not say."""
        if self.alder_fra is None or self.alder_til is None:
            return self.malgruppe_tekst
        alder = _("barn og unge i alderen %(fra)d–%(til)d år") % {
            "fra": self.alder_fra,
            "til": self.alder_til,
        }
        if not self.malgruppe_tekst:
            return alder
        # "… and their parents" goes on, all else is one more.
        gar_videre = re.match(r"(og|samt) ", self.malgruppe_tekst)
        return f"{alder}{' ' if gar_videre else ', '}{self.malgruppe_tekst}"

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
