"""What waits in the meeting structure, and the meetings that are to come."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from moter.models import Forum, Forumskommune, Mote
from moter.moteplan.varsler import varsler
from slt.felles.arbeidsflate import Hendelse, Linje, Steg
from slt.grunn.tid import midnatt
from slt.models import Kommune

SEKS_UKER = timedelta(weeks=6)
FLEST = 20


def venter(hvem):
    """Yields the invitations of neighbours that wait for an answer; 1 query."""
    if not hvem.koordinerer:
        return
    delinger = Forumskommune.objects.filter(kommune=hvem.kommune, godtatt=None)
    for deling in delinger.select_related("forum__kommune"):
        yield Linje(
            _("%(kommune)s inviterer dere til %(forum)s")
            % {"kommune": deling.forum.kommune, "forum": deling.forum},
            reverse("moter:forum_list", args=[hvem.kommune.slug]),
        )


def kommer(hvem):
    """Yields the next meetings: of those who keep the kommune, or adopt its plans, all that
    they see; of others those of the fora where they sit. 1 query, and for who keeps the
    plan of meetings 3 more: what is in the way."""
    moter = list(_motene(hvem)[:FLEST])
    merknader = {}
    if hvem.koordinerer:
        funnet = varsler(bruker=hvem.bruker, kommune=hvem.kommune, moter=moter)
        merknader = {v.mote.pk: "; ".join(v.i_ord()) for v in funnet}
    for mote in moter:
        yield Hendelse(
            tid=mote.start,
            tekst=str(mote.forum),
            adresse=mote.forum.get_absolute_url(),
            merknad=merknader.get(mote.pk, ""),
        )


def _motene(hvem):
    i_dag = timezone.localdate()
    moter = Mote.objects.synlige_for(hvem.bruker).holdes().fra_i_dag()
    moter = moter.filter(start__lt=midnatt(i_dag + SEKS_UKER))
    moter = moter.select_related("forum__kommune").order_by("start", "pk")
    if hvem.koordinerer or hvem.vedtar:
        return moter.filter(forum__in=Forum.objects.all().i(hvem.kommune))
    seter = hvem.bruker.forumsmedlemskap.gyldige().filter(forum=OuterRef("forum"))
    return moter.filter(Exists(seter), forum__kommune=hvem.kommune)


def begynn(hvem):
    """Yields what a coordinator of an empty kommune begins with; 1 query."""
    if not hvem.koordinerer:
        return
    na = Kommune.objects.filter(pk=hvem.kommune.pk).values_list(
        Exists(Forum.objects.filter(kommune=OuterRef("pk"))),
        Exists(Mote.objects.holdes().fra_i_dag().filter(forum__kommune=OuterRef("pk"))),
    )
    har_fora, har_moter = na.get()
    if not har_fora:
        yield Steg(_("Legg inn foraene som møtes"), reverse("admin:moter_forum_add"))
    elif not har_moter:
        yield Steg(
            _("Legg møtene for året"),
            reverse("moter:planlegger", args=[hvem.kommune.slug]),
        )
