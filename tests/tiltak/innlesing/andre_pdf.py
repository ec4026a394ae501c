"""Plans of made-up kommuner as PDF files: see andre.py."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

# 3–4: landscape PDF tables, with rules and without, no tags -----------------------------

RADER = [
    ("1.1", "Styrke skolehelsetjenesten", "Flere stillinger ved de største skolene, og fast tid hver uke på de små.", "Skolehelsetjenesten", "2025"),
    ("1.2", "MOT i ungdomsskolen", "Programmet gjennomføres på alle trinn.", "Ungdomsskolene", "2025–2028"),
    ("1.3", "Fritidskort", "Familier med lav inntekt får dekket aktiviteter for barna sine.", "NAV", "2026"),
    ("1.4", "Sommerjobb for ungdom", "Tretti plasser i kommunale virksomheter.", "Personalavdelingen", "Hver sommer"),
    ("1.5", "Rådgivere på nett", "Ungdom kan chatte med en voksen etter skoletid.", "Ungdomstjenesten", "2027"),
]  # fmt: skip
RADER_2 = [
    ("2.1", "Trygghetsvandringer", "Politiet, velforeninger og elevråd går gjennom utsatte steder.", "Teknisk drift", "Vår og høst"),
    ("2.2", "Bekymringssamtaler", "Politiet samtaler med unge og foreldre etter første lovbrudd.", "Politikontakten", "Fast"),
    ("2.3", "Ungdomsstraff", "Kommunen sitter i koordineringsgruppen til konfliktrådet.", "Konfliktrådet", "Fast"),
    ("2.4", "Møteplass på kveldstid", "Biblioteket holder åpent til klokka 22 på fredager.", "Biblioteket", "2026"),
]  # fmt: skip
KOLONNER = ("Nr", "Tiltak", "Beskrivelse", "Ansvarlig", "Når")


def skrevet_ut(kropp, stil, *, tagger):
    from weasyprint import HTML  # slow to load

    html = (
        f"<html lang=nb><head><title>Plan</title><style>{stil}</style></head>"
        f"<body>{kropp}</body></html>"
    )
    return HTML(string=html).write_pdf(pdf_tags=tagger)


def _html_tabell(rader, kolonner=KOLONNER, klasse=""):
    hode = "".join(f"<th>{navn}</th>" for navn in kolonner)
    linjer = (
        "<tr>" + "".join(f"<td>{celle}</td>" for celle in rad) + "</tr>"
        for rad in rader
    )
    return (
        f"<table class='{klasse}'><thead><tr>{hode}</tr></thead>{''.join(linjer)}"
        "</table>"
    )


def _liggende(gjenta=1):
    return (
        "<h1>Tiltaksplan for trygg oppvekst</h1>"
        "<p>Planen gjelder alle tjenester som møter barn og unge. Den rulleres hvert år "
        "sammen med økonomiplanen, og politirådet følger den opp i møtene sine.</p>"
        "<h2>Område 1: Oppvekst</h2>"
        + _html_tabell(RADER * gjenta)
        + "<h2>Område 2: Lokalmiljø</h2>"
        + _html_tabell(RADER_2)
    )


_LIGGENDE = """@page { size: A4 landscape; margin: 20mm; @bottom-right { content: counter(page) } }
body { font: 10pt sans-serif } h1 { font-size: 20pt } h2 { font-size: 14pt }
table { width: 100%; border-collapse: collapse } td, th { text-align: left;
vertical-align: top; padding: 4pt 8pt }"""
_MED_STREKER = _LIGGENDE + " td, th { border: 0.7pt solid }"
_UTEN_STREKER = _LIGGENDE + " th { border-bottom: 1pt solid }"


def liggende_med_streker():
    return skrevet_ut(_liggende(), _MED_STREKER, tagger=False)


def liggende_uten_streker():
    return skrevet_ut(_liggende(), _UTEN_STREKER, tagger=False)


def seks_sider():
    """The head stands again on each page."""
    rader = [
        (str(nr), f"Tiltak for gruppe {nr}", "Det skal skje mye her. " * 14, f"Tjeneste {nr}", str(2024 + nr % 5))
        for nr in range(1, 31)
    ]  # fmt: skip
    kropp = "<h1>Handlingsplan 2024–2028</h1><h2>Innsatsområde A: Skole</h2>"
    return skrevet_ut(kropp + _html_tabell(rader), _MED_STREKER, tagger=False)


# 5: two columns -------------------------------------------------------------------------

_TO_SPALTER = """@page { size: A4; margin: 20mm; @top-center { content: "Nordbygda kommune" } }
body { font: 10pt serif } h1 { font-size: 22pt } h2 { font-size: 15pt } h3 { font-size: 12pt }
.to { columns: 2; column-gap: 12mm; text-align: justify }"""

_FYLL = (
    "Kommunen har de siste årene sett at flere unge trekker inn mot sentrum i helgene. "
    "Skolene melder om uro, og politiet har hatt flere oppdrag. Derfor er det viktig at "
    "voksne er synlige, at tjenestene kjenner hverandre og at tilbudene er åpne når de "
    "unge har fri. "
)


def to_spalter():
    kropp = f"""<h1>Strategi for trygge unge 2025–2029</h1><div class=to>
