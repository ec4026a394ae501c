"""The plans of a kommune: what waits in them, and the ways to read them."""

from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from slt.felles.arbeidsflate import Avsnitt, Linje
from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Handlingsplan,
    Horing,
    Innspill,
    Kapittel,
    Kontaktpunkt,
    Overgang,
    Tiltak,
    Tjeneste,
)
from tiltak.models.delinger import trukket


def planene(hvem):
    """Those that the asker sees, with how much waits."""
    planer = Handlingsplan.objects.synlige_for(hvem.bruker).filter(kommune=hvem.kommune)
    frist = Horing.objects.apne().filter(plan=OuterRef("pk")).order_by("til")
    varer = Tiltak.objects.exclude(status__in=Tiltak.AVSLUTTEDE)
    return (
        planer.i_rekker()
        .select_related("kommune", "rekke")
        .annotate(
            antall_tiltak=_antall(varer.selvstendige()),
            ubesvarte=_antall(Innspill.objects.ubesvarte()),
            uten_ansvar=_antall(_uten_ansvar(varer)),
            uten_kontakt=_antall(_uten_kontakt(varer)),
            deles_ikke=_antall(_deles_ikke(varer)),
            over_fristen=_antall(Tiltak.objects.med_passert_frist()),
            upubliserte=_antall(Tiltak.objects.filter(publisert=False))
            + _antall(Kapittel.objects.upubliserte_i(OuterRef("pk"))),
            uskrevne=_antall(Kapittel.objects.uskrevne().filter(publisert=False)),
            ventende=_antall(Overgang.objects.ventende(), "ny_plan"),
            frist=Subquery(frist.values("til")[:1]),
        )
    )


def _antall(rader, felt="plan"):
    per_plan = rader.filter(**{felt: OuterRef("pk")}).order_by().values(felt)
    return Coalesce(Subquery(per_plan.annotate(n=Count("pk")).values("n")), 0)


def _uten_ansvar(varer):
    """Of the tiltak that are not ended, those of which nobody has said who answers, neither
    of it nor of the whole that it is part of; of one that has parts, those say it."""
    ansvarlige = Ansvar.objects.filter(rolle__in=Ansvar.ANSVARLIGE)
    deler = Tiltak.objects.exclude(status__in=Tiltak.AVSLUTTEDE)
    return varer.filter(
        ~Exists(ansvarlige.filter(tiltak=OuterRef("pk"))),
        ~Exists(ansvarlige.filter(tiltak=OuterRef("overordnet"))),
        ~Exists(deler.filter(overordnet=OuterRef("pk"))),
    ).exclude(overordnet__status__in=Tiltak.AVSLUTTEDE)


def _uten_kontakt(varer):
    """Those with somebody who answers and whom readers can't reach: of the contact points
    that hold there, none is for all."""
    for_alle = Kontaktpunkt.objects.filter(
        synlighet=Kontaktpunkt.Synlighet.OFFENTLIG, tjeneste=OuterRef("tjeneste")
    )
    valg = AnsvarKontaktpunkt.objects.filter(ansvar=OuterRef("pk"))
    nas = Exists(
        valg.filter(kontaktpunkt__synlighet=Kontaktpunkt.Synlighet.OFFENTLIG)
    ) | (~Exists(valg) & Exists(for_alle.filter(hoved=True)))
    ansvarlige = Ansvar.objects.filter(
        ~nas, rolle__in=Ansvar.ANSVARLIGE, tjeneste__nedlagt=None
    )
    return varer.filter(Exists(ansvarlige.filter(tiltak=OuterRef("pk")))).exclude(
        overordnet__status__in=Tiltak.AVSLUTTEDE
    )


def _deles_ikke(varer):
    """Those that name a tjeneste that another kommune keeps and shares no longer. Where it
    took the tjeneste back itself, that is said by `_delingene`."""
    delt = Tjeneste.delt_med(OuterRef("tiltak__kommune"), OuterRef("tjeneste"))
    tilbake = trukket(OuterRef("tiltak__kommune")).filter(
        tjeneste=OuterRef("tjeneste_id")
    )
    ansvar = Ansvar.objects.filter(
        ~Exists(delt), ~Exists(tilbake), tjeneste__nedlagt=None
    )
    ansvar = ansvar.exclude(tjeneste__kommune=F("tiltak__kommune"))
    return varer.filter(Exists(ansvar.filter(tiltak=OuterRef("pk")))).exclude(
        overordnet__status__in=Tiltak.AVSLUTTEDE
    )


def gjeldende(planer):
    """The plan to which the menu leads, as `gjeldende_i` finds it."""
    return next(
        (plan for plan in planer if plan.status == Handlingsplan.Status.GJELDENDE), None
    )


def _kort(plan):
    return f"{plan.rekke} {plan.periode}"


def til(plan, side):
    return reverse(f"tiltak:{side}", args=[plan.kommune.slug, plan.slug])


def leserens(plan):
    """What those do with a draft who don't write it."""
    if not plan.er_utkast:
        return
    adresse = plan.get_absolute_url()
    if plan.frist:
        dag = date_format(plan.frist, "j. F")
        yield Linje(
            _("Utkast å lese: %(plan)s. Si hva du mener innen %(dag)s")
            % {"plan": _kort(plan), "dag": dag},
            adresse,
        )
    else:
        yield Linje(_("Utkast å lese: %s") % _kort(plan), adresse)


