"""What the forms for series and meetings say of red days, holidays and other meetings of
the same people, without refusing them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from moter.models import Mote, Moteserie
from moter.moteplan.serier import fyll
from tests.factories import (
    ForumFactory,
    ForumsmedlemFactory,
    MoteFactory,
    MotefriFactory,
    MoteserieFactory,
    TjenesteFactory,
)
from tests.innsending import innsending
from tests.lest import Lest

# A Wednesday; 29 March, a Monday, is andre påskedag.
NAA = datetime(2027, 3, 3, 11, tzinfo=UTC)
SE_PA = "Se på disse dagene. Du kan lagre likevel"
MANDAGER = {
    "regel": "uker",
    "antall": "1",
    "ukedag": "0",
    "fra": "2027-03-08",
    "til": "2027-04-12",
    "start_kl": "09:00",
    "slutt_kl": "10:00",
}


@pytest.fixture(autouse=True)
def _klokken(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NAA)


@pytest.fixture
def forum(kommune):
    return ForumFactory(kommune=kommune, navn="Nord")


@pytest.fixture
def annet(kommune, forum):
    """Another forum in which the same tjeneste sits."""
    annet = ForumFactory(kommune=kommune, navn="Sør")
    out = TjenesteFactory(kommune=kommune, navn="OUT")
    for f in (forum, annet):
        ForumsmedlemFactory(
            forum=f, funksjon="", tjeneste=out, person="Kari", fra=date(2026, 1, 1)
        )
    return annet


@pytest.fixture
def serie(forum):
    """Each Monday at nine, 8 March to 12 April."""
    serie = MoteserieFactory(
        forum=forum, ukedag=0, antall=1, fra=date(2027, 3, 8), til=date(2027, 4, 12)
    )
    fyll(serie=serie)
    return serie


def kl_ni(forum, dag, **felter):
    """A meeting from nine to ten in Oslo."""
    start = timezone.make_aware(datetime.combine(dag, datetime.min.time()))
    return MoteFactory(forum=forum, start=start + timedelta(hours=9), **felter)


def til(navn, *args):
    return reverse(f"moter:{navn}", args=["lillestrom", *args])


def send(klient, adresse, **endret):
    return klient.post(adresse, innsending(klient.get(adresse), **endret))


def sagt(svar):
    """[(what is in the way, its days)] as they stand on the page."""
    funnet = svar.context["varsler"] or []
    for hva, dager in funnet:
        assert f"{hva}: {dager[0].day}.{dager[0].month}.2027" in Lest(svar).tekst
    return funnet


# Series -------------------------------------------------------------------------------


def test_no_series_meets_in_july_unwarned_because_no_holiday_is_entered(
    koordinator, kommune, forum
):
    adresse = f"{til('serie_ny')}?forum={forum.slug}"
    sommer = MANDAGER | {"fra": "2027-06-28", "til": "2027-08-02"}

    uten = send(koordinator, adresse, **sommer)
    MotefriFactory(
        kommune=kommune, navn="ferie", fra=date(2027, 7, 5), til=date(2027, 7, 6)
    )
    med = send(koordinator, adresse, **sommer)

    assert sagt(uten) == [
        (
            "juli, ingen sommerferie er lagt inn",
            [date(2027, 7, dag) for dag in (5, 12, 19, 26)],
        )
    ]
    assert sagt(med) == [("ferie", [date(2027, 7, 5)])]


def test_a_new_series_says_which_days_are_no_good_and_is_saved_all_the_same(
    koordinator, kommune, forum, annet
):
    MotefriFactory(
        kommune=kommune,
        navn="vinterferie",
        fra=date(2027, 3, 15),
        til=date(2027, 3, 19),
    )
    kl_ni(annet, date(2027, 4, 5))
    kl_ni(annet, date(2027, 4, 12), status=Mote.Status.AVLYST)
    adresse = f"{til('serie_ny')}?forum={forum.slug}"

    svar = send(koordinator, adresse, **MANDAGER)

    assert sagt(svar) == [
        ("vinterferie", [date(2027, 3, 15)]),
        ("andre påskedag", [date(2027, 3, 29)]),
        ("samtidig med Sør (OUT)", [date(2027, 4, 5)]),
    ]
    assert SE_PA in Lest(svar).tekst
    assert "Kari" not in Lest(svar).tekst

    merke = svar.context["skjema"].merke
    koordinator.post(adresse, innsending(svar, bekreft=merke))

    assert Moteserie.objects.get().moter.count() == 6


def test_a_series_with_nothing_in_the_way_says_nothing(koordinator, forum):
    adresse = f"{til('serie_ny')}?forum={forum.slug}"

    svar = send(koordinator, adresse, **MANDAGER | {"til": "2027-03-22"})

    assert len(svar.context["skjema"].plan.nye) == 3
    assert sagt(svar) == []
    assert SE_PA not in svar.text


def test_what_is_in_the_way_time_and_again_is_said_once(koordinator, kommune, forum):
    MotefriFactory(
        kommune=kommune, navn="stengt", fra=date(2027, 3, 1), til=date(2027, 8, 1)
    )
    adresse = f"{til('serie_ny')}?forum={forum.slug}"

    svar = send(koordinator, adresse, **MANDAGER | {"til": "2027-05-10"})

    assert [(hva, len(dager)) for hva, dager in sagt(svar)] == [
        ("stengt", 9),
        ("andre påskedag, stengt", 1),
    ]
    assert (
        "stengt: 8.3.2027, 15.3.2027, 22.3.2027, 5.4.2027, 12.4.2027, 19.4.2027 "
        "og 3 dager til"
    ) in Lest(svar).tekst


def test_a_changed_series_is_compared_with_others_not_with_itself(
    koordinator, forum, annet, serie
):
    kl_ni(annet, date(2027, 4, 5))

    til_elleve = send(koordinator, til("serie_endre", serie.pk), slutt_kl="11:00")
    til_sted = send(koordinator, til("serie_endre", serie.pk), sted="Rådhuset")
    til_ett = send(
        koordinator,
        til("serie_endre", serie.pk),
        start_kl="13:00",
        slutt_kl="14:00",
    )

    assert sagt(til_elleve) == [
        ("andre påskedag", [date(2027, 3, 29)]),
        ("samtidig med Sør (OUT)", [date(2027, 4, 5)]),
    ]
    # Where they stand they stood before.
    assert sagt(til_sted) == []
    assert sagt(til_ett) == [("andre påskedag", [date(2027, 3, 29)])]


def test_a_meeting_decided_by_hand_is_in_the_way_of_the_series_of_its_forum(
    koordinator, forum
):
    kl_ni(forum, date(2027, 3, 8) + timedelta(days=7))
    adresse = f"{til('serie_ny')}?forum={forum.slug}"

    svar = send(
        koordinator, adresse, **MANDAGER | {"start_kl": "09:30", "til": "2027-03-22"}
    )

    assert sagt(svar) == [("samtidig med Nord (hele forumet)", [date(2027, 3, 15)])]


@pytest.mark.parametrize("antall", [1, 3])
def test_the_preview_costs_the_same_for_one_and_three(
    koordinator, forum, annet, antall, django_assert_num_queries
):
    for nr in range(antall):
        kl_ni(annet, date(2027, 3, 8) + timedelta(weeks=nr))
    adresse = f"{til('serie_ny')}?forum={forum.slug}"
    sendt = innsending(koordinator.get(adresse), **MANDAGER)

    # More than half of them check the constraints of the series; two ask again, after the
    # lock, whether the asker still coordinates.
    with django_assert_num_queries(38):
        svar = koordinator.post(adresse, sendt)

    assert [len(dager) for _hva, dager in sagt(svar)] == [antall, 1]


# A meeting ----------------------------------------------------------------------------


def test_a_meeting_on_a_bad_day_is_saved_and_the_receipt_says_what_is_in_the_way(
    koordinator, forum, annet
):
    kl_ni(annet, date(2027, 3, 29))
    adresse = f"{til('mote_ny')}?forum={forum.slug}"
    sendt = innsending(
        koordinator.get(adresse),
        dag="2027-03-29",
        start_kl="09:30",
        slutt_kl="10:30",
    )

    svar = koordinator.post(adresse, sendt, follow=True)

    assert forum.moter.get().dag == date(2027, 3, 29)
    assert "Møtet er lagret." in Lest(svar).alt
    assert "Dagen passer ikke: andre påskedag Samtidig med Sør: OUT" in Lest(svar).tekst


@pytest.mark.parametrize(
    ("dag", "felter"),
    [
        (date(2027, 3, 30), {}),
        (date(2027, 3, 29), {"status": Mote.Status.AVLYST}),
        (date(2026, 5, 17), {}),
    ],
)
def test_nothing_is_said_of_a_good_day_nor_of_what_is_cancelled_or_over(
    koordinator, forum, dag, felter
):
    mote = kl_ni(forum, dag, **felter)

    svar = koordinator.get(til("mote_endre", mote.pk))

    assert sagt(svar) == []
    assert "Dagen passer ikke" not in svar.text
