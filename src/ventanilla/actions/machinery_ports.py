"""What the processes of a desk share through the store: answers kept, guesses counted, secrets."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer kept for a repeated request. `fingerprint` is the hex digest of the request that caused it."""

    fingerprint: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Idempotency(Protocol):
    async def find(self, scope: str, key: str) -> StoredAnswer | None: ...

    async def keep(self, scope: str, key: str, answer: StoredAnswer) -> None: ...

    async def forget_old(self) -> None:
        """Forget the answers that nobody will ask for again (after two days)."""


class Attempts(Protocol):
    """Counts of failed guesses in windows of a fixed length from 1970 on, shared by all processes and kept."""

    async def count(self, bucket: str, window: timedelta) -> int: ...

    async def add(self, bucket: str, window: timedelta, count: int = 1) -> int:
        """Add `count` and return the sum in this window."""

    async def forget_old(self) -> None: ...


class Secrets(Protocol):
    async def get_or_make(self, name: str) -> bytes:
        """Return 32 random bytes that are the same for every process of this desk."""
