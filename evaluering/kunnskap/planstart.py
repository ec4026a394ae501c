"""A plan that begins with what a survey recommends."""

import textwrap

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from evaluering.models import Anbefaling, Anbefalingssvar
from slt.models import Kommune
from tiltak.models import (
    Handlingsplan,
    Innsatsomrade,
    Planrekke,
    Plassering,
    Tiltak,
)
from tiltak.planlop import forste_rekke

# A title is read in lists; what is longer stands in the text.
LENGSTE_TITTEL = 100
# What is to come about is planned; the rest is there.
STATUSER = {
    Anbefaling.Type.OPPRETTE: Tiltak.Status.PLANLAGT,
    Anbefaling.Type.UTREDE: Tiltak.Status.PLANLAGT,
}


@transaction.atomic
def nytt_utkast(
    *, kommune: Kommune, rekke: Planrekke | None, tittel: str, fra_ar: int, til_ar: int
) -> Handlingsplan:
    """Begins an empty draft: the one that follows the plan in force, where the rekke has
    one; the first rekke of a kommune is made.

    Raises:
        ValidationError: when there can be no such plan.
    """
    rekke = rekke or kommune.planrekker.first() or forste_rekke(kommune)
    plan = Handlingsplan(
        kommune=kommune,
        rekke=rekke,
        bygger_pa=rekke.planer.gjeldende().first(),
        tittel=tittel,
        fra_ar=fra_ar,
        til_ar=til_ar,
    )
    plan.full_clean(exclude=["slug"])
    plan.save()
    return plan


def tatt_med(plan: Handlingsplan, anbefalinger) -> dict[int, Tiltak]:
    """Returns {id of a recommendation: the tiltak of the plan that follows it up}; 1
    query, and 1 for their places."""
    svar = Anbefalingssvar.objects.filter(
        anbefaling__in=anbefalinger, tiltak__plan=plan
    )
    svar = svar.select_related("tiltak__plan__kommune", "tiltak__overordnet")
    svar = svar.prefetch_related("tiltak__plasseringer__innsatsomrade")
    return {rad.anbefaling_id: rad.tiltak for rad in svar}


@transaction.atomic
def ta_med(
    *, plan: Handlingsplan, valg: list[tuple[Anbefaling, Innsatsomrade | None]]
) -> list[Tiltak]:
    """Makes of each chosen recommendation a tiltak of the draft that is tied to it. What
    the plan has a tiltak for already is passed over.

    Args:
        valg: where each of them is to stand; None is an innsatsområde of their own.

    Returns:
        The tiltak that were made.

    Raises:
        ValidationError: when one of them can't be followed up, or the plan holds.
    """
    if not plan.er_utkast:
        raise ValidationError(_("Planen er ikke et utkast lenger."))
    gjort = tatt_med(plan, [anbefaling for anbefaling, _omrade in valg])
    nye = []
    for anbefaling, omrade in valg:
        if anbefaling.pk not in gjort:
            nye.append(_lag(plan, anbefaling, omrade or _eget_omrade(plan)))
    return nye


def _eget_omrade(plan):
    """Where recommendations stand until the plan has other innsatsområder."""
    kortnavn = _("Anbefaling")
    omrade = plan.innsatsomrader.filter(kortnavn=kortnavn).first()
    if omrade is None:
        omrade = Innsatsomrade(plan=plan, navn=_("Anbefalinger"), kortnavn=kortnavn)
        omrade.full_clean()
        omrade.save()
    return omrade


def _lag(plan, anbefaling, omrade):
    tittel, tekst = i_ord(anbefaling.tekst)
    tiltak = Tiltak(
        plan=plan,
        tittel=tittel,
        tekst=tekst,
        status=STATUSER.get(anbefaling.type, Tiltak.Status.I_DRIFT),
    )
    _lagre(tiltak)
    nummer = omrade.neste_nummer
    _lagre(Plassering(tiltak=tiltak, innsatsomrade=omrade, nummer=nummer))
    _lagre(Anbefalingssvar(anbefaling=anbefaling, tiltak=tiltak))
    return tiltak


def _lagre(rad):
    rad.full_clean()
    rad.save()


def i_ord(tekst: str) -> tuple[str, str]:
    """Returns (title, text) of a tiltak that says what was recommended: what is too long
    for a title is cut at a word, and stands whole in the text."""
    hele = " ".join(tekst.split())
    if len(hele) <= LENGSTE_TITTEL:
        return hele.rstrip(".") or hele, ""
    kort = textwrap.shorten(hele, LENGSTE_TITTEL, placeholder=" …")
    if kort == "…":  # one long word
        kort = Truncator(hele).chars(LENGSTE_TITTEL)
    return kort, format_html("<p>{}</p>", hele)
