"""The forms of coordinators: what they change, who may, and what is refused with the
typed text kept."""

import re
from datetime import date
from itertools import chain
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from slt.models import Kommune, Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    BekreftelseFactory,
    BrukerFactory,
    InnsatsomradeFactory,
    KommuneFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
    gi_status,
)
from tests.innsending import innsending
from tests.lest import Lest
from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Handlingsplan,
    Kontaktpunkt,
    Lenke,
    Malgruppe,
    Malsetting,
    Tiltak,
    Tjeneste,
)

ROLLE, SYNLIGHET = Ansvar.Rolle, Kontaktpunkt.Synlighet
SIDEN = "/lillestrom/2024-2028/tiltak/vold/1/"
UGYLDIG = "Velg et gyldig valg. Valget er ikke av de tilgjengelige valgene."
PERSONNUMMER = "01010050053"
KONFLIKT = (
    "Noen andre endret dette mens du skrev. Ingenting er lagret ennå, og det du skrev, "
    "står her fortsatt. Se ved feltene hva som er endret, og lagre igjen."
)
BEGGE = (
    "Noen andre endret også dette mens du skrev. Se begge tekstene, og velg eller skriv "
    "om."
)
DET_NYE = "Noen andre endret dette mens du skrev. Det nye står her."
EN_TIL = "Noen andre la til en rad mens du skrev. Den er tatt med her."


@pytest.fixture(autouse=True)
def _tom_bevaring(db):
    cache.clear()


def lag_innhold():
    kommune = KommuneFactory(nummer="3205", navn="Lillestrøm", slug="lillestrom")
    vold = InnsatsomradeFactory(plan__kommune=kommune, navn="Vold", kortnavn="Vold")
    tiltak = PlasseringFactory(innsatsomrade=vold, tiltak__tittel="Natteravn").tiltak
    out = TjenesteFactory(kommune=kommune, navn="Utekontakten")
    politi = TjenesteFactory(kommune=kommune, navn="Politiet")
    return SimpleNamespace(
        kommune=kommune,
        plan=vold.plan,
        tiltak=tiltak,
        out=out,
        politi=politi,
        ansvar=AnsvarFactory(tiltak=tiltak, tjeneste=out),
        telefon=KontaktpunktFactory(tjeneste=out, verdi="469 34 634"),
        sms=KontaktpunktFactory(
            tjeneste=out, type="sms", verdi="469 34 634", hoved=False
        ),
        politiets=KontaktpunktFactory(tjeneste=politi, verdi="02800"),
    )


