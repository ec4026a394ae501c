"""What goes along when a kommune's data move; see slt.felles.uttrekk.hva."""

from evaluering.models import (
    Anbefaling,
    Anbefalingssvar,
    Funn,
    Funnsvar,
    Grunnlag,
    Indikator,
    Kilde,
    Maling,
    Tallimport,
)

# What a row refers to stands before it.
MED = [
    Kilde,
    Indikator,
    Tallimport,
    Maling,
    Funn,
    Anbefaling,
    Grunnlag,
    Funnsvar,
    Anbefalingssvar,
]
