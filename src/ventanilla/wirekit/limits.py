"""Rate limits: so many in so long, spread evenly (the generic cell rate algorithm), kept in memory."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from ventanilla.core.errors import RateLimited

_MOST_KEYS = 100_000


@dataclass(frozen=True, slots=True)
class Limit:
    """`count` requests in `seconds`, all at once if need be."""

    count: int
    seconds: float


class Limiter:
    """Counts by key. Bounded: when too many keys are known, those long idle are forgotten first."""

    def __init__(self, limit: Limit, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self._clock = clock
        self._step = limit.seconds / limit.count
        self._full_at: dict[str, float] = {}

    def take(self, key: str) -> None:
        """Count one request of `key`. Raises RateLimited when it is one too many."""
        now = self._clock()
        earliest = max(self._full_at.get(key, now), now)
        if earliest + self._step - now > self.limit.seconds + 1e-9:
            wait = earliest + self._step - now - self.limit.seconds
            raise RateLimited(max(1, math.ceil(wait)), self.limit.count, 0)
        if len(self._full_at) >= _MOST_KEYS:
            self._forget(now)
        self._full_at[key] = earliest + self._step

    def _forget(self, now: float) -> None:
        self._full_at = {key: at for key, at in self._full_at.items() if at > now}
        while len(self._full_at) >= _MOST_KEYS:
            self._full_at.pop(next(iter(self._full_at)))


@dataclass(frozen=True, slots=True)
class Limits:
    """Every limit of the desk; None switches one off."""

    person: Limiter | None = None
    address: Limiter | None = None
    public_create: Limiter | None = None


@dataclass(frozen=True, slots=True)
class GuessLimits:
    """How many failed guesses are let through before 429; counted in the store, None switches them off."""

    login_per_account: Limit = Limit(5, 15 * 60)
    login_per_address: Limit = Limit(30, 15 * 60)
    lookup_per_address: Limit = Limit(10, 60)
    lookup_per_label: Limit = Limit(20, 60 * 60)