@pytest.fixture(scope="module")
def _grunnlag(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield lag_innhold()
        transaction.set_rollback(True)


@pytest.fixture
def db(_grunnlag):
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def innhold(db, _grunnlag):
    rader = vars(_grunnlag).items()
    return SimpleNamespace(**{n: type(r).objects.get(pk=r.pk) for n, r in rader})


@pytest.fixture
def kommune(innhold):
    return innhold.kommune


@pytest.fixture
def i(innhold):
    """The content, and the addresses of its forms."""
    innhold.skjema = {
        "tiltak": f"/lillestrom/endre/tiltak/{innhold.tiltak.pk}/",
        "tjeneste": f"/lillestrom/endre/tjenester/{innhold.out.pk}/",
        "kontaktpunkt": f"/lillestrom/endre/kontaktpunkter/{innhold.telefon.pk}/",
    }
    return innhold


@pytest.fixture
def kollega(kommune):
    """Another coordinator of the same kommune."""
    return innlogget(TilgangFactory(kommune=kommune, bruker__navn="Kollega").bruker)


def send(client, adresse, **endret):
    """Opens the form, changes it, sends it."""
    return client.post(adresse, innsending(client.get(adresse), **endret))


def alt():
    """Every row that the forms can change, and how much history there is."""
    return {
        modell.__name__: (
            list(modell.objects.order_by("pk").values()),
            modell.historikk.count(),
        )
        for modell in (Tiltak, Ansvar, AnsvarKontaktpunkt, Tjeneste, Kontaktpunkt)
    }


def feil(svar):
    """{field: message}; those of the rows by the names that the page has for them."""
    assert svar.status_code == 422
    skjema = svar.context["skjema"]
    ut = {felt: f[0] for felt, f in skjema.hoved.errors.items()}
    for rad in chain(*skjema.rader.values()):
        ut |= {rad.add_prefix(felt): f[0] for felt, f in rad.errors.items()}
    for rader in skjema.rader.values():
        if rader.non_form_errors():
            ut["formset"] = rader.non_form_errors()[0]
    tekst = Lest(svar).tekst
    assert all(" ".join(str(melding).split()) in tekst for melding in ut.values())
    return {felt: str(melding) for felt, melding in ut.items()}


# What they change ---------------------------------------------------------------------


def test_text_and_status_of_a_tiltak(i, koordinator, client):
    assert "Under innføring" not in client.get(SIDEN).text

    svar = send(
        koordinator,
        i.skjema["tiltak"],
        tittel="Natteravnene",
        status="innforing",
        tekst="<p>Går <strong>tur</strong>.</p>",
        begrunnelse="Avtalt i møte",
    )

    assert (svar.status_code, svar["Location"]) == (302, SIDEN)
    i.tiltak.refresh_from_db()
    assert (i.tiltak.tittel, i.tiltak.status, i.tiltak.tekst) == (
        "Natteravnene",
        "innforing",
        "<p>Går <strong>tur</strong>.</p>",
    )
    siden = Lest(client.get(SIDEN))
    for ordene in ("Natteravnene", "Under innføring", "Går tur"):
        assert ordene in siden.tekst


def test_the_history_says_who_by_which_door_and_why(i, koordinator):
    send(koordinator, i.skjema["tiltak"], tittel="Nytt", begrunnelse="Ringt og spurt")

    [siste, forrige] = i.tiltak.historikk.all()
    assert (
        siste.history_type,
        siste.history_user,
        siste.history_dor,
        siste.history_change_reason,
        siste.history_kommune,
    ) == ("~", koordinator.bruker, "skjema", "Ringt og spurt", i.kommune)
    assert (forrige.history_type, siste.tittel) == ("+", "Nytt")
    # The ansvar was sent along, unchanged.
    assert i.ansvar.historikk.count() == 1


def test_the_message_is_said_once_on_the_page_that_follows(i, koordinator):
    svar = send(koordinator, i.skjema["tjeneste"], tekst="Nytt")
    siden = svar["Location"]

    assert "Endringen er lagret." in Lest(koordinator.get(siden)).tekst
    assert "Endringen er lagret." not in Lest(koordinator.get(siden)).tekst


def test_saving_without_a_change_changes_nothing(i, koordinator):
    i.kommune.refresh_from_db()
    for_, versjon = alt(), i.kommune.versjon
    for adresse in i.skjema.values():
        assert send(koordinator, adresse).status_code == 302

    i.kommune.refresh_from_db()
    assert alt() == for_
    assert i.kommune.versjon == versjon


def test_a_tjeneste(i, koordinator, client):
    svar = send(
        koordinator,
        i.skjema["tjeneste"],
        navn="Utekontakten Lillestrøm",
        kortnavn="UK",
        tekst="Ute hver kveld.",
        svaransvarlig="leder@example.org",
        begrunnelse="",
    )

    i.out.refresh_from_db()
    assert svar["Location"] == i.out.get_absolute_url()
    assert i.out.slug == "utekontakten"
    assert (i.out.navn, i.out.kortnavn, i.out.svaransvarlig) == (
        "Utekontakten Lillestrøm",
        "UK",
        "leder@example.org",
    )
    siden = client.get(svar["Location"])
    assert "Ute hver kveld." in siden.text
    assert "leder@example.org" not in siden.text
    assert i.out.historikk.first().history_dor == "skjema"


def test_a_number_stands_once_and_changes_everywhere(i, koordinator, client):
    for side in (SIDEN, i.out.get_absolute_url(), "/lillestrom/tjenester/"):
        assert "469 34 634" in client.get(side).text

    svar = send(
        koordinator,
        i.skjema["kontaktpunkt"],
        verdi="477 95 404",
        etikett="vakttelefonen",
        instruks="be om vakta",
        ved_ikke_svar="send SMS",
        apningstid_tekst="Hver kveld",
    )

    assert svar["Location"] == i.out.get_absolute_url()
    for side in (SIDEN, i.out.get_absolute_url(), "/lillestrom/tjenester/"):
        lest = Lest(client.get(side))
        assert "tel:+4747795404" in lest.adresser("tel:")
        for ordene in ("Vakttelefonen", "Be om vakta", "Send SMS", "Hver kveld"):
            assert ordene in lest.tekst


def test_who_sees_a_contact_point(i, koordinator, client):
    send(koordinator, i.skjema["kontaktpunkt"], synlighet="koordinator")

    assert Lest(client.get(SIDEN)).adresser("tel:") == []
    assert Lest(koordinator.get(SIDEN)).adresser("tel:") == ["tel:+4746934634"]


# Confirmation -------------------------------------------------------------------------


def bekreftet(punkt):
    rader = Kontaktpunkt.objects.med_bekreftet().filter(pk=punkt.pk)
    return rader.values_list("bekreftet", "bekreftet_hvordan").get()


def test_a_contact_point_is_confirmed_only_by_saying_how(i, koordinator):
    send(koordinator, i.skjema["kontaktpunkt"], instruks="be om vakta")
    assert bekreftet(i.telefon) == (None, None)

    send(koordinator, i.skjema["kontaktpunkt"], bekreftet_hvordan="telefon")
    assert bekreftet(i.telefon) == (timezone.localdate(), "telefon")


def test_an_earlier_confirmation_stays_and_is_not_renewed_by_chance(i, koordinator):
    BekreftelseFactory(kontaktpunkt=i.telefon, dato=date(2024, 3, 1), hvordan="mote")

    skjema = koordinator.get(i.skjema["kontaktpunkt"])
    assert innsending(skjema)["bekreftet_hvordan"] == ""
    send(koordinator, i.skjema["kontaktpunkt"], instruks="be om vakta")

    assert bekreftet(i.telefon) == (date(2024, 3, 1), "mote")

    send(koordinator, i.skjema["kontaktpunkt"], bekreftet_hvordan="mote")
    assert bekreftet(i.telefon) == (timezone.localdate(), "mote")


def test_a_refused_form_confirms_nothing(i, koordinator):
    svar = send(
        koordinator, i.skjema["kontaktpunkt"], verdi="x", bekreftet_hvordan="telefon"
    )

    assert feil(svar) == {"verdi": INTET_NUMMER}
    assert bekreftet(i.telefon) == (None, None)


# Telephone numbers --------------------------------------------------------------------

INTET_NUMMER = (
    "Dette er ikke et telefonnummer. Norske numre har åtte eller fem sifre, for eksempel "
    "469 34 634; utenlandske begynner med + og landkoden."
)


@pytest.mark.parametrize("hva", ["telefon", "sms"])
@pytest.mark.parametrize(
    "tull",
    [
        "123",
        "00000000",
        "12345678",
        "+47 477 95 404 55",
        "477 95 40",
        "52800",
        "115 000",
        "+47",
        "+0 12345678",
        "+46 12345",
        "+46 1234567890123456",
    ],
)
def test_what_is_no_telephone_number_is_refused(hva, tull, i, koordinator):
    punkt = getattr(i, hva)
    adresse = f"/lillestrom/endre/kontaktpunkter/{punkt.pk}/"

    svar = send(koordinator, adresse, verdi=tull)

    assert feil(svar) == {"verdi": INTET_NUMMER}
    assert innsending(svar)["verdi"] == tull
    punkt.refresh_from_db()
    assert punkt.verdi == "469 34 634"


@pytest.mark.parametrize(
    ("skrevet", "lagret", "vist", "lenke"),
    [
        ("47795404", "477 95 404", "477 95 404", "+4747795404"),
        ("+47 477 95 404", "477 95 404", "477 95 404", "+4747795404"),
        ("004747795404", "477 95 404", "477 95 404", "+4747795404"),
        ("63 80 12 24", "63 80 12 24", "63 80 12 24", "+4763801224"),
        ("02800", "02800", "02800", "02800"),
        ("113", "113", "113", "113"),
        ("116117", "116 117", "116 117", "116117"),
        ("+46 70 123 45 67", "+46 70 123 45 67", "+46 70 123 45 67", "+46701234567"),
        ("0046701234567", "+46 70 123 45 67", "+46 70 123 45 67", "+46701234567"),
    ],
)
def test_a_telephone_number_is_read_as_people_write_it(
    skrevet, lagret, vist, lenke, i, koordinator, client
):
    assert send(koordinator, i.skjema["kontaktpunkt"], verdi=skrevet).status_code == 302

    i.telefon.refresh_from_db()
    assert i.telefon.verdi == lagret
    assert (f"tel:{lenke}", vist) in Lest(client.get(SIDEN)).lenker


def test_the_code_of_the_country_makes_no_second_number(i, koordinator):
    KontaktpunktFactory(tjeneste=i.out, verdi="477 95 404")

    svar = send(koordinator, i.skjema["kontaktpunkt"], verdi="+4747795404")

    assert feil(svar) == {"verdi": "Tjenesten har allerede dette kontaktpunktet."}


def test_numbers_that_were_loaded_with_the_code_are_shown_without(i):
    punkt = Kontaktpunkt(type="telefon", verdi="+4747795404")

    assert (punkt.visning, punkt.lenke) == ("477 95 404", "tel:+4747795404")


# Ansvar -------------------------------------------------------------------------------


def ansvarene(tiltak):
    """(tjeneste, role, note, chosen numbers) in the order of the page."""
    return [
        (
            a.tjeneste.navn,
            a.rolle,
            a.merknad,
            [
                v.kontaktpunkt.verdi
                for v in a.kontaktvalg.select_related("kontaktpunkt")
            ],
        )
        for a in tiltak.ansvar.select_related("tjeneste")
    ]


def test_taking_an_ansvar_away_is_called_what_it_is(i, koordinator):
    lest = Lest(koordinator.get(i.skjema["tiltak"]))

    assert lest.tekst.count("Fjern ansvar 1") == 1
    assert "Slett" not in lest.tekst


def test_a_tjeneste_without_contact_points_offers_none_but_to_make_one(i, koordinator):
    valget, lag = "Kontaktpunkter som gjelder her", "Ny telefon eller e-post"
    AnsvarFactory(tiltak=i.tiltak, tjeneste=i.politi)
    lest = Lest(koordinator.get(i.skjema["tiltak"]))
    assert (lest.tekst.count(valget), lest.tekst.count(lag)) == (2, 2)
    i.politiets.delete()

    svar = koordinator.get(i.skjema["tiltak"])

    lest = Lest(svar)
    assert (lest.tekst.count(valget), lest.tekst.count(lag)) == (1, 2)
    assert koordinator.post(i.skjema["tiltak"], innsending(svar)).status_code == 302


def test_a_form_leads_to_the_admin_only_where_the_kommune_is_worked_in(
    i, koordinator, nabokommune
):
    [lenke] = Lest(koordinator.get(i.skjema["tiltak"])).adresser("/admin/")
    assert koordinator.get(lenke).status_code == 200

    # No link that leads nowhere: and a form that is opened changes where they work in
    # nothing.
    TilgangFactory(kommune=nabokommune, bruker=koordinator.bruker)
    koordinator.post("/admin/velg-kommune/", {"kommune": nabokommune.pk})
    for _ganger in range(2):
        lest = Lest(koordinator.get(i.skjema["tiltak"]))
        assert lest.adresser("/admin/") == []


@pytest.mark.parametrize(
    ("hva", "ganger"), [("tiltak", 1), ("tjeneste", 0), ("kontaktpunkt", 0)]
)
def test_rich_text_is_explained_to_those_without_scripts(hva, ganger, i, koordinator):
    html = koordinator.get(i.skjema[hva]).text

    assert len(re.findall("<noscript>.*HTML-koder", html)) == ganger


@pytest.mark.parametrize("hva", ["tiltak", "tjeneste", "kontaktpunkt"])
def test_the_menu_is_that_of_the_plan_in_force(hva, i, koordinator):
    meny = {"/lillestrom/2024-2028/tiltak/", "/lillestrom/2024-2028/plan/"}
    assert meny <= {a for a, _ in Lest(koordinator.get(i.skjema[hva])).alle_lenker}

    gi_status(i.plan, Handlingsplan.Status.UTKAST)

    svar = koordinator.get(i.skjema[hva])
    assert {a for a, _ in Lest(svar).alle_lenker} & meny == set()


def test_an_ansvar_is_added_last(i, koordinator, client):
    svar = send(
        koordinator,
        i.skjema["tiltak"],
        **{
            "ansvar-1-tjeneste": i.politi.pk,
            "ansvar-1-rolle": "samarbeidspart",
            "ansvar-1-merknad": "ved behov",
        },
        begrunnelse="Ny avtale",
    )

    assert svar.status_code == 302
    assert ansvarene(i.tiltak) == [
        ("Utekontakten", "ansvarlig", "", []),
        ("Politiet", "samarbeidspart", "ved behov", []),
    ]
    assert "Samarbeidspart: ved behov" in Lest(client.get(SIDEN)).tekst
    siste = Ansvar.historikk.first()
    assert (siste.history_type, siste.history_dor, siste.history_change_reason) == (
        "+",
        "skjema",
        "Ny avtale",
    )
    assert siste.history_aktor == "Koordinator"


def test_a_third_one_comes_after_the_second(i, koordinator):
    AnsvarFactory(tiltak=i.tiltak, tjeneste=i.politi, rekkefolge=7)
    TjenesteFactory(kommune=i.kommune, navn="Skolen")

    send(
        koordinator,
        i.skjema["tiltak"],
        **{"ansvar-2-tjeneste": Tjeneste.objects.get(navn="Skolen").pk},
    )

    assert [navn for navn, *_ in ansvarene(i.tiltak)] == [
        "Utekontakten",
        "Politiet",
        "Skolen",
    ]


def test_an_ansvar_is_removed(i, koordinator, client):
    svar = send(koordinator, i.skjema["tiltak"], **{"ansvar-0-DELETE": "on"})

    assert (svar.status_code, ansvarene(i.tiltak)) == (302, [])
    assert "Ansvar: ikke avklart." in Lest(client.get(SIDEN)).tekst
    siste = Ansvar.historikk.first()
    assert (siste.history_type, siste.history_aktor) == ("-", "Koordinator")


def test_role_and_note_are_changed(i, koordinator):
    send(
        koordinator,
        i.skjema["tiltak"],
        **{"ansvar-0-rolle": "medansvarlig", "ansvar-0-merknad": "i helgene"},
    )

    assert ansvarene(i.tiltak) == [("Utekontakten", "medansvarlig", "i helgene", [])]
    assert Ansvar.objects.get().pk == i.ansvar.pk


def test_contact_points_are_chosen_and_let_go(i, koordinator, client):
    assert Lest(client.get(SIDEN)).adresser("tel:", "sms:") == ["tel:+4746934634"]

    send(
        koordinator,
        i.skjema["tiltak"],
        **{"ansvar-0-valgte_kontaktpunkter": [i.sms.pk]},
        begrunnelse="Riktig vei inn",
    )
    assert Lest(client.get(SIDEN)).adresser("tel:", "sms:") == ["sms:+4746934634"]
    valget = AnsvarKontaktpunkt.historikk.get()
    assert (valget.history_dor, valget.history_change_reason) == (
        "skjema",
        "Riktig vei inn",
    )

    send(koordinator, i.skjema["tiltak"], **{"ansvar-0-valgte_kontaktpunkter": None})
    assert Lest(client.get(SIDEN)).adresser("tel:", "sms:") == ["tel:+4746934634"]
    assert AnsvarKontaktpunkt.historikk.first().history_type == "-"


def test_with_another_tjeneste_the_old_choices_hold_no_longer(i, koordinator):
    i.ansvar.velg_kontaktpunkter([i.sms])

    send(koordinator, i.skjema["tiltak"], **{"ansvar-0-tjeneste": i.politi.pk})

    assert ansvarene(i.tiltak) == [("Politiet", "ansvarlig", "", [])]


def test_a_tjeneste_that_is_no_more_may_stay_but_not_come(i, koordinator):
    i.out.nedlagt = i.politi.nedlagt = timezone.localdate()
    i.out.save()
    i.politi.save()

    svar = send(koordinator, i.skjema["tiltak"], tittel="Fortsatt")
    assert svar.status_code == 302

    svar = send(koordinator, i.skjema["tiltak"], **{"ansvar-1-tjeneste": i.politi.pk})
    assert feil(svar) == {"ansvar-1-tjeneste": UGYLDIG}
    assert ansvarene(i.tiltak) == [("Utekontakten", "ansvarlig", "", [])]


ALLEREDE = "Tjenesten er allerede ført opp."


def test_a_tjeneste_is_named_once(i, koordinator):
    svar = send(koordinator, i.skjema["tiltak"], **{"ansvar-1-tjeneste": i.out.pk})

    assert ALLEREDE in feil(svar).values()
    assert ansvarene(i.tiltak) == [("Utekontakten", "ansvarlig", "", [])]


def test_a_tjeneste_that_was_let_go_may_come_in_again(i, koordinator):
    """In the same go: the row that is there goes, or gets another tjeneste."""
    svar = send(
        koordinator,
        i.skjema["tiltak"],
        **{
            "ansvar-0-DELETE": "on",
            "ansvar-1-tjeneste": i.out.pk,
            "ansvar-1-rolle": "medansvarlig",
        },
    )
    assert svar.status_code == 302
    assert ansvarene(i.tiltak) == [("Utekontakten", "medansvarlig", "", [])]

    send(
        koordinator,
        i.skjema["tiltak"],
        **{"ansvar-0-tjeneste": i.politi.pk, "ansvar-1-tjeneste": i.out.pk},
    )
    assert [navn for navn, *_ in ansvarene(i.tiltak)] == ["Politiet", "Utekontakten"]


def test_two_that_change_places_are_refused_in_words(i, koordinator):
    """The rows are saved one by one, and each tjeneste stands once."""
    AnsvarFactory(tiltak=i.tiltak, tjeneste=i.politi)
    for_ = alt()

    svar = send(
        koordinator,
        i.skjema["tiltak"],
        **{"ansvar-0-tjeneste": i.politi.pk, "ansvar-1-tjeneste": i.out.pk},
    )

    assert feil(svar) == {
        "ansvar-0-tjeneste": ALLEREDE,
        "ansvar-1-tjeneste": ALLEREDE,
    }
    assert alt() == for_


def test_one_that_takes_the_place_of_one_that_goes_is_refused_in_words(i, koordinator):
    AnsvarFactory(tiltak=i.tiltak, tjeneste=i.politi)
    for_ = alt()

    svar = send(
        koordinator,
        i.skjema["tiltak"],
        **{"ansvar-0-tjeneste": i.politi.pk, "ansvar-1-DELETE": "on"},
    )

    assert feil(svar) == {"ansvar-0-tjeneste": ALLEREDE}
    assert alt() == for_


def test_a_deltiltak_has_its_own_form_and_leads_back_to_its_place(i, koordinator):
    del_ = TiltakFactory(plan=i.plan, overordnet=i.tiltak, tittel="Helg")

    svar = send(
        koordinator,
        f"/lillestrom/endre/tiltak/{del_.pk}/",
        tekst="<p>Fredag</p>",
        **{"ansvar-0-tjeneste": i.politi.pk},
    )

    assert (svar.status_code, svar["Location"]) == (302, f"{SIDEN}#del-helg")
    del_.refresh_from_db()
    assert (del_.tekst, ansvarene(del_)) == (
        "<p>Fredag</p>",
        [("Politiet", "ansvarlig", "", [])],
    )


def test_a_tiltak_of_a_draft_without_a_place(i, koordinator):
    gi_status(i.plan, Handlingsplan.Status.UTKAST)
    tiltak = TiltakFactory(plan=i.plan)

    svar = send(koordinator, f"/lillestrom/endre/tiltak/{tiltak.pk}/", tittel="Nytt")

    assert (svar.status_code, svar["Location"]) == (302, "/lillestrom/2024-2028/")


# Who may ------------------------------------------------------------------------------


@pytest.fixture
def fremmede(i, nabo, kommune):
    """{who: client} of all who may not, and have an account."""
    ansatt = TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.ANSATT).bruker
    i_gar = timezone.localdate() - timezone.timedelta(days=1)
    forrige = TilgangFactory(kommune=kommune, fra=i_gar, til=i_gar).bruker
    return {
        "nabo": nabo,
        "bruker": innlogget(BrukerFactory()),
        "ansatt": innlogget(ansatt),
        "forrige": innlogget(forrige),
    }


