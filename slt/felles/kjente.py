"""Of which users a kommune may know more than the address that somebody there typed."""

from django.db.models import Min

from slt.felles.omtale import nokler_til
from slt.models import Bruker, Tidsrom


def kjente(kommune, brukere):
    """The ids of those who have logged in since they first were given something in the
    kommune: they have taken it up, and so shown themselves.

    Of the others, a coordinator who types an address would learn who has a user in
    another kommune, and what they are called. A fixed number of queries at most.
    """
    innlogget = {b.pk: b.last_login for b in brukere if b.last_login}
    funnet = set()
    if not innlogget:
        return funnet
    for felt in nokler_til(Bruker):
        if not issubclass(felt.model, Tidsrom):
            continue
        gitt = felt.model.historikk.filter(
            history_kommune=kommune.pk, **{f"{felt.name}__in": list(innlogget)}
        )
        forst = gitt.order_by().values_list(felt.name).annotate(Min("history_date"))
        funnet |= {pk for pk, dato in forst if innlogget[pk] >= dato}
    return funnet


def omtalt(kommune, brukere):
    """Returns {id: what the person is called in the kommune}: the name of those whom it
    knows, and of the others the address."""
    kjent = kjente(kommune, brukere)
    return {b.pk: str(b) if b.pk in kjent else b.epost for b in brukere}
