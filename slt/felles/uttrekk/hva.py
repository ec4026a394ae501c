"""What of the database is a kommune's own, and goes along when it moves.

Each app says at start which of its models go along, and which do not and why; a test
wants every model named in one of the two.
"""

from django.apps import apps
from django.db.models import BinaryField, ForeignKey, Model, Q, QuerySet

from slt.felles.kjente import kjente
from slt.felles.omtale import er_historikk, historikker
from slt.grunn.historikk import Historisert
from slt.grunn.kommunegrense import har_kommune, kommunen
from slt.models import (
    Bilde,
    Bruker,
    Dokument,
    Endringsbrev,
    Forsok,
    Kommune,
    Lokalomrade,
    OrdUtenTreff,
    Sted,
    Stedsdel,
    Tilgang,
    Tilgangslenke,
    Utsending,
)

# The models that go along: what a row refers to stands before it. Their histories go with
# them. Users are no kommune's; see `brukerne`.
MED: list[type[Model]] = [
    Kommune,
    Dokument,
    Bilde,
    OrdUtenTreff,
    Lokalomrade,
    Sted,
    Stedsdel,
    Tilgang,
    Endringsbrev,
    # With the hash of its key, of which nobody finds the key: a link that was handed out
    # opens the same where the address of the site is the same.
    Tilgangslenke,
    Utsending,
]
# Which rows of a model a file gets, where that is not all.
BARE: dict[type[Model], Q] = {
    # What waits is sent from where it was put in: from both places, it would come twice.
    Utsending: Q(tilstand__in=Utsending.FERDIGE),
}
# The way to the kommune, of models that say none themselves; what it does not lead from
# stays.
STIER: dict[type[Model], str] = {}
# The models that do not go along, and why not.
UTEN: dict[type[Model], str] = {
    Forsok: "Tellere som utløper, uten kommune.",
    Bruker.historikk.model: "En bruker hører ikke til én kommune. Importen blir det "
    "første som står i historikken.",
    Bruker.groups.through: "Grupper brukes ikke.",
    Bruker.user_permissions.through: "Grupper brukes ikke.",
}
# Of what comes with Django, nothing is a kommune's.
UTEN_APPER = {
    "admin": "Hva administrasjonen gjorde står i historikken, som er med.",
    "auth": "Rettigheter følger med programmet.",
    "contenttypes": "Følger med programmet.",
    "sessions": "Innlogginger gjelder der de ble gjort.",
}

# No password and nothing of what else the user is: that is not the kommune's to know.
BRUKERFELTER = ("id", "epost", "navn", "is_active")


def delene():
    """Returns the models whose rows go along, histories too, in the order of MED."""
    deler = []
    for modell in MED:
        deler.append(modell)
        if issubclass(modell, Historisert):
            deler.append(modell.historikk.model)
    return deler


def rader(modell, kommune):
    """Returns a QuerySet of the kommune's rows of one of `delene`, by their ids."""
    if er_historikk(modell):
        egne = _i_historikken(modell, kommune)
    else:
        egne = Q(**{STIER.get(modell) or modell.kommune_sti: kommune.pk})
    return modell._base_manager.filter(egne).order_by("pk")


def rader_i_filen(modell, kommune):
    """Returns those of them that a file gets: not what names something that another kommune
    keeps, nor what the history says of it, for that kommune is not where the file is read;
    nor what BARE leaves out."""
    egne = rader(modell, kommune).filter(BARE.get(modell, Q()))
    egen = modell.instance_type if er_historikk(modell) else modell
    for navn in getattr(egen, "over_grensen_nar_delt", ()):
        hit = egen._meta.get_field(navn).related_model
        if er_historikk(modell):
            andres = hit.historikk.exclude(history_kommune=None)
            andres = andres.exclude(history_kommune=kommune.pk).values("id")
            egne = egne.exclude(**{f"{navn}__in": andres})
        else:
            egne = egne.filter(**{f"{navn}__{hit.kommune_sti}": kommune.pk})
    return egne


def utelatt(kommune):
    """Yields a line for each row that a file does not get."""
    for modell in MED:
        med = rader_i_filen(modell, kommune).values("pk")
        if modell in BARE or getattr(modell, "over_grensen_nar_delt", ()):
            for rad in rader(modell, kommune).exclude(pk__in=med):
                yield _i_ord(rad)


