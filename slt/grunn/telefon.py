"""Telephone numbers as people in Norway write, paste and read them."""

import re
from urllib.parse import unquote

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from slt.grunn.identitetsnummer import avvis_identitetsnummer
from slt.grunn.limt import forenklet
from slt.grunn.tekst import Fritekst

UGYLDIG = _(
    "Dette er ikke et telefonnummer. Norske numre har åtte eller fem sifre, for eksempel "
    "469 34 634; utenlandske begynner med + og landkoden."
)
FLERE = _("Her står det flere telefonnumre. La bare ett stå, for eksempel 469 34 634.")
MER_ENN_NUMMERET = _(
    "Her står det flere sifre enn telefonnummeret. Skriv bare nummeret, for eksempel "
    "469 34 634."
)
# Nobody pastes so much around a number; to look through more takes long.
LENGST = 1_000
# The emergency numbers; five digits, as 02800; and the harmonised 116 xxx. They are not
# in the library's plan of Norwegian numbers, or not in all the groups they are written in.
_KORT = re.compile(r"(?<!\d)(?:11[023]|0(?:[ .-]?\d){4}|116(?:[ .-]?\d){3})(?!\d)")
_LANDKODE = re.compile(r"^[^\d+]*(?:\+ ?|00 ?)4 ?7[)\]]?(?: ?\(0\))?")
_MED_ORD = re.compile(
    r"^(?:tel|tlf|telefon|mobil|mob|sms)\b\W*(?=[+(\[\d])", re.IGNORECASE
)


def les_telefon(tekst):
    """Returns the one number in the text, as it is stored and read: 469 34 634,
    64 99 30 00, 02800, 116 117, +46 8 123 456 78. Words around it are left out; a written
    number comes back as it is.

    Raises a ValidationError where no number or several are found, or digits besides.
    """
    tekst = _forenklet(tekst)
    nasjonalt = uten_norsk_landkode(tekst)
    sifre = re.sub(r"[^0-9]", "", nasjonalt)
    if korte := _korte(nasjonalt, sifre):
        return _den_ene([grupper_telefon(kort) for kort in korte])
    # Ranges are taken into use faster than any library hears of them.
    if re.fullmatch("[2-9][0-9]{7}", sifre) and not _har_ord(nasjonalt):
        return grupper_telefon(sifre)
    if re.fullmatch("(?:[2-9][0-9]{7}){2,}", sifre):
        raise ValidationError(FLERE, code="flere_numre")
    return _funnet_av_biblioteket(tekst)


def _funnet_av_biblioteket(tekst):
    # Imported when it is needed: it takes a tenth of a second to load.
    import phonenumbers

    treffene = list(phonenumbers.PhoneNumberMatcher(tekst, "NO"))
    if not treffene:
        raise ValidationError(UGYLDIG, code="telefon")
    nummer = _den_ene([treff.number for treff in treffene])
    rundt = tekst[: treffene[0].start] + tekst[treffene[0].end :]
    if nummer.extension or re.search(r"\d", rundt):
        raise ValidationError(MER_ENN_NUMMERET, code="telefon")
    if nummer.country_code == 47:
        return grupper_telefon(phonenumbers.national_significant_number(nummer))
    form = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return re.sub(r"[^\d+]+", " ", phonenumbers.format_number(nummer, form)).strip()


def _forenklet(tekst):
    """The text as the rules read it: the link of a page is what it leads to, and of
    "+47 (0)" the nought is left out, which nobody dials."""
    tekst = forenklet(tekst)
    if re.match("(?:tel|sms):", tekst, re.IGNORECASE):
        tekst = forenklet(unquote(tekst))
    tekst = re.sub(r"\+ (?=\d)", "+", tekst)
    return re.sub(r"(?<=\d)( ?)\(0\)", r"\1", _MED_ORD.sub("", tekst))


def _har_ord(tekst):
    return any(tegn.isalpha() for tegn in tekst)


def _korte(tekst, sifre):
    """The short numbers in the text, where it has no other digits."""
    korte = _KORT.findall(tekst)
    return korte if re.sub(r"\D", "", "".join(korte)) == sifre else []


def _den_ene(numre):
    if len(numre) > 1:
        raise ValidationError(FLERE, code="flere_numre")
    return numre[0]


def uten_norsk_landkode(verdi):
    """Returns the number as people in Norway dial it: the rest is kept as typed."""
    return _LANDKODE.sub("", verdi).lstrip()


def sifre_i(tekst):
    """Returns the digits of what is nothing but a number or a part of one, in whatever
    groups it is written and with or without +47, and "" for all else."""
    tekst = _forenklet(tekst)
    if not re.fullmatch(r"[+(\[]*[0-9][0-9\s()\[\]./-]*", tekst):
        return ""
    return re.sub(r"\D", "", uten_norsk_landkode(tekst))


def ringes(verdi):
    """Returns the number as a link dials it, also from abroad: +4746934634, 02800."""
    siffer = re.sub(r"[^\d+]", "", uten_norsk_landkode(verdi))
    return f"+47{siffer}" if len(siffer) == 8 else siffer


def grupper_telefon(verdi):
    """Returns a Norwegian number in its usual groups: 469 34 634, 64 99 30 00, 02800,
    116 117."""
    siffer = re.sub(r"[\s.-]", "", uten_norsk_landkode(verdi))
    if re.fullmatch(r"116\d{3}", siffer):
        deler = (3, 3)
    elif re.fullmatch(r"\d{8}", siffer):
        deler = (3, 2, 3) if siffer[0] in "489" else (2, 2, 2, 2)
    else:
        return siffer if siffer.isdigit() else verdi
    ut, start = [], 0
    for lengde in deler:
        ut.append(siffer[start : start + lengde])
        start += lengde
    return " ".join(ut)


class Telefonfelt(forms.CharField):
    """A field of a form for a telephone number, however it is written."""

    def to_python(self, value):
        tekst = super().to_python(value)
        if len(tekst) > LENGST:
            raise ValidationError(UGYLDIG, code="telefon")
        # Said first: of an identity number, more is wrong than that it is no telephone.
        avvis_identitetsnummer(tekst)
        return les_telefon(tekst) if tekst not in self.empty_values else tekst


class Telefon(Fritekst):
    """A telephone number, stored in the one way that people read it."""

    def ryddet(self, tekst):
        tekst = super().ryddet(tekst)
        try:
            return les_telefon(tekst)
        except ValidationError:
            # What is stored from before is left as it is; `clean` says what is wrong.
            return tekst

    def clean(self, value, model_instance):
        verdi = super().clean(value, model_instance)
        return les_telefon(verdi) if verdi else verdi

    def formfield(self, **kwargs):
        # What is pasted may be longer than what is stored.
        utvidet = {"form_class": Telefonfelt, "max_length": 100}
        return super().formfield(**{**utvidet, **kwargs})
