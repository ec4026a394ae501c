"""The checklist, and the page on which a coordinator answers a point of it."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from evaluering.innenfra import innenfra
from evaluering.models import Normsvar
from evaluering.norm.forms import normskjema
from evaluering.norm.punkter import PUNKTER
from evaluering.norm.sjekkliste import UBESVART, kapittel
from slt.felles import radside
from slt.felles.radside import Sletting, koordinators
from slt.felles.sider import kan_endre


@innenfra
def sjekkliste(request, kommune):
    """What a plan and the work around it should have, and what of it is there."""
    koordinerer = kan_endre(request.user, kommune)
    grupper = kapittel(kommune, rettes=koordinerer)
    tilstander = [svar.tilstand for _tittel, punktene in grupper for svar in punktene]
    antall = {
        tilstand: tilstander.count(tilstand)
        for tilstand in (*Normsvar.Svar.values, UBESVART)
    }
    return render(
        request,
        "evaluering/norm/sjekkliste.html",
        {
            "kommune": kommune,
            "kan_endre": koordinerer,
            "grupper": grupper,
            "antall": antall,
            "alle": len(tilstander),
        },
    )


@koordinators
def normsvar(request, kommune, punkt):
    """What the kommune itself says of a point."""
    if punkt not in Normsvar.Punkt.values:
        raise Http404
    normpunkt = PUNKTER[Normsvar.Punkt(punkt)]
    hos = f"{_listen(kommune)}#{punkt}"
    rad = kommune.normsvar.filter(punkt=punkt).first()
    felles = {"bygg": normskjema, "overskrift": normpunkt.tittel}
    if rad is None:
        return radside.ny(
            request,
            kommune,
            lag=lambda: _svaret(kommune, punkt),
            ingress=normpunkt.hvorfor,
            avbryt=hos,
            etterpa=lambda _rad: hos,
            **felles,
        )
    return radside.endre(
        request,
        kommune,
        kommune.normsvar.select_related("kommune"),
        rad.pk,
        ingress=lambda _rad: normpunkt.hvorfor,
        etterpa=lambda _rad: hos,
        slettes="evaluering:normsvar_slett",
        **felles,
    )


def _svaret(kommune, punkt):
    """The answer, which somebody else may have given a moment ago."""
    her = kommune.normsvar.filter(punkt=punkt).first()
    return her or Normsvar(kommune=kommune, punkt=punkt)


@koordinators
def normsvar_slett(request, kommune, pk):
    """Takes the answer away: the data say it again, or nobody does."""

    def hva(rad):
        return Sletting(
            folger=_(
                "Svaret blir borte. Det listen vet selv, står der igjen. Ellers er "
                "punktet ikke besvart."
            ),
            i_stedet="",
            avbryt=reverse("evaluering:normsvar", args=[kommune.slug, rad.punkt]),
            etterpa=_listen(kommune),
        )

    return radside.slett(request, kommune, kommune.normsvar, pk, hva)


def _listen(kommune):
    return reverse("evaluering:sjekkliste", args=[kommune.slug])
