"""A secret link that was just made is shown once, on the page that its maker is led to:
only its fingerprint is stored."""

NY_LENKE = "ny_lenke"  # in the session until it was shown: [path of the page, address]


def vis_en_gang(request, adresse, *, side):
    """Keeps the address of a link for the next look at the page with this path."""
    request.session[NY_LENKE] = [side, adresse]


def ny_lenke(request):
    """Returns the address that this page is to show, and forgets it; "" if none."""
    side, adresse = request.session.get(NY_LENKE, ("", ""))
    if request.method != "GET" or side != request.path:
        return ""
    del request.session[NY_LENKE]
    return adresse
