"""Pieces of a document as the rich text of a plan."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby

from slt.grunn.tekst import rydd_tekst
from tiltak.innlesing.forslag.modell import Tekstdel

_ADRESSE = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
# Deeper lists would be taken for an attack on whoever cleans them.
DYPEST_LISTE = 6

# Of the key of a row: the number of its table, and the cells that head that.
Hoder = Mapping[str, tuple[int, tuple[str, ...]]]


def som_html(deler: Iterable[Tekstdel], hoder: Hoder | None = None) -> str:
    """The pieces in order, as HTML that is yet to be cleaned.

    Args:
        hoder: of rows whose table has a head that stands apart from them.
    """
    hoder = hoder or {}
    ut = []
    for (slag, _nr), gruppe in groupby(deler, key=lambda del_: _hva(del_, hoder)):
        if slag == "punkt":
            ut.append(_liste(list(gruppe)))
        elif slag == "rad":
            ut.append(_tabell(list(gruppe), hoder))
        else:
            ut += [_enkelt(del_) for del_ in gruppe]
    return "".join(ut)


def under_etikett(etikett: str, tekst: str, lenker=()) -> str:
    """What has no field, under its own label."""
    return f"<p><strong>{escape(etikett.strip().rstrip(' :?'))}:</strong> {_inni(tekst, lenker)}</p>"


def avsnitt(tekst: str) -> str:
    return f"<p>{_inni(tekst, ())}</p>"


def _hva(del_, hoder):
    """What pieces stand together by: rows by their table."""
    nummer = hoder.get(_nokkel(del_), (0, ()))[0] if del_.slag == "rad" else 0
    return del_.slag, nummer


def _nokkel(del_):
    return del_.blokker[0] if del_.blokker else ""


def _enkelt(del_):
    if del_.slag == "overskrift":
        # How deep it is among the others, the cleaning sees.
        tag = f"h{min(max(del_.niva, 1) + 2, 6)}"
        return f"<{tag}>{_inni(_ordene(del_), del_.lenker)}</{tag}>"
    if del_.slag == "felt":
        return under_etikett(del_.etikett, _ordene(del_), del_.lenker)
    return f"<p>{_inni(_ordene(del_), del_.lenker)}</p>"


def _ordene(del_):
    """Its words; of a row that is no part of a table, those of its cells."""
    return "\n".join(filter(None, [del_.tekst, *del_.celler]))


def _liste(punkter):
    """Items as nested lists: numbered where the source numbers them."""
    ut, apne = [], []
    for del_ in punkter:
        dybde = min(max(del_.niva, 1), DYPEST_LISTE, len(apne) + 1)
        tag = "ol" if re.match(r"\w{1,3}[.)]", del_.merke) else "ul"
        while len(apne) > dybde:
            ut.append(f"</li></{apne.pop()}>")
        if len(apne) == dybde and apne[-1] != tag:
            ut.append(f"</li></{apne.pop()}>")
        elif len(apne) == dybde:
            ut.append("</li>")
        if len(apne) < dybde:
            apne.append(tag)
            ut.append(f"<{tag}>")
        ut.append(f"<li><p>{_inni(_ordene(del_), del_.lenker)}</p>")
    ut += [f"</li></{tag}>" for tag in reversed(apne)]
    return "".join(ut)


def _tabell(rader, hoder):
    _nr, hode = hoder.get(_nokkel(rader[0]), (0, ()))
    ut = [_rad([(celle, ()) for celle in hode], "th")] if hode else []
    for nr, rad in enumerate(rader):
        celler = [(celle, _i_cellen(celle, rad.lenker)) for celle in rad.celler]
        ut.append(
            _rad(celler or [(rad.tekst, rad.lenker)], "td" if nr or hode else "th")
        )
    return f"<table>{''.join(ut)}</table>"


def _rad(celler, tag):
    deler = (f"<{tag}>{_inni(tekst, lenker)}</{tag}>" for tekst, lenker in celler)
    return f"<tr>{''.join(deler)}</tr>"


def _i_cellen(celle, lenker):
    return [(ord_, adresse) for ord_, adresse in lenker if ord_ and ord_ in celle]


def _inni(tekst, lenker):
    """The text with its links and line breaks. An address whose words are not there
    stands after it."""
    html = escape(rydd_tekst(tekst), quote=False)
    plass = {}
    for nr, (ord_, adresse) in enumerate(lenker):
        if not _ADRESSE.match(adresse):
            continue
        merket = escape(" ".join(ord_.split()), quote=False)
        lenke = f'<a href="{escape(adresse)}">{merket or escape(adresse)}</a>'
        # Put in at the end, so that no address is looked for words in.
        plass[f"\x02{nr}\x03"] = lenke
        if merket and merket in html:
            html = html.replace(merket, f"\x02{nr}\x03", 1)
        elif escape(adresse, quote=False) not in html:
            html += f" (\x02{nr}\x03)"
    for tegn, lenke in plass.items():
        html = html.replace(tegn, lenke)
    return html.replace("\n", "<br>")
