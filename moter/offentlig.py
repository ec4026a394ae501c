"""What a kommune has published of who meets."""

from django.db.models import Exists, OuterRef

from moter.models import Aktivitet, Forum, Forumskommune
from slt.models import PUBLIKUM
from tiltak.models import Styringsdokument


def _fora():
    """Fora, of its own and shared ones, activities, and what is decided whatever the
    plan."""
    fora = Forum.objects.synlige_for(PUBLIKUM).virksomme()
    # Not with "in": it would go through the fora of all kommuner.
    delte = Forumskommune.objects.godtatte().filter(
        Exists(fora.filter(pk=OuterRef("forum"))), kommune=OuterRef("pk")
    )
    dokumenter = Styringsdokument.objects.filter(plan=None)
    aktiviteter = Aktivitet.objects.synlige_for(PUBLIKUM)
    return (
        Exists(fora.filter(kommune=OuterRef("pk")))
        | Exists(delte)
        | Exists(aktiviteter.filter(kommune=OuterRef("pk")))
        | Exists(dokumenter.filter(kommune=OuterRef("pk")))
    )


INNHOLD = {"moter": _fora}
