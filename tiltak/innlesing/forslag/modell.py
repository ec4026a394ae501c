"""What a plan is proposed as. Each value knows the blocks that it came from."""

from dataclasses import asdict, dataclass, field


@dataclass
class Verdi:
    tekst: str
    blokker: tuple[str, ...] = ()


@dataclass
class Tekstdel:
    """A piece of a description or of a chapter.

    Attributes:
        slag: as of blocks: "overskrift", "avsnitt", "punkt", "rad", or "felt": what the
            model has no place for, under its own label.
        etikett: of a "felt".
    """

    slag: str
    tekst: str
    blokker: tuple[str, ...] = ()
    niva: int = 0
    merke: str = ""
    etikett: str = ""
    celler: tuple[str, ...] = ()
    lenker: tuple[tuple[str, str], ...] = ()


@dataclass
class Kontakt:
    """
    Attributes:
        art: "telefon", "epost", "nettside" or "fremgangsmate".
        verdi: as it is stored.
        ved: the words of the line, the cell or the sentence in which it stands: whose it
            is, where they name somebody.
    """

    art: str
    verdi: str
    merknad: str = ""
    blokker: tuple[str, ...] = ()
    ved: str = field(default="", compare=False)


@dataclass
class Ansvar:
    """rolle: as tiltak.models.Ansvar has it."""

    navn: str
    rolle: str
    blokker: tuple[str, ...] = ()
    merknad: str = ""


@dataclass
class Malgruppe:
    tekst: str = ""
    alder_fra: int | None = None
    alder_til: int | None = None
    trinn_fra: int | None = None
    trinn_til: int | None = None
    blokker: tuple[str, ...] = ()


@dataclass
class HvorOfte:
    """So many times in each so many: 4–6 times each year; once each sixth week.

    Attributes:
        per: as Tiltak.Tidsenhet.
        hver: each how many of them; 1 is each.
        uke: the week of the year.
    """

    fra: int
    til: int | None
    per: str
    hver: int = 1
    uke: int | None = None
    tekst: str = ""
    blokker: tuple[str, ...] = ()


@dataclass
class Plassering:
    """Where a tiltak stands, and who answers for it there.

    Attributes:
        flerniva: whether its number was the last of several, as of 3.1.
    """

    omrade: int | None
    nummer: int | None = None
    flerniva: bool = False
    ansvar: list[Ansvar] = field(default_factory=list)
    blokker: tuple[str, ...] = ()


@dataclass
class Tiltak:
    tittel: Verdi
    plasseringer: list[Plassering] = field(default_factory=list)
    tekst: list[Tekstdel] = field(default_factory=list)
    nytt: Verdi | None = None
    niva: Verdi | None = None
    status: Verdi | None = None
    bti: tuple[int, int] | None = None
    hvor_ofte: HvorOfte | None = None
    forankring: list[Verdi] = field(default_factory=list)
    malsettinger: list[Verdi] = field(default_factory=list)
    malgrupper: list[Malgruppe] = field(default_factory=list)
    kontakter: list[Kontakt] = field(default_factory=list)
    # Of "unge", "foresatte", "ansatte" and "andre".
    kan_kontakte: list[Verdi] = field(default_factory=list)
    lokalomrader: list[Verdi] = field(default_factory=list)
    deltiltak: list["Tiltak"] = field(default_factory=list)

    @property
    def ansvar(self) -> list[Ansvar]:
        return [ansvar for sted in self.plasseringer for ansvar in sted.ansvar]


@dataclass
class Innsatsomrade:
    tittel: Verdi
    tekst: list[Tekstdel] = field(default_factory=list)


@dataclass
class Kapittel:
    tittel: Verdi
    tekst: list[Tekstdel] = field(default_factory=list)


@dataclass
class Malsetting:
    """type: as tiltak.models.Malsetting; omrade: the place of its innsatsområde in the
    proposal, or None where it is the plan's."""

    type: str
    tekst: str
    omrade: int | None = None
    blokker: tuple[str, ...] = ()


@dataclass
class Styringsdokument:
    tittel: str
    fra_ar: int | None = None
    til_ar: int | None = None
    merknad: str = ""
    lenke: str = ""
    blokker: tuple[str, ...] = ()
    # How the plan stands to it, in the words of the source.
    forhold: str = ""


@dataclass
class Forum:
    navn: str
    niva: str = ""
    rytme: HvorOfte | None = None
    medlemmer: list[Verdi] = field(default_factory=list)
    blokker: tuple[str, ...] = ()


@dataclass
class Utelatt:
    """A block that landed nowhere. grunn: "hoppet_over", "marg", "innhold", "bilde",
    "tabellhode" or "ukjent"."""

    blokk: str
    grunn: str
    tekst: str = ""


@dataclass
class Dekning:
    """How much of the text landed, in signs that are no spaces. What the source has for
    finding one's way in it (contents, heads, feet) is not counted."""

    tegn: int = 0
    landet: int = 0

    @property
    def andel(self) -> float:
        return self.landet / self.tegn if self.tegn else 0.0


@dataclass
class Planforslag:
    tittel: Verdi | None = None
    fra_ar: int | None = None
    til_ar: int | None = None
    kapitler: list[Kapittel] = field(default_factory=list)
    innsatsomrader: list[Innsatsomrade] = field(default_factory=list)
    tiltak: list[Tiltak] = field(default_factory=list)
    malsettinger: list[Malsetting] = field(default_factory=list)
    styringsdokumenter: list[Styringsdokument] = field(default_factory=list)
    fora: list[Forum] = field(default_factory=list)
    utelatt: list[Utelatt] = field(default_factory=list)
    dekning: Dekning = field(default_factory=Dekning)
    # What each block was taken as, by its key: for the one who looks over it.
    roller: dict[str, str] = field(default_factory=dict)
    # The labels met, as written, and what each was taken as.
    etiketter: dict[str, str] = field(default_factory=dict)

    def som_json(self) -> dict:
        return asdict(self)
