"""A tiltak of another kommune becomes one of one's own, in a draft."""

from django.db import transaction
from django.utils.translation import gettext as _

from slt.grunn.historikk import begrunnet
from tiltak.bank.avtrykk import DELTE, avtrykk
from tiltak.bank.temaene import emnene, om_det_samme
from tiltak.models import (
    Innsatsomrade,
    Malgruppe,
    Malsetting,
    Opphav,
    Plassering,
    Tema,
    Tiltak,
    TiltakTema,
)


@transaction.atomic
def kopier(*, tiltak: Tiltak, innsatsomrade: Innsatsomrade) -> Plassering:
    """Makes a tiltak of what is shared of another kommune's, last in an innsatsområde of a
    draft. It is planned, and its level proposed, until the kommune says otherwise; it gets
    those of its temaer that the kommune has.

    Args:
        tiltak: loaded by `med_alt`.

    Raises:
        ValidationError: something in it cannot be stored.
    """
    kommunen, verdier = tiltak.kommune, avtrykk(tiltak)
    with begrunnet(_("Kopiert fra %s i tiltaksbanken") % kommunen):
        ny = _legg_inn(verdier, innsatsomrade.plan)
        for del_ in verdier["deltiltak"]:
            _legg_inn(del_, innsatsomrade.plan, overordnet=ny)
        plassering = Plassering(tiltak=ny, innsatsomrade=innsatsomrade)
        _lagre(plassering)
        Opphav.objects.create(
            tiltak=ny,
            fra=tiltak,
            kommunenavn=kommunen.navn,
            tittel=tiltak.tittel,
            innhold=verdier,
        )
    return plassering


def _legg_inn(verdier, plan, overordnet=None):
    tiltak = Tiltak(
        plan=plan,
        overordnet=overordnet,
        status=Tiltak.Status.PLANLAGT,
        niva_foreslatt=bool(verdier["niva"]),
        **{felt: verdier[felt] for felt in DELTE},
    )
    _lagre(tiltak)
    for malgruppe in verdier["malgrupper"]:
        _lagre(Malgruppe(tiltak=tiltak, **malgruppe))
    for mal in verdier["malsettinger"]:
        _lagre(Malsetting(tiltak=tiltak, plan=plan, **mal))
    for tema in _egne_temaer(verdier, plan):
        _lagre(TiltakTema(tiltak=tiltak, tema=tema))
    return tiltak


def _lagre(rad):
    rad.full_clean(exclude=["rekkefolge", "nummer"])
    rad.save()


def _egne_temaer(verdier, plan):
    """The temaer of the kommune that are called the same, or are about the same."""
    egne = list(plan.kommune.temaer.all())
    valgt = {}
    for sokt in verdier["temaer"]:
        like = [t for t in egne if t.navn.casefold() == sokt["navn"].casefold()]
        if not like:
            om = emnene(Tema(**sokt), egne)
            like = [t for emne in om for t in om_det_samme(egne, emne, egne)]
        valgt.update((tema.pk, tema) for tema in like[:1])
    return list(valgt.values())
