"""What comes from the tjenester and from readers, and what waits to be asked of them."""

from datetime import date, timedelta

from django.db.models import (
    CharField,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Subquery,
    Value,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse
from django.utils import timezone
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
    Rundelukking,
    Tjeneste,
)
from tiltak.runder.sagt import har_sagt_noe

MELDT, FORSLAG, RUNDE, SENDT, LUKKET = range(5)
# So long after a round was closed, what it left to be looked at is said where one begins.
LENGE = timedelta(weeks=8)


def svarene(hvem):
    """Yields how much readers say is wrong, how many proposals wait, the rounds that nobody
    has sent, of those that are sent how many have answered, and what the one that was
    closed last left; 1 query."""
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
        elif hva == RUNDE:
            tekst = _("En runde ligger klar: %s. Se hvem som spørres, og send")
            yield Linje(tekst % navn, reverse("tiltak:runde", args=[slug, tall]))
        elif hva == LUKKET:
            yield from _lukket(slug, tall, *navn.split("|"))
        else:
            yield _sendt(slug, tall, *navn.split("|"))


def _sendt(slug, pk, uke, svart, antall, frist):
    frist = date.fromisoformat(frist)
    er_over = frist < timezone.localdate()
    tekst = _(
        "Runden i uke %(uke)s: %(svart)s av %(antall)s har svart helt eller delvis. Svar "
        "innen %(frist)s"
    )
    if er_over:
        tekst = _(
            "Runden i uke %(uke)s er over: %(svart)s av %(antall)s har svart helt eller "
            "delvis. Lukk den"
        )
    felter = {
        "uke": uke,
        "svart": svart,
        "antall": antall,
        "frist": date_format(frist, "j. F Y"),
    }
    side = "tiltak:runde_lukk" if er_over else "tiltak:runde"
    return Linje(tekst % felter, reverse(side, args=[slug, pk]))


def _lukket(slug, pk, uke, stille, tause):
    """What the round left; nothing where nothing stands still and all answered."""
    stille, tause = int(stille), int(tause)
    deler = []
    if stille:
        tekst = ngettext("%d tiltak står stille", "%d tiltak står stille", stille)
        deler.append(tekst % stille)
    if tause:
        tekst = ngettext("%d tjeneste svarte ikke", "%d tjenester svarte ikke", tause)
        deler.append(tekst % tause)
    if deler:
        tekst = _("Etter runden i uke %(uke)s: %(hva)s")
        felter = {"uke": uke, "hva": ", ".join(deler)}
        yield Linje(tekst % felter, reverse("tiltak:runde", args=[slug, pk]))


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
    """QuerySet of (what it is, how many or which, of a round its week; of one that is sent
    also how many have answered, of how many, and its deadline; of one that was closed of
    how many tiltak it was said that they stand still, and how many said nothing)."""
    uke = Concat("uke", Value("/"), "arstall", output_field=CharField())
    runder = Runde.objects.filter(kommune=hvem.kommune, lukket=None).order_by()
    foresporsler = Foresporsel.objects.filter(runde=OuterRef("pk")).order_by()
    svart = _talt(har_sagt_noe(foresporsler))
    skille, frist = Value("|"), Cast("frist", CharField())
    sendte = Concat(
        *(uke, skille, svart, skille, _talt(foresporsler), skille, frist),
        output_field=CharField(),
    )
    return (
        runder.filter(startet=None)
        .values_list(Value(RUNDE), "pk", uke)
        .union(
            runder.exclude(startet=None).values_list(Value(SENDT), "pk", sendte),
            _lukkede(hvem),
            _antall(MELDT, Feilmelding.objects.synlige_for(hvem.bruker).apne(), hvem),
            _antall(FORSLAG, Endringsforslag.objects.som_venter(), hvem),
            all=True,
        )
    )


def _lukkede(hvem):
    """The Rundelukking that stands and is the newest, until another round is sent, or it
    was long ago; as the other rows."""
    staende = Rundelukking.objects.filter(gjenapnet=None, runde__kommune=hvem.kommune)
    nyere = staende.filter(tid__gt=OuterRef("tid")).order_by()
    sendt = Runde.objects.filter(kommune=hvem.kommune, startet__gt=OuterRef("tid"))
    rader = staende.filter(tid__gte=timezone.now() - LENGE).order_by()
    rader = rader.exclude(Exists(nyere)).exclude(Exists(sendt.order_by()))
    skille = Value("|")
    talt = [
        Coalesce(Cast(KT(f"innhold__talt__{navn}"), CharField()), Value("0"))
        for navn in ("star_stille", "ikke")
    ]
    uke = ("runde__uke", Value("/"), "runde__arstall")
    tekst = Concat(*(*uke, skille, talt[0], skille, talt[1]), output_field=CharField())
    return rader.values_list(Value(LUKKET), "runde", tekst)


def _talt(foresporsler):
    """How many there are of a round, as text."""
    antall = foresporsler.values("runde").annotate(antall=Count("pk")).values("antall")
    tall = Coalesce(Subquery(antall, output_field=IntegerField()), 0)
    return Cast(tall, CharField())


def _antall(hva, rader, hvem):
    """One row, or none where there are none."""
    her = rader.filter(tjeneste__kommune=hvem.kommune).order_by()
    antall = her.values("tjeneste__kommune").annotate(antall=Count("pk"))
    return antall.values_list(Value(hva), "antall", Value("", CharField()))
