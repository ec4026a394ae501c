"""A plan that goes out as a Word document comes in again as it was, without what the
document says beside it."""

from io import BytesIO

import pytest
from docx import Document

from slt.felles import dokument
from slt.grunn.word import skriv
from tests.factories import (
    AnsvarFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KommuneFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TjenesteFactory,
)
from tests.tiltak.innlesing.landet import importert, lagt_inn
from tests.tiltak.innlesing.lest import lest
from tiltak.innlesing.forslag import foresla
from tiltak.models import Kontaktpunkt, Malgruppe, Malsetting, Styringsdokument


@pytest.fixture
def plan(kommune):
    """Two innsatsområder, three tiltak, and all that a document says beside them."""
    sted = PlasseringFactory(
        innsatsomrade__plan__kommune=kommune,
        innsatsomrade__navn="Skole og utdanning",
        innsatsomrade__kortnavn="Skole",
        innsatsomrade__tekst="<p>Alle skal med.</p>",
        tiltak__tittel="Lesehjelp",
        tiltak__tekst="<p>To timer hver uke.</p>",
    )
    plan = sted.plan
    fritid = InnsatsomradeFactory(plan=plan, navn="Fritid", kortnavn="Fritid")
    klubb, dans = (
        PlasseringFactory(innsatsomrade=fritid, tiltak__tittel=t).tiltak
        for t in ("Klubb", "Dans")
    )
    Malgruppe.objects.create(tiltak=klubb, tekst="Ungdom", alder_fra=13, alder_til=18)
    ppt = TjenesteFactory(kommune=kommune, navn="Pedagogisk tjeneste", kortnavn="PPT")
    for etikett, type_, verdi in (
        ("PPT, tlf", "telefon", "64 80 11 22"),
        ("", "epost", "ppt@example.org"),
        ("", "telefon", "64 80 11 23"),
    ):
        KontaktpunktFactory(tjeneste=ppt, type=type_, verdi=verdi, etikett=etikett)
    politi = TjenesteFactory(kommune=kommune, navn="Politiet")
    KontaktpunktFactory(tjeneste=politi, verdi="02800")
    AnsvarFactory(tiltak=sted.tiltak, tjeneste=ppt)
    AnsvarFactory(tiltak=sted.tiltak, tjeneste=politi, rolle="samarbeidspart")
    AnsvarFactory(tiltak=klubb, tjeneste=politi)
    AnsvarFactory(
        tiltak=dans, tjeneste=TjenesteFactory(kommune=kommune, navn="Danselaget")
    )
    KapittelFactory(plan=plan, tittel="Bakgrunn", tekst="<p>Slik er det her.</p>")
    Malsetting.objects.create(plan=plan, type="hovedmal", tekst="Trygge unge")
    for tittel, ar, mer in (
        ("Rusplanen", (2022, 2026), {"tekst": "Gjelder alle.", "forhold": "bygger_pa"}),
        ("Lov om barnevern", (2021, None), {"lenke": "https://lovdata.no/x"}),
    ):
        Styringsdokument.objects.create(
            kommune=kommune, plan=plan, tittel=tittel, fra_ar=ar[0], til_ar=ar[1], **mer
        )
    return plan


def _som_word(plan, monkeypatch, client):
    monkeypatch.setattr(
        dokument, "kjor", lambda _f, innhold, _b: b"".join(skriv(innhold))
    )
    return client.get(f"{plan.get_absolute_url()}plan.docx").content


def _det_som_star(plan):
    return {
        "kapitler": [(k.tittel, k.tekst) for k in plan.kapitler.all()],
        "omrader": [(o.navn, o.tekst) for o in plan.innsatsomrader.all()],
        "malsettinger": sorted(m.tekst for m in plan.malsettinger.all()),
        "dokumenter": [
            (d.tittel, d.tekst, d.lenke, d.fra_ar, d.til_ar, d.forhold)
            for d in plan.styringsdokumenter.all()
        ],
        "tiltak": [
            (
                t.tittel,
                t.tekst,
                [(p.innsatsomrade.navn, p.nummer) for p in t.plasseringer.all()],
                [str(a) for a in t.ansvar.all()],
                [str(m) for m in t.malgrupper.all()],
            )
            for t in plan.tiltak.all()
        ],
        "kontakter": sorted(
            (p.tjeneste.navn, p.type, p.verdi)
            for p in Kontaktpunkt.objects.filter(tjeneste__kommune=plan.kommune)
        ),
    }


def test_out_and_in_is_the_same(plan, client, monkeypatch):
    fil = _som_word(plan, monkeypatch, client)

    igjen = lagt_inn(importert(KommuneFactory(), lest("docx", fil)))

    assert _det_som_star(igjen) == _det_som_star(plan)
    assert (igjen.kapitler.count(), igjen.tiltak.count()) == (1, 3)


def test_each_way_in_has_a_line_of_its_own(plan, client, monkeypatch):
    dokumentet = Document(BytesIO(_som_word(plan, monkeypatch, client)))

    celler = {c.text for tabell in dokumentet.tables for c in tabell._cells}
    linjer = ["PPT, tlf:\xa064 80 11 22", "ppt@example.org", "Telefon:\xa064 80 11 23"]
    assert "\n".join(linjer) in celler


def test_years_are_found_though_the_line_is_no_text(plan, client, monkeypatch):
    forslag = foresla(lest("docx", _som_word(plan, monkeypatch, client)))

    assert (forslag.fra_ar, forslag.til_ar) == (plan.fra_ar, plan.til_ar)
    grunner = {u.grunn for u in forslag.utelatt}
    assert grunner == {"innhold", "tabellhode"}
