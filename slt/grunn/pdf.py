"""HTML in, PDF out, by WeasyPrint: PDF/A-2a that also names itself PDF/UA-1.

Run as a process of its own (`python -m slt.grunn.pdf FILE`) it reads an Oppdrag as JSON
from standard input and writes the document to FILE. It knows nothing of Django, and
needs no more than it is given: the finished HTML and the few files of the project that it
may open.
"""

import base64
import errno
import gc
import json
import os
import re
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

import pydyf

from slt.grunn.avgrenset import FOR_STORT, avgrens

# How the process ends when there is no document.
UTEN_PANGO, UTEN_PLASS = 3, 4

# Far above the largest plan: stop a document that would keep the processor for ever, or
# take the memory that the site itself lives of.
SEKUNDER_PROSESSOR = 300
MEGABYTE = 1500

PLASSFEIL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES}
PLASSFEIL |= {errno.ENOTDIR, errno.EPERM}

# Addresses below this one are files of the project; nothing is asked for over the net.
STATISK = "https://static.invalid/"

# Points: from the size that is wanted to the smallest that can still be read.
GRADER = (9.5, 9, 8.5, 8, 7.5, 7, 6.5)

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
        bilder: {name below STATISK: bytes in base64} of the pictures in it.
    """

    html: str
    stilark: str
    filer: dict[str, str] = field(default_factory=dict)
    en_side: bool = False
    bilder: dict[str, str] = field(default_factory=dict)

    def som_json(self):
        return json.dumps(asdict(self)).encode()


def tegn(oppdrag):
    """Returns the document as bytes; the same oppdrag gives the same bytes.

    Raises:
        PdfUtilgjengelig: when Pango is missing.
    """
    return skriv(ombrekk(oppdrag))


def skriv(dokument):
    """Returns what `ombrekk` gave as the bytes of a PDF."""
    # Otherwise the fonts in the document would carry the time when they were cut.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    return dokument.write_pdf(pdf_variant=VARIANT, finisher=_fullfor)


def ombrekk(oppdrag):
    """Returns WeasyPrint's Document: the pages, with everything in its place."""
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
            navn = urlsplit(url).path.lstrip("/")
            if navn in oppdrag.bilder:
                return URLFetcherResponse(url, base64.b64decode(oppdrag.bilder[navn]))
            return URLFetcherResponse(url, Path(oppdrag.filer[navn]).read_bytes())

    skrifter, henter = FontConfiguration(), BareEgneFiler()
    side = HTML(string=oppdrag.html, url_fetcher=henter)
    _rydd_tekstene(side.etree_element)
    stil = Path(oppdrag.stilark).read_text(encoding="utf-8")

    def med(tillegg):
        ark = CSS(
            string=f"{stil}\n{tillegg}",
            base_url=f"{STATISK}slt/pdf.css",
            url_fetcher=henter,
            font_config=skrifter,
        )
        return side.render(font_config=skrifter, stylesheets=[ark], pdf_variant=VARIANT)

    if oppdrag.en_side:
        for grad in GRADER:
            dokument = med(f"html {{ font-size: {grad}pt }}")
            if len(dokument.pages) == 1:
                return dokument
        return dokument.copy(dokument.pages[:1])
    return med("")


# Texts as people typed them -----------------------------------------------------------

# In a word, of an address of a page or of mail, and what looks like one: no harm in not
# hyphenating it.
_ADRESSE = re.compile(r"://|@|\w\.\w")

# One or more side by side, each with all that joins, colours or shapes it. No font of the
# site has them, and those that a server may have differ.
_EMOJI = re.compile(
    "(?:"
    "(?:[\U0001f000-\U0001faff]"
    "|[\u00a9\u00ae\u203c-\u3299](?=[\ufe0f\u200d])"
    "|[#*0-9](?=\ufe0f?\u20e3))"
    "(?:[\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]|\u200d[\u2190-\u3299\U0001f000-\U0001faff]?)*"
    ")+"
)
I_STEDET = "•"


def _rydd_tekstene(rot):
    """Puts a plain sign for emoji, and marks addresses so that they get no hyphen where a
    line ends in one: it would be read as part of them."""
    for element in rot.iter():
        element.text = _uten_emoji(element.text)
        element.tail = _uten_emoji(element.tail)
        for navn in set(element.attrib) - {"href"}:
            element.set(navn, _uten_emoji(element.get(navn)))
    # A copy, as there will be more of them.
    for element in list(rot.find("body").iter()):
        # Comments have no name, and drawings have names of their own kind.
        if isinstance(element.tag, str) and not element.tag.startswith("{"):
            _merk_adresser(element)


def _uten_emoji(tekst):
    return tekst and _EMOJI.sub(I_STEDET, tekst)


