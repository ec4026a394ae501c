"""The fora that a kommune may begin with, on each level of the SLT model."""

from django.utils.html import format_html
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from moter.models import Forum
from slt.felles.startsett import Gruppe, Ting

N = Forum.Niva
# The level that each level works for.
OVER = {
    N.KOORDINERENDE.value: N.STYRENDE.value,
    N.UTFORENDE.value: N.KOORDINERENDE.value,
}


def _forum(nokkel, navn, formal, type_, niva, *, lett=False, ogsa=(), valgt=True):
    felter = {"type": type_.value, "niva": niva.value, "lett": lett}
    om = format_lazy("{niva}: {formal}", niva=capfirst(niva.label), formal=formal)
    return Ting(nokkel, navn, om, felter | {"formal": formal}, ogsa=ogsa, valgt=valgt)


FORA = (
    _forum(
        "politirad",
        _("Politirådet"),
        _(
            "Ledelsen i kommunen og politiet møtes, drøfter hvordan det står til, og gir "
            "retning til arbeidet."
        ),
        Forum.Type.POLITIRAD,
        N.STYRENDE,
        ogsa=(_("Politiråd"),),
    ),
    _forum(
        "arbeidsgruppe",
        _("SLT-arbeidsgruppen"),
        _(
            "De som leder tjenestene, samordner tiltakene og løfter saker til politirådet."
        ),
        Forum.Type.ARBEIDSGRUPPE,
        N.KOORDINERENDE,
        ogsa=(_("Arbeidsgruppen"), _("SLT-arbeidsgruppe")),
    ),
    _forum(
        "omrademote",
        _("SLT-områdemøtet"),
        _(
            "De som møter barn og unge i et område, deler det de ser, og gjør noe med det."
        ),
        Forum.Type.OMRADEMOTE,
        N.UTFORENDE,
        ogsa=(_("Områdemøtet"), _("SLT-områdemøte")),
    ),
    _forum(
        "politikontakt",
        _("Samtale med politikontakten"),
        _("SLT-koordinatoren og politikontakten snakker sammen, kort og ofte."),
        Forum.Type.KOORDINERINGSMOTE,
        N.KOORDINERENDE,
        lett=True,
        valgt=False,
    ),
    _forum(
        "nettverk",
        _("Nettverk for SLT-koordinatorer"),
        _("Koordinatorer i nabokommunene deler erfaringer."),
        Forum.Type.NETTVERK,
        N.NETTVERK,
        lett=True,
        valgt=False,
    ),
)


def _navnene(kommune):
    return kommune.fora.order_by().values_list("navn", flat=True)


def _lag(kommune, ting):
    verdier = ting.verdier()
    verdier["formal"] = str(format_html("<p>{}</p>", verdier["formal"]))
    over = kommune.fora.virksomme().filter(niva=OVER.get(verdier["niva"]), lett=False)
    # Nobody reads of a forum before somebody has said who is in it.
    forum = Forum(
        kommune=kommune,
        navn=str(ting.navn),
        overordnet=over.order_by("rekkefolge", "pk").first(),
        offentlig=False,
        **verdier,
    )
    forum.full_clean()
    forum.save()


GRUPPE = Gruppe(
    "fora",
    _("Fora på hvert nivå"),
    _(
        "Møtene i SLT-modellen. De står ikke på nettsiden før dere har sagt hvem som er "
        "med, og krysser av for det."
    ),
    FORA,
    _navnene,
    _lag,
)
