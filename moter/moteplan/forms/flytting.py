"""The form that moves several meetings at once."""

import re

from django import forms
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

# No database has greater numbers.
NAVN = re.compile("mote-([0-9]{1,12})")


class FlyttFlereForm(forms.Form):
    """A choice between the days that are suggested, for each of the rows that have any.
    Where the day is no good, the best is chosen beforehand; of two meetings at the same
    time, it is for somebody to say which shall be moved."""

    def __init__(self, *args, rader, **kwargs):
        super().__init__(*args, **kwargs)
        for rad in rader:
            if rad.forslag:
                self.fields[f"mote-{rad.mote.pk}"] = self._felt(rad)

    def _felt(self, rad):
        nar = date_format(rad.mote.dag, "l j. F")
        hvorfor = rad.hinder or _("samtidig med %s") % ", ".join(
            str(kollisjon.med.forum) for kollisjon in rad.kollisjoner
        )
        dager = [
            (
                dag.isoformat(),
                _("Flytt til %(dag)s") % {"dag": date_format(dag, "l j. F")},
            )
            for dag in rad.forslag
        ]
        return forms.ChoiceField(
            label=f"{rad.mote.forum}, {nar}: {hvorfor}",
            choices=[("", _("Ikke flytt")), *dager],
            initial=dager[0][0] if rad.hinder else "",
            required=False,
        )


def valgte_dager(sendt):
    """Returns {id of a meeting: the day chosen for it}, as far as it can be read. Not the
    form's own reading: what was suggested may have changed since the page was shown."""
    dager = {}
    for navn, verdi in sendt.items():
        treff = NAVN.fullmatch(navn)
        if treff and (dag := les_dagen(verdi)):
            dager[int(treff[1])] = dag
    return dager


def les_dagen(tekst):
    """Returns the day, or None where it is none."""
    try:
        return parse_date(tekst)
    except ValueError:  # 31 April
        return None
