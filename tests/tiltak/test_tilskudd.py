"""Grants: what must hold of one, where it is written, who reads it, what becomes of it the
year after, and what all of them come to."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from slt.felles.arshjul import BIDRAG, Slag
from slt.models import PUBLIKUM, Kommune, Tilgang
from tests.conftest import innlogget
from tests.factories import (
    FinansieringFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    PlasseringFactory,
    TilgangFactory,
    TilskuddFactory,
    TilskuddstiltakFactory,
    TiltakFactory,
)
from tests.innsending import innsending
from tests.lest import Lest
from tests.skjemasvar import feil, sporringer
from tiltak.dokument import Utgave
from tiltak.models import Handlingsplan, Tilskudd, Tilskuddstiltak
from tiltak.models.tilskudd import GITT, Tilstand
from tiltak.tilskudd.arshjul import frister
from tiltak.tilskudd.igjen import aret_etter
from tiltak.tilskudd.summer import ar_for_ar, summer

LISTE = "/lillestrom/endre/tilskudd/"
NYTT = f"{LISTE}nytt/"
LEST = "/lillestrom/tilskudd/"
ARK = f"{LEST}tilskudd.csv"
HUNDRETUSEN = "100\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr"
I_DAG = timezone.localdate()


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


@pytest.fixture
def plan(kommune):
    return HandlingsplanFactory(kommune=kommune)


@pytest.fixture
def vold(plan):
    return InnsatsomradeFactory(plan=plan, navn="Vold", kortnavn="Vold")


@pytest.fixture
def rus(plan):
    return InnsatsomradeFactory(plan=plan, navn="Rus", kortnavn="Rus")


@pytest.fixture
def natteravn(vold):
    return PlasseringFactory(innsatsomrade=vold, tiltak__tittel="Natteravn").tiltak


@pytest.fixture
def utekontakt(rus):
    return PlasseringFactory(innsatsomrade=rus, tiltak__tittel="Utekontakt").tiltak


@pytest.fixture
def politirad(kommune):
    return som(Tilgang.Rolle.POLITIRAD, kommune)


@pytest.fixture
def ansatt(kommune):
    return som(Tilgang.Rolle.ANSATT, kommune)


def som(rolle, kommune):
    return innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)


def gi(kommune, **felter):
    """A grant that was given."""
    return TilskuddFactory(kommune=kommune, ga=True, **felter)


def send(klient, side, /, **felter):
    return klient.post(side, innsending(klient.get(side), **felter))


def lagret(pk):
    return Tilskudd.objects.values().get(pk=pk)


# What must hold -------------------------------------------------------------------------

UMULIG = {
    "applied for, and not how much": {"tilstand": "sokt"},
    "given, and not how much": {"tilstand": "innvilget", "sokt": 10},
    "an amount of what was refused": {"tilstand": "avslatt", "sokt": 10, "gitt": 10},
    "an amount of what is planned": {"gitt": 10},
    "an amount of what was taken back": {"tilstand": "trukket", "gitt": 10},
    "part of it, and all of it": {"tilstand": "delvis", "sokt": 10, "gitt": 10},
    "reported on no day": {"tilstand": "rapportert", "gitt": 10},
    "a day of what is not reported": {
        "tilstand": "innvilget",
        "gitt": 10,
        "rapportert": date(2026, 1, 1),
    },
    "nothing was applied for": {"tilstand": "sokt", "sokt": 0},
    "nothing was given": {"tilstand": "innvilget", "gitt": 0},
    "a year before there were any": {"arstall": 1999},
    "a year that is mistyped": {"arstall": 20_26 * 10},
    "reported before it is applied for": {
        "soknadsfrist": date(2026, 5, 2),
        "rapporteringsfrist": date(2026, 5, 1),
    },
}
MULIG = {
    "planned": {},
    "planned with an amount": {"sokt": 10},
    "applied for": {"tilstand": "sokt", "sokt": 10},
    "given without an application": {"tilstand": "innvilget", "gitt": 10},
    "given in part": {"tilstand": "delvis", "sokt": 10, "gitt": 9},
    "given in part of nobody knows what": {"tilstand": "delvis", "gitt": 9},
    "refused": {"tilstand": "avslatt", "sokt": 10},
    "taken back before it was applied for": {"tilstand": "trukket"},
    "reported": {
        "tilstand": "rapportert",
        "gitt": 10,
        "rapportert": date(2026, 1, 1),
    },
    "reported on the day of the application": {
        "soknadsfrist": date(2026, 5, 1),
        "rapporteringsfrist": date(2026, 5, 1),
    },
}


@pytest.mark.parametrize("felter", UMULIG.values(), ids=UMULIG)
def test_what_cannot_be_so_is_refused_by_the_model_and_by_the_database(felter, kommune):
    rad = TilskuddFactory.build(kommune=kommune, **felter)

    with pytest.raises(ValidationError):
        rad.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        rad.save()

    assert not Tilskudd.objects.exists()


@pytest.mark.parametrize("felter", MULIG.values(), ids=MULIG)
def test_what_can_be_so_is_taken(felter, kommune):
    rad = TilskuddFactory.build(kommune=kommune, **felter)

    rad.full_clean()
    rad.save()

    assert Tilskudd.objects.get() == rad


def test_a_tiltak_stands_once_with_a_grant(natteravn):
    rad = TilskuddstiltakFactory(tiltak=natteravn)
    en_til = Tilskuddstiltak(tilskudd=rad.tilskudd, tiltak=natteravn)

    with pytest.raises(ValidationError, match="Tiltaket står allerede"):
        en_til.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        en_til.save()

    assert Tilskuddstiltak.objects.get() == rad


def test_a_grant_pays_for_no_tiltak_of_another_kommune(natteravn, nabokommune):
    fremmed = Tilskuddstiltak(
        tilskudd=TilskuddFactory(kommune=nabokommune), tiltak=natteravn
    )

    with pytest.raises(ValidationError) as feilen:
        fremmed.full_clean()

    assert list(feilen.value.message_dict) == ["tiltak"]


def test_the_tiltak_of_a_grant_may_go_and_the_grant_stays(natteravn, kommune):
    rad = TilskuddstiltakFactory(tiltak=TiltakFactory(plan=None, kommune=kommune))

    rad.tiltak.delete()

    assert Tilskudd.objects.get() == rad.tilskudd
    assert not Tilskuddstiltak.objects.exists()


# What was given, stays ------------------------------------------------------------------


@pytest.mark.parametrize("na", ["innvilget", "trukket"])
def test_what_was_given_some_time_is_not_deleted(na, kommune, koordinator):
    rad = gi(kommune)
    if na == "trukket":
        rad.tilstand, rad.gitt = na, None
        rad.save()
    adresse = f"{LISTE}{rad.pk}/slett/"

    for_, sendt = koordinator.get(adresse), koordinator.post(adresse)

    assert (for_.status_code, sendt.status_code) == (200, 409)
    ventet = "Et tilskudd som er gitt, slettes ikke. Velg «trukket»"
    assert [ventet in Lest(svar).tekst for svar in (for_, sendt)] == [True, True]
    with pytest.raises(ValidationError):
        rad.delete()
    assert Tilskudd.objects.get() == rad


def test_what_was_never_given_is_deleted_and_can_be_brought_back(
    kommune, koordinator, natteravn
):
    rad = TilskuddFactory(kommune=kommune, tilstand="avslatt", sokt=5)
    TilskuddstiltakFactory(tilskudd=rad, tiltak=natteravn)

    svar = koordinator.post(f"{LISTE}{rad.pk}/slett/")

    assert (svar.status_code, svar.url) == (302, LISTE)
    assert not Tilskudd.objects.exists()
    assert "Ordning" in koordinator.get("/lillestrom/slettet/").text


# Where it is written --------------------------------------------------------------------


def test_the_coordinator_writes_down_what_to_apply_for(koordinator, natteravn):
    svar = send(
        koordinator,
        NYTT,
        ordning="Rusmidler lokalt",
        giver="Helsedirektoratet",
        arstall="2027",
        soknadsfrist="2027-02-01",
        sokt="1 200 000 kr",
        adresse="helsedirektoratet.no/tilskudd",
        merknad="Spør økonomi.",
        **{"fordeling-0-tiltak": natteravn.pk},
    )

    rad = Tilskudd.objects.get()
    assert (svar.status_code, svar.url) == (
        302,
        f"{LISTE}?ar=2027#tilskudd-{rad.pk}",
    )
    verdier = lagret(rad.pk)
    assert {
        navn: verdier[navn] for navn in ("ordning", "giver", "arstall", "sokt")
    } == {
        "ordning": "Rusmidler lokalt",
        "giver": "Helsedirektoratet",
        "arstall": 2027,
        "sokt": 1_200_000,
    }
    assert (rad.tilstand, rad.gitt, rad.publisert) == ("planlagt", None, False)
    assert rad.adresse == "https://helsedirektoratet.no/tilskudd"
    assert [del_.tiltak for del_ in rad.fordeling.all()] == [natteravn]


def test_she_says_what_came_of_it_and_what_each_tiltak_gets(
    kommune, koordinator, natteravn, utekontakt
):
    rad = TilskuddFactory(kommune=kommune, tilstand="sokt", sokt=500)

    svar = send(
        koordinator,
        f"{LISTE}{rad.pk}/",
        tilstand="delvis",
        gitt="300",
        rapporteringsfrist="2027-03-01",
        publisert="on",
        **{
            "fordeling-0-tiltak": natteravn.pk,
            "fordeling-0-belop": "200",
            "fordeling-1-tiltak": utekontakt.pk,
            "fordeling-1-belop": "100",
        },
    )

    assert svar.status_code == 302
    rad.refresh_from_db()
    assert (rad.tilstand, rad.gitt, rad.er_apent) == ("delvis", 300, True)
    assert list(rad.fordeling.values_list("tiltak", "belop")) == [
        (natteravn.pk, 200),
        (utekontakt.pk, 100),
    ]


FEIL = {
    "no amount of an application": (
        {"tilstand": "sokt", "sokt": ""},
        {"sokt": "Skriv hvor mye dere søkte om."},
    ),
    "no amount of what was given": (
        {"tilstand": "innvilget"},
        {"gitt": "Skriv hvor mye dere fikk."},
    ),
    "an amount of what is planned": (
        {"gitt": "50"},
        {
            "gitt": "Dere har skrevet hva dere fikk. Velg at det er innvilget, delvis "
            "innvilget eller rapportert, eller ta bort beløpet."
        },
    ),
    "as much in part as in all": (
        {"tilstand": "delvis", "gitt": "500"},
        {
            "gitt": "Delvis innvilget er mindre enn det dere søkte om. Rett et av "
            "beløpene, eller velg at det er innvilget."
        },
    ),
    "no day of a report": (
        {"tilstand": "rapportert", "gitt": "500"},
        {"rapportert": "Skriv dagen rapporten ble levert."},
    ),
    "a day of no report": (
        {"rapportert": "2026-01-01"},
        {
            "rapportert": "Dere har skrevet når rapporten ble levert. Velg at det er "
            "rapportert, eller ta bort dagen."
        },
    ),
    "a report that has not come": (
        {"tilstand": "rapportert", "gitt": "500", "rapportert": "2190-01-01"},
        {"rapportert": "Datoen er ikke kommet ennå. Fyll den ut når det skjer."},
    ),
    "a deadline before the other": (
        {"soknadsfrist": "2026-05-02", "rapporteringsfrist": "2026-05-01"},
        {
            "rapporteringsfrist": "Rapporteringsfristen kan ikke være før søknadsfristen."
        },
    ),
    "no day at all": (
        {"soknadsfrist": "2027-02-30"},
        {
            "soknadsfrist": "Dette er ikke en dato. Skriv for eksempel 1. februar 2027 "
            "eller 1.2.2027."
        },
    ),
    "no sum": (
        {"sokt": "mye"},
        {"sokt": "Skriv beløpet i hele kroner, for eksempel 1 200 000."},
    ),
    "no address": ({"adresse": "javascript:alert(1)"}, {"adresse": None}),
    "a year that nobody means": ({"arstall": "1066"}, {"arstall": None}),
    "somebody's number": ({"merknad": "Gjelder 01010112377."}, {"merknad": None}),
}


@pytest.mark.parametrize(("skrevet", "ventet"), FEIL.values(), ids=FEIL)
def test_what_is_wrong_is_said_beside_its_field(skrevet, ventet, kommune, koordinator):
    rad = TilskuddFactory(kommune=kommune, sokt=500)
    for_ = lagret(rad.pk)

    svar = send(koordinator, f"{LISTE}{rad.pk}/", giver="Noen andre", **skrevet)

    feilene = feil(svar)
    assert list(feilene) == list(ventet)
    assert [feilene[f] for f, tekst in ventet.items() if tekst] == [
        tekst for tekst in ventet.values() if tekst
    ]
    skjema = svar.context["skjema"].hoved
    assert {navn: skjema[navn].value() for navn in skrevet} == skrevet
    assert skjema["giver"].value() == "Noen andre"
    assert lagret(rad.pk) == for_


@pytest.mark.parametrize(
    ("gitt", "deler", "ventet"),
    [
        (
            300,
            (200, 101),
            (
                "Til sammen er 301\N{NO-BREAK SPACE}kr fordelt, men dere fikk "
                "300\N{NO-BREAK SPACE}kr. Rett et av beløpene."
            ),
        ),
        (
            None,
            (1, ""),
            (
                "Ikke noe er gitt ennå. Fordel pengene når dere vet hva dere får, og la "
                "beløpet stå tomt til da."
            ),
        ),
    ],
)
def test_no_more_is_parted_than_was_given(
    gitt, deler, ventet, kommune, koordinator, natteravn, utekontakt
):
    rad = TilskuddFactory(kommune=kommune)
    felter = {"tilstand": "innvilget", "gitt": gitt} if gitt else {}
    belop = {f"fordeling-{n}-belop": b for n, b in enumerate(deler)}
    tiltak = {"fordeling-0-tiltak": natteravn.pk, "fordeling-1-tiltak": utekontakt.pk}

    svar = send(koordinator, f"{LISTE}{rad.pk}/", **felter, **belop, **tiltak)

    assert list(feil(svar).values()) == [ventet]
    assert not Tilskuddstiltak.objects.exists()
    assert lagret(rad.pk)["tilstand"] == "planlagt"


def test_less_is_given_than_was_parted_before(kommune, koordinator, natteravn):
    rad = gi(kommune)
    TilskuddstiltakFactory(tilskudd=rad, tiltak=natteravn, belop=100_000)

    svar = send(koordinator, f"{LISTE}{rad.pk}/", tilstand="delvis", gitt="50 000")

    assert list(feil(svar)) == ["fordeling-0-belop"]
    assert lagret(rad.pk)["gitt"] == 100_000


def test_a_share_that_is_taken_off_is_not_counted(
    kommune, koordinator, natteravn, utekontakt
):
    rad = gi(kommune)
    TilskuddstiltakFactory(tilskudd=rad, tiltak=natteravn, belop=100_000)

    svar = send(
        koordinator,
        f"{LISTE}{rad.pk}/",
        **{
            "fordeling-0-DELETE": "on",
            "fordeling-1-tiltak": utekontakt.pk,
            "fordeling-1-belop": "100000",
        },
    )

    assert svar.status_code == 302
    assert [d.tiltak for d in rad.fordeling.all()] == [utekontakt]


def test_the_same_tiltak_twice_is_refused(kommune, koordinator, natteravn):
    rad = TilskuddFactory(kommune=kommune)
    to = {f"fordeling-{n}-tiltak": natteravn.pk for n in (0, 1)}

    svar = send(koordinator, f"{LISTE}{rad.pk}/", **to)

    assert svar.status_code == 422
    assert "Tiltaket er allerede ført opp." in Lest(svar).tekst
    assert not Tilskuddstiltak.objects.exists()


def test_tiltak_of_others_and_of_superseded_plans_are_not_offered(
    kommune, koordinator, natteravn, nabokommune
):
    andres = PlasseringFactory(innsatsomrade__plan__kommune=nabokommune).tiltak
    gammelt = PlasseringFactory(
        innsatsomrade__plan=HandlingsplanFactory(
            kommune=kommune, status="avlost", fra_ar=2020, til_ar=2023
        )
    ).tiltak
    rad = TilskuddFactory(kommune=kommune)

    svarene = [
        send(koordinator, f"{LISTE}{rad.pk}/", **{"fordeling-0-tiltak": tiltak.pk})
        for tiltak in (andres, gammelt)
    ]

    assert [list(feil(svar)) for svar in svarene] == [["fordeling-0-tiltak"]] * 2
    assert not Tilskuddstiltak.objects.exists()


def test_what_another_changed_meanwhile_is_not_written_over(kommune, koordinator):
    rad = TilskuddFactory(kommune=kommune, sokt=500)
    apnet = koordinator.get(f"{LISTE}{rad.pk}/")
    rad.sokt = 700
    rad.save()

    svar = koordinator.post(f"{LISTE}{rad.pk}/", innsending(apnet, sokt="600"))

    assert svar.status_code == 422
    assert lagret(rad.pk)["sokt"] == 700


# Who may ---------------------------------------------------------------------------------

ALENE = ["", "nytt/", "{pk}/", "{pk}/slett/"]


def test_the_list_and_the_forms_are_the_coordinators_alone(
    kommune, koordinator, politirad, ansatt, nabo
):
    rad = TilskuddFactory(kommune=kommune)
    sider = [LISTE + side.format(pk=rad.pk) for side in ALENE]

    svarene = {
        navn: [klient.get(side).status_code for side in sider]
        for navn, klient in {
            "koordinator": koordinator,
            "politirad": politirad,
            "ansatt": ansatt,
            "nabo": nabo,
            "ingen": Client(),
        }.items()
    }

    assert svarene == {
        "koordinator": [200] * 4,
        "politirad": [404] * 4,
        "ansatt": [404] * 4,
        "nabo": [404] * 4,
        "ingen": [302] * 4,
    }


def test_nobody_else_begins_it_anew_or_takes_it_off(
    kommune, koordinator, politirad, ansatt, nabo
):
    rad = TilskuddFactory(kommune=kommune)
    sider = [f"{LISTE}{rad.pk}/{hva}/" for hva in ("igjen", "slett")]

    svarene = [
        klient.post(side).status_code
        for klient in (politirad, ansatt, nabo, Client())
        for side in sider
    ]

    assert svarene == [404] * 6 + [302] * 2
    assert Tilskudd.objects.get() == rad
    assert koordinator.get(sider[0]).status_code == 405


def test_a_grant_of_another_kommune_is_not_there(nabokommune, koordinator):
    rad = TilskuddFactory(kommune=nabokommune)
    sider = [f"{LISTE}{rad.pk}/{hva}" for hva in ("", "slett/")]

    svarene = [koordinator.get(side).status_code for side in sider]
    svarene.append(koordinator.post(f"{LISTE}{rad.pk}/igjen/").status_code)

    assert svarene == [404] * 3


# Who reads -------------------------------------------------------------------------------


def alle_slags(kommune, natteravn):
    """One in each state, published and not, that say so themselves."""
    felter = {
        Tilstand.PLANLAGT: {},
        Tilstand.SOKT: {"sokt": 7_777},
        Tilstand.INNVILGET: {"sokt": 7_777, "gitt": 11},
        Tilstand.DELVIS: {"sokt": 7_777, "gitt": 22},
        Tilstand.AVSLATT: {"sokt": 7_777},
        Tilstand.TRUKKET: {},
        Tilstand.RAPPORTERT: {
            "sokt": 7_777,
            "gitt": 33,
            "rapportert": date(2026, 3, 1),
        },
    }
    for tilstand, mer in felter.items():
        for publisert in (True, False):
            rad = TilskuddFactory(
                kommune=kommune,
                tilstand=tilstand,
                ordning=f"{tilstand}-{'apen' if publisert else 'lukket'}",
                publisert=publisert,
                merknad="Bare for oss",
                **mer,
            )
            TilskuddstiltakFactory(tilskudd=rad, tiltak=natteravn)
    return {f"{t}-{o}" for t in felter for o in ("apen", "lukket")}


def test_all_read_what_was_given_and_is_published_and_no_more_of_it(
    kommune, natteravn, client, koordinator, politirad, ansatt, nabo
):
    alle = alle_slags(kommune, natteravn)
    apne = {f"{tilstand}-apen" for tilstand in GITT}
    klienter = {
        "ingen": client,
        "koordinator": koordinator,
        "politirad": politirad,
        "ansatt": ansatt,
        "nabo": nabo,
    }
    # Kept for one, and sent to no other.
    sider = [*klienter, *reversed(klienter)]

    for adresse in (f"{LEST}?ar=2026", f"{ARK}?ar=2026", natteravn.get_absolute_url()):
        lest = [klienter[navn].get(adresse).text for navn in sider]
        sett = [{navn for navn in alle if navn in tekst} for tekst in lest]
        pa_tiltaket = adresse == natteravn.get_absolute_url()
        hele = {n for n in alle if n.split("-")[0] in GITT} if pa_tiltaket else alle
        innenfra = ["koordinator", "politirad"]
        assert sett == [hele if navn in innenfra else apne for navn in sider]
        merknader = ["Bare for oss" in t or "7\N{NO-BREAK SPACE}777" in t for t in lest]
        ventet = [navn in innenfra and not pa_tiltaket for navn in sider]
        assert merknader == ventet
        assert ["7777" in tekst for tekst in lest] == [
            navn in innenfra and adresse.startswith(ARK) for navn in sider
        ]


def test_the_row_and_its_shares_are_seen_by_the_same_rule(
    kommune, natteravn, koordinator, politirad, ansatt, nabo
):
    alle_slags(kommune, natteravn)
    hvem = [PUBLIKUM, *(k.bruker for k in (koordinator, politirad, ansatt, nabo))]

    antall = [
        (
            Tilskudd.objects.synlige_for(bruker).count(),
            Tilskuddstiltak.objects.synlige_for(bruker).count(),
        )
        for bruker in hvem
    ]

    assert antall == [(3, 3), (14, 14), (14, 14), (3, 3), (3, 3)]


def test_a_tiltak_that_nobody_sees_yet_is_not_named(kommune, natteravn, client):
    natteravn.publisert = False
    natteravn.save()
    TilskuddstiltakFactory(
        tiltak=natteravn, tilskudd=gi(kommune, publisert=True, ordning="Åpen")
    )

    tekst = client.get(f"{LEST}?ar=2026").text

    assert "Åpen" in tekst
    assert "Natteravn" not in tekst
    assert "Vold" not in tekst
    assert "Natteravn" not in client.get(ARK).text


# On the page of a tiltak -----------------------------------------------------------------


def test_a_grant_that_was_given_stands_among_what_pays_for_the_tiltak(
    kommune, natteravn, client
):
    gave = gi(kommune, ordning="Nasjonal ordning", publisert=True)
    TilskuddstiltakFactory(tilskudd=gave, tiltak=natteravn)
    FinansieringFactory(tiltak=natteravn, slag="drift", publisert=True)

    svar = client.get(natteravn.get_absolute_url())

    tekst = Lest(svar).tekst
    linje = f"Tilskudd, Bufdir, 2026 (Nasjonal ordning): {HUNDRETUSEN}"
    assert " ".join(linje.split()) in tekst
    assert tekst.count("Nasjonal ordning") == 1
    assert "Drift" in tekst
    assert f'href="{LEST}?ar=2026#tilskudd-{gave.pk}"' in svar.text


@pytest.mark.parametrize(
    ("egne", "gaven", "ventet"),
    [
        # The same money is said once.
        ({"fra": "bufdir", "arstall": 2026}, {}, 1),
        ({"fra": "Nasjonal ordning", "arstall": 2026}, {}, 1),
        # Another year, another kind.
        ({"fra": "Bufdir", "arstall": 2025}, {}, 2),
        ({"fra": "Bufdir"}, {}, 2),
        ({"fra": "Bufdir", "arstall": 2026, "slag": "drift"}, {}, 2),
        # What all see is not left out for what they do not.
        ({"fra": "Bufdir", "arstall": 2026}, {"publisert": False}, 2),
        (
            {"fra": "Bufdir", "arstall": 2026, "publisert": False},
            {"publisert": False},
            1,
        ),
    ],
)
def test_what_is_said_in_words_of_a_grant_is_said_once(
    egne, gaven, ventet, kommune, natteravn, koordinator
):
    gave = gi(kommune, **{"ordning": "Nasjonal ordning", "publisert": True} | gaven)
    TilskuddstiltakFactory(tilskudd=gave, tiltak=natteravn)
    FinansieringFactory(tiltak=natteravn, **{"publisert": True} | egne)

    svar = koordinator.get(natteravn.get_absolute_url())

    linjer = svar.text.split("Betales av")[1].split("</div>")[0]
    assert linjer.count("<dd>") == ventet


def test_each_tiltak_says_its_own_share(kommune, natteravn, utekontakt, client):
    gave = gi(kommune, publisert=True)
    TilskuddstiltakFactory(tilskudd=gave, tiltak=natteravn, belop=60_000)
    TilskuddstiltakFactory(tilskudd=gave, tiltak=utekontakt)

    lest = [client.get(t.get_absolute_url()).text for t in (natteravn, utekontakt)]

    assert ["60\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr" in t for t in lest] == [
        True,
        False,
    ]
    assert [HUNDRETUSEN in tekst for tekst in lest] == [False, False]
    assert [gave.ordning in tekst for tekst in lest] == [True, True]


def test_the_document_says_what_all_may_read(kommune, natteravn):
    for publisert in (True, False):
        gave = gi(kommune, publisert=publisert, ordning=f"Ordning-{publisert}")
        TilskuddstiltakFactory(tilskudd=gave, tiltak=natteravn)

    html = Utgave(Handlingsplan.objects.get(pk=natteravn.plan_id)).html()

    assert "Ordning-True" in html
    assert "Ordning-False" not in html


def test_publishing_it_is_seen_at_once_and_taking_it_back(kommune, natteravn, client):
    gave = gi(kommune, ordning="Nasjonal ordning")
    TilskuddstiltakFactory(tilskudd=gave, tiltak=natteravn)
    sider = [f"{LEST}?ar=2026", natteravn.get_absolute_url()]

    def sett():
        return ["Nasjonal ordning" in client.get(side).text for side in sider]

    lest = [sett()]
    for publisert in (True, False):
        gave.publisert = publisert
        gave.save()
        lest.append(sett())

    assert lest == [[False, False], [True, True], [False, False]]


def test_the_form_of_a_tiltak_says_where_grants_are_entered(natteravn, koordinator):
    svar = koordinator.get(f"/lillestrom/endre/tiltak/{natteravn.pk}/")

    assert f'<a class="ds-link" href="{LISTE}">Tilskudd</a>' in svar.text
    assert "Tilskudd dere søker om, fører dere opp for seg" in Lest(svar).tekst


# The coordinator's list -------------------------------------------------------------------


def test_the_next_day_stands_first_and_what_is_over_says_so(kommune, koordinator):
    def om(dager):
        return I_DAG + timedelta(days=dager)

    ar = I_DAG.year
    felles = {"kommune": kommune, "arstall": ar}
    TilskuddFactory(ordning="Uten frist", **felles)
    TilskuddFactory(ordning="Senere", soknadsfrist=om(40), **felles)
    TilskuddFactory(ordning="I dag", soknadsfrist=I_DAG, **felles)
    gi(ordning="Rapporten mangler", rapporteringsfrist=om(-3), **felles)
    # What is applied for waits for no day of ours.
    TilskuddFactory(
        ordning="Sendt", tilstand="sokt", sokt=1, soknadsfrist=om(-5), **felles
    )

    svar = koordinator.get(LISTE)

    assert [t.ordning for t in svar.context["rader"]] == [
        "Rapporten mangler",
        "I dag",
        "Senere",
        "Sendt",
        "Uten frist",
    ]
    assert svar.text.count("Over fristen") == 1
    assert [t.ordning for t in svar.context["rader"] if t.er_over_fristen] == [
        "Rapporten mangler"
    ]


def test_each_state_is_said_in_words_and_by_a_mark(kommune, natteravn, koordinator):
    alle_slags(kommune, natteravn)

    svar = koordinator.get(f"{LISTE}?ar=2026")

    merker = {
        del_.split("</span>")[1].removeprefix("&nbsp;"): del_.split("</span>")[0][-1]
        for del_ in svar.text.split('<span class="ds-tag"')[1:]
    }
    ord_ = {str(t.label).capitalize() for t in Tilstand}
    assert set(merker) - {"Over fristen"} == ord_
    assert len({merker[navn] for navn in ord_}) == len(Tilstand)


def test_the_list_is_of_a_year_and_of_a_state(kommune, koordinator):
    TilskuddFactory(kommune=kommune, ordning="Planlagt 26")
    gi(kommune, ordning="Gitt 26")
    gi(kommune, ordning="Gitt 25", arstall=2025)

    def liste(sporring):
        svar = koordinator.get(LISTE + sporring)
        return {t.ordning for t in svar.context["rader"]}

    assert liste("?ar=2026") == {"Planlagt 26", "Gitt 26"}
    assert liste("?ar=2026&tilstand=innvilget") == {"Gitt 26"}
    assert liste("?ar=alle") == {"Planlagt 26", "Gitt 26", "Gitt 25"}
    assert liste("?ar=2024") == set()
    # What is no state is said beside the field, and nothing is left out for it.
    assert liste("?ar=2026&tilstand=tull") == {"Planlagt 26", "Gitt 26"}


def test_a_state_that_is_none_is_told_of(kommune, koordinator):
    svar = koordinator.get(f"{LISTE}?ar=2026&tilstand=tull")

    assert "Velg et gyldig valg" in Lest(svar).tekst


@pytest.mark.parametrize("ar", ["tull", "1999", "20266", "2200", "-1"])
def test_a_year_that_nobody_means_is_not_there(ar, kommune, koordinator, client):
    svarene = [
        koordinator.get(f"{LISTE}?ar={ar}"),
        client.get(f"{LEST}?ar={ar}"),
        client.get(f"{ARK}?ar={ar}"),
    ]

    assert [svar.status_code for svar in svarene] == [404] * 3


def test_a_year_without_any_says_so(kommune, koordinator, client):
    assert (
        "Ingen tilskudd er ført opp for 2150."
        in Lest(koordinator.get(f"{LISTE}?ar=2150")).tekst
    )
    assert (
        "Ingen tilskudd å vise for 2150." in Lest(client.get(f"{LEST}?ar=2150")).tekst
    )


def test_it_opens_with_this_year_or_the_newest_with_any(kommune, koordinator):
    gi(kommune, arstall=I_DAG.year - 3)
    for_ = koordinator.get(LISTE).context["ar"]
    gi(kommune, arstall=I_DAG.year)

    etter = koordinator.get(LISTE).context["ar"]

    assert (for_, etter) == (I_DAG.year - 3, I_DAG.year)


def test_the_lists_cost_the_same_however_many_there_are(
    kommune, koordinator, natteravn, utekontakt, client
):
    def en_til():
        gave = gi(kommune, publisert=True, rapporteringsfrist=I_DAG)
        for tiltak in (natteravn, utekontakt):
            TilskuddstiltakFactory(tilskudd=gave, tiltak=tiltak, belop=5)

    def antall():
        return (
            sporringer(koordinator, f"{LISTE}?ar=2026"),
            sporringer(client, f"{LEST}?ar=2026"),
            sporringer(client, f"{ARK}?ar=2026"),
        )

    en_til()
    for_ = antall()
    en_til()
    en_til()

    assert antall() == for_
    assert for_[0] <= 20
    assert for_[1] <= 14


# As a table --------------------------------------------------------------------------------


def rader_i(svar):
    assert svar.text.startswith("\ufeff")
    return [rad.split(";") for rad in svar.text.lstrip("\ufeff").split("\r\n") if rad]


def test_the_table_says_what_its_reader_may_know(
    kommune, natteravn, koordinator, client
):
    gave = gi(kommune, ordning="=1+1", publisert=True, merknad="Hemmelig")
    TilskuddstiltakFactory(tilskudd=gave, tiltak=natteravn, belop=5_000)

    alle, egne = rader_i(client.get(ARK)), rader_i(koordinator.get(ARK))

    assert alle == [
        [
            "År",
            "Tilskuddsordning",
            "Hvem som gir det",
            "Gitt, i kroner",
            "Tiltak",
            "Lenke",
        ],
        [
            "2026",
            "'=1+1",
            "Bufdir",
            "100000",
            "Natteravn (5\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr)",
            "",
        ],
    ]
    assert egne[0][6:] == [
        "Tilstand",
        "Søkt om, i kroner",
        "Søknadsfrist",
        "Rapporteringsfrist",
        "Rapporten ble levert",
        "Vises for alle",
        "Merknad",
    ]
    assert egne[1][6:] == ["innvilget", "100000", "", "", "", "ja", "Hemmelig"]


def test_the_table_is_of_what_was_looked_at(kommune, koordinator):
    TilskuddFactory(kommune=kommune, ordning="Planlagt 26")
    gi(kommune, ordning="Gitt 26")
    gi(kommune, ordning="Gitt 25", arstall=2025)

    def navn(sporring):
        return {rad[1] for rad in rader_i(koordinator.get(ARK + sporring))[1:]}

    assert navn("?ar=2026&tilstand=innvilget") == {"Gitt 26"}
    assert navn("?ar=alle") == {"Planlagt 26", "Gitt 26", "Gitt 25"}


# What they come to --------------------------------------------------------------------------


def per_omrade(summene):
    return {
        str(o.omrade) if o.omrade else None: (o.sokt, o.gitt) for o in summene.omrader
    }


def test_one_area_gets_all_of_what_is_for_it_alone(
    kommune, natteravn, vold, koordinator
):
    andre = PlasseringFactory(innsatsomrade=vold, nummer=2).tiltak
    del_ = TiltakFactory(plan=natteravn.plan, overordnet=natteravn)
    gave = gi(kommune, gitt=900)
    for tiltak, belop in ((natteravn, 100), (andre, None), (del_, 50)):
        TilskuddstiltakFactory(tilskudd=gave, tiltak=tiltak, belop=belop)

    assert per_omrade(summer(kommune, 2026, koordinator.bruker)) == {"Vold": (900, 900)}


def test_what_is_for_several_is_parted_by_its_shares_and_the_rest_is_said_not_to_be(
    kommune, natteravn, utekontakt, koordinator
):
    gave = gi(kommune, gitt=900)
    TilskuddstiltakFactory(tilskudd=gave, tiltak=natteravn, belop=500)
    TilskuddstiltakFactory(tilskudd=gave, tiltak=utekontakt, belop=300)

    assert per_omrade(summer(kommune, 2026, koordinator.bruker)) == {
        "Vold": (0, 500),
        "Rus": (0, 300),
        None: (900, 100),
    }


def test_without_shares_nobody_guesses(kommune, natteravn, utekontakt, koordinator):
    gave = gi(kommune, gitt=900)
    for tiltak in (natteravn, utekontakt):
        TilskuddstiltakFactory(tilskudd=gave, tiltak=tiltak)

    assert per_omrade(summer(kommune, 2026, koordinator.bruker)) == {None: (900, 900)}


def test_what_is_for_no_tiltak_of_a_plan_is_for_no_area(
    kommune, natteravn, koordinator
):
    gi(kommune, gitt=5)
    tilbud = TiltakFactory(plan=None, kommune=kommune)
    TilskuddstiltakFactory(tilskudd=gi(kommune, gitt=7), tiltak=tilbud)
    delt = gi(kommune, gitt=100)
    TilskuddstiltakFactory(tilskudd=delt, tiltak=tilbud, belop=40)
    TilskuddstiltakFactory(tilskudd=delt, tiltak=natteravn, belop=60)

    assert per_omrade(summer(kommune, 2026, koordinator.bruker)) == {
        "Vold": (0, 60),
        None: (112, 52),
    }


def test_a_further_place_of_a_tiltak_takes_no_money(
    kommune, natteravn, rus, koordinator
):
    PlasseringFactory(innsatsomrade=rus, tiltak=natteravn, hoved=False)
    TilskuddstiltakFactory(tilskudd=gi(kommune, gitt=7), tiltak=natteravn)

    assert per_omrade(summer(kommune, 2026, koordinator.bruker)) == {"Vold": (7, 7)}


def test_the_sums_agree_with_the_rows(
    kommune, natteravn, utekontakt, koordinator, politirad, client
):
    alle_slags(kommune, natteravn)
    for tilskudd in Tilskudd.objects.filter(tilstand="delvis"):
        TilskuddstiltakFactory(tilskudd=tilskudd, tiltak=utekontakt, belop=9)
    gi(kommune, arstall=2025, gitt=1_000, publisert=True)
    TilskuddFactory(kommune=kommune, sokt=12)
    rader = Tilskudd.objects.filter(kommune=kommune, arstall=2026)
    # Reckoned another way than the page does.
    sendt = [t for t in rader if t.tilstand not in ("planlagt", "trukket")]
    gitt = sum(t.gitt for t in rader if t.gitt)
    apent = sum(t.gitt for t in rader if t.gitt and t.publisert)

    egne, alle = (
        summer(kommune, 2026, bruker) for bruker in (koordinator.bruker, PUBLIKUM)
    )

    assert (egne.sokt, egne.gitt, egne.planlagt) == (
        sum(t.sokt for t in sendt),
        gitt,
        12,
    )
    assert (alle.sokt, alle.gitt) == (0, apent)
    for summene in (egne, alle):
        assert sum(o.sokt for o in summene.omrader) == summene.sokt
        assert sum(o.gitt for o in summene.omrader) == summene.gitt
    arene = [(a.arstall, a.sokt, a.gitt) for a in ar_for_ar(kommune, politirad.bruker)]
    assert arene == [(2026, egne.sokt, egne.gitt), (2025, 1_000, 1_000)]
    assert [(a.sokt, a.gitt) for a in ar_for_ar(kommune, PUBLIKUM)] == [
        (0, apent),
        (0, 1_000),
    ]


def test_what_the_reader_does_not_see_is_no_ones_in_the_sums(
    kommune, natteravn, utekontakt
):
    utekontakt.publisert = False
    utekontakt.save()
    gave = gi(kommune, gitt=900, publisert=True)
    TilskuddstiltakFactory(tilskudd=gave, tiltak=natteravn, belop=500)
    TilskuddstiltakFactory(tilskudd=gave, tiltak=utekontakt, belop=400)

    assert per_omrade(summer(kommune, 2026, PUBLIKUM)) == {
        "Vold": (0, 500),
        None: (0, 400),
    }


def test_an_area_that_is_not_public_is_not_named(kommune, natteravn, vold, koordinator):
    vold.publisert = False
    vold.save()
    TilskuddstiltakFactory(
        tilskudd=gi(kommune, gitt=5, publisert=True), tiltak=natteravn
    )

    assert per_omrade(summer(kommune, 2026, PUBLIKUM)) == {None: (0, 5)}
    assert per_omrade(summer(kommune, 2026, koordinator.bruker)) == {"Vold": (5, 5)}


def test_the_sums_are_of_the_kommune_alone(kommune, nabokommune, koordinator):
    gi(nabokommune)

    assert summer(kommune, 2026, koordinator.bruker).rader == []
    assert ar_for_ar(kommune, koordinator.bruker) == []


def test_the_sums_cost_the_same_however_much_there_is(
    kommune, natteravn, utekontakt, koordinator
):
    def antall():
        with CaptureQueriesContext(connection) as fanget:
            summer(kommune, 2026, koordinator.bruker)
        return len(fanget)

    def en_til():
        gave = gi(kommune)
        for tiltak in (natteravn, utekontakt):
            TilskuddstiltakFactory(tilskudd=gave, tiltak=tiltak)

    koordinator.bruker.retter  # noqa: B018 (found once, and kept)
    en_til()
    for_ = antall()
    en_til()
    en_til()

    assert antall() == for_ <= 5


# The same scheme the year after ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("dag", "ventet"),
    [
        (None, None),
        (date(2026, 3, 1), date(2027, 3, 1)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)),
    ],
)
def test_a_day_a_year_on(dag, ventet):
    assert aret_etter(dag) == ventet


def test_what_is_applied_for_again_is_planned_with_its_days_a_year_on(
    kommune, koordinator, natteravn, plan
):
    gammel = HandlingsplanFactory(
        kommune=kommune, status="avlost", fra_ar=2020, til_ar=2023
    )
    gave = TilskuddFactory(
        kommune=kommune,
        ordning="Rusmidler lokalt",
        tilstand="rapportert",
        arstall=2028,
        sokt=500,
        gitt=400,
        soknadsfrist=date(2028, 2, 29),
        rapporteringsfrist=date(2029, 3, 1),
        rapportert=date(2026, 1, 1),
        adresse="https://example.org/",
        merknad="Sak 1",
        publisert=True,
    )
    TilskuddstiltakFactory(tilskudd=gave, tiltak=natteravn, belop=300)
    TilskuddstiltakFactory(tilskudd=gave, tiltak=TiltakFactory(plan=gammel))

    svar = koordinator.post(f"{LISTE}{gave.pk}/igjen/")

    ny = Tilskudd.objects.exclude(pk=gave.pk).get()
    assert (svar.status_code, svar.url) == (302, f"{LISTE}{ny.pk}/")
    assert lagret(ny.pk) == {
        "id": ny.pk,
        "kommune_id": kommune.pk,
        "ordning": "Rusmidler lokalt",
        "giver": "Bufdir",
        "arstall": 2029,
        "soknadsfrist": date(2029, 2, 28),
        "sokt": 500,
        "gitt": None,
        "tilstand": "planlagt",
        "rapporteringsfrist": date(2030, 3, 1),
        "rapportert": None,
        "adresse": "https://example.org/",
        "merknad": "",
        "publisert": False,
    }
    assert list(ny.fordeling.values_list("tiltak", "belop")) == [(natteravn.pk, None)]
    assert [h.history_dor for h in ny.historikk.all()] == ["skjema"]


def test_pressed_twice_it_is_there_once(kommune, koordinator):
    gave = gi(kommune)

    svarene = [koordinator.post(f"{LISTE}{gave.pk}/igjen/") for _gang in range(2)]

    ny = Tilskudd.objects.exclude(pk=gave.pk).get()
    assert [svar.url for svar in svarene] == [f"{LISTE}{ny.pk}/"] * 2
    assert "sto der allerede" in koordinator.get(LISTE).text


def test_the_button_is_gone_once_it_was_pressed(kommune, koordinator):
    gave = gi(kommune)
    for_ = koordinator.get(f"{LISTE}?ar=2026").context["sokes_igjen"]
    koordinator.post(f"{LISTE}{gave.pk}/igjen/")

    etter = koordinator.get(f"{LISTE}?ar=2026").context["sokes_igjen"]

    assert (for_, etter) == ({gave.pk}, set())


def test_after_the_last_year_comes_none(kommune, koordinator):
    gave = gi(kommune, arstall=2199)

    svar = koordinator.post(f"{LISTE}{gave.pk}/igjen/", follow=True)

    assert "Så langt fram i tid kan dere ikke planlegge." in Lest(svar).tekst
    assert Tilskudd.objects.get() == gave


# Where days are told of -------------------------------------------------------------------------


def venter(klient):
    linjer = klient.get("/lillestrom/arbeidsflate/").context["venter"]
    return [(li.tekst, li.adresse) for li in linjer if "/tilskudd/" in li.adresse]


@pytest.fixture
def naere(kommune):
    """Grants with days near and far, by name."""

    def om(dager):
        return I_DAG + timedelta(days=dager)

    return {
        "sok": TilskuddFactory(kommune=kommune, ordning="Sok", soknadsfrist=om(30)),
        "for": TilskuddFactory(kommune=kommune, ordning="Langt", soknadsfrist=om(31)),
        "over": TilskuddFactory(kommune=kommune, ordning="Gikk", soknadsfrist=om(-1)),
        "rapport": gi(kommune, ordning="Snart", rapporteringsfrist=om(0)),
        "mangler": gi(kommune, ordning="Mangler", rapporteringsfrist=om(-400)),
        "langt": gi(kommune, ordning="Senere", rapporteringsfrist=om(31)),
        "sendt": TilskuddFactory(
            kommune=kommune, tilstand="sokt", sokt=1, soknadsfrist=om(1)
        ),
        "levert": TilskuddFactory(
            kommune=kommune,
            tilstand="rapportert",
            gitt=1,
            rapportert=om(-2),
            rapporteringsfrist=om(-1),
        ),
    }


def test_the_arbeidsflate_tells_of_days_near_and_of_reports_that_are_late(
    naere, koordinator, politirad, nabo
):
    linjer = venter(koordinator)

    assert [adresse for _tekst, adresse in linjer] == [
        f"{LISTE}{naere[navn].pk}/" for navn in ("mangler", "rapport", "sok")
    ]
    ordene = [
        "skulle vært levert",
        "Rapporter om «Snart 2026» innen",
        "Søk om «Sok 2026»",
    ]
    assert [o in t for o, (t, _adresse) in zip(ordene, linjer, strict=True)] == [
        True
    ] * 3
    assert venter(politirad) == []


def test_the_arbeidsflate_leads_to_them(kommune, koordinator, politirad, ansatt):
    lenker = [
        [
            adresse in klient.get("/lillestrom/arbeidsflate/").text
            for adresse in (LISTE, LEST)
        ]
        for klient in (koordinator, politirad, ansatt)
    ]

    assert lenker == [[True, False], [False, True], [False, False]]


def test_the_arbeidsflate_asks_nothing_more_for_them(kommune, koordinator):
    for_ = sporringer(koordinator, "/lillestrom/arbeidsflate/")
    for dager in (1, 2, 3):
        TilskuddFactory(kommune=kommune, soknadsfrist=I_DAG + timedelta(days=dager))

    assert sporringer(koordinator, "/lillestrom/arbeidsflate/") == for_ <= 15


def punktene(kommune, bruker, fra=date(2026, 1, 1), til=date(2026, 12, 31)):
    return [
        (p.fra, p.til, p.tittel, p.slag, p.internt)
        for p in frister(kommune, fra, til, bruker)
    ]


def test_the_year_of_the_kommune_has_the_days_that_its_reader_may_know(
    kommune, koordinator, politirad, ansatt, nabo
):
    felles = {"kommune": kommune, "soknadsfrist": date(2026, 2, 1)}
    felles |= {"rapporteringsfrist": date(2026, 12, 31)}
    TilskuddFactory(ordning="Plan", **felles)
    TilskuddFactory(ordning="Trukket", tilstand="trukket", **felles)
    apen = TilskuddFactory(ordning="Apen", ga=True, publisert=True, **felles)
    TilskuddFactory(ordning="I fjor", kommune=kommune, soknadsfrist=date(2025, 12, 31))

    det_apne = [
        (date(2026, 2, 1), None, "Søknadsfrist: Apen 2026", Slag.TILSKUDD, False),
        (
            date(2026, 12, 31),
            None,
            "Rapporteringsfrist: Apen 2026",
            Slag.TILSKUDD,
            False,
        ),
    ]
    planen = (date(2026, 2, 1), None, "Søknadsfrist: Plan 2026", Slag.TILSKUDD, True)
    assert frister in BIDRAG
    for bruker in (PUBLIKUM, ansatt.bruker, nabo.bruker):
        assert punktene(kommune, bruker) == det_apne
    for bruker in (koordinator.bruker, politirad.bruker):
        assert punktene(kommune, bruker) == [planen, *det_apne]
    [forste, _siste] = frister(kommune, date(2026, 1, 1), date(2026, 12, 31), PUBLIKUM)
    assert forste.adresse == f"{LEST}?ar=2026#tilskudd-{apen.pk}"


def test_the_year_asks_once(kommune, koordinator):
    for _nr in range(3):
        gi(kommune, soknadsfrist=date(2026, 2, 1))
    koordinator.bruker.retter  # noqa: B018 (found once, and kept)

    with CaptureQueriesContext(connection) as fanget:
        antall = len(punktene(kommune, koordinator.bruker))

    assert antall == 3
    assert len(fanget) <= 2


# What became of it -------------------------------------------------------------------------------


def test_the_coordinator_reads_its_history_and_others_do_not(
    kommune, koordinator, politirad, ansatt, nabo, natteravn
):
    gave = gi(kommune, ordning="Hemmelig ordning")
    TilskuddstiltakFactory(tilskudd=gave, tiltak=natteravn)
    gave.gitt = 50_000
    gave.save()
    adresse = f"/lillestrom/historikk/tilskudd/{gave.pk}/"

    lest = [klient.get(adresse) for klient in (koordinator, politirad, ansatt, nabo)]

    assert [svar.status_code for svar in lest] == [200, 200, 404, 404]
    assert ["Natteravn" in svar.text for svar in lest] == [True, False, False, False]
    assert "Ingen endringer er registrert." in Lest(lest[1]).tekst
    assert adresse in koordinator.get(LISTE).text


def test_it_does_not_come_along_into_the_next_plan():
    assert (Tilskudd.kopieres, Tilskuddstiltak.kopieres) == (False, False)


def test_a_kommune_with_grants_is_not_deleted_from_under_them(kommune):
    gi(kommune)

    with pytest.raises(ProtectedError):
        Kommune.objects.get(pk=kommune.pk).delete()

    assert Tilskudd.objects.exists()
