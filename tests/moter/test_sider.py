"""The public pages of the fora: what they say, to whom, and what they cost."""

from datetime import datetime, time, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moter.models import Forum, Mote, Sendevei
from moter.moteplan.serier import avslutt, fyll
from slt.grunn.ordliste import ORD
from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import (
    BrukerFactory,
    ForumFactory,
    ForumskommuneFactory,
    ForumsmedlemFactory,
    HandlingsplanFactory,
    KommuneFactory,
    LokalomradeFactory,
    MoteFactory,
    MoteserieFactory,
    TilgangFactory,
    TjenesteFactory,
)
from tests.lest import Lest

LISTEN = "/lillestrom/moter/"
PLANEN = "/lillestrom/2024-2028/"
STED, LENKE = "Bakrommet", "https://mote.example.org/hemmelig"
PERSON, EPOST = "Pernille Prøve", "sitter@example.org"


@pytest.fixture(autouse=True)
def _tom_bevaring(db):
    cache.clear()


def kl(dager, time_=9):
    """That many days from today, at that hour on the clock of the kommune."""
    dag = timezone.localdate() + timedelta(days=dager)
    return timezone.make_aware(datetime.combine(dag, time(time_)))


def lag_mote(forum, dager, **felter):
    return MoteFactory(forum=forum, start=kl(dager), slutt=kl(dager, 10), **felter)


def dato(dager):
    return kl(dager).strftime("%d. ").lstrip("0")


@pytest.fixture
def out(kommune):
    return TjenesteFactory(kommune=kommune, navn="Utekontakten", kortnavn="OUT")


def lag_forum(kommune, out, **felter):
    """A forum with a member whose name, and a meeting whose place, is for the inside."""
    forum = ForumFactory(kommune=kommune, **felter)
    uten_navn = BrukerFactory(epost=f"{forum.slug}-{EPOST}")
    ForumsmedlemFactory(forum=forum, funksjon="", tjeneste=out, person=PERSON)
    ForumsmedlemFactory(forum=forum, funksjon="Lærer", bruker=uten_navn)
    medlem = BrukerFactory(navn="Medlem")  # who is named at the foot of the page
    ForumsmedlemFactory(forum=forum, funksjon="Rådgiver", bruker=medlem)
    lag_mote(forum, 7, sted=STED, motelenke=LENKE)
    lag_mote(forum, -7, sted=STED, motelenke=LENKE)
    return forum


@pytest.fixture
def apent(kommune, out):
    return lag_forum(kommune, out, navn="Åpent forum", formal="<p>Samordner.</p>")


@pytest.fixture
def lukket(kommune, out):
    return lag_forum(kommune, out, navn="Lukket forum", offentlig=False)


def medlem_av(forum):
    return innlogget(forum.medlemmer.get(funksjon="Rådgiver").bruker)


@pytest.fixture
def klienter(kommune, apent, lukket, client, koordinator, nabo, administrator):
    """{who: a client}."""
    return {
        "ukjent": client,
        "ansatt": innlogget(TilgangFactory(kommune=kommune, rolle="ansatt").bruker),
        "politirad": innlogget(
            TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.POLITIRAD).bruker
        ),
        "nabo": nabo,
        "medlem av åpent": medlem_av(apent),
        "medlem av lukket": medlem_av(lukket),
        "koordinator": koordinator,
        "administrator": administrator,
    }


def hvem(klienter, ser):
    return {navn for navn, klient in klienter.items() if ser(klient)}


INNSIDEN = [STED, LENKE, PERSON, EPOST]
STYRER = {"koordinator", "administrator"}


# Who sees what ------------------------------------------------------------------------


def test_the_inside_of_a_public_forum_is_for_members_and_coordinator(klienter, apent):
    side = apent.get_absolute_url()
    inne = STYRER | {"medlem av åpent"}

    for _gang in ("made", "kept"):
        svar = {navn: klient.get(side) for navn, klient in klienter.items()}
        assert {s.status_code for s in svar.values()} == {200}
        ser = {
            ord_: {n for n, s in svar.items() if ord_ in s.text} for ord_ in INNSIDEN
        }
        assert ser == dict.fromkeys(INNSIDEN, inne)


