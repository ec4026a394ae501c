"""For whoever finds that something is wrong: a small form of its own, and a thank-you."""

from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django.views.generic import TemplateView

from slt.felles.bevart import i_malformen
from slt.felles.bremse import avsender, for_mange
from slt.felles.offentlig import med_innhold
from slt.felles.sider import OFFENTLIG, IKommunen, sendt
from slt.models import PUBLIKUM, Kommune
from tiltak.feilmeldinger.forms import FELLE, FeilmeldingForm
from tiltak.models import Feilmelding, Kontaktpunkt, Tjeneste

# From one network: so many tries in a minute, and so many messages in a day. To one
# kommune: so many in a day, whoever sends them.
FORSOK_I_MINUTTET, HERFRA_I_DOGNET, DIT_I_DOGNET = 10, 30, 100
ET_DOGN = 24 * 3600

PROV_SNART = _("For mange forsøk. Vent et minutt, og send igjen.")
PROV_I_MORGEN = _(
    "Det er meldt mange feil i dag. Send denne i morgen, eller si fra til kommunen."
)
ALLEREDE_SENDT = _("Dette er sendt. Vil du melde noe mer, send igjen.")


# A token would set a cookie on who only reads. The stamp of the form is one, and is made for
# one message; nothing is done in anybody's name.
@csrf_exempt
@sensitive_post_parameters()
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@i_malformen
def meld_feil(request, kommune, tjeneste, kontakt=None):
    """What is wrong with a tjeneste, or with one of its ways in that all see."""
    kommune = get_object_or_404(med_innhold(Kommune.objects.all()), slug=kommune)
    melding = _nymelding(kommune, tjeneste, kontakt)
    skjema = FeilmeldingForm(sendt(request), instance=melding)
    status = 200
    if request.method == "POST":
        status = _ta_imot(request, skjema)
        if status == 302:
            return redirect("tiltak:meld_feil_takk", kommune.slug)
    svar = render(
        request,
        "tiltak/feilmeldinger/meld.html",
        {"kommune": kommune, "melding": melding, "skjema": skjema, "felle": FELLE},
        status=status,
    )
    svar["X-Robots-Tag"] = "noindex"
    return svar


def _nymelding(kommune, tjeneste, kontakt):
    """About what the address says, if that stands on the public pages of the kommune."""
    tjenester = Tjeneste.objects.synlige_for(PUBLIKUM).i(kommune)
    tjeneste = get_object_or_404(tjenester.select_related("kommune"), pk=tjeneste)
    if kontakt is None:
        return Feilmelding.om(tjeneste)
    punkter = Kontaktpunkt.objects.synlige_for(PUBLIKUM).filter(tjeneste=tjeneste)
    return Feilmelding.om(tjeneste, get_object_or_404(punkter, pk=kontakt))


def _ta_imot(request, skjema):
    """Saves what was sent; returns how the site answers."""
    # Another word each day, of which the counters keep a hash.
    herfra = f"{timezone.localdate()} {avsender(request)}"
    if for_mange("meld feil, forsøk", herfra, antall=FORSOK_I_MINUTTET, sekunder=60):
        skjema.add_error(None, PROV_SNART)
        return 429
    if not skjema.is_valid():
        return 422
    melding = skjema.instance
    if for_ := Feilmelding.objects.filter(innsending=melding.innsending).first():
        return 302 if _er_lik(for_, melding) else _send_pa_nytt(skjema)
    dit = f"{timezone.localdate()} {melding.tjeneste.kommune_id}"
    if for_mange(
        "meld feil", herfra, antall=HERFRA_I_DOGNET, sekunder=ET_DOGN
    ) or for_mange("meldt feil til", dit, antall=DIT_I_DOGNET, sekunder=ET_DOGN):
        skjema.add_error(None, PROV_I_MORGEN)
        return 429
    return _lagre(melding)


def _er_lik(for_, melding):
    return (for_.emne, for_.tekst) == (melding.emne, melding.tekst)


def _send_pa_nytt(skjema):
    """Who went back to the page and wrote something else, sends it from a new one."""
    skjema.add_error(None, ALLEREDE_SENDT)
    skjema.nytt_stempel()
    return 422


def _lagre(melding):
    try:
        with transaction.atomic():
            melding.save()
    except IntegrityError as feil:
        # Sent twice at once; or what it is about was removed meanwhile.
        if not Feilmelding.objects.filter(innsending=melding.innsending).exists():
            raise Http404 from feil
    return 302


@method_decorator(OFFENTLIG, name="dispatch")
class MeldFeilTakkView(IKommunen, TemplateView):
    """Thanks, and whom to call if it is urgent: what was sent is read by nobody at once."""

    template_name = "tiltak/feilmeldinger/takk.html"

    def get_context_data(self, **kwargs):
        akutte = Kontaktpunkt.objects.akutte_i(self.kommune)
        return super().get_context_data(akuttpunkter=akutte, **kwargs)
