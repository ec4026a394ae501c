"""What the words in tables of figures mean: headings, years, sexes, school levels, places
to compare with, and what publishers write in place of a figure."""

import re

from evaluering.models import Maling
from evaluering.models.helhet import enkelt_navn, er_helhet
from evaluering.models.maling import Ar
from evaluering.tall.ark import tekst

# What a column may be. The first of these whose words are in a heading is likely it.
ROLLER = {
    "tall": r"tall|tal|verdi|antall|antal|andel|prosent|pst|rate|snitt|gjennomsnitt|value",
    "til": r"til",
    "år": r"år|årstall|årstal|skoleår|skuleår|periode|tid|tidsrom|årgang|year|kalenderår|aar",
    "kommune": r"kommune|kommunenavn|region|geografi|kommnavn",
    "kommunenummer": r"komnr|kommunenr|kommunenummer|regionkode|knr|kommnr|geo",
    "sted": r"sted|stad|skole|skule|enhetsnavn|skolenavn|avdeling|klubb|barnehage",
    "lokalområde": r"lokalområde|bydel|distrikt|delområde|grunnkrets|levekårssone|krets",
    "kjønn": r"kjønn|kjønnet|kjonn|kjonnkode|kjønnkode|sex",
    "alder": r"alder|aldersgruppe|aldersgrupper|alderstrinn",
    "skoleslag": r"skoleslag|skuleslag|skoletype",
    "indikator": r"indikator|måltall|statistikkvariabel|variabel|delskår|spørsmål|statistikk",
    "enhet": r"enhet|måleenhet|eining",
    "kilde": r"kilde|kjelde",
    "sammenligning": r"sammenligning|samanlikning|nivå",
    "merke": r"merke|merknad(?:er)?|standardtegn|kommentar(?:er)?|fotnoter?|notat(?:er)?",
    "slag": r"slag|type|kategori|lovbruddstype|lovbruddsgruppe|lovbrudd|art",
    "gruppe": r"gruppe|trinn|klassetrinn|årstrinn|klasse",
}
_ROLLE = {
    rolle: re.compile(rf"(?:^|[\W_])(?:{ordene})(?:$|[\W_])", re.IGNORECASE)
    for rolle, ordene in ROLLER.items()
}
_HEL = {rolle: re.compile(rf"(?:{ordene})", re.I) for rolle, ordene in ROLLER.items()}

# Words that say that it is a figure, and not of what.
SIER_INGENTING = re.compile(
    r"(?:tall|tal|verdi|antall|antal|andel|prosent|pst|%|value|\(?i? ?prosent\)?"
    r"|antall \(teller\)|per 1 ?000\b.*|rate|smr|teller|nevner)?",
    re.IGNORECASE,
)
SIER_LITE = re.compile(
    rf"{SIER_INGENTING.pattern}|(?:antall|antal|andel|tal[lt] på) "
    r"(?:personer|personar|elever|elevar|unge|barn|ungdommer|saker)",
    re.IGNORECASE,
)
SIER_AT_DET_ER_TALL = re.compile(
    r"^(?:antall|antal|andel(?:en)?|prosent|pst\.?)\b|\(?(?:%|prosent|antall)\)?$",
    re.IGNORECASE,
)
# Above numbers that are no figures.
UTEN_TALL = re.compile(
    r"\borg(?:anisasjons)?\.? ?-?(?:nr|nummer)\b|flagg?$|\bpost(?:nr|nummer)\b|^id$",
    re.IGNORECASE,
)