@pytest.mark.parametrize("hva", ["tiltak", "tjeneste", "kontaktpunkt"])
def test_others_may_neither_see_nor_send(hva, i, koordinator, fremmede):
    adresse, for_ = i.skjema[hva], alt()
    data = innsending(koordinator.get(adresse), tittel="x", navn="x", verdi="12345678")

    for klient in fremmede.values():
        assert klient.get(adresse).status_code == 404
        assert klient.post(adresse, data).status_code == 404

    assert alt() == for_


@pytest.mark.parametrize("hva", ["tiltak", "tjeneste", "kontaktpunkt"])
def test_nobody_is_asked_to_log_in(hva, i, koordinator, client):
    adresse, for_ = i.skjema[hva], alt()
    data = innsending(koordinator.get(adresse), tittel="x", navn="x", verdi="12345678")

    her = {"referer": f"http://testserver{adresse}"}
    svarene = [client.get(adresse), client.post(adresse, data, headers=her)]

    assert [(s.status_code, s["Location"]) for s in svarene] == [
        (302, f"/konto/logg-inn/?next={adresse}")
    ] * 2
    assert alt() == for_


def test_who_was_logged_out_is_told_that_nothing_was_saved_and_what_is_kept(
    i, koordinator, client
):
    adresse = i.skjema["tiltak"]
    data = innsending(koordinator.get(adresse), tittel="x")
    her = {"referer": f"http://testserver{adresse}"}

    def sagt(data):
        innlogging = client.post(adresse, data, headers=her, follow=True)
        return [str(melding) for melding in innlogging.context["messages"]]

    assert sagt(data) == ["Du var logget ut, så ingenting ble lagret."]
    assert sagt(data | {"_kladd": "x" * 22}) == [
        (
            "Du var logget ut, så ingenting ble lagret. Nettleseren har tatt vare på det "
            "du skrev. Logg inn, så står det der igjen."
        )
    ]


