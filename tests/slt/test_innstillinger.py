"""The settings of a kommune on the site: what leads to them, the kommune itself, its
lokalområder and its steder."""

import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from slt.felles.skjemarader import endret_pa_skjermen
from slt.models import Kommune, Lokalomrade, Sted, Stedsdel, Tilgang
from tests.conftest import innlogget
from tests.factories import (
    KontaktpunktFactory,
    LokalomradeFactory,
    StedFactory,
    TilgangFactory,
)
from tests.innsending import innsending

ALLE = "/lillestrom/innstillinger/"
KOMMUNEN, OMRADER, STEDER = f"{ALLE}kommunen/", f"{ALLE}lokalomrader/", f"{ALLE}steder/"
PERSONNUMMER = "01010050053"
VAKT = "Teksten ser ut til å inneholde et fødselsnummer"
ENDRET = "Noen andre endret dette mens du skrev."


@pytest.fixture
def volla(kommune):
    return StedFactory(kommune=kommune, navn="Volla", type="uteomrade")


@pytest.fixture
def flere(kommune, volla):
    rad = StedFactory(kommune=kommune, navn="Sentrum", type=Sted.Type.FLERE)
    Stedsdel.objects.create(helhet=rad, sted=volla)
    return rad


def send(client, adresse, **endret):
    """Opens the form, changes it, sends it."""
    return client.post(adresse, innsending(client.get(adresse), **endret))


def lagret(svar, til):
    assert (svar.status_code, svar.headers.get("Location")) == (302, til)


def feil(svar):
    """All that the form says is wrong, in the order of the page."""
    assert svar.status_code == 422
    skjema = svar.context["skjema"]
    ut = [(felt, *f) for felt, f in skjema.hoved.errors.items()]
    for rader in skjema.rader.values():
        ut += [("", f) for f in rader.non_form_errors()]
        for rad in rader:
            ut += [(rad.add_prefix(felt), *f) for felt, f in rad.errors.items()]
    return ut


def navn(rader):
    return list(rader.order_by("navn__norsk").values_list("navn", flat=True))


def sporringer(client, adresse):
    with CaptureQueriesContext(connection) as sporringer:
        assert client.get(adresse).status_code == 200
    return len(sporringer)


# What leads to them -------------------------------------------------------------------


def test_each_setting_is_reached_from_one_page(koordinator):
    svar = koordinator.get(ALLE)
    alle = [i for _tittel, noen in svar.context["seksjoner"] for i in noen]
    # The administration has no address: the way there is a form.
    assert [i.tittel for i in alle if not i.adresse] == ["Administrasjon"]
    lenker = {i.tittel: i.adresse for i in alle if i.adresse}

    assert [str(tittel) for tittel, _alle in svar.context["seksjoner"]] == [
        "Kommunen",
        "Planer og tjenester",
        "Møter",
        "Kunnskap og tall",
        "Tilgang og spor",
    ]
    assert list(lenker) == [
        "Om kommunen",
        "Lokalområder",
        "Steder",
        "Startsett",
        "Deler som slås på",
        "Ny plan",
        "Tjenester og kontakter",
        "Runder",
        "Tilbud utenom planen",
        "Tilskudd",
        "Tiltaksbanken",
        "Temaer",
        "Tekst til ansatte",
        "Veiledere, skjema og rutiner",
        "Vedtak og avtaler",
        "Planrekker",
        "Fora",
        "Møteplan",
        "Aktiviteter",
        "Møtefri tid",
        "Kalenderlenker",
        "Kunnskap",
        "Indikatorer",
        "Evalueringer",
        "Rapporter",
        "Hent tall fra en fil",
        "Medvirkning",
        "Politirådets egenvurdering",
        "Sjekkliste",
        "Hvem som har tilgang",
        "Slettet de siste 30 dagene",
        "Min side",
    ]
    assert {t: koordinator.get(a).status_code for t, a in lenker.items()} == (
        dict.fromkeys(lenker, 200)
    )


def test_the_way_there_costs_the_same_whatever_there_is(kommune, koordinator):
    uten = sporringer(koordinator, ALLE)
    StedFactory.create_batch(3, kommune=kommune)

    assert sporringer(koordinator, ALLE) == uten <= 12


@pytest.fixture
def adresser(flere):
    sted = reverse("innstillinger_sted", args=["lillestrom", flere.pk])
    return [ALLE, KOMMUNEN, OMRADER, STEDER, sted]


