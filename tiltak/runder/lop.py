"""The course of a round: it is planned, it is sent, once, and mails that were not put into
the outbox then are put there later."""

from collections import defaultdict
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from itertools import islice

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from slt.grunn.historikk import opprett_mange
from slt.models import Kommune
from slt.models.utsendinger import JULI
from tiltak.models import Foresporsel, Runde, Rundeoppsett, Tjeneste
from tiltak.models.runder import DAGER
from tiltak.runder import brev
from tiltak.runder.deler import DELER
from tiltak.runder.oversikt import oversikt
from tiltak.runder.utvalg import spurte_tjenester

# So many tjenester are held at once while a round is begun, however many there are.
OM_GANGEN = 100
UTEN_ADRESSE = gettext_lazy(
    "Nettstedet kjenner ikke sin egen adresse, så lenkene i e-postene ville ikke virke. "
    "Be den som driver nettstedet, om å sette SITE_URL."
)
I_JULI = gettext_lazy("I juli sendes det ingen runder.")
KAN_IKKE_BESVARES = gettext_lazy("Runden kan ikke besvares lenger.")
INGEN = gettext_lazy(
    "Runden har ingen å spørre: ingen tjeneste svarer for noe av det den spør om, eller "
    "ingen av dem vil spørres. Velg noe annet, eller skriv inn hvem som er ansvarlig."
)


class IkkeNa(ValidationError):  # noqa: N818
    """A round cannot be sent as things are today; it stays a draft."""


def er_juli():
    """Whether nobody is asked or reminded this month."""
    return timezone.localdate().month == JULI


# Planning ---------------------------------------------------------------------------------


def oppsettet(kommune):
    """The Rundeoppsett of the kommune, or what holds where it has none."""
    oppsett = Rundeoppsett.objects.filter(kommune=kommune).first()
    return oppsett or Rundeoppsett(kommune=kommune)


def lag_runde(kommune, dag, *, dager=DAGER):
    """Returns the round of the week in which the day is: the one that is there, or a new
    draft. Whoever asks twice, or at the same time as another, gets the same."""
    ar, uke, _ukedag = dag.isocalendar()
    with transaction.atomic():
        Kommune.objects.las(kommune.pk)
        rader = Runde.objects.filter(kommune=kommune, arstall=ar, uke=uke)
        return rader.first() or Runde.objects.create(
            kommune=kommune, arstall=ar, uke=uke, frist=dag + timedelta(days=dager)
        )


def lag_planlagte(dag):
    """Makes the rounds that kommuner have planned for the week of the day, and sends those
    that go by themselves; puts into the outbox what was not put there when a round was
    sent. Run twice, it does nothing the second time. Returns (rounds made, mails put).

    Raises:
        ExceptionGroup: what went wrong in some of them, once the others have theirs.
    """
    antall_for = Runde.objects.count()
    lagt = hver_for_seg(_som_gjores(dag))
    return Runde.objects.count() - antall_for, lagt


def _som_gjores(dag):
    """Yields what is to be done that night, the rounds of the week first."""
    for oppsett in _oppsettene():
        if _er_planlagt(oppsett, dag):
            yield partial(_lag_planlagt, oppsett, dag)
    for runde in Runde.objects.apne().select_related("kommune"):
        yield partial(legg_ut, runde)


def _lag_planlagt(oppsett, dag):
    runde = lag_runde(oppsett.kommune, dag, dager=oppsett.dager)
    if oppsett.sendes and runde.er_utkast:
        # As it is when it is sent: midnight may pass meanwhile, and July begin.
        with suppress(IkkeNa):
            return send(runde, minst=oppsett.dager)
    return 0


def hver_for_seg(gjores):
    """Does each, also where another one fails; returns the sum of what they return."""
    sum_, feil = 0, []
    for gjor in gjores:
        try:
            sum_ += gjor()
        except Exception as en:
            feil.append(en)
    if feil:
        raise ExceptionGroup("some rounds failed", feil)
    return sum_