def _merk_adresser(element):
    for indeks, barn in reversed(list(enumerate(element, 1))):
        barn.tail, nye = _delt_ved_adresser(barn.tail)
        element[indeks:indeks] = nye
    element.text, nye = _delt_ved_adresser(element.text)
    element[:0] = nye


def _delt_ved_adresser(tekst):
    """Returns what stands before the first address, and an element for each address with
    what stands after it."""
    tekst = tekst or ""
    treff = [t for t in re.finditer(r"\S+", tekst) if _ADRESSE.search(t[0])]
    starter = [*(t.start() for t in treff), len(tekst)]
    nye = []
    for t, neste in zip(treff, starter[1:], strict=True):
        nye.append(_adresse(t[0]))
        nye[-1].tail = tekst[t.end() : neste]
    return tekst[: starter[0]], nye


def _adresse(ord_):
    """An element for an address. A line may end after a slash, and after the @ too."""
    element = Element("span", {"class": "adresse"})
    navn, krollalfa, vert = ord_.partition("@")
    element.text = navn + krollalfa
    if krollalfa:
        SubElement(element, "wbr").tail = vert
    return element


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
    _skill_fra_slutten(pdf)
    metadata = _objekt(pdf, pdf.catalog["Metadata"])
    metadata.stream = [metadata.stream[0].replace(b"</rdf:RDF>", _PDFUA)]
    metadata.compress = False  # archives read it without knowing PDF
    hoyder = dict(
        zip(pdf.page_references, (s.height for s in dokument.pages), strict=True)
    )
    i_teksten = set()
    for nummer, del_ in _struktur(pdf):
        i_teksten.add(nummer)
        if del_.get("S") == "/TR":
            _si_hva_overskriftene_gjelder(
                [_objekt(pdf, celle) for celle in del_["K"]],
                i_hodet=_objekt(pdf, del_["P"]).get("S") == "/THead",
            )
        elif del_.get("S") == "/Table":
            _glem_hva_som_gjelder_cellene(pdf, del_)
        elif del_.get("S") == "/LI":
            _samle_kroppen(pdf, del_)
        elif del_.get("S") == "/Figure":
            _regn_om(del_["A"]["BBox"], hoyder[del_["Pg"]])
    _merk_topp_og_bunn(pdf, i_teksten)
    for side, referanse in zip(dokument.pages, pdf.page_references, strict=True):
        for lenketype, _sted, _flate, boks in side.links:
            if boks.link_annotation is None:
                continue
            if boks.element_tag.split(":")[0] != "a":
                _fjern_lenke(pdf, _objekt(pdf, referanse), boks.link_annotation)
            elif lenketype == "internal":
                # Not the name of the place that it leads to, but what it says.
                tekst = " ".join("".join(boks.element.itertext()).split())
                boks.link_annotation["Contents"] = pydyf.String(tekst)


_SLUTT = b"\nendstream\nendobj"


def _skill_fra_slutten(pdf):
    """Makes no stream look shorter than it says that it is.

    The last byte of a compressed stream is any, so one in 256 is a carriage return. With
    the line feed that pydyf writes before "endstream" it reads as one end of line, and
    the stream as a byte too short. A whole end of line keeps them apart. It is done as
    the objects are written, for two streams are only made then.
    """
    skriv_linje = pdf.write_line

    def write_line(innhold, ut):
        if innhold.endswith(b"\r" + _SLUTT):
            innhold = innhold.removesuffix(_SLUTT) + b"\r" + _SLUTT
        skriv_linje(innhold, ut)

    pdf.write_line = write_line


def _fjern_lenke(pdf, side, annotasjon):
    """Takes out the second link that WeasyPrint lays over bold words in a link."""
    merker = _parenttre(pdf)
    indeks = merker.index(annotasjon["StructParent"], 2 * len(pdf.page_references))
    element = _objekt(pdf, merker[indeks + 1])
    element["K"][:] = [
        barn
        for barn in element["K"]
        if not isinstance(barn, bytes)
        or _objekt(pdf, barn).get("Obj") != annotasjon.reference
    ]
    del merker[indeks : indeks + 2]
    side["Annots"].remove(annotasjon.reference)


def _parenttre(pdf):
    """Returns [number, what it leads to, ...]: the marks of each page, then the links."""
    rot = _objekt(pdf, pdf.catalog["StructTreeRoot"])
    return _objekt(pdf, rot["ParentTree"])["Nums"]


def _objekt(pdf, referanse):
    return pdf.objects[_nummer(referanse)]


def _nummer(referanse):
    return int(bytes(referanse).split()[0])


