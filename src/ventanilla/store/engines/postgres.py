"""PostgreSQL: many processes, group commit over a few writer connections (docs/decisions/0003-write-path.md).

Actions that wait for a writer run together in one transaction. Tickets that they open go in with one statement for all
of them, so that the label counter, one row, is taken once per batch and last. If anything breaks the transaction, it
is rolled back and each action runs alone; an action has no effect outside its transaction, so it may run again.
"""

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeAlias, TypeVar, cast

import asyncpg

from ventanilla.actions.ports import StoreLoad, Transaction
from ventanilla.core.errors import DeskError, EditedMeanwhile, StoreFull, StoreUnavailable
from ventanilla.core.thread import Message
from ventanilla.core.ticket import Ticket
from ventanilla.store.connection import Row, Value
from ventanilla.store.engines.postgres_opening import STATEMENT, Opening, RequesterRaced, arguments, settle
from ventanilla.store.tickets import TicketRepository
from ventanilla.store.transaction import Context, StoreTransaction

P = ParamSpec("P")
T = TypeVar("T")
Raw: TypeAlias = "asyncpg.pool.PoolConnectionProxy[Any]"

WRITERS = 3
READERS = 8
LARGEST_BATCH = 64
ATTEMPTS = 8
STATEMENT_SECONDS = 5.0
"""Kept by this client: a server that cannot be reached any more tells nobody."""
CONNECT_SECONDS = 2.0
OLDEST_SERVER = 13

_TRANSIENT = (
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.UniqueViolationError,
    EditedMeanwhile,
    RequesterRaced,
)
_UNREACHABLE = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
)


class _Waiting(NamedTuple):
    start: Callable[[Transaction], Awaitable[Any]]
    answer: "asyncio.Future[Any]"


class _Outcome(NamedTuple):
    waiting: _Waiting
    result: Any = None
    error: Exception | None = None


class _Broken(Exception):
    """The transaction cannot be committed as it is; each of its actions has to run alone."""


