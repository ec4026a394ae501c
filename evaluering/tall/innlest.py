"""What a table of figures was understood as, and what has to be said of the words in it."""

from collections import defaultdict
from dataclasses import dataclass, field

from evaluering.models import Maling

FLEST_FEIL = 100
UTEN = "uten"


@dataclass(frozen=True)
class Radfeil:
    """What is wrong with a row.

    Attributes:
        rad: its number as the spreadsheet has it, from 1.
        kolonne: the heading, or "".
    """

    rad: int
    kolonne: str
    tekst: str


@dataclass
class Valg:
    """What somebody has said of the words in a table that say nothing to us, by the word.

    Attributes:
        indikatorer, steder, lokalomrader, kilder: {name: pk, or UTEN of what is left out}.
        merker: {mark: a Maling.Merke, "0", or UTEN}.
        kilde: the pk of the source of figures that name none.
    """

    indikatorer: dict = field(default_factory=dict)
    steder: dict = field(default_factory=dict)
    lokalomrader: dict = field(default_factory=dict)
    kilder: dict = field(default_factory=dict)
    merker: dict = field(default_factory=dict)
    kilde: int | None = None


@dataclass
class Ukjent:
    """A word that has to be said something of.

    Attributes:
        antall: how many figures it stands by.
        forslag: what is called nearly so.
        enheter, trinn: what stands beside it.
    """

    navn: str
    antall: int = 0
    forslag: object = None
    enheter: set = field(default_factory=set)
    trinn: set = field(default_factory=set)


@dataclass
class Innlest:
    """What a table was understood as: rows not saved, or what is wrong with it.

    Attributes:
        malinger: new figures.
        endringer: [(the figure that is there, the new one)] that say otherwise.
        like: how many are there already, and say the same.
        merknader: what was left out or changed, in words.
        ukjente: {what: {name: Ukjent}} for the fields of Valg.
        mangler_kilde: how many figures have no source of their time.
        siste_ar: the newest year in the table, or None.
        utgiver: who published it, as tallord.UTGIVERE has it, or "".
        feil_i_alt: how many, where `feil` has the first of them.
    """

    malinger: list[Maling] = field(default_factory=list)
    endringer: list[tuple[Maling, Maling]] = field(default_factory=list)
    like: int = 0
    merknader: list[str] = field(default_factory=list)
    ukjente: dict = field(default_factory=lambda: defaultdict(dict))
    mangler_kilde: int = 0
    siste_ar: int | None = None
    utgiver: str = ""
    feil: list[Radfeil] = field(default_factory=list)
    feil_i_alt: int = 0

    def si(self, rad, kolonne, tekst):
        self.feil_i_alt += 1
        if len(self.feil) < FLEST_FEIL:
            self.feil.append(Radfeil(rad, kolonne, str(tekst)))

    @property
    def ma_spores(self):
        """Whether somebody has to say more before it can be looked at."""
        return any(self.ukjente.values()) or self.mangler_kilde > 0
