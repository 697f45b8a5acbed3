"""Every list and look-up finds its rows through an index, on both engines."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.conftest import MORNING
from ventanilla.actions.ports import Transaction
from ventanilla.core.filters import Cursor, Order, Page, QueueOrder, Span, TicketFilter
from ventanilla.core.ids import Label
from ventanilla.core.lifecycle import Status
from ventanilla.core.people import Identity
from ventanilla.core.search import Words
from ventanilla.core.words import Channel, Topic
from ventanilla.store import threads
from ventanilla.store.connection import Value
from ventanilla.store.engines.postgres_pool import speak_our_types
from ventanilla.store.engines.postgres_words import PostgresFinder
from ventanilla.store.engines.sqlite import SqliteDesk
from ventanilla.store.engines.sqlite_words import SqliteFinder
from ventanilla.store.lookups import CONVERSATION, WHOLE, Lookup
from ventanilla.store.queries import count_query, own_count_query, own_query, page_query
from ventanilla.store.queues import capped_counts_query, queue_query, width
from ventanilla.store.ticket_rows import SELECT, SELECT_ROWS

ANA = (Identity("app", "ana"),)
FIRST = Page(size=20)
DEEP = Page(size=20, after=Cursor(MORNING, 5_000))

LISTS: dict[str, tuple[TicketFilter, Order, Page, str]] = {
    "somebody's own": (TicketFilter(owners=ANA), Order.NEWEST, FIRST, "tickets_by_requester"),
    "all, newest first": (TicketFilter(), Order.NEWEST, FIRST, "tickets_by_creation"),
    "all, further on": (TicketFilter(), Order.NEWEST, DEEP, "tickets_by_creation"),
    "all, last changed first": (TicketFilter(), Order.LAST_CHANGED, FIRST, "tickets_by_change"),
    "an area, newest first": (TicketFilter(served=("Redes",)), Order.NEWEST, FIRST, "tickets_by_area_creation"),
    "an area, last changed first": (TicketFilter(served=("Redes",)), Order.LAST_CHANGED, FIRST, "tickets_by_area"),
    "two areas": (TicketFilter(served=("Redes", "Pagos")), Order.LAST_CHANGED, FIRST, "tickets_by_area"),
    "one status": (TicketFilter(statuses=(Status.OPEN,)), Order.NEWEST, FIRST, "tickets_by_status"),
    "two statuses": (
        TicketFilter(statuses=(Status.IN_PROGRESS, Status.PENDING)),
        Order.NEWEST,
        FIRST,
        "tickets_by_status",
    ),
}


LIVE = TicketFilter(is_live=True)
MINE = TicketFilter(is_live=True, assignees=(3,))
QUEUES: dict[str, tuple[TicketFilter, QueueOrder, str]] = {
    "all live, last changed first": (LIVE, QueueOrder.LAST_CHANGED, "live_by_change"),
    "all live, longest unchanged first": (LIVE, QueueOrder.LONGEST_UNCHANGED, "live_by_change"),
    "all live, newest first": (LIVE, QueueOrder.NEWEST, "live_by_creation"),
    "all live, oldest first": (LIVE, QueueOrder.OLDEST, "live_by_creation"),
    "all live, soonest due first": (LIVE, QueueOrder.DUE, "tickets_by_due"),
    "all live, most urgent first": (LIVE, QueueOrder.URGENCY, "tickets_by_urgency"),
    "mine": (MINE, QueueOrder.LAST_CHANGED, "live_by_assignee"),
    "mine, soonest due first": (MINE, QueueOrder.DUE, "live_by_assignee"),
    "nobody's": (replace(LIVE, assignees=(None,)), QueueOrder.LAST_CHANGED, "unassigned_by_change"),
    "nobody's, soonest due first": (replace(LIVE, assignees=(None,)), QueueOrder.DUE, "tickets_by_due"),
    "mine and nobody's": (replace(LIVE, assignees=(3, None)), QueueOrder.LAST_CHANGED, "live_by_change"),
    "an area's": (LIVE.within(TicketFilter(served=("Redes",))), QueueOrder.LAST_CHANGED, "live_by_area"),
    "an area's, most urgent first": (
        LIVE.within(TicketFilter(served=("Redes",))),
        QueueOrder.URGENCY,
        "tickets_by_urgency",
    ),
    "two areas'": (LIVE.within(TicketFilter(served=("Redes", "Pagos"))), QueueOrder.LAST_CHANGED, "live_by_change"),
    "soon late": (replace(LIVE, due=Span(until=MORNING)), QueueOrder.DUE, "tickets_by_due"),
    "long unchanged": (replace(LIVE, updated=Span(until=MORNING)), QueueOrder.LAST_CHANGED, "live_by_change"),
    "long unchanged, newest first": (replace(LIVE, updated=Span(until=MORNING)), QueueOrder.NEWEST, "live_by_creation"),
    "of one contract": (replace(LIVE, channels=(Channel.MESA,)), QueueOrder.LAST_CHANGED, "live_by_channel"),
    "of two contracts": (
        replace(LIVE, channels=(Channel.MESA, Channel.DESK)),
        QueueOrder.LAST_CHANGED,
        "live_by_change",
    ),
    "open ones": (TicketFilter(statuses=(Status.OPEN,)), QueueOrder.LAST_CHANGED, "live_by_change"),
    "a view narrowed": (
        TicketFilter(all_of=(MINE,), none_of=(TicketFilter(is_read=True),)),
        QueueOrder.URGENCY,
        "live_by_assignee",
    ),
    "everything": (TicketFilter(), QueueOrder.LAST_CHANGED, "tickets_by_change"),
    "everything, most urgent first": (TicketFilter(), QueueOrder.URGENCY, "tickets_by_urgency"),
    "everything, soonest due first": (TicketFilter(), QueueOrder.DUE, "tickets_by_due"),
    "everything by number": (TicketFilter(), QueueOrder.HIGHEST_NUMBER, "tickets_label"),
    "everything in an area": (TicketFilter(served=("Redes",)), QueueOrder.LAST_CHANGED, "tickets_by_area"),
    "resolved ones": (TicketFilter(statuses=(Status.RESOLVED,)), QueueOrder.LAST_CHANGED, "tickets_by_change"),
    "somebody's": (TicketFilter(requesters=(7,)), QueueOrder.LAST_CHANGED, "tickets_by_requester"),
    "of an address": (TicketFilter(emails=("ana@example.org",)), QueueOrder.NEWEST, "tickets_by_requester"),
}

SORTED_AFTERWARDS = frozenset({"tickets_by_requester", "live_by_assignee"})
"""Indexes that find the few rows of somebody, which are then sorted."""

NAMES = {"tickets_label": "sqlite_autoindex_tickets_1"}
"""What SQLite calls an index that a constraint made."""


async def explain(tx: Transaction, sql: str, values: Sequence[Value]) -> list[str]:
    rows = await tx.connection.rows(f"EXPLAIN QUERY PLAN {sql}", *values)  # type: ignore[attr-defined]
    return [row[3] for row in rows]


@pytest.mark.parametrize("select", [SELECT, SELECT_ROWS])
@pytest.mark.parametrize("name", LISTS)
async def test_every_list_is_read_in_the_order_of_an_index_on_sqlite(
    sqlite_desk: SqliteDesk, name: str, select: str
) -> None:
    wanted, order, page, index = LISTS[name]
    sql, values = page_query(select, wanted, order, page, MORNING)
    plan = await sqlite_desk.read(explain, sql, values)
    searched = [step for step in plan if " f USING" in step or "SCAN f" in step]
    assert searched
    assert all(index in step for step in searched), plan


@pytest.mark.parametrize("is_further_on", [False, True], ids=["from the beginning", "further on"])
@pytest.mark.parametrize("name", QUEUES)
async def test_every_queue_walks_its_index_on_sqlite(sqlite_desk: SqliteDesk, name: str, is_further_on: bool) -> None:
    wanted, order, index = QUEUES[name]
    sql, values = queue_query(wanted, order, 50, place(order) if is_further_on else None, MORNING, SqliteFinder())
    plan = await sqlite_desk.read(explain, sql, values)
    (step,) = [step for step in plan if " f USING" in step or step.startswith("SCAN f")]
    assert re.search(rf"INDEX {NAMES.get(index, index)}\b", step), plan
    assert "SEARCH t USING INTEGER PRIMARY KEY (rowid=?)" in plan


@pytest.mark.parametrize("is_further_on", [False, True], ids=["from the beginning", "further on"])
@pytest.mark.parametrize("name", QUEUES)
async def test_every_queue_walks_its_index_on_postgres(postgres_url: str, name: str, is_further_on: bool) -> None:
    wanted, order, index = QUEUES[name]
    sql, values = queue_query(wanted, order, 50, place(order) if is_further_on else None, MORNING, PostgresFinder())
    assert await indexes_of(postgres_url, sql, values, sorting=index in SORTED_AFTERWARDS) == {index}


async def test_what_changed_long_ago_is_looked_for_among_what_is_older_still(sqlite_desk: SqliteDesk) -> None:
    wanted = replace(LIVE, updated=Span(until=MORNING))
    plan = await sqlite_desk.read(explain, *queue_query(wanted, QueueOrder.NEWEST, 50, None, MORNING, SqliteFinder()))
    assert any("SEARCH f USING INDEX live_by_creation (created_at<?)" in step for step in plan), plan


OPEN = replace(LIVE, is_snoozed=False)
COUNTS: dict[str, tuple[TicketFilter, str]] = {
    "mine": (replace(OPEN, assignees=(3,)), "live_by_assignee"),
    "nobody's": (replace(OPEN, assignees=(None,)), "unassigned_by_change"),
    "soon late": (replace(OPEN, due=Span(until=MORNING)), "tickets_by_due"),
    "put off": (replace(LIVE, is_snoozed=True), "snoozed_by_end"),
    "resolved ones": (TicketFilter(statuses=(Status.RESOLVED,)), "tickets_by_status"),
    "of contracts": (replace(OPEN, channels=(Channel.MESA, Channel.DESK)), "live_by_channel"),
    "of an area": (OPEN.within(TicketFilter(served=("Redes",))), "live_by_area"),
    "of two areas": (OPEN.within(TicketFilter(served=("Redes", "Pagos"))), "live_by_area"),
    "all of an area": (TicketFilter(served=("Redes",)), "tickets_by_area"),
    "as views have it": (TicketFilter(all_of=(OPEN, TicketFilter(channels=(Channel.MESA,)))), "live_by_channel"),
}


@pytest.mark.parametrize("name", COUNTS)
async def test_every_count_looks_at_no_more_than_it_counts_on_sqlite(sqlite_desk: SqliteDesk, name: str) -> None:
    wanted, index = COUNTS[name]
    plan = await sqlite_desk.read(explain, *capped_counts_query([wanted], 5_000, MORNING, SqliteFinder()))
    steps = [step for step in plan if " f USING" in step or step.startswith("SCAN f")]
    used = {found[1] for step in steps if (found := re.search(r"INDEX (\w+)", step))}
    assert len(steps) == len(used), plan
    # Those that are put off are counted apart.
    assert used - {"snoozed_by_end"} == {index} - {"snoozed_by_end"}, plan


@pytest.mark.parametrize("name", ["mine", "soon late", "of an area", "as views have it"])
async def test_the_sidebar_is_counted_in_indexes_alone_on_sqlite(sqlite_desk: SqliteDesk, name: str) -> None:
    wanted, index = COUNTS[name]
    plan = await sqlite_desk.read(explain, *capped_counts_query([wanted], 5_000, MORNING, SqliteFinder()))
    assert any(f"COVERING INDEX {index} " in step for step in plan), plan


@pytest.mark.parametrize("name", COUNTS)
async def test_every_count_looks_at_no_more_than_it_counts_on_postgres(postgres_url: str, name: str) -> None:
    wanted, index = COUNTS[name]
    sql, values = capped_counts_query([wanted], 5_000, MORNING, PostgresFinder())
    assert index in await indexes_of(postgres_url, sql, values, sorting=True)


SOUGHT = TicketFilter(sought=(Words("router"), Words("blue light", is_whole=True)))


@pytest.mark.parametrize("order", [QueueOrder.RELEVANCE, QueueOrder.LAST_CHANGED])
async def test_words_are_looked_up_in_the_full_text_on_sqlite(sqlite_desk: SqliteDesk, order: QueueOrder) -> None:
    sql, values = queue_query(SOUGHT, order, 50, None, MORNING, SqliteFinder())
    plan = await sqlite_desk.read(explain, sql, values)
    texts = [step for step in plan if "VIRTUAL TABLE INDEX" in step]
    assert len(texts) == 6
    assert all("M1" in step for step in texts), plan
    # Tickets and messages are found by their ids.
    assert any(step.startswith("SEARCH f USING INTEGER PRIMARY KEY") for step in plan), plan
    assert plan.count("SEARCH m USING INTEGER PRIMARY KEY (rowid=?)") == 3, plan


@pytest.mark.parametrize("order", [QueueOrder.RELEVANCE, QueueOrder.LAST_CHANGED])
async def test_words_are_looked_up_in_the_full_text_on_postgres(postgres_url: str, order: QueueOrder) -> None:
    sql, values = queue_query(SOUGHT, order, 50, None, MORNING, PostgresFinder())
    connection = await asyncpg.connect(postgres_url)
    try:
        await connection.execute("SET enable_seqscan = off; SET enable_indexscan = off")
        (found,) = await connection.fetchrow(f"EXPLAIN (FORMAT JSON) {sql}", *values)
    finally:
        await connection.close()
    used = {node.get("Index Name") for node in _nodes(json.loads(found)[0]["Plan"])}
    assert used >= {"messages_by_word", "tickets_by_word"}


def place(order: QueueOrder) -> tuple[int, ...]:
    return tuple(range(5_000, 5_000 + width(order)))


async def test_a_requesters_own_list_is_read_in_the_order_of_its_index_on_sqlite(sqlite_desk: SqliteDesk) -> None:
    plan = await sqlite_desk.read(explain, own_query(1), [20, 0, *ANA[0]])
    assert any(step.startswith("SEARCH t USING INDEX tickets_by_requester") for step in plan), plan
    assert not any("TEMP B-TREE" in step for step in plan), plan
    (counted, *_) = await sqlite_desk.read(explain, own_count_query(1), list(ANA[0]))
    assert "COVERING INDEX tickets_by_requester" in counted


async def test_a_requesters_own_list_is_read_in_the_order_of_its_index_on_postgres(postgres_url: str) -> None:
    queries: list[tuple[str, list[Value]]] = [(own_query(1), [20, 0, *ANA[0]]), (own_count_query(1), [*ANA[0]])]
    for sql, values in queries:
        assert await indexes_of(postgres_url, sql, values, alias="t") == {"tickets_by_requester"}


async def test_a_topic_of_a_status_is_counted_in_an_index_alone_on_sqlite(sqlite_desk: SqliteDesk) -> None:
    sql, values = count_query(TicketFilter(statuses=(Status.OPEN,), topics=(Topic.ABUSE,)), MORNING)
    (step,) = await sqlite_desk.read(explain, sql, values)
    assert "COVERING INDEX tickets_by_topic" in step


@pytest.mark.parametrize("lookup", [WHOLE, CONVERSATION])
async def test_a_ticket_is_found_by_each_spelling_on_sqlite(sqlite_desk: SqliteDesk, lookup: Lookup) -> None:
    for sql, values, index in (
        (lookup.by_id, [1], "INTEGER PRIMARY KEY"),
        (lookup.by_uuid, [bytes(16)], "sqlite_autoindex_tickets_2"),
        (lookup.by_label, [2026, 1], "sqlite_autoindex_tickets_1"),
    ):
        plan = await sqlite_desk.read(explain, sql, values)
        (step,) = [step for step in plan if step.startswith(("SEARCH t ", "SCAN t "))]
        assert index in step


@pytest.mark.parametrize("lookup", [WHOLE, CONVERSATION])
async def test_a_ticket_is_found_by_each_spelling_on_postgres(postgres_url: str, lookup: Lookup) -> None:
    for sql, values, index in (
        (lookup.by_id, [1], "tickets_pkey"),
        (lookup.by_uuid, [bytes(16)], "tickets_uuid_key"),
        (lookup.by_label, [2026, 1], "tickets_label"),
    ):
        assert await indexes_of(postgres_url, sql, values, alias="t") == {index}


async def test_what_was_said_is_found_by_its_ticket_however_that_is_named_on_sqlite(sqlite_desk: SqliteDesk) -> None:
    for ref in (1, UUID(int=1), Label(2026, 1)):
        sql, values = CONVERSATION.asked(ref)
        plan = await sqlite_desk.read(explain, sql, list(values))
        opening, said = [step for step in plan if step.startswith(("SEARCH m ", "SCAN m "))]
        assert "messages_by_ticket" in opening
        assert "messages_by_ticket" in said


async def test_what_was_said_is_found_by_its_ticket_however_that_is_named_on_postgres(postgres_url: str) -> None:
    for ref in (1, UUID(int=1), Label(2026, 1)):
        sql, values = CONVERSATION.asked(ref)
        assert await indexes_of(postgres_url, sql, list(values), alias="m") == {"messages_by_ticket"}


async def test_a_thread_is_found_by_its_ticket_on_sqlite(sqlite_desk: SqliteDesk) -> None:
    (step,) = await sqlite_desk.read(explain, threads._ALL, [1])
    assert "messages_by_ticket" in step


@pytest.mark.parametrize("select", [SELECT, SELECT_ROWS])
@pytest.mark.parametrize("name", LISTS)
async def test_every_list_is_read_in_the_order_of_an_index_on_postgres(
    postgres_url: str, name: str, select: str
) -> None:
    wanted, order, page, index = LISTS[name]
    sql, values = page_query(select, wanted, order, page, MORNING)
    assert await indexes_of(postgres_url, sql, values) == {index}


async def indexes_of(
    url: str, sql: str, values: Sequence[Value], *, sorting: bool = False, alias: str = "f"
) -> set[str]:
    """Return the indexes in which PostgreSQL looks for the rows of `tickets f`, or of another alias."""
    connection = await asyncpg.connect(url)
    await speak_our_types(connection)
    try:
        # On tables with no rows a scan is always cheapest; what matters is that an index can serve.
        await connection.execute("SET enable_seqscan = off; SET enable_bitmapscan = off")
        await connection.execute(f"SET enable_sort = {'on' if sorting else 'off'}")
        (found,) = await connection.fetchrow(f"EXPLAIN (FORMAT JSON) {sql}", *values)
    finally:
        await connection.close()
    nodes = list(_nodes(json.loads(found)[0]["Plan"]))
    return {
        node["Index Name"]
        for node in nodes
        if re.fullmatch(rf"{alias}(_\d+)?", node.get("Alias", "")) and "Index Name" in node
    }


def _nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(node for inner in plan.get("Plans", []) for node in _nodes(inner))]
