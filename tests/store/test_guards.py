"""What guards the doors: kept answers, counted failures, the desk's secrets."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from tests.actions.drafts import opened_by
from tests.conftest import Clock, open_test_desk
from tests.people import ANA
from ventanilla.actions import housekeeping
from ventanilla.actions.machinery_ports import StoredAnswer
from ventanilla.actions.ports import Desk, Transaction

ANSWER = StoredAnswer("ab" * 32, 201, (("Location", "/v1/support/1"), ("X-Ñ", "á")), b'{"id": 1}\x00\xff')
MINUTE = timedelta(minutes=1)


async def keep(tx: Transaction, scope: str, key: str, answer: StoredAnswer) -> None:
    await tx.idempotency.keep(scope, key, answer)


async def find(tx: Transaction, scope: str, key: str) -> StoredAnswer | None:
    return await tx.idempotency.find(scope, key)


async def test_a_kept_answer_is_found_under_its_scope_and_key_alone(desk: Desk) -> None:
    await desk.write(keep, "support:ana", "k-1", ANSWER)
    assert await desk.read(find, "support:ana", "k-1") == ANSWER
    assert await desk.read(find, "support:bruno", "k-1") is None
    assert await desk.read(find, "support:ana", "k-2") is None


async def test_of_two_answers_for_one_key_the_first_is_kept(desk: Desk) -> None:
    second = StoredAnswer("cd" * 32, 200, (), b"")
    outcomes = await asyncio.gather(
        desk.write(keep, "s", "k", ANSWER), desk.write(keep, "s", "k", second), return_exceptions=True
    )
    assert outcomes[0] is None
    assert isinstance(outcomes[1], Exception)
    assert await desk.read(find, "s", "k") == ANSWER


async def test_answers_are_forgotten_after_two_days(desk: Desk, clock: Clock) -> None:
    await desk.write(keep, "s", "old", ANSWER)
    clock.forward(hours=24)
    await desk.write(keep, "s", "young", ANSWER)
    clock.forward(hours=24)
    await desk.write(housekeeping.forget_old_guards)
    assert await desk.read(find, "s", "old") == ANSWER
    clock.forward(seconds=1)
    await desk.write(housekeeping.forget_old_guards)
    assert await desk.read(find, "s", "old") is None
    assert await desk.read(find, "s", "young") == ANSWER


async def fail(tx: Transaction, bucket: str) -> None:
    await tx.attempts.add(bucket, MINUTE)


async def failures(tx: Transaction, bucket: str) -> int:
    return await tx.attempts.count(bucket, MINUTE)


async def test_failures_are_counted_by_bucket_and_window(desk: Desk, clock: Clock) -> None:
    clock.forward(seconds=30)
    await asyncio.gather(*(desk.write(fail, "login:ana") for _ in range(5)))
    assert await desk.read(failures, "login:ana") == 5
    assert await desk.read(failures, "login:bruno") == 0
    clock.forward(seconds=29.999999)
    assert await desk.read(failures, "login:ana") == 5
    clock.forward(seconds=0.000001)
    assert await desk.read(failures, "login:ana") == 0


async def test_failures_outlive_a_restart_but_not_two_days(tmp_path: Path, clock: Clock) -> None:
    desk = open_test_desk(tmp_path, clock)
    await desk.write(fail, "login:ana")
    await desk.close()
    desk = open_test_desk(tmp_path, clock)
    await desk.write(housekeeping.forget_old_guards)
    assert await desk.read(failures, "login:ana") == 1
    clock.forward(hours=49)
    await desk.write(housekeeping.forget_old_guards)
    clock.forward(hours=-49)
    assert await desk.read(failures, "login:ana") == 0
    await desk.close()


async def test_a_secret_is_made_once_and_stays(tmp_path: Path, clock: Clock) -> None:
    desk = open_test_desk(tmp_path, clock)
    made = await asyncio.gather(*(desk.write(housekeeping.secret, "cursor") for _ in range(3)))
    other = await desk.write(housekeeping.secret, "session")
    await desk.close()
    desk = open_test_desk(tmp_path, clock)
    assert await desk.write(housekeeping.secret, "cursor") == made[0]
    await desk.close()
    assert len(set(made)) == 1
    assert len(made[0]) == len(other) == 32
    assert other != made[0]


@pytest.mark.parametrize("count", [0, 3])
async def test_a_ping_reads_how_many_tickets_there_are(desk: Desk, count: int) -> None:
    for _ in range(count):
        await opened_by(desk, ANA)
    assert await desk.read(housekeeping.ping) == count
