"""Drafts in and out of the database."""

from collections.abc import Callable
from datetime import datetime

from ventanilla.core.drafts import Draft
from ventanilla.core.macros import MessageKind
from ventanilla.store.columns import micros, moment
from ventanilla.store.connection import Connection

_GET = "SELECT body, kind, updated_at FROM drafts WHERE ticket_id = $1 AND agent_id = $2"
_PUT = (
    "INSERT INTO drafts (ticket_id, agent_id, body, kind, updated_at) VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT (ticket_id, agent_id) DO UPDATE"
    " SET body = excluded.body, kind = excluded.kind, updated_at = excluded.updated_at"
)
_REMOVE = "DELETE FROM drafts WHERE ticket_id = $1 AND agent_id = $2"


class DraftRepository:
    """`actions.furniture_ports.Drafts` in SQL."""

    def __init__(self, connection: Connection, now: Callable[[], datetime]) -> None:
        self._db = connection
        self._now = now

    async def get(self, ticket_id: int, agent_id: int) -> Draft | None:
        row = await self._db.row(_GET, ticket_id, agent_id)
        return Draft(row[0], MessageKind(row[1]), moment(row[2])) if row else None

    async def put(self, ticket_id: int, agent_id: int, body: str, kind: MessageKind) -> Draft:
        await self._db.run(_PUT, ticket_id, agent_id, body, kind.value, micros(self._now()))
        return Draft(body, kind, self._now())

    async def remove(self, ticket_id: int, agent_id: int) -> None:
        await self._db.run(_REMOVE, ticket_id, agent_id)
