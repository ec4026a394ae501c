"""Finds national identity numbers in text, however they are written.

It finds numbers, not names: only people can see to those.
"""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from django.conf import settings
from django.core import checks
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from stdnum.no.fodselsnummer import calc_check_digit1, calc_check_digit2

# Entities inside entities: so many layers are opened, the last one as a browser would.
_LAG = 5
_ENTITET = re.compile(
    # Bounded, because int() refuses numbers of thousands of digits.
    r"&(?:#0{0,20}[0-9]{1,7}|#[xX]0{0,20}[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?"
)
_PROSENT = re.compile("(?:%[0-9a-fA-F]{2}){1,4}")
# Seen by nobody, though Unicode takes them for letters and signs.
_USYNLIG = frozenset("\u115f\u1160\u2065\u2800\u3164\uffa0")
# What stands around the numbers of meetings on the net, and amounts of money: one in a
# hundred of them would pass for an identity number. Neither begins as a birthday that is
# parted from the rest, and no amount begins with a nought.
_MOTE = r"""(?:
    # In addresses, only where their programs put the number.
    \bzoom(?:gov)?\.(?:us|com)/
        (?:(?:j|w|s|wc|wc/join|(?:meeting|webinar)/register)/|join\?confno=)
        [0-9]{9,11}(?![0-9-])
  | \bteams\.(?:microsoft|live)\.com/meet/[0-9]{12,15}(?![0-9])
  | \.webex\.com/(?:meet|join)/(?:pr)?[0-9]{9,11}(?![0-9-])
  | \bjoin\.skype\.com/[0-9]{9,12}(?![0-9-])
  | (?<![\w.-])[0-9]{9,12}(?:\.[0-9]{4,10})?@(?:[a-z0-9-]{1,40}\.)?(?:zoomcrc|webex)\.com
  # After a telephone number, for a telephone to dial.
  | (?<=[0-9]),,[0-9]{9,13}\#
  # After a whole word for it, undivided or by three and four.
  | (?<![\w-])(?:(?:zoom|teams|webex)[ -])?
    (?:meeting|møte|webinar|konferanse|conference|zoom|teams|webex)
    [ -]{0,2}(?:id|number|nummer|nr\.?)
    (?:[ ]\((?:access[ ]code|tilgangskode)\))?
    (?:[ \n]|&nbsp;|</?[a-z]{1,10}>){0,4} [:#(]?
    (?:[ \n]|&nbsp;|</?[a-z]{1,10}>){0,4}
    (?: [0-9]{9,15}
      | [0-9]{3}(?:[ -][0-9]{3,4}){2,3}(?:[ -][0-9]{1,3})?
      | [0-9]{4}[ -][0-9]{3}[ -][0-9]{4} ) (?!-?[0-9]|[ ][0-9]{1,5}(?![0-9]))
)"""
_ANNET = re.compile(
    rf"""{_MOTE}
      | [0-9a-f]{{8}}-[0-9a-f]{{4}}-[0-9a-f]{{4}}-[0-9a-f]{{4}}-[0-9a-f]{{12}}\b
      | \bkr\.?[ ]?[1-9][0-9]{{0,2}}(?:[ .][0-9]{{3}}){{1,4}}(?![0-9]|[ .][0-9])""",
    re.VERBOSE | re.IGNORECASE,
)
_KOMMENTAR = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BLOKK = re.compile(
    r"</?(?:p|br|div|h[1-6]|blockquote|[uod]l|li|d[dt]|table|t[drh]|pre|hr)\b[^<>]*>",
    re.IGNORECASE,
)
_TAGG = re.compile(r"<[/!?a-zA-Z][^<>]*>")
_IKKE_SIFFER = re.compile(r"[^0-9]+")
_UVANLIG = re.compile(r"[^\n\t -~æøåÆØÅ]")
# Every quantifier is bounded or possessive, so that no text takes more than linear time.
_SKILLE = "[ .-]{1,3}"
# Begins with a group of digits; a plus and a country code begin a telephone number.
_BEGYNNELSE = r"(?<![0-9])(?!(?<=\+)[1-9])"
# A date, nearly anything without letters, and five digits. Looked ahead, to overlap.
_DATO_OG_FEM = re.compile(
    rf"""{_BEGYNNELSE}
    # A telephone number by two, then one of five digits: 63 80 12 24 02800.
    (?!(?<=[2-9][0-9][ ])(?:[0-9]{{2}}[ ]){{2}}[0-9]{{2}}\W{{1,4}}0[0-9]{{4}})
    (?=(
        (?: [0-9]{{6}}
          | (?: [0-9]{{2}} (?:[ ./-]{{1,3}}[0-9]{{2}}){{2}}
              | [0-9]{{4}} {_SKILLE} [0-9]{{2}}
              | [0-9]{{2}} {_SKILLE} [0-9]{{4}} ) (?![0-9]) )
        \s{{0,20}} (?:[^\w\s] \s{{0,20}}){{0,3}}
        # Not a telephone number: … 24 477 95 404.
        (?! [2-9][0-9]{{2}} {_SKILLE} [0-9]{{2}} {_SKILLE} [0-9]{{3}} (?![0-9]) )
        (?: [0-9]{{5}}
          # Nor in a row of them: … 43 112 61 19 25 66.
          | [0-9]{{3}} {_SKILLE} [0-9]{{2}} (?! {_SKILLE} [0-9]{{2}} (?![0-9]) ) )
    )(?![0-9]))""",
    re.VERBOSE,
)
_MANEDER = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "mai": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "okt": 10,
    "nov": 11,
    "des": 12,
    "may": 5,
    "oct": 10,
    "dec": 12,
}
# A day in any order and with any signs between; 40 more in a D-number.
_TO = r"(?:[ ./'\\-]{0,3})"
_EN = r"(?:[ ]?[./'\\-]{1,2}[ ]?|[ ]?(?=[a-z])|[ ](?=(?:19|20)[0-9]{2}))"
_FODT = rf"""(?<![0-9])(?:
    (?P<ar1>(?:19|20)[0-9]{{2}}) {_TO} (?P<maned1>0[1-9]|1[0-2])
        {_TO} (?P<dag1>0[1-9]|[12][0-9]|3[01])
  | (?: (?P<dag2>[04][1-9]|[1256][0-9]|[37][01]){_TO} | (?P<dag3>[1-9]){_EN} )
    (?: (?P<maned2>0[1-9]|1[0-2]){_TO} | (?<![0-9])(?P<maned3>[1-9]){_EN}
      | [ ]? (?P<navn>{"|".join(_MANEDER)}) [a-z.]{{0,9}} [ '-]{{0,3}} )
    (?P<ar2>(?:19|20)?[0-9]{{2}}) )"""
