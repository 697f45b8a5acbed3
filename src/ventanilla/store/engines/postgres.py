"""PostgreSQL: many processes, group commit over a few writer connections (docs/decisions/0003-write-path.md).

Actions that wait for a writer run together in one transaction. Tickets that they open go in with one statement for all
of them, so that the label counter, one row, is taken once per batch and last. If anything breaks the transaction, it
is rolled back and each action runs alone; an action has no effect outside its transaction, so it may run again.

Every wait has an end that this client keeps: a server that cannot be reached any more tells nobody (faults.md, F7).
"""

import asyncio
import contextvars
import random
from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Concatenate, ParamSpec, TypeVar, cast

from ventanilla.actions.ports import StoreLoad, Transaction
from ventanilla.core.errors import StoreUnavailable
from ventanilla.store.engines.postgres_batch import Outcome, Raw, Together, Waiting
from ventanilla.store.engines.postgres_failures import TRANSIENT, Broken, given_up, is_unreachable, translated
from ventanilla.store.engines.postgres_pool import READERS, STATEMENT_SECONDS, WRITERS, Connections, Readers, throw_away
from ventanilla.store.transaction import Context

P = ParamSpec("P")
T = TypeVar("T")

LARGEST_BATCH = 64
SLOW_BATCH_SECONDS = 1.0
"""After one that takes longer, batches are made smaller: on a slow line each of its actions costs round trips."""
ATTEMPTS = 16
LONGEST_PAUSE = 0.2
"""Seconds between two attempts: fifty rivals for one ticket all get through before their callers lose patience."""
TRANSACTION_SECONDS = 6.0
ROLLBACK_SECONDS = 3.0
ANSWER_SECONDS = 7.5
"""For everything together. Whoever waits longer is told that the store cannot be reached."""
OLDEST_SERVER = 13

# The server's own limits are for the locks of a client that is gone without the server having noticed: they would
# hold up every other replica. LOCAL, since a pooler would hand on to others what is set for a session.
_BEGIN = (
    f"BEGIN; SET LOCAL statement_timeout = '{STATEMENT_SECONDS:.0f}s'; "
    f"SET LOCAL idle_in_transaction_session_timeout = '{STATEMENT_SECONDS:.0f}s'"
)


class PostgresDesk:
    """`actions.ports.Desk` on a PostgreSQL database. Any number of processes may open it."""

    is_shared = True

    def __init__(self, url: str, context: Context, *, pooled: bool = False) -> None:
        self._context = context
        self._connections = Connections(url, pooled=pooled)
        self._readers = Readers(self._connections, context)
        self._queue: deque[Waiting] = deque()
        self._batch_size = LARGEST_BATCH
        self._writers: set[asyncio.Task[None]] = set()

    async def write(
        self, action: Callable[Concatenate[Transaction, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        loop = asyncio.get_running_loop()
        waiting = Waiting(lambda tx: action(tx, *args, **kwargs), loop.create_future())
        self._queue.append(waiting)
        if len(self._writers) < WRITERS:
            writer = loop.create_task(self._drain(), context=contextvars.Context())
            self._writers.add(writer)
            writer.add_done_callback(self._writers.discard)
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return cast(T, await waiting.answer)
        except TimeoutError:
            raise StoreUnavailable(detail="the database did not answer in time") from None

    async def read(
        self, action: Callable[Concatenate[Transaction, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._readers.run(lambda tx: action(tx, *args, **kwargs))
        except Exception as error:
            raise translated(error) from error

    async def scan(
        self, action: Callable[Concatenate[Transaction, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return await self.read(action, *args, **kwargs)

    def load(self) -> StoreLoad:
        return StoreLoad(
            waiting=len(self._queue),
            connections=self._connections.size,
            connections_in_use=self._connections.borrowed - self._readers.resting,
            most_connections=WRITERS + READERS,
            waiting_for_connection=self._connections.waiting + self._readers.waiting,
        )

    async def close(self) -> None:
        """Finish what was accepted and close every connection."""
        while self._writers:
            await asyncio.wait(self._writers)
        await self._readers.close()
        await self._connections.close()

    async def _drain(self) -> None:
        batch: list[Waiting] = []
        try:
            while self._queue:
                batch = self._next_batch()
                for outcome in await self._commit_together(batch):
                    outcome.tell()
        finally:
            for waiting in batch:
                Outcome(waiting, error=StoreUnavailable(detail="the writer was stopped")).tell()

    def _next_batch(self) -> list[Waiting]:
        """Take the next actions from the queue, without those whose callers are gone."""
        batch = [self._queue.popleft() for _ in range(min(len(self._queue), self._batch_size))]
        return [waiting for waiting in batch if not waiting.answer.done()]

    async def _commit_together(self, batch: list[Waiting]) -> list[Outcome]:
        if len(batch) > 1:
            try:
                return await self._attempt(batch)
            except Exception as error:
                if is_unreachable(error):
                    return [Outcome(waiting, error=translated(error)) for waiting in batch]
        return [await self._commit_alone(waiting) for waiting in batch]

    async def _commit_alone(self, waiting: Waiting) -> Outcome:
        last: Exception = StoreUnavailable()
        for attempt in range(ATTEMPTS):
            if waiting.answer.done():
                break
            try:
                return (await self._attempt([waiting]))[0]
            except TRANSIENT as error:
                last = error
            except Exception as error:
                return Outcome(waiting, error=translated(error))
            await asyncio.sleep(random.uniform(0, min(LONGEST_PAUSE, 0.005 * 2**attempt)))  # noqa: S311
        return Outcome(waiting, error=given_up(last))

    async def _attempt(self, batch: list[Waiting]) -> list[Outcome]:
        started = monotonic()
        self._context.observer.began(len(batch))
        try:
            async with self._connections.one() as raw:
                outcomes = await self._commit(raw, batch)
        except BaseException:
            self._context.observer.failed(len(batch))
            raise
        finally:
            is_slow = monotonic() - started > SLOW_BATCH_SECONDS
            self._batch_size = max(1, len(batch) // 4) if is_slow else min(LARGEST_BATCH, self._batch_size * 2)
        self._context.observer.committed(len(batch), monotonic() - started)
        return outcomes

    async def _commit(self, raw: Raw, batch: list[Waiting]) -> list[Outcome]:
        try:
            async with asyncio.timeout(TRANSACTION_SECONDS):
                await raw.execute(_BEGIN)
                outcomes = await Together(raw, self._context, batch).run()
                # Asked to commit what has failed, PostgreSQL rolls back and raises nothing.
                if await raw.execute("COMMIT") != "COMMIT":
                    raise Broken
        except BaseException:
            await _roll_back(raw)
            raise
        return outcomes


async def _roll_back(raw: Raw) -> None:
    """Roll back; a connection that cannot even do that is thrown away."""
    try:
        await raw.execute("ROLLBACK", timeout=ROLLBACK_SECONDS)
    except Exception:
        throw_away(raw)
    except BaseException:
        throw_away(raw)
        raise
