"""Plans in shapes that were written last, each with what the right plan is of it."""

from functools import partial

from openpyxl import Workbook

from tests.tiltak.innlesing.andre import tabell_i, word
from tests.tiltak.innlesing.andre_pdf import skrevet_ut
from tests.tiltak.innlesing.dokumenter import som_bytes
from tests.tiltak.innlesing.fasit import Dokument, Rett
from tests.tiltak.innlesing.flere import med_etikett
from tests.tiltak.innlesing.lest import docx

DOKUMENTER = {}


def prosa():
    return word(
        "# Handlingsplan for SLT 2026",
        "## Forord",
        "Hilsen ordføreren.",
        "## Satsingsområder",
        "### Satsingsområde 1. Trygge arenaer",
        "Unge skal være trygge.",
        "Tiltak 1. Ungdomsverter på kino",
        "Verter er til stede på kino hver fredag.",
        "Ansvarleg eining: Kultur",
        "Samarbeidspartnarar: Kinoen, politiet",
        "Tidsfrist: 2026",
        "Tiltak 2. Rusfritt kort",
        "Ungdom får rabatt.",
        "Ansvarleg eining: Folkehelse",
        "Tidsfrist: 2027",
        "### Satsingsområde 2. Kunnskap",
        "Vi skal vite meir.",
        "Tiltak 3. Ungdata kvart tredje år",
        "Undersøkinga blir brukt i planarbeid.",
        "Ansvarleg eining: Oppvekst",
        "Tidsfrist: 2028",
        "## Litteratur",
        "Ungdata.",
    )


DOKUMENTER["prosa nynorsk"] = Dokument(
    "docx",
    prosa,
    [
        Rett(
            "Trygge arenaer",
            "Ungdomsverter på kino",
            ("Kultur",),
            1,
            ("Kinoen", "politiet"),
            med_etikett("Tidsfrist", "2026"),
            tekst="hver fredag",
        ),
        Rett("Trygge arenaer", "Rusfritt kort", ("Folkehelse",), 2),
        Rett(
            "Kunnskap", "Ungdata kvart tredje år", ("Oppvekst",), 3, tekst="planarbeid"
        ),
    ],
    ("Forord", "Litteratur"),
)


def strategi_i_tabell():
    d = docx(
        "# Rusmiddelpolitisk handlingsplan",
        "# Kapittel 1 Innledning",
        "Loven krever en plan.",
        "# Kapittel 2 Mål og strategier",
    )
    tabell_i(
        d,
        [
            ["Strategi", "Tiltak", "Ansvar", "Tid", "Kostnad"],
            [
                "Begrense tilgjengelighet",
                "Skjenkekontroller hver måned",
                "Kontrollfirma",
                "Løpende",
                "100 000",
            ],
            [None, "Kurs for ansvarlige verter", "Bevillingskontoret", "Vår", "20 000"],
            [
                "Tidlig hjelp",
                "Ruskonsulent på skolene",
                "Rus og psykisk helse",
                "2026",
                "600 000",
            ],
        ],
    )
    d.add_heading("Kapittel 3 Oppfølging", 1)
    d.add_paragraph("Rapport til formannskapet.")
    return som_bytes(d)


DOKUMENTER["strategi i tabell"] = Dokument(
    "docx",
    strategi_i_tabell,
    [
        Rett(
            "Begrense tilgjengelighet",
            "Skjenkekontroller hver måned",
            ("Kontrollfirma",),
            felt=med_etikett("Tid", "Løpende"),
        ),
        Rett(
            "Begrense tilgjengelighet",
            "Kurs for ansvarlige verter",
            ("Bevillingskontoret",),
        ),
        Rett(
            "Tidlig hjelp",
            "Ruskonsulent på skolene",
            ("Rus og psykisk helse",),
            felt=med_etikett("Kostnad", "600 000"),
        ),
    ],
    (),
)


