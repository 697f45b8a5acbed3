"""F1 and F2 on PostgreSQL: the desk, then the database is killed again and again while clients open tickets."""

import asyncio
import os
import time
from pathlib import Path

import httpx
import pytest

from tests.faults.crowd import crowd_at, replica, running, settled
from tests.faults.limits import at_most
from tests.faults.postmaster import Postmaster

ROUNDS = int(os.environ.get("VENTANILLA_FAULT_ROUNDS", "3"))
CLIENTS = 16
LEAST_LOAD = 400
"""Tickets acknowledged before each kill: at most 16 are under way then, so that 95 % were acknowledged."""


@pytest.mark.faults
async def test_desk_is_killed_and_nothing_is_lost_or_half_there(tmp_path: Path, postgres_url: str) -> None:
    desk = replica(tmp_path / "desk", postgres_url)
    waits = []
    async with running(desk):
        desk.arguments = ("--port", desk.url.rpartition(":")[2])
        async with crowd_at(desk, size=CLIENTS) as crowd:
            for number in range(ROUNDS):
                await crowd.until_acknowledged(LEAST_LOAD + number * 13 % CLIENTS)
                desk.kill()
                began = time.monotonic()
                await asyncio.to_thread(desk.start)
                async with httpx.AsyncClient() as anyone:
                    assert (await anyone.get(desk.url + "/readyz")).status_code == 200
                waits.append(time.monotonic() - began)
            tally = await crowd.finish()
        assert await asyncio.to_thread(desk.stop) == 0
    ledger = await settled(postgres_url, tally)
    print(
        f"\nF1 on PostgreSQL: {ROUNDS} kills, {CLIENTS} clients: {len(tally.acknowledged):,} tickets acknowledged, "
        f"0 lost, {ledger.faults()}, {tally.unanswered} requests unanswered, {tally.replayed} of them had been kept; "
        f"ready again in ≤ {max(waits):.2f} s"
    )
    assert max(waits) <= at_most(5)


@pytest.mark.faults
async def test_database_is_killed_and_comes_back_with_all_that_was_acknowledged(
    tmp_path: Path, postmaster: Postmaster
) -> None:
    url = postmaster.url(await asyncio.to_thread(postmaster.new_database))
    desk = replica(tmp_path / "desk", url)
    gaps = []
    async with running(desk):
        async with crowd_at(desk, size=CLIENTS) as crowd:
            for number in range(ROUNDS):
                await crowd.until_acknowledged(LEAST_LOAD + number * 13 % CLIENTS)
                await asyncio.to_thread(postmaster.kill)
                await asyncio.to_thread(postmaster.start)
                gaps.append(await crowd.until_acknowledged(1))
            await crowd.until_acknowledged(LEAST_LOAD)
            tally = await crowd.finish()
        assert await asyncio.to_thread(desk.stop) == 0
    ledger = await settled(url, tally)
    print(
        f"\nF2: PostgreSQL killed {ROUNDS} times, {CLIENTS} clients: {len(tally.acknowledged):,} tickets acknowledged, "
        f"0 lost, {ledger.faults()}, {tally.unavailable} times told to come again, {tally.replayed} had been kept, "
        f"slowest answer {tally.slowest:.2f} s; writes back ≤ {max(gaps):.2f} s after it was back"
    )
    assert max(gaps) <= at_most(5)
    assert tally.slowest <= at_most(10)
