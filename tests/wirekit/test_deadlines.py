"""Slow senders and slow takers, on a real server whose patience is cut to a fraction of a second.

`tests/faults` tells the same with the true figures and thousands of clients.
"""

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from ventanilla.wirekit import deadlines
from ventanilla.wirekit.deadlines import DeadlineProtocol

PATIENCE = 0.4
PACE = 10_000
"""Bytes a second."""
HUGE = 64 * 1024 * 1024

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Dial = Callable[[], Awaitable[Stream]]


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadlines, "SECONDS_TO_ARRIVE", PATIENCE)
    monkeypatch.setattr(deadlines, "SECONDS_TO_TAKE", PATIENCE)
    monkeypatch.setattr(deadlines, "SLOWEST_UPLOAD", PACE)


@pytest.fixture
def some_patience(monkeypatch: pytest.MonkeyPatch) -> float:
    """Enough that nobody is let go because the machine stood still for a second."""
    for name in ("SECONDS_TO_ARRIVE", "SECONDS_TO_TAKE"):
        monkeypatch.setattr(deadlines, name, 4 * PATIENCE)
    return 4 * PATIENCE


async def counting(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the length of the body, or with something huge."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message["body"]), message["more_body"]
    body = b"x" * HUGE if scope["path"] == "/huge" else str(size).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@contextlib.asynccontextmanager
async def served() -> AsyncIterator[Dial]:
    config = uvicorn.Config(counting, http=DeadlineProtocol, ws="none", lifespan="off", log_config=None, loop="asyncio")
    server = uvicorn.Server(config)
    listener = socket.create_server(("127.0.0.1", 0))
    writers: list[asyncio.StreamWriter] = []

    address = listener.getsockname()

    async def dial() -> Stream:
        line = await asyncio.open_connection(*address, limit=1024)
        writers.append(line[1])
        return line

    running = asyncio.create_task(server._serve([listener]))
    try:
        yield dial
    finally:
        for writer in writers:
            writer.transport.abort()
        server.should_exit = True
        await running


async def taken_by(reader: asyncio.StreamReader, *, rest: float = 0) -> int:
    """Read until the other side hangs up, resting after each mebibyte; returns how many bytes came."""
    taken = rested = 0
    with contextlib.suppress(ConnectionResetError):
        while piece := await asyncio.wait_for(reader.read(65_536), 20 * PATIENCE):
            taken += len(piece)
            if taken >> 20 > rested:
                rested = taken >> 20
                await asyncio.sleep(rest)
    return taken


async def trickle(line: Stream, pieces: int, piece: bytes) -> None:
    """Send so many pieces, twenty a second."""
    for _ in range(pieces):
        line[1].write(piece)
        await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    ("said", "piece"),
    [
        (b"", b""),
        (b"\r\n", b"\r\n"),
        (b"GET /", b"a"),
        (b"GET / HTTP/1.1\r\nX-Slow: ", b"a"),
        (b"GET / HTTP/1.1\r\n", b"A: b\r\n"),
        (b"POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n", b"a"),
        (b"POST / HTTP/1.1\r\nContent-Length: 1000000000000\r\n\r\n", b"a"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"A: b\r\n"),
    ],
)
async def test_who_trickles_is_let_go(said: bytes, piece: bytes) -> None:
    async with served() as dial:
        line = await dial()
        line[1].write(said)
        trickling = asyncio.create_task(trickle(line, 100, piece))
        assert await taken_by(line[0]) == 0
        assert not trickling.done()
        trickling.cancel()


async def test_who_keeps_up_the_pace_may_take_much_longer(some_patience: float) -> None:
    async with served() as dial:
        line = await dial()
        line[1].write(b"POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: 500000\r\n\r\n")
        began = time.monotonic()
        await trickle(line, 50, b"x" * PACE)
        assert (await line[0].read()).endswith(b"\r\n\r\n500000")
        assert time.monotonic() > began + some_patience


async def test_blank_lines_do_not_keep_a_connection_for_ever() -> None:
    async with served() as dial:
        line = await dial()
        line[1].write(b"GET / HTTP/1.1\r\n\r\n")
        assert (await line[0].readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
        assert await line[0].readexactly(1) == b"0"
        trickling = asyncio.create_task(trickle(line, 100, b"\r\n"))
        assert await taken_by(line[0]) == 0
        assert not trickling.done()
        trickling.cancel()


async def test_who_never_takes_the_answer_is_let_go() -> None:
    async with served() as dial:
        line = await dial()
        line[1].write(b"GET /huge HTTP/1.1\r\n\r\n")
        await line[0].readuntil(b"\r\n\r\n")
        await asyncio.sleep(4 * PATIENCE)
        assert await taken_by(line[0]) < HUGE


async def test_who_takes_the_answer_slowly_gets_all_of_it(some_patience: float) -> None:
    async with served() as dial:
        line = await dial()
        line[1].write(b"GET /huge HTTP/1.1\r\nConnection: close\r\n\r\n")
        await line[0].readuntil(b"\r\n\r\n")
        assert await taken_by(line[0], rest=some_patience / 32) == HUGE
