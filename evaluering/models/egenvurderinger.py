"""How a politiråd finds that it works, once a year."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moter.models import Forum
from moter.models.fora import sees_innenfra
from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.tekst import Fritekst
from slt.grunn.tid import Dag
from slt.models import Tilgang, har_rett

from .kilder import ARSTALL


def vurderingen_sees(bruker, sti=""):
    """Returns a Q: that the user sees a self-evaluation: the coordinator always, once it is
    finished also those who sit there and the rest of the politiråd.

    Args:
        sti: the look-up from a row to its Egenvurdering, with its underscores.
    """
    koordinator = har_rett(bruker, f"{sti}forum__kommune", Tilgang.Rolle.KOORDINATOR)
    leser = har_rett(bruker, f"{sti}forum__kommune", Tilgang.Rolle.POLITIRAD)
    leser |= sees_innenfra(bruker, f"{sti}forum__")
    return koordinator | (leser & Q(**{f"{sti}ferdig__isnull": False}))


class EgenvurderingQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        return self.filter(vurderingen_sees(bruker))

    def ferdige(self):
        return self.exclude(ferdig=None)

    def i(self, kommune):
        return self.filter(forum__kommune=kommune)


class Egenvurdering(Historisert):
    """What a politiråd says of its own work in a year."""

    kommune_sti = "forum__kommune"
    kopieres = False
    # What was finished is finished anew.
    hentes_ikke_tilbake = ("ferdig",)
    angres_ikke = ("ferdig",)

    forum = models.ForeignKey(
        Forum,
        on_delete=models.PROTECT,
        related_name="egenvurderinger",
        verbose_name=_("politiråd"),
    )
    arstall = models.PositiveSmallIntegerField(
        _("år"), validators=ARSTALL, help_text=_("Året dere ser tilbake på.")
    )
    dato = Dag(
        _("dato"), null=True, blank=True, help_text=_("Dagen dere snakket om det.")
    )
    forbedring = Fritekst(
        _("det ene vi vil gjøre bedre neste år"),
        max_length=500,
        blank=True,
        help_text=_("Én ting. Skriv gjerne hvem som tar det videre: en funksjon."),
    )
    ferdig = models.DateTimeField(_("ferdig"), null=True, blank=True, editable=False)

    objects = EgenvurderingQuerySet.as_manager()

    class Meta:
        verbose_name = _("egenvurdering")
        verbose_name_plural = _("egenvurderinger")
        ordering = ["forum_id", "-arstall"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "arstall"],
                name="egenvurdering_en_i_aret",
                violation_error_message=_(
                    "Politirådet har allerede en egenvurdering for dette året."
                ),
            ),
            models.CheckConstraint(
                condition=Q(arstall__range=(1900, 2100)),
                name="egenvurdering_har_et_arstall",
                violation_error_message=_("Skriv et årstall mellom 1900 og 2100."),
            ),
        ]

    def __str__(self):
        return f"{self.forum} {self.arstall}"

    def clean(self):
        super().clean()
        if self.forum_id and self.forum.type != Forum.Type.POLITIRAD:
            raise ValidationError({"forum": _("Velg et politiråd.")})

    @property
    def er_ferdig(self):
        return self.ferdig is not None


class EgenvurderingssvarQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        return self.filter(vurderingen_sees(bruker, "egenvurdering__"))


class Egenvurderingssvar(Historisert):
    """What a politiråd answers to one of the questions."""

    class Punkt(models.TextChoices):
        """What is asked: a sentence that holds, in part or not at all."""

        RETTE_FOLK = "rette_folk", _("De rette møtes")
        MOTE_OFTE = "mote_ofte", _("Vi møtes så ofte som vi har avtalt")
        KUNNSKAP = (
            "kunnskap",
            _("Sakene er forberedt med et bilde av hvordan det står til"),
        )
        ANBEFALINGER = "anbefalinger", _("Det vi anbefaler, blir fulgt opp")
        PLANEN = "planen", _("Vi følger med på hvordan det går med handlingsplanen")
        BARN_OG_UNGE = "barn_og_unge", _("Barn og unge blir hørt")
        AVTALEN = (
            "avtalen",
            _("Avtalen mellom kommunen og politiet passer til det vi gjør nå"),
        )
        ROLLER = "roller", _("Rollene er klare")
        KJENT = "kjent", _("Innbyggere og ansatte vet hva politirådet gjør")
        VIRKER = "virker", _("Noe er blitt annerledes fordi vi møtes")

    class Svar(models.TextChoices):
        JA = "ja", _("ja")
        DELVIS = "delvis", _("delvis")
        NEI = "nei", _("nei")
        VET_IKKE = "vet_ikke", _("vet ikke")

    kommune_sti = "egenvurdering__forum__kommune"
    kopieres = False

    egenvurdering = models.ForeignKey(
        Egenvurdering,
        on_delete=models.CASCADE,
        related_name="svar",
        verbose_name=_("egenvurdering"),
    )
    punkt = models.CharField(_("spørsmål"), max_length=20, choices=Punkt)
    svar = models.CharField(_("svar"), max_length=10, choices=Svar, blank=True)
    merknad = Fritekst(
        _("merknad"),
        max_length=500,
        blank=True,
        help_text=_("Hvorfor, eller hva som må til. Ingen navn."),
    )

    objects = EgenvurderingssvarQuerySet.as_manager()

    class Meta:
        verbose_name = _("svar i egenvurderingen")
        verbose_name_plural = _("svar i egenvurderingen")
        ordering = ["egenvurdering_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["egenvurdering", "punkt"],
                name="egenvurderingssvar_ett_per_sporsmal",
                violation_error_message=_("Spørsmålet er allerede med."),
            ),
        ]

    def __str__(self):
        return self.get_punkt_display()

    @classmethod
    def vern(cls, rader, *, sletting=False):
        super().vern(rader, sletting=sletting)
        pker = {rad.egenvurdering_id for rad in rader}
        if Egenvurdering.objects.ferdige().filter(pk__in=pker).exists():
            raise ValidationError(
                _("Egenvurderingen er ferdig. Åpne den igjen for å endre den."),
                code="star_fast",
            )
