"""What is stored about a person: to show, and to take away.

It finds the places by itself: every key that leads to a user, every history, and every
text. A model that is added later is seen without being named here.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.apps import apps
from django.db import transaction
from django.db.models import F, Q, UniqueConstraint
from django.utils import timezone

from slt.grunn.historikk import Historisert, har_kommune
from slt.grunn.norsk import slugg
from slt.grunn.tekst import Epost, Fritekst
from slt.models import Bruker, Tidsrom

# What is called otherwise, or in English, by those who made it.
NAVN = {
    "id": "nummer",
    "last_login": "sist innlogget",
    "is_superuser": "administrator",
    "history_date": "endret",
    "history_type": "endring",
    "history_change_reason": "begrunnelse",
    "history_dor": "endret gjennom",
}
ENDRINGER = {"+": "lagt til", "~": "endret", "-": "slettet"}
FJERNET = "[fjernet]"
FJERNET_EPOST = "@invalid.example"


def innsyn(bruker):
    """Returns all that is stored about a user, as what JSON can hold."""
    return {
        "bruker": _felter(bruker),
        "knyttet til deg nå": {
            str(felt.model._meta.verbose_name_plural): [_felter(rad) for rad in rader]
            for felt in _nokler_til(Bruker)
            if not _er_historikk(felt.model)
            and (rader := felt.model._base_manager.filter(**{felt.name: bruker}))
        },
        # Ended and deleted rights, too.
        "endringer i det som er knyttet til deg": {
            str(felt.model._meta.verbose_name_plural): [_felter(rad) for rad in rader]
            for felt in _nokler_til(Bruker)
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
            for modell in _historikker()
            for rad in modell._base_manager.filter(history_user=bruker)
        ],
    }


@dataclass
class Resultat:
    """What an anonymisation did.

    Attributes:
        rader: the rows whose texts were changed.
        endret: how many rows of which model, users and history.
        frosset: rows that stand as they were approved, and still name the person.
        nevnt: other texts that name the person, which somebody has to look at.
        adresser: rows whose address has the name in it; addresses stand, as others have
            linked to them.
    """

    rader: list[str] = field(default_factory=list)
    endret: dict[str, int] = field(default_factory=dict)
    frosset: list[str] = field(default_factory=list)
    nevnt: list[str] = field(default_factory=list)
    adresser: list[str] = field(default_factory=list)

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
    navn = {n for rad in tidligere.values_list("navn", "epost") for n in rad if n}
    epost = f"fjernet-{bruker.pk}{FJERNET_EPOST}"
    bruker.epost, bruker.navn = epost, ""
    bruker.is_active = bruker.is_superuser = False
    bruker.set_unusable_password()
    bruker.save()
    resultat = Resultat()
    resultat.tell(Bruker, 1)
    resultat.tell(Bruker.historikk.model, tidligere.update(epost=epost, navn=""))
    for modell in _historikker():
        gjort = modell._base_manager.filter(history_user=bruker).exclude(
            history_aktor=""
        )
        resultat.tell(modell, gjort.update(history_aktor=FJERNET))
    for rader in rettigheter(bruker):
        for rett in rader.ikke_over():
            rett.avslutt()
    for ett in sorted(navn):
        # The address of a function may be a contact point as well: taken out only by
        # whoever says so, with `anonymiser_navn`.
        resultat.nevnt += [_navn_paa(rad) for rad, _felter in _som_nevner(ett)]
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


def _navn_paa(rad):
    return f"{rad._meta.verbose_name} {rad.pk}"


def _fjern_fra_tekster(navn, resultat, kommune):
    for rad, felter in list(_som_nevner(navn, kommune)):
        if isinstance(rad, Bruker):
            # Perhaps a namesake; who has a user is anonymised as one.
            resultat.nevnt.append(_navn_paa(rad))
        else:
            _fjern_fra_rad(rad, felter, navn, resultat)


def _rader(modell, kommune):
    """The rows of a model, or of its history: those of one kommune if that is given."""
    rader = modell._base_manager.all()
    if kommune is None:
        return rader
    if _er_historikk(modell):
        return rader.filter(history_kommune=kommune)
    if har_kommune(modell):
        return rader.filter(**{modell.kommune_sti: kommune.pk})
    return rader.none()


def _som_nevner(navn, kommune=None):
    """Yields (row, names of its texts) of each row that has the name as whole words."""
    for modell in apps.get_models():
        felter = [
            f.name
            for f in modell._meta.concrete_fields
            if isinstance(f, (Fritekst, Epost))
        ]
        if _er_historikk(modell):
            felter += ["history_aktor"]
        if not felter:
            continue
        nevner = Q()
        for felt in felter:
            nevner |= Q(**{f"{felt}__icontains": _sikker_del(navn)})
        for rad in _rader(modell, kommune).filter(nevner):
            if any(_hele_ord(navn).search(getattr(rad, felt)) for felt in felter):
                yield rad, felter


def _adresser_med(navn, kommune=None):
    """["tiltak 5: natteravner"] of the rows whose address has the name in it."""
    ord_ = slugg(navn)
    if not ord_:
        return []
    return [
        f"{_navn_paa(rad)}: {rad.slug}"
        for modell in apps.get_models()
        if any(f.name == "slug" for f in modell._meta.concrete_fields)
        for rad in _rader(modell, kommune).filter(slug__contains=ord_)
        if f"-{ord_}-" in f"-{rad.slug}-"
    ]


def _hele_ord(navn):
    """The name, not as a part of a longer word or address, however its words are set."""
    ord_ = r"(?:\s|&nbsp;|<[^>]+>)+".join(map(re.escape, navn.split()))
    genitiv = "(?:['’]?s|['’])?"
    return re.compile(rf"(?<![\w.@+-]){ord_}{genitiv}(?![\w@-])", re.IGNORECASE)


def _sikker_del(navn):
    """What every spelling of the name has in common: SQLite knows the case of no letters
    but a to z."""
    return max(re.findall(r"[A-Za-z0-9.@]*", navn), key=len)


def _egne(rad):
    """The fields of a row that are to be unlike those of other rows."""
    regler = [r for r in rad._meta.constraints if isinstance(r, UniqueConstraint)]
    # Some say it by expressions, which hold the names of fields.
    uttrykk = [uttrykk for regel in regler for uttrykk in regel.expressions]
    navn = [u.name for u in uttrykk if isinstance(u, F)]
    return {*navn, *(felt for regel in regler for felt in regel.fields)}


def _fjern_fra_rad(rad, felter, navn, resultat):
    if _er_frosset(rad):
        resultat.frosset.append(_navn_paa(rad))
        return
    for felt in felter:
        # Two who are taken out must not become one.
        ord_ = f"{FJERNET} {rad.pk}" if felt in _egne(rad) else FJERNET
        setattr(rad, felt, _hele_ord(navn).sub(ord_, getattr(rad, felt)))
    if isinstance(rad, Historisert):
        rad.save()
        resultat.rader.append(_navn_paa(rad))
    else:
        verdier = {felt: getattr(rad, felt) for felt in felter}
        type(rad)._base_manager.filter(pk=rad.pk).update(**verdier)
        resultat.tell(type(rad), 1)


def rettigheter(bruker):
    """Returns a QuerySet for each model of rights: what the user has, had or will have."""
    return [
        felt.model.objects.filter(**{felt.name: bruker})
        for felt in _nokler_til(Bruker)
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


def innsyn_navn(navn):
    """Returns every text that names a person who has no user, as what JSON can hold."""
    return [
        {"hva": _navn_paa(rad)} | {felt: str(getattr(rad, felt)) for felt in felter}
        for rad, felter in _som_nevner(navn)
    ]


def _nokler_til(modell):
    return [r.field for r in modell._meta.related_objects if not r.many_to_many]


def _historikker():
    return [m for m in apps.get_models() if _er_historikk(m)]


def _er_historikk(modell):
    return hasattr(modell, "history_aktor")


def _felter(rad):
    """{name as people know it: value as text}, without passwords and fingerprints."""
    # Who changed it is somebody else's; the kommune of a row stands in the row.
    skjult = {"password", "avtrykk", "history_user", "history_aktor", "history_id"}
    return {
        NAVN.get(felt.name) or str(felt.verbose_name): _verdi(rad, felt)
        for felt in rad._meta.concrete_fields
        if felt.name not in skjult | {"history_kommune"}
    }


def _verdi(rad, felt):
    """What a field holds, in words: names in place of keys and codes."""
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
