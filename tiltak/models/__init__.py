"""The action plan, its tiltak, and the tjenester that answer for them."""

from .apningstider import Apningstid
from .bekreftelser import Bekreftelse, bekreft
from .deler import (
    Ansvar,
    AnsvarKontaktpunkt,
    Lenke,
    Malgruppe,
    TiltakLokalomrade,
)
from .delinger import SettDeling
from .feilmeldinger import Feilmelding
from .finansiering import Finansiering
from .forslag import Endringsforslag
from .hvem import FORSTE_TRINN, SISTE_TRINN, TRINN, Hvem, trinn_i_ord
from .innhold import Innsatsomrade, Kapittel, Malsetting, Styringsdokument
from .innspill import (
    LESER_ALLE,
    PLANLENKER,
    Horing,
    Innspill,
    Planlenke,
    er_leser,
    kan_gi_innspill,
)
from .kontaktpunkter import LENGE, Kontaktpunkt, akutte_i_dag
from .opphav import Opphav, delt_med_alle
from .overganger import Overgang
from .plan import AVLOST_STAR, Handlingsplan, planen_sees, utkastet_sees
from .plandeler import for_lesere
from .planimporter import Planimport
from .planrekker import SER_UTKAST, Planrekke
from .plasseringer import (
    Plassering,
    gjelder_i,
    leses_av_alle,
    planens_orden,
    sier_selv,
)
from .redaktorer import Tjenesteredaktor
from .registreringer import Registrering
from .regnearkimporter import Regnearkimport
from .runder import (
    SVARLENKER,
    Foresporsel,
    Runde,
    Rundelukking,
    Rundeoppsett,
    Rundevalg,
    Svarlenke,
)
from .statusrapporter import LESER_STATUS, Statusrapport, Tilstand
from .temaer import Tema, TilAnsatte, TiltakTema, TjenesteTema, temavalg_her
from .tilskudd import Tilskudd, Tilskuddstiltak, betales_av
from .tiltak import Tiltak, i_kraft, star_i, tilbud_i_kraft
from .tjenestemalgrupper import Tjenestemalgruppe
from .tjenester import (
    REDAKTOR,
    Tjeneste,
    Tjenestekommune,
    andres_sist,
)
from .veiledere import TiltakVeileder, Veileder, VeilederTema

# What may hold at one place of a tiltak alone.
PA_STED = (Ansvar, Malgruppe)

__all__ = [
    "AVLOST_STAR",
    "FORSTE_TRINN",
    "LENGE",
    "LESER_ALLE",
    "LESER_STATUS",
    "PA_STED",
    "PLANLENKER",
    "REDAKTOR",
    "SER_UTKAST",
    "SISTE_TRINN",
    "SVARLENKER",
    "TRINN",
    "Ansvar",
    "AnsvarKontaktpunkt",
    "Apningstid",
    "Bekreftelse",
    "Endringsforslag",
    "Feilmelding",
    "Finansiering",
    "Foresporsel",
    "Handlingsplan",
    "Horing",
    "Hvem",
    "Innsatsomrade",
    "Innspill",
    "Kapittel",
    "Kontaktpunkt",
    "Lenke",
    "Malgruppe",
    "Malsetting",
    "Opphav",
    "Overgang",
    "Planimport",
    "Planlenke",
    "Planrekke",
    "Plassering",
    "Registrering",
    "Regnearkimport",
    "Runde",
    "Rundelukking",
    "Rundeoppsett",
    "Rundevalg",
    "SettDeling",
    "Statusrapport",
    "Styringsdokument",
    "Svarlenke",
    "Tema",
    "TilAnsatte",
    "Tilskudd",
    "Tilskuddstiltak",
    "Tilstand",
    "Tiltak",
    "TiltakLokalomrade",
    "TiltakTema",
    "TiltakVeileder",
    "Tjeneste",
    "TjenesteTema",
    "Tjenestekommune",
    "Tjenestemalgruppe",
    "Tjenesteredaktor",
    "Veileder",
    "VeilederTema",
    "akutte_i_dag",
    "andres_sist",
    "bekreft",
    "betales_av",
    "delt_med_alle",
    "er_leser",
    "for_lesere",
    "gjelder_i",
    "i_kraft",
    "kan_gi_innspill",
    "leses_av_alle",
    "planen_sees",
    "planens_orden",
    "sier_selv",
    "star_i",
    "temavalg_her",
    "tilbud_i_kraft",
    "trinn_i_ord",
    "utkastet_sees",
]
