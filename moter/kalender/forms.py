"""The form for a secret calendar link."""

from django import forms

from moter.models import Kalenderlenke


class KalenderlenkeForm(forms.ModelForm):
    """To which forum a link is made."""

    class Meta:
        model = Kalenderlenke
        fields = ["forum"]

    def __init__(self, *args, fora, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["forum"].queryset = fora
        self.fields["forum"].required = True
