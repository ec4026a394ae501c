"""What forms have in common, in the admin and on the site."""

import re
from uuid import uuid4

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Max, UniqueConstraint
from django.forms.models import model_to_dict
from django.forms.utils import ErrorDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from slt.felles.bilder import fremmede_koder
from slt.felles.foreldet import (
    LAGRET,
    VALG,
    Begge,
    Feilliste,
    Historien,
    hva_er_endret,
    som_sendt,
    som_tekst,
)
from slt.grunn.identitetsnummer import avvis_identitetsnummer
from slt.grunn.kommunegrense import kommune_id, kommunen
from slt.grunn.rekkefolge import feltet

ENDRET_AV_ANDRE = "endret_av_andre"
RADNUMMER = re.compile("[0-9]{1,18}")  # fits every database


def merket(sett):
    """Returns the id of the history row that `sett` marks, or "". (After a full stop comes
    what hung on the row.)"""
    merke = sett.partition(".")[0]
    return merke if RADNUMMER.fullmatch(merke) else ""


class FlereRader(forms.ModelMultipleChoiceField):
    """A choice of rows. Django's own answers with a server error when one of the numbers
    is too large for the database."""

    def clean(self, value):
        for pk in value or ():
            if not RADNUMMER.fullmatch(str(pk)):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"],
                    code="invalid_pk_value",
                    params={"pk": pk},
                )
        return super().clean(value)


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


class Begrunnelse(forms.CharField):
    """Why something is done, for the history."""

    def __init__(self, **kwargs):
        super().__init__(
            help_text=_("Valgfritt. Står i historikken."),
            max_length=300,
            required=False,
            validators=[avvis_identitetsnummer],
            **kwargs,
        )


class Merknad(forms.CharField):
    """A line more to an answer; it names nobody."""

    def __init__(self, **kwargs):
        felles = {
            "label": _("Noe mer vi bør vite?"),
            "help_text": _("Valgfritt. Ikke navn på personer."),
            "max_length": 300,
            "required": False,
            "validators": [avvis_identitetsnummer],
        }
        super().__init__(**felles | kwargs)


class BareTegnes:
    """A form that can be drawn as it was sent, without a word on what is wrong."""

    bare_tegnes = False

    def full_clean(self):
        if self.bare_tegnes:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()


FREMMED_BILDE = ValidationError(
    _(
        "Et bilde i teksten er ikke lagt inn i kommunen. Ta det ut, og sett det inn på nytt."
    ),
    code="fremmed_bilde",
)


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
        self._si_hvor_bilder_sendes()

    def _bildefelter(self):
        """The names of its fields that may hold pictures."""
        return [
            felt.name
            for felt in self._meta.model._meta.concrete_fields
            if getattr(felt, "bilder", False) and felt.name in self.fields
        ]

    def _si_hvor_bilder_sendes(self):
        felter = self._bildefelter()
        kommune = felter and (self.kommune or kommunen(self.instance))
        for navn in felter if kommune else ():
            adresse = reverse("bilde_nytt", args=[kommune.slug])
            self.fields[navn].widget.attrs["data-bilder"] = adresse

    def _post_clean(self):
        super()._post_clean()
        for navn in self._bildefelter():
            tekst = self.cleaned_data.get(navn) or ""
            if fremmede_koder(tekst, kommune_id(self.instance)):
                self.add_error(navn, FREMMED_BILDE)

    def _get_validation_exclusions(self):
        # What remains are the fields that the user filled in wrongly; and the place of the
        # row, which is free once the others have made room.
        felt = feltet(self._meta.model)
        plassen = {felt.name} if felt and felt.flyttes(self.instance) else set()
        return plassen | (super()._get_validation_exclusions() & set(self.fields))

    def _update_errors(self, errors):
        # An error of a field that the form does not show is said above the form.
        if hasattr(errors, "error_dict"):
            for felt in set(errors.error_dict) - set(self.fields) - {NON_FIELD_ERRORS}:
                over = errors.error_dict.setdefault(NON_FIELD_ERRORS, [])
                over.extend(errors.error_dict.pop(felt))
        super()._update_errors(errors)


def siste_endringer(modell, pker):
    """Returns {id of a row: its newest history row}; 1 query."""
    pk_felt = modell._meta.pk.attname
    historikk = modell.historikk.filter(**{f"{pk_felt}__in": pker})
    return dict(
        historikk.order_by(pk_felt).values_list(pk_felt).annotate(Max("history_id"))
    )


