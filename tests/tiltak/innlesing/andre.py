"""Plans of made-up kommuner, each in a shape of its own: written apart from what reads
them. What the right plan is of each stands in fasit.py."""

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.styles import Font

from tests.tiltak.innlesing.dokumenter import som_bytes
from tests.tiltak.innlesing.lest import docx


def word(*deler):
    return som_bytes(docx(*deler))


# 1: a table an area, with captions ----------------------------------------------------


def tabell_per_omrade():
    return word(
        "# Handlingsplan mot rus og kriminalitet 2025–2028",
        "## 1 Innledning", "Kommunestyret vedtok planen i juni. Den bygger på Ungdata.",
        "## 2 Satsingsområder og tiltak",
        "Tabellene viser hva vi skal gjøre.",
        "### 2.1 Tidlig innsats", "Vi skal oppdage barn som strever.",
        "Tabell 1: Tiltak for tidlig innsats",
        [
            ["Tiltak", "Ansvar", "Frist", "Status", "Økonomi"],
            ["Kartlegge overganger mellom barnehage og skole", "Barnehage og skole", "Høst 2025", "Ikke startet", "Innenfor rammen"],
            ["Foreldreveiledning i grupper", "Familiens hus\nHelsestasjonen", "Årlig", "Pågår", "200 000 kr per år"],
            ["Faste møter med politiet", "Kommunalsjef oppvekst", "Kvartalsvis", "Pågår", "Ingen kostnad"],
        ],
        "### 2.2 Trygt ungdomsmiljø",
        "Tabell 2: Tiltak for trygt ungdomsmiljø",
        [
            ["Tiltak", "Ansvar", "Frist", "Status", "Økonomi"],
            ["Utvide åpningstidene på ungdomsklubben", "Kultur", "2026", "Planlagt", "450 000 kr"],
            ["Natteravner i sentrum", "Foreldreutvalgene, frivilligsentralen", "Løpende", "Pågår", ""],
        ],
        "## 3 Evaluering av planen", "Planen evalueres hvert år i formannskapet.",
    )  # fmt: skip


# 2: goals and tiltak in one table, cells that go over several rows ---------------------


def tabell_i(dokument, rader):
    """A row's cell that is None goes on from the one above."""
    tabell = dokument.add_table(len(rader), len(rader[0]))
    for r, rad in enumerate(rader):
        for k, tekst in enumerate(rad):
            if tekst is not None:
                tabell.cell(r, k).text = tekst
    for k in range(len(rader[0])):
        start = 0
        for r in range(1, len(rader) + 1):
            if r == len(rader) or rader[r][k] is not None:
                if r - start > 1:
                    tabell.cell(start, k).merge(tabell.cell(r - 1, k))
                    while len(tabell.cell(start, k).paragraphs) > 1:
                        siste = tabell.cell(start, k).paragraphs[-1]._p
                        siste.getparent().remove(siste)
                start = r
    return tabell


def mal_og_tiltak():
    dokument = docx(
        "# Plan for rusforebyggende arbeid 2026–2030", "## Slik er planen bygd opp",
        "Planen har hovedmål, delmål og tiltak.", "## Tiltaksdel",
    )  # fmt: skip
    tabell_i(
        dokument,
        [
            ["Hovedmål", "Delmål", "Tiltak", "Ansvar", "Tidspunkt"],
            ["Barn og unge er trygge", "Flere voksne er til stede", "Miljøarbeidere på alle ungdomsskoler", "Skoleledelsen", "August 2026"],
            [None, None, "Voksenvakter på arrangementer", "Kulturskolen", "Fra 2027"],
            [None, "Færre blir utsatt for mobbing", "Felles rutine mot digital mobbing", "Skolene i samarbeid med PPT", "2026"],
            ["Unge starter senere med alkohol", "Foreldre setter grenser", "Foreldremøter om alkohol på 8. trinn", "Helsesykepleierne", "Hver høst"],
            [None, "Skjenking følger loven", "Kontroller på utesteder", "Skjenkekontrollen og politiet", "Løpende"],
        ],
    )  # fmt: skip
    return som_bytes(dokument)


# 6: numbered three deep, as text in the headings ----------------------------------------


