"""The knowledge and the figures as a document, for those who read PDFs: what is published,
whoever asks."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from evaluering.kunnskap.rod_trad import noe_er_publisert, trader
from evaluering.tall.diagram import diagram
from evaluering.tall.tabell import talltabeller
from slt.felles.dokument import denne_basen, farger, oppdrag
from slt.grunn.norsk import orden
from slt.grunn.pdflager import HELE
from slt.models import PUBLIKUM, Kommune
from tiltak.dokument import rik_trykk
from tiltak.models import Handlingsplan

# As many bars as there is room for on the page with the summary, and beside a finding.
FLEST_I_SAMMENDRAG, FLEST_VED_FUNN = 3, 4


@dataclass(frozen=True)
class Kunnskapsutgave:
    """What is known in a kommune; a slt.felles.dokument.Dokument."""

    kommune: Kommune
    plan: Handlingsplan | None
    er_utkast = False
    forrang = HELE

    @property
    def nettside(self):
        return reverse("evaluering:kunnskap", args=[self.kommune.slug])

    @property
    def filnavn(self):
        return f"kunnskap-{self.kommune.slug}.pdf"

    @property
    def finnes(self):
        """Whether anything is published."""
        return noe_er_publisert(self.kommune)

    @property
    def innhold(self):
        return (*denne_basen(self.kommune), "kunnskap")

    def oppdrag(self):
        return oppdrag(self.html(), kommune=self.kommune)

    def html(self):
        """Returns the finished HTML, in the language of the kommune."""
        with override(self.kommune.malform):
            return render_to_string("evaluering/pdf/kunnskap.html", self._kontekst())

    def _kontekst(self):
        vis_hull = self.kommune.kunnskapshull_er_publisert
        tradene = trader(PUBLIKUM, self.kommune, self.plan, med_hull=vis_hull)
        for funn in tradene.funnene:
            funn.trykk = rik_trykk(funn.utdyping, niva=4)
        indikatorer = sorted(
            tradene.indikatorer,
            key=lambda i: (-i.kilde.arstall, orden(i.kilde.navn), orden(i.navn)),
        )
        tabeller = [t for t in talltabeller(indikatorer) if t.ar]
        tegnet = farger(self.kommune)
        per_indikator = {t.indikator: t for t in tabeller}
        bilder = [
            (t, diagram(t, flest=FLEST_I_SAMMENDRAG, farge=tegnet["aksent"]))
            for i in tradene.framhevede_indikatorer
            if (t := per_indikator.get(i))
        ]
        vist = {funn.tallene for funn in tradene.funnene}
        vist.update(tradene.framhevede_indikatorer)
        utvikling = {
            t.indikator: bilde
            for t in tabeller
            if t.indikator not in vist
            and (bilde := diagram(t, farge=tegnet["aksent"]))
            and bilde.over_tid
        }
        return {
            "kommune": self.kommune,
            "plan": self.plan,
            "farger": tegnet,
            "tradene": tradene,
            "temaer": _med_bilder(tradene, per_indikator, tegnet["aksent"]),
            "har_temaer": any(funn.tema for funn in tradene.funnene),
            "bilder": bilder,
            "vis_hull": vis_hull,
            "enkelttall": [t for t in tabeller if t.eneste],
            "tabeller": [
                (t, utvikling.get(t.indikator)) for t in tabeller if not t.eneste
            ],
        }


def _med_bilder(tradene, tabeller, farge):
    """[(Tema or None, [(Funn, its Diagram or None)])]; no chart stands twice."""
    vist, temaer = set(), []
    for tema, funnene in tradene.temaer:
        par = []
        for funn in funnene:
            tabell = tabeller.get(funn.tallene)
            ny = tabell and funn.tallene.pk not in vist
            bilde = diagram(tabell, flest=FLEST_VED_FUNN, farge=farge) if ny else None
            if bilde:
                vist.add(funn.tallene.pk)
            par.append((funn, bilde))
        temaer.append((tema, par))
    return temaer
