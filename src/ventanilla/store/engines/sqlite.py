"""SQLite in this process: one writer with group commit, reads on a snapshot (docs/decisions/0003-write-path.md).

An action runs in the event loop on the write connection; only the COMMIT, which waits for the disk, runs in a thread.
Writers that arrive meanwhile share the next commit. Nobody is answered before the commit. If one of them fails that has
written something, all run anew, each in a savepoint of its own.
"""

import asyncio
import contextvars
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar, cast

import apsw

from ventanilla.actions.ports import StoreLoad, Transaction
from ventanilla.core.errors import DeskError, StoreFull, StoreUnavailable
from ventanilla.store.engines import sqlite_words
from ventanilla.store.engines.sqlite_connection import BUSY_MILLISECONDS, SqliteConnection
from ventanilla.store.engines.sqlite_indexing import SearchIndexing
from ventanilla.store.transaction import Context, StoreTransaction

P = ParamSpec("P")
T = TypeVar("T")

LARGEST_BATCH = 128
"""Actions in one commit. Bounds how long the event loop is busy with writing at a stretch."""

SCAN_THREADS = 2

_WRITERS_CACHE = "PRAGMA cache_size = -8000"
"""Writing goes mostly to the ends of indexes: more would only be memory. Reading needs twice as much."""


class _Waiting(NamedTuple):
    start: Callable[[StoreTransaction], Awaitable[Any]]
    answer: "asyncio.Future[Any]"


class _Outcome(NamedTuple):
    waiting: _Waiting
    result: Any = None
    error: BaseException | None = None


