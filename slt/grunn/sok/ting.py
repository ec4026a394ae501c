"""What can be searched, as those say it who have it."""

from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass(frozen=True)
class Gruppe:
    """A heading under which hits stand."""

    nokkel: str
    navn: str | Promise


@dataclass(frozen=True)
class Slag:
    """A kind of thing: what a hit says that it is, where it stands, and how much its words
    weigh beside those of the others."""

    navn: str | Promise
    gruppe: Gruppe
    vekt: float = 1


@dataclass(frozen=True, slots=True)
class Nummer:
    """A telephone number as it is read, what a press on it opens, and what it is called."""

    visning: str
    lenke: str
    etikett: str = ""


@dataclass(slots=True)
class Sokbart:
    """One thing that can be found.

    Attributes:
        tittel: what it is called; a word of it says most.
        kort: its short name, as good as the title.
        navn: other names, each in words of its own; a whole one is as good as the title.
        emner: [(the words of a theme that it is about, how much of it that is, from 0 to
            1)].
        felter: [(text, weight)] of what else it says; the longer, the less each word.
        tekst: what an excerpt is taken from.
        under: a line that says more of it.
        numre: telephone numbers, the one to call first.
        aldre: [(from, to)] in years, both included; none is all ages.
        steder: names of the places where it is.
        avsluttet: whether it is over, and so comes last.
        for_utovere: whether it is for those who do harm: the words of who suffers it lead
            elsewhere first.
        for_ansatte: whether only staff may make contact: who asks about themselves or their
            own, is led elsewhere first.
        faktor: what else makes it more or less likely to be the answer.
    """

    slag: Slag
    tittel: str
    adresse: str
    kort: str = ""
    navn: list[str] = field(default_factory=list)
    emner: list[tuple[tuple[str, ...], float]] = field(default_factory=list)
    felter: list[tuple[str, float]] = field(default_factory=list)
    tekst: str = ""
    under: str = ""
    numre: list[Nummer] = field(default_factory=list)
    aldre: list[tuple[int, int]] = field(default_factory=list)
    steder: list[str] = field(default_factory=list)
    avsluttet: bool = False
    for_utovere: bool = False
    for_ansatte: bool = False
    faktor: float = 1
