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
# The numbers of meetings on the net, where they stand as their programs write them, and
# amounts of money: one in a hundred of them would pass for an identity number.
_ANNET = re.compile(
    r"""https?://(?:[a-z0-9-]{1,40}\.){0,3}zoom(?:gov)?\.(?:us|com)/(?:[a-z]{1,20}/){0,2}
            [0-9]{9,11}(?![0-9])(?:\?pwd=[\w.%-]{0,100})?
      | https?://teams\.(?:microsoft|live)\.com/meet/[0-9]{9,15}(?![0-9])
            (?:\?p=[\w-]{0,60})?
      | 19(?::|%3a)meeting_[\w%-]{10,120}(?:@|%40)thread\.v2
      | [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b
      | (?:meeting|møte|webinar|konferanse|conference|zoom|teams)[ -]{0,2}(?:id|nummer)?
            \W{1,5}[0-9](?:[ -]?[0-9]){8,14}(?![0-9])
      | ,,[0-9]{9,13}\#
      | \bkr\.?[ ]?[0-9]{1,3}(?:[ .][0-9]{3}){1,4}(?![0-9])""",
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
        \s{{0,20}} (?:(?:[^\w\s]|_) \s{{0,20}}){{0,3}}
        # Not a telephone number: … 24 477 95 404.
        (?! [489][0-9]{{2}} {_SKILLE} [0-9]{{2}} {_SKILLE} [0-9]{{3}} (?![0-9]) )
        (?: [0-9]{{5}}
          # Nor in a row of them: … 43 112 61 19 25 66.
          | [0-9]{{3}} {_SKILLE} [0-9]{{2}} (?! {_SKILLE} [0-9]{{2}} (?![0-9]) ) )
    )(?![0-9]))""",
    re.VERBOSE,
)
# What says that five digits belong to a birthday.
_NUMMERORD = r"""(?:(?:p|f|d|person|fødsels|identitets|id)[ .-]{0,2}n(?:umme)?r\b
    |siste[ ](?:fem|5)\b)"""
_MANEDER = [
    "jan",
    "feb",
    "mar",
    "apr",
    "mai",
    "jun",
    "jul",
    "aug",
    "sep",
    "okt",
    "nov",
    "des",
]
_FODT = rf"""(?<![0-9])(?:
    (?P<dag>[0-9]{{1,2}})
    (?: [ ./-]{{1,3}} (?P<maned>[0-9]{{1,2}}) [ ./-]{{1,3}}
      | [ ./-]{{1,3}} (?P<manedsnavn>{"|".join(_MANEDER)}) [a-z.]{{0,9}} [ ]{{0,2}} )
    (?P<ar>(?:19|20)?[0-9]{{2}})
  | (?P<iso>(?:19|20)[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}})
  | (?P<seks>[0-9]{{4}}(?:19|20)?[0-9]{{2}}) )(?![0-9])"""
_FEM = r"(?<![0-9])(?P<fem>[0-9]{5}|[0-9]{3}[ .-]{1,3}[0-9]{2})(?![0-9])"
_FODT_OG_FEM = [
    # A birthday with its century, and five digits: 01.01.1990 10046.
    (re.compile(rf"{_FODT}[^\w]{{1,6}}{_FEM}", re.VERBOSE | re.IGNORECASE), True),
    # With a word in between, however the day is written; or the other way round.
    *(
        (re.compile(monster, re.VERBOSE | re.IGNORECASE), False)
        for monster in (
            rf"{_FODT}[^0-9]{{0,40}}?{_NUMMERORD}[^0-9]{{0,20}}{_FEM}",
            rf"{_NUMMERORD}[^0-9]{{0,20}}{_FEM}[^0-9]{{1,40}}{_FODT}",
        )
    ),
]
# Groups of any size. Only as a whole: within a table of figures some eleven digits
# always fit. First those that are parted alike, then all that stand in a row. Not a
# telephone number before an emergency number.
_GRUPPER = rf"{_BEGYNNELSE}(?![2-9][0-9]{{7}} ?- ?11[023](?![0-9]))"
_LIKT_DELT = re.compile(
    rf"{_GRUPPER}[0-9]++({_SKILLE})[0-9]++(?:\1[0-9]++)*+"
    # Not into a mobile number: 42813511 - 961 06 868.
    rf"(?!(?<=[ .-][49][0-9]{{2}}){_SKILLE}[0-9]{{2}}{_SKILLE}[0-9]{{3}}(?![0-9]))"
)
_ULIKT_DELT = re.compile(rf"{_GRUPPER}[0-9]++(?:{_SKILLE}[0-9]++)++")
# Sizes of groups that are something else: mobile numbers (477 95 404), numbers by
# thousands (12 500 000), three digits more; when unlike also numbers by two and times.
_LIKT_ANNET = re.compile(r"(?:323|[123]3+|3)+")
_ULIKT_ANNET = re.compile(r"(?:323|2222|8|[123]3+|3)+")
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
    other digits than ASCII, HTML tags or entities inside, and as a birthday with the five
    digits after it. Never returns or logs the number. Takes time in proportion to the
    length. About one in a hundred other numbers of eleven digits passes for an identity
    number, but for those of meetings on the net.
    """
    for _lag in range(_LAG):
        tekst = _UVANLIG.sub(lambda treff: _forenklet(treff[0]), tekst)
        # Both as it stands and as a browser shows it: attributes count too.
        vist = _TAGG.sub("", _BLOKK.sub("\n", _KOMMENTAR.sub("", tekst)))
        for utgave in {tekst, vist}:
            utgave = _ANNET.sub(" … ", utgave)
            if any(map(_er_identitetsnummer, _kandidater(utgave))):
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
        yield _IKKE_SIFFER.sub("", treff[1])
    for monster, annet in ((_LIKT_DELT, _LIKT_ANNET), (_ULIKT_DELT, _ULIKT_ANNET)):
        for treff in monster.finditer(tekst):
            grupper = _IKKE_SIFFER.split(treff[0])
            if (
                sum(map(len, grupper)) == 11
                and not annet.fullmatch("".join(str(len(g)) for g in grupper))
                and not (monster is _ULIKT_DELT and _DATO.search(treff[0]))
            ):
                yield "".join(grupper)

    for monster, har_arhundre in _FODT_OG_FEM:
        for treff in monster.finditer(tekst):
            yield from _av_fodselsdag(treff, har_arhundre)


def _av_fodselsdag(treff, har_arhundre):
    """Yields eleven digits for a birthday and the five that follow it: with the day as it
    is, and as it stands in a D-number."""
    if treff["iso"]:
        ar, maned, dag = treff["iso"].split("-")
    elif treff["seks"]:
        dag, maned, ar = treff["seks"][:2], treff["seks"][2:4], treff["seks"][4:]
    else:
        dag, ar = treff["dag"], treff["ar"]
        navn = (treff["manedsnavn"] or "").lower()
        maned = treff["maned"] or str(_MANEDER.index(navn) + 1)
    fem = _IKKE_SIFFER.sub("", treff["fem"])
    if not (1 <= int(dag) <= 31 and 1 <= int(maned) <= 12):
        return
    if har_arhundre and (
        treff["seks"] or len(ar) == 2 or not _fra_arhundret(int(ar), int(fem[:3]))
    ):
        return
    for tillegg in (0, 40):
        yield f"{int(dag) + tillegg:02}{int(maned):02}{ar[-2:]}{fem}"


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