def tre_niva():
    return word(
        "# 1 Innledning", "Planen er laget av en gruppe på tvers.",
        "# 2 Kunnskapsgrunnlag", "## 2.1 Ungdata", "Ungdata viser at de fleste trives.",
        "## 2.2 Politiets tall", "Antall anmeldelser går ned.",
        "# 3 Mål", "Hovedmålet er en trygg oppvekst.",
        "# 4 Innsatsområder", "## 4.1 Foreldre som ressurs", "Foreldre er viktigst.",
        "### 4.1.1 Foreldrenettverk i hver klasse", "FAU hjelper klassene i gang.",
        "Ansvarlig: Skolene", "Samarbeidspartnere: FAU, helsesykepleier", "Tidsramme: Høsten 2026",
        "### 4.1.2 Temakvelder", "To kvelder i året om rus, nett og grenser.",
        "Ansvarlig: SLT-koordinator", "Tidsramme: Årlig",
        "## 4.2 Skole og utdanning",
        "### 4.2.1 Tett på fravær", "Skolen ringer hjem første dag.",
        "Ansvarlig: Rektorene", "Tidsramme: Fra 2025",
        "### 4.2.2 Los i videregående", "Losene følger elever som står i fare for å slutte.",
        "Ansvarlig: Fylkeskommunen og NAV", "Tidsramme: 2025–2027",
        "# 5 Økonomi", "Tiltakene dekkes innenfor rammene.",
    )  # fmt: skip


# 7: strategies with lists, who answers in brackets --------------------------------------


def strategi_og_lister():
    return word(
        "# Forebyggende plan", "Vedtatt i kommunestyret.",
        "# Strategi 1: Vi jobber sammen på tvers",
        "Tjenestene skal kjenne hverandre.", "Tiltak:",
        "* Felles fagdag for alle ansatte hvert år (ansvar: SLT-koordinator)",
        "* Taushetsplikt på agendaen i alle personalmøter (ansvar: Virksomhetslederne)",
        "# Strategi 2: Vi er tidlig ute",
        "Jo før, jo bedre.", "Tiltak:",
        "* Hjembesøk til alle nyfødte (ansvar: Helsestasjonen)",
        "* Lavterskel samtaletilbud for ungdom 13–23 år (ansvar: NAV)",
        "* Forebyggende samtaler på 9. trinn (ansvar: Politiet og skolene)",
        "# Oppfølging", "Politirådet får en rapport i året.",
    )  # fmt: skip


# 8: no styles, bold lines of one size, capitals for what is above -----------------------


def bare_fet_skrift():
    dokument = Document()
    for tekst in (
        "**HANDLINGSPLAN FOR SLT-ARBEIDET 2024–2027", "**BAKGRUNN", "Kommunen har hatt SLT siden 2009.",
        "**RUSFOREBYGGING", "Vi vil at færre skal ruse seg.",
        "**Ungdommens kveld", "Hver fredag er skolekjøkkenet åpent for ungdom fra 8. trinn.",
        "Ansvar: Ungdomsklubben", "Oppstart: Januar 2025",
        "**Rusfri skoletur", "Kontrakt mellom foreldre på 10. trinn.",
        "Ansvar: FAU", "Oppstart: Hver vår",
        "**KRIMINALITETSFOREBYGGING",
        "**Rask reaksjon", "Første lovbrudd gir samtale innen en uke.",
        "Ansvar: Lensmannskontoret", "Oppstart: Nå",
        "**Lokal mekling", "Konfliktrådet mekler i skolegården.",
        "Ansvar: Konfliktrådet", "Oppstart: 2026",
        "**EVALUERING", "Styringsgruppen går gjennom planen i desember.",
    ):  # fmt: skip
        lop = dokument.add_paragraph().add_run(tekst.removeprefix("**"))
        lop.bold = tekst.startswith("**")
    return som_bytes(dokument)


# 9: nynorsk, a table of labels each -----------------------------------------------------


