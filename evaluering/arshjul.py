"""What the knowledge and the evaluations have in the year of a kommune."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evaluering.models import Egenvurdering, Evaluering, Kilde, Milepal
from evaluering.models.kilder import INNENFRA
from slt.felles.arshjul import Punkt, Slag
from slt.grunn.tid import midnatt
from slt.grunn.uker import EN_DAG, manedene
from slt.models import Tilgang
from tiltak.models import Handlingsplan

# How far ahead what comes again is told of: it is a guess.
ARENE_FRAM = 1


def evalueringene(kommune, fra, til, bruker) -> Iterator[Punkt]:
    """Yields when those that are done were finished, and to which day the others are; 1
    query."""
    rader = Evaluering.objects.synlige_for(bruker).filter(kommune=kommune)
    ferdig = Q(ferdig__gte=midnatt(fra), ferdig__lt=midnatt(til + EN_DAG))
    rader = rader.filter(ferdig | Q(ferdig=None, til_dato__range=(fra, til)))
    for rad in rader.select_related("kommune"):
        tittel, dag = _("Ferdig: %s") % rad, rad.til_dato
        if rad.er_ferdig:
            dag = timezone.localtime(rad.ferdig).date()
        else:
            tittel = _("%s: siste dag i perioden som evalueres") % rad
        yield _punkt(rad, dag, tittel)


def milepaelene(kommune, fra, til, bruker):
    """Yields the milestones: when they were reached, or were to be; 1 query."""
    rader = Milepal.objects.synlige_for(bruker).filter(evaluering__kommune=kommune)
    rader = rader.filter(
        Q(nadd__range=(fra, til)) | Q(nadd=None, frist__range=(fra, til))
    )
    for rad in rader.select_related("evaluering__kommune"):
        ord_ = _("Milepæl, nådd: %s") if rad.nadd else _("Milepæl: %s")
        yield _punkt(rad.evaluering, rad.nadd or rad.frist, ord_ % rad)


def _punkt(evaluering, dag, tittel):
    return Punkt(
        fra=dag,
        til=None,
        tittel=tittel,
        slag=Slag.EVALUERING,
        adresse=evaluering.get_absolute_url(),
        internt=not evaluering.publisert,
    )


def planene(kommune, fra, til, bruker):
    """Yields that a plan in force is to be evaluated before it ends, in its last two years
    and until somebody has begun, for who keeps the kommune; 1 query, none for others."""
    if not kommune.gir(bruker, Tilgang.Rolle.KOORDINATOR):
        return
    planer = Handlingsplan.objects.gjeldende().filter(
        ~Exists(Evaluering.objects.filter(plan=OuterRef("pk"))),
        kommune=kommune,
        til_ar__range=(fra.year, til.year + 1),
    )
    ny = reverse("evaluering:evaluering_ny", args=[kommune.slug])
    for plan in planer:
        for ar in {plan.til_ar - 1, plan.til_ar}:
            yield Punkt(
                date(ar, 1, 1),
                date(ar, 12, 31),
                _("Evaluering av %s") % plan,
                Slag.EVALUERING,
                f"{ny}?gjelder=midtveis-{plan.pk}",
                nar=_("før planen går ut i %d") % plan.til_ar,
                internt=True,
            )


def kildene(kommune, fra, til, bruker):
    """Yields the surveys and reports, on their days or in their year; and to those who see
    the inside, when Ungdata is next, if it comes as it did; 1 query."""
    rader = Kilde.objects.synlige_for(bruker).filter(kommune=kommune)
    rader = rader.select_related("kommune").order_by("arstall", "navn__norsk")
    ungdata = []
    for rad in rader:
        forste = rad.fra_dato or date(rad.arstall, 1, 1)
        siste = rad.til_dato or rad.fra_dato or date(rad.arstall, 12, 31)
        if rad.type == Kilde.Type.UNGDATA:
            ungdata.append(rad.arstall)
        yield Punkt(
            fra=forste,
            til=siste,
            tittel=str(rad),
            slag=Slag.KUNNSKAP,
            adresse=rad.get_absolute_url(),
            nar="" if rad.fra_dato else str(rad.arstall),
            internt=not rad.publisert,
        )
    if kommune.gir(bruker, *INNENFRA):
        yield from _neste_ungdata(kommune, sorted(set(ungdata)))


def _neste_ungdata(kommune, arene):
    """What nobody has said, but two surveys tell: as long again as it was between them."""
    if len(arene) < 2:
        return
    siste = arene[-1]
    neste = siste + (siste - arene[-2])
    if neste >= timezone.localdate().year and neste <= date.max.year:
        yield Punkt(
            date(neste, 1, 1),
            date(neste, 12, 31),
            _("Ungdata kan komme igjen"),
            Slag.KUNNSKAP,
            reverse("evaluering:kunnskap", args=[kommune.slug]),
            nar=_("sist i %(siste)d, og før det i %(forrige)d")
            % {"siste": siste, "forrige": arene[-2]},
            internt=True,
        )


def egenvurderingene(kommune, fra, til, bruker):
    """Yields when the politiråd looked at its own work; and to who keeps the kommune, in
    which month it did so last, until it has done so again; 1 query."""
    rader = Egenvurdering.objects.synlige_for(bruker).i(kommune).exclude(dato=None)
    siste = {}
    for rad in rader.select_related("forum").order_by("dato", "pk"):
        siste[rad.forum] = rad.dato
        side = reverse("evaluering:egenvurdering_detail", args=[kommune.slug, rad.pk])
        tittel = _("Egenvurdering i %s") % rad.forum
        yield Punkt(rad.dato, None, tittel, Slag.EVALUERING, side, internt=True)
    if kommune.gir(bruker, Tilgang.Rolle.KOORDINATOR):
        for forum, dato in siste.items():
            yield from _neste_egenvurdering(kommune, forum, dato)


def _neste_egenvurdering(kommune, forum, dato):
    forste, siste = manedene(dato.year + ARENE_FRAM, dato.month, dato.month)
    if siste >= timezone.localdate():
        yield Punkt(
            forste,
            siste,
            _("Egenvurdering i %s") % forum,
            Slag.EVALUERING,
            reverse("evaluering:egenvurdering_ny", args=[kommune.slug]),
            nar=_("%(maned)s, som året før") % {"maned": date_format(forste, "F")},
            internt=True,
        )


BIDRAG = [evalueringene, milepaelene, planene, kildene, egenvurderingene]
