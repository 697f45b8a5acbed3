"""Three server processes on one PostgreSQL: one is killed, the others are replaced one after the other, under load."""

import asyncio
import time
from pathlib import Path

import pytest

from tests.faults.creators import Creator, Tally
from tests.faults.ledger import read_postgres_ledger
from tests.serving import CONFIG, RunningDesk

CLIENTS = 24
LEAST_LOAD = 300
"""Tickets acknowledged between two events."""
LONGEST_STEP = 60.0


@pytest.mark.faults
async def test_replicas_are_killed_and_rolled_without_a_ticket_lost_or_doubled(
    tmp_path: Path, postgres_url: str
) -> None:
    replicas = [_replica(tmp_path / f"replica {n}", postgres_url) for n in range(3)]
    await asyncio.gather(*(asyncio.to_thread(replica.start) for replica in replicas))
    ports = [replica.url.rpartition(":")[2] for replica in replicas]
    tally, stop = Tally(), asyncio.Event()
    clients = [asyncio.create_task(_client(replicas, n, tally).work(stop)) for n in range(CLIENTS)]
    try:
        await _until_acknowledged(tally, LEAST_LOAD)
        replicas[0].kill()
        await _until_acknowledged(tally, LEAST_LOAD)
        for replica, port in zip(replicas[1:], ports[1:], strict=True):
            assert await asyncio.to_thread(replica.stop) == 0
            replica.arguments = ("--port", port)
            await asyncio.to_thread(replica.start)
            await _until_acknowledged(tally, LEAST_LOAD)
        stop.set()
        await asyncio.wait_for(asyncio.gather(*clients), LONGEST_STEP)
    finally:
        for client in clients:
            client.cancel()
        for replica in replicas[1:]:
            await asyncio.to_thread(replica.kill)
    ledger = await read_postgres_ledger(postgres_url)
    print(
        f"\nReplicas: {len(tally.acknowledged):,} tickets acknowledged, {ledger.faults()}, "
        f"{tally.unanswered} requests unanswered, {tally.replayed} of them had been kept"
    )
    assert ledger.subjects == tally.acknowledged, "a ticket lost, opened twice, or told to nobody"
    assert set(ledger.faults().values()) == {0}


def test_several_workers_share_one_port_and_stop_together(tmp_path: Path, postgres_url: str) -> None:
    desk = _replica(tmp_path / "desk", postgres_url)
    desk.arguments = ("--port", "0", "--workers", "2")
    desk.start()
    try:
        with desk.client() as anyone:
            assert {anyone.get("/readyz").status_code for _ in range(10)} == {200}
    finally:
        assert desk.stop() == 0


def test_sqlite_takes_one_worker_and_says_so(tmp_path: Path) -> None:
    desk = RunningDesk(tmp_path / "desk", arguments=("--port", "0", "--workers", "2"))
    with pytest.raises(RuntimeError, match="SQLite is written by one process"):
        desk.start()


def _replica(folder: Path, database_url: str) -> RunningDesk:
    return RunningDesk(folder, config=f'database_url = "{database_url}"\n{CONFIG}')


def _client(replicas: list[RunningDesk], number: int, tally: Tally) -> Creator:
    """A client that knows all replicas, each beginning with another."""
    first = number % len(replicas)
    urls = [replica.url for replica in replicas[first:] + replicas[:first]]
    return Creator(urls, f"client {number}", tally)


async def _until_acknowledged(tally: Tally, more: int) -> None:
    wanted = len(tally.acknowledged) + more
    deadline = time.monotonic() + LONGEST_STEP
    while len(tally.acknowledged) < wanted:
        assert time.monotonic() < deadline, "the clients get no answers"
        await asyncio.sleep(0.005)
