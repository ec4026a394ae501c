"""What the data know of the checklist: each of these says of a Kommune in a query whether
it has what the point asks for."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone

from evaluering.models import (
    Anbefaling,
    Egenvurdering,
    Evaluering,
    Funn,
    Kilde,
    Malsettingsindikator,
    Medvirkning,
)
from moter.models import Forum, Forumsmedlem, Mote
from slt.felles.offentlig import utsagn
from slt.felles.start import antall
from slt.models import Tilgang
from tiltak.models import (
    Ansvar,
    Bekreftelse,
    Handlingsplan,
    Kontaktpunkt,
    Statusrapport,
    Styringsdokument,
    Tiltak,
    Tjeneste,
)

# Knowledge from before that many years ago is old, and so is what the young said then.
NYE_AR = 3
GJELDER = Handlingsplan.Status.GJELDENDE
POLITIRAD = Forum.Type.POLITIRAD
# So many meetings are the least in a year.
MOTER_I_ARET = 2


def _her(rader, sti="kommune"):
    return Exists(rader.filter(**{sti: OuterRef("pk")}))


def _i_ar():
    return timezone.localdate().year


def _for_et_ar_siden():
    return timezone.localdate() - timedelta(days=365)


# The plan -----------------------------------------------------------------------------


def plan_gjelder():
    return _her(Handlingsplan.objects.gjeldende().filter(til_ar__gte=_i_ar()))


def plan_behandlet():
    return _her(Handlingsplan.objects.gjeldende().exclude(vedtaksform=""))


def mal_som_males():
    bruk = Malsettingsindikator.objects.filter(malsetting__plan__status=GJELDER)
    return _her(bruk, "malsetting__plan__kommune")


def _tiltak():
    return Tiltak.objects.i_kraft().filter(plan__status=GJELDER, overordnet=None)


def tiltak_har_ansvarlig():
    """Each of them, or a part of it, has a tjeneste that answers for it."""
    ansvar = Ansvar.objects.filter(rolle__in=Ansvar.ANSVARLIGE)
    uten = _tiltak().exclude(Exists(ansvar.filter(tiltak=OuterRef("pk"))))
    uten = uten.exclude(Exists(ansvar.filter(tiltak__overordnet=OuterRef("pk"))))
    return utsagn(_her(_tiltak()) & ~_her(uten))


# Whom to call -------------------------------------------------------------------------


def _for_alle():
    return Kontaktpunkt.objects.filter(
        tjeneste__nedlagt=None, synlighet=Kontaktpunkt.Synlighet.OFFENTLIG
    )


def uten_kontakt():
    """The tjenester that nobody can reach by what all may read."""
    for_alle = _for_alle().filter(tjeneste=OuterRef("pk"))
    return Tjeneste.objects.virksomme().exclude(Exists(for_alle))


def tjenester_nas():
    return utsagn(_her(Tjeneste.objects.virksomme()) & ~_her(uten_kontakt()))


def kontakter_bekreftet():
    ferske = Bekreftelse.objects.filter(
        kontaktpunkt=OuterRef("pk"),
        verdi=OuterRef("verdi"),
        dato__gte=_for_et_ar_siden(),
    )
    gamle = _for_alle().exclude(Exists(ferske))
    sti = "tjeneste__kommune"
    return utsagn(_her(_for_alle(), sti) & ~_her(gamle, sti))


# What is known ------------------------------------------------------------------------


def kunnskap_er_ny():
    return _her(Kilde.objects.filter(arstall__gte=_i_ar() - NYE_AR))


def funn_er_besvart():
    sti = "kilde__kommune"
    ubesvart = _her(Funn.objects.ubesvarte(), sti)
    ubesvart |= _her(Anbefaling.objects.ubesvarte(), sti)
    return utsagn(_her(Funn.objects.all(), sti) & ~ubesvart)


def barn_og_unge():
    """In the plan in force, in an evaluation of it, or in a source that is not old."""
    nytt = (
        Q(plan__status=GJELDER)
        | Q(evaluering__plan__status=GJELDER)
        | Q(kilde__arstall__gte=_i_ar() - NYE_AR)
    )
    return _her(Medvirkning.objects.av_barn_og_unge().filter(nytt))


def status_siste_ar():
    rapporter = Statusrapport.objects.filter(dato__gte=_for_et_ar_siden())
    return _her(rapporter, "tiltak__kommune")


def evaluering():
    return _her(Evaluering.objects.filter(plan__status=GJELDER))


# Who meets ----------------------------------------------------------------------------


def _i_forum(rader, sti="forum__"):
    """Of its own fora, and of those of a neighbour that it takes part in."""
    delte = {f"{sti}deltakere__godtatt__isnull": False}
    egne = _her(rader, f"{sti}kommune")
    return egne | _her(rader.filter(**delte), f"{sti}deltakere__kommune")


def politirad():
    fora = Forum.objects.virksomme().filter(type=POLITIRAD)
    return utsagn(_i_forum(fora, ""))


def politirad_har_medlemmer():
    sitter = Forumsmedlem.objects.gyldige().filter(forum__type=POLITIRAD)
    return utsagn(_i_forum(sitter))


def politirad_motes():
    moter = Mote.objects.holdes().filter(
        forum__type=POLITIRAD, start__year=timezone.localdate().year
    )
    delte = moter.filter(forum__deltakere__godtatt__isnull=False)
    i_aret = antall(moter, "forum__kommune") + antall(
        delte, "forum__deltakere__kommune"
    )
    return utsagn(GreaterThanOrEqual(i_aret, MOTER_I_ARET))


def egenvurdering():
    nye = Egenvurdering.objects.ferdige().filter(arstall__gte=_i_ar() - 1)
    return utsagn(_i_forum(nye))


def samarbeidsavtale():
    politiet = Q(tittel__icontains="politi") | Q(parter__icontains="politi")
    avtaler = Styringsdokument.objects.filter(politiet, art=Styringsdokument.Art.AVTALE)
    avtaler = avtaler.exclude(plan__status=Handlingsplan.Status.AVLOST)
    return _her(avtaler.exclude(utloper__lt=timezone.localdate()))


def koordinator():
    return _her(
        Tilgang.objects.gyldige().filter(
            rolle=Tilgang.Rolle.KOORDINATOR, bruker__is_active=True
        )
    )


def nivaer():
    fora = Forum.objects.virksomme()
    koordinerende = _i_forum(fora.filter(niva=Forum.Niva.KOORDINERENDE), "")
    return utsagn(koordinerende & _i_forum(fora.filter(niva=Forum.Niva.UTFORENDE), ""))
