"""What a kommune has published of what it knows."""

from django.db.models import Exists, OuterRef

from evaluering.models import Anbefaling, Evaluering, Funn, Indikator, Rapport
from slt.models import PUBLIKUM


def _kunnskap():
    funn = Funn.objects.synlige_for(PUBLIKUM)
    anbefalinger = Anbefaling.objects.synlige_for(PUBLIKUM)
    indikatorer = Indikator.objects.synlige_for(PUBLIKUM)
    evalueringer = Evaluering.objects.synlige_for(PUBLIKUM)
    rapporter = Rapport.objects.synlige_for(PUBLIKUM)
    return (
        Exists(funn.filter(kilde__kommune=OuterRef("pk")))
        | Exists(anbefalinger.filter(kilde__kommune=OuterRef("pk")))
        | Exists(indikatorer.filter(kommune=OuterRef("pk")))
        | Exists(evalueringer.filter(kommune=OuterRef("pk")))
        | Exists(rapporter.filter(kommune=OuterRef("pk")))
    )


INNHOLD = {"kunnskap": _kunnskap}
