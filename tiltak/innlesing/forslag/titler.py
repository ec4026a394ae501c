"""What headings say: numbers, "nytt tiltak", and whose heading it can be."""

import re
from dataclasses import dataclass

from . import funn

_TILTAK = re.compile(
    r"^\s*(?:Tiltak|TILTAK|Åtgärd|Insats)\s*(?:nr\.?|nummer)?\s*"
    r"(?P<nr>[A-ZÆØÅ]?\d{1,3}(?:\.\d{1,3})*)(?P<del>[a-h])?\s*[.:–—)-]*\s*(?P<tittel>.*)$",
    re.S,
)
_UTEN_NUMMER = re.compile(r"^\s*(?:Tiltak|TILTAK|Åtgärd)\s*:\s+(?=[A-ZÆØÅ])")
_OMRADE = re.compile(
    r"^\s*(?:(?:Innsats|Satsings|Satsnings|Fokus|Hoved|Hovud|Tema|Mål|Insats|Utviklings)?"
    r"område|Hovedtema|Tema|Del)\s*(?:nr\.?\s*)?"
    r"(?:[A-Z]?\d{0,2}\s*[.:–—-]+\s*|[A-Z]?\d{1,2}\s+(?=(?-i:[A-ZÆØÅÄÖ]))|"
    r"(?<=\wområde)\s+(?=(?-i:[A-ZÆØÅÄÖ])))(?P<tittel>\S.*)$",
    re.IGNORECASE | re.S,
)
_SOM_MAL = re.compile(
    r"^\s*(?P<slag>(?:hoved|hovud|del|over|resultat)?-?mål)\s*(?:nr\.?\s*)?"
    r"(?:\d{1,2}(?:\.\d{1,2})*|[A-Z])?\s*[.:–—-]+\s*(?P<tittel>\S.*)$",
    re.IGNORECASE | re.S,
)
_STRATEGI = re.compile(
    r"^\s*(?:Hoved)?(?:strategi|satsn?ing)\s*(?:nr\.?\s*)?[A-Z]?\d{1,2}\s*[.:–—-]*\s+"
    r"(?P<tittel>\S.*)$",
    re.IGNORECASE | re.S,
)
_NUMMERERT = re.compile(
    r"^\s*(?:(?:Kapittel|Kap\.?)\s+)?(?P<nr>\d{1,3}(?:\.\d{1,3})*|\d{1,2}[a-h](?=[.:)])|[A-Z]\d{1,3}|[A-Z](?=[.)]))[.:)]?\s+"
    r"(?P<tittel>\D.*)$",
    re.S,
)
_NIVAGRUPPE = re.compile(
    r"^\W*(?:\d+(?:\.\d+)*\.?\s+)?(?:tiltak (?:på )?)?(?:universel|selektiv|indikativ)\w*"
    r"(?:\s+(?:tiltak|nivå|førebygging|forebygging|forebyggende|førebyggande|innsats))*\W*$",
    re.IGNORECASE,
)
# Say what comes, and name no area.
_ALMINNELIG = re.compile(
    r"(?:oversikt(?: over)?|liste over|våre|forslag til|nye|planens|foreslåtte|konkrete|"
    r"videreførte|vidareførte|eksisterende|eksisterande|pågående|pågåande|etablerte|faste|"
    r"løpende|nåværende|planlagte|prioriterte|aktuelle)?\s*(?:tiltak(?:ene|a|splan(?:en)?|sliste|soversikt|sdel|stabell)?|åtgärder|"
    r"handlingsplan(?:en)?|handlingsdel(?:en)?|tiltak og ansvar|tiltak per innsatsområde|"
    r"innsatsområde(?:r|ne)?(?: og tiltak)?|satsingsområde(?:r|ne)?(?: og tiltak)?|"
    r"mål og tiltak|mål og strategi(?:er|ar)|mål, strategi(?:er|ar) og tiltak|tiltak i (?:plan)?perioden|tiltaksdel(?:en)?|oversikt)\s*(?:for perioden)?"
    r"\s*[\d–-]*",
    re.IGNORECASE,
)
_KAPITTEL = re.compile(
    r"(?:innledning|innleiing|innhold(?:sfortegnelse)?|innhald|forord|føreord|bakgrunn|"
    r"sammendrag|samandrag|evaluering|rapportering|oppfølging(?! av (?!\w*plan|tiltak))|vedlegg|"
    r"kilder|kjelder|litteratur(?:liste)?|referanser|organisering|økonomi|"
    r"implementering|avslutning|avslutting|kontaktinformasjon|inledning|bakgrund|"
    r"lovgrunnlag|begreper|definisjoner|medvirkning|måloppnåelse)\b.*",
    re.IGNORECASE,
)

