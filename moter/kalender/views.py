"""The addresses that calendar programs ask, and the pages where people make and revoke
their secret ones."""

from hashlib import blake2b

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from moter.kalender.forms import KalenderlenkeForm
from moter.kalender.ical import FORMAT, feed
from moter.models import Forum, Forumsmedlem, Kalenderlenke, Mote
from slt.felles.bevart import bevart
from slt.felles.bremse import avsender, for_mange
from slt.felles.epost import hele_adressen
from slt.felles.nokkellenker import ny_lenke, vis_en_gang
from slt.felles.sider import for_koordinator, las_egen, sendt
from slt.models import PUBLIKUM, Kommune

KVARTER = 15 * 60
ET_DOGN = 24 * 3600
# The kommune of a forum, its version and its language, seen from a link or a seat.
KOMMUNEN = ("forum__kommune", "forum__kommune__versjon", "forum__kommune__malform")


# For calendar programs ----------------------------------------------------------------


@login_not_required
@require_safe
@bevart
def kalender(request, kommune):
    """When the public fora of a kommune meet."""
    kommune = get_object_or_404(Kommune, slug=kommune)
    # They are asked for as numbers: by a subquery, PostgreSQL reads the meetings of all
    # kommuner.
    fora = list(Forum.objects.i(kommune).values_list("pk", flat=True))
    moter = _offentlige().filter(forum__in=fora)
    navn = _("SLT-møter i %s") % kommune.navn
    return _svar(request, moter, navn, f"moter-{kommune.slug}")


@login_not_required
@require_safe
@bevart
def forum_kalender(request, kommune, slug):
    """When one public forum meets."""
    forum = get_object_or_404(
        Forum.objects.synlige_for(PUBLIKUM).select_related("kommune"),
        kommune__slug=kommune,
        slug=slug,
    )
    moter = _offentlige().filter(forum=forum)
    return _svar(request, moter, _navn_pa(forum), forum.slug)


@login_not_required
@require_safe
def kalenderlenke(request, nokkel):
    """The meetings that a secret link opens."""
    avtrykk = Kalenderlenke.avtrykk_av(nokkel)
    # Read before the meetings: at worst the next one who asks gets the same once more.
    tilstand = _tilstand(avtrykk)
    if tilstand is None:
        return _apner_ingenting(request)
    svar = None
    cachenokkel = _cachenokkel(request, tilstand)
    if (merke := cache.get(cachenokkel)) is None:
        svar = _hemmelig(request, avtrykk, malform=_malform(tilstand))
        merke = _merke(svar.content)
        cache.set(cachenokkel, merke, ET_DOGN)
    uendret = get_conditional_response(request, etag=merke)
    svar = uendret or svar or _hemmelig(request, avtrykk, malform=_malform(tilstand))
    # Never that of what was remembered: something may have been written meanwhile.
    svar["ETag"] = merke if uendret else _merke(svar.content)
    svar["Cache-Control"] = "private, no-cache"
    return svar


def _tilstand(avtrykk):
    """What decides what a link shows: (link, [(kommune, its version, its language)] of
    those whose meetings it shows), or None where it opens nothing. While this is the
    same on the same day, so is the feed. One query, for a person's link two: this is all
    that an unchanged feed costs."""
    lenker = Kalenderlenke.objects.som_apner().filter(avtrykk=avtrykk)
    funnet = lenker.values_list("pk", "bruker", *KOMMUNEN).first()
    if funnet is None:
        return None
    lenke, bruker, *kommunen = funnet
    if bruker is None:
        return lenke, [tuple(kommunen)]
    seter = Forumsmedlem.objects.gyldige().filter(bruker=bruker)
    kommuner = seter.order_by("forum__kommune_id").values_list(*KOMMUNEN)
    return lenke, list(kommuner.distinct())


def _malform(tilstand):
    """The language of the first kommune, or of the site where nobody meets."""
    _lenke, kommuner = tilstand
    return kommuner[0][-1] if kommuner else settings.LANGUAGE_CODE


def _cachenokkel(request, tilstand):
    """Returns the key under which the ETag of a feed is remembered. It is made of all that
    decides what stands there, without looking: a new day may end a seat, and moves the
    window. Whatever else happened in the kommune changes the key, but not the ETag."""
    vert = hele_adressen(request, "/")
    deler = (FORMAT, timezone.localdate().isoformat(), vert, tilstand)
    return f"kalender-{_avtrykk(repr(deler).encode())}"


def _merke(innhold):
    """Returns the ETag of a feed, which changes with what it says and nothing else."""
    return f'"{_avtrykk(innhold)}"'


def _avtrykk(innhold):
    return blake2b(innhold, digest_size=16).hexdigest()


