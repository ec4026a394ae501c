"""A plan as a spreadsheet, in the columns by which it is read again."""

from io import BytesIO

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from slt.felles.eksport import FORMEL
from tiltak.models import Handlingsplan
from tiltak.regneark.celler import ARKMERKE, GRUNNLAG, VALG, i_celle, merke
from tiltak.regneark.innhold import Innhold
from tiltak.regneark.kolonner import ARKENE, NOKKEL

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Rows below the last one in which something can be chosen from a list, too.
NYE_RADER = 200
A3 = 8
GRATT, BLATT = "EEEEEE", "DCE6F1"


def regneark(innhold: Innhold) -> bytes:
    """The plan as XLSX: a sheet for each kind of row, one with the tjenester, one on how it
    works, and two that nobody sees."""
    # Slow to load, and few ever ask for a spreadsheet.
    from openpyxl import Workbook

    bok = Workbook(write_only=True)
    skriver = _Skriver(bok, innhold)
    for ark in ARKENE:
        skriver.skriv(ark)
    skriver.tjenestene()
    skriver.forklaringen()
    skriver.det_skjulte()
    ut = BytesIO()
    bok.save(ut)
    return ut.getvalue()


class _Skriver:
    """Writes the sheets of a workbook.

    Attributes:
        grunnlag: [key, "column:mark …"] of each row, as it was when it was written.
        lister: what can be chosen, a list for each column that offers something.
    """

    def __init__(self, bok, innhold):
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font, PatternFill

        self.bok, self.k = bok, innhold
        self.celle_i = WriteOnlyCell
        self.fet = Font(bold=True)
        self.brutt = Alignment(wrap_text=True, vertical="top")
        self.fyll = {f: PatternFill("solid", fgColor=f) for f in (GRATT, BLATT)}
        self.grunnlag, self.lister = [], []

    def _celle(self, ark, verdi, *, farge="", fet=False):
        if isinstance(verdi, str):
            verdi = i_celle(verdi)
        celle = self.celle_i(ark, value=verdi)
        if isinstance(verdi, str):
            celle.data_type, celle.number_format = "s", "@"  # never a formula
            # Nor when somebody opens the cell and leaves it as it was.
            celle.quotePrefix = bool(FORMEL.match(verdi))
        elif hasattr(verdi, "year"):
            celle.number_format = "dd.mm.yyyy"
        celle.alignment = self.brutt
        if fet:
            celle.font = self.fet
        if farge:
            celle.fill = self.fyll[farge]
        return celle

    def _nytt_ark(self, tittel, bredder, *, hode):
        from openpyxl.utils import get_column_letter

        ark = self.bok.create_sheet(str(tittel))
        for nr, bredde in enumerate(bredder, 1):
            ark.column_dimensions[get_column_letter(nr)].width = bredde
        ark.page_setup.orientation, ark.page_setup.paperSize = "landscape", A3
        ark.page_setup.fitToHeight = 0
        ark.sheet_properties.pageSetUpPr.fitToPage = True
        ark.print_title_rows = f"{hode}:{hode}"
        return ark

    def skriv(self, ark):
        """A sheet: the names of its columns where nobody sees them, the headings, and the
        rows, each with its key."""
        from openpyxl.utils import get_column_letter

        rader, kolonner = getattr(self.k, ark.navn), ark.kolonner
        ut = self._nytt_ark(ark.tittel, [9, *(k.bredde for k in kolonner)], hode=2)
        ut.row_dimensions[1].hidden = True
        ut.freeze_panes = "C3"
        sist = get_column_letter(len(kolonner) + 1)
        ut.auto_filter.ref = f"A2:{sist}{len(rader) + 2}"
        self._la_velge(ut, kolonner, len(rader))
        ut.append([f"{ARKMERKE}{ark.navn}", *(k.navn for k in kolonner)])
        titler = [_("Nøkkel"), *(capfirst(str(k.tittel)) for k in kolonner)]
        ut.append([self._celle(ut, t, farge=BLATT, fet=True) for t in titler])
        for rad in rader:
            ut.append(self._rad(ut, ark, rad))

    def _rad(self, ut, ark, rad):
        nokkel = ark.nokkel(rad)
        celler, merker = [self._celle(ut, nokkel, farge=GRATT)], []
        for kolonne in ark.kolonner:
            verdi = kolonne.hent(rad, self.k)
            merker.append(f"{kolonne.navn}:{merke(kolonne.vis(verdi, self.k))}")
            farge = "" if kolonne.kan_skrives(self.k) else GRATT
            celler.append(self._celle(ut, kolonne.celle(verdi, self.k), farge=farge))
        self.grunnlag.append([nokkel, " ".join(merker)])
        return celler

    def _la_velge(self, ut, kolonner, antall):
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        for nr, kolonne in enumerate(kolonner, 2):
            valg = kolonne.valg(self.k)
            if not valg or not kolonne.kan_skrives(self.k):
                continue
            self.lister.append(valg)
            i_listen = get_column_letter(len(self.lister))
            liste = DataValidation(
                type="list",
                formula1=f"'{VALG}'!${i_listen}$1:${i_listen}${len(valg)}",
                allow_blank=True,
                errorTitle=capfirst(str(kolonne.tittel))[:32],
                error=_("Velg fra listen."),
            )
            bokstav = get_column_letter(nr)
            liste.add(f"{bokstav}3:{bokstav}{antall + 2 + NYE_RADER}")
            ut.data_validations.append(liste)

    def tjenestene(self):
        """The tjenester and how they are reached: for looking, and for their names."""
        titler = [_("Tjeneste"), _("Kortnavn"), _("Type"), _("Kontaktpunkter")]
        ut = self._nytt_ark(_("Tjenester"), [40, 14, 26, 70], hode=1)
        ut.freeze_panes = "B2"
        ut.append([self._celle(ut, t, farge=BLATT, fet=True) for t in titler])
        for t in self.k.tjenester.values():
            if not t.er_her:
                continue  # only what names it already still may
            punkter = "\n".join(t.etiketter)
            rad = [t.i_arket, t.kortnavn, t.get_type_display(), punkter]
            ut.append([self._celle(ut, verdi, farge=GRATT) for verdi in rad])

    def forklaringen(self):
        ut = self._nytt_ark(_("Slik virker arket"), [110], hode=1)
        plan: Handlingsplan = self.k.plan
        dag = date_format(localdate(), "j. F Y")
        ut.append([self._celle(ut, str(plan), fet=True)])
        ut.append([self._celle(ut, _("Lastet ned %s.") % dag)])
        for linje in forklaring():
            ut.append([self._celle(ut, linje)])

    def det_skjulte(self):
        valg = self.bok.create_sheet(VALG)
        for nr in range(max(map(len, self.lister), default=0)):
            rad = [liste[nr] if nr < len(liste) else None for liste in self.lister]
            valg.append([v and self._celle(valg, v) for v in rad])
        grunnlag = self.bok.create_sheet(GRUNNLAG)
        grunnlag.append([NOKKEL, self.k.nokkel])
        for rad in self.grunnlag:
            grunnlag.append(rad)
        valg.sheet_state, grunnlag.sheet_state = "hidden", "veryHidden"


