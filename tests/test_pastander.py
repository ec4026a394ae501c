"""Which tests are found to check nothing for certain, and which are not."""

import pytest

from tests.pastander import uten_pastand


@pytest.mark.parametrize(
    "test",
    [
        "for rad in rader: assert rad",
        "for a in (1, 2):\n  for b in rader: assert b",
        "if rader: assert rader[0] == 1",
        "if rader: assert rader[0] == 1\n else: print(rader)",
        "while rader: assert rader.pop()",
        "assert all(rad for rad in rader)",
        "assert all(rad for rad in (1, 2) if rad.synlig)",
        "assert not any(map(finn, rader))",
        "assert [rad for rad in rader if rad.feil] == []",
        "assert not {rad for rad in rader if rad.feil}",
        "vis(rader)",
        "hjelp(rader)",
        "rader = KJENTE\n rader = finn()\n for rad in rader: assert rad",
        "for KJENTE in rader: assert KJENTE",
        "get(rader)",
    ],
)
def test_what_says_nothing_of_no_rows_is_seen(test):
    hjelp = "KJENTE = [1]\ndef hjelp(rader):\n for rad in rader: assert rad\n"

    assert uten_pastand(f"{hjelp}def test_x(rader):\n {test}") == [(4, "test_x")]


@pytest.mark.parametrize(
    "test",
    [
        "assert rader == []",
        "for rad in rader: assert rad\n assert rader",
        "for rad in (1, 2): assert rad",
        "for nr, rad in enumerate([*rader, 1]): assert rad",
        "for nr in range(3): assert nr in rader",
        "for rad in KJENTE: assert rad in rader",
        "navn = {1: 2}\n for a, b in navn.items(): assert rader[a] == b",
        "if rader: assert rader[0] == 1\n else: assert rader == []",
        "assert all(rad in rader for rad in KJENTE)",
        "assert [rad for rad in KJENTE if rad not in rader] == []",
        "with pytest.raises(KeyError): rader[1]",
        "for rad in KJENTE:\n  with pytest.raises(KeyError): rader[rad]",
        "with django_assert_num_queries(1): list(rader)",
        "expect(rader).to_be_visible()",
        "try: rader()\n finally: assert rader.ferdig",
        "svar = hjelp(rader)",
    ],
)
def test_what_says_something_whatever_rows_there_are_passes(test):
    hjelp = "KJENTE = [1]\ndef hjelp(rader):\n assert rader\n return rader\n"

    assert uten_pastand(f"{hjelp}def test_x(rader):\n {test}") == []
