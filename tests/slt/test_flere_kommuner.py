"""Who works in several kommuner moves between them, and never writes in the wrong one."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import innlogget
from tests.factories import (
    BrukerFactory,
    KommuneFactory,
    TemaFactory,
    TilgangFactory,
    TjenesteFactory,
)
from tests.innsending import innsending
from tests.lest import Lest
from tiltak.models import Tema, Tjeneste

BYTT = "Bytt kommune"


@pytest.fixture
def begge(kommune, nabokommune):
    """Coordinates Lillestrøm and Lørenskog."""
    nabokommune.aksentfarge = "burgunder"
    nabokommune.save()
    bruker = BrukerFactory()
    for her in (kommune, nabokommune):
        TilgangFactory(kommune=her, bruker=bruker)
    return innlogget(bruker)


def arbeid_i(klient, kommune):
    klient.post(reverse("admin:velg_kommune"), {"kommune": kommune.pk})


def skjemaet(svar, **endret):
    """What a browser would send of a form in the admin: where it was opened, too."""
    hvor = re.search(r'name="_kommune" value="([0-9]+)"', svar.text)
    return innsending(svar, **endret) | {"_kommune": hvor[1]}


@pytest.mark.parametrize("side", ["arbeidsflate", "tiltak:tjeneste_list", "sok"])
def test_each_page_of_a_kommune_leads_to_the_others(side, begge, kommune, nabokommune):
    her = Lest(begge.get(reverse(side, args=[kommune.slug])))
    der = Lest(begge.get(reverse(side, args=[nabokommune.slug])))

    flater = {reverse("arbeidsflate", args=[k.slug]) for k in (kommune, nabokommune)}

    def andre(lest):
        return [
            tekst
            for adresse, tekst in lest.alle_lenker
            if adresse in flater and tekst != "Arbeidsflate"
        ]

    assert andre(her) == ["Lørenskog"]
    assert andre(der) == ["Lillestrøm"]


def test_who_works_in_one_kommune_or_none_is_offered_none(
    koordinator, administrator, client, kommune, nabokommune
):
    flaten = reverse("tiltak:tjeneste_list", args=[kommune.slug])

    assert [
        BYTT in k.get(flaten).text for k in (koordinator, administrator, client)
    ] == [
        False,
        False,
        False,
    ]


def test_an_administrator_is_led_to_all_of_them(administrator, koordinator, kommune):
    sider = ["/konto/", reverse("arbeidsflate", args=[kommune.slug])]

    for side in sider:
        alle = (reverse("kommuner"), "Alle kommunene")
        assert alle in Lest(administrator.get(side)).alle_lenker
        assert alle not in Lest(koordinator.get(side)).alle_lenker


def test_of_another_kommune_one_finds_the_way_back(koordinator, nabokommune):
    siden = koordinator.get(
        reverse("tiltak:tjeneste_list", args=[nabokommune.slug])
    ).text

    assert BYTT in siden
    assert reverse("arbeidsflate", args=["lillestrom"]) in siden


def test_it_costs_the_same_with_two_and_four(begge, kommune):
    flaten = reverse("tiltak:tjeneste_list", args=[kommune.slug])
    begge.get(flaten)

    def sporringer():
        with CaptureQueriesContext(connection) as sett:
            begge.get(flaten)
        return len(sett)

    to = sporringer()
    bruker = begge.get(flaten).wsgi_request.user
    for _nr in range(2):
        TilgangFactory(kommune=KommuneFactory(), bruker=bruker)
    begge.get(flaten)

    assert sporringer() == to


def test_the_admin_says_where_one_works_in_its_colour(begge, kommune, nabokommune):
    liste = reverse("admin:tiltak_tema_changelist")

    arbeid_i(begge, nabokommune)
    der = begge.get(liste).text
    arbeid_i(begge, kommune)
    her = begge.get(liste).text

    assert "SLT-administrasjon: Lørenskog" in der
    assert "aksent-burgunder" in der
    assert "SLT-administrasjon: Lillestrøm" in her
    assert "aksent-petrol" in her
    assert [re.search("<title>(.*?)</title>", s)[1] for s in (der, her)] == [
        "Velg tema du vil endre | Lørenskog | SLT",
        "Velg tema du vil endre | Lillestrøm | SLT",
    ]
    assert [re.search(r'href="([^"]*)">Vis nettsted<', s)[1] for s in (der, her)] == [
        "/lorenskog/",
        "/lillestrom/",
    ]


@pytest.mark.parametrize("hva", ["change", "delete", "history"])
def test_a_page_of_ones_other_kommune_says_where_it_is_and_leads_there(
    hva, begge, koordinator, administrator, kommune, nabokommune
):
    tema = TemaFactory(kommune=nabokommune, navn="Rus")
    side = reverse(f"admin:tiltak_tema_{hva}", args=[tema.pk])
    for klient in (begge, administrator):
        arbeid_i(klient, kommune)

        svar = klient.get(side)

        assert svar.status_code == 404
        assert "Siden er i Lørenskog. Du arbeider nå i Lillestrøm." in Lest(svar).tekst
        skjult = r'<input type="hidden" name="(kommune|next)" value="([^"]+)">'
        sendt = dict(re.findall(skjult, svar.text))
        assert sendt == {"kommune": str(nabokommune.pk), "next": side}
        der = klient.post(reverse("admin:velg_kommune"), sendt, follow=True)
        assert (der.status_code, der.redirect_chain) == (200, [(side, 302)])
        assert der.context["valgt_kommune"] == nabokommune

    # To who has no business there it is as if it were not there.
    ingen = [koordinator.get(side), koordinator.get(side.replace(str(tema.pk), "0"))]
    assert [svar.status_code for svar in ingen] == [404, 404]
    assert "Lørenskog" not in ingen[0].text
    assert Lest(ingen[0]).tekst == Lest(ingen[1]).tekst


def test_what_is_sent_to_a_page_of_another_kommune_is_kept_nowhere(
    begge, kommune, nabokommune
):
    tema = TemaFactory(kommune=nabokommune, navn="Rus")
    arbeid_i(begge, kommune)

    svar = begge.post(
        reverse("admin:tiltak_tema_change", args=[tema.pk]), {"navn": "Vold"}
    )

    tema.refresh_from_db()
    assert (svar.status_code, tema.navn) == (404, "Rus")


def test_a_form_of_the_admin_writes_where_it_was_opened(begge, kommune, nabokommune):
    arbeid_i(begge, kommune)
    ny = reverse("admin:tiltak_tema_add")
    sendt = skjemaet(begge.get(ny), navn="Rus")
    arbeid_i(begge, nabokommune)  # in another window

    svar = begge.post(ny, sendt)

    assert svar.status_code == 302
    assert [t.kommune for t in Tema.objects.all()] == [kommune]


def test_a_form_of_the_admin_changes_what_it_was_opened_with(
    begge, kommune, nabokommune
):
    tema = TemaFactory(kommune=kommune, navn="Rus")
    arbeid_i(begge, kommune)
    endre = reverse("admin:tiltak_tema_change", args=[tema.pk])
    sendt = skjemaet(begge.get(endre), navn="Rusmidler")
    arbeid_i(begge, nabokommune)

    begge.post(endre, sendt)

    tema.refresh_from_db()
    assert (tema.navn, tema.kommune) == ("Rusmidler", kommune)


def test_a_form_of_the_site_writes_where_it_was_opened(begge, kommune, nabokommune):
    ny = reverse("tiltak:tjeneste_ny", args=[kommune.slug])
    sendt = innsending(begge.get(ny), navn="PPT", type="kommunal")
    arbeid_i(begge, nabokommune)
    begge.get(reverse("arbeidsflate", args=[nabokommune.slug]))

    begge.post(ny, sendt)

    assert [t.kommune for t in Tjeneste.objects.all()] == [kommune]


def test_min_side_marks_each_kommune_by_name_and_colour(begge):
    siden = begge.get(reverse("konto:min_side")).text

    assert siden.count('class="kommunedel"') == 2
    assert 'data-aksent="burgunder"' in siden


def test_a_kommune_where_one_does_not_work_is_no_choice(koordinator, nabokommune):
    TjenesteFactory(kommune=nabokommune)

    svar = koordinator.post(reverse("admin:velg_kommune"), {"kommune": nabokommune.pk})

    assert svar.status_code == 404


# The administration opens in the kommune that one stood in -------------------------------


def skjemaene(svar):
    """What the forms into the administration are sent with: (address, kommune)."""
    funnet = re.findall(
        r'<form method="post" action="([^"]*)">\s*<input type="hidden" '
        r'name="csrfmiddlewaretoken"[^>]*>\s*<input type="hidden" name="kommune" '
        r'value="([0-9]+)">\s*<button class="ds-link lenkeknapp"',
        svar.text,
    )
    return [(adresse, int(pk)) for adresse, pk in funnet]


# The page, and how many ways in it has: in its foot, and of its own.
MED_VEI_INN = {"arbeidsflate": 2, "innstillinger": 2, "tiltak:tjeneste_list": 1}


@pytest.mark.parametrize("som", ["begge", "administrator"])
@pytest.mark.parametrize("side", MED_VEI_INN)
def test_the_way_into_the_admin_leads_into_the_same_kommune(
    som, side, request, kommune, nabokommune
):
    klient = request.getfixturevalue(som)

    # In another window one went elsewhere, and comes to the admin by its address.
    for her, der in ((nabokommune, kommune), (kommune, nabokommune)):
        svar = klient.get(reverse(side, args=[her.slug]))
        arbeid_i(klient, der)
        veier = skjemaene(svar)
        assert veier == [(reverse("admin:velg_kommune"), her.pk)] * MED_VEI_INN[side]
        assert reverse("admin:index") not in dict(Lest(svar).alle_lenker)
        adresse, pk = veier[0]
        admin = klient.post(adresse, {"kommune": pk}, follow=True)
        assert admin.context["valgt_kommune"] == her


def test_min_side_has_a_way_into_each(begge, kommune, nabokommune):
    inn = reverse("admin:velg_kommune")

    assert skjemaene(begge.get("/konto/")) == [
        (inn, kommune.pk),
        (inn, nabokommune.pk),
    ]


def test_it_is_kept_for_nobody_else(begge, koordinator, client, kommune, nabokommune):
    """The page that they share is kept; the way in is made for each."""
    TjenesteFactory(kommune=nabokommune)
    side = reverse("tiltak:tjeneste_list", args=[nabokommune.slug])

    assert [skjemaene(klient.get(side)) != [] for klient in (begge, koordinator)] == [
        True,
        False,
    ]
    # Who keeps another one gets into that one, and a stranger into none.
    assert reverse("admin:index") in dict(Lest(koordinator.get(side)).alle_lenker)
    assert "/admin/" not in client.get(side).text


def test_who_works_there_already_is_not_told_so(koordinator, kommune):
    svar = koordinator.post(
        reverse("admin:velg_kommune"), {"kommune": kommune.pk}, follow=True
    )

    assert svar.status_code == 200
    assert "Du arbeider nå" not in svar.text
