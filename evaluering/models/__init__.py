"""Why these measures, and what came of them."""

from .kunnskap import Anbefaling, Anbefalingssvar, Funn, Funnsvar, Grunnlag, Kilde
from .tall import Indikator, Maling, Tallimport

__all__ = [
    "Anbefaling",
    "Anbefalingssvar",
    "Funn",
    "Funnsvar",
    "Grunnlag",
    "Indikator",
    "Kilde",
    "Maling",
    "Tallimport",
]
