"""What is otherwise in a kommune between two moments: complete, net, and nothing that its
reader may not know today."""

from datetime import date, time, timedelta

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from evaluering.models import Maling
from slt.endringer.dokument import Endringsdokument
from slt.endringer.forms import Grense
from slt.felles.endret import Endret, Vindu, punktene
from slt.grunn.historikk import Art, Dor, HistoriskRad, begrunnet, opprett_mange, spor
from slt.models import PUBLIKUM
from tests.factories import (
    AnsvarFactory,
    BrukerFactory,
    ForumFactory,
    ForumsmedlemFactory,
    FunnFactory,
    HandlingsplanFactory,
    IndikatorFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KildeFactory,
    KommuneFactory,
    KontaktpunktFactory,
    MalingFactory,
    MoteFactory,
    PlanleserFactory,
    PlasseringFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
)
from tests.lest import Lest
from tiltak.models import Apningstid, Handlingsplan, Tiltak

ADRESSE = "/lillestrom/endringer/"


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


@pytest.fixture(autouse=True)
def _ved_skjemaet():
    with spor(Dor.SKJEMA):
        yield


@pytest.fixture
def plan(kommune):
    plan = HandlingsplanFactory(kommune=kommune)
    ungdom = InnsatsomradeFactory(plan=plan, navn="Ungdom", kortnavn="Ungdom")
    tiltak = PlasseringFactory(
        innsatsomrade=ungdom, nummer=1, tiltak__tittel="Ungdomslos"
    ).tiltak
    out = TjenesteFactory(kommune=kommune, navn="Utekontakten")
    KontaktpunktFactory(tjeneste=out, verdi="22 22 22 22", hoved=True)
    AnsvarFactory(tiltak=tiltak, tjeneste=out)
    KapittelFactory(plan=plan, tittel="Bakgrunn")
    return plan


@pytest.fixture
def losen(plan):
    return plan.tiltak.get()


@pytest.fixture
def punktet(plan):
    return plan.kommune.tjenester.get().kontaktpunkter.get()


def endre(rad, **felter):
    for felt, verdi in felter.items():
        setattr(rad, felt, verdi)
    rad.save()


def en_uke_siden():
    """Makes all that was done until now a week old."""
    for modell in apps.get_models():
        if issubclass(modell, HistoriskRad):
            QuerySet(modell).update(history_date=timezone.now() - timedelta(days=7))


def endret(kommune, fra, bruker=PUBLIKUM, til=None):
    return Endret(Vindu(kommune, fra, til, bruker))


def linjene(kommune, fra, bruker=PUBLIKUM, til=None):
    """[(part, under, heading, what, how)] of all that is told."""
    return [
        (a.tittel, g.under, g.tittel, p.hva, p.handling)
        for a in endret(kommune, fra, bruker, til).avsnitt
        for g in a.grupper
        for p in g.punkter
    ]


def test_nothing_is_otherwise_at_first(plan, client):
    assert linjene(plan.kommune, timezone.now()) == []


def test_what_was_changed_stands_by_plan_and_omrade(plan, losen):
    fra = timezone.now()
    endre(losen, tittel="Losen")
    KapittelFactory(plan=plan, tittel="Nytt", publisert=True)
    TjenesteFactory(kommune=plan.kommune, navn="Nykommeren")

    assert linjene(plan.kommune, fra) == [
        ("Handlingsplan 2024–2028", "Ungdom", "Losen", "Tiltak", "Endret"),
        ("Handlingsplan 2024–2028", "", "Planen ellers", "Kapittel: Nytt", "Lagt til"),
        ("Tjenester og kontakter", "", "Nykommeren", "Tjeneste", "Lagt til"),
    ]


def test_what_was_changed_back_is_nothing(plan, losen):
    fra = timezone.now()
    endre(losen, tittel="Losen")
    endre(losen, tittel="Ungdomslos")

    assert linjene(plan.kommune, fra) == []


