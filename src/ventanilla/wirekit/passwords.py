"""Passwords: argon2id, two at a time, in a thread (OWASP figures: 19 MiB, two passes); none that many people have."""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from ventanilla.core.errors import Fault, InvalidInput, RateLimited, Rule
from ventanilla.core.people import NO_PASSWORD

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_AT_ONCE = 2
_LONGEST_QUEUE = 50

P = ParamSpec("P")
T = TypeVar("T")


class Passwords:
    """Hashes and checks. An unknown account costs the same as a wrong password."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_AT_ONCE, "password")
        self._waiting = 0
        self._nobody = ""

    @property
    def waiting(self) -> int:
        """How many logins are being checked or wait for it."""
        return self._waiting

    def hash(self, password: str) -> str:
        return _hasher().hash(password)

    async def choose(self, password: str, field: str, about: Iterable[str] = ()) -> str:
        """Return the hash of a password that somebody chooses. Raises RateLimited.

        Raises InvalidInput for `field` when many people have it, or it is something that is known `about` its owner.
        """
        refuse_common(password, field, about)
        return await self.hash_aside(password)

    async def hash_aside(self, password: str) -> str:
        """As `hash`, without holding up anybody else. Raises RateLimited."""
        return await self._aside(self.hash, password)

    async def fits(self, password_hash: str | None, password: str) -> bool:
        """Tell whether the password fits; None stands for an account that does not exist. Raises RateLimited."""
        return await self._aside(self._fits, password_hash, password)

    def is_outdated(self, password_hash: str) -> bool:
        """Tell whether the hash was made with figures that are no longer ours."""
        return _hasher().check_needs_rehash(password_hash)

    async def _aside(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run what costs 19 MiB and 70 ms without holding up anybody else."""
        if self._waiting >= _LONGEST_QUEUE:
            raise RateLimited(1)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, partial(work, *args, **kwargs))
        finally:
            self._waiting -= 1

    def _fits(self, password_hash: str | None, password: str) -> bool:
        from argon2.exceptions import InvalidHashError, VerificationError

        if not self._nobody:
            self._nobody = _hasher().hash("nobody has this password")
        known = password_hash if password_hash != NO_PASSWORD else None
        try:
            return _hasher().verify(known or self._nobody, password) and known is not None
        except (VerificationError, InvalidHashError, UnicodeError):
            return False


def refuse_common(password: str, field: str, about: Iterable[str] = ()) -> None:
    """Raise InvalidInput for a password that many people have, or that is one of the words `about` its owner."""
    words = {word.casefold() for known in about for word in (known, known.partition("@")[0])}
    folded = password.strip().casefold()
    if folded in words or folded in _common():
        raise InvalidInput(Fault(field, Rule.COMMON_PASSWORD))


@cache
def _common() -> frozenset[str]:
    """Return the most common passwords, as collected from leaks. Loaded when first needed: 14 MB, 50 ms."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["passwords"])


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher  # by the first login and not at the start, which ought to be quick

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
