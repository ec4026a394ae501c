"""Which kommune a row belongs to, and that nothing in it leads into another one.

A model says in `kommune_sti` where its kommune is. `slt.grunn.historikk` asks for it at each
change; what checks rows, shows them or moves them asks here.
"""

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


def har_kommune(model):
    """Says whether rows of the model lie inside the border of one kommune."""
    return getattr(model, "kommune_sti", None) is not None


def kommune_id(rad):
    """Returns the id of the kommune of a row, or None: for models that belong to none,
    and while a reference on the way is not filled in."""
    if not har_kommune(type(rad)):
        return None
    *vei, siste = rad.kommune_sti.split("__")
    try:
        for navn in vei:
            rad = getattr(rad, navn)
            if rad is None:
                return None
        return rad.pk if siste == "pk" else getattr(rad, f"{siste}_id")
    except ObjectDoesNotExist:
        return None


def kommunen(rad):
    """Returns the kommune of a row, or None as `kommune_id` does."""
    for navn in rad.kommune_sti.split("__") if har_kommune(type(rad)) else ():
        # What is not filled in is no attribute either.
        rad = rad if navn == "pk" else getattr(rad, navn, None)
    return rad if har_kommune(type(rad)) and rad.kommune_sti == "pk" else None


def kommunegrenser(model):
    """Returns the foreign keys of the model that may not lead into another kommune."""
    return [
        felt
        for felt in model._meta.concrete_fields
        if felt.is_relation
        and felt.name not in getattr(model, "over_grensen", ())
        and har_kommune(model)
        and har_kommune(felt.related_model)
    ]


def sjekk_kommune(rad):
    """Raises a ValidationError beside each field that leads into another kommune."""
    egen = kommune_id(rad)
    feil = {}
    for felt in kommunegrenser(type(rad)):
        try:
            annen = getattr(rad, felt.name)
        except ObjectDoesNotExist:
            continue  # the field's own check says so
        deres = kommune_id(annen) if annen else None
        over = None not in (egen, deres) and egen != deres
        if over and not _er_delt(rad, felt, annen, egen):
            feil[felt.name] = ValidationError(
                _("Valget hører til en annen kommune."), code="annen_kommune"
            )
    if feil:
        raise ValidationError(feil)


def _er_delt(rad, felt, annen, kommune):
    """Whether what a field leads to is shared with the kommune, or stood there already:
    that it is shared no longer is no reason to refuse what else is changed."""
    if felt.name not in rad.over_grensen_nar_delt:
        return False
    star_der = type(rad)._base_manager.filter(pk=rad.pk, **{felt.name: annen})
    return type(annen).delt_med(kommune, annen.pk).exists() or star_der.exists()


def brudd_pa_kommunegrensen(model):
    """Yields (field, QuerySet of rows whose field leads into another kommune)."""
    for felt in kommunegrenser(model):
        deres = felt.related_model.kommune_sti
        # What it leads to may be gone, where the database does not hold it back.
        finnes = {f"{felt.name}__isnull": False}
        if not felt.db_constraint:
            finnes = {f"{felt.name}__in": felt.related_model._base_manager.all()}
        rader = model._base_manager.filter(**finnes).exclude(
            **{model.kommune_sti: models.F(f"{felt.name}__{deres}")}
        )
        if felt.name in getattr(model, "over_grensen_nar_delt", ()):
            # It was, at some time, and what names it stays.
            delt = felt.related_model.delt_noen_gang_med(
                models.OuterRef(model.kommune_sti), models.OuterRef(felt.attname)
            )
            rader = rader.exclude(models.Exists(delt))
        yield felt, rader
