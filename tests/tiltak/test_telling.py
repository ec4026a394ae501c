"""What a text says of how many tiltak and innsatsområder there are."""

from time import perf_counter

import pytest

from tiltak.telling import ENERE, ETT, TIERE, TIL_TJUE, tallet, utsagn


def test_number_words_up_to_some_hundreds():
    enere = {n: ord_ for ord_, n in (ENERE | ETT).items()}
    for tier, ti in TIERE.items():
        assert tallet(tier) == ti
        for n, ener in enere.items():
            skrevet = {f"{tier}{ener}", f"{tier}-{ener}", f"{ener}og{tier}"}
            skrevet.add(f"{ener} og {tier}")
            assert {tallet(ord_) for ord_ in skrevet} == {ti + n}
            assert tallet(f"to hundre og {tier}{ener}") == 200 + ti + n
            assert tallet(f"hundreog{tier}{ener}") == 100 + ti + n
    for ord_, n in TIL_TJUE.items():
        assert (tallet(ord_), tallet(f"tre hundre og {ord_}")) == (n, 300 + n)
    assert [tallet(o) for o in ("hundre", "etthundre", "48")] == [100, 100, 48]


@pytest.mark.parametrize(
    ("tekst", "funnet"),
    [
        ("Planen har 47 tiltak.", [("47 tiltak", 47)]),
        ("Planen består av førtisju tiltak.", [("førtisju tiltak", 47)]),
        ("Planen har tjueåtte\u00a0tiltak.", [("tjueåtte tiltak", 28)]),
        ("Syvogførti ulike tiltak", [("Syvogførti ulike tiltak", 47)]),
        ("Alle dei 45 tiltaka er i gang.", [("45 tiltaka", 45)]),
        ("De 45 tiltakene i planen er i gang.", [("45 tiltakene", 45)]),
        ("47 SLT-tiltak", [("47 SLT-tiltak", 47)]),
        ("Hundre og fem tiltak", [("Hundre og fem tiltak", 105)]),
        ("fire innsatsområder", [("fire innsatsområder", 4)]),
        ("fire innsatsområde", [("fire innsatsområde", 4)]),
        ("alle tre innsatsområda", [("tre innsatsområda", 3)]),
        (
            "Planen har tre innsatsområder: Vold (10 tiltak) og rus (12 tiltak).",
            [("tre innsatsområder", 3), ("10 tiltak", 10), ("12 tiltak", 12)],
        ),
        (
            "Planen har førtisju tiltak i fem innsatsområder.",
            [("førtisju tiltak", 47), ("fem innsatsområder", 5)],
        ),
        # No count of all.
        ("I 2025 tiltak for tiltak.", []),
        ("Et tiltak er noe vi gjør. Eitt tiltak er nok.", []),
        ("De to tiltakene henger sammen.", []),
        ("Av de 45 tiltakene er åtte nye.", []),
        ("Åtte nye tiltak", []),
        ("Den forrige planen hadde 38 tiltak.", []),
        ("Den førre planen hadde førti tiltak.", []),
        ("Vi tenker på 40–50 tiltak.", []),
        ("Vi tenker på 40 til 50 tiltak.", []),
        ("Rundt 40 tiltak", []),
        ("Se punkt 4 Tiltak.", []),
        ("Tallet 2,5 tiltak er tull.", []),
        ("Hvert område har to tiltak hver.", []),
        ("Det er fem tiltak i hvert innsatsområde.", []),
        ("Det er 47 tiltakspunkter og 47 tiltak-kort.", []),
        ("Tiltak 21 gjelder fra uke 40.", []),
        ("Tiltakene er mange.", []),
    ],
)
def test_counts_in_texts(tekst, funnet):
    assert [(u.sagt, u.tall) for u in utsagn(tekst)] == funnet


@pytest.mark.parametrize(
    ("tekst", "antall", "andre", "feil"),
    [
        ("45 tiltak", 47, (), True),
        ("47 tiltak", 47, (), False),
        ("48 tiltak", 47, (), True),
        ("28 tiltak", 47, {28, 10}, False),
        ("28 tiltak", 47, (), True),
        # Some of them.
        ("To tiltak retter seg mot foreldre", 47, (), False),
        ("Over 40 tiltak", 47, (), False),
        ("Mer enn førti tiltak", 47, (), False),
        ("Minst 50 tiltak", 47, (), True),
        ("47 tiltak", 0, (), True),
    ],
)
def test_when_it_is_another_count(tekst, antall, andre, feil):
    [sagt] = utsagn(tekst)

    assert sagt.er_feil(antall, andre) is feil


@pytest.mark.parametrize("ordene", ["47 tiltak ", "alle de 45 tiltakene i ", "to og "])
def test_a_text_of_one_long_sentence_is_read_at_once(ordene):
    """It took minutes while all that stood before each count was read anew."""
    start = perf_counter()

    antall = sum(1 for _sagt in utsagn(ordene * (200_000 // len(ordene))))

    assert perf_counter() - start < 10
    assert antall in {20_000, 8_695, 0}
