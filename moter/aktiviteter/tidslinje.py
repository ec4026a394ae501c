"""What was held of a tiltak, in its timeline."""

from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from moter.aktiviteter.oversikt import av_tiltaket, oppmote
from slt.grunn.den_dagen import er_en_annen
from tiltak.tidslinje import Linje

# Where there were more in a year, it is one line: the story is to stay short.
FLEST_I_ARET = 3


def linjer(tiltak, bruker):
    """Returns a line for each activity that was held, as far as the user sees it, or for
    all of a year; 1 query, none where the page has asked already. On a page of another day
    there are none: what was published then is not known."""
    if er_en_annen():
        return []
    i_dag = timezone.localdate()
    holdt = [
        rad
        for rad in av_tiltaket(tiltak, bruker)
        if rad.dato <= i_dag and not rad.avlyst
    ]
    ut = []
    for ar, gruppe in groupby(holdt, key=lambda rad: rad.dato.year):
        ut += _arets(tiltak, ar, list(gruppe))
    return ut


def _arets(tiltak, ar, rader):
    if len(rader) <= FLEST_I_ARET:
        return [
            Linje(rad.dato, _ordene(rad), rad.adresse_i(tiltak.kommune))
            for rad in rader
        ]
    adresse = reverse("moter:aktivitet_list", args=[tiltak.kommune.slug])
    # A part of it is chosen by itself on that page.
    egne = "" if any(rad.tiltak_id != tiltak.pk for rad in rader) else tiltak.pk
    return [Linje(ar, f"{oppmote(rader)}.", f"{adresse}?ar={ar}&tiltak={egne}")]


def _ordene(rad):
    om = {
        "slag": rad.get_slag_display(),
        "tittel": rad.tittel,
        "antall": rad.antall_i_ord,
    }
    if rad.slag == rad.Slag.ANNET:
        return _("%(tittel)s (%(antall)s kom).") % om if rad.antall else f"{rad}."
    if rad.antall:
        return _("Aktivitet, %(slag)s: %(tittel)s (%(antall)s kom).") % om
    return _("Aktivitet, %(slag)s: %(tittel)s.") % om