# What is said of a figure that counts nothing, and in what it is given.
_ENHETER = {
    "per 1000": r"(?:per|pr\.?) 1 ?000\b",
    "prosent": r"prosent|%|\bpst\b|^andel|\bandel\b",
    "poeng": r"poeng|\bskår",
    "kroner": r"\bkr\b|\bkroner\b",
    "gjennomsnitt": r"\bgj\.? ?snitt|snitt(?:et)?\b|\bkarakter\b|\bindeks",
    "rate": r"\brate\b|\bsmr\b",
}
ANDEL = re.compile("|".join(_ENHETER.values()), re.IGNORECASE)
_ANTALL = re.compile(r"^(?:antall?|tal[lt] på)\b|[(, ]antall?\)?$", re.IGNORECASE)
# Above figures that somebody has counted out of others.
REGNET_UT = re.compile(
    r"^\W*(?:(?:prosent(?:vis)?|pst\.?|relativ) ?)?"
    r"(?:endring|differanse|forskjell|skilnad|vekst|auke|økning|nedgang|rangering)"
    r"|^(?:gj\.? ?snitt|gjennomsnitt|snitt)\b.*(?:\d{4} ?[-–] ?\d{2,4}|siste \w+ år)",
    re.IGNORECASE,
)

_JENTER = {"jente", "jenter", "jentene", "kvinne", "kvinner", "kvinna", "kvinnene"}
_GUTTER = {
    "gutt",
    "gutter",
    "guttene",
    "gut",
    "gutar",
    "gutane",
    "mann",
    "menn",
    "mennene",
}
# "Alle jenter" are the girls.
_ALLE_FORAN = re.compile(
    r"^(?:(?:alle|samtlige|samtlege|sum|totalt?|antall|antal|andel|prosent) )+"
)
# The statistics office and those who follow it number them.
_BOKSTAV = {
    "k": "jenter",
    "j": "jenter",
    "m": "gutter",
    "g": "gutter",
    "a": "",
    "0": "",
    "1": "gutter",
    "2": "jenter",
}
_TRINN = {
    Maling.Trinn.BARNESKOLE: r"barne(?:skole|skule|trinn|trinnet)r?|1\.? ?[-–] ?7\.? ?(?:trinn|klasse)",
    Maling.Trinn.UNGDOMSSKOLE: (
        r"ungdoms?(?:skole|skule|trinn|trinnet)r?|8\.? ?[-–] ?10\.? ?(?:trinn|klasse)"
    ),
    Maling.Trinn.VIDEREGAENDE: (
        r"vgs|videregående(?: skole| opplæring)?|vidaregåande(?: skule| opplæring)?"
        r"|vg ?1 ?[-–] ?(?:vg ?)?3"
    ),
}
_LANDET = re.compile(
    r"(?:0+ )?(?:hele |heile )?(?:landet|norge|noreg)|nasjonalt|landsgjennomsnitt(?:et)?"
    r"|(?:snitt|gjennomsnitt)(?:et)? (?:for |i )?(?:landet|norge|noreg)|0+",
)
# By the first two figures of the number of a kommune, from 2024.
FYLKER = {
    "03": "oslo",
    "11": "rogaland",
    "15": "møre og romsdal",
    "18": "nordland",
    "31": "østfold",
    "32": "akershus",
    "33": "buskerud",
    "34": "innlandet",
    "39": "vestfold",
    "40": "telemark",
    "42": "agder",
    "46": "vestland",
    "50": "trøndelag",
    "55": "troms",
    "56": "finnmark",
}
_AR = re.compile(
    r"(?:skole?året |skuleåret |år )?((?:19|20)\d\d)(?: ?[*¹²³]| \d\))?", re.I
)
_TO_AR = re.compile(
    r"(?P<skole>sk[ou]leåret )?(?P<fra>(?:19|20)\d\d) ?(?P<strek>[-–/_]) ?"
    r"(?P<til>(?:19|20)?\d\d)",
    re.IGNORECASE,
)