def _i_ord(rad):
    """What a row is, and what it leads to."""
    nokler = [f for f in rad._meta.concrete_fields if isinstance(f, ForeignKey)]
    verdier = [(f.verbose_name, getattr(rad, f.name)) for f in nokler]
    hva = ", ".join(f"{navn} {verdi}" for navn, verdi in verdier if verdi is not None)
    return f"{rad._meta.verbose_name}: {hva}"


def _i_historikken(modell, kommune):
    sti = STIER.get(modell.instance_type)
    if sti is None:
        return Q(history_kommune=kommune.pk)
    # Where the history does not say whose a row is, what it was a part of does.
    felt = modell._meta.get_field(sti.partition("__")[0])
    helheter = felt.related_model.historikk.filter(history_kommune=kommune.pk)
    return Q(**{sti: kommune.pk}) | Q(**{f"{felt.name}__in": helheter.values("id")})


def felter(modell):
    """Returns the fields of a model that go along."""
    if modell is Bruker:
        return [modell._meta.get_field(navn) for navn in BRUKERFELTER]
    return list(modell._meta.concrete_fields)


def uten_det_over_grensen(modell):
    """Returns the names of the foreign keys that may lead into another kommune, and may be
    empty: where that kommune is not, so they are."""
    egen = modell.instance_type if er_historikk(modell) else modell
    navnene = getattr(egen, "over_grensen", ())
    return {navn for navn in navnene if egen._meta.get_field(navn).null}


def bytefelter(modell):
    """Returns the names of the fields that hold files."""
    return [f.attname for f in felter(modell) if isinstance(f, BinaryField)]


def brukerne(kommune, rader=rader):
    """Returns the users that rows of the kommune refer to, by their ids.

    What people are called goes along of those whom the kommune knows, and of those who
    have changed something there; of the others it has the address alone.
    """
    pker, handlet = set(), set()
    for modell in delene():
        for felt in modell._meta.concrete_fields:
            if isinstance(felt, ForeignKey) and felt.related_model is Bruker:
                nevnt = rader(modell, kommune).exclude(**{felt.name: None})
                funnet = set(nevnt.order_by().values_list(felt.attname, flat=True))
                pker |= funnet
                if felt.name == "history_user":
                    handlet |= funnet
    brukere = list(QuerySet(Bruker).filter(pk__in=pker).order_by("pk"))
    kjent = handlet | kjente(kommune, brukere)
    for bruker in brukere:
        if bruker.pk not in kjent:
            bruker.navn = ""
    return brukere


def andres(kommune):
    """Yields what ties the kommune to others, as ["deltakende kommune: forum …, kommune …"]: rows that
    belong to the one and refer to the other."""
    for modell in filter(har_kommune, apps.get_models()):
        egne, sti = modell.kommune_sti, getattr(modell, "over_grensen", ())
        for felt in map(modell._meta.get_field, sti):
            if felt.related_model is not Kommune:
                continue
            ut = Q(**{egne: kommune.pk}) & ~Q(**{felt.name: kommune.pk})
            inn = ~Q(**{egne: kommune.pk}) & Q(**{felt.name: kommune.pk})
            yield from map(_i_ord, modell._base_manager.filter(ut | inn).order_by("pk"))


def nevnt_av_andre(kommune):
    """Yields the same of rows of others that name what it keeps: it was shared with them,
    and may be so no longer."""
    for modell, felt in over_grensen_nar_delt():
        deres = f"{felt.name}__{felt.related_model.kommune_sti}"
        rader_ = modell._base_manager.filter(**{deres: kommune.pk})
        for rad in rader_.exclude(**{modell.kommune_sti: kommune.pk}).order_by("pk"):
            yield f"{_i_ord(rad)}, i {kommunen(rad)}"


def over_grensen_nar_delt():
    """Yields (model, foreign key that may lead to what another kommune shares)."""
    for modell in filter(har_kommune, apps.get_models()):
        for navn in getattr(modell, "over_grensen_nar_delt", ()):
            yield modell, modell._meta.get_field(navn)


def alle_historier(kommune):
    """Yields a QuerySet of the kommune's rows of each history: of what does not go along,
    too."""
    av_delene = set(delene())
    for modell in historikker():
        if modell in av_delene:
            yield rader(modell, kommune)
        else:
            yield modell._base_manager.filter(history_kommune=kommune.pk)
