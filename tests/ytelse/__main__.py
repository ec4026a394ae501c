"""How long things take: python -m tests.ytelse [WORDS IN THE NAME...]

A bench is a function `bench_…()` in a module of this folder; it measures two things
against each other in one run, because these machines are noisy, and returns rows. It
runs in an empty test database, after its module's `setup()` where there is one.
"""

import importlib
import os
import pkgutil
import sys
from pathlib import Path

import django
from django.test.utils import (
    setup_databases,
    setup_test_environment,
    teardown_databases,
)


def main(words):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slt.settings")
    django.setup()
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        write(f"{'':64} {'measured':>10}  wanted")
        for module in pkgutil.iter_modules([Path(__file__).parent]):
            if not module.name.startswith("_"):
                run(importlib.import_module(f"tests.ytelse.{module.name}"), words)
    finally:
        teardown_databases(databases, verbosity=0)


def run(module, words):
    functions = [
        function
        for name, function in vars(module).items()
        if name.startswith("bench_") and all(word in name for word in words)
    ]
    if functions and hasattr(module, "setup"):
        module.setup()
    for function in functions:
        for row in function():
            write(str(row))


def write(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