def _struktur(pdf, rot=None):
    """Yields (number, element) of all that has a place in the structure, or below `rot`."""
    igjen = [rot or pdf.catalog["StructTreeRoot"]]
    while igjen:
        nummer = _nummer(igjen.pop())
        yield nummer, pdf.objects[nummer]
        barn = pdf.objects[nummer].get("K", [])
        igjen += [b for b in barn if isinstance(b, bytes)]


def _merk_topp_og_bunn(pdf, i_teksten):
    """Marks page numbers and what else repeats on each page as no part of the text.
    WeasyPrint marks it as text, but gives it no place in the structure."""
    parenttre = _parenttre(pdf)
    for sidetall, side in enumerate(pdf.page_references):
        merker = parenttre[2 * sidetall + 1]
        utenfor = {
            mcid
            for mcid, element in enumerate(merker)
            if _nummer(element) not in i_teksten
        }
        innhold = _objekt(pdf, _objekt(pdf, side)["Contents"]).stream
        for indeks, ledd in enumerate(innhold):
            if isinstance(ledd, pydyf.Dictionary) and ledd.get("MCID") in utenfor:
                innhold[indeks - 1] = "/Artifact"
                innhold[indeks] = pydyf.Dictionary({"Type": "/Pagination"})
        for mcid in utenfor:
            merker[mcid] = "null"


def _si_hva_overskriftene_gjelder(celler, *, i_hodet):
    """Gives the header cells of a row their Scope: in the head of a table, and in a row
    of nothing else, they head columns."""
    overskrifter = [celle for celle in celler if celle["S"] == "/TH"]
    over = i_hodet or len(overskrifter) == len(celler)
    for celle in overskrifter:
        celle["A"]["Scope"] = "/Column" if over else "/Row"


def _glem_hva_som_gjelder_cellene(pdf, tabell):
    """Takes out WeasyPrint's list of what heads each cell where a cell spans others. It
    is wrong there, and would go before the Scope."""
    celler = [
        del_
        for _nr, del_ in _struktur(pdf, tabell.reference)
        if del_.get("S") in {"/TH", "/TD"}
    ]
    if any({"ColSpan", "RowSpan"} & set(celle["A"]) for celle in celler):
        for celle in celler:
            celle["A"].pop("Headers", None)


def _samle_kroppen(pdf, punkt):
    """Puts the paragraphs of a list item in its body, which may stand by the label alone.
    WeasyPrint makes a body of loose words only, and editors write paragraphs."""
    etikett = [barn for barn in punkt["K"] if _objekt(pdf, barn)["S"] == "/Lbl"]
    resten = [barn for barn in punkt["K"] if barn not in etikett]
    deler = [_objekt(pdf, barn) for barn in resten]
    if all(del_["S"] == "/LBody" for del_ in deler):
        return
    kropp = pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": "/LBody",
            "K": pydyf.Array(resten),
            "Pg": punkt["Pg"],
            "P": punkt.reference,
        }
    )
    pdf.add_object(kropp)
    for del_ in deler:
        del_["P"] = kropp.reference
        if del_["S"] == "/LBody":
            del_["S"] = "/NonStruct"
    punkt["K"][:] = [*etikett, kropp.reference]


def _regn_om(ramme, sidehoyde):
    """Changes WeasyPrint's pixels, counted from the top, into points from the bottom."""
    x1, y1, x2, y2 = (0.75 * tall for tall in ramme)
    ramme[:] = [x1, 0.75 * sidehoyde - y2, x2, 0.75 * sidehoyde - y1]


# As a process -------------------------------------------------------------------------


def main(ferdig):
    """Draws what comes on standard input into a file. Returns the exit status."""
    os.nice(10)  # people who wait for a page come first
    if hasattr(os, "SCHED_IDLE"):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    avgrens(SEKUNDER_PROSESSOR, MEGABYTE)
    os.umask(0o077)  # drafts, too
    oppdrag = Oppdrag(**json.load(sys.stdin.buffer))
    gc.disable()  # it lives for one document; a tenth faster
    try:
        # Beside the file, so that the document can be moved in place in one step.
        with TemporaryDirectory(prefix="arbeid-", dir=Path(ferdig).parent) as arbeid:
            tempfile.tempdir = arbeid
            _lagre(tegn(oppdrag), Path(arbeid, "ferdig.pdf"))
            Path(arbeid, "ferdig.pdf").replace(ferdig)
    except PdfUtilgjengelig:
        return UTEN_PANGO
    except MemoryError:
        return FOR_STORT
    except OSError as feil:
        if feil.errno == errno.ENOMEM:
            return FOR_STORT
        if feil.errno in PLASSFEIL:
            return UTEN_PLASS
        raise
    return 0


def _lagre(dokument, fil):
    """Writes the document and waits until it is on the disk: should the power go, no half
    document stays."""
    with fil.open("wb") as ut:
        ut.write(dokument)
        ut.flush()
        os.fsync(ut.fileno())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
