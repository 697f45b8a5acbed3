"""Custom fields in and out of the database, and their values on tickets."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import msgspec

from ventanilla.core.custom_fields import CustomField, FieldKind
from ventanilla.core.errors import EditedMeanwhile
from ventanilla.core.text import fold
from ventanilla.core.ticket import Ticket
from ventanilla.store.columns import micros, placeholders
from ventanilla.store.connection import Connection, Row, Value

_CHANGING = ("name", "choices", "is_required", "is_active", "position", "version")
_COLUMNS = ("uuid", "field_key", "kind", "created_at", *_CHANGING)
_SELECT = f"SELECT id, uuid, field_key, kind, {', '.join(_CHANGING)} FROM custom_fields"
_ALL = f"{_SELECT} ORDER BY position, id"
_BY_UUID = f"{_SELECT} WHERE uuid = $1"
_INSERT = f"INSERT INTO custom_fields ({', '.join(_COLUMNS)}) VALUES ({placeholders(len(_COLUMNS))}) RETURNING id"
_UPDATE = (
    f"UPDATE custom_fields SET {', '.join(f'{name} = ${place}' for place, name in enumerate(_CHANGING, 3))}"
    " WHERE id = $1 AND version = $2 RETURNING id"
)
_IS_USED = "SELECT 1 FROM ticket_fields WHERE field_id = $1 LIMIT 1"
_DELETE = "DELETE FROM custom_fields WHERE id = $1"
_OF = (
    "SELECT c.field_key, v.value FROM ticket_fields v JOIN custom_fields c ON c.id = v.field_id"
    " WHERE v.ticket_id = $1 ORDER BY c.position, c.id"
)
_PUT = (
    "INSERT INTO ticket_fields (ticket_id, field_id, value, value_key) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (ticket_id, field_id) DO UPDATE SET value = excluded.value, value_key = excluded.value_key"
)
_TAKE_AWAY = "DELETE FROM ticket_fields WHERE ticket_id = $1 AND field_id = $2"

_LONGEST_KEY = 100
"""Characters of a value by which it is looked up: an index holds only so much."""

_choices = msgspec.json.Decoder(tuple[str, ...])


class CustomFieldRepository:
    """`actions.furniture_ports.CustomFields` in SQL."""

    def __init__(self, connection: Connection, now: Callable[[], datetime]) -> None:
        self._db = connection
        self._now = now

    async def everything(self) -> Sequence[CustomField]:
        return [_field_from(row) for row in await self._db.rows(_ALL)]

    async def get(self, uuid: UUID) -> CustomField | None:
        row = await self._db.row(_BY_UUID, uuid.bytes)
        return _field_from(row) if row else None

    async def add(self, field: CustomField) -> CustomField:
        made = (field.uuid.bytes, field.key, field.kind.value, micros(self._now()))
        row = await self._db.row(_INSERT, *made, *_changing_values(field))
        assert row is not None
        return replace(field, id=row[0])

    async def save(self, field: CustomField) -> CustomField:
        saved = replace(field, version=field.version + 1)
        if await self._db.row(_UPDATE, field.id, field.version, *_changing_values(saved)) is None:
            raise EditedMeanwhile
        return saved

    async def is_used(self, field: CustomField) -> bool:
        return await self._db.row(_IS_USED, field.id) is not None

    async def remove(self, field: CustomField) -> None:
        await self._db.run(_DELETE, field.id)

    async def load(self, ticket: Ticket) -> None:
        ticket.fields = {row[0]: row[1] for row in await self._db.rows(_OF, ticket.id)}

    async def put(self, ticket: Ticket, field: CustomField, value: str | None) -> None:
        if value is None:
            await self._db.run(_TAKE_AWAY, ticket.id, field.id)
        else:
            await self._db.run(_PUT, ticket.id, field.id, value, value_key(value))


def value_key(value: str) -> str:
    """Return the form by which values are compared."""
    return fold(value)[:_LONGEST_KEY]


def _changing_values(field: CustomField) -> tuple[Value, ...]:
    return (
        field.name,
        msgspec.json.encode(field.choices).decode(),
        int(field.is_required),
        int(field.is_active),
        field.position,
        field.version,
    )


def _field_from(row: Row) -> CustomField:
    return CustomField(
        id=row[0],
        uuid=UUID(bytes=row[1]),
        key=row[2],
        kind=FieldKind(row[3]),
        name=row[4],
        choices=_choices.decode(row[5]),
        is_required=bool(row[6]),
        is_active=bool(row[7]),
        position=row[8],
        version=row[9],
    )
