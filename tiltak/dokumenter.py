"""The plan as documents to download. What is kept is sent at once; what is not, is made
while the asker waits a little, or looks at a page that waits for them."""

import hashlib

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import override
from django.views.decorators.http import require_safe

from slt.grunn import pdflager
from slt.grunn.pdf import PdfFeil, PdfUtilgjengelig
from slt.grunn.pdflager import PdfUnderArbeid, PdfUtenPlass
from tiltak.pdf import InnholdetEndret, Utgave
from tiltak.views import hent_plan

# Seconds until it is worth asking again: for a document on its way, and for one that
# failed.
SPOR_IGJEN, PROV_IGJEN = 2, 60


@login_not_required
@require_safe
def plan_pdf(request, kommune, periode):
    """The plan as a document, or the part of it that the address asks for."""
    return _plandokument(
        request,
        kommune,
        periode,
        innsatsomrade=request.GET.get("innsatsomrade", ""),
        tjeneste=request.GET.get("tjeneste", ""),
    )


@login_not_required
@require_safe
def plan_kort_pdf(request, kommune, periode):
    """The plan on one page."""
    return _plandokument(request, kommune, periode, kort=True)


def _plandokument(request, kommune, periode, **hvilket):
    return dokumentsvar(
        request, lambda: Utgave(hent_plan(request.user, kommune, periode), **hvilket)
    )


def dokumentsvar(request, hent_utgave):
    """Answers with a document, or with a page that waits for it.

    Args:
        hent_utgave: returns what is asked for as it stands now, with the attributes of
            tiltak.pdf.Utgave that are used here; raises Http404.
    """
    for _forsok in range(3):
        utgave = hent_utgave()
        navn = pdflager.nokkel(*utgave.innhold)
        try:
            return _send(request, utgave, navn)
        except InnholdetEndret:
            continue  # somebody saved just now: what they saved is to be in it
        except PdfUnderArbeid:
            break
        except PdfFeil as feil:
            return _si_fra(request, utgave, feil)
    return _vent(request, utgave)


def _send(request, utgave, navn):
    dokument = pdflager.bevart(navn)
    if dokument is None:
        if not utgave.finnes:
            raise Http404("no such document")
        dokument = pdflager.hent(navn, utgave.oppdrag, vent=settings.PDF_VENT)
    # Of the bytes: after a backup is restored, versions count from an earlier number.
    etag = f'"{hashlib.blake2b(dokument, digest_size=16).hexdigest()}"'
    svar = HttpResponse(dokument, content_type="application/pdf")
    svar["Content-Disposition"] = f'inline; filename="{utgave.filnavn}"'
    svar["ETag"] = etag
    # The same for all who may see it, so a browser may keep it but asks each time; a
    # draft is kept by nobody.
    svar["Cache-Control"] = "private, no-store" if utgave.er_utkast else "no-cache"
    return get_conditional_response(request, etag=etag, response=svar)


def _vent(request, utgave):
    svar = _side(request, utgave, sekunder=SPOR_IGJEN, under_arbeid=True)
    # As it should be, so nothing for the log of errors; Django has no public way to say so.
    svar._has_been_logged = True
    return svar


def _si_fra(request, utgave, feil):
    if isinstance(feil, PdfUtilgjengelig):
        return _side(request, utgave, sekunder=PROV_IGJEN, uten_pango=True)
    if isinstance(feil, PdfUtenPlass):
        return _side(request, utgave, sekunder=PROV_IGJEN, uten_plass=True)
    return _side(request, utgave, sekunder=PROV_IGJEN)


def _side(request, utgave, *, sekunder, **hvorfor):
    """A page in place of the document. Not 200: no program is to take it for one."""
    if request.method == "HEAD":  # the page itself asks so, as often as it may
        svar = HttpResponse(status=503)
    else:
        kontekst = {
            "plan": utgave.plan,
            "kommune": utgave.kommune,
            "nettside": utgave.nettside,
            "sekunder": sekunder,
        }
        with override(utgave.kommune.malform):
            svar = render(
                request, "tiltak/pdf_venter.html", kontekst | hvorfor, status=503
            )
    svar["Retry-After"] = sekunder
    svar["Cache-Control"] = "no-store"
    return svar
