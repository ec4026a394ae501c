"""Few persons are hidden, and nobody works them out: an attacker who knows how figures
add up, and reads everything that is shown, is still in doubt about each of them."""

import csv
import itertools
import random
import re
from collections import defaultdict
from fractions import Fraction
from io import BytesIO, StringIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from openpyxl import load_workbook

from evaluering.models import Maling
from evaluering.models.helhet import er_helhet
from evaluering.tall.skjul import tall
from evaluering.tall.tabell import talltabell
from slt.models import Stedsdel
from tests.factories import (
    IndikatorFactory,
    LokalomradeFactory,
    MalingFactory,
    StedFactory,
)

PERSONER = "personer"


def lag(kommune, *malinger, teller=PERSONER, **felter):
    """An indicator with figures, each {field: value}."""
    indikator = IndikatorFactory(
        kommune=kommune, teller=teller, enhet="unge", publisert=True, **felter
    )
    for deler in malinger:
        MalingFactory(indikator=indikator, **deler)
    return indikator


def vist(indikator):
    """{what it is of: the text} as people see it; of 2023."""
    malinger = indikator.malinger.select_related("sted", "lokalomrade")
    return {t.maling.hva: t.tekst for t in tall(indikator, malinger)}


def test_few_persons_are_hidden_and_the_total_may_stand_alone(kommune):
    indikator = lag(
        kommune,
        {"verdi": 30},
        {"verdi": 27, "kjonn": "gutter"},
        {"verdi": 3, "kjonn": "jenter"},
    )

    # The total says nothing of the two as long as neither of them stands.
    assert vist(indikator) == {"": "30", "gutter": "skjult", "jenter": "skjult"}


def test_without_a_total_only_the_few_are_hidden(kommune):
    indikator = lag(
        kommune,
        {"verdi": 27, "kjonn": "gutter"},
        {"verdi": 4, "kjonn": "jenter"},
    )

    assert vist(indikator) == {"gutter": "27", "jenter": "skjult"}


@pytest.mark.parametrize(
    ("verdi", "tekst"), [(0, "0"), (1, "skjult"), (4, "skjult"), (5, "5")]
)
def test_one_to_four_are_few(kommune, verdi, tekst):
    assert vist(lag(kommune, {"verdi": verdi})) == {"": tekst}


@pytest.mark.parametrize(
    ("fra", "til", "tekst"),
    [
        (0, 3, "skjult"),
        (0, 5, "skjult"),
        (0, 40, "skjult"),
        (2, 9, "skjult"),
        (5, 9, "5–9"),
    ],
)
def test_a_span_that_ends_or_begins_with_few_is_hidden(kommune, fra, til, tekst):
    assert vist(lag(kommune, {"verdi": fra, "verdi_til": til})) == {"": tekst}


@pytest.mark.parametrize("teller", ["hendelser", "andel"])
def test_what_counts_no_persons_is_shown(kommune, teller):
    indikator = lag(kommune, {"verdi": 3}, teller=teller)

    assert vist(indikator) == {"": "3"}


def test_another_year_is_not_touched(kommune):
    indikator = lag(
        kommune,
        {"verdi": 3, "kjonn": "jenter"},
        {"verdi": 30, "arstall": 2022},
        {"verdi": 20, "kjonn": "jenter", "arstall": 2022},
        {"verdi": 10, "kjonn": "gutter", "arstall": 2022},
    )

    malinger = indikator.malinger.filter(arstall=2022)
    assert [t.tekst for t in tall(indikator, malinger)] == ["30", "20", "10"]
    tabell = talltabell(indikator, list(indikator.malinger.all()))
    assert [t.tekst for t in tabell.rader[0].celler if t] == ["30"]


def test_several_steder_together_are_not_shown_beside_the_single_ones(kommune):
    a, b = StedFactory(kommune=kommune), StedFactory(kommune=kommune)
    begge = StedFactory(kommune=kommune, type="flere")
    for sted in (a, b):
        Stedsdel.objects.create(helhet=begge, sted=sted)
    indikator = lag(
        kommune,
        {"verdi": 12, "sted": begge},
        {"verdi": 10, "sted": a},
        {"verdi": 2, "sted": b},
    )

    assert vist(indikator) == {str(begge): "skjult", str(a): "10", str(b): "skjult"}