def test_who_left_does_not_see_the_inside(apent):
    klient = medlem_av(apent)
    plass = apent.medlemmer.get(funksjon="Rådgiver")
    plass.fra = timezone.localdate() - timedelta(days=9)
    plass.til = timezone.localdate() - timedelta(days=1)
    plass.save()

    tekst = klient.get(apent.get_absolute_url()).text

    assert [ord_ for ord_ in INNSIDEN if ord_ in tekst] == []


def test_no_other_page_shows_the_inside(klienter, kommune, out):
    HandlingsplanFactory(kommune=kommune)
    sider = [LISTEN, PLANEN, out.get_absolute_url()]

    lest = [(navn, s, k.get(s).text) for navn, k in klienter.items() for s in sider]

    assert len(lest) == 8 * 3
    assert [(navn, s) for navn, s, tekst in lest if "Åpent forum" not in tekst] == []
    assert [
        (navn, s, ordene)
        for navn, s, tekst in lest
        for ordene in INNSIDEN
        if ordene in tekst
    ] == []


def test_a_forum_that_is_not_public_is_not_there_for_strangers(klienter, lukket):
    side = lukket.get_absolute_url()

    svar = {navn: k.get(side).status_code for navn, k in klienter.items()}

    ser = STYRER | {"medlem av lukket"}
    assert svar == {navn: 200 if navn in ser else 404 for navn in klienter}
    assert hvem(klienter, lambda k: STED in k.get(side).text) == ser


@pytest.mark.parametrize("forst", ["koordinator", "ukjent"])
def test_a_forum_that_is_not_public_is_in_no_list_for_strangers(
    forst, klienter, kommune, lukket, out
):
    HandlingsplanFactory(kommune=kommune)
    klienter[forst].get(LISTEN)
    ser = STYRER | {"medlem av lukket"}

    # List and figure are one page: the name stands in neither.
    assert hvem(klienter, lambda k: lukket.navn in k.get(LISTEN).text) == ser
    assert hvem(
        klienter, lambda k: lukket.navn in k.get(out.get_absolute_url()).text
    ) == (ser)
    # The front page says what all may read, whoever asks.
    forsider = [k.get(PLANEN).text for k in klienter.values()]
    assert [lukket.navn in tekst for tekst in forsider] == [False] * len(klienter)
    assert ["Åpent forum" in tekst for tekst in forsider] == [True] * len(klienter)


def test_search_engines_find_public_fora_alone(apent, lukket, client):
    nedlagt = ForumFactory(
        kommune=apent.kommune, nedlagt=timezone.localdate() - timedelta(days=1)
    )

    tekst = client.get("/sitemap-fora.xml").text + client.get("/sitemap-moter.xml").text

    assert f"http://testserver{apent.get_absolute_url()}<" in tekst
    assert f"http://testserver{LISTEN}<" in tekst
    assert lukket.slug not in tekst
    assert nedlagt.slug not in tekst
    assert "sitemap-fora.xml" in client.get("/sitemap.xml").text


def test_a_kommune_with_closed_fora_alone_is_not_in_the_sitemap(lukket, client):
    assert LISTEN not in client.get("/sitemap-moter.xml").text


def test_fora_related_to_a_public_one_are_not_named_when_closed(
    klienter, apent, lukket
):
    under = ForumFactory(kommune=apent.kommune, navn="Under", overordnet=lukket)
    Sendevei.objects.create(forum=apent, til=lukket)
    Sendevei.objects.create(forum=lukket, til=apent)
    ser = STYRER | {"medlem av lukket"}

    for forum in (apent, under):
        side = forum.get_absolute_url()
        assert hvem(klienter, lambda k: lukket.navn in k.get(side).text) == ser  # noqa: B023