@pytest.mark.parametrize("rolle", [Tilgang.Rolle.ANSATT, Tilgang.Rolle.POLITIRAD])
def test_to_others_of_the_kommune_they_are_not_there(rolle, kommune, adresser):
    klient = innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)

    assert [klient.get(a).status_code for a in adresser] == [404] * 5
    assert [klient.post(a).status_code for a in adresser] == [405, *[404] * 4]


def test_to_the_coordinator_next_door_they_are_not_there(nabo, adresser):
    assert [nabo.get(a).status_code for a in adresser] == [404] * 5
    assert [nabo.post(a).status_code for a in adresser] == [405, *[404] * 4]


def test_a_stranger_is_asked_to_log_in(client, adresser):
    assert [client.get(a).status_code for a in adresser] == [302] * 5


def test_they_are_opened_and_sent_and_nothing_else(koordinator, adresser):
    assert [koordinator.put(a).status_code for a in adresser] == [405] * 5
    assert [koordinator.delete(a).status_code for a in adresser] == [405] * 5


# The kommune itself -------------------------------------------------------------------


def test_what_people_read_of_the_kommune_is_changed(kommune, koordinator):
    svar = send(
        koordinator,
        KOMMUNEN,
        telefon="66 93 80 00",
        epost="post@example.org",
        nettsted="example.org",
        malform="nn",
        aksentfarge="lilla",
        personvern="<p>Ombudet</p>",
        tilgjengelighetserklaering="https://uustatus.no/x",
        kunnskapshull_er_publisert="on",
        styrende_navn="Styringsgruppe",
        styrende_tekst="kommunalsjefene",
        begrunnelse="Ny avtale",
    )

    lagret(svar, ALLE)
    rad = Kommune.objects.get(pk=kommune.pk)
    assert (rad.telefon, rad.epost, rad.nettsted) == (
        "66 93 80 00",
        "post@example.org",
        "https://example.org",
    )
    assert (rad.malform, rad.aksentfarge) == ("nn", "lilla")
    assert rad.personvern == "<p>Ombudet</p>"
    assert rad.tilgjengelighetserklaering == "https://uustatus.no/x"
    assert rad.kunnskapshull_er_publisert
    assert (rad.nivanavn("styrende"), rad.nivatekst("styrende")) == (
        "Styringsgruppe",
        "kommunalsjefene",
    )
    siste = rad.historikk.first()
    assert (siste.history_change_reason, siste.history_dor) == ("Ny avtale", "skjema")
    html = koordinator.get(ALLE).content.decode()
    assert re.search('<html lang="nn"[^>]* data-aksent="lilla"', html)


def test_what_is_the_administrators_stays(kommune, koordinator):
    kommune.ansattdomener = "lillestrom.kommune.no"
    kommune.save()

    lagret(
        send(
            koordinator,
            KOMMUNEN,
            navn="Andre",
            nummer="0001",
            slug="andre",
            ansattdomener="example.org",
        ),
        ALLE,
    )

    rad = Kommune.objects.get(pk=kommune.pk)
    assert (rad.navn, rad.nummer, rad.slug, rad.ansattdomener) == (
        "Lillestrøm",
        kommune.nummer,
        "lillestrom",
        "lillestrom.kommune.no",
    )


def test_each_accent_colour_is_shown_beside_its_name(koordinator):
    html = koordinator.get(KOMMUNEN).content.decode()

    prover = re.findall('data-aksent="([a-z]+)"></span>([a-zå-ø]+)<', html)
    assert prover == [(f.value, f.label) for f in Kommune.Aksentfarge]


