"""What a plan lacks beside what is said of each tiltak: chapters, innsatsområder, numbers,
and what is underway. All of these get a Planinnhold."""

from itertools import pairwise

from django.urls import reverse
from django.utils.translation import gettext as _

from slt.grunn.riktekst import ren_tekst
from tiltak.mangler.rader import Gruppe, Rad
from tiltak.overgang import TILTAK_PER_SIDE, til_overs
from tiltak.publisering import upubliserte


def innhold(her):
    rader = []
    if not her.omrader:
        rader.append(
            Rad(
                _("Planen har ingen innsatsområder"),
                f"{her.disposisjon}#nytt_innsatsomrade",
            )
        )
    if not her.hele:
        rader.append(
            Rad(
                _("Planen har ingen tiltak"),
                her.disposisjon,
            )
        )
    return Gruppe(
        "innhold",
        _("Planen er ikke skrevet ennå"),
        _("Tiltakene er det leserne ser etter, og de står i innsatsområder."),
        rader,
    )


def tomme_omrader(her):
    i_bruk = {
        sted.innsatsomrade_id
        for stedene in her.steder.values()
        for sted in stedene
        if not sted.tiltak.er_avsluttet
    }
    return Gruppe(
        "omrader",
        _("Innsatsområder uten tiltak"),
        _("Et område uten tiltak sier ikke hva som gjøres. Gi det et tiltak."),
        [
            Rad(omrade.navn, f"{her.disposisjon}#nytt-{omrade.pk}")
            for omrade in her.omrader
            if omrade.pk not in i_bruk and her.hele
        ],
    )


def tomme_kapitler(her):
    return Gruppe(
        "kapitler",
        _("Tomme kapitler"),
        _("Et kapittel uten tekst og uten figur sier ikke leserne noe."),
        [
            Rad(kapittel.tittel, her.skjema("kapittel", kapittel.pk), detalj=hvorfor)
            for kapittel in her.kapitler
            if (hvorfor := _tomt(kapittel)) is not None
        ],
    )


def _tomt(kapittel):
    """Why a chapter is as good as empty: more than that there is nothing, or ""; None of
    one that is not."""
    if kapittel.er_uskrevet:
        return _("Der står bare forslaget fra startsettet, og det vises ikke.")
    return None if kapittel.figur or ren_tekst(kapittel.tekst).strip() else ""


def nummerhull(her):
    """In a draft numbers can be mended. In a plan in force they stand, and what was
    taken out of it leaves its number to nobody."""
    fast = not her.plan.er_utkast
    return Gruppe(
        "numre",
        _("Numre som ikke er brukt") if fast else _("Hull i nummereringen"),
        _(
            "Planen gjelder, og da står numrene fast. Her er det ikke noe å rette, men "
            "leserne kan spørre."
        )
        if fast
        else _("Numrene står fast når planen gjelder, og da blir hullet stående."),
        [
            _hull(her, omrade, etter)
            for omrade in her.omrader
            for etter in _etter_hull(her, omrade)
        ],
        teller=not fast,
    )


def _etter_hull(her, omrade):
    """Yields (first and last number that is missing, the place after it)."""
    brukt = {nr for pk, nr in her.tatt_ut if pk == omrade.pk}
    stedene = her.steder[omrade.pk]
    numrene = sorted(brukt | {sted.nummer for sted in stedene})
    for for_, nummer in pairwise([0, *numrene]):
        if nummer - for_ > 1:
            etter = next((s for s in stedene if s.nummer >= nummer), None)
            if etter is not None:  # else nobody sees that there is one
                yield for_ + 1, nummer - 1, etter


def _hull(her, omrade, hullet):
    fra, til, etter = hullet
    numrene = str(fra) if fra == til else f"{fra}–{til}"
    return Rad(
        _("%(omrade)s: %(numre)s mangler") % {"omrade": omrade.navn, "numre": numrene},
        f"{her.disposisjon}#plassering-{etter.pk}"
        if her.plan.er_utkast
        else omrade.get_absolute_url(),
        detalj=_("Etter hullet står %(sted)s, «%(tiltak)s».")
        % {"sted": etter.merkelapp, "tiltak": etter.tiltak},
    )


def upublisert(her):
    siden = reverse("tiltak:upublisert", args=her.i_planen)
    return Gruppe(
        "upublisert",
        _("Ikke publisert ennå"),
        _("Bare koordinatorer og politirådet ser det til det er publisert."),
        [
            Rad(
                str(rad),
                f"{siden}#{hva}",
                detalj=rad._meta.verbose_name.capitalize(),
            )
            for hva, rader in upubliserte(her.plan)
            for rad in rader
            # One that is empty is listed among those.
            if hva != "kapittel" or _tomt(rad) is None
        ],
    )


def overgang(her):
    if not (her.plan.er_utkast and her.plan.bygger_pa_id):
        return
    valgt = list(her.plan.overganger.select_related("fra"))
    ventende = [o for o in valgt if not o.til_id and o.valg in o.BLIR_TILTAK]
    alle = list(til_overs(her.plan))
    steder = {tiltak.pk: nr for nr, tiltak in enumerate(alle)}
    yield Gruppe(
        "ventende",
        _("Valgt, men ikke utført"),
        _("Det som er valgt, kommer ikke inn i planen før det er utført."),
        [
            Rad(
                str(rad.fra),
                _valget(her, rad.fra_id, steder.get(rad.fra_id, 0)),
                detalj=rad.get_valg_display(),
            )
            for rad in ventende
        ],
    )
    valgte = {rad.fra_id for rad in valgt}
    yield Gruppe(
        "ikke-valgt",
        _("Tiltak i planen før som det ikke er valgt noe for"),
        _("De faller ut uten et ord når den nye planen tar over."),
        [
            Rad(
                str(tiltak),
                _valget(her, tiltak.pk, steder[tiltak.pk]),
                merkelapp=tiltak.merkelapp,
            )
            for tiltak in alle
            if tiltak.pk not in valgte
        ],
    )


def _valget(her, tiltak, nr):
    """Where it is chosen what becomes of the tiltak, which is so far down the list."""
    siden = reverse("tiltak:overgang", args=her.i_planen)
    side = nr // TILTAK_PER_SIDE + 1
    return f"{siden}?page={side}#tiltak-{tiltak}"
