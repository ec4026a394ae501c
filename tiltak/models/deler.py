"""What belongs to a tiltak: whom it is for, who answers for it, where it holds."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import HistorisertQuerySet
from slt.grunn.rekkefolge import Rekkefolge, egen_plass
from slt.grunn.tekst import Fritekst, Nettadresse
from slt.models import PUBLIKUM, Lokalomrade

from .hvem import TRINN_FINNES, MedAlder, trinn_i_ord
from .kontaktpunkter import Kontaktpunkt
from .plandeler import Plandel
from .plasseringer import DelAvTiltak, PaSted, PaStedQuerySet, leses_av_alle
from .tiltak import Tiltak
from .tjenester import Tjeneste


class Malgruppe(PaSted, MedAlder):
    """Whom a tiltak is for: words, ages, school grades. No age means all ages."""

    tiltak = models.ForeignKey(
        Tiltak,
        on_delete=models.CASCADE,
        related_name="malgrupper",
        verbose_name=_("tiltak"),
    )
    tekst = Fritekst(
        _("hvem"),
        max_length=200,
        help_text=_("For eksempel «elever på ungdomstrinnet»."),
    )
    trinn_fra = models.PositiveSmallIntegerField(
        _("fra trinn"),
        null=True,
        blank=True,
        validators=TRINN_FINNES,
        help_text=_("1–10 i grunnskolen, 11–13 for vg1–vg3."),
    )
    trinn_til = models.PositiveSmallIntegerField(
        _("til og med trinn"), null=True, blank=True, validators=TRINN_FINNES
    )
    rekkefolge = Rekkefolge(_("rekkefølge"), innen=["tiltak"])

    class Meta:
        verbose_name = _("målgruppe")
        verbose_name_plural = _("målgrupper")
        ordering = ["tiltak_id", "rekkefolge", "pk"]
        constraints = [
            egen_plass("tiltak", navn="malgruppe_egen_plass"),
            *MedAlder.Meta.constraints,
            models.CheckConstraint(
                condition=Q(trinn_fra=None)
                | Q(trinn_til=None)
                | Q(trinn_til__gte=F("trinn_fra")),
                name="malgruppe_trinn_i_rekkefolge",
                violation_error_message=_("Trinnet kan ikke slutte før det begynner."),
            ),
        ]

    def __str__(self):
        """The words, then age and grade unless the words say them already."""
        sagt = self.tekst.replace("-", "–")
        deler = [d for d in (self.alder, self.trinn) if d and str(d) not in sagt]
        return ", ".join(str(d) for d in (self.tekst, *deler))

    @property
    def aldre(self):
        """Its ages, or where it has none, those of its grades: a pupil in grade n turns
        n + 5 or n + 6 in the course of it."""
        forste = self.trinn_fra or self.trinn_til
        if (aldre := super().aldre) or forste is None:
            return aldre
        return forste + 5, (self.trinn_til or forste) + 6

    @property
    def trinn(self):
        """ "8. trinn", "1.–10. trinn", "vg1" or ""."""
        return trinn_i_ord(self.trinn_fra, self.trinn_til)


class AnsvarQuerySet(PaStedQuerySet):
    def lest_av_alle(self):
        """Those of tiltak with a page that all can read."""
        return self.synlige_for(PUBLIKUM).filter(leses_av_alle("tiltak__"))

    def get_by_natural_key(self, nummer, plan, tiltak, tjeneste):
        return self.get(
            tiltak=Tiltak.objects.get_by_natural_key(nummer, plan, tiltak),
            tjeneste__slug=tjeneste,
            plassering=None,
        )


class Ansvar(PaSted):
    """The tie between a tiltak and a tjeneste that has a part in it."""

    class Rolle(models.TextChoices):
        ANSVARLIG = "ansvarlig", _("ansvarlig")
        MEDANSVARLIG = "medansvarlig", _("medansvarlig")
        GJENNOMFORER = "gjennomforer", _("gjennomfører")
        SAMARBEIDSPART = "samarbeidspart", _("samarbeidspart")

    ANSVARLIGE = (Rolle.ANSVARLIG, Rolle.MEDANSVARLIG)
    over_grensen_nar_delt = ("tjeneste",)
    # Whether it was read where another kommune keeps the tjeneste and shares it no longer:
    # it is named, without a way in. Set by `tiltak.detaljer.les_delte`.
    deles_ikke = False

    tiltak = models.ForeignKey(
        Tiltak,
        on_delete=models.CASCADE,
        related_name="ansvar",
        verbose_name=_("tiltak"),
    )
    tjeneste = models.ForeignKey(
        Tjeneste,
        on_delete=models.PROTECT,
        related_name="ansvar",
        verbose_name=_("tjeneste"),
    )
    rolle = models.CharField(
        _("rolle"),
        max_length=20,
        choices=Rolle,
        default=Rolle.ANSVARLIG,
        help_text=_(
            "Ansvarlig svarer for tiltaket, og medansvarlig deler det ansvaret. "
            "Gjennomfører gjør arbeidet, og samarbeidspart bidrar."
        ),
    )
    merknad = Fritekst(
        _("merknad"),
        max_length=200,
        blank=True,
        help_text=_("For eksempel «den enkelte videregående skole»."),
    )
    rekkefolge = Rekkefolge(_("rekkefølge"), innen=["tiltak"])

    nokkelveier = ("tiltak__kommune", "tiltak__plan__kommune", "tjeneste")

    objects = AnsvarQuerySet.as_manager()

    class Meta:
        verbose_name = _("ansvar")
        verbose_name_plural = _("ansvar")
        ordering = ["tiltak_id", "rekkefolge", "pk"]
        constraints = [
            egen_plass("tiltak", navn="ansvar_egen_plass"),
            models.UniqueConstraint(
                fields=["tiltak", "tjeneste"],
                condition=Q(plassering=None),
                name="ansvar_en_gang_per_tjeneste",
                violation_error_message=_("Tjenesten er allerede ført opp."),
            ),
            models.UniqueConstraint(
                fields=["plassering", "tjeneste"],
                condition=Q(plassering__isnull=False),
                name="ansvar_en_gang_per_plassering",
                violation_error_message=_("Tjenesten er allerede ført opp her."),
            ),
        ]

    def __str__(self):
        return f"{self.tjeneste} ({self.get_rolle_display()})"

    def natural_key(self):
        return (*self.tiltak.natural_key(), self.tjeneste.slug)

    @property
    def planen(self):
        """The plan in which it is read: that of the place that it is bound to."""
        return self.plassering.plan if self.plassering_id else self.tiltak.plan

    @property
    def er_ansvarlig(self):
        return self.rolle == self.Rolle.ANSVARLIG

    @property
    def valgbare_kontaktpunkter(self):
        """Those of the tjeneste that may be chosen here: of one that another kommune
        keeps, what all may see. As loaded, with the kommune of the tjeneste."""
        punkter = self.tjeneste.kontaktpunkter.all()
        if self.tjeneste.kommune_id == self.tiltak.kommune_id:
            return list(punkter)
        return [p for p in punkter if p.synlighet == Kontaktpunkt.Synlighet.OFFENTLIG]

    def velg_kontaktpunkter(self, punkter, blant=None):
        """Makes these contact points of the tjeneste the ones that hold here; none
        means its main ones.

        Args:
            blant: those that there were to choose among, where that is not all of them:
                what nobody was shown stays as it was chosen.
        """
        onsket = {punkt.pk: punkt for punkt in punkter}
        vist = None if blant is None else {punkt.pk for punkt in blant}
        for valg in self.kontaktvalg.select_related("kontaktpunkt"):
            andres = valg.kontaktpunkt.tjeneste_id != self.tjeneste_id
            kan_velges_bort = vist is None or valg.kontaktpunkt_id in vist
            valgt = onsket.pop(valg.kontaktpunkt_id, None)
            if valgt is None and (andres or kan_velges_bort):
                valg.delete()
        for punkt in onsket.values():
            AnsvarKontaktpunkt.objects.create(ansvar=self, kontaktpunkt=punkt)


def egne_holder_andres_slipper(collector, field, sub_objs, using):
    """What happens to the choices of a kontaktpunkt that is deleted: those of the kommune
    that keeps it hold it back, until another one is chosen; those of others go with it, for
    a number that is wrong helps nobody. They are told; see `delinger`."""
    egen = F("ansvar__tiltak__kommune")
    egne = sub_objs.filter(kontaktpunkt__tjeneste__kommune=egen)
    if egne.exists():
        models.PROTECT(collector, field, egne, using)
    models.CASCADE(collector, field, sub_objs, using)


class AnsvarKontaktpunktQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """Where both the tiltak and the contact point are."""
        return self.filter(
            ansvar__in=Ansvar.objects.synlige_for(bruker),
            kontaktpunkt__in=Kontaktpunkt.objects.synlige_for(bruker),
        )


class AnsvarKontaktpunkt(Plandel):
    """That a contact point of the tjeneste is the right one for this tiltak."""

    kommune_sti = "ansvar__tiltak__kommune"
    plan_sti = "ansvar__tiltak__plan"
    over_grensen_nar_delt = ("kontaktpunkt",)

    ansvar = models.ForeignKey(
        Ansvar,
        on_delete=models.CASCADE,
        related_name="kontaktvalg",
        verbose_name=_("ansvar"),
    )
    kontaktpunkt = models.ForeignKey(
        Kontaktpunkt,
        on_delete=egne_holder_andres_slipper,
        related_name="valgt_for",
        verbose_name=_("kontaktpunkt"),
    )

    objects = AnsvarKontaktpunktQuerySet.as_manager()

    class Meta:
        verbose_name = _("valgt kontaktpunkt")
        verbose_name_plural = _("valgte kontaktpunkter")
        ordering = ["ansvar_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ansvar", "kontaktpunkt"],
                name="ansvarkontaktpunkt_en_gang",
                violation_error_message=_("Kontaktpunktet er allerede valgt."),
            ),
        ]

    def __str__(self):
        return str(self.kontaktpunkt)

    @classmethod
    def vern(cls, rader, *, sletting=False):
        """What another kommune keeps, it may remove, in whatever plan it was chosen."""
        if sletting:
            egen = F("ansvar__tiltak__kommune")
            lagret = cls._base_manager.filter(pk__in=[rad.pk for rad in rader])
            egne = lagret.filter(kontaktpunkt__tjeneste__kommune=egen)
            pker = set(egne.order_by().values_list("pk", flat=True))
            rader = [rad for rad in rader if rad.pk in pker]
        if rader:
            super().vern(rader, sletting=sletting)

    def clean(self):
        super().clean()
        if self.kontaktpunkt.tjeneste_id != self.ansvar.tjeneste_id:
            raise ValidationError(
                {"kontaktpunkt": _("Kontaktpunktet hører til en annen tjeneste.")}
            )


class Lenke(DelAvTiltak):
    """Where one can read more about a tiltak."""

    tiltak = models.ForeignKey(
        Tiltak,
        on_delete=models.CASCADE,
        related_name="lenker",
        verbose_name=_("tiltak"),
    )
    tittel = Fritekst(_("tittel"), max_length=120)
    adresse = Nettadresse(_("nettadresse"), max_length=500)
    rekkefolge = Rekkefolge(_("rekkefølge"), innen=["tiltak"])

    class Meta:
        verbose_name = _("lenke")
        verbose_name_plural = _("lenker")
        ordering = ["tiltak_id", "rekkefolge", "pk"]
        constraints = [
            egen_plass("tiltak", navn="lenke_egen_plass"),
            models.UniqueConstraint(
                fields=["tiltak", "adresse"],
                name="lenke_en_gang",
                violation_error_message=_("Lenken er allerede ført opp."),
            ),
        ]

    def __str__(self):
        return self.tittel


class TiltakLokalomrade(DelAvTiltak):
    """That a tiltak holds for a part of the kommune; none means all of it."""

    tiltak = models.ForeignKey(
        Tiltak,
        on_delete=models.CASCADE,
        related_name="lokalomradevalg",
        verbose_name=_("tiltak"),
    )
    lokalomrade = models.ForeignKey(
        Lokalomrade,
        on_delete=models.PROTECT,
        related_name="tiltakvalg",
        verbose_name=_("lokalområde"),
    )

    class Meta:
        verbose_name = _("lokalområde for tiltak")
        verbose_name_plural = _("lokalområder for tiltak")
        ordering = ["tiltak_id", "lokalomrade__navn__norsk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tiltak", "lokalomrade"],
                name="tiltaklokalomrade_en_gang",
                violation_error_message=_("Lokalområdet er allerede ført opp."),
            ),
        ]

    def __str__(self):
        return str(self.lokalomrade)
