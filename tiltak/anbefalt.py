"""What the notes of a plan recommend for the next one."""

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from tiltak.models import Handlingsplan, Overgang, Statusrapport
from tiltak.overgang import Forslag

Anbefaling, Valg = Statusrapport.Anbefaling, Overgang.Valg
BLIR = {
    Anbefaling.VIDEREFORE: Valg.VIDEREFORES,
    Anbefaling.ENDRE: Valg.ENDRES,
    Anbefaling.AVSLUTTE: Valg.AVSLUTTES,
}
LENGST = Overgang._meta.get_field("begrunnelse").max_length


def av_notatene(plan: Handlingsplan) -> dict[int, Forslag]:
    """Returns {id of a tiltak of the plan before: what the latest note that recommends
    something, says}; 1 query."""
    rader = Statusrapport.objects.filter(tiltak__plan=plan.bygger_pa_id)
    rader = rader.exclude(anbefaling="").select_related("tjeneste", "tiltak")
    # The latest comes last, and stands.
    rader = rader.order_by("dato", "pk")
    return {rad.tiltak_id: _forslaget(rad) for rad in rader}


def _forslaget(rad):
    om = {"hvem": rad.hvem, "dato": date_format(rad.dato, "j. F Y")}
    if rad.hvem:
        hvorfra = _("%(hvem)s anbefalte %(dato)s") % om
    else:
        hvorfra = _("Anbefalt %(dato)s") % om
    return Forslag(
        valg=BLIR[rad.anbefaling],
        # A note is not for all, and why a tiltak ended is.
        begrunnelse="",
        hvorfra=hvorfra,
        internt=Truncator(" ".join(rad.kommentar.split())).chars(LENGST),
    )
