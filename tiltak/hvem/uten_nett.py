"""Whom to call where there is no network: the one page of a kommune that a browser keeps,
and what a phone needs to know to have the site on its first screen."""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from slt.felles.bevart import bevart, i_malformen
from slt.felles.dokument import FARGER
from slt.felles.offentlig import med_innhold
from slt.models import PUBLIKUM, Kommune
from tiltak.models import Kontaktpunkt, Tjeneste

IKONER = [
    ("slt/ikon-192.png", "192x192", "any"),
    ("slt/ikon-512.png", "512x512", "any"),
    ("slt/ikon-512-hel.png", "512x512", "maskable"),
]


@login_not_required
@require_safe
@bevart
def uten_nett(request, kommune):
    """All that may be called, on one page. It is the same whoever asks, for what a browser
    keeps may be read by all who hold the phone."""
    kommune = get_object_or_404(med_innhold(Kommune.objects.all()), slug=kommune)
    tjenester = Tjeneste.objects.synlige_for(PUBLIKUM).i(kommune)
    tjenester = tjenester.virksomme().med_kontaktpunkter(PUBLIKUM)
    return render(
        request,
        "tiltak/hvem/uten_nett.html",
        {
            "kommune": kommune,
            "akuttpunkter": Kontaktpunkt.objects.akutte_i(kommune),
            "tjenester": [t for t in tjenester if t.kontaktpunkter.all()],
        },
    )


@login_not_required
@require_safe
@cache_control(max_age=3600)
@i_malformen
def manifest(request, kommune):
    """What the kommune's pages are called on the first screen of a phone, where others see
    it: nothing there says what they are about."""
    kommune = get_object_or_404(Kommune, slug=kommune)
    omrade = reverse("kommune", args=[kommune.slug])
    navn = _("Hvem kan hjelpe") if kommune.hvem_er_pa else _("Kontakter")
    start = reverse("tiltak:hvem", args=[kommune.slug])
    innhold = {
        "id": omrade,
        "name": f"{navn} – {kommune.navn}",
        "short_name": navn,
        "lang": get_language(),
        "start_url": start if kommune.hvem_er_pa else omrade,
        "scope": omrade,
        # With a way back, and an address: who holds the phone sees where they are.
        "display": "minimal-ui",
        "theme_color": f"#{FARGER[kommune.aksentfarge]}",
        "background_color": "#ffffff",
        "icons": [
            {
                "src": static(fil),
                "sizes": storrelse,
                "type": "image/png",
                "purpose": bruk,
            }
            for fil, storrelse, bruk in IKONER
        ],
    }
    return JsonResponse(
        innhold,
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )
