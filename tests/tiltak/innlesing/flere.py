"""More plans of made-up kommuner, each with what the right plan is of it: written after
those in andre.py were read right, and apart from what reads them."""

from docx import Document

from tests.tiltak.innlesing.andre import tabell_i, word
from tests.tiltak.innlesing.andre_pdf import skrevet_ut
from tests.tiltak.innlesing.dokumenter import som_bytes
from tests.tiltak.innlesing.fasit import Dokument, Rett
from tests.tiltak.innlesing.lest import docx


def med_etikett(etikett, verdi):
    return ((etikett, verdi),)


# Labels and values two by two in a row ---------------------------------------------------


def to_og_to():
    def kort(nr, tittel, ansvar, malgruppe, nar, samarbeid, tekst):
        return [
            ["Tiltak", f"{nr} {tittel}", "Ansvarlig", ansvar],
            ["Målgruppe", malgruppe, "Tidsrom", nar],
            ["Samarbeidspartnere", samarbeid, "Beskrivelse", tekst],
        ]

    return word(
        "# 1 Om planen", "Planen er et felles løft.",
        "# 2 Innsatsområde Inkludering",
        kort("2.1", "Flyktningguide", "Frivilligsentralen", "Nyankomne unge 16–25 år", "2025", "NAV, Røde Kors", "En guide til hver."), "",
        kort("2.2", "Åpen kafé", "Kirken", "Alle", "2026", "Bygdekvinnelaget", "Hver torsdag i samfunnshuset."),
        "# 3 Innsatsområde Trafikk",
        kort("3.1", "Mopedkurs", "Politiet", "Ungdom 15–17 år", "Vår", "Trygg Trafikk", "Kurs før sesongen."),
    )  # fmt: skip


TO_OG_TO = Dokument(
    "docx", to_og_to,
    [
        Rett("Inkludering", "Flyktningguide", ("Frivilligsentralen",), 1, ("NAV", "Røde Kors"), med_etikett("Tidsrom", "2025"), (16, 25), tekst="En guide"),
        Rett("Inkludering", "Åpen kafé", ("Kirken",), 2, ("Bygdekvinnelaget",), med_etikett("Tidsrom", "2026"), tekst="torsdag"),
        Rett("Trafikk", "Mopedkurs", ("Politiet",), 1, ("Trygg Trafikk",), med_etikett("Tidsrom", "Vår"), (15, 17)),
    ],
    ("Om planen",),
)  # fmt: skip


# "Tiltak 1" alone, the title on the next line ---------------------------------------------


def tittel_pa_neste_linje():
    return word(
        "# Trygge barn", "Barn skal være trygge.",
        "## Tiltak 1", "Foreldrekontrakter", "Foreldrene i hver klasse blir enige om regler.",
        "Ansvar: Rektor", "Frist: Skolestart",
        "## Tiltak 2", "Voksne i bussen", "Miljøvert på skolebussen hver dag.",
        "Ansvar: Samferdselskontoret", "Frist: 2026",
        "# Trygge unge",
        "## Tiltak 3", "Nattbuss", "Gratis buss hjem i helgene.", "Ansvar: Fylkeskommunen", "Frist: 2027",
    )  # fmt: skip


NESTE_LINJE = Dokument(
    "docx", tittel_pa_neste_linje,
    [
        Rett("Trygge barn", "Foreldrekontrakter", ("Rektor",), 1, felt=med_etikett("Frist", "Skolestart"), tekst="blir enige"),
        Rett("Trygge barn", "Voksne i bussen", ("Samferdselskontoret",), 2, tekst="Miljøvert"),
        Rett("Trygge unge", "Nattbuss", ("Fylkeskommunen",), 3, tekst="Gratis buss"),
    ],
)  # fmt: skip


# Labels in bold, without a colon ------------------------------------------------------------


