"""What waits in the meeting structure, and the meetings that are to come."""

from datetime import timedelta

from django.db.models import CharField, DateField, Exists, OuterRef, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moter.models import Forum, Forumskommune, Mote, Motefri
from moter.models.fora import SETE
from moter.moteplan.hinder import hinder, motefri_rundt
from moter.moteplan.kollisjoner import Motekalender, last_seter
from moter.moteplan.varsler import varsler_i
from slt.felles.arbeidsflate import Avsnitt, Bidrag, Hendelse, Linje
from slt.grunn.tid import midnatt
from slt.models import retter_av

SEKS_UKER = timedelta(weeks=6)
FLEST = 20


def bidrag(hvem):
    """The meetings of who keeps the kommune: all of them, and what is in their way. Of
    others those of the fora where they sit, and these; of those who adopt the plans also
    those of the level on which that is done. At most 2 queries; for who keeps the kommune
    3."""
    if hvem.koordinerer:
        return _koordinatorens(hvem)
    moter = list(_motene(hvem)[:FLEST])
    return Bidrag(kommer=[_hendelse(m) for m in moter], leses=[*_foraene(hvem)])


def _motene(hvem):
    i_dag = timezone.localdate()
    moter = Mote.objects.synlige_for(hvem.bruker).holdes().fra_i_dag()
    moter = moter.filter(start__lt=midnatt(i_dag + SEKS_UKER))
    moter = moter.select_related("forum__kommune").order_by("start", "pk")
    moter = moter.filter(forum__in=Forum.objects.all().i(hvem.kommune))
    if hvem.koordinerer:
        return moter
    seter = hvem.bruker.forumsmedlemskap.gyldige().filter(forum=OuterRef("forum"))
    egne = Q(Exists(seter))
    if hvem.vedtar:
        egne |= Q(forum__niva=Forum.Niva.STYRENDE)
    return moter.filter(egne)


def _hendelse(mote, merknad=""):
    return Hendelse(
        tid=mote.start,
        tekst=str(mote.forum),
        adresse=mote.forum.get_absolute_url(),
        merknad=merknad,
    )


def _foraene(hvem):
    """Yields the fora where the asker sits, and how to have their meetings in a calendar
    of one's own; 1 query, none for those who sit nowhere."""
    retter = retter_av(hvem.bruker)
    if retter is not None and not retter.pker(SETE):
        return
    seter = hvem.bruker.forumsmedlemskap.gyldige().filter(forum=OuterRef("pk"))
    fora = Forum.objects.filter(Exists(seter)).i(hvem.kommune).virksomme()
    fora = fora.select_related("kommune").order_by("navn__norsk")
    lenker = [Linje(str(forum), forum.get_absolute_url()) for forum in fora]
    if lenker:
        kalender = Linje(_("i din egen kalender"), reverse("mine_kalendere"))
        yield Avsnitt(
            _("Foraene dine"),
            [(_("Du sitter i"), lenker), (_("Få møtene"), [kalender])],
        )


# Of who keeps the plan of meetings --------------------------------------------------------


def _koordinatorens(hvem):
    moter = list(_motene(hvem))
    delinger, motefri = _delinger_og_motefri(hvem)
    her = Bidrag(venter=[_invitasjon(hvem, *deling) for deling in delinger])
    if not moter:
        return her
    merknader = _merknader(hvem, moter, motefri)
    her.venter += _kolliderer(hvem, len(merknader))
    her.kommer = [_hendelse(m, merknader.get(m.pk, "")) for m in moter[:FLEST]]
    return her


def _delinger_og_motefri(hvem):
    """([(forum, kommune) that invite], [Motefri of the next weeks]); 1 query for both."""
    delinger = Forumskommune.objects.filter(kommune=hvem.kommune, godtatt=None)
    ingen_dag = Value(None, DateField())
    i_dag = timezone.localdate()
    motefri = motefri_rundt(hvem.kommune, i_dag, i_dag + SEKS_UKER)
    rader = (
        delinger.order_by()
        .values_list("forum__navn", "forum__kommune__navn", ingen_dag, ingen_dag)
        .union(
            motefri.order_by().values_list(
                "navn", Value("", CharField()), "fra", "til"
            ),
            all=True,
        )
    )
    rader = sorted(rader)
    return (
        [(forum, kommune) for forum, kommune, fra, _til in rader if fra is None],
        [
            Motefri(navn=navn, fra=fra, til=til)
            for navn, _kommune, fra, til in rader
            if fra is not None
        ],
    )


def _merknader(hvem, moter, motefri):
    """{id of a meeting: what is in its way, in words}; 1 query."""
    rundt = Forum.objects.synlige_for(hvem.bruker).i(hvem.kommune)
    kalender = Motekalender(moter, last_seter(rundt))
    i_veien = hinder(hvem.kommune, moter[0].dag, moter[-1].dag, rader=motefri)
    funnet = varsler_i(moter, kalender, i_veien)
    return {varsel.mote.pk: "; ".join(varsel.i_ord()) for varsel in funnet}


def _invitasjon(hvem, forum, kommune):
    return Linje(
        _("%(kommune)s inviterer dere til %(forum)s")
        % {"kommune": kommune, "forum": forum},
        reverse("moter:forum_list", args=[hvem.kommune.slug]),
    )


def _kolliderer(hvem, antall):
    if antall:
        tekst = ngettext(
            "%d møte de neste seks ukene kolliderer med noe",
            "%d møter de neste seks ukene kolliderer med noe",
            antall,
        )
        yield Linje(tekst % antall, reverse("moter:moteplan", args=[hvem.kommune.slug]))
