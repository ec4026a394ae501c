"""What chart an indicator has: which of its figures are drawn, and what is said of them.
`evaluering.tall.tegning` draws."""

from dataclasses import dataclass, field

from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evaluering.models import Maling
from evaluering.tall.tabell import Talltabell
from evaluering.tall.tegning import Punkt, Serie, er_avkortet, linjer, soyler, stolper

FLEST_STOLPER = 12
FLEST_LINJER = 4
FLEST_SOYLER = 14
# A longer time has no room for the years in which nothing was measured.
LENGST_TID = 14
# What is so many times as much as the largest of the kommune presses all of its own flat
# against the axis: the crimes of a country beside those of one of its towns.
SAMME_AKSE = 5
FARGE = "#14495c"


@dataclass(frozen=True)
class Diagram:
    """A chart as it stands in a page.

    Attributes:
        tittel: what it shows.
        under: what its axis is: the unit, and when.
        noter: what has to be known to read it.
        svg: safe HTML.
        over_tid: whether it shows what changes from year to year.
    """

    tittel: str
    under: str
    noter: list[str] = field(default_factory=list)
    svg: str = ""
    over_tid: bool = False


def diagram(
    tabell: Talltabell, *, flest: int = FLEST_STOLPER, farge: str = FARGE
) -> Diagram | None:
    """The chart of an indicator: over the years where there are several, else the parts
    of the newest one. None where there is nothing to compare: one number is a sentence.

    Args:
        flest: no more bars than these; the largest stand.
        farge: of the kommune, where no style sheet says it.
    """
    serier = _serier(tabell)
    if serier:
        return _over_tid(tabell, *_pa_en_akse(serier), farge)
    return _deler(tabell, flest, farge)


# Over time ----------------------------------------------------------------------------


def _serier(tabell):
    """The rows that are drawn over time, as Serie: what is measured of the whole kommune,
    and of the fylke and the country; else some few parts."""
    totalen = [rad for rad in tabell.rader if rad.er_totalen and _antall(rad) > 1]
    deler = [rad for rad in tabell.rader if not rad.er_totalen and _antall(rad) > 1]
    egne = totalen or (deler if len(deler) <= FLEST_LINJER else [])
    if not egne or not any(t.hoyest for rad in egne for t in rad.celler if _vises(t)):
        return []
    andres = []
    if len(egne) == 1:
        andres = [r for r in tabell.andres if r.hva == egne[0].hva and _antall(r)]
    alene = len(egne) == 1 and not egne[0].hva
    navn = tabell.indikator.kommune.navn if alene else ""
    return [_serie(tabell, rad, navn) for rad in egne] + [
        _serie(tabell, rad, capfirst(Maling.Omfang(rad.omfang).label)) for rad in andres
    ]


def _serie(tabell, rad, navn):
    plasser = _plasser(tabell.ar)
    punkter = [
        _punkt(str(ar), t, plass=plasser[ar], andres=bool(rad.omfang))
        for ar, t in zip(tabell.ar, rad.celler, strict=True)
        if t
    ]
    return Serie(navn or capfirst(rad.hva), punkter, andres=bool(rad.omfang))


def _plasser(arene):
    """{year: where it stands}: as far from each other as they are, in a time that is not
    too long."""
    slutt = [ar.slutt for ar in arene]
    if len(set(slutt)) < len(slutt) or slutt[-1] - slutt[0] > LENGST_TID:
        return {ar: nr for nr, ar in enumerate(arene)}
    return {ar: ar.slutt for ar in arene}


def _pa_en_akse(serier):
    """The series that one axis shows, and those that it does not: they are compared in
    words."""
    egne = [serie for serie in serier if not serie.andres]
    hoyest = max(abs(p.verdi or 0) for s in egne for p in s.punkter)
    tegnes = [s for s in serier if not s.andres or _far_plass(s.punkter, hoyest)]
    return tegnes, [s for s in serier if s not in tegnes]


def _far_plass(punkter, hoyest):
    return not hoyest or all(abs(p.verdi or 0) <= SAMME_AKSE * hoyest for p in punkter)


def _i_prosent(egen, andres):
    """How much each has changed from the first year to the last that all have figures of,
    as a list of one sentence; or none."""
    alle = [
        {p.plass: p for p in serie.punkter if p.verdi and not p.spenn}
        for serie in (egen, *andres)
    ]
    felles = sorted(set.intersection(*map(set, alle)))
    if len(felles) < 2:
        return []
    fra, til = felles[0], felles[-1]
    navnene = [egen.navn, *(s.navn[:1].lower() + s.navn[1:] for s in andres)]
    deler = [
        f"{navn} {_endring(p[fra].verdi, p[til].verdi)}"
        for navn, p in zip(navnene, alle, strict=True)
    ]
    return [
        _("Fra %(fra)s til %(til)s: %(endringer)s.")
        % {
            "fra": alle[0][fra].navn,
            "til": alle[0][til].navn,
            "endringer": ", ".join(deler),
        }
    ]


