"""Who is at which ticket, in and out of the database."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from ventanilla.core.people import AgentRef
from ventanilla.core.presence import EXPIRES_AFTER, JUST_NOW, Move, Presence, PresenceState
from ventanilla.store.columns import micros, moment
from ventanilla.store.connection import Connection, Row

_SELECT = (
    "SELECT a.id, a.subject, a.name, a.uuid, p.state, p.since, p.seen_at FROM presence p"
    " JOIN agents a ON a.id = p.agent_id WHERE p.ticket_id = $1"
)
_AT = f"{_SELECT} AND p.seen_at > $2 AND p.state <> '{PresenceState.GONE}' ORDER BY p.since, a.id"
_OF = f"{_SELECT} AND p.agent_id = $2"
_MOVES = (
    "SELECT p.ticket_id, t.area, p.agent_id, p.since FROM presence p JOIN tickets t ON t.id = p.ticket_id"
    " WHERE p.seen_at > $1 AND p.since > $1"
)
_PUT = (
    "INSERT INTO presence (ticket_id, agent_id, state, since, seen_at) VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT (ticket_id, agent_id) DO UPDATE"
    " SET state = excluded.state, since = excluded.since, seen_at = excluded.seen_at"
)
_FORGET = "DELETE FROM presence WHERE seen_at < $1"


class PresenceRepository:
    """`actions.furniture_ports.Presences` in SQL."""

    def __init__(self, connection: Connection, now: Callable[[], datetime]) -> None:
        self._db = connection
        self._now = now

    async def at(self, ticket_id: int) -> Sequence[Presence]:
        rows = await self._db.rows(_AT, ticket_id, micros(self._now() - EXPIRES_AFTER))
        return [_presence_from(row) for row in rows]

    async def of(self, ticket_id: int, agent_id: int) -> Presence | None:
        row = await self._db.row(_OF, ticket_id, agent_id)
        return _presence_from(row) if row else None

    async def put(self, ticket_id: int, agent_id: int, state: PresenceState, since: datetime) -> None:
        await self._db.run(_PUT, ticket_id, agent_id, state.value, micros(since), micros(self._now()))

    async def moves(self) -> Sequence[Move]:
        rows = await self._db.rows(_MOVES, micros(self._now() - JUST_NOW))
        return [Move(row[0], row[1], row[2], moment(row[3])) for row in rows]

    async def forget_old(self) -> None:
        await self._db.run(_FORGET, micros(self._now() - EXPIRES_AFTER))


def _presence_from(row: Row) -> Presence:
    agent = AgentRef(row[0], row[1], row[2], UUID(bytes=row[3]))
    return Presence(agent, PresenceState(row[4]), moment(row[5]), moment(row[6]))
