"""What plans and rounds have in the year of a kommune, and the months in which a tiltak
comes each year."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from slt.grunn.uker import hver_gang, manedene, uken
from slt.models import PUBLIKUM
from tests.factories import (
    HandlingsplanFactory,
    PlasseringFactory,
    RundeFactory,
    TilbudFactory,
    TiltakFactory,
    UtkastFactory,
)
from tests.innsending import innsending
from tests.lest import Lest
from tiltak.arshjul import dokumentene, planene, rundene, tidene_i, tiltakene
from tiltak.models import Rundeoppsett, Styringsdokument, Tiltak


@pytest.fixture
def plan(kommune):
    return HandlingsplanFactory(kommune=kommune)


@pytest.fixture
def omrade(plan):
    return PlasseringFactory(innsatsomrade__plan=plan).innsatsomrade


def i_planen(omrade, tittel="Tiltaket", **felter):
    felter = {f"tiltak__{navn}": verdi for navn, verdi in felter.items()}
    return PlasseringFactory(
        innsatsomrade=omrade, tiltak__tittel=tittel, **felter
    ).tiltak


def aret(ar):
    return date(ar, 1, 1), date(ar, 12, 31)


def dagene(finn, kommune, ar, bruker=PUBLIKUM):
    """[(title, first day, last day, in words)] in a year."""
    punkter = finn(kommune, *aret(ar), bruker)
    return [(p.tittel, p.fra, p.til, p.nar) for p in punkter]


# Weeks and months -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ar", "nummer", "mandag"),
    [
        (2026, 1, date(2025, 12, 29)),
        (2026, 44, date(2026, 10, 26)),
        (2026, 53, date(2026, 12, 28)),
        # It has 52.
        (2027, 53, date(2027, 12, 27)),
    ],
)
def test_a_week_is_from_monday_to_sunday(ar, nummer, mandag):
    assert uken(ar, nummer) == (mandag, mandag + timedelta(days=6))


@pytest.mark.parametrize(
    ("ar", "forste", "siste", "ventet"),
    [
        (2027, 10, 11, (date(2027, 10, 1), date(2027, 11, 30))),
        (2027, 2, 2, (date(2027, 2, 1), date(2027, 2, 28))),
        (2028, 2, 2, (date(2028, 2, 1), date(2028, 2, 29))),
        (2027, 11, 2, (date(2027, 11, 1), date(2028, 2, 29))),
    ],
)
def test_months_are_from_their_first_day_to_their_last(ar, forste, siste, ventet):
    assert manedene(ar, forste, siste) == ventet


def test_what_goes_over_new_year_is_in_both():
    def vinteren(ar):
        return manedene(ar, 12, 1)

    assert [*hver_gang(vinteren, *aret(2027))] == [
        (date(2026, 12, 1), date(2027, 1, 31)),
        (date(2027, 12, 1), date(2028, 1, 31)),
    ]


# Tiltak -----------------------------------------------------------------------------------


def test_a_tiltak_is_there_in_its_week_and_in_its_months(omrade, kommune):
    i_planen(omrade, "Trygghetsuka", uke=44)
    i_planen(omrade, "Ferie", maned_fra=6, maned_til=8)
    i_planen(omrade, "Alltid")

    assert dagene(tiltakene, kommune, 2026) == [
        ("Ferie", date(2026, 6, 1), date(2026, 8, 31), "juni–august"),
        ("Trygghetsuka", date(2026, 10, 26), date(2026, 11, 1), "uke 44"),
    ]


@pytest.mark.parametrize(
    "felter",
    [
        {"status": "avsluttet"},
        {"publisert": False},
        {"fra_dato": date(2026, 11, 2)},
        {"til_dato": date(2026, 10, 25)},
    ],
)
def test_it_is_not_there_when_it_is_not_done(felter, omrade, kommune):
    i_planen(omrade, uke=44, **felter)

    assert dagene(tiltakene, kommune, 2026) == []


@pytest.mark.parametrize(("ar", "antall"), [(2023, 0), (2024, 1), (2028, 1), (2029, 0)])
def test_it_comes_each_year_of_its_plan(ar, antall, omrade, kommune):
    i_planen(omrade, uke=44)

    assert len(dagene(tiltakene, kommune, ar)) == antall


def test_drafts_other_kommuner_and_tilbud_have_nothing_there(kommune, nabokommune):
    utkast = PlasseringFactory(innsatsomrade__plan=UtkastFactory(kommune=kommune))
    andres = PlasseringFactory(innsatsomrade__plan__kommune=nabokommune)
    for omrade in (utkast.innsatsomrade, andres.innsatsomrade):
        i_planen(omrade, uke=44)
    TilbudFactory(kommune=kommune, uke=44)

    assert dagene(tiltakene, kommune, 2026) == []


def test_who_writes_the_plan_is_told_that_it_is_internal(omrade, kommune, koordinator):
    i_planen(omrade, "Hemmelig", uke=44, publisert=False)

    [punkt] = tiltakene(kommune, *aret(2026), koordinator.bruker)

    assert (punkt.tittel, punkt.internt) == ("Hemmelig", True)


def test_its_days_are_there_once_each(omrade, kommune):
    i_planen(omrade, frist=date(2028, 2, 29), evalueres_dato=date(2028, 3, 1))

    assert dagene(tiltakene, kommune, 2028) == [
        ("Frist: Tiltaket", date(2028, 2, 29), None, ""),
        ("Evalueres: Tiltaket", date(2028, 3, 1), None, ""),
    ]
    assert dagene(tiltakene, kommune, 2027) == []


def test_each_leads_to_where_it_stands(omrade, kommune):
    tiltak = i_planen(omrade, uke=44)
    del_ = TiltakFactory(plan=omrade.plan, overordnet=tiltak, tittel="Del", uke=45)

    adresser = [p.adresse for p in tiltakene(kommune, *aret(2026), PUBLIKUM)]

    assert adresser == [del_.get_absolute_url(), tiltak.get_absolute_url()]


# Its months -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("felter", "ord_"),
    [
        ({"maned_fra": 10, "maned_til": 11}, "hvert år i oktober–november"),
        ({"maned_fra": 12, "maned_til": 12}, "hvert år i desember"),
        (
            {"maned_fra": 11, "maned_til": 2, "ganger_fra": 2, "ganger_per": "ar"},
            "2 ganger per år, i november–februar",
        ),
        ({"uke": 44}, "uke 44"),
    ],
)
def test_it_says_how_often(felter, ord_, omrade, client):
    tiltak = i_planen(omrade, **felter)

    assert tiltak.gjentas == ord_
    assert ord_ in Lest(client.get(tiltak.get_absolute_url())).tekst.lower()


@pytest.mark.parametrize(
    "felter",
    [
        {"maned_fra": 3},
        {"maned_til": 3},
        {"maned_fra": 0, "maned_til": 3},
        {"maned_fra": 3, "maned_til": 13},
        {"maned_fra": 3, "maned_til": 4, "uke": 12},
    ],
)
def test_half_of_it_or_two_ways_are_refused(felter, omrade):
    tiltak = i_planen(omrade)
    for navn, verdi in felter.items():
        setattr(tiltak, navn, verdi)

    with pytest.raises(ValidationError):
        tiltak.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        tiltak.save()

    tiltak.refresh_from_db()
    assert (tiltak.maned_fra, tiltak.maned_til, tiltak.uke) == (None, None, None)


# Rounds -----------------------------------------------------------------------------------


def test_a_round_is_there_from_its_week_to_its_last_day(kommune, koordinator):
    ar = timezone.localdate().year + 1
    RundeFactory(
        kommune=kommune, arstall=ar, uke=20, frist=date(ar, 6, 10), startet=None
    )
    Rundeoppsett.objects.create(kommune=kommune, er_pa=False)

    punkter = list(rundene(kommune, *aret(ar), koordinator.bruker))

    mandag, _sondag = uken(ar, 20)
    assert [(p.tittel, p.fra, p.til, p.internt) for p in punkter] == [
        (f"Runden i uke 20, {ar} (utkast)", mandag, date(ar, 6, 10), True),
        (f"Svarfrist: Runden i uke 20, {ar}", date(ar, 6, 10), None, True),
    ]


def test_the_usual_weeks_are_planned_where_there_is_no_round(kommune, koordinator):
    ar = timezone.localdate().year + 1

    def planlagt(ar):
        rader = rundene(kommune, *aret(ar), koordinator.bruker)
        return [(p.fra, p.nar) for p in rader if "planlagt" in p.tittel]

    assert planlagt(ar) == [(uken(ar, 5)[0], "uke 5"), (uken(ar, 36)[0], "uke 36")]
    # Nobody knows of later years, and what is over was not.
    assert planlagt(ar + 1) == planlagt(ar - 2) == []

    RundeFactory(kommune=kommune, arstall=ar, uke=5, frist=date(ar, 3, 10))
    Rundeoppsett.objects.create(kommune=kommune, forste_uke=5, andre_uke=40)

    assert planlagt(ar) == [(uken(ar, 40)[0], "uke 40")]


def test_rounds_are_for_who_keeps_the_kommune(kommune, nabo):
    ar = timezone.localdate().year + 1
    RundeFactory(kommune=kommune, arstall=ar, uke=20, frist=date(ar, 6, 10))

    assert dagene(rundene, kommune, ar) == []
    assert dagene(rundene, kommune, ar, nabo.bruker) == []


# Plans and documents ----------------------------------------------------------------------


def test_a_plan_ends_with_its_last_year(plan, kommune):
    UtkastFactory(kommune=kommune, fra_ar=2028, til_ar=2028)

    assert dagene(planene, kommune, 2028) == [
        (f"{plan} går ut", date(2028, 12, 31), None, "")
    ]
    assert dagene(planene, kommune, 2027) == []


@pytest.mark.parametrize(
    ("tekst", "tider"),
    [
        ("skulle revideres i 2024", [(2024, 0)]),
        ("Januar 2026 og våren 2027", [(2026, 1), (2027, 0)]),
        ("hvert fjerde år", []),
        ("sak 20245", []),
        ("i 2024, 2024", [(2024, 0)]),
    ],
)
def test_a_text_tells_a_month_or_a_year(tekst, tider):
    assert list(tidene_i(tekst)) == tider


@pytest.mark.parametrize(
    ("felter", "ventet"),
    [
        (
            {"utloper": date(2026, 6, 30), "til_ar": 2026},
            [("Avtalen utløper", date(2026, 6, 30), None, "")],
        ),
        (
            {"fra_ar": 2020, "til_ar": 2026},
            [("Avtalen gjelder til og med dette året", *aret(2026), "2026")],
        ),
        (
            {"revideres": "januar 2026"},
            [
                (
                    "Avtalen: januar 2026",
                    date(2026, 1, 1),
                    date(2026, 1, 31),
                    "januar 2026",
                )
            ],
        ),
        (
            {"revideres": "ved behov"},
            [("Avtalen: ved behov", *aret(2026), "uten dato")],
        ),
    ],
)
def test_documents_expire_and_are_revised(felter, ventet, plan, kommune):
    Styringsdokument.objects.create(
        kommune=kommune, plan=plan, tittel="Avtalen", **felter
    )

    assert dagene(dokumentene, kommune, 2026) == ventet


def test_documents_of_drafts_and_of_others_are_not_there(kommune, nabokommune):
    utkast = UtkastFactory(kommune=kommune)
    for sted in ({"kommune": kommune, "plan": utkast}, {"kommune": nabokommune}):
        Styringsdokument.objects.create(
            tittel="Avtalen", utloper=date(2026, 6, 30), **sted
        )

    assert dagene(dokumentene, kommune, 2026) == []


# The workbench, the sheet and the bank: as of the week ------------------------------------


def test_its_months_are_set_in_the_form(omrade, koordinator, kommune):
    tiltak = i_planen(omrade)
    adresse = f"/lillestrom/endre/tiltak/{tiltak.pk}/"
    sendt = innsending(koordinator.get(adresse))

    halvt = koordinator.post(adresse, sendt | {"maned_fra": "10"})
    svar = koordinator.post(adresse, sendt | {"maned_fra": "10", "maned_til": "11"})

    assert (halvt.status_code, svar.status_code) == (422, 302)
    assert "Velg både den første og den siste måneden." in Lest(halvt).tekst
    assert Tiltak.objects.filter(maned_fra=10, maned_til=11).get() == tiltak
