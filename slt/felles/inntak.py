"""What a request is read as, before anything else reads it."""

from django.conf import settings


class InntakMiddleware:
    """Takes a session cookie that the database cannot be asked for as none."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # PostgreSQL makes an error of this character.
        if "\0" in request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        return self.get_response(request)