def test_several_steder_that_overlap_do_not_tell_of_one(kommune):
    """12 in two of them and 14 in all three: 2 in the third."""
    steder = StedFactory.create_batch(3, kommune=kommune)
    to, alle = (
        StedFactory(kommune=kommune, navn=navn, type="flere") for navn in ("To", "Alle")
    )
    for helhet, deler in ((to, steder[:2]), (alle, steder)):
        for sted in deler:
            Stedsdel.objects.create(helhet=helhet, sted=sted)
    indikator = lag(
        kommune,
        {"verdi": 12, "sted": to},
        {"verdi": 14, "sted": alle},
        {"verdi": 2, "sted": steder[2]},
    )

    assert set(vist(indikator).values()) == {"skjult"}


def test_what_the_source_and_its_tables_differ_by_tells_nothing(kommune):
    indikator = lag(
        kommune,
        {"verdi": 30},
        {"verdi": 20, "kjonn": "gutter"},
        {"verdi": 3, "kjonn": "jenter"},
    )

    tabell = talltabell(indikator, list(indikator.malinger.all()))

    assert tabell.uenigheter == []


def test_the_baseline_is_not_told_where_something_is_hidden(kommune, client):
    """It may be the very figure, or the total that gives it away."""
    indikator = lag(
        kommune,
        {"verdi": 20, "kjonn": "gutter"},
        {"verdi": 3, "kjonn": "jenter"},
        utgangspunkt=23,
        utgangsar=2023,
    )

    side = client.get(indikator.get_absolute_url()).content.decode()

    assert "Utgangspunkt" not in side
    assert not re.search(r"\b23\b", tekst_i(side))


@pytest.mark.parametrize("deler", [(20, 7), (14, 13)])
def test_a_row_that_is_missing_tells_no_more_than_one_that_is_hidden(kommune, deler):
    """30 of which 20 and 7: whoever sees them knows that 3 are left."""
    barn, ungdom = deler
    indikator = lag(
        kommune,
        {"verdi": 30},
        {"verdi": barn, "trinn": "barneskole"},
        {"verdi": ungdom, "trinn": "ungdomsskole"},
    )
    tabell = talltabell(indikator, list(indikator.malinger.all()))

    vist_ = [t.tekst for rad in tabell.rader for t in rad.celler if not t.skjult]
    assert vist_ in (["30"], [str(barn), str(ungdom)])
    assert tabell.uenigheter == []


def test_a_row_that_is_missing_between_two_ways_of_dividing(kommune):
    indikator = lag(
        kommune,
        {"verdi": 20, "kjonn": "gutter"},
        {"verdi": 10, "kjonn": "jenter"},
        {"verdi": 18, "trinn": "barneskole"},
        {"verdi": 9, "trinn": "ungdomsskole"},
    )

    assert sorted(vist(indikator).values()).count("skjult") == 2


def test_parts_that_make_up_the_whole_stand_beside_it(kommune):
    indikator = lag(
        kommune,
        {"verdi": 30},
        {"verdi": 20, "kjonn": "gutter"},
        {"verdi": 10, "kjonn": "jenter"},
    )

    assert list(vist(indikator).values()) == ["30", "20", "10"]


HELHETER = (
    "i alt",
    "Totalt",
    "alle",
    "til saman",
    "Til sammen:",
    "samla",
    "Samlet",
    "samlet antall",
    "hele kommunen",
    "Heile kommuna",
    "alle skoler",
    "alle skular",
    "alle elevane",
    "begge kjønn",
    "sum: gutter og jenter",
    "Sum",
    "totalt antall",
    "totalsum",
    "samtlige",
    "Elever totalt",
    "Kommunen samlet",
    "Skolene samlet",
    "Skolene sett under ett",
    "I sum",
    "Ialt",
    "tot.",
    "Σ",
    "∑ elever",
    "Fellestall",
    "Antall totalt",
    "Alle sammen",
    "Alle saman",
    "Alle under ett",
    "Gutter og jenter",
    "Gutar og jenter",
    "jenter/gutter",
    "alle klassetrinn",
    "Alle respondenter",
    "Alle svar",
    "Alle spurte",
    "Alle brukere",
    "Alle brukarar",
    "Alle kommunale skoler",
    "Elever, alle trinn",
    "To\u00adtalt",
    "T\u2060otalt",
    "i\u00a0alt",
    "\u3164totalt\u2800",
    "ａｌｌｅ",
)
# Names that may mean all, or a part.
KANSKJE = (
    "Kommunen",
    "Kommuna",
    "Elevane",
    "elevene",
    "Landet",
    "hele landet",
    "tilbud for alle",
    "samlet på Åråsen",
    "Lillestrøm",
    "Lillestrøm kommune",
)


