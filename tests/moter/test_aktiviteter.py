"""Activities: what must hold of one, who sees it, and the pages on which it is read and
kept."""

from datetime import date, time, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from moter.aktiviteter.gjenta import samme_uke_og_dag
from moter.aktiviteter.oversikt import oppmote
from moter.aktiviteter.tidslinje import linjer
from moter.arshjul import aktiviteter
from moter.models import Aktivitet
from slt.felles.endret import Endret, Vindu
from slt.models import PUBLIKUM, Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AktivitetFactory,
    BrukerFactory,
    ForumFactory,
    HandlingsplanFactory,
    PlasseringFactory,
    StedFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
    UtkastFactory,
)
from tests.lest import Lest
from tiltak.models import Malgruppe

LISTEN = "/lillestrom/aktiviteter/"
ENDRE = "/lillestrom/endre/aktiviteter/"
GIKK = "Mange ble til slutt"


@pytest.fixture(autouse=True)
def _tom_bevaring(db):
    cache.clear()


def bruker_med(kommune, rolle):
    bruker = BrukerFactory()
    TilgangFactory(bruker=bruker, kommune=kommune, rolle=rolle)
    return bruker


@pytest.fixture
def brukere(kommune, nabokommune):
    roller = {rolle.value: bruker_med(kommune, rolle) for rolle in Tilgang.Rolle}
    nabo = bruker_med(nabokommune, Tilgang.Rolle.KOORDINATOR)
    return {"alle": PUBLIKUM, "nabo": nabo, **roller}


def sett_av(brukere, rad):
    """The names of those who see it."""
    rader = Aktivitet.objects.filter(pk=rad.pk)
    return {navn for navn, b in brukere.items() if rader.synlige_for(b).exists()}


def i_gar():
    return timezone.localdate() - timedelta(days=1)


# What must hold ---------------------------------------------------------------------------

UMULIGE = {
    "slutter før den begynner": {"til_dato": date(2026, 3, 4)},
    "slutter på klokken før den begynner": {
        "start_kl": time(18),
        "slutt_kl": time(17),
    },
    "slutter uten å begynne": {"slutt_kl": time(17)},
    "trinn i feil rekkefølge": {"trinn_fra": 9, "trinn_til": 8},
    "trinn som ikke finnes": {"trinn_fra": 14},
    "avlyst med folk": {"avlyst": True, "antall": 7},
}


@pytest.mark.parametrize("felter", UMULIGE.values(), ids=UMULIGE)
def test_what_cannot_be_is_refused_by_form_and_database(felter, kommune):
    rad = AktivitetFactory.build(kommune=kommune, **felter)

    with pytest.raises(ValidationError):
        rad.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        rad.save()


