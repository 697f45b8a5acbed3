"""Waking those who follow what happens: rung after every commit of this process."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from ventanilla.core.errors import RateLimited

MOST_STREAMS = 20
"""That one person may follow at the same time: so many windows."""
_TRY_AGAIN_SECONDS = 10


class Bell:
    """`store.transaction.CommitObserver` that wakes whoever waits. `is_silenced` once the desk is about to close.

    `doubts` counts how often this process let in somebody else or shut somebody out.
    """

    def __init__(self) -> None:
        self.is_silenced = False
        self.doubts = 0
        self._waiting: set[asyncio.Future[None]] = set()
        self._streams: Counter[str] = Counter()

    def began(self, actions: int) -> None:
        pass

    def failed(self, actions: int) -> None:
        pass

    def committed(self, actions: int, seconds: float) -> None:
        self.ring()

    def ring(self) -> None:
        waiting, self._waiting = self._waiting, set()
        for waits in waiting:
            if not waits.done():
                waits.set_result(None)

    def doubt(self) -> None:
        """Have whoever follows ask anew whether they may."""
        self.doubts += 1
        self.ring()

    def silence(self) -> None:
        """Let everybody who waits go, for good."""
        self.is_silenced = True
        self.ring()

    async def wait(self, gone: "asyncio.Future[None]", seconds: float) -> None:
        """Wait until it rings, `gone` is done, or so many seconds are over."""
        rung: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(rung)
        try:
            await asyncio.wait((rung, gone), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._waiting.discard(rung)

    @contextmanager
    def following(self, who: str) -> Iterator[None]:
        """Count a stream of somebody's. Raises RateLimited when they have too many."""
        if self._streams[who] >= MOST_STREAMS:
            raise RateLimited(_TRY_AGAIN_SECONDS, MOST_STREAMS)
        self._streams[who] += 1
        try:
            yield
        finally:
            self._streams[who] -= 1
            if not self._streams[who]:
                del self._streams[who]
