"""A real server for benches: as in production over a database file, on the loopback.

Also the urls it runs with: those of the project, and the bare views that the pages are
measured against.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path

from slt.urls import handler404
from slt.urls import urlpatterns as prosjektets

__all__ = ["handler404", "urlpatterns"]

# Bytes to answer with, left here by the bench, by name.
MAPPE = Path(os.environ.get("BENCH_MAPPE", "/nonexistent"))
_lest = {}


@login_not_required
def bar(request, navn):
    """The same bytes without any work: what the middleware costs."""
    if navn not in _lest:
        _lest[navn] = (MAPPE / f"{navn}.html").read_bytes()
    return HttpResponse(_lest[navn])


urlpatterns = [path("_bar/<slug:navn>/", bar), *prosjektets]


@contextmanager
def tjener(mappe, **miljo):
    """Runs the project as in production; gives its base address. `mappe` has the database
    db.sqlite3 and the files for the bare views."""
    with socket.create_server(("127.0.0.1", 0)) as ledig:
        port = ledig.getsockname()[1]
    prosess = subprocess.Popen(
        [sys.executable, "-m", "tests.ytelse._serve", str(port)],
        stdout=subprocess.DEVNULL,
        env=os.environ
        | {
            "DEBUG": "0",
            "HTTPS": "0",
            "SECRET_KEY": "bench",
            "DATABASE_URL": f"sqlite:///{mappe / 'db.sqlite3'}",
            "STATIC_ROOT": str(mappe / "statiske"),
            "BENCH_MAPPE": str(mappe),
        }
        | miljo,
        start_new_session=True,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        _vent(f"{base}/healthz")
        yield base
    finally:
        _avslutt(prosess)


def _avslutt(prosess):
    prosess.terminate()
    try:
        prosess.wait(10)
    except subprocess.TimeoutExpired:
        # With its workers, and what they have set to draw.
        os.killpg(prosess.pid, signal.SIGKILL)
        prosess.wait()


def _vent(adresse):
    for _forsok in range(100):
        try:
            urlopen(adresse, timeout=5).close()  # noqa: S310
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def per_sekund(adresse, forbindelser, sekunder=2):
    """Requests a second that wrk gets answered with success, bounded in time."""
    if not shutil.which("wrk"):
        raise RuntimeError("this bench needs wrk: apt-get install wrk")
    ut = subprocess.run(
        ["wrk", "-t1", f"-c{forbindelser}", f"-d{sekunder}s", adresse],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if "Non-2xx" in ut:
        raise RuntimeError(f"errors from {adresse}:\n{ut}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", ut)[1])
