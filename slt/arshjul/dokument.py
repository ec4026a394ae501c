"""The year of a kommune as a document: what all may read of it, on a sheet for the wall."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import override

from slt.arshjul.aret import Aret
from slt.arshjul.hjul import Hjul
from slt.felles.dokument import denne_basen, farger, oppdrag
from slt.grunn.pdflager import DEL
from slt.models import PUBLIKUM, Kommune

# So many lines have room beside the wheel, in letters of each size; with more than the
# last, the list goes on upon a second sheet.
ROM = ((60, ""), (110, "middels"))


@dataclass(frozen=True)
class Arshjulsdokument:
    """A slt.felles.dokument.Dokument. Whoever asks, it holds what the public is told.

    Attributes:
        slag: only these values of Slag; all of them where it is empty.
    """

    kommune: Kommune
    ar: int
    slag: tuple[str, ...] = ()
    er_utkast = False
    finnes = True
    forrang = DEL

    @property
    def nettside(self):
        return f"{reverse('arshjul', args=[self.kommune.slug])}?{self.sporring}"

    @property
    def sporring(self):
        return urlencode({"ar": self.ar, "slag": self.slag}, doseq=True)

    @property
    def filnavn(self):
        return f"arshjul-{self.kommune.slug}-{self.ar}.pdf"

    @property
    def innhold(self):
        # What is proposed for the year depends on what of it is gone.
        dagen = timezone.localdate().isoformat()
        return (*denne_basen(self.kommune), "arshjul", self.ar, self.slag, dagen)

    def oppdrag(self):
        return oppdrag(self.html(), kommune=self.kommune)

    def html(self):
        """Returns the finished HTML, in the language of the kommune."""
        with override(self.kommune.malform):
            aret = Aret(self.kommune, self.ar, PUBLIKUM, self.slag)
            kontekst = {
                "kommune": self.kommune,
                "farger": farger(self.kommune),
                "aret": aret,
                "hjul": Hjul(aret),
                "tetthet": tetthet(aret),
                "dag": timezone.localdate(),
            }
            return render_to_string("slt/pdf/arshjul.html", kontekst)


def tetthet(aret):
    """How small the letters of the list are, so that it stands beside the wheel."""
    linjer = sum(1 + len(m.rader) + len(m.skolefri) for m in aret.maneder)
    linjer += len(aret.uten_dato)
    return next((navn for rom, navn in ROM if linjer <= rom), "tett")