# What stands in place of a figure. Others are a mistake.
_MERKE = re.compile(
    r"\.{1,3}|:|[-–—]|\*+|x|\(x\)|n/?a|i/?t|"
    r"(?:n ?)?(?:<|under|færre enn) ?\d{1,2}|[01] ?[-–] ?\d|"
    r"skjult|skjuler|prikket|anonymisert|mangler|manglar|ukjent|ikke (?:aktuelt|oppgitt)",
    re.IGNORECASE,
)
FA_MERKE = re.compile(
    r"(?:n ?)?(?:<|under|færre enn) ?\d{1,2}|[01] ?[-–] ?\d", re.IGNORECASE
)
SKJULT, MANGLER = Maling.Merke.SKJULT, Maling.Merke.MANGLER
IKKE_AKTUELT = Maling.Merke.IKKE_AKTUELT
NULL = "0"
# {publisher: {mark: what it says there}}. The statistics office wrote a stroke for zero
# before 2021, and says so in its tables; the directorate of schools hides by a dot or star.
UTGIVERE = {
    "ssb": {"..": MANGLER, "...": MANGLER, ".": IKKE_AKTUELT, ":": SKJULT, "-": NULL},
    "udir": {".": SKJULT, "*": SKJULT, "-": MANGLER},
    "fhi": {"..": MANGLER, ".": IKKE_AKTUELT, ":": SKJULT},
}
UTGIVERNAVN = {
    "ssb": "Statistisk sentralbyrå",
    "udir": "Utdanningsdirektoratet",
    "fhi": "Folkehelseinstituttet",
}
_UTGIVER = {
    "ssb": re.compile(r"\bssb\b|statistisk sentralbyrå|kostra", re.IGNORECASE),
    "udir": re.compile(
        r"\budir\b|utdanningsdirektoratet|nasjonale prøver|skoleporten|delskår"
        r"|elevundersøkelsen|eierform",
        re.IGNORECASE,
    ),
    "fhi": re.compile(
        r"\bfhi\b|folkehelseinstitutt|kommunehelsa|folkehelseprofil|\(m/snitt\)",
        re.IGNORECASE,
    ),
}
_ORDENE = {
    "skjult": SKJULT,
    "prikket": SKJULT,
    "anonymisert": SKJULT,
    "mangler": MANGLER,
    "manglar": MANGLER,
    "ukjent": MANGLER,
    "ikke oppgitt": MANGLER,
    "ikke aktuelt": IKKE_AKTUELT,
}


def uten_tegn(navn: str) -> str:
    """A name without the signs round it, and without brackets that hold nothing or all."""
    navn = re.sub(r"\( *\)", "", navn).strip(" ,:-–")
    return re.sub(r"^\(([^()]*)\)$", r"\1", navn).strip(" ,:-–")


def roller_ved(overskrift: str) -> list[str]:
    """What a column with this heading may be, the likeliest first."""
    navn = enkelt_navn(overskrift)
    helt = [rolle for rolle, ordene in _HEL.items() if ordene.fullmatch(navn)]
    delvis = [rolle for rolle, ordene in _ROLLE.items() if ordene.search(navn)]
    return list(dict.fromkeys((*helt, *delvis)))


def heter(overskrift: str, roller) -> str:
    """Which of the roles a heading is the very word for, or ""."""
    navn = enkelt_navn(overskrift)
    return next((rolle for rolle in roller if _HEL[rolle].fullmatch(navn)), "")


_ETTER_KJONN = re.compile(
    r"\d{1,2}\.? ?(?:trinn|klasse)?|vg ?\d|antall?|prosent|andel|%", re.IGNORECASE
)


def uten_kode(navn: str) -> str:
    """A name without the code that some put before it: "1 Menn", "F16-17 16-17 år"."""
    return re.sub(r"^(?=\S*\d)[\w.+-]+ (?=\S)", "", navn)


def kjonn(navn: str) -> str | None:
    """ "gutter" or "jenter", "" for both together; None when it says none of it."""
    navn = _ALLE_FORAN.sub("", re.sub(r"^\d ", "", enkelt_navn(navn)))
    if navn in _JENTER:
        return Maling.Kjonn.JENTER
    if navn in _GUTTER:
        return Maling.Kjonn.GUTTER
    if navn in _BOKSTAV:
        return _BOKSTAV[navn]
    return "" if er_helhet(navn) else None


