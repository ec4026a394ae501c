"""The pages of knowledge and figures: the thread as a reader follows it, what is not
published, and where it breaks."""

import re

import pytest
from django.urls import reverse

from evaluering.kunnskap.dokument import Kunnskapsutgave
from evaluering.models import Anbefalingssvar, Funnsvar, Grunnlag
from slt.models import Stedsdel, Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AnbefalingFactory,
    FunnFactory,
    HandlingsplanFactory,
    IndikatorFactory,
    KildeFactory,
    LokalomradeFactory,
    MalingFactory,
    PlasseringFactory,
    StedFactory,
    TilgangFactory,
)
from tests.innsending import innsending
from tiltak.models import Tema


@pytest.fixture
def kilde(kommune):
    return KildeFactory(
        kommune=kommune, navn="Ungdata 2022", adresse="https://example.org/u"
    )


@pytest.fixture
def tiltak(kommune):
    plan = HandlingsplanFactory(kommune=kommune)
    return PlasseringFactory(
        innsatsomrade__plan=plan, nummer=1, tiltak__tittel="Natteravner"
    ).tiltak


@pytest.fixture
def politirad(kommune):
    return innlogget(
        TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.POLITIRAD).bruker
    )


@pytest.fixture
def ansatt(kommune):
    return innlogget(TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.ANSATT).bruker)


def side(client, navn="kunnskap", *args):
    svar = client.get(reverse(f"evaluering:{navn}", args=["lillestrom", *args]))
    assert svar.status_code == 200
    return re.sub(r"\s+", " ", svar.text.split("<main", 1)[1].split("</main>")[0])


def side_av(client, url):
    return client.get(url).text.split("<main", 1)[1]


def hullet(html):
    """The part that says where the thread breaks."""
    return html.split('id="hull"', 1)[1].split("</section>", 1)[0]


