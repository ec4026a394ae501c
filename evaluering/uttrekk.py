"""What goes along when a kommune's data move; see slt.felles.uttrekk.hva."""

from evaluering.models import (
    Anbefaling,
    Anbefalingssvar,
    Faktor,
    Funn,
    Funnsvar,
    Grunnlag,
    Indikator,
    Kalenderpunkt,
    Kilde,
    Kildesteg,
    Maling,
    Malsettingsindikator,
    Medvirkning,
    Omradeindikator,
    Tallimport,
    Tiltaksindikator,
)

# What a row refers to stands before it.
MED = [
    Kilde,
    Kildesteg,
    Kalenderpunkt,
    Indikator,
    Malsettingsindikator,
    Omradeindikator,
    Tiltaksindikator,
    Tallimport,
    Maling,
    Funn,
    Faktor,
    Anbefaling,
    Grunnlag,
    Funnsvar,
    Anbefalingssvar,
    Medvirkning,
]