def test_pages_are_read_not_written(apent, client):
    for side in (LISTEN, apent.get_absolute_url()):
        assert client.post(side).status_code == 405


def test_a_forum_stands_in_its_own_kommune(apent, nabokommune, client):
    assert client.get(f"/lorenskog/moter/{apent.slug}/").status_code == 404
    assert client.get("/finnes-ikke/moter/").status_code == 404
    assert client.get(f"{LISTEN}finnes-ikke/").status_code == 404


# A shared forum -----------------------------------------------------------------------


@pytest.fixture
def delt(nabokommune):
    """A forum of the neighbour in which Lillestrøm takes part."""
    der = TjenesteFactory(kommune=nabokommune, navn="Tjenesten der")
    return lag_forum(nabokommune, der, navn="Felles politiråd", type="politirad")


def test_a_shared_forum_is_listed_with_its_owner(delt, kommune, client):
    assert delt.navn not in client.get(LISTEN).text

    ForumskommuneFactory(forum=delt, kommune=kommune)

    side = Lest(client.get(LISTEN))
    assert "Felles politiråd eies av Lørenskog" in side.tekst
    assert side.adresser("/lorenskog/") == [delt.get_absolute_url()]
    assert "Tjenesten der" not in side.tekst  # a change there lapses no page here
    assert "Felles med Lillestrøm" in Lest(client.get(delt.get_absolute_url())).tekst


def test_the_coordinator_of_a_participant_sees_the_inside_and_changes_nothing(
    delt, kommune, koordinator
):
    side = delt.get_absolute_url()
    assert STED not in koordinator.get(side).text

    ForumskommuneFactory(forum=delt, kommune=kommune)

    tekst = koordinator.get(side).text
    assert [ord_ for ord_ in INNSIDEN if ord_ not in tekst] == []
    assert "/admin/moter/" not in tekst


# What it says -------------------------------------------------------------------------


def test_the_list_says_what_each_forum_is(kommune, out, client):
    forum = ForumFactory(
        kommune=kommune,
        navn="Arbeidsgruppa",
        formal="<p>Følger opp planen.</p>",
        rytme="en gang i måneden",
    )
    ForumsmedlemFactory(forum=forum, funksjon="Rektor", rekkefolge=1)
    ForumsmedlemFactory(
        forum=forum, funksjon="", tjeneste=out, verv="leder", rekkefolge=2
    )
    lag_mote(forum, 3, status=Mote.Status.AVLYST)
    lag_mote(forum, 9)
    lag_mote(forum, 12)

    tekst = Lest(client.get(LISTEN)).tekst

    forklart = f"Hva betyr «utførende nivå»? {ORD['utforende'].forklaring}"
    assert f"Utførende nivå {forklart} Arbeidsgruppa Neste møte: " in tekst
    assert (
        "Følger opp planen. Hvor ofte En gang i måneden Deltar OUT (leder), Rektor"
        in (tekst)
    )
    assert f" {dato(9)}" in tekst.partition("Neste møte:")[2][:20]


def test_many_members_are_shortened(kommune, client):
    forum = ForumFactory(kommune=kommune)
    for nr in range(7):
        ForumsmedlemFactory(forum=forum, funksjon=f"Rolle{nr}", rekkefolge=nr)

    side = Lest(client.get(LISTEN))

    assert "Rolle5 og flere" in side.tekst
    assert "Rolle6" not in side.tekst
    assert "Rolle6" in client.get(forum.get_absolute_url()).text


def test_fora_that_are_alike_share_their_words(kommune, client):
    for navn in ("Fetsund", "Frogner"):
        ForumFactory(kommune=kommune, navn=navn, formal="<p>Deler kunnskap.</p>")
    ForumFactory(kommune=kommune, navn="Sørum", formal="<p>Deler mer.</p>")

    tekst = Lest(client.get(LISTEN)).tekst

    assert "Fetsund Frogner Deler kunnskap. Sørum Deler mer." in tekst


