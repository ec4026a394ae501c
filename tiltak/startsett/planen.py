"""Chapters and innsatsområder that most plans have."""

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from slt.felles.startsett import Gruppe, Ting
from tiltak.models import Innsatsomrade, Kapittel


def _kapittel(nokkel, tittel, om, *, figur="", ogsa=(), valgt=True):
    return Ting(nokkel, tittel, om, {"figur": figur}, ogsa=ogsa, valgt=valgt)


KAPITLER = (
    _kapittel(
        "bakgrunn",
        _("Bakgrunn"),
        _(
            "Hvorfor kommunen har planen, hvem som har bestilt den, og hva den bygger på."
        ),
        ogsa=(_("Innledning"),),
    ),
    _kapittel(
        "organisering",
        _("Slik er arbeidet organisert"),
        _("Hvem som møtes på hvert nivå, og hvem som bestemmer hva."),
        figur=Kapittel.Figur.SLT_NIVAER.value,
        ogsa=(_("Organisering"), _("SLT-modellen")),
    ),
    _kapittel(
        "kunnskap",
        _("Kunnskapsgrunnlag"),
        _("Hva tall og undersøkelser sier om barn og unge her, med kilder og år."),
        ogsa=(_("Kunnskapsgrunnlaget"), _("Dagens situasjon")),
    ),
    _kapittel(
        "tiltakene",
        _("Slik er tiltakene valgt"),
        _("Hva som ble prioritert, og hvorfor."),
        figur=Kapittel.Figur.PYRAMIDE.value,
        valgt=False,
    ),
    _kapittel(
        "oppfolging",
        _("Oppfølging og evaluering"),
        _(
            "Når planen blir fulgt opp, hvem som får vite det, og hvordan den evalueres."
        ),
        ogsa=(_("Evaluering"), _("Oppfølging av planen")),
    ),
)


def _omrade(nokkel, navn, kortnavn, om, *, ogsa=(), valgt=True):
    felter = {"kortnavn": kortnavn}
    return Ting(nokkel, navn, om, felter, ogsa=(kortnavn, *ogsa), valgt=valgt)


OMRADER = (
    _omrade(
        "rus",
        _("Rusforebygging"),
        _("Rus"),
        _("Alkohol, narkotika og andre rusmidler."),
    ),
    _omrade(
        "vold",
        _("Vold og overgrep"),
        _("Vold"),
        _("Vold hjemme og ute, overgrep og negativ sosial kontroll."),
    ),
    _omrade(
        "kriminalitet",
        _("Ungdomskriminalitet og trygt nærmiljø"),
        _("Nærmiljø"),
        _("Lovbrudd, gjenger, og steder der folk er utrygge."),
        ogsa=(_("Ungdomskriminalitet"), _("Kriminalitet")),
    ),
    _omrade(
        "utenforskap",
        _("Psykisk helse og utenforskap"),
        _("Utenforskap"),
        _("Ensomhet, mobbing, fravær og psykisk helse."),
        ogsa=(_("Psykisk helse"),),
    ),
    _omrade(
        "nett",
        _("Digital trygghet"),
        _("Nett"),
        _("Deling av bilder, trusler og svindel på nettet."),
        valgt=False,
    ),
    _omrade(
        "hat",
        _("Radikalisering og hatprat"),
        _("Hat"),
        _("Ekstreme miljøer og hat mot grupper."),
        valgt=False,
    ),
)


def _titlene(plan):
    return plan.kapitler.order_by().values_list("tittel", flat=True)


def _lag_kapittel(plan, ting):
    # In brackets: a chapter that says no more is not written yet.
    tekst = format_html("<p>[{}]</p>", ting.om)
    kapittel = Kapittel(
        plan=plan, tittel=str(ting.navn), tekst=str(tekst), **ting.verdier()
    )
    kapittel.full_clean()
    kapittel.save()


def _omradenavn(plan):
    rader = plan.innsatsomrader.order_by().values_list("navn", "kortnavn")
    return [navn for rad in rader for navn in rad]


def _lag_omrade(plan, ting):
    omrade = Innsatsomrade(plan=plan, navn=str(ting.navn), **ting.verdier())
    omrade.full_clean()
    omrade.save()


GRUPPER = (
    Gruppe(
        "kapitler",
        _("Kapitler"),
        _(
            "Hvert kapittel begynner med en linje i klammer om hva som hører hjemme der. "
            "Skriv over den: så lenge den står alene, er kapittelet ikke for leserne."
        ),
        KAPITLER,
        _titlene,
        _lag_kapittel,
        i_plan=True,
    ),
    Gruppe(
        "innsatsomrader",
        _("Innsatsområder"),
        _(
            "Områdene som tiltakene står i. Se avtalen mellom kommunen og politiet: "
            "områdene der går foran disse."
        ),
        OMRADER,
        _omradenavn,
        _lag_omrade,
        i_plan=True,
    ),
)