@pytest.mark.parametrize(
    "ord_",
    [
        "alle hjerters hus",
        "hele dagen",
        "hele landet",
        "sumobryting",
        "summer school",
        "samletur",
        "samla gruppe på Åråsen",
        "begge foreldre i arbeid",
        "allergi",
        "totalitære miljøer",
        "alternativ skole",
        "kommunen og skolene",
        "alle dager",
        "tilbud for alle",
        "elever",
        "bor sammen",
    ],
)
def test_what_only_begins_as_the_whole_is_a_part(ord_):
    assert not er_helhet(ord_)


@pytest.mark.parametrize("felt", ["slag", "gruppe"])
@pytest.mark.parametrize("navn", [*HELHETER, "Elevtallet", "Skulane saman"])
def test_a_total_under_another_name_stands_beside_no_part(kommune, felt, navn):
    """Such rows may stand there from before: with 30 and 27 the 3 would follow."""
    indikator = lag(
        kommune,
        {"verdi": 20, felt: "ute"},
        {"verdi": 7, felt: "inne"},
        {"verdi": 3, felt: "hjemme"},
        {"verdi": 30, felt: navn},
    )

    assert vist(indikator) == {
        "ute": "skjult",
        "inne": "skjult",
        "hjemme": "skjult",
        navn: "30",
    }


@pytest.mark.parametrize("navn", HELHETER)
def test_a_total_under_another_name_tells_of_a_row_that_is_missing(kommune, navn):
    indikator = lag(
        kommune,
        {"verdi": 20, "slag": "ute"},
        {"verdi": 7, "slag": "inne"},
        {"verdi": 30, "slag": navn},
    )

    assert vist(indikator) == {"ute": "20", "inne": "7", navn: "skjult"}


@pytest.mark.parametrize("navn", KANSKJE)
@pytest.mark.parametrize("gjelder_alle", [True, False])
def test_a_name_in_doubt_tells_of_no_few_as_a_total_and_as_a_part(
    kommune, navn, gjelder_alle
):
    """Of 20 are 10 and 8; and of 40 are 20, 10 and 8."""
    hele = {"verdi": 20 + 10 + 8 + 2}
    indikator = lag(
        kommune,
        {"verdi": 20, "slag": navn},
        {"verdi": 10, "slag": "ute"},
        {"verdi": 8, "slag": "inne"},
        *([] if gjelder_alle else [hele]),
    )

    sett = vist(indikator)

    assert "skjult" in {sett[navn], sett["ute"], sett["inne"]}
    assert set(sett.values()) != {"skjult"}
    if not gjelder_alle:
        assert "skjult" in {sett[""], sett[navn], sett["ute"], sett["inne"]}


@pytest.mark.parametrize("navn", ["Lillestrøm", "Alle tiders klubb", "Totalen"])
def test_a_place_of_the_kommune_is_a_part(kommune, navn):
    lag_sted = LokalomradeFactory if navn == "Lillestrøm" else StedFactory
    lag_sted(kommune=kommune, navn=navn)
    indikator = lag(
        kommune,
        {"verdi": 25, "slag": navn},
        {"verdi": 10, "slag": "ute"},
        {"verdi": 12, "slag": "inne"},
    )

    indikator.malinger.first().full_clean()
    assert not indikator.gjelder_alle(navn)


def test_the_part_that_is_called_as_a_place_is_shown(kommune):
    """The town has the name of its kommune."""
    LokalomradeFactory(kommune=kommune, navn="Lillestrøm")
    indikator = lag(
        kommune,
        *(
            {"verdi": verdi, "slag": navn}
            for navn, verdi in (("Lillestrøm", 20), ("Strømmen", 10), ("Sørum", 8))
        ),
    )

    assert "skjult" not in vist(indikator).values()


