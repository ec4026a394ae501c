"""Documents as PDF: what each of them says of itself, and the answer to who asks for one.

What is kept is sent at once; what is not, is made while the asker looks at a page that
waits for it. A document is passed on, so it holds what the public may see, whoever asks.
"""

import hashlib
import json
from collections.abc import Callable
from logging import getLogger
from typing import Protocol

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import override

from slt.felles.bilder import bilder_til_dokument
from slt.felles.bremse import avsender, avsendermerke, for_mange
from slt.grunn import pdflager
from slt.grunn.avgrenset import Avgrenset, Budsjett, ForStort, ForTregt, kjor
from slt.grunn.den_dagen import er_en_annen
from slt.grunn.pdf import Oppdrag, PdfFeil, PdfUtilgjengelig
from slt.grunn.pdflager import (
    PdfForStort,
    PdfUnderArbeid,
    PdfUtenFiler,
    PdfUtenPlass,
)
from slt.models import Kommune

logger = getLogger(__name__)

STILARK = "slt/pdf.css"
# Latin, and the Sámi letters that the first one lacks. The same fonts as the pages, so
# that a document looks the same whatever is installed on the server.
SKRIFTER = [
    "vendor/inter/files/inter-latin-wght-normal.woff2",
    "vendor/inter/files/inter-latin-wght-italic.woff2",
    "vendor/inter/files/inter-latin-ext-wght-normal.woff2",
    "vendor/inter/files/inter-latin-ext-wght-italic.woff2",
]

# The accent colours as in slt/farger.css, and how much of them is in each tone that drawings
# use, in per cent; the rest is white. A drawing in a document can't mix for itself.
FARGER = {
    "petrol": "14495c",
    "bla": "1b4f9c",
    "gronn": "1f5b3a",
    "burgunder": "7a1f3d",
    "lilla": "54338a",
    "oker": "6b4a0e",
}
TONER = {"aksent": 100, "mellom": 72, "strek": 30, "lys": 14, "bunn": 6}

# Seconds until it is worth asking again: for a document on its way, and for one that
# failed.
SJEKK_IGJEN, PROV_IGJEN = 2, 60

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# A plan of 50 tiltak takes one second; pictures take the memory.
BUDSJETT = Budsjett(sekunder=120, prosessor=60, megabyte=700, svar=50)
# How many Word documents one asker gets: each is written anew.
FLEST_WORD, KVARTER = 60, 15 * 60


class Dokument(Protocol):
    """What a document says of itself. Each app has kinds of its own."""

    @property
    def kommune(self) -> Kommune:
        """Whose content it is made of, and in whose language."""

    @property
    def er_utkast(self) -> bool:
        """Whether it is for a few, and so kept by no browser."""

    @property
    def nettside(self) -> str:
        """The address of the page that says the same."""

    @property
    def filnavn(self) -> str:
        """What the file is called when it is stored, with its ending."""

    @property
    def finnes(self) -> bool:
        """Whether there is such a document at all."""

    @property
    def forrang(self) -> int:
        """SAMMENDRAG, HELE or DEL of slt.grunn.pdflager: the shortest goes first."""

    @property
    def innhold(self) -> tuple:
        """What tells this document, as it stands now, from all others: begins with
        `denne_basen`."""

    def oppdrag(self) -> Oppdrag:
        """What it takes to draw it; see `oppdrag` below.

        Raises:
            InnholdetEndret: when somebody saved something while it was being read.
        """


class InnholdetEndret(Exception):  # noqa: N818
    """The content is no longer what the document was asked for as."""


def denne_basen(kommune):
    """Returns what tells the content of this database, as it stands, from all other
    content."""
    base = settings.DATABASES["default"]
    return (
        base.get("HOST"),
        base.get("PORT"),
        base["NAME"],
        kommune.pk,
        kommune.versjon,
        settings.SITE_URL,
    )


def oppdrag(html, *, kommune, en_side=False):
    """Returns what it takes to draw a document that is made of content of a kommune.

    Raises:
        InnholdetEndret: when somebody saved something since the kommune was read.
        PdfUtenFiler: when the style sheet or a font is missing.
    """
    kommuner = Kommune.objects.filter(pk=kommune.pk)
    if kommuner.values_list("versjon", flat=True).get() != kommune.versjon:
        raise InnholdetEndret
    html, bilder = bilder_til_dokument(html, kommune)
    return pdflager.oppdrag(
        html, stilark=STILARK, filer=SKRIFTER, bilder=bilder, en_side=en_side
    )


def farger(kommune):
    """Returns {tone: colour} of the kommune, for the templates of documents."""
    aksent = bytes.fromhex(FARGER[kommune.aksentfarge])
    return {
        tone: "#" + bytes(round(255 - (255 - c) * andel / 100) for c in aksent).hex()
        for tone, andel in TONER.items()
    }


def dokumentsvar(request, hent_dokument: Callable[[], Dokument]):
    """Answers with a document, or with a page that waits for it.

    Args:
        hent_dokument: returns what is asked for as it stands now; raises Http404.
    """
    dokument, innhold, venteside = tegnet(request, hent_dokument)
    # That of another day is for who is logged in.
    apent = not (dokument.er_utkast or er_en_annen())
    return venteside or pdfsvar(request, innhold, filnavn=dokument.filnavn, apent=apent)


