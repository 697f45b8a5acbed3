"""Records back into rows, exactly as they were, ids included. `store/archive.py` says what a record is.

Everything here belongs inside `Workbench.work`: when it raises, nothing of the batch is kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, LargeBinary, Table, Text

from ventanilla.store import archive, checks, schema
from ventanilla.store.archive import COUNTERS, NUMBERED, PARTS, Record
from ventanilla.store.columns import placeholders
from ventanilla.store.connection import Value
from ventanilla.store.workbench import Workbench

Numbered = tuple[int, Mapping[str, Any]]

ROWS_AT_ONCE = 50
_MOST = 2**63


class BadRecord(Exception):
    """A record cannot be stored; the text says why.

    `number` is its place in the batch, from 0; None when the database only said that it is one of several.
    """

    def __init__(self, number: int | None, why: str) -> None:
        super().__init__(why)
        self.number = number


async def restore(bench: Workbench, batch: Sequence[Record], name: str) -> None:
    """Store rows of one table. Raises BadRecord."""
    await _insert(bench, name, list(enumerate(batch)))


async def restore_tickets(bench: Workbench, batch: Sequence[Record]) -> None:
    """Store tickets with all that belongs to them. Raises BadRecord."""
    await _insert(bench, "tickets", [(number, record["ticket"]) for number, record in enumerate(batch)])
    for name in PARTS:
        await _insert(
            bench, name, [part for number, record in enumerate(batch) for part in _parts(number, record, name)]
        )


async def finish(bench: Workbench, counters: Sequence[Record], ids: Mapping[str, int]) -> None:
    """Store what is only right once every ticket is there: label counters, queue counts, next ids. Raises BadRecord."""
    await empty(bench, COUNTERS)
    await restore(bench, counters, COUNTERS)
    await checks.recount(bench.db)
    for name in NUMBERED:
        last = max(ids.get(name, 0), await archive.highest_id(bench, name))
        if last:
            await bench.engine.pass_over(bench.db, name, last)


async def empty(bench: Workbench, name: str) -> None:
    await bench.db.run(f"DELETE FROM {name}")


def _parts(number: int, record: Record, name: str) -> Iterator[Numbered]:
    for part in record[name]:
        yield number, {**part, "ticket_id": record["ticket"]["id"]}


async def _insert(bench: Workbench, name: str, records: Sequence[Numbered]) -> None:
    """Store several rows with each statement: over a network a statement a row would take hours."""
    table = schema.metadata.tables[name]
    rows = [_row(table, number, record) for number, record in records]
    for first in range(0, len(rows), ROWS_AT_ONCE):
        some = rows[first : first + ROWS_AT_ONCE]
        try:
            await bench.db.run(_statement(table, len(some)), *(value for row in some for value in row))
        except bench.engine.refusals as error:
            numbers = {number for number, _ in records[first : first + ROWS_AT_ONCE]}
            raise BadRecord(numbers.pop() if len(numbers) == 1 else None, f"{name}: {_in_one_line(error)}") from error


def _statement(table: Table, rows: int) -> str:
    columns = archive.columns_of(table)
    width = len(columns)
    values = ", ".join(f"({placeholders(width, 1 + number * width)})" for number in range(rows))
    return f"INSERT INTO {table.name} ({', '.join(column.name for column in columns)}) VALUES {values}"


def _row(table: Table, number: int, record: Mapping[str, Any]) -> list[Value]:
    """Return the values of a record in the order of the columns. Raises BadRecord."""
    columns = archive.columns_of(table)
    strange = set(record) ^ {column.name for column in columns}
    if strange:
        what = "is not known" if strange & set(record) else "is missing"
        raise BadRecord(number, f"{table.name}: {sorted(strange)[0]} {what}")
    return [_value(table, column, number, record[column.name]) for column in columns]


def _value(table: Table, column: Column[Any], number: int, value: Any) -> Value:
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


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())
