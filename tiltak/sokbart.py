"""What the plan and the services have to search: tiltak and deltiltak, tjenester with
their contact points, themes, guides, and the plan's chapters and innsatsområder."""

import re
from collections import Counter, defaultdict

from django.db.models import F
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from slt.felles.sokbart import HJELP, PLANEN
from slt.grunn.sok.ting import Nummer, Slag, Sokbart
from slt.grunn.sok.utdrag import uten_merker
from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Handlingsplan,
    Innsatsomrade,
    Kapittel,
    Kontaktpunkt,
    Malgruppe,
    Plassering,
    Tiltak,
    TiltakLokalomrade,
    TiltakTema,
    Tjeneste,
    Tjenestemalgruppe,
    TjenesteTema,
    Veileder,
    VeilederTema,
)
from tiltak.models.hvem import Hvem

TILTAK = Slag(_("Tiltak"), HJELP)
DELTILTAK = Slag(_("Del av et tiltak"), HJELP, 0.9)
TJENESTE = Slag(_("Tjeneste"), HJELP, 1.1)
TEMA = Slag(_("Tema"), HJELP, 0.4)
VEILEDER = Slag(_("Veileder, skjema eller rutine"), HJELP, 0.5)
KAPITTEL = Slag(_("Kapittel"), PLANEN, 0.3)
OMRADE = Slag(_("Innsatsområde"), PLANEN, 0.4)

# What everybody gets helps those less who have something the matter already; what is not
# there yet, and what nobody can be called about, helps less.
TIL_ALLE, PLANLAGT, UTEN_NUMMER = 0.8, 0.7, 0.85
FOR_UTOVERE = re.compile(
    r"\b(?:bruker|brukar|utøver|utøve|utøvar) (?:\w+ )?vold", re.IGNORECASE
)
BARE_ANSATTE = [Hvem.ANSATTE]
# How much a theme says of a tjeneste: one that all it answers for is about; and one of its
# own, most to whom one asks first, and less to each after.
AV_TILTAKENE = 0.8
FORST_AV_EGNE, ETTER_DEN_FORRIGE, MINST_AV_EGNE = 0.85, 0.05, 0.6


def sokbart(kommune, bruker):
    """Yields all of it that the user sees; what only a draft or an earlier plan has, is
    found there: 16 queries."""
    innhold = _Innhold(kommune, bruker)
    yield from innhold.tjenestene()
    yield from innhold.tiltakene()
    yield from innhold.temaene()
    yield from innhold.veilederne(bruker)
    yield from _planens(innhold.planer, bruker)