def test_it_is_in_one_place_and_held_by_one(kommune):
    sted, tjeneste = StedFactory(kommune=kommune), TjenesteFactory(kommune=kommune)
    to_steder = AktivitetFactory.build(kommune=kommune, sted=sted, hvor="Kulturhuset")
    to_holder = AktivitetFactory.build(
        kommune=kommune, tjeneste=tjeneste, holdes_av="FAU"
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        to_steder.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        to_holder.save()


@pytest.mark.parametrize(
    ("felt", "fabrikk"),
    [
        ("sted", StedFactory),
        ("tjeneste", TjenesteFactory),
        ("tiltak", TiltakFactory),
        ("forum", ForumFactory),
        ("gjentar", AktivitetFactory),
    ],
)
def test_it_refers_to_nothing_of_another_kommune(felt, fabrikk, kommune, nabokommune):
    if felt == "tiltak":
        andres = TiltakFactory(plan__kommune=nabokommune)
    else:
        andres = fabrikk(kommune=nabokommune)
    rad = AktivitetFactory.build(kommune=kommune, **{felt: andres})

    with pytest.raises(ValidationError):
        rad.full_clean()


def test_what_holds_it_may_go_and_what_it_is_of_may_not(kommune):
    tjeneste = TjenesteFactory(kommune=kommune)
    rad = AktivitetFactory(kommune=kommune, tjeneste=tjeneste)

    tjeneste.delete()

    rad.refresh_from_db()
    assert rad.tjeneste is None
    assert rad.historikk.count() == 2


# Who sees it ------------------------------------------------------------------------------

INNE = {"koordinator", "politirad", "ansatt"}


def test_what_is_published_all_see_and_the_rest_those_who_work_there(kommune, brukere):
    apen = AktivitetFactory(kommune=kommune, publisert=True)
    lukket = AktivitetFactory(kommune=kommune)

    assert sett_av(brukere, apen) == {*INNE, "alle", "nabo"}
    assert sett_av(brukere, lukket) == INNE


def test_of_a_draft_it_is_seen_by_those_who_see_that(kommune, brukere):
    tiltak = TiltakFactory(plan=UtkastFactory(kommune=kommune))
    rad = AktivitetFactory(kommune=kommune, publisert=True, tiltak=tiltak)

    assert sett_av(brukere, rad) == {"koordinator", "politirad"}


def test_of_a_forum_that_is_not_public_it_is_seen_by_its_members(kommune, brukere):
    forum = ForumFactory(kommune=kommune, offentlig=False)
    rad = AktivitetFactory(kommune=kommune, publisert=True, forum=forum)

    assert sett_av(brukere, rad) == {"koordinator"}


# The pages for all ------------------------------------------------------------------------


def test_the_list_of_a_year_is_by_month_and_says_how_many_came(kommune, client):
    AktivitetFactory(
        kommune=kommune, publisert=True, tittel="Fagdag", slag="fagdag", antall=120
    )
    AktivitetFactory(
        kommune=kommune, publisert=True, tittel="Kveld", dato="2026-05-05", antall=3
    )
    AktivitetFactory(
        kommune=kommune, publisert=True, tittel="I fjor", dato="2025-05-05"
    )
    AktivitetFactory(kommune=kommune, tittel="Hemmelig")

    siden = Lest(client.get(LISTEN, {"ar": 2026}))

    assert siden.tekst.index("Mars Fagdag") < siden.tekst.index("Mai Kveld")
    assert "2 aktiviteter, 120 kom til 1 av dem, til 1 av dem" in siden.tekst
    assert "Færre enn 5 kom" in siden.tekst
    assert "I fjor" not in siden.tekst
    assert "Hemmelig" not in siden.tekst


def test_the_sum_does_not_tell_how_many_a_few_were(kommune):
    rader = [
        AktivitetFactory.build(antall=n, avlyst=a)
        for n, a in [(10, False), (4, False), (0, False), (None, False), (None, True)]
    ]

    alt = oppmote(rader)

    assert (alt.aktiviteter, alt.personer, alt.telt, alt.fa) == (4, 10, 2, 1)


def test_the_list_is_filtered_by_kind_and_by_tiltak(kommune, client):
    tiltak = TiltakFactory(plan__kommune=kommune, tittel="Nattevandring")
    PlasseringFactory(tiltak=tiltak)
    felles = {"kommune": kommune, "publisert": True}
    AktivitetFactory(**felles, tittel="En fagdag", slag="fagdag")
    AktivitetFactory(**felles, tittel="En kveld", tiltak=tiltak)

    per_slag = client.get(LISTEN, {"ar": 2026, "slag": "fagdag"}).text
    per_tiltak = client.get(LISTEN, {"ar": 2026, "tiltak": tiltak.pk}).text
    feil = Lest(client.get(LISTEN, {"ar": 2026, "slag": "tull"}))

    assert ("En fagdag" in per_slag, "En kveld" in per_slag) == (True, False)
    assert ("En fagdag" in per_tiltak, "En kveld" in per_tiltak) == (False, True)
    assert "En kveld" in feil.tekst


def test_a_year_without_any_says_so_and_one_that_nobody_means_is_not_there(
    kommune, client
):
    tomt = client.get(LISTEN, {"ar": 2031})
    galt = [client.get(LISTEN, {"ar": ar}).status_code for ar in ("1999", "2200", "x")]

    assert "Ingen aktiviteter er lagt inn for 2031." in tomt.text
    assert galt == [404, 404, 404]


def test_how_it_went_is_told_those_who_see_the_inside(kommune, brukere):
    rad = AktivitetFactory(kommune=kommune, publisert=True, gikk=GIKK, antall=2)

    svar = {
        navn: (innlogget(b) if b is not PUBLIKUM else Client()).get(
            rad.get_absolute_url()
        )
        for navn, b in brukere.items()
    }

    assert {s.status_code for s in svar.values()} == {200}
    assert {n for n, s in svar.items() if GIKK in s.text} == {
        "koordinator",
        "politirad",
    }
    assert {n for n, s in svar.items() if "Færre enn 5" in s.text} == set(svar)


def test_the_page_of_one_that_is_not_seen_is_not_there(kommune, nabokommune, brukere):
    rad = AktivitetFactory(kommune=kommune)
    andres = AktivitetFactory(kommune=nabokommune, publisert=True)
    adresse = reverse("moter:aktivitet_detail", args=["lillestrom", andres.pk])

    assert Client().get(rad.get_absolute_url()).status_code == 404
    assert innlogget(brukere["nabo"]).get(rad.get_absolute_url()).status_code == 404
    assert innlogget(brukere["ansatt"]).get(rad.get_absolute_url()).status_code == 200
    assert Client().get(adresse).status_code == 404


def sporringer(klient, adresse, **data):
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as fanget:
        assert klient.get(adresse, data).status_code == 200
    return len(fanget)


def lag_mange(kommune, antall):
    plan = kommune.planer.first() or HandlingsplanFactory(kommune=kommune)
    for _ in range(antall):
        tiltak = TiltakFactory(plan=plan, uke=44)
        Malgruppe.objects.create(tiltak=tiltak, tekst="elever", trinn_fra=8)
        PlasseringFactory(tiltak=tiltak)
        AktivitetFactory(
            kommune=kommune,
            publisert=True,
            tiltak=tiltak,
            sted=StedFactory(kommune=kommune),
            tjeneste=TjenesteFactory(kommune=kommune),
            forum=ForumFactory(kommune=kommune),
            trinn_fra=8,
        )


@pytest.mark.parametrize(
    "adresse", [LISTEN, ENDRE, f"{ENDRE}gjenta/", "/lillestrom/forebyggingskalender/"]
)
def test_pages_cost_the_same_however_many_there_are(adresse, kommune, koordinator):
    data = {"ar": 2027 if "gjenta" in adresse else 2026, "skolear": 2025}
    lag_mange(kommune, 1)
    ett = sporringer(koordinator, adresse, **data)

    lag_mange(kommune, 3)

    assert sporringer(koordinator, adresse, **data) == ett


# The coordinator's ------------------------------------------------------------------------


def test_title_kind_and_day_are_enough(kommune, koordinator):
    svar = koordinator.post(
        f"{ENDRE}ny/",
        {"tittel": "Temakveld om rus", "slag": "temakveld", "dato": "5.3.2026"},
    )

    rad = kommune.aktiviteter.get()
    assert svar.status_code == 302
    assert svar["Location"] == f"{ENDRE}?ar=2026#aktivitet-{rad.pk}"
    assert (rad.tittel, rad.slag, rad.dato, rad.publisert) == (
        "Temakveld om rus",
        "temakveld",
        date(2026, 3, 5),
        False,
    )


GALT = {
    "uten dag": ({"dato": ""}, "dato"),
    "ingen dag": ({"dato": "31. februar 2026"}, "dato"),
    "i fortiden": ({"dato": "5.3.1926"}, "dato"),
    "slutter først": ({"til_dato": "4.3.2026"}, "til_dato"),
    "klokken går bakover": ({"start_kl": "18", "slutt_kl": "17"}, "slutt_kl"),
    "slutter uten å begynne": ({"slutt_kl": "17"}, "slutt_kl"),
    "trinn bakover": ({"trinn_fra": 9, "trinn_til": 8}, "trinn_fra"),
    "telefonnummer": ({"holdes_av": "Ring 911 11 111"}, "holdes_av"),
    "ikke vært": ({"dato": "5.3.2033", "antall": "12"}, "antall"),
}


@pytest.mark.parametrize(("data", "felt"), GALT.values(), ids=GALT)
def test_bad_input_is_told_beside_the_field_and_kept(data, felt, kommune, koordinator):
    sendt = {"tittel": "Kvelden", "slag": "temakveld", "dato": "5.3.2026", **data}

    svar = koordinator.post(f"{ENDRE}ny/", sendt)

    assert svar.status_code == 422
    assert felt in svar.context["skjema"].hoved.errors
    assert 'value="Kvelden"' in svar.text
    assert kommune.aktiviteter.count() == 0


def test_a_place_in_words_and_from_the_list_is_one_too_many(kommune, koordinator):
    sted = StedFactory(kommune=kommune)

    svar = koordinator.post(
        f"{ENDRE}ny/",
        {
            "tittel": "K",
            "slag": "annet",
            "dato": "5.3.2026",
            "sted": sted.pk,
            "hvor": "Kulturhuset",
        },
    )

    assert svar.status_code == 422
    assert "Velg et sted eller skriv hvor, ikke begge." in svar.text
    assert kommune.aktiviteter.count() == 0


def test_it_is_changed_and_one_day_is_said_once(kommune, koordinator):
    rad = AktivitetFactory(kommune=kommune)
    adresse = f"{ENDRE}{rad.pk}/"
    sett = koordinator.get(adresse).context["skjema"].hoved["sett"].value()

    svar = koordinator.post(
        adresse,
        {
            "tittel": "Ny tittel",
            "slag": "fagdag",
            "dato": "5.3.2026",
            "til_dato": "5.3.2026",
            "antall": "30",
            "gikk": "Fint",
            "sett": sett,
        },
    )

    rad.refresh_from_db()
    assert svar.status_code == 302
    assert (rad.tittel, rad.til_dato, rad.antall, rad.gikk) == (
        "Ny tittel",
        None,
        30,
        "Fint",
    )


def test_it_is_removed(kommune, koordinator):
    rad = AktivitetFactory(kommune=kommune)

    vist = koordinator.get(f"{ENDRE}{rad.pk}/slett/")
    svar = koordinator.post(f"{ENDRE}{rad.pk}/slett/")

    assert "merker du den som avlyst i stedet" in vist.text
    assert svar.status_code == 302
    assert kommune.aktiviteter.count() == 0


SIDENE = ["", "ny/", "{pk}/", "{pk}/slett/", "gjenta/", "etterpa/"]


@pytest.mark.parametrize("side", SIDENE)
def test_only_the_coordinator_keeps_them(side, kommune, nabo, brukere):
    rad = AktivitetFactory(kommune=kommune)
    adresse = ENDRE + side.format(pk=rad.pk)

    svar = [
        innlogget(brukere["ansatt"]).get(adresse).status_code,
        innlogget(brukere["politirad"]).get(adresse).status_code,
        nabo.get(adresse).status_code,
        nabo.post(adresse).status_code,
        Client().get(adresse).status_code,
    ]

    assert svar == [404, 404, 404, 405 if side == "" else 404, 302]
    assert kommune.aktiviteter.get() == rad


# Afterwards -------------------------------------------------------------------------------


def test_the_list_asks_for_what_is_missing_when_it_is_over(kommune, koordinator):
    AktivitetFactory(kommune=kommune, dato=i_gar())
    AktivitetFactory(kommune=kommune, dato=i_gar(), antall=12)
    AktivitetFactory(kommune=kommune, dato=i_gar(), antall=12, gikk="Fint")
    AktivitetFactory(kommune=kommune, dato=i_gar(), avlyst=True)
    AktivitetFactory(kommune=kommune, dato=timezone.localdate())
    AktivitetFactory(kommune=kommune, dato=i_gar(), til_dato=timezone.localdate())

    svar = koordinator.get(ENDRE)

    assert svar.context["mangler"] == 2
    assert "2 aktiviteter er over, og mangler" in svar.text


def etterpa(klient, *rader):
    """What the page of those that are over sends when nothing is filled in."""
    skjema = klient.get(f"{ENDRE}etterpa/").context["skjema"]
    data = {"aktiviteter-TOTAL_FORMS": len(rader)}
    data["aktiviteter-INITIAL_FORMS"] = len(rader)
    for nr, form in enumerate(skjema.rader["aktiviteter"].forms):
        data[f"aktiviteter-{nr}-id"] = form.instance.pk
        data[f"aktiviteter-{nr}-sett"] = form["sett"].value()
    return data


def test_several_are_filled_in_at_once(kommune, koordinator):
    rader = [AktivitetFactory(kommune=kommune, dato=i_gar()) for _ in range(3)]
    data = etterpa(koordinator, *rader)
    data |= {"aktiviteter-0-antall": "40", "aktiviteter-0-gikk": "Fint"}
    data |= {"aktiviteter-2-antall": "0"}

    svar = koordinator.post(f"{ENDRE}etterpa/", data)

    assert svar.status_code == 302
    assert list(kommune.aktiviteter.order_by("pk").values_list("antall", "gikk")) == [
        (40, "Fint"),
        (None, ""),
        (0, ""),
    ]


def test_one_that_is_wrong_keeps_all_of_them_as_they_were(kommune, koordinator):
    rader = [AktivitetFactory(kommune=kommune, dato=i_gar()) for _ in range(2)]
    data = etterpa(koordinator, *rader)
    data |= {"aktiviteter-0-antall": "40", "aktiviteter-1-antall": "mange"}

    svar = koordinator.post(f"{ENDRE}etterpa/", data)

    assert svar.status_code == 422
    assert 'value="40"' in svar.text
    assert set(kommune.aktiviteter.values_list("antall", flat=True)) == {None}


def test_nothing_else_is_filled_in_or_made_there(kommune, nabokommune, koordinator):
    rad = AktivitetFactory(kommune=kommune, dato=i_gar())
    andres = AktivitetFactory(kommune=nabokommune, dato=i_gar())
    data = etterpa(koordinator, rad)
    fremmed = data | {"aktiviteter-0-id": andres.pk, "aktiviteter-0-antall": "9"}
    ny = data | {"aktiviteter-TOTAL_FORMS": 2, "aktiviteter-1-antall": "9"}

    svar = [koordinator.post(f"{ENDRE}etterpa/", d).status_code for d in (fremmed, ny)]

    assert svar == [422, 422]
    assert list(Aktivitet.objects.values_list("antall", flat=True)) == [None, None]


# Once more ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fra", "til"),
    [
        (date(2025, 3, 6), date(2026, 3, 5)),  # Thursday of week 10
        (date(2020, 12, 31), date(2021, 12, 30)),  # of week 53, which 2021 has not
        (date(2024, 2, 29), date(2025, 2, 27)),  # the leap day, a Thursday of week 9
        (date(2027, 1, 1), date(2028, 1, 7)),  # of week 53 of the year before
        (date(2025, 12, 29), date(2026, 12, 28)),  # of week 1 of the year after
    ],
)
def test_the_day_a_year_on_is_of_the_same_week_and_weekday(fra, til):
    assert samme_uke_og_dag(fra) == til
    assert samme_uke_og_dag(fra).weekday() == fra.weekday()


