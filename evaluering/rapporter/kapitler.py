"""What the knowledge, the figures and the evaluations have to tell in reports, and what
spans the apps."""

from datetime import timedelta

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluering.medvirkning.oversikt import oversikt
from evaluering.models import Evaluering, Indikator, Medvirkning
from evaluering.norm.sjekkliste import kapittel as normen
from evaluering.tall.tabell import talltabell
from evaluering.vurdering.tallene import linjer, omradenes_tall
from slt.felles.arshjul import BIDRAG as ARSHJUL
from slt.felles.arshjul import Slag
from slt.felles.endret import Endret, Vindu, punktene
from slt.felles.rapport import TALL, Kapittel
from tiltak.models import Innsatsomrade

STATUS, AR, ORIENTERING = "status", "ar", "orientering"
# Of what changed, as many points as a politiråd reads; the rest is counted.
FLEST_ENDRINGER = 12
# Of the year ahead, as many points.
FLEST_FRAMOVER = 15


def i_tall(spurt):
    """How much there is of what, as each app counts it."""
    tallene = [par for finn in TALL for par in finn(spurt)]
    return {"tallene": tallene} if tallene else None


def _tallpunkter(kontekst):
    return [f"{antall} {hva}" for antall, hva in kontekst["tallene"]]


def endret(spurt):
    """What is otherwise since the chosen moment, as this reader may be told."""
    alt = Endret(Vindu(spurt.kommune, spurt.endret_fra, None, spurt.leser))
    alle = [
        (gruppe.tittel or avsnitt.tittel, punkt)
        for avsnitt in alt.store
        for gruppe in avsnitt.grupper
        for punkt in gruppe.punkter
    ]
    return {
        "fra": spurt.endret_fra,
        "punkter": alle[:FLEST_ENDRINGER],
        "flere": max(0, len(alle) - FLEST_ENDRINGER),
        "sma": len(punktene(alt.sma)),
    }


def _endringspunkter(kontekst):
    return [
        f"{gruppe}: {punkt.hva}, {punkt.handling}"
        for gruppe, punkt in kontekst["punkter"]
    ]


def tall(spurt):
    """The figures of each innsatsområde, those that the reader sees."""
    if spurt.plan is None:
        return None
    per = omradenes_tall(spurt.plan, spurt.leser, spurt.fra, spurt.til)
    if not per:
        return None
    omradene = Innsatsomrade.objects.filter(pk__in=per)
    return {"rader": [(omrade, per[omrade.pk]) for omrade in omradene]}


def _tallinjer(kontekst):
    return [linje for _omrade, linjene in kontekst["rader"] for linje in linjene]


def tjenestens_tall(spurt):
    """The figures that one tjeneste gives each year, those that the reader sees."""
    if spurt.tjeneste is None:
        return None
    indikatorer = Indikator.objects.synlige_for(spurt.leser).med_tall()
    indikatorer = indikatorer.filter(oppgis_av=spurt.tjeneste)
    linjene = [
        linje
        for indikator in indikatorer
        for linje in linjer(
            talltabell(indikator, list(indikator.malinger.all())), spurt.fra, spurt.til
        )
    ]
    return {"linjene": linjene} if linjene else None


def medvirkning(spurt):
    """Who was asked in the period: in sources, evaluations and the making of plans."""
    inni = Q(fra_dato__lte=spurt.til, til_dato__gte=spurt.fra)
    inni |= Q(til_dato=None, fra_dato__range=(spurt.fra, spurt.til))
    rader = Medvirkning.objects.synlige_for(spurt.leser).filter(
        inni, kommune=spurt.kommune
    )
    rader = list(rader)
    if not rader:
        return None
    return {"rader": oversikt(rader, publisert=False).rader}


def _medvirkningspunkter(kontekst):
    return [s.rad.navn for s in kontekst["rader"]]


