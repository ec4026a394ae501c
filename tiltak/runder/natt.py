"""What is done with the rounds each night."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from tiltak.runder.lop import hver_for_seg, lag_planlagte
from tiltak.runder.lukking import de_som_er_over, lukk
from tiltak.runder.paminnelse import purr_om_natten, som_minnes


@dataclass
class Natt:
    """How many rounds were made and closed, and how many mails put into the outbox."""

    laget: int = 0
    lagt: int = 0
    lukket: int = 0


def kjor(dag: date) -> Natt:
    """Makes and sends what is planned, reminds, and closes what is over. Run twice, it
    does nothing the second time.

    Raises:
        ExceptionGroup: what went wrong in some, once the others have theirs.
    """
    natt, feil = Natt(), []

    def lag():
        natt.laget, natt.lagt = lag_planlagte(dag)

    def minn():
        natt.lagt += hver_for_seg(
            partial(purr_om_natten, runde) for runde in som_minnes(dag)
        )

    def lukk_alle():
        natt.lukket = hver_for_seg(
            lambda runde=runde: bool(lukk(runde, av_seg_selv=True))
            for runde in de_som_er_over(dag)
        )

    for gjor in (lag, minn, lukk_alle):
        try:
            gjor()
        except ExceptionGroup as gruppe:
            feil.extend(gruppe.exceptions)
    if feil:
        raise ExceptionGroup("some rounds failed", feil)
    return natt
