"""What a request is read as, before anything else reads it."""

import re

from django.conf import settings

_SESJON = re.compile("[a-z0-9]{1,40}")


class InntakMiddleware:
    """Reads every request as UTF-8, and a session cookie as one only if it can be.

    Who asks may name another encoding, by which the same address would ask for something
    else: and be answered with what is kept for all. Some that they may name can't be read
    by at all.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.encoding = "utf-8"
        sesjon = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        # PostgreSQL makes an error of some characters.
        if sesjon is not None and not _SESJON.fullmatch(sesjon):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        return self.get_response(request)
