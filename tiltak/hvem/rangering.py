"""Who fits how well, and by which way they are best reached. Rows in, rows out: what is
asked of the database, and of the clock, is asked before.

First come the tjenester of the theme itself, in the coordinator's order; then those that
have a part in tiltak about it. Age, place, a way in, and whether somebody answers now, move
them. Whom the asker may not contact never stands among those.
"""

from dataclasses import dataclass, field

from tiltak.models import Ansvar, Kontaktpunkt
from tiltak.models.hvem import Hvem

T = Kontaktpunkt.Type
# The way that helps soonest first. What can only be read is no button.
VEIER = [T.TELEFON, T.SMS, T.EPOST, T.NETT, T.TEAMS, T.OPPMOTE, T.FREMGANGSMATE]
TRYKKES = frozenset(VEIER[:5])
ROLLER = [Ansvar.Rolle.ANSVARLIG, Ansvar.Rolle.MEDANSVARLIG, Ansvar.Rolle.GJENNOMFORER]
# One that answers now may pass the one that stands before it, but not two.
FORSPRANG = 1.5
ETTER_TEMAETS_EGNE = 1000


@dataclass(frozen=True)
class Sporrer:
    """Who asks, as far as they said so.

    Attributes:
        steder: ids of the steder that are in the place they chose; None where they chose
            none.
    """

    hvem: str = ""
    alder: int | None = None
    steder: frozenset[int] | None = None

    @property
    def er_ansatt(self):
        return self.hvem == Hvem.ANSATTE

    def slipper_til(self, rad):
        """Whether this asker may make contact, by what a tjeneste or tiltak says of it;
        who did not say who they are, may where anybody but staff does."""
        apent_for = rad.apent_for
        if not apent_for or self.hvem in apent_for:
            return True
        return not self.hvem and apent_for != [Hvem.ANSATTE]

    def er_i(self, malgrupper):
        """Whether the age is in one of the målgrupper; none of either is all ages."""
        if self.alder is None or not malgrupper:
            return True
        spenn = [malgruppe.aldre for malgruppe in malgrupper]
        return any(s is None or s[0] <= self.alder <= s[1] for s in spenn)


@dataclass
class Treff:
    """A tjeneste that may help, with what is behind it.

    Attributes:
        plass: its place among those of the theme, or None where only tiltak lead to it.
        ansvar: its part in tiltak about the theme.
        punkter: the contact points that the asker may see.
        valgte: of each of `ansvar`, the ids of the contact points that were chosen for it;
            none chosen means the main ones.
        svarer: {id of a contact point: whether somebody answers now}, without those of
            which it is not known.
        stengt: that the notice that holds today says nobody is there.
    """

    tjeneste: object
    plass: int | None = None
    ansvar: list = field(default_factory=list)
    punkter: list = field(default_factory=list)
    malgrupper: list = field(default_factory=list)
    valgte: list[set] = field(default_factory=list)
    svarer: dict = field(default_factory=dict)
    stengt: bool = False
    veier: list = field(default_factory=list)

    @property
    def beste(self):
        """The best way in that can be pressed, or None."""
        return next((p for p in self.veier if p.type in TRYKKES and p.lenke), None)

    @property
    def andre_veier(self):
        beste = self.beste
        return [p for p in self.veier if p is not beste]

    @property
    def tiltak(self):
        """What it does about the theme; a deltiltak counts as what it is part of, where
        that is there."""
        alle = [ansvar.tiltak for ansvar in self.ansvar]
        pker = {tiltak.pk for tiltak in alle}
        return [tiltak for tiltak in alle if tiltak.overordnet_id not in pker]


@dataclass
class Svar:
    """Whom to contact, the best first; and whom others have to contact."""

    kan_kontaktes: list
    spor_andre: list


def ranger(treffene, sporrer):
    """Returns the Svar; each Treff gets its `veier`, the best first."""
    for treff in treffene:
        treff.veier = veiene(treff, sporrer)
    kan = [treff for treff in treffene if _slipper_til(treff, sporrer)]
    andre = [treff for treff in treffene if not _slipper_til(treff, sporrer)]
    if not sporrer.er_ansatt:
        # To read of what only staff may use helps nobody else.
        andre = [t for t in andre if t.tjeneste.apent_for != [Hvem.ANSATTE]]

    def nokkel(treff):
        return _nokkel(treff, sporrer)

    return Svar(sorted(kan, key=nokkel), sorted(andre, key=nokkel))


def _slipper_til(treff, sporrer):
    if treff.tjeneste.apent_for or treff.plass is not None:
        return sporrer.slipper_til(treff.tjeneste)
    # It does not say itself; then what it does about the theme says it.
    return any(sporrer.slipper_til(tiltak) for tiltak in treff.tiltak)


def _nokkel(treff, sporrer):
    beste = treff.beste
    return (
        not treff.veier,
        treff.stengt,
        not _passer_alderen(treff, sporrer),
        not any(_er_der(punkt, sporrer) for punkt in treff.veier),
        _plass(treff) - FORSPRANG * bool(beste and treff.svarer.get(beste.pk)),
        beste is None,
        bool(beste) and beste.type == T.NETT,
        treff.tjeneste.navn,
    )


def _plass(treff):
    if treff.plass is not None:
        return treff.plass
    rolle = min(ROLLER.index(ansvar.rolle) for ansvar in treff.ansvar)
    # With many tiltak about the theme it is the likelier one.
    return ETTER_TEMAETS_EGNE * (rolle + 1) - min(len(treff.ansvar), 9) * FORSPRANG * 2


def _passer_alderen(treff, sporrer):
    if treff.malgrupper or not treff.ansvar or treff.plass is not None:
        return sporrer.er_i(treff.malgrupper)
    return any(sporrer.er_i(tiltak.malgruppene) for tiltak in treff.tiltak)


def _er_der(punkt, sporrer):
    return bool(sporrer.steder) and punkt.sted_id in sporrer.steder


def _stemmer(punkt, treff):
    """How much of what the tjeneste does about the theme a contact point is the right one
    for. That it is one of the theme's own counts for its main ones, but less than a choice."""
    stemmer = [punkt.gjelder(valgte) for valgte in treff.valgte]
    return sum(stemmer) + (0.5 if punkt.hoved else 0)


def _nytte(punkt, treff):
    """Lower is better now. A page is worse than what reaches somebody; one with a label is
    a form, and better than a number that nobody answers, as that is than a page to read."""
    if punkt.er_nummer and treff.svarer.get(punkt.pk) is False:
        return 2
    if punkt.type == T.NETT:
        return 1 if punkt.etikett else 3
    return 0


def veiene(treff, sporrer):
    """The contact points for this asker, the best first. Of those at one place, only those
    that are at the place they chose, where they chose one."""
    punkter = [
        punkt
        for punkt in treff.punkter
        if (sporrer.er_ansatt or not punkt.bare_ansatte)
        and (punkt.sted_id is None or sporrer.steder is None or _er_der(punkt, sporrer))
    ]

    stemmer = {punkt: _stemmer(punkt, treff) for punkt in punkter}
    flest = max(stemmer.values(), default=0)

    def nokkel(punkt):
        return (
            not _er_der(punkt, sporrer),
            punkt.sted_id is not None and sporrer.steder is None,
            # For something else that the tjeneste does, mostly.
            stemmer[punkt] * 2 < flest,
            punkt.type not in TRYKKES,
            _nytte(punkt, treff),
            -stemmer[punkt],
            VEIER.index(punkt.type),
            punkt.rekkefolge,
        )

    return sorted(punkter, key=nokkel)
