"""What is said to be a sample is one, and leaves out nothing for good."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.stikkprover import STIKKPROVER, utenfor_stikkproven

ROT = Path(__file__).parent
EN_FIL = "slt/test_dager.py"
[EN_TEST, HVER] = next(iter(STIKKPROVER[EN_FIL].items()))


@pytest.mark.parametrize("fil", STIKKPROVER)
def test_each_of_them_is_a_test_of_many(fil):
    tekst = (ROT / fil).read_text("utf-8")

    borte = [navn for navn in STIKKPROVER[fil] if not _er_test_av_mange(navn, tekst)]

    assert borte == []


def _er_test_av_mange(navn, tekst):
    """Whether the file has a test of this name, with a decorator above."""
    return re.search(rf"^(@.*|\)|\]\))\ndef {navn}\(", tekst, re.MULTILINE)


def mange(antall, navn=EN_TEST, fil=EN_FIL):
    return [SimpleNamespace(path=ROT / fil, originalname=navn) for _nr in range(antall)]


def kjores(alle, **valg):
    utenfor = [id(item) for item in utenfor_stikkproven(alle, ROT, **valg)]
    return [nr for nr, item in enumerate(alle) if id(item) not in utenfor]


def test_every_nth_is_run():
    assert kjores(mange(2 * HVER + 1)) == [0, HVER, 2 * HVER]


def test_the_other_run_looks_at_others():
    assert kjores(mange(2 * HVER + 1), forskyvning=1) == [1, HVER + 1]


@pytest.mark.parametrize("forskyvning", [0, 1])
def test_of_few_one_is_run(forskyvning):
    assert len(kjores(mange(1), forskyvning=forskyvning)) == 1


def test_what_is_not_named_is_run():
    andre = mange(3, navn="test_of_another_name") + mange(3, fil="slt/test_konto.py")

    assert len(kjores(andre)) == len(andre)
