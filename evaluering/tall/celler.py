"""The figure in a cell, as people and spreadsheets write it."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from evaluering.tall.ark import tekst

# In letters: no figure is longer, and it takes time to see of a text that it is none.
LENGST = 60
STORSTE_TALL = Decimal(10) ** 10
# Between digits, white space parts thousands and nothing else: "12 13" is two figures.
_MELLOMROM = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])|\s(?=[0-9]{3}(?![0-9]))")
_GRUPPERT = re.compile(r"-?[1-9][0-9]{0,2}(?:[.][0-9]{3})+")
_TALL = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,6})?")


class Tvetydig(ValueError):  # noqa: N818
    """What may be read in two ways, and nobody has said which."""


def er_tall(celle) -> bool:
    """Whether a cell holds a figure, however it is written."""
    if isinstance(celle, bool) or celle is None:
        return False
    if isinstance(celle, dict):
        return "prosent" in celle
    if isinstance(celle, (int, float, Decimal)):
        return True
    if len(celle) > LENGST:
        return False
    enkelt = _enkelt(celle)
    return bool(_TALL.fullmatch(enkelt) or _GRUPPERT.fullmatch(enkelt))


def er_tvetydig(celle) -> bool:
    """Whether the point in a figure may part thousands, and may part decimals."""
    if isinstance(celle, (str, float)):
        enkelt = _enkelt(celle)
        return enkelt.count(".") == 1 and bool(_GRUPPERT.fullmatch(enkelt))
    return False


def er_prosent(celle) -> bool:
    """Whether a cell says that its figure is a percentage."""
    if isinstance(celle, dict):
        return "prosent" in celle
    return isinstance(celle, str) and celle.strip().endswith("%")


def les_tall(celle, punktum: str = "") -> tuple[Decimal, bool]:
    """The figure of a cell, and whether it had to be rounded: "33 636", "7,5", "24,5 %",
    a number or a percentage of a spreadsheet.

    Args:
        punktum: what a point before three digits is: "tusen", "desimal"; "" is not known.

    Raises:
        Tvetydig: a point may part thousands or decimals.
        ValueError: with a message in Norwegian that says what to write.
    """
    if isinstance(celle, bool):
        raise ValueError(_("Skriv et tall."))
    fra_regneark = isinstance(celle, (int, float, Decimal, dict))
    if isinstance(celle, dict):
        if "prosent" not in celle:
            raise ValueError(_("Cellen må være en tekst eller et tall."))
        # The tail of 0.07 * 100 is no part of what was written.
        verdi = Decimal(str(celle["prosent"])) * 100
    else:
        verdi = _verdien(celle, punktum)
    if not verdi.is_finite():
        raise ValueError(_("Skriv et tall."))
    if abs(verdi) >= STORSTE_TALL:
        raise ValueError(_("Tallet er for stort."))
    if fra_regneark:
        # 0.1 + 0.2 has a tail that nobody wrote.
        verdi = verdi.quantize(Decimal("0.0000001"))
    avrundet = verdi.quantize(Decimal("0.01"))
    if avrundet != verdi and not fra_regneark:
        raise ValueError(_("Skriv høyst to desimaler."))
    return avrundet, avrundet != verdi


def les_spenn(celle) -> tuple[str, str] | None:
    """The two figures of a span in one cell, "60–90" or "60 %-90 %", as they are written;
    None when it is none. Two years are a time."""
    if not isinstance(celle, str):
        return None
    funnet = re.fullmatch(r"\s*([0-9.,]+ ?%?) ?[-–] ?([0-9.,]+ ?%?)\s*", celle)
    if not funnet or not all(map(er_tall, funnet.groups())):
        return None
    fra, til = (Decimal(_enkelt(t).replace(",", ".")) for t in funnet.groups())
    ar = all(re.fullmatch("(?:19|20)[0-9]{2}", tall) for tall in funnet.groups())
    return None if ar or fra >= til else funnet.groups()


def _verdien(celle, punktum):
    er_tekst = isinstance(celle, str)
    enkelt = _enkelt(celle) if er_tekst else str(celle)
    if _GRUPPERT.fullmatch(enkelt):
        flere = enkelt.count(".") > 1
        if punktum == "tusen" or (flere and not punktum):
            return Decimal(enkelt.replace(".", ""))
        if punktum != "desimal":
            raise Tvetydig(
                _("«%(skrevet)s» kan leses på to måter. Skriv %(uten)s, uten punktum.")
                % {"skrevet": tekst(celle), "uten": enkelt.replace(".", "")}
            )
    if not er_tekst:
        return Decimal(enkelt)
    if not _TALL.fullmatch(enkelt):
        raise ValueError(_("Skriv et tall, for eksempel 1250 eller 7,5."))
    return Decimal(enkelt.replace(",", "."))


def _enkelt(celle):
    skrevet = str(celle).strip()
    if re.search(r"[0-9]{4}\s+[0-9]", skrevet):
        return skrevet
    return _MELLOMROM.sub("", skrevet).replace("\u2212", "-").removesuffix("%")


class Tallfelt(forms.DecimalField):
    """A figure typed in a form, by the same rules as those in tables."""

    def to_python(self, value):
        if isinstance(value, str) and (skrevet := value.strip()):
            try:
                value = les_tall(skrevet)[0]
            except ValueError as feil:
                raise ValidationError(str(feil)) from feil
        return super().to_python(value)
