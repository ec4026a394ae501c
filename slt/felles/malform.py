"""The language of pages that are of no kommune: of one's own account, of the admin, of
kommuner as such, of the help, and what is said on errors there.

Who is logged in gets that of the kommuner they work in, wherever they were last; who comes
from a page of a kommune to log in, that of it; all others that which all kommuner of the
site have in common. The admin works in one kommune, and speaks its language. The pages of a
kommune are in its own: see slt.felles.bevart.
"""

import re

from django.conf import settings
from django.utils.translation import override

from slt.felles.arbeidsflate import kommuner_for
from slt.felles.arbeidskommune import valgt_kommune
from slt.felles.bevart import alles_versjon, versjon_og_malform
from slt.models import Bruker

# The first parts of their addresses. A calendar is in the language of what it shows, and is
# asked for by programs, often.
UTEN_KOMMUNE = re.compile("/(?:admin|hjelp|kommuner|konto|lenke(?!/kalender/))/")
ADMIN = "/admin/"
I_KOMMUNE = re.compile("/([-a-z0-9]+)/")


class MalformMiddleware:
    """Answers in the language of the asker where the address names no kommune. Needs to
    stand after TilgangMiddleware."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not UTEN_KOMMUNE.match(request.path_info):
            return self.get_response(request)
        with override(_malform(request)):
            return self.get_response(request)


def _malform(request):
    if request.COOKIES.get(settings.SESSION_COOKIE_NAME):
        if request.ser_som:
            return request.ser_som.kommune.malform
        if request.user.is_authenticated:
            i_admin = request.path_info.startswith(ADMIN) and valgt_kommune(request)
            return i_admin.malform if i_admin else malform_for(request.user)
    # Whoever logs in is led there.
    return malform_der(request.GET.get("next", "")) or alles_malform()


def malform_der(adresse):
    """The language of the kommune that has a page at the address, or None."""
    treff = I_KOMMUNE.match(adresse)
    funnet = treff and versjon_og_malform(treff[1])
    return funnet and funnet[1]


def alles_malform():
    """The language that all kommuner have in common, or that of the site."""
    return alles_versjon(None)[1]


def malform_for(bruker):
    """The language in which to speak to a user: that which all kommuner have in common in
    which they read or do something, or else that of the site."""
    if bruker.is_superuser:
        return alles_malform()
    kommuner = kommuner_for(bruker).order_by()
    match list(kommuner.values_list("malform", flat=True).distinct()):
        case []:
            return alles_malform()
        case [malform]:
            return malform
    return settings.LANGUAGE_CODE


def malform_i_epost(bruker):
    """The same of a mail. Asks as much whoever it is, or is not: how long it takes says
    nothing."""
    bruker = bruker or Bruker(pk=0)
    kommuner = [bruker.koordinerer.first(), kommuner_for(bruker).first()]
    felles = alles_malform()
    return next((kommune.malform for kommune in kommuner if kommune), felles)
