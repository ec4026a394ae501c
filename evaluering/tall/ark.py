"""Tables as people send them: the sheets of a spreadsheet, a CSV file, or what was pasted.
Cells as they are seen, and what is not seen told of. What they mean is not asked here.

A cell is None, a text, a number, a boolean, or what stands for something else:
{"prosent": 0.245}, {"dag": "2023-08-01"}, {"feil": "#REF!"}, {"formel": "="} of one that
nobody has counted out, {"annet": …}.
"""

import csv
import json
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from io import StringIO
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from slt.grunn.avgrenset import Budsjett, ForStort, ForTregt, Mislyktes, kjor

FLEST_ARK = 30
FLEST_RADER = 20_000
FLEST_KOLONNER = 200
# Of all merged cells together.
FLEST_FLETTET = 100_000
FLEST_OMRADER = 5000
# As many rows as are taken, with the columns that most have, take a fourth of each.
BUDSJETT = Budsjett(sekunder=20, prosessor=12, megabyte=300, svar=20)
SKILLER = "\t;,|"
# So much of a text tells what parts its cells.
SER_PA = 200


@dataclass
class Ark:
    """A sheet that is not hidden.

    Attributes:
        rader: (its number from 1, its cells) of each row that holds something.
        flettet: merged cells, as [first column, first row, last column, last row].
        merknader: what was left out of it, in words.
    """

    navn: str
    rader: list[tuple[int, list]] = field(default_factory=list)
    flettet: list[list[int]] = field(default_factory=list)
    merknader: list[str] = field(default_factory=list)

    def til_json(self):
        return {
            "navn": self.navn,
            "rader": self.rader,
            "flettet": self.flettet,
            "merknader": self.merknader,
        }

    @classmethod
    def fra_json(cls, lagret):
        rader = [(nr, celler) for nr, celler in lagret["rader"]]
        return cls(**lagret | {"rader": rader})

    @property
    def bredde(self):
        return max((len(celler) for _nr, celler in self.rader), default=0)

    def fylt(self, unntatt=()) -> "Ark":
        """The sheet with what is written across merged cells in each of them.

        Args:
            unntatt: places of columns that are left as they are.
        """
        rader = {nr: list(celler) for nr, celler in self.rader}
        for venstre, overst, hoyre, nederst in self.flettet:
            verdi = celle_i(rader.get(overst, []), venstre - 1)
            if verdi is None:
                continue
            plasser = [p for p in range(venstre - 1, hoyre) if p not in unntatt]
            for nr in range(overst, nederst + 1):
                if nr in rader and plasser:
                    celler = rader[nr]
                    celler += [None] * (plasser[-1] + 1 - len(celler))
                    for plass in plasser:
                        celler[plass] = verdi
        return replace(self, rader=list(rader.items()))

    def flettet_i(self, plasser) -> list[tuple[int, object]]:
        """(number of the row, what is written) of merged cells that take in one of these
        columns."""
        rader, ut = dict(self.rader), []
        for venstre, overst, hoyre, _nederst in self.flettet:
            if any(venstre - 1 <= plass < hoyre for plass in plasser):
                ut.append((overst, celle_i(rader.get(overst, []), venstre - 1)))
        return ut


def celle_i(celler, plass):
    return celler[plass] if plass < len(celler) else None


def kolonnenavn(nr: int) -> str:
    """What spreadsheets call a column, from 1: "A", "AB". openpyxl knows it too, and takes
    long to load."""
    navn = ""
    while nr:
        nr, rest = divmod(nr - 1, 26)
        navn = chr(ord("A") + rest) + navn
    return navn


def tekst(celle) -> str:
    """A cell as text, "" when it is empty. The apostrophe that keeps a text from being a
    formula is no part of it."""
    if celle is None:
        return ""
    if isinstance(celle, bool):
        return "SANN" if celle else "USANN"
    if isinstance(celle, dict):
        [(hva, verdi)] = celle.items()
        return f"{verdi * 100:g} %" if hva == "prosent" else str(verdi)
    if isinstance(celle, float) and celle.is_integer():
        return str(int(celle))
    # Names are stored so: a letter is one sign, white space is one space.
    ordene = " ".join(normalize("NFC", str(celle)).split())
    return ordene[1:] if re.match("'[-=+@]", ordene) else ordene


# Spreadsheets ----------------------------------------------------------------------------


