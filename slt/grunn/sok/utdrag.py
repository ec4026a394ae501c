"""The words around what was found."""

import re
from html import unescape

from slt.grunn.sok.ord import ordene, stamme

LENGST = 220
_LINJESLUTT = re.compile(r"<br>|</(?:p|li|h[1-6]|blockquote|tr|figcaption)>")
_MERKE = re.compile("<[^<>]*>")
_SETNING = re.compile(r"(?<=[.:?!])[ \n]|\n")
_ORD = re.compile(r"([^\W_]+)")


def uten_merker(html):
    """Returns rich text, as it is stored: cleaned, without its tags. Ten times as fast as
    `ren_tekst`, which trusts nothing; here a page escapes what is shown of it."""
    linjer = _MERKE.sub(" ", _LINJESLUTT.sub("\n", html)).splitlines()
    rene = (" ".join(linje.split()) for linje in linjer)
    return unescape("\n".join(filter(None, rene)))


def i_biter(tekst, stammer):
    """Returns the text in pieces, as [(piece, whether it is one of the words)]."""
    biter = [bit for bit in _ORD.split(tekst) if bit]
    return [(bit, stamme(bit.lower()) in stammer) for bit in biter]


def utdrag(tekst, stammer):
    """Returns the sentence that has most of the words, in pieces; the first one where
    none has any."""
    setninger = [s for s in _SETNING.split(tekst) if s.strip()]
    if not setninger:
        return []

    def funnet(setning):
        return len({stamme(o) for o in ordene(setning)} & stammer)

    beste = max(setninger, key=funnet)
    return i_biter(_kortet(beste, stammer), stammer)


def _kortet(setning, stammer):
    """As much of the sentence as there is room for, around the first of the words."""
    if len(setning) <= LENGST:
        return setning
    forste = next(
        (t.start() for t in _ORD.finditer(setning) if stamme(t[0].lower()) in stammer),
        0,
    )
    fra = max(0, min(forste - LENGST // 2, len(setning) - LENGST))
    fra = setning.find(" ", fra) + 1 if fra else 0
    til = setning.rfind(" ", fra, fra + LENGST)
    if til <= fra:
        til = fra + LENGST
    return (
        ("… " if fra else "") + setning[fra:til] + (" …" if til < len(setning) else "")
    )
