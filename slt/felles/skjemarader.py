"""Rows that are edited on the form of what they hang on, on the site: added, taken away and
moved in place, all of it saved by the form's one button.

A button that only changes the form sends all of it, and gets it back with the change made;
so it works without JavaScript, and nothing that was typed is lost.
"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from slt.felles.adminforms import FLEST_NYE, AdminForm, RadFormSet
from slt.grunn.kommunegrense import kommune_id, kommunen
from slt.grunn.norsk import Slugg
from slt.grunn.rekkefolge import feltet
from slt.models import Kommune

# The names of the buttons that change the form alone.
NY_RAD, OPP, NED, TEGN_OM = "_ny_rad", "_opp", "_ned", "_tegn_om"
STEG = {OPP: -1, NED: 1}
# The choice that is none yet.
VELG = ("", _("Velg"))


class RadForm(AdminForm):
    """A row.

    Attributes:
        foldet: [(heading, names of fields)] of what is asked for seldom, folded together.
        mer: what is said beside its name while it is folded together.
        om_fjerning: what is said beside the box that removes it.
    """

    foldet = ()
    mer = ""
    om_fjerning = ""

    @cached_property
    def changed_data(self):
        # A new row that was only moved says nothing.
        endret = super().changed_data
        er_ny = self.instance.pk is None
        return [] if er_ny and endret == [ORDERING_FIELD_NAME] else endret

    def _get_validation_exclusions(self):
        # An address is made when the row is saved, and then it is free; where it stands is
        # given, also below what is new itself and has no rows yet.
        felter = self.instance._meta.concrete_fields
        gis = {felt.name for felt in felter if isinstance(felt, Slugg)}
        gis -= set(self.fields)
        if plass := feltet(self._meta.model):
            gis.add(plass.name)
        return super()._get_validation_exclusions() | gis

    @property
    def er_ny(self):
        return self.instance.pk is None

    @property
    def er_rort(self):
        """Whether there is something to look at in a row that came back."""
        return self.is_bound and bool(self.errors or self.has_changed())

    @property
    def apne_felter(self):
        """The bound fields that stand open in the row."""
        utenom = {DELETION_FIELD_NAME, ORDERING_FIELD_NAME}
        utenom |= {navn for _tittel, felter in self.foldet for navn in felter}
        felter = [felt for felt in self.visible_fields() if felt.name not in utenom]
        return sorted(felter, key=lambda felt: felt.use_fieldset)

    @property
    def foldede_felter(self):
        """[(heading, bound fields, whether something in it is to be seen)]."""
        return [
            (
                tittel,
                felter,
                any(felt.errors or self.sier_noe(felt) for felt in felter),
            )
            for tittel, navnene in self.foldet
            if (felter := [self[navn] for navn in navnene if navn in self.fields])
        ]

    def sier_noe(self, felt):
        """Whether what stands in a bound field that is folded together is worth to be
        seen at once."""
        return bool(felt.value())


def tomt_valg(modell, ny):
    """What stands by a choice among rows where there are none."""
    hva = modell._meta
    tomt = _("Det er ingen %s å velge ennå.") % hva.verbose_name_plural
    if not ny:
        return tomt
    legg_til = _("Legg til %s først.") % hva.verbose_name
    return format_html('{} <a class="ds-link" href="{}">{}</a>', tomt, ny, legg_til)


class ValgtRad(RadForm):
    """A row that is one choice, among what is asked for once for all rows.

    Attributes:
        VALGET: the field.
    """

    VALGET = ""

    def __init__(self, *args, valgene, ny="", **kwargs):
        """Args:
        valgene: {id: name}; where there are none, the field says so.
        ny: where one is made, or "".
        """
        super().__init__(*args, **kwargs)
        felt = self.fields[self.VALGET]
        if not valgene:
            felt.help_text = tomt_valg(felt.queryset.model, ny)
        felt.queryset = felt.queryset.filter(pk__in=valgene)
        felt.choices = [VELG, *valgene.items()]


class SideRadFormSet(RadFormSet):
    """Rows on a form of the site, in the order that the user gave them."""

    def __init__(self, *args, kan_slettes=True, **kwargs):
        self.can_delete = kan_slettes
        super().__init__(*args, **kwargs)

    def __iter__(self):
        return iter(sorted(self.forms, key=self._plass))

    def kvitteringer(self):
        """What the user is told of the rows once they are saved, beside that they are."""
        return []

    def bare_tegn(self):
        """Lets the rows be drawn as they were sent, without a word on what is wrong."""
        self.bare_tegnes = True
        self._errors, self._non_form_errors = [], self.error_class()
        for form in self.forms:
            form.bare_tegnes = True
            if not any(navn.startswith(f"{form.prefix}-") for navn in self.data):
                # A row more: it says what a new one begins with.
                form.is_bound = False

    def full_clean(self):
        if not self.bare_tegnes:
            super().full_clean()

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if ORDERING_FIELD_NAME in form.fields:
            form.fields[ORDERING_FIELD_NAME].widget = forms.HiddenInput()
        if DELETION_FIELD_NAME in form.fields:
            fjern = form.fields[DELETION_FIELD_NAME]
            fjern.label = _("Fjern")
            del fjern.widget.attrs["aria-label"]

    def clean(self):
        super().clean()
        self._gi_plasser()

    def delete_existing(self, obj, commit=True):
        try:
            super().delete_existing(obj, commit)
        except ProtectedError as feil:
            verdier = {"hva": obj, "av": _brukes_av(obj, feil.protected_objects)}
            raise ValidationError(
                _("«%(hva)s» er i bruk og kan ikke fjernes: %(av)s."), params=verdier
            ) from feil

    def _plass(self, form):
        """What the row's place is as it was sent, or else as it is stored."""
        nr = self.forms.index(form)
        sendt = form[ORDERING_FIELD_NAME].value() if self.can_order else None
        plass = _heltall(str(sendt))
        return (FLEST_NYE**2 if plass is None else plass, nr)

    def _gi_plasser(self):
        """Gives the rows the places that they have among themselves, in the new order; a
        new row that is moved up asks for the place of the one it stands before."""
        felt = feltet(self.model)
        if not (self.can_order and felt) or any(self.errors):
            return
        if not any(ORDERING_FIELD_NAME in form.changed_data for form in self.forms):
            return
        igjen = [form for form in self if self._holdes(form)]
        plasser = sorted(
            felt.value_from_object(f.instance) for f in igjen if not f.er_ny
        )
        neste = None
        for form in reversed(igjen):
            if not form.er_ny:
                neste = plasser.pop()
                flyttet = felt.value_from_object(form.instance) != neste
                if flyttet and ORDERING_FIELD_NAME not in form.changed_data:
                    # Those around it moved: its number is the same, its place is not.
                    form.changed_data.append(ORDERING_FIELD_NAME)
            setattr(form.instance, felt.name, neste)

    def _holdes(self, form):
        slettes = self.can_delete and self._should_delete_form(form)
        return not slettes and (not form.er_ny or form.has_changed())