def nynorsk():
    def kort(tittel, *rader):
        return [["Tiltak", tittel], *map(list, rader)]

    return word(
        "# Førebyggjande plan for Vestfjorden kommune 2025–2028",
        "# Innleiing", "Planen gjeld alle born og unge i kommunen.",
        "# Innsatsområde 1 Psykisk helse",
        kort(
            "Skulehelsetenesta på kveldstid", ("Skildring", "Open dør kvar tysdag."), ("Målgruppe", "Ungdom 13–19 år"),
            ("Ansvarleg", "Helsestasjonen"), ("Samarbeidspartar", "Ungdomshuset, BUP"), ("Tidsrom", "Heile perioden"),
        ), "",
        kort(
            "Kurs i livsmeistring", ("Skildring", "Alle klassar på 8. steget."), ("Målgruppe", "Elevar på ungdomssteget"),
            ("Ansvarleg", "Ungdomsskulane"), ("Samarbeidspartar", "PPT"), ("Tidsrom", "Haustar"),
        ),
        "# Innsatsområde 2 Rus",
        kort(
            "Vaksne i sentrum", ("Skildring", "Natteramnane går kvar laurdag."), ("Målgruppe", "Ungdom"),
            ("Ansvarleg", "Frivilligsentralen"), ("Samarbeidspartar", "Lensmannen"), ("Tidsrom", "Heile året"),
        ),
        "# Vidare arbeid", "Planen blir rullert kvart andre år.",
    )  # fmt: skip


# 10: Swedish ---------------------------------------------------------------------------


def svensk():
    return word(
        "# Handlingsplan för brottsförebyggande arbete 2025–2027", "# Inledning", "Planen utgår från lägesbilden.",
        "# Fokusområde 1: Trygghet i centrum",
        [
            ["Åtgärd", "Syfte", "Ansvarig", "Samverkansparter", "Tidplan"],
            ["Fältarbete på helger", "Vuxna på plats", "Socialförvaltningen", "Polisen, Svenska kyrkan", "Löpande"],
            ["Bättre belysning", "Färre otrygga platser", "Tekniska kontoret", "Fastighetsägare", "2025"],
        ],
        "# Fokusområde 2: Unga i riskzon",
        [
            ["Åtgärd", "Syfte", "Ansvarig", "Samverkansparter", "Tidplan"],
            ["Orosanmälan följs upp", "Tidiga insatser", "Socialtjänsten", "Skolan", "2026"],
        ],
        "# Uppföljning", "Planen följs upp varje år.",
    )  # fmt: skip


# 11: Hva / Hvem / Når, a sheet an area ---------------------------------------------------


def hva_hvem_nar():
    bok = Workbook()
    bok.remove(bok.active)
    for navn, rader in (
        ("Barn", [("Kartlegging av trivsel i barnehagen", "Barnehagene", "Høst"), ("Foreldrekurs for nye foreldre", "Helsestasjonen", "Hver måned")]),
        ("Ungdom", [("Ungdomslos på hjul", "Ungdomskontakten", "Fra 2026"), ("Ferietilbud i alle ferier", "Kultur og fritid", "Vinter, sommer og høst"), ("Konfliktmekling", "Konfliktrådet", "Ved behov")]),
    ):  # fmt: skip
        ark = bok.create_sheet(navn)
        ark["A1"] = f"Tiltak for {navn.lower()}"
        ark["A1"].font = Font(bold=True, size=14)
        ark.append([])
        ark.append(["Hva", "Hvem", "Når"])
        for rad in rader:
            ark.append(rad)
    return som_bytes(bok)


# 12: described in the text, and again in a table at the end ------------------------------


def tekst_og_vedlegg():
    return word(
        "# Bakgrunn", "Planen er bestilt av rådmannen.",
        "# Trygg hverdag",
        "## Mobil ungdomsbase", "En buss med voksne kjører dit de unge er.", "Målgruppe: Ungdom 14–18 år",
        "Ansvar: Ungdom og fritid",
        "## Foreldreapp", "Appen samler råd og telefonnumre.", "Målgruppe: Foreldre", "Ansvar: Kommunikasjon",
        "# God start",
        "## Språkgrupper", "Små barn får øve på norsk.", "Målgruppe: Barn 3–5 år", "Ansvar: Barnehagene",
        "# Vedlegg: Tiltaksplan med frister",
        [
            ["Område", "Tiltak", "Ansvar", "Frist", "Kostnad"],
            ["Trygg hverdag", "Mobil ungdomsbase", "Ungdom og fritid", "1. mars 2026", "1,2 mill."],
            ["Trygg hverdag", "Foreldreapp", "Kommunikasjon", "2027", "300 000"],
            ["God start", "Språkgrupper", "Barnehagene", "Løpende", "0"],
        ],
    )  # fmt: skip