class _Innhold:
    """What is said of tiltak and tjenester, each kind of row loaded once: as many small
    sets of rows, as pages load them, it takes three times as long."""

    def __init__(self, kommune, bruker):
        self.kommune = kommune
        planer = Handlingsplan.objects.synlige_for(bruker).gjeldende()
        self.planer = {plan.pk: plan for plan in planer.filter(kommune=kommune)}
        for plan in self.planer.values():
            plan.kommune = kommune
        self._last_tjenester(bruker)
        self._last_tiltak(bruker)

    def _last_tjenester(self, bruker):
        tjenester = Tjeneste.objects.synlige_for(bruker).i(self.kommune)
        tjenester = tjenester.med_listes(bruker, self.kommune)
        self.tjenester = {
            tjeneste.pk: tjeneste for tjeneste in tjenester.order_by("pk")
        }
        punkter = Kontaktpunkt.objects.synlige_for(bruker).select_related("sted")
        her = Tjeneste.objects.i(self.kommune).order_by().values("pk")
        egne = {"tjeneste__in": her}
        punkter = punkter.filter(**egne)
        self.punkter = _per(punkter, "tjeneste_id")
        rader = Tjenestemalgruppe.objects.filter(**egne)
        self.tjenestens_malgrupper = _per(rader, "tjeneste_id")
        valg = TjenesteTema.objects.filter(**egne).annotate(emne=F("tema__emne"))
        self.temavalg = _per(valg, "tjeneste_id")

    def _last_tiltak(self, bruker):
        rader = Tiltak.objects.synlige_for(bruker).filter(kommune=self.kommune)
        rader = {t.pk: t for t in rader if not t.plan_id or t.plan_id in self.planer}
        hoved = Plassering.objects.synlige_for(bruker).filter(
            hoved=True, tiltak__kommune=self.kommune
        )
        for tiltak in rader.values():
            tiltak.kommune, tiltak.hovedplassering = self.kommune, None
            tiltak.plan = self.planer.get(tiltak.plan_id)
            tiltak.overordnet = rader.get(tiltak.overordnet_id)
        for sted in hoved.select_related("innsatsomrade"):
            tiltak = rader.get(sted.tiltak_id)
            if tiltak is not None and sted.plan_id == tiltak.plan_id:
                sted.plan, sted.tiltak = tiltak.plan, tiltak
                tiltak.hovedplassering = sted
        self.tiltak = {pk: t for pk, t in sorted(rader.items()) if _har_side(t)}
        self._last_deler(bruker)

    def _last_deler(self, bruker):
        egne = {"tiltak__kommune": self.kommune}
        # What is bound to a place that the user does not see, is not said.
        malgrupper = Malgruppe.objects.synlige_for(bruker).filter(**egne)
        self.malgrupper = _per(malgrupper, "tiltak_id")
        ansvar = Ansvar.objects.synlige_for(bruker).filter(**egne)
        # Others may write between two queries: what came since is found the next time.
        ansvar = (rad for rad in ansvar if rad.tjeneste_id in self.tjenester)
        self.ansvar = _per(ansvar, "tiltak_id")
        self.alle_temaer = {t.pk: t for t in self.kommune.temaer.order_by("pk")}
        self.per_emne = {t.emne: t.pk for t in self.alle_temaer.values() if t.emne}
        self.temaer = defaultdict(list)
        valgte = TiltakTema.objects.filter(**egne).order_by("tiltak", "tema")
        for tiltak, tema in valgte.values_list("tiltak", "tema"):
            if tema in self.alle_temaer:
                self.temaer[tiltak].append(self.alle_temaer[tema])
        self.omrader = defaultdict(list)
        valgte = TiltakLokalomrade.objects.filter(**egne).order_by("pk")
        for tiltak, navn in valgte.values_list("tiltak", "lokalomrade__navn"):
            self.omrader[tiltak].append(navn)
        self.valgt = defaultdict(set)
        valgte = AnsvarKontaktpunkt.objects.filter(ansvar__tiltak__kommune=self.kommune)
        for ansvar, punkt in valgte.order_by().values_list("ansvar", "kontaktpunkt"):
            self.valgt[ansvar].add(punkt)

    # Tiltak ---------------------------------------------------------------------------

    def tiltakene(self):
        return map(self._av_tiltak, self.tiltak.values())

    def _ansvaret(self, tiltak):
        """Who has a part in it, or where it is a part and says nothing, in the whole."""
        ansvaret = tiltak.her(self.ansvar[tiltak.pk])
        hele = tiltak.overordnet
        return ansvaret or (self._ansvaret(hele) if hele else [])

    def _punkter(self, ansvaret):
        """The contact points that hold for these."""
        for ansvar in ansvaret:
            for punkt in self.punkter[ansvar.tjeneste_id]:
                if punkt.gjelder(self.valgt[ansvar.pk]):
                    yield punkt

    def _av_tiltak(self, tiltak):
        tekst = uten_merker(tiltak.tekst)
        ansvaret = self._ansvaret(tiltak)
        punkter = list(self._punkter(ansvaret))
        malgruppene = tiltak.her(self.malgrupper[tiltak.pk])
        malgrupper = " ".join(map(str, malgruppene))
        tjenestene = [self.tjenester[a.tjeneste_id] for a in ansvaret]
        ansvarlige = [self.tjenester[a.tjeneste_id] for a in ansvaret if a.er_ansvarlig]
        return Sokbart(
            slag=DELTILTAK if tiltak.overordnet_id else TILTAK,
            tittel=tiltak.tittel,
            adresse=tiltak.get_absolute_url(),
            navn=re.findall(r"\(([\w-]+)\)", tiltak.tittel),
            emner=[(_ordene_i(tema), 1.0) for tema in self.temaer[tiltak.pk]],
            felter=[
                (tekst, 1),
                (malgrupper, 1.3),
                (
                    " ".join(
                        f"{t.navn} {t.kortnavn} {t.andre_navn}" for t in tjenestene
                    ),
                    1,
                ),
                (" ".join(f"{p.etikett} {p.instruks}" for p in punkter), 0.7),
            ],
            tekst=tekst,
            under=", ".join(dict.fromkeys(t.navn for t in ansvarlige)),
            numre=_numre(punkter),
            aldre=_aldre(malgruppene),
            steder=self.omrader[tiltak.pk],
            avsluttet=tiltak.er_avsluttet,
            for_utovere=bool(FOR_UTOVERE.search(malgrupper)),
            for_ansatte=tiltak.apent_for == BARE_ANSATTE,
            faktor=_faktor(tiltak, punkter),
        )

    # Tjenester ------------------------------------------------------------------------

    def tjenestene(self):
        ansvar = defaultdict(list)
        for tiltak in self.tiltak.values():
            for rad in self.ansvar[tiltak.pk]:
                if rad.rolle in Ansvar.ANSVARLIGE and not tiltak.er_avsluttet:
                    ansvar[rad.tjeneste_id].append(tiltak)
        for tjeneste in self.tjenester.values():
            if tjeneste.listes and tjeneste.nedlagt is None:
                yield self._av_tjeneste(tjeneste, ansvar[tjeneste.pk])

    def _av_tjeneste(self, tjeneste, tiltakene):
        punkter = self.punkter[tjeneste.pk]
        malgrupper = self.tjenestens_malgrupper[tjeneste.pk]
        andre = [f"{p.instruks} {p.verdi}" for p in punkter if not p.er_nummer]
        return Sokbart(
            slag=TJENESTE,
            tittel=tjeneste.navn,
            adresse=tjeneste.get_absolute_url(),
            kort=tjeneste.kortnavn,
            navn=[
                *_skilt(tjeneste.andre_navn),
                *(p.etikett for p in punkter if p.etikett),
            ],
            emner=self._emnene(tjeneste, tiltakene),
            felter=[
                (tjeneste.tekst, 1.3),
                (tjeneste.resultat, 1),
                (" ".join(map(str, malgrupper)), 1.3),
                (" ".join(t.tittel for t in tiltakene), 0.8),
                (" ".join(andre), 0.7),
            ],
            tekst=tjeneste.tekst,
            # Not by get_…_display, which hashes all choices each time.
            under=Tjeneste.Type(tjeneste.type).label,
            numre=_numre(punkter),
            aldre=_aldre(malgrupper),
            steder=list(dict.fromkeys(p.sted.navn for p in punkter if p.sted)),
            for_utovere=bool(tiltakene) and all(map(self._er_for_utovere, tiltakene)),
            for_ansatte=tjeneste.apent_for == BARE_ANSATTE,
            faktor=1 if punkter else UTEN_NUMMER**2,
        )

    def _er_for_utovere(self, tiltak):
        return any(FOR_UTOVERE.search(m.tekst) for m in self.malgrupper[tiltak.pk])

    def _emnene(self, tjeneste, tiltakene):
        """The themes that a tjeneste helps with, by its place among those who do; and
        those of what it answers for, each by how much of that it is: who does many things
        is not the one to call about each of them."""
        antall = Counter(tema.pk for t in tiltakene for tema in self.temaer[t.pk])
        vekt = {tema: AV_TILTAKENE * n / len(tiltakene) for tema, n in antall.items()}
        for valg in self.temavalg[tjeneste.pk]:
            tema = valg.tema_id
            if tema not in self.alle_temaer and valg.emne in self.per_emne:
                # Of one that another kommune shares.
                tema = self.per_emne[valg.emne]
            vekt[tema] = max(
                FORST_AV_EGNE - ETTER_DEN_FORRIGE * (valg.rekkefolge - 1), MINST_AV_EGNE
            )
        return [
            (_ordene_i(self.alle_temaer[tema]), v)
            for tema, v in vekt.items()
            if tema in self.alle_temaer
        ]

    # What is about them ---------------------------------------------------------------

    def temaene(self):
        """Each leads to those who help with it."""
        liste = reverse("tiltak:tjeneste_list", args=[self.kommune.slug])
        for tema in self.alle_temaer.values():
            yield Sokbart(
                slag=TEMA,
                tittel=tema.for_folk,
                adresse=f"{liste}?{urlencode({'tema': tema.slug})}",
                navn=[tema.navn, *_skilt(tema.sokeord)],
            )

    def veilederne(self, bruker):
        """What staff work by; each leads to where it stands."""
        rader = Veileder.objects.synlige_for(bruker).filter(kommune=self.kommune)
        valgte = VeilederTema.objects.filter(veileder__kommune=self.kommune)
        temaer = _per(valgte, "veileder_id")
        for veileder in rader:
            yield Sokbart(
                slag=VEILEDER,
                tittel=veileder.tittel,
                adresse=veileder.adresse,
                emner=[
                    (_ordene_i(self.alle_temaer[valg.tema_id]), 1.0)
                    for valg in temaer[veileder.pk]
                    if valg.tema_id in self.alle_temaer
                ],
                felter=[(f"{veileder.trinn} {veileder.get_type_display()}", 1)],
                under=veileder.eier,
            )


