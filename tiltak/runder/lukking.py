"""A round that is closed, as it was then. What is changed or deleted later does not change
what stands of it: it is kept by name.

The snapshot, Rundelukking.innhold, version 1; what is empty is left out of `tjenester`:

    {"versjon": 1, "av_seg_selv": bool,
     "sendt": day, "frist": day, "lukket": day,
     "deler": [title of each part that was asked for], "hvilke": words, "valg": [name of each
     plan or innsatsområde], "uspurt": [tiltak that nobody was asked of],
     "talt": {"star_stille": of how many tiltak that was said, "ikke": how many tjenester
        said nothing},
     "tjenester": [{
        "navn": str, "stand": a value of Stand, "svar": words, "besvart": day, "hvordan":
        words, "paminnet": day, "nedlagt": true,
        "kontaktforslag": how many proposals about the contacts came in the round,
        "tall": how many yearly figures,
        "tiltak": [{
            "tittel": str, "merke": "Vold 4",
            "svar": {the names of a Statusrapport, "behandlet": a value of Behandlet, "dato":
                day, "hvordan": words}}]}]}

A day is "2026-09-24". Without "svar", nobody answered. Addresses are not kept.
"""

from collections import Counter
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from slt.models import Kommune
from tiltak.detaljer import liste_med_sted
from tiltak.models import (
    Endringsforslag,
    Runde,
    Rundelukking,
    Svarlenke,
    Tilstand,
    Tiltak,
)
from tiltak.runder.deler import DELER
from tiltak.runder.oversikt import Rad, Stand, oversikt, per_tilstand
from tiltak.runder.utvalg import STATUS, spurt_og_uspurt

VERSJON = 1


@transaction.atomic
def lukk(runde: Runde, *, av_seg_selv=False) -> Rundelukking | None:
    """Closes a round: nothing more is answered in it, and what is missing stands as "ikke
    besvart". What waits for the coordinator may be taken in still. Returns the
    Rundelukking, or None where it is a draft, or closed already."""
    Kommune.objects.las_med_naboer(runde.kommune_id)
    runde = Runde.objects.select_related("kommune").get(pk=runde.pk)
    if runde.er_utkast or runde.er_lukket:
        return None
    runde.lukket = timezone.now()
    lukking = Rundelukking(runde=runde, tid=runde.lukket)
    lukking.innhold = bildet(runde, av_seg_selv=av_seg_selv)
    lukking.save()
    runde.save()
    return lukking


@transaction.atomic
def gjenapne(runde: Runde, hvorfor: str, *, frist: date | None = None) -> bool:
    """Opens a closed round again, with a reason and perhaps a new deadline; the links that
    are not over hold as long as it lets who is late in. Returns whether it was closed.

    Raises:
        ValidationError: {field: why}, without a reason, and with a deadline that is over.
    """
    Kommune.objects.las_med_naboer(runde.kommune_id)
    runde = Runde.objects.select_related("kommune").get(pk=runde.pk)
    if not runde.er_lukket:
        return False
    if frist:
        runde.frist = frist
    if runde.frist < timezone.localdate():
        raise ValidationError({"frist": _("Fristen er over. Skriv en ny.")})
    if not hvorfor.strip():
        raise ValidationError({"hvorfor": _("Skriv hvorfor runden åpnes igjen.")})
    lukking = runde.lukkinger.get(gjenapnet=None)
    lukking.gjenapnet, lukking.hvorfor = timezone.now(), hvorfor
    lukking.full_clean()
    lukking.save()
    runde.lukket = None
    runde.save()
    lenker = Svarlenke.objects.filter(foresporsel__runde=runde).ikke_over()
    for lenke in lenker.filter(til__lt=runde.lenkene_gjelder_til):
        lenke.til = runde.lenkene_gjelder_til
        lenke.save()
    return True


def de_som_er_over(dag) -> list[Runde]:
    """The rounds that are sent and not closed, and whose links are over; 1 query."""
    rader = Runde.objects.sendte().filter(lukket=None, frist__lt=dag)
    rader = rader.select_related("kommune").order_by("pk")
    return [runde for runde in rader if runde.lenkene_gjelder_til < dag]


