"""Connections to PostgreSQL: borrowed from asyncpg's pool, and for reading kept for whoever reads next.

To borrow one for each read costs this process three times what its statement does: tasks, timers, wrappers.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, NamedTuple, TypeVar

import asyncpg

from ventanilla.store.engines.postgres_batch import Raw, Single
from ventanilla.store.engines.postgres_failures import is_unreachable
from ventanilla.store.transaction import Context, StoreTransaction

T = TypeVar("T")

WRITERS = 3
READERS = 8
CONNECT_SECONDS = 4.0
"""For a connection, with waiting for it and making it if need be."""
STATEMENT_SECONDS = 5.0
TIDY_SECONDS = 1.5
"""For a failed statement to be cancelled; then its connection is thrown away."""
REST_SECONDS = 10.0
"""How often the pool is given back what nobody reads on. The pool closes what nobody borrows for some minutes."""


class Connections:
    """Up to WRITERS + READERS connections. Made as they are needed."""

    def __init__(self, url: str, *, pooled: bool) -> None:
        """`pooled` says that a pooler stands between: what is prepared may be gone at the next statement."""
        self._url = url
        self._pooled = pooled
        self._pool: asyncpg.Pool[Any] | None = None
        self._opening = asyncio.Lock()
        self.waiting = 0

    @property
    def size(self) -> int:
        return self._pool.get_size() if self._pool else 0

    @property
    def borrowed(self) -> int:
        return self._pool.get_size() - self._pool.get_idle_size() if self._pool else 0

    @contextlib.asynccontextmanager
    async def one(self) -> AsyncIterator[Raw]:
        """Lend a connection; one on which the database turned out to be unreachable is thrown away."""
        raw = await self.borrow()
        try:
            yield raw
        except BaseException as error:
            await self.give_back(raw, error)
            raise
        await self.give_back(raw)

    async def borrow(self) -> Raw:
        pool = await self._open()
        self.waiting += 1
        try:
            return await pool.acquire(timeout=CONNECT_SECONDS)
        finally:
            self.waiting -= 1

    async def give_back(self, raw: Raw, error: BaseException | None = None) -> None:
        """Take a connection back, with the error that ended its use. A statement that still runs is cancelled."""
        if error is not None and is_unreachable(error) and not isinstance(error, TimeoutError):
            throw_away(raw)
        if self._pool is not None:
            # Whatever was committed stays so, however this ends.
            with contextlib.suppress(Exception):
                await self._pool.release(raw, timeout=TIDY_SECONDS)

    async def close(self) -> None:
        if self._pool is not None:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(self._pool.close(), STATEMENT_SECONDS)
            self._pool.terminate()

    async def _open(self) -> "asyncpg.Pool[Any]":
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._url,
                    min_size=0,
                    max_size=WRITERS + READERS,
                    timeout=CONNECT_SECONDS,
                    command_timeout=STATEMENT_SECONDS,
                    statement_cache_size=0 if self._pooled else 256,
                    init=speak_our_types,
                    reset=_keep_as_it_is,
                )
        return self._pool


class _Reader(NamedTuple):
    raw: Raw
    transaction: StoreTransaction


class Readers:
    """Runs READERS reading actions at a time."""

    def __init__(self, connections: Connections, context: Context) -> None:
        self._connections = connections
        self._context = context
        self._turns = asyncio.Semaphore(READERS)
        self._resting: list[_Reader] = []
        self._rest: asyncio.TimerHandle | None = None
        self._leaving: set[asyncio.Task[None]] = set()
        self.waiting = 0

    @property
    def resting(self) -> int:
        """How many connections are kept that nobody reads on."""
        return len(self._resting)

    async def run(self, action: Callable[[StoreTransaction], Awaitable[T]]) -> T:
        """Run an action on a connection of its own. Raises what it raises, and TimeoutError when none gets free."""
        await self._take_turn()
        try:
            reader = await self._reader()
            try:
                reader.transaction.begin()
                result = await action(reader.transaction)
            except BaseException as error:
                await self._connections.give_back(reader.raw, error)
                raise
            self._keep(reader)
            return result
        finally:
            self._turns.release()

    async def close(self) -> None:
        """Let those who read finish; whoever comes later waits in vain."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STATEMENT_SECONDS):
                for _ in range(READERS):
                    await self._turns.acquire()
        self._give_back_all()
        if self._leaving:
            await asyncio.wait(self._leaving)

    async def _take_turn(self) -> None:
        if not self._turns.locked():
            await self._turns.acquire()
            return
        self.waiting += 1
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await self._turns.acquire()
        finally:
            self.waiting -= 1

    async def _reader(self) -> _Reader:
        while self._resting:
            reader = self._resting.pop()
            if not reader.raw.is_closed():
                return reader
            await self._connections.give_back(reader.raw)
        raw = await self._connections.borrow()
        return _Reader(raw, StoreTransaction(Single(raw), self._context))

    def _keep(self, reader: _Reader) -> None:
        self._resting.append(reader)
        if self._rest is None:
            self._rest = asyncio.get_running_loop().call_later(REST_SECONDS, self._give_back_all)

    def _give_back_all(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None
        resting, self._resting = self._resting, []
        for reader in resting:
            leaving = asyncio.ensure_future(self._connections.give_back(reader.raw))
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)


async def speak_our_types(raw: Raw) -> None:
    """Have UUIDs come and go as sixteen bytes, as on SQLite."""
    await raw.set_type_codec("uuid", schema="pg_catalog", encoder=bytes, decoder=bytes, format="binary")


def throw_away(raw: Raw) -> None:
    with contextlib.suppress(asyncpg.InterfaceError):  # the pool may have found out by itself
        raw.terminate()


async def _keep_as_it_is(raw: Raw) -> None:
    """Nothing to reset: no session state is ever set, and a round trip is a round trip."""
