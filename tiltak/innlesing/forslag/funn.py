"""What can be found in a text: phones, addresses, ages, grades, how often."""

import re
from itertools import pairwise

from slt.grunn.telefon import grupper_telefon

from .modell import HvorOfte

_STREK = r"(?:\s*[-–—‑]\s*|\s+til(?: og med)?\s+|\s+t\.?o\.?m\.?\s+)"
_EPOST = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", re.ASCII
)
_NETT = re.compile(
    r"https?://[^\s<>«»\"]+|www\.[^\s<>«»\"]+|"
    r"(?<![@\w.-])(?:[a-zæøå0-9-]{2,63}\.){1,4}(?:no|com|org|net|eu|info|se)"
    r"(?:/[^\s<>«»\"]*)?(?![\w.-]*@)\b/?"
)
_TELEFON = re.compile(
    r"(?<![\d/.,-])(?:(?:\+|00) ?47[ -]?)?"
    r"(?:\d{8}|\d{3}[ .]\d{2}[ .]\d{3}|\d{2}(?:[ .-]\d{2}){3}|\d{4} \d{4})(?![\d/]|[.,-]\d)"
)
_SIFRE = re.compile(r"\d\d")
_KORTNUMMER = re.compile(
    r"(?<![\d/.,-])(?:0\d{4}|0\d \d{3}|116 ?\d{3}|11[023])(?![\d/])"
)


def kontaktsteder(tekst: str) -> list[tuple[int, int, str, str, bool]]:
    """(from, to, kind, value, whether it is a number of three to six digits) of each
    address and number, in their order; the kind as modell.Kontakt has it."""
    ut = []
    # Most texts have none, and are many.
    for finnes, monster, art, les in (
        ("@" in tekst, _EPOST, "epost", lambda v: v.rstrip(".-").lower()),
        ("." in tekst or "://" in tekst, _NETT, "nettside", _ryddet),
        (_SIFRE.search(tekst), _TELEFON, "telefon", grupper_telefon),
        (_SIFRE.search(tekst), _KORTNUMMER, "telefon", grupper_telefon),
    ):
        for treff in monster.finditer(tekst) if finnes else ():
            if verdi := les(treff[0]):
                kort = monster is _KORTNUMMER
                ut.append((treff.start(), treff.end(), art, verdi, kort))
        if finnes:
            tekst = monster.sub(lambda treff: " " * len(treff[0]), tekst)
    return sorted(ut)


_ALDER = (
    (rf"\b(\d{{1,2}})(?:\s*år)?{_STREK}\d{{1,2}}\s*/\s*(\d{{1,2}})\s*år", "begge"),
    (rf"\b(\d{{1,2}})(?:\s*år)?{_STREK}(?:fylte\s+)?(\d{{1,2}})\s*(?:år\b|åringer)", "begge"),
    (rf"\b(?:i alderen|aldersgruppen?|alder:?)\s+(\d{{1,2}})(?:\s*år)?{_STREK}(\d{{1,2}})\b", "begge"),
    (r"\bmellom\s+(\d{1,2})\s+og\s+(\d{1,2})\s*år\b", "begge"),
    (r"\bopp? ?til(?: og med)?(?: fylte)?\s+(\d{1,2})\s*år\b", "til"),
    (r"\b(?:t\.?o\.?m\.?|til og med)\s+(?:fylte\s+)?(\d{1,2})\s*år\b", "til"),
    (r"(?:\b(?:under|yngre enn)\s+|\bu/\s?)(\d{1,2})\s*år\b", "under"),
    (r"\b(?:fra(?: og med)?|frå|over|fylt|eldre enn|minst|från)\s+(\d{1,2})\s*år\b", "fra"),
    (r"\b(\d{1,2})\s*år (?:og|eller) (?:eldre|oppover)\b", "fra"),
    (r"\b(\d{1,2})\s*\+(?:\s*år)?(?!\d)", "fra"),
)  # fmt: skip
_ALDER = [(re.compile(monster, re.IGNORECASE), slag) for monster, slag in _ALDER]
# Of how long, not of how old.
_VARIGHET = re.compile(
    r"(?:siste|neste|i løpet av|periode\w*)\s+(?:de\s+)?$", re.IGNORECASE
)
ELDST = 120

