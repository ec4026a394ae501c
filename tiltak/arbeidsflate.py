"""What waits in the plans of a kommune, for each who has something to do with them."""

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from slt.felles.arbeidsflate import Linje, Steg
from slt.models import Kommune
from tiltak.models import (
    Ansvar,
    Handlingsplan,
    Horing,
    Innspill,
    Kapittel,
    Kontaktpunkt,
    Overgang,
    Tiltak,
    Tjeneste,
    i_kraft,
)

UTKAST, GJELDENDE, AVLOST = Handlingsplan.Status
# As often as the services are asked whether their contacts still hold.
BEKREFTES_HVER = timedelta(days=183)


def venter(hvem):
    """Yields what waits: of the plans, 1 query; of the contacts, 1."""
    for plan in _planene(hvem):
        if hvem.koordinerer:
            yield from _koordinatorens(plan)
        elif plan.er_utkast:
            yield Linje(_("Utkast å lese: %s") % _kort(plan), plan.get_absolute_url())
    yield from _kontaktene(hvem)


def _planene(hvem):
    """The plans that are not superseded and that the asker sees, with how much waits."""
    planer = Handlingsplan.objects.synlige_for(hvem.bruker)
    planer = planer.filter(kommune=hvem.kommune).exclude(status=AVLOST)
    uten_ansvar = Tiltak.objects.filter(i_kraft(), overordnet=None).exclude(
        pk__in=Ansvar.objects.filter(rolle__in=Ansvar.ANSVARLIGE).values("tiltak")
    )
    frist = Horing.objects.apne().filter(plan=OuterRef("pk")).order_by("til")
    return planer.select_related("kommune", "rekke").annotate(
        ubesvarte=_antall(Innspill.objects.ubesvarte()),
        uten_ansvar=_antall(uten_ansvar),
        upubliserte=_antall(Tiltak.objects.filter(publisert=False))
        + _antall(Kapittel.objects.filter(publisert=False)),
        ventende=_antall(Overgang.objects.ventende(), "ny_plan"),
        frist=Subquery(frist.values("til")[:1]),
    )


def _antall(rader, felt="plan"):
    per_plan = rader.filter(**{felt: OuterRef("pk")}).order_by().values(felt)
    return Coalesce(Subquery(per_plan.annotate(n=Count("pk")).values("n")), 0)


def leses(hvem):
    """Yields the plans that hold or are drafts, as pages and as documents; 1 query."""
    planer = Handlingsplan.objects.synlige_for(hvem.bruker).exclude(status=AVLOST)
    planer = planer.filter(kommune=hvem.kommune).i_rekker()
    for plan in planer.select_related("kommune", "rekke"):
        args = [plan.kommune.slug, plan.slug]
        yield (
            f"{_kort(plan)} ({plan.get_status_display().lower()})",
            [
                Linje(_("nettsidene"), plan.get_absolute_url()),
                Linje(_("hele som PDF"), reverse("tiltak:plan_pdf", args=args)),
                Linje(_("én side (PDF)"), reverse("tiltak:plan_kort_pdf", args=args)),
            ],
        )


def _kort(plan):
    return f"{plan.rekke} {plan.periode}"


def _koordinatorens(plan):
    def til(side):
        return reverse(f"tiltak:{side}", args=[plan.kommune.slug, plan.slug])

    if plan.ubesvarte:
        tekst = ngettext(
            "%(antall)d innspill til %(plan)s venter på svar",
            "%(antall)d innspill til %(plan)s venter på svar",
            plan.ubesvarte,
        )
        yield Linje(
            tekst % {"antall": plan.ubesvarte, "plan": _kort(plan)},
            til("innspill_list"),
        )
    if plan.frist:
        dag = date_format(plan.frist, "j. F")
        yield Linje(
            _("%(plan)s er på høring til %(dag)s") % {"plan": _kort(plan), "dag": dag},
            plan.get_absolute_url(),
        )
    if plan.ventende:
        yield Linje(_("Valg for %s er ikke utført") % _kort(plan), til("overgang"))
    if plan.upubliserte and not plan.er_utkast:
        tekst = ngettext(
            "%(antall)d ting i %(plan)s er ikke publisert",
            "%(antall)d ting i %(plan)s er ikke publisert",
            plan.upubliserte,
        )
        yield Linje(
            tekst % {"antall": plan.upubliserte, "plan": _kort(plan)}, til("upublisert")
        )
    if plan.uten_ansvar:
        tekst = ngettext(
            "%(antall)d tiltak i %(plan)s har ikke avklart ansvar",
            "%(antall)d tiltak i %(plan)s har ikke avklart ansvar",
            plan.uten_ansvar,
        )
        yield Linje(
            tekst % {"antall": plan.uten_ansvar, "plan": _kort(plan)}, til("mangler")
        )
    if plan.er_utkast:
        yield Linje(_("Utkast: %s") % _kort(plan), plan.get_absolute_url())


def _kontaktene(hvem):
    """The contacts that nobody said lately that they still hold, of the tjenester that
    the asker keeps."""
    gammelt = timezone.localdate() - BEKREFTES_HVER
    punkter = Kontaktpunkt.objects.filter(tjeneste__kommune=hvem.kommune)
    punkter = punkter.filter(Q(bekreftet=None) | Q(bekreftet__lt=gammelt))
    punkter = punkter.endres_av(hvem.bruker)
    if hvem.koordinerer:
        antall = punkter.aggregate(n=Count("tjeneste", distinct=True))["n"]
        if antall:
            tekst = ngettext(
                "%d tjeneste har kontakter som bør bekreftes",
                "%d tjenester har kontakter som bør bekreftes",
                antall,
            )
            adresse = reverse("tiltak:tjeneste_list", args=[hvem.kommune.slug])
            yield Linje(tekst % antall, adresse)
        return
    for punkt in punkter.select_related("tjeneste__kommune").order_by(
        "tjeneste", "rekkefolge"
    ):
        yield Linje(
            _("Stemmer dette fortsatt? %(tjeneste)s: %(punkt)s")
            % {"tjeneste": punkt.tjeneste, "punkt": punkt},
            reverse("tiltak:kontaktpunkt_endre", args=[hvem.kommune.slug, punkt.pk]),
        )


def begynn(hvem):
    """Yields what a coordinator of an empty kommune begins with; 1 query."""
    if not hvem.koordinerer:
        return
    har = Kommune.objects.filter(pk=hvem.kommune.pk).values_list(
        Exists(Handlingsplan.objects.filter(kommune=OuterRef("pk"))),
        Exists(Tjeneste.objects.filter(kommune=OuterRef("pk"))),
    )
    har_plan, har_tjenester = har.get()
    if not har_plan:
        yield Steg(
            _("Lag den første planen"), reverse("admin:tiltak_handlingsplan_add")
        )
    if not har_tjenester:
        yield Steg(
            _("Legg inn tjenestene og hvordan de nås"),
            reverse("admin:tiltak_tjeneste_add"),
        )
