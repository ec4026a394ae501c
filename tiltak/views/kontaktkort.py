"""A tjeneste on a phone: its vCard, and a code that leads a camera to its page."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from slt.felles.bevart import bevart
from slt.felles.epost import hele_adressen
from slt.grunn.qr import qr_fil
from slt.models import Kommune
from tiltak.kontaktkort import FORMAT, kan_lagres, vcard
from tiltak.models import Tjeneste

from .felles import tjenesten_i


@login_not_required
@require_safe
@bevart
def kontaktkort(request, kommune, slug):
    """A tjeneste that is at work, for the contacts of a phone: with what the asker sees of
    it."""
    tjenester = Tjeneste.objects.synlige_for(request.user).virksomme()
    tjeneste = _hent(tjenester.med_kontaktpunkter(request.user), kommune, slug)
    punkter = list(tjeneste.kontaktpunkter.all())
    if not kan_lagres(punkter):
        raise Http404("nothing that a phone can call")
    side = hele_adressen(request, tjeneste.get_absolute_url())
    svar = HttpResponse(vcard(tjeneste, punkter, side=side), content_type=FORMAT)
    svar["Content-Disposition"] = f'attachment; filename="{tjeneste.her_slug}.vcf"'
    return svar


@login_not_required
@require_safe
@bevart
def qr_kode(request, kommune, slug):
    """The address of the page of a tjeneste, as a QR code."""
    tjeneste = _hent(Tjeneste.objects.synlige_for(request.user), kommune, slug)
    side = hele_adressen(request, tjeneste.get_absolute_url())
    tittel = _("QR-kode til siden om %(tjeneste)s") % {"tjeneste": tjeneste}
    svar = HttpResponse(qr_fil(side, tittel=tittel), content_type="image/svg+xml")
    svar["Content-Disposition"] = f'inline; filename="{tjeneste.her_slug}.svg"'
    return svar


def _hent(tjenester, kommune, slug):
    kommune = get_object_or_404(Kommune, slug=kommune)
    rader = tjenester.i(kommune).select_related("kommune")
    return tjenesten_i(rader, kommune, slug)
