"""What a round asks of figures, and what becomes of those that a tjeneste gives: they wait
for the coordinator as other proposals do."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluering.models import Indikator, Maling
from evaluering.tall.oppgitt.forms import oppgittskjema
from evaluering.tall.oppgitt.tallet import HELE, av_hele, siste_hele_ar, skriv
from evaluering.tall.skjul import tall
from slt.grunn.norsk import tall_i_ord
from tiltak.models import Endringsforslag
from tiltak.runder.deler import Svardel
from tiltak.runder.forslag import Slag, foresla
from tiltak.runder.slag import Forslagsslag

# What is asked -----------------------------------------------------------------------


@dataclass(frozen=True)
class Oppgis:
    """What a tjeneste is asked of one indicator.

    Attributes:
        tallene: [(year, figure as people see it)] of the year that is asked for and the
            one before, where they may be seen.
        er_oppgitt: whether something stands of the year that is asked for.
        venter: whether what the tjeneste said of it waits for the coordinator.
    """

    indikator: Indikator
    arstall: int
    tallene: list[tuple[int, str]]
    er_oppgitt: bool
    venter: bool


def spurt_om(svarer, _runde=None):
    """[Oppgis] of a tjeneste; 5 queries, or 1 where nothing is asked."""
    indikatorer = list(Indikator.objects.oppgis_av(svarer.tjeneste).med_tall())
    if not indikatorer:
        return []
    arstall = siste_hele_ar()
    forslag = svarer.tjeneste.endringsforslag.som_venter().filter(slag=Slag.TALL)
    sendt = [
        (rad.innhold["indikator"], rad.innhold["arstall"])
        for rad in forslag.order_by()
        if _lesbart(rad)
    ]
    return [
        _oppgis(svarer, i, arstall, (i.slug, arstall) in sendt) for i in indikatorer
    ]


def _oppgis(svarer, indikator, arstall, venter):
    malinger = list(indikator.malinger.all())
    hele = {m.pk: m.arstall for m in av_hele(malinger)}
    vises = indikator.publisert or svarer.koordinerer
    tallene = [
        (hele[t.maling.pk], t.tekst)
        # Few persons are hidden here as elsewhere: a link is no account.
        for t in (tall(indikator, malinger) if vises else ())
        if hele.get(t.maling.pk) in {arstall - 1, arstall}
    ]
    return Oppgis(indikator, arstall, sorted(tallene), arstall in hele.values(), venter)


def _merket(oppgis):
    return [
        (o.indikator.pk, o.indikator.navn, o.indikator.enhet, o.tallene, o.er_oppgitt)
        for o in oppgis
    ]


DEL = Svardel(
    "tall",
    gettext_lazy("Tall dere oppgir hvert år"),
    gettext_lazy("tallene som tjenestene oppgir hvert år"),
    "evaluering/_oppgis.html",
    spurt_om,
    _merket,
)


# What is given -----------------------------------------------------------------------


def oppgi(svarer, indikator, *, arstall, verdi, merknad):
    """Proposes the figure of a year; `verdi` None says that there is none. Returns the
    proposal."""
    egne = av_hele(indikator.malinger.filter(arstall=arstall))
    return foresla(
        svarer,
        Slag.TALL,
        # The slug stays the same, and goes along when the kommune moves.
        innhold={
            "indikator": indikator.slug,
            "arstall": arstall,
            "verdi": None if verdi is None else str(verdi),
        },
        sett=_som_det_star(egne[0] if egne else None),
        merknad=merknad,
    )


def _som_det_star(maling):
    """A figure as it is kept in a proposal."""
    if maling is None:
        return {}
    verdi = None if maling.verdi is None else str(maling.verdi)
    return {"verdi": verdi, "merke": maling.merke}


# What becomes of it ------------------------------------------------------------------


@dataclass(frozen=True)
class Emne:
    """What a proposal is about; `maling` is what stands there, or a row that is not
    saved."""

    indikator: Indikator
    maling: Maling

    def __str__(self):
        return f"{self.indikator}, {self.maling.arstall}"


def _lesbart(forslag: Endringsforslag):
    sagt = forslag.innhold
    try:
        # What no year is, and no figure, is nothing that the database can be asked for.
        ar, verdi = sagt["arstall"], sagt["verdi"]
        er_tall = verdi is None or Decimal(verdi).is_finite()
        return isinstance(sagt["indikator"], str) and er_tall and ar in range(1, 10_000)
    except (LookupError, TypeError, ValueError, ArithmeticError):
        return False


def _emner(forslagene):
    """{id of a proposal: Emne}, of indicators that its tjeneste still is asked for; 2
    queries."""
    indikatorer = Indikator.objects.filter(
        slug__in={f.innhold["indikator"] for f in forslagene},
        oppgis_av__in={f.tjeneste_id for f in forslagene},
    ).select_related("kommune", "oppgis_av__kommune")
    per_slug = {(i.oppgis_av_id, i.slug): i for i in indikatorer}
    malinger = Maling.objects.filter(
        indikator__in=[i.pk for i in per_slug.values()],
        arstall__in={f.innhold["arstall"] for f in forslagene},
        **HELE,
    )
    malingene = {(m.indikator_id, m.arstall): m for m in malinger}
    emner = {}
    for f in forslagene:
        arstall = f.innhold["arstall"]
        if indikator := per_slug.get((f.tjeneste_id, f.innhold["indikator"])):
            maling = malingene.get((indikator.pk, arstall)) or Maling(arstall=arstall)
            maling.indikator = indikator
            emner[f.pk] = Emne(indikator, maling)
    return emner


def _foreslatt(forslag):
    """(value, mark) of a proposal."""
    verdi = forslag.innhold["verdi"]
    return (None, Maling.Merke.MANGLER) if verdi is None else (Decimal(verdi), "")


def _forskjeller(forslag: Endringsforslag):
    verdi, merke = _foreslatt(forslag)
    ny = Maling.Merke(merke).label if merke else tall_i_ord(verdi)
    if forslag.emne is None:
        return [(_("tall"), BORTE, ny, False)]
    maling = forslag.emne.maling
    er_der = maling.pk is not None
    endret = _som_det_star(maling if er_der else None) != forslag.sett
    return [(forslag.emne.indikator.enhet, maling.i_ord if er_der else "", ny, endret)]


BORTE = gettext_lazy("Indikatoren er borte, eller tjenesten oppgir den ikke lenger.")


def _utfor(forslag: Endringsforslag):
    emne = _emner([forslag]).get(forslag.pk)
    if emne is None:
        raise ValidationError(BORTE)
    emne.maling.verdi, emne.maling.merke = _foreslatt(forslag)
    skriv(emne.maling, tjeneste=forslag.tjeneste)


def _raden(forslag: Endringsforslag):
    emne = _emner([forslag]).get(forslag.pk)
    if emne is None:
        raise Http404("no such indicator")
    return emne.maling


def _skjemaet(maling, data, forslag: Endringsforslag):
    if data is None:
        maling.verdi, maling.merke = _foreslatt(forslag)
    return oppgittskjema(maling, data)


TALL = Forslagsslag(_lesbart, _emner, _forskjeller, _utfor, _raden, _skjemaet)
