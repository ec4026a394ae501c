"""Which tests `./dev test` runs: a sample of each file, so that it takes minutes and still
looks into most corners. All of them are for `./dev test --alt`, those too that go over
everything (ALT in tests/conftest.py); and a file that is named is run whole."""

from collections import defaultdict
from types import SimpleNamespace

# Whether all is run; tests/conftest.py says so before a test is read.
VALG = SimpleNamespace(alt=True)

# Run whole each time: the conventions of the code, which any change may break.
ALLTID = {"test_konsistens.py", "test_nynorsk.py", "test_stikkprover.py"}

# One of so many tests of a file is run.
PA_SQLITE = 20
# What several do at once, and what is marked, is answered otherwise there; of the rest
# SQLite has been asked.
PA_POSTGRES = 30
PA_POSTGRES_OGSA = 160
I_NETTLESER = 24


def eksempler(alle):
    """How many examples a test that makes them up is given."""
    return alle if VALG.alt else alle // 4


def utenfor_stikkproven(items, hver, forskyvning=0):
    """Those of the tests that a sample leaves out: of each file, every `hver`th is in it.

    Args:
        hver: a function that says of a test one of how many it is.
        forskyvning: shifts the sample: two runs with other ones look at other tests.
    """
    filer = defaultdict(list)
    for item in items:
        if item.path.name not in ALLTID:
            filer[item.path, hver(item)].append(item)
    for (_fil, antall), tester in filer.items():
        forste = forskyvning % min(antall, len(tester))
        for nr, item in enumerate(tester):
            if nr % antall != forste:
                yield item
