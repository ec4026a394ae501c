"""The points of the checklist: what each asks for, why and where that comes from, whether
the data know the answer, and where it is mended. In our own words; the sources are linked
where they are public."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evaluering.models import Normsvar
from evaluering.norm import vet
from tiltak.start import har_akutt

P = Normsvar.Punkt
SLT = "https://konfliktraadet.no/slt-modellen"


@dataclass(frozen=True)
class Opphav:
    """Where a point comes from; without an address, it is no public page."""

    navn: str | Promise
    adresse: str = ""


ORGANISERING = Opphav(
    _("veiledningen om SLT: organisering"), f"{SLT}/etablering-og-organisering/"
)
PLANER = Opphav(
    _("veiledningen om SLT: årshjul og planer"),
    f"{SLT}/systematisk-forebygging/arshjul-og-planer/",
)
TILTAK = Opphav(
    _("veiledningen om SLT: tiltak og innsatsområder"),
    f"{SLT}/systematisk-forebygging/tiltak-og-innsatsomrader/",
)
KUNNSKAP = Opphav(
    _("veiledningen om SLT: kunnskap"),
    f"{SLT}/systematisk-forebygging/kunnskapsinnhenting/",
)
RADET = Opphav(
    _("veiledningen om SLT: politi og politiråd"),
    f"{SLT}/det-viktige-samarbeidet/politi-og-politirad/",
)
TAUSHET = Opphav(
    _("veiledningen om SLT: taushetsplikten"),
    f"{SLT}/det-viktige-samarbeidet/taushetsplikten/",
)
EGENVURDERING = Opphav(
    _("veilederen om evaluering av politiråd"),
    "https://kriminalitetsforebygging.no/dokumenter/veileder-evaluering-politiradets/",
)
PLANEN = Opphav(_("planen selv"))
HER = Opphav(_("den som skal finne hjelp her"))


@dataclass(frozen=True)
class Normpunkt:
    """One point.

    Attributes:
        hvorfor: a line on what it is for.
        vet: returns what says of a Kommune in a query whether it has it; None where only
            the kommune knows.
        hvor: (kommune) -> the address where it is mended.
    """

    punkt: Normsvar.Punkt
    hvorfor: str | Promise
    opphav: Opphav
    vet: Callable[[], Combinable] | None = None
    hvor: Callable[[Any], str] | None = None

    @property
    def nokkel(self):
        return self.punkt.value

    @property
    def tittel(self):
        return self.punkt.label


def _side(navn):
    return lambda kommune: reverse(navn, args=[kommune.slug])


def _planen(kommune):
    return kommune.get_absolute_url()


def _mangler(kommune):
    """What the plan lacks; `normplan` is its address, if one is in force."""
    if plan := getattr(kommune, "normplan", None):
        return reverse("tiltak:mangler", args=[kommune.slug, plan])
    return _planen(kommune)


GRUPPER: list[tuple[str | Promise, list[Normpunkt]]] = [
    (
        _("Planen"),
        [
            Normpunkt(
                P.PLAN_GJELDER,
                _("Uten en plan som gjelder, vet ingen hva som er avtalt."),
                PLANER,
                vet.plan_gjelder,
                _planen,
            ),
            Normpunkt(
                P.PLAN_BEHANDLET,
                _("Da er det kjent hvem som står bak den."),
                PLANER,
                vet.plan_behandlet,
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
                _side("evaluering:indikator_list"),
            ),
            Normpunkt(
                P.TILTAK_HAR_ANSVARLIG,
                _("Et tiltak som ingen svarer for, blir lett glemt."),
                TILTAK,
                vet.tiltak_har_ansvarlig,
                _mangler,
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
                _side("tiltak:tjeneste_list"),
            ),
            Normpunkt(
                P.KONTAKTER_BEKREFTET,
                _("Numre og adresser går ut på dato."),
                HER,
                vet.kontakter_bekreftet,
                _side("tiltak:runder"),
            ),
            Normpunkt(
                P.AKUTTNUMMER,
                _("Den som trenger hjelp nå, skal slippe å lete."),
                HER,
                har_akutt,
                _side("tiltak:tjeneste_list"),
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
                _side("evaluering:kunnskap"),
            ),
            Normpunkt(
                P.FUNN_ER_BESVART,
                _("Kartlegging uten svar gir ingen endring."),
                KUNNSKAP,
                vet.funn_er_besvart,
                _side("evaluering:kunnskap"),
            ),
            Normpunkt(
                P.BARN_OG_UNGE,
                _(
                    "Det handler om dem. De er spurt da planen ble laget, i evalueringen "
                    "av den eller i en kartlegging fra de tre siste årene."
                ),
                PLANER,
                vet.barn_og_unge,
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
                _side("evaluering:evalueringene"),
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
                _side("moter:forum_list"),
            ),
            Normpunkt(
                P.POLITIRAD_HAR_MEDLEMMER,
                _("Funksjonene er nok. Da ser alle om de rette er med."),
                RADET,
                vet.politirad_har_medlemmer,
                _side("moter:forum_list"),
            ),
            Normpunkt(
                P.POLITIRAD_MOTES,
                _("Møtene står i møteplanen, så alle vet dagene i god tid."),
                RADET,
                vet.politirad_motes,
                _side("moter:moteplan"),
            ),
            Normpunkt(
                P.EGENVURDERING,
                _("Ett kvarter i året om hvordan politirådet selv arbeider."),
                EGENVURDERING,
                vet.egenvurdering,
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
                _side("moter:forum_list"),
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
