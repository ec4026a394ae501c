"""What a tiltak carries: its deadline, its weight, how it goes, and how it is paid; where
each is read, by whom, written, found, and told of when it changes."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from slt.models import PUBLIKUM, Tilgang
from tests.conftest import innlogget
from tests.factories import (
    FinansieringFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    PlasseringFactory,
    TilgangFactory,
    TiltakFactory,
)
from tests.innsending import innsending
from tests.lest import Lest
from tiltak.dokument import Utgave
from tiltak.mangler import listen
from tiltak.models import Handlingsplan, Tiltak
from tiltak.siden import Siden

I_GAR = timezone.localdate() - timedelta(days=1)
LISTE = "/lillestrom/2024-2028/tiltak/"
KRONER = "1\N{NO-BREAK SPACE}200\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr"


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


@pytest.fixture
def plan(kommune):
    return HandlingsplanFactory(
        kommune=kommune,
        vedtaksform="vedtatt",
        vedtatt_av="kommunestyret",
        vedtatt_dato=date(2024, 3, 1),
    )


@pytest.fixture
def tiltak(plan):
    omrade = InnsatsomradeFactory(plan=plan, navn="Vold", kortnavn="Vold")
    return PlasseringFactory(innsatsomrade=omrade, tiltak__tittel="Natteravn").tiltak


@pytest.fixture
def andre(tiltak):
    omrade = tiltak.plan.innsatsomrader.get()
    return [
        PlasseringFactory(
            innsatsomrade=omrade, nummer=n, tiltak__tittel=f"Nr. {n}"
        ).tiltak
        for n in (2, 3)
    ]


@pytest.fixture
def politirad(kommune):
    rolle = Tilgang.Rolle.POLITIRAD
    return innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)


def endre(rad, **felter):
    for felt, verdi in felter.items():
        setattr(rad, felt, verdi)
    rad.save()


def skjemaet(tiltak):
    return f"/lillestrom/endre/tiltak/{tiltak.pk}/"


def fyll(klient, tiltak, **felter):
    return klient.post(
        skjemaet(tiltak), innsending(klient.get(skjemaet(tiltak)), **felter)
    )


# Where it is written --------------------------------------------------------------------


def test_the_form_of_a_tiltak_takes_all_of_it(tiltak, koordinator):
    svar = fyll(
        koordinator,
        tiltak,
        frist="2026-06-01",
        prioritet="hoy",
        statuslinje="Åtte av ti skoler er i gang.",
        **{
            "finansiering-0-slag": "tilskudd",
            "finansiering-0-fra": "Bufdir",
            "finansiering-0-belop": "1 200 000 kr",
            "finansiering-0-arstall": "2026",
            "finansiering-0-publisert": "on",
        },
    )

    assert svar.status_code == 302
    tiltak.refresh_from_db()
    assert (tiltak.frist, tiltak.prioritet, tiltak.statuslinje) == (
        date(2026, 6, 1),
        "hoy",
        "Åtte av ti skoler er i gang.",
    )
    rad = tiltak.finansiering.get()
    assert (rad.slag, rad.fra, rad.belop, rad.arstall, rad.publisert) == (
        "tilskudd",
        "Bufdir",
        1_200_000,
        2026,
        True,
    )


def test_a_deltiltak_carries_the_same(tiltak, koordinator):
    del_ = TiltakFactory(plan=tiltak.plan, overordnet=tiltak, tittel="Feltarbeid")

    svar = fyll(koordinator, del_, frist="2026-06-01", prioritet="lav")

    assert svar.status_code == 302
    del_.refresh_from_db()
    assert (del_.frist, del_.prioritet) == (date(2026, 6, 1), "lav")
    lest = Lest(Client().get(tiltak.get_absolute_url())).tekst
    assert "Frist 1. juni 2026" in lest
    assert "Politirådets prioritet Lav" in lest


@pytest.mark.parametrize(
    ("skrevet", "lest"),
    [
        ("1200000", 1_200_000),
        ("1 200 000", 1_200_000),
        ("1\N{NO-BREAK SPACE}200\N{NO-BREAK SPACE}000", 1_200_000),
        ("1.200.000,-", 1_200_000),
        ("350 000 kr", 350_000),
        ("350 000,00", 350_000),
        ("", None),
    ],
)
def test_a_sum_is_read_as_people_write_it(skrevet, lest, tiltak, koordinator):
    rad = {"finansiering-0-slag": "drift", "finansiering-0-belop": skrevet}

    svar = fyll(koordinator, tiltak, **rad)

    assert svar.status_code == 302
    assert tiltak.finansiering.get().belop == lest


def test_a_sum_that_nobody_touched_is_no_change(tiltak, koordinator):
    rad = FinansieringFactory(tiltak=tiltak, belop=1_200_000)

    svar = fyll(koordinator, tiltak, statuslinje="I gang.")

    assert svar.status_code == 302
    assert rad.historikk.count() == 1


@pytest.mark.parametrize(
    ("felter", "melding"),
    [
        ({"belop": "mye"}, "Skriv beløpet i hele kroner"),
        ({"belop": "1,5"}, "Skriv beløpet i hele kroner"),
        ({"belop": "0"}, "større enn"),
        ({"belop": "9 000 000 000"}, "mindre enn"),
        ({"belop": "99999999999999999999"}, "Skriv beløpet i hele kroner"),
        ({"arstall": "1999"}, "større enn"),
        ({"slag": ""}, "påkrevet"),
        ({"slag": "lotteri"}, "gyldig"),
    ],
)
def test_what_is_wrong_with_a_payment_is_said_beside_it(
    felter, melding, tiltak, koordinator
):
    riktig = {"slag": "tilskudd", "fra": "Bufdir", "belop": "10 000", "arstall": "2026"}
    rad = {f"finansiering-0-{navn}": v for navn, v in (riktig | felter).items()}

    svar = fyll(koordinator, tiltak, statuslinje="Skrevet med omhu.", **rad)

    assert svar.status_code == 422
    [form] = svar.context["skjema"].rader["finansiering"].forms
    feil = " ".join(form.errors[next(iter(felter))])
    assert melding.casefold() in feil.casefold()
    skrevet = innsending(svar)
    assert (skrevet["statuslinje"], skrevet["finansiering-0-fra"]) == (
        "Skrevet med omhu.",
        "Bufdir",
    )
    assert not tiltak.finansiering.exists()


def test_the_same_twice_is_refused(tiltak, koordinator):
    FinansieringFactory(tiltak=tiltak, fra="Bufdir", arstall=2026)
    rad = {"slag": "tilskudd", "fra": "Bufdir", "arstall": "2026"}

    svar = fyll(
        koordinator, tiltak, **{f"finansiering-1-{n}": v for n, v in rad.items()}
    )

    assert svar.status_code == 422
    assert tiltak.finansiering.count() == 1


def test_the_neighbour_does_not_write_there(tiltak, nabo, politirad):
    svarene = [
        k.post(skjemaet(tiltak), {"frist": "2026-06-01"}) for k in (nabo, politirad)
    ]

    assert [svar.status_code for svar in svarene] == [404, 404]
    tiltak.refresh_from_db()
    assert tiltak.frist is None


# Where it is read -----------------------------------------------------------------------


def test_all_read_the_deadline_the_weight_and_how_it_goes(tiltak, client):
    endre(tiltak, frist=I_GAR, prioritet="hoy", statuslinje="Åtte av ti er i gang.")

    lest = Lest(client.get(tiltak.get_absolute_url())).tekst

    assert "Hvordan det går Åtte av ti er i gang." in lest
    assert "Politirådets prioritet Høy" in lest
    assert f"Frist {I_GAR.day}. " in lest
    # It would be untrue as soon as somebody says that it is done.
    assert "passert" not in lest


def test_how_it_is_paid_is_internal_until_it_is_published(
    tiltak, client, koordinator, politirad, nabo, kommune
):
    apen = FinansieringFactory(tiltak=tiltak, fra="Bufdir", belop=1_200_000)
    FinansieringFactory(tiltak=tiltak, slag="drift", fra="Kontoen", belop=5)
    endre(apen, publisert=True)
    ansatt = innlogget(
        TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.ANSATT).bruker
    )
    klienter = [client, koordinator, politirad, nabo, ansatt]
    rekke = [*klienter, *reversed(klienter)]

    lest = [k.get(tiltak.get_absolute_url()).text for k in rekke]

    innenfra = [False, True, True, False, False]
    assert [f"Tilskudd, Bufdir: {KRONER}" in tekst for tekst in lest] == [True] * 10
    assert ["Kontoen" in tekst for tekst in lest] == innenfra + innenfra[::-1]
    assert ["(ikke publisert)" in t for t in lest] == innenfra + innenfra[::-1]


def test_publishing_it_is_seen_at_once_and_taking_it_back(tiltak, client):
    rad = FinansieringFactory(tiltak=tiltak, fra="Bufdir")
    sett = ["Bufdir" in client.get(tiltak.get_absolute_url()).text]

    for publisert in (True, False):
        endre(rad, publisert=publisert)
        sett.append("Bufdir" in client.get(tiltak.get_absolute_url()).text)

    assert sett == [False, True, False]


def test_the_document_says_what_all_may_read(tiltak):
    endre(tiltak, frist=date(2026, 6, 1), prioritet="hoy", statuslinje="I gang.")
    FinansieringFactory(tiltak=tiltak, fra="Bufdir", belop=1_200_000, publisert=True)
    FinansieringFactory(tiltak=tiltak, slag="drift", fra="Kontoen")

    html = Utgave(Handlingsplan.objects.get(pk=tiltak.plan_id)).html()

    assert f"Tilskudd, Bufdir: {KRONER}" in html
    ventet = ["1. juni 2026", "Politirådets prioritet", "I gang."]
    assert [ord_ for ord_ in ventet if ord_ not in html] == []
    assert "Kontoen" not in html


def test_strangers_are_told_of_no_payment_that_is_not_published(
    tiltak, client, koordinator
):
    rad = FinansieringFactory(tiltak=tiltak, fra="Hemmelig konto")
    endre(rad, belop=777_777)
    sider = [
        f"{tiltak.plan.get_absolute_url()}endringer/",
        "/lillestrom/endringer/",
        "/lillestrom/sok/?q=Hemmelig",
    ]
    historikksiden = f"/lillestrom/historikk/tiltak/{tiltak.pk}/"
    ansatt = innlogget(
        TilgangFactory(kommune=tiltak.kommune, rolle=Tilgang.Rolle.ANSATT).bruker
    )

    svarene = [client.get(side, follow=True) for side in sider]
    svarene.append(ansatt.get(historikksiden))

    assert [s.status_code for s in svarene] == [200] * 4
    assert ["Hemmelig konto" in s.text for s in svarene] == [False] * 4
    assert "777" not in svarene[-1].text
    historikken = koordinator.get(historikksiden)
    assert "Hemmelig konto" in historikken.text
    assert "777\N{NO-BREAK SPACE}777" in historikken.text


# Where it is found ----------------------------------------------------------------------


def titler(svar):
    return [tiltak.tittel for tiltak in svar.context["tiltakene"]]


def test_the_list_is_narrowed_by_weight_and_deadline(tiltak, andre, client):
    endre(tiltak, prioritet="hoy", frist=I_GAR)
    endre(andre[0], frist=timezone.localdate())
    endre(andre[1], frist=I_GAR, status="avsluttet")

    svar = [
        titler(client.get(LISTE + sporring))
        for sporring in (
            "?prioritet=hoy",
            "?prioritet=lav",
            "?frist=har",
            "?frist=passert",
            "?frist=passert&status=avsluttet",
        )
    ]

    assert svar == [["Natteravn"], [], ["Natteravn", "Nr. 2"], ["Natteravn"], []]


def test_a_deltiltak_counts_for_the_whole(tiltak, andre, client):
    TiltakFactory(plan=tiltak.plan, overordnet=tiltak, prioritet="hoy", frist=I_GAR)

    for sporring in ("?prioritet=hoy", "?frist=passert"):
        assert titler(client.get(LISTE + sporring)) == ["Natteravn"]


def test_nothing_is_offered_that_no_tiltak_has(tiltak, client):
    tomt = client.get(LISTE).context["filter"].form.fields
    endre(tiltak, prioritet="lav")
    cache.clear()
    med = client.get(LISTE).context["filter"].form.fields

    assert ["prioritet" in tomt, "frist" in tomt] == [False, False]
    assert ["prioritet" in med, "frist" in med] == [True, False]


def test_an_address_from_before_finds_none_and_is_no_error(tiltak, client):
    svar = client.get(f"{LISTE}?frist=passert")

    assert titler(svar) == []
    assert not svar.context["filter"].form.errors
    assert client.get(f"{LISTE}?prioritet=kanskje").context["filter"].form.errors


# What the coordinator is told -----------------------------------------------------------


@pytest.mark.parametrize(
    ("frist", "status", "passert"),
    [
        (-1, "i_drift", True),
        (0, "i_drift", False),
        (1, "i_drift", False),
        (-1, "avsluttet", False),
        (-1, "overfort", False),
        (None, "i_drift", False),
    ],
)
def test_a_deadline_is_over_the_day_after_unless_it_is_done(
    frist, status, passert, tiltak, koordinator
):
    dag = None if frist is None else timezone.localdate() + timedelta(days=frist)
    endre(tiltak, frist=dag, status=status)

    flaten = Lest(koordinator.get("/lillestrom/arbeidsflate/")).tekst
    gruppene = {g.nokkel for g in listen.mangler(tiltak.plan)}

    assert tiltak.frist_er_passert is passert
    assert Tiltak.objects.med_passert_frist().filter(pk=tiltak.pk).exists() is passert
    assert ("har en frist som er passert" in flaten) is passert
    assert ("frist" in gruppene) is passert


def test_it_is_worth_knowing_and_no_fault_of_the_plan(tiltak):
    for_ = listen.antall_mangler(tiltak.plan)
    endre(tiltak, frist=I_GAR.replace(year=2025))

    assert listen.antall_mangler(tiltak.plan) == for_


def test_a_deadline_outside_of_the_period_is_pointed_out(tiltak):
    endre(tiltak, frist=date(2031, 1, 1))

    grupper = {g.nokkel: g for g in listen.mangler(tiltak.plan)}

    assert [rad.detalj for rad in grupper["datoer"].rader] == [
        "Fristen er 1. januar 2031."
    ]


# What is told of when it changes --------------------------------------------------------


def test_a_status_line_and_a_payment_change_nothing_of_the_plan(tiltak):
    """What the plan decides did not change by that."""
    for_ = Siden(tiltak.plan, PUBLIKUM).antall_endringer
    endre(tiltak, statuslinje="I gang.")
    FinansieringFactory(tiltak=tiltak, publisert=True)
    likt = Siden(tiltak.plan, PUBLIKUM).antall_endringer
    endre(tiltak, frist=date(2026, 6, 1))
    flyttet = Siden(tiltak.plan, PUBLIKUM).antall_endringer

    assert likt == for_
    assert flyttet >= for_