def test_every_day_has_one_a_year_on_in_that_year():
    dager = [date(2019, 12, 25) + timedelta(days=n) for n in range(3700)]

    avvik = [
        dag
        for dag in dager
        if samme_uke_og_dag(dag).year != dag.year + 1
        or samme_uke_og_dag(dag).weekday() != dag.weekday()
    ]

    assert avvik == []


GJENTA = f"{ENDRE}gjenta/?ar=2027"


def test_those_of_last_year_are_made_anew_in_one_press(kommune, koordinator):
    tjeneste, sted = TjenesteFactory(kommune=kommune), StedFactory(kommune=kommune)
    rad = AktivitetFactory(
        kommune=kommune,
        dato=date(2026, 3, 5),
        til_dato=date(2026, 3, 6),
        start_kl=time(18),
        tjeneste=tjeneste,
        sted=sted,
        trinn_fra=8,
        publisert=True,
        antall=40,
        gikk="Fint",
    )
    annen = AktivitetFactory(kommune=kommune, dato=date(2026, 4, 7))
    AktivitetFactory(kommune=kommune, dato=date(2026, 5, 7), avlyst=True)
    data = {f"a{rad.pk}-med": "on", f"a{rad.pk}-dato": "4.3.2027"}
    data |= {f"a{annen.pk}-dato": "8.4.2027", "publisert": "on"}

    vist = koordinator.get(GJENTA)
    forst, igjen = koordinator.post(GJENTA, data), koordinator.post(GJENTA, data)

    ny = kommune.aktiviteter.get(dato__year=2027)
    assert [s.rad for s in vist.context["skjemaer"]] == [rad, annen]
    assert [s.forslag for s in vist.context["skjemaer"]] == [
        date(2027, 3, 11),
        date(2027, 4, 13),
    ]
    assert (forst.status_code, igjen.status_code) == (302, 302)
    assert (ny.dato, ny.til_dato, ny.gjentar) == (
        date(2027, 3, 4),
        date(2027, 3, 5),
        rad,
    )
    assert (ny.tjeneste, ny.sted, ny.start_kl, ny.trinn_fra, ny.publisert) == (
        tjeneste,
        sted,
        time(18),
        8,
        True,
    )
    assert (ny.antall, ny.gikk) == (None, "")
    assert ny.historikk.count() == 1


