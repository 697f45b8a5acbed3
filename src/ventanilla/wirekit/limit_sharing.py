"""Rate limits over several processes: each counts for itself and tells the others once a second.

A limit may be passed by what comes in within that second on the other processes; no request waits for a count.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta

from ventanilla.actions import housekeeping
from ventanilla.actions.ports import Desk
from ventanilla.core.errors import StoreUnavailable
from ventanilla.wirekit.limits import Limiter

SECONDS = 1.0
BUSIEST = 500
"""Keys of one limiter that are told in one round: the busiest, since only they are near their limit."""

logger = logging.getLogger("ventanilla.limits")


class LimitSharing:
    """Keeps the named limiters of this process and of all others on the same desk together."""

    def __init__(self, desk: Desk, limiters: Mapping[str, Limiter]) -> None:
        self._desk = desk
        self._limiters = limiters
        self._seen: dict[str, int] = {}
        for limiter in limiters.values():
            limiter.remember_taken()

    async def run(self) -> None:
        """Tell and learn for ever; a store that cannot be reached is tried again a second later."""
        while True:
            await asyncio.sleep(SECONDS)
            try:
                await self.tell_and_learn()
            except StoreUnavailable:
                logger.warning("the rate limits of other processes are not known just now")

    async def tell_and_learn(self) -> None:
        """Add what was taken here to the common count and charge what the others took since the last time."""
        for name, limiter in self._limiters.items():
            taken = _busiest(limiter.collect_taken())
            if not taken:
                continue
            window = timedelta(seconds=max(60.0, limiter.limit.seconds))
            told = {f"{name} {key}": count for key, count in taken.items()}
            totals = await self._desk.write(housekeeping.count_taken, told, window)
            for key, count in taken.items():
                self._learn(limiter, name, key, count, totals[f"{name} {key}"])

    def _learn(self, limiter: Limiter, name: str, key: str, own: int, total: int) -> None:
        bucket = f"{name} {key}"
        # A new window counts from nothing again.
        before = min(self._seen.pop(bucket, 0), total - own)
        self._seen[bucket] = total
        if len(self._seen) > BUSIEST * 10:
            self._seen.pop(next(iter(self._seen)))
        limiter.charge(key, total - own - before)


def _busiest(taken: Mapping[str, int]) -> dict[str, int]:
    keys: Sequence[str] = sorted(taken, key=lambda key: taken[key], reverse=True)[:BUSIEST]
    return {key: taken[key] for key in keys}
