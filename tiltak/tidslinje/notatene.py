"""What was said of how it goes with a tiltak, for those who may see that."""

from django.utils.translation import gettext as _

from slt.grunn.den_dagen import er_en_annen
from tiltak.notater import kan_se_notater, notater

from . import Linje


def linjer(tiltak, bruker):
    """Returns the lines: 1 query, and none for those who see no notes. On a page of another
    day there are none: it tells what was there for all."""
    if er_en_annen() or not kan_se_notater(bruker, tiltak.kommune):
        return []
    return [
        Linje(rad.dato, _om_notatet(rad), f"#notat-{rad.pk}")
        for rad in reversed(notater([tiltak], bruker).get(tiltak.pk, []))
    ]


def _om_notatet(rad):
    om = {"tilstand": rad.get_tilstand_display(), "hvem": rad.hvem}
    if rad.hvem:
        return _("Notat fra %(hvem)s: %(tilstand)s.") % om
    return _("Notat: %(tilstand)s.") % om