def uten_kolon():
    dokument = docx("# Innledning", "Kort om arbeidet.")
    for omrade, tiltak in (
        ("Forebygging i skolen", [("Ny start etter ferien", "Skolene bruker to uker på klassemiljøet.", "Elever 6–16 år", "Skolesjefen", "August")]),
        ("Forebygging på fritiden", [("Aktivitetskort", "Kortet gir gratis inngang.", "Barn 6–18 år", "Kulturkontoret", "2026"), ("Utstyrsbu", "Lån ski og sykler.", "Alle", "Idrettslaget", "Vinter")]),
    ):  # fmt: skip
        dokument.add_heading(omrade, 1)
        for tittel, tekst, *verdier in tiltak:
            dokument.add_heading(tittel, 2)
            dokument.add_paragraph(tekst)
            for etikett, verdi in zip(
                ("Målgruppe", "Ansvarlig", "Tidspunkt"), verdier, strict=True
            ):
                avsnitt = dokument.add_paragraph()
                avsnitt.add_run(etikett).bold = True
                avsnitt.add_run(f"\t{verdi}")
    dokument.add_heading("Evaluering", 1)
    dokument.add_paragraph("Årlig.")
    return som_bytes(dokument)


UTEN_KOLON = Dokument(
    "docx", uten_kolon,
    [
        Rett("Forebygging i skolen", "Ny start etter ferien", ("Skolesjefen",), felt=med_etikett("Tidspunkt", "August"), alder=(6, 16), tekst="Skolene bruker"),
        Rett("Forebygging på fritiden", "Aktivitetskort", ("Kulturkontoret",), alder=(6, 18)),
        Rett("Forebygging på fritiden", "Utstyrsbu", ("Idrettslaget",), felt=med_etikett("Tidspunkt", "Vinter")),
    ],
    ("Innledning", "Evaluering"),
)  # fmt: skip


# The name of the area over the head of each table; years with a cross ------------------------


def omradet_i_tabellen():
    def tabell(navn, *rader):
        return [
            [navn, *[""] * 5],
            ["Nr.", "Tiltak", "Ansvarlig", "2025", "2026", "2027"],
            *map(list, rader),
        ]

    return word(
        "Handlingsplan for Fjellvang kommune", "Tabellene under er planen.",
        tabell("Tema 1: Tidlig og tverrfaglig", ("1", "Tverrfaglige drøftingsmøter", "Helsestasjonen", "x", "x", "x"), ("2", "Felles kurs i den vanskelige samtalen", "SLT-koordinator", "", "x", "")), "",
        tabell("Tema 2: Rusfrie soner", ("3", "Rusfri idrett", "Idrettsrådet", "x", "", ""), ("4", "Alternativ russetid", "Videregående skole", "", "x", "x")),
    )  # fmt: skip


OMRADET_I_TABELLEN = Dokument(
    "docx", omradet_i_tabellen,
    [
        Rett("Tidlig og tverrfaglig", "Tverrfaglige drøftingsmøter", ("Helsestasjonen",), 1),
        Rett("Tidlig og tverrfaglig", "Felles kurs i den vanskelige samtalen", ("SLT-koordinator",), 2, felt=med_etikett("2026", "x")),
        Rett("Rusfrie soner", "Rusfri idrett", ("Idrettsrådet",), 3, felt=med_etikett("2025", "x")),
        Rett("Rusfrie soner", "Alternativ russetid", ("Videregående skole",), 4),
    ],
)  # fmt: skip


# Title and text in the same cell, who answers and who helps in one column ---------------------


def tittel_og_tekst_i_cellen():
    return word(
        "# Tiltaksplan", "# 1. Psykisk helse",
        [
            ["Tiltak", "Målgruppe", "Ansvarlig/samarbeidspartnere", "Gjennomføring"],
            ["1.1 Psykologen på skolen\nPsykologen har fast dag på hver skole.", "Elever på ungdomstrinnet", "Helsestasjonen\nSkolene", "Hver uke"],
            ["1.2 Mestringskurs\nKurs for ungdom med uro og stress.", "Ungdom 14–18 år", "Frisklivssentralen", "Vår og høst"],
        ],
        "# 2. Digital trygghet",
        [
            ["Tiltak", "Målgruppe", "Ansvarlig/samarbeidspartnere", "Gjennomføring"],
            ["2.1 Nettvettdag\nAlle trinn snakker om bilder og deling.", "Elever på 5.–7. trinn", "Skolene\nPolitiet", "Februar"],
        ],
    )  # fmt: skip


TITTEL_OG_TEKST = Dokument(
    "docx", tittel_og_tekst_i_cellen,
    [
        Rett("Psykisk helse", "Psykologen på skolen", ("Helsestasjonen", "Skolene"), 1, felt=med_etikett("Gjennomføring", "Hver uke"), tekst="fast dag"),
        Rett("Psykisk helse", "Mestringskurs", ("Frisklivssentralen",), 2, alder=(14, 18), tekst="uro og stress"),
        Rett("Digital trygghet", "Nettvettdag", ("Skolene", "Politiet"), 1, tekst="Alle trinn"),
    ],
)  # fmt: skip


