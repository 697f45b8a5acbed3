"""One connection to a SQLite file, set up so that what is committed survives."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from time import monotonic, sleep
from typing import cast

import apsw

from ventanilla.store.connection import Row, Value
from ventanilla.store.engines import sqlite_words

BUSY_MILLISECONDS = 5_000

# SQLite can lose committed rows when a WAL is reset while another connection checkpoints; mended in 3.51.3.
OLDEST_SOUND_SQLITE = (3, 51, 3)

_PLACEHOLDER = re.compile(r"\$(\d+)")
_PRAGMAS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -16000",
    "PRAGMA wal_autocheckpoint = 2000",
    "PRAGMA journal_size_limit = 67108864",
)


def unsound_sqlite(version: str | None = None) -> str | None:
    """Return the version of a SQLite that can corrupt a WAL database, None when this one is sound."""
    found = version or apsw.sqlite_lib_version()
    return found if tuple(int(part) for part in found.split(".")) < OLDEST_SOUND_SQLITE else None


class SqliteConnection:
    """`store.connection.Connection` over one apsw connection. Its coroutines never wait."""

    finder = sqlite_words.SqliteFinder()
    settled = "TRUE"

    def __init__(self, path: Path, *, make: bool = True) -> None:
        """`make` says whether a file that is not there is made."""
        flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if make else 0)
        self.raw = apsw.Connection(str(path), flags=flags, statementcachesize=256)
        self.raw.set_busy_timeout(BUSY_MILLISECONDS)
        self._switch_to_wal()
        for pragma in _PRAGMAS:
            self.raw.execute(pragma).fetchall()
        # Without this a join is planned anew for each value bound to it, which costs ten times the query itself.
        self.raw.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)

    async def rows(self, sql: str, *values: Value) -> Sequence[Row]:
        return self.raw.execute(_native(sql), values).fetchall()

    async def row(self, sql: str, *values: Value) -> Row | None:
        found = self.raw.execute(_native(sql), values).fetchall()
        return found[0] if found else None

    async def run(self, sql: str, *values: Value) -> None:
        self.raw.execute(_native(sql), values).fetchall()

    def do(self, sql: str) -> None:
        """Run a script. Rows that its statements return are passed over: SQLite goes no further than the first."""
        self.raw.execute(sql).fetchall()

    def pages(self) -> int:
        """Return how large the database is, in the pages that it is copied in."""
        return cast(int, self.raw.execute("PRAGMA page_count").fetchall()[0][0])

    def roll_back(self) -> None:
        if self.raw.in_transaction:
            self.raw.execute("ROLLBACK")

    def close(self) -> None:
        self.raw.close()

    def _switch_to_wal(self) -> None:
        # SQLite applies no busy timeout here, and two processes may find the same new file.
        deadline = monotonic() + BUSY_MILLISECONDS / 1000
        while True:
            try:
                self.raw.execute("PRAGMA journal_mode = WAL").fetchall()
                return
            except apsw.BusyError:
                if monotonic() > deadline:
                    raise
                sleep(0.01)


@lru_cache(maxsize=512)
def _native(sql: str) -> str:
    return _PLACEHOLDER.sub(r"?\1", sql)