@pytest.mark.parametrize(
    ("felt", "verdi", "melding"),
    [
        ("telefon", "12", "Dette er ikke et telefonnummer."),
        ("epost", "x", "Dette er ikke en e-postadresse"),
        ("nettsted", "ftp://example.org", "Nettadressen må begynne med https://"),
        ("aksentfarge", "rosa", "Velg et gyldig valg."),
        ("malform", "en", "Velg et gyldig valg."),
        ("styrende_tekst", f"Kari {PERSONNUMMER}", VAKT),
        ("personvern", f"<p>{PERSONNUMMER}</p>", VAKT),
        ("begrunnelse", PERSONNUMMER, VAKT),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    felt, verdi, melding, kommune, koordinator
):
    for_ = Kommune.objects.values().get(pk=kommune.pk)

    svar = send(koordinator, KOMMUNEN, **{felt: verdi, "utforende_navn": "Alle"})

    funnet = feil(svar)
    assert [f for f, *_resten in funnet] == [felt]
    assert funnet[0][1].startswith(melding)
    assert svar.context["skjema"].hoved["utforende_navn"].value() == "Alle"
    assert Kommune.objects.values().get(pk=kommune.pk) == for_


def test_what_somebody_else_changed_meanwhile_is_not_written_over(kommune, koordinator):
    sendt = innsending(koordinator.get(KOMMUNEN), telefon="66938000")
    kommune.epost = "post@example.org"
    kommune.save()

    svar = koordinator.post(KOMMUNEN, sendt)

    assert feil(svar)[0][1].startswith(ENDRET)
    kommune.refresh_from_db()
    assert (kommune.telefon, kommune.epost) == ("", "post@example.org")


# Lokalområder -------------------------------------------------------------------------


def test_lokalomrader_are_added_changed_and_removed_together(kommune, koordinator):
    for omrade in ("Fetsund", "Frogner"):
        LokalomradeFactory(kommune=kommune, navn=omrade)

    svar = send(
        koordinator,
        OMRADER,
        **{
            "lokalomrader-0-navn": "Fet",
            "lokalomrader-1-DELETE": "on",
            "lokalomrader-2-navn": "Åkrene",
            "begrunnelse": "Ny inndeling",
        },
    )

    lagret(svar, OMRADER)
    assert navn(kommune.lokalomrader) == ["Fet", "Åkrene"]
    historikk = Lokalomrade.historikk.filter(history_change_reason="Ny inndeling")
    assert sorted(historikk.values_list("history_type", flat=True)) == ["+", "-", "~"]
    assert len(set(historikk.values_list("history_samling", flat=True))) == 1


def test_one_that_is_in_use_is_kept_and_what_uses_it_is_named(kommune, koordinator):
    omrade = LokalomradeFactory(kommune=kommune, navn="Fetsund")
    for nr in range(1, 8):
        StedFactory(kommune=kommune, navn=f"Sted {nr}", lokalomrade=omrade)

    svar = send(koordinator, OMRADER, **{"lokalomrader-0-DELETE": "on"})

    brukere = "Sted 1, Sted 2, Sted 3, Sted 4, Sted 5 og flere"
    assert feil(svar) == [
        ("__all__", f"«Fetsund» er i bruk og kan ikke fjernes: {brukere}.")
    ]
    assert navn(kommune.lokalomrader) == ["Fetsund"]


def test_a_name_that_another_has_is_refused_beside_it(
    kommune, nabokommune, koordinator
):
    LokalomradeFactory(kommune=kommune, navn="Fetsund")
    LokalomradeFactory(kommune=nabokommune, navn="Fjellhamar")

    svar = send(koordinator, OMRADER, **{"lokalomrader-1-navn": "Fetsund"})

    assert ("", "Navnet er allerede i bruk i kommunen.") in feil(svar)
    lagret(send(koordinator, OMRADER, **{"lokalomrader-1-navn": "Fjellhamar"}), OMRADER)
    assert navn(kommune.lokalomrader) == ["Fetsund", "Fjellhamar"]


def test_a_page_that_is_sent_twice_adds_once(kommune, koordinator):
    sendt = innsending(koordinator.get(OMRADER), **{"lokalomrader-0-navn": "Fetsund"})

    for _gang in range(2):
        lagret(koordinator.post(OMRADER, sendt), OMRADER)

    assert navn(kommune.lokalomrader) == ["Fetsund"]


def test_a_row_that_somebody_else_changed_is_not_written_over(kommune, koordinator):
    omrade = LokalomradeFactory(kommune=kommune, navn="Fetsund")
    LokalomradeFactory(kommune=kommune, navn="Frogner")
    sendt = innsending(koordinator.get(OMRADER), **{"lokalomrader-0-navn": "Fet"})
    omrade.navn = "Fetsund sentrum"
    omrade.save()

    svar = koordinator.post(OMRADER, sendt)

    assert [(f, m[: len(ENDRET)]) for f, m in feil(svar) if "__all__" in f] == [
        ("lokalomrader-0-__all__", ENDRET)
    ]
    assert navn(kommune.lokalomrader) == ["Fetsund sentrum", "Frogner"]
    # Of the other row, that is no matter.
    sendt |= {"lokalomrader-0-navn": "Fetsund", "lokalomrader-1-navn": "Frogner bygd"}
    lagret(koordinator.post(OMRADER, sendt), OMRADER)
    assert navn(kommune.lokalomrader) == ["Fetsund sentrum", "Frogner bygd"]


def test_what_was_written_is_kept_when_a_row_more_is_asked_for(kommune, koordinator):
    sendt = innsending(koordinator.get(OMRADER), **{"lokalomrader-0-navn": "Fetsund"})

    svar = koordinator.post(OMRADER, sendt | {"_ny_rad": "lokalomrader"})

    rader = svar.context["skjema"].rader["lokalomrader"]
    assert [rad["navn"].value() for rad in rader] == ["Fetsund", None]
    assert not kommune.lokalomrader.exists()


def test_a_row_of_another_kommune_answers_no_guess(kommune, nabokommune, koordinator):
    """What was not touched is let go when its row is gone; that tells what it said."""
    annet = LokalomradeFactory(kommune=nabokommune, navn="Finstad")
    tom = innsending(koordinator.get(OMRADER))
    sendt = tom | {"lokalomrader-TOTAL_FORMS": "1", "lokalomrader-INITIAL_FORMS": "1"}
    sendt |= {"lokalomrader-0-id": annet.pk, "lokalomrader-0-sett": merket(annet)}

    svar = [
        koordinator.post(OMRADER, sendt | {"lokalomrader-0-navn": navn})
        for navn in ("Finstad", "Fjellhamar")
    ]

    assert [s.status_code for s in svar] == [422, 422]
    assert [o.navn for o in Lokalomrade.objects.all()] == ["Finstad"]


def merket(rad):
    return rad.historikk.values_list("pk", flat=True).first()


def test_where_there_are_many_there_is_room_for_one_more(kommune, koordinator):
    for nr in range(101):
        LokalomradeFactory(kommune=kommune, navn=f"Område {nr:03}")
    sendt = innsending(koordinator.get(OMRADER))

    svar = koordinator.post(OMRADER, sendt | {"_ny_rad": "lokalomrader"})

    rader = svar.context["skjema"].rader["lokalomrader"]
    assert [rad["navn"].value() for rad in rader][-2:] == ["Område 100", None]


def test_where_there_are_many_rows_are_moved():
    sendt = {"rader-TOTAL_FORMS": "101", "_opp": "rader-100"}
    sendt |= {f"rader-{nr}-ORDER": str(nr + 1) for nr in range(101)}

    data, _prefiks = endret_pa_skjermen(sendt)

    assert [data[f"rader-{nr}-ORDER"] for nr in (98, 99, 100)] == [99, 101, 100]


# Steder -------------------------------------------------------------------------------


def test_a_sted_is_added_with_its_kind_and_lokalomrade(kommune, koordinator):
    omrade = LokalomradeFactory(kommune=kommune, navn="Fetsund")

    svar = send(
        koordinator,
        STEDER,
        **{
            "steder-0-navn": "Riddersand skole",
            "steder-0-type": "barneskole",
            "steder-0-lokalomrade": omrade.pk,
            "steder-0-adresse": "Skolegata 1",
        },
    )

    lagret(svar, STEDER)
    sted = kommune.steder.get()
    assert (sted.navn, sted.slug, sted.type) == (
        "Riddersand skole",
        "riddersand-skole",
        "barneskole",
    )
    assert (sted.lokalomrade, sted.adresse) == (omrade, "Skolegata 1")


def test_steder_stand_under_their_names_and_open_where_something_is_wrong(
    kommune, koordinator, volla
):
    StedFactory(kommune=kommune, navn="Asak skole", type="barneskole")
    side = koordinator.get(STEDER).content.decode()

    svar = send(koordinator, STEDER, **{"steder-1-navn": PERSONNUMMER})

    assert '<details class="ds-details"><summary><span>Volla' in side
    assert [f for f, *_resten in feil(svar)] == ["steder-1-navn"]
    html = svar.content.decode()
    assert html.count('<details class="ds-details" open>') == 1
    assert '<details class="ds-details"><summary><span>Asak skole' in html


def test_what_uses_a_sted_is_named_after_what_it_belongs_to(
    kommune, koordinator, flere, volla
):
    KontaktpunktFactory(
        tjeneste__kommune=kommune, tjeneste__navn="Utekontakten", sted=volla
    )

    svar = send(koordinator, STEDER, **{"steder-1-DELETE": "on"})

    assert feil(svar) == [
        (
            "__all__",
            "«Volla» er i bruk og kan ikke fjernes: Sentrum, Utekontakten.",
        )
    ]
    assert navn(kommune.steder) == ["Sentrum", "Volla"]


def test_a_lokalomrade_of_another_kommune_is_no_choice(
    kommune, nabokommune, koordinator, volla
):
    LokalomradeFactory(kommune=kommune)
    fremmed = LokalomradeFactory(kommune=nabokommune)

    svar = send(koordinator, STEDER, **{"steder-0-lokalomrade": fremmed.pk})

    assert [f for f, *_resten in feil(svar)] == ["steder-0-lokalomrade"]
    volla.refresh_from_db()
    assert volla.lokalomrade is None


@pytest.mark.parametrize("type_", ["uteomrade", Sted.Type.FLERE])
def test_the_page_costs_the_same_for_1_and_3_steder(type_, kommune, koordinator):
    omrade = LokalomradeFactory(kommune=kommune)
    lag = {"kommune": kommune, "lokalomrade": omrade, "type": type_}
    StedFactory(**lag)
    med_en = sporringer(koordinator, STEDER)
    StedFactory.create_batch(2, **lag)

    assert sporringer(koordinator, STEDER) == med_en <= 14


def test_the_parts_of_a_sted_are_said_on_its_own_page(
    kommune, koordinator, flere, volla
):
    kjeller = StedFactory(kommune=kommune, navn="Kjeller", type="uteomrade")
    adresse = reverse("innstillinger_sted", args=["lillestrom", flere.pk])
    assert f'href="{adresse}"' in koordinator.get(STEDER).content.decode()

    svar = send(
        koordinator,
        adresse,
        **{"navn": "Sentrum øst", "deler-0-DELETE": "on", "deler-1-sted": kjeller.pk},
    )

    lagret(svar, STEDER)
    flere.refresh_from_db()
    assert flere.navn == "Sentrum øst"
    assert [del_.sted for del_ in flere.deler.all()] == [kjeller]


def test_a_sted_is_no_part_of_others_that_are_several(koordinator, kommune, flere):
    annet = StedFactory(kommune=kommune, navn="Øst", type=Sted.Type.FLERE)
    adresse = reverse("innstillinger_sted", args=["lillestrom", flere.pk])

    svar = send(koordinator, adresse, **{"deler-1-sted": annet.pk})

    assert [f for f, *_resten in feil(svar)] == ["deler-1-sted"]
    assert flere.deler.count() == 1


def test_one_that_has_parts_stays_several(koordinator, flere):
    adresse = reverse("innstillinger_sted", args=["lillestrom", flere.pk])

    svar = send(koordinator, adresse, type="uteomrade")

    assert feil(svar) == [
        ("type", "Stedet består av andre steder. Ta dem bort først."),
        ("deler-0-sted", "Bare «flere steder sammen» består av andre steder."),
    ]


def test_a_sted_that_is_one_has_no_parts(koordinator, volla):
    adresse = reverse("innstillinger_sted", args=["lillestrom", volla.pk])

    svar = koordinator.get(adresse)

    assert svar.context["skjema"].rader == {}
    lagret(send(koordinator, adresse, navn="Volla park"), STEDER)
    volla.refresh_from_db()
    assert volla.navn == "Volla park"


@pytest.mark.parametrize("innhold", ["felter", "tegn"])
def test_a_form_that_is_too_large_says_so_and_saves_nothing(
    innhold, kommune, koordinator, settings
):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 20
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000
    data = {"steder-0-navn": "Volla"}
    if innhold == "felter":
        data |= {f"steder-{nr}-navn": "Et sted" for nr in range(21)}
    else:
        data["steder-0-adresse"] = "x" * 5_000
    kroppen = urlencode(data)

    svar = koordinator.post(
        reverse("innstillinger_steder", args=[kommune.slug]),
        kroppen,
        content_type="application/x-www-form-urlencoded",
    )

    assert svar.status_code == 400
    assert "Skjemaet er for stort" in svar.text
    assert "ingenting er lagret" in svar.text
    assert not kommune.steder.exists()
