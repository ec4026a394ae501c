"""What a kommune begins with, of who meets."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moter.models import Forum, Mote
from slt.felles.arbeidsflate import Linje
from slt.felles.start import Startsteg


def _har_fora():
    return Exists(Forum.objects.filter(kommune=OuterRef("pk")))


def _har_moter():
    moter = Mote.objects.holdes().fra_i_dag()
    return Exists(moter.filter(forum__kommune=OuterRef("pk")))


def _nytt_forum(kommune, _hvor):
    yield Linje(_("Nytt forum"), reverse("moter:forum_nytt", args=[kommune.slug]))


def _moteplan(kommune, _hvor):
    yield Linje(_("Planlegg møtene"), reverse("moter:planlegger", args=[kommune.slug]))


STEG = [
    Startsteg(
        nokkel="fora",
        plass=100,
        tittel=gettext_lazy("Legg inn foraene som møtes"),
        hvorfor=gettext_lazy(
            "Politirådet, styringsgruppen og de andre, og hvem som sitter der."
        ),
        gjort=_har_fora,
        veier=_nytt_forum,
    ),
    Startsteg(
        nokkel="moter",
        plass=110,
        tittel=gettext_lazy("Legg møtene for året"),
        hvorfor=gettext_lazy("Da vet alle dagene i god tid, og får dem i kalenderen."),
        gjort=_har_moter,
        veier=_moteplan,
    ),
]
