"""The mails of a round: when they go, what they say, and the links in them. Of the links,
the keys are in the mail alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from slt.felles.arbeidsflate import Linje
from slt.felles.samlebrev import Brevdel, Mottaker, legg_samlebrev
from slt.grunn.tid import midnatt
from tiltak.models import Foresporsel, Runde, Svarlenke
from tiltak.runder.utvalg import STATUS, antall_spurt


@dataclass(frozen=True)
class Brevslag:
    """What a mail is for.

    Attributes:
        emne: gives the subject, of the round and the Foresporsler it is about.
        innledning: gives what stands first, of the same.
    """

    emne: Callable[[Runde, list[Foresporsel]], str]
    innledning: Callable[[Runde, list[Foresporsel]], str]


def legg(runde, rader, *, nokkel, slag):
    """Makes the links, and puts the mail in which they stand into the outbox; None where
    there are no rows. The rows may say in `mangler` what they lack."""
    if not rader:
        return None
    lenker = []
    for rad in rader:
        lenke = Svarlenke(foresporsel=rad, til=runde.lenkene_gjelder_til)
        lenker.append((rad, lenke.gi_nokkel()))
        lenke.save()
        rad.brev = nokkel
        rad.save()
    antall = antall_spurt(runde, [rad.tjeneste_id for rad in rader])
    for rad in rader:
        rad.antall_tiltak = antall.get(rad.tjeneste_id, 0)
    return legg_samlebrev(
        Mottaker(runde.kommune, rader[0].epost, gjelder=lenker, anledning=runde),
        nokkel=nokkel,
        emne=lambda: slag.emne(runde, rader),
        innledning=lambda: slag.innledning(runde, rader),
        senest=midnatt(runde.frist + timedelta(days=1)),
    )


def brevdeler(mottaker):
    """What a mail of a round says: the link of each tjeneste. No query."""
    if not isinstance(mottaker.anledning, Runde):
        return []
    linjer = [
        Linje(_hva_det_gjelder(rad), reverse("svarlenke", args=[nokkel]))
        for rad, nokkel in mottaker.gjelder
    ]
    antall = len(linjer)
    tittel = ngettext("Det gjelder", "Det gjelder %(antall)d tjenester", antall)
    return [Brevdel(tittel % {"antall": antall}, linjer)]


def _hva_det_gjelder(rad):
    hva = getattr(rad, "mangler", "")
    if not hva and rad.antall_tiltak:
        hva = ngettext("%d tiltak", "%d tiltak", rad.antall_tiltak) % rad.antall_tiltak
    return f"{rad.tjeneste}: {hva}" if hva else str(rad.tjeneste)


# What they say ----------------------------------------------------------------------------


def sporsmalet(navn, runde, antall):
    """What a round asks a tjeneste, in one line; `runde` is None outside of any.

    Args:
        antall: of how many tiltak it is asked how it goes.
    """
    if not antall:
        return _("Stemmer det som står om %s?") % navn
    if runde is not None and runde.deler == [STATUS]:
        tekst = ngettext(
            "Hvordan går det med tiltaket til %s?",
            "Hvordan går det med tiltakene til %s?",
            antall,
        )
    else:
        tekst = ngettext(
            "Stemmer det som står om %s, og hvordan går det med tiltaket?",
            "Stemmer det som står om %s, og hvordan går det med tiltakene?",
            antall,
        )
    return tekst % navn


def _hvem(rader):
    if len(rader) == 1:
        return Truncator(rader[0].tjeneste.navn).chars(100)
    return _("de %d tjenestene du svarer for") % len(rader)


def _emnet(runde, rader):
    return sporsmalet(_hvem(rader), runde, sum(rad.antall_tiltak for rad in rader))


def _som_mangler(rader):
    if len(rader) == 1:
        return Truncator(rader[0].tjeneste.navn).chars(100)
    return _("%d av tjenestene du svarer for") % len(rader)


def _paminnelsens_emne(_runde, rader):
    return _("Påminnelse: Vi mangler svar fra %s") % _som_mangler(rader)


def _emnet_igjen(_runde, rader):
    return _("Runden er åpnet igjen: Vi mangler svar fra %s") % _som_mangler(rader)


_BARE_TIL = gettext_lazy(
    "Lenken er bare til den som svarer for tjenesten. Er det ikke lenger deg, sier "
    "du fra på siden."
)
_TAR_TO_MINUTTER = gettext_lazy(
    "Åpne lenken under, og svar på det som gjenstår. Det tar to minutter, og du trenger "
    "ikke bruker."
)


def _svar_innen(runde):
    return _("Svar innen %s.") % date_format(runde.frist, "j. F Y")


def _avsnitt(*avsnitt):
    return "\n\n".join(filter(None, map(str, avsnitt)))


def innledning(runde, rader=()):
    """What a mail of the round says first: paragraphs with an empty line between; without
    rows, as it begins to whoever it goes."""
    return _avsnitt(
        _(
            "%(kommune)s kommune spør om det som står om tjenesten på nettsidene for "
            "SLT-arbeidet, fortsatt stemmer. SLT er arbeidet mot rus og kriminalitet blant "
            "unge. Åpne lenken, se gjennom, og trykk «Alt stemmer», eller foreslå endringer. "
            "Du trenger ikke bruker."
        )
        % {"kommune": runde.kommune},
        _om_tiltakene(runde, rader),
        runde.sporsmal,
        _svar_innen(runde),
        _BARE_TIL,
    )


def _om_tiltakene(runde, rader):
    if not rader and runde.spor_om(STATUS):
        return _(
            "De som har tiltak, får også vite hvor mange vi spør om hvordan det går med."
        )
    if not (antall := sum(rad.antall_tiltak for rad in rader)):
        return ""
    tekst = ngettext(
        "Vi spør også hvordan det går med %d tiltak. Går det som før, svarer «Alt "
        "stemmer» for det også.",
        "Vi spør også hvordan det går med %d tiltak. Går det som før, svarer «Alt "
        "stemmer» for dem også.",
        antall,
    )
    return tekst % antall


def _paminnelsen(runde, _rader):
    return _avsnitt(
        _("%(kommune)s kommune har spurt om tjenesten, og mangler svar.")
        % {"kommune": runde.kommune},
        _TAR_TO_MINUTTER,
        _svar_innen(runde),
        _("Lenken du har fått før, virker også."),
        _BARE_TIL,
    )


def _igjen(runde, _rader):
    return _avsnitt(
        _(
            "%(kommune)s kommune har åpnet runden igjen, så det kan svares på nytt, og "
            "mangler svar om tjenesten."
        )
        % {"kommune": runde.kommune},
        _TAR_TO_MINUTTER,
        _svar_innen(runde),
        _("Bruk denne lenken. De du har fått før, virker ikke lenger."),
        _BARE_TIL,
    )


SPORSMAL = Brevslag(_emnet, innledning)
PAMINNELSE = Brevslag(_paminnelsens_emne, _paminnelsen)
APNET_IGJEN = Brevslag(_emnet_igjen, _igjen)
