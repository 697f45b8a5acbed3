"""Where the keys that sign tokens come from: a secret, a PEM file, a JWKS file or a JWKS address."""

import asyncio
import logging
import math
import time
import urllib.parse
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

logger = logging.getLogger("ventanilla")

SigningKey = OctKey | RSAKey | ECKey | OKPKey

ALGORITHMS = ("HS256", "RS256", "ES256", "EdDSA")
REFETCH_SECONDS = 60
KEPT_SECONDS = 60 * 60
"""After which keys are fetched anew, so that those which the issuer took back end."""
FETCH_TIMEOUT = 5
LARGEST_JWKS = 64 * 1024
SHORTEST_SECRET = 32
"""Bytes (RFC 7518 §3.2)."""

_KEY_CLASS: dict[str, type[RSAKey] | type[ECKey] | type[OKPKey]] = {"RS256": RSAKey, "ES256": ECKey, "EdDSA": OKPKey}


class _KeyList(msgspec.Struct):
    keys: list[dict[str, Any]]


class BadKey(Exception):
    """A key cannot be used; the text says why."""


class KeySource(Protocol):
    async def candidates(self, kid: str) -> Sequence[SigningKey]:
        """Return the keys that a token with this `kid` (blank: none given) may be signed with."""


class FixedKeys:
    """Keys that were there at the start."""

    def __init__(self, keys: Sequence[SigningKey]) -> None:
        self._keys = keys

    async def candidates(self, kid: str) -> Sequence[SigningKey]:
        return _matching(self._keys, kid)


class FetchedKeys:
    """Keys of a JWKS address: fetched on first need, for an unknown `kid`, and once they are an hour old.

    One fetch runs at a time and one a minute; when it fails, the keys known so far stay.
    """

    def __init__(self, url: str, algorithm: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = require_safe_url(url)
        self._algorithm = algorithm
        self._clock = clock
        self._keys: Sequence[SigningKey] = ()
        self._tried_at = -math.inf
        self._fetched_at = -math.inf
        self._fetching = asyncio.Lock()

    async def candidates(self, kid: str) -> Sequence[SigningKey]:
        found = _matching(self._keys, kid)
        is_fresh = self._clock() - self._fetched_at < KEPT_SECONDS
        if found and (is_fresh or self._fetching.locked()):
            return found
        async with self._fetching:
            if self._clock() - self._tried_at >= REFETCH_SECONDS:
                self._tried_at = self._clock()
                await self._fetch()
        return _matching(self._keys, kid)

    async def _fetch(self) -> None:
        from ventanilla.wirekit.downloads import download  # not at the start, which ought to be quick

        fetching = asyncio.to_thread(download, self._url, LARGEST_JWKS, FETCH_TIMEOUT)
        try:
            document = await asyncio.wait_for(fetching, 2 * FETCH_TIMEOUT)
            self._keys = keys_from_jwks(document, self._algorithm)
        except (OSError, BadKey, ValueError) as error:
            logger.warning("the keys at %s cannot be fetched: %s", self._url, error or type(error).__name__)
        else:
            self._fetched_at = self._clock()


def secret_key(secret: str | bytes) -> SigningKey:
    """Return the key of a shared secret. Raises BadKey when it is shorter than 32 bytes."""
    raw = secret.encode() if isinstance(secret, str) else secret
    if len(raw) < SHORTEST_SECRET:
        raise BadKey(f"the secret has {len(raw)} bytes, {SHORTEST_SECRET} or more are needed")
    if raw.lstrip().startswith((b"-----BEGIN", b"ssh-")):
        raise BadKey("this is a key file, not a shared secret: use public_key_file and RS256, ES256 or EdDSA")
    return OctKey.import_key(raw)


def public_key(pem: bytes, algorithm: str) -> SigningKey:
    """Return the key of a PEM text. Raises BadKey when it is none for this algorithm."""
    kind = _KEY_CLASS.get(algorithm)
    if kind is None:
        raise BadKey(f"{algorithm} does not take a public key")
    try:
        return kind.import_key(pem)
    except (JoseError, ValueError, TypeError) as error:
        raise BadKey(f"this is no public key for {algorithm}") from error


def keys_from_jwks(document: bytes, algorithm: str) -> Sequence[SigningKey]:
    """Return the keys of a JWKS document that fit `algorithm`; others are passed over (RFC 7517 §5). Raises BadKey."""
    kind = _KEY_CLASS.get(algorithm)
    if kind is None:
        raise BadKey(f"{algorithm} does not go with JWKS")
    try:
        listed = msgspec.json.decode(document, type=_KeyList).keys
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise BadKey("this is no JWKS document") from error
    keys = [key for key in (_usable(one, kind, algorithm) for one in listed) if key is not None]
    if not keys:
        raise BadKey(f"the JWKS document has no key for {algorithm}")
    return keys


def _usable(
    listed: dict[str, Any], kind: type[RSAKey] | type[ECKey] | type[OKPKey], algorithm: str
) -> SigningKey | None:
    fits = listed.get("use") in (None, "sig") and listed.get("alg") in (None, algorithm)
    if listed.get("kty") != kind.key_type or not fits:
        return None
    try:
        return kind.import_key(listed)
    except (JoseError, KeyError, ValueError, TypeError, AttributeError):
        return None


def require_safe_url(url: str) -> str:
    """Return `url` when keys may be fetched from it: https, or http on this machine. Raises BadKey."""
    parts = urllib.parse.urlsplit(url)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise BadKey("a JWKS address begins with https:// (http:// on this machine alone)")
    return url


def _matching(keys: Sequence[SigningKey], kid: str) -> Sequence[SigningKey]:
    if not kid:
        return keys
    named = [key for key in keys if key.kid == kid]
    return named or [key for key in keys if key.kid is None]
