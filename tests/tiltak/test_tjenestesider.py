"""The pages of those who help: found by what people need, and who is open now."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from slt.grunn.rekkefolge import i_orden
from tests.factories import (
    AnsvarFactory,
    KontaktpunktFactory,
    LokalomradeFactory,
    MotefriFactory,
    PlasseringFactory,
    StedFactory,
    TjenesteFactory,
)
from tests.lest import Lest
from tests.skjemasvar import send
from tiltak.models import (
    Apningstid,
    Kontaktpunkt,
    Tema,
    TiltakVeileder,
    Tjenestemalgruppe,
    TjenesteTema,
    Veileder,
)

OSLO = ZoneInfo("Europe/Oslo")
LISTEN = "/lillestrom/tjenester/"
Type, Synlighet = Kontaktpunkt.Type, Kontaktpunkt.Synlighet


@pytest.fixture(autouse=True)
def _tom_bevaring(db):
    cache.clear()


def klokken(monkeypatch, tekst):
    """Makes it that time on Tuesday 24 November 2026."""
    na = datetime.fromisoformat(f"2026-11-24T{tekst}").replace(tzinfo=OSLO)
    monkeypatch.setattr(timezone, "now", lambda: na)


def tjeneste(kommune, navn, *temaer, **felter):
    ny = TjenesteFactory(kommune=kommune, navn=navn, **felter)
    for tema in temaer:
        TjenesteTema.objects.create(tjeneste=ny, tema=tema)
    return ny


def kontortid(punkt, **felter):
    felter = {
        "fra_dag": 0,
        "til_dag": 4,
        "apner": time(8),
        "stenger": time(15, 30),
    } | felter
    return Apningstid.objects.create(kontaktpunkt=punkt, **felter)


def tema(kommune, navn, **felter):
    return Tema.objects.create(kommune=kommune, navn=navn, **felter)


def navnene(svar):
    return [tjeneste.navn for tjeneste in svar.context["tjenester"]]


# Open now -----------------------------------------------------------------------------


@pytest.fixture
def phfs(kommune):
    phfs = tjeneste(kommune, "PHFS")
    kontortid(KontaktpunktFactory(tjeneste=phfs, verdi="908 21 722"))
    return phfs


@pytest.fixture
def tiltaket(kommune, phfs):
    tiltak = PlasseringFactory(innsatsomrade__plan__kommune=kommune).tiltak
    AnsvarFactory(tiltak=tiltak, tjeneste=phfs)
    return tiltak


@pytest.mark.parametrize("hvem", ["client", "koordinator"])
@pytest.mark.parametrize("hva", ["tjenesten", "tiltaket"])
def test_what_was_kept_while_it_was_open_is_not_said_when_it_has_closed(
    hva, hvem, phfs, tiltaket, request, monkeypatch
):
    client = request.getfixturevalue(hvem)
    side = (phfs if hva == "tjenesten" else tiltaket).get_absolute_url()

    klokken(monkeypatch, "15:29")
    apent, igjen = client.get(side), client.get(side)
    klokken(monkeypatch, "15:31")
    stengt = client.get(side)

    for svar in (apent, igjen):
        assert "Åpent nå (til kl. 15.30)" in Lest(svar).tekst
    assert "Åpent nå" not in Lest(stengt).tekst
    assert "Åpner onsdag kl. 08.00" in Lest(stengt).tekst


def test_a_browser_that_has_the_page_is_told_that_it_holds_no_more(
    phfs, client, monkeypatch
):
    side = phfs.get_absolute_url()
    klokken(monkeypatch, "15:00")
    merke = client.get(side)["ETag"]

    holder = client.get(side, headers={"if-none-match": merke})
    klokken(monkeypatch, "15:30")
    lenger = client.get(side, headers={"if-none-match": merke})

    assert (holder.status_code, lenger.status_code) == (304, 200)
    assert lenger["ETag"] != merke


def test_that_a_team_is_out_and_what_holds_on_holidays_is_said(
    phfs, client, monkeypatch
):
    ute = KontaktpunktFactory(tjeneste=phfs, type=Type.OPPMOTE, verdi="I byen")
    kontortid(ute, hva=Apningstid.Hva.UTE, helligdager="stengt")
    klokken(monkeypatch, "12:00")

    side = Lest(client.get(phfs.get_absolute_url())).tekst

    assert (
        "Ute nå (til kl. 15.30) Hverdager kl. 08.00–15.30 ute, ikke på helligdager"
        in side
    )


def test_hours_that_are_not_given_are_never_called_closed(kommune, client):
    uten = tjeneste(kommune, "OUT")
    KontaktpunktFactory(tjeneste=uten)

    side = Lest(client.get(uten.get_absolute_url())).tekst.lower()

    assert not any(ord_ in side for ord_ in ("stengt", "åpner", "åpent"))


def test_hours_of_school_weeks_ask_the_calendar_of_the_kommune(
    kommune, nabokommune, phfs, client, monkeypatch
):
    punkt = KontaktpunktFactory(tjeneste=phfs, verdi="Skolen", type=Type.OPPMOTE)
    kontortid(punkt, gjelder=Apningstid.Gjelder.SKOLEFERIE)
    uke = {"fra": date(2026, 11, 23), "til": date(2026, 11, 27)}
    MotefriFactory(kommune=nabokommune, **uke)
    klokken(monkeypatch, "09:00")
    uvisst = Lest(client.get(phfs.get_absolute_url())).tekst

    MotefriFactory(kommune=kommune, **uke)
    ferie = Lest(client.get(phfs.get_absolute_url())).tekst

    assert "Det er ikke oppgitt når skolene har ferie." in uvisst
    assert "ikke oppgitt når" not in ferie
    assert ferie.count("Åpent nå (til kl. 15.30)") == 2


def test_a_notice_stands_at_the_tjeneste_and_at_its_tiltak_and_goes_by_itself(
    phfs, tiltaket, client, monkeypatch
):
    phfs.melding, phfs.stengt = "Ferie. Ring OUT.", True
    phfs.melding_fra = phfs.melding_til = date(2026, 11, 24)
    phfs.save()
    sider = [phfs.get_absolute_url(), tiltaket.get_absolute_url(), LISTEN]
    klokken(monkeypatch, "12:00")

    i_dag = [Lest(client.get(side)).tekst for side in sider]
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 11, 25))
    i_morgen = [Lest(client.get(side)).tekst for side in sider]

    assert [side.count("Stengt: Ferie. Ring OUT.") for side in i_dag] == [1, 1, 1]
    assert "Åpent nå" not in "".join(i_dag)
    assert [side.count("Ring OUT.") for side in i_morgen] == [0, 0, 0]


# The tiltak ---------------------------------------------------------------------------


def overskriftene(side, navn):
    """The names in the order in which they stand."""
    return sorted(navn, key=side.index)


def test_those_who_can_be_called_stand_first_and_those_without_a_way_in_last(
    kommune, tiltaket, client
):
    skriver = tjeneste(kommune, "Skriver")
    KontaktpunktFactory(tjeneste=skriver, type=Type.EPOST, verdi="a@example.org")
    uten = tjeneste(kommune, "Uten")
    ringes = tjeneste(kommune, "Ringes")
    KontaktpunktFactory(tjeneste=ringes)
    for tjenesten in (uten, skriver, ringes):
        AnsvarFactory(tiltak=tiltaket, tjeneste=tjenesten)

    side = Lest(client.get(tiltaket.get_absolute_url())).tekst

    assert overskriftene(side, ["Uten", "Skriver", "Ringes"]) == [
        "Ringes",
        "Skriver",
        "Uten",
    ]


def test_who_has_no_way_in_is_told_whom_to_ask(kommune, tiltaket, client):
    over = tjeneste(kommune, "Avdelingen")
    KontaktpunktFactory(tjeneste=over, verdi="477 95 404")
    hemmelig = tjeneste(kommune, "Internt")
    KontaktpunktFactory(
        tjeneste=hemmelig, verdi="999 99 999", synlighet=Synlighet.KOORDINATOR
    )
    AnsvarFactory(
        tiltak=tiltaket, tjeneste=tjeneste(kommune, "Klubben", overordnet=over)
    )
    AnsvarFactory(
        tiltak=tiltaket, tjeneste=tjeneste(kommune, "Vakta", overordnet=hemmelig)
    )

    side = Lest(client.get(tiltaket.get_absolute_url())).tekst

    ikke = "Det er ikke oppgitt hvordan du tar kontakt."
    assert f"Klubben Ansvarlig {ikke} Spør Avdelingen : Telefon 477 95 404" in side
    assert f"Vakta Ansvarlig {ikke} Spør PHFS ." in side
    assert "999 99 999" not in side


def test_where_nobody_has_a_way_in_the_kommune_is_asked_once(kommune, client):
    kommune.telefon = "63 80 00 00"
    kommune.save()
    tiltak = PlasseringFactory(innsatsomrade__plan__kommune=kommune).tiltak
    for navn in ("Skolen", "Klubben"):
        AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste(kommune, navn))

    side = Lest(client.get(tiltak.get_absolute_url())).tekst

    assert side.count("Spør kommunen: 63 80 00 00") == 1


def test_a_web_page_says_whose_it_is(phfs, tiltaket, client):
    KontaktpunktFactory(tjeneste=phfs, type=Type.NETT, verdi="https://example.org/")

    lenker = dict(Lest(client.get(tiltaket.get_absolute_url())).lenker)

    assert lenker["https://example.org/"] == "Nettsiden til PHFS"


def test_guides_that_a_tiltak_goes_by_are_shown_to_all(kommune, tiltaket, client):
    veileder = Veileder.objects.create(
        kommune=kommune,
        type=Veileder.Type.RUTINE,
        tittel="Ved mistanke om vold",
        adresse="https://example.org/rutine",
        eier="Fagstaben",
        revidert=date(2026, 2, 1),
        bti_fra=0,
        bti_til=1,
    )
    TiltakVeileder.objects.create(tiltak=tiltaket, veileder=veileder)

    side = Lest(client.get(tiltaket.get_absolute_url()))

    assert dict(side.lenker)["https://example.org/rutine"] == "Ved mistanke om vold"
    assert "Rutine, Fagstaben, BTI-nivå 0–1, revidert 1. februar 2026" in side.tekst


@pytest.mark.parametrize("antall", [1, 3])
def test_the_page_of_a_tiltak_costs_the_same_for_one_and_three(
    antall, kommune, tiltaket, client, django_assert_num_queries
):
    for nr in range(antall):
        over = tjeneste(kommune, f"Over {nr}")
        kontortid(KontaktpunktFactory(tjeneste=over))
        under = tjeneste(kommune, f"Under {nr}", overordnet=over)
        AnsvarFactory(tiltak=tiltaket, tjeneste=under)

    with django_assert_num_queries(30):
        client.get(tiltaket.get_absolute_url())


# The list -----------------------------------------------------------------------------


@pytest.fixture
def liste(kommune, nabokommune):
    """Three who help, and one next door."""
    rus = tema(kommune, "Rus", emne="rus", sokeord="hasj, fylla")
    krim = tema(
        kommune,
        "Kriminalitet",
        emne="narmiljo",
        i_hverdagen="Gjenger og uro i nærmiljøet",
    )
    out = tjeneste(kommune, "Oppsøkende ungdomsteam", rus, krim, unge_kan_kontakte=True)
    KontaktpunktFactory(tjeneste=out, verdi="out@example.org", type=Type.EPOST)
    KontaktpunktFactory(tjeneste=out, verdi="469 34 634")
    helsestasjonen = tjeneste(kommune, "Helsestasjonen", rus, kortnavn="HFU")
    omrade = LokalomradeFactory(kommune=kommune, navn="Fetsund", slug="fetsund")
    KontaktpunktFactory(
        tjeneste=helsestasjonen,
        sted=StedFactory(kommune=kommune, lokalomrade=omrade),
        verdi="400 20 730",
    )
    LokalomradeFactory(kommune=kommune, navn="Frogner", slug="frogner")
    biblioteket = tjeneste(kommune, "Biblioteket")
    KontaktpunktFactory(
        tjeneste=biblioteket, verdi="999 99 999", synlighet=Synlighet.KOORDINATOR
    )
    tjeneste(nabokommune, "Hos naboen", tema(nabokommune, "Rus", sokeord="hasj"))


def test_they_stand_by_what_people_need(liste, client):
    svar = client.get(LISTEN)

    assert [
        (tittel, [t.navn for t in gruppen])
        for tittel, gruppen in svar.context["grupper"]
    ] == [
        ("Rus", ["Oppsøkende ungdomsteam", "Helsestasjonen"]),
        ("Gjenger og uro i nærmiljøet", ["Oppsøkende ungdomsteam"]),
        ("Andre tjenester", ["Biblioteket"]),
    ]
    side = Lest(svar)
    assert "Kriminalitet" not in side.tekst
    # Where there is room for one, it is the number.
    assert "469 34 634" in side.tekst
    assert "out@example.org" not in side.tekst


def test_they_stand_from_a_to_z_for_who_knows_the_name(liste, client):
    svar = client.get(f"{LISTEN}?orden=navn")

    assert svar.context["grupper"] == []
    assert navnene(svar) == ["Biblioteket", "Helsestasjonen", "Oppsøkende ungdomsteam"]
    assert "mailto:out@example.org" in dict(Lest(svar).lenker)


@pytest.mark.parametrize(
    ("sporring", "funnet"),
    [
        ("q=hasj", ["Helsestasjonen", "Oppsøkende ungdomsteam"]),
        ("q=hfu", ["Helsestasjonen"]),
        ("q=uro hasj", ["Oppsøkende ungdomsteam"]),
        ("q=46934634", ["Oppsøkende ungdomsteam"]),
        ("q=469 34 634", ["Oppsøkende ungdomsteam"]),
        ("q=99999999", []),
        ("q=xyzzy", []),
        ("kontakt=unge", ["Oppsøkende ungdomsteam"]),
        ("kontakt=foresatte", []),
        # By whom one asks first, not by name.
        ("tema=rus", ["Oppsøkende ungdomsteam", "Helsestasjonen"]),
        ("lokalomrade=frogner", ["Biblioteket", "Oppsøkende ungdomsteam"]),
        (
            "lokalomrade=fetsund",
            ["Biblioteket", "Helsestasjonen", "Oppsøkende ungdomsteam"],
        ),
        ("tema=rus&kontakt=unge", ["Oppsøkende ungdomsteam"]),
        ("q=" + "a" * 201, []),
        ("tema=finnes-ikke", []),
        ("kontakt=%00", []),
    ],
)
def test_the_list_is_narrowed_by_what_stands_in_the_address(
    sporring, funnet, liste, client
):
    svar = client.get(f"{LISTEN}?{sporring}")

    assert svar.status_code == 200
    assert navnene(svar) == funnet


def test_the_coordinator_finds_by_a_number_that_others_do_not_see(liste, koordinator):
    assert navnene(koordinator.get(f"{LISTEN}?q=99999999")) == ["Biblioteket"]


def test_a_choice_that_is_none_is_said_beside_it(liste, client):
    side = Lest(client.get(f"{LISTEN}?tema=finnes-ikke"))

    assert "Rett opp valgene som er merket." in side.tekst


def test_who_finds_nothing_is_led_on(liste, kommune, client):
    kommune.epost = "post@example.org"
    kommune.save()

    side = Lest(client.get(f"{LISTEN}?q=xyzzy"))

    assert "Ingen tjenester passer" in side.tekst
    assert (LISTEN, "Se alle tjenester") in side.lenker
    assert "Spør kommunen: post@example.org" in side.tekst


@pytest.mark.parametrize(
    ("sporring", "antall"),
    [("", 11), ("?orden=navn", 10), ("?q=hjelp&tema=rus", 10)],
)
def test_the_list_costs_the_same_for_one_and_three(sporring, antall, kommune, client):
    rus = tema(kommune, "Rus", emne="rus", sokeord="hjelp")
    kostet = []
    for nr in range(3):
        over = tjeneste(kommune, f"Over {nr}")
        en = tjeneste(kommune, f"Tjeneste {nr}", rus, overordnet=over)
        kontortid(KontaktpunktFactory(tjeneste=en))
        with CaptureQueriesContext(connection) as sporringer:
            client.get(LISTEN + sporring)
        kostet.append(len(sporringer))

    assert kostet == [antall] * 3


def test_the_page_says_whom_it_is_for_and_leads_to_others_who_help(kommune, client):
    rus = tema(kommune, "Rus", i_hverdagen="Alkohol og andre rusmidler")
    out = tjeneste(kommune, "OUT", rus, unge_kan_kontakte=True)
    Tjenestemalgruppe.objects.create(
        tjeneste=out, tekst="ungdom", alder_fra=10, alder_til=24
    )

    side = Lest(client.get(out.get_absolute_url()))

    assert "Hvem kan ta kontakt: barn og unge." in side.tekst
    assert "For Ungdom, 10–24 år" in side.tekst
    assert (f"{LISTEN}?tema=rus", "Alkohol og andre rusmidler") in side.lenker


def test_in_a_group_whom_one_asks_first_stands_first(liste, client):
    nest = TjenesteTema.objects.get(tjeneste__navn="Helsestasjonen", tema__slug="rus")
    nest.rekkefolge = 1
    with i_orden([nest]):
        nest.save()

    tittel, gruppen = client.get(LISTEN).context["grupper"][0]

    assert (tittel, [tjeneste.navn for tjeneste in gruppen]) == (
        "Rus",
        ["Helsestasjonen", "Oppsøkende ungdomsteam"],
    )


# What people get -----------------------------------------------------------------------


def test_what_people_get_is_written_with_the_text_and_found_by_it(
    kommune, koordinator, client
):
    atv = tjeneste(kommune, "Alternativ til vold", tekst="")
    resultat = "Samtaleterapi og <b>råd</b>"

    send(koordinator, f"/lillestrom/endre/tjenester/{atv.pk}/", resultat=resultat)

    atv.refresh_from_db()
    assert atv.resultat == resultat
    siden = client.get(f"{LISTEN}{atv.slug}/")
    assert f"Hva du får: {resultat}" in Lest(siden).tekst
    assert "<b>råd</b>" not in siden.content.decode()
    # Of one without a text or a contact, it is something to say.
    assert navnene(client.get(f"{LISTEN}?q=samtaleterapi")) == [atv.navn]
    assert atv.navn in Lest(client.get("/lillestrom/sok/?q=samtaleterapi")).tekst
