"""SQLite as the command line works on it, and how a database is copied while it is written."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import apsw

from ventanilla.store.connection import Connection
from ventanilla.store.engines.sqlite_connection import SqliteConnection, unsound_sqlite
from ventanilla.store.failures import CannotOpen
from ventanilla.store.workbench import Workbench

# SQLite remembers the highest id that each table ever gave out, so that the id of a deleted row never comes back.
_LAST_IDS = "SELECT name, seq FROM sqlite_sequence ORDER BY name"
_RAISE_LAST_ID = "UPDATE sqlite_sequence SET seq = $1 WHERE name = $2 AND seq < $1"
_ADD_LAST_ID = (
    "INSERT INTO sqlite_sequence (name, seq) SELECT $2, $1 WHERE NOT EXISTS"
    " (SELECT 1 FROM sqlite_sequence WHERE name = $2)"
)
_PAGES_AT_ONCE = 2_000


class SqliteEngine:
    """`store.workbench.Engine` of SQLite."""

    begin_snapshot = "BEGIN"
    begin_work = "BEGIN IMMEDIATE"
    refusals: tuple[type[Exception], ...] = (apsw.ConstraintError,)
    failures: tuple[type[Exception], ...] = (apsw.Error,)
    mend = "stop the server and restore the last good backup; `sqlite3 FILE .recover` saves what it can"

    async def version(self, db: Connection) -> str:
        return f"SQLite {apsw.sqlite_lib_version()}"

    async def revision(self, db: Connection) -> str | None:
        if not await db.row("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"):
            return None
        row = await db.row("SELECT version_num FROM alembic_version")
        return str(row[0]) if row else None

    async def last_ids(self, db: Connection, tables: Sequence[str]) -> Mapping[str, int]:
        return {row[0]: int(row[1]) for row in await db.rows(_LAST_IDS) if row[0] in tables}

    async def pass_over(self, db: Connection, table: str, last: int) -> None:
        await db.run(_RAISE_LAST_ID, last, table)
        await db.run(_ADD_LAST_ID, last, table)

    async def damage(self, db: Connection, *, quick: bool) -> Sequence[str]:
        """Return at most a hundred lines; the thorough look reads the whole file."""
        rows = await db.rows("PRAGMA quick_check" if quick else "PRAGMA integrity_check")
        return [str(row[0]) for row in rows if row[0] != "ok"]

    async def hazards(self, db: Connection) -> Sequence[str]:
        return []  # every connection of ours says for itself how it commits


def open_workbench(path: Path) -> Workbench:
    """Open a file that is there. Raises CannotOpen."""
    found = unsound_sqlite()
    if found:
        raise CannotOpen(f"SQLite {found} can corrupt the database: pip install --upgrade apsw")
    try:
        connection = SqliteConnection(path, make=False)
    except apsw.Error as error:
        raise CannotOpen(
            f"{path} cannot be opened: {error}. Check that it is there, its owner and its mode."
        ) from error

    async def close() -> None:
        connection.close()

    return Workbench(connection, SqliteEngine(), close)


def copy_database(
    source: SqliteConnection, target: Path, advance: Callable[[int], None], without: Sequence[str]
) -> None:
    """Copy what the snapshot of `source` shows, the rows of some tables left out, to a new file for its owner alone.

    To be called inside a snapshot that has read already: the copy begins anew whenever its source sees a change, and
    inside a snapshot it sees none. `advance` hears of pages that were copied. Raises apsw.Error and OSError; then half
    a copy may be left behind.
    """
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(apsw.Connection(str(target), flags=apsw.SQLITE_OPEN_READWRITE)) as written:
        with written.backup("main", source.raw, "main") as backup:
            left = source.pages()
            while left:
                backup.step(_PAGES_AT_ONCE)
                advance(left - backup.remaining)
                left = backup.remaining
        written.execute("PRAGMA secure_delete = ON").fetchall()
        for table in without:
            written.execute(f"DELETE FROM {table}")
        # A database in one file, without a write-ahead log beside it.
        written.execute("PRAGMA journal_mode = DELETE").fetchall()