def test_a_day_that_is_none_is_told_in_its_row_and_nothing_is_made(
    kommune, koordinator
):
    rader = [AktivitetFactory(kommune=kommune) for _ in range(2)]
    data = {f"a{rad.pk}-med": "on" for rad in rader}
    data |= {f"a{rader[0].pk}-dato": "4.3.2027", f"a{rader[1].pk}-dato": "i vår"}

    svar = koordinator.post(GJENTA, data)

    assert svar.status_code == 422
    assert "Dette er ikke en dato." in svar.text
    assert 'value="i vår"' in svar.text
    assert kommune.aktiviteter.filter(dato__year=2027).count() == 0


def test_what_is_over_comes_not_along(kommune, koordinator):
    tiltak = TiltakFactory(plan__kommune=kommune, status="avsluttet")
    forum = ForumFactory(kommune=kommune, nedlagt=date(2026, 12, 31))
    rad = AktivitetFactory(kommune=kommune, tiltak=tiltak, forum=forum, publisert=True)

    koordinator.post(GJENTA, {f"a{rad.pk}-med": "on", f"a{rad.pk}-dato": "4.3.2027"})

    ny = kommune.aktiviteter.get(gjentar=rad)
    assert (ny.tiltak, ny.forum, ny.publisert) == (None, None, False)


