"""The collector of traces, where one is named."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from ventanilla import observing
from ventanilla.cli.checkup.findings import Finding, ok, warning, wrong
from ventanilla.settings import Settings, WrongSettings

CONNECT_SECONDS = 3
PORTS = {"http": 80, "https": 443}


def examine(found: Settings) -> Iterator[Finding]:
    try:
        endpoint = observing.traces_endpoint(found)
    except WrongSettings as error:
        yield wrong("traces", str(error), "do that, or leave the address out to have no traces")
        return
    if endpoint:
        yield _reachable(endpoint)


def _reachable(endpoint: str) -> Finding:
    parts = urlsplit(endpoint)
    try:
        socket.create_connection((parts.hostname, parts.port or PORTS[parts.scheme]), CONNECT_SECONDS).close()
    except OSError as error:
        told = f"nobody takes them at {endpoint}: {error}"
        return warning("traces", told, "start the collector, or correct its address; the desk works without it")
    return ok("traces", f"sent to {endpoint}")
