"""Why these measures, and what came of them."""

from .kunnskap import Anbefaling, Anbefalingssvar, Funn, Funnsvar, Grunnlag, Kilde
from .maling import Maling
from .tall import Indikator, Tallimport

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
