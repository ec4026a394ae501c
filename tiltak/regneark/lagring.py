"""What a sheet says otherwise is saved: all of it or nothing, in an order in which each row
finds what it stands in. The kommune is locked."""

from collections import defaultdict
from collections.abc import Callable
from contextlib import contextmanager, nullcontext
from copy import copy
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from slt.grunn.historikk import opprett_mange, uten_vern
from slt.grunn.norsk import Slugg, slugg
from slt.grunn.rekkefolge import Rekkefolge, feltet, i_orden, lukk
from tiltak.models import AVLOST_STAR, Ansvar, Plassering, Tiltak
from tiltak.models.plandeler import Publisert
from tiltak.nummer import uten_hull
from tiltak.regneark.deler import kontaktvalg, lagre_ansvar, nytt_ansvar
from tiltak.regneark.forskjeller import Arkrad, Forskjeller, nye_deler
from tiltak.regneark.innhold import Innhold
from tiltak.regneark.kolonner import (
    ANSVARLIGE,
    DOKUMENTER,
    KAPITLER,
    MALSETTINGER,
    OMRADER,
    PLASSER,
    TILTAK,
)


@dataclass(frozen=True)
class Valgt:
    """What somebody chose.

    Attributes:
        arkets: the changes with a conflict in which the sheet is to hold.
        slettes: keys of rows that are to go from the plan, as they went from the sheet.
        lages: keys of rows that are to be made anew, as they went from the plan.
    """

    arkets: frozenset[str] = frozenset()
    slettes: frozenset[str] = frozenset()
    lages: frozenset[str] = frozenset()


class Avvist(ValidationError):  # noqa: N818
    """Something is wrong with rows.

    Attributes:
        feil: [(where in the file, what is wrong)].
    """

    def __init__(self, feil):
        super().__init__([f"{hvor}: {hva}" for hvor, hva in feil])
        self.feil = feil


@dataclass
class _Skrevet:
    """A row on its way in: the row, and what it is to be given."""

    arkrad: Arkrad
    rad: object
    verdier: dict
    er_ny: bool

    @property
    def ark(self):
        return self.arkrad.ark


@transaction.atomic
def lagre(k: Innhold, f: Forskjeller, valgt: Valgt) -> int:
    """Saves what was looked at. Returns how many rows were made, changed or removed.

    Raises:
        Avvist: with all that is wrong in the first sheet that has faults.
        ValidationError: nothing can be changed in the plan.
    """
    if not k.plan.kan_endres:
        raise ValidationError(AVLOST_STAR)
    if f.feil:
        raise Avvist(f.feil)
    return _Lagring(k, f, valgt).gjor()


