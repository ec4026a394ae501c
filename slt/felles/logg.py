"""What may stand in the log: nothing personal, and nothing that opens a door.

It is masked as it is written, and as addresses write it (%40 for @, also %2540). Too much
goes rather than too little.
"""

import logging
import re

_SKRATT, _SPORSMAL, _KROLL = (
    rf"(?:[{tegn}]|%(?:25)*{kode})"
    for tegn, kode in (("/", "2F"), ("?", "3F"), ("@\ufe6b\uff20", "40"))
)
# In the addresses of links: what nobody but the receiver may know.
_HEMMELIG = re.compile(
    rf"({_SKRATT}(?:lenke|nytt-passord|ansatt){_SKRATT})\S+", re.IGNORECASE
)
_SPORRING = re.compile(rf"{_SPORSMAL}\S+", re.IGNORECASE)
_ORD, _KROLLALFA = re.compile(r"\S+"), re.compile(_KROLL)
# Eleven digits; colon and comma would make such a number of the time of a line.
_IDENTITETSNUMMER = re.compile(r"(?<!\d)\d(?:(?:[^\w:,\n]|_){0,3}\d){10}(?!\d)")


def skjul(tekst):
    """Returns the text without secrets, searches and choices, addresses and numbers of
    people."""
    tekst = _SPORRING.sub("?…", _HEMMELIG.sub(r"\1…", tekst))
    return _IDENTITETSNUMMER.sub("…", _ORD.sub(_uten_epost, tekst))


def _uten_epost(treff):
    """Returns the word, or a sign in its place where it is an e-mail address. The whole
    word goes: what an address may hold before its @ has no end."""
    return "…@…" if _KROLLALFA.search(treff[0], 1) else treff[0]


class Skjuler(logging.Formatter):
    """A formatter whose lines say nothing of that, tracebacks included."""

    def format(self, record):
        return skjul(super().format(record))
