"""Documents that were drawn before, kept as files, and the one process that draws more.

A document is asked for by all that it depends on. If it is there, it is a file like any
other. If not, a process of its own draws it, one at a time in the whole installation,
whatever the number of servers' processes: it holds the lock on a file for as long as it
lives, so nobody can forget to let go. The asker waits a little; whoever comes after that
finds the file.

The folder may be emptied at any time. It must be on this machine, and belongs to the user
that the site runs as.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib.metadata import version
from logging import getLogger
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from slt.grunn.pdf import (
    UTEN_PANGO,
    UTEN_PLASS,
    Oppdrag,
    PdfFeil,
    PdfUtilgjengelig,
)

logger = getLogger(__name__)

# How long a failure holds: those who come meanwhile are told at once, and do not start it
# all over again.
FEIL_GJELDER = 30
# How often those who wait look.
BLUND = 0.05


class PdfUnderArbeid(Exception):  # noqa: N818
    """Somebody's document is being drawn; ask again in a moment."""


class PdfUtenPlass(PdfFeil):
    """The folder cannot be written to, or the disk is full."""


# The marks of a failure: the name of an empty file, for the fuller a disk is, the less
# can be written on it.
_FEIL = {
    "pango": PdfUtilgjengelig,
    "plass": PdfUtenPlass,
    "annet": PdfFeil,
}
_FEIL_VED = {UTEN_PANGO: "pango", UTEN_PLASS: "plass"}


def oppdrag(html, *, stilark, filer=(), en_side=False):
    """Returns an Oppdrag with static files ("slt/pdf.css") in place of their paths."""
    stier = {navn: sti for navn in filer if (sti := _statisk_fil(navn))}
    return Oppdrag(html, _statisk_fil(stilark), stier, en_side)


def _statisk_fil(navn):
    """Where the file lies: with its source, or where collectstatic put it."""
    if funnet := finders.find(navn):
        return str(funnet)
    samlet = Path(settings.STATIC_ROOT, navn)
    return str(samlet) if samlet.is_file() else ""


def nokkel(*deler):
    """Returns the name of a document: the same for the same parts, as long as nothing
    changes that shapes documents."""
    fingeravtrykk = _les_program() if settings.DEBUG else _program()
    tekst = "\n".join(map(str, (*deler, fingeravtrykk)))
    return hashlib.blake2b(tekst.encode(), digest_size=20).hexdigest()


def bevart(navn):
    """Returns the path of a document that was drawn before, or None."""
    fil = _fil(navn)
    return fil if fil.is_file() else None


def hent(navn, lag_oppdrag, *, vent):
    """Returns the path of a document, drawn before or now.

    Args:
        navn: from `nokkel`.
        lag_oppdrag: gives the Oppdrag; called only by the one who starts to draw.
        vent: seconds to wait for it.

    Raises:
        PdfUnderArbeid: when it takes longer, or somebody else's is being drawn.
        PdfUtilgjengelig, PdfUtenPlass, PdfFeil: when there will be none.
    """
    frist = time.monotonic() + vent
    venter = None
    try:
        while (fil := bevart(navn)) is None:
            _si_fra_om_feil(navn)
            _begynn(navn, lag_oppdrag)
            venter = venter or _laas("venter")
            # One waits; were all to wait, nobody would be left to answer others.
            if venter is None or time.monotonic() > frist:
                raise PdfUnderArbeid
            time.sleep(BLUND)
    except OSError as feil:
        logger.error("documents cannot be kept in %s: %s", settings.PDF_MAPPE, feil)
        raise PdfUtenPlass from feil
    finally:
        if venter is not None:
            os.close(venter)
    return fil
