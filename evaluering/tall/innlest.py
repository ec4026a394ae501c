"""What a table of figures was understood as, and what has to be said of the words in it."""

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from evaluering.models import Indikator, Kilde, Maling
from evaluering.tall.ark import tekst
from slt.models import Lokalomrade, Sted

FLEST_FEIL = 100
# So many names can be asked about; more of them stand in a column that is something else.
FLEST_UKJENTE = 300
UTEN = "uten"
# How much of a word may be the same as of another, and it is likely the same word.
LIKT_NOK = 0.75


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
        like: those that are there already, and say the same.
        merknader: what was left out or changed, in words.
        ukjente: {what: {name: Ukjent}} for the fields of Valg.
        mangler_kilde: how many figures have no source of their time.
        siste_ar: the year that a source must be of, or later, to have given all figures
            that name none; or None.
        utgiver: who published it, as tallord.UTGIVERE has it, or "".
        feil_i_alt: how many, where `feil` has the first of them.
    """

    malinger: list[Maling] = field(default_factory=list)
    endringer: list[tuple[Maling, Maling]] = field(default_factory=list)
    like: list[Maling] = field(default_factory=list)
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

    def ukjent(self, hva: str, navn: str, oppslag: "Oppslag") -> Ukjent:
        """What is known of a name that the kommune has not.

        Raises:
            ValidationError: there are more of them than somebody can be asked about.
        """
        ukjente, nokkel = self.ukjente[hva], navn.casefold()
        if nokkel not in ukjente:
            if len(ukjente) == FLEST_UKJENTE:
                raise ValidationError(
                    _(
                        "Tabellen har mer enn %d navn som kommunen ikke har fra før. Se "
                        "hva hver kolonne er."
                    )
                    % FLEST_UKJENTE
                )
            # To look for what is called nearly so takes a while.
            ukjente[nokkel] = Ukjent(navn, forslag=oppslag.likner(navn))
        return ukjente[nokkel]

    @property
    def ma_spores(self):
        """Whether somebody has to say more before it can be looked at."""
        return any(self.ukjente.values()) or self.mangler_kilde > 0


def sier_det_samme(finnes: Maling, ny: Maling) -> bool:
    """Whether a figure that comes in says what the one that is there does."""
    # What is shown as hidden in a file of ours is no other figure.
    if ny.merke == Maling.Merke.SKJULT and finnes.er_fa:
        return True
    felter = ("verdi", "verdi_til", "merke")
    return all(getattr(finnes, felt) == getattr(ny, felt) for felt in felter)


class Oppslag:
    """Rows of a kommune by name."""

    def __init__(self, rader):
        rader = list(rader)
        self.navn = {tekst(rad.navn).casefold(): rad for rad in rader}
        self.pker = {rad.pk: rad for rad in rader}

    def ved_navn(self, navn) -> Indikator | Sted | Lokalomrade | Kilde | None:
        return self.navn.get(navn.casefold())

    def ved_pk(self, pk):
        return self.pker.get(pk)

    def likner(self, navn):
        """What is called nearly so, as when it is misspelt."""
        for likt in get_close_matches(navn.casefold(), self.navn, n=5, cutoff=0.8):
            if _er_nesten(navn.casefold(), likt):
                return self.navn[likt]
        return None


def _er_nesten(navn, annet):
    """Whether each word of a name is nearly that of another: "Sagdalen skole" is not
    "Auglend skole", however much of them is the same, and 5 is not 8."""
    ordene, andre = navn.split(), annet.split()
    if len(ordene) != len(andre):
        return navn.replace(" ", "") == annet.replace(" ", "")
    return all(
        en == to
        or ((en + to).isalpha() and SequenceMatcher(None, en, to).ratio() >= LIKT_NOK)
        for en, to in zip(ordene, andre, strict=True)
    )
