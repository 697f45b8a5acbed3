"""F7: the line to the database swallows everything, or is slow. Nobody waits for ever, nobody else is held up."""

import asyncio
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import Clock, context_of
from tests.faults.crowd import Crowd, crowd_at, probing, replica, running, settled
from tests.faults.limits import IS_ALONE, at_most
from tests.faults.postmaster import Postmaster
from tests.serving import RunningDesk
from tests.tox import proxy_to
from ventanilla.actions.ports import Transaction
from ventanilla.core.errors import StoreUnavailable
from ventanilla.store.engines import postgres_setup
from ventanilla.store.engines.postgres import PostgresDesk

SILENCE = 60.0 if IS_ALONE else 10.0
CLIENTS = 16
LOAD = 200
LATENCY = 0.3
LONGEST_ANSWER = at_most(10)
MOST_LAG = at_most(0.1)


@pytest.mark.faults
async def test_database_that_falls_silent_hangs_nobody_and_holds_up_no_other_replica(
    tmp_path: Path, postmaster: Postmaster
) -> None:
    url = postmaster.url(database := await asyncio.to_thread(postmaster.new_database))
    async with proxy_to("127.0.0.1", postmaster.port) as line:
        cut_off = replica(tmp_path / "cut off", postmaster.url(database, line.port))
        beside = replica(tmp_path / "beside", url)
        async with running(cut_off, beside), crowd_at(cut_off, size=CLIENTS) as crowd:
            with probing(cut_off, "/healthz") as health:
                await crowd.until_acknowledged(LOAD)
                line.blackhole()
                others = await _open_beside(beside, SILENCE)
                line.heal()
                gap = await crowd.until_acknowledged(1)
                await crowd.until_acknowledged(LOAD)
            tally = await crowd.finish()
            assert await asyncio.to_thread(cut_off.stop) == 0
            assert await asyncio.to_thread(beside.stop) == 0
    tally.acknowledged |= others.tally.acknowledged
    ledger = await settled(url, tally)
    print(
        f"\nF7: PostgreSQL silent for {SILENCE:.0f} s, {CLIENTS} clients: {len(tally.acknowledged):,} tickets "
        f"acknowledged, 0 lost, {ledger.faults()}; {tally.unavailable} told to come again, slowest answer "
        f"{tally.slowest:.2f} s, 0 hung; /healthz p99 {health.percentile(0.99) * 1000:.0f} ms, slowest "
        f"{health.percentile(1) * 1000:.0f} ms; writes {gap:.2f} s after it spoke again; "
        f"replica beside it: slowest answer {others.tally.slowest:.2f} s"
    )
    assert tally.slowest <= LONGEST_ANSWER
    assert others.tally.slowest <= LONGEST_ANSWER
    assert health.statuses() == {200}
    assert health.percentile(0.99) < MOST_LAG
    assert gap <= at_most(5)
    assert tally.unavailable > 0


@pytest.mark.faults
async def test_slow_line_to_the_database_slows_requests_and_fails_none_for_good(
    tmp_path: Path, postmaster: Postmaster
) -> None:
    url = postmaster.url(database := await asyncio.to_thread(postmaster.new_database))
    async with proxy_to("127.0.0.1", postmaster.port) as line:
        desk = replica(tmp_path / "desk", postmaster.url(database, line.port))
        async with running(desk), crowd_at(desk, size=CLIENTS) as crowd:
            with probing(desk, "/healthz") as health:
                await crowd.until_acknowledged(LOAD)
                line.latency = LATENCY
                before, began = len(crowd.tally.acknowledged), time.monotonic()
                await asyncio.sleep(SILENCE)
                slowly = (len(crowd.tally.acknowledged) - before) / (time.monotonic() - began)
                line.latency = 0.0
                gap = await crowd.until_acknowledged(LOAD)
            tally = await crowd.finish()
            assert await asyncio.to_thread(desk.stop) == 0
    ledger = await settled(url, tally)
    print(
        f"\nF7: +{LATENCY * 1000:.0f} ms each way for {SILENCE:.0f} s, {CLIENTS} clients: {slowly:.1f} tickets/s, "
        f"{tally.unavailable} told to come again, slowest answer {tally.slowest:.2f} s, {ledger.faults()}; "
        f"/healthz p99 {health.percentile(0.99) * 1000:.0f} ms, slowest {health.percentile(1) * 1000:.0f} ms; "
        f"{LOAD} tickets in {gap:.2f} s when it was over"
    )
    assert tally.slowest <= LONGEST_ANSWER
    assert health.percentile(0.99) < MOST_LAG
    assert slowly > 0
    assert gap <= at_most(10)


@pytest.mark.faults
async def test_locks_of_a_replica_that_fell_silent_are_let_go(postmaster: Postmaster, clock: Clock) -> None:
    url = postmaster.url(database := await asyncio.to_thread(postmaster.new_database))
    postgres_setup.prepare(url)
    async with proxy_to("127.0.0.1", postmaster.port) as line:

        async def lock_and_fall_silent(tx: Transaction) -> None:
            await tx.attempts.add("the same row", timedelta(days=1))
            line.blackhole()
            await tx.attempts.add("another row", timedelta(days=1))

        silent = PostgresDesk(postmaster.url(database, line.port), context_of(clock))
        beside = PostgresDesk(url, context_of(clock))
        with pytest.raises(StoreUnavailable):
            await silent.write(lock_and_fall_silent)
        began = time.monotonic()
        assert await beside.write(_count_one) == 1
        took = time.monotonic() - began
        await beside.close()
        await silent.close()
    print(f"\nF7: a row locked by a replica that fell silent was free {took:.2f} s after that had given up")
    assert took <= at_most(5)


async def _count_one(tx: Transaction) -> int:
    return await tx.attempts.add("the same row", timedelta(days=1))


async def _open_beside(desk: RunningDesk, seconds: float) -> Crowd:
    """Keep opening tickets at another replica of the same database."""
    async with crowd_at(desk, size=2, named="neighbour") as crowd:
        await asyncio.sleep(seconds)
        await crowd.until_acknowledged(1)
        await crowd.finish()
    return crowd
