"""The figures that go with what is evaluated, in words: what they were before, and what
they are now. They never say why."""

from collections import defaultdict
from datetime import date

from django.db.models import Prefetch

from evaluering.models import Indikator, Omradeindikator, Tiltaksindikator
from evaluering.tall.for_og_etter import FLEST_DELER
from evaluering.tall.tabell import Talltabell, talltabell

# Between what a figure was and what it became.
UTVIKLING = "→"


def omradenes_tall(plan, bruker, fra: date, til: date) -> dict[int, list[str]]:
    """{id of an innsatsområde: its figures in words}, as far as the user sees them; 1
    query where there are none, else a number that does not grow."""
    bruk = Omradeindikator.objects.filter(innsatsomrade__plan=plan)
    return _i_ord(bruk, "innsatsomrade_id", bruker, fra, til)


def tiltakenes_tall(tiltakene, bruker, fra: date, til: date) -> dict[int, list[str]]:
    """{id of a tiltak: its figures in words}, as above."""
    bruk = Tiltaksindikator.objects.filter(tiltak__in=[t.pk for t in tiltakene])
    return _i_ord(bruk, "tiltak_id", bruker, fra, til)


def linjer(tabell: Talltabell, fra: date, til: date) -> list[str]:
    """The figures of the whole kommune before the period and at its end, or those of some
    of its parts where there is none of the whole: "Har brukt hasj: 12 prosent (2022) →
    9 prosent (2025)". Hidden ones are left out."""
    rader = [rad for rad in tabell.rader if rad.er_totalen and _punkter(tabell, rad)]
    rader = rader or tabell.rader
    alle = [_linje(tabell, rad, fra, til) for rad in rader]
    return [linje for linje in alle if linje][:FLEST_DELER]


def _punkter(tabell, rad):
    par = zip(tabell.ar, rad.celler, strict=True)
    return [(ar, t) for ar, t in par if t and t.vises]


def _linje(tabell, rad, fra, til):
    punkter = [par for par in _punkter(tabell, rad) if par[0].slutt <= til.year]
    for_ = [punkt for punkt in punkter if punkt[0].slutt < fra.year]
    i_perioden = [punkt for punkt in punkter if punkt[0].slutt >= fra.year]
    # Where none was known before: the first and the last of the period.
    forst = for_[-1:] or i_perioden[:1]
    vises = [*forst, *(p for p in i_perioden[-1:] if p not in forst)]
    if not vises:
        return ""
    indikator = tabell.indikator
    ordene = (f"{t.tekst} {indikator.enhet} ({ar})" for ar, t in vises)
    hva = f" ({rad.hva})" if rad.hva else ""
    return f"{indikator.navn}{hva}: {f' {UTVIKLING} '.join(ordene)}"


def _i_ord(bruk, nokkel, bruker, fra, til):
    rader = bruk.synlige_for(bruker).prefetch_related(
        Prefetch("indikator", Indikator.objects.med_tall())
    )
    per = defaultdict(list)
    for rad in rader.order_by("indikator__navn__norsk", "pk"):
        tabell = talltabell(rad.indikator, list(rad.indikator.malinger.all()))
        if ordene := linjer(tabell, fra, til):
            per[getattr(rad, nokkel)] += ordene
    return dict(per)
