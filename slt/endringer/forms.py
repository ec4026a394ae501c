"""Between which moments somebody asks what is otherwise."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from slt.felles.endret import FRA, MILEPAELER, Milepael
from slt.grunn.tid import Dagfelt, midnatt, sjekk_dag

MILEPAEL = re.compile(r"[a-z]+-[0-9]{1,18}")
ETT_AR = relativedelta(years=1)


@dataclass(frozen=True)
class Grense:
    """One end of the window: the moment, what it is in words, and what stands for it in
    an address."""

    tid: datetime | None
    navn: str
    nokkel: str = ""
    milepael: Milepael | None = None


def milepaelene(kommune, bruker):
    """Returns the moments that a user may choose in a kommune, the newest first."""
    alle = [m for finn in MILEPAELER for m in finn(kommune, bruker)]
    return sorted(alle, key=lambda m: m.begynte, reverse=True)


def som_adresse(verdier):
    """Returns what stands in the address as the form has it: a meeting is chosen in a list
    of its own."""
    data = {navn: verdier.get(navn, "") for navn in verdier}
    for navn in ("fra", "til"):
        if MILEPAEL.fullmatch(data.get(navn, "").strip()):
            data[f"{navn}_mote"] = data.pop(navn).strip()
    return data


def _sjekk_kommet(dag):
    sjekk_dag(dag)
    if dag > timezone.localdate():
        raise ValidationError(
            _("Dagen er ikke kommet ennå. Skriv i dag eller en dag før."), code="dag"
        )


class SkrevetDag(Dagfelt):
    """A day in a field of text: what was typed stands there again, as it was typed."""

    def prepare_value(self, value):
        return value


class Motevalg(forms.ChoiceField):
    default_error_messages = {
        "invalid_choice": gettext_lazy(
            "Møtet er avlyst eller slettet, eller du kan ikke se det. Velg et annet, "
            "eller skriv en dato."
        )
    }


class VinduForm(forms.Form):
    """From a meeting or a day, to a meeting or a day; all may be empty."""

    use_required_attribute = False

    fra_mote = Motevalg(label=gettext_lazy("fra møtet"), required=False)
    fra = SkrevetDag(
        label=gettext_lazy("eller fra datoen"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "maxlength": 40}),
        validators=[_sjekk_kommet],
        help_text=gettext_lazy("For eksempel 1. mars 2026."),
    )
    til_mote = Motevalg(label=gettext_lazy("til møtet"), required=False)
    til = SkrevetDag(
        label=gettext_lazy("eller til og med datoen"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "maxlength": 40}),
        validators=[_sjekk_kommet],
        help_text=gettext_lazy("Tomt betyr til nå."),
    )

    def __init__(self, data, *, kommune, bruker):
        self.kommune, self.bruker = kommune, bruker
        super().__init__(som_adresse(data))
        for navn in ("fra_mote", "til_mote"):
            valg = [(m.nokkel, m.navn) for m in self._milepaelene.values()]
            # What was asked for stays chosen, as what it was.
            self.fields[navn].choices = [("", "---------"), *valg]

    @cached_property
    def _milepaelene(self):
        return {m.nokkel: m for m in milepaelene(self.kommune, self.bruker)}

    def clean(self):
        renset = super().clean()
        for navn in ("fra", "til"):
            if renset.get(navn) and renset.get(f"{navn}_mote"):
                self.add_error(navn, _("Velg enten et møte eller en dato, ikke begge."))
        if self.errors:
            return renset
        if self.begynner.tid >= (self.slutter.tid or timezone.now()):
            felt = "fra" if renset.get("fra") else "fra_mote"
            if not (renset.get("fra") or renset.get("fra_mote")):
                felt = "til_mote" if renset.get("til_mote") else "til"
            self.add_error(
                felt,
                _("Det du har valgt å begynne med, er ikke før det du slutter med."),
            )
        return renset

    @cached_property
    def begynner(self):
        """The beginning as a Grense: as chosen, else as the apps would, else a year ago."""
        if mote := self.cleaned_data.get("fra_mote"):
            return _etter(self._milepaelene[mote])
        if dag := self.cleaned_data.get("fra"):
            return _fra_dag(dag)
        return fra_forvalgt(self.kommune, self.bruker)

    @cached_property
    def slutter(self):
        """The end as a Grense; its moment is None for now."""
        if mote := self.cleaned_data.get("til_mote"):
            mote = self._milepaelene[mote]
            return Grense(mote.begynte, mote.navn, mote.nokkel, mote)
        dag = self.cleaned_data.get("til")
        if dag is None or dag == timezone.localdate():
            return Grense(None, _("nå"), dag.isoformat() if dag else "")
        navn = date_format(dag, "j. F Y")
        return Grense(midnatt(dag + timedelta(days=1)), navn, dag.isoformat())


def fra_forvalgt(kommune, bruker):
    """Returns the Grense from which it is told where nobody chose."""
    for finn in FRA:
        funnet = finn(kommune, bruker)
        if isinstance(funnet, Milepael):
            return _etter(funnet)
        if isinstance(funnet, datetime):
            dag = timezone.localtime(funnet).date()
            navn = _("da planen ble behandlet %s") % date_format(dag, "j. F Y")
            return Grense(funnet, navn)
        if funnet is not None:
            # The day itself is what it was treated on.
            navn = _("da planen ble behandlet %s") % date_format(funnet, "j. F Y")
            return Grense(midnatt(funnet + timedelta(days=1)), navn)
    return _fra_dag(timezone.localdate() - ETT_AR)


def _etter(mote):
    return Grense(mote.sluttet, mote.navn, mote.nokkel, mote)


def _fra_dag(dag):
    return Grense(midnatt(dag), date_format(dag, "j. F Y"), dag.isoformat())
