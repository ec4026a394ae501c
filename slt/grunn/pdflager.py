"""Documents that were drawn before, kept as files, and the one process that draws more.

A document's name is a hash of all that it depends on. If it is there, it is a file like
any other. If not, a process of its own draws it, one at a time in the whole installation,
whatever the number of servers' processes: it holds the lock on a file for as long as it
lives, so nobody can forget to let go. Who asks meanwhile is told to come back, and keeps
a place in a queue by doing so.

The folder may be emptied at any time. It must be on this machine, and belongs to the user
that the site runs as.
"""

import fcntl
import hashlib
import os
import shutil
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from logging import getLogger
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders

from slt.grunn.avgrenset import Avgrenset, ForStort, ForTregt, folg, start
from slt.grunn.pdf import (
    PLASSFEIL,
    UTEN_PANGO,
    UTEN_PLASS,
    Oppdrag,
    PdfFeil,
    PdfUtilgjengelig,
)

logger = getLogger(__name__)

# These name what comes from elsewhere: Python's packages, and the front end's with the
# fonts.
PINNET = ("requirements.txt", "package-lock.json")

# How often those who wait look, and when somebody who does not come back has given up.
BLUND = 0.05
GITT_OPP = 10
# How many documents one asker may have in the queue: who asks for every part of a plan
# at once gets them all, but a few at a time.
FLEST_VENTER = 5
# Seconds after which a document goes before what is shorter and came later.
LENGE = 60
# A document is drawn in seconds; the processor time it may take has a bound of its own.
HENGER = 1800
EN_TIME = 3600


class PdfUnderArbeid(Exception):  # noqa: N818
    """Somebody's document is being drawn; ask again in a moment."""


class PdfUtenPlass(PdfFeil):
    """The folder cannot be written to, or the disk is full."""


class PdfUtenFiler(PdfFeil):
    """The style sheet or a font is not where the static files are."""


class PdfForStort(PdfFeil):
    """Drawing it takes more time or memory than any document is given."""


# A failure leaves a mark: an empty file, as a full disk takes no more, with this ending. It
# holds for so many seconds: whoever comes meanwhile is told at once, and does not start it
# all over again. A document that cannot be drawn stays so until its content changes, and
# then it is another document.
_FEIL = {
    "pango": (PdfUtilgjengelig, 30),
    "plass": (PdfUtenPlass, 30),
    "stort": (PdfForStort, 600),
    "annet": (PdfFeil, 600),
}
_FEIL_VED = {UTEN_PANGO: "pango", UTEN_PLASS: "plass"}


# The ranks of documents in the queue.
SAMMENDRAG, HELE, DEL = range(3)


@dataclass(frozen=True)
class Ko:
    """Where a document belongs in the queue.

    Attributes:
        hvems: whose it is; each gets one drawn in turn. A number.
        forrang: of those of the same, the lowest goes first: SAMMENDRAG, HELE or DEL.
        avsender: who asks for it; letters and digits, or "" for nobody in particular.
    """

    hvems: int = 0
    forrang: int = HELE
    avsender: str = ""


def oppdrag(html, *, stilark, filer=(), bilder=None, en_side=False):
    """Returns an Oppdrag with static files ("slt/pdf.css") in place of their paths.

    Raises:
        PdfUtenFiler: when one of them is missing. In other fonts lines and pages would be
            others, and what none of them has an empty box.
    """
    stier = {navn: _statisk_fil(navn) for navn in (stilark, *filer)}
    if mangler := [navn for navn, sti in stier.items() if not sti]:
        raise PdfUtenFiler(
            f"PDF trenger filer som mangler: {', '.join(mangler)}. Kjør «npm ci "
            "--ignore-scripts --omit=dev», og i drift også «manage.py collectstatic»."
        )
    return Oppdrag(html, stier.pop(stilark), stier, en_side, bilder or {})


def _statisk_fil(navn):
    """Returns where the file lies: with its source, or where collectstatic put it."""
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


def lagret(navn):
    """Returns a document that was drawn before, in bytes, or None.

    Raises:
        PdfUtenPlass: when the folder cannot be read.
    """
    fil = _fil(navn)
    try:
        dokument = fil.read_bytes()
        if _alder(fil) > EN_TIME:
            os.utime(fil)  # what nobody asks for is thrown away first
    except FileNotFoundError:
        return None
    except OSError as feil:
        raise _som_pdffeil(feil) from feil
    return dokument


