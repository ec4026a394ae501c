"""Users, kommuner, places, access: what every app may use."""

from .steder import Lokalomrade, Navngitt, NavngittQuerySet, Sted, Stedsdel
from .tilgang import (
    LESERETTER,
    RESERVERTE_SLUGGER,
    Bruker,
    BrukerQuerySet,
    Forsok,
    Gjest,
    Kommune,
    Nokkellenke,
    Tidsrom,
    TidsromQuerySet,
    Tilgang,
    Tilgangslenke,
)

__all__ = [
    "LESERETTER",
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
    "Sted",
    "Stedsdel",
    "Tidsrom",
    "TidsromQuerySet",
    "Tilgang",
    "Tilgangslenke",
]
