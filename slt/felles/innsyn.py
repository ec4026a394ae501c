"""What is stored about a person, to show."""

from datetime import datetime

from django.utils import timezone

from slt.felles.omtale import (
    er_historikk,
    historikker,
    med_navnet_i_adressen,
    navn_pa,
    nokler_til,
    som_nevner,
)
from slt.grunn.historikk import Historisert
from slt.models import Bruker, Utsending

# These fields have English names, or names that say too little, where they are made.
NAVN = {
    "id": "nummer",
    "last_login": "sist innlogget",
    "is_superuser": "administrator",
    "history_date": "endret",
    "history_type": "endring",
    "history_change_reason": "begrunnelse",
    "history_dor": "endret gjennom",
    "history_art": "slags endring",
}
ENDRINGER = {"+": "lagt til", "~": "endret", "-": "slettet"}


def innsyn(bruker):
    """Returns all that is stored about a user, as what JSON can hold."""
    return {
        "bruker": _felter(bruker),
        "knyttet til deg nå": {
            str(felt.model._meta.verbose_name_plural): [_felter(rad) for rad in rader]
            for felt in nokler_til(Bruker)
            if not er_historikk(felt.model)
            and (rader := felt.model._base_manager.filter(**{felt.name: bruker}))
        },
        "e-post til deg": [
            _felter(rad) for rad in Utsending.objects.filter(til=bruker.epost)
        ],
        # Ended and deleted rights, too.
        "endringer i det som er knyttet til deg": {
            str(felt.model._meta.verbose_name_plural): [_felter(rad) for rad in rader]
            for felt in nokler_til(Bruker)
            if issubclass(felt.model, Historisert)
            and (rader := felt.model.historikk.filter(**{felt.name: bruker}))
        },
        "endringer i brukeren": [
            _felter(rad) for rad in Bruker.historikk.filter(id=bruker.pk)
        ],
        "endringer du har gjort": [
            {
                "når": _tekst(rad.history_date),
                "hva": str(modell.instance_type._meta.verbose_name),
                "endring": ENDRINGER[rad.history_type],
                "begrunnelse": rad.history_change_reason,
            }
            for modell in historikker()
            for rad in modell._base_manager.filter(history_user=bruker)
        ],
    }


def innsyn_navn(navn):
    """Returns every text that names a person who has no user, and every address with the
    name in it, as what JSON can hold."""
    tekster = [
        {"hva": navn_pa(rad)} | {felt: str(getattr(rad, felt)) for felt in felter}
        for rad, felter in som_nevner(navn)
    ]
    adresser = [
        {"hva": navn_pa(rad), felt: adresse}
        for rad, felt, adresse in med_navnet_i_adressen(navn)
    ]
    return tekster + adresser


def _felter(rad):
    """Returns {name as people know it: value as text}, without passwords and
    fingerprints."""
    # Who made a change is about somebody else; the kommune of a row stands in the row.
    skjult = {"password", "avtrykk", "history_user", "history_aktor", "history_id"}
    skjult |= {"history_kommune", "history_samling"}
    # What waits may hold a link that opens a door.
    skjult |= {"tekst", "html"} if isinstance(rad, Utsending) else set()
    return {
        NAVN.get(felt.name) or str(felt.verbose_name): _verdi(rad, felt)
        for felt in rad._meta.concrete_fields
        if felt.name not in skjult
    }


def _verdi(rad, felt):
    """Returns in words what a field holds: names in place of keys and codes."""
    if felt.name == "history_type":
        return ENDRINGER[rad.history_type]
    if felt.choices:
        return str(getattr(rad, f"get_{felt.name}_display")())
    if felt.is_relation:
        # The history outlives what it was about.
        annen = felt.related_model._base_manager.filter(pk=getattr(rad, felt.attname))
        return _tekst(annen.first() or getattr(rad, felt.attname))
    return _tekst(getattr(rad, felt.attname))


def _tekst(verdi):
    if isinstance(verdi, bool):
        return "ja" if verdi else "nei"
    if isinstance(verdi, datetime):
        return timezone.localtime(verdi).strftime("%Y-%m-%d %H:%M:%S")
    return "" if verdi is None else str(verdi)
