"""The kommune somebody works in: in the admin it is chosen once, for all pages."""

from slt.models import Tilgang

SESJONSNOKKEL = "admin_kommune"


# The field by which each form says in which kommune it was opened.
SKJEMAFELT = "_kommune"


def valgt_kommune(request):
    """Returns the kommune the user works in: that of the form being sent, the one
    chosen, or else the first; None for somebody who has none. One query a request."""
    if not hasattr(request, "_valgt_kommune"):
        egne = {str(k.pk): k for k in valgbare(request)}
        fra_skjema = request.POST.get(SKJEMAFELT)
        if fra_skjema in egne:
            # The user may have chosen another one in another window since.
            request.session[SESJONSNOKKEL] = egne[fra_skjema].pk
        valgt = str(request.session.get(SESJONSNOKKEL))
        request._valgt_kommune = egne.get(valgt) or next(iter(egne.values()), None)
    return request._valgt_kommune


def arbeid_i(request, kommune):
    """Makes the kommune the one the user works in, if they may, as the form that they
    just sent says: links from it into the admin then find its rows."""
    # Asked anew: it may have been made since those were looked up among which one chooses.
    if kommune.gir(request.user, Tilgang.Rolle.KOORDINATOR):
        request.session[SESJONSNOKKEL] = kommune.pk
        request._valgt_kommune = kommune


def valgbare(request):
    """The kommuner among which the user chooses. One query a request."""
    if not hasattr(request, "_valgbare_kommuner"):
        request._valgbare_kommuner = list(request.user.koordinerer)
    return request._valgbare_kommuner
