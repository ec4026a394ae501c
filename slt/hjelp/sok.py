"""Finding an answer in the handbook by the words of a question: by the same engine as
what is searched of a kommune."""

from dataclasses import dataclass
from functools import cache

from slt.grunn.sok.indeks import Indeks
from slt.grunn.sok.sporring import les
from slt.grunn.sok.ting import Gruppe, Slag, Sokbart
from slt.grunn.sok.utdrag import utdrag
from slt.hjelp.handbok import Avsnitt, Kapittel, handboka

ANTALL = 8
AVSNITT = Slag("avsnitt", Gruppe("handbok", "håndbok"))


@dataclass(frozen=True)
class Treff:
    """A section that answers, and the words around what was found in it, as [(text,
    whether it is one of the words)]."""

    kapittel: Kapittel
    avsnitt: Avsnitt
    utdrag: list[tuple[str, bool]]


def sok(sporsmal, malform):
    """Returns the sections that say most of what is asked for, the best one first."""
    indeks, avsnittene = _indeksen(malform)
    return [
        Treff(*avsnittene[treff.ting.adresse], utdrag(treff.ting.tekst, treff.stammer))
        for treff in indeks.sok(les(sporsmal), flest=ANTALL).treff
    ]


@cache
def _indeksen(malform):
    """The index of the handbook, and {what it calls a section: (chapter, section)}."""
    avsnittene = {
        f"{kapittel.nokkel}#{avsnitt.anker}": (kapittel, avsnitt)
        for kapittel in handboka(malform)
        for avsnitt in kapittel.avsnitt
        if avsnitt.tekst
    }
    tingene = [
        Sokbart(
            slag=AVSNITT,
            tittel=avsnitt.tittel,
            adresse=nokkel,
            felter=[(avsnitt.tekst, 1), (kapittel.tittel, 1)],
            tekst=avsnitt.tekst,
        )
        for nokkel, (kapittel, avsnitt) in avsnittene.items()
    ]
    return Indeks(tingene, om_folk=False), avsnittene
