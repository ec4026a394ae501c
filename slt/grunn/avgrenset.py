"""Work on what strangers send or write, in a process of its own that cannot take more
than it is given: seconds, processor time, memory, and length of the answer.

A short text can ask for any amount of work: a spreadsheet of 3 kB holds twenty minutes.
The server's own process cannot stop in the midst of it, and gives back no memory. The
process knows no secrets and has no database; it starts without Django.
"""

import os
import resource
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

ROT = Path(__file__).resolve().parents[2]

# How a process ends that was given too little memory, or has too long an answer.
FOR_STORT = 5
# Libraries in C end so when they are given no memory.
UTEN_MINNE = {FOR_STORT, -signal.SIGABRT, -signal.SIGTRAP, -signal.SIGSEGV}
MEGABYTE = 1_000_000


class Avgrenset(RuntimeError):  # noqa: N818
    """There is no answer.

    Attributes:
        status: how the process ended, as subprocess has it.
        sagt: the last of what it said, in bytes. May quote what it was given.
    """

    def __init__(self, status, sagt=b""):
        super().__init__(f"exit status {status}")
        self.status, self.sagt = status, sagt


class ForTregt(Avgrenset):
    """It took more time than it was given."""


class ForStort(Avgrenset):
    """It took more memory than it was given, or the answer was too long."""


class Mislyktes(Avgrenset):
    """It went wrong in some other way."""


@dataclass(frozen=True)
class Budsjett:
    """What a process may take.

    Attributes:
        sekunder: from start to end, however busy the machine is.
        prosessor: seconds of processor time.
        megabyte: of address space.
        svar: megabytes of answer.
    """

    sekunder: float
    prosessor: int
    megabyte: int
    svar: float = 0


def kjor(funksjon: str, innhold: bytes, budsjett: Budsjett, *valg: str) -> bytes:
    """Returns what a function yields, in one piece; it runs in a process of its own.

    Args:
        funksjon: "module:name". It takes the content and `valg`, and yields bytes.

    Raises:
        ForTregt, ForStort, Mislyktes: and no process is left.
    """
    grenser = (budsjett.prosessor, budsjett.megabyte, int(budsjett.svar * MEGABYTE))
    prosess = start(
        __name__, funksjon, *map(str, grenser), *valg, stdout=subprocess.PIPE
    )
    return folg(prosess, innhold, budsjett.sekunder)


def start(modul, *argumenter, stdout=subprocess.DEVNULL, miljo=None, pass_fds=()):
    """Returns a process that runs a module and waits for its content; see `folg`."""
    return subprocess.Popen(  # noqa: S603 (nothing of it comes from users)
        [sys.executable, "-m", modul, *argumenter],
        cwd=ROT,
        env=kjent_miljo() | (miljo or {}),
        stdin=subprocess.PIPE,
        stdout=stdout,
        stderr=subprocess.PIPE,
        pass_fds=pass_fds,
        # A group of its own: it ends with all that it started, and by itself when the
        # server restarts.
        start_new_session=True,
    )


def folg(prosess, innhold: bytes, sekunder: float) -> bytes:
    """Gives a process its content and returns what it writes; whatever happens, the
    process has ended then.

    Raises:
        ForTregt, ForStort, Mislyktes: when it ended otherwise than well.
    """
    try:
        ut, sagt = prosess.communicate(innhold, timeout=sekunder)
    except subprocess.TimeoutExpired:
        raise ForTregt(*_avslutt(prosess)) from None
    except BaseException:
        _avslutt(prosess)
        raise
    if status := prosess.returncode:
        if status == -signal.SIGXCPU:
            raise ForTregt(status, sagt)
        raise (ForStort if status in UTEN_MINNE else Mislyktes)(status, sagt)
    return ut


def _avslutt(prosess):
    """Ends it with its group; returns how it ended and what it said."""
    with suppress(ProcessLookupError):
        os.killpg(prosess.pid, signal.SIGKILL)
    _ut, sagt = prosess.communicate()
    return prosess.returncode, sagt


def kjent_miljo():
    """What a process may know: where its libraries and fonts are, and no secrets."""
    kjente = {"HOME", "LANG", "PATH", "VIRTUAL_ENV"}
    begynnelser = ("FONTCONFIG_", "LC_", "LD_", "PYTHON")
    return {
        navn: verdi
        for navn, verdi in os.environ.items()
        if navn in kjente or navn.startswith(begynnelser)
    }


# In the process -----------------------------------------------------------------------


def avgrens(prosessor, megabyte):
    """From here on this process can take no more than so many seconds of the processor
    and so many megabytes of address space."""
    # First a signal that says why; a second later the end that nothing can put off.
    _senk_grense(resource.RLIMIT_CPU, prosessor, prosessor + 1)
    _senk_grense(resource.RLIMIT_AS, *(megabyte * MEGABYTE,) * 2)
    _senk_grense(resource.RLIMIT_CORE, 0, 0)  # the memory holds what people sent
    with suppress(OSError):  # should memory run short, this process is the one to go
        Path("/proc/self/oom_score_adj").write_text("1000")


def _senk_grense(ressurs, myk, hard):
    """Where the operator has set a lower one, that stays."""
    _myk, hardest = resource.getrlimit(ressurs)
    if hardest != resource.RLIM_INFINITY:
        myk, hard = min(myk, hardest), min(hard, hardest)
    resource.setrlimit(ressurs, (myk, hard))


def main(funksjon, prosessor, megabyte, storste, *valg):
    """Writes what the function yields to standard output. Returns the exit status."""
    avgrens(int(prosessor), int(megabyte))
    modul, _kolon, navn = funksjon.partition(":")
    igjen = int(storste)
    try:
        arbeid = getattr(import_module(modul), navn)
        for bit in arbeid(sys.stdin.buffer.read(), *valg):
            igjen -= len(bit)
            if igjen < 0:
                return FOR_STORT
            sys.stdout.buffer.write(bit)
        sys.stdout.buffer.flush()
    except MemoryError:
        return FOR_STORT
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
