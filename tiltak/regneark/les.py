"""A spreadsheet as it comes back: read in a process of its own, and sorted into sheets,
rows and columns, wherever they stand by now. Nothing is understood here, and nothing but
the columns that are known is kept."""

import json
import re
from collections import Counter
from datetime import date
from io import BytesIO
from zipfile import ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from slt.felles.opplasting import ODELAGT, filtype
from slt.grunn.avgrenset import Budsjett, ForStort, ForTregt, Mislyktes, kjor
from slt.grunn.identitetsnummer import avvis_identitetsnummer
from tiltak.regneark.celler import ARKMERKE, GRUNNLAG, VALG, fra_celle, i_malformene
from tiltak.regneark.kolonner import ARKENE, NOKKEL, VED_NAVN

FLEST_ARK, FLEST_RADER, FLEST_KOLONNER = 20, 2000, 60
# People put a title above the headings.
LETES_ETTER_OVERSKRIFTER = 10
# As many rows as are taken, with all columns full, take a fourth of each.
BUDSJETT = Budsjett(sekunder=30, prosessor=20, megabyte=400, svar=20)
FLEST_FEIL = 100
_UTEN_NULL = re.compile(r"[1-9][0-9]{9}")
# innhold.plannokkel: no text, and by chance with eleven digits that pass for somebody's.
_PLANMERKE = re.compile(r"[0-9]{1,18}-(?:[0-9a-f]{32})?")


def les_fil(fil) -> dict:
    """What a file holds that was sent.

    Returns:
        what can be kept as JSON: {"plan": what marks the plan that it is of, or "",
        "grunnlag": {key: {column: mark of the text as it was written}},
        "ark": {name: {"tittel", "kolonner": {column: its letter}, "ukjente": [headings],
        "rader": [{"nr", "nokkel", "celler": {column: text}}]}},
        "feil": [[where, what]]}

    Raises:
        ValidationError: it is no spreadsheet of a plan, or cannot be read.
    """
    return _sorter(_rader(_innholdet(fil)))


def _innholdet(fil):
    if filtype(fil) != "xlsx":
        raise ValidationError(_("Velg regnearket (XLSX) som du lastet ned herfra."))
    innhold = fil.read()
    try:
        with ZipFile(BytesIO(innhold)) as arkiv:
            navn = arkiv.namelist()
    except ODELAGT as feil:
        raise ValidationError(_("Regnearket er ødelagt.")) from feil
    if any(n.lower().endswith("vbaproject.bin") for n in navn):
        raise ValidationError(
            _(
                "Filen har makroer. Lagre den som vanlig regneark (.xlsx), og prøv igjen."
            )
        )
    return innhold


def _rader(innhold):
    """[(name of the sheet, number of the row, cells)]."""
    grenser = (FLEST_ARK, FLEST_RADER + 1, FLEST_KOLONNER)
    try:
        linjer = kjor(
            "slt.grunn.regneark:alle_ark", innhold, BUDSJETT, *map(str, grenser)
        )
    except (ForTregt, ForStort) as feil:
        raise ValidationError(
            _("Regnearket er for stort eller for innviklet til å leses.")
        ) from feil
    except Mislyktes as feil:
        raise ValidationError(_("Regnearket kan ikke leses.")) from feil
    return [json.loads(linje) for linje in linjer.splitlines()]


def _sorter(linjer):
    arkene: dict[str, list] = {}
    for tittel, nr, celler in linjer:
        arkene.setdefault(tittel, []).append((nr, celler))
    plan, grunnlag = _grunnlaget(arkene.pop(GRUNNLAG, []))
    arkene.pop(VALG, None)
    ut = {"plan": plan, "grunnlag": grunnlag, "ark": {}, "feil": []}
    for tittel, rader in arkene.items():
        hode = _hodet(tittel, rader)
        if hode is None or hode.ark.navn in ut["ark"]:
            continue
        # What a sheet is called is kept, and is a text like any other.
        avvis_identitetsnummer(tittel)
        if rader[-1][0] > FLEST_RADER:
            raise ValidationError(
                _("Arket «%(ark)s» har mer enn %(antall)d rader.")
                % {"ark": tittel, "antall": FLEST_RADER}
            )
        ut["ark"][hode.ark.navn] = hode.les(tittel, rader, ut["feil"])
    # What is kept beside the cells: anybody may call a sheet or a column anything.
    avvis_identitetsnummer("\n".join(_utenom_cellene(ut)))
    if not ut["ark"]:
        raise ValidationError(
            _("Dette er ikke regnearket til en plan. Last det ned herfra først.")
        )
    return ut


def _utenom_cellene(ut):
    for ark in ut["ark"].values():
        yield from (ark["tittel"], *ark["ukjente"])


def _grunnlaget(rader):
    """(What marks the plan, {key: {column: mark}}) of the sheet that nobody sees."""
    par = [[_tekst(c) for c in celler[:2]] for _nr, celler in rader]
    par = [p for p in par if len(p) == 2]
    if not par or par[0][0] != NOKKEL:
        return "", {}
    grunnlag = {
        nokkel: dict(m.split(":", 1) for m in merker.split() if ":" in m)
        for nokkel, merker in par[1:]
    }
    plan = par[0][1]
    return plan if _PLANMERKE.fullmatch(plan) else "", grunnlag


