"""Who can help: what is asked, what comes out, who sees which ways in, and that what
somebody chose is kept nowhere."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.views.debug import get_exception_reporter_filter

from slt.felles.tilgang import TILGANGSLENKER
from slt.grunn.rekkefolge import i_orden
from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    BekreftelseFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KontaktpunktFactory,
    LokalomradeFactory,
    PlasseringFactory,
    StedFactory,
    TilgangFactory,
    TilgangslenkeFactory,
    TiltakFactory,
    TjenesteFactory,
)
from tests.slt.test_personvern import lag_nummer, terning
from tiltak.hvem.landet import LANDET, i_landet
from tiltak.models import (
    Kontaktpunkt,
    Tema,
    TilAnsatte,
    TiltakTema,
    TjenesteTema,
    Veileder,
    VeilederTema,
)
from tiltak.models.hvem import Hvem

START = "/lillestrom/hvem-kan-hjelpe/"
SVAR = f"{START}svar/"
ORD_OM_SAKEN = re.compile("kriminal|SLT i |rusforebygg", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


@pytest.fixture
def rus(kommune):
    return Tema.objects.create(
        kommune=kommune, navn="Rus", slug="rus", i_hverdagen="Rus og sånt", emne="rus"
    )


def hjelper(tema, navn, **felt):
    """A tjeneste of the theme, after those that are there, with a telephone."""
    tjeneste = TjenesteFactory(kommune=tema.kommune, navn=navn, **felt)
    KontaktpunktFactory(tjeneste=tjeneste)
    TjenesteTema.objects.create(tjeneste=tjeneste, tema=tema)
    return tjeneste


def tiltak_om(tema, tjeneste, plan=None, **felt):
    plan = plan or HandlingsplanFactory(kommune=tema.kommune)
    felt = {f"tiltak__{navn}": verdi for navn, verdi in felt.items()}
    sted = PlasseringFactory(innsatsomrade__plan=plan, **felt)
    TiltakTema.objects.create(tiltak=sted.tiltak, tema=tema)
    return AnsvarFactory(tiltak=sted.tiltak, tjeneste=tjeneste)


def spor(client, **valg):
    svar = client.post(SVAR, {"hvem": "", "tema": "rus"} | valg)
    assert svar.status_code == 200
    return svar


def navnene(svar, del_="forst"):
    return [treff.tjeneste.navn for treff in svar.context[del_]]


# The questions ------------------------------------------------------------------------


def test_the_first_page_is_the_same_for_all_and_holds_no_token(
    kommune, client, koordinator
):
    svar = client.get(START)

    assert svar["Referrer-Policy"] == "no-referrer"
    # Who has a session sends forms from it, whoever asked before.
    for klient in (koordinator, client, koordinator):
        policy = klient.get(START)["Referrer-Policy"]
        assert policy == ("no-referrer" if klient is client else "strict-origin")
    assert not svar.cookies
    assert "csrfmiddlewaretoken" not in svar.text
    assert [f'value="{hvem}"' in svar.text for hvem in Hvem] == [True] * 4


def test_what_stands_in_the_address_is_not_read(kommune, rus, client):
    assert (
        client.get(f"{START}?hvem=unge&tema=rus").content == client.get(START).content
    )
    assert client.get(f"{SVAR}?hvem=unge&tema=rus").url == START


def test_who_said_who_they_are_is_asked_what_it_is_about(kommune, rus, client):
    Tema.objects.create(kommune=kommune, navn="Ikke med", slug="ikke-med")

    svar = client.post(SVAR, {"hvem": "unge"})

    assert re.findall('name="tema" value="([^"]+)"', svar.text) == ["rus", "vet-ikke"]
    assert 'name="hvem" value="unge"' in svar.text


def test_the_front_page_asks_who_they_are(kommune, rus, client):
    uten_plan = client.get("/lillestrom/").text
    plan = HandlingsplanFactory(kommune=kommune)

    for tekst in (uten_plan, client.get(plan.get_absolute_url()).text):
        forste = tekst[tekst.index("<main") :]
        assert f'action="{SVAR}"' in forste[: forste.index("<h1")]


@pytest.mark.parametrize("metode", ["put", "delete", "patch"])
def test_other_methods_are_refused(kommune, client, metode):
    assert getattr(client, metode)(START).status_code == 405
    assert getattr(client, metode)(SVAR).status_code == 405


@pytest.mark.parametrize(
    "valg",
    [
        {"hvem": "sjefen", "tema": "finnes-ikke"},
        {"hvem": "x" * 10_000, "tema": "y" * 10_000},
        {"tema": "\x00"},
        {"tema": "nabotema"},
        {},
    ],
)
def test_what_is_not_offered_is_asked_for_again(kommune, nabokommune, client, valg):
    Tema.objects.create(
        kommune=nabokommune, navn="Nabo", slug="nabotema", i_hverdagen="Nabo"
    )

    svar = client.post(SVAR, valg)

    assert svar.status_code == 200
    assert ("Velg på nytt" in svar.text) == bool(valg.get("tema"))
    assert "Hva gjelder det?" in svar.text


@pytest.mark.parametrize("alder", ["abc", "-1", "200", "1" * 10_000, "14.5", "\x00"])
def test_an_age_that_makes_no_sense_is_said_beside_the_field(rus, client, alder):
    hjelper(rus, "Voksne").malgrupper.create(tekst="voksne", alder_fra=18)
    hjelper(rus, "Alle")

    svar = spor(client, alder=alder)

    assert navnene(svar) == ["Voksne", "Alle"]
    assert "Skriv alderen med tall" in svar.text
    assert 'aria-invalid="true"' in svar.text
    assert f'value="{alder}"'.replace("\x00", "") in svar.text.replace("\x00", "")


@pytest.mark.parametrize("felt", ["hvem", "tema", "alder", "sted"])
def test_the_number_of_somebody_is_not_shown_again(felt, rus, client):
    nummer = lag_nummer(terning(1))

    svar = spor(client, **{felt: nummer})

    assert svar.status_code == 200
    assert nummer not in svar.text
    assert ("Skriv alderen med tall" in svar.text) == (felt == "alder")


def test_a_place_of_another_kommune_is_said_beside_the_field(rus, nabokommune, client):
    borte = StedFactory(kommune=nabokommune)
    KontaktpunktFactory(
        tjeneste=hjelper(rus, "En"), sted=StedFactory(kommune=rus.kommune)
    )
    KontaktpunktFactory(tjeneste__kommune=nabokommune, sted=borte)

    svar = spor(client, sted=f"sted-{borte.pk}")

    assert "Velg et sted i listen." in svar.text
    assert navnene(svar) == ["En"]


def test_who_there_is_in_no_kommune_is_not_found(kommune, client):
    assert client.get("/finnes-ikke/hvem-kan-hjelpe/").status_code == 404
    assert client.post("/finnes-ikke/hvem-kan-hjelpe/svar/").status_code == 404


# The answer ---------------------------------------------------------------------------


def test_first_those_of_the_theme_then_those_with_tiltak_about_it(rus, client):
    hjelper(rus, "Først")
    hjelper(rus, "Nest")
    tredje = KontaktpunktFactory(tjeneste__kommune=rus.kommune).tjeneste
    ansvar = tiltak_om(rus, tredje, tittel="Samtaler om rus")

    svar = spor(client)

    assert navnene(svar) == ["Først", "Nest", tredje.navn]
    assert ansvar.tiltak.get_absolute_url() in svar.text
    punkter = Kontaktpunkt.objects.order_by("pk")
    assert [f'href="{p.lenke}"' in svar.text for p in punkter] == [True] * 3


def test_the_order_is_the_coordinators_whoever_was_entered_first(rus, client):
    hjelper(rus, "Nest")
    hjelper(rus, "Først")
    rad = TjenesteTema.objects.get(tjeneste__navn="Først")
    rad.rekkefolge = 1
    with i_orden([rad]):
        rad.save()

    assert navnene(spor(client)) == ["Først", "Nest"]


def test_a_part_at_a_further_place_is_none_where_the_tiltak_is_read(rus, client):
    ansvar = tiltak_om(rus, TjenesteFactory(kommune=rus.kommune, navn="Alltid"))
    annet = PlasseringFactory(
        tiltak=ansvar.tiltak,
        innsatsomrade=InnsatsomradeFactory(plan=ansvar.tiltak.plan),
        hoved=False,
    )
    AnsvarFactory(
        tiltak=ansvar.tiltak,
        plassering=annet,
        tjeneste=TjenesteFactory(kommune=rus.kommune, navn="Bare der"),
    )

    # Nobody of them can be reached, and so stands below.
    assert navnene(spor(client), "resten") == ["Alltid"]


def test_what_is_over_helps_nobody(rus, client):
    hjelper(rus, "Borte", nedlagt=timezone.localdate())
    plan = HandlingsplanFactory(kommune=rus.kommune)
    tjeneste = TjenesteFactory(kommune=rus.kommune)
    tiltak_om(rus, tjeneste, plan, status="avsluttet")
    utkast = HandlingsplanFactory(
        kommune=rus.kommune, status="utkast", fra_ar=2029, til_ar=2032
    )
    tiltak_om(rus, tjeneste, utkast)

    svar = spor(client)

    assert (navnene(svar), navnene(svar, "resten")) == ([], [])


def test_who_carries_out_a_part_of_a_tiltak_about_the_theme_helps_too(rus, client):
    hele = tiltak_om(rus, TjenesteFactory(kommune=rus.kommune, navn="Alt")).tiltak
    del_ = TiltakFactory(plan=hele.plan, overordnet=hele)
    AnsvarFactory(
        tiltak=del_, tjeneste=TjenesteFactory(kommune=rus.kommune, navn="En del")
    )

    assert sorted(navnene(spor(client), "resten")) == ["Alt", "En del"]


def test_the_answer_is_in_the_language_of_the_kommune(rus, client):
    hjelper(rus, "En")
    rus.kommune.malform = "nn"
    rus.kommune.save()

    svar = spor(client)

    assert '<html lang="nn"' in svar.text
    assert "Sei meir, og få eit betre svar" in svar.text


def test_the_rest_stand_below(rus, client):
    for nr in range(7):
        hjelper(rus, f"Hjelper {nr}")

    svar = spor(client)

    assert navnene(svar) == [f"Hjelper {nr}" for nr in range(5)]
    assert navnene(svar, "resten") == ["Hjelper 5", "Hjelper 6"]
    assert "Hjelper 6" in svar.text


def test_who_cannot_be_reached_is_no_answer_but_stands_below(rus, client):
    hjelper(rus, "Uten kontakt").kontaktpunkter.all().delete()
    hjelper(rus, "Med telefon")

    svar = spor(client)

    assert navnene(svar) == ["Med telefon"]
    assert navnene(svar, "resten") == ["Uten kontakt"]


def test_those_the_asker_may_not_contact_stand_apart(rus, client):
    hjelper(rus, "For ansatte", ansatte_kan_kontakte=True)
    hjelper(rus, "For foresatte", foresatte_kan_kontakte=True)

    unge, ansatte = spor(client, hvem="unge"), spor(client, hvem="ansatte")

    assert (navnene(unge), navnene(unge, "spor_andre")) == ([], ["For foresatte"])
    assert navnene(ansatte) == ["For ansatte"]
    assert navnene(ansatte, "spor_andre") == ["For foresatte"]


def test_age_and_place_change_the_answer(rus, client):
    omrade = LokalomradeFactory(kommune=rus.kommune)
    skole = StedFactory(kommune=rus.kommune, lokalomrade=omrade)
    hjelper(rus, "Voksne").malgrupper.create(tekst="voksne", alder_fra=18)
    hjelper(rus, "Alle")
    KontaktpunktFactory(tjeneste=hjelper(rus, "På skolen"), sted=skole)

    assert navnene(spor(client)) == ["Voksne", "Alle", "På skolen"]
    assert navnene(spor(client, alder="14")) == ["Alle", "På skolen", "Voksne"]
    for sted in (f"sted-{skole.pk}", f"omrade-{omrade.pk}"):
        assert navnene(spor(client, sted=sted))[0] == "På skolen"


def test_a_notice_stands_there_and_who_is_shut_stands_last(rus, client):
    hjelper(rus, "Ferie", melding="Stengt i dag.", stengt=True)
    hjelper(rus, "Her")

    svar = spor(client)

    assert navnene(svar) == ["Her", "Ferie"]
    assert "Stengt i dag." in svar.text


def test_a_notice_that_does_not_say_so_itself_says_closed(rus, client):
    hjelper(rus, "Ferie", melding="ferie, skriv til vakt@example.org", stengt=True)
    hjelper(rus, "Beskjed", melding="nye lokaler")

    svar = spor(client)

    assert "Stengt: ferie, skriv til " in svar.text
    # Who is told to turn to another one, can.
    assert 'href="mailto:vakt@example.org"' in svar.text
    assert "<strong>Nye lokaler</strong>" in svar.text


def test_what_is_open_now_is_said(rus, client):
    punkt = hjelper(rus, "Døgnåpen").kontaktpunkter.get()
    punkt.apningstider.create(
        fra_dag=0, til_dag=6, apner="00:00", stenger="00:00", helligdager="apent"
    )

    assert "Åpent hele døgnet" in spor(client).text


def test_when_the_best_way_was_confirmed_is_said(rus, client):
    punkt = hjelper(rus, "Vakta").kontaktpunkter.get()
    assert "ekreftet" not in spor(client).text

    BekreftelseFactory(kontaktpunkt=punkt, dato=date(2026, 3, 9))

    assert "Bekreftet i mars 2026" in spor(client).text


def test_a_kommune_that_has_entered_nothing_still_leads_somewhere(kommune, client):
    kommune.telefon = "64 99 30 00"
    kommune.save()

    svar = client.post(SVAR, {"hvem": "unge", "tema": "vet-ikke"})

    assert "tel:+4764993000" in svar.text
    assert "tel:116111" in svar.text


def test_who_does_not_know_is_as_who_is_only_worried(rus, client):
    bekymret = Tema.objects.create(
        kommune=rus.kommune, navn="Bekymret", slug="b", i_hverdagen="B", emne="bekymret"
    )
    hjelper(rus, "Om rus")
    hjelper(bekymret, "For bekymrede")

    assert navnene(spor(client, tema="vet-ikke")) == ["For bekymrede"]


def test_nobody_reads_what_it_is_about(rus, client):
    hjelper(rus, "En")
    sider = [
        client.get(START),
        client.post(SVAR, {"hvem": "unge"}),
        spor(client, hvem="unge"),
    ]

    for side in sider:
        assert (
            "<title>Hvem kan hjelpe? – Hjelp i Lillestrøm kommune</title>" in side.text
        )
        assert not ORD_OM_SAKEN.search(side.text)


# Who sees what ------------------------------------------------------------------------


def test_each_sees_the_ways_in_that_are_theirs(rus, koordinator, nabo, client):
    tjeneste = hjelper(rus, "En")
    for synlighet in ("tjenester", "koordinator"):
        KontaktpunktFactory(
            tjeneste=tjeneste,
            synlighet=synlighet,
            verdi=f"{synlighet}@example.org",
            type="epost",
        )
    ansatt = innlogget(
        TilgangFactory(kommune=rus.kommune, rolle=Tilgang.Rolle.ANSATT).bruker
    )
    lenke = TilgangslenkeFactory(kommune=rus.kommune)
    nokkel = lenke.gi_nokkel()
    lenke.save()
    ved_lenke = client.__class__()
    ved_lenke.post(f"/lenke/{nokkel}/")
    assert ved_lenke.session[TILGANGSLENKER] == [lenke.pk]

    def ser(klient):
        tekst = spor(klient, hvem="ansatte").text
        return [
            s
            for s in ("tjenester", "koordinator")
            if f"{s}@example.org" in tekst.replace("<wbr>", "")
        ]

    assert ser(client) == ser(nabo) == []
    assert ser(ansatt) == ser(ved_lenke) == ["tjenester"]
    assert ser(koordinator) == ["tjenester", "koordinator"]


def test_a_place_where_only_others_see_a_way_in_is_no_choice(rus, koordinator, client):
    KontaktpunktFactory(
        tjeneste=hjelper(rus, "En"),
        sted=StedFactory(kommune=rus.kommune, navn="Lukket sted"),
        synlighet="koordinator",
    )

    assert "Lukket sted" not in spor(client).text
    assert "Lukket sted" in spor(koordinator).text


def test_staff_read_of_their_duties_and_nobody_else_does(rus, client):
    veileder = Veileder.objects.create(
        kommune=rus.kommune,
        type="skjema",
        tittel="Undringsskjema",
        adresse="https://example.org/skjema",
        eier="BTI-koordinator",
        bti_fra=0,
        bti_til=1,
        trinn="Trinn 1",
    )
    VeilederTema.objects.create(veileder=veileder, tema=rus)
    tekst = spor(client, hvem="ansatte").text

    for del_ in (
        "§ 13-2",
        "§ 196",
        "example.org/skjema",
        "BTI-koordinator, Trinn 1, BTI-nivå 0–1",
    ):
        assert del_ in tekst
        assert del_ not in spor(client, hvem="foresatte").text


def test_the_words_of_the_kommune_take_the_place_of_ours(rus, client):
    gjennomgatt = timezone.localdate() - timedelta(days=1)
    for tema, tekst in ((None, "<p>Våre ord</p>"), (rus, "<p>Ord om rus</p>")):
        TilAnsatte.objects.create(
            kommune=rus.kommune, tema=tema, tekst=tekst, gjennomgatt=gjennomgatt
        )

    tekst = spor(client, hvem="ansatte").text

    assert "Våre ord" in tekst
    assert "Ord om rus" in tekst
    assert tekst.count("Gjennomgått") == 2
    assert "§ 13-2" not in tekst


# Nothing is kept ----------------------------------------------------------------------


def test_what_was_chosen_leaves_no_trace(rus, client, caplog):
    hjelper(rus, "En")
    caplog.set_level("DEBUG", logger="slt")

    svar = spor(client, hvem="unge", alder="14")

    assert "no-store" in svar["Cache-Control"]
    assert (svar["Referrer-Policy"], svar["X-Robots-Tag"]) == ("no-referrer", "noindex")
    assert not svar.cookies
    assert svar.request["QUERY_STRING"] == ""
    hoder = " ".join(f"{navn}: {verdi}" for navn, verdi in svar.headers.items())
    assert "rus" not in hoder
    assert "unge" not in hoder
    assert not re.search(r'(?:href|action)="[^"]*\?', svar.text)
    assert "rus" not in caplog.text
    assert Session.objects.count() == 0


def test_a_report_of_an_error_does_not_hold_it(rus, client):
    sendt = spor(client, hvem="unge", alder="14").wsgi_request

    i_rapporten = get_exception_reporter_filter(sendt).get_post_parameters(sendt)

    assert set(i_rapporten) == {"hvem", "tema", "alder"}
    assert not {"unge", "rus", "14"} & set(i_rapporten.values())


def test_nothing_is_written(rus, client, koordinator):
    hjelper(rus, "En")
    for klient in (client, koordinator):
        with CaptureQueriesContext(connection) as sporringer:
            spor(klient, hvem="unge", alder="14")

        skrevet = [
            s["sql"] for s in sporringer if re.match("INSERT|UPDATE|DELETE", s["sql"])
        ]
        assert skrevet == []


def test_the_browser_keeps_no_draft_of_it(rus, koordinator):
    """Whoever is logged in has a script that keeps what is typed in forms."""
    assert "kladd" in koordinator.get("/lillestrom/").text
    assert "kladd" not in spor(koordinator).text
    assert "kladd" not in koordinator.get(START).text


def test_the_answer_costs_the_same_for_one_and_three(
    rus, client, django_assert_num_queries
):
    plan = HandlingsplanFactory(kommune=rus.kommune)
    skole = StedFactory(kommune=rus.kommune)

    def legg_til():
        tjeneste = hjelper(rus, f"En til {Kontaktpunkt.objects.count()}")
        tjeneste.malgrupper.create(tekst="unge")
        KontaktpunktFactory(tjeneste=tjeneste, sted=skole).apningstider.create(
            fra_dag=0, til_dag=4, apner="08:00", stenger="15:00"
        )
        ansvar = tiltak_om(rus, tjeneste, plan)
        ansvar.tiltak.malgrupper.create(tekst="alle")
        veileder = Veileder.objects.create(
            kommune=rus.kommune,
            type="rutine",
            tittel="R",
            adresse=f"https://example.org/{tjeneste.pk}",
        )
        VeilederTema.objects.create(veileder=veileder, tema=rus)

    legg_til()
    spor(client, hvem="ansatte")  # what a process reads once, is read
    with django_assert_num_queries(22, exact=False) as en:
        spor(client, hvem="ansatte")
    legg_til()
    legg_til()
    with django_assert_num_queries(len(en)):
        spor(client, hvem="ansatte")


# National help --------------------------------------------------------------------------


@pytest.mark.parametrize("emne", Tema.Emne)
def test_each_topic_has_national_help_for_each_asker(emne):
    for hvem in ("", *Hvem):
        assert i_landet(emne, hvem)
        assert i_landet(emne, hvem, alder=15)


def test_national_help_says_where_it_was_read_and_has_numbers_that_can_be_dialled():
    def er_hel(hjelp):
        adresser = [a for a in (hjelp.kilde, hjelp.nett) if a]
        return (
            re.fullmatch(r"(?:116\d{3}|0\d{4}|[2-9]\d{7})?", hjelp.telefon)
            and (hjelp.telefon or hjelp.nett)
            and all(adresse.startswith("https://") for adresse in adresser)
            and hjelp.sjekket <= timezone.localdate()
            and hjelp.emner
            and hjelp.for_hvem
        )

    assert len(LANDET) > 10
    assert [hjelp.navn for hjelp in LANDET if not er_hel(hjelp)] == []


def test_helplines_for_the_young_are_not_shown_to_who_is_too_old():
    def navn(**sporrer):
        return {hjelp.navn for hjelp in i_landet("psykisk", **sporrer)}

    assert "Kors på halsen" in navn(hvem="unge", alder=17)
    assert "Kors på halsen" not in navn(hvem="unge", alder=18)
    assert "Kors på halsen" not in navn(hvem="foresatte")
