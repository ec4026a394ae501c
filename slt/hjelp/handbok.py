"""The handbook: read from docs/ once a process, in both languages.

A heading of the second level begins a chapter, one of the third a section. Addresses and
anchors are those of the bokmål text, also where the nynorsk one is shown: they stand in
links that people keep.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote

from django.conf import settings
from django.urls import reverse

from slt.grunn.norsk import slugg

MAPPE = settings.BASE_DIR / "docs"
MALER = MAPPE / "maler"
FILER = {"nb": MAPPE / "handbok.md", "nn": MAPPE / "handbok.nn.md"}
# The classes of the design system, by what Markdown makes.
KLASSER = {
    "paragraph_open": "ds-paragraph",
    "bullet_list_open": "ds-list",
    "ordered_list_open": "ds-list",
    "table_open": "ds-table",
    "link_open": "ds-link",
    "heading_open": "ds-heading",
}
STORRELSER = {"h1": "lg", "h2": "md", "h3": "sm", "h4": "xs"}


@dataclass(frozen=True)
class Avsnitt:
    """What stands below one heading; the first one of a chapter has that of the chapter.

    Attributes:
        anker: its id on the page, or "" for the first one.
        tekst: the same without any marks, for the search.
    """

    tittel: str
    anker: str
    html: str
    tekst: str


@dataclass(frozen=True)
class Kapittel:
    tittel: str
    nokkel: str
    avsnitt: list[Avsnitt] = field(default_factory=list)

    @property
    def undertitler(self):
        return self.avsnitt[1:]

    @property
    def ankre(self):
        return [a.anker for a in self.undertitler]


@cache
def handboka(malform):
    """Returns the chapters in this language."""
    deler = _deler(FILER[malform])
    nokler = [slugg(d.tittel) for d in _deler(FILER["nb"])]
    steder = _steder(deler, nokler)
    kapitler = []
    for del_, nokkel in zip(deler, nokler, strict=True):
        if del_.niva == "h2":
            kapitler.append(Kapittel(del_.tittel, nokkel))
        anker = nokkel if del_.niva == "h3" else ""
        html = _tegnet(del_.biter, lambda adresse: _internt(adresse, steder))
        avsnitt = Avsnitt(del_.tittel, anker, html, _ren(del_.biter))
        kapitler[-1].avsnitt.append(avsnitt)
    return kapitler


@cache
def mal(navn):
    """Returns (title, html) of one of the templates for a kommune's own papers."""
    biter = _lest(MALER / f"{navn}.md")
    return biter[1].content, _tegnet(biter[3:], lambda adresse: _internt(adresse, {}))


@cache
def maler():
    """Returns {name in the address: title}."""
    return {navn: mal(navn)[0] for navn in _malnavn()}


def _malnavn():
    return sorted(fil.stem for fil in MALER.glob("*.md"))


@dataclass
class _Del:
    niva: str
    tittel: str
    biter: list = field(default_factory=list)


def _deler(fil):
    """The text below each heading of a chapter or a section."""
    biter, deler = _lest(fil), []
    for nr, bit in enumerate(biter):
        if bit.type == "heading_open" and bit.tag in {"h2", "h3"}:
            deler.append(_Del(bit.tag, biter[nr + 1].content))
        elif deler:
            deler[-1].biter.append(bit)
    for del_ in deler:
        # The two that are left of its own heading.
        del del_.biter[:2]
    return deler


@cache
def _leser():
    # Slow to load, and needed by nobody who does not ask for help.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _lest(fil):
    return _leser().parse(fil.read_text(encoding="utf-8"))


def _alle(biter):
    for bit in biter:
        yield bit
        yield from bit.children or ()


def _tegnet(biter, adresse):
    """HTML of the pieces, in the looks of the site.

    Args:
        adresse: gives where a link leads, or "" where that is not on the site.
    """
    for bit in _alle(biter):
        if bit.type in KLASSER:
            bit.attrSet("class", KLASSER[bit.type])
        if bit.type == "heading_open":
            bit.attrSet("data-size", STORRELSER[bit.tag])
        if bit.type == "link_open":
            bit.attrSet("href", adresse(bit.attrGet("href")))
    for bit in biter:
        if bit.children:
            bit.children = _uten_dode_lenker(bit.children)
    leser = _leser()
    html = leser.renderer.render(biter, leser.options, {})
    # A wide table rolls by itself, not the page.
    html = html.replace("<table", '<div class="rullbar" tabindex="0"><table')
    return html.replace("</table>", "</table></div>")


def _uten_dode_lenker(biter):
    """A link that leads nowhere on the site is only its words."""
    ut, dod = [], False
    for bit in biter:
        if bit.type == "link_open" and not bit.attrGet("href"):
            dod = True
        elif bit.type == "link_close" and dod:
            dod = False
        else:
            ut.append(bit)
    return ut


def _ren(biter):
    """The words alone, a line for each block."""
    tekster = [
        "".join(b.content if b.type != "softbreak" else " " for b in bit.children)
        for bit in biter
        if bit.type == "inline"
    ]
    return "\n".join(tekster)


def _github(tittel):
    """The anchor of a heading where the file is read on its own."""
    return re.sub(r"[^\w\- ]", "", tittel.lower()).replace(" ", "-")


def _steder(deler, nokler):
    """{anchor in the file: (chapter, anchor on its page)}."""
    steder, kapittel = {}, ""
    for del_, nokkel in zip(deler, nokler, strict=True):
        if del_.niva == "h2":
            kapittel = nokkel
        anker = nokkel if del_.niva == "h3" else ""
        steder[_github(del_.tittel)] = kapittel, anker
    return steder


def _internt(adresse, steder):
    """Where a link of a file in docs/ leads on the site."""
    if adresse.startswith(("https://", "mailto:")):
        return adresse
    if adresse.startswith("#"):
        kapittel, anker = steder[unquote(adresse[1:])]
        side = reverse("hjelp_kapittel", args=[kapittel])
        return f"{side}#{anker}" if anker else side
    navn = adresse.removeprefix("maler/").removesuffix(".md")
    if navn in _malnavn():
        return reverse("hjelp_mal", args=[navn])
    return ""
