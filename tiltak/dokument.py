"""The plan as documents: the whole of it, a part, or one page for an agenda.

It is made of finished HTML alone; slt.grunn.pdflager draws and keeps it.
"""

import re
from collections import Counter, defaultdict
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import npgettext, override

from slt.felles.den_dagen import for_alle_den
from slt.felles.dokument import denne_basen, farger, oppdrag
from slt.grunn.norsk import uten_https
from slt.grunn.pdflager import DEL, HELE, SAMMENDRAG
from slt.grunn.riktekst import fra_niva, rens_html
from slt.models import PUBLIKUM
from tiltak.dekning import antall_per_niva, dekning_etter_alder, dekning_etter_niva
from tiltak.detaljer import last_detaljer
from tiltak.endringer import planen_sist_endret
from tiltak.figurer import TRYKK, NivaFigur
from tiltak.models import (
    Ansvar,
    Handlingsplan,
    Plassering,
    Tiltak,
    Tjeneste,
    akutte_i_dag,
    gjelder_i,
    i_kraft,
    star_i,
)
from tiltak.siden import Siden

# About half a page: a longer table of contacts need not stand whole.
LINJER_KONTAKTER = 28


@dataclass(frozen=True)
class Utgave:
    """Which document of a plan (a slt.felles.dokument.Dokument): the whole, what stands in
    one innsatsområde, what one tjeneste has a part in (both by slug), or the page for an
    agenda. With a day: as it stood then, once that is over."""

    plan: Handlingsplan
    innsatsomrade: str = ""
    tjeneste: str = ""
    kort: bool = False
    dag: date | None = None

    @property
    def kommune(self):
        return self.plan.kommune

    @property
    def er_utkast(self):
        return self.plan.er_utkast

    @property
    def nettside(self):
        """The page that says the same."""
        return self.plan.get_absolute_url()

    @property
    def finnes(self):
        """Whether there is such a part; 1 query for a part, none for the whole."""
        with self._den_dagen():
            return self._finnes()

    def _den_dagen(self):
        return for_alle_den(self.dag, self.kommune) if self.dag else nullcontext()

    def _finnes(self):
        if self.dag and not self._var_for_alle():
            return False
        deler = [self.innsatsomrade, self.tjeneste]
        # PostgreSQL makes an error of some characters.
        if all(deler) or not all(re.fullmatch(r"[\w-]*", del_) for del_ in deler):
            return False
        if self.innsatsomrade:
            omrader = self.plan.innsatsomrader.lesernes()
            return omrader.filter(slug=self.innsatsomrade).exists()
        if self.tjeneste:
            ansvar = Ansvar.objects.filter(
                star_i(self.plan, "tiltak__"),
                gjelder_i(self.plan, Ansvar),
                i_kraft("tiltak__", plan=self.plan),
            )
            her = Tjeneste.objects.i(self.plan.kommune).filter(her_slug=self.tjeneste)
            return ansvar.filter(tjeneste__in=her.order_by().values("pk")).exists()
        return True

    def _var_for_alle(self):
        planer = Handlingsplan.objects.synlige_for(PUBLIKUM)
        return planer.filter(pk=self.plan.pk).exists()

    @property
    def filnavn(self):
        deler = [self.plan.filnavn]
        if self.kort:
            deler.append("kort")
        if self.innsatsomrade:
            deler.append(self.innsatsomrade)
        if self.tjeneste:
            deler.append(f"tjeneste-{self.tjeneste}")
        if self.dag:
            deler.append(self.dag.isoformat())
        if self.plan.er_utkast:
            deler.append("utkast")
        return f"{'-'.join(deler)}.pdf"

    @property
    def forrang(self):
        """The whole is for all, a part for a few, who ask for one after the other."""
        if self.kort:
            return SAMMENDRAG
        return DEL if self.innsatsomrade or self.tjeneste else HELE

    @property
    def innhold(self):
        """What tells this document, as it stands now, from all others."""
        return (
            *denne_basen(self.kommune),
            self.plan.pk,
            self.innsatsomrade,
            self.tjeneste,
            self.kort,
            self._utlopte,
            self.plan.gjelder_fra,
            self.dag,
        )

    @property
    def _utlopte(self):
        """How many of the documents that it names have expired: a day changes what it
        says of them, where nobody saves anything."""
        if self.kort or self.innsatsomrade or self.tjeneste:
            return 0
        return self.plan.styringsdokumenter.utlopte().count()

    def oppdrag(self):
        """Returns what it takes to draw the document.

        Raises:
            InnholdetEndret: when somebody saved something while it was being read.
        """
        return oppdrag(self.html(), kommune=self.kommune, en_side=self.kort)

    def html(self, **annet):
        """Returns the finished HTML, in the language of the kommune.

        Args:
            annet: what the templates get otherwise, or beside what they get of the plan.
        """
        with override(self.plan.kommune.malform), self._den_dagen():
            return render_to_string(self._mal, _Innhold(self).kontekst() | annet)

    @property
    def _mal(self):
        if self.kort:
            return "tiltak/pdf/kort.html"
        er_del = self.innsatsomrade or self.tjeneste
        return "tiltak/pdf/del.html" if er_del else "tiltak/pdf/plan.html"


