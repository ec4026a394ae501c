"""Writes one kommune's data to a file."""

import json
import os
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import connection, transaction
from django.utils import timezone

from slt.felles.uttrekk.fil import (
    FORMAT,
    MANIFEST,
    UttrekkFeil,
    filnavn,
    migrasjoner,
    som_linje,
    tabellene,
)
from slt.felles.uttrekk.hva import brukerne, bytefelter, rader_i_filen, utelatt
from slt.models import Bruker, Kommune

# Of rows with files, so few are held at once.
FILER_OM_GANGEN = 10


def skriv(kommune: Kommune, sti: Path) -> dict:
    """Writes all that is the kommune's, as it is at one moment; returns the manifest.

    The file is there when all of it is, and only its owner can read it.

    Raises:
        UttrekkFeil: the file is there already, or its folder is not.
    """
    if sti.exists():
        raise UttrekkFeil(f"{sti} finnes fra før.")
    try:
        # Beside it, under another name: a file that is half written is not taken for one.
        with NamedTemporaryFile(dir=sti.parent, delete=False) as halvferdig:
            try:
                with ZipFile(halvferdig, "w", ZIP_DEFLATED) as arkiv, _ett_oyeblikk():
                    manifest = _skriv_alt(kommune, arkiv)
                halvferdig.flush()
                os.fsync(halvferdig.fileno())
                os.replace(halvferdig.name, sti)
            except BaseException:
                os.unlink(halvferdig.name)
                raise
    except OSError as feil:
        raise UttrekkFeil(f"{sti} kan ikke skrives: {feil.strerror}.") from feil
    return manifest


@contextmanager
def _ett_oyeblikk():
    """Shows the rows as they are when it begins, whoever writes meanwhile."""
    ytterst = not connection.in_atomic_block
    with transaction.atomic():
        # PostgreSQL would show each query what was saved just before it.
        if ytterst and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _skriv_alt(kommune, arkiv):
    medlemmer = {}
    for navn, modell in tabellene().items():
        if modell is Bruker:
            brukere = brukerne(kommune, rader_i_filen)
            medlemmer[navn] = _skriv_rader(arkiv, navn, brukere, {})
            continue
        sjekksummer = _skriv_filer(kommune, modell, arkiv, medlemmer)
        egne = rader_i_filen(modell, kommune).defer(*bytefelter(modell))
        medlemmer[navn] = _skriv_rader(arkiv, navn, egne.iterator(), sjekksummer)
    manifest = {
        "format": FORMAT,
        "laget": timezone.now().isoformat(),
        "kommune": {"nummer": kommune.nummer, "navn": kommune.navn},
        "migrasjoner": migrasjoner(),
        "medlemmer": medlemmer,
        "utelatt": list(utelatt(kommune)),
    }
    arkiv.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return manifest


def _skriv_filer(kommune, modell, arkiv, medlemmer):
    """Writes the files that rows of the model hold, each once; returns
    {id: {name of the field: checksum}}."""
    sjekksummer = {}
    for felt in bytefelter(modell):
        med_filer = rader_i_filen(modell, kommune).values_list("pk", felt)
        for pk, innhold in med_filer.iterator(chunk_size=FILER_OM_GANGEN):
            sjekksum = sha256(innhold).hexdigest()
            sjekksummer.setdefault(pk, {})[felt] = sjekksum
            if filnavn(sjekksum) not in medlemmer:
                arkiv.writestr(filnavn(sjekksum), bytes(innhold))
                medlemmer[filnavn(sjekksum)] = {"rader": 0, "sha256": sjekksum}
    return sjekksummer


def _skriv_rader(arkiv, navn, rader_, sjekksummer):
    avtrykk, antall = sha256(), 0
    with arkiv.open(navn, "w", force_zip64=True) as medlem:
        for rad in rader_:
            linje = som_linje(rad, sjekksummer.get(rad.pk, {})).encode()
            avtrykk.update(linje)
            medlem.write(linje)
            antall += 1
    return {"rader": antall, "sha256": avtrykk.hexdigest()}