def test_what_happened_to_a_tiltak_is_said_in_words(plan, losen):
    vold = InnsatsomradeFactory(plan=plan, navn="Vold", publisert=True)
    annet = PlasseringFactory(innsatsomrade=vold, nummer=1, tiltak__tittel="Annet")
    annet.tiltak.publisert = True
    annet.tiltak.save()
    fra = timezone.now()
    endre(losen, status=Tiltak.Status.AVSLUTTET)
    endre(annet.tiltak, niva="selektiv")
    nytt = TiltakFactory(plan=plan, tittel="Nytt", publisert=False)
    PlasseringFactory(innsatsomrade=vold, nummer=2, tiltak=nytt)
    endre(nytt, publisert=True)

    rader = [rad[2:] for rad in linjene(plan.kommune, fra)]

    assert rader == [
        ("Ungdomslos", "Tiltak", "Avsluttet"),
        ("Annet", "Tiltak", "Endret"),
        ("Nytt", "Tiltak", "Lagt til"),
    ]


def test_what_was_there_and_not_published_is_published(plan):
    omrade = plan.innsatsomrader.get()
    nytt = TiltakFactory(plan=plan, tittel="Nytt", publisert=False)
    PlasseringFactory(innsatsomrade=omrade, nummer=2, tiltak=nytt)
    fra = timezone.now()
    endre(nytt, publisert=True)

    assert [rad[2:] for rad in linjene(plan.kommune, fra)] == [
        ("Nytt", "Tiltak", "Publisert")
    ]


def test_what_is_small_stands_apart(plan, losen, punktet):
    fra = timezone.now()
    endre(punktet, verdi="33 33 33 33")
    with begrunnet("", art=Art.RETTELSE):
        endre(losen, tittel="Ungdomslosen")
    AnsvarFactory(
        tiltak=losen, tjeneste=TjenesteFactory(kommune=plan.kommune, navn="B")
    )

    alt = endret(plan.kommune, fra)

    assert [p.hva for p in punktene(alt.store)] == ["Ansvar: B", "Tjeneste"]
    assert [p.hva for p in punktene(alt.sma)] == [
        "Tiltak",
        "Kontaktpunkt: 33 33 33 33",
    ]
    assert str(alt) == "2 endringer og 2 rettelser"


def test_only_what_lies_in_the_window_is_told(plan, losen):
    fra = timezone.now()
    endre(losen, tittel="Losen")
    til = timezone.now()
    endre(losen, tittel="Enda en")

    [punkt] = punktene(endret(plan.kommune, fra, til=til).avsnitt)

    assert [(f.fra, f.til) for f in punkt.felter] == [("Ungdomslos", "Losen")]


def test_the_window_begins_with_its_first_moment_and_ends_before_its_last(plan, losen):
    endre(losen, tittel="Losen")
    da = losen.historikk.first().history_date
    litt = timedelta(microseconds=1)

    antall = [
        len(punktene(endret(plan.kommune, fra, til=til).avsnitt))
        for fra, til in ((da, da + litt), (da - litt, da), (da + litt, da + 2 * litt))
    ]

    assert antall == [1, 0, 0]


def test_of_a_long_text_only_what_differs_is_told(plan, losen):
    lang = " ".join(f"Setning nummer {n} er som før." for n in range(100))
    endre(losen, tekst=f"<p>{lang} Slutten er gammel.</p>")
    fra = timezone.now()
    endre(losen, tekst=f"<p>{lang} Slutten er ny.</p>")

    [punkt] = punktene(endret(plan.kommune, fra).avsnitt)

    [felt] = punkt.felter
    assert [s.tekst for s in felt.stykker if not s.i_begge] == ["gammel.", "ny."]
    assert sum(len(s.tekst) for s in felt.stykker) < 200


# What nobody may know ---------------------------------------------------------------------


def alt_som_sies(kommune, fra, bruker=PUBLIKUM, til=None):
    return repr(endret(kommune, fra, bruker, til).avsnitt)


