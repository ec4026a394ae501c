"""The meeting structure: fora and who sits in them, series and meetings, and the links by
which calendars fetch them."""

from .fora import Forum, Forumskommune, Forumsmedlem, Sendevei
from .kalender import Kalenderlenke
from .moter import Mote, Motefri, Moteserie

__all__ = [
    "Forum",
    "Forumskommune",
    "Forumsmedlem",
    "Kalenderlenke",
    "Mote",
    "Motefri",
    "Moteserie",
    "Sendevei",
]
