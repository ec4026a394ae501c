"""HTML in, PDF out, by WeasyPrint; only files of the project are ever fetched."""

from django.contrib.staticfiles import finders


class PdfUtilgjengelig(RuntimeError):  # noqa: N818
    """The libraries that WeasyPrint draws text with are not on this machine."""


def lag_pdf(html, *, stilark):
    """Returns the document as bytes.

    Args:
        html: a whole page; its images and links are not fetched.
        stilark: the style sheet as a static file ("slt/pdf.css").

    Raises:
        PdfUtilgjengelig: when Pango is missing.
    """
    try:
        # Slow, and impossible without Pango: the rest of the site works without.
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except OSError as feil:
        raise PdfUtilgjengelig(
            "PDF trenger Pango: installer libpangoft2-1.0-0 og libharfbuzz-subset0."
        ) from feil

    class Ingenting(URLFetcher):
        """Refuses every address: what people typed must not make the server fetch."""

        def fetch(self, url, headers=None):
            raise ValueError(f"not fetched: {url}")

    ark = CSS(filename=finders.find(stilark))
    return HTML(string=html, url_fetcher=Ingenting()).write_pdf(
        stylesheets=[ark], pdf_variant="pdf/ua-1"
    )
