"""What the plan and the services have to search: tiltak and deltiltak, tjenester with
their contact points, and the plan's chapters and innsatsområder."""

import re
from collections import Counter, defaultdict

from django.db.models import Prefetch
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from slt.felles.sokbart import HJELP, PLANEN
from slt.grunn.riktekst import ren_tekst
from slt.grunn.sok.ting import Nummer, Slag, Sokbart
from tiltak.detaljer import last_kontaktpunkter
from tiltak.models import (
    Ansvar,
    Handlingsplan,
    Innsatsomrade,
    Kapittel,
    Kontaktpunkt,
    Plassering,
    Tiltak,
    TiltakLokalomrade,
    TiltakTema,
    Tjeneste,
)

TILTAK = Slag(_("Tiltak"), HJELP)
DELTILTAK = Slag(_("Del av et tiltak"), HJELP, 0.9)
TJENESTE = Slag(_("Tjeneste"), HJELP, 1.1)
KAPITTEL = Slag(_("Kapittel"), PLANEN, 0.3)
OMRADE = Slag(_("Innsatsområde"), PLANEN, 0.4)

# What everybody gets helps those less who have something the matter already; what is not
# there yet, and what nobody can be called about, helps less.
TIL_ALLE, PLANLAGT, UTEN_NUMMER = 0.7, 0.7, 0.85
FOR_UTOVERE = re.compile(r"\b(?:bruker|brukar|utøver|utøve|utøvar) (?:\w+ )?vold", re.IGNORECASE)
SKOLESTART = 5


def sokbart(kommune, bruker):
    """Yields all of it that the user sees; what only a draft or an earlier plan has, is
    found there: 18 queries."""
    planer = list(
        Handlingsplan.objects.synlige_for(bruker).gjeldende().filter(kommune=kommune)
    )
    tiltakene = _tiltakene(kommune, bruker, planer)
    yield from _tjenestene(kommune, bruker, tiltakene)
    for tiltak in tiltakene:
        yield _av_tiltak(tiltak)
    yield from _planens(kommune, bruker, planer)


# Tiltak -------------------------------------------------------------------------------


def _tiltakene(kommune, bruker, planer):
    """Those that stand in these plans, and in none, with all that is said of them."""
    planen = {plan.pk: plan for plan in planer}
    steder = Plassering.objects.synlige_for(bruker).filter(hoved=True)
    rader = Tiltak.objects.synlige_for(bruker).filter(kommune=kommune).order_by("pk")
    rader = rader.prefetch_related(
        "malgrupper",
        Prefetch("plasseringer", steder.select_related("innsatsomrade")),
        Prefetch("temavalg", TiltakTema.objects.select_related("tema")),
        Prefetch(
            "lokalomradevalg", TiltakLokalomrade.objects.select_related("lokalomrade")
        ),
        Prefetch("ansvar", Ansvar.objects.select_related("tjeneste")),
    )
    rader = {t.pk: t for t in rader if t.plan_id is None or t.plan_id in planen}
    for tiltak in rader.values():
        tiltak.kommune = kommune
        if tiltak.plan_id:
            tiltak.plan = planen[tiltak.plan_id]
            tiltak.plan.kommune = kommune
        for sted in tiltak.plasseringer.all():
            sted.plan, sted.tiltak = planen.get(sted.plan_id), tiltak
        if tiltak.overordnet_id in rader:
            tiltak.overordnet = rader[tiltak.overordnet_id]
    funnet = [t for t in rader.values() if _har_egen_side(t, rader)]
    last_kontaktpunkter([a for t in funnet for a in t.ansvar.all()], bruker)
    return funnet


def _har_egen_side(tiltak, rader):
    """Whether there is somewhere to lead to: its innsatsområde may not be public yet."""
    if tiltak.overordnet_id:
        hele = rader.get(tiltak.overordnet_id)
        return hele is not None and _har_egen_side(hele, rader)
    return tiltak.er_tilbud or tiltak.hovedplassering is not None


def _av_tiltak(tiltak):
    tekst = ren_tekst(tiltak.tekst)
    ansvaret = tiltak.ansvaret or (tiltak.overordnet.ansvaret if tiltak.overordnet_id else [])
    punkter = [p for a in ansvaret for p in a.kontaktpunkter]
    malgrupper = [str(m) for m in tiltak.malgruppene]
    return Sokbart(
        slag=DELTILTAK if tiltak.overordnet_id else TILTAK,
        tittel=tiltak.tittel,
        adresse=tiltak.get_absolute_url(),
        navn=re.findall(r"\(([\w-]+)\)", tiltak.tittel),
        emner=[(_ordene_i(valg.tema), 1.0) for valg in tiltak.temavalg.all()],
        felter=[
            (tekst, 1),
            (" ".join(malgrupper), 1.3),
            (_hvem(ansvaret), 1),
            (" ".join(f"{p.etikett} {p.instruks}" for p in punkter), 0.7),
        ],
        tekst=tekst,
        under=", ".join(dict.fromkeys(a.tjeneste.navn for a in ansvaret if a.er_ansvarlig)),
        numre=_numre(punkter),
        aldre=_aldre(tiltak.malgruppene),
        steder=[valg.lokalomrade.navn for valg in tiltak.lokalomradevalg.all()],
        avsluttet=tiltak.er_avsluttet,
        for_utovere=any(map(FOR_UTOVERE.search, malgrupper)),
        faktor=_faktor(tiltak, punkter),
    )


