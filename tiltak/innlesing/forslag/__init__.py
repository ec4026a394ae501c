"""A plan proposed from blocks and choices: the same ones give the same plan."""

from collections.abc import Iterable

from tiltak.innlesing.blokker import AVSNITT, Blokk

from .biter import biter
from .bygg import Planbygger
from .dekning import dekning
from .etiketter import ANNET, Etiketter
from .modell import Planforslag
from .plantall import om_planen
from .roller import Rollegiver
from .roller_for import sett_inn
from .sammenheng import fora, styringsdokumenter
from .tabeller import KONTAKTER, REKKER, tabeller
from .valg import Valg


def foresla(
    blokker: Iterable[Blokk],
    valg: Valg | None = None,
    *,
    tjenester: Iterable[str] = (),
    lokalomrader: Iterable[str] = (),
) -> Planforslag:
    """A plan of what the blocks say.

    Args:
        valg: what somebody decided about them.
        tjenester: names and short names of services that are known.
        lokalomrader: names of the kommune's own areas.
    """
    valg = valg or Valg()
    etiketter = Etiketter(valg.etiketter)
    bitene = biter(blokker, valg)
    etiketter.finn_uten_kolon(bit.tekst for bit in bitene if bit.slag == AVSNITT)
    tabellene = tabeller(bitene, etiketter)
    roller = Rollegiver(bitene, tabellene, etiketter).gi(valg)
    bygger = Planbygger(
        tabellene, etiketter, valg, tjenester=tjenester, lokalomrader=lokalomrader
    )
    plan = bygger.bygg(bitene, roller)
    om_planen(plan)
    plan.styringsdokumenter += styringsdokumenter(plan.kapitler)
    plan.fora = fora(plan.kapitler)
    plan.etiketter = _kolonnene(tabellene) | etiketter.brukt
    valgt_bort = sett_inn(plan, valg.roller_for)
    plan.dekning = dekning(bitene, plan, valgt_bort)
    return plan


def _kolonnene(tabellene):
    """{what a column is called: its field} of the tables in which tiltak stand."""
    return {
        " ".join(navn.split()): "" if felt == ANNET else felt
        for tabell in tabellene.values()
        if tabell.slag in {REKKER, KONTAKTER}
        for navn, felt in zip(tabell.navn, tabell.kolonner, strict=False)
        if navn.strip()
    }