# Goals over lists with letters --------------------------------------------------------------


def delmal_og_bokstaver():
    return word(
        "# Innledning", "Om planen.",
        "# Hovedmål 1: Trygge nærmiljø", "## Delmål 1.1: Flere møteplasser",
        "a) Ruste opp skateparken. Ansvar: Park og idrett",
        "b) Åpne biblioteket i helgene. Ansvar: Biblioteket",
        "## Delmål 1.2: Mindre hærverk",
        "a) Belysning ved skolen. Ansvar: Eiendom",
        "# Hovedmål 2: Kunnskapsrike voksne", "## Delmål 2.1: Foreldre vet hva de kan gjøre",
        "a) Temakveld om nettmobbing. Ansvar: FAU",
        "b) Brosjyre til alle hjem. Ansvar: Kommunikasjon",
        "# Kilder", "Ungdata.",
    )  # fmt: skip


DELMAL = Dokument(
    "docx", delmal_og_bokstaver,
    [
        Rett("Flere møteplasser", "Ruste opp skateparken", ("Park og idrett",)),
        Rett("Flere møteplasser", "Åpne biblioteket i helgene", ("Biblioteket",)),
        Rett("Mindre hærverk", "Belysning ved skolen", ("Eiendom",)),
        Rett("Foreldre vet hva de kan gjøre", "Temakveld om nettmobbing", ("FAU",)),
        Rett("Foreldre vet hva de kan gjøre", "Brosjyre til alle hjem", ("Kommunikasjon",)),
    ],
    ("Innledning", "Kilder"),
)  # fmt: skip


# Levels with tables, new and continued ---------------------------------------------------------


def nivaer_og_nye():
    hode = ["Tiltak", "Kort beskrivelse", "Ansvar"]
    return word(
        "# Tiltak i planperioden",
        "## Universelle tiltak", "### Videreførte tiltak",
        [hode, ["Rusundervisning", "På alle ungdomsskoler.", "Skolehelsetjenesten"]],
        "### Nye tiltak",
        [hode, ["Ungdomsråd", "Ungdom gir råd i saker.", "Ordføreren"]],
        "## Selektive tiltak", "### Videreførte tiltak",
        [hode, ["Gruppe for barn av rusavhengige", "Ti samlinger.", "Familiehuset"]],
        "### Nye tiltak",
        [hode, ["Jentegruppe", "For jenter som står utenfor.", "Barnevernet"]],
    )  # fmt: skip


NIVAER = Dokument(
    "docx", nivaer_og_nye,
    [
        Rett("", "Rusundervisning", ("Skolehelsetjenesten",), niva="universell"),
        Rett("", "Ungdomsråd", ("Ordføreren",), nytt=True, niva="universell"),
        Rett("", "Gruppe for barn av rusavhengige", ("Familiehuset",), niva="selektiv"),
        Rett("", "Jentegruppe", ("Barnevernet",), nytt=True, niva="selektiv"),
    ],
)  # fmt: skip


# Run-in titles in a PDF without tags -------------------------------------------------------------

_STIL = """@page { size: A4; margin: 24mm } body { font: 11pt serif } h1 { font-size: 20pt }
h2 { font-size: 14pt } p { margin: 5pt 0 } li { margin: 3pt 0 }"""


def innrykk_i_pdf():
    kropp = """<h1>Kriminalitetsforebyggende plan 2024–2027</h1>
<h2>Bakgrunn</h2><p>Planen bygger på en kartlegging av nærmiljøet og samtaler med unge i bygda.</p>
<h2>Trygge skoleveier</h2><p>Skolen og foreldrene melder om farlige kryss.</p>
<p><b>Tiltak 1: Trafikkvakter.</b> Elever på sjuende trinn passer kryssene om morgenen. Ansvar: Skolen. Frist: Løpende.</p>
<p><b>Tiltak 2: Sykkelprøve.</b> Alle på femte trinn får opplæring. Ansvar: Politiet. Frist: Hvert år i mai.</p>
<h2>Gode hjem</h2><p>Noen hjem trenger mer hjelp.</p>
<p><b>Tiltak 3: Foreldretelefon.</b> En voksen svarer hver kveld. Ansvar: Barnevernvakta. Telefon: 55 66 77 88.</p>
<h2>Rapportering</h2><p>Det skrives en kort rapport til kommunestyret.</p>"""
    return skrevet_ut(kropp, _STIL, tagger=False)


