"""What is otherwise in a kommune, as a document: what all may read of it."""

from dataclasses import dataclass, replace

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import override

from slt.endringer.forms import Grense
from slt.felles.dokument import denne_basen, farger, oppdrag
from slt.felles.endret import kapittel
from slt.grunn.pdflager import DEL
from slt.models import Kommune


@dataclass(frozen=True)
class Endringsdokument:
    """A slt.felles.dokument.Dokument. Whoever asks, it holds what the public is told."""

    kommune: Kommune
    fra: Grense
    til: Grense
    er_utkast = False
    finnes = True
    forrang = DEL

    @property
    def nettside(self):
        grenser = {"fra": self.fra.nokkel, "til": self.til.nokkel}
        sporring = urlencode({navn: verdi for navn, verdi in grenser.items() if verdi})
        side = reverse("endret", args=[self.kommune.slug])
        return f"{side}?{sporring}" if sporring else side

    @property
    def filnavn(self):
        fra = timezone.localtime(self.fra.tid)
        til = timezone.localtime(self.til.tid) if self.til.tid else timezone.localtime()
        return f"endringer-{self.kommune.slug}-{fra:%Y-%m-%d}-{til:%Y-%m-%d}.pdf"

    @property
    def innhold(self):
        return (
            *denne_basen(self.kommune),
            "endringer",
            self.fra,
            self.til,
            # What is hidden by a day, and what the document says of today.
            timezone.localdate(),
        )

    @property
    def _til(self):
        """What is read later does not end now, but on the day that it was made."""
        if self.til.tid:
            return self.til
        return replace(self.til, navn=date_format(timezone.localdate(), "j. F Y"))

    def oppdrag(self):
        return oppdrag(self.html(), kommune=self.kommune)

    def html(self):
        """Returns the finished HTML, in the language of the kommune."""
        with override(self.kommune.malform):
            kontekst = {
                "kommune": self.kommune,
                "farger": farger(self.kommune),
                "fra": self.fra,
                "til": self._til,
                "dag": timezone.localdate(),
                **kapittel(self.kommune, self.fra.tid, self.til.tid),
            }
            return render_to_string("slt/pdf/endret.html", kontekst)
