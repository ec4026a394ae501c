"""The changes of a thing in words: what was changed, from what and to what.

Each saving is told as it was done; what is otherwise in the end, of many things, is told by
`slt.felles.netto`. Which fields and values others are told of, is said once for both: by each
app at start, in `slt.felles.historikksider`, from its own `endret`.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from slt.endringer.hvem import VedFunksjon, VedNavn
from slt.endringer.samlinger import FLEST, Historikken
from slt.felles.angre import HENTES_I
from slt.felles.endringslogg import Lesbar, kan_bringes
from slt.felles.historikksider import BARE_NA, ORD, SES_IKKE, UTEN_VERDI
from slt.grunn.historikk import Art, Dor
from slt.grunn.kommunegrense import har_kommune
from slt.grunn.kontakt_i_tekst import har_kontakt, kontakter_i, uten_kontakter
from slt.grunn.ordforskjell import Hvor, Stykke, er_korte, forskjell
from slt.grunn.tekst import Fritekst
from slt.models import Bruker, Kommune

# So much of a new text, and of what stays as it was on either side of what does not.
AV_NY, RUNDT = 300, 60
# So much of what differs between two texts.
AV_ULIKT = 3000
# What was changed so soon after it was opened, may have been changed with that.
APNES_I = timedelta(hours=1)
# What nobody types, and tells what became of something.
FASTE = {"publisert", "godtatt"}


@dataclass(frozen=True)
class Setning:
    """What became of a field; `slag` is how it is said: ny (of a new row), endret, satt,
    tomt, ord (by the words that differ), form (its looks alone), or skjult (that it
    changed)."""

    navn: str
    slag: str
    fra: str = ""
    til: str = ""
    stykker: list[Stykke] = field(default_factory=list)


@dataclass(frozen=True)
class Linje:
    """What became of one row; `hva` is "" where it is the one of the page.

    Attributes:
        tidligere: its history row, where that state can be brought back.
        kan_hentes: whether it was deleted lately, and can be fetched back.
    """

    hva: str
    handling: str
    setninger: list[Setning]
    tidligere: models.Model | None = None
    kan_hentes: bool = False

    @property
    def er_ny(self):
        """Whether all that is said is what a new row has."""
        return {s.slag for s in self.setninger} == {"ny"}

    @property
    def tittel(self):
        """What is said above what became of its fields; "" where those say it all."""
        if self.hva or not self.setninger:
            return f"{self.handling} {self.hva}".strip()
        return "" if self.handling == _("Endret") else self.handling


@dataclass(frozen=True)
class Innslag:
    """What was saved together; `flere` is how many rows of it are not told."""

    tid: datetime
    hvem: str
    epost: str
    dor: str
    begrunnelser: list[str]
    er_rettelse: bool
    linjer: list[Linje]
    flere: int


class SettLesbar(Lesbar):
    """The words for those who see the thing: what it points to and they do not see today,
    is not named."""

    def __init__(self, rad, historikk, bruker, kommune):
        super().__init__(rad, historikk)
        self.bruker, self.kommune = bruker, kommune

    def _navn_pa(self, modell, pker):
        # What has no visibility of its own is seen with what it belongs to.
        if modell is Bruker or not hasattr(modell.objects, "synlige_for"):
            return super()._navn_pa(modell, pker)
        rader = modell.objects.synlige_for(self.bruker).select_related()
        navn = {rad.pk: str(rad) for rad in rader.filter(pk__in=pker)}
        ukjente = dict.fromkeys(pker, _("noe som er slettet eller ikke vises her"))
        return ukjente | self._slettede(modell, pker - navn.keys()) | navn

    def _slettede(self, modell, pker):
        """What those were called that are deleted."""
        if not pker:
            return {}
        borte = modell.historikk.filter(
            id__in=pker, history_type="-", history_kommune=self.kommune.pk
        )
        navn = {h.id: _eget_navn(h) for h in borte.order_by("history_id")}
        return {pk: _("%s (slettet)") % ett for pk, ett in navn.items() if ett}


def _eget_navn(h):
    egne = (f for f in h.tracked_fields if isinstance(f, Fritekst) and not f.blank)
    return next((getattr(h, felt.attname) for felt in egne), "")


class LeserensLesbar(SettLesbar):
    """The words for those who do not coordinate: no user is named, nor what is deleted,
    fields that only coordinators see are not there, and in texts no number or address that
    does not stand there today.

    Args:
        siste: {(model, id): the newest history row}.
    """

    def __init__(self, rad, historikk, bruker, kommune, siste):
        super().__init__(rad, historikk, bruker, kommune)
        self.siste = siste

    def verdi(self, h, felt):
        verdi = super().verdi(h, felt)
        if isinstance(felt, Fritekst) and har_kontakt(verdi):
            return uten_kontakter(verdi, self._kontaktene_na(h))
        return verdi

    def _kontaktene_na(self, h):
        """Those that stand in the texts of the row today."""
        na = self.siste.get((h.instance_type, h.id))
        if na is None or na.history_type == "-":
            return set()
        tekster = (f for f in self.felter(na) if isinstance(f, Fritekst))
        kontakter = (
            kontakter_i(super(LeserensLesbar, self).verdi(na, f)) for f in tekster
        )
        return set().union(*kontakter)

    def felter(self, h):
        skjulte = SES_IKKE[None] | SES_IKKE.get(h.instance_type, set())
        return [
            felt
            for felt in h.tracked_fields
            if felt.name not in skjulte and felt.related_model is not Bruker
        ]

    def _slettede(self, modell, pker):
        return {}


class Fortelling:
    """Tells of sets of changes.

    Args:
        historikken: the Historikken that the sets are of.
        rad: the row of the page, perhaps one that is gone.
        bruker: who asks.
    """

    def __init__(self, historikken: Historikken, rad, kommune, bruker):
        self.historikken, self.rad, self.kommune = historikken, rad, kommune
        self.bruker, self.leser = bruker, historikken.leser

    def innslag(self, samlinger):
        """Returns [Innslag], as the sets stand; those are left out in which there is
        nothing that the reader is told."""
        self.lest = self.historikken.les(samlinger)
        per = {}
        for h, for_ in self.lest.par:
            per.setdefault(h.history_samling, []).append((h, for_))
        alle = [self._innslag(s, per.get(s.id, [])) for s in samlinger]
        return [innslag for innslag in alle if innslag and innslag.linjer]

    @cached_property
    def _lesbar(self):
        rader = [h for par in self.lest.par for h in par if h is not None]
        rader += self.lest.siste.values()
        hvor = self.rad, rader, self.bruker, self.kommune
        if self.leser is None:
            return SettLesbar(*hvor)
        return LeserensLesbar(*hvor, self.lest.siste)

    @cached_property
    def _hvem(self):
        ved = VedNavn if self.leser is None else VedFunksjon
        return ved(self.kommune, [h for h, _for in self.lest.par])

    def _innslag(self, samling, par):
        if not par:  # of what was changed while the page was made
            return None
        vist = par[:FLEST]
        linjer = [linje for h, for_ in vist if (linje := self._linje(h, for_))]
        rader = [h for h, _for in par]
        hvem, epost = self._hvem(rader[0])
        flere = sum(samling.antall.values()) - len(vist)
        grunner = dict.fromkeys(self._grunn(h.history_change_reason) for h in rader)
        er_hel = len(linjer) == len(vist) and not flere
        sier_hvorfor = self.leser is None or (er_hel and self._sier_hvorfor(rader[0]))
        return Innslag(
            tid=samling.tid,
            hvem=hvem,
            epost=epost,
            dor=_veien(rader[0]),
            begrunnelser=[g for g in grunner if g] if sier_hvorfor else [],
            er_rettelse=all(h.history_art == Art.RETTELSE for h in rader),
            linjer=linjer,
            flere=flere,
        )

    def _grunn(self, grunn):
        """The reason, to others without the number or the address that it may name: it
        stands there for good."""
        return grunn if self.leser is None else uten_kontakter(grunn)

    def _sier_hvorfor(self, h):
        """Whether others read the reason: not where it may tell of a contact that is gone,
        nor what the file was called that was read."""
        side = self.historikken.side
        modeller = {side.modell, *(del_.modell for del_ in side.deler)}
        return h.history_dor in (Dor.SKJEMA, Dor.ADMIN) and not modeller & BARE_NA

    # One row --------------------------------------------------------------------------------

    def _linje(self, h, for_):
        var_skjult = self._var_skjult(h, for_)
        hva = self._hva(h)
        setninger = [] if var_skjult else list(self._setninger(h, for_))
        # What it is called is said once.
        navn = hva.partition(": ")[2]
        setninger = [s for s in setninger if s.slag != "ny" or not _heter(navn, s.til)]
        sier_noe = setninger or var_skjult or for_ is None or h.history_type != "~"
        if self.leser is not None and not sier_noe:
            return None
        return Linje(
            hva=hva,
            handling=_("Vises")
            if var_skjult and _var_lukket(for_)
            else _handling(h, for_),
            setninger=setninger,
            tidligere=self._tidligere(h),
            kan_hentes=self._kan_hentes(h),
        )

    def _var_skjult(self, h, for_):
        """Whether the reader did not see what it was until then. What was there when it was
        opened has been seen since."""
        fra = getattr(h, "apent_fra", None)
        if for_ is None or fra is None or for_.history_date >= fra:
            return False
        return _var_lukket(for_) or h.history_date < fra + APNES_I

    def _hva(self, h):
        if isinstance(self.rad, h.instance_type) and h.id == self.rad.pk:
            return ""
        # By its value of today: what it was before may be withdrawn.
        na = self.lest.siste[h.instance_type, h.id] if self._bare_na(h) else h
        del_ = self._egen_del(h)
        navn = self._lesbar.navn.get(type(self.rad), {}).get(del_)
        return self._lesbar_for(h).hva(na) + (f" ({navn})" if navn else "")

    def _egen_del(self, h):
        """The id of the part of the thing, of its own kind, that the row hangs on; None
        where it is not by such a part."""
        rotter = self.historikken.rotter
        for felt in h.tracked_fields:
            if felt.related_model is type(self.rad) is not h.instance_type:
                pk = getattr(h, felt.attname)
                if pk != self.rad.pk and pk in rotter:
                    return pk
        return None

    def _lesbar_for(self, h):
        """The words as on the page of the part that the row hangs on."""
        pk = self._egen_del(h)
        return (
            self._lesbar if pk is None else self._lesbar.sett_fra(type(self.rad)(pk=pk))
        )

    def _bare_na(self, h):
        return self.leser is not None and h.instance_type in BARE_NA

    def _uten_verdi(self, felt):
        return self.leser is not None and felt.name in UTEN_VERDI

    def _tidligere(self, h):
        if self.leser is not None:
            return None
        na = self.lest.siste[h.instance_type, h.id]
        star = "-" not in {h.history_type, na.history_type}
        return h if star and kan_bringes(na, h) else None

    def _kan_hentes(self, h):
        """Whether it is on the page of what was deleted."""
        if self.leser is not None or h.history_type != "-":
            return False
        modell = h.instance_type
        er_borte = self.lest.siste[modell, h.id].history_type == "-"
        i_tide = h.history_date >= timezone.now() - HENTES_I + timedelta(minutes=1)
        hentes = modell.kan_hentes_tilbake and har_kommune(modell)
        return er_borte and i_tide and hentes

    def _setninger(self, h, for_):
        if h.history_type == "-":
            return
        lesbar = self._lesbar_for(h)
        for felt in lesbar.felter(h):
            if felt.primary_key or not (felt.editable or felt.name in FASTE):
                continue
            if for_ is None and felt.related_model is Kommune:
                continue
            if for_ is None and (self._bare_na(h) or lesbar.sier_seg_selv(h, felt)):
                continue
            if for_ is None and self._uten_verdi(felt):
                continue
            er_lik = for_ and getattr(for_, felt.attname) == getattr(h, felt.attname)
            if not er_lik and (setning := self._setning(h, for_, felt)):
                yield setning

    def _setning(self, h, for_, felt):
        navn, til = self._ord(h, felt)
        if self._bare_na(h):
            # What it says today, and nothing of what it said.
            na = self.lest.siste[h.instance_type, h.id]
            navn, til = self._ord(na, felt)
            return Setning(navn, "skjult", til=Truncator(til).chars(AV_NY))
        if self._uten_verdi(felt):
            return Setning(navn, "skjult")
        fra = self._ord(for_, felt)[1] if for_ else ""
        if fra == til:
            return Setning(navn, "form") if for_ and til else None
        if not fra:
            slag = "satt" if for_ else "ny"
            return Setning(navn, slag, til=Truncator(til).chars(AV_NY))
        if not til:
            return Setning(navn, "tomt", fra=Truncator(fra).chars(AV_NY))
        if er_korte(fra, til):
            return Setning(navn, "endret", fra, til)
        return Setning(navn, "ord", stykker=_korte(forskjell(fra, til)))

    def _ord(self, h, felt):
        """(what the field is called, its value) in words."""
        if ordene := ORD.get((h.instance_type, felt.name)):
            navn, verdi = ordene(h)
        else:
            navn, verdi = felt.verbose_name, self._lesbar.verdi(h, felt)
        return capfirst(str(navn)), str(verdi)


def _veien(h):
    """By which way it came, in words; "" where nobody did it, since who says it then."""
    return h.get_history_dor_display() if h.history_aktor or h.history_user_id else ""


def _var_lukket(h):
    """Whether the row itself said that it was not open."""
    return False in (getattr(h, "publisert", None), getattr(h, "offentlig", None))


def _heter(navn, verdi):
    """Whether a thing that is called so, perhaps with what it is part of, says the value."""
    return navn == verdi or navn.startswith(f"{verdi} (")


def _handling(h, for_):
    if h.history_type == "+" and for_ is not None:
        return _("Hentet tilbake")
    return {"+": _("Lagt til"), "~": _("Endret"), "-": _("Tatt bort")}[h.history_type]


def _korte(stykker):
    """Without most of what is the same in both texts, and no more of it than is read. Here
    one text stands by itself, with its lines: a list of many is shorter (`netto.utdrag`).
    """
    ut, igjen, siste = [], AV_ULIKT, len(stykker) - 1
    for nr, stykke in enumerate(stykker):
        if igjen <= 0:
            return [*ut, Stykke(_(" … (mer er endret)"), Hvor.BEGGE)]
        kort = _kort(stykke, nr == 0, nr == siste)
        ut.append(Stykke(Truncator(kort.tekst).chars(AV_ULIKT), kort.hvor))
        igjen -= len(kort.tekst)
    return ut


def _kort(stykke, er_forst, er_sist):
    tekst = stykke.tekst
    if stykke.hvor is not Hvor.BEGGE or len(tekst) <= 3 * RUNDT:
        return stykke
    start = "" if er_forst else tekst[:RUNDT].rpartition(" ")[0]
    slutt = "" if er_sist else tekst[-RUNDT:].partition(" ")[2]
    return Stykke(f"{start} … {slutt}", stykke.hvor)