class _Hode:
    """Where the columns of a sheet stand.

    Attributes:
        kolonner: {name of a column: its number from 0}.
        ukjente: {number of another column: its heading}.
        siste: the number of the last row of headings.
    """

    def __init__(self, ark, kolonner, ukjente, siste):
        self.ark, self.kolonner = ark, kolonner
        self.ukjente, self.siste = ukjente, siste

    def les(self, tittel, rader, feil):
        bokstaver = {navn: _bokstav(nr) for navn, nr in self.kolonner.items()}
        radene = []
        for nr, celler in rader:
            if nr <= self.siste:
                continue
            rad = {}
            for navn, kolonne in self.kolonner.items():
                celle = celler[kolonne] if kolonne < len(celler) else None
                hvor = f"{tittel}!{bokstaver[navn]}{nr}"
                rad[navn] = _lest(celle, hvor, feil)
            if any(rad.values()):
                nokkel = rad.pop(NOKKEL, "").upper()
                radene.append({"nr": nr, "nokkel": nokkel, "celler": rad})
        return {
            "tittel": tittel,
            "kolonner": bokstaver,
            "ukjente": [
                overskrift[:60]
                for nr, celle in self.ukjente.items()
                if (
                    overskrift := _lest(
                        celle, f"{tittel}!{_bokstav(nr)}{self.siste}", feil
                    )
                )
            ],
            "rader": radene,
        }


def _hodet(tittel, rader):
    """The headings of a sheet, or None for one that is not of a plan: by the row that
    nobody sees, else by what the headings say."""
    forste = [(nr, celler) for nr, celler in rader if nr <= LETES_ETTER_OVERSKRIFTER]
    ark, merket, siste = None, {}, 0
    for nr, celler in forste:
        navn = [_tekst(celle) for celle in celler]
        merke = next((n for n in navn if n.startswith(ARKMERKE)), "")
        if (ark := VED_NAVN.get(merke[1:])) and merke:
            kjente = {NOKKEL, *ark.ved_navn}
            navn[navn.index(merke)] = NOKKEL
            merket = {n: k for k, n in enumerate(navn) if n in kjente}
            siste = nr
            break
    ark = ark or _arket(tittel)
    if ark is None:
        return None
    skrevet, overskrifter = {}, []
    titler = _titler(ark)
    for nr, celler in forste:
        navn = [titler.get(_enkel(_tekst(celle)), "") for celle in celler]
        funnet = {n: k for k, n in enumerate(navn) if n}
        if len(funnet) >= min(3, len(ark.kolonner)) and len(funnet) > len(skrevet):
            skrevet, siste, overskrifter = funnet, max(siste, nr), celler
    if not skrevet and merket:
        # All of the headings were written anew: they are the row below.
        overskrifter = next((c for nr, c in forste if nr == siste + 1), [])
        siste += 1
    if len(merket) < 2 and len(skrevet) < 2:
        return None
    brukte = set(merket.values())
    kolonner = merket | {
        n: k for n, k in skrevet.items() if n not in merket and k not in brukte
    }
    kjente = set(kolonner.values())
    ukjente = {
        k: celle
        for k, celle in enumerate(overskrifter)
        if k not in kjente and _tekst(celle)
    }
    return _Hode(ark, kolonner, ukjente, siste)


def _arket(tittel):
    return next((a for a in ARKENE if _enkel(tittel) in i_malformene(a.tittel)), None)


def _titler(ark):
    titler = {n: k.navn for k in ark.kolonner for n in i_malformene(k.tittel)}
    return titler | dict.fromkeys({"nøkkel", "nykel"}, NOKKEL)


def _enkel(tekst):
    return " ".join(tekst.split()).casefold()


def _lest(celle, hvor, feil):
    """The text of a cell; what it may not hold is said in `feil`."""
    if isinstance(celle, dict) and not celle.get("dag"):
        formel = _("Cellen har en formel. Skriv verdien i stedet.")
        annet = _("Cellen har noe som ikke kan leses. Skriv verdien som tekst.")
        _si(feil, hvor, formel if "formel" in celle else annet)
        return ""
    tekst = _tekst(celle)
    try:
        # A number in a cell has lost the nought that it began with.
        avvis_identitetsnummer(f"0{tekst}" if _UTEN_NULL.fullmatch(tekst) else tekst)
    except ValidationError as e:
        _si(feil, hvor, e.messages[0])
        return ""
    return tekst


def _si(feil, hvor, hva):
    if len(feil) < FLEST_FEIL:
        feil.append([hvor, str(hva)])


def _tekst(celle):
    if celle is None or (isinstance(celle, dict) and not celle.get("dag")):
        return ""
    if isinstance(celle, dict):
        return f"{date.fromisoformat(celle['dag']):%d.%m.%Y}"
    if isinstance(celle, bool):
        return "ja" if celle else "nei"
    if isinstance(celle, float) and celle.is_integer():
        celle = int(celle)
    return fra_celle(str(celle))


def _bokstav(nr):
    """The letter of a column, by its number from 0."""
    ut = ""
    nr += 1
    while nr:
        nr, rest = divmod(nr - 1, 26)
        ut = chr(ord("A") + rest) + ut
    return ut


def like_nokler(rader) -> dict[str, list[int]]:
    """{key: the rows that have it} of keys that stand more than once."""
    antall = Counter(rad["nokkel"] for rad in rader if rad["nokkel"])
    return {
        nokkel: [rad["nr"] for rad in rader if rad["nokkel"] == nokkel]
        for nokkel, n in antall.items()
        if n > 1
    }