def test_without_fora_the_page_says_what_it_is(kommune, client, koordinator, nabo):
    for klient in (client, koordinator, nabo):
        assert "Ingen fora er lagt inn ennå." in Lest(klient.get(LISTEN)).tekst

    nytt = "/lillestrom/endre/fora/ny/"
    assert nytt in koordinator.get(LISTEN).text
    for klient in (client, nabo):
        assert nytt not in klient.get(LISTEN).text


def test_the_coordinator_is_led_to_where_a_forum_is_changed(
    apent, koordinator, nabo, client
):
    adresse = f"/lillestrom/endre/fora/{apent.pk}/"
    side = apent.get_absolute_url()

    assert [adresse in k.get(side).text for k in (koordinator, nabo, client)] == [
        True,
        False,
        False,
    ]


def test_fora_and_decisions_are_kept_on_the_site(koordinator):
    lenker = Lest(koordinator.get(LISTEN)).lenker
    adresser = [adresse for adresse, _tekst in lenker]

    assert "/lillestrom/endre/fora/ny/" in adresser
    assert not [
        a for a in adresser if a.startswith(("/admin/moter/", "/admin/tiltak/"))
    ]


def test_a_forum_says_who_sits_there_and_where_it_sends(kommune, out, client):
    omrade = LokalomradeFactory(kommune=kommune, navn="Fetsund")
    rad = ForumFactory(kommune=kommune, navn="Politirådet", type="politirad")
    forum = ForumFactory(
        kommune=kommune,
        navn="Områdemøtet",
        type=Forum.Type.OMRADEMOTE,
        lokalomrade=omrade,
        overordnet=rad,
    )
    gruppa = ForumFactory(kommune=kommune, navn="Gruppa", overordnet=forum)
    Sendevei.objects.create(forum=forum, til=gruppa)
    Sendevei.objects.create(forum=rad, til=forum)
    leder = ForumsmedlemFactory(forum=forum, funksjon="", tjeneste=out, verv="leder")
    ForumsmedlemFactory(forum=forum, funksjon="Rektor", vara_for=leder)
    sluttet = ForumsmedlemFactory(
        forum=forum,
        funksjon="Den som sluttet",
        fra=timezone.localdate() - timedelta(days=9),
        til=timezone.localdate() - timedelta(days=1),
    )
    ForumsmedlemFactory(forum=forum, funksjon="Lærer", vara_for=sluttet)

    side = Lest(client.get(forum.get_absolute_url()))

    assert "Områdemøte, utførende nivå" in side.tekst.capitalize().replace(
        "områdemøte,", "Områdemøte,"
    )
    for del_ in (
        "Lokalområde Fetsund",
        "Overordnet Politirådet",
        "Underordnet Gruppa",
        "Sender saker til Gruppa",
        "Får saker fra Politirådet",
        "Utekontakten (leder)",
        "Rektor (vara for OUT)",
        "Lærer (vara)",
    ):
        assert del_ in side.tekst
    assert "sluttet" not in side.tekst
    assert out.get_absolute_url() in [adresse for adresse, _ in side.lenker]


def test_meetings_stand_with_day_and_time_and_say_when_they_are_cancelled(
    apent, client
):
    Mote.objects.all().delete()
    lag_mote(apent, 0)  # today, perhaps over already
    lag_mote(apent, 20, status=Mote.Status.AVLYST, fastsatt=True)
    lag_mote(apent, 30, status=Mote.Status.AVLYST)  # by the rule
    lag_mote(apent, 400)
    lag_mote(apent, -20)
    lag_mote(apent, -400)

    tekst = Lest(client.get(apent.get_absolute_url())).tekst
    framover, _strek, tidligere = tekst.partition("Møter det siste året")
    framover = framover.partition("Møter framover")[2].partition("Få møtene i")[0]

    assert framover.count("kl. 09.00–10.00") == 2
    assert framover.count("avlyst") == 1
    assert framover.strip().endswith("avlyst")
    assert tidligere.count("kl. 09.00–10.00") == 1


