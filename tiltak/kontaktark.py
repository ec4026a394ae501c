"""Whom to call, on one page for the wall of a staff room: acute numbers first, then those
who answer for most of the tiltak, as many as there is room for."""

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from textwrap import shorten

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from slt.felles.dokument import denne_basen, farger, oppdrag
from slt.grunn.norsk import orden, uten_https
from slt.grunn.pdflager import SAMMENDRAG
from slt.grunn.qr import qr_i_dokument
from slt.models import PUBLIKUM, Kommune, Lokalomrade
from tiltak.models import (
    Ansvar,
    Handlingsplan,
    Kontaktpunkt,
    TiltakLokalomrade,
    Tjeneste,
    andres_sist,
    i_kraft,
    temavalg_her,
    tilbud_i_kraft,
)

# What is said of a tjeneste, in letters, and how many of them go on a line of its column:
# of its name, of the rest, and of what a number is called.
LENGST_HJELP, LENGST_TID = 72, 90
NAVNELINJE, LINJE, MERKELINJE = 26, 36, 22
FLEST_NUMRE = 2
# Lines of the rest that there is room for, in both columns; and how many of them a line of
# a name takes, one of a number, a heading, and what is between two tjenester.
PLASS = 130
NAVN, NUMMER, OVERSKRIFT, LUFT = 1.25, 1.5, 2, 0.6
# Where less of the room is taken than that, all of it is so much larger.
STORRELSER = ((0.3, "storst"), (0.5, "stor"), (0.72, "middels"))
# As many of those left out are named, each in so many letters.
FLEST_NEVNT, LENGST_NEVNT = 8, 40


@dataclass
class Rad:
    """A tjeneste on the page.

    Attributes:
        numre: its contact points with a number, those that there is room for.
        hjelp: what it is for; hva: when it answers, and how to go about it.
    """

    tjeneste: Tjeneste
    numre: list[Kontaktpunkt]
    hjelp: str
    hva: list[str]
    bekreftet: date | None

    @property
    def linjer(self):
        """About how high it is."""
        om = NAVN * _linjer(self.tjeneste.navn, NAVNELINJE)
        om += sum(_linjer(tekst, LINJE) for tekst in (self.hjelp, *self.hva))
        om += self.bekreftet is not None
        merker = (f"{p.etikett} {p.sted or ''}".strip() for p in self.numre)
        numrene = NUMMER * len(self.numre) + sum(_linjer(m, MERKELINJE) for m in merker)
        return max(om, numrene) + LUFT


@dataclass(frozen=True)
class Kontaktark:
    """Whom to call in a kommune, or in one lokalområde of it; a
    slt.felles.dokument.Dokument.

    Attributes:
        for_ansatte: with what the services see, too. Whoever may, all get the same.
    """

    kommune: Kommune
    lokalomrade: Lokalomrade | None = None
    for_ansatte: bool = False
    forrang = SAMMENDRAG
    # There are always the acute numbers.
    finnes = True

    @property
    def er_utkast(self):
        """What is for a few, no browser keeps."""
        return self.for_ansatte

    @property
    def nettside(self):
        liste = reverse("tiltak:tjeneste_list", args=[self.kommune.slug])
        if self.lokalomrade is None:
            return liste
        return f"{liste}?{urlencode({'lokalomrade': self.lokalomrade.slug})}"

    @property
    def filnavn(self):
        deler = ["kontaktark", self.kommune.slug]
        if self.lokalomrade:
            deler.append(self.lokalomrade.slug)
        if self.for_ansatte:
            deler.append("ansatte")
        return f"{'-'.join(deler)}.pdf"

    @property
    def innhold(self):
        omrade = self.lokalomrade and self.lokalomrade.pk
        # It has the date on it.
        dag = timezone.localdate()
        return (*denne_basen(self.kommune), "ark", omrade, self.for_ansatte, dag)

    def oppdrag(self):
        return oppdrag(self.html(), kommune=self.kommune, en_side=True)

    def html(self):
        """Returns the finished HTML, in the language of the kommune."""
        with override(self.kommune.malform):
            return render_to_string("tiltak/pdf/kontaktark.html", _Innhold(self).alt())


