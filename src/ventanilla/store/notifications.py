"""Notifications in and out of the database."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from ventanilla.core.areas import area_key
from ventanilla.core.ids import Label
from ventanilla.core.notifications import (
    KEPT,
    KEPT_READ,
    WARNED_AFTER,
    Notice,
    Notification,
    NotificationKind,
    Subject,
    notices,
    takes_away,
)
from ventanilla.core.people import KEY_ISSUER, Role
from ventanilla.core.ticket import Ticket
from ventanilla.core.ticket_state import title_of
from ventanilla.store.agent_rows import areas_from
from ventanilla.store.columns import maybe_moment, micros, moment, placeholders
from ventanilla.store.connection import Connection, Row, Value
from ventanilla.store.terms import within

_INSERT = (
    "INSERT INTO notifications (uuid, agent_id, ticket_id, kind, actor_name, at, due_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)"
)
_SELECT = (
    "SELECT n.id, n.uuid, n.kind, n.actor_name, n.at, n.read_at, t.id, t.label_year, t.label_number, t.subject,"
    " CASE WHEN COALESCE(t.subject, '') = ''"
    " THEN (SELECT m.body FROM messages m WHERE m.ticket_id = t.id ORDER BY m.id LIMIT 1) END"
    " FROM notifications n JOIN tickets t ON t.id = n.ticket_id WHERE n.agent_id = $1"
)
_UNREAD = "SELECT 1 AS one FROM notifications n{within} WHERE n.agent_id = $1 AND n.read_at IS NULL"
_WITHIN_AREAS = " JOIN tickets t ON t.id = n.ticket_id AND "
_MARK_READ = "UPDATE notifications SET read_at = $2 WHERE agent_id = $1 AND read_at IS NULL"
_TAKE_BACK = (
    "DELETE FROM notifications WHERE ticket_id = $1 AND agent_id <> $2 AND read_at IS NULL"
    f" AND kind = '{NotificationKind.ASSIGNED}'"
)
_FORGET = "DELETE FROM notifications WHERE at < $1 AND (read_at IS NOT NULL OR at < $2)"
_DUE = (
    "SELECT t.id, t.assignee_id, t.due_at FROM tickets t WHERE t.is_live = 1 AND t.due_at > $1 AND t.due_at <= $2"
    " AND t.assignee_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM notifications n WHERE n.ticket_id = t.id"
    f" AND n.agent_id = t.assignee_id AND n.kind = '{NotificationKind.BREACHING}' AND n.due_at = t.due_at)"
    " ORDER BY t.due_at, t.id LIMIT $3"
)


_AREA_AGENTS = (
    f"SELECT id, areas FROM agents WHERE role = '{Role.AREA_AGENT}' AND is_active = 1 AND issuer <> $1"
    " ORDER BY id LIMIT 1000"
)
_DUE_TO_NOBODY = (
    "SELECT t.id, t.area_key, t.due_at FROM tickets t WHERE t.is_live = 1 AND t.due_at > $1 AND t.due_at <= $2"
    " AND t.assignee_id IS NULL AND {areas} AND NOT EXISTS (SELECT 1 FROM notifications n WHERE n.ticket_id = t.id"
    f" AND n.kind = '{NotificationKind.BREACHING}' AND n.due_at = t.due_at) ORDER BY t.due_at, t.id LIMIT $3"
)


class NotificationRepository:
    """`actions.furniture_ports.Notifications` in SQL."""

    def __init__(self, connection: Connection, now: Callable[[], datetime], new_uuid: Callable[[], UUID]) -> None:
        self._db = connection
        self._now = now
        self._new_uuid = new_uuid

    async def tell(self, ticket_id: int, notices: Sequence[Notice]) -> None:
        for notice in notices:
            await self._add(ticket_id, notice.agent_id, notice.kind, notice.actor, None)

    async def concern(self, ticket: Ticket) -> None:
        """Tell whom it concerns what was just done to a ticket; who no longer has it is not told that they got it."""
        if takes_away(ticket):
            await self._db.run(_TAKE_BACK, ticket.id, ticket.assignee.id if ticket.assignee else 0)
        await self.tell(ticket.id, notices(ticket))

    async def page(
        self, agent_id: int, areas: Sequence[str] | None, after: int | None, size: int, *, unread: bool
    ) -> Sequence[Notification]:
        values: list[Value] = [agent_id, size]
        terms = " AND n.read_at IS NULL" if unread else ""
        if after is not None:
            values.append(after)
            terms += f" AND n.id < ${len(values)}"
        if areas is not None:
            terms += f" AND {within('t.area_key', areas, values)}"
        rows = await self._db.rows(f"{_SELECT}{terms} ORDER BY n.id DESC LIMIT $2", *values)
        return [_notification_from(row) for row in rows]

    async def unread(self, agent_id: int, areas: Sequence[str] | None, most: int) -> int:
        values: list[Value] = [agent_id, most]
        cut = "" if areas is None else _WITHIN_AREAS + within("t.area_key", areas, values)
        inner = _UNREAD.format(within=cut)
        row = await self._db.row(f"SELECT COUNT(*) FROM ({inner} LIMIT $2) AS unread", *values)
        assert row is not None
        return int(row[0])

    async def mark_read(self, agent_id: int, uuids: Sequence[UUID] | None) -> None:
        values: list[Value] = [agent_id, micros(self._now())]
        which = ""
        if uuids is not None:
            which = f" AND uuid IN ({placeholders(len(uuids), 3)})" if uuids else " AND 1 = 0"
            values += [uuid.bytes for uuid in uuids]
        await self._db.run(f"{_MARK_READ}{which}", *values)

    async def any_due(self, before: timedelta) -> bool:
        return bool(await self._due(before, 1) or await self._due_to_nobody(before, 1))

    async def tell_due(self, before: timedelta, most: int) -> int:
        found = [*await self._due(before, most), *await self._due_to_nobody(before, most)]
        for ticket_id, agent_id, due_at in found:
            await self._add(ticket_id, agent_id, NotificationKind.BREACHING, None, due_at)
        return len(found)

    async def forget_old(self) -> None:
        now = self._now()
        await self._db.run(_FORGET, micros(now - KEPT_READ), micros(now - KEPT))

    async def _due(self, before: timedelta, most: int) -> Sequence[Row]:
        now = self._now()
        return await self._db.rows(_DUE, micros(now - WARNED_AFTER), micros(now + before), most)

    async def _due_to_nobody(self, before: timedelta, most: int) -> Sequence[tuple[int, int, int]]:
        """Return those that nobody has, each with every agent who serves its area alone."""
        serving: dict[str, list[int]] = {}
        for agent_id, areas in await self._db.rows(_AREA_AGENTS, KEY_ISSUER):
            for area in areas_from(areas):
                serving.setdefault(area_key(area), []).append(agent_id)
        if not serving:
            return []
        now = self._now()
        values: list[Value] = [micros(now - WARNED_AFTER), micros(now + before), most]
        rows = await self._db.rows(_DUE_TO_NOBODY.format(areas=within("t.area_key", [*serving], values)), *values)
        return [(ticket, agent, due_at) for ticket, area, due_at in rows for agent in serving[area]]

    async def _add(
        self, ticket_id: int, agent_id: int, kind: NotificationKind, actor: str | None, due_at: int | None
    ) -> None:
        uuid, now = self._new_uuid().bytes, micros(self._now())
        await self._db.run(_INSERT, uuid, agent_id, ticket_id, kind.value, actor, now, due_at)


def _notification_from(row: Row) -> Notification:
    return Notification(
        id=row[0],
        uuid=UUID(bytes=row[1]),
        kind=NotificationKind(row[2]),
        actor=row[3],
        at=moment(row[4]),
        read_at=maybe_moment(row[5]),
        ticket=Subject(row[6], str(Label(row[7], row[8])), title_of(row[9], row[10] or "")),
    )