@pytest.mark.parametrize("hva", ["tiltak", "tjeneste", "kontaktpunkt"])
def test_an_administrator_may(hva, i, administrator):
    assert send(administrator, i.skjema[hva], begrunnelse="x").status_code == 302


@pytest.mark.parametrize("hva", ["tiltak", "tjeneste", "kontaktpunkt"])
def test_the_kommune_of_the_address_is_that_of_the_row(
    hva, i, nabokommune, koordinator, administrator
):
    """Also for who coordinates both."""
    TilgangFactory(bruker=koordinator.bruker, kommune=nabokommune)
    for_ = alt()

    for klient in (koordinator, administrator):
        data = innsending(klient.get(i.skjema[hva]), tittel="x", navn="x", verdi="113")
        for slug in ("lorenskog", "finnes-ikke"):
            adresse = i.skjema[hva].replace("lillestrom", slug)
            assert klient.get(adresse).status_code == 404
            assert klient.post(adresse, data).status_code == 404

    assert alt() == for_


def test_a_superseded_plan_stands_as_it_was(i, koordinator, administrator):
    data = innsending(koordinator.get(i.skjema["tiltak"]), tittel="Omskrevet")
    i.plan.status = Handlingsplan.Status.AVLOST
    i.plan.save()
    for_ = alt()

    for klient in (koordinator, administrator):
        assert klient.get(i.skjema["tiltak"]).status_code == 404
        assert klient.post(i.skjema["tiltak"], data).status_code == 404

    assert alt() == for_


@pytest.mark.parametrize("metode", ["head", "put", "patch", "delete", "options"])
def test_other_methods_are_refused(metode, i, koordinator):
    for_ = alt()

    statuser = [getattr(koordinator, metode)(a).status_code for a in i.skjema.values()]

    assert statuser == [405] * 3
    assert alt() == for_


@pytest.mark.parametrize("hva", ["tiltak", "tjeneste", "kontaktpunkt"])
def test_a_form_of_another_site_is_refused(hva, i, koordinator):
    for_ = alt()
    streng = Client(enforce_csrf_checks=True)
    streng.force_login(koordinator.bruker)
    data = innsending(koordinator.get(i.skjema[hva]), tittel="x", navn="x", verdi="113")

    assert streng.post(i.skjema[hva], data).status_code == 403
    assert alt() == for_


@pytest.mark.parametrize("hva", ["tiltak", "tjeneste", "kontaktpunkt"])
def test_forms_are_never_kept(hva, i, koordinator):
    svar = koordinator.get(i.skjema[hva])

    assert "no-store" in svar["Cache-Control"]
    assert "ETag" not in svar


def test_the_forms_are_in_the_language_of_the_kommune(i, koordinator):
    i.kommune.malform = Kommune.Malform.NYNORSK
    i.kommune.save()

    svar = koordinator.post(i.skjema["tiltak"], {"status": "tull"})

    assert '<html lang="nn"' in svar.text
    assert "Velg eit gyldig valg" in svar.text


