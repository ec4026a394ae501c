"""The file that a kommune's data lie in: a ZIP archive.

`manifest.json` says of what version and kommune it is, and gives the number of rows and the
SHA-256 of each other member: `rader/<model>.ndjson`, a row a line as it is stored, and
`filer/<SHA-256>`, the bytes that a row names by their checksum.
"""

import json
from datetime import datetime, time
from pathlib import Path

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.encoding import is_protected_type

from slt.felles.uttrekk.hva import (
    bytefelter,
    delene,
    felter,
    uten_det_over_grensen,
)
from slt.models import Bruker

# Raised whenever the file is made in another way.
FORMAT = 1
MANIFEST = "manifest.json"


class UttrekkFeil(Exception):  # noqa: N818
    """Why a kommune was not written, read or deleted; one line."""


class _Koder(DjangoJSONEncoder):
    def default(self, o):
        # Django's own leaves out the last digits of a second.
        return o.isoformat() if isinstance(o, (datetime, time)) else super().default(o)


def migrasjoner():
    """Returns {app: the last migration that this version of the software has}."""
    siste = {}
    for app in sorted({modell._meta.app_label for modell in delene()}):
        mappe = Path(apps.get_app_config(app).path, "migrations")
        siste[app] = max(fil.stem for fil in mappe.glob("[0-9]*.py"))
    return siste


def tabellene():
    """Returns {name of the member: its model}, users first."""
    return {f"rader/{m._meta.label_lower}.ndjson": m for m in (Bruker, *delene())}


def filnavn(sjekksum):
    return f"filer/{sjekksum}"


def som_linje(rad, sjekksummer):
    """Returns a row as a line.

    Args:
        sjekksummer: {name of a field that holds a file: its checksum}.
    """
    igjen = uten_det_over_grensen(type(rad))
    verdier = {
        felt.attname: None if felt.name in igjen else _verdi(rad, felt)
        for felt in felter(type(rad))
        if felt.attname not in sjekksummer
    }
    return json.dumps(verdier | sjekksummer, cls=_Koder, ensure_ascii=False) + "\n"


def _verdi(rad, felt):
    verdi = felt.value_from_object(rad)
    return verdi if is_protected_type(verdi) else felt.value_to_string(rad)


def fra_linje(modell, linje, hent_fil):
    """Returns the row of a line.

    Args:
        hent_fil: gives the bytes of a checksum.

    Raises:
        UttrekkFeil, ValueError, ValidationError: it is none.
    """
    verdier = json.loads(linje)
    alle = {felt.attname: felt for felt in felter(modell)}
    if not isinstance(verdier, dict) or verdier.keys() != alle.keys():
        raise UttrekkFeil("raden har andre felter enn modellen")
    for navn in bytefelter(modell):
        verdier[navn] = hent_fil(verdier[navn])
    return modell(
        **{
            navn: verdi if isinstance(verdi, bytes) else alle[navn].to_python(verdi)
            for navn, verdi in verdier.items()
        }
    )
