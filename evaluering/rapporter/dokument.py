"""A report as a document: as it stands while it is written, and as it is frozen."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from evaluering.models import Rapport
from evaluering.rapporter.innhold import skrevet
from slt.felles.dokument import denne_basen, farger, oppdrag
from slt.grunn.norsk import slugg
from slt.grunn.pdflager import HELE
from tiltak.dokument import rik_trykk


@dataclass(frozen=True)
class Rapportutgave:
    """What a report says (a slt.felles.dokument.Dokument).

    Attributes:
        som_ferdig: whether it is drawn as it will be frozen, without the mark of a draft.
    """

    rapport: Rapport
    som_ferdig: bool = False

    er_utkast, finnes, forrang = True, True, HELE

    @property
    def kommune(self):
        return self.rapport.kommune

    @property
    def nettside(self):
        return self.rapport.get_absolute_url()

    @property
    def filnavn(self):
        return f"{slugg(self.rapport.tittel)[:80] or 'rapport'}.pdf"

    @property
    def innhold(self):
        # It says what is ahead, and on which day it was made.
        dagen = timezone.localdate().isoformat()
        basen = denne_basen(self.kommune)
        return (*basen, "rapport", self.rapport.pk, dagen, self.som_ferdig)

    def oppdrag(self):
        return oppdrag(self.html(), kommune=self.kommune)

    def html(self):
        """Returns the finished HTML, in the language of the kommune."""
        with override(self.kommune.malform):
            return render_to_string("evaluering/pdf/rapport.html", self._kontekst())

    def _kontekst(self):
        rapport = self.rapport
        return {
            "kommune": self.kommune,
            "farger": farger(self.kommune),
            "rapport": rapport,
            "bes_om": rik_trykk(rapport.bes_om, niva=3) if rapport.bes_om else "",
            "innledning": (
                rik_trykk(rapport.innledning, niva=3) if rapport.innledning else ""
            ),
            "kapitlene": skrevet(rapport),
            "utkast": not self.som_ferdig,
            "dagen_i_dag": timezone.localdate(),
        }