INNRYKK = Dokument(
    "pdf", innrykk_i_pdf,
    [
        Rett("Trygge skoleveier", "Trafikkvakter", ("Skolen",), 1, tekst="passer kryssene"),
        Rett("Trygge skoleveier", "Sykkelprøve", ("Politiet",), 2, tekst="femte trinn"),
        Rett("Gode hjem", "Foreldretelefon", ("Barnevernvakta",), 3, telefon="55 66 77 88", tekst="hver kveld"),
    ],
    ("Bakgrunn", "Rapportering"),
)  # fmt: skip


# A frame with the title to the left and labels inside the text to the right ---------------------------


def ramme_til_hoyre():
    return word(
        "# Innsatsområde 1: Møteplasser",
        [
            ["Ungdomskafé", "Kafeen drives av ungdom.\nMålgruppe: 13–19 år\nAnsvar: Kulturhuset\nSamarbeid: Lions"],
            ["Lan-helg", "To ganger i året.\nMålgruppe: Spillere fra 12 år\nAnsvar: Bibliotek og IKT\nSamarbeid: Hyperion"],
        ],
        "# Innsatsområde 2: Arbeid",
        [
            ["Lærlingløftet", "Flere læreplasser i kommunen.\nMålgruppe: 16–21 år\nAnsvar: Personal\nSamarbeid: Opplæringskontoret"],
            ["Arbeidspraksis", "Kort vei til jobb.\nMålgruppe: 18–29 år\nAnsvar: NAV\nSamarbeid: Næringsforeningen"],
        ],
    )  # fmt: skip


RAMME = Dokument(
    "docx", ramme_til_hoyre,
    [
        Rett("Møteplasser", "Ungdomskafé", ("Kulturhuset",), samarbeid=("Lions",), alder=(13, 19), tekst="drives av"),
        Rett("Møteplasser", "Lan-helg", ("Bibliotek og IKT",), samarbeid=("Hyperion",), alder=(12, None)),
        Rett("Arbeid", "Lærlingløftet", ("Personal",), samarbeid=("Opplæringskontoret",), alder=(16, 21)),
        Rett("Arbeid", "Arbeidspraksis", ("NAV",), samarbeid=("Næringsforeningen",), tekst="Kort vei"),
    ],
)  # fmt: skip


# Pasted, each label on its own line ------------------------------------------------------------


def limt_med_linjer():
    return """Temaplan oppvekst

1 Bakgrunn
Kommunen vil samle det forebyggende arbeidet i en plan.

2 Satsingsområde: Familie

Tiltak 2.1 Foreldrestøtte i grupper
Gruppene møtes seks ganger.
Ansvarlig:
Familiesenteret
Målgruppe:
Foreldre til barn 0–6 år
Tidsfrist:
2026

Tiltak 2.2 Familiekoordinator
En person følger familien.
Ansvarlig:
Tildelingskontoret
Målgruppe:
Familier med flere tjenester
Tidsfrist:
2025

3 Satsingsområde: Skole

Tiltak 3.1 Alternativ læringsarena
Gården tar imot elever to dager i uka.
Ansvarlig:
Skolekontoret
Målgruppe:
Elever på 8.–10. trinn
Tidsfrist:
Løpende

4 Oppfølging
Rapport hver vår.
"""


LIMT_LINJER = Dokument(
    "tekst", limt_med_linjer,
    [
        Rett("Familie", "Foreldrestøtte i grupper", ("Familiesenteret",), 1, felt=med_etikett("Tidsfrist", "2026"), tekst="seks ganger"),
        Rett("Familie", "Familiekoordinator", ("Tildelingskontoret",), 2, tekst="følger familien"),
        Rett("Skole", "Alternativ læringsarena", ("Skolekontoret",), 1, tekst="Gården"),
    ],
    ("Bakgrunn", "Oppfølging"),
)  # fmt: skip


# A status report: what was done last time, before the new tiltak ------------------------------------