def ark_i_regneark(innhold: bytes) -> list[Ark]:
    """The sheets that hold something, without what is hidden in them.

    Args:
        innhold: what slt.felles.opplasting has found to be a spreadsheet of some size.

    Raises:
        ValidationError: it cannot be read, or is larger than what is taken.
    """
    try:
        linjer = kjor(
            "slt.grunn.regneark:tabeller",
            innhold,
            BUDSJETT,
            str(FLEST_ARK),
            str(FLEST_RADER),
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
    arkene, skjulte, flere = [], [], 0
    for linje in map(json.loads, linjer.splitlines()):
        if isinstance(linje, list):
            _legg_rad(arkene[-1], *linje)
        elif "flere_ark" in linje:
            flere = linje["flere_ark"]
        elif "ark" not in linje:
            _avslutt(arkene[-1], linje)
        elif linje["skjult"]:
            skjulte.append(linje["ark"])
        else:
            arkene.append(Ark(linje["ark"]))
    brukt = [ark for ark in arkene if ark.rader]
    _gi_egne_navn(brukt)
    om_arkene = []
    if skjulte:
        om_arkene.append(
            ngettext(
                "Arket %(navn)s er skjult, og er ikke lest.",
                "Arkene %(navn)s er skjult, og er ikke lest.",
                len(skjulte),
            )
            % {"navn": ", ".join(f"«{navn}»" for navn in skjulte)}
        )
    if flere:
        om_arkene.append(_("Bare de første %d arkene er lest.") % FLEST_ARK)
    for ark in brukt:
        ark.merknader[:0] = om_arkene
    return brukt


def _gi_egne_navn(arkene):
    """Spreadsheets give each sheet a name of its own; what else wrote the file may not, and
    by its name a sheet is known from here on."""
    sett = set()
    for ark in arkene:
        navn, nr = ark.navn, 1
        while ark.navn in sett:
            nr += 1
            ark.navn = f"{navn} ({nr})"
        sett.add(ark.navn)


def _legg_rad(ark, nr, celler):
    if nr > FLEST_RADER:
        raise ValidationError(
            _("Tabellen har mer enn %d rader. Del den i flere.") % FLEST_RADER
        )
    if any(tekst(celle) for celle in celler):
        ark.rader.append((nr, celler))


def _avslutt(ark, sagt):
    ark.flettet = [_innenfor(omrade) for omrade in sagt["flettet"]]
    antall = len(ark.flettet) * FLEST_FLETTET // FLEST_OMRADER
    for venstre, overst, hoyre, nederst in ark.flettet:
        antall += (hoyre - venstre + 1) * (nederst - overst + 1)
    if antall > 2 * FLEST_FLETTET:
        raise ValidationError(
            _("Arket «%s» har for mange sammenslåtte celler. Del dem opp først.")
            % ark.navn[:60]
        )
    if antall := sagt["skjulte_rader"]:
        ark.merknader.append(
            ngettext(
                "%d rad er skjult, og er ikke lest.",
                "%d rader er skjult, og er ikke lest.",
                antall,
            )
            % antall
        )
    if kolonner := sagt["skjulte_kolonner"]:
        ark.merknader.append(
            ngettext(
                "Kolonne %s er skjult, og er ikke lest.",
                "Kolonnene %s er skjult, og er ikke lest.",
                len(kolonner),
            )
            % ", ".join(kolonner)
        )
    if sagt["for_bredt"]:
        _si_for_bredt(ark)


def _innenfor(omrade):
    """The part of a range that is read."""
    venstre, overst, hoyre, nederst = omrade
    hoyre, nederst = min(hoyre, FLEST_KOLONNER), min(nederst, FLEST_RADER)
    return [min(venstre, hoyre), min(overst, nederst), hoyre, nederst]


def _si_for_bredt(ark):
    ark.merknader.append(
        _("Det står noe etter kolonne %s, som ikke er lest.")
        % kolonnenavn(FLEST_KOLONNER)
    )


# Text ------------------------------------------------------------------------------------


def ark_i_tekst(innhold: str, navn: str) -> Ark:
    """The table in a text: a CSV file, or what was pasted from a spreadsheet.

    Raises:
        ValidationError: it cannot be read as a table.
    """
    # Some files say to Excel what parts their cells.
    if sagt := re.match(r'"?sep=([,;\t|])"?\1*\r?\n', innhold, re.IGNORECASE):
        innhold = "\n" + innhold[sagt.end() :]
    skille = sagt[1] if sagt else _skillet(innhold)
    ark = Ark(navn)
    leser = csv.reader(StringIO(innhold, newline=""), delimiter=skille, strict=True)
    try:
        for celler in leser:
            _sjekk_anforselstegn(leser.line_num, celler, skille)
            if any(map(tekst, celler[FLEST_KOLONNER:])):
                raise ValidationError(
                    _("Rad %d har flere kolonner enn det som kan leses.")
                    % leser.line_num
                )
            # A row is known by the line on which it ends, as an editor shows it.
            _legg_rad(ark, leser.line_num, [c or None for c in celler[:FLEST_KOLONNER]])
    except csv.Error as feil:
        raise ValidationError(
            _(
                'Rad %d kan ikke leses. Se etter et anførselstegn (") som står alene, '
                "der eller lenger opp."
            )
            % leser.line_num
        ) from feil
    return ark


def _sjekk_anforselstegn(nr, celler, skille):
    """Against a stray quotation mark, which makes one cell of all that follows."""
    for celle in celler:
        _forste, *flere = celle.splitlines() or [""]
        if any(skille in linje for linje in flere) or (
            skille in celle and len(celler) == 1
        ):
            raise ValidationError(
                _(
                    'Et anførselstegn (") gjør flere celler til én, og slutter på rad '
                    "%d. Ta det bort, eller sett ett til der teksten slutter."
                )
                % nr
            )


def _skillet(innhold):
    """What parts the cells: what gives most rows the same number of them, and many."""
    linjer = [linje for linje in innhold.splitlines() if linje.strip()][:SER_PA]

    def nytte(skille):
        try:
            bredder = [len(r) for r in csv.reader(linjer, delimiter=skille)]
        except csv.Error:
            return (0, 0)
        [(bredde, antall)] = Counter(b for b in bredder if b > 1).most_common(1) or [
            (0, 0)
        ]
        return (antall * 4 >= len(linjer) and antall, bredde)

    return max(SKILLER, key=nytte)
