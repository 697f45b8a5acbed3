"""A real server process for tests, and the tokens its clients show."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from joserfc import jwt
from joserfc.jwk import OctKey

SECRET = "a secret that tests and the test server share"
ISSUER = "app"
LONGEST_START = 60
"""Seconds, on a machine that has much else to do."""

CONFIG = f"""
data_dir = "{{data_dir}}"
[rate_limits]
enabled = false
[[auth.issuers]]
name = "{ISSUER}"
algorithm = "HS256"
secret = "{SECRET}"
"""


@dataclass
class RunningDesk:
    """One `ventanilla serve`, on a folder of its own."""

    folder: Path
    config: str = CONFIG
    environment: dict[str, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ("--port", "0")
    url: str = ""
    _starts_seen: int = 0

    def start(self) -> "RunningDesk":
        self.folder.mkdir(parents=True, exist_ok=True)
        config = self.folder / "ventanilla.toml"
        config.write_text(self.config.format(data_dir=self.folder / "data"))
        clean = {name: value for name, value in os.environ.items() if not name.startswith("VENTANILLA_")}
        with self.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ventanilla", "serve", *self.arguments],
                env=clean | {"VENTANILLA_CONFIG": str(config)} | self.environment,
                stderr=log,
                stdout=log,
                cwd=self.folder,
            )
        self.url = self._wait_for_address()
        return self

    @property
    def log_file(self) -> Path:
        return self.folder / "log"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> str:
        return self.log_file.read_text()

    @property
    def pid(self) -> int:
        return self._process.pid

    def stop(self) -> int:
        """Ask it to stop, and return its exit code."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=40)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def start_again(self) -> None:
        """Start it where its clients look for it, after `stop` or `kill`."""
        self.arguments = ("--port", self.url.rsplit(":", 1)[1])
        self.start()

    def client(self, token: str | None = None) -> httpx.Client:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30)

    def _wait_for_address(self) -> str:
        deadline = time.monotonic() + LONGEST_START
        while time.monotonic() < deadline:
            found = [line for line in self.log.splitlines() if line.startswith("Ventanilla listens on ")]
            if len(found) > self._starts_seen:
                self._starts_seen = len(found)
                return found[-1].rsplit(" ", 1)[1]
            if self._process.poll() is not None:
                break
            time.sleep(0.02)
        raise RuntimeError(f"the server did not start:\n{self.log}")


def token(subject: str, **claims: Any) -> str:
    """Return a token of the test issuer, good for an hour unless `exp` says otherwise."""
    body = {"sub": subject, "exp": int(time.time()) + 3600, **claims}
    return jwt.encode({"alg": "HS256"}, body, OctKey.import_key(SECRET))
