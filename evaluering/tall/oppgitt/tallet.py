"""The figure of a year that a tjeneste is asked for: of the whole kommune."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from evaluering.models import Kilde, Maling
from slt.grunn.tid import i_ar

# What a figure of one year and the whole kommune has none of.
HELE = {
    felt: None if felt in {"til_ar", "sted_id", "lokalomrade_id"} else ""
    for felt in (*Maling.RAMME[1:], *Maling.DELER)
}


def siste_hele_ar():
    """The year that is asked for."""
    return i_ar() - 1


def av_hele(malinger):
    """Those of one year and the whole kommune."""
    return [m for m in malinger if all(getattr(m, f) == v for f, v in HELE.items())]


def skriv(maling, *, tjeneste):
    """Stores a figure as the tjeneste gave it, with the kommune locked.

    Raises:
        ValidationError: where it can't be that.
    """
    maling.kilde = _kilden(tjeneste, maling.arstall)
    # It is the tjeneste's own now: what it came with before may be undone without it.
    maling.verdi_til = maling.tallimport = None
    maling.full_clean()
    maling.save()


def _kilden(tjeneste, arstall):
    """The source of what a tjeneste gave of a year: no source is older than its figures."""
    kommune = tjeneste.kommune
    hos = Truncator(tjeneste.navn).chars(100)
    # Called the same whoever accepts it.
    with override(kommune.malform):
        navn = _("Tall fra %(tjeneste)s %(ar)d") % {"tjeneste": hos, "ar": arstall}
        metode = _("Oppgitt av tjenesten selv.")
    kilde = Kilde.objects.filter(kommune=kommune, navn=navn).first()
    if kilde is None:
        kilde = Kilde(
            kommune=kommune,
            navn=navn,
            type=Kilde.Type.ANNET,
            arstall=arstall,
            utgiver=hos,
            metode=metode,
        )
        kilde.full_clean()
        kilde.save()
    return kilde