# The snapshot -----------------------------------------------------------------------------


def bildet(runde: Runde, *, av_seg_selv=False) -> dict:
    """The snapshot of a round as it stands; as many queries however large it is."""
    rader = oversikt(runde)
    merker = _merkene(rader)
    spurte = {rad.foresporsel.tjeneste_id for rad in rader}
    kom = _det_som_kom(runde)
    _antall, uspurte = spurt_og_uspurt(runde, spurte)
    return {
        "versjon": VERSJON,
        "av_seg_selv": av_seg_selv,
        "sendt": timezone.localdate(runde.startet).isoformat(),
        "frist": runde.frist.isoformat(),
        "lukket": timezone.localdate(runde.lukket).isoformat(),
        "deler": [str(del_.hva) for del_ in DELER if runde.spor_om(del_.nokkel)],
        "hvilke": runde.get_hvilke_display() if runde.spor_om(STATUS) else "",
        "valg": [
            str(valg) for valg in runde.valg.select_related("plan", "innsatsomrade")
        ],
        "uspurt": [_med_merke(t.tittel, t.merkelapp) for t in uspurte],
        "talt": _telt(rader),
        "tjenester": [_tjenesten(rad, merker, kom) for rad in rader],
    }


def _telt(rader: list[Rad]):
    """What is said of it where the coordinator begins."""
    per = {tilstand: antall for tilstand, _ord, antall in per_tilstand(rader)}
    ikke = sum(rad.stand == Stand.IKKE for rad in rader)
    return {"star_stille": per.get(Tilstand.STAR_STILLE.value, 0), "ikke": ikke}


def _merkene(rader: list[Rad]):
    """{id of a tiltak: its label}, of all that was asked of or answered; 3 queries."""
    pker = {tiltak.pk for rad in rader for tiltak, _svar in rad.tiltakene}
    alle = Tiltak.objects.filter(pk__in=pker).order_by("pk")
    return {tiltak.pk: tiltak.merkelapp for tiltak in liste_med_sted(alle)}


def _tjenesten(rad: Rad, merker, kom):
    svar = rad.foresporsel
    felter = {
        "navn": str(rad.tjeneste),
        "stand": rad.stand.value,
        "svar": svar.get_svar_display(),
        "besvart": svar.besvart and timezone.localdate(svar.besvart).isoformat(),
        "hvordan": svar.get_hvordan_display(),
        "paminnet": svar.purret and timezone.localdate(svar.purret).isoformat(),
        "nedlagt": rad.tjeneste.nedlagt is not None,
        **{navn: kom[svar.pk, navn] for navn in _KOMMER.values()},
        "tiltak": [
            _uten_tomt(
                {
                    "tittel": tiltak.tittel,
                    "merke": merker.get(tiltak.pk, ""),
                    "svar": _svaret(sagt),
                }
            )
            for tiltak, sagt in rad.tiltakene
        ],
    }
    return _uten_tomt(felter)


Slag = Endringsforslag.Slag
_KOMMER = {
    **dict.fromkeys((Slag.KONTAKT, Slag.NYTT, Slag.BORT), "kontaktforslag"),
    Slag.TALL: "tall",
}


def _det_som_kom(runde: Runde) -> Counter:
    """{(id of a Foresporsel, name in the snapshot): how many proposals}; of what is said in
    them, nothing. Those that are gone since, with what they were about, count too; 1
    query."""
    rader = Endringsforslag.historikk.filter(
        history_type="+",
        foresporsel__in=runde.foresporsler.order_by().values("pk"),
        slag__in=_KOMMER,
    )
    par = rader.order_by().values_list("foresporsel", "slag")
    return Counter((pk, _KOMMER[slag]) for pk, slag in par)


def _svaret(svar):
    if svar is None:
        return None
    mer = {
        "behandlet": svar.behandlet.value,
        "dato": svar.dato.isoformat(),
        "hvordan": svar.hvordan,
    }
    return svar.sagt | mer


def _uten_tomt(felter):
    return {navn: verdi for navn, verdi in felter.items() if verdi}


def _med_merke(tittel, merke):
    return f"{tittel} ({merke})" if merke else tittel
