"""Who was asked of one thing, as readers are shown it, and whom no row names."""

from dataclasses import dataclass

from evaluering.models import Evaluering, Medvirkning
from evaluering.models.helhet import er_helhet
from evaluering.models.kilder import INNENFRA


@dataclass(frozen=True)
class Spurt:
    """One group that was asked.

    Attributes:
        vis_antall: whether its number is shown: not that of a few, and not that of all
            beside it, from which it could be worked out.
        sagt: what they said, "" where the reader is not told.
    """

    rad: Medvirkning
    vis_antall: bool
    sagt: str = ""


@dataclass(frozen=True)
class Oversikt:
    """Who was asked of one thing.

    Attributes:
        mangler: what the groups are called that no row names; a gap is told only those
            who see the work from within.
    """

    rader: list[Spurt]
    mangler: list[str]


def oversikt(rader: list[Medvirkning], *, ser_alt=False, publisert=False) -> Oversikt:
    """
    Args:
        rader: of one thing, in order.
        ser_alt: whether the reader sees the work from within.
        publisert: whether what was said is published with what it was said of. What fewer
            than five said is not told outside even then: they could be recognised by it.
    """
    rader = list(rader)
    noen_er_fa = any(rad.er_fa for rad in rader)
    i_alt = sum(rad.antall or 0 for rad in rader)

    def vises(rad):
        if rad.antall is None or rad.er_fa:
            return False
        er_alle = er_helhet(rad.navn) or 2 * rad.antall == i_alt
        return not (noen_er_fa and er_alle)

    def sagt(rad):
        # Of how many, nobody said: it may have been one.
        er_mange = rad.antall is not None and not rad.er_fa
        return rad.sagt if ser_alt or (publisert and er_mange) else ""

    return Oversikt(
        rader=[Spurt(rad, vises(rad), sagt(rad)) for rad in rader],
        mangler=_mangler(rader) if ser_alt else [],
    )


def _mangler(rader):
    nevnt = {rad.gruppe for rad in rader} | {Medvirkning.Gruppe.ANDRE}
    return [gruppe.label for gruppe in Medvirkning.Gruppe if gruppe not in nevnt]


def i_kilden(kilde, bruker) -> Oversikt:
    """Of a Kilde that the user sees; 1 query, or none where they are prefetched."""
    return oversikt(
        kilde.medvirkning.all(), ser_alt=kilde.kommune.gir(bruker, *INNENFRA)
    )


def i_planen(plan, bruker) -> Oversikt:
    """Of the making of a Handlingsplan. What was said of a draft is for those who keep the
    plan and adopt it, and stays so; 1 query."""
    ser_alt = plan.kommune.gir(bruker, *INNENFRA)
    return oversikt(plan.medvirkning.all(), ser_alt=ser_alt)


def i_evalueringen(evaluering: Evaluering, bruker) -> Oversikt:
    """Of an Evaluering that the user sees; 1 query."""
    return oversikt(
        evaluering.medvirkning.all(),
        ser_alt=evaluering.kommune.gir(bruker, *INNENFRA),
        publisert=evaluering.publisert,
    )