def enhet_i(navn: str) -> str:
    """The unit that the name of something that is no number says, or ""."""
    if _ANTALL.search(navn):
        return ""
    return next((e for e, o in _ENHETER.items() if re.search(o, navn, re.I)), "")


def kjonn_og_resten(navn: str) -> tuple[str, str] | None:
    """The sex in a heading that says more, and the rest of it: "Gutter 8. trinn", "Trives
    (jenter)". None where it is a word among others: "Vold mot kvinner"."""
    foran = re.fullmatch(r"(\w\w+)( ?[,:(–-] ?| )(.+?)\)?", navn)
    if foran and (sagt := kjonn(foran[1])) is not None:
        ledd = foran[2].strip() and sagt
        if ledd or er_alder(foran[3]) or _ETTER_KJONN.fullmatch(foran[3]):
            return foran[1], foran[3]
    bak = re.fullmatch(r"(.+?) ?[,:(–-] ?(\w\w+)\)?", navn)
    return (bak[2], bak[1]) if bak and kjonn(bak[2]) else None


def trinn(navn: str) -> str | None:
    """The skoleslag, "" for all of them; None when it says none of it."""
    navn = _ALLE_FORAN.sub("", enkelt_navn(navn))
    for verdi, ordene in _TRINN.items():
        if re.fullmatch(ordene, navn):
            return verdi
    return "" if er_helhet(navn) else None


_ALDER = re.compile(
    r"(?:under |over )?(?P<fra>\d{1,2})(?: ?[-–_] ?(?P<til>\d{1,2}))?\+?(?: ?år)?"
    r"(?P<mer> (?:og|eller) (?:over|eldre|yngre))?",
    re.IGNORECASE,
)


def _alderen(navn):
    """The match of an age, with or without a code before it, or None."""
    for ett in (enkelt_navn(navn), enkelt_navn(uten_kode(navn))):
        if (funnet := _ALDER.fullmatch(ett)) and re.search("år|[-–_+]", ett):
            return funnet
    return None


def er_alder(navn: str) -> bool:
    return _alderen(navn) is not None


def alder(navn: str) -> str:
    """The name of an age as all have it: "10–17 år", where that can be seen."""
    if not (funnet := _alderen(navn)):
        return f"{navn} år" if re.fullmatch(r"\d{1,2}", navn) else navn
    fra, til = funnet["fra"], funnet["til"]
    if til:
        return f"{fra}–{til} år{funnet['mer'] or ''}"
    er_bare_den = re.fullmatch(r"\d{1,2} ?år", funnet[0])
    return f"{fra} år" if er_bare_den else funnet[0]


def omfang(navn: str, kommunenummer: str) -> str | None:
    """ "landet" or "fylket" when it names what the kommune is compared with, else None."""
    navnene = _navn_pa_flere_sprak(navn)
    if navn in {kommunenummer[:2], f"{kommunenummer[:2]}00"}:
        return Maling.Omfang.FYLKET
    if any(map(_LANDET.fullmatch, navnene)):
        return Maling.Omfang.LANDET
    fylke = FYLKER.get(kommunenummer[:2])
    monster = re.compile(rf"{fylke}(?: fylke(?:skommune)?)?|fylket")
    if fylke and any(map(monster.fullmatch, navnene)):
        return Maling.Omfang.FYLKET
    return None


def er_kommunen(navn: str, kommune: str) -> bool:
    """Whether a name is that of the kommune, as "5001 Trondheim - Tråante" or "Lillestrøm
    kommune"."""
    navnene = {n.removesuffix(" kommune") for n in _navn_pa_flere_sprak(navn)}
    return bool(navn) and bool(navnene & _navn_pa_flere_sprak(kommune))


