"""What an evaluation begins with: what was said, the figures, and nothing more."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evaluering.models import Omradeindikator, Tiltaksindikator
from evaluering.vurdering import notatord
from evaluering.vurdering.arbeidet import arbeidet
from evaluering.vurdering.forhandsutfylt import (
    er_urort,
    kjent_om_helheten,
    kjent_om_tiltaket,
    merke,
)
from evaluering.vurdering.perioder import foreslatt
from evaluering.vurdering.tallene import omradenes_tall
from slt.models import PUBLIKUM
from tests.factories import (
    EvalueringFactory,
    ForumFactory,
    IndikatorFactory,
    MalingFactory,
    MoteFactory,
    PlasseringFactory,
    StatusrapportFactory,
    TilgangFactory,
    TiltakFactory,
    TiltaksvurderingFactory,
)
from tiltak.models import Statusrapport, Tiltak

VAREN, HOSTEN = date(2026, 4, 10), date(2026, 10, 9)


def notat(dato=VAREN, **felter):
    return Statusrapport(**{"dato": dato, "tilstand": "som_planlagt", **felter})


# In words -----------------------------------------------------------------------------


def test_how_it_went_is_told_note_by_note_the_oldest_first():
    notatene = [
        notat(
            HOSTEN,
            tilstand="star_stille",
            kommentar="Instruktøren sluttet.",
            antall=None,
        ),
        notat(gjort="Åtte temakvelder"),
    ]

    rekken = notatord.i_perioden(notatene, date(2026, 1, 1), date(2026, 12, 31))

    assert notatord.gjennomforing(rekken) == (
        "Våren 2026: som planlagt. Åtte temakvelder.\n"
        "Høsten 2026: står stille. Instruktøren sluttet."
    )


def test_what_was_said_before_or_after_the_period_is_left_out():
    notatene = [notat(date(2025, 12, 31)), notat(), notat(date(2027, 1, 1))]

    rekken = notatord.i_perioden(notatene, date(2026, 1, 1), date(2026, 12, 31))

    assert rekken == [notatene[1]]


def test_two_who_answer_are_told_apart():
    notatene = [notat(fra="OUT"), notat(fra="Politiet")]

    assert notatord.gjennomforing(notatene) == (
        "Våren 2026 (OUT): som planlagt.\nVåren 2026 (Politiet): som planlagt."
    )


def test_numbers_of_the_same_are_added_up():
    notatene = [
        notat(antall=120, antall_av="elever"),
        notat(HOSTEN, antall=130, antall_av="Elever"),
    ]

    assert notatord.nadde(notatene) == (
        "Elever: 250 til sammen, 120 (våren 2026), 130 (høsten 2026).\n"
        "De samme kan være talt flere ganger."
    )


def test_numbers_of_different_things_are_listed():
    notatene = [
        notat(antall=120, antall_av="elever"),
        notat(HOSTEN, antall=35, antall_av="foreldre"),
    ]

    assert notatord.nadde(notatene) == (
        "Elever: 120 (våren 2026).\nForeldre: 35 (høsten 2026)."
    )


def test_numbers_of_nobody_knows_whom_are_never_added_up():
    notatene = [notat(antall=120), notat(HOSTEN, antall=130)]

    assert "250" not in notatord.nadde(notatene)
    assert "120 (våren 2026), 130 (høsten 2026)" in notatord.nadde(notatene)


@pytest.mark.parametrize("fa", [1, 4])
def test_few_are_not_told_how_many_nor_by_a_sum(fa):
    notatene = [
        notat(antall=fa, antall_av="elever"),
        notat(HOSTEN, antall=120, antall_av="elever"),
    ]

    assert notatord.nadde(notatene).splitlines()[0] == (
        "Elever: færre enn 5 (våren 2026), 120 (høsten 2026)."
    )


@pytest.mark.parametrize(
    ("antall", "ord_"), [(0, "ingen"), (5, "5"), (1200, "1\xa0200")]
)
def test_all_others_are(antall, ord_):
    assert notatord.antall_i_ord(antall) == ord_


def test_where_nobody_said_anything_nothing_is_answered():
    assert [
        notatord.gjennomforing([]),
        notatord.nadde([]),
        notatord.virkning([], []),
        notatord.tilstand([]),
        notatord.videre([]),
    ] == ["", "", "", "", ("", "")]
    assert notatord.uvisst([], []) == {
        "gjennomforing": ["Ingen har meldt noe om tiltaket i perioden."],
        "nadde": ["Ingen har meldt hvor mange som er nådd."],
        "virkning": [
            "Ingen har meldt hva som har kommet ut av det.",
            "Ingen publiserte tall viser hva som endret seg.",
        ],
    }


def test_what_is_known_is_not_said_to_be_unknown():
    notatene = [notat(resultat="Flere ringte", antall=12)]

    assert notatord.uvisst(notatene, ["Treff: 1 (2025)"]) == {
        "gjennomforing": [],
        "nadde": [],
        "virkning": [],
    }


def test_figures_come_with_what_they_do_not_show():
    assert notatord.virkning([notat(resultat="Flere ringte")], ["Treff: 1 (2025)"]) == (
        "Våren 2026: Flere ringte.\nTreff: 1 (2025)\n"
        "Tallene viser ikke om det var tiltaket som virket."
    )


def test_the_last_recommendation_is_what_is_proposed():
    notatene = [
        notat(anbefaling="avslutte", fra="OUT"),
        notat(HOSTEN, anbefaling="endre", fra="OUT"),
        notat(date(2026, 11, 1)),
    ]

    assert notatord.videre(notatene) == (
        "endres",
        "Anbefalt høsten 2026 av OUT: endre.",
    )


def test_a_long_story_fits_the_field():
    notatene = [notat(gjort="Mye ble gjort. " * 100) for _nr in range(4)]

    assert len(notatord.gjennomforing(notatene)) <= 2000


# Figures ------------------------------------------------------------------------------


@pytest.fixture
def evaluering(kommune):
    return EvalueringFactory(plan__kommune=kommune)


@pytest.fixture
def sted(evaluering):
    return PlasseringFactory(innsatsomrade__plan=evaluering.plan, nummer=1)


@pytest.fixture
def bruker(kommune):
    return TilgangFactory(kommune=kommune).bruker


def _malt(kommune, *ar, navn="Ungdata"):
    indikator = IndikatorFactory(
        kommune=kommune, navn=navn, enhet="prosent", teller="hendelser"
    )
    for arstall, verdi in ar:
        MalingFactory(indikator=indikator, arstall=arstall, verdi=Decimal(verdi))
    return indikator


def test_a_figure_is_told_as_it_was_before_and_as_it_is_in_the_end(
    evaluering, sted, bruker, kommune
):
    indikator = _malt(kommune, (2019, 15), (2022, 12), (2024, 11), (2025, 9), (2027, 5))
    Omradeindikator.objects.create(
        indikator=indikator, innsatsomrade=sted.innsatsomrade
    )

    tall = omradenes_tall(
        evaluering.plan, bruker, evaluering.fra_dato, evaluering.til_dato
    )

    assert tall == {
        sted.innsatsomrade_id: ["Ungdata: 12 prosent (2022) → 9 prosent (2025)"]
    }


@pytest.mark.parametrize(
    ("ar", "ordene"),
    [
        ([(2022, 12)], ["Ungdata: 12 prosent (2022)"]),
        ([(2024, 12), (2026, 9)], ["Ungdata: 12 prosent (2024) → 9 prosent (2026)"]),
        ([(2025, 9)], ["Ungdata: 9 prosent (2025)"]),
        ([(2030, 9)], None),
    ],
)
def test_of_what_nobody_measured_nothing_is_told(
    ar, ordene, evaluering, sted, bruker, kommune
):
    indikator = _malt(kommune, *ar)
    Omradeindikator.objects.create(
        indikator=indikator, innsatsomrade=sted.innsatsomrade
    )

    tall = omradenes_tall(
        evaluering.plan, bruker, evaluering.fra_dato, evaluering.til_dato
    )

    assert tall.get(sted.innsatsomrade_id) == ordene


def test_strangers_are_told_what_is_published(evaluering, sted, kommune):
    indikator = _malt(kommune, (2022, 12))
    Omradeindikator.objects.create(
        indikator=indikator, innsatsomrade=sted.innsatsomrade
    )
    perioden = evaluering.fra_dato, evaluering.til_dato

    skjult = omradenes_tall(evaluering.plan, PUBLIKUM, *perioden)
    indikator.publisert = True
    indikator.save()

    assert skjult == {}
    assert omradenes_tall(evaluering.plan, PUBLIKUM, *perioden) != {}


def test_a_tiltak_is_told_of_its_own_figures_and_what_changed_around_it(
    evaluering, sted, kommune
):
    eget = _malt(kommune, (2022, 1), navn="Eget")
    Tiltaksindikator.objects.create(indikator=eget, tiltak=sted.tiltak)
    endret = _malt(kommune, (2022, 2), (2025, 3))
    uendret = _malt(kommune, (2022, 4), navn="Uendret")
    internt = _malt(kommune, (2022, 8), (2025, 9), navn="Internt")
    for indikator in (endret, uendret, internt):
        Omradeindikator.objects.create(
            indikator=indikator, innsatsomrade=sted.innsatsomrade
        )
    for indikator in (eget, endret, uendret):
        indikator.publisert = True
        indikator.save()

    forslag = kjent_om_tiltaket(evaluering, sted.tiltak, []).forslag

    # What stands there may be published: what is internal is not proposed.
    assert "Internt" not in forslag["virkning"]
    assert "Eget: 1 prosent (2022)" in forslag["virkning"]
    assert "Ungdata: 2 prosent (2022) → 3 prosent (2025)" in forslag["virkning"]
    assert "Uendret" not in forslag["virkning"]


# Of a whole ---------------------------------------------------------------------------


def test_a_plan_is_told_how_many_of_its_tiltak_anybody_spoke_of(
    evaluering, sted, bruker
):
    StatusrapportFactory(tiltak=sted.tiltak, dato=date(2025, 4, 1), antall=12)
    PlasseringFactory(innsatsomrade=sted.innsatsomrade, nummer=2)

    kjent = kjent_om_helheten(evaluering, bruker)

    forslag = kjent.forslag
    assert forslag["gjennomforing"] == (
        "<p>Det er meldt om 1 av 2 tiltak i perioden.</p>"
        "<p>Som planlagt, sist det ble meldt: 1.</p>"
    )
    assert "av 1 av 2 tiltak" in forslag["nadde"]
    assert forslag["virkning"] == ""
    assert kjent.uvisst == {
        "gjennomforing": [],
        "nadde": [],
        "virkning": ["Ingen publiserte tall hører til innsatsområdene."],
    }


def test_of_a_plan_that_nobody_spoke_of_nothing_is_answered(evaluering, sted, bruker):
    kjent = kjent_om_helheten(evaluering, bruker)

    assert set(kjent.forslag.values()) == {""}
    assert kjent.uvisst["gjennomforing"] == [
        "Ingen har meldt noe om tiltakene i perioden."
    ]


def test_a_tiltak_is_told_what_was_said_of_it(kommune, bruker):
    tiltak = TiltakFactory(plan__kommune=kommune)
    StatusrapportFactory(
        tiltak=tiltak, dato=date(2025, 4, 1), gjort="<Turer> & kvelder"
    )
    evaluering = EvalueringFactory(
        kommune=kommune, slag="tiltak", plan=None, tiltak=tiltak
    )

    kjent = kjent_om_helheten(evaluering, bruker)

    assert kjent.forslag["videre"] == ""
    assert (
        "som planlagt. &lt;Turer&gt; &amp; kvelder." in kjent.forslag["gjennomforing"]
    )


def test_a_forum_is_told_its_meetings_that_are_over(kommune, bruker):
    forum, na = ForumFactory(kommune=kommune), timezone.now()
    for dager, status in (
        (-10, "planlagt"),
        (-20, "planlagt"),
        (-30, "avlyst"),
        (5, "planlagt"),
    ):
        start = na + timedelta(days=dager)
        MoteFactory(
            forum=forum, start=start, slutt=start + timedelta(hours=1), status=status
        )
    evaluering = foreslatt(kommune, "forum", forum)

    kjent = kjent_om_helheten(evaluering, bruker)

    assert kjent.forslag["gjennomforing"] == (
        "<p>Det var satt opp 2 møter som ikke ble avlyst. 1 møte ble avlyst.</p>"
    )


def test_of_a_forum_without_meetings_here_nothing_is_answered(kommune, bruker):
    evaluering = foreslatt(kommune, "forum", ForumFactory(kommune=kommune))

    kjent = kjent_om_helheten(evaluering, bruker)

    assert set(kjent.forslag.values()) == {""}
    assert kjent.uvisst["gjennomforing"] == [
        "Ingen møter i forumet er ført opp her i perioden."
    ]


# Whose it is --------------------------------------------------------------------------


def test_what_stands_as_it_was_proposed_is_nobodys():
    vurdering = TiltaksvurderingFactory.build(
        gjennomforing="Som\nplanlagt. A & B.",
        nadde="Mitt eget",
        utfylt={
            "gjennomforing": merke("Som planlagt. A & B."),
            "nadde": merke("Annet"),
        },
    )

    assert er_urort(vurdering, "gjennomforing")
    assert er_urort(vurdering, "virkning")
    assert not er_urort(vurdering, "nadde")


def test_so_it_is_as_the_editor_sends_it():
    assert merke("<p>A &amp; B</p><p>C</p>") == merke("<p>A &amp; B</p>\n<p>C</p>")


# How much it costs --------------------------------------------------------------------


def _sporringer(hva):
    with CaptureQueriesContext(connection) as sporringer:
        hva()
    return len(sporringer)


@pytest.mark.parametrize("hva", ["arbeid", "helhet"])
def test_many_tiltak_cost_no_more_queries(hva, evaluering, sted, bruker):
    gjor = {
        "arbeid": lambda: arbeidet(evaluering).antall,
        "helhet": lambda: kjent_om_helheten(evaluering, bruker),
    }[hva]
    med_en = _sporringer(gjor)
    for nummer in range(2, 6):
        annet = PlasseringFactory(innsatsomrade=sted.innsatsomrade, nummer=nummer)
        StatusrapportFactory(tiltak=annet.tiltak, dato=date(2025, 4, 1))

    assert _sporringer(gjor) == med_en
    assert Tiltak.objects.count() == 5


@pytest.mark.parametrize(
    ("slag", "fra", "til"),
    [
        ("midtveis", date(2024, 1, 1), None),
        ("slutt", date(2024, 1, 1), date(2028, 12, 31)),
    ],
)
def test_a_period_is_proposed(slag, fra, til, evaluering):
    ny = foreslatt(evaluering.kommune, slag, evaluering.plan)

    assert (ny.fra_dato, ny.til_dato) == (fra, til or timezone.localdate())


def test_it_is_called_by_what_people_call_the_plan(evaluering):
    plan = evaluering.plan

    ny = foreslatt(evaluering.kommune, "midtveis", plan)

    assert ny.tittel == f"Midtveisevaluering av {plan.rekke} {plan.periode}"
    assert plan.tittel not in ny.tittel


@pytest.mark.parametrize(
    ("egne", "fra", "til"),
    [
        ({}, date(2024, 1, 1), None),
        ({"fra_dato": date(2025, 8, 1)}, date(2025, 8, 1), None),
        ({"til_dato": date(2025, 6, 1)}, date(2024, 1, 1), date(2025, 6, 1)),
    ],
)
def test_a_tiltak_is_evaluated_from_its_start_and_until_today(
    egne, fra, til, evaluering
):
    tiltak = TiltakFactory(plan=evaluering.plan, **egne)

    ny = foreslatt(evaluering.kommune, "tiltak", tiltak)

    assert (ny.fra_dato, ny.til_dato) == (fra, til or timezone.localdate())


def test_a_forum_that_was_laid_down_is_evaluated_until_then(kommune):
    lagt_ned = date(2025, 6, 30)

    ny = foreslatt(kommune, "forum", ForumFactory(kommune=kommune, nedlagt=lagt_ned))

    assert (ny.fra_dato, ny.til_dato) == (date(2024, 6, 30), lagt_ned)
