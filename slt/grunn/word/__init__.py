"""HTML in, Word document out (.docx), by python-docx: the same finished HTML that documents
are drawn from as PDF (slt.grunn.pdf), in styles that whoever goes on with the document
finds in their own program.

It knows nothing of Django, and runs in a process of its own: see slt.grunn.avgrenset.
"""

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from io import BytesIO

import lxml.html
from docx import Document

from slt.grunn.word.innhold import Innhold
from slt.grunn.word.oppsett import sett_opp

# What no XML may hold, and so no document.
_UTENFOR = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|&#(?:x0*[0-8bcef]|x0*1[0-9a-f]|"
    "0*[0-8]|0*1[124-9]|0*2\\d|0*3[01]);",
    re.IGNORECASE,
)


def skriv(innhold: bytes) -> Iterator[bytes]:
    """The document, in one piece.

    Args:
        innhold: JSON with `html`, a whole page, and `bilder`: {the end of the address of a
            picture in it: its bytes in base64}. Nothing else is opened or fetched.
    """
    oppdrag = json.loads(innhold)
    side = lxml.html.document_fromstring(_UTENFOR.sub("", oppdrag["html"]))
    dokument = Document()
    sett_opp(dokument, side)
    bilder = {navn: b64decode(bilde) for navn, bilde in oppdrag["bilder"].items()}
    Innhold(dokument, side, bilder).skriv()
    ut = BytesIO()
    dokument.save(ut)
    yield ut.getvalue()