_TRINN = re.compile(
    r"((?:\d{1,2}\.?\s*(?:,|og|-|–|til)\s*(?:og\s+)?){0,8}\d{1,2})\.?\s*[-–]?\s*"
    r"(?:trinn(?:et|selever|s)?|trinnselever|klasse[nr]?|klassetrinn|kl\.)(?!\w)"
    r"(?P<vgs>[^.,;]{0,20}\b(?:vgs|videregående|vidaregåande)\b)?",
    re.IGNORECASE,
)
_VG = re.compile(
    r"\bvg\s?([123])(?:\s*(?:-|–|til|og)\s*(?:vg\s?)?([123]))?", re.IGNORECASE
)
SKOLESLAG = (
    (r"småtrinnet|småskole\w*|småskulen", (1, 4)),
    (r"mellomtrinnet|mellomsteget", (5, 7)),
    (r"barneskole\w*|barneskule\w*|barnetrinnet|barnesteget", (1, 7)),
    (r"ungdomsskole\w*|ungdomsskule\w*|ungdomstrinn\w*|ungdomssteget|ungdomskoler?", (8, 10)),
    (r"grunnskole\w*|grunnskule\w*", (1, 10)),
    (r"videregående(?: skole\w*| opplæring)|vidaregåande(?: skule\w*| opplæring)|\bvgs\b", (11, 13)),
)  # fmt: skip

_TALLORD = {
    "en": 1, "én": 1, "ein": 1, "éin": 1, "ett": 1, "et": 1, "ei": 1, "to": 2, "tre": 3,
    "fire": 4, "fem": 5, "seks": 6, "sju": 7, "syv": 7, "åtte": 8, "ni": 9, "ti": 10,
    "tolv": 12, "två": 2, "fyra": 4,
    "annen": 2, "annenhver": 2, "andre": 2, "anna": 2, "annankvar": 2, "tredje": 3,
    "fjerde": 4, "femte": 5, "sjette": 6, "sjuende": 7, "syvende": 7, "åttende": 8,
}  # fmt: skip
_TALL = rf"(\d{{1,2}}|{'|'.join(sorted(_TALLORD, key=len, reverse=True))})"
_ENHETER = {
    "uke": r"uk[ea]n?|veken?|veke|vecka",
    "maned": r"måneden?|månad(?:en)?",
    "halvar": r"halvår(?:et)?",
    "skolear": r"skoleår(?:et)?|skuleår(?:et)?",
    "ar": r"år(?:et)?",
}
_ENHET = "(" + "|".join(_ENHETER.values()) + r")\b"
_HVER = r"(?:hver|kvar|hvert|kvart|varje)"
_GANGER = re.compile(
    rf"\b{_TALL}(?:\s*(?:-|–|til|eller)\s*{_TALL})?\s+(?:faste\s+)?"
    rf"(?:gang|ganger|gonger|gong|gånger|møter|treff)\s*(?:i|per|pr\.?|om|{_HVER})?\s*{_ENHET}",
    re.IGNORECASE,
)
_HVER_N = re.compile(rf"\b{_HVER}\s+{_TALL}\.?\s+{_ENHET}", re.IGNORECASE)
_HVER_1 = re.compile(rf"\b(?:{_HVER}\s+(eneste\s+)?|ukentlig i )({'|'.join(_ENHETER.values())})\b", re.IGNORECASE)  # fmt: skip
_ANNENHVER = re.compile(
    rf"\b(?:annenhver|annankvar|annahver)\s+{_ENHET}", re.IGNORECASE
)
_ADVERB = (
    (r"ukentlige?|vekentleg|kvar veke|veckovis", "uke", 1, 1),
    (r"månedlige?|månadl(?:eg|ege)", "maned", 1, 1),
    (r"halvårlige?|halvårleg", "halvar", 1, 1),
    (r"kvartalsvise?|kvart kvartal|hvert kvartal", "ar", 4, 1),
    (r"årlige?|årleg[e]?|årligen", "ar", 1, 1),
)
_UKE = re.compile(r"\b(?:i\s+)?(?:uke|veke)\s+(\d{1,2})\b", re.IGNORECASE)


