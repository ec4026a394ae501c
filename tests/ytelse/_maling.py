"""The rows of the table, timing two things in turns, memory, and which database is
measured."""

import re
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

from slt.grunn.avgrenset import ROT


@dataclass(frozen=True)
class Rad:
    """One row: what was measured, in `enhet` ("x" is a ratio), and what is wanted."""

    navn: str
    verdi: float
    enhet: str = "x"
    minst: float | None = None
    hoyst: float | None = None

    @property
    def holder(self):
        """Whether it is as wanted."""
        return (self.minst is None or self.verdi >= self.minst) and (
            self.hoyst is None or self.verdi <= self.hoyst
        )

    def __str__(self):
        onsket = ""
        if self.minst is not None:
            onsket = f">= {self.minst:g}"
        if self.hoyst is not None:
            onsket = f"<= {self.hoyst:g}"
        return (
            f"{self.navn:64} {self.verdi:8.2f} {self.enhet:2} {onsket}"
            f"{'' if self.holder else '   NOT HELD'}"
        )


def i_tur(*funksjoner, ganger=15):
    """Returns the median seconds of each function; run in turns, so that what else the
    machine does meets them alike."""
    tider = [[] for _ in funksjoner]
    for _ in range(ganger):
        for funksjon, egne in zip(funksjoner, tider, strict=True):
            start = time.perf_counter()
            funksjon()
            egne.append(time.perf_counter() - start)
    return [statistics.median(egne) for egne in tider]


def topp_megabyte(funksjon, innhold):
    """The most memory that a process of its own takes for a function ("module:name") that
    yields parts of what it makes of some bytes."""
    modul, _kolon, navn = funksjon.partition(":")
    kode = (
        # Not by wait4: there, a process begins with the peak of who started it.
        f"import sys; from {modul} import {navn};"
        f"sum(map(len, {navn}(sys.stdin.buffer.read())));"
        "print(open('/proc/self/status').read())"
    )
    svar = subprocess.run(
        [sys.executable, "-c", kode],
        input=innhold,
        capture_output=True,
        cwd=ROT,
        check=True,
    )
    return int(re.search(rb"VmHWM:\s+(\d+)", svar.stdout)[1]) / 1000


def paa(*databaser):
    """Decorator of a bench: the databases that it measures; without it, SQLite."""

    def merk(bench):
        bench.databaser = databaser
        return bench

    return merk
