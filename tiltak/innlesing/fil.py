"""A document that somebody sends, or a text that they paste, as blocks: read in a process
of its own that takes no more than it is given, and never kept as it came."""

import json
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from slt.felles.opplasting import FLESTE_DELER, ODELAGT
from slt.grunn.avgrenset import Budsjett, ForStort, ForTregt, Mislyktes, kjor

from .blokker import Blokk

# A plan with pictures; its text is far smaller.
STORSTE = 25_000_000
STORSTE_TEKST = 2_000_000
# Unpacked: what is text, and all of it.
STORSTE_XML = 40_000_000
STORSTE_UTPAKKET = 200_000_000
# The longest plan that is read, of 500 pages, takes half of it on a quiet machine.
BUDSJETT = Budsjett(sekunder=180, prosessor=120, megabyte=900, svar=20)
# The longest plans have a half of it; what is proposed of them is worked out at each look.
FLEST_BLOKKER = 10_000
_GAMMEL_WORD = b"\xd0\xcf\x11\xe0"

FEIL = {
    "passord": _(
        "Filen er beskyttet med passord. Fjern passordet, og last den opp på nytt."
    ),
    "skannet": _(
        "Filen er bilder av sider, uten tekst som kan leses. Bruk den opprinnelige filen, "
        "eller lim inn teksten."
    ),
    "tom": _("Det er ingen tekst i filen."),
    "sider": _("Filen har mer enn 500 sider. Del den opp."),
    "stor": _("Filen er for stor. Den kan være på 25 MB."),
    "lang": _("Teksten er for lang. Del den opp."),
    "utpakket": _("Filen er for stor når den pakkes ut."),
    "tung": _("Det tok for lang tid å lese filen. Del den opp, eller lim inn teksten."),
    "odelagt": _(
        "Filen er ødelagt, eller noe annet enn den gir seg ut for. Lagre den på nytt, "
        "og prøv igjen."
    ),
    "makro": _(
        "Filen har makroer. Lagre den som vanlig dokument (.docx), og prøv igjen."
    ),
    "gammel": _(
        "Filen er i et gammelt format (.doc eller .xls), eller beskyttet med passord. "
        "Lagre den som .docx eller .xlsx uten passord, og prøv igjen."
    ),
    "ukjent": _(
        "Filen må være et Word-dokument (.docx), en PDF eller et regneark (.xlsx)."
    ),
}


def les_fil(innhold: bytes) -> list[Blokk]:
    """The blocks of a document, by what it is, whatever it is called.

    Raises:
        ValidationError: it cannot be read; the message says why, and what to do.
    """
    return _les(filtype(innhold), innhold)


def les_tekst(tekst: str) -> list[Blokk]:
    """The blocks of a pasted text.

    Raises:
        ValidationError: it is empty or too long.
    """
    innhold = tekst.encode("utf-8", errors="replace")
    if len(innhold) > STORSTE_TEKST:
        raise _feil("lang")
    return _les("tekst", innhold)


def filtype(innhold: bytes) -> str:
    """ "docx", "pdf" or "xlsx", by the content.

    Raises:
        ValidationError: it is none of them, or none that is to be opened.
    """
    if len(innhold) > STORSTE:
        raise _feil("stor")
    if innhold[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if innhold.startswith(b"PK\x03\x04"):
        return _pakket(innhold)
    if innhold.startswith(_GAMMEL_WORD):
        kryptert = "EncryptedPackage".encode("utf-16-le") in innhold
        raise _feil("passord" if kryptert else "gammel")
    raise _feil("ukjent")


def _pakket(innhold):
    try:
        with ZipFile(BytesIO(innhold)) as arkiv:
            deler = arkiv.infolist()
            navn = {del_.filename for del_ in deler}
            _sjekk_storrelse(deler)
            if "[Content_Types].xml" not in navn:
                raise _feil("ukjent")
            typer = arkiv.read("[Content_Types].xml")
    except (*ODELAGT, BadZipFile, KeyError, NotImplementedError) as feil:
        if isinstance(feil, ValidationError):
            raise
        raise _feil("odelagt") from feil
    if b"macroEnabled" in typer or any(n.endswith("vbaProject.bin") for n in navn):
        raise _feil("makro")
    if "word/document.xml" in navn or b"wordprocessingml.document.main" in typer:
        return "docx"
    if "xl/workbook.xml" in navn:
        return "xlsx"
    raise _feil("ukjent")


def _sjekk_storrelse(deler):
    """By what the directory says; zipfile reads no further than that."""
    tekst = sum(d.file_size for d in deler if d.filename.endswith((".xml", ".rels")))
    alt = sum(d.file_size for d in deler)
    if len(deler) > FLESTE_DELER or tekst > STORSTE_XML or alt > STORSTE_UTPAKKET:
        raise _feil("utpakket")
    if any(d.flag_bits & 1 for d in deler):
        raise _feil("passord")
    if any(d.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for d in deler):
        # Packed in a way that no program packs a document.
        raise _feil("odelagt")


def _les(slag, innhold):
    try:
        svar = kjor(f"tiltak.innlesing.lesere.{slag}:blokker", innhold, BUDSJETT)
    except (ForTregt, ForStort) as feil:
        raise _feil("tung") from feil
    except Mislyktes as feil:
        raise _feil("odelagt") from feil
    data = [json.loads(linje) for linje in svar.splitlines()]
    if data and "uleselig" in data[-1]:
        raise _feil(data[-1]["uleselig"])
    blokker = [Blokk.fra_json(felt) for felt in data]
    if not any(blokk.tegn for blokk in blokker):
        raise _feil("tom")
    if len(blokker) > FLEST_BLOKKER:
        raise _feil("lang")
    return blokker


def _feil(kode):
    return ValidationError(FEIL[kode], code=kode)