class PostgresDesk:
    """`actions.ports.Desk` on a PostgreSQL database. Any number of processes may open it."""

    is_shared = True

    def __init__(self, url: str, context: Context, *, pooled: bool = False) -> None:
        self._url = url
        self._context = context
        self._pooled = pooled
        self._pool: asyncpg.Pool[Any] | None = None
        self._opening = asyncio.Lock()
        self._queue: deque[_Waiting] = deque()
        self._writers: set[asyncio.Task[None]] = set()

    async def write(
        self, action: Callable[Concatenate[Transaction, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        loop = asyncio.get_running_loop()
        waiting = _Waiting(lambda tx: action(tx, *args, **kwargs), loop.create_future())
        self._queue.append(waiting)
        if len(self._writers) < WRITERS:
            writer = loop.create_task(self._drain())
            self._writers.add(writer)
            writer.add_done_callback(self._writers.discard)
        return cast(T, await waiting.answer)

    async def read(
        self, action: Callable[Concatenate[Transaction, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        try:
            async with (await self._open_pool()).acquire(timeout=CONNECT_SECONDS) as raw:
                return await action(StoreTransaction(_Single(raw), self._context), *args, **kwargs)
        except Exception as error:
            raise _translated(error) from error

    async def scan(
        self, action: Callable[Concatenate[Transaction, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return await self.read(action, *args, **kwargs)

    def load(self) -> StoreLoad:
        size = self._pool.get_size() if self._pool else 0
        idle = self._pool.get_idle_size() if self._pool else 0
        return StoreLoad(waiting=len(self._queue), connections=size, connections_in_use=size - idle)

    async def close(self) -> None:
        """Finish what was accepted and close every connection."""
        while self._writers:
            await asyncio.wait(self._writers)
        if self._pool is not None:
            try:
                await asyncio.wait_for(self._pool.close(), STATEMENT_SECONDS)
            except TimeoutError:
                self._pool.terminate()

    async def _open_pool(self) -> "asyncpg.Pool[Any]":
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

    async def _drain(self) -> None:
        while self._queue:
            batch = [self._queue.popleft() for _ in range(min(len(self._queue), LARGEST_BATCH))]
            for outcome in await self._commit_together(batch):
                _tell(outcome)

    async def _commit_together(self, batch: list[_Waiting]) -> list[_Outcome]:
        if len(batch) > 1:
            try:
                return await self._attempt(batch)
            except _TRANSIENT:
                pass
            except _Broken:
                pass
            except Exception as error:
                return [_Outcome(waiting, error=_translated(error)) for waiting in batch]
        return [await self._commit_alone(waiting) for waiting in batch]

    async def _commit_alone(self, waiting: _Waiting) -> _Outcome:
        for attempt in range(ATTEMPTS):
            try:
                return (await self._attempt([waiting]))[0]
            except (*_TRANSIENT, _Broken) as error:
                if attempt == ATTEMPTS - 1:
                    return _Outcome(waiting, error=_given_up(error))
                await asyncio.sleep(random.uniform(0, 0.005 * 2**attempt))  # noqa: S311
            except Exception as error:
                return _Outcome(waiting, error=_translated(error))
        raise AssertionError("unreachable")

    async def _attempt(self, batch: list[_Waiting]) -> list[_Outcome]:
        started = monotonic()
        try:
            async with (await self._open_pool()).acquire(timeout=CONNECT_SECONDS) as raw:
                outcomes = await self._commit(raw, batch)
        except BaseException:
            self._context.observer.failed(len(batch))
            raise
        self._context.observer.committed(len(batch), monotonic() - started)
        return outcomes

    async def _commit(self, raw: Raw, batch: list[_Waiting]) -> list[_Outcome]:
        await raw.execute("BEGIN")
        try:
            outcomes = await _Together(raw, self._context, batch).run()
            await raw.execute("COMMIT")
        except BaseException:
            await _abandon(raw)
            raise
        return outcomes


class _Single:
    """`store.connection.Connection` on one asyncpg connection."""

    def __init__(self, raw: Raw) -> None:
        self._raw = raw

    async def rows(self, sql: str, *values: Value) -> Sequence[Row]:
        return cast(Sequence[Row], await self._raw.fetch(sql, *values))

    async def row(self, sql: str, *values: Value) -> Row | None:
        return cast(Row | None, await self._raw.fetchrow(sql, *values))

    async def run(self, sql: str, *values: Value) -> None:
        await self._raw.execute(sql, *values)


class _Together:
    """Several actions in one transaction, on one connection that they take turns on."""

    def __init__(self, raw: Raw, context: Context, batch: list[_Waiting]) -> None:
        self.raw = raw
        self.turn = asyncio.Lock()
        self._context = context
        self._batch = batch
        self._running = len(batch)
        self._openings: list[tuple[Opening, asyncio.Future[Message]]] = []
        self._flushing: asyncio.Task[None] | None = None

    async def run(self) -> list[_Outcome]:
        """Run every action to its end. Raises _Broken when one of them failed after it had written."""
        if len(self._batch) == 1:
            return [await self._run_one(self._batch[0])]
        tasks = [asyncio.ensure_future(self._run_one(waiting)) for waiting in self._batch]
        try:
            return list(await asyncio.gather(*tasks))
        except BaseException:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            raise

    async def open(self, ticket: Ticket, message: Message) -> Message:
        """Open a ticket along with those of the other actions, once none of them has anything else to do."""
        settled: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._openings.append((Opening(ticket, message), settled))
        self._flush_if_all_wait()
        return await settled

    async def _run_one(self, waiting: _Waiting) -> _Outcome:
        connection = _Shared(self)
        tx = StoreTransaction(connection, self._context)
        tx.tickets = _Tickets(connection, tx, self)
        try:
            return _Outcome(waiting, result=await waiting.start(tx))
        except (asyncpg.PostgresError, *_TRANSIENT, *_UNREACHABLE):
            raise
        except Exception as error:
            if connection.has_written:
                if len(self._batch) > 1:
                    raise _Broken from error
                raise
            return _Outcome(waiting, error=error)
        finally:
            self._running -= 1
            self._flush_if_all_wait()

    def _flush_if_all_wait(self) -> None:
        if self._openings and len(self._openings) == self._running:
            openings, self._openings = self._openings, []
            self._flushing = asyncio.ensure_future(self._flush(openings))

    async def _flush(self, openings: list[tuple[Opening, "asyncio.Future[Message]"]]) -> None:
        try:
            async with self.turn:
                rows = await self.raw.fetch(STATEMENT, *arguments(opening for opening, _ in openings))
            messages = settle([opening for opening, _ in openings], rows)
        except Exception as error:
            for _, settled in openings:
                if not settled.done():
                    settled.set_exception(error)
            return
        for (_, settled), message in zip(openings, messages, strict=True):
            if not settled.done():
                settled.set_result(message)


class _Shared:
    """`store.connection.Connection` of one action among several."""

    def __init__(self, together: _Together) -> None:
        self._together = together
        self.has_written = False

    async def rows(self, sql: str, *values: Value) -> Sequence[Row]:
        self._note(sql)
        async with self._together.turn:
            return cast(Sequence[Row], await self._together.raw.fetch(sql, *values))

    async def row(self, sql: str, *values: Value) -> Row | None:
        self._note(sql)
        async with self._together.turn:
            return cast(Row | None, await self._together.raw.fetchrow(sql, *values))

    async def run(self, sql: str, *values: Value) -> None:
        self._note(sql)
        async with self._together.turn:
            await self._together.raw.execute(sql, *values)

    def _note(self, sql: str) -> None:
        self.has_written = self.has_written or not sql.startswith("SELECT")


class _Tickets(TicketRepository):
    """Tickets, opened together with those of the other actions."""

    def __init__(self, connection: _Shared, tx: StoreTransaction, together: _Together) -> None:
        super().__init__(connection, tx.people)
        self._shared = connection
        self._together = together

    async def add(self, ticket: Ticket, opening: Message) -> Message:
        self._shared.has_written = True
        return await self._together.open(ticket, opening)


async def speak_our_types(raw: Raw) -> None:
    """Have UUIDs come and go as sixteen bytes, as on SQLite."""
    await raw.set_type_codec("uuid", schema="pg_catalog", encoder=bytes, decoder=bytes, format="binary")


async def _keep_as_it_is(raw: Raw) -> None:
    """Nothing to reset: no session state is ever set, and a round trip is a round trip."""


async def _abandon(raw: Raw) -> None:
    """Roll back; a connection that cannot even do that is thrown away."""
    try:
        await raw.execute("ROLLBACK")
    except Exception:
        raw.terminate()


def _tell(outcome: _Outcome) -> None:
    if outcome.waiting.answer.done():
        return  # the caller went away
    if outcome.error is not None:
        outcome.waiting.answer.set_exception(outcome.error)
    else:
        outcome.waiting.answer.set_result(outcome.result)


def _given_up(error: Exception) -> DeskError:
    return error if isinstance(error, DeskError) else StoreUnavailable(1, str(error))


def _translated(error: Exception) -> Exception:
    match error:
        case DeskError():
            return error
        case asyncpg.DiskFullError():
            return StoreFull(detail=str(error))
        case _ if isinstance(error, _UNREACHABLE):
            return StoreUnavailable(detail=f"{type(error).__name__}: {error}")
        case _:
            return error
