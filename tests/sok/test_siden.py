"""The page of the search, as strangers and others see it."""

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from time import sleep

import pytest
from django.urls import reverse
from django.utils import timezone

from slt.felles.logg import Skjuler
from slt.grunn.sok.indeks import Indeks
from slt.grunn.sok.sporring import LENGST
from slt.models import OrdUtenTreff, retter
from slt.sok import lager
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    ForumFactory,
    FunnFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TemaFactory,
    TilbudFactory,
    TilgangFactory,
    TjenesteFactory,
    UtkastFactory,
    VeilederFactory,
)
from tests.slt.test_personvern import lag_nummer, terning
from tiltak import sokbart
from tiltak.models import VeilederTema

ADRESSE = "/lillestrom/sok/"


def spor(client, sporsmal):
    return client.get(ADRESSE, {"q": sporsmal})


def titler(client, sporsmal):
    grupper = spor(client, sporsmal).context.get("grupper", [])
    return [t.ting.tittel for _gruppe, rader in grupper for t in rader]


@pytest.fixture
def meklingen(kommune):
    """A tiltak with a tjeneste that has a number."""
    tjeneste = TjenesteFactory(kommune=kommune, navn="Konfliktrådet", andre_navn="KR")
    KontaktpunktFactory(tjeneste=tjeneste, type="telefon", verdi="21 50 71 09")
    tiltak = TilbudFactory(
        kommune=kommune, tittel="Mekling", tekst="<p>Partene møtes. Noen mekler.</p>"
    )
    AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
    return tiltak


def test_help_is_found_with_the_number_to_call_and_the_words_are_marked(
    client, meklingen
):
    svar = spor(client, "hvem kan mekle?")

    html = svar.content.decode()
    assert "<mark>Mekling</mark></a>" in html
    assert '<a class="ds-link" href="tel:+4721507109">21 50 71 09</a>' in html
    assert "Noen <mark>mekler</mark>." in html
    assert 'id="treff" role="status">2 treff</p>' in html


def test_help_stands_before_meetings_and_knowledge(client, kommune, meklingen):
    ForumFactory(kommune=kommune, navn="Mekling i kommunene")
    FunnFactory(kilde__kommune=kommune, tekst="Mekling brukes lite.", publisert=True)

    svar = spor(client, "mekling")

    assert [gruppe.nokkel for gruppe, _rader in svar.context["grupper"]] == [
        "hjelp",
        "moter",
        "kunnskap",
    ]


def test_only_the_numbers_that_hold_there_stand_at_a_tiltak(client, meklingen):
    ansvar = meklingen.ansvar.get()
    egen = KontaktpunktFactory(
        tjeneste=ansvar.tjeneste, type="telefon", verdi="469 34 634", hoved=False
    )
    ansvar.kontaktvalg.create(kontaktpunkt=egen)

    assert titler(client, "469 34 634") == ["Konfliktrådet", "Mekling"]
    assert titler(client, "21 50 71 09") == ["Konfliktrådet"]


def test_who_is_closed_down_is_not_found(client, kommune):
    tjeneste = TjenesteFactory(kommune=kommune, navn="Kvasarteamet")
    funnet = titler(client, "kvasarteamet")
    tjeneste.nedlagt = timezone.localdate()
    tjeneste.save()

    assert (funnet, titler(client, "kvasarteamet")) == (["Kvasarteamet"], [])


def test_a_number_is_found_with_the_tjeneste_and_what_it_answers_for(client, meklingen):
    for nummer in ("+47 215 07 109", "21 50 71", "507109"):
        assert titler(client, nummer) == ["Konfliktrådet", "Mekling"]


def test_the_page_is_in_the_language_of_the_kommune(client, kommune):
    kommune.malform = "nn"
    kommune.save()

    assert '<html lang="nn"' in spor(client, "mekling").content.decode()


def test_nothing_keeps_the_page_or_tells_others_what_was_asked(
    client, kommune, koordinator
):
    svar = spor(client, "mekling")

    assert {
        n: svar[n] for n in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")
    } == {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
    }
    assert '<meta name="robots" content="noindex">' in svar.content.decode()
    # Who has a session sends forms from it.
    assert spor(koordinator, "mekling")["Referrer-Policy"] == "strict-origin"
    # The title stands in the history of the browser.
    assert "mekling" not in svar.content.decode().partition("</title>")[0]
    assert not svar.cookies