def _per(rader, felt):
    """Returns {value of the field: [rows]}, in their order."""
    per = defaultdict(list)
    for rad in rader:
        per[getattr(rad, felt)].append(rad)
    return per


def _har_side(tiltak):
    """Whether there is somewhere to lead to: its innsatsområde may not be public yet."""
    if tiltak.overordnet_id:
        return tiltak.overordnet is not None and _har_side(tiltak.overordnet)
    return tiltak.er_tilbud or tiltak.hovedplassering is not None


def _faktor(tiltak, punkter):
    faktor = TIL_ALLE if tiltak.niva == Tiltak.Niva.UNIVERSELL else 1
    if tiltak.status == Tiltak.Status.PLANLAGT:
        faktor *= PLANLAGT
    return faktor if punkter else faktor * UTEN_NUMMER


def _aldre(malgrupper):
    """The ages of these, unless one of them is for all."""
    aldre = [malgruppe.aldre for malgruppe in malgrupper]
    return [] if None in aldre else aldre


def _ordene_i(tema):
    """What a theme is called, in words of the kommune and of people."""
    return (tema.navn, tema.i_hverdagen, *_skilt(tema.sokeord))


def _skilt(tekst):
    return [bit for del_ in re.split(r"[,;\n]", tekst) if (bit := del_.strip())]