@pytest.mark.parametrize(("teller", "sporringer"), [("hendelser", 0), ("personer", 2)])
def test_places_are_looked_up_once_and_only_for_a_name_in_doubt(
    kommune, teller, sporringer, django_assert_num_queries
):
    malinger = [
        {"verdi": 9 + nr, "slag": navn} for nr, navn in enumerate(["ute", *KANSKJE[:5]])
    ]
    indikator = lag(kommune, *malinger, teller=teller)
    vanlig = lag(kommune, {"verdi": 9, "slag": "ute"}, {"verdi": 7, "slag": "inne"})
    med_tall = type(indikator).objects.med_tall()
    indikator, vanlig = med_tall.get(pk=indikator.pk), med_tall.get(pk=vanlig.pk)

    with django_assert_num_queries(0):
        talltabell(vanlig, list(vanlig.malinger.all()))
    with django_assert_num_queries(sporringer):
        talltabell(indikator, list(indikator.malinger.all()))


# Of all are these in the parts, and of the parts one is the others together, once or more
# times over: by chance.
VED_SLUMP = [
    (32, [15, 10, 5]),
    (21, [5, 5, 10]),
    (62, [30, 15, 10, 5]),
    (74, [10, 5, 5, 20, 7, 6, 8, 11]),
    (79, [25, 9, 8, 8, 7, 6, 6, 6]),
]


@pytest.mark.parametrize(("alle", "deler"), VED_SLUMP)
@pytest.mark.parametrize("hva", ["steder", "lokalomrade", "trinn", "slag", "gruppe"])
def test_what_is_a_sum_by_chance_is_compared_as_a_part(kommune, hva, alle, deler):
    """With 32 of all, and 15, 10 and 5, there are 2 more; though 15 is 10 and 5."""
    omrade = LokalomradeFactory(kommune=kommune) if hva == "lokalomrade" else None
    hele = {
        "lokalomrade": {"lokalomrade": omrade},
        "trinn": {"trinn": "barneskole"},
    }.get(hva, {})
    if hva in {"slag", "gruppe"}:
        delene = [{hva: f"{hva} {nr}"} for nr in range(len(deler))]
    else:
        delene = [
            {
                "sted": StedFactory(
                    kommune=kommune, type="barneskole", lokalomrade=omrade
                )
            }
            for _ in deler
        ]
    indikator = lag(
        kommune,
        {"verdi": alle} | hele,
        *({"verdi": v} | del_ for v, del_ in zip(deler, delene, strict=True)),
    )

    tekster = list(vist(indikator).values())

    assert tekster.count("skjult") == 1
    assert tekster[0] == "skjult"


def test_what_may_be_a_total_is_compared_as_one_too(kommune):
    """30 may be all of them: then three of them are in no gender."""
    indikator = lag(
        kommune,
        *({"verdi": v, "slag": f"s{v}"} for v in (30, 20, 10)),
        {"verdi": 18, "kjonn": "gutter"},
        {"verdi": 9, "kjonn": "jenter"},
    )

    tekster = list(vist(indikator).values())

    assert tekster == ["30", "20", "10", "skjult", "skjult"]


def test_a_total_twice_over_and_its_parts_divided_twice(kommune):
    """30 is 27 and 3, and 18 and 12: whoever sees all but the 3 knows it."""
    indikator = lag(
        kommune,
        *({"verdi": v, "slag": f"s{v}"} for v in (30, 27, 3, 18, 12)),
    )

    assert vist(indikator) == {
        "s30": "30",
        **dict.fromkeys(["s27", "s3", "s18", "s12"], "skjult"),
    }


def test_what_is_a_sum_by_chance_is_shown_where_nobody_is_hidden(kommune):
    indikator = lag(
        kommune,
        {"verdi": 60},
        *({"verdi": v, "slag": f"s{v}"} for v in (10, 20, 30)),
    )

    assert "skjult" not in vist(indikator).values()


@pytest.mark.parametrize("navn", ["Alle skoler", "Skolene sett under ett"])
@pytest.mark.parametrize("type_", ["annet", "flere"])
def test_a_sted_may_be_all_of_them(kommune, navn, type_):
    alle = StedFactory(kommune=kommune, navn=navn, type=type_)
    a, b, c = StedFactory.create_batch(3, kommune=kommune)
    indikator = lag(
        kommune,
        {"verdi": 20, "sted": a},
        {"verdi": 8, "sted": b},
        {"verdi": 2, "sted": c},
        {"verdi": 30, "sted": alle},
    )

    skjult = {m for m, t in vist(indikator).items() if t == "skjult"}
    assert skjult == {navn, str(c)}


