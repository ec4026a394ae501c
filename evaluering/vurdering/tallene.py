"""The figures that go with what is evaluated, in words: what they were before, and what
they are now. They never say why."""

from collections import defaultdict
from datetime import date

from django.db.models import Prefetch

from evaluering.models import Indikator, Omradeindikator, Tiltaksindikator
from evaluering.tall.tabell import Talltabell, talltabell

ENHETER_TETT = {"%", "prosent"}


def omradenes_tall(plan, bruker, fra: date, til: date) -> dict[int, list[str]]:
    """{id of an innsatsområde: its figures in words}, as far as the user sees them; 1
    query where there are none, else a number that does not grow."""
    bruk = Omradeindikator.objects.filter(innsatsomrade__plan=plan)
    return _i_ord(bruk, "innsatsomrade_id", bruker, fra, til)


def tiltakenes_tall(tiltakene, bruker, fra: date, til: date) -> dict[int, list[str]]:
    """{id of a tiltak: its figures in words}, as above."""
    bruk = Tiltaksindikator.objects.filter(tiltak__in=[t.pk for t in tiltakene])
    return _i_ord(bruk, "tiltak_id", bruker, fra, til)


def linje(tabell: Talltabell, fra: date, til: date) -> str:
    """The figure of the whole kommune before the period and at its end: "Har brukt hasj:
    12 % (2022) → 9 % (2025)"; "" where none is shown."""
    punkter = [(ar, t) for ar, t in tabell.totaler if ar.slutt <= til.year]
    for_ = [punkt for punkt in punkter if punkt[0].slutt < fra.year]
    i_perioden = [punkt for punkt in punkter if punkt[0].slutt >= fra.year]
    vises = [*for_[-1:], *i_perioden[-1:]]
    if not for_:
        # None was known before: the first and the last of the period.
        vises = [*i_perioden[:1], *i_perioden[1:][-1:]]
    if not vises:
        return ""
    indikator = tabell.indikator
    ordene = (f"{_med_enhet(t.tekst, indikator.enhet)} ({ar})" for ar, t in vises)
    return f"{indikator.navn}: {' → '.join(ordene)}"


def _i_ord(bruk, nokkel, bruker, fra, til):
    rader = bruk.synlige_for(bruker).prefetch_related(
        Prefetch("indikator", Indikator.objects.med_tall())
    )
    per = defaultdict(list)
    for rad in rader.order_by("indikator__navn__norsk", "pk"):
        tabell = talltabell(rad.indikator, list(rad.indikator.malinger.all()))
        if ordene := linje(tabell, fra, til):
            per[getattr(rad, nokkel)].append(ordene)
    return dict(per)


def _med_enhet(tall, enhet):
    return f"{tall} %" if enhet.casefold() in ENHETER_TETT else f"{tall} {enhet}"
