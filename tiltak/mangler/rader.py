"""The lines of the list of what a plan lacks, and what leads from them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rad:
    """One thing that is lacking.

    Attributes:
        adresse: where it is mended, or where it is read when nothing can be mended.
        merkelapp: where the tiltak stands: "Vold 4".
        detalj: what is the matter, where the heading does not say all of it.
    """

    tittel: str
    adresse: str
    merkelapp: str = ""
    detalj: str = ""


@dataclass(frozen=True)
class Gruppe:
    """Things of one kind that are lacking.

    Attributes:
        nokkel: the part of the page's address.
        hvorfor: what it means to those who read the plan, and how it is mended.
        ord: a word in it that not all know; see slt.grunn.ordliste.
        teller: whether it is a lack, and no mere notice of what cannot be mended.
    """

    nokkel: str
    overskrift: str
    hvorfor: str
    rader: list[Rad]
    teller: bool = True
    ord: str = ""
