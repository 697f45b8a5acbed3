"""How busy the store says it is, on both engines: what its operator's metrics show."""

import asyncio
import threading
from collections.abc import Awaitable, Callable

import pytest

from tests.actions.drafts import opened_by
from tests.people import ANA
from ventanilla.actions.ports import Desk, Transaction
from ventanilla.store.engines import postgres_pool, sqlite

READING_AT_ONCE = {"sqlite": sqlite.SCAN_THREADS, "postgres": postgres_pool.READERS}


async def until(is_so: Callable[[], bool]) -> None:
    for _ in range(3_000):
        if is_so():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come to that")


def reading_until(end: threading.Event, engine: str) -> Callable[[Transaction], Awaitable[int]]:
    """Return an action that reads until the end: in a thread on SQLite, in the loop on PostgreSQL."""

    async def read(tx: Transaction) -> int:
        total = (await tx.tickets.counts(None)).total
        if engine == "sqlite":
            end.wait(30)
        else:
            await asyncio.to_thread(end.wait, 30)
        return total

    return read


async def test_idle_store_has_no_queues(desk: Desk) -> None:
    await opened_by(desk, ANA)
    load = desk.load()
    assert (load.waiting, load.waiting_for_connection, load.connections_in_use) == (0, 0, 0)
    assert 1 <= load.connections <= load.most_connections


async def test_writers_that_wait_are_counted(desk: Desk) -> None:
    writing = [asyncio.create_task(opened_by(desk, ANA)) for _ in range(20)]
    await asyncio.sleep(0)
    assert desk.load().waiting == 20
    await asyncio.gather(*writing)
    assert desk.load().waiting == 0


async def test_readers_without_a_connection_are_counted(desk: Desk, engine: str) -> None:
    end, at_once = threading.Event(), READING_AT_ONCE[engine]
    reading = [asyncio.create_task(desk.scan(reading_until(end, engine))) for _ in range(at_once + 3)]
    try:
        await until(lambda: desk.load().connections_in_use == at_once and desk.load().waiting_for_connection == 3)
    finally:
        end.set()
    assert await asyncio.gather(*reading) == [0] * len(reading)
    assert desk.load().waiting_for_connection == 0


async def test_reader_who_goes_away_leaves_the_queue(desk: Desk, engine: str) -> None:
    end, at_once = threading.Event(), READING_AT_ONCE[engine]
    reading = [asyncio.create_task(desk.scan(reading_until(end, engine))) for _ in range(at_once + 1)]
    try:
        await until(lambda: desk.load().waiting_for_connection == 1)
        reading[-1].cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading[-1]
        assert desk.load().waiting_for_connection == 0
    finally:
        end.set()
    await asyncio.gather(*reading[:-1])
