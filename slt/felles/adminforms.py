"""Forms of the admin, and of the rows below them."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint
from django.forms.formsets import ORDERING_FIELD_NAME
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from slt.felles.foreldet import Historien
from slt.felles.forms import RADNUMMER, RegelVedFelt, SettForm, merket, siste_endringer
from slt.grunn.rekkefolge import feltet, i_orden

SLETTET_AV_ANDRE = _(
    "Noen andre slettet denne raden mens du skrev. Det du skrev, står her fortsatt. Lagre "
    "igjen for å legge den inn på nytt, eller tøm den."
)
STAR_I_EN_ANNEN = _("Dette står i en annen rad. Lagre det i to omganger.")


# Of the rows that are added on one page.
FLEST_NYE = 100


class AdminForm(RegelVedFelt, SettForm):
    """A form of the admin, or a row of a form."""

    # Names of constraints that the formset checks, because they hold for its rows
    # together.
    regler_for_alle_radene = ()
    # Whether what a new form holds was put in already, by the same page.
    er_lagt_inn = False

    def has_changed(self):
        return not self.er_lagt_inn and super().has_changed()

    def clean(self):
        renset = super().clean()
        if self.instance.pk and self.has_changed() and self.er_foreldet:
            self.avvis_foreldet()
        return renset

    def _post_clean(self):
        super()._post_clean()
        # Rows are compared by what they will hold: a number without its country.
        for felt in self.instance._meta.concrete_fields:
            if felt.name in self.cleaned_data and not felt.is_relation:
                self.cleaned_data[felt.name] = felt.value_from_object(self.instance)

    def _holdes_av_alle(self, regel):
        """Whether a row alone is not asked to keep the constraint."""
        if regel is None:
            return False
        felt = feltet(self._meta.model)
        nevnt = (
            isinstance(regel, UniqueConstraint) and felt and felt.name in regel.fields
        )
        return regel.name in self.regler_for_alle_radene or (
            nevnt and felt.flyttes(self.instance)
        )


class RadFormSet(forms.BaseInlineFormSet):
    """The formset of an inline. Of rows that are alike it says what the constraint says."""

    # Whether it is drawn as it was sent, without a word on what is wrong.
    bare_tegnes = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._slettet_av_andre, self._fremmede = (), []
        if self.is_bound:
            # More than a page has; what is sent may claim any number.
            self.max_num = len(self.get_queryset()) + FLEST_NYE
            self.absolute_max = self.max_num
            self._ordne_radene()

    def initial_form_count(self):
        antall = super().initial_form_count()
        return min(antall, self.total_form_count()) if self.is_bound else antall

    def _ordne_radene(self):
        """Rows that somebody else deleted after the page was opened have no place among
        those that are there: what the user did not touch is let go, and what they wrote
        becomes a new row, which is theirs to save. Those that others added, and that
        `vis_andres` drew below the new ones, take their place among them."""
        if not self.management_form.is_valid():
            return
        fra_for, alle = self.initial_form_count(), self.total_form_count()
        borte = [nr for nr in range(alle) if self._er_borte(nr)]
        kommet = [nr for nr in range(fra_for, alle) if self._finnes(nr)]
        if not (borte or kommet):
            return
        rort = [nr for nr in borte if self._er_rort(nr)]
        star = [nr for nr in range(fra_for) if nr not in borte] + kommet
        nye = [nr for nr in range(fra_for, alle) if nr not in {*borte, *kommet}]
        self._slettet_av_andre = range(len(star), len(star) + len(rort))
        self.data = self._i_rekke([*star, *rort, *nye], len(star), nye=rort)
        del self.management_form

    def vis_andres(self):
        """Lets a page that was not saved be drawn with what others did to its rows: those
        that they changed, and the user did not touch, and those that they added."""
        for form in self.initial_forms:
            form.vis_andres()
        lagrede = list(self.get_queryset())
        # Told by their places otherwise, which they may have changed.
        # One that only was claimed to be there, is none to be named.
        self._queryset = [
            form.instance if form.instance.pk else None for form in self.initial_forms
        ]
        if not self._fremmede or self.bare_tegnes:
            return
        pker = [rad.pk for rad in self._fremmede]
        self.siste_endringer |= siste_endringer(self.model, pker)
        for rad in self._fremmede:
            form = self._fremmed_rad(rad, len(self.forms))
            if self.can_order:
                plass = self._foran(rad, lagrede)
                form.fields[ORDERING_FIELD_NAME].initial = plass
            self.forms.append(form)
        self.data = self.data.copy()
        self.data[f"{self.prefix}-TOTAL_FORMS"] = len(self.forms)
        del self.management_form
        antall = len(self._fremmede)
        self._non_form_errors.append(
            ngettext(
                "Noen andre la til en rad mens du skrev. Den er tatt med her.",
                "Noen andre la til %(antall)d rader mens du skrev. De er tatt med her.",
                antall,
            )
            % {"antall": antall}
        )

    def _fremmed_rad(self, rad, nr):
        """The form of a row that the page did not have."""
        setattr(rad, self.fk.name, self.instance)
        form = self.form(
            instance=rad,
            prefix=self.add_prefix(nr),
            auto_id=self.auto_id,
            use_required_attribute=False,
            **self.get_form_kwargs(nr),
        )
        form.siste_endringer = lambda: self.siste_endringer
        self.add_fields(form, nr)
        form.fields[self.model._meta.pk.name].initial = rad.pk
        return form

    def _foran(self, rad, lagrede):
        """How many of the rows that the page had come before this one."""
        felt = feltet(self.model)
        plass = felt.value_from_object(rad)
        vist = {form.instance.pk for form in self.initial_forms}
        return sum(r.pk in vist and felt.value_from_object(r) < plass for r in lagrede)

    def _finnes(self, nr):
        pk = self.data.get(f"{self.add_prefix(nr)}-{self.model._meta.pk.name}", "")
        er_et = RADNUMMER.fullmatch(pk)
        return bool(er_et) and self._existing_object(int(pk)) is not None

    def _er_borte(self, nr):
        pk = self.data.get(f"{self.add_prefix(nr)}-{self.model._meta.pk.name}", "")
        er_et = RADNUMMER.fullmatch(pk)
        return bool(er_et) and self._existing_object(int(pk)) is None

    def _er_rort(self, nr):
        """Whether the user changed what they saw of a row that is gone."""
        prefiks = self.add_prefix(nr)
        if self.data.get(f"{prefiks}-DELETE"):
            return False
        pk_felt = self.model._meta.pk.name
        pk, sett = (self.data.get(f"{prefiks}-{f}", "") for f in (pk_felt, "sett"))
        merke = merket(sett)
        da = Historien(self.model, lambda: {merke} - {""}).rad_da(int(pk), merke)
        if da is None or getattr(da.instance, self.fk.attname) != self.instance.pk:
            # A row that never was on this page tells nobody what it said.
            return True
        felles = self.get_form_kwargs(nr)
        form = self.form(self.data, prefix=prefiks, instance=da.instance, **felles)
        return form.has_changed()

    def _i_rekke(self, rekke, fra_for, *, nye):
        """What was sent, with its rows in this order; the new ones are no row of before."""
        data = self.data.copy()
        rader = re.compile(rf"{re.escape(self.prefix)}-([0-9]+)-(.+)")
        sendt = {}
        for navn in list(data):
            if treff := rader.fullmatch(navn):
                sendt.setdefault(int(treff[1]), {})[treff[2]] = data.pop(navn)
        for nr, for_ in enumerate(rekke):
            for felt, verdier in sendt.get(for_, {}).items():
                egne = felt in {self.model._meta.pk.name, "sett"}
                data.setlist(
                    f"{self.prefix}-{nr}-{felt}",
                    [""] if for_ in nye and egne else verdier,
                )
        data[f"{self.prefix}-INITIAL_FORMS"] = fra_for
        data[f"{self.prefix}-TOTAL_FORMS"] = len(rekke)
        return data

    @cached_property
    def siste_endringer(self):
        """{id of a row: its newest history row}; 1 query."""
        return siste_endringer(self.model, [f.instance.pk for f in self.initial_forms])

    @cached_property
    def historien(self):
        """What the history tells of all rows; 1 query, when one of them asks."""
        return Historien(self.model, self._merker)

    def _merker(self):
        sendt = [
            merket(self.data.get(f"{self.add_prefix(nr)}-{navn}") or "")
            for nr in range(self.initial_form_count())
            for navn in ("sett", "forst")
        ]
        return {*sendt, *map(str, self.siste_endringer.values())} - {""}

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.siste_endringer = lambda: self.siste_endringer
        form.historien = self.historien
        # Known already: no query more for each row that speaks of it.
        setattr(form.instance, self.fk.name, self.instance)
        return form

    def clean(self):
        self._sjekk_mot_ferske()
        super().clean()
        self._sjekk_bytter()
        for nr in self._slettet_av_andre:
            self.forms[nr].add_error(None, SLETTET_AV_ANDRE)
        for form in self.deleted_forms:
            # Rows that can only be taken off do not carry it.
            med_merke = form.add_prefix("sett") in form.data
            if form.instance.pk and med_merke and form.er_foreldet:
                form.avvis_foreldet()

    def save(self, commit=True):
        for form in self.extra_forms:
            setattr(form.instance, self.fk.name, self.instance)
        bort = [form.instance for form in self.deleted_forms if form.instance.pk]
        with i_orden([form.instance for form in self._som_lagres()], bort=bort):
            return super().save(commit)

    def _sjekk_mot_ferske(self):
        """Compares what was sent with the rows that came after the page was opened.

        A new row that is equal to one of them was put in already: the page was sent
        twice, by a double press or by going back to it. Each of them is one row of the
        page; two that are equal on the page are two. The other rows may not have what a
        fresh one alone can have, which the rows of the page do not tell.
        """
        self._fremmede = self._kommet_siden()
        if not self._fremmede:
            return
        nye = self.extra_forms
        for form in self._som_lagres():
            innhold = self._innhold(form.instance)
            like = (rad for rad in self._fremmede if self._innhold(rad) == innhold)
            egen = next(like, None) if form in nye else None
            if egen is not None:
                self._fremmede.remove(egen)
                form.er_lagt_inn = True
            else:
                self._sjekk_reglene(form)

    def _sjekk_bytter(self):
        """Rows are saved one by one: of what may stand once, none may take what another
        one still has then."""
        rort = any(form.has_changed() for form in self.initial_forms)
        if any(self.errors) or not rort:
            return
        plassen = feltet(self.model)
        for regel in self.model._meta.constraints:
            if not isinstance(regel, UniqueConstraint) or regel.condition is not None:
                continue
            # Places make room by themselves.
            flyttes = plassen and plassen.name in regel.fields
            if set(regel.fields) & set(self.form.base_fields) and not flyttes:
                self._sjekk_bytte(regel)

    def _sjekk_bytte(self, regel):
        felter = [self.model._meta.get_field(navn) for navn in regel.fields]
        lagret = self.get_queryset().values_list("pk", *(f.attname for f in felter))
        har = {pk: tuple(verdier) for pk, *verdier in lagret}
        slettes = self.deleted_forms
        for form in self.initial_forms:
            if form in slettes:
                har.pop(form.instance.pk, None)
            elif form.has_changed():
                verdier = tuple(
                    felt.value_from_object(form.instance) for felt in felter
                )
                andres = [har[pk] for pk in har if pk != form.instance.pk]
                if None not in verdier and verdier in andres:
                    form.add_error(form._felt_for(regel), STAR_I_EN_ANNEN)
                har[form.instance.pk] = verdier

    def _som_lagres(self):
        slettes = self.deleted_forms
        return [
            form
            for form in self.forms
            if form.has_changed() and form.is_valid() and form not in slettes
        ]

    def _sjekk_reglene(self, form):
        """Django leaves out the constraints that name the row that all hang on."""
        utenom = form._get_validation_exclusions() - {self.fk.name}
        try:
            form.instance.validate_constraints(exclude=utenom)
        except ValidationError as feil:
            form._update_errors(feil)

    def _kommet_siden(self):
        """The stored rows that the page did not show."""
        pk_felt = self.model._meta.pk.name
        vist = {
            self.data.get(f"{self.add_prefix(nr)}-{pk_felt}")
            for nr in range(len(self.forms))
        }
        return [rad for rad in self.get_queryset() if str(rad.pk) not in vist]

    def _innhold(self, rad):
        """What a row says in the fields that the user fills in. (Where it stands, it may
        have been given.)"""
        utenom = {self.fk.name, self.model._meta.pk.name}
        if plassen := feltet(self.model):
            utenom.add(plassen.name)
        felter = self.empty_form.fields.keys() - utenom
        return {
            felt.name: felt.value_from_object(rad)
            for felt in self.model._meta.concrete_fields
            if felt.name in felter
        }

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            # A table has no label beside it.
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Slett raden")

    def get_unique_error_message(self, unique_check):
        for regel in self.model._meta.constraints:
            if isinstance(regel, UniqueConstraint) and regel.fields == unique_check:
                return regel.violation_error_message
        return super().get_unique_error_message(unique_check)

    def get_form_error(self):
        return _("Denne raden er lik en annen.")
