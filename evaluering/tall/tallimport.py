"""Tables of figures that were sent: kept till somebody has said what is what and looked,
put in, or taken out again: all of them or none."""

import hashlib
from contextlib import suppress
from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluering.models import Indikator, Kilde, Maling, Tallimport
from evaluering.tall.ark import Ark
from evaluering.tall.forslag import (
    foresla,
    foresla_for,
    les_overskriftene,
    merke_av_form,
)
from evaluering.tall.innlesing import Tolker
from evaluering.tall.innlest import Innlest, Valg
from evaluering.tall.malen import etter_malen
from evaluering.tall.oppsett import Oppsett
from slt.grunn.historikk import Dor, opprett_mange, slett_mange, spor
from slt.models import Bruker, Kommune, Sted

# So many imports are looked through for one of the same form.
SER_TILBAKE = 30
TALLENE = ("verdi", "verdi_til")
DET = (*TALLENE, "merke", "kilde_id")
BYTTET = "byttet"
EN_UKE = timedelta(days=7)
LAGES = {modell._meta.model_name: modell for modell in (Indikator, Sted, Kilde)}


def ta_vare_pa(
    *, kommune: Kommune, bruker: Bruker, navn: str, arkene: list[Ark]
) -> Tallimport:
    """Keeps what was sent until somebody has looked at it: for a week. Proposes how it is
    laid out: as our own headings have it, as the last one of the same form was, or as it
    looks."""
    rad = Tallimport(kommune=kommune, bruker=bruker, navn=navn)
    rad.rader = [ark.til_json() for ark in arkene]
    for ark in arkene:
        if oppsett := etter_malen(ark):
            rad.bekreftet = True
            break
    else:
        oppsett = foresla(arkene, kommune)
        ark = next(ark for ark in arkene if ark.navn == oppsett.ark)
        if funnet := _forrige(rad, ark):
            forrige, gammelt = funnet
            oppsett = _som_sist(ark, gammelt, kommune)
            rad.valg = forrige.valg
            # What was typed of the last one is not true of this one.
            rad.bekreftet = "år" not in gammelt.faste
    sett_oppsett(rad, oppsett)
    rad.save()
    return rad


def _som_sist(ark, gammelt, kommune):
    """The layout of a sheet that looks as one before it."""
    oppsett = foresla_for(ark, kommune, gammelt.hode, gammelt.over)
    oppsett.faste = {n: v for n, v in gammelt.faste.items() if n != "år"}
    oppsett.punktum, oppsett.tomme = gammelt.punktum, gammelt.tomme
    oppsett.to_ar = gammelt.to_ar or oppsett.to_ar
    if len(gammelt.kolonner) == len(oppsett.kolonner):
        for kolonne, gammel in zip(oppsett.kolonner, gammelt.kolonner, strict=True):
            kolonne.rolle = gammel.rolle
        les_overskriftene(ark, oppsett, kommune)
    return oppsett


def sett_oppsett(rad: Tallimport, oppsett: Oppsett) -> None:
    """Lays the import out; it is not saved."""
    rad.oppsett = oppsett.til_json()
    rad.form = merke_av_form(arket(rad), oppsett)


def arket(rad: Tallimport) -> Ark:
    """The sheet that its layout is of."""
    arkene = [Ark.fra_json(lagret) for lagret in rad.rader]
    navn = rad.oppsett["ark"]
    return next(ark for ark in arkene if ark.navn == navn)


def _forrige(rad, ark):
    """The last import that was put in and of which the sheet has the form, with its layout;
    or None."""
    egne = Tallimport.objects.filter(kommune=rad.kommune, angret=None)
    sist = egne.exclude(lagt_inn=None).exclude(form="").defer("rader")
    for forrige in sist.order_by("-lagt_inn")[:SER_TILBAKE]:
        gammelt = Oppsett.fra_json(forrige.oppsett)
        if merke_av_form(ark, gammelt) == forrige.form:
            return forrige, gammelt
    return None


@transaction.atomic
def lag(*, tallimport: Tallimport, bruker: Bruker, nye: list[models.Model]) -> None:
    """Saves what the table names and the kommune had not, each noted with the import."""
    with spor(Dor.IMPORT, bruker=bruker, begrunnelse=tallimport.navn):
        for ny in nye:
            ny.save()
            tallimport.laget.setdefault(ny._meta.model_name, []).append(ny.pk)
    tallimport.save()


def rydd_glemte() -> str:
    """Throws away the tables that nobody put in for a week: they may hold few persons
    that no page shows."""
    glemte = Tallimport.objects.filter(lagt_inn=None, lest__lt=timezone.now() - EN_UKE)
    antall = 0
    for glemt in list(glemte.select_related("bruker").defer("rader")):
        with suppress(ValidationError, Tallimport.DoesNotExist):  # somebody was quicker
            forkast(tallimport=glemt, bruker=glemt.bruker)
            antall += 1
    return f"Slettet {antall} tabeller som ingen la inn."


def les_igjen(tallimport: Tallimport) -> Innlest:
    """What the table that is kept is understood as now.

    Raises:
        ValidationError: the table as a whole is of no use.
    """
    oppsett = Oppsett.fra_json(tallimport.oppsett)
    valg = Valg(**tallimport.valg)
    return Tolker(tallimport.kommune, oppsett, valg).tolk(arket(tallimport))


def husk(tallimport: Tallimport, valg: Valg) -> None:
    """Keeps what was said of the words in the table."""
    tallimport.valg = asdict(valg)
    tallimport.save()


