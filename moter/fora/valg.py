"""What can be chosen of a forum and its seats, in the admin and on the site."""

from django.db.models import Q
from django.forms import ModelChoiceField

from moter.models import Forum, Forumsmedlem
from slt.felles.kjente import kjente
from slt.models import Bruker, Kommune, Tilgang
from tiltak.models import Tjenesteredaktor


class Brukervalg(ModelChoiceField):
    """A choice of users by address: their numbers would tell who had a user before."""

    adresser = {}  # {number: address} of those who are offered

    def prepare_value(self, value):
        return self.adresser.get(value) or super().prepare_value(value)


def brukere(kommune: Kommune | None, forum: Forum | None):
    """Those who have access in the kommune, and those who sit in the forum already."""
    tilganger = Tilgang.objects.ikke_over().filter(kommune=kommune)
    redaktorer = Tjenesteredaktor.objects.ikke_over().filter(tjeneste__kommune=kommune)
    seter = Forumsmedlem.objects.filter(forum=forum).exclude(bruker=None)
    return Bruker.objects.filter(
        Q(pk__in=tilganger.values("bruker"))
        | Q(pk__in=redaktorer.values("bruker"))
        | Q(pk__in=seter.values("bruker"))
    )


def brukervalgene(forum: Forum | None, rader):
    """Returns ({number: address}, [(address, what the user is called)]) of the users."""
    kjent = kjente(forum.kommune, rader) if forum else set()
    adresser = {bruker.pk: bruker.epost for bruker in rader}
    kjente_valg = [(b.epost, _navn_og_epost(b)) for b in rader if b.pk in kjent]
    # The others by address: their place among the names would tell the names.
    andre = sorted(epost for pk, epost in adresser.items() if pk not in kjent)
    return adresser, [*kjente_valg, *((epost, epost) for epost in andre)]


def _navn_og_epost(bruker):
    """Two people may have the same name."""
    return f"{bruker.navn} ({bruker.epost})" if bruker.navn else bruker.epost


def nivavalg(kommune: Kommune, valgene):
    """The choices of level, with the names that the kommune has given them."""
    return [_niva(kommune, *valg) for valg in valgene]


def _niva(kommune, verdi, ordet):
    eget = getattr(kommune, f"{verdi}_navn", "")
    return verdi, f"{eget} ({ordet})" if eget else ordet
