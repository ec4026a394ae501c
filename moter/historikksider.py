"""What of the meeting structure has a page that tells its history."""

from moter.endret import PERSONEN
from moter.models import (
    Aktivitet,
    Forum,
    Forumskommune,
    Forumsmedlem,
    Moteserie,
    Sendevei,
)
from slt.felles.historikksider import (
    BARE_KOORDINATOR,
    SES_IKKE,
    Del,
    Historikkside,
    apnet,
    har_historikkside,
)


def _apent_fra(pker, leser):
    """By those who do not see its inside, since it is public."""
    innenfra = Forum.objects.innenfra(leser).filter(pk__in=pker)
    utenfra = set(pker) - set(innenfra.values_list("pk", flat=True))
    return apnet(Forum, utenfra, offentlig=False) if utenfra else {}


SIDER = [
    Historikkside(
        Forum,
        Forum.get_absolute_url,
        [
            Del(Forumsmedlem, "forum"),
            Del(Sendevei, "forum"),
            Del(Moteserie, "forum"),
            Del(Forumskommune, "forum"),
        ],
        apent_fra=_apent_fra,
    ),
    Historikkside(Aktivitet, Aktivitet.get_absolute_url),
]


def registrer():
    har_historikkside(*SIDER)
    # Who sits there is for those inside; who sat there, for the coordinator.
    SES_IKKE.setdefault(Forumsmedlem, set()).update(PERSONEN)
    # How the meetings are planned, and who is asked to take part; and how many came to an
    # activity and how it went, of what tiltak and forum it was when nobody saw these.
    BARE_KOORDINATOR.update({Aktivitet, Moteserie, Forumskommune})
