"""The sign of each kind of thing: a shape and a colour."""

from dataclasses import dataclass

from slt.felles.arshjul import Slag

# Around the middle, of size 1; told apart without their colours, too.
FORMER = {
    Slag.MOTER: "M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0Z",
    Slag.AKTIVITETER: (
        "M0-1.2L.3-.4 1.15-.37.48.16.7.97 0 .5-.7.97-.48.16-1.15-.37-.3-.4Z"
    ),
    Slag.RUNDER: "M-.9-.9H.9V.9H-.9Z",
    Slag.TILTAK: "M0-1.1L1.1.9H-1.1Z",
    Slag.KUNNSKAP: "M0-1.2L1.1 0 0 1.2-1.1 0Z",
    Slag.EVALUERING: "M-.35-1.1H.35V-.35H1.1V.35H.35V1.1H-.35V.35H-1.1V-.35H-.35Z",
    Slag.TILSKUDD: "M0 1.1L1.1-.9H-1.1Z",
    Slag.FRISTER: (
        "M-.6-1.1L0-.5 .6-1.1 1.1-.6 .5 0 1.1 .6 .6 1.1 0 .5-.6 1.1-1.1 .6-.5 0-1.1-.6Z"
    ),
    Slag.HORINGER: "M-.55-1H.55L1.1 0 .55 1H-.55L-1.1 0Z",
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
