"""The table of ours that one can download, fill in and send: its columns, and how a sheet
that has them is laid out."""

from evaluering.tall.ark import Ark, celle_i, tekst
from evaluering.tall.oppsett import UTELATT, Kolonne, Oppsett

# The columns of the table that one can download, fill in and send.
KOLONNER = (
    "indikator",
    "år",
    "sted",
    "lokalområde",
    "kjønn",
    "alder",
    "skoleslag",
    "slag",
    "gruppe",
    "sammenligning",
    "tall",
    "til",
    "merke",
    "kilde",
)
# Those who write nynorsk may call the columns so.
OGSA_KALT = {
    "tal": "tall",
    "stad": "sted",
    "skuleslag": "skoleslag",
    "kjelde": "kilde",
    "samanlikning": "sammenligning",
}
MA_VAERE_MED = {"indikator", "år", "tall"}
LETES_ETTER_OVERSKRIFTER = 10


def etter_malen(ark: Ark) -> Oppsett | None:
    """The layout of a sheet that has our own headings and no others, or None."""
    for nr, celler in ark.rader[:LETES_ETTER_OVERSKRIFTER]:
        navn = [tekst(celle).casefold() for celle in celler]
        navn = [OGSA_KALT.get(n, n) for n in navn]
        kjente = [n for n in navn if n in KOLONNER]
        if set(kjente) >= MA_VAERE_MED:
            if len(set(kjente)) < len([n for n in navn if n]):
                return None
            # Figures under no heading are asked about.
            uten = [plass for plass, ett in enumerate(navn) if not ett]
            under = (celler for rad, celler in ark.rader if rad > nr)
            if any(tekst(celle_i(c, plass)) for c in under for plass in uten):
                return None
            kolonner = [Kolonne(n or UTELATT) for n in navn]
            return Oppsett(ark.navn, (nr, nr), kolonner, tomme="alle")
    return None
