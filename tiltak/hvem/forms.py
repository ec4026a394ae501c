"""What an answer may be narrowed by. All of it may be left out."""

from collections import defaultdict

from django import forms
from django.utils.translation import gettext_lazy as _

from slt.grunn.identitetsnummer import finn_identitetsnummer
from slt.models import Sted
from tiltak.models import Kontaktpunkt

ALDER = _("Skriv alderen med tall, for eksempel 14.")


class Steder:
    """The places of a kommune at which somebody has a contact point of their own, and the
    lokalområder they lie in: what else there is makes no difference; 2 queries."""

    def __init__(self, kommune, bruker):
        punkter = Kontaktpunkt.objects.synlige_for(bruker).filter(
            tjeneste__nedlagt=None
        )
        steder = (
            Sted.objects.filter(kommune=kommune, kontaktpunkter__in=punkter)
            .distinct()
            .select_related("lokalomrade")
            .prefetch_related("deler__sted__lokalomrade")
        )
        self.valg, self.pker = {}, defaultdict(set)
        for sted in steder:
            for her in (sted, *(del_.sted for del_ in sted.deler.all())):
                self._legg_til(her, sted)

    def _legg_til(self, her, sted):
        """That who is `her`, or in its lokalområde, is where `sted` is."""
        omrade = her.lokalomrade
        for verdi, navn in (
            (f"sted-{her.pk}", her.navn),
            (omrade and f"omrade-{omrade.pk}", omrade and omrade.navn),
        ):
            if verdi:
                self.valg[verdi] = navn
                self.pker[verdi].add(sted.pk)

    def grupper(self):
        """The choices, as a form has them."""

        def med(begynnelse):
            return [
                valg for valg in self.valg.items() if valg[0].startswith(begynnelse)
            ]

        return [
            ("", _("Ikke valgt")),
            (_("Deler av kommunen"), med("omrade-")),
            (_("Skoler og andre steder"), med("sted-")),
        ]


class Alder(forms.TextInput):
    """What was typed stands there again, unless it is the number of somebody."""

    def format_value(self, value):
        vist = super().format_value(value)
        return None if vist and finn_identitetsnummer(vist) else vist


class PresiserForm(forms.Form):
    """Age and place, on the page with the answer. The field `sted` is there where it makes
    a difference; cleaned, it is the ids of the steder that are in it."""

    alder = forms.IntegerField(
        label=_("Hvor gammel er den det gjelder?"),
        required=False,
        min_value=0,
        max_value=120,
        widget=Alder({"inputmode": "numeric", "maxlength": 3, "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), ALDER),
    )
    sted = forms.ChoiceField(
        label=_("Hvor?"),
        required=False,
        error_messages={"invalid_choice": _("Velg et sted i listen.")},
    )

    def __init__(self, *args, steder, **kwargs):
        super().__init__(*args, **kwargs)
        self.steder = steder
        if steder.valg:
            self.fields["sted"].choices = steder.grupper()
        else:
            del self.fields["sted"]

    def clean_sted(self):
        verdi = self.cleaned_data["sted"]
        return frozenset(self.steder.pker[verdi]) if verdi else None