def eposter(tekst: str) -> list[str]:
    return _unike(treff.rstrip(".-").lower() for treff in _EPOST.findall(tekst))


def _ryddet(adresse):
    adresse = adresse.rstrip(".,;:!?»”)]'")
    if not re.match("https?://", adresse):
        adresse = f"https://{adresse}"
    return adresse if "." in adresse else ""


def telefoner(tekst: str, *, korte: bool = False) -> list[str]:
    """Numbers in their usual groups.

    Args:
        korte: the numbers of three to six digits, too. In a text they are those to call
            when it is urgent, not the way in to what the text is about.
    """
    tekst = _NETT.sub(" ", _EPOST.sub(" ", tekst))
    alle = [grupper_telefon(treff[0]) for treff in _TELEFON.finditer(tekst)]
    if korte:
        rest = _TELEFON.sub(" ", tekst)
        alle += [grupper_telefon(treff[0]) for treff in _KORTNUMMER.finditer(rest)]
    return _unike(alle)


def aldre(tekst: str) -> list[tuple[int | None, int | None]]:
    """Ages from and to, both inclusive."""
    funnet = []
    if not re.search(r"\d", tekst):
        return funnet
    for monster, slag in _ALDER:
        for treff in monster.finditer(tekst):
            if slag != "begge" and _VARIGHET.search(tekst[: treff.start()]):
                continue
            par = _aldersgrenser(slag, [int(tall) for tall in treff.groups()])
            if par:
                funnet.append((treff.start(), par))
        tekst = monster.sub(lambda treff: " " * len(treff[0]), tekst)
    return _unike(par for _sted, par in sorted(funnet, key=lambda f: f[0]))


def bare_alder(tekst: str) -> tuple[int | None, int | None] | None:
    """The ages of a text that is nothing else, and may not say that they are years:
    "13-18", "under 18"."""
    treff = re.fullmatch(
        r"\s*(?:(\d{1,2})\s*[-–]\s*(\d{1,2})|(under|u/|over|fra)\s*(\d{1,2}))\s*",
        tekst,
        re.IGNORECASE,
    )
    if treff is None:
        return None
    if treff[1]:
        return int(treff[1]), int(treff[2])
    slag = "under" if treff[3].lower() in {"under", "u/"} else "fra"
    return _aldersgrenser(slag, [int(treff[4])])


def sier_bare_alder(tekst: str) -> bool:
    """Whether a text gives ages or grades, and no word of who they are."""
    for monster in (*(monster for monster, _slag in _ALDER), _TRINN, _VG):
        tekst = monster.sub(" ", tekst)
    return bare_alder(tekst) is not None or _UTEN_MENING.issuperset(
        re.findall(r"\w+", tekst.lower())
    )


_UTEN_MENING = frozenset(
    {
        "år",
        "årene",
        "alder",
        "alderen",
        "aldersgruppe",
        "aldersgruppen",
        "og",
        "i",
        "på",
    }
)


def _aldersgrenser(slag, tall):
    if max(tall) > ELDST:
        return None
    if slag == "begge":
        return (tall[0], tall[1]) if tall[0] <= tall[1] else None
    if slag == "fra":
        return tall[0], None
    return None, tall[0] - (slag == "under")


def trinn(tekst: str, *, ord_ogsa: bool = False) -> list[tuple[int, int]]:
    """Grades from and to: 1–10, and 11–13 for upper secondary.

    Args:
        ord_ogsa: those that follow from words, too, as ungdomsskolen.
    """
    funnet = []
    for treff in _TRINN.finditer(tekst):
        funnet += _trinnrekke(treff[1], 10 if treff["vgs"] else 0)
    for treff in _VG.finditer(tekst):
        fra = 10 + int(treff[1])
        funnet.append((fra, 10 + int(treff[2]) if treff[2] else fra))
    if ord_ogsa:
        for monster, par in SKOLESLAG:
            if re.search(monster, tekst, re.IGNORECASE) and not any(
                par[0] <= fra and til <= par[1] for fra, til in funnet
            ):
                funnet.append(par)
    return _unike(par for par in funnet if 1 <= par[0] <= par[1] <= 13)


