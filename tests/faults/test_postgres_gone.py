"""F6: the database stops for a while under load. The desk says so at once, and goes on when it is back."""

import asyncio
import time
from pathlib import Path

import httpx
import pytest

from tests.contracts.doors import DOORS
from tests.faults.crowd import crowd_at, probing, replica, running, settled
from tests.faults.limits import IS_ALONE, at_most
from tests.faults.postmaster import Postmaster
from tests.serving import RunningDesk, token

OUTAGE = 60.0 if IS_ALONE else 10.0
CLIENTS = 16
LOAD = 300

WORDS = {
    "debuta": {"message"},
    "mesa": {"detail"},
    "support": {"error"},
    "kinconecta": {"status", "error", "message", "path", "timestamp"},
    "mobile": {"statusCode", "message", "error"},
}
"""What the body of an error holds in each contract."""


@pytest.mark.faults
async def test_database_that_stops_is_told_at_once_and_noticed_when_it_is_back(
    tmp_path: Path, postmaster: Postmaster
) -> None:
    url = postmaster.url(await asyncio.to_thread(postmaster.new_database))
    desk = replica(tmp_path / "desk", url)
    async with running(desk), crowd_at(desk, size=CLIENTS) as crowd:
        with probing(desk, "/healthz") as health, probing(desk, "/readyz") as readiness:
            await crowd.until_acknowledged(LOAD)
            stopped = time.monotonic()
            await asyncio.to_thread(postmaster.stop)
            while time.monotonic() < stopped + OUTAGE:
                await asyncio.to_thread(_every_contract_says_so, desk)
                await asyncio.sleep(0.5)
            refused = crowd.tally.unavailable
            await asyncio.to_thread(postmaster.start)
            back = time.monotonic()
            gap = await crowd.until_acknowledged(1)
            await crowd.until_acknowledged(LOAD)
        tally = await crowd.finish()
        assert await asyncio.to_thread(desk.stop) == 0
    ledger = await settled(url, tally)
    unready, ready = readiness.seconds_until(503, stopped), readiness.seconds_until(200, back)
    print(
        f"\nF6: PostgreSQL stopped for {OUTAGE:.0f} s, {CLIENTS} clients: {len(tally.acknowledged):,} tickets "
        f"acknowledged, 0 lost, {ledger.faults()}; {refused:,} requests told to come again, slowest answer "
        f"{tally.slowest:.2f} s, 0 hung; /readyz 503 after {unready:.2f} s, 200 {ready:.2f} s after it was back, "
        f"writes {gap:.2f} s after; /healthz {health.statuses()}, slowest {health.percentile(1):.3f} s"
    )
    assert health.statuses() == {200}
    assert unready <= at_most(5)
    assert max(ready, gap) <= at_most(5)
    assert tally.slowest <= at_most(3)
    assert refused > 0
    assert 0 < desk.log.count("the store is not available: ") < refused


def _every_contract_says_so(desk: RunningDesk) -> None:
    """Open a ticket through each contract: 503 in its own words within 3 s."""
    with desk.client(token("ana", name="Ana", email="ana@example.com")) as ana:
        for contract, door in DOORS.items():
            refused = ana.post(door.path, json=door.body, timeout=httpx.Timeout(at_most(3)))
            assert refused.status_code == 503, refused.text
            assert int(refused.headers["retry-after"]) > 0
            assert set(refused.json()) == WORDS[contract]