# What is refused ----------------------------------------------------------------------


@pytest.fixture
def naboens(nabokommune):
    tjeneste = TjenesteFactory(kommune=nabokommune)
    return SimpleNamespace(
        tjeneste=tjeneste,
        punkt=KontaktpunktFactory(tjeneste=tjeneste),
        ansvar=AnsvarFactory(tiltak__plan__kommune=nabokommune),
    )


def test_a_tjeneste_of_another_kommune_is_refused_beside_the_field(
    i, naboens, koordinator, administrator
):
    for_ = alt()

    for klient in (koordinator, administrator):
        for rad in (0, 1):
            svar = send(
                klient,
                i.skjema["tiltak"],
                **{f"ansvar-{rad}-tjeneste": naboens.tjeneste.pk},
            )
            assert feil(svar) == {f"ansvar-{rad}-tjeneste": UGYLDIG}
            assert str(naboens.tjeneste) not in svar.text

    assert alt() == for_


@pytest.mark.parametrize("hvilket", ["naboens", "politiets", "ingen", "tull"])
def test_a_contact_point_of_another_tjeneste_is_refused_beside_the_field(
    hvilket, i, naboens, koordinator
):
    pk = {
        "naboens": naboens.punkt.pk,
        "politiets": i.politiets.pk,
        "ingen": 999_999,
        "tull": "x",
    }[hvilket]
    for_ = alt()

    svar = send(
        koordinator,
        i.skjema["tiltak"],
        **{"ansvar-0-valgte_kontaktpunkter": [i.sms.pk, pk]},
    )

    assert list(feil(svar)) == ["ansvar-0-valgte_kontaktpunkter"]
    assert alt() == for_


def test_an_ansvar_of_another_tiltak_is_not_reached(i, naboens, koordinator):
    for_ = list(Ansvar.objects.filter(pk=naboens.ansvar.pk).values())

    for merke in (naboens.ansvar.pk, "9" * 30, "x", ""):
        send(
            koordinator,
            i.skjema["tiltak"],
            **{"ansvar-0-id": merke, "ansvar-0-merknad": "Herfra"},
        )

    assert list(Ansvar.objects.filter(pk=naboens.ansvar.pk).values()) == for_
    assert [navn for navn, *_ in ansvarene(i.tiltak)] == ["Utekontakten"]


def test_the_tiltak_of_an_ansvar_cannot_be_swapped(i, koordinator):
    annet = TiltakFactory(plan=i.plan)

    svar = send(koordinator, i.skjema["tiltak"], **{"ansvar-0-tiltak": annet.pk})

    assert svar.status_code == 422
    i.ansvar.refresh_from_db()
    assert i.ansvar.tiltak == i.tiltak


@pytest.mark.parametrize(
    ("hva", "felter"),
    [
        (
            "tiltak",
            [
                "tittel",
                "tekst",
                "begrunnelse",
                "kontakt_merknad",
                "forankring",
                "evalueres_tekst",
                "ansvar-0-merknad",
                "ansvar-1-merknad",
                "ansvar-1-ny_tjeneste",
                "ansvar-0-telefon",
                "ansvar-0-epost",
                "malgrupper-0-tekst",
                "lenker-0-tittel",
                "malsettinger-0-tekst",
                "deltiltak-0-tittel",
            ],
        ),
        (
            "tjeneste",
            [
                "navn",
                "kortnavn",
                "tekst",
                "resultat",
                "andre_navn",
                "melding",
                "organisasjonsnummer",
                "malgrupper-0-tekst",
                "begrunnelse",
            ],
        ),
        (
            "kontaktpunkt",
            [
                "verdi",
                "etikett",
                "instruks",
                "ved_ikke_svar",
                "apningstid_tekst",
                "begrunnelse",
            ],
        ),
    ],
)
def test_an_identity_number_is_refused_beside_its_field_and_the_rest_kept(
    hva, felter, i, koordinator
):
    for_ = alt()
    annet = {"tiltak": "tittel", "tjeneste": "tekst", "kontaktpunkt": "instruks"}[hva]

    for felt in felter:
        endret = {annet: "Skrevet med omhu", felt: PERSONNUMMER}
        svar = send(koordinator, i.skjema[hva], **endret)

        funnet = feil(svar)
        assert "fødselsnummer eller D-nummer" in funnet[felt]
        assert PERSONNUMMER not in funnet[felt]
        skrevet = innsending(svar)
        assert {navn: skrevet[navn] for navn in endret} == endret
        assert PERSONNUMMER not in svar.text.split("<main")[0]
    assert alt() == for_


AVVISES = {
    "tiltak": [
        ({"tittel": ""}, {"tittel": "Feltet er påkrevet."}),
        ({"tittel": "a" * 201}, {"tittel": "200 eller færre tegn"}),
        ({"tittel": "a\0b"}, {"tittel": "Null-tegn er ikke tillatt."}),
        ({"status": "tull"}, {"status": "Velg et gyldig valg."}),
        ({"status": ""}, {"status": "Feltet er påkrevet."}),
        ({"begrunnelse": "a" * 301}, {"begrunnelse": "300 eller færre tegn"}),
        ({"begrunnelse": "\0"}, {"begrunnelse": "Null-tegn er ikke tillatt."}),
        ({"ansvar-0-rolle": "sjef"}, {"ansvar-0-rolle": "Velg et gyldig"}),
        ({"ansvar-0-tjeneste": ""}, {"ansvar-0-tjeneste": "Velg hvem det er."}),
        ({"ansvar-1-merknad": "x"}, {"ansvar-1-tjeneste": "Velg hvem det er."}),
    ],
    "tjeneste": [
        ({"navn": "Politiet"}, {"navn": "Navnet er allerede i bruk"}),
        ({"navn": " "}, {"navn": "Feltet er påkrevet."}),
        ({"svaransvarlig": "x"}, {"svaransvarlig": "ikke en e-postadresse"}),
    ],
    "kontaktpunkt": [
        ({"verdi": "ring oss"}, {"verdi": "ikke et telefonnummer"}),
        ({"verdi": ""}, {"verdi": "Feltet er påkrevet."}),
        ({"synlighet": "alle"}, {"synlighet": "Velg et gyldig valg."}),
        ({"bekreftet_hvordan": "x"}, {"bekreftet_hvordan": "Velg et gyldig valg."}),
    ],
}


@pytest.mark.parametrize("hva", AVVISES)
def test_what_cannot_be_is_said_beside_its_field(hva, i, koordinator):
    for_ = alt()

    for endret, ventet in AVVISES[hva]:
        funnet = feil(send(koordinator, i.skjema[hva], **endret))

        assert funnet.keys() == ventet.keys()
        assert all(del_ in funnet[felt] for felt, del_ in ventet.items())
    assert alt() == for_


def test_what_the_row_must_be_is_said_and_no_server_error(i, koordinator):
    """Rules that name fields which the form does not show."""
    i.sms.person, i.sms.synlighet = "Kari Nordmann", SYNLIGHET.TJENESTER
    i.sms.save()
    vakt = KontaktpunktFactory(tjeneste=i.out, verdi="63801224", akutt=True)
    for_ = alt()

    for punkt, endret, melding in [
        (
            i.sms,
            {"synlighet": "offentlig"},
            "Et kontaktpunkt med navn på en person kan ikke vises for alle.",
        ),
        (
            vakt,
            {"synlighet": "koordinator"},
            "I akuttstripen kan bare en telefon som vises for alle stå.",
        ),
        (vakt, {"verdi": "469 34 634"}, "Tjenesten har allerede dette kontaktpunktet."),
    ]:
        svar = send(
            koordinator, f"/lillestrom/endre/kontaktpunkter/{punkt.pk}/", **endret
        )
        assert feil(svar) == {next(iter(endret)): melding}

    assert alt() == for_


