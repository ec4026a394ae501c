"""How many tiltak and innsatsområder a text says that there are: in digits and in words,
in bokmål and nynorsk."""

import re
from dataclasses import dataclass

TILTAK, INNSATSOMRADER = "tiltak", "innsatsområder"

# "Et tiltak" is no count: one is left out of the words, but for what it is part of.
ENERE = {
    "to": 2,
    "tre": 3,
    "fire": 4,
    "fem": 5,
    "seks": 6,
    "sju": 7,
    "syv": 7,
    "åtte": 8,
    "ni": 9,
}
ETT = dict.fromkeys(("en", "én", "ein", "ei", "ett", "eitt", "et"), 1)
TIL_TJUE = {
    "ti": 10,
    "elleve": 11,
    "tolv": 12,
    "tretten": 13,
    "fjorten": 14,
    "femten": 15,
    "seksten": 16,
    "sytten": 17,
    "atten": 18,
    "nitten": 19,
}
TIERE = {
    "tjue": 20,
    "tyve": 20,
    "tretti": 30,
    "tredve": 30,
    "førti": 40,
    "femti": 50,
    "seksti": 60,
    "sytti": 70,
    "åtti": 80,
    "nitti": 90,
}


def _en_av(*ordlister):
    ordene = {ord_ for liste in ordlister for ord_ in liste}
    return "|".join(sorted(ordene, key=len, reverse=True))


_ENER, _TIER = _en_av(ENERE, ETT), _en_av(TIERE)
_UNDER_HUNDRE = (
    rf"(?:(?:{_TIER})-?(?:{_ENER})|(?:{_ENER})\s?og\s?(?:{_TIER})"
    rf"|{_en_av(TIL_TJUE)}|{_TIER}|{_ENER})"
)
_TALLORD = (
    rf"(?:(?:(?:{_ENER})\s?)?hundre(?:\s?og\s?{_UNDER_HUNDRE})?|{_UNDER_HUNDRE})(?!\w)"
)
_UTSAGN = re.compile(
    rf"(?<![\w.,/–-])(?P<tall>\d{{1,4}}|{_TALLORD})\s+"
    r"(?:(?:ulike|forskjellige|forskjellege|konkrete)\s+)?"
    r"(?P<hva>(?:slt-)?tiltak(?P<t_bestemt>ene|a)?"
    r"|innsatsområde(?:r|(?P<i_bestemt>ne|t))?|(?P<i_a>innsatsområda))(?![\w-])",
    re.IGNORECASE,
)
# What may stand before a number that is not a count of them, or not an exact one.
_NUMMER = {
    *("kapittel", "punkt", "pkt", "nivå", "nr", "nummer", "side", "tabell", "figur"),
    *("del", "uke", "veke", "trinn", "fase", "vedlegg", "år", "§"),
}
_OMTRENT = {
    *("rundt", "omtrent", "om lag", "lag", "ca", "cirka", "kring", "nær", "nesten"),
    *("inntil", "opptil", "til", "eller", "maks", "maksimalt"),
}
_MINST = {"over", "minst", "enn", "drøyt", "godt"}
FORAN = 60  # characters: two words
_ANDRE_PLANER = re.compile(
    r"\b(?:forrige|førre|forige|tidligere|tidlegare|neste|gamle)\b", re.IGNORECASE
)
_HVER = re.compile(r"\s+(?:i\s+|for\s+|på\s+)?(?:hver|hvert|kvar|kvart|per|pr)\b", re.I)
_I_PLANEN = re.compile(r"\s+i\s+(?:handlings)?planen\b", re.IGNORECASE)
_SETNINGER = re.compile(r"(?<=[.!?:;])\s+(?=[^\W\d_a-zæøå]|[«\"])|\n+")


@dataclass(frozen=True)
class Utsagn:
    """A count that a text gives as the count of all.

    Attributes:
        sagt: as it is written: "førtisju tiltak".
        hva: TILTAK or INNSATSOMRADER.
        er_minst: whether it says that there are at least so many.
    """

    sagt: str
    tall: int
    hva: str
    setning: str
    er_minst: bool = False

    def er_feil(self, antall, andre=()):
        """Whether it says another count than there are. Less than half of them is taken
        to be of some, and so is what there are of something else.

        Args:
            andre: counts of some of them that a text may mean as well.
        """
        if self.er_minst:
            return self.tall > antall
        return self.tall not in {antall, *andre} and 2 * self.tall > antall


def tallet(ord_):
    """Returns the number of digits or of words for 1–999: "førtisju", "sju og førti"."""
    ord_ = ord_.lower()
    if ord_.isdecimal():
        return int(ord_)
    hundre, skille, resten = ord_.partition("hundre")
    if skille:
        hundre, resten = hundre.strip(), resten.strip().removeprefix("og").strip()
        return 100 * ((ENERE | ETT)[hundre] if hundre else 1) + (
            tallet(resten) if resten else 0
        )
    enkle = ENERE | ETT | TIL_TJUE | TIERE
    if ord_ in enkle:
        return enkle[ord_]
    for tier, verdi in TIERE.items():
        if ord_.startswith(tier):
            return verdi + (ENERE | ETT)[ord_[len(tier) :].removeprefix("-")]
        if ord_.endswith(tier):
            ener = ord_[: -len(tier)].strip().removesuffix("og").strip()
            return verdi + (ENERE | ETT)[ener]
    raise ValueError(ord_)


def utsagn(tekst):
    """Yields the Utsagn of a plain text, as far as they are of all that there are: not
    "de to tiltakene", not those of the plan before."""
    for setning in _SETNINGER.split(tekst):
        if _ANDRE_PLANER.search(setning):
            continue
        for treff in _UTSAGN.finditer(setning):
            if (funnet := _les(treff, setning)) is not None:
                yield funnet


def _les(treff, setning):
    # A text may be one sentence, and long: of it only what stands close by.
    foran = setning[max(0, treff.start() - FORAN) : treff.start()]
    foran = re.findall(r"[\w§]+", foran.lower())[-2:]
    siste = foran[-1] if foran else ""
    er_arstall = treff["tall"].isdecimal() and 1900 <= int(treff["tall"]) < 2200
    if er_arstall or treff["tall"].lower() in ETT or siste in _NUMMER | _OMTRENT:
        return None
    if _HVER.match(setning, treff.end()):
        return None
    bestemt = treff["t_bestemt"] or treff["i_bestemt"] or treff["i_a"]
    om_alle = "alle" in foran or _I_PLANEN.match(setning, treff.end())
    if bestemt and not om_alle:
        return None
    hva = INNSATSOMRADER if "innsats" in treff["hva"].lower() else TILTAK
    return Utsagn(
        sagt=" ".join(treff.group().split()),
        tall=tallet(treff["tall"]),
        hva=hva,
        setning=setning,
        er_minst=siste in _MINST,
    )