def punktetiketter():
    kropp = "<h1>Plan mot vold 2025–2028</h1><h2>Innledning</h2><p>Planen følger opp loven og bygger på råd fra tjenestene i kommunen.</p><h2>1. Forebygging</h2>"
    for t, a, m, n in (
        ("1.1 Foreldreveiledning", "Familiesenteret", "Foreldre", "Kurs i COS."),
        (
            "1.2 Undervisning om grenser",
            "Helsesykepleier",
            "Elever på 9. trinn",
            "Tre timer i klassen.",
        ),
    ):
        kropp += f"<h3>{t}</h3><p>{n}</p><ul><li>Ansvar: {a}</li><li>Målgruppe: {m}</li></ul>"
    kropp += "<h2>2. Hjelp</h2><h3>2.1 Krisesenter</h3><p>Åpent hele døgnet for alle.</p><ul><li>Ansvar: Krisesenteret</li><li>Telefon: 33 44 55 66</li></ul><h2>Økonomi</h2><p>Innenfor rammen.</p>"
    return skrevet_ut(
        kropp, "@page{size:A4;margin:20mm} body{font:11pt serif}", tagger=True
    )


DOKUMENTER["punktetiketter i PDF"] = Dokument(
    "pdf",
    punktetiketter,
    [
        Rett("Forebygging", "Foreldreveiledning", ("Familiesenteret",), 1, tekst="COS"),
        Rett("Forebygging", "Undervisning om grenser", ("Helsesykepleier",), 2),
        Rett("Hjelp", "Krisesenter", ("Krisesenteret",), 1, telefon="33 44 55 66"),
    ],
    ("Innledning", "Økonomi"),
)


def tiltaksliste():
    bok = Workbook()
    ark = bok.active
    ark.title = "Tiltaksliste"
    for r in (["ID","Tiltakstittel","Beskrivelse av tiltaket","Satsingsområde","Tiltakseier","Deltakere","Start","Slutt","Status"],
      [101,"Lavterskel bolig","Ti plasser for unge.","Bolig","Boligkontoret","NAV, Rus","2025","2027","Pågår"],
      [102,"Natteravn på buss","Frivillige følger siste buss.","Trygghet","Frivilligsentralen","FAU","2026","","Planlagt"],
      [103,"Ungdomskonferanse","En dag i året.","Medvirkning","Ungdomsrådet","","2025","2025","Gjennomført"]):  # fmt: skip
        ark.append(r)
    ark = bok.create_sheet("Forklaring")
    ark.append(["Statusverdier"])
    ark.append(["Pågår betyr at tiltaket er startet."])
    return som_bytes(bok)


DOKUMENTER["tiltaksliste i regneark"] = Dokument(
    "xlsx",
    tiltaksliste,
    [
        Rett(
            "Bolig",
            "Lavterskel bolig",
            ("Boligkontoret",),
            samarbeid=("NAV", "Rus"),
            status="i_drift",
            tekst="Ti plasser",
        ),
        Rett(
            "Trygghet",
            "Natteravn på buss",
            ("Frivilligsentralen",),
            samarbeid=("FAU",),
            status="planlagt",
        ),
        Rett(
            "Medvirkning",
            "Ungdomskonferanse",
            ("Ungdomsrådet",),
            status="avsluttet",
            tekst="En dag",
        ),
    ],
    (),
)


def limt_tabell():
    return """Tiltaksplan for Bakkebygrenda 2026

Område: Fritid
Tiltak\tAnsvarlig\tFrist
Åpen hall\tIdrettsrådet\tHøst 2026
Skatebane\tTeknisk\t2027

Område: Skole
Tiltak\tAnsvarlig\tFrist
Elevmekling\tRektor\tÅrlig
"""


DOKUMENTER["limt tabell"] = Dokument(
    "tekst",
    limt_tabell,
    [
        Rett(
            "Fritid",
            "Åpen hall",
            ("Idrettsrådet",),
            felt=med_etikett("Frist", "Høst 2026"),
        ),
        Rett("Fritid", "Skatebane", ("Teknisk",)),
        Rett("Skole", "Elevmekling", ("Rektor",), felt=med_etikett("Frist", "Årlig")),
    ],
    (),
)