def med_evaluering_forst():
    return word(
        "# Evaluering av forrige plan", "Ti tiltak er gjennomført.",
        "* Uteteam: Startet opp i 2021.", "* Kurs: Holdt hvert år.", "* Ruskontrakter: Få i bruk.",
        "# Innsatsområder 2025–2028",
        "## Barn som lever med vold",
        [["Nr", "Tiltak", "Hvem har ansvar?", "Når?", "Hvordan måler vi?"],
         ["1", "Rutiner for avverging i alle tjenester", "Kommunedirektøren", "2025", "Alle tjenester har rutine"],
         ["2", "Samtaletilbud på barnehuset", "Statens barnehus", "Løpende", "Antall samtaler"]],
        "## Unge lovbrytere",
        [["Nr", "Tiltak", "Hvem har ansvar?", "Når?", "Hvordan måler vi?"],
         ["3", "Oppfølgingsteam", "Konfliktrådet", "2026", "Tilbakefall"]],
        "# Vedlegg 1: Oversikt over tjenester",
        [["Tjeneste", "Hva de gjør", "Kontakt"],
         ["Krisesenteret", "Døgnåpent", "91 23 45 67"],
         ["Familievernkontoret", "Samtaler", "post@familievern.no"]],
    )  # fmt: skip


EVALUERING_FORST = Dokument(
    "docx", med_evaluering_forst,
    [
        Rett("Barn som lever med vold", "Rutiner for avverging i alle tjenester", ("Kommunedirektøren",), 1, felt=med_etikett("Når?", "2025")),
        Rett("Barn som lever med vold", "Samtaletilbud på barnehuset", ("Statens barnehus",), 2, felt=med_etikett("Hvordan måler vi?", "Antall samtaler")),
        Rett("Unge lovbrytere", "Oppfølgingsteam", ("Konfliktrådet",), 3),
    ],
    ("Evaluering av forrige plan", "Vedlegg 1: Oversikt over tjenester"),
)  # fmt: skip


# Numbers with letters, areas with letters, a column of notes ----------------------------------------


def bokstavnummer():
    dokument = Document()
    dokument.add_heading("A. Trygghet i hverdagen", 1)
    dokument.add_paragraph("Vi begynner med det nære.")
    tabell_i(dokument, [
        ["Tiltak", "Beskrivelse", "Ansvarlig enhet", "Samarbeidspartnere", "Merknad"],
        ["A1 Gatelys", "Nye lys langs gangveien.", "Veg og park", "Velforeningen", "Søknad sendt"],
        ["A2 Følgevenn", "Ingen går alene hjem.", "Frivillighetssentralen", "Idrettslag og korps", ""],
    ])  # fmt: skip
    dokument.add_heading("B. Ungdom og rus", 1)
    tabell_i(dokument, [
        ["Tiltak", "Beskrivelse", "Ansvarlig enhet", "Samarbeidspartnere", "Merknad"],
        ["B1 Ungdomsteam", "Tre ansatte på tvers.", "Helse og mestring", "Barnevernet, politiet", "Pilot i 2026"],
    ])  # fmt: skip
    return som_bytes(dokument)


BOKSTAVER = Dokument(
    "docx", bokstavnummer,
    [
        Rett("Trygghet i hverdagen", "Gatelys", ("Veg og park",), 1, ("Velforeningen",), med_etikett("Merknad", "Søknad sendt"), tekst="Nye lys"),
        Rett("Trygghet i hverdagen", "Følgevenn", ("Frivillighetssentralen",), 2),
        Rett("Ungdom og rus", "Ungdomsteam", ("Helse og mestring",), 1, ("Barnevernet", "politiet"), tekst="Tre ansatte"),
    ],
)  # fmt: skip

DOKUMENTER = {
    "etiketter to og to": TO_OG_TO,
    "tittel på neste linje": NESTE_LINJE,
    "etiketter uten kolon": UTEN_KOLON,
    "området i tabellen": OMRADET_I_TABELLEN,
    "tittel og tekst i cellen": TITTEL_OG_TEKST,
    "delmål og bokstaver": DELMAL,
    "nivåer og nye": NIVAER,
    "innrykk i PDF": INNRYKK,
    "ramme til høyre": RAMME,
    "limt, etikett på egen linje": LIMT_LINJER,
    "evaluering først": EVALUERING_FORST,
    "nummer med bokstav": BOKSTAVER,
}