def test_who_looks_for_help_does_not_read_that_it_is_about_crime(client, kommune):
    siden = spor(client, "finnesikke").text

    assert "<title>Søk – Hjelp i Lillestrøm kommune</title>" in siden
    assert "kriminal" not in siden.partition("<body")[2]


def test_strangers_find_only_what_strangers_see(client, kommune, koordinator):
    tjeneste = TjenesteFactory(kommune=kommune, navn="Teamet")
    KontaktpunktFactory(
        tjeneste=tjeneste, type="telefon", verdi="469 34 634", synlighet="koordinator"
    )
    ForumFactory(kommune=kommune, navn="Lukket kvasar", offentlig=False)
    FunnFactory(kilde__kommune=kommune, tekst="Skjult kvasar", publisert=False)
    upublisert = TilbudFactory(kommune=kommune, tittel="Ny kvasar", publisert=False)
    plan = HandlingsplanFactory(kommune=kommune, status="gjeldende")
    sted = PlasseringFactory(
        tiltak__plan=plan,
        tiltak__tittel="Stedløs kvasar",
        innsatsomrade=InnsatsomradeFactory(plan=plan, publisert=False),
    )

    assert (titler(client, "kvasar"), titler(client, "46934634")) == ([], [])
    assert spor(client, "kvasir").context["svar"].naer == []
    assert sorted(titler(koordinator, "kvasar")) == sorted(
        ["Lukket kvasar", "Skjult kvasar", upublisert.tittel, sted.tiltak.tittel]
    )
    assert titler(koordinator, "46934634") == ["Teamet"]


def test_strangers_find_only_those_parts_of_the_plan_that_are_published(
    client, kommune, koordinator
):
    plan = HandlingsplanFactory(kommune=kommune, status="gjeldende")
    for publisert in (True, False):
        navn = "Åpen kvasar" if publisert else "Lukket kvasar"
        KapittelFactory(plan=plan, tittel=navn, publisert=publisert)
        InnsatsomradeFactory(plan=plan, navn=navn, publisert=publisert)

    assert titler(client, "kvasar") == ["Åpen kvasar"] * 2
    assert sorted(titler(koordinator, "kvasar")) == sorted(
        ["Åpen kvasar", "Lukket kvasar"] * 2
    )


def test_what_is_bound_to_a_hidden_place_leads_strangers_to_nobody(
    client, kommune, koordinator
):
    plan = HandlingsplanFactory(kommune=kommune, status="gjeldende")
    sted = PlasseringFactory(
        tiltak__plan=plan,
        tiltak__tittel="Kvasar",
        innsatsomrade=InnsatsomradeFactory(plan=plan),
    )
    skjult = PlasseringFactory(
        tiltak=sted.tiltak,
        hoved=False,
        innsatsomrade=InnsatsomradeFactory(plan=plan, publisert=False),
    )
    AnsvarFactory(
        tiltak=sted.tiltak,
        tjeneste=TjenesteFactory(kommune=kommune, navn="Teamet"),
        plassering=skjult,
    )

    assert titler(client, "kvasar") == ["Kvasar"]
    assert titler(koordinator, "kvasar") == ["Kvasar", "Teamet"]


def test_what_others_write_while_an_index_is_built_stops_no_answer(
    client, kommune, monkeypatch
):
    """A tjeneste that answers for a tiltak comes between the queries, and a theme that a
    tiltak, a tjeneste and a guide have chosen."""
    ekte, tiltak = sokbart._Innhold._last_deler, TilbudFactory(kommune=kommune)
    tiltak.tittel = "Kvasar"
    tiltak.save()

    def last(innhold, bruker):
        tjeneste = TjenesteFactory(kommune=kommune)
        AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
        ekte(innhold, bruker)
        tema = TemaFactory(kommune=kommune)
        VeilederTema.objects.create(
            veileder=VeilederFactory(kommune=kommune, tittel="Kvasarskjema"), tema=tema
        )

    monkeypatch.setattr(sokbart._Innhold, "_last_deler", last)

    assert titler(client, "kvasar") == ["Kvasar", "Kvasarskjema"]


