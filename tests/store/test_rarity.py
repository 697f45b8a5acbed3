"""A queue begins with the condition that leaves few tickets, where there is one: found by counting in an index."""

import re
from dataclasses import replace

import pytest

from tests.conftest import MORNING
from tests.store.test_plans import LIVE, MINE, explain, indexes_of, place
from ventanilla.core.filters import FieldIs, QueueOrder, TicketFilter
from ventanilla.core.lifecycle import Status
from ventanilla.core.words import Priority
from ventanilla.store import rarity
from ventanilla.store.engines.postgres_words import PostgresFinder
from ventanilla.store.engines.sqlite import SqliteDesk
from ventanilla.store.engines.sqlite_words import SqliteFinder
from ventanilla.store.queues import capped_counts_query, options, queue_query

RARE: dict[str, tuple[TicketFilter, str, str]] = {
    "with a tag": (TicketFilter(tags=("vip",)), "ticket_tags", "ticket_tags_by_tag"),
    "with a tag, of somebody's": (replace(MINE, tags=("vip",)), "ticket_tags", "ticket_tags_by_tag"),
    "with a value": (TicketFilter(fields=(FieldIs("plan", ("gold",)),)), "ticket_fields", "ticket_fields_by_value"),
    "urgent": (replace(LIVE, priorities=(Priority.URGENT,)), "tickets", "tickets_by_urgency"),
    "of an area in another order": (replace(LIVE, areas=("Redes",)), "tickets", "live_by_area"),
    "put off": (TicketFilter(is_snoozed=True), "tickets", "snoozed_by_end"),
    "pending": (TicketFilter(all_of=(TicketFilter(statuses=(Status.PENDING,)),)), "tickets", "tickets_by_status"),
}
"""Filters that few tickets may meet, with the index where that is seen."""


@pytest.mark.parametrize("name", RARE)
async def test_what_few_tickets_have_is_looked_up_on_sqlite(sqlite_desk: SqliteDesk, name: str) -> None:
    wanted, table, index = RARE[name]
    (begin, *_) = options(wanted, QueueOrder.DUE, MORNING)
    for query in (
        rarity.counts_query([begin]),
        queue_query(wanted, QueueOrder.DUE, 50, place(QueueOrder.DUE), MORNING, SqliteFinder(), begin),
        capped_counts_query([wanted], 5_000, MORNING, SqliteFinder(), [begin]),
    ):
        plan = await sqlite_desk.read(explain, *query)
        assert any(re.search(rf"SEARCH {table} USING .*INDEX {index}\b", step) for step in plan), plan
    assert sum("SEARCH f USING INTEGER PRIMARY KEY" in step for step in plan) == 1, plan
    assert "SCAN few" in plan, plan


@pytest.mark.parametrize("name", RARE)
async def test_what_few_tickets_have_is_looked_up_on_postgres(postgres_url: str, name: str) -> None:
    wanted, table, index = RARE[name]
    (begin, *_) = options(wanted, QueueOrder.DUE, MORNING)
    finder = PostgresFinder()
    for sql, values in (
        rarity.counts_query([begin]),
        queue_query(wanted, QueueOrder.DUE, 50, place(QueueOrder.DUE), MORNING, finder, begin),
        capped_counts_query([wanted], 5_000, MORNING, finder, [begin]),
    ):
        assert index in await indexes_of(postgres_url, sql, values, sorting=True, alias=table)
    assert await indexes_of(postgres_url, sql, values, sorting=True) == {"tickets_pkey"}


@pytest.mark.parametrize(
    ("wanted", "order"),
    [
        (LIVE, QueueOrder.DUE),
        (MINE, QueueOrder.LAST_CHANGED),
        (LIVE.within(TicketFilter(served=("Redes",))), QueueOrder.LAST_CHANGED),
        (replace(LIVE, requesters=(7,), tags=("vip",)), QueueOrder.NEWEST),
    ],
)
def test_what_a_walk_begins_with_anyway_is_not_counted_before(wanted: TicketFilter, order: QueueOrder) -> None:
    assert options(wanted, order, MORNING) == []
