"""Every list and look-up finds its rows through an index, on both engines."""

import json
import re
from collections.abc import Sequence
from typing import Any

import asyncpg
import pytest

from tests.conftest import MORNING
from ventanilla.actions.ports import Transaction
from ventanilla.core.filters import Cursor, Order, Page, TicketFilter
from ventanilla.core.lifecycle import Status
from ventanilla.core.people import Identity
from ventanilla.core.words import Topic
from ventanilla.store import threads
from ventanilla.store.connection import Value
from ventanilla.store.engines.sqlite import SqliteDesk
from ventanilla.store.queries import count_query, page_query

ANA = (Identity("app", "ana"),)
FIRST = Page(size=20)
DEEP = Page(size=20, after=Cursor(MORNING, 5_000))

LISTS: dict[str, tuple[TicketFilter, Order, Page, str]] = {
    "somebody's own": (TicketFilter(owners=ANA), Order.NEWEST, FIRST, "tickets_by_requester"),
    "all, newest first": (TicketFilter(), Order.NEWEST, FIRST, "tickets_by_creation"),
    "all, further on": (TicketFilter(), Order.NEWEST, DEEP, "tickets_by_creation"),
    "all, last changed first": (TicketFilter(), Order.LAST_CHANGED, FIRST, "tickets_by_change"),
    "an area, newest first": (TicketFilter(area="Redes"), Order.NEWEST, FIRST, "tickets_by_area_creation"),
    "an area, last changed first": (TicketFilter(area="Redes"), Order.LAST_CHANGED, FIRST, "tickets_by_area"),
    "one status": (TicketFilter(statuses=(Status.OPEN,)), Order.NEWEST, FIRST, "tickets_by_status"),
    "two statuses": (
        TicketFilter(statuses=(Status.IN_PROGRESS, Status.PENDING)),
        Order.NEWEST,
        FIRST,
        "tickets_by_status",
    ),
}


async def explain(tx: Transaction, sql: str, values: Sequence[Value]) -> list[str]:
    rows = await tx.connection.rows(f"EXPLAIN QUERY PLAN {sql}", *values)  # type: ignore[attr-defined]
    return [row[3] for row in rows]


@pytest.mark.parametrize("name", LISTS)
async def test_every_list_is_read_in_the_order_of_an_index_on_sqlite(sqlite_desk: SqliteDesk, name: str) -> None:
    wanted, order, page, index = LISTS[name]
    sql, values = page_query(wanted, order, page)
    plan = await sqlite_desk.read(explain, sql, values)
    searched = [step for step in plan if " f USING" in step or "SCAN f" in step]
    assert searched
    assert all(index in step for step in searched), plan


async def test_a_topic_of_a_status_is_counted_in_an_index_alone_on_sqlite(sqlite_desk: SqliteDesk) -> None:
    sql, values = count_query(TicketFilter(statuses=(Status.OPEN,), topics=(Topic.ABUSE,)))
    (step,) = await sqlite_desk.read(explain, sql, values)
    assert "COVERING INDEX tickets_by_topic" in step


async def test_a_thread_is_found_by_its_ticket_on_sqlite(sqlite_desk: SqliteDesk) -> None:
    (step,) = await sqlite_desk.read(explain, threads._ALL, [1])
    assert "messages_by_ticket" in step


@pytest.mark.parametrize("name", LISTS)
async def test_every_list_is_read_in_the_order_of_an_index_on_postgres(postgres_url: str, name: str) -> None:
    wanted, order, page, index = LISTS[name]
    sql, values = page_query(wanted, order, page)
    connection = await asyncpg.connect(postgres_url)
    try:
        # On tables with no rows a scan is always cheapest; what matters is that an index can serve.
        await connection.execute("SET enable_seqscan = off; SET enable_sort = off; SET enable_bitmapscan = off")
        (found,) = await connection.fetchrow(f"EXPLAIN (FORMAT JSON) {sql}", *values)
    finally:
        await connection.close()
    nodes = list(_nodes(json.loads(found)[0]["Plan"]))
    scans = [node for node in nodes if re.fullmatch(r"f(_\d+)?", node.get("Alias", "")) and "Index Name" in node]
    assert scans
    assert {node["Index Name"] for node in scans} == {index}, found


def _nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(node for inner in plan.get("Plans", []) for node in _nodes(inner))]