def test_the_browser_does_not_offer_what_was_typed_to_the_next_one(client, kommune):
    """A phone that others hold, too."""
    for side in ("/lillestrom/sok/?q=mekling", "/lillestrom/tjenester/?q=mekling"):
        html = client.get(side).content.decode()
        felt = re.findall(r'<input[^>]* name="q"[^>]*>', html)

        assert felt
        assert [f for f in felt if 'autocomplete="off"' not in f] == []


def test_what_stands_in_a_draft_is_searched_there_alone(client, kommune, koordinator):
    utkast = UtkastFactory(kommune=kommune)
    PlasseringFactory(
        innsatsomrade=InnsatsomradeFactory(plan=utkast), tiltak__tittel="Kvasar"
    )

    assert (titler(client, "kvasar"), titler(koordinator, "kvasar")) == ([], [])


def test_the_neighbours_have_theirs_alone(client, meklingen, nabokommune, nabo):
    TilbudFactory(kommune=nabokommune, tittel="Mekling hos naboen")

    assert "Mekling hos naboen" not in titler(client, "mekling")
    assert "Mekling hos naboen" not in titler(nabo, "mekling")


def test_a_change_is_found_at_once(client, meklingen):
    assert titler(client, "forsoning") == []

    meklingen.tittel = "Forsoning"
    meklingen.save()

    assert titler(client, "forsoning")[0] == "Forsoning"


@pytest.mark.parametrize(
    ("sporsmal", "sagt"),
    [
        ("", "Andre måter å finne hjelp på"),
        ("   ", "Andre måter å finne hjelp på"),
        ("a", "minst to bokstaver"),
        ("?!«»", "minst to bokstaver"),
        ("\x00", "minst to bokstaver"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)"),
        ("x" * 10_000, f"de første {LENGST} tegnene"),
        ("rus " * 5_000, f"de første {LENGST} tegnene"),
        ("%_' OR 1=1 --", "Ga ingen treff"),
        ("parkeringsbot", "Se alle tjenester"),
    ],
)
def test_whatever_is_typed_is_answered_with_plain_words(
    client, kommune, sporsmal, sagt
):
    svar = spor(client, sporsmal)

    assert svar.status_code == 200
    assert sagt in svar.content.decode()
    assert "<script>alert" not in svar.content.decode()


def test_an_identity_number_is_neither_looked_up_nor_shown_nor_counted(
    client, kommune, monkeypatch
):
    monkeypatch.setattr("slt.sok.views.indeks_for", None)
    nummer = lag_nummer(terning(1))

    svar = spor(client, f"hasj {nummer[:6]} {nummer[6:]}")

    html = svar.content.decode()
    assert "Det ser ut som et fødselsnummer" in html
    assert nummer[:6] not in html
    assert nummer[6:] not in html
    assert not OrdUtenTreff.objects.exists()


def test_what_is_typed_stands_in_no_log_not_even_when_it_fails(
    client, kommune, monkeypatch
):
    linjer = []

    class Fanger(logging.Handler):
        def emit(self, record):
            linjer.append(self.format(record))

    fanger = Fanger(logging.DEBUG)
    fanger.setFormatter(Skjuler())
    rot = logging.getLogger()
    monkeypatch.setattr(rot, "level", logging.DEBUG)
    monkeypatch.setattr(logging.getLogger("django"), "propagate", True)
    rot.addHandler(fanger)
    client.raise_request_exception = False
    try:
        client.get("/lillestrom/ikke-her/", {"q": "kvasar"})
        spor(client, "kvasar")
        monkeypatch.setattr(lager, "Indeks", None)
        lager.LAGER.glem()
        svar = spor(client, "kvasar")
    finally:
        rot.removeHandler(fanger)

    assert svar.status_code == 500
    assert any("/lillestrom/sok/" in linje for linje in linjer)
    assert [linje for linje in linjer if "kvasar" in linje] == []


def test_the_page_is_only_read(client, koordinator):
    assert [
        c.post(ADRESSE, {"q": "rus"}).status_code for c in (client, koordinator)
    ] == [
        405,
        405,
    ]
    assert client.get("/finnes-ikke/sok/", {"q": "rus"}).status_code == 404