def _trinnrekke(ordene, legg_til):
    """ "5.-7", "6., 8. og 10": ranges and single ones."""
    deler = re.findall(r"(\d{1,2})\.?\s*([-–]|til)?", ordene)
    par, fra = [], None
    for tall, strek in deler:
        nr = int(tall) + legg_til
        if fra is not None:
            par.append((fra, nr))
            fra = None
        elif strek:
            fra = nr
        else:
            par.append((nr, nr))
    return par


def hvor_ofte(tekst: str, blokker: tuple[str, ...] = ()) -> HvorOfte | None:
    """How often something happens, by the first that says so; None where nothing does."""
    uke = _UKE.search(tekst)
    if treff := _GANGER.search(tekst):
        fra, til = _tall(treff[1]), _tall(treff[2]) if treff[2] else None
        funnet = HvorOfte(fra, til, _enhet(treff[3]))
    elif treff := _HVER_N.search(tekst):
        funnet = HvorOfte(1, None, _enhet(treff[2]), hver=_tall(treff[1]))
    elif treff := _ANNENHVER.search(tekst):
        funnet = HvorOfte(1, None, _enhet(treff[1]), hver=2)
    elif treff := _HVER_1.search(tekst):
        funnet = HvorOfte(1, None, _enhet(treff[2]))
    else:
        treff, funnet = _som_adverb(tekst)
    if funnet is None or not funnet.fra:
        return None
    funnet.tekst, funnet.blokker = treff[0], blokker
    if uke and funnet.per == "ar" and 1 <= int(uke[1]) <= 53:
        funnet.uke = int(uke[1])
    return funnet


def hvor_ofte_i_prosa(tekst: str, blokker: tuple[str, ...] = ()) -> HvorOfte | None:
    """The same, where a sentence says it of the whole: not where it counts something
    else, as "tre samlinger hvert år" or "hver måned er det en kveld uten mobil"."""
    for setning in re.split(r"(?<=[.!?])\s+|\n", tekst):
        if (ofte := hvor_ofte(setning, blokker)) is None:
            continue
        foran, _sagt, bak = setning.partition(ofte.tekst)
        if _GANGER.fullmatch(ofte.tekst) or not (
            _MENGDE.search(foran) or _ER_DET.match(bak)
        ):
            return ofte
    return None


_MENGDE = re.compile(
    r"\b(?:\d{1,3}|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|tolv|flere|noen|nokre|fleire)\s+"
    r"(?!år|uker?\b|veker?\b|timer?\b|trinn)[a-zæøå]{3,}",
    re.IGNORECASE,
)
_ER_DET = re.compile(r"\s+(?:er|blir|var) (?:det|der)\b", re.IGNORECASE)


def _som_adverb(tekst):
    for monster, per, antall, hver in _ADVERB:
        if treff := re.search(rf"\b(?:{monster})\b", tekst, re.IGNORECASE):
            return treff, HvorOfte(antall, None, per, hver)
    return None, None


def _tall(ordet):
    return int(ordet) if ordet.isdigit() else _TALLORD[ordet.lower()]


def _enhet(ordet):
    return next(n for n, m in _ENHETER.items() if re.fullmatch(m, ordet, re.IGNORECASE))


def er_tid(tekst: str) -> bool:
    """Whether a text is a time of the year and nothing else: "Mars", "Uke 12–14",
    "1. juni", "Januar/februar"."""
    return bool(_TID.fullmatch(tekst.strip(" .:")))


_MANED = (
    r"jan(?:uar)?|feb(?:ruar)?|mars?|apr(?:il)?|mai|juni?|juli?|aug(?:ust)?|"
    r"sep(?:t(?:ember)?)?|okt(?:ober)?|nov(?:ember)?|des(?:ember)?|"
    r"(?:høst|haust|vår|vinter|sommer|sommar)(?:en)?"
)
_TID = re.compile(
    rf"(?:(?:uke|veke) ?\d{{1,2}}|(?:\d{{1,2}}\.\s*)?(?:{_MANED}))"
    rf"(?:\s*(?:[-–/,]|og|til)\s*(?:\d{{1,2}}\.\s*)?(?:{_MANED}|\d{{1,2}}))*(?:\s*20\d\d)?",
    re.IGNORECASE,
)


