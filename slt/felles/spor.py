"""Tells the history who is behind a request and by which door the change comes in."""

from slt.grunn.historikk import Dor, spor


class SporMiddleware:
    """Puts the user and the door on all that a request changes. It has to stand after
    AuthenticationMiddleware.

    The user is not looked up here but when a change is written: a public page must not
    touch the session.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        dor = Dor.ADMIN if request.path.startswith("/admin/") else Dor.SKJEMA
        with spor(dor, bruker=request.user):
            return self.get_response(request)