@pytest.fixture
def koordinatoren(koordinator):
    """The user, as a page knows it: what it has rights to is asked once."""
    return koordinator.bruker


def test_a_withdrawn_number_is_told_to_coordinators_alone(
    plan, punktet, client, koordinator
):
    en_uke_siden()
    fra = timezone.now()
    endre(punktet, verdi="33 33 33 33")

    dag = timezone.localdate().isoformat()
    svar = {
        navn: klient.get(f"{ADRESSE}?fra={dag}").content.decode()
        for navn, klient in (("alle", client), ("koordinator", koordinator))
    }

    assert "22 22 22 22" not in svar["alle"]
    assert "22 22 22 22" in svar["koordinator"]
    assert "22 22 22 22" not in alt_som_sies(plan.kommune, fra)
    [punkt] = punktene(endret(plan.kommune, fra).avsnitt)
    assert (punkt.hva, punkt.handling) == ("Kontaktpunkt: 33 33 33 33", "Endret")


def test_whatever_is_told_of_a_number_is_a_whole_sentence(
    plan, punktet, client, koordinator
):
    en_uke_siden()
    endre(punktet, verdi="33 33 33 33")

    dag = timezone.localdate().isoformat()
    alle, koordinatoren = (
        Lest(klient.get(f"{ADRESSE}?fra={dag}")).tekst
        for klient in (client, koordinator)
    )

    assert "Telefon er endret" in alle
    assert "Telefon: fra 22 22 22 22 til 33 33 33 33" in koordinatoren
    assert "fremgangsmåte" not in alle + koordinatoren


def test_a_number_that_is_hidden_is_told_of_to_who_sees_it_still(
    plan, punktet, koordinatoren
):
    fra = timezone.now()
    endre(punktet, synlighet="koordinator")

    [for_alle] = punktene(endret(plan.kommune, fra).avsnitt)
    [for_en] = punktene(endret(plan.kommune, fra, koordinatoren).avsnitt)

    assert (for_alle.handling, for_alle.felter) == ("Tatt ut", [])
    assert for_en.handling == "Endret"
    assert [f.navn for f in for_en.felter] == ["Hvem ser det"]


def test_who_may_make_contact_is_told_by_what_they_may(plan, losen):
    fra = timezone.now()
    endre(losen, unge_kan_kontakte=not losen.unge_kan_kontakte)

    [punkt] = punktene(endret(plan.kommune, fra).avsnitt)

    assert [f.navn for f in punkt.felter] == ["Barn og unge kan ta kontakt"]


def test_an_innsatsomrade_is_named_once_and_leads_to_its_page(plan, losen, client):
    omrade = plan.innsatsomrader.get()
    en_uke_siden()
    endre(omrade, navn="Ungdom og gjenger")
    endre(losen, tittel="Losen")

    side = Lest(client.get(f"{ADRESSE}?fra={timezone.localdate().isoformat()}"))

    linjer = linjene(plan.kommune, timezone.now() - timedelta(days=1))
    assert [linje[2:] for linje in linjer] == [
        ("Ungdom og gjenger", "Innsatsområde", "Endret"),
        ("Losen", "Tiltak", "Endret"),
    ]
    assert side.tekst.count("Ungdom og gjenger") == 2  # heading, and from what to what
    assert (omrade.get_absolute_url(), "Ungdom og gjenger") in side.lenker


def test_an_indicator_is_named_once(kommune):
    rad = IndikatorFactory(kommune=kommune, navn="Hærverk", publisert=True)
    fra = timezone.now()
    endre(rad, enhet="saker i året")

    [linje] = linjene(kommune, fra)

    assert linje == ("Tall", "", "Hærverk", "Indikator", "Endret")


