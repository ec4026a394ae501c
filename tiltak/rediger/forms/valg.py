"""What is chosen on a form and kept as rows: the themes of a tiltak, its guides."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.db.models import Max, Model, QuerySet

from slt.felles.forms import RADNUMMER, FlereRader
from slt.grunn.kommunegrense import kommunen


@dataclass(frozen=True)
class Valgrad:
    """A model whose rows each are one choice.

    Attributes:
        eier: the field to what something is chosen for.
        felt: the field to what is chosen.
    """

    modell: type[Model]
    eier: str
    felt: str


class Valg:
    """What is chosen, and what can be, for one row or for all rows of a page, which then
    ask once.

    Args:
        mulige: QuerySet of what can be chosen.
        eiere: ids of those it is chosen for.
    """

    def __init__(self, rad: Valgrad, mulige: QuerySet, eiere):
        self.rad, self.mulige, self._eiere = rad, mulige, list(eiere)

    @cached_property
    def navn(self):
        """{id: name} of what can be chosen."""
        return {valgt.pk: str(valgt) for valgt in self.mulige}

    @cached_property
    def valgte(self):
        """{id of what it is chosen for: [ids of what is chosen]}."""
        eier, valgte = self.rad.eier, defaultdict(list)
        rader = self.rad.modell.objects.filter(**{f"{eier}__in": self._eiere})
        for pk, valgt in rader.values_list(eier, self.rad.felt):
            valgte[pk].append(valgt)
        return valgte

    @cached_property
    def merker(self):
        """{id of what it is chosen for: the newest row of the history of its choices}."""
        eier = f"{self.rad.eier}_id"
        rader = self.rad.modell.historikk.filter(**{f"{eier}__in": self._eiere})
        return dict(rader.order_by(eier).values_list(eier).annotate(Max("history_id")))

    def valgt_da(self, pk, merke):
        """The ids of what was chosen for it when this was the newest row of that history."""
        eier = {f"{self.rad.eier}_id": pk}
        rader = self.rad.modell.historikk.filter(**eier, pk__lte=merke)
        valgt = {rad.id: rad for rad in rader.order_by("pk")}.values()
        felt = f"{self.rad.felt}_id"
        return [getattr(rad, felt) for rad in valgt if rad.history_type != "-"]

    def velg(self, eier, valgte):
        """Lets these be chosen for it, and no others."""
        igjen = {valgt.pk: valgt for valgt in valgte}
        rader, felt = self.rad.modell.objects, self.rad.felt
        for rad in rader.filter(**{self.rad.eier: eier}):
            if igjen.pop(getattr(rad, f"{felt}_id"), None) is None:
                rad.delete()
        for valgt in igjen.values():
            rader.create(**{self.rad.eier: eier, felt: valgt})


class MedValg(forms.ModelForm):
    """A form that is also asked for choices among what the kommune has, and leaves out
    those of which it has none.

    Attributes:
        VALGES: {field, called as what the kommune has of it: Valgrad}.
    """

    VALGES: dict[str, Valgrad] = {}

    def __init__(self, *args, valg=None, **kwargs):
        super().__init__(*args, **kwargs)
        self._valg = valg or self._egne_valg()
        for navn, ett in self._valg.items():
            if not ett.navn:
                del self.fields[navn]
                continue
            self.fields[navn].queryset = ett.mulige
            self.fields[navn].choices = list(ett.navn.items())
            pk = self.instance.pk
            self.initial[navn] = ett.valgte.get(pk, []) if pk else []

    def _egne_valg(self):
        pk, kommune = self.instance.pk, kommunen(self.instance)
        return {
            navn: Valg(rad, getattr(kommune, navn).all(), [pk] if pk else [])
            for navn, rad in self.VALGES.items()
        }

    def siste_endring(self):
        """Of the row, and of what is chosen for it."""
        pk, siste = self.instance.pk, super().siste_endring()
        if pk is None:
            return siste
        merker = [str(ett.merker.get(pk)) for ett in self._valg.values()]
        return f"{siste}.{'-'.join(merker)}"

    def _slik_den_var(self, rad, hang_pa):
        sa = super()._slik_den_var(rad, hang_pa)
        merker = hang_pa.split("-")
        for (navn, ett), merke in zip(self._valg.items(), merker, strict=False):
            if navn in self.fields and (merke == "None" or RADNUMMER.fullmatch(merke)):
                da = 0 if merke == "None" else merke
                sa[navn] = ett.valgt_da(self.instance.pk, da)
        return sa

    def _save_m2m(self):
        super()._save_m2m()
        for navn, ett in self._valg.items():
            if navn in self.fields:
                ett.velg(self.instance, self.cleaned_data[navn])


def valgfelt(navn, hjelp=""):
    """The field of a choice; what can be chosen, the form knows."""
    return FlereRader(
        queryset=None,
        label=navn,
        help_text=hjelp,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