# So many are named of those that hold a row back.
FLEST_NEVNT = 5


def _brukes_av(rad, rader):
    """What uses a row, in words: its name, or that of what it belongs to where it has
    none, as the choice of a tema for a tiltak; of another kommune, no more than which."""
    navn = []
    for annen in sorted(rader, key=lambda r: (r._meta.label, r.pk)):
        andres = kommune_id(annen) not in (None, kommune_id(rad))
        if (navnet := _kommunens(annen) if andres else _navnet(annen, rad)) not in navn:
            navn.append(navnet)
        if len(navn) > FLEST_NEVNT:
            return _("%s og flere") % ", ".join(navn[:FLEST_NEVNT])
    return ", ".join(navn)


def _kommunens(rad):
    return _("%s kommune") % kommunen(rad)


def _navnet(rad, brukt):
    felter = rad._meta.concrete_fields
    if any(felt.name in {"navn", "tittel"} for felt in felter):
        return str(rad)
    andre = (getattr(rad, felt.name) for felt in felter if felt.is_relation)
    eiere = (a for a in andre if a not in (None, brukt) and not isinstance(a, Kommune))
    eier = next(eiere, None)
    return _navnet(eier, brukt) if eier else str(rad)


def radsett(over, modell, form, *, leggtil, formset=SideRadFormSet, **mer):
    """Returns the class of the rows of a model that hang on another one; those that have
    an order can be moved.

    Args:
        leggtil: what the button for one more says.
        mer: `navn`, what they are together; `radnavn`, what one is; `hjelp`; and
            `sammenlagt`, whether those that are there are folded together, each under its
            name. Else as for Django's own.
    """
    egne = {
        "leggtil": leggtil,
        "navn": mer.pop("navn", modell._meta.verbose_name_plural),
        "radnavn": mer.pop("radnavn", modell._meta.verbose_name),
        "hjelp": mer.pop("hjelp", ""),
        "sammenlagt": mer.pop("sammenlagt", False),
    }
    klasse = forms.inlineformset_factory(
        over,
        modell,
        form=form,
        formset=formset,
        extra=0,
        can_order=feltet(modell) is not None,
        **mer,
    )
    return type(klasse.__name__, (klasse,), egne)


def endret_pa_skjermen(data):
    """Returns (what was sent with the change that a button asks for, prefix of the row that
    it adds), or None where the form is to be saved."""
    if NY_RAD in data:
        return _med_ny_rad(data.copy(), data[NY_RAD])
    for knapp, steg in STEG.items():
        if knapp in data:
            return _flyttet(data.copy(), data[knapp], steg), ""
    return (data, "") if TEGN_OM in data else None


def _med_ny_rad(data, prefiks):
    antall = _antall(data, prefiks)
    if antall is None:
        return data, ""
    data[f"{prefiks}-TOTAL_FORMS"] = antall + 1
    return data, f"{prefiks}-{antall}"


def _flyttet(data, hvilken, steg):
    """Lets the row change places with the one before or after it."""
    prefiks, _strek, nr = hvilken.rpartition("-")
    nr = _heltall(nr)
    antall = _antall(data, prefiks) or 0
    plass = {n: _heltall(data.get(f"{prefiks}-{n}-ORDER")) for n in range(antall)}
    rekke = sorted(plass, key=lambda n: (plass[n] is None, plass[n] or 0, n))
    if nr in rekke:
        fra = rekke.index(nr)
        til = min(max(fra + steg, 0), antall - 1)
        rekke.insert(til, rekke.pop(fra))
    for ny_plass, n in enumerate(rekke, start=1):
        data[f"{prefiks}-{n}-ORDER"] = ny_plass
    return data


def _antall(data, prefiks):
    """How many rows were sent, or None where that is no number. (How many of them are
    drawn, the rows know, which know how many are stored.)"""
    return _heltall(data.get(f"{prefiks}-TOTAL_FORMS"))


def _heltall(tekst):
    return int(tekst) if re.fullmatch("[0-9]{1,4}", tekst or "") else None