def test_a_sted_in_no_area_may_be_all_those_of_one(kommune):
    omrade = LokalomradeFactory(kommune=kommune)
    a, b = StedFactory.create_batch(2, kommune=kommune, lokalomrade=omrade)
    begge, annet = StedFactory.create_batch(2, kommune=kommune)
    indikator = lag(
        kommune,
        {"verdi": 27, "sted": a},
        {"verdi": 3, "sted": b},
        {"verdi": 30, "sted": begge},
        {"verdi": 41, "sted": annet},
    )

    skjult = {m for m, t in vist(indikator).items() if t == "skjult"}
    assert skjult == {str(b), str(begge)}


@pytest.mark.parametrize(
    ("deler", "summer"),
    [
        ((20, 10, 30), []),  # 30 is the sum of the others, and no part
        ((20, 11, 31), [31]),
        ((5, 10, 15), []),  # here by chance only
        ((20, 9), [29]),
    ],
)
def test_a_total_among_the_parts_is_not_counted_twice(kommune, deler, summer):
    indikator = lag(
        kommune,
        {"verdi": 30},
        *({"verdi": v, "slag": f"s{v}"} for v in deler),
        teller="hendelser",
    )

    tabell = talltabell(indikator, list(indikator.malinger.all()))

    assert [u.sum for u in tabell.uenigheter] == summer


def test_schools_leave_no_few_of_their_area(kommune):
    """20 in the area, 10 and 8 in two of its schools: 2 in the third."""
    omrade = LokalomradeFactory(kommune=kommune)
    a, b = StedFactory.create_batch(2, kommune=kommune, lokalomrade=omrade)
    indikator = lag(
        kommune,
        {"verdi": 20, "lokalomrade": omrade},
        {"verdi": 10, "sted": a},
        {"verdi": 8, "sted": b},
    )

    assert vist(indikator) == {str(omrade): "skjult", str(a): "10", str(b): "8"}


def test_schools_that_make_up_their_area_stand_beside_it(kommune):
    omrade = LokalomradeFactory(kommune=kommune)
    a, b = StedFactory.create_batch(2, kommune=kommune, lokalomrade=omrade)
    indikator = lag(
        kommune,
        {"verdi": 18},
        {"verdi": 18, "lokalomrade": omrade},
        {"verdi": 10, "sted": a},
        {"verdi": 8, "sted": b},
    )

    assert "skjult" not in vist(indikator).values()


def test_areas_and_schools_together_leave_no_few(kommune):
    """30, of which 20 in one area and 8 in a school of the other: 2 there besides."""
    her, der = LokalomradeFactory.create_batch(2, kommune=kommune)
    skole = StedFactory(kommune=kommune, lokalomrade=der)
    indikator = lag(
        kommune,
        {"verdi": 30},
        {"verdi": 20, "lokalomrade": her},
        {"verdi": 8, "sted": skole},
    )

    assert list(vist(indikator).values()).count("skjult") == 1


def test_several_steder_leave_no_few_of_their_areas(kommune):
    """33 in all of two areas with 20 and 15."""
    her, der = LokalomradeFactory.create_batch(2, kommune=kommune)
    begge = StedFactory(kommune=kommune, navn="Begge", type="flere")
    for omrade in (her, der):
        skole = StedFactory(kommune=kommune, lokalomrade=omrade)
        Stedsdel.objects.create(helhet=begge, sted=skole)
    indikator = lag(
        kommune,
        {"verdi": 20, "lokalomrade": her},
        {"verdi": 15, "lokalomrade": der},
        {"verdi": 33, "sted": begge},
    )

    assert vist(indikator) == {str(her): "20", str(der): "15", "Begge": "skjult"}


def test_schools_leave_no_few_of_their_skoleslag(kommune):
    skole = StedFactory(kommune=kommune, type="barneskole")
    indikator = lag(
        kommune,
        {"verdi": 22, "trinn": "barneskole"},
        {"verdi": 18, "trinn": "ungdomsskole"},
        {"verdi": 20, "sted": skole},
    )

    assert vist(indikator)[str(skole)] == "skjult"


def test_a_span_may_leave_a_few(kommune):
    indikator = lag(
        kommune,
        {"verdi": 30},
        {"verdi": 20, "kjonn": "gutter"},
        {"verdi": 5, "verdi_til": 9, "kjonn": "jenter"},
    )

    assert list(vist(indikator).values()).count("skjult") == 1


