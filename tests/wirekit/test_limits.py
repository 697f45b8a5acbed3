"""So many at once, then one at a time as time goes by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.errors import RateLimited
from ventanilla.wirekit import limits
from ventanilla.wirekit.limits import Limit, Limiter, network_of


class Watch:
    """A clock that stands until somebody moves it."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def let_through(limiter: Limiter, tries: int, key: str = "ana") -> int:
    passed = 0
    for _ in range(tries):
        try:
            limiter.take(key)
        except RateLimited:
            continue
        passed += 1
    return passed


def test_a_burst_lets_exactly_the_count_through() -> None:
    assert let_through(Limiter(Limit(10, 60), Watch()), 50) == 10


def test_after_the_burst_they_come_through_evenly() -> None:
    watch = Watch()
    limiter = Limiter(Limit(10, 60), watch)
    let_through(limiter, 10)
    passed = []
    for _ in range(60):
        watch.now += 1
        passed.append(let_through(limiter, 3))
    assert passed == [0, 0, 0, 0, 0, 1] * 10


def test_who_waits_as_long_as_told_is_let_through_and_not_sooner() -> None:
    watch = Watch()
    limiter = Limiter(Limit(3, 60), watch)
    let_through(limiter, 3)
    with pytest.raises(RateLimited) as refused:
        limiter.take("ana")
    assert (refused.value.retry_after, refused.value.limit, refused.value.remaining) == (20, 3, 0)
    watch.now += 19
    assert let_through(limiter, 1) == 0
    watch.now += 1
    assert let_through(limiter, 1) == 1


def test_being_refused_costs_nothing() -> None:
    watch = Watch()
    limiter = Limiter(Limit(1, 10), watch)
    let_through(limiter, 1_000)
    watch.now += 10
    assert let_through(limiter, 1_000) == 1


def test_after_a_whole_window_of_rest_the_burst_is_full_again() -> None:
    watch = Watch()
    limiter = Limiter(Limit(10, 60), watch)
    let_through(limiter, 10)
    watch.now += 60
    assert let_through(limiter, 50) == 10


def test_one_person_does_not_use_up_what_another_has() -> None:
    limiter = Limiter(Limit(5, 60), Watch())
    let_through(limiter, 50, "ana")
    assert let_through(limiter, 50, "bruno") == 5


def test_wait_is_told_in_whole_seconds_and_is_at_least_one() -> None:
    limiter = Limiter(Limit(1_000, 1), Watch())
    let_through(limiter, 1_000)
    with pytest.raises(RateLimited) as refused:
        limiter.take("ana")
    assert refused.value.retry_after == 1


def test_memory_is_bounded_and_the_one_idle_for_longest_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_MOST_KEYS", 100)
    limiter = Limiter(Limit(1, 60), Watch())
    limiter.take("ana")
    limiter.take("bruno")
    assert let_through(limiter, 1, "ana") == 0  # refused, yet not idle
    for number in range(99):
        limiter.take(f"stranger {number}")
    assert let_through(limiter, 1, "ana") == 0
    assert let_through(limiter, 1, "bruno") == 1
    assert len(limiter._full_at) == 100


@given(
    st.integers(1, 20),
    st.integers(1, 100),
    st.lists(st.floats(0, 10, allow_nan=False), min_size=1, max_size=200),
)
def test_no_window_ever_sees_more_than_twice_the_count(count: int, seconds: int, pauses: list[float]) -> None:
    watch = Watch()
    limiter = Limiter(Limit(count, seconds), watch)
    passed: list[float] = []
    for pause in pauses:
        watch.now += pause
        if let_through(limiter, 1):
            passed.append(watch.now)
    for start in passed:
        within = [at for at in passed if start <= at < start + seconds]
        assert len(within) <= 2 * count


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_whole_ipv6_network_of_a_client_counts_as_one(address: str, network: str) -> None:
    assert network_of(address) == network
