"""What was known before there was a tiltak: what it answers, in its timeline."""

from itertools import groupby

from django.db.models import CharField, Exists, IntegerField, OuterRef, Value
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluering.models import Anbefaling, Anbefalingssvar, Funn, Funnsvar, Grunnlag
from tiltak.tidslinje import Linje

LENGST = 90
FUNN, ANBEFALING = range(2)


def linjer(tiltak, bruker):
    """Returns a line for what each source found, and one for what it recommends, of what
    the tiltak answers and the user sees; 1 query."""
    svar = Anbefalingssvar.objects.filter(tiltak=tiltak, anbefaling=OuterRef("pk"))
    anbefalinger = Anbefaling.objects.synlige_for(bruker).filter(Exists(svar))
    bygger_pa = Grunnlag.objects.filter(
        funn=OuterRef("pk"), anbefaling__in=anbefalinger.order_by().values("pk")
    )
    funn = Funn.objects.synlige_for(bruker).filter(
        Exists(Funnsvar.objects.filter(tiltak=tiltak, funn=OuterRef("pk")))
        | Exists(bygger_pa)
    )
    rader = _rader(FUNN, funn, Value("", CharField())).union(
        _rader(ANBEFALING, anbefalinger, "type"), all=True
    )
    kunnskap = reverse("evaluering:kunnskap", args=[tiltak.kommune.slug])
    per_kilde = groupby(sorted(rader), key=lambda rad: rad[:4])
    for (arstall, _pk, slag, kilde), gruppe in per_kilde:
        forste, *andre = [rad[4:] for rad in gruppe]
        modell = Anbefaling if slag else Funn
        anker = modell(pk=forste[1]).anker
        ord_ = _ordene(slag, kilde, forste, antall=1 + len(andre))
        yield Linje(arstall, ord_, f"{kunnskap}#{anker}")


def _rader(slag, rader, type_):
    slag = Value(slag, IntegerField())
    return rader.order_by().values_list(
        "kilde__arstall", "kilde", slag, "kilde__navn", "nummer", "pk", "tekst", type_
    )


def _ordene(slag, kilde, forste, antall):
    _nummer, _pk, tekst, type_ = forste
    om = {"kilde": kilde, "antall": antall, "tekst": Truncator(tekst).chars(LENGST)}
    if slag == FUNN:
        if antall == 1:
            return _("Funn i %(kilde)s: %(tekst)s") % om
        return (
            ngettext(
                "%(antall)d funn i %(kilde)s", "%(antall)d funn i %(kilde)s", antall
            )
            % om
        )
    if antall == 1:
        om["type"] = Anbefaling.Type(type_).label
        return _("%(kilde)s anbefalte å %(type)s: %(tekst)s") % om
    return (
        ngettext(
            "%(antall)d anbefaling i %(kilde)s",
            "%(antall)d anbefalinger i %(kilde)s",
            antall,
        )
        % om
    )
