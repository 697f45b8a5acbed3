"""What guards the doors: answers kept for repeated requests, counts of failed guesses, the desk's secrets."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from ventanilla.actions.machinery_ports import StoredAnswer
from ventanilla.store.columns import micros
from ventanilla.store.connection import Connection

_FIND_ANSWER = "SELECT fingerprint, status, headers, body FROM idempotency_keys WHERE scope = $1 AND key = $2"
_KEEP_ANSWER = (
    "INSERT INTO idempotency_keys (scope, key, fingerprint, status, headers, body, created_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)"
)
_DROP_ANSWERS = "DELETE FROM idempotency_keys WHERE created_at < $1"
_COUNT_ATTEMPTS = "SELECT attempts FROM failed_attempts WHERE bucket = $1 AND window_start = $2"
_ADD_ATTEMPT = (
    "INSERT INTO failed_attempts (bucket, window_start, attempts) VALUES ($1, $2, $3)"
    " ON CONFLICT (bucket, window_start) DO UPDATE SET attempts = failed_attempts.attempts + $3 RETURNING attempts"
)
_DROP_ATTEMPTS = "DELETE FROM failed_attempts WHERE window_start < $1"
_GET_SECRET = "SELECT value FROM secrets WHERE name = $1"
_ADD_SECRET = "INSERT INTO secrets (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING"

KEPT_ANSWERS = timedelta(hours=48)
KEPT_ATTEMPTS = timedelta(days=2)

_headers = msgspec.json.Decoder(tuple[tuple[str, str], ...])


class IdempotencyRepository:
    """`actions.ports.Idempotency` in SQL."""

    def __init__(self, connection: Connection, now: Callable[[], datetime]) -> None:
        self._db = connection
        self._now = now

    async def find(self, scope: str, key: str) -> StoredAnswer | None:
        row = await self._db.row(_FIND_ANSWER, scope, key)
        return StoredAnswer(row[0], row[1], _headers.decode(row[2]), bytes(row[3])) if row else None

    async def keep(self, scope: str, key: str, answer: StoredAnswer) -> None:
        headers = msgspec.json.encode(answer.headers).decode()
        await self._db.run(
            _KEEP_ANSWER, scope, key, answer.fingerprint, answer.status, headers, answer.body, micros(self._now())
        )

    async def forget_old(self) -> None:
        await self._db.run(_DROP_ANSWERS, micros(self._now() - KEPT_ANSWERS))


class AttemptRepository:
    """`actions.ports.Attempts` in SQL: fixed windows, counted from 1970."""

    def __init__(self, connection: Connection, now: Callable[[], datetime]) -> None:
        self._db = connection
        self._now = now

    async def count(self, bucket: str, window: timedelta) -> int:
        row = await self._db.row(_COUNT_ATTEMPTS, bucket, self._window_start(window))
        return row[0] if row else 0

    async def add(self, bucket: str, window: timedelta, count: int = 1) -> int:
        row = await self._db.row(_ADD_ATTEMPT, bucket, self._window_start(window), count)
        assert row is not None
        return int(row[0])

    async def forget_old(self) -> None:
        await self._db.run(_DROP_ATTEMPTS, micros(self._now() - KEPT_ATTEMPTS))

    def _window_start(self, window: timedelta) -> int:
        now = micros(self._now())
        return now - now % (window // timedelta(microseconds=1))


class SecretRepository:
    """`actions.ports.Secrets` in SQL."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def get_or_make(self, name: str) -> bytes:
        row = await self._db.row(_GET_SECRET, name)
        if row is None:
            await self._db.run(_ADD_SECRET, name, secrets.token_bytes(32))
            row = await self._db.row(_GET_SECRET, name)
        assert row is not None
        return bytes(row[0])
