"""Documents that the tests read: made here, from Lillestrøm's facts and from little else."""

from html import escape
from io import BytesIO

from docx import Document
from openpyxl import Workbook

from tests.tiltak.innlesing.fakta import plan

TITTEL = "Handlingsplan for rus- og kriminalitetsforebyggende arbeid 2024–2028"


def som_bytes(dokument):
    ut = BytesIO()
    dokument.save(ut)
    return ut.getvalue()


def etiketter(fakta):
    """The labelled lines of a tiltak, as plans have them."""
    yield from (("Målgruppe", _malgruppe(*gruppe)) for gruppe in fakta.malgrupper)
    if fakta.ansvar:
        yield "Ansvar", ", ".join(fakta.ansvar)
    yield from (("Telefon", verdi) for verdi in fakta.telefon)
    yield from (("Kontakt", verdi) for verdi in fakta.epost)
    yield from (("Nett", verdi) for verdi in fakta.nett)


def _malgruppe(tekst, fra, til):
    if fra is None and til is None:
        return tekst
    alder = (
        f"opp til {til} år"
        if fra is None
        else f"fra {fra} år"
        if til is None
        else f"{fra}–{til} år"
    )
    return f"{tekst}, {alder}".strip(", ")


def nytt(fakta):
    return " (nytt tiltak)" if fakta.nytt else ""


def med_overskrifter():
    """Lillestrøm's plan as headings and labelled lines."""
    dokument = _begynt()
    omrade = ""
    for fakta in plan()[1]:
        if fakta.omrade != omrade:
            omrade = fakta.omrade
            dokument.add_heading(omrade, 1)
        dokument.add_heading(f"Tiltak {fakta.nummer}: {fakta.tittel}{nytt(fakta)}", 2)
        for avsnitt in fakta.tekst:
            dokument.add_paragraph(avsnitt)
        for del_ in fakta.deltiltak:
            dokument.add_paragraph(del_, style="List Bullet")
        for etikett, verdi in etiketter(fakta):
            dokument.add_paragraph(f"{etikett}: {verdi}")
    return som_bytes(dokument)


KOLONNER = ("Nr.", "Tiltak", "Beskrivelse", "Målgruppe", "Ansvarlig", "Kontakt")


def med_tabeller():
    """The same as a table an area."""
    dokument = _begynt()
    tabell = omrade = None
    for fakta in plan()[1]:
        if fakta.omrade != omrade:
            omrade = fakta.omrade
            dokument.add_heading(omrade, 1)
            tabell = dokument.add_table(1, len(KOLONNER))
            for celle, navn in zip(tabell.rows[0].cells, KOLONNER, strict=True):
                celle.text = navn
        for celle, tekst in zip(tabell.add_row().cells, rad(fakta), strict=True):
            celle.text = tekst
    return som_bytes(dokument)


def rad(fakta):
    samlet: dict[str, list] = {}
    for etikett, verdi in etiketter(fakta):
        samlet.setdefault(etikett, []).append(verdi)
    kontakt = [v for e in ("Telefon", "Kontakt", "Nett") for v in samlet.get(e, [])]
    return (
        str(fakta.nummer),
        fakta.tittel + nytt(fakta),
        "\n".join(fakta.tekst),
        "\n".join(samlet.get("Målgruppe", [])),
        "\n".join(samlet.get("Ansvar", [])),
        "\n".join(kontakt),
    )


def _begynt():
    dokument = Document()
    dokument.add_heading(TITTEL, 0)
    for tittel, avsnitt in plan()[0]:
        dokument.add_heading(tittel, 1)
        for tekst in avsnitt:
            dokument.add_paragraph(tekst)
    return dokument


# PDF files ----------------------------------------------------------------------------

STIL = """
@page { size: A4; margin: 25mm 20mm;
  @top-left { content: "Handlingsplan 2024–2028"; font-size: 8pt }
  @bottom-right { content: counter(page) " av " counter(pages); font-size: 8pt } }
body { font: 11pt sans-serif; text-align: justify }
h1 { font-size: 24pt } h2 { font-size: 17pt; break-before: page } h3 { font-size: 13pt }
table { border-collapse: collapse; width: 100% }
td, th { border: 0.5pt solid; padding: 2pt; vertical-align: top; text-align: left; font-size: 9pt }
.to { columns: 2; column-gap: 10mm }
"""


def som_pdf(kropp: str, *, tagger: bool) -> bytes:
    # Slow to load, and needed by few tests.
    from weasyprint import HTML

    html = f"<html lang=nb><head><title>Plan</title><style>{STIL}</style></head><body>{kropp}</body></html>"
    return HTML(string=html).write_pdf(pdf_tags=tagger)


def plan_html() -> str:
    """Lillestrøm's plan as headings and labelled lines."""
    ut = [f"<h1>{escape(TITTEL)}</h1>"]
    for tittel, avsnitt in plan()[0]:
        ut.append(f"<h2>{escape(tittel)}</h2>")
        ut += [f"<p>{escape(tekst)}</p>" for tekst in avsnitt]
    omrade = ""
    for fakta in plan()[1]:
        if fakta.omrade != omrade:
            omrade = fakta.omrade
            ut.append(f"<h2>{escape(omrade)}</h2>")
        ut.append(
            f"<h3>Tiltak {fakta.nummer}: {escape(fakta.tittel)}{nytt(fakta)}</h3>"
        )
        ut += [f"<p>{escape(tekst)}</p>" for tekst in fakta.tekst]
        linjer = (f"{etikett}: {escape(verdi)}" for etikett, verdi in etiketter(fakta))
        ut.append(f"<p>{'<br>'.join(linjer)}</p>")
    return "\n".join(ut)


def tabell_html() -> str:
    """The same as a table an area."""
    ut = [f"<h1>{escape(TITTEL)}</h1>"]
    omrade = ""
    hode = "".join(f"<th>{navn}</th>" for navn in KOLONNER)
    for fakta in plan()[1]:
        if fakta.omrade != omrade:
            ut += ["</table>"] * bool(omrade)
            omrade = fakta.omrade
            ut.append(f"<h2>{escape(omrade)}</h2><table><thead><tr>{hode}</tr></thead>")
        celler = (escape(tekst).replace("\n", "<br>") for tekst in rad(fakta))
        ut.append("<tr>" + "".join(f"<td>{celle}</td>" for celle in celler) + "</tr>")
    return "\n".join([*ut, "</table>"])


def som_regneark() -> bytes:
    """The same as a sheet, with the area in a column of its own."""
    bok = Workbook()
    ark = bok.active
    ark.title = "Tiltak"
    ark.append(["Handlingsplan 2024–2028"])
    ark.append([])
    ark.append(["Innsatsområde", *KOLONNER])
    for fakta in plan()[1]:
        ark.append([fakta.omrade, *rad(fakta)])
    return som_bytes(bok)
