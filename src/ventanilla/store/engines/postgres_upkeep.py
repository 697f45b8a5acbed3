"""What the command line asks of PostgreSQL alone."""

from collections.abc import Mapping, Sequence

import asyncpg
from asyncpg.exceptions import _base

from ventanilla.store.connection import Connection

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


class PostgresUpkeep:
    """`store.connection.Upkeep` of PostgreSQL."""

    refusals: tuple[type[Exception], ...] = (
        asyncpg.IntegrityConstraintViolationError,
        asyncpg.DataError,
        _base.DataError,
    )

    async def last_ids(self, db: Connection, tables: Sequence[str]) -> Mapping[str, int]:
        found = {}
        for table in tables:
            row = await db.row(_LAST_ID, table)
            if row is not None and row[0] is not None:
                found[table] = int(row[0])
        return dict(sorted(found.items()))

    async def pass_over(self, db: Connection, table: str, last: int) -> None:
        await db.rows(_PASS_OVER, last, table)

    async def damage(self, db: Connection, *, quick: bool) -> Sequence[str]:
        """Return the indexes that the server itself knows to be broken; for its files there is `pg_amcheck`."""
        return [f"index {row[0]} is not valid" for row in await db.rows(_BROKEN_INDEXES)]

    async def hazards(self, db: Connection) -> Sequence[str]:
        return [f"{row[0]} = off" for row in await db.rows(_HAZARDS)]
