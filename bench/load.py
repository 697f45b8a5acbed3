"""The load generator: a process of its own that keeps connections busy and counts what comes back.

    python -m bench.load < plan > tally      (both MessagePack)

Each connection has one request on its way at a time. Nothing is counted during the warm-up.
"""

import asyncio
import gc
import itertools
import re
import sys
from time import perf_counter
from typing import cast

import msgspec
import uvloop

PATIENCE_SECONDS = 30.0
"""How long the last answers may take before they count as errors."""

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Plan(msgspec.Struct, frozen=True):
    """What to send: whole requests, over and over, for `seconds` after the warm-up, or `most` requests in all."""

    host: str
    port: int
    connections: int
    requests: list[bytes]
    seconds: float = 0.0
    warm_up: float = 0.0
    most: int | None = None


class Tally(msgspec.Struct, frozen=True):
    """What came back in the window. `errors` counts the whole run: no 2xx, connections lost, answers never given."""

    answers: int
    errors: int
    seconds: float
    p50: float
    p99: float
    first_error: str = ""


class Run:
    """One plan under way."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._requests = itertools.cycle(plan.requests)
        self._left = plan.most
        self._busy = 0
        self._done = asyncio.Event()
        self._is_measuring = plan.most is not None
        self._is_over = False
        self._latencies: list[float] = []
        self._errors = 0
        self._first_error = ""

    async def run(self) -> Tally:
        loop = asyncio.get_running_loop()
        for _ in range(self._plan.connections):
            await loop.create_connection(lambda: Client(self), self._plan.host, self._plan.port)
        began = await self._measure()
        elapsed = perf_counter() - began
        self._is_over = True
        try:
            await asyncio.wait_for(self._done.wait(), PATIENCE_SECONDS)
        except TimeoutError:
            self.fail(f"{self._busy} requests were never answered", self._busy)
        return self._tally(elapsed)

    def next_request(self) -> bytes | None:
        """Return what to send next, None when there is nothing left to do."""
        if self._is_over or self._left == 0:
            return None
        if self._left is not None:
            self._left -= 1
        return next(self._requests)

    def started(self) -> None:
        self._busy += 1

    def finished(self) -> None:
        self._busy -= 1
        if self._busy == 0:
            self._done.set()

    def answered(self, latency: float) -> None:
        if self._is_measuring and not self._is_over:
            self._latencies.append(latency)

    def fail(self, why: str, count: int = 1) -> None:
        self._errors += count
        self._first_error = self._first_error or why

    async def _measure(self) -> float:
        if self._plan.most is not None:
            began = perf_counter()
            await self._done.wait()
            return began
        await asyncio.sleep(self._plan.warm_up)
        self._is_measuring = True
        began = perf_counter()
        await asyncio.sleep(self._plan.seconds)
        return began

    def _tally(self, elapsed: float) -> Tally:
        ordered = sorted(self._latencies) or [0.0]
        p50, p99 = (ordered[int(len(ordered) * share)] for share in (0.50, 0.99))
        return Tally(len(self._latencies), self._errors, elapsed, p50, p99, self._first_error)


class Client(asyncio.Protocol):
    """One keep-alive connection."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._received = b""
        self._is_waiting = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.WriteTransport, transport)
        self._run.started()
        self._send()

    def data_received(self, data: bytes) -> None:
        self._received += data
        head = self._received.find(b"\r\n\r\n")
        if head < 0:
            return
        length = _LENGTH.search(self._received, 0, head + 2)
        if length is None:
            self._lose("an answer without Content-Length")
        elif len(self._received) >= head + 4 + int(length[1]):
            self._take()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._is_waiting:
            self._lose("the connection was lost")

    def _send(self) -> None:
        request = self._run.next_request()
        self._is_waiting = request is not None
        if request is None:
            self._transport.close()
            self._run.finished()
            return
        self._sent_at = perf_counter()
        self._transport.write(request)

    def _take(self) -> None:
        self._run.answered(perf_counter() - self._sent_at)
        if self._received[9:10] != b"2":
            self._run.fail(self._received.decode("latin-1")[:300])
        self._received = b""
        self._send()

    def _lose(self, why: str) -> None:
        self._is_waiting = False
        self._run.fail(why)
        self._run.finished()
        self._transport.abort()


def main() -> None:
    plan = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Plan)
    gc.disable()
    tally = uvloop.run(Run(plan).run())
    sys.stdout.buffer.write(msgspec.msgpack.encode(tally))


if __name__ == "__main__":
    main()
