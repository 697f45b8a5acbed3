"""Saved views in and out of the database."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import msgspec

from ventanilla.core.errors import EditedMeanwhile
from ventanilla.core.views import View
from ventanilla.store.columns import micros, placeholders
from ventanilla.store.connection import Connection, Row, Value

_CHANGING = ("name", "query", "sort", "columns", "icon", "position", "is_shared", "version")
_COLUMNS = ("uuid", "agent_id", "created_at", *_CHANGING)
_SELECT = (
    f"SELECT views.id, views.uuid, agent_id, {', '.join(f'views.{name}' for name in _CHANGING)}, agents.uuid"
    " FROM views JOIN agents ON agents.id = agent_id"
)
_SEEN_BY = f"{_SELECT} WHERE is_shared = 1 OR agent_id = $1 ORDER BY position, views.id"
_BY_UUID = f"{_SELECT} WHERE views.uuid = $1"
_INSERT = f"INSERT INTO views ({', '.join(_COLUMNS)}) VALUES ({placeholders(len(_COLUMNS))}) RETURNING id"
_UPDATE = (
    f"UPDATE views SET {', '.join(f'{name} = ${place}' for place, name in enumerate(_CHANGING, 3))}"
    " WHERE id = $1 AND version = $2 RETURNING id"
)
_DELETE = "DELETE FROM views WHERE id = $1"

_columns = msgspec.json.Decoder(tuple[str, ...])


class ViewRepository:
    """`actions.furniture_ports.Views` in SQL."""

    def __init__(self, connection: Connection, now: Callable[[], datetime]) -> None:
        self._db = connection
        self._now = now

    async def seen_by(self, agent_id: int | None) -> Sequence[View]:
        return [_view_from(row) for row in await self._db.rows(_SEEN_BY, agent_id)]

    async def get(self, uuid: UUID) -> View | None:
        row = await self._db.row(_BY_UUID, uuid.bytes)
        return _view_from(row) if row else None

    async def add(self, view: View) -> View:
        made = (view.uuid.bytes, view.agent_id, micros(self._now()))
        row = await self._db.row(_INSERT, *made, *_changing_values(view))
        assert row is not None
        return replace(view, id=row[0])

    async def save(self, view: View) -> View:
        saved = replace(view, version=view.version + 1)
        if await self._db.row(_UPDATE, view.id, view.version, *_changing_values(saved)) is None:
            raise EditedMeanwhile
        return saved

    async def remove(self, view: View) -> None:
        await self._db.run(_DELETE, view.id)


def _changing_values(view: View) -> tuple[Value, ...]:
    return (
        view.name,
        view.query,
        view.sort,
        msgspec.json.encode(view.columns).decode(),
        view.icon,
        view.position,
        int(view.is_shared),
        view.version,
    )


def _view_from(row: Row) -> View:
    return View(
        id=row[0],
        key=str(UUID(bytes=row[1])),
        agent_id=row[2],
        name=row[3],
        query=row[4],
        sort=row[5],
        columns=_columns.decode(row[6]),
        icon=row[7],
        position=row[8],
        is_shared=bool(row[9]),
        version=row[10],
        maker=UUID(bytes=row[11]),
    )
