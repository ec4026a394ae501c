"""What waits in the plans of a kommune, for each who has something to do with them."""

from collections import defaultdict
from datetime import timedelta
from itertools import groupby
from operator import attrgetter

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from slt.felles.arbeidsflate import Avsnitt, Bidrag, Linje
from slt.models import retter_av
from tiltak.bank.siden_da import opphavene
from tiltak.models import (
    REDAKTOR,
    Ansvar,
    AnsvarKontaktpunkt,
    Handlingsplan,
    Horing,
    Innspill,
    Kapittel,
    Kontaktpunkt,
    Opphav,
    Overgang,
    Planimport,
    Plassering,
    Tiltak,
    Tjeneste,
    Tjenestekommune,
    i_kraft,
)
from tiltak.models.delinger import bortfalt, trukket, usett

UTKAST, GJELDENDE, AVLOST = Handlingsplan.Status
# As often as the services are asked whether their contacts still hold.
BEKREFTES_HVER = timedelta(days=183)
# A way to go about it may be said in many words.
LENGST = 50
# The part of the page where all contacts are.
KONTAKTER = "kontakter"
# A document that was read; what another kommune does with a tjeneste; a tiltak that was
# copied from another kommune.
LES, TILBYR, LA_NED, TRAKK, TOK_BORT, KOPIERT = range(6)
LEST_INN = gettext_lazy("«%s» er lest inn, men ikke lagt inn i en plan ennå")
DELT = {
    TILBYR: gettext_lazy("%(eier)s tilbyr dere %(tjeneste)s"),
    LA_NED: gettext_lazy("%(eier)s har lagt ned %(tjeneste)s, som dere viste"),
    TRAKK: gettext_lazy("%(eier)s deler ikke lenger %(tjeneste)s med dere"),
    TOK_BORT: gettext_lazy(
        "%(eier)s har fjernet et kontaktpunkt hos %(tjeneste)s, som dere hadde valgt"
    ),
}


def bidrag(hvem):
    """What waits in the plans and with the tjenester: 2 queries; for who keeps some of the
    tjenester, 2 more, and for who writes the plan, one."""
    planer = list(_planene(hvem))
    akutte, egne = _kontaktpunktene(hvem)
    her = Bidrag(rammen={"plan": _gjeldende(planer), "akuttpunkter": akutte})
    varer = [plan for plan in planer if plan.status != AVLOST]
    for plan in varer:
        her.venter += _koordinatorens(plan) if hvem.koordinerer else _leserens(plan)
    ubekreftet = [punkt for punkt in egne if _bor_bekreftes(punkt)]
    if hvem.koordinerer:
        her.venter += _pa_vei(hvem)
        her.venter += _tjenestene_bor_bekrefte(ubekreftet)
        her.leses += [
            *_planene_som_leses(varer, skriver=True),
            *_alle_kontaktene(hvem, egne),
        ]
    else:
        her.venter += [_stemmer_dette(hvem, punkt) for punkt in ubekreftet]
        her.leses += [*_tjenestene(hvem, egne), *_planene_som_leses(varer)]
    return her


# The plans --------------------------------------------------------------------------------


def _planene(hvem):
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
            upubliserte=_antall(Tiltak.objects.filter(publisert=False))
            + _antall(Kapittel.objects.filter(publisert=False)),
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


def _gjeldende(planer):
    """The plan to which the menu leads, as `gjeldende_i` finds it."""
    return next((plan for plan in planer if plan.status == GJELDENDE), None)


def _kort(plan):
    return f"{plan.rekke} {plan.periode}"


def _til(plan, side):
    return reverse(f"tiltak:{side}", args=[plan.kommune.slug, plan.slug])


def _leserens(plan):
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


def _koordinatorens(plan):
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
            _til(plan, "handlingsplan_detail"),
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


def _pa_vei(hvem):
    """Yields the documents on their way to become a plan, what other kommuner do with
    tjenester that they offer or share, and whether something was changed where tiltak were
    copied from: 1 query for all of it, and for who has copied some, a few more."""
    dokumenter = Planimport.objects.synlige_for(hvem.bruker).under_arbeid()
    rader = dokumenter.filter(kommune=hvem.kommune).order_by()
    rader = rader.values_list(Value(LES), "pk", "navn", Value("", CharField()))
    delte = reverse("tiltak:delte_tjenester", args=[hvem.kommune.slug])
    kopierte = Opphav.objects.i_bruk(hvem.kommune).order_by()
    kopierte = kopierte.values_list(Value(KOPIERT), "pk", "tittel", "kommunenavn")
    alt = rader.union(*_delingene(hvem), kopierte, all=True)
    har_kopiert = False
    for hva, pk, navn, eier in sorted(alt):
        if hva == KOPIERT:
            har_kopiert = True
        elif hva == LES:
            dokumentet = reverse("tiltak:planimport", args=[hvem.kommune.slug, pk])
            yield Linje(LEST_INN % navn, dokumentet)
        else:
            yield Linje(DELT[hva] % {"tjeneste": navn, "eier": eier}, delte)
    if har_kopiert:
        yield from _endret_hos_opphavet(hvem)