def hent(navn, lag_oppdrag, *, vent, ko=Ko()):
    """Returns a document in bytes, drawn before or now.

    Args:
        navn: from `nokkel`.
        lag_oppdrag: gives the Oppdrag; called only by the one who starts to draw.
        vent: seconds that the one who starts waits for it. The others do not: were all
            to wait, nobody would be left to answer those who ask for something else.
        ko: where it belongs among those that wait.

    Raises:
        PdfUnderArbeid: when it takes longer, or somebody else's is being drawn.
        PdfUtilgjengelig, PdfUtenFiler, PdfUtenPlass, PdfFeil: when there will be none.
    """
    frist, begynte = time.monotonic() + vent, False
    try:
        while (dokument := lagret(navn)) is None:
            _si_fra_om_feil(navn)
            begynte = begynte or _begynn(navn, lag_oppdrag, ko)
            if not begynte or time.monotonic() > frist:
                raise PdfUnderArbeid
            time.sleep(BLUND)
    except PdfUtenFiler as feil:
        logger.error("no document: %s", feil)
        raise
    except OSError as feil:
        raise _som_pdffeil(feil) from feil
    return dokument


def _som_pdffeil(feil):
    logger.error("no document in %s: %s", settings.PDF_MAPPE, feil)
    return (PdfUtenPlass if feil.errno in PLASSFEIL else PdfFeil)(str(feil))


def _si_fra_om_feil(navn):
    for endelse, (feil, sekunder) in _FEIL.items():
        with suppress(FileNotFoundError):
            if _alder(_fil(navn, endelse)) < sekunder:
                raise feil


def _alder(fil):
    return time.time() - fil.stat().st_mtime


# The folder ---------------------------------------------------------------------------


def _mappe():
    return Path(settings.PDF_MAPPE)


def _fil(navn, endelse="pdf"):
    return _mappe() / f"{navn}.{endelse}"


