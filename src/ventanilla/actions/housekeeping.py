"""What a desk does now and then by itself."""

from collections.abc import Mapping
from datetime import timedelta

from ventanilla.actions.ports import Transaction
from ventanilla.actions.ticket_ports import QueueCounts


async def forget_old_guards(tx: Transaction) -> None:
    """Forget stored answers, counted failures, sessions and links that no longer matter."""
    await tx.idempotency.forget_old()
    await tx.attempts.forget_old()
    await tx.sessions.forget_old(tx.policy.sessions)
    await tx.links.forget_old()


async def forget_old_news(tx: Transaction) -> None:
    """Forget notifications that nobody looks at any more, and who was where."""
    await tx.notifications.forget_old()
    await tx.presence.forget_old()


async def ping(tx: Transaction) -> int:
    """Touch the store: fails when it cannot be read. Returns how many tickets there are."""
    return (await tx.tickets.counts(None)).total


async def counts(tx: Transaction) -> QueueCounts:
    """Return the counts of the whole desk, for those who watch over it."""
    return await tx.tickets.counts(None)


async def secret(tx: Transaction, name: str) -> bytes:
    """Return the desk's secret of this name, made on first use."""
    return await tx.secrets.get_or_make(name)


async def count_taken(tx: Transaction, taken: Mapping[str, int], window: timedelta) -> dict[str, int]:
    """Add to the counts that all processes share; returns the sum of each bucket in this window."""
    # Always in the same order, so that two processes never wait for each other.
    return {bucket: await tx.attempts.add(bucket, window, taken[bucket]) for bucket in sorted(taken)}
