"""The mail of what changed in a kommune, for those who asked for it: once a month at the
most, and what each of them may be told on the day it is written."""

from logging import getLogger

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from slt.felles.arbeidsflate import Linje, kommuner_for
from slt.felles.endret import Endret, Vindu
from slt.felles.samlebrev import Brevdel, Mottaker, legg_samlebrev
from slt.models import Endringsbrev, Kommune
from slt.models.utsendinger import JULI

logger = getLogger(__name__)

# Beyond that, the page tells it better.
FLEST = 60


def legg_endringsbrev():
    """Puts a mail into the outbox for each who asked, has a part in the kommune today, and
    got none this month, where something changed; not in July. Run twice, or by two at
    once, it puts each there once; where it fails for one, the others have theirs.

    Returns (how many, for how many it failed).
    """
    lagt = feilet = 0
    if timezone.localdate().month == JULI:
        # It would wait in the outbox, and say in August what is withdrawn by then.
        return lagt, feilet
    for pk in list(Endringsbrev.objects.order_by("pk").values_list("pk", flat=True)):
        try:
            lagt += _legg(pk)
        except Exception:
            logger.exception("no mail of what changed: %d", pk)
            feilet += 1
    return lagt, feilet


def _legg(pk):
    with transaction.atomic():
        rader = Endringsbrev.objects.select_related("bruker", "kommune").filter(pk=pk)
        if (rad := rader.first()) is None:
            return False
        # Who runs at the same time waits here, and finds then what was told; and who
        # writes in the kommune is waited for, so that all until now is told.
        Kommune.objects.las(rad.kommune_id)
        rad = rader.all().first()
        if rad is None or _fikk_denne_maneden(rad):
            return False
        if not _skal_ha(rad):
            # Who comes back asks anew.
            rad.delete()
            return False
        na = timezone.now()
        utsending = legg_samlebrev(
            Mottaker(rad.kommune, rad.bruker.epost, anledning=rad),
            nokkel=nokkel(rad, na),
            emne=lambda: _("Endret i %s") % rad.kommune.navn,
            innledning=lambda: _innledning(rad),
        )
        if utsending is None:
            return False
        rad.fortalt_til = na
        rad.save(update_fields=["fortalt_til"])
    return True


def nokkel(rad, na):
    """Returns what the mail of a month is called in the outbox."""
    maned = timezone.localtime(na).strftime("%Y-%m")
    return f"endringer:{rad.kommune_id}:{rad.bruker_id}:{maned}"


def _skal_ha(rad):
    """Whether the user has a part in the kommune today."""
    bruker = rad.bruker
    if not bruker.is_active or bruker.is_superuser:
        return False
    return kommuner_for(bruker).filter(pk=rad.kommune_id).exists()


def _fikk_denne_maneden(rad):
    """Whether this is the month in which they asked, or were told."""
    fortalt, na = timezone.localtime(rad.fortalt_til), timezone.localtime()
    return (fortalt.year, fortalt.month) == (na.year, na.month)


def _innledning(rad):
    dag = date_format(timezone.localtime(rad.fortalt_til), "j. F Y")
    min_side = settings.SITE_URL.rstrip("/") + reverse("konto:min_side")
    avsnitt = [
        _("Dette er endret i %(kommune)s siden %(dag)s.")
        % {"kommune": rad.kommune.navn, "dag": dag},
        _("Du får denne e-posten fordi du har bedt om den. Stans den på Min side: %s")
        % min_side,
    ]
    return "\n\n".join(avsnitt)


def brevdeler(mottaker):
    """What the mail says: how each thing changed, and not what stood there."""
    rad = mottaker.anledning
    if not isinstance(rad, Endringsbrev):
        return []
    endret = Endret(Vindu(rad.kommune, rad.fortalt_til, None, rad.bruker))
    if not str(endret):
        return []
    deler, igjen = [], FLEST
    for avsnitt in endret.store:
        linjer = [_linje(gruppe) for gruppe in avsnitt.grupper[:igjen]]
        igjen -= len(linjer)
        deler.append(Brevdel(avsnitt.tittel, linjer))
    return [*deler, Brevdel(_("Alt sammen"), [_resten(rad, endret)])]


def _linje(gruppe):
    punkter = [
        f"{p.hva}: {p.handling.lower()}{f' ({p.merknad})' if p.merknad else ''}"
        for p in gruppe.punkter
    ]
    tekst = ", ".join(punkter)
    if gruppe.tittel:
        tekst = f"{gruppe.tittel}. {tekst}"
    return Linje(tekst, gruppe.adresse)


def _resten(rad, endret):
    fra = timezone.localtime(rad.fortalt_til).date().isoformat()
    adresse = reverse("endret", args=[rad.kommune.slug])
    tekst = _("Se alt, med det som sto før, og det som står nå")
    if sma := endret.antall_sma:
        sma = ngettext("%d liten ting til", "%d små ting til", sma) % sma
        tekst = f"{tekst} ({sma})"
    return Linje(tekst, f"{adresse}?{urlencode({'fra': fra})}")
