"""What stands in no plan is taken into one."""

from django.db import transaction

from tiltak.models import Innsatsomrade, Plassering, Tiltak


@transaction.atomic
def ta_inn(*, tilbud: Tiltak, innsatsomrade: Innsatsomrade) -> Plassering:
    """Makes a tilbud a tiltak of the plan of an innsatsområde, with its deltiltak: the
    same rows, with their history and all that refers to them. It gets the next number
    there, and is public when what is new in that plan is.

    Raises:
        ValidationError: the plan was superseded.
    """
    plan = innsatsomrade.plan
    for rad in (tilbud, *tilbud.deltiltak.all()):
        if rad is not tilbud:
            rad.overordnet = tilbud  # which lies in the plan by now
        if plan.tiltak.filter(slug=rad.slug).exists():
            rad.slug = ""
        rad.plan, rad.publisert = plan, None
        rad.full_clean()
        rad.save()
    plassering = Plassering(
        tiltak=tilbud, innsatsomrade=innsatsomrade, nummer=innsatsomrade.neste_nummer
    )
    plassering.full_clean()
    plassering.save()
    return plassering
