"""Rich text as a few readable signs, for a cell of a spreadsheet, and back again.

A line is a paragraph or a part of one; an empty line ends it. "# ", "## " and "### " begin
headings, "- " and "1. " items of lists (two spaces further in for each level), "> " what is
quoted; "| a | b |" is a row of a table. **Bold**, *italic*, [words](address). What none of
these can say stands as HTML on a line of its own, so that nothing is lost.
"""

import re
from html import escape, unescape

from slt.grunn.lenker import med_lenker
from slt.grunn.riktekst import rens_html
from slt.grunn.riktekst.tre import TITLER, Del, les

_HTML = re.compile(r"</?(?:p|ul|ol|table|figure|blockquote|h[3-5])[ >]")
_PUNKT = re.compile(r"( *)(?:[-•] +|([0-9]{1,3})[.)] +)(.*)")
_TITTEL = re.compile(r"(#{1,3}) +(.*)")
_RAD = re.compile(r"\|(.*)\|")
# What a sign that is not meant as one has before it.
_MERKE = re.compile(
    r"\\([\\*\[\]<#>|\-•.)])|(\*{1,2})|\[((?:\\.|[^\]\\\n])+)\]\(((?:[^()\s]|\([^()\s]*\))+)\)"
)
_TAGG = {"*": "em", "**": "strong"}
_TEGN = {"em": "*", "strong": "**"}


class _Usigelig(ValueError):  # noqa: N818
    """The signs cannot say it."""


# From rich text -----------------------------------------------------------------------


def til_notasjon(html):
    """Returns cleaned HTML as text with signs; `fra_notasjon` makes the same of it."""
    deler = [d for d in les(html).barn if not isinstance(d, str) or d.strip()]
    tekst = "\n\n".join(map(_blokk, deler))
    if _likt(rens_html(fra_notasjon(tekst), bilder=True), html):
        return tekst
    return "\n\n".join(map(_som_html, deler))


def _blokk(del_):
    try:
        tekst = _sagt(del_)
    except _Usigelig:
        return _som_html(del_)
    html = fra_notasjon(tekst)
    # A heading alone would get another level.
    html = html if del_.tag in TITLER else rens_html(html, bilder=True)
    return tekst if _likt(html, str(del_)) else _som_html(del_)


def _som_html(del_):
    html = f"<p>{del_}</p>" if isinstance(del_, str) else str(del_)
    return " ".join(html.split())


def _likt(html, annen):
    """Whether both say the same: a paragraph alone in an item is the item."""
    return _enkel(html) == _enkel(annen)


def _enkel(html):
    html = " ".join(html.split())
    html = re.sub(
        r"<li><p>((?:(?!</?p>|</li>).)*)</p>(?=</li>|<[uo]l>)", r"<li>\1", html
    )
    return re.sub(
        r"\s*(</?(?:p|[uo]l|li|h[3-5]|blockquote|t\w+|figure)\b[^>]*>)\s*", r"\1", html
    )


def _sagt(del_):
    if isinstance(del_, str):
        raise _Usigelig
    if del_.tag == "p":
        return "\n".join(map(_vernet_linje, _ordene(del_.barn).split("\n")))
    if re.fullmatch("h[3-5]", del_.tag):
        ordene = _ordene(del_.barn)
        if "\n" in ordene:
            raise _Usigelig
        return f"{'#' * (int(del_.tag[1]) - 2)} {ordene}"
    if del_.tag in {"ul", "ol"}:
        return "\n".join(_punktene(del_, 0))
    if del_.tag == "blockquote":
        inni = "\n\n".join(_sagt(barn) for barn in del_.barn if _er_noe(barn))
        return "\n".join(f"> {linje}".rstrip() for linje in inni.split("\n"))
    if del_.tag == "table":
        return "\n".join(_rader(del_))
    raise _Usigelig


def _er_noe(barn):
    return not isinstance(barn, str) or bool(barn.strip())


def _vernet_linje(linje):
    """A line of a paragraph that would begin something else gets a sign that says not."""
    if treff := re.match(r"( *[0-9]{1,3})([.)] )", linje):
        return f"{treff[1]}\\{linje[len(treff[1]) :]}"
    er_annet = _PUNKT.match(linje) or _TITTEL.match(linje) or linje[:1] in {">", "|"}
    return f"\\{linje}" if er_annet or _HTML.match(linje) else linje


def _punktene(liste, niva):
    innrykk = "  " * niva
    punkter = [barn for barn in liste.barn if _er_noe(barn)]
    for nr, punkt in enumerate(punkter, 1):
        if isinstance(punkt, str):
            raise _Usigelig
        under = [b for b in punkt.barn if isinstance(b, Del) and b.tag in {"ul", "ol"}]
        ordene = [b for b in punkt.barn if b not in under]
        avsnitt = [b for b in ordene if isinstance(b, Del) and b.tag == "p"]
        if avsnitt:
            if len(avsnitt) > 1 or any(b not in avsnitt and _er_noe(b) for b in ordene):
                raise _Usigelig
            ordene = avsnitt[0].barn
        forst, *resten = _ordene(ordene).split("\n")
        yield f"{innrykk}{f'{nr}.' if liste.tag == 'ol' else '-'} {forst}"
        yield from (f"{innrykk}  {_vernet_linje(linje)}" for linje in resten)
        for del_ in under:
            yield from _punktene(del_, niva + 1)


def _rader(tabell):
    for rad in (del_ for del_ in tabell if del_.tag == "tr"):
        celler = [_ordene(c.barn) for c in rad.barn if isinstance(c, Del)]
        if any("\n" in celle for celle in celler):
            raise _Usigelig
        yield " | ".join(["", *(c.replace("|", r"\|") for c in celler), ""]).strip()