def _oppsettene():
    """[Rundeoppsett] of the kommuner that have somebody to ask, and ask: also of those that
    have said nothing of it. What they get is a draft; 2 queries."""
    sporres = Tjeneste.objects.sporres().filter(kommune=OuterRef("pk")).order_by()
    skrevet = {rad.kommune_id: rad for rad in Rundeoppsett.objects.all()}
    ut = []
    for kommune in Kommune.objects.filter(Exists(sporres)).order_by("pk"):
        oppsett = skrevet.get(kommune.pk) or Rundeoppsett()
        oppsett.kommune = kommune
        if oppsett.er_pa:
            ut.append(oppsett)
    return ut


def _er_planlagt(oppsett, dag):
    """Whether a kommune asks in the week of the day: of a year without week 53, that is
    the last one."""
    ar, uke, _ukedag = dag.isocalendar()
    siste = date(ar, 12, 28).isocalendar().week
    return uke in {min(planlagt, siste) for planlagt in oppsett.uker}


# Sending ----------------------------------------------------------------------------------


def send(runde, *, minst=1):
    """Sends a round that is a draft: all who are to be asked, are asked from now on.
    Returns how many mails were put into the outbox; started twice, each goes once.

    Args:
        minst: how many days there are to be to answer; with fewer left, the deadline is a
            new one.

    Raises:
        IkkeNa: in July, and where the site does not know its own address: of the key in a
            link that leads nowhere, nothing is kept.
    """
    if not settings.SITE_URL:
        raise IkkeNa(UTEN_ADRESSE)
    with transaction.atomic():
        Kommune.objects.las(runde.kommune_id)
        runde = Runde.objects.select_related("kommune").get(pk=runde.pk)
        if runde.er_utkast:
            _begynn(runde, minst)
    return legg_ut(runde)


def _begynn(runde, minst):
    i_dag = timezone.localdate()
    if er_juli():
        raise IkkeNa(I_JULI)
    runde.startet = timezone.now()
    if runde.frist < i_dag + timedelta(days=minst):
        # A draft may have lain there.
        runde.frist = i_dag + timedelta(days=oppsettet(runde.kommune).dager)
    # What is asked about later is not asked in this one.
    runde.deler = runde.deler or [del_.nokkel for del_ in DELER]
    tjenester = spurte_tjenester(runde)
    if not tjenester.exists():
        raise IkkeNa(INGEN)
    runde.save()
    rader = tjenester.order_by("pk").iterator(chunk_size=OM_GANGEN)
    while noen := list(islice(rader, OM_GANGEN)):
        opprett_mange(
            [Foresporsel(runde=runde, tjeneste=t, epost=t.svaransvarlig) for t in noen]
        )


def legg_ut(runde):
    """Puts the mails of a round into the outbox that are not there, first ones and
    reminders: one to each address, whatever number of tjenester it answers for. Each is
    stored by itself: who is killed in between, or begins twice, sends none twice. None
    where the links would lead nowhere. Returns how many."""
    if not settings.SITE_URL:
        return 0
    per_adresse = defaultdict(list)
    rader = _uten_brev(runde).values_list("pk", "epost", "purret")
    for pk, epost, purret in rader.iterator(chunk_size=OM_GANGEN):
        per_adresse[epost.lower(), purret is not None].append(pk)
    return sum(
        _legg_ett(runde, pker, minner=minner)
        for (_epost, minner), pker in per_adresse.items()
    )


def _uten_brev(runde):
    rader = runde.foresporsler.filter(Q(besvart=None) | Q(purret__isnull=False))
    rader = rader.filter(brev="", tjeneste__nedlagt=None)
    if er_juli():
        # By August, a reminder would say what was so in July.
        rader = rader.filter(purret=None)
    return rader.exclude(epost="").exclude(tjeneste__sporres_ikke=True).order_by("pk")