# As marks after a title.
_STATUS = re.compile(
    r"(?:\bNytt tiltak|\S)\s+[(\[]?(Under innføring|Planlagt|Avsluttet|I drift|Pilot)[)\]]?\s*$"
)
# Words before numbers that count something else than tiltak.
_ANNET_ENN_TILTAK = re.compile(
    r"(?:kapittel|kap|figur|tabell|vedlegg|side|punkt|pkt|del|fase|nivå|steg|mål|delmål|"
    r"hovedmål|\w*område|tema|trinn|år|uke|bilde|versjon|innsats|strategi|modul|"
    r"sats(?:n)?ing)\b.*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Tittel:
    tekst: str
    nummer: int | None = None
    # Whether the number is the last of several: of 3.1, it is 1.
    flerniva: bool = False
    nytt: bool = False
    status: str = ""


def er_tiltak(tekst: str) -> bool:
    """Whether it calls itself one: "Tiltak 3: …", "Tiltak: …"."""
    if _UTEN_NUMMER.match(tekst):
        return True
    treff = _TILTAK.match(tekst)
    # "Tiltak i planen" and "Tiltak 25-28" tell of all of them.
    navn = treff["tittel"] if treff else ""
    return (
        bool(treff)
        and not re.match(r"[a-zæøå]", navn or "x")
        and (not navn or bool(re.search(r"[^\W\d]", navn)))
    )


def er_nivagruppe(tekst: str) -> bool:
    return bool(_NIVAGRUPPE.match(tekst))


def er_omrade(tekst: str) -> bool:
    """Whether it calls itself an innsatsområde."""
    return bool(_OMRADE.match(uten_nummer(tekst))) and len(tekst) <= 160


def er_strategi(tekst: str) -> bool:
    """ "Strategi 2: …": an area where no others call themselves areas."""
    return bool(_STRATEGI.match(tekst)) and len(tekst) <= 160


def som_mal(tekst: str) -> tuple[str, str] | None:
    """The kind and the words of a goal that a heading gives: "Hovedmål 1: Trygge barn"."""
    treff = _SOM_MAL.match(uten_nummer(tekst))
    if treff is None:
        return None
    er_del = treff["slag"].lower().startswith(("del", "resultat"))
    type_ = "resultatmal" if er_del else "hovedmal"
    return type_, " ".join(treff["tittel"].split())


def om_nye(tekst: str) -> bool:
    """Whether the tiltak under a heading are new."""
    return bool(re.match(r"(?i)nye tiltak\b", uten_nummer(tekst)))


def er_alminnelig(tekst: str) -> bool:
    return bool(_ALMINNELIG.fullmatch(uten_nummer(tekst).strip(" .:")))


def sier_at_tiltak_folger(tekst: str) -> bool:
    """ "Tiltak", "Våre tiltak:": what comes is a list of them."""
    return er_alminnelig(tekst) and bool(re.search(r"(?i)tiltak|åtgärd", tekst))


def er_plantittel(tekst: str) -> bool:
    """Whether it can be what the whole document is called."""
    return bool(_PLANTITTEL.search(tekst)) and not (
        er_tiltak(tekst) or er_omrade(tekst)
    )


_PLANTITTEL = re.compile(r"plan\b|planen\b|strategi|program|oversikt", re.IGNORECASE)


def om_det_samme(tekst: str) -> bool:
    """ "Tiltak for barn", where the heading right above names what they are for."""
    return bool(
        re.match(
            r"(?i)tiltak (?:for|mot|innen(?:for)?|under|på|i) ", uten_nummer(tekst)
        )
    )


def er_kapittel(tekst: str) -> bool:
    return bool(_KAPITTEL.fullmatch(uten_nummer(tekst).strip(" .:")))


def er_omslag(tekst: str) -> bool:
    """Whether a text is what a cover says besides the title: whose plan it is, and who
    took the picture."""
    return bool(_OMSLAG.fullmatch(tekst.strip(" .:")))


_OMSLAG = re.compile(
    r"[\w-]+(?: [\w-]+){0,2} kommun[ea]|(?:foto(?:graf)?|bilde|illustrasjon)\w*:.*",
    re.IGNORECASE | re.S,
)


def uten_nummer(tekst: str) -> str:
    treff = _NUMMERERT.match(tekst)
    return treff["tittel"] if treff else tekst


def omradets(tekst: str) -> str:
    tekst = uten_nummer(tekst)
    treff = _OMRADE.match(tekst) or _STRATEGI.match(tekst) or _SOM_MAL.match(tekst)
    return " ".join((treff["tittel"] if treff else tekst).split()).rstrip(":")


def tiltakets(tekst: str, merke: str = "", prefiks: str = "") -> Tittel:
    """The title of a tiltak, its number, and whether it is new.

    Args:
        merke: a number that the program that wrote the document has set before it.
        prefiks: a short word for the area that the numbers of its tiltak begin with.
    """
    status = ""
    if treff := _STATUS.search(tekst):
        status = funn.status(treff[1])
        tekst = tekst[: treff.start(1)].rstrip("( [")
    nytt = funn.er_nytt(tekst)
    tekst = funn.uten_nytt(tekst) if nytt else " ".join(tekst.split())
    if prefiks and tekst.startswith(f"{prefiks} "):
        tekst = tekst[len(prefiks) + 1 :]
    tekst = _UTEN_NUMMER.sub("", tekst)
    treff = _TILTAK.match(tekst) or _NUMMERERT.match(tekst)
    skrevet = (
        "".join(filter(None, treff.group("nr", *_DEL[treff.re]))) if treff else merke
    )
    if treff and treff["tittel"]:
        tekst = treff["tittel"]
    if not nytt and funn.er_nytt(tekst):
        nytt, tekst = True, funn.uten_nytt(tekst)
    tekst = tekst.strip(" :–-").removesuffix(".")
    return Tittel(tekst, *nummer(skrevet), nytt, status)


_DEL = {_TILTAK: ("del",), _NUMMERERT: ()}


def nummer(skrevet: str) -> tuple[int | None, bool]:
    """The number among those of its area, and whether there were several levels: of
    "3.1", 1. One with a letter, as "1a", is a place in an order and no number."""
    siffer = re.findall(r"\d+", skrevet)
    if not siffer or len(siffer[-1]) > 3 or re.search(r"(?i)\d ?[a-z]\W*$", skrevet):
        return None, False
    return int(siffer[-1]), len(siffer) > 1


def prefikser(titler: list[str], *, minst: int = 2) -> list[str]:
    """Words that several titles begin with before their numbers: "Ungdom" of "Ungdom 1
    Fritidsklubber" and "Ungdom 2 Ferieaktiviteter"."""
    sett: dict[str, set[str]] = {}
    monster = r"([A-ZÆØÅ][\w.-]*(?: [\w.,/&-]+){0,5}?) (\d{1,3})[.:]? \D"
    for tittel in titler:
        if treff := re.match(monster, tittel):
            sett.setdefault(treff[1], set()).add(treff[2])
    return [
        ord_
        for ord_, numre in sett.items()
        if len(numre) >= minst and not _ANNET_ENN_TILTAK.fullmatch(ord_)
    ]


_TEGN = re.compile(r"^\s*(?:[•▪●○*–-]|(?=\d{1,2}[.)]))\s*(?=\S)")


def punkter(linjer: list[str]) -> list[str]:
    """Lines that are all items of a list, without their signs but with their numbers;
    else none."""
    uten = [_TEGN.sub("", linje) for linje in linjer]
    alle = len(linjer) >= 2 and all(map(_TEGN.match, linjer))
    return uten if alle else []


def har_prefiks(tekst: str, prefiksene: list[str]) -> bool:
    return any(
        re.match(rf"{re.escape(ord_)} \d{{1,3}}[.:]? \D", tekst) for ord_ in prefiksene
    )


def maltype(tekst: str) -> str:
    """Which kind of goal a heading or a label is about, as Malsetting.Type; "" for none."""
    ordene = uten_nummer(tekst).strip(" .:").lower()
    for type_, monster in _MALTYPER:
        if re.fullmatch(monster, ordene):
            return type_
    return ""


_MALTYPER = (
    ("visjon", r"(?:vår |planens )?visjon(?:en)?"),
    ("strategi", r"(?:våre )?strategi(?:er|ar|ene|en)?"),
    ("resultatmal", r"(?:resultat|del|effekt|årlige )-?mål(?:ene|et|a)?"),
    (
        "hovedmal",
        (
            r"(?:over|hoved|hovud|planens |overordna |overordne(?:t|de) )?-?(?:mål(?:et|ene|a)?|"
            r"målsett?ing(?:er|en|ene)?|målsetjing(?:ar)?)(?: (?:for|med) (?:planen|arbeidet|"
            r"området|innsatsområdet))?"
        ),
    ),
)


def bare_nummer(tekst: str) -> bool:
    """ "Tiltak 1": a title that names nothing."""
    treff = _TILTAK.match(tekst)
    return bool(treff) and not treff["tittel"].strip()


def kan_vaere_tittel(tekst: str) -> bool:
    return (
        3 <= len(tekst) <= 110
        and "\n" not in tekst
        and not re.search(r"[.:;,!?]$", tekst)
    )


def forste_setning(tekst: str) -> tuple[str, str] | None:
    """A short first sentence, and the rest; None where it is all that there is."""
    treff = re.match(
        r"(.{3,110}?[^\W\d]{3,}[)»\"]?)[.!]\s+(?=[A-ZÆØÅÄÖ].{3})(.*)$", tekst, re.S
    )
    return (treff[1], treff[2]) if treff else None


def delt(tekst: str) -> tuple[str, str]:
    """The title and the rest of a paragraph that begins with its title."""
    treff = re.match(r"(.{3,110}?)(?:(?<=[^\d\s])[.:]\s+|\s[–-]\s)(.*)$", tekst, re.S)
    return (treff[1], treff[2]) if treff else (tekst, "")
