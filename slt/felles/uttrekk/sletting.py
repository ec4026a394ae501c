"""Deletes one kommune with all that is its own, history and files included."""

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Q

from slt.felles.anonymisering import FJERNET_EPOST, rader_med_retter
from slt.felles.uttrekk.fil import UttrekkFeil
from slt.felles.uttrekk.hva import (
    MED,
    STIER,
    alle_historier,
    andres,
    brukerne,
    nevnt_av_andre,
    rader,
)
from slt.grunn.kommunegrense import brudd_pa_kommunegrensen, har_kommune
from slt.models import Bruker, Kommune


def innholdet(kommune: Kommune) -> list[tuple[str, int]]:
    """Returns (what, how many) of all that would be deleted."""
    rader_ = [rader(modell, kommune) for modell in MED]
    telling = [(str(r.model._meta.verbose_name_plural), r.count()) for r in rader_]
    historie = sum(historier.count() for historier in alle_historier(kommune))
    return [(hva, antall) for hva, antall in telling if antall] + [
        ("rader i historikken", historie)
    ]


def hindringer(kommune: Kommune) -> list[str]:
    """Returns what ties it to other kommuner, a line each: that has to end first."""
    funnet = [*andres(kommune), *nevnt_av_andre(kommune)]
    for modell in filter(har_kommune, apps.get_models()):
        for felt, brudd in brudd_pa_kommunegrensen(modell):
            deres = f"{felt.name}__{felt.related_model.kommune_sti}"
            egne = Q(**{modell.kommune_sti: kommune.pk})
            for rad in brudd.filter(egne | Q(**{deres: kommune.pk})):
                funnet.append(
                    f"{modell._meta.verbose_name} {rad.pk}: feltet "
                    f"«{felt.verbose_name}» viser til en annen kommune"
                )
    return funnet


@transaction.atomic
def slett(kommune: Kommune) -> list[Bruker]:
    """Deletes it; returns the users who have no access to anything any more. They stay,
    and what they did in other kommuner.

    Raises:
        UttrekkFeil: something ties it to another kommune.
    """
    if hindringer(kommune):
        raise UttrekkFeil(f"{kommune} henger sammen med andre kommuner.")
    brukere = brukerne(kommune)
    # First the history: what it belongs to may say whose it is.
    for historie in alle_historier(kommune):
        _slett_alle(historie)
    for modell in reversed(MED):
        _slett_alle(rader(modell, kommune))
    connection.check_constraints()
    uten = [b.pk for b in brukere if not (b.is_superuser or _har_noe(b))]
    return list(
        Bruker.objects.filter(pk__in=uten).exclude(epost__endswith=FJERNET_EPOST)
    )


def _slett_alle(egne):
    """What stands fast goes, too, and leaves no trace: the history is deleted as well."""
    egne = egne.order_by()
    egne._raw_delete(egne.db)


def _har_noe(bruker):
    return any(
        egne.exists()
        for egne in rader_med_retter(bruker)
        if har_kommune(egne.model) and egne.model not in STIER
    )
