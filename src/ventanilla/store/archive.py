"""Rows as plain records, out and in again exactly as they were, ids included: what `export` and `import` stand on.

A record maps column names to text, whole numbers or null; bytes are written in hex. These are actions over the store's
own transaction; they read and write in batches, never a whole table.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, cast

import apsw
from sqlalchemy import Column, LargeBinary, Table, Text

from ventanilla.actions.ports import Transaction
from ventanilla.store import checks, schema
from ventanilla.store.columns import placeholders
from ventanilla.store.connection import Connection, Row, Value
from ventanilla.store.transaction import StoreTransaction

Record = dict[str, Any]

BATCH = 200
SINGLES = ("requesters", "agents")
"""Tables of people: one record a row."""
PARTS = ("messages", "attachments", "events")
"""Tables whose rows belong to a ticket; they stand with it, without `ticket_id`."""
COUNTERS = "label_counters"
_MOST = 2**63

# SQLite remembers the highest id that each table ever gave out, so that the id of a deleted row never comes back.
_LAST_IDS = "SELECT name, seq FROM sqlite_sequence ORDER BY name"
_SET_LAST_ID = "UPDATE sqlite_sequence SET seq = $1 WHERE name = $2 AND seq < $1"
_ADD_LAST_ID = (
    "INSERT INTO sqlite_sequence (name, seq) SELECT $2, $1 WHERE NOT EXISTS"
    " (SELECT 1 FROM sqlite_sequence WHERE name = $2)"
)


class BadRecord(Exception):
    """A record cannot be stored. `number` is its place in the batch, from 0; the text says why."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(why)
        self.number = number


async def records(tx: Transaction, name: str) -> AsyncIterator[Record]:
    """Yield the rows of a table of people, or of the label counters, by their key."""
    db, table = _connection(tx), schema.metadata.tables[name]
    (key,) = table.primary_key.columns
    after = 0
    while rows := await db.rows(f"{_select(table)} WHERE {key.name} > $1 ORDER BY {key.name} LIMIT {BATCH}", after):
        for row in rows:
            yield _record(table, row)
        after = _record(table, rows[-1])[key.name]


async def ticket_records(tx: Transaction) -> AsyncIterator[Record]:
    """Yield `{"ticket": …, "messages": […], "attachments": […], "events": […]}` for each ticket, by id."""
    async for batch in _batches(records(tx, "tickets")):
        parts = {name: await _parts(_connection(tx), name, batch[0]["id"], batch[-1]["id"]) for name in PARTS}
        for ticket in batch:
            yield {"ticket": ticket} | {name: found.get(ticket["id"], []) for name, found in parts.items()}


async def counts(tx: Transaction) -> dict[str, int]:
    """Return how many rows each archived table has."""
    found = {}
    for name in (*SINGLES, "tickets", *PARTS, COUNTERS):
        row = await _connection(tx).row(f"SELECT COUNT(*) FROM {name}")
        assert row is not None
        found[name] = int(row[0])
    return found


async def last_ids(tx: Transaction) -> dict[str, int]:
    """Return the highest id that each archived table ever gave out."""
    known = (*SINGLES, "tickets", *PARTS)
    return {row[0]: int(row[1]) for row in await _connection(tx).rows(_LAST_IDS) if row[0] in known}


async def highest_id(tx: Transaction, name: str) -> int:
    row = await _connection(tx).row(f"SELECT COALESCE(MAX(id), 0) FROM {name}")
    assert row is not None
    return int(row[0])


async def restore(tx: Transaction, batch: Sequence[Mapping[str, Any]], name: str) -> None:
    """Store rows of one table. Raises BadRecord; then nothing of the batch is kept."""
    for number, record in enumerate(batch):
        await _insert(_connection(tx), name, number, record)


async def restore_tickets(tx: Transaction, batch: Sequence[Mapping[str, Any]]) -> None:
    """Store tickets with all that belongs to them. Raises BadRecord; then nothing of the batch is kept."""
    for number, record in enumerate(batch):
        await _insert(_connection(tx), "tickets", number, record["ticket"])
        for name in PARTS:
            for part in record[name]:
                await _insert(_connection(tx), name, number, {**part, "ticket_id": record["ticket"]["id"]})


async def finish(tx: Transaction, counters: Sequence[Mapping[str, Any]], ids: Mapping[str, int]) -> None:
    """Store what is only right once every ticket is there: label counters, queue counts, last ids. Raises BadRecord."""
    await _connection(tx).run(f"DELETE FROM {COUNTERS}")
    await restore(tx, counters, COUNTERS)
    await checks.recount(_connection(tx))
    for name, last in ids.items():
        await _connection(tx).run(_SET_LAST_ID, last, name)
        await _connection(tx).run(_ADD_LAST_ID, last, name)


def _connection(tx: Transaction) -> Connection:
    return cast(StoreTransaction, tx).connection


def _select(table: Table) -> str:
    return f"SELECT {', '.join(column.name for column in table.columns)} FROM {table.name}"


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
    wanted = f"{_select(table)} WHERE ticket_id BETWEEN $1 AND $2 ORDER BY ticket_id, id"
    for row in await db.rows(wanted, first, last):
        record = _record(table, row)
        found.setdefault(record.pop("ticket_id"), []).append(record)
    return found


def _record(table: Table, row: Row) -> Record:
    values = (bytes(value).hex() if isinstance(value, bytes | memoryview) else value for value in row)
    return dict(zip((column.name for column in table.columns), values, strict=True))


async def _insert(db: Connection, name: str, number: int, record: Mapping[str, Any]) -> None:
    table = schema.metadata.tables[name]
    names = [column.name for column in table.columns]
    strange = set(record) ^ set(names)
    if strange:
        what = "is not known" if strange & set(record) else "is missing"
        raise BadRecord(number, f"{name}: {sorted(strange)[0]} {what}")
    values = [_value(table, column, number, record[column.name]) for column in table.columns]
    try:
        await db.run(f"INSERT INTO {name} ({', '.join(names)}) VALUES ({placeholders(len(names))})", *values)
    except apsw.ConstraintError as error:
        raise BadRecord(number, f"{name}: {error}") from error


def _value(table: Table, column: Column[Any], number: int, value: Any) -> Value:
    """Return a value of a record as its column takes it. Raises BadRecord."""
    wrong = BadRecord(number, f"{table.name}: {column.name} has no value of its kind")
    if value is None and column.nullable:
        return None
    if isinstance(column.type, Text):
        if not isinstance(value, str):
            raise wrong
        return value
    if isinstance(column.type, LargeBinary):
        try:
            return bytes.fromhex(value)
        except (ValueError, TypeError):
            raise wrong from None
    if not isinstance(value, int) or isinstance(value, bool) or not -_MOST <= value < _MOST:
        raise wrong
    return value
