"""Takes a person out of what is stored.

The rows stay, and what was done; who it was goes, out of the history as well.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F, UniqueConstraint
from django.utils.translation import gettext as _

from slt.felles.koordinatorer import varsler_om_koordinator
from slt.felles.omtale import (
    hele_ord,
    historikker,
    med_navnet_i_adressen,
    navn_pa,
    nokler_til,
    som_nevner,
)
from slt.grunn.historikk import Historisert, uten_vern
from slt.models import Bruker, Kommune, Tidsrom, Tilgang, Utsending

FJERNET = "[fjernet]"
FJERNET_EPOST = "@invalid.example"


@dataclass
class Resultat:
    """What an anonymisation did.

    Attributes:
        rader: the rows whose texts were changed.
        endret: how many rows of which model, users and history.
        frosset: rows that stand as they were approved, and still name the person.
        nevnt: other texts that name the person, which somebody has to look at.
        varsler: what has to be done elsewhere now, as nobody is left to do something.
        adresser: rows whose address has the name in it; addresses stand, as others have
            linked to them.
    """

    rader: list[str] = field(default_factory=list)
    endret: dict[str, int] = field(default_factory=dict)
    frosset: list[str] = field(default_factory=list)
    nevnt: list[str] = field(default_factory=list)
    adresser: list[str] = field(default_factory=list)
    varsler: list[str] = field(default_factory=list)

    def tell(self, modell, antall):
        if antall:
            navn = str(modell._meta.verbose_name)
            self.endret[navn] = self.endret.get(navn, 0) + antall

    @property
    def er_tomt(self):
        return not any([self.rader, self.endret, self.frosset, self.nevnt])


@transaction.atomic
def anonymiser(bruker, *, utfor=True):
    """Takes the person out of a user, history included; what they were and did stays.
    Returns a Resultat; without `utfor` that of what it would have done."""
    tidligere = Bruker.historikk.filter(id=bruker.pk)
    var_administrator = bruker.is_superuser
    kommuner = list(
        Kommune.objects.filter(
            tilganger__in=Tilgang.objects.ikke_over().filter(
                bruker=bruker, rolle=Tilgang.Rolle.KOORDINATOR
            )
        ).distinct()
    )
    epostene = set(tidligere.values_list("epost", flat=True))
    navn = {n for rad in tidligere.values_list("navn", "epost") for n in rad if n}
    epost = f"fjernet-{bruker.pk}{FJERNET_EPOST}"
    bruker.epost, bruker.navn = epost, ""
    bruker.is_active = bruker.is_superuser = False
    bruker.set_unusable_password()
    bruker.save()
    resultat = Resultat()
    resultat.tell(Bruker, 1)
    resultat.tell(Bruker.historikk.model, tidligere.update(epost=epost, navn=""))
    for modell in historikker():
        gjort = modell._base_manager.filter(history_user=bruker).exclude(
            history_aktor=""
        )
        resultat.tell(modell, gjort.update(history_aktor=FJERNET))
    for rader in rader_med_retter(bruker):
        for rett in rader.ikke_over():
            rett.avslutt()
    # Nothing more goes to them, and where something went says who they are.
    brev = Utsending.objects.filter(til__in=epostene)
    resultat.tell(Utsending, brev.count())
    brev.delete()
    varsler = varsler_om_koordinator(kommuner)
    resultat.varsler = [f"{k}: {varsler[k.pk]}" for k in kommuner if varsler[k.pk]]
    if var_administrator and not Bruker.objects.administratorer().exists():
        resultat.varsler.append(_("Ingen administrator kan logge inn lenger."))
    for ett in sorted(navn):
        # The address of a function may be a contact point as well: taken out only by
        # whoever says so, with `anonymiser_navn`.
        resultat.nevnt += [navn_pa(rad) for rad, _felter in som_nevner(ett)]
        resultat.adresser += _adresser_med(ett)
    if not utfor:
        transaction.set_rollback(True)
    return resultat


@transaction.atomic
def anonymiser_navn(navn, *, kommune=None, utfor=True):
    """Takes a name or an address out of every text, history included: of one kommune if
    that is given. Returns a Resultat; without `utfor` that of what it would have done."""
    resultat = Resultat(adresser=_adresser_med(navn, kommune))
    _fjern_fra_tekster(navn, resultat, kommune)
    if not utfor:
        transaction.set_rollback(True)
    return resultat


def _fjern_fra_tekster(navn, resultat, kommune):
    for rad, felter in list(som_nevner(navn, kommune)):
        if isinstance(rad, Bruker):
            # Perhaps a namesake; who has a user is anonymised as one.
            resultat.nevnt.append(navn_pa(rad))
        else:
            _fjern_fra_rad(rad, felter, navn, resultat)


def _adresser_med(navn, kommune=None):
    """Returns the rows that have the name in an address, as ["tiltak 5: natteravner"]."""
    return [
        f"{navn_pa(rad)}: {adresse}"
        for rad, _felt, adresse in med_navnet_i_adressen(navn, kommune)
    ]


def _egne(rad):
    """Returns the names of the fields that a row has to itself, by its constraints."""
    regler = [r for r in rad._meta.constraints if isinstance(r, UniqueConstraint)]
    # Some say it by expressions, which hold the names of fields.
    uttrykk = [uttrykk for regel in regler for uttrykk in regel.expressions]
    navn = [u.name for u in uttrykk if isinstance(u, F)]
    return {*navn, *(felt for regel in regler for felt in regel.fields)}


def _fjern_fra_rad(rad, felter, navn, resultat):
    if _er_frosset(rad):
        resultat.frosset.append(navn_pa(rad))
        return
    for felt in felter:
        # Two who are taken out must not become one.
        ord_ = f"{FJERNET} {rad.pk}" if felt in _egne(rad) else FJERNET
        setattr(rad, felt, hele_ord(navn).sub(ord_, getattr(rad, felt)))
    if isinstance(rad, Historisert):
        # What somebody said stands as it came, but for this.
        with uten_vern():
            rad.save()
        resultat.rader.append(navn_pa(rad))
    else:
        verdier = {felt: getattr(rad, felt) for felt in felter}
        type(rad)._base_manager.filter(pk=rad.pk).update(**verdier)
        resultat.tell(type(rad), 1)


def rader_med_retter(bruker):
    """Returns a QuerySet for each model of rights: what the user has, had or will have."""
    return [
        felt.model.objects.filter(**{felt.name: bruker})
        for felt in nokler_til(Bruker)
        if issubclass(felt.model, Tidsrom)
    ]


def _er_frosset(rad):
    """Whether the row, or what it is a part of, stands as it was approved: the models say
    so by `kan_endres`."""
    while rad is not None and getattr(rad, "kan_endres", True):
        forste, _deler, resten = (getattr(rad, "kommune_sti", None) or "").partition(
            "__"
        )
        if not resten:
            return False
        rad = getattr(rad, forste)
    return rad is not None


def epost_til(historisk):
    """The address that the one who made a change has now; "" where that one is gone, or the
    name in the history is the address."""
    bruker, aktor = historisk.history_user, historisk.history_aktor
    # The address tells, not the name: people may call themselves what they like.
    if bruker is None or bruker.epost.endswith(FJERNET_EPOST):
        return ""
    return "" if aktor == bruker.epost else bruker.epost