_FODT_ALENE = re.compile(rf"{_FODT}(?![0-9])", re.VERBOSE | re.IGNORECASE)
# Nor the first five digits of a telephone number or an amount.
_FEM = rf"""(?<![0-9])(?P<fem>[0-9]{{5}}|[0-9]{{3}}{_SKILLE}[0-9]{{2}}
    (?!{_SKILLE}[0-9]{{2,3}}(?![0-9])))(?![0-9]|,[0-9])"""
_FODT_SIST = rf"{_FODT}(?![0-9]|[ ./-]{{1,3}}[0-9])"
# Nothing with digits, but for "de 5 siste". It is looked at afterwards.
_MELLOM = "(?P<mellom>(?:[^0-9]|(?<![0-9])5(?![0-9])){%s}?)"
_FODT_OG_FEM = [
    re.compile(monster, re.VERBOSE | re.IGNORECASE)
    for monster in (
        rf"(?=(?P<alt>{_FODT}(?![0-9]){_MELLOM % '1,40'}{_FEM}))",
        rf"(?=(?P<alt>(?<![0-9][ ./-]){_FEM}{_MELLOM % '1,40'}{_FODT_SIST}))",
        # Thirteen digits, with the century.
        rf"(?P<alt>(?P<mellom>){_FODT}(?P<fem>(?<=[0-9]{{8}})[0-9]{{5}})(?![0-9]))",
    )
]
# What says that five digits belong to a birthday, and what says that a day is one.
_NUMMERORD = re.compile(
    r"""(?<![\w-])(?:(?:p|f|d|pers(?:on)?|f(?:ø|o)dsels|identitets|id)
            [ .-]{0,2} n(?:ummer\w{0,3}|r)\b
      | (?:siste[ ](?:fem|5)|(?:fem|5)[ ]siste)\b
        # Not the last five years.
        (?![ ](?!siff|tal|er\b|var\b)[^\W\d]))""",
    re.VERBOSE | re.IGNORECASE,
)
_FODTORD = re.compile(
    r"(?<!\w)f(?:(?:ø|o)d(?:t|d|selsdato)\b|[.:](?=[ ]?[0-9])|\.?dato)", re.IGNORECASE
)
_SAGT_FEM = re.compile(
    rf"(?:{_NUMMERORD.pattern})[^0-9]{{0,20}}{_FEM}", re.VERBOSE | re.IGNORECASE
)
# What may stand between them without such words: signs, one small word, or the name of a
# value in an address; any short word when the day is six or eight digits. The other way
# round a stroke, or signs.
_VERDI = r"[&;?](?:[a-z]\w{0,19}=[^\s&;=]{0,20}[&;?]){0,2}[a-z][\w-]{0,19}="
_NAER = re.compile(
    rf"\W{{1,6}}(?:(?:og|n(?:umme)?r|no|id)\b\W{{1,6}})?|{_VERDI}", re.IGNORECASE
)
_NAER_SEKS = re.compile(
    rf"\W{{1,6}}(?:[^\W\d]{{1,6}}\W{{1,6}})?|{_VERDI}", re.IGNORECASE
)
_NAER_BAKVENDT = re.compile(rf"[ ]?[-/][ ]?|{_VERDI}", re.IGNORECASE)
_NAER_BAKVENDT_SEKS = re.compile(rf"[^\w\n]{{1,3}}|{_VERDI}", re.IGNORECASE)
# The five digits are an amount, or count something.
_MENGDE = re.compile(
    r""",[0-9]{1,2}(?![0-9])
      # "I dag" counts nothing.
      | [ ](?!i[ ]dag(?![\w-]))(?:\w{1,20}[ ])?
        (?: (?:innbygg|person|elev|deltak|bruker|brukar|anmeld|tilfell|hendels)\w{1,20}
          | (?:menneske|ungdom|husstand|medlem|besøk|visning|nedlasting)\w{0,20}
          | (?:sak|time|dag|gang)(?:er|ar|en|ene)? | kr | kroner | stk | treff | svar
          | barn | unge | lovbrudd | lovbrot | km | kvm | m2 | daa | prosent
        ) (?![\w-])""",
    re.VERBOSE | re.IGNORECASE,
)
_ORD = re.compile(r"[ ][^\W\d_]{2}")
_POLITIET = "02800"
_SEKS = re.compile("[0-9]{6}")
# In addresses of pages by the day or the month: /1999/06/12/12345/
_STI = re.compile("[0-9]{4}(?:/[0-9]{2}){1,2}/[0-9]{5}")
# Groups of any size. Only as a whole: within a table of figures some eleven digits
# always fit. First those that are parted alike, then all that stand in a row. Not a
# telephone number before an emergency number.
_GRUPPER = rf"{_BEGYNNELSE}(?![2-9][0-9]{{7}} ?- ?11[0-9](?![0-9]))"
_LIKT_DELT = re.compile(
    rf"{_GRUPPER}[0-9]++({_SKILLE})[0-9]++(?:\1[0-9]++)*+"
    # Not into a mobile number: 42813511 - 961 06 868.
    rf"(?!(?<=[ .-][2-9][0-9]{{2}}){_SKILLE}[0-9]{{2}}{_SKILLE}[0-9]{{3}}(?![0-9]))"
)
_ULIKT_DELT = re.compile(rf"{_GRUPPER}[0-9]++(?:{_SKILLE}[0-9]++)++")
# Sizes of groups that are something else: mobile numbers (477 95 404), numbers by
# thousands (12 500 000), three digits more; when unlike also numbers by two and times.
_LIKT_ANNET = re.compile(r"(?:323|[123]3+|3)+")
_ULIKT_ANNET = re.compile(r"(?:323|2222|8|[123]3+|3)+")
# Two items of a list, or two lines, that are one number.
_TO_LINJER = re.compile(
    r"(?<![0-9])(?<![0-9][ .-])([0-9]{4})\s{0,3}\n\s{0,3}([0-9]{7})(?![ .-]?[0-9])"
)
_DATO = re.compile(
    r"(?<![0-9])[0-9]{1,2}([.-])[0-9]{1,2}\1(?:19|20)?[0-9]{2}(?![0-9])"
    r"|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?![0-9])"
)


