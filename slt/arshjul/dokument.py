"""The year of a kommune as a document: what all may read of it, on a sheet for the wall."""

from dataclasses import dataclass, field
from math import ceil

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override

from slt.arshjul.aret import Aret, Rad
from slt.arshjul.hjul import Hjul
from slt.felles.dokument import denne_basen, farger, oppdrag
from slt.grunn.pdflager import DEL
from slt.models import PUBLIKUM, Kommune


@dataclass(frozen=True)
class Skrift:
    """How large the letters of the list are.

    Attributes:
        klasse: as the style sheet calls it.
        linjer: how many lines have room on a sheet, beside the wheel.
        tegn: how many letters have room on a line.
    """

    klasse: str
    linjer: int
    tegn: int


# The largest first. What has no room in the last one goes on upon the next sheet.
SKRIFTER = (Skrift("", 106, 48), Skrift("middels", 133, 55), Skrift("tett", 156, 62))


@dataclass(frozen=True)
class Del:
    """What stands together in the list: a month, or what has no day."""

    tittel: str
    rader: list[Rad]
    skolefri: list[str] = field(default_factory=list)

    def linjer(self, skrift):
        """How many lines it takes, about; its heading as much as two and a half."""
        tekster = [f"{rad} ({rad.slag.label})" for rad in self.rader]
        tekster += self.skolefri
        return 2.5 + sum(ceil(len(tekst) / skrift.tegn) for tekst in tekster)


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
            skrift, arkene = pa_ark(delene(aret))
            kontekst = {
                "kommune": self.kommune,
                "farger": farger(self.kommune),
                "aret": aret,
                "hjul": Hjul(aret),
                "tetthet": skrift.klasse,
                "arkene": arkene,
                "dag": timezone.localdate(),
            }
            return render_to_string("slt/pdf/arshjul.html", kontekst)


def delene(aret) -> list[Del]:
    """The parts of the list in which there is something."""
    maneder = [Del(m.navn, m.rader, m.skolefri) for m in aret.maneder]
    alle = [Del(_("I løpet av året"), aret.uten_dato), *maneder]
    return [del_ for del_ in alle if del_.rader or del_.skolefri]


def pa_ark(delene) -> tuple[Skrift, list[list[Del]]]:
    """Returns how large the letters are, and what stands on each sheet: all of it on one,
    where that can be."""
    skrift = next(
        (s for s in SKRIFTER if sum(d.linjer(s) for d in delene) <= s.linjer),
        SKRIFTER[-1],
    )
    arkene, rom = [], 0
    for del_ in delene:
        rom -= del_.linjer(skrift)
        if rom < 0:
            # Without the wheel there is twice the room.
            rom = skrift.linjer * (2 if arkene else 1) - del_.linjer(skrift)
            arkene.append([])
        arkene[-1].append(del_)
    return skrift, arkene
