"""What the whole is called where a part of it is meant to stand, in both forms of
Norwegian."""

import re
from functools import lru_cache
from unicodedata import category, normalize

# Words that say so wherever they stand, and names that do as a whole.
HELHET = re.compile(
    r"""
    \b(?: sum(?:men|mert)? | (?:del|slutt|total|hoved)sum(?:men)? | total(?:en|t)? | tot
      | (?:felles|total)(?:antall?|tall?) | samtlige | samtlege
      | ialt | i\ alt | til\ ?sammen | til\ ?sam[ae]n | sammenlagt | samanlagt
      | under\ ei?tt )\b
  | ^(?: all | alt | hele | heile | begge | båe )(?:\ antall?)?$
  | ^[σ∑]
  | \b(?: samla | samlet )(?:\ antall?)?$
  | ^(?: samla | samlet )(?: \ ?[:(,=–-] | \ (?:sum|total|tall?|for|alle?|i)\b )
  | \b(?: hele | heile )\ (?: kommun | byen | bygda | skol | skul | utval | grupp
      | områd | året | distrikt )
  | \bbegge\ (?: kjønn | deler\b | delar\b | delene\b | grupper\b | gruppene\b )
  | \b(?: gut(?:t?er|ar)\ ?(?:og|\+|&|/)\ ?jent(?:er|ene)
      | jent(?:er|ene)\ ?(?:og|\+|&|/)\ ?gut(?:t?er|ar|tene|ane)
      | kvinne?r\ og\ men(?:n|ner|nar) | men(?:n|ner|nar)\ og\ kvinne?r )\b
    # What is for all, and what is at all times, is no number of all.
  | (?<!\bfor\ )(?<!\btil\ )(?<!\bav\ )(?<!\bmed\ )(?<!\bmot\ )(?<!\bpå\ )(?<!\bfra\ )
    (?<!\bfrå\ )(?<!\bhos\ )
    \balle\b(?!\ (?:hjerter|hjarter|tider|dag|kveld|ukedag|vekedag|hverdag|kvardag|helg))
    """,
    re.VERBOSE,
)
# The names that say so and nothing else: "alle" is the whole, "alle jenter" a part of it.
BARE_HELHET = re.compile(
    r"""(?:(?:sum|totalt?)[ :,]*)?
    (?: sum|summen|total|totalt|totalen|tot|i\ alt|ialt|alt|alle|samtlige|samtlege|i\ sum
      | til\ ?sammen|til\ ?saman|samlet|samla|begge(?:\ kjønn)?
      | alle\ (?:kjønn|aldre|aldrar|trinn|kommuner|skoler|skular|steder|stader)
      | alle\ \w*(?:grupper|gruppar|typer|typar|kategorier|kategoriar)
      | (?:gutter|gutar)(?:\ og\ |/|\ \+\ )jenter
      | jenter(?:\ og\ |/|\ \+\ )(?:gutter|gutar)
      | hele\ kommunen|heile\ kommunen|kommunen\ (?:samlet|samla|totalt|i\ alt) )""",
    re.VERBOSE,
)
# Words that may say so, and may be the name of a part.
KANSKJE = re.compile(
    r"""\balle\b | \b(?:samla|samlet)\b
  | ^(?:(?:hele|heile)\ )?(?:landet|norge|noreg)$
  | ^(?:kommun(?:en|a)|elev(?:ene|ane))$""",
    re.VERBOSE,
)
# Seen by nobody, though Unicode takes them for letters and signs.
USYNLIG = frozenset("\u115f\u1160\u2800")


def enkelt_navn(tekst: str) -> str:
    """A name as people see it: without invisible signs, and with the plainest letters."""
    synlig = (
        tegn
        for tegn in normalize("NFKC", tekst)
        if tegn.isspace()
        or not (tegn in USYNLIG or category(tegn) in {"Cc", "Cf", "Mn", "Me"})
    )
    return " ".join("".join(synlig).casefold().split()).strip(" .:;=*-–()")


@lru_cache(maxsize=4096)
def er_helhet(tekst: str) -> bool:
    """Whether the name of a part says that it is the whole."""
    return bool(HELHET.search(enkelt_navn(tekst)))


@lru_cache(maxsize=4096)
def er_bare_helhet(tekst: str) -> bool:
    """Whether the name says that it is the whole, and cannot be a part."""
    return bool(re.fullmatch(BARE_HELHET, enkelt_navn(tekst)))


@lru_cache(maxsize=4096)
def kan_vaere_helhet(tekst: str, kommune: str = "") -> bool:
    """Whether the name of a part may mean the whole of a kommune of that name."""
    navn, egen = enkelt_navn(tekst), enkelt_navn(kommune)
    dens_egne = {egen, f"{egen} kommune", f"hele {egen}", f"heile {egen}"}
    return bool(KANSKJE.search(navn) or (egen and navn in dens_egne))
