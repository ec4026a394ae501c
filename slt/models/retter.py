"""Who has rights to what today, asked once a page or in the query itself."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import models
from django.db.models import Q, Value
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class Rolle(models.TextChoices):
    """What a user may be in a kommune; see Tilgang."""

    KOORDINATOR = "koordinator", _("SLT-koordinator")
    POLITIRAD = "politirad", _("medlem av politirådet")
    ANSATT = "ansatt", _("ansatt")


# Rights beside the roles, by name, that upper apps add at start: the rows in which a user
# has them for a time, as Bruker names them, and the look-up from there to what they are
# rights to; that may lead to none.
RETTER: dict[str, tuple[str, str]] = {}

# The right to read what the services of a kommune see.
LESER = "leser"

# The right to read a draft of a plan, and to say what one thinks of it.
PLANLESER = "planleser"

# The right to take part in the work of a kommune, by a seat in one of its fora.
DELTAR = "deltar"

# True of every row. (An empty Q says nothing, also where it stands beside an "or".)
ALLE = ~Q(pk__in=[])

# Whoever has rights to more rows than this is looked up in subqueries.
MANGE_RETTER = 200


@dataclass(frozen=True)
class Retter:
    """What somebody has rights to today: equal for all who see the same.

    Attributes:
        alt: whether it is an administrator, who has a right to everything.
        til: {a role or a name in RETTER: ids}.
    """

    alt: bool = False
    til: dict[str, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def av(cls, bruker):
        """Those of a user, in one query; None for who has very many."""
        if bruker.is_superuser:
            return cls(alt=True)
        rader = bruker.tilganger.gyldige().order_by().values_list("rolle", "kommune")
        andre = [
            getattr(bruker, navn)
            .gyldige()
            .order_by()
            .values_list(Value(rett, models.CharField()), felt)
            for rett, (navn, felt) in RETTER.items()
        ]
        alle = list(rader.union(*andre)[: MANGE_RETTER + 1])
        ved_lenke = bruker.rett_ved_lenke
        if len(alle) + sum(map(len, ved_lenke.values())) > MANGE_RETTER:
            return None
        til = defaultdict(set, {rett: {*pker} for rett, pker in ved_lenke.items()})
        for rett, pk in alle:
            til[rett].add(pk)
        for pker in til.values():
            pker.discard(None)
        return cls(til={rett: frozenset(pker) for rett, pker in til.items() if pker})

    def __contains__(self, rett_og_pk):
        rett, pk = rett_og_pk
        return self.alt or pk in self.til.get(rett, ())

    @cached_property
    def nokkel(self):
        """The same text for the same rights, and for no others."""
        return f"{self.alt} {sorted((str(r), sorted(p)) for r, p in self.til.items())}"

    def pker(self, *retter):
        """The ids of what any of these is a right to, in order."""
        return sorted({pk for rett in retter for pk in self.til.get(rett, ())})


def har_rett(bruker, felt, *retter):
    """Returns a Q: that `felt` is among what the user has one of these rights to today;
    true of all rows for an administrator, of none for a stranger."""
    if (kjente := retter_av(bruker)) is None:
        return _rett_i_basen(bruker, felt, *retter)
    return ALLE if kjente.alt else Q(**{f"{felt}__in": kjente.pker(*retter)})


def retter_av(bruker):
    """The Retter of whoever asks, a stranger's too; None where the database has to be
    asked."""
    return bruker.retter if hasattr(bruker, "retter") else Retter()


def _rett_i_basen(bruker, felt, *retter):
    if bruker.is_superuser:
        return ALLE
    roller = [rett for rett in retter if rett not in RETTER]
    tilganger = bruker.tilganger.gyldige().filter(rolle__in=roller)
    funnet = Q(**{f"{felt}__in": tilganger.values("kommune")})
    for rett in retter:
        if pker := bruker.rett_ved_lenke.get(rett):
            funnet |= Q(**{f"{felt}__in": pker})
        if rett in RETTER:
            navn, sti = RETTER[rett]
            rader = getattr(bruker, navn).gyldige()
            funnet |= Q(**{f"{felt}__in": rader.values(sti)})
    return funnet
