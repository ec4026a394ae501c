"""What was changed together is taken back together, step by step, the last one first.

Unlike `angre`, which brings back single rows by the hand of people, this undoes what the
software did by itself along with one act of theirs: all of it or nothing.
"""

from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.db import models, transaction

from slt.grunn.historikk import Historisert, opprett_mange, parker, uten_vern
from slt.grunn.kommunegrense import har_kommune
from slt.grunn.rekkefolge import feltet
from slt.models import Kommune


def steg_i(samling: UUID, *, kommune: Kommune, fra: datetime) -> list[models.Model]:
    """Returns the history rows of what was changed together in a kommune, the last one
    first; 1 query a model.

    Args:
        fra: when it began. The history is found by day, not by set.
    """
    steg = [
        h
        for modell in apps.get_models()
        if issubclass(modell, Historisert) and har_kommune(modell)
        for h in modell.historikk.filter(
            history_kommune=kommune.pk, history_date__gte=fra, history_samling=samling
        )
    ]
    return sorted(steg, key=lambda h: (h.history_date, h.history_id), reverse=True)


def endret_siden(steg: list[models.Model]) -> list[models.Model]:
    """Returns newest history rows of what these steps touched and somebody changed since,
    and of what was added to it; 1 query a model, and 1 for each way to it."""
    per_modell: dict[type[Historisert], dict[int, int]] = {}
    for h in steg:
        siste = per_modell.setdefault(h.instance_type, {})
        siste[_pk(h)] = max(h.history_id, siste.get(_pk(h), 0))
    return [
        h
        for modell, siste in per_modell.items()
        for h in modell.historikk.filter(
            **{f"{modell._meta.pk.attname}__in": list(siste)}
        )
        if h.history_id > siste[_pk(h)]
    ] + [
        h
        for modell, siste in per_modell.items()
        for felt in _peker_hit(modell)
        for h in felt.model.historikk.filter(
            history_kommune=steg[0].history_kommune_id,
            history_date__gte=steg[0].history_date,
            history_type="+",
            **{f"{felt.attname}__in": list(siste)},
        ).exclude(history_samling=steg[0].history_samling)
    ]


def _peker_hit(modell):
    """The foreign keys that lead to rows of a model, but for those of what stays when
    these go."""
    return [
        rel.field
        for rel in modell._meta.get_fields(include_hidden=True)
        if rel.one_to_many or (rel.one_to_one and rel.auto_created)
        if issubclass(rel.related_model, Historisert)
        and rel.on_delete is not models.DO_NOTHING
    ]


@transaction.atomic
def ta_tilbake(steg: list[models.Model]) -> None:
    """Undoes the steps: what was added goes, what was changed is as it was, what was
    deleted is back with its id. Nothing that they touched may have been changed since.

    Raises:
        ValueError: what they made is not to be undone, whoever asks for it.
    """
    for h in steg:
        if h.history_type == "+" and not h.instance_type.kan_hentes_tilbake:
            raise ValueError(f"{h.instance_type.__name__} {_pk(h)} stands")
    with uten_vern():
        _parker(steg)
        for h in steg:
            if h.history_type == "-":
                opprett_mange([_som(h)])
            elif h.history_type == "+":
                if rad := _raden(h):
                    rad.delete()
            else:
                _sett(_raden(h), _for(h))


def _parker(steg):
    """Numbers that the rows took from each other are given back one by one."""
    for modell in {h.instance_type for h in steg}:
        if felt := feltet(modell):
            pker = [_pk(h) for h in steg if h.instance_type is modell]
            parker(list(modell._base_manager.filter(pk__in=pker)), felt.attname)


def _pk(h):
    return getattr(h, h.instance_type._meta.pk.attname)


def _raden(h):
    return h.instance_type._base_manager.filter(pk=_pk(h)).first()


def _for(h):
    """The history row before this one."""
    tidligere = h.instance_type.historikk.filter(
        **{h.instance_type._meta.pk.attname: _pk(h)}, history_id__lt=h.history_id
    )
    return tidligere.order_by("history_id").last()


def _som(h):
    felter = type(h).tracked_fields
    return h.instance_type(**{f.attname: getattr(h, f.attname) for f in felter})


def _sett(rad, h):
    for felt in type(h).tracked_fields:
        setattr(rad, felt.attname, getattr(h, felt.attname))
    rad.save()
