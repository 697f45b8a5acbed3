"""PostgreSQL as the command line works on it."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import asyncpg
from asyncpg.exceptions import _base

from ventanilla.store.connection import Connection, Row, Value
from ventanilla.store.engines import postgres_setup
from ventanilla.store.engines.postgres_batch import SETTLED
from ventanilla.store.engines.postgres_pool import speak_our_types
from ventanilla.store.engines.postgres_words import PostgresFinder
from ventanilla.store.workbench import Workbench

# Whatever limits the server or the database has for everybody else, a move of the whole desk takes its time.
_PATIENTLY = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"
_LAST_ID = "SELECT pg_sequence_last_value(pg_get_serial_sequence($1, 'id')::regclass)"
_PASS_OVER = (
    "SELECT setval(numbers, $1) FROM (SELECT pg_get_serial_sequence($2, 'id')::regclass AS numbers) AS one"
    " WHERE COALESCE(pg_sequence_last_value(numbers), 0) < $1"
)
_BROKEN_INDEXES = (
    "SELECT pg_index.indexrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = pg_index.indrelid"
    " WHERE NOT pg_index.indisvalid AND pg_table_is_visible(pg_class.oid) ORDER BY 1"
)
_HAZARDS = (
    "SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')"
    " AND setting = 'off' ORDER BY 1"
)


class PostgresEngine:
    """`store.workbench.Engine` of PostgreSQL."""

    begin_snapshot = f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {_PATIENTLY}"
    begin_work = f"BEGIN; {_PATIENTLY}"
    refusals: tuple[type[Exception], ...] = (
        asyncpg.IntegrityConstraintViolationError,
        asyncpg.DataError,
        _base.DataError,
    )
    failures: tuple[type[Exception], ...] = (asyncpg.PostgresError, asyncpg.InterfaceError, ConnectionError)
    mend = "build it anew: REINDEX INDEX CONCURRENTLY and its name"

    async def version(self, db: Connection) -> str:
        row = await db.row("SELECT current_setting('server_version'), current_setting('server_encoding')")
        assert row is not None
        return f"PostgreSQL {row[0]}, {row[1]}"

    async def revision(self, db: Connection) -> str | None:
        known = await db.row("SELECT to_regclass('alembic_version')::text")
        row = await db.row("SELECT version_num FROM alembic_version") if known and known[0] else None
        return str(row[0]) if row else None

    async def last_ids(self, db: Connection, tables: Sequence[str]) -> Mapping[str, int]:
        asked = [(table, await db.row(_LAST_ID, table)) for table in sorted(tables)]
        return {table: int(row[0]) for table, row in asked if row is not None and row[0] is not None}

    async def pass_over(self, db: Connection, table: str, last: int) -> None:
        await db.rows(_PASS_OVER, last, table)

    async def damage(self, db: Connection, *, quick: bool) -> Sequence[str]:
        """Return the indexes that the server knows to be broken; for its files it has tools of its own."""
        return [f"index {row[0]} is not valid" for row in await db.rows(_BROKEN_INDEXES)]

    async def hazards(self, db: Connection) -> Sequence[str]:
        return [f"{row[0]} = off" for row in await db.rows(_HAZARDS)]


class PatientConnection:
    """`store.connection.Connection` on an asyncpg connection of its own."""

    finder = PostgresFinder()
    settled = SETTLED

    def __init__(self, raw: "asyncpg.Connection[Any]") -> None:
        self._raw = raw

    async def rows(self, sql: str, *values: Value) -> Sequence[Row]:
        return cast(Sequence[Row], await self._raw.fetch(sql, *values))

    async def row(self, sql: str, *values: Value) -> Row | None:
        return cast(Row | None, await self._raw.fetchrow(sql, *values))

    async def run(self, sql: str, *values: Value) -> None:
        await self._raw.execute(sql, *values)


async def open_workbench(url: str) -> Workbench:
    """Connect to a server of a version and an encoding that will do. Raises CannotOpen."""
    raw = await postgres_setup.connect(url, statement_seconds=None)
    await speak_our_types(raw)
    return Workbench(PatientConnection(raw), PostgresEngine(), raw.close)
