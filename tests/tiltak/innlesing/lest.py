"""Documents read here, without the process that bounds it (see test_fil.py for that)."""

import json
from importlib import import_module

from docx import Document

from tests.tiltak.innlesing.dokumenter import som_bytes
from tiltak.innlesing.blokker import Blokk
from tiltak.innlesing.forslag import foresla


def lest(slag, innhold):
    leser = import_module(f"tiltak.innlesing.lesere.{slag}")
    return [Blokk.fra_json(json.loads(linje)) for linje in leser.blokker(innhold)]


def fra_tekst(innhold):
    return lest("tekst", innhold.encode())


def fra_docx(dokument):
    return lest("docx", som_bytes(dokument))


def docx(*deler):
    """A document of headings ("# …", "## …"), items ("* …"), paragraphs, and tables as
    lists of rows."""
    dokument = Document()
    for del_ in deler:
        if isinstance(del_, list):
            tabell = dokument.add_table(0, len(del_[0]))
            for rad in del_:
                for celle, ord_ in zip(tabell.add_row().cells, rad, strict=True):
                    celle.text = ord_
        elif del_.startswith("#"):
            tegn, _mellomrom, ord_ = del_.partition(" ")
            dokument.add_heading(ord_, len(tegn))
        elif del_.startswith("* "):
            dokument.add_paragraph(del_[2:], style="List Bullet")
        else:
            dokument.add_paragraph(del_)
    return dokument


def plan(*deler, **kjente):
    return foresla(fra_docx(docx(*deler)), **kjente)


def omriss(forslag):
    """(innsatsområde, number, title) of each place."""
    omrader = [omrade.tittel.tekst for omrade in forslag.innsatsomrader]
    return [
        (
            omrader[sted.omrade] if sted.omrade is not None else "",
            sted.nummer,
            t.tittel.tekst,
        )
        for t in forslag.tiltak
        for sted in t.plasseringer
    ]
