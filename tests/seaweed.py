"""A real S3 server for tests: SeaweedFS from its wheel, on this machine alone."""

import json
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import obstore
from obstore.store import S3Store

ACCESS_KEY, SECRET_KEY = "desk", "correct horse battery staple"
HOST = "127.0.0.1"
STARTS_WITHIN = 90.0
"""Seconds. One that was killed takes some 20 until it can be written."""

_WEED = Path(sys.executable).parent / "weed"
_IDENTITY = {
    "name": "desk",
    "credentials": [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}],
    "actions": ["Admin", "Read", "List", "Tagging", "Write"],
}
# A bucket takes seven volumes; 200 of them are room for many tests.
_FIXED = (
    *("-s3", "-volume.max=200", "-volume.minFreeSpace=0", "-s3.autoCreateBucket=false", "-master.telemetry=false"),
    *("-s3.port.iceberg=0", "-s3.port.lance=0"),
)
_FEW_USE = range(12_000, 32_000)
_TRIES = 3
_PORTS = ("s3.port", "master.port", "volume.port", "filer.port")


class DidNotStart(Exception):
    """The text is the end of its log."""


class S3Server:
    """One server, whose data are in `folder`; it has the same ports each time it is started."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._ports = _free_ports()
        self._process: subprocess.Popen[bytes] | None = None
        self.port = self._ports["s3.port"]
        (folder / "s3.json").write_text(json.dumps({"identities": [_IDENTITY]}))

    def start(self) -> None:
        """Start it and wait until a bucket can be made and written: it listens a while before that."""
        arguments = [f"-dir={self._folder}", f"-ip={HOST}", f"-ip.bind={HOST}", *_FIXED]
        arguments += [
            f"-s3.config={self._folder / 's3.json'}",
            *(f"-{name}={port}" for name, port in self._ports.items()),
        ]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen([_WEED, "server", *arguments], stdout=log, stderr=log, cwd=self._folder)
        deadline = time.monotonic() + STARTS_WITHIN
        while self._process.poll() is None and time.monotonic() < deadline:
            with suppress(httpx.HTTPError, obstore.exceptions.BaseError):
                obstore.put(self.store(self.new_bucket()), "ready", b"yes")
                return
            time.sleep(0.1)
        raise DidNotStart(f"the S3 server did not start:\n{self._log.read_text()[-4_000:]}")

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    @property
    def _log(self) -> Path:
        return self._folder / "log"

    @property
    def endpoint(self) -> str:
        return f"http://{HOST}:{self.port}"

    def store(self, bucket: str, prefix: str | None = None) -> S3Store:
        """Return a way to a bucket past the desk."""
        return S3Store(
            bucket,
            prefix=prefix,
            config={
                "aws_endpoint_url_s3": self.endpoint,
                "access_key_id": ACCESS_KEY,
                "secret_access_key": SECRET_KEY,
                "region": "us-east-1",
            },
            client_options={"allow_http": True},
        )

    def new_bucket(self) -> str:
        """Make an empty bucket and return its name."""
        name = f"bucket-{uuid4().hex}"
        httpx.put(obstore.sign(self.store(name), "PUT", "", timedelta(minutes=1)), timeout=30).raise_for_status()
        return name


@contextmanager
def running_s3() -> Iterator[S3Server]:
    """Run a server of our own, stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="ventanilla-s3-"))
    server = _started_in(folder)
    try:
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _started_in(folder: Path) -> S3Server:
    """Start a server; where another program took one of its ports meanwhile, try again on others."""
    for left in reversed(range(_TRIES)):
        server = S3Server(folder / str(left))
        try:
            server.start()
        except BaseException as error:
            server.kill()
            if not left or not isinstance(error, DidNotStart):
                raise
        else:
            return server
    raise AssertionError


def _free_ports() -> dict[str, int]:
    """Return a free port for each of `_PORTS` and for its gRPC, which would else be 10,000 above it.

    They lie below those that connections go out from: one of these could be taken before the server listens.
    """
    names = [*_PORTS, *(f"{name}.grpc" for name in _PORTS)]
    free = (port for port in random.sample(_FEW_USE, len(_FEW_USE)) if _is_free(port))
    return dict(zip(names, free, strict=False))


def _is_free(port: int) -> bool:
    try:
        socket.create_server((HOST, port)).close()
    except OSError:
        return False
    return True
