"""Kinds of proposals that an app above carries out. Each says its own at start: what they
are about is nothing that this app knows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from slt.felles.skjemaside import Skjema
from tiltak.models import Endringsforslag


@dataclass(frozen=True)
class Forslagsslag:
    """How proposals of one kind are shown and carried out.

    Attributes:
        lesbart: whether one says what can be read at all; only of those is the rest asked.
        emner: {id of a proposal: what it is about}, of many in as many queries however
            many; without those whose subject is no more.
        forskjeller: as tiltak.runder.forslag.forskjellene, of one with its `emne`.
        utfor: carries one out; raises a ValidationError where it can't be done today.
        rad: the row that the coordinator writes in instead; raises Http404.
        skjema: (that row, what was sent or None, the proposal) -> Skjema.
    """

    lesbart: Callable[[Endringsforslag], bool]
    emner: Callable[[list[Endringsforslag]], dict[int, Any]]
    forskjeller: Callable[[Endringsforslag], list[tuple]]
    utfor: Callable[[Endringsforslag], None]
    rad: Callable[[Endringsforslag], Any]
    skjema: Callable[[Any, Any, Endringsforslag], Skjema]


SLAG: dict[str, Forslagsslag] = {}


def med_emner(forslagene: Iterable[Endringsforslag]) -> list[Endringsforslag]:
    """Says by each what it is about, where an app above knows that."""
    rader = list(forslagene)
    for slag, hvordan in SLAG.items():
        egne = [rad for rad in rader if rad.slag == slag and hvordan.lesbart(rad)]
        if egne:
            emner = hvordan.emner(egne)
            for rad in egne:
                rad.emne = emner.get(rad.pk)
    return rader
