"""Guesses at a secret: how many may fail, counted for what is guessed at and for where the guesses come from."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from hashlib import sha256
from typing import TypeVar

from ventanilla.actions import guessing
from ventanilla.actions.guessing import Bucket
from ventanilla.core.errors import NotFound, Unauthenticated
from ventanilla.wirekit.limits import Limit, network_of
from ventanilla.wirekit.request import Request

T = TypeVar("T")


def login_buckets(request: Request, account: str) -> tuple[Bucket, ...]:
    limits = request.services.guesses
    if limits is None:
        return ()
    return (
        _bucket("login", account, limits.login_per_account),
        _bucket("login from", network_of(request.address), limits.login_per_address),
    )


def link_buckets(request: Request) -> tuple[Bucket, ...]:
    """Return what guesses at one-time links count under: there are too many links to guess at one of them."""
    limits = request.services.guesses
    return () if limits is None else (_bucket("link from", network_of(request.address), limits.login_per_address),)


def lookup_buckets(request: Request, label: str) -> tuple[Bucket, ...]:
    limits = request.services.guesses
    if limits is None:
        return ()
    return (
        _bucket("lookup", label, limits.lookup_per_label),
        _bucket("lookup from", network_of(request.address), limits.lookup_per_address),
    )


async def guess(request: Request, buckets: Sequence[Bucket], attempt: Callable[[], Awaitable[T]]) -> T:
    """Let the caller try once. NotFound and Unauthenticated from `attempt` count as failures and are raised on.

    Raises RateLimited, without trying, when one of the buckets is full.
    """
    if not buckets:
        return await attempt()
    async with request.services.turns.of(bucket.name for bucket in buckets):
        await request.read(guessing.refuse_when_full, buckets)
        try:
            return await attempt()
        except (NotFound, Unauthenticated):
            await request.services.desk.write(guessing.count_failure, buckets)
            raise


def _bucket(kind: str, key: str, limit: Limit) -> Bucket:
    digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return Bucket(f"{kind} {digest}", limit.count, timedelta(seconds=limit.seconds))