def _endret_hos_opphavet(hvem):
    """Yields what is said otherwise where the kommune copied it, until somebody looked."""
    rader = Opphav.objects.i_bruk(hvem.kommune)
    endret = [o.rad for o in opphavene(rader, hvem.kommune) if o.er_endret]
    if len(endret) == 1:
        [rad] = endret
        yield Linje(
            _("«%(tittel)s» er endret hos %(kommune)s, som dere kopierte det fra")
            % {"tittel": rad.tittel, "kommune": rad.kommunenavn},
            reverse("tiltak:bank_opphav", args=[hvem.kommune.slug, rad.pk]),
        )
    elif endret:
        yield Linje(
            _("%d tiltak er endret der dere kopierte dem fra") % len(endret),
            reverse("tiltak:bank_kopiert", args=[hvem.kommune.slug]),
        )


def _delingene(hvem):
    """[QuerySet of (what is done, id, tjeneste, who keeps it)]: what is offered; what was
    laid down, until it is answered; what was taken back, and contact points that were
    removed, until somebody has seen it."""
    fra_andre = Tjenestekommune.objects.filter(kommune=hvem.kommune).order_by()
    hva = Case(When(tjeneste__nedlagt=None, then=Value(TILBYR)), default=Value(LA_NED))
    venter = fra_andre.filter(Q(godtatt=None) | Q(tjeneste__nedlagt__isnull=False))
    return [
        venter.values_list(hva, "pk", "tjeneste__navn", "tjeneste__kommune__navn"),
        _usett(TRAKK, trukket(hvem.kommune), hvem),
        _usett(TOK_BORT, bortfalt(hvem.kommune), hvem),
    ]


def _usett(hva, rader, hvem):
    usette = usett(rader, hvem.kommune)
    return usette.values_list(Value(hva), "id", "tjenestenavn", "history_kommune__navn")


def _med_antall(tekst, plan, antall, side, sted=""):
    return Linje(
        tekst % {"antall": antall, "plan": _kort(plan)}, _til(plan, side) + sted
    )


def _planene_som_leses(planer, *, skriver=False):
    """Yields the plans that hold or are drafts, as pages and as documents."""
    rader = []
    for plan in planer:
        lenker = [
            Linje(_("nettsidene"), plan.get_absolute_url()),
            Linje(_("hele som PDF"), _til(plan, "plan_pdf")),
            Linje(_("én side (PDF)"), _til(plan, "plan_kort_pdf")),
        ]
        if not plan.er_utkast:
            lenker.append(Linje(_("hva som er endret"), _til(plan, "endringer")))
        if skriver:
            lenker.insert(0, Linje(_("skriv i planen"), _til(plan, "disposisjon")))
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


# The tjenester and their contacts ---------------------------------------------------------


def _kontaktpunktene(hvem):
    """([those of the acute strip], [those that the asker may change]), each tjeneste's
    together, by its name; 1 query."""
    endres = Kontaktpunkt.objects.endres_av(hvem.bruker)
    egne = endres.filter(tjeneste__kommune=hvem.kommune)
    her = Tjeneste.objects.i(hvem.kommune).order_by()
    rader = (
        Kontaktpunkt.objects.filter(tjeneste__in=her.values("pk"))
        .annotate(endres=Q(pk__in=egne.order_by().values("pk")))
        .filter(Q(akutt=True) | Q(endres=True))
        .select_related("tjeneste")
        .order_by("tjeneste__navn__norsk", "tjeneste", "rekkefolge", "pk")
    )
    punkter = list(rader)
    akutte = sorted((p for p in punkter if p.akutt), key=lambda p: _stripens(hvem, p))
    return akutte, [p for p in punkter if p.endres and p.tjeneste.nedlagt is None]


def _stripens(hvem, punkt):
    """As `KontaktpunktQuerySet.akutte_i` orders them."""
    er_andres = punkt.tjeneste.kommune_id != hvem.kommune.pk
    return er_andres, punkt.tjeneste_id


def _bor_bekreftes(punkt):
    gammelt = timezone.localdate() - BEKREFTES_HVER
    return punkt.bekreftet is None or punkt.bekreftet < gammelt


def _tjenestene_bor_bekrefte(punkter):
    antall = len({punkt.tjeneste_id for punkt in punkter})
    if antall:
        tekst = ngettext(
            "%d tjeneste har kontakter som bør bekreftes",
            "%d tjenester har kontakter som bør bekreftes",
            antall,
        )
        yield Linje(tekst % antall, f"#{KONTAKTER}")


