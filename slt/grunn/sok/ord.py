"""Norwegian words: which are forms of one, and which look alike."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import snowballstemmer

_STAMMER = snowballstemmer.stemmer("norwegian")
_ORD = re.compile(r"[^\W_]+")
HER = Path(__file__).parent
# Of a compound, as far as its parts are known from each other.
KORTESTE_LEDD, LENGSTE_ENDELSE = 3, 4
# The endings that Nynorsk has before the one that the stemmer takes off: røykje, trengje.
_NYNORSK_J = re.compile("(?<=[kg])j$")
_DOBLE = re.compile(r"(.)\1+")


def ordene(tekst):
    """Returns the words of a text in small letters; some keyboards send å as two signs."""
    return _ORD.findall(unicodedata.normalize("NFC", tekst).lower())


def les_liste(navn):
    """Returns the lines of a word list that comes with the software, less its comments."""
    linjer = (HER / navn).read_text(encoding="utf-8").splitlines()
    return [linje for linje in linjer if linje and not linje.startswith("#")]


@cache
def stoppord():
    """What a question has beside what it is about, in both languages."""
    return frozenset(" ".join(les_liste("stoppord.txt")).split())


@cache
def bakgrunnsord():
    """Stems of who and where: they say little of what is asked for."""
    return frozenset(map(stamme, " ".join(les_liste("bakgrunnsord.txt")).split()))


@cache
def _uregelrette():
    """{a form: the first one of its line}"""
    linjene = map(str.split, les_liste("ordformer.txt"))
    return {form: linje[0] for linje in linjene for form in linje[1:]}


@lru_cache(maxsize=10_000)
def stamme(ord_):
    """Returns what the forms of a word have in common, in both languages."""
    stem = _NYNORSK_J.sub("", _STAMMER.stemWord(_uregelrett(ord_)))
    # A form that the list does not have, of a word that it has.
    return _stammenes_hode().get(stem, stem)


def _uregelrett(ord_):
    """The word as the list has it, or its last or first part where it is a compound:
    skuleveg, nakenbilete, barnevernsvakten."""
    former = _uregelrette()
    if ord_ in former:
        return former[ord_]
    for i in range(KORTESTE_LEDD, len(ord_) - LENGSTE_ENDELSE):
        if hode := former.get(ord_[i:]):
            return ord_[:i] + hode
    for i in range(LENGSTE_ENDELSE + 1, len(ord_) - KORTESTE_LEDD + 1):
        hode = former.get(ord_[:i])
        # "skolen" begins "skolenekting", too; but of what ends otherwise, it is the word.
        if hode and not ord_.startswith(hode):
            return hode + ord_[i:]
    return ord_


@cache
def _stammenes_hode():
    """{the stem of a listed form: that of the first one of its line}"""
    stem = _STAMMER.stemWord
    return {stem(form): stem(hele) for form, hele in _uregelrette().items()}


@cache
def kjente_former():
    """{a form of the list: its stem}"""
    return {form: stamme(form) for form in _uregelrette()}


def uten_saertegn(ord_):
    """Returns the ways in which a word with æ, ø or å is typed where there are none."""
    if not re.search("[æøå]", ord_):
        return ()
    tabeller = ({"æ": "ae", "ø": "oe", "å": "aa"}, {"æ": "a", "ø": "o", "å": "a"})
    return tuple(ord_.translate(str.maketrans(tabell)) for tabell in tabeller)


def med_saertegn(ord_):
    """Returns the word with the letters that somebody without them types as two."""
    return ord_.replace("aa", "å").replace("oe", "ø").replace("ae", "æ")


def enkle(ord_):
    """Returns the word without doubled letters: mobing and mobbing are one then."""
    return _DOBLE.sub(r"\1", ord_)


def avstand(en, annen, hoyst):
    """How many letters are wrong, left out, put in or swapped between two words; None
    where it is more than `hoyst`."""
    if abs(len(en) - len(annen)) > hoyst:
        return None
    eldre, forrige = None, list(range(len(annen) + 1))
    for i, a in enumerate(en, 1):
        rad = [i]
        for j, b in enumerate(annen, 1):
            beste = min(forrige[j] + 1, rad[-1] + 1, forrige[j - 1] + (a != b))
            if i > 1 and j > 1 and a == annen[j - 2] and en[i - 2] == b:
                beste = min(beste, eldre[j - 2] + 1)
            rad.append(beste)
        if min(rad) > hoyst:
            return None
        eldre, forrige = forrige, rad
    return forrige[-1] if forrige[-1] <= hoyst else None
