"""Lists: every row once, in order, with exact totals. Each answer is compared with looking at every ticket."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Clock, open_test_desk
from tests.people import ELENA_EMAIL
from tests.store.corpus import AREAS, OWNERS, SEARCHES, expected, fill, row_of
from ventanilla.actions import reading
from ventanilla.actions.ports import Desk, Transaction
from ventanilla.core.filters import Cursor, Order, Page, PageOf, TicketFilter
from ventanilla.core.lifecycle import Status
from ventanilla.core.moments import moment
from ventanilla.core.people import Identity, email_identity
from ventanilla.core.ticket import Ticket
from ventanilla.core.ticket_row import OwnRow, TicketRow
from ventanilla.core.words import Topic

T = TypeVar("T")

identities = st.sampled_from(
    [*(owner.identity for owner in OWNERS if owner.identity), email_identity(ELENA_EMAIL), Identity("app", "unknown")]
)
filters = st.builds(
    TicketFilter,
    owners=st.none() | st.lists(identities, max_size=3).map(tuple),
    served=st.none() | st.lists(st.sampled_from([*AREAS, "redes", "Ventas", ""]), max_size=3).map(tuple),
    statuses=st.none() | st.lists(st.sampled_from(Status), max_size=3).map(tuple),
    topics=st.none() | st.lists(st.sampled_from(Topic), max_size=3).map(tuple),
    requester_subject=st.none() | st.sampled_from(["u-1", "u-2", ELENA_EMAIL, "unknown"]),
    assignee_subject=st.none() | st.sampled_from(["marta", "raúl", "unknown"]),
    subject_contains=st.none() | st.sampled_from(sorted(SEARCHES)),
)
orders = st.sampled_from(Order)
sizes = st.integers(1, 50)


class Corpus:
    """A desk that nobody writes to any more, and all of its tickets."""

    def __init__(self, desk: Desk, tickets: list[Ticket]) -> None:
        self.desk = desk
        self.tickets = tickets

    def ask(self, action: Callable[..., Coroutine[Any, Any, T]], *values: object) -> T:
        return asyncio.run(self.desk.read(action, *values))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    clock = Clock()
    desk = open_test_desk(tmp_path_factory.mktemp("corpus"), clock)
    yield Corpus(desk, asyncio.run(fill(desk, clock)))
    asyncio.run(desk.close())


def after(row: TicketRow, order: Order) -> Cursor:
    return Cursor(moment(row.created_at if order is Order.NEWEST else row.updated_at), row.id)


def rows_of(tickets: Iterable[Ticket]) -> list[TicketRow]:
    return [row_of(ticket) for ticket in tickets]


def test_the_corpus_has_ties_to_break_and_something_for_every_search(corpus: Corpus) -> None:
    assert len({ticket.created_at for ticket in corpus.tickets}) < len(corpus.tickets)
    assert len({ticket.updated_at for ticket in corpus.tickets}) < len(corpus.tickets)
    for subjects in SEARCHES.values():
        assert set(subjects) <= {ticket.subject for ticket in corpus.tickets}


@given(wanted=filters, order=orders, size=sizes, number=st.integers(1, 4))
def test_a_numbered_page_has_its_rows_and_the_exact_total(
    corpus: Corpus, wanted: TicketFilter, order: Order, size: int, number: int
) -> None:
    matching = expected(corpus.tickets, wanted, order)
    page = Page(size=size, number=number)
    got = corpus.ask(reading.page, wanted, page, order)
    assert got.total == len(matching)
    assert list(got.rows) == rows_of(matching[page.offset : page.offset + size])


@given(wanted=filters, order=orders, size=sizes, number=st.integers(1, 4))
def test_a_page_of_whole_tickets_has_the_same_with_everything_that_was_said(
    corpus: Corpus, wanted: TicketFilter, order: Order, size: int, number: int
) -> None:
    matching = expected(corpus.tickets, wanted, order)
    page = Page(size=size, number=number)
    got = corpus.ask(reading.whole_page, wanted, page, order)
    assert got.total == len(matching)
    assert list(got.rows) == matching[page.offset : page.offset + size]


@given(owners=st.lists(identities, max_size=3, unique=True), size=sizes, number=st.integers(1, 4))
def test_a_page_of_ones_own_has_its_rows_and_the_exact_total(
    corpus: Corpus, owners: list[Identity], size: int, number: int
) -> None:
    matching = expected(corpus.tickets, TicketFilter(owners=tuple(owners)))
    page = Page(size=size, number=number)
    got = corpus.ask(own_page, owners, page)
    assert got.total == len(matching)
    assert [told_of(row) for row in got.rows] == [told_of(row_of(ticket)) for ticket in matching[page.offset :][:size]]


async def own_page(tx: Transaction, owners: list[Identity], page: Page) -> PageOf[OwnRow]:
    return await tx.tickets.own_page(owners, page)


def told_of(row: OwnRow | TicketRow) -> list[Any]:
    names = ("uuid", "title", "topic", "priority", "status", "is_assigned")
    return [getattr(row, name) for name in (*names, *OwnRow._fields)]


@given(wanted=filters, order=orders, size=sizes)
def test_numbered_pages_give_every_row_once_and_in_order(
    corpus: Corpus, wanted: TicketFilter, order: Order, size: int
) -> None:
    rows: list[TicketRow] = []
    pages = corpus.ask(reading.page, wanted, Page(size=size), order).pages
    for number in range(1, pages + 1):
        rows += corpus.ask(reading.rows, wanted, Page(size=size, number=number), order)
    assert rows == rows_of(expected(corpus.tickets, wanted, order))
    assert not corpus.ask(reading.rows, wanted, Page(size=size, number=pages + 1), order)


@given(wanted=filters, order=orders, size=sizes)
def test_following_the_cursor_gives_every_row_once_and_in_order(
    corpus: Corpus, wanted: TicketFilter, order: Order, size: int
) -> None:
    rows: list[TicketRow] = []
    page = Page(size=size)
    while found := corpus.ask(reading.rows, wanted, page, order):
        rows += found
        page = Page(size=size, after=after(found[-1], order))
    assert rows == rows_of(expected(corpus.tickets, wanted, order))


@given(wanted=filters)
def test_a_cursor_does_not_change_the_total(corpus: Corpus, wanted: TicketFilter) -> None:
    page = Page(size=2, after=after(row_of(corpus.tickets[20]), Order.NEWEST))
    assert corpus.ask(reading.page, wanted, page).total == len(expected(corpus.tickets, wanted))


@pytest.mark.parametrize("part", SEARCHES)
def test_a_search_finds_the_subjects_that_hold_the_words_and_no_other(corpus: Corpus, part: str) -> None:
    rows = corpus.ask(reading.rows, TicketFilter(subject_contains=part), Page(size=50))
    assert {row.subject for row in rows} == set(SEARCHES[part])


def test_a_row_tells_what_its_ticket_tells(corpus: Corpus) -> None:
    names = (
        *("uuid", "label", "channel", "title", "topic", "request_type", "priority", "status", "close_reason", "sla"),
        *("assignee", "object_id", "owner", "requester_subject", "asked_by", "is_read"),
    )
    for ticket in corpus.tickets:
        row = row_of(ticket)
        assert [getattr(row, name) for name in names] == [getattr(ticket, name) for name in names]


def test_a_wanted_state_named_twice_is_counted_once(corpus: Corpus) -> None:
    twice = TicketFilter(statuses=(Status.OPEN, Status.OPEN))
    got = corpus.ask(reading.page, twice, Page(size=50))
    assert got.total == len(got.rows) == 9
