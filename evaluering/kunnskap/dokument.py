"""The knowledge and the figures as a document, for those who read PDFs: what is published,
whoever asks."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from evaluering.kunnskap.rod_trad import noe_er_publisert, trader
from evaluering.models import Indikator
from evaluering.tall.diagram import diagram
from evaluering.tall.tabell import talltabell
from slt.felles.dokument import denne_basen, farger, oppdrag
from slt.grunn.pdflager import HELE
from slt.models import PUBLIKUM, Kommune
from tiltak.dokument import rik_trykk
from tiltak.models import Handlingsplan


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
        indikatorer = (
            self._indikatorer()
            .med_tall()
            .order_by("-kilde__arstall", "kilde__navn__norsk", "navn__norsk")
        )
        with override(self.kommune.malform):
            tabeller = [talltabell(i, list(i.malinger.all())) for i in indikatorer]
            tradene = trader(PUBLIKUM, self.kommune, self.plan)
            for funn in (f for kilde in tradene["kilder"] for f in kilde.funnene):
                funn.trykk = rik_trykk(funn.utdyping, niva=4)
            kontekst = tradene | {
                "kommune": self.kommune,
                "plan": self.plan,
                "farger": farger(self.kommune),
                "vis_hull": self.kommune.kunnskapshull_er_publisert,
                "tabeller": [(t, diagram(t)) for t in tabeller if t.rader],
            }
            return render_to_string("evaluering/pdf/kunnskap.html", kontekst)

    def _indikatorer(self):
        return Indikator.objects.synlige_for(PUBLIKUM).filter(kommune=self.kommune)
