"""What the command line asks of SQLite alone, and how a database is copied while it is being written."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import apsw

from ventanilla.store.connection import Connection

# SQLite remembers the highest id that each table ever gave out, so that the id of a deleted row never comes back.
_LAST_IDS = "SELECT name, seq FROM sqlite_sequence ORDER BY name"
_RAISE_LAST_ID = "UPDATE sqlite_sequence SET seq = $1 WHERE name = $2 AND seq < $1"
_ADD_LAST_ID = (
    "INSERT INTO sqlite_sequence (name, seq) SELECT $2, $1 WHERE NOT EXISTS"
    " (SELECT 1 FROM sqlite_sequence WHERE name = $2)"
)
_PAGES_AT_ONCE = 2_000


class SqliteUpkeep:
    """`store.connection.Upkeep` of SQLite."""

    refusals: tuple[type[Exception], ...] = (apsw.ConstraintError,)

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
        return []  # every connection of ours sets its own pragmas


def copy_database(source: Path, target: Path, tell: Callable[[int, int], None]) -> None:
    """Copy a database as one moment shows it, also while it is written, into a new file that only its owner may read.

    `tell` hears pages copied and pages in all. Raises apsw.Error and OSError; half a copy may be left behind.
    """
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with (
        closing(apsw.Connection(str(source), flags=apsw.SQLITE_OPEN_READWRITE)) as read,
        closing(apsw.Connection(str(target), flags=apsw.SQLITE_OPEN_READWRITE)) as written,
    ):
        # A backup begins anew whenever its source changes; with a snapshot of its own the source does not.
        read.execute("BEGIN; SELECT 1 FROM sqlite_master").fetchall()
        with written.backup("main", read, "main") as backup:
            while not backup.step(_PAGES_AT_ONCE):
                tell(backup.page_count - backup.remaining, backup.page_count)
        tell(1, 1)
        # One file, without a write-ahead log beside it.
        written.execute("PRAGMA journal_mode = DELETE").fetchall()
