"""Readers on PostgreSQL: they take turns on few connections, and none inherits another's trouble."""

import asyncio
from contextlib import suppress

import asyncpg
import pytest

from tests.conftest import Clock, context_of
from ventanilla.actions.ports import Transaction
from ventanilla.core.errors import StoreUnavailable
from ventanilla.store.engines import postgres
from ventanilla.store.engines.postgres import PostgresDesk
from ventanilla.store.engines.postgres_pool import READERS
from ventanilla.store.transaction import StoreTransaction


async def my_backend(tx: Transaction) -> int:
    return await _number(tx, "SELECT pg_backend_pid()")


async def my_backend_slowly(tx: Transaction) -> int:
    return await _number(tx, "SELECT pg_backend_pid() FROM pg_sleep(0.2)")


async def sleep_long(tx: Transaction) -> int:
    return await _number(tx, "SELECT pg_backend_pid() FROM pg_sleep(60)")


async def test_readers_one_after_the_other_share_a_connection(postgres_url: str, clock: Clock) -> None:
    desk = PostgresDesk(postgres_url, context_of(clock))
    assert len({await desk.read(my_backend) for _ in range(5)}) == 1
    assert (desk.load().connections, desk.load().connections_in_use) == (1, 0)
    await desk.close()


async def test_readers_at_once_have_a_connection_each_and_leave_the_writers_theirs(
    postgres_url: str, clock: Clock
) -> None:
    desk = PostgresDesk(postgres_url, context_of(clock))
    reading = [asyncio.create_task(desk.read(my_backend_slowly)) for _ in range(READERS + 4)]
    assert await desk.write(my_backend) not in {await one for one in reading}
    assert len({one.result() for one in reading}) == READERS
    await asyncio.wait_for(desk.close(), 5)


async def test_reader_finds_another_connection_when_the_kept_one_was_closed(postgres_url: str, clock: Clock) -> None:
    desk = PostgresDesk(postgres_url, context_of(clock))
    killed = await desk.read(my_backend)
    admin = await asyncpg.connect(postgres_url)
    await admin.execute("SELECT pg_terminate_backend($1, 5000)", killed)
    await admin.close()
    with suppress(StoreUnavailable):  # when the news has not come yet
        await desk.read(my_backend)
    assert await desk.read(my_backend) != killed
    await desk.close()


async def test_what_readers_left_running_is_cancelled_and_others_go_on_reading(
    postgres_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "ANSWER_SECONDS", 0.3)
    desk = PostgresDesk(postgres_url, context_of(clock))
    outcomes = await asyncio.gather(*(desk.read(sleep_long) for _ in range(READERS + 2)), return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {StoreUnavailable}
    monkeypatch.undo()
    left = "SELECT COUNT(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()"
    async with asyncio.timeout(10):
        while await desk.read(_number, f"{left} AND state = 'active'"):
            pass
    await asyncio.wait_for(desk.close(), 5)


async def _number(tx: Transaction, sql: str) -> int:
    assert isinstance(tx, StoreTransaction)
    row = await tx.connection.row(sql)
    assert row is not None
    return int(row[0])
