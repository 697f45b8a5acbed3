"""Links between tickets in and out of the database."""

from collections.abc import Callable, Sequence
from datetime import datetime

from ventanilla.core.links import Link, LinkKind
from ventanilla.store.columns import micros
from ventanilla.store.connection import Connection

_ADD = (
    "INSERT INTO ticket_links (ticket_id, other_id, kind, created_at) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (ticket_id, other_id, kind) DO NOTHING RETURNING id"
)
_REMOVE = "DELETE FROM ticket_links WHERE ticket_id = $1 AND other_id = $2 AND kind = $3 RETURNING id"
_OF = (
    "SELECT ticket_id, other_id, kind, id FROM ticket_links WHERE ticket_id = $1"
    " UNION ALL SELECT ticket_id, other_id, kind, id FROM ticket_links WHERE other_id = $1 ORDER BY 4"
)


class TicketLinkRepository:
    """`actions.ports.TicketLinks` in SQL."""

    def __init__(self, connection: Connection, now: Callable[[], datetime]) -> None:
        self._db = connection
        self._now = now

    async def add(self, link: Link) -> bool:
        values = (link.ticket_id, link.other_id, link.kind.value, micros(self._now()))
        return await self._db.row(_ADD, *values) is not None

    async def remove(self, link: Link) -> bool:
        return await self._db.row(_REMOVE, link.ticket_id, link.other_id, link.kind.value) is not None

    async def of(self, ticket_id: int) -> Sequence[Link]:
        links = [Link(row[0], row[1], LinkKind(row[2])) for row in await self._db.rows(_OF, ticket_id)]
        return [link if link.ticket_id == ticket_id else link.turned for link in links]
