"""What comes from the tjenester and from readers, and what waits to be asked of them."""

from django.db.models import CharField, Count, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from slt.felles.arbeidsflate import Linje
from slt.models import retter_av
from tiltak.models import (
    REDAKTOR,
    Endringsforslag,
    Feilmelding,
    Foresporsel,
    Runde,
    Tjeneste,
)

MELDT, FORSLAG, RUNDE = range(3)


def svarene(hvem):
    """Yields how much readers say is wrong, how many proposals wait, and the rounds that
    nobody has sent; 1 query."""
    slug = hvem.kommune.slug
    for hva, tall, navn in sorted(_rader(hvem)):
        if hva == MELDT:
            tekst = ngettext(
                "%d melding om feil i kontaktene venter",
                "%d meldinger om feil i kontaktene venter",
                tall,
            )
            yield Linje(tekst % tall, reverse("tiltak:feilmelding_list", args=[slug]))
        elif hva == FORSLAG:
            tekst = ngettext(
                "%d forslag fra tjenestene venter",
                "%d forslag fra tjenestene venter",
                tall,
            )
            yield Linje(tekst % tall, reverse("tiltak:forslag", args=[slug]))
        else:
            tekst = _("En runde ligger klar: %s. Se hvem som spørres, og send")
            yield Linje(tekst % navn, reverse("tiltak:runde", args=[slug, tall]))


def sporsmalene(hvem):
    """Yields what the tjenester that the asker keeps are asked, and nobody has answered; 1
    query, none for those who keep none."""
    retter = retter_av(hvem.bruker)
    if retter is not None and not retter.pker(REDAKTOR):
        return
    mine = Tjeneste.objects.endres_av(hvem.bruker).filter(kommune=hvem.kommune)
    rader = Foresporsel.objects.apne().ubesvarte()
    rader = rader.filter(tjeneste__in=mine.virksomme().order_by().values("pk"))
    for rad in rader.select_related("tjeneste", "runde").order_by("runde", "pk"):
        yield Linje(
            _("Stemmer det som står om %(tjeneste)s? Svar innen %(dato)s")
            % {
                "tjeneste": rad.tjeneste,
                "dato": date_format(rad.runde.frist, "j. F Y"),
            },
            reverse("tiltak:svar", args=[hvem.kommune.slug, rad.tjeneste_id]),
        )


def _rader(hvem):
    """QuerySet of (what it is, how many or which, the week of a round)."""
    uke = Concat("uke", Value("/"), "arstall", output_field=CharField())
    runder = Runde.objects.filter(kommune=hvem.kommune, startet=None).order_by()
    return runder.values_list(Value(RUNDE), "pk", uke).union(
        _antall(MELDT, Feilmelding.objects.synlige_for(hvem.bruker).apne(), hvem),
        _antall(FORSLAG, Endringsforslag.objects.som_venter(), hvem),
        all=True,
    )


def _antall(hva, rader, hvem):
    """One row, or none where there are none."""
    her = rader.filter(tjeneste__kommune=hvem.kommune).order_by()
    antall = her.values("tjeneste__kommune").annotate(antall=Count("pk"))
    return antall.values_list(Value(hva), "antall", Value("", CharField()))
