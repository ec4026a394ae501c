"""What chapters tell of besides: documents that the plan rests on, and who meets."""

import re

from . import funn
from .biter import Bit
from .modell import Forum, Kapittel, Styringsdokument, Tekstdel, Verdi
from .navn import delt_i_navn

_OM_FORINGER = re.compile(
    r"styringsdokument|føring|bakgrunnsdokument|lovgrunnlag|lovverk|planverk|rettsl|"
    r"overordna|overordnede? plan|andre planer|sammenheng med|forankring|grunnlag",
    re.IGNORECASE,
)
_DOKUMENT = re.compile(
    r"(?<!\w)(?:[A-ZÆØÅ][\w-]{0,30}\s+)?(?:[A-ZÆØÅa-zæøå-]{0,30}(?:handlingsplan|kommuneplan\w*|plan|strategi|"
    r"avtale|lov|konvensjon|bærekraftm[åa]l|bærekraftsmål|veileder)(?:en|a)?)"
    r"(?:\s+samfunnsdel)?(?:\s+(?:for|mot|om|mellom|i)\s+[^,.;:()\n]{3,110}?)?"
    r"(?=\s*(?:\(|,|\.|;|$|\s20\d\d|\s+og\s+[A-ZÆØÅ]|\s+har\b|\s+ble\b|\s+er\b|\s+samt\b))"
    r"\s*(?P<ar>20\d\d\s*[-–]\s*20\d\d)?\s*(?P<merknad>\([^)]{3,60}\))?"
)
_OM_MOTER = re.compile(
    r"organiser|struktur|møte|nivå|samarbeid|nettverk|fora\b|forum|roller|SLT-?modell",
    re.IGNORECASE,
)
_FORUM = re.compile(
    r"(?:[A-ZÆØÅ]|slt)[\w/ -]*?(?:politiråd|politirådet|arbeidsgruppe|styringsgruppe|"
    r"områdemøte|møter?|forum|nettverk|utvalg|team|koordineringsgruppe|samarbeidsgruppe|"
    r"råd|gruppe|samarbeid)(?:et|en|a|r|ne|ene)?\b",
)
_NIVAER = (
    ("styrende", r"styr(?:ende|ings)"),
    ("koordinerende", r"koordiner"),
    ("utforende", r"utfør"),
    ("nettverk", r"nettverk|øvrige"),
)
_MEDLEMMER = re.compile(
    r"(?:består av|samler|medlemmer(?: er)?:?|deltakere(?: er)?:?|deltar:?|sitter:?|"
    r"med i gruppa er:?|er sammensatt av)\s+(?P<hvem>[^.]{5,400})"
)


def styringsdokumenter(kapitler: list[Kapittel]) -> list[Styringsdokument]:
    """Documents named in the parts that are about them, each once."""
    ut: dict[str, Styringsdokument] = {}
    for del_, overskrifter in _deler(kapitler):
        if not any(_OM_FORINGER.search(overskrift) for overskrift in overskrifter):
            continue
        for dokument in _dokumenter(del_):
            ut.setdefault(dokument.tittel.lower(), dokument)
    return list(ut.values())


# What a document of the site calls a row of them.
STYRINGSDOKUMENT = "styringsdokument"


def som_styringsdokument(bit: Bit) -> Styringsdokument:
    """A row of the site's own: title and words, years, and how the plan stands to it."""
    navn, nar, forhold, *_rest = (*bit.blokk.celler, "", "", "")
    tittel, _linje, tekst = navn.partition("\n")
    lenke = next((adresse for _ord, adresse in bit.blokk.lenker), "")
    apen = re.fullmatch(r"(\d{4})–", nar)
    ar = (int(apen[1]), None) if apen else funn.arsrekke(nar)
    bare_ar = re.fullmatch(r"\d{4}–(?:\d{4})?|–", nar)
    mer = [tekst, "" if bare_ar else nar]
    return Styringsdokument(
        tittel,
        *(ar or (None, None)),
        "\n".join(filter(None, mer)),
        lenke,
        bit.nokler,
        forhold,
    )


def _dokumenter(del_):
    lenke = next((adresse for _tekst, adresse in del_.lenker), "")
    tekst = "\n".join(filter(None, [del_.tekst, *del_.celler]))
    if del_.slag == "punkt" and len(tekst) <= 160:
        ar = funn.arsrekke(tekst) or (None, None)
        merknad = re.search(r"\(([^)]+)\)\s*$", tekst)
        tittel = re.sub(
            r"\s*\([^)]*\)\s*$|\s*,?\s*20\d\d\s*[-–]\s*20\d\d\s*$", "", tekst
        )
        yield Styringsdokument(
            tittel.strip(" .;,"),
            *ar,
            merknad[1] if merknad else "",
            lenke,
            del_.blokker,
        )
        return
    for treff in _DOKUMENT.finditer(tekst):
        tittel = re.sub(r"\s*\(.*|\s+20\d\d\s*[-–]\s*20\d\d.*", "", treff[0]).strip(
            " .;,"
        )
        ar = funn.arsrekke(treff["ar"] or "") or (None, None)
        if tittel[:1].isupper() and len(tittel) > 8 and " " in tittel:
            merknad = (treff["merknad"] or "").strip("()")
            yield Styringsdokument(tittel, *ar, merknad, lenke, del_.blokker)


def fora(kapitler: list[Kapittel]) -> list[Forum]:
    """Who meets, by headings of the chapters on how the work is organised."""
    ut: dict[str, Forum] = {}
    for kapittel in kapitler:
        if not _OM_MOTER.search(kapittel.tittel.tekst):
            continue
        niva, forum = _niva(kapittel.tittel.tekst), None
        for del_ in kapittel.tekst:
            if del_.slag == "overskrift":
                niva, forum = _niva(del_.tekst) or niva, _forum(del_, ut, niva)
            else:
                forum = forum or (_forum(del_, ut, niva) if niva else None)
                if forum:
                    _fyll(forum, del_)
    return list(ut.values())


def _forum(del_, ut, niva):
    treff = _FORUM.match(del_.tekst)
    if not treff or re.fullmatch(r"(?i)(?:\w+ )?nivå\w*|.*struktur.*", treff[0]):
        return None
    navn = treff[0].strip() if del_.slag != "overskrift" else del_.tekst.strip()
    return ut.setdefault(navn.lower(), Forum(navn, niva, blokker=del_.blokker))


def _niva(tekst):
    return next((n for n, m in _NIVAER if re.search(m, tekst, re.IGNORECASE)), "")


def _fyll(forum, del_: Tekstdel):
    forum.rytme = forum.rytme or funn.hvor_ofte(del_.tekst, del_.blokker)
    treff = _MEDLEMMER.search(del_.tekst)
    if treff and not forum.medlemmer:
        forum.medlemmer = [Verdi(n, del_.blokker) for n in delt_i_navn(treff["hvem"])]
    elif del_.slag == "punkt" and len(del_.tekst) <= 120:
        forum.medlemmer.append(Verdi(del_.tekst, del_.blokker))


def _deler(kapitler):
    """Each piece of text, and the headings that it stands under."""
    for kapittel in kapitler:
        under = ""
        for del_ in kapittel.tekst:
            if del_.slag == "overskrift":
                under = del_.tekst
            else:
                yield del_, (kapittel.tittel.tekst, under)
