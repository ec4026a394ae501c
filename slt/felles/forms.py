"""What forms have in common, in the admin and on the site."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from slt.grunn.identitetsnummer import avvis_identitetsnummer

ENDRET_AV_ANDRE = "endret_av_andre"


class Dato(forms.DateInput):
    """A day, by the calendar of the browser."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class Klokkeslett(forms.TimeInput):
    """A time of day, by the clock of the browser."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class KommuneForm(forms.ModelForm):
    """A form whose row belongs to a kommune that is given, not chosen.

    What the form leaves out is checked all the same: a constraint that names it would
    otherwise be met first in the database, as a server error.
    """

    kommune = None  # set where the admin makes the form class

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        horer_til = self._meta.model.kommune_sti == "kommune"
        if horer_til and self.instance.kommune_id is None:
            self.instance.kommune = self.kommune

    def _get_validation_exclusions(self):
        # Remain the fields that the user filled in wrongly.
        return super()._get_validation_exclusions() & set(self.fields)

    def _update_errors(self, errors):
        # An error of a field that the form does not show is said above the form.
        if hasattr(errors, "error_dict"):
            for felt in set(errors.error_dict) - set(self.fields) - {NON_FIELD_ERRORS}:
                over = errors.error_dict.setdefault(NON_FIELD_ERRORS, [])
                over.extend(errors.error_dict.pop(felt))
        super()._update_errors(errors)


class EndreForm(KommuneForm):
    """A form on the site that changes a row: asks why, and does not write over what
    somebody else changed in the meantime."""

    begrunnelse = forms.CharField(
        label=_("Hvorfor endres dette?"),
        help_text=_("Valgfritt. Står i historikken."),
        max_length=300,
        required=False,
        validators=[avvis_identitetsnummer],
    )
    sett = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sett"].initial = self.siste_endring()

    def siste_endring(self):
        """What marks the state that the user saw: the newest history row."""
        return str(self.instance.historikk.values_list("pk", flat=True).first())

    @property
    def er_endret_av_andre(self):
        """Whether the form was refused because of what somebody else did meanwhile."""
        return self.is_bound and self.has_error(NON_FIELD_ERRORS, ENDRET_AV_ANDRE)

    def clean(self):
        super().clean()
        na = self.siste_endring()
        if self.cleaned_data.get("sett") != na:
            # The next try is made in knowledge of it, and may go through.
            self.data = self.data.copy()
            self.data[self.add_prefix("sett")] = na
            raise forms.ValidationError(
                _(
                    "Noen andre endret dette mens du skrev. Det du skrev, står her "
                    "fortsatt. Se hva som ble endret, og lagre igjen hvis ditt skal "
                    "gjelde."
                ),
                code=ENDRET_AV_ANDRE,
            )
        return self.cleaned_data
