"""How a round stands: what each tjeneste that is asked has answered, and what is missing."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tiltak.models import (
    Endringsforslag,
    Foresporsel,
    Runde,
    Statusrapport,
    Tilstand,
    Tiltak,
)
from tiltak.rediger.forms.status import FELTER
from tiltak.runder.sagt import rader_i
from tiltak.runder.utvalg import STATUS, spurt_om


class Stand(models.TextChoices):
    """How far one who is asked has come."""

    SVART = "svart", _("svart")
    DELVIS = "delvis", _("delvis svart")
    IKKE = "ikke", _("ikke svart")


class Behandlet(models.TextChoices):
    """What the coordinator has done with an answer."""

    TATT_INN = "tatt_inn", _("tatt inn")
    VENTER = "venter", _("venter på koordinatoren")
    LAGT_BORT = "lagt_bort", _("lagt til side")


@dataclass(frozen=True)
class Svar:
    """What one tjeneste said of one tiltak in a round.

    Attributes:
        sagt: {name of a field of Statusrapport: its value, as text or number}; what is
            empty is left out.
    """

    tiltak: Tiltak
    sagt: dict
    behandlet: Behandlet
    dato: date
    hvordan: str

    @property
    def tilstand(self):
        return self.sagt.get("tilstand", "")

    @property
    def tilstand_i_ord(self):
        return _valgt(Tilstand, self.tilstand)


def _valgt(valg, verdi):
    """The words of a choice; of one that is none, what stands there."""
    return str(dict(valg.choices).get(verdi, verdi))


def svarene(runde: Runde, *, tjeneste=None) -> dict[tuple[int, int], Svar]:
    """{(id of a tjeneste, id of a tiltak): what was said of it in the round}, of all or of
    one tjeneste; 2 queries."""
    rader = rader_i(runde, tjeneste=tjeneste)
    return {par: _svaret(rad) for par, rad in rader.items()}


def _svaret(rad):
    if isinstance(rad, Statusrapport):
        sagt, dato = {navn: getattr(rad, navn) for navn in FELTER}, rad.dato
        behandlet = Behandlet.TATT_INN
    else:
        sagt, dato = rad.innhold, localdate(rad.mottatt)
        behandlet = _BEHANDLET[rad.tilstand]
    hvordan = rad.get_hvordan_display()
    return Svar(rad.tiltak, _sagt(sagt), behandlet, dato, hvordan)


_BEHANDLET = {
    Endringsforslag.Tilstand.VENTER: Behandlet.VENTER,
    Endringsforslag.Tilstand.GODTATT: Behandlet.TATT_INN,
    Endringsforslag.Tilstand.AVVIST: Behandlet.LAGT_BORT,
}


def _sagt(verdier):
    """What is said, without what is not; a day as it is stored."""
    ut = {}
    for navn in FELTER:
        verdi = verdier.get(navn)
        # What is proposed may be anything, until it is taken in.
        if isinstance(verdi, str | int | date) and verdi != "":
            ut[navn] = verdi.isoformat() if isinstance(verdi, date) else verdi
    return ut


@dataclass
class Rad:
    """How one tjeneste that is asked stands.

    Attributes:
        tiltakene: [(a tiltak that it is asked of, or was when it answered, Svar or None)].
        om_mer: whether it is asked for more than how it goes with tiltak.
    """

    foresporsel: Foresporsel
    tiltakene: list[tuple[Tiltak, Svar | None]] = field(default_factory=list)
    om_mer: bool = True

    @property
    def tjeneste(self):
        return self.foresporsel.tjeneste

    @property
    def antall(self):
        return len(self.tiltakene)

    @property
    def antall_svart(self):
        return sum(svar is not None for _tiltak, svar in self.tiltakene)

    @property
    def ubesvarte(self):
        return [tiltak for tiltak, svar in self.tiltakene if svar is None]

    @property
    def resten_stemmer(self):
        """Whether the rest of the page is answered, or nothing is asked of it."""
        if self.foresporsel.venter:
            return not self.om_mer and bool(self.tiltakene)
        return True

    @property
    def stand(self):
        if self.resten_stemmer and not self.ubesvarte:
            return Stand.SVART
        if self.antall_svart or not self.foresporsel.venter:
            return Stand.DELVIS
        return Stand.IKKE

    @property
    def mangler(self):
        """What is still to be answered, in words; "" where nothing is."""
        if self.ubesvarte:
            antall = len(self.ubesvarte)
            tekst = ngettext(
                "mangler svar om %(antall)d av %(alle)d tiltak",
                "mangler svar om %(antall)d av %(alle)d tiltak",
                antall,
            )
            return tekst % {"antall": antall, "alle": self.antall}
        if self.resten_stemmer or not self.om_mer:
            return ""
        return str(_("mangler svar om resten av siden"))

    @property
    def kan_minnes(self):
        """Whether there is somebody to remind today, who was not reminded yet."""
        return self.kan_sporres and self.foresporsel.purret is None

    @property
    def kan_sporres(self):
        """Whether something is missing, and there is somebody to ask for it today."""
        tjeneste = self.tjeneste
        return bool(
            self.mangler
            and self.foresporsel.svar != Foresporsel.Svar.IKKE_ANSVAR
            and tjeneste.svaransvarlig
            and tjeneste.nedlagt is None
            and not tjeneste.sporres_ikke
        )


def oversikt(runde: Runde, *, foresporsel=None) -> list[Rad]:
    """How all who are asked stand, by name of the tjeneste, or the one that is given; as
    many queries however many: 1, and those of `spurt_om` and `svarene`."""
    rader = runde.foresporsler.select_related("tjeneste__kommune")
    tjeneste = None
    if foresporsel is not None:
        rader, tjeneste = rader.filter(pk=foresporsel.pk), foresporsel.tjeneste_id
    rader = list(rader.order_by("tjeneste__navn__norsk", "pk"))
    spurt, svart = spurt_om(runde, tjeneste=tjeneste), svarene(runde, tjeneste=tjeneste)
    om_mer = runde.deler != [STATUS]
    per_tjeneste = {}
    for (pk, _tiltak), svar in svart.items():
        per_tjeneste.setdefault(pk, []).append(svar)
    ut = []
    for rad in rader:
        pk = rad.tjeneste_id
        tiltakene = [(t, svart.get((pk, t.pk))) for t in spurt.get(pk, [])]
        her = {t.pk for t, _svar in tiltakene}
        # What ended meanwhile is asked of no more, but what was said of it stands.
        andre = [s for s in per_tjeneste.get(pk, []) if s.tiltak.pk not in her]
        ut.append(Rad(rad, tiltakene + [(s.tiltak, s) for s in andre], om_mer))
    return ut


def per_tilstand(rader: list[Rad]) -> list[tuple[str, str, int]]:
    """[(a value of Tilstand, its words, of how many tiltak it was said)], of what was said
    and not set aside; at last those of which nobody said anything, with "" as value. Of
    one, two tjenester may say two things."""
    par = [(tiltak.pk, svar) for rad in rader for tiltak, svar in rad.tiltakene]
    return tell(
        (pk, svar.tilstand if svar and svar.behandlet != Behandlet.LAGT_BORT else "")
        for pk, svar in par
    )


def tell(par):
    """The same of (what tells a tiltak from others, what was said of it or "")."""
    hvilke = defaultdict(set)
    for tiltak, tilstand in par:
        hvilke[tilstand].add(tiltak)
    besvart = set().union(*(hvilke[t.value] for t in Tilstand))
    alle = [(t.value, t.label, len(hvilke[t.value])) for t in Tilstand]
    alle.append(("", _("ikke besvart"), len(hvilke[""] - besvart)))
    return [rad for rad in alle if rad[2]]