def mod11(nummer):
    """The rule for all numbers given before 2032: both check digits fit modulo 11."""
    return nummer[9:] == calc_check_digit1(nummer) + calc_check_digit2(nummer)


def mod11_2032(nummer):
    """The rule from 2032: the remainder of the first check digit may be 0, 1, 2 or 3.

    Source: Skatteetaten, folkeregisteret-api-dokumentasjon, nytt fødselsnummer fra 2032.
    """
    rest = int(nummer[9]) - int(calc_check_digit1(nummer))
    return rest % 11 <= 3 and nummer[10] == calc_check_digit2(nummer)


def identitetsnummerregler():
    """Returns the rules in force, each `str of 11 digits -> bool`, from the setting."""
    return [import_string(sti) for sti in settings.IDENTITETSNUMMER_REGLER]


@checks.register(checks.Tags.security)
def sjekk_regler(app_configs, **kwargs):
    """Stops a start in which the guard would stand open."""
    try:
        if identitetsnummerregler():
            return []
    except ImportError:
        pass
    return [
        checks.Error(
            "IDENTITETSNUMMER_REGLER must name at least one rule that exists.",
            hint="Remove it from the environment to use those of this module.",
            id="slt.E001",
        )
    ]


def finn_identitetsnummer(tekst):
    """Says whether a Norwegian national identity number seems to stand in the text.

    Ordinary, D-, H- and synthetic numbers, also with separators, invisible characters,
    other digits than ASCII, HTML tags or entities inside, and as a birthday and the five
    digits near it, unless these are a figure. Never returns or logs the number. Takes time
    in proportion to the length. About one in a hundred other numbers of eleven digits
    passes for an identity number, but not where the number of a meeting on the net stands:
    there an identity number passes too.
    """
    for _lag in range(_LAG):
        tekst = _UVANLIG.sub(lambda treff: _forenklet(treff[0]), tekst)
        # Both as it stands and as a browser shows it: attributes count too.
        vist = _TAGG.sub("", _BLOKK.sub("\n", _KOMMENTAR.sub("", tekst)))
        for form in {tekst, vist}:
            form = _ANNET.sub(" … ", form).replace("_", "-")
            if any(map(_er_identitetsnummer, _kandidater(form))):
                return True
        kodet, tekst = tekst, _ENTITET.sub(lambda treff: unescape(treff[0]), tekst)
        tekst = _PROSENT.sub(lambda treff: unquote(treff[0]), tekst)
        if kodet == tekst:
            return False
    return False