class SqliteDesk:
    """`actions.ports.Desk` on one SQLite file. Only one process may write to it."""

    is_shared = False

    def __init__(self, path: Path, context: Context) -> None:
        self._path = path
        self._context = context
        self._write_connection = SqliteConnection(path)
        self._write_connection.raw.set_busy_timeout(0)
        self._write_connection.do(_WRITERS_CACHE)
        self._writing = StoreTransaction(self._write_connection, context)
        self._read_connection = SqliteConnection(path)
        self._reading = StoreTransaction(self._read_connection, context)
        self._queue: deque[_Waiting] = deque()
        self._writer: asyncio.Task[None] | None = None
        self._committer = ThreadPoolExecutor(1, "commit")
        self._scanners = ThreadPoolExecutor(SCAN_THREADS, "scan")
        self._scan_connections: list[SqliteConnection] = []
        self._scans = 0
        self._local = threading.local()
        self._indexing = SearchIndexing(lambda: self._enqueue(sqlite_words.step))

    async def write(
        self, action: Callable[Concatenate[Transaction, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        self._indexing.note()
        return cast(T, await self._enqueue(lambda tx: action(tx, *args, **kwargs)))

    async def index(self) -> None:
        """Let the search find all that was committed before."""
        await self._indexing.catch_up()

    async def read(
        self, action: Callable[Concatenate[Transaction, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        self._indexing.soon()
        return _read(self._reading, self._read_connection, lambda tx: action(tx, *args, **kwargs))

    async def scan(
        self, action: Callable[Concatenate[Transaction, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        loop = asyncio.get_running_loop()
        self._scans += 1
        self._indexing.soon()
        try:
            return await loop.run_in_executor(self._scanners, self._scan, lambda tx: action(tx, *args, **kwargs))
        finally:
            self._scans -= 1

    def load(self) -> StoreLoad:
        return StoreLoad(
            waiting=len(self._queue),
            connections=2 + len(self._scan_connections),
            connections_in_use=int(self._writer is not None) + min(self._scans, SCAN_THREADS),
            most_connections=2 + SCAN_THREADS,
            waiting_for_connection=max(0, self._scans - SCAN_THREADS),
        )

    async def close(self) -> None:
        """Finish what was accepted, fold the WAL into the database file, and let go of it."""
        self._indexing.stop()
        while self._writer is not None:
            await self._writer
        self._indexing.stop()
        self._committer.shutdown()
        self._scanners.shutdown()
        for connection in (*self._scan_connections, self._read_connection, self._write_connection):
            connection.close()

    async def _enqueue(self, start: Callable[[StoreTransaction], Awaitable[Any]]) -> Any:
        loop = asyncio.get_running_loop()
        waiting = _Waiting(start, loop.create_future())
        self._queue.append(waiting)
        if self._writer is None:
            self._writer = loop.create_task(self._drain(), context=contextvars.Context())
        return await waiting.answer

    async def _drain(self) -> None:
        try:
            while self._queue:
                batch = [self._queue.popleft() for _ in range(min(len(self._queue), LARGEST_BATCH))]
                for outcome in await self._commit_together(batch):
                    _tell(outcome)
        finally:
            self._writer = None
            self._indexing.soon()

    async def _commit_together(self, batch: list[_Waiting]) -> list[_Outcome]:
        loop = asyncio.get_running_loop()
        started = monotonic()
        self._context.observer.began(len(batch))
        try:
            await self._begin(loop)
            outcomes = self._run_alone(batch[0]) if len(batch) == 1 else self._run_together(batch)
            if outcomes is None:
                self._write_connection.roll_back()
                await self._begin(loop)
                outcomes = [self._run_apart(waiting) for waiting in batch]
            await loop.run_in_executor(self._committer, self._commit)
        except Exception as error:
            # Nothing of the batch was acknowledged and nothing of it is kept.
            self._write_connection.roll_back()
            self._context.observer.failed(len(batch))
            return [_Outcome(waiting, error=_translated(error)) for waiting in batch]
        self._context.observer.committed(len(batch), monotonic() - started)
        return outcomes

    async def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            self._write_connection.do("BEGIN IMMEDIATE")
        except apsw.BusyError:
            # Another process (a command line) is writing: wait for it away from the event loop.
            await loop.run_in_executor(self._committer, self._begin_patiently)

    def _begin_patiently(self) -> None:
        self._write_connection.raw.set_busy_timeout(BUSY_MILLISECONDS)
        try:
            self._write_connection.do("BEGIN IMMEDIATE")
        finally:
            self._write_connection.raw.set_busy_timeout(0)

    def _commit(self) -> None:
        if self._write_connection.raw.in_transaction:
            self._write_connection.do("COMMIT")

    def _run_alone(self, waiting: _Waiting) -> list[_Outcome]:
        outcome = self._run(waiting)
        if outcome.error is not None:
            self._write_connection.roll_back()
        return [outcome]

    def _run_together(self, batch: list[_Waiting]) -> list[_Outcome] | None:
        """Run all without savepoints, which cost a tenth of a write; None when one failed that had written."""
        outcomes = []
        for waiting in batch:
            changes = self._write_connection.raw.total_changes()
            outcome = self._run(waiting)
            if outcome.error is not None and self._write_connection.raw.total_changes() != changes:
                return None
            outcomes.append(outcome)
        return outcomes

    def _run_apart(self, waiting: _Waiting) -> _Outcome:
        self._write_connection.do("SAVEPOINT one")
        outcome = self._run(waiting)
        if outcome.error is not None:
            self._write_connection.do("ROLLBACK TO one")
        self._write_connection.do("RELEASE one")
        return outcome

    def _run(self, waiting: _Waiting) -> _Outcome:
        self._writing.begin()
        try:
            return _Outcome(waiting, result=_drive(waiting.start(self._writing)))
        except (apsw.FullError, apsw.IOError, apsw.CorruptError, apsw.ReadOnlyError):
            raise  # the whole transaction is lost, not this action alone
        except Exception as error:
            return _Outcome(waiting, error=_translated(error))

    def _scan(self, start: Callable[[StoreTransaction], Awaitable[T]]) -> T:
        if not hasattr(self._local, "transaction"):
            connection = self._another_connection()
            self._scan_connections.append(connection)
            self._local.transaction = StoreTransaction(connection, self._context)
        transaction: StoreTransaction = self._local.transaction
        return _read(transaction, cast(SqliteConnection, transaction.connection), start)

    def _another_connection(self) -> SqliteConnection:
        try:
            return SqliteConnection(self._path, make=False)
        except apsw.Error as error:
            raise _translated(error) from error


def _read(tx: StoreTransaction, connection: SqliteConnection, start: Callable[[StoreTransaction], Awaitable[T]]) -> T:
    tx.begin()
    try:
        connection.do("BEGIN")
        return _drive(start(tx))
    except apsw.Error as error:
        raise _translated(error) from error
    finally:
        connection.roll_back()


def _drive(awaitable: Awaitable[T]) -> T:
    """Run an action to its end at once: over SQLite nothing in it ever waits."""
    coroutine = cast(Coroutine[Any, Any, T], awaitable)
    try:
        coroutine.send(None)
    except StopIteration as done:
        return cast(T, done.value)
    coroutine.close()  # now, so that what its `finally` writes is undone with the rest
    raise RuntimeError("an action waited for something outside its transaction")


def _tell(outcome: _Outcome) -> None:
    if outcome.waiting.answer.done():
        return  # the caller went away
    if outcome.error is not None:
        outcome.waiting.answer.set_exception(outcome.error)
    else:
        outcome.waiting.answer.set_result(outcome.result)


def _translated(error: Exception) -> Exception:
    match error:
        case DeskError():
            return error
        case apsw.FullError():
            return StoreFull(detail=str(error))
        case apsw.BusyError() | apsw.IOError() | apsw.CantOpenError() | apsw.ReadOnlyError() | apsw.CorruptError():
            return StoreUnavailable(detail=str(error))
        case _:
            return error
