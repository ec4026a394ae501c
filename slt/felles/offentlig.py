"""What a kommune has published, part by part: each app says at start when its own parts
have something for all to read. What is empty is in no menu of a stranger, and a kommune
that has published nothing stands on no list."""

from collections.abc import Callable
from functools import reduce
from operator import or_

from django.db.models import BooleanField, Exists, ExpressionWrapper, Q

from slt.models import ARBEIDER, Kommune, har_rett

# {part: returns what says of a Kommune in a query whether strangers find something there}
INNHOLD: dict[str, Callable[[], Exists | Q]] = {}


def utsagn(betingelse):
    """The Q as something that is true or false of a row."""
    return ExpressionWrapper(Q(betingelse), output_field=BooleanField())


def med_innhold(kommuner):
    """Adds `har_<part>` of each part, for strangers; no query more."""
    return kommuner.annotate(
        **{f"har_{del_}": utsagn(f()) for del_, f in INNHOLD.items()}
    )


def sees_av(bruker):
    """Returns a Q of a Kommune: that the user finds something there, or works there."""
    publisert = reduce(or_, (Q(finn()) for finn in INNHOLD.values()))
    return publisert | har_rett(bruker, "pk", *ARBEIDER)


def delene(kommune, bruker):
    """Returns {part: whether the menu leads there}: for who works in the kommune, all of
    them. One query, none for a kommune that `med_innhold` found."""
    if kommune.gir(bruker, *ARBEIDER):
        return dict.fromkeys(INNHOLD, True)
    if not all(hasattr(kommune, f"har_{del_}") for del_ in INNHOLD):
        kommune = med_innhold(Kommune.objects.filter(pk=kommune.pk)).get()
    return {del_: getattr(kommune, f"har_{del_}") for del_ in INNHOLD}
