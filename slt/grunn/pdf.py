"""HTML in, PDF out, by WeasyPrint: PDF/A-2a that also names itself PDF/UA-1.

Run as a process of its own (`python -m slt.grunn.pdf FILE`) it reads an Oppdrag as JSON
and writes the document to FILE. It knows nothing of Django, and needs no more than it is
given: the finished HTML and the few files of the project that it may open.
"""

import errno
import gc
import json
import os
import resource
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pydyf

# How the process ends when there is no document.
UTEN_PANGO, UTEN_PLASS = 3, 4

# Far above the largest plan: stops a document that would keep the processor for ever.
SEKUNDER_PROSESSOR = 300

PLASSFEIL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES}

# Addresses below this one are files of the project; nothing is asked for over the net.
STATISK = "https://static.invalid/"

# From the one that is wanted to the smallest that can still be read.
GRADER = (100, 94, 88, 82, 76, 70)

VARIANT = "pdf/a-2a"


class PdfFeil(RuntimeError):  # noqa: N818
    """There will be no document now."""


class PdfUtilgjengelig(PdfFeil):
    """The libraries that WeasyPrint draws text with are not on this machine."""


@dataclass(frozen=True)
class Oppdrag:
    """What it takes to draw a document.

    Attributes:
        html: a whole page. Only addresses below STATISK are fetched from it.
        stilark: the path of the style sheet.
        filer: {name below STATISK: path} of what the style sheet may use.
        en_side: the text is made smaller until it all stands on one page.
    """

    html: str
    stilark: str
    filer: dict[str, str] = field(default_factory=dict)
    en_side: bool = False

    def som_json(self):
        return json.dumps(asdict(self)).encode()


def tegn(oppdrag):
    """Returns the document as bytes; the same oppdrag gives the same bytes.

    Raises:
        PdfUtilgjengelig: when Pango is missing.
    """
    try:
        # Slow, and impossible without Pango: the rest of the site works without.
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except OSError as feil:
        raise PdfUtilgjengelig(
            "PDF trenger Pango: installer libpangoft2-1.0-0 og libharfbuzz-subset0."
        ) from feil

    class BareEgneFiler(URLFetcher):
        """What people typed must not make the server fetch or read anything."""

        def fetch(self, url, headers=None):
            if not url.startswith(STATISK):
                raise ValueError(f"not fetched: {url}")
            fil = oppdrag.filer[urlsplit(url).path.lstrip("/")]
            return URLFetcherResponse(url, Path(fil).read_bytes())

    skrifter, henter = FontConfiguration(), BareEgneFiler()
    side = HTML(string=oppdrag.html, url_fetcher=henter)
    stil = Path(oppdrag.stilark).read_text(encoding="utf-8")
    for grad in GRADER if oppdrag.en_side else GRADER[:1]:
        ark = CSS(
            string=f"{stil}\nhtml {{ font-size: {grad * 0.095:.2f}pt }}",
            base_url=f"{STATISK}slt/pdf.css",
            url_fetcher=henter,
            font_config=skrifter,
        )
        dokument = side.render(
            font_config=skrifter, stylesheets=[ark], pdf_variant=VARIANT
        )
        if len(dokument.pages) == 1:
            break
    if oppdrag.en_side:
        dokument = dokument.copy(dokument.pages[:1])
    return dokument.write_pdf(pdf_variant=VARIANT, finisher=_fullfor)


# What WeasyPrint leaves out -----------------------------------------------------------

# Two identifiers in one file are not an option of WeasyPrint. PDF/A wants to be told
# what the second one is.
_PDFUA = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


def _fullfor(dokument, pdf):
    """Adds what both standards want and WeasyPrint 70 does not write."""

    def objekt(referanse):
        return pdf.objects[int(bytes(referanse).split()[0])]

    metadata = objekt(pdf.catalog["Metadata"])
    metadata.stream = [metadata.stream[0].replace(b"</rdf:RDF>", _PDFUA)]
    metadata.compress = False  # archives read it without knowing PDF
    hoyder = dict(
        zip(pdf.page_references, (s.height for s in dokument.pages), strict=True)
    )
    for del_ in pdf.objects:
        merke = del_.get("S") if isinstance(del_, dict) else None
        if merke == "/TR":
            _si_hva_overskriftene_gjelder([objekt(celle) for celle in del_["K"]])
        elif merke == "/Figure":
            _regn_om(del_["A"]["BBox"], hoyder[del_["Pg"]])
    for side in dokument.pages:
        for slag, _mal, _flate, boks in side.links:
            if slag == "internal" and boks.link_annotation:
                # Not the name of the place that it leads to, but what it says.
                tekst = " ".join("".join(boks.element.itertext()).split())
                boks.link_annotation["Contents"] = pydyf.String(tekst)


def _si_hva_overskriftene_gjelder(celler):
    """Gives the header cells of a row their Scope: a row of nothing else heads columns."""
    overskrifter = [celle for celle in celler if celle["S"] == "/TH"]
    gjelder = "/Column" if len(overskrifter) == len(celler) else "/Row"
    for celle in overskrifter:
        celle["A"]["Scope"] = gjelder


def _regn_om(ramme, sidehoyde):
    """From WeasyPrint's pixels, counted from the top, to points from the bottom."""
    x1, y1, x2, y2 = (0.75 * tall for tall in ramme)
    ramme[:] = [x1, 0.75 * sidehoyde - y2, x2, 0.75 * sidehoyde - y1]


# As a process -------------------------------------------------------------------------


def main(arbeidsfil, ferdig):
    """Draws what comes on standard input. Returns the exit status."""
    os.nice(10)  # people who wait for a page come first
    resource.setrlimit(resource.RLIMIT_CPU, (SEKUNDER_PROSESSOR,) * 2)
    with suppress(OSError):  # should memory run short, this process is the one to go
        Path("/proc/self/oom_score_adj").write_text("1000")
    oppdrag = Oppdrag(**json.load(sys.stdin.buffer))
    gc.disable()  # it lives for one document; a tenth faster
    try:
        _lagre(tegn(oppdrag), Path(arbeidsfil), Path(ferdig))
    except PdfUtilgjengelig:
        return UTEN_PANGO
    except OSError as feil:
        if feil.errno in PLASSFEIL:
            return UTEN_PLASS
        raise
    return 0


def _lagre(dokument, arbeidsfil, ferdig):
    """The file is there whole or not at all."""
    with arbeidsfil.open("wb") as fil:
        fil.write(dokument)
        fil.flush()
        os.fsync(fil.fileno())
    arbeidsfil.replace(ferdig)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
