"""Several processes on one desk keep one limit together."""

import pytest

from ventanilla.actions.ports import Desk
from ventanilla.core.errors import RateLimited
from ventanilla.wirekit.limit_sharing import LimitSharing
from ventanilla.wirekit.limits import Limit, Limiter


class Process:
    """One server process: its limiter, and what keeps it in touch with the others."""

    def __init__(self, desk: Desk) -> None:
        self.limiter = Limiter(Limit(10, 60), clock=lambda: 1_000.0)
        self.sharing = LimitSharing(desk, {"person": self.limiter})

    def take(self, count: int, key: str = "ana") -> None:
        for _ in range(count):
            self.limiter.take(key)


async def test_what_one_process_let_through_counts_at_the_other(desk: Desk) -> None:
    one, other = Process(desk), Process(desk)
    one.take(6)
    other.take(1)
    await one.sharing.tell_and_learn()
    await other.sharing.tell_and_learn()
    other.take(3)
    with pytest.raises(RateLimited):
        other.take(1)


async def test_nothing_is_charged_twice(desk: Desk) -> None:
    one, other = Process(desk), Process(desk)
    for _ in range(3):
        one.take(1)
        other.take(1)
        await one.sharing.tell_and_learn()
        await other.sharing.tell_and_learn()
    await one.sharing.tell_and_learn()
    other.take(4)
    with pytest.raises(RateLimited):
        other.take(1)


async def test_other_people_are_not_charged(desk: Desk) -> None:
    one, other = Process(desk), Process(desk)
    one.take(10)
    other.take(1, "bruno")
    await one.sharing.tell_and_learn()
    await other.sharing.tell_and_learn()
    other.take(9, "bruno")
