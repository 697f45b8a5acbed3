"""Macros in and out of the database."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import msgspec

from ventanilla.core.errors import EditedMeanwhile
from ventanilla.core.macros import Macro, MacroChange, MessageKind
from ventanilla.store.columns import micros, placeholders
from ventanilla.store.connection import Connection, Row, Value

_CHANGING = ("name", "body", "kind", "change", "position", "is_shared", "version")
_COLUMNS = ("uuid", "agent_id", "created_at", *_CHANGING)
_SELECT = (
    f"SELECT macros.id, macros.uuid, agent_id, {', '.join(f'macros.{name}' for name in _CHANGING)}, agents.uuid"
    " FROM macros JOIN agents ON agents.id = agent_id"
)
_SEEN_BY = f"{_SELECT} WHERE is_shared = 1 OR agent_id = $1 ORDER BY position, macros.id"
_BY_UUID = f"{_SELECT} WHERE macros.uuid = $1"
_INSERT = f"INSERT INTO macros ({', '.join(_COLUMNS)}) VALUES ({placeholders(len(_COLUMNS))}) RETURNING id"
_UPDATE = (
    f"UPDATE macros SET {', '.join(f'{name} = ${place}' for place, name in enumerate(_CHANGING, 3))}"
    " WHERE id = $1 AND version = $2 RETURNING id"
)
_DELETE = "DELETE FROM macros WHERE id = $1"

_change = msgspec.json.Decoder(MacroChange)


class MacroRepository:
    """`actions.furniture_ports.Macros` in SQL."""

    def __init__(self, connection: Connection, now: Callable[[], datetime]) -> None:
        self._db = connection
        self._now = now

    async def seen_by(self, agent_id: int | None) -> Sequence[Macro]:
        return [_macro_from(row) for row in await self._db.rows(_SEEN_BY, agent_id)]

    async def get(self, uuid: UUID) -> Macro | None:
        row = await self._db.row(_BY_UUID, uuid.bytes)
        return _macro_from(row) if row else None

    async def add(self, macro: Macro) -> Macro:
        made = (macro.uuid.bytes, macro.agent_id, micros(self._now()))
        row = await self._db.row(_INSERT, *made, *_changing_values(macro))
        assert row is not None
        return replace(macro, id=row[0])

    async def save(self, macro: Macro) -> Macro:
        saved = replace(macro, version=macro.version + 1)
        if await self._db.row(_UPDATE, macro.id, macro.version, *_changing_values(saved)) is None:
            raise EditedMeanwhile
        return saved

    async def remove(self, macro: Macro) -> None:
        await self._db.run(_DELETE, macro.id)


def _changing_values(macro: Macro) -> tuple[Value, ...]:
    return (
        macro.name,
        macro.body,
        macro.kind.value,
        msgspec.json.encode(macro.change).decode(),
        macro.position,
        int(macro.is_shared),
        macro.version,
    )


def _macro_from(row: Row) -> Macro:
    return Macro(
        id=row[0],
        uuid=UUID(bytes=row[1]),
        agent_id=row[2],
        name=row[3],
        body=row[4],
        kind=MessageKind(row[5]),
        change=_change.decode(row[6]),
        position=row[7],
        is_shared=bool(row[8]),
        version=row[9],
        maker=UUID(bytes=row[10]),
    )