def test_a_meeting_over_two_days_says_both(apent, client):
    Mote.objects.all().delete()
    MoteFactory(forum=apent, start=kl(3, 12), slutt=kl(4, 15))

    tekst = Lest(client.get(apent.get_absolute_url())).tekst

    assert "kl. 12.00 til" in tekst
    assert "kl. 15.00" in tekst


def test_the_end_of_a_series_is_no_year_of_cancelled_meetings(apent, kommune, client):
    Mote.objects.all().delete()
    serie = MoteserieFactory(forum=apent, fra=timezone.localdate())
    fyll(serie=serie)
    avslutt(serie=serie, dag=timezone.localdate() + timedelta(days=20))

    holdes = serie.moter.holdes().count()
    svar = client.get(apent.get_absolute_url())
    feed = client.get(f"{apent.get_absolute_url()}kalender.ics").text
    assert "<strong>avlyst" not in svar.text
    assert Lest(svar).tekst.count("kl. 09.00–10.30") == holdes
    assert feed.count("STATUS:CANCELLED") == serie.moter.count() - holdes > 40


def test_after_the_last_day_of_a_forum_no_meeting_is_said_to_be_cancelled(
    apent, client
):
    Mote.objects.all().delete()
    apent.nedlagt = timezone.localdate() + timedelta(days=15)
    apent.save()
    for dager in (10, 20):
        lag_mote(apent, dager, status=Mote.Status.AVLYST, fastsatt=True)

    tekst = client.get(apent.get_absolute_url()).text
    assert tekst.count("<strong>avlyst") == 1


def test_a_forum_that_was_shut_says_so_and_is_in_no_list(apent, out, client, kommune):
    HandlingsplanFactory(kommune=kommune)
    apent.nedlagt = timezone.localdate() - timedelta(days=1)
    apent.save()

    tekst = Lest(client.get(apent.get_absolute_url())).tekst

    assert "Forumet ble nedlagt" in tekst
    assert "Møter framover" not in tekst
    assert "Hvem som deltar" not in tekst
    for side in (LISTEN, PLANEN, out.get_absolute_url()):
        assert apent.navn not in client.get(side).text


def test_what_people_wrote_is_text(kommune, client):
    forum = ForumFactory(kommune=kommune, navn="<b>Fet</b> & co")

    for side in (LISTEN, forum.get_absolute_url()):
        tekst = client.get(side).text
        assert "<b>Fet" not in tekst
        assert "&lt;b&gt;Fet" in tekst


# The figure ---------------------------------------------------------------------------


def figur(svar):
    return svar.text.partition("<figure")[2].partition("</figure>")[0]


def test_the_figure_says_in_words_what_it_draws(kommune, client):
    rad = ForumFactory(
        kommune=kommune, navn="Politirådet", type="politirad", niva="styrende"
    )
    moter = [
        ForumFactory(kommune=kommune, navn=navn, type="omrademote", rekkefolge=nr)
        for nr, navn in enumerate(["Fetsund", "Frogner"], 2)
    ]
    for mote in moter:
        Sendevei.objects.create(forum=mote, til=rad)
    Sendevei.objects.create(forum=rad, til=moter[0])

    tegnet = figur(client.get(LISTEN))
    ordene = " ".join(tegnet.partition("<desc")[2].partition("</desc>")[0].split())

    assert 'role="img" aria-labelledby="figur-tittel figur-tekst"' in tegnet
    assert ordene.partition(">")[2].strip() == (
        "Styrende nivå: Politirådet. Koordinerende nivå: Ingen fora ennå. Utførende "
        "nivå: Fetsund; Frogner. Bekymringer går opp fra områdemøtene til Politirådet. "
        "Føringer går ned fra Politirådet til områdemøtene."
    )
    assert tegnet.count("<path") == 2  # one an arrow, not one a row
    assert tegnet.count("<rect") == 3
    assert [navn for navn in ("Politirådet", "Fetsund") if f">{navn}</text>" in tegnet]


