"""Opening a desk on PostgreSQL: check the server, bring the schema up to date, say clearly what is in the way."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

import asyncpg

from ventanilla.store.engines import postgres_indexes
from ventanilla.store.engines.postgres import OLDEST_SERVER
from ventanilla.store.engines.postgres_failures import is_unreachable
from ventanilla.store.failures import CannotOpen, newer_schema
from ventanilla.store.migrations import HEAD

T = TypeVar("T")

CONNECT_SECONDS = 5
STATEMENT_SECONDS = 10
MIGRATION_SECONDS = 60 * 60
LOCK_SECONDS = 5
_TRIES = 10


def prepare(url: str) -> str | None:
    """Check the server and bring the schema up to date; returns the revision before (None: empty). Raises CannotOpen.

    Called before the event loop that will serve, or from inside one: the work is done in a loop of its own.
    """
    return _aside(_prepare(url))


async def connect(url: str, statement_seconds: float | None) -> "asyncpg.Connection[Any]":
    """Connect to a server of a version and an encoding that will do. Raises CannotOpen."""
    connection = await _connect(url, statement_seconds)
    try:
        with _failures_told():
            _check_server(connection)
            await _check_encoding(connection)
    except BaseException:
        connection.terminate()
        raise
    return connection


async def _prepare(url: str) -> str | None:
    connection = await connect(url, STATEMENT_SECONDS)
    try:
        with _failures_told():
            current = await _known_revision(connection)
            if current != HEAD:
                await _migrate(connection, _script(current), current)
            if current is not None and await postgres_indexes.are_left(connection):
                await _build_indexes(url, connection)
            return current
    except asyncpg.InsufficientPrivilegeError as error:
        raise CannotOpen(
            f"The database user may not do what is needed: {error}. Give it the right to create tables in its schema: "
            "GRANT CREATE, USAGE ON SCHEMA public TO <user>"
        ) from error
    finally:
        connection.terminate()


async def _build_indexes(url: str, connection: "asyncpg.Connection[Any]") -> None:
    keeper = await _connect(url, STATEMENT_SECONDS)
    try:
        await postgres_indexes.build(connection, keeper)
    finally:
        keeper.terminate()


@contextmanager
def _failures_told() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if not is_unreachable(error):
            raise
        raise CannotOpen(
            f"The PostgreSQL server failed while the desk was being opened: {_what(error)}. Look into its log, then "
            "try again; nothing is left half done."
        ) from error


async def _connect(url: str, statement_seconds: float | None) -> "asyncpg.Connection[Any]":
    try:
        return await asyncpg.connect(
            url, timeout=CONNECT_SECONDS, command_timeout=statement_seconds, statement_cache_size=0
        )
    except (OSError, ValueError, OverflowError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise CannotOpen(
            f"The PostgreSQL server of database_url cannot be reached: {_what(error)}. Check host, "
            "port, user, password and database name, and that the server accepts connections from here."
        ) from error


def _what(error: Exception) -> str:
    """Return what the error says, in one line; a time limit says nothing."""
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__


def _check_server(connection: "asyncpg.Connection[Any]") -> None:
    major = connection.get_server_version().major
    if major < OLDEST_SERVER:
        raise CannotOpen(f"The server is PostgreSQL {major}; {OLDEST_SERVER} or newer is needed.")


async def _check_encoding(connection: "asyncpg.Connection[Any]") -> None:
    encoding = await connection.fetchval("SHOW server_encoding")
    if encoding != "UTF8":
        raise CannotOpen(
            f"The database is encoded in {encoding}; UTF8 is needed. Make one with: "
            "CREATE DATABASE ventanilla ENCODING 'UTF8' TEMPLATE template0"
        )


async def _known_revision(connection: "asyncpg.Connection[Any]") -> str | None:
    if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
        return None
    found = await connection.fetchval("SELECT version_num FROM alembic_version")
    return None if found is None else str(found)


async def _migrate(connection: "asyncpg.Connection[Any]", script: str, current: str | None) -> None:
    """Run the script in one transaction; of several processes that try at once, one does it and the others see it."""
    script, indexes = (script, ()) if current is None else postgres_indexes.take_out(script)
    for _ in range(_TRIES):
        try:
            async with connection.transaction():
                await connection.execute(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
                if current is not None:
                    await connection.execute("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE")
                if await _known_revision(connection) == current:
                    await connection.execute(script, timeout=MIGRATION_SECONDS)
                    await postgres_indexes.note(connection, indexes)
            return
        except (asyncpg.DuplicateObjectError, asyncpg.DuplicateTableError, asyncpg.UniqueViolationError):
            # Another process is making the tables at this moment.
            await asyncio.sleep(0.5)
        except asyncpg.LockNotAvailableError:
            await asyncio.sleep(1)
        if await _known_revision(connection) == HEAD:
            return
    raise CannotOpen("The schema cannot be brought up to date: other sessions hold its tables. Try again later.")


def _script(current: str | None) -> str:
    from ventanilla.store.migrations.writer import UnknownRevision, migration_sql

    try:
        return migration_sql("postgresql", current)
    except UnknownRevision as error:
        raise newer_schema(current) from error


def _aside(work: Coroutine[Any, Any, T]) -> T:
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
