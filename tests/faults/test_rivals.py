"""Several replicas at the same thing at the same moment: one key, one ticket, two areas, two clocks."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import asyncpg
import httpx
import pytest

from tests.actions.drafts import history, opened_by, stored
from tests.conftest import MORNING, Clock, context_of
from tests.edges.line import CRASH, USER
from tests.faults.crowd import replica, running
from tests.faults.ledger import read_postgres_ledger
from tests.people import ALICIA, ANA, MARTA, PAGOS, REDES
from tests.serving import RunningDesk, token
from ventanilla.actions import staff, threads, triage
from ventanilla.actions.ports import Transaction
from ventanilla.core.events import replay
from ventanilla.core.ticket import Ticket
from ventanilla.core.words import Priority
from ventanilla.store.engines.postgres import PostgresDesk

RIVALS = 50
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


@asynccontextmanager
async def desks_on(url: str, *clocks: Clock) -> AsyncIterator[list[PostgresDesk]]:
    """Open the same database once for each clock, as as many replicas would."""
    desks = [PostgresDesk(url, context_of(clock)) for clock in clocks]
    try:
        yield desks
    finally:
        for desk in desks:
            await desk.close()


async def ask(url: str, sql: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return int(await connection.fetchval(sql))
    finally:
        await connection.close()


@pytest.mark.faults
async def test_one_key_sent_fifty_times_to_three_replicas_opens_one_ticket(tmp_path: Path, postgres_url: str) -> None:
    replicas = [replica(tmp_path / str(number), postgres_url) for number in range(3)]
    headers = {"Authorization": f"Bearer {token('ana', name='Ana')}", "Idempotency-Key": "the-same-one"}

    async def send(client: httpx.AsyncClient, desk: RunningDesk) -> httpx.Response:
        return await client.post(desk.url + USER, json=CRASH, headers=headers)

    async with running(*replicas), httpx.AsyncClient(timeout=30) as client:
        answers = await asyncio.gather(*(send(client, replicas[n % 3]) for n in range(RIVALS)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("idempotency-replayed" not in answer.headers for answer in answers) == 1
    assert len((await read_postgres_ledger(postgres_url)).subjects) == 1


@pytest.mark.faults
async def test_changes_by_many_to_one_ticket_all_happen_one_after_the_other(postgres_url: str, clock: Clock) -> None:
    priorities = [Priority.LOW, Priority.HIGH, Priority.URGENT, Priority.CRITICAL]
    async with desks_on(postgres_url, clock, clock, clock) as desks:
        ticket = await opened_by(desks[0], ANA)
        began = time.monotonic()
        changes = [
            desks[n % 3].write(triage.reclassify, MARTA, ticket.id, priorities[n % 4], f"category {n}", f"reason {n}")
            for n in range(RIVALS)
        ]
        outcomes = await asyncio.gather(*changes, return_exceptions=True)
        took = time.monotonic() - began
        kept = [n for n, outcome in enumerate(outcomes) if isinstance(outcome, Ticket)]
        facts, now = await history(desks[1], ticket), await stored(desks[2], ticket)
    print(f"\nRivals: {len(kept)} of {RIVALS} changes of one ticket kept in {took:.2f} s")
    assert [outcome for outcome in outcomes if not isinstance(outcome, Ticket)] == []
    assert sorted(fact.reason or "" for fact in facts[1:]) == sorted(f"reason {n}" for n in kept)
    assert now.version == 1 + len(kept)
    state = replay(facts)
    assert (state["category"], state["priority"]) == (now.category, now.priority.value)


@pytest.mark.faults
async def test_replicas_that_wait_for_each_other_are_run_again(postgres_url: str, clock: Clock) -> None:
    attempts, both_hold_one = 0, asyncio.Barrier(2)

    async def note_on_both(tx: Transaction, one: Ticket, then: Ticket) -> None:
        nonlocal attempts
        attempts += 1
        await threads.note(tx, MARTA, one.id, "Llamé al cliente")
        if attempts <= 2:
            await both_hold_one.wait()
        await threads.note(tx, MARTA, then.id, "Llamé al cliente")

    async with desks_on(postgres_url, clock, clock) as (one, other):
        first, second = await opened_by(one, ANA), await opened_by(one, ANA)
        await one.write(staff.agent_of, MARTA)
        await asyncio.gather(one.write(note_on_both, first, second), other.write(note_on_both, second, first))
        assert [len(await history(one, ticket)) for ticket in (first, second)] == [3, 3]
    assert attempts > 2
    assert await ask(postgres_url, DEADLOCKS) == 1


@pytest.mark.faults
async def test_transfers_in_opposite_directions_are_all_made_and_counted(postgres_url: str, clock: Clock) -> None:
    async with desks_on(postgres_url, clock, clock) as desks:
        tickets = await asyncio.gather(*(opened_by(desks[0], ANA, area=(REDES, PAGOS)[n % 2]) for n in range(RIVALS)))
        began = time.monotonic()
        for turn in range(4):
            transfers = [
                desks[n % 2].write(
                    triage.transfer, ALICIA, ticket.id, (PAGOS, REDES)[(n + turn) % 2], None, "agent", "no es nuestro"
                )
                for n, ticket in enumerate(tickets)
            ]
            await asyncio.gather(*transfers, *(opened_by(desk, ANA, area=PAGOS) for desk in desks for _ in range(5)))
        took = time.monotonic() - began
        facts = [len(await history(desks[0], ticket)) for ticket in tickets]
    deadlocks = await ask(postgres_url, DEADLOCKS)
    print(f"\nRivals: {4 * RIVALS} transfers and 40 new tickets on 2 replicas in {took:.2f} s, {deadlocks} deadlocks")
    assert facts == [5] * RIVALS
    assert (await read_postgres_ledger(postgres_url)).miscounted == 0


@pytest.mark.faults
async def test_replica_whose_clock_is_behind_numbers_its_tickets_in_its_own_year(postgres_url: str) -> None:
    after = MORNING.replace(year=2027, month=1, day=1, hour=9)
    clocks = [Clock(after), Clock(after), Clock(after)]
    async with desks_on(postgres_url, *clocks) as desks:
        tickets = await asyncio.gather(*(opened_by(desks[n % 3], ANA) for n in range(60)))
        clocks[2].now = after - timedelta(days=1)
        tickets += await asyncio.gather(*(opened_by(desks[n % 3], ANA) for n in range(60)))
    by_year = {
        year: sorted(ticket.label.number for ticket in tickets if ticket.label.year == year) for year in (2026, 2027)
    }
    assert by_year == {2026: list(range(1, 21)), 2027: list(range(1, 101))}
    assert all(ticket.label.year == ticket.created_at.year for ticket in tickets)
    ledger = await read_postgres_ledger(postgres_url)
    assert (ledger.duplicate_labels, ledger.gaps, ledger.miscounted) == (0, 0, 0)