def arsrekke(tekst: str) -> tuple[int, int] | None:
    """The years of a plan: 2024–2028."""
    treff = re.search(r"\b(20\d\d)\s*[-–—]\s*(20\d\d|\d\d)\b", tekst)
    if not treff:
        return None
    fra = int(treff[1])
    til = int(treff[2]) if len(treff[2]) == 4 else int(treff[1][:2] + treff[2])
    return (fra, til) if fra <= til <= fra + 20 else None


def niva(tekst: str) -> str:
    """universell, selektiv or indikativ, where the text says one of them and no other."""
    sagt = {
        navn
        for navn, monster in (
            ("universell", r"universel"),
            ("selektiv", r"selekti[vo]"),
            ("indikativ", r"indikati[vo]|indiker"),
        )
        if re.search(monster, tekst, re.IGNORECASE)
    }
    return sagt.pop() if len(sagt) == 1 else ""


def status(tekst: str) -> str:
    """As Tiltak.Status, or "" where the words are others."""
    for navn, monster in (
        ("overfort", r"overfør(?:t|es|ast) til (?:fast|ordinær)"),
        ("avsluttet", r"avslutt(?:et|a)|ferdig|gjennomført|utført|slutt"),
        ("innforing", r"under (?:innføring|etablering|arbeid|oppstart)|pilot|påbegynt|igangsatt|oppstart|starta"),
        ("planlagt", r"planl(?:agt|agd)|ikke (?:startet|påbegynt)|ikkje starta|kommende|utredes"),
        ("i_drift", r"i drift|pågå(?:r|ende|ande|ar)|løpende|løpande|aktiv|etablert|videreføres|vidareført|videreført|kontinuerlig|kontinuerleg|på plass|fast"),
    ):  # fmt: skip
        if re.search(rf"\b(?:{monster})\b", tekst, re.IGNORECASE):
            return navn
    return ""


def er_nytt(tekst: str) -> bool:
    """Whether a title or a mark says that the tiltak is new."""
    return bool(_NYTT.search(tekst))


_NYTT = re.compile(
    r"\s*[([{]\s*ny(?:tt|e)?(?:\s+tiltak)?(?:\s+(?:i|fra)?\s*\d{4}(?:[-–/]\d{2,4})?)?\s*!?\s*[)\]}]|"
    r"\s*[–-]\s*(?:nytt(?: tiltak)?|NY)\s*!?\s*$|^\s*(?:NYTT(?: TILTAK)?|NY)\s*[:!–-]\s*|"
    r"^\s*nytt tiltak\s*[:!–-]\s*|(?-i:\s+\bNYTT!?\s*$|\s+Nytt (?:del)?tiltak\s*$)|\*\s*nytt(?: tiltak)?\s*\*?$",
    re.IGNORECASE,
)


_HVEM = (
    ("unge", r"barn(?! i risiko)|unge?\b|ungdom"),
    ("foresatte", r"foresatte|føresette|foreldre|familie"),
    ("ansatte", r"ansatte|tilsette|samarbeidspartner|tjenester|skoler"),
    ("andre", r"innbygger|innbyggjar|alle|andre"),
)


def hvem(tekst: str) -> list[str]:
    """Who may make contact: "unge", "foresatte", "ansatte", "andre"."""
    return [navn for navn, monster in _HVEM if re.search(monster, tekst, re.IGNORECASE)]


def uten_nytt(tekst: str) -> str:
    return " ".join(_NYTT.sub(" ", tekst).split())


def bti(tekst: str) -> tuple[int, int] | None:
    """Steps of the BTI guide, from and to."""
    monster = r"nivå\s*([0-3])(?:\s*(?:-|–|til|og)\s*(?:nivå\s*)?([0-3]))?"
    treff = re.search(monster, tekst, re.IGNORECASE)
    if not treff:
        return None
    fra = int(treff[1])
    return fra, max(fra, int(treff[2]) if treff[2] else fra)


def i_rekkefolge(grenser: list[int], lengde: int) -> list[tuple[int, int]]:
    """Spans between places where something is split."""
    steder = sorted({0, lengde, *(g for g in grenser if 0 < g < lengde)})
    return list(pairwise(steder))


def _unike(verdier):
    return list(dict.fromkeys(verdier))