@lru_cache(maxsize=4096)
def _forenklet(tegn):
    """One character as ASCII where that says the same; nothing where it is not seen.

    By character, as Python normalises long runs of marks in quadratic time.
    """
    if tegn in _USYNLIG:
        return ""
    kategori = unicodedata.category(tegn)
    siffer = unicodedata.digit(tegn, None)
    if siffer is not None:
        return str(siffer)
    if tegn.isspace():
        return " " if kategori == "Zs" else "\n"
    if kategori in {"Cc", "Cf", "Mn", "Me"}:
        return ""
    if kategori == "Pd" or tegn in "\u2043\u2212":
        return "-"
    if tegn in "\u00b7\u2022\u2027\u22c5":
        return "."
    return unicodedata.normalize("NFKC", tegn)


def _kandidater(tekst):
    """Yields eleven digits wherever they are written as such a number may be."""
    for treff in _DATO_OG_FEM.finditer(tekst):
        nummer = _IKKE_SIFFER.sub("", treff[1])
        if not _er_mengde(tekst, *treff.span(1), int(nummer[4:6])):
            yield nummer
    for monster, annet in ((_LIKT_DELT, _LIKT_ANNET), (_ULIKT_DELT, _ULIKT_ANNET)):
        for treff in monster.finditer(tekst):
            grupper = _IKKE_SIFFER.split(treff[0])
            if sum(map(len, grupper)) == 11 and not (
                # No telephone number, and no amount, begins with a nought.
                (
                    annet.fullmatch("".join(str(len(g)) for g in grupper))
                    and not (grupper[0] > "0" and grupper[0][0] == "0")
                )
                or (monster is _ULIKT_DELT and _DATO.search(treff[0]))
            ):
                yield "".join(grupper)
    for treff in _TO_LINJER.finditer(tekst):
        yield treff[1] + treff[2]
    for monster in _FODT_OG_FEM:
        for treff in monster.finditer(tekst):
            if _horer_sammen(treff):
                yield from _av_fodselsdag(treff, treff["fem"])
    # Where a word says whose the digits are, more may stand between: a telephone number.
    for fem in _SAGT_FEM.finditer(tekst):
        fra, til = fem.span()
        for fodt in _FODT_ALENE.finditer(tekst, max(0, fra - 150), til + 150):
            yield from _av_fodselsdag(fodt, fem["fem"])


def _dag(treff):
    """Returns year (two or four digits), month and day."""
    maned = treff["maned1"] or treff["maned2"] or treff["maned3"]
    return (
        int(treff["ar1"] or treff["ar2"]),
        int(maned or _MANEDER[treff["navn"].lower()]),
        int(treff["dag1"] or treff["dag2"] or treff["dag3"]),
    )