def er_utenfor(navn: str, nar) -> bool:
    """Whether the years after the name of a kommune, as "Lillestrøm (2020-2023)", are
    others than the year of a figure: then it had another number, and the figure is none."""
    funnet, aret = re.search(r"\((\d{4})? ?[-–] ?(\d{4})?\)", navn), ar(nar, "flere_ar")
    if not (funnet and aret):
        return False
    fra, til = int(funnet[1] or 0), int(funnet[2] or 9999)
    return aret.slutt < fra or aret.arstall > til


def _navn_pa_flere_sprak(navn):
    helt = stedsnavn(navn)
    return {helt, *(del_.strip() for del_ in re.split(r" [-–] ", helt))}


def stedsnavn(navn: str) -> str:
    """The name of a place without its number before and the years it held after it, as
    "3030 Lillestrøm (2020-2023)"."""
    uten_ar = re.sub(r"\((?:[-–]|\d{4})[\d –-]*\)", "", navn)
    return enkelt_navn(
        re.sub(r"^(?:0|k?-?\d{2,6}|eak)\s+", "", uten_ar.strip(), flags=re.I)
    )


def ar(celle, to_ar: str = "") -> Ar | None:
    """The year, school year or years in a cell; None when it is none.

    Args:
        to_ar: what "2020-2021" is: Maling.Periode. A slash is always a school year.
    """
    skrevet = tekst(celle)
    if isinstance(celle, dict):
        return None
    if funnet := _AR.fullmatch(skrevet):
        return Ar(int(funnet[1]))
    if not (funnet := _TO_AR.fullmatch(skrevet)):
        return None
    fra, til = int(funnet["fra"]), funnet["til"]
    til = int(til) if len(til) == 4 else fra // 100 * 100 + int(til)
    if til <= fra:
        # Some write one year as from and to.
        return Ar(fra) if til == fra else None
    if til > fra + 1:
        return Ar(fra, til, Maling.Periode.FLERE_AR)
    skole = funnet["skole"] or funnet["strek"] == "/" or len(funnet["til"]) == 2
    return Ar(fra, til, Maling.Periode.SKOLEAR if skole else to_ar or "")


def uten_dag(overskrift: str) -> str:
    """A heading without the day in its year: "Folketall per 31.12.2023". Of a day alone it
    isn't known what it stands for."""
    uten = re.sub(r"\b(?:per |pr\.? )?\d\d?\.\d\d?\.(?=(?:19|20)\d\d)", "", overskrift)
    return re.sub(r"\b((?:19|20)\d\d)-\d\d-\d\d\b", r"\1", uten)


def kan_vaere_to(celle) -> bool:
    """Whether it is two years on end, of which it isn't said whether they are a school
    year."""
    funnet = ar(celle)
    return bool(funnet and funnet.til_ar and not funnet.periode)


def er_tid_i_ar(celle) -> bool:
    """Whether it is a day, a month or a quarter."""
    if isinstance(celle, dict):
        return "dag" in celle
    monster = r"(?:19|20)\d\d ?[KMQU]\d\d?|\d\d?\.\d\d?\.(?:19|20)?\d\d"
    return bool(re.fullmatch(monster, tekst(celle)))


def er_forelopig(navn: str) -> bool:
    """Whether a note beside a figure says that it is provisional, or may."""
    return navn.casefold() in {"*", "foreløpig", "førebels", "foreløpige tall"}


def er_merke(navn: str) -> bool:
    return bool(_MERKE.fullmatch(navn))


def utgiveren(tekster) -> str:
    """Which of UTGIVERE the first of these texts names, or ""."""
    for innhold in tekster:
        for utgiver, ordene in _UTGIVER.items():
            if ordene.search(innhold):
                return utgiver
    return ""


def merke(navn: str, utgiver: str) -> str:
    """What a mark says by its publisher: a Maling.Merke, "0", or "" when it must be
    asked."""
    enkelt = " ".join(navn.casefold().split()).replace("–", "-").replace("—", "-")
    if enkelt in _ORDENE:
        return _ORDENE[enkelt]
    if FA_MERKE.fullmatch(enkelt):
        return SKJULT
    return UTGIVERE.get(utgiver, {}).get(enkelt, "")
