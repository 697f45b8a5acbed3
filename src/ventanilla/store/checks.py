"""What can be wrong with a database, as facts; `ventanilla doctor` words them. Only `recount` changes anything.

The queries read whole tables, so they are for the command line and not for a request.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from ventanilla.store import schema
from ventanilla.store.connection import Connection

_BATCH = 1_000

_WRONG_COUNTS = (
    "SELECT area_key, status, is_read, SUM(kept), SUM(found) FROM ("
    " SELECT area_key, status, is_read, tickets AS kept, 0 AS found FROM queue_counts"
    " UNION ALL SELECT area_key, status, is_read, 0, COUNT(*) FROM tickets GROUP BY area_key, status, is_read"
    ") AS counts GROUP BY area_key, status, is_read HAVING SUM(kept) <> SUM(found) ORDER BY 1, 2, 3"
)
_YEARS = (
    "SELECT year, SUM(tickets), SUM(highest), SUM(last) FROM ("
    " SELECT label_year AS year, COUNT(*) AS tickets, MAX(label_number) AS highest, 0 AS last"
    " FROM tickets GROUP BY label_year"
    " UNION ALL SELECT year, 0, 0, last FROM label_counters) AS years GROUP BY year ORDER BY year"
)
_ORPHANS = (
    "SELECT {name} FROM {table} WHERE {column} IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM {parent} WHERE {parent}.id = {table}.{column}) ORDER BY 1"
)
_FILES = "SELECT id, ticket_id, blob_key, size FROM attachments WHERE id > $1 ORDER BY id LIMIT $2"
_LATEST = "SELECT COALESCE(MAX(updated_at), 0) FROM tickets"
_FORGET_COUNTS = "DELETE FROM queue_counts"
_COUNT_AGAIN = (
    "INSERT INTO queue_counts (area_key, status, is_read, tickets)"
    " SELECT area_key, status, is_read, COUNT(*) FROM tickets GROUP BY area_key, status, is_read"
)
_RAISE_COUNTERS = (
    "INSERT INTO label_counters (year, last) SELECT label_year, MAX(label_number) FROM tickets WHERE TRUE"
    " GROUP BY label_year ON CONFLICT (year) DO UPDATE SET last = excluded.last"
    " WHERE label_counters.last < excluded.last"
)


@dataclass(frozen=True, slots=True)
class WrongCount:
    """A queue count that is not the number of tickets it stands for."""

    area_key: str
    status: str
    is_read: bool
    kept: int
    found: int


@dataclass(frozen=True, slots=True)
class LabelYear:
    """The labels of one year: how many tickets, their highest number, and the last number that was given out."""

    year: int
    tickets: int
    highest: int
    counter: int


@dataclass(frozen=True, slots=True)
class AttachedFile:
    id: int
    ticket_id: int
    blob_key: str
    size: int


async def orphans(db: Connection) -> Sequence[tuple[str, int, str]]:
    """Return the rows that name a row which is not there: table, row id, table that it should be in.

    A row without an id goes by that of the ticket it belongs to.
    """
    found: list[tuple[str, int, str]] = []
    for table in schema.metadata.sorted_tables:
        name = next(iter(table.primary_key)).name
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
            parent = key.column.table.name
            rows = await db.rows(_ORPHANS.format(name=name, table=table.name, column=key.parent.name, parent=parent))
            found += [(table.name, int(row[0]), parent) for row in rows]
    return found


async def wrong_counts(db: Connection) -> Sequence[WrongCount]:
    rows = await db.rows(_WRONG_COUNTS)
    return [WrongCount(row[0], row[1], bool(row[2]), int(row[3]), int(row[4])) for row in rows]


async def label_years(db: Connection) -> Sequence[LabelYear]:
    return [LabelYear(*(int(value) for value in row)) for row in await db.rows(_YEARS)]


async def attached_files(db: Connection) -> AsyncIterator[AttachedFile]:
    after = 0
    while rows := await db.rows(_FILES, after, _BATCH):
        for row in rows:
            yield AttachedFile(*row)
        after = rows[-1][0]


async def latest_change(db: Connection) -> int:
    """Return when a ticket last changed, in microseconds since 1970; 0 on an empty desk."""
    row = await db.row(_LATEST)
    assert row is not None
    return int(row[0])


async def recount(db: Connection) -> None:
    """Count the queues anew, and bring label counters that fell behind up to the highest label."""
    await db.run(_FORGET_COUNTS)
    await db.run(_COUNT_AGAIN)
    await db.run(_RAISE_COUNTERS)