@transaction.atomic
def _legg_ett(runde, pker, *, minner):
    Kommune.objects.las(runde.kommune_id)
    # Somebody may have closed it while this waited.
    runde = Runde.objects.apne().select_related("kommune").filter(pk=runde.pk).first()
    if runde is None:
        return False
    rader = _uten_brev(runde).filter(pk__in=pker).select_related("tjeneste")
    nokkel = f"runde:{runde.pk}:{pker[0]}"
    if minner:
        return bool(paminn(runde, list(rader), nokkel=f"{nokkel}:paminnelse"))
    lagt = brev.legg(runde, list(rader), nokkel=nokkel, slag=brev.SPORSMAL)
    return bool(lagt)


@transaction.atomic
def spor_ogsa(runde, tjeneste):
    """Asks a tjeneste that is not in a round that was sent: it may have taken over what
    another one answered for. Returns whether it was not there.

    Raises:
        IkkeNa: in July, and where the round cannot be answered any more.
    """
    Kommune.objects.las(runde.kommune_id)
    runde = Runde.objects.select_related("kommune").get(pk=runde.pk)
    if not runde.er_apen:
        raise IkkeNa(KAN_IKKE_BESVARES)
    if er_juli():
        raise IkkeNa(I_JULI)
    _rad, ny = Foresporsel.objects.get_or_create(
        runde=runde, tjeneste=tjeneste, defaults={"epost": tjeneste.svaransvarlig}
    )
    if ny:
        legg_ut(runde)
    return ny


@transaction.atomic
def send_pa_nytt(foresporsel):
    """Asks once more of one that did not answer, or where somebody else is to, at the
    address that the tjeneste has now; the links it had open nothing any more. Returns
    whether there is somebody to ask."""
    Kommune.objects.las(foresporsel.runde.kommune_id)
    rad = Foresporsel.objects.select_related("runde__kommune", "tjeneste").get(
        pk=foresporsel.pk
    )
    rad.epost = rad.tjeneste.svaransvarlig
    kan_sporres = (
        settings.SITE_URL
        # Nothing would go, and the link that they have would be lost.
        and not er_juli()
        and rad.tjeneste.nedlagt is None
        and not rad.tjeneste.sporres_ikke
    )
    if not (rad.venter and rad.epost and kan_sporres and rad.runde.er_apen):
        return False
    rad.svar, rad.besvart, rad.hvordan = "", None, ""
    for lenke in rad.lenker.ikke_over():
        lenke.avslutt()
    nr = rad.lenker.model.historikk.filter(foresporsel=rad.pk).count()
    nokkel = f"runde:{rad.runde_id}:{rad.pk}:{nr}"
    return bool(brev.legg(rad.runde, [rad], nokkel=nokkel, slag=brev.SPORSMAL))


def paminn(runde, rader, *, nokkel):
    """Makes the reminder to one address, about those that are not answered by now: of the
    others, nothing goes. Each keeps the links it has."""
    mangler = []
    for rad in rader:
        [stand] = oversikt(runde, foresporsel=rad)
        if stand.mangler:
            rad.mangler = stand.mangler
            mangler.append(rad)
    return brev.legg(runde, mangler, nokkel=nokkel, slag=brev.PAMINNELSE)


# Afterwards -------------------------------------------------------------------------------

OPPBEVAR = timedelta(days=90)


def rydd():
    """Forgets at which addresses was asked in rounds that were over 90 days ago, as the
    outbox does; returns what it did, in words."""
    over = timezone.localdate() - OPPBEVAR
    rader = Foresporsel.objects.filter(runde__frist__lt=over).exclude(epost="")
    antall = 0
    for rad in rader.iterator():
        rad.epost = rad.brev = ""
        rad.save()
        antall += 1
    return f"Glemte adressen til {antall} forespørsler."
