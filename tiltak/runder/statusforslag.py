"""What becomes of what a tjeneste says of how it goes with a tiltak: it waits for the
coordinator as other proposals do, and is a Statusrapport once it is taken in."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from slt.felles.skjemaside import Del, Skjema
from slt.grunn.historikk import begrunnet, opprett_mange
from slt.grunn.norsk import tall_i_ord
from tiltak.models import Endringsforslag, Statusrapport, Tilstand, Tiltak
from tiltak.models.forslag import UENDRET
from tiltak.rediger.forms.status import FELTER, StatusrapportForm
from tiltak.runder.deler import merke_av
from tiltak.runder.forslag import Slag, ferdig
from tiltak.runder.slag import Forslagsslag

BORTE = gettext_lazy("Tiltaket er borte.")


# What is said ---------------------------------------------------------------------------


def som_innhold(felter, *, uendret=False):
    """{field: value} of how it goes, as it is kept in a proposal.

    Args:
        felter: the same, as a form read it; what is left out is empty.
        uendret: whether it says that it goes as it went.
    """
    ut = {navn: felter.get(navn) or "" for navn in FELTER}
    frist = ut["frist"]
    return ut | {
        "antall": felter.get("antall"),
        "frist": frist.isoformat() if frist else None,
        UENDRET: uendret,
    }


def feltene_i(innhold):
    """{field: value} of a proposal, as a Statusrapport has it."""
    felter = {navn: innhold[navn] for navn in FELTER}
    frist = innhold["frist"]
    return felter | {"frist": date.fromisoformat(frist) if frist else None}


def feltene_av(rapport):
    """The same of a Statusrapport."""
    return {navn: getattr(rapport, navn) for navn in FELTER}


def _lesbart(forslag: Endringsforslag):
    try:
        felter = feltene_i(forslag.innhold)
    except (LookupError, TypeError, ValueError, AttributeError):
        return False
    antall = felter["antall"]
    er_tall = type(antall) is int and antall >= 0
    return (
        all(isinstance(felter[n], str) for n in FELTER if n not in {"antall", "frist"})
        and felter["tilstand"] in Tilstand.values
        and bool(felter["kommentar"] or felter["tilstand"] == Tilstand.SOM_PLANLAGT)
        and felter["anbefaling"] in ("", *Statusrapport.Anbefaling.values)
        and (er_tall or (antall is None and not felter["antall_av"]))
    )


# What it is against ---------------------------------------------------------------------


@dataclass(frozen=True)
class Emne:
    """What a proposal is about; `siste` is what the tjeneste said last that was taken in,
    or None."""

    tiltak: Tiltak
    siste: Statusrapport | None

    def __str__(self):
        return self.tiltak.tittel


def _emner(forslagene):
    """{id of a proposal: Emne}; 2 queries."""
    pker = {f.tiltak_id for f in forslagene}
    tiltakene = Tiltak.objects.select_related("plan").in_bulk(pker)
    rapporter = Statusrapport.objects.filter(
        tiltak__in=pker, tjeneste__in={f.tjeneste_id for f in forslagene}
    )
    siste = {(r.tiltak_id, r.tjeneste_id): r for r in rapporter.order_by("dato", "pk")}
    return {
        f.pk: Emne(tiltakene[f.tiltak_id], siste.get((f.tiltak_id, f.tjeneste_id)))
        for f in forslagene
        if f.tiltak_id in tiltakene
    }


def som_det_star(tiltak):
    """What of a tiltak an answer may change, as it is kept in a proposal."""
    return {
        "status": tiltak.status,
        "frist": tiltak.frist.isoformat() if tiltak.frist else None,
    }


def _folger(tiltak, felter):
    """{field of the tiltak: value} that follows from what is said of it. Nothing of one in
    a plan that stands as it was."""
    if not tiltak.kan_endres:
        return {}
    ny, tilstand = {}, felter["tilstand"]
    if tilstand == Tilstand.AVSLUTTET and not tiltak.er_avsluttet:
        ny["status"] = Tiltak.Status.AVSLUTTET
    if tilstand == Tilstand.IKKE_STARTET and tiltak.status != Tiltak.Status.PLANLAGT:
        ny["status"] = Tiltak.Status.PLANLAGT
    if felter["frist"] and felter["frist"] != tiltak.frist:
        ny["frist"] = felter["frist"]
    return ny


def _forskjeller(forslag: Endringsforslag):
    if forslag.emne is None:
        return [(_("tiltak"), "", BORTE, False)]
    tiltak, siste = forslag.emne.tiltak, forslag.emne.siste
    ny, na = feltene_i(forslag.innhold), feltene_av(siste) if siste else {}
    rader = [
        (Statusrapport._meta.get_field(navn).verbose_name, *i_ord, False)
        for navn in FELTER
        if navn != "frist"
        and (i_ord := [_i_ord(navn, na.get(navn)), _i_ord(navn, ny[navn])])
        and (i_ord[1] or (navn == "kommentar" and i_ord[0]))
    ]
    return rader + [
        (
            Tiltak._meta.get_field(navn).verbose_name,
            _i_ord(navn, getattr(tiltak, navn)),
            _i_ord(navn, verdi),
            som_det_star(tiltak)[navn] != forslag.sett.get(navn),
        )
        for navn, verdi in _folger(tiltak, ny).items()
    ]


def _i_ord(navn, verdi):
    if verdi in (None, ""):
        return ""
    if navn == "frist":
        return date_format(verdi, "j. F Y")
    if navn == "antall":
        return tall_i_ord(verdi)
    modell = Tiltak if navn == "status" else Statusrapport
    return str(dict(modell._meta.get_field(navn).flatchoices).get(verdi, verdi))


def linjene(felter):
    """[(what it is, in words, what was said of it)] of {field: value}, but for how it goes;
    of what was not said, nothing. Whom a figure is of stands with it."""
    sagt = {navn: _i_ord(navn, felter[navn]) for navn in FELTER}
    tall = Statusrapport(antall=felter["antall"], antall_av=felter["antall_av"])
    sagt["antall"] = tall.nadde
    return [
        (Statusrapport._meta.get_field(navn).verbose_name, verdi)
        for navn, verdi in sagt.items()
        if verdi and navn not in {"tilstand", "antall_av"}
    ]


# Taking it in ---------------------------------------------------------------------------


def _rapport(forslag):
    """The Statusrapport that it becomes, not saved: in one round, a tjeneste has one of a
    tiltak."""
    runde = forslag.foresporsel.runde if forslag.foresporsel_id else None
    egen = {
        "tiltak": forslag.tiltak,
        "runde": runde,
        "tjeneste": forslag.tjeneste,
    }
    rapport = runde and Statusrapport.objects.filter(**egen).first()
    return rapport or Statusrapport(**egen)


def _felter(forslag):
    """{field: value} of the Statusrapport that it becomes."""
    return feltene_i(forslag.innhold) | {
        "fra": forslag.tjeneste.navn,
        "hvordan": forslag.hvordan,
        "dato": timezone.localdate(forslag.mottatt),
    }


def _gi(rad, felter):
    for navn, verdi in felter.items():
        setattr(rad, navn, verdi)


def _skriv(rad, felter):
    """Saves the row with these values, if it has others."""
    if rad.pk is None or any(getattr(rad, n) != verdi for n, verdi in felter.items()):
        _gi(rad, felter)
        rad.full_clean()
        rad.save()


def _utfor(forslag: Endringsforslag):
    felter = _felter(forslag)
    _skriv(_rapport(forslag), felter)
    tiltak = Tiltak.objects.get(pk=forslag.tiltak_id)
    _skriv(tiltak, _folger(tiltak, felter))


def _raden(forslag: Endringsforslag):
    if not Tiltak.objects.filter(pk=forslag.tiltak_id).exists():
        raise Http404("no such tiltak")
    rapport = _rapport(forslag)
    om = _felter(forslag)
    _gi(rapport, {navn: om[navn] for navn in ("fra", "hvordan", "dato")})
    return rapport


class _Skjema(Skjema):
    """The Statusrapport, and what follows of its tiltak."""

    def _lagre(self):
        super()._lagre()
        rapport = self.hoved.instance
        _skriv(rapport.tiltak, _folger(rapport.tiltak, feltene_av(rapport)))


def _skjemaet(rapport, data, forslag: Endringsforslag):
    if data is None:
        _gi(rapport, feltene_i(forslag.innhold))
    form = StatusrapportForm(data, instance=rapport)
    linjer = ["tilstand", "kommentar", "gjort", "resultat", ("antall", "antall_av")]
    linjer += [("frist", "anbefaling"), ("begrunnelse",)]
    return _Skjema(
        form, {}, [Del("", [linje for linje in linjer if _har(form, linje)])]
    )


def _har(form, linje):
    return isinstance(linje, str) or any(navn in form.fields for navn in linje)


STATUS = Forslagsslag(_lesbart, _emner, _forskjeller, _utfor, _raden, _skjemaet)


# Many at once -----------------------------------------------------------------------------


def uendrede(rader):
    """[Endringsforslag] of these that say that it goes as it went, and change nothing of
    the tiltak; 3 queries."""
    rader = rader.som_venter().filter(slag=Slag.STATUS)
    rader = rader.filter(**{f"innhold__{UENDRET}": True}).order_by("pk")
    rader = [
        rad
        for rad in rader.select_related(
            "tjeneste__kommune", "foresporsel__runde", "tiltak__kommune"
        )
        if _lesbart(rad)
    ]
    emner = _emner(rader)
    return [
        rad
        for rad in rader
        if rad.pk in emner and not _folger(emner[rad.pk].tiltak, feltene_i(rad.innhold))
    ]


def merke_uendrede(forslagene):
    """Returns what tells those that were seen from those that are there later."""
    return merke_av(
        [(rad.pk, sorted(rad.innhold.items(), key=str)) for rad in forslagene]
    )


def ta_inn_uendrede(forslagene):
    """Takes all of these in, with the kommune locked; returns how many that were."""
    begrunnelse = _("Foreslått av den som svarer for tjenesten.")
    with transaction.atomic(), begrunnet(begrunnelse):
        nye = []
        for rad in forslagene:
            rapport, felter = _rapport(rad), _felter(rad)
            if rapport.pk is None:
                _gi(rapport, felter)
                rapport.clean_fields(exclude=["tiltak", "runde", "tjeneste"])
                nye.append(rapport)
            else:
                _skriv(rapport, felter)
            ferdig(rad)
        opprett_mange(nye)
    return len(forslagene)