<h2>Bakgrunn</h2><p>{_FYLL * 3}</p><p>{_FYLL * 2}</p>
<h2>Ute blant unge</h2><p>{_FYLL}</p>
<h3>Feltarbeid i helgene</h3><p>{_FYLL}</p><p>Ansvar: Utekontakten<br>Målgruppe: Ungdom 13–20 år<br>Telefon: 22 33 44 55</p>
<h3>Gratis trening på fredager</h3><p>Hallene holdes åpne med voksne til stede.</p><p>Ansvar: Idrettsrådet<br>Målgruppe: Ungdomstrinnet</p>
<h2>Hjelp til familier</h2><p>{_FYLL}</p>
<h3>Familieråd</h3><p>{_FYLL}</p><p>Ansvar: Barneverntjenesten<br>Målgruppe: Familier med barn under 18 år</p>
<h3>Åpen dør på helsestasjonen</h3><p>{_FYLL}</p><p>Ansvar: Helsestasjonen<br>Målgruppe: Foreldre<br>E-post: helsestasjonen@nordbygda.kommune.no</p>
</div>"""
    return skrevet_ut(kropp, _TO_SPALTER, tagger=False)


# 16: as a browser prints it ----------------------------------------------------------------

NETTSIDE = """<html lang=nb><head><meta charset=utf-8><title>Plan</title><style>
body { font: 12px Arial } table { border-collapse: collapse; width: 100% }
td, th { border: 1px solid #999; padding: 4px; text-align: left; vertical-align: top }</style></head><body>
<h1>Temaplan forebygging 2025–2028</h1>
<h2>Hvorfor en plan</h2><p>Kommunen vil samle innsatsen. Planen sier hva vi skal gjøre, hvem som har ansvaret og når.</p>
<h2>Innsatsområde 1 – Nærmiljø</h2><p>Her bor folk.</p>
<h3>1.1 Nabolagsverter</h3><p>Verter er til stede på kveldstid.</p>
<table><tr><th>Ansvarlig</th><td>Boligkontoret</td></tr><tr><th>Målgruppe</th><td>Beboere fra 16 år</td></tr><tr><th>Når</th><td>2026</td></tr></table>
<h3>1.2 Grønne møteplasser</h3><p>Parker rustes opp sammen med ungdom.</p>
<table><tr><th>Ansvarlig</th><td>Park og vei</td></tr><tr><th>Målgruppe</th><td>Alle</td></tr><tr><th>Når</th><td>2027</td></tr></table>
<h2>Innsatsområde 2 – Skolemiljø</h2>
<h3>2.1 Helsesykepleier i alle friminutt</h3><p>En kjent voksen ute.</p>
<table><tr><th>Ansvarlig</th><td>Skolehelsetjenesten</td></tr><tr><th>Målgruppe</th><td>Elever på 1.–7. trinn</td></tr><tr><th>Når</th><td>Nå</td></tr></table>
<h2>Rullering</h2><p>Planen rulleres i 2028.</p></body></html>"""


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def fra_nettleser():
    """Printed by a browser, with its tags."""
    with TemporaryDirectory() as mappe:
        side, pdf = Path(mappe) / "side.html", Path(mappe) / "side.pdf"
        side.write_text(NETTSIDE)
        subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu",
             "--no-pdf-header-footer", f"--print-to-pdf={pdf}", str(side)],
            check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        return pdf.read_bytes()


# 17: headings in capitals, an untagged PDF ---------------------------------------------------

_VERSALER = """@page { size: A4; margin: 25mm } body { font: 11pt sans-serif }
h1 { font-size: 18pt } h2 { font-size: 11pt; text-transform: uppercase } b { font-weight: bold }
p, ul { margin: 6pt 0 }"""


def versaler():
    kropp = """<h1>HANDLINGSPLAN 2025–2028</h1>
<h2>1. Innledning</h2><p>Planen er felles for kommunen og politiet, og den gjelder fra nyttår.</p>
<h2>2. Innsatsområde: Rus og doping</h2><p>Vi vil forebygge bruk av alle rusmidler, og særlig blant de yngste.</p>
<p><b>Tiltak 2.1 Treningssentre uten doping</b></p><p>Sentrene får opplæring og slutter seg til programmet.</p>
<p>Ansvarlig: Folkehelsekoordinator<br>Målgruppe: Unge 15–25 år</p>
<p><b>Tiltak 2.2 Ruskontrakter</b></p><p>Unge tatt med små mengder får tilbud om oppfølging i stedet for bot.</p>
<p>Ansvarlig: Rustjenesten og politiet<br>Målgruppe: Unge under 18 år</p>
<h2>3. Innsatsområde: Vold i nære relasjoner</h2><p>Alle ansatte skal kjenne tegnene.</p>
<p><b>Tiltak 3.1 Opplæring i avverging</b></p><p>Kurs for alle som møter barn.</p>
<p>Ansvarlig: Barneverntjenesten<br>Målgruppe: Ansatte</p>
<h2>4. Kilder</h2><p>Ungdata 2024 og politiets tall.</p>"""
    return skrevet_ut(kropp, _VERSALER, tagger=False)
