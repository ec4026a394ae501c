"""What was known before there was a tiltak: what it answers, in its timeline."""

from itertools import groupby

from django.db.models import CharField, IntegerField, Q, Value
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluering.models import Anbefaling, Funn, Grunnlag
from evaluering.models.kilder import INNENFRA
from slt.models import har_rett
from tiltak.tidslinje import Linje

# All of it stands where the line leads.
FLEST_ORD = 9
FUNN, ANBEFALING = range(2)


def linjer(tiltak, bruker):
    """Returns a line for what each source found, and one for what it recommends, of what
    the tiltak answers and the user sees; 1 query."""
    anbefalinger = Anbefaling.objects.synlige_for(bruker).filter(svar__tiltak=tiltak)
    ingen = Value("", CharField())
    # From the tiltak on: there are findings of all kommuner.
    rader = _rader(ANBEFALING, anbefalinger, "type").union(
        _rader(
            FUNN, Funn.objects.synlige_for(bruker).filter(svar__tiltak=tiltak), ingen
        ),
        _rader(FUNN, _bak_anbefalingene(tiltak, bruker), ingen, sti="funn__"),
    )
    kunnskap = reverse("evaluering:kunnskap", args=[tiltak.kommune.slug])
    per_kilde = groupby(sorted(rader), key=lambda rad: rad[:4])
    for (arstall, _pk, slag, kilde), gruppe in per_kilde:
        forste, *andre = [rad[4:] for rad in gruppe]
        modell = Anbefaling if slag else Funn
        anker = modell(pk=forste[1]).anker
        ord_ = _ordene(slag, kilde, forste, antall=1 + len(andre))
        yield Linje(arstall, ord_, f"{kunnskap}#{anker}", er_grunn=True)


def _bak_anbefalingene(tiltak, bruker):
    """That findings are what the recommendations rest on, where the user sees both."""
    apne = Q(anbefaling__publisert=True, funn__publisert=True)
    innenfra = har_rett(bruker, "anbefaling__kilde__kommune", *INNENFRA)
    return Grunnlag.objects.filter(apne | innenfra, anbefaling__svar__tiltak=tiltak)


def _rader(slag, rader, type_, sti=""):
    kilden = [f"{sti}kilde__arstall", f"{sti}kilde"]
    resten = [f"{sti}kilde__navn", f"{sti}nummer", f"{sti}pk", f"{sti}tekst"]
    slag = Value(slag, IntegerField())
    return rader.order_by().values_list(*kilden, slag, *resten, type_)


def _ordene(slag, kilde, forste, antall):
    _nummer, _pk, tekst, type_ = forste
    om = {"kilde": kilde, "antall": antall, "tekst": Truncator(tekst).words(FLEST_ORD)}
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
