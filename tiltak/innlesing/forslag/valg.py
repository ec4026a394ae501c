"""What somebody has decided about a document: plain data, kept as JSON."""

from dataclasses import asdict, dataclass, field
from typing import Self

from .etiketter import FELT, normalisert

TITTEL = "tittel"
KAPITTEL = "kapittel"
UNDEROVERSKRIFT = "underoverskrift"
OMRADE = "innsatsomrade"
NIVAGRUPPE = "nivagruppe"  # "Universelle tiltak": the level of those beneath it
TILTAK = "tiltak"
DELTILTAK = "deltiltak"
FELT_OVERSKRIFT = "felt"  # a label that stands alone, above what it is a label of
TEKST = "tekst"
MALSETTING = "malsetting"
HODE = "tabellhode"
HOPP_OVER = "hopp_over"

ROLLER = frozenset(
    {
        TITTEL, KAPITTEL, UNDEROVERSKRIFT, OMRADE, NIVAGRUPPE, TILTAK, DELTILTAK,
        FELT_OVERSKRIFT, TEKST, MALSETTING, HODE, HOPP_OVER,
    }
)  # fmt: skip

# What becomes of the name of a service that is not there.
NY_TJENESTE = "ny"
INGEN_TJENESTE = "ingen"  # it stands in the description instead


@dataclass(frozen=True)
class Valg:
    """Choices about a document; without any, all is as proposed.

    Attributes:
        blokker: what a block is, by its key; one of ROLLER.
        felt: which field a paragraph belongs to, by the key of its block: one of
            tiltak.innlesing.forslag.etiketter.FELT.
        etiketter: which field a label stands for, everywhere in the document.
        slatt_sammen: keys of blocks that go on from the one before.
        delt: places in the text of a block where it is split.
        tjenester: which service a name stands for, by tiltak.innlesing.treff.nokkel: "17"
            (the key of one that is there), NY_TJENESTE or INGEN_TJENESTE.
        roller_for: what stands in the place of a text that names a person, by the text
            as it is in the proposal.
    """

    blokker: dict[str, str] = field(default_factory=dict)
    felt: dict[str, str] = field(default_factory=dict)
    etiketter: dict[str, str] = field(default_factory=dict)
    slatt_sammen: frozenset[str] = frozenset()
    delt: dict[str, list[int]] = field(default_factory=dict)
    tjenester: dict[str, str] = field(default_factory=dict)
    roller_for: dict[str, str] = field(default_factory=dict)

    @classmethod
    def fra_json(cls, data: dict) -> Self:
        """What is kept, without what is not known any longer."""
        blokker = data.get("blokker", {})
        felt, etiketter = data.get("felt", {}), data.get("etiketter", {})
        return cls(
            blokker={str(n): r for n, r in blokker.items() if r in ROLLER},
            felt={str(n): f for n, f in felt.items() if f in FELT},
            etiketter={normalisert(e): f for e, f in etiketter.items() if f in FELT},
            slatt_sammen=frozenset(map(str, data.get("slatt_sammen", []))),
            delt={str(n): sorted(map(int, s)) for n, s in data.get("delt", {}).items()},
            tjenester=dict(data.get("tjenester", {})),
            roller_for=dict(data.get("roller_for", {})),
        )

    def som_json(self) -> dict:
        return asdict(self) | {"slatt_sammen": sorted(self.slatt_sammen)}
