"""Documents that the tests read: made here, from Lillestrøm's facts and from little else."""

from io import BytesIO

from docx import Document

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
