"""Users, kommuner, places, access: what every app may use."""

from .bilder import Bilde, BildeQuerySet
from .brukere import PUBLIKUM, Bruker, BrukerQuerySet, Gjest
from .dokumenter import Dokument, DokumentQuerySet
from .endringsbrev import Endringsbrev
from .kommune import LASES_MED, NEVNES_HOS, RESERVERTE_SLUGGER, Kommune
from .ordutentreff import OrdUtenTreff
from .retter import DELTAR, LESER, PLANLESER, RETTER, Retter, har_rett, retter_av
from .steder import Lokalomrade, Navngitt, NavngittQuerySet, Sted, Stedsdel
from .tilgang import (
    ARBEIDER,
    Forsok,
    Nokkellenke,
    NokkellenkeQuerySet,
    Tidsrom,
    TidsromQuerySet,
    Tilgang,
    Tilgangslenke,
)
from .utsendinger import Utsending

__all__ = [
    "ARBEIDER",
    "DELTAR",
    "LASES_MED",
    "LESER",
    "NEVNES_HOS",
    "PLANLESER",
    "PUBLIKUM",
    "RESERVERTE_SLUGGER",
    "RETTER",
    "Bilde",
    "BildeQuerySet",
    "Bruker",
    "BrukerQuerySet",
    "Dokument",
    "DokumentQuerySet",
    "Endringsbrev",
    "Forsok",
    "Gjest",
    "Kommune",
    "Lokalomrade",
    "Navngitt",
    "NavngittQuerySet",
    "Nokkellenke",
    "NokkellenkeQuerySet",
    "OrdUtenTreff",
    "Retter",
    "Sted",
    "Stedsdel",
    "Tidsrom",
    "TidsromQuerySet",
    "Tilgang",
    "Tilgangslenke",
    "Utsending",
    "har_rett",
    "retter_av",
]
