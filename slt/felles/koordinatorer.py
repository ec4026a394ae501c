"""That a kommune has somebody who keeps it, and who is told when it will not."""

from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def varsel_om_koordinator(kommune):
    """What to say where a day comes, or has come, on which nobody coordinates; else
    ""."""
    til = kommune.koordinert_til()
    if til == date.max:
        return ""
    if til < timezone.localdate():
        return _("Kommunen har ingen SLT-koordinator.")
    return _(
        "Etter %s har kommunen ingen SLT-koordinator. Gi noen rollen uten sluttdato i "
        "god tid."
    ) % date_format(til, "j. F Y")
