"""Keeps finished public pages until the content of their kommune changes.

A page is kept under the kommune's version, so that an edit by whatever door makes it
lapse at once; under the language; and under the local date, for words that a new day
makes untrue. Only strangers get kept pages: a page for somebody logged in is made anew.
"""

import hashlib
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

# The versions change the key; the time only bounds how long what has lapsed takes room.
EN_UKE = 7 * 24 * 3600


def innholdsversjon(slug):
    """Returns the content version of the kommune with this address, or None.

    As plain SQL: this is all that a kept page costs.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT versjon FROM slt_kommune WHERE slug = %s", [slug])
        rad = cursor.fetchone()
    return rad and rad[0]


def bevart(view):
    """Decorator of a public view with the keyword argument `kommune` (its address)."""

    @wraps(view)
    def bevarende(request, *args, **kwargs):
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            svar = view(request, *args, **kwargs)
            svar["Cache-Control"] = "private, no-store"
            return svar
        versjon = innholdsversjon(kwargs["kommune"])
        if versjon is None or "\x00" in request.get_full_path():
            return view(request, *args, **kwargs)
        nokkel = _nokkel(request, versjon)
        etag = f'"{nokkel}"'
        if request.headers.get("If-None-Match") == etag:
            return _merket(HttpResponse(status=304), etag)
        svar = cache.get(nokkel)
        if svar is None:
            svar = view(request, *args, **kwargs)
            if hasattr(svar, "render"):
                svar.render()
            if svar.status_code != 200:
                return svar
            cache.set(nokkel, (svar.content, svar["Content-Type"]), EN_UKE)
        else:
            svar = HttpResponse(svar[0], content_type=svar[1])
        return _merket(svar, etag)

    return bevarende


def _nokkel(request, versjon):
    deler = (
        request.get_host(),
        request.get_full_path(),
        str(versjon),
        get_language() or "",
        timezone.localdate().isoformat(),
    )
    # Addresses may be long, and hold what a cache key may not.
    return hashlib.blake2b("\n".join(deler).encode(), digest_size=16).hexdigest()


def _merket(svar, etag):
    # A browser may keep it, but asks each time whether it still holds.
    svar["Cache-Control"] = "no-cache"
    svar["ETag"] = etag
    patch_vary_headers(svar, ["Cookie"])
    return svar