# 13: a wheel of the year and a list of contacts, which are no tiltak ----------------------


def arshjul_og_kontaktliste():
    return word(
        "# Innledning", "Planen beskriver samarbeidet.",
        "# Innsatsområde 1: Tidlig samtale", "## Tiltak 1: Bekymringssamtale",
        "Politiet snakker med ungdom og foreldre.", "Ansvar: Politikontakten",
        "## Tiltak 2: Koordinerende team", "Teamet møtes annenhver uke.", "Ansvar: Oppvekstsjefen",
        "# Innsatsområde 2: Gode fritidstilbud", "## Tiltak 3: Utlånssentral",
        "Alle kan låne utstyr gratis.", "Ansvar: Frivilligsentralen",
        "# Årshjul for SLT-arbeidet",
        [
            ["Måned", "Aktivitet", "Ansvarlig"],
            ["Januar", "Rapport til kommunestyret", "SLT-koordinator"],
            ["Mars", "Møte i politirådet", "Ordfører"],
            ["Juni", "Russetreff og sommervakt", "Natteravnene"],
            ["September", "Foreldremøter på 8. trinn", "Skolene"],
        ],
        "# Kontaktliste",
        [
            ["Tjeneste", "Telefon", "E-post"],
            ["Barneverntjenesten", "22 11 00 99", "barnevern@elvedal.kommune.no"],
            ["Ungdomskontakten", "477 11 223", "ungdom@elvedal.kommune.no"],
            ["Legevakt", "116 117", ""],
        ],
    )  # fmt: skip


# 14: tracked changes, comments, footnotes -----------------------------------------------


def _sporet(avsnitt, slag, tekst):
    navn = "w:delText" if slag == "del" else "w:t"
    avsnitt._p.append(
        parse_xml(
            f'<w:{slag} {nsdecls("w")} w:id="9" w:author="A" w:date="2026-01-01T00:00:00Z">'
            f'<w:r><{navn} xml:space="preserve">{tekst}</{navn}></w:r></w:{slag}>'
        )
    )


def sporede_endringer():
    dokument = docx(
        "# Innledning", "Dette er et utkast.", "# Innsatsområde: Ungdomskriminalitet"
    )
    tittel = dokument.add_heading("Tiltak 1: ", 2)
    _sporet(tittel, "del", "Gatepatrulje")
    _sporet(tittel, "ins", "Oppsøkende team")
    dokument.add_paragraph("Teamet er ute fire kvelder i uka.")
    ansvar = dokument.add_paragraph("Ansvar: ")
    _sporet(ansvar, "del", "Vekterne")
    _sporet(ansvar, "ins", "Uteseksjonen")
    if hasattr(dokument, "add_comment"):
        dokument.add_comment(ansvar.runs, text="Er dette avklart?", author="A")
    dokument.add_heading("Tiltak 2: Samarbeid med kjøpesenteret (nytt)", 2)
    dokument.add_paragraph("Vektere og utearbeidere har faste møter.")
    ansvar = dokument.add_paragraph("Ansvar: Uteseksjonen og ")
    _sporet(ansvar, "ins", "senterledelsen")
    dokument.add_heading("Evaluering", 1)
    dokument.add_paragraph("Utkastet sendes på høring.")
    return som_bytes(dokument)


# 15: a column of areas with merged cells, several tiltak in a cell -------------------------


def flere_i_cellen():
    dokument = docx("# Tiltaksoversikt 2026", "Oversikten er vedtatt av politirådet.")
    tabell_i(
        dokument,
        [
            ["Innsatsområde", "Målgruppe", "Tiltak", "Ansvarlig"],
            ["Skole", "Elever 6–16 år", "1. Mobbeombud på alle skoler\n2. Elevmegling\n3. Skolevandring", "Skoleeier"],
            [None, "Foreldre", "4. Foreldreskole", "Helsesykepleier"],
            ["Fritid", "Ungdom 13–18 år", "5. Klubbkvelder\n6. Aktivitetsguide", "Kulturenheten"],
            [None, "Alle", "7. Åpen hall", "Idrettskontoret"],
        ],
    )  # fmt: skip
    return som_bytes(dokument)


# 18: one sheet, merged areas, a line over the columns -----------------------------------------


def ett_ark():
    bok = Workbook()
    ark = bok.active
    ark.title = "Handlingsplan"
    for rad in (
        ["Handlingsplan SLT 2026", None, None, None, None],
        ["Sist endret 12.01.2026", None, None, None, None],
        [None] * 5,
        [None, "Hva", None, "Hvem", None],
        ["Innsatsområde", "Tiltak", "Kort om tiltaket", "Hovedansvar", "Samarbeid med"],
        ["Fellesskap", "Fritidsfond", "Dekker kontingent.", "Kulturkontoret", "NAV; idrettslagene"],
        [None, "Leksehjelp", "To dager i uka.", "Biblioteket", "Røde Kors"],
        ["Kunnskap", "Ungdata junior", "Hvert tredje år.", "Folkehelserådgiver", "Skolene"],
        [None, "Fagdag om vold", "For alle som jobber med barn.", "SLT-koordinator", "Politiet; krisesenteret"],
    ):  # fmt: skip
        ark.append(rad)
    ark.merge_cells("A6:A7")
    ark.merge_cells("A8:A9")
    ark.merge_cells("A1:E1")
    ark.merge_cells("B4:C4")
    ark.merge_cells("D4:E4")
    return som_bytes(bok)


# 19: pasted, with lists under the same heading in each area -----------------------------------

LIMT_INN = """Plan for forebyggende arbeid i Storvik

Innledning
Denne planen gjelder fra 2025 til 2028. Den er laget av styringsgruppen.

1. Barn og familie
Mål
Alle barn har minst én trygg voksen.
Tiltak
- Styrket helsestasjon med to nye årsverk (ansvarlig: Helse og mestring)
- Gruppetilbud til barn som pårørende (ansvarlig: Familieteamet)

2. Unge voksne
Mål
Flere fullfører videregående.
Tiltak
- Jobbsøkerkurs hver måned (ansvarlig: NAV)
- Bolig først for unge mellom 18 og 24 år (ansvarlig: Boligkontoret)
- Mentorordning (ansvarlig: Frivilligsentralen)

Oppfølging
Planen følges opp i årsmeldingen.
"""


def limt_inn():
    return LIMT_INN


# 20: a table in landscape in the midst of a document in Word, tiltak with parts --------------


def blandet_word():
    """Headings of a program's own style names, labels in bold with a line break."""
    dokument = Document()
    for nr, navn in ((1, "Kapittel"), (2, "Tiltakstittel")):
        stil = dokument.styles.add_style(navn, 1)
        stil.font.size, stil.font.bold = Pt(20 - 4 * nr), True
    deler = (
        ("Kapittel", "Om planen"), ("", "Planen gjelder i fire år."),
        ("Kapittel", "Oppvekst og læring"),
        ("Tiltakstittel", "Trygge overganger"), ("", "Skoler og barnehager møtes i mai.\nHovedansvar: Oppvekstavdelingen\nBidragsytere: PPT, barnehagene\nFerdig innen: 2026"),
        ("Tiltakstittel", "Aktive skoler"), ("", "Skolegårdene er åpne.\nHovedansvar: Eiendom\nBidragsytere: Velforeningene\nFerdig innen: 2027"),
        ("Kapittel", "Rus og psykisk helse"),
        ("Tiltakstittel", "Rask psykisk helsehjelp for unge"), ("", "Uten henvisning.\nHovedansvar: Psykisk helse og rus\nBidragsytere: Fastlegene\nFerdig innen: Løpende"),
        ("Kapittel", "Vedlegg"), ("", "Se egne dokumenter."),
    )  # fmt: skip
    for stil, tekst in deler:
        avsnitt = dokument.add_paragraph(style=stil or None)
        for linje in tekst.split("\n"):
            etikett, kolon, verdi = linje.partition(":")
            if len(avsnitt.runs):
                avsnitt.add_run().add_break()
            avsnitt.add_run(etikett + kolon).bold = bool(kolon) or bool(stil)
            avsnitt.add_run(verdi)
    dokument.sections[0].orientation = WD_ORIENT.LANDSCAPE
    return som_bytes(dokument)
