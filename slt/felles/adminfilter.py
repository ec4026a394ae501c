"""Filters beside the lists of the admin: they offer what there is to choose between in the
chosen kommune, and ask what a coordinator would ask."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from django.contrib.admin import (
    AllValuesFieldListFilter,
    BooleanFieldListFilter,
    ChoicesFieldListFilter,
    RelatedFieldListFilter,
    SimpleListFilter,
)
from django.contrib.admin.utils import get_fields_from_path
from django.db.models import BooleanField, QuerySet
from django.utils.translation import gettext_lazy as _

from slt.felles.arbeidskommune import valgt_kommune
from slt.grunn.kommunegrense import har_kommune


def innenfor(rader, kommune):
    """Returns the rows of a QuerySet that belong to the kommune, and no row where it is
    None."""
    if not har_kommune(rader.model):
        return rader
    if kommune is None:
        return rader.none()
    return rader.filter(**{rader.model.kommune_sti: kommune.pk})


class KommuneFilter(RelatedFieldListFilter):
    """A filter on a foreign key that offers rows of the chosen kommune alone."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_value_display = _("ingen")

    def field_choices(self, field, request, model_admin):
        rader = field.related_model._default_manager.all()
        return [(r.pk, str(r)) for r in innenfor(rader, valgt_kommune(request))]


class _SomFinnes:
    """Offers what the rows have, and nothing where they all have the same; 1 query."""

    def __init__(self, field, request, params, model, model_admin, field_path):
        super().__init__(field, request, params, model, model_admin, field_path)
        verdier = model_admin.get_queryset(request).order_by().values_list(field_path)
        self.finnes = {verdi for (verdi,) in verdier.distinct()}

    def has_output(self):
        # One that is chosen stays, or nothing would tell why the list is short.
        return len(self.finnes) > 1 or bool(self.used_parameters)


class ValgFilter(_SomFinnes, ChoicesFieldListFilter):
    """By a choice; that none was made is one, too."""

    def choices(self, changelist):
        valgt = (self.lookup_val or [None])[-1]
        ikke_satt = [("", _("ikke satt"))]
        for verdi, tekst in [(None, _("alle")), *self.field.flatchoices, *ikke_satt]:
            if verdi is not None and verdi not in self.finnes and verdi != valgt:
                continue
            ny = {} if verdi is None else {self.lookup_kwarg: verdi}
            yield {
                "selected": verdi == valgt,
                "query_string": changelist.get_query_string(
                    ny, remove=[self.lookup_kwarg, self.lookup_kwarg_isnull]
                ),
                "display": tekst,
            }


class JaNeiFilter(_SomFinnes, BooleanFieldListFilter):
    """By yes or no."""


class VerdiFilter(_SomFinnes, AllValuesFieldListFilter):
    """By what the rows say, years for example."""


class SporsmalFilter(SimpleListFilter):
    """A filter of questions that are put to the rows, each in words and as a QuerySet
    method or a function of a QuerySet."""

    sporsmal: ClassVar[
        Sequence[tuple[str, object, Callable[[QuerySet], QuerySet]]]
    ] = ()

    def lookups(self, request, model_admin):
        return [(navn, tekst) for navn, tekst, _finn in self.sporsmal]

    def queryset(self, request, queryset):
        for navn, _tekst, finn in self.sporsmal:
            if navn == self.value():
                return finn(queryset)
        return queryset


def med_filter(modell, navn):
    """Returns what stands in `list_filter` with the filter that suits it: of the name of a
    field, the one for its kind."""
    if not isinstance(navn, str):
        return navn
    felt = get_fields_from_path(modell, navn)[-1]
    if felt.choices:
        return navn, ValgFilter
    return navn, JaNeiFilter if isinstance(felt, BooleanField) else VerdiFilter


def parametre(filtre, slutter):
    """Returns the names by which the filters of `list_filter` may be asked for in an
    address: those of fields with these endings."""
    tillatt = set()
    for filter_ in filtre:
        if isinstance(filter_, type):
            tillatt.add(filter_.parameter_name)
        else:
            felt = filter_[0] if isinstance(filter_, tuple) else filter_
            tillatt |= {felt + slutt for slutt in slutter}
    return tillatt
