"""Building the indexes of an upgrade while the desk is in use.

`CREATE INDEX` keeps everybody from writing to the table until it is done; `CREATE INDEX CONCURRENTLY` does not, but
cannot be part of the migration's transaction. So the transaction notes what is left to build in the table
`unbuilt_indexes`, and whoever opens the desk next builds it: the same process, or another one if that is killed.
"""

import asyncio
import logging
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import asyncpg

logger = logging.getLogger("ventanilla.store")

_INDEX = re.compile(r"^CREATE INDEX (\w+) ON (\w+) .*?;$", re.MULTILINE | re.DOTALL)
_TABLE = re.compile(r"^CREATE TABLE (\w+) ", re.MULTILINE)
_BUILD_SECONDS = 24 * 60 * 60
_PAUSE_SECONDS = 0.5
_KEEP = (
    "SET LOCAL idle_in_transaction_session_timeout = 0;"
    " LOCK TABLE unbuilt_indexes IN SHARE UPDATE EXCLUSIVE MODE NOWAIT"
)
_NOTE = "INSERT INTO unbuilt_indexes (name, statement) VALUES ($1, $2)"
_IS_VALID = "SELECT i.indisvalid FROM pg_index i WHERE i.indexrelid = to_regclass($1)"


class Index(NamedTuple):
    """An index and the statement that builds it beside everybody's work."""

    name: str
    statement: str


def take_out(script: str) -> tuple[str, Sequence[Index]]:
    """Part a migration from the indexes that it builds on tables which were there before it."""
    made = set(_TABLE.findall(script))
    found = [match for match in _INDEX.finditer(script) if match[2] not in made and not _is_dropped(script, match)]
    for match in found:
        script = script.replace(match[0], "")
    return script, [Index(match[1], _concurrently(match[0])) for match in found]


async def note(connection: "asyncpg.Connection[Any]", indexes: Sequence[Index]) -> None:
    """Note what is left to build, in the transaction of the migration."""
    await connection.executemany(_NOTE, [tuple(index) for index in indexes])


async def are_left(connection: "asyncpg.Connection[Any]") -> bool:
    return bool(await connection.fetchval("SELECT EXISTS (SELECT 1 FROM unbuilt_indexes)"))


async def build(connection: "asyncpg.Connection[Any]", keeper: "asyncpg.Connection[Any]") -> None:
    """Build what is left to build. `keeper` keeps others from doing the same at the same time."""
    while True:
        try:
            async with keeper.transaction():
                # Not waited for, and by no prepared statement: the build waits for the end of every older snapshot.
                await keeper.execute(_KEEP)
                await _build_all(connection)
                return
        except asyncpg.LockNotAvailableError:
            await asyncio.sleep(_PAUSE_SECONDS)


async def _build_all(connection: "asyncpg.Connection[Any]") -> None:
    for row in await connection.fetch("SELECT name, statement FROM unbuilt_indexes ORDER BY name"):
        await _build(connection, Index(*row))


async def _build(connection: "asyncpg.Connection[Any]", index: Index) -> None:
    if not await connection.fetchval(_IS_VALID, index.name):
        # What is there may be what a build that was killed has left.
        await connection.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}", timeout=_BUILD_SECONDS)
        logger.info("building the index %s; the desk can be used meanwhile", index.name)
        await connection.execute(index.statement, timeout=_BUILD_SECONDS)
    await connection.execute("DELETE FROM unbuilt_indexes WHERE name = $1", index.name)


def _is_dropped(script: str, index: re.Match[str]) -> bool:
    return re.search(rf"^DROP INDEX {index[1]};", script[index.end() :], re.MULTILINE) is not None


def _concurrently(statement: str) -> str:
    return statement.rstrip(";").replace("CREATE INDEX ", "CREATE INDEX CONCURRENTLY ", 1)