# Where else they stand ----------------------------------------------------------------------


def test_a_tiltak_shows_its_activities_and_those_of_its_parts(kommune, client):
    tiltak = TiltakFactory(plan__kommune=kommune)
    sted = PlasseringFactory(tiltak=tiltak)
    del_ = TiltakFactory(plan=tiltak.plan, overordnet=tiltak)
    felles = {"kommune": kommune, "publisert": True}
    AktivitetFactory(**felles, tittel="Den første", tiltak=tiltak, antall=50)
    AktivitetFactory(**felles, tittel="Den andre", tiltak=del_, dato=i_gar())
    AktivitetFactory(**felles, tittel="Avlyste", tiltak=tiltak, avlyst=True)
    AktivitetFactory(kommune=kommune, tittel="Skjulte", tiltak=tiltak)

    siden = Lest(client.get(sted.url))

    assert "Temakveld, " not in siden.tekst
    assert "Aktivitet, temakveld: Den første (50 kom)." in siden.tekst
    assert "Aktivitet, temakveld: Den andre." in siden.tekst
    assert "Aktivitet, temakveld: Avlyste" not in siden.tekst
    assert "Skjulte" not in siden.tekst


def test_of_many_in_a_year_the_timeline_says_how_many(kommune):
    tiltak = TiltakFactory(plan__kommune=kommune)
    for ar, antall in ((2024, 3), (2025, 4)):
        for n in range(antall):
            AktivitetFactory(
                kommune=kommune,
                publisert=True,
                tiltak=tiltak,
                dato=date(ar, 3, 5 + n),
                antall=10,
            )

    linjene = linjer(tiltak, PUBLIKUM)

    assert [linje.nar for linje in linjene] == [
        date(2024, 3, 5),
        date(2024, 3, 6),
        date(2024, 3, 7),
        2025,
    ]
    assert linjene[-1].tekst == "4 aktiviteter, 40 kom til 4 av dem."
    assert linjene[-1].adresse == f"{LISTEN}?ar=2025&tiltak={tiltak.pk}"


