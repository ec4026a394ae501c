"""What was said of a draft and what became of it, as a document for those who adopt it."""

from collections import Counter
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from slt.felles.dokument import denne_basen, farger, oppdrag
from slt.grunn.pdflager import HELE
from tiltak.innspill.emner import grupper
from tiltak.models import Handlingsplan, Innspill


@dataclass(frozen=True)
class Innspillsliste:
    """All that was said of a plan; a slt.felles.dokument.Dokument. Who may see it is asked
    by whoever makes one."""

    plan: Handlingsplan
    # For a few, also once the plan holds: no browser keeps it.
    er_utkast = True
    finnes = True
    forrang = HELE

    @property
    def kommune(self):
        return self.plan.kommune

    @property
    def nettside(self):
        return reverse("tiltak:innspill_list", args=[self.kommune.slug, self.plan.slug])

    @property
    def filnavn(self):
        return f"innspill-{self.kommune.slug}-{self.plan.slug}.pdf"

    @property
    def innhold(self):
        return (*denne_basen(self.kommune), "innspill", self.plan.pk)

    def oppdrag(self):
        return oppdrag(self.html(), kommune=self.kommune)

    def html(self):
        """Returns the finished HTML, in the language of the kommune."""
        innspill = list(self.plan.innspill.select_related("horing"))
        with override(self.kommune.malform):
            kontekst = {
                "kommune": self.kommune,
                # Not as `plan`: what was said of a draft is no draft.
                "planen": self.plan,
                "farger": farger(self.kommune),
                "antall": len(innspill),
                "ubesvarte": sum(not ett.er_besvart for ett in innspill),
                "vurderinger": _antall_per_vurdering(innspill),
                "horinger": self.plan.horinger.order_by("fra", "pk"),
                "grupper": grupper(self.plan, innspill),
            }
            return render_to_string("tiltak/pdf/innspill.html", kontekst)


def _antall_per_vurdering(innspill):
    """[(what became of it, in words, how many)]: of those that are answered."""
    antall = Counter(ett.vurdering for ett in innspill)
    return [(v.label, antall[v]) for v in Innspill.Vurdering if antall[v]]
