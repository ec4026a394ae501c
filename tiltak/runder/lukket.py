"""What stands of a round that is closed: read from its snapshot alone, of which
tiltak.runder.lukking says the shape."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from slt.grunn.norsk import personer_i_ord
from tiltak.models import Rundelukking, Statusrapport, Tilstand
from tiltak.runder.oversikt import Behandlet, Stand, tell


@dataclass(frozen=True)
class Lest:
    """A closed round as its page says it; from the snapshot alone, without a query."""

    innhold: dict

    @property
    def tjenester(self):
        return [Lestjeneste(t) for t in self.innhold.get("tjenester", [])]

    @property
    def antall(self):
        return len(self.tjenester)

    def antall_som_er(self, stand):
        return sum(t.stand == stand for t in self.tjenester)

    @property
    def svart(self):
        return self.antall_som_er(Stand.SVART)

    @property
    def delvis(self):
        return self.antall_som_er(Stand.DELVIS)

    @property
    def ubesvarte(self):
        return self.antall_som_er(Stand.IKKE)

    @property
    def venter(self):
        """How many answers waited for the coordinator when it was closed."""
        svar = [
            t.svar for tjeneste in self.tjenester for t in tjeneste.tiltak if t.svar
        ]
        return sum(s.get("behandlet") == Behandlet.VENTER for s in svar)

    @property
    def per_tilstand(self):
        tiltakene = [t for tjeneste in self.tjenester for t in tjeneste.tiltak]
        # Titles are not their own: a label tells two of them apart.
        return tell(((t.tittel, t.merke), t.gjeldende_tilstand) for t in tiltakene)

    def dag(self, navn):
        return _dag(self.innhold.get(navn))

    sendt = property(lambda self: self.dag("sendt"))
    frist = property(lambda self: self.dag("frist"))
    lukket = property(lambda self: self.dag("lukket"))


@dataclass(frozen=True)
class Lestjeneste:
    innhold: dict

    navn = property(lambda self: self.innhold.get("navn", ""))
    stand = property(lambda self: self.innhold.get("stand", Stand.IKKE))
    svar = property(lambda self: self.innhold.get("svar", ""))
    hvordan = property(lambda self: self.innhold.get("hvordan", ""))
    nedlagt = property(lambda self: self.innhold.get("nedlagt", False))
    kontaktforslag = property(lambda self: self.innhold.get("kontaktforslag", 0))
    tall = property(lambda self: self.innhold.get("tall", 0))
    besvart = property(lambda self: _dag(self.innhold.get("besvart")))
    paminnet = property(lambda self: _dag(self.innhold.get("paminnet")))

    @property
    def stand_i_ord(self):
        return _standen(self.stand)

    @property
    def tiltak(self):
        return [Lesttiltak(t) for t in self.innhold.get("tiltak", [])]

    @property
    def antall_svart(self):
        return sum(bool(t.svar) for t in self.tiltak)


@dataclass(frozen=True)
class Lesttiltak:
    innhold: dict

    tittel = property(lambda self: self.innhold.get("tittel", ""))
    merke = property(lambda self: self.innhold.get("merke", ""))
    svar = property(lambda self: self.innhold.get("svar", {}))
    dato = property(lambda self: _dag(self.svar.get("dato")))
    frist = property(lambda self: _dag(self.svar.get("frist")))

    @property
    def gjeldende_tilstand(self):
        """What was said and not set aside; "" where that is nothing that can be read."""
        lagt_bort = self.svar.get("behandlet") == Behandlet.LAGT_BORT
        tilstand = "" if lagt_bort else self.svar.get("tilstand", "")
        return tilstand if tilstand in Tilstand.values else ""

    @property
    def tilstand_i_ord(self):
        return _ord(Tilstand, self.svar.get("tilstand", ""))

    @property
    def anbefaling(self):
        return _ord(Statusrapport.Anbefaling, self.svar.get("anbefaling", ""))

    @property
    def behandlet(self):
        return _ord(Behandlet, self.svar.get("behandlet", ""))

    @property
    def nadd(self):
        """How many were reached, in words."""
        antall = self.svar.get("antall")
        if antall is None:
            return ""
        return f"{personer_i_ord(antall)} {self.svar.get('antall_av', '')}".strip()


def _ord(valg, verdi):
    return str(dict(valg.choices).get(verdi, verdi))


def _standen(stand):
    # Once it is closed, nobody is waited for.
    return _("ikke besvart") if stand == Stand.IKKE else _ord(Stand, stand)


def _dag(tekst):
    return date.fromisoformat(tekst) if tekst else None


def tabell(lukking: Rundelukking) -> Iterator[list]:
    """Yields the rows of a closed round as a table, the first with the names of the
    columns."""
    yield [
        _("Tjeneste"),
        _("Svar"),
        _("Svart"),
        _("Tiltak"),
        _("Sted i planen"),
        _("Hvordan går det"),
        _("Hvorfor"),
        _("Hva som er gjort"),
        _("Hva som har kommet ut av det"),
        _("Hvor mange som er nådd"),
        _("Frist"),
        _("Hva bør skje videre"),
        _("Behandlet"),
        _("Forslag om kontaktene"),
        _("Tall for et år"),
    ]
    for tjeneste in Lest(lukking.innhold).tjenester:
        forst = [tjeneste.navn, tjeneste.stand_i_ord]
        kom = [tjeneste.kontaktforslag, tjeneste.tall]
        if not tjeneste.tiltak:
            yield [*forst, _i_tabell(tjeneste.besvart), *[""] * 10, *kom]
        for t in tjeneste.tiltak:
            yield [
                *forst,
                _i_tabell(t.dato or tjeneste.besvart),
                t.tittel,
                t.merke,
                t.tilstand_i_ord or _standen(Stand.IKKE),
                *(t.svar.get(navn, "") for navn in ("kommentar", "gjort", "resultat")),
                t.nadd,
                _i_tabell(t.frist),
                t.anbefaling,
                t.behandlet,
                *kom,
            ]


def _i_tabell(dag):
    return dag.isoformat() if dag else ""
