"""Public pages of a kommune: in its own language, and kept until its content changes.

A page is kept under the kommune's version, so that an edit by whatever door makes it
lapse at once; under the language; and under the local date, for words that a new day
makes untrue. Words that the clock makes untrue say until when they hold (`holder_til`), and
the page lapses then. For somebody who has a session it is kept under all that they have rights
to, too, as it looks to everybody who has exactly these; who they are is put in afterwards.
"""

import hashlib
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import override

from slt.felles.personlig import arbeidssted, fyll, har_eget_skjema, uten_person
from slt.models import retter_av

# The version changes the key; the time only bounds how long what has lapsed takes room.
EN_UKE = 7 * 24 * 3600


def versjon_og_malform(slug):
    """Returns content version and language of the kommune with this address, or None.

    As plain SQL: this is all that a kept page costs.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT versjon, malform FROM slt_kommune WHERE slug = %s", [slug]
        )
        return cursor.fetchone()


def alles_versjon(_ingen):
    """Returns what changes with each kommune, as the version of a page about all of them,
    and the language that they have in common, or that of the site."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*), SUM(versjon), MAX(id), MIN(malform), MAX(malform) "
            "FROM slt_kommune"
        )
        *versjon, en, annen = cursor.fetchone()
    return tuple(versjon), en if en and en == annen else settings.LANGUAGE_CODE


def holder_til(request, tid):
    """Says that from this moment on, the page that is made says what is untrue."""
    request.holder_til = min(tid, getattr(request, "holder_til", tid))


def ikke_bevar(request):
    """Says that the page that is made tells something that changes without the version of
    its kommune: it is made anew each time."""
    holder_til(request, timezone.now())


def i_malformen(view):
    """Decorator of a view with the keyword argument `kommune` (its address): answers in
    the language of the kommune, and keeps nothing."""

    @wraps(view)
    def i_malform(request, *args, **kwargs):
        funnet = versjon_og_malform(kwargs["kommune"])
        if funnet is None:
            return view(request, *args, **kwargs)
        return _lag(funnet[1], view, request, *args, **kwargs)

    return i_malform


def bevart(view, *, for_fremmede=False, av=versjon_og_malform):
    """Decorator of a public view with the keyword argument `kommune` (its address): who
    asks gets the page that was kept, until the content of the kommune changes.

    Args:
        for_fremmede: whether it is kept for strangers alone, and made anew for others:
            what it says to them has forms, or names, which may change without the version
            of the kommune.
        av: what gives version and language of the page, from the address of the kommune.
    """

    @wraps(view)
    def bevarende(request, *args, **kwargs):
        funnet = av(kwargs.get("kommune"))
        if funnet is None:
            return view(request, *args, **kwargs)
        versjon, malform = funnet
        if request.COOKIES.get(settings.SESSION_COOKIE_NAME):
            retter = None if for_fremmede else retter_av(request.user)
            if retter is None:
                svar = _lag(malform, view, request, *args, **kwargs)
            else:
                svar = _for_like(funnet, retter, view, request, *args, **kwargs)
            svar["Cache-Control"] = "private, no-store"
            return svar
        cachenokkel = _cachenokkel(request, versjon, malform)
        if (svar := _hent(cachenokkel)) is None:
            svar = _lag(malform, view, request, *args, **kwargs)
            if svar.status_code != 200:
                return svar
            _legg_bort(cachenokkel, svar, getattr(request, "holder_til", None))
        # A browser may keep it, but asks each time whether it still holds.
        svar["Cache-Control"] = "no-cache"
        patch_vary_headers(svar, ["Cookie"])
        return get_conditional_response(request, etag=svar["ETag"], response=svar)

    bevarende.er_bevart = True  # tests look for it, so as to forget no page
    return bevarende


def _lag(malform, view, request, *args, **kwargs):
    request.malform = malform  # for the page that says that it went wrong
    with override(malform):
        svar = view(request, *args, **kwargs)
        if hasattr(svar, "render"):
            svar.render()  # while the language holds
    return svar


def _for_like(funnet, retter, view, request, *args, **kwargs):
    """The page as all see it who have these rights, with what is made for the asker."""
    versjon, malform = funnet
    sted = arbeidssted(request, retter)
    cachenokkel = _cachenokkel(request, versjon, malform, retter.nokkel, str(sted))
    if (bevarte := _gjeldende(cachenokkel)) is None:
        with uten_person(request, retter):
            svar = _lag(malform, view, request, *args, **kwargs)
            hull, kan_bevares = request.hull, not har_eget_skjema(request)
            til = getattr(request, "holder_til", None)
        if not kan_bevares:
            return _lag(malform, view, request, *args, **kwargs)
        deler = hull.del_opp(svar.content)
        bevarte = deler, dict(svar.headers), hull.navn, hull.kommune
        if svar.status_code == 200 and not _er_over(til):
            cache.set(cachenokkel, (til, bevarte), EN_UKE)
    else:
        svar = HttpResponse(headers=bevarte[1])
    deler, _hoder, hullene, kommune = bevarte
    with override(malform):
        svar.content = fyll(deler, hullene, kommune, request)
    return svar


def _cachenokkel(request, versjon, malform, *andre):
    deler = (
        request.scheme,
        request.get_host(),
        request.get_full_path(),
        str(versjon),
        malform,
        timezone.localdate().isoformat(),
        *andre,
    )
    # Addresses may be long, and hold what a cache key may not.
    return hashlib.blake2b("\n".join(deler).encode(), digest_size=16).hexdigest()


def _gjeldende(cachenokkel):
    """Returns what was kept, or None where there is nothing that still holds."""
    til, bevarte = cache.get(cachenokkel) or (None, None)
    return None if _er_over(til) else bevarte


def _er_over(til):
    return til is not None and til <= timezone.now()


def _hent(cachenokkel):
    """Returns the response that was kept, or None."""
    if (bevarte := _gjeldende(cachenokkel)) is None:
        return None
    innhold, hoder = bevarte
    return HttpResponse(innhold, headers=hoder)


def _legg_bort(cachenokkel, svar, til):
    # It is made of the content, not of the key: another release may say the same in
    # other words.
    merke = hashlib.blake2b(svar.content, digest_size=16).hexdigest()
    svar["ETag"] = f'"{merke}"'
    if not _er_over(til):
        cache.set(cachenokkel, (til, (svar.content, dict(svar.headers))), EN_UKE)
