"""Moving what stands in a plan among what it stands beside. The kommune is locked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from slt.grunn.rekkefolge import feltet, i_orden
from tiltak.models import Plassering
from tiltak.nummer import uten_hull


def flytt_etter(rad, etter):
    """Lets a row stand right after another one of those that it stands among, or first.

    Args:
        etter: the row that comes before, or None; after itself it stays.
    """
    if etter == rad:
        return
    rekken = [annen for annen in _rekken(rad) if annen.pk != rad.pk]
    rekken.insert(rekken.index(etter) + 1 if etter else 0, rad)
    felt = feltet(type(rad))
    plasser = sorted(felt.value_from_object(annen) for annen in rekken)
    endret = []
    for annen, plass in zip(rekken, plasser, strict=True):
        if felt.value_from_object(annen) != plass:
            setattr(annen, felt.attname, plass)
            endret.append(annen)
    with i_orden(endret):
        for annen in endret:
            annen.save()


def flytt_ett(rad, steg):
    """Moves a row one place up or down. A tiltak at the end of an innsatsområde goes on to
    the next one that it does not stand in."""
    rekken = _rekken(rad)
    til = rekken.index(rad) + steg
    if 0 <= til < len(rekken):
        foran = til if steg > 0 else til - 1
        flytt_etter(rad, rekken[foran] if foran >= 0 else None)
    elif isinstance(rad, Plassering):
        _flytt_videre(rad, steg)


def flytt_til_omrade(plassering, omrade, *, etter):
    """Lets a tiltak stand in another innsatsområde of the plan, right after another one
    there, or first.

    Raises:
        ValidationError: where numbers stand, or it stands in that innsatsområde already.
    """
    if not omrade.plan.er_utkast:
        raise ValidationError(
            _("Planen gjelder, og da står numrene fast. Tiltaket kan ikke flyttes."),
            code="star_fast",
        )
    with uten_hull(plassering.tiltak):
        plassering.innsatsomrade = omrade
        plassering.nummer = etter.nummer + 1 if etter else 1
        plassering.clean()
        plassering.validate_constraints(exclude=["nummer"])
        with i_orden([plassering]):
            plassering.save()


def _flytt_videre(plassering, steg):
    omrader = list(plassering.plan.innsatsomrader.order_by("rekkefolge", "pk"))
    star_i = Plassering.objects.filter(tiltak=plassering.tiltak_id)
    star_i = set(star_i.values_list("innsatsomrade", flat=True))
    her = omrader.index(plassering.innsatsomrade)
    videre = omrader[her + 1 :] if steg > 0 else omrader[:her][::-1]
    neste = next((omrade for omrade in videre if omrade.pk not in star_i), None)
    if neste is not None:
        siste = neste.plasseringer.order_by("nummer").last() if steg < 0 else None
        flytt_til_omrade(plassering, neste, etter=siste)


def _rekken(rad):
    felt = feltet(type(rad))
    return list(felt.sosken(rad).order_by(felt.attname, "pk"))
