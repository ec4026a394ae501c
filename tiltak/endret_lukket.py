"""What of the plans of a kommune was hidden at a moment from those who see neither drafts nor
what is not published, though it may be open today: and all that hung on it then."""

from collections import defaultdict

from slt.felles.netto import biter, lukket_ved
from tiltak.endringer import LUKKET
from tiltak.models import Ansvar, Handlingsplan, Innsatsomrade, Plassering, Tiltak

# What something else hangs on.
BAERER = (Handlingsplan, Innsatsomrade, Tiltak)


def lukket_i(kommune, tid):
    """Returns {model: ids} of what said so itself; a query for each model."""
    ut = defaultdict(set)
    for modell in BAERER:
        ut[modell] = lukket_ved(modell, kommune, tid, LUKKET[modell])
    return ut


def med_det_under(skjult, rader):
    """Adds to {model: ids} what hung on it then.

    Args:
        rader: {model: {id: history row of that moment, or None}} of what was changed since;
            all else hangs where it does today.
    """

    def under(modell, felt):
        pker = skjult[modell._meta.get_field(felt).related_model]
        return {pk for pk, *_rest in _under(modell, felt, pker, rader)}

    skjult[Tiltak] |= under(Tiltak, "plan")
    skjult[Tiltak] |= _hjemme_i(skjult[Innsatsomrade], rader)
    skjult[Tiltak] |= under(Tiltak, "overordnet")
    skjult[Plassering] |= under(Plassering, "innsatsomrade")
    skjult[Plassering] |= under(Plassering, "tiltak")
    skjult[Ansvar] |= under(Ansvar, "tiltak")
    skjult[Ansvar] |= under(Ansvar, "plassering")
    return skjult


def _hjemme_i(omrader, rader):
    """The ids of the tiltak that stood at home in one of these."""
    felter = ["tiltak_id", "plan_id", "hoved"]
    steder = _under(Plassering, "innsatsomrade", omrader, rader, felter)
    steder = {(tiltak, plan) for _pk, tiltak, plan, hoved in steder if hoved}
    ut = set()
    for bit in biter({tiltak for tiltak, _plan in steder}):
        planen = Tiltak.objects.filter(pk__in=bit).values_list("pk", "plan_id")
        ut |= {tiltak for tiltak, plan in planen if (tiltak, plan) in steder}
    return ut


def _under(modell, felt, pker, rader, felter=()):
    """Returns {(id, values of these fields)} of what hung, by the field, on one of these."""
    if not pker:
        return set()
    var = rader.get(modell, {})
    attnavn = modell._meta.get_field(felt).attname
    ut = {
        (pk, *(getattr(h, navn) for navn in felter))
        for pk, h in var.items()
        if h and h.history_type != "-" and getattr(h, attnavn) in pker
    }
    for bit in biter(pker):
        na = modell.objects.filter(**{f"{felt}__in": bit}).order_by()
        ut |= {rad for rad in na.values_list("pk", *felter) if rad[0] not in var}
    return ut
