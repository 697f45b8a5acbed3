"""The servers that are measured, each a process of its own on a free port."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import baseline_venv, people
from bench.desks import Filled
from bench.places import ROOT

START_SECONDS = 60.0

_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)")
_CONFIG = """
data_dir = "{folder}/data"
database_url = "{url}"
[rate_limits]
person_per_minute = 1_000_000_000
address_per_minute = 1_000_000_000
public_creates_per_minute = 1_000_000_000
[[auth.issuers]]
name = "{issuer}"
algorithm = "HS256"
secret = "{secret}"
"""


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    pid: int
    host: str = "127.0.0.1"

    @property
    def megabytes(self) -> float:
        """Resident memory. Linux only."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) / 1024


@contextmanager
def desk(at: Filled) -> Iterator[Server]:
    """Serve the product: tokens, validation, limits and the request log are on the path."""
    with _running(desk_command(), desk_environment(at), at.folder / "desk.log") as server:
        yield server


def desk_command(port: int = 0) -> list[str]:
    return [sys.executable, "-m", "ventanilla", "serve", "--port", str(port)]


def desk_environment(at: Filled) -> dict[str, str]:
    config = at.folder / "ventanilla.toml"
    config.write_text(_CONFIG.format(folder=at.folder, url=at.url, issuer=people.ISSUER, secret=people.SECRET))
    return {"VENTANILLA_CONFIG": str(config)}


@contextmanager
def baseline(at: Filled) -> Iterator[Server]:
    """Serve the app that FastAPI and the SQLAlchemy ORM make of the same three requests."""
    python = baseline_venv.python()
    command = [str(python), "-m", "uvicorn", "bench.baseline.app:app", "--port", "0", "--no-access-log"]
    environment = {"BASELINE_DATABASE_URL": at.url, "BASELINE_SECRET": people.SECRET}
    with _running(command, environment, at.folder / "baseline.log") as server:
        yield server


@contextmanager
def static(answer: bytes, folder: Path) -> Iterator[Server]:
    """Serve `answer` to everybody, by the same HTTP server and framework."""
    file = folder / "answer.json"
    file.write_bytes(answer)
    with _running([sys.executable, "-m", "bench.static_app", str(file)], {}, folder / "static.log") as server:
        yield server


@contextmanager
def _running(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Iterator[Server]:
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=clean_environment() | dict(environment), stdout=out, stderr=out
        )
    try:
        yield Server(_port(process, log), process.pid)
    finally:
        process.terminate()
        process.wait(timeout=60)


def clean_environment() -> dict[str, str]:
    """Return the environment without what changes how a server runs: settings, and Python's own switches."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("VENTANILLA_", "PYTHON"))}


def _port(process: "subprocess.Popen[bytes]", log: Path) -> int:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        found = _ADDRESS.search(log.read_text(errors="replace"))
        if found:
            return int(found[1])
        time.sleep(0.02)
    raise RuntimeError(f"a server did not start:\n{log.read_text(errors='replace')}")