@pytest.mark.parametrize("ord_", HELHETER)
def test_the_whole_is_no_part_of_itself(kommune, ord_):
    indikator = lag(kommune)

    with pytest.raises(ValidationError, match="stå tomt"):
        MalingFactory.build(
            indikator=indikator, kilde=indikator.kilde, slag=ord_
        ).full_clean()


def test_a_sted_that_is_several_stays_so(kommune):
    begge = StedFactory(kommune=kommune, type="flere")
    Stedsdel.objects.create(helhet=begge, sted=StedFactory(kommune=kommune))
    begge.type = "annet"

    with pytest.raises(ValidationError, match="består av andre steder"):
        begge.full_clean()


@pytest.mark.parametrize(
    ("verdi", "ar", "vises"),
    [(3, 2020, False), (30, 2023, False), (30, 2020, True), (27, 2023, False)],
)
def test_the_baseline_is_a_total_like_others(kommune, verdi, ar, vises):
    indikator = lag(
        kommune, {"verdi": 27, "kjonn": "gutter"}, utgangspunkt=verdi, utgangsar=ar
    )
    tabell = talltabell(indikator, list(indikator.malinger.all()))

    assert (tabell.utgangspunkt is not None) == vises


@pytest.mark.parametrize(
    ("periode", "verdi", "vises"),
    [("flere_ar", 12, False), ("skolear", 12, False), ("skolear", 14, True)],
)
def test_the_baseline_tells_of_no_part_of_years_together(
    kommune, periode, verdi, vises
):
    """Of 14 in two years, 12 were in the one: the other had two."""
    sammen = {"arstall": 2019, "til_ar": 2020, "periode": periode, "verdi": 14}
    indikator = lag(kommune, sammen, utgangspunkt=verdi, utgangsar=2020)
    tabell = talltabell(indikator, list(indikator.malinger.all()))

    assert (tabell.utgangspunkt is not None) == vises


# The attack ---------------------------------------------------------------------------


def rader_i_celler(inndelinger):
    """Every way to state a table by some of its ways of dividing: {field: values}."""
    for antall in range(len(inndelinger) + 1):
        for navn in itertools.combinations(inndelinger, antall):
            for valg in itertools.product(*(inndelinger[n] for n in navn)):
                yield dict(zip(navn, valg, strict=True))


def entydige(alle, synlige):
    """The places among `alle` whose figure follows from the `synlige` by adding and
    subtracting, as all parts of a whole make it up.

    Every figure is a sum of cells: a figure follows if its row is a combination of the
    rows that are known. Exact elimination, with fractions.
    """
    celler = sorted({c for sum_ in (*alle, *synlige) for c in sum_})
    plass = {c: nr for nr, c in enumerate(celler)}

    def vektor(sum_):
        rad = [Fraction(0)] * len(celler)
        for c in sum_:
            rad[plass[c]] = Fraction(1)
        return rad

    basis = []
    for sum_ in synlige:
        rad = _rest(vektor(sum_), basis)
        if (forste := next((nr for nr, v in enumerate(rad) if v), None)) is not None:
            basis.append((forste, [v / rad[forste] for v in rad]))
    return [sum_ for sum_ in alle if not any(_rest(vektor(sum_), basis))]


def _rest(rad, basis):
    for nr, annen in basis:
        if rad[nr]:
            faktor = rad[nr]
            rad = [v - faktor * w for v, w in zip(rad, annen, strict=True)]
    return rad


INNDELINGER = {
    "kjonn": ["gutter", "jenter"],
    "trinn": ["barneskole", "ungdomsskole", "videregaende"],
    "slag": ["ute", "inne"],
}


@pytest.mark.parametrize("frø", range(25))
def test_no_hidden_figure_follows_from_those_that_are_shown(kommune, frø):
    """Random tables of three ways to divide, with random margins, told in part: by sums
    and differences of all that is shown, no figure of one to four persons comes out."""
    terning = random.Random(frø)  # noqa: S311
    navn = list(INNDELINGER)
    celler = {
        celle: terning.choice([0, 2, 3, 7, 20])
        for celle in itertools.product(*INNDELINGER.values())
    }
    malinger = [f for f in rader_i_celler(INNDELINGER) if terning.random() < 0.7]
    indikator = IndikatorFactory(kommune=kommune, teller=PERSONER)
    innhold = {}
    for deler in malinger:
        dekker = frozenset(
            c
            for c in celler
            if all(deler.get(n, v) == v for n, v in zip(navn, c, strict=True))
        )
        verdi = sum(celler[c] for c in dekker)
        maling = MalingFactory(indikator=indikator, verdi=verdi, **deler)
        innhold[maling.pk] = (dekker, verdi)

    tallene = tall(indikator, Maling.objects.filter(indikator=indikator))

    synlige = [innhold[t.maling.pk][0] for t in tallene if not t.skjult]
    sma = [dekker for dekker, verdi in innhold.values() if 0 < verdi < 5]
    # There is something to hide, and not all is hidden.
    assert sma
    assert synlige
    assert entydige(sma, synlige) == []
    assert len(tallene) == len(malinger)


