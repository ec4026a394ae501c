"""The knowledge and the figures as a document, for those who read PDFs: what is published,
whoever asks."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from evaluering.figur import figur
from evaluering.kunnskap import noe_er_publisert, trader
from evaluering.models import Indikator
from evaluering.tabell import talltabell
from evaluering.views import med_tall
from slt.models import Kommune
from tiltak.dokumenter import dokumentsvar
from tiltak.models import Handlingsplan
from tiltak.pdf import PUBLIKUM, denne_basen, farger, oppdrag


@dataclass(frozen=True)
class Kunnskapsutgave:
    """The document of a kommune; see tiltak.pdf.Utgave for what it answers to."""

    kommune: Kommune
    plan: Handlingsplan | None
    er_utkast = False

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
        indikatorer = med_tall(self._indikatorer()).order_by(
            "-kilde__arstall", "kilde__navn__norsk", "navn__norsk"
        )
        with override(self.kommune.malform):
            tabeller = [talltabell(i, list(i.malinger.all())) for i in indikatorer]
            kontekst = trader(PUBLIKUM, self.kommune, self.plan) | {
                "kommune": self.kommune,
                "plan": self.plan,
                "farger": farger(self.kommune),
                "vis_hull": self.kommune.kunnskapshull_er_publisert,
                "tabeller": [(t, figur(t)) for t in tabeller if t.rader],
            }
            return render_to_string("evaluering/pdf/kunnskap.html", kontekst)

    def _indikatorer(self):
        return Indikator.objects.synlige_for(PUBLIKUM).filter(kommune=self.kommune)


@login_not_required
@require_safe
def kunnskap_pdf(request, kommune):
    """What is known in the kommune, and the figures, as a document."""

    def hent_utgave():
        denne = get_object_or_404(Kommune, slug=kommune)
        return Kunnskapsutgave(denne, Handlingsplan.objects.gjeldende_i(denne))

    return dokumentsvar(request, hent_utgave)
