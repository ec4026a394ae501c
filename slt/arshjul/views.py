"""The pages of the year of a kommune."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from slt.arshjul.aret import FORSTE_AR, SISTE_AR, Aret, punktene
from slt.arshjul.dokument import Arshjulsdokument
from slt.arshjul.forms import ArshjulForm
from slt.arshjul.hjul import Hjul
from slt.arshjul.ical import feed
from slt.felles.arshjul import Slag
from slt.felles.bevart import bevart
from slt.felles.dokument import dokumentsvar
from slt.felles.epost import hele_adressen
from slt.felles.sider import OFFENTLIG, IKommunen
from slt.models import PUBLIKUM, Kommune


@method_decorator(OFFENTLIG, name="dispatch")
class ArshjulView(IKommunen, TemplateView):
    """What happens in a year, as far as the asker may see it: a wheel, and a list. What is
    said of today holds for the day, as the page does."""

    template_name = "slt/arshjul.html"

    def get_context_data(self, **kwargs):
        skjema = ArshjulForm(self.request.GET)
        if skjema.is_valid():
            aret = Aret(self.kommune, skjema.aret, self.request.user, skjema.slagene)
            # What there is none of, nobody has to choose.
            velges = {*aret.slagene, *skjema.slagene}
            skjema.fields["slag"].choices = [
                (slag.value, slag.label.capitalize()) for slag in Slag if slag in velges
            ]
            kwargs |= {
                "aret": aret,
                "hjul": Hjul(aret, i_dag=timezone.localdate()),
                "forrige": self._lenke(skjema, aret.ar - 1),
                "neste": self._lenke(skjema, aret.ar + 1),
                "sporring": _sporring(skjema, aret.ar),
                "kalendersporring": _sporring(skjema),
            }
        return super().get_context_data(skjema=skjema, **kwargs)

    def _lenke(self, skjema, ar):
        if not FORSTE_AR <= ar <= SISTE_AR:
            return None
        return {"ar": ar, "sporring": _sporring(skjema, ar)}

    def render_to_response(self, context, **kwargs):
        feil = context["skjema"].errors
        return super().render_to_response(
            context, status=422 if feil else 200, **kwargs
        )


def _sporring(skjema, ar=None):
    valg = {"ar": ar, "slag": skjema.slagene}
    return urlencode({n: v for n, v in valg.items() if v}, doseq=True)


def _lest_form(request):
    skjema = ArshjulForm(request.GET)
    if not skjema.is_valid():
        raise Http404("no such year")
    return skjema


@login_not_required
@require_safe
def arshjul_pdf(request, kommune):
    """The same on a sheet of paper, as all may read it; a year that is none is a 404."""

    def hent():
        denne = get_object_or_404(Kommune, slug=kommune)
        skjema = _lest_form(request)
        return Arshjulsdokument(denne, skjema.aret, tuple(skjema.slagene))

    return dokumentsvar(request, hent)


@login_not_required
@require_safe
@bevart
def arshjul_ics(request, kommune):
    """What has a day in this year and the next, for calendar programs, as all may read
    it: a program does not log in."""
    denne = get_object_or_404(Kommune, slug=kommune)
    slag = set(_lest_form(request).slagene)
    ar = timezone.localdate().year
    fra, til = date(ar, 1, 1), date(ar + 1, 12, 31)
    punkter = [
        punkt
        for punkt in punktene(denne, fra, til, PUBLIKUM)
        if (not slag or punkt.slag in slag) and not _et_helt_ar(punkt)
    ]
    innhold = feed(
        punkter,
        navn=_("Årshjul for SLT i %s") % denne.navn,
        nummer=denne.nummer,
        hele=lambda adresse: (
            adresse if "://" in adresse else hele_adressen(request, adresse)
        ),
    )
    svar = HttpResponse(innhold, content_type="text/calendar; charset=utf-8")
    filnavn = f"arshjul-{denne.slug}.ics"
    svar["Content-Disposition"] = f'inline; filename="{filnavn}"'
    return svar


def _et_helt_ar(punkt):
    """Whether no more is known than the year."""
    til = punkt.til or punkt.fra
    return (punkt.fra.month, punkt.fra.day, til.month, til.day) == (1, 1, 12, 31)
