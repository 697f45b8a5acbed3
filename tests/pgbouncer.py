"""A real PgBouncer in transaction mode before the PostgreSQL server of the tests."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

PROGRAM = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
LONGEST_START = 60.0

CONFIG = """
[databases]
* = {server}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {connections}
max_client_conn = 500
"""


@contextmanager
def running_pgbouncer(database_url: str, folder: Path, *, connections: int) -> Iterator[str]:
    """Give the address of the same database through a pooler that holds so many connections to the server."""
    assert PROGRAM is not None
    port = _free_port()
    file = folder / "pgbouncer.ini"
    file.write_text(CONFIG.format(server=_server(database_url), port=port, connections=connections))
    with (folder / "pgbouncer.log").open("wb") as log:
        command = [PROGRAM, *_account(_host(database_url)), str(file)]
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _wait_for(port, process, folder / "pgbouncer.log")
        yield f"postgresql://postgres@127.0.0.1:{port}{urlsplit(database_url).path}"
    finally:
        process.terminate()
        process.wait(timeout=60)


def _server(database_url: str) -> str:
    """Return the server of an address as PgBouncer writes it."""
    parts = urlsplit(database_url)
    found = {"host": _host(database_url), "port": parts.port or 5432, "user": unquote(parts.username or "postgres")}
    if parts.password:
        found["password"] = f"'{unquote(parts.password)}'"
    return " ".join(f"{key}={value}" for key, value in found.items())


def _host(database_url: str) -> str:
    """Return the server's name, or the folder of its socket."""
    parts = urlsplit(database_url)
    return parts.hostname or parse_qs(parts.query)["host"][0]


def _account(host: str) -> tuple[str, ...]:
    """Return the option with the user to run as: not as root, and as one who may enter the socket's folder."""
    if os.geteuid() != 0:
        return ()
    return ("-u", Path(host).owner() if host.startswith("/") else "nobody")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"PgBouncer did not start:\n{log.read_text()}")
