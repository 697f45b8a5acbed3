"""Times as the contracts write them: UTC, ISO 8601, `Z`."""

from datetime import UTC, datetime
from functools import lru_cache

_REMEMBERED = 16_384
"""Times whose text is kept: lists show the same ones again and again, and writing one takes a microsecond."""


@lru_cache(maxsize=_REMEMBERED)
def seconds(at: datetime) -> str:
    """`2026-03-15T10:00:00Z`"""
    return at.isoformat(timespec="seconds")[:19] + "Z"


@lru_cache(maxsize=_REMEMBERED)
def milliseconds(at: datetime) -> str:
    """`2026-03-17T10:05:00.000Z`"""
    return at.isoformat(timespec="milliseconds")[:23] + "Z"


def maybe_seconds(at: datetime | None) -> str | None:
    return None if at is None else seconds(at)


def maybe_milliseconds(at: datetime | None) -> str | None:
    return None if at is None else milliseconds(at)


def parse(text: str) -> datetime | None:
    """Read ISO 8601 (a time without a zone is UTC); None when it is none."""
    try:
        at = datetime.fromisoformat(text)
        return (at.replace(tzinfo=UTC) if at.tzinfo is None else at).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
