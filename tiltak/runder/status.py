"""How it goes with the tiltak that a round asks a tjeneste about: what was said last, what
is answered, and the answer that nothing changed."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from slt.grunn.historikk import opprett_mange, spor
from slt.models import Kommune
from tiltak.models import (
    Ansvar,
    Endringsforslag,
    Foresporsel,
    Runde,
    Statusrapport,
    Tilstand,
    Tiltak,
    Tjeneste,
)
from tiltak.runder import egne
from tiltak.runder.adgang import Lukket
from tiltak.runder.deler import Svardel, merke_av, spor_om
from tiltak.runder.forslag import Slag, godta
from tiltak.runder.sagt import rader_i, svart_om
from tiltak.runder.statusforslag import (
    STATUS,
    feltene_av,
    feltene_i,
    linjene,
    som_det_star,
    som_innhold,
)
from tiltak.runder.svaret import Svar, besvar
from tiltak.runder.utvalg import spurt_om

Hva = Endringsforslag.Tilstand


class IkkeSpurt(ValidationError):  # noqa: N818
    """The tjeneste is not asked of the tiltak, or not any more."""

    def __init__(self):
        super().__init__(
            _(
                "Dere blir ikke spurt om dette tiltaket nå. Det kan være avsluttet, flyttet "
                "eller slettet, eller noen andre har fått ansvaret."
            ),
            code="ikke_spurt",
        )


class Foreldet(ValidationError):  # noqa: N818
    """What nothing changed of is another thing than what was looked at."""

    def __init__(self):
        super().__init__(
            _("Noen svarte om tiltaket mens du leste. Se en gang til, og trykk igjen."),
            code="foreldet",
        )


# What was said ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Sagt:
    """What a tjeneste said of a tiltak.

    Attributes:
        felter: {field of a Statusrapport: value}.
        hva: what became of it; one of `Endringsforslag.Tilstand`.
        hvorfor: why it was set aside.
    """

    tiltak: Tiltak
    dato: date
    felter: dict
    hva: str = Hva.GODTATT
    hvorfor: str = ""

    @property
    def tilstand(self):
        return self.felter["tilstand"]

    @property
    def tekst(self):
        return Tilstand(self.tilstand).label

    @property
    def linjer(self):
        """[(what it is, what was said of it)] of all but how it goes."""
        return linjene(self.felter)

    @property
    def uendret(self):
        """Whether it says no more than that it goes as it goes."""
        sagt = {navn for navn, verdi in self.felter.items() if verdi}
        return self.hva != Hva.AVVIST and sagt <= {"tilstand", "kommentar"}

    @property
    def merke(self):
        return (self.hva, sorted(self.felter.items()))


def i_runden(runde, *, tjeneste=None):
    """{(id of a tjeneste, id of a tiltak): Sagt} of what was said in the round, of one
    tjeneste or of all; 2 queries."""
    rader = rader_i(runde, tjeneste=tjeneste)
    return {par: _sagt(rad) for par, rad in rader.items() if _kan_leses(rad)}


def for_runden(runde, tiltakene, *, tjeneste=None):
    """The same of what was said last before it, of these tiltak, and of each the newest
    alone: what was taken in, or what waits if it is as new. 2 queries."""
    hos = {"tjeneste__kommune": runde.kommune_id}
    if tjeneste is not None:
        hos = {"tjeneste": tjeneste}
    hos["tiltak__in"] = {t.pk for t in tiltakene}
    annen = Q(runde=None) | ~Q(runde=runde)
    nyere = Statusrapport.objects.filter(
        annen, tiltak=OuterRef("tiltak"), tjeneste=OuterRef("tjeneste")
    ).order_by("-dato", "-pk")
    rapporter = Statusrapport.objects.filter(pk=Subquery(nyere.values("pk")[:1]), **hos)
    ut = {
        (rad.tjeneste_id, rad.tiltak_id): _sagt(rad)
        for rad in rapporter.select_related("tiltak")
    }
    forslag = Endringsforslag.objects.som_venter().filter(**hos, slag=Slag.STATUS)
    forslag = forslag.exclude(foresporsel__runde=runde).select_related("tiltak")
    for rad in forslag.order_by("mottatt", "pk"):
        par = (rad.tjeneste_id, rad.tiltak_id)
        if _kan_leses(rad) and (
            par not in ut or timezone.localdate(rad.mottatt) >= ut[par].dato
        ):
            ut[par] = _sagt(rad)
    return ut


def _kan_leses(rad):
    return isinstance(rad, Statusrapport) or STATUS.lesbart(rad)


def _sagt(rad):
    if isinstance(rad, Statusrapport):
        return Sagt(rad.tiltak, rad.dato, feltene_av(rad))
    dato, felter = timezone.localdate(rad.mottatt), feltene_i(rad.innhold)
    return Sagt(rad.tiltak, dato, felter, rad.tilstand, rad.svar)


# What is asked ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Kort:
    """One tiltak that a tjeneste is asked about.

    Attributes:
        sist: what it said before the round, or None.
        svar: what it said in the round, or None.
        ansvar: [Ansvar] of its own in the tiltak and in what is part of it.
    """

    tiltak: Tiltak
    sist: Sagt | None
    svar: Sagt | None
    ansvar: list[Ansvar]

    @property
    def uendret(self):
        """{field: value} of the answer that nothing changed; None where that can't be
        said: nothing was said before, and the tiltak has not begun."""
        if self.sist is not None:
            tilstand, kommentar = self.sist.tilstand, self.sist.felter["kommentar"]
            som_planlagt = tilstand in Statusrapport.UTEN_KOMMENTAR
            kommentar = "" if som_planlagt else kommentar
            return {"tilstand": tilstand, "kommentar": kommentar}
        if self.tiltak.status == Tiltak.Status.PLANLAGT:
            return None
        return {"tilstand": Tilstand.SOM_PLANLAGT}

    @property
    def uendret_tekst(self):
        return Tilstand(self.uendret["tilstand"]).label if self.uendret else ""

    @property
    def kan_trykkes(self):
        """Whether one press answers it."""
        return self.svar is None and self.uendret is not None

    @property
    def er_trykket(self):
        """Whether what was said in the round is just what one press says."""
        if self.svar is None or self.uendret is None or not self.svar.uendret:
            return False
        sagt = {"kommentar": "", **self.uendret}
        return all(self.svar.felter[navn] == verdi for navn, verdi in sagt.items())

    @property
    def sett(self):
        """What tells what was looked at; pressed twice, it is the same."""
        er_apen = self.svar is None or self.er_trykket
        return merke_av((sorted((self.uendret or {}).items()), er_apen))


@dataclass(frozen=True)
class Sporsmal:
    """What a round asks a tjeneste about its tiltak."""

    runde: Runde
    kort: list[Kort]

    @property
    def med_trykk(self):
        """Those that «ingen endring» answers."""
        return [kort for kort in self.kort if kort.kan_trykkes]

    @property
    def uten_trykk(self):
        """Those not answered of which somebody has to say it in words."""
        return [kort for kort in self.kort if kort.svar is None and not kort.uendret]


def sporsmal(svarer, runde):
    """The Sporsmal of a tjeneste in a round, or None where it asks nothing of it; as many
    queries however many tiltak."""
    if runde is None:
        return None
    runde.kommune, tjeneste = svarer.kommune, svarer.tjeneste
    tiltakene = spurt_om(runde, tjeneste=tjeneste).get(tjeneste.pk, [])
    if not tiltakene:
        return None
    for_ = for_runden(runde, tiltakene, tjeneste=tjeneste)
    na = i_runden(runde, tjeneste=tjeneste)
    ansvar = _ansvarene(svarer, tiltakene)
    kort = [
        Kort(
            t,
            for_.get((tjeneste.pk, t.pk)),
            na.get((tjeneste.pk, t.pk)),
            ansvar.get(t.pk, []),
        )
        for t in tiltakene
    ]
    return Sporsmal(runde, kort)


def kortet(svarer, runde, tiltak):
    """The Kort of the id of a tiltak.

    Raises:
        IkkeSpurt: where the round does not ask the tjeneste about it.
    """
    sporsmalet = sporsmal(svarer, runde) if spor_om(runde, egne.STATUS) else None
    for kort in sporsmalet.kort if sporsmalet else ():
        if kort.tiltak.pk == tiltak:
            return kort
    raise IkkeSpurt


def i_mote(runde):
    """[(tjeneste, [Kort])] of all that a round asks, by name, without what is part of a
    tiltak; as many queries however many there are."""
    per_tjeneste = spurt_om(runde)
    for_ = for_runden(runde, [t for liste in per_tjeneste.values() for t in liste])
    na = i_runden(runde)
    tjenester = Tjeneste.objects.filter(pk__in=per_tjeneste).select_related("kommune")
    return [
        (
            tjeneste,
            [
                Kort(
                    t,
                    for_.get((tjeneste.pk, t.pk)),
                    na.get((tjeneste.pk, t.pk)),
                    [],
                )
                for t in per_tjeneste[tjeneste.pk]
            ],
        )
        for tjeneste in tjenester.order_by("navn__norsk", "pk")
    ]


def _ansvarene(svarer, tiltakene):
    """{id of a tiltak: [Ansvar] of the tjeneste in it and in its parts}."""
    pker = {t.pk for t in tiltakene}
    per_tiltak = {}
    for rad in egne.ett_per_tiltak(egne.tiltakene(svarer)):
        hos = rad.tiltak_id if rad.tiltak_id in pker else rad.tiltak.overordnet_id
        if hos in pker:
            per_tiltak.setdefault(hos, []).append(rad)
    return per_tiltak


def _merket(sporsmalet):
    return [
        (
            k.tiltak.pk,
            k.tiltak.tittel,
            k.sett,
            k.svar.merke if k.svar and not k.er_trykket else None,
            egne.merkede_tiltak(k.ansvar),
        )
        for k in sporsmalet.kort
    ]


# What is answered -------------------------------------------------------------------------


def foresporselen(svarer):
    """What the tjeneste is asked now; for a coordinator who writes down what somebody says
    that nobody asked by mail, a row that is not saved.

    Raises:
        Lukket: where that round is closed.
        IkkeSpurt: where it is asked nothing.
    """
    if rad := svarer.apne_foresporsler().first():
        return rad
    if runde := svarer.runde_uten_sporsmal():
        return Foresporsel(runde=runde, tjeneste=svarer.tjeneste)
    if svarer.lukket_foresporsel():
        raise Lukket
    raise IkkeSpurt


def svar_om(svarer, tiltak, felter=None, *, hvordan=None, sett=""):
    """Answers of one tiltak how it goes. What waits in the round is replaced by it; what a
    coordinator writes down is taken in at once.

    Args:
        tiltak: its id.
        felter: {field of a Statusrapport: value}; None says that it goes as it went.
        hvordan: how it is known; of a coordinator, who says so.
        sett: of what goes as it went, what was looked at; see `Kort.sett`.

    Raises:
        IkkeSpurt: where the tjeneste is not asked of it.
        Lukket: where the round is closed.
        Foreldet: where another thing was looked at.
        ValidationError: where it can't be taken in.
    """
    with transaction.atomic(), spor(svarer.dor, bruker=svarer.bruker):
        Kommune.objects.las_med_naboer(svarer.kommune.pk)
        svarer.sjekk()
        foresporsel = foresporselen(svarer)
        kort = kortet(svarer, foresporsel.runde, tiltak)
        if felter is None and sett == kort.sett and kort.er_trykket:
            return  # pressed twice, it is said once
        if felter is None and not (kort.kan_trykkes and sett == kort.sett):
            raise Foreldet
        if foresporsel.pk is None:
            foresporsel.save()
        forslag = _forslaget(svarer, kort, foresporsel, felter, hvordan)
        forslag = _i_stedet(forslag)
        forslag.full_clean()
        forslag.save()
        if svarer.koordinerer:
            godta(forslag)
        _er_alt_svart(foresporsel, forslag.hvordan)


def _forslaget(svarer, kort, foresporsel, felter, hvordan):
    """A row that is not saved."""
    uendret = felter is None
    return Endringsforslag(
        tjeneste=svarer.tjeneste,
        slag=Slag.STATUS,
        tiltak=kort.tiltak,
        foresporsel=foresporsel,
        innhold=som_innhold(kort.uendret if uendret else felter, uendret=uendret),
        sett=som_det_star(kort.tiltak),
        hvordan=hvordan or svarer.hvordan,
    )


def _i_stedet(forslag):
    """The row that waits with what is said by now, or the new one where none does."""
    rader = Endringsforslag.objects.som_venter().filter(
        foresporsel=forslag.foresporsel, tiltak=forslag.tiltak, slag=Slag.STATUS
    )
    rad = rader.first()
    if rad is None:
        return forslag
    for navn in ("innhold", "sett", "hvordan", "mottatt"):
        setattr(rad, navn, getattr(forslag, navn))
    return rad


def _er_alt_svart(foresporsel, hvordan):
    """Of a round that asks of tiltak alone, the last of them answers it."""
    runde = foresporsel.runde
    if set(runde.deler) != {DEL.nokkel} or foresporsel.er_besvart:
        return
    tjeneste = foresporsel.tjeneste
    spurt = spurt_om(runde, tjeneste=tjeneste).get(tjeneste.pk, [])
    svart = svart_om(runde, tjeneste)
    if all(tiltak.pk in svart for tiltak in spurt):
        venter = tjeneste.endringsforslag.som_venter().om_det_som_star()
        svar = Svar.ENDRINGER if venter.exists() else Svar.STEMMER
        besvar([foresporsel], svar, hvordan)


def _bekreft(svarer, sporsmalet, hvordan):
    """That nothing changed of all that nobody said anything else of."""
    rader = Foresporsel.objects.filter(runde=sporsmalet.runde)
    foresporsel = rader.get(tjeneste=svarer.tjeneste)
    nye = [
        _forslaget(svarer, kort, foresporsel, None, hvordan)
        for kort in sporsmalet.med_trykk
    ]
    opprett_mange(nye)
    if svarer.koordinerer:
        for forslag in nye:
            godta(forslag)


DEL = Svardel(
    egne.STATUS,
    _("Hvordan går det med tiltakene?"),
    _("tiltakene: hvordan det går"),
    "tiltak/runder/_status.html",
    sporsmal,
    _merket,
    _bekreft,
)
