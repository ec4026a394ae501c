"""Work in a process of its own keeps within what it was given, and leaves nothing behind."""

import os
import subprocess
import threading
import time
import tracemalloc

import pytest

from slt.grunn.avgrenset import Budsjett, ForStort, ForTregt, Mislyktes, kjor

RIKELIG = Budsjett(sekunder=60, prosessor=60, megabyte=300, svar=1)
HER = "tests.slt.test_avgrenset:"


# What runs in the process -------------------------------------------------------------


def gjenta(innhold, ganger):
    for _gang in range(int(ganger)):
        yield innhold


def regn(_innhold):
    while True:
        pass
    yield b""


def sov(innhold):
    """With a process of its own that would outlive it."""
    barn = subprocess.Popen(["sleep", "600"])
    with open(innhold.decode(), "w") as fil:
        fil.write(str(barn.pid))
    time.sleep(600)
    yield b""


def fyll(_innhold):
    yield str(len(bytearray(400_000_000))).encode()


def feil(_innhold):
    raise ZeroDivisionError("grunnen")
    yield b""


def miljo(_innhold):
    yield "\n".join(os.environ).encode()


# ---------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def prosesser(monkeypatch):
    """The processes that were started; each has ended and was waited for."""
    startet, popen = [], subprocess.Popen

    def start(*args, **kwargs):
        startet.append(popen(*args, **kwargs))
        return startet[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    yield startet
    assert [p.pid for p in startet if p.returncode is None] == []
    assert [p.pid for p in startet if finnes(p.pid)] == []


def finnes(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(
        f"/proc/{pid}/stat"
    ) as fil:  # the dead whom nobody waits for do not count
        return fil.read().rpartition(")")[2].split()[0] != "Z"


def test_the_answer_is_what_the_function_yields():
    assert kjor(HER + "gjenta", "æ".encode(), RIKELIG, "3") == "æææ".encode()


def test_who_takes_too_much_of_the_processor_is_ended():
    with pytest.raises(ForTregt):
        kjor(HER + "regn", b"", Budsjett(sekunder=60, prosessor=1, megabyte=300))


def test_who_takes_too_long_is_ended_with_all_that_it_started(tmp_path):
    fil = tmp_path / "pid"

    with pytest.raises(ForTregt):
        kjor(
            HER + "sov",
            os.fsencode(fil),
            Budsjett(sekunder=4, prosessor=60, megabyte=300),
        )

    barn, slutt = int(fil.read_text()), time.monotonic() + 10
    while finnes(barn):
        assert time.monotonic() < slutt, "it is still there"
        time.sleep(0.01)


def test_who_takes_too_much_memory_is_refused():
    with pytest.raises(ForStort):
        kjor(HER + "fyll", b"", RIKELIG)
    plass = Budsjett(sekunder=60, prosessor=60, megabyte=900, svar=1)
    assert kjor(HER + "fyll", b"", plass) == b"400000000"


def test_an_answer_too_long_is_refused_and_never_held_here():
    tracemalloc.start()
    try:
        with pytest.raises(ForStort):
            kjor(HER + "gjenta", b"x" * 100_000, RIKELIG, "1000000")
        _na, topp = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert topp < 5_000_000
    assert len(kjor(HER + "gjenta", b"x" * 100_000, RIKELIG, "10")) == 1_000_000


def test_what_goes_wrong_says_why():
    with pytest.raises(Mislyktes) as fanget:
        kjor(HER + "feil", b"", RIKELIG)

    assert fanget.value.status == 1
    assert b"grunnen" in fanget.value.sagt


def test_two_at_once():
    svar = {}

    def send(navn):
        svar[navn] = kjor(HER + "gjenta", navn.encode(), RIKELIG, "2")

    trader = [threading.Thread(target=send, args=(navn,)) for navn in "ab"]
    for trad in trader:
        trad.start()
    for trad in trader:
        trad.join()

    assert svar == {"a": b"aa", "b": b"bb"}
