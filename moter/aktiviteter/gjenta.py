"""Activities of last year that are held again: on which days, and what comes along."""

from datetime import date, timedelta

from moter.models import Aktivitet
from tiltak.models import Handlingsplan

# What is the same again. How many came, how it went, and whether it was called off, is not.
KOPIERES = (
    "kommune_id",
    "tittel",
    "slag",
    "start_kl",
    "slutt_kl",
    "sted_id",
    "hvor",
    "publikum",
    "trinn_fra",
    "trinn_til",
    "tjeneste_id",
    "holdes_av",
)


def i_uke(ar, uke, ukedag):
    """Returns the day of an ISO week; week 53 in a year without one is the last week.

    Args:
        ukedag: 1 for Monday.
    """
    try:
        return date.fromisocalendar(ar, uke, ukedag)
    except ValueError:
        return date.fromisocalendar(ar, uke - 1, ukedag)


def samme_uke_og_dag(dag):
    """Returns the day of the same week and weekday, a year on. Around New Year, where a
    week belongs to another year than its days, it is the nearest one that is in the next
    year."""
    ar, uke, ukedag = dag.isocalendar()
    forslag = i_uke(ar + 1, uke, ukedag)
    return forslag + timedelta(weeks=dag.year + 1 - forslag.year)


def som_kan_gjentas(kommune, ar):
    """QuerySet of the activities of a year that were held, and are not repeated yet."""
    rader = kommune.aktiviteter.som_holdes().i_ar(ar).filter(gjentatt_som=None)
    return rader.select_related("kommune", "tiltak__plan", "forum", "sted")


def gjentatt(rad, dag, *, publisert) -> Aktivitet:
    """Returns the activity once more, from that day on, not saved. It is of the same tiltak
    as long as that holds, and of the same forum while that is there.

    Args:
        rad: with tiltak, its plan, and forum loaded.
    """
    ny = Aktivitet(
        **{navn: getattr(rad, navn) for navn in KOPIERES},
        dato=dag,
        publisert=publisert and rad.publisert,
        gjentar=rad,
    )
    if rad.til_dato:
        ny.til_dato = dag + (rad.til_dato - rad.dato)
    if rad.tiltak and _holder(rad.tiltak):
        ny.tiltak = rad.tiltak
    if rad.forum and rad.forum.finnes_den(dag):
        ny.forum = rad.forum
    return ny


def _holder(tiltak):
    avlost = tiltak.plan and tiltak.plan.status == Handlingsplan.Status.AVLOST
    return not avlost and tiltak.status not in tiltak.AVSLUTTEDE
