"""Search engines find every public page and no draft."""

import re

from tests.factories import (
    HandlingsplanFactory,
    PlasseringFactory,
    TilbudFactory,
    TjenesteFactory,
)
from tiltak.models import Handlingsplan


def adresser(client, sti):
    svar = client.get(sti)
    return [
        a.removeprefix("http://testserver")
        for a in re.findall("<loc>(.*?)</loc>", svar.text)
    ]


def test_the_index_leads_to_every_public_page(kommune, client):
    plassering = PlasseringFactory(
        innsatsomrade__plan__kommune=kommune, innsatsomrade__navn="Vold"
    )
    TjenesteFactory(kommune=kommune, navn="OUT")
    TilbudFactory(kommune=kommune, tittel="Åpen dag")
    TilbudFactory(kommune=kommune, publisert=False)
    HandlingsplanFactory(
        kommune=kommune, status=Handlingsplan.Status.UTKAST, fra_ar=2028, til_ar=2032
    )

    deler = adresser(client, "/sitemap.xml")
    funnet = [a for del_ in deler for a in adresser(client, del_)]

    assert funnet == [
        "/lillestrom/2024-2028/",
        "/lillestrom/2024-2028/plan/",
        "/lillestrom/2024-2028/tiltak/",
        "/lillestrom/2024-2028/dekning/",
        "/lillestrom/2024-2028/innsatsomrader/vold/",
        f"/lillestrom/2024-2028/tiltak/vold/{plassering.nummer}/",
        "/lillestrom/tilbud/apen-dag/",
        "/lillestrom/tjenester/out/",
    ]
    assert {client.get(a).status_code for a in funnet} == {200}


def test_robots_are_told_where_it_is(client, db):
    svar = client.get("/robots.txt")

    assert "Sitemap: http://testserver/sitemap.xml" in svar.text
    assert "Disallow: /*.pdf?\n" in svar.text  # each part would be drawn for them


def test_an_unknown_part_is_not_there(client, db):
    assert client.get("/sitemap-finnes-ikke.xml").status_code == 404
