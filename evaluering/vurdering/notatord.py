"""What was said of a tiltak in a period, in words that an evaluation can begin with. It
says no more than the notes do: where nobody said anything, nothing."""

from collections import defaultdict
from datetime import date

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from slt.grunn.norsk import FA, personer_i_ord
from tiltak.anbefalt import BLIR
from tiltak.models import Statusrapport

# The first month of the second half of the year, as people speak of it.
HOST = 8
# What a field of an evaluation holds, less a little.
LENGST = 1900


def nar(dag: date) -> str:
    """When it was, as people say it: "våren 2026"."""
    om = {"ar": dag.year}
    return _("høsten %(ar)d") % om if dag.month >= HOST else _("våren %(ar)d") % om


def i_perioden(notatene: list[Statusrapport], fra: date, til: date):
    """Those of a period, the oldest first."""
    return sorted(
        (n for n in notatene if fra <= n.dato <= til), key=lambda n: (n.dato, n.pk)
    )


def gjennomforing(notatene: list[Statusrapport]) -> str:
    """How it went, note by note: "Våren 2026: som planlagt. Åtte temakvelder." """
    flere = len({n.hvem for n in notatene}) > 1
    return _kort("\n".join(_et_notat(n, med_hvem=flere) for n in notatene))


def nadde(notatene: list[Statusrapport]) -> str:
    """Whom it reached. Numbers of the same are added up, others are listed; few persons
    are never told how many, nor can they be worked out."""
    per_hvem = defaultdict(list)
    for notat in notatene:
        if notat.antall is not None:
            per_hvem[notat.antall_av.strip().casefold()].append(notat)
    linjer = [_antallet(gruppe) for gruppe in per_hvem.values()]
    if any(len(gruppe) > 1 for gruppe in per_hvem.values()):
        linjer.append(_("De samme kan være talt flere ganger."))
    return _kort("\n".join(linjer))


def virkning(notatene: list[Statusrapport], tallene: list[str]) -> str:
    """What came of it, as it was said, and the figures that go with it.

    Args:
        tallene: each a figure in words.
    """
    linjer = [
        f"{capfirst(nar(n.dato))}: {_med_punktum(n.resultat)}"
        for n in notatene
        if n.resultat
    ]
    if tallene:
        linjer += [*tallene, _("Tallene viser ikke om det var tiltaket som virket.")]
    return _kort("\n".join(linjer))


def uvisst(notatene: list[Statusrapport], tallene: list[str]) -> dict[str, list[str]]:
    """{field: what nobody knows of it}, in sentences: for who writes the answer, and none
    themselves."""
    uten_notat = [] if notatene else [_("Ingen har meldt noe om tiltaket i perioden.")]
    talt = any(n.antall is not None for n in notatene)
    uten_antall = [] if talt else [_("Ingen har meldt hvor mange som er nådd.")]
    kom_ut = any(n.resultat for n in notatene)
    uten_resultat = (
        [] if kom_ut else [_("Ingen har meldt hva som har kommet ut av det.")]
    )
    # One figure may stand on the page, or one that is not published: neither tells of it.
    uten_tall = (
        [] if tallene else [_("Ingen publiserte tall viser hva som endret seg.")]
    )
    return {
        "gjennomforing": uten_notat,
        "nadde": uten_antall,
        "virkning": [*uten_resultat, *uten_tall],
    }


def tilstand(notatene: list[Statusrapport]) -> str:
    """How it went when somebody last said so, or ""."""
    return notatene[-1].tilstand if notatene else ""


def videre(notatene: list[Statusrapport]) -> tuple[str, str]:
    """(what the next plan can do with it, by whose word), as it was last recommended; two
    empty ones where nobody did."""
    for notat in reversed(notatene):
        if notat.anbefaling:
            om = {
                "hvem": notat.hvem or _("den som svarte"),
                "nar": nar(notat.dato),
                "hva": notat.get_anbefaling_display(),
            }
            ordene = _("Anbefalt %(nar)s av %(hvem)s: %(hva)s.") % om
            return BLIR[notat.anbefaling], Truncator(ordene).chars(300)
    return "", ""


def antall_i_ord(antall: int) -> str:
    return personer_i_ord(antall) if antall else _("ingen")


def _et_notat(notat, *, med_hvem):
    nar_og_hvem = capfirst(nar(notat.dato))
    if med_hvem and notat.hvem:
        nar_og_hvem = f"{nar_og_hvem} ({notat.hvem})"
    ordene = f"{nar_og_hvem}: {notat.get_tilstand_display()}"
    deler = filter(None, [ordene, notat.kommentar, notat.gjort])
    return " ".join(map(_med_punktum, deler))


def _antallet(gruppe):
    hva = gruppe[0].antall_av.strip() or _("uten at det er sagt hvem")
    hver = [f"{antall_i_ord(n.antall)} ({nar(n.dato)})" for n in gruppe]
    if len(gruppe) == 1:
        return _med_punktum(f"{capfirst(hva)}: {hver[0]}")
    # A sum with few persons in it would tell how many they are.
    kan_summeres = gruppe[0].antall_av and all(not 0 < n.antall < FA for n in gruppe)
    if not kan_summeres:
        return _med_punktum(f"{capfirst(hva)}: {', '.join(hver)}")
    om = {
        "hva": capfirst(hva),
        "sum": antall_i_ord(sum(n.antall for n in gruppe)),
        "hver": ", ".join(hver),
    }
    return _("%(hva)s: %(sum)s til sammen, %(hver)s.") % om


def _med_punktum(tekst):
    tekst = tekst.strip()
    return tekst if tekst.endswith((".", "!", "?", "…")) else f"{tekst}."


def _kort(tekst):
    return Truncator(tekst).chars(LENGST)
