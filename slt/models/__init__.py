"""Users, kommuner, places, access: what every app may use."""

from .steder import Lokalomrade, Navngitt, NavngittQuerySet, Sted, Stedsdel
from .tilgang import (
    LESERETTER,
    PUBLIKUM,
    RESERVERTE_SLUGGER,
    Bruker,
    BrukerQuerySet,
    Forsok,
    Gjest,
    Kommune,
    Nokkellenke,
    NokkellenkeQuerySet,
    Tidsrom,
    TidsromQuerySet,
    Tilgang,
    Tilgangslenke,
)

__all__ = [
    "LESERETTER",
    "PUBLIKUM",
    "RESERVERTE_SLUGGER",
    "Bruker",
    "BrukerQuerySet",
    "Forsok",
    "Gjest",
    "Kommune",
    "Lokalomrade",
    "Navngitt",
    "NavngittQuerySet",
    "Nokkellenke",
    "NokkellenkeQuerySet",
    "Sted",
    "Stedsdel",
    "Tidsrom",
    "TidsromQuerySet",
    "Tilgang",
    "Tilgangslenke",
]