@pytest.mark.parametrize("hvordan", ["slettet", "tomt", "skjult", "byttet_siden"])
def test_a_number_that_is_gone_never_comes_back(plan, punktet, hvordan):
    fra = timezone.now() - timedelta(days=1)
    if hvordan == "slettet":
        punktet.delete()
    elif hvordan == "tomt":
        endre(punktet, type="fremgangsmate", verdi="", instruks="Kom innom")
    elif hvordan == "skjult":
        endre(punktet, synlighet="koordinator")
    else:
        endre(punktet, verdi="33 33 33 33")
    til = timezone.now()
    if hvordan == "byttet_siden":
        endre(punktet, verdi="44 44 44 44")

    for slutt in (None, til):
        sagt = alt_som_sies(plan.kommune, fra, til=slutt).replace(" ", "")
        assert "22222222" not in sagt
        assert "33333333" not in sagt


def test_a_number_in_a_text_is_not_told_once_it_is_taken_out(plan, losen):
    endre(losen, tekst="<p>Ring 91 23 45 67 eller skriv til a@b.no for hjelp.</p>")
    fra = timezone.now()
    endre(losen, tekst="<p>Ring oss for hjelp.</p>")

    sagt = alt_som_sies(plan.kommune, fra)

    assert "91 23 45 67" not in sagt
    assert "a@b.no" not in sagt
    assert "for hjelp." in sagt


def test_what_is_not_published_is_told_to_those_who_write(
    plan, losen, kommune, koordinatoren
):
    fra = timezone.now()
    TiltakFactory(plan=plan, publisert=False, tittel="Hemmelig tiltak")
    borte = TiltakFactory(plan=plan, publisert=False, tittel="Hemmelig borte")
    til_borte = timezone.now()
    borte.delete()
    utkast = HandlingsplanFactory(
        kommune=kommune, fra_ar=2029, til_ar=2032, status="utkast", tittel="Hemmelig"
    )
    KapittelFactory(plan=utkast, tittel="Hemmelig kapittel")
    skjult = KontaktpunktFactory(
        tjeneste=kommune.tjenester.get(), synlighet="koordinator", verdi="99 99 99 99"
    )
    endre(skjult, verdi="88 88 88 88")

    assert linjene(kommune, fra) == []
    rader = linjene(kommune, fra, koordinatoren)
    assert ("Tiltak", "Lagt til") in [rad[3:] for rad in rader]
    assert ("Handlingsplan: Hemmelig", "Nytt utkast") not in rader
    merket = [p.merknad for p in punktene(endret(kommune, fra, koordinatoren).avsnitt)]
    assert set(merket) == {"ikke publisert"}
    assert "Hemmelig borte" not in alt_som_sies(kommune, til_borte)
    assert "Hemmelig borte" in alt_som_sies(kommune, til_borte, koordinatoren)


def test_what_was_taken_out_of_a_draft_is_never_told_once_it_holds(
    kommune, koordinatoren
):
    utkast = HandlingsplanFactory(kommune=kommune, status="utkast", tittel="Planen")
    borte = TiltakFactory(plan=utkast, tittel="Hemmelig")
    TiltakFactory(plan=utkast, tittel="Blir med")
    fra = timezone.now()
    borte.delete()
    endre(utkast, status=Handlingsplan.Status.GJELDENDE)
    til = timezone.now()

    for slutt in (None, til):
        assert "Hemmelig" not in alt_som_sies(kommune, fra, til=slutt)
        assert [rad[3:] for rad in linjene(kommune, fra, til=slutt)] == [
            ("Handlingsplan", "Ny plan")
        ]
    assert "Hemmelig" in alt_som_sies(kommune, fra, koordinatoren)


def test_what_was_public_is_told_by_its_name_when_it_is_gone(plan, kommune):
    gammel = TjenesteFactory(kommune=kommune, navn="Gammel tjeneste")
    kapittel = plan.kapitler.get()
    fra = timezone.now()
    gammel.delete()
    assert kapittel.publisert

    assert linjene(kommune, fra) == [
        (
            "Tjenester og kontakter",
            "",
            "Tatt ut",
            "Tjeneste: Gammel tjeneste",
            "Tatt ut",
        )
    ]