def _las(navn):
    """Returns an open file that holds the lock of this name, or None: it is taken."""
    _mappe().mkdir(mode=0o700, parents=True, exist_ok=True)  # drafts lie here too
    fil = os.open(_mappe() / f"{navn}.las", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(fil, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(fil)
        return None
    return fil


def _forst_i_koen(navn, ko):
    """Takes or keeps the document's place in the queue; returns whether its turn is next.
    Whoever has too many there gets no place for one more.

    A place is an empty file whose name says when it was first asked for and where it
    belongs, and whose own time is when it was last asked for.
    """
    # Another version of the program may have left places of another form.
    plasser = [_Plass(fil) for fil in _mappe().glob("*-*-*-*-*.ko")]
    egen = next((plass for plass in plasser if plass.navn == navn), None)
    if egen is None:
        if _har_mange(plasser, ko.avsender):
            return False
        deler = f"{time.time_ns():020}-{ko.forrang}-{ko.hvems}-{ko.avsender}-{navn}"
        egen = _Plass(_mappe() / f"{deler}.ko")
    egen.fil.touch(mode=0o600)
    andre = [p for p in plasser if p is not egen and _venter_fortsatt(p)]
    # Who ask at the same moment may each have made a place for the same document.
    return _neste([egen, *andre]).navn == navn


def _har_mange(plasser, avsender):
    egne = [plass for plass in plasser if avsender and plass.avsender == avsender]
    return sum(map(_venter_fortsatt, egne)) >= FLEST_VENTER


class _Plass:
    """A place in the queue: its file, and what its name says."""

    def __init__(self, fil):
        self.fil = fil
        kom, forrang, self.hvems, self.avsender, self.navn = fil.stem.split("-")
        self.kom, self.forrang = int(kom), int(forrang)


def _neste(plasser):
    """The place whose turn it is. Short documents come before long ones, unless those
    waited long; else who got one longest ago comes first, by their own first place."""
    lenge_siden = time.time_ns() - LENGE * 10**9

    def hastverk(plass):
        return SAMMENDRAG if plass.kom < lenge_siden else plass.forrang

    forste = {}
    for plass in sorted(plasser, key=lambda p: (hastverk(p), p.kom)):
        forste.setdefault(plass.hvems, plass)
    return min(
        forste.values(),
        key=lambda p: (hastverk(p), _sist_tegnet(p.hvems), p.kom, p.navn),
    )


def _sist_tegnet(hvems):
    with suppress(FileNotFoundError):
        return _fil(hvems, "sist").stat().st_mtime_ns
    return 0


def _venter_fortsatt(plass):
    """Whether somebody still waits in that place; takes it away if not."""
    kommet = any(_fil(plass.navn, endelse).exists() for endelse in ("pdf", *_FEIL))
    with suppress(FileNotFoundError):
        if not kommet and _alder(plass.fil) < GITT_OPP:
            return True
        plass.fil.unlink()
    return False


def _rydd(mappe):
    """Throws away the documents that were not asked for longest, old marks, and what a
    process left that died."""
    igjen = settings.PDF_MEGABYTE * 1_000_000
    for nummer, (_tid, storrelse, fil) in enumerate(_etter_alder(mappe, "*.pdf")):
        igjen -= storrelse
        # The newest stays, however big: somebody waits for it.
        if nummer and (nummer >= settings.PDF_ANTALL or igjen < 0):
            fil.unlink(missing_ok=True)
    na = time.time()
    for endelse, (_feil, sekunder) in _FEIL.items():
        for tid, _storrelse, fil in _etter_alder(mappe, f"*.{endelse}"):
            if na - tid > sekunder:
                fil.unlink(missing_ok=True)
    for tid, _storrelse, fil in _etter_alder(mappe, "*.ko"):
        if na - tid > GITT_OPP:
            fil.unlink(missing_ok=True)
    for tid, _storrelse, fil in _etter_alder(mappe, "*.sist"):
        if na - tid > EN_TIME:
            fil.unlink(missing_ok=True)
    for tid, _storrelse, rest in _etter_alder(mappe, "arbeid-*"):
        if na - tid > EN_TIME:
            shutil.rmtree(rest, ignore_errors=True)


def tom():
    """Throws away all that was drawn: a name does not say whose the document is.

    Raises:
        OSError: what is left has to be thrown away by hand.
    """
    for fil in _mappe().glob("*.pdf"):
        fil.unlink(missing_ok=True)


def _etter_alder(mappe, monster):
    """Returns [(time, bytes, path)], the newest first."""
    filer = []
    for fil in mappe.glob(monster):
        with suppress(FileNotFoundError):
            filer.append((fil.stat().st_mtime, fil.stat().st_size, fil))
    return sorted(filer, reverse=True)


# The process --------------------------------------------------------------------------


def _begynn(navn, lag_oppdrag, ko):
    """Starts to draw, unless something is being drawn or others were before; returns
    whether it did."""
    las = _las("tegner")
    if not _forst_i_koen(navn, ko) or las is None:
        if las is not None:
            os.close(las)
        return False
    fil = _fil(navn).absolute()
    prosess = None
    try:
        if fil.exists():  # it came as we took the lock
            os.close(las)
            return True
        innhold = lag_oppdrag().som_json()
        _fil(ko.hvems, "sist").touch(mode=0o600)
        prosess = start(
            "slt.grunn.pdf", str(fil), miljo=_egne_skrifter(), pass_fds=[las]
        )
        threading.Thread(
            target=_folg, args=(prosess, innhold, fil, las), daemon=True
        ).start()
    except BaseException:
        if prosess is not None:
            prosess.kill()
            prosess.communicate()
        os.close(las)
        raise
    return True


def _egne_skrifter():
    """The user of a service often has no home that can be written to."""
    return {"XDG_CACHE_HOME": str(_mappe().absolute() / "skrifter")}


def _folg(prosess, innhold, fil, las):
    """Gives the process its work and sees how it goes; keeps the lock until that is
    known to all."""
    try:
        try:
            folg(prosess, innhold, HENGER)
        except Avgrenset as feil:
            endelse = _endelse(feil)
            logger.error(
                "no document (%s, exit status %s): %s",
                endelse,
                feil.status,
                feil.sagt.decode(errors="replace")[-2000:],
            )
            fil.with_suffix(f".{endelse}").touch()
        _rydd(fil.parent)
    except OSError as feil:
        logger.error("no document: %s", feil)
    finally:
        os.close(las)


def _endelse(feil):
    if isinstance(feil, ForStort | ForTregt):
        return "stort"
    return _FEIL_VED.get(feil.status, "annet")


# What shapes documents ----------------------------------------------------------------


@lru_cache(maxsize=1)
def _program():
    return _les_program()


def _les_program():
    """Returns a fingerprint of the whole program: a new version of it draws all anew. It
    does not ask which document is made of what, for whoever forgot to say so would hand
    out old ones."""
    avtrykk = hashlib.blake2b(version("weasyprint").encode(), digest_size=20)
    for fil in _programmet():
        avtrykk.update(os.path.relpath(fil, settings.BASE_DIR).encode())
        avtrykk.update(hashlib.blake2b(fil.read_bytes()).digest())
    return avtrykk.hexdigest()


def _programmet():
    """Returns the files that the program is made of, in order: its apps with their static
    files, templates, catalogues, and what it is pinned to."""
    rot = Path(settings.BASE_DIR)
    # The first part of the name: what is installed from elsewhere has no such folder.
    mapper = {rot / app.name.partition(".")[0] for app in apps.get_app_configs()}
    mapper |= {Path(mappe) for mal in settings.TEMPLATES for mappe in mal["DIRS"]}
    mapper |= {Path(mappe) for mappe in settings.LOCALE_PATHS}
    filer = {fil for mappe in mapper for fil in mappe.rglob("*") if fil.is_file()}
    filer |= {fil for navn in PINNET if (fil := rot / navn).is_file()}
    return sorted(fil for fil in filer if fil.suffix != ".pyc")