def test_the_attacker_would_find_what_is_hidden_badly():
    """The attack itself works: a total and all but one of its parts give the last."""
    a, b, begge = frozenset("a"), frozenset("b"), frozenset("ab")

    assert entydige([a, b, begge], [begge, a]) == [a, b, begge]
    assert entydige([a, b, begge], [begge]) == [begge]


# Every door ---------------------------------------------------------------------------


def tekst_i(html):
    """What a page says, also in attributes and drawings."""
    return re.sub(r"\s+", " ", html.split("<main", 1)[1])


@pytest.fixture
def hemmelig(kommune):
    """71 known, 3 to be hidden, and what gives it away: 74 and the other parts."""
    omrade = LokalomradeFactory(kommune=kommune)
    return lag(
        kommune,
        {"verdi": 4074},
        {"verdi": 4071, "kjonn": "gutter"},
        {"verdi": 3, "kjonn": "jenter"},
        {"verdi": 4068, "trinn": "ungdomsskole"},
        {"verdi": 4072, "lokalomrade": omrade},
        navn="Unge i oppfølging",
    )


def alle_dorer(indikator):
    args = [indikator.kommune.slug]
    en = [*args, indikator.slug]
    return {
        "side": indikator.get_absolute_url(),
        "liste": reverse("evaluering:indikator_list", args=args),
        "kunnskap": reverse("evaluering:kunnskap", args=args),
        "csv": reverse("evaluering:tall_csv", args=args),
        "xlsx": reverse("evaluering:tall_xlsx", args=args),
        "en csv": reverse("evaluering:indikator_csv", args=en),
        "en xlsx": reverse("evaluering:indikator_xlsx", args=en),
    }


def verdier(svar):
    """All numbers that an answer holds."""
    slag = svar["Content-Type"]
    if "spreadsheet" in slag:
        ark = load_workbook(BytesIO(svar.content)).active
        ord_ = [str(c) for rad in ark.iter_rows(values_only=True) for c in rad]
    elif slag.startswith("text/csv"):
        tekst = svar.content.decode("utf-8-sig")
        ord_ = [c for rad in csv.reader(StringIO(tekst), delimiter=";") for c in rad]
    else:
        ord_ = re.findall(r"[0-9  ]+", svar.content.decode().split("<main", 1)[1])
    return {re.sub(r"\s", "", o) for o in ord_}


@pytest.mark.parametrize("hvem", ["client", "koordinator"])
def test_no_door_tells_more_than_one_way_of_dividing(hemmelig, hvem, request):
    klient = request.getfixturevalue(hvem)
    funnet = defaultdict(set)
    for dor, url in alle_dorer(hemmelig).items():
        svar = klient.get(url)
        assert svar.status_code == 200
        funnet[dor] = {"4074", "4071", "3", "4068", "4072"} & verdier(svar)

    sett = set().union(*(f - {"3"} for f in funnet.values()))
    assert len(sett) == 1
    assert all("3" not in funnet[d] for d in ("csv", "xlsx", "en csv", "en xlsx"))


def test_the_chart_draws_nothing_hidden(kommune, client):
    indikator = lag(
        kommune,
        *({"verdi": 20 + nr, "slag": f"Slag {nr}"} for nr in range(3)),
        {"verdi": 2, "slag": "Sjelden"},
    )

    side = client.get(indikator.get_absolute_url()).content.decode()
    svg = re.search(
        r"<svg class=\"diagram\".*?</svg>|<svg[^>]*diagram.*?</svg>", side, re.S
    )

    assert "Slag 0 20" in svg[0]
    assert "Sjelden" not in svg[0]
    assert "Sjelden" in side  # in the table: hidden, and said so
