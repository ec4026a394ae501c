"""Where a copy of another kommune's tiltak is to stand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tiltak.models import Handlingsplan, Innsatsomrade, Opphav
from tiltak.rediger.tilbud import Omradevalg


class KopiForm(forms.Form):
    """Chooses an innsatsområde of a draft; who has copied it already, says that they want
    one more."""

    def __init__(self, *args, kommune, tiltak, **kwargs):
        super().__init__(*args, **kwargs)
        utkast = Innsatsomrade.objects.filter(
            plan__kommune=kommune, plan__status=Handlingsplan.Status.UTKAST
        )
        omrader = utkast.select_related("plan__kommune").order_by(
            "-plan__fra_ar", "plan", "rekkefolge", "pk"
        )
        self.fields["innsatsomrade"] = Omradevalg(
            label=_("Innsatsområde"), omrader=omrader, empty_label=_("Velg")
        )
        self.kopiene = list(
            Opphav.objects.i_bruk(kommune)
            .filter(fra=tiltak)
            .select_related("tiltak__plan", "tiltak__kommune")
            .order_by("pk")
        )
        if self.kopiene:
            self.fields["igjen"] = forms.BooleanField(
                label=_("Lag en kopi til"),
                error_messages={
                    "required": _(
                        "Dere har kopiert tiltaket før. Sett haken hvis dere vil ha en "
                        "kopi til."
                    )
                },
            )

    @property
    def har_omrader(self):
        return bool(self.fields["innsatsomrade"].queryset)