def test_what_is_held_is_told_between_two_moments(kommune):
    AktivitetFactory(kommune=kommune, publisert=True, dato=i_gar(), antall=40)
    AktivitetFactory(kommune=kommune, publisert=True, dato=i_gar(), avlyst=True)
    AktivitetFactory(kommune=kommune, dato=i_gar(), antall=7)
    fra = timezone.now() - timedelta(days=10)

    sagt = {
        a.tittel: [(p.hva, p.handling) for g in a.grupper for p in g.punkter]
        for a in Endret(Vindu(kommune, fra)).avsnitt
    }
    for_ = Endret(Vindu(kommune, fra, timezone.now() - timedelta(days=5))).avsnitt

    assert sagt["Aktiviteter"] == [
        ("Holdt", "1 aktivitet, 40 kom til 1 av dem; 1 aktivitet avlyst")
    ]
    assert "Aktiviteter" not in [a.tittel for a in for_]


def test_the_year_has_those_that_are_held_and_that_one_may_see(kommune, brukere):
    AktivitetFactory(kommune=kommune, publisert=True, tittel="Åpen")
    AktivitetFactory(kommune=kommune, tittel="Intern", til_dato=date(2026, 4, 1))
    AktivitetFactory(kommune=kommune, publisert=True, avlyst=True)
    AktivitetFactory(kommune=kommune, publisert=True, dato=date(2026, 5, 1))
    mars = date(2026, 3, 10), date(2026, 4, 30)
    ar = date(2026, 1, 1), date(2026, 4, 30)

    alles = [(p.tittel, p.internt) for p in aktiviteter(kommune, *ar, PUBLIKUM)]
    ansattes = [
        (p.tittel, p.internt) for p in aktiviteter(kommune, *ar, brukere["ansatt"])
    ]

    assert alles == [("Åpen", False)]
    assert ansattes == [("Åpen", False), ("Intern", True)]
    assert [
        (p.tittel, p.fra, p.til) for p in aktiviteter(kommune, *mars, brukere["ansatt"])
    ] == [("Intern", date(2026, 3, 5), date(2026, 4, 1))]


