"""How long things take: python -m tests.ytelse [WORDS IN THE NAME...]

A bench is a function `bench_…()` in a module of this folder that does once what is to be
measured; its docstring's first line names it. It runs in an empty test database, after
its module's `setup()` where there is one.
"""

import importlib
import os
import pkgutil
import statistics
import sys
import time
from pathlib import Path

import django
from django.test.utils import (
    setup_databases,
    setup_test_environment,
    teardown_databases,
)

RUNS = 5


def main(words):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slt.settings")
    django.setup()
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        write(f"{'':50} {'median ms':>10} {'slowest':>10}")
        for module in pkgutil.iter_modules([Path(__file__).parent]):
            if not module.name.startswith("_"):
                bench(importlib.import_module(f"tests.ytelse.{module.name}"), words)
    finally:
        teardown_databases(databases, verbosity=0)


def bench(module, words):
    functions = [
        function
        for name, function in vars(module).items()
        if name.startswith("bench_") and all(word in name for word in words)
    ]
    if functions and hasattr(module, "setup"):
        module.setup()
    for function in functions:
        name = (function.__doc__ or function.__name__).splitlines()[0]
        times = [measure(function) for _ in range(RUNS)]
        write(f"{name:50} {statistics.median(times):10.1f} {max(times):10.1f}")


def measure(function):
    """Returns the milliseconds that one call takes."""
    start = time.perf_counter()
    function()
    return (time.perf_counter() - start) * 1000


def write(line):
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
