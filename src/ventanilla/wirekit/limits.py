"""Rate limits: so many in so long, spread evenly (the generic cell rate algorithm), kept in memory."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, ip_address, ip_network
from typing import NamedTuple

from ventanilla.core.errors import RateLimited

_MOST_KEYS = 100_000


@dataclass(frozen=True, slots=True)
class Limit:
    """`count` requests in `seconds`, all at once if need be."""

    count: int
    seconds: float


class Quota(NamedTuple):
    """What one caller has left of a limit: so many requests now, and all of them again in `reset` seconds."""

    limit: Limit
    remaining: int
    reset: int


class Limiter:
    """Counts by key. Bounded: when too many keys are known, the one idle for longest is forgotten."""

    def __init__(self, limit: Limit, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self._clock = clock
        self._step = limit.seconds / limit.count
        self._full_at: dict[str, float] = {}
        self._taken: dict[str, int] | None = None

    def take(self, key: str) -> None:
        """Count one request of `key`. Raises RateLimited when it is one too many."""
        now = self._clock()
        full_at = max(self._full_at.pop(key, now), now)
        wait = full_at + self._step - now - self.limit.seconds
        refused = wait > 1e-9
        if len(self._full_at) >= _MOST_KEYS:
            self._full_at.pop(next(iter(self._full_at)))
        # Put in anew each time, so that the first key is always the one idle for longest.
        self._full_at[key] = full_at if refused else full_at + self._step
        if refused:
            raise RateLimited(max(1, math.ceil(wait)), self.limit.count, 0)
        if self._taken is not None:
            self._taken[key] = self._taken.get(key, 0) + 1

    def quota(self, key: str) -> Quota:
        """Return what `key` has left, without taking any of it."""
        owed = max(self._full_at.get(key, 0.0) - self._clock(), 0.0)
        left = math.floor((self.limit.seconds - owed) / self._step + 1e-9)
        return Quota(self.limit, max(left, 0), math.ceil(owed))

    def remember_taken(self) -> None:
        """Keep account of what is taken from now on, for `collect_taken`."""
        self._taken = {}

    def collect_taken(self) -> dict[str, int]:
        """Return how often each key was taken since the last time."""
        taken, self._taken = self._taken or {}, {}
        return taken

    def charge(self, key: str, count: int) -> None:
        """Count requests of `key` that another process has let through."""
        now = self._clock()
        self._full_at[key] = max(self._full_at.pop(key, now), now) + count * self._step


@lru_cache(maxsize=4096)
def network_of(address: str) -> str:
    """Return what one client can be taken to hold: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((int(found), 64), strict=False))


@dataclass(frozen=True, slots=True)
class Limits:
    """Every limit of the desk; None switches one off."""

    person: Limiter | None = None
    address: Limiter | None = None
    public_create: Limiter | None = None

    def by_name(self) -> dict[str, Limiter]:
        """Return the limiters that are switched on."""
        named = {"person": self.person, "address": self.address, "public create": self.public_create}
        return {name: limiter for name, limiter in named.items() if limiter}


@dataclass(frozen=True, slots=True)
class GuessLimits:
    """How many failed guesses are let through before 429; counted in the store, None switches them off."""

    login_per_account: Limit = Limit(5, 15 * 60)
    login_per_address: Limit = Limit(30, 15 * 60)
    lookup_per_address: Limit = Limit(10, 60)
    lookup_per_label: Limit = Limit(20, 60 * 60)