def koordinatorens(plan):
    if plan.ubesvarte:
        tekst = ngettext(
            "%(antall)d innspill til %(plan)s venter på svar",
            "%(antall)d innspill til %(plan)s venter på svar",
            plan.ubesvarte,
        )
        yield _med_antall(tekst, plan, plan.ubesvarte, "innspill_list")
    if plan.frist:
        dag = date_format(plan.frist, "j. F")
        yield Linje(
            _("%(plan)s er på høring til %(dag)s") % {"plan": _kort(plan), "dag": dag},
            til(plan, "handlingsplan_detail"),
        )
    if plan.ventende:
        tekst = ngettext(
            "%(antall)d valg for %(plan)s er ikke utført",
            "%(antall)d valg for %(plan)s er ikke utført",
            plan.ventende,
        )
        yield _med_antall(tekst, plan, plan.ventende, "overgang")
    if plan.upubliserte and not plan.er_utkast:
        tekst = ngettext(
            "%(antall)d ting i %(plan)s er ikke publisert",
            "%(antall)d ting i %(plan)s er ikke publisert",
            plan.upubliserte,
        )
        yield _med_antall(tekst, plan, plan.upubliserte, "upublisert")
    if plan.uskrevne and not plan.er_utkast:
        tekst = ngettext(
            "%(antall)d kapittel i %(plan)s har bare forslaget fra startsettet",
            "%(antall)d kapitler i %(plan)s har bare forslaget fra startsettet",
            plan.uskrevne,
        )
        yield _med_antall(tekst, plan, plan.uskrevne, "upublisert", "#uskrevet")
    if plan.over_fristen:
        tekst = ngettext(
            "%(antall)d tiltak i %(plan)s har en frist som er passert",
            "%(antall)d tiltak i %(plan)s har en frist som er passert",
            plan.over_fristen,
        )
        yield _med_antall(tekst, plan, plan.over_fristen, "mangler", "#frist")
    yield from _mangler(plan)


def _mangler(plan):
    """What is lacking, as far as that is counted without reading the whole plan."""
    if plan.uten_ansvar:
        tekst = ngettext(
            "%(antall)d tiltak i %(plan)s har ikke avklart ansvar",
            "%(antall)d tiltak i %(plan)s har ikke avklart ansvar",
            plan.uten_ansvar,
        )
        yield _med_antall(tekst, plan, plan.uten_ansvar, "mangler", "#ansvar")
    if plan.uten_kontakt:
        tekst = ngettext(
            "%(antall)d tiltak i %(plan)s har en ansvarlig som leserne ikke kan kontakte",
            "%(antall)d tiltak i %(plan)s har en ansvarlig som leserne ikke kan kontakte",
            plan.uten_kontakt,
        )
        yield _med_antall(tekst, plan, plan.uten_kontakt, "mangler", "#kontakt")
    if plan.deles_ikke:
        tekst = ngettext(
            "%(antall)d tiltak i %(plan)s nevner en tjeneste som ikke deles lenger",
            "%(antall)d tiltak i %(plan)s nevner tjenester som ikke deles lenger",
            plan.deles_ikke,
        )
        yield _med_antall(tekst, plan, plan.deles_ikke, "mangler", "#deles")
    if plan.er_utkast:
        tekst = ngettext(
            "Utkast: %(plan)s med %(antall)d tiltak. Se hva som mangler før det behandles",
            "Utkast: %(plan)s med %(antall)d tiltak. Se hva som mangler før det behandles",
            plan.antall_tiltak,
        )
        yield _med_antall(tekst, plan, plan.antall_tiltak, "mangler")


def _med_antall(tekst, plan, antall, side, sted=""):
    return Linje(
        tekst % {"antall": antall, "plan": _kort(plan)}, til(plan, side) + sted
    )


def planene_som_leses(planer, *, skriver=False):
    """Yields the plans that hold or are drafts, as pages and as documents."""
    rader = []
    for plan in planer:
        lenker = [
            Linje(_("nettsidene"), plan.get_absolute_url()),
            Linje(_("hele som PDF"), til(plan, "plan_pdf")),
            Linje(_("én side (PDF)"), til(plan, "plan_kort_pdf")),
        ]
        if not plan.er_utkast:
            lenker.append(Linje(_("hva som er endret"), til(plan, "endringer")))
        if skriver:
            lenker.insert(0, Linje(_("skriv i planen"), til(plan, "disposisjon")))
        rader.append((f"{_kort(plan)} ({plan.tilstand.lower()})", lenker))
    if rader and skriver:
        hvor = [planer[0].kommune.slug]
        lenker = [
            Linje(_("fra et dokument"), reverse("tiltak:planimport_ny", args=hvor)),
            Linje(_("fra begynnelsen"), reverse("tiltak:plan_lag", args=hvor)),
        ]
        rader.append((_("En ny plan"), lenker))
    if rader:
        yield Avsnitt(_("Planene"), rader)
