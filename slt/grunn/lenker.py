"""Addresses of pages and of mail that stand in a text, as links."""

import re

from django.utils.html import Urlizer

_HREF = re.compile(r'(?<=<a href=")(https?)(://[^"]+)', re.IGNORECASE)
_ADRESSE = re.compile(r"^(https?://[^/?#@]+)/?", re.IGNORECASE)


def som_nettleseren(href):
    """Returns the address as browsers write it when they copy a page: the host in small
    letters, and a slash after it."""
    return _ADRESSE.sub(lambda treff: f"{treff[1].lower()}/", href, count=1)


def _begynnelse(treff, ordet):
    # Django says http where nothing is said.
    skjema = treff[1] if "http://" in ordet.lower() else "https"
    return som_nettleseren(f"{skjema}{treff[2]}")


class _Lenker(Urlizer):
    """Django's, which knows no Norwegian addresses, and takes "Barn.No matter" for one.

    Without www or a scheme an address is one where it ends as most in a Norwegian text
    do, in small letters: a full stop without the space after it is far more common.
    """

    simple_url_re = re.compile(r"https?://[\w\[]", re.IGNORECASE)
    simple_url_2_re = re.compile(
        r"www\.\w|(?:[\w-]{1,63}\.){1,8}(?:no|com|org|net|eu|info)(?::\d{1,5})?(?:[/?#]|$)"
    )
    trailing_punctuation_chars = ".,:;!?…»”“"
    wrapping_punctuation = [("(", ")"), ("[", "]"), ("«", "»"), ("“", "”"), ("„", "“")]
    url_template = '<a href="{href}" rel="noopener">{url}</a>'

    def handle_word(self, word, **valg):
        skrevet = super().handle_word(word, **valg)
        return _HREF.sub(lambda treff: _begynnelse(treff, word), skrevet, count=1)


_lenker = _Lenker()


def med_lenker(tekst):
    """Returns plain text as HTML, in which addresses are links. What ends a sentence, and
    the brackets around an address, stand outside of it."""
    return _lenker(str(tekst), autoescape=True)
