"""Finds national identity numbers in text, however they are written.

It finds numbers, not names: only people can see to those.
"""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from html import unescape

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
        (?: [0-9]{{5}} | [0-9]{{3}} {_SKILLE} [0-9]{{2}} )
    )(?![0-9]))""",
    re.VERBOSE,
)
# Groups of any size. Only as a whole: within a table of figures some eleven digits
# always fit. First those that are parted alike, then all that stand in a row.
_LIKT_DELT = re.compile(rf"{_BEGYNNELSE}[0-9]++({_SKILLE})[0-9]++(?:\1[0-9]++)*+")
_ULIKT_DELT = re.compile(rf"{_BEGYNNELSE}[0-9]++(?:{_SKILLE}[0-9]++)++")
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
            hint="Remove it from the environment to use those of slt.grunn.tekst.",
            id="slt.E001",
        )
    ]


def finn_identitetsnummer(tekst):
    """Whether a Norwegian national identity number seems to stand in the text.

    Ordinary, D-, H- and synthetic numbers, also with separators, invisible characters,
    other digits than ASCII, HTML tags or entities inside. Never returns or logs the
    number. Takes time in proportion to the length. About one in a hundred other numbers
    of eleven digits passes for an identity number.
    """
    for _lag in range(_LAG):
        tekst = _UVANLIG.sub(lambda treff: _forenklet(treff[0]), tekst)
        # Both as it stands and as a browser shows it: attributes count too.
        vist = _TAGG.sub("", _BLOKK.sub("\n", _KOMMENTAR.sub("", tekst)))
        for utgave in {tekst, vist}:
            if any(map(_er_identitetsnummer, _kandidater(utgave))):
                return True
        kodet, tekst = tekst, _ENTITET.sub(lambda treff: unescape(treff[0]), tekst)
        if kodet == tekst:
            return False
    return False


@lru_cache(maxsize=4096)
def _forenklet(tegn):
    """One character as ASCII where that says the same; nothing where it is not seen.

    By character, as Python normalises long runs of marks in quadratic time.
    """
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
