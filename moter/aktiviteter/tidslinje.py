"""What was held of a tiltak, in its timeline."""

from django.utils import timezone
from django.utils.translation import gettext as _

from moter.aktiviteter.oversikt import av_tiltaket
from slt.grunn.den_dagen import er_en_annen
from tiltak.tidslinje import Linje


def linjer(tiltak, bruker):
    """Returns a line for each activity that was held, as far as the user sees it; 1 query,
    none where the page has asked already. On a page of another day there are none: what was
    published then is not known."""
    if er_en_annen():
        return []
    i_dag = timezone.localdate()
    return [
        Linje(rad.dato, _ordene(rad), rad.adresse_i(tiltak.kommune))
        for rad in av_tiltaket(tiltak, bruker)
        if rad.dato <= i_dag and not rad.avlyst
    ]


def _ordene(rad):
    om = {"slag": rad.get_slag_display(), "tittel": rad.tittel}
    om["antall"] = rad.antall_i_ord
    if rad.slag == rad.Slag.ANNET:
        return _("%(tittel)s (%(antall)s kom).") % om if rad.antall else f"{rad}."
    if rad.antall:
        return _("Aktivitet, %(slag)s: %(tittel)s (%(antall)s kom).") % om
    return _("Aktivitet, %(slag)s: %(tittel)s.") % om
