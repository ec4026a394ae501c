"""The pictures in rich text: of this site, each in a figure of its own."""

import re

from slt.grunn.riktekst.tre import TITLER, Del

# The address of a picture. Letters alone, so that it never looks like a number of someone.
BILDEADRESSE = re.compile(r"/bilder/([a-p]{32})\.(png|jpg)")
LENGSTE_ALT = 500
# What goes with the picture when nothing else stood in it.
_RUNDT = {"p", "li", "ul", "ol", "blockquote", "strong", "em", "a", *TITLER}


def still_bilder_fritt(rot):
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
        return [Del("p", barn=[ord_])] if ord_ else []
    if del_.tag == "figure":
        if bildetekst and egne and len(egne[-1].barn) == 1:
            egne[-1].barn.append(Del("figcaption", barn=bildetekst[0].barn))
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
    return [Del("figure", barn=[Del("img", {"src": src, "alt": alt} | mal)])]


def _ordene(deler):
    """The words of parts, as they are written in HTML."""
    ord_ = (d if isinstance(d, str) else _ordene(d.barn) for d in deler)
    return " ".join(" ".join(ord_).split())
