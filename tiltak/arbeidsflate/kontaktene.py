"""The tjenester of a kommune and their contacts: for who keeps them, and for who asks them
whether they still hold."""

from collections import defaultdict
from itertools import groupby
from operator import attrgetter

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from slt.felles.arbeidsflate import Avsnitt, Linje
from slt.models import retter_av
from tiltak.arbeidsflate.planene import til
from tiltak.models import (
    REDAKTOR,
    Ansvar,
    Handlingsplan,
    Kontaktpunkt,
    Plassering,
    Tjeneste,
    i_kraft,
)

# A way to go about it may be said in many words.
LENGST = 50
# The part of the page where all contacts are.
KONTAKTER = "kontakter"


def kontaktpunktene(hvem):
    """([those of the acute strip], [those that the asker may change]), each tjeneste's
    together, by its name; 1 query."""
    endres = Kontaktpunkt.objects.endres_av(hvem.bruker)
    egne = endres.filter(tjeneste__kommune=hvem.kommune)
    her = Tjeneste.objects.i(hvem.kommune).order_by()
    rader = (
        Kontaktpunkt.objects.filter(tjeneste__in=her.values("pk"))
        .annotate(endres=Q(pk__in=egne.order_by().values("pk")))
        .filter(Q(akutt=True) | Q(endres=True))
        .med_bekreftet()
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


def bor_bekreftes(punkt):
    return punkt.ferskhet != Kontaktpunkt.Ferskhet.FERSK


def tjenestene_bor_bekrefte(hvem, punkter):
    antall = len({punkt.tjeneste_id for punkt in punkter})
    if antall:
        tekst = ngettext(
            "%d tjeneste har kontakter som bør bekreftes",
            "%d tjenester har kontakter som bør bekreftes",
            antall,
        )
        alle = reverse("tiltak:kontaktmote", args=[hvem.kommune.slug])
        yield Linje(tekst % antall, alle)


def stemmer_dette(hvem, punkt):
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


def alle_kontaktene(hvem, punkter):
    """Yields the way to each number and address of the kommune, and says which tjenester
    have some that nobody confirmed lately."""
    rader = []
    for tjeneste, egne in groupby(punkter, attrgetter("tjeneste")):
        egne = list(egne)
        navn = _("%s (bør bekreftes)") if any(map(bor_bekreftes, egne)) else "%s"
        rader.append((navn % tjeneste, _rettes(hvem, egne)))
    if rader:
        yield Avsnitt(
            _("Rett et telefonnummer eller en adresse"),
            rader,
            sammenlagt=True,
            nokkel=KONTAKTER,
        )


def tjenestene(hvem, punkter):
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
        .filter(
            tiltak__plan__status=Handlingsplan.Status.GJELDENDE,
            tiltak__kommune=F("tjeneste__kommune"),
        )
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
    svar = reverse("tiltak:svar", args=[tjeneste.kommune.slug, tjeneste.pk])
    lenker = [
        Linje(_("tjenestens side"), tjeneste.get_absolute_url()),
        Linje(_("alt som står om den, til å bekrefte"), svar),
    ]
    for plan in dict.fromkeys(rad.tiltak.plan for rad in ansvar):
        pdf = f"{til(plan, 'plan_pdf')}?tjeneste={tjeneste.slug}"
        lenker.append(Linje(_("tiltakene i %s som PDF") % plan.periode, pdf))
    return lenker