def _numre(punkter):
    """Their telephone numbers, each once, the one to call first."""
    numre = {
        p.verdi: Nummer(p.visning, p.lenke, p.etikett) for p in punkter if p.er_nummer
    }
    return list(numre.values())


# The plan -----------------------------------------------------------------------------


def _planens(planen, bruker):
    for kapittel in Kapittel.objects.synlige_for(bruker).filter(plan__in=planen):
        tekst = uten_merker(kapittel.tekst)
        plan = planen[kapittel.plan_id]
        yield Sokbart(
            slag=KAPITTEL,
            tittel=kapittel.tittel,
            adresse=f"{plan.get_absolute_url()}plan/#kapittel-{kapittel.slug}",
            felter=[(tekst, 1)],
            tekst=tekst,
            under=gettext("Planen %s") % plan.periode,
        )
    for omrade in Innsatsomrade.objects.synlige_for(bruker).filter(plan__in=planen):
        omrade.plan = planen[omrade.plan_id]
        tekst = uten_merker(omrade.tekst)
        yield Sokbart(
            slag=OMRADE,
            tittel=omrade.navn,
            adresse=omrade.get_absolute_url(),
            felter=[(tekst, 1)],
            tekst=tekst,
            under=gettext("Planen %s") % omrade.plan.periode,
        )
