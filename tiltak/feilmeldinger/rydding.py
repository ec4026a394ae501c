"""What is not kept of what readers said was wrong."""

from django.utils import timezone

from tiltak.models import Feilmelding


def rydd():
    """Deletes what was done with long ago; returns what it did, in words."""
    gamle = Feilmelding.objects.ikke_lenger_i_bruk(timezone.now())
    antall, _alle = gamle.delete()
    return f"Slettet {antall} feilmeldinger som var ferdige."