def test_a_forum_shows_its_activities(kommune, client):
    forum = ForumFactory(kommune=kommune)
    AktivitetFactory(kommune=kommune, publisert=True, tittel="Frokosten", forum=forum)
    AktivitetFactory(kommune=kommune, tittel="Skjulte", forum=forum)

    tekst = client.get(forum.get_absolute_url()).text

    assert "Frokosten" in tekst
    assert "Skjulte" not in tekst


def test_they_are_found_by_search_as_far_as_they_are_seen(kommune, client, koordinator):
    AktivitetFactory(
        kommune=kommune,
        publisert=True,
        tittel="Sjakkdugnad",
        dato=i_gar(),
        gikk="Xylofon",
    )
    AktivitetFactory(kommune=kommune, tittel="Sjakkfest", dato=i_gar())

    alles = client.get("/lillestrom/sok/", {"q": "sjakk"}).text
    koordinators = koordinator.get("/lillestrom/sok/", {"q": "sjakk"}).text
    om_det = koordinator.get("/lillestrom/sok/", {"q": "xylofon"}).text

    assert ("Sjakkdugnad" in alles, "Sjakkfest" in alles) == (True, False)
    assert ("Sjakkdugnad" in koordinators, "Sjakkfest" in koordinators) == (True, True)
    assert "Sjakkdugnad" not in om_det
