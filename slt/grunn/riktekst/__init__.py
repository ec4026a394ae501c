"""Rich text: HTML with the few tags that it may have, and in the one form in which pages,
documents and the editor all have it."""

import re
from collections import Counter
from functools import lru_cache
from html import escape, unescape

import nh3

from slt.grunn.lenker import med_lenker, som_nettleseren
from slt.grunn.riktekst.bilder import BILDEADRESSE, still_bilder_fritt
from slt.grunn.riktekst.lister import rett_lister
from slt.grunn.riktekst.tabeller import med_tabeller
from slt.grunn.riktekst.tre import TITLER, les

TAGGER = {
    *("p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "h5", "blockquote", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
BILDETAGGER = {"figure", "img", "figcaption"}
_CELLE = {"colspan", "rowspan", "scope"}


def _vasker(tagger):
    return nh3.Cleaner(
        # The headings that are left out here are given their level later.
        tags=tagger | set(TITLER),
        attributes={
            "*": set(),
            "a": {"href"},
            "th": _CELLE,
            "td": _CELLE,
            "img": {"src", "alt", "width", "height"},
        },
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener",
    )


_VASKER, _MED_BILDER = _vasker(TAGGER), _vasker(TAGGER | BILDETAGGER)
_LINJESLUTT = re.compile(r"<br>|</(?:p|li|h[1-6]|blockquote|tr|figcaption)>")
_CELLESLUTT = re.compile(r"(?:</p>)?</t[hd]>(?=<t[hd])")

# Cleaning takes longer than its length when tags stand inside tags inside tags.
DYPEST = 20
# What needs no end of its own, and so may begin anew without standing inside itself.
_UTEN_SLUTT = {"p", "li", "br", "hr", "img", "wbr", "dt", "dd", "tr", "td", "th", "col"}
_HTMLTAGG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")

# Five times the longest text: each sign of it may need so many letters in HTML.
LENGST_VASKET = 1_000_000

# Longer texts are cleaned anew each time, so that not much is kept.
HUSKES = 20_000

_BILDE = re.compile(r'<img(?:[^>"]|"[^"]*")*>')
_EN_FIGUR = re.compile(
    rf'<figure><img src="{BILDEADRESSE.pattern}"[^>]*>(?:<figcaption>.*?</figcaption>)?'
    "</figure>"
)


def rens_html(html, *, bilder=False):
    """Returns the HTML with the few tags that rich text may have; "" without words.

    Cleaned HTML comes back as it is. Lists hold items and items stand in lists, headings
    begin at h3 and leave out no level, tables are whole and say what heads their columns,
    so that the text can be read aloud; addresses in it are links, and no paragraph is
    empty. Of what is nested deeper than a text is, the words are left.

    With `bilder` it may have pictures of this site, each standing by itself with words
    that say what it shows.
    """
    # A page cleans the same texts each time that it is shown.
    return (_renset if len(html) > HUSKES else _husket)(html, bilder)


def _renset(html, bilder):
    # What a tag that was dropped held together is read differently the next time.
    for _gang in range(5):
        urenset, html = html, _ordnet(_vasket(html, bilder), bilder).strip()
        if html == urenset:
            break
    return html if _uten_tagger(html).strip() or "<img " in html else ""


def _vasket(html, bilder):
    """The HTML without the tags that rich text may not have: the one way to the cleaner.
    Of what would take it long, and what would become many times as long, since a parser
    begins what is bold anew in each paragraph, the words are left."""
    vasker = _MED_BILDER if bilder else _VASKER
    if er_for_dyp(html):
        return vasker.clean(_uten_merker(html))
    vasket = vasker.clean(html)
    return vasket if len(vasket) <= LENGST_VASKET else vasker.clean(_uten_merker(html))


def _uten_merker(html):
    return re.sub("<[^<>]*>", " ", html)


_husket = lru_cache(maxsize=300)(_renset)


def ren_tekst(html):
    """Returns the words of rich text as plain text, a line for each paragraph and for
    each row of a table; of a picture, what it shows."""
    html = _BILDE.sub(_bildets_ord, _vasket(html, bilder=True))
    html = _CELLESLUTT.sub(" | ", " ".join(html.split()))
    html = _LINJESLUTT.sub("\n", html)
    linjer = (" ".join(linje.split()) for linje in _uten_tagger(html).splitlines())
    return "\n".join(filter(None, linjer))


def bildekoder(html):
    """Returns the codes of the pictures in rich text."""
    return {kode for kode, _type in BILDEADRESSE.findall(html)}


def har_bilde_uten_ord(html):
    """Whether a picture of this site is without words that say what it shows."""
    bilder = map(_bildets_attributter, _BILDE.findall(_vasket(html, bilder=True)))
    return any(
        BILDEADRESSE.fullmatch(bilde.get("src", ""))
        and not bilde.get("alt", "").strip()
        for bilde in bilder
    )


def bytt_bilder(renset, nytt):
    """Returns cleaned HTML with each figure as `nytt` makes it of (the figure, its code,
    its type)."""
    return _EN_FIGUR.sub(lambda treff: nytt(*treff.group(0, 1, 2)), renset)


def fra_niva(renset, niva):
    """Returns cleaned HTML with its headings from this level on, in place of the third."""

    def flyttet(treff):
        return f"{treff[1]}{min(int(treff[2]) - 3 + niva, 6)}>"

    return re.sub(r"(</?h)([3-5])>", flyttet, renset)


def _bildets_attributter(tagg):
    return les(tagg).barn[0].attributter


def _bildets_ord(treff):
    alt = _bildets_attributter(treff[0]).get("alt", "")
    return f"<p>{escape(alt)}</p>"


def _uten_tagger(renset):
    return unescape(nh3.clean(renset, tags=set()))


def er_for_dyp(html):
    """Whether more tags may be open at once than a text has. An end counts only where
    its own tag is open, and ends that one alone: so many stay open at the most, however
    a parser reads what is wrongly nested."""
    apne, dybde = Counter(), 0
    for slutt, navn in _HTMLTAGG.findall(html):
        navn = navn.lower()
        if navn in _UTEN_SLUTT or (slutt and not apne[navn]):
            continue
        steg = -1 if slutt else 1
        apne[navn] += steg
        dybde += steg
        if dybde > DYPEST:
            return True
    return False


def _ordnet(renset, bilder):
    """Cleaned HTML with its lists, pictures, tables, headings and links in order."""
    rot = les(rett_lister(renset))
    if bilder:
        still_bilder_fritt(rot)
    rot.barn = med_tabeller(rot.barn)
    _ta_ut_tomme(rot)
    _rett_titler(rot)
    _sett_lenker(rot)
    return "".join(map(str, rot.barn))


# Headings and links -------------------------------------------------------------------


def _rett_titler(rot):
    """Gives the headings levels from 3 on, in the order that they have among themselves
    and without gaps. What lies deeper than the third level stands on it."""
    over = []
    for tittel in (del_ for del_ in rot if del_.tag in TITLER):
        niva = int(tittel.tag[1])
        while over and over[-1] >= niva:
            over.pop()
        over.append(niva)
        tittel.tag = f"h{min(len(over) + 2, 5)}"


def _ta_ut_tomme(rot):
    """Takes out paragraphs and headings without words."""
    for del_ in list(rot):
        del_.barn = [
            barn
            for barn in del_.barn
            if isinstance(barn, str) or barn.tag not in {"p", *TITLER} or barn.har_ord
        ]


def _sett_lenker(del_):
    if del_.tag == "a":
        if "href" in del_.attributter:
            href = som_nettleseren(del_.attributter["href"])
            del_.attributter["href"] = href
        return
    for nr, barn in enumerate(del_.barn):
        if not isinstance(barn, str):
            _sett_lenker(barn)
        elif "." in barn or "@" in barn or ":" in barn:
            lenket = med_lenker(unescape(barn))
            if "<a " in lenket:
                del_.barn[nr] = lenket