def evalueringer(spurt):
    """The evaluations that were finished in the period."""
    ferdige = Evaluering.objects.synlige_for(spurt.leser).ferdige()
    ferdige = ferdige.filter(
        kommune=spurt.kommune, til_dato__range=(spurt.fra, spurt.til)
    )
    rader = list(ferdige)
    return {"evalueringer": rader} if rader else None


def _evalueringspunkter(kontekst):
    return [str(e) for e in kontekst["evalueringer"]]


def aret_som_kommer(spurt):
    """What the year holds after the period, as the reader may see it; meetings have a
    chapter of their own."""
    fra = spurt.til + timedelta(days=1)
    til = fra + timedelta(days=365)
    alle = [p for finn in ARSHJUL for p in finn(spurt.kommune, fra, til, spurt.leser)]
    punktene = sorted(
        (p for p in alle if p.slag not in (Slag.MOTER, Slag.AKTIVITETER)),
        key=lambda p: (p.fra, p.tittel),
    )
    return {"punkter": punktene[:FLEST_FRAMOVER]} if punktene else None


def _arspunkter(kontekst):
    return [
        f"{p.nar or date_format(p.fra, 'j. F Y')}: {p.tittel}"
        for p in kontekst["punkter"]
    ]


def norm(spurt):
    """What the plan and the work around it should have, and lack."""
    return {"grupper": normen(spurt.kommune)}


def _normpunkter(kontekst):
    return [
        _("Gjenstår: %s") % rad.punkt.tittel
        for _tittel, rader in kontekst["grupper"]
        for rad in rader
        if rad.gjenstar
    ]


KAPITLER = [
    Kapittel(
        nokkel="tall_aret",
        plass=5,
        tittel=gettext_lazy("Året i tall"),
        slag=frozenset([AR]),
        lag=i_tall,
        mal="evaluering/rapport/_i_tall.html",
        punkter=_tallpunkter,
    ),
    Kapittel(
        nokkel="tjenestens_tall",
        plass=20,
        tittel=gettext_lazy("Tallene tjenesten oppgir"),
        slag=frozenset([AR]),
        lag=tjenestens_tall,
        mal="evaluering/rapport/_linjer.html",
        punkter=lambda kontekst: kontekst["linjene"],
        om_en_tjeneste=True,
    ),
    Kapittel(
        nokkel="endret",
        plass=25,
        tittel=gettext_lazy("Endret siden sist"),
        slag=frozenset([STATUS]),
        lag=endret,
        mal="evaluering/rapport/_endret.html",
        punkter=_endringspunkter,
    ),
    Kapittel(
        nokkel="tall",
        plass=40,
        tittel=gettext_lazy("Tallene"),
        slag=frozenset([STATUS, AR, ORIENTERING]),
        lag=tall,
        mal="evaluering/rapport/_tall.html",
        punkter=_tallinjer,
    ),
    Kapittel(
        nokkel="medvirkning",
        plass=50,
        tittel=gettext_lazy("Hvem som ble spurt"),
        slag=frozenset([AR, ORIENTERING]),
        lag=medvirkning,
        mal="evaluering/rapport/_medvirkning.html",
        punkter=_medvirkningspunkter,
    ),
    Kapittel(
        nokkel="evalueringer",
        plass=55,
        tittel=gettext_lazy("Evalueringer"),
        slag=frozenset([AR, ORIENTERING]),
        lag=evalueringer,
        mal="evaluering/rapport/_evalueringer.html",
        punkter=_evalueringspunkter,
    ),
    Kapittel(
        nokkel="aret_som_kommer",
        plass=85,
        tittel=gettext_lazy("Året som kommer"),
        slag=frozenset([STATUS, AR, ORIENTERING]),
        lag=aret_som_kommer,
        mal="evaluering/rapport/_aret.html",
        punkter=_arspunkter,
    ),
    Kapittel(
        nokkel="norm",
        plass=80,
        tittel=gettext_lazy("Det som bør være på plass"),
        slag=frozenset([AR]),
        lag=norm,
        mal="evaluering/rapport/_norm.html",
        punkter=_normpunkter,
    ),
]