@pytest.mark.parametrize("antall", [1, 3])
def test_an_index_costs_the_same_for_one_and_three(
    kommune, client, antall, django_assert_num_queries
):
    for nr in range(antall):
        tiltak = TilbudFactory(kommune=kommune, tittel=f"Mekling {nr}")
        tjeneste = TjenesteFactory(kommune=kommune)
        KontaktpunktFactory(tjeneste=tjeneste)
        AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
        ForumFactory(kommune=kommune)
        FunnFactory(kilde__kommune=kommune, publisert=True)

    with django_assert_num_queries(25):
        funnet = titler(client, "mekling")
    assert sum(tittel.startswith("Mekling") for tittel in funnet) == antall
    # The second time there is nothing to load, but for the kommune and the frame.
    with django_assert_num_queries(4):
        titler(client, "mekling")


def test_who_sees_the_same_shares_an_index(kommune, client, monkeypatch):
    like = [TilgangFactory(kommune=kommune, rolle="ansatt").bruker for _ in range(2)]
    bygd = []
    monkeypatch.setattr(lager, "bygg", lambda *a: bygd.append(a) or Indeks([]))

    for en in (client, *map(innlogget, like), client):
        spor(en, "mekling")

    assert len(bygd) == 2


def test_who_has_very_many_rights_has_an_index_of_their_own(kommune, monkeypatch):
    like = [TilgangFactory(kommune=kommune, rolle="ansatt").bruker for _ in range(2)]
    bygd = []
    monkeypatch.setattr(lager, "bygg", lambda *a: bygd.append(a) or Indeks([]))
    monkeypatch.setattr("slt.models.retter.MANGE_RETTER", 0)

    for en in map(innlogget, like):
        spor(en, "mekling")

    assert len(bygd) == 2


def test_an_index_is_of_one_day(kommune, client, monkeypatch):
    bygd = []
    monkeypatch.setattr(lager, "bygg", lambda *a: bygd.append(a) or Indeks([]))
    i_morgen = timezone.localdate() + timedelta(days=1)

    spor(client, "mekling")
    monkeypatch.setattr(timezone, "localdate", lambda *_a: i_morgen)
    spor(client, "mekling")

    assert len(bygd) == 2


def test_of_who_has_rights_to_very_much_none_is_kept(kommune, monkeypatch):
    """What they see may end where nothing of the kommune changes."""
    monkeypatch.setattr(retter, "MANGE_RETTER", 0)
    klient = innlogget(TilgangFactory(kommune=kommune).bruker)
    bygd = []
    monkeypatch.setattr(lager, "bygg", lambda *a: bygd.append(a) or Indeks([]))

    for _gang in range(2):
        spor(klient, "mekling")

    assert len(bygd) == 2


def test_the_indexes_that_were_used_last_are_kept():
    egne, bygd = lager.Lager(flest=2), []

    for nokkel in "aabacab":
        egne.hent(nokkel, lambda nokkel=nokkel: bygd.append(nokkel) or nokkel)

    assert bygd == ["a", "b", "c", "b"]
    assert lager.FLEST == 10


def test_two_who_ask_at_the_same_time_wait_for_one_index():
    egne, bygd, begge = lager.Lager(), [], Barrier(2)

    def bygg():
        bygd.append(1)
        sleep(0.05)
        return "indeks"

    def spor():
        begge.wait()
        return egne.hent("a", bygg)

    with ThreadPoolExecutor(2) as trader:
        svar = [f.result() for f in [trader.submit(spor) for _ in range(2)]]

    assert (svar, bygd) == (["indeks"] * 2, [1])


@pytest.mark.parametrize(
    "sti", ["/lillestrom/", "/lillestrom/tjenester/", "/lillestrom/x/"]
)
def test_every_page_of_a_kommune_has_the_field(client, kommune, sti):
    html = client.get(sti, follow=True).content.decode()

    assert f'action="{reverse("sok", args=["lillestrom"])}" role="search"' in html
    assert '<label class="ds-sr-only" for="topp-sok">Søk etter hjelp</label>' in html


def test_a_page_that_one_may_not_see_has_it_too(kommune):
    ansatt = innlogget(TilgangFactory(kommune=kommune, rolle="ansatt").bruker)
    svar = ansatt.get(reverse("innstillinger", args=["lillestrom"]))

    assert svar.status_code in {403, 404}
    assert 'id="topp-sok"' in svar.content.decode()
