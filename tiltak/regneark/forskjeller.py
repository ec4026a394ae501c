"""What a sheet that comes back says otherwise than the plan: told apart three ways, by what
was written, what is stored now, and what stands in the sheet."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from slt.grunn.ordforskjell import forskjell
from tiltak.regneark.celler import er_for_lang, merke
from tiltak.regneark.innhold import DELER, Innhold
from tiltak.regneark.kolonner import ARKENE, OMRADER, TILTAK, Ark
from tiltak.regneark.les import FLEST_FEIL, like_nokler
from tiltak.regneark.slag import Kolonne


@dataclass(frozen=True)
class Endring:
    """A cell that says otherwise than the plan does now.

    Attributes:
        nokkel: what the choice is called in a form.
        for_, etter: both as text.
        konflikt: whether the plan was changed there, too, since the sheet was written.
    """

    nokkel: str
    kolonne: Kolonne
    for_: str
    etter: str
    verdi: Any
    konflikt: bool

    @property
    def navn(self):
        return capfirst(str(self.kolonne.tittel))

    @property
    def er_lang(self):
        """Whether it may be longer than what is shown of it at once."""
        return max(len(self.for_), len(self.etter)) > 300

    @cached_property
    def stykker(self):
        return forskjell(self.for_, self.etter)


@dataclass
class Arkrad:
    """A row of a sheet.

    Attributes:
        nokkel: that of the stored row, or "".
        i_arket: the key that stands in the sheet, which may be of another plan.
        rad: the stored row, or None for a new one.
        verdier: {column: value} that it is to have: of a new row all that it says, of
            another what may be changed.
        celler: [(heading, text)] of a new row, for looking.
        adresser: {column: where it stands in the file}.
    """

    ark: Ark
    nr: int
    nokkel: str
    adresser: dict[str, str]
    rad: models.Model | None = None
    verdier: dict[str, Any] = field(default_factory=dict)
    celler: list[tuple[str, str]] = field(default_factory=list)
    endringer: list[Endring] = field(default_factory=list)
    heter: str = ""
    i_arket: str = ""

    @property
    def hva(self):
        return f"{self.ark.tittel}: {self.heter}"

    @property
    def sted(self):
        """Where the row begins in the file."""
        return next(iter(self.adresser.values()), "")


@dataclass
class Forskjeller:
    """What the sheet would change.

    Attributes:
        nye: rows that the plan does not have.
        borte: rows that were in it when the sheet was written, and are not now.
        fjernet: [(sheet, key, stored row)] that were in the sheet.
        feil: [(where in the file, what is wrong)].
        merknader: what is not taken in.
    """

    nye: list[Arkrad] = field(default_factory=list)
    endrede: list[Arkrad] = field(default_factory=list)
    borte: list[Arkrad] = field(default_factory=list)
    fjernet: list[tuple[Ark, str, models.Model]] = field(default_factory=list)
    feil: list[tuple[str, str]] = field(default_factory=list)
    merknader: list[str] = field(default_factory=list)

    @property
    def er_tom(self):
        return not (self.nye or self.endrede or self.borte or self.fjernet or self.feil)

    @property
    def konflikter(self):
        return [e for rad in self.endrede for e in rad.endringer if e.konflikt]

    @property
    def antall_endringer(self):
        """How many cells are changed without a conflict."""
        return sum(not e.konflikt for rad in self.endrede for e in rad.endringer)

    @property
    def merke(self):
        """What marks all of it: what somebody has looked at is what is saved."""
        endringer = [
            (e.nokkel, e.for_, e.etter, e.konflikt)
            for rad in self.endrede
            for e in rad.endringer
        ]
        rader = [(r.ark.navn, r.nr, r.celler) for r in (*self.nye, *self.borte)]
        bort = [nokkel for _ark, nokkel, _rad in self.fjernet]
        alt = repr((endringer, rader, bort, self.feil))
        return blake2b(alt.encode(), digest_size=12).hexdigest()


def sammenlign(k: Innhold, lest: dict) -> Forskjeller:
    """What a sheet says otherwise than the plan as it is stored now.

    Args:
        lest: as tiltak.regneark.les has it.
    """
    f = Forskjeller(feil=[(hvor, hva) for hvor, hva in lest["feil"]])
    er_denne = lest["plan"] == k.nokkel
    if not er_denne:
        f.merknader.append(
            _(
                "Arket er ikke lastet ned fra denne planen. Rader som ikke står i den, "
                "blir nye, og der både planen og arket har noe, velger du."
            )
        )
    _kjenn_navn(k, lest)
    for ark in ARKENE:
        if ark.navn in lest["ark"]:
            grunnlag = lest["grunnlag"] if er_denne else {}
            _Sammenligning(k, ark, lest["ark"][ark.navn], grunnlag, f).gjor(er_denne)
        elif getattr(k, ark.navn) and er_denne:
            f.merknader.append(
                _("Arket «%s» mangler i filen. Det er ikke endret.") % ark.tittel
            )
    del f.feil[FLEST_FEIL:]
    return f


def _kjenn_navn(k, lest):
    """Lets cells name the rows that the sheet itself has."""
    for hva, ark, navn in (("omrade", OMRADER, "navn"), ("tiltak", TILTAK, "tittel")):
        for rad in lest["ark"].get(ark.navn, {}).get("rader", []):
            heter = " ".join(rad["celler"].get(navn, "").split())
            k.nye_navn[hva] |= {heter, rad["nokkel"]} - {""}


class _Sammenligning:
    """Of one sheet.

    Args:
        arket: the sheet as it was read.
        grunnlag: {key: {column: mark of what was written}}.
    """

    def __init__(self, k, ark: Ark, arket, grunnlag, f: Forskjeller):
        self.k, self.ark, self.arket, self.f = k, ark, arket, f
        self.grunnlag = grunnlag
        self.lagret = {ark.nokkel(rad): rad for rad in getattr(k, ark.navn)}
        self.brukt = set()

    def gjor(self, er_denne):
        self._si_om_kolonnene()
        for nokkel, linjer in like_nokler(self.arket["rader"]).items():
            if er_denne:
                self._feil(
                    f"{self.arket['tittel']}!A{linjer[1]}",
                    _(
                        "Nøkkelen «%(nokkel)s» står på flere rader: %(rader)s. Tøm den på "
                        "radene som er nye."
                    )
                    % {"nokkel": nokkel, "rader": ", ".join(map(str, linjer))},
                )
        nokler = {rad["nokkel"] for rad in self.arket["rader"]} if er_denne else set()
        self.ledige = self._kjennetegn(
            rad for nokkel, rad in self.lagret.items() if nokkel not in nokler
        )
        for lest in self.arket["rader"]:
            self._rad(lest, lest["nokkel"] if er_denne else "")
        for nokkel, rad in self.lagret.items():
            if nokkel in self.grunnlag and nokkel not in self.brukt:
                self.f.fjernet.append((self.ark, nokkel, rad))

    def _si_om_kolonnene(self):
        tittel = self.arket["tittel"]
        for ukjent in self.arket["ukjente"]:
            self.f.merknader.append(
                _("Kolonnen «%(kolonne)s» i arket «%(ark)s» er ikke med i planen.")
                % {"kolonne": ukjent, "ark": tittel}
            )
        for kolonne in self.ark.kolonner:
            if kolonne.navn not in self.arket["kolonner"] and kolonne.leses:
                self.f.merknader.append(
                    _(
                        "Kolonnen «%(kolonne)s» mangler i arket «%(ark)s». Den er ikke endret."
                    )
                    % {"kolonne": capfirst(str(kolonne.tittel)), "ark": tittel}
                )

    def _feil(self, hvor, hva):
        self.f.feil.append((hvor, str(hva)))

    def _kjennetegn(self, rader: Iterable):
        """{what a row is known by without its key: the row}, of those that no row of the
        sheet has the key of."""
        kolonner = [self.ark.ved_navn[navn] for navn in self.ark.kjennes]
        return {
            tuple(
                _enkel(kol.vis(kol.hent(rad, self.k), self.k)) for kol in kolonner
            ): rad
            for rad in rader
        }

    def _rad(self, lest, nokkel):
        rad = self.lagret.get(nokkel)
        if nokkel and rad is None and nokkel not in self.grunnlag:
            hvor = f"{self.arket['tittel']}!{self.arket['kolonner'].get('nokkel', 'A')}"
            self._feil(
                f"{hvor}{lest['nr']}",
                _("Nøkkelen «%s» finnes ikke i planen. Tøm den hvis raden er ny.")
                % nokkel[:20],
            )
            return
        if rad is None and not nokkel:
            kjent = tuple(_enkel(lest["celler"].get(n, "")) for n in self.ark.kjennes)
            rad = self.ledige.pop(kjent, None)
            nokkel = self.ark.nokkel(rad) if rad else ""
        adresser = {
            navn: f"{self.arket['tittel']}!{bokstav}{lest['nr']}"
            for navn, bokstav in self.arket["kolonner"].items()
        }
        arkrad = Arkrad(self.ark, lest["nr"], nokkel, adresser, rad)
        arkrad.i_arket = lest["nokkel"]
        if rad is None:
            self._ny(arkrad, lest["celler"])
        elif nokkel not in self.brukt:
            self.brukt.add(nokkel)
            self._endret(arkrad, lest["celler"])

    # A row that is there --------------------------------------------------------------

    def _endret(self, arkrad, celler):
        rad, var = arkrad.rad, self.grunnlag.get(arkrad.nokkel, {})
        arkrad.heter = _heter(rad)
        for navn, tekst in celler.items():
            kolonne = self.ark.ved_navn[navn]
            if er_for_lang(tekst) or var.get(navn) == merke(tekst):
                continue
            if not (tekst or var):
                # Who wrote a row anew did not say that this is to be empty.
                continue
            for_ = kolonne.vis(kolonne.hent(rad, self.k), self.k)
            if merke(for_) == merke(tekst):
                continue
            self._celle(arkrad, kolonne, for_, tekst, var.get(navn))
        if arkrad.endringer:
            self.f.endrede.append(arkrad)

    def _celle(self, arkrad, kolonne, for_, tekst, var):
        hvor = arkrad.adresser[kolonne.navn]
        if not kolonne.kan_skrives(self.k):
            self.f.merknader.append(
                _(
                    "%(hvor)s: «%(kolonne)s» endres ikke her. Det som står i arket, er ikke med."
                )
                % {"hvor": hvor, "kolonne": capfirst(str(kolonne.tittel))}
            )
            return
        try:
            verdi = kolonne.les(tekst, self.k)
        except ValidationError as feil:
            self._feil(hvor, " ".join(feil.messages))
            return
        etter = kolonne.vis(verdi, self.k)
        if merke(etter) == merke(for_):
            return
        if kolonne.bare_nye:
            self._feil(
                hvor,
                _("«%s» kan ikke endres her for en rad som finnes fra før.")
                % capfirst(str(kolonne.tittel)),
            )
            return
        konflikt = var is None or var != merke(for_)
        nokkel = f"{arkrad.nokkel}-{kolonne.navn}"
        arkrad.endringer.append(Endring(nokkel, kolonne, for_, etter, verdi, konflikt))

    # A row that is not ----------------------------------------------------------------

    def _ny(self, arkrad, celler):
        feil = []
        for navn, tekst in celler.items():
            kolonne = self.ark.ved_navn[navn]
            if not tekst or not kolonne.kan_skrives(self.k):
                continue
            try:
                if er_for_lang(tekst):
                    raise ValidationError(_("Teksten er for lang for et regneark."))
                verdi = kolonne.les(tekst, self.k)
            except ValidationError as e:
                feil.append((arkrad.adresser[navn], " ".join(e.messages)))
                continue
            arkrad.verdier[navn] = verdi
            arkrad.celler.append(
                (capfirst(str(kolonne.tittel)), kolonne.vis(verdi, self.k))
            )
        tittel = next(
            (n for n in ("tittel", "navn", "tekst", "tiltak") if celler.get(n)), ""
        )
        arkrad.heter = celler.get(tittel, "") or _("uten tittel")
        if arkrad.nokkel:
            # Somebody else removed it: it is made anew only if that is asked for.
            if not feil:
                self.f.borte.append(arkrad)
            return
        self.f.feil += feil
        self.f.nye.append(arkrad)


def nye_deler():
    """What hangs on a row that is new: nothing yet."""
    return {navn: [] for navn in DELER}


def _heter(rad):
    sted = getattr(rad, "sted", None)
    return f"{sted}: {rad}" if sted else str(rad)


def _enkel(tekst):
    return " ".join(tekst.split()).casefold()