def test_opening_hours_of_what_is_hidden_are_not_told(plan, kommune, punktet):
    skjult = KontaktpunktFactory(
        tjeneste=kommune.tjenester.get(), synlighet="koordinator"
    )
    tid = Apningstid.objects.create(
        kontaktpunkt=skjult, fra_dag=0, til_dag=0, apner=time(8), stenger=time(15)
    )
    fra = timezone.now()
    endre(tid, stenger=time(16))

    assert linjene(kommune, fra) == []


# Meetings and knowledge -------------------------------------------------------------------


def test_a_forum_that_is_hidden_today_is_not_told_of(kommune, koordinatoren):
    forum = ForumFactory(kommune=kommune, navn="Politirådet")
    fra = timezone.now()
    endre(forum, navn="Rådet", offentlig=False)
    borte = ForumFactory(kommune=kommune, navn="Var skjult", offentlig=False)
    borte.delete()

    assert linjene(kommune, fra) == []
    assert [rad[2:] for rad in linjene(kommune, fra, koordinatoren)] == [
        ("Rådet", "Forum", "Fikk nytt navn")
    ]


def test_who_led_a_forum_while_it_was_hidden_is_not_told(kommune, koordinatoren):
    forum = ForumFactory(kommune=kommune, navn="Rådet", offentlig=False)
    leder = ForumsmedlemFactory(forum=forum, verv="leder", funksjon="Gammel leder")
    fra = timezone.now()
    endre(leder, funksjon="Ny leder")

    assert linjene(kommune, fra) == []
    endre(forum, offentlig=True)
    assert "leder" not in alt_som_sies(kommune, fra)
    assert "Gammel leder" in alt_som_sies(kommune, fra, koordinatoren)


def test_meetings_are_counted(kommune):
    fra = timezone.now() - timedelta(days=30)
    forum = ForumFactory(kommune=kommune, navn="Politirådet")
    for dager in (3, 4):
        start = timezone.now() - timedelta(days=dager)
        MoteFactory(forum=forum, start=start, slutt=start + timedelta(hours=1))
    om_litt = timezone.now() + timedelta(days=1)
    MoteFactory(forum=forum, start=om_litt, slutt=om_litt + timedelta(hours=1))
    holdt_mote(ForumFactory(kommune=KommuneFactory(), navn="Andres"), 3)

    alle = linjene(kommune, fra, til=timezone.now() + timedelta(days=2))

    assert [rad[2] for rad in alle if rad[3] == "Møter"] == ["Politirådet"]
    assert alle[-1] == (
        "Fora og møter",
        "",
        "Politirådet",
        "Møter",
        "2 møter holdt",
    )


def test_it_costs_the_same_for_one_and_three(plan, losen, kommune):
    omrade = plan.innsatsomrader.get()
    andre = [
        PlasseringFactory(innsatsomrade=omrade, nummer=n, tiltak__publisert=True).tiltak
        for n in (2, 3)
    ]
    fra = timezone.now()

    def sporringer(antall):
        with CaptureQueriesContext(connection) as fanget:
            assert len(linjene(kommune, fra)) == antall
        return [q["sql"][:90] for q in fanget]

    endre(losen, tittel="Losen")
    en = sporringer(1)
    for tiltak in andre:
        endre(tiltak, tittel=f"Endret {tiltak.pk}")

    assert sporringer(3) == en


def test_another_kommune_is_not_told_of(plan, kommune):
    annen = KommuneFactory()
    fra = timezone.now()
    TjenesteFactory(kommune=annen, navn="Andres")

    assert linjene(kommune, fra) == []


# The page ---------------------------------------------------------------------------------


def hent(klient, **valg):
    return klient.get(ADRESSE, valg)


