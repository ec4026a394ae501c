"""A spreadsheet of a plan as somebody edits it."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from slt.grunn.historikk import Dor, spor
from slt.models import Bruker
from tiltak.regneark.celler import GRUNNLAG, VALG
from tiltak.regneark.forskjeller import sammenlign
from tiltak.regneark.innhold import Innhold
from tiltak.regneark.lagring import Valgt, lagre
from tiltak.regneark.les import les_fil
from tiltak.regneark.skriv import regneark

# Sees every contact point.
LESER = Bruker(is_superuser=True)


def innhold(plan):
    """The plan as it is stored now."""
    igjen = type(plan).objects.select_related("kommune", "rekke").get(pk=plan.pk)
    return Innhold(igjen, LESER)


class Fil:
    """The spreadsheet of a plan, open in a program."""

    def __init__(self, plan):
        self.bok = load_workbook(BytesIO(regneark(innhold(plan))))

    def ark(self, tittel="Tiltak"):
        return self.bok[tittel]

    def kolonne(self, navn, tittel="Tiltak"):
        """The number of a column, by the name that nobody sees."""
        return next(c.column for c in self.ark(tittel)[1] if c.value == navn)

    def rad(self, nokkel, tittel="Tiltak"):
        """The number of the row with this key."""
        return next(c.row for c in self.ark(tittel)["A"] if c.value == nokkel)

    def celle(self, nokkel, navn, tittel="Tiltak"):
        return self.ark(tittel).cell(
            self.rad(nokkel, tittel), self.kolonne(navn, tittel)
        )

    def sett(self, nokkel, tittel="Tiltak", /, **verdier):
        for navn, verdi in verdier.items():
            self.celle(nokkel, navn, tittel).value = verdi

    def ny(self, tittel="Tiltak", /, **verdier):
        """Adds a row without a key; returns its number."""
        nr = self.ark(tittel).max_row + 1
        for navn, verdi in verdier.items():
            self.ark(tittel).cell(nr, self.kolonne(navn, tittel)).value = verdi
        return nr

    def fjern(self, nokkel, tittel="Tiltak"):
        self.ark(tittel).delete_rows(self.rad(nokkel, tittel))

    def uten_formler(self):
        """What begins with an equals sign is text, as where it is typed after an
        apostrophe."""
        for ark in self.bok:
            for celle in (c for rad in ark.iter_rows() for c in rad):
                if celle.data_type == "f":
                    celle.data_type = "s"

    def bytes(self):
        ut = BytesIO()
        self.bok.save(ut)
        return ut.getvalue()

    def sendt(self, navn="plan.xlsx"):
        return SimpleUploadedFile(navn, self.bytes())

    def lest(self):
        return les_fil(self.sendt())


def forskjellene(plan, fil):
    return sammenlign(innhold(plan), fil.lest())


def legg_inn(plan, fil, *, bruker=None, begrunnelse="", **valgt):
    """Puts the sheet in; returns what it changed."""
    k = innhold(plan)
    f = sammenlign(k, fil.lest())
    valgt = Valgt(**{navn: frozenset(verdier) for navn, verdier in valgt.items()})
    with spor(Dor.IMPORT, bruker=bruker, begrunnelse=begrunnelse):
        lagre(k, f, valgt)
    return f


def cellene(plan):
    """{sheet: [the cells of each row]} as somebody reads them, without the keys."""
    bok = Fil(plan).bok
    return {
        ark.title: [[c.value for c in rad[1:]] for rad in ark.iter_rows(min_row=2)]
        for ark in bok
        if ark.title not in {GRUNNLAG, VALG, "Tjenester", "Slik virker arket"}
    }
