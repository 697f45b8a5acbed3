"""Idempotency-Key: the answer is stored in the same transaction as the effect (draft-ietf-httpapi-idempotency-key)."""

import re
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from typing import Any, TypeVar

import msgspec

from ventanilla.actions.machinery_ports import StoredAnswer
from ventanilla.actions.ports import Transaction
from ventanilla.core.people import Actor
from ventanilla.wirekit.answers import JSON, Answer
from ventanilla.wirekit.errors import BadIdempotencyKey, KeyReused

T = TypeVar("T")

_SECRETS = frozenset({"password"})
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
REPLAYED = ("Idempotency-Replayed", "true")


def read_key(header: bytes | None) -> str | None:
    """Return the key that the caller sent, None when none. Raises BadIdempotencyKey."""
    if header is None:
        return None
    key = header.decode("latin-1")
    if not _KEY.fullmatch(key):
        raise BadIdempotencyKey
    return key


def scope_of(actor: Actor, method: str, path: str) -> str:
    """Return whose key it is and for what: the same key of two people, or for two paths, is two keys."""
    who = f"{actor.identity.issuer}|{actor.identity.subject}" if actor.identity else "anonymous"
    return f"{who}|{method} {path}"


def fingerprint_of(method: str, path: str, query: bytes, body: bytes) -> str:
    digest = sha256()
    for part in (method.encode(), path.encode("utf-8", "surrogatepass"), query, body):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def without_secrets(raw: bytes, body: Mapping[str, Any]) -> bytes:
    """Return what a fingerprint is made of: the body, without a password if there is one.

    A quick hash of a body would be as good as a quick hash of the password in it, all else being known.
    """
    if not _SECRETS & body.keys():
        return raw
    return msgspec.json.encode({name: value for name, value in body.items() if name not in _SECRETS}, order="sorted")


def is_replay(answer: Answer) -> bool:
    """Tell whether `answer` was given before, so that this request had no effect of its own."""
    return REPLAYED in answer.headers


async def once(
    tx: Transaction,
    scope: str,
    key: str,
    fingerprint: str,
    effect: Callable[[Transaction], Awaitable[T]],
    answer: Callable[[T], Answer],
    kept: Callable[[T], Answer] | None = None,
) -> Answer:
    """Return the answer stored for this key, or have the effect and store its answer. Raises KeyReused.

    With `kept`, what it makes of the result is stored in place of the answer.
    """
    stored = await tx.idempotency.find(scope, key)
    if stored is not None:
        if stored.fingerprint != fingerprint:
            raise KeyReused
        return Answer(stored.status, stored.body, (*stored.headers, REPLAYED), JSON if stored.body else None)
    result = await effect(tx)
    made = (kept or answer)(result)
    await tx.idempotency.keep(scope, key, StoredAnswer(fingerprint, made.status, made.headers, made.body))
    return answer(result) if kept else made
