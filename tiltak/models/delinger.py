"""Who shares tjenester with whom, and what a kommune is told of what others did with those
that they share with it."""

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import Historisert, HistorisertQuerySet
from slt.models import Kommune, Tilgang, har_rett

from .deler import Ansvar, AnsvarKontaktpunkt
from .kontaktpunkter import Kontaktpunkt
from .plan import Handlingsplan
from .tjenester import Tjeneste, Tjenestekommune

# What the history gives as the reason where the one that it was offered to ended it. It is
# looked for there: the same in both languages.
VIL_IKKE_VISE = "Kommunen som fikk tilbudet, vil ikke vise tjenesten."


def mottakere(kommuner):
    """Returns the ids of those on whose pages a tjeneste of one of these kommuner stands:
    they name it there."""
    rader = Tjenestekommune.objects.godtatte().filter(tjeneste__kommune__in=kommuner)
    return set(rader.order_by().values_list("kommune", flat=True))


def deler_tjeneste_med(kommuner):
    """Returns the ids of all who share a tjeneste with one of these, whichever of them
    keeps it, and of those who have not answered yet: they may do so meanwhile."""
    rader = Tjenestekommune.objects.order_by().filter(
        Q(kommune__in=kommuner) | Q(tjeneste__kommune__in=kommuner)
    )
    par = rader.values_list("kommune", "tjeneste__kommune")
    return {pk for paret in par for pk in paret}


class SettDelingQuerySet(HistorisertQuerySet):
    def synlige_for(self, bruker):
        """Those of who coordinates the kommune."""
        return self.filter(har_rett(bruker, "kommune", Tilgang.Rolle.KOORDINATOR))


class SettDeling(Historisert):
    """That somebody in a kommune has seen what another one changed of what it shares: it is
    not told any more."""

    kan_hentes_tilbake = False

    kommune = models.ForeignKey(
        Kommune,
        on_delete=models.PROTECT,
        related_name="sette_delinger",
        verbose_name=_("kommune"),
    )
    # What was changed together, as the history has it.
    samling = models.UUIDField(_("endret sammen"), editable=False)

    objects = SettDelingQuerySet.as_manager()

    class Meta:
        verbose_name = _("sett endring av noe delt")
        verbose_name_plural = _("sette endringer av noe delt")
        ordering = ["kommune_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kommune", "samling"],
                name="settdeling_en_gang",
                violation_error_message=_("Endringen er allerede sett."),
            ),
        ]

    def __str__(self):
        return str(self.samling)


def med_antall_tiltak(delinger):
    """Annotates rows of Tjenestekommune with `antall_tiltak`: how many tiltak of the kommune
    name the tjeneste, of those that all can read; a deltiltak as part of the whole. That
    there are drafts, who keeps the tjeneste does not learn. No query more."""
    nevner = Ansvar.objects.lest_av_alle().filter(
        tjeneste=OuterRef("tjeneste"), tiltak__kommune=OuterRef("kommune")
    )
    nevner = nevner.exclude(tiltak__plan__status=Handlingsplan.Status.AVLOST)
    hele = Coalesce("tiltak__overordnet", "tiltak")
    per_tjeneste = nevner.order_by().values("tjeneste")
    antall = per_tjeneste.annotate(n=Count(hele, distinct=True)).values("n")
    return delinger.annotate(antall_tiltak=Coalesce(Subquery(antall), 0))


def trukket(kommune):
    """The rows of the history by which another kommune took back a tjeneste that this one
    showed; the last one of each tjeneste. Who ended it here has none.

    Args:
        kommune: a Kommune, or a reference to one.
    """
    rader = Tjenestekommune.historikk.filter(kommune=kommune, history_type="-")
    return _siste(rader.exclude(godtatt=None))


def avslatt(kommune):
    """The rows of the history by which others answered that they will not show a tjeneste
    that the kommune offered, or not any longer; the last one of each pair."""
    rader = Tjenestekommune.historikk.filter(
        history_kommune=kommune.pk,
        history_type="-",
        history_change_reason=VIL_IKKE_VISE,
        # The history outlives a kommune that is deleted.
        kommune__in=Kommune.objects.order_by().values("pk"),
    )
    return _siste(rader)


def _siste(rader):
    """Without what was followed by something else between the same two."""
    senere = Tjenestekommune.historikk.filter(
        kommune=OuterRef("kommune"),
        tjeneste=OuterRef("tjeneste_id"),
        history_id__gt=OuterRef("history_id"),
    )
    return rader.filter(~Exists(senere)).order_by()


def bortfalt(kommune):
    """The rows of the history by which another kommune removed a kontaktpunkt that tiltak
    of this one had chosen."""
    valgt = AnsvarKontaktpunkt.historikk.filter(
        history_kommune=kommune.pk, history_type="-"
    ).order_by()
    rader = Kontaktpunkt.historikk.filter(
        history_type="-",
        id__in=valgt.values("kontaktpunkt"),
        history_samling__in=valgt.values("history_samling"),
    )
    return rader.exclude(history_kommune=kommune.pk).order_by()


def usett(rader, kommune):
    """Those of such rows that nobody in the kommune has seen, with the name of the tjeneste
    as it was last: it may be gone itself."""
    sett = SettDeling.objects.filter(
        kommune=kommune, samling=OuterRef("history_samling")
    )
    navnet = Tjeneste.historikk.filter(id=OuterRef("tjeneste_id"))
    navnet = navnet.order_by("-history_date", "-history_id").values("navn")[:1]
    return rader.filter(~Exists(sett)).annotate(tjenestenavn=Subquery(navnet))
