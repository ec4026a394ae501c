"""Labels of fields, as kommuner write them: in bokmål, nynorsk, and some Swedish."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

TITTEL = "tittel"
NUMMER = "nummer"
OMRADE = "omrade"
BESKRIVELSE = "beskrivelse"
ANSVAR = "ansvarlig"
MEDANSVAR = "medansvarlig"
GJENNOMFORER = "gjennomforer"
SAMARBEID = "samarbeidspart"
MALGRUPPE = "malgruppe"
KONTAKT = "kontakt"
TELEFON = "telefon"
EPOST = "epost"
NETT = "nett"
NIVA = "niva"
STATUS = "status"
HVOR_OFTE = "hvor_ofte"
LOKALOMRADE = "lokalomrade"
FORANKRING = "forankring"
MAL = "malsetting"
NYTT = "nytt"
BTI = "bti"
HVEM_KAN = "hvem_kan_kontakte"
ANNET = "annet"  # no field of the model: stands in the description under its label
HOPP_OVER = "hopp_over"

ROLLER = (ANSVAR, MEDANSVAR, GJENNOMFORER, SAMARBEID)
FELT = frozenset(
    {
        TITTEL, NUMMER, OMRADE, BESKRIVELSE, *ROLLER, MALGRUPPE, KONTAKT, TELEFON, EPOST,
        NETT, NIVA, STATUS, HVOR_OFTE, LOKALOMRADE, FORANKRING, MAL, NYTT, BTI, HVEM_KAN, ANNET,
        HOPP_OVER,
    }
)  # fmt: skip
# Of a tiltak and of nothing else, when it stands beneath a heading.
KJENNETEGN = frozenset(
    {*ROLLER, MALGRUPPE, KONTAKT, TELEFON, NIVA, HVOR_OFTE, STATUS, HVEM_KAN}
)

_MONSTRE = {
    NUMMER: r"nr|nummer|#|tiltaks?[ -]?(?:nr|nummer)|id|löpnummer",
    MEDANSVAR: r"med-?ansvar(?:lig|leg)?e?|delansvar(?:lig)?|delt ansvar",
    GJENNOMFORER: (
        r"gjennomfører|gjennomførar|gjennomføres av|(?:blir )?gjennomført av|utfører|"
        r"utførande|utførende(?: enhet| tjeneste)?|utføres av|iverksettes av|genomförare|"
        r"(?:ansvar(?:lig)? for )?utførelse"
    ),
    ANSVAR: (
        r"(?:hoved|fag|gjennomførings|oppfølgings|tiltaks|koordinerings)?-?ansvar"
        r"(?:et|lig|leg|lige|lege|sområde)?"
        r"(?: for (?:tiltaket|gjennomføring(?:en)?|oppfølging(?:a|en)?|iverksetting))?"
        r"(?: (?:enhet|eining|instans|teneste|tjeneste|avdeling|part|parter|partar|etat|"
        r"virksomhet|verksemd|person|leder|aktør|aktører|organ))?|"
        r"ansvarlege? ?(?:eining|teneste|instans)|ansvarsfordeling|"
        r"ansvar(?:lig)? ?/ ?(?:deltakere|samarbeid|gjennomføring|samarbeidspartnere?)|"
        r"(?:tiltaks?)?eier|tiltakseigar|hvem(?: har ansvar(?:et)?| gjør (?:hva|det)| er ansvarlig| skal gjøre det)?|"
        r"kven(?: har ansvar(?:et)?| gjer (?:kva|det)| er ansvarleg)?|ansvarig(?:a)?|huvudansvarig|koordineres av|"
        r"ansv\.?"
    ),
    SAMARBEID: (
        r"også med|samarbei?d(?:et)?(?:s?-?(?:part|partner|aktør|instans|tjeneste)(?:er|e|ar|ane|"
        r"ene|ere|ene)?)?(?: med)?|i samarbei?d med|(?:andre )?(?:aktører|aktørar|"
        r"involverte|deltak(?:ere|arar)|deltagere|medvirkende|parter)|bidragsyter(?:e|ar|ane)?|"
        r"bidrar|medaktører|involverer|sammen med|i lag med|"
        r"samverkan(?:spart(?:er)?)?|samarbeidspartnar(?:ar)?|samarbeidande partar"
    ),
    HVEM_KAN: (
        r"hvem kan (?:ta kontakt|kontakte|henvende seg)|kven kan (?:ta|kontakte)(?: kontakt)?"
    ),
    MALGRUPPE: (
        r"for|(?:hoved|primær|sekundær)?-?målgruppe?[nar]*|målgrupper|hvem er tilbudet for|målgr|"
        r"for hvem|for kven|kven er tilbodet for|gjelder for|passer for|alder(?:sgruppe)?|"
        r"hvem kan få tilbudet|målgrupp(?:en)?"
    ),
    KONTAKT: (
        r"kontakt(?:er|info|informasjon|person(?:er|ar)?|opplysninger|opplysningar|punkt|"
        r"oss|data)?|(?:slik )?(?:tar|tek) du kontakt|ta kontakt(?: med)?|henvendelse|"
        r"hvordan ta kontakt|kontaktuppgifter|kontakta"
    ),
    TELEFON: (
        r"(?:vakt|kontakt|mobil|drøftings)?-?(?:telefon|tlf|tel)(?:on)?(?:nummer|nr)?\.?|"
        r"mobil(?:nummer)?|vakttelefon|sms|ring"
    ),
    EPOST: r"e-?post(?:adresse)?|e-?mail|mail|epost|mejl",
    NETT: (
        r"nett(?:side|sider|sted|stad|adresse)?|nettsida|heimeside|hjemmeside|"
        r"internett|web(?:side|b|bplats)?|lenker?|lenkje|url|les mer|les meir|"
        r"mer informasjon|meir informasjon|www"
    ),
    NIVA: (
        r"(?:forebyggings|førebyggings|tiltaks|innsats)?-?nivå(?:et)?|"
        r"(?:type )?forebygging|nivå av forebygging|universell/selektiv/indikativ|"
        r"preventionsnivå"
    ),
    STATUS: r"status(?: for tiltaket)?|framdrift|fremdrift|tilstand|stand",
    HVOR_OFTE: (
        r"hvor ofte|kor ofte|hyppighet|hyppigheit|frekvens|rytme|møtefrekvens|gjentas|"
        r"hur ofta|når og hvor ofte|møtehyppighet"
    ),
    LOKALOMRADE: (
        r"lokalområder?|geografi(?:sk område)?|geografisk omfang|sted|stad|bydel|"
        r"krets|kommunedel|hvor|kor|tettsted|område(?:r)? i kommunen|grend"
    ),
    FORANKRING: r"(?:er )?(?:forankr(?:ing|et|a)|forankra)(?: hos| i)?",
    MAL: (
        r"(?:over|hoved|hovud|del|resultat|effekt|tiltaks)?-?mål(?:et|a)?"
        r"(?: (?:med|for) tiltaket)?|målsett?ing(?:er|a|en)?|målsetjing(?:ar)?|"
        r"(?:for|føre)mål(?:et)?|hensikt(?:en)?|syfte|ønsket effekt|"
        r"hva vil vi oppnå|kva vil vi oppnå|ønska effekt"
    ),
    NYTT: r"nytt(?: tiltak)?|ny|nytt/videreført|ny/videreført|nytt eller videreført",
    BTI: r"bti(?:-?nivå)?|nivå i bti",
    BESKRIVELSE: (
        r"(?:kort |nærmere |nærare )?(?:beskrivelse|skildring|omtale|innhold|innhald|"
        r"tiltaksbeskrivelse|beskriving|beskrivning)(?: av tiltaket)?|hva|kva|"
        r"om tiltaket|hva gjør vi|kva gjer vi|hva er det|kommentar til tiltaket"
    ),
    OMRADE: (
        r"(?:innsats|satsings|satsnings|fokus|hoved|hovud|del|tema|insats|mål|ansvars)-?"
        r"område?t?|område|tema|kategori|insatsområde|strategi(?:er)?|satsn?ing(?:er)?"
    ),
    TITTEL: (
        r"tiltaket?|tiltaka?|tiltaks?tittel|tiltakets (?:navn|tittel)|tiltaks?navn|tiltaks?namn|(?:navn|namn) på tiltaket|navn|"
        r"namn|tittel|aktivitet(?:er)?|tiltak ?/ ?aktivitet(?:er)?|åtgärd(?:er)?|insats|"
        r"aktivitet ?/ ?tiltak|tilbud|tilbod|tiltak/tilbud|hva skal (?:gjøres|vi gjøre)|"
        r"kva skal (?:gjerast|vi gjere)|oppgave|handling"
    ),
}  # fmt: skip
_MONSTRE = {felt: re.compile(monster) for felt, monster in _MONSTRE.items()}
# Kept under their own labels: known, so that a line of them is a line of its own.
_ANNET = re.compile(
    r"(?:tids)?frist(?:er)?|tidsplan|tidsrom|tidsperspektiv|tid(?:spunkt)?|periode|når|"
    r"oppstart(?:sdato)?|økonomi(?:ske? (?:konsekvens(?:er)?|ramme))?|kostnad(?:er)?|"
    r"ressurs(?:er|ar|bruk)?|finansiering|budsjett|kostnader|evaluering|"
    r"indikator(?:er)?|måleindikator(?:er)?|rapportering|merknad(?:er)?|kommentar(?:er)?|"
    r"bakgrunn|begrunnelse|metode|verktøy|kilde|kjelde|prioritet|varighet|"
    r"gjennomføring|omfang|resultat|forutsetninger|telefontid|åpningstid(?:er)?|"
    r"opningstid(?:er)?|tidsfrist|ekonomi|uppföljning|oppfølging|styringsdokument|"
    r"tids?(?:ramme|linje|bruk|punkter|skjema|rom)|tidplan|gjennomføringstid|framdriftsplan|"
    r"fremdriftsplan|(?:ferdig|utført|gjennomført) (?:innen|når|dato)|start(?:dato|tidspunkt)?|"
    r"gjennomføres (?:innen|når)|skal være ferdig|slutt(?:dato)?|når(?: skal det gjøres)?|kor tid|hva koster det|effekt|"
    r"forventet (?:effekt|resultat)|suksesskriterier|måling|risiko|hjemmel|lovhjemmel|"
    r"delmål nr"
)
# A paragraph that a label begins, and no colon.
LENGST_UTEN_KOLON = 300
# A label is short. It ends in a colon; in tables and headings it need not.
_LINJE = re.compile(
    r"^[•*–-]?\s*(?P<etikett>[A-ZÆØÅÄÖa-zæøåäö][\w /().,–-]{1,45}?)\s*:\s*(?P<verdi>.*)$",
    re.S,
)
_UTEN_KOLON = re.compile(
    r"^(?P<etikett>(?:Telefon|Tlf\.?|Mobil|E-?post|Nett(?:side)?)) (?P<verdi>[+(\d]?.*)$"
)
# "Kurs for foreldre – ansvar: NAV"
_ETTER_STREK = re.compile(r"\s+[–-]\s+([^\W\d][\w ]{2,30}:\s*[^–:]+)$")
_I_PARENTES = re.compile(r"\s*[(\[]([^()\[\]:]{2,40}:[^()\[\]]+)[)\]]\s*\.?$")
_ORD_FORAN = re.compile(
    r"(?:^|(?<=[\s.;)]))((?:[A-ZÆØÅ][\w/-]*)(?: [\w/-]+){0,3})\s*:(?!//)"
)


def normalisert(etikett: str) -> str:
    """A label as it is compared, and remembered in choices."""
    uten_parentes = re.sub(r"\(.*?\)", " ", etikett)
    uten_tall = re.sub(r"^\W*\d+[.)]?\s+|\s+\d{1,3}\W*$", "", uten_parentes.strip())
    return " ".join(uten_tall.lower().strip(" \t:.?*–-").split())


class Etiketter:
    """What labels mean, with what was said about this document.

    Args:
        valgte: a field for a label, as `normalisert` has it.
    """

    def __init__(self, valgte: Mapping[str, str] | None = None):
        self.valgte = {
            normalisert(e): f for e, f in (valgte or {}).items() if f in FELT
        }
        self.brukt: dict[str, str] = {}
        # Labels that this document writes without a colon, as `normalisert` has them.
        self.uten_kolon: frozenset[str] = frozenset()

    def finn_uten_kolon(self, tekster: Iterable[str]) -> None:
        """Where two labels or more begin two paragraphs or more each, with a word of its
        own after them, this is how the document writes them."""
        ganger = Counter(
            normalisert(etikett)
            for tekst in tekster
            if (etikett := self._foran_stor_bokstav(tekst))
        )
        ofte = {navn for navn, antall in ganger.items() if antall > 1}
        if len(ofte) > 1:
            self.uten_kolon = frozenset(ofte)

    def _foran_stor_bokstav(self, tekst):
        """The longest known label at the beginning, before a capital or a digit."""
        for antall in (3, 2, 1):
            treff = re.match(
                rf"((?:[\w/-]+ ){{{antall - 1}}}[\w/-]+) (?=[A-ZÆØÅ\d])", tekst
            )
            if not treff or not treff[1][0].isupper() or len(tekst) > LENGST_UTEN_KOLON:
                continue
            felt = self.felt(treff[1])
            if felt in {*KJENNETEGN, MAL, FORANKRING, ANNET, BESKRIVELSE}:
                return treff[1]
        return ""

    def felt(self, etikett: str) -> str:
        """The field that a label stands for; ANNET where it is one that has no place, ""
        where it is not known."""
        navn = normalisert(etikett)
        if navn in self.valgte:
            return self.valgte[navn]
        if len(navn) > 45:
            return ""
        for felt, monster in _MONSTRE.items():
            if monster.fullmatch(navn):
                return felt
        return ANNET if _ANNET.fullmatch(navn) else ""

    def linje(self, tekst: str) -> tuple[str, str, str] | None:
        """Returns field, label and value of a line that begins with a label; the field is
        "" where the label is not known. None where it does not."""
        treff = _LINJE.match(tekst) or _UTEN_KOLON.match(tekst)
        if not treff and self.uten_kolon:
            foran = self._foran_stor_bokstav(tekst)
            if normalisert(foran) in self.uten_kolon:
                return self.felt(foran), foran, tekst[len(foran) :].strip()
        if (
            not treff
            or treff["verdi"].startswith("//")
            or treff["etikett"].count(" ") > 5
        ):
            return None
        felt = self.felt(treff["etikett"])
        if treff.re is _UTEN_KOLON and not re.search(r"[\d@]|www|http", treff["verdi"]):
            return None
        return felt, treff["etikett"].strip(), treff["verdi"].strip()

    def bakerst(self, tekst: str) -> tuple[str, list[str]]:
        """A title without the labels at its end, and these: "Kurs (ansvar: NAV)"."""
        felt = []
        while treff := _I_PARENTES.search(tekst) or _ETTER_STREK.search(tekst):
            deler = [del_.strip() for del_ in re.split(r"[;,] (?=[^;,:]+:)", treff[1])]
            if not all((linje := self.linje(del_)) and linje[0] for del_ in deler):
                break
            felt = deler + felt
            tekst = tekst[: treff.start()].rstrip()
        forste, *resten = self.linjer(tekst) or [tekst]
        # A line that is nothing but a label and its value is no title.
        if resten and not self.linje(forste):
            tekst, felt = forste, resten + felt
        return tekst.rstrip(" ,;–-") or tekst, felt

    def linjer(self, tekst: str) -> list[str]:
        """The text in lines, parted before each label that is known, too."""
        ut = []
        for linje in tekst.split("\n"):
            start = 0
            for treff in _ORD_FORAN.finditer(linje) if ":" in linje else ():
                sted = self._begynner(treff)
                if sted is not None and sted > start:
                    ut.append(linje[start:sted].strip())
                    start = sted
            ut.append(linje[start:].strip())
        return [linje for linje in ut if linje]

    def _begynner(self, treff):
        """Where the longest known label before a colon begins."""
        ordene = list(re.finditer(r"\S+", treff[1]))
        for nr, ordet in enumerate(ordene):
            etikett = treff[1][ordet.start() :]
            if (
                etikett[0].isupper()
                and self.felt(etikett)
                and (nr == 0 or len(etikett) > 3)
            ):
                return treff.start(1) + ordet.start()
        return None