class _Innhold:
    """What stands on the page: a number of queries that does not grow."""

    def __init__(self, ark):
        self.ark, self.kommune = ark, ark.kommune

    def alt(self):
        temaene = _temaene(self.kommune, self.rader)
        vist, ikke_plass, andel = velg(self.rader, temaene)
        return {
            "ark": self.ark,
            "kommune": self.kommune,
            "plan": None,
            "farger": farger(self.kommune),
            "dag": timezone.localdate(),
            "akuttpunkter": Kontaktpunkt.objects.akutte_i(self.kommune),
            "spalter": spalter(_grupper(vist, temaene)),
            "storrelse": next((s for under, s in STORRELSER if andel < under), ""),
            "antall": len(vist),
            "alle": len(vist) + len(ikke_plass),
            "nevnt": [
                Truncator(rad.tjeneste.kort).chars(LENGST_NEVNT)
                for rad in ikke_plass[:FLEST_NEVNT]
            ],
            "flere": len(ikke_plass[FLEST_NEVNT:]),
            "noen_ubekreftet": any(rad.bekreftet is None for rad in vist),
            **self._adressen(),
        }

    def _adressen(self):
        """Where the rest is: never by the request, for documents are kept, and the same
        for all."""
        if not settings.SITE_URL:
            return {"adresse": "", "qr": ""}
        adresse = settings.SITE_URL.rstrip("/") + self.ark.nettside
        tittel = _("QR-kode til %s") % uten_https(adresse)
        return {
            "adresse": uten_https(adresse),
            "qr": qr_i_dokument(adresse, tittel=tittel),
        }

    @cached_property
    def punkter(self):
        """The numbers that may stand there: those of the acute strip stand above, and
        those of a sted elsewhere are for others."""
        alle = Kontaktpunkt.objects
        synlige = (
            alle.tjenestenes_i(self.kommune)
            if self.ark.for_ansatte
            else alle.synlige_for(PUBLIKUM)
        )
        numre = synlige.filter(
            type__in=[Kontaktpunkt.Type.TELEFON, Kontaktpunkt.Type.SMS], akutt=False
        )
        if omrade := self.ark.lokalomrade:
            numre = numre.filter(
                Q(sted=None) | Q(sted__lokalomrade=None) | Q(sted__lokalomrade=omrade)
            )
        return numre

    @cached_property
    def rader(self):
        """[Rad] of all that have a number, whom to keep first standing first; 4 queries."""
        her, overalt = (
            self._antall(self._ansvar_her()),
            self._antall(_ansvar(self.kommune)),
        )
        tjenester = Tjeneste.objects.i(self.kommune).virksomme()
        tjenester = tjenester.filter(
            Exists(self.punkter.filter(tjeneste=OuterRef("pk")).order_by())
        ).annotate(antall=her, stedets=self._stedets())
        # Who answers for nothing but what is elsewhere, is not called from here.
        tjenester = tjenester.alias(overalt=overalt).exclude(
            antall=0, overalt__gt=0, stedets=False
        )
        numre = self.punkter.med_alt().order_by("-hoved", "-type", "rekkefolge", "pk")
        tjenester = tjenester.select_related("kommune").prefetch_related(
            "malgrupper", Prefetch("kontaktpunkter", numre)
        )
        tjenester = tjenester.order_by(
            "-stedets", "-antall", andres_sist(self.kommune), "navn__norsk", "pk"
        )
        return [_rad(tjeneste) for tjeneste in tjenester]

    def _stedets(self):
        """Whether it has a number at a sted in the lokalområde."""
        omrade = self.ark.lokalomrade
        if omrade is None:
            return Value(False)
        der = self.punkter.filter(tjeneste=OuterRef("pk"), sted__lokalomrade=omrade)
        return Exists(der.order_by())

    def _ansvar_her(self):
        ansvar = _ansvar(self.kommune)
        if (omrade := self.ark.lokalomrade) is None:
            return ansvar
        # A deltiltak that says nothing of it holds where the whole does.
        egne = TiltakLokalomrade.objects.filter(tiltak=OuterRef("tiltak"))
        hele = TiltakLokalomrade.objects.filter(tiltak=OuterRef("tiltak__overordnet"))
        return ansvar.filter(
            Exists(egne.filter(lokalomrade=omrade))
            | ~Exists(egne) & (~Exists(hele) | Exists(hele.filter(lokalomrade=omrade)))
        )

    @staticmethod
    def _antall(ansvar):
        """For how many tiltak a tjeneste answers; a deltiltak as part of the whole."""
        hele = Coalesce("tiltak__overordnet", "tiltak")
        rader = ansvar.filter(tjeneste=OuterRef("pk")).order_by().values("tjeneste")
        antall = rader.annotate(n=Count(hele, distinct=True)).values("n")
        return Coalesce(Subquery(antall), 0)


def _ansvar(kommune):
    """Who answers for the tiltak that all can read, in the plans that hold and beside
    them."""
    gjelder = Q(tiltak__plan__status=Handlingsplan.Status.GJELDENDE) & i_kraft(
        "tiltak__"
    )
    return Ansvar.objects.lest_av_alle().filter(
        gjelder | tilbud_i_kraft("tiltak__"),
        rolle__in=Ansvar.ANSVARLIGE,
        tiltak__kommune=kommune,
    )


