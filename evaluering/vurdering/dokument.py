"""An evaluation as a document: as it stands while it is written, and as it is frozen."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from evaluering.models import Evaluering
from evaluering.vurdering.forhandsutfylt import SPORSMAL
from evaluering.vurdering.lesning import lest
from slt.felles.dokument import denne_basen, farger, oppdrag
from slt.grunn.norsk import slugg
from slt.grunn.pdflager import HELE
from tiltak.dokument import rik_trykk


@dataclass(frozen=True)
class Evalueringsutgave:
    """What an evaluation says (a slt.felles.dokument.Dokument).

    Attributes:
        som_ferdig: whether it is drawn as it will be frozen, without the mark of a draft.
    """

    evaluering: Evaluering
    som_ferdig: bool = False

    er_utkast, finnes, forrang = True, True, HELE

    @property
    def kommune(self):
        return self.evaluering.kommune

    @property
    def nettside(self):
        return self.evaluering.get_absolute_url()

    @property
    def filnavn(self):
        return f"{slugg(self.evaluering.tittel)[:80] or 'evaluering'}.pdf"

    @property
    def innhold(self):
        # What is frozen says on which day it was.
        dagen = (timezone.localdate().isoformat(),) if self.som_ferdig else ()
        basen = denne_basen(self.kommune)
        return (*basen, "evaluering", self.evaluering.pk, *dagen)

    def oppdrag(self):
        return oppdrag(self.html(), kommune=self.kommune)

    def html(self):
        """Returns the finished HTML, in the language of the kommune."""
        with override(self.kommune.malform):
            return render_to_string("evaluering/pdf/evaluering.html", self._kontekst())

    def _kontekst(self):
        evaluering = self.evaluering
        return {
            "kommune": self.kommune,
            "farger": farger(self.kommune),
            "evaluering": evaluering,
            "lest": lest(evaluering),
            "svarene": [
                (
                    evaluering._meta.get_field(felt).verbose_name,
                    rik_trykk(tekst, niva=3),
                )
                for felt in SPORSMAL
                if (tekst := getattr(evaluering, felt))
            ],
            "utkast": not self.som_ferdig,
            "frosset": timezone.localdate() if self.som_ferdig else None,
        }
