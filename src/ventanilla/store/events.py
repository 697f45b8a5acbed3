"""The history: facts in and out of the database. Rows are only ever added."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from ventanilla.core.events import LOOKS, ActorStamp, Change, Event, EventKind
from ventanilla.core.filters import Place, Placed
from ventanilla.core.ids import Label
from ventanilla.core.people import ActorKind, Role
from ventanilla.core.ticket import Ticket
from ventanilla.core.timeline import Entry, FeedEntry
from ventanilla.store.columns import micros, moment, placeholders
from ventanilla.store.connection import Connection, Row, Value
from ventanilla.store.threads import MESSAGE, message_from

EVENT_COLUMNS = (
    "kind",
    "at",
    "actor_kind",
    "actor_name",
    "actor_role",
    "actor_subject",
    "reason",
    "changes",
    "message_uuid",
    "is_internal",
)
_INSERT = f"INSERT INTO events (ticket_id, {', '.join(EVENT_COLUMNS)}) VALUES ({placeholders(len(EVENT_COLUMNS) + 1)})"
_SELECT = (
    "SELECT id, kind, at, actor_kind, actor_name, actor_role, actor_subject, reason, changes, message_uuid"
    " FROM events WHERE ticket_id = $1"
)
_ALL = f"{_SELECT} ORDER BY id"
_LAST_PUBLIC = f"{_SELECT} AND is_internal = 0 ORDER BY id DESC LIMIT 1"

_changes = msgspec.json.Decoder(dict[str, Change])


_EVENT = ", ".join(f"e.{name}" for name in ("id", *(column for column in EVENT_COLUMNS if column != "is_internal")))
_LOOKS = ", ".join(f"'{kind}'" for kind in sorted(LOOKS))
_LAST_DEED = f"{_SELECT} AND kind NOT IN ({_LOOKS}) ORDER BY id DESC LIMIT 1"
_FILES = f"'{EventKind.ATTACHED}', '{EventKind.DETACHED}'"


FIRST: Place = (0, 0)
"""Where the feed begins."""
_FEED = (
    f"SELECT e.xid, {_EVENT}, e.ticket_id, t.label_year, t.label_number, t.area"
    " FROM events e JOIN tickets t ON t.id = e.ticket_id"
    " WHERE {settled} AND (e.xid, e.id) > ($1, $2) ORDER BY e.xid, e.id LIMIT $3"
)
_LATEST = "SELECT e.xid, e.id FROM events e WHERE {settled} ORDER BY e.xid DESC, e.id DESC LIMIT 1"


class HistoryRepository:
    """`actions.ports.History` in SQL."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def of(self, ticket: Ticket) -> Sequence[Event]:
        return [_event_from(row) for row in await self._db.rows(_ALL, ticket.id)]

    async def timeline(self, tickets: Sequence[int], size: int, after: Place | None) -> Sequence[Placed[Entry]]:
        values: list[Value] = [*tickets, size, *(after or ())]
        first = len(tickets) + 1
        further = f" AND (e.at, e.id) > (${first + 1}, ${first + 2})" if after else ""
        sql = (
            f"SELECT e.ticket_id, {_EVENT}, {MESSAGE} FROM events e LEFT JOIN messages m ON m.uuid = e.message_uuid"
            f" WHERE e.ticket_id IN ({placeholders(len(tickets))}) AND e.kind NOT IN ({_LOOKS})"
            f" AND (e.ticket_id = $1 OR e.message_uuid IS NOT NULL OR e.kind IN ({_FILES})){further}"
            f" ORDER BY e.at, e.id LIMIT ${first}"
        )
        return [_entry_from(row) for row in await self._db.rows(sql, *values)]

    async def feed(self, size: int, after: Place) -> Sequence[Placed[FeedEntry]]:
        sql = _FEED.format(settled=self._db.settled)
        return [_feed_entry_from(row) for row in await self._db.rows(sql, *after, size)]

    async def latest(self) -> Place:
        row = await self._db.row(_LATEST.format(settled=self._db.settled))
        return (int(row[0]), int(row[1])) if row else FIRST

    async def last_public(self, ticket: Ticket) -> Event:
        row = await self._db.row(_LAST_PUBLIC, ticket.id)
        assert row is not None, "every ticket has the fact of its opening"
        return _event_from(row)

    async def last_deed(self, ticket: Ticket) -> Event | None:
        row = await self._db.row(_LAST_DEED, ticket.id)
        return _event_from(row) if row else None


async def add_facts(db: Connection, ticket: Ticket) -> None:
    """Store what the verbs recorded, and forget it."""
    for fact in ticket.facts:
        await add_event(db, ticket.id, fact)
    ticket.facts.clear()


async def add_event(db: Connection, ticket_id: int, event: Event) -> None:
    await db.run(_INSERT, ticket_id, *event_values(event))


def event_values(event: Event) -> tuple[Value, ...]:
    """Return the values of EVENT_COLUMNS."""
    return (
        event.kind.value,
        micros(event.at),
        event.actor.kind.value,
        event.actor.name,
        event.actor.role.value if event.actor.role else None,
        event.actor.subject,
        event.reason,
        msgspec.json.encode(event.changes).decode(),
        event.message.bytes if event.message else None,
        int(event.is_internal),
    )


def _entry_from(row: Row) -> Placed[Entry]:
    event = _event_from(row[1:11])
    message = message_from(row[11:]) if row[11] is not None else None
    return Placed(Entry(row[0], event, message), (row[3], row[1]))


def _feed_entry_from(row: Row) -> Placed[FeedEntry]:
    event = _event_from(row[1:11])
    return Placed(FeedEntry(event, row[11], Label(row[12], row[13]), row[14]), (row[0], event.id))


def _event_from(row: Row) -> Event:
    return Event(
        id=row[0],
        kind=EventKind(row[1]),
        at=moment(row[2]),
        actor=ActorStamp(ActorKind(row[3]), row[4], Role(row[5]) if row[5] else None, row[6]),
        reason=row[7],
        changes=_changes.decode(row[8]),
        message=UUID(bytes=row[9]) if row[9] else None,
    )
