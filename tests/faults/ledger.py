"""Reading a desk's database past the desk: what must hold whatever happened to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import apsw
import asyncpg

_HALF = """
SELECT COUNT(*) FROM tickets t WHERE
  (SELECT COUNT(*) FROM messages m WHERE m.ticket_id = t.id) != 1
  OR (SELECT COUNT(*) FROM events e WHERE e.ticket_id = t.id AND e.kind = 'ticket.opened') != 1
  OR (SELECT COUNT(*) FROM requesters r WHERE r.id = t.requester_id) != 1
"""
_ORPHANS = """
SELECT (SELECT COUNT(*) FROM messages WHERE ticket_id NOT IN (SELECT id FROM tickets))
     + (SELECT COUNT(*) FROM events WHERE ticket_id NOT IN (SELECT id FROM tickets))
"""
_DUPLICATES = "SELECT COUNT(*) - COUNT(DISTINCT label_year || '-' || label_number) FROM tickets"
_GAPS = """
SELECT COALESCE(SUM(c.last - (SELECT COUNT(*) FROM tickets t WHERE t.label_year = c.year)), 0) FROM label_counters c
"""
_COUNTED = "SELECT area_key, status, is_read, tickets FROM queue_counts WHERE tickets != 0 ORDER BY 1, 2, 3"
_COUNTABLE = "SELECT area_key, status, is_read, COUNT(*) FROM tickets GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"

_SUBJECTS = "SELECT id, subject FROM tickets"
_QUESTIONS = (_SUBJECTS, _HALF, _ORPHANS, _DUPLICATES, _GAPS, _COUNTED, _COUNTABLE)


@dataclass(frozen=True)
class Ledger:
    """The state of a desk on which nothing but opening happened. All but `subjects` are counts of what is wrong."""

    subjects: dict[int, str]
    half: int
    orphans: int
    duplicate_labels: int
    gaps: int
    miscounted: int
    broken_pages: int

    def faults(self) -> dict[str, int]:
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "subjects"}


def read_ledger(file: Path) -> Ledger:
    """Read a SQLite database that nobody else has open."""
    database = apsw.Connection(str(file))
    try:
        broken = sum(line != ("ok",) for line in database.execute("PRAGMA integrity_check").fetchall())
        return _ledger(lambda sql: database.execute(sql).fetchall(), broken)
    finally:
        database.close()


async def read_postgres_ledger(url: str) -> Ledger:
    """Read a PostgreSQL database on which nothing happens any more."""
    database = await asyncpg.connect(url)
    try:
        found = {sql: [tuple(row) for row in await database.fetch(sql)] for sql in _QUESTIONS}
    finally:
        await database.close()
    return _ledger(found.__getitem__, 0)


def _ledger(ask: Callable[[str], Sequence[tuple[Any, ...]]], broken_pages: int) -> Ledger:
    return Ledger(
        subjects=dict(ask(_SUBJECTS)),
        half=_number(ask(_HALF)),
        orphans=_number(ask(_ORPHANS)),
        duplicate_labels=_number(ask(_DUPLICATES)),
        gaps=_number(ask(_GAPS)),
        miscounted=int(list(ask(_COUNTED)) != list(ask(_COUNTABLE))),
        broken_pages=broken_pages,
    )


def labels(file: Path) -> list[str]:
    """Return the labels in the order in which the tickets were opened."""
    database = apsw.Connection(str(file))
    try:
        found = database.execute("SELECT label_year, label_number FROM tickets ORDER BY id").fetchall()
        return [f"TKT-{year}-{number:05}" for year, number in found]
    finally:
        database.close()


def _subjects(database: apsw.Connection) -> dict[int, str]:
    rows: list[Any] = database.execute("SELECT id, subject FROM tickets").fetchall()
    return dict(rows)


def _number(rows: Sequence[tuple[Any, ...]]) -> int:
    ((found,),) = rows
    return int(found)
