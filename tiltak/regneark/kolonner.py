"""What the spreadsheet of a plan is made of: the one list that both writes and reads it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tiltak.models import (
    Ansvar,
    Hvem,
    Innsatsomrade,
    Kapittel,
    Malsetting,
    Plassering,
    Styringsdokument,
    Tiltak,
    TiltakLokalomrade,
    TiltakTema,
    TiltakVeileder,
)
from tiltak.rediger.forms.valg import Valgrad
from tiltak.regneark.deler import Ansvarlig, Lenker, Malgrupper, Malsettinger, Valgte
from tiltak.regneark.slag import (
    Dagen,
    Feltkolonne,
    JaNei,
    Kolonne,
    Kryss,
    Navn,
    Nettsted,
    Plassen,
    Regnet,
    Rikt,
    Spenn,
    Tall,
    Valget,
    tiltaksnavn,
)

NOKKEL = "nokkel"
ANSVAR = "ansvar"


@dataclass(frozen=True)
class Ark:
    """A sheet.

    Attributes:
        navn: what it is called where nobody sees it; of Innhold, the rows.
        forbokstav: what keys of its rows begin with.
        kjennes: names of the columns by which a row without a key is known.
        lag: plan → a new row.
    """

    navn: str
    tittel: str | Promise
    forbokstav: str
    modell: type[models.Model]
    kolonner: tuple[Kolonne, ...]
    kjennes: tuple[str, ...]
    lag: Callable[[Any], models.Model]
    ved_navn: dict[str, Kolonne] = field(default_factory=dict)

    def __post_init__(self):
        self.ved_navn.update({kolonne.navn: kolonne for kolonne in self.kolonner})

    def nokkel(self, rad):
        return f"{self.forbokstav}{rad.pk}"


class Nytt(JaNei):
    """Set by hand only where the plan that this one builds on is not here."""

    def hent(self, rad, k):
        return rad.er_nytt

    def kan_skrives(self, k):
        return k.plan.bygger_pa_id is None


def _kontakt(rad, k):
    """Whom to call, as it is read on the pages: the chosen points, or the main ones."""
    linjer = []
    roller = list(Ansvar.Rolle)
    for ansvar in sorted(rad.deler[ANSVAR], key=lambda a: roller.index(a.rolle)):
        tjeneste = k.tjenester[ansvar.tjeneste_id]
        valgte = {valg.kontaktpunkt_id for valg in ansvar.kontaktvalg.all()}
        linjer += [
            f"{tjeneste.kort}: {punkt.visning}"
            for punkt in tjeneste.punkter
            if (punkt.pk in valgte if valgte else punkt.hoved)
        ]
    return "\n".join(linjer)


def _omrade(rad, k):
    return rad.sted.innsatsomrade.navn if rad.sted else ""


def _nummer(rad):
    if rad.overordnet_id:
        return rad.rekkefolge
    return rad.sted.nummer if rad.sted else None


ANSVARLIGE = tuple(Ansvarlig(rolle) for rolle in Ansvar.Rolle)
HVEM_KAN = {f"{hvem.value}_kan_kontakte": hvem.label for hvem in Hvem}

TILTAK = Ark(
    "tiltak",
    _("Tiltak"),
    "T",
    Tiltak,
    (
        Feltkolonne(Tiltak, "tittel", bredde=34),
        Navn("omrade", _("innsatsområde"), "omrade", _omrade, bredde=22),
        Plassen(_nummer, _("nummer")),
        Navn(
            "del_av",
            _("del av tiltaket"),
            "tiltak",
            lambda rad, k: tiltaksnavn(rad.overordnet, k),
            bare_nye=True,
            bredde=22,
        ),
        Rikt(Tiltak, "tekst", bredde=60),
        Valget(Tiltak, "status", bredde=16),
        Valget(Tiltak, "niva", bredde=16),
        JaNei(Tiltak, "niva_foreslatt", bredde=12),
        Nytt(Tiltak, "nytt", bredde=10),
        Malgrupper("malgrupper", _("målgrupper")),
        Kryss("hvem", _("hvem kan ta kontakt"), HVEM_KAN, bredde=26),
        Feltkolonne(Tiltak, "kontakt_merknad"),
        *ANSVARLIGE,
        Regnet("kontakt", _("kontakt (hentes fra tjenestene)"), _kontakt, bredde=34),
        Spenn("ganger", _("ganger"), "ganger_fra", "ganger_til", bredde=9),
        Valget(Tiltak, "ganger_per", _("ganger per"), bredde=12),
        Tall(Tiltak, "uke", bredde=8),
        Spenn(
            "maneder",
            _("måneder (1–12)"),
            "maned_fra",
            "maned_til",
            til_alltid=True,
            bredde=10,
        ),
        Dagen(Tiltak, "fra_dato", bredde=13),
        Dagen(Tiltak, "til_dato", bredde=13),
        Valgte(
            "lokalomrader",
            _("lokalområder"),
            Valgrad(TiltakLokalomrade, "tiltak", "lokalomrade"),
            ukjent=_("Lokalområdet «%s» finnes ikke i kommunen."),
        ),
        Malsettinger("malsettinger", _("målsettinger")),
        Lenker("lenker", _("lenker")),
        Valgte(
            "temaer",
            _("temaer"),
            Valgrad(TiltakTema, "tiltak", "tema"),
            ukjent=_("Temaet «%s» finnes ikke i kommunen."),
        ),
        Valgte(
            "veiledere",
            _("veiledere, skjema og rutiner"),
            Valgrad(TiltakVeileder, "tiltak", "veileder"),
            ukjent=_("Veilederen «%s» finnes ikke i kommunen."),
        ),
        Feltkolonne(Tiltak, "forankring", bredde=30),
        Spenn("bti", _("BTI-nivå"), "bti_fra", "bti_til", til_alltid=True, bredde=10),
        Dagen(Tiltak, "evalueres_dato", bredde=13),
        Feltkolonne(Tiltak, "evalueres_tekst"),
        Dagen(Tiltak, "frist", bredde=13),
        Valget(Tiltak, "prioritet", bredde=14),
        Feltkolonne(Tiltak, "statuslinje", bredde=34),
    ),
    ("del_av", "tittel"),
    lambda plan: Tiltak(plan=plan, kommune=plan.kommune),
)

PLASSER = Ark(
    "plasser",
    _("Flere plasser"),
    "P",
    Plassering,
    (
        Navn(
            "tiltak",
            _("tiltak"),
            "tiltak",
            lambda rad, k: tiltaksnavn(rad.tiltak, k),
            ma_vaere=True,
            bare_nye=True,
            bredde=34,
        ),
        Navn(
            "omrade",
            _("innsatsområde"),
            "omrade",
            lambda rad, k: rad.innsatsomrade.navn,
            ma_vaere=True,
            bredde=22,
        ),
        Plassen(lambda rad: rad.nummer, _("nummer")),
        Feltkolonne(Plassering, "merknad", bredde=34),
        Feltkolonne(Plassering, "forankring", bredde=30),
        Malgrupper("malgrupper", _("målgrupper")),
        *ANSVARLIGE,
    ),
    ("tiltak", "omrade"),
    lambda plan: Plassering(hoved=False),
)

OMRADER = Ark(
    "omrader",
    _("Innsatsområder"),
    "I",
    Innsatsomrade,
    (
        Plassen(lambda rad: rad.rekkefolge, _("rekkefølge")),
        Feltkolonne(Innsatsomrade, "navn", bredde=34),
        Feltkolonne(Innsatsomrade, "kortnavn", bredde=14),
        Rikt(Innsatsomrade, "tekst", bredde=80),
    ),
    ("navn",),
    lambda plan: Innsatsomrade(plan=plan),
)

KAPITLER = Ark(
    "kapitler",
    _("Kapitler"),
    "K",
    Kapittel,
    (
        Plassen(lambda rad: rad.rekkefolge, _("rekkefølge")),
        Feltkolonne(Kapittel, "tittel", bredde=34),
        Rikt(Kapittel, "tekst", bredde=100),
        Valget(Kapittel, "figur", bredde=24),
    ),
    ("tittel",),
    lambda plan: Kapittel(plan=plan),
)

MALSETTINGER = Ark(
    "malsettinger",
    _("Målsettinger"),
    "M",
    Malsetting,
    (
        Navn(
            "omrade",
            _("innsatsområde"),
            "omrade",
            lambda rad, k: rad.innsatsomrade.navn if rad.innsatsomrade else "",
            bare_nye=True,
            bredde=30,
        ),
        Plassen(lambda rad: rad.rekkefolge, _("rekkefølge")),
        Valget(Malsetting, "type", bredde=16),
        Feltkolonne(Malsetting, "tekst", bredde=80),
    ),
    ("omrade", "type", "tekst"),
    lambda plan: Malsetting(plan=plan),
)

DOKUMENTER = Ark(
    "dokumenter",
    _("Styringsdokumenter"),
    "S",
    Styringsdokument,
    (
        Plassen(lambda rad: rad.rekkefolge, _("rekkefølge")),
        Feltkolonne(Styringsdokument, "tittel", bredde=44),
        Valget(Styringsdokument, "art", bredde=20),
        Valget(Styringsdokument, "forhold", bredde=24),
        Tall(Styringsdokument, "fra_ar", bredde=9),
        Tall(Styringsdokument, "til_ar", bredde=9),
        Feltkolonne(Styringsdokument, "vedtatt", bredde=16),
        Feltkolonne(Styringsdokument, "revideres", bredde=16),
        Feltkolonne(Styringsdokument, "parter", bredde=30),
        Dagen(Styringsdokument, "inngatt", bredde=13),
        Dagen(Styringsdokument, "utloper", bredde=13),
        Feltkolonne(Styringsdokument, "tekst", bredde=50),
        Nettsted(Styringsdokument, "lenke", bredde=30),
    ),
    ("tittel",),
    lambda plan: Styringsdokument(plan=plan, kommune=plan.kommune),
)

# In the order in which they stand in the file.
ARKENE = (TILTAK, PLASSER, OMRADER, KAPITLER, MALSETTINGER, DOKUMENTER)
VED_NAVN = {ark.navn: ark for ark in ARKENE}