def test_the_levels_have_the_words_of_the_kommune(kommune, nabokommune, client):
    kommune.utforende_navn = "SLT-team i lokalområdene og på skolene"
    kommune.utforende_tekst = "Skolene og politiet"
    kommune.save()
    nabokommune.utforende_navn = "Naboens navn"
    nabokommune.save()
    forum = ForumFactory(kommune=kommune, navn="Fetsund", type="omrademote")
    nett = ForumFactory(kommune=kommune, type="nettverk", niva="nettverk")

    svar = client.get(LISTEN)

    tekst, tegnet = Lest(svar).tekst, figur(svar)
    assert "SLT-team i lokalområdene og på skolene Skolene og politiet Fetsund" in tekst
    assert "SLT-team i lokalområdene og på skolene: Fetsund." in tegnet
    # Broken where the drawing is no wider.
    linjer = ["SLT-team i lokalområdene og", "på skolene", "Styrende nivå", "Nettverk"]
    assert [f">{ordene}</text>" in tegnet for ordene in linjer] == [True] * 4
    assert "Naboens" not in tekst + tegnet
    egen, nettets = (
        Lest(client.get(f.get_absolute_url())).tekst for f in (forum, nett)
    )
    assert "områdemøte, SLT-team i lokalområdene og på skolene Fetsund" in egen
    assert f"Møter nettverk {nett.navn}" in nettets


def test_the_boxes_make_room_for_a_name_in_two_lines(kommune, client):
    ForumFactory(kommune=kommune, navn="Fetsund")

    def tegning():
        cache.clear()
        return client.get(LISTEN).context["tegning"]

    for_ = tegning()
    kommune.styrende_navn = "Styringsgruppen for oppvekst og vern"
    kommune.save()
    etter = tegning()

    assert [len(niva.linjer) for niva in etter.nivaer] == [2, 1, 1]
    flyttet = [
        b.bokser[0].y - a.bokser[0].y
        for a, b in zip(for_.nivaer, etter.nivaer, strict=True)
    ]
    assert flyttet == [21, 21, 21]
    assert etter.hoyde - for_.hoyde == 21


def test_without_ways_there_are_no_arrows_nor_words_of_them(apent, client):
    tegnet = figur(client.get(LISTEN))

    assert "<path" not in tegnet
    assert "<figcaption" not in tegnet


def test_a_way_to_a_forum_that_is_not_seen_is_not_drawn(apent, lukket, client):
    lukket.niva = "styrende"
    lukket.save()
    Sendevei.objects.create(forum=apent, til=lukket)

    assert "<path" not in figur(client.get(LISTEN))


# The plan's own pages -----------------------------------------------------------------


def test_the_front_page_says_which_fora_meet_next(kommune, client):
    HandlingsplanFactory(kommune=kommune)
    assert "Neste møter" not in client.get(PLANEN).text
    for nr, dager in enumerate([9, 3, 1, 5]):
        forum = ForumFactory(kommune=kommune, navn=f"Forum nr. {nr}")
        lag_mote(forum, dager)
        lag_mote(forum, dager + 1)
    avlyst = ForumFactory(kommune=kommune, navn="Det avlyste")
    lag_mote(avlyst, 1, status=Mote.Status.AVLYST)

    side = Lest(client.get(PLANEN))

    assert side.adresser(LISTEN) == [
        f"{LISTEN}forum-nr-2/",
        f"{LISTEN}forum-nr-1/",
        f"{LISTEN}forum-nr-3/",
        LISTEN,
    ]


def test_a_draft_says_nothing_of_meetings(kommune, apent, koordinator):
    plan = HandlingsplanFactory(kommune=kommune, status="utkast")

    svar = koordinator.get(PLANEN)
    assert (svar.status_code, "Neste møter" in svar.text) == (200, False)

    plan.status = "gjeldende"
    plan.save()
    assert "Neste møter" in koordinator.get(PLANEN).text


