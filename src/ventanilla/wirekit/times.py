"""Times as the contracts write them: UTC, ISO 8601, `Z`."""

from datetime import UTC, datetime

import msgspec

# Writes `"2026-03-15T10:00:00…Z"` ten times as fast as isoformat(); a list shows a hundred times.
_encode = msgspec.json.Encoder().encode


def seconds(at: datetime) -> str:
    """`2026-03-15T10:00:00Z`"""
    return _encode(at)[1:20].decode() + "Z"


def milliseconds(at: datetime) -> str:
    """`2026-03-17T10:05:00.000Z`"""
    return f"{_encode(at)[1:20].decode()}.{at.microsecond // 1000:03}Z"


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
