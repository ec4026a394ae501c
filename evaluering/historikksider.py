"""What of the figures has a page that tells its history, and what ties to figures are told
of with the tiltak."""

from evaluering.models import (
    Indikator,
    Maling,
    Malsettingsindikator,
    Omradeindikator,
    Tiltaksindikator,
)
from slt.felles.historikksider import (
    BARE_KOORDINATOR,
    SES_IKKE,
    SIDER,
    Del,
    Historikkside,
    apnet,
    har_historikkside,
)


def _apent_fra(pker, leser):
    """Since it is published."""
    apne = Indikator.objects.filter(pk__in=pker, publisert=True)
    return apnet(Indikator, "publisert", apne.values_list("pk", flat=True))


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
    SES_IKKE.setdefault(Indikator, set()).update({"oppgis_av", "framhevet"})
