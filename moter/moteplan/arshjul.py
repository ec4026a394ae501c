"""The meetings in the year of a kommune."""

from datetime import timedelta

from django.utils.translation import gettext as _

from moter.models import Forum, Mote
from slt.felles.arshjul import Punkt, Slag
from slt.grunn.tid import midnatt


def motene(kommune, fra, til, bruker):
    """Yields those that are held, of the fora that the user sees; 2 queries. Those of the
    areas, of which there are many, are told of together."""
    # As numbers: by a subquery, PostgreSQL reads the meetings of all kommuner.
    fora = list(Forum.objects.i(kommune).values_list("pk", flat=True))
    moter = Mote.objects.synlige_for(bruker).holdes().filter(forum__in=fora)
    moter = moter.filter(
        start__gte=midnatt(fra), start__lt=midnatt(til + timedelta(days=1))
    )
    for mote in moter.select_related("forum__kommune").order_by("start", "pk"):
        i_omradet = mote.forum.type == Forum.Type.OMRADEMOTE
        yield Punkt(
            fra=mote.dag,
            til=None,
            tittel=str(mote.forum),
            slag=Slag.MOTER,
            adresse=mote.forum.get_absolute_url(),
            internt=not mote.forum.offentlig,
            samles=_("områdemøter") if i_omradet else "",
        )
