"""Proposals: they are made by those who answer for a tjeneste, and carried out, or not, by
the coordinator."""

from datetime import time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from slt.grunn.historikk import begrunnet, spor
from slt.grunn.ordforskjell import forskjell
from slt.grunn.riktekst import ren_tekst
from slt.models import Kommune
from tiltak.models import (
    Apningstid,
    Endringsforslag,
    Foresporsel,
    Kontaktpunkt,
    Tiltak,
    bekreft,
)
from tiltak.models import Tilstand as Tilstand_
from tiltak.runder.deler import merke_av
from tiltak.runder.slag import SLAG
from tiltak.runder.svaret import besvar, som_spor

Slag, Tilstand = Endringsforslag.Slag, Endringsforslag.Tilstand
TIDER = "apningstider"
# Of which part of the page a proposal is an answer; of the rest, of all of it.
DELEN = {
    **dict.fromkeys((Slag.KONTAKT, Slag.NYTT, Slag.BORT), "kontakter"),
    Slag.TEKST: "tiltak",
}
TIDSFELTER = (
    *("fra_dag", "til_dag", "apner", "stenger"),
    *("uker", "gjelder", "hva", "helligdager"),
)


# What is proposed -------------------------------------------------------------------------


def som_verdi(verdi):
    """The value of a field, as it is kept in a proposal."""
    return f"{verdi:%H:%M}" if isinstance(verdi, time) else verdi


def tidene_i(rader):
    """[{field: value}] of rows of Apningstid."""
    return [{navn: som_verdi(getattr(r, navn)) for navn in TIDSFELTER} for r in rader]


def tider_av(liste):
    """[Apningstid] that a proposal holds, not saved."""
    return [
        Apningstid(
            **{
                navn: time.fromisoformat(v) if navn in {"apner", "stenger"} else v
                for navn, v in rad.items()
            }
        )
        for rad in liste
    ]


def foresla(svarer, slag, *, innhold=None, sett=None, merknad="", **gjelder):
    """Makes a proposal, and answers what the tjeneste is asked. What waits already in the
    same words is not made once more. Returns the row. A figure answers nothing: whether
    the rest holds is still to be said.

    Args:
        gjelder: kontaktpunkt or tiltak.
    """
    svar = Foresporsel.Svar
    svar = {Slag.ANSVAR: svar.IKKE_ANSVAR, Slag.TALL: None}.get(slag, svar.ENDRINGER)
    with transaction.atomic(), spor(svarer.dor, bruker=svarer.bruker):
        Kommune.objects.las_med_naboer(svarer.kommune.pk)
        svarer.sjekk()
        foresporsler = list(svarer.apne_foresporsler())
        felter = {
            "tjeneste": svarer.tjeneste,
            "slag": slag,
            "merknad": merknad,
            **gjelder,
        }
        rad = _likt(felter, innhold or {})
        if rad is None:
            rad = Endringsforslag(
                **felter,
                innhold=innhold or {},
                sett=sett or {},
                foresporsel=foresporsler[0] if foresporsler else None,
                hvordan=svarer.hvordan,
            )
            rad.full_clean()
            rad.save()
        if svar:
            om = [del_] if (del_ := DELEN.get(slag)) else []
            besvar(som_spor(foresporsler, om), svar, svarer.hvordan)
    return rad


def _likt(felter, innhold):
    """What waits in the same words, or None."""
    rader = Endringsforslag.objects.som_venter().filter(**felter)
    return next((rad for rad in rader if rad.innhold == innhold), None)


# Whether it can be read -------------------------------------------------------------------

_ORD = dict.fromkeys(
    ("verdi", "etikett", "instruks", "ved_ikke_svar", "apningstid_tekst"), str
)
_KONTAKT = {**_ORD, "bare_ansatte": bool, TIDER: list}
# {kind: {what it may say: as what}}.
FORESLAS = {
    Slag.KONTAKT: _KONTAKT,
    Slag.NYTT: {"type": str, **_KONTAKT},
    Slag.BORT: {},
    Slag.TEKST: {"tekst": str},
    Slag.ANSVAR: {"svaransvarlig": str},
}
ULESELIG = gettext_lazy(
    "Forslaget kan ikke leses. Legg det til side, og spør tjenesten på nytt."
)


