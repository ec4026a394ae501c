"""Lines of a page or of pasted text, put together as they were written."""

import re

# Before these a hyphen at the end of a line is one that the writer set.
_LOS_STREK = re.compile(r"(?:og|eller|samt|till|och|til)\b")
_ADRESSE = re.compile(r"(?:https?://|www\.|\b[\w.-]+\.(?:no|com|org|net)/)\S*$")


def lapp(forste: str, neste: str) -> str:
    """Two lines of the same paragraph as one text: a word that the line broke is whole
    again, and so is an address."""
    if not forste or not neste:
        return forste or neste
    if forste.endswith("@") and " " not in neste.split(".")[0]:
        return forste + neste
    if forste.endswith("\xad"):
        return forste[:-1] + neste
    if _ADRESSE.search(forste):
        return forste + ("" if _gar_videre(forste, neste) else " ") + neste
    if forste.endswith(("-", "\u2010")) and re.search(r"\w.$", forste):
        return _over_strek(forste, neste)
    if forste.endswith("/") and not forste.endswith(" /"):
        return forste + neste
    return f"{forste} {neste}"


def _over_strek(forste, neste):
    if _LOS_STREK.match(neste) or not neste[0].isalpha():
        skille = "" if neste[0].isdigit() else " "
        return f"{forste}{skille}{neste}"
    siste_ord = re.split(r"[\s/(]", forste[:-1])[-1]
    # "SLT-modellen", "Mary-Ann": the hyphen is part of the word.
    if neste[0].isupper() or siste_ord.isupper() or re.search(r"\d$", siste_ord):
        return forste + neste
    return forste[:-1] + neste


def _gar_videre(forste, neste):
    """Whether an address that ends a line goes on in the next."""
    if re.match(r"https?://|www\.|mailto:|[A-ZÆØÅ][\w ]*:", neste):
        return False
    bit = neste.split()[0]
    return forste[-1] in "-_/=&?" or (
        ("/" in bit and not bit[0].isupper()) and " " not in neste.strip()
    )