class SettForm(BareTegnes, KommuneForm):
    """A form that does not write over what somebody else changed after it was opened.

    It carries what marks the state of the row that the user saw: the newest row of its
    history. What stands in the form as it was seen is not the user's, whatever the row has
    become since.

    A form that is refused for that says beside each field what happened to it. What only
    others changed stands in it as they left it. What both changed stands as the user wrote
    it, with both texts beside it and a choice between them, which the next try obeys.
    """

    sett = forms.CharField(widget=forms.HiddenInput, required=False)
    # Returns {id: newest history row} of all rows of a formset, which asks once for them.
    siste_endringer = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"error_class": Feilliste})
        # As it is stored, whatever else a form begins with.
        self._lagret = dict(self.initial)
        self._valgene_er_brukt = False
        self.fields["sett"].initial = self.siste_endring

    def siste_endring(self):
        """Returns what marks the state of the row as it is now; of a new row with a page of
        its own, what marks that page."""
        if self.instance.pk is None:
            return "" if self.siste_endringer else uuid4().hex
        if self.siste_endringer is not None:
            return str(self.siste_endringer().get(self.instance.pk))
        return str(self.instance.historikk.values_list("pk", flat=True).first())

    @cached_property
    def historien(self):
        """The Historien of the row, or of all rows of its formset."""
        return Historien(type(self.instance), self.merker)

    def merker(self):
        """The ids of the history rows that the form may ask for."""
        sendt = (self._sett, self._forst, self.siste_endring())
        return {merke for sett in sendt if (merke := merket(sett))}

    def full_clean(self):
        if self.bare_tegnes:
            super().full_clean()
            if self._forst and self.instance.pk:
                self._vis_endringene(self._forst)
        else:
            self._bruk_valgene()
            super().full_clean()

    @cached_property
    def changed_data(self):
        self._bruk_valgene()
        endret = [navn for navn in super().changed_data if navn != "sett"]
        return endret if endret and self._er_rort else []

    @cached_property
    def er_foreldet(self):
        """Whether somebody changed the row after the form was opened."""
        if not self.is_bound or self.instance.pk is None:
            return False
        siste = self.siste_endring()
        # The form that was opened may have asked for more than this one does.
        sett = self._sett if "." in siste else merket(self._sett)
        return sett != siste

    @property
    def _sett(self):
        return self.data.get(self.add_prefix("sett")) or ""

    @property
    def _forst(self):
        """What marks the state that the user saw before the form was refused."""
        return self.data.get(self.add_prefix("forst")) or ""

    @property
    def _er_rort(self):
        """Whether the user changed something of what they saw."""
        if self.instance.pk is None or not self.er_foreldet:
            return True
        sa = self._sa(self._sett)
        return sa is None or any(
            felt.field.has_changed(sa[navn], felt.data)
            if navn in sa
            else felt._has_changed()
            for navn, felt in self._bound_items()
            if navn != "sett"
        )

    def _sa(self, sett):
        """{name of a field: what the user saw in it} when the row was in the state that
        this marks, or None where it marks none."""
        da = self.historien.rad_da(self.instance.pk, merket(sett))
        return da and self._slik_den_var(da.instance, sett.partition(".")[2])

    def _slik_den_var(self, rad, hang_pa):
        """{name of a field: what the user saw in it} of a row as it was then.

        Args:
            hang_pa: what `sett` says of what hung on the row.
        """
        return model_to_dict(rad, fields=list(self.fields))

    @property
    def er_endret_av_andre(self):
        """Whether the form was refused because of what somebody else did meanwhile."""
        return self.is_bound and self.has_error(NON_FIELD_ERRORS, ENDRET_AV_ANDRE)

    def avvis_foreldet(self):
        """Refuses the form, with both texts where two wrote."""
        self.data = self.data.copy()
        noe_vises = self._vis_endringene(self._sett)
        # The next try is made in knowledge of it, and may go through.
        self.data[self.add_prefix("sett")] = self.siste_endring()
        if noe_vises:
            tekst = _(
                "Noen andre endret dette mens du skrev. Ingenting er lagret ennå, og det "
                "du skrev, står her fortsatt. Se ved feltene hva som er endret, og lagre "
                "igjen."
            )
        else:
            tekst = _(
                "Noen andre endret dette mens du skrev, men ikke noe av det du ser her. "
                "Ingenting er lagret ennå, og det du skrev, står her fortsatt. Lagre igjen."
            )
        raise forms.ValidationError(tekst, code=ENDRET_AV_ANDRE)

    def vis_andres(self):
        """Lets a form that was not refused, on a page that was, be drawn with what others
        did to its row."""
        if self.bare_tegnes or not self.er_foreldet or self.er_endret_av_andre:
            return
        self.data = self.data.copy()
        self._vis_endringene(self._sett)
        self.data[self.add_prefix("sett")] = self.siste_endring()

    def _vis_endringene(self, sett):
        """Says beside each field what somebody else did to it since the state that this
        marks; returns whether there was something to say.

        Three states are compared: what the user saw, what is stored, what was sent.
        """
        sa = self._sa(sett)
        siste = self.historien.rad_da(self.instance.pk, merket(self.siste_endring()))
        hvem = self.historien.hvem(siste)
        sagt = False
        for navn, felt in self._som_sammenlignes(sa):
            if not felt.field.has_changed(felt.initial, felt.data):
                continue
            kjent = sa is not None and navn in sa
            if kjent and not self._andre_endret(felt, sa[navn]):
                continue
            sagt = True
            if kjent and not felt.field.has_changed(sa[navn], felt.data):
                self._vis_endret(felt, sa[navn], hvem)
            else:
                self._vis_begge(felt, hvem, sett)
        return sagt

    def _som_sammenlignes(self, sa):
        """[(name, bound field)] of those in which something is stored."""
        kjente = {*self.initial, *(sa or ())} - {"sett"}
        return [
            (navn, felt)
            for navn, felt in self._bound_items()
            if navn in kjente and not isinstance(felt.field, forms.FileField)
        ]

    def _andre_endret(self, felt, sa):
        if felt.name in self._lagret:
            return sa != self._lagret[felt.name]
        sendt = som_sendt(felt.field.widget, felt.html_name, felt.initial)
        return felt.field.has_changed(sa, _lest(felt, sendt))

    def _vis_endret(self, felt, sa, hvem):
        """The stored value takes the place of one that the user left as it was."""
        self._sett_inn(felt, felt.initial)
        if felt.is_hidden:
            return
        self.add_error(felt.name, ENDRET_HER)
        self._errors[felt.name].ved_siden = hva_er_endret(
            felt, som_tekst(felt, sa), som_tekst(felt, felt.initial), hvem
        )

    def _vis_begge(self, felt, hvem, sett):
        if felt.is_hidden:
            return
        lagret, skrevet = som_tekst(felt, felt.initial), som_tekst(felt, felt.data)
        self.add_error(felt.name, BEGGE_ENDRET)
        begge = Begge(felt, lagret, skrevet, hvem, sett)
        self._errors[felt.name].ved_siden = str(begge)

    def _sett_inn(self, felt, verdi):
        """Puts a value in the place of what was sent."""
        verdi = felt.field.prepare_value(verdi)
        sendt = som_sendt(felt.field.widget, felt.html_name, verdi)
        for navn, verdier in sendt.items():
            self.data.setlist(navn, verdier)
            if not verdier:
                del self.data[navn]

    def _bruk_valgene(self):
        """Puts what was stored in the place of what the user wrote, where that was their
        choice: as it was when they made it."""
        if self._valgene_er_brukt or not self.is_bound:
            return
        self._valgene_er_brukt = True
        valgt = [
            felt
            for _navn, felt in self._bound_items()
            if self.data.get(f"{felt.html_name}-{VALG}") == LAGRET
        ]
        if not valgt or self.instance.pk is None:
            return
        self.data = self.data.copy()
        sa = self._sa(self._sett) or {}
        for felt in valgt:
            del self.data[f"{felt.html_name}-{VALG}"]
            er_ny = self._sett != self.siste_endring() and felt.name in sa
            self._sett_inn(felt, sa[felt.name] if er_ny else felt.initial)


