"""Pages above the apps: the list of kommuner, a kommune, and what is said on errors."""

import re
from datetime import timedelta
from functools import cache, partial
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from slt.felles.bevart import alles_versjon, bevart
from slt.felles.kladd import siden_for
from slt.felles.malform import UTEN_KOMMUNE, alles_malform
from slt.felles.offentlig import delene, med_innhold, sees_av, utsagn
from slt.felles.sider import kan_endre, videre
from slt.felles.tekstredigering import Skjemaord
from slt.models import PUBLIKUM, Kommune
from tiltak.models import Handlingsplan


@login_not_required
@require_safe
@partial(bevart, av=alles_versjon)
def forside(request):
    """The kommuner of this installation that have published something, and those in which
    the asker works; leads straight on where there is only one."""
    kommuner = Kommune.objects.annotate(sees=utsagn(sees_av(request.user)))
    alle = list(kommuner.only("navn", "slug"))
    synlige = [kommune for kommune in alle if kommune.sees]
    if len(synlige or alle) == 1:
        return videre(request, (synlige or alle)[0].get_absolute_url())
    return render(
        request, "slt/forside.html", {"kommuner": synlige, "noen": bool(alle)}
    )


@login_not_required
@require_safe
def skjemaord(request):
    """The words of the forms' scripts: also for who writes by a link."""
    return Skjemaord.as_view(packages=["django.contrib.admin"])(request)


@login_not_required
@require_safe
@bevart
def kommune_detail(request, kommune):
    """Leads to the plan in force; without one, says what else there is."""
    kommune = get_object_or_404(med_innhold(Kommune.objects.all()), slug=kommune)
    planer = Handlingsplan.objects.synlige_for(request.user).filter(kommune=kommune)
    if plan := Handlingsplan.objects.gjeldende_i(kommune):
        return videre(request, plan.get_absolute_url())
    planer = planer.i_rekker().select_related("kommune", "rekke")
    deler = delene(kommune, PUBLIKUM)
    return render(
        request,
        "slt/kommune_detail.html",
        {
            "kommune": kommune,
            "plan": None,
            "planer": planer,
            "deler": deler,
            "har_noe": any(deler.values()),
            "kan_endre": kan_endre(request.user, kommune),
        },
    )


@login_not_required
@require_safe
def healthz(request):
    """Says that the process answers and reaches its database."""
    Kommune.objects.exists()
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@bevart
def personvern(request, kommune):
    """What the kommune says of privacy, and what the software stores."""
    kommune = get_object_or_404(med_innhold(Kommune.objects.all()), slug=kommune)
    return render(request, "slt/personvern.html", {"kommune": kommune})


@login_not_required
@require_safe
def security_txt(request):
    """Whom to tell of a weakness (RFC 9116)."""
    if not settings.SIKKERHETSKONTAKT:
        raise Http404("SIKKERHETSKONTAKT is not set")
    utloper = timezone.now() + timedelta(days=180)
    linjer = [
        f"Contact: {settings.SIKKERHETSKONTAKT}",
        f"Expires: {utloper:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: no, en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    ]
    return HttpResponse(
        "\n".join(linjer) + "\n", content_type="text/plain; charset=utf-8"
    )


@login_not_required
@require_safe
def robots(request):
    """Search engines may read all that is public."""
    linjer = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /konto/",
        "Disallow: /*.pdf?",
        "Disallow: /*?*dato=",
        "Disallow: /*/sok/",
        "Disallow: /*/meld-feil/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap_index'))}",
    ]
    return HttpResponse("\n".join(linjer) + "\n", content_type="text/plain")


SKRIPT = Path(__file__).parent / "static/slt"


@cache
def _skript(navn):
    return (SKRIPT / navn).read_bytes()


@login_not_required
@require_safe
def sw(request):
    """The script that keeps whom to call for when there is no network. It stands here and
    not among the static files: it works below its own address, and has to have the same
    one for ever, or browsers would never find the next one."""
    navn = "sw.js" if settings.UTEN_NETT else "sw_bort.js"
    svar = HttpResponse(_skript(navn), content_type="text/javascript; charset=utf-8")
    svar["Cache-Control"] = "no-cache"
    set_response_etag(svar)
    return get_conditional_response(request, etag=svar["ETag"], response=svar)


FOR_STORT = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def forstar_ikke(request, exception=None):
    for_stort = isinstance(exception, FOR_STORT)
    # Without the request: what was wrong may be the host, which pages ask for.
    return HttpResponse(
        render_to_string("400.html", {"for_stort": for_stort}), status=400
    )


def ingen_tilgang(request, exception=None):
    return _i_kommunen(request, "403.html", 403)


def skjema_ikke_sendt(request, reason=""):
    """Where a form cannot be shown to come from our own page: with the way back to it."""
    return _i_kommunen(request, "403_csrf.html", 403, tilbake=siden_for(request))


def finnes_ikke(request, exception=None):
    return _i_kommunen(request, "404.html", 404)


def _i_kommunen(request, mal, status, **mer):
    """A page about an address that leads nowhere: below a kommune, and where there is only
    one, it has the menu and the acute strip of that kommune. Below it, its language too;
    elsewhere, that of the asker."""
    sted = re.match("/([-a-zA-Z0-9_]+)(?:/|$)", request.path_info)
    her = Kommune.objects.filter(slug=sted[1]).first() if sted else None
    kommune = her or _den_eneste_kommunen()
    kontekst = {
        "kommune": kommune,
        "plan": kommune and Handlingsplan.objects.gjeldende_i(kommune),
        **mer,
    }
    malform = her.malform if her else alles_malform()
    with override(get_language() if UTEN_KOMMUNE.match(request.path_info) else malform):
        return render(request, mal, kontekst, status=status)


def _den_eneste_kommunen():
    kommuner = Kommune.objects.all()[:2]
    return kommuner[0] if len(kommuner) == 1 else None


def noe_gikk_galt(request):
    # Nothing is looked up: the language is that in which the page was being made.
    with override(getattr(request, "malform", None) or get_language()):
        return render(request, "500.html", status=500)