@dataclass
class _Lagring:
    k: Innhold
    f: Forskjeller
    valgt: Valgt
    feil: list = field(default_factory=list)
    antall: int = 0

    def gjor(self):
        skrevet = [
            s for s in map(self._skrevet, self._radene()) if s.verdier or s.er_ny
        ]
        per_ark = {ark.navn: [] for ark in (OMRADER, KAPITLER, TILTAK, PLASSER)}
        per_ark |= {MALSETTINGER.navn: [], DOKUMENTER.navn: []}
        for rad in skrevet:
            per_ark[rad.ark.navn].append(rad)
        self._slett(lambda ark: ark is not OMRADER)
        self.navn = {"omrade": {r.navn: r for r in self.k.omrader}}
        self.navn["tiltak"] = {
            navn: rad
            for rad in self.k.hele_tiltak
            for navn in (rad.tittel, TILTAK.nokkel(rad))
        }
        self._lagre(per_ark[OMRADER.navn])
        self._husk(per_ark[OMRADER.navn], "omrade", "navn")
        self._lagre(per_ark[KAPITLER.navn])
        self._tiltakene(per_ark[TILTAK.navn])
        self._plassene(per_ark[PLASSER.navn])
        self._lagre(per_ark[MALSETTINGER.navn], self._sett_omrade)
        self._lagre(per_ark[DOKUMENTER.navn])
        self._slett(lambda ark: ark is OMRADER)
        return self.antall

    def _radene(self):
        lages = [rad for rad in self.f.borte if rad.nokkel in self.valgt.lages]
        return [*self.f.nye, *lages, *self.f.endrede]

    def _skrevet(self, arkrad):
        if arkrad.rad is None:
            rad = arkrad.ark.lag(self.k.plan)
            rad.deler, rad.sted = nye_deler(), None
            return _Skrevet(arkrad, rad, dict(arkrad.verdier), er_ny=True)
        verdier = {
            e.kolonne.navn: e.verdi
            for e in arkrad.endringer
            if not e.konflikt or e.nokkel in self.valgt.arkets
        }
        return _Skrevet(arkrad, arkrad.rad, verdier, er_ny=False)

    def _husk(self, skrevet, hva, felt):
        """Lets rows that come later name these."""
        for s in skrevet:
            navn = {" ".join(getattr(s.rad, felt).split()), s.arkrad.i_arket}
            self.navn[hva] |= dict.fromkeys(navn - {""}, s.rad)

    def _finn(self, hva, navn):
        rad = self.navn[hva].get(navn)
        if rad is None:
            raise ValidationError(_("«%s» finnes ikke i planen.") % navn)
        return rad

    # What is wrong --------------------------------------------------------------------

    @contextmanager
    def _med_adresse(self, s: _Skrevet, kolonne="", *, lagres=None):
        """Says of what is refused inside the block where it stands in the file.

        Args:
            lagres: the row that is saved inside the block.
        """
        try:
            with transaction.atomic() if lagres else nullcontext():
                yield
        except ValidationError as e:
            ved_felt = {k.felt: k.navn for k in s.ark.kolonner if k.felt}
            ved_felt |= {"nummer": "nummer", "innsatsomrade": "omrade"}
            deler = getattr(e, "error_dict", None) or {kolonne: e.error_list}
            for felt, feilene in deler.items():
                navn = ved_felt.get(felt, felt)
                hvor = s.arkrad.adresser.get(navn) or s.arkrad.sted
                self.feil += [(hvor, m) for x in feilene for m in x.messages]
        except IntegrityError:
            # The database refuses; the constraints say why.
            with self._med_adresse(s, kolonne):
                lagres.validate_constraints()
                raise ValidationError(_("Raden er i veien for en annen.")) from None

    def _stopp(self):
        if self.feil:
            raise Avvist(self.feil)

    # Rows that are saved --------------------------------------------------------------

    def _lagre(self, skrevet, sett: Callable = lambda s: None):
        """Saves rows of one sheet, each at the place that it asks for, and what hangs on
        them."""
        if not skrevet:
            return
        felt = feltet(skrevet[0].ark.modell)
        for s in skrevet:
            with self._med_adresse(s):
                self._gi_verdier(s, felt)
                sett(s)
                _sjekk(s.rad)
        self._stopp()
        # Who asks for a place gets it, also where another one stands that is saved too.
        rekken = sorted(skrevet, key=lambda s: "nummer" in s.verdier)
        bort = [s.rad for s in rekken if s.ark is PLASSER and _skifter_omrade(s)]
        with i_orden([s.rad for s in rekken], bort=bort):
            for s in rekken:
                if not s.er_ny:
                    with self._med_adresse(s, lagres=s.rad):
                        s.rad.save()
            self._opprett([(s, "", s.rad) for s in rekken if s.er_ny])
        self.antall += len(skrevet)
        self._lagre_deler(skrevet)
        self._stopp()

    def _opprett(self, nye):
        """Saves new rows of one model together.

        Args:
            nye: [(_Skrevet, column that it comes of, row)].
        """
        self._stopp()
        for runde in _runder(nye):
            try:
                with transaction.atomic():
                    opprett_mange([rad for _s, _kolonne, rad in runde])
            except (IntegrityError, ValidationError):
                for s, kolonne, rad in runde:
                    with self._med_adresse(s, kolonne):
                        type(rad).vern([rad])
                        rad.validate_unique()
                        rad.validate_constraints()
                if not self.feil:
                    # Two of them are in each other's way.
                    hvem = runde[-1][0].arkrad
                    self.feil.append(
                        (hvem.sted, _("To rader er i veien for hverandre."))
                    )
                self._stopp()

    def _gi_verdier(self, s, felt):
        for navn, verdi in s.verdier.items():
            s.ark.ved_navn[navn].sett(s.rad, verdi)
        if "niva" in s.verdier and "niva_foreslatt" not in s.verdier:
            # A level that somebody chose is no proposal any more.
            s.rad.niva_foreslatt = False
        if "nummer" in s.verdier and felt.name == "rekkefolge" and s.ark is not TILTAK:
            setattr(s.rad, felt.name, s.verdier["nummer"])

    def _lagre_deler(self, skrevet):
        """Saves what hangs on rows: of those that are new, all of a kind together."""
        nye = defaultdict(list)
        for s in skrevet:
            for navn, verdi in s.verdier.items():
                kolonne = s.ark.ved_navn[navn]
                with self._med_adresse(s, navn, lagres=None if s.er_ny else s.rad):
                    if s.er_ny:
                        for rad in kolonne.nye(s.rad, verdi, self.k):
                            rad.clean_fields(exclude=_utenom(rad))
                            nye[type(rad)].append((s, navn, rad))
                    else:
                        kolonne.lagre(s.rad, verdi, self.k)
            roller = {k.navn: k for k in ANSVARLIGE}
            if skrevne := set(roller) & set(s.verdier):
                with self._med_adresse(
                    s, min(skrevne), lagres=None if s.er_ny else s.rad
                ):
                    self._lagre_ansvar(s, nye)
        for rader in nye.values():
            self._opprett(rader)
        # Which points hold, hangs on the rows that were just made.
        valgte = [
            (s, navn, valg)
            for s, navn, ansvar in nye[Ansvar]
            for valg in kontaktvalg(ansvar, self.k)
        ]
        self._opprett(valgte)

    def _lagre_ansvar(self, s, nye):
        verdier = {
            k.rolle: s.verdier.get(k.navn, k.hent(s.rad, self.k)) for k in ANSVARLIGE
        }
        if not s.er_ny:
            lagre_ansvar(s.rad, verdier, self.k)
            return
        for ansvar in nytt_ansvar(s.rad, verdier):
            ansvar.clean_fields(exclude=_utenom(ansvar))
            if not self.k.tjenester[ansvar.tjeneste_id].er_her:
                ansvar.clean()
            nye[Ansvar].append((s, ansvar.rolle, ansvar))

    # Tiltak and their places ------------------------------------------------------------

    def _sett_omrade(self, s):
        if navn := s.verdier.get("omrade"):
            s.rad.innsatsomrade = self._finn("omrade", navn)

    def _tiltakene(self, skrevet):
        hele = [
            s for s in skrevet if not (s.verdier.get("del_av") or s.rad.overordnet_id)
        ]
        self._lagre(hele)
        self._husk(hele, "tiltak", "tittel")
        self._gi_plass(hele)
        deltiltak = [s for s in skrevet if s not in hele]

        def sett(s):
            if navn := s.verdier.get("del_av"):
                s.rad.overordnet = self._finn("tiltak", navn)
            if s.verdier.get("omrade"):
                raise ValidationError(
                    {
                        "innsatsomrade": _(
                            "Et deltiltak står under tiltaket det er del av."
                        )
                    }
                )
            if "nummer" in s.verdier:
                s.rad.rekkefolge = s.verdier["nummer"]

        self._lagre(deltiltak, sett)

    def _gi_plass(self, skrevet):
        """Puts tiltak where the sheet says that they stand at home."""
        flyttes, forlatt = [], []
        for s in skrevet:
            if not ({"omrade", "nummer"} & set(s.verdier) or s.er_ny):
                continue
            with self._med_adresse(s, "omrade"):
                sted = s.rad.sted or Plassering(tiltak=s.rad)
                if sted.pk:
                    sted.refresh_from_db(fields=["nummer"])
                    forlatt.append(copy(sted))
                self._sett_sted(s, sted)
                _sjekk(sted)
                flyttes.append((s, sted))
        self._stopp()
        self._lagre_steder(flyttes)
        self._lukk(forlatt)

    def _sett_sted(self, s, sted):
        navn = s.verdier.get("omrade")
        if not navn and ("omrade" in s.verdier or not sted.pk):
            raise ValidationError(_("Skriv innsatsområdet som tiltaket står i."))
        if navn:
            sted.innsatsomrade, sted.nummer = self._finn("omrade", navn), None
        if "nummer" in s.verdier and self._kan_nummereres(s):
            sted.nummer = s.verdier["nummer"]

    def _kan_nummereres(self, s):
        """In a plan that holds, a new tiltak takes the next free number."""
        return self.k.plan.er_utkast or not s.er_ny

    def _lagre_steder(self, flyttes):
        if not flyttes:
            return
        bort = [sted for s, sted in flyttes if _skifter_omrade(s) and sted.pk]
        with i_orden([sted for _s, sted in flyttes], bort=bort):
            for s, sted in flyttes:
                s.rad.sted = sted
                if sted.pk:
                    with self._med_adresse(s, "nummer", lagres=sted):
                        sted.save()
            self._opprett([(s, "nummer", sted) for s, sted in flyttes if not sted.pk])

    def _plassene(self, skrevet):
        forlatt = []

        def sett(s):
            if s.rad.pk:
                # Others may have moved it by now.
                s.rad.refresh_from_db(fields=["nummer"])
                forlatt.append(copy(s.rad))
            if navn := s.verdier.get("tiltak"):
                s.rad.tiltak = self._finn("tiltak", navn)
            self._sett_omrade(s)
            if "omrade" in s.verdier:
                s.rad.nummer = None
            if "nummer" in s.verdier and self._kan_nummereres(s):
                s.rad.nummer = s.verdier["nummer"]

        self._lagre(skrevet, sett)
        self._lukk(forlatt)

    def _lukk(self, forlatt):
        """Lets those close up that stood after the places that were left in a draft."""
        for sted in forlatt if self.k.plan.er_utkast else []:
            lukk(sted)

    # Rows that go -----------------------------------------------------------------------

    def _slett(self, gjelder):
        for ark, nokkel, rad in self.f.fjernet:
            if nokkel not in self.valgt.slettes or not gjelder(ark):
                continue
            if not self.k.plan.er_utkast:
                raise ValidationError(
                    _(
                        "Det som står i en plan som gjelder, avsluttes, men slettes ikke."
                    )
                )
            # A deltiltak may have gone with the tiltak that it was part of.
            if type(rad).objects.filter(pk=rad.pk).exists():
                self._fjern(rad)
                self.antall += 1

    @staticmethod
    def _fjern(rad):
        try:
            if isinstance(rad, Tiltak):
                with uten_hull(rad):
                    rad.delete()
            else:
                rad.delete()
        except ProtectedError as feil:
            raise ValidationError(
                _("«%s» er i bruk og kan ikke slettes.") % rad
            ) from feil


