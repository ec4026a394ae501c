"""Headers that Django and django-csp do not set."""

# No page of this site does any of this, so no script on it may do it.
PERMISSIONS_POLICY = ", ".join(
    f"{evne}=()"
    for evne in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "picture-in-picture",
        "publickey-credentials-get",
        "screen-wake-lock",
        "usb",
        "xr-spatial-tracking",
    )
)


class HoderMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        svar = self.get_response(request)
        svar.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        svar.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return svar
