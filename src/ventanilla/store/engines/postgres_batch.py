"""Actions on one PostgreSQL connection: one alone, or several together in one transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple, TypeAlias, cast

import asyncpg

from ventanilla.actions.ports import Transaction
from ventanilla.core.notifications import notices
from ventanilla.core.thread import Message
from ventanilla.core.ticket import Ticket
from ventanilla.store.connection import Row, Value
from ventanilla.store.engines.postgres_failures import TRANSIENT, Broken, is_unreachable
from ventanilla.store.engines.postgres_opening import STATEMENT, Opening, arguments, settle
from ventanilla.store.engines.postgres_words import PostgresFinder
from ventanilla.store.tickets import TicketRepository
from ventanilla.store.transaction import Context, StoreTransaction

Raw: TypeAlias = "asyncpg.pool.PoolConnectionProxy[Any]"


SETTLED = "e.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
"""Written by transactions that are over, as all that began before them are."""


class Waiting(NamedTuple):
    """An action that waits for its turn. `answer` is done once its caller was told, or is gone."""

    start: Callable[[Transaction], Awaitable[Any]]
    answer: "asyncio.Future[Any]"


class Outcome(NamedTuple):
    waiting: Waiting
    result: Any = None
    error: Exception | None = None

    def tell(self) -> None:
        """Answer the caller, unless they were told already or are gone."""
        if self.waiting.answer.done():
            return
        if self.error is not None:
            self.waiting.answer.set_exception(self.error)
        else:
            self.waiting.answer.set_result(self.result)


class Single:
    """`store.connection.Connection` on one asyncpg connection."""

    finder = PostgresFinder()
    settled = SETTLED

    def __init__(self, raw: Raw) -> None:
        self._raw = raw

    async def rows(self, sql: str, *values: Value) -> Sequence[Row]:
        return cast(Sequence[Row], await self._raw.fetch(sql, *values))

    async def row(self, sql: str, *values: Value) -> Row | None:
        return cast(Row | None, await self._raw.fetchrow(sql, *values))

    async def run(self, sql: str, *values: Value) -> None:
        await self._raw.execute(sql, *values)


class Together:
    """Several actions in one transaction, on one connection that they take turns on."""

    def __init__(self, raw: Raw, context: Context, batch: Sequence[Waiting]) -> None:
        self.raw = raw
        self.turn = asyncio.Lock()
        self._context = context
        self._batch = batch
        self._running = len(batch)
        self._openings: list[tuple[Opening, asyncio.Future[Message]]] = []
        self._flushing: asyncio.Task[None] | None = None

    async def run(self) -> list[Outcome]:
        """Run every action to its end. Raises Broken when one of them failed after it had written."""
        try:
            if len(self._batch) == 1:
                return [await self._run_one(self._batch[0])]
            return await self._run_all()
        finally:
            await self._stop_flushing()

    async def open(self, ticket: Ticket, message: Message) -> Message:
        """Open a ticket along with those of the other actions, once none of them has anything else to do."""
        settled: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._openings.append((Opening(ticket, message), settled))
        self._flush_if_all_wait()
        return await settled

    async def _run_all(self) -> list[Outcome]:
        tasks = [asyncio.ensure_future(self._run_one(waiting)) for waiting in self._batch]
        try:
            return list(await asyncio.gather(*tasks))
        except BaseException:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            raise

    async def _run_one(self, waiting: Waiting) -> Outcome:
        connection = _Shared(self)
        tx = StoreTransaction(connection, self._context)
        tx.tickets = _Tickets(connection, tx, self)
        try:
            return Outcome(waiting, result=await waiting.start(tx))
        except (asyncpg.PostgresError, *TRANSIENT):
            raise
        except Exception as error:
            if is_unreachable(error):
                raise
            if connection.has_written:
                if len(self._batch) > 1:
                    raise Broken from error
                raise
            return Outcome(waiting, error=error)
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

    async def _stop_flushing(self) -> None:
        """Leave the connection to whoever rolls back on it."""
        if self._flushing is not None and not self._flushing.done():
            self._flushing.cancel()
            await asyncio.wait([self._flushing])


class _Shared:
    """`store.connection.Connection` of one action among several."""

    finder = PostgresFinder()
    settled = SETTLED

    def __init__(self, together: Together) -> None:
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

    def __init__(self, connection: _Shared, tx: StoreTransaction, together: Together) -> None:
        super().__init__(connection, tx.people, tx.notifications, lambda: tx.now)
        self._shared = connection
        self._together = together

    async def add(self, ticket: Ticket, opening: Message) -> Message:
        self._shared.has_written = True
        told = notices(ticket)
        message = await self._together.open(ticket, opening)
        await self._notifications.tell(ticket.id, told)
        return message
