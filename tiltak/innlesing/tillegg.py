"""What comes of a proposed plan in the apps above this one: each adds at start how."""

from collections.abc import Callable

from tiltak.innlesing.forslag.modell import Planforslag
from tiltak.innlesing.rader import Rader
from tiltak.innlesing.tjenester import Tjenestene

# Each adds its rows of the kommune, each after those that they refer to, and what it
# finds no place for.
TILLEGG: list[Callable[[Planforslag, Tjenestene, Rader], None]] = []