def test_the_heading_is_the_saved_name_while_the_typed_one_is_wrong(i, koordinator):
    svar = send(koordinator, i.skjema["tiltak"], tittel="", status="tull")

    assert "Endre Natteravn" in Lest(svar).tekst


def test_html_in_the_text_is_cleaned_when_saved(i, koordinator):
    send(
        koordinator,
        i.skjema["tiltak"],
        tekst='<p onclick="x()">Hei</p><script>alert(1)</script><img src=x>',
        tittel="<script>alert(1)</script>",
    )

    i.tiltak.refresh_from_db()
    assert i.tiltak.tekst == "<p>Hei</p>"
    svar = koordinator.get(i.skjema["tiltak"])
    assert "<script>alert" not in svar.text
    assert "<script>alert" not in koordinator.get(SIDEN).text


# Broken data --------------------------------------------------------------------------


def test_a_broken_management_form_is_refused(i, koordinator):
    adresse = i.skjema["tiltak"]
    for_, data = alt(), innsending(koordinator.get(adresse), tittel="Skrevet med omhu")

    for endret in (
        {"ansvar-TOTAL_FORMS": "", "ansvar-INITIAL_FORMS": ""},
        {"ansvar-TOTAL_FORMS": "x"},
        {"ansvar-TOTAL_FORMS": "9" * 30},
        {"ansvar-TOTAL_FORMS": "102"},
        {"ansvar-TOTAL_FORMS": "\0"},
        {"ansvar-INITIAL_FORMS": "x"},
    ):
        svar = koordinator.post(adresse, data | endret)

        assert svar.status_code == 422
        assert innsending(svar)["tittel"] == "Skrevet med omhu"
        assert svar.context["skjema"].rader["ansvar"].non_form_errors()
    assert alt() == for_


@pytest.mark.parametrize(
    "endret",
    [
        {"ansvar-INITIAL_FORMS": "0"},
        {"ansvar-INITIAL_FORMS": "-5"},
        {"ansvar-TOTAL_FORMS": "-1"},
        {"ansvar-INITIAL_FORMS": "2"},
        {"ansvar-INITIAL_FORMS": "9999"},
        {"ansvar-TOTAL_FORMS": "0"},
        {"ansvar-TOTAL_FORMS": "0", "ansvar-INITIAL_FORMS": "0"},
        {"ansvar-TOTAL_FORMS": "60"},
        {"ansvar-0-id": None},
        {"ansvar-0-tiltak": None},
        {"ansvar-0-tjeneste": ["1", "2", "3"]},
        {"ansvar-0-tjeneste": "9" * 40},
        {"ansvar-0-valgte_kontaktpunkter": ["9" * 40]},
        {"ansvar-0-valgte_kontaktpunkter": ["1\0"]},
        {"ansvar-0-tjeneste": "\0"},
        {"ansvar-0-id": "1\0"},
        {"ansvar-0-id": "9" * 40},
        {"ansvar-1-id": "1"},
        {"ansvar-1-id": "\0", "ansvar-1-merknad": "x"},
        {"ansvar-1-DELETE": "on", "ansvar-1-merknad": "x"},
        {"sett": None},
        {"sett": "\0"},
        {"sett": "9" * 10_000},
        {"csrfmiddlewaretoken": "x", "plan": "1", "overordnet": "1"},
        {"niva": "\0"},
        {"uke": "9" * 40},
        {"ansvar-0-ORDER": "9" * 5000},
        {"ansvar-0-ORDER": "²"},
        {"ansvar-0-ORDER": "-1"},
        {"ansvar-0-tjeneste": "²"},
        {"_ny_rad": "ansvar"},
        {"_ny_rad": "ingen"},
        {"_opp": "ansvar-²"},
        {"_opp": ""},
        {"_ned": "ansvar-9"},
        {"_ned": "ingen-0"},
        {"_ned": "ansvar-" + "9" * 5000},
        {"_ny_rad": "ansvar", "ansvar-TOTAL_FORMS": "x"},
        {"_ny_rad": "ansvar", "ansvar-TOTAL_FORMS": "²"},
        {"_opp": "ansvar-0", "ansvar-0-ORDER": "9" * 5000},
        {"_opp": "ansvar-0", "ansvar-TOTAL_FORMS": None},
        {"_tegn_om": "", "ansvar-0-tjeneste": "9" * 5000},
    ],
)
def test_broken_data_is_no_server_error_and_invents_nothing(endret, i, koordinator):
    svar = send(koordinator, i.skjema["tiltak"], **endret)

    tegnes = endret.keys() & {"_ny_rad", "_opp", "_ned", "_tegn_om"}
    assert svar.status_code in ((200,) if tegnes else (302, 422))
    assert ansvarene(i.tiltak) == [("Utekontakten", "ansvarlig", "", [])]
    i.tiltak.refresh_from_db()
    assert (i.tiltak.niva, i.tiltak.tittel) == ("", "Natteravn")
    assert (i.tiltak.plan, i.tiltak.overordnet) == (i.plan, None)


@pytest.mark.parametrize("hva", ["tiltak", "tjeneste", "kontaktpunkt"])
def test_nothing_sent_is_nothing_saved(hva, i, koordinator):
    for_ = alt()

    svar = koordinator.post(i.skjema[hva], {})

    assert svar.status_code == 422
    assert svar.context["skjema"].har_feil
    assert alt() == for_


# Two at once --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hva", "felt"),
    [("tiltak", "tittel"), ("tjeneste", "tekst"), ("kontaktpunkt", "instruks")],
)
def test_what_somebody_else_saved_is_not_written_over_unseen(
    hva, felt, i, koordinator, kollega
):
    adresse = i.skjema[hva]
    mitt = innsending(koordinator.get(adresse), **{felt: "Mitt"})
    assert send(kollega, adresse, **{felt: "Kollegaens"}).status_code == 302

    forste = koordinator.post(adresse, mitt)

    rad = {"tiltak": i.tiltak, "tjeneste": i.out, "kontaktpunkt": i.telefon}[hva]
    rad.refresh_from_db()
    assert feil(forste) == {felt: BEGGE, "__all__": KONFLIKT}
    assert getattr(rad, felt) == "Kollegaens"
    assert innsending(forste)[felt] == "Mitt"

    andre = koordinator.post(adresse, innsending(forste))

    rad.refresh_from_db()
    assert (andre.status_code, getattr(rad, felt)) == (302, "Mitt")
    assert [h.history_aktor for h in rad.historikk.all()[:2]] == [
        "Koordinator",
        "Kollega",
    ]


def _kollegaens(i, hva):
    match hva:
        case "merknad":
            i.ansvar.merknad = "Kollegaens"
            i.ansvar.save()
        case "ny":
            AnsvarFactory(tiltak=i.tiltak, tjeneste=i.politi)
        case "fjernet":
            i.ansvar.delete()
        case "valg":
            i.ansvar.velg_kontaktpunkter([i.sms])
        case "byttet":
            i.ansvar.delete()
            AnsvarFactory(tiltak=i.tiltak, tjeneste=i.politi)


BORTE = (
    "Noen andre slettet denne raden mens du skrev. Det du skrev, står her fortsatt. Lagre "
    "igjen for å legge den inn på nytt, eller tøm den."
)


