"""The rows on the form of a source that say how it came to be, and those on the form of a
finding that say what it means for the young."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evaluering.medvirkning.forms import UtenPersoner
from evaluering.models import (
    Faktor,
    Funn,
    Kalenderpunkt,
    Kilde,
    Kildesteg,
    Medvirkning,
)
from slt.felles.forms import Dato
from slt.felles.skjemarader import RadForm, ValgtRad, radsett
from slt.felles.skjemaside import Del


class StegRad(RadForm):
    class Meta:
        model = Kildesteg
        fields = ["navn", "fra_dato", "til_dato"]
        widgets = {"fra_dato": Dato, "til_dato": Dato}


class DeltakerRad(UtenPersoner, RadForm):
    class Meta:
        model = Medvirkning
        fields = ["gruppe", "navn", "hvordan", "antall", "merknad"]

    def __init__(self, *args, kommune, **kwargs):
        self.kommune = kommune
        super().__init__(*args, **kwargs)


class KalenderRad(ValgtRad):
    VALGET = "tema"

    class Meta:
        model = Kalenderpunkt
        fields = ["tema", "trinn", "arstall", "tekst"]


class FaktorRad(ValgtRad):
    VALGET = "tema"

    class Meta:
        model = Faktor
        fields = ["type", "tema", "alder_fra", "alder_til"]


STEG = radsett(
    Kilde,
    Kildesteg,
    StegRad,
    navn=_("slik ble den til"),
    radnavn=_("steg"),
    leggtil=_("Legg til et steg"),
    hjelp=_(
        "For eksempel oppdraget, intervjuene, funnene og forslagene, i rekkefølge."
    ),
)
DELTAKERE = radsett(
    Kilde,
    Medvirkning,
    DeltakerRad,
    navn=_("hvem som deltok"),
    radnavn=_("gruppe"),
    leggtil=_("Legg til en gruppe"),
)
KALENDER = radsett(
    Kilde,
    Kalenderpunkt,
    KalenderRad,
    navn=_("forebyggingskalender"),
    radnavn=_("punkt"),
    leggtil=_("Legg til et punkt"),
    hjelp=_("Hva som tas opp om hvert tema, på hvilket trinn og i hvilket skoleår."),
)
FAKTORER = radsett(
    Funn,
    Faktor,
    FaktorRad,
    navn=_("risiko- og beskyttelsesfaktorer"),
    radnavn=_("faktor"),
    leggtil=_("Legg til en faktor"),
    hjelp=_(
        "Når funnet er noe som øker faren for at det går galt, eller minsker den: for "
        "hvilket tema, og i hvilken alder."
    ),
)

# Where they stand on the form of a source.
OM_KILDEN = [
    Del(
        _("Hvordan den ble til"),
        [
            "mandat",
            "sporsmal",
            "metode",
            "begrensninger",
            ("fra_dato", "til_dato"),
            "deltakere",
            "steg",
        ],
        lukket=True,
    ),
    Del(_("Figurer fra kilden"), ["figurer", "tillatelse"], lukket=True),
    Del(_("Forebyggingskalender"), ["kalender"], lukket=True),
]


def kilderader(kilde, data):
    """{name: rows} of what is said of a source."""
    temaer = _temaene(kilde.kommune)
    return {
        "deltakere": DELTAKERE(
            data, instance=kilde, form_kwargs={"kommune": kilde.kommune}
        ),
        "steg": STEG(data, instance=kilde),
        "kalender": KALENDER(data, instance=kilde, form_kwargs=temaer),
    }


def faktorrader(funn, data):
    return FAKTORER(data, instance=funn, form_kwargs=_temaene(funn.kilde.kommune))


def _temaene(kommune):
    return {
        "valgene": dict(kommune.temaer.values_list("pk", "navn")),
        "ny": reverse("tiltak:temaer", args=[kommune.slug]),
    }
