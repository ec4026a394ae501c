"""The meeting structure: fora and who sits in them, series and meetings, the links by
which calendars fetch them, and what else happens on a day."""

from .aktiviteter import Aktivitet
from .fora import Forum, Forumskommune, Sendevei
from .kalender import Kalenderlenke
from .medlemmer import Forumsmedlem
from .motefri import Motefri
from .moter import Mote, Moteserie
from .planlesere import Planleser

__all__ = [
    "Aktivitet",
    "Forum",
    "Forumskommune",
    "Forumsmedlem",
    "Kalenderlenke",
    "Mote",
    "Motefri",
    "Moteserie",
    "Planleser",
    "Sendevei",
]
