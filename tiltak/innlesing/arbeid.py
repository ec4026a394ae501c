"""What is decided about a document on its way in: one choice at a time, and back again."""

import re
from collections.abc import Callable, Iterable
from copy import deepcopy
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from slt.models import Bruker, Kommune
from tiltak.innlesing.blokker import Blokk
from tiltak.innlesing.forslag import foresla
from tiltak.innlesing.forslag.modell import Planforslag
from tiltak.innlesing.forslag.valg import TEKST, Valg
from tiltak.models import Planimport, Tjeneste

# So many choices can be taken back, one by one.
FLESTE_TILBAKE = 100
# A change to the choices as they are kept.
Endring = Callable[[dict], None]


def ta_imot(
    *, kommune: Kommune, bruker: Bruker, navn: str, blokker: list[Blokk]
) -> Planimport:
    """Keeps what was read of a document, until it has become a plan."""
    lest = [blokk.som_json() for blokk in blokker]
    return Planimport.objects.create(
        kommune=kommune,
        bruker=bruker,
        navn=navn,
        sjekksum=sha256(repr(lest).encode()).hexdigest(),
        blokker=lest,
    )


def blokkene(planimport: Planimport) -> list[Blokk]:
    return [Blokk.fra_json(data) for data in planimport.blokker]


def forslaget(planimport: Planimport) -> Planforslag:
    """What the document is understood as, with what was decided: 2 queries."""
    kommune = planimport.kommune
    tjenester = Tjeneste.objects.i(kommune).values_list("navn", "kortnavn")
    return foresla(
        blokkene(planimport),
        Valg.fra_json(planimport.valg),
        tjenester=[navn for par in tjenester for navn in par if navn],
        lokalomrader=kommune.lokalomrader.values_list("navn", flat=True),
    )


# Deciding -----------------------------------------------------------------------------


@transaction.atomic
def bestem(
    *, planimport: Planimport, versjon: int, endringer: Iterable[Endring]
) -> Planimport:
    """Notes what was decided, so that it can be taken back. Returns the import as it is.

    Args:
        versjon: that of the page on which it was decided.

    Raises:
        ValidationError: something else was decided meanwhile, or the plan was put in.
    """
    rad = _last(planimport, versjon)
    forrige = deepcopy(rad.valg)
    for endre in endringer:
        endre(rad.valg)
    if rad.valg != forrige:
        rad.tidligere_valg = [*rad.tidligere_valg, forrige][-FLESTE_TILBAKE:]
        rad.versjon += 1
        rad.save()
    return rad


@transaction.atomic
def ta_tilbake(*, planimport: Planimport, versjon: int) -> Planimport:
    """Undoes the last choice.

    Raises:
        ValidationError: as `bestem`, or there is none.
    """
    rad = _last(planimport, versjon)
    if not rad.tidligere_valg:
        raise ValidationError(_("Det er ingenting å angre."))
    rad.valg = rad.tidligere_valg.pop()
    rad.versjon += 1
    rad.save()
    return rad


@transaction.atomic
def merk_lest(*, planimport: Planimport, nokler: Iterable[str], lest: bool) -> None:
    """Notes that somebody has read what is proposed of these blocks, or that they have not.
    It changes nothing of the proposal, and two may do it at once.

    Raises:
        ValidationError: the plan was put in.
    """
    rad = _last(planimport)
    sett = set(rad.sett)
    sett = sett.union(nokler) if lest else sett.difference(nokler)
    rad.sett = sorted(sett)
    rad.save()


@transaction.atomic
def forkast(*, planimport: Planimport) -> None:
    """Throws away what was read.

    Raises:
        ValidationError: the plan was put in.
    """
    _last(planimport).delete()


def las(planimport: Planimport) -> Planimport:
    """The import as it stays until the transaction is over. The kommune first, as all
    who write do, or two would wait for each other; with those that it shares fora with,
    as a forum may have been let in to read the draft."""
    Kommune.objects.las_med_naboer(planimport.kommune_id)
    return Planimport.objects.select_for_update().get(pk=planimport.pk)


def _last(planimport, versjon=None):
    rad = las(planimport)
    if rad.lagt_inn:
        raise ValidationError(_("Dokumentet er lagt inn i en plan."), code="lagt_inn")
    if versjon is not None and rad.versjon != versjon:
        raise ValidationError(
            _(
                "Noe annet ble valgt i mellomtiden, av deg i en annen fane eller av noen "
                "andre. Valget ditt er ikke lagret. Se hva som står her nå."
            ),
            code="imens",
        )
    return rad


# The choices --------------------------------------------------------------------------


def som(nokkel: str, rolle: str) -> Endring:
    """That a block is something else: one of forslag.valg.ROLLER."""

    def endre(valg):
        valg.setdefault("blokker", {})[nokkel] = rolle
        valg.get("felt", {}).pop(nokkel, None)

    return endre


def i_feltet(nokkel: str, felt: str) -> Endring:
    """That a block belongs to a field of the tiltak that it stands in."""

    def endre(valg):
        valg.setdefault("blokker", {})[nokkel] = TEKST
        valg.setdefault("felt", {})[nokkel] = felt

    return endre


def sammen(nokkel: str) -> Endring:
    """That a block goes on from the one before; or no more, where it did."""

    def endre(valg):
        hoved, _punktum, _del = nokkel.partition(".")
        steder = valg.get("delt", {}).get(hoved, [])
        if _del and int(_del) <= len(steder):
            # Where it was split by hand, it is whole again.
            valg["delt"][hoved] = steder[: int(_del) - 1] + steder[int(_del) :]
            return
        valgte = set(valg.get("slatt_sammen", []))
        valg["slatt_sammen"] = sorted(valgte ^ {nokkel})

    return endre


def delt(nokkel: str, sted: int) -> Endring:
    """That a block is two, from this place in its text on."""

    def endre(valg):
        hoved = nokkel.partition(".")[0]
        alle = valg.setdefault("delt", {})
        alle[hoved] = sorted({*alle.get(hoved, []), sted})

    return endre


def kalt(etiketter: dict[str, str]) -> Endring:
    """Which field each label stands for, everywhere."""
    return lambda valg: valg.setdefault("etiketter", {}).update(etiketter)


def tjenestene(tjenester: dict[str, str]) -> Endring:
    """Which service each name stands for."""
    return lambda valg: valg.setdefault("tjenester", {}).update(tjenester)


def rollen_for(tekst: str, rolle: str) -> Endring:
    """What stands in the place of a text that names a person."""
    return lambda valg: valg.setdefault("roller_for", {}).update({tekst: rolle})


def delesteder(blokk: Blokk, valg: Valg, del_: int) -> list[tuple[int, str]]:
    """Where a part of a block can be split, and what would come after it: before each line
    and each sentence in it but the first.

    Args:
        del_: which part; 0 for the first, and where the block is whole.
    """
    grenser = [0, *valg.delt.get(str(blokk.nummer), []), len(blokk.tekst)]
    if del_ + 1 >= len(grenser):
        return []
    fra, til = grenser[del_ : del_ + 2]
    steder = re.finditer(r"\n|[.!?:;]\s+|\s+[–•]\s+", blokk.tekst[fra:til])
    return [
        (sted, blokk.tekst[sted:til])
        for sted in (fra + treff.end() for treff in steder)
        if blokk.tekst[sted:til].strip()
    ]
