"""New rows on their way in from a document: together until all of them are saved, and
what there is no place for."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Model

from slt.grunn.historikk import Historisert, opprett_mange
from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Innsatsomrade,
    Kapittel,
    Kontaktpunkt,
    Lenke,
    Malgruppe,
    Malsetting,
    Overgang,
    Plassering,
    Styringsdokument,
    Tiltak,
    TiltakLokalomrade,
    Tjeneste,
)

# Each after what it refers to.
REKKE = (
    Tjeneste,
    Kontaktpunkt,
    Kapittel,
    Innsatsomrade,
    Tiltak,
    Overgang,
    Plassering,
    Ansvar,
    AnsvarKontaktpunkt,
    Malgruppe,
    Lenke,
    TiltakLokalomrade,
    Malsetting,
    Styringsdokument,
)


@dataclass(frozen=True)
class UtenPlass:
    """Something of a proposal that lands nowhere, or not where it is looked for: what it
    is, its words, and why."""

    hva: str
    tekst: str
    hvorfor: str
    blokker: tuple[str, ...] = ()


class Rader:
    """Rows that are yet to be saved, by their model."""

    def __init__(self):
        self.av: dict[type[Historisert], list[Historisert]] = defaultdict(list)
        self.uten_plass: list[UtenPlass] = []
        self._hvor: dict[int, str] = {}

    def ny(self, rad, hvor: str):
        """Takes in a row and returns it. `hvor` names it where it is refused."""
        self.av[type(rad)].append(rad)
        self._hvor[id(rad)] = hvor
        return rad

    def sjekk(self) -> None:
        """Raises a ValidationError of all that no form would take, and says where it
        stands: an identity number, above all."""
        feilene = []
        for rad in self._alle():
            relasjoner = {f.name for f in rad._meta.concrete_fields if f.is_relation}
            try:
                rad.clean_fields(exclude=relasjoner)
            except ValidationError as feil:
                hva = " ".join(dict.fromkeys(map(str, feil.messages)))
                feilene.append(f"{self._hvor[id(rad)]}: {hva}")
        if feilene:
            raise ValidationError(list(dict.fromkeys(feilene)))

    def _alle(self) -> Iterator[Historisert]:
        for rader in self.av.values():
            yield from rader

    def lagre(self) -> None:
        """Saves all of them, in a number of queries that does not grow with them."""
        for modell in (*REKKE, *(m for m in self.av if m not in REKKE)):
            rader = self.av.get(modell, [])
            if modell is Tiltak:
                lagre([rad for rad in rader if rad.overordnet is None])
                rader = [rad for rad in rader if rad.overordnet is not None]
            lagre(rader)


def lagre(rader: list[Historisert]) -> None:
    """Saves new rows of one model, once what they refer to has got its key."""
    for rad in rader:
        for felt in rad._meta.concrete_fields:
            if felt.is_relation and felt.is_cached(rad):
                setattr(rad, felt.name, getattr(rad, felt.name))
    opprett_mange(rader)


def forkortet(tekst: str, lengst: int) -> tuple[str, str]:
    """(a text that is no longer than that, the whole where that is another)."""
    tekst = " ".join(tekst.split())
    if len(tekst) <= lengst:
        return tekst, ""
    sted = tekst.rfind(" ", lengst // 2, lengst - 1)
    return tekst[: sted if sted > 0 else lengst - 1].rstrip(" ,;:–-") + "…", tekst


def lengden(modell: type[Model], felt: str) -> int:
    return modell._meta.get_field(felt).max_length