def _hemmelig(request, avtrykk, *, malform):
    lenke = get_object_or_404(
        Kalenderlenke.objects.som_apner().select_related("forum__kommune", "bruker"),
        avtrykk=avtrykk,
    )
    with override(malform):
        navn = _navn_pa(lenke.forum) if lenke.forum else _("Mine SLT-møter")
        return _svar(request, lenke.moter(), navn, "moter")


def _offentlige():
    # It is the same whoever asks: a calendar program does not log in, and what it keeps
    # is shared.
    return Mote.objects.synlige_for(PUBLIKUM)


def _navn_pa(forum):
    return f"{forum.navn}, {forum.kommune.navn}"


def _svar(request, moter, navn, filnavn):
    def side(forum):
        return hele_adressen(request, forum.get_absolute_url())

    innhold = feed(
        moter.i_feeden().select_related("forum__kommune"), navn=navn, side=side
    )
    svar = HttpResponse(innhold, content_type="text/calendar; charset=utf-8")
    svar["Content-Disposition"] = f'inline; filename="{filnavn}.ics"'
    return svar


def _apner_ingenting(request):
    """Answers with one short line: a program reads it, not people."""
    if for_mange("kalenderlenke", avsender(request), antall=60, sekunder=KVARTER):
        tekst, status = _("For mange forsøk. Vent et kvarter, og prøv igjen."), 429
    else:
        tekst, status = _("Kalenderen finnes ikke, eller lenken er trukket."), 404
    svar = HttpResponse(
        f"{tekst}\n", status=status, content_type="text/plain; charset=utf-8"
    )
    svar["Cache-Control"] = "no-store"
    return svar


# For coordinators: links to the calendars of fora ------------------------------------


@require_http_methods(["GET", "POST"])
@for_koordinator
def kalenderlenker(request, kommune):
    """The links to fora of the kommune, and the form that makes one more."""
    fora = Forum.objects.holdes_av(request.user).filter(kommune=kommune).virksomme()
    skjema = KalenderlenkeForm(sendt(request), fora=fora)
    if request.method == "POST" and skjema.is_valid():
        with transaction.atomic():
            las_egen(request, kommune)
            return _lag(request, forum=skjema.cleaned_data["forum"])
    lenker = Kalenderlenke.objects.synlige_for(request.user).ikke_over()
    return render(
        request,
        "moter/kalenderlenker.html",
        {
            "kommune": kommune,
            "lenker": lenker.filter(forum__kommune=kommune)
            .select_related("forum")
            .med_opphav(),
            "skjema": skjema,
            **_med_ny_lenke(request),
        },
        status=422 if skjema.errors else 200,
    )


@require_POST
@for_koordinator
def kalenderlenke_trekk(request, kommune, pk):
    """Revokes a link to a forum."""
    lenker = Kalenderlenke.objects.synlige_for(request.user).ikke_over()
    lenke = get_object_or_404(lenker, forum__kommune=kommune, pk=pk)
    return _trekk(request, lenke, reverse("moter:kalenderlenker", args=[kommune.slug]))


# For whoever sits in a forum: links to all their meetings ----------------------------


@never_cache
@require_http_methods(["GET", "POST"])
def mine_kalendere(request):
    """The links to one's own meetings. Makes one more."""
    sitter_i = Forum.objects.filter(
        pk__in=request.user.forumsmedlemskap.gyldige().values("forum")
    ).select_related("kommune")
    kan_lage = sitter_i.exists() or request.user.koordinerer.exists()
    if request.method == "POST":
        if not kan_lage:
            raise PermissionDenied
        return _lag(request, bruker=request.user)
    return render(
        request,
        "moter/mine_kalendere.html",
        {
            "sitter_i": list(sitter_i),
            "kan_lage": kan_lage,
            "koordinerer": list(request.user.koordinerer),
            "lenker": request.user.kalenderlenker.ikke_over().med_opphav(),
            **_med_ny_lenke(request),
        },
    )


@require_POST
def min_kalender_trekk(request, pk):
    """Revokes a link to one's own meetings."""
    lenker = request.user.kalenderlenker.ikke_over()
    return _trekk(request, get_object_or_404(lenker, pk=pk), reverse("mine_kalendere"))


# What both have in common -------------------------------------------------------------


def _lag(request, **hva):
    """Makes a link; the page that it leads to shows it, this once."""
    nokkel = Kalenderlenke.ny(**hva)
    adresse = hele_adressen(request, reverse("kalenderlenke", args=[nokkel]))
    vis_en_gang(request, adresse, side=request.path)
    return redirect(request.path)


def _med_ny_lenke(request):
    """The link that was just made on this page, which is then forgotten."""
    adresse = ny_lenke(request)
    return {
        "ny_lenke": adresse,
        # The scheme by which a click opens the calendar program itself.
        "ny_webcal": f"webcal:{adresse.partition(':')[2]}",
    }


def _trekk(request, lenke, tilbake):
    lenke.avslutt()
    messages.success(request, _("Lenken er trukket tilbake, og virker ikke lenger."))
    return redirect(tilbake)