def kort_med_tittelrad():
    d = docx("# Om planen", "Kort.", "# Innsatsområde 1: Psykisk helse")
    for tittel, rader in (
        (
            "Tiltak 1 – Kurs i mestring",
            (
                ("Beskrivelse", "Kurs for ungdom."),
                ("Målgruppe", "Ungdom 16–19 år"),
                ("Ansvarlig", "Frisklivssentralen"),
                ("Samarbeidspartnere", "Skolene\nHelsestasjonen"),
                ("Når", "Vår"),
            ),
        ),
        (
            "Tiltak 2 – Samtaletilbud",
            (
                ("Beskrivelse", "Drop-in."),
                ("Målgruppe", "Alle unge"),
                ("Ansvarlig", "Helsestasjonen"),
                ("Samarbeidspartnere", "Fastleger"),
                ("Når", "Ukentlig"),
            ),
        ),
    ):
        t = d.add_table(1, 2)
        t.rows[0].cells[0].merge(t.rows[0].cells[1]).text = tittel
        for k, v in rader:
            for celle, ord_ in zip(t.add_row().cells, (k, v), strict=True):
                celle.text = ord_
        d.add_paragraph("")
    d.add_heading("Evaluering", 1)
    d.add_paragraph("Hvert år.")
    return som_bytes(d)


DOKUMENTER["kort med tittelrad"] = Dokument(
    "docx",
    kort_med_tittelrad,
    [
        Rett(
            "Psykisk helse",
            "Kurs i mestring",
            ("Frisklivssentralen",),
            1,
            ("Skolene", "Helsestasjonen"),
            med_etikett("Når", "Vår"),
            (16, 19),
            tekst="Kurs for",
        ),
        Rett(
            "Psykisk helse",
            "Samtaletilbud",
            ("Helsestasjonen",),
            2,
            ("Fastleger",),
            tekst="Drop-in",
        ),
    ],
    ("Om planen", "Evaluering"),
)


def nummererte_lister():
    d = docx("# Mål", "Trygg kommune.")
    for omrade, tiltak in (
        ("Tiltak innen skole", ("Leksehjelp (Ansvar: SFO)", "Vennegruppe (Ansvar: FAU)")),
        ("Tiltak innen fritid", ("Turgruppe (Ansvar: Turlaget)", "Kulturskole for alle (Ansvar: Kulturskolen)")),
    ):  # fmt: skip
        d.add_heading(omrade, 1)
        for tekst in tiltak:
            d.add_paragraph(tekst, style="List Number")
    return som_bytes(d)


DOKUMENTER["nummererte lister"] = Dokument(
    "docx",
    nummererte_lister,
    [
        Rett("Tiltak innen skole", "Leksehjelp", ("SFO",)),
        Rett("Tiltak innen skole", "Vennegruppe", ("FAU",)),
        Rett("Tiltak innen fritid", "Turgruppe", ("Turlaget",)),
        Rett("Tiltak innen fritid", "Kulturskole for alle", ("Kulturskolen",)),
    ],
    (),
    ("Trygg kommune.",),
)


