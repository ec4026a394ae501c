"""What a request is read as, before anything else reads it."""

from django.conf import settings


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
        # PostgreSQL makes an error of this character.
        if "\0" in request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        return self.get_response(request)
