"""Passwords: argon2id, two at a time, in a thread (OWASP figures: 19 MiB, two passes)."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ventanilla.core.errors import RateLimited

_AT_ONCE = 2
_LONGEST_QUEUE = 50


class Passwords:
    """Hashes and checks. An unknown account costs the same as a wrong password."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        self._threads = ThreadPoolExecutor(_AT_ONCE, "password")
        self._waiting = 0
        self._nobody = ""

    @property
    def waiting(self) -> int:
        """How many logins are being checked or wait for it."""
        return self._waiting

    def hash(self, password: str) -> str:
        return self._hasher.hash(password)

    async def hash_aside(self, password: str) -> str:
        """As `hash`, without holding up anybody else."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.hash, password)

    async def fits(self, password_hash: str | None, password: str) -> bool:
        """Tell whether the password fits; None stands for an account that does not exist. Raises RateLimited."""
        if self._waiting >= _LONGEST_QUEUE:
            raise RateLimited(1)
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self._fits, password_hash, password)
        finally:
            self._waiting -= 1

    def _fits(self, password_hash: str | None, password: str) -> bool:
        if not self._nobody:
            self._nobody = self._hasher.hash("nobody has this password")
        try:
            return self._hasher.verify(password_hash or self._nobody, password) and password_hash is not None
        except (VerificationError, InvalidHashError, UnicodeError):
            return False
