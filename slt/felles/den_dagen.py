"""Pages as they stood on a day that is over: `?dato=2025-03-01`."""

import re
from datetime import date
from functools import lru_cache, partial, wraps

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Min
from django.http import Http404
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from slt.grunn.den_dagen import som_den_dagen
from slt.grunn.tid import Dagfelt
from slt.models import LASES_MED, PUBLIKUM, Kommune

PARAMETER = "dato"
# The way back to today stays what it is.
_LENKE = re.compile(r'href="(/[^"?#]*)(\?[^"#]*)?(#[^"]*)?"(?! data-i-dag)')


class DatoForm(forms.Form):
    """Which day is asked for."""

    dato = Dagfelt(
        label=gettext_lazy("Vis en annen dag"),
        # The browser's own calendar has four stops, and drops what is no day.
        widget=forms.DateInput(
            {"autocomplete": "off", "maxlength": 40}, format="%d.%m.%Y"
        ),
        help_text=gettext_lazy("For eksempel 1. mars 2026."),
        error_messages={"required": gettext_lazy("Skriv en dato.")},
    )

    def __init__(self, *args, kommune, **kwargs):
        super().__init__(*args, **kwargs)
        self.kommune = kommune

    def clean_dato(self):
        dag = self.cleaned_data["dato"]
        if dag > timezone.localdate():
            raise ValidationError(_("Den dagen har ikke vært ennå."))
        forst = forste_dag(self.kommune)
        if dag < forst:
            raise ValidationError(
                _("Det som er lagret her om %(kommune)s, begynner %(dag)s.")
                % {"kommune": self.kommune, "dag": date_format(forst, "j. F Y")}
            )
        return dag


def forste_dag(kommune) -> date:
    """The first day of which the history of a kommune tells; 1 query."""
    tid = Kommune.historikk.filter(id=kommune.pk).aggregate(t=Min("history_date"))["t"]
    return timezone.localdate(tid) if tid else timezone.localdate()


def lest_med(kommune):
    """The ids of the kommuner whose rows stand on the pages of this one."""
    return {kommune.pk, *(pk for finn in LASES_MED for pk in finn({kommune.pk}))}


def for_alle_den(dag, kommune):
    """Answers inside the block as it was for all who read of the kommune when the day
    ended; see `som_den_dagen`."""
    return som_den_dagen(dag, kommuner=lest_med(kommune), bruker=PUBLIKUM)


def med_dato(view):
    """Decorator of a public view with the keyword argument `kommune` (its address): with
    `?dato=` it answers as it would have on that day, as far as the asker may see it
    today, and its links lead on to that day. A day that makes no sense is told of beside
    the field; nothing can be changed from such a page."""

    @wraps(view)
    def view_med_dato(request, *args, **kwargs):
        if PARAMETER not in request.GET:
            return view(request, *args, **kwargs)
        kommune = Kommune.objects.filter(slug=kwargs["kommune"]).first()
        if kommune is None:
            raise Http404
        skjema = DatoForm(request.GET, kommune=kommune)
        if not skjema.is_valid():
            return _sporsmalet(request, kommune, skjema, status=422)
        dag = skjema.cleaned_data[PARAMETER]
        if dag == timezone.localdate():
            return view(request, *args, **kwargs)
        hent = partial(view, request, *args, **kwargs)
        svar = _den_dagen(hent, request, kommune, dag)
        if svar is None:
            return _sporsmalet(request, kommune, skjema, status=404, fantes_ikke=dag)
        return svar

    view_med_dato.har_dato = True
    return view_med_dato


def _den_dagen(hent, request, kommune, dag):
    """The answer of that day, or None where there was nothing."""
    request.dagen, request.datoform = dag, DatoForm({PARAMETER: dag}, kommune=kommune)
    try:
        with som_den_dagen(dag, kommuner=lest_med(kommune), bruker=request.user):
            svar = hent()
            if hasattr(svar, "render"):
                svar.render()
    except Http404:
        del request.dagen
        return None
    if "text/html" in svar.get("Content-Type", ""):
        svar.content = _med_dagen(svar.content.decode(), dag)
    # What stands today is to be found, not what stood.
    svar["X-Robots-Tag"] = "noindex"
    return svar


def _sporsmalet(request, kommune, skjema, *, status, fantes_ikke=None):
    kontekst = {"kommune": kommune, "skjema": skjema, "fantes_ikke": fantes_ikke}
    return render(request, "slt/den_dagen.html", kontekst, status=status)


def _med_dagen(html, dag):
    """The page, whose links to what has such pages lead to the same day there."""

    def med(treff):
        adresse, sporring, resten = treff.groups(default="")
        if not _har_dato(adresse):
            return treff[0]
        sporring = f"{sporring}&amp;" if sporring else "?"
        return f'href="{adresse}{sporring}{PARAMETER}={dag.isoformat()}{resten}"'

    return _LENKE.sub(med, html)


@lru_cache(maxsize=4096)
def _har_dato(adresse):
    try:
        return getattr(resolve(adresse).func, "har_dato", False)
    except Resolver404:
        return False
