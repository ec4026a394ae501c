"""What of a tiltak is shared, and nothing else of it: what the bank shows, what is copied,
and what the origin of a copy is compared with are all made of this.

Contacts, ansvar, steder, lokalområder, forankring, dates, links and guides are not part of
it, nor pictures: those belong to the kommune that put them there.
"""

from itertools import zip_longest

from django.db.models import Prefetch
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from slt.grunn.riktekst import ren_tekst, rens_html
from tiltak.models import (
    Hvem,
    Malgruppe,
    Malsetting,
    Tiltak,
    TiltakTema,
    delt_med_alle,
)

DELTE = (
    "tittel",
    "tekst",
    "niva",
    "bti_fra",
    "bti_til",
    *(f"{hvem}_kan_kontakte" for hvem in Hvem),
    "ganger_fra",
    "ganger_til",
    "ganger_per",
    "uke",
    "maned_fra",
    "maned_til",
)
MALGRUPPENS = ("tekst", "alder_fra", "alder_til", "trinn_fra", "trinn_til")
MALSETTINGENS = ("type", "tekst")
TEMAETS = ("navn", "emne")


def delte(kommune):
    """The tiltak that others share with the kommune, with what lists say of them loaded:
    3 queries. Deltiltak are part of theirs."""
    rader = Tiltak.objects.filter(delt_med_alle()).exclude(kommune=kommune)
    return _med(rader.selvstendige().select_related("kommune", "plan"))


def med_alt(tiltakene):
    """Loads all that `avtrykk` needs: 5 queries more, however many there are."""
    deltiltak = Tiltak.objects.filter(delt_med_alle()).order_by("rekkefolge", "pk")
    return tiltakene.prefetch_related(
        "malsettinger",
        Prefetch("deltiltak", _med(deltiltak).prefetch_related("malsettinger")),
    )


def _med(tiltakene):
    # What is said of one further place, is of another plan there.
    overalt = Malgruppe.objects.filter(plassering=None)
    return tiltakene.prefetch_related(
        Prefetch("malgrupper", overalt),
        Prefetch("temavalg", TiltakTema.objects.select_related("tema")),
    )


def avtrykk(tiltak, *, er_del=False):
    """Returns what is shared of a tiltak that `med_alt` has loaded, as JSON holds it."""
    temaene = [valg.tema for valg in tiltak.temavalg.all()]
    verdier = _verdier(tiltak, DELTE) | {
        "tekst": rens_html(tiltak.tekst),
        "malgrupper": [_verdier(m, MALGRUPPENS) for m in tiltak.malgrupper.all()],
        "malsettinger": [_verdier(m, MALSETTINGENS) for m in tiltak.malsettinger.all()],
        "temaer": [_verdier(tema, TEMAETS) for tema in temaene],
    }
    if not er_del:
        deler = tiltak.deltiltak.all()
        verdier["deltiltak"] = [avtrykk(del_, er_del=True) for del_ in deler]
    return verdier


def utfylt(verdier, na):
    """Returns what was stored of a tiltak, also by a version that shared less of it: what
    it did not know was as it is now."""
    alt = na | verdier
    if deler := alt.get("deltiltak"):
        tomt = _verdier(Tiltak(), DELTE)
        tomt |= {"malgrupper": [], "malsettinger": [], "temaer": []}
        par = zip_longest(deler, na["deltiltak"][: len(deler)], fillvalue=tomt)
        alt["deltiltak"] = [utfylt(da, na_) for da, na_ in par]
    return alt


def _verdier(rad, felter):
    return {felt: getattr(rad, felt) for felt in felter}


# As people read it ----------------------------------------------------------------------


def i_ord(verdier):
    """Returns {what it is called: what is shared of it, as lines of plain text}, in the
    language that holds. The same names for each, so that two can be compared; what is said
    of nothing is empty."""
    deltiltak = verdier.get("deltiltak", [])
    return {
        _("Tittel"): verdier["tittel"],
        _("Beskrivelse"): ren_tekst(verdier["tekst"]),
        **fakta(verdier),
        _("Deltiltak"): "\n".join(map(_delen_i_ord, deltiltak)),
    }


def fakta(verdier):
    """Returns the same, without title, description and deltiltak."""
    raden = Tiltak(**{felt: verdier[felt] for felt in DELTE})
    malgrupper = [Malgruppe(**m) for m in verdier["malgrupper"]]
    mal = [Malsetting(**m) for m in verdier["malsettinger"]]
    return {
        _("For"): "\n".join(capfirst(str(m)) for m in malgrupper),
        _("Hvem kan ta kontakt"): ", ".join(map(str, raden.kan_kontaktes_av)),
        _("Hvor ofte"): raden.gjentas,
        _("Forebyggingsnivå"): str(raden.get_niva_display()),
        _("BTI-nivå"): raden.bti_niva,
        _("Tema"): ", ".join(sorted(tema["navn"] for tema in verdier["temaer"])),
        _("Målsettinger"): "\n".join(
            f"{capfirst(m.get_type_display())}: {m.tekst}" for m in mal
        ),
    }


def _delen_i_ord(verdier):
    tekst = ren_tekst(verdier["tekst"])
    sagt = [f"{navn}: {ord_}" for navn, ord_ in fakta(verdier).items() if ord_]
    return "\n".join([verdier["tittel"], *filter(None, [tekst]), *sagt])