def test_the_page_tells_what_weighs_and_folds_the_rest(plan, losen, punktet, client):
    en_uke_siden()
    endre(losen, tittel="<b>Losen</b>")
    endre(punktet, verdi="33 33 33 33")

    svar = hent(client, fra=timezone.localdate().isoformat())

    tekst = Lest(svar).tekst
    assert "1 endring og 1 rettelse" in tekst
    assert "Tittel: fra Ungdomslos til <b>Losen</b>" in tekst
    html = svar.content.decode()
    assert "<b>Losen" not in html
    foldet = html.index('<details class="ds-details endret-sma"')
    assert html.index("&lt;b&gt;Losen") < foldet < html.index("33 33 33 33")


def test_the_page_says_that_nothing_is_otherwise(kommune, client):
    start = timezone.now() - timedelta(days=2)

    svar = hent(client, fra=start.date().isoformat(), til=start.date().isoformat())

    assert "Ingenting er endret i denne perioden." in Lest(svar).tekst


@pytest.mark.parametrize(
    ("valg", "melding"),
    [
        ({"fra": "30.2.2026"}, "Dette er ikke en dato."),
        ({"fra": "0000-01-01"}, "Dette er ikke en dato."),
        ({"fra": "1.1.9999"}, "Året er skrevet feil."),
        ({"til": "2190-01-01"}, "Dagen er ikke kommet ennå."),
        ({"fra": "tull\x00"}, "Dette er ikke en dato."),
        ({"fra": "1.3.2026", "til": "1.2.2026"}, "er ikke før det du slutter med."),
        ({"fra": "mote-999999"}, "Møtet er avlyst eller slettet"),
        ({"fra": "mote-99999999999999999"}, "Møtet er avlyst eller slettet"),
        ({"til_mote": "mote-1; drop"}, "Møtet er avlyst eller slettet"),
    ],
)
def test_what_is_no_window_is_said_beside_the_field(valg, melding, plan, client):
    svar = hent(client, **valg)

    assert svar.status_code == 422
    assert melding in Lest(svar).tekst
    assert client.get("/lillestrom/endringer.pdf", valg).status_code == 404


def test_what_was_typed_stands_there_still(plan, client):
    svar = hent(client, fra="30.2.2026", til="1.2.2026")

    html = svar.content.decode()
    assert 'value="30.2.2026"' in html
    assert 'value="1.2.2026"' in html


def holdt_mote(forum, dager):
    start = timezone.now() - timedelta(days=dager)
    return MoteFactory(forum=forum, start=start, slutt=start + timedelta(hours=1))


def test_the_last_meeting_of_the_politirad_is_where_it_begins(plan, client):
    forum = ForumFactory(kommune=plan.kommune, navn="Politirådet", type="politirad")
    holdt_mote(forum, 20)
    siste = holdt_mote(forum, 10)
    avlyst = holdt_mote(forum, 5)
    avlyst.status = "avlyst"
    avlyst.save()

    dag = siste.dag
    assert f"fra Politirådet, {dag.day}." in Lest(client.get(ADRESSE)).tekst
    assert hent(client, fra=f"mote-{siste.pk}").status_code == 200
    assert hent(client, fra=f"mote-{avlyst.pk}").status_code == 422


def test_without_a_meeting_it_begins_when_the_plan_was_treated(plan, client):
    assert "fra da planen" not in Lest(client.get(ADRESSE)).tekst
    i_ar = timezone.localdate().year
    assert f"{i_ar - 1} til nå." in Lest(client.get(ADRESSE)).tekst

    endre(plan, vedtaksform="vedtatt", vedtatt_dato=date(2024, 6, 1))

    svar = client.get(ADRESSE)
    assert "fra da planen ble behandlet 1. juni 2024 til nå." in Lest(svar).tekst