def _av_fodselsdag(treff, fem):
    """Yields eleven digits for a birthday and the five that belong to it: with the day as
    it is, and as it stands in a D-number."""
    ar, maned, dag = _dag(treff)
    resten = f"{maned:02}{ar % 100:02}{_IKKE_SIFFER.sub('', fem)}"
    yield f"{dag:02}{resten}"
    # Not of what may be a bank account: 2705 93 12345.
    forst = treff.end("ar1" if treff["ar1"] else "dag2")
    delt = bool(treff["dag3"]) or not treff.string[forst].isdecimal()
    if dag <= 31 and (delt or _sagt(treff.string, *treff.span())):
        yield f"{dag + 40:02}{resten}"


def _horer_sammen(treff):
    """Whether what stands between a day and five digits, and around them, lets them be a
    number: a word that says so, or hardly anything and a day that may be a birthday."""
    tekst, fra, til = treff.string, *treff.span("alt")
    if _med_nummerord(tekst, fra, til):
        return True
    bakvendt = treff.start("fem") < treff.start("mellom")
    seks = _SEKS.match(tekst, treff.end("mellom") if bakvendt else fra)
    if bakvendt:
        naer = _NAER_BAKVENDT_SEKS if seks else _NAER_BAKVENDT
    else:
        naer = _NAER_SEKS if seks else _NAER
    naer = naer.fullmatch(treff["mellom"])
    if not (
        naer or not treff["mellom"] or _FODTORD.search(tekst, max(0, fra - 20), til)
    ):
        return False
    fodt = _dag(treff)
    if fodt[0] >= 100 and not (
        _fra_arhundret(fodt[0], int(treff["fem"][:3]))
        and fodt <= timezone.localdate().timetuple()[:3]
    ):
        return False
    if bakvendt:
        return treff["fem"] != _POLITIET
    return not _er_mengde(tekst, fra, til, fodt[0])


def _er_mengde(tekst, fra, til, ar):
    """Whether a day, written with signs, is followed by a figure and not by five digits of
    a number: a figure counts something, or two of these say so: the day is hardly past,
    or to come; a colon; a word after it."""
    if _SEKS.match(tekst, fra) or _sagt(tekst, fra, til):
        return False
    if tekst.endswith(_POLITIET, fra, til) or _MENGDE.match(tekst, til):
        return True
    ar += 2000 * (ar < 100)
    nylig = -5 <= ar - timezone.localdate().year <= 10
    if nylig + (":" in tekst[fra:til]) + bool(_ORD.match(tekst, til)) >= 2:
        return True
    return _STI.fullmatch(tekst, fra, til)


def _sagt(tekst, fra, til):
    """Whether a word says that a day is a birthday, or five digits somebody's."""
    return _med_nummerord(tekst, fra, til) or _FODTORD.search(
        tekst, max(0, fra - 20), til
    )


def _med_nummerord(tekst, fra, til):
    # Sought a little further, for the words that must not follow it.
    treff = _NUMMERORD.search(tekst, max(0, fra - 40), til + 50)
    return treff and treff.start() < til + 25


def _fra_arhundret(ar, individ):
    """Whether somebody born that year may have the individual number.

    Source: Skatteetaten, fødselsnummer.
    """
    return (
        (individ <= 499 and 1900 <= ar <= 1999)
        or (individ >= 500 and 2000 <= ar <= 2039)
        or (individ >= 900 and 1940 <= ar <= 1999)
    )


def _er_identitetsnummer(nummer):
    """Whether date and check digits fit; the century does not stand in the number."""
    dag, maned, ar = int(nummer[:2]), int(nummer[2:4]), int(nummer[4:6])
    dag -= 40 * (dag > 40)
    # H-numbers +40; synthetic numbers +65 (NAV) and +80 (Skatteetaten).
    maned -= next((tillegg for tillegg in (80, 65, 40) if maned > tillegg), 0)
    try:
        date(2000 + ar, maned, dag)
    except ValueError:
        return False
    return any(regel(nummer) for regel in identitetsnummerregler())


class IdentitetsnummerFunnet(ValidationError):  # noqa: N818
    """A text with an identity number was on its way in. Never carries the text."""


def avvis_identitetsnummer(verdi):
    """Validator: raises IdentitetsnummerFunnet."""
    if finn_identitetsnummer(str(verdi)):
        raise IdentitetsnummerFunnet(
            _(
                "Teksten ser ut til å inneholde et fødselsnummer eller D-nummer. Her "
                "skal det ikke stå noe om enkeltpersoner, så teksten er ikke lagret. "
                "Fjern nummeret og lagre på nytt."
            ),
            code="identitetsnummer",
        )
