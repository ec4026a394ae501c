"""A sample of the tests is one of each file, and leaves out nothing for good."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.stikkprover import ALLTID, utenfor_stikkproven

ROT = Path(__file__).parent


def mange(antall, fil="slt/test_dager.py"):
    return [SimpleNamespace(path=ROT / fil) for _nr in range(antall)]


def kjores(alle, hver=3, **valg):
    utenfor = [id(item) for item in utenfor_stikkproven(alle, lambda _: hver, **valg)]
    return [nr for nr, item in enumerate(alle) if id(item) not in utenfor]


def test_every_nth_is_run():
    assert kjores(mange(7)) == [0, 3, 6]


def test_the_other_run_looks_at_others():
    assert kjores(mange(7), forskyvning=1) == [1, 4]


@pytest.mark.parametrize("forskyvning", [0, 1])
def test_of_few_one_is_run(forskyvning):
    assert len(kjores(mange(1), forskyvning=forskyvning)) == 1


def test_each_file_has_its_own():
    assert kjores(mange(2) + mange(2, fil="slt/test_konto.py")) == [0, 2]


@pytest.mark.parametrize("fil", sorted(ALLTID))
def test_conventions_are_run_whole(fil):
    assert (ROT / fil).is_file()
    assert kjores(mange(4, fil=fil)) == [0, 1, 2, 3]