@pytest.mark.parametrize(
    ("hva", "melding", "etter"),
    [
        (
            "merknad",
            {"merknad": BEGGE, "__all__": KONFLIKT},
            [("Utekontakten", "medansvarlig", "Min", [])],
        ),
        (
            "fjernet",
            {"__all__": BORTE},
            [("Utekontakten", "medansvarlig", "Min", [])],
        ),
        (
            "valg",
            {"valgte_kontaktpunkter": DET_NYE, "__all__": KONFLIKT},
            [("Utekontakten", "medansvarlig", "Min", ["469 34 634"])],
        ),
        (
            "byttet",
            {"__all__": BORTE},
            [
                ("Politiet", "ansvarlig", "", []),
                ("Utekontakten", "medansvarlig", "Min", []),
            ],
        ),
    ],
)
def test_an_ansvar_that_somebody_else_changed_counts_too(
    hva, melding, etter, i, koordinator
):
    adresse = i.skjema["tiltak"]
    mitt = innsending(
        koordinator.get(adresse),
        tittel="Min tittel",
        **{"ansvar-0-rolle": "medansvarlig", "ansvar-0-merknad": "Min"},
    )
    _kollegaens(i, hva)
    for_ = alt()

    forste = koordinator.post(adresse, mitt)

    i_raden = {f"ansvar-0-{f}": m for f, m in melding.items()}
    assert feil(forste) == i_raden | ({"formset": EN_TIL} if hva == "byttet" else {})
    # No paragraph: one that follows the name of the row looks like a description of it.
    om_raden = f'<div class="ds-validation-message">{melding["__all__"]}</div>'
    assert om_raden in forste.text
    assert alt() == for_
    skrevet = innsending(forste)
    assert (skrevet["tittel"], skrevet["ansvar-0-merknad"]) == ("Min tittel", "Min")

    andre = koordinator.post(adresse, skrevet)

    i.tiltak.refresh_from_db()
    assert (andre.status_code, i.tiltak.tittel) == (302, "Min tittel")
    assert ansvarene(i.tiltak) == etter


@pytest.mark.parametrize(
    ("hva", "etter"),
    [
        ("merknad", [("Utekontakten", "ansvarlig", "Kollegaens", [])]),
        ("fjernet", []),
        ("valg", [("Utekontakten", "ansvarlig", "", ["469 34 634"])]),
        (
            "ny",
            [
                ("Utekontakten", "ansvarlig", "", []),
                ("Politiet", "ansvarlig", "", []),
            ],
        ),
        ("byttet", [("Politiet", "ansvarlig", "", [])]),
    ],
)
def test_an_ansvar_that_was_only_looked_at_stays_as_somebody_else_left_it(
    hva, etter, i, koordinator
):
    adresse = i.skjema["tiltak"]
    mitt = innsending(koordinator.get(adresse), tittel="Min tittel")
    _kollegaens(i, hva)

    assert koordinator.post(adresse, mitt).status_code == 302

    i.tiltak.refresh_from_db()
    assert (i.tiltak.tittel, ansvarene(i.tiltak)) == ("Min tittel", etter)


def test_one_with_choices_that_was_only_looked_at_may_go(i, koordinator):
    i.ansvar.velg_kontaktpunkter([i.sms])
    adresse = i.skjema["tiltak"]
    mitt = innsending(koordinator.get(adresse), tittel="Min tittel")
    i.ansvar.delete()

    assert koordinator.post(adresse, mitt).status_code == 302
    assert ansvarene(i.tiltak) == []


def test_what_somebody_else_added_too_stands_once(i, koordinator):
    adresse = i.skjema["tiltak"]
    mitt = innsending(
        koordinator.get(adresse), **{"ansvar-1-tjeneste": i.politi.pk}, tittel="Mitt"
    )
    AnsvarFactory(tiltak=i.tiltak, tjeneste=i.politi)

    assert koordinator.post(adresse, mitt).status_code == 302
    assert [navn for navn, *_ in ansvarene(i.tiltak)] == ["Utekontakten", "Politiet"]


def test_what_somebody_else_added_otherwise_is_refused_in_words(i, koordinator):
    adresse = i.skjema["tiltak"]
    mitt = innsending(
        koordinator.get(adresse),
        **{"ansvar-1-tjeneste": i.politi.pk, "ansvar-1-merknad": "Min"},
    )
    AnsvarFactory(tiltak=i.tiltak, tjeneste=i.politi)

    forste = koordinator.post(adresse, mitt)
    assert feil(forste) == {"ansvar-1-tjeneste": ALLEREDE, "formset": EN_TIL}

    andre = koordinator.post(adresse, innsending(forste, **{"ansvar-1-DELETE": "on"}))
    assert andre.status_code == 302
    assert [navn for navn, *_ in ansvarene(i.tiltak)] == ["Utekontakten", "Politiet"]


def test_a_conflict_is_told_beside_other_errors_and_only_once(i, koordinator, kollega):
    adresse = i.skjema["tiltak"]
    mitt = innsending(koordinator.get(adresse), tittel="")
    send(kollega, adresse, tittel="Kollegaens")

    forste = koordinator.post(adresse, mitt)
    assert feil(forste) == {"tittel": "Feltet er påkrevet.", "__all__": KONFLIKT}

    andre = koordinator.post(adresse, innsending(forste))
    assert feil(andre) == {"tittel": "Feltet er påkrevet."}


@pytest.mark.parametrize("hva", ["tiltak", "tjeneste", "kontaktpunkt"])
def test_a_conflict_leads_to_the_history_of_the_row(hva, i, kollega, nabokommune):
    """Also for one who last worked in another kommune in the admin."""
    bruker = TilgangFactory(kommune=i.kommune).bruker
    TilgangFactory(kommune=nabokommune, bruker=bruker)
    klient = innlogget(bruker)
    klient.post("/admin/velg-kommune/", {"kommune": nabokommune.pk})
    apnet = klient.get(i.skjema[hva])
    assert "/history/" not in apnet.text
    send(
        kollega,
        i.skjema[hva],
        begrunnelse="Kollegaens begrunnelse",
        tittel="Kollegaens",
        navn="Kollegaens",
        instruks="Kollegaens",
    )

    svar = klient.post(i.skjema[hva], innsending(apnet))

    assert feil(svar)["__all__"] == KONFLIKT
    [historikken] = [a for a, _ in Lest(svar).lenker if a.endswith("/history/")]
    assert "Kollegaens begrunnelse" in klient.get(historikken).text


@pytest.mark.parametrize("hva", ["tjeneste", "kontaktpunkt"])
def test_a_conflict_leads_an_editor_to_the_page_for_the_history_is_closed(
    hva, i, kollega
):
    redaktor = innlogget(TjenesteredaktorFactory(tjeneste=i.out).bruker)
    apnet = redaktor.get(i.skjema[hva])
    send(kollega, i.skjema[hva], navn="Kollegaens", instruks="Kollegaens")

    svar = redaktor.post(i.skjema[hva], innsending(apnet))

    assert feil(svar)["__all__"] == KONFLIKT
    siden, lenker = i.out.get_absolute_url(), Lest(svar).lenker
    assert [adresse for adresse, _ in lenker if "/admin/" in adresse] == []
    assert (siden, "Se siden slik den er nå (åpnes i en ny fane)") in lenker
    assert redaktor.get(siden).status_code == 200


