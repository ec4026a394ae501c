"""How long things take: python -m tests.ytelse [WORDS IN THE NAME...]

A bench is a function `bench_…()` in a module of this folder; it measures two things
against each other in one run, because these machines are noisy, and yields rows. It runs
in an empty test database, after its module's `setup()` where there is one; what they put
there is gone afterwards. A bench that fails stops no other, and the exit status tells.
"""

import importlib
import os
import pkgutil
import signal
import sys
import traceback
import warnings
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

import django
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import (
    setup_databases,
    setup_test_environment,
    teardown_databases,
)

# Nothing was collected for this process, and none of its benches asks for a file.
UNCOLLECTED = "django.contrib.staticfiles.storage.StaticFilesStorage"


def main(words):
    # Ends like an error would, so that no server and no folder is left.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slt.settings")
    warnings.filterwarnings("ignore", "No directory at", UserWarning)
    django.setup()
    named = benches(words)
    if not named:
        sys.exit(f"No bench has this in its name: {' '.join(words)}")
    if not (here := [bench for bench in named if is_for_this_database(bench)]):
        return
    setup_test_environment()
    settings.STORAGES["staticfiles"]["BACKEND"] = UNCOLLECTED
    databases = setup_databases(verbosity=0, interactive=False)
    write(f"{'':64} {'measured':>10}  wanted")
    failed, not_held = [], []
    try:
        for module, of_module in groupby(here, key=lambda bench: bench.__module__):
            run(sys.modules[module], of_module, failed, not_held)
    finally:
        teardown_databases(databases, verbosity=0)
    write(f"not held: {'; '.join(not_held) or 'none'}")
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


def benches(words):
    """Those that have all the words in their names, module by module."""
    modules = [
        importlib.import_module(f"tests.ytelse.{module.name}")
        for module in pkgutil.iter_modules([Path(__file__).parent])
        if not module.name.startswith("_")
    ]
    return [
        function
        for module in modules
        for name, function in vars(module).items()
        if name.startswith("bench_") and all(word in name for word in words)
    ]


def is_for_this_database(bench):
    return connection.vendor in getattr(bench, "databaser", ["sqlite"])


def run(module, benches, failed, not_held):
    """Adds the names of the benches that fail to `failed`, and of the rows that are not
    as wanted to `not_held`."""
    with noting_failure(failed, f"{module.__name__}.setup"), leaving_nothing():
        if hasattr(module, "setup"):
            module.setup()
        for bench in benches:
            with noting_failure(failed, bench.__name__), leaving_nothing():
                for row in bench():
                    write(str(row))
                    if not row.holder:
                        not_held.append(row.navn.strip())


@contextmanager
def leaving_nothing():
    """Takes back what happens to the database meanwhile, and empties the cache."""
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        cache.clear()


@contextmanager
def noting_failure(failed, name):
    try:
        yield
    except Exception:
        traceback.print_exc()
        failed.append(name)


def write(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
