"""Many who send slowly, or begin and say no more, while others read."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings

from tests.feil.mengde import mengde

# The cookie makes the site look for the token in what is sent, and so wait for it.
HODE = (
    b"POST /konto/logg-inn/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Cookie: csrftoken=abcdefghijklmnopqrstuvwxyzABCDEF\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n"
)
SLAG = {"half a body": HODE + b"username=a", "half a head": HODE[:40], "nothing": b""}


@pytest.fixture
def server(tmp_path):
    with i_drift(tmp_path) as prosess:
        yield prosess


@contextmanager
def i_drift(mappe, *valg):
    """The site as in production, with an empty database; its `base` is the address."""
    miljo = os.environ | {
        "DEBUG": "0",
        "HTTPS": "0",
        "SECRET_KEY": "prøve",
        "DATABASE_URL": f"sqlite:///{mappe / 'db.sqlite3'}",
        "STATIC_ROOT": str(mappe),
    }
    manage = [sys.executable, settings.BASE_DIR / "manage.py"]
    prosess = subprocess.Popen(
        [*manage, "serve", "--port", "0", *valg],
        env=miljo,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        prosess.base = re.search(r"http://\S+(?=/)", prosess.stdout.readline())[0]
        yield prosess
    finally:
        with suppress(ProcessLookupError):  # with its processes, should they be left
            os.killpg(prosess.pid, signal.SIGKILL)
        prosess.communicate()


def barn_av(prosess):
    sti = Path(f"/proc/{prosess.pid}/task/{prosess.pid}/children")
    return [int(pid) for pid in sti.read_text().split()]


def lever(pid):
    """Whether there is such a process; the dead whom nobody waits for do not count."""
    with suppress(FileNotFoundError):
        return (
            Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        )
    return False


def vent_til_borte(*pider):
    slutt = time.monotonic() + 20
    while any(map(lever, pider)):
        assert time.monotonic() < slutt, "they are still there"
        time.sleep(0.02)


def les(prosess):
    with urlopen(f"{prosess.base}/robots.txt", timeout=20) as svar:  # noqa: S310
        return svar.status


@contextmanager
def trege(prosess, antall, sendt):
    vert, port = prosess.base.removeprefix("http://").split(":")
    apne = []
    try:
        for _nr in range(antall):
            apne.append(socket.create_connection((vert, int(port)), timeout=20))
            apne[-1].sendall(sendt)
            time.sleep(0.005)
        yield apne
    finally:
        for forbindelse in apne:
            forbindelse.close()


@pytest.mark.parametrize("slag", SLAG)
def test_slow_senders_keep_nobody_from_reading(slag, server, tell):
    antall, lest = mengde(500, 30), 0
    with trege(server, antall, SLAG[slag]) as apne:
        slutt = time.monotonic() + mengde(50, 0.5)
        while time.monotonic() < slutt:
            assert les(server) == 200
            lest += 1
            time.sleep(0.02)
        # They are still there: nobody was read for because they had gone.
        for forbindelse in apne:
            forbindelse.setblocking(False)
            with pytest.raises(BlockingIOError):
                forbindelse.recv(1)
    assert les(server) == 200
    tell(f"{antall} slow senders ({slag})", lest)


def test_told_to_stop_it_ends_with_all_its_processes(server):
    barn = barn_av(server)
    assert les(server) == 200
    assert len(barn) == 2

    server.terminate()

    assert server.wait(20) == 0
    vent_til_borte(*barn)


def test_a_process_that_is_killed_takes_all_along(server):
    """What watches over services starts them anew; half a site would go unnoticed."""
    barn = barn_av(server)

    os.kill(barn[0], signal.SIGKILL)

    assert server.wait(20) != 0
    vent_til_borte(*barn)


def test_none_is_left_when_the_first_is_killed(server):
    barn = barn_av(server)
    assert les(server) == 200

    server.kill()

    vent_til_borte(*barn)


def test_what_is_too_long_is_refused_before_it_is_sent(server):
    vert, port = server.base.removeprefix("http://").split(":")
    with socket.create_connection((vert, int(port)), timeout=20) as forbindelse:
        forbindelse.sendall(HODE.replace(b": 1000", b": 30000000"))
        assert forbindelse.recv(100).startswith(b"HTTP/1.1 413 ")


def test_head_is_answered_without_the_words(server):
    """They would be read as the beginning of the next answer on the connection."""
    vert, port = server.base.removeprefix("http://").split(":")
    with socket.create_connection((vert, int(port)), timeout=20) as kobling:
        kobling.sendall(
            f"HEAD /robots.txt HTTP/1.1\r\nHost: {vert}\r\nConnection: close\r\n\r\n".encode()
        )
        svar = b"".join(iter(lambda: kobling.recv(65536), b""))

    hode, _skille, kropp = svar.partition(b"\r\n\r\n")
    assert hode.startswith(b"HTTP/1.1 200 ")
    assert re.search(rb"(?i)content-length: [1-9]", hode)
    assert kropp == b""
