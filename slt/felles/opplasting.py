"""Files that people send: read in memory and dropped, never stored."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.utils.translation import gettext as _

STORSTE = 5_000_000
# Unpacked: a table of 100,000 rows is far smaller.
STORSTE_UTPAKKET = 100_000_000


class IMinnet(MemoryFileUploadHandler):
    """Keeps a file in memory, up to a size; nothing is ever written to the disk."""

    def handle_raw_input(self, input_data, META, content_length, *args, **kwargs):  # noqa: N803
        if content_length > STORSTE:
            raise RequestDataTooBig(f"more than {STORSTE} bytes")
        self.activated = True

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) > STORSTE:
            raise RequestDataTooBig(f"more than {STORSTE} bytes")
        return super().receive_data_chunk(raw_data, start)


def slag(fil):
    """Returns what a file is by its content, "csv" or "xlsx", whatever it is called.

    Raises:
        ValidationError: when it is neither, or would unpack to more than memory holds.
    """
    innhold = fil.read()
    fil.seek(0)
    if innhold.startswith(b"PK\x03\x04"):
        _sjekk_regneark(innhold)
        return "xlsx"
    try:
        tekst = innhold.decode("utf-8-sig")
    except UnicodeDecodeError:
        tekst = innhold.decode("cp1252", errors="replace")
    if not innhold or "\x00" in tekst or "\ufffd" in tekst:
        raise ValidationError(_("Filen er verken et regneark (XLSX) eller en CSV-fil."))
    return "csv"


def _sjekk_regneark(innhold):
    try:
        with ZipFile(BytesIO(innhold)) as arkiv:
            navn = set(arkiv.namelist())
            utpakket = sum(del_.file_size for del_ in arkiv.infolist())
    except (BadZipFile, NotImplementedError, ValueError, OverflowError) as feil:
        # What zipfile makes of names, versions and sizes that cannot be.
        raise ValidationError(_("Regnearket er ødelagt.")) from feil
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= navn:
        raise ValidationError(_("Filen er ikke et regneark (XLSX)."))
    if utpakket > STORSTE_UTPAKKET:
        raise ValidationError(_("Regnearket er for stort."))