ENDRET_HER = _("Noen andre endret dette mens du skrev. Det nye står her.")
BEGGE_ENDRET = _(
    "Noen andre endret også dette mens du skrev. Se begge tekstene, og velg eller skriv om."
)


def _lest(felt, sendt):
    """What the widget of a bound field reads in data."""
    data = MultiValueDict(sendt)
    return felt.field.widget.value_from_datadict(data, {}, felt.html_name)


class RegelVedFelt:
    """A form that says what a constraint refuses beside the field to change."""

    def _update_errors(self, errors):
        if NON_FIELD_ERRORS in getattr(errors, "error_dict", {}):
            regler = self._regler()
            for feil in errors.error_dict.pop(NON_FIELD_ERRORS):
                regel = regler.get(str(feil.message))
                if not self._holdes_av_alle(regel):
                    felt = self._felt_for(regel) or NON_FIELD_ERRORS
                    errors.error_dict.setdefault(felt, []).append(feil)
        super()._update_errors(errors)

    def _holdes_av_alle(self, regel):
        """Whether a row alone is not asked to keep the constraint."""
        return False

    def _regler(self):
        """{message: constraint} of the model."""
        return {
            str(regel.violation_error_message): regel
            for _modell, regler in self.instance.get_constraints()
            for regel in regler
        }

    def _felt_for(self, regel):
        """The field that a constraint is about, if the form shows one."""
        vises = [navn for navn in self.fields if not self[navn].is_hidden]
        if regel is None:
            return None
        vilkar = regel.condition
        nevnt = vilkar.referenced_base_fields if vilkar else ()
        felt = next((navn for navn in vises if navn in nevnt), None)
        if felt is None and isinstance(regel, UniqueConstraint):
            # "A number in an area": the last one named is the one to change.
            return next((n for n in vises[::-1] if n in regel.fields), None)
        return felt


class EndreForm(RegelVedFelt, SettForm):
    """A form on the site that changes a row: asks why, and does not write over what
    somebody else changed in the meantime."""

    begrunnelse = Begrunnelse(label=_("Hvorfor endres dette?"))

    def clean(self):
        super().clean()
        if self.er_foreldet:
            self.avvis_foreldet()
        return self.cleaned_data


class NyEllerEndretForm(EndreForm):
    """A form for what is there already, or is not yet: then nobody else can have changed
    it, and it needs no reason."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["begrunnelse"]
