"""What goes along when a kommune's data move; see slt.felles.uttrekk.hva."""

from moter.models import (
    Aktivitet,
    Forum,
    Forumskommune,
    Forumsmedlem,
    Kalenderlenke,
    Mote,
    Motefri,
    Moteserie,
    Planleser,
    Sendevei,
)

# What a row refers to stands before it.
MED = [
    Forum,
    Sendevei,
    Moteserie,
    Mote,
    Forumsmedlem,
    Motefri,
    Planleser,
    Aktivitet,
    # With the hash of its key: those of fora. A user's own is to fora of all kommuner.
    Kalenderlenke,
]
STIER = {Kalenderlenke: "forum__kommune"}
UTEN = {
    Forumskommune: "Et samarbeid med en annen kommune, som ikke er med: det avtales på "
    "nytt der begge er.",
}
