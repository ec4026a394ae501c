"""The sign of each kind of thing: a shape and a colour."""

from dataclasses import dataclass

from slt.felles.arshjul import Slag

# Around the middle, about ten to each side; told apart without their colours, too.
FORMER = {
    Slag.MOTER: ("M10 0C10 5.52 5.52 10 0 10S-10 5.52-10 0-5.52-10 0-10 10-5.52 10 0Z"),
    Slag.AKTIVITETER: (
        "M0-12L3-4 11.5-3.7 4.8 1.6 7 9.7 0 5-7 9.7-4.8 1.6-11.5-3.7-3-4Z"
    ),
    Slag.RUNDER: "M-9-9H9V9H-9Z",
    Slag.TILTAK: "M0-11L11 9H-11Z",
    Slag.KUNNSKAP: "M0-12L11 0 0 12-11 0Z",
    Slag.EVALUERING: "M-3.5-11H3.5V-3.5H11V3.5H3.5V11H-3.5V3.5H-11V-3.5H-3.5Z",
    Slag.TILSKUDD: "M0 11L11-9H-11Z",
    Slag.FRISTER: "M-6-11L0-5 6-11 11-6 5 0 11 6 6 11 0 5-6 11-11 6-5 0-11-6Z",
    Slag.HORINGER: "M-5.5-10H5.5L11 0 5.5 10H-5.5L-11 0Z",
}
# On white; slt.css has those of the page, which may be dark.
FARGER = {
    Slag.MOTER: "#14495c",
    Slag.AKTIVITETER: "#8a4b00",
    Slag.RUNDER: "#54338a",
    Slag.TILTAK: "#1f6b3a",
    Slag.KUNNSKAP: "#1b4f9c",
    Slag.EVALUERING: "#a3145f",
    Slag.TILSKUDD: "#5f5a00",
    Slag.FRISTER: "#a31515",
    Slag.HORINGER: "#444444",
}


@dataclass(frozen=True)
class Tegn:
    """The sign of a kind."""

    slag: Slag

    @property
    def navn(self):
        return self.slag.label

    @property
    def form(self):
        return FORMER[self.slag]

    @property
    def farge(self):
        return FARGER[self.slag]


TEGN = {slag: Tegn(slag) for slag in Slag}
