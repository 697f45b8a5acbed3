"""What a desk does now and then by itself."""

from ventanilla.actions.ports import Transaction


async def forget_old_guards(tx: Transaction) -> None:
    """Forget stored answers and counted failures that no longer matter."""
    await tx.idempotency.forget_old()
    await tx.attempts.forget_old()


async def ping(tx: Transaction) -> int:
    """Touch the store: fails when it cannot be read. Returns how many tickets there are."""
    return (await tx.tickets.counts(None)).total


async def secret(tx: Transaction, name: str) -> bytes:
    """Return the desk's secret of this name, made on first use."""
    return await tx.secrets.get_or_make(name)