def _rad(tjeneste):
    numre = list(tjeneste.kontaktpunkter.all())
    hva = [t for punkt in numre[:FLEST_NUMRE] if (t := _om(punkt))]
    if beskjed := tjeneste.melding_den(timezone.localdate()):
        hva.insert(0, beskjed)
    if resten := len(numre[FLEST_NUMRE:]):
        hva.append(_("%d numre til står på nettsiden.") % resten)
    return Rad(
        tjeneste=tjeneste,
        numre=numre[:FLEST_NUMRE],
        hjelp=_hjelp(tjeneste),
        # Several are often open at the same time.
        hva=[_kort(t, LENGST_TID) for t in dict.fromkeys(hva)],
        # Of all that stand there.
        bekreftet=_bekreftet(numre[:FLEST_NUMRE]),
    )


def _bekreftet(numre):
    """The day on which the last of them was confirmed; None while one never was."""
    dager = [punkt.bekreftet for punkt in numre]
    return None if None in dager else min(dager)


def _hjelp(tjeneste):
    """What it is for, or for whom."""
    malgrupper = ", ".join(str(m) for m in tjeneste.malgrupper.all())
    tekst = tjeneste.tekst or tjeneste.resultat or malgrupper
    return _kort(tekst, LENGST_HJELP)


def _kort(tekst, lengst):
    return shorten(capfirst(tekst), lengst, placeholder=" …")


def _om(punkt):
    """When it answers, and how to go about it."""
    tider = ", ".join(tid.til_vanlig for tid in punkt.apningstider.all())
    deler = [tider, punkt.apningstid_tekst, punkt.instruks]
    return ". ".join(capfirst(del_).rstrip(".") for del_ in deler if del_)


def _linjer(tekst, bredde):
    """About how many lines a text takes; capitals are wider than the others."""
    store = sum(tegn.isupper() for tegn in tekst)
    brede = sum(tegn in "MW@" for tegn in tekst)
    return math.ceil((len(tekst) + 0.35 * store + 0.75 * brede) / bredde)


def _temaene(kommune, rader):
    """{id of a tjeneste: (the Tema under which it stands, its place there)}: of what it helps
    with, the one that it is asked about first."""
    valg = temavalg_her(kommune, [rad.tjeneste for rad in rader])
    valg.sort(key=lambda par: (par[1].rekkefolge, par[0].plass, orden(par[0].navn)))
    temaene = {}
    for tema, rad in valg:
        temaene.setdefault(rad.tjeneste_id, (tema, rad.rekkefolge))
    return temaene


def velg(rader, temaene):
    """Returns ([those that there is room for], [the others], the share of the room that is
    taken), the rows in their order."""
    brukt, overskrifter = 0, set()
    for antall, rad in enumerate(rader):
        tema, _plass = temaene.get(rad.tjeneste.pk, (None, 0))
        ny = rad.linjer + OVERSKRIFT * (tema not in overskrifter)
        if brukt + ny > PLASS:
            return rader[:antall], rader[antall:], brukt / PLASS
        overskrifter.add(tema)
        brukt += ny
    return rader, [], brukt / PLASS


def _grupper(rader, temaene):
    """[(what people need, [Rad])] in the order in which it is asked; last those without any
    tema, under no heading where none has one."""
    grupper, andre = defaultdict(list), []
    for rad in rader:
        tema, plass = temaene.get(rad.tjeneste.pk, (None, 0))
        if tema is None:
            andre.append(rad)
        else:
            grupper[tema].append((plass, rad))
    ut = [
        (tema.for_folk, [rad for _plass, rad in sorted(par, key=itemgetter(0))])
        for tema, par in sorted(grupper.items(), key=lambda g: (g[0].plass, g[0].pk))
    ]
    return [*ut, (_("Andre tjenester") if ut else "", andre)] if andre else ut


def spalter(grupper):
    """Returns [the groups of the left column, those of the right], about as high; of one
    that goes on in the right, the heading says so. By hand: the columns of WeasyPrint are
    not done with some pages in any time."""
    rader = [(tittel, rad) for tittel, egne in grupper for rad in egne]
    delinger = range(1, len(rader) + 1)
    best = min(delinger, key=lambda n: _hoyeste(rader, n), default=0)
    hoyre = _samlet(rader[best:])
    if hoyre and hoyre[0][0] and hoyre[0][0] == rader[best - 1][0]:
        hoyre[0] = (_("%s (forts.)") % hoyre[0][0], hoyre[0][1])
    return [_samlet(rader[:best]), hoyre]


def _hoyeste(rader, antall):
    """Lines of the higher column, where the left one has so many rows."""
    deler = rader[:antall], rader[antall:]
    return max(
        sum(rad.linjer for _tittel, rad in del_)
        + OVERSKRIFT * len({tittel for tittel, _rad in del_ if tittel})
        for del_ in deler
    )


def _samlet(rader):
    return [
        (tittel, [rad for _tittel, rad in egne])
        for tittel, egne in groupby(rader, itemgetter(0))
    ]