class _Innhold:
    """All that the document says, loaded in a number of queries that does not grow."""

    def __init__(self, utgave):
        self.utgave, self.plan = utgave, utgave.plan

    def kontekst(self):
        plan, per_niva = self.plan, antall_per_niva(self.plan)
        return {
            "utgave": self.utgave,
            "plan": plan,
            "kommune": plan.kommune,
            "farger": farger(plan.kommune),
            "sist_endret": planen_sist_endret(plan),
            "siden": Siden(plan),
            "kapitler": self.kapitler,
            "malsettinger": self.malsettinger[None],
            "styringsdokumenter": plan.styringsdokumenter.all(),
            "omrader": self.omrader,
            "innsatsomrade": self.innsatsomrade,
            "tjeneste": self.tjeneste,
            "tiltakene": self.tiltak,
            "nye_tiltak": self.nye,
            "kommunekontakt": self.kommunekontakt,
            "nokkeltall": self.nokkeltall,
            "kortlister": self.kortlister,
            "adresse": uten_https(self.nettadresse),
            "med_kontakt": [t for t in self.tjenester if t.linjer],
            "uten_kontakt": [t for t in self.tjenester if not t.linjer],
            "akuttpunkter": akutte_i_dag(plan.kommune),
            "dagen": self.utgave.dag,
            "slt_figur": NivaFigur(plan.kommune, TRYKK),
            "antall_per_niva": per_niva,
            "uten_niva": len(self.tiltak) - sum(per_niva.values()),
            "dekning": [dekning_etter_niva(plan), dekning_etter_alder(plan)],
        }

    @cached_property
    def innsatsomrade(self):
        slug = self.utgave.innsatsomrade
        omrader = self.plan.innsatsomrader.lesernes()
        return omrader.get(slug=slug) if slug else None

    @cached_property
    def tjeneste(self):
        slug = self.utgave.tjeneste
        tjenester = [t for t in self._alle_tjenester if slug and t.her_slug == slug]
        return min(tjenester, key=lambda t: t.er_andres, default=None)

    @cached_property
    def tiltak(self):
        """The tiltak of this document in the plan's order, with all that is said of
        them."""
        i_kraft = Tiltak.objects.i_kraft(self.plan).selvstendige()
        alle = list(i_kraft.i_planens_orden(self.plan).med_plassering(self.plan))
        last_detaljer(alle, PUBLIKUM)
        for t in alle:
            self._les_pa_stedet(t)
            self._gjor_klar(t, niva=4)
            for del_ in t.deltiltak.all():
                self._gjor_klar(del_, niva=5)
            self._si_hvor_ingen_nas(t)
        return [t for t in alle if self._er_med(t)]

    def _les_pa_stedet(self, tiltak):
        """In the document of an innsatsområde, a tiltak is read as it stands there; and
        where else it stands in plans that hold, it says."""
        steder = tiltak.plasseringer.all()
        for sted in steder:
            if self.innsatsomrade and sted.innsatsomrade_id == self.innsatsomrade.pk:
                tiltak.stedet = sted
        andre = (p for p in steder if p != tiltak.stedet)
        tiltak.andre_plasseringer = [*andre, *self.andre_steder[tiltak.pk]]

    @cached_property
    def andre_steder(self):
        """{id of a tiltak: its main places in other plans that hold}."""
        alle = Plassering.objects.filter(
            tiltak__plasseringer__plan=self.plan,
            hoved=True,
            plan__status=Handlingsplan.Status.GJELDENDE,
            innsatsomrade__publisert=True,
        )
        steder = defaultdict(list)
        for sted in (
            alle.exclude(plan=self.plan)
            .select_related("innsatsomrade", "plan")
            .distinct()
        ):
            steder[sted.tiltak_id].append(sted)
        return steder

    def _gjor_klar(self, tiltak, *, niva):
        """Sets on a tiltak or deltiltak what the templates want and no model has."""
        tiltak.trykk = rik_trykk(tiltak.tekst, niva=niva)
        tiltak.malsettingene = tiltak.malsettinger.all()
        for a in tiltak.ansvaret:
            a.linjer = _linjer_av(a.kontaktpunkter)
        # Who it is takes two lines or more.
        linjer = [max(2, len(a.linjer)) for a in tiltak.ansvaret if a.linjer]
        tiltak.kan_nas = bool(linjer)
        tiltak.har_mange_kontakter = sum(linjer) > LINJER_KONTAKTER
        for lenke in tiltak.lenker.all():
            lenke.vist = uten_https(lenke.adresse)

    def _si_hvor_ingen_nas(self, tiltak):
        """Sets `kontakt_mangler` where the reader finds nobody to reach: the kommune
        itself instead. Once for a tiltak and its deltiltak when it holds for all."""
        delene = list(tiltak.deltiltak.all())
        ingen = not any(t.kan_nas for t in (tiltak, *delene))
        tiltak.kontakt_mangler = ingen
        for del_ in delene:
            del_.kontakt_mangler = not (ingen or tiltak.kan_nas or del_.kan_nas)
        for t in (tiltak, *delene):
            t.kommunekontakt = self.kommunekontakt

    @cached_property
    def kommunekontakt(self):
        """[(what stands on paper, link)]: the ways in to the kommune itself."""
        kommune = self.plan.kommune
        veier = [
            (kommune.telefon, kommune.telefonlenke),
            (kommune.epost, f"mailto:{kommune.epost}"),
            (uten_https(kommune.nettsted), kommune.nettsted),
        ]
        return [(vist, lenke) for vist, lenke in veier if vist]

    @property
    def nettadresse(self):
        """Where the plan stands on the web; empty when the site does not know its own
        address. Never that of the request: documents are kept, and the same for all."""
        if not settings.SITE_URL:
            return ""
        return f"{settings.SITE_URL.rstrip('/')}{self.plan.get_absolute_url()}"

    def _alt_ansvar(self, tiltak):
        return alt_ansvar(tiltak, bare_her=self.innsatsomrade is not None)

    def _er_med(self, tiltak):
        if self.innsatsomrade:
            steder = tiltak.plasseringer.all()
            return any(p.innsatsomrade_id == self.innsatsomrade.pk for p in steder)
        if self.tjeneste:
            return any(
                a.tjeneste_id == self.tjeneste.pk for a in self._alt_ansvar(tiltak)
            )
        return True

    @cached_property
    def nye(self):
        """The new tiltak and deltiltak, as the front page of the plan lists them."""
        alle = (
            t_eller_del for t in self.tiltak for t_eller_del in (t, *t.deltiltak.all())
        )
        return [t for t in alle if t.er_nytt]

    @property
    def ikke_i_drift(self):
        return [t for t in self.tiltak if t.status != Tiltak.Status.I_DRIFT]

    @property
    def uavklart(self):
        """Where nobody answers, neither for the tiltak nor for any part of it."""
        ansvarlig = Ansvar.Rolle.ANSVARLIG
        return [
            t
            for t in self.tiltak
            if not any(a.rolle == ansvarlig for a in self._alt_ansvar(t))
        ]

    @property
    def nokkeltall(self):
        return [
            (len(self.tiltak), _("tiltak")),
            (len(self.omrader), _("innsatsområder")),
            *self._antall_nye,
            *self._antall_utenom_drift,
            (len(self.uavklart), _("uten avklart ansvar")),
        ]

    @property
    def _antall_utenom_drift(self):
        """[(number, status)], in the order in which a tiltak passes through them."""
        antall = Counter(t.status for t in self.ikke_i_drift)
        return [(antall[s], s.label) for s in Tiltak.Status if antall[s]]

    @property
    def _antall_nye(self):
        deltiltak = sum(t.overordnet_id is not None for t in self.nye)
        tiltak = len(self.nye) - deltiltak
        tall = [(tiltak, npgettext("antall", "nytt tiltak", "nye tiltak", tiltak))]
        if deltiltak:
            ord_ = npgettext("antall", "nytt deltiltak", "nye deltiltak", deltiltak)
            tall.append((deltiltak, ord_))
        return tall

    @property
    def kortlister(self):
        return {
            "nye": _kortliste(_("Nytt i denne planen"), self.nye, 10),
            "ikke_i_drift": _kortliste(_("Ikke i vanlig drift"), self.ikke_i_drift, 5),
            "uavklart": _kortliste(_("Ansvar ikke avklart"), self.uavklart, 5),
        }

    @cached_property
    def omrader(self):
        """[(innsatsområde, [(plassering, tiltak)] by number)]; `med_ramme` says at which
        of its places a tiltak stands in full."""
        steder = defaultdict(list)
        for t in self.tiltak:
            for p in t.plasseringer.all():
                p.med_ramme = p.hoved or self.innsatsomrade is not None
                if p.med_ramme or self.tjeneste is None:
                    p.avvik = _avvik(t, p)
                    steder[p.innsatsomrade_id].append((p, t))
        omrader = []
        for omrade in self.plan.innsatsomrader.lesernes():
            if self.innsatsomrade and omrade != self.innsatsomrade:
                continue
            if self.tjeneste and not steder[omrade.pk]:
                continue
            omrade.trykk = rik_trykk(omrade.tekst, niva=3)
            omrade.avsluttede = self.avsluttede[omrade.pk]
            omrade.malsettingene = self.malsettinger[omrade]
            rader = sorted(steder[omrade.pk], key=lambda rad: rad[0].nummer)
            omrader.append((omrade, rader))
        return omrader

    @cached_property
    def avsluttede(self):
        """{id of an innsatsområde: places of the tiltak that ended in it}."""
        avsluttede = Tiltak.objects.lesernes(self.plan).avsluttede()
        steder = defaultdict(list)
        rader = self.plan.plasseringer.filter(tiltak__in=avsluttede)
        for sted in rader.select_related("tiltak", "innsatsomrade").order_by("nummer"):
            steder[sted.innsatsomrade_id].append(sted)
        return steder

    @cached_property
    def kapitler(self):
        kapitler = list(self.plan.kapitler.lesernes())
        for kapittel in kapitler:
            kapittel.trykk = rik_trykk(kapittel.tekst, niva=3)
        return kapitler

    @cached_property
    def malsettinger(self):
        """{None for the whole plan, or an innsatsområde: its målsettinger}."""
        malsettingene = defaultdict(list)
        lesernes = self.plan.malsettinger.lesernes().filter(tiltak=None)
        for m in lesernes.select_related("innsatsomrade"):
            malsettingene[m.innsatsomrade].append(m)
        return malsettingene

    @cached_property
    def _alle_tjenester(self):
        tjenester = Tjeneste.objects.i(self.plan.kommune)
        tjenester = list(tjenester.med_kontaktpunkter(PUBLIKUM))
        for tjeneste in tjenester:
            tjeneste.linjer = _linjer_av(tjeneste.kontaktpunkter.all())
        return tjenester

    @cached_property
    def tjenester(self):
        """The register: those that are at work, in a part only those it is about, each
        with the tiltak that it has a part in."""
        roller = defaultdict(dict)
        for t in self.tiltak:
            for a in self._alt_ansvar(t):
                roller[a.tjeneste_id][t.pk] = t
        # A plan beside the main one is not where all of them are looked up.
        er_del = self.innsatsomrade or self.tjeneste or not self.plan.rekke.hoved
        tjenester = []
        for tjeneste in self._alle_tjenester:
            if er_del and tjeneste.pk not in roller:
                continue
            if tjeneste.nedlagt and tjeneste.pk not in roller:
                continue
            tjeneste.roller = list(roller[tjeneste.pk].values())
            tjenester.append(tjeneste)
        return tjenester


