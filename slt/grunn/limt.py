"""Short text as people paste it, from web pages, letters and mail: the signs that nobody
sees are taken out, and each kind of space and of hyphen is one."""

import re
import stringprep
import unicodedata
from urllib.parse import unquote

# What stands around an address where it was copied.
_RUNDT = " \t<>«»\"'“”„,;"
# No address is longer, with all that is pasted around it: a sign at a time, what is longer
# would take long to look through, whoever sends it.
LENGST_EPOST = 2_000


def er_usynlig(tegn):
    """Whether the sign is one that takes no place where it is read: of width zero, of the
    direction of text, or a soft hyphen."""
    return unicodedata.category(tegn) == "Cf" or stringprep.in_table_b1(tegn)


def uten_usynlige(tekst):
    """Returns the text without signs that nobody sees; all else is as it was."""
    return "".join(tegn for tegn in tekst if not er_usynlig(tegn))


def forenklet(tekst):
    """Returns the text on one line, with plain spaces and hyphens, and nothing that
    nobody sees."""
    tegnene = []
    for tegn in uten_usynlige(str(tekst)):
        if unicodedata.category(tegn) == "Pd" or tegn == "\N{MINUS SIGN}":
            tegn = "-"
        tegnene.append(tegn)
    return " ".join("".join(tegnene).split())


def epost_i(tekst):
    """Returns the address in what was copied: a link to write to, or a name and the
    address in angle brackets. What is inside the address is left as it is; what is too long
    to be one, is returned as it was."""
    tekst = tekst.strip()
    if len(tekst) > LENGST_EPOST:
        return tekst
    while tekst and (er_usynlig(tekst[0]) or tekst[0] in _RUNDT):
        tekst = tekst[1:]
    while tekst and (er_usynlig(tekst[-1]) or tekst[-1] in _RUNDT):
        tekst = tekst[:-1]
    if treff := re.fullmatch(r"[^<>@]*<([^<>@]+@[^<>@]+)", tekst):
        tekst = treff[1].strip()
    if lenke := re.match(r"mailto:\s*", tekst, re.IGNORECASE):
        tekst = unquote(tekst[lenke.end() :].partition("?")[0])
    return tekst.removesuffix(".")


def nettadresse_i(tekst):
    """Returns the web address in what was copied, with or without the scheme as there."""
    return uten_usynlige(tekst).strip().strip('<>«»"“”„ ').strip()
