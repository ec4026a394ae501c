"""What was said of a draft and what became of it, as a document for those who adopt it."""

import re
from collections import Counter
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from slt.felles.dokument import denne_basen, farger, oppdrag
from slt.grunn.pdflager import HELE
from tiltak.innspill.emner import grupper
from tiltak.models import Handlingsplan, Innspill

# Longer than a line, without a space: to find where it breaks takes seconds, and who sends
# a few hundred of them would let nobody have the document.
LANGT_ORD, BIT = re.compile(r"\S{100,}"), re.compile(r"\S{1,50}")
# More lines than a letter has: one innspill of them alone fills fifty pages.
FLEST_LINJER = 200


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
        for ett in innspill:
            ett.tekst, ett.svar = _brytbar(ett.tekst), _brytbar(ett.svar)
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


def _brytbar(tekst):
    """The text with places, not seen, where a line may end inside what is too long; and
    with its lines one after the other where they are very many."""
    if tekst.count("\n") > FLEST_LINJER:
        tekst = " / ".join(filter(None, map(str.strip, tekst.splitlines())))
    return LANGT_ORD.sub(lambda ord_: "\u200b".join(BIT.findall(ord_[0])), tekst)


def _antall_per_vurdering(innspill):
    """[(what became of it, in words, how many)]: of those that are answered."""
    antall = Counter(ett.vurdering for ett in innspill)
    return [(v.label, antall[v]) for v in Innspill.Vurdering if antall[v]]
