"""Random bytes for the ids of rows, without asking the system for each."""

import os

_FETCHED = 4096


class Entropy:
    """Hands out random bytes of the system, fetched many at a time. Beware: after a fork a process needs its own."""

    def __init__(self) -> None:
        self._bytes = b""
        self._taken = 0

    def __call__(self, count: int) -> bytes:
        if self._taken + count > len(self._bytes):
            self._bytes, self._taken = os.urandom(max(_FETCHED, count)), 0
        self._taken += count
        return self._bytes[self._taken - count : self._taken]