def er_lesbart(forslag):
    """Whether it says nothing but what the forms propose, of a contact point that still is
    of its tjeneste: it may have come with a kommune from elsewhere, or have waited while
    what can be proposed became another thing."""
    if annens := SLAG.get(forslag.slag):
        return annens.lesbart(forslag)
    felter, innhold = FORESLAS[forslag.slag], forslag.innhold
    punkt = forslag.kontaktpunkt
    return (
        isinstance(innhold, dict)
        and all(isinstance(v, felter.get(navn, ())) for navn, v in innhold.items())
        and all(_kan_vises(rad) for rad in innhold.get(TIDER, ()))
        and (forslag.slag != Slag.TEKST or "tekst" in innhold)
        and (punkt is None or punkt.tjeneste_id == forslag.tjeneste_id)
    )


def _kan_vises(tid):
    try:
        return set(tid) <= set(TIDSFELTER) and bool(tidene_i_ord([tid]))
    except (TypeError, ValueError, AttributeError, LookupError):
        return False


# What becomes of it -----------------------------------------------------------------------


def godta(forslag):
    """Carries it out, with the kommune locked. Returns whether it waited still: of two who
    press, one does it.

    Raises:
        ValidationError: where it can't be done as things stand today.
    """
    forslag = _som_venter(forslag)
    if forslag is None:
        return False
    if not er_lesbart(forslag):
        raise ValidationError(ULESELIG)
    with (
        transaction.atomic(),
        begrunnet(_("Foreslått av den som svarer for tjenesten.")),
    ):
        try:
            annens = SLAG.get(forslag.slag)
            (annens.utfor if annens else _utfor[forslag.slag])(forslag)
        except ProtectedError as feil:
            raise ValidationError(
                _("Kontaktpunktet er valgt på tiltak, og kan ikke tas bort herfra.")
            ) from feil
        ferdig(forslag)
    return True


def tatt_inn(forslag, rad):
    """Says that it was carried out in the coordinator's words, which stand in the row. Of
    the number that was proposed, who proposed it says that it holds."""
    if isinstance(rad, Kontaktpunkt) and rad.verdi == forslag.innhold.get(
        "verdi", rad.verdi
    ):
        bekreft([rad], hvordan=forslag.hvordan)
    ferdig(forslag)


def ferdig(forslag):
    """Says that it was carried out. Of one about a kontaktpunkt that was taken away,
    nothing is left to say."""
    if Endringsforslag.objects.filter(pk=forslag.pk).exists():
        forslag.tilstand = Tilstand.GODTATT
        forslag.save()


def avvis(forslag, svar=""):
    """Sets it aside; returns whether it waited still."""
    forslag = _som_venter(forslag)
    if forslag is None:
        return False
    forslag.tilstand, forslag.svar = Tilstand.AVVIST, svar
    forslag.full_clean()
    forslag.save()
    return True


def _som_venter(forslag):
    rader = Endringsforslag.objects.som_venter().select_related(
        "tjeneste__kommune", "kontaktpunkt__tjeneste", "tiltak__plan"
    )
    return rader.filter(pk=forslag.pk).first()


def _endre_kontakt(forslag):
    _skriv_kontakt(forslag, forslag.kontaktpunkt)


def _nytt_kontaktpunkt(forslag):
    _skriv_kontakt(forslag, Kontaktpunkt(tjeneste=forslag.tjeneste))


def _skriv_kontakt(forslag, punkt):
    for navn, verdi in forslag.innhold.items():
        if navn != TIDER:
            setattr(punkt, navn, verdi)
    # Where it stands among the others, it is given when it is saved.
    punkt.full_clean(exclude=["rekkefolge"])
    punkt.save()
    if TIDER in forslag.innhold:
        for rad in punkt.apningstider.all():
            rad.delete()
        for tid in tider_av(forslag.innhold[TIDER]):
            tid.kontaktpunkt = punkt
            tid.full_clean()
            tid.save()
    # Who proposed it says that it holds like this.
    bekreft([punkt], hvordan=forslag.hvordan)


