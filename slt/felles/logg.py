"""What may stand in the log: nothing personal, and nothing that opens a door.

What is masked is masked however it is written: percent-encoded, as HTML or as Python
shows strings, and several times over. Too much goes rather than too little.
"""

import logging
import re
from html import unescape
from urllib.parse import unquote

# Encodings inside encodings: so many layers are opened.
_LAG = 5
_PROSENTER = re.compile("%(?:25)+")
_OKTETT = re.compile(r"\\+x([0-9a-f]{2})", re.IGNORECASE)
_TEGN = re.compile(r"\\+u([0-9a-f]{4})", re.IGNORECASE)
_MELLOMROM = re.compile(r"\\+[nrtfv]")
_USETT = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")

_ORD = re.compile(r"\S+")
# In the addresses of links: what nobody but the receiver may know.
_HEMMELIG = re.compile(r"(/(?:lenke|nytt-passord|ansatt)/).+", re.I | re.S)
_SPORRING = re.compile(r"\?.+", re.S)
_EPOST = re.compile(r".+[@\ufe6b\uff20].+", re.S)
# Eleven digits; colon and comma would make such a number of the time of a line.
_IDENTITETSNUMMER = re.compile(r"(?<!\d)\d(?:(?:[^\w:,]|_){0,3}\d){10}(?!\d)")


def skjul(tekst):
    """Returns the text without secrets, searches and choices, addresses and numbers of
    people."""
    return "\n".join(map(_skjul_linje, tekst.split("\n")))


def _skjul_linje(linje):
    linje = _ORD.sub(lambda treff: _skjul_ord(treff[0]), linje)
    # Not word by word: white space may stand in the number.
    apnet = _apnet(linje)
    skjult = _IDENTITETSNUMMER.sub("…", apnet)
    return linje if skjult == apnet else _synlig(skjult)


def _skjul_ord(ord_):
    apnet = _apnet(ord_)
    skjult = _HEMMELIG.sub(r"\1…", apnet)
    skjult = _SPORRING.sub("?…", skjult)
    # The whole word: what an address may hold before its @ has no end.
    skjult = "…@…" if _EPOST.fullmatch(skjult) else skjult
    return ord_ if skjult == apnet else _synlig(skjult)


def _apnet(tekst):
    """The text as somebody would read it who undid every encoding."""
    for _lag in range(_LAG):
        kodet = tekst
        tekst = _OKTETT.sub(r"%\1", _PROSENTER.sub("%", tekst))
        tekst = _TEGN.sub(lambda treff: chr(int(treff[1], 16)), tekst)
        tekst = _MELLOMROM.sub(" ", tekst)
        tekst = _USETT.sub("", unescape(unquote(tekst)))
        if tekst == kodet:
            break
    return tekst


def _synlig(apnet):
    """What was opened must not break the line, nor hide in it."""
    return "".join(tegn if tegn.isprintable() else " " for tegn in apnet)


class Skjuler(logging.Formatter):
    """A formatter whose lines say nothing of that, tracebacks included."""

    def format(self, record):
        return skjul(super().format(record))
