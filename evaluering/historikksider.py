"""What of the figures has a page that tells its history, and what ties to figures are told
of with the tiltak."""

from evaluering.endret import KOORDINATORENS
from evaluering.models import (
    Evaluering,
    Indikator,
    Maling,
    Malsettingsindikator,
    Medvirkning,
    Milepal,
    Omradeindikator,
    Tiltaksindikator,
    Tiltaksvurdering,
)
from evaluering.models.kilder import INNENFRA
from slt.felles.historikksider import (
    BARE_KOORDINATOR,
    SES_IKKE,
    SIDER,
    Del,
    Historikkside,
    apnet,
    har_historikkside,
)
from slt.models import har_rett


def _apent_fra(pker, leser):
    """Since it is published, by those who did not see it before."""
    innenfra = Indikator.objects.filter(har_rett(leser, "kommune", *INNENFRA))
    utenfra = set(pker) - set(innenfra.filter(pk__in=pker).values_list("pk", flat=True))
    return apnet(Indikator, utenfra, publisert=False) if utenfra else {}


def registrer():
    har_historikkside(
        Historikkside(
            Indikator,
            Indikator.get_absolute_url,
            [
                Del(Tiltaksindikator, "indikator"),
                Del(Omradeindikator, "indikator"),
                Del(Malsettingsindikator, "indikator"),
                Del(Maling, "indikator"),
            ],
            apent_fra=_apent_fra,
        )
    )
    SIDER["tiltak"].deler.append(Del(Tiltaksindikator, "tiltak"))
    SIDER["innsatsomrade"].deler.append(Del(Omradeindikator, "innsatsomrade"))
    # A figure that counts few persons is hidden on the pages: its history says it.
    BARE_KOORDINATOR.add(Maling)
    SES_IKKE.setdefault(Indikator, set()).update(KOORDINATORENS)
    har_historikkside(
        Historikkside(
            Evaluering,
            Evaluering.get_absolute_url,
            [
                Del(Tiltaksvurdering, "evaluering"),
                Del(Milepal, "evaluering"),
                Del(Medvirkning, "evaluering"),
            ],
        )
    )
    # What was written before it was finished was for nobody else, and what somebody said
    # is told by less than the history holds.
    BARE_KOORDINATOR.update({Evaluering, Tiltaksvurdering, Milepal, Medvirkning})