def _ta_bort(forslag):
    forslag.kontaktpunkt.delete()


def _skriv_tekst(forslag):
    tiltak = Tiltak.objects.get(pk=forslag.tiltak_id)
    tiltak.tekst = forslag.innhold["tekst"]
    tiltak.full_clean()
    tiltak.save()


def _bytt_ansvarlig(forslag):
    tjeneste = forslag.tjeneste
    tjeneste.svaransvarlig = forslag.innhold.get("svaransvarlig", "")
    tjeneste.full_clean()
    tjeneste.save()


_utfor = {
    Slag.KONTAKT: _endre_kontakt,
    Slag.NYTT: _nytt_kontaktpunkt,
    Slag.BORT: _ta_bort,
    Slag.TEKST: _skriv_tekst,
    Slag.ANSVAR: _bytt_ansvarlig,
}


# As people read it ------------------------------------------------------------------------


def forskjellene(forslag):
    """[(what it is, what stands today, what is proposed, whether that is otherwise than
    what they saw)] of a proposal."""
    if not er_lesbart(forslag):
        return [(_("innhold"), "", ULESELIG, False)]
    if annens := SLAG.get(forslag.slag):
        return annens.forskjeller(forslag)
    rad = forslag.tiltak or forslag.kontaktpunkt
    if forslag.slag == Slag.ANSVAR:
        rad = forslag.tjeneste
    modell = type(rad) if rad else Kontaktpunkt
    ut = []
    for navn, verdi in forslag.innhold.items():
        if navn == TIDER:
            na = tidene_i(rad.apningstider.all()) if rad else []
            ut.append(
                (
                    Apningstid._meta.verbose_name_plural,
                    tidene_i_ord(na),
                    tidene_i_ord(verdi),
                    navn in forslag.sett and na != forslag.sett[navn],
                )
            )
            continue
        felt = modell._meta.get_field(navn)
        na = som_verdi(getattr(rad, navn)) if rad else ""
        ut.append(
            (
                felt.verbose_name,
                _i_ord(felt, na),
                _i_ord(felt, verdi),
                navn in forslag.sett and na != forslag.sett[navn],
            )
        )
    return ut


def overskriften(forslag):
    """What is proposed of what, in one line: with whose tjeneste it is, no two that wait
    look alike but for those that say the same."""
    innhold = forslag.innhold if er_lesbart(forslag) else {}
    if forslag.slag == Slag.STATUS:
        hva = dict(Tilstand_.choices).get(innhold.get("tilstand"), "")
        return f"{forslag.tiltak.tittel}: {hva}" if hva else str(forslag.tiltak)
    om = forslag.tiltak.tittel if forslag.tiltak else str(forslag.emne or "")
    if forslag.kontaktpunkt:
        om = forslag.kontaktpunkt.visning
    if forslag.slag in {Slag.NYTT, Slag.ANSVAR}:
        om = innhold.get("verdi") or innhold.get("svaransvarlig") or ""
    om = om or forslag.tjeneste.navn
    return f"{om}: {forslag.get_slag_display()}"


def tekstene(forslag):
    """[Stykke] of a text as it stands and as it is proposed, both without their markup;
    of other proposals, and where the layout alone is otherwise, none."""
    if forslag.slag != Slag.TEKST:
        return []
    na, ny = (
        ren_tekst(t) for t in (forslag.tiltak.tekst, forslag.innhold.get("tekst", ""))
    )
    return forskjell(na, ny) if na != ny else []


def merke(forslag, forskjeller):
    """Returns what tells what a proposal was seen against from what stands there later."""
    punkt = forslag.kontaktpunkt
    punktet = (punkt.type, punkt.verdi, punkt.etikett) if punkt else ()
    alt = (punktet, [(str(na), str(ny)) for _hva, na, ny, _endret in forskjeller])
    return merke_av(alt)


def tidene_i_ord(liste):
    """The hours of a proposal, as one line."""
    return "; ".join(map(str, tider_av(liste)))


def _i_ord(felt, verdi):
    if isinstance(verdi, bool):
        return _("ja") if verdi else _("nei")
    return str(dict(felt.flatchoices).get(verdi, verdi))
