"""What the plans and the tjenester have in the year of a kommune."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from slt.felles.arshjul import Punkt, Slag
from slt.grunn.tid import MANEDER
from slt.grunn.uker import hver_gang, manedene, uken
from slt.models import Tilgang
from tiltak.models import (
    Handlingsplan,
    Horing,
    Plassering,
    Runde,
    Rundeoppsett,
    Styringsdokument,
    Tiltak,
)

# Tiltak -----------------------------------------------------------------------------------


def tiltakene(kommune, fra, til, bruker) -> Iterator[Punkt]:
    """Yields what those of the plans in force have in a week or in some months of each
    year, and their days; 1 query."""
    sted = Plassering.objects.filter(
        hoved=True,
        plan=OuterRef("plan"),
        tiltak=Coalesce(OuterRef("overordnet"), OuterRef("pk")),
        innsatsomrade__publisert=True,
    )
    rader = (
        Tiltak.objects.synlige_for(bruker)
        .filter(kommune=kommune, plan__status=Handlingsplan.Status.GJELDENDE)
        .exclude(status__in=Tiltak.AVSLUTTEDE)
        .filter(
            Q(uke__isnull=False)
            | Q(maned_fra__isnull=False)
            | Q(frist__range=(fra, til))
            | Q(evalueres_dato__range=(fra, til))
        )
        .annotate(
            omrade=Subquery(sted.values("innsatsomrade__slug")[:1]),
            nummer=Subquery(sted.values("nummer")[:1]),
        )
        .select_related("plan__kommune")
        .order_by("tittel__norsk", "pk")
    )
    for tiltak in rader:
        yield from _hvert_ar(tiltak, fra, til)
        yield from _dagene_til(tiltak, fra, til)


def _hvert_ar(tiltak, fra, til):
    """The times of what comes each year, as long as the plan and the tiltak last."""
    if tiltak.uke:
        dagene, nar = partial(_uken, tiltak.uke), _("uke %d") % tiltak.uke
    elif tiltak.maned_fra:
        dagene, nar = partial(_manedene, tiltak), tiltak.maneder
    else:
        return
    fra = max(fra, date(tiltak.plan.fra_ar, 1, 1), tiltak.fra_dato or fra)
    til = min(til, date(tiltak.plan.til_ar, 12, 31), tiltak.til_dato or til)
    if fra > til:
        return
    for forste, siste in hver_gang(dagene, fra, til):
        yield _om_tiltaket(tiltak, Slag.TILTAK, tiltak.tittel, forste, siste, nar)


def _uken(nummer, ar):
    return uken(ar, nummer)


def _manedene(tiltak, ar):
    return manedene(ar, tiltak.maned_fra, tiltak.maned_til)


def _dagene_til(tiltak, fra, til):
    if tiltak.frist and fra <= tiltak.frist <= til:
        tittel = _("Frist: %s") % tiltak.tittel
        yield _om_tiltaket(tiltak, Slag.FRISTER, tittel, tiltak.frist)
    if tiltak.evalueres_dato and fra <= tiltak.evalueres_dato <= til:
        tittel = _("Evalueres: %s") % tiltak.tittel
        yield _om_tiltaket(tiltak, Slag.EVALUERING, tittel, tiltak.evalueres_dato)


def _om_tiltaket(tiltak, slag, tittel, forste, siste=None, nar=""):
    return Punkt(
        fra=forste,
        til=siste,
        tittel=tittel,
        slag=slag,
        adresse=_adressen(tiltak),
        nar=nar,
        internt=not tiltak.publisert,
    )


def _adressen(tiltak):
    """As its get_absolute_url, of what was asked for along with it."""
    plan = tiltak.plan
    if tiltak.nummer is None:
        return plan.get_absolute_url()
    sted = [plan.kommune.slug, plan.slug, tiltak.omrade, tiltak.nummer]
    del_ = f"#del-{tiltak.slug}" if tiltak.overordnet_id else ""
    return reverse("tiltak:tiltak_detail", args=sted) + del_


# Rounds -----------------------------------------------------------------------------------


def rundene(kommune, fra, til, bruker):
    """Yields the rounds, from their first day to their last, and when the usual ones are
    to come that nobody has made yet, for who keeps the kommune: 2 queries, none for
    others."""
    if not kommune.gir(bruker, Tilgang.Rolle.KOORDINATOR):
        return
    runder = Runde.objects.filter(
        kommune=kommune, arstall__range=(fra.year - 1, til.year + 1)
    )
    mandager = set()
    for runde in runder:
        mandag, _sondag = uken(runde.arstall, runde.uke)
        mandager.add(mandag)
        yield from _runden(kommune, runde, mandag)
    oppsett = Rundeoppsett.objects.filter(kommune=kommune).first() or Rundeoppsett()
    if oppsett.er_pa:
        yield from _planlagte(kommune, oppsett, mandager, (fra, til))


def _runden(kommune, runde, mandag):
    forste = timezone.localtime(runde.startet).date() if runde.startet else mandag
    siste = max(forste, runde.frist)
    side = reverse("tiltak:runde", args=[kommune.slug, runde.pk])
    tittel = _("%s (utkast)") % runde if runde.er_utkast else str(runde)
    yield Punkt(forste, siste, tittel, Slag.RUNDER, side, internt=True)
    svarfrist = _("Svarfrist: %s") % runde
    yield Punkt(runde.frist, None, svarfrist, Slag.FRISTER, side, internt=True)


def _planlagte(kommune, oppsett, mandager, tidsrommet):
    """What is planned is said of this year and the next: of later ones nobody knows."""
    i_dag = timezone.localdate()
    fra = max(tidsrommet[0], i_dag - timedelta(days=i_dag.weekday()))
    til = min(tidsrommet[1], date(i_dag.year + 1, 12, 31))
    side = reverse("tiltak:runder", args=[kommune.slug])
    for nummer in oppsett.uker:
        for mandag, sondag in hver_gang(partial(_uken, nummer), fra, til):
            if mandag not in mandager and fra <= mandag <= til:
                yield Punkt(
                    mandag,
                    sondag,
                    _("Oppfølgingsrunde (planlagt, ikke laget ennå)"),
                    Slag.RUNDER,
                    side,
                    nar=_("uke %d") % mandag.isocalendar().week,
                    internt=True,
                )


# Plans and documents ----------------------------------------------------------------------


def horingene(kommune, fra, til, bruker):
    """Yields when drafts may be commented on, for those who read them; 1 query."""
    rader = Horing.objects.synlige_for(bruker).filter(plan__kommune=kommune)
    rader = rader.filter(fra__lte=til, til__gte=fra).select_related("plan__kommune")
    for horing in rader:
        yield Punkt(
            fra=horing.fra,
            til=horing.til,
            tittel=_("Høring: %s") % horing.plan,
            slag=Slag.HORINGER,
            adresse=horing.plan.get_absolute_url(),
            internt=True,
        )


def planene(kommune, fra, til, bruker):
    """Yields when the plans in force end; 1 query."""
    planer = Handlingsplan.objects.synlige_for(bruker).gjeldende()
    planer = planer.filter(kommune=kommune, til_ar__range=(fra.year, til.year))
    for plan in planer.select_related("kommune").i_rekker():
        yield Punkt(
            fra=date(plan.til_ar, 12, 31),
            til=None,
            tittel=_("%s går ut") % plan,
            slag=Slag.FRISTER,
            adresse=plan.get_absolute_url(),
        )


def dokumentene(kommune, fra, til, bruker):
    """Yields when the documents that the plans in force rest on, expire and are revised,
    as closely as is known; 1 query."""
    rader = Styringsdokument.objects.filter(kommune=kommune)
    rader = rader.filter(
        Q(plan=None) | Q(plan__status=Handlingsplan.Status.GJELDENDE)
    ).select_related("plan__kommune")
    for dokument in rader:
        side = ""
        if dokument.plan:
            sted = [kommune.slug, dokument.plan.slug]
            side = f"{reverse('tiltak:plan', args=sted)}#styringsdokumenter"
        yield from _utlop(dokument, side)
        yield from _revisjon(dokument, side, fra, til)


def _utlop(dokument, side):
    if dokument.utloper:
        tittel = _("%s utløper") % dokument
        yield Punkt(dokument.utloper, None, tittel, Slag.FRISTER, side)
    elif dokument.til_ar:
        tittel = _("%s gjelder til og med dette året") % dokument
        yield _i_lopet_av(dokument.til_ar, tittel, side)


def _revisjon(dokument, side, fra, til):
    """When it is revised, as it is written: a month, a year, or some words that are said
    in each year of its plan."""
    if not dokument.revideres:
        return
    tittel = f"{dokument}: {dokument.revideres}"
    kjente = list(tidene_i(dokument.revideres))
    for ar, maned in kjente:
        if maned:
            forste, siste = manedene(ar, maned, maned)
            nar = date_format(forste, "F Y")
            yield Punkt(forste, siste, tittel, Slag.FRISTER, side, nar=nar)
        else:
            yield _i_lopet_av(ar, tittel, side)
    if not kjente and dokument.plan:
        arene = range(
            max(fra.year, dokument.plan.fra_ar), min(til.year, dokument.plan.til_ar) + 1
        )
        for ar in arene:
            yield _i_lopet_av(ar, tittel, side, _("uten dato"))


def _i_lopet_av(ar, tittel, side, nar=""):
    return Punkt(
        date(ar, 1, 1), date(ar, 12, 31), tittel, Slag.FRISTER, side, nar or str(ar)
    )


_MANED = "|".join(MANEDER)
_TID = re.compile(rf"(?:\b({_MANED})\s+)?\b(19[0-9]{{2}}|2[01][0-9]{{2}})\b", re.I)


def tidene_i(tekst):
    """Yields (year, month) of the years that a text names; the month is 0 where none
    stands before the year."""
    for maned, ar in dict.fromkeys(_TID.findall(tekst)):
        yield int(ar), MANEDER.index(maned.lower()) + 1 if maned else 0


BIDRAG = [tiltakene, rundene, horingene, planene, dokumentene]
