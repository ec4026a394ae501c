"""A new kommune with what it is begun with, and what a kommune takes of the starter set."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time

from django.db import transaction
from django.utils.translation import override

from slt.felles.startsett import GRUPPER, Gruppe, Ting
from slt.konto.invitasjon import gi_tilgang
from slt.models import Bruker, Kommune, Tilgang
from tiltak.models import Apningstid, Handlingsplan, Kontaktpunkt, Tjeneste

Tatt = list[tuple[Gruppe, list[Ting]]]


@dataclass(frozen=True)
class Vakt:
    """The barnevernsvakt: whom one calls for a child at once.

    Attributes:
        tid: when it answers, in words; not said where it is empty.
    """

    navn: str
    telefon: str
    hele_dognet: bool = False
    tid: str = ""


@transaction.atomic
def opprett(
    *, kommune: Kommune, vakt: Vakt | None, koordinator: str, grupper: Collection[str]
) -> tuple[Bruker | None, Tatt]:
    """Makes a kommune: all of it or nothing. What comes of the starter set is in its
    language.

    Args:
        kommune: checked, not saved.
        koordinator: an e-mail address, or "".
        grupper: keys of groups, of which what is chosen to begin with is taken.

    Returns:
        the coordinator, who has not been told yet, and what was taken.
    """
    kommune.save()
    Kommune.objects.las(kommune.pk)
    with override(kommune.malform):
        # First: that which it is called then is not made once more.
        if vakt:
            _lag_vakt(kommune, vakt)
        tatt = [
            (gruppe, gruppe.ta(kommune, gruppe.valgte))
            for gruppe in GRUPPER
            if gruppe.nokkel in grupper and not gruppe.i_plan
        ]
    bruker = None
    if koordinator:
        bruker, _utfall = gi_tilgang(
            kommune=kommune,
            epost=koordinator,
            rolle=Tilgang.Rolle.KOORDINATOR,
            tjeneste=None,
            til=None,
        )
    return bruker, tatt


def _lag_vakt(kommune, vakt):
    """Its number stands in the acute strip."""
    tjeneste = Tjeneste(
        kommune=kommune,
        navn=vakt.navn,
        type=Tjeneste.Type.KOMMUNAL,
        unge_kan_kontakte=True,
        foresatte_kan_kontakte=True,
        ansatte_kan_kontakte=True,
        andre_kan_kontakte=True,
    )
    _lagre(tjeneste)
    punkt = Kontaktpunkt(
        tjeneste=tjeneste,
        type=Kontaktpunkt.Type.TELEFON,
        verdi=vakt.telefon,
        apningstid_tekst=vakt.tid,
        akutt=True,
    )
    _lagre(punkt)
    if vakt.hele_dognet:
        midnatt = time(0)
        _lagre(
            Apningstid(
                kontaktpunkt=punkt,
                fra_dag=0,
                til_dag=6,
                apner=midnatt,
                stenger=midnatt,
                helligdager=Apningstid.Helligdager.APENT,
            )
        )


def _lagre(rad):
    rad.full_clean()
    rad.save()


def ta_med(
    *, kommune: Kommune, plan: Handlingsplan | None, valg: Collection[str]
) -> Tatt:
    """Takes what was chosen and is not there yet. The kommune has to be locked.

    Args:
        plan: the draft for what belongs to a plan; without one, that waits.
        valg: keys, each with that of its group before it: "temaer:rus".
    """
    tatt = []
    for gruppe in GRUPPER:
        sted = plan if gruppe.i_plan else kommune
        if sted is None:
            continue
        nokler = {
            ting.nokkel
            for ting in gruppe.ting
            if f"{gruppe.nokkel}:{ting.nokkel}" in valg
        }
        if nye := gruppe.ta(sted, nokler):
            tatt.append((gruppe, nye))
    return tatt