def test_a_meeting_that_the_asker_does_not_see_is_none(
    plan, nabokommune, client, koordinator
):
    skjult = ForumFactory(kommune=plan.kommune, navn="Skjult", offentlig=False)
    andres = ForumFactory(kommune=nabokommune, navn="Andres")
    skjult, andres = holdt_mote(skjult, 3), holdt_mote(andres, 3)

    assert hent(client, fra=f"mote-{skjult.pk}").status_code == 422
    assert hent(client, fra=f"mote-{andres.pk}").status_code == 422
    assert hent(koordinator, fra=f"mote-{andres.pk}").status_code == 422
    svar = hent(koordinator, fra=f"mote-{skjult.pk}")
    assert svar.status_code == 200
    # The document is for all: there it is a day.
    [pdf] = [a for a, _t in Lest(svar).lenker if "endringer.pdf" in a]
    assert pdf == f"/lillestrom/endringer.pdf?fra={skjult.dag.isoformat()}"


def test_the_document_holds_what_all_may_know(plan, punktet, koordinatoren, losen):
    fra = timezone.now()
    endre(punktet, verdi="33 33 33 33")
    TiltakFactory(plan=plan, publisert=False, tittel="Hemmelig tiltak")
    endre(losen, tittel="<b>Losen</b>")

    html = Endringsdokument(
        plan.kommune, Grense(fra, "i dag"), Grense(None, "nå")
    ).html()

    assert "&lt;b&gt;Losen" in html
    assert "33 33 33 33" in html
    assert "22 22 22 22" not in html
    assert "Hemmelig" not in html


def test_the_feed_tells_what_weighs_to_all(plan, losen, punktet, koordinator):
    en_uke_siden()
    endre(losen, tittel="Losen")
    endre(punktet, verdi="33 33 33 33")
    TiltakFactory(plan=plan, publisert=False, tittel="Hemmelig tiltak")

    svar = koordinator.get("/lillestrom/endringer.atom")

    feed = svar.content.decode()
    assert svar["Content-Type"].startswith("application/atom+xml")
    assert "Handlingsplan" in feed
    for utelatt in ("22 22", "33 33", "Hemmelig", "Telefon"):
        assert utelatt not in feed


def test_what_is_read_later_ends_on_the_day_that_it_was_made(plan):
    grense = Grense(timezone.now() - timedelta(days=1), "x")

    html = Endringsdokument(plan.kommune, grense, Grense(None, "nå")).html()

    i_dag = date_format(timezone.localdate(), "j. F Y")
    assert f"Fra: x. Til: {i_dag}." in html


# What was withdrawn, and what went after the window ----------------------------------------


def test_what_was_hidden_before_it_went_is_not_told_by_asking_about_before(
    kommune, koordinatoren
):
    fra = timezone.now()
    forum = ForumFactory(kommune=kommune, navn="Var åpent")
    kilde = KildeFactory(kommune=kommune, publisert=True)
    funn = FunnFactory(kilde=kilde, publisert=True, tekst="Kan kjennes igjen")
    til = timezone.now()
    endre(forum, offentlig=False)
    endre(funn, publisert=False)
    forum.delete()
    funn.delete()

    for slutt in (til, None):
        sagt = alt_som_sies(kommune, fra, til=slutt)
        assert "Var åpent" not in sagt
        assert "Kan kjennes igjen" not in sagt


def test_what_a_finding_said_is_not_told_once_it_says_otherwise(kommune, koordinatoren):
    kilde = KildeFactory(kommune=kommune, publisert=True)
    funn = FunnFactory(kilde=kilde, publisert=True, tekst="Kan kjennes igjen")
    fra = timezone.now()
    endre(funn, tekst="Kjennes igjen, andre gang")
    til = timezone.now()
    endre(funn, tekst="Kan ikke det")

    for slutt in (til, None):
        assert "jennes igjen" not in alt_som_sies(kommune, fra, til=slutt)
    assert "jennes igjen" in alt_som_sies(kommune, fra, koordinatoren)


def test_who_adopts_is_told_of_a_draft_and_not_of_what_went_from_it(plan, kommune):
    radet = TilgangFactory(kommune=kommune, rolle="politirad").bruker
    borte = TiltakFactory(plan=plan, publisert=False, tittel="Hemmelig borte")
    fra = timezone.now()
    TiltakFactory(plan=plan, publisert=False, tittel="Under arbeid")
    borte.delete()

    sagt = alt_som_sies(kommune, fra, radet)

    assert "Under arbeid" in sagt
    assert "Hemmelig borte" not in sagt


