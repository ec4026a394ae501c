"""The points of the checklist: what each asks for, why and where that comes from, whether
the data know the answer, and where it is mended. In our own words; the sources are linked
where they are public."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evaluering.models import Normsvar
from evaluering.norm import vet
from slt.models import Kommune
from tiltak.start import har_akutt

P = Normsvar.Punkt
SLT = "https://konfliktraadet.no/slt-modellen"


@dataclass(frozen=True)
class Opphav:
    """Where a point comes from; without an address, it is no public page."""

    navn: str | Promise
    adresse: str = ""


ORGANISERING = Opphav(
    _("Fra veiledningen om SLT: organisering"), f"{SLT}/etablering-og-organisering/"
)
PLANER = Opphav(
    _("Fra veiledningen om SLT: årshjul og planer"),
    f"{SLT}/systematisk-forebygging/arshjul-og-planer/",
)
TILTAK = Opphav(
    _("Fra veiledningen om SLT: tiltak og innsatsområder"),
    f"{SLT}/systematisk-forebygging/tiltak-og-innsatsomrader/",
)
KUNNSKAP = Opphav(
    _("Fra veiledningen om SLT: kunnskap"),
    f"{SLT}/systematisk-forebygging/kunnskapsinnhenting/",
)
RADET = Opphav(
    _("Fra veiledningen om SLT: politi og politiråd"),
    f"{SLT}/det-viktige-samarbeidet/politi-og-politirad/",
)
TAUSHET = Opphav(
    _("Fra veiledningen om SLT: taushetsplikten"),
    f"{SLT}/det-viktige-samarbeidet/taushetsplikten/",
)
EGENVURDERING = Opphav(
    _("Fra veilederen om evaluering av politiråd"),
    "https://kriminalitetsforebygging.no/dokumenter/veileder-evaluering-politiradets/",
)
PLANEN = Opphav(_("Fra planen selv"))
HER = Opphav(_("Fordi den som leter etter hjelp, skal finne den"))


@dataclass(frozen=True)
class Her:
    """What the addresses of a kommune are made of.

    Attributes:
        plan: (id, address) of the plan in force that stands for it, or None.
        radet: (id, address) of its politiråd, or None.
        utkast: the address of its newest draft, or "".
    """

    kommune: Kommune
    plan: tuple[int, str] | None = None
    radet: tuple[int, str] | None = None
    utkast: str = ""
    har_indikatorer: bool = False

    def til(self, side, *args):
        return reverse(side, args=[self.kommune.slug, *args])


@dataclass(frozen=True)
class Normpunkt:
    """One point.

    Attributes:
        hvorfor: a line on what it is for.
        vet: returns what says of a Kommune in a query whether it has it; None where only
            the kommune knows.
        rettes: returns the address where a coordinator mends it.
        leses: returns where those who see the checklist read of it, if anywhere.
        hvordan: what to do there, where the page does not say it.
        hvilke: returns [(name, address)] of what it is that lacks it; 1 query.
    """

    punkt: Normsvar.Punkt
    hvorfor: str | Promise
    opphav: Opphav
    vet: Callable[[], Combinable] | None = None
    rettes: Callable[[Her], str] | None = None
    leses: Callable[[Her], str] | None = None
    hvordan: str | Promise = ""
    hvilke: Callable[[Her], list[tuple[str, str]]] | None = None

    @property
    def nokkel(self):
        return self.punkt.value

    @property
    def tittel(self):
        return self.punkt.label


def _side(navn, mer=""):
    """Returns what gives a page of the kommune.

    Args:
        mer: what stands after its address.
    """
    return lambda her: her.til(navn) + mer


def _planen(her):
    return her.kommune.get_absolute_url()


def _i_planen(side, anker=""):
    """Returns what gives a page of the plan in force; while there is none, that where one
    is made."""

    def adresse(her):
        if her.plan is None:
            return her.til("tiltak:plan_lag")
        return her.til(f"tiltak:{side}", her.plan[1]) + anker

    return adresse


def _i_kraft(side):
    """Returns what gives a page of the plan in force; while there is none, that where a
    draft comes into force, or where one is made."""
    i_planen = _i_planen(side)

    def adresse(her):
        if her.plan is None and her.utkast:
            return her.til("tiltak:registrer_behandling", her.utkast)
        return i_planen(her)

    return adresse


def _evaluer(her):
    ny = her.til("evaluering:evaluering_ny")
    return f"{ny}?gjelder=midtveis-{her.plan[0]}" if her.plan else ny


def _medvirkningen(her):
    """Where it is said who was asked of the plan."""
    if her.plan is None:
        return her.til("evaluering:medvirkning")
    return her.til("evaluering:medvirkning_ny", "plan", her.plan[0])


def _indikatoren(her):
    side = "indikator_list" if her.har_indikatorer else "indikator_ny"
    return her.til(f"evaluering:{side}")


def _radet(her):
    """Where the politiråd is changed; while there is none, where one is made."""
    if her.radet is None:
        return her.til("moter:forum_nytt")
    return her.til("moter:forum_endre", her.radet[0])


def _radets_moter(her):
    if her.radet is None:
        return her.til("moter:forum_nytt")
    return f"{her.til('moter:mote_ny')}?forum={her.radet[1]}"


def _uten_kontakt(her):
    rader = vet.uten_kontakt().filter(kommune=her.kommune).order_by("navn__norsk", "pk")
    return [
        (navn, her.til("tiltak:tjeneste_endre", pk))
        for pk, navn in rader.values_list("pk", "navn")
    ]


FORAENE = _side("moter:forum_list")
KUNNSKAPEN = _side("evaluering:kunnskap")

GRUPPER: list[tuple[str | Promise, list[Normpunkt]]] = [
    (
        _("Planen"),
        [
            Normpunkt(
                P.PLAN_GJELDER,
                _("Uten en plan som gjelder, vet ingen hva som er avtalt."),
                PLANER,
                vet.plan_gjelder,
                _i_kraft("ny_plan"),
                _planen,
            ),
            Normpunkt(
                P.PLAN_BEHANDLET,
                _("Da er det kjent hvem som står bak den."),
                PLANER,
                vet.plan_behandlet,
                _i_kraft("registrer_behandling"),
                _planen,
            ),
            Normpunkt(
                P.OMRADER_AV_AVTALE,
                _("Da arbeider kommunen og politiet mot det samme."),
                TILTAK,
            ),
            Normpunkt(
                P.MAL_SOM_MALES,
                _("Et mål med et tall ved kan en se om en nærmer seg."),
                TILTAK,
                vet.mal_som_males,
                _indikatoren,
                _side("evaluering:indikator_list"),
                _("På skjemaet til en indikator velges målsettingen som den måler."),
            ),
            Normpunkt(
                P.TILTAK_HAR_ANSVARLIG,
                _("Et tiltak som ingen svarer for, blir lett glemt."),
                TILTAK,
                vet.tiltak_har_ansvarlig,
                _i_planen("mangler", "#ansvar"),
                _planen,
            ),
            Normpunkt(
                P.PLANENS_LOFTER,
                _("Les kapitlet om oppfølging i planen, og se om det er gjort."),
                PLANEN,
            ),
        ],
    ),
    (
        _("Kontaktene"),
        [
            Normpunkt(
                P.TJENESTER_NAS,
                _("Den som trenger hjelp, må finne noen å ringe eller skrive til."),
                HER,
                vet.tjenester_nas,
                _side("tiltak:tjeneste_ny"),
                _side("tiltak:tjeneste_list"),
                hvilke=_uten_kontakt,
            ),
            Normpunkt(
                P.KONTAKTER_BEKREFTET,
                _("Numre og adresser går ut på dato."),
                HER,
                vet.kontakter_bekreftet,
                _side("tiltak:kontaktmote"),
            ),
            Normpunkt(
                P.AKUTTNUMMER,
                _("Den som trenger hjelp nå, skal slippe å lete."),
                HER,
                har_akutt,
                _side("tiltak:tjeneste_list", "?q=barnevern"),
                _side("tiltak:tjeneste_list"),
                _("Kryss av for «i akuttstripen» ved nummeret til barnevernsvakten."),
            ),
        ],
    ),
    (
        _("Kunnskap og oppfølging"),
        [
            Normpunkt(
                P.KUNNSKAP_ER_NY,
                _("Minst én kilde er fra de tre siste årene."),
                KUNNSKAP,
                vet.kunnskap_er_ny,
                _side("evaluering:kilde_ny"),
                KUNNSKAPEN,
            ),
            Normpunkt(
                P.FUNN_ER_BESVART,
                _("Kartlegging uten svar gir ingen endring."),
                KUNNSKAP,
                vet.funn_er_besvart,
                _side("evaluering:kunnskap", "#hull"),
                KUNNSKAPEN,
            ),
            Normpunkt(
                P.BARN_OG_UNGE,
                _(
                    "Det handler om dem. De er spurt da planen ble laget, i evalueringen "
                    "av den eller i en kartlegging fra de tre siste årene."
                ),
                PLANER,
                vet.barn_og_unge,
                _medvirkningen,
                _side("evaluering:medvirkning"),
            ),
            Normpunkt(
                P.STATUS_SISTE_AR,
                _("Ett notat i året gjør at evalueringen slipper å bygge på minnet."),
                PLANEN,
                vet.status_siste_ar,
                _side("tiltak:runder"),
            ),
            Normpunkt(
                P.EVALUERING,
                _("Da vet den neste planen hva som virket."),
                PLANEN,
                vet.evaluering,
                _evaluer,
                _side("evaluering:evaluering_list"),
            ),
            Normpunkt(
                P.STATUS_TIL_POLITIRADET,
                _("De som styrer, må vite hva som går og hva som står stille."),
                RADET,
            ),
        ],
    ),
    (
        _("De som møtes"),
        [
            Normpunkt(
                P.POLITIRAD,
                _("Der møtes ledelsen i kommunen og politiet."),
                RADET,
                vet.politirad,
                _side("moter:forum_nytt"),
                FORAENE,
            ),
            Normpunkt(
                P.POLITIRAD_HAR_MEDLEMMER,
                _("Funksjonene er nok. Da ser alle om de rette er med."),
                RADET,
                vet.politirad_har_medlemmer,
                _radet,
                FORAENE,
            ),
            Normpunkt(
                P.POLITIRAD_MOTES,
                _("Møtene står i møteplanen, så alle vet dagene i god tid."),
                RADET,
                vet.politirad_motes,
                _radets_moter,
                FORAENE,
            ),
            Normpunkt(
                P.EGENVURDERING,
                _("Ett kvarter i året om hvordan politirådet selv arbeider."),
                EGENVURDERING,
                vet.egenvurdering,
                _side("evaluering:egenvurdering_ny"),
                _side("evaluering:egenvurdering_list"),
            ),
            Normpunkt(
                P.SAMARBEIDSAVTALE,
                _("Den sier hva kommunen og politiet har lovet hverandre."),
                RADET,
                vet.samarbeidsavtale,
                _side("tiltak:styringsdokumenter"),
            ),
            Normpunkt(
                P.KOORDINATOR,
                _("Noen må holde trådene."),
                ORGANISERING,
                vet.koordinator,
                _side("tilganger"),
            ),
            Normpunkt(
                P.MANDAT,
                _("Da vet både koordinatoren og tjenestene hva de kan vente seg."),
                ORGANISERING,
            ),
            Normpunkt(
                P.NIVAER,
                _(
                    "Det som drøftes hos dem som gjør arbeidet, kommer fram til dem som styrer."
                ),
                ORGANISERING,
                vet.nivaer,
                _side("moter:forum_nytt"),
                FORAENE,
            ),
            Normpunkt(
                P.TAUSHETSPLIKT,
                _("Taushetsplikten gjelder også i møtene. Avtal hva dere kan si."),
                TAUSHET,
            ),
        ],
    ),
]

PUNKTER = {p.punkt: p for _tittel, punktene in GRUPPER for p in punktene}
# Those that only the kommune knows.
EGNE = [p.nokkel for p in PUNKTER.values() if p.vet is None]