def test_a_new_day_takes_away_the_meeting_of_yesterday(kommune, client, monkeypatch):
    HandlingsplanFactory(kommune=kommune)
    lag_mote(ForumFactory(kommune=kommune, navn="Dagens"), 0)
    assert "Dagens" in client.get(PLANEN).text

    i_morgen = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: i_morgen)

    assert "Dagens" not in client.get(PLANEN).text


def test_a_tjeneste_says_where_it_sits(apent, out, kommune, client):
    annet = ForumFactory(kommune=kommune, navn="Annet forum")
    ForumsmedlemFactory(forum=annet, funksjon="Vakta", tjeneste=out, verv="leder")
    ForumsmedlemFactory(
        forum=ForumFactory(kommune=kommune, navn="Tidligere"),
        tjeneste=out,
        fra=timezone.localdate() - timedelta(days=9),
        til=timezone.localdate() - timedelta(days=1),
    )

    side = Lest(client.get(out.get_absolute_url()))

    assert "Sitter i Åpent forum Annet forum Vakta, leder" in side.tekst
    assert "Tidligere" not in side.tekst
    uten = TjenesteFactory(kommune=kommune)
    assert "Sitter i" not in client.get(uten.get_absolute_url()).text


def test_the_menu_has_the_meetings_everywhere(kommune, apent, client):
    for side in ("/lillestrom/tjenester/", "/lillestrom/finnes/ikke/"):
        assert (LISTEN, "Møter") in Lest(client.get(side)).alle_lenker
    assert f'href="{LISTEN}" aria-current="page"' in client.get(LISTEN).text


# What it costs ------------------------------------------------------------------------


def antall_sporringer(klient, side):
    cache.clear()
    with CaptureQueriesContext(connection) as fanget:
        assert klient.get(side).status_code == 200
    return len(fanget)


@pytest.mark.parametrize("rolle", ["ukjent", "medlem av åpent", "koordinator"])
def test_pages_cost_the_same_for_one_and_three(rolle, klienter, kommune, out, apent):
    HandlingsplanFactory(kommune=kommune)
    klient = klienter[rolle]
    Sendevei.objects.create(forum=apent, til=ForumFactory(kommune=kommune))
    sider = [LISTEN, apent.get_absolute_url(), PLANEN, out.get_absolute_url()]
    en = [antall_sporringer(klient, side) for side in sider]

    for nr in range(2):
        annet = lag_forum(kommune, out, overordnet=apent)
        Sendevei.objects.create(forum=apent, til=annet)
        Sendevei.objects.create(forum=annet, til=apent)
        leder = ForumsmedlemFactory(
            forum=apent, tjeneste=TjenesteFactory(kommune=kommune)
        )
        ForumsmedlemFactory(forum=apent, vara_for=leder, bruker=BrukerFactory())
        lag_mote(apent, 30 + nr)
        lag_mote(apent, -30 - nr)

    tre = [antall_sporringer(klient, side) for side in sider]
    assert [tre[1:], en[0]] == [en[1:], tre[0]]


def test_whoever_is_renamed_is_so_on_the_pages_of_those_they_meet(client):
    vert = KommuneFactory(navn="Lillestrøm", slug="lillestrom")
    nabo = KommuneFactory(navn="Lørenskog", slug="lorenskog")
    forum = ForumFactory(kommune=vert, navn="Felles forum")
    ForumskommuneFactory(forum=forum, kommune=nabo)
    hos_verten, hos_naboen = forum.get_absolute_url(), "/lorenskog/moter/"
    assert "Lørenskog" in client.get(hos_verten).text
    assert "/lillestrom/" in client.get(hos_naboen).text

    nabo.navn = "Nytt navn"
    nabo.save()
    vert.refresh_from_db()
    vert.slug = "ny-adresse"
    vert.save()

    assert "Nytt navn" in client.get(f"/ny-adresse/moter/{forum.slug}/").text
    hos_naboen = client.get(hos_naboen).text
    assert "/ny-adresse/" in hos_naboen
    assert "/lillestrom/" not in hos_naboen
