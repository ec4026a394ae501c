"""What an evaluation begins with: what was said of how it goes, the figures, and the
meetings. Whoever writes it writes over that; what they wrote is never written over."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from html import escape, unescape

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluering.models import Evaluering, Tiltaksvurdering
from evaluering.vurdering import notatord
from evaluering.vurdering.arbeidet import tiltakene_i
from evaluering.vurdering.tallene import (
    UTVIKLING,
    omradenes_tall,
    tiltakenes_tall,
)
from moter.models import Mote
from slt.grunn.tid import midnatt
from slt.models import PUBLIKUM
from tiltak.models import Tilstand
from tiltak.notater import notater

_ET_DOGN = timedelta(days=1)
SPORSMAL = ("gjennomforing", "nadde", "virkning", "videre")
AV_TILTAKET = (
    "tilstand",
    "gjennomforing",
    "nadde",
    "virkning",
    "videre",
    "begrunnelse",
)


@dataclass(frozen=True)
class Kjent:
    """What is known of what is asked.

    Attributes:
        forslag: {field: what the answer begins with}, "" where nothing is known.
        uvisst: {field: what is not known, in sentences}: it stands beside the field and
            never in it, lest it be published as the answer.
    """

    forslag: dict[str, str]
    uvisst: dict[str, list[str]]


def kjent_om_tiltaket(evaluering, tiltak, notatene) -> Kjent:
    """What is known of what is asked of one tiltak.

    Args:
        notatene: all that was said of the tiltak, as far as the user sees it.
    """
    notatene = _i_perioden(evaluering, notatene)
    videre, begrunnelse = notatord.videre(notatene)
    tallene = _tallene(evaluering, tiltak)
    return Kjent(
        {
            "tilstand": notatord.tilstand(notatene),
            "gjennomforing": notatord.gjennomforing(notatene),
            "nadde": notatord.nadde(notatene),
            "virkning": notatord.virkning(notatene, tallene),
            "videre": videre,
            "begrunnelse": begrunnelse,
        },
        notatord.uvisst(notatene, tallene),
    )


def grunnlaget(evaluering, tiltakene, bruker) -> dict[int, str]:
    """{id of a tiltak: what there is to assess it by, in words}: what was said of it in the
    period, as far as the user sees it, and figures that all may read; 2 queries, more
    where there are figures."""
    meldt = notater(tiltakene, bruker)
    perioden = evaluering.fra_dato, evaluering.til_dato
    tall = tiltakenes_tall(tiltakene, PUBLIKUM, *perioden)
    return {
        t.pk: _i_ord(len(_i_perioden(evaluering, meldt.get(t.pk, []))), t.pk in tall)
        for t in tiltakene
    }


def _i_ord(antall, har_tall):
    meldinger = ngettext("%d melding", "%d meldinger", antall) % antall
    ordene = [meldinger] if antall else []
    if har_tall:
        ordene.append(_("egne tall"))
    return ", ".join(ordene) or _("verken meldinger eller egne tall")


def kjent_om_helheten(evaluering: Evaluering, bruker) -> Kjent:
    """What is known of the four questions; each answer begins as HTML."""
    if evaluering.er_av_planen:
        kjent = _om_planen(evaluering, bruker)
    elif evaluering.tiltak:
        kjent = _om_ett_tiltak(evaluering, bruker)
    else:
        kjent = _om_forumet(evaluering)
    forslag = {felt: _som_html(tekst) for felt, tekst in kjent.forslag.items()}
    return Kjent(forslag, kjent.uvisst)


def er_urort(rad: Evaluering | Tiltaksvurdering, felt: str) -> bool:
    """Whether nobody has written in the field, or left it as it was proposed."""
    na = getattr(rad, felt)
    return not na or rad.utfylt.get(felt) == merke(na)


def merke(tekst: str) -> str:
    """What tells a proposed text from all others."""
    ordene = " ".join(unescape(strip_tags(tekst.replace("</p>", " "))).split())
    return sha256(ordene.encode()).hexdigest()[:32]


def merker(forslag: dict[str, str]) -> dict[str, str]:
    return {felt: merke(tekst) for felt, tekst in forslag.items() if tekst}


def _om_planen(evaluering, bruker):
    tiltakene = [t for _omrade, rader in tiltakene_i(evaluering) for t in rader]
    alle = notater(tiltakene, bruker)
    per_tiltak = [_i_perioden(evaluering, alle.get(t.pk, [])) for t in tiltakene]
    sist = Counter(notatord.tilstand(n) for n in per_tiltak if n)
    meldt = sum(sist.values())
    om = {"meldt": meldt, "alle": len(tiltakene)}
    linjer = [_("Det er meldt om %(meldt)d av %(alle)d tiltak i perioden.") % om]
    linjer += [
        _("%(tilstand)s, sist det ble meldt: %(antall)d.")
        % {"tilstand": capfirst(t.label), "antall": sist[t]}
        for t in Tilstand
        if sist[t]
    ]
    med_tall = sum(any(n.antall is not None for n in rader) for rader in per_tiltak)
    talt = _("Det er meldt hvor mange som er nådd, av %(antall)d av %(alle)d tiltak.")
    perioden = evaluering.fra_dato, evaluering.til_dato
    omradetall = omradenes_tall(evaluering.plan, PUBLIKUM, *perioden)
    tall = list(dict.fromkeys(li for linjer in omradetall.values() for li in linjer))
    if tall:
        tall.append(_("Tallene viser ikke om det var planen som virket."))
    uvisst = {
        "gjennomforing": (meldt, _("Ingen har meldt noe om tiltakene i perioden.")),
        "nadde": (med_tall, _("Ingen har meldt hvor mange som er nådd.")),
        "virkning": (tall, _("Ingen publiserte tall hører til innsatsområdene.")),
    }
    return Kjent(
        {
            "gjennomforing": "\n".join(linjer) if meldt else "",
            "nadde": talt % {"antall": med_tall, "alle": len(tiltakene)}
            if med_tall
            else "",
            "virkning": "\n".join(tall),
            "videre": "",
        },
        {felt: [] if vet else [tekst] for felt, (vet, tekst) in uvisst.items()},
    )


def _om_ett_tiltak(evaluering, bruker):
    tiltak = evaluering.tiltak
    alle = notater([tiltak], bruker).get(tiltak.pk, [])
    kjent = kjent_om_tiltaket(evaluering, tiltak, alle)
    forslag = {felt: kjent.forslag[felt] for felt in SPORSMAL[:3]}
    return Kjent(forslag | {"videre": kjent.forslag["begrunnelse"]}, kjent.uvisst)


def _om_forumet(evaluering):
    rader = Mote.objects.filter(
        forum=evaluering.forum,
        start__gte=midnatt(evaluering.fra_dato),
        start__lt=min(midnatt(evaluering.til_dato + _ET_DOGN), timezone.now()),
    )
    per_status = Counter(rader.order_by().values_list("status", flat=True))
    return Kjent(
        {
            "gjennomforing": _motene(per_status) if per_status else "",
            "nadde": "",
            "virkning": "",
            "videre": "",
        },
        {
            "gjennomforing": []
            if per_status
            else [_("Ingen møter i forumet er ført opp her i perioden.")],
            "nadde": [_("Hvem som møtte, er ikke ført her.")],
            "virkning": [_("Ingen tall følger et forum.")],
        },
    )


def _motene(per_status):
    avlyst = per_status[Mote.Status.AVLYST]
    holdt = sum(per_status.values()) - avlyst
    motene = ngettext(
        "Det var satt opp %(holdt)d møte som ikke ble avlyst.",
        "Det var satt opp %(holdt)d møter som ikke ble avlyst.",
        holdt,
    ) % {"holdt": holdt}
    avlyste = (
        ngettext("%d møte ble avlyst.", "%d møter ble avlyst.", avlyst) % avlyst
        if avlyst
        else _("Ingen møter ble avlyst.")
    )
    return f"{motene} {avlyste}"


def _tallene(evaluering, tiltak):
    """What all may read, for it may be published with the rest: what is measured of the
    tiltak itself, and what became another figure in its innsatsområde. All of that stands
    once, with the innsatsområde."""
    perioden = evaluering.fra_dato, evaluering.til_dato
    egne = tiltakenes_tall([tiltak], PUBLIKUM, *perioden).get(tiltak.pk, [])
    if not tiltak.plan:
        return egne
    omradenes = omradenes_tall(tiltak.plan, PUBLIKUM, *perioden)
    dens = [
        linje
        for sted in tiltak.plasseringer.all()
        for linje in omradenes.get(sted.innsatsomrade_id, [])
        if UTVIKLING in linje
    ]
    return list(dict.fromkeys([*egne, *dens]))


def _i_perioden(evaluering, notatene):
    return notatord.i_perioden(notatene, evaluering.fra_dato, evaluering.til_dato)


def _som_html(tekst):
    return "".join(f"<p>{escape(linje)}</p>" for linje in tekst.splitlines() if linje)
