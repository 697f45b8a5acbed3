"""How values of the core stand in columns, both ways."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND


def maybe_micros(at: datetime | None) -> int | None:
    return None if at is None else (at - _EPOCH) // _MICROSECOND


def moment(value: int) -> datetime:
    return _EPOCH + timedelta(0, 0, value)


def maybe_moment(value: int | None) -> datetime | None:
    return None if value is None else moment(value)


def placeholders(count: int, first: int = 1) -> str:
    """Return `$1, $2, …` for `count` values."""
    return ", ".join(f"${number}" for number in range(first, first + count))
