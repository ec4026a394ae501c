"""How a sheet of figures is laid out: where its headings are, and what each column is."""

from dataclasses import asdict, dataclass, field

from evaluering.tall.ark import Ark, celle_i, tekst

# What a column may be, besides what a figure is of; "" has to be chosen.
UTELATT = "utelatt"
# What is added to the name of the indicator: "prosent" beside "antall".
TILLEGG = "tillegg"


@dataclass
class Kolonne:
    """What a column is.

    Attributes:
        rolle: one of ROLLENE, UTELATT, or "" when nobody has said it yet.
        faste: of a column of figures, what its heading says: {"år": "2020"}.
    """

    rolle: str
    faste: dict[str, str] = field(default_factory=dict)


@dataclass
class Oppsett:
    """The layout of a sheet.

    Attributes:
        ark: the name of the sheet.
        hode: the first and the last row of headings, by number.
        faste: what holds for all figures, as no column says it: {"indikator": …}.
        to_ar: what two years on end are, a Maling.Periode, where there are some.
        punktum: what a point in a figure is, "desimal" or "tusen", where it may be both.
        tomme: what an empty cell says that others in its column fill: "over", the same as
            the one above it, or "alle", all of them; "" is not known.
        over: what the words above many columns of figures are, where they say nothing
            else: "slag", "gruppe" or "indikator".
    """

    ark: str
    hode: tuple[int, int]
    kolonner: list[Kolonne]
    faste: dict[str, str] = field(default_factory=dict)
    to_ar: str = ""
    punktum: str = ""
    tomme: str = ""
    over: str = "slag"

    def til_json(self):
        return asdict(self)

    @classmethod
    def fra_json(cls, lagret):
        kolonner = [Kolonne(**k) for k in lagret["kolonner"]]
        return cls(**lagret | {"kolonner": kolonner, "hode": tuple(lagret["hode"])})

    def plasser(self, rolle):
        return [nr for nr, k in enumerate(self.kolonner) if k.rolle == rolle]


def overskrifter(ark: Ark, hode: tuple[int, int]) -> list[list[str]]:
    """The headings of each column, the uppermost first; those of a group of columns stand
    above all of it."""
    rader = [celler for nr, celler in ark.rader if hode[0] <= nr <= hode[1]]
    bredde = ark.bredde
    ut = [[] for _ in range(bredde)]
    for nr, celler in enumerate(rader):
        siste = ""
        for plass in range(bredde):
            ordene = tekst(celle_i(celler, plass))
            # Above other headings an empty cell is part of the group it stands in.
            if ordene or nr == len(rader) - 1:
                siste = ordene
            if siste and siste not in ut[plass]:
                ut[plass].append(siste)
    return ut
