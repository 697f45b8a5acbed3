"""What a route answers with."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

JSON = "application/json"
Headers = tuple[tuple[str, str], ...]
RawHeaders = tuple[tuple[bytes, bytes], ...]

API_HEADERS: RawHeaders = (
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; sandbox"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
)

HTTPS_ONLY = (b"strict-transport-security", b"max-age=31536000")
"""For every answer of a desk whose address is https (RFC 6797)."""

_encoder = msgspec.json.Encoder()


@dataclass(slots=True)
class Answer:
    """A status, a body of bytes and headers besides those that every answer carries.

    `security` are the headers that tell a browser what not to do with it.
    """

    status: int
    body: bytes = b""
    headers: Headers = ()
    media_type: str | None = JSON
    security: RawHeaders = field(default=API_HEADERS, kw_only=True)


@dataclass(slots=True)
class FileAnswer(Answer):
    """An answer whose body comes in pieces. `length` is in bytes."""

    chunks: AsyncIterator[bytes] | None = None
    length: int = 0
    media_type: str | None = field(default="application/octet-stream")


@dataclass(slots=True)
class StreamAnswer(Answer):
    """An answer that goes on until one side ends it. `chunks` must not raise."""

    chunks: AsyncIterator[bytes] | None = None
    media_type: str | None = field(default="text/event-stream")


def json_answer(status: int, payload: Any, headers: Headers = ()) -> Answer:
    """Answer with `payload` (a msgspec struct, dict or list) as JSON."""
    return Answer(status, _encoder.encode(payload), headers)


def no_content() -> Answer:
    return Answer(204, media_type=None)