def _faktor(tiltak, punkter):
    faktor = TIL_ALLE if tiltak.niva == Tiltak.Niva.UNIVERSELL else 1
    if tiltak.status == Tiltak.Status.PLANLAGT:
        faktor *= PLANLAGT
    return faktor if punkter else faktor * UTEN_NUMMER


def _hvem(ansvaret):
    return " ".join(
        f"{a.tjeneste.navn} {a.tjeneste.kortnavn} {a.tjeneste.andre_navn}" for a in ansvaret
    )


def _aldre(malgrupper):
    """The ages of these, unless one of them is for all."""
    aldre = []
    for m in malgrupper:
        if (m.alder_fra, m.alder_til) != (None, None):
            aldre.append((m.alder_fra or 0, 120 if m.alder_til is None else m.alder_til))
        elif (m.trinn_fra, m.trinn_til) != (None, None):
            fra, til = m.trinn_fra or m.trinn_til, m.trinn_til or m.trinn_fra
            aldre.append((fra + SKOLESTART, til + SKOLESTART + 1))
        else:
            return []
    return aldre


def _ordene_i(tema):
    """What a theme is called, in words of the kommune and of people."""
    return [tema.navn, *_skilt(tema.sokeord)]


def _skilt(tekst):
    return [bit for del_ in re.split(r"[,;\n]", tekst) if (bit := del_.strip())]


def _numre(punkter):
    """Their telephone numbers, each once, the one to call first."""
    numre = {
        p.verdi: Nummer(p.visning, p.lenke, p.etikett) for p in punkter if p.er_nummer
    }
    return list(numre.values())


# Tjenester ----------------------------------------------------------------------------


def _tjenestene(kommune, bruker, tiltakene):
    punkter = Kontaktpunkt.objects.synlige_for(bruker).select_related("sted")
    rader = Tjeneste.objects.synlige_for(bruker).filter(kommune=kommune).virksomme()
    rader = rader.order_by("pk").prefetch_related(Prefetch("kontaktpunkter", punkter))
    ansvar = defaultdict(list)
    for tiltak in tiltakene:
        for rad in tiltak.ansvar.all():
            if rad.rolle in Ansvar.ANSVARLIGE and not tiltak.er_avsluttet:
                ansvar[rad.tjeneste_id].append(tiltak)
    for tjeneste in rader:
        tjeneste.kommune = kommune
        yield _av_tjeneste(tjeneste, ansvar[tjeneste.pk])


def _av_tjeneste(tjeneste, tiltakene):
    punkter = list(tjeneste.kontaktpunkter.all())
    malgrupper = [str(m) for t in tiltakene for m in t.malgruppene]
    return Sokbart(
        slag=TJENESTE,
        tittel=tjeneste.navn,
        adresse=tjeneste.get_absolute_url(),
        kort=tjeneste.kortnavn,
        navn=[*_skilt(tjeneste.andre_navn), *(p.etikett for p in punkter if p.etikett)],
        emner=_emnene(tiltakene),
        felter=[
            (tjeneste.tekst, 1.3),
            (" ".join(t.tittel for t in tiltakene), 0.8),
            (" ".join(f"{p.instruks} {p.verdi}" for p in punkter if not p.er_nummer), 0.7),
        ],
        tekst=tjeneste.tekst,
        under=tjeneste.get_type_display(),
        numre=_numre(punkter),
        steder=list(dict.fromkeys(p.sted.navn for p in punkter if p.sted)),
        for_utovere=bool(tiltakene)
        and all(any(map(FOR_UTOVERE.search, map(str, t.malgruppene))) for t in tiltakene),
        faktor=1 if punkter else UTEN_NUMMER * UTEN_NUMMER,
    )


def _emnene(tiltakene):
    """The themes of what a tjeneste answers for, each by how much of that it is: who does
    many things is not the one to call about each of them."""
    antall = Counter(valg.tema for t in tiltakene for valg in t.temavalg.all())
    return [(_ordene_i(tema), 0.8 * n / len(tiltakene)) for tema, n in antall.items()]


# The plan -----------------------------------------------------------------------------


def _planens(kommune, bruker, planer):
    for plan in planer:
        plan.kommune = kommune
    planen = {plan.pk: plan for plan in planer}
    for kapittel in Kapittel.objects.synlige_for(bruker).filter(plan__in=planer):
        tekst = ren_tekst(kapittel.tekst)
        plan = planen[kapittel.plan_id]
        yield Sokbart(
            slag=KAPITTEL,
            tittel=kapittel.tittel,
            adresse=f"{plan.get_absolute_url()}plan/#kapittel-{kapittel.slug}",
            felter=[(tekst, 1)],
            tekst=tekst,
            under=gettext("Planen %s") % plan.periode,
        )
    for omrade in Innsatsomrade.objects.synlige_for(bruker).filter(plan__in=planer):
        omrade.plan = planen[omrade.plan_id]
        tekst = ren_tekst(omrade.tekst)
        yield Sokbart(
            slag=OMRADE,
            tittel=omrade.navn,
            adresse=omrade.get_absolute_url(),
            felter=[(tekst, 1)],
            tekst=tekst,
            under=gettext("Planen %s") % omrade.plan.periode,
        )
