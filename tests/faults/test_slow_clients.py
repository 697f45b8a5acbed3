"""F12: thousands of connections that trickle, and one honest client beside them."""

import asyncio
import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.edges.line import CRASH, USER, memory_of, request
from tests.faults.limits import at_most
from tests.serving import RunningDesk, token

CONNECTIONS = int(os.environ.get("VENTANILLA_FAULT_CONNECTIONS", "2000"))
LONGEST = at_most(30)
AT_ONCE = 200
MEBIBYTE = 1024 * 1024


@pytest.fixture
def many_files() -> Iterator[int]:
    """Let this process open as many files as it may; give the limit that an ordinary shell has."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < CONNECTIONS + 500:
        pytest.skip(f"only {hard} open files are permitted here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    yield 1_024
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


class SlowClient(asyncio.Protocol):
    """Says the beginning at once, and the rest a byte at a time. Knows how long it was listened to."""

    def __init__(self, beginning: bytes) -> None:
        self._beginning = beginning
        self.ended = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._began = time.monotonic()
        transport.write(self._beginning)

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended.set_result(time.monotonic() - self._began)

    def trickle(self) -> None:
        if not self._transport.is_closing():
            self._transport.write(b"a")

    def give_up(self) -> None:
        self._transport.abort()


def beginnings(person: str) -> list[bytes]:
    """Half of them never end their headers, half never end their bodies."""
    json = "Content-Type: application/json"
    return [
        b"GET " + USER.encode() + b" HTTP/1.1\r\nX-Slow: ",
        request("POST", USER, person, json, "Content-Length: 1000"),
        b"P",
        request("POST", USER, person, json, f"Content-Length: {MEBIBYTE}"),
        request("GET", "/readyz").removesuffix(b"\r\n"),
        request("POST", USER, person, json, "Transfer-Encoding: chunked") + b"fff\r\n",
    ]


@pytest.mark.faults
async def test_slow_clients_are_let_go_and_an_honest_one_never_notices(tmp_path: Path, many_files: int) -> None:
    desk = _start_with_few_files(tmp_path, many_files)
    slow: list[SlowClient] = []
    try:
        memory_before = memory_of(desk.pid)
        slow = await _connect(desk.url, beginnings(token("mallory")))
        honest = asyncio.create_task(_work_honestly(desk.url, slow))
        most_memory = await _trickle(desk, slow)
        times = await honest
        grown = most_memory - memory_before
    finally:
        for client in slow:
            client.give_up()
        desk.kill()
    held = [client.ended.result() for client in slow if client.ended.done()]
    times.sort()
    print(
        f"\nF12: {len(slow):,} slow connections, the last let go after {max(held):.1f} s; beside them {len(times):,} "
        f"honest requests, 0 failed, p50 {times[len(times) // 2] * 1000:.1f} ms, "
        f"p99 {times[len(times) * 99 // 100] * 1000:.1f} ms; memory grew by {grown / MEBIBYTE:.0f} MiB"
    )
    assert len(held) == len(slow) == CONNECTIONS
    assert max(held) <= LONGEST
    assert len(times) > 100
    assert grown < 200 * MEBIBYTE


def _start_with_few_files(folder: Path, files: int) -> RunningDesk:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    try:
        return RunningDesk(folder / "desk").start()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def _connect(url: str, said: list[bytes]) -> list[SlowClient]:
    clients = [SlowClient(said[number % len(said)]) for number in range(CONNECTIONS)]
    for first in range(0, CONNECTIONS, AT_ONCE):
        await asyncio.gather(*(_call(url, client) for client in clients[first : first + AT_ONCE]))
    return clients


async def _call(url: str, client: SlowClient) -> None:
    address = urlsplit(url)
    assert address.hostname is not None
    assert address.port is not None
    await asyncio.get_running_loop().create_connection(lambda: client, address.hostname, address.port)


async def _trickle(desk: RunningDesk, slow: list[SlowClient]) -> int:
    """Trickle until everybody was let go, or it took too long; returns the most memory that the desk held."""
    most, deadline = memory_of(desk.pid), time.monotonic() + LONGEST + 5
    while time.monotonic() < deadline and not all(client.ended.done() for client in slow):
        for client in slow:
            client.trickle()
        await asyncio.sleep(0.5)
        most = max(most, memory_of(desk.pid))
    return most


async def _work_honestly(url: str, slow: list[SlowClient]) -> list[float]:
    """Open and list tickets, each on a new connection, while there are slow clients; returns the seconds of each."""
    times = []
    headers = {"Authorization": f"Bearer {token('ana', name='Ana')}"}
    deadline = time.monotonic() + LONGEST + 5
    while time.monotonic() < deadline and not all(client.ended.done() for client in slow):
        async with httpx.AsyncClient(base_url=url, headers=headers, timeout=LONGEST) as ana:
            for ask, status in ((ana.post(USER, json=CRASH), 201), (ana.get(USER), 200)):
                began = time.monotonic()
                assert (await ask).status_code == status
                times.append(time.monotonic() - began)
    return times
