"""Files that people send: read in memory and dropped, never stored as they came."""

import re
import zlib
from copy import copy
from functools import wraps
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

STORSTE = 5_000_000
# Unpacked: a table of 20,000 rows is far smaller, and a larger one takes long to read.
STORSTE_UTPAKKET = 20_000_000
# A spreadsheet has a part for each sheet, drawing and table.
FLESTE_DELER = 1000
BIT = 100_000
# zipfile raises these for names, versions and sizes that cannot be, for a password, and
# for data that end or cannot be unpacked.
ODELAGT = (
    BadZipFile,
    ValueError,
    OverflowError,
    RuntimeError,
    EOFError,
    OSError,
    zlib.error,
)


class IMinnet(MemoryFileUploadHandler):
    """Keeps a file in memory, up to a size; nothing is ever written to the disk."""

    def __init__(self, request=None, *, storste=STORSTE):
        super().__init__(request)
        self.storste = storste

    def handle_raw_input(self, input_data, META, content_length, *args, **kwargs):  # noqa: N803
        self._sjekk(content_length)
        self.activated = True

    def receive_data_chunk(self, raw_data, start):
        self._sjekk(start + len(raw_data))
        return super().receive_data_chunk(raw_data, start)

    def _sjekk(self, antall):
        if antall > self.storste:
            raise RequestDataTooBig(f"more than {self.storste} bytes")


def tar_imot(storste):
    """Decorator of a view that takes larger files than others do, up to so many bytes.

    What is sent is read when the token of the form is asked for: so that is done after the
    limit is known.
    """

    def pynt(view):
        beskyttet = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def tar_imot_view(request, *args, **kwargs):
            request.upload_handlers = [IMinnet(request, storste=storste)]
            return beskyttet(request, *args, **kwargs)

        return tar_imot_view

    return pynt


def filtype(fil):
    """Returns what a file is by its content, "csv" or "xlsx", whatever it is called.

    Raises:
        ValidationError: when it is neither, or would unpack to more than memory holds.
    """
    innhold = fil.read()
    fil.seek(0)
    if innhold.startswith(b"PK\x03\x04"):
        _sjekk_regneark(innhold)
        return "xlsx"
    if innhold.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError(
            _(
                "Filen er i Excels gamle format (XLS). Åpne den, velg «Lagre som», og "
                "lagre den som XLSX."
            )
        )
    tekst = tekst_i(innhold)
    if not innhold or "\ufffd" in tekst or re.search("[\x00-\x08\x0e-\x1f]", tekst):
        raise ValidationError(_("Filen er verken et regneark (XLSX) eller en CSV-fil."))
    return "csv"


def tekst_i(innhold: bytes) -> str:
    """A text file as what it is likely written in: UTF-8, UTF-16, or as Windows does. What
    cannot be read stands as U+FFFD."""
    if innhold.startswith((b"\xff\xfe", b"\xfe\xff")):
        return innhold.decode("utf-16", errors="replace")
    # Of two bytes, the letters of ours have a zero in one.
    if innhold[1:2] == b"\x00":
        return innhold.decode("utf-16-le", errors="replace")
    try:
        return innhold.decode("utf-8-sig")
    except UnicodeDecodeError:
        return innhold.decode("cp1252", errors="replace")


def _sjekk_regneark(innhold):
    try:
        with ZipFile(BytesIO(innhold)) as arkiv:
            _sjekk_deler(arkiv)
    except ODELAGT as feil:
        raise ValidationError(_("Regnearket er ødelagt.")) from feil


def _sjekk_deler(arkiv):
    deler = arkiv.infolist()
    if "content.xml" in arkiv.namelist():
        raise ValidationError(
            _(
                "Filen er lagret som OpenDocument (ODS). Åpne den, velg «Lagre som», og "
                "lagre den som XLSX."
            )
        )
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= set(arkiv.namelist()):
        raise ValidationError(_("Filen er ikke et regneark (XLSX)."))
    oppgitt = sum(del_.file_size for del_ in deler)
    if len(deler) > FLESTE_DELER or oppgitt > STORSTE_UTPAKKET:
        raise ValidationError(_("Regnearket er for stort."))
    for del_ in deler:
        if del_.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise BadZipFile("packed in a way that no spreadsheet is")
        if not _er_sa_stor(arkiv, del_):
            raise BadZipFile("another size than it says")


def _er_sa_stor(arkiv, del_):
    """Whether a part unpacks to the size that the directory gives, and no further.

    zipfile itself stops reading there; whatever else reads the file may not.
    """
    ett_til = copy(del_)
    ett_til.file_size += 1
    lest = 0
    with arkiv.open(ett_til) as strom:
        while bit := strom.read(BIT):
            lest += len(bit)
    return lest == del_.file_size
