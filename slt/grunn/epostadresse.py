"""The address that somebody logs in with: written in one way, so that two that are alike
as text are one, and two that are not are two, on every database."""

import stringprep
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.encoding import punycode
from django.utils.translation import gettext_lazy as _

from slt.grunn.limt import epost_i
from slt.grunn.tekst import KODET, Epost, Epostfelt, rydd_tekst

UGYLDIG = _("Adressen kan bare ha bokstavene a til z, tall og vanlige tegn foran @.")
# What older and newer rules for domains read as two different ones.
TVETYDIG = frozenset("ßẞς")
# More than the longest one that is stored; to make one of what is much longer takes long.
LENGST = 1_000
# A stored address has small letters, digits and signs of ASCII; this finds others.
UNORMAL = r"[^!-@\[-~]"


def normal_adresse(tekst: str) -> str:
    """Returns the address as it is stored and looked up: in ASCII and small letters; the
    domain as the net knows it.

    Raises a ValidationError for what people cannot see, and for letters that look like
    others: mail servers take them for different ones; for what is read as something else
    when mail is written; and for what is far too long.
    """
    tekst = str(tekst).strip()
    if len(tekst) > LENGST:
        raise ValidationError(UGYLDIG, code="ugyldig_adresse")
    if any(_er_usynlig(tegn) for tegn in tekst):
        raise ValidationError(
            _("Adressen inneholder usynlige tegn. Skriv den inn på nytt."),
            code="usynlig",
        )
    tekst = unicodedata.normalize("NFKC", tekst)
    navn, alfa, domene = tekst.rpartition("@")
    if KODET in navn or not navn.isascii() or not (alfa or domene.isascii()):
        raise ValidationError(UGYLDIG, code="ugyldig_adresse")
    return f"{navn}{alfa}{_normalt_domene(domene)}".lower()


def _er_usynlig(tegn):
    return unicodedata.category(tegn)[0] == "C" or stringprep.in_table_b1(tegn)


def _normalt_domene(domene):
    if domene.isascii():
        return domene
    try:
        if TVETYDIG & {*domene}:
            raise UnicodeError("one domain to some, another to others")
        return punycode(domene)
    except UnicodeError as feil:
        raise ValidationError(
            _("Domenet «%(domene)s» kan ikke brukes i en adresse her."),
            code="ugyldig_domene",
            params={"domene": domene},
        ) from feil


class Adressefelt(Epostfelt):
    """A field of a form, for the address of somebody who has or gets a user. What nobody
    sees inside it is refused, as everywhere: see normal_adresse."""

    tar_ut_usynlige = False

    def to_python(self, value):
        tekst = super().to_python(value)
        return normal_adresse(tekst) if tekst else tekst


class Brukerepost(Epost):
    """The address of a user, stored in the one way."""

    def ryddet(self, tekst):
        # Signs that nobody sees are refused here, not taken out: see normal_adresse.
        return normal_adresse(rydd_tekst(epost_i(tekst), en_linje=True))

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": Adressefelt, **kwargs})
