"""Links that open a file for a while, without a token (contracts/4-kinconecta.md)."""

import hmac
import time
from collections.abc import Callable
from hashlib import sha256

GOOD_FOR = 15 * 60
"""Seconds."""


class LinkSigner:
    """Signs paths with an end time. `base_url` is the desk's public address, without a slash at its end."""

    def __init__(self, secret: bytes, base_url: str, clock: Callable[[], float] = time.time) -> None:
        self._secret = secret
        self._base_url = base_url
        self._clock = clock

    def url(self, path: str) -> str:
        """Return the absolute address of `path`, good for 15 minutes."""
        expires = int(self._clock()) + GOOD_FOR
        return f"{self._base_url}{path}?expires={expires}&signature={self._signature(path, expires)}"

    def absolute(self, path: str) -> str:
        return f"{self._base_url}{path}"

    def is_good(self, path: str, expires: str, signature: str) -> bool:
        """Tell whether `signature` was made here for `path` and its time has not passed."""
        if not (expires.isascii() and expires.isdigit() and len(expires) <= 12) or int(expires) < self._clock():
            return False
        expected = self._signature(path, int(expires))
        return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "surrogatepass"))

    def _signature(self, path: str, expires: int) -> str:
        return hmac.new(self._secret, f"{path}\n{expires}".encode(), sha256).hexdigest()
