"""Counting failed guesses: at a password, or at which address goes with which label."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ventanilla.actions.ports import Transaction
from ventanilla.core.errors import RateLimited


@dataclass(frozen=True, slots=True)
class Bucket:
    """What failures are counted under, and how many are let through in each window (windows count from 1970)."""

    name: str
    most: int
    window: timedelta


async def refuse_when_full(tx: Transaction, buckets: Sequence[Bucket]) -> None:
    """Raise RateLimited when one of the buckets has had all the failures it may have."""
    for bucket in buckets:
        if await tx.attempts.count(bucket.name, bucket.window) >= bucket.most:
            raise RateLimited(_seconds_left(tx.now, bucket.window), bucket.most)


async def count_failure(tx: Transaction, buckets: Sequence[Bucket]) -> None:
    for bucket in buckets:
        await tx.attempts.add(bucket.name, bucket.window)


def _seconds_left(now: datetime, window: timedelta) -> int:
    seconds = window.total_seconds()
    return max(1, math.ceil(seconds - now.timestamp() % seconds))
