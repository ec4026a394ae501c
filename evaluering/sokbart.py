"""What is known that can be searched: findings, recommendations, indicators, and what
evaluations say, as far as the user sees them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evaluering.models import Anbefaling, Evaluering, Funn, Indikator
from slt.felles.sokbart import KUNNSKAP
from slt.grunn.riktekst import ren_tekst
from slt.grunn.sok.ting import Slag, Sokbart

# What somebody found out helps nobody who looks for help.
FUNN = Slag(_("Funn"), KUNNSKAP, 0.35)
ANBEFALING = Slag(_("Anbefaling"), KUNNSKAP, 0.35)
INDIKATOR = Slag(_("Tall"), KUNNSKAP, 0.35)
EVALUERING = Slag(_("Evaluering"), KUNNSKAP, 0.35)


def sokbart(kommune, bruker):
    """Yields them: 4 queries."""
    siden = reverse("evaluering:kunnskap", args=[kommune.slug])
    for modell, slag in ((Funn, FUNN), (Anbefaling, ANBEFALING)):
        rader = modell.objects.synlige_for(bruker).i(kommune).order_by("pk")
        for rad in rader.select_related("kilde").only("tekst", "kilde__navn"):
            yield Sokbart(
                slag=slag,
                tittel=rad.tekst,
                adresse=f"{siden}#{rad.anker}",
                under=rad.kilde.navn,
            )
    indikatorer = Indikator.objects.synlige_for(bruker).filter(kommune=kommune)
    for indikator in indikatorer.order_by("pk").only(
        "navn", "slug", "beskrivelse", "kommune"
    ):
        indikator.kommune = kommune
        yield Sokbart(
            slag=INDIKATOR,
            tittel=indikator.navn,
            adresse=indikator.get_absolute_url(),
            felter=[(indikator.beskrivelse, 1)],
            tekst=indikator.beskrivelse,
        )
    evalueringer = Evaluering.objects.synlige_for(bruker).ferdige()
    for evaluering in evalueringer.filter(kommune=kommune).order_by("pk"):
        evaluering.kommune = kommune
        virkning = ren_tekst(evaluering.virkning)
        yield Sokbart(
            slag=EVALUERING,
            tittel=evaluering.tittel,
            adresse=evaluering.get_absolute_url(),
            felter=[(virkning, 1)],
            tekst=virkning,
        )