def test_a_third_change_in_between_is_told_again(i, koordinator, kollega):
    adresse = i.skjema["tiltak"]
    mitt = innsending(koordinator.get(adresse), tittel="Mitt")
    send(kollega, adresse, tittel="En")
    forste = koordinator.post(adresse, mitt)
    send(kollega, adresse, tittel="To")

    andre = koordinator.post(adresse, innsending(forste))
    assert feil(andre) == {"tittel": BEGGE, "__all__": KONFLIKT}

    assert koordinator.post(adresse, innsending(andre)).status_code == 302
    i.tiltak.refresh_from_db()
    assert i.tiltak.tittel == "Mitt"


def test_changes_elsewhere_are_no_conflict(i, koordinator, kollega):
    adresse = i.skjema["tiltak"]
    mitt = innsending(koordinator.get(adresse), tittel="Mitt")
    send(kollega, i.skjema["tjeneste"], tekst="Annet")
    AnsvarFactory(tiltak__plan=i.plan, tjeneste=i.politi)

    assert koordinator.post(adresse, mitt).status_code == 302


def test_a_change_of_the_admin_is_seen_too(i, koordinator):
    adresse = i.skjema["tiltak"]
    mitt = innsending(koordinator.get(adresse), tittel="Mitt")
    i.tiltak.niva = Tiltak.Niva.SELEKTIV
    i.tiltak.save()

    assert feil(koordinator.post(adresse, mitt)) == {
        "niva": DET_NYE,
        "__all__": KONFLIKT,
    }


def test_what_the_form_does_not_show_is_left_alone(i, koordinator):
    i.tiltak.niva, i.tiltak.forankring = "selektiv", "Politirådet"
    i.tiltak.save()

    send(koordinator, i.skjema["tiltak"], tittel="Nytt")

    i.tiltak.refresh_from_db()
    assert (i.tiltak.niva, i.tiltak.forankring) == ("selektiv", "Politirådet")


@pytest.mark.postgres
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)
@pytest.mark.parametrize("hva", ["tiltak", "tjeneste", "kontaktpunkt"])
def test_who_saves_makes_others_wait_before_looking_for_their_changes(
    hva, i, koordinator
):
    data = innsending(koordinator.get(i.skjema[hva]), begrunnelse="x")

    with CaptureQueriesContext(connection) as sporringer:
        koordinator.post(i.skjema[hva], data)

    [las, *_] = [n for n, s in enumerate(sporringer) if "FOR NO KEY" in s["sql"]]
    siste = [n for n, s in enumerate(sporringer) if '"tiltak_historisk' in s["sql"]][-1]
    assert las < siste


def test_either_all_or_nothing_is_saved(i, koordinator, monkeypatch):
    """The form is saved first, then the ansvar; if that fails, neither is."""

    def feiler(self, punkter):
        raise RuntimeError

    for_ = alt()
    data = innsending(
        koordinator.get(i.skjema["tiltak"]),
        tittel="Nytt",
        **{"ansvar-0-merknad": "Nytt"},
    )
    monkeypatch.setattr(Ansvar, "velg_kontaktpunkter", feiler)
    koordinator.raise_request_exception = False

    svar = koordinator.post(i.skjema["tiltak"], data)

    assert svar.status_code == 500
    assert alt() == for_


# What it costs ------------------------------------------------------------------------


def kostnad(klient, adresse, **endret):
    data = innsending(klient.get(adresse), **endret)
    with CaptureQueriesContext(connection) as vis:
        klient.get(adresse)
    with CaptureQueriesContext(connection) as avvis:
        svar = klient.post(adresse, data | {"tittel": ""})
    assert svar.status_code == 422
    return len(vis), len(avvis)


def test_the_form_costs_the_same_for_1_and_3_ansvar(i, koordinator):
    en = kostnad(koordinator, i.skjema["tiltak"])
    for n in range(2):
        ansvar = AnsvarFactory(tiltak=i.tiltak, tjeneste__navn=f"Tjeneste {n}")
        for punkt in KontaktpunktFactory.create_batch(3, tjeneste=ansvar.tjeneste):
            AnsvarKontaktpunkt.objects.create(ansvar=ansvar, kontaktpunkt=punkt)
    for n in range(20):
        TjenesteFactory(kommune=i.kommune, navn=f"Annen {n}")

    tre = kostnad(koordinator, i.skjema["tiltak"])

    assert tre[0] == en[0]
    # What a tiltak is, its five sets of rows and three of choices, and the frame of the page.
    assert en[0] <= 30
    # What was sent is looked up row by row.
    assert tre[1] - en[1] <= 2 * 6


def test_a_tiltak_with_many_rows_of_all_kinds_costs_little_more(i, koordinator):
    en = kostnad(koordinator, i.skjema["tiltak"])[0]
    for n in range(3):
        Malgruppe.objects.create(tiltak=i.tiltak, tekst=f"Gruppe {n}")
        Lenke.objects.create(
            tiltak=i.tiltak, tittel=f"Lenke {n}", adresse=f"https://example.org/{n}"
        )
        Malsetting.objects.create(plan=i.plan, tiltak=i.tiltak, tekst=f"Mål {n}")
        TiltakFactory(plan=i.plan, overordnet=i.tiltak, tittel=f"Del {n}")

    # When each kind was last changed.
    assert kostnad(koordinator, i.skjema["tiltak"])[0] <= en + 4


@pytest.mark.parametrize("hva", ["tjeneste", "kontaktpunkt"])
def test_the_other_forms_cost_little(hva, i, koordinator):
    for n in range(4):
        KontaktpunktFactory(tjeneste=i.out, verdi=f"4693460{n}")
    koordinator.get(i.skjema[hva])

    with CaptureQueriesContext(connection) as sporringer:
        svar = koordinator.get(i.skjema[hva])

    assert svar.status_code == 200
    # Of a tjeneste with its målgrupper, its themes, and with whom it is shared; and whether
    # its kommune has its name alone.
    assert len(sporringer) <= 16


# The ways there -----------------------------------------------------------------------


def lenker(client, adresse):
    cache.clear()
    return re.findall(
        'href="([^"]*/endre/[^"]*)"', client.get(adresse).content.decode()
    )


def test_a_coordinator_makes_and_changes_tjenester_from_the_list_of_them(
    i, koordinator, client, nabo
):
    assert lenker(koordinator, "/lillestrom/tjenester/") == [
        "/lillestrom/endre/tjenester/ny/",
        "/lillestrom/endre/tjenester/delte/",
        f"/lillestrom/endre/tjenester/{i.politi.pk}/",
        f"/lillestrom/endre/tjenester/{i.out.pk}/",
    ]
    assert lenker(client, "/lillestrom/tjenester/") == []
    assert lenker(nabo, "/lillestrom/tjenester/") == []


def test_a_contact_point_is_one_press_from_its_tjeneste_and_from_the_form(
    i, koordinator
):
    til_punktet = f"/lillestrom/endre/kontaktpunkter/{i.telefon.pk}/"

    assert til_punktet in lenker(koordinator, i.out.get_absolute_url())
    assert til_punktet in lenker(koordinator, i.skjema["tjeneste"])


def test_where_a_tjeneste_cannot_be_reached_is_the_way_to_say_how(
    i, kommune, koordinator, client
):
    taus = TjenesteFactory(kommune=kommune, navn="Uten kontakt")

    assert lenker(koordinator, taus.get_absolute_url()) == [
        f"/lillestrom/endre/tjenester/{taus.pk}/",
        f"/lillestrom/endre/tjenester/{taus.pk}/",
    ]
    assert lenker(client, taus.get_absolute_url()) == []