def forklaring() -> list[str]:
    """What those who write in the sheet need to know."""
    return [
        _(
            "Endre det du vil, og last opp filen på nettsiden. Der ser du hva som er "
            "endret, før noe blir lagret."
        ),
        _(
            "Rør ikke nøkkelen i første kolonne. Den forteller hvilken rad i planen det "
            "er. En ny rad skal ikke ha nøkkel."
        ),
        _(
            "Rader kan sorteres og filtreres, og kolonner kan flyttes. En rad du fjerner "
            "her, blir ikke slettet i planen uten at du sier ja til det på nettsiden."
        ),
        _("Det som er grått, er bare til å se på."),
        _(
            "Flere i samme celle står på hver sin linje (Alt + Enter). Deler på en linje "
            "skilles med « | »."
        ),
        _("Målgruppe: elever på ungdomstrinnet | 13–16 år | 8.–10. trinn"),
        _(
            "Ansvar: navnet på tjenesten | merknad | kontaktpunkt. Navn og "
            "kontaktpunkter må stå slik de står i arket «Tjenester»."
        ),
        _("Lenke: tittel | nettadresse. Målsetting: resultatmål | teksten"),
        _(
            "Tekst: en tom linje skiller avsnitt. «- » begynner et punkt, «1. » et "
            "nummerert punkt, «# » en overskrift. **Fet**, *kursiv*, "
            "[tekst](nettadresse)."
        ),
        _(
            "Et deltiltak har tittelen på tiltaket det er del av, i «Del av tiltaket», "
            "og ikke innsatsområde."
        ),
    ]