def merke(innlest: Innlest) -> str:
    """What marks these figures, and of what they are: two tables that are understood
    alike have the same."""
    felter = (*Maling.NOKKEL, "verdi", "verdi_til", "merke", "kilde_id")
    malinger = [*innlest.malinger, *(m for par in innlest.endringer for m in par)]
    verdier = [[getattr(maling, felt) for felt in felter] for maling in malinger]
    return hashlib.blake2b(repr(verdier).encode(), digest_size=8).hexdigest()


@transaction.atomic
def legg_inn(
    *, tallimport: Tallimport, bruker: Bruker, sett: str, erstatt: bool = False
) -> int:
    """Saves all figures of the import that are new. Returns how many it saved.

    Args:
        sett: the `merke` of the figures that somebody has looked at.
        erstatt: whether those that are there, and say otherwise, are changed, too.

    Raises:
        ValidationError: the table is understood otherwise now, as what it names is gone
            or has another name, or one of the figures was entered meanwhile; then none
            is saved.
    """
    tallimport = _last(tallimport)
    if tallimport.lagt_inn:
        raise ValidationError(_("Tallene er lagt inn før."))
    # All who write in the kommune wait: what is read now holds until it is saved.
    innlest = les_igjen(tallimport)
    if innlest.feil or innlest.ma_spores or merke(innlest) != sett:
        raise ValidationError(
            _(
                "Noe som tabellen viser til, er endret siden du så på den. Ingen tall "
                "er lagt inn. Se hva som står her nå."
            )
        )
    endringer = innlest.endringer if erstatt else []
    return lagre(
        tallimport=tallimport, bruker=bruker, innlest=innlest, endringer=endringer
    )


@transaction.atomic
def lagre(
    *, tallimport: Tallimport, bruker: Bruker, innlest: Innlest, endringer=()
) -> int:
    """Saves the figures that are new, and these changes. Returns how many they are."""
    nye = innlest.malinger
    for maling in nye:
        maling.tallimport = tallimport
    # What stood there is put back when the import is undone.
    tallimport.laget[BYTTET] = [[g.pk, _det(g), _det(ny)] for g, ny in endringer]
    for gammel, ny in endringer:
        for felt in DET:
            setattr(gammel, felt, getattr(ny, felt))
    with spor(Dor.IMPORT, bruker=bruker, begrunnelse=tallimport.navn):
        opprett_mange(nye)
        for gammel, _ny in endringer:
            gammel.save()
    tallimport.lagt_inn, tallimport.rader = timezone.now(), []
    tallimport.antall = len(nye) + len(endringer)
    tallimport.save()
    return tallimport.antall


@transaction.atomic
def forkast(*, tallimport: Tallimport, bruker: Bruker) -> None:
    """Drops what was looked at and not put in, and what was made for it.

    Raises:
        ValidationError: it is put in.
    """
    tallimport = _last(tallimport)
    if tallimport.lagt_inn:
        raise ValidationError(_("Tallene er lagt inn før."))
    with spor(Dor.IMPORT, bruker=bruker, begrunnelse=tallimport.navn):
        _ta_bort_det_som_ble_laget(tallimport)
    tallimport.delete()


def _ta_bort_det_som_ble_laget(tallimport):
    """What was made for it alone, and nobody has taken into use."""
    # Each before what it points to.
    for navn in LAGES:
        pker = tallimport.laget.get(navn, [])
        for rad in LAGES[navn].objects.filter(pk__in=pker, kommune=tallimport.kommune):
            with suppress(models.ProtectedError), transaction.atomic():
                rad.delete()


def _last(tallimport):
    """The import as it stays until the transaction is over. The kommune first, as all
    who write do, or two would wait for each other."""
    Kommune.objects.las(tallimport.kommune_id)
    return Tallimport.objects.select_for_update().get(pk=tallimport.pk)


@transaction.atomic
def angre(*, tallimport: Tallimport, bruker: Bruker) -> int:
    """Takes out all figures that came with the import, also those changed since. Returns
    how many there were.

    Raises:
        ValidationError: it was not put in, or is undone.
    """
    tallimport = _last(tallimport)
    if not tallimport.lagt_inn or tallimport.angret:
        raise ValidationError(_("Importen er ikke lagt inn, eller den er angret."))
    rader = list(tallimport.malinger.select_related("indikator"))
    begrunnelse = _("Angret: %s") % tallimport.navn
    with spor(Dor.IMPORT, bruker=bruker, begrunnelse=begrunnelse):
        slett_mange(rader)
        tilbake = _sett_tilbake(tallimport)
    tallimport.angret = timezone.now()
    tallimport.save()
    return len(rader) + tilbake


def _sett_tilbake(tallimport):
    """Puts back the figures that it changed, and that nobody has changed since; not what
    came from a source that is gone."""
    byttet = {pk: (det, nytt) for pk, det, nytt in tallimport.laget.get(BYTTET, [])}
    # The database would not say so until all of it is to be stored.
    kilder = set(tallimport.kommune.kilder.values_list("pk", flat=True))
    antall = 0
    for maling in Maling.objects.filter(
        pk__in=byttet, indikator__kommune=tallimport.kommune
    ).select_related("indikator"):
        det, nytt = byttet[maling.pk]
        if _det(maling) != nytt or det[DET.index("kilde_id")] not in kilder:
            continue
        for felt, verdi in zip(DET, det, strict=True):
            setattr(
                maling, felt, Decimal(verdi) if felt in TALLENE and verdi else verdi
            )
        maling.save()
        antall += 1
    return antall


def _det(maling):
    """What an import changes of a figure, as JSON can keep it."""
    verdier = {felt: getattr(maling, felt) for felt in DET}
    for felt in TALLENE:
        if verdier[felt] is not None:
            verdier[felt] = f"{verdier[felt]:.2f}"
    return list(verdier.values())
