"""The agents' queue: any filter in any order, compared with looking at every ticket."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import MORNING, Clock, context_of, open_test_desk
from tests.people import ALICIA, ELENA_EMAIL
from tests.postgres import PostgresServer
from tests.store.corpus import AREAS, CATEGORIES, OWNERS, fill, row_of
from ventanilla.actions.ports import Desk, Transaction
from ventanilla.core.areas import same_area
from ventanilla.core.filters import CappedCount, Place, Placed, QueueOrder, Span, TicketFilter
from ventanilla.core.lifecycle import Status
from ventanilla.core.people import email_identity, normal_email
from ventanilla.core.tags import Color, Tag, tag_key
from ventanilla.core.ticket import Ticket
from ventanilla.core.ticket_row import TicketRow
from ventanilla.core.words import RANK, Channel, Priority
from ventanilla.store import rarity
from ventanilla.store.engines.postgres import PostgresDesk

Queue = Sequence[Placed[TicketRow]]
MOST = 5_000
TAGS = {"rare": 13, "common": 2}
"""Of how many tickets one has it."""
T = TypeVar("T")


async def queue(tx: Transaction, wanted: TicketFilter, order: QueueOrder, size: int, after: Place | None) -> Queue:
    return await tx.tickets.queue(wanted, order, size, after)


async def counts_up_to(tx: Transaction, most: int, wanted: list[TicketFilter]) -> Sequence[CappedCount]:
    return await tx.tickets.counts_up_to(most, wanted)


async def count_up_to(tx: Transaction, most: int, wanted: TicketFilter) -> CappedCount:
    return await tx.tickets.count_up_to(most, wanted)


class Corpus:
    """A desk that nobody writes to any more, all of its tickets, and the moment it is looked at."""

    def __init__(self, desk: Desk, runner: asyncio.Runner, tickets: list[Ticket], now: datetime) -> None:
        self.desk, self.runner, self.tickets, self.now = desk, runner, tickets, now
        self.agents = sorted({ticket.assignee.id for ticket in tickets if ticket.assignee})
        self.people = sorted({ticket.requester.id for ticket in tickets})

    def listed(self, wanted: TicketFilter, order: QueueOrder, size: int = 100, after: Place | None = None) -> Queue:
        return self.runner.run(self.desk.read(queue, wanted, order, size, after))

    def counts(self, wanted: list[TicketFilter]) -> Sequence[CappedCount]:
        return self.runner.run(self.desk.read(counts_up_to, MOST, wanted))

    def count(self, wanted: TicketFilter, most: int = MOST) -> CappedCount:
        return self.runner.run(self.desk.read(count_up_to, most, wanted))

    def matching(self, wanted: TicketFilter) -> list[Ticket]:
        return [ticket for ticket in self.tickets if matches(ticket, wanted, self.now)]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def corpus(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    clock = Clock()
    with asyncio.Runner() as runner, pytest.MonkeyPatch.context() as patch:
        # Among so few tickets, so that some queries begin with a condition and others walk.
        patch.setattr(rarity, "FEW", 6)
        desk = opened(request, tmp_path_factory, clock)
        tickets = runner.run(fill(desk, clock))
        clock.forward(hours=5)
        varied = [runner.run(desk.write(vary, ticket.id, number)) for number, ticket in enumerate(tickets)]
        yield Corpus(desk, runner, varied, clock.now)
        runner.run(desk.close())


def opened(request: pytest.FixtureRequest, folders: pytest.TempPathFactory, clock: Clock) -> Desk:
    if request.param == "sqlite":
        return open_test_desk(folders.mktemp("queue"), clock)
    server: PostgresServer = request.getfixturevalue("postgres_server")
    address = server.new_database()
    request.addfinalizer(lambda: server.drop(address))
    return PostgresDesk(address, context_of(clock))


async def vary(tx: Transaction, ticket_id: int, number: int) -> Ticket:
    """Give a ticket another priority; put some away for a while, some of them long ago; pass some on to another."""
    ticket = await tx.tickets.get(ticket_id)
    assert ticket
    ticket.reclassify(ALICIA, list(Priority)[number % 5], ticket.category, tx.policy.sla, tx.now - timedelta(hours=4))
    ticket.is_read = number % 2 == 0
    ticket.snoozed_until = tx.now + timedelta(hours=(number % 3) - 1) if number % 4 == 0 else None
    ticket.merged_into_id = ticket.id + 1 if number % 11 == 0 else None
    await tx.tickets.save(ticket)
    tags = [await tag(tx, name) for name, every in TAGS.items() if number % every == 0]
    await tx.tags.put(ticket, tags)
    ticket.tags = tuple(one.name for one in tags)
    return ticket


async def tag(tx: Transaction, name: str) -> Tag:
    known = await tx.tags.by_key(tag_key(name))
    return known or await tx.tags.add(Tag(id=0, uuid=tx.new_uuid(), name=name, color=Color.GRAY, version=1))


def key(order: QueueOrder) -> Callable[[Ticket], tuple[float, ...]]:
    def due(ticket: Ticket) -> float:
        if not ticket.is_live:
            return 2e18
        return 1e18 if ticket.sla.paused_at else ticket.sla.due_at.timestamp()

    keys: dict[QueueOrder, Callable[[Ticket], tuple[float, ...]]] = {
        QueueOrder.LAST_CHANGED: lambda ticket: (-ticket.updated_at.timestamp(), -ticket.id),
        QueueOrder.LONGEST_UNCHANGED: lambda ticket: (ticket.updated_at.timestamp(), ticket.id),
        QueueOrder.NEWEST: lambda ticket: (-ticket.created_at.timestamp(), -ticket.id),
        QueueOrder.OLDEST: lambda ticket: (ticket.created_at.timestamp(), ticket.id),
        QueueOrder.DUE: lambda ticket: (due(ticket), ticket.id),
        QueueOrder.URGENCY: lambda ticket: (
            -RANK[ticket.priority] if ticket.is_live else 0,
            -ticket.updated_at.timestamp(),
            -ticket.id,
        ),
        QueueOrder.HIGHEST_NUMBER: lambda ticket: (-ticket.label.year, -ticket.label.number),
        QueueOrder.LOWEST_NUMBER: lambda ticket: (ticket.label.year, ticket.label.number),
        # No filter here looks for words, so all score the same (tests/actions/test_full_text.py has those that do).
        QueueOrder.RELEVANCE: lambda ticket: (-ticket.updated_at.timestamp(), -ticket.id),
    }
    return keys[order]


def matches(ticket: Ticket, wanted: TicketFilter, now: datetime) -> bool:
    """Tell what the filter says in plain Python."""
    agent = ticket.assignee.id if ticket.assignee else None
    due = ticket.sla.due_at if ticket.is_live and not ticket.sla.paused_at else None
    emails = None if wanted.emails is None else [normal_email(address) for address in wanted.emails]
    said = (
        wanted.owners is None or ticket.requester.identity in wanted.owners,
        wanted.served is None or any(same_area(ticket.area, area) for area in wanted.served),
        wanted.areas is None or any(same_area(ticket.area, area) for area in wanted.areas),
        wanted.statuses is None or ticket.status in wanted.statuses,
        wanted.channels is None or ticket.channel in wanted.channels,
        wanted.priorities is None or ticket.priority in wanted.priorities,
        wanted.categories is None or ticket.category in wanted.categories,
        wanted.assignees is None or agent in wanted.assignees,
        wanted.requesters is None or ticket.requester.id in wanted.requesters,
        emails is None or ticket.requester.profile.email in emails,
        wanted.ids is None or ticket.id in wanted.ids,
        _in(wanted.created, ticket.created_at),
        _in(wanted.updated, ticket.updated_at),
        wanted.due is None or (due is not None and _in(wanted.due, due)),
        wanted.is_live is None or ticket.is_live is wanted.is_live,
        wanted.is_read is None or ticket.is_read is wanted.is_read,
        wanted.is_snoozed is None or ticket.is_snoozed(now) is wanted.is_snoozed,
        wanted.is_breached is None or ticket.sla.is_breached(now) is wanted.is_breached,
        wanted.is_merged is None or (ticket.merged_into_id is not None) is wanted.is_merged,
        wanted.has_files is None or not wanted.has_files,
        wanted.tags is None or not set(wanted.tags).isdisjoint(ticket.tags),
        all(matches(ticket, one, now) for one in wanted.all_of),
        not any(matches(ticket, one, now) for one in wanted.none_of),
    )
    return all(said)


def _in(span: Span | None, at: datetime) -> bool:
    if span is None:
        return True
    return (span.since is None or at >= span.since) and (span.until is None or at < span.until)


def some(options: Sequence[T], most: int = 3) -> st.SearchStrategy[tuple[T, ...] | None]:
    return st.none() | st.lists(st.sampled_from(options), max_size=most).map(tuple)


def said_of(said: dict[str, Any]) -> TicketFilter:
    return TicketFilter(**said)


moments = st.integers(-60, 60 * 30).map(lambda minutes: MORNING + timedelta(minutes=minutes))
spans = st.none() | st.builds(Span, st.none() | moments, st.none() | moments)
flags = st.none() | st.booleans()
sights = st.sampled_from(
    [
        TicketFilter(),
        TicketFilter(served=("redes",)),
        TicketFilter(served=("Redes", "pagos")),
        TicketFilter(served=()),
        TicketFilter(owners=OWNERS[0].identities),
    ]
)
simple = st.builds(
    TicketFilter,
    areas=some([*AREAS, "Ventas"]),
    statuses=some(list(Status), 4),
    channels=some(list(Channel)),
    priorities=some(list(Priority)),
    categories=some(CATEGORIES),
    assignees=some([None, 1, 2, 99]),
    requesters=some([1, 2, 99]),
    emails=some([ELENA_EMAIL, "ana@EXAMPLE.org", "nobody@example.org"]),
    ids=some([1, 5, 17, 30, 99], 5),
    created=spans,
    updated=spans,
    due=spans,
    is_live=flags,
    is_read=flags,
    is_snoozed=flags,
    is_breached=flags,
    is_merged=flags,
    has_files=flags,
    tags=some([*TAGS, "nobody's"]),
)
# A filter that says all at once matches nothing: most examples say little.
sparse = st.fixed_dictionaries(
    {},
    optional={
        "statuses": some(list(Status), 4),
        "priorities": some(list(Priority)),
        "assignees": some([None, 1, 2]),
        "emails": some([ELENA_EMAIL, "ana@EXAMPLE.org"]),
        "due": spans,
        "updated": spans,
        "is_live": flags,
        "is_snoozed": flags,
        "is_breached": flags,
        "tags": some([*TAGS, "nobody's"]),
    },
).map(said_of)
nested = st.builds(
    lambda outer, all_of, none_of: TicketFilter(is_live=outer, all_of=tuple(all_of), none_of=tuple(none_of)),
    flags,
    st.lists(sparse, max_size=2),
    st.lists(sparse, max_size=2),
)
filters = st.builds(lambda wanted, sight: wanted.within(sight), simple | sparse | nested, sights)
orders = st.sampled_from(QueueOrder)


def test_the_corpus_has_something_for_every_question(corpus: Corpus) -> None:
    for wanted in (
        TicketFilter(is_snoozed=True),
        TicketFilter(is_breached=True, is_live=True),
        TicketFilter(is_breached=False, is_live=True),
        TicketFilter(is_merged=True),
        TicketFilter(assignees=(None,), is_live=True),
        TicketFilter(due=Span(until=corpus.now)),
        TicketFilter(emails=(ELENA_EMAIL,)),
        *(TicketFilter(tags=(name,)) for name in TAGS),
    ):
        assert 0 < len(corpus.matching(wanted)) < len(corpus.tickets)
    assert email_identity(ELENA_EMAIL) in {ticket.requester.identity for ticket in corpus.tickets}


@given(wanted=filters, order=orders, size=st.integers(1, 50))
def test_page_after_page_gives_every_row_once_and_in_order(
    corpus: Corpus, wanted: TicketFilter, order: QueueOrder, size: int
) -> None:
    rows: list[int] = []
    after: Place | None = None
    while found := corpus.listed(wanted, order, size, after):
        rows += [placed.row.id for placed in found]
        after = found[-1].place
    assert rows == [ticket.id for ticket in sorted(corpus.matching(wanted), key=key(order))]


LIVE = TicketFilter(is_live=True)
FEW_OR_MANY = {
    "few with a tag": TicketFilter(tags=("rare",)),
    "many with a tag": TicketFilter(tags=("common",)),
    "with one of two tags": TicketFilter(tags=("rare", "common")),
    "nobody has the tag": TicketFilter(tags=("nobody's",)),
    "two conditions": TicketFilter(all_of=(TicketFilter(tags=("rare",)), TicketFilter(statuses=tuple(Status)[:3]))),
    "of a status": TicketFilter(statuses=(Status.PENDING,)),
    "put off": TicketFilter(is_snoozed=True),
    "not put off": replace(LIVE, is_snoozed=False),
    "long unchanged": TicketFilter(updated=Span(until=MORNING + timedelta(hours=3))),
    "new": TicketFilter(created=Span(since=MORNING + timedelta(hours=3))),
    "most urgent": replace(LIVE, priorities=(Priority.CRITICAL,)),
    "of most priorities": replace(LIVE, priorities=tuple(Priority)[1:]),
    "of a contract": replace(LIVE, channels=(Channel.MESA,)),
    "of areas": replace(LIVE, areas=tuple(AREAS[:2])),
}


@pytest.mark.parametrize("sight", [TicketFilter(), TicketFilter(served=("Redes", "pagos"))], ids=["all", "two areas"])
@pytest.mark.parametrize("name", FEW_OR_MANY)
def test_it_makes_no_difference_whether_few_or_many_meet_a_condition(
    corpus: Corpus, name: str, sight: TicketFilter
) -> None:
    wanted = FEW_OR_MANY[name].within(sight)
    expected = corpus.matching(wanted)
    for order in QueueOrder:
        shown = [placed.row.id for placed in corpus.listed(wanted, order)]
        assert shown == [ticket.id for ticket in sorted(expected, key=key(order))]
        if len(shown) > 1:
            first = corpus.listed(wanted, order, 1)[0]
            assert [placed.row.id for placed in corpus.listed(wanted, order, 100, first.place)] == shown[1:]
    assert corpus.count(wanted) == CappedCount(len(expected), is_exact=True)


@given(wanted=filters, most=st.integers(1, 50))
def test_a_count_is_exact_up_to_its_cap(corpus: Corpus, wanted: TicketFilter, most: int) -> None:
    there = len(corpus.matching(wanted))
    assert corpus.count(wanted, most) == CappedCount(min(there, most), there <= most)


@given(wanted=st.lists(filters, min_size=1, max_size=4))
def test_counts_asked_for_together_are_those_asked_for_one_by_one(corpus: Corpus, wanted: list[TicketFilter]) -> None:
    assert corpus.counts(wanted) == [corpus.count(one) for one in wanted]


def test_a_row_shows_what_its_ticket_is(corpus: Corpus) -> None:
    shown = {placed.row for placed in corpus.listed(TicketFilter(), QueueOrder.NEWEST)}
    assert shown == {row_of(ticket) for ticket in corpus.tickets}