def _stemmer_dette(hvem, punkt):
    return Linje(
        _("Stemmer dette fortsatt? %(tjeneste)s: %(punkt)s")
        % {"tjeneste": punkt.tjeneste, "punkt": _uten_tjeneste(punkt)},
        _skjemaet(hvem, punkt),
    )


def _uten_tjeneste(punkt):
    hva = punkt.etikett or punkt.get_type_display()
    return f"{hva} {Truncator(punkt.visning).chars(LENGST)}"


def _skjemaet(hvem, punkt):
    return reverse("tiltak:kontaktpunkt_endre", args=[hvem.kommune.slug, punkt.pk])


def _rettes(hvem, punkter):
    return [
        Linje(capfirst(_uten_tjeneste(punkt)), _skjemaet(hvem, punkt))
        for punkt in punkter
    ]


def _alle_kontaktene(hvem, punkter):
    """Yields the way to each number and address of the kommune, and says which tjenester
    have some that nobody confirmed lately."""
    rader = []
    for tjeneste, egne in groupby(punkter, attrgetter("tjeneste")):
        egne = list(egne)
        navn = _("%s (bør bekreftes)") if any(map(_bor_bekreftes, egne)) else "%s"
        rader.append((navn % tjeneste, _rettes(hvem, egne)))
    if rader:
        yield Avsnitt(
            _("Rett et telefonnummer eller en adresse"),
            rader,
            sammenlagt=True,
            nokkel=KONTAKTER,
        )


def _tjenestene(hvem, punkter):
    """Yields each tjeneste that the asker keeps: its contacts, its tiltak, its pages; 2
    queries, none for those who keep none."""
    retter = retter_av(hvem.bruker)
    if retter is not None and not retter.pker(REDAKTOR):
        return
    mine = Tjeneste.objects.endres_av(hvem.bruker).filter(kommune=hvem.kommune)
    mine = list(mine.virksomme().order_by("navn__norsk"))
    per_tjeneste = _ansvaret_til(mine)
    for tjeneste in mine:
        tjeneste.kommune = hvem.kommune
        egne = [punkt for punkt in punkter if punkt.tjeneste_id == tjeneste.pk]
        ansvar = per_tjeneste[tjeneste.pk]
        rader = [
            (
                _("Rett"),
                _rettes(hvem, egne) or [Linje(_("ingen kontakter er lagt inn"))],
            ),
            (_("Tiltak"), _tiltakene(ansvar)),
            (_("Se"), _sidene_til(tjeneste, ansvar)),
        ]
        yield Avsnitt(str(tjeneste), rader)


def _ansvaret_til(tjenestene):
    """{id of a tjeneste: its Ansvar in the plans that hold}, each with where the tiltak, or
    the whole that it is part of, stands; 1 query, none without tjenester."""
    sted = Plassering.objects.filter(
        hoved=True,
        plan=OuterRef("tiltak__plan"),
        tiltak=Coalesce(OuterRef("tiltak__overordnet"), OuterRef("tiltak")),
        innsatsomrade__publisert=True,
    )
    ansvar = (
        Ansvar.objects.filter(i_kraft("tiltak__"), tjeneste__in=tjenestene)
        .filter(tiltak__plan__status=GJELDENDE, tiltak__kommune=F("tjeneste__kommune"))
        .annotate(
            omrade=Subquery(sted.values("innsatsomrade__slug")[:1]),
            nummer=Subquery(sted.values("nummer")[:1]),
        )
        .exclude(nummer=None)
        .select_related("tiltak__plan__kommune")
        .order_by("tiltak__plan", "tiltak__tittel__norsk", "pk")
    )
    per_tjeneste = defaultdict(list)
    for rad in ansvar if tjenestene else ():
        per_tjeneste[rad.tjeneste_id].append(rad)
    return per_tjeneste


def _tiltakene(ansvar):
    lenker = {}
    for rad in ansvar:
        plan = rad.tiltak.plan
        sted = [plan.kommune.slug, plan.slug, rad.omrade, rad.nummer]
        side = reverse("tiltak:tiltak_detail", args=sted)
        lenker[rad.tiltak_id] = Linje(rad.tiltak.tittel, side)
    return list(lenker.values()) or [Linje(_("ingen i planene som gjelder"))]


def _sidene_til(tjeneste, ansvar):
    lenker = [Linje(_("tjenestens side"), tjeneste.get_absolute_url())]
    for plan in dict.fromkeys(rad.tiltak.plan for rad in ansvar):
        pdf = f"{_til(plan, 'plan_pdf')}?tjeneste={tjeneste.slug}"
        lenker.append(Linje(_("tiltakene i %s som PDF") % plan.periode, pdf))
    return lenker
