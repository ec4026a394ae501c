"""What is on its way into a kommune: grants, documents that are read, and what other
kommuner do with what they share."""

from django.db.models import Case, CharField, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from slt.felles.arbeidsflate import Linje
from tiltak.arbeidsflate.tilskuddene import rapporten, soknaden, tilskuddsfrister
from tiltak.bank.siden_da import opphavene
from tiltak.models import Opphav, Planimport, Tjenestekommune
from tiltak.models.delinger import avslatt, bortfalt, trukket, usett

# A grant to report, one to apply for; a document that was read; what another kommune does
# with a tjeneste; a tiltak that was copied from another kommune.
RAPPORTER, SOK, LES, TILBYR, LA_NED, TRAKK, TOK_BORT, AVSLO, KOPIERT = range(9)
LEST_INN = gettext_lazy("«%s» er lest inn, men ikke lagt inn i en plan ennå")
DELT = {
    TILBYR: gettext_lazy("%(eier)s tilbyr dere %(tjeneste)s"),
    LA_NED: gettext_lazy("%(eier)s har lagt ned %(tjeneste)s, som dere viste"),
    TRAKK: gettext_lazy("%(eier)s deler ikke lenger %(tjeneste)s med dere"),
    TOK_BORT: gettext_lazy(
        "%(eier)s har fjernet et kontaktpunkt hos %(tjeneste)s, som dere hadde valgt"
    ),
    AVSLO: gettext_lazy("%(eier)s vil ikke vise %(tjeneste)s, som dere tilbød"),
}
FRISTER = {RAPPORTER: rapporten, SOK: soknaden}


def pa_vei(hvem):
    """Yields the days of grants, the documents on their way to become a plan, what other
    kommuner do with tjenester that they offer or share, and whether something was changed,
    or is not shared any more, where tiltak were copied from: 1 query for all of it, and for
    who has copied some, a few more."""
    dokumenter = Planimport.objects.synlige_for(hvem.bruker).under_arbeid()
    rader = dokumenter.filter(kommune=hvem.kommune).order_by()
    rader = rader.values_list(Value(LES), "pk", "navn", Value("", CharField()))
    delte = reverse("tiltak:delte_tjenester", args=[hvem.kommune.slug])
    kopierte = Opphav.objects.i_bruk(hvem.kommune).order_by()
    kopierte = kopierte.values_list(Value(KOPIERT), "pk", "tittel", "kommunenavn")
    frister = tilskuddsfrister(hvem, sokes=SOK, rapporteres=RAPPORTER)
    alt = rader.union(*_delingene(hvem), kopierte, *frister, all=True)
    har_kopiert = False
    for hva, pk, navn, eier in sorted(alt, key=_rekken):
        if hva == KOPIERT:
            har_kopiert = True
        elif hva in FRISTER:
            yield FRISTER[hva](hvem, pk, navn, eier)
        elif hva == LES:
            dokumentet = reverse("tiltak:planimport", args=[hvem.kommune.slug, pk])
            yield Linje(LEST_INN % navn, dokumentet)
        else:
            yield Linje(DELT[hva] % {"tjeneste": navn, "eier": eier}, delte)
    if har_kopiert:
        yield from _endret_hos_opphavet(hvem)


def _rekken(rad):
    """By what it is; of days, the nearest first."""
    hva, pk, navn, dag = rad
    return (hva, dag if hva in FRISTER else "", pk, navn, dag)


def _endret_hos_opphavet(hvem):
    """Yields what is said otherwise where the kommune copied it, until somebody looked, and
    what is not shared there any more, until that is taken off."""
    alle = opphavene(Opphav.objects.i_bruk(hvem.kommune), hvem.kommune)
    endret = [o.rad for o in alle if o.er_endret]
    trukne = [o.rad for o in alle if o.er_trukket]
    if endret:
        yield _om_opphav(
            hvem,
            endret,
            _("«%(tittel)s» er endret hos %(kommune)s, som dere kopierte det fra"),
            _("%d tiltak er endret der dere kopierte dem fra"),
        )
    if trukne:
        yield _om_opphav(
            hvem,
            trukne,
            _(
                "«%(tittel)s» deles ikke lenger av %(kommune)s, som dere kopierte det fra"
            ),
            _("%d tiltak deles ikke lenger der dere kopierte dem fra"),
        )


def _om_opphav(hvem, rader, om_ett, om_flere):
    if len(rader) > 1:
        alle = reverse("tiltak:bank_kopiert", args=[hvem.kommune.slug])
        return Linje(om_flere % len(rader), alle)
    [rad] = rader
    return Linje(
        om_ett % {"tittel": rad.tittel, "kommune": rad.kommunenavn},
        reverse("tiltak:bank_opphav", args=[hvem.kommune.slug, rad.pk]),
    )


def _delingene(hvem):
    """[QuerySet of (what is done, id, tjeneste, who did it)]: what is offered; what was
    laid down, until it is answered; what was taken back, contact points that were removed,
    and own ones that others will not show, until somebody has seen it."""
    fra_andre = Tjenestekommune.objects.filter(kommune=hvem.kommune).order_by()
    hva = Case(When(tjeneste__nedlagt=None, then=Value(TILBYR)), default=Value(LA_NED))
    venter = fra_andre.filter(Q(godtatt=None) | Q(tjeneste__nedlagt__isnull=False))
    return [
        venter.values_list(hva, "pk", "tjeneste__navn", "tjeneste__kommune__navn"),
        _usett(TRAKK, trukket(hvem.kommune), hvem),
        _usett(TOK_BORT, bortfalt(hvem.kommune), hvem),
        _usett(AVSLO, avslatt(hvem.kommune), hvem, av="kommune__navn"),
    ]


def _usett(hva, rader, hvem, *, av="history_kommune__navn"):
    usette = usett(rader, hvem.kommune)
    return usette.values_list(Value(hva), "id", "tjenestenavn", av)
