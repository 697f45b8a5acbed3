"""Tags in and out of the database, and which ticket has which."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from ventanilla.core.errors import EditedMeanwhile
from ventanilla.core.tags import Color, Tag
from ventanilla.core.ticket import Ticket
from ventanilla.store.columns import micros, placeholders
from ventanilla.store.connection import Connection, Row, Value
from ventanilla.store.terms import within

_SELECT = "SELECT id, uuid, name, color, version FROM tags"
_PAGE = f"{_SELECT} WHERE tag_key LIKE $1 ESCAPE '!' AND (tag_key > $2 OR $3 = 1) ORDER BY tag_key LIMIT $4"
_BY_UUID = f"{_SELECT} WHERE uuid = $1"
_BY_ID = f"{_SELECT} WHERE id = $1"
_BY_KEY = f"{_SELECT} WHERE tag_key = $1"
_COUNT = "SELECT COUNT(*) FROM tags"
_USES = (
    "SELECT tags.id, (SELECT COUNT(*) FROM (SELECT 1 AS one FROM ticket_tags{within}"
    " WHERE ticket_tags.tag_id = tags.id LIMIT $1) AS used) FROM tags WHERE tags.id IN ({tags})"
)
_WITHIN_AREAS = " JOIN tickets ON tickets.id = ticket_tags.ticket_id AND "
_INSERT = (
    "INSERT INTO tags (uuid, name, tag_key, color, created_at, version) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id"
)
_UPDATE = (
    "UPDATE tags SET name = $3, tag_key = $4, color = $5, version = $2 + 1 WHERE id = $1 AND version = $2 RETURNING id"
)
_DELETE_USES = "DELETE FROM ticket_tags WHERE tag_id = $1"
_DELETE = "DELETE FROM tags WHERE id = $1"
_OF = (
    "SELECT ticket_tags.ticket_id, tags.name FROM ticket_tags JOIN tags ON tags.id = ticket_tags.tag_id"
    " WHERE ticket_tags.ticket_id IN ({tickets}) ORDER BY ticket_tags.ticket_id, tags.tag_key"
)
_STRIP = "DELETE FROM ticket_tags WHERE ticket_id = $1"
_PUT = "INSERT INTO ticket_tags (ticket_id, tag_id) VALUES ($1, $2)"


class TagRepository:
    """`actions.furniture_ports.Tags` in SQL."""

    def __init__(self, connection: Connection, now: Callable[[], datetime]) -> None:
        self._db = connection
        self._now = now

    async def page(self, prefix: str, after: Tag | None, size: int) -> Sequence[Tag]:
        begins = prefix.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
        start = after.key if after else ""
        return [_tag_from(row) for row in await self._db.rows(_PAGE, begins, start, int(after is None), size)]

    async def uses(self, tags: Sequence[Tag], areas: Sequence[str] | None, most: int) -> Mapping[int, int]:
        if not tags:
            return {}
        values: list[Value] = [most]
        cut = "" if areas is None else _WITHIN_AREAS + within("tickets.area_key", areas, values)
        sql = _USES.format(within=cut, tags=placeholders(len(tags), len(values) + 1))
        return {row[0]: int(row[1]) for row in await self._db.rows(sql, *values, *(tag.id for tag in tags))}

    async def count(self) -> int:
        row = await self._db.row(_COUNT)
        assert row is not None
        return int(row[0])

    async def get(self, uuid: UUID) -> Tag | None:
        return _maybe_tag(await self._db.row(_BY_UUID, uuid.bytes))

    async def by_id(self, number: int) -> Tag | None:
        return _maybe_tag(await self._db.row(_BY_ID, number))

    async def by_key(self, key: str) -> Tag | None:
        return _maybe_tag(await self._db.row(_BY_KEY, key))

    async def add(self, tag: Tag) -> Tag:
        values = (tag.uuid.bytes, tag.name, tag.key, tag.color.value, micros(self._now()), tag.version)
        row = await self._db.row(_INSERT, *values)
        assert row is not None
        return replace(tag, id=row[0])

    async def save(self, tag: Tag) -> Tag:
        if await self._db.row(_UPDATE, tag.id, tag.version, tag.name, tag.key, tag.color.value) is None:
            raise EditedMeanwhile
        return replace(tag, version=tag.version + 1)

    async def remove(self, tag: Tag) -> None:
        await self._db.run(_DELETE_USES, tag.id)
        await self._db.run(_DELETE, tag.id)

    async def of(self, tickets: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = {}
        sql = _OF.format(tickets=placeholders(len(tickets)))
        for ticket_id, name in await self._db.rows(sql, *tickets) if tickets else ():
            found[ticket_id] = (*found.get(ticket_id, ()), name)
        return found

    async def load(self, ticket: Ticket) -> None:
        ticket.tags = (await self.of([ticket.id])).get(ticket.id, ())

    async def put(self, ticket: Ticket, tags: Sequence[Tag]) -> None:
        await self._db.run(_STRIP, ticket.id)
        for tag in tags:
            await self._db.run(_PUT, ticket.id, tag.id)


def _maybe_tag(row: Row | None) -> Tag | None:
    return _tag_from(row) if row else None


def _tag_from(row: Row) -> Tag:
    return Tag(id=row[0], uuid=UUID(bytes=row[1]), name=row[2], color=Color(row[3]), version=row[4])
