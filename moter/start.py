"""What a kommune begins with, of who meets."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from moter.models import Forum, Forumsmedlem, Mote
from slt.felles.arbeidsflate import Linje
from slt.felles.start import Startsteg, antall


def _sitter():
    """Who is in a forum today, as far as that is said: a function or a tjeneste."""
    return Forumsmedlem.objects.gyldige()


def _har_fora():
    """That somebody is in one. What the starter set makes, is only a name."""
    return Exists(_sitter().filter(forum__kommune=OuterRef("pk")))


def _uten_medlemmer():
    fora = Forum.objects.virksomme()
    return antall(fora.filter(~Exists(_sitter().filter(forum=OuterRef("pk")))))


def _om_uten_medlemmer(antall):
    return ngettext(
        "%d forum har ennå ingen medlemmer.",
        "%d fora har ennå ingen medlemmer.",
        antall,
    ) % (antall,)


def _har_moter():
    moter = Mote.objects.holdes().fra_i_dag()
    return Exists(moter.filter(forum__kommune=OuterRef("pk")))


def _foraene(kommune, _hvor):
    yield Linje(_("Se foraene"), reverse("moter:forum_list", args=[kommune.slug]))


def _fora(kommune, hvor):
    yield from _foraene(kommune, hvor)
    yield Linje(_("Nytt forum"), reverse("moter:forum_nytt", args=[kommune.slug]))


def _moteplan(kommune, _hvor):
    yield Linje(_("Planlegg møtene"), reverse("moter:planlegger", args=[kommune.slug]))


def _motene(kommune, _hvor):
    yield Linje(_("Se møteplanen"), reverse("moter:moteplan", args=[kommune.slug]))


STEG = [
    Startsteg(
        nokkel="fora",
        plass=100,
        tittel=gettext_lazy("Legg inn foraene som møtes, og hvem som er med"),
        hvorfor=gettext_lazy(
            "Politirådet, styringsgruppen og de andre, og hvilke funksjoner som sitter der."
        ),
        gjort=_har_fora,
        veier=_fora,
        ferdig=_foraene,
        rest=_uten_medlemmer,
        om_rest=_om_uten_medlemmer,
    ),
    Startsteg(
        nokkel="moter",
        plass=110,
        tittel=gettext_lazy("Legg møtene for året"),
        hvorfor=gettext_lazy("Da vet alle dagene i god tid, og får dem i kalenderen."),
        gjort=_har_moter,
        veier=_moteplan,
        ferdig=_motene,
    ),
]
