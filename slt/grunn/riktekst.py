"""Rich text: HTML with the few tags that it may have, and in the one form in which pages,
documents and the editor all have it."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape, unescape
from html.parser import HTMLParser

import nh3

from slt.grunn.lenker import med_lenker, som_nettleseren

TITLER = ("h1", "h2", "h3", "h4", "h5", "h6")
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
_TOMME = {"br", "img"}
_HTMLTAGG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")

# Five times the longest text: each sign of it may need so many letters in HTML.
LENGST_VASKET = 1_000_000

# Longer texts are cleaned anew each time, so that not much is kept.
HUSKES = 20_000

# Of a larger table, and of one inside another or a list, the words are left.
FLEST_KOLONNER, FLEST_CELLER = 20, 3000


# The address of a picture. Letters alone, so that it never looks like a number of someone.
BILDEADRESSE = re.compile(r"/bilder/([a-p]{32})\.(png|jpg)")
_BILDE = re.compile(r'<img(?:[^>"]|"[^"]*")*>')
_EN_FIGUR = re.compile(
    rf'<figure><img src="{BILDEADRESSE.pattern}"[^>]*>(?:<figcaption>.*?</figcaption>)?'
    "</figure>"
)
LENGSTE_ALT = 500


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
    return _les(tagg).barn[0].attributter


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
    rot = _les(_rett_lister(renset))
    if bilder:
        _still_bilder_fritt(rot)
    rot.barn = _med_tabeller(rot.barn)
    _ta_ut_tomme(rot)
    _rett_titler(rot)
    _sett_lenker(rot)
    return "".join(map(str, rot.barn))


# The tree -----------------------------------------------------------------------------


@dataclass
class _Del:
    """An element of cleaned HTML. Its parts are elements, and texts as they are written
    in HTML."""

    tag: str
    attributter: dict = field(default_factory=dict)
    barn: list = field(default_factory=list)

    def __str__(self):
        attributter = "".join(
            f' {navn}="{escape(str(verdi))}"'
            for navn, verdi in self.attributter.items()
        )
        if self.tag in _TOMME:
            return f"<{self.tag}{attributter}>"
        return f"<{self.tag}{attributter}>{''.join(map(str, self.barn))}</{self.tag}>"

    def __iter__(self):
        """Yields itself and all elements inside it, as they are read."""
        yield self
        for barn in self.barn:
            if isinstance(barn, _Del):
                yield from barn

    @property
    def har_ord(self):
        return any(
            unescape(barn).strip() if isinstance(barn, str) else barn.har_ord
            for barn in self.barn
        )


class _Leser(HTMLParser):
    """Makes a tree of cleaned HTML, in which all that is opened is ended."""

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.apne = [_Del("")]
        self._biter = []  # of the text that is read, which each sign in it parts

    def _avslutt_teksten(self):
        if self._biter:
            self.apne[-1].barn.append("".join(self._biter))
            self._biter = []

    def handle_starttag(self, tag, attrs):
        self._avslutt_teksten()
        ny = _Del(tag, {navn: verdi or "" for navn, verdi in attrs})
        self.apne[-1].barn.append(ny)
        if tag not in _TOMME:
            self.apne.append(ny)

    def handle_endtag(self, tag):
        self._avslutt_teksten()
        if len(self.apne) > 1:
            self.apne.pop()

    def handle_data(self, data):
        self._biter.append(data)

    def handle_entityref(self, name):
        self.handle_data(f"&{name};")

    def handle_charref(self, name):
        self.handle_data(f"&#{name};")

    def close(self):
        super().close()
        self._avslutt_teksten()


def _les(renset):
    leser = _Leser()
    leser.feed(renset)
    leser.close()
    return leser.apne[0]


# Pictures -----------------------------------------------------------------------------

# What goes with the picture when nothing else stood in it.
_RUNDT = {"p", "li", "ul", "ol", "blockquote", "strong", "em", "a", *TITLER}


def _still_bilder_fritt(rot):
    """Puts each picture in a figure of its own, after the block that it stood in."""
    ut = []
    for del_ in rot.barn:
        bilder = []
        ut += [*_uten_bilder(del_, bilder), *bilder]
    rot.barn = ut


def _uten_bilder(del_, funnet):
    """Returns what is left of a part, as parts; adds the figures of its pictures to
    `funnet`."""
    if isinstance(del_, str):
        return [del_]
    if del_.tag == "img":
        funnet += _figur(del_.attributter)
        return []
    egne, rest, bildetekst = [], [], None
    for barn in del_.barn:
        uten = _uten_bilder(barn, egne)
        er_bildetekst = not isinstance(barn, str) and barn.tag == "figcaption"
        if del_.tag == "figure" and er_bildetekst and not bildetekst:
            bildetekst = uten
        else:
            rest += uten
    funnet += egne
    if del_.tag == "figcaption":
        ord_ = _ordene(rest)
        return [_Del("p", barn=[ord_])] if ord_ else []
    if del_.tag == "figure":
        if bildetekst and egne and len(egne[-1].barn) == 1:
            egne[-1].barn.append(_Del("figcaption", barn=bildetekst[0].barn))
        else:
            rest += bildetekst or []
        return [barn for barn in rest if not isinstance(barn, str) or barn.strip()]
    del_.barn = rest
    return [] if egne and del_.tag in _RUNDT and not del_.har_ord else [del_]


def _figur(attributter):
    """[a figure of the picture], or [] when it is not one of this site, or nothing says
    what it shows."""
    src, alt = (attributter.get(navn, "") for navn in ("src", "alt"))
    alt = " ".join(alt.split())[:LENGSTE_ALT].strip()
    if not BILDEADRESSE.fullmatch(src) or not alt:
        return []
    mal = {
        navn: attributter[navn]
        for navn in ("width", "height")
        if re.fullmatch("[1-9][0-9]{0,3}", attributter.get(navn, ""))
    }
    return [_Del("figure", barn=[_Del("img", {"src": src, "alt": alt} | mal)])]


def _ordene(deler):
    """The words of parts, as they are written in HTML."""
    ord_ = (d if isinstance(d, str) else _ordene(d.barn) for d in deler)
    return " ".join(" ".join(ord_).split())


# Tables -------------------------------------------------------------------------------


@dataclass
class _Celle:
    er_tittel: bool
    kolonner: int
    rader: int
    barn: list

    @property
    def er_tom(self):
        return not _Del("", barn=self.barn).har_ord

    def som_del(self, omfang):
        """The cell as an element; without a scope it heads nothing."""
        attributter = {}
        if omfang and not self.er_tom:
            attributter["scope"] = omfang
        if self.kolonner > 1:
            attributter["colspan"] = self.kolonner
        if self.rader > 1:
            attributter["rowspan"] = self.rader
        tag = "th" if "scope" in attributter else "td"
        return _Del(tag, attributter, self.barn)


def _med_tabeller(barn, *, ytterst=True):
    """The parts of an element with each table put in order, or as paragraphs where no
    table may be."""
    ut = []
    for del_ in barn:
        if isinstance(del_, str):
            ut.append(del_)
        elif del_.tag == "table":
            rader = _rader(del_)
            tabell = ytterst and _tabell(rader)
            ut += [tabell] if tabell else _som_avsnitt(rader)
        else:
            del_.barn = _med_tabeller(del_.barn, ytterst=False)
            ut.append(del_)
    return ut


def _rader(tabell):
    """[[_Celle]] of a table; rows without cells are left out."""
    rader = []
    for del_ in tabell.barn:
        if not isinstance(del_, _Del):
            continue
        egne = del_.barn if del_.tag in ("thead", "tbody") else [del_]
        for rad in egne:
            if isinstance(rad, _Del) and rad.tag == "tr":
                rader.append([_celle(c) for c in rad.barn if isinstance(c, _Del)])
    return list(filter(None, rader))


def _celle(del_):
    barn = _med_tabeller(del_.barn, ytterst=False)
    for inni in _Del("", barn=barn):
        if inni.tag in TITLER:
            inni.tag = "p"
    barn = [
        b
        for b in barn
        if (b.strip() if isinstance(b, str) else b.tag != "p" or b.har_ord)
    ]
    if len(barn) == 1 and isinstance(barn[0], _Del) and barn[0].tag == "p":
        barn = barn[0].barn
    return _Celle(
        del_.tag == "th",
        _tall(del_.attributter.get("colspan")),
        _tall(del_.attributter.get("rowspan")),
        barn,
    )


def _tall(verdi):
    return int(verdi) if re.fullmatch("[1-9][0-9]{0,3}", verdi or "") else 1


def _som_avsnitt(rader):
    ut = []
    for celle in (celle for rad in rader for celle in rad if not celle.er_tom):
        blokker = {"p", "ul", "ol", "blockquote"}
        if any(isinstance(b, _Del) and b.tag in blokker for b in celle.barn):
            ut += celle.barn
        else:
            ut.append(_Del("p", barn=celle.barn))
    return ut


def _tabell(rader):
    """The rows as a table whose every row is as wide, with the rows that head it apart;
    None when they are no table, or one that is too large."""
    while rader and all(celle.er_tom for celle in rader[0]):
        rader = rader[1:]
    if len(rader) < 2:
        return None
    hode = _rader_i_hodet(rader)
    if hode == len(rader):
        # Nothing would be left for it to head.
        hode = 1
        for celle in (celle for rad in rader for celle in rad):
            celle.rader = 1
    plasser = _plassert(rader, hode)
    if plasser is None:
        return None
    deler = [
        _Del("tr", barn=[_i_rad(celle, nr, k, hode, len(rad)) for k, celle in rad])
        for nr, rad in enumerate(plasser)
    ]
    return _Del(
        "table",
        barn=[_Del("thead", barn=deler[:hode]), _Del("tbody", barn=deler[hode:])],
    )


def _rader_i_hodet(rader):
    """How many rows head the columns: the first, those below with headings alone, and
    what a cell of these reaches down into."""
    hode = 1
    for rad in rader[1:-1]:
        titler = [celle for celle in rad if celle.er_tittel and not celle.er_tom]
        if len(titler) < 2 or any(not (c.er_tittel or c.er_tom) for c in rad):
            break
        hode += 1
    nr = 0
    while nr < hode:
        hode = max(hode, *(min(nr + c.rader, len(rader)) for c in rader[nr]))
        nr += 1
    return hode


def _plassert(rader, hode):
    """[[(column, cell)]] of each row, with empty cells where there was none; None when it
    is too large. No cell reaches out of the table, or from its head into its body."""
    opptatt, plasser = set(), []
    for nr, rad in enumerate(rader):
        slutt = hode if nr < hode else len(rader)
        plasser.append([])
        kolonne = 0
        for celle in rad:
            while (nr, kolonne) in opptatt:
                kolonne += 1
            if kolonne >= FLEST_KOLONNER:
                return None
            celle.rader = min(celle.rader, slutt - nr)
            bredde = 1
            while (
                bredde < min(celle.kolonner, FLEST_KOLONNER - kolonne)
                and (nr, kolonne + bredde) not in opptatt
            ):
                bredde += 1
            celle.kolonner = bredde
            opptatt |= {
                (nr + r, kolonne + k) for r in range(celle.rader) for k in range(bredde)
            }
            if len(opptatt) > FLEST_CELLER:
                return None
            plasser[-1].append((kolonne, celle))
            kolonne += bredde
    bredde = 1 + max(kolonne for _nr, kolonne in opptatt)
    if bredde * len(rader) > FLEST_CELLER:
        return None
    for nr, rad in enumerate(plasser):
        rad += [
            (k, _Celle(False, 1, 1, []))
            for k in range(bredde)
            if (nr, k) not in opptatt
        ]
        rad.sort(key=lambda plass: plass[0])
    return plasser


def _i_rad(celle, nr, kolonne, hode, antall):
    omfang = None
    if nr < hode:
        omfang = "colgroup" if celle.kolonner > 1 else "col"
    elif celle.er_tittel and kolonne == 0 and antall > 1:
        omfang = "rowgroup" if celle.rader > 1 else "row"
    return celle.som_del(omfang)


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


# Lists --------------------------------------------------------------------------------


def _rett_lister(renset):
    """Cleaned HTML in which what stands in a list stands in an item of it, an item stands
    in a list, and an item has no headings: a reader of documents tells them by the order
    of the pages, where the list inside an item comes last."""
    bygger = _Listebygger()
    bygger.feed(renset)
    bygger.close()
    return "".join(bygger.ut)


class _Listebygger(HTMLParser):
    """Writes what it reads, with the tags that are missing around lists and items."""

    LISTER = {"ul", "ol"}

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.ut = []
        # What is open: the tag as it was read, and as it was written. Of what was put in,
        # the first is None.
        self.apne = []

    @property
    def i_liste(self):
        return bool(self.apne) and self.apne[-1][1] in self.LISTER

    def _apne(self, lest, skrevet):
        self.ut.append(f"<{skrevet}>")
        self.apne.append((lest, skrevet))

    def _lukk(self):
        self.ut.append(f"</{self.apne.pop()[1]}>")

    def _gjor_plass(self, tag=None):
        """Before a tag or a text: what has to be ended, and what has to stand around it."""
        er_del = tag == "li"
        if self.apne and self.apne[-1] == (None, "li" if er_del else "ul"):
            self._lukk()
        if er_del and not self.i_liste:
            self._apne(None, "ul")
        if self.i_liste and not er_del:
            self._apne(None, "li")

    def handle_starttag(self, tag, attrs):
        self._gjor_plass(tag)
        if tag in _TOMME:
            self.ut.append(self.get_starttag_text())
            return
        if tag in TITLER and any(skrevet == "li" for _lest, skrevet in self.apne):
            self._apne(tag, "p")
        else:
            self.ut.append(self.get_starttag_text())
            self.apne.append((tag, tag))

    def handle_endtag(self, tag):
        if any(lest == tag for lest, _skrevet in self.apne):
            while self.apne[-1][0] != tag:
                self._lukk()
            self._lukk()

    def handle_data(self, data):
        if data.strip():
            self._gjor_plass()
        self.ut.append(data)

    def handle_entityref(self, name):
        self._gjor_plass()
        self.ut.append(f"&{name};")

    def handle_charref(self, name):
        self.handle_entityref(f"#{name}")

    def close(self):
        super().close()
        while self.apne:
            self._lukk()