def _utenom(rad):
    """What need not be asked of a new row: what it points to is known, and where it stands
    and what its address is are found when it is saved."""
    felter = rad._meta.concrete_fields
    gis = {
        f.name for f in felter if f.is_relation or isinstance(f, (Rekkefolge, Slugg))
    }
    return gis | {f.name for f in felter if isinstance(f, Publisert)}


def _sjekk(rad):
    """Checks a row, but for what it is asked when it is saved: by the database, and whether
    it stands fast."""
    rad.clean_fields(exclude=_utenom(rad))
    with uten_vern():
        rad.clean()


def _skifter_omrade(s):
    """Whether a row leaves an innsatsområde: those that it stood among close up."""
    return "omrade" in s.verdier and not s.er_ny


def _runder(nye):
    """New rows parted so that no two that are saved together get the same address."""
    runder = []
    for ny in nye:
        rad = ny[2]
        felt = next(
            (f for f in rad._meta.concrete_fields if isinstance(f, Slugg)), None
        )
        navn = slugg(getattr(rad, felt.av_felt)) if felt else None
        for tatt, runde in runder:
            if felt is None or navn not in tatt:
                tatt.add(navn)
                runde.append(ny)
                break
        else:
            runder.append(({navn}, [ny]))
    return [runde for _tatt, runde in runder]
