"""Who somebody is who needs help: of what age, and who of them may make contact."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

ELDST = 120
# The grades of school, as numbers: those of upper secondary school go on from 11.
TRINN = [
    *((nr, f"{nr}. trinn") for nr in range(1, 11)),
    *((nr + 10, f"vg{nr}") for nr in (1, 2, 3)),
]
FORSTE_TRINN, SISTE_TRINN = TRINN[0][0], TRINN[-1][0]
TRINN_FINNES = [MinValueValidator(FORSTE_TRINN), MaxValueValidator(SISTE_TRINN)]


def trinn_i_ord(fra, til):
    """Returns "8. trinn", "1.–10. trinn", "vg1", or "" where neither is given; where one of
    them is, it is that grade alone."""
    fra, til = fra or til, til or fra
    if fra is None:
        return ""
    if fra == til:
        return f"vg{fra - 10}" if fra > 10 else _("%d. trinn") % fra
    if fra > 10:
        return f"vg{fra - 10}–vg{til - 10}"
    if til > 10:
        return _("%d. trinn–vg%d") % (fra, til - 10)
    return _("%d.–%d. trinn") % (fra, til)


class Hvem(models.TextChoices):
    """Who may make contact; the values are the beginnings of the fields of `Kontaktes`."""

    UNGE = "unge", _("barn og unge")
    FORESATTE = "foresatte", _("foresatte")
    ANSATTE = "ansatte", _("ansatte og samarbeidspartnere")
    ANDRE = "andre", _("andre innbyggere")


class Kontaktes(models.Model):
    """Base of what somebody may turn to. None of them chosen: it was not said who may."""

    unge_kan_kontakte = models.BooleanField(Hvem.UNGE.label, default=False)
    foresatte_kan_kontakte = models.BooleanField(Hvem.FORESATTE.label, default=False)
    ansatte_kan_kontakte = models.BooleanField(Hvem.ANSATTE.label, default=False)
    andre_kan_kontakte = models.BooleanField(Hvem.ANDRE.label, default=False)

    class Meta:
        abstract = True

    @property
    def apent_for(self):
        """The Hvem who may make contact."""
        return [hvem for hvem in Hvem if getattr(self, f"{hvem}_kan_kontakte")]

    @property
    def kan_kontaktes_av(self):
        """Who may make contact, in words; empty when it is not said."""
        return [hvem.label for hvem in self.apent_for]


class MedAlder(models.Model):
    """Base of a målgruppe: from one age to another, both inclusive, in years."""

    alder_fra = models.PositiveSmallIntegerField(
        _("fra alder"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(ELDST)],
        help_text=_("Uten alder gjelder det alle aldre."),
    )
    alder_til = models.PositiveSmallIntegerField(
        _("til og med alder"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(ELDST)],
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(alder_fra=None)
                | Q(alder_til=None)
                | Q(alder_til__gte=F("alder_fra")),
                name="%(class)s_alder_i_rekkefolge",
                violation_error_message=_("Alderen kan ikke slutte før den begynner."),
            ),
        ]

    @property
    def aldre(self):
        """Its ages (from, to), in years, both inclusive; None for all ages."""
        fra, til = self.alder_fra, self.alder_til
        if fra is None and til is None:
            return None
        return fra or 0, ELDST if til is None else til

    @property
    def alder(self):
        """ "10–18 år", "fra 18 år", "til og med 12 år" or "" for all ages."""
        fra, til = self.alder_fra, self.alder_til
        if fra is None and til is None:
            return ""
        if til is None:
            return _("fra %d år") % fra
        if fra is None:
            return _("til og med %d år") % til
        return _("%d år") % fra if fra == til else _("%d–%d år") % (fra, til)
