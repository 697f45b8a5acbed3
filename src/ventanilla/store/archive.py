"""Rows as plain records, exactly as they are, ids included: what `export`, `copy` and `backup` stand on.

A record maps column names to text, whole numbers or null; bytes are written in hex. Rows come in batches, never a whole
table, and in an order that is the same on every engine. `store/restoring.py` is the way back.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table

from ventanilla.core.thread import Attachment
from ventanilla.store import schema
from ventanilla.store.columns import moment
from ventanilla.store.connection import Connection, Row
from ventanilla.store.workbench import Workbench

Record = dict[str, Any]

BATCH = 200
SINGLES = ("requesters", "agents", "api_keys", "views", "macros", "tags", "custom_fields")
"""Tables that do not hang on a ticket: one record a row."""
PARTS = ("messages", "attachments", "events", "ticket_links", "ticket_tags", "ticket_fields", "drafts", "notifications")
"""Tables whose rows belong to a ticket; they stand with it, without `ticket_id`."""
COUNTERS = "label_counters"
SECRETS = ("secrets", "idempotency_keys")
"""What only a backup or a copy holds: with it the desk's tokens go on, and so do requests that are sent again."""
PASSING = ("sessions", "one_time_links", "presence")
"""What no archive holds: it is about somebody who is on the desk just now."""
ARCHIVED = (*SINGLES, "tickets", *PARTS, COUNTERS)
"""What every export holds."""
NUMBERED = tuple(name for name in ARCHIVED if "id" in schema.metadata.tables[name].columns)
"""Tables that give out ids."""


async def records(bench: Workbench, name: str) -> AsyncIterator[Record]:
    """Yield the rows of a table by its id or year, of SECRETS by time and key."""
    table = schema.metadata.tables[name]
    rows = {"secrets": _whole, "idempotency_keys": _by_time}.get(name, _by_number)
    async for row in rows(bench.db, table):
        yield record_of(table, row)


async def ticket_records(bench: Workbench) -> AsyncIterator[Record]:
    """Yield `{"ticket": …, "messages": […], …}`, with a list for each of PARTS, for each ticket by id."""
    async for batch in _batches(records(bench, "tickets")):
        parts = {name: await _parts(bench.db, name, batch[0]["id"], batch[-1]["id"]) for name in PARTS}
        for ticket in batch:
            yield {"ticket": ticket} | {name: found.get(ticket["id"], []) for name, found in parts.items()}


async def counts(bench: Workbench, *more: str) -> dict[str, int]:
    """Return how many rows each archived table has, and each of `more`."""
    return {name: await _number(bench.db, f"SELECT COUNT(*) FROM {name}") for name in (*ARCHIVED, *more)}


async def last_ids(bench: Workbench) -> Mapping[str, int]:
    """Return the highest id that each archived table ever gave out."""
    return await bench.engine.last_ids(bench.db, NUMBERED)


async def highest_id(bench: Workbench, name: str) -> int:
    return await _number(bench.db, f"SELECT COALESCE(MAX(id), 0) FROM {name}")


async def has_attachment(bench: Workbench, number: int) -> bool:
    return await bench.db.row("SELECT 1 FROM attachments WHERE id = $1", number) is not None


def attachment(record: Mapping[str, Any]) -> Attachment:
    """Return an attachment as the core knows it. Raises KeyError, TypeError and ValueError for what is none."""
    return Attachment(
        uuid=UUID(record["uuid"]),
        file_name=record["file_name"],
        media_type=record["media_type"],
        size=int(record["size"]),
        sha256=record["sha256"],
        blob_key=record["blob_key"],
        uploaded_at=moment(record["uploaded_at"]),
        id=int(record["id"]),
    )


def record_of(table: Table, row: Row) -> Record:
    values = (bytes(value).hex() if isinstance(value, bytes | memoryview) else value for value in row)
    return dict(zip(_names(table), values, strict=True))


async def _by_number(db: Connection, table: Table) -> AsyncIterator[Row]:
    (key,) = table.primary_key.columns
    place = _names(table).index(key.name)
    after = 0
    wanted = f"{_select(table)} WHERE {key.name} > $1 ORDER BY {key.name} LIMIT {BATCH}"
    while rows := await db.rows(wanted, after):
        for row in rows:
            yield row
        after = rows[-1][place]


async def _by_time(db: Connection, table: Table) -> AsyncIterator[Row]:
    """Sorted here by what is not time: engines order text each in its own way."""
    after = -1
    limit = f"SELECT created_at FROM {table.name} WHERE created_at > $1 ORDER BY created_at LIMIT 1 OFFSET {BATCH}"
    last = f"SELECT MAX(created_at) FROM {table.name} WHERE created_at > $1"
    while (row := await db.row(limit, after) or await db.row(last, after)) and row[0] is not None:
        wanted = f"{_select(table)} WHERE created_at > $1 AND created_at <= $2"
        for found in _sorted(table, await db.rows(wanted, after, row[0])):
            yield found
        after = row[0]


async def _whole(db: Connection, table: Table) -> AsyncIterator[Row]:
    for row in _sorted(table, await db.rows(_select(table))):
        yield row


def _sorted(table: Table, rows: Iterable[Row]) -> Sequence[Row]:
    names = _names(table)
    key = [*(name for name in names if name == "created_at"), *(column.name for column in table.primary_key)]
    places = [names.index(name) for name in key]
    return sorted(rows, key=lambda row: [row[place] for place in places])


def _select(table: Table) -> str:
    return f"SELECT {', '.join(_names(table))} FROM {table.name}"


def _names(table: Table) -> list[str]:
    return [column.name for column in columns_of(table)]


def columns_of(table: Table) -> list[Column[Any]]:
    """Return the columns that mean the same in every database."""
    return [column for column in table.columns if not column.info.get("is_local")]


async def _number(db: Connection, sql: str) -> int:
    row = await db.row(sql)
    assert row is not None
    return int(row[0])


async def _batches(rows: AsyncIterator[Record]) -> AsyncIterator[list[Record]]:
    batch: list[Record] = []
    async for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


async def _parts(db: Connection, name: str, first: int, last: int) -> dict[int, list[Record]]:
    table = schema.metadata.tables[name]
    found: dict[int, list[Record]] = {}
    within = ", ".join(column.name for column in table.primary_key if column.name != "ticket_id")
    wanted = f"{_select(table)} WHERE ticket_id BETWEEN $1 AND $2 ORDER BY ticket_id, {within}"
    for row in await db.rows(wanted, first, last):
        record = record_of(table, row)
        found.setdefault(record.pop("ticket_id"), []).append(record)
    return found
