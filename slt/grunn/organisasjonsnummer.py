"""The number that an organisation has in Enhetsregisteret."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as Ugyldig
from stdnum.no import orgnr

from slt.grunn.tekst import Fritekst


def les_organisasjonsnummer(tekst):
    """Returns the nine digits, however they are grouped; refuses what is no such number."""
    try:
        return orgnr.validate(tekst)
    except Ugyldig as feil:
        raise ValidationError(
            _("Et organisasjonsnummer har ni sifre, og dette er ikke et av dem.")
        ) from feil


class Organisasjonsnummer(Fritekst):
    """An organisation number, stored as its nine digits."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 20, **kwargs})

    def clean(self, value, model_instance):
        verdi = super().clean(value, model_instance)
        return les_organisasjonsnummer(verdi) if verdi else verdi
