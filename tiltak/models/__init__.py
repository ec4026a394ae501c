"""The action plan, its tiltak, and the tjenester that answer for them."""

from .deler import (
    Ansvar,
    AnsvarKontaktpunkt,
    Lenke,
    Malgruppe,
    Tema,
    TiltakLokalomrade,
    TiltakTema,
)
from .innhold import Innsatsomrade, Kapittel, Malsetting, Styringsdokument
from .overganger import Overgang
from .plan import Handlingsplan, Planrekke
from .plandeler import for_lesere
from .plasseringer import Plassering, planens_orden
from .redaktorer import Tjenesteredaktor
from .tiltak import Tiltak, i_kraft, tilbud_i_kraft
from .tjenester import REDAKTOR, Apningstid, Kontaktpunkt, Tjeneste

__all__ = [
    "REDAKTOR",
    "Ansvar",
    "AnsvarKontaktpunkt",
    "Apningstid",
    "Handlingsplan",
    "Innsatsomrade",
    "Kapittel",
    "Kontaktpunkt",
    "Lenke",
    "Malgruppe",
    "Malsetting",
    "Overgang",
    "Planrekke",
    "Plassering",
    "Styringsdokument",
    "Tema",
    "Tiltak",
    "TiltakLokalomrade",
    "TiltakTema",
    "Tjeneste",
    "Tjenesteredaktor",
    "for_lesere",
    "i_kraft",
    "planens_orden",
    "tilbud_i_kraft",
]