def _endring(fra, til):
    prosent = round((til / fra - 1) * 100)
    if not prosent:
        return _("om lag som før")
    retning = _("%d prosent opp") if prosent > 0 else _("%d prosent ned")
    return retning % abs(prosent)


def _over_tid(tabell, serier, utenfor, farge):
    arene = [p for serie in serier for p in serie.punkter if p.verdi is not None]
    forste, siste = (f(arene, key=lambda p: p.plass) for f in (min, max))
    sammensatt = any(tegn in forste.navn + siste.navn for tegn in "–/")
    under = (
        _("%(enhet)s, %(fra)s til %(til)s")
        if sammensatt
        else "%(enhet)s, %(fra)s–%(til)s"
    ) % {
        "enhet": capfirst(tabell.indikator.enhet),
        "fra": forste.navn,
        "til": siste.navn,
    }
    tegn = {"farge": farge, "tittel": _i_ord(tabell, under, serier)}
    if len(serier) == 1 and len(serier[0].punkter) <= FLEST_SOYLER:
        svg = soyler(serier[0].punkter, **tegn)
    else:
        svg = linjer(serier, **tegn)
        if er_avkortet([p.verdi for p in arene]):
            under += ". " + _("Aksen begynner ikke på null")
    noter = _i_prosent(serier[0], utenfor) if utenfor else []
    return _ferdig(
        tabell,
        under,
        [p for s in serier for p in s.punkter],
        svg,
        over_tid=True,
        noter=noter,
    )


def _i_ord(tabell, under, serier):
    """The same for those who do not see it."""
    setninger = []
    for serie in serier:
        kjente = [p for p in serie.punkter if p.verdi is not None]
        ytterst = [
            _("%(tall)s i %(ar)s") % {"tall": p.tekst, "ar": p.navn}
            for p in (*kjente[:1], *kjente[1:][-1:])
        ]
        setninger.append(f"{serie.navn}: {', '.join(ytterst)}.")
    return " ".join([f"{tabell.indikator.navn}. {under}.", *setninger])


# Parts --------------------------------------------------------------------------------


def _deler(tabell, flest, farge):
    for plass in reversed(range(len(tabell.ar))):
        rader = [rad for rad in tabell.rader if not rad.er_totalen]
        punkter = _arets(rader, plass)
        andres = _arets(tabell.andres, plass)
        if len(punkter) < 2 and andres:
            totalen = [rad for rad in tabell.rader if rad.er_totalen]
            punkter = _arets(totalen, plass, tabell.indikator.kommune.navn) or punkter
        hoyest = max((abs(p.verdi) for p in punkter), default=0)
        andres = [p for p in andres if _far_plass([p], hoyest)]
        if len(punkter) + len(andres) > 1 and any(p.verdi for p in punkter):
            break
    else:
        return None
    storst = sorted(punkter, key=lambda p: -p.verdi)
    vises = [*storst[:flest], *andres]
    under = f"{capfirst(tabell.indikator.enhet)}, {tabell.ar[plass]}"
    if len(storst) > flest:
        under += ". " + _("De %(vises)d største av %(alle)d") % {
            "vises": flest,
            "alle": len(storst),
        }
    i_ord = "; ".join(f"{p.navn} {p.tekst}" for p in vises)
    tittel = f"{tabell.indikator.navn}. {under}. {i_ord}."
    svg = stolper(vises, farge=farge, tittel=tittel)
    return _ferdig(tabell, under, vises, svg)


def _arets(rader, plass, navn=""):
    """What is shown of the year in these rows, as Punkt."""
    return [
        _punkt(
            navn or rad.andres_navn or capfirst(rad.hva),
            rad.celler[plass],
            andres=bool(rad.omfang),
        )
        for rad in rader
        if _vises(rad.celler[plass])
    ]


# Both ---------------------------------------------------------------------------------


def _ferdig(tabell, under, punkter, svg, *, over_tid=False, noter=()):
    vist = [p for p in punkter if p.verdi is not None]
    noter = [*noter]
    if any(p.forelopig for p in vist):
        noter.append(_("Det som bare er et omriss, er foreløpige tall."))
    if any(rad.celler and _har_spenn(rad) for rad in (*tabell.rader, *tabell.andres)):
        noter.append(_("Spenn er tegnet til det høyeste tallet."))
    # Written from a tree: all text in it is escaped.
    svg = mark_safe(svg)  # noqa: S308
    return Diagram(tabell.indikator.navn, under, noter, svg, over_tid)


def _har_spenn(rad):
    return any(t.maling.verdi_til is not None for t in rad.celler if _vises(t))


def _vises(t):
    return bool(t and t.vises)


def _antall(rad):
    return sum(_vises(t) for t in rad.celler)


def _punkt(navn, t, *, plass=0, andres=False):
    return Punkt(
        navn=navn,
        tekst=t.maling.i_ord if t.vises else t.tekst,
        verdi=float(t.hoyest) if t.vises else None,
        plass=plass,
        forelopig=t.vises and t.maling.merke == Maling.Merke.FORELOPIG,
        andres=andres,
        spenn=t.vises and t.maling.verdi_til is not None,
    )
