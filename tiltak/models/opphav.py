"""What kommuner share of their tiltak, and where one came from that was copied."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.grunn.tekst import Fritekst

from .plan import Handlingsplan
from .plasseringer import leses_av_alle
from .tiltak import Tiltak


def delt_med_alle(sti=""):
    """Returns a Q: that a tiltak or deltiltak is shared with the other kommuner: its own
    shares, and all can read it in a plan that holds, as long as it holds itself.

    Args:
        sti: the look-up from a row to its tiltak, with its underscores: "tiltak__".
    """
    delt = {
        f"{sti}kommune__deler_tiltak": True,
        f"{sti}plan__status": Handlingsplan.Status.GJELDENDE,
        f"{sti}publisert": True,
    }
    ferdig = Q(**{f"{sti}status__in": Tiltak.AVSLUTTEDE})
    return Q(**delt) & ~ferdig & leses_av_alle(sti)


class OpphavQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """Where the copy is."""
        return self.filter(tiltak__in=Tiltak.objects.synlige_for(bruker))

    def i_bruk(self, kommune):
        """Those of a kommune, but not in plans that are superseded: what was carried on
        into the next has its origin there."""
        egne = self.filter(tiltak__kommune=kommune)
        return egne.exclude(tiltak__plan__status=Handlingsplan.Status.AVLOST)


class Opphav(Historisert):
    """That a tiltak was copied from one of another kommune, and what that said when
    somebody last looked. It is no part of the plan: what changes there, changes nothing
    here."""

    kommune_sti = "tiltak__kommune"
    over_grensen = ("fra",)

    tiltak = models.ForeignKey(
        Tiltak,
        on_delete=models.CASCADE,
        related_name="opphav",
        verbose_name=_("tiltak"),
    )
    # It may go, with its kommune or alone, and come back with the id that it had. No
    # name the other way: what is copied with a tiltak is not what others copied of it.
    fra = models.ForeignKey(
        Tiltak,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("kopiert fra"),
    )
    # As they were called: both may be gone.
    kommunenavn = Fritekst(_("kommunen det er kopiert fra"), max_length=60)
    tittel = Fritekst(_("tittelen der"), max_length=200)
    # As `tiltak.bank.avtrykk` makes it.
    innhold = models.JSONField(_("det som sto der"), default=dict, editable=False)

    objects = OpphavQuerySet.as_manager()

    class Meta:
        verbose_name = _("opphav")
        verbose_name_plural = _("opphav")
        ordering = ["tiltak_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tiltak"],
                name="opphav_ett_per_tiltak",
                violation_error_message=_("Tiltaket har allerede et opphav."),
            ),
        ]

    def __str__(self):
        return f"{self.tittel} ({self.kommunenavn})"
