"""Grants as a table for spreadsheets."""

from django.utils.translation import gettext_lazy as _

from slt.grunn.norsk import kroner
from tiltak.models import Tilskudd
from tiltak.tilskudd.summer import Summer


def tabell(summer: Summer) -> list[list]:
    """The headings, and a row for each grant: what was applied for, when and how it went
    only for who sees the inside."""
    kolonner = [*APNE, *INTERNE] if summer.viser_sokt else APNE
    return [
        [str(navn) for navn, _verdi in kolonner],
        *([verdi(rad) for _navn, verdi in kolonner] for rad in summer.rader),
    ]


def _tiltakene(rad):
    return "; ".join(
        f"{del_.tiltak} ({kroner(del_.belop)})" if del_.belop else str(del_.tiltak)
        for del_ in rad.deler
    )


def _dag(navn):
    def dagen(rad: Tilskudd):
        dag = getattr(rad, navn)
        return dag.isoformat() if dag else ""

    return dagen


def _felt(navn):
    def verdien(rad: Tilskudd):
        verdi = getattr(rad, navn)
        return "" if verdi is None else verdi

    return verdien


# [(heading, what a grant says there)]
APNE = [
    (_("År"), _felt("arstall")),
    (_("Tilskuddsordning"), _felt("ordning")),
    (_("Hvem som gir det"), _felt("giver")),
    (_("Gitt, i kroner"), _felt("gitt")),
    (_("Tiltak"), _tiltakene),
    (_("Lenke"), _felt("adresse")),
]
INTERNE = [
    (_("Tilstand"), Tilskudd.get_tilstand_display),
    (_("Søkt om, i kroner"), _felt("sokt")),
    (_("Søknadsfrist"), _dag("soknadsfrist")),
    (_("Rapporteringsfrist"), _dag("rapporteringsfrist")),
    (_("Rapporten ble levert"), _dag("rapportert")),
    (_("Vises for alle"), lambda rad: _("ja") if rad.er_apent else _("nei")),
    (_("Merknad"), _felt("merknad")),
]
