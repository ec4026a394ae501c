"""What an evaluation says, for its page and its document alike: only what was written in
it, never the notes behind it."""

from collections import Counter
from dataclasses import dataclass

from evaluering.medvirkning.oversikt import Oversikt, i_evalueringen, oversikt
from evaluering.models import Evaluering, Tiltaksvurdering
from evaluering.vurdering.arbeidet import Arbeid, arbeidet
from evaluering.vurdering.tallene import omradenes_tall, tiltakenes_tall
from slt.models import PUBLIKUM
from tiltak.models import Tilstand


@dataclass(frozen=True)
class Lest:
    """What is shown of an evaluation.

    Attributes:
        omradetall: {id of an innsatsområde: its figures in words}, those of all.
        tall: the figures of the one tiltak that it is of.
        medvirkning: who was asked, as far as the reader is told.
    """

    evaluering: Evaluering
    arbeid: Arbeid
    omradetall: dict[int, list[str]]
    tall: list[str]
    medvirkning: Oversikt

    @property
    def omrader(self):
        """[(Innsatsomrade, its rows, its figures)] in which something is assessed."""
        return [
            (omrade, vurderte, self.omradetall.get(omrade.pk, []))
            for omrade, rader in self.arbeid.omrader
            if (vurderte := [rad for rad in rader if rad.er_vurdert])
        ]

    @property
    def per_videre(self):
        """[(what happens next, how many tiltak)]."""
        return self._antall("videre", Tiltaksvurdering.VIDERE)

    @property
    def per_tilstand(self):
        """[(how it went, in a word, how many tiltak)]."""
        navn = dict(Tilstand.choices)
        return [
            (tilstand, navn[tilstand], antall)
            for tilstand, antall in self._telte("tilstand", Tilstand.values)
        ]

    @property
    def milepaler(self):
        return self.evaluering.milepaler.all()

    def _antall(self, felt, valg):
        navn = dict(valg)
        return [(navn[verdi], n) for verdi, n in self._telte(felt, navn)]

    def _telte(self, felt, verdier):
        telt = Counter(
            getattr(rad.vurdering, felt) for rad in self.arbeid.rader if rad.er_vurdert
        )
        return [(verdi, telt[verdi]) for verdi in verdier if telt[verdi]]


def lest(evaluering: Evaluering, bruker=PUBLIKUM) -> Lest:
    """All that is shown of an evaluation, in a number of queries that does not grow. The
    figures are those of all, whoever reads; who was asked is told a user who sees the work
    from within more of."""
    perioden = evaluering.fra_dato, evaluering.til_dato
    omradetall, tall = {}, []
    if evaluering.er_av_planen:
        omradetall = omradenes_tall(evaluering.plan, PUBLIKUM, *perioden)
    elif evaluering.tiltak:
        alle = tiltakenes_tall([evaluering.tiltak], PUBLIKUM, *perioden)
        tall = alle.get(evaluering.tiltak_id, [])
    if bruker is PUBLIKUM:
        # As it is told once all may read it.
        spurt = oversikt(evaluering.medvirkning.all(), publisert=True)
    else:
        spurt = i_evalueringen(evaluering, bruker)
    return Lest(evaluering, arbeidet(evaluering), omradetall, tall, spurt)