def test_a_message_that_is_over_is_not_told(plan, kommune, koordinatoren):
    out = kommune.tjenester.get()
    fra = timezone.now()
    endre(out, melding="Stengt hele uka. Ring heller 91 23 45 67")
    til = timezone.now()
    endre(out, melding="")

    assert "Stengt" not in alt_som_sies(kommune, fra, til=til)
    assert "91 23" not in alt_som_sies(kommune, fra, til=til)
    assert "91 23" not in alt_som_sies(kommune, til)
    assert "91 23" in alt_som_sies(kommune, fra, koordinatoren, til=til)


def test_a_number_that_stood_in_a_text_meanwhile_is_not_told(plan, losen, kommune):
    fra = timezone.now()
    endre(losen, tekst="<p>Ring 91 23 45 67</p>")
    til = timezone.now()
    endre(losen, tekst="<p>Ring vakta</p>")

    assert "91 23" not in alt_som_sies(kommune, fra, til=til)


def test_who_adopts_is_not_told_a_withdrawn_number(plan, punktet, kommune):
    radet = TilgangFactory(kommune=kommune, rolle="politirad").bruker
    fra = timezone.now()
    endre(punktet, verdi="33 33 33 33")

    assert "22 22 22 22" not in alt_som_sies(kommune, fra, radet)


def test_why_is_told_to_those_who_write_or_adopt(losen, kommune, koordinatoren):
    radet = TilgangFactory(kommune=kommune, rolle="politirad").bruker
    fra = timezone.now()
    with begrunnet("Slik vil gruppa ha det"):
        endre(losen, tittel="Losen")

    sagt = [
        "Slik vil gruppa" in alt_som_sies(kommune, fra, bruker)
        for bruker in (PUBLIKUM, radet, koordinatoren)
    ]

    assert sagt == [False, True, True]


# Great numbers ----------------------------------------------------------------------------


def test_a_great_import_is_summed_up(kommune):
    fra = timezone.now()
    kilde = KildeFactory(kommune=kommune, publisert=True)
    indikator = IndikatorFactory(kommune=kommune, publisert=True)
    skjult = IndikatorFactory(kommune=kommune, publisert=False)
    with spor(Dor.IMPORT):
        opprett_mange(
            [
                Maling(indikator=i, kilde=kilde, arstall=1900 + n, verdi=n)
                for i in (indikator, skjult)
                for n in range(101)
            ]
        )
    MalingFactory(indikator=indikator, kilde=kilde, arstall=2020)

    rader = [rad[3:] for rad in linjene(kommune, fra) if rad[0] == "Tall"]

    assert ("Import: 101 tall", "lagt inn") in rader
    assert ("Tall", "1 nytt") in rader
    assert len(rader) == 3  # and that the indicator is new


def test_who_reads_one_draft_by_a_right_is_told_of_that_alone(plan, kommune):
    utkast = HandlingsplanFactory(
        kommune=kommune, fra_ar=2029, til_ar=2032, status="utkast", tittel="Leses"
    )
    kapittel = KapittelFactory(plan=utkast, tittel="Før")
    andre = KapittelFactory(plan=plan, publisert=False, tittel="Hemmelig")
    rad = PlanleserFactory(plan=utkast, forum=ForumFactory(kommune=kommune))
    sete = ForumsmedlemFactory(forum=rad.forum, bruker=BrukerFactory())
    fra = timezone.now()
    endre(kapittel, tittel="Etter")
    endre(andre, tittel="Hemmelig ennå")

    sagt = alt_som_sies(kommune, fra, sete.bruker)

    assert "Etter" in sagt
    assert "Hemmelig" not in sagt
    assert "Etter" not in alt_som_sies(kommune, fra)