def tekst(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_thread_from_source_to_figure(kilde, tiltak, client):
    indikator = IndikatorFactory(
        kommune=kilde.kommune, kilde=kilde, navn="Utrygge unge", publisert=True
    )
    funn = FunnFactory(
        kilde=kilde, tekst="Flere er utrygge.", publisert=True, indikator=indikator
    )
    anbefaling = AnbefalingFactory(
        kilde=kilde, tekst="Flere voksne ute.", publisert=True, tema="Trygghet"
    )
    Grunnlag.objects.create(anbefaling=anbefaling, funn=funn)
    Anbefalingssvar.objects.create(anbefaling=anbefaling, tiltak=tiltak)
    Funnsvar.objects.create(funn=funn, tiltak=tiltak)

    html = side(client)

    assert "Ungdata 2022" in html
    for ord_ in ("Flere er utrygge.", "Flere voksne ute.", "Trygghet", "å styrke:"):
        assert ord_ in html
    assert html.count(f'href="{tiltak.get_absolute_url()}"') == 3
    assert f'href="{indikator.get_absolute_url()}"' in html
    assert 'href="https://example.org/u"' in html


def test_what_was_not_followed_up_says_why(kilde, client):
    FunnFactory(kilde=kilde, publisert=True, ikke_fulgt_opp="det er fylkets ansvar.")
    AnbefalingFactory(kilde=kilde, publisert=True, annen_oppfolging="Et eget forum.")

    lest = tekst(side(client))

    assert "Ikke fulgt opp, fordi det er fylkets ansvar." in lest
    assert "Fulgt opp på annen måte: Et eget forum." in lest


@pytest.mark.parametrize(
    ("hvem", "ser"),
    [
        ("client", False),
        ("ansatt", False),
        ("nabo", False),
        ("politirad", True),
        ("koordinator", True),
    ],
)
def test_what_is_not_published_is_for_coordinators_and_the_politirad(
    kilde, tiltak, hvem, ser, request
):
    klient = request.getfixturevalue(hvem)
    funn = FunnFactory(kilde=kilde, tekst="Hemmelig funn")
    apent = FunnFactory(kilde=kilde, tekst="Åpent funn", publisert=True)
    anbefaling = AnbefalingFactory(kilde=kilde, tekst="Hemmelig anbefaling")
    Grunnlag.objects.create(anbefaling=anbefaling, funn=apent)
    indikator = IndikatorFactory(
        kommune=kilde.kommune, kilde=kilde, navn="Hemmelig indikator"
    )
    MalingFactory(indikator=indikator, verdi=4321)
    for rad in (funn, apent):
        rad.indikator = indikator
        rad.save()

    kunnskap = side(klient)
    liste = side(klient, "indikator_list")
    fil = klient.get(
        reverse("evaluering:tall_csv", args=["lillestrom"])
    ).content.decode()
    en = klient.get(indikator.get_absolute_url())
    en_fil = klient.get(
        reverse("evaluering:indikator_csv", args=["lillestrom", indikator.slug])
    )

    assert "Åpent funn" in kunnskap
    for ord_ in ("Hemmelig funn", "Hemmelig anbefaling", "Hemmelig indikator"):
        assert (ord_ in kunnskap) == ser
    assert ("Hemmelig indikator" in liste) == ser
    assert ("4321" in fil) == ser
    assert (en.status_code, en_fil.status_code) == ((200, 200) if ser else (404, 404))


def test_where_the_thread_breaks_is_inside_until_it_is_published(
    kilde, tiltak, client, koordinator, politirad
):
    FunnFactory(kilde=kilde, tekst="Ingen svarer", publisert=True)
    FunnFactory(kilde=kilde, tekst="Godt nytt", publisert=True, krever_svar=False)
    FunnFactory(
        kilde=kilde, tekst="Forklart", publisert=True, ikke_fulgt_opp="det går over."
    )
    besvart = FunnFactory(kilde=kilde, tekst="Besvart", publisert=True)
    Funnsvar.objects.create(funn=besvart, tiltak=tiltak)
    annet = PlasseringFactory(
        innsatsomrade=tiltak.plasseringer.get().innsatsomrade, nummer=2
    ).tiltak

    assert "Der tråden er brutt" not in side(client)
    for klient in (koordinator, politirad):
        hull = tekst(hullet(side(klient)))
        assert "Ingen svarer" in hull
        for ord_ in ("Godt nytt", "Forklart", "Besvart", tiltak.tittel):
            assert ord_ not in hull
        assert annet.tittel in hull
        assert "Denne delen ser bare" in hull

    kommune = kilde.kommune
    kommune.kunnskapshull_er_publisert = True
    kommune.save()
    hull = tekst(hullet(side(client)))
    assert "Ingen svarer" in hull
    assert "Denne delen ser bare" not in hull


def test_a_tiltak_of_a_draft_is_no_answer_that_all_read(kilde, client, koordinator):
    utkast = HandlingsplanFactory(kommune=kilde.kommune, status="utkast")
    i_utkast = PlasseringFactory(
        innsatsomrade__plan=utkast, nummer=1, tiltak__tittel="Kommer senere"
    ).tiltak
    funn = FunnFactory(kilde=kilde, publisert=True)
    Funnsvar.objects.create(funn=funn, tiltak=i_utkast)

    assert "Kommer senere" not in side(client)
    # The same tiltak stands in the plan in force, too.
    assert "Kommer senere (2024–2028)" in tekst(side(koordinator))


def test_what_waits_is_found_on_the_page(kilde, tiltak, koordinator, politirad, client):
    apent = AnbefalingFactory(kilde=kilde, tekst="Styrk utekontakten", publisert=True)
    skjult = AnbefalingFactory(kilde=kilde, tekst="Utred klubb", publisert=False)
    Anbefalingssvar.objects.create(anbefaling=skjult, tiltak=tiltak)
    funn = FunnFactory(kilde=kilde, tekst="Skjult funn", publisert=False)

    for klient in (koordinator, politirad):
        sett = side(klient)
        hull, skjulte = hullet(sett), sett.split('id="skjult"', 1)[1]
        assert "Styrk utekontakten" in hull
        assert "Utred klubb" not in hull
        for rad, andre in ((funn, apent), (skjult, apent)):
            assert f'href="#{rad.anker}"' in skjulte
            assert f'id="{rad.anker}"' in sett
            assert andre.tekst not in skjulte
    assert 'id="skjult"' not in side(client)


def test_nothing_is_known_yet(kommune, client):
    assert "Ingen funn er lagt inn ennå." in side(client)
    assert "Ingen tall er lagt inn ennå." in side(client, "indikator_list")


def test_search_engines_are_told_of_what_is_published(kilde, kommune, client):
    FunnFactory(kilde=kilde, publisert=True)
    apen = IndikatorFactory(kommune=kommune, kilde=kilde, publisert=True)
    lukket = IndikatorFactory(kommune=kommune, kilde=kilde)

    def adresser(seksjon):
        xml = client.get(f"/sitemap-{seksjon}.xml").text
        return re.findall(r"<loc>https?://[^/]+([^<]+)</loc>", xml)

    assert adresser("kunnskap") == ["/lillestrom/kunnskap/"]
    assert adresser("indikatorer") == [apen.get_absolute_url()]
    assert lukket.get_absolute_url() not in adresser("indikatorer")


@pytest.mark.parametrize("publisert", [True, False])
def test_a_kommune_without_a_plan_leads_to_what_it_knows(kilde, client, publisert):
    FunnFactory(kilde=kilde, publisert=publisert)

    side = side_av(client, "/lillestrom/")

    assert ('href="/lillestrom/kunnskap/"' in side) is publisert


# What comes first ---------------------------------------------------------------------


def test_the_page_opens_with_what_the_coordinator_chose_in_their_order(
    kilde, client, koordinator
):
    for hva, framhevet, publisert in (
        ("Kommer sist", 5, True),
        ("Kommer først", 1, True),
        ("Er hemmelig", 2, False),
        ("Er ikke valgt", None, True),
    ):
        FunnFactory(kilde=kilde, tekst=hva, framhevet=framhevet, publisert=publisert)

    def viktigst(klient):
        forst = side(klient).split('id="viktigst"', 1)[1].split("</section>", 1)[0]
        return re.findall(r'href="#funn-\d+">([^<]+)', forst)

    assert viktigst(client) == ["Kommer først", "Kommer sist"]
    assert viktigst(koordinator) == ["Kommer først", "Er hemmelig", "Kommer sist"]


def test_chosen_indicators_are_drawn_and_a_single_number_is_a_sentence(
    kilde, client, treff
):
    treff.framhevet = 2
    treff.save()
    alene = IndikatorFactory(
        kommune=kilde.kommune, kilde=kilde, publisert=True, enhet="unge", framhevet=1
    )
    MalingFactory(indikator=alene, verdi=17)
    hemmelig = IndikatorFactory(kommune=kilde.kommune, kilde=kilde, framhevet=3)
    MalingFactory(indikator=hemmelig, verdi=18)

    forst = side(client).split('id="tallene"', 1)[1].split("</section>", 1)[0]
    alene_side = side(client, "indikator_detail", alene.slug)

    assert re.findall(r'href="([^"]+)"', forst) == [
        alene.get_absolute_url(),
        treff.get_absolute_url(),
    ]
    assert forst.count("<svg") == 1
    assert "17 unge, 2023" in tekst(forst)
    assert "17 unge, 2023" in tekst(alene_side)
    assert "<table" not in alene_side


def test_findings_stand_by_theme_and_each_source_leads_to_its_own(kilde, client):
    rus, fritid = (
        Tema.objects.create(kommune=kilde.kommune, navn=navn)
        for navn in ("Rus", "Fritid")
    )
    lett = FunnFactory(kilde=kilde, publisert=True, tema=rus, tyngde="liten")
    tungt = FunnFactory(kilde=kilde, publisert=True, tema=rus, tyngde="stor")
    annet = FunnFactory(kilde=kilde, publisert=True)
    hemmelig = FunnFactory(kilde=kilde, tema=fritid)

    html = side(client)

    temaene, kildene = html.split('id="temaene"', 1)[1].split('id="kildene"', 1)
    assert re.findall(r"<summary><span>(\w+)", temaene) == ["Rus", "Andre"]
    assert re.findall(r'id="(funn-\d+)"', temaene) == [
        tungt.anker,
        lett.anker,
        annet.anker,
    ]
    assert sorted(re.findall(r'href="#(funn-\d+)"', kildene)) == sorted(
        funn.anker for funn in (lett, tungt, annet)
    )
    assert hemmelig.anker not in html


# Figures ------------------------------------------------------------------------------


@pytest.fixture
def treff(kilde):
    indikator = IndikatorFactory(
        kommune=kilde.kommune,
        kilde=kilde,
        navn="Treff",
        publisert=True,
        maltall=40_000,
        maltall_ar=2028,
        retning="opp",
    )
    MalingFactory(indikator=indikator, verdi=33_636)
    MalingFactory(indikator=indikator, verdi=20_000, slag="ute")
    MalingFactory(indikator=indikator, verdi=9_903, slag="skole")
    return indikator


def test_an_indicator_says_source_year_wish_and_that_its_sums_differ(treff, client):
    lest = tekst(side(client, "indikator_detail", treff.slug))

    assert "2023: Kilden oppgir 33 636, tabellene summerer til 29 903." in lest
    assert "Ungdata 2022, NOVA" in lest
    assert "Ønsket retning Oppover" in lest
    assert "Mål 40 000 treff innen 2028" in lest


def test_where_those_who_are_counted_live_is_told_from_where_it_happened(
    treff, client, koordinator
):
    adresse = reverse("evaluering:indikator_endre", args=["lillestrom", treff.pk])
    assert "Tallene gjelder stedet" not in side(client, "indikator_detail", treff.slug)

    skjema = innsending(koordinator.get(adresse), stedet="gjerningssted")
    assert koordinator.post(adresse, skjema).status_code == 302

    lest = tekst(side(client, "indikator_detail", treff.slug))
    assert "Tallene gjelder stedet der det skjedde." in lest


def test_names_that_are_alike_are_told_apart(kilde, client):
    indikator = IndikatorFactory(kommune=kilde.kommune, kilde=kilde, publisert=True)
    sted = StedFactory(kommune=kilde.kommune, navn="Fetsund")
    omrade = LokalomradeFactory(kommune=kilde.kommune, navn="Fetsund")
    MalingFactory(indikator=indikator, verdi=111, sted=sted)
    MalingFactory(indikator=indikator, verdi=222, lokalomrade=omrade)

    lest = tekst(side(client, "indikator_detail", indikator.slug))

    assert "Fetsund (sted) 111" in lest
    assert "Fetsund (lokalområde) 222" in lest


def test_steder_together_are_not_counted_beside_their_parts(kilde, client):
    indikator = IndikatorFactory(kommune=kilde.kommune, kilde=kilde, publisert=True)
    a, b = StedFactory.create_batch(2, kommune=kilde.kommune)
    begge = StedFactory(kommune=kilde.kommune, type="flere")
    for sted in (a, b):
        Stedsdel.objects.create(helhet=begge, sted=sted)
    for sted, verdi in ((None, 23), (a, 10), (b, 12), (begge, 22)):
        MalingFactory(indikator=indikator, sted=sted, verdi=verdi)

    lest = tekst(side(client, "indikator_detail", indikator.slug))

    assert "Kilden oppgir 23, tabellene summerer til 22." in lest


def test_a_span_has_no_sum(treff, client):
    rad = treff.malinger.get(slag="ute")
    rad.verdi_til = rad.verdi + 1
    rad.save()

    assert "summerer til" not in side(client, "indikator_detail", treff.slug)


def test_the_heading_says_what_the_rows_are_of(treff, client):
    treff.slag_heter = "arbeidsmåte"
    treff.save()
    rad = treff.malinger.get(slag="ute")
    rad.kjonn = "gutter"
    rad.save()

    html = side(client, "indikator_detail", treff.slug)

    assert '<th scope="col">Arbeidsmåte, kjønn</th>' in html


def test_sums_that_agree_are_not_mentioned(treff, client):
    rad = treff.malinger.get(slag="")
    rad.verdi = 29_903
    rad.save()

    assert "summerer til" not in side(client, "indikator_detail", treff.slug)


def test_the_chart_says_in_words_what_it_shows_and_has_its_table(treff, client):
    html = side(client, "indikator_detail", treff.slug)

    svg = re.search(r"<svg.*?</svg>", html)[0]
    assert 'role="img"' in svg
    assert "<title>Treff. Treff, 2023. Ute 20 000; Skole 9 903.</title>" in svg
    assert "style=" not in svg
    assert "<table" in html


def test_over_the_years_the_chart_is_of_the_whole(treff, client):
    MalingFactory(indikator=treff, verdi=24_000, arstall=2022)

    html = side(client, "indikator_detail", treff.slug)

    assert "Treff, 2022–2023" in html
    assert "Lillestrøm: 24 000 i 2022, 33 636 i 2023." in html


def test_what_people_wrote_is_text_in_the_chart(kilde, client):
    indikator = IndikatorFactory(
        kommune=kilde.kommune, kilde=kilde, navn="<b>x</b>", publisert=True
    )
    for nr in range(2):
        MalingFactory(indikator=indikator, slag=f"<script>{nr}</script>", verdi=nr + 1)

    html = side(client, "indikator_detail", indikator.slug)

    assert "<script" not in html
    assert "<b>x</b>" not in html
    assert "&lt;script&gt;1" in html


@pytest.mark.parametrize("antall", [1, 3])
def test_the_pages_cost_the_same_for_one_and_three(
    kilde, tiltak, client, antall, django_assert_max_num_queries, monkeypatch
):
    for nr in range(antall):
        annen = KildeFactory(kommune=kilde.kommune, navn=f"Kilde nr. {nr}")
        indikator = IndikatorFactory(
            kommune=kilde.kommune, kilde=annen, publisert=True, slug=f"i-{nr}"
        )
        for ar in range(antall):
            MalingFactory(indikator=indikator, arstall=2000 + ar)
        funn = FunnFactory(kilde=annen, publisert=True, indikator=indikator)
        anbefaling = AnbefalingFactory(kilde=annen, publisert=True)
        Grunnlag.objects.create(anbefaling=anbefaling, funn=funn)
        Anbefalingssvar.objects.create(anbefaling=anbefaling, tiltak=tiltak)
        Funnsvar.objects.create(funn=funn, tiltak=tiltak)

    kostnad = {}
    for navn, args in (
        ("kunnskap", ()),
        ("indikator_list", ()),
        ("indikator_detail", ("i-0",)),
        ("tall_csv", ()),
    ):
        with django_assert_max_num_queries(40) as sporringer:
            client.get(reverse(f"evaluering:{navn}", args=["lillestrom", *args]))
        kostnad[navn] = len(sporringer.captured_queries)

    assert kostnad == {
        "kunnskap": 11,
        "indikator_list": 6,
        "indikator_detail": 10,
        "tall_csv": 4,
    }


@pytest.mark.parametrize("antall", [1, 3])
def test_figures_of_steder_cost_the_same_for_one_and_three(
    kilde, client, antall, django_assert_max_num_queries
):
    """Steder in areas, and several steder together, of what counts persons: what is
    hidden is worked out from them."""
    indikator = IndikatorFactory(
        kommune=kilde.kommune, kilde=kilde, publisert=True, teller="personer"
    )
    for _ in range(antall):
        omrade = LokalomradeFactory(kommune=kilde.kommune)
        sted = StedFactory(kommune=kilde.kommune, lokalomrade=omrade)
        begge = StedFactory(kommune=kilde.kommune, type="flere")
        Stedsdel.objects.create(helhet=begge, sted=sted)
        for felter in ({"sted": sted}, {"sted": begge}, {"lokalomrade": omrade}):
            MalingFactory(indikator=indikator, verdi=20, **felter)

    kostnad = {}
    for navn, args in (
        ("kunnskap", ()),
        ("indikator_list", ()),
        ("indikator_detail", (indikator.slug,)),
        ("tall_csv", ()),
        ("indikator_csv", (indikator.slug,)),
    ):
        with django_assert_max_num_queries(40) as sporringer:
            client.get(reverse(f"evaluering:{navn}", args=["lillestrom", *args]))
        kostnad[navn] = len(sporringer.captured_queries)

    assert kostnad == {
        "kunnskap": 9,
        "indikator_list": 7,
        "indikator_detail": 11,
        "tall_csv": 5,
        "indikator_csv": 5,
    }


# As a document ------------------------------------------------------------------------


def dokumentet(kommune):
    html = Kunnskapsutgave(kommune, None).html()
    return re.sub(r"\s+", " ", html)


def test_the_document_says_what_is_published_and_hides_what_is_hidden(kilde, treff):
    FunnFactory(kilde=kilde, tekst="Åpent funn", publisert=True)
    FunnFactory(kilde=kilde, tekst="Hemmelig funn")
    unge = IndikatorFactory(
        kommune=kilde.kommune,
        kilde=kilde,
        navn="Unge i samtaler",
        teller="personer",
        publisert=True,
    )
    MalingFactory(indikator=unge, verdi=7003)
    MalingFactory(indikator=unge, verdi=7001, kjonn="gutter")
    MalingFactory(indikator=unge, verdi=2, kjonn="jenter")

    html = dokumentet(kilde.kommune)

    assert "Åpent funn" in html
    assert "Hemmelig funn" not in html
    assert "Kilden oppgir 33 636" in html
    # The total, or the boys: not both.
    assert ("7 003" in html) != ("7 001" in html)
    assert "«Skjult» er tall på 1–4 personer" in html


def test_the_document_says_nothing_of_what_is_inside(kilde, tiltak):
    FunnFactory(kilde=kilde, tekst="Uten svar", publisert=True)
    lukket = IndikatorFactory(kommune=kilde.kommune, kilde=kilde, navn="Lukket tall")
    MalingFactory(indikator=lukket, verdi=4321)
    anbefaling = AnbefalingFactory(kilde=kilde, tekst="Voksne ute.", publisert=True)
    Anbefalingssvar.objects.create(anbefaling=anbefaling, tiltak=tiltak)

    html = dokumentet(kilde.kommune)

    assert "Lukket tall" not in html
    assert "4 321" not in html
    assert "Der tråden er brutt" not in html
    assert f"Fulgt opp av: {tiltak}" in html


def test_the_document_is_offered_where_there_is_one(kilde, client, koordinator):
    lenke = reverse("evaluering:kunnskap_pdf", args=["lillestrom"])
    FunnFactory(kilde=kilde)
    assert lenke not in side(koordinator)

    AnbefalingFactory(kilde=kilde, publisert=True)
    assert lenke in side(client)
    assert Kunnskapsutgave(kilde.kommune, None).finnes


def test_a_kommune_without_knowledge_has_no_document(kommune, client, settings):
    settings.PDF_VENT = 0

    svar = client.get(reverse("evaluering:kunnskap_pdf", args=["lillestrom"]))

    assert svar.status_code == 404
