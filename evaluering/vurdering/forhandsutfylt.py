"""What an evaluation begins with: what was said of how it goes, the figures, and the
meetings. Whoever writes it writes over that; what they wrote is never written over."""

from collections import Counter
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


def forslag_om_tiltaket(evaluering, tiltak, notatene) -> dict[str, str]:
    """{field of a Tiltaksvurdering: what it begins with}.

    Args:
        notatene: all that was said of the tiltak, as far as the user sees it.
    """
    notatene = _i_perioden(evaluering, notatene)
    videre, begrunnelse = notatord.videre(notatene)
    return {
        "tilstand": notatord.tilstand(notatene),
        "gjennomforing": notatord.gjennomforing(notatene),
        "nadde": notatord.nadde(notatene),
        "virkning": notatord.virkning(notatene, _tallene(evaluering, tiltak)),
        "videre": videre,
        "begrunnelse": begrunnelse,
    }


def forslag_om_helheten(evaluering: Evaluering, bruker) -> dict[str, str]:
    """{question of the evaluation as a whole: what the answer begins with, as HTML}."""
    if evaluering.er_av_planen:
        forslag = _om_planen(evaluering, bruker)
    elif evaluering.tiltak:
        forslag = _om_ett_tiltak(evaluering, bruker)
    else:
        forslag = _om_forumet(evaluering)
    return {felt: _som_html(tekst) for felt, tekst in forslag.items()}


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
    tall = omradenes_tall(
        evaluering.plan, PUBLIKUM, evaluering.fra_dato, evaluering.til_dato
    )
    return {
        "gjennomforing": "\n".join(linjer),
        "nadde": _(
            "Det er meldt hvor mange som er nådd, av %(antall)d av %(alle)d tiltak."
        )
        % {"antall": med_tall, "alle": len(tiltakene)},
        "virkning": _med_forbehold(
            list(dict.fromkeys(linje for linjer in tall.values() for linje in linjer)),
            _("Ingen tall følger innsatsområdene."),
        ),
        "videre": "",
    }


def _om_ett_tiltak(evaluering, bruker):
    tiltak = evaluering.tiltak
    alle = notater([tiltak], bruker).get(tiltak.pk, [])
    forslag = forslag_om_tiltaket(evaluering, tiltak, alle)
    return {felt: forslag[felt] for felt in SPORSMAL[:3]} | {
        "videre": forslag["begrunnelse"]
    }


def _om_forumet(evaluering):
    rader = Mote.objects.filter(
        forum=evaluering.forum,
        start__gte=midnatt(evaluering.fra_dato),
        start__lt=min(midnatt(evaluering.til_dato + _ET_DOGN), timezone.now()),
    )
    per_status = Counter(rader.order_by().values_list("status", flat=True))
    avlyst = per_status[Mote.Status.AVLYST]
    holdt = sum(per_status.values()) - avlyst
    if not per_status:
        motene = _("Forumet hadde ingen møter i løsningen i perioden.")
    else:
        motene = ngettext(
            "Det var satt opp %(holdt)d møte som ikke ble avlyst.",
            "Det var satt opp %(holdt)d møter som ikke ble avlyst.",
            holdt,
        ) % {"holdt": holdt}
        motene += " " + (
            ngettext("%d møte ble avlyst.", "%d møter ble avlyst.", avlyst) % avlyst
            if avlyst
            else _("Ingen møter ble avlyst.")
        )
    return {
        "gjennomforing": motene,
        "nadde": _("Hvem som møtte, er ikke ført her."),
        "virkning": _("Ingen tall følger forumet."),
        "videre": "",
    }


def _tallene(evaluering, tiltak):
    """What all may read, for it may be published with the rest: what is measured of the tiltak itself, and what became another figure in its
    innsatsområde: all of that stands once, with the innsatsområde."""
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


def _med_forbehold(tallene, ingen):
    if not tallene:
        return ingen
    return "\n".join([*tallene, _("Tallene viser ikke om det var planen som virket.")])


def _som_html(tekst):
    return "".join(f"<p>{escape(linje)}</p>" for linje in tekst.splitlines() if linje)