# No labels, or other signs than brackets
DOKUMENTER["streker i lister"] = Dokument(
    "docx",
    partial(
        word,
        "# Innsatsområder",
        "## Trygghet",
        "Tiltak i perioden:",
        "* Trygghetsvandring hvert halvår – ansvar: Teknisk",
        "* Belysningsplan – ansvar: Vei og park",
        "## Deltakelse",
        "Tiltak i perioden:",
        "* Ungdomsråd – ansvar: Ordfører",
        "* Elevråd på alle skoler – ansvar: Rektorene",
        "## Evaluering",
        "Årlig.",
    ),
    [
        Rett("Trygghet", "Trygghetsvandring hvert halvår", ("Teknisk",)),
        Rett("Trygghet", "Belysningsplan", ("Vei og park",)),
        Rett("Deltakelse", "Ungdomsråd", ("Ordfører",)),
        Rett("Deltakelse", "Elevråd på alle skoler", ("Rektorene",)),
    ],
    ("Evaluering",),
)
DOKUMENTER["mål og lister uten ansvar"] = Dokument(
    "docx",
    partial(
        word,
        "# Bakgrunn",
        "Planen.",
        "# Satsingsområder",
        "## Barn",
        "### Mål",
        "* Barn trives",
        "### Tiltak",
        "* Foreldrekurs i hver bygd",
        "* Åpen barnehage",
        "## Unge",
        "### Mål",
        "* Unge mestrer",
        "### Tiltak",
        "* Sommerjobber",
        "* Ungdomslos",
        "# Oppfølging",
        "Hvert år.",
    ),
    [
        Rett("Barn", "Foreldrekurs i hver bygd"),
        Rett("Barn", "Åpen barnehage"),
        Rett("Unge", "Sommerjobber"),
        Rett("Unge", "Ungdomslos"),
    ],
    ("Bakgrunn", "Oppfølging"),
    ("Barn trives", "Unge mestrer"),
)
DOKUMENTER["prosa uten etiketter"] = Dokument(
    "docx",
    partial(
        word,
        "# 1 Innledning",
        "Om planen.",
        "# 2 Status",
        "## 2.1 Ungdata",
        "Tall.",
        "## 2.2 Politiet",
        "Tall.",
        "# 3 Tiltak",
        "## 3.1 Uteteam",
        "Teamet møter unge ute hver helg, og følger opp dem som trenger det.",
        "## 3.2 Foreldrenettverk",
        "Skolene hjelper foreldrene i gang med nettverk i hver klasse.",
        "## 3.3 Ruskontrakter",
        "Politiet og kommunen tilbyr kontrakt til unge under 18 år.",
        "# 4 Videre arbeid",
        "Planen følges opp.",
    ),
    [
        Rett("", "Uteteam", nummer=1, tekst="hver helg"),
        Rett("", "Foreldrenettverk", nummer=2),
        Rett("", "Ruskontrakter", nummer=3, alder=(None, 17)),
    ],
    ("Innledning", "Status", "Videre arbeid"),
)
DOKUMENTER["prosa i to nivåer"] = Dokument(
    "docx",
    partial(
        word,
        "# Innledning",
        "Om planen.",
        "# Tiltak",
        "## Rus",
        "Vi vil ha mindre rus.",
        "### Uteteam",
        "Teamet møter unge.",
        "### Kontrakter",
        "Tilbys av politiet.",
        "## Vold",
        "### Krisesenter",
        "Åpent for alle.",
        "### Kurs",
        "For ansatte.",
        "# Avslutning",
        "Slutt.",
    ),
    [
        Rett("Rus", "Uteteam", tekst="møter unge"),
        Rett("Rus", "Kontrakter"),
        Rett("Vold", "Krisesenter"),
        Rett("Vold", "Kurs", tekst="For ansatte"),
    ],
    ("Innledning", "Avslutning"),
)
DOKUMENTER["hoved og med"] = Dokument(
    "docx",
    partial(
        word,
        "# Tiltaksplan 2026",
        [
            [
                "Nr.",
                "Tiltak",
                "Mål med tiltaket",
                "Hovedansvarlig",
                "Medansvarlig",
                "Gjennomføres innen",
            ],
            [
                "1",
                "Felles ungdomskveld",
                "Flere møteplasser",
                "Kultur",
                "Frivilligheten",
                "1.6.2026",
            ],
            ["2", "Politi i skolen", "Tillit", "Politiet", "Skolene", "Løpende"],
        ],
    ),
    [
        Rett(
            "",
            "Felles ungdomskveld",
            ("Kultur",),
            1,
            felt=med_etikett("Gjennomføres innen", "1.6.2026"),
        ),
        Rett("", "Politi i skolen", ("Politiet",), 2),
    ],
    (),
    ("Flere møteplasser", "Tillit"),
)
