"""An address as a QR code.

It leads to a page and never holds what stands there: numbers change, and what hangs on a
wall does not.
"""

from io import BytesIO

import segno
from django.utils.safestring import mark_safe

# White around it, in modules: less, and phones do not find it.
RAND = 4


def _kode(adresse):
    # M can be read when a seventh of it is gone: paper on walls gets stains.
    return segno.make_qr(adresse, error="m")


def qr_fil(adresse, *, tittel):
    """Returns an SVG file in bytes, on white whatever is behind it, and without styles:
    those would be refused."""
    ut = BytesIO()
    _kode(adresse).save(
        ut,
        kind="svg",
        border=RAND,
        light="#fff",
        omitsize=True,
        svgclass=None,
        lineclass=None,
        title=tittel,
    )
    return ut.getvalue()


def qr_i_dokument(adresse, *, tittel):
    """Returns the same as an element of a document; what the title says is all that a
    screen reader gets."""
    svg = _kode(adresse).svg_inline(
        border=RAND, omitsize=True, svgclass="qr", lineclass=None, title=tittel
    )
    return mark_safe(svg)  # noqa: S308 (segno escapes the title)