def _ordene(barn):
    """What stands in a line: words, bold and italic, links; a new line for each break."""
    return "".join(map(_ord, barn)).strip()


def _ord(del_):
    if isinstance(del_, str):
        ren = re.sub(r"[ \t\r\n]+", " ", unescape(del_))
        ren = re.sub(r"\\(?=[\\*\[<#>|\-•.)])", r"\\\\", ren).replace("*", r"\*")
        return ren.replace("[", r"\[") if "](" in ren else ren
    if del_.tag == "br":
        return "\n"
    if del_.tag in _TEGN:
        tegn = _TEGN[del_.tag]
        return f"{tegn}{''.join(map(_ord, del_.barn))}{tegn}"
    if del_.tag == "a" and "href" in del_.attributter:
        inni = "".join(map(_ord, del_.barn))
        if med_lenker(unescape(inni)) == str(del_):
            return inni
        ordene = inni.replace("]", r"\]")
        return f"[{ordene}]({del_.attributter['href']})"
    raise _Usigelig


# To rich text -------------------------------------------------------------------------


def fra_notasjon(tekst):
    """Returns text with signs as HTML that is not cleaned yet."""
    ut, linjer = [], tekst.split("\n")
    while linjer:
        linje = linjer[0]
        if not linje.strip():
            linjer.pop(0)
        elif _HTML.match(linje):
            ut.append(" ".join(_til_tom(linjer)))
        elif treff := _TITTEL.fullmatch(linje):
            linjer.pop(0)
            niva = len(treff[1]) + 2
            ut.append(f"<h{niva}>{_html(treff[2])}</h{niva}>")
        elif linje.startswith(">"):
            sitert = _mens(linjer, lambda neste: neste.startswith(">"))
            inni = "\n".join(re.sub("^> ?", "", s) for s in sitert)
            ut.append(f"<blockquote>{fra_notasjon(inni)}</blockquote>")
        elif _PUNKT.fullmatch(linje):
            ut.append(_liste(linjer, _innrykk(linje)))
        elif _er_tabell(linjer):
            ut.append(_tabell(_mens(linjer, _RAD.fullmatch)))
        else:
            forst = linjer.pop(0)
            avsnitt = [forst, *_mens(linjer, _gar_videre)]
            ut.append(f"<p>{'<br>'.join(map(_html, avsnitt))}</p>")
    return "".join(ut)


def _mens(linjer, gjelder):
    ut = []
    while linjer and gjelder(linjer[0]):
        ut.append(linjer.pop(0))
    return ut


def _til_tom(linjer):
    return _mens(linjer, str.strip)


def _er_tabell(linjer):
    return len([*filter(_RAD.fullmatch, linjer[:2])]) == 2


def _gar_videre(linje):
    begynner = (_HTML.match, _TITTEL.fullmatch, _PUNKT.fullmatch, _RAD.fullmatch)
    return linje.strip() and linje[0] != ">" and not any(b(linje) for b in begynner)


def _innrykk(linje):
    return len(linje) - len(linje.lstrip(" "))


def _liste(linjer, innrykk):
    """A list from its first line on, with those further in inside its items."""
    ordnet = _PUNKT.fullmatch(linjer[0])[2] is not None
    punkter = []
    while linjer and (treff := _PUNKT.fullmatch(linjer[0])):
        if _innrykk(linjer[0]) > innrykk and punkter:
            punkter[-1] += _liste(linjer, _innrykk(linjer[0]))
            continue
        if _innrykk(linjer[0]) < innrykk or (treff[2] is not None) != ordnet:
            break
        linjer.pop(0)
        videre = _mens(linjer, lambda li: _gar_videre(li) and _innrykk(li) > innrykk)
        punkter.append("<br>".join(_html(li.strip()) for li in (treff[3], *videre)))
    tag = "ol" if ordnet else "ul"
    return f"<{tag}>{''.join(f'<li>{punkt}</li>' for punkt in punkter)}</{tag}>"


def _tabell(linjer):
    rader = [re.split(r"(?<!\\)\|", linje[1:-1]) for linje in linjer]
    hode, *kropp = [[_html(celle.strip()) for celle in rad] for rad in rader]
    titler = "".join(f'<th scope="col">{celle}</th>' for celle in hode)
    radene = ("".join(f"<td>{celle}</td>" for celle in rad) for rad in kropp)
    under = "".join(f"<tr>{rad}</tr>" for rad in radene)
    return f"<table><thead><tr>{titler}</tr></thead><tbody>{under}</tbody></table>"


def _html(linje):
    """A line with signs as HTML. What is begun and not ended, is a sign like others."""
    ut, apne, sist = [], [], 0
    for treff in _MERKE.finditer(linje):
        ut.append(_vernet(linje[sist : treff.start()]))
        sist = treff.end()
        tegn, merke, ordene, adresse = treff.groups()
        if tegn:
            ut.append(_vernet(tegn))
        elif adresse:
            ut.append(f'<a href="{escape(adresse)}" rel="noopener">{_html(ordene)}</a>')
        elif apne and apne[-1][0] == merke and linje[treff.start() - 1] != " ":
            ut[apne.pop()[1]] = f"<{_TAGG[merke]}>"
            ut.append(f"</{_TAGG[merke]}>")
        else:
            if linje[sist : sist + 1].strip():
                apne.append((merke, len(ut)))
            ut.append(merke)
    return "".join([*ut, _vernet(linje[sist:])])


def _vernet(tekst):
    return escape(tekst, quote=False).replace("\N{NO-BREAK SPACE}", "&nbsp;")
