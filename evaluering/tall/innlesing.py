"""Tables of figures that people send: read from CSV, from a spreadsheet or from what was
pasted, and understood row by row. Nothing is stored here.

The columns are those of the tables one can download; see KOLONNER.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from io import StringIO
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluering.models import Maling
from evaluering.models.tall import FLEST_TALL
from slt.grunn.avgrenset import Budsjett, ForStort, ForTregt, Mislyktes, kjor
from slt.grunn.identitetsnummer import avvis_identitetsnummer
from slt.models import Kommune

KOLONNER = (
    "indikator",
    "år",
    "sted",
    "lokalområde",
    "kjønn",
    "skoleslag",
    "slag",
    "gruppe",
    "tall",
    "til",
    "kilde",
)
# Those who write nynorsk may call the columns so.
OGSA_KALT = {"tal": "tall", "stad": "sted", "skuleslag": "skoleslag", "kjelde": "kilde"}
MA_VAERE_MED = {"indikator", "år", "tall"}
FLEST_RADER = 20_000
FLEST_KOLONNER = 30
# People put a title above the headings.
LETES_ETTER_OVERSKRIFTER = 10
FLEST_FEIL = 100
# As many rows as are taken, with all columns full, take a fourth of each.
BUDSJETT = Budsjett(sekunder=20, prosessor=12, megabyte=250, svar=10)
STORSTE_TALL = Decimal(10) ** 10
SKJULT = "skjult"
# A cell may hold these, or nothing.
ENKLE = (str, int, float, Decimal, type(None))


@dataclass(frozen=True)
class Radfeil:
    """What is wrong with a row.

    Attributes:
        rad: its number as the spreadsheet has it, from 1.
        kolonne: the heading, or "".
    """

    rad: int
    kolonne: str
    tekst: str


@dataclass
class Innlest:
    """What a table was understood as: rows not saved, or what is wrong with it.

    Attributes:
        rader: the table as it can be kept and read again: the columns that are known, as
            text and numbers, each row at its old number.
        hoppet_over: rows whose figure the table itself says is hidden.
        feil_i_alt: how many, where `feil` has the first of them.
    """

    malinger: list[Maling] = field(default_factory=list)
    rader: list[list] = field(default_factory=list)
    feil: list[Radfeil] = field(default_factory=list)
    hoppet_over: int = 0
    feil_i_alt: int = 0

    def si(self, rad, kolonne, tekst):
        self.feil_i_alt += 1
        if len(self.feil) < FLEST_FEIL:
            self.feil.append(Radfeil(rad, kolonne, str(tekst)))


# From bytes and text to rows of cells --------------------------------------------------


def rader_i_csv(innhold: bytes) -> Iterator[list[str]]:
    """The rows of a CSV file in UTF-8 or as Windows writes it, whatever parts its cells."""
    try:
        tekst = innhold.decode("utf-8-sig")
    except UnicodeDecodeError:
        tekst = innhold.decode("cp1252", errors="replace")
    return rader_i_tekst(tekst)


def rader_i_tekst(tekst: str) -> Iterator[list[str]]:
    """The rows of a text as it is pasted from a spreadsheet or stands in a CSV file.

    Raises:
        ValidationError: it cannot be read as a table.
    """
    hode = "\n".join(tekst.splitlines()[:LETES_ETTER_OVERSKRIFTER])
    skille = max("\t;,", key=hode.count)
    linjer = csv.reader(StringIO(tekst, newline=""), delimiter=skille)
    try:
        yield from (rad[:FLEST_KOLONNER] for rad in linjer)
    except csv.Error as feil:
        raise ValidationError(_("Teksten kan ikke leses som en tabell.")) from feil


def rader_i_regneark(innhold: bytes) -> Iterator[list]:
    """The rows of the first sheet, as values; a formula stands as a text that begins with
    an equals sign.

    Args:
        innhold: what slt.felles.opplasting has found to be a spreadsheet of some size.

    Raises:
        ValidationError: it cannot be read.
    """
    try:
        # One more than is taken, so that the one who sent it is told.
        linjer = kjor(
            "slt.grunn.regneark:rader",
            innhold,
            BUDSJETT,
            str(FLEST_RADER + 1),
            str(FLEST_KOLONNER),
        )
    except (ForTregt, ForStort) as feil:
        raise ValidationError(
            _(
                "Regnearket er for stort eller for innviklet til å leses. Lagre det som "
                "CSV, eller del det."
            )
        ) from feil
    except Mislyktes as feil:
        raise ValidationError(_("Regnearket kan ikke leses.")) from feil
    yield from map(json.loads, linjer.splitlines())


# From rows of cells to figures ---------------------------------------------------------


def les_tall(celle) -> Decimal:
    """A figure as people write it: "33 636", "7,5", "7.5"; or a number of a spreadsheet.

    Raises:
        ValueError: with a message in Norwegian that says what to write.
    """
    if isinstance(celle, bool):
        raise ValueError(_("Skriv et tall."))
    if isinstance(celle, (int, float, Decimal)):
        verdi = Decimal(str(celle))
    else:
        tekst = re.sub(r"[\s\u00a0\u202f]", "", str(celle)).replace("\u2212", "-")
        if re.fullmatch(r"-?[1-9][0-9]{0,2}([.][0-9]{3})+", tekst):
            uten = tekst.replace(".", "")
            raise ValueError(
                _("«%(skrevet)s» kan leses på to måter. Skriv %(uten)s, uten punktum.")
                % {"skrevet": str(celle).strip(), "uten": uten}
            )
        if not re.fullmatch(r"-?[0-9]{1,15}([.,][0-9]{1,6})?", tekst):
            raise ValueError(_("Skriv et tall, for eksempel 1250 eller 7,5."))
        verdi = Decimal(tekst.replace(",", "."))
    if not verdi.is_finite():
        raise ValueError(_("Skriv et tall."))
    if abs(verdi) >= STORSTE_TALL:
        raise ValueError(_("Tallet er for stort."))
    avrundet = verdi.quantize(Decimal("0.01"))
    # What a spreadsheet counts out has a tail; what people write they mean.
    if avrundet != verdi and isinstance(celle, str):
        raise ValueError(_("Skriv høyst to desimaler."))
    return avrundet


class Tolker:
    """Understands the rows of a table as figures of a kommune. Looks up names in what
    was loaded once: 5 queries, whatever the number of rows."""

    def __init__(self, kommune: Kommune):
        self.kommune = kommune
        self.indikatorer = _ved_navn(kommune.indikatorer.select_related("kilde"))
        self.steder = _ved_navn(kommune.steder.all())
        self.lokalomrader = _ved_navn(kommune.lokalomrader.all())
        self.kilder = _ved_navn(kommune.kilder.all())
        egne = Maling.objects.filter(indikator__kommune=kommune).order_by()
        self.finnes = set(egne.values_list(*Maling.NOKKEL))
        self.innlest = Innlest()
        self.radnummer = {}

    def tolk(self, rader) -> Innlest:
        """Understands the rows.

        Args:
            rader: cells, the headings among the first of them.

        Raises:
            ValidationError: the table as a whole is of no use.
        """
        rader = enumerate(rader, start=1)
        plass = self._overskrifter(rader)
        for nr, celler in rader:
            if nr > FLEST_RADER:
                raise ValidationError(
                    _("Tabellen har mer enn %d rader. Del den i flere.") % FLEST_RADER
                )
            kjente = {n: _ved(celler, p) for n, p in plass.items()}
            self.innlest.rader.append([_bevart(*celle) for celle in kjente.items()])
            if any(_tekst(celle) for celle in celler):
                self._rad(nr, kjente)
        if not (self.innlest.malinger or self.innlest.feil or self.innlest.hoppet_over):
            raise ValidationError(_("Tabellen har ingen tall under overskriftene."))
        self._sjekk_antall()
        return self.innlest

    def _sjekk_antall(self):
        nye = [maling.nokkel for maling in self.innlest.malinger]
        for _pk, antall in Counter(n[0] for n in (*nye, *self.finnes)).items():
            if antall > FLEST_TALL:
                raise ValidationError(
                    _("En indikator kan ha høyst %d tall. Del den i flere.")
                    % FLEST_TALL
                )

    def _overskrifter(self, rader):
        """{column: its place}; reads on to the row of headings."""
        forst = None
        for nr, celler in rader:
            navn = [_tekst(celle).casefold() for celle in celler]
            navn = [OGSA_KALT.get(n, n) for n in navn]
            plass = {n: navn.index(n) for n in KOLONNER if n in navn}
            if set(plass) >= MA_VAERE_MED:
                self._sjekk_overskrifter(navn)
                self.innlest.rader = [[]] * (nr - 1) + [list(plass)]
                return plass
            if forst is None or len(plass) > len(forst):
                forst = plass
            if nr >= LETES_ETTER_OVERSKRIFTER:
                break
        mangler = [n for n in KOLONNER if n in MA_VAERE_MED and n not in (forst or {})]
        raise ValidationError(
            _("Tabellen mangler: %s. Overskriftene må stå på én rad, hver for seg.")
            % ", ".join(f"«{n}»" for n in mangler)
        )

    def _sjekk_overskrifter(self, navn):
        if doble := sorted({n for n in navn if n and navn.count(n) > 1}):
            raise ValidationError(
                _("Overskriften «%s» står mer enn én gang.") % doble[0][:40]
            )
        if ukjente := [n for n in navn if n and n not in KOLONNER]:
            raise ValidationError(
                _("Kolonnen «%(navn)s» er ukjent. Kolonnene kan hete: %(kjente)s.")
                % {"navn": ukjente[0][:40], "kjente": ", ".join(KOLONNER)}
            )

    def _rad(self, nr, celler):
        feil_for = self.innlest.feil_i_alt
        for navn, celle in celler.items():
            self._sjekk_celle(nr, navn, celle)
        if self.innlest.feil_i_alt > feil_for:
            return
        if _tekst(celler["tall"]).casefold() == SKJULT:
            self.innlest.hoppet_over += 1
            return
        indikator = self._slatt_opp(nr, celler, "indikator", self.indikatorer)
        maling = Maling(
            indikator=indikator,
            arstall=self._arstall(nr, celler["år"]),
            sted=self._slatt_opp(nr, celler, "sted", self.steder),
            lokalomrade=self._slatt_opp(nr, celler, "lokalområde", self.lokalomrader),
            kjonn=self._valg(nr, celler, "kjønn", Maling.Kjonn),
            trinn=self._valg(nr, celler, "skoleslag", Maling.Trinn),
            slag=_tekst(celler.get("slag")),
            gruppe=_tekst(celler.get("gruppe")),
            verdi=self._tall(nr, celler, "tall"),
            verdi_til=self._tall(nr, celler, "til"),
            kilde=self._slatt_opp(nr, celler, "kilde", self.kilder)
            or (indikator and indikator.kilde),
        )
        if self.innlest.feil_i_alt == feil_for:
            self._sjekk(nr, maling)
        if self.innlest.feil_i_alt == feil_for:
            self.innlest.malinger.append(maling)

    def _sjekk_celle(self, nr, navn, celle):
        if isinstance(celle, bool) or not isinstance(celle, ENKLE):
            self.innlest.si(nr, navn, _("Cellen må være en tekst eller et tall."))
            return
        tekst = _tekst(celle)
        if str(celle).strip().startswith("="):
            self.innlest.si(nr, navn, _("Cellen er en formel. Lim inn verdien."))
            return
        # Before it is looked into: the same long text may stand in every cell.
        if len(tekst) > (80 if navn in {"slag", "gruppe"} else 200):
            self.innlest.si(nr, navn, _("Teksten er for lang."))
            return
        try:
            avvis_identitetsnummer(tekst)
        except ValidationError as feil:
            self.innlest.si(nr, navn, " ".join(feil.messages))

    def _slatt_opp(self, nr, celler, navn, kjente):
        tekst = _tekst(celler.get(navn))
        if not tekst:
            if navn in MA_VAERE_MED:
                self.innlest.si(nr, navn, _("Cellen er tom."))
            return None
        if tekst.casefold() not in kjente:
            self.innlest.si(nr, navn, _("Finnes ikke i kommunen: «%s».") % tekst[:60])
        return kjente.get(tekst.casefold())

    def _valg(self, nr, celler, navn, valg):
        tekst = _tekst(celler.get(navn)).casefold()
        if not tekst:
            return ""
        for verdi, etikett in valg.choices:
            if tekst in {verdi, str(etikett).casefold()}:
                return verdi
        lovlige = ", ".join(str(etikett) for etikett in valg.labels)
        self.innlest.si(nr, navn, _("Skriv en av disse: %s.") % lovlige)
        return ""

    def _arstall(self, nr, celle):
        tekst = _tekst(celle).removesuffix(".0")
        if re.fullmatch("(19|20)[0-9]{2}", tekst):
            if int(tekst) <= timezone.localdate().year:
                return int(tekst)
            self.innlest.si(nr, "år", _("Året er ikke kommet ennå."))
            return None
        self.innlest.si(nr, "år", _("Skriv et årstall, for eksempel 2023."))
        return None

    def _tall(self, nr, celler, navn):
        celle = celler.get(navn)
        if not _tekst(celle):
            if navn in MA_VAERE_MED:
                self.innlest.si(nr, navn, _("Cellen er tom."))
            return None
        try:
            return les_tall(celle)
        except ValueError as feil:
            self.innlest.si(nr, navn, feil)
            return None

    def _sjekk(self, nr, maling):
        for kolonne, verdi in (("tall", maling.verdi), ("til", maling.verdi_til)):
            if verdi is not None and (tekst := maling.indikator.feil_ved(verdi)):
                self.innlest.si(nr, kolonne, tekst)
        if maling.verdi_til is not None and maling.verdi_til <= maling.verdi:
            self.innlest.si(nr, "til", _("Det siste tallet må være større."))
        for felt in ("slag", "gruppe"):
            if maling.indikator.gjelder_alle(getattr(maling, felt)):
                self.innlest.si(
                    nr, felt, _("La feltet stå tomt for tallet som gjelder alle.")
                )
        if maling.sted and maling.lokalomrade:
            self.innlest.si(nr, "sted", _("Velg enten et sted eller et lokalområde."))
        nokkel = maling.nokkel
        if nokkel in self.radnummer:
            self.innlest.si(
                nr,
                "tall",
                _("Et tall for det samme står også på rad %d.")
                % self.radnummer[nokkel],
            )
        elif nokkel in self.finnes:
            self.innlest.si(
                nr,
                "tall",
                _(
                    "Tallet for dette året er ført opp før. Rett det der, eller slett det."
                ),
            )
        self.radnummer.setdefault(nokkel, nr)


def _ved_navn(rader):
    return {_tekst(rad.navn).casefold(): rad for rad in rader}


def _ved(celler, plass):
    return celler[plass] if plass < len(celler) else None


def _bevart(navn, celle):
    """A cell as it can be kept: a figure that a spreadsheet counted out is a number, for
    it is read otherwise than one that people wrote."""
    if navn in {"tall", "til"} and isinstance(celle, (int, float)):
        return celle
    return "" if celle is None else str(celle)


def _tekst(celle):
    """A cell as text; "" when it is empty. The apostrophe that keeps a text from being a
    formula is not part of it."""
    if celle is None:
        return ""
    # Names are stored so: a letter is one sign, white space is one space.
    tekst = " ".join(normalize("NFC", str(celle)).split())
    return tekst[1:] if re.match("'[-=+@]", tekst) else tekst
