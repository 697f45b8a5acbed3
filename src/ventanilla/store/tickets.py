"""Tickets in and out of the database."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from ventanilla.actions.ticket_ports import QueueCounts
from ventanilla.core.areas import area_key
from ventanilla.core.errors import EditedMeanwhile
from ventanilla.core.filters import CappedCount, Order, Page, PageOf, Place, Placed, QueueOrder, TicketFilter
from ventanilla.core.ids import ObjectId, TicketRef
from ventanilla.core.lifecycle import Status
from ventanilla.core.message_row import MessageRow
from ventanilla.core.people import Identity
from ventanilla.core.thread import Message
from ventanilla.core.ticket import Ticket
from ventanilla.core.ticket_row import OwnRow, TicketRow
from ventanilla.store import queues, rarity
from ventanilla.store.columns import placeholders
from ventanilla.store.connection import Connection, Value
from ventanilla.store.events import add_facts
from ventanilla.store.lookups import CONVERSATION, ROW_WIDTH, WHOLE, conversation_from
from ventanilla.store.notifications import NotificationRepository
from ventanilla.store.people import PeopleRepository
from ventanilla.store.queries import count_query, own_count_query, own_query, page_query
from ventanilla.store.terms import within
from ventanilla.store.threads import add_message
from ventanilla.store.ticket_rows import COLUMNS, SELECT, SELECT_ROWS, changing_values, ticket_from, values_of

_INSERT = f"INSERT INTO tickets ({', '.join(COLUMNS)}) VALUES ({placeholders(len(COLUMNS))}) RETURNING id"
_CHANGING = COLUMNS[COLUMNS.index("category") :]
_UPDATE = (
    f"UPDATE tickets SET {', '.join(f'{name} = ${place}' for place, name in enumerate(_CHANGING, 1))}"
    f" WHERE id = ${len(_CHANGING) + 1} AND version = ${len(_CHANGING) + 2} RETURNING id"
)
_NEXT_LABEL = (
    "INSERT INTO label_counters (year, last) VALUES ($1, 1)"
    " ON CONFLICT (year) DO UPDATE SET last = label_counters.last + 1 RETURNING last"
)
_COUNT = (
    "INSERT INTO queue_counts (area_key, status, is_read, tickets) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (area_key, status, is_read) DO UPDATE SET tickets = queue_counts.tickets + $4"
)
_COUNTED_AS = "SELECT area_key, status, is_read FROM tickets WHERE id = $1"
_COUNTS = "SELECT status, is_read, SUM(tickets) FROM queue_counts GROUP BY status, is_read"
_COUNTS_OF_AREAS = "SELECT status, is_read, SUM(tickets) FROM queue_counts WHERE {areas} GROUP BY status, is_read"


T = TypeVar("T", Ticket, TicketRow)


class TicketRepository:
    """`actions.ports.Tickets` in SQL."""

    def __init__(
        self,
        connection: Connection,
        people: PeopleRepository,
        notifications: NotificationRepository,
        now: Callable[[], datetime],
    ) -> None:
        self._db = connection
        self._people = people
        self._notifications = notifications
        self._now = now

    async def add(self, ticket: Ticket, opening: Message) -> Message:
        ticket.requester = await self._people.requester(ticket.requester.identity, ticket.requester.profile)
        counted = await self._db.row(_NEXT_LABEL, ticket.label.year)
        assert counted is not None
        ticket.label = ticket.label._replace(number=counted[0])
        inserted = await self._db.row(_INSERT, *values_of(ticket))
        assert inserted is not None
        ticket.id = inserted[0]
        message = await add_message(self._db, ticket.id, opening)
        await self._notifications.concern(ticket)
        await add_facts(self._db, ticket)
        await self._db.run(_COUNT, area_key(ticket.area), ticket.status, int(ticket.is_read), 1)
        return message

    async def get(self, ref: TicketRef) -> Ticket | None:
        sql, values = WHOLE.asked(ref)
        found = await self._db.row(sql, *values)
        return _if_named(ref, ticket_from(found)) if found else None

    async def conversation(self, ref: TicketRef) -> tuple[TicketRow, Sequence[MessageRow]] | None:
        sql, values = CONVERSATION.asked(ref)
        found = await self._db.rows(sql, *values)
        if not found:
            return None
        ticket, messages = conversation_from(found)
        return (ticket, messages) if _if_named(ref, ticket) else None

    async def save(self, ticket: Ticket) -> None:
        counted_as = await self._db.row(_COUNTED_AS, ticket.id)
        seen, ticket.version = ticket.version, ticket.version + 1
        if await self._db.row(_UPDATE, *changing_values(ticket), ticket.id, seen) is None:
            ticket.version = seen
            raise EditedMeanwhile
        await self._notifications.concern(ticket)
        await add_facts(self._db, ticket)
        counts_as = (area_key(ticket.area), ticket.status.value, int(ticket.is_read))
        if counted_as is not None and tuple(counted_as) != counts_as:
            # Always in the same order, so that two transactions never wait for each other.
            for key, change in sorted([(tuple(counted_as), -1), (counts_as, 1)]):
                await self._db.run(_COUNT, *key, change)

    async def page(self, wanted: TicketFilter, order: Order, page: Page) -> PageOf[TicketRow]:
        rows = await self.rows(wanted, order, page)
        return PageOf(rows, await self._total(wanted, page, len(rows)), page)

    async def rows(self, wanted: TicketFilter, order: Order, page: Page) -> Sequence[TicketRow]:
        sql, values = page_query(SELECT_ROWS, wanted, order, page, self._now())
        return [TicketRow._make(row) for row in await self._db.rows(sql, *values)]

    async def own_page(self, owners: Sequence[Identity], page: Page) -> PageOf[OwnRow]:
        who = [word for owner in owners for word in owner]
        found = await self._db.rows(own_query(len(owners)), page.size, page.offset, *who)
        rows = [OwnRow._make(row) for row in found]
        if _tells_total(page, len(rows)):
            return PageOf(rows, page.offset + len(rows), page)
        counted = await self._db.row(own_count_query(len(owners)), *who)
        assert counted is not None
        return PageOf(rows, int(counted[0]), page)

    async def whole_page(self, wanted: TicketFilter, order: Order, page: Page) -> PageOf[Ticket]:
        sql, values = page_query(SELECT, wanted, order, page, self._now())
        tickets = [ticket_from(row) for row in await self._db.rows(sql, *values)]
        return PageOf(tickets, await self._total(wanted, page, len(tickets)), page)

    async def queue(
        self, wanted: TicketFilter, order: QueueOrder, size: int, after: Place | None
    ) -> Sequence[Placed[TicketRow]]:
        (begin,) = await self._rarest([queues.options(wanted, order, self._now())])
        sql, values = queues.queue_query(wanted, order, size, after, self._now(), self._db.finder, begin)
        rows = await self._db.rows(sql, *values)
        return [Placed(TicketRow._make(row[:ROW_WIDTH]), tuple(row[ROW_WIDTH:])) for row in rows]

    async def merged_into(self, tickets: Sequence[int]) -> Sequence[int]:
        sql = f"SELECT id FROM tickets WHERE merged_into_id IN ({placeholders(len(tickets))}) ORDER BY id"
        return [int(row[0]) for row in await self._db.rows(sql, *tickets)]

    async def count_up_to(self, most: int, wanted: TicketFilter) -> CappedCount:
        (count,) = await self.counts_up_to(most, [wanted])
        return count

    async def counts_up_to(self, most: int, wanted: Sequence[TicketFilter]) -> Sequence[CappedCount]:
        begins = await self._rarest([queues.options(one, None, self._now()) for one in wanted])
        sql, values = queues.capped_counts_query(wanted, most, self._now(), self._db.finder, begins)
        row = await self._db.row(sql, *values)
        assert row is not None
        return [CappedCount(min(int(count), most), int(count) <= most) for count in row]

    async def _rarest(self, asked: Sequence[Sequence[rarity.Start]]) -> Sequence[rarity.Start | None]:
        """Return for each what it had better begin with, None for its usual walk; all are asked about at once."""
        together = [option for options in asked for option in options]
        if not together:
            return [None] * len(asked)
        sql, values = rarity.counts_query(together)
        counted = iter(await self._db.row(sql, *values) or ())
        return [rarity.rarest(options, [int(next(counted)) for _ in options]) for options in asked]

    async def counts(self, areas: Sequence[str] | None) -> QueueCounts:
        if areas is None:
            rows = await self._db.rows(_COUNTS)
        else:
            values: list[Value] = []
            rows = await self._db.rows(_COUNTS_OF_AREAS.format(areas=within("area_key", areas, values)), *values)
        by_status = dict.fromkeys(Status, 0)
        unread = 0
        for status, is_read, tickets in rows:
            by_status[Status(status)] += int(tickets)
            unread += 0 if is_read else int(tickets)
        return QueueCounts(by_status, unread)

    async def _total(self, wanted: TicketFilter, page: Page, shown: int) -> int:
        if _tells_total(page, shown):
            return page.offset + shown
        if wanted == TicketFilter(served=wanted.served, statuses=wanted.statuses):
            counts = (await self.counts(wanted.served)).by_status
            return sum(counts[status] for status in set(Status if wanted.statuses is None else wanted.statuses))
        sql, values = count_query(wanted, self._now())
        row = await self._db.row(sql, *values)
        assert row is not None
        return int(row[0])


def _if_named(ref: TicketRef, found: T) -> T | None:
    """Return what was found by its integer id unless the ObjectId that named it says another time of creation."""
    return None if isinstance(ref, ObjectId) and found.object_id != ref else found


def _tells_total(page: Page, shown: int) -> bool:
    """Tell whether this is seen to be the last page."""
    return not page.after and shown < page.size and (shown > 0 or page.offset == 0)