def tegnet(request, hent_dokument: Callable[[], Dokument]):
    """Returns (document, its bytes, None), or (document, None, a page that waits for
    it). The argument is that of `dokumentsvar`."""
    for _forsok in range(3):
        dokument = hent_dokument()
        try:
            return dokument, _innholdet(request, dokument), None
        except InnholdetEndret:
            continue  # somebody saved just now: what they saved is to be in it
        except PdfUnderArbeid:
            break
        except PdfFeil as feil:
            return dokument, None, _si_fra(request, dokument, feil)
    return dokument, None, _vent(request, dokument)


def _innholdet(request, dokument):
    navn = pdflager.nokkel(*dokument.innhold)
    innhold = pdflager.lagret(navn)
    if innhold is None:
        if not dokument.finnes:
            raise Http404("no such document")
        ko = pdflager.Ko(dokument.kommune.pk, dokument.forrang, avsendermerke(request))
        innhold = pdflager.hent(navn, dokument.oppdrag, vent=settings.PDF_VENT, ko=ko)
    return innhold


def pdfsvar(request, innhold, *, filnavn, apent):
    """Answers with the bytes of a document.

    Args:
        apent: whether it is the same for all, so that a browser may keep it but asks each
            time; what is for a few is kept by nobody.
    """
    # It is made of the bytes: after a backup is restored, versions count from an
    # earlier number.
    etag = f'"{hashlib.blake2b(innhold, digest_size=16).hexdigest()}"'
    svar = HttpResponse(innhold, content_type="application/pdf")
    svar["Content-Disposition"] = f'inline; filename="{filnavn}"'
    svar["ETag"] = etag
    svar["Cache-Control"] = "no-cache" if apent else "private, no-store"
    return get_conditional_response(request, etag=etag, response=svar)


def wordsvar(request, dokument):
    """Answers with the same content as a Word document, to go on with in other programs.

    It is written at once, in a process with a bound to what it takes, and not kept.

    Args:
        dokument: a Dokument that exists, with `html()`.
    """
    if for_mange("word", avsender(request), antall=FLEST_WORD, sekunder=KVARTER):
        return _side(request, dokument, sekunder=KVARTER, for_mange=True)
    html, bilder = bilder_til_dokument(dokument.html(), dokument.kommune)
    innhold = json.dumps({"html": html, "bilder": bilder}).encode()
    try:
        ferdig = kjor("slt.grunn.word:skriv", innhold, BUDSJETT)
    except Avgrenset as feil:
        logger.error("no Word document: %s", feil)  # what it said quotes the content
        for_stort = isinstance(feil, ForStort | ForTregt)
        return _side(request, dokument, sekunder=PROV_IGJEN, for_stort=for_stort)
    svar = HttpResponse(ferdig, content_type=WORD)
    filnavn = f"{dokument.filnavn.removesuffix('.pdf')}.docx"
    svar["Content-Disposition"] = f'attachment; filename="{filnavn}"'
    svar["Cache-Control"] = "private, no-store" if dokument.er_utkast else "no-cache"
    return svar


def skadet(request, frosset, *, kommune):
    """Answers in place of a frozen file (a slt.models.Dokument of the kommune) whose bytes
    are no longer those that were frozen."""
    logger.error("frozen document %d does not match its checksum", frosset.pk)
    with override(kommune.malform):
        kontekst = {"kommune": kommune, "dokument": frosset}
        svar = render(request, "pdf/skadet.html", kontekst, status=503)
    svar["Cache-Control"] = "no-store"
    return svar


def _vent(request, dokument):
    svar = _side(request, dokument, sekunder=SJEKK_IGJEN, under_arbeid=True)
    # Nothing went wrong, so nothing belongs in the log; Django has no public way to say
    # so.
    svar._has_been_logged = True
    return svar


# {what went wrong: what the page calls it}.
HVORFOR = {
    PdfUtilgjengelig: "uten_pango",
    PdfUtenFiler: "uten_filer",
    PdfUtenPlass: "uten_plass",
    PdfForStort: "for_stort",
}


def _si_fra(request, dokument, feil):
    hvorfor = {HVORFOR[type(feil)]: True} if type(feil) in HVORFOR else {}
    return _side(request, dokument, sekunder=PROV_IGJEN, **hvorfor)


def _side(request, dokument, *, sekunder, **hvorfor):
    """Answers with a page in place of the document, to who wants pages: what only stores
    what it gets, gets one line. The status is not 200, so that no program takes it for the
    document."""
    status = 429 if hvorfor.get("for_mange") else 503
    if request.method == "HEAD":  # the page itself asks so, as often as it may
        svar = HttpResponse(status=status)
    else:
        kontekst = {
            "kommune": dokument.kommune,
            "nettside": dokument.nettside,
            "sekunder": sekunder,
        }
        with override(dokument.kommune.malform):
            svar = _i_ord(request, kontekst | hvorfor, status)
    svar["Retry-After"] = sekunder
    svar["Cache-Control"] = "no-store"
    patch_vary_headers(svar, ["Accept"])
    return svar


def _i_ord(request, kontekst, status):
    # The first is for who takes anything.
    medietype = request.get_preferred_type(["text/plain", "text/html"]) or "text/plain"
    if medietype == "text/html":
        return render(request, "pdf/venter.html", kontekst, status=status)
    if kontekst.get("under_arbeid"):
        linje = _("Dokumentet lages. Prøv igjen om %(sekunder)d sekunder.")
    else:
        linje = _("Dokumentet kan ikke lages nå. Prøv igjen om %(sekunder)d sekunder.")
    linje %= {"sekunder": kontekst["sekunder"]}
    return HttpResponse(
        f"{linje}\n", status=status, content_type="text/plain; charset=utf-8"
    )
