"""Why these measures, and what came of them."""

from .bruk import Malsettingsindikator, Omradeindikator, Tiltaksindikator
from .egenvurderinger import Egenvurdering, Egenvurderingssvar
from .evalueringer import Evaluering, Milepal, Tiltaksvurdering
from .faktorer import Faktor
from .kilder import Kalenderpunkt, Kilde, Kildesteg
from .kunnskap import Anbefaling, Anbefalingssvar, Funn, Funnsvar, Grunnlag
from .maling import Maling
from .medvirkning import Medvirkning
from .norm import Normsvar
from .rapporter import Rapport
from .tall import Indikator, Tallimport

__all__ = [
    "Anbefaling",
    "Anbefalingssvar",
    "Egenvurdering",
    "Egenvurderingssvar",
    "Evaluering",
    "Faktor",
    "Funn",
    "Funnsvar",
    "Grunnlag",
    "Indikator",
    "Kalenderpunkt",
    "Kilde",
    "Kildesteg",
    "Maling",
    "Malsettingsindikator",
    "Medvirkning",
    "Milepal",
    "Normsvar",
    "Omradeindikator",
    "Rapport",
    "Tallimport",
    "Tiltaksindikator",
    "Tiltaksvurdering",
]