def _kortliste(tittel, tiltak, plass):
    """As many as there is room for; one more would take the line that says so."""
    vis = tiltak if len(tiltak) <= plass + 1 else tiltak[:plass]
    return {"tittel": tittel, "tiltak": vis, "flere": len(tiltak) - len(vis)}


def _avvik(tiltak, sted):
    """[(what it is about, words)] of what holds at this place of the tiltak alone."""
    ansvar, grupper = (
        [rad for rad in rader.all() if rad.plassering_id == sted.pk]
        for rader in (tiltak.ansvar, tiltak.malgrupper)
    )
    avvik = [
        (_("For"), "; ".join(str(gruppe) for gruppe in grupper)),
        (_("Ansvar"), ", ".join(str(a) for a in ansvar)),
        (_("Forankret hos"), ", ".join(sted.forankring.splitlines())),
        (_("Merknad"), sted.merknad),
    ]
    return [(om, ord_) for om, ord_ in avvik if ord_]


def alt_ansvar(tiltak, *, bare_her):
    """Who has a part in a tiltak or in a deltiltak of it: where it is read, or at any of
    the places that are loaded."""
    steder = set() if bare_her else {sted.pk for sted in tiltak.plasseringer.all()}
    her = tiltak.ansvaret
    andre = [a for a in tiltak.ansvar.all() if a.plassering_id in steder]
    deler = [a for del_ in tiltak.deltiltak.all() for a in del_.ansvaret]
    return [*her, *(a for a in andre if a not in her), *deler]


def _linjer_av(punkter):
    """Contact points in lists that share a line: those that need no more words."""
    linjer, delt = [], None
    for p in punkter:
        ord_ = (p.instruks, p.ved_ikke_svar, p.apningstid_tekst, p.apningstider.all())
        if any(ord_) or not p.lenke or len(p.visning) > 40:
            linjer.append([p])
            delt = None
        elif delt is None:
            linjer.append(delt := [p])
        else:
            delt.append(p)
    return linjer


def rik_trykk(tekst, *, niva):
    """Rich text, cleaned once more, with its headings from this level on: whoever listens
    to the document finds the way by them."""
    html = fra_niva(rens_html(tekst, bilder=True), niva)
    html = html.replace("<table>", '<table class="tabell">')
    return mark_safe(html)  # noqa: S308 (cleaned)


# When it last changed -----------------------------------------------------------------
